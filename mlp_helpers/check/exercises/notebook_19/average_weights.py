"""Notebook 19: keep a running mean of a network's weights."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import arrays, in_another_order, new_arrays


def average_weights(average, parameters, keep):
    """Move every array of the average a share 1 - keep of the way to the parameters, in place."""
    for name in average:
        average[name] += (1 - keep) * (parameters[name] - average[name])


def two_networks(rng, *sizes, keep, dtype=np.float64):
    """The average so far, the weights of the moment, and how much is kept."""
    return arrays(rng, *sizes, dtype=dtype), arrays(rng, *sizes, dtype=dtype), keep


def averaged(value, average, parameters, keep):
    """The average afterwards."""
    return average | new_arrays(value, average)


def one_array_under_two_names(average, parameters, keep):
    return average | {"W2": average["W1"]}, parameters | {"W2": parameters["W1"]}, keep


exercise = Exercise(
    average_weights,
    notebook="19",
    place="in class",
    view=averaged,
    changes=(0,),
    cases=[
        Case("one bias, from 0 to 1", {"b1": np.array([0.0])}, {"b1": np.array([1.0])}, 0.75),
        Case("one bias, from 2 to -2", {"b1": np.array([2.0])}, {"b1": np.array([-2.0])}, 0.9),
        Case("already there", {"b1": np.array([3.0, 1.0])}, {"b1": np.array([3.0, 1.0])}, 0.9),
        Case("sizes that all differ", *two_networks(np.random.default_rng(1), 4, 3, 2, keep=0.9)),
        Case("square matrices", *two_networks(np.random.default_rng(2), 3, 3, 3, keep=0.6)),
        Case("nothing is kept", *two_networks(np.random.default_rng(3), 2, 3, 2, keep=0.0)),
        Case("float32", *two_networks(np.random.default_rng(4), 5, 2, 4, keep=0.8, dtype=np.float32)),
        Case(
            "the parameters in another order",
            *in_another_order(*two_networks(np.random.default_rng(5), 2, 2, 2, keep=0.5)),
            harsh=True,
        ),
        Case("three layers", *two_networks(np.random.default_rng(6), 2, 3, 2, 1, keep=0.5), harsh=True),
        Case(
            "one array under two names",
            *one_array_under_two_names(*two_networks(np.random.default_rng(7), 2, 2, 2, keep=0.5)),
            harsh=True,
        ),
    ],
    draw=lambda rng: two_networks(rng, *rng.integers(1, 6, 3), keep=float(rng.choice([0.5, 0.9, 0.99]))),
    hints=[
        "A loop over the names. Under each name there are two arrays, and the first one moves a small part of the way to the "
        "second.",
        "The way is `parameters[name] - average[name]`, and the part is `1 - keep`. Adam's running means move in the same "
        "manner.",
        "In place: `average[name] += (1 - keep) * (parameters[name] - average[name])`.",
    ],
    praise="It costs a few additions for each step, and the training itself does not notice that somebody is watching.",
)


@exercise.mistake("Keeps what it should give", ask="With keep = 0.99, how much of the average should a single step change?")
def _(average, parameters, keep):
    """The average moves a share `keep` of the way, where it should move `1 - keep`. With a keep of 0.99 it would
    hardly differ from the newest weights, jitter and all."""
    average_weights(average, parameters, 1 - keep)


@exercise.mistake("The network is changed", ask="Whose arrays should be different afterwards, and whose as before?")
def _(average, parameters, keep):
    """The parameters were moved towards the average. The training would go on from there, where it should not notice."""
    for name in average:
        parameters[name] += (1 - keep) * (average[name] - parameters[name])


@exercise.mistake("Both are changed", ask="Which line writes into the parameters?")
def _(average, parameters, keep):
    """The average is right, but the parameters were changed as well: the training would go on from different weights."""
    for name in average:
        parameters[name] *= 1 - keep
        average[name] *= keep
        average[name] += parameters[name]


@exercise.mistake("Away from the network", ask="From the average to the parameters: which of them is subtracted from which?")
def _(average, parameters, keep):
    """The average moves away from the parameters. The difference has the wrong sign."""
    average_weights(average, {name: 2 * average[name] - parameters[name] for name in average}, keep)


@exercise.mistake("The parameters are added on top", ask="What do the shares of old and new add up to?")
def _(average, parameters, keep):
    """A share of the parameters was added to the whole old average, of which nothing was taken away: it grows and grows."""
    for name in average:
        average[name] += (1 - keep) * parameters[name]


@exercise.mistake("All of the new", ask="What do the shares of old and new add up to?")
def _(average, parameters, keep):
    """A share of the old average was kept, and the parameters were added whole. Both shares together should be 1."""
    for name in average:
        average[name][...] = keep * average[name] + parameters[name]


@exercise.mistake("Half of each", ask="What part does `keep` play?")
def _(average, parameters, keep):
    """It is the mean of the two, whatever `keep` says. The newest network would always count for one half."""
    average_weights(average, parameters, 0.5)


@exercise.mistake("always 0.99", kind="fragile", ask="Where does the share that is kept stand, so that a caller can choose it?")
def _(average, parameters, keep):
    """The share that is kept is the usual 0.99, whatever was asked for. Whoever calls it with another one does not get it."""
    average_weights(average, parameters, 0.99)


@exercise.mistake("It is the newest network", ask="What is left of all the earlier networks?")
def _(average, parameters, keep):
    """The average became a copy of the parameters: all that came before is forgotten."""
    average_weights(average, parameters, 0.0)


@exercise.mistake("Only the last array moves", ask="Which lines belong in the loop over the names?")
def _(average, parameters, keep):
    """One of the arrays moves, the last, and all others stay."""
    name = list(average)[-1]
    average[name] += (1 - keep) * (parameters[name] - average[name])


@exercise.mistake("Only for W1, b1, W2 and b2", ask="Does this network have a W1?")
def _(average, parameters, keep):
    """W1, b1, W2 and b2 are asked for. Another network has others: the dict itself tells which."""
    for name in ("W1", "b1", "W2", "b2"):
        average[name] += (1 - keep) * (parameters[name] - average[name])


@exercise.mistake("The weights without the biases", ask="Which arrays have not moved, and what do their names begin with?")
def _(average, parameters, keep):
    """The weights are averaged, and the biases are not."""
    average_weights({name: array for name, array in average.items() if name.startswith("W")}, parameters, keep)


@exercise.mistake("paired by place", kind="fragile", ask="How does one find in `parameters` the array that belongs to a name?")
def _(average, parameters, keep):
    """`zip` pairs the arrays by their place. That is right while both dicts have the same order; they belong together by
    name."""
    for mean, array in zip(average.values(), parameters.values(), strict=False):
        mean += (1 - keep) * (array - mean)


@exercise.mistake(
    "a new array under the old name",
    kind="fragile",
    ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
)
def _(average, parameters, keep):
    """The dict gets new arrays. Whoever held an old one (here a second name in the dict; in a network the layers) does not
    see the average move."""
    for name in average:
        average[name] = keep * average[name] + (1 - keep) * parameters[name]


@exercise.mistake("A new dict is returned", ask="Who will pick up what the function returns?")
def _(average, parameters, keep):
    """What was asked for comes back in a new dict, and the average that was given is as it was. It should be moved in place."""
    return {name: keep * average[name] + (1 - keep) * parameters[name] for name in average}
