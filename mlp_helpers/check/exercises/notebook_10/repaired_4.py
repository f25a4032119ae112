"""Notebook 10: repair a program that shuffles images and labels apart."""

import numpy as np

from mlp_helpers.check.engine.exercise import Exercise
from mlp_helpers.core.functions import (
    cross_entropy,
    linear,
    linear_backward,
    one_hot,
    relu,
    relu_backward,
    softmax,
    softmax_cross_entropy_backward,
)

from .shared import CASES, ELSEWHERE, EPOCH, elsewhere, epoch


def repaired_4(parameters, X, y, learning_rate, rng):
    """Train for one epoch, in batches of 50, and return the mean of the losses."""
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    losses = []
    for start in range(0, len(X), 50):
        A0, Y = X[start : start + 50], one_hot(y[start : start + 50])
        Z1 = linear(A0, parameters["W1"], parameters["b1"])
        A1 = relu(Z1)
        P = softmax(linear(A1, parameters["W2"], parameters["b2"]))
        losses.append(cross_entropy(P, Y))

        dA1, dW2, db2 = linear_backward(softmax_cross_entropy_backward(P, Y), A1, parameters["W2"])
        _, dW1, db1 = linear_backward(relu_backward(dA1, Z1), A0, parameters["W1"])
        for name, step in {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}.items():
            parameters[name] -= learning_rate * step
    return np.mean(losses)


exercise = Exercise(
    repaired_4,
    **EPOCH,
    place="at home",
    cases=CASES,
    hints=[
        "The gradient is right and the weights move, and yet 20 images are not learned by heart. Are they the same 20 each time?",
        "Print the images and labels of a batch as they are inside the loop. To which image did each label belong before?",
        "Each call of `rng.permutation` draws an order of its own. Draw one, `order = rng.permutation(len(X))`, for X and y.",
    ],
    praise="Each image has its own label again. Such a fault shows where a batch is used, and not where the data were loaded.",
)


def rows_of(batch_size, X, y):
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@exercise.mistake("As it was found", ask="In which order do the images come, and in which order the labels?")
def _(parameters, X, y, learning_rate, rng):
    """It does what `suspect_4` does: an image meets the label of another one."""

    def apart(X, y, size, rng):
        return rows_of(size, rng.permutation(X), rng.permutation(y))

    return epoch(parameters, X, y, learning_rate, rng, batches=apart)


@exercise.mistake("Only one of the two is shuffled", ask="With which numbers is X indexed, and with which y?")
def _(parameters, X, y, learning_rate, rng):
    """An image still meets the label of another one: one of the two arrays has a new order, and the other has not."""

    def images_only(X, y, size, rng):
        return rows_of(size, rng.permutation(X), y)

    return epoch(parameters, X, y, learning_rate, rng, batches=images_only)


@exercise.also("Only one of the two is shuffled")
def _(parameters, X, y, learning_rate, rng):
    def labels_only(X, y, size, rng):
        return rows_of(size, X, rng.permutation(y))

    return epoch(parameters, X, y, learning_rate, rng, batches=labels_only)


@exercise.mistake("`rng` is not asked", ask="Which images share a batch, and is that different in the next epoch?")
def _(parameters, X, y, learning_rate, rng):
    """Each image has its own label again. But `rng` was not asked for an order: either the batches are the same in every epoch,
    or nobody can repeat this run from its seed."""

    def as_given(X, y, size, rng):
        return rows_of(size, X, y)

    return epoch(parameters, X, y, learning_rate, rng, batches=as_given)


@exercise.mistake("Only the first batch", ask="How many batches does an epoch of 100 images have?")
def _(parameters, X, y, learning_rate, rng):
    """The first 50 images of the order are trained on, with the right labels, and the rest are left out."""

    def first(X, y, size, rng):
        order = rng.permutation(len(X))[:size]
        return [(X[order], y[order])]

    return epoch(parameters, X, y, learning_rate, rng, batches=first)


@exercise.mistake("A new order for each batch", ask="How often is an order drawn in one epoch?")
def _(parameters, X, y, learning_rate, rng):
    """Some images come twice in an epoch, and others not at all."""

    def anew(X, y, size, rng):
        for start in range(0, len(X), size):
            rows = rng.permutation(len(X))[start : start + size]
            yield X[rows], y[rows]

    return epoch(parameters, X, y, learning_rate, rng, batches=anew)


@exercise.also("A new order for each batch")
def _(parameters, X, y, learning_rate, rng):
    def first_of_each(X, y, size, rng):
        for _ in range(0, len(X), size):
            rows = rng.permutation(len(X))[:size]
            yield X[rows], y[rows]

    return epoch(parameters, X, y, learning_rate, rng, batches=first_of_each)


@exercise.mistake("Drawn with replacement", ask="How often does each number come in `rng.integers`, and in `rng.permutation`?")
def _(parameters, X, y, learning_rate, rng):
    """Each image has its own label. But images are drawn like lots that are put back: some come twice, others never."""

    def lots(X, y, size, rng):
        order = rng.integers(0, len(X), len(X))
        return rows_of(size, X[order], y[order])

    return epoch(parameters, X, y, learning_rate, rng, batches=lots)


exercise.mistake(**ELSEWHERE)(elsewhere)
