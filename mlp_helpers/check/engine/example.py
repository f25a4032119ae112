"""The worked example in the docstring of a learner's function: what it gives, beside what the solution gives."""

import ast
import copy
import dataclasses
import doctest
import inspect
import io

import numpy as np

from .comparing import same
from .plain import plain
from .running import ask, run
from .sources import methods_of

SECONDS = 1


@dataclasses.dataclass(frozen=True)
class Example:
    """The lines of an example up to the first one that fails, what that gave and what was expected."""

    lines: list
    gave: object
    due: object
    arguments: tuple | None  # of the last call of the function there; None for a class


def example_that_fails(task, function):
    """Return the Example, or None where there is none, or none that fails."""
    try:
        examples = doctest.DocTestParser().get_examples(ask(lambda: inspect.getdoc(function), "") or "")
    except ValueError:  # lines that do not begin as those of an example should
        return None
    names = {node.id for each in examples for node in _nodes(each.source) if isinstance(node, ast.Name)}
    if task.name not in names:
        return None
    around = next(iter(methods_of(function).values()), function)
    known = {name: value for name, value in getattr(around, "__globals__", {}).items() if name in names}
    theirs, ours = (_outcomes(examples, {"np": np, **_copied(known), task.name: each}) for each in (function, task.solution))
    for i, (came, wanted) in enumerate(zip(theirs, ours, strict=False)):
        if wanted[0]:  # it needs something that is not there
            return None
        if task.changes and wanted[1] is None:  # what it returns beside what it changes is not asked for
            came = came[0], None, came[2]
        if came[0] or not same(came, wanted, task.rtol, task.atol):
            lines = "".join(each.source for each in examples[: i + 1]).splitlines()
            arguments = None if task.drive else _last_arguments(task, examples[: i + 1], known)
            return Example(lines, _shown(came), _shown(wanted), arguments)
    return None


def _last_arguments(task, examples, known):
    """Return the arguments with which an example calls the function the last time."""
    calls, signature = [], inspect.signature(task.solution)

    def noting(*arguments, **named):
        calls.append(copy.deepcopy(signature.bind(*arguments, **named).args))
        return task.solution(*arguments, **named)

    _outcomes(examples, {"np": np, **_copied(known), task.name: noting})
    return calls[-1] if calls else None


def _nodes(source):
    try:
        return list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return []


def _copied(known):
    """The same names; what an example could change is a copy."""
    return {name: copy.deepcopy(value) if isinstance(value, (np.ndarray, dict, list)) else value for name, value in known.items()}


def _outcomes(examples, space):
    return run(lambda: _play(examples, space), (), SECONDS).value or []


def _play(examples, space):
    """Return of each example whether it raised an error, its value or the error's name, and what it printed: up to an error."""
    came = []
    for example in examples:
        printed, value = io.StringIO(), None
        space["print"] = lambda *things, printed=printed, **settings: print(*things, **{**settings, "file": printed})
        try:
            try:
                code = compile(example.source, "<example>", "eval")
            except SyntaxError:
                exec(compile(example.source, "<example>", "exec"), space)
            else:
                value = eval(code, space)
            came.append((False, copy.deepcopy(plain(value)), printed.getvalue()))
        except Exception as error:
            return [*came, (True, type(error).__name__, "")]
    return came


def _shown(came):
    _, value, printed = came
    return printed.rstrip("\n") if value is None and printed else value
