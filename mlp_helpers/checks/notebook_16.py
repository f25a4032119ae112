"""Exercises and questions of notebook 16, Look inside."""

import numpy as np

from .. import measures
from ..functions import relu, softmax
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

# --- dead_units --------------------------------------------------------------------------------------------------------


def dead_units(A):
    """Say for each hidden unit whether it is 0 for every image: (n, h) -> (h,)."""
    return (A == 0).all(axis=0)


def activations(rng, n=None, h=None, dtype=np.float64):
    """Activations behind a ReLU, with some dead units, some that are nearly so, and some that always speak."""
    n, h = n or int(rng.integers(1, 9)), h or int(rng.integers(1, 9))
    A = relu(np.round(rng.normal(0, 1, (n, h)), 2))
    kinds = rng.integers(0, 4, h)
    A[:, kinds == 0] = 0
    A[:, kinds == 1] += 0.5
    A[1:, kinds == 2] = 0
    return A.astype(dtype)


A_SMALL = np.array([[0.0, 1.0, 0.0], [0.0, 2.0, 3.0]])
FAINT = np.zeros((400, 3))
FAINT[7, 1], FAINT[:, 2] = 1e-6, 2.0

dead_units = Exercise(
    dead_units,
    notebook="16",
    place="in class",
    cases=[
        Case("two images, three units", (A_SMALL,)),
        Case("one image", (np.array([[0.0, 0.5, 0.0, 2.0]]),)),
        Case("as many images as units", (np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 2.0], [0.0, 4.0, 0.0]]),)),
        Case("no unit is dead", (np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]]),)),
        Case("all are dead", (np.zeros((2, 4)),)),
        Case("a unit that speaks once in 400 images", (FAINT,)),
        Case("float32", (activations(np.random.default_rng(1), 5, 4, np.float32),)),
        Case("200 images, 128 units", (activations(np.random.default_rng(2), 200, 128),)),
    ],
    draw=lambda rng: (activations(rng),),
    hints=[
        "A == 0 asks every entry. What must hold of a column, so that its unit is dead?",
        "`.all(axis=0)` goes down each column, and is True where every entry is.",
    ],
    praise="A unit that is silent for every training image gets no blame either, so it stays as it is.",
)


@dead_units.mistake("the rows were asked", ask="Which axis runs over the images, and which over the units?")
def images_without_activation(A):
    """For each image you say whether it wakes no unit at all. Asked for is one answer for each unit: for each column."""
    return (A == 0).all(axis=1)


@dead_units.mistake("silent once is not dead", ask="For how many images must a dead unit be 0?")
def silent_somewhere(A):
    """Every unit is marked that is 0 for at least one image. Nearly all are: a unit is there to tell images apart."""
    return (A == 0).any(axis=0)


@dead_units.mistake("the living are marked", ask="Should a unit that speaks be True or False?")
def living(A):
    """True and False are exchanged: you mark the units that speak for some image."""
    return (A > 0).any(axis=0)


@dead_units.mistake("those that always speak", ask="What is the opposite of: 0 for every image?")
def always_on(A):
    """You mark the units that are above 0 for every image."""
    return (A > 0).all(axis=0)


@dead_units.mistake("only the number", kind="convention", ask="Which units are they?")
def number_of_dead(A):
    """That is how many there are. Asked for is which: True or False for each unit. Its sum is your number."""
    return (A == 0).all(axis=0).sum()


@dead_units.mistake(
    "a list of numbers", kind="convention", ask="How would you use the answer to pick the columns of all other units?"
)
def their_indices(A):
    """Those are the places of the dead units. Asked for is True or False for each unit, which can also be turned round
    by ~ to pick the living."""
    return np.flatnonzero((A == 0).all(axis=0))


@dead_units.mistake("shares, not True and False", ask="Which share must a dead unit have?")
def share_of_silence(A):
    """That is the share of images for which a unit is silent. Interesting as well, but asked for is whether it is all."""
    return (A == 0).mean(axis=0)


@dead_units.mistake("nearly silent counts as dead", kind="fragile", ask="Is a unit dead that speaks for one image in 400?")
def nearly_dead(A):
    """A small mean is taken for silence. A unit that speaks rarely, or softly, is not dead: it still gets blame, and may say
    what no other unit says."""
    return A.mean(axis=0) < 0.01


