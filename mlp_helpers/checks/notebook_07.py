"""Exercises and questions of notebook 07, Derive backpropagation."""

import numpy as np

from .. import functions
from . import solutions
from .exercise import Case, Exercise
from .networks import EXAMPLE, four_gradients, two_layers
from .questions import Question, look_back_questions

# --- relu_backward -----------------------------------------------------------------------------------------------------


def blame_and_scores(rng, n=None, h=None):
    n, h = n or int(rng.integers(1, 7)), h or int(rng.integers(1, 7))
    return rng.normal(0, 2, (n, h)), rng.normal(0, 2, (n, h))


def decimal(value, *arguments):
    """Whole numbers count as decimal ones, so that a mask of 0 and 1 is one mistake, whatever its type; -0 is 0."""
    return value if value.dtype.kind == "b" else value + 0.0


relu_backward = Exercise(
    functions.relu_backward,
    notebook="07",
    place="in class",
    view=decimal,
    cases=[
        Case(
            "two images, three hidden units",
            (np.array([[5.0, -2.0, 1.0], [3.0, 4.0, -6.0]]), np.array([[2.0, -1.0, 0.5], [-3.0, 1.0, -0.5]])),
        ),
        Case("one image", (np.array([[0.5, -1.0, 2.0, 1.5]]), np.array([[-1.0, 3.0, -0.5, 0.25]]))),
        Case("one image, one unit", (np.array([[3.0]]), np.array([[1.0]]))),
        Case("as many images as units", blame_and_scores(np.random.default_rng(7), 3, 3)),
        Case("all units silent", (np.array([[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]]), -np.ones((3, 2)))),
        Case("all blame negative", (-np.ones((2, 3)), np.array([[1.0, -1.0, 2.0], [-2.0, 0.5, -0.5]]))),
        Case("float32", tuple(array.astype(np.float32) for array in blame_and_scores(np.random.default_rng(8), 2, 4))),
        Case("64 images, 32 units", blame_and_scores(np.random.default_rng(9), 64, 32)),
        Case("scores from -10 000 to 10 000", (np.array([[2.0, -3.0, 4.0]]), np.array([[-1e4, 1e4, 1e-3]]))),
        Case("scores of exactly 0", (np.array([[1.0, -2.0, 3.0]]), np.array([[0.0, 0.0, 2.0]])), harsh=True),
    ],
    draw=blame_and_scores,
    hints=[
        "`Z > 0` asks all entries at once, and gives True and False in the shape of Z.",
        "Multiplied by a number, True counts as 1 and False as 0. Which array should pass, and which one decides?",
        "One product, entry by entry: `dA` times the answer to `Z > 0`. Mind the brackets: `*` binds more tightly than `>`.",
    ],
    praise="The whole gate in one product, and the arrays that came in are still what they were.",
)


@relu_backward.mistake(
    "every gate is open", ask="Can what comes out of ReLU ever be negative, and what about the Z that went in?"
)
def gate_open(dA, Z):
    """dA comes back as it was, for silent units too. (The test `relu(Z) >= 0` does that, for it is always true: the mistake
    of a much-read tutorial.)"""
    return dA


@relu_backward.mistake("a mask, not a gradient", ask="What should stand where the mask says True?")
def boolean_mask(dA, Z):
    """It returns True and False: which gates are open, and not what passes through them. dA is not used."""
    return Z > 0


@relu_backward.mistake("the blame from above is not used", ask="By what must the local slope be multiplied to become a blame?")
def only_the_gate(dA, Z):
    """It returns 1 and 0, the local slopes of ReLU. What comes from above is missing."""
    return np.where(Z > 0, 1.0, 0.0)


@relu_backward.mistake("the gate looks at dA", ask="Which of the two arrays went into ReLU on the way forward?")
def gate_on_the_blame(dA, Z):
    """Negative blame is stopped and positive blame passes, whatever the scores were."""
    return dA * (dA > 0)


