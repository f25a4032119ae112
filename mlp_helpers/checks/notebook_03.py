"""Exercises and questions of notebook 03, Build a layer."""

import numpy as np

from ..core import functions
from . import solutions
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

# --- linear ------------------------------------------------------------------------------------------------------------


def images_and_layer(rng, n=None, d=None, h=None, dtype=np.float64):
    sizes = rng.integers(1, 7, 3)
    n, d, h = n or sizes[0], d or sizes[1], h or sizes[2]
    X = np.maximum(rng.normal(0, 1, (n, d)), 0)  # about half of the pixels are 0
    return X.astype(dtype), rng.normal(0, 1, (d, h)).astype(dtype), rng.normal(0, 1, h).astype(dtype)


linear = Exercise(
    functions.linear,
    notebook="03",
    place="in class",
    cases=[
        Case(
            "two images of three pixels, two neurons",
            (np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]), np.array([[1.0, 0.0], [2.0, 3.0], [1.0, -1.0]]), np.array([5.0, 9.0])),
        ),
        Case("three images of four pixels, two neurons", images_and_layer(np.random.default_rng(0), 3, 4, 2)),
        Case("one image", images_and_layer(np.random.default_rng(1), 1, 4, 3)),
        Case("one neuron", images_and_layer(np.random.default_rng(2), 4, 3, 1)),
        Case(
            "as many images as pixels and as neurons",
            (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 1.0], [0.0, 2.0]]), np.array([10.0, 20.0])),
        ),
        Case("float32", images_and_layer(np.random.default_rng(3), 2, 3, 4, np.float32)),
        Case("16 images of 784 pixels, ten neurons", images_and_layer(np.random.default_rng(4), 16, 784, 10)),
    ],
    draw=images_and_layer,
    hints=[
        "Two operations: the product of two matrices, and an addition. The shapes say in which order the matrices stand.",
        "X is (n, d) and W is (d, h): the two inner sizes meet and disappear in `X @ W`, which is (n, h).",
        "b has shape (h,), one number per neuron. Adding it as it is repeats it for every row.",
    ],
    praise="One line, whatever the sizes: 3 images of 4 pixels or 10 000 of 784. Every layer of this course is this line.",
)


@linear.mistake("the bias is forgotten", ask="What should an image without any ink score?")
def without_bias(X, W, b):
    """The weighted sums are right, but `b` is never used: every neuron's bar lies at 0."""
    return X @ W


@linear.mistake(
    "the bias stands in a column", ask="Which axis of Z belongs to the neurons, and with which axis does broadcasting begin?"
)
def bias_as_a_column(X, W, b):
    """As a column the biases run down the images: an error, and with as many images as neurons each image gets
    one bias for all its scores."""
    return X @ W + b[:, np.newaxis]


@linear.mistake("W is transposed", ask="What are the shapes of X and W, and which two sizes must meet?")
def transposed_weights(X, W, b):
    """Here a column of W holds a neuron's weights, (d, h). `W.T` is (h, d) and fits only when d and h are equal,
    and then every neuron gets other weights. (Where W is stored as (h, d), as in PyTorch, it is needed.)"""
    return X @ W.T + b


@linear.mistake("W is transposed, and the bias forgotten", ask="Which two sizes must meet in the product, and where is b?")
def transposed_weights_without_bias(X, W, b):
    """`W.T` is (h, d) and fits only when d and h are equal, and `b` is never used."""
    return X @ W.T


@linear.mistake(
    "X and W have changed places",
    ask="Which comes first: the matrix whose rows are images, or the one whose columns are neurons?",
)
def swapped(X, W, b):
    """`W @ X` lets the rows of W meet the columns of X. That is how it looks in books whose images are columns."""
    return W @ X + b


@linear.mistake("images in columns", kind="convention", ask="In which axis of Z do the images of this course lie?")
def images_in_columns(X, W, b):
    """Many books put each image into a column, and their Z is ours, transposed. Here the rows are images, (n, h)."""
    return W.T @ X.T + b[:, np.newaxis]