@dead_units.mistake("softly counts as dead", kind="fragile", ask="Is a unit dead whose largest activation is a millionth?")
def softly(A):
    """You ask whether the largest activation is below a small limit. ReLU gives exact zeros, so no limit is needed; whatever
    is above 0 still gets blame."""
    return A.max(axis=0) < 1e-3


@dead_units.mistake("only the first image was asked", ask="Which images does A[0] hold?")
def first_image(A):
    """You mark what is silent for the first image. It may speak for the others."""
    return A[0] == 0


@dead_units.mistake("one answer for all units", ask="Along which axis should the images be gathered?")
def no_axis(A):
    """Without an axis, `all` goes over the whole table and gives a single True or False."""
    return (A == 0).all()


# --- expected_calibration_error ----------------------------------------------------------------------------------------


def answers(rng, n=None, k=None, sharp=None, dtype=np.float64):
    """Probabilities and labels that are right about half of the time."""
    n, k = n or int(rng.integers(1, 40)), k or int(rng.integers(2, 8))
    P = softmax(rng.normal(0, sharp or rng.choice([0.5, 2.0, 5.0]), (n, k)))
    labels = np.where(rng.random(n) < 0.6, P.argmax(axis=1), rng.integers(0, k, n))
    return P.astype(dtype), labels


def two_bins():
    """Four answers at 0.9, three of them right, and six at 0.62, three of them right."""
    P = np.vstack([np.tile([0.9, 0.1], (4, 1)), np.tile([0.38, 0.62], (6, 1))])
    return P, np.array([0, 0, 0, 1, 1, 1, 1, 0, 0, 0])


CERTAIN = (np.vstack([np.eye(3)[[0, 1, 2, 0]], [[0.3, 0.7, 0.0]]]), np.array([0, 1, 2, 1, 1]))

expected_calibration_error = Exercise(
    measures.expected_calibration_error,
    notebook="16",
    place="starred",
    cases=[
        Case("0.9 sure and 3 of 4 right, 0.62 sure and 3 of 6 right", (*two_bins(), 10)),
        Case("one image", (np.array([[0.25, 0.75]]), np.array([1]), 10)),
        Case("as sure as it should be", (np.tile([0.75, 0.25], (4, 1)), np.array([0, 0, 0, 1]), 10)),
        Case("quite sure, and wrong once", (*CERTAIN, 10)),
        Case("five bins", (*answers(np.random.default_rng(1), 30, 4, 2.0), 5)),
        Case("a single bin", (*answers(np.random.default_rng(2), 30, 4, 2.0), 1)),
        Case("as many images as classes", (*answers(np.random.default_rng(3), 5, 5, 2.0), 10)),
        Case("float32", (*answers(np.random.default_rng(4), 50, 10, 3.0, np.float32), 10)),
        Case("2000 images, ten classes", (*answers(np.random.default_rng(5), 2000, 10, 2.0), 10)),
    ],
    draw=lambda rng: (*answers(rng), int(rng.integers(1, 16))),
    hints=[
        "How sure is `P.max(axis=1)`; right is `P.argmax(axis=1) == labels`. Which bin does an image belong to?",
        "`(sure * bins).astype(int)` is its number, and an image that is 1.0 sure belongs to the last bin, `bins - 1`. "
        "Take the bins in turn: `inside = which == b` picks the images of bin b.",
        "A mean has no value for an empty bin, a sum has: 0. How large is the distance of a bin's two means, times its number "
        "of images?",
    ],
    praise="One number for a whole diagram. With few images a bin it is never quite 0, even for honest probabilities.",
)


@expected_calibration_error.mistake("no bins", ask="Can too much trust in one bin be made up for by too little in another?")
def without_bins(P, labels, bins=10):
    """The two means over all images are compared. A network that is too sure here and not sure enough there would come out
    as perfect; in the bins it does not."""
    return abs(P.max(axis=1).mean() - (P.argmax(axis=1) == labels).mean())