@relu_backward.mistake("the gate looks at both", ask="May negative blame pass an open gate?")
def gate_on_both(dA, Z):
    """Only positive blame comes through. But negative blame is worth as much: it says that a unit should speak louder."""
    return dA * (Z > 0) * (dA > 0)


@relu_backward.mistake("the way forward", ask="What travels backwards: the scores, or the blame?")
def forward_again(dA, Z):
    """It returns relu(Z), the activations. On the way back the same gates stand open, but dA passes through them."""
    return functions.relu(Z)


@relu_backward.mistake("multiplied by the activation", ask="What is the slope of ReLU at 2, and at 5?")
def times_the_activation(dA, Z):
    """Blame grows with the score of its unit: dA was multiplied by relu(Z) itself and not by its slope."""
    return dA * functions.relu(Z)


@relu_backward.mistake("the gate is the wrong way round", ask="Which units had a say in the scores?")
def gate_turned(dA, Z):
    """The blame of the silent units comes through, and that of the others is stopped."""
    return dA * (Z < 0)


@relu_backward.mistake("the slope of the absolute value", ask="How much does relu(Z) change where Z goes from -2 to -1.9?")
def slope_of_the_absolute_value(dA, Z):
    """Where Z is negative, the blame comes back with a turned sign. ReLU is flat there."""
    return dA * np.sign(Z)


@relu_backward.mistake("square brackets make a list in Python", ask="Which brackets only group, and leave the shape alone?")
def in_square_brackets(dA, Z):
    """In the formula [Z > 0] means 1 where it is true and 0 where not. In code `[Z > 0]` is a list that holds one table, and
    so the result has an axis too many."""
    return dA * [Z > 0]


@relu_backward.mistake("what is stopped is left out", ask="Which shape must dZ have, and which number stands for “no blame”?")
def selected(dA, Z):
    """Only the entries that pass are returned, in one long row: nobody knows any more which unit they belong to."""
    return dA[Z > 0]


@relu_backward.mistake("one question for the whole array", ask="What does `Z > 0` give for an array, and what for a number?")
def one_question(dA, Z):
    """An `if` wants one answer, yes or no. In notebook 06 Z was one number; here it has n·h entries, and each has a gate."""
    return dA if Z > 0 else 0.0


@relu_backward.mistake("the brackets are missing", ask="What does Python compute first in dA * Z > 0?")
def without_brackets(dA, Z):
    """`*` binds more tightly than `>`: dA was multiplied by Z, and that product was compared with 0."""
    return dA * Z > 0


@relu_backward.mistake("a matrix product", ask="Which of `*` and `@` works entry by entry?")
def matrix_product(dA, Z):
    """dA and the mask were multiplied as matrices, which adds up over units. The formula has the sign ⊙."""
    return dA @ (Z > 0)


@relu_backward.mistake("open at exactly 0", kind="convention", ask="What do we take at Z = 0, where the slope jumps from 0 to 1?")
def open_at_zero(dA, Z):
    """It differs from ours where Z is exactly 0 and nowhere else. ReLU has no slope there; some take 1, this course and
    most libraries take 0."""
    return dA * (Z >= 0)


# --- linear_backward ---------------------------------------------------------------------------------------------------


def layer(rng, n=None, d=None, h=None):
    n, d, h = (size or int(rng.integers(1, 7)) for size in (n, d, h))
    return rng.normal(0, 1, (n, h)), rng.normal(0, 1, (n, d)), rng.normal(0, 1, (d, h))


def three_gradients(value, *arguments):
    if isinstance(value, dict):  # whoever takes it apart as three gets the names
        return (value,)
    dX, dW, db = value
    return {"dX": dX, "dW": dW, "db": db}


