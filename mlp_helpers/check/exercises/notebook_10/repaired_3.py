"""Notebook 10: repair a program that overflows, sooner or later."""

import functools

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core.functions import one_hot

from .shared import BLANK, CASES, CONVENTION, ELSEWHERE, EPOCH, elsewhere, epoch, epoch_on, images, open_at_0, start_of


def repaired_3(parameters, X, y, learning_rate, rng):
    """Train for one epoch, in batches of 50, and return the mean of the losses."""
    losses, order = [], rng.permutation(len(X))
    for start in range(0, len(X), 50):
        rows = order[start : start + 50]
        Y = one_hot(y[rows])
        Z1 = X[rows] @ parameters["W1"] + parameters["b1"]
        A1 = np.maximum(Z1, 0)
        Z2 = A1 @ parameters["W2"] + parameters["b2"]
        E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
        P = E / E.sum(axis=1, keepdims=True)
        losses.append(-np.log(np.maximum((P * Y).sum(axis=1), 1e-30)).mean())

        dZ2 = (P - Y) / len(rows)
        dZ1 = dZ2 @ parameters["W2"].T * (Z1 > 0)
        for name, A, dZ in (("1", X[rows], dZ1), ("2", A1, dZ2)):
            parameters["W" + name] -= learning_rate * A.T @ dZ
            parameters["b" + name] -= learning_rate * dZ.sum(axis=0)
    return np.mean(losses)


def large(n, size, seed, dtype=np.float64):
    """Images so bright that the scores become large; each has the label that the network reads, so that the loss is near 0."""
    X, _ = images(n, 6, seed)
    X = (X * np.reshape(size, (-1, 1))).astype(dtype)
    start = start_of(X, 7, dtype)
    scores = np.maximum(X @ start["W1"] + start["b1"], 0) @ start["W2"] + start["b2"]
    return epoch_on(X, scores.argmax(axis=1), 0.5, h=7)


exercise = Exercise(
    repaired_3,
    **EPOCH,
    place="at home",
    quiet=True,
    cases=[
        *CASES,
        # each largest score far ahead, so that right ways differ by no rounding, which bright pixels would multiply
        Case("scores in the hundreds, in float32", *large(3, 100, 137, np.float32)),
        Case("scores in the thousands", *large(3, 2_000, 12)),
        Case("one image with large scores among three", *large(3, [1, 2_000, 1], 13)),
        BLANK,
    ],
    hints=[
        "Which operation can turn an ordinary number into an infinite one, and how large may its argument be in float32?",
        "Notebook 04: what can be taken away from all scores of an image without changing its probabilities?",
        "`Z2.max(axis=1, keepdims=True)` is the largest score of each image. Take it away before `np.exp`.",
    ],
    praise="The scores of the check no longer overflow. Where the largest score of a row is subtracted, no argument of "
    "`exp` is above 0.",
)


def shares(E):
    return E / E.sum(axis=1, keepdims=True)


def naive(Z):
    return shares(np.exp(Z))


def shifted_by(shift):
    return lambda Z: naive(Z - shift(Z))


def clipped_to(low, high):
    return lambda Z: naive(np.clip(Z, low, high))


@exercise.mistake("As it was found", ask="What does `np.exp` give for a score of 1 000?")
def _(parameters, X, y, learning_rate, rng):
    """It does what `suspect_3` does: ordinary scores are no trouble, and large ones still end in nan."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=naive)


@exercise.also("As it was found")
def _(parameters, X, y, learning_rate, rng):
    def shrunk(Z):
        return shares(np.exp(Z) / np.exp(Z).max(axis=1, keepdims=True))

    return epoch(parameters, X, y, learning_rate, rng, probabilities=shrunk)


@exercise.mistake("A smaller step in its place", ask="What do the scores of an unusual image depend on, besides the rate?")
def _(parameters, X, y, learning_rate, rng):
    """The step was made smaller. Large scores end in nan as before, and training takes longer."""
    return epoch(parameters, X, y, learning_rate / 10, rng, probabilities=naive)


@exercise.also("A smaller step in its place")
def _(parameters, X, y, learning_rate, rng):
    return epoch(parameters, X, y, learning_rate / 2, rng, probabilities=naive)


@exercise.mistake("One shift for the whole batch", ask="How many largest scores are there, if each image has its own?")
def _(parameters, X, y, learning_rate, rng):
    """Nothing overflows any more. But where one image has very large scores, all exponentials of the others become 0, and 0 / 0
    is nan."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=shifted_by(np.max))