def over_bins(P, labels, bins, weight, last=True, distance=np.abs):
    """Each bin's distance between its two means, times a weight of the number in it, summed over the bins."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = (sure * bins).astype(int)
    which = np.minimum(which, bins - 1) if last else which
    filled = [which == b for b in range(bins) if (which == b).any()]
    return float(sum(weight(m.sum(), len(filled)) * distance(sure[m].mean() - right[m].mean()) for m in filled))


@expected_calibration_error.mistake("every bin counts the same", ask="How much should a bin with one image count?")
def bins_alike(P, labels, bins=10):
    """The distances are averaged over the bins that are not empty. A bin with a single image then counts as much as one with
    thousands."""
    return over_bins(P, labels, bins, lambda count, filled: 1 / filled)


@expected_calibration_error.mistake("divided by the number of bins", ask="How much should an empty bin count?")
def divided_by_bins(P, labels, bins=10):
    """The distances are summed and divided by the number of bins, empty ones included. Each should count by the share of
    images that it holds."""
    return over_bins(P, labels, bins, lambda count, filled: 1 / bins)


@expected_calibration_error.mistake("distances are only added up", ask="How large could the sum over ten bins become?")
def not_weighted(P, labels, bins=10):
    """Every bin's distance is added in full, however few images it holds."""
    return over_bins(P, labels, bins, lambda count, filled: 1)


@expected_calibration_error.mistake("without the last division", ask="What must the weights of all bins sum to?")
def not_divided(P, labels, bins=10):
    """The result grows with the number of images: the division by n is missing."""
    return over_bins(P, labels, bins, lambda count, filled: count)


@expected_calibration_error.mistake("signs cancel", ask="Is a bin that is too sure made up for by one that is not sure enough?")
def without_abs(P, labels, bins=10):
    """The differences keep their signs, so too much trust in one bin cancels too little in another."""
    return over_bins(P, labels, bins, lambda count, filled: count / len(labels), distance=lambda difference: difference)


@expected_calibration_error.mistake("squares in place of distances", ask="What is the unit of a squared share?")
def squared(P, labels, bins=10):
    """The differences are squared. Then a distance of 0.1 counts 0.01, and the result is no longer in points."""
    return over_bins(P, labels, bins, lambda count, filled: count / len(labels), distance=np.square)


@expected_calibration_error.mistake(
    "who is quite sure falls out", kind="fragile", ask="Which number of a bin does a probability of exactly 1.0 get?"
)
def last_edge_lost(P, labels, bins=10):
    """An answer with the probability 1.0 falls into no bin, and is left out. In float32 there are many of them."""
    return over_bins(P, labels, bins, lambda count, filled: count / len(labels), last=False)


@expected_calibration_error.mistake("the mean of an empty bin", ask="How many images lie in the first of ten bins?")
def empty_bins(P, labels, bins=10):
    """The mean of no images at all is nan, and one nan spoils the sum. An empty bin should add nothing."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    counts = np.bincount(which, minlength=bins)
    with np.errstate(invalid="ignore"):
        distances = np.abs(np.bincount(which, sure, bins) / counts - np.bincount(which, right, bins) / counts)
    return float((counts / len(labels) * distances).sum())


@expected_calibration_error.mistake("each image for itself", ask="How often is a single image right, if it is 80 % sure?")
def image_by_image(P, labels, bins=10):
    """You compare how sure each image is with its own right or wrong. A single image is never 80 % right; the mean over a bin
    can be."""
    return float(np.abs(P.max(axis=1) - (P.argmax(axis=1) == labels)).mean())


def rounded_bins(P, labels, bins, last):
    """As asked, but each image in the bin with the nearest number."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.minimum(np.round(sure * bins).astype(int), last)
    return float(sum(abs(sure[which == b].sum() - right[which == b].sum()) for b in range(bins)) / len(P))


@expected_calibration_error.mistake("rounded, not cut off", ask="With ten bins, from where to where does the first one go?")
def rounded(P, labels, bins=10):
    """The number of the bin was rounded. Then 0.58 and 0.62 share a bin, and the first is only half as wide as the others."""
    return rounded_bins(P, labels, bins, bins - 1)


@expected_calibration_error.mistake("rounded, and the surest fall out", ask="With ten bins, which number does 0.97 get from you?")
def rounded_and_lost(P, labels, bins=10):
    """The number of the bin was rounded up or down. The surest images get the number `bins`, and no bin has that one."""
    return rounded_bins(P, labels, bins, bins)


