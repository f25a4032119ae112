"""Notebook 20: write the rule of each operation."""

import functools

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import autograd
from mlp_helpers.core.autograd import sum_to_shape

PAIRS, SINGLE = ("+", "*", "@"), ("sum", "relu", "exp", "log")


def some(rng, *shape):
    return rng.normal(0, 1, shape)


def operation(rng):
    """An operation by chance, with its inputs and the blame of its result."""
    name, (n, d, h) = (*PAIRS, *SINGLE)[rng.integers(0, 7)], (int(size) for size in rng.integers(1, 5, 3))
    if name == "@":
        return name, some(rng, n, h), some(rng, n, d), some(rng, d, h)
    if name in PAIRS:
        return name, some(rng, n, d), some(rng, n, d), some(rng, *[(d,), (n, 1), (n, d), (1, d)][rng.integers(0, 4)])
    if name == "sum":
        return name, some(rng, *[(n, 1), (1, d), ()][rng.integers(0, 3)]), some(rng, n, d), None
    return name, some(rng, n, d), np.abs(some(rng, n, d)) + 0.1 if name == "log" else some(rng, n, d), None


def named(value, *arguments):
    """The blames by the names of their inputs. One array in place of a list is another thing."""
    if not isinstance(value, list | tuple):
        return value
    return {f"d{name}": blame for name, blame in zip("abcd", value, strict=False)}


rng = np.random.default_rng(0)
A, B = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 3.0]])
G, ROW = np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -2.0]]), np.array([10.0, 20.0, 30.0])

exercise = Exercise(
    autograd.input_blames,
    notebook="20",
    place="in class",
    view=named,
    cases=[
        Case("+ of two arrays", "+", G, A, B),
        Case("+ of a matrix and a row", "+", G, A, ROW),
        Case("+ of a column and a matrix", "+", G, np.array([[7.0], [8.0]]), A),
        Case("* of two arrays", "*", G, A, B),
        Case("* of a matrix and a row", "*", G, A, ROW),
        Case("* of one number and a matrix", "*", G, np.array(5.0), A),
        Case("@", "@", np.array([[1.0], [2.0]]), A, np.array([[0.5], [-1.0], [2.0]])),
        Case("@ with all sizes different", "@", some(rng, 4, 2), some(rng, 4, 3), some(rng, 3, 2)),
        Case("@ with all sizes equal", "@", some(rng, 3, 3), some(rng, 3, 3), some(rng, 3, 3)),
        Case("sum of all entries", "sum", np.array(2.0), A, None),
        Case("sum along the rows", "sum", np.array([[1.0], [-2.0]]), A, None),
        Case("sum down the columns", "sum", np.array([[1.0, 2.0, 3.0]]), A, None),
        Case("relu", "relu", G, np.array([[2.0, -1.0, 0.5], [-3.0, 1.0, -0.5]]), None),
        Case("exp", "exp", G, B, None),
        Case("log", "log", G, A, None),
        Case("relu of exactly 0", "relu", np.array([1.0, 2.0]), np.array([0.0, 3.0]), None, harsh=True),
    ],
    draw=operation,
    hints=[
        'Ask seven times: `if operation == "+":` and so on, each with a `return` of its own. Begin with those with one input: G '
        "times the local slope.",
        "For + the local slopes are 1 and 1, for * the other factor. What comes out has the shape of G, and "
        "`sum_to_shape(…, a.shape)` brings it back. For @ see `linear_backward`; `sum` gives each entry the G of the result "
        "that it went into: `G * np.ones(a.shape)`.",
        "`[sum_to_shape(G, a.shape), sum_to_shape(G, b.shape)]`, `[sum_to_shape(G * b, a.shape), …]`, `[G @ b.T, a.T @ G]`, "
        "`[G * np.ones(a.shape)]`, `[G * (a > 0)]`, `[G * np.exp(a)]`, `[G / a]`.",
    ],
    praise="From here on the chain rule is a program's work.",
)


def mistake(name, title, **asked):
    """Name a mistake in the rule of one operation; the function below it is that rule, (G, a, b) -> blames."""

    def add(rule):
        @exercise.mistake(title, **asked)
        @functools.wraps(rule)
        def _(operation, G, a, b=None):
            return rule(G, a, b) if operation == name else autograd.input_blames(operation, G, a, b)

    return add


