"""Notebook 04: write the cross-entropy loss."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions

from .shared import P_SMALL, Y_SMALL


def probabilities_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return functions.softmax(rng.normal(0, 2, (n, k))), np.eye(k)[rng.integers(0, k, n)]


FLOORS = np.array([*(10.0 ** -np.arange(3, 31)), 1e-50, 1e-100, 1e-200, 1e-300, 2.22e-16, 2.23e-308, 5e-324])


ZEROS_ADDED, ZEROS_WEIGHTED = 1e6, 2e6  # what stands for the losses that hold logarithms of a floor


def large_enough(loss, P, Y):
    """Where the true class has probability 0, say whether the loss is finite and above 10. A loss with the logarithms of the
    zeros in Y * P or in Y is recognised whatever stood in for 0 there, and whatever the sum was divided by."""
    true = (P * Y).sum(axis=1)
    if not np.isfinite(loss):
        return loss
    if (true == 0).any():
        return "any loss above 10" if loss > 10 else "a loss of 10 or less"
    n, k = Y.shape
    for total in (loss, loss * k, loss / n):
        if np.isclose(total + np.log(true).mean(), -(k - 1) * np.log(FLOORS), rtol=1e-4, atol=0).any():
            return ZEROS_ADDED
        if np.isclose(total, -(1 - true.mean()) * np.log(FLOORS), rtol=1e-4, atol=0).any():
            return ZEROS_WEIGHTED
    return loss


exercise = Exercise(
    functions.cross_entropy,
    notebook="04",
    place="in class",
    view=large_enough,
    cases=[
        Case("two images, three classes", P_SMALL, Y_SMALL),
        Case("one image", np.array([[0.25, 0.75]]), np.array([[1.0, 0.0]])),
        Case("as many images as classes", np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([[0.0, 1.0], [1.0, 0.0]])),
        Case("64 images, ten classes", *probabilities_and_targets(np.random.default_rng(4), 64, 10)),
        Case("float32", P_SMALL.astype(np.float32), Y_SMALL.astype(np.float32), harsh=True),
        Case("a false class with probability 0", np.array([[1.0, 0.0], [0.4, 0.6]]), np.eye(2), harsh=True),
        Case("a true class with probability 0", np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]]), harsh=True),
    ],
    draw=probabilities_and_targets,
    hints=[
        "`Y * np.log(P)` keeps one number in each row: the logarithm of the true class's probability.",
        "Sum along each row (`axis=1`), average over the images, and mind the sign: log of a probability is negative.",
        "A probability may be 0. `np.maximum(P, smallest)`, with `smallest = np.finfo(P.dtype).smallest_subnormal`, "
        "replaces it by the smallest positive number of its type before the logarithm is taken.",
    ],
    praise="This one number is what all of Part 2 pushes down.",
)


@exercise.mistake("A sum instead of a mean", ask="What should happen to the loss when every image occurs twice?")
def _(P, Y):
    """The surprises of the images are added up and not averaged, so a larger batch has a larger loss."""
    return -(Y * np.log(np.maximum(P, 1e-300))).sum()


@exercise.mistake("A mean over all entries", ask="How many terms of an image's row are not 0, and by what do you divide?")
def _(P, Y):
    """The mean runs over all n·k entries. Only one in each row counts, so the loss is k times too small."""
    return -(Y * np.log(np.maximum(P, 1e-300))).mean()


@exercise.mistake("The minus is missing", ask="Is the logarithm of a number between 0 and 1 positive or negative?")
def _(P, Y):
    """The loss comes out negative, and would be lowest for the worst prediction."""
    return (Y * np.log(np.maximum(P, 1e-300))).sum(axis=1).mean()


@exercise.mistake("log of 0", kind="fragile", ask="What is `np.log(0)`, and what is 0 times that?")
def _(P, Y):
    """Where a probability is 0 its logarithm is -inf, and 0 * -inf is nan: one such entry spoils the whole loss."""
    return -(Y * np.log(P)).sum(axis=1).mean()


@exercise.mistake("log of 0 at the true class", kind="fragile", ask="Which number could stand in for a probability of 0?")
def _(P, Y):
    """Where the true class has probability 0 the loss is infinite, and no training comes back from there."""
    return -np.log((Y * P).sum(axis=1)).mean()


@exercise.mistake("P and Y have changed places", ask="Of which of the two do we take the logarithm?")
def _(P, Y):
    """The logarithm is taken of Y, whose entries are 0 and 1, and not of the probabilities."""
    return -(P * np.log(np.maximum(Y, 1e-300))).sum(axis=1).mean()


@exercise.mistake("Log of the zeros", ask="Which comes first, the logarithm or the product with Y?")
def _(P, Y):
    """Y * P is 0 in every false class, and the logarithm of these zeros, or of what stood in for them, was added too."""
    return -np.log(np.maximum(Y * P, 1e-300)).sum(axis=1).mean()


@exercise.mistake(
    "A logarithm of 0 in every row", ask="Of which array should the logarithm be taken, before or after the product with Y?"
)
def _(P, Y):
    """The loss is infinite whatever the probabilities are. Y holds zeros, and so does Y * P: their logarithm is -inf."""
    return -np.log(Y * P).sum(axis=1).mean()


@exercise.mistake(
    "0 for every prediction",
    ask="Which number may be 0, and must be replaced before its logarithm is taken?",
)
def _(P, Y):
    """No prediction costs anything. (Logarithms of probabilities are negative: after the logarithm `np.maximum` takes the
    other number, which is nearly 0, in every place.)"""
    return -np.maximum(Y * np.log(P), 1e-300).sum(axis=1).mean()


@exercise.mistake(
    "Divided by the number of classes", ask="By which size does the formula divide: by the number of rows or of columns?"
)
def _(P, Y):
    """What was added up is divided by k, the number of classes, and not by n."""
    return -(Y * np.log(np.maximum(P, 1e-300))).sum(axis=0).mean()


@exercise.mistake("One loss for each image", ask="How do the surprises of all images become one number?")
def _(P, Y):
    """It returns the surprise of each image, n numbers, and not their mean."""
    return -(Y * np.log(np.maximum(P, 1e-300))).sum(axis=1)


@exercise.mistake("the logarithm to base 2", kind="convention", ask="Which logarithm undoes e to the power of z?")
def _(P, Y):
    """Others measure surprise in bits; here it is the natural logarithm, `np.log`, which undoes softmax's `exp`."""
    return -(Y * np.log2(np.maximum(P, 1e-300))).sum(axis=1).mean()


