"""Exercises and questions of notebook 04, Turn scores into probabilities."""

import numpy as np

from ..core import functions
from . import solutions
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

SCORES = [
    Case("two images, three classes", (np.array([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]]),)),
    Case("one image", (np.array([[2.0, 1.0, -1.0, 0.5]]),)),
    Case("as many images as classes", (np.array([[3.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]),)),
    Case("all scores negative", (np.array([[-1.0, -2.0], [-3.0, -1.0], [-0.5, -4.0]]),)),
    Case("float32", (np.array([[0.5, 1.5, 0.0], [2.0, -1.0, 0.0]], np.float32),)),
]


# --- softmax -----------------------------------------------------------------------------------------------------------

softmax = Exercise(
    functions.softmax,
    notebook="04",
    place="in class",
    cases=[
        *SCORES,
        Case("64 images, ten classes", (np.random.default_rng(4).normal(0, 3, (64, 10)),)),
        Case("large scores", (np.array([[1000.0, 1001.0, 999.0], [10.0, 9.0, 11.0]]),), harsh=True),
        Case("one image far above the other", (np.array([[1000.0, 1001.0], [1.0, 2.0]]),), harsh=True),
        Case("scores from -10 000 to 10 000", (np.array([[-1e4, 0.0, 1e4], [-1e4, -1e4, -9999.0]]),), harsh=True),
        Case("large scores in float32", (np.array([[90.0, 89.0], [-200.0, -201.0]], np.float32),), harsh=True),
    ],
    draw=lambda rng: (rng.normal(0, rng.choice([1, 10, 100]), rng.integers(1, 7, 2)),),
    hints=[
        "Two steps: make every score positive with `np.exp`, then divide by a sum. One image is one row.",
        "Before `exp`, subtract the row's own largest score: `Z.max(axis=-1, keepdims=True)`. "
        "Nothing changes on paper, and no exponent is above 0.",
        "The sum needs `axis=-1` and `keepdims=True` too, so that it is (n, 1) and each row is divided by its own.",
    ],
    praise="Each row sums to 1, for any finite scores: you never computed the exponential of a number above 0.",
)


@softmax.mistake(
    "divided by the sum of the whole batch",
    ask="Which axis runs along one image's scores? What keeps the result two-dimensional?",
)
def whole_batch(Z):
    """Every entry is divided by the sum over all images, so it is the whole batch that sums to 1."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum()


@softmax.mistake(
    "whole batch, without the shift",
    ask="Which axis runs along one image's scores? What may be added to all of them without changing the probabilities?",
)
def whole_batch_without_shift(Z):
    """Every entry is divided by the sum over all images, so it is the whole batch that sums to 1. And the largest score was
    not subtracted: with scores of 1000, `exp` gives inf."""
    E = np.exp(Z)
    return E / E.sum()


@softmax.mistake("the wrong axis", ask="Is an image a row or a column of Z? Along which axis do its scores lie?")
def over_the_columns(Z):
    """Each column sums to 1: the images compete for a class, not the classes for an image."""
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


@softmax.mistake(
    "works up to scores of about 700",
    kind="fragile",
    ask="What may be added to all scores of an image without changing its probabilities?",
)
def without_the_shift(Z):
    """With scores of 1000, `exp` gives inf, and inf / inf is nan. (In float32 this begins at 89.)"""
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "shifted by the largest score of the whole batch",
    kind="fragile",
    ask="Whose largest score should be subtracted from a row?",
)
def global_maximum(Z):
    """An image whose scores all lie far below another image's gets exponents so low that every `exp` is 0: 0 / 0 is nan."""
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=-1, keepdims=True)


@softmax.mistake("keepdims is missing", ask="What is the shape of the sum, and along which axis is it repeated?")
def sum_without_keepdims(Z):
    """The sum of the rows has shape (n,), and broadcasting puts it along the columns: an error, and with as many
    images as classes a wrong result without one."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1)


@softmax.mistake("keepdims is missing in the maximum", ask="What is the shape of the maximum, and how is it repeated?")
def maximum_without_keepdims(Z):
    """The maximum of the rows has shape (n,), and broadcasting puts it along the columns: an error, and with as many
    images as classes each score is shifted by another image's maximum."""
    E = np.exp(Z - Z.max(axis=-1))
    return E / E.sum(axis=-1, keepdims=True)


