"""What the functions refuse, and what they say then: the argument, what was expected, what came, what to try."""

import contextlib
import copy
import inspect
import itertools
import os
import re
import warnings

import numpy as np
import pytest

import mlp_helpers
from mlp_helpers import (
    MLP,
    SGD,
    Adam,
    AdamW,
    BatchNorm,
    Dataset,
    Dropout,
    Linear,
    Momentum,
    Nesterov,
    RMSProp,
    SoftmaxCrossEntropy,
    Split,
    Warp,
    accuracy,
    calibration_curve,
    check_gradients,
    confusion_matrix,
    cross_entropy,
    expected_calibration_error,
    linear,
    linear_backward,
    mean_squared_error,
    minibatches,
    numerical_gradient,
    one_hot,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_cross_entropy_backward,
    stops_early,
    train,
    training_steps,
)
from mlp_helpers.core.contracts import checked

X, W, b, dZ = np.ones((5, 4)), np.ones((4, 3)), np.ones(3), np.ones((5, 3))
P, y = np.full((5, 3), 1 / 3), np.array([0, 1, 2, 0, 1])
Y = one_hot(y, 3)
RNG = np.random.default_rng(0)
SPLIT = Split(X, y)
DATA = Dataset(SPLIT, SPLIT, SPLIT, ("a", "b", "c"))


def model():
    return MLP([4, 3])


def spoilt(array, value):
    array = array.astype(np.float64)
    array[1, 0] = value
    return array


