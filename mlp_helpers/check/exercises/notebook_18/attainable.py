"""Notebook 18: the roof over an operation."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def attainable(intensity, peak, bandwidth):
    """Return the most FLOPs a second that operations of these intensities can reach."""
    return np.minimum(peak, bandwidth * intensity)


def machine(rng):
    return 2.0 ** rng.uniform(-4, 8, rng.integers(1, 6)), float(rng.uniform(10, 200)), float(rng.uniform(1, 50))


exercise = Exercise(
    attainable,
    notebook="18",
    place="at home",
    cases=[
        Case("one limited by memory, one by the peak", np.array([1.0, 100.0]), 50.0, 10.0),
        Case("all limited by memory", np.array([0.125, 0.5, 2.0]), 100.0, 10.0),
        Case("all limited by the peak", np.array([20.0, 40.0]), 100.0, 10.0),
        Case("where the two limits meet", np.array([4.0]), 100.0, 25.0),
        Case("below 1", np.array([0.25, 0.75]), 0.5, 1.0),
        Case("another machine", np.array([0.25, 4.0, 16.0, 64.0]), 80.0, 5.0),
    ],
    draw=machine,
    hints=[
        "Two things can hold an operation up. If memory brings `bandwidth` bytes a second, and each byte is good for `intensity` "
        "FLOPs, how many FLOPs a second can there be at most? And whatever memory brings, there are never more than `peak`.",
        "Both limits hold, so the lower one counts, for each entry by itself: `np.minimum`.",
    ],
    praise="The place where the two limits meet, peak / bandwidth, is the ridge: from there on more intensity buys nothing.",
)


@exercise.mistake("The higher limit", ask="If both limits hold, which of the two is met first?")
def _(intensity, peak, bandwidth):
    """Of the two limits the higher one came back. Both hold, so that nothing can exceed the lower one."""
    return np.maximum(peak, bandwidth * intensity)


@exercise.mistake("Memory alone", ask="What if memory brought more than the processor can use?")
def _(intensity, peak, bandwidth):
    """What memory allows was computed. Where the intensity is high, the processor allows less."""
    return bandwidth * intensity


@exercise.mistake("The peak everywhere", ask="What is there for the processor to do when memory brings nothing?")
def _(intensity, peak, bandwidth):
    """The peak came back for every intensity. Where the intensity is low, memory does not bring enough for it."""
    return np.full(intensity.shape, peak)


@exercise.mistake("Divided by the intensity", ask="Are more FLOPs for each byte good for the speed, or bad?")
def _(intensity, peak, bandwidth):
    """The bandwidth was divided by the intensity. A byte that is good for more FLOPs allows more of them in a second."""
    return np.minimum(peak, bandwidth / intensity)


@exercise.mistake("The bandwidth as it is", ask="What unit is the bandwidth in, and what unit is the answer in?")
def _(intensity, peak, bandwidth):
    """The peak was compared with the bandwidth: FLOPs a second with bytes a second. The intensity turns one into the other."""
    return np.minimum(peak, bandwidth) * np.ones(intensity.shape)


@exercise.mistake("Added up", ask="Does an operation reach both limits one after the other, or is it stopped by the first?")
def _(intensity, peak, bandwidth):
    """The two limits were added. Neither of them may be exceeded."""
    return peak + bandwidth * intensity


@exercise.mistake("The peak was multiplied as well", ask="Which of the two limits grows with the intensity?")
def _(intensity, peak, bandwidth):
    """Both limits were multiplied by the intensity. The peak is what the processor can do, however often it uses a byte."""
    return np.minimum(peak, bandwidth) * intensity