@expected_calibration_error.mistake(
    "how sure of the true class", ask="Which class is the network's answer, and how sure is it of that one?"
)
def of_the_true_class(P, labels, bins=10):
    """The probability of the true class was taken. How sure the network is, is the probability of the class that it
    answers: the largest of the row."""
    sure, right = P[np.arange(len(P)), labels], P.argmax(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs(sure[which == b].sum() - right[which == b].sum()) for b in range(bins)) / len(P))


@expected_calibration_error.mistake("always ten bins", ask="Where does your code use the argument bins?")
def always_ten(P, labels, bins=10):
    """There are ten bins, whatever was asked for."""
    return over_bins(P, labels, 10, lambda count, filled: count / len(labels))


# --- with_temperature --------------------------------------------------------------------------------------------------


def with_temperature(Z, T):
    """Turn scores, divided by a temperature T, into probabilities: (n, k) -> (n, k)."""
    return softmax(Z / T)


def scores_and_temperature(rng, n=None, k=None, dtype=np.float64):
    n, k = n or int(rng.integers(1, 6)), k or int(rng.integers(2, 6))
    return rng.normal(0, 3, (n, k)).astype(dtype), float(rng.choice([0.25, 0.5, 0.8, 1.7, 2.0, 4.0]))


with_temperature = Exercise(
    with_temperature,
    notebook="16",
    place="at home",
    cases=[
        Case("one image, two classes, T = 2", (np.array([[np.log(9.0), 0.0]]), 2.0)),
        Case("two images, three classes, T = 0.5", (np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]]), 0.5)),
        Case("T = 1", (np.array([[1.0, 2.0, 0.0]]), 1.0)),
        Case("as many images as classes", (np.array([[1.0, -2.0], [0.5, 3.0]]), 3.0)),
        Case("all scores negative", (np.array([[-1.0, -2.0, -5.0], [-8.0, -7.0, -9.0]]), 2.0)),
        Case("float32", scores_and_temperature(np.random.default_rng(3), 4, 5, np.float32)),
        Case("64 images, ten classes", scores_and_temperature(np.random.default_rng(4), 64, 10)),
        Case("very large scores", (np.array([[9000.0, 8990.0, 0.0], [-9000.0, -9005.0, -9001.0]]), 2.0), harsh=True),
    ],
    draw=scores_and_temperature,
    hints=[
        "Temperature acts on the scores, before they become probabilities. Which function of notebook 04 makes probabilities "
        "of scores?",
        "`softmax` of the scores, each divided by T.",
    ],
    praise="T scales all scores of an image alike, so the largest stays the largest: no answer changes, only how sure it is.",
)


@with_temperature.mistake("multiplied", ask="Should a high temperature make the scores more alike, or less?")
def multiplied(Z, T):
    """The scores are multiplied by T, so a high temperature makes the network surer. Asked for is the opposite."""
    return softmax(Z * T)


@with_temperature.mistake("the probabilities were divided", ask="What does each row of the result sum to?")
def divided_afterwards(Z, T):
    """The probabilities themselves were divided by T. Their rows no longer sum to 1."""
    return softmax(Z) / T


@with_temperature.mistake(
    "divided, then divided by the sum", ask="What happens to a factor that stands in the numerator and in the denominator?"
)
def nothing_happens(Z, T):
    """The temperature cancels: dividing all probabilities of a row by T and then by their sum gives what was there before."""
    return softmax(Z)


@with_temperature.mistake("a power without a sum", ask="What does each row of the result sum to?")
def power_alone(Z, T):
    """The probabilities to the power 1/T are the right ones but for one thing: their rows do not sum to 1."""
    return softmax(Z) ** (1 / T)


@with_temperature.mistake("softmax of probabilities", ask="What should be divided by T, the scores or what became of them?")
def softmax_twice(Z, T):
    """softmax is taken of probabilities. They lie between 0 and 1, so all classes come out nearly alike."""
    return softmax(softmax(Z) / T)


