"""Exercise, questions and self-test of notebook 00, Start here."""

import numpy as np

from . import solutions
from .exercise import Case, Exercise
from .questions import Question
from .self_test import self_test_questions

# --- ink ---------------------------------------------------------------------------------------------------------------


def some_image(rng):
    """An image of any size, or a few, of which a random part is ink."""
    sides = rng.integers(1, 9, rng.integers(1, 4))
    return ((rng.integers(1, 256, sides) * (rng.random(sides) < rng.random())).astype(np.uint8),)


ink = Exercise(
    solutions.ink,
    notebook="00",
    place="in class",
    cases=[
        Case("an image of 2 x 3 pixels, two of them with ink", (np.array([[0, 200, 0], [0, 50, 0]], np.uint8),)),
        Case("faint ink", (np.array([[1, 0, 2, 0], [0, 0, 3, 100]], np.uint8),)),
        Case("one row of pixels", (np.array([0, 255, 255, 0, 255], np.uint8),)),
        Case("ink everywhere", (np.full((3, 3), 7, np.uint8),)),
        Case("an image without ink", (np.zeros((2, 5), np.uint8),)),
        Case("28 x 28 pixels", (np.tri(28, 28, -9, dtype=np.uint8) * 130,)),
        Case("784 pixels in a row", (np.arange(784).astype(np.uint8) % 5 // 4 * 90,)),
    ],
    draw=some_image,
    hints=[
        "`image > 0` asks the question of every pixel at once: the answer is an array of True and False.",
        "True counts as 1 and False as 0. Then the share of the True ones is their mean: `.mean()`.",
    ],
    praise="It works for images of any size, in a row or as a picture: it is the share of the pixels that are there.",
)


@ink.mistake("a number of pixels, not a share", ask="By what must the number be divided to become a share?")
def counted_ink(image):
    """The pixels with ink are counted. A share lies between 0 and 1, whatever the size of the image."""
    return (image > 0).sum()


@ink.mistake("the mean of the pixels", ask="Should a faint pixel count less than a strong one here?")
def mean_grey(image):
    """That says how bright the image is: a pixel of 200 counts four times as much as one of 50. The question is
    only whether there is ink."""
    return image.mean()


@ink.mistake("the mean brightness", ask="Should a faint pixel count less than a strong one here?")
def mean_brightness(image):
    """That says how bright the image is, from 0 to 1: a faint pixel counts less than a strong one."""
    return image.mean() / 255


@ink.mistake("the mean of the ink alone", ask="What is to be averaged: the pixels, or the answers to a question about them?")
def mean_of_the_ink(image):
    """The pixels with ink were cut out and averaged: that says how strong the ink is, and not how much of the
    image it covers."""
    return image[image > 0].mean() if image.any() else np.nan


@ink.mistake("the sum of the pixels", ask="Is it asked how strong the ink is, or where there is some?")
def summed_ink(image):
    """The values of the pixels are added up: faint ink counts less than strong ink, and a large image more than a small one."""
    return image.sum()


@ink.mistake("the share without ink", ask="Which pixels does your comparison find?")
def share_of_paper(image):
    """The pixels that are 0 are counted, and those are the ones without ink."""
    return (image == 0).mean()


@ink.mistake("in per cent", kind="convention", ask="Which number stands for the whole image?")
def ink_in_per_cent(image):
    """Here a share is a number from 0 to 1, as a probability is."""
    return 100 * (image > 0).mean()


@ink.mistake("only bright pixels count", ask="Which is the smallest number that is ink?")
def only_bright_ink(image):
    """Faint pixels are left out. Every number above 0 is ink."""
    return (image > 127).mean()


@ink.mistake("1 is not counted", ask="Is a pixel of 1 equal to 0?")
def from_two_on(image):
    """The faintest ink there can be, a pixel of 1, is taken for paper."""
    return (image > 1).mean()


@ink.mistake("only white pixels count", ask="Which is the smallest number that is ink?")
def only_white_ink(image):
    """Only pixels of 255 are counted. Every number above 0 is ink."""
    return (image == 255).mean()


@ink.mistake("only for 28 x 28 pixels", kind="fragile", ask="Who knows how many pixels an image has, if not you?")
def ink_of_784(image):
    """It divides by 784. Images of another size have another number of pixels."""
    return (image > 0).sum() / 784


@ink.mistake("only whether there is any", ask="How much of the image is ink: which number says it?")
def any_ink(image):
    """True or False comes out: whether there is any ink at all, and not how much."""
    return (image > 0).any()


@ink.mistake("the question is put to each pixel, and not summed up", ask="How do many answers become one number?")
def still_an_array(image):
    """An array of True and False comes back, one for each pixel. Asked for is one number."""
    return image > 0


@ink.mistake("divided by the number of rows", ask="How many pixels has an image of 2 x 3?")
def divided_by_rows(image):
    """`len(image)` is the number of rows, not of pixels."""
    return (image > 0).sum() / len(image)


# --- questions ---------------------------------------------------------------------------------------------------------

Question(
    "middle pixel",
    "00",
    "The rule says 1 when there is ink in the middle pixel, else 0. Of 100 zeros and ones, how many does it get right, about?",
    {
        "60": "One pixel of 784 sounds like little. But which digit has a hole there?",
        "80": "It would be so if ones often missed the middle. Most writers put their stroke right through it.",
        "98": "A zero is empty in the middle, a one is not: for these two digits the rule is excellent.",
    },
    "98",
)
Question(
    "scribble",
    "00",
    "The trained network is shown a scribble, and then a shoe. What does it answer?",
    {
        "that it is no digit": "Nobody gave it that answer: it has ten outputs, and each is a digit.",
        "about 10 % for each digit": "That would be wise. But it has never been asked to be undecided about what is no digit.",
        "a digit, perhaps with great confidence": "It must divide 100 % among ten digits, and it has never seen what is none.",
    },
    "a digit, perhaps with great confidence",
)

# --- self-test ---------------------------------------------------------------------------------------------------------

self_test_questions(
    (
        "self-test sums",
        1,
        "A has the shape (2, 3). Which shape has A.sum(axis=0)?",
        {
            "(3,)": "Axis 0 runs down the rows and disappears; the three columns stay.",
            "(2,)": "Two sums would be one for each row. Along which axis do the entries of a row lie?",
            "(2, 3)": "A sum along an axis makes that axis disappear.",
        },
        "(3,)",
    ),
    (
        "self-test keepdims",
        1,
        "A has the shape (2, 3). Which shape has A.sum(axis=1, keepdims=True)?",
        {
            "(2,)": "So it would be without keepdims.",
            "(2, 1)": "The axis stays, with the size 1: a column with one sum for each row.",
            "(1, 3)": "That is the shape of the sums along the other axis.",
        },
        "(2, 1)",
    ),
    (
        "self-test broadcasting",
        2,
        "A has the shape (4, 3) and b the shape (3,). What is A + b?",
        {
            "an error": "The sizes are compared from the last axis, and there both are 3.",
            "b is added to every row": "The last axes agree, and the missing axis of b is filled up by repeating it.",
            "b is added to every column": "A column of A has four entries, and b has three.",
        },
        "b is added to every row",
    ),
    (
        "self-test shapes of a product",
        3,
        "X has the shape (5, 4) and W the shape (4, 2). Which shape has X @ W?",
        {
            "(5, 2)": "The inner sizes, 4 and 4, must agree and disappear.",
            "(4, 4)": "Those are the inner sizes: they must agree, and they disappear.",
            "it is an error": "It would be one if the inner sizes differed.",
        },
        "(5, 2)",
    ),
    (
        "self-test value of a product",
        3,
        "What is np.array([1, 2]) @ np.array([3, 4])?",
        {
            "[3, 8]": "That is the product entry by entry, with *.",
            "11": "1 · 3 + 2 · 4: the products are added up.",
            "10": "That is the sum of all four numbers.",
        },
        "11",
    ),
    (
        "self-test masks",
        4,
        "a is np.array([3, -1, 0, 5]). What is (a > 0).sum()?",
        {
            "8": "That is the sum of the positive entries, a[a > 0].sum().",
            "True": "It would come from (a > 0).any().",
            "2": "The mask is True, False, False, True, and True counts as 1.",
        },
        "2",
    ),
    (
        "self-test pairs",
        5,
        "A has the rows [1, 2], [3, 4] and [5, 6]. What is A[np.array([0, 2]), np.array([1, 0])]?",
        {
            "[2, 5]": "Two lists of indices are read in pairs: row 0 column 1, and row 2 column 0.",
            "the rows 0 and 2, each with its columns exchanged": "Two lists are read in pairs; they do not cut out a table.",
            "[1, 6]": "Those stand in row 0 column 0, and row 2 column 1. In which order are the indices given?",
        },
        "[2, 5]",
    ),
    (
        "self-test bytes",
        6,
        "What is np.array([250], dtype=np.uint8) + np.array([10], dtype=np.uint8)?",
        {
            "[260]": "Eight bits cannot hold it.",
            "[255]": "NumPy does not stop at the largest byte.",
            "[4]": "260 does not fit into eight bits and wraps around: 260 − 256.",
        },
        "[4]",
    ),
    (
        "self-test views",
        7,
        "a is np.zeros(3). After b = a[:2] and b[0] = 7, what is a?",
        {
            "[7, 0, 0]": "A slice is a view: it looks at the same memory.",
            "[0, 0, 0]": "So it would be with a list of Python. A slice of an array is no copy.",
            "[7, 7, 0]": "One entry was written, not two.",
        },
        "[7, 0, 0]",
    ),
    (
        "self-test rebinding",
        8,
        "a is np.ones(2), and b = a. After b = b - 1, what is a?",
        {
            "[0, 0]": "That is what b -= 1 would do: it writes into the array.",
            "[1, 1]": "b - 1 is a new array, and only the name b moves to it.",
            "an error": "An array can have two names, and one of them can move on.",
        },
        "[1, 1]",
    ),
    (
        "self-test yield",
        9,
        "A function contains yield. What happens when it is called?",
        {
            "it runs to its end": "That is what a function with return does.",
            "it runs to the first yield": "It does so when the first item is asked for, for example by a for loop.",
            "nothing yet: it starts when somebody asks for the first item": "The call gives a generator; a for loop asks it.",
        },
        "nothing yet: it starts when somebody asks for the first item",
    ),
    (
        "self-test slopes",
        10,
        "What is the slope of x² at x = 3?",
        {
            "9": "That is its height there.",
            "2": "That is the slope of 2x. The slope of x² changes from place to place.",
            "6": "The derivative is 2x.",
        },
        "6",
    ),
    (
        "self-test chain rule",
        10,
        "What is the derivative of (3x + 1)² with respect to x?",
        {
            "2 (3x + 1)": "That is the derivative of the square with respect to what is inside. The inside moves too.",
            "6 (3x + 1)": "The outer slope, 2 (3x + 1), times the inner slope, 3.",
            "9": "Square and derivative are not taken term by term.",
        },
        "6 (3x + 1)",
    ),
    (
        "self-test partial derivatives",
        10,
        "What is the partial derivative of x² y with respect to y?",
        {
            "2x y": "That is the one with respect to x.",
            "2x": "Here only y moves.",
            "x²": "Hold x still: then x² is a constant factor of y.",
        },
        "x²",
    ),
    (
        "self-test logarithms",
        10,
        "What is ln(e² · e³)?",
        {
            "5": "e² · e³ is e to the power of 5, and the logarithm gives the exponent back.",
            "6": "When powers are multiplied, their exponents are added.",
            "e to the power of 5": "That is the product itself. What does the logarithm do with it?",
        },
        "5",
    ),
)