@softmax.mistake("keepdims is missing twice", ask="What are the shapes of the maximum and of the sum?")
def without_any_keepdims(Z):
    """The maximum and the sum of the rows have shape (n,), and broadcasting puts them along the columns."""
    E = np.exp(Z - Z.max(axis=-1))
    return E / E.sum(axis=-1)


@softmax.mistake("not normalised", ask="By what must a row be divided so that it sums to 1?")
def only_exp(Z):
    """The rows do not sum to 1: this is `exp` of the scores alone."""
    return np.exp(Z)


@softmax.mistake("shifted, not normalised", ask="By what must a row be divided so that it sums to 1?")
def only_shifted_exp(Z):
    """The rows do not sum to 1: this is `exp` of the shifted scores alone."""
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


@softmax.mistake("normalised without exp", ask="What makes a negative score positive and keeps the order?")
def without_exp(Z):
    """The scores themselves are divided by their sum, which may be negative, or 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return Z / Z.sum(axis=-1, keepdims=True)


# --- cross_entropy -----------------------------------------------------------------------------------------------------

P_SMALL, Y_SMALL = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])


def probabilities_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return functions.softmax(rng.normal(0, 2, (n, k))), np.eye(k)[rng.integers(0, k, n)]


FLOORS = np.array([*(10.0 ** -np.arange(3, 31)), 1e-50, 1e-100, 1e-200, 1e-300, 2.22e-16, 2.23e-308, 5e-324])
ZEROS_ADDED, ZEROS_WEIGHTED = 1e6, 2e6  # what stands for the losses that hold logarithms of a floor


def large_enough(loss, P, Y):
    """Where the true class has probability 0 any finite loss above 10 will do. A loss with the logarithms of the zeros in
    Y * P or in Y is recognised whatever stood in for 0 there, and whatever the sum was divided by."""
    true = (P * Y).sum(axis=1)
    if not np.isfinite(loss):
        return loss
    if (true == 0).any():
        return np.minimum(loss, 10.0)
    n, k = Y.shape
    for total in (loss, loss * k, loss / n):
        if np.isclose(total + np.log(true).mean(), -(k - 1) * np.log(FLOORS), rtol=1e-4, atol=0).any():
            return ZEROS_ADDED
        if np.isclose(total, -(1 - true.mean()) * np.log(FLOORS), rtol=1e-4, atol=0).any():
            return ZEROS_WEIGHTED
    return loss


cross_entropy = Exercise(
    functions.cross_entropy,
    notebook="04",
    place="in class",
    view=large_enough,
    cases=[
        Case("two images, three classes", (P_SMALL, Y_SMALL)),
        Case("one image", (np.array([[0.25, 0.75]]), np.array([[1.0, 0.0]]))),
        Case("as many images as classes", (np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([[0.0, 1.0], [1.0, 0.0]]))),
        Case("64 images, ten classes", probabilities_and_targets(np.random.default_rng(4), 64, 10)),
        Case("float32", (P_SMALL.astype(np.float32), Y_SMALL.astype(np.float32)), harsh=True),
        Case("a false class with probability 0", (np.array([[1.0, 0.0], [0.4, 0.6]]), np.eye(2)), harsh=True),
        Case("a true class with probability 0", (np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])), harsh=True),
    ],
    draw=probabilities_and_targets,
    hints=[
        "`Y * np.log(P)` keeps one number in each row: the logarithm of the true class's probability.",
        "Sum along each row (`axis=1`), average over the images, and mind the sign: log of a probability is negative.",
        "A probability may be 0. `np.maximum(P, smallest)`, with `smallest = np.finfo(P.dtype).smallest_subnormal`, "
        "replaces it by the smallest positive number of its type before the logarithm is taken.",
    ],
    praise="This one number is what all of Part 2 pushes down. A network that knows nothing of ten classes has ln 10 = 2.303.",
)


@cross_entropy.mistake("a sum instead of a mean", ask="What should happen to the loss when every image occurs twice?")
def summed(P, Y):
    """The surprises of the images are added up and not averaged, so a larger batch has a larger loss."""
    return -(Y * np.log(np.maximum(P, 1e-300))).sum()


@cross_entropy.mistake("a mean over all entries", ask="How many terms of an image's row are not 0, and by what do you divide?")
def mean_of_all_entries(P, Y):
    """The mean runs over all n·k entries. Only one in each row counts, so the loss is k times too small."""
    return -(Y * np.log(np.maximum(P, 1e-300))).mean()


@cross_entropy.mistake("the minus is missing", ask="Is the logarithm of a number between 0 and 1 positive or negative?")
def without_the_sign(P, Y):
    """The loss comes out negative, and would be lowest for the worst prediction."""
    return (Y * np.log(np.maximum(P, 1e-300))).sum(axis=1).mean()


@cross_entropy.mistake("log of 0", kind="fragile", ask="What is `np.log(0)`, and what is 0 times that?")
def logarithm_of_zero(P, Y):
    """Where a probability is 0 its logarithm is -inf, and 0 * -inf is nan: one such entry spoils the whole loss."""
    return -(Y * np.log(P)).sum(axis=1).mean()


@cross_entropy.mistake("log of 0 at the true class", kind="fragile", ask="Which number could stand in for a probability of 0?")
def logarithm_of_zero_at_the_true_class(P, Y):
    """Where the true class has probability 0 the loss is infinite, and no training comes back from there."""
    return -np.log((Y * P).sum(axis=1)).mean()


@cross_entropy.mistake("P and Y have changed places", ask="Of which of the two do we take the logarithm?")
def swapped(P, Y):
    """The logarithm is taken of Y, whose entries are 0 and 1, and not of the probabilities."""
    return -(P * np.log(np.maximum(Y, 1e-300))).sum(axis=1).mean()


@cross_entropy.mistake("log of the zeros", ask="Which comes first, the logarithm or the product with Y?")
def logarithm_after_the_product(P, Y):
    """Y * P is 0 in every false class, and the logarithm of these zeros, or of what stood in for them, was added too."""
    return -np.log(np.maximum(Y * P, 1e-300)).sum(axis=1).mean()


@cross_entropy.mistake(
    "a logarithm of 0 in every row", ask="Of which array should the logarithm be taken, before or after the product with Y?"
)
def logarithm_of_the_zeros_of_Y(P, Y):
    """The loss is infinite whatever the probabilities are. Y holds zeros, and so does Y * P: their logarithm is -inf."""
    return -np.log(Y * P).sum(axis=1).mean()


@cross_entropy.mistake(
    "0 for every prediction",
    ask="Which number may be 0, and must be replaced before its logarithm is taken?",
)
def floor_after_the_logarithm(P, Y):
    """No prediction costs anything. (Logarithms of probabilities are negative: after the logarithm `np.maximum` takes the
    other number, which is nearly 0, in every place.)"""
    return -np.maximum(Y * np.log(P), 1e-300).sum(axis=1).mean()


@cross_entropy.mistake(
    "the two axes have changed places", ask="Over which axis does the formula sum, and by which size does it divide?"
)
def divided_by_the_classes(P, Y):
    """The sum runs down the columns and the mean over the classes: it is divided by k, and not by n."""
    return -(Y * np.log(np.maximum(P, 1e-300))).sum(axis=0).mean()


@cross_entropy.mistake("one loss for each image", ask="How do the surprises of all images become one number?")
def not_averaged(P, Y):
    """It returns the surprise of each image, n numbers, and not their mean."""
    return -(Y * np.log(np.maximum(P, 1e-300))).sum(axis=1)


@cross_entropy.mistake("the logarithm to base 2", kind="convention", ask="Which logarithm undoes e to the power of z?")
def base_two(P, Y):
    """Others measure surprise in bits; here it is the natural logarithm, `np.log`, which undoes softmax's `exp`."""
    return -(Y * np.log2(np.maximum(P, 1e-300))).sum(axis=1).mean()


