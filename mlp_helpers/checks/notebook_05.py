"""Exercises and questions of notebook 05, Walk downhill."""

import numpy as np

from .. import functions, gradients
from . import solutions
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

# --- numerical_gradient ------------------------------------------------------------------------------------------------


def cube_and_product(x):
    return x[0] ** 3 + 2 * x[0] * x[1]


def cubic(x):
    return (x**3).sum() + x.sum() ** 2


numerical_gradient = Exercise(
    gradients.numerical_gradient,
    notebook="05",
    place="in class",
    rtol=1e-6,
    atol=2e-6,
    cases=[
        Case("two weights", (cube_and_product, np.array([1.0, 2.0]))),
        Case("one weight", (cubic, np.array([2.0]))),
        Case("a row of weights", (cubic, np.array([[1.0, -2.0, 0.5, 0.0]]))),
        Case("a matrix of weights", (cubic, np.array([[1.0, 2.0, 0.0], [-1.0, 3.0, -2.0]]))),
        Case("a square matrix", (cubic, np.array([[1.0, 2.0], [3.0, -4.0]]))),
        Case("all weights negative", (cubic, np.array([-1.0, -2.0, -3.0]))),
        Case("large weights", (cubic, np.array([100.0, -200.0, 50.0]))),
        Case("28 rows of 28", (cubic, np.random.default_rng(5).normal(0, 0.3, (28, 28)))),
    ],
    draw=lambda rng: (cubic, np.round(rng.normal(0, 1, rng.integers(1, 5, rng.integers(1, 3))), 1)),
    hints=[
        "Begin with an array like x, full of zeros. Then go through all positions, `for index in np.ndindex(x.shape):`, "
        "and fill in one slope at a time.",
        "For each position: remember `x[index]`, write it plus `step`, ask `f(x)`, write it minus `step`, ask again.",
        "Before the next position, write the remembered number back. The slope is the difference of the two answers, "
        "divided by `(2 * step)`: mind the brackets.",
    ],
    praise="Slow, and so plain that it can be trusted: from here on it is the judge of every formula for a gradient.",
)


@numerical_gradient.mistake(
    "nudged to one side only",
    kind="fragile",
    ask="Where does a straight line touch the curve better: from here to the right, or from the left to the right?",
)
def one_sided(f, x, step=1e-5):
    """The answers up and at the place itself are compared. On a curve that is off by an amount in proportion to the step,
    here in the fifth digit; up and down, the errors of both sides cancel, and ten digits are right."""
    gradient = np.zeros_like(x)
    here = f(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        gradient[index] = (f(x) - here) / step
        x[index] = before
    return gradient


@numerical_gradient.mistake("divided by one step", ask="How far apart are the two places at which f was asked?")
def one_step_for_two(f, x, step=1e-5):
    """Every slope is twice as large as it should be: the difference is that of two nudges, one up and one down."""
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


@numerical_gradient.mistake("one nudge, divided by two", ask="At which two places is f asked, and how far apart are they?")
def half_the_slope(f, x, step=1e-5):
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


@numerical_gradient.mistake("brackets around 2 * step are missing", ask="In which order does Python compute a / 2 * b?")
def divided_and_multiplied(f, x, step=1e-5):
    """All slopes are nearly 0: the difference is divided by 2 and then *multiplied* by the step."""
    return numerical_gradient.solve(f, x, step) * step**2


@numerical_gradient.mistake(
    "the nudge is not taken back", ask="What does x look like when it is the next entry's turn, and what when all is over?"
)
def not_put_back(f, x, step=1e-5):
    """Each entry stays where the last nudge left it. All later slopes are measured beside the place, and whoever called
    the function gets other weights back."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + step
        above = f(x)
        x[index] = before - step
        below = f(x)
        gradient[index] = (above - below) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    "down was asked at the place itself, and then x was pushed away",
    ask="After x[index] += step, how far must the entry go down to be one step below the place, and how far up to be back?",
)
def one_up_one_down_one_up(f, x, step=1e-5):
    """One step up, one step down: that is the place itself, and not below it, so the slopes are half of what they should
    be. The last step up then leaves x where it was not."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += step
        above = f(x)
        x[index] -= step
        below = f(x)
        x[index] += step
        gradient[index] = (above - below) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    "x was back already, and then pushed away",
    ask="Where is x[index] after one step up and one step down, and where after one more step up?",
)
def one_sided_and_pushed_away(f, x, step=1e-5):
    """One step up, one step down: there the entry is back at its place. So f was asked above and at the place itself, and the
    last step up leaves x where it was not."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += step
        above = f(x)
        x[index] -= step
        below = f(x)
        x[index] += step
        gradient[index] = (above - below) / step
    return gradient


@numerical_gradient.mistake("only the name x is put back", ask="Which line writes the old number into the array that was given?")
def only_the_name_put_back(f, x, step=1e-5):
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


@numerical_gradient.mistake("brackets around the difference are missing", ask="What does Python compute first in a - b / c?")
def only_below_divided(f, x, step=1e-5):
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


@numerical_gradient.mistake(
    "only for two axes", ask="How many indices does a row of weights need, and what goes through all entries of any array?"
)
def rows_and_columns(f, x, step=1e-5):
    """Two loops go through the rows and columns of a matrix. A row of weights, with a single axis, has no `x.shape[1]`."""
    rows, columns = x.shape[0], x.shape[1]
    return numerical_gradient.solve(f, x, step).reshape(rows, columns)


@numerical_gradient.mistake("all entries are nudged at once", ask="Which entries should stay where they are while one is nudged?")
def all_at_once(f, x, step=1e-5):
    """Every entry of the result is the same: all weights were nudged together, and the answer is the sum of all slopes."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        gradient[index] = (f(x + step) - f(x - step)) / (2 * step)
    return gradient


