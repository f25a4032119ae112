"""Notebook 19: let a network read the same images several times, each time a little different."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core.functions import softmax

SEED = 19


def read_warped(predict_proba, images, warp, times, rng):
    """Return the mean probabilities of the images and of warped copies of them: (n, d) -> (n, k)."""
    total = predict_proba(images)
    for _ in range(times):
        total = total + predict_proba(warp(images, rng))
    return total / (times + 1)


def predict_by(W, curve=1.0):
    """A small network (d, k) that any images can be given to."""

    def predict_proba(X):
        return softmax(curve * np.asarray(X, float) @ W)

    return predict_proba


def tremble(X, rng):
    """Move every pixel by chance."""
    return X + rng.normal(0, 1, X.shape)


def turn(X, rng):
    """Move all pixels on by a random number of places, in a circle."""
    return np.roll(X, int(rng.integers(1, X.shape[1] + 1)), axis=1)


def stretch(X, rng):
    """Make the contrast of each image larger or smaller."""
    return X * rng.uniform(0.2, 3, (len(X), 1))


def a_reading(rng, n=None, d=None, k=None, times=None, warp=None):
    n, d, k = n or int(rng.integers(1, 5)), d or int(rng.integers(2, 6)), k or int(rng.integers(2, 5))
    times = int(rng.integers(1, 5)) if times is None else times
    warp = warp or (tremble, turn, stretch)[rng.integers(3)]
    return predict_by(rng.normal(0, 1, (d, k))), rng.normal(0, 1, (n, d)).round(2), warp, times, np.random.default_rng(SEED)


exercise = Exercise(
    read_warped,
    notebook="19",
    place="starred",
    changes=(4,),
    cases=[
        Case("one image, one copy", *a_reading(np.random.default_rng(1), 1, 2, 2, 1, stretch)),
        Case("one image, three copies", *a_reading(np.random.default_rng(2), 1, 3, 3, 3, tremble)),
        Case("four images, two copies", *a_reading(np.random.default_rng(3), 4, 5, 3, 2, turn)),
        Case("as many of all", *a_reading(np.random.default_rng(4), 3, 3, 3, 3, tremble)),
        Case("ten classes, five copies", *a_reading(np.random.default_rng(5), 6, 8, 10, 5, stretch)),
        Case("no copy at all", *a_reading(np.random.default_rng(6), 2, 3, 2, 0, tremble)),
    ],
    draw=a_reading,
    hints=[
        "`predict_proba(images)` is what the network says of the images as they are. Each call of `warp(images, rng)` makes "
        "new copies of all of them.",
        "Add up what it says of the images and of each set of copies. How many readings are that in all?",
        "`total = predict_proba(images)`, in a loop `total = total + predict_proba(warp(images, rng))`, and at the end "
        "`total / (times + 1)`.",
    ],
    praise="One network became several readers, without any training. It pays for that each time it is asked.",
)


@exercise.mistake("Divided by the copies alone", ask="How many readings were added up, the first one included?")
def _(predict_proba, images, warp, times, rng):
    """The rows sum to more than 1: the sum of all readings, that of the images themselves among them, is divided by how many
    copies there are."""
    return read_warped(predict_proba, images, warp, times, rng) * (times + 1) / max(times, 1)


@exercise.mistake("A sum, not a mean", ask="What should each row of probabilities sum to?")
def _(predict_proba, images, warp, times, rng):
    """The readings were added up, and not divided by their number."""
    return read_warped(predict_proba, images, warp, times, rng) * (times + 1)


@exercise.mistake("The images themselves are left out", ask="Which reading is the only one that nobody has disturbed?")
def _(predict_proba, images, warp, times, rng):
    """Only the warped copies were read. The images as they are count too, once."""
    total = 0
    for _ in range(times):
        total = total + predict_proba(warp(images, rng))
    return total / max(times, 1) + 0 * predict_proba(images)


@exercise.mistake("One copy too few", ask="How many warped copies does `times` ask for?")
def _(predict_proba, images, warp, times, rng):
    """The images count among the `times` readings, so there is one copy too few."""
    return read_warped(predict_proba, images, warp, max(times - 1, 0), rng)


@exercise.mistake("A warp of a warp", ask="From what is each copy made, from the images or from the copy before?")
def _(predict_proba, images, warp, times, rng):
    """Each copy was made from the one before, so the images are moved further and further."""
    total = predict_proba(images)
    for _ in range(times):
        images = warp(images, rng)
        total = total + predict_proba(images)
    return total / (times + 1)


@exercise.mistake("The images are averaged", ask="What does a network see in the mean of several copies that do not lie alike?")
def _(predict_proba, images, warp, times, rng):
    """The copies themselves were averaged and read once. Their mean is a blur that nobody wrote; average what is said of
    them."""
    return predict_proba((images + sum(warp(images, rng) for _ in range(times))) / (times + 1))


@exercise.mistake("The same copy again and again", ask="When does chance decide anew, and when not?")
def _(predict_proba, images, warp, times, rng):
    """The images were warped once, and that copy was read `times` times. Each reading needs a copy of its own."""
    copy = warp(images, rng) if times else images
    return (predict_proba(images) + times * predict_proba(copy)) / (times + 1)


@exercise.mistake("The last reading counts as much as all the earlier ones", ask="How much should each of three readings count?")
def _(predict_proba, images, warp, times, rng):
    """In each round the mean of the old result and the new reading was taken, so that the last one counts for half."""
    mean = predict_proba(images)
    for _ in range(times):
        mean = (mean + predict_proba(warp(images, rng))) / 2
    return mean


@exercise.mistake("Only the last copy", ask="What became of the readings before the last one?")
def _(predict_proba, images, warp, times, rng):
    """Each reading replaced the one before. What comes back is a single one."""
    P = predict_proba(images)
    for _ in range(times):
        P = predict_proba(warp(images, rng))
    return P


@exercise.mistake("Only one copy is read", ask="How far is the `return` indented, and how often is the loop run?")
def _(predict_proba, images, warp, times, rng):
    """One copy was read, however many were asked for."""
    total = predict_proba(images)
    if times:
        total = (total + predict_proba(warp(images, rng))) / 2
    return total


@exercise.mistake("Only the images as they are", ask="Where does `warp` come in?")
def _(predict_proba, images, warp, times, rng):
    """The network was asked once, about the images as they are."""
    return predict_proba(images)


@exercise.mistake("Classes, not probabilities", ask="Who could still see whether the readings agreed?")
def _(predict_proba, images, warp, times, rng):
    """The class of each image came back. The exercise asks for the mean probabilities."""
    return read_warped(predict_proba, images, warp, times, rng).argmax(axis=1)


@exercise.mistake("A mean of answers", ask="What is kept of how sure a reading was, once it is an answer?")
def _(predict_proba, images, warp, times, rng):
    """Each reading became a single answer, a 1 for the favourite and 0 for the others, before the mean was taken. How sure
    it was is lost."""
    readings = [predict_proba(images), *(predict_proba(warp(images, rng)) for _ in range(times))]
    return np.mean([np.eye(P.shape[1])[P.argmax(axis=1)] for P in readings], axis=0)


@exercise.mistake("The surest reading of each class", ask="What do the probabilities of an image sum to?")
def _(predict_proba, images, warp, times, rng):
    """For each class the largest of the readings was taken. The rows sum to more than 1."""
    readings = [predict_proba(images), *(predict_proba(warp(images, rng)) for _ in range(times))]
    return np.max(readings, axis=0)


@exercise.mistake(
    "The originals are left out, but counted", ask="How many readings were added up, and by which number was their sum divided?"
)
def _(predict_proba, images, warp, times, rng):
    """Only the copies were read, and their sum divided by `times + 1`: the rows sum to less than 1. The images as they are
    should be read as well."""
    total = 0 * predict_proba(images)
    for _ in range(times):
        total = total + predict_proba(warp(images, rng))
    return total / (times + 1)
