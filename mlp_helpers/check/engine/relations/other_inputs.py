"""Whether a wrong result is the right one for another input: arguments exchanged, scaled twice, negated, one-hot."""

import itertools
import time

import numpy as np

from ..comparing import number, same
from ..running import many_runs
from ..surroundings import MEMORY
from .forms import of_tables

SECONDS = 5  # for all calls of the solution; if that is not enough, nothing is said
ONE = 1  # second for one call


def _whole(a):
    return a.astype(int)


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _softmax(a):
    shares = np.exp(a - a.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


ARRAYS = [  # what may have been made of an array, as a learner would write it
    ("-{}", lambda a: -a), ("1 - {}", lambda a: 1 - a), ("1 / {}", lambda a: 1 / a), ("{} + 1", lambda a: a + 1),
    ("{} - 1", lambda a: a - 1), ("2 * {}", lambda a: 2 * a), ("{} / 2", lambda a: a / 2), ("{} / 255", lambda a: a / 255),
    ("{} * 255", lambda a: a * 255), ("{} / len({})", lambda a: a / len(a)), ("{}**2", lambda a: a**2), ("np.sqrt({})", np.sqrt),
    ("np.exp({})", np.exp), ("np.log({})", np.log), ("np.abs({})", np.abs), ("np.round({})", np.round), ("np.sort({})", np.sort),
    ("np.maximum({}, 0)", lambda a: np.maximum(a, 0)), ("{} > 0", lambda a: (a > 0) * 1.0), ("{}.astype(int)", _whole),
    ("zeros", np.zeros_like), ("ones", np.ones_like), ("{}.T", of_tables(np.transpose)), ("{}[::-1]", lambda a: a[::-1]),
    ("{}[:, ::-1]", of_tables(lambda a: a[:, ::-1])), ("{}[:1]", lambda a: a[:1]), ("{}[1:]", lambda a: a[1:]),
    ("{}[:-1]", lambda a: a[:-1]), ("{} - {}.max()", lambda a: a - a.max()), ("the sigmoid of {}", _sigmoid),
    ("the softmax of {}", of_tables(_softmax)), ("one-hot {}", of_tables(lambda a: np.eye(a.shape[1])[a.argmax(axis=1)])),
    ("{} / {}.sum(axis=1, keepdims=True)", of_tables(lambda a: a / a.sum(axis=1, keepdims=True))),
    ("{} - {}.mean(axis=0)", of_tables(lambda a: a - a.mean(axis=0))),
]  # fmt: skip
NUMBERS = [
    ("-{}", lambda x: -x), ("1 - {}", lambda x: 1 - x), ("1 / {}", lambda x: 1 / x), ("2 * {}", lambda x: 2 * x),
    ("{} / 2", lambda x: x / 2), ("{}**2", lambda x: x**2), ("np.sqrt({})", lambda x: x**0.5), ("{} + 1", lambda x: x + 1),
    ("{} - 1", lambda x: x - 1), ("{} / 100", lambda x: x / 100), ("100 * {}", lambda x: 100 * x), ("round({})", round),
    ("max({}, 0)", lambda x: max(x, 0)),
]  # fmt: skip


def other_input(task, results, numbers):
    """Return for which other input the results are what is expected in all cases; "" where there is none, or no time is left."""
    wrong = [i for i, pair in enumerate(results) if not same(*pair, task.rtol, task.atol)]
    order = [*wrong, *(i for i in range(len(results)) if i not in wrong)]
    if len(wrong) < 2:
        return ""
    deadline = time.monotonic() + SECONDS
    with many_runs(MEMORY) as run:

        def comes_out(i, change):
            """Whether the result of a case is the solution's for changed arguments."""
            try:
                changed = change(task.cases[i].arguments)
            except (TypeError, ValueError, ArithmeticError, IndexError, AttributeError):
                return False
            if changed is None:
                return False
            behaviour = task.behaviour(task.run(task.solution, changed, ONE, run))
            return behaviour.error is None and same(results[i][0], behaviour.result, task.rtol, task.atol)

        for words, change in _inputs(task, numbers):
            if time.monotonic() > deadline:
                return ""
            if all(comes_out(i, change) for i in order):
                return f"it is what should come out for {words}"
    return ""


def _inputs(task, numbers):
    """Pairs of words and a function that makes other arguments of those of a case."""
    first = task.cases[0].arguments
    for i, j in itertools.combinations(range(len(first)), 2):
        if type(first[i]) is type(first[j]) and not isinstance(first[i], np.random.Generator):
            yield f"`{task.inputs[i]}` and `{task.inputs[j]}` exchanged", lambda given, i=i, j=j: _exchanged(given, i, j)
    for i, name in enumerate(task.inputs[: len(first)]):
        array = isinstance(first[i], np.ndarray)
        if not array and (isinstance(first[i], bool) or not isinstance(first[i], int | float | np.number)):
            continue
        whole = all(isinstance(case.arguments[i], int) for case in task.cases if i < len(case.arguments))
        for value in () if array else dict.fromkeys([0, *numbers, 1, 2, 10]):
            if isinstance(value, int) or not whole:
                yield f"{number(value)} in place of `{name}`", lambda given, i=i, value=value: _with(given, i, value)
        for words, change in ARRAYS if array else NUMBERS:
            if array or not whole or isinstance(change(2), int):
                yield (
                    f"{written(words, name)} in place of `{name}`",
                    lambda given, i=i, change=change: _with(given, i, change(given[i])),
                )
        for j, other in enumerate(task.inputs[: len(first)]):
            if i != j and type(first[i]) is type(first[j]):
                yield f"`{other}` in place of `{name}`", lambda given, i=i, j=j: _with(given, i, given[j])


def written(words, name):
    """Return what was made of an argument, as code where it is code."""
    spoken = words.startswith(("the ", "one-hot ", "zeros", "ones"))
    return words.replace("{}", f"`{name}`") if spoken else f"`{words.replace('{}', name)}`"


def _with(given, i, new):
    return None if new is None else (*given[:i], new, *given[i + 1 :])


def _exchanged(given, i, j):
    given = list(given)
    given[i], given[j] = given[j], given[i]
    return tuple(given)