@cross_entropy.mistake("the logarithm to base 10", kind="convention", ask="Which logarithm undoes e to the power of z?")
def base_ten(P, Y):
    """Others count in powers of ten; here it is the natural logarithm, `np.log`, which undoes softmax's `exp`."""
    return -(Y * np.log10(np.maximum(P, 1e-300))).sum(axis=1).mean()


# --- mean_squared_error ------------------------------------------------------------------------------------------------


def outputs_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return rng.uniform(0, 1, (n, k)), np.eye(k)[rng.integers(0, k, n)]


mean_squared_error = Exercise(
    functions.mean_squared_error,
    notebook="04",
    place="at home",
    cases=[
        Case("two images, three classes", (P_SMALL, Y_SMALL)),
        Case("one image", (np.array([[0.5, 1.0]]), np.array([[0.0, 1.0]]))),
        Case("as many images as classes", (np.array([[0.5, 0.5], [0.25, 1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]))),
        Case("float32", (P_SMALL.astype(np.float32), Y_SMALL.astype(np.float32))),
        Case("64 images, ten classes", outputs_and_targets(np.random.default_rng(4), 64, 10)),
    ],
    draw=outputs_and_targets,
    hints=[
        "Take the difference entry by entry, square it, and then two different things happen to the two axes.",
        "Sum over the classes of an image (`axis=1`), then average over the images.",
    ],
    praise="Summed over classes, averaged over images. Books that average over both have k times smaller losses, and steps.",
)


@mean_squared_error.mistake(
    "averaged over the classes too",
    kind="convention",
    ask="By what do you divide, and by what would the formula?",
)
def averaged_twice(A, Y):
    """Many books and libraries do that, and their loss is k times smaller. Here the classes are summed, the images averaged."""
    return ((A - Y) ** 2).mean()


@mean_squared_error.mistake("half of it", kind="convention", ask="Which factor does the formula of this notebook have?")
def halved(A, Y):
    """Many books put a ½ in front, to make the derivative look simpler. Here there is none."""
    return ((A - Y) ** 2).sum(axis=1).mean() / 2


@mean_squared_error.mistake("a sum instead of a mean", ask="What should happen to the loss when every image occurs twice?")
def summed_squares(A, Y):
    """The errors of the images are added up and not averaged, so a larger batch has a larger loss."""
    return ((A - Y) ** 2).sum()


@mean_squared_error.mistake(
    "the two axes have changed places", ask="Over which axis does the formula sum, and by which size does it divide?"
)
def squares_divided_by_the_classes(A, Y):
    """It is summed over the images and averaged over the classes: divided by k, and not by n."""
    return ((A - Y) ** 2).sum(axis=0).mean()


@mean_squared_error.mistake("not squared", ask="What becomes of an error of +0.3 and one of -0.3 when they are added?")
def plain_difference(A, Y):
    """The differences are added without squaring, so that too much and too little cancel."""
    return (A - Y).sum(axis=1).mean()


@mean_squared_error.mistake("absolute values instead of squares", ask="What should an error of 0.2 cost, beside one of 0.1?")
def absolute_difference(A, Y):
    """The differences are taken without their sign, but not squared."""
    return np.abs(A - Y).sum(axis=1).mean()


@mean_squared_error.mistake("one error for each image", ask="How do the errors of all images become one number?")
def errors_not_averaged(A, Y):
    """It returns the error of each image, n numbers, and not their mean."""
    return ((A - Y) ** 2).sum(axis=1)


@mean_squared_error.mistake("the root of it", ask="Does the formula end with a root?")
def rooted(A, Y):
    """A root is taken at the end: that is the RMS error, another measure."""
    return np.sqrt(((A - Y) ** 2).sum(axis=1).mean())


# --- log_sum_exp -------------------------------------------------------------------------------------------------------

log_sum_exp = Exercise(
    solutions.log_sum_exp,
    notebook="04",
    place="starred",
    cases=[
        *SCORES,
        Case("large scores", (np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1001.0, -1002.0]]),), harsh=True),
        Case("one image far above the other", (np.array([[1000.0, 1001.0], [1.0, 2.0]]),), harsh=True),
    ],
    draw=lambda rng: (rng.normal(0, rng.choice([1, 10, 100]), rng.integers(1, 7, 2)),),
    hints=[
        "Take the largest score s of each row out of the sum: what is then left inside the exponentials?",
        "`s + np.log(np.exp(Z - s).sum(...))`: s and the sum both need `axis=-1, keepdims=True`.",
    ],
    praise="With it the logarithm of a probability is Z - log_sum_exp(Z): no probability is rounded to 0 on the way.",
)


