"""Whether a result is right except for one class of entries: the negative ones, the diagonal, where a probability is 0."""

import numpy as np

from ..comparing import number

MOST = 1.7  # entries of the class for each of them that is wrong


def except_where(task, results, expected, arguments):
    """Return the narrowest class of entries outside of which all are right in every case; "" if there is none."""
    if any(one.shape != other.shape for one, other in zip(results, expected, strict=True)):
        return ""
    wrong = [~np.isclose(one, other, task.rtol, task.atol, equal_nan=True) for one, other in zip(results, expected, strict=True)]
    classes = [dict(_classes(task.inputs, given, other)) for given, other in zip(arguments, expected, strict=True)]
    best, fewest = "", MOST * sum(each.sum() for each in wrong)
    for words in classes[0]:
        if not all(words in each for each in classes):
            continue
        masks = [np.broadcast_to(each[words], other.shape) for each, other in zip(classes, expected, strict=True)]
        size = sum(mask.sum() for mask in masks)
        outside = sum(mask.size for mask in masks) - size
        if size < fewest and outside and all(not (bad & ~mask).any() for bad, mask in zip(wrong, masks, strict=True)):
            best, fewest = words, size
    if not best:
        return ""
    values = {float(value) for one, bad in zip(results, wrong, strict=True) for value in one[bad]}
    there = f"; there it is {number(values.pop())}" if len(values) == 1 and fewest > 1 else ""
    return f"right except {best}{there}"


def _classes(inputs, given, expected):
    """Pairs of words and a mask that fits the expected array."""
    rows = np.arange(len(expected)) if expected.ndim else None
    if expected.ndim == 2:
        i, j = np.indices(expected.shape)
        yield from [
            ("on the diagonal", i == j),
            ("off the diagonal", i != j),
            ("below the diagonal", i > j),
            ("above the diagonal", i < j),
        ]
        yield from [
            ("in the first column", j == 0),
            ("in the last column", j == j.max(initial=0)),
            ("outside of the first column", j > 0),
        ]
    if expected.ndim:
        shape = (-1, *[1] * (expected.ndim - 1))
        unit = "row" if expected.ndim > 1 else "entry"
        yield f"for the first {unit}", (rows == 0).reshape(shape)
        yield f"for the last {unit}", (rows == len(rows) - 1).reshape(shape)
        yield f"behind the first {unit}", (rows > 0).reshape(shape)
    if expected.dtype.kind in "fiu" and expected.size:
        for sign, mask in (("a negative number", expected < 0), ("0", expected == 0), ("1", expected == 1)):
            yield f"where {sign} is expected", mask
    named = []
    for name, value in zip(inputs, given, strict=False):
        array = np.asarray(value) if isinstance(value, np.ndarray | int | float | np.number) else None
        if isinstance(value, list | tuple) or (array is not None and array.ndim):
            yield f"where `len({name})` is 1", np.array(len(value) == 1)
            yield f"where `len({name})` is not 1", np.array(len(value) != 1)
        if array is not None and array.ndim == 2:
            yield f"where `{name}.shape[1]` is 1", np.array(array.shape[1] == 1)
            yield f"where there are other numbers of rows and columns in `{name}`", np.array(array.shape[0] != array.shape[1])
        if array is None or array.dtype.kind not in "fiub":
            continue
        if array.ndim == 1 and expected.ndim == 2 and len(array) == len(expected):
            array = array[:, None]
        column = array.ndim == expected.ndim == 2 and array.shape == (len(expected), 1)
        if array.shape in ((), expected.shape) or column:
            named.append((name, array))
    for name, array in named:
        for limit in (0, 1):
            for sign, mask in (
                ("<", array < limit),
                (">", array > limit),
                ("==", array == limit),
                ("<=", array <= limit),
                (">=", array >= limit),
            ):
                yield f"where `{name} {sign} {limit}`", mask
    for k, (name, array) in enumerate(named):
        for other, second in named[k + 1 :]:
            for sign, mask in (("<", array < second), (">", array > second), ("==", array == second), ("!=", array != second)):
                yield f"where `{name} {sign} {other}`", mask