@exercise.also("One shift for the whole batch")
def _(parameters, X, y, learning_rate, rng):
    return epoch(parameters, X, y, learning_rate, rng, probabilities=shifted_by(lambda Z: np.abs(Z).max()))


@exercise.mistake("The largest absolute value is taken away", ask="Which number is the largest of -900, 3 and 5?")
def _(parameters, X, y, learning_rate, rng):
    """The largest absolute value of each image's scores was taken away. Where that belongs to a score far below 0, all
    exponentials become 0, and 0 / 0 is nan."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=shifted_by(lambda Z: np.abs(Z).max(axis=1, keepdims=True)))


@exercise.mistake("The largest score of each class", ask="Along which axis do the ten scores of one image lie?")
def _(parameters, X, y, learning_rate, rng):
    """The largest score of each column was taken away. That differs from class to class, and changes the probabilities."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=shifted_by(lambda Z: Z.max(axis=0)))


@exercise.mistake("The mean score is taken away", ask="How far above the mean can a score lie?")
def _(parameters, X, y, learning_rate, rng):
    """The mean score of each image was taken away. That postpones the overflow: a score far above the mean still ends in nan."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=shifted_by(lambda Z: Z.mean(axis=1, keepdims=True)))


@exercise.mistake("A fixed number is taken away", ask="Which number is right for each image, however large its scores are?")
def _(parameters, X, y, learning_rate, rng):
    """The same number is taken away from all scores, such as 50 or 100. That moves the border, and scores in the thousands cross
    it."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=shifted_by(lambda Z: 50))


@exercise.mistake("The scores are clipped", ask="What becomes of two scores of 1 000 and 2 000 when both are clipped?")
def _(parameters, X, y, learning_rate, rng):
    """There is no nan any more, but two scores above the limit become equal, and the network can no longer tell their classes
    apart."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=clipped_to(-50, 50))


for limits in ((-np.inf, 50), (-500, 500), (-np.inf, 80), (-88, 88)):
    exercise.also("The scores are clipped")(functools.partial(epoch, probabilities=clipped_to(*limits)))


@exercise.mistake("The exponentials are capped", ask="What becomes of the scores 1 000 and 2 000 once exp is capped?")
def _(parameters, X, y, learning_rate, rng):
    """`np.exp` overflows as before. Where it gives inf, there is now a large number, the same one for different scores. (If it is
    the largest float, a sum of two of them overflows again.)"""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=lambda Z: shares(np.nan_to_num(np.exp(Z))))


@exercise.also("The exponentials are capped")
def _(parameters, X, y, learning_rate, rng):
    return epoch(parameters, X, y, learning_rate, rng, probabilities=lambda Z: shares(np.minimum(np.exp(Z), 1e30)))


@exercise.mistake("The images are clipped", ask="What is the network shown now, where a pixel was very bright?")
def _(parameters, X, y, learning_rate, rng):
    """Pixels far from 0 were cut off. That keeps the scores small, but the network no longer sees the images it was given."""
    return epoch(parameters, np.clip(X, -10, 10), y, learning_rate, rng, probabilities=naive)


@exercise.mistake("The nan was painted over", ask="Which class should an image with a very large score get?")
def _(parameters, X, y, learning_rate, rng):
    """Where nan came out, there is a number now. It is not the probability: the overflow itself is still there."""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=lambda Z: np.nan_to_num(naive(Z)))


@exercise.mistake("Postponed to larger scores", ask="From which score on does `np.exp` overflow in float64?")
def _(parameters, X, y, learning_rate, rng):
    """Scores in the hundreds are no trouble any more, but those in the thousands are. (float64 overflows from 710 on.)"""
    return epoch(parameters, X, y, learning_rate, rng, probabilities=lambda Z: naive(Z.astype(np.float64)))


@exercise.mistake("Shifted in the numerator only", ask="By what must the exponentials be divided, so that each row sums to 1?")
def _(parameters, X, y, learning_rate, rng):
    """The shifted exponentials were divided by the sum of those that are not shifted."""

    def half(Z):
        return np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z).sum(axis=1, keepdims=True)

    return epoch(parameters, X, y, learning_rate, rng, probabilities=half)


exercise.mistake(**ELSEWHERE)(elsewhere)
exercise.mistake(**CONVENTION)(open_at_0)
