"""Notebook 07: write the backward pass of a linear layer."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import named
from mlp_helpers.core import functions


def layer(rng, n=None, d=None, h=None):
    n, d, h = (size or int(rng.integers(1, 7)) for size in (n, d, h))
    return rng.normal(0, 1, (n, h)), rng.normal(0, 1, (n, d)), rng.normal(0, 1, (d, h))


exercise = Exercise(
    functions.linear_backward,
    notebook="07",
    place="in class",
    view=named("dX", "dW", "db"),
    cases=[
        Case(
            "two images, three inputs, one unit",
            np.array([[1.0], [2.0]]),
            np.array([[1.0, 2.0, 3.0], [0.0, 1.0, -1.0]]),
            np.array([[0.5], [-1.0], [2.0]]),
        ),
        Case("all sizes different", *layer(np.random.default_rng(1), 4, 3, 2)),
        Case("one image", *layer(np.random.default_rng(2), 1, 3, 2)),
        Case("as many images as inputs", *layer(np.random.default_rng(3), 2, 2, 3)),
        Case("as many inputs as units", *layer(np.random.default_rng(4), 2, 3, 3)),
        Case("as many images as units", *layer(np.random.default_rng(5), 3, 2, 3)),
        Case("all sizes equal", *layer(np.random.default_rng(6), 3, 3, 3)),
        Case("all inputs negative", *tuple(-np.abs(array) for array in layer(np.random.default_rng(7), 3, 4, 2))),
        Case("float32", *tuple(array.astype(np.float32) for array in layer(np.random.default_rng(8), 4, 3, 5))),
        Case("8 images, 784 inputs, 16 units", *layer(np.random.default_rng(9), 8, 784, 16)),
        Case("numbers up to 10 000", *tuple(1e4 * array for array in layer(np.random.default_rng(10), 2, 3, 4))),
    ],
    draw=layer,
    hints=[
        "For each of the three ask who uses it, as in sections 2 and 3. Which of n, d and h does the sum run over?",
        "Write the wanted shapes down: dX (n, d), dW (d, h), db (h,). Which products of two tables, as they are or "
        "transposed, have them?",
        "dX is dZ times a transposed table, (n, h) @ (h, d). dW is a transposed table times dZ, (d, n) @ (n, h). "
        "db adds up the rows of dZ: `axis=0`.",
    ],
    praise="This holds for every linear layer there is, whatever its place: dX is the dA of the layer before.",
)


@exercise.mistake("A transposed dW", ask="What shape does W have, and so dW?")
def _(dZ, X, W):
    """dW has the right numbers, but in the shape (h, d). In the other convention, with images as columns, that would be right."""
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


@exercise.mistake("A transposed dX", ask="What shape does X have, and so dX?")
def _(dZ, X, W):
    """dX has the right numbers, but in the shape (d, n). In the other convention, with images as columns, that would be right."""
    return W @ dZ.T, X.T @ dZ, dZ.sum(axis=0)


@exercise.mistake("Transposed dX and dW", ask="Is an image a row or a column of X?")
def _(dZ, X, W):
    """Both have the right numbers, but transposed, as if images were columns."""
    return W @ dZ.T, dZ.T @ X, dZ.sum(axis=0)


@exercise.mistake("X is not transposed", ask="Over which index does the sum for dW run, and where does it stand in X?")
def _(dZ, X, W):
    """For dW the product X @ dZ was tried. It does not fit, unless there are as many images as inputs, and then it adds up
    the wrong things."""
    return dZ @ W.T, X @ dZ, dZ.sum(axis=0)


@exercise.mistake("W is not transposed", ask="Over which index does the sum for dX run, and where does it stand in W?")
def _(dZ, X, W):
    """For dX the product dZ @ W was tried. It does not fit, unless there are as many inputs as units, and then it sends the
    blame along the wrong lines."""
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


@exercise.mistake("Neither X nor W is transposed", ask="Which index is summed in each product, and does it stand inside?")
def _(dZ, X, W):
    """Both products were taken as the tables lie. They fit only where sizes happen to be equal, and give wrong numbers there."""
    return dZ @ W, X @ dZ, dZ.sum(axis=0)


@exercise.mistake("The wrong axis for db", ask="Who uses a bias: every image, or every unit?")
def _(dZ, X, W):
    """db has one number for each image: it was summed over the units."""
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


@exercise.mistake("A single number for db", ask="How many biases does the layer have?")
def _(dZ, X, W):
    """All entries of dZ were added up, over images and over units."""
    return dZ @ W.T, X.T @ dZ, dZ.sum()


@exercise.mistake("A mean for db", ask="Where did the 1/n enter, and is it in dZ already?")
def _(dZ, X, W):
    """db was averaged over the images. A bias receives the sum of the blame from all its uses."""
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


@exercise.mistake("One dimension too many in db", ask="What shape does b have, and so db?")
def _(dZ, X, W):
    """The numbers are right, but in the shape (1, h). A step with it, b - η db, would make b two-dimensional."""
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0, keepdims=True)


@exercise.mistake("No sum in db", ask="How many times is one bias used when there are n images?")
def _(dZ, X, W):
    """db was taken to be dZ itself. It is for one image only that the two look alike."""
    return dZ @ W.T, X.T @ dZ, dZ


@exercise.mistake("1/n once more, in dW and db", ask="The mean was taken at the loss. Is its 1/n in dZ already?")
def _(dZ, X, W):
    """dW and db are n times too small: both were averaged over the images, where the blame of all uses is to be added."""
    return dZ @ W.T, X.T @ dZ / len(X), dZ.mean(axis=0)


@exercise.mistake("1/n once more, in dW", ask="The mean was taken at the loss. Is its 1/n in dZ already?")
def _(dZ, X, W):
    """dW is n times too small. A weight receives the sum of the blame from all its uses, not the mean."""
    return dZ @ W.T, X.T @ dZ / len(X), dZ.sum(axis=0)


@exercise.mistake("1/n once more, in all three", ask="The mean was taken at the loss. Is its 1/n in dZ already?")
def _(dZ, X, W):
    """Everything is n times too small. With one image nobody notices."""
    dZ = dZ / len(X)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@exercise.mistake("The sign is flipped", ask="Is this the function that gives the slope, or the one that takes the step?")
def _(dZ, X, W):
    """All three have the wrong sign. Slopes point uphill; the minus comes later, when a step is taken."""
    return -dZ @ W.T, -X.T @ dZ, -dZ.sum(axis=0)


@exercise.mistake("Without dX", ask="How does the blame reach the layer before this one?")
def _(dZ, X, W):
    """It returns dW and db alone: the blame ends here."""
    return X.T @ dZ, dZ.sum(axis=0)


@exercise.mistake("Without db", ask="What else is set by training, besides W?")
def _(dZ, X, W):
    """It returns dX and dW alone, and the biases would never learn."""
    return dZ @ W.T, X.T @ dZ


@exercise.mistake("In the order dW, db, dX", ask="In which order does the docstring name the three?")
def _(dZ, X, W):
    """The three are right, but in another order, and whoever calls the function takes one for the other."""
    return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T


@exercise.mistake("In the order dW, dX, db", ask="In which order does the docstring name the three?")
def _(dZ, X, W):
    """The three are right, but in another order, and whoever calls the function takes one for the other."""
    return X.T @ dZ, dZ @ W.T, dZ.sum(axis=0)


@exercise.mistake("In the order dX, db, dW", ask="In which order does the docstring name the three?")
def _(dZ, X, W):
    """The three are right, but in another order, and whoever calls the function takes one for the other."""
    return dZ @ W.T, dZ.sum(axis=0), X.T @ dZ


@exercise.mistake("Ones for db", ask="By what is the local slope 1 of a bias multiplied, and what is done with the images?")
def _(dZ, X, W):
    """db is 1 for every unit: that is the local slope of a bias. The blame from above is missing."""
    return dZ @ W.T, X.T @ dZ, np.ones(W.shape[1])


@exercise.mistake("The sum of X for db", ask="What comes from above, and through what does it reach b?")
def _(dZ, X, W):
    """db was summed from X, and the blame is not in it."""
    return dZ @ W.T, X.T @ dZ, X.sum(axis=0)


@exercise.mistake("The sum of W for db", ask="What comes from above, and through what does it reach b?")
def _(dZ, X, W):
    """db was summed from W, and the blame is not in it."""
    return dZ @ W.T, X.T @ dZ, W.sum(axis=0)


@exercise.mistake("1/n once more, in dX", ask="The mean was taken at the loss. Is its 1/n in dZ already?")
def _(dZ, X, W):
    """dX is n times too small."""
    return dZ @ W.T / len(X), X.T @ dZ, dZ.sum(axis=0)


@exercise.mistake("Entry by entry", ask="Which sign stands for the product of two matrices?")
def _(dZ, X, W):
    """`*` multiplies entries that stand in the same place, and nothing is summed."""
    return dZ * W.T, X.T * dZ, dZ.sum(axis=0)


@exercise.mistake("A dict, not three results", ask="What does `dX, dW, db = …` take from a dict: its values, or its names?")
def _(dZ, X, W):
    """The three came in a dict. `dX, dW, db = linear_backward(…)` would then get three names, and no arrays."""
    return {"dX": dZ @ W.T, "dW": X.T @ dZ, "db": dZ.sum(axis=0)}
