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
        ({"scores": [0.0] * 10}, "All classes get the same probability, 0.1. "),
        ({"s8": 3.5}, "2 classes share the largest probability, 0.39 each. "),
        ({"temperature": 0.1}, "gets almost 1: the loss is 5e-05. "),
        ({"scores": [10.0] * 10, "s3": -10.0, "temperature": 0.1}, "gets 1.54e-88: the loss is 202.197. "),
        ({"added": 1000}, "10 of 10 are nan"),
        ({"scores": [-0.5] * 10, "added": 710}, "Without the shift all are 0"),
        ({"scores": [-10.0] * 10, "s3": -9.5, "temperature": 0.1}, "Without the shift it is the same."),
    ],
)
def test_the_words_are_true_at_the_ends(settings, said):
    assert said in words(**settings)


def test_all_without_the_shift_is_0_where_only_the_sum_overflows():
    stable, naive = lab.probabilities([-0.5] * 10, 1.0, 710)
    assert np.allclose(stable, 0.1) and not naive.any()


def test_it_is_as_precise_as_the_text_and_gives_up_at_the_same_number():
    for added, gives_up in ((700, False), (710, True)):  # exp overflows in float64 from 709.78 on
        assert ("are nan" in words(added=added)) == gives_up
    assert lab.probabilities(lab.START)[0].dtype == np.float64


def test_the_loss_is_told_where_a_lesson_asks_for_it():
    assert "true" not in lab.lab().controls and "loss" not in lab.lab().chart.spec["words"]
    asked = lab.lab(loss=True)
    asked.controls["true"].value = 0
    assert "The true class 0 gets" in asked.chart.spec["words"] and "the loss is" in asked.chart.spec["words"]
    assert asked.chart.spec["panes"][0]["series"][0]["colors"][0] != asked.chart.spec["panes"][0]["series"][0]["colors"][1]
