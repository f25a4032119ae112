"""Notebook 05: write the gradient of softmax and cross-entropy in one."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions

P_SMALL, Y_SMALL = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])


def probabilities_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return functions.softmax(rng.normal(0, 2, (n, k))), np.eye(k)[rng.integers(0, k, n)]


exercise = Exercise(
    functions.softmax_cross_entropy_backward,
    notebook="05",
    place="in class",
    cases=[
        Case("two images, three classes", P_SMALL, Y_SMALL),
        Case("one image", np.array([[0.25, 0.5, 0.25]]), np.array([[0.0, 1.0, 0.0]])),
        Case("as many images as classes", np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([[0.0, 1.0], [1.0, 0.0]])),
        Case("three images, certain and wrong", np.eye(2)[[0, 1, 0]], np.eye(2)[[1, 0, 1]]),
        Case("float32", P_SMALL.astype(np.float32), Y_SMALL.astype(np.float32)),
        Case("64 images, ten classes", *probabilities_and_targets(np.random.default_rng(5), 64, 10)),
    ],
    draw=probabilities_and_targets,
    hints=[
        "For one image the slopes are what the network said, minus what is true. Both are rows of k numbers.",
        "The loss is the mean over the images. By what is each image's part divided, when there are n of them?",
        "`len(P)` is the number of rows, n. The difference of the two tables, divided by it, is all.",
    ],
    praise="In the formula (P - Y) / n no exponential is left: softmax and cross-entropy fit each other so well that only a "
    "difference remains.",
)


@exercise.mistake("Not divided by n", ask="The loss is a mean over the images: how much does one image count?")
def _(P, Y):
    """That is the gradient of the *sum* over the images. With twice as many images the steps would be twice as long."""
    return P - Y


@exercise.mistake("Divided by n twice", ask="How many times does the mean divide by n?")
def _(P, Y):
    """The gradient is n times too small, and the training would creep: the mean over the images was taken twice."""
    return (P - Y) / len(P) ** 2


@exercise.mistake("The sign is flipped", ask="Should the loss rise or fall when the score of a wrong class rises?")
def _(P, Y):
    """The result is right but for its sign, as when the difference is taken the other way round. That is the direction down,
    but a gradient points up: a step against it would walk uphill."""
    return (Y - P) / len(P)


@exercise.mistake(
    "The sign is flipped, and it is not divided by n", ask="Does a gradient point up or down, and how much does one image count?"
)
def _(P, Y):
    """The result points down and not up, and the mean over the images is missing."""
    return Y - P


@exercise.mistake("Divided by the classes", ask="Over what is the loss a mean: over images or over classes?")
def _(P, Y):
    """It is divided by the number of columns, k. The loss sums over the classes and averages over the images."""
    return (P - Y) / P.shape[1]


@exercise.mistake("Divided by n and by k", ask="Which of the two axes does the loss average over, and which does it sum over?")
def _(P, Y):
    """It is divided by the total number of entries, n · k, so the gradient is k times too small."""
    return (P - Y) / P.size


@exercise.mistake("Brackets are missing", ask="What does Python compute first in a - b / c?")
def _(P, Y):
    """The division comes before the subtraction: only Y is divided by n, and the rows no longer sum to 0."""
    return P - Y / len(P)


@exercise.mistake("Only the true class", ask="What happens to the loss when the score of a wrong class rises?")
def _(P, Y):
    """Only the true class has a slope. But a higher score of any other class takes probability from it."""
    return Y * (P - 1) / len(P)


@exercise.mistake("Stopped at the probabilities", ask="What is asked for: how the loss responds to a probability, or to a score?")
def _(P, Y):
    """-Y / P, divided by n, is the slope of the loss with respect to the *probabilities*. The way through softmax is missing: a
    higher score for one class takes probability from all the others."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return -Y / P / len(P)


@exercise.mistake(
    "Multiplied by P (1 - P)",
    ask="What is the gradient after the derivation of this section, and is there anything left to multiply?",
)
def _(P, Y):
    """P (1 - P) is the slope of a sigmoid, and belongs to squared error. Here the exponentials have cancelled already."""
    return (P - Y) * P * (1 - P) / len(P)


@exercise.mistake("One row for all images", ask="How many scores does the batch have, and how many slopes must there be?")
def _(P, Y):
    """The mean is taken over the rows, and one row of k numbers is left. Every score of every image has a slope of its own."""
    return (P - Y).mean(axis=0)


@exercise.mistake("P is overwritten", kind="fragile", ask="How can a new array be made, so that P stays as it is?")
def _(P, Y):
    """The result is right, but it is written into P itself, and whoever called the function still needs the probabilities."""
    P -= Y
    P /= len(P)
    return P


@exercise.mistake("Softmax once more", ask="Has P been through the softmax already, or not yet?")
def _(P, Y):
    """A softmax was taken of P. P came out of one already."""
    E = np.exp(P - P.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True) - Y) / len(P)


@exercise.mistake("The targets are left out", ask="What does P become when Y is subtracted?")
def _(P, Y):
    """That is P / n: Y was not subtracted."""
    return P / len(P)


@exercise.mistake("P and Y are added", ask="What is the slope where the network is right and sure?")
def _(P, Y):
    """P + Y was divided by n, where their difference is due."""
    return (P + Y) / len(P)


@exercise.mistake("A whole column for each label", ask="In how many rows should the column of one label change?")
def _(P, Y):
    """1 was subtracted in whole columns: in every row, wherever any image has its label. Each row has one true class of
    its own. (`:` in front of the comma stands for every row.)"""
    dZ = P.copy()
    dZ[:, Y.argmax(axis=1)] -= 1
    return dZ / len(P)


@exercise.mistake(
    "A whole column for each label, and not divided by n",
    ask="In how many rows should the column of one label change? And how much does one image count?",
)
def _(P, Y):
    """1 was subtracted in whole columns: in every row, wherever any image has its label. Each row has one true class of
    its own. And the mean over the images is missing."""
    dZ = P.copy()
    dZ[:, Y.argmax(axis=1)] -= 1
    return dZ