linear_backward = Exercise(
    functions.linear_backward,
    notebook="07",
    place="in class",
    view=three_gradients,
    cases=[
        Case(
            "two images, three inputs, one unit",
            (np.array([[1.0], [2.0]]), np.array([[1.0, 2.0, 3.0], [0.0, 1.0, -1.0]]), np.array([[0.5], [-1.0], [2.0]])),
        ),
        Case("all sizes different", layer(np.random.default_rng(1), 4, 3, 2)),
        Case("one image", layer(np.random.default_rng(2), 1, 3, 2)),
        Case("as many images as inputs", layer(np.random.default_rng(3), 2, 2, 3)),
        Case("as many inputs as units", layer(np.random.default_rng(4), 2, 3, 3)),
        Case("as many images as units", layer(np.random.default_rng(5), 3, 2, 3)),
        Case("all sizes equal", layer(np.random.default_rng(6), 3, 3, 3)),
        Case("all inputs negative", tuple(-np.abs(array) for array in layer(np.random.default_rng(7), 3, 4, 2))),
        Case("float32", tuple(array.astype(np.float32) for array in layer(np.random.default_rng(8), 4, 3, 5))),
        Case("8 images, 784 inputs, 16 units", layer(np.random.default_rng(9), 8, 784, 16)),
        Case("numbers up to 10 000", tuple(1e4 * array for array in layer(np.random.default_rng(10), 2, 3, 4))),
    ],
    draw=layer,
    hints=[
        "For each of the three ask who uses it, as in sections 3 and 4. Which of n, d and h does the sum run over?",
        "Write the wanted shapes down: dX (n, d), dW (d, h), db (h,). Which products of two tables, plain or turned, have them?",
        "dX is dZ times a turned table, (n, h) @ (h, d). dW is a turned table times dZ, (d, n) @ (n, h). "
        "db adds up the rows of dZ: `axis=0`.",
    ],
    praise="Three lines for every linear layer there is, whatever its place: dX is the dA of the layer before.",
)


@linear_backward.mistake("a transposed dW", ask="Which shape has W, and so dW?")
def dW_transposed(dZ, X, W):
    """dW has the right numbers in the shape (h, d). In the other convention, with images as columns, it would be so."""
    return dZ @ W.T, dZ.T @ X, dZ.sum(axis=0)


@linear_backward.mistake("a transposed dX", ask="Which shape has X, and so dX?")
def dX_transposed(dZ, X, W):
    """dX has the right numbers in the shape (d, n). In the other convention, with images as columns, it would be so."""
    return W @ dZ.T, X.T @ dZ, dZ.sum(axis=0)


@linear_backward.mistake("transposed dX and dW", ask="Is an image a row or a column of X?")
def both_transposed(dZ, X, W):
    """Both have the right numbers, turned over: as if images were columns."""
    return W @ dZ.T, dZ.T @ X, dZ.sum(axis=0)


@linear_backward.mistake("X is not turned", ask="Over which index does the sum for dW run, and where does it stand in X?")
def X_not_turned(dZ, X, W):
    """For dW the product X @ dZ was tried. It does not fit, unless there are as many images as inputs, and then it adds up
    the wrong things."""
    return dZ @ W.T, X @ dZ, dZ.sum(axis=0)


@linear_backward.mistake("W is not turned", ask="Over which index does the sum for dX run, and where does it stand in W?")
def W_not_turned(dZ, X, W):
    """For dX the product dZ @ W was tried. It does not fit, unless there are as many inputs as units, and then it sends the
    blame along the wrong lines."""
    return dZ @ W, X.T @ dZ, dZ.sum(axis=0)


@linear_backward.mistake("neither X nor W is turned", ask="Which index is summed in each product, and does it stand inside?")
def nothing_turned(dZ, X, W):
    """Both products were taken as the tables lie. They fit only where sizes happen to be equal, and give wrong numbers there."""
    return dZ @ W, X @ dZ, dZ.sum(axis=0)


@linear_backward.mistake("the wrong axis for db", ask="Who uses a bias: every image, or every unit?")
def db_along_the_rows(dZ, X, W):
    """db has one number for each image: it was summed over the units."""
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=1)