# call, name of the argument, what else the message must say
REFUSED = {
    # shapes
    "linear: one example without its row": (lambda: linear(X[0], W, b), "X", "(n, d)", "X.reshape(1, -1)"),
    "linear: images not flattened": (lambda: linear(np.ones((5, 2, 2)), W, b), "X", "(5, 2, 2)", "X.reshape(len(X), -1)"),
    "linear: a number for X": (lambda: linear(2.0, W, b), "X", "(n, d)", "shape ()"),
    "linear: W transposed": (lambda: linear(X, W.T, b), "W", "d = 4", "(3, 4)", "W.T"),
    "linear: a bias too many": (lambda: linear(X, W, np.ones(4)), "b", "h = 3", "(4,)"),
    "linear: b as a matrix": (lambda: linear(X, W, np.ones((1, 3))), "b", "(h,)", "(1, 3)", "b.ravel()"),
    "linear_backward: dZ too long": (lambda: linear_backward(dZ, X[:4], W), "X", "n = 5", "(4, 4)"),
    "linear_backward: dZ too wide": (lambda: linear_backward(X, X, W), "W", "h = 4", "(4, 3)"),
    "relu_backward: another shape": (lambda: relu_backward(dZ, X), "Z", "(5, 4)"),
    "sigmoid_backward: another shape": (lambda: sigmoid_backward(dZ, dZ[:1]), "A", "(1, 3)"),
    "softmax: a number": (lambda: softmax(3.0), "Z", "(..., k)", "shape ()"),
    "one_hot: rows for labels": (lambda: one_hot(Y.astype(int)), "labels", "(n,)", "labels.argmax(axis=1)"),
    "one_hot: a column of labels": (lambda: one_hot(y.reshape(-1, 1)), "labels", "(n,)", "(5, 1)", "labels.ravel()"),
    "accuracy: a column of predictions": (lambda: accuracy(y.reshape(-1, 1), y), "predicted", "(5, 1)", "predicted.ravel()"),
    "accuracy: a column of labels": (lambda: accuracy(y, y.reshape(-1, 1)), "labels", "(5, 1)", "labels.ravel()"),
    "accuracy: a column of too few labels": (lambda: accuracy(y, y[1:].reshape(-1, 1)), "labels", "(4, 1)", "labels.ravel()"),
    "accuracy: a row of labels": (lambda: accuracy(y, y.reshape(1, -1)), "labels", "(1, 5)", "labels.ravel()"),
    "accuracy: one one-hot row": (lambda: accuracy(y[:1], one_hot(y[:1], 4)), "labels", "(1, 4)", "labels.argmax(axis=1)"),
    "network: a column of labels": (lambda: model().loss_and_gradients(X, y.reshape(-1, 1)), "y", "(5, 1)", "y.ravel()"),
    "cross_entropy: a column of labels": (lambda: cross_entropy(P, y.reshape(-1, 1)), "Y", "(5, 1)", "one_hot(Y.ravel(), 3)"),
    "cross_entropy: one row": (lambda: cross_entropy(P[0], Y), "P", "(n, k)", "P.reshape(1, -1)"),
    "cross_entropy: a label too few": (lambda: cross_entropy(P, Y[1:]), "Y", "n = 5", "(4, 3)"),
    "cross_entropy: one-hot for 4 classes": (lambda: cross_entropy(P, one_hot(y, 4)), "Y", "k = 3", "(5, 4)"),
    "cross_entropy: labels": (lambda: cross_entropy(P, y), "Y", "one-hot", "(5,)", "one_hot(Y, 3)"),
    "mean_squared_error: labels": (lambda: mean_squared_error(P, y), "Y", "a row of 3", "labels of shape (5,)", "one_hot(Y, 3)"),
    "gradient: labels": (lambda: softmax_cross_entropy_backward(P, y), "Y", "one-hot", "one_hot(Y, 3)"),
    "cross_entropy: one-hot transposed": (lambda: cross_entropy(P, one_hot(y, 3).T), "Y", "(3, 5)", "Y.T"),
    "mean_squared_error: a label too many": (lambda: mean_squared_error(P, one_hot(np.append(y, 0), 3)), "Y", "n = 5", "(6, 3)"),
    "gradient: a label too few": (lambda: softmax_cross_entropy_backward(P, Y[1:]), "Y", "n = 5", "(4, 3)"),
    "accuracy: different lengths": (lambda: accuracy(y, y[1:]), "labels", "n = 5", "(4,)"),
    "accuracy: probabilities": (lambda: accuracy(one_hot(y).astype(int), y), "predicted", "predicted.argmax(axis=1)"),
    "MLP.forward: other images": (lambda: model().forward(np.ones((2, 7))), "X", "d = 4", "(2, 7)"),
    "MLP.predict: images not flattened": (lambda: model().predict(np.ones((5, 2, 2))), "X", "X.reshape(len(X), -1)"),
    "MLP.predict: one image as a square": (lambda: model().predict(np.ones((2, 2))), "X", "X.reshape(1, -1)"),
    "MLP.loss_and_gradients: one image": (lambda: model().loss_and_gradients(X[0], y[:1]), "X", "X.reshape(1, -1)"),
    "MLP.loss_and_gradients: a label too few": (lambda: model().loss_and_gradients(X, y[1:]), "y", "n = 5", "(4,)"),
    "MLP.accuracy: a label too few": (lambda: model().accuracy(X, y[1:]), "y", "n = 5", "(4,)"),
    "ragged rows": (lambda: relu([[1], [1, 2]]), "Z", "different lengths", "same number of entries"),
    # types
    "text": (lambda: relu(np.array(["1", "2"])), "Z", "<U1", "Z.astype(np.float32)"),
    "truth values": (lambda: sigmoid(np.array([True])), "Z", "bool", "Z.astype(np.float32)"),
    "a list": (lambda: relu([1.0, -2.0]), "Z", "array", "list", "np.asarray(Z)"),
    "a tuple": (lambda: accuracy((1, 2), y[:2]), "predicted", "tuple", "np.asarray(predicted)"),
    "sigmoid: whole numbers": (lambda: sigmoid(y), "Z", "decimal numbers", "int64", "Z.astype(np.float32)"),
    "sigmoid: a byte": (lambda: sigmoid(np.uint8(3)), "Z", "decimal numbers", "uint8", "Z.astype(np.float32)"),
    "sigmoid_backward: bytes": (lambda: sigmoid_backward(dZ, dZ.astype(np.uint8)), "A", "uint8", "A.astype(np.float32)"),
    "softmax: bytes": (lambda: softmax(X.astype(np.uint8)), "Z", "decimal numbers", "uint8", "Z.astype(np.float32)"),
    "cross_entropy: whole numbers": (lambda: cross_entropy(Y.astype(int), Y), "P", "decimal", "int64", "P.astype(np.float32)"),
    "mean_squared_error: bytes": (lambda: mean_squared_error(Y.astype(np.uint8), Y), "A", "decimal", "A.astype(np.float32)"),
    "complex numbers": (lambda: softmax(np.array([1j])), "Z", "complex128"),
    "nothing": (lambda: linear(None, W, b), "X", "None", "without a return it gives None"),
    "labels as floats": (lambda: one_hot(np.array([1.0])), "labels", "float64", "labels.astype(np.int64)"),
    "labels as truth values": (lambda: one_hot(y > 0), "labels", "bool", "labels.astype(np.int64)"),
    "labels as names": (lambda: one_hot(np.array(["a"])), "labels", "<U1", "np.searchsorted(classes, labels)"),
    "labels between whole numbers": (lambda: one_hot(np.array([1.0, 3.7])), "labels", "float64", "Leave out", "3.7"),
    "labels that are missing": (lambda: accuracy(np.array([1.0, np.nan]), y[:2]), "predicted", "float64", "Leave out", "nan"),
    "loss: labels as floats": (lambda: cross_entropy(P, y * 1.0), "Y", "one-hot", "one_hot(Y.astype(np.int64), 3)"),
    "network: labels as floats": (lambda: model().loss_and_gradients(X, y * 1.0), "y", "float64", "y.astype(np.int64)"),
    "numerical_gradient: float32": (lambda: numerical_gradient(np.sum, np.ones(2, np.float32)), "x", "float32", "float64"),
    "numerical_gradient: a list": (lambda: numerical_gradient(sum, [1.0]), "x", "list", "np.asarray"),
    # values
    "one_hot: a label too large": (lambda: one_hot(np.array([3, 10])), "labels", "from 0 to 9", "from 3 to 10"),
    "one_hot: a negative label": (lambda: one_hot(np.array([-1, 2]), 3), "labels", "from 0 to 2", "from -1 to 2"),
    "network: a label too large": (lambda: model().loss_and_gradients(X, y + 1), "y", "from 0 to 2", "from 1 to 3"),
    "network: a negative label": (lambda: model().evaluate(X, y - 1), "y", "from 0 to 2", "from -1 to 1"),
    "not one-hot: two ones": (lambda: cross_entropy(P, Y + np.eye(5, 3)), "Y", "0 to 1", "one_hot(labels, 3)"),
    "not one-hot: an empty row": (lambda: cross_entropy(P, Y * (y != 1)[:, None]), "Y", "row 1 goes from 0 to 0 and has the sum"),
    "scores for probabilities": (lambda: cross_entropy(9 * P, Y), "P", "from 0 to 1", "from 3 to 3", "softmax(P)"),
    "a negative probability": (lambda: cross_entropy(spoilt(P, -0.1), Y), "P", "from -0.1 to"),
    # NaN and infinity
    "cross_entropy: NaN": (lambda: cross_entropy(spoilt(P, np.nan), Y), "P", "finite", "1 of 15", "nan"),
    "cross_entropy: infinity": (lambda: cross_entropy(spoilt(P, np.inf), Y), "P", "finite", "inf"),
    "cross_entropy: NaN in the targets": (lambda: cross_entropy(P, spoilt(Y, np.nan)), "Y", "finite", "nan"),
    "gradient: NaN": (lambda: softmax_cross_entropy_backward(spoilt(P, np.nan), Y), "P", "finite", "nan"),
    "mean_squared_error: NaN": (lambda: mean_squared_error(spoilt(P, np.nan), Y), "A", "finite", "nan"),
    "mean_squared_error: infinity": (lambda: mean_squared_error(spoilt(P, -np.inf), Y), "A", "finite", "-inf"),
    "network: NaN": (lambda: model().loss_and_gradients(spoilt(X, np.nan), y), "X", "finite", "1 of 20", "nan"),
    "network: infinity": (lambda: model().predict(spoilt(X, np.inf)), "X", "finite", "inf"),
    # nothing in them
    "linear: no examples": (lambda: linear(X[:0], W, b), "X", "empty", "(0, 4)", "slice or mask"),
    "softmax: no scores": (lambda: softmax(np.ones((3, 0))), "Z", "empty", "(3, 0)"),
    "one_hot: no labels": (lambda: one_hot(y[:0]), "labels", "empty"),
    "cross_entropy: no examples": (lambda: cross_entropy(P[:0], Y[:0]), "P", "empty"),
    "mean_squared_error: no examples": (lambda: mean_squared_error(P[:0], Y[:0]), "A", "empty"),
    "accuracy: no labels": (lambda: accuracy(y[:0], y[:0]), "predicted", "empty"),
    "network: no examples": (lambda: model().loss_and_gradients(X[:0], y[:0]), "X", "empty"),
    "network: nothing to predict": (lambda: model().predict_proba(X[:0]), "X", "empty"),
    # settings
    "one_hot: no classes": (lambda: one_hot(y, 0), "n_classes", "at least 1", "is 0", "n_classes=10"),
    "one_hot: half a class": (lambda: one_hot(y, n_classes=2.5), "n_classes", "whole number", "2.5"),
    "Linear: no inputs": (lambda: Linear(0, 2, rng=RNG), "d", "at least 1", "is 0"),
    "Linear: fewer than no outputs": (lambda: Linear(2, -1, rng=RNG), "h", "at least 1", "-1"),
    "Linear: unknown init": (lambda: Linear(2, 1, "hee", rng=RNG), "init", '"he", "xavier"', "'hee'"),
    "Linear: init 0": (lambda: Linear(2, 1, 0, rng=RNG), "init", "positive number", "is 0"),
    "MLP: one size": (lambda: MLP([4]), "sizes", "inputs and the classes", "[4]", "[784, 128, 10]"),
    "MLP: a number": (lambda: MLP(4), "sizes", "inputs and the classes", "[784, 128, 10]"),
    "MLP: an empty layer": (lambda: MLP([4, 0, 3]), "sizes", "at least 1", "is 0", "sizes=[784, 128, 10]"),
    "MLP: half a unit": (lambda: MLP([4, 2.5, 3]), "sizes", "whole number", "2.5"),
    "MLP: unknown activation": (lambda: MLP([4, 3], activation="tanh"), "activation", "relu, sigmoid", "'tanh'"),
    "MLP: unknown loss": (lambda: MLP([4, 3], loss="hinge"), "loss", "cross_entropy, mse", "'hinge'"),
    "MLP: whole numbers as dtype": (lambda: MLP([4, 3], dtype=int), "dtype", "float32 or float64", "np.float32"),
    "SGD: learning rate 0": (lambda: SGD(0), "learning_rate", "positive", "is 0", "learning_rate=0.1"),
    "SGD: negative learning rate": (lambda: SGD(learning_rate=-0.1), "learning_rate", "positive", "-0.1"),
    "SGD: learning rate NaN": (lambda: SGD(np.nan), "learning_rate", "finite", "nan"),
    "SGD: endless learning rate": (lambda: SGD(np.inf), "learning_rate", "finite", "inf"),
    "SGD: text": (lambda: SGD("0.1"), "learning_rate", "number", "'0.1'"),
    "SGD: yes": (lambda: SGD(True), "learning_rate", "number", "True"),
    "train: learning rate 0": (lambda: train(model(), DATA, learning_rate=0), "learning_rate", "positive", "is 0"),
    "train: no epochs": (lambda: train(model(), DATA, epochs=0), "epochs", "at least 1", "is 0", "epochs=10"),
    "train: half an epoch": (lambda: train(model(), DATA, epochs=0.5), "epochs", "whole number", "0.5"),
    "train: batches of nothing": (lambda: train(model(), DATA, batch_size=0), "batch_size", "at least 1", "None", "is 0"),
    "train: no threads": (lambda: train(model(), DATA, threads=0), "threads", "at least 1", "is 0"),
    "training_steps: negative batches": (
        lambda: training_steps(model(), DATA, batch_size=-1, optimizer=SGD()), "batch_size", "at least 1", "-1"
    ),
    "SGD: negative weight decay": (lambda: SGD(weight_decay=-0.1), "weight_decay", "from 0 to below 1", "is -0.1"),
    "Momentum: momentum 1": (lambda: Momentum(momentum=1), "momentum", "from 0 to below 1", "is 1", "momentum=0.9"),
    "Nesterov: momentum NaN": (lambda: Nesterov(momentum=np.nan), "momentum", "from 0 to below 1", "nan"),
    "RMSProp: decay as text": (lambda: RMSProp(decay="0.9"), "decay", "number", "'0.9'"),
    "RMSProp: epsilon 0": (lambda: RMSProp(epsilon=0), "epsilon", "positive", "is 0"),
    "Adam: beta1 of 1": (lambda: Adam(beta1=1.0), "beta1", "from 0 to below 1", "1.0"),
    "AdamW: beta2 yes": (lambda: AdamW(beta2=True), "beta2", "number", "True"),
    "Dropout of everything": (lambda: Dropout(1, rng=RNG), "rate", "from 0 to below 1", "is 1", "rate=0"),
    "BatchNorm of no units": (lambda: BatchNorm(0), "h", "at least 1", "is 0"),
    "smoothing 1": (lambda: SoftmaxCrossEntropy(1), "label_smoothing", "from 0 to below 1", "is 1"),
    "MLP: dropout 1": (lambda: MLP([4, 3], dropout=1), "dropout", "from 0 to below 1", "is 1", "dropout=0"),
    "MLP: negative smoothing": (lambda: MLP([4, 3], label_smoothing=-0.1), "label_smoothing", "from 0 to below 1", "-0.1"),
    "MLP: endless penalty": (lambda: MLP([4, 3], l2=np.inf), "l2", "from 0 to below 1", "inf"),
    "train: patience 0": (lambda: train(model(), DATA, patience=0), "patience", "at least 1", "is 0"),
    "train: half a patience": (lambda: train(model(), DATA, patience=2.5), "patience", "whole number", "2.5"),
    "train: more epochs done than wanted": (
        lambda: train(model(), DATA, epochs=2, initial_epoch=3), "initial_epoch", "from 0 to epochs = 2", "is 3", "epochs=5"
    ),
    "train: half an epoch done": (lambda: train(model(), DATA, initial_epoch=0.5), "initial_epoch", "whole number", "0.5"),
    "stops_early: no patience": (lambda: stops_early([1, 2], 0), "patience", "at least 1", "is 0"),
    "confusion_matrix: a label too large": (lambda: confusion_matrix(y + 1, y, 3), "labels", "from 0 to 2", "from 1 to 3"),
    "confusion_matrix: other rows": (lambda: confusion_matrix(y[:2], y[:1], 3), "predicted", "n = 2", "(1,)"),
    "calibration: a label too large": (lambda: calibration_curve(P, y + 1), "labels", "from 0 to 2", "from 1 to 3"),
    "calibration: scores": (lambda: calibration_curve(9 * P, y), "P", "from 0 to 1", "softmax(P)"),
    "calibration: no bins": (lambda: expected_calibration_error(P, y, 0), "bins", "at least 1", "is 0"),
    "Warp: to the left": (lambda: Warp(rotation=-5), "rotation", "at least 0", "-5", "rotation=8"),
    "Warp: growing by everything": (lambda: Warp(scale=1), "scale", "from 0 to below 1", "is 1"),
    "Warp: NaN": (lambda: Warp()(spoilt(X, np.nan), RNG), "X", "finite", "nan"),
    "minibatches of nothing": (lambda: minibatches(X, y, 0, RNG), "batch_size", "at least 1", "is 0", "batch_size=10"),
    "minibatches of less than nothing": (lambda: minibatches(X, y, -2, RNG), "batch_size", "at least 1", "-2"),
    "minibatches of half an image": (lambda: minibatches(X, y, 2.5, RNG), "batch_size", "whole number", "2.5"),
    "numerical_gradient: no step": (lambda: numerical_gradient(np.sum, np.ones(2), step=0), "step", "positive", "is 0"),
    "check_gradients: no step": (lambda: check_gradients(model(), X, y, step=0), "step", "positive", "is 0"),
    "check_gradients: no entries": (lambda: check_gradients(model(), X, y, entries=0), "entries", "at least 1", "is 0"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_what_was_expected_what_came_and_what_to_try(case):
    call, argument, *phrases = REFUSED[case]
    with pytest.raises(ValueError) as caught:
        call()
    message = str(caught.value)
    expected, came = re.search(rf"\b{argument} must (.+?), but (.+)", message).groups()
    assert expected and came
    assert len(re.findall(r"\.(?= |$)", message)) >= 2  # what came, and what to try
    for phrase in phrases:
        assert phrase in message


@pytest.mark.parametrize("labels", [[-1, 1], [1, 300]])
@pytest.mark.parametrize("dtype", [np.int16, np.int32, np.int64, ">i2", ">i4", ">i8"])
def test_labels_out_of_range_are_refused_in_every_type(labels, dtype):
    labels = np.array(labels, dtype)
    with pytest.raises(ValueError, match=rf"labels from 0 to 299, but goes from {labels.min()} to {labels.max()}\."):
        one_hot(labels, 300)
    with pytest.raises(ValueError, match="but goes from") if labels.min() < 0 else contextlib.nullcontext():
        accuracy(labels, labels)


def test_a_negative_label_of_one_byte_is_not_taken_for_a_large_one():
    with pytest.raises(ValueError, match="from 0 to 299, but goes from -1 to 1"):
        one_hot(np.array([-1, 1], np.int8), 300)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.uint16, ">i4", np.uint64])
