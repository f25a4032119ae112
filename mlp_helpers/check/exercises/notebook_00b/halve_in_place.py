"""Notebook 00b: write a function that changes the array that it is given."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def halve_in_place(a):
    """Halve every entry of the array that was given."""
    a /= 2


def afterwards(value, a):
    """The array that was given, as it is after the call; and whether anything came back."""
    return {"a afterwards": a, "what is returned": "nothing" if value is None else "something"}


exercise = Exercise(
    halve_in_place,
    notebook="00b",
    place="at home",
    view=afterwards,
    changes=(0,),
    cases=[
        Case("three numbers", np.array([8.0, 2.0, -4.0])),
        Case("a table", np.array([[1.0, 2.0], [3.0, 4.0]])),
        Case("one number in an array", np.array([5.0])),
        Case("float32", np.array([1.0, 7.0, 0.0], np.float32)),
        Case("a thousand numbers", np.random.default_rng(8).normal(size=1000)),
    ],
    draw=lambda rng: (rng.normal(0, 5, rng.integers(1, 5, rng.integers(1, 3))),),
    hints=[
        "`a = …` gives the name a to another array. Which operations write into the array that is there?",
        "Those with the sign before the `=`: `+=`, `-=`, `*=`, `/=`. Nothing needs to be returned.",
    ],
    praise="The weights of the network will be changed in this way, in place, hundreds of times a second.",
)


@exercise.mistake("The array was not changed", ask="Which array does the caller still have?")
def _(a):
    """The array that was given still holds what it held. A line such as `a = a / 2` makes a new array and gives it a name
    inside the function; whoever called looks at the old one."""
    a = a / 2


@exercise.mistake("Another array is returned, and the one given was not changed", ask="Which array does the caller still have?")
def _(a):
    """Something is returned, and the array that was given still holds what it held. Nobody who calls this function waits for
    a result: they look at their own array."""
    return a / 2


@exercise.mistake(
    "returned as well",
    kind="convention",
    ask="What do `a.sort()` or `np.random.shuffle(a)` return, and what does `-> nothing` promise here?",
)
def _(a):
    """The array is halved, as it should be, and something is returned besides. Functions such as `a.sort()` and
    `np.random.shuffle(a)` return nothing, so that nobody takes the result for a new array."""
    a /= 2
    return a


@exercise.mistake("Only the first entry", ask="Which part of the array does `a[0]` name, and which `a[:]`?")
def _(a):
    """The first entry, or the first row, was halved, and the others stayed as they were."""
    a[0] /= 2


@exercise.mistake("2 was subtracted", ask="What is half of 8?")
def _(a):
    """Every entry became smaller by 2."""
    a -= 2


@exercise.mistake("Doubled", ask="What is half of 8?")
def _(a):
    """Every entry became twice as large."""
    a *= 2


@exercise.mistake("Rounded down to whole numbers", ask="What is half of 5?")
def _(a):
    """Every half was rounded down, to the nearest whole number that is not above it."""
    a //= 2


@exercise.mistake("A quarter, not a half", ask="What is half of 8, and what has 8 become?")
def _(a):
    """Every entry became a quarter of what it was."""
    a /= 4


@exercise.mistake(
    "A table is halved, a row is not",
    ask="Which changes the array: `x /= 2` where x is a number, or `x /= 2` where x is a row?",
)
def _(a):
    """In a table every entry is halved, in a single row of numbers none. That happens with `for x in a: x /= 2`: the name
    after `for` goes from number to number, and only where it stands for an array, a row, is that a view."""
    for x in a:
        x /= 2
