"""The forms that a wrong result may have: what it makes of the expected one, or what would make the expected one of it."""

import numpy as np

LINES = ("column", 0), ("row", 1)
ONLY = ("row", 0, 0), ("column", 1, (slice(None), 0))
SUMS = ("mean", np.mean), ("sum", np.sum), ("largest", np.max)


def of_tables(function):
    """Restrict a function to arrays with rows and columns."""
    return lambda array: function(array) if array.ndim == 2 else None


def _of_rows(function):
    return lambda array: function(array) if array.ndim == 1 else None


def _along(function, axis, keepdims):
    return lambda array: function(array, axis=axis, keepdims=keepdims)


def _divided(function, axis):
    return lambda array: array / function(array, axis=axis, keepdims=True)


def _rolled(step, axis):
    return lambda array: np.roll(array, step, axis)


def _only(axis, index):
    """The one line along an axis, of a table that has just one there."""
    return of_tables(lambda array: array[index] if array.shape[axis] == 1 else None)


def _rounded(digits):
    return lambda array: np.round(array, digits)


FORMS = [  # what came is this function of what was expected
    ("True and False are exchanged", lambda e: ~e if e.dtype == bool else None),
    ("every entry is 1 minus the expected one", lambda e: 1 - e),
    ("every entry is the reciprocal of the expected one", lambda e: 1 / e),
    ("every entry is the square of the expected one", np.square),
    ("every entry is the square root of the expected one", np.sqrt),
    ("every entry is the expected one without its sign", np.abs),
    ("every entry is e to the power of the expected one", np.exp),
    ("every entry is e to the power of the expected one with the other sign", lambda e: np.exp(-e)),
    ("every entry is the logarithm of the expected one", np.log),
    ("every entry is minus the logarithm of the expected one", lambda e: -np.log(e)),
    ("every entry is the expected one, rounded to a whole number", np.round),
    ("every entry is the expected one, rounded to one decimal", _rounded(1)),
    ("every entry is the expected one, rounded to two decimals", _rounded(2)),
    ("every entry is the expected one, rounded to three decimals", _rounded(3)),
    ("every entry is the expected one, rounded down", np.floor),
    ("every entry is the expected one, rounded up", np.ceil),
    ("it is the transpose of what is expected", np.transpose),
    ("the rows come in the opposite order", of_tables(lambda e: e[::-1])),
    ("the columns come in the opposite order", lambda e: e[:, ::-1]),
    ("the entries come in the opposite order", _of_rows(lambda e: e[::-1])),
    ("the rows are shifted down by one", of_tables(_rolled(1, 0))),
    ("the rows are shifted up by one", of_tables(_rolled(-1, 0))),
    ("the columns are shifted to the right by one", _rolled(1, 1)),
    ("the columns are shifted to the left by one", _rolled(-1, 1)),
    ("the entries are shifted by one, towards the end", _of_rows(_rolled(1, 0))),
    ("the entries are shifted by one, towards the beginning", _of_rows(_rolled(-1, 0))),
    *((f"it is the only {line} of what is expected", _only(axis, index)) for line, axis, index in ONLY),
    ("only the first of the rows came", of_tables(lambda e: e[0])),
    ("only the first of the rows came", of_tables(lambda e: e[:1])),
    ("only the last of the rows came", of_tables(lambda e: e[-1])),
    ("only the last of the rows came", of_tables(lambda e: e[-1:])),
    ("only the first of the columns came", lambda e: e[:, 0]),
    ("only the first of the entries came", lambda e: e.flat[0]),
    ("only the first of the entries came", lambda e: e[:1]),
    ("only the last of the entries came", lambda e: e.flat[-1]),
    ("only the last of the entries came", lambda e: e[-1:]),
    ("the first one is missing, and the others are right", lambda e: e[1:]),
    ("the last one is missing, and the others are right", lambda e: e[:-1]),
    *((f"it is the {word} of all entries that are expected", function) for word, function in (*SUMS, ("product", np.prod))),
    *(
        (f"it is the {word} of the expected entries along axis {axis}", _along(function, axis, keepdims))
        for word, function in SUMS for _, axis in LINES for keepdims in (False, True)
    ),
    *(
        (f"each {line} of the expected entries is divided by its {word}", _divided(function, axis))
        for word, function in SUMS for line, axis in LINES
    ),
    *((f"all expected entries are divided by their {word}", _divided(function, None)) for word, function in SUMS),
    ("all expected entries are divided by their length", lambda e: e / np.linalg.norm(e)),
    ("each column of the expected entries is reduced by its mean", lambda e: e - e.mean(axis=0, keepdims=True)),
    ("each row of the expected entries is reduced by its mean", lambda e: e - e.mean(axis=1, keepdims=True)),
    ("the expected entries are added up, one after another, along axis 0", lambda e: np.cumsum(e, axis=0)),
    ("the expected entries are added up, one after another, along axis 1", lambda e: np.cumsum(e, axis=1)),
    ("it says where the largest of the expected entries stands along axis 0", lambda e: e.argmax(axis=0)),
    ("it says where the largest of the expected entries stands along axis 1", lambda e: e.argmax(axis=1)),
    ("the expected entries came in order of size", lambda e: np.sort(e, axis=None).reshape(e.shape)),
    ("the expected entries came in order of size, the largest first", lambda e: np.sort(e, axis=None)[::-1].reshape(e.shape)),
]  # fmt: skip
STEPS = [  # what was expected is this function of what came
    *((f"its only {line} is what is expected", _only(axis, index)) for line, axis, index in ONLY),
    *((f"the {word} of all entries that came is what is expected", function) for word, function in SUMS),
    ("the number of entries that are not 0 is what is expected", np.count_nonzero),
    *(
        (f"its {word} along axis {axis} is what is expected", _along(function, axis, keepdims))
        for word, function in SUMS for _, axis in LINES for keepdims in (False, True)
    ),
    *((f"each {line} of it, divided by its sum, is what is expected", _divided(np.sum, axis)) for line, axis in LINES),
    ("where its largest entry stands along axis 0 is what is expected", lambda r: r.argmax(axis=0)),
    ("where its largest entry stands along axis 1 is what is expected", lambda r: r.argmax(axis=1)),
    ("its first row is what is expected", lambda r: r[0]),
    ("its last row is what is expected", lambda r: r[-1]),
    ("there is one too many at its beginning, and the others are right", lambda r: r[1:]),
    ("there is one too many at its end, and the others are right", lambda r: r[:-1]),
]  # fmt: skip
