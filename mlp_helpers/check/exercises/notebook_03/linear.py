"""Notebook 03: write the forward pass of a linear layer."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions


def images_and_layer(rng, n=None, d=None, h=None, dtype=np.float64):
    sizes = rng.integers(1, 7, 3)
    n, d, h = n or sizes[0], d or sizes[1], h or sizes[2]
    X = np.maximum(rng.normal(0, 1, (n, d)), 0)  # about half of the pixels are 0
    return X.astype(dtype), rng.normal(0, 1, (d, h)).astype(dtype), rng.normal(0, 1, h).astype(dtype)


exercise = Exercise(
    functions.linear,
    notebook="03",
    place="in class",
    cases=[
        Case(
            "two images of three pixels, two neurons",
            np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
            np.array([[1.0, 0.0], [2.0, 3.0], [1.0, -1.0]]),
            np.array([5.0, 9.0]),
        ),
        Case("three images of four pixels, two neurons", *images_and_layer(np.random.default_rng(0), 3, 4, 2)),
        Case("one image", *images_and_layer(np.random.default_rng(1), 1, 4, 3)),
        Case("one neuron", *images_and_layer(np.random.default_rng(2), 4, 3, 1)),
        Case(
            "as many images as pixels and as neurons",
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            np.array([[1.0, 1.0], [0.0, 2.0]]),
            np.array([10.0, 20.0]),
        ),
        Case("float32", *images_and_layer(np.random.default_rng(3), 2, 3, 4, np.float32)),
        Case("16 images of 784 pixels, ten neurons", *images_and_layer(np.random.default_rng(4), 16, 784, 10)),
    ],
    draw=images_and_layer,
    hints=[
        "Two operations: the product of two matrices, and an addition. The shapes say in which order the matrices stand.",
        "X is (n, d) and W is (d, h): the two inner sizes meet and disappear in `X @ W`, which is (n, h).",
        "b has shape (h,), one number per neuron. Added as it is, it is repeated for every row.",
    ],
    praise="It works for 3 images of 4 pixels or 10 000 of 784. Every linear layer of this course is X @ W + b.",
)


@exercise.mistake("The bias is forgotten", ask="What should an image without any ink score?")
def _(X, W, b):
    """The weighted sums are right, but `b` is not in them: every neuron's bar lies at 0."""
    return X @ W


@exercise.mistake(
    "The bias stands in a column", ask="Which axis of Z belongs to the neurons, and with which axis does broadcasting begin?"
)
def _(X, W, b):
    """As a column the biases run down the images: an error, and with as many images as neurons each image gets
    one bias for all its scores."""
    return X @ W + b[:, np.newaxis]


@exercise.mistake("W is transposed", ask="What are the shapes of X and W, and which two sizes must meet?")
def _(X, W, b):
    """Here a column of W holds a neuron's weights, (d, h). `W.T` is (h, d) and fits only when d and h are equal,
    and then every neuron gets the wrong weights. (Where W is stored as (h, d), as in PyTorch, it is needed.)"""
    return X @ W.T + b


@exercise.mistake("W is transposed, and the bias forgotten", ask="Which two sizes must meet in the product, and where is b?")
def _(X, W, b):
    """`W.T` is (h, d) and fits only when d and h are equal, and `b` is missing."""
    return X @ W.T


@exercise.mistake(
    "X and W have changed places",
    ask="Which comes first: the matrix whose rows are images, or the one whose columns are neurons?",
)
def _(X, W, b):
    """`W @ X` lets the rows of W meet the columns of X. That is how it looks in books whose images are columns."""
    return W @ X + b


@exercise.mistake("images in columns", kind="convention", ask="Along which axis of Z do the images of this course lie?")
def _(X, W, b):
    """Many books put each image into a column, and their Z is ours, transposed. Here the rows are images, (n, h)."""
    return W.T @ X.T + b[:, np.newaxis]


@exercise.mistake("Entry by entry", ask="Which sign multiplies two matrices, and which one works entry by entry?")
def _(X, W, b):
    """`*` multiplies entries that stand in the same place. Nothing is summed over the pixels."""
    return X * W + b


@exercise.mistake("The bias is added to the weights", ask="How many times is b added to a score, and when?")
def _(X, W, b):
    """The bias is added before the product, so that every pixel multiplies it: bright images get more of it."""
    return X @ (W + b)


@exercise.mistake("The bias is subtracted", ask="Does a large bias make a neuron more willing or less?")
def _(X, W, b):
    """The weighted sums are right, but b is taken away from them."""
    return X @ W - b


@exercise.mistake("The bias is a factor", ask="What should an image without any ink score?")
def _(X, W, b):
    """The weighted sums are multiplied by b. It is added."""
    return X @ W * b


@exercise.mistake("One number for each image", ask="How many scores does an image get where there are h neurons?")
def _(X, W, b):
    """The scores of all neurons are added up. Each neuron has a score of its own, (n, h)."""
    return (X @ W + b).sum(axis=1)


@exercise.mistake("A ReLU after the scores", ask="May a score be negative?")
def _(X, W, b):
    """Scores below 0 became 0. A linear layer ends with the sum; what bends it comes afterwards."""
    return np.maximum(X @ W + b, 0)


@exercise.mistake("Only the first image", ask="What happens to the second image?")
def _(X, W, b):
    """The scores of the first image come back, and the others are missing."""
    return X[0] @ W + b


@exercise.mistake("The bias is added once for each input", ask="How many times is b added to a score, and when?")
def _(X, W, b):
    """The bias comes in with every product of an input and a weight. It belongs to the neuron, and is added once, to the sum."""
    return X @ W + X.shape[1] * b
