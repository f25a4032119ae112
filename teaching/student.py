"""Only in the students' package: what known mistakes come to, as it was recorded, instead of the functions that make them.

A check recognises a mistake by what it comes to in each case, and that is read from a file here. Of a large array it holds
some numbers. Hints and solutions are left to the teacher.
"""

import dataclasses
import gzip
import pathlib
import pickle

import numpy as np

from mlp_helpers.check.engine import exercise
from mlp_helpers.check.engine.comparing import family
from mlp_helpers.check.engine.panel import Panel
from mlp_helpers.check.engine.task import Behaviour, Mistake, Task

RECORDED = pathlib.Path(__file__).with_name("recorded.pickle.gz")
KEPT = 30  # numbers of an array that has more


class Thin(Behaviour):
    """A behaviour with some numbers only of each large array."""


def thin(behaviour):
    about = {field.name: getattr(behaviour, field.name) for field in dataclasses.fields(Behaviour)}
    return Thin(**{**about, "result": _thinned(behaviour.result)})


def _thinned(value):
    if isinstance(value, np.ndarray) and value.size > KEPT:
        places = np.linspace(0, value.size - 1, KEPT).astype(int)
        return str(value.shape), family(value), value.ravel()[places]
    if isinstance(value, dict):
        return {name: _thinned(part) for name, part in value.items()}
    return type(value)(map(_thinned, value)) if type(value) in (tuple, list) else value


def recorded(task):
    """Return the known mistakes of a task, each as what is said of it, and what it comes to in each case."""
    return [
        ({**vars(mistake), "function": None}, [vars(thin(each)) for each in task.behaviours_of(mistake.function)])
        for mistake in task.mistakes
    ]


def packed(mistakes):
    """Return the bytes of the file: of known mistakes by the names of their exercises."""
    return gzip.compress(pickle.dumps(mistakes))


class Recorded:
    """Stands where the function of a known mistake was."""

    def __init__(self, behaviours):
        self.behaviours = [Thin(**each) for each in behaviours]


def begin():
    """Withhold hints and solutions, and know the mistakes that were recorded."""
    behaviours_of, behaviour_in, alike = Task.behaviours_of, Task.behaviour_in, Task.alike

    def of(task, function):
        return function.behaviours if isinstance(function, Recorded) else behaviours_of(task, function)

    def in_case(task, function, i):
        return function.behaviours[i] if isinstance(function, Recorded) else behaviour_in(task, function, i)

    def alike_where_known(task, one, other):
        if isinstance(one, Thin) or isinstance(other, Thin):
            one, other = (each if isinstance(each, Thin) else thin(each) for each in (one, other))
        return alike(task, one, other)

    Task.behaviours_of, Task.behaviour_in, Task.alike = of, in_case, alike_where_known
    exercise.WITHHELD = True
    exercise.Exercise.hint = lambda self: Panel(f"{self.name}, hint", "hint", "Your teacher has the hints of this course.").show()
    for name, mistakes in pickle.loads(gzip.decompress(RECORDED.read_bytes())).items():
        known = [Mistake(**{**about, "function": Recorded(behaviours)}) for about, behaviours in mistakes]
        exercise.EXERCISES[name].task.mistakes += known