@with_temperature.mistake("scores, not probabilities", ask="What still has to be done with the scores?")
def scores_alone(Z, T):
    """Those are the scores over T. What is missing is the step to probabilities."""
    return Z / T


@with_temperature.mistake("exp overflows", kind="fragile", ask="What did notebook 04 subtract before it took exp?")
def unshifted(Z, T):
    """Right, until a score is large: exp of it is infinite, and the row becomes nan. softmax guards against that."""
    E = np.exp(Z / T)
    return E / E.sum(axis=1, keepdims=True)


@with_temperature.mistake("one sum for all images", ask="What does each row of the result sum to?")
def one_sum(Z, T):
    """The sum goes over the whole table, so all images together have the probability 1. Each row should have it."""
    E = np.exp((Z - Z.max()) / T)
    return E / E.sum()


@with_temperature.mistake("the columns sum to 1", ask="Along which axis do one image's scores lie?")
def along_columns(Z, T):
    """The sum runs down the columns, over the images."""
    return softmax(Z.T / T).T


# --- step_on_input -----------------------------------------------------------------------------------------------------


def step_on_input(X, dX, epsilon):
    """Move every pixel by epsilon to where the loss rises, and stay in [0, 1]: (n, d), (n, d) -> (n, d)."""
    return np.clip(X + epsilon * np.sign(dX), 0, 1)


def images_and_gradient(rng, n=None, d=None, dtype=np.float64):
    n, d = n or int(rng.integers(1, 6)), d or int(rng.integers(1, 8))
    X = np.clip(np.round(rng.normal(0.5, 0.6, (n, d)), 2), 0, 1)
    dX = np.round(rng.normal(0, 2, (n, d)), 1) * (rng.random((n, d)) < 0.8)
    return X.astype(dtype), dX.astype(dtype), float(rng.choice([0.05, 0.1, 0.25, -0.1]))


X_SMALL, DX_SMALL = np.array([[0.2, 0.95, 0.5, 0.0]]), np.array([[0.01, 3.0, -2.0, 0.0]])
TALL = (np.array([[0.3, 0.6], [0.5, 0.4], [0.7, 0.2]]), np.array([[0.5, -4.0], [-0.2, 0.1], [1.5, -3.0]]))

step_on_input = Exercise(
    step_on_input,
    notebook="16",
    place="in class",
    cases=[
        Case("one image of four pixels", (X_SMALL, DX_SMALL, 0.1)),
        Case("three images of two pixels", (*TALL, 0.1)),
        Case("a pixel whose gradient is 0", (np.array([[0.5, 0.5]]), np.array([[0.0, 1.0]]), 0.2)),
        Case("black and white pixels", (np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([[1.0, -1.0, 1.0, -1.0]]), 0.25)),
        Case("as many images as pixels", (np.array([[0.1, 0.9], [0.5, 0.3]]), np.array([[2.0, 2.0], [-1.0, 3.0]]), 0.15)),
        Case("the other way, epsilon below 0", (*TALL, -0.1)),
        Case("gradients as small as a batch makes them", (TALL[0], 1e-6 * TALL[1], 0.1)),
        Case("float32", images_and_gradient(np.random.default_rng(1), 3, 5, np.float32)),
        Case("20 images of 784 pixels", images_and_gradient(np.random.default_rng(2), 20, 784)),
    ],
    draw=images_and_gradient,
    hints=[
        "`np.sign` gives 1, 0 or -1 for each entry. A step of which length does each pixel take, and in which direction?",
        "After the step some pixels are below 0 or above 1. `np.clip(A, 0, 1)` sets them to the nearest allowed value.",
    ],
    praise="Goodfellow, Shlens and Szegedy called it the fast gradient sign method in 2015. It is one line of code.",
)


@step_on_input.mistake("the gradient itself", ask="How far should a pixel move whose gradient is small?")
def without_sign(X, dX, epsilon):
    """You add the gradient times epsilon. Input gradients are tiny, and most pixels would hardly move; asked for is the same
    step for all of them, by the sign alone."""
    return np.clip(X + epsilon * dX, 0, 1)


@step_on_input.mistake(
    "outside black and white",
    kind="fragile",
    ask="`np.clip` returns a new array, and needs both ends: is that what you return, and which values may a pixel have?",
)
def without_clip(X, dX, epsilon):
    """The direction is right, but some pixels leave the range from 0 to 1. That would be no image any more."""
    return X + epsilon * np.sign(dX)


