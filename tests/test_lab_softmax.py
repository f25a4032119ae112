"""The softmax explorer: what its words say at the ends of its sliders is true."""

import importlib

import numpy as np
import pytest

lab = importlib.import_module("mlp_helpers.labs.softmax")


def words(temperature=1.0, added=0, true=3, scores=lab.START, **other):
    settings = {f"s{i}": score for i, score in enumerate(scores)} | other
    return lab.describe(temperature, added, true, **settings)["words"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {},
            "Class 3 gets the largest probability, 0.517. The true class 3 gets 0.517: the loss is 0.659. Without",
        ),
        ({"scores": [0.0] * 10}, "All classes get the same probability, 0.100. "),
        ({"s8": 3.5}, "2 classes share the largest probability, 0.390 each. "),
        ({"temperature": 0.1}, "gets almost 1: the loss is 5e-05. "),
        ({"scores": [10.0] * 10, "s3": -10.0, "temperature": 0.1}, "gets 0: the loss is 103.279, as large as float32 allows"),
        ({"added": 1000}, "10 of 10 are nan"),
        ({"scores": [-2.0] * 10, "added": 90}, "Without the shift all are 0"),
        ({"scores": [-10.0] * 10, "s3": -9.5, "temperature": 0.1}, "a little different"),
    ],
)
def test_the_words_are_true_at_the_ends(settings, said):
    assert said in words(**settings)


def test_all_without_the_shift_is_0_where_only_the_sum_overflows():
    stable, naive = lab.probabilities([-2.0] * 10, 1.0, 90)
    assert np.allclose(stable, 0.1) and not naive.any()
