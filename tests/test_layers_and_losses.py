"""Layers and losses: their numbers by hand, and that they compute what the functions compute."""

import functools
import math

import numpy as np
import pytest

from mlp_helpers import (
    Linear,
    ReLU,
    Sigmoid,
    SigmoidMeanSquaredError,
    SoftmaxCrossEntropy,
    cross_entropy,
    linear,
    linear_backward,
    mean_squared_error,
    one_hot,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_cross_entropy_backward,
)

LN3 = math.log(3)
DTYPES = np.float32, np.float64


def layer_by_hand():
    layer = Linear(2, 3, rng=np.random.default_rng(0), dtype=np.float64)
    layer.W[...] = [[1, 0, -1], [0.5, 2, 1]]
    layer.b[...] = [10, 20, 30]
    return layer


def test_linear_by_hand():
    layer = layer_by_hand()
    # the numbers of test_linear_by_hand and test_linear_backward_by_hand in test_functions.py
    np.testing.assert_array_equal(layer.forward(np.array([[1.0, 2.0], [3.0, 4.0]])), [[12, 24, 31], [15, 28, 31]])
    np.testing.assert_array_equal(layer.backward(np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]])), [[-1, 2.5], [-1, -1]])
    np.testing.assert_array_equal(layer.dW, [[1, -3, 5], [2, -4, 8]])
    np.testing.assert_array_equal(layer.db, [1, -1, 3])


def test_linear_leaves_out_the_input_gradient_when_nobody_waits_for_it():
    layer = layer_by_hand()
    layer.forward(np.ones((1, 2)))
    assert layer.backward(np.ones((1, 3)), input_gradient=False) is None
    np.testing.assert_array_equal(layer.dW, np.ones((2, 3)))


@pytest.mark.parametrize(
    ("init", "spread"),
    [("he", math.sqrt(2 / 400)), ("xavier", math.sqrt(2 / 600)), (0.25, 0.25), (np.float32(0.5), 0.5)],
)
def test_first_weights_are_normal_with_the_promised_spread(init, spread):
    W = Linear(400, 200, init, rng=np.random.default_rng(0)).W
    # 80 000 numbers: their standard deviation is uncertain by 1 / sqrt(160 000) = 0.25 %
    assert W.std() == pytest.approx(spread, rel=0.01)
    assert abs(W.mean()) < 0.02 * spread
    assert (np.abs(W) < spread).mean() == pytest.approx(0.6827, abs=0.01)


@pytest.mark.parametrize("dtype", DTYPES)
def test_first_biases_are_0_and_everything_has_the_chosen_type(dtype):
    layer = Linear(3, 2, rng=np.random.default_rng(0), dtype=dtype)
    np.testing.assert_array_equal(layer.b, [0, 0])
    Z = layer.forward(np.ones((4, 3), dtype))
    dX = layer.backward(np.ones((4, 2), dtype))
    assert {array.dtype for array in (layer.W, layer.b, Z, dX, layer.dW, layer.db)} == {np.dtype(dtype)}


def test_relu_by_hand():
    layer = ReLU()
    np.testing.assert_array_equal(layer.forward(np.array([[-1.0, 0.0, 2.0]])), [[0, 0, 2]])
    np.testing.assert_array_equal(layer.backward(np.array([[5.0, 6.0, 7.0]])), [[0, 0, 7]])


def test_sigmoid_by_hand():
    layer = Sigmoid()
    np.testing.assert_allclose(layer.forward(np.array([[0.0, LN3]])), [[0.5, 0.75]], rtol=1e-15)
    # 8 · 1/2 · 1/2 = 2, 8 · 3/4 · 1/4 = 3/2
    np.testing.assert_allclose(layer.backward(np.array([[8.0, 8.0]])), [[2, 1.5]], rtol=1e-15)


