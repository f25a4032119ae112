"""Notebook 15: write a shift of all images by whole pixels."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def full(rng, n, dtype=np.uint8):
    """Random images without any black, so that what leaves them on one side is seen where it comes in again."""
    return rng.integers(1, 256, (n, 784)).astype(dtype)


def images_and_ways(rng):
    return full(rng, int(rng.integers(1, 5))), int(rng.integers(-3, 4)), int(rng.integers(-3, 4))


def shift(X, down, right):
    """Move all images: (n, 784) -> (n, 784)."""
    images = X.reshape(-1, 28, 28)
    return np.roll(images, (down, right), axis=(1, 2)).reshape(X.shape)


DOT = np.zeros((1, 28, 28), np.uint8)


DOT[0, 10, 5] = 255


exercise = Exercise(
    shift,
    notebook="15",
    place="at home",
    cases=[
        Case("one bright pixel, one row down", DOT.reshape(1, 784), 1, 0),
        Case("one bright pixel, two columns to the right", DOT.reshape(1, 784), 0, 2),
        Case("three images, down and to the right", full(np.random.default_rng(5), 3), 1, 3),
        Case("up and to the left", full(np.random.default_rng(6), 2), -2, -1),
        Case("nowhere", full(np.random.default_rng(7), 2), 0, 0),
        Case("28 images", full(np.random.default_rng(8), 28), 2, -3),
        Case("float32", full(np.random.default_rng(9), 2, np.float32), 1, 1),
    ],
    draw=images_and_ways,
    hints=[
        "A row of X is a flat image. As long as it is flat, there is no down: give it its 28 rows and 28 columns back first.",
        "`X.reshape(-1, 28, 28)` has three axes: image, row, column. `np.roll(images, (1, 2), axis=(1, 2))` moves everything "
        "by one along axis 1 and by two along axis 2.",
        "At the end make the images flat again, in the shape that X had.",
    ],
    praise="Shifts by up to one pixel make nine images of each one. That they show the same digit, the network has to find out.",
)


@exercise.mistake("Down and right are exchanged", ask="Which axis do the rows lie on, and which way does one go from row to row?")
def _(X, down, right):
    """The images move sideways where they should move down. Axis 1 counts the rows, from top to bottom."""
    return np.roll(X.reshape(-1, 28, 28), (right, down), axis=(1, 2)).reshape(X.shape)


@exercise.mistake("Up and left", ask="Is the index of a row larger at the top or at the bottom?")
def _(X, down, right):
    """The images move to the opposite side."""
    return np.roll(X.reshape(-1, 28, 28), (-down, -right), axis=(1, 2)).reshape(X.shape)


@exercise.mistake(
    "The images are rolled too",
    ask="What does axis 0 count, once the images have their rows and columns back?",
    shown_in="three images, down and to the right",
)
def _(X, down, right):
    """Axis 0 counts the images: rolled along it, each image takes the place of another, and no longer fits its label. And
    `right` then moves the rows down, along axis 1."""
    return np.roll(X.reshape(-1, 28, 28), (down, right), axis=(0, 1)).reshape(X.shape)


@exercise.mistake("The images are no longer flat", ask="What shape does the network expect?")
def _(X, down, right):
    """The images have moved as they should, but they come back with rows and columns, and not as rows of 784 numbers."""
    return np.roll(X.reshape(-1, 28, 28), (down, right), axis=(1, 2))


@exercise.mistake("bytes became decimal numbers", kind="fragile", ask="What type is `np.zeros((n, 28, 28))`, and what type is X?")
def _(X, down, right):
    """The images have moved as they should, but whole numbers from 0 to 255 came back as decimal ones. The network divides
    bytes by 255, and takes decimals as they are: these pixels would be 255 times too bright."""
    return shift(X, down, right).astype(float)


@exercise.mistake("Nothing has moved", ask="What becomes of the array that `np.roll` returns?")
def _(X, down, right):
    """The images come back as they went in. `np.roll` makes a new array, and leaves the old one as it is."""
    images = X.reshape(-1, 28, 28)
    np.roll(images, (down, right), axis=(1, 2))
    return images.reshape(X.shape)


@exercise.mistake("Always one down and two to the right", ask="Where in your line do `down` and `right` stand?")
def _(X, down, right):
    """The numbers 1 and 2 come from the example, and the arguments are not used."""
    return np.roll(X.reshape(-1, 28, 28), (1, 2), axis=(1, 2)).reshape(X.shape)


@exercise.mistake("Only sideways", ask="How far along a flat image does one go, to be one row further down?")
def _(X, down, right):
    """The flat rows are rolled by `right` alone, and `down` is never used."""
    return np.roll(X, right, axis=1)


@exercise.mistake("Only down", ask="Which argument says how far to the right?")
def _(X, down, right):
    """The images move down, and `right` is never used."""
    return np.roll(X.reshape(-1, 28, 28), down, axis=1).reshape(X.shape)


@exercise.mistake("Flat images rolled by the sum", ask="How many places in a flat image is one row further down?")
def _(X, down, right):
    """In a flat image one row down is 28 places away, not one."""
    return np.roll(X, down + right, axis=1)


@exercise.mistake("The same way for both axes", ask="What does `np.roll(images, a, axis=(1, 2))` do with a single number?")
def _(X, down, right):
    """Both axes are rolled by `down`: the images move along the diagonal."""
    return np.roll(X.reshape(-1, 28, 28), down, axis=(1, 2)).reshape(X.shape)


@exercise.mistake("Rolled as one long row", ask="Where does the last pixel of a row go when a flat image is rolled by one?")
def _(X, down, right):
    """What leaves a row on one side comes in again in the next row, one higher or lower. It should come in on the other side
    of its own row."""
    return np.roll(X, down * 28 + right, axis=1)


@exercise.mistake("All images as one long row", ask="Into which image does the last pixel of an image go?")
def _(X, down, right):
    """What leaves an image comes in again in the next image of the batch: all of them were rolled as one long row."""
    return np.roll(X, down * 28 + right)


@exercise.mistake("Rolled without an axis", ask="What does `np.roll(a, (1, 2))` do where no axis is named?")
def _(X, down, right):
    """All numbers were rolled as one long row, by the sum of `down` and `right`. Pixels leave their image, and one row down is
    28 places away, not one."""
    return np.roll(X.reshape(-1, 28, 28), (down, right)).reshape(X.shape)


@exercise.mistake("black comes in", kind="convention", ask="What does the exercise say of what leaves on one side?")
def _(X, down, right):
    """What leaves on one side is lost, and black comes in on the other. For MNIST that is just as good, but the exercise wants it
    to come in again, as `np.roll` does it."""
    images = np.roll(X.reshape(-1, 28, 28), (down, right), axis=(1, 2))
    rows, columns = np.arange(28) - down, np.arange(28) - right
    images[:, (rows < 0) | (rows > 27)] = 0
    images[:, :, (columns < 0) | (columns > 27)] = 0
    return images.reshape(X.shape)


@exercise.mistake(
    "The images are the last axis", ask="In which order do the numbers of X lie: image by image, or pixel by pixel?"
)
def _(X, down, right):
    """The numbers of all images are mixed: the first axis was taken for the rows, and the last for the images. `reshape` keeps
    the order in which the numbers lie, and it is image by image."""
    return np.roll(X.reshape(28, 28, -1), (down, right), axis=(0, 1)).reshape(X.shape)


@exercise.mistake("Only the first image", ask="What happens to the second image?")
def _(X, down, right):
    """The first image has moved as it should, and the others are missing."""
    return np.roll(X[0].reshape(28, 28), (down, right), axis=(0, 1)).reshape(1, 784)


@exercise.mistake("only one image", kind="fragile", ask="Who says how many images there are?")
def _(X, down, right):
    """It works for one image, and with more of them the sizes do not fit."""
    return np.roll(X.reshape(1, 28, 28), (down, right), axis=(1, 2)).reshape(1, 784)


@exercise.mistake("the edge is drawn out", kind="convention", ask="What does the exercise say of what leaves on one side?")
def _(X, down, right):
    """What leaves on one side is lost, and on the other the row or column at the edge is repeated. For images with an empty
    frame that is just as good, but the exercise wants it to come in again, as `np.roll` does it."""
    rows, columns = (np.clip(np.arange(28) - way, 0, 27) for way in (down, right))
    return X.reshape(-1, 28, 28)[:, rows][:, :, columns].reshape(X.shape)


@exercise.mistake("Only down and to the right, and black comes in", ask="Which rows does a slice that begins at -2 name?")
def _(X, down, right):
    """Where both numbers are positive, what leaves on one side is lost, and black comes in on the other: the exercise wants it to
    come in again. Where one is negative, the two sides of an assignment have different shapes."""
    images = X.reshape(-1, 28, 28)
    moved = np.zeros_like(images)
    moved[:, down:, right:] = images[:, : 28 - down, : 28 - right]
    return moved.reshape(X.shape)
