"""Notebook 05: write a gradient measured by nudging each entry."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import gradients


def cube_and_product(x):
    return x[0] ** 3 + 2 * x[0] * x[1]


def cubic(x):
    return (x**3).sum() + x.sum() ** 2


exercise = Exercise(
    gradients.numerical_gradient,
    notebook="05",
    place="in class",
    rtol=1e-6,
    atol=2e-6,
    cases=[
        Case("two weights", cube_and_product, np.array([1.0, 2.0])),
        Case("one weight", cubic, np.array([2.0])),
        Case("a row of weights", cubic, np.array([[1.0, -2.0, 0.5, 0.0]])),
        Case("a matrix of weights", cubic, np.array([[1.0, 2.0, 0.0], [-1.0, 3.0, -2.0]])),
        Case("a square matrix", cubic, np.array([[1.0, 2.0], [3.0, -4.0]])),
        Case("all weights negative", cubic, np.array([-1.0, -2.0, -3.0])),
        Case("large weights", cubic, np.array([100.0, -200.0, 50.0])),
        Case("28 rows of 28", cubic, np.random.default_rng(5).normal(0, 0.3, (28, 28))),
        Case("a nudge of one half", cubic, np.array([1.0, -2.0]), 0.5, harsh=True),
    ],
    draw=lambda rng: (cubic, np.round(rng.normal(0, 1, rng.integers(1, 5, rng.integers(1, 3))), 1)),
    hints=[
        "Begin with an array like x, full of zeros. Then go through all positions, `for index in np.ndindex(x.shape):`, "
        "and fill in one slope at a time.",
        "For each position: remember `x[index]`, write it plus `step`, ask `f(x)`, write it minus `step`, ask again.",
        "Before the next position, write the remembered number back. The slope is the difference of the two answers, "
        "divided by `(2 * step)`: mind the brackets.",
    ],
    praise="Two calls of the loss for each number are slow, but the idea is so plain that it can be trusted: from here on "
    "it is the judge of every formula for a gradient.",
)


@exercise.mistake(
    "nudged to one side only",
    kind="fragile",
    ask="Which straight line follows the curve better: one from here to the right, or one from the left to the right?",
)
def _(f, x, step=1e-5):
    """The answers at the place itself and on one side of it are compared. On a curve, this is off by an amount in proportion to
    the step, here in the fifth decimal; up and down, the errors of both sides cancel, and ten digits are right."""
    gradient = np.zeros_like(x)
    here = f(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        gradient[index] = (f(x) - here) / step
        x[index] = before
    return gradient


@exercise.mistake("Twice the slope", ask="How far apart are the two places at which f was asked, and what do you divide by?")
def _(f, x, step=1e-5):
    """Every slope is twice as large as it should be. That happens when the difference of two nudges, one up and one down, is
    divided by one step."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        above = f(x)
        x[index] = before - step
        below = f(x)
        x[index] = before
        gradient[index] = (above - below) / step
    return gradient


@exercise.mistake("One nudge, divided by two", ask="At which two places is f asked, and how far apart are they?")
def _(f, x, step=1e-5):
    """Every slope is half of what it should be: f was asked above and at the place itself, one step apart, not two."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        above = f(x)
        x[index] = before
        below = f(x)
        gradient[index] = (above - below) / (2 * step)
    return gradient


@exercise.mistake("Brackets around 2 * step are missing", ask="In which order does Python compute a / 2 * b?")
def _(f, x, step=1e-5):
    """The difference is divided by 2 and then *multiplied* by the step. With a small step all slopes are nearly 0."""
    return gradients.numerical_gradient(f, x, step) * step**2


@exercise.mistake(
    "The nudge is not taken back", ask="What does x look like when it is the next entry's turn, and what at the end?"
)
def _(f, x, step=1e-5):
    """Each entry stays where the last nudge left it. All later slopes are measured beside the place, and whoever called
    the function gets different weights back."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        above = f(x)
        x[index] = before - step
        below = f(x)
        gradient[index] = (above - below) / (2 * step)
    return gradient


@exercise.mistake(
    "The lower place is the place itself, and then x was pushed away",
    ask="After x[index] += step, how far must the entry go down to be one step below the place, and how far up to be back?",
)
def _(f, x, step=1e-5):
    """One step up, one step down: that is the place itself, and not below it, so the slopes are half of what they should
    be. The last step up then leaves x away from its place."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += step
        above = f(x)
        x[index] -= step
        below = f(x)
        x[index] += step
        gradient[index] = (above - below) / (2 * step)
    return gradient


@exercise.mistake(
    "x was back already, and then pushed away",
    ask="Where is x[index] after one step up and one step down, and where after one more step up?",
)
def _(f, x, step=1e-5):
    """One step up, one step down: there the entry is back at its place. So f was asked above and at the place itself, and the
    last step up leaves x away from its place."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += step
        above = f(x)
        x[index] -= step
        below = f(x)
        x[index] += step
        gradient[index] = (above - below) / step
    return gradient