def test_softmax_cross_entropy_by_hand():
    end = SoftmaxCrossEntropy()
    # probabilities 1/4, 3/4 and 1/2, 1/2; true classes 0 and 1: (ln 4 + ln 2) / 2 = 1.5 ln 2
    loss = end.forward(np.array([[0.0, LN3], [7.0, 7.0]]), np.array([0, 1]))
    assert loss == pytest.approx(1.5 * math.log(2), rel=1e-15) and isinstance(loss, float)
    # (1/4 - 1) / 2, (3/4) / 2 and (1/2) / 2, (1/2 - 1) / 2
    np.testing.assert_allclose(end.backward(), [[-0.375, 0.375], [0.25, -0.25]], rtol=1e-15)


def test_label_smoothing_by_hand():
    end, Z = SoftmaxCrossEntropy(0.2), np.array([[0.0, LN3], [7.0, 7.0]])
    # wanted are 0.9, 0.1 and 0.1, 0.9, of each 1 a fifth being shared by both classes
    # 0.9 ln 4 + 0.1 ln 4/3 = 2 ln 2 - 0.1 ln 3, and ln 2; their mean
    assert end.forward(Z, np.array([0, 1])) == pytest.approx(1.5 * math.log(2) - 0.05 * LN3, rel=1e-14)
    # (1/4 - 0.9) / 2, (3/4 - 0.1) / 2 and (1/2 - 0.1) / 2, (1/2 - 0.9) / 2
    np.testing.assert_allclose(end.backward(), [[-0.325, 0.325], [0.2, -0.2]], rtol=1e-14)


def test_label_smoothing_ends_when_the_network_is_asked():
    end, plain, Z, y = SoftmaxCrossEntropy(0.2), SoftmaxCrossEntropy(), np.array([[0.0, 1.0, 3.0]]), np.array([1])
    assert end.forward(Z, y, training=False) == plain.forward(Z, y)
    np.testing.assert_array_equal(end.backward(), plain.backward())


@pytest.mark.parametrize("dtype", DTYPES)
def test_label_smoothing_is_cross_entropy_with_softened_targets(dtype):
    rng = np.random.default_rng(0)
    Z, y = (3 * rng.normal(size=(7, 5))).astype(dtype), rng.integers(0, 5, 7)
    end, near = SoftmaxCrossEntropy(0.3), float(20 * np.finfo(dtype).eps)
    Y = 0.7 * np.eye(5)[y] + 0.3 / 5
    assert end.forward(Z, y) == pytest.approx(-(Y * np.log(softmax(Z))).sum() / 7, rel=near)
    np.testing.assert_allclose(end.backward(), (softmax(Z) - Y) / 7, rtol=near, atol=near)
    assert end.backward().dtype == dtype


def test_a_smoothed_loss_is_finite_where_a_probability_has_become_0():
    end = SoftmaxCrossEntropy(0.5)
    # wanted 0.75 and 0.25: 0.75 · 0 + 0.25 · 1000
    assert end.forward(np.array([[1000.0, 0.0]]), np.array([0])) == 250
    np.testing.assert_array_equal(end.backward(), [[0.25, -0.25]])


@pytest.mark.parametrize("smoothing", [0, 0.1, 0.9])
def test_label_smoothing_equals_that_of_pytorch(smoothing):
    torch = pytest.importorskip("torch")
    rng, end = np.random.default_rng(0), SoftmaxCrossEntropy(smoothing)
    Z, y = 3 * rng.normal(size=(7, 5)), rng.integers(0, 5, 7)
    tensor = torch.tensor(Z, requires_grad=True)
    theirs = torch.nn.functional.cross_entropy(tensor, torch.tensor(y), label_smoothing=smoothing)
    theirs.backward()
    assert end.forward(Z, y) == pytest.approx(theirs.item(), rel=1e-12)
    np.testing.assert_allclose(end.backward(), tensor.grad.numpy(), rtol=1e-10, atol=1e-14)


