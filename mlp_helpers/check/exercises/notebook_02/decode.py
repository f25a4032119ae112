"""Notebook 02: write the way back from one-hot rows to labels."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.ties import first_of_the_largest


def decode(Y):
    """Return the column of the largest entry of each row: (n, k) -> (n,)."""
    return Y.argmax(axis=1)


exercise = Exercise(
    decode,
    notebook="02",
    place="at home",
    view=first_of_the_largest,
    cases=[
        Case("two images, three classes", np.array([[0.1, 0.7, 0.3], [0.4, -0.2, 0.3]])),
        Case("one image", np.array([[0.2, 0.1, 0.3, 1.4]])),
        Case("as many images as classes", np.array([[0.1, 0.0, 0.8], [0.9, 0.6, 0.2], [0.5, 0.3, 0.7]])),
        Case("all outputs negative", np.array([[-3.0, -1.0, -2.0, -4.0], [-0.5, -0.7, -0.9, -0.6]])),
        Case("one-hot rows", np.eye(4, dtype=np.float32)[[3, 0, 1]]),
        Case("float32", np.array([[0.2, 0.4], [1.5, 0.9], [0.6, 0.8]], np.float32)),
        Case("64 images, ten classes", np.random.default_rng(3).normal(0, 1, (64, 10))),
        Case("a tie in the first row", np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), harsh=True),
    ],
    draw=lambda rng: (rng.normal(0, 2, rng.integers(1, 7, 2)),),
    hints=[
        "Two things can be asked of a row: how large is its largest entry, and *where* is it? A label is a place.",
        "`argmax` gives the place. Told an `axis`, it answers once for each row, or once for each column.",
        "One answer for each row: the search runs along the columns, which is axis 1.",
    ],
    praise="It needs no exact zeros and ones: whatever numbers a network answers with, the largest one wins.",
)


@exercise.mistake("The largest entry instead of its column", ask="Which question do you ask a row: how large, or where?")
def _(Y):
    """It gives how large the largest entry of each row is, and not where it stands."""
    return Y.max(axis=1)


@exercise.mistake(
    "One answer for each column", ask="How many answers do two images need? Along which axis does one image's row run?"
)
def _(Y):
    """The search runs down the columns: it finds the image that has most of a class, and not the class of each image."""
    return Y.argmax(axis=0)


@exercise.mistake(
    "One place in the whole table", ask="How many answers do two images need? How is NumPy told to search row by row?"
)
def _(Y):
    """Without an axis the table is searched as one long row, and there is a single answer for all images."""
    return Y.argmax()


@exercise.mistake("Only the first row", ask="What happens to the second row?")
def _(Y):
    """One label comes back, that of the first row. A `return` inside a loop ends the function in its first round."""
    return Y[0].argmax()


@exercise.mistake("Counted from 1", ask="What is the index of the first column in NumPy, and which label is that?")
def _(Y):
    """The columns are counted from 1, so every label is one too high."""
    return Y.argmax(axis=1) + 1


@exercise.mistake("the result is still a table", kind="fragile", ask="Which shape should the labels of n images have?")
def _(Y):
    """The labels are right, but they stand in a column (n, 1). Compared with labels (n,), every one would meet every other."""
    return Y.argmax(axis=1, keepdims=True)


@exercise.mistake(
    "labels as decimal numbers", kind="fragile", ask="Which type does `np.zeros` give, and is a new array needed at all?"
)
def _(Y):
    """The labels are right, but as decimal numbers such as 4.0, and NumPy does not take those for an index."""
    return Y.argmax(axis=1).astype(float)


@exercise.mistake("True and False instead of a column", ask="How do you get from a marked place to its number?")
def _(Y):
    """The largest entry of each row is marked, and the table still has k columns. A label is the number of one column."""
    return Y.max(axis=1, keepdims=True) == Y


@exercise.mistake("only for exact ones", kind="fragile", ask="Which entry would you choose when none is exactly 1?")
def _(Y):
    """It looks for entries that are exactly 1. That finds the labels of one-hot rows, and hardly ever anything in a program's
    answers."""
    return np.where(Y == 1)[1]


@exercise.mistake(
    "whatever is not 0", kind="fragile", ask="In a program's answers hardly any entry is exactly 0. Which one do you choose?"
)
def _(Y):
    """It takes every column that is not 0. In one-hot rows that is one for each; in a program's answers it is nearly all."""
    return np.nonzero(Y)[1]