@exercise.mistake("the logarithm to base 10", kind="convention", ask="Which logarithm undoes e to the power of z?")
def _(P, Y):
    """Others count in powers of ten; here it is the natural logarithm, `np.log`, which undoes softmax's `exp`."""
    return -(Y * np.log10(np.maximum(P, 1e-300))).sum(axis=1).mean()


@exercise.mistake(
    "binary cross-entropy, once for each class",
    kind="convention",
    ask="In how many entries of a row of Y does `Y * np.log(P)` leave something?",
)
def _(P, Y):
    """Each class is treated as a yes-or-no question of its own, so the false classes add `log(1 - p)`. That is the loss for
    pictures that may show several things at once; here exactly one class is true, and only its probability counts."""
    return -(Y * np.log(np.maximum(P, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - P, 1e-300))).sum(axis=1).mean()


@exercise.mistake(
    "binary cross-entropy, averaged over the classes",
    kind="convention",
    ask="In how many entries of a row of Y does `Y * np.log(P)` leave something?",
)
def _(P, Y):
    """Each class is treated as a yes-or-no question of its own, so the false classes add `log(1 - p)`, and the mean runs over
    all n·k answers. Here exactly one class is true, and only its probability counts."""
    return -(Y * np.log(np.maximum(P, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - P, 1e-300))).mean()


@exercise.mistake(
    "a floor that is too high",
    kind="fragile",
    ask="What is the smallest positive number of P's type?",
    shown_in="a true class with probability 0",
)
def _(P, Y):
    """Where the true class has probability 0, the loss should be above 10: what stands in for 0 is so large that a network
    pays too little for being sure and wrong."""
    return -(Y * np.log(np.maximum(P, 1e-4))).sum(axis=1).mean()


@exercise.mistake(
    "The logarithm of the mean", ask="How surprised is each image, and what is averaged: probabilities or surprises?"
)
def _(P, Y):
    """The probabilities of the true classes are averaged, and the logarithm is taken of their mean. Each image has a surprise
    of its own."""
    return -np.log(np.maximum((P * Y).sum(axis=1).mean(), 1e-300))


@exercise.mistake("What is missing from 1", ask="What should it cost to be sure and wrong: 1, or far more?")
def _(P, Y):
    """The mean of 1 - p was taken, p being the probability of the true class. That has no logarithm in it, and a network that
    is sure and wrong pays 1 at most."""
    return (1 - (P * Y).sum(axis=1)).mean()


@exercise.mistake("Only the largest probability", ask="Whose logarithm counts: that of the answer, or that of the truth?")
def _(P, Y):
    """The largest probability of each row was taken, whatever the label. That says how sure the network is, not how right."""
    return -np.log(P.max(axis=1)).mean()


@exercise.mistake("The square of the difference", ask="Which of the two losses of this notebook has a logarithm?")
def _(P, Y):
    """That is the mean squared error."""
    return ((P - Y) ** 2).sum(axis=1).mean()


@exercise.also("a floor that is too high")
def _(P, Y):
    return -(Y * np.log(np.maximum(P, 1e-3))).sum(axis=1).mean()


@exercise.also("a floor that is too high")
def _(P, Y):
    return -(Y * np.log(P + 1e-4)).sum(axis=1).mean()


@exercise.also("a floor that is too high")
def _(P, Y):
    return -(Y * np.log(P + 1e-3)).sum(axis=1).mean()


@exercise.also("a floor that is too high")
def _(P, Y):
    return -(Y * np.log(np.maximum(P, 1e-2))).sum(axis=1).mean()


@exercise.mistake("A whole column for each label", ask="How many of the probabilities of one image count?")
def _(P, Y):
    """The mean is that of n times n logarithms: from every row those of the labels of all images were taken. (`:` in front of the
    comma stands for every row.)"""
    return -np.log(P[:, Y.argmax(axis=1)]).mean()