@step_on_input.mistake("a gradient itself, and not clipped", ask="Which two things does the formula do besides adding?")
def plain_ascent(X, dX, epsilon):
    """That is a plain step along the gradient: its sign is not taken, and the pixels are not kept between 0 and 1."""
    return X + epsilon * dX


@step_on_input.mistake("downhill", ask="Should the loss rise or fall?")
def downhill(X, dX, epsilon):
    """The step goes against the gradient, as it does for weights. That makes the loss smaller, and the network surer of the
    truth."""
    return np.clip(X - epsilon * np.sign(dX), 0, 1)


@step_on_input.mistake("the step was clipped, not the image", ask="Which of the two must stay between 0 and 1?")
def clipped_step(X, dX, epsilon):
    """`clip` acts on the step before it is added. Steps downwards are lost, and the image may still leave the range."""
    return X + np.clip(epsilon * np.sign(dX), 0, 1)


@step_on_input.mistake("only the step", ask="To what is the step added?")
def step_alone(X, dX, epsilon):
    """That is the step. Asked for is the image after it."""
    return epsilon * np.sign(dX)


@step_on_input.mistake("a gradient of 0 moves too", ask="What is the sign of 0?")
def zero_moves(X, dX, epsilon):
    """Every pixel moves up or down, even where the gradient is 0 and nothing would be gained."""
    return np.clip(X + np.where(dX > 0, epsilon, -epsilon), 0, 1)


@step_on_input.mistake("divided by the largest", ask="Which pixels move by epsilon, and which should?")
def by_the_largest(X, dX, epsilon):
    """Only the pixel with the largest gradient moves by epsilon, and all others by less. Asked for is the same step for
    all."""
    return np.clip(X + epsilon * dX / np.abs(dX).max(), 0, 1)


@step_on_input.mistake("the sign of the sum", ask="Of what should the sign be taken?")
def sign_of_all(X, dX, epsilon):
    """The sign is taken after adding: every pixel becomes 0 or 1."""
    return np.clip(np.sign(X + epsilon * dX), 0, 1)


@step_on_input.mistake("darker than black", kind="fragile", ask="And a black pixel that takes a step downwards?")
def no_lower_end(X, dX, epsilon):
    """Above, the pixels are kept at 1, but below they may leave the range."""
    return np.minimum(X + epsilon * np.sign(dX), 1)


@step_on_input.mistake("whiter than white", kind="fragile", ask="Which numbers are black and white here?")
def no_upper_end(X, dX, epsilon):
    """Below, the pixels are kept at 0, but above they may leave the range: white is 1 here, and not 255."""
    return np.clip(X + epsilon * np.sign(dX), 0, 255)


@step_on_input.mistake("the sign swallows epsilon", ask="What is the sign of 0.1 times 3?")
def epsilon_inside(X, dX, epsilon):
    """epsilon is multiplied before the sign is taken, and the sign of the product is again 1, 0 or -1: every pixel becomes
    black or white."""
    return np.clip(X + np.sign(epsilon * dX), 0, 1)


@step_on_input.mistake("no epsilon", ask="How long are your steps, and how long should they be?")
def without_epsilon(X, dX, epsilon):
    """Every pixel takes a step of 1, from black to white or back. The picture is gone."""
    return np.clip(X + np.sign(dX), 0, 1)