@exercise.mistake("Nothing is added up", ask="What shape does a bias have, and how often was each of its entries used?")
def _(operation, G, a, b=None):
    """For + and * a blame has the shape of the result. What was stretched needs the sum over its copies."""
    if operation in ("+", "*"):
        return [G, G] if operation == "+" else [G * b, G * a]
    return autograd.input_blames(operation, G, a, b)


@mistake("+", "Nothing is added up for +", ask="What shape does a bias have, and how often was each of its entries used?")
def _(G, a, b):
    """For + both blames have the shape of the result. What was stretched needs the sum over its copies."""
    return [G, G]


@mistake("*", "Nothing is added up for *", ask="What shape does the stretched input have, and so its blame?")
def _(G, a, b):
    """For * both blames have the shape of the result. What was stretched needs the sum over its copies."""
    return [G * b, G * a]


@exercise.mistake("Only the second blame is added up", ask="Which of the two inputs may have been stretched?")
def _(operation, G, a, b=None):
    """For + and * the first blame has the shape of the result, and only the second was summed to the shape of its input. Each of
    the two may be the one that was stretched."""
    if operation in PAIRS and operation != "@":
        return [G if operation == "+" else G * b, autograd.input_blames(operation, G, a, b)[1]]
    return autograd.input_blames(operation, G, a, b)


@mistake("+", "Only the second blame is added up for +", ask="Which of the two inputs may have been stretched?")
def _(G, a, b):
    """For + the first blame has the shape of the result, and only the second was summed to the shape of its input."""
    return [G, sum_to_shape(G, b.shape)]


@mistake("*", "Only the second blame is added up for *", ask="Which of the two inputs may have been stretched?")
def _(G, a, b):
    """For * the first blame has the shape of the result, and only the second was summed to the shape of its input."""
    return [G * b, sum_to_shape(G * a, b.shape)]


@mistake("*", "Its own factor for *", ask="If a grows by a little, by how much does a · b grow?")
def _(G, a, b):
    """For * each input got G times itself, where the local slope is the other one."""
    return [sum_to_shape(G * a, a.shape), sum_to_shape(G * b, b.shape)]


@mistake("*", "Added up before the product", ask="Which copies met which factors, when the row was used?")
def _(G, a, b):
    """For * the blame was summed to the input's shape first, and then multiplied. Each copy met a factor of its own, so the
    product comes first."""
    return [sum_to_shape(sum_to_shape(G, a.shape) * b, a.shape), sum_to_shape(sum_to_shape(G, b.shape) * a, b.shape)]


@exercise.also("Added up before the product")
def _(operation, G, a, b=None):
    if operation != "*":
        return autograd.input_blames(operation, G, a, b)
    return [sum_to_shape(G, a.shape) * b, sum_to_shape(G, b.shape) * a]


@mistake("*", "The local slope alone for *", ask="What is a local slope multiplied by to become a blame?")
def _(G, a, b):
    """For * the other factor came back. G, the blame of the result, is missing."""
    return [sum_to_shape(b + 0 * G, a.shape), sum_to_shape(a + 0 * G, b.shape)]


@mistake("@", "Nothing is transposed for @", ask="Which sides must meet, so that da has the shape of a?")
def _(G, a, b):
    """For @ the tables were multiplied as they are. They fit only where sizes happen to be equal, and give wrong numbers
    there."""
    return [G @ b, a @ G]


@mistake("@", "A transposed db for @", ask="What shape does b have, and so db?")
def _(G, a, b):
    """For @ the blame of b has the right numbers, but is transposed."""
    return [G @ b.T, G.T @ a]


@mistake("@", "@ like *", ask="What do rows and columns do in a @ b that they do not do in a * b?")
def _(G, a, b):
    """For @ the rule of * was taken. It multiplies entry by entry."""
    return [G * b, G * a]


@mistake("@", "The two blames of @ in the wrong order", ask="Which of the two inputs is a, the first or the second?")
def _(G, a, b):
    """For @ both blames are right, but that of b came first."""
    return [a.T @ G, G @ b.T]


