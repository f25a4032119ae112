"""Notebook 02: write one-hot encoding of labels."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions


def some_labels(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(1, 13))
    return rng.integers(0, k, n), k


exercise = Exercise(
    functions.one_hot,
    notebook="02",
    place="in class",
    cases=[
        Case("two labels, three classes", np.array([1, 0]), 3),
        Case("three labels, four classes, all but class 1", np.array([3, 0, 2]), 4),
        Case("one label", np.array([2]), 5),
        Case("as many labels as classes", np.array([2, 0, 0]), 3),
        Case("five labels, three classes", np.array([1, 2, 0, 1, 1]), 3),
        Case("twelve classes", np.array([11, 4]), 12),
        Case("30 labels, ten classes", *some_labels(np.random.default_rng(2), 30, 10)),
        Case("labels that are bytes", np.array([0, 9, 5], np.uint8), 10, harsh=True),
    ],
    draw=some_labels,
    hints=[
        "Begin with a table of zeros, `np.zeros((rows, columns))`. How many rows, how many columns?",
        "In row 0 a 1 goes into column labels[0], in row 1 into column labels[1]: a loop does it.",
        "Without a loop: two arrays in square brackets are read in pairs. "
        "The rows are `np.arange(len(labels))`; what are the columns?",
    ],
    praise="Every row sums to 1, like probabilities, and any two classes are equally far apart. "
    "The type is decimal, so the network can compute with it.",
)


def zeros_for(labels, n_classes):
    return np.zeros((len(labels), n_classes), np.float32)


@exercise.mistake("whole numbers", kind="fragile", ask="What type is the table, and what changes the type of an array?")
def _(labels, n_classes):
    """Zeros and ones are where they should be, but as whole numbers. What is written into such an array later loses its
    fraction, or is refused."""
    return np.eye(n_classes, dtype=int)[labels]


@exercise.mistake("True and False", kind="fragile", ask="How does a table of True and False become one of 1.0 and 0.0?")
def _(labels, n_classes):
    """The right places are marked, but with True and False. NumPy refuses to subtract two such tables."""
    return labels[:, np.newaxis] == np.arange(n_classes)


@exercise.mistake("One column too far left", ask="Which column belongs to the label 0?")
def _(labels, n_classes):
    """The 1 stands one column too far to the left: label 1 is in column 0, and label 0 in the last, which NumPy calls -1."""
    Y = zeros_for(labels, n_classes)
    Y[np.arange(len(labels)), labels.astype(int) - 1] = 1
    return Y


@exercise.mistake("One column too far right", ask="Which column belongs to the label 0?")
def _(labels, n_classes):
    """The 1 stands one column too far to the right. The highest label has no column left, and gives an IndexError."""
    Y = zeros_for(labels, n_classes)
    Y[np.arange(len(labels)), labels + 1] = 1
    return Y


@exercise.mistake("An empty column in front", ask="Which column belongs to the label 0, and how many columns are there then?")
def _(labels, n_classes):
    """There is one column too many: the classes are counted from 1, and column 0 stays empty."""
    return np.eye(n_classes + 1, dtype=np.float32)[labels + 1]


@exercise.mistake("transposed", kind="convention", ask="In this course, is an example a row or a column?")
def _(labels, n_classes):
    """Each label has become a column, as in some other books. Here every example is a row."""
    return np.eye(n_classes, dtype=np.float32)[:, labels]


@exercise.mistake(
    "Row and column have changed places", ask="In `Y[a, b]`, which one is the row? Is the label a row or a column of Y?"
)
def _(labels, n_classes):
    """The labels are used as rows and the positions as columns: an IndexError, or a 1 in the wrong
    place where the numbers fit."""
    Y = zeros_for(labels, n_classes)
    Y[labels, np.arange(len(labels))] = 1
    return Y


@exercise.mistake(
    "Every row has the ones of all labels", ask="Which row does the first label belong to, and what does `:` stand for?"
)
def _(labels, n_classes):
    """Each label is written into all rows. `Y[:, labels]` means these columns in every row; and one row that is used
    again for every label keeps the ones of the labels before."""
    Y = zeros_for(labels, n_classes)
    Y[:, labels] = 1
    return Y


@exercise.mistake("Whole rows are filled", ask="In `Y[a, b]`, which one is the row? Is the label a row or a column of Y?")
def _(labels, n_classes):
    """With one index NumPy takes whole rows, so the rows with the numbers of the labels are filled with ones."""
    Y = zeros_for(labels, n_classes)
    Y[labels] = 1
    return Y


@exercise.mistake(
    "as many columns as the largest label asks for",
    kind="fragile",
    ask="Who says how many classes there are: the labels, or the caller?",
)
def _(labels, n_classes):
    """The number of columns comes from the largest label that occurs. In a batch without the highest class
    a column is missing."""
    return np.eye(labels.max() + 1, dtype=np.float32)[labels]


@exercise.mistake("only the classes that occur", kind="fragile", ask="Which column does the 9 get in a batch without a 3?")
def _(labels, n_classes):
    """Only classes that occur get a column. In a batch without a 3 every higher class moves one column to the left."""
    return (labels[:, np.newaxis] == np.unique(labels)).astype(np.float32)


@exercise.mistake("always ten columns", kind="fragile", ask="What is `n_classes` for?")
def _(labels, n_classes):
    """There are always ten columns. That fits digits, and nothing with another number of classes."""
    Y = np.zeros((len(labels), 10), np.float32)
    Y[np.arange(len(labels)), labels] = 1
    return Y


@exercise.mistake("The label instead of a 1", ask="What should stand in column 4 of a row for the class 4?")
def _(labels, n_classes):
    """The column is right, but it holds the label and not a 1: class 9 would be nine times as much as
    class 1, and class 0 nothing."""
    Y = zeros_for(labels, n_classes)
    Y[np.arange(len(labels)), labels] = labels
    return Y


@exercise.mistake("Zero has no 1", ask="Is zero a class, and which column is its own?")
def _(labels, n_classes):
    """The row of class 0 is all zeros. The other classes have a column in which to win, and zero has none."""
    Y = zeros_for(labels, n_classes)
    for i, label in enumerate(labels):
        if label:
            Y[i, label] = 1
    return Y


@exercise.mistake("Only the first row has its 1", ask="What happens to the second label?")
def _(labels, n_classes):
    """The first row is right, and all others are zeros."""
    Y = zeros_for(labels, n_classes)
    Y[0, labels[0]] = 1
    return Y


@exercise.mistake("0 and 1 exchanged", ask="Which number should stand in the column of the label, and which in the others?")
def _(labels, n_classes):
    """The column of the label holds 0, and all others hold 1."""
    return 1 - np.eye(n_classes, dtype=np.float32)[labels]


@exercise.mistake("-1 instead of 0", kind="convention", ask="Which numbers does the exercise ask for besides the 1?")
def _(labels, n_classes):
    """The 1 is where it should be, and the other columns hold -1. Some programs do so; here they hold 0, as probabilities do."""
    return 2 * np.eye(n_classes, dtype=np.float32)[labels] - 1


@exercise.mistake("The label is the row, too", ask="Which row belongs to the second label of the list?")
def _(labels, n_classes):
    """Every 1 stands in the row whose number is the label, and not in the row of its image. Where there are not that many images,
    that is an IndexError."""
    Y = np.zeros((len(labels), n_classes), dtype=np.float32)
    for label in labels:
        Y[label, label] = 1
    return Y


@exercise.also("The label is the row, too")
def _(labels, n_classes):
    Y = np.zeros((len(labels), n_classes), dtype=np.float32)
    Y[labels, labels] = 1
    return Y
