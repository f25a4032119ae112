"""Notebook 12: write the gradients of a network with sigmoids and squared error."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import EXAMPLE, backwards, four_gradients, two_layers
from mlp_helpers.core.functions import linear, linear_backward, sigmoid, softmax


def classic_gradients(X, Y, W1, b1, W2, b2):
    """Return the gradients of the squared error of two sigmoid layers, each in the shape of its parameter."""
    A1 = sigmoid(linear(X, W1, b1))  # (n, d) @ (d, h) -> (n, h)
    A2 = sigmoid(linear(A1, W2, b2))  # (n, h) @ (h, k) -> (n, k)

    dZ2 = 2 * (A2 - Y) / len(X) * A2 * (1 - A2)  # (n, k)
    dA1, dW2, db2 = linear_backward(dZ2, A1, W2)
    dZ1 = dA1 * A1 * (1 - A1)  # (n, h)
    _, dW1, db1 = linear_backward(dZ1, X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def saturated_network():
    X, Y, W1, b1, W2, b2 = two_layers(np.random.default_rng(7), 5, 4, 6, 3)
    return X, Y, 1e4 * W1, b1, 1e4 * W2, b2


exercise = Exercise(
    classic_gradients,
    notebook="12",
    place="starred",
    view=four_gradients,
    atol=1e-8,
    cases=[
        Case("the weights of notebook 06", *EXAMPLE),
        Case("three images, all sizes different", *two_layers(np.random.default_rng(1), 3, 4, 5, 2)),
        Case("one image", *two_layers(np.random.default_rng(2), 1, 3, 4, 5)),
        Case("all sizes equal", *two_layers(np.random.default_rng(3), 3, 3, 3, 3)),
        Case("as many units as classes", *two_layers(np.random.default_rng(4), 4, 2, 3, 3)),
        Case("float32", *tuple(array.astype(np.float32) for array in two_layers(np.random.default_rng(8), 4, 3, 6, 2))),
        Case("5 images, 784-50-10", *two_layers(np.random.default_rng(9), 5, 784, 50, 10)),
        Case("scores of many thousands", *saturated_network(), harsh=True),
    ],
    draw=two_layers,
    hints=[
        "Forwards in two lines: A1 from X, A2 from A1, each a `linear` inside a `sigmoid`. The slopes need only A1 and A2.",
        "Backwards: dZ2 by your function of this section, then `linear_backward` with what went into the second layer.",
        "`dA1, dW2, db2 = linear_backward(dZ2, A1, W2)`, then the slope of the hidden sigmoid, `A1 * (1 - A1)`, "
        "and `linear_backward` once more with X and W1.",
    ],
    praise="That is the whole classic. In place of a gate that is open or shut, each sigmoid has a slope between 0 and 1/4.",
)


def forwards(X, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    return A1, sigmoid(A1 @ W2 + b2)


def output_blame(A2, Y):
    return 2 * (A2 - Y) / len(Y) * A2 * (1 - A2)


@exercise.mistake("No slope at the hidden sigmoids", ask="What lies between A1 and Z1, and what is its slope?")
def _(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: the blame dA1 was taken for that of the hidden scores. (A gate [A1 > 0]
    does the same: what comes out of a sigmoid is never negative.)"""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), 1.0, A1, X, W2)


@exercise.mistake("No slope at the outputs", ask="What lies between A2 and Z2, and what is its slope?")
def _(X, Y, W1, b1, W2, b2):
    """Everything is too large, by a different factor for each output: 2 (A2 − Y) / n is the blame of the outputs, not of their
    scores."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(2 * (A2 - Y) / len(X), A1 * (1 - A1), A1, X, W2)


@exercise.mistake("No slope anywhere", ask="What is the slope of a sigmoid, and how many sigmoids does the blame pass?")
def _(X, Y, W1, b1, W2, b2):
    """The blame went back as if there were no sigmoids at all."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(2 * (A2 - Y) / len(X), 1.0, A1, X, W2)


@exercise.mistake("The blame of cross-entropy", ask="Which loss has the gradient A − Y alone, and which loss is asked for here?")
def _(X, Y, W1, b1, W2, b2):
    """(A2 − Y) / n belongs to softmax and cross-entropy. A squared error has a 2 and the slope of the sigmoid as well."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards((A2 - Y) / len(X), A1 * (1 - A1), A1, X, W2)


@exercise.mistake("A gate of ReLU at the hidden units", ask="Which function made A1, and when does it shut?")
def _(X, Y, W1, b1, W2, b2):
    """[Z1 > 0] is the slope of ReLU. A sigmoid is never quite shut and never quite open."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), X @ W1 + b1 > 0, A1, X, W2)


