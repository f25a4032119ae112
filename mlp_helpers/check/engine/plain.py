"""What came of a learner's code, as plain values: a check can look at them without running any more of that code."""

import builtins
import inspect
import itertools
import operator
import sys
import types

import numpy as np

from .clock import TookTooLong

ITEMS = 1_000  # taken at most from what is yielded
LONGEST = 300  # characters of what stands for a thing
DEEPEST = 8  # lists in lists
PLAIN = {
    type(None), bool, int, float, complex, str, bytes, type,
    types.FunctionType, types.BuiltinFunctionType, np.random.Generator,
}  # fmt: skip
OURS = {*sys.stdlib_module_names, "numpy", "mlp_helpers"}


def called(function, given):
    """Call a function; return a plain value, or the error, whether it was yielded, and what was given as it is now."""
    value, error, yielded = None, None, False
    try:
        value = function(*given)
        yielded = inspect.isgenerator(value) or hasattr(type(value), "__next__")
        value = plain(list(itertools.islice(value, ITEMS + 1)) if yielded else value)
    except TookTooLong:
        raise
    except BaseException as raised:  # also SystemExit
        value, error, yielded = None, plain_error(raised), False
    return value, error, yielded, tuple(map(plain, given))


def plain(value, depth=0):
    """Return a value as it is if it is made of Python's and NumPy's own types alone, and otherwise what is plain in it.

    Subclasses become what they are made of, and any other object a stand-in with the same type's name and the same text:
    the methods of a learner's class (``__eq__``, ``__iter__``, ``__array__``, …) are out of reach.
    """
    kind = type(value)
    if kind in PLAIN or (issubclass(kind, np.generic) and kind.__module__ == "numpy"):
        return value
    if issubclass(kind, np.ndarray):
        array = value if kind is np.ndarray else np.ndarray.view(value, np.ndarray)
        return _plain_objects(array, depth) if array.dtype.hasobject else array
    for base in (list, tuple):
        if issubclass(kind, base) and depth < DEEPEST:
            parts = [plain(part, depth + 1) for part in base.__iter__(value)]
            return value if kind is base and all(map(operator.is_, parts, value)) else base(parts)
    if issubclass(kind, dict) and depth < DEEPEST:
        pairs = list(dict.items(value))
        parts = [(plain(key, depth + 1), plain(part, depth + 1)) for key, part in pairs]
        untouched = map(operator.is_, itertools.chain(*parts), itertools.chain(*pairs))
        return value if kind is dict and all(untouched) else dict(parts)
    for base in (int, float, str, bytes):
        if issubclass(kind, base):
            return base.__getnewargs__(value)[0]
    return _stand_in(value)


def plain_error(error):
    """Return an error as it is if Python or NumPy has made it of plain values, else one of the nearest class of theirs."""
    kind = type(error)
    if _genuine(kind) and all(type(part) in PLAIN or kind.__module__ != "builtins" for part in error.args):
        return error
    text = _text(error, str)
    if not _genuine(kind):
        base = next(each for each in kind.__mro__ if _genuine(each))
        kind = type(kind.__name__, (base,), {"__str__": lambda self: text})
    made = kind.__new__(kind)
    made.args = (text,)
    return made.with_traceback(error.__traceback__)


def _genuine(kind):
    """Return whether a class is one of Python's, NumPy's or the course's own."""
    module = kind.__module__
    if module == "builtins":  # also where a class was made without any module
        return vars(builtins).get(kind.__name__) is kind
    return isinstance(module, str) and module.partition(".")[0] in OURS


def _plain_objects(array, depth):
    """Return an array of objects, with plain ones in it."""
    made = np.empty(array.shape, object)
    made.flat = [None] * array.size
    for i in range(min(array.size, 1_000)):
        made.flat[i] = plain(array.flat[i], depth + 1)
    return made


def _stand_in(value):
    text = _text(value, repr)
    return type(type(value).__name__, (), {"__repr__": lambda self: text})()


def _text(value, how):
    """Return what repr or str says, if it says anything."""
    try:
        return str.__str__(how(value))[:LONGEST]
    except (Exception, SystemExit, KeyboardInterrupt, GeneratorExit):
        return f"a {type(value).__name__}"