@exercise.mistake("Only the name x is put back", ask="Which line writes the old number into the array that was given?")
def _(f, x, step=1e-5):
    """`x = before` does not change the array, it gives its name to another one. The array that was given keeps the nudge."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        before = x.copy()
        x[index] = before[index] + step
        above = f(x)
        x[index] = before[index] - step
        below = f(x)
        x = before
        gradient[index] = (above - below) / (2 * step)
    return gradient


@exercise.mistake("Brackets around the difference are missing", ask="What does Python compute first in a - b / c?")
def _(f, x, step=1e-5):
    """The slopes are huge: the division comes before the subtraction, and only the second answer is divided by the step."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        above = f(x)
        x[index] = before - step
        below = f(x)
        x[index] = before
        gradient[index] = above - below / (2 * step)
    return gradient


@exercise.mistake(
    "Only for two axes", ask="How many indices does a row of weights need, and what goes through all entries of any array?"
)
def _(f, x, step=1e-5):
    """It works for a matrix, and not for weights of the shape (d,). Two loops go through the rows and columns of a matrix. An
    array with a single axis has no `x.shape[1]`."""
    rows, columns = x.shape[0], x.shape[1]
    return gradients.numerical_gradient(f, x, step).reshape(rows, columns)


@exercise.mistake(
    "The sum of all slopes in every entry",
    ask="Which entries of x are nudged for one slope, and into which entries of the result is it written?",
)
def _(f, x, step=1e-5):
    """Every entry of the result is the same, and each is the sum of all slopes."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        gradient[index] = (f(x + step) - f(x - step)) / (2 * step)
    return gradient


@exercise.mistake("One slope for all entries", ask="How many slopes does an array of weights have?")
def _(f, x, step=1e-5):
    """`x + step` nudges all weights together. What comes out is one number, the sum of all slopes."""
    return (f(x + step) - f(x - step)) / (2 * step)


@exercise.mistake("Every slope is 0", ask="Which array is nudged, and which one is f given?")
def _(f, x, step=1e-5):
    """The nudge made no difference. That happens when f is asked about the same array twice, as when what is nudged is a number
    or a copy that f is not given."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] += step
        above = f(x)
        nudged[index] -= 2 * step
        below = f(x)
        gradient[index] = (above - below) / (2 * step)
    return gradient