@exercise.mistake("The slope from the scores", ask="In a (1 − a), is a what went into the sigmoid, or what came out?")
def _(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: Z1 (1 − Z1) was taken where A1 (1 − A1) is due."""
    Z1 = X @ W1 + b1
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), Z1 * (1 - Z1), A1, X, W2)


@exercise.mistake("The hidden sigmoid once more", ask="Has A1 been through the sigmoid already?")
def _(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: A1 was put through the sigmoid again before its slope was taken."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    S = sigmoid(A1)
    return backwards(output_blame(A2, Y), S * (1 - S), A1, X, W2)


@exercise.mistake("The slope of the outputs at the hidden units", ask="Which array holds what came out of the hidden sigmoids?")
def _(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: dA1 (1 − dA1) comes from the blame. The slope comes from the activation."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    dZ2 = output_blame(A2, Y)
    dA1 = dZ2 @ W2.T
    return backwards(dZ2, 1 - dA1, A1, X, W2)


@exercise.mistake("Z1 went into the second layer's dW", ask="What did the second layer get as its input?")
def _(X, Y, W1, b1, W2, b2):
    """dW2 alone is wrong: on the way back `linear_backward` got Z1 in place of A1."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), A1 * (1 - A1), A1, X, W2) | {"dW2": (X @ W1 + b1).T @ output_blame(A2, Y)}


@exercise.mistake("Z1 in place of A1 on the whole way back", ask="What came out of the hidden sigmoids: Z1 or A1?")
def _(X, Y, W1, b1, W2, b2):
    """Forwards, everything is right. On the way back Z1 stands where A1 is due, in dW2 and in the slope."""
    Z1 = X @ W1 + b1
    _, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), Z1 * (1 - Z1), Z1, X, W2)


@exercise.mistake("Z1 went forward into the second layer", ask="What does the second layer get: Z1 or A1?")
def _(X, Y, W1, b1, W2, b2):
    """A1 was made, and used on the way back, but Z2 was computed from Z1."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    return backwards(output_blame(sigmoid(Z1 @ W2 + b2), Y), A1 * (1 - A1), A1, X, W2)


@exercise.mistake("Z2 went into the loss", ask="Does `sigmoid_mean_squared_error_backward` take scores or outputs?")
def _(X, Y, W1, b1, W2, b2):
    """dZ2 was made from Z2. The function of this section wants what came out of the second sigmoid."""
    A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A1 @ W2 + b2, Y), A1 * (1 - A1), A1, X, W2)


@exercise.mistake("Without 1/n", ask="Is the loss the sum or the mean over the images?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients are n times too large: they belong to the sum of the losses."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y) * len(X), A1 * (1 - A1), A1, X, W2)


@exercise.mistake(
    "averaged over the classes too",
    kind="convention",
    ask="Over what does this course average, and what does it do with the classes?",
)
def _(X, Y, W1, b1, W2, b2):
    """All gradients are k times too small: the mean runs over images and classes. Other books do so, and section 5 finds out
    what it costs."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y) / Y.shape[1], A1 * (1 - A1), A1, X, W2)


@exercise.mistake("Without the 2", ask="What is the derivative of x²?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients are half as large as they should be."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y) / 2, A1 * (1 - A1), A1, X, W2)


@exercise.mistake("The sign is flipped", ask="If an output is too large, should its score have a positive slope?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients have the wrong sign, as when the difference at the outputs is taken the other way round."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(-output_blame(A2, Y), A1 * (1 - A1), A1, X, W2)


@exercise.mistake("Softmax at the end", ask="With which function does the classic turn Z2 into outputs?")
def _(X, Y, W1, b1, W2, b2):
    """The outputs came from softmax. The classic ends in ten sigmoids, each by itself."""
    A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(softmax(A1 @ W2 + b2), Y), A1 * (1 - A1), A1, X, W2)