def test_labels_of_every_whole_type_are_accepted(dtype):
    np.testing.assert_array_equal(one_hot(np.array([2, 0], dtype), 3), [[0, 0, 1], [1, 0, 0]])


def test_minibatches_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match=r"y must have 5 rows, one for each example, but has 4\. Select the same rows of both\."):
        next(minibatches(X, y[1:], 2, RNG))


def test_numpy_numbers_are_as_good_as_python_ones():
    assert one_hot(y, np.int64(3)).shape == (5, 3)
    assert SGD(np.float32(0.5)).learning_rate == 0.5
    assert [len(labels) for _, labels in minibatches(X, y, np.int64(3), RNG)] == [3, 2]


def test_arguments_by_position_and_by_name_are_checked_alike():
    np.testing.assert_array_equal(linear(X, W, b), linear(b=b, W=W, X=X))
    np.testing.assert_array_equal(linear(X, W, b), linear(X, b=b, W=W))
    np.testing.assert_array_equal(one_hot(y, 3), one_hot(n_classes=3, labels=y))
    for call in lambda: linear(X, W.T, b), lambda: linear(b=b, W=W.T, X=X), lambda: linear(X, b=b, W=W.T):
        with pytest.raises(ValueError, match="linear: W must"):
            call()


def test_the_message_says_which_function_refused():
    for call, where in (lambda: relu(None), "relu"), (lambda: SGD(0), "SGD"), (lambda: model().forward(X[:0]), "MLP.forward"):
        with pytest.raises(ValueError, match=f"^{where}: "):
            call()