@linear_backward.mistake("a single number for db", ask="How many biases has the layer?")
def db_of_everything(dZ, X, W):
    """All entries of dZ were added up, over images and over units."""
    return dZ @ W.T, X.T @ dZ, dZ.sum()


@linear_backward.mistake("a mean for db", ask="Where did the 1/n enter, and is it in dZ already?")
def db_as_mean(dZ, X, W):
    """db was averaged over the images. A bias receives the sum of the blame from all its uses."""
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


@linear_backward.mistake("one dimension too many in db", ask="Which shape has b, and so db?")
def db_as_row(dZ, X, W):
    """The numbers are right, in the shape (1, h). A step with it, b - η db, would make b two-dimensional."""
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0, keepdims=True)


@linear_backward.mistake("no sum in db", ask="How often is one bias used when there are n images?")
def db_not_summed(dZ, X, W):
    """db was taken to be dZ itself. It is for one image only that the two look alike."""
    return dZ @ W.T, X.T @ dZ, dZ


@linear_backward.mistake("1/n once more, in dW and db", ask="The mean was taken at the loss. Is its 1/n in dZ already?")
def divided_again(dZ, X, W):
    """dW and db are n times too small: both were averaged over the images, where the blame of all uses is to be added."""
    return dZ @ W.T, X.T @ dZ / len(X), dZ.mean(axis=0)


@linear_backward.mistake("1/n once more, in dW", ask="The mean was taken at the loss. Is its 1/n in dZ already?")
def dW_divided_again(dZ, X, W):
    """dW is n times too small. A weight receives the sum of the blame from all its uses, not the mean."""
    return dZ @ W.T, X.T @ dZ / len(X), dZ.sum(axis=0)


@linear_backward.mistake("1/n once more, in all three", ask="The mean was taken at the loss. Is its 1/n in dZ already?")
def all_divided_again(dZ, X, W):
    """Everything is n times too small. With one image nobody notices."""
    dZ = dZ / len(X)
    return dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)


@linear_backward.mistake("the sign is turned", ask="Is this the function that gives the slope, or the one that takes the step?")
def signs_turned(dZ, X, W):
    """All three have the wrong sign. Slopes point uphill; the minus comes later, when a step is taken."""
    return -dZ @ W.T, -X.T @ dZ, -dZ.sum(axis=0)


@linear_backward.mistake("without dX", ask="How does the blame reach the layer before this one?")
def without_dX(dZ, X, W):
    """It returns dW and db alone: the blame ends here."""
    return X.T @ dZ, dZ.sum(axis=0)


@linear_backward.mistake("without db", ask="What else is set by training, besides W?")
def without_db(dZ, X, W):
    """It returns dX and dW alone, and the biases would never learn."""
    return dZ @ W.T, X.T @ dZ


@linear_backward.mistake("in the order dW, db, dX", ask="In which order does the docstring name the three?")
def dX_last(dZ, X, W):
    """The three are right, in another order, and whoever calls the function takes one for the other."""
    return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T


@linear_backward.mistake("in the order dW, dX, db", ask="In which order does the docstring name the three?")
def dW_first(dZ, X, W):
    """The three are right, in another order, and whoever calls the function takes one for the other."""
    return X.T @ dZ, dZ @ W.T, dZ.sum(axis=0)


@linear_backward.mistake("in the order dX, db, dW", ask="In which order does the docstring name the three?")
def db_before_dW(dZ, X, W):
    """The three are right, in another order, and whoever calls the function takes one for the other."""
    return dZ @ W.T, dZ.sum(axis=0), X.T @ dZ


# --- two_layer_gradients -----------------------------------------------------------------------------------------------


def silent_network():
    X, Y, W1, b1, W2, b2 = two_layers(np.random.default_rng(5), 2, 3, 4, 2)
    return X, Y, W1, b1 - 100, W2, b2


def negative_network():
    X, *others = two_layers(np.random.default_rng(6), 4, 3, 5, 2)
    return -np.abs(X), *others


