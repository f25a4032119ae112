"""Notebook 12: write scaling of bytes to numbers from -1 to 1."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def centre_pixels(images):
    """Turn bytes from 0 to 255 into float32 numbers from -1 to 1, of the same shape."""
    return images.astype(np.float32) / 127.5 - 1


def some_bytes(rng):
    return (rng.integers(0, 256, rng.integers(1, 6, 2)).astype(np.uint8),)


exercise = Exercise(
    centre_pixels,
    notebook="12",
    place="at home",
    cases=[
        Case("one image of four pixels", np.array([[0, 51, 204, 255]], np.uint8)),
        Case("black alone", np.zeros((2, 3), np.uint8)),
        Case("white alone", np.full((2, 2), 255, np.uint8)),
        Case("nothing is black or white", np.array([[100, 127, 128], [140, 30, 200]], np.uint8)),
        Case("two images of 784 pixels", np.random.default_rng(12).integers(0, 256, (2, 784)).astype(np.uint8)),
    ],
    draw=some_bytes,
    hints=[
        "A straight line through two points: 0 becomes −1, and 255 becomes 1. How much does one step of a byte add?",
        "The range is 2 wide and has 255 steps, so a step is 2 / 255, which is 1 / 127.5. Where does the line begin?",
        "Turn the bytes into decimal numbers first, `images.astype(np.float32)`, then divide by 127.5 and subtract 1.",
    ],
    praise="The same picture on another ruler. Section 7 (at home) finds out what the ruler does.",
)


@exercise.mistake("From 0 to 1", ask="Which number should black become?")
def _(images):
    """That is the usual scale, from 0 to 1. Here black should become −1."""
    return images / 255


@exercise.mistake("Bytes that overflow", ask="Which number follows 255 when a byte is doubled or added to?")
def _(images):
    """The bytes were doubled while they were still bytes: what passes 255 begins again at 0."""
    return images * np.uint8(2) / 255 - 1


@exercise.mistake("Bytes that wrap below 0", ask="What is a byte of 0 minus 128, if it must stay a byte?")
def _(images):
    """Something was subtracted while they were still bytes. A byte knows no −1: below 0 it goes on from 255 downwards."""
    return (images - np.uint8(128)) / 127.5


@exercise.mistake("Bytes that wrap below 0, divided by 128", ask="What is a byte of 0 minus 128, if it must stay a byte?")
def _(images):
    """128 was subtracted while they were still bytes. A byte knows no −1: below 0 it goes on from 255 downwards."""
    return (images - np.uint8(128)) / 128


@exercise.mistake("Shifted, not scaled", ask="How far is it from black to white afterwards, and how far should it be?")
def _(images):
    """The middle is at 0 now, but black and white are still 255 apart."""
    return images - 127.5


@exercise.mistake("Scaled, not shifted", ask="Where does black lie afterwards?")
def _(images):
    """The range is 2 wide, as it should be, but it goes from 0 to 2."""
    return images / 127.5


@exercise.mistake("From -1 to 0", ask="How wide is the range from −1 to 1, and how wide is yours?")
def _(images):
    """Black is right, and white becomes 0: the range is only 1 wide."""
    return images / 255 - 1


@exercise.mistake("From -0.5 to 0.5", ask="How wide is the range from −1 to 1, and how wide is yours?")
def _(images):
    """The middle is right, and the range is only 1 wide."""
    return images / 255 - 0.5


@exercise.mistake("divided by 128", kind="convention", ask="What does 255 become, exactly?")
def _(images):
    """Others divide by 128, which is nearly the same. White then becomes 0.992, not quite 1."""
    return images / 128 - 1


@exercise.mistake("centred on 128", kind="convention", ask="What do 0 and 255 become, exactly?")
def _(images):
    """Half-way between 0 and 255 lies 127.5, not 128. So black and white are a little off, by the same amount."""
    return (images.astype(float) - 128) / 127.5


@exercise.mistake("Black and white exchanged", ask="Which number should 255 become?")
def _(images):
    """The line falls where it should rise: black becomes 1 and white −1."""
    return 1 - images / 127.5


@exercise.mistake(
    "stretched to the batch", kind="fragile", ask="What becomes of the same grey pixel, if the image beside it has no white?"
)
def _(images):
    """The darkest pixel of the batch becomes −1, the brightest 1. So a pixel's number depends on the images beside it."""
    low, high = images.min(), images.max()
    return (images - low) / (high - low) * 2 - 1


@exercise.mistake(
    "The mean of the batch subtracted", ask="Which number must be subtracted so that black becomes −1 in every batch?"
)
def _(images):
    """The mean of these images was made 0. The exercise asks for a fixed line, the same for every batch."""
    return images / 127.5 - (images / 127.5).mean()


@exercise.mistake("Whole numbers", ask="Which type of number can hold −0.6?")
def _(images):
    """The result was cut to whole numbers: hardly anything but −1, 0 and 1 is left."""
    return (images / 127.5 - 1).astype(int)


@exercise.mistake("From -2 to 0", ask="Where do black and white lie afterwards?")
def _(images):
    """The range is 2 wide, as it should be, but it goes from -2 to 0, as it does where 1 is subtracted before the
    doubling."""
    return (images / 255 - 1) * 2


@exercise.mistake("standardised", kind="convention", ask="Which range does the exercise ask for?")
def _(images):
    """The mean was made 0 and the spread 1, as some do. The exercise asks for a fixed line, from -1 to 1, the same for every
    batch."""
    return (images - images.mean()) / (images.std() + 1e-300)


@exercise.also("standardised")
def _(images):
    return (images - images.mean()) / images.std()