def test_a_forgotten_argument_is_pythons_own_error():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'b'"):
        linear(X, W)


def test_the_order_of_the_keywords_has_no_effect():
    contract = {"n_classes": "size (k)", "P": "probabilities (n, k)", "labels": "labels (n)"}
    calls = {"right": (P, y, 3), "labels": (P, y + 1, 3), "rows": (P, y[1:], 3), "classes": (P, y, 4), "no classes": (P, y, 0)}
    told = {name: set() for name in calls}
    for names in itertools.permutations(contract):

        @checked(**{name: contract[name] for name in names})
        def count(P, labels, n_classes):
            return len(labels)

        for name, arguments in calls.items():
            try:
                told[name].add(count(*arguments))
            except ValueError as error:
                told[name].add(str(error).partition(": ")[2])
    assert told["right"] == {5} and all(len(answers) == 1 for answers in told.values())


def test_a_number_is_no_size_unless_it_says_of_which_axis():
    @checked(A="real", rate="share", n_classes="size (k)", P="real (n, k)")
    def shape(A, P, rate, n_classes):
        return A.shape

    assert shape(X, P, 0.5, 3) == X.shape
    with pytest.raises(ValueError, match="shape: P must have shape"):
        shape(X, P, 0.5, 4)


def test_what_does_not_fit_is_said_with_the_argument_that_it_does_not_fit_to():
    """The wrong one may be the other: so both are named, and neither is called wrong."""
    with pytest.raises(ValueError) as found:
        mlp_helpers.linear_backward(dZ, X[:, :3], W)
    assert "W must have shape (d, h) with d = 3 as in X, h = 3 as in dZ, but has shape (4, 3)." in str(found.value)
    assert "Print the shapes of X, dZ and W where they were made" in str(found.value)
    with pytest.raises(ValueError, match=re.escape("Z must have shape (5, 4) as in dA, but has shape (5, 3).")):
        mlp_helpers.relu_backward(X, dZ)


