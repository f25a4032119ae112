"""Notebook 10: repair a program whose lines are right and come in the wrong order."""

import numpy as np

from mlp_helpers.check.engine.exercise import Exercise
from mlp_helpers.core.data import minibatches
from mlp_helpers.core.functions import relu, softmax

from .shared import BLANK, CASES, CONVENTION, ELSEWHERE, EPOCH, backwards, elsewhere, epoch, multiplied, open_at_0


def repaired_2(parameters, X, y, learning_rate, rng):
    """Train for one epoch, in batches of 50, and return the mean of the losses."""
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    losses = []
    for X_batch, labels in minibatches(X, y, 50, rng):
        n = len(X_batch)
        A1 = relu(X_batch @ W1 + b1)
        P = softmax(A1 @ W2 + b2)
        losses.append(-np.log(P[np.arange(n), labels]).mean())

        P[np.arange(n), labels] -= 1
        dZ2 = P / n
        dZ1 = dZ2 @ W2.T * (A1 > 0)
        W2 -= learning_rate * A1.T @ dZ2
        b2 -= learning_rate * dZ2.sum(axis=0)
        W1 -= learning_rate * X_batch.T @ dZ1
        b1 -= learning_rate * dZ1.sum(axis=0)
    return np.mean(losses)


exercise = Exercise(
    repaired_2,
    **EPOCH,
    place="in class",
    cases=[*CASES, BLANK],
    hints=[
        "W1 and b1 are wrong, and the less so the smaller the rate. Which lines above that of `dZ1` use the rate?",
        "Read the backward half from the top, and note after each line which arrays have changed. Which W2 does `dZ1` meet?",
        "The blame goes back through the W2 that made the scores. So `dZ1` is computed first, and W2 is moved after that.",
    ],
    praise="All gradients belong to the same network now: the blame goes back through the W2 that the scores came from.",
)


def out_of_order(parameters, X, y, learning_rate, rng, gate=lambda Z1: Z1):
    """Let the blame go back through a W2 that has made its step already."""

    def gradients_of(X, Y, Z1, A1, P, W2):
        dW2 = A1.T @ ((P - Y) / len(X))
        return backwards(X, Y, gate(Z1), A1, P, W2 - learning_rate * dW2)

    return epoch(parameters, X, y, learning_rate, rng, gradients_of=gradients_of)


@exercise.mistake("As it was found", ask="Through which W2 does the blame go back, and which W2 made the scores?")
def _(parameters, X, y, learning_rate, rng):
    """It does what `suspect_2` does: W2 and b2 get the right step, W1 and b1 do not."""
    return out_of_order(parameters, X, y, learning_rate, rng)


@exercise.mistake("Always the W2 of the first batch", ask="How often does W2 change in an epoch, and which W2 is meant?")
def _(parameters, X, y, learning_rate, rng):
    """The blame goes back through the W2 of the first batch, in every batch."""
    first = parameters["W2"].copy()

    def stale(X, Y, Z1, A1, P, W2):
        return backwards(X, Y, Z1, A1, P, first)

    return epoch(parameters, X, y, learning_rate, rng, gradients_of=stale)


@exercise.mistake("W2 no longer learns", ask="Which array does the dict hold at the end, the one from before or a new one?")
def _(parameters, X, y, learning_rate, rng):
    """W1 and b1 get the right step in the first batch. But the W2 in `parameters` stays as it was. (`W2 = W2 - …` makes a new
    array, which the dict does not know.)"""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 0, "W2"))


@exercise.mistake("The output layer no longer learns", ask="Do W2 and b2 in `parameters` still get their step?")
def _(parameters, X, y, learning_rate, rng):
    """W1 and b1 get the right step. But W2 and b2 in `parameters` stay as they were."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 0, "W2", "b2"))


@exercise.mistake("Moved twice", ask="How many times does each array get its step?")
def _(parameters, X, y, learning_rate, rng):
    """W1 and b1 are right now. W2 gets its step twice, as it does where the old line is still there beside the new one."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 2, "W2"))


@exercise.mistake("A smaller step in its place", ask="Is the error gone, or has it become smaller along with the step?")
def _(parameters, X, y, learning_rate, rng):
    """The step was made smaller, which makes the error smaller, too. It is still there, and the training takes longer."""
    return out_of_order(parameters, X, y, learning_rate / 10, rng)


@exercise.also("A smaller step in its place")
def _(parameters, X, y, learning_rate, rng):
    return out_of_order(parameters, X, y, learning_rate / 2, rng)


@exercise.mistake("The gate is always open", ask="Was `A1 > 0` wrong? What about units that were silent?")
def _(parameters, X, y, learning_rate, rng):
    """The order is right now, but W1 and b1 get blame from silent units as well. (`A1 >= 0` is true for every unit.)"""

    def open_gate(X, Y, Z1, A1, P, W2):
        return backwards(X, Y, np.ones_like(Z1), A1, P, W2)

    return epoch(parameters, X, y, learning_rate, rng, gradients_of=open_gate)


@exercise.mistake("The gate was opened, the rest is as it was", ask="Was `A1 > 0` wrong? Can A1 be negative?")
def _(parameters, X, y, learning_rate, rng):
    """W1 and b1 are still wrong, and silent units are blamed besides. (`A1 >= 0` is true for every unit.)"""
    return out_of_order(parameters, X, y, learning_rate, rng, gate=np.ones_like)


@exercise.mistake("Divided twice", ask="Is the 1/n in dZ2 already?")
def _(parameters, X, y, learning_rate, rng):
    """W2 and b2 are right. W1 and b1 get the right direction now, but a step that is n times too small."""
    return epoch(parameters, X, y, learning_rate, rng, gradients_of=multiplied(lambda n: 1 / n, "W1", "b1"))


exercise.mistake(**ELSEWHERE)(elsewhere)
exercise.mistake(**CONVENTION)(open_at_0)
