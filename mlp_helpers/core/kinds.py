"""What ``checked`` can ask of an argument: one function for each kind.

Each takes the argument's name and value, its axes, and the sizes of axes found so far, to which
it adds. It returns the value, as an array where the kind is one, or raises a ValueError that
says what was expected, what came, and what to try.
"""

import math
import numbers

import numpy as np

UNSIGNED = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


def real(name, value, axes, sizes):
    array = value if isinstance(value, np.ndarray) else _as_array(name, value)
    if array.dtype.kind not in "fiu":
        raise ValueError(
            f"{name} must hold real numbers, but holds {array.dtype}. Convert it first: {name}.astype(np.float32)."
        )
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, but has shape {array.shape}. Look at the slice or mask that made it.")
    before = sizes.copy()
    if not _axes_fit(array.shape, axes, sizes):
        known = ", ".join(f"{axis} = {before[axis]}" for axis in axes if axis in before)
        wanted = f"({', '.join(axes)}{',' * (len(axes) == 1)})" + (f" with {known}" if known else "")
        raise ValueError(
            f"{name} must have shape {wanted}, but has shape {array.shape}. {_advice(name, array.shape, axes, sizes)}"
        )
    return array


def _as_array(name, value):
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(
            f"{name} must be an array, but its rows have different lengths. Give every row the same number of entries."
        ) from None


def _axes_fit(shape, axes, sizes):
    if axes[0] == "...":
        axes, leading = axes[1:], len(shape) - len(axes) + 1
        if leading < 0 or sizes.setdefault("...", shape[:leading]) != shape[:leading]:
            return False
        shape = shape[leading:]
    if len(shape) != len(axes):
        return False
    for axis, size in zip(axes, shape):  # noqa: B905 (of equal length, and run at every training step)
        if sizes.setdefault(axis, size) != size:
            return False
    return True


def _advice(name, shape, axes, sizes):
    if len(axes) == 2:
        if len(shape) == 1 or math.prod(shape) == sizes.get(axes[1]):
            return f"A single example is a matrix of one row: {name}.reshape(1, -1)."
        if len(shape) > 2:
            return f"Flatten the images first: {name}.reshape(len({name}), -1)."
        if len(shape) == 2 and all(sizes.get(axis, size) == size for axis, size in zip(axes, shape[::-1], strict=True)):
            return f"It fits when transposed: {name}.T."
    if len(axes) == 1 and axes != ("...",) and len(shape) == 2:
        return f"One-hot rows become labels by {name}.argmax(axis=1), one row alone is {name}[0]."
    return f"Look at where it was made: print({name}.shape)."


def floats(name, value, axes, sizes):
    array = real(name, value, axes, sizes)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def finite(name, value, axes, sizes):
    array = real(name, value, axes, sizes)
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = array[~np.isfinite(array)]
        raise ValueError(
            f"{name} must hold finite numbers, but {bad.size} of {array.size} are not (the first is {bad[0]}). "
            "Look for a division by 0, a log of 0, or a learning rate that is too large."
        )
    return array


def probabilities(name, value, axes, sizes):
    array = finite(name, value, axes, sizes)
    low, high = array.min(), array.max()
    if low < 0 or high > 1 + 1e-5:
        raise ValueError(
            f"{name} must hold probabilities from 0 to 1, but goes from {low:.6g} to {high:.6g}. "
            f"Scores become probabilities by softmax({name})."
        )
    return array if array.dtype.kind == "f" else array.astype(np.float32)


def labels(name, value, axes, sizes):
    array = real(name, value, axes, sizes)
    if array.dtype.kind == "f":
        raise ValueError(f"{name} must hold whole numbers, but holds {array.dtype}. Convert it: {name}.astype(np.int64).")
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    k = sizes.get("k", math.inf)
    end = 1 << (8 * array.itemsize - (array.dtype.kind == "i"))
    if array.view(UNSIGNED[array.itemsize]).max() >= min(k, end):   # a negative number, read as unsigned, is a huge one
        wanted = f"labels from 0 to {k - 1}" if "k" in sizes else "labels of 0 or more"
        raise ValueError(
            f"{name} must hold {wanted}, but goes from {array.min()} to {array.max()}. "
            "Number the classes from 0, and check the number of classes."
        )
    return array


def targets(name, value, axes, sizes):
    array = value if isinstance(value, np.ndarray) else _as_array(name, value)
    if array.ndim == 1:
        return np.eye(sizes["k"], dtype=np.float32)[labels(name, array, axes[:1], sizes)]
    Y = probabilities(name, array.astype(np.float32) if array.dtype == bool else array, axes, sizes)
    off = np.abs(Y.sum(axis=1) - 1)
    if off.max() > 1e-4:
        row = int(off.argmax())
        raise ValueError(
            f"{name} must be one-hot, each row with the sum 1, but row {row} has the sum {Y[row].sum():.6g}. "
            "Make it from the labels: one_hot(labels)."
        )
    return Y


def rows(name, value, axes, sizes):
    if sizes.setdefault(axes[0], len(value)) != len(value):
        raise ValueError(
            f"{name} must have {sizes[axes[0]]} rows, one for each example, but has {len(value)}. Select the same rows of both."
        )
    return value


def float64(name, value, axes, sizes):
    if not isinstance(value, np.ndarray) or value.dtype != np.float64:
        kind = value.dtype if isinstance(value, np.ndarray) else type(value).__name__
        raise ValueError(
            f"{name} must be a float64 array, but is {kind}: rounding would hide the answer. "
            f"Convert it: np.asarray({name}, dtype=np.float64)."
        )
    return value


def size(name, value, axes, sizes):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}. Try {name}=10.")
    sizes.setdefault(axes[0], int(value))
    return int(value)


def batch(name, value, axes, sizes):
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(
            f"{name} must be a whole number of at least 1, or None for all at once, but is {value!r}. Try {name}=64."
        )
    return int(value)


def rate(name, value, axes=(), sizes=None):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a positive finite number, but is {value!r}. Try {name}=0.1.")
    return float(value)


def share(name, value, axes=(), sizes=None):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < 1:
        raise ValueError(f"{name} must be a number from 0 to below 1, but is {value!r}. Try {name}=0, which leaves it out.")
    return float(value)


def amount(name, value, axes=(), sizes=None):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < math.inf:
        raise ValueError(f"{name} must be a finite number of at least 0, but is {value!r}. Try {name}=0, which leaves it out.")
    return float(value)


KINDS = {
    "real": real,
    "floats": floats,
    "finite": finite,
    "probabilities": probabilities,
    "labels": labels,
    "targets": targets,
    "rows": rows,
    "float64": float64,
    "size": size,
    "batch": batch,
    "rate": rate,
    "share": share,
    "amount": amount,
}
