"""Notebook 07: write the backward pass of ReLU."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import blame_and_scores
from mlp_helpers.core import functions


def decimal(value, *arguments):
    """Whole numbers count as decimal ones, so that a mask of 0 and 1 is one mistake, whatever its type; -0 is 0."""
    return value if value.dtype.kind == "b" else value + 0.0


exercise = Exercise(
    functions.relu_backward,
    notebook="07",
    place="in class",
    view=decimal,
    cases=[
        Case(
            "two images, three hidden units",
            np.array([[5.0, -2.0, 1.0], [3.0, 4.0, -6.0]]),
            np.array([[2.0, -1.0, 0.5], [-3.0, 1.0, -0.5]]),
        ),
        Case("one image", np.array([[0.5, -1.0, 2.0, 1.5]]), np.array([[-1.0, 3.0, -0.5, 0.25]])),
        Case("one image, one unit", np.array([[3.0]]), np.array([[1.0]])),
        Case("as many images as units", *blame_and_scores(np.random.default_rng(7), 3, 3)),
        Case("all units silent", np.array([[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]]), -np.ones((3, 2))),
        Case("all blame negative", -np.ones((2, 3)), np.array([[1.0, -1.0, 2.0], [-2.0, 0.5, -0.5]])),
        Case("float32", *tuple(array.astype(np.float32) for array in blame_and_scores(np.random.default_rng(8), 2, 4))),
        Case("64 images, 32 units", *blame_and_scores(np.random.default_rng(9), 64, 32)),
        Case("scores from -10 000 to 10 000", np.array([[2.0, -3.0, 4.0]]), np.array([[-1e4, 1e4, 1e-3]])),
        Case("scores of exactly 0", np.array([[1.0, -2.0, 3.0]]), np.array([[0.0, 0.0, 2.0]]), harsh=True),
    ],
    draw=blame_and_scores,
    hints=[
        "`Z > 0` asks all entries at once, and gives True and False in the shape of Z.",
        "Multiplied by a number, True counts as 1 and False as 0. Which array should pass, and which one decides?",
        "One product, entry by entry: `dA` times the answer to `Z > 0`. Mind the brackets: `*` binds more tightly than `>`.",
    ],
    praise="Blame passes where the unit has spoken, and the arrays that came in are still what they were.",
)


@exercise.mistake("Every gate is open", ask="Can what comes out of ReLU ever be negative, and what about the Z that went in?")
def _(dA, Z):
    """dA comes back as it was, for silent units too. (A test such as `relu(Z) >= 0` does that: it is always true.)"""
    return dA


@exercise.mistake("A mask, not a gradient", ask="What should stand where the mask says True?")
def _(dA, Z):
    """It returns True and False: which gates are open, and not what passes through them. dA is not used."""
    return Z > 0


@exercise.mistake("The blame from above is not used", ask="By what must the local slope be multiplied to become blame?")
def _(dA, Z):
    """It returns 1 and 0, the local slopes of ReLU. What comes from above is missing."""
    return np.where(Z > 0, 1.0, 0.0)


@exercise.mistake("The gate looks at dA", ask="Which of the two arrays went into ReLU on the way forward?")
def _(dA, Z):
    """Negative blame is stopped and positive blame passes, whatever the scores were."""
    return dA * (dA > 0)


@exercise.mistake("The gate looks at both", ask="May negative blame pass through an open gate?")
def _(dA, Z):
    """Only positive blame comes through. But negative blame is worth as much: it says that a unit should speak louder."""
    return dA * (Z > 0) * (dA > 0)


@exercise.mistake("The way forward", ask="What travels backwards: the scores, or the blame?")
def _(dA, Z):
    """It returns relu(Z), the activations. On the way back the same gates stand open, but dA passes through them."""
    return functions.relu(Z)


@exercise.mistake("Multiplied by the activation", ask="What is the slope of ReLU at 2, and at 5?")
def _(dA, Z):
    """Blame grows with the score of its unit: dA was multiplied by relu(Z) itself and not by its slope."""
    return dA * functions.relu(Z)


@exercise.mistake("The gate is the wrong way round", ask="Which units had a say in the scores?")
def _(dA, Z):
    """The blame of the silent units comes through, and that of the others is stopped."""
    return dA * (Z < 0)


@exercise.mistake("The slope of the absolute value", ask="How much does relu(Z) change where Z goes from -2 to -1.9?")
def _(dA, Z):
    """Where Z is negative, the blame comes back with its sign flipped. ReLU is flat there."""
    return dA * np.sign(Z)


@exercise.mistake("Square brackets make a list in Python", ask="Which brackets only group, and leave the shape alone?")
def _(dA, Z):
    """In the formula [Z > 0] means 1 where true and 0 where false. In code `[Z > 0]` is a list that holds one table, and
    so the result has an axis too many."""
    return dA * [Z > 0]


@exercise.mistake("What is stopped is left out", ask="Which shape must dZ have, and which number stands for “no blame”?")
def _(dA, Z):
    """Only the entries that pass are returned, in one long row: nobody knows any more which unit they belong to."""
    return dA[Z > 0]


@exercise.mistake("One question for the whole array", ask="What does `Z > 0` give for an array, and what for a number?")
def _(dA, Z):
    """An `if` wants one answer, yes or no. In notebook 06 Z was one number; here it has n·h entries, and each has a gate."""
    return dA if Z > 0 else 0.0


@exercise.mistake("The brackets are missing", ask="What does Python compute first in dA * Z > 0?")
def _(dA, Z):
    """`*` binds more tightly than `>`: dA was multiplied by Z, and that product was compared with 0."""
    return dA * Z > 0


@exercise.mistake("A matrix product", ask="Which of `*` and `@` works entry by entry?")
def _(dA, Z):
    """dA and the mask were multiplied as matrices, which adds up over units. The formula has the sign ⊙."""
    return dA @ (Z > 0)


@exercise.mistake("open at exactly 0", kind="convention", ask="What do we take at Z = 0, where the slope jumps from 0 to 1?")
def _(dA, Z):
    """It differs from ours where Z is exactly 0 and nowhere else. ReLU has no slope there; some take 1, this course and
    most libraries take 0."""
    return dA * (Z >= 0)


@exercise.mistake("One row for all images", ask="How many scores does the batch have, and how many slopes must there be?")
def _(dA, Z):
    """The gates are right. Then the images were added up, and one row is left. Each score of each image has a slope of its
    own."""
    return (dA * (Z > 0)).sum(axis=0)


@exercise.also("One row for all images")
def _(dA, Z):
    return (dA * (Z > 0)).sum(axis=0, keepdims=True)


@exercise.mistake("Divided by n", ask="Where did the mean over the images enter, and is its 1/n in dA already?")
def _(dA, Z):
    """The gates are right. But everything is n times too small."""
    return dA * (Z > 0) / len(Z)


@exercise.mistake("Open above 1", ask="From which score on does a unit speak?")
def _(dA, Z):
    """Blame passes where Z is above 1. Between 0 and 1 a unit speaks as well."""
    return dA * (Z > 1)
