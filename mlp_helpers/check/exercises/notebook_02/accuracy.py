"""Notebook 02: write the share of right answers."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import functions


def answers_and_labels(rng, n=None):
    n = n or int(rng.integers(1, 13))
    labels = rng.integers(0, 10, n)
    return np.where(rng.uniform(size=n) < rng.choice([0.1, 0.5, 0.9]), labels, rng.integers(0, 10, n)), labels


exercise = Exercise(
    functions.accuracy,
    notebook="02",
    place="at home",
    cases=[
        Case("three of four are right", np.array([7, 2, 1, 0]), np.array([7, 2, 1, 5])),
        Case("one image, read right", np.array([3]), np.array([3])),
        Case("one image, read wrong", np.array([4]), np.array([9])),
        Case("all are right", np.array([0, 1, 2]), np.array([0, 1, 2])),
        Case("one of three is right", np.array([8, 9, 0]), np.array([3, 9, 6])),
        Case("ten images", np.array([1, 0, 1, 9, 2, 5, 0, 0, 4, 1]), np.array([1, 0, 3, 9, 2, 6, 0, 8, 9, 1])),
        Case("700 images", *answers_and_labels(np.random.default_rng(2), 700)),
        Case("bytes", np.array([7, 1], np.uint8), np.array([7, 9], np.uint8), harsh=True),
    ],
    draw=answers_and_labels,
    hints=[
        "`predicted == labels` says of each image whether it was read right. How many True are there, and out of how many?",
        "True counts as 1 and False as 0. The number of ones divided by the number of entries: NumPy has a name for it.",
    ],
    praise="A fraction between 0 and 1, whatever the number of images. "
    "It says how many were right, and not how wrong the others were.",
)


@exercise.mistake("The fraction of wrong answers", ask="Which number should come out when all answers are right?")
def _(predicted, labels):
    """That is the error rate: it counts the answers that differ from the label."""
    return (predicted != labels).mean()


@exercise.mistake("a percentage", kind="convention", ask="Which number should stand for all answers right: 1 or 100?")
def _(predicted, labels):
    """Many give accuracy in per cent. Here it is a fraction between 0 and 1, and printing turns it into per cent."""
    return 100 * (predicted == labels).mean()


@exercise.mistake("The percentage of wrong answers", ask="Which number should come out when all answers are right?")
def _(predicted, labels):
    """It counts the answers that differ from the label, and gives them in per cent."""
    return 100 * (predicted != labels).mean()


@exercise.mistake("The number of right answers", ask="Is 300 right answers a lot? What else would you have to know?")
def _(predicted, labels):
    """It gives how many answers are right, which cannot be compared between 100 images and 10 000."""
    return (predicted == labels).sum()


@exercise.mistake("The number of wrong answers", ask="Which number should come out when all answers are right?")
def _(predicted, labels):
    """It gives how many answers differ from the label."""
    return (predicted != labels).sum()


@exercise.mistake("One answer for each image", ask="How do many True and False become one number?")
def _(predicted, labels):
    """It says of each image whether it was read right. One number for all of them is asked for."""
    return predicted == labels


@exercise.mistake("Each answer divided, but none added up", ask="How do many True and False become one number?")
def _(predicted, labels):
    """Each answer is divided by the number of answers, and there are still as many as before. One number is asked for."""
    return (predicted == labels) / len(labels)


@exercise.mistake("A 1 or a 0 for each image", ask="How do many ones and zeros become one number?")
def _(predicted, labels):
    """It gives a 1 for each image that was read right and a 0 for the others. One number for all of them is asked for."""
    return np.where(predicted == labels, 1, 0)


@exercise.mistake("Divided by a fixed number", ask="How many answers are there, and what can tell you that number?")
def _(predicted, labels):
    """A fixed number stands where the number of answers is due. With another number of images the fraction is wrong, and can
    exceed 1."""
    return (predicted == labels).sum() / 4


@exercise.mistake(
    "The result is always 1", ask="Which of the entries should count, and does a wrong answer count less in what you wrote?"
)
def _(predicted, labels):
    """It is 1 whatever was answered. That happens with `len` and `size`, which count True and False alike."""
    return len(predicted == labels) / len(labels)


@exercise.mistake("The total number of answers", ask="What does `len` count, and which of the entries should count?")
def _(predicted, labels):
    """It gives how many answers there are: `len` and `size` count True and False alike."""
    return len(predicted == labels)


@exercise.mistake("Only the first image is counted", ask="What happens to the second image?")
def _(predicted, labels):
    """It ends after the first image: a 1 or a 0 for that one is divided by the total number of images."""
    return float(predicted[0] == labels[0]) / len(labels)


@exercise.mistake("Whether all are right", ask="How much does one wrong answer among a thousand cost?")
def _(predicted, labels):
    """It says whether all answers are right: True or False, and no fraction."""
    return bool((predicted == labels).all())


@exercise.mistake("The fraction is dropped", ask="What is the difference between `/` and `//`?")
def _(predicted, labels):
    """Only 0 and 1 come out: 1 if all answers are right, and otherwise 0. `//` rounds down, so that only 0 and 1 are left."""
    return (predicted == labels).sum() // len(labels)


@exercise.mistake("How far apart the numbers are", ask="Is a 9 that is read as 8 less wrong than one that is read as 4?")
def _(predicted, labels):
    """It averages the difference between the numbers, as if classes had distances. An answer is right or it is not."""
    return np.abs(predicted.astype(int) - labels).mean()


@exercise.mistake(
    "one-hot rows compared with labels", ask="Which shapes meet in the comparison, and which two do you want to compare?"
)
def _(predicted, labels):
    """Rows of ten columns are compared with single labels. The shapes do not fit, and where they do, with ten images, numbers
    that have nothing to do with each other meet."""
    return (predicted == np.eye(10)[labels]).mean()


@exercise.mistake("Labels have one axis", ask="What shape do `predicted` and `labels` have, and which axes are there?")
def _(predicted, labels):
    """It asks for an axis that is not there. Labels have the shape (n,), with axis 0 alone. (The search for the largest entry
    of each row, with `argmax(axis=1)`, belongs to the step before, in which the rows were decoded.)"""
    return (predicted.argmax(axis=1) == labels).mean()


@exercise.mistake("rounded to two digits", kind="fragile", ask="Could you tell 98.1 % from 98.4 % with it?")
def _(predicted, labels):
    """The fraction is rounded to two digits. Round when you print: here small differences between two networks are lost."""
    return np.round((predicted == labels).mean(), 2)


@exercise.also("Divided by a fixed number")
def _(predicted, labels):
    return (predicted == labels).sum() / 10


@exercise.mistake(
    "Right answers for each wrong one", ask="By what must the right answers be divided: by the wrong ones, or by all?"
)
def _(predicted, labels):
    """The number of right answers is divided by the number of wrong ones. A fraction of all answers is asked for."""
    return (predicted == labels).sum() / (predicted != labels).sum()


@exercise.mistake("Divided by the number of classes", ask="What is counted, and out of how many answers?")
def _(predicted, labels):
    """The number of right answers is divided by the number of classes, the largest label plus 1. There are as many answers as
    images."""
    return (predicted == labels).sum() / (labels.max() + 1.0)


@exercise.mistake("Found among all labels", ask="With how many labels should one answer be compared?")
def _(predicted, labels):
    """An answer counts as right wherever it stands among the labels. It belongs to one image, and so to one label."""
    return np.isin(predicted, labels).mean()
