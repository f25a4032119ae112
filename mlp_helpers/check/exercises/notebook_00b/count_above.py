"""Notebook 00b: write counting the large entries of each row without a loop."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import SQUARE


def count_above(table, limit):
    """Count the entries above a limit in each row: (n, k), number -> (n,)."""
    return (table > limit).sum(axis=1)


exercise = Exercise(
    count_above,
    notebook="00b",
    place="at home",
    cases=[
        Case("two rows, above 3", np.array([[1.0, 5.0, 3.0], [4.0, 7.0, 9.0]]), 3),
        Case("one row, above 0", np.array([[-2.0, 0.0, 2.0, 4.0]]), 0),
        Case("as many rows as columns, above 1", SQUARE, 1),
        Case("all below 0, above -2", np.array([[-1.0, -5.0], [-3.0, -4.0], [-1.0, -1.5]]), -2),
        Case("bytes, above 127", np.random.default_rng(5).integers(0, 256, (6, 40)).astype(np.uint8), 127),
    ],
    draw=lambda rng: (rng.integers(-3, 4, rng.integers(1, 7, 2)).astype(float), int(rng.integers(-2, 3))),
    hints=[
        "`table > limit` asks the question of every entry: the answer is a table of True and False.",
        "True counts as 1, False as 0. Then a sum counts; along which axis does a row lie?",
    ],
    praise="One number for each row. The mean of the mask `table > limit` would be a share, not a count: that is how accuracy "
    "is computed.",
)


@exercise.mistake("The limit itself is counted too", ask="Is 3 above 3?")
def _(table, limit):
    """Entries that are equal to the limit are counted. They are not above it."""
    return (table >= limit).sum(axis=1)


@exercise.mistake("Counted in the columns", ask="Which axis should disappear?")
def _(table, limit):
    """The count runs down each column, and not along each row."""
    return (table > limit).sum(axis=0)


@exercise.mistake("Counted in the whole table", ask="How many counts do n rows have?")
def _(table, limit):
    """One number comes out for the whole table. Each row wants its own."""
    return (table > limit).sum()


@exercise.mistake("Added up instead of counted", ask="What is the sum of a mask?")
def _(table, limit):
    """The entries above the limit were added up. How many there are is the sum of the mask itself."""
    return (table * (table > limit)).sum(axis=1)


@exercise.mistake("A share instead of a count", ask="By what does `mean` divide?")
def _(table, limit):
    """The mean of a mask is the share of the entries above the limit, and not their number."""
    return (table > limit).mean(axis=1)


@exercise.mistake("Below instead of above", ask="In which direction does the comparison look?")
def _(table, limit):
    """The entries below the limit were counted."""
    return (table < limit).sum(axis=1)


@exercise.mistake("The mask alone", ask="How does a row of True and False become one number?")
def _(table, limit):
    """A table of True and False comes back: the answers, not yet counted."""
    return table > limit


@exercise.mistake("The entries themselves", ask="What does a mask in square brackets give, and what its sum?")
def _(table, limit):
    """A mask in square brackets picks out the entries, all in one row, and no longer shows which row they came from."""
    return table[table > limit]


@exercise.mistake("One question for a whole row", ask="How many entries of a row may be above the limit?")
def _(table, limit):
    """True or False comes out for each row: whether it has any entry above the limit."""
    return (table > limit).any(axis=1)


@exercise.mistake("a column", kind="fragile", ask="Which shape does the exercise ask for?")
def _(table, limit):
    """The counts are right, but they come as a column, (n, 1), where (n,) is asked for."""
    return (table > limit).sum(axis=1, keepdims=True)