def loud_network():
    X, Y, W1, b1, W2, b2 = two_layers(np.random.default_rng(7), 5, 4, 6, 3)
    return X, Y, W1, b1, 1e4 * W2, b2


two_layer_gradients = Exercise(
    solutions.two_layer_gradients,
    notebook="07",
    place="starred",
    view=four_gradients,
    cases=[
        Case("the network of notebook 06", EXAMPLE),
        Case("three images, all sizes different", two_layers(np.random.default_rng(1), 3, 4, 5, 2)),
        Case("one image", two_layers(np.random.default_rng(2), 1, 3, 4, 5)),
        Case("all sizes equal", two_layers(np.random.default_rng(3), 3, 3, 3, 3)),
        Case("as many units as classes", two_layers(np.random.default_rng(4), 4, 2, 3, 3)),
        Case("all units silent", silent_network()),
        Case("all inputs negative", negative_network()),
        Case("float32", tuple(array.astype(np.float32) for array in two_layers(np.random.default_rng(8), 4, 3, 6, 2))),
        Case("5 images, 784-32-10", two_layers(np.random.default_rng(9), 5, 784, 32, 10)),
        Case("scores of many thousands", loud_network(), harsh=True),
    ],
    draw=two_layers,
    hints=[
        "First forwards, four lines as in section 1: Z1, A1, Z2, P. Keep Z1 and A1, you will need them again.",
        "Then backwards, from the end: dZ2, through the layer with W2, through the gate, through the layer with W1. "
        "`linear_backward` and `relu_backward` do the last three.",
        "`dA1, dW2, db2 = linear_backward(…)` with dZ2, and with what went into that layer and its weights. "
        "Then `dZ1 = relu_backward(…)`, and `linear_backward` once more.",
    ],
    praise="Every forward line has its backward line. A third layer would be two lines more.",
)


def forwards(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    return Z1, A1, functions.softmax(A1 @ W2 + b2)


def backwards(dZ2, Z1, A1, X, W2):
    dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}


@two_layer_gradients.mistake(
    "Y - P instead of P - Y", ask="If the network said 0.9 for a wrong class, should its score have a positive slope?"
)
def turned(X, Y, W1, b1, W2, b2):
    """All gradients have the wrong sign: the difference at the scores was taken the other way round."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((Y - P) / len(X), Z1, A1, X, W2)


@two_layer_gradients.mistake("without 1/n", ask="Is the loss the sum or the mean over the images?")
def of_the_sum(X, Y, W1, b1, W2, b2):
    """All gradients are n times too large: they belong to the sum of the losses."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards(P - Y, Z1, A1, X, W2)


@two_layer_gradients.mistake(
    "without 1/n, and the gates are open", ask="What lies between A1 and Z1, and where does the mean enter?"
)
def gates_open_of_the_sum(X, Y, W1, b1, W2, b2):
    """Two things are missing: all gradients are n times too large, and silent units got blame."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards(P - Y, np.ones_like(Z1), A1, X, W2)


@two_layer_gradients.mistake("Y - P, and without 1/n", ask="Which of P and Y comes first, and where does the mean enter?")
def turned_of_the_sum(X, Y, W1, b1, W2, b2):
    """All gradients have the wrong sign and are n times too large."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards(Y - P, Z1, A1, X, W2)


@two_layer_gradients.mistake("1/n twice", ask="At how many places does the mean enter?")
def divided_twice(X, Y, W1, b1, W2, b2):
    """All gradients are n times too small: the mean was taken at the scores, and once more on the way."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X) ** 2, Z1, A1, X, W2)


@two_layer_gradients.mistake(
    "divided by all entries of Y", ask="The loss is a mean over what: over images, or over images and classes?"
)
def mean_over_all_entries(X, Y, W1, b1, W2, b2):
    """All gradients are k times too small: the mean runs over n·k entries. (That is what `.size` counts.)"""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / Y.size, Z1, A1, X, W2)


@two_layer_gradients.mistake("divided by the classes", ask="The loss is a mean over what: over images, or over classes?")
def divided_by_the_classes(X, Y, W1, b1, W2, b2):
    """dZ2 was divided by the number of columns of Y, k, and not by n: all gradients are n / k times as large as they
    should be."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / Y.shape[1], Z1, A1, X, W2)


