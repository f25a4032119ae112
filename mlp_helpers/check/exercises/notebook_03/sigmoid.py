"""Notebook 03: write a sigmoid that survives large scores."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions

LN3 = np.log(3.0)


exercise = Exercise(
    functions.sigmoid,
    notebook="03",
    place="at home",
    quiet=True,
    atol=1e-15,  # so that what is small must be right to its first digits; a tanh gives 0 where these are smaller still
    cases=[
        Case("scores 0, ln 3 and -ln 3", np.array([[0.0, LN3, -LN3]])),
        Case("two images, three neurons", np.array([[-2.0, 0.0, 3.0], [1.0, -1.0, 0.5]])),
        Case("as many images as neurons", np.array([[1.0, -2.0], [-3.0, 4.0]])),
        Case("one score", np.array([[2.0]])),  # that Python's `if` can cope with
        Case("all scores negative", np.array([[-1.0, -2.0], [-3.0, -0.5], [-4.0, -0.1]])),
        Case("a single row, (4,)", np.array([-1.0, 0.5, 2.0, -3.0]), harsh=True),
        Case("float32", np.array([[0.5, -0.5, 1.5], [-2.0, 2.0, 0.0]], np.float32)),
        Case("16 images, 128 neurons", np.random.default_rng(3).normal(0, 3, (16, 128))),
        Case("a score of -1000", np.array([[-1000.0, 1.0]]), harsh=True),
        Case("a score of 1000", np.array([[1000.0, 1.0]]), harsh=True),
        Case("scores from -10 000 to 10 000", np.array([[-1e4, -30.0, 0.0, 30.0, 1e4]]), harsh=True),
        Case("large scores in float32", np.array([[-80.0, 80.0]], np.float32), harsh=True),
    ],
    draw=lambda rng: (np.round(rng.normal(0, rng.choice([1, 10, 100]), rng.integers(1, 7, 2)), 1),),
    hints=[
        "Begin with the formula, and look at the exponent: for which scores is it above 0?",
        "Let E be `np.exp(-np.abs(Z))`, between 0 and 1. For z ≥ 0 the answer is 1 / (1 + E), for z < 0 it is E / (1 + E).",
        "Both answers have the same denominator. `np.where(Z >= 0, ..., ...)` chooses the numerator.",
    ],
    praise="Right for every score of the check, from -10 000 to 10 000, and without a warning: a number from 0 to 1 "
    "comes out even where the formula, as it is written, would overflow.",
)


@exercise.mistake(
    "overflows below -709",
    kind="fragile",
    ask="What is the exponent for z = -1000, and which other form of the fraction has a negative one there?",
)
def _(Z):
    """The values are right, but for a score of -1000 NumPy computes e to the power of 1000 on the way, gets inf, and warns.
    Here 1 / inf happens to be what is wanted; one inf / inf, and everything after it is nan, not a number."""
    return 1 / (1 + np.exp(-Z))


@exercise.mistake(
    "overflows above 709",
    kind="fragile",
    ask="For which scores is this form of the fraction safe, and which form is safe for the others?",
)
def _(Z):
    """For a score of 1000 both the numerator and the denominator are inf, and inf / inf is nan, not a number."""
    E = np.exp(Z)
    return E / (1 + E)


@exercise.mistake(
    "np.where computes both cases", kind="fragile", ask="Which exponent is safe in both cases, so that one exponential will do?"
)
def _(Z):
    """The two cases are right, but `np.where` chooses between two arrays that are already there: each form of the fraction
    is computed for all scores, even for those where it overflows."""
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))


@exercise.mistake("The wrong way round", ask="Which should give the larger answer, a score of 3 or one of -3?")
def _(Z):
    """It is mirrored: the exponent has the other sign, or the two cases have changed places."""
    E = np.exp(-np.abs(Z))
    return np.where(Z >= 0, E, 1) / (1 + E)


@exercise.mistake(
    "The same answer in both cases, never below one half", ask="What is the answer for z = -2, and is it below or above one half?"
)
def _(Z):
    """-2 and 2 give the same answer, and neither is below one half. That happens with |z| in the exponent, where one of the two
    cases is missing, or both are the same."""
    return 1 / (1 + np.exp(-np.abs(Z)))


@exercise.mistake("Brackets are missing", ask="What does Python compute first in 1 / 1 + x?")
def _(Z):
    """The result is 1 plus the exponential of -z. The division comes before the addition: `1 / 1 + np.exp(-Z)` is 1 plus the
    exponential, and for no score below 1."""
    with np.errstate(over="ignore"):
        return 1 / 1 + np.exp(-Z)


@exercise.mistake("A minus in the denominator", ask="What does the formula give for z = 0, and what does yours?")
def _(Z):
    """The denominator is 1 minus the exponential, which is 0 for a score of 0."""
    with np.errstate(all="ignore"):
        return 1 / (1 - np.exp(-Z))


@exercise.mistake("This is tanh", ask="Between which two numbers should the answers lie, and what is the answer for z = 0?")
def _(Z):
    """That is another curve of the same form: it runs from -1 to 1, not from 0 to 1."""
    return np.tanh(Z)


@exercise.mistake("Its slope", ask="What should the answer be for a score of 1000: 0 or 1?")
def _(Z):
    """That is sigmoid · (1 - sigmoid), the slope of the curve: large at 0, small on both sides. It comes later."""
    E = np.exp(-np.abs(Z))
    return E / (1 + E) ** 2


@exercise.mistake("Asked once for the whole array", ask="What chooses for each entry separately?")
def _(Z):
    """An `if` asks once whether the array is above 0. But every entry has an answer of its own."""
    E = np.exp(-np.abs(Z))
    return 1 / (1 + E) if Z >= 0 else E / (1 + E)


@exercise.mistake(
    "The same answer in both cases, never above one half", ask="What is the answer for z = 2, and is it below or above one half?"
)
def _(Z):
    """2 and -2 give the same answer, and neither is above one half: what is right for negative scores was used for all."""
    E = np.exp(-np.abs(Z))
    return E / (1 + E)


@exercise.mistake("cut off too early", kind="fragile", ask="Which scores were cut off, and do two of them still differ?")
def _(Z):
    """All scores beyond a limit give the same answer, though the exponential is far from an overflow there: a score of -30 should
    give much less than one of -20 does."""
    return 1 / (1 + np.exp(-np.clip(Z, -10, 10)))


@exercise.also("cut off too early")
def _(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -15, 15)))


@exercise.also("cut off too early")
def _(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -20, 20)))


@exercise.also("cut off too early")
def _(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -30, 30)))


@exercise.mistake("All scores together", ask="Should the answer to one score depend on the others?")
def _(Z):
    """All results sum to 1, as in a softmax: each score is compared with all the others. Here each has an answer of its own."""
    E = np.exp(Z - Z.max())
    return E / E.sum()
