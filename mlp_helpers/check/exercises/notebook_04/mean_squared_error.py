"""Notebook 04: write the mean squared error."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions

from .shared import P_SMALL, Y_SMALL


def outputs_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return rng.uniform(0, 1, (n, k)), np.eye(k)[rng.integers(0, k, n)]


exercise = Exercise(
    functions.mean_squared_error,
    notebook="04",
    place="at home",
    cases=[
        Case("two images, three classes", P_SMALL, Y_SMALL),
        Case("one image", np.array([[0.5, 1.0]]), np.array([[0.0, 1.0]])),
        Case("as many images as classes", np.array([[0.5, 0.5], [0.25, 1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])),
        Case("float32", P_SMALL.astype(np.float32), Y_SMALL.astype(np.float32)),
        Case("64 images, ten classes", *outputs_and_targets(np.random.default_rng(4), 64, 10)),
    ],
    draw=outputs_and_targets,
    hints=[
        "Take the difference entry by entry, square it, and then two different things happen to the two axes.",
        "Sum over the classes of an image (`axis=1`), then average over the images.",
    ],
    praise="Summed over classes, averaged over images. Books that average over both have losses that are k times smaller.",
)


@exercise.mistake(
    "averaged over the classes too",
    kind="convention",
    ask="By what do you divide, and by what would the formula?",
)
def _(A, Y):
    """Many books and libraries do that, and their loss is k times smaller. Here the classes are summed, the images averaged."""
    return ((A - Y) ** 2).mean()


@exercise.mistake("half of it", kind="convention", ask="Which factor does the formula of this notebook have?")
def _(A, Y):
    """Many books put a ½ in front, to make the derivative look simpler. Here there is none."""
    return ((A - Y) ** 2).sum(axis=1).mean() / 2


@exercise.mistake("A sum instead of a mean", ask="What should happen to the loss when every image occurs twice?")
def _(A, Y):
    """The errors of the images are added up and not averaged, so a larger batch has a larger loss."""
    return ((A - Y) ** 2).sum()


@exercise.mistake(
    "Divided by the number of classes", ask="By which size does the formula divide: by the number of rows or of columns?"
)
def _(A, Y):
    """What was added up is divided by k, the number of classes, and not by n."""
    return ((A - Y) ** 2).sum(axis=0).mean()


@exercise.mistake("Not squared", ask="What becomes of an error of +0.3 and one of -0.3 when they are added?")
def _(A, Y):
    """The differences are added without squaring, so that too much and too little cancel."""
    return (A - Y).sum(axis=1).mean()


@exercise.mistake("Absolute values instead of squares", ask="What should an error of 0.2 cost, compared with one of 0.1?")
def _(A, Y):
    """The differences are taken without their sign, but not squared."""
    return np.abs(A - Y).sum(axis=1).mean()


@exercise.mistake("One error for each image", ask="How do the errors of all images become one number?")
def _(A, Y):
    """It returns the error of each image, n numbers, and not their mean."""
    return ((A - Y) ** 2).sum(axis=1)


@exercise.mistake("The root of it", ask="Does the formula end with a root?")
def _(A, Y):
    """A root is taken at the end: that is the RMS error, another measure."""
    return np.sqrt(((A - Y) ** 2).sum(axis=1).mean())


@exercise.mistake("The sum is squared", ask="What becomes of an error of +0.3 and one of -0.3 when they are added first?")
def _(A, Y):
    """For each image it is the square of the sum of its differences, not the sum of their squares: too much and too little
    cancel."""
    return ((A - Y).sum(axis=1) ** 2).mean()


@exercise.mistake("Only the true class", ask="What should an output of 0.9 for a wrong class cost?")
def _(A, Y):
    """Only the output of the true class is compared. The outputs of the others have a target too, 0."""
    return ((Y * (A - Y)) ** 2).sum(axis=1).mean()


@exercise.mistake("A difference of squares", ask="Is (a - y)² the same as a² - y²?")
def _(A, Y):
    """A and Y are squared one by one, and the squares are subtracted."""
    return (A**2 - Y**2).sum(axis=1).mean()


@exercise.mistake("One error for each class", ask="Over which axis does the formula sum?")
def _(A, Y):
    """It returns k numbers, one for each class, and not one for the batch."""
    return ((A - Y) ** 2).mean(axis=0)


@exercise.mistake("The mean is squared", ask="What becomes of an error of +0.3 and one of -0.3 when they are averaged first?")
def _(A, Y):
    """It is the square of the mean of all differences, not the mean of their squares: too much and too little cancel."""
    return (A - Y).mean() ** 2


@exercise.mistake("The root of each image's error", ask="Does the formula have a root?")
def _(A, Y):
    """A root was taken of each image's sum of squares, and then the mean of these lengths."""
    return np.sqrt(((A - Y) ** 2).sum(axis=1)).mean()