def test_sigmoid_mean_squared_error_by_hand():
    end = SigmoidMeanSquaredError()
    # outputs 1/2, 3/4 against 1, 0: 1/4 + 9/16 = 13/16; outputs 1/2, 1/2 against 0, 1: 1/4 + 1/4 = 8/16; mean 21/32
    loss = end.forward(np.array([[0.0, LN3], [0.0, 0.0]]), np.array([0, 1]))
    assert loss == pytest.approx(21 / 32, rel=1e-15) and isinstance(loss, float)
    # 2 (A - Y) / 2 · A (1 - A): -1/2 · 1/4, 3/4 · 3/16 and 1/2 · 1/4, -1/2 · 1/4
    np.testing.assert_allclose(end.backward(), [[-1 / 8, 9 / 64], [1 / 8, -1 / 8]], rtol=1e-15)


@pytest.mark.parametrize("dtype", DTYPES)
def test_layers_and_losses_compute_what_the_functions_compute(dtype):
    rng = np.random.default_rng(0)
    X, dA, y = rng.normal(size=(7, 5)).astype(dtype), rng.normal(size=(7, 4)).astype(dtype), rng.integers(0, 4, 7)
    rounding = float(20 * np.finfo(dtype).eps)
    near = {"rtol": rounding, "atol": rounding}
    layer = Linear(5, 4, rng=rng, dtype=dtype)
    Z = layer.forward(X)
    np.testing.assert_allclose(Z, linear(X, layer.W, layer.b), **near)
    for mine, theirs in zip((layer.backward(dA), layer.dW, layer.db), linear_backward(dA, X, layer.W), strict=True):
        np.testing.assert_allclose(mine, theirs, **near)
    activation = ReLU()
    np.testing.assert_array_equal(activation.forward(Z), relu(Z))
    np.testing.assert_array_equal(activation.backward(dA), relu_backward(dA, Z))
    activation = Sigmoid()
    np.testing.assert_array_equal(activation.forward(Z), sigmoid(Z))
    np.testing.assert_array_equal(activation.backward(dA), sigmoid_backward(dA, sigmoid(Z)))
    end, Y = SoftmaxCrossEntropy(), one_hot(y, 4).astype(dtype)
    assert end.forward(Z, y) == pytest.approx(cross_entropy(softmax(Z), Y), rel=rounding)
    np.testing.assert_allclose(end.backward(), softmax_cross_entropy_backward(softmax(Z), Y), **near)
    np.testing.assert_array_equal(end.outputs(Z), softmax(Z))
    end = SigmoidMeanSquaredError()
    assert end.forward(Z, y) == pytest.approx(mean_squared_error(sigmoid(Z), Y), rel=rounding)
    np.testing.assert_allclose(end.backward(), sigmoid_backward(2 * (sigmoid(Z) - Y) / 7, sigmoid(Z)), **near)
    np.testing.assert_array_equal(end.outputs(Z), sigmoid(Z))


@pytest.mark.parametrize("end", [SoftmaxCrossEntropy, functools.partial(SoftmaxCrossEntropy, 0.1), SigmoidMeanSquaredError])
@pytest.mark.parametrize("dtype", DTYPES)
def test_losses_leave_the_scores_alone_and_keep_their_type(end, dtype):
    Z = np.array([[1, 2, 3], [-4, 5, 0]], dtype)
    Z.flags.writeable = False
    end = end()
    end.forward(Z, np.array([2, 0]))
    dZ = end.backward()
    assert dZ.dtype == dtype and dZ.shape == Z.shape
    np.testing.assert_array_equal(dZ, end.backward())


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scores", [[0, -1000], [1000, 0], [-1000, -2000]])
def test_the_loss_of_scores_is_finite_where_the_probability_has_become_0(scores, dtype):
    end = SoftmaxCrossEntropy()
    # -log softmax = log(exp 0 + exp(-1000)) + 1000
    assert end.forward(np.array([scores], dtype), np.array([1])) == 1000
    np.testing.assert_array_equal(end.backward(), [[1, -1]])