@numerical_gradient.mistake("one slope for all entries", ask="How many slopes does an array of weights have?")
def one_number(f, x, step=1e-5):
    """`x + step` nudges all weights together. What comes out is one number, the sum of all slopes."""
    return (f(x + step) - f(x - step)) / (2 * step)


@numerical_gradient.mistake("the nudge never reaches f", ask="Which array is nudged, and which one is f given?")
def nudge_of_a_copy(f, x, step=1e-5):
    """Every slope is 0: f is asked about the same array twice. What was nudged is a number or a copy that f is not given."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        nudged = x.copy()
        nudged[index] += step
        above = f(x)
        nudged[index] -= 2 * step
        below = f(x)
        gradient[index] = (above - below) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    "only one number is given to f", ask="What does f take: one entry, or the whole array with one entry nudged?"
)
def f_of_an_entry(f, x, step=1e-5):
    """f is asked about a single entry. But the slope of one weight depends on all the others: f needs the whole array."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        gradient[index] = (f(x[index] + step) - f(x[index] - step)) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    "slopes cut to whole numbers", ask="Which type of number does the array hold into which the slopes are written?"
)
def whole_numbers(f, x, step=1e-5):
    """The array for the slopes holds whole numbers, and everything behind the point is cut off when a slope is written."""
    return numerical_gradient.solve(f, x, step).astype(int)


@numerical_gradient.mistake(
    "only for one axis", ask="What is `x[0]` when x is a matrix, and what goes through all entries of any array?"
)
def whole_rows(f, x, step=1e-5):
    """For a matrix, `x[i]` is a whole row: its weights are nudged together, and all get the same slope."""
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += step
        above = f(x)
        x[i] -= 2 * step
        below = f(x)
        x[i] += step
        gradient[i] = (above - below) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    "only for one axis: `before = x[i]` is no copy",
    ask="What is `x[0]` when x is a matrix, and what goes through all entries of any array?",
)
def whole_rows_remembered_as_a_view(f, x, step=1e-5):
    """For a matrix, `x[i]` is a whole row, and no copy of it: what was to be remembered changes with every nudge."""
    gradient = np.zeros_like(x)
    for i in range(len(x)):
        before = x[i]
        x[i] = before + step
        above = f(x)
        x[i] = before - step
        below = f(x)
        x[i] = before
        gradient[i] = (above - below) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    "the sign is flipped", ask="If f is larger above than below, should the slope be positive or negative?"
)
def flipped(f, x, step=1e-5):
    """All slopes have the wrong sign: the answer above was subtracted from the one below."""
    return -numerical_gradient.solve(f, x, step)


@numerical_gradient.mistake("it returns after the first entry", ask="How far in is the `return`, and how often is the loop run?")
def returns_inside_the_loop(f, x, step=1e-5):
    """The first slope is right and the others are still 0: the `return` stands inside the loop."""
    gradient = np.zeros_like(x)
    gradient.flat[0] = numerical_gradient.solve(f, x, step).flat[0]
    return gradient


