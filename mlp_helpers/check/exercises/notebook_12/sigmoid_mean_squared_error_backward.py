"""Notebook 12: write the gradient of squared error through a sigmoid."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core.functions import sigmoid


def sigmoid_mean_squared_error_backward(A, Y):
    """Return the gradient with respect to Z of the squared error of A = sigmoid(Z)."""
    return 2 * (A - Y) / len(A) * A * (1 - A)


def outputs_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return sigmoid(rng.normal(0, 2, (n, k))), np.eye(k)[rng.integers(0, k, n)]


A_SMALL, Y_SMALL = np.array([[0.8, 0.5, 0.1], [0.25, 0.9, 0.4]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])


exercise = Exercise(
    sigmoid_mean_squared_error_backward,
    notebook="12",
    place="in class",
    cases=[
        Case("two images, three classes", A_SMALL, Y_SMALL),
        Case("one image", np.array([[0.25, 0.5, 0.75, 0.9]]), np.array([[0.0, 1.0, 0.0, 0.0]])),
        Case("as many images as classes", np.array([[0.5, 0.2], [0.25, 0.75]]), np.array([[0.0, 1.0], [1.0, 0.0]])),
        Case("three images, two classes", *outputs_and_targets(np.random.default_rng(3), 3, 2)),
        Case("outputs of exactly 0 and 1", np.eye(3)[[0, 1, 0, 2]], np.eye(3)[[1, 0, 0, 2]]),
        Case("float32", A_SMALL.astype(np.float32), Y_SMALL.astype(np.float32)),
        Case("64 images, ten classes", *outputs_and_targets(np.random.default_rng(4), 64, 10)),
    ],
    draw=outputs_and_targets,
    hints=[
        "Two steps: how the loss answers to an output, and how that output answers to its score. Multiply, entry by entry.",
        "The first is 2 (A − Y) / n, with n the number of rows, `len(A)`. The second is the slope of the sigmoid.",
        "The slope of the sigmoid, from what came out of it, is `A * (1 - A)`.",
    ],
    praise="Where A is nearly 0 or 1 the result is nearly 0, whether the output is right or wrong. Section 4 is about that.",
)


@exercise.mistake("Stopped at the outputs", ask="How does an output answer when its score is nudged?")
def _(A, Y):
    """That is the gradient of the outputs, dA. The way back through the sigmoid to the scores is missing."""
    return 2 * (A - Y) / len(A)


@exercise.mistake(
    "The gradient of cross-entropy",
    ask="What is the derivative of a square, and does anything cancel the slope of the sigmoid here?",
)
def _(A, Y):
    """(A − Y) / n belongs to softmax and cross-entropy, where the slope cancels. With a square nothing cancels."""
    return (A - Y) / len(A)


@exercise.mistake(
    "The difference alone", ask="What is missing between the outputs and the scores, and where does the mean enter?"
)
def _(A, Y):
    """A − Y: the slope of the sigmoid, the 2 of the square and the 1/n of the mean are missing."""
    return A - Y


@exercise.mistake("Without the 2", ask="What is the derivative of x²?")
def _(A, Y):
    """Everything is half as large as it should be. (Books that put ½ in front of the square have no 2 here. This course has no
    ½, so the 2 stays.)"""
    return (A - Y) / len(A) * A * (1 - A)


@exercise.mistake("Not divided by n", ask="The loss is a mean over the images: how much does one image count?")
def _(A, Y):
    """That is the gradient of the *sum* over the images. With twice as many images the steps would be twice as long."""
    return 2 * (A - Y) * A * (1 - A)


@exercise.mistake("Without the 2 and not divided by n", ask="What is the derivative of x², and where does the mean enter?")
def _(A, Y):
    """Two factors are missing: the 2 of the square and the 1/n of the mean."""
    return (A - Y) * A * (1 - A)


@exercise.mistake(
    "averaged over the classes too",
    kind="convention",
    ask="Over what does this course average, and what does it do with the classes?",
)
def _(A, Y):
    """Divided by n·k, the number of all entries. Other books do so, and section 5 finds out what it costs. Here the
    classes are summed."""
    return 2 * (A - Y) / A.size * A * (1 - A)


@exercise.mistake("Divided by the classes", ask="Which axis of A do the images lie along?")
def _(A, Y):
    """Divided by the number of columns, k. The mean runs over the images, which are the rows."""
    return 2 * (A - Y) / A.shape[1] * A * (1 - A)


@exercise.mistake("The sign is flipped", ask="Should the loss rise or fall when the score of a wrong class rises?")
def _(A, Y):
    """The result is right but for its sign, as when the difference is taken the other way round. That is the direction down,
    and a gradient points up."""
    return 2 * (Y - A) / len(A) * A * (1 - A)


@exercise.mistake("The slope of the sigmoid lost its A", ask="What is the slope of the sigmoid where its output is nearly 0?")
def _(A, Y):
    """Multiplied by 1 − A alone. An output near 0 would then have the steepest slope of all, where the sigmoid is flat."""
    return 2 * (A - Y) / len(A) * (1 - A)


@exercise.mistake("The slope of the sigmoid lost its 1 - A", ask="What is the slope of the sigmoid where its output is nearly 1?")
def _(A, Y):
    """Multiplied by A alone. An output near 1 would then have the steepest slope of all, where the sigmoid is flat."""
    return 2 * (A - Y) / len(A) * A


@exercise.mistake("The sigmoid once more", ask="Has A been through the sigmoid already, or not yet?")
def _(A, Y):
    """A was put through the sigmoid again to get the slope. It came out of it already."""
    S = sigmoid(A)
    return 2 * (A - Y) / len(A) * S * (1 - S)


@exercise.mistake("The slope of the targets", ask="Whose slope is it: that of the output, or that of the target?")
def _(A, Y):
    """Every entry is 0. That happens with Y (1 − Y), which is 0 for every 0 and every 1. The slope belongs to the output."""
    return 2 * (A - Y) / len(A) * Y * (1 - Y)


@exercise.mistake("The slope of tanh", ask="What is the derivative of 1 / (1 + exp(−z)), written with a?")
def _(A, Y):
    """1 − A² is the slope of another S-shaped curve, tanh, which goes from −1 to 1."""
    return 2 * (A - Y) / len(A) * (1 - A**2)


@exercise.mistake("The square is still there", ask="What is the derivative of x²?")
def _(A, Y):
    """The squared difference was multiplied by the slope. A derivative of x² is 2x, and it knows the sign."""
    return (A - Y) ** 2 / len(A) * A * (1 - A)


@exercise.mistake("One row for all images", ask="How many scores does the batch have, and how many slopes must there be?")
def _(A, Y):
    """The mean is taken over the rows, and one row of k numbers is left. Every score of every image has a slope of its own."""
    return (2 * (A - Y) * A * (1 - A)).mean(axis=0)


@exercise.mistake("Multiplied by n", ask="In which order does Python compute a / b * c?")
def _(A, Y):
    """The result is n² times too large: it was multiplied by n, where it should be divided."""
    return 2 * (A - Y) * len(A) * A * (1 - A)


@exercise.mistake("Divided by n twice", ask="How often does the mean divide by n?")
def _(A, Y):
    """The result is n times too small: the mean over the images was taken twice."""
    return 2 * (A - Y) * A * (1 - A) / len(A) ** 2


@exercise.mistake("Brackets are missing", ask="What does Python compute first in a * 1 - a?")
def _(A, Y):
    """A quotient is subtracted at the end: without brackets around 1 - A the products and quotients come first."""
    return 2 * (A - Y) * A * 1 - A / len(A)


@exercise.mistake("Outputs and targets are added", ask="What is the slope where an output is right?")
def _(A, Y):
    """A + Y stands where their difference is due."""
    return 2 * (A + Y) * A * (1 - A) / len(A)
