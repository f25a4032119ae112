"""An exercise: what is asked for, how a learner's function is probed, and which mistake it was."""

import dataclasses
import functools
import inspect
import os
import time

import numpy as np

from . import progress
from .comparing import parts, rows, same, shape, summary, word
from .panel import Panel
from .running import TookTooLong, run
from .sources import is_stub, parameters, plain_source, source_of
from .symptoms import Behaviour, Mistake, symptom

STRICT = os.environ.get("MLP_CHECK") == "strict" or "NBGRADER_EXECUTION" in os.environ
WITHHELD = os.environ.get("MLP_SOLUTIONS") == "off"
SECONDS = 5  # for all cases of an exercise together
DRAWN = 5  # random cases
SHOWN_PARTS = 2  # of a result with many named parts
EXERCISES = {}  # by name, in the order of the notebooks
IN_USE = {}  # name: whether the learner's own function is used in this kernel


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What a check found.

    passed : bool
    misconception : str or None
        The name of the mistake, None when it is none or not a known one.
    kind : str
        "" when passed, else "wrong", "fragile", "convention" or "not attempted".
    message : str
    """

    passed: bool
    misconception: str | None
    kind: str
    message: str


@dataclasses.dataclass(frozen=True)
class Case:
    """Arguments to try a function on. Harsh ones (overflow, log of 0) do not decide which mistake it was."""

    title: str
    arguments: tuple
    harsh: bool = False


@dataclasses.dataclass(frozen=True)
class Finding:
    """A verdict, with what a panel shows of it."""

    verdict: Verdict
    question: str = ""
    case: Case | None = None
    outcome: object = None
    behaviour: Behaviour | None = None
    expected: Behaviour | None = None


class Exercise:
    """One function that the learner writes, or one class.

    Parameters
    ----------
    solution : callable
        The answer, plain enough to be shown: a function or class of the core, or one that stands beside the exercise.
    notebook : str
        Number of the notebook: "04".
    place : str
        "in class", "at home" or "starred".
    cases : list of Case
        From gentle to harsh; the first one small enough for a pencil.
    draw : callable
        From a random generator to the arguments of a random case.
    hints : list of str
        From a nudge to nearly the answer.
    praise : str
        On success: one sentence that adds something.
    drive : callable, optional
        Where a class is asked for: takes the class and a case's arguments, uses the one on the others, and gives
        what there was to see, as a dict of named parts.
    view : callable, optional
        From the returned value and the arguments after the call to what is compared, where there is more than
        one right answer. Must not change what it is given.
    changes : tuple of int
        Positions of arguments that the function is meant to change.
    quiet : bool
        Whether a warning of NumPy (overflow) counts as a mistake.
    rtol, atol : float
        How close decimal numbers must be.
    """

    def __init__(
        self, solution, *, notebook, place, cases, draw, hints, praise,
        drive=None, view=None, changes=(), quiet=False, rtol=1e-4, atol=1e-6,
    ):  # fmt: skip
        self.name = solution.__name__
        self.solve = solution
        self.notebook, self.place, self.hints, self.praise = notebook, place, hints, praise
        self.drive = drive
        self.inputs = parameters(drive)[1:] if drive else parameters(solution)  # names of a case's arguments
        self.view = view or (lambda value, *arguments: value)
        self.draw, self.changes, self.quiet, self.rtol, self.atol = draw, changes, quiet, rtol, atol
        rng = np.random.default_rng(0)
        drawn = [Case("random numbers", draw(rng)) for _ in range(DRAWN)]
        self.cases = sorted([*cases, *drawn], key=lambda case: case.harsh)
        self.mistakes = []
        self.hinted = 0
        self.__doc__ = f"Exercise of notebook {notebook}. {inspect.getdoc(solution)}"
        EXERCISES[self.name] = self

    def __repr__(self):
        return f"check.{self.name}: exercise of notebook {self.notebook}. Ask check.{self.name}({self.name})."

    def mistake(self, name, *, ask, kind="wrong"):
        """Decorate a wrong implementation: its docstring says what was done, ``ask`` leads on."""

        def register(function):
            self.mistakes.append(Mistake(name, function, kind, " ".join(inspect.getdoc(function).split()), ask))
            return function

        return register

    # --- what the learner calls ----------------------------------------------------------------------------------------

    def __call__(self, function):
        """Say whether a function does what the exercise asks, and if not, which mistake it was."""
        self._tell(function)

    def use(self, function):
        """Check a function; return it if it passed, else ours, so that the notebook can go on."""
        passed = self._tell(function, choosing=True)
        IN_USE[self.name] = passed
        return function if passed else self.solve

    def diagnose(self, function):
        """Give the Verdict alone: nothing is shown, nothing recorded, nothing raised."""
        return self._examine(function).verdict

    def hint(self):
        """Show the next hint."""
        number = min(self.hinted, len(self.hints) - 1)
        self.hinted += 1
        last = number == len(self.hints) - 1
        footer = f"That was the last hint. The solution: check.{self.name}.solution()" if last else "There is another one."
        Panel(f"{self.name}, hint {number + 1} of {len(self.hints)}", "note", self.hints[number], footer=footer).show()

    def solution(self):
        """Show how the course does it."""
        if WITHHELD:
            Panel(f"{self.name}, solution", "note", "Your teacher has the solutions of this course.").show()
            return
        Panel(f"{self.name}, solution", "note", code=self.source()).show()

    def source(self):
        """The solution as it would stand in the notebook: without its docstring and its input checks."""
        return plain_source(self.solve)

    # --- how it is found out -------------------------------------------------------------------------------------------

    def run(self, function, arguments, seconds):
        """What a call of the function, or a drive of the class, comes to: an Outcome."""
        return run(functools.partial(self.drive, function) if self.drive else function, arguments, seconds)

    def _tell(self, function, choosing=False):
        finding = self._examine(function)
        if function is self.solve:  # left by an earlier run of the cell
            message = "This is the course's own function. Run the cell with yours without an error, then this one again."
            finding = Finding(Verdict(False, None, "not attempted", message))
        verdict = finding.verdict
        self._panel(finding, choosing).show()
        if verdict.passed:
            progress.record("exercises", self.name, solved=True, source=source_of(function))
        elif verdict.kind != "not attempted":
            progress.record("exercises", self.name, tried=True)
        if STRICT and not verdict.passed:
            raise AssertionError(f"{self.name}: {verdict.message}")
        return verdict.passed

    def _examine(self, function):
        try:
            return self._find(function)
        except Exception as error:
            return Finding(Verdict(False, None, "wrong", f"The check could not cope with what came: {type(error).__name__}."))

    def _find(self, function):
        if not callable(function):
            thing = "class" if self.drive else "function"
            message = f"Give the check the {thing} itself, `check.{self.name}({self.name})`; what came is {word(function)}."
            return Finding(Verdict(False, f"not a {thing}", "wrong", message))
        if is_stub(function):
            return Finding(Verdict(False, None, "not attempted", "Replace the three dots by your code, and run both cells."))
        outcomes, behaviours, deadline = [], [], time.monotonic() + SECONDS
        for case in self.cases:
            outcome = self.run(function, case.arguments, deadline - time.monotonic())
            if isinstance(outcome.error, NotImplementedError):
                return Finding(Verdict(False, None, "not attempted", "Replace the three dots by your code, and run both cells."))
            outcomes.append(outcome)
            behaviours.append(self._behaviour(outcome))
            if isinstance(outcome.error, (TookTooLong, KeyboardInterrupt)) or outcome.endless:
                break
        wrong = [i for i, behaviour in enumerate(behaviours) if not self._alike(behaviour, self._expected()[i])]
        if not wrong:
            return Finding(Verdict(True, None, "", self.praise))
        i = wrong[0]
        shown = {"case": self.cases[i], "outcome": outcomes[i], "behaviour": behaviours[i], "expected": self._expected()[i]}
        mistake = self._recognise(behaviours) or symptom(self, function, outcomes[i], behaviours[i], self._expected()[i])
        return Finding(Verdict(False, mistake.name, mistake.kind, mistake.message), mistake.question, **shown)

    def _behaviour(self, outcome):
        changed = tuple(i for i in outcome.changed if i not in self.changes)
        warned = self.quiet and bool(outcome.warned)
        if outcome.error is not None:
            return Behaviour(type(outcome.error), changed=changed)
        try:
            result = self.view(outcome.value, *outcome.arguments)
        except Exception:  # not at all what the view expects
            result = outcome.value
        return Behaviour(None, result, changed, warned)

    def _alike(self, one, other):
        if (one.error, one.changed, one.warned) != (other.error, other.changed, other.warned):
            return False
        return one.error is not None or same(one.result, other.result, self.rtol, self.atol)

    @functools.cache  # noqa: B019 (exercises live as long as the kernel)
    def _expected(self):
        return self._behaviours_of(self.solve)

    @functools.cache  # noqa: B019
    def _behaviours_of(self, function):
        return [self._behaviour(self.run(function, case.arguments, SECONDS)) for case in self.cases]

    def _recognise(self, behaviours):
        """The known mistake that behaves like this: everywhere, or else in all cases that are not harsh."""
        gentle = sum(not case.harsh for case in self.cases)
        expected = self._expected()
        if len(behaviours) < gentle:
            return None
        for upto in (len(self.cases), gentle):
            if all(map(self._alike, behaviours[:upto], expected[:upto])):
                continue
            for mistake in self.mistakes:
                if all(map(self._alike, behaviours[:upto], self._behaviours_of(mistake.function)[:upto])):
                    return mistake
        return None

    # --- how it is shown -----------------------------------------------------------------------------------------------

    def _panel(self, finding, choosing):
        verdict, going_on = finding.verdict, ""
        if choosing:
            going_on = "From here on the notebook uses yours." if verdict.passed else "Until then the notebook goes on with ours."
        if verdict.passed:
            return Panel(self.name, "solved", verdict.message, footer=going_on)
        help_footer = f"{going_on} Stuck? check.{self.name}.hint()".strip()
        if verdict.kind == "not attempted":
            return Panel(self.name, "not attempted", verdict.message, footer=help_footer)
        lead = {"fragile": "Nearly: ", "convention": "Another convention: "}.get(verdict.kind, "")
        name = f"{verdict.misconception}. " if verdict.misconception else ""
        word = name.split(" ")[0]
        if not lead and word.isalpha() and word.islower() and (len(word) > 1 or word == "a"):  # not a name of the code: dA, W1, b
            name = name[:1].upper() + name[1:]
        panel = Panel(self.name, "not yet", f"{lead}{name}{verdict.message}", [finding.question], footer=help_footer)
        if finding.case:
            panel.values = self._values(finding)
            if finding.outcome.printed:
                panel.paragraphs.insert(0, f"It printed: {finding.outcome.printed[:300].strip()}")
            if finding.outcome.warned and not finding.behaviour.warned:
                panel.paragraphs.insert(0, f"NumPy warned: {finding.outcome.warned[0]}.")
        panel.paragraphs = [paragraph for paragraph in panel.paragraphs if paragraph]
        return panel

    def _values(self, finding):
        """Rows of the table: what went in, what came, what was expected."""
        values = [("case", "", finding.case.title)]
        for name, argument in zip(self.inputs, finding.case.arguments, strict=False):
            values += [(label, shape(part), _table(part)) for label, part in parts(argument, name)]
        yours, wanted = finding.behaviour.result, finding.expected.result
        if not isinstance(yours, dict):  # the number itself, and not what the view made of it to compare
            yours = finding.outcome.value
        if isinstance(wanted, dict):
            yours, wanted = self._first_that_differ(yours, wanted), self._first_that_differ(wanted, yours)
        if finding.behaviour.error:
            values.append(("yours", "", finding.behaviour.error.__name__))
            values += [(label, shape(part), _table(part)) for label, part in parts(wanted, "expected")]
            return values
        other = dict(parts(wanted, "yours"))
        for label, part in parts(yours, "yours"):
            values.append((label, shape(part), _table(part, other.get(label), self.rtol, self.atol)))
        values += [(label, shape(part), _table(part)) for label, part in parts(wanted, "expected")]
        for i in finding.behaviour.changed:
            now = finding.outcome.arguments[i]
            values.append((f"{self.inputs[i]} afterwards", shape(now), _table(now, finding.case.arguments[i], 0, 1e-9)))
        return values

    def _first_that_differ(self, result, other):
        """Of a result with named parts, the first that are not the same in the other result."""
        if not isinstance(result, dict):
            return result
        others = other if isinstance(other, dict) else {}
        differ = [name for name in result if not same(result[name], others.get(name), self.rtol, self.atol)]
        return {name: result[name] for name in differ[:SHOWN_PARTS]}


def _table(value, other=None, rtol=1e-4, atol=1e-6):
    if inspect.isclass(value):
        return value.__name__
    if callable(value):
        return " ".join(source_of(value).split()) or "a function"
    if isinstance(value, np.random.Generator):
        return "a random generator"
    table = rows(value, other, rtol, atol)
    return summary(value, other, rtol, atol) if table is None else table