@linear.mistake("entry by entry", ask="Which sign is the product of two matrices, and which multiplies entry by entry?")
def entry_by_entry(X, W, b):
    """`*` multiplies entries that stand in the same place. Nothing is summed over the pixels."""
    return X * W + b


@linear.mistake("the bias is added to the weights", ask="How often is b added to a score, and when?")
def bias_on_the_weights(X, W, b):
    """The bias is added before the product, so that every pixel multiplies it: bright images get more of it."""
    return X @ (W + b)


# --- relu --------------------------------------------------------------------------------------------------------------

relu = Exercise(
    functions.relu,
    notebook="03",
    place="at home",
    cases=[
        Case("three scores of one image", (np.array([[-2.0, 0.0, 3.0]]),)),
        Case("two images, three neurons", (np.array([[-1.5, 0.5, 2.0], [4.0, -0.25, -3.0]]),)),
        Case("as many images as neurons", (np.array([[1.0, -2.0], [-3.0, 4.0]]),)),
        Case("one score", (np.array([[2.0]]),)),  # that Python's `max` and `if` can cope with
        Case("all scores negative", (np.array([[-1.0, -2.0], [-3.0, -0.5], [-4.0, -1e-3]]),)),
        Case("a single row, (4,)", (np.array([-1.0, 0.5, 2.0, -3.0]),), harsh=True),
        Case("scores from -10 000 to 10 000", (np.array([[-1e4, -1.0, 0.0, 1.0, 1e4]]),)),
        Case("float32", (np.array([[0.5, -0.5, 1.5], [-2.0, 2.0, 0.0]], np.float32),)),
        Case("16 images, 128 neurons", (np.random.default_rng(3).normal(0, 3, (16, 128)),)),
    ],
    draw=lambda rng: (np.round(rng.normal(0, 3, rng.integers(1, 7, 2)), 1),),
    hints=[
        "Every entry is treated by itself: which of the two, z or 0, is the larger one?",
        "`np.where(condition, A, B)` chooses entry by entry: the condition is what is asked of each score, "
        "A is what stays, B is what replaces it.",
        "`np.maximum` takes the larger of two values, entry by entry. (`np.max` is another function.)",
    ],
    praise="A corner at 0 is all the bend there is, and a stack of such corners can follow any curve. "
    "(`np.maximum(Z, 0)` says the same in one word.)",
)


@relu.mistake("the sign is taken off", ask="What should become of a score of -3: 3, or nothing?")
def absolute(Z):
    """A strong no becomes a strong yes: a score of -3 comes out as 3, but a ReLU should be silent below 0."""
    return np.abs(Z)


@relu.mistake("cut off at 1", ask="Which bound does the formula have, and on which side?")
def clipped_at_one(Z):
    """Scores above 1 all come out as 1, so that the neuron cannot say any more how strongly it agrees."""
    return np.clip(Z, 0, 1)


@relu.mistake("says whether, not how much", ask="What should become of a score of 3, and what of one of 30?")
def truth(Z):
    """The result is True or False: the answer to the question whether a score is positive, without the score."""
    return Z > 0


@relu.mistake("a step from 0 to 1", ask="What should become of a score of 3, and what of one of 30?")
def step(Z):
    """All positive scores come out as 1. A step is flat on both sides, and nothing could be learned from its slope."""
    return (Z > 0) * 1.0


@relu.mistake("a step from 0 to 1, in whole numbers", ask="What should become of a score of 3, and what of one of 30?")
def step_in_whole_numbers(Z):
    """All positive scores come out as 1. A step is flat on both sides, and nothing could be learned from its slope."""
    return np.where(Z > 0, 1, 0)


@relu.mistake("what comes back is what was given", ask="Which line makes the new array, and is that the one returned?")
def scores_given_back(Z):
    """The scores come back as they were. A line like `z = 0` in a loop gives a name to another number; it does not write into
    the array."""
    return Z