@exercise.mistake("Only one number is given to f", ask="What does f take: one entry, or the whole array with one entry nudged?")
def _(f, x, step=1e-5):
    """f is asked about a single entry. But the slope of one weight depends on all the others: f needs the whole array."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        gradient[index] = (f(x[index] + step) - f(x[index] - step)) / (2 * step)
    return gradient


@exercise.mistake("Slopes cut to whole numbers", ask="What type of number does the array that the slopes are written into hold?")
def _(f, x, step=1e-5):
    """The array for the slopes holds whole numbers, and everything after the decimal point is cut off when a slope is written."""
    return gradients.numerical_gradient(f, x, step).astype(int)


def rows_as_a_whole(f, x, step, gradient, copied=True):
    """Nudge all the weights of a row at once, and write their one slope into that row of the gradient: (n, …) or (n,)."""
    for i in range(len(x)):
        before = x[i].copy() if copied else x[i]
        x[i] = before + step
        above = f(x)
        x[i] = before - step
        below = f(x)
        x[i] = before
        gradient[i] = (above - below) / (2 * step)
    return gradient


@exercise.mistake("Only for one axis", ask="What is `x[0]` when x is a matrix, and what goes through all entries of any array?")
def _(f, x, step=1e-5):
    """It works for weights of the shape (d,), and in a matrix all the weights of a row get the same slope, the sum of theirs. A
    single index such as `x[i]` picks a whole row of a matrix."""
    return rows_as_a_whole(f, x, step, np.zeros_like(x))


@exercise.mistake(
    "Only for one axis: what was to be remembered is no copy",
    ask="What is `x[0]` when x is a matrix, and what goes through all entries of any array?",
)
def _(f, x, step=1e-5):
    """It works for weights of the shape (d,), and in a matrix all the weights of a row get the same slope. For a matrix, `x[i]`
    is a whole row, and no copy of it: what was to be remembered changes with every nudge."""
    return rows_as_a_whole(f, x, step, np.zeros_like(x), copied=False)


@exercise.mistake("The sign is flipped", ask="If f is larger above than below, should the slope be positive or negative?")
def _(f, x, step=1e-5):
    """All slopes have the wrong sign, as they do when the answer above is subtracted from the one below."""
    return -gradients.numerical_gradient(f, x, step)


@exercise.mistake(
    "Only the first slope is there",
    ask="For which positions is a slope written into the result? How far is the `return` indented?",
)
def _(f, x, step=1e-5):
    """The first slope is right, and the others are still 0."""
    gradient = np.zeros_like(x)
    gradient.flat[0] = gradients.numerical_gradient(f, x, step).flat[0]
    return gradient


@exercise.mistake("the nudge is a fixed number", kind="fragile", ask="Who says how far to nudge, and under which name?")
def _(f, x, step=1e-5):
    """The slopes are right, but the nudge has a size of its own, whatever `step` says."""
    return gradients.numerical_gradient(f, x)


@exercise.mistake("the nudge is too large", kind="fragile", ask="How large was the best nudge in section 1?")
def _(f, x, step=1e-5):
    """A nudge of 0.01 measures the slope of a bridge, not of the ground: four digits are right, and ten could be."""
    return gradients.numerical_gradient(f, x, 0.01)


@exercise.mistake("Each slope is multiplied by its entry", ask="How far is an entry of 0 nudged, and how far one of 100?")
def _(f, x, step=1e-5):
    """Each slope comes out multiplied by its entry, and is 0 where the entry is 0. That happens when an entry is multiplied by
    1 + step in place of being nudged by step."""
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old * (1 + step)
        up = f(x)
        x[i] = old * (1 - step)
        g[i] = (up - f(x)) / (2 * step)
        x[i] = old
    return g


@exercise.mistake("Not divided by the nudge", ask="How far apart were the two places?")
def _(f, x, step=1e-5):
    """The differences are there, and were not divided by the distance between the places. With a small step they are nearly 0."""
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + step
        up = f(x)
        x[i] = old - step
        g[i] = up - f(x)
        x[i] = old
    return g


@exercise.mistake(
    "the nudge is too small", kind="fragile", ask="Which nudge was the best in section 1, and what went wrong below it?"
)
def _(f, x, step=1e-5):
    """With a nudge as small as 1e-12 the two answers agree in nearly all of their sixteen digits, and the difference is mostly
    rounding."""
    g, step = np.zeros(x.shape), 1e-12
    for i in np.ndindex(x.shape):
        old = x[i]
        x[i] = old + step
        up = f(x)
        x[i] = old - step
        g[i] = (up - f(x)) / (2 * step)
        x[i] = old
    return g


@exercise.also("nudged to one side only")
def _(f, x, step=1e-5):
    gradient = np.zeros_like(x)
    here = f(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before - step
        gradient[index] = (here - f(x)) / step
        x[index] = before
    return gradient


@exercise.mistake(
    "the default instead of `step`, in the division", kind="fragile", ask="How far apart are the two places if `step` is 0.5?"
)
def _(f, x, step=1e-5):
    """The nudge is `step`, but the difference is divided by the usual 0.00002, whatever `step` says. With another step the slopes
    are wrong."""
    return gradients.numerical_gradient(f, x, step) * (step / 1e-5)


@exercise.mistake(
    "the default instead of `step`, in the nudges", kind="fragile", ask="How far apart are the two places if `step` is 0.5?"
)
def _(f, x, step=1e-5):
    """The difference is divided by two times `step`, but the nudge is the usual 0.00001, whatever `step` says. With another step
    the slopes are wrong."""
    return gradients.numerical_gradient(f, x) * (1e-5 / step)


@exercise.mistake("The nudges are not undone", ask="Which entries are nudged when it is the turn of the second one?")
def _(f, x, step=1e-5):
    """The first slope is right. Each later one is the sum of all slopes so far: the entries before were still nudged when its
    turn came."""
    gradient, nudge = np.zeros_like(x), np.zeros_like(x)
    for index in np.ndindex(x.shape):
        nudge[index] = step
        gradient[index] = (f(x + nudge) - f(x - nudge)) / (2 * step)
    return gradient


@exercise.mistake(
    "One slope for each row", ask="What is `x[0]` when x is a matrix, and what goes through all entries of any array?"
)
def _(f, x, step=1e-5):
    """It works for weights of the shape (d,). In a matrix each row was nudged as a whole, so that a row has one slope, the sum of
    those of its entries."""
    return rows_as_a_whole(f, x, step, np.zeros(len(x)))


@exercise.mistake(
    "One slope for each row: what was to be remembered is no copy",
    ask="What is `x[0]` when x is a matrix, and what goes through all entries of any array?",
)
def _(f, x, step=1e-5):
    """It works for weights of the shape (d,), and a row of a matrix has one slope only. For a matrix, `x[i]` is a whole row, and
    no copy of it: what was to be remembered changes with every nudge."""
    return rows_as_a_whole(f, x, step, np.zeros(len(x)), copied=False)
