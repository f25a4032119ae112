"""What has been solved, over all notebooks; and the learner's own functions, called back in a later one."""

import inspect
import itertools
import linecache

import numpy as np

import mlp_helpers

from . import progress
from .exercise import EXERCISES, IN_USE
from .naming import nearest
from .panel import Panel
from .questions import QUESTIONS, Prediction
from .running import run
from .sources import methods_of
from .task import SECONDS


def report():
    """Show the progress over all notebooks, and whose functions are in use in this one."""
    known, lines = progress.read(), []
    for notebook, group in itertools.groupby(EXERCISES.values(), lambda exercise: exercise.notebook):
        states = {exercise.name: _state(known["exercises"].get(exercise.name, {})) for exercise in group}
        solved = sum(state == "solved" for state in states.values())
        named = ", ".join(f"{name} {state}".rstrip() for name, state in states.items())
        lines.append((f"notebook {notebook}", f"{solved} of {len(states)}", named))
    total = sum(_state(known["exercises"].get(name, {})) == "solved" for name in EXERCISES)
    sentences = [*_troubles(), *_answered(known["questions"])]
    if IN_USE:
        yours, ours = ([name for name, own in IN_USE.items() if own is whose] for whose in (True, False))
        sentences.append(f"In this notebook, yours: {', '.join(yours) or 'none yet'}; ours: {', '.join(ours) or 'none'}.")
    Panel("progress", "note", f"{total} of {len(EXERCISES)} exercises solved.", sentences, lines).show()


def _answered(known):
    """How many questions were answered at once, and of the guesses in each notebook, how many were right."""
    answers = {name: record for name, record in known.items() if name in QUESTIONS and record.get("answers")}
    at_once = [bool(answers[name].get("right")) for name in answers if not isinstance(QUESTIONS[name], Prediction)]
    guesses = {}  # by notebook
    for name, question in QUESTIONS.items():
        if isinstance(question, Prediction) and name in answers:
            guesses.setdefault(question.notebook, []).append(bool(answers[name].get("right")))
    if at_once:
        of = sum(not isinstance(question, Prediction) for question in QUESTIONS.values())
        yield f"{len(at_once)} of {of} questions answered, {sum(at_once)} of them right at the first attempt."
    if guesses:
        each = (f"notebook {notebook} {sum(right)} of {len(right)}" for notebook, right in guesses.items())
        yield f"Guesses that were right: {', '.join(each)}."


def _troubles():
    """Why the progress that is shown is not all: a sentence, or none."""
    try:
        progress.load()
    except OSError as error:
        return [f"What was kept earlier cannot be read at the moment ({error.strerror or error}): {progress.path()}"]
    except ValueError as error:
        return [f"{error} The next check sets it aside and begins a new one."]
    return []


def _state(record):
    return "solved" if record.get("solved") is True else "tried" if record.get("tried") else "–"


def recall(*names):
    """Return the functions with these names: the learner's own from earlier notebooks, ours where there is none.

    A function comes back from the source with which it was solved, on this computer, and is checked again.
    """
    own, functions = {}, []
    for name in names:
        if name not in EXERCISES:
            near = nearest(name, EXERCISES)
            advice = f"Did you mean {near!r}?" if near else "check.report() names them all."
            raise KeyError(f"There is no exercise {name!r}. {advice}")
        function = _from_source(name, progress.read()["exercises"].get(name, {}).get("source"))
        own[name] = function is not None and EXERCISES[name].diagnose(function).passed
        functions.append(function if own[name] else EXERCISES[name].task.solution)
    IN_USE.update(own)
    yours, ours = ([name for name in names if own[name] is whose] for whose in (True, False))
    sentence = f"Yours: {', '.join(yours) or 'none yet'}. Ours: {', '.join(ours) or 'none'}."
    Panel("called back", "note", sentence).show()
    return functions if len(names) > 1 else functions[0]


def _from_source(name, source):
    """The function that a source defines, where the course's other functions are known; None if it defines none."""
    if not isinstance(source, str) or not source:
        return None
    known = {exercise.name: exercise.task.solution for exercise in EXERCISES.values()}
    beside = vars(inspect.getmodule(inspect.unwrap(known[name])))  # what the lesson gives for the exercise
    space = {**beside, "np": np, **{each: getattr(mlp_helpers, each) for each in mlp_helpers.__all__}, **known}
    filename = f"<your {name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    run(lambda: exec(compile(source, filename, "exec"), space), (), SECONDS)
    function = space.get(name)
    bodies = [function] if inspect.isfunction(function) else methods_of(function).values()
    return function if any(body.__code__.co_filename == filename for body in bodies) else None