@log_sum_exp.mistake("works up to scores of about 700", kind="fragile", ask="Which number can be taken out of the sum?")
def log_sum_exp_without_shift(Z):
    """With scores of 1000, `exp` gives inf; with scores of -1000 every `exp` is 0, whose logarithm is -inf."""
    return np.log(np.exp(Z).sum(axis=-1, keepdims=True))


@log_sum_exp.mistake("the largest score was not added again", ask="What was taken out of every exponent?")
def without_adding_the_maximum(Z):
    """The largest score was subtracted in the exponents and is missing in the result."""
    return np.log(np.exp(Z - Z.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True))


@log_sum_exp.mistake("shifted by the largest score of all", kind="fragile", ask="Whose largest score should be taken out?")
def log_sum_exp_with_global_maximum(Z):
    """For an image whose scores all lie far below another image's, every `exp` is 0, and the logarithm is -inf."""
    return Z.max() + np.log(np.exp(Z - Z.max()).sum(axis=-1, keepdims=True))


@log_sum_exp.mistake("over the wrong axis", ask="Is an image a row or a column of Z?")
def log_sum_exp_of_columns(Z):
    """The sum runs down the columns, over the images."""
    s = Z.max(axis=0, keepdims=True)
    return s + np.log(np.exp(Z - s).sum(axis=0, keepdims=True))


