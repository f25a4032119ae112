"""Notebook 00b: write picking one entry from each row."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def shortfall(P, y):
    """Return how far the entry in column y[i] of each row i falls short of 1: (n, k), (n,) -> (n,)."""
    return 1 - P[np.arange(len(P)), y]


def rows_and_columns(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    P = rng.uniform(0.05, 1, (n, k))
    return P / P.sum(axis=1, keepdims=True), rng.integers(0, k, n)


exercise = Exercise(
    shortfall,
    notebook="00b",
    place="at home",
    cases=[
        Case("two rows; columns 0 and 2", np.array([[0.7, 0.2, 0.1], [0.5, 0.1, 0.4]]), np.array([0, 2])),
        Case("one row; column 3", np.array([[0.1, 0.2, 0.3, 0.4]]), np.array([3])),
        Case(
            "as many rows as columns; columns 1, 1, 0",
            np.array([[0.7, 0.2, 0.1], [0.5, 0.1, 0.4], [0.3, 0.3, 0.4]]),
            np.array([1, 1, 0]),
        ),
        Case("three rows of two; columns 1, 0, 0", np.array([[0.1, 0.9], [0.6, 0.4], [1, 0]]), np.array([1, 0, 0])),
        Case("60 rows of ten", *rows_and_columns(np.random.default_rng(6), 60, 10)),
    ],
    draw=rows_and_columns,
    hints=[
        "Two lists of indices in square brackets are read in pairs: (row, column). The columns are in y. Which are the rows?",
        "`np.arange(len(P))` is 0, 1, 2, …: row 0 with y[0], row 1 with y[1]. What was picked is then subtracted from 1.",
    ],
    praise="One number for each row. In notebook 04 the logarithm of the same entries becomes the loss.",
)


@exercise.mistake("A table instead of pairs", ask="Which row belongs to the first entry of y, and which to the second?")
def _(P, y):
    """From every row all the columns in y were taken, n times n numbers, and not one for each row. `P[:, y]` does
    that, because the colon stands for every row."""
    return 1 - P[:, y]


@exercise.mistake("Rows instead of entries", ask="What does a single list of indices choose?")
def _(P, y):
    """`P[y]` chooses whole rows, those with the numbers in y: there may not even be that many."""
    return 1 - P[y]


@exercise.mistake("Rows and columns have changed places", ask="Which index comes first in `P[i, j]`?")
def _(P, y):
    """The numbers in y were taken for rows."""
    return 1 - P[y, np.arange(len(P))]


@exercise.mistake("Not subtracted from 1", ask="How far does 0.7 fall short of 1?")
def _(P, y):
    """The entries are the right ones, but they have not been subtracted from 1 yet."""
    return P[np.arange(len(P)), y]


@exercise.mistake("1 was subtracted from them", ask="How far does 0.7 fall short of 1, and what sign does that have?")
def _(P, y):
    """The result is negative: 1 was subtracted from the entries."""
    return P[np.arange(len(P)), y] - 1


@exercise.mistake("The largest of each row", ask="Who says which column counts: P or y?")
def _(P, y):
    """The largest entry of each row was taken. It is y that says which column counts."""
    return 1 - P.max(axis=1)


@exercise.mistake("The diagonal", ask="Which column belongs to row 0, and who says so?")
def _(P, y):
    """Row 0 with column 0, row 1 with column 1: the columns in y were not used."""
    return 1 - np.diag(P)


@exercise.mistake("The same column everywhere", ask="How many entries does y have, and how many of them were used?")
def _(P, y):
    """All rows were read in the same column."""
    return 1 - P[:, y[0]]


@exercise.mistake("One number for all rows", ask="How many numbers should come out?")
def _(P, y):
    """The rows were averaged. Each row wants its own number."""
    return (1 - P[np.arange(len(P)), y]).mean()


@exercise.mistake("The rest of the row", ask="Which single entry of each row is meant, and who says so?")
def _(P, y):
    """Whole rows were added up, and 1 subtracted. It is y that says which column counts."""
    return P.sum(axis=1) - 1


@exercise.mistake("a column", kind="fragile", ask="Which shape does the exercise ask for?")
def _(P, y):
    """The numbers are right, but they come as a column, (n, 1), where (n,) is asked for."""
    return 1 - np.take_along_axis(P, y[:, np.newaxis], axis=1)
