"""The lab of dropout: the networks of single steps, their mean and the whole one, what is drawn and said of them."""

import importlib
import itertools
import json
import re

import numpy as np
import pytest

from mlp_helpers import labs
from mlp_helpers.check.exercises.notebook_15.dropout import dropout as of_the_exercise
from mlp_helpers.core.functions import softmax
from mlp_helpers.labs.chart import picture

dropout = importlib.import_module("mlp_helpers.labs.dropout")  # labs.dropout is the function
SETTINGS = [(step, rate, digit) for step in (1, 12, 20) for rate in (0, 0.3, 0.9) for digit in (0, 5, 9)]


def in_turn(*masks):
    """A dropout whose coins are known: a mask for each step."""
    waiting = list(masks)

    def thin(A, rate, rng):
        mask = np.broadcast_to(waiting.pop(0), A.shape)
        return A * mask, mask

    return thin


def read(step, rate, digit):
    """What the networks read, computed with weights that are taken out or enlarged instead of activations."""
    model, images, labels = dropout.trained()
    row, last = np.flatnonzero(labels == digit)[0], model.linears[1]
    A, P, masks = dropout.asked()[0], [], []
    for number in range(1, step + 1):
        mask = dropout.dropout(A, rate, np.random.default_rng(number))[1]
        masks.append(mask[row])
        P.append(softmax(np.einsum("nh,nh,hk->nk", A, mask, last.W) + last.b))
    return row, masks[-1], np.array(P), model.predict_proba(images), labels


def test_two_steps_by_hand():
    A, W, b = np.array([[1.0, 2.0]]), np.array([[np.log(3) / 2, 0], [0, np.log(9) / 4]]), np.zeros(2)
    masks, P = dropout.thinned_networks(A, W, b, 0.5, 2, in_turn([2, 0], [0, 2]))
    assert masks.tolist() == [[[2, 0]], [[0, 2]]]
    assert np.allclose(P, [[[0.75, 0.25]], [[0.1, 0.9]]])  # exp of the scores: 3 and 1, then 1 and 9
    assert np.allclose(dropout.so_far(P), [[[0.75, 0.25]], [[0.425, 0.575]]])


@pytest.mark.parametrize("rate", [0, 0.3, 0.9])
def test_the_coins_are_those_of_the_exercise_and_each_step_has_its_own(rate):
    A = np.random.default_rng(5).random((40, 24))
    for seed in (1, 20):
        ours, theirs = (way(A, rate, np.random.default_rng(seed)) for way in (dropout.dropout, of_the_exercise))
        assert all(map(np.allclose, ours, theirs))
    masks, again = (dropout.thinned_networks(A, np.eye(24), 0, rate, steps)[0] for steps in (3, 20))
    assert np.array_equal(masks, again[:3])
    assert (rate == 0) == np.array_equal(masks[0], masks[1])


def test_single_steps_read_worse_and_their_mean_about_as_well_as_the_whole_network():
    *_, P, whole, labels = read(20, dropout.RATE, 5)
    single, together, undropped = ((each.argmax(-1) == labels).mean() for each in (P, P.mean(axis=0), whole))
    assert undropped > 0.87 and abs(together - undropped) < 0.025 and single < together - 0.025


def test_a_drawing_by_hand():
    A, mask = np.array([0.0, 3.0, 4.0, 1.0]), np.array([2, 2, 0, 2])
    pane = dropout.drawing(np.zeros(784), A, mask, np.array([0.25, 0.75]), 7)
    wires, *rest = pane["series"][1:]
    circles, words = ([series for series in rest if series["kind"] == kind] for kind in ("points", "text"))
    assert pane["title"] == "step 7: 3 of 4 units are left"
    half, most, little = dropout.mixed(np.array([0.5, 0.75, 0.25]))
    assert [each["color"] for each in circles] == ["#ffffff", most, dropout.DARK, little, little, most]
    assert dropout.mixed(np.array([0, 1, 3])) == ["#ffffff", dropout.LIT, dropout.LIT] and half == "#ffd486"
    crosses = [(each["x"], round(each["y"], 1)) for each in words if each["text"] == "×"]
    assert crosses == [(circles[2]["x"][0], circles[2]["y"][0] + 1.5)]
    between = [(unit["y"][0], out["y"][0]) for unit in (circles[0], circles[1], circles[3]) for out in circles[4:]]
    assert [pair for pair in itertools.pairwise(wires["y"]) if pair in between] == between  # none is missing
    assert circles[2]["y"][0] not in wires["y"]


def test_nothing_is_left_when_all_are_dark():
    spec = dropout.describe(1, 0.9, 5, in_turn(np.zeros(24)))
    b = dropout.trained()[0].linears[1].b
    assert np.allclose(spec["panes"][1]["series"][0]["y"], 100 * softmax(b[np.newaxis])[0], atol=1e-3)
    assert spec["words"].startswith("Step 1: all 24 hidden units are dark, and only the biases speak. What is left reads ")


