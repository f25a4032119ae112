"""Notebook 07: write all the gradients of a two-layer network."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import EXAMPLE, backwards, four_gradients, two_layers
from mlp_helpers.core import functions
from mlp_helpers.core.functions import linear_backward, relu, relu_backward, softmax


def two_layer_gradients(X, Y, W1, b1, W2, b2):
    """Return the gradients of the mean cross-entropy, each in the shape of its parameter."""
    Z1 = X @ W1 + b1  # (n, d) @ (d, h) -> (n, h)
    A1 = relu(Z1)
    P = softmax(A1 @ W2 + b2)  # (n, h) @ (h, k) -> (n, k)

    dZ2 = (P - Y) / len(X)  # (n, k)
    dA1, dW2, db2 = linear_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)  # (n, h)
    _, dW1, db1 = linear_backward(dZ1, X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def silent_network():
    X, Y, W1, b1, W2, b2 = two_layers(np.random.default_rng(5), 2, 3, 4, 2)
    return X, Y, W1, b1 - 100, W2, b2


def negative_network():
    X, *others = two_layers(np.random.default_rng(6), 4, 3, 5, 2)
    return -np.abs(X), *others


def loud_network():
    X, Y, W1, b1, W2, b2 = two_layers(np.random.default_rng(7), 5, 4, 6, 3)
    return X, Y, W1, b1, 1e4 * W2, b2


exercise = Exercise(
    two_layer_gradients,
    notebook="07",
    place="in class",
    view=four_gradients,
    cases=[
        Case("the network of notebook 06", *EXAMPLE),
        Case("three images, all sizes different", *two_layers(np.random.default_rng(1), 3, 4, 5, 2)),
        Case("one image", *two_layers(np.random.default_rng(2), 1, 3, 4, 5)),
        Case("all sizes equal", *two_layers(np.random.default_rng(3), 3, 3, 3, 3)),
        Case("as many units as classes", *two_layers(np.random.default_rng(4), 4, 2, 3, 3)),
        Case("all units silent", *silent_network()),
        Case("all inputs negative", *negative_network()),
        Case("float32", *tuple(array.astype(np.float32) for array in two_layers(np.random.default_rng(8), 4, 3, 6, 2))),
        Case("5 images, 784-32-10", *two_layers(np.random.default_rng(9), 5, 784, 32, 10)),
        Case("scores of many thousands", *loud_network(), harsh=True),
    ],
    draw=two_layers,
    hints=[
        "First forwards, four lines as in section 1: Z1, A1, Z2, P. Keep Z1 and A1, you will need them again.",
        "Then backwards, from the end: dZ2, through the layer with W2, through the gate, through the layer with W1. "
        "`linear_backward` and `relu_backward` do the last three.",
        "`dA1, dW2, db2 = linear_backward(…)` with dZ2, and with what went into that layer and its weights. "
        "Then `dZ1 = relu_backward(…)`, and `linear_backward` once more.",
    ],
    praise="Each line of the way forward has its counterpart on the way back. A third layer would add two more such pairs "
    "of lines.",
)


def forwards(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    return Z1, A1, functions.softmax(A1 @ W2 + b2)


@exercise.mistake("The sign is flipped", ask="If the network said 0.9 for a wrong class, should its score have a positive slope?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients have the wrong sign, as when the difference at the scores is taken the other way round."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((Y - P) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("Without 1/n", ask="Is the loss the sum or the mean over the images?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients are n times too large: they belong to the sum of the losses."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards(P - Y, Z1 > 0, A1, X, W2)


@exercise.mistake("Without 1/n, and the gates are open", ask="What lies between A1 and Z1, and where does the mean enter?")
def _(X, Y, W1, b1, W2, b2):
    """Two things are missing: all gradients are n times too large, and silent units got blame."""
    _, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards(P - Y, 1.0, A1, X, W2)


@exercise.mistake("The sign is flipped, and 1/n is missing", ask="Which of P and Y comes first, and where does the mean enter?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients have the wrong sign and are n times too large."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards(Y - P, Z1 > 0, A1, X, W2)


@exercise.mistake("1/n twice", ask="In how many places does the mean enter?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients are n times too small: the mean was taken at the scores, and once more on the way."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X) ** 2, Z1 > 0, A1, X, W2)


@exercise.mistake("Divided by all entries of Y", ask="The loss is a mean over what: over images, or over images and classes?")
def _(X, Y, W1, b1, W2, b2):
    """All gradients are k times too small: the mean runs over n·k entries. (That is what `.size` counts.)"""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / Y.size, Z1 > 0, A1, X, W2)


@exercise.mistake("Divided by the classes", ask="The loss is a mean over what: over images, or over classes?")
def _(X, Y, W1, b1, W2, b2):
    """dZ2 was divided by the number of columns of Y, k, and not by n: all gradients are n / k times as large as they
    should be."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / Y.shape[1], Z1 > 0, A1, X, W2)


