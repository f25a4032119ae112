"""Notebook 01: write scaling of bytes to numbers from 0 to 1."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import some_bytes


def scale_pixels(images):
    """Turn bytes from 0 to 255 into float32 numbers from 0 to 1, of the same shape."""
    return images.astype(np.float32) / 255


exercise = Exercise(
    scale_pixels,
    notebook="01",
    place="in class",
    cases=[
        Case("two images of three pixels", np.array([[0, 51, 102], [204, 153, 51]], np.uint8)),
        Case("one image, black to white", np.array([[0, 1, 128, 254, 255]], np.uint8)),
        Case("as many images as pixels", np.array([[255, 0, 3], [10, 20, 30], [0, 0, 60]], np.uint8)),
        Case("dark images", some_bytes(1, 4, 6, upto=100)),
        Case("20 images of 784 pixels", some_bytes(2, 20, 784)),
        Case("one row of pixels, (784,)", some_bytes(3, 784), harsh=True),
        Case("three images of 28 x 28", some_bytes(4, 3, 28, 28), harsh=True),
        Case("an image that is black all over", np.zeros((2, 3), np.uint8), harsh=True),
    ],
    draw=lambda rng: (rng.integers(0, 256, rng.integers(1, 7, 2)).astype(np.uint8),),
    hints=[
        "Print `images.dtype`. Can that type hold 0.2? `images.astype(np.float32)` is a copy whose type can.",
        "A whole array can be divided by one number: no loop, and the shape stays as it is. "
        "Make the copy first, then divide it by the value of white.",
    ],
    praise="Black is exactly 0 and white exactly 1, and a dark image stays dark: the same grey means the same in every image.",
)


@exercise.mistake("The numbers are still whole", ask="Which type should the result have, and at which step is the fraction lost?")
def _(images):
    """Only 0 and 1 come out, as whole numbers: every grey has become black. `//` rounds down to whole numbers, and turning the
    result back into bytes or `int` drops everything after the decimal point."""
    return images // 255


@exercise.mistake("The fraction is dropped", ask="What is the difference between `/` and `//`?")
def _(images):
    """The type is right, but only 0.0 and 1.0 come out: everything after the decimal point was dropped on the way."""
    return (images // 255).astype(np.float32)


@exercise.mistake("The fraction is rounded", ask="How many greys should be left between black and white?")
def _(images):
    """Only 0.0 and 1.0 come out, whichever of them is nearer. That happens where the numbers are rounded after the division."""
    return np.round(images / 255)


@exercise.mistake("Computed in bytes", ask="Which type do the numbers have when the first sum or difference is taken?")
def _(images):
    """Something was subtracted or multiplied while the pixels were still bytes, and they wrapped around."""
    return (images - 128) / 127.5


@exercise.mistake("Multiplied in bytes", ask="Which operation turns 255 into 1, and in which type?")
def _(images):
    """The bytes were multiplied, and wrapped around: 51 times 255 does not fit into a byte."""
    return images * 255


@exercise.mistake("Divided in place", ask="Into which array does `/=` write, and what type does it have?")
def _(images):
    """`/=` writes the result back into the array that was given. That array holds bytes, and a byte cannot hold 0.2."""
    images /= 255
    return images


@exercise.mistake("Written back into the bytes", ask="What type is the array into which the fractions are written?")
def _(images):
    """The fractions are written into the array that was given. It holds bytes, so only 0 and 1 are left of them, and whoever
    called the function has lost the image."""
    images[...] = images / 255
    return images


@exercise.mistake("What comes back is what was given", ask="Which line makes the new array, and is that the one returned?")
def _(images):
    """The bytes come back as they were. A line such as `image = image / 255` gives a name to a new array; it does not write
    into the old one."""
    return images


@exercise.mistake("Not divided", ask="Which number is white now, and which should it be?")
def _(images):
    """The type can hold fractions now, but the numbers still go up to 255."""
    return images.astype(np.float32)


@exercise.mistake("256 instead of 255", kind="convention", ask="Which number comes out for white?")
def _(images):
    """Some divide by 256, the number of different bytes. White is then 0.996; here it is 1."""
    return images.astype(np.float32) / 256


@exercise.mistake(
    "from -1 to 1", kind="convention", ask="Most pixels are black. Which number should a pixel without ink send into the network?"
)
def _(images):
    """Some scale to the range from -1 to 1, with black at -1. Here black is 0."""
    return images.astype(np.float32) / 127.5 - 1


@exercise.mistake("divided by the largest pixel", kind="fragile", ask="Does every batch contain a white pixel?")
def _(images):
    """The result depends on which images happen to be in the batch: where none is bright, dark grey becomes white."""
    return images / images.max()


@exercise.mistake("Divided by the largest pixel of each image", ask="Should a faint image look like a bright one afterwards?")
def _(images):
    """Every image is divided by a number of its own: a faint one becomes as bright as the others."""
    return images / images.max(axis=1, keepdims=True)


@exercise.mistake(
    "stretched from the smallest to the largest pixel", kind="fragile", ask="Does every batch contain black and white?"
)
def _(images):
    """The smallest pixel of the batch becomes 0 and the largest 1, so the same grey means something else in the next batch."""
    return (images - images.min()) / (images.max() - images.min())


@exercise.mistake(
    "Each image stretched from its smallest to its largest pixel", ask="Should a faint image look like a bright one afterwards?"
)
def _(images):
    """Every image gets a scale of its own: the same grey means something else in the next image."""
    low, high = images.min(axis=1, keepdims=True), images.max(axis=1, keepdims=True)
    return (images - low) / (high - low)


@exercise.mistake("standardised", kind="convention", ask="Which range does the exercise ask for?")
def _(images):
    """Some subtract the mean and divide by the standard deviation. The result is then no longer kept between 0 and 1."""
    return (images - images.mean()) / images.std()


@exercise.mistake("each pixel standardised", kind="convention", ask="Which range does the exercise ask for?")
def _(images):
    """Some subtract each pixel's mean over the batch and divide by its standard deviation. Here a pixel that is the same
    in all images, as in the corners, would give 0 / 0."""
    return (images - images.mean(axis=0)) / images.std(axis=0)


@exercise.mistake("another shape", kind="fragile", ask="Must the numbers be laid out anew to be divided?")
def _(images):
    """The numbers are right, but images that come as pictures, or a single image, do not keep their shape."""
    return images.reshape(len(images), -1).astype(np.float32) / 255


@exercise.mistake("only about three digits", kind="fragile", ask="Which type has 32 bits?")
def _(images):
    """`float16` keeps about three digits. Where 784 products are added up, the rounding adds up too."""
    return images.astype(np.float16) / 255


@exercise.mistake("Black and white exchanged", ask="Which number should a pixel of 255 become?")
def _(images):
    """Black has become 1, and white 0. In this data a pixel of 0 is black, and stays 0."""
    return 1 - images / 255


@exercise.mistake("rounded", kind="fragile", ask="How many greys are left with one digit, and how many were there?")
def _(images):
    """Right as far as it goes, but the numbers are rounded to one digit: eleven of 256 greys are left."""
    return (images / 255).round(1)


@exercise.mistake("rounded to two digits", kind="fragile", ask="How many greys are left, and how many were there?")
def _(images):
    """Right as far as it goes, but the numbers are rounded to two digits: 101 of 256 greys are left."""
    return (images / 255).round(2)


@exercise.mistake("in per cent", kind="convention", ask="Which number should white become: 1 or 100?")
def _(images):
    """White becomes 100. Here it is 1."""
    return images / 255 * 100


@exercise.mistake("Multiplied, not divided", ask="Which operation turns 255 into 1?")
def _(images):
    """The numbers were multiplied by 255, so that white is 65 025."""
    return images.astype(np.float32) * 255