@mistake(
    "sum",
    "For sum, nothing is spread",
    ask="How many entries were added up, and how much blame does each of them get?",
)
def _(G, a, b):
    """For sum the blame of the result came back as it was. Each entry of the array needs its own."""
    return [G]


@mistake("sum", "For sum, the blame is shared out", ask="If one entry grows by 1, by how much does the sum grow?")
def _(G, a, b):
    """For sum the blame was divided among the entries. That would be a mean: in a sum the local slope of each entry is 1."""
    return [G * np.ones(a.shape) * (G.size / a.size)]


@mistake("sum", "For sum, times the entries", ask="Does it matter for the slope of a sum how large an entry is?")
def _(G, a, b):
    """For sum the blame was multiplied by the entries. The local slope of each entry is 1, whatever its size."""
    return [G * a]


@mistake(
    "sum", "For sum, all blame added up", ask="Which results does one entry of a go into, where the rows are added up one by one?"
)
def _(G, a, b):
    """For sum every entry got the sum of all blames. An entry is a part of one of the results, and only that one has something to
    tell it."""
    return [np.ones(a.shape) * G.sum()]


@mistake(
    "sum",
    "For sum, blame added up along the rows",
    ask="Which results does one entry of a go into, where the columns are added up?",
)
def _(G, a, b):
    """For sum every entry got the sum of the blames of its whole row. That changes nothing where each row was added up, for its
    result has one blame. Where each column was added up, an entry is a part of one result only."""
    return [np.ones(a.shape) * G.sum(axis=-1, keepdims=True)] if G.ndim else [G * np.ones(a.shape)]


@mistake(
    "sum",
    "For sum, blame added up down the columns",
    ask="Which results does one entry of a go into, where the rows are added up?",
)
def _(G, a, b):
    """For sum every entry got the sum of the blames of its whole column. That changes nothing where each column was added up, for
    its result has one blame. Where each row was added up, an entry is a part of one result only."""
    return [np.ones(a.shape) * G.sum(axis=0, keepdims=True)] if G.ndim else [G * np.ones(a.shape)]


@mistake("relu", "For relu, everything passes", ask="What does relu make of a negative input that grows a little?")
def _(G, a, b):
    """For relu the blame came back as it was, even where the input was negative."""
    return [G * 1.0]


@mistake("relu", "For relu, a mask", ask="What must the local slope be multiplied by to become a blame?")
def _(G, a, b):
    """For relu the answer to `a > 0` came back. G, the blame of the result, is missing."""
    return [a > 0]


@mistake("relu", "For relu, the blame is cut off", ask="Whose sign decides whether the gate is open?")
def _(G, a, b):
    """For relu the blame itself was cut off below 0. What decides is the number that went in."""
    return [np.maximum(G, 0)]


@mistake("exp", "For exp, times the input", ask="Which function is its own derivative?")
def _(G, a, b):
    """For exp the blame was multiplied by the input. The local slope of exp is exp itself."""
    return [G * a]


@mistake("log", "For log, times the logarithm", ask="What is the slope of the logarithm at 2, and at 10?")
def _(G, a, b):
    """For log the blame was multiplied by the logarithm. Its local slope is 1 over the input."""
    return [G * np.log(a)]


@mistake("log", "For log, the other way round", ask="Where is the logarithm steep, at small numbers or at large ones?")
def _(G, a, b):
    """For log the blame was multiplied by the input, not divided by it."""
    return [G * a]


@exercise.mistake("one array, not a list of one", kind="convention", ask="How will the walk backwards pair blames with inputs?")
def _(operation, G, a, b=None):
    """The operations with one input return their blame by itself. Here all return a list, so that nobody who calls the function
    has to ask how many inputs there were."""
    blames = autograd.input_blames(operation, G, a, b)
    return blames if len(blames) > 1 else blames[0]


@mistake("relu", "relu open at exactly 0", kind="convention", ask="Does an input of exactly 0 count as positive in notebook 07?")
def _(G, a, b):
    """For relu the slope at exactly 0 was taken to be 1. There is none there, so both can be said; this course says 0, as
    PyTorch does."""
    return [G * (a >= 0)]
