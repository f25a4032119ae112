"""What a learner's function must do: the answer, the cases to try a function on, and when two results count as alike."""

import dataclasses
import functools
import inspect
import re

import numpy as np

from .clock import TookTooLong
from .comparing import same, word
from .running import many_runs, run
from .sources import parameters
from .surroundings import MEMORY

SECONDS = 5  # of computing, for all cases of a task together
DRAWN, DRAWS = "random numbers", 5  # title and number of the cases that are drawn


class Case:
    """Arguments to try a function on. Harsh ones (overflow, log of 0) do not decide which mistake it was."""

    def __init__(self, title, *arguments, harsh=False):
        self.title, self.arguments, self.harsh = title, arguments, harsh

    def __repr__(self):
        return f"Case({self.title!r}, {', '.join(map(repr, self.arguments))})"


@dataclasses.dataclass(frozen=True)
class Mistake:
    """A wrong implementation that somebody would write, and what to say about it.

    The title is written as it is shown; ``kind`` is "wrong", "fragile" (right here, but it breaks where the message
    says) or "convention" (right elsewhere, but not what is asked for here).
    """

    title: str | None
    function: object
    kind: str
    message: str
    question: str
    shown_in: str = ""  # the title of the case that shows it best
    certain: bool = False  # of one that shows itself by errors alone: what they say leaves no doubt


@dataclasses.dataclass(frozen=True)
class Behaviour:
    """What is compared of an outcome: two functions that behave alike have the same mistake."""

    error: type | None = None
    result: object = None
    changed: tuple = ()
    warned: bool = False
    words: tuple = ()  # of the error without names of functions, and its numbers in order of size
    step: str = ""  # at which it was raised


class Task:
    """The data of an exercise from which a function can be judged. For the parameters see ``Exercise``."""

    def __init__(
        self, solution, cases, draw, praise,
        drive=None, calls="", view=None, asks="", changes=(), quiet=False, rtol=1e-4, atol=1e-6,
    ):  # fmt: skip
        self.name, self.solution, self.praise = solution.__name__, solution, praise
        self.calls = calls
        self.drive, self.asks, self.noun = drive, asks, "class" if inspect.isclass(solution) else "function"
        self.inputs = parameters(drive)[1:] if drive else parameters(solution)  # names of a case's arguments
        self.view = view or (lambda value, *arguments: value)
        self.draw, self.changes, self.quiet, self.rtol, self.atol = draw, changes, quiet, rtol, atol
        rng = np.random.default_rng(0)
        drawn = [Case(DRAWN, *draw(rng)) for _ in range(DRAWS)]
        self.cases = sorted([*cases, *drawn], key=lambda case: case.harsh)
        self.mistakes = []
        self.unspoken = set()  # names of inputs that relations leave out, since they stand for something else in the code

    def add_another(self, title, function):
        """Add one more function that makes a known mistake."""
        known = next(mistake for mistake in self.mistakes if mistake.title == title)
        self.mistakes.append(dataclasses.replace(known, function=function))

    def add_mistake(self, title, function, kind, question, shown_in="", certain=False):
        """Add a known mistake; the docstring of its function is what is said about it."""
        message = " ".join(inspect.getdoc(function).split())
        self.mistakes.append(Mistake(title, function, kind, message, question, shown_in, certain))

    def run(self, function, arguments, seconds, run=run):
        """Call the function, or drive it, and return the Outcome; ``run`` can be another one than the usual."""
        return run(functools.partial(self.drive, function) if self.drive else function, arguments, seconds)

    def behaviour(self, outcome):
        """Return what is compared of an outcome."""
        changed = tuple(i for i in outcome.changed if i not in self.changes)
        warned = self.quiet and bool(outcome.warned)
        if outcome.error is not None:
            text = re.sub(r"\w+\(\)", "", str(outcome.error))
            words = re.sub(r"\d+", "", text), sorted(re.findall(r"\d+", text))
            return Behaviour(type(outcome.error), changed=changed, words=words, step=outcome.step)
        if outcome.yielded and self.asks.startswith("a list"):  # the lesson goes through it twice, or from its end
            return Behaviour(None, "an iterator", changed, warned)
        try:
            result = self.view(outcome.value, *self._as_due(outcome))
        except Exception:  # not at all what the view expects
            result = word(outcome.value) if self.asks else outcome.value
        return Behaviour(None, result, changed, warned)

    def _as_due(self, outcome):
        """Return the arguments as they are after the call, but arrays that should not have been changed as they were given."""
        return [
            after if i in self.changes or not isinstance(after, (np.ndarray, dict)) else outcome.given[i]
            for i, after in enumerate(outcome.arguments)
        ]

    def alike(self, one, other):
        """Return whether two behaviours are the same, up to the tolerances."""
        if (one.error, one.changed, one.warned) != (other.error, other.changed, other.warned):
            return False
        return one.error is not None or same(one.result, other.result, self.rtol, self.atol)

    def same_errors(self, behaviours, known):
        """Return whether a known mistake fits that shows itself by errors only: they must say the same, at the same step.

        That an error is of the same class says little: an index beyond the end can have many causes. Calls that go too deep
        have one, and end wherever the last of them happens to be.
        """
        pairs = list(zip(behaviours, known, self.expected, strict=False))
        if any(other.error is None and not self.alike(other, right) for _, other, right in pairs):
            return True  # it shows itself by its results, too
        return all(
            one.error is RecursionError or (one.words == other.words and _may_be(one.step, other.step)) for one, other, _ in pairs
        )

    def beside_the_solution(self, function, arguments):
        """Return how a function behaves in one more case, and how the solution does."""
        return [self.behaviour(self.run(each, arguments, SECONDS)) for each in (function, self.solution)]

    @property
    def expected(self):
        """The behaviour of the solution in each case."""
        return self.behaviours_of(self.solution)

    @functools.cache  # noqa: B019 (tasks live as long as the kernel)
    def behaviours_of(self, function):
        """Return how a function of the course behaves in each case.

        Raises
        ------
        TimeoutError
            When the computer is so busy that not even this came to its end.
        """
        return self._behaviours(function, self.cases)

    @functools.cache  # noqa: B019
    def behaviour_in(self, function, i):
        """Return how a function of the course behaves in one case, which is cheaper than all of them."""
        return self._behaviours(function, [self.cases[i]])[0]

    def _behaviours(self, function, cases):
        with many_runs(MEMORY) as run_one:
            outcomes = [self.run(function, case.arguments, SECONDS, run_one) for case in cases]
        if any(isinstance(outcome.error, TookTooLong) for outcome in outcomes):
            raise TimeoutError("The computer was too busy for this check. Run the cell again.")
        return list(map(self.behaviour, outcomes))


def of_results(view):
    """Wrap a view that unpacks results: a dict, of which unpacking would yield the keys, comes back as a single result."""

    @functools.wraps(view)
    def wrapper(value, *arguments):
        return (value,) if isinstance(value, dict) else view(value, *arguments)

    return wrapper


def named(*names):
    """Return a view of as many results as there are names, each under its own."""
    return of_results(lambda value, *arguments: dict(zip(names, value, strict=True)))


def _may_be(step, other):
    """Return whether two steps are the same as far as Python can tell."""
    return step == other or not (step and other)
