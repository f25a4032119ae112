"""Notebook 19: find how sure a difference is that was measured on the same images."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import named


def paired_difference(right_a, right_b):
    """Return how much better b is than a, as a share, and the standard error of that: (n,), (n,) -> two numbers."""
    change = right_b.astype(float) - right_a.astype(float)
    return change.mean(), change.std() / np.sqrt(len(change))


def read(n, both=0, only_a=0, only_b=0, rng=None):
    """Which of n images a and b read, in the order both, only a, only b, neither, or in a random one."""
    right_a, right_b = np.zeros((2, n), bool)
    right_a[: both + only_a] = True
    right_b[:both] = right_b[both + only_a : both + only_a + only_b] = True
    order = np.arange(n) if rng is None else rng.permutation(n)
    return right_a[order], right_b[order]


def two_readers(rng):
    n = int(rng.integers(2, 200))
    hard = rng.random(n)
    return hard < 0.9 * rng.random(n) ** 0.2, hard < rng.random(n) ** 0.2


exercise = Exercise(
    paired_difference,
    notebook="19",
    place="at home",
    view=named("difference", "standard error"),
    asks="two numbers, the difference and its standard error",
    rtol=1e-6,
    atol=1e-9,
    cases=[
        Case("four images, b reads one more", *read(4, both=3, only_b=1)),
        Case("100 images, each reads some that the other does not", *read(100, both=80, only_a=4, only_b=12)),
        Case("b is the worse one", *read(100, both=90, only_a=6, only_b=1)),
        Case("as many for both, but not the same", *read(50, both=40, only_a=5, only_b=5)),
        Case("the same images", *read(20, both=18)),
        Case("all and nothing", *read(9, only_b=9)),
        Case("10 000 images", *read(10_000, both=9_870, only_a=30, only_b=45, rng=np.random.default_rng(3))),
    ],
    draw=two_readers,
    hints=[
        "Ask each image what the change from a to b was for it: +1, 0 or -1. `right_b.astype(float) - right_a.astype(float)`.",
        "The difference is the mean of these changes. How far does a mean of n numbers lie from what it would be with endless "
        "images? Notebook 13: the spread of one of them over the root of n.",
        "`change.mean(), change.std() / np.sqrt(len(change))`.",
    ],
    praise="Only the images that one of the two reads and the other does not have a say. All the others cancel.",
)


def changes(right_a, right_b):
    """What each image changes: 1 where only b reads it, -1 where only a does."""
    return right_b.astype(float) - right_a.astype(float)


@exercise.mistake(
    "As if they had read different images",
    ask="If both read the same 99 of 100 images, do these say anything about which of the two is better?",
)
def _(right_a, right_b):
    """The squares of the two standard errors were added. That is right where each was tested on images of its own. Here
    both had the same images, and an image that is easy for both does not blur their difference."""
    change = changes(right_a, right_b)
    return change.mean(), np.sqrt((right_a.var() + right_b.var()) / len(change))


@exercise.mistake("The two standard errors are added", ask="How do independent errors add up, and are these independent?")
def _(right_a, right_b):
    """Each accuracy got its own standard error, and these were added. But both read the same images, and what is hard for
    one is mostly hard for the other."""
    change = changes(right_a, right_b)
    return change.mean(), (right_a.std() + right_b.std()) / np.sqrt(len(change))


@exercise.mistake("The standard error of b alone", ask="Which number's standard error is wanted?")
def _(right_a, right_b):
    """The second number is the standard error of b's accuracy, not that of the difference."""
    change = changes(right_a, right_b)
    return change.mean(), right_b.std() / np.sqrt(len(change))


@exercise.mistake("The standard error of a alone", ask="Which number's standard error is wanted?")
def _(right_a, right_b):
    """The second number is the standard error of a's accuracy, not that of the difference."""
    change = changes(right_a, right_b)
    return change.mean(), right_a.std() / np.sqrt(len(change))


@exercise.mistake("The other way round", ask="When b reads more than a, is the answer positive or negative?")
def _(right_a, right_b):
    """The difference has the wrong sign: it says how much better a is than b."""
    change = changes(right_a, right_b)
    return -change.mean(), change.std() / np.sqrt(len(change))


