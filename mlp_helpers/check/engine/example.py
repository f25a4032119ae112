"""The worked example in the docstring of a learner's function: what it gives, beside what the solution gives."""

import ast
import copy
import doctest
import inspect
import io

import numpy as np

from .comparing import same
from .plain import plain
from .running import ask, run
from .sources import methods_of

SECONDS = 1
FAILED = "failed"


def example_that_fails(task, function):
    """Return the lines of the example up to the first one that fails, what that gave and what was expected, or ()."""
    examples = ask(lambda: doctest.DocTestParser().get_examples(inspect.getdoc(function) or ""), [])
    names = {node.id for each in examples for node in _nodes(each.source) if isinstance(node, ast.Name)}
    if task.name not in names:
        return ()
    around = next(iter(methods_of(function).values()), function)
    known = {name: value for name, value in getattr(around, "__globals__", {}).items() if name in names}
    theirs, ours = (
        run(lambda known, each=each: _play(examples, {"np": np, **known, task.name: each}), (_copied(known),), SECONDS).value
        for each in (function, task.solution)
    )
    for i, (came, wanted) in enumerate(zip(theirs or [], ours or [], strict=False)):
        if came[0] is FAILED or not same(came, wanted, task.rtol, task.atol):
            lines = "".join(each.source for each in examples[: i + 1]).splitlines()
            return lines, _shown(came), _shown(wanted)
    return ()


def _nodes(source):
    try:
        return list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return []


def _copied(known):
    """The same names; what an example could change is a copy."""
    return {name: copy.deepcopy(value) if isinstance(value, (np.ndarray, dict, list)) else value for name, value in known.items()}


def _play(examples, space):
    """Return the value and the printed text of each example in turn, up to one that raises."""
    came = []
    for example in examples:
        printed = io.StringIO()
        space["print"] = lambda *things, printed=printed, **settings: print(*things, **{**settings, "file": printed})
        try:
            try:
                code, value = compile(example.source, "<example>", "eval"), None
            except SyntaxError:
                exec(compile(example.source, "<example>", "exec"), space)
            else:
                value = eval(code, space)
            came.append((copy.deepcopy(plain(value)), printed.getvalue()))
        except Exception as error:
            return [*came, (FAILED, type(error).__name__)]
    return came


def _shown(came):
    value, printed = came
    return printed if value is FAILED or (value is None and printed) else value
