"""Whether two results are the same, and how to show them side by side."""

import itertools
import textwrap

import numpy as np

FAMILIES = {"f": "decimal numbers", "i": "whole numbers", "u": "whole numbers", "b": "True and False", "O": "objects"}
IMAGE = 28  # pixels on each side of an image
RESIDUE = 1e-15  # of a number: so little is what rounding leaves where numbers cancel
SHOWN = 40  # entries of an array that are shown one by one
WIDE = 90  # characters in a line of what is no array


def same(result, expected, rtol=1e-4, atol=1e-6):
    """Return whether a result has the structure, the shapes, the kinds of numbers and the values that were expected."""
    if isinstance(expected, dict):
        return (
            isinstance(result, dict)
            and result.keys() == expected.keys()
            and all(same(result[key], expected[key], rtol, atol) for key in expected)
        )
    if isinstance(expected, (tuple, list)):
        return (
            isinstance(result, (tuple, list))
            and len(result) == len(expected)
            and all(same(one, other, rtol, atol) for one, other in zip(result, expected, strict=True))
        )
    if isinstance(expected, (np.ndarray, np.number, np.bool_, float, int)):
        if not isinstance(result, (np.ndarray, np.number, np.bool_, float, int)):
            return False
        result, expected = np.asarray(result), np.asarray(expected)
        if result.shape != expected.shape or not of_one_family(result, expected):
            return False
        if expected.dtype.kind not in "fiub":
            return type(expected) is type(result)
        return np.allclose(result, expected, rtol=rtol, atol=atol, equal_nan=True)
    return type(result) is type(expected) and bool(result == expected)


def alike_in_numbers(result, expected, rtol, atol):
    """Return whether a result has the numbers that were expected, in their order; their shapes and types may be others."""
    if isinstance(expected, dict) and isinstance(result, dict):
        return result.keys() == expected.keys() and all(
            alike_in_numbers(result[key], expected[key], rtol, atol) for key in expected
        )
    try:
        came, due = (np.concatenate([np.ravel(part) for part in _in_a_list(each)]) for each in (result, expected))
        return len(came) == len(due) and np.allclose(came.astype(float), due.astype(float), rtol, atol, equal_nan=True)
    except (TypeError, ValueError):
        return same(result, expected, rtol, atol)


def _in_a_list(value):
    return value if isinstance(value, (tuple, list)) and len(value) else [value]


def of_one_family(result, expected):
    """Return whether the kinds of numbers fit; a single whole number such as 0 may stand for the decimal number that it is."""
    return family(result) == family(expected) or (expected.ndim == 0 and result.dtype.kind in "iu" and expected.dtype.kind == "f")


def family(value):
    return FAMILIES.get(np.asarray(value).dtype.kind, str(np.asarray(value).dtype))


def shape(value):
    """Return a value's shape as text, such as (2, 3), with its type unless decimal; without a shape, a word for its kind."""
    if isinstance(value, np.ndarray):
        return str(value.shape) if value.dtype.kind == "f" else f"{value.shape} {value.dtype}"
    if isinstance(value, (bool, np.bool_)):
        return "True or False"
    if isinstance(value, (int, float, np.number)):
        return "a number"
    return {"NoneType": "None", "str": ""}.get(type(value).__name__, type(value).__name__)


