"""The kinds of questions. Each has a lesson, a level (1 to know, 2 to use, 3 to think on), a text in Markdown and a solution.

What can be computed is computed: ``computed`` is asked by a test, and must give what the question says.
"""

import dataclasses


@dataclasses.dataclass(frozen=True, kw_only=True)
class Question:
    name: str
    lesson: str
    level: int
    text: str
    solution: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """``options`` gives the reason for each option, the right one first; ``computed`` says whether that one holds."""

    options: dict
    computed: object = None

    @property
    def right(self):
        return next(iter(self.options))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Number(Question):
    """To be computed by hand; ``answer`` is accepted within ``tolerance``."""

    answer: float
    computed: object
    tolerance: float = 0.001


@dataclasses.dataclass(frozen=True, kw_only=True)
class Bug(Question):
    """A function of an exercise with a mistake in one line, which is to be found and repaired."""

    exercise: str
    code: str
    line: int
    repaired: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Program(Question):
    """A short program to be written: ``code`` is one that does it, ``tests`` are assertions that it passes."""

    code: str
    tests: str
