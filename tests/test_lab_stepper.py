"""The backprop stepper: its numbers against pencil, core and nudging, its steps and words, its controls."""

import importlib
import itertools
import json

import numpy as np
import pytest

from mlp_helpers import MLP, labs, linear_backward, one_hot, relu_backward, softmax_cross_entropy_backward
from mlp_helpers.labs.chart import picture

stepper = importlib.import_module("mlp_helpers.labs.stepper")  # labs.stepper is the function
START = stepper.START
PENCIL = {                                       # notebook 06
    "s1": 1, "s2": -0.5, "s3": 0.3, "a1": 1, "a2": 0, "a3": 0.3, "z1": 0.8, "z2": 0.3, "p1": 0.6225, "p2": 0.3775, "L": 0.9741,
    "dz1": 0.6225, "dz2": -0.6225, "dv11": 0.6225, "dv21": 0, "dv32": -0.1867, "dc2": -0.6225, "da1": 0.9337, "da2": 0.1867,
    "da3": -1.8674, "ds1": 0.9337, "ds2": 0, "ds3": -1.8674, "dw11": 0.9337, "dw23": -3.7348, "db2": 0,
    "dx1": -0.0934, "dx2": 0.0467,
}  # fmt: skip


def extremes():
    """The numbers of notebook 06, every one at both ends, all at both ends, and some at random."""
    yield dict(START)
    for name, end in itertools.product(START, (stepper.LOW, stepper.HIGH)):
        yield START | {name: end}
    for end in (stepper.LOW, 0.0, stepper.HIGH):
        yield dict.fromkeys(START, end)
    rng = np.random.default_rng(0)
    for _ in range(30):
        yield dict(zip(START, (rng.integers(-60, 61, len(START)) / 20).tolist(), strict=True))


EXTREMES = list(extremes())


