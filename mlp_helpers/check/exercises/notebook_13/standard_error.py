"""Notebook 13: write the standard error of an accuracy."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def standard_error(accuracy, n):
    """Return the standard error of an accuracy that was measured on n images."""
    return np.sqrt(accuracy * (1 - accuracy) / n)


exercise = Exercise(
    standard_error,
    notebook="13",
    place="in class",
    cases=[
        Case("nine in ten right, on 100 images", 0.9, 100),
        Case("one in five right, on 16 images", 0.2, 16),
        Case("half are right", 0.5, 25),
        Case("all are right", 1.0, 50),
        Case("none is right", 0.0, 50),
        Case("10 000 images", 0.985, 10_000),
        Case("three images", 0.75, 3),
    ],
    draw=lambda rng: (float(rng.choice([0.0, 1.0, *rng.random(8).round(3)])), int(rng.integers(2, 2_000))),
    hints=[
        "The mean squared distance of one answer from the accuracy is `accuracy * (1 - accuracy)`.",
        "For the mean of n answers it is n times smaller. The spread is the root of that: `np.sqrt(...)`.",
        "All of `accuracy * (1 - accuracy) / n` belongs under the root.",
    ],
    praise="Write it beside every accuracy that you report: it says how many of the digits after the decimal point are worth "
    "printing.",
)


@exercise.mistake("Without the root", ask="A spread is a distance. What undoes the square of a distance?")
def _(accuracy, n):
    """This is the mean *squared* distance, called the variance. The spread is its root."""
    return accuracy * (1 - accuracy) / n


@exercise.mistake("Squared in place of the root", ask="A spread is a distance. What undoes the square of a distance?")
def _(accuracy, n):
    """What should be under a root was squared. The mean squared distance is a square already."""
    return (accuracy * (1 - accuracy) / n) ** 2


@exercise.mistake("n is not under the root", ask="Is a mean over 100 images 100 times as steady as one image, or 10 times?")
def _(accuracy, n):
    """The spread of one image is divided by n. A mean over n images is only the root of n times as steady."""
    return np.sqrt(accuracy * (1 - accuracy)) / n


@exercise.mistake("The spread of a single image", ask="What do more images do to the spread of their mean?")
def _(accuracy, n):
    """n does not enter: this is how far a single answer, 1 or 0, lies from the accuracy."""
    return np.sqrt(accuracy * (1 - accuracy)) + 0 * n


@exercise.mistake("The mistakes are missing", ask="How uncertain is an accuracy of 100 %, and which factor says so?")
def _(accuracy, n):
    """With an accuracy of 1 this gives the largest value. But if all images are right, there is nothing that could vary:
    a factor is missing that is 0 there."""
    return np.sqrt(accuracy / n)


@exercise.mistake("The hits are missing", ask="How uncertain is an accuracy of 0 %, and which factor says so?")
def _(accuracy, n):
    """With an accuracy of 0 this gives the largest value. But if all images are wrong, there is nothing that could vary:
    a factor is missing that is 0 there."""
    return np.sqrt((1 - accuracy) / n)


@exercise.mistake("Brackets around 1 - accuracy are missing", ask="What does Python compute first in a * 1 - a / n?")
def _(accuracy, n):
    """The product and the quotient come first, and then the difference."""
    return np.sqrt(accuracy * 1 - accuracy / n)


@exercise.mistake("Multiplied by n", ask="Is an accuracy on more images more certain, or less?")
def _(accuracy, n):
    """It grows with the number of images. That is the spread of the *number* of right answers, and not of their share."""
    return np.sqrt(accuracy * (1 - accuracy) * n)


@exercise.mistake("divided by n - 1", kind="convention", ask="By what does the formula of this section divide?")
def _(accuracy, n):
    """Statisticians divide by n - 1 when the accuracy itself comes from the same images. With 10 000 images nobody sees the
    difference; here it is n."""
    return np.sqrt(accuracy * (1 - accuracy) / (n - 1))


@exercise.mistake("two standard errors", kind="convention", ask="How many standard errors are asked for?")
def _(accuracy, n):
    """This is twice the standard error, the half width of the interval that holds in 95 cases out of 100."""
    return 2 * np.sqrt(accuracy * (1 - accuracy) / n)


@exercise.mistake("1.96 standard errors", kind="convention", ask="How many standard errors are asked for?")
def _(accuracy, n):
    """This is 1.96 times the standard error, the half width of the interval that holds in 95 cases out of 100."""
    return 1.96 * np.sqrt(accuracy * (1 - accuracy) / n)


@exercise.mistake("in percent", kind="convention", ask="Does the accuracy come as 0.9 or as 90?")
def _(accuracy, n):
    """The accuracy comes as a share between 0 and 1, and its standard error should be a share as well."""
    return 100 * np.sqrt(accuracy * (1 - accuracy) / n)


@exercise.mistake("the accuracy does not enter", kind="fragile", ask="Is 99 % as uncertain as 50 %?")
def _(accuracy, n):
    """This is the standard error of an accuracy of one half, the largest that there is. It is on the safe side, and for 98 %
    nearly four times too large."""
    return 0.5 / np.sqrt(n) + 0 * accuracy
