"""Notebook 00c: write the product of two matrices, one entry at a time."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def matrix_product(A, B):
    """Return the matrix product of A and B: (n, d), (d, k) -> (n, k)."""
    C = np.zeros((len(A), B.shape[1]))
    for i in range(len(A)):
        for j in range(B.shape[1]):
            C[i, j] = (A[i] * B[:, j]).sum()  # row i of A with column j of B
    return C


def two_matrices(rng):
    n, d, k = rng.integers(2, 6, 3)
    return np.round(rng.normal(0, 3, (n, d)), 1), np.round(rng.normal(0, 3, (d, k)), 1)


exercise = Exercise(
    matrix_product,
    notebook="00c",
    place="starred",
    cases=[
        Case("two by two", np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])),
        Case("(2, 3) with (3, 1)", np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]]), np.array([[5.0], [1.0], [10.0]])),
        Case("(1, 2) with (2, 3)", np.array([[2.0, -1.0]]), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])),
        Case("fractions", np.array([[0.5, 0.25], [0.1, 0.7], [1.5, 0.2]]), np.array([[0.5, 1.0], [0.3, 0.9]])),
        Case("(3, 4) with (4, 2)", np.arange(12.0).reshape(3, 4), np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [2.0, 0.0]])),
        Case("(3, 3) with (3, 3)", np.arange(9.0).reshape(3, 3), np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 4.0], [3.0, 0.0, 1.0]])),
    ],
    draw=two_matrices,
    hints=[
        "Begin with a matrix of zeros. Which of the two says how many rows the product has, and which how many columns?",
        "Two loops go through the rows i of A and the columns j of B, and each pair fills one entry of the product.",
        "`A[i]` is a row and `B[:, j]` a column, both with d numbers. Multiply them entry by entry and add up.",
    ],
    praise="NumPy's `@` does the same. A network spends most of its time in it.",
)


@exercise.mistake("Entry by entry", ask="Which numbers of A and of B belong to row 0, column 0 of the product?")
def _(A, B):
    """Entries in the same place were multiplied, as `*` does, and nothing was added up."""
    return A * B


@exercise.mistake("Rows with rows", ask="In which direction do you go through B for the numbers that meet a row of A?")
def _(A, B):
    """Each row of A was multiplied by a row of B. It should meet a column."""
    return A @ B.T


@exercise.mistake("The factors have changed places", ask="Whose rows are the rows of the product?")
def _(A, B):
    """That is the product of B and A. The order matters."""
    return B @ A


@exercise.mistake("Rows and columns of the result are exchanged", ask="Whose rows are the rows of the product?")
def _(A, B):
    """Every entry is there, in row j and column i in place of row i and column j."""
    return (A @ B).T


@exercise.mistake("Columns with columns", ask="Which of A's numbers make row 0 of the product?")
def _(A, B):
    """Each column of A was multiplied by a column of B. It should be a row of A."""
    return A.T @ B


@exercise.mistake("Columns with rows", ask="Which of A's numbers make row 0 of the product?")
def _(A, B):
    """Each column of A was multiplied by a row of B: the other way round."""
    return A.T @ B.T


@exercise.mistake("Only the last products", ask="How many products are added up for one entry?")
def _(A, B):
    """Each entry is a single product, the last one of its row and column. The others were overwritten, or never added."""
    return np.outer(A[:, -1], B[-1])


@exercise.mistake("Only the first products", ask="How many products are added up for one entry?")
def _(A, B):
    """Each entry is a single product, the first one of its row and column."""
    return np.outer(A[:, 0], B[0])


@exercise.mistake("The mean instead of the sum", ask="What happens to the products of one row and one column?")
def _(A, B):
    """Every entry is d times too small: the products were averaged, and not added up."""
    return A @ B / A.shape[1]


@exercise.mistake("Only the first entry", ask="How far is the `return` indented, and how often is the loop run?")
def _(A, B):
    """The first entry is right and the others are still 0."""
    C = np.zeros((len(A), B.shape[1]))
    C[0, 0] = (A[0] * B[:, 0]).sum()
    return C


@exercise.mistake("Only the first row", ask="How far is the `return` indented, and how often is the outer loop run?")
def _(A, B):
    """The first row is right and the others are still 0."""
    C = np.zeros((len(A), B.shape[1]))
    C[0] = A[0] @ B
    return C


@exercise.mistake("The sum runs on", ask="At which number should the sum of each entry begin?")
def _(A, B):
    """Each entry holds the sums of all entries before it, too, where it should begin with its own first product."""
    return np.cumsum(A @ B).reshape(len(A), B.shape[1])


@exercise.mistake("The fraction is dropped", ask="What type of number does the matrix that the entries are written into hold?")
def _(A, B):
    """Everything after the decimal point is cut off, as happens in an array of whole numbers."""
    return np.trunc(A @ B)


@exercise.mistake(
    "only as many columns as rows", kind="fragile", ask="Which of the two matrices says how many columns the product has?"
)
def _(A, B):
    """It works where the product is square, and not for other sizes."""
    C = np.zeros((len(A), len(A)))
    for i in range(len(A)):
        for j in range(len(A)):
            C[i, j] = (A[i] * B[:, j]).sum()
    return C
