"""What a function accepts, said once above its body: the decorator ``checked``.

A check refuses an argument or lets it pass. It never converts one, so that the body that the
lessons show computes the same as the function. Nobody needs to read this file to understand the
network: it is where the error messages come from.
"""

import functools
import inspect
import math
import numbers
import re
import warnings
from collections.abc import Iterable

import numpy as np

NO_NUMBER = inspect.Parameter.empty, None          # as a parameter's default
LARGE, FAR = 64, 4                               # single standardised pixels are as large, but only bytes are so on average
SPEC = re.compile(r"(?P<kind>[a-z0-9]+)(?: \((?P<axes>[^)]*)\))?")


def checked(**contract):
    """Refuse wrong arguments before the body runs, so that the body can read as it was derived.

    Every keyword names a parameter and says what it must be: a kind and, for arrays, the
    axes. An axis that occurs twice must have the same size both times; ``...`` stands for
    any leading axes. A method's object may fix sizes in its ``dimensions`` (``{"d": 784}``).
    The order of the keywords has no effect: numbers are checked first, then arrays in the
    order of the parameters.

    ==============  ================================================================
    kind            accepts
    ==============  ================================================================
    real            an array of integers or floats with at least one entry; a number
                    where the axes are ``...`` alone
    floats          the same without integers, which would wrap around below 0
    finite          real, without NaN and infinity
    outputs         floats, without NaN and infinity
    images          uint8, which the network scales, or finite floats, which it takes as
                    they are; warns of floats that look like pixels from 0 to 255
    probabilities   outputs from 0 to 1
    labels          whole numbers, not negative, below k where k is known
    targets         rows that sum to 1: one-hot, or smoothed
    rows            an array of anything; its length is the size of its axis
    float64         an array of that type
    size            a positive whole number; ``size (k)`` also fixes k
    batch           a positive whole number, or None for everything at once
    rate            a positive finite number
    share           a number from 0 to below 1
    amount          a finite number of at least 0
    ==============  ================================================================

    Raises
    ------
    ValueError
        Says what was expected, what came, and what to try.

    Examples
    --------
    >>> @checked(X="real (n, d)", W="real (d, h)")
    ... def product(X, W):
    ...     return X @ W
    >>> product(np.ones((5, 2)), np.ones((3, 2)))
    Traceback (most recent call last):
    ValueError: product: W must have shape (d, h) with d = 2, but has shape (3, 2). It fits when transposed: W.T.
    """

    def decorate(function):
        parameters = inspect.signature(function).parameters
        order = list(parameters)
        where = function.__qualname__.removesuffix(".__init__")
        of_an_object = order[0] == "self" and function.__name__ != "__init__"
        number_rules, array_rules = [], []
        for name in sorted(contract, key=order.index):           # a ValueError where there is no such parameter
            kind, axes = SPEC.fullmatch(contract[name]).group("kind", "axes")
            axes = tuple(axes.replace(",", " ").split()) if axes else () if kind in NUMBERS else ("...",)
            rules = {**dict.fromkeys(NUMBERS, number_rules), **dict.fromkeys(ARRAYS, array_rules)}[kind]
            rules.append((order.index(name), name, parameters[name].default, kind, axes))

        @functools.wraps(function)
        def wrapper(*arguments, **named):
            sizes = dict(arguments[0].dimensions) if of_an_object else {}
            try:
                for position, name, default, kind, axes in number_rules + array_rules:
                    value = arguments[position] if position < len(arguments) else named.get(name, default)
                    if value is inspect.Parameter.empty:
                        continue                 # Python says itself that it is missing
                    if kind in NUMBERS:
                        NUMBERS[kind](name, value, *([] if default in NO_NUMBER else [default]))
                        sizes.update(dict.fromkeys(axes, value))
                    elif isinstance(value, np.ndarray | numbers.Number | np.generic):
                        ARRAYS[kind](name, value, axes, sizes)
                    else:
                        raise ValueError(_no_array(name, value, kind, axes, sizes))
            except ValueError as error:
                raise ValueError(f"{where}: {error}") from None
            return function(*arguments, **named)

        return wrapper

    return decorate


# --- arrays: each check takes the name, the value, its axes, and the sizes found so far, to which it adds -------------


