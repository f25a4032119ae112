"""Notebook 00b: write division of each row by its own sum."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import SQUARE, counts


def row_shares(A):
    """Divide each row by its own sum: (n, k) -> (n, k)."""
    return A / A.sum(axis=1, keepdims=True)  # (n, k) / (n, 1)


PENCIL = np.array([[1.0, 2.0, 1.0], [5.0, 0.0, 5.0]])


exercise = Exercise(
    row_shares,
    notebook="00b",
    place="at home",
    cases=[
        Case("two rows of three", PENCIL),
        Case("one row", np.array([[6.0, 2.0, 1.0, 1.0]])),
        Case("as many rows as columns", SQUARE),
        Case("whole numbers", np.array([[1, 3], [2, 2], [5, 15]])),
        Case("one column", np.array([[4.0], [2.0]])),
        Case("100 rows of ten", counts(1, 100, 10)),
    ],
    draw=lambda rng: (rng.uniform(0.1, 9, rng.integers(1, 7, 2)),),
    hints=[
        "The sums of the rows: which axis runs along a row, and so disappears?",
        "`A.sum(axis=1)` has the shape (n,), and broadcasting would lay it along a row. As a column, (n, 1), it fits: keepdims.",
    ],
    praise="Each row sums to 1 now. With exponentials in A, that is the heart of softmax in notebook 04.",
)


@exercise.mistake("The sums of the columns", ask="Along which axis do the entries of one row lie?")
def _(A):
    """Each column sums to 1, and not each row."""
    return A / A.sum(axis=0)


@exercise.mistake("The sum of the whole table", ask="How many sums are needed for n rows?")
def _(A):
    """Every entry is divided by the same number: all shares together sum to 1."""
    return A / A.sum()


@exercise.mistake("The sums lie along a row", ask="What shape do the sums have, and what shape would fit beside the rows?")
def _(A):
    """The sums should stand in a column, one beside each row. Along a row they do not fit, or, where there are as many rows as
    columns, each entry is divided by the wrong one without a word."""
    return A / A.sum(axis=1)


@exercise.mistake("Divided by the mean", ask="What should the entries of a row add up to?")
def _(A):
    """The rows have the mean 1, and not the sum 1."""
    return A / A.mean(axis=1, keepdims=True)


@exercise.mistake("Divided by the largest", ask="What should the entries of a row add up to?")
def _(A):
    """The largest entry of each row became 1, but the rows do not sum to 1."""
    return A / A.max(axis=1, keepdims=True)


@exercise.mistake("divided in place", kind="fragile", ask="Into which array does `/=` write, and what type does it have?")
def _(A):
    """The array that was given is changed, or it cannot be, as it holds whole numbers. `/=` writes into the array that was
    given: the caller has lost the counts, and an array of whole numbers refuses."""
    A /= A.sum(axis=1, keepdims=True)
    return A


@exercise.mistake("The sums alone", ask="What is to be divided by them?")
def _(A):
    """The sums of the rows come back, and not the rows divided by them."""
    return A.sum(axis=1, keepdims=True)


@exercise.mistake("The fraction is dropped", ask="What is the difference between `/` and `//`?")
def _(A):
    """Only the whole number is left of every share. `//` rounds down, and nothing remains of a share below 1."""
    return A // A.sum(axis=1, keepdims=True)


@exercise.mistake("in per cent", kind="convention", ask="What should the entries of a row add up to: 1 or 100?")
def _(A):
    """Each row sums to 100. Here a share is a number from 0 to 1."""
    return 100 * A / A.sum(axis=1, keepdims=True)


@exercise.mistake("Only the first row", ask="What happens to the second row?")
def _(A):
    """The shares of the first row come back, and the other rows are missing."""
    return A[0] / A[0].sum()


@exercise.mistake("The sum changes on the way", ask="What is the sum of a row, once its first entry has become a share?")
def _(A):
    """Each entry was divided by the sum of its row as it was then: the entries before it had been divided already."""
    shares = A.astype(float)
    for row in shares:
        for j in range(len(row)):
            row[j] /= row.sum()
    return shares


@exercise.also("The sum changes on the way")
def _(A):
    shares = A.copy()  # of whole numbers it holds whole numbers
    for row in shares:
        for j in range(len(row)):
            row[j] = row[j] / row.sum()
    return shares


@exercise.mistake("The sum runs on", ask="At which number should the sum of each row begin?")
def _(A):
    """The first row is right. The rows that follow were divided by the sum of all rows so far, not by their own."""
    return A / A.sum(axis=1, keepdims=True).cumsum(axis=0)