@exercise.mistake(
    "a label for every largest entry", kind="fragile", ask="If a row holds its largest entry twice, how many labels does it give?"
)
def _(Y):
    """It looks for the entries that are equal to the largest of their row. Where a row has two of these, it gives two labels,
    and all that follow belong to the wrong images."""
    return np.where(Y.max(axis=1, keepdims=True) == Y)[1]


@exercise.mistake("rounded", kind="fragile", ask="What if no entry of a row rounds to 1, or two of them do?")
def _(Y):
    """The entries are rounded, and those that become 1 are taken. There may be none in a row, or several."""
    return np.where(np.round(Y) == 1)[1]


@exercise.mistake("above one half", kind="fragile", ask="What if no entry of a row is above one half, or two of them are?")
def _(Y):
    """The entries above one half are taken. There may be none in a row, or several."""
    return np.where(Y > 0.5)[1]


@exercise.mistake("a mixture of the labels", kind="fragile", ask="Which label comes out for half a 4 and half a 9?")
def _(Y):
    """Each column's number is multiplied by the entry, and all is added up. For one-hot rows that is the label; a program
    that hesitates between 4 and 9 would get the compromise 6.5, which nobody suggested."""
    return Y @ np.arange(Y.shape[1])


@exercise.mistake("a mixture of the labels, cut off", kind="fragile", ask="Which label comes out for half a 4 and half a 9?")
def _(Y):
    """Each column's number is multiplied by the entry, and all is added up. For one-hot rows that is the label; a program
    that hesitates between 4 and 9 would get the compromise 6, which nobody suggested."""
    return (Y @ np.arange(Y.shape[1])).astype(int)


@exercise.mistake("The smallest entry", ask="Which entry of a row stands for the answer: the smallest or the largest?")
def _(Y):
    """The column of the smallest entry of each row comes back."""
    return Y.argmin(axis=1)


@exercise.mistake(
    "rounded first", kind="fragile", ask="What do 0.6 and 0.9 become when they are rounded, and which is the larger?"
)
def _(Y):
    """The entries are rounded before they are compared. Entries that become the same number can no longer be told apart."""
    return Y.round().argmax(axis=1)


@exercise.mistake("Whatever its sign", ask="Which is the larger number: -3 or 1?")
def _(Y):
    """The entries are compared without their signs, so that a strong no wins."""
    return np.abs(Y).argmax(axis=1)


@exercise.mistake("Compared with the first entry", ask="With which entry must the next be compared, once a larger one is found?")
def _(Y):
    """It gives the last column whose entry is above that of column 0. An entry should be compared with the largest so far."""
    columns = np.arange(Y.shape[1])
    return np.where(Y[:, :1] < Y, columns, 0).max(axis=1)


@exercise.mistake("The best of the rows before is not forgotten", ask="With what should the search in each row begin?")
def _(Y):
    """The first row is right. In the rows that follow, an entry counts only if it is larger than all those of earlier rows,
    and where there is none, the last answer is repeated."""
    labels, best, where = [], -np.inf, 0
    for row in Y:
        for j, value in enumerate(row):
            if value > best:
                best, where = value, j
        labels.append(where)
    return np.array(labels)


@exercise.mistake(
    "The best of the rows before is not forgotten, or else it is column 0", ask="With what should the search in each row begin?"
)
def _(Y):
    """The first row is right. In the rows that follow, an entry counts only if it is larger than all those of earlier rows,
    and where there is none, the answer is column 0."""
    labels, best = [], -np.inf
    for row in Y:
        where = 0
        for j, value in enumerate(row):
            if value > best:
                best, where = value, j
        labels.append(where)
    return np.array(labels)
