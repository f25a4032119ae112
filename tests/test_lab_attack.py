"""The attack on a digit: the step and what it does, what is drawn and said of it, and its controls."""

import importlib
import json

import numpy as np
import pytest

from mlp_helpers import MLP, labs
from mlp_helpers.check.exercises.notebook_16.step_on_input import step_on_input
from mlp_helpers.labs.chart import picture
from mlp_helpers.labs.pad import enlarge, held_out, shipped

attack = importlib.import_module("mlp_helpers.labs.attack")  # labs.attack is the function
NUMBER = 1  # a validation image, a 7
AIMS = [attack.ANOTHER, 0, 3, 7, 9]


def image(number=NUMBER):
    return held_out()[0][number][np.newaxis].astype(np.float32) / 255


def canvas(number=NUMBER):
    return enlarge(held_out()[0][number]).tobytes()


def loss_of(label, moved):
    return -np.log(np.maximum(shipped().predict_proba(moved)[:, label], 1e-30))


def test_the_step_is_that_of_the_exercise():
    X, dX = np.array([[0.2, 0.95, 0.5, 0.0]]), np.array([[0.01, 3.0, -2.0, 0.0]])
    for epsilon in (0.1, -0.1, 0, attack.MOST):
        assert np.array_equal(attack.step_on_input(X, dX, epsilon), step_on_input(X, dX, epsilon))


@pytest.mark.parametrize("aim", AIMS)
def test_a_step_stays_within_its_size_and_goes_where_it_shall(aim):
    moved, P = attack.attack(shipped(), image(), aim)
    assert moved.shape == (31, 784) and moved.min() >= 0 and moved.max() <= 1
    assert np.array_equal(moved[0], image()[0])
    for epsilon, X in zip(attack.EPSILONS, moved, strict=True):
        assert np.isclose(abs(X - moved[0]).max(), epsilon, atol=1e-6)
    assert np.allclose(P, shipped().predict_proba(moved))
    if aim == attack.ANOTHER:
        assert loss_of(7, moved)[1] > loss_of(7, moved)[0]
    else:
        assert loss_of(aim, moved)[1] < loss_of(aim, moved)[0]


def test_the_step_that_was_handed_over_is_taken():
    taken = []

    def nothing(X, dX, epsilon):
        taken.append(epsilon)
        return X + 0 * dX

    moved, _ = attack.attack(shipped(), image(), 3, nothing)
    assert np.allclose(taken, -attack.EPSILONS) and (moved == moved[0]).all()
    said = attack.describe(canvas(), 0.1, 3, shipped(), nothing)["words"]
    assert "Along the way its answer does not change, up to 0.3." in said


@pytest.mark.parametrize("epsilon", [0, 0.1, 0.3])
@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("drawn", ["digit", "empty"])
def test_the_least_the_default_and_the_greatest_of_every_control(epsilon, aim, drawn):
    spec = attack.describe(canvas() if drawn == "digit" else b"", epsilon, aim, shipped())
    assert len(json.dumps(spec, allow_nan=False)) < 20_000
    before, change, after, read, along, read_after = spec["panes"]
    assert (before["series"][0]["rgba"] == after["series"][0]["rgba"]) == (epsilon == 0 or drawn == "empty")
    white = attack.coloured(np.zeros(784))
    assert (change["series"][0]["rgba"] == attack.image(white, [0, 28, 28, 0])["rgba"]) == (epsilon == 0 or drawn == "empty")
    if drawn == "empty":
        assert spec["words"] == "The canvas is empty. Draw a digit on it, or choose a validation image."
        assert not any(read["series"][0]["y"] + read_after["series"][0]["y"])
        return
    P = attack.attack(shipped(), image(), aim)[1]
    for pane, row in ((read, P[0]), (read_after, P[round(100 * epsilon)])):
        assert np.allclose(pane["series"][0]["y"], 100 * row, rtol=1e-4, atol=1e-4)
        assert pane["box"][3] * (1 - 100 / pane["ylim"][1]) > 15  # pixels above a full bar, for its number
    assert along["series"][-1]["x"] == pytest.approx([epsilon] * 2)
    first, second = along["title"].split(", ")
    assert first == "solid: a 7" and np.allclose(along["series"][0]["y"], 100 * P[:, 7], atol=1e-3)
    gaining = aim if aim not in (attack.ANOTHER, 7) else np.delete(P[-1], 7).argmax()
    gaining += aim in (attack.ANOTHER, 7) and gaining >= 7
    assert second == f"dashed: {attack.a_digit(gaining)}"
    assert np.allclose(along["series"][1]["y"], 100 * P[:, gaining], atol=1e-3)


