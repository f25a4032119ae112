"""Notebook 00b: write centring the columns of a table by broadcasting."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import SQUARE


def centre_columns(X):
    """Subtract each column's own mean from it: (n, d) -> (n, d)."""
    return X - X.mean(axis=0)  # (n, d) - (d,)


exercise = Exercise(
    centre_columns,
    notebook="00b",
    place="at home",
    cases=[
        Case("three rows of two", np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 60.0]])),
        Case("one row", np.array([[6.0, 2.0, 1.0]])),
        Case("as many rows as columns", SQUARE),
        Case("whole numbers", np.array([[1, 3, 8], [2, 2, 1]])),
        Case("60 rows of five", np.random.default_rng(2).normal(3, 2, (60, 5))),
    ],
    draw=lambda rng: (rng.normal(rng.uniform(-5, 5), 2, rng.integers(1, 7, 2)),),
    hints=[
        "One mean for each column, d of them: which axis must disappear?",
        "`X.mean(axis=0)` has the shape (d,), and broadcasting subtracts it from every row without any help.",
    ],
    praise="Each column has mean 0. A mean for each column, of shape (d,), fits a table (n, d) as it is: broadcasting "
    "begins at the last axis.",
)


@exercise.mistake("The means of the rows", ask="Which axis disappears, and which one stays?")
def _(X):
    """Each row has mean 0 now, and the columns do not."""
    return X - X.mean(axis=1, keepdims=True)


@exercise.mistake("The means of the rows, laid along a row", ask="Which axis disappears, and which one stays?")
def _(X):
    """There is one mean for each row, and they are laid along a row: that fails, or, in a square table, goes wrong without
    a word."""
    return X - X.mean(axis=1)


@exercise.mistake("One mean for all", ask="How many means do d columns have?")
def _(X):
    """The same number was subtracted everywhere: the mean of the whole table."""
    return X - X.mean()


@exercise.mistake("The other way round", ask="Should a number above the mean become positive or negative?")
def _(X):
    """The entries were subtracted from the mean: what lay above it is negative now."""
    return X.mean(axis=0) - X


@exercise.mistake("The sums instead of the means", ask="What is the mean of three numbers?")
def _(X):
    """The sum of each column was subtracted, and not its mean."""
    return X - X.sum(axis=0)


@exercise.mistake("The means alone", ask="From what are they to be subtracted?")
def _(X):
    """The means of the columns come back, and not the table without them."""
    return X.mean(axis=0)


@exercise.mistake("subtracted in place", kind="fragile", ask="Which line makes a new array?")
def _(X):
    """The array that was given is changed, or it cannot be, as it holds whole numbers. `-=` writes into the array that was
    given: the caller has lost it, and an array of whole numbers refuses."""
    X -= X.mean(axis=0)
    return X


@exercise.mistake("The first row instead of the mean", ask="Which number stands for a whole column?")
def _(X):
    """The first row was subtracted from all rows. `X[0]` is the first row: it has the right shape, but it is no mean."""
    return X - X[0]


@exercise.mistake(
    "divided by the spread as well",
    kind="convention",
    ask="Which of the two should every column have: the mean 0, or the spread 1?",
)
def _(X):
    """The mean of each column is 0, and then it was divided by its spread. Others do both; here only the mean is
    subtracted."""
    with np.errstate(invalid="ignore"):
        return (X - X.mean(axis=0)) / X.std(axis=0)


@exercise.mistake("The means are added", ask="Which sign gives every column the mean 0?")
def _(X):
    """The mean of each column was added, where it should be subtracted."""
    return X + X.mean(axis=0)