@numerical_gradient.mistake("the nudge is too large", kind="fragile", ask="How large was the best nudge in section 1?")
def nudge_too_large(f, x, step=1e-5):
    """A nudge of 0.01 measures the slope of a bridge, not of the ground: four digits are right, and ten could be."""
    return numerical_gradient.solve(f, x, 0.01)


# --- softmax_cross_entropy_backward ------------------------------------------------------------------------------------

P_SMALL, Y_SMALL = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])


def probabilities_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return functions.softmax(rng.normal(0, 2, (n, k))), np.eye(k)[rng.integers(0, k, n)]


softmax_cross_entropy_backward = Exercise(
    functions.softmax_cross_entropy_backward,
    notebook="05",
    place="at home",
    cases=[
        Case("two images, three classes", (P_SMALL, Y_SMALL)),
        Case("one image", (np.array([[0.25, 0.5, 0.25]]), np.array([[0.0, 1.0, 0.0]]))),
        Case("as many images as classes", (np.array([[0.5, 0.5], [0.25, 0.75]]), np.array([[0.0, 1.0], [1.0, 0.0]]))),
        Case("three images, certain and wrong", (np.eye(2)[[0, 1, 0]], np.eye(2)[[1, 0, 1]])),
        Case("float32", (P_SMALL.astype(np.float32), Y_SMALL.astype(np.float32))),
        Case("64 images, ten classes", probabilities_and_targets(np.random.default_rng(5), 64, 10)),
    ],
    draw=probabilities_and_targets,
    hints=[
        "For one image the slopes are what the network said, minus what is true. Both are rows of k numbers.",
        "The loss is the mean over the images. By what is each image's part divided, when there are n of them?",
        "`len(P)` is the number of rows, n. The difference of the two tables, divided by it, is all.",
    ],
    praise="No exponential is left in it: softmax and cross-entropy fit each other so well that only a difference remains.",
)


@softmax_cross_entropy_backward.mistake(
    "not divided by n", ask="The loss is a mean over the images: how much does one image count?"
)
def summed(P, Y):
    """That is the gradient of the *sum* over the images. With twice as many images the steps would be twice as long."""
    return P - Y


@softmax_cross_entropy_backward.mistake("divided by n twice", ask="How often does the mean divide by n?")
def divided_twice(P, Y):
    """The gradient is n times too small, and the training would creep: the mean over the images was taken twice."""
    return (P - Y) / len(P) ** 2


@softmax_cross_entropy_backward.mistake("Y - P", ask="Should the loss rise or fall when the score of a wrong class rises?")
def other_way_round(P, Y):
    """The difference is taken the other way round. That is the direction down, but a gradient points up: with it,
    `w - learning_rate * gradient` would walk uphill."""
    return (Y - P) / len(P)


@softmax_cross_entropy_backward.mistake(
    "Y - P, not divided by n", ask="Does a gradient point up or down, and how much does one image count?"
)
def other_way_round_and_summed(P, Y):
    """The difference is taken the other way round, which points down and not up, and the mean over the images is missing."""
    return Y - P


@softmax_cross_entropy_backward.mistake(
    "divided by the classes", ask="Over what is the loss a mean: over images or over classes?"
)
def divided_by_classes(P, Y):
    """It is divided by the number of columns, k. The loss sums over the classes and averages over the images."""
    return (P - Y) / P.shape[1]


@softmax_cross_entropy_backward.mistake(
    "divided by n and by k", ask="Which of the two axes does the loss average over, and which does it sum over?"
)
def divided_by_both(P, Y):
    """It is divided by the number of all entries, n · k, so the gradient is k times too small."""
    return (P - Y) / P.size


@softmax_cross_entropy_backward.mistake("brackets are missing", ask="What does Python compute first in a - b / c?")
def only_targets_divided(P, Y):
    """The division comes before the subtraction: only Y is divided by n, and the rows no longer sum to 0."""
    return P - Y / len(P)


@softmax_cross_entropy_backward.mistake(
    "only the true class", ask="What happens to the loss when the score of a wrong class rises?"
)
def only_the_true_class(P, Y):
    """Only the true class has a slope. But a higher score of any other class takes probability from it."""
    return Y * (P - 1) / len(P)