@pytest.mark.parametrize("number", [0, 1, 2, 8])
@pytest.mark.parametrize("aim", [attack.ANOTHER, 3])
def test_the_words_are_true(number, aim):
    pixels = attack.prepare(np.frombuffer(canvas(number), np.uint8).reshape(140, 140)).reshape(1, 784)
    P = attack.attack(shipped(), pixels.astype(np.float32) / 255, aim)[1]
    answers = P.argmax(axis=1)
    for at in (0, 5, 10, 30):
        words = attack.describe(canvas(number), attack.EPSILONS[at], aim, shipped())["words"]
        assert words.startswith(f"Before, the network reads {attack.a_digit(answers[0])} ({attack.percent(P[0].max())}). ")
        assert f"at most {at / 100:.2f}, it reads {attack.a_digit(answers[at])} ({attack.percent(P[at].max())})" in words
        assert ("a 3 has" in words) == (aim == 3 and answers[at] != 3)
        changed = np.flatnonzero(answers != answers[0])
        assert f"first changes at ε = {changed[0] / 100:.2f}." in words if len(changed) else "does not change" in words


def test_the_change_is_red_where_ink_is_added_and_blue_where_it_is_taken():
    more, less, none = attack.coloured(np.array([0.1, -0.1, *[0.0] * 782]))[0, :3].astype(int)
    assert more[0] > more[2] and less[2] > less[0] and (none == 255).all()


def test_the_view():
    calm = MLP([784, 10])
    lab = labs.attack({"plain": shipped(), "untrained": calm}, step_on_input)
    assert lab.settings["epsilon"] == 0.1 and lab.settings["network"] == "plain" and lab.settings["aim"] == attack.ANOTHER
    assert lab.chart.spec["words"].startswith("Validation image 1, labelled 7. Before, the network reads a 7 ")
    for name, value in {"epsilon": 0.2, "aim": 3, "network": "untrained"}.items():
        lab.controls[name].value = value
        settings = lab.settings | {"model": lab.networks[lab.settings["network"]]}
        del settings["network"]
        assert attack.describe(**settings)["words"] in lab.chart.spec["words"]
    lab.buttons["next"].click()
    assert lab.chart.spec["words"].startswith("Validation image 2, ")
    lab.controls["canvas"].value = b""
    assert lab.chart.spec["words"].startswith("The canvas is empty.")
    picture(lab.still())


def test_a_choice_of_networks_is_shown_where_there_is_one():
    shelves = {count: labs.attack(dict.fromkeys(map(str, range(count)), shipped())).view.children[0].children for count in (1, 2)}
    assert len(shelves[2]) == len(shelves[1]) + 1
    assert labs.attack(shipped()).networks == {"network": shipped()}


@pytest.mark.parametrize("wrong", [shipped().predict_proba, MLP([784, 3]), {"plain": MLP([4, 10])}])
def test_what_is_no_network_for_digits_is_refused(wrong):
    with pytest.raises(ValueError, match=r"takes an MLP of 784 pixels and ten classes.*Try labs\.attack\(MLP"):
        labs.attack(wrong)


def test_a_step_that_fails_is_said_in_the_lab_and_raised():
    def moody(X, dX, epsilon):
        if X.sum() < 60:
            raise RuntimeError("not today")
        return X

    lab = labs.attack(shipped(), moody)
    thin = np.zeros((28, 28), np.uint8)
    thin[4:24, 14] = 255
    with pytest.raises(RuntimeError, match="not today"):
        lab.controls["canvas"].value = enlarge(thin).tobytes()
    assert lab.chart.spec["words"] == "The step, or the network, stopped with RuntimeError: not today"
