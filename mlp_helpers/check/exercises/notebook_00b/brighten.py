"""Notebook 00b: write brightening of bytes that stops at white."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def brighten(image, amount):
    """Add to every pixel and stop at 255: bytes of any shape, number -> bytes of the same shape."""
    return np.minimum(image.astype(int) + amount, 255).astype(np.uint8)


def bytes_and_amount(rng):
    return rng.integers(0, 256, rng.integers(1, 7, 2)).astype(np.uint8), int(rng.integers(0, 256))


exercise = Exercise(
    brighten,
    notebook="00b",
    place="at home",
    cases=[
        Case("three pixels, plus 100", np.array([[0, 100, 200]], np.uint8), 100),
        Case("up to white and beyond, plus 55", np.array([[199, 200, 201], [255, 0, 1]], np.uint8), 55),
        Case("nothing to add", np.array([[0, 128], [254, 255]], np.uint8), 0),
        Case("as much as possible", np.array([[0, 1, 255]], np.uint8), 255),
        Case("one row of pixels, plus 30", np.arange(0, 256, 15).astype(np.uint8), 30),
        Case("28 x 28 pixels, plus 90", np.random.default_rng(7).integers(0, 256, (28, 28)).astype(np.uint8), 90),
    ],
    draw=bytes_and_amount,
    view=lambda value, *arguments: {"the array": value, "the type": str(getattr(value, "dtype", type(value).__name__))},
    hints=[
        "The sum must be taken in a type that can hold 300: `image.astype(int)` is a copy with more room.",
        "Then `np.minimum(…, 255)` stops at white, and `.astype(np.uint8)` makes bytes again, now that all of them fit.",
    ],
    praise="200 + 100 stops at 255, and what comes back are bytes, as the image was.",
)


@exercise.mistake("It wraps around", ask="In which type is the sum taken, and is it limited before it becomes bytes again?")
def _(image, amount):
    """200 + 100 has become 44, as eight bits cannot hold 300: either the sum was taken in bytes, or it became bytes before it
    was limited. A limit that comes after that finds nothing above 255."""
    return image + np.uint8(amount)


@exercise.mistake("No limit", ask="What is white, and can a pixel be more than that?")
def _(image, amount):
    """Some pixels are above 255 now. White is 255, and there is nothing beyond."""
    return image.astype(int) + amount


@exercise.mistake("not bytes again", kind="fragile", ask="What type was the image that was given?")
def _(image, amount):
    """The numbers are right, but they are no longer bytes: an image that comes as `uint8` should go on as `uint8`."""
    return np.minimum(image.astype(int) + amount, 255)


@exercise.mistake("not bytes again, but decimal numbers", kind="fragile", ask="What type was the image that was given?")
def _(image, amount):
    """The numbers are right, but they are decimal ones now: an image that comes as `uint8` should go on as `uint8`."""
    return np.minimum(image.astype(float) + amount, 255)


@exercise.mistake("The larger of two numbers", ask="Which of two numbers does `np.minimum` give, and which `np.maximum`?")
def _(image, amount):
    """Everything below 255 became white, and what was above it wrapped around: 255 was taken as the minimum, and not as the
    maximum."""
    return np.maximum(image.astype(int) + amount, 255).astype(np.uint8)


@exercise.mistake(
    "Black in place of white", ask="What should become of 200 + 100, and which is the largest number that a byte can hold?"
)
def _(image, amount):
    """Every pixel whose sum is above 255 has become 0. That happens where such a pixel is set to 0, and also where 256 is taken
    for white: 256 does not fit into a byte, and becomes 0."""
    return np.minimum(image.astype(int) + amount, 256).astype(np.uint8)