@exercise.mistake(
    "A network of ReLU, softmax and cross-entropy", ask="Which two functions, and which loss, does the classic have?"
)
def _(X, Y, W1, b1, W2, b2):
    """These are the gradients of notebook 07: another network, and another loss."""
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    return backwards((softmax(A1 @ W2 + b2) - Y) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("No sigmoid in the hidden layer", ask="What do two linear layers amount to without anything between them?")
def _(X, Y, W1, b1, W2, b2):
    """The hidden layer has no sigmoid, neither on the way forward nor on the way back."""
    Z1 = X @ W1 + b1
    return backwards(output_blame(sigmoid(Z1 @ W2 + b2), Y), 1.0, Z1, X, W2)


@exercise.mistake("No sigmoid at the outputs", ask="What is done to Z2 before it is compared with Y?")
def _(X, Y, W1, b1, W2, b2):
    """The scores themselves were compared with Y, and nothing was put through the second sigmoid."""
    A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards(2 * (A1 @ W2 + b2 - Y) / len(X), A1 * (1 - A1), A1, X, W2)


@exercise.mistake("The biases are left out on the way forward", ask="What stands after X W1 in the first line of the network?")
def _(X, Y, W1, b1, W2, b2):
    """The gradients belong to a network whose layers have no biases: b1 and b2 were not used."""
    A1, A2 = forwards(X, W1, 0, W2, 0)
    return backwards(output_blame(A2, Y), A1 * (1 - A1), A1, X, W2)


@exercise.mistake("W1 in place of W2", ask="Which weights lead from the hidden units to the outputs?")
def _(X, Y, W1, b1, W2, b2):
    """The blame of the scores was sent back through W1. It fits only where sizes happen to be equal."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), A1 * (1 - A1), A1, X, W1)


@exercise.mistake("A mean for db", ask="Is the 1/n in dZ2 already?")
def _(X, Y, W1, b1, W2, b2):
    """Both db are n times too small: they were averaged over the images, and dZ2 has its 1/n already."""
    gradients = classic_gradients(X, Y, W1, b1, W2, b2)
    return gradients | {"db1": gradients["db1"] / len(X), "db2": gradients["db2"] / len(X)}


@exercise.mistake("Named like the parameters", ask="Under which names does the exercise want them?")
def _(X, Y, W1, b1, W2, b2):
    """The gradients are right, but the dict calls them W1, b1, W2 and b2."""
    return {name[1:]: gradient for name, gradient in classic_gradients(X, Y, W1, b1, W2, b2).items()}


@exercise.mistake("A tuple, not a dict", ask="How does one write a dict that gives each gradient its name?")
def _(X, Y, W1, b1, W2, b2):
    """The four gradients are right, one after another. Later cells ask for them by name."""
    return tuple(classic_gradients(X, Y, W1, b1, W2, b2).values())


@exercise.mistake("1/n once more at the hidden layer", ask="In how many places does the mean enter?")
def _(X, Y, W1, b1, W2, b2):
    """The second layer is right. dW1 and db1 are n times too small: what reaches the hidden layer has its 1/n already."""
    right = classic_gradients(X, Y, W1, b1, W2, b2)
    return right | {"dW1": right["dW1"] / len(X), "db1": right["db1"] / len(X)}


@exercise.mistake("1/n twice", ask="In how many places does the mean enter?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients are n times too small."""
    return {name: array / len(X) for name, array in classic_gradients(X, Y, W1, b1, W2, b2).items()}


@exercise.mistake("dX in place of dW1", ask="In which order does `linear_backward` return its three results?")
def _(X, Y, W1, b1, W2, b2):
    """The other three are right. dW1 is the blame of the images, in the shape of X."""
    right = classic_gradients(X, Y, W1, b1, W2, b2)
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return right | {"dW1": (output_blame(A2, Y) @ W2.T * A1 * (1 - A1)) @ W1.T}


@exercise.mistake("The biases are subtracted on the way forward", ask="What stands after X W1 in the first line of the network?")
def _(X, Y, W1, b1, W2, b2):
    """The gradients belong to a network whose biases have the opposite sign."""
    return classic_gradients(X, Y, W1, -b1, W2, -b2)


@exercise.mistake(
    "The two layers have changed places in the dict", ask="Which gradients belong to the layer that sees the images?"
)
def _(X, Y, W1, b1, W2, b2):
    """What is called dW1 and db1 belongs to the second layer, and dW2 and db2 to the first."""
    right = classic_gradients(X, Y, W1, b1, W2, b2)
    return {"dW1": right["dW2"], "db1": right["db2"], "dW2": right["dW1"], "db2": right["db1"]}


def with_targets(X, Y, W1, b1, W2, b2, first):
    """The gradients where the first layer gets what ``first`` makes of A1 and dA1."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    dZ2 = output_blame(A2, Y)
    dZ1 = first(A1, dZ2 @ W2.T)
    return backwards(dZ2, 1.0, A1, X, W2) | {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}


@exercise.mistake(
    "The blame from above taken for targets", ask="At which layer are there targets, and what comes to the other one?"
)
def _(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: A1 minus dA1 was taken for outputs minus targets, as
    at the end of the network. A hidden unit has no targets, and dA1 is its blame already."""
    return with_targets(X, Y, W1, b1, W2, b2, output_blame)


@exercise.also("The blame from above taken for targets")
def _(X, Y, W1, b1, W2, b2):
    return with_targets(X, Y, W1, b1, W2, b2, lambda A1, dA1: output_blame(dA1, A1))


@exercise.mistake("db1 without the slope", ask="What lies between dA1 and b1, on the way back?")
def _(X, Y, W1, b1, W2, b2):
    """The other three are right. db1 is the sum of dA1: the slope of the hidden sigmoids is missing in it."""
    right = classic_gradients(X, Y, W1, b1, W2, b2)
    _, A2 = forwards(X, W1, b1, W2, b2)
    return right | {"db1": (output_blame(A2, Y) @ W2.T).sum(axis=0)}