@pytest.mark.parametrize(("contract", "error"), [({"Q": "real (n, d)"}, ValueError), ({"X": "reel (n, d)"}, KeyError)])
def test_a_contract_that_cannot_be_kept_is_an_error_at_once(contract, error):
    with pytest.raises(error):
        checked(**contract)(lambda X: X)


def test_one_hot_rows_may_be_of_any_type_and_smoothed():
    for rows in Y, Y.astype(int), Y.astype(np.uint8), Y == 1, 0.9 * Y + 0.1 / 3:
        for loss in cross_entropy, mean_squared_error, softmax_cross_entropy_backward:
            np.testing.assert_array_equal(loss(P, rows), inspect.unwrap(loss)(P, rows))


WRAPPED = [getattr(mlp_helpers, name) for name in mlp_helpers.__all__ if hasattr(getattr(mlp_helpers, name), "__wrapped__")]


def test_the_functions_of_the_lessons_are_checked():
    lessons = {linear, linear_backward, relu, relu_backward, sigmoid, sigmoid_backward, softmax, one_hot, cross_entropy,
               softmax_cross_entropy_backward, mean_squared_error, accuracy, minibatches}  # fmt: skip
    assert lessons <= set(WRAPPED)


@pytest.mark.parametrize("function", WRAPPED, ids=lambda function: function.__name__)
def test_a_checked_function_keeps_name_docstring_signature_and_plain_body(function):
    plain = inspect.unwrap(function)
    assert plain is not function and plain.__closure__ is None
    assert function.__name__ == plain.__name__ and getattr(mlp_helpers, plain.__name__) is function
    assert function.__doc__ == plain.__doc__ and len(function.__doc__) > 50
    assert inspect.signature(function) == inspect.signature(plain)
    assert f"def {function.__name__}(" in inspect.getsource(function)


