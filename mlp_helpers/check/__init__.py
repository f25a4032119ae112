"""Exercises that know which mistake it was: ``from mlp_helpers import check``, then ``check.softmax(softmax)``.

Each exercise is an attribute: ``check.softmax(f)``, ``.use(f)``, ``.diagnose(f)``, ``.hint()``, ``.solution()``,
``.complaint()``.
"""

from . import exercises  # noqa: F401 (importing them registers them)
from .engine.environment import environment
from .engine.exercise import EXERCISES, Exercise, Verdict
from .engine.extras import extra
from .engine.here import here
from .engine.naming import nearest
from .engine.questions import answer, look_back, predict
from .engine.report import recall, report
from .engine.self_test import self_test
from .exercises.notebook_09.challenge import challenge
from .program import export
from .rebuilding import blank_page

__all__ = [
    "EXERCISES", "Exercise", "Verdict",
    "answer", "blank_page", "challenge", "environment", "export", "extra", "here", "look_back", "predict", "recall", "report",
    "self_test",
]  # fmt: skip


def __getattr__(name):
    if name in EXERCISES:
        return EXERCISES[name]
    if name.startswith("__"):
        raise AttributeError(name)
    near = nearest(name, [*EXERCISES, *__all__])
    hint = f"Did you mean check.{near}?" if near else f"There are: {', '.join(EXERCISES)}."
    raise AttributeError(f"There is no exercise {name!r}. {hint}")


def __dir__():
    return sorted([*EXERCISES, *filter(str.islower, __all__)])