@softmax_cross_entropy_backward.mistake(
    "stopped at the probabilities", ask="Which is asked for: how the loss answers to a probability, or to a score?"
)
def stopped_at_the_probabilities(P, Y):
    """-Y / P is the slope of the loss with respect to the *probabilities*. The way through softmax is missing: a higher score
    for one class takes probability from all the others."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return -Y / P / len(P)


@softmax_cross_entropy_backward.mistake(
    "multiplied by P (1 - P)",
    ask="What is the gradient after the derivation of this section, and is there anything left to multiply?",
)
def times_the_slope_of_sigmoid(P, Y):
    """P (1 - P) is the slope of a sigmoid, and belongs to squared error. Here the exponentials have cancelled already."""
    return (P - Y) * P * (1 - P) / len(P)


@softmax_cross_entropy_backward.mistake(
    "one row for all images", ask="How many scores does the batch have, and how many slopes must there be?"
)
def averaged_away(P, Y):
    """The mean is taken over the rows, and one row of k numbers is left. Every score of every image has a slope of its own."""
    return (P - Y).mean(axis=0)


@softmax_cross_entropy_backward.mistake(
    "P is overwritten", kind="fragile", ask="How can a new array be made, so that P stays as it is?"
)
def overwritten(P, Y):
    """The result is right, but it is written into P itself, and whoever called the function still needs the probabilities."""
    P -= Y
    P /= len(P)
    return P


# --- descend -----------------------------------------------------------------------------------------------------------


def twice(w):
    return 2 * w


def valley(w):
    return w + w.sum()


def waves(w):
    return np.sin(w)


def a_walk(rng):
    slope = (twice, valley, waves)[rng.integers(3)]
    start = np.round(rng.normal(0, 3, rng.integers(1, 5)), 1)
    return slope, start, float(rng.choice([0.1, 0.3, 0.7])), int(rng.integers(1, 7))


descend = Exercise(
    solutions.descend,
    notebook="05",
    place="starred",
    cases=[
        Case("two steps from 4", (twice, np.array([4.0]), 0.25, 2)),
        Case("three steps with two weights", (twice, np.array([8.0, -4.0]), 0.25, 3)),
        Case("as many steps as weights", (valley, np.array([1.0, 2.0, -6.0]), 0.1, 3)),
        Case("a gradient with curves", (waves, np.array([3.0, 1.0, -1.0, 0.0]), 0.5, 6)),
        Case("a single step", (valley, np.array([1.0, 2.0]), 0.1, 1)),
        Case("no step at all", (twice, np.array([1.0, 2.0]), 0.1, 0), harsh=True),
        Case("float32", (twice, np.array([1.0, -3.0], np.float32), 0.1, 4)),
        Case("7 850 weights", (twice, np.random.default_rng(5).normal(0, 1, 7850), 0.1, 3)),
        Case("start holds whole numbers", (twice, np.array([4, -2]), 0.25, 3), harsh=True),
    ],
    draw=a_walk,
    hints=[
        "Keep a list of places that begins with the start. A loop takes one step at a time and appends the new place.",
        "One step: `w = w - learning_rate * gradient(w)`. It makes a new array, so every place in the list is its own.",
        "Begin with `w = np.array(start, dtype=float)`, a copy of decimal numbers, and end with `np.array(path)`.",
    ],
    praise="This loop is all of training. What follows in this course is a better gradient, and more weights.",
)


@descend.mistake("only the last place", ask="How many places does a walk of two steps visit?")
def last_place(gradient, start, learning_rate, steps):
    """The walk arrives where it should, but it returns its end alone; asked for is every place on the way, row by row."""
    w = np.array(start, dtype=float)
    for _ in range(steps):
        w -= learning_rate * gradient(w)
    return w


@descend.mistake("the start is missing", ask="Where does the walk begin, and is that a place visited?")
def without_start(gradient, start, learning_rate, steps):
    """The steps are right, but the path begins after the first one: it has as many rows as steps, one too few."""
    return solutions.descend(gradient, start, learning_rate, steps)[1:]


@descend.mistake("every row is the last place", ask="How many arrays are there, and how many names for them?")
def the_same_array(gradient, start, learning_rate, steps):
    """The same array was appended again and again, and `-=` changed it in place: the list holds one array many times,
    as it is at the end."""
    path = solutions.descend(gradient, start, learning_rate, steps)
    return np.repeat(path[-1:], steps + 1, axis=0)


@descend.mistake(
    "every row but the first is the last place", ask="Which of the appended arrays is a copy, and which are the same one?"
)
def the_same_array_after_the_start(gradient, start, learning_rate, steps):
    """The start was copied, but then the same array was appended again and again while `-=` changed it in place."""
    path = solutions.descend(gradient, start, learning_rate, steps)
    path[1:] = path[-1]
    return path


@descend.mistake(
    "the start is walked away",
    kind="fragile",
    ask="Which line changes the array that was given, and which line could make a copy first?",
)
def changes_start(gradient, start, learning_rate, steps):
    """The path is right, but `start` itself went along: `w = start` is a second name for the same array, and `-=` changes it."""
    w = start
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return np.array(path)


@descend.mistake("one array under many names", ask="How many arrays are there: start, w, and the places in the list?")
def one_array_for_everything(gradient, start, learning_rate, steps):
    """`w = start` is a second name for the same array, and so is every place in the list: `-=` changes all of them,
    and `start` too."""
    w = start
    path = [w]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


@descend.mistake("walks uphill", ask="The gradient points to where the loss rises: in which direction should the step go?")
def uphill(gradient, start, learning_rate, steps):
    """The step goes along the gradient, and that is the direction in which the loss rises fastest."""
    return solutions.descend(gradient, start, -learning_rate, steps)


@descend.mistake("the slope is measured once", ask="What is the gradient after the first step, and where is it computed?")
def gradient_of_the_start(gradient, start, learning_rate, steps):
    """All steps are alike: the gradient was taken at the start, and the ground has changed since."""
    slope = gradient(np.array(start, dtype=float))
    return solutions.descend(lambda w: slope, start, learning_rate, steps)


@descend.mistake("no learning rate", ask="How long should a step be where the slope is 8 and the learning rate 0.25?")
def without_learning_rate(gradient, start, learning_rate, steps):
    """Each step is as long as the gradient itself; `learning_rate` is never used."""
    return solutions.descend(gradient, start, 1.0, steps)


@descend.mistake("one step too many", ask="How many rows does a walk of two steps have, the start included?")
def one_too_many(gradient, start, learning_rate, steps):
    """The path has one row too many: `steps` steps visit `steps + 1` places, and the start is one of them."""
    return solutions.descend(gradient, start, learning_rate, steps + 1)


@descend.mistake("one step too few", ask="How many rows does a walk of two steps have, the start included?")
def one_too_few(gradient, start, learning_rate, steps):
    """The path has one row too few: `steps` is the number of steps, and the start comes on top."""
    return solutions.descend(gradient, start, learning_rate, max(steps - 1, 0))


@descend.mistake(
    "the last row is still empty", ask="Which numbers does `range(1, steps)` run through, and which is the last row of the table?"
)
def last_row_empty(gradient, start, learning_rate, steps):
    """The table has the right number of rows, but the loop ends before the last one, which still holds zeros."""
    path = solutions.descend(gradient, start, learning_rate, steps)
    path[max(steps, 1) :] = 0
    return path


@descend.mistake(
    "the loop begins at row 0 and overwrites the start", ask="Which row holds the start, and which row does the first step write?"
)
def overwrites_the_start(gradient, start, learning_rate, steps):
    """Row 0 held the start, and the loop writes row 0 first. The row before it, `path[-1]`, is the last one, still full of
    zeros: so the walk begins at 0, where it has nowhere to go."""
    path = np.zeros((steps + 1, len(start)))
    path[0] = start
    for i in range(steps):
        path[i] = path[i - 1] - learning_rate * gradient(path[i - 1])
    return path


@descend.mistake("a place is written into a row that is not there", ask="How many places does a walk of two steps visit?")
def too_few_rows(gradient, start, learning_rate, steps):
    """That is the IndexError: the path was given too few rows for the start and all the steps. (A list grows by `append`
    alone.)"""
    path = np.zeros((steps, len(start)))
    path[0] = start
    for i in range(steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path


@descend.mistake("it returns after the first step", ask="How far in is the `return`, and how often is the loop run?")
def returns_inside_the_loop_of_steps(gradient, start, learning_rate, steps):
    """Only one step is taken, however many are asked for: the `return` stands inside the loop."""
    return solutions.descend(gradient, start, learning_rate, 1)


@descend.mistake("a list of places", ask="Which function of NumPy makes a table of a list of rows?")
def a_list(gradient, start, learning_rate, steps):
    """The places are right, but they come as a list of arrays; asked for is one array with a row for each."""
    return list(solutions.descend(gradient, start, learning_rate, steps))


@descend.mistake(
    "a start of whole numbers", kind="fragile", ask="Which type has w after `start.copy()`, and which should it have?"
)
def copy_of_the_type(gradient, start, learning_rate, steps):
    """With a start of whole numbers the copy holds whole numbers too, and `-=` cannot put decimals into it."""
    w = start.copy()
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return np.array(path)


@descend.mistake("a path of whole numbers", kind="fragile", ask="Which type has the array into which the places are written?")
def path_of_the_type(gradient, start, learning_rate, steps):
    """With a start of whole numbers the path holds whole numbers too, and each place is cut off behind the point."""
    path = np.zeros((steps + 1, len(start)), dtype=start.dtype)
    path[0] = start
    for i in range(steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "05",
    (
        "column of W",
        "03",
        "A layer is Z = XW + b. What does column 3 of W hold?",
        {
            "the weights of neuron 3": "One weight per input. For images they can be looked at as a template.",
            "the weights of pixel 3": "Every pixel has a weight for each neuron. Is that a row of W, or a column?",
            "the scores of image 3": "Scores are in Z. W is there before any image comes.",
        },
        "the weights of neuron 3",
    ),
    (
        "stack without ReLU",
        "03",
        "ReLU is left out of a network with a hidden layer of 128 units. What remains?",
        {
            "a weaker network that still bends": "What would bend in it? Linear layers map straight lines to straight lines.",
            "the same as ten neurons without a hidden layer": "Two linear layers multiply out to one.",
            "nothing, the shapes no longer fit": "ReLU works entry by entry: with it or without it, the shapes are the same.",
        },
        "the same as ten neurons without a hidden layer",
    ),
    (
        "split for comparing",
        "01",
        "You train three networks and keep the best. Which images decide which one is best?",
        {
            "the training images": "The weights were set on them. Whoever learns by heart looks best there.",
            "the validation images": "They are there to be used up in comparisons.",
            "the test images": "Then the best one would be best partly by luck, and nothing would be left to find that out.",
        },
        "the validation images",
    ),
)

Question(
    "smaller nudges",
    "05",
    "We nudge by less and less. The measured slope gets",
    {
        "better and better": "On paper, yes. But a float keeps 16 digits, and the two answers agree in more and more of them.",
        "worse at once": "A nudge of 1 measures a long bridge over the ground. A shorter bridge is nearer to the ground.",
        "better at first, then worse": "First the bridge becomes shorter, then the rounding becomes louder.",
    },
    "better at first, then worse",
)
Question(
    "steepest way down",
    "05",
    "From w = (1, 2) we take a step of length 0.01. In which direction does the loss fall most?",
    {
        "against the gradient": "Each weight moves in proportion to what its own slope promises.",
        "along -w1, the steepest single slope": "That uses the slope of 8 and leaves the slope of 3 unused.",
        "towards (0, 0)": "The loss is 0 there, but that is far away, and other places are lower. What does the slope here say?",
    },
    "against the gradient",
)
Question(
    "best of three rates",
    "05",
    "Twelve steps from (0, 0). Which learning rate ends lowest?",
    {
        "0.005, the most careful": "Each step goes down. Do twelve of them get far enough?",
        "0.1": "Long enough to arrive, short enough not to leap over the valley.",
        "0.24, the boldest": "A bold step goes far. What if the valley is narrower than the step is long?",
    },
    "0.1",
)
Question(
    "trained ten neurons",
    "05",
    "The best straight-line fit of notebook 02 has the same shape, 784 × 10 weights and 10 biases, and reads 85 %. "
    "What will training read?",
    {
        "85 % as well, the shape decides": "The shape says what is possible. Among the possible weights the loss decides.",
        "about 92 %": "Same shape, another loss: cross-entropy asks only that the true class wins clearly.",
        "99 %": "Ten templates are ten templates: a digit that is moved or slanted covers the wrong pixels.",
    },
    "about 92 %",
)