def test_the_plain_body_does_not_check():
    assert inspect.unwrap(relu)(np.ones((0, 3))).shape == (0, 3)
    with pytest.raises(ValueError, match="relu: Z must not be empty"):
        relu(np.ones((0, 3)))


# --- the body that is shown as a solution computes what the function computes ------------------------------------------

DTYPES = np.float32, np.float64, np.float16, np.int64, np.uint8, np.bool_, ">f4", ">i2"
NUMBERS = {
    **dict.fromkeys(("n_classes", "bins", "batch_size", "patience"), (1, 2, 3, np.int64(3), np.uint8(2), 0, -1, 2.5, True, None)),
    "step": (1e-5, 0.1, np.float32(0.01), 0, -1.0),
    "f": (np.sum,),
    "rng": (np.random.default_rng(3),),
}
SHOWN = sorted(set(WRAPPED) - {check_gradients, training_steps}, key=lambda function: function.__name__)
DRAWN = 2_000 * int(os.environ.get("FUZZ", 1))  # for each function


def odd(name, rng):
    """An argument as somebody might give it: of the right kind or not, of a shape that may fit or not."""
    if name in NUMBERS:
        return NUMBERS[name][rng.integers(len(NUMBERS[name]))]
    axes = rng.integers(0, 4) if rng.random() < 0.2 else rng.integers(1, 3)
    shape = tuple(rng.integers(2, 4, axes))
    numbers = [rng.normal(size=shape), rng.integers(-1, 4, shape), rng.integers(0, 2, shape), rng.uniform(size=shape)]
    array = np.asarray(numbers[rng.integers(4)])
    if array.ndim == 2 and rng.random() < 0.5:
        array = np.eye(array.shape[1])[rng.integers(0, array.shape[1], len(array))]  # one-hot
        array = array if rng.random() < 0.5 else (array + 1) / (array.shape[1] + 1)  # or probabilities
    array = array.astype(DTYPES[rng.integers(len(DTYPES))]) if rng.random() < 0.7 else array
    return array if rng.random() < 0.9 else array.tolist()


