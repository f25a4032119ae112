"""Notebook 20: carry blame back to the rows that were picked."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def take_backward(G, A, rows):
    """Return the blame of A, from the blame G of A[rows]."""
    dA = np.zeros(A.shape)
    np.add.at(dA, rows, G)
    return dA


def picked(rng):
    n, d, m = (int(size) for size in rng.integers(1, 6, 3))
    return rng.normal(0, 1, (m, d)), rng.normal(0, 1, (n, d)), rng.integers(0, n, m)


A = np.arange(6.0).reshape(3, 2)

exercise = Exercise(
    take_backward,
    notebook="20",
    place="starred",
    cases=[
        Case("one row", np.array([[5.0, 7.0]]), A, np.array([1])),
        Case("two rows, each once", np.array([[1.0, 2.0], [3.0, 4.0]]), A, np.array([2, 0])),
        Case("one row twice", np.array([[1.0, 2.0], [10.0, 20.0]]), A, np.array([1, 1])),
        Case("all rows, one of them three times", np.arange(1.0, 11.0).reshape(5, 2), A, np.array([0, 2, 1, 2, 2])),
        Case("as many as there are, none in its place", np.arange(1.0, 7.0).reshape(3, 2), A, np.array([1, 2, 0])),
        Case("the last row, from the end", np.array([[1.0, 2.0], [3.0, 4.0]]), A, np.array([-1, 2]), harsh=True),
    ],
    draw=picked,
    hints=[
        "A row that was picked twice was used twice. Begin with zeros in the shape of A, and let every row of G report.",
        "A loop over the rows of G does it: `for i, row in enumerate(rows): dA[row] += G[i]`. In one call: `np.add.at`.",
    ],
    praise="The table of words in a language model is learned in this way: each word's row hears of every place where it stood.",
)


@exercise.mistake("Each row reports once", ask="What does `dA[[1, 1]] += 1` make of row 1?")
def _(G, A, rows):
    """A row that was picked twice kept the last of its two reports. With a list of rows, `dA[rows] += G` reads all rows first
    and writes afterwards, so that one overwrites the other."""
    dA = np.zeros(A.shape)
    dA[rows] += G
    return dA


@exercise.mistake("The blame of what was picked", ask="What shape does A have, and so its blame?")
def _(G, A, rows):
    """What came back has the rows of G. The blame of A has the shape of A, with zeros for what was not picked."""
    return G * 1.0


@exercise.mistake("Picked once more", ask="Which array do the numbers in `rows` point into?")
def _(G, A, rows):
    """Rows of G were picked. `rows` says where in A they came from."""
    return G[rows % len(G)]


@exercise.mistake("Added to A", ask="Where does a blame begin, at the value or at 0?")
def _(G, A, rows):
    """The blame was added to the values of A, and not to zeros."""
    return A + take_backward(G, A, rows)


@exercise.mistake("A mean of the reports", ask="Does a value that is used twice get the sum or the mean of the blame?")
def _(G, A, rows):
    """A row that was picked several times got the mean of what was reported."""
    times = take_backward(np.ones(G.shape), A, rows)
    return take_backward(G, A, rows) / np.maximum(times, 1)


@exercise.mistake("rows counted from the end", kind="fragile", ask="Which row of A is `A[-1]`, and what became of its report?")
def _(G, A, rows):
    """Right, as long as `rows` counts from the beginning. A row may also be counted from the end, as in any index of NumPy: -1 is
    the last one, and its report was lost."""
    dA = np.zeros(A.shape)
    for g, row in zip(G, rows, strict=True):
        if row >= 0:
            dA[row] += g
    return dA