@exercise.mistake("The gates are open", ask="What lies between A1 and Z1, and which function leads back through it?")
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: silent units got blame. (Gates that test A1 >= 0 are open too.)"""
    _, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), 1.0, A1, X, W2)


@exercise.mistake("The gates look at the blame", ask="Which array went into ReLU on the way forward?")
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: the sign of dA1 opens and shuts the gates."""
    _, A1, P = forwards(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    return backwards(dZ2, dZ2 @ W2.T > 0, A1, X, W2)


@exercise.mistake(
    "dA1 and Z1 have changed places in relu_backward",
    ask="Which of the two does relu_backward take first: the blame, or what went in?",
)
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: the scores Z1 were sent back through gates that dA1 opens and
    shuts."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    dZ1 = Z1 * (dZ2 @ W2.T > 0)
    return backwards(dZ2, 1.0, A1, X, W2) | {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}


@exercise.mistake(
    "dA1 and A1 have changed places in relu_backward",
    ask="Which of the two does relu_backward take first: the blame, or what went in?",
)
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: the activations A1 were sent back through gates that dA1 opens and
    shuts."""
    _, A1, P = forwards(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    dZ1 = A1 * (dZ2 @ W2.T > 0)
    return backwards(dZ2, 1.0, A1, X, W2) | {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}


@exercise.mistake("A gate at the scores", ask="At which of the two layers is there a ReLU?")
def _(X, Y, W1, b1, W2, b2):
    """The blame of the scores went through a gate. But there was no ReLU at Z2."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X) * (A1 @ W2 + b2 > 0), Z1 > 0, A1, X, W2)


@exercise.mistake("Both biases are left out on the way forward", ask="What stands after X @ W1 in the first line of the network?")
def _(X, Y, W1, b1, W2, b2):
    """The gradients belong to a network whose layers have no biases: b1 and b2 were not used."""
    Z1, A1, P = forwards(X, W1, 0, W2, 0)
    return backwards((P - Y) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("The bias b1 is left out on the way forward", ask="What stands after X @ W1 in the first line of the network?")
def _(X, Y, W1, b1, W2, b2):
    """The hidden layer was computed without its bias, so the wrong units spoke."""
    Z1, A1, P = forwards(X, W1, 0, W2, b2)
    return backwards((P - Y) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("The bias b2 is left out on the way forward", ask="What stands after A1 @ W2 in the third line of the network?")
def _(X, Y, W1, b1, W2, b2):
    """The scores were computed without their bias, so the probabilities are wrong."""
    Z1, A1, P = forwards(X, W1, b1, W2, 0)
    return backwards((P - Y) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("ReLU is left out on the way forward", ask="What is done to Z1 before it meets W2?")
def _(X, Y, W1, b1, W2, b2):
    """The scores were computed from Z1 itself. On the way back there are gates that nothing had passed."""
    Z1 = X @ W1 + b1
    P = functions.softmax(Z1 @ W2 + b2)
    return backwards((P - Y) / len(X), Z1 > 0, Z1, X, W2)


@exercise.mistake("There is no ReLU", ask="What do two linear layers amount to without anything between them?")
def _(X, Y, W1, b1, W2, b2):
    """ReLU is missing in both directions. The gradients fit their network, but it is not the same network as ours."""
    Z1 = X @ W1 + b1
    P = functions.softmax(Z1 @ W2 + b2)
    return backwards((P - Y) / len(X), 1.0, Z1, X, W2)


@exercise.mistake("There is no softmax", ask="What must be subtracted from Y: scores, or probabilities?")
def _(X, Y, W1, b1, W2, b2):
    """Y was compared with the scores. P comes after softmax."""
    Z1, A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards((A1 @ W2 + b2 - Y) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("The slope of softmax once more", ask="P - Y is the slope with respect to which array: P, or Z2?")
def _(X, Y, W1, b1, W2, b2):
    """P - Y was multiplied by P (1 - P). But it is the blame of the scores already: softmax and logarithm are in it."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) * P * (1 - P) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("W1 in place of W2", ask="Which weights lead from the hidden units to the scores?")
def _(X, Y, W1, b1, W2, b2):
    """The blame of the scores was sent back through W1. It fits only where sizes happen to be equal."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), Z1 > 0, A1, X, W1)


@exercise.mistake("Z1 in place of A1, in dW2", ask="What did W2 multiply on the way forward?")
def _(X, Y, W1, b1, W2, b2):
    """The other three are right and dW2 is not: the local slope of an outgoing weight is what its unit said, after ReLU."""
    Z1, _, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), Z1 > 0, Z1, X, W2)


@exercise.mistake("A1 in place of X, in dW1", ask="What did W1 multiply on the way forward?")
def _(X, Y, W1, b1, W2, b2):
    """dW1 has the shape (h, h): A1 stands where the input of the first layer should."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), Z1 > 0, A1, A1, W2)


@exercise.mistake("A mean for db", ask="Is the 1/n in dZ2 already?")
def _(X, Y, W1, b1, W2, b2):
    """Both db are n times too small: they were averaged over the images, and dZ2 has its 1/n already."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    gradients = backwards((P - Y) / len(X), Z1 > 0, A1, X, W2)
    return gradients | {"db1": gradients["db1"] / len(X), "db2": gradients["db2"] / len(X)}


@exercise.mistake("Named like the parameters", ask="Under which names does the exercise want them?")
def _(X, Y, W1, b1, W2, b2):
    """The gradients are right, but the dict calls them W1, b1, W2 and b2. With their own names nobody mixes them up."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return {name[1:]: gradient for name, gradient in backwards((P - Y) / len(X), Z1 > 0, A1, X, W2).items()}


@exercise.mistake("A tuple, not a dict", ask="How does one write a dict that gives each gradient its name?")
def _(X, Y, W1, b1, W2, b2):
    """The four gradients are right, but they come one after another. Later cells ask for them by name."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return tuple(backwards((P - Y) / len(X), Z1 > 0, A1, X, W2).values())


@exercise.mistake("works up to scores of about 700", kind="fragile", ask="Which function of notebook 04 survives large scores?")
def _(X, Y, W1, b1, W2, b2):
    """With larger scores `exp` gives inf, and all gradients become nan: softmax was written without the shift."""
    Z1, A1, _ = forwards(X, W1, b1, W2, b2)
    E = np.exp(A1 @ W2 + b2)
    return backwards((E / E.sum(axis=1, keepdims=True) - Y) / len(X), Z1 > 0, A1, X, W2)


@exercise.mistake("A ReLU after the scores", ask="Which values may a score have, and which ones get through a ReLU?")
def _(X, Y, W1, b1, W2, b2):
    """On the way forward the scores went through a ReLU before the softmax. Scores may be negative."""
    A1 = relu(X @ W1 + b1)
    dZ2 = (softmax(relu(A1 @ W2 + b2)) - Y) / len(X)
    dA1, dW2, db2 = linear_backward(dZ2, A1, W2)
    _, dW1, db1 = linear_backward(relu_backward(dA1, X @ W1 + b1), X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@exercise.mistake("dX in place of dW1", ask="In which order does `linear_backward` return its three results?")
def _(X, Y, W1, b1, W2, b2):
    """The other three are right. dW1 is the blame of the images, in the shape of X."""
    right = two_layer_gradients(X, Y, W1, b1, W2, b2)
    Z1 = X @ W1 + b1
    dA1 = (softmax(relu(Z1) @ W2 + b2) - Y) / len(X) @ W2.T
    return right | {"dW1": relu_backward(dA1, Z1) @ W1.T}


@exercise.mistake("1/n once more at the hidden layer", ask="In how many places does the mean enter?")
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right. dW1 and db1 are n times too small: what reaches the hidden layer has its 1/n already."""
    right = two_layer_gradients(X, Y, W1, b1, W2, b2)
    return right | {"dW1": right["dW1"] / len(X), "db1": right["db1"] / len(X)}


@exercise.mistake("1/n once more in dW1", ask="In how many places does the mean enter?")
def _(X, Y, W1, b1, W2, b2):
    """The other three are right. dW1 is n times too small: what reaches the hidden layer has its 1/n already."""
    right = two_layer_gradients(X, Y, W1, b1, W2, b2)
    return right | {"dW1": right["dW1"] / len(X)}


@exercise.mistake("The blame does not pass W2", ask="With which weights does a hidden unit speak to the scores?")
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right. Every hidden unit got the sum of the blame of all scores, whatever its weights to them are."""
    right = two_layer_gradients(X, Y, W1, b1, W2, b2)
    Z1 = X @ W1 + b1
    dZ2 = (softmax(relu(Z1) @ W2 + b2) - Y) / len(X)
    dZ1 = relu_backward(dZ2.sum(axis=1, keepdims=True) * np.ones_like(Z1), Z1)
    return right | {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}


@exercise.mistake("A mean for db1", ask="Is the 1/n in dZ1 already?")
def _(X, Y, W1, b1, W2, b2):
    """The other three are right. db1 is n times too small."""
    right = two_layer_gradients(X, Y, W1, b1, W2, b2)
    return right | {"db1": right["db1"] / len(X)}


@exercise.mistake(
    "The biases are subtracted on the way forward", ask="What stands after X @ W1 in the first line of the network?"
)
def _(X, Y, W1, b1, W2, b2):
    """The gradients belong to a network whose biases have the opposite sign."""
    return two_layer_gradients(X, Y, W1, -b1, W2, -b2)


@exercise.mistake("Multiplied by the activation", ask="What is the slope of ReLU at 2, and at 5?")
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right. At the hidden layer the blame was multiplied by A1, where the slope of ReLU, 0 or 1, is due."""
    _, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), A1, A1, X, W2)


@exercise.mistake("No sum in db", ask="How many times is one bias used when there are n images?")
def _(X, Y, W1, b1, W2, b2):
    """Both dW are right. Each db has a row for each image, where the blame of all images should be added up."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    return backwards(dZ2, Z1 > 0, A1, X, W2) | {"db1": dZ2 @ W2.T * (Z1 > 0), "db2": dZ2}


@exercise.mistake(
    "The two layers have changed places in the dict", ask="Which gradients belong to the layer that sees the images?"
)
def _(X, Y, W1, b1, W2, b2):
    """What is called dW1 and db1 belongs to the second layer, and dW2 and db2 to the first."""
    right = two_layer_gradients(X, Y, W1, b1, W2, b2)
    return {"dW1": right["dW2"], "db1": right["db2"], "dW2": right["dW1"], "db2": right["db1"]}


@exercise.mistake("The three gradients changed places", ask="In which order does `linear_backward` return its three results?")
def _(X, Y, W1, b1, W2, b2):
    """An error comes where dA1 meets Z1, as it does where db2 has the name dA1: `linear_backward` returns first the blame of what
    went in, and then those of the weights and of the biases."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    dW2, db2, dA1 = linear_backward((P - Y) / len(X), A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    dW1, db1, _ = linear_backward(dZ1, X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@exercise.mistake(
    "The blame from above taken for targets", ask="At which layer are there targets, and what comes to the other one?"
)
def _(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: A1 − dA1 was taken for a difference of outputs and targets, as at
    the end of the network. A hidden unit has no targets, and dA1 is its blame already."""
    _, A1, P = forwards(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    dZ1 = (A1 - dZ2 @ W2.T) / len(X)
    return backwards(dZ2, 1.0, A1, X, W2) | {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}


@exercise.mistake("db1 without the gates", ask="Which blame reaches the bias of a unit that was silent: dA1, or dZ1?")
def _(X, Y, W1, b1, W2, b2):
    """The other three are right. db1 is the sum of dA1, so that silent units got blame."""
    right = two_layer_gradients(X, Y, W1, b1, W2, b2)
    _, _, P = forwards(X, W1, b1, W2, b2)
    return right | {"db1": ((P - Y) / len(X) @ W2.T).sum(axis=0)}


@exercise.mistake("Z1 in place of A1, in the scores", ask="What is done to Z1 before it meets W2?")
def _(X, Y, W1, b1, W2, b2):
    """On the way forward the scores were computed from Z1 and not from A1. On the way back A1 is in its place, and so are the
    gates."""
    Z1, A1, _ = forwards(X, W1, b1, W2, b2)
    P = softmax(Z1 @ W2 + b2)
    return backwards((P - Y) / len(X), Z1 > 0, A1, X, W2)
