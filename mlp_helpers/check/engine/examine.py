"""From a learner's function to a finding: whether it is right, and if not, which mistake it was."""

import contextlib
import dataclasses

import numpy as np

from . import task as tasks
from .claims import as_it_is
from .clock import TookTooLong
from .comparing import alike_in_numbers, entries, same, shape, size, word
from .example import Example, example_that_fails
from .places import Place, place, weight
from .relations import relation
from .results import AXES_ASKED, SHAPE_ASKED, SMALL
from .running import ask
from .sources import is_stub, numbers_in, source_of
from .surroundings import as_it_should_be
from .symptoms import UNCHANGED, symptom
from .task import DRAWN, Behaviour, Case, Task

SEEN = 0.01  # of a number: so far apart are two that are seen to differ
UNTOUCHED = "Replace the three dots with your code, and run both cells."


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What a check found.

    passed : bool
    misconception : str or None
        The title of the mistake, None if the function passed or the mistake is not a known one.
    kind : str
        "" when passed, else "wrong", "fragile", "convention", "not attempted" or, where it was not judged at all, "not checked".
    message : str
    relation : str
        Where the mistake is not a known one: what is true of all results, such as "Every entry has the wrong sign."
    place : Place or None
        Where the mistake is not a known one: the line in which a small change makes the function right.
    guess : bool
        Whether the mistake is only a likely one: the results prove little, or a harsh case speaks against it; then there may
        be a relation, too.
    """

    passed: bool
    misconception: str | None
    kind: str
    message: str
    relation: str = ""
    place: Place | None = None
    guess: bool = False

    @property
    def judged(self):
        return self.kind not in ("not attempted", "not checked")


@dataclasses.dataclass(frozen=True)
class Finding:
    """A verdict, with what a panel shows of it: the case that failed, what came of it, and what was expected."""

    verdict: Verdict
    question: str = ""
    task: Task | None = None
    case: Case | None = None
    outcome: object = None
    behaviour: Behaviour | None = None
    expected: Behaviour | None = None
    example: Example | None = None  # of the learner's docstring, if it fails
    stopped: bool = False  # by the stop button
    nearly: bool = True  # of a mistake that breaks somewhere: in most other cases the numbers are right


def examine(task, function):
    """Try a function, or a class, on all cases of a task; return the Finding, and never raise."""
    try:
        return _examined(task, function)
    except KeyboardInterrupt:
        return Finding(Verdict(False, None, "not checked", "The check was stopped before its end."), stopped=True)
    except TimeoutError as late:
        return Finding(Verdict(False, None, "not checked", str(late)))
    except Exception as error:
        return Finding(Verdict(False, None, "wrong", f"The check could not cope with what came: {type(error).__name__}."))


def untouched(message=UNTOUCHED):
    """Return the finding about a function that nobody has written yet."""
    return Finding(Verdict(False, None, "not attempted", message))


def _examined(task, function):
    if not callable(function):
        message = f"Give the check the {task.noun} itself, `check.{task.name}.use({task.name})`; what came is {word(function)}."
        return Finding(Verdict(False, f"Not a {task.noun}", "wrong", message))
    if ask(lambda: is_stub(function), False):
        return untouched()
    outcomes, left = [], tasks.SECONDS
    for case in task.cases:
        outcome = task.run(function, case.arguments, left)
        left -= outcome.seconds
        if isinstance(outcome.error, NotImplementedError):
            return untouched()
        outcomes.append(outcome)
        if isinstance(outcome.error, TookTooLong | KeyboardInterrupt) or outcome.endless:
            break
    with as_it_should_be():
        return _judged(task, function, outcomes)


def _judged(task, function, outcomes):
    """Return the Finding about a function that came to these outcomes, one for each case."""
    behaviours = list(map(task.behaviour, outcomes))
    wrong = [i for i, behaviour in enumerate(behaviours) if not task.alike(behaviour, task.expected[i])]
    if not wrong:
        return Finding(Verdict(True, None, "", task.praise))
    (known, everywhere), related, located = _recognised(task, behaviours), "", None
    best = [i for i in wrong if known and task.cases[i].title == known.shown_in]
    i = best[0] if best else _case_to_show(task, behaviours, wrong)
    mistake = as_it_is(function, known) if known else None
    if mistake is None or mistake.title is None:  # a title that is not so in this code names another mistake
        known, mistake = None, symptom(task, function, outcomes, i, behaviours)
    guess = known is not None and (not everywhere or (not known.certain and _proves_little(task, behaviours)))
    question = mistake.question
    example = example_that_fails(task, function) if len(outcomes) == len(task.cases) else None  # not where one did not end
    if example and not known and not _shows(task, function, example, behaviours[i], task.expected[i]):
        example = None
    if (guess or not known) and len(behaviours) == len(task.cases):
        if not known:  # it need not wait for a search
            with contextlib.suppress(Exception):  # what only adds to a finding must not stand in its way
                located = place(task, function, behaviours)
        with contextlib.suppress(Exception):
            if mistake.title != UNCHANGED and _as_it_came(behaviours[i].result, outcomes[i].value):
                twice = located and located.superfluous  # a step that is taken twice is no step at another rate
                numbers = None if twice else ask(lambda: numbers_in(source_of(function)), ())
                related = relation(task, function, behaviours, i, numbers, example and example.arguments)
    if related and question == AXES_ASKED and "axis" not in related:
        question = SHAPE_ASKED
    verdict = Verdict(False, mistake.title, mistake.kind, mistake.message, related, located, guess)
    nearly = known is None or _mostly_right(task, behaviours)
    case = task.cases[i]
    return Finding(verdict, question, task, case, outcomes[i], behaviours[i], task.expected[i], example, nearly=nearly)


def _case_to_show(task, behaviours, wrong):
    """Return the case of which the learner sees the numbers: a gentle, small one, in which the parts differ that mostly do.

    A fault may have spread to others in one case, and not be seen in one of two places in another. Numbers that differ by less
    than a hundredth come last.
    """
    due = {i: _parts(task.expected[i].result) for i in wrong}
    differ = {i: _that_differ(task, _parts(behaviours[i].result), due[i]) for i in wrong}
    seen = [i for i in wrong if differ[i] and not task.cases[i].harsh]

    def often(parts):
        return sum(differ[i] == parts & due[i].keys() for i in seen), len(parts)

    mostly = max((differ[i] for i in seen), key=often, default=set())

    def least(i):
        case, these = task.cases[i], mostly & due[i].keys()  # of those that there are in this case
        typical = differ[i] <= these and (differ[i] == these or 2 * len(differ[i]) > len(these))
        seen_otherwise = behaviours[i].changed or behaviours[i].warned
        visible = bool(seen_otherwise) or not same(behaviours[i].result, task.expected[i].result, SEEN, task.atol)
        return case.harsh, not visible, case.title == DRAWN, not typical, size(case.arguments) > SMALL

    return min(wrong, key=least)


def _parts(value):
    """Return the parts of a result by their names or numbers; none of what has no parts."""
    return value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, tuple) else {}


def _that_differ(task, came, due):
    return {name for name in due if name not in came or not same(came[name], due[name], task.rtol, task.atol)}


def _shows(task, function, example, behaviour, expected):
    """Return whether the learner's own example shows what is said of a case: the same part differs in the same way."""
    if example.arguments is None or behaviour.error:
        return True
    came, due = task.beside_the_solution(function, example.arguments)
    said, seen = _ways(task, behaviour.result, expected.result), _ways(task, came.result, due.result)
    return not said or (came.error is None and bool(said & seen))


