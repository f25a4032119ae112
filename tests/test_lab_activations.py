"""The activation explorer: the numbers, the sentence, and that its controls reach the chart."""

import json

import numpy as np
import pytest

from mlp_helpers.labs.activations import LOOKS, describe, lab, value_and_slope, vanishing
from mlp_helpers.labs.chart import picture

CHOICES = ["all", *LOOKS]


@pytest.mark.parametrize(
    "name, z, value, slope",
    [
        ("ReLU", -8, 0, 0), ("ReLU", 0, 0, 0), ("ReLU", 2, 2, 1), ("ReLU", 8, 8, 1),
        ("sigmoid", 0, 0.5, 0.25), ("sigmoid", np.log(3), 0.75, 0.1875), ("sigmoid", -np.log(3), 0.25, 0.1875),
        ("tanh", 0, 0, 1), ("tanh", np.log(3), 0.8, 0.36), ("tanh", -np.log(3), -0.8, 0.36),
    ],
)  # fmt: skip
def test_values_and_slopes_by_hand(name, z, value, slope):
    assert np.allclose(value_and_slope(name, z), [value, slope])


@pytest.mark.parametrize("name", LOOKS)
def test_slopes_are_those_of_a_nudge(name):
    z = np.linspace(-7.95, 7.95, 60)
    nudged = (value_and_slope(name, z + 1e-5)[0] - value_and_slope(name, z - 1e-5)[0]) / 2e-5
    assert np.allclose(value_and_slope(name, z)[1], nudged, atol=1e-9)


@pytest.mark.parametrize("which", CHOICES)
@pytest.mark.parametrize("z", [-8.0, 0.0, 2.0, 8.0])
def test_the_least_the_default_and_the_greatest_of_every_control(z, which):
    spec = describe(z, which)
    names = list(LOOKS) if which == "all" else [which]
    for number, pane in enumerate(spec["panes"]):
        labels = [series["label"] for series in pane["series"] if "label" in series]
        assert [label.split()[0] for label in labels] == names
        for series in pane["series"]:
            if series["kind"] == "points":
                assert series["x"] == [z] and pane["ylim"][0] <= series["y"][0] <= pane["ylim"][1]
        marked = [series["y"][0] for series in pane["series"] if series["kind"] == "points"]
        wanted = [float(f"{value_and_slope(name, z)[number]:.6g}") for name in names]
        assert marked == [y for y in wanted if y <= pane["ylim"][1]]
    assert len(json.dumps(spec, allow_nan=False)) < 40_000
    assert all(name in spec["words"].lower() for name in map(str.lower, names))
    picture(spec)


def test_the_words_say_what_five_layers_leave():
    assert "Sigmoid is 0.5, its slope 0.25: 0.00098 is left" in describe(0.0, "sigmoid")["words"]  # 1 / 1024
    assert "ReLU is 2, its slope 1: all is left" in describe(2.0, "ReLU")["words"]
    assert "ReLU is 0, its slope 0: nothing is left" in describe(-2.0, "ReLU")["words"]
    assert "at the corner the course takes it as 0" in describe(0.0, "ReLU")["words"]
    assert "corner" not in describe(0.0, "tanh")["words"]
    assert "Tanh is almost 1," in describe(8.0, "tanh")["words"] and "Tanh is almost -1," in describe(-8.0, "tanh")["words"]


def test_a_lesson_chooses_what_is_shown():
    explorer = lab(functions=["ReLU", "sigmoid"], gradients=False)
    assert list(explorer.controls["which"].options) == ["all", "ReLU", "sigmoid"]
    for z in (-8.0, 0.0, 8.0):
        explorer.controls["z"].value = z
        told = json.dumps(explorer.chart.spec).lower()
        assert "tanh" not in told and "vanish" not in told and "layers" not in told and "gradient" not in told
        assert not [series for series in explorer.chart.spec["panes"][1]["series"] if series.get("width") == 5]  # the marks
    assert "Sigmoid is 0.5, its slope 0.25." in describe(0.0, "sigmoid", gradients=False)["words"]


def test_a_relu_above_the_picture_is_said_to_be_there():
    texts = [[s["text"] for s in describe(z, "all")["panes"][0]["series"] if s["kind"] == "text"] for z in (3.8, 3.9)]
    assert texts == [[], ["ReLU: above"]]


def test_gradients_vanish_where_the_slope_is_below_a_hundredth():
    x = [[x for x, y in zip(row["x"], row["y"], strict=True) if y is not None] for row in vanishing(list(LOOKS))]
    assert max(x[0]) == 0  # ReLU: wherever it is silent
    assert min(abs(np.array(x[1]))) == 4.6 and min(abs(np.array(x[2]))) == 3.0


def test_the_slope_of_relu_has_a_gap_at_the_corner():
    curve = next(s for s in describe(2.0, "ReLU")["panes"][1]["series"] if "label" in s)
    assert curve["y"].count(None) == 1 and curve["x"][curve["y"].index(None)] == 0


def test_the_controls_reach_the_chart():
    explorer = lab()
    assert explorer.settings == {"z": 2.0, "which": "all"}
    explorer.controls["z"].value, explorer.controls["which"].value = -8.0, "tanh"
    assert explorer.chart.spec["words"] == describe(-8.0, "tanh")["words"]
