"""Notebook 01: write laying each image out as one row."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import some_bytes


def flatten(images):
    """Lay each image out as one row: (n, height, width) -> (n, height * width)."""
    return images.reshape(len(images), -1)


exercise = Exercise(
    flatten,
    notebook="01",
    place="at home",
    cases=[
        Case("two images of 2 x 3: 1 2 3 above 4 5 6, and 7 8 9 above 10 11 12", np.arange(1, 13).reshape(2, 2, 3)),
        Case("one image of 3 x 2", np.arange(6).reshape(1, 3, 2) * 10),
        Case("three images of 3 x 3", np.arange(27).reshape(3, 3, 3)),
        Case("four images of 2 x 5, decimal numbers", np.arange(40, dtype=np.float32).reshape(4, 2, 5) / 40),
        Case("two images of 5 x 1", np.arange(10.0).reshape(2, 5, 1)),
        Case("20 images of 28 x 28, bytes", some_bytes(5, 20, 28, 28)),
    ],
    draw=lambda rng: (rng.integers(0, 256, rng.integers(1, 7, 3)).astype(np.uint8),),
    hints=[
        "How many rows should the result have? `len(images)` knows, for any batch.",
        "`images.reshape(rows, columns)`: the number of rows you know, and -1 stands for what NumPy can work out.",
    ],
    praise="Every image is a row, whatever its size. The numbers are the same, in the same order; only the shape is different.",
)


@exercise.mistake("One long row", ask="How many rows should come out when two images go in?")
def _(images):
    """All images are laid out one after another in a single row, and nothing says where one ends and the next begins."""
    return images.reshape(-1)


@exercise.mistake("One long row in a table", ask="How many rows should come out when two images go in?")
def _(images):
    """The table has one row only, and all images lie in it, one after another."""
    return images.reshape(1, -1)


@exercise.mistake("The two sizes have changed places", ask="Which of the two numbers in `reshape` counts the rows?")
def _(images):
    """There are as many columns as images. In each row, neighbouring pixels of one image
    are taken for pixels of different images."""
    return images.reshape(-1, len(images))


@exercise.mistake("images in columns", kind="convention", ask="In this course, is an image a row or a column?")
def _(images):
    """Each image has become a column, as in some other books. Here every example is a row."""
    return images.reshape(len(images), -1).T


@exercise.mistake(
    "column by column",
    kind="convention",
    ask="After the first pixel of an image, which one comes next: its right neighbour or the one below?",
)
def _(images):
    """Each image is read down its columns, as Fortran and MATLAB do. The course reads row by row."""
    return images.transpose(0, 2, 1).reshape(len(images), -1)


@exercise.mistake("only for images of 28 x 28", kind="fragile", ask="What can tell you how many pixels an image has?")
def _(images):
    """Every image is taken to have 784 pixels. Images of another size give an error, or are cut in the wrong places."""
    return images.reshape(-1, 784)


@exercise.mistake("Each row of pixels is a row", ask="How many rows should one image of 28 x 28 become?")
def _(images):
    """The images stand one below the other, and each still takes as many rows as it is high."""
    return images.reshape(-1, images.shape[-1])


@exercise.mistake("The images side by side", ask="How many rows should one image of 28 x 28 become?")
def _(images):
    """The images stand side by side, and are still as high as they were."""
    return np.hstack(list(images))


@exercise.mistake("Only the first image", ask="What happens to the second image?")
def _(images):
    """The first image is laid out, and the others are missing."""
    return images[0].reshape(-1)


@exercise.mistake("a list of rows", kind="fragile", ask="Which operation lays out all images at once, without a loop?")
def _(images):
    """The rows are right, but they are in a list, which has no shape and which `@` does not take. One array is asked for."""
    return [image.reshape(-1) for image in images]


@exercise.mistake(
    "another type of number", kind="fragile", ask="Which type does `np.zeros` give, and is a new array needed at all?"
)
def _(images):
    """The rows are right, but whole numbers have become decimal ones: bytes that lie in a new array of `np.zeros` take eight
    times the memory."""
    table = np.zeros((len(images), images[0].size))
    for i in range(len(images)):
        table[i] = images[i].reshape(-1)
    return table


@exercise.mistake("The rows run into each other", ask="Where does the row of one image end, and does the next one begin empty?")
def _(images):
    """Every row holds the pixels of all images. That happens where one row is filled, never begun anew, and put into the table
    once for each image."""
    return np.tile(images.reshape(1, -1), (len(images), 1))