@relu.mistake("the smaller of the two", ask="Which scores should stay, those above 0 or those below?")
def smaller(Z):
    """The negative scores are kept and the positive ones are replaced by 0."""
    return np.minimum(Z, 0)


@relu.mistake(
    "the largest of each column", ask="Which function compares two values, and which looks for one value in a whole array?"
)
def largest_of_each_column(Z):
    """`np.max(Z, 0)` and `Z.max(0)` take the 0 for an axis, and give the largest score of each column."""
    return np.max(Z, 0)


@relu.mistake("asked once for the whole array", ask="What chooses for every entry by itself?")
def builtin_max(Z):
    """Python's `max` and `if` ask once whether the array is larger than 0. But every entry has an answer of its own."""
    return max(Z, 0)


@relu.mistake("negative scores are left out", ask="How many numbers go in, and how many must come out?")
def only_the_positive(Z):
    """The positive scores are picked out and the others are gone, and with them the places: what remains is a list."""
    return Z[Z > 0]


@relu.mistake("a small slope is left below 0", kind="convention", ask="What is the larger one of -3 and 0?")
def leaky(Z):
    """That is the leaky ReLU, which others use so that no unit falls silent for good. Ours gives 0 below 0."""
    return np.where(Z > 0, Z, 0.01 * Z)


@relu.mistake("the scores are overwritten", kind="fragile", ask="How can a new array be made, so that Z stays as it is?")
def overwritten(Z):
    """The result is right, but the zeros are written into Z itself. Later steps need the scores as they were."""
    Z[Z < 0] = 0
    return Z


# --- sigmoid -----------------------------------------------------------------------------------------------------------

LN3 = np.log(3.0)

sigmoid = Exercise(
    functions.sigmoid,
    notebook="03",
    place="at home",
    quiet=True,
    cases=[
        Case("scores 0, ln 3 and -ln 3", (np.array([[0.0, LN3, -LN3]]),)),
        Case("two images, three neurons", (np.array([[-2.0, 0.0, 3.0], [1.0, -1.0, 0.5]]),)),
        Case("as many images as neurons", (np.array([[1.0, -2.0], [-3.0, 4.0]]),)),
        Case("one score", (np.array([[2.0]]),)),  # that Python's `if` can cope with
        Case("all scores negative", (np.array([[-1.0, -2.0], [-3.0, -0.5], [-4.0, -0.1]]),)),
        Case("a single row, (4,)", (np.array([-1.0, 0.5, 2.0, -3.0]),), harsh=True),
        Case("float32", (np.array([[0.5, -0.5, 1.5], [-2.0, 2.0, 0.0]], np.float32),)),
        Case("16 images, 128 neurons", (np.random.default_rng(3).normal(0, 3, (16, 128)),)),
        Case("a score of -1000", (np.array([[-1000.0, 1.0]]),), harsh=True),
        Case("a score of 1000", (np.array([[1000.0, 1.0]]),), harsh=True),
        Case("scores from -10 000 to 10 000", (np.array([[-1e4, -30.0, 0.0, 30.0, 1e4]]),), harsh=True),
        Case("large scores in float32", (np.array([[-80.0, 80.0]], np.float32),), harsh=True),
    ],
    draw=lambda rng: (np.round(rng.normal(0, rng.choice([1, 10, 100]), rng.integers(1, 7, 2)), 1),),
    hints=[
        "Begin with the formula, and look at the exponent: for which scores is it above 0?",
        "Let E be `np.exp(-np.abs(Z))`, between 0 and 1. For z ≥ 0 the answer is 1 / (1 + E), for z < 0 it is E / (1 + E).",
        "Both answers have the same denominator. `np.where(Z >= 0, ..., ...)` chooses the numerator.",
    ],
    praise="Right for every score, and quiet. The form with exp(-|z|) needs no luck for that: its exponents are never above 0.",
)


