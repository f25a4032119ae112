"""The lab of signal and blame: both are those of the network, and what is drawn and said of them holds at every setting."""

import importlib
import json

import numpy as np
import pytest

from mlp_helpers import MLP, load_mnist, numerical_gradient
from mlp_helpers.labs.chart import picture

signals = importlib.import_module("mlp_helpers.labs.signals")  # labs.signals is the function
ACTIVATIONS = ["ReLU", "sigmoid"]
SETTINGS = [(spread, activation) for spread in (2**-4, 1, 2**3) for activation in ACTIVATIONS]


def network(spread, activation):
    model = MLP(signals.SIZES, activation=activation.lower(), dtype=np.float64)
    for linear, W in zip(model.linears, signals.drawn()[0], strict=True):
        linear.W[...] = spread * np.sqrt(2 / len(W)) * W
    return model


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_signal_and_blame_are_those_of_the_network(activation):
    split = load_mnist().train
    X, y = split.images[: signals.IMAGES] / 255, split.labels[: signals.IMAGES]
    model, (passed, blames) = network(0.7, activation), signals.travel(0.7, activation)
    A, behind = X, []
    for layer in model.layers:
        A = layer.forward(A)
        behind.append(A)
    behind = [*behind[1:-1:2], behind[-1]]
    assert len(behind) == len(passed) == len(blames) == 10
    for there, signal in zip(behind, passed, strict=True):
        assert np.allclose(there - there.mean(axis=0), signal)

    def loss_from(layer, row):
        A = row[np.newaxis]
        for after in model.layers[2 * layer :]:
            A = after.forward(A)
        return model.loss_layer.forward(A, y[:1])

    for number in (1, 5, 9):
        slope = numerical_gradient(lambda row, number=number: loss_from(number, row), behind[number - 1][0].copy())
        assert np.allclose(blames[number - 1][0], slope, atol=1e-3 * abs(slope).max())
    P = model.predict_proba(X)
    P[np.arange(len(y)), y] -= 1
    assert np.allclose(blames[9], P)


def test_one_layer_by_hand():
    assert signals.he(50) == 0.2
    weights, X, _ = signals.drawn()
    A = np.maximum(3 * np.sqrt(2 / 784) * X @ weights[0], 0)
    assert np.allclose(signals.travel(3, "ReLU")[0][0], A - A.mean(axis=0))
    assert signals.size(np.array([[3.0, -4.0]])) == pytest.approx(np.sqrt(12.5))


@pytest.mark.parametrize("spread, activation", SETTINGS)
def test_the_least_the_default_and_the_greatest_of_every_control(spread, activation):
    spec = signals.describe(spread, activation)
    assert len(json.dumps(spec, allow_nan=False)) < 20_000
    *histograms, sizes = spec["panes"]
    assert len(histograms) == 20
    for pane in histograms:
        heights = pane["series"][0]["y"]
        assert len(heights) == signals.BINS and max(heights) == 1 and min(heights) >= 0
    low, high = sizes["ylim"]
    assert all(low < y < high for series in sizes["series"] for y in series["y"])


@pytest.mark.parametrize("spread, activation", [*SETTINGS, (2**-0.5, "ReLU"), (2**0.5, "ReLU"), (2**1.75, "sigmoid")])
def test_the_words_are_true(spread, activation):
    passed, blames = signals.travel(spread, activation)
    words = signals.describe(spread, activation)["words"]
    signal, blame = (np.sqrt((a**2).mean() / (b**2).mean()) for a, b in ((passed[8], passed[0]), (blames[0], blames[8])))
    for times, before in ((signal, "the signal"), (blame, "it")):
        fate = "vanishes" if times < 0.1 else "explodes" if times > 10 else "arrives"
        assert f"multiplied by {times:.2g}: {before} {fate}." in words
    assert f"{spread * np.sqrt(2 / 100):.2g} for 100 inputs" in words


def test_with_relu_only_hes_spread_brings_both_through():
    fates = {step: signals.describe(2.0**step, "ReLU")["words"].count("arrives") for step in np.arange(-4, 3.25, 0.25)}
    assert fates[0] == 2 and [step for step, arriving in fates.items() if arriving == 2] == [-0.25, 0, 0.25]


def test_a_row_of_histograms_by_hand():
    first, second = signals.row([np.array([[0.0, 0.0, 0.01, -0.01, 9.0]]), np.array([[-7.0, 0.1]])], 10, "red", "what it is")
    wanted = np.zeros(signals.BINS)
    wanted[signals.BINS // 2], wanted[-1] = 1, 0.5  # two in the middle, one beyond; zeros are left out
    assert first["series"][0]["y"] == wanted.tolist() and first["series"][1]["text"] == "what it is"
    assert second["series"][0]["y"][0] == 1 and (first["title"], second["title"]) == ("1", "2")
    assert signals.row([np.zeros((2, 2))], 10, "red", "")[0]["series"][0]["y"] == [0] * signals.BINS


def test_the_controls_reach_the_chart():
    lab = signals.lab()
    assert lab.settings == {"spread": 1, "activation": "ReLU"}
    lab.controls["spread"].value, lab.controls["activation"].value = 2**-2, "sigmoid"
    assert lab.chart.spec["words"] == signals.describe(0.25, "sigmoid")["words"]
    picture(lab.chart.spec)
