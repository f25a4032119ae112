"""What an array must be: each check takes the name, the value, its axes, and the sizes found so far, to which it adds."""

import copy
import math
import warnings
from collections.abc import Iterable

import numpy as np

from .array_advice import conversion, kind_of, numbering, reshaping, scaling, where_made

LARGE, FAR = 64, 4                               # single standardised pixels are as large, but only bytes are so on average


class Sizes(dict):
    """The sizes of axes, and in ``seen_in`` the argument in which each was first seen."""

    def __init__(self, sizes=()):
        super().__init__(sizes)
        self.seen_in = {}

    def others(self, name, axes):
        """Return the other arguments that share one of these axes with an argument."""
        return [other for other in dict.fromkeys(self.seen_in.get(axis, name) for axis in axes) if other != name]


def real(name, value, axes, sizes):
    array = np.asarray(value)
    if array.dtype.kind not in "fiu":
        raise ValueError(f"{name} must hold real numbers, but holds {array.dtype}. {conversion(name, array)}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, but has shape {array.shape}. Look at the slice or mask that made it.")
    before = dict(sizes)
    if not _axes_fit(array.shape, axes, sizes):
        advice = reshaping(name, array, axes, before) or where_made(name, *sizes.others(name, axes))
        raise ValueError(f"{name} must have {_wanted(axes, before, sizes.seen_in)}, but has shape {array.shape}. {advice}")
    for axis in axes:
        sizes.seen_in.setdefault(axis, name)
    return array


def floats(name, value, axes, sizes):
    array = real(name, value, axes, sizes)
    if array.dtype.kind != "f" and not isinstance(value, int):    # Python's own numbers do not wrap around
        raise ValueError(
            f"{name} must hold decimal numbers, but holds {array.dtype}. Convert it first: {name}.astype(np.float32)."
        )
    return array


def finite(name, value, axes, sizes, advice="Look for a division by 0, a log of 0, or a learning rate that is too large."):
    array = real(name, value, axes, sizes)
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = array[~np.isfinite(array)]
        raise ValueError(
            f"{name} must hold finite numbers, but {bad.size} of {array.size} are not (the first is {bad[0]}). {advice}"
        )
    return array


def outputs(name, value, axes, sizes):
    floats(name, value, axes, sizes)
    return finite(name, value, axes, sizes)


def images(name, value, axes, sizes):
    array = finite(name, value, axes, sizes, f"Put another number there: np.where(np.isfinite({name}), {name}, 0).")
    low, high = array.min(), array.max()
    if array.dtype.kind in "iu" and array.dtype != np.uint8:
        raise ValueError(
            f"{name} must hold pixels as uint8, from 0 to 255, or decimal numbers, which are taken as they are, "
            f"but holds {array.dtype} from {low} to {high}. {scaling(name, array.dtype, int(low), int(high))}"
        )
    if array.dtype == np.uint8 and high == 1:
        raise ValueError(
            f"{name} must hold pixels from 0 to 255 where it is uint8, but holds only 0 and 1, which would become 0 and 1/255. "
            f"Convert it first: {name}.astype(np.float32)."
        )
    if array.dtype.kind == "f" and max(high, -low) > LARGE and np.abs(array, dtype=np.float64).mean() > FAR:
        advice = f"Divide them by what is white: {name} / {max(high, -low):.6g}."
        if low >= 0 and high <= 255:
            advice = f"Pixels are scaled to 0 to 1 only as uint8: {name}.astype(np.uint8). Or divide them: {name} / 255."
        warnings.warn(
            f"{name} holds decimal numbers from {low:.6g} to {high:.6g}, which are taken as they are. {advice}", stacklevel=3
        )


def probabilities(name, value, axes, sizes):
    array = outputs(name, value, axes, sizes)
    low, high = array.min(), array.max()
    if low < 0 or high > 1 + 1e-5:
        advice = f"Scores become probabilities by softmax({name})."
        if low >= 0 and np.allclose(array.sum(axis=-1), 100, atol=1):
            advice = f"Per cent become probabilities by {name} / {name}.sum(axis=-1, keepdims=True)."
        raise ValueError(f"{name} must hold probabilities from 0 to 1, but goes from {low:.6g} to {high:.6g}. {advice}")


def labels(name, value, axes, sizes):
    array = np.asarray(value)
    if array.dtype.kind in "fiub":
        real(name, array.view(np.uint8) if array.dtype == bool else array, axes, sizes)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold whole numbers, but holds {array.dtype}. {numbering(name, array)}")
    real(name, array, axes, sizes)
    low, high = array.min(), array.max()
    if low < 0 or high >= sizes.get("k", math.inf):
        wanted = f"labels from 0 to {sizes['k'] - 1}" if "k" in sizes else "labels of 0 or more"
        advice = f"Number the classes from 0, or make room for {int(high) + 1} classes."
        if low < 0:
            advice = "Number the classes from 0, and leave out examples without a class."
        elif low == high - sizes["k"] + 1:
            advice = f"Number the classes from 0: {name} - {low}."
        raise ValueError(f"{name} must hold {wanted}, but goes from {low} to {high}. {advice}")