@sigmoid.mistake(
    "overflows below -709",
    kind="fragile",
    ask="What is the exponent for z = -1000, and which other form of the fraction has a negative one there?",
)
def overflowing(Z):
    """The values are right, but for a score of -1000 NumPy computes e to the power of 1000 on the way, gets inf, and warns.
    Here 1 / inf happens to be what is wanted; one inf / inf, and everything after it is nan, not a number."""
    return 1 / (1 + np.exp(-Z))


@sigmoid.mistake(
    "overflows above 709",
    kind="fragile",
    ask="For which scores is this form of the fraction safe, and which form is safe for the others?",
)
def overflowing_above(Z):
    """For a score of 1000 both the numerator and the denominator are inf, and inf / inf is nan, not a number."""
    E = np.exp(Z)
    return E / (1 + E)


@sigmoid.mistake(
    "np.where computes both cases", kind="fragile", ask="Which exponent is safe in both cases, so that one exponential will do?"
)
def both_cases_computed(Z):
    """The two cases are right, but `np.where` chooses between two arrays that are already there: each form of the fraction
    is computed for all scores, also for those where it overflows."""
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))


@sigmoid.mistake("the wrong way round", ask="Which should give the larger answer, a score of 3 or one of -3?")
def mirrored(Z):
    """It is mirrored: the exponent has the other sign, or the two cases have changed places."""
    E = np.exp(-np.abs(Z))
    return np.where(Z >= 0, E, 1) / (1 + E)


@sigmoid.mistake("only one of the two cases", ask="What is the answer for z = -2, and is it below or above one half?")
def never_below_a_half(Z):
    """With |z| in the exponent, -2 and 2 give the same answer, and none is below one half."""
    return 1 / (1 + np.exp(-np.abs(Z)))


@sigmoid.mistake("brackets are missing", ask="What does Python compute first in 1 / 1 + x?")
def without_brackets(Z):
    """The division comes before the addition: `1 / 1 + np.exp(-Z)` is 1 plus the exponential, and always above 1."""
    with np.errstate(over="ignore"):
        return 1 / 1 + np.exp(-Z)


@sigmoid.mistake("a minus in the denominator", ask="What does the formula give for z = 0, and what does yours?")
def minus_in_the_denominator(Z):
    """The denominator is 1 minus the exponential, which is 0 for a score of 0."""
    with np.errstate(all="ignore"):
        return 1 / (1 - np.exp(-Z))


@sigmoid.mistake("this is tanh", ask="Between which two numbers should the answers lie, and what is the answer for z = 0?")
def hyperbolic_tangent(Z):
    """That is another curve of the same form: it runs from -1 to 1, not from 0 to 1."""
    return np.tanh(Z)


@sigmoid.mistake("its slope", ask="What should the answer be for a score of 1000: 0 or 1?")
def slope(Z):
    """That is sigmoid · (1 - sigmoid), the slope of the curve: large at 0, small on both sides. It comes later."""
    E = np.exp(-np.abs(Z))
    return E / (1 + E) ** 2


@sigmoid.mistake("asked once for the whole array", ask="What chooses for every entry by itself?")
def one_case_for_all(Z):
    """An `if` asks once whether the array is above 0. But every entry has an answer of its own."""
    E = np.exp(-np.abs(Z))
    return 1 / (1 + E) if Z >= 0 else E / (1 + E)


# --- collapse ----------------------------------------------------------------------------------------------------------


def two_layers(rng, d=None, h=None, k=None, dtype=np.float64):
    sizes = rng.integers(1, 7, 3)
    d, h, k = d or sizes[0], h or sizes[1], k or sizes[2]
    return tuple(rng.normal(0, 1, shape).astype(dtype) for shape in ((d, h), (h,), (h, k), (k,)))


