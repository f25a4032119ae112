"""Notebook 04: write a log-sum-exp that survives large scores."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import SCORES


def log_sum_exp(Z):
    """Logarithm of the sum of the exponentials of each row: (n, k) -> (n, 1)."""
    s = Z.max(axis=-1, keepdims=True)  # (n, 1)
    return s + np.log(np.exp(Z - s).sum(axis=-1, keepdims=True))  # (n, 1)


exercise = Exercise(
    log_sum_exp,
    notebook="04",
    place="starred",
    cases=[
        *SCORES,
        Case("large scores", np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1001.0, -1002.0]]), harsh=True),
        Case("one image far above the other", np.array([[1000.0, 1001.0], [1.0, 2.0]]), harsh=True),
        Case("scores from -10 000 to 10 000", np.array([[-1e4, 0.0, 1e4], [-1e4, -1e4, -9999.0]]), harsh=True),
    ],
    draw=lambda rng: (rng.normal(0, rng.choice([1, 10, 100]), rng.integers(1, 7, 2)),),
    hints=[
        "Take the largest score s of each row out of the sum: what is then left inside the exponentials?",
        "`s + np.log(np.exp(Z - s).sum(...))`: s and the sum both need `axis=-1, keepdims=True`.",
    ],
    praise="With it the logarithm of a probability is Z - log_sum_exp(Z), and stays finite where the probability itself "
    "would be rounded to 0.",
)


@exercise.mistake("works up to scores of about 700", kind="fragile", ask="Which number can be taken out of the sum?")
def _(Z):
    """With scores of 1000, `exp` gives inf; with scores of -1000 every `exp` is 0, whose logarithm is -inf."""
    return np.log(np.exp(Z).sum(axis=-1, keepdims=True))


@exercise.mistake("The largest score was not added back", ask="What was taken out of every exponent?")
def _(Z):
    """The largest score was subtracted in the exponents and is missing from the result."""
    return np.log(np.exp(Z - Z.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True))


@exercise.mistake("shifted by the largest score of all", kind="fragile", ask="Whose largest score should be taken out?")
def _(Z):
    """For an image whose scores all lie far below another image's, every `exp` is 0, and the logarithm is -inf."""
    return Z.max() + np.log(np.exp(Z - Z.max()).sum(axis=-1, keepdims=True))


@exercise.mistake("Over the wrong axis", ask="Is an image a row or a column of Z?")
def _(Z):
    """The sum runs down the columns, over the images."""
    s = Z.max(axis=0, keepdims=True)
    return s + np.log(np.exp(Z - s).sum(axis=0, keepdims=True))


@exercise.mistake("One dimension is gone", ask="Which shape must the result have so that Z minus the result is row by row?")
def _(Z):
    """The result has shape (n,), where a column (n, 1) is asked for."""
    s = Z.max(axis=-1)
    return s + np.log(np.exp(Z - s[:, np.newaxis]).sum(axis=-1))


@exercise.mistake("The logarithms of the probabilities", ask="How many numbers should come out for each image: one, or k?")
def _(Z):
    """That is Z minus what is asked for: the logarithms of softmax. The exercise wants what is subtracted there, (n, 1)."""
    s = Z.max(axis=-1, keepdims=True)
    return Z - s - np.log(np.exp(Z - s).sum(axis=-1, keepdims=True))


@exercise.mistake(
    "The largest score is subtracted once more", ask="What was taken out of every exponent, and which sign puts it back?"
)
def _(Z):
    """The largest score was subtracted in the exponents, and once more at the end, where it should be added."""
    s = Z.max(axis=-1, keepdims=True)
    return np.log(np.exp(Z - s).sum(axis=-1, keepdims=True)) - s


@exercise.mistake("One sum for all images", ask="How many sums are needed for n images?")
def _(Z):
    """All images were added up in one sum. Each has a sum of its own."""
    s = Z.max(axis=-1, keepdims=True)
    return s + np.log(np.exp(Z - s).sum())


@exercise.also("One sum for all images")
def _(Z):
    s = Z.max()
    return s + np.log(np.exp(Z - s).sum())


@exercise.also("One sum for all images")
def _(Z):
    s = Z.max()
    return np.full((len(Z), 1), s + np.log(np.exp(Z - s).sum()))


@exercise.mistake("The largest score alone", ask="What do the other scores of a row add to the sum?")
def _(Z):
    """Only the largest score of each row comes back. The result lies above it."""
    return Z.max(axis=-1, keepdims=True)


@exercise.mistake("Without the logarithm", ask="What is the last of the three operations in the name?")
def _(Z):
    """The exponentials are added up, and the logarithm of the sum was not taken."""
    return np.exp(Z).sum(axis=-1, keepdims=True)


@exercise.mistake("shifted by the lowest score", kind="fragile", ask="What is the largest number that `exp` should be given?")
def _(Z):
    """Right where the scores of a row lie close together. Once the lowest is taken out, the others lie above 0, so that `exp`
    overflows as before."""
    s = Z.min(axis=-1, keepdims=True)
    with np.errstate(over="ignore"):
        return s + np.log(np.exp(Z - s).sum(axis=-1, keepdims=True))


@exercise.mistake("A mean instead of a sum", ask="Which of the three words in the name says what is done with the exponentials?")
def _(Z):
    """The exponentials of a row were averaged: the result is too low by the logarithm of k."""
    s = Z.max(axis=-1, keepdims=True)
    return s + np.log(np.exp(Z - s).mean(axis=-1, keepdims=True))
