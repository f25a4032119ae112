"""Notebook 03: write the ReLU activation."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions

exercise = Exercise(
    functions.relu,
    notebook="03",
    place="at home",
    cases=[
        Case("three scores of one image", np.array([[-2.0, 0.0, 3.0]])),
        Case("two images, three neurons", np.array([[-1.5, 0.5, 2.0], [4.0, -0.25, -3.0]])),
        Case("as many images as neurons", np.array([[1.0, -2.0], [-3.0, 4.0]])),
        Case("one score", np.array([[2.0]])),  # that Python's `max` and `if` can cope with
        Case("all scores negative", np.array([[-1.0, -2.0], [-3.0, -0.5], [-4.0, -1e-3]])),
        Case("a single row, (4,)", np.array([-1.0, 0.5, 2.0, -3.0]), harsh=True),
        Case("scores from -10 000 to 10 000", np.array([[-1e4, -1.0, 0.0, 1.0, 1e4]])),
        Case("float32", np.array([[0.5, -0.5, 1.5], [-2.0, 2.0, 0.0]], np.float32)),
        Case("16 images, 128 neurons", np.random.default_rng(3).normal(0, 3, (16, 128))),
    ],
    draw=lambda rng: (np.round(rng.normal(0, 3, rng.integers(1, 7, 2)), 1),),
    hints=[
        "Every entry is treated by itself: which of the two, z or 0, is the larger one?",
        "`np.where(condition, A, B)` chooses entry by entry: the condition is what is asked of each score, "
        "A is what stays, B is what replaces it.",
        "`np.maximum` takes the larger of two values, entry by entry. (`np.max` is another function.)",
    ],
    praise="A corner at 0 is all the bend there is, and a stack of such corners can follow any curve. "
    "(NumPy's word for it is `maximum`.)",
)


@exercise.mistake("The sign is taken off", ask="What should become of a score of -3: 3, or nothing?")
def _(Z):
    """A strong no becomes a strong yes: a score of -3 comes out as 3, but a ReLU should be silent below 0."""
    return np.abs(Z)


@exercise.mistake("Cut off at 1", ask="Which bound does the formula have, and on which side?")
def _(Z):
    """Scores above 1 all come out as 1, so that the neuron can no longer say how strongly it agrees."""
    return np.clip(Z, 0, 1)


@exercise.mistake("Says whether, not how much", ask="What should become of a score of 3, and what of one of 30?")
def _(Z):
    """The result is True or False: the answer to the question whether a score is positive, without the score."""
    return Z > 0


@exercise.mistake("A step from 0 to 1", ask="What should become of a score of 3, and what of one of 30?")
def _(Z):
    """All positive scores come out as 1. A step is flat on both sides, and nothing could be learned from its slope."""
    return (Z > 0) * 1.0


@exercise.mistake("A step from 0 to 1, in whole numbers", ask="What should become of a score of 3, and what of one of 30?")
def _(Z):
    """All positive scores come out as 1. A step is flat on both sides, and nothing could be learned from its slope."""
    return np.where(Z > 0, 1, 0)


@exercise.mistake("What comes back is what was given", ask="Which line makes the new array, and is that the one returned?")
def _(Z):
    """The scores come back as they were. A line such as `z = 0` gives a name to another number; it does not write into the
    array."""
    return Z


@exercise.mistake("The smaller of the two", ask="Which scores should stay, those above 0 or those below?")
def _(Z):
    """The negative scores are kept and the positive ones are replaced by 0."""
    return np.minimum(Z, 0)


@exercise.mistake(
    "The largest of each column", ask="Which function compares two values, and which looks for one value in a whole array?"
)
def _(Z):
    """One number comes back for each column, its largest score, even where that is negative. `np.max(Z, 0)` and `Z.max(0)`
    take the 0 for an axis, and give the largest score of each column."""
    return np.max(Z, 0)


@exercise.mistake("Asked once for the whole array", ask="What chooses for each entry separately?")
def _(Z):
    """Python's `max` and `if` ask once whether the array is larger than 0. But every entry has an answer of its own."""
    return max(Z, 0)


@exercise.mistake("Negative scores are left out", ask="How many numbers go in, and how many must come out?")
def _(Z):
    """The positive scores are picked out and the others are gone, and with them the places: what remains is one row of
    numbers."""
    return Z[Z > 0]


@exercise.mistake("a small slope is left below 0", kind="convention", ask="Which is the larger of -3 and 0?")
def _(Z):
    """That is the leaky ReLU, which others use so that no unit falls silent for good. Ours gives 0 below 0."""
    return np.where(Z > 0, Z, 0.01 * Z)


@exercise.mistake("the scores are overwritten", kind="fragile", ask="How can a new array be made, so that Z stays as it is?")
def _(Z):
    """The result is right, but the zeros are written into Z itself. Later steps need the scores as they were."""
    Z[Z < 0] = 0
    return Z


@exercise.mistake("All scores or none", ask="How many scores are there, and how many questions were asked about them?")
def _(Z):
    """Either all scores come back as they were, or 0 for all of them. But every score has an answer of its own."""
    return Z if Z.sum() > 0 else Z * 0


@exercise.also("All scores or none")
def _(Z):
    return Z if Z.mean() > 0 else np.zeros_like(Z)


@exercise.also("All scores or none")
def _(Z):
    return Z if (Z > 0).all() else np.zeros_like(Z)


@exercise.also("All scores or none")
def _(Z):
    return Z if (Z > 0).any() else np.zeros_like(Z)


@exercise.mistake("At least 1", ask="Below which number does a ReLU say nothing?")
def _(Z):
    """Scores below 1 all come out as 1."""
    return np.maximum(Z, 1)


@exercise.mistake("a smooth corner", kind="convention", ask="Which is the larger of 3 and 0, exactly?")
def _(Z):
    """That is softplus, log(1 + exp(z)), which others use for its smooth corner. Ours is exactly 0 below 0, and z above."""
    return np.logaddexp(0, Z)


@exercise.also("a smooth corner")
def _(Z):
    with np.errstate(over="ignore"):
        return np.log(1 + np.exp(Z))
