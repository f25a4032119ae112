"""Notebook 16: write a search for dead hidden units."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core.functions import relu


def dead_units(A):
    """Return for each hidden unit whether it is 0 for every image: (n, h) -> (h,)."""
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


exercise = Exercise(
    dead_units,
    notebook="16",
    place="in class",
    cases=[
        Case("two images, three units", A_SMALL),
        Case("one image", np.array([[0.0, 0.5, 0.0, 2.0]])),
        Case("as many images as units", np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 2.0], [0.0, 4.0, 0.0]])),
        Case("no unit is dead", np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]])),
        Case("all are dead", np.zeros((2, 4))),
        Case("a unit that speaks once in 400 images", FAINT),
        Case("float32", activations(np.random.default_rng(1), 5, 4, np.float32)),
        Case("200 images, 128 units", activations(np.random.default_rng(2), 200, 128)),
    ],
    draw=lambda rng: (activations(rng),),
    hints=[
        "A == 0 asks every entry. What must hold of a column, so that its unit is dead?",
        "`.all(axis=0)` goes down each column, and is True where every entry is.",
    ],
    praise="A unit that is silent for every training image gets no blame either, so it no longer learns.",
)


@exercise.mistake("The rows were asked", ask="Which axis runs over the images, and which over the units?")
def _(A):
    """For each image you say whether it wakes no unit at all. The exercise asks for one answer for each unit: for each column."""
    return (A == 0).all(axis=1)


@exercise.mistake("Silent once is not dead", ask="For how many images must a dead unit be 0?")
def _(A):
    """Every unit that is 0 for at least one image is marked. Nearly all are: a unit is there to tell images apart."""
    return (A == 0).any(axis=0)


@exercise.mistake("The living are marked", ask="Should a unit that speaks be True or False?")
def _(A):
    """True and False are exchanged: you mark the units that speak for some image."""
    return (A > 0).any(axis=0)


@exercise.mistake("Those that always speak", ask="What is the opposite of: 0 for every image?")
def _(A):
    """You mark the units that are above 0 for every image."""
    return (A > 0).all(axis=0)


@exercise.mistake("only the number", kind="convention", ask="Which units are they?")
def _(A):
    """That is how many there are. The exercise asks which: True or False for each unit. Its sum is your number."""
    return (A == 0).all(axis=0).sum()


@exercise.mistake(
    "a list of numbers", kind="convention", ask="How would you use the answer to pick the columns of all other units?"
)
def _(A):
    """Those are the places of the dead units. The exercise asks for True or False for each unit, which can also be turned round
    by ~ to pick the living."""
    return np.flatnonzero((A == 0).all(axis=0))


@exercise.mistake("Shares, not True and False", ask="Which share must a dead unit have?")
def _(A):
    """That is the share of images for which a unit is silent. Interesting as well, but the exercise asks whether
    it is all of them."""
    return (A == 0).mean(axis=0)


@exercise.mistake("nearly silent counts as dead", kind="fragile", ask="If a unit speaks for one image in 400, is it dead?")
def _(A):
    """A small mean is taken for silence. A unit that speaks rarely, or softly, is not dead: it still gets blame, and may say
    what no other unit says."""
    return A.mean(axis=0) < 0.01


@exercise.mistake(
    "speaking softly counts as dead", kind="fragile", ask="If a unit's largest activation is a millionth, is it dead?"
)
def _(A):
    """You ask whether the largest activation is below a small limit. ReLU gives exact zeros, so no limit is needed; whatever
    is above 0 still gets blame."""
    return A.max(axis=0) < 1e-3


@exercise.mistake("Only the first image was asked", ask="Which images does A[0] hold?")
def _(A):
    """You mark what is silent for the first image. It may speak for the others."""
    return A[0] == 0


@exercise.mistake("One answer for all units", ask="Along which axis should the images be gathered?")
def _(A):
    """Without an axis, `all` goes over the whole table and gives a single True or False."""
    return (A == 0).all()


@exercise.mistake("No unit is marked", ask="Which numbers can come out of a ReLU?")
def _(A):
    """The answer is False for every unit. That happens when you look for activations below 0: after a ReLU
    there are none, and what is silent is 0."""
    return (A < 0).all(axis=0)


@exercise.mistake(
    "Only the last image decides", ask="When a later image is silent, what becomes of the answer to an earlier one?"
)
def _(A):
    """The answers are those of the last image alone. That happens where each image writes its answer over that of the one
    before."""
    return A[-1] == 0
