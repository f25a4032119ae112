"""An exercise: its data, and the six things that a learner can ask of it."""

import inspect
import os

from . import board, progress
from .complaint import complaint
from .examine import Verdict, examine, untouched
from .feedback import feedback
from .panel import HOW_TO_REPORT, Panel
from .running import ask
from .sources import plain_source, source_of
from .surroundings import as_it_should_be
from .task import Case, Task

__all__ = ["EXERCISES", "IN_USE", "Case", "Exercise", "Verdict"]

STRICT = os.environ.get("MLP_CHECK") == "strict" or "NBGRADER_EXECUTION" in os.environ
WITHHELD = os.environ.get("MLP_SOLUTIONS") == "off"
EXERCISES = {}  # by name, in the order of the notebooks
IN_USE = {}  # name: whether the learner's own function is used in this kernel


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
        From gentle to harsh; the first one small enough to be computed with a pencil.
    draw : callable
        From a random generator to the arguments of a random case.
    hints : list of str
        From a nudge to nearly the answer.
    praise : str
        On success: one sentence that adds something.
    drive : callable, optional
        Where a class is asked for, or more of a function than what it returns: takes the one and a case's arguments, uses
        it on them, and returns what there was to see, of a class as a dict of named parts.
    calls : str
        Of a class, which calls are made of it, where they are more than a case shows: written beside it in the panel.
    view : callable, optional
        From the returned value and the arguments after the call to what is compared, where there is more than
        one right answer. Must not change what it is given. Of what has not the form that is asked for it returns words
        for what came, or raises.
    asks : str, optional
        What form that is, in words, where the view compares other things than the results themselves.
    changes : tuple of int
        Positions of arguments that the function is meant to change.
    quiet : bool
        Whether a warning of NumPy (overflow) counts as a mistake.
    rtol, atol : float
        How close decimal numbers must be.

    Attributes
    ----------
    name : str
        The name of the solution.
    task : Task
        What a function is judged by.
    """

    def __init__(self, solution, *, notebook, place, hints, **judged_by):
        self.name, self.notebook, self.place, self.hints = solution.__name__, notebook, place, hints
        self.task = Task(solution, **judged_by)
        self.hinted, self.report = 0, ""
        self.__doc__ = f"Exercise of notebook {notebook}. {inspect.getdoc(solution)}"
        EXERCISES[self.name] = self

    def __repr__(self):
        return f"check.{self.name}: exercise of notebook {self.notebook}. Ask check.{self.name}({self.name})."

    def mistake(self, title, *, ask, kind="wrong", shown_in="", certain=False):
        """Decorate a wrong implementation: its docstring says what was done, ``ask`` leads on.

        ``shown_in`` is the title of the case that shows what is said, where it is not the first that fails. Of a mistake that
        shows itself by errors alone, ``certain`` says that what they say leaves no doubt.
        """

        def register(function):
            self.task.add_mistake(title, function, kind, ask, shown_in, certain)
            return function

        return register

    def also(self, title):
        """Decorate another function that makes the known mistake of this title."""

        def register(function):
            self.task.add_another(title, function)
            return function

        return register

    def __call__(self, function):
        """Show whether a function does what the exercise asks, and if not, which mistake it was."""
        self._tell(function)

    def use(self, function):
        """Check a function; return it if it passed, else ours, so that the notebook can go on."""
        IN_USE[self.name] = passed = self._tell(function, yours="From here on the notebook uses yours.",
                                                ours="Until then the notebook goes on with ours.")  # fmt: skip
        return function if passed else self.task.solution

    def diagnose(self, function):
        """Return the Verdict alone: nothing is shown, nothing recorded, nothing raised."""
        finding = examine(self.task, function)
        if finding.stopped:
            raise KeyboardInterrupt
        return finding.verdict

    def hint(self):
        """Show the next hint."""
        number = min(self.hinted, len(self.hints) - 1)
        footer = "There is another one."
        if number == len(self.hints) - 1:
            end = "That was the last hint." if self.hinted == number else "There is no further hint."
            footer = f"{end} The solution: `check.{self.name}.solution()`"
        self.hinted += 1
        Panel(f"{self.name}, hint {number + 1} of {len(self.hints)}", "hint", self.hints[number], footer=footer).show()

    def solution(self):
        """Show how the course does it."""
        if WITHHELD:
            Panel(f"{self.name}, solution", "solution", "Your teacher has the solutions of this course.").show()
            return
        Panel(f"{self.name}, solution", "solution", code=self.source()).show()

    def complaint(self):
        """Show a report about the last check, to be sent where it misjudged a function, or did not recognise a mistake."""
        message = f"Nothing has been checked yet. First: `check.{self.name}({self.name})`"
        Panel(f"{self.name}, report", "note", HOW_TO_REPORT if self.report else message, code=self.report).show()

    def source(self):
        """Return the solution as it would stand in the notebook: without its docstring and its input checks."""
        return plain_source(self.task.solution)

    def _tell(self, function, yours="", ours=""):
        """Show and record what was found; return whether the function passed."""
        if function is self.task.solution:  # left by an earlier run of the cell
            message = "This is the course's own function. Run the cell that defines yours, without an error, then this one again."
            finding = untouched(message)
        else:
            finding = examine(self.task, function)
        verdict, trouble = finding.verdict, ""
        if verdict.passed:
            source = ask(lambda: source_of(function), "")
            trouble = progress.record("exercises", self.name, solved=True, source=source)
        elif verdict.judged:
            trouble = progress.record("exercises", self.name, tried=True)
        with as_it_should_be():
            trouble = f"{trouble} {board.post(self.name, verdict)}".strip()
            panel = feedback(self.name, finding, yours if verdict.passed else ours, trouble)
            if verdict.judged:
                self.report = complaint(self, function, panel)
                panel.report = "" if verdict.passed else self.report
        panel.show()
        if finding.stopped:
            raise KeyboardInterrupt  # "Run all" stops here, as it would without a check
        if STRICT and not verdict.passed:
            raise AssertionError(f"{self.name}: {verdict.message}")
        return verdict.passed
