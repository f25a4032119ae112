"""Notebook 10: repair a program whose biases all get the same step."""

import numpy as np

from mlp_helpers.check.engine.exercise import Exercise
from mlp_helpers.core.data import minibatches
from mlp_helpers.core.functions import cross_entropy, linear, one_hot, relu, relu_backward, softmax

from .shared import BLANK, CASES, CONVENTION, ELSEWHERE, EPOCH, backwards, elsewhere, epoch, multiplied, open_at_0


def repaired_5(parameters, X, y, learning_rate, rng):
    """Train for one epoch, in batches of 50, and return the mean of the losses."""
    losses = []
    for X_batch, labels in minibatches(X, y, 50, rng):
        Y = one_hot(labels)
        Z1 = linear(X_batch, parameters["W1"], parameters["b1"])
        A1 = relu(Z1)
        P = softmax(linear(A1, parameters["W2"], parameters["b2"]))
        losses.append(cross_entropy(P, Y))

        dZ2 = (P - Y) / len(labels)
        dZ1 = relu_backward(dZ2 @ parameters["W2"].T, Z1)
        for A, dZ, W, b in ((X_batch, dZ1, "W1", "b1"), (A1, dZ2, "W2", "b2")):
            parameters[W] -= learning_rate * A.T @ dZ
            parameters[b] -= learning_rate * dZ.sum(axis=0)
    return np.mean(losses)


exercise = Exercise(
    repaired_5,
    **EPOCH,
    place="starred",
    cases=[*CASES, BLANK],
    hints=[
        "Write the shape beside each line of the backward half. Which shape is not that of the array that it changes?",
        "A hidden layer of 64 units has 64 biases. How many numbers does `dZ.sum()` give?",
        "Each bias was used by every image of the batch, and by its own unit only: `dZ.sum(axis=0)`.",
    ],
    praise="Each bias has a gradient of its own again, in both layers. Broadcasting had hidden the fault, and so had the "
    "accuracy. Until now b2 never moved, since each row of P − Y sums to 0.",
)


def one_number(names, of=np.sum):
    """Give every bias of these layers the same number, of the whole table."""

    def gradients_of(X, Y, Z1, A1, P, W2):
        right = backwards(X, Y, Z1, A1, P, W2)
        dZ2 = (P - Y) / len(X)
        tables = {"b1": dZ2 @ W2.T * (Z1 > 0), "b2": dZ2}
        return right | {name: of(tables[name]) for name in names}

    return gradients_of


@exercise.mistake("As it was found", ask="What is the shape of the gradient of a bias, and that of what is taken away?")
def _(parameters, X, y, learning_rate, rng):
    """It does what `suspect_5` does: both weight matrices are right, and all biases of a layer get one and the same step."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=one_number(["b1", "b2"]))


@exercise.mistake("Half repaired: the output layer", ask="Which biases are there besides those of the output layer?")
def _(parameters, X, y, learning_rate, rng):
    """b2 is right now. All biases of the hidden layer still get one and the same step."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=one_number(["b1"]))


@exercise.mistake("Half repaired: the hidden layer", ask="What does a row of `P - Y` sum to, and so the whole table?")
def _(parameters, X, y, learning_rate, rng):
    """b1 is right now. b2 does not move at all, up to rounding: the sum over the whole table is 0."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=one_number(["b2"]))


@exercise.mistake("A mean over the images", ask="Where has the mean over the images come in already?")
def _(parameters, X, y, learning_rate, rng):
    """Each bias has a step of its own, but n times too small. The 1/n is in dZ2 already."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 1 / n, "b1", "b2"))


@exercise.mistake("A mean over the whole table", ask="How many biases does the layer have, and how many numbers come out?")
def _(parameters, X, y, learning_rate, rng):
    """All biases of a layer still get one and the same step, now a smaller one."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=one_number(["b1", "b2"], np.mean))


@exercise.mistake("The biases no longer move", ask="Which line changes `b1` and `b2` in `parameters`?")
def _(parameters, X, y, learning_rate, rng):
    """The weight matrices are right. Neither b1 nor b2 has changed."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 0, "b1", "b2"))


exercise.mistake(**ELSEWHERE)(elsewhere)
exercise.mistake(**CONVENTION)(open_at_0)
