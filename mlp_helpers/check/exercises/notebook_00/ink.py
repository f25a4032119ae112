"""Notebook 00: write the share of an image's pixels that have ink."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def ink(image):
    """Return the share of the pixels that are not 0."""
    return (image > 0).mean()


def some_image(rng):
    """Return an image, or several, of random size, a random part of which is ink."""
    sides = rng.integers(1, 9, rng.integers(1, 4))
    return ((rng.integers(1, 256, sides) * (rng.random(sides) < rng.random())).astype(np.uint8),)


exercise = Exercise(
    ink,
    notebook="00",
    place="in class",
    cases=[
        Case("an image of 2 x 3 pixels, two of them with ink", np.array([[0, 200, 0], [0, 50, 0]], np.uint8)),
        Case("faint ink", np.array([[1, 0, 2, 0], [0, 0, 3, 100]], np.uint8)),
        Case("one row of pixels", np.array([0, 255, 255, 0, 255], np.uint8)),
        Case("ink everywhere", np.full((3, 3), 7, np.uint8)),
        Case("an image without ink", np.zeros((2, 5), np.uint8)),
        Case("28 x 28 pixels", np.tri(28, 28, -9, dtype=np.uint8) * 130),
        Case("784 pixels in a row", np.arange(784).astype(np.uint8) % 5 // 4 * 90),
    ],
    draw=some_image,
    hints=[
        "`image > 0` asks the question of every pixel at once: the answer is an array of True and False.",
        "True counts as 1 and False as 0. Then the share of the True ones is their mean: `.mean()`.",
    ],
    praise="It works for images of any size, in a row or as a picture: it is the share of the pixels that are there.",
)


@exercise.mistake("A number of pixels, not a share", ask="By what must the number be divided to become a share?")
def _(image):
    """The pixels with ink are counted. A share lies between 0 and 1, whatever the size of the image."""
    return (image > 0).sum()


@exercise.mistake("The mean of the pixels", ask="Should a faint pixel count less than a strong one here?")
def _(image):
    """That says how bright the image is: a pixel of 200 counts four times as much as one of 50. The question is
    only whether there is ink."""
    return image.mean()


@exercise.mistake("The mean brightness", ask="Should a faint pixel count less than a strong one here?")
def _(image):
    """That says how bright the image is, from 0 to 1: a faint pixel counts less than a strong one."""
    return image.mean() / 255


@exercise.mistake("The mean of the ink alone", ask="What is to be averaged: the pixels, or the answers to a question about them?")
def _(image):
    """The pixels with ink were picked out and averaged: that says how strong the ink is, and not how much of the
    image it covers."""
    return image[image > 0].mean() if image.any() else np.nan


@exercise.mistake("The sum of the pixels", ask="Is the question how strong the ink is, or where there is some?")
def _(image):
    """The values of the pixels are added up: faint ink counts less than strong ink, and a large image more than a small one."""
    return image.sum()


@exercise.mistake("The share without ink", ask="Which pixels does your comparison find?")
def _(image):
    """The pixels that are 0 are counted, and those are the ones without ink."""
    return (image == 0).mean()


@exercise.mistake("in per cent", kind="convention", ask="Which number stands for the whole image?")
def _(image):
    """Here a share is a number from 0 to 1, as a probability is."""
    return 100 * (image > 0).mean()


@exercise.mistake("Only bright pixels count", ask="What is the smallest number that counts as ink?")
def _(image):
    """Faint pixels are left out. Every number above 0 is ink."""
    return (image > 127).mean()


@exercise.mistake("1 is not counted", ask="Is a pixel of 1 equal to 0?")
def _(image):
    """The faintest ink there can be, a pixel of 1, is taken for paper."""
    return (image > 1).mean()


@exercise.mistake("Only white pixels count", ask="What is the smallest number that counts as ink?")
def _(image):
    """Only pixels of 255 are counted. Every number above 0 is ink."""
    return (image == 255).mean()


@exercise.mistake("only for 28 x 28 pixels", kind="fragile", ask="What can tell you how many pixels an image has?")
def _(image):
    """It divides by 784. Images of another size have a different number of pixels."""
    return (image > 0).sum() / 784


@exercise.mistake("Only whether there is any", ask="Which number says how much of the image is ink?")
def _(image):
    """True or False comes out: whether there is any ink at all, and not how much."""
    return (image > 0).any()


@exercise.mistake("One answer for each pixel, and no sum of them", ask="How do many answers become one number?")
def _(image):
    """An array of True and False comes back, one for each pixel. The exercise asks for one number."""
    return image > 0


@exercise.mistake("Divided by the number of rows", ask="How many pixels does an image of 2 x 3 have?")
def _(image):
    """The number of pixels with ink was divided by the number of rows. `len(image)` is the number of rows, not of pixels."""
    return (image > 0).sum() / len(image)


@exercise.mistake("Only one shade counts", ask="Which numbers are ink: one of them, or all above 0?")
def _(image):
    """Only pixels of exactly 200, as in the example, are counted. Every number above 0 is ink."""
    return (image == 200).mean()


@exercise.mistake("Ink for each pixel of paper", ask="By what must the pixels with ink be divided: by the others, or by all?")
def _(image):
    """The number of pixels with ink was divided by the number of those without. A share of all pixels is asked for."""
    with np.errstate(divide="ignore"):
        return (image > 0).sum() / (image == 0).sum()