@two_layer_gradients.mistake("the gates are open", ask="What lies between A1 and Z1, and which function leads back through it?")
def gates_open(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: silent units got blame. (Gates that test A1 >= 0 are open too.)"""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), np.ones_like(Z1), A1, X, W2)


@two_layer_gradients.mistake("the gates look at the blame", ask="Which array went into ReLU on the way forward?")
def gates_on_the_blame(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: the sign of dA1 opens and shuts the gates."""
    _, A1, P = forwards(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    return backwards(dZ2, dZ2 @ W2.T, A1, X, W2)


@two_layer_gradients.mistake(
    "dA1 and Z1 have changed places in relu_backward",
    ask="Which of the two does relu_backward take first: the blame, or what went in?",
)
def relu_backward_swapped(X, Y, W1, b1, W2, b2):
    """The output layer is right and the hidden layer is not: the scores Z1 were sent back through gates that dA1 opens and
    shuts."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    dZ2 = (P - Y) / len(X)
    dZ1 = Z1 * (dZ2 @ W2.T > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}


@two_layer_gradients.mistake("a gate at the scores", ask="At which of the two layers is there a ReLU?")
def gates_at_the_scores(X, Y, W1, b1, W2, b2):
    """The blame of the scores went through a gate. But there was no ReLU at Z2."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X) * (A1 @ W2 + b2 > 0), Z1, A1, X, W2)


@two_layer_gradients.mistake(
    "both biases are left out on the way forward", ask="What stands after X @ W1 in the first line of the network?"
)
def without_biases(X, Y, W1, b1, W2, b2):
    """The gradients belong to a network whose layers have no biases: b1 and b2 were not used."""
    Z1, A1, P = forwards(X, W1, 0, W2, 0)
    return backwards((P - Y) / len(X), Z1, A1, X, W2)


@two_layer_gradients.mistake(
    "the bias b1 is left out on the way forward", ask="What stands after X @ W1 in the first line of the network?"
)
def without_b1(X, Y, W1, b1, W2, b2):
    """The hidden layer was computed without its bias, so the wrong units spoke."""
    Z1, A1, P = forwards(X, W1, 0, W2, b2)
    return backwards((P - Y) / len(X), Z1, A1, X, W2)


@two_layer_gradients.mistake(
    "the bias b2 is left out on the way forward", ask="What stands after A1 @ W2 in the third line of the network?"
)
def without_b2(X, Y, W1, b1, W2, b2):
    """The scores were computed without their bias, so the probabilities are wrong."""
    Z1, A1, P = forwards(X, W1, b1, W2, 0)
    return backwards((P - Y) / len(X), Z1, A1, X, W2)


@two_layer_gradients.mistake("ReLU is left out on the way forward", ask="What is done to Z1 before it meets W2?")
def without_relu_forwards(X, Y, W1, b1, W2, b2):
    """The scores were computed from Z1 itself. On the way back there are gates that nothing had passed."""
    Z1 = X @ W1 + b1
    P = functions.softmax(Z1 @ W2 + b2)
    return backwards((P - Y) / len(X), Z1, Z1, X, W2)


@two_layer_gradients.mistake("there is no ReLU", ask="What do two linear layers amount to without anything between them?")
def without_relu(X, Y, W1, b1, W2, b2):
    """ReLU is missing in both directions. The gradients fit their network, but it is another one than ours."""
    Z1 = X @ W1 + b1
    P = functions.softmax(Z1 @ W2 + b2)
    return backwards((P - Y) / len(X), np.ones_like(Z1), Z1, X, W2)


@two_layer_gradients.mistake("there is no softmax", ask="What must be subtracted from Y: scores, or probabilities?")
def without_softmax(X, Y, W1, b1, W2, b2):
    """Y was compared with the scores. P comes after softmax."""
    Z1, A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards((A1 @ W2 + b2 - Y) / len(X), Z1, A1, X, W2)


@two_layer_gradients.mistake("the slope of softmax once more", ask="P - Y is the slope with respect to which array: P, or Z2?")
def softmax_twice(X, Y, W1, b1, W2, b2):
    """P - Y was multiplied by P (1 - P). But it is the blame of the scores already: softmax and logarithm are in it."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) * P * (1 - P) / len(X), Z1, A1, X, W2)


@two_layer_gradients.mistake("W1 in place of W2", ask="Which weights lead from the hidden units to the scores?")
def first_weights_twice(X, Y, W1, b1, W2, b2):
    """The blame of the scores was sent back through W1. It fits only where sizes happen to be equal."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), Z1, A1, X, W1)


@two_layer_gradients.mistake("Z1 in place of A1, in dW2", ask="What did W2 multiply on the way forward?")
def scores_before_relu(X, Y, W1, b1, W2, b2):
    """The first three are right and dW2 is not: the local slope of an outgoing weight is what its unit said, after ReLU."""
    Z1, _, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), Z1, Z1, X, W2)


