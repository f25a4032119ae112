"""What the exercises of notebook 14 share."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case
from mlp_helpers.check.exercises.networks import arrays, in_another_order, new_arrays


def rolling(rng, *sizes, rate, momentum, dtype=np.float64):
    """A network in mid-training: parameters, gradients, a velocity from earlier steps."""
    return *(arrays(rng, *sizes, dtype=dtype) for _ in range(3)), rate, momentum


def tied(parameters, gradients, *others):
    """The same network, but its first two matrices are one array, so that replacing it by a new one is noticed."""
    return parameters | {"W2": parameters["W1"]}, gradients, *others


def tied_velocity(parameters, gradients, velocity, *others):
    """The same network, but its first two velocities are one array, so that replacing it by a new one is noticed."""
    return parameters, gradients, velocity | {"W2": velocity["W1"]}, *others


def moved(value, parameters, gradients, velocity, *settings):
    """The parameters and the velocity after a step."""
    return parameters | {f"velocity {name}": array for name, array in velocity.items()} | new_arrays(value, parameters)


def settings_of(rng):
    return {"rate": float(rng.choice([0.01, 0.3, 3.0])), "momentum": float(rng.choice([0.5, 0.9, 0.99]))}


ROLLING = [
    Case("one bias, from rest", {"b1": np.array([0.0])}, {"b1": np.array([1.0])}, {"b1": np.array([0.0])}, 1.0, 0.5),
    Case("one bias, already rolling", {"b1": np.array([-1.0])}, {"b1": np.array([1.0])}, {"b1": np.array([1.0])}, 1.0, 0.5),
    Case("sizes that all differ", *rolling(np.random.default_rng(1), 4, 3, 2, rate=0.5, momentum=0.9)),
    Case("square matrices", *rolling(np.random.default_rng(2), 3, 3, 3, rate=2.0, momentum=0.75)),
    Case("no momentum at all", *rolling(np.random.default_rng(3), 2, 1, 3, rate=0.1, momentum=0.0)),
    Case("float32", *rolling(np.random.default_rng(4), 5, 2, 4, rate=0.25, momentum=0.5, dtype=np.float32)),
    Case("784-128-10", *rolling(np.random.default_rng(5), 784, 128, 10, rate=0.1, momentum=0.9, dtype=np.float32)),
    Case(
        "the gradients in another order",
        *in_another_order(*rolling(np.random.default_rng(6), 2, 2, 2, rate=0.5, momentum=0.5)),
        harsh=True,
    ),
    Case("three layers", *rolling(np.random.default_rng(7), 2, 3, 2, 1, rate=0.5, momentum=0.5), harsh=True),
    Case("one array under two names", *tied(*rolling(np.random.default_rng(8), 2, 2, 2, rate=0.5, momentum=0.5)), harsh=True),
    Case(
        "one velocity under two names",
        *tied_velocity(*rolling(np.random.default_rng(9), 2, 2, 2, rate=0.5, momentum=0.5)),
        harsh=True,
    ),
]


def momentum_by_hand(parameters, gradients, velocity, learning_rate, momentum):
    """Momentum, in place."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


def add_new_arrays(exercise, move):
    """Add the mistakes of putting new arrays under the old names, to a step that moves by move(gradient, velocity, momentum)."""

    @exercise.mistake(
        "a new array under the old name",
        kind="fragile",
        ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
    )
    def _(parameters, gradients, velocity, learning_rate, momentum):
        """The dict of parameters gets new arrays. Whoever held an old one (here a second name in the dict; in a network the
        layers) does not see the step."""
        for name in parameters:
            velocity[name][...] = momentum * velocity[name] + gradients[name]
            parameters[name] = parameters[name] - learning_rate * move(gradients[name], velocity[name], momentum)

    @exercise.mistake(
        "a new velocity under the old name",
        kind="fragile",
        ask="How can the velocity that is already there be changed, so that everybody who holds it sees it?",
    )
    def _(parameters, gradients, velocity, learning_rate, momentum):
        """The dict of velocities gets new arrays. Whoever held an old one (here a second name in the dict) does not see the
        step."""
        for name in parameters:
            velocity[name] = momentum * velocity[name] + gradients[name]
            parameters[name] -= learning_rate * move(gradients[name], velocity[name], momentum)

    @exercise.mistake(
        "new arrays under the old names",
        kind="fragile",
        ask="How can the arrays that are already there be changed, so that everybody who holds them sees it?",
    )
    def _(parameters, gradients, velocity, learning_rate, momentum):
        """Both dicts get new arrays. Whoever held an old one (here a second name in the dict) does not see the step."""
        for name in parameters:
            velocity[name] = momentum * velocity[name] + gradients[name]
            parameters[name] = parameters[name] - learning_rate * move(gradients[name], velocity[name], momentum)