def by_the_core(parameters, true):
    T, Y = stepper.arrays(parameters), one_hot(np.array([true - 1]), 2)
    Z1 = T["X"] @ T["W1"] + T["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ T["W2"] + T["b2"]
    E = np.exp(Z2 - Z2.max())
    dZ2 = softmax_cross_entropy_backward(E / E.sum(), Y)
    dA1, dW2, db2 = linear_backward(dZ2, A1, T["W2"])
    dZ1 = relu_backward(dA1, Z1.round(12))
    dX, dW1, db1 = linear_backward(dZ1, T["X"], T["W1"])
    return {"x": dX, "w": dW1, "b": db1, "v": dW2, "c": db2, "a": dA1, "s": dZ1, "z": dZ2}


def test_the_numbers_of_the_pencil():
    p = stepper.values(START, 2)
    assert {name: p[name] for name in PENCIL} == pytest.approx(PENCIL, abs=6e-5)


@pytest.mark.parametrize("true", [1, 2])
@pytest.mark.parametrize("parameters", EXTREMES)
def test_the_same_as_the_core(parameters, true):
    p = stepper.values(parameters, true)
    for letter, gradient in by_the_core(parameters, true).items():
        names = [name for name in p if name[0] == "d" and name[1] == letter]
        assert len(names) == gradient.size
        assert [p[name] for name in sorted(names)] == pytest.approx(gradient.ravel(), rel=1e-6, abs=1e-12), letter
    model = MLP([2, 3, 2], dtype=np.float64)
    T = stepper.arrays(parameters)
    for name, parameter in model.parameters.items():
        parameter[...] = T[name]
    assert p["L"] == pytest.approx(model.loss_and_gradients(T["X"], np.array([true - 1]))[0], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("true", [1, 2])
@pytest.mark.parametrize("parameters", EXTREMES)
def test_every_step_agrees_with_nudging_or_says_why_not(parameters, true):
    p, way = stepper.values(parameters, true), stepper.steps(parameters, true)
    corner = any(abs(p[f"s{i}"]) < stepper.CORNER for i in (1, 2, 3))
    for at, step in enumerate(way):
        assert all((row.nudged is not None) == step.backward for row in step.rows)
        words = stepper.words(step.title, step, p, at)
        if step.backward and not corner:
            assert [row.value for row in step.rows] == pytest.approx([row.nudged for row in step.rows], rel=1e-4, abs=1e-7)
        told = "Nudging agrees" in words or "too small for it to tell" in words
        assert told or not step.backward or (corner and "corner of ReLU" in words)
        if step.backward and "too small" in words:
            assert any(0 < abs(row.value) < stepper.MEASURED for row in step.rows)


def test_a_blame_that_nudging_cannot_see_is_not_confirmed_by_it():
    certain = dict.fromkeys(START, 3.0) | {"v12": -3.0, "v22": -3.0, "v32": -3.0}  # class 1, beyond doubt
    p, way = stepper.values(certain, 1), stepper.steps(certain, 1)
    assert 0 < abs(p["dz2"]) < 1e-40
    told = [stepper.words(step.title, step, p, at) for at, step in enumerate(way) if step.backward]
    assert all("too small for it to tell" in words and "agrees" not in words for words in told)


def test_each_number_is_found_once_and_nothing_is_used_before():
    way = stepper.steps(START, 2)
    found = [row.name for step in way for row in step.rows]
    everything = set(stepper.values(START, 2)) - set(START)
    assert len(found) == len(set(found)) and set(found) == everything
    assert 20 <= len(way) == stepper.COUNT <= 30
    known = set(START)
    for step in way:
        for row in step.rows:
            names = set(row.formula.replace("(", " ").replace(")", " ").replace("[", " ").replace(",", " ").split())
            names = {name for name in names if name[0] in "xwbhavczpd" and any(sign.isdigit() for name in names for sign in name)}
            assert names - {"exp", "max"} <= known, row
        known |= {row.name for row in step.rows}


def test_formula_numbers_and_result_belong_together():
    rng = np.random.default_rng(1)
    for parameters in (START, dict(zip(START, (rng.integers(-60, 61, 19) / 20).tolist(), strict=True))):
        for step in stepper.steps(parameters, 2):
            for row in step.rows:
                numbers = row.numbers.replace("·", "*").replace("-ln ", "-np.log(1) - np.log(")
                numbers += ")" if "np.log" in numbers else ""
                assert eval(numbers) == pytest.approx(row.value, rel=5e-3, abs=5e-3), row


def test_shapes_of_the_matrices():
    shapes = dict(stepper.ARRAYS) | {"Z1": (1, 3), "A1": (1, 3), "Z2": (1, 2), "P": (1, 2), "L": (), "Y": (1, 2)}
    shapes |= {f"d{name}": shape for name, shape in shapes.items()}
    p = stepper.values(START, 2)
    for name, (formula, told) in stepper.MATRICES.items():
        assert formula.startswith(f"{name} = ")
        result = told.split(" -> ")[1]
        assert result == ("one number" if name == "L" else str(shapes[name]))
    T, Y = stepper.arrays(START), np.array([[0, 1]])
    space = {"relu": lambda Z: np.maximum(Z, 0), "softmax": lambda Z: np.exp(Z) / np.exp(Z).sum(), **T, "Y": Y, "n": 1}
    space["cross_entropy"] = lambda P, Y: -(Y * np.log(P)).sum()
    for name, (formula, _) in stepper.MATRICES.items():
        space[name] = eval(formula.split(" = ")[1].removesuffix(", with n"), space)
        assert np.shape(space[name]) == shapes[name]
    assert [space["L"], space["dW1"][1, 2], space["dX"][0, 1]] == pytest.approx([p["L"], p["dw23"], p["dx2"]])


def test_the_words_know_silence_gates_and_corners():
    titles = [step.title for step in stepper.steps(START, 2)]
    relu, gates, second = titles.index("ReLU"), titles.index("the gates"), titles.index("the weights w of hidden unit 2")
    assert "Open: 1, 3. Shut: 2." in stepper.describe(gates, 2, **START)["words"]
    assert "shut, so nothing comes" in stepper.describe(second, 2, **START)["words"]
    corner = START | {"b2": 0.6}  # s2 = -1 + 0.4 + 0.6
    assert stepper.values(corner, 2)["s2"] == 0
    assert "s2 is 0, at the corner of ReLU" in stepper.describe(gates, 2, **corner)["words"]
    assert "Silent: a2, until b2 is above 0.6." in stepper.describe(relu, 2, **START)["words"]
    assert "Silent: none." in stepper.describe(relu, 2, **(START | {"b2": 0.65}))["words"]


def test_the_blame_of_every_number_stays_in_the_picture():
    spec, p = stepper.describe(stepper.COUNT - 1, 2, **START), stepper.values(START, 2)
    texts = [series["text"] for series in spec["panes"][0]["series"] if series["kind"] == "text"]
    for name in START:
        blame = stepper.brief(p[f"d{name}"])
        assert blame in texts or f"d{name} {blame}" in texts, name
    early = [series["text"] for series in stepper.describe(10, 2, **START)["panes"][0]["series"] if series["kind"] == "text"]
    assert stepper.brief(p["dv11"]) in early and f"db1 {stepper.brief(p['db1'])}" not in early


@pytest.mark.parametrize("at", range(stepper.COUNT))
def test_the_picture_of_every_step(at):
    spec = stepper.describe(at, 1, "c2", **START)
    assert len(json.dumps(spec)) < 15_000 and f"Step {at + 1} of 23" in spec["words"]
    texts = [series["text"] for series in spec["panes"][0]["series"] if series["kind"] == "text"]
    row = stepper.steps(START, 1)[at].rows[0]
    assert any(row.name in words or f"{row.value:.3g}" in words for words in texts)
    if at % 7 == 2:
        picture(spec)


def test_what_notebook_07_derives_is_shown_only_there():
    assert "as matrices, notebook 07" in str(labs.stepper().chart.spec)
    lab = labs.stepper(matrices=False)
    for _ in range(stepper.COUNT):
        assert "matrices" not in str(lab.chart.spec) and not any(
            line in str(lab.chart.spec) for line, _ in stepper.MATRICES.values()
        )
        lab.buttons["Next"].click()


def test_the_controls():
    lab = labs.stepper()
    controls, buttons = lab.controls, lab.buttons

    def title():
        return lab.chart.spec["title"]

    assert title().startswith("Step 1 of 23, forwards")
    buttons["Back"].click()
    assert title().startswith("Step 1 of") and "first step" in lab.chart.spec["words"]
    for _ in range(9):
        buttons["Next"].click()
    assert title() == "Step 10 of 23, backwards: the weights v of hidden unit 1"
    frames = lab.chart.frames
    controls["chosen"].value = "x1"
    assert (controls["value"].value, controls["value"].description, lab.chart.frames) == (1.0, "x1", frames + 1)
    controls["value"].value = 2.0
    assert lab.parameters == START | {"x1": 2.0} and "dv11 = 0.8799" in lab.chart.spec["words"]
    for name, value in START.items():  # looking at all of them changes none
        controls["chosen"].value = name
        assert controls["value"].value == (2.0 if name == "x1" else value)
    assert lab.parameters == START | {"x1": 2.0}
    controls["true"].value = 1
    assert lab.settings["true"] == 1
    buttons["Last"].click()
    buttons["Next"].click()
    assert title().startswith("Step 23") and "last step" in lab.chart.spec["words"]
    controls["chosen"].value = "x1"
    buttons["Reset numbers"].click()
    assert lab.parameters == START and controls["value"].value == 1.0 and lab.settings["true"] == 2
    buttons["First"].click()
    assert title().startswith("Step 1 of")
    for key, step in (("right", 2), ("right", 3), ("left", 2)):
        lab.chart._handle_custom_msg({"key": key}, [])  # as the page sends it
        assert title().startswith(f"Step {step} of") and lab.chart.spec["keys"]
    assert all("mlp-" in "".join(button._dom_classes) for button in buttons.values())
