"""Exercises that know which mistake it was: ``from mlp_helpers import check``, then ``check.softmax(softmax)``.

Each exercise is an attribute: ``check.softmax(f)``, ``.use(f)``, ``.diagnose(f)``, ``.hint()``, ``.solution()``.
"""

import difflib

from . import (  # noqa: F401 (in the order of the report)
    notebook_00,
    notebook_00b,
    notebook_01,
    notebook_02,
    notebook_03,
    notebook_04,
    notebook_05,
    notebook_06,
    notebook_07,
    notebook_08,
    notebook_09,
    notebook_10,
    notebook_11,
    notebook_12,
    notebook_13,
    notebook_14,
    notebook_15,
    notebook_16,
)
from .challenge import challenge
from .environment import environment
from .exercise import EXERCISES, Exercise, Verdict
from .questions import look_back, predict
from .report import recall, report
from .self_test import self_test

__all__ = [
    "EXERCISES", "Exercise", "Verdict",
    "challenge", "environment", "look_back", "predict", "recall", "report", "self_test",
]  # fmt: skip


def __getattr__(name):
    if name in EXERCISES:
        return EXERCISES[name]
    if name.startswith("__"):
        raise AttributeError(name)
    near = difflib.get_close_matches(name, [*EXERCISES, *__all__], 1)
    hint = f"Did you mean check.{near[0]}?" if near else f"There are: {', '.join(EXERCISES)}."
    raise AttributeError(f"There is no exercise {name!r}. {hint}")


def __dir__():
    return sorted([*EXERCISES, *filter(str.islower, __all__)])