def real(name, value, axes, sizes):
    array = np.asarray(value)
    if array.dtype.kind not in "fiu":
        raise ValueError(f"{name} must hold real numbers, but holds {array.dtype}. {_conversion(name, array)}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, but has shape {array.shape}. Look at the slice or mask that made it.")
    before = sizes.copy()
    if not _axes_fit(array.shape, axes, sizes):
        known = ", ".join(f"{axis} = {before[axis]}" for axis in axes if axis in before)
        wanted = f"({', '.join(axes)}{',' * (len(axes) == 1)})" + (f" with {known}" if known else "")
        raise ValueError(
            f"{name} must have shape {wanted}, but has shape {array.shape}. {_advice(name, array, axes, before)}"
        )
    return array


def kind_of(value):
    """Say what was given in place of an object."""
    return f"the class {value.__name__}" if isinstance(value, type) else f"a {type(value).__name__}"


def _no_array(name, value, kind, axes, sizes):
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
        ARRAYS[kind](made, array.astype(np.float64) if kind == "float64" else array, axes, dict(sizes))
    except ValueError as error:
        return f"{came}, and {error}"
    return f"{came}. Make one of it first: {made}."


def _conversion(name, array):
    """Advise on an array that does not hold real numbers."""
    if array.dtype.kind == "c":
        return f"Take its real part, or its size: {name}.real, np.abs({name})."
    for entry in array.ravel().tolist():
        try:
            float(entry)
        except (TypeError, ValueError):
            return f"Leave out what is no number, such as {entry!r}."
    return f"Convert it first: {name}.astype(np.float32)."


def _axes_fit(shape, axes, sizes):
    if axes[0] == "...":
        axes, leading = axes[1:], len(shape) - len(axes) + 1
        if leading < 0 or sizes.setdefault("...", shape[:leading]) != shape[:leading]:
            return False
        shape = shape[leading:]
    if len(shape) != len(axes):
        return False
    return all(sizes.setdefault(axis, size) == size for axis, size in zip(axes, shape, strict=True))


def _advice(name, array, axes, sizes):
    """Advise on an array of the wrong shape, beside the sizes that were known before."""
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
    return f"Look at where it was made: print({name}.shape)."


def _labels_of_a_matrix(name, array, n):
    """Advise on a matrix in place of n labels: one-hot or scores, in rows or in columns, or several columns of labels."""
    for axis, what in (1, "rows"), (0, "columns"):
        if n in (None, array.shape[1 - axis]):
            ones = ((array == 0) | (array == 1)).all() and (array.sum(axis=axis) == 1).all()
            if ones or (array.dtype.kind == "f" and (n or axis == 1)):
                return f"{'One-hot' if ones else 'Scores in'} {what} become labels by {name}.argmax(axis={axis})."
    if n in (None, len(array)):
        return f"One column of it may hold the labels: choose it, as in {name}[:, 0]."
    return f"Look at where it was made: print({name}.shape)."


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
            f"but holds {array.dtype} from {low} to {high}. {_scaling(name, array.dtype, int(low), int(high))}"
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


def _scaling(name, dtype, low, high):
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
        raise ValueError(f"{name} must hold whole numbers, but holds {array.dtype}. {_numbering(name, array)}")
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


def _numbering(name, array):
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


# --- numbers -----------------------------------------------------------------------------------------------------------


def size(name, value, usual=10):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}. Try {name}={usual}.")


def batch(name, value, usual=64):
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(
            f"{name} must be a whole number of at least 1, or None for all at once, but is {value!r}. Try {name}={usual}."
        )


def rate(name, value, usual=0.1):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a positive finite number, but is {value!r}. Try {name}={usual:g}.")


def share(name, value, usual=0):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < 1:
        raise ValueError(f"{name} must be a number from 0 to below 1, but is {value!r}. Try {name}={_usually(usual)}.")


def amount(name, value, usual=0):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < math.inf:
        raise ValueError(f"{name} must be a finite number of at least 0, but is {value!r}. Try {name}={_usually(usual)}.")


def _usually(usual):
    return f"{usual:g}" if usual else "0, which leaves it out"


ARRAY_CHECKS = real, floats, finite, outputs, images, probabilities, labels, targets, rows, float64
ARRAYS = {check.__name__: check for check in ARRAY_CHECKS}
NUMBERS = {check.__name__: check for check in (size, batch, rate, share, amount)}
