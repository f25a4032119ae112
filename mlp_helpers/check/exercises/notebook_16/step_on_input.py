"""Notebook 16: write a step on the pixels that makes the loss rise."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def step_on_input(X, dX, epsilon):
    """Move every pixel by epsilon so that the loss rises, and stay in [0, 1]: (n, d), (n, d) -> (n, d)."""
    return np.clip(X + epsilon * np.sign(dX), 0, 1)


def images_and_gradient(rng, n=None, d=None, dtype=np.float64):
    n, d = n or int(rng.integers(1, 6)), d or int(rng.integers(1, 8))
    X = np.clip(np.round(rng.normal(0.5, 0.6, (n, d)), 2), 0, 1)
    dX = np.round(rng.normal(0, 2, (n, d)), 1) * (rng.random((n, d)) < 0.8)
    return X.astype(dtype), dX.astype(dtype), float(rng.choice([0.05, 0.1, 0.25, -0.1]))


X_SMALL, DX_SMALL = np.array([[0.2, 0.95, 0.5, 0.0]]), np.array([[0.01, 3.0, -2.0, 0.0]])


TALL = (np.array([[0.3, 0.6], [0.5, 0.4], [0.7, 0.2]]), np.array([[0.5, -4.0], [-0.2, 0.1], [1.5, -3.0]]))


exercise = Exercise(
    step_on_input,
    notebook="16",
    place="in class",
    cases=[
        Case("one image of four pixels", X_SMALL, DX_SMALL, 0.1),
        Case("three images of two pixels", *TALL, 0.1),
        Case("a pixel whose gradient is 0", np.array([[0.5, 0.5]]), np.array([[0.0, 1.0]]), 0.2),
        Case("black and white pixels", np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([[1.0, -1.0, 1.0, -1.0]]), 0.25),
        Case("as many images as pixels", np.array([[0.1, 0.9], [0.5, 0.3]]), np.array([[2.0, 2.0], [-1.0, 3.0]]), 0.15),
        Case("the other way, epsilon below 0", *TALL, -0.1),
        Case("gradients as small as a batch makes them", TALL[0], 1e-6 * TALL[1], 0.1),
        Case("float32", *images_and_gradient(np.random.default_rng(1), 3, 5, np.float32)),
        Case("20 images of 784 pixels", *images_and_gradient(np.random.default_rng(2), 20, 784)),
    ],
    draw=images_and_gradient,
    hints=[
        "`np.sign` gives 1, 0 or -1 for each entry. How long a step does each pixel take, and in which direction?",
        "After the step some pixels are below 0 or above 1. `np.clip(A, 0, 1)` sets them to the nearest allowed value.",
    ],
    praise="Goodfellow, Shlens and Szegedy called it the fast gradient sign method in 2015.",
)


@exercise.mistake("The gradient itself", ask="How far should a pixel with a small gradient move?")
def _(X, dX, epsilon):
    """You add the gradient times epsilon. Input gradients are tiny, and most pixels would hardly move. The exercise asks for
    the same step for all of them, by the sign alone."""
    return np.clip(X + epsilon * dX, 0, 1)


@exercise.mistake(
    "outside black and white",
    kind="fragile",
    ask="`np.clip` returns a new array, and needs both ends: is that what you return, and which values may a pixel have?",
)
def _(X, dX, epsilon):
    """The direction is right, but some pixels leave the range from 0 to 1. That would be no image any more."""
    return X + epsilon * np.sign(dX)


@exercise.mistake("The gradient itself, and not clipped", ask="Which two things does the formula do besides adding?")
def _(X, dX, epsilon):
    """That is a plain step along the gradient: its sign is not taken, and the pixels are not kept between 0 and 1."""
    return X + epsilon * dX


@exercise.mistake("Downhill", ask="Should the loss rise or fall?")
def _(X, dX, epsilon):
    """The step goes against the gradient, as it does for weights. That makes the loss smaller, and the network surer of the
    truth."""
    return np.clip(X - epsilon * np.sign(dX), 0, 1)


@exercise.mistake("The step was clipped, not the image", ask="Which of the two must stay between 0 and 1?")
def _(X, dX, epsilon):
    """What was brought into the range from 0 to 1 is the step, not the image after it. Steps downwards are lost, and the image
    may still leave the range."""
    return X + np.clip(epsilon * np.sign(dX), 0, 1)


@exercise.mistake("Only the step", ask="To what is the step added?")
def _(X, dX, epsilon):
    """That is the step. The exercise asks for the image after it."""
    return epsilon * np.sign(dX)


@exercise.mistake("A gradient of 0 moves too", ask="What is the sign of 0?")
def _(X, dX, epsilon):
    """Every pixel moves up or down, even where the gradient is 0 and nothing would be gained."""
    return np.clip(X + np.where(dX > 0, epsilon, -epsilon), 0, 1)


@exercise.mistake("Always upwards", ask="Which way should a pixel with a negative gradient go?")
def _(X, dX, epsilon):
    """The pixels move in the same direction, whatever the sign of their gradient. Where it is negative, the loss falls in this
    way."""
    return np.clip(X + epsilon * np.sign(np.abs(dX)), 0, 1)


@exercise.mistake("A step no longer than epsilon", ask="How far should a pixel with a gradient of 0.01 move?")
def _(X, dX, epsilon):
    """The gradient itself is the step, cut off at epsilon: a pixel with a smaller gradient moves less. The exercise asks for the
    same step for all of them, by the sign alone."""
    return np.clip(X + np.clip(dX, -np.abs(epsilon), np.abs(epsilon)), 0, 1)


@exercise.also("A step no longer than epsilon")
def _(X, dX, epsilon):
    return np.clip(X + np.clip(dX, -epsilon, epsilon), 0, 1)


@exercise.mistake("Divided by the largest", ask="Which pixels move by epsilon, and which should?")
def _(X, dX, epsilon):
    """Only the pixel with the largest gradient moves by epsilon, and all others by less. The exercise asks for the same step for
    all."""
    return np.clip(X + epsilon * dX / np.abs(dX).max(), 0, 1)


@exercise.mistake("The sign of the sum", ask="Of what should the sign be taken?")
def _(X, dX, epsilon):
    """The sign is taken after adding: every pixel becomes 0 or 1."""
    return np.clip(np.sign(X + epsilon * dX), 0, 1)


@exercise.mistake("darker than black", kind="fragile", ask="What becomes of a black pixel that takes a step downwards?")
def _(X, dX, epsilon):
    """At the top the pixels stop at 1, but at the bottom they may leave the range."""
    return np.minimum(X + epsilon * np.sign(dX), 1)


@exercise.mistake("whiter than white", kind="fragile", ask="Which numbers are black and white here?")
def _(X, dX, epsilon):
    """At the bottom the pixels stop at 0, but at the top they may leave the range: white is 1 here, and not 255."""
    return np.clip(X + epsilon * np.sign(dX), 0, 255)


@exercise.mistake("The sign swallows epsilon", ask="What is the sign of 0.1 times 3?")
def _(X, dX, epsilon):
    """epsilon is multiplied before the sign is taken, and the sign of the product is again 1, 0 or -1: every pixel becomes
    black or white."""
    return np.clip(X + np.sign(epsilon * dX), 0, 1)


@exercise.mistake("No epsilon", ask="How long are your steps, and how long should they be?")
def _(X, dX, epsilon):
    """Every pixel takes a step of 1, from black to white or back. The picture is gone."""
    return np.clip(X + np.sign(dX), 0, 1)


@exercise.mistake("0 / 0", kind="fragile", ask="What is dX / abs(dX) where dX is 0?")
def _(X, dX, epsilon):
    """A number divided by its own size is its sign, unless it is 0: then it is nan."""
    with np.errstate(invalid="ignore"):
        return np.clip(X + epsilon * dX / np.abs(dX), 0, 1)


@exercise.mistake("Divided by the length of the gradient", ask="How far should a pixel with a small gradient move?")
def _(X, dX, epsilon):
    """The gradient keeps its direction and gets the length epsilon: most pixels hardly move. The exercise asks for the same step
    for all of them, by the sign alone."""
    length = np.sqrt((dX**2).sum(axis=1, keepdims=True))
    return np.clip(X + epsilon * dX / np.where(length == 0, 1, length), 0, 1)


@exercise.also("Divided by the largest")
def _(X, dX, epsilon):
    return np.clip(X + epsilon * dX / np.abs(dX).max(axis=1, keepdims=True), 0, 1)


@exercise.also("Divided by the largest")
def _(X, dX, epsilon):
    return np.clip(X + epsilon * dX / dX.max(), 0, 1)
