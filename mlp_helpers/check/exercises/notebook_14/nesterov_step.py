"""Notebook 14: write one step with Nesterov momentum."""

from mlp_helpers.check.engine.exercise import Exercise

from .shared import ROLLING, add_new_arrays, momentum_by_hand, moved, rolling, settings_of


def nesterov_step(parameters, gradients, velocity, learning_rate, momentum):
    """Renew the velocity as momentum does, then move by the gradient plus momentum times the new velocity."""
    for name, gradient in gradients.items():
        velocity[name] *= momentum
        velocity[name] += gradient
        parameters[name] -= learning_rate * (gradient + momentum * velocity[name])


exercise = Exercise(
    nesterov_step,
    notebook="14",
    place="starred",
    view=moved,
    changes=(0, 2),
    cases=ROLLING,
    draw=lambda rng: rolling(rng, *rng.integers(1, 6, 3), **settings_of(rng)),
    hints=[
        "The velocity is renewed exactly as in `momentum_step`. Only the line that moves the parameter is different.",
        "Momentum moves by the new velocity v. Nesterov moves by what v would be after one more step with the same gradient.",
        "One more step with the gradient g turns v into `momentum * v + g`.",
    ],
    praise="One gradient, counted twice: the ball leans into the slope that it is about to meet.",
)


@exercise.mistake("That is momentum", ask="What would the velocity be after one more step with the same gradient?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The parameters move by the learning rate times the new velocity itself. The look ahead is missing."""
    momentum_by_hand(parameters, gradients, velocity, learning_rate, momentum)


@exercise.mistake("The velocity itself looks ahead", ask="Which velocity is remembered: the one now, or the one ahead?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The step is right, but the velocity that is kept is already the one ahead. At the next step it has been renewed
    twice."""
    for name, gradient in gradients.items():
        velocity[name][...] = momentum * velocity[name] + gradient
        velocity[name][...] = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * velocity[name]


@exercise.mistake("Looked ahead with the old velocity", ask="Has the velocity heard of this gradient when you look ahead?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """When the parameter moved, the velocity had already lost its share, but this gradient was not in it yet. Renew it
    completely, and then look ahead."""
    for name, gradient in gradients.items():
        ahead = gradient + momentum * velocity[name]
        parameters[name] -= learning_rate * (gradient + momentum * momentum * velocity[name])
        velocity[name][...] = ahead


@exercise.mistake("The whole velocity ahead", ask="How much of a velocity is left after one more step?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The learning rate was multiplied by gradient plus velocity: on its way to the next step the velocity loses a share, and
    here it does not."""
    for name, gradient in gradients.items():
        velocity[name][...] = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * (gradient + velocity[name])


@exercise.mistake("Momentum scales the gradient", ask="Which of the two fades in one more step: the velocity or the gradient?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The learning rate was multiplied by velocity plus momentum times gradient. On its way to the next step the velocity loses a
    share, and the gradient is added whole."""
    for name, gradient in gradients.items():
        velocity[name][...] = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * (velocity[name] + momentum * gradient)


@exercise.mistake("The gradient is missing ahead", ask="What is added to `momentum * velocity` in one more step?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The parameters move by the learning rate times momentum times the new velocity. In one more step the gradient would be
    added to the velocity."""
    for name, gradient in gradients.items():
        velocity[name][...] = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * momentum * velocity[name]


@exercise.mistake("The velocity is forgotten", ask="Where will the next step look for the velocity of this one?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """This step is right, but the new velocity is not written into the dict, and the next step starts from the old one."""
    for name, gradient in gradients.items():
        v = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * (gradient + momentum * v)


@exercise.mistake("Uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The step goes along the gradients, to where the loss grows."""
    nesterov_step(parameters, gradients, velocity, -learning_rate, momentum)


@exercise.mistake("Without the learning rate", ask="How far should a step go?")
def _(parameters, gradients, velocity, learning_rate, momentum):
    """The whole look ahead is taken away, whatever the learning rate says."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= gradients[name] + momentum * velocity[name]


add_new_arrays(exercise, lambda gradient, velocity, momentum: gradient + momentum * velocity)
