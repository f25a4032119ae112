"""Notebook 16: write the expected calibration error."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import measures
from mlp_helpers.core.functions import softmax


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


# With four bins, 0.5 and 0.75 lie on edges.
EDGES = (np.array([[0.5, 0.3, 0.2], [0.4, 0.35, 0.25], [0.1, 0.2, 0.7], [0.75, 0.25, 0.0]]), np.array([0, 1, 2, 1]))


CERTAIN = (np.vstack([np.eye(3)[[0, 1, 2, 0]], [[0.3, 0.7, 0.0]]]), np.array([0, 1, 2, 1, 1]))


exercise = Exercise(
    measures.expected_calibration_error,
    notebook="16",
    place="starred",
    cases=[
        Case("0.9 sure and 3 of 4 right, 0.62 sure and 3 of 6 right", *two_bins(), 10),
        Case("one image", np.array([[0.25, 0.75]]), np.array([1]), 10),
        Case("as sure as it should be", np.tile([0.75, 0.25], (4, 1)), np.array([0, 0, 0, 1]), 10),
        Case("quite sure, and wrong once", *CERTAIN, 10),
        Case("1.0 sure, and nearly so", np.array([[1.0, 0.0], [0.95, 0.05]]), np.array([1, 0]), 10),
        Case("five bins", *answers(np.random.default_rng(1), 30, 4, 2.0), 5),
        Case("a single bin", *answers(np.random.default_rng(2), 30, 4, 2.0), 1),
        Case("as many images as classes", *answers(np.random.default_rng(3), 5, 5, 2.0), 10),
        Case("float32", *answers(np.random.default_rng(4), 50, 10, 3.0, np.float32), 10),
        Case("2000 images, ten classes", *answers(np.random.default_rng(5), 2000, 10, 2.0), 10),
        Case("four bins, and two answers on an edge", *EDGES, 4, harsh=True),
    ],
    draw=lambda rng: (*answers(rng), int(rng.integers(1, 16))),
    hints=[
        "How sure is `P.max(axis=1)`; right is `P.argmax(axis=1) == labels`. Which bin does an image belong to?",
        "`(sure * bins).astype(int)` is its number, and an image that is 1.0 sure belongs to the last bin, `bins - 1`. "
        "Take the bins in turn: `inside = which == b` picks the images of bin b.",
        "A mean has no value for an empty bin, a sum has: 0. How far apart are a bin's two means, times its number of images?",
    ],
    praise="One number for a whole diagram. With few images a bin it is hardly ever 0, even for honest probabilities.",
)


@exercise.mistake("As if there were no bins", ask="Can too much trust in one bin be made up for by too little in another?")
def _(P, labels, bins=10):
    """This is the distance between the two means over all images: either there are no bins, or their differences cancel each
    other before a distance is taken. A network that is too sure here and not sure enough there would come out as perfect."""
    return abs(P.max(axis=1).mean() - (P.argmax(axis=1) == labels).mean())


def over_bins(P, labels, bins, weight, last=True, distance=np.abs):
    """Each bin's distance between its two means, times a weight of the number in it, summed over the bins."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = (sure * bins).astype(int)
    which = np.minimum(which, bins - 1) if last else which
    filled = [which == b for b in range(bins) if (which == b).any()]
    return float(sum(weight(m.sum(), len(filled)) * distance(sure[m].mean() - right[m].mean()) for m in filled))


@exercise.mistake("Every bin counts the same", ask="How much should a bin with one image count?")
def _(P, labels, bins=10):
    """The distances are averaged over the bins that are not empty. A bin with a single image then counts as much as one with
    thousands."""
    return over_bins(P, labels, bins, lambda count, filled: 1 / filled)


@exercise.mistake("Divided by the number of bins", ask="How much should an empty bin count?")
def _(P, labels, bins=10):
    """The distances are summed and divided by the number of bins, empty ones included. Each should count by the share of
    images that it holds."""
    return over_bins(P, labels, bins, lambda count, filled: 1 / bins)


@exercise.mistake("Distances are only added up", ask="How large could the sum over ten bins become?")
def _(P, labels, bins=10):
    """Every bin's distance is added in full, however few images it holds."""
    return over_bins(P, labels, bins, lambda count, filled: 1)


@exercise.mistake("Without the last division", ask="What must the weights of all bins sum to?")
def _(P, labels, bins=10):
    """The result grows with the number of images: the division by n is missing."""
    return over_bins(P, labels, bins, lambda count, filled: count)


@exercise.mistake("Signs cancel", ask="Is a bin that is too sure made up for by one that is not sure enough?")
def _(P, labels, bins=10):
    """The differences keep their signs, so too much trust in one bin cancels too little in another."""
    return over_bins(P, labels, bins, lambda count, filled: count / len(labels), distance=lambda difference: difference)


@exercise.mistake("Squares in place of distances", ask="What is the unit of a squared share?")
def _(P, labels, bins=10):
    """The differences are squared. Then a distance of 0.1 counts as 0.01, and the result is no longer in points."""
    return over_bins(P, labels, bins, lambda count, filled: count / len(labels), distance=np.square)


@exercise.mistake("the surest answers fall out", kind="fragile", ask="Which bin number does a probability of exactly 1.0 get?")
def _(P, labels, bins=10):
    """An answer with the probability 1.0 falls into no bin, and is left out. In float32 there are many of them."""
    return over_bins(P, labels, bins, lambda count, filled: count / len(labels), last=False)


