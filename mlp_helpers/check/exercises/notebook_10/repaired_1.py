"""Notebook 10: repair a program whose gradient is that of the summed loss."""

import numpy as np

from mlp_helpers.check.engine.exercise import Exercise
from mlp_helpers.core.functions import cross_entropy, linear, one_hot, relu, softmax

from .shared import BLANK, CASES, CONVENTION, ELSEWHERE, EPOCH, elsewhere, epoch, multiplied, open_at_0


def repaired_1(parameters, X, y, learning_rate, rng):
    """Train for one epoch, in batches of 50, and return the mean of the losses."""
    losses, order = [], rng.permutation(len(X))
    for start in range(0, len(X), 50):
        rows = order[start : start + 50]
        Y = one_hot(y[rows])
        Z1 = linear(X[rows], parameters["W1"], parameters["b1"])
        A1 = relu(Z1)
        P = softmax(linear(A1, parameters["W2"], parameters["b2"]))
        losses.append(cross_entropy(P, Y))

        dZ2 = (P - Y) / len(rows)
        dZ1 = dZ2 @ parameters["W2"].T * (Z1 > 0)
        gradients = {"W1": X[rows].T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}
        for name in parameters:
            parameters[name] -= learning_rate * gradients[name]
    return np.mean(losses)


exercise = Exercise(
    repaired_1,
    **EPOCH,
    place="in class",
    cases=[*CASES, BLANK],
    hints=[
        "The gradient check shows the same ratio, 20, for all four parameters. What were there 20 of in that check?",
        "All four gradients are made from `dZ2`. Compare its line with the formula of notebook 05: over what is the loss a mean?",
        "`P - Y` belongs to the sum of the losses. Divide it by the number of images in this batch: the last may be smaller.",
    ],
    praise="With the mean of the gradients a step is as long as it should be, for every size of batch. All four gradients "
    "had the same fault, since all of them come from one line.",
)


summed = multiplied(lambda n: n)


@exercise.mistake("As it was found", ask="What do the four ratios of the gradient check have in common?")
def _(parameters, X, y, learning_rate, rng):
    """It does what `suspect_1` does: all four gradients are n times too large, where n is the number of images in the batch."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=summed)


@exercise.mistake("repaired for batches of 50 only", kind="fragile", ask="How many images does the last batch of 70 have?")
def _(parameters, X, y, learning_rate, rng):
    """Whole batches are right. Where a batch has fewer images than 50, its step is too small."""
    return epoch(parameters, X, y, learning_rate / 50, rng, gradients_of=summed)


@exercise.mistake(
    "A smaller step in its place", ask="By what would the step have to be divided for 20 images, and by what for 3?"
)
def _(parameters, X, y, learning_rate, rng):
    """The step was made smaller by a fixed factor. Each gradient is still as many times too large as the batch has images, and
    so the step can be right for one number of images at most."""
    return epoch(parameters, X, y, learning_rate / 10, rng, gradients_of=summed)


@exercise.also("A smaller step in its place")
def _(parameters, X, y, learning_rate, rng):
    return epoch(parameters, X, y, learning_rate / 2, rng, gradients_of=summed)


@exercise.also("A smaller step in its place")
def _(parameters, X, y, learning_rate, rng):
    return epoch(parameters, X, y, learning_rate / 20, rng, gradients_of=summed)


@exercise.mistake("Divided by all images", ask="Over how many images was the loss of this step a mean?")
def _(parameters, X, y, learning_rate, rng):
    """Where there is one batch it is right. Where there are more, each step is as many times too small as there are batches:
    it was divided by the total number of images."""
    return epoch(parameters, X, y, learning_rate / len(X), rng, gradients_of=summed)


@exercise.mistake("Half repaired: the output layer", ask="From which line does the blame of the hidden layer come?")
def _(parameters, X, y, learning_rate, rng):
    """W2 and b2 get the right step. W1 and b1 still get one that is n times too large."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: n, "W1", "b1"))


@exercise.mistake("Half repaired: the hidden layer", ask="From which line do the gradients of W2 and b2 come?")
def _(parameters, X, y, learning_rate, rng):
    """W1 and b1 get the right step. W2 and b2 still get one that is n times too large."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: n, "W2", "b2"))


@exercise.mistake("Half repaired: the weights", ask="Which gradients are there besides those of W1 and W2?")
def _(parameters, X, y, learning_rate, rng):
    """Both weight matrices get the right step. The biases still get one that is n times too large."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: n, "b1", "b2"))


@exercise.mistake("Divided twice in the hidden layer", ask="Is the 1/n in dZ1 already, when it is made from dZ2?")
def _(parameters, X, y, learning_rate, rng):
    """The output layer is right. In the hidden layer, the steps are now n times too small."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 1 / n, "W1", "b1"))


@exercise.mistake("Divided twice", ask="In how many places is it divided by n now?")
def _(parameters, X, y, learning_rate, rng):
    """All gradients were n times too large, and are now n times too small."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 1 / n))


@exercise.mistake("A mean over the classes, too", ask="How many entries does `P - Y` have, and over what is the loss a mean?")
def _(parameters, X, y, learning_rate, rng):
    """All gradients are ten times too small: they were divided by the number of classes as well as by that of images."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 1 / 10))


@exercise.mistake(
    "the loss is a sum, too", kind="convention", ask="Which of the two, the loss or the gradient, should stay what it was?"
)
def _(parameters, X, y, learning_rate, rng):
    """Loss and gradient agree now: both are sums over the batch, and a gradient check passes. Some programs do so. But the
    rate then depends on the size of the batch, and this course takes means."""
    given = []

    def remembered(X, Y, Z1, A1, P, W2):
        given.append(-np.log((P * Y).sum(axis=1)).sum())
        return summed(X, Y, Z1, A1, P, W2)

    epoch(parameters, X, y, learning_rate, rng, gradients_of=remembered)
    return np.mean(given)


exercise.mistake(**ELSEWHERE)(elsewhere)
exercise.mistake(**CONVENTION)(open_at_0)


@exercise.mistake("Nothing moves any more", ask="Which line changes the arrays in `parameters`?")
def _(parameters, X, y, learning_rate, rng):
    """The losses are right for weights that stay where they are. No array in `parameters` has changed."""
    return epoch(parameters, X, y, learning_rate, rng, step=lambda *given: None)