@exercise.mistake("Without a sign", ask="How would one see from the result which of the two is better?")
def _(right_a, right_b):
    """The difference is never negative, so nobody can tell which of the two is better."""
    change = changes(right_a, right_b)
    return abs(change.mean()), change.std() / np.sqrt(len(change))


@exercise.mistake(
    "How often they differ", ask="What becomes of an image that a reads and b does not, and of one the other way round?"
)
def _(right_a, right_b):
    """The first number is the share of the images on which the two differ. Those in favour of a and those in favour of b
    were added, where they should be subtracted."""
    change = changes(right_a, right_b)
    return abs(change).mean(), change.std() / np.sqrt(len(change))


@exercise.mistake("The spread of a single image", ask="Is a mean over n images as uncertain as one of them?")
def _(right_a, right_b):
    """The difference is right. The second number is how far the change of one image lies from the mean, and not yet how
    uncertain the mean is: n does not enter."""
    change = changes(right_a, right_b)
    return change.mean(), change.std()


@exercise.mistake("n is not under the root", ask="Is a mean over 100 images 100 times as steady as one image, or 10 times?")
def _(right_a, right_b):
    """The spread of one image is divided by n. A mean over n images is only the root of n times as steady."""
    change = changes(right_a, right_b)
    return change.mean(), change.std() / len(change)


@exercise.mistake("A variance", ask="Which of the two has the unit of the numbers themselves, the variance or its root?")
def _(right_a, right_b):
    """The second number is the squared standard error: the root is missing."""
    change = changes(right_a, right_b)
    return change.mean(), change.var() / len(change)


@exercise.mistake("counts, not shares", kind="convention", ask="By what must a number of images be divided to become a share?")
def _(right_a, right_b):
    """Both are numbers of images, n times as large. That is just as good; here shares are asked for, like accuracies."""
    change = changes(right_a, right_b)
    return change.sum(), change.std() * np.sqrt(len(change))


@exercise.mistake("divided by n - 1", kind="convention", ask="By what does std divide when nothing else is said?")
def _(right_a, right_b):
    """The spread is that of statisticians, who divide by n - 1 since the mean comes from the same images. With 10 000 images
    nobody sees the difference; here it is n."""
    change = changes(right_a, right_b)
    return change.mean(), change.std(ddof=1) / np.sqrt(len(change))


@exercise.mistake("the mean change is left in", kind="convention", ask="What does a standard deviation subtract first?")
def _(right_a, right_b):
    """The root of the number of images on which the two differ, over n. That is the usual shortcut, and good as long as the
    difference is small; here the standard deviation of the changes is asked for."""
    change = changes(right_a, right_b)
    return change.mean(), np.sqrt((change**2).sum()) / len(change)


@exercise.mistake("two standard errors", kind="convention", ask="How many standard errors are asked for?")
def _(right_a, right_b):
    """The second number is twice the standard error, the half width of the interval that holds in 95 cases out of 100."""
    change = changes(right_a, right_b)
    return change.mean(), 2 * change.std() / np.sqrt(len(change))


@exercise.mistake("in percent", kind="convention", ask="Is a difference of one image in a hundred written as 1 or as 0.01?")
def _(right_a, right_b):
    """Both numbers are a hundred times as large: percentage points. The exercise asks for shares."""
    change = changes(right_a, right_b)
    return 100 * change.mean(), 100 * change.std() / np.sqrt(len(change))


@exercise.mistake("Only the difference", ask="How many numbers are asked for?")
def _(right_a, right_b):
    """The difference came alone. Its standard error tells whether it is large."""
    return changes(right_a, right_b).mean()


@exercise.mistake("True cannot be subtracted", certain=True, ask="What do True and False become when they are made numbers?")
def _(right_a, right_b):
    """NumPy refuses to subtract one array of True and False from another. As decimal numbers they are 1 and 0."""
    change = right_b - right_a
    return change.mean(), change.std() / np.sqrt(len(change))


@exercise.mistake("Exclusive or", ask="What is the change from a to b for an image that only a reads?")
def _(right_a, right_b):
    """The change is 1 wherever the two differ, whichever was right. It has lost its sign, and its spread is too small where
    some images speak for a and others for b."""
    change = right_b ^ right_a
    return change.mean(), change.std() / np.sqrt(len(change))