@exercise.mistake(
    "an edge belongs to the bin below", kind="convention", ask="With ten bins, into which of them does the exercise put 0.5?"
)
def _(P, labels, bins=10):
    """It differs from ours where an answer lies exactly on the edge of two bins. Some put the edge into the lower bin, and so
    does whoever asks for more than the lower edge and at most the upper one; here it belongs to the upper bin."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.ceil(sure * bins).astype(int)
    return float(sum(abs(sure[which == b].sum() - right[which == b].sum()) for b in range(1, bins + 1)) / len(P))


@exercise.mistake("The mean of an empty bin", ask="How many images lie in the first of ten bins?")
def _(P, labels, bins=10):
    """The mean of no images at all is nan, and one nan spoils the sum. An empty bin should add nothing."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    counts = np.bincount(which, minlength=bins)
    with np.errstate(invalid="ignore"):
        distances = np.abs(np.bincount(which, sure, bins) / counts - np.bincount(which, right, bins) / counts)
    return float((counts / len(labels) * distances).sum())


@exercise.mistake("Each image by itself", ask="How often is a single image right, if it is 80 % sure?")
def _(P, labels, bins=10):
    """You compare how sure each image is with its own right or wrong. A single image is never 80 % right; the mean over a bin
    can be."""
    return float(np.abs(P.max(axis=1) - (P.argmax(axis=1) == labels)).mean())


@exercise.also("Each image by itself")
def _(P, labels, bins=10):  # and 1.0 is in no bin
    apart = np.abs(P.max(axis=1) - (P.argmax(axis=1) == labels))
    return float(apart[P.max(axis=1) < 1].sum() / len(P))


def rounded_bins(P, labels, bins, last):
    """As asked, but each image in the bin with the nearest number."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.minimum(np.round(sure * bins).astype(int), last)
    return float(sum(abs(sure[which == b].sum() - right[which == b].sum()) for b in range(bins)) / len(P))


@exercise.mistake("Rounded, not cut off", ask="With ten bins, where does the first one begin and end?")
def _(P, labels, bins=10):
    """The number of the bin was rounded. Then 0.58 and 0.62 share a bin, and the first is only half as wide as the others."""
    return rounded_bins(P, labels, bins, bins - 1)


@exercise.mistake("Rounded, and the surest fall out", ask="With ten bins, which bin number does your code give 0.97?")
def _(P, labels, bins=10):
    """The number of the bin was rounded up or down. The surest images get the number `bins`, and no bin has that one."""
    return rounded_bins(P, labels, bins, bins)


@exercise.mistake("How sure of the true class", ask="Which class is the network's answer, and how sure is it of that one?")
def _(P, labels, bins=10):
    """The probability of the true class was taken. Its certainty is the probability of the class that it
    answers: the largest of the row."""
    sure, right = P[np.arange(len(P)), labels], P.argmax(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs(sure[which == b].sum() - right[which == b].sum()) for b in range(bins)) / len(P))


@exercise.mistake("Always ten bins", ask="Where does your code use the argument bins?")
def _(P, labels, bins=10):
    """There are ten bins, whatever was asked for."""
    return over_bins(P, labels, 10, lambda count, filled: count / len(labels))


@exercise.mistake("in per cent", kind="convention", ask="Which number stands for a difference of one point: 0.01 or 1?")
def _(P, labels, bins=10):
    """The result is 100 times as large. Here shares are numbers from 0 to 1, and so is their difference."""
    return 100 * measures.expected_calibration_error(P, labels, bins)


@exercise.mistake("The smallest probability", ask="Which class is the network's answer?")
def _(P, labels, bins=10):
    """For each image the smallest probability was taken, and its class for the answer."""
    sure, right = P.min(axis=1), P.argmin(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(sum((which == b).mean() * abs(sure[which == b].mean() - right[which == b].mean()) for b in set(which.tolist())))


@exercise.mistake("the largest distance", kind="convention", ask="How much should a bin with one image count?")
def _(P, labels, bins=10):
    """That is the maximum calibration error: the distance in the worst bin. The exercise asks for the mean over the bins, each
    weighted by its number of images."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(max(abs(sure[which == b].mean() - right[which == b].mean()) for b in set(which.tolist())))


@exercise.mistake("The middle of the bin", ask="What says how sure the answers in a bin are: its middle, or their own mean?")
def _(P, labels, bins=10):
    """For how sure the images of a bin are, the middle of the bin was taken, and not the mean of their own probabilities."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.minimum((sure * bins).astype(int), bins - 1)
    share = {b: (which == b).mean() for b in set(which.tolist())}
    return float(sum(share[b] * abs((b + 0.5) / bins - right[which == b].mean()) for b in share))


@exercise.mistake("ten bins in the edges", kind="fragile", ask="How wide is a bin when there are twenty of them?")
def _(P, labels, bins=10):
    """There are `bins` bins, but each is a tenth wide, whatever `bins` says."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.minimum((sure * 10).astype(int), 9)
    filled = [which == b for b in range(bins) if (which == b).any()]
    return float(sum(m.mean() * abs(sure[m].mean() - right[m].mean()) for m in filled))


@exercise.mistake(
    "1.0 has a bin of its own", kind="fragile", ask="Which of the ten bins does 1.0 belong to, and who else is in it?"
)
def _(P, labels, bins=10):
    """The answers with a probability of exactly 1.0 were compared among themselves: they lie in a bin after the last one. They
    belong to the last bin, together with those that are a little less sure."""
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = (sure * bins).astype(int)
    return float(sum(abs(sure[which == b].sum() - right[which == b].sum()) for b in range(bins + 1)) / len(P))


@exercise.also("1.0 has a bin of its own")
def _(P, labels, bins=10):
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.digitize(sure, np.linspace(0, 1, bins + 1))
    return float(sum(abs(sure[which == b].sum() - right[which == b].sum()) for b in range(bins + 2)) / len(P))
