"""Notebook 04: write a softmax that survives large scores."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions

from .shared import SCORES

exercise = Exercise(
    functions.softmax,
    notebook="04",
    place="in class",
    rtol=2e-5,
    cases=[
        *SCORES,
        Case("64 images, ten classes", np.random.default_rng(4).normal(0, 3, (64, 10))),
        Case("large scores", np.array([[1000.0, 1001.0, 999.0], [10.0, 9.0, 11.0]]), harsh=True),
        Case("one image far above the other", np.array([[1000.0, 1001.0], [1.0, 2.0]]), harsh=True),
        Case("scores from -10 000 to 10 000", np.array([[-1e4, 0.0, 1e4], [-1e4, -1e4, -9999.0]]), harsh=True),
        Case("large scores in float32", np.array([[90.0, 89.0], [-200.0, -201.0]], np.float32), harsh=True),
    ],
    draw=lambda rng: (rng.normal(0, rng.choice([1, 10, 100]), rng.integers(1, 7, 2)),),
    hints=[
        "Two steps: make every score positive with `np.exp`, then divide by a sum. One image is one row.",
        "Before `exp`, subtract the row's own largest score: `Z.max(axis=-1, keepdims=True)`. "
        "Nothing changes on paper, and no exponent is above 0.",
        "The sum needs `axis=-1` and `keepdims=True` too, so that it is (n, 1) and each row is divided by its own.",
    ],
    praise="Each row sums to 1, and nothing overflowed on the way, not even for the largest scores of the check.",
)


@exercise.mistake(
    "Divided by the sum of the whole batch",
    ask="Which axis runs along one image's scores? What keeps the result two-dimensional?",
)
def _(Z):
    """Every entry is divided by the sum over all images, so it is the whole batch that sums to 1."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum()


@exercise.mistake(
    "Whole batch, without the shift",
    ask="Which axis runs along one image's scores? What may be added to all of them without changing the probabilities?",
)
def _(Z):
    """Every entry is divided by the sum over all images, so it is the whole batch that sums to 1. And the largest score was
    not subtracted: with scores of 1000, `exp` gives inf."""
    E = np.exp(Z)
    return E / E.sum()


@exercise.mistake("The wrong axis", ask="Is an image a row or a column of Z? Along which axis do its scores lie?")
def _(Z):
    """Each column sums to 1: the images compete for a class, not the classes for an image."""
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)


@exercise.mistake(
    "works up to scores of about 700",
    kind="fragile",
    ask="What may be added to all scores of an image without changing its probabilities?",
)
def _(Z):
    """With scores of 1000, `exp` gives inf, and inf / inf is nan. (In float32 this begins at 89.)"""
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)


@exercise.mistake(
    "shifted by the largest score of the whole batch",
    kind="fragile",
    ask="Whose largest score should be subtracted from a row?",
)
def _(Z):
    """An image whose scores all lie far below another image's gets exponents so low that every `exp` is 0: 0 / 0 is nan."""
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=-1, keepdims=True)


@exercise.mistake("Keepdims is missing", ask="What is the shape of the sum, and along which axis is it repeated?")
def _(Z):
    """The sum of the rows has shape (n,), and broadcasting puts it along the columns: an error, and with as many
    images as classes a wrong result without one."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1)


@exercise.mistake("Keepdims is missing in the maximum", ask="What is the shape of the maximum, and how is it repeated?")
def _(Z):
    """The maximum of the rows has shape (n,), and broadcasting puts it along the columns: an error, and with as many
    images as classes each score is shifted by another image's maximum."""
    E = np.exp(Z - Z.max(axis=-1))
    return E / E.sum(axis=-1, keepdims=True)


@exercise.mistake("Keepdims is missing twice", ask="What are the shapes of the maximum and of the sum?")
def _(Z):
    """The maximum and the sum of the rows have shape (n,), and broadcasting puts them along the columns."""
    E = np.exp(Z - Z.max(axis=-1))
    return E / E.sum(axis=-1)


@exercise.mistake("Not normalised", ask="By what must a row be divided so that it sums to 1?")
def _(Z):
    """The rows do not sum to 1: this is `exp` of the scores alone."""
    return np.exp(Z)


@exercise.mistake("Not normalised: the largest is 1", ask="By what must a row be divided so that it sums to 1?")
def _(Z):
    """The rows do not sum to 1. The largest entry of each is 1, as it is after `exp` of the shifted scores, or after a division
    by the largest."""
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


@exercise.mistake("Normalised without exp", ask="What makes a negative score positive and keeps the order?")
def _(Z):
    """The scores themselves are divided by their sum, which may be negative, or 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return Z / Z.sum(axis=-1, keepdims=True)


@exercise.mistake("Divided by the largest score", ask="Should the probabilities stay the same when 1 is added to all scores?")
def _(Z):
    """The scores are divided by the largest of their row before `exp`. The result stays the same only if one number is
    subtracted from all of them."""
    E = np.exp(Z / Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


@exercise.mistake(
    "the largest score is added", kind="fragile", ask="Which is harmless: `exp` of very high numbers, or of very low ones?"
)
def _(Z):
    """Right for small scores. With scores of 500 and more it overflows even earlier than without a shift, since the scores
    were doubled."""
    E = np.exp(Z + Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


@exercise.mistake("the scores are cut off", kind="fragile", ask="What comes out for the scores 1000 and 1001?")
def _(Z):
    """Scores above 700 are all taken for 700, so that two of them become equally probable."""
    E = np.exp(np.minimum(Z, 700))
    return E / E.sum(axis=-1, keepdims=True)


@exercise.also("the scores are cut off")
def _(Z):
    E = np.exp(np.clip(Z, -700, 700))
    return E / E.sum(axis=-1, keepdims=True)


@exercise.mistake("Something is added to the sum", ask="Can the sum of a row be 0, once its largest score has been subtracted?")
def _(Z):
    """The rows sum to a little less than 1: a small number was added to the sum by which they are divided. The largest of the
    shifted scores is 0, and `exp` of it 1, so the sum is never 0."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / (E.sum(axis=-1, keepdims=True) + 1e-4)


@exercise.mistake("The lowest score is subtracted", ask="What is the largest number that `exp` should be given?")
def _(Z):
    """Right where the scores of a row lie close together. The smallest score becomes 0 and the others lie above it, so that
    `exp` overflows as before."""
    E = np.exp(Z - Z.min(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


@exercise.mistake("The logarithms of the probabilities", ask="Between which two numbers does a probability lie?")
def _(Z):
    """All entries are 0 or below: a logarithm of the probabilities was taken at the end."""
    S = Z - Z.max(axis=-1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=-1, keepdims=True))


@exercise.mistake("All for the largest", ask="What should a score that is nearly the largest get?")
def _(Z):
    """The largest score of each row gets 1, and all others 0. Softmax leaves every score a part."""
    return (Z.max(axis=-1, keepdims=True) == Z) * 1.0


@exercise.mistake("Each score by itself", ask="Should a probability change when another score of the row grows?")
def _(Z):
    """The rows do not sum to 1: each entry depends on its own score alone, as in a sigmoid."""
    return functions.sigmoid(Z)


@exercise.mistake("The wrong way round", ask="Which score of a row should get the largest probability?")
def _(Z):
    """Each row sums to 1, but the smallest score gets the largest probability."""
    return functions.softmax(-Z)


@exercise.mistake("The sum runs on", ask="At which number should the sum of each row begin?")
def _(Z):
    """The first row is right. The rows that follow were divided by the sum of all rows so far, not by their own."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True).cumsum(axis=0)