def _ways(task, came, due):
    """Return which parts of a result differ, and whether their shapes do."""
    parts = [_parts(each) or {"": each} for each in (came, due)]
    return {(name, shape(parts[0].get(name)) != shape(parts[1][name])) for name in _that_differ(task, *parts)}


def _recognised(task, behaviours):
    """Return the known mistake that behaves like this, and whether it does so everywhere, or in the cases that are not harsh."""
    gentle = sum(not case.harsh for case in task.cases)
    if len(behaviours) < gentle:
        return None, False
    order = sorted(range(len(behaviours)), key=lambda i: (i >= gentle, weight(task.cases[i].arguments)))
    for upto in (len(task.cases), gentle):
        if all(map(task.alike, behaviours[:upto], task.expected[:upto])):
            continue
        for mistake in task.mistakes:
            one_by_one = (task.alike(behaviours[i], task.behaviour_in(mistake.function, i)) for i in order if i < upto)
            if all(one_by_one) and task.same_errors(behaviours, task.behaviours_of(mistake.function)[:upto]):
                return mistake, upto == len(task.cases)
    return None, False


def _proves_little(task, behaviours):
    """Return whether nothing came but errors, or one and the same number in all cases: many a mistake does that."""
    gentle = [behaviour for case, behaviour in zip(task.cases, behaviours, strict=False) if not case.harsh]
    if any(behaviour.error for behaviour in gentle):
        return all(behaviour.error for behaviour in gentle)
    (came, *more) = {entry for behaviour in gentle for entry in entries(behaviour.result)} or {None}
    return isinstance(came, str) and not more


def _mostly_right(task, behaviours):
    """Return whether the numbers are right in most of the cases that are not harsh, whatever their shape and their type."""
    triples = list(zip(task.cases, behaviours, task.expected, strict=False))
    right = [
        not came.error and alike_in_numbers(came.result, due.result, task.rtol, task.atol)
        for case, came, due in triples
        if not case.harsh
    ]
    return 2 * sum(right) > len(right)


def _as_it_came(result, value):
    """Return whether what is compared is what came, and not a number that stands for it, as one may for an infinite loss."""
    numbers = isinstance(result, (np.ndarray, np.number, float, int)) and isinstance(value, (np.ndarray, np.number, float, int))
    return not numbers or np.array_equal(result, value, equal_nan=True)
