"""What to try where an array is not what is wanted: the sentences at the end of the error messages."""

import math
import numbers

import numpy as np


def where_made(name, *others):
    """Advise to look at where an array was made, and those that it has to fit to."""
    if not others:
        return "Look at where it was made, under whatever name, and print its shape there."
    return f"Print the shapes of {', '.join(others)} and {name} where they were made, under whatever names."


def kind_of(value):
    """Say what was given in place of an object."""
    return f"the class {value.__name__}" if isinstance(value, type) else f"a {type(value).__name__}"


def conversion(name, array):
    """Advise on an array that does not hold real numbers."""
    if array.dtype.kind == "c":
        return f"Take its real part, or its size: {name}.real, np.abs({name})."
    for entry in array.ravel().tolist():
        try:
            float(entry)
        except (TypeError, ValueError):
            return f"Leave out what is no number, such as {entry!r}."
    return f"Convert it first: {name}.astype(np.float32)."


def reshaping(name, array, axes, sizes):
    """Advise on an array of the wrong shape, beside the sizes that were known before; "" where there is no telling."""
    shape = array.shape
    if len(axes) == 2:
        d = sizes.get(axes[1])
        if axes[0] != "n" and shape == (sizes.get(axes[0]),):
            return f"One output is a matrix of one column: {name}.reshape(-1, 1)."
        if axes[0] == "n" and shape and math.prod(shape) == d:
            return f"A single example is a matrix of one row: {name}.reshape(1, -1)."
        if axes[0] == "n" and len(shape) == 1 and d is None:
            row, column = f"A single example is a matrix of one row: {name}.reshape(1, -1).", f"{name}.reshape(-1, 1)"
            return f"{row} One number for each example is a column: {column}."
        if axes[0] == "n" and len(shape) > 2:
            if d in (None, math.prod(shape[1:])):
                return f"Flatten the images first: {name}.reshape(len({name}), -1)."
            if d == math.prod(shape[:-1]):
                return f"The images are along the last axis. Bring them to the first: {name}.reshape(-1, {name}.shape[-1]).T."
            if d == math.prod(shape[1:-1]) and shape[-1] in (2, 3, 4):           # grey or colours, and perhaps transparency
                grey = f"{name}[..., :{shape[-1] - 1 if shape[-1] % 2 == 0 else 3}].mean(axis=-1)"
                return f"Make the images grey and flatten them: {grey}.astype({name}.dtype).reshape(len({name}), -1)."
        if len(shape) == 2 and all(sizes.get(axis, size) == size for axis, size in zip(axes, shape[::-1], strict=True)):
            return f"It fits when transposed: {name}.T."
    if len(axes) == 1 and axes != ("...",) and len(shape) == 2:
        if shape[1] == 1 or (shape[0] == 1 and sizes.get(axes[0]) != 1):
            return f"A single row or column becomes a vector by {name}.ravel()."
        if axes == ("n",):
            return _labels_of_a_matrix(name, array, sizes.get("n"))
    if len(axes) == 1 and axes != ("...",) and not shape:
        return f"A single one becomes a vector by np.atleast_1d({name})."
    return ""


def _labels_of_a_matrix(name, array, n):
    """Advise on a matrix in place of n labels: one-hot or scores, in rows or in columns, or several columns of labels; or ""."""
    for axis, what in (1, "rows"), (0, "columns"):
        if n in (None, array.shape[1 - axis]):
            ones = ((array == 0) | (array == 1)).all() and (array.sum(axis=axis) == 1).all()
            if ones or (array.dtype.kind == "f" and (n or axis == 1)):
                return f"{'One-hot' if ones else 'Scores in'} {what} become labels by {name}.argmax(axis={axis})."
    if n in (None, len(array)):
        return f"One column of it may hold the labels: choose it, as in {name}[:, 0]."
    return ""


def scaling(name, dtype, low, high):
    """Advise on integers that are no uint8."""
    if low >= -1 and high <= 1:
        return f"Convert it first: {name}.astype(np.float32)."
    if dtype == np.int8 and low < 0:
        return f"Bytes that were read with a sign are pixels again by {name}.view(np.uint8)."
    if low < 0:
        small = f"Bring them to -1 to 1: {name} / {max(-low, high)}."
        signed = f" Bytes that were read with a sign are pixels again by {name}.astype(np.uint8)."
        return small + signed * (low >= -128 and high <= 127)
    if high > 255:
        return f"Bring them to 0 to 1: {name} / {2 ** high.bit_length() - 1}."
    pixels = f"Pixels from 0 to 255: {name}.astype(np.uint8)."
    return pixels if high > 127 else f"{pixels} Numbers from 0 to {high}: {name} / {high}."


def numbering(name, array):
    """Advise on labels that are no integers."""
    if array.dtype.kind in "bfSUO":
        entries = array.ravel().tolist()
        words = [isinstance(entry, str | bytes) for entry in entries]
        if any(words) and not all(words):
            return f"Leave out what is not like the others, such as {entries[words.index(not words[0])]!r}."
        try:
            values = array.astype(np.float64)
        except (TypeError, ValueError):
            values = None
        if values is not None:
            whole = (values == np.floor(values)) & (np.abs(values) < 2**53)      # false for NaN
            if whole.all():
                return f"Convert it: {name}{'' if array.dtype.kind in 'bf' else '.astype(np.float64)'}.astype(np.int64)."
            return f"Leave out what is not whole, such as {entries[int((~whole).argmax())]!r}."
        if not all(words):
            gap = next(entry for entry in entries if not isinstance(entry, str | numbers.Number))
            return f"Leave out what is no number, such as {gap!r}."
    return f"With classes = np.unique({name}), made once for all arrays, they become numbers by np.searchsorted(classes, {name})."