@step_on_input.mistake("0 / 0", kind="fragile", ask="What is dX / abs(dX) where dX is 0?")
def divided_by_its_size(X, dX, epsilon):
    """A number divided by its own size is its sign, unless it is 0: then it is nan."""
    with np.errstate(invalid="ignore"):
        return np.clip(X + epsilon * dX / np.abs(dX), 0, 1)


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "16",
    (
        "velocity at rest",
        "14",
        "Momentum keeps 0.9 of its velocity. The gradient is the same in every step. How long do the steps become?",
        {
            "ten times as long as those of plain SGD": "The velocity v stays where v = 0.9 v + g, at v = 10 g.",
            "0.9 times as long": "A share of 0.9 is kept of the old velocity. What is added to it in each step?",
            "longer and longer, without end": "Each step adds the gradient, and loses a tenth of what there is. When do the two "
            "balance?",
        },
        "ten times as long as those of plain SGD",
    ),
    (
        "why the rate decays",
        "14",
        "Why does a training end better when the learning rate falls towards 0?",
        {
            "the gradients become wrong near the end": "They are as right as before. What does each batch disagree about?",
            "the steps that the batches disagree about become small": "Each batch pulls elsewhere. Short steps settle between.",
            "the network forgets less of the first epochs": "Nothing is kept of the first epochs but the weights as they are.",
        },
        "the steps that the batches disagree about become small",
    ),
    (
        "gradient of the first layer",
        "11",
        "Ten sigmoid layers: why do the first ones hardly learn?",
        {
            "they have too few weights": "They have as many as the others. What reaches them on the way back?",
            "their inputs are too small": "Their inputs are the images. Look at what comes from the other end.",
            "the blame shrinks at every layer on its way back": "Each sigmoid multiplies it by at most a quarter.",
        },
        "the blame shrinks at every layer on its way back",
    ),
)

Question(
    "weights of dark pixels",
    "16",
    "67 pixels at the rim are black in all 50 000 training images. After training, what are the weights that lead from them?",
    {
        "0, nothing came through them": "Nothing came through, and so nothing moved them. Where did they stand at the beginning?",
        "exactly where they began": "Their gradient is the pixel times a blame: 0 in every step.",
        "large, nothing has held them back": "Nothing has held them, and nothing has pushed them.",
    },
    "exactly where they began",
)
Question(
    "sure of what it learned by heart",
    "16",
    "A network reads all of its 5 000 training images, and about 94 % of the validation images. How sure is it, on average, of "
    "its answers on validation?",
    {
        "about 90 %": "That would be modest. On the images that it knows by heart it was never wrong: what did that teach?",
        "about 94 %": "So it should be. But in training no answer has been wrong for a long time.",
        "about 97 %": "It was right on every image that it was trained on, and each step made it a little surer still.",
    },
    "about 97 %",
)
Question(
    "temperature and accuracy",
    "16",
    "All scores are divided by the same T = 1.7. What happens to the accuracy?",
    {
        "it rises, the network is less often wrongly sure": "It is less sure. But which answer does it give?",
        "it stays as it is": "Half of a larger number is still larger than half of a smaller one: the order stays.",
        "it falls, some information is lost": "Nothing is lost: times T, and the old scores are back.",
    },
    "it stays as it is",
)
Question(
    "random signs",
    "16",
    "Each pixel moves by 0.05, about 13 of 255 grey levels, to where the loss rises: the accuracy falls from about 97 to below "
    "65 %. Now each pixel moves by 0.05 up or down at random. What is the accuracy?",
    {
        "about 97 %": "A step at random goes up for some pixels and down for others, and the changes cancel.",
        "about 80 %": "Half of the pixels go the harmful way. But what do the others do?",
        "below 65 % as well, the steps are as long": "As long, yes. But of 784 steps at random about as many help as harm.",
    },
    "about 97 %",
)
Question(
    "it looks at noise",
    "16",
    "A thousand pictures of noise: every pixel at random between black and white. How sure will the network be of its answer, "
    "on average?",
    {
        "about 10 %, there is nothing to see": "That would be wise. Has it ever been shown when to say so?",
        "about 30 %": "A little of everything? How much alike will ten sums be, each over 784 random pixels?",
        "more than 50 %": "Sums over 784 bright pixels scatter widely; one class usually leads by one or two, and softmax makes "
        "that 70 %.",
    },
    "more than 50 %",
)
Question(
    "labels by lot",
    "16",
    "1 000 images keep their pixels, but their labels are dealt out anew, at random. The network 784-128-10 trains on them for "
    "60 epochs. How many of these 1 000 will it get right?",
    {
        "about 10 %, there is nothing to learn": "There is no rule to learn. But there are a thousand single answers.",
        "about half": "It does not stop there: there are a hundred times as many weights as labels.",
        "practically all": "With a hundred weights for every label it can learn them by heart, one by one.",
    },
    "practically all",
)
