"""Notebook 03: write merging two linear layers into one."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import named


def collapse(W1, b1, W2, b2):
    """Return W and b of the single linear layer that does what two linear layers do."""
    return W1 @ W2, b1 @ W2 + b2  # (d, h) @ (h, k) -> (d, k), (h,) @ (h, k) + (k,) -> (k,)


def two_layers(rng, d=None, h=None, k=None, dtype=np.float64):
    sizes = rng.integers(1, 7, 3)
    d, h, k = d or sizes[0], h or sizes[1], k or sizes[2]
    return tuple(rng.normal(0, 1, shape).astype(dtype) for shape in ((d, h), (h,), (h, k), (k,)))


exercise = Exercise(
    collapse,
    notebook="03",
    place="starred",
    view=named("W", "b"),
    cases=[
        Case(
            "one input, two units, one output: 3 (2x + 1) + 5 (x − 1) + 4",
            np.array([[2.0, 1.0]]),
            np.array([1.0, -1.0]),
            np.array([[3.0], [5.0]]),
            np.array([4.0]),
        ),
        Case("3 (2x + 1) + 4", np.array([[2.0]]), np.array([1.0]), np.array([[3.0]]), np.array([4.0])),
        Case(
            "2 inputs, 2 units, 1 output",
            np.array([[1.0, 2.0], [0.0, 1.0]]),
            np.array([1.0, -1.0]),
            np.array([[2.0], [3.0]]),
            np.array([10.0]),
        ),
        Case("4 inputs, 3 units, 2 outputs", *two_layers(np.random.default_rng(0), 4, 3, 2)),
        Case("one input", *two_layers(np.random.default_rng(1), 1, 3, 2)),
        Case(
            "as many inputs as units and as outputs",
            np.array([[1.0, 2.0], [0.0, 1.0]]),
            np.array([1.0, 2.0]),
            np.array([[0.0, 1.0], [3.0, 0.0]]),
            np.array([5.0, 9.0]),
        ),
        Case("float32", *two_layers(np.random.default_rng(2), 2, 4, 3, np.float32)),
        Case("784 inputs, 16 units, ten outputs", *two_layers(np.random.default_rng(3), 784, 16, 10)),
    ],
    draw=two_layers,
    hints=[
        "Multiply out (X W1 + b1) W2 + b2. Which part contains X, and which does not?",
        "What stands after X is W. All the rest is b: what becomes of b1 on its way through the second layer?",
        "W is `W1 @ W2`, (d, h) @ (h, k). b1 goes through W2 as every hidden score does, and b2 is added.",
    ],
    praise="Folding layers into one is done in earnest, to make trained networks quicker. It ends where something bends.",
)


@exercise.mistake("The biases are added", ask="Through which matrix does b1 go before it reaches the output?")
def _(W1, b1, W2, b2):
    """b1 is added to the hidden scores, and these are multiplied by W2 afterwards. Here it arrives as if they were not."""
    return W1 @ W2, b1 + b2


@exercise.mistake("The first bias is forgotten", ask="What does the stack answer to an input of zeros?")
def _(W1, b1, W2, b2):
    """The single layer has the bias of the second layer alone, as if the first one had none."""
    return W1 @ W2, b2


@exercise.mistake("The second bias is forgotten", ask="What does the stack answer to an input of zeros?")
def _(W1, b1, W2, b2):
    """The single layer has what becomes of the first bias, but not the second one."""
    return W1 @ W2, b1 @ W2


@exercise.mistake("Both biases went through W2", ask="When is b2 added, before or after the product with W2?")
def _(W1, b1, W2, b2):
    """b2 is multiplied by W2 too, but it is added to the output, after that product."""
    return W1 @ W2, (b1 + b2) @ W2


@exercise.mistake("W1 and W2 have changed places", ask="Which matrix does X meet first?")
def _(W1, b1, W2, b2):
    """`W2 @ W1` would be the second layer first. With single numbers nobody notices; with matrices the order counts."""
    return W2 @ W1, b1 @ W2 + b2


@exercise.mistake("The first bias on the wrong side of W2", ask="A row of hidden scores is multiplied by W2: from which side?")
def _(W1, b1, W2, b2):
    """`W2 @ b1` sums along the rows of W2. A hidden score meets W2 from the left, and so does b1."""
    return W1 @ W2, W2 @ b1 + b2


@exercise.mistake("Entry by entry", ask="Which sign stands for the product of two matrices?")
def _(W1, b1, W2, b2):
    """`*` multiplies entries that stand in the same place, and the hidden units are not summed up."""
    return W1 * W2, b1 @ W2 + b2


@exercise.mistake("Entry by entry, the bias too", ask="Which sign stands for the product of two matrices?")
def _(W1, b1, W2, b2):
    """`*` multiplies entries that stand in the same place, in both products, and the hidden units are not summed up."""
    return W1 * W2, b1 * W2 + b2


@exercise.mistake("The first bias entry by entry", ask="What does b1, a row of hidden scores, meet on its way through W2?")
def _(W1, b1, W2, b2):
    """The matrix is right. For the bias, `*` multiplies entries that stand in the same place, and the hidden units are not
    summed up."""
    return W1 @ W2, b1 * W2 + b2


@exercise.mistake("The first bias went into W", ask="What becomes of (X W1 + b1) W2 when you multiply it out?")
def _(W1, b1, W2, b2):
    """b1 is added to the weights, so that the input multiplies it too. A bias is added to a score, whatever the input."""
    return (W1 + b1) @ W2, b2


@exercise.mistake("One array came back, where two results are asked for", ask="Which part stands after X, and which does not?")
def _(W1, b1, W2, b2):
    """The weights and the bias are added up into one array. But a layer needs them apart: only the weights meet the input."""
    return W1 @ W2 + b1 @ W2 + b2


@exercise.mistake("The order of W and b", ask="In which order are the two results asked for?")
def _(W1, b1, W2, b2):
    """Both are right, but they come the wrong way round, and whoever unpacks them mistakes one for the other."""
    return b1 @ W2 + b2, W1 @ W2


@exercise.mistake("W alone", ask="Which two things make up a layer?")
def _(W1, b1, W2, b2):
    """The matrix is right, but a layer has a bias too, and that is what makes this exercise interesting."""
    return W1 @ W2


@exercise.mistake("Added instead of multiplied", ask="Is the second layer's input multiplied by W2, or are weights added to it?")
def _(W1, b1, W2, b2):
    """The weights of the two layers are added, and so are the biases. The second layer multiplies what the first one gives."""
    return W1 + W2, b1 + b2


@exercise.mistake("W transposed", ask="What shape must W have for X @ W?")
def _(W1, b1, W2, b2):
    """The bias is right. The matrix has the right numbers, with rows and columns exchanged."""
    return (W1 @ W2).T, b1 @ W2 + b2


@exercise.mistake("The second bias is subtracted", ask="What does the second layer do with its bias?")
def _(W1, b1, W2, b2):
    """b2 is taken away where it should be added."""
    return W1 @ W2, b1 @ W2 - b2


@exercise.mistake("the bias is a row of a table", kind="fragile", ask="Which shape does the exercise ask for?")
def _(W1, b1, W2, b2):
    """All numbers are right, but the bias has the shape (1, k), where (k,) is asked for."""
    return W1 @ W2, b1[np.newaxis] @ W2 + b2


@exercise.mistake("Sums in place of a product", ask="Which row of W2 does the first entry of b1 meet?")
def _(W1, b1, W2, b2):
    """W is right. For the bias the entries of b1 were added up, and the rows of W2 too, before the two were multiplied: each
    entry of b1 belongs to one row of W2."""
    return W1 @ W2, b1.sum() * W2.sum(axis=0) + b2