@log_sum_exp.mistake("one dimension is gone", ask="Which shape must the result have so that Z minus the result is row by row?")
def log_sum_exp_without_keepdims(Z):
    """The result has shape (n,), where a column (n, 1) is asked for."""
    s = Z.max(axis=-1)
    return s + np.log(np.exp(Z - s[:, np.newaxis]).sum(axis=-1))


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "04",
    (
        "row to label",
        "02",
        "A row of ten outputs is to become a label. How?",
        {
            "round the outputs": "Rounding gives zeros and ones, perhaps none or several ones. One column has to be chosen.",
            "take the column of the largest one": "That is argmax along the row. It works for any outputs, not only for 0 and 1.",
            "take the largest one": "The largest output says how strong the answer is. The label is the column where it stands.",
        },
        "take the column of the largest one",
    ),
    (
        "why one-hot",
        "02",
        "Why one-hot rows, and not the numbers 0 to 9?",
        {
            "they take less memory": "They take ten times as much.",
            "numbers would put 4 nearer to 5 than to 9": "Numbers claim an order and distances that the classes do not have.",
            "a network cannot answer with one number": "It can. But torn between 4 and 9 it would answer 6 or 7.",
        },
        "numbers would put 4 nearer to 5 than to 9",
    ),
    (
        "bytes that wrap",
        "01",
        "A pixel of 200 is stored as uint8, and 100 is added to it. What comes out?",
        {
            "300": "Eight bits hold 0 to 255. That is why pixels become floats before anything is computed.",
            "255": "An image editor would stop there. NumPy's bytes have no such stop.",
            "44": "300 does not fit into eight bits and wraps around: 300 − 256.",
        },
        "44",
    ),
)

Question(
    "large scores",
    "04",
    "Every score is made 1 000 larger, and the last cell is run again. What does NumPy print?",
    {
        "the same probabilities": "On paper, yes: the common factor cancels. But can the computer store e to the power of 1000?",
        "1 for the largest, 0 for the others": "Only the differences of scores matter, and they are what they were.",
        "no numbers at all": "e to the power of 1000 is larger than the largest float.",
    },
    "no numbers at all",
)
Question(
    "softmax without keepdims",
    "04",
    "Somebody leaves keepdims=True out of the sum. The batch has three images and three classes. What happens?",
    {
        "an error": "With 64 images and ten classes, yes. Here the shapes (3, 3) and (3,) fit.",
        "a wrong result without an error": "The sums are put side by side: column j is divided by the sum of row j.",
        "the right result": "For that the sums would have to stand in a column, (3, 1).",
    },
    "a wrong result without an error",
)
Question(
    "steeper loss",
    "04",
    "Far to the left, at z = -8, the network is certain and wrong. Which loss is steeper there?",
    {
        "cross-entropy": "Its slope is -1 there: the correction stays at full strength, however bad the mistake.",
        "squared error": "Squaring punishes errors above 1. This one is never above 1, and the curve is flat there.",
        "both are flat": "One of them is.",
    },
    "cross-entropy",
)
Question(
    "loss of the untrained",
    "04",
    "A network with small random weights has not been trained yet. What is its cross-entropy on ten classes, about?",
    {
        "0": "That would be a network that gives the true class the probability 1, every time.",
        "1": "That takes a probability of e to the power of -1, 0.37, for the true class.",
        "2.3": "Equal scores give each class the probability 1/10, and -ln(1/10) is 2.3.",
        "10": "That takes conviction: a probability of 0.00005 for the true class, on average.",
    },
    "2.3",
)
