"""Notebook 00c: write the slope of (a x + c)² by the chain rule."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def slope_of_square(x, a, c):
    """Return the slope of (a x + c)² at x."""
    return 2 * (a * x + c) * a  # outer slope, taken at the inner value, times inner slope


exercise = Exercise(
    slope_of_square,
    notebook="00c",
    place="at home",
    cases=[
        Case("(3x + 1)² at 2", 2.0, 3.0, 1.0),
        Case("x² at 3", 3.0, 1.0, 0.0),
        Case("(2x - 5)² at 1", 1.0, 2.0, -5.0),
        Case("(4 - x)² at 1.5", 1.5, -1.0, 4.0),
        Case("(0.5x + 2)² at 0", 0.0, 0.5, 2.0),
        Case("(3x - 6)² at three places", np.array([1.0, 2.0, 4.0]), 3.0, -6.0),
    ],
    draw=lambda rng: tuple(np.round(rng.uniform(0.5, 4, 3), 1).tolist()),
    hints=[
        "There are two steps: first a x + c, then its square. Each has a slope of its own.",
        "The slope of a square is twice what is squared, and here that is a x + c. The slope of a x + c with respect to x "
        "is a. The two are multiplied.",
    ],
    praise="Read x as a weight, a as its input and −c as the target: this is the squared error of a neuron with one weight, and "
    "your slope is the one that trains it.",
)


@exercise.mistake("The inner slope is missing", ask="By how much does a x + c move when x moves by 1?")
def _(x, a, c):
    """That is the slope of the square with respect to what is inside. The inside moves a times as far as x."""
    return 2 * (a * x + c)


@exercise.mistake("The inner slope alone", ask="How steep is a square, and at which place?")
def _(x, a, c):
    """That is the slope of a x + c, before it is squared."""
    return a + 0 * x


@exercise.mistake("The outer slope is taken at x", ask="What is it that is squared: x, or a x + c?")
def _(x, a, c):
    """The slope of the square was taken at x. But the second step never sees x: it is given a x + c."""
    return 2 * x * a


@exercise.mistake("The height instead of the slope", ask="What is the slope of z² at z?")
def _(x, a, c):
    """That is the height of the curve, and not how fast the height changes."""
    return (a * x + c) ** 2


@exercise.mistake("The square is still there", ask="What is the slope of z² at z?")
def _(x, a, c):
    """The inner slope is there, but what it is multiplied by is the square itself, and not the slope of a square."""
    return (a * x + c) ** 2 * a


@exercise.mistake("Each term by itself", ask="What is (a x + c)² when it is written out: are there two terms, or three?")
def _(x, a, c):
    """That is the slope of a² x² + c², in which the middle term of the square is missing."""
    return 2 * a**2 * x


@exercise.mistake(
    "The two slopes are added",
    ask="If x moves by 1 and the inside by 3, and the square by 14 for each unit of the inside: how far does the square move?",
)
def _(x, a, c):
    """The outer and the inner slope are right, but they were added. A nudge is stretched twice on its way: by each of them."""
    return 2 * (a * x + c) + a


@exercise.mistake("The 2 is missing", ask="What is the slope of z² at z = 3?")
def _(x, a, c):
    """Every slope is half of what it should be: the slope of a square is twice what is squared."""
    return (a * x + c) * a


@exercise.mistake("The inner slope is taken to be a x", ask="By how much does a x + c move when x moves by 1?")
def _(x, a, c):
    """The outer slope was multiplied by a x. That is the height of the inner line without its constant, and not its slope."""
    return 2 * (a * x + c) * a * x


@exercise.mistake("The inside itself in place of its slope", ask="By how much does a x + c move when x moves by 1?")
def _(x, a, c):
    """The outer slope was multiplied by a x + c, which is the inner height, and not by the inner slope."""
    return 2 * (a * x + c) ** 2


@exercise.mistake("The constant was given a slope", ask="By how much does c move when x moves by 1?")
def _(x, a, c):
    """The inner slope was taken to be a + c. The constant lifts the line and does not tilt it."""
    return 2 * (a * x + c) * (a + c)
