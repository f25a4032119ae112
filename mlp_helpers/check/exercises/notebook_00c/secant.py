"""Notebook 00c: write the slope of the straight line between two points of a curve."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def secant(f, x, nudge):
    """Return the slope of the straight line that meets the curve of f at x and at x + nudge."""
    return (f(x + nudge) - f(x)) / nudge


def square(x):
    return x**2


def cube(x):
    return x**3 - x


def line(x):
    return 5 * x + 1


exercise = Exercise(
    secant,
    notebook="00c",
    place="at home",
    cases=[
        Case("x² at 3, with a nudge of 1", square, 3.0, 1.0),
        Case("x² at 3, with a nudge of 0.1", square, 3.0, 0.1),
        Case("the straight line 5x + 1", line, 2.0, 0.5),
        Case("x³ - x at -2, with a nudge of 0.5", cube, -2.0, 0.5),
        Case("x² at 4, with a nudge to the left", square, 4.0, -1.0),
        Case("e to the power of x, at 1", np.exp, 1.0, 0.25),
    ],
    draw=lambda rng: (cube, round(rng.uniform(0.5, 3), 1), round(rng.uniform(0.1, 1), 1)),
    hints=[
        "Two heights are needed: that of the curve at x, and that at x + nudge. `f(x)` is the first of them.",
        "The slope is the change in height, divided by the change in x that caused it. Mind the brackets.",
    ],
    praise="Notebook 05 nudges to both sides, which is more exact, and every gradient of the course is checked in that way.",
)


@exercise.mistake(
    "Not divided by the nudge", ask="How far apart are the two places, and how far would the line climb over a distance of 1?"
)
def _(f, x, nudge):
    """That is the change in height. A slope is the change for each unit of x."""
    return f(x + nudge) - f(x)


@exercise.mistake(
    "The sign is flipped", ask="If the curve is higher at x + nudge than at x, should the slope be positive or negative?"
)
def _(f, x, nudge):
    """Every slope has the wrong sign: the second height was subtracted from the first."""
    return (f(x) - f(x + nudge)) / nudge


@exercise.mistake("Upside down", ask="Which change is the effect, and which its cause?")
def _(f, x, nudge):
    """The nudge is divided by the change in height, so a steep curve gets a small number."""
    return nudge / (f(x + nudge) - f(x))


@exercise.mistake("Brackets around the difference are missing", ask="What does Python compute first in a - b / c?")
def _(f, x, nudge):
    """Only the second height is divided by the nudge, because a division comes before a subtraction."""
    return f(x + nudge) - f(x) / nudge


@exercise.mistake("The height itself was nudged", ask="What is to be nudged: x, or the height that f returns?")
def _(f, x, nudge):
    """Every slope is 1: the nudge was added to the height, and not to x."""
    return (f(x) + nudge - f(x)) / nudge


@exercise.mistake("One height alone", ask="From which height does the line begin to climb?")
def _(f, x, nudge):
    """The height at x + nudge was divided by the nudge. A slope compares two heights."""
    return f(x + nudge) / nudge


@exercise.mistake("The quotient of height and place", ask="How far apart are the two places?")
def _(f, x, nudge):
    """The change in height was divided by x, and not by the distance between the two places."""
    return (f(x + nudge) - f(x)) / x


@exercise.mistake("Half the slope", ask="How far apart are x and x + nudge?")
def _(f, x, nudge):
    """Every slope is half of what it should be: the two places are one nudge apart, not two."""
    return (f(x + nudge) - f(x)) / (2 * nudge)


@exercise.mistake(
    "nudged to both sides", kind="convention", ask="Through which two points of the curve is the line to be drawn here?"
)
def _(f, x, nudge):
    """The line meets the curve on both sides of x, equally far away. That comes closer to the curve's own slope, and notebook 05
    does so. The exercise asks for the line through x and x + nudge."""
    return (f(x + nudge) - f(x - nudge)) / (2 * nudge)


@exercise.also("nudged to both sides")
def _(f, x, nudge):
    return (f(x + nudge / 2) - f(x - nudge / 2)) / nudge


@exercise.mistake("Nudged to the other side", ask="On which side of x should the second point lie?")
def _(f, x, nudge):
    """The second point of the line is the one at x - nudge."""
    return (f(x) - f(x - nudge)) / nudge
