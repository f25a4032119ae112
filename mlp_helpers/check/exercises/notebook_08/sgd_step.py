"""Notebook 08: write one step of gradient descent, in place."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import arrays, in_another_order, new_arrays


def sgd_step(parameters, gradients, learning_rate):
    """Move every parameter against its gradient, in place."""
    for name in parameters:
        parameters[name] -= learning_rate * gradients[name]


def tied(rng):
    """A network whose two matrices are one array; only the first of the two names has a gradient."""
    parameters = arrays(rng, 2, 2, 2)
    parameters["W2"] = parameters["W1"]
    return parameters, arrays(rng, 2, 2, 2) | {"W2": np.zeros((2, 2))}, 0.5


def step_of(rng, *sizes, rate, dtype=np.float64):
    return arrays(rng, *sizes, dtype=dtype), arrays(rng, *sizes, dtype=dtype), rate


def after_the_step(value, parameters, gradients, learning_rate):
    """The parameters, and whether others came back in their place."""
    return parameters | new_arrays(value, parameters)


FOUR = (
    {"W1": np.array([[1.0, 2.0]]), "b1": np.array([0.0, 0.5]), "W2": np.array([[3.0], [-1.0]]), "b2": np.array([1.0])},
    {"W1": np.array([[10.0, -10.0]]), "b1": np.array([5.0, 0.0]), "W2": np.array([[1.0], [2.0]]), "b2": np.array([-4.0])},
    0.1,
)


exercise = Exercise(
    sgd_step,
    notebook="08",
    place="in class",
    view=after_the_step,
    changes=(0,),
    cases=[
        Case("one input, two hidden units, one output", *FOUR),
        Case("sizes that all differ", *step_of(np.random.default_rng(1), 4, 3, 2, rate=0.5)),
        Case("square matrices", *step_of(np.random.default_rng(2), 3, 3, 3, rate=2.0)),
        Case("float32", *step_of(np.random.default_rng(3), 5, 2, 4, rate=0.25, dtype=np.float32)),
        Case("784-128-10", *step_of(np.random.default_rng(4), 784, 128, 10, rate=0.1, dtype=np.float32)),
        Case(
            "the gradients in another order", *in_another_order(*step_of(np.random.default_rng(5), 2, 2, 2, rate=0.5)), harsh=True
        ),
        Case("three layers", *step_of(np.random.default_rng(6), 2, 3, 2, 1, rate=0.5), harsh=True),
        Case("one array under two names", *tied(np.random.default_rng(7)), harsh=True),
    ],
    draw=lambda rng: step_of(rng, *rng.integers(1, 6, 3), rate=float(rng.choice([0.01, 0.3, 3.0]))),
    hints=[
        "A loop over the names in `parameters`. Under each name there is an array, and under the same name its gradient.",
        "Against the gradient: the learning rate times the gradient is taken away, as in notebook 05.",
        "`parameters[name] -= …` changes the array itself. `parameters[name] = parameters[name] - …` makes a new one.",
    ],
    praise="Four arrays or four hundred, it is the same step; and whoever holds one of them sees it move.",
)


@exercise.mistake("The name moved, the array did not", ask="Which operation changes an array, and which makes another one?")
def _(parameters, gradients, learning_rate):
    """The dict holds what it held before. `p = p - …` makes a new array and gives it a name inside the function; when that
    ends, the name is forgotten."""
    for name in parameters:
        p = parameters[name]
        p = p - learning_rate * gradients[name]


@exercise.mistake(
    "a new array under the old name",
    kind="fragile",
    ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
)
def _(parameters, gradients, learning_rate):
    """The dict gets new arrays. Whoever held an old one (here a second name in the dict) does not see the step."""
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * gradients[name]


@exercise.mistake("A new dict, and the old one left alone", ask="What does the caller's dict hold after the call?")
def _(parameters, gradients, learning_rate):
    """The result is returned in a new dict. The caller, who holds the old one, goes on with the old weights."""
    return {name: parameters[name] - learning_rate * gradients[name] for name in parameters}


@exercise.mistake("Uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def _(parameters, gradients, learning_rate):
    """The step goes along the gradient, to where the loss grows."""
    for name in parameters:
        parameters[name] += learning_rate * gradients[name]


@exercise.mistake("Without the learning rate", ask="How far along the gradient should a step go?")
def _(parameters, gradients, learning_rate):
    """The whole gradient is taken away, whatever the learning rate says."""
    for name in parameters:
        parameters[name] -= gradients[name]


@exercise.mistake("Divided by the learning rate", ask="Should a smaller learning rate make a step smaller or larger?")
def _(parameters, gradients, learning_rate):
    """The smaller the learning rate, the larger the step: the gradient is divided by it."""
    for name in parameters:
        parameters[name] -= gradients[name] / learning_rate


@exercise.mistake("The old weights are gone", ask="Where does a step start from?")
def _(parameters, gradients, learning_rate):
    """The parameters become the step itself, and what had been learned until then is lost."""
    for name in parameters:
        parameters[name][...] = -learning_rate * gradients[name]


@exercise.mistake(
    "The learning rate is taken away, not the gradient", ask="What stands between the learning rate and the gradient?"
)
def _(parameters, gradients, learning_rate):
    """Every entry moves by the same amount, in the same direction: the gradient has no say."""
    for name in parameters:
        parameters[name] -= learning_rate


@exercise.mistake("The gradients were updated", ask="Which of the two dicts is the network?")
def _(parameters, gradients, learning_rate):
    """The gradients move, and the parameters stay where they were."""
    for name in parameters:
        gradients[name] -= learning_rate * parameters[name]


@exercise.mistake(
    "the gradients are changed too",
    kind="fragile",
    ask="Which line writes into the gradients, and what could hold its result instead?",
)
def _(parameters, gradients, learning_rate):
    """The step is right, but afterwards the gradients are multiplied by the learning rate: whoever looks at them later is
    misled."""
    for name in parameters:
        gradients[name] *= learning_rate
        parameters[name] -= gradients[name]


@exercise.mistake("The weights without the biases", ask="Which of the four arrays have not moved?")
def _(parameters, gradients, learning_rate):
    """W1 and W2 take a step, b1 and b2 never do."""
    for name in parameters:
        if name.startswith("W"):
            parameters[name] -= learning_rate * gradients[name]


@exercise.mistake("Only the first array", ask="When is the loop over, and which line ends it?")
def _(parameters, gradients, learning_rate):
    """W1 takes a step, and the others do not: the function is over after the first."""
    for name in parameters:
        parameters[name] -= learning_rate * gradients[name]
        return parameters


@exercise.mistake("by place, not by name", kind="fragile", ask="What do a parameter and its gradient have in common?")
def _(parameters, gradients, learning_rate):
    """The first array gets the first gradient, the second the second. That works only if both dicts were filled in the
    same order, and nobody has promised it."""
    for array, gradient in zip(parameters.values(), gradients.values(), strict=True):
        array -= learning_rate * gradient


@exercise.mistake(
    "two layers only", kind="fragile", ask="Who knows which arrays a network has, and how does a loop go through them?"
)
def _(parameters, gradients, learning_rate):
    """Only W1, b1, W2 and b2 are moved. A third layer would never learn."""
    for name in ("W1", "b1", "W2", "b2"):
        parameters[name] -= learning_rate * gradients[name]


@exercise.mistake("A name that is not there", ask="Under which name does the gradient of W1 stand in `gradients`?")
def _(parameters, gradients, learning_rate):
    """A KeyError: a dict was asked for a name that it does not have. In notebook 07 the gradients were called dW1, db1 …,
    here they have the names of their parameters."""
    for name in parameters:
        parameters[name] -= learning_rate * gradients[f"d{name}"]


@exercise.mistake("Only the last array", ask="Which lines belong in the loop over the names?")
def _(parameters, gradients, learning_rate):
    """One array takes a step, the last one, and the others stay where they were."""
    name = list(parameters)[-1]
    parameters[name] -= learning_rate * gradients[name]


@exercise.mistake("Only the sign of the gradient", ask="How long should a step be where the ground is nearly flat?")
def _(parameters, gradients, learning_rate):
    """Every entry moves by the learning rate, up or down. How steep the ground is makes no difference."""
    for name in parameters:
        parameters[name] -= learning_rate * np.sign(gradients[name])
