"""Notebook 05: write gradient descent that records every place visited."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def descend(gradient, start, learning_rate, steps):
    """Walk against the gradient, and return all the places visited: (steps + 1, number of weights)."""
    w = np.array(start, dtype=np.float64)
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return np.array(path)


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


exercise = Exercise(
    descend,
    notebook="05",
    place="in class",
    cases=[
        Case("two steps from 4", twice, np.array([4.0]), 0.25, 2),
        Case("three steps with two weights", twice, np.array([8.0, -4.0]), 0.25, 3),
        Case("as many steps as weights", valley, np.array([1.0, 2.0, -6.0]), 0.1, 3),
        Case("a gradient with curves", waves, np.array([3.0, 1.0, -1.0, 0.0]), 0.5, 6),
        Case("a single step", valley, np.array([1.0, 2.0]), 0.1, 1),
        Case("no step at all", twice, np.array([1.0, 2.0]), 0.1, 0, harsh=True),
        Case("float32", twice, np.array([1.0, -3.0], np.float32), 0.1, 4),
        Case("7 850 weights", twice, np.random.default_rng(5).normal(0, 1, 7850), 0.1, 3),
        Case("start holds whole numbers", twice, np.array([4, -2]), 0.25, 3, harsh=True),
    ],
    draw=a_walk,
    hints=[
        "Keep a list of places that begins with the start. A loop takes one step at a time and appends the new place.",
        "One step: `w = w - learning_rate * gradient(w)`. It makes a new array, so each place in the list has its own.",
        "Begin with `w = np.array(start, dtype=float)`, a copy of decimal numbers, and end with `np.array(path)`.",
    ],
    praise="All of training is steps like these. What follows in this course is a better gradient, and more weights.",
)


@exercise.mistake("Only the last place", ask="How many places does a walk of two steps visit?")
def _(gradient, start, learning_rate, steps):
    """The walk arrives where it should, but it returns its end alone. The exercise asks for every place on the way."""
    w = np.array(start, dtype=float)
    for _ in range(steps):
        w -= learning_rate * gradient(w)
    return w


@exercise.mistake("The start is missing", ask="Where does the walk begin, and is that a place visited?")
def _(gradient, start, learning_rate, steps):
    """The steps are right, but the path begins after the first one: it has as many rows as steps, one too few."""
    return descend(gradient, start, learning_rate, steps)[1:]


@exercise.mistake("Every row is the last place", ask="How many arrays are there, and how many names for them?")
def _(gradient, start, learning_rate, steps):
    """All rows hold the place where the walk ended. That happens where one array was appended again and again, and `-=` changed
    it in place."""
    path = descend(gradient, start, learning_rate, steps)
    return np.repeat(path[-1:], steps + 1, axis=0)


@exercise.mistake(
    "Every row but the first is the last place", ask="Which of the appended arrays is a copy, and which are the same one?"
)
def _(gradient, start, learning_rate, steps):
    """The first row holds the start, and all others the place where the walk ended. The same array was appended again and
    again while `-=` changed it in place."""
    path = descend(gradient, start, learning_rate, steps)
    path[1:] = path[-1]
    return path


@exercise.mistake(
    "the start itself is moved",
    kind="fragile",
    ask="Which line changes the array that was given, and which line could make a copy first?",
)
def _(gradient, start, learning_rate, steps):
    """The path is right, but `start` itself went along: the array that was given is changed. `w = start` gives it a
    second name. `-=` changes the array, whatever it is called."""
    w = start
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return np.array(path)


@exercise.mistake(
    "One array under many names", ask="How many arrays are there: start, the place where you are, and the places in the list?"
)
def _(gradient, start, learning_rate, steps):
    """Every row is the place where the walk ended, and `start` is there too: all of them are one array. `w = start`
    gives it a second name. `-=` changes the array, whatever it is called."""
    w = start
    path = [w]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


@exercise.mistake("Walks uphill", ask="The gradient points to where the loss rises: in which direction should the step go?")
def _(gradient, start, learning_rate, steps):
    """The step goes along the gradient, and that is the direction in which the loss rises fastest."""
    return descend(gradient, start, -learning_rate, steps)


@exercise.mistake("The slope is measured once", ask="What is the gradient after the first step, and where is it computed?")
def _(gradient, start, learning_rate, steps):
    """All steps are alike: the gradient was taken at the start, and the ground has changed since."""
    slope = gradient(np.array(start, dtype=float))
    return descend(lambda w: slope, start, learning_rate, steps)


@exercise.mistake("No learning rate", ask="How long should a step be where the slope is 8 and the learning rate 0.25?")
def _(gradient, start, learning_rate, steps):
    """Each step is as long as the gradient itself, whatever `learning_rate` says."""
    return descend(gradient, start, 1.0, steps)


@exercise.mistake("One step too many", ask="How many rows does a walk of two steps have, the start included?")
def _(gradient, start, learning_rate, steps):
    """The path has one row too many. A walk of two steps visits three places, and the start is one of them."""
    return descend(gradient, start, learning_rate, steps + 1)


@exercise.mistake("One step too few", ask="How many rows does a walk of two steps have, the start included?")
def _(gradient, start, learning_rate, steps):
    """The path has one row too few: `steps` is the number of steps, and the start comes on top."""
    return descend(gradient, start, learning_rate, max(steps - 1, 0))


@exercise.mistake("The last row is still empty", ask="Which rows were filled, and which is the last row of the table?")
def _(gradient, start, learning_rate, steps):
    """The table has the right number of rows, and the last one still holds zeros."""
    path = descend(gradient, start, learning_rate, steps)
    path[max(steps, 1) :] = 0
    return path


@exercise.mistake("The walk begins in a row of zeros", ask="Which row holds the start, and which row does the first step write?")
def _(gradient, start, learning_rate, steps):
    """The start is not in the first row, and the walk begins at 0, where it has nowhere to go. Row 0 held the start, and the
    loop writes row 0 first: the row before it, `path[-1]`, is the last one, still full of zeros."""
    path = np.zeros((steps + 1, len(start)))
    path[0] = start
    for i in range(steps):
        path[i] = path[i - 1] - learning_rate * gradient(path[i - 1])
    return path


@exercise.mistake("A row that is not there", ask="How many places does a walk of two steps visit?")
def _(gradient, start, learning_rate, steps):
    """An IndexError: a place was asked for that is not there. That happens where the path has too few rows for the start and all
    the steps. (A list grows by `append` alone.)"""
    path = np.zeros((steps, len(start)))
    path[0] = start
    for i in range(steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path


@exercise.mistake("Only one step is taken", ask="How far is the `return` indented, and how often is the loop run?")
def _(gradient, start, learning_rate, steps):
    """There is one step, however many are asked for."""
    return descend(gradient, start, learning_rate, 1)


@exercise.mistake("A list of places", ask="Which function of NumPy makes a table out of a list of rows?")
def _(gradient, start, learning_rate, steps):
    """The places are right, but they come as a list of arrays. The exercise asks for one array with a row for each."""
    return list(descend(gradient, start, learning_rate, steps))


@exercise.mistake(
    "a start of whole numbers", kind="fragile", ask="What type is w after `start.copy()`, and what type should it be?"
)
def _(gradient, start, learning_rate, steps):
    """With a start of whole numbers there is an error: the copy holds whole numbers too, and no decimals can be written into
    it."""
    w = start.copy()
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return np.array(path)


@exercise.mistake("a path of whole numbers", kind="fragile", ask="What type is the array into which the places are written?")
def _(gradient, start, learning_rate, steps):
    """With a start of whole numbers the path holds whole numbers too, and each place is cut off after the decimal point."""
    path = np.zeros((steps + 1, len(start)), dtype=start.dtype)
    path[0] = start
    for i in range(steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path


@exercise.mistake("Steps of fixed length", ask="How long should a step be where the ground is nearly flat?")
def _(gradient, start, learning_rate, steps):
    """Every step is as long as the learning rate: the gradient gives the direction only, and its length was divided out."""
    path = [np.array(start, float)]
    for _ in range(steps):
        slope = gradient(path[-1])
        path.append(path[-1] - learning_rate * slope / np.linalg.norm(slope))
    return np.array(path)


@exercise.mistake("Divided by the learning rate", ask="Should a smaller learning rate make a step smaller or larger?")
def _(gradient, start, learning_rate, steps):
    """The gradient is divided by the learning rate: the smaller that is, the larger the step."""
    path = [np.array(start, float)]
    for _ in range(steps):
        path.append(path[-1] - gradient(path[-1]) / learning_rate)
    return np.array(path)


@exercise.mistake("Only the sign of the gradient", ask="How long should a step be where the ground is nearly flat?")
def _(gradient, start, learning_rate, steps):
    """Every weight moves by the learning rate, up or down. How steep the ground is makes no difference."""
    path = [np.array(start, float)]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * np.sign(gradient(path[-1])))
    return np.array(path)


@exercise.mistake("Every step from the start", ask="From which place does the second step go on?")
def _(gradient, start, learning_rate, steps):
    """Every row after the first is the same: each step was taken from the start, and not from the place reached."""
    path = [np.array(start, float)]
    for _ in range(steps):
        path.append(path[0] - learning_rate * gradient(path[0]))
    return np.array(path)