collapse = Exercise(
    solutions.collapse,
    notebook="03",
    place="starred",
    cases=[
        Case(
            "one input, two units, one output: 3 (2x + 1) + 5 (x − 1) + 4",
            (np.array([[2.0, 1.0]]), np.array([1.0, -1.0]), np.array([[3.0], [5.0]]), np.array([4.0])),
        ),
        Case("3 (2x + 1) + 4", (np.array([[2.0]]), np.array([1.0]), np.array([[3.0]]), np.array([4.0]))),
        Case(
            "2 inputs, 2 units, 1 output",
            (np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([1.0, -1.0]), np.array([[2.0], [3.0]]), np.array([10.0])),
        ),
        Case("4 inputs, 3 units, 2 outputs", two_layers(np.random.default_rng(0), 4, 3, 2)),
        Case("one input", two_layers(np.random.default_rng(1), 1, 3, 2)),
        Case(
            "as many inputs as units and as outputs",
            (np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([1.0, 2.0]), np.array([[0.0, 1.0], [3.0, 0.0]]), np.array([5.0, 9.0])),
        ),
        Case("float32", two_layers(np.random.default_rng(2), 2, 4, 3, np.float32)),
        Case("784 inputs, 16 units, ten outputs", two_layers(np.random.default_rng(3), 784, 16, 10)),
    ],
    draw=two_layers,
    hints=[
        "Multiply out (X W1 + b1) W2 + b2. Which part contains X, and which does not?",
        "What stands behind X is W. All the rest is b: what becomes of b1 on its way through the second layer?",
        "W is `W1 @ W2`, (d, h) @ (h, k). b1 goes through W2 as every hidden score does, and b2 is added.",
    ],
    praise="Folding layers into one is done in earnest, to make trained networks quicker. It ends where something bends.",
)


@collapse.mistake("the biases are added", ask="Through which matrix does b1 go before it reaches the output?")
def biases_added(W1, b1, W2, b2):
    """b1 is added to the hidden scores, and these are multiplied by W2 afterwards. Here it arrives as if they were not."""
    return W1 @ W2, b1 + b2


@collapse.mistake("the first bias is forgotten", ask="What does the stack answer to an input of zeros?")
def first_bias_forgotten(W1, b1, W2, b2):
    """The single layer has the bias of the second layer alone, as if the first one had none."""
    return W1 @ W2, b2


@collapse.mistake("the second bias is forgotten", ask="What does the stack answer to an input of zeros?")
def second_bias_forgotten(W1, b1, W2, b2):
    """The single layer has what becomes of the first bias, but not the second one."""
    return W1 @ W2, b1 @ W2


@collapse.mistake("both biases went through W2", ask="When is b2 added, before or after the product with W2?")
def both_biases_multiplied(W1, b1, W2, b2):
    """b2 is multiplied by W2 too, but it is added to the output, when that product is over."""
    return W1 @ W2, (b1 + b2) @ W2


@collapse.mistake("W1 and W2 have changed places", ask="Which matrix does X meet first?")
def matrices_swapped(W1, b1, W2, b2):
    """`W2 @ W1` would be the second layer first. With single numbers nobody notices; with matrices the order counts."""
    return W2 @ W1, b1 @ W2 + b2


@collapse.mistake("the first bias on the wrong side of W2", ask="A row of hidden scores is multiplied by W2: from which side?")
def bias_on_the_right(W1, b1, W2, b2):
    """`W2 @ b1` sums along the rows of W2. A hidden score meets W2 from the left, and so does b1."""
    return W1 @ W2, W2 @ b1 + b2


@collapse.mistake("entry by entry", ask="Which sign is the product of two matrices?")
def multiplied_entry_by_entry(W1, b1, W2, b2):
    """`*` multiplies entries that stand in the same place, and the hidden units are not summed up."""
    return W1 * W2, b1 @ W2 + b2


@collapse.mistake("entry by entry, the bias too", ask="Which sign is the product of two matrices?")
def all_multiplied_entry_by_entry(W1, b1, W2, b2):
    """`*` multiplies entries that stand in the same place, in both products, and the hidden units are not summed up."""
    return W1 * W2, b1 * W2 + b2