@two_layer_gradients.mistake("A1 in place of X, in dW1", ask="What did W1 multiply on the way forward?")
def activations_twice(X, Y, W1, b1, W2, b2):
    """dW1 has the shape (h, h): A1 stands where the input of the first layer should."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return backwards((P - Y) / len(X), Z1, A1, A1, W2)


@two_layer_gradients.mistake("a mean for db", ask="Is the 1/n in dZ2 already?")
def biases_averaged(X, Y, W1, b1, W2, b2):
    """Both db are n times too small: they were averaged over the images, and dZ2 has its 1/n already."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    gradients = backwards((P - Y) / len(X), Z1, A1, X, W2)
    return gradients | {"db1": gradients["db1"] / len(X), "db2": gradients["db2"] / len(X)}


@two_layer_gradients.mistake("named like the parameters", ask="Under which names does the exercise want them?")
def other_names(X, Y, W1, b1, W2, b2):
    """The gradients are right, but the dict calls them W1, b1, W2 and b2. With their own names nobody mixes them up."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return {name[1:]: gradient for name, gradient in backwards((P - Y) / len(X), Z1, A1, X, W2).items()}


@two_layer_gradients.mistake("a tuple, not a dict", ask="How does one write a dict that gives each gradient its name?")
def as_a_tuple(X, Y, W1, b1, W2, b2):
    """The four gradients are right, one after the other. Later cells ask for them by name."""
    Z1, A1, P = forwards(X, W1, b1, W2, b2)
    return tuple(backwards((P - Y) / len(X), Z1, A1, X, W2).values())


@two_layer_gradients.mistake(
    "works up to scores of about 700", kind="fragile", ask="Which function of notebook 04 survives large scores?"
)
def softmax_without_shift(X, Y, W1, b1, W2, b2):
    """With larger scores `exp` gives inf, and all gradients become nan: softmax was written without the shift."""
    Z1, A1, _ = forwards(X, W1, b1, W2, b2)
    E = np.exp(A1 @ W2 + b2)
    return backwards((E / E.sum(axis=1, keepdims=True) - Y) / len(X), Z1, A1, X, W2)


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "07",
    (
        "blame of three scores",
        "05",
        "Softmax says 0.2, 0.7, 0.1 for one image, and the first class is true. What is the gradient of the three scores?",
        {
            "−0.8, 0.7, 0.1": "What the network said, minus what is true. A step against it raises the first score.",
            "0.8, −0.7, −0.1": "Against this gradient the first score would fall, and it is the true class.",
            "0.2, 0.7, 0.1": "That is what the network said. What is true must come into it.",
        },
        "−0.8, 0.7, 0.1",
    ),
    (
        "how far to nudge",
        "05",
        "A slope is to be measured by nudging, in float64. How large is a good nudge?",
        {
            "0.1": "That measures the slope of a long bridge, not of the ground.",
            "0.00001": "Small enough for the ground, and large enough that rounding does not show.",
            "as small as the computer can": "Then the two losses differ in their last digits alone: rounding is left.",
        },
        "0.00001",
    ),
    (
        "a one in a table",
        "02",
        "Y holds the one-hot labels of a batch, and Y[5, 3] is 1. What does that say? (Rows and columns count from 0.)",
        {
            "image 3 shows a 5": "Which of the two indices is the row, and what is a row of Y?",
            "image 5 shows a 3": "Row 5 belongs to image 5, and its only 1 stands in the column of the class 3.",
            "image 5 shows a 2": "It would, if columns counted from 1 and labels from 0. Both count from 0.",
        },
        "image 5 shows a 3",
    ),
)

Question(
    "gradients of a silent unit",
    "07",
    "Hidden unit 2 is silent: its entry of Z1 is −0.5, that of A1 is 0. Which of its gradients will be 0?",
    {
        "all of them: activation, incoming and outgoing weights, bias": "Nearly. One of these is reached before the gate on "
        "the way back.",
        "those of its weights and its bias, but not of its activation": "The gate stops what would go to the incoming "
        "weights and the bias; the outgoing weights multiplied a 0. At the activation blame does arrive.",
        "those of its incoming weights and its bias, but not of its outgoing weights": "An outgoing weight has the unit's "
        "activation for its local slope. Which number is that?",
    },
    "those of its weights and its bias, but not of its activation",
    then="Sections 3 and 4 show it in numbers.",
)
Question(
    "place of 1/n",
    "07",
    "The loss is a mean over n images, the products are sums over images. Where does the 1/n belong?",
    {
        "in dZ2 and nowhere else": "It enters where the mean enters, at the loss, and everything further back inherits it.",
        "in dZ2, and again wherever images are added up": "What comes from dZ2 has the factor in it. What would a second one do?",
        "not in dZ2, but in each of dW2, db2, dW1 and db1": "These four come out right. But is dZ2 then still "
        "a slope of the loss?",
    },
    "in dZ2 and nowhere else",
)
Question(
    "trained with a wrong gradient",
    "07",
    "We train 784-32-10 twice, from the same weights with the same images in the same order, once with each gradient. "
    "What does the wrong one do?",
    {
        "it makes the loss grow": "For that it would have to point uphill. Which of its parts are still right?",
        "it stays near 10 %, like guessing": "For that it would have to be of no use at all. Which of its parts are still right?",
        "it reaches about 90 % and looks healthy": "The output layer's part is exact, and so is that of every unit that spoke.",
    },
    "it reaches about 90 % and looks healthy",
    then="Now run the next two cells.",
)
Question(
    "picture of a gradient",
    "07",
    "The gradient of these 784 weights, a column of dW1, is drawn as an image. What does it look like?",
    {
        "the unit's template": "That would be the weights themselves. Do they occur in Xᵀ dZ1?",
        "the difference between the two digits that were confused": "There is one image in the batch, and it shows one digit.",
        "the digit itself": "With one image each entry is a pixel times the blame of the unit.",
    },
    "the digit itself",
)
Question(
    "where the plane fails",
    "07",
    "Here the loss is 1.64 and ‖g‖² is about 400. We step with η = 0.0003, 0.003 and 0.1. "
    "For which of them can you say by pencil that the prediction must fail?",
    {
        "none": "Compute what is predicted for the largest step. Can a loss be that?",
        "0.1": "1.64 − 40 is far below 0, and no loss is below 0.",
        "0.003 and 0.1": "One of them promises a fall of 1.2, from 1.64. That may turn out wrong, but a pencil cannot say so.",
    },
    "0.1",
)
