"""Notebook 14: write one step with momentum."""

from mlp_helpers.check.engine.exercise import Exercise

from .shared import ROLLING, add_new_arrays, momentum_by_hand, moved, rolling, settings_of


def momentum_step(parameters, gradients, velocity, learning_rate, momentum):
    """Keep a share of the last velocity, add the gradient, and move against it, all in place."""
    for name in parameters:
        velocity[name] *= momentum
        velocity[name] += gradients[name]
        parameters[name] -= learning_rate * velocity[name]


exercise = Exercise(
    momentum_step,
    notebook="14",
    place="in class",
    view=moved,
    changes=(0, 2),
    cases=ROLLING,
    draw=lambda rng: rolling(rng, *rng.integers(1, 6, 3), **settings_of(rng)),
    hints=[
        "A loop over the names, as in `sgd_step`. Under each name there are now three arrays: parameter, gradient, velocity.",
        "First the velocity: its old value times `momentum`, plus the gradient. It must still be there at the next step, so it "
        "is written into the dict `velocity`.",
        "Then the parameter: `parameters[name] -= learning_rate * velocity[name]`, with the velocity that was just made.",
    ],
    praise="One array more for each parameter: that is the whole price of momentum.",
)


@exercise.mistake("The velocity is forgotten", ask="Where will the next step look for the velocity of this one?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """This step is right, but the new velocity is not kept: the dict still holds the old one. Nothing ever
    gathers speed."""
    for name in parameters:
        v = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * v


@exercise.mistake("The dict of velocities is overwritten", ask="What does the name `velocity` hold after the first round?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """After the first array there is no dict of velocities any more. `velocity = …` without a name in square brackets puts one
    array in place of the whole dict."""
    for name in parameters:
        velocity = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity


@exercise.mistake("The brackets that *= adds", ask="In `v *= m + g`, what is multiplied by the old v?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The old velocity is multiplied by the sum of momentum and gradient. `*=` takes all that stands after it: `v *= momentum
    + gradient` is `v * (momentum + gradient)`."""
    for name in parameters:
        velocity[name] *= momentum + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake("The old velocity counts twice", ask="What does `v += …` keep of the old v, before anything is added?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The new velocity holds the whole old one, and a share of it once more. That is what `v += momentum * v + gradient` does,
    because `+=` keeps all of the old v."""
    for name in parameters:
        velocity[name] += momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake("Only the last parameter moves", ask="Which lines belong in the loop over the names?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """Every velocity is renewed, and only the last of the parameters moves."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
    parameters[name] -= learning_rate * velocity[name]


@exercise.mistake("Only for W1, b1, W2 and b2", ask="Does this network have a W1?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """W1, b1, W2 and b2 are asked for. Another network has others: the dict itself tells which."""
    for name in ("W1", "b1", "W2", "b2"):
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake("always 0.9", kind="fragile", ask="Where does the share that is kept stand, so that a caller can choose it?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The momentum is the usual 0.9, whatever was asked for. Whoever calls it with another momentum does not get it."""
    momentum_by_hand(parameters, gradients, velocity, learning_rate, 0.9)


@exercise.mistake("paired by place", kind="fragile", ask="How does one find in `gradients` the array that belongs to a name?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """`zip` pairs the arrays by their place. That is right while all dicts have the same order; they belong together by
    name."""
    for array, gradient, v in zip(parameters.values(), gradients.values(), velocity.values(), strict=False):
        v *= momentum
        v += gradient
        array -= learning_rate * v


@exercise.mistake("Moved by the gradient, not by the velocity", ask="Which of the two arrays should the parameter follow?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The velocity is kept correctly, but nobody uses it: the parameters take a plain step against the gradient."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * gradients[name]


@exercise.mistake("One step late", ask="When the parameter moves, has the velocity already heard of this gradient?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The parameter moves by the velocity as it was before this gradient: every gradient acts one step too late."""
    for name in parameters:
        parameters[name] -= learning_rate * velocity[name]
        velocity[name][...] = momentum * velocity[name] + gradients[name]


@exercise.mistake("Nothing slows it down", ask="What should be left of an old gradient after many steps?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The gradient is added to the whole old velocity. Without a share that is lost in each step, the ball never stops."""
    for name in parameters:
        velocity[name][...] = velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake("Momentum on the wrong term", ask="Which of the two is to fade, the past or the present?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The new gradient is multiplied by `momentum`, and the old velocity stays whole. It should be the other way round."""
    for name in parameters:
        velocity[name][...] = velocity[name] + momentum * gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake("Momentum on both terms", ask="How much of the present gradient should the velocity receive?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The new gradient is shortened too, as if it belonged to the past. In `momentum * (velocity + gradient)`, for
    instance, the brackets hold one term too many."""
    for name in parameters:
        velocity[name][...] = momentum * (velocity[name] + gradients[name])
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake(
    "a running mean", kind="convention", ask="How far does one gradient of 1 move the parameter, with a learning rate of 1?"
)
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The gradient is weighted by `1 - momentum`. That is done too; the steps are then `1 / (1 - momentum)` times
    shorter and want a larger rate. Here the gradient is added whole."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + (1 - momentum) * gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake(
    "the learning rate inside the velocity",
    kind="convention",
    ask="If the rate is halved between two steps, should the speed gathered so far be halved at once?",
)
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The velocity gathers gradients that are already multiplied by the rate. Many books do that, and with a rate that
    never changes the walk is the same. Here the velocity holds plain gradients, so that a new rate acts at once."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + learning_rate * gradients[name]
        parameters[name] -= velocity[name]


@exercise.mistake(
    "a velocity that points downhill",
    kind="convention",
    ask="Which sign does the velocity have after a first gradient of 1, in the worked example?",
)
def _(parameters, gradients, velocity, learning_rate, momentum):
    """`velocity = momentum * velocity - learning_rate * gradient`, and the parameter adds it. Many books write it so. Here
    the velocity holds plain gradients and is subtracted."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] - learning_rate * gradients[name]
        parameters[name] += velocity[name]


@exercise.mistake("Uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The step goes along the velocity, which is made of gradients: to where the loss grows."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] += learning_rate * velocity[name]


@exercise.mistake("Without the learning rate", ask="How far along the velocity should a step go?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The whole velocity is taken away, whatever the learning rate says."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= velocity[name]


@exercise.mistake(
    "the gradients are changed too",
    kind="fragile",
    ask="Which line writes into the gradients, and what could hold its result instead?",
)
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The step is right, but the old velocity was added into the gradients themselves: whoever looks at them later is
    misled."""
    for name in parameters:
        gradients[name] += momentum * velocity[name]
        velocity[name] = gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake(
    "One step further", ask="By what should a parameter move here: the new velocity, or what it would be a step later?"
)
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The velocity is right, but what the learning rate multiplies is the gradient plus momentum times the new velocity. That is
    Nesterov's step, which comes later."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * (gradients[name] + momentum * velocity[name])


@exercise.mistake("The learning rate twice", ask="In which of the two lines does the learning rate enter?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The gradient is multiplied by the learning rate on its way into the velocity, and the velocity once more."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + learning_rate * gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake(
    "a velocity of negative gradients",
    kind="convention",
    ask="Which sign does the velocity have after a first gradient of 1, in the worked example?",
)
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The velocity points downhill, and the parameter adds it. Others write it so, and the walk is the same. Here the velocity
    holds plain gradients and is subtracted."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] - gradients[name]
        parameters[name] += learning_rate * velocity[name]


@exercise.mistake("The weights without the biases", ask="Which arrays have not moved, and what do their names begin with?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The weights and their velocities are right. The biases take no step, and their velocities are not renewed."""
    weights = {name: array for name, array in parameters.items() if name.startswith("W")}
    momentum_by_hand(weights, gradients, velocity, learning_rate, momentum)


add_new_arrays(exercise, lambda gradient, velocity, momentum: velocity)