def targets(name, value, axes, sizes):
    array, k = np.asarray(value), sizes[axes[1]]
    if array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1 != k):
        vector = name if array.ndim == 1 else f"{name}.ravel()"
        whole = vector if array.dtype.kind in "iu" else f"{vector}.astype(np.int64)"
        raise ValueError(
            f"{name} must be one-hot, a row of {k} for each example, but is labels of shape {array.shape}. "
            f"Make it from them: one_hot({whole}, {k})."
        )
    if array.ndim == 2 and array.shape[1] > k and not array[:, k:].any():
        raise ValueError(
            f"{name} must have shape (n, k) with k = {k}, but has shape {array.shape}. "
            f"Leave out its last columns, which are empty: {name}[:, :{k}]."
        )
    array = finite(name, array.view(np.uint8) if array.dtype == bool else array, axes, sizes)
    off = np.abs(array.sum(axis=1) - 1)
    if array.min() < 0 or array.max() > 1 + 1e-5 or off.max() > 1e-4:
        row = int(np.maximum(off, np.abs(array).max(axis=1) - 1).argmax())
        advice = f"Make it from the labels: one_hot(labels, {k})."
        if ((array == array.max()).sum(axis=1) == 1).all():      # other numbers in place of 0 and 1
            advice = f"Make it anew: one_hot({name}.argmax(axis=1), {k})."
        raise ValueError(
            f"{name} must be one-hot, numbers from 0 to 1 with the sum 1 in each row, "
            f"but row {row} goes from {array[row].min():.6g} to {array[row].max():.6g} and has the sum {array[row].sum():.6g}. "
            f"{advice}"
        )


def rows(name, value, axes, sizes):
    if np.ndim(value) == 0:
        raise ValueError(
            f"{name} must have a row for each example, but is a single number. Make an array of it first: np.atleast_1d({name})."
        )
    if sizes.setdefault(axes[0], len(value)) != len(value):
        raise ValueError(
            f"{name} must have {sizes[axes[0]]} rows, one for each example, but has {len(value)}. Select the same rows of both."
        )


def float64(name, value, axes, sizes):
    if not isinstance(value, np.ndarray) or value.dtype != np.float64:
        kind = getattr(value, "dtype", type(value).__name__)
        raise ValueError(
            f"{name} must be a float64 array, but is {kind}: rounding would hide the answer. "
            f"Convert it: np.asarray({name}, dtype=np.float64)."
        )


def _wanted(axes, sizes, seen_in):
    """Say which shape is wanted, and which arguments fixed its sizes."""
    origins = {axis: f" as in {seen_in[axis]}" if axis in seen_in else "" for axis in axes}
    if axes == ("...",):
        return f"shape {sizes['...']}{origins['...']}"
    known = [f"{axis.replace('...', 'leading axes')} = {sizes[axis]}{origins[axis]}" for axis in axes if axis in sizes]
    return f"shape ({', '.join(axes)}{',' * (len(axes) == 1)})" + f" with {', '.join(known)}" * bool(known)


def _axes_fit(shape, axes, sizes):
    if axes[0] == "...":
        axes, leading = axes[1:], len(shape) - len(axes) + 1
        if leading < 0 or sizes.setdefault("...", shape[:leading]) != shape[:leading]:
            return False
        shape = shape[leading:]
    if len(shape) != len(axes):
        return False
    return all(sizes.setdefault(axis, size) == size for axis, size in zip(axes, shape, strict=True))


def no_array(name, value, kind, axes, sizes):
    """Say what was given in place of an array, and how one is made of it that passes."""
    came = f"{name} must be an array, but is {'None' if value is None else kind_of(value)}"
    if value is None:
        return f"{came}. Look at the function that made it: without a return it gives None."
    if hasattr(value, "images") and hasattr(value, "labels"):
        return f"{came}. Take what it holds: {name}.{'labels' if kind == 'labels' else 'images'}."
    if hasattr(value, "train") and hasattr(value, "validation"):
        return f"{came}. Take what one of its splits holds: {name}.validation.{'labels' if kind == 'labels' else 'images'}."
    if isinstance(value, dict) and value:
        return f"{came}. Choose one of its entries: {name}[{next(iter(value))!r}]."
    if isinstance(value, Iterable) and not isinstance(value, str | bytes) and not hasattr(value, "__len__"):
        return f"{came}. Make one of what it yields: np.asarray(list({name}))."
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return f"{came} whose rows have different lengths. Give every row the same number of entries."
    if array.ndim == 0:
        return f"{came}. Give the array itself, not what stands for it."
    made = f"np.asarray({name}{', dtype=np.float64' if kind == 'float64' else ''})"
    try:
        ARRAYS[kind](made, array.astype(np.float64) if kind == "float64" else array, axes, copy.copy(sizes))
    except ValueError as error:
        return f"{came}, and {error}"
    return f"{came}. Make one of it first: {made}."


ARRAY_CHECKS = real, floats, finite, outputs, images, probabilities, labels, targets, rows, float64
ARRAYS = {check.__name__: check for check in ARRAY_CHECKS}