def called(function, arguments):
    """What a call returns, as a list of its parts, and the arguments as they are afterwards."""
    given = copy.deepcopy(arguments)
    result = function(*given)
    if inspect.isgenerator(result):
        result = itertools.chain.from_iterable(result)
    return list(result) if isinstance(result, (tuple, itertools.chain)) else [result], given


@pytest.mark.parametrize("function", SHOWN, ids=lambda function: function.__name__)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_shown_body_agrees_with_the_function_on_odd_arguments(function):
    names, rng, accepted = list(inspect.signature(function).parameters), np.random.default_rng(0), 0
    for _ in range(DRAWN):
        arguments = [odd(name, rng) for name in names]
        try:
            result, given = called(function, arguments)
        except (ValueError, TypeError):
            continue
        accepted += 1
        shown, given_to_body = called(inspect.unwrap(function), arguments)
        assert len(shown) == len(result)
        for mine, theirs in zip([*shown, *given_to_body], [*result, *given], strict=True):
            assert type(mine) is type(theirs)
            if isinstance(mine, np.ndarray):
                assert mine.dtype == theirs.dtype
            if not isinstance(mine, np.random.Generator):
                np.testing.assert_array_equal(mine, theirs)
    assert accepted >= DRAWN // 500


# --- advice that can be followed -----------------------------------------------------------------------------------

PIXELS = RNG.integers(0, 256, (5, 4)).astype(np.uint8)
PIXELS[0, 0] = 255


