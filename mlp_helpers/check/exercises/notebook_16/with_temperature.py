"""Notebook 16: write a softmax with a temperature."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core.functions import softmax


def with_temperature(Z, T):
    """Turn scores, divided by a temperature T, into probabilities: (n, k) -> (n, k)."""
    return softmax(Z / T)


def scores_and_temperature(rng, n=None, k=None, dtype=np.float64):
    n, k = n or int(rng.integers(1, 6)), k or int(rng.integers(2, 6))
    return rng.normal(0, 3, (n, k)).astype(dtype), float(rng.choice([0.25, 0.5, 0.8, 1.7, 2.0, 4.0]))


exercise = Exercise(
    with_temperature,
    notebook="16",
    place="at home",
    cases=[
        Case("one image, two classes, T = 2", np.array([[np.log(9.0), 0.0]]), 2.0),
        Case("two images, three classes, T = 0.5", np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]]), 0.5),
        Case("T = 1", np.array([[1.0, 2.0, 0.0]]), 1.0),
        Case("as many images as classes", np.array([[1.0, -2.0], [0.5, 3.0]]), 3.0),
        Case("all scores negative", np.array([[-1.0, -2.0, -5.0], [-8.0, -7.0, -9.0]]), 2.0),
        Case("float32", *scores_and_temperature(np.random.default_rng(3), 4, 5, np.float32)),
        Case("64 images, ten classes", *scores_and_temperature(np.random.default_rng(4), 64, 10)),
        Case("very large scores", np.array([[9000.0, 8990.0, 0.0], [-9000.0, -9005.0, -9001.0]]), 2.0, harsh=True),
    ],
    draw=scores_and_temperature,
    hints=[
        "Temperature acts on the scores, before they become probabilities. Which function of notebook 04 turns scores into "
        "probabilities?",
        "`softmax` of the scores, each divided by T.",
    ],
    praise="At T = 1 it is softmax itself. The larger T is, the closer the shares of a row come to one another.",
)


@exercise.mistake("T acts the wrong way round", ask="Should a high temperature make the scores more alike, or less?")
def _(Z, T):
    """It comes out as if the scores were multiplied by T, so a high temperature makes the network surer. The exercise
    asks for the opposite."""
    return softmax(Z * T)


@exercise.mistake("The probabilities were divided", ask="What does each row of the result sum to?")
def _(Z, T):
    """The probabilities themselves were divided by T. Their rows no longer sum to 1."""
    return softmax(Z) / T


@exercise.mistake(
    "The temperature has no effect",
    ask="What happens to a factor that stands in the numerator and in the denominator, and where does T act in the formula?",
)
def _(Z, T):
    """The result is that of a temperature of 1: T is not used, or it cancels, as when all exponentials of a row and their sum
    are divided by it."""
    return softmax(Z)


@exercise.mistake("A power without a sum", ask="What does each row of the result sum to?")
def _(Z, T):
    """The probabilities to the power 1/T are the right ones but for one thing: their rows do not sum to 1."""
    return softmax(Z) ** (1 / T)


@exercise.mistake("Softmax of probabilities", ask="What should be divided by T, the scores or what became of them?")
def _(Z, T):
    """softmax is taken of probabilities. They lie between 0 and 1, so before the division by T no class is more than 1 ahead of
    another."""
    return softmax(softmax(Z) / T)


@exercise.mistake("Scores, not probabilities", ask="What still has to be done with the scores?")
def _(Z, T):
    """Those are the scores over T. What is missing is the step to probabilities."""
    return Z / T


@exercise.mistake("exp overflows", kind="fragile", ask="What did notebook 04 subtract before it took exp?")
def _(Z, T):
    """Right, until a score is large: exp of it is infinite, and the row becomes nan. softmax guards against that."""
    E = np.exp(Z / T)
    return E / E.sum(axis=1, keepdims=True)


@exercise.mistake("One sum for all images", ask="What does each row of the result sum to?")
def _(Z, T):
    """The sum goes over the whole table, so all images together have the probability 1. Each row should have it."""
    E = np.exp((Z - Z.max()) / T)
    return E / E.sum()


@exercise.mistake("The columns sum to 1", ask="Along which axis do one image's scores lie?")
def _(Z, T):
    """The sum runs down the columns, over the images."""
    return softmax(Z.T / T).T


@exercise.mistake("Only the answer", ask="How many probabilities should come out for each image?")
def _(Z, T):
    """The number of the most probable class comes back, and not the probabilities."""
    return softmax(Z / T).argmax(axis=1)


@exercise.mistake("As if divided by the root of T", ask="By what are the scores divided in the formula?")
def _(Z, T):
    """It comes out as if the scores were divided by the root of T, and not by T itself."""
    return softmax(Z / np.sqrt(T))


@exercise.mistake("Only the largest probability", ask="How many probabilities should come out for each image?")
def _(Z, T):
    """One number comes back for each image: the probability of its answer. The others are missing."""
    return softmax(Z / T).max(axis=1)
