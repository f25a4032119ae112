"""Notebook 15: write batch normalisation."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def scores_and_scales(rng):
    n, h = int(rng.integers(1, 7)), int(rng.integers(1, 5))
    Z = rng.normal(rng.normal(0, 3, h), 1, (n, h)).round(1)
    if rng.random() < 0.3:
        Z[:, 0] = Z[0, 0]
    return Z, rng.uniform(0.5, 2, h).round(1), rng.normal(0, 1, h).round(1), float(rng.choice([1e-5, 0.01, 0.5]))


def batch_norm(Z, gamma, beta, epsilon):
    """Give every unit mean 0 and spread 1 over the batch, then the spread gamma and the mean beta: (n, h) -> (n, h)."""
    mean, variance = Z.mean(axis=0), Z.var(axis=0)  # (h,)
    Z_hat = (Z - mean) / np.sqrt(variance + epsilon)  # (n, h)
    return gamma * Z_hat + beta


ONES, ZEROS = np.ones(2), np.zeros(2)


Z_SMALL = np.array([[1.0, 10.0], [3.0, 30.0]])


Z_FOUR = np.array([[1.0, 0], [2, 0], [3, 4], [6, 0]])


Z_SQUARE = np.array([[1.0, 2, 3], [4, 6, 9], [7, 1, 0]])


exercise = Exercise(
    batch_norm,
    notebook="15",
    place="starred",
    cases=[
        Case("two images, two units", Z_SMALL, ONES, ZEROS, 1e-5),
        Case("a scale and a shift", Z_SMALL, np.array([2.0, 1.0]), np.array([5.0, -1.0]), 1e-5),
        Case("four images, two units", Z_FOUR, np.array([1.0, 3.0]), np.array([0.5, 0.0]), 1e-5),
        Case("as many images as units", Z_SQUARE, np.array([1.0, 2, 3]), np.array([0.0, 1, 2]), 1e-5),
        Case("a large epsilon", np.array([[1.0, 0], [3, 1], [5, 5]]), ONES, np.array([1.0, 0.0]), 0.5),
        Case("a unit that is always the same", np.array([[1.0, 7], [2, 7], [4, 7]]), ONES, np.array([0.0, 2.0]), 1e-5),
        Case("one image", np.array([[1.0, -2]]), np.array([2.0, 3.0]), np.array([0.25, 0.5]), 1e-5),
        Case("50 images, 20 units, float32", np.random.default_rng(1).normal(3, 2, (50, 20)).astype(np.float32),
                                              np.linspace(0.5, 2, 20, dtype=np.float32), np.zeros(20, np.float32), 1e-5),
    ],
    draw=scores_and_scales,
    hints=[
        "Mean and variance of each unit: `Z.mean(axis=0)` and `Z.var(axis=0)`, both of shape (h,).",
        "Subtract the mean, divide by the root of (variance + epsilon). What is that for a unit that is always the same?",
        "The last line is `gamma * Z_hat + beta`, each unit with its own two numbers.",
    ],
    praise="A layer whose answer to an image depends on the others in the batch: that is why it needs a second way of "
    "working when the network is asked.",
)  # fmt: skip


@exercise.mistake("Each image is normalised", ask="Along which axis do the images of a batch lie?")
def _(Z, gamma, beta, epsilon):
    """Mean and spread were taken along each row: over the units of an image, and not over the batch for a unit. (That is
    another layer, called layer normalisation.)"""
    mean, variance = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    return gamma * (Z - mean) / np.sqrt(variance + epsilon) + beta


@exercise.mistake("One mean for the whole table", ask="How many means does a layer of h units need?")
def _(Z, gamma, beta, epsilon):
    """All units share one mean and one spread. Each unit should have its own."""
    return gamma * (Z - Z.mean()) / np.sqrt(Z.var() + epsilon) + beta


@exercise.mistake("Divided by the variance", ask="A unit's scores are all doubled. By how much does its variance grow?")
def _(Z, gamma, beta, epsilon):
    """The root is missing: a unit with scores twice as large would come out half as large."""
    return gamma * (Z - Z.mean(axis=0)) / (Z.var(axis=0) + epsilon) + beta


@exercise.mistake(
    "epsilon outside the root", kind="convention", ask="Where does the formula add epsilon: to the variance, or to its root?"
)
def _(Z, gamma, beta, epsilon):
    """epsilon was added to the standard deviation. It protects as well, but gives other numbers than the formula here, which
    is that of the paper and the libraries."""
    return gamma * (Z - Z.mean(axis=0)) / (Z.std(axis=0) + epsilon) + beta


@exercise.mistake("without epsilon", kind="fragile", ask="What is the spread of a unit that is silent for the whole batch?")
def _(Z, gamma, beta, epsilon):
    """A unit that gives the same number for every image has the spread 0, and 0 / 0 is nan."""
    return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0)) + beta


@exercise.mistake("divided by n - 1", kind="convention", ask="By what does `Z.var(axis=0)` divide, and by what with `ddof=1`?")
def _(Z, gamma, beta, epsilon):
    """The variance was computed with n - 1, as for a sample. Batch normalisation uses n while it learns; and a batch of
    one image would divide by 0."""
    n = len(Z)
    with np.errstate(all="ignore"):
        return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) * n / np.float64(n - 1) + epsilon) + beta


@exercise.mistake("The mean is not subtracted", ask="What should the mean of a unit be, before gamma and beta?")
def _(Z, gamma, beta, epsilon):
    """The spread is right, but the mean of each unit is still where it was."""
    return gamma * Z / np.sqrt(Z.var(axis=0) + epsilon) + beta


@exercise.mistake("Beta is scaled too", ask="What should the mean of a unit be in the end?")
def _(Z, gamma, beta, epsilon):
    """The mean of a unit is gamma times beta, and not beta. That happens where the shift comes before the scale."""
    return gamma * ((Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon) + beta)


@exercise.mistake("Gamma and beta are exchanged", ask="Which of the two is multiplied, and which is added?")
def _(Z, gamma, beta, epsilon):
    """The normalised scores were multiplied by beta, and gamma was added."""
    return beta * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon) + gamma


@exercise.mistake("Only mean and standard deviation", ask="What are the other three arguments for?")
def _(Z, gamma, beta, epsilon):
    """Each unit is brought to mean 0 and spread 1, and that is half of it: the scale, the shift and epsilon are missing, and a
    unit that is always the same becomes nan."""
    return (Z - Z.mean(axis=0)) / Z.std(axis=0)


@exercise.mistake("Without gamma and beta", ask="Which two arrays does the layer learn, and where do they come in?")
def _(Z, gamma, beta, epsilon):
    """Mean 0 and spread 1 is right for every unit, but the scale and the shift, which are learned, are missing."""
    return (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon)


@exercise.mistake("The mean of the squares", ask="What is subtracted before the squares of a variance are averaged?")
def _(Z, gamma, beta, epsilon):
    """It is divided by the root of the mean square, and not of the variance: the mean was not taken off before squaring."""
    return gamma * (Z - Z.mean(axis=0)) / np.sqrt((Z**2).mean(axis=0) + epsilon) + beta


@exercise.mistake("Brackets are missing", ask="What does Python compute first in a - b / c?")
def _(Z, gamma, beta, epsilon):
    """Only the mean is divided by the spread, and the quotient is subtracted from Z: the division comes before the
    subtraction."""
    return gamma * (Z - Z.mean(axis=0) / np.sqrt(Z.var(axis=0) + epsilon)) + beta


@exercise.mistake("The shift is subtracted", ask="What sign does beta have in the formula?")
def _(Z, gamma, beta, epsilon):
    """The scale is right. beta is taken away, where it should be added."""
    return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon) - beta


@exercise.mistake("Epsilon is added to the result", ask="What is epsilon to save the division from, and where must it stand?")
def _(Z, gamma, beta, epsilon):
    """The division does without epsilon, which comes in afterwards: every entry is shifted by it, and a unit that is silent for
    the whole batch still divides by 0."""
    return gamma * (Z - Z.mean(axis=0)) / Z.std(axis=0) + epsilon + beta