@collapse.mistake("the first bias entry by entry", ask="What does b1, a row of hidden scores, meet on its way through W2?")
def bias_multiplied_entry_by_entry(W1, b1, W2, b2):
    """The matrix is right. For the bias, `*` multiplies entries that stand in the same place, and the hidden units are not
    summed up."""
    return W1 @ W2, b1 * W2 + b2


@collapse.mistake("the first bias went into W", ask="What becomes of (X W1 + b1) W2 when you multiply it out?")
def bias_into_the_weights(W1, b1, W2, b2):
    """b1 is added to the weights, so that the input multiplies it too. A bias is added to a score, whatever the input."""
    return (W1 + b1) @ W2, b2


@collapse.mistake("one array came, two results are asked for", ask="Which part stands behind X, and which does not?")
def added_up(W1, b1, W2, b2):
    """The weights and the bias are added to one array. But a layer needs them apart: only the weights meet the input."""
    return W1 @ W2 + b1 @ W2 + b2


@collapse.mistake("the order of W and b", ask="In which order are the two results asked for?")
def bias_first(W1, b1, W2, b2):
    """Both are right, but they come in the other order, and whoever unpacks them mistakes one for the other."""
    return b1 @ W2 + b2, W1 @ W2


@collapse.mistake("W alone", ask="Which two things make up a layer?")
def weights_alone(W1, b1, W2, b2):
    """The matrix is right, but a layer has a bias too, and that is what makes this exercise interesting."""
    return W1 @ W2


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "03",
    (
        "difference of bytes",
        "01",
        "Two images of type uint8 are subtracted, pixel by pixel. What does 100 − 101 give?",
        {
            "-1": "On paper, yes. Has a byte a sign?",
            "0": "That would be black, and would stop at the end of the scale. Bytes do not stop there.",
            "255": "Below 0 they go on with 255, and nobody is told. Floating-point numbers can hold −1.",
        },
        "255",
    ),
    (
        "axis of the mean",
        "01",
        "X holds one image per row. What does X.mean(axis=0) give?",
        {
            "one mean per pixel": "Axis 0 runs from image to image and disappears: what is left is a mean image.",
            "one mean per image": "For that the mean would have to run along a row. Which axis is that?",
            "one number": "That is X.mean() without an axis.",
        },
        "one mean per pixel",
    ),
    (
        "accuracy to report",
        "01",
        "You have kept the best of twenty settings by their accuracy on the validation images. Which accuracy do you report?",
        {
            "its accuracy on validation": "It is the best of twenty, partly by luck with those images. Where has luck no part?",
            "its accuracy on test": "These images had no say in the choice, so its luck is not in the number.",
            "the best of the twenty on test": "That is a second choice. Which images would then be left that had no say in it?",
        },
        "its accuracy on test",
    ),
)

Question(
    "one neuron",
    "03",
    "How many of all zeros and ones does this single neuron tell apart?",
    {
        "half of them, like a coin": "That would be a template that has nothing to do with the task.",
        "about 80 %": "Ten means together reach that, for ten digits. Here there are two, and they share little ink.",
        "nearly all": "A zero has a hole where a one has its stroke.",
    },
    "nearly all",
)
Question(
    "bias as a column",
    "03",
    "Somebody stores the biases as a column, (h, 1), here with h = 2 neurons and a batch of n = 2 images. What happens?",
    {
        "an error": "With three images, yes: (3, 2) and (2, 1) do not fit. What about (2, 2) and (2, 1)?",
        "a wrong result without an error": "The shapes fit, and the biases run down the images.",
        "the right result": "That was the intention. But sizes are compared from the last axis: whose axis is that?",
    },
    "a wrong result without an error",
)
Question(
    "stack of two",
    "03",
    "Can the stack tell digits apart that a single layer 784 → 10 cannot?",
    {
        "no": "Whatever the weights are, one layer gives the same scores.",
        "only with good weights": "Then good weights would have to exist. Multiply two layers of one neuron each out, and see.",
        "yes, it has more weights": "It has thirteen times as many. Do they have an effect of their own?",
    },
    "no",
)
