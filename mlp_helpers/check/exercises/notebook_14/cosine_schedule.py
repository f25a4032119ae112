"""Notebook 14: write a cosine learning-rate schedule with warm-up."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def cosine_schedule(done, warmup=0.1):
    """Rise as the linear schedule does, then fall from 1 to 0 along half a wave of the cosine."""
    if done < warmup:
        return done / warmup
    fallen = (done - warmup) / (1 - warmup)
    return (1 + np.cos(np.pi * fallen)) / 2


exercise = Exercise(
    cosine_schedule,
    notebook="14",
    place="at home",
    cases=[
        Case("half of the warm-up is over", 0.25, 0.5),
        Case("the top", 0.5, 0.5),
        Case("half of the fall is over", 0.75, 0.5),
        Case("a third of the fall is over", 2 / 3, 0.5),
        Case("the end", 1.0, 0.5),
        Case("a warm-up of a fifth, late", 0.6, 0.2),
        Case("the usual warm-up", 0.4),
        Case("no warm-up, at the start", 0.0, 0.0, harsh=True),
        Case("no warm-up, a third done", 1 / 3, 0.0, harsh=True),
    ],
    draw=lambda rng: (float(rng.random()), *[(), (float(rng.uniform(0.01, 0.9)),)][rng.integers(2)]),
    hints=[
        "The rise is that of `linear_schedule`. For the fall, first say how much of it is over: 0 at `warmup`, 1 at the end.",
        "`fallen = (done - warmup) / (1 - warmup)`. The cosine of π times that goes from 1 to -1: what makes it go from 1 to 0?",
        "`(1 + np.cos(np.pi * fallen)) / 2`.",
    ],
    praise="Level at the top, steep in the middle, level again at the end: it stays longer at large rates and at small ones.",
)


@exercise.mistake("From 1 to -1", ask="What would a negative learning rate do?")
def _(done, warmup=0.1):
    """The cosine itself goes below 0 in the second half of the fall: there the steps would go uphill."""
    return done / warmup if done < warmup else np.cos(np.pi * (done - warmup) / (1 - warmup))


@exercise.mistake("From 2 to 0", ask="How high is 1 + cos 0, and how high should the top be?")
def _(done, warmup=0.1):
    """The fall goes from 2 to 0, so it begins twice as high as the rise ends."""
    return done / warmup if done < warmup else 1 + np.cos(np.pi * (done - warmup) / (1 - warmup))


@exercise.mistake("The fall does not begin at the top", ask="How much of the fall is over when the warm-up ends?")
def _(done, warmup=0.1):
    """The wave is laid over the whole training, so when the warm-up ends, a part of the fall is already over."""
    return done / warmup if done < warmup else (1 + np.cos(np.pi * done)) / 2


@exercise.mistake("Too short a fall", ask="How long is the fall, as a share of the training, and is it 1 at the end?")
def _(done, warmup=0.1):
    """The wave is cut off before it has come down: what goes into it begins at 0, but ends at 1 minus `warmup`."""
    return done / warmup if done < warmup else (1 + np.cos(np.pi * (done - warmup))) / 2


@exercise.mistake("A quarter of a wave", ask="Is the way down level at its end, as it is at its top?")
def _(done, warmup=0.1):
    """cos from 0 to π/2 does go from 1 to 0, but it is steepest at the end. Half a wave, raised and halved, comes down
    gently."""
    return done / warmup if done < warmup else np.cos(np.pi / 2 * (done - warmup) / (1 - warmup))


@exercise.mistake("Without π", ask="In which unit does np.cos take an angle, and how many of them are half a turn?")
def _(done, warmup=0.1):
    """NumPy's cosine takes radians. Without π the fall covers one radian, less than a third of the way down."""
    return done / warmup if done < warmup else (1 + np.cos((done - warmup) / (1 - warmup))) / 2


@exercise.mistake("The bracket of the cosine closes too early", ask="Of which angle is the cosine taken?")
def _(done, warmup=0.1):
    """The fall is a straight line, from one half down to 0. `np.cos(np.pi) * fallen` is the cosine of π, which is -1, times
    the share."""
    return done / warmup if done < warmup else (1 + np.cos(np.pi) * (done - warmup) / (1 - warmup)) / 2


@exercise.mistake("It rises a second time", ask="What is cos 0, and what should the factor be there?")
def _(done, warmup=0.1):
    """After the warm-up the factor begins at 0 and rises: the wave is upside down."""
    return done / warmup if done < warmup else (1 - np.cos(np.pi * (done - warmup) / (1 - warmup))) / 2


@exercise.mistake("it always rises first", kind="fragile", ask="What is divided by 0 here?")
def _(done, warmup=0.1):
    """Right, unless there is no warm-up: with `done` and `warmup` both 0, it divides 0 by 0."""
    return done / warmup if done <= warmup else cosine_schedule(done, warmup)


@exercise.mistake("In degrees", ask="In which unit does np.cos take an angle?")
def _(done, warmup=0.1):
    """NumPy's cosine takes radians. 180 of them are more than 28 turns."""
    return done / warmup if done < warmup else (1 + np.cos(180 * (done - warmup) / (1 - warmup))) / 2


@exercise.mistake("A straight line", ask="What is the cosine of half a half-turn, and of a third of it?")
def _(done, warmup=0.1):
    """That is the linear schedule. At the start, half-way and at the end both agree; between these they do not."""
    return done / warmup if done < warmup else (1 - done) / (1 - warmup)


@exercise.mistake("The usual warm-up, always", ask="Who says how long the warm-up is?")
def _(done, warmup=0.1):
    """The warm-up takes a tenth of the training, whatever `warmup` says."""
    return done / 0.1 if done < 0.1 else 0.5 * (1 + np.cos(np.pi * (done - 0.1) / 0.9))


@exercise.mistake("Brackets are missing", ask="What does Python compute first in a - b / c?")
def _(done, warmup=0.1):
    """In the angle only `warmup` is divided, and the quotient is subtracted from `done`: the division comes before the
    subtraction."""
    return done / warmup if done < warmup else 0.5 * (1 + np.cos(np.pi * (done - warmup / (1 - warmup))))


@exercise.mistake("The warm-up is not divided", ask="Where should the rising line reach 1?")
def _(done, warmup=0.1):
    """While it warms up, the factor is `done` itself. At the end of the warm-up it has only reached `warmup`."""
    return done if done < warmup else 0.5 * (1 + np.cos(np.pi * (done - warmup) / (1 - warmup)))


@exercise.mistake("It never rises", ask="What should the factor be before the first step?")
def _(done, warmup=0.1):
    """The wave is laid over the whole training: there is no warm-up."""
    return 0.5 * (1 + np.cos(np.pi * done))
