"""Notebook 15: write label smoothing."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def targets_and_amount(rng):
    n, k = int(rng.integers(1, 6)), int(rng.integers(2, 7))
    return np.eye(k)[rng.integers(0, k, n)], float(rng.choice([0.05, 0.1, 0.2, 0.5]))


def smooth_labels(Y, amount):
    """Take a share of the 1 and spread it over all k classes: (n, k) -> (n, k)."""
    return (1 - amount) * Y + amount / Y.shape[1]


exercise = Exercise(
    smooth_labels,
    notebook="15",
    place="at home",
    cases=[
        Case("one image, four classes", np.eye(4)[[1]], 0.2),
        Case("two images, three classes", np.eye(3)[[2, 0]], 0.3),
        Case("as many images as classes", np.eye(3)[[0, 0, 2]], 0.3),
        Case("five images, two classes", np.eye(2)[[0, 1, 1, 0, 1]], 0.1),
        Case("an amount of 0", np.eye(3)[[1, 2]], 0.0),
        Case("64 images, ten classes, float32", np.eye(10, dtype=np.float32)[np.arange(64) % 10], 0.1),
    ],
    draw=targets_and_amount,
    hints=[
        "Two steps: the 1 of each row shrinks to 1 - amount, and every class, the true one too, gets the same small part.",
        "How large is each part, when the amount is shared by `Y.shape[1]` classes? What does a row then sum to?",
        "Each entry is `(1 - amount)` times what it was, plus `amount / Y.shape[1]`.",
    ],
    praise="Each row still sums to 1, so P - Y is still the gradient, and nothing else in the network needs to change.",
)


@exercise.mistake(
    "spread over the other classes only", kind="convention", ask="Over how many classes is it spread here: k, or k - 1?"
)
def _(Y, amount):
    """The wrong classes share the whole amount, and the true one keeps 1 - amount. Some define it that way. Here, as in the paper
    and in the libraries, the true class gets its part too."""
    return (1 - amount) * Y + (1 - Y) * amount / (Y.shape[1] - 1)


@exercise.mistake("The 1 does not shrink", ask="What does a row sum to now?")
def _(Y, amount):
    """Every class gets its part, but nobody pays for it: the rows sum to more than 1."""
    return Y + amount / Y.shape[1]


@exercise.mistake("Nothing is spread", ask="What does a row sum to now?")
def _(Y, amount):
    """The 1 shrinks, and the amount goes nowhere: the rows sum to less than 1."""
    return (1 - amount) * Y


@exercise.mistake("Every class gets the whole amount", ask="Among how many classes is the amount shared?")
def _(Y, amount):
    """The amount is not divided among the classes: each gets all of it."""
    return (1 - amount) * Y + amount


@exercise.mistake("Shared by the images", ask="Which axis of Y runs along the classes?")
def _(Y, amount):
    """The amount was divided by the number of images in place of the number of classes."""
    return (1 - amount) * Y + amount / len(Y)


@exercise.mistake(
    "The true class goes without its part", ask="What does a row sum to, when each of the k classes gets amount / k?"
)
def _(Y, amount):
    """The wrong classes get amount / k each, and the true one 1 - amount: the rows sum to less than 1, by amount / k."""
    return np.where(Y == 1, 1 - amount, amount / Y.shape[1])


@exercise.mistake("always ten classes", kind="fragile", ask="Where does Y say how many classes there are?")
def _(Y, amount):
    """The amount is divided by ten, whatever the number of classes. With another number of classes the rows no longer sum to
    1."""
    return (1 - amount) * Y + amount / 10


@exercise.mistake("Taken from every class", ask="Which entries of a row have something to give, and what is s times 0?")
def _(Y, amount):
    """The amount is subtracted from the zeros as well: targets below 0, and rows that no longer sum to 1."""
    return Y - amount + amount / Y.shape[1]


@exercise.mistake("Y itself is changed", ask="Which line writes into the array that was given?")
def _(Y, amount):
    """The caller's labels are overwritten. In the next epoch they would be smoothed once more."""
    Y *= 1 - amount
    Y += amount / Y.shape[1]
    return Y


@exercise.mistake("1 and 0 exchanged", ask="Which class should get the most?")
def _(Y, amount):
    """The wrong classes get what is due to the true one, and the true one what is due to them."""
    return (1 - Y) * (1 - amount) + amount / Y.shape[1]


@exercise.mistake("The true class alone", ask="What is left for the wrong classes?")
def _(Y, amount):
    """Only the 1 has changed: it has become 1 - amount + amount / k, and the wrong classes get nothing."""
    return Y * (1 - amount + amount / Y.shape[1])
