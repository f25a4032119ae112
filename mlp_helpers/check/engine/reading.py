"""What the source of a learner's function proves: an argument that is not used, a variable of the notebook that is."""

import ast
import builtins
import inspect

import numpy as np

from .running import ask
from .sources import source_of

AXES = {
    "axis", "keepdims", "newaxis", "expand_dims", "squeeze", "stack", "sum", "mean", "max", "min", "argmax", "argmin",
    "any", "all", "prod", "std", "var", "median", "norm",
}  # fmt: skip
DATA = (np.ndarray, np.number, int, float, list, dict)


def unused(task, function):
    """Return the parameters that a function never reads, though the solution reads them."""
    theirs, ours = _definition(function), _definition(task.solution)
    if theirs is None or ours is None:
        return []
    names = [argument.arg for argument in theirs.args.args]
    read, needed = _read(theirs), _read(ours)
    return [] if read & {"locals", "vars"} else [name for name in names if name in needed and name not in read]


def foreign(function):
    """Return the numbers and arrays that a function reads though they are neither its arguments nor its own: (name, value).

    A number with a name in capitals, such as ``EPSILON``, is meant to be the same for all functions, and is left out.
    """
    definition = _definition(function)
    if definition is None:
        return []
    own = {node.id for node in ast.walk(definition) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    own |= {node.arg for node in ast.walk(definition) if isinstance(node, ast.arg)} | set(function.__code__.co_freevars)
    around = function.__globals__
    names = [name for name in sorted(_read(definition) - own) if name in around]
    found = [(name, around[name]) for name in names if type(around[name]) is not bool and isinstance(around[name], DATA)]
    return [(name, value) for name, value in found if not (name.isupper() and len(name) > 1 and np.ndim(value) == 0)]


def given_anew(function, names):
    """Return those of some names to which a function, or a class, gives a value: there they stand for more than was handed in."""
    tree = tree_of(function)
    nodes = [] if tree is None else ast.walk(tree)
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)} & set(names)


def known_to(function):
    """Return the names that a function could use: its own, those of its notebook, and Python's."""
    code, around = function.__code__, function.__globals__
    return [name for name in (*code.co_varnames, *code.co_freevars, *around, *dir(builtins)) if not name.startswith("_")]


def speaks_of_axes(function):
    """Return whether a function names an axis, gathers an array along one, or adds one, as far as its source can be read."""
    tree = tree_of(function)
    nodes = [] if tree is None else list(ast.walk(tree))
    words = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    words |= {node.arg for node in nodes if isinstance(node, ast.keyword)}
    return bool(words & AXES)


def tree_of(thing):
    """Return the syntax tree of the source of a function or a class, or None."""
    try:
        tree = ast.parse(ask(lambda: source_of(inspect.unwrap(thing)), ""))
    except (SyntaxError, ValueError):
        return None
    return tree if tree.body else None


def _definition(function):
    """The syntax tree of a function that was written with `def`; None of what is none, or cannot be read."""
    if not inspect.isfunction(function):
        return None
    tree = tree_of(function)
    return tree.body[0] if tree and isinstance(tree.body[0], ast.FunctionDef) else None


def _read(definition):
    """The names that are read in a function; `a /= 2` reads a as well."""
    nodes = [node for statement in definition.body for node in ast.walk(statement)]
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return loaded | {node.target.id for node in nodes if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)}