def word(value):
    """Describe a value that came back, in a few words."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def begun(text, labels):
    """Let a text begin with a capital, unless with a label of a result, or the name in front of its colon: `b1` stays `b1`."""
    names = {str(label).partition(":")[0] for label in labels}
    return text if text.partition(" ")[0].rstrip(",:") in names else text[:1].upper() + text[1:]


def due(value):
    """Describe a value that was expected, in a few words."""
    return "one number" if np.ndim(value) == 0 else f"an array of shape {np.shape(value)}"


def size(value):
    """Return how many numbers or other things a value holds."""
    if isinstance(value, dict):
        return sum(map(size, value.values()))
    return sum(map(size, value)) if isinstance(value, (tuple, list)) else np.size(value) if isinstance(value, np.ndarray) else 1


def entries(value):
    """Return different numbers that a value holds, as text, of each array two at most, and the type of what is no number."""
    if isinstance(value, (dict, tuple, list)):
        return {entry for part in (value.values() if isinstance(value, dict) else value) for entry in entries(part)}
    array = np.asarray(value)
    return set(map(str, np.unique(array.astype(float))[:2])) if array.dtype.kind in "fiub" else {type(value)}


def parts(value, label):
    """Pairs of a label and an array or word: the parts of a tuple, list or dict, or the value itself."""
    if isinstance(value, dict):
        return [(f"{label} {key}", part) for key, part in value.items()]
    if isinstance(value, (tuple, list)) and 0 < len(value) <= 6 and not all(isinstance(part, (int, float)) for part in value):
        return [(f"{label} {i + 1}", part) for i, part in enumerate(value)]
    return [(label, value)]


def rows(value, other=None, rtol=1e-4, atol=1e-6):
    """The rows of a value as lists of (text, whether it differs from the other), or None when it is too large.

    Between two planes of an array with three axes stands a row without entries. What is not an array is one entry in each row.
    """
    if isinstance(value, bytes) and len(value) <= SHOWN:
        return [[(str(byte), False) for byte in value]]
    if not isinstance(value, (np.ndarray, np.number, float, int)) or isinstance(value, bool):
        try:
            text = value if isinstance(value, str) else written(value)
        except Exception:  # a learner's own class may do anything
            text = f"a {type(value).__name__}"
        differs = isinstance(other, str) and (type(value) is not str or value != other)  # other types have an == of their own
        text = text if len(text) <= 200 else text[:200] + " …"
        return [[(line, differs)] for line in (textwrap.wrap(text, WIDE) if len(text) > WIDE else [text])]
    array = np.asarray(value)
    if not 0 < array.size <= SHOWN or array.ndim > 3 or array.dtype.kind not in "fiub":
        return None
    columns = array.shape[-1] if array.ndim else 1
    if not isinstance(other, (np.ndarray, np.number, float, int)) or np.shape(other) != array.shape:
        entries = [(number(entry), False) for entry in array.flat]
    else:
        other = np.asarray(other)
        marks = ~np.isclose(array.astype(float), other.astype(float), rtol=rtol, atol=atol, equal_nan=True)
        entries = [
            (number(entry, 9 if mark and number(entry) == number(against) else 4), bool(mark))
            for entry, against, mark in zip(_without_a_residue(array, other).flat, other.flat, marks.flat, strict=True)
        ]
    table = [entries[i : i + columns] for i in range(0, len(entries), columns)]
    if array.ndim < 3:
        return table
    planes = [table[i : i + array.shape[1]] for i in range(0, len(table), array.shape[1])]
    return [row for plane in planes for row in ([], *plane)][1:]


def _without_a_residue(array, other):
    """Return an array with 0 for what only rounding has left, beside the numbers that stand in the same places."""
    if array.dtype.kind != "f" or other.dtype.kind not in "fiu":
        return array
    return np.where(np.isfinite(other) & (np.abs(array) < RESIDUE * np.abs(other)), 0, array)


def written(value):
    """Return what ``repr`` would say, but with its numbers as they are written elsewhere, and of very many the first ones."""
    if isinstance(value, (np.ndarray, np.generic, float, int)) and np.asarray(value).dtype.kind in "fiub":
        return number(value) if np.ndim(value) == 0 else written(value.tolist())
    if isinstance(value, dict):
        return f"{{{_in_a_row(f'{key!r}: {written(part)}' for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{_in_a_row(map(written, value))}]"
    if isinstance(value, tuple):
        return f"({_in_a_row(map(written, value))}{',' * (len(value) == 1)})"
    return repr(value)


def _in_a_row(texts):
    first = list(itertools.islice(texts, SHOWN + 1))
    return ", ".join(first[:SHOWN] + ["…"] * (len(first) > SHOWN))


def number(value, digits=4):
    return str(value) if np.asarray(value).dtype.kind in "iub" else f"{float(value) + 0.0:.{digits}g}"


def spaced(whole):
    """Write a whole number as in 12 345."""
    return f"{whole:,}".replace(",", " ")


def summary(value, other=None, rtol=1e-4, atol=1e-6):
    """One sentence about an array that is too large to show."""
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or not array.size:
        return f"{array.size} entries of type {array.dtype}"
    low, high = number(array.min()), number(array.max())
    text = f"{array.size} entries{f', all {low}' if array.min() == array.max() else f' from {low} to {high}'}"
    if other is None or np.shape(other) != array.shape:
        return text
    other = np.asarray(other)
    wrong = ~np.isclose(array.astype(float), other.astype(float), rtol=rtol, atol=atol, equal_nan=True)
    if not wrong.any():
        return text
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    place = f"[{', '.join(map(str, first))}]"
    if array.ndim == 2 and array.shape[1] == IMAGE**2:  # flat images
        place += f", which is row {first[1] // IMAGE}, column {first[1] % IMAGE} of image {first[0]}"
    rows_that_differ = f", in {wrong.any(axis=1).sum()} of {len(array)} rows" if array.ndim == 2 and len(array) > 1 else ""
    values = f"{number(array[first])}, expected {number(other[first])}"
    return f"{text}; {wrong.sum()} differ{rows_that_differ}, the first at {place}: {values}"