def test_the_whole_network_is_a_line_and_the_mean_a_bar_with_its_number_above_the_lines():
    pane = dropout.compared(np.array([0.5, 0.004, 0.496, *[0] * 7]), np.array([0.7, 0.296, 0.004, *[0] * 7]), 3)
    means, *numbers, lines = pane["series"]
    assert means["y"] == [50, 0.4, 49.6, *[0] * 7] and "texts" not in means and pane["title"] == "mean of steps 1 to 3"
    assert [(each["x"], each["text"]) for each in numbers] == [(0, "50"), (2, "50")] and min(each["y"] for each in numbers) > 100
    assert lines["x"] == [-0.4, 0.4, None, 0.6, 1.4, None] and lines["y"] == [70, 70, None, 29.6, 29.6, None]


@pytest.mark.parametrize("step, rate, digit", SETTINGS)
def test_the_least_the_default_and_the_greatest_of_every_control(step, rate, digit):
    spec = dropout.describe(step, rate, digit)
    assert len(json.dumps(spec, allow_nan=False)) < 20_000
    row, mask, P, whole, labels = read(step, rate, digit)
    drawn, alone, mean, right = spec["panes"]
    assert sum(series.get("text") == "×" for series in drawn["series"]) == (mask == 0).sum()
    assert np.allclose(alone["series"][0]["y"], 100 * P[-1, row], rtol=1e-4, atol=1e-3)
    assert np.allclose(mean["series"][0]["y"], 100 * P.mean(axis=0)[row], rtol=1e-4, atol=1e-3)
    dashed, line, dots = right["series"]
    hits = [[100 * (each.argmax(-1) == labels).mean() for each in shown] for shown in (P, dropout.so_far(P), [whole])]
    assert np.allclose(dots["y"], hits[0]) and np.allclose(line["y"], hits[1]) and np.allclose(dashed["y"], hits[2])
    assert line["x"] == dots["x"] == list(range(1, step + 1))


@pytest.mark.parametrize("step, rate, digit", SETTINGS)
def test_the_words_are_true(step, rate, digit):
    words = dropout.describe(step, rate, digit)["words"]
    row, mask, P, whole, labels = read(step, rate, digit)
    alone, mean, undropped = (
        f"{dropout.a_digit(p.argmax())} ({dropout.percent(p.max())})" for p in (P[-1, row], P.mean(axis=0)[row], whole[row])
    )
    many = f"steps 1 to {step}" if step > 1 else "step 1 only"
    assert f"What is left reads {alone}, the mean of {many} {mean}, the whole network {undropped}. " in words
    dark = (mask == 0).sum()
    if rate == 0:
        assert words.startswith(f"Step {step}: none of the 24 hidden units is dark. ")
        assert alone == mean == undropped
    else:
        factor = {0.3: "1.43", 0.9: "10"}[rate]
        assert words.startswith(f"Step {step}: {dark} of the 24 hidden units are dark, and the others pass on {factor} times")
    hits = [100 * (each.argmax(-1) == labels).mean() for each in (P, P.mean(axis=0), whole)]
    said = re.search(r"single steps read (.+) % right on average, their mean (.+) %, the whole network (.+) %\.$", words)
    assert [float(number) for number in said.groups()] == pytest.approx(hits, abs=0.051)
    assert f"Of {dropout.IMAGES} validation images" in words and len(labels) == dropout.IMAGES


def test_the_function_that_was_handed_over_silences_the_units():
    asked = []

    def own(A, rate, rng):
        asked.append(rate)
        mask = np.where(np.arange(A.shape[1]) == 3, 0, 2)
        return A * mask, np.broadcast_to(mask, A.shape)

    lab = labs.dropout(own)
    assert asked == [0.3] * 12
    assert lab.chart.spec["words"].startswith("Step 12: 1 of the 24 hidden units is dark")


def test_the_controls_reach_the_chart():
    lab = labs.dropout()
    assert lab.settings == {"step": 12, "rate": 0.3, "digit": 5}
    for name, value in {"step": 3, "rate": 0.6, "digit": 8}.items():
        lab.controls[name].value = value
        assert lab.chart.spec["words"] == dropout.describe(**lab.settings)["words"]
    picture(lab.still())


@pytest.mark.parametrize("wrong", [0.5, np.ones((2, 3))])
def test_what_is_no_function_is_refused(wrong):
    with pytest.raises(ValueError, match=r"your function dropout\(A, rate, rng\), but was given an? .*Try labs\.dropout\(\)"):
        labs.dropout(wrong)