@pytest.mark.parametrize("dtype", ["i1", "i2", "u2", "i4", "u4", "i8", "u8"])
def test_pixels_of_other_integers_are_refused_and_the_advice_gives_the_answers_of_bytes(dtype):
    network = MLP([4, 3])
    theirs = PIXELS.view(np.int8) if dtype == "i1" else PIXELS.astype(dtype)
    for call in network.predict_proba, network.forward, network.predict, lambda X: network.loss_and_gradients(X, y):
        with pytest.raises(ValueError, match=r"X must hold pixels as uint8, from 0 to 255, or decimal numbers") as caught:
            call(theirs)
    advice = re.search(r"X\.(view|astype)\(np\.uint8\)", str(caught.value))[0]
    np.testing.assert_array_equal(network.predict_proba(eval(advice, {"X": theirs, "np": np})), network.predict_proba(PIXELS))
    with pytest.raises(ValueError, match=r"dataset\.train\.images must hold pixels as uint8"):
        train(network, Dataset(Split(theirs, y), SPLIT, SPLIT, ("a", "b", "c")), 1)


@pytest.mark.parametrize(
    ("theirs", "scaled"),
    [
        (PIXELS.astype(np.uint16) * 257, PIXELS / 255),
        (np.eye(4, dtype=np.int64), np.eye(4)),
        (np.eye(4, dtype=np.uint8), np.eye(4)),
        (np.diag([4095, 1, 1, 1]), np.diag([4095, 1, 1, 1]) / 4095),
        (np.diag([-200, 100, 1, 1]), np.diag([-1, 0.5, 0.005, 0.005])),
        (np.eye(4, dtype=bool), np.eye(4)),
    ],
)
def test_other_integers_are_refused_and_the_advice_scales_them(theirs, scaled):
    with pytest.raises(ValueError) as caught:
        MLP([4, 3]).predict(theirs)
    advice = str(caught.value).rsplit(": ", 1)[1].removesuffix(".")
    np.testing.assert_allclose(eval(advice, {"X": theirs, "np": np}), scaled, rtol=1e-6)


def test_bytes_as_decimal_numbers_are_warned_of_and_standardised_pixels_are_not():
    network = MLP([784, 3])
    images = mlp_helpers.load_mnist().validation.images
    sparse = images[[images.mean(axis=1).argmin()]]
    for theirs in images[:50].astype(np.float32), sparse.astype(np.float64):
        with pytest.warns(UserWarning, match=r"X holds decimal numbers from 0 to 25\d.*X\.astype\(np\.uint8\).*X / 255"):
            network.predict(theirs)
    deviation = images.std(axis=0)
    standardised = (images - images.mean(axis=0)) / np.where(deviation, deviation, 1)
    assert standardised.max() > 64
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for theirs in images[:50], images[:50] / 255, np.zeros((2, 784), np.uint8):
            network.predict(theirs)
        for row in standardised:
            network.predict(row.reshape(1, -1))


@pytest.mark.parametrize(
    "theirs",
    [y * 1.0, y.astype(str), y.astype(object), y + 1, y.reshape(-1, 1), y.reshape(1, -1), Y.astype(int), Y,
     np.array(["cat", "dog", "eel", "cat", "dog"]), y.astype(np.float32).reshape(5, 1)],
)  # fmt: skip
def test_the_advice_for_labels_gives_the_labels(theirs):
    for _ in range(3):
        try:
            MLP([4, 3]).loss_and_gradients(X, theirs)
            break
        except ValueError as error:
            advice = re.search(r"(np\.searchsorted\(classes, y\)|y - \d|y\.\w+\([^)]*\))", str(error))[1]
            theirs = eval(advice, {"y": theirs, "np": np, "classes": np.unique(theirs)})
    np.testing.assert_array_equal(theirs, y)


def test_truth_values_become_labels():
    with pytest.raises(ValueError, match=r"y must hold whole numbers, but holds bool\. Convert it: y\.astype\(np\.int64\)"):
        MLP([4, 3]).loss_and_gradients(X, y > 0)


@pytest.mark.parametrize("value", [3.7, np.nan, np.inf])
def test_labels_that_are_not_whole_are_not_cut_off(value):
    with pytest.raises(ValueError, match=rf"Leave out what is not whole, such as {value}"):
        MLP([4, 3]).loss_and_gradients(X, np.array([0, 1, value, 2, 1]))


def test_one_label_alone_becomes_a_vector():
    with pytest.raises(ValueError, match=r"A single one becomes a vector by np\.atleast_1d\(y\)"):
        MLP([4, 3]).loss_and_gradients(X[:1], 2)


def test_advice_about_an_array_of_another_name_does_not_print_it_under_ours():
    """Whoever calls the function with W2 of a network has no W."""
    W2 = np.ones((5, 4))
    with pytest.raises(ValueError, match="under whatever name") as caught:
        mlp_helpers.linear(np.ones((2, 3)), W2, np.zeros(4))
    assert "print(" not in str(caught.value)
