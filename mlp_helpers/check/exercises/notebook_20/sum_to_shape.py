"""Notebook 20: add up the blame of an array that was stretched."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import autograd


def stretched(rng):
    """The blame of an array that was stretched by chance, and the shape that it had."""
    whole = tuple(int(size) for size in rng.integers(1, 5, rng.integers(1, 4)))
    shape = tuple(size if rng.random() < 0.5 else 1 for size in whole)[rng.integers(0, len(whole) + 1) :]
    return rng.normal(0, 1, whole), shape


def blame(*shape):
    return np.arange(1.0, 1 + np.prod(shape)).reshape(shape)


exercise = Exercise(
    autograd.sum_to_shape,
    notebook="20",
    place="at home",
    cases=[
        Case("a row for every row", blame(2, 3), (3,)),
        Case("a column for every column", blame(2, 3), (2, 1)),
        Case("nothing was stretched", blame(2, 3), (2, 3)),
        Case("one number for all", blame(2, 3), ()),
        Case("a row that already has two axes", blame(2, 3), (1, 3)),
        Case("one number in two axes", blame(2, 3), (1, 1)),
        Case("as many rows as columns", blame(3, 3), (3,)),
        Case("three axes, the first is new", blame(2, 3, 2), (3, 2)),
        Case("three axes, the first is new and the second was 1", blame(2, 3, 2), (1, 2)),
        Case("three axes, the one in the middle was 1", blame(2, 3, 2), (2, 1, 2)),
        Case("one row in all", blame(1, 3), (3,)),
    ],
    draw=stretched,
    hints=[
        "Two things may have happened: axes were put in front, and axes of size 1 were repeated. Both are undone by a sum.",
        "G has `G.ndim - len(shape)` more axes than the array: sum over these first, one after another with `G = G.sum(axis=0)`.",
        "Now G and shape have the same number of axes. For each with `shape[axis] == 1`: `G = G.sum(axis=axis, keepdims=True)`.",
    ],
    praise="The bias of every layer is a case of it: stretched over the batch forwards, summed over the batch backwards.",
)


@exercise.mistake("Nothing is added up", ask="How many entries of G did one entry of the array lead to?")
def _(G, shape):
    """G comes back in its own shape: there is a blame for each copy, and none for what was copied."""
    return G


@exercise.mistake("Only the new axes", ask="What happened to an axis whose size was 1?")
def _(G, shape):
    """Axes that were put in front are summed. An axis of size 1 that was repeated is left stretched."""
    return G.sum(axis=tuple(range(G.ndim - len(shape))))


@exercise.mistake("Only the axes of size 1", ask="What if the array had fewer axes than G?")
def _(G, shape):
    """Repeated axes of size 1 are summed. Those that were put in front are still there."""
    new = G.ndim - len(shape)
    return G.sum(axis=tuple(new + axis for axis, size in enumerate(shape) if size == 1), keepdims=True)


@exercise.mistake("A mean", ask="When one number is used by all rows, does it get a part of the blame or all of it?")
def _(G, shape):
    """What a copied entry receives was averaged. A value that is used several times gets the sum of the blame."""
    return autograd.sum_to_shape(G, shape) * (np.prod(shape) / G.size)


@exercise.mistake("The first copy only", ask="Which of the copies is the entry to blame for?")
def _(G, shape):
    """The blame of one copy was taken, and that of the others forgotten."""
    first = G[(0,) * (G.ndim - len(shape))]
    return first[tuple(slice(None) if size > 1 else slice(0, 1) for size in shape)]


@exercise.mistake("An axis is lost", ask="What shape did the array have, and so its blame?")
def _(G, shape):
    """The sums are right, but an axis of size 1 has gone: a blame must have the shape of its array."""
    return np.squeeze(autograd.sum_to_shape(G, shape), axis=tuple(axis for axis, size in enumerate(shape) if size == 1))


@exercise.mistake("An axis too many", ask="How many axes did the array have, and so its blame?")
def _(G, shape):
    """The sums are right, but the axes that were put in front are still there, with size 1."""
    return autograd.sum_to_shape(G, shape).reshape((1,) * (G.ndim - len(shape)) + tuple(shape))


@exercise.mistake("for rows only", kind="fragile", ask="What if a column was stretched, or nothing at all?")
def _(G, shape):
    """The sum runs down the columns whatever was stretched. That is right where a row was used for all rows."""
    return G.sum(axis=0)


@exercise.also("for rows only")
def _(G, shape):
    return G if G.shape == shape else G.sum(axis=0)


@exercise.mistake("Everything in one number", ask="Which entries of G came from which entry of the array?")
def _(G, shape):
    """All of G was added up, even over axes that nobody has stretched."""
    return G.sum() * np.ones(shape)


@exercise.mistake("New shape, no sum", ask="How many numbers does G hold, and how many the blame? What became of the others?")
def _(G, shape):
    """The first numbers of G were put into the shape, and the others dropped."""
    return np.resize(G, shape) if shape else G.flat[0]


@exercise.mistake(
    "The axes are numbered as in the shape", ask="New axes stand in front in G. What number does an axis of `shape` have there?"
)
def _(G, shape):
    """Where axes were put in front, axes other than those of size 1 were summed: these stand further back in G, by as many
    places as there are new axes. (A number that comes twice in `axis` is an error.)"""
    axes = [*range(G.ndim - len(shape)), *(axis for axis, size in enumerate(shape) if size == 1)]
    return G.sum(axis=tuple(axes)).reshape(shape)
