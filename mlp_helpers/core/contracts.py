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

import numpy as np

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
                        NUMBERS[kind](name, value)
                        sizes.update(dict.fromkeys(axes, value))
                    else:
                        ARRAYS[kind](name, value, axes, sizes)
            except ValueError as error:
                raise ValueError(f"{where}: {error}") from None
            return function(*arguments, **named)

        return wrapper

    return decorate


# --- arrays: each check takes the name, the value, its axes, and the sizes found so far, to which it adds -------------


def real(name, value, axes, sizes):
    array = _array(name, value)
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


def _array(name, value):
    """Return the array to look at; a number counts as one without axes."""
    if isinstance(value, np.ndarray):
        return value
    if isinstance(value, (numbers.Number, np.generic)):
        return np.asarray(value)
    if isinstance(value, (list, tuple)):
        try:
            np.asarray(value)
        except ValueError:
            raise ValueError(
                f"{name} must be an array, but is a {type(value).__name__} whose rows have different lengths. "
                "Give every row the same number of entries."
            ) from None
    raise ValueError(f"{name} must be an array, but is a {type(value).__name__}. Make one of it first: np.asarray({name}).")


def _axes_fit(shape, axes, sizes):
    if axes[0] == "...":
        axes, leading = axes[1:], len(shape) - len(axes) + 1
        if leading < 0 or sizes.setdefault("...", shape[:leading]) != shape[:leading]:
            return False
        shape = shape[leading:]
    if len(shape) != len(axes):
        return False
    return all(sizes.setdefault(axis, size) == size for axis, size in zip(axes, shape, strict=True))


def _advice(name, shape, axes, sizes):
    if len(axes) == 2:
        if len(shape) == 1 or math.prod(shape) == sizes.get(axes[1]):
            return f"A single example is a matrix of one row: {name}.reshape(1, -1)."
        if len(shape) > 2:
            return f"Flatten the images first: {name}.reshape(len({name}), -1)."
        if len(shape) == 2 and all(sizes.get(axis, size) == size for axis, size in zip(axes, shape[::-1], strict=True)):
            return f"It fits when transposed: {name}.T."
    if len(axes) == 1 and axes != ("...",) and len(shape) == 2:
        if shape[1] == 1 or (shape[0] == 1 and sizes.get(axes[0]) != 1):
            return f"A single row or column becomes a vector by {name}.ravel()."
        return f"One-hot rows become labels by {name}.argmax(axis=1), one row alone is {name}[0]."
    if len(axes) == 1 and axes != ("...",) and not shape:
        return f"A single one becomes a vector by np.atleast_1d({name})."
    return f"Look at where it was made: print({name}.shape)."


def floats(name, value, axes, sizes):
    array = real(name, value, axes, sizes)
    if array.dtype.kind != "f" and not isinstance(value, int):    # Python's own numbers do not wrap around
        raise ValueError(
            f"{name} must hold decimal numbers, but holds {array.dtype}. Convert it first: {name}.astype(np.float32)."
        )
    return array


def finite(name, value, axes, sizes):
    array = real(name, value, axes, sizes)
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = array[~np.isfinite(array)]
        raise ValueError(
            f"{name} must hold finite numbers, but {bad.size} of {array.size} are not (the first is {bad[0]}). "
            "Look for a division by 0, a log of 0, or a learning rate that is too large."
        )
    return array


def outputs(name, value, axes, sizes):
    floats(name, value, axes, sizes)
    return finite(name, value, axes, sizes)


def images(name, value, axes, sizes):
    array = finite(name, value, axes, sizes)
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
        warnings.warn(
            f"{name} holds decimal numbers from {low:.6g} to {high:.6g}, which are taken as they are. Pixels from 0 to 255 "
            f"are scaled to 0 to 1 only as uint8: {name}.astype(np.uint8). Or divide them: {name} / 255.",
            stacklevel=3,
        )


def _scaling(name, dtype, low, high):
    """Advise on integers that are no uint8."""
    if low >= -1 and high <= 1:
        return f"Convert it first: {name}.astype(np.float32)."
    if dtype == np.int8 and low < 0:
        return f"Bytes that were read with a sign are pixels again by {name}.view(np.uint8)."
    if low < 0:
        return f"Bring them to -1 to 1: {name} / {max(-low, high)}."
    if high > 255:
        return f"Bring them to 0 to 1: {name} / {2 ** high.bit_length() - 1}."
    pixels = f"Pixels from 0 to 255: {name}.astype(np.uint8)."
    return pixels if high > 127 else f"{pixels} Numbers from 0 to {high}: {name} / {high}."


def probabilities(name, value, axes, sizes):
    _from_0_to_1(name, outputs(name, value, axes, sizes))


def _from_0_to_1(name, array):
    low, high = array.min(), array.max()
    if low < 0 or high > 1 + 1e-5:
        raise ValueError(
            f"{name} must hold probabilities from 0 to 1, but goes from {low:.6g} to {high:.6g}. "
            f"Scores become probabilities by softmax({name})."
        )


def labels(name, value, axes, sizes):
    array = _array(name, value)
    if array.dtype.kind not in "fiu":
        raise ValueError(f"{name} must hold whole numbers, but holds {array.dtype}. {_numbering(name, array)}")
    real(name, array, axes, sizes)
    if array.dtype.kind == "f":
        raise ValueError(f"{name} must hold whole numbers, but holds {array.dtype}. {_numbering(name, array)}")
    low, high = array.min(), array.max()
    if low < 0 or high >= sizes.get("k", math.inf):
        wanted = f"labels from 0 to {sizes['k'] - 1}" if "k" in sizes else "labels of 0 or more"
        shifted = f"Number the classes from 0: {name} - {low}."
        raise ValueError(
            f"{name} must hold {wanted}, but goes from {low} to {high}. "
            + (shifted if 0 < low == high - sizes["k"] + 1 else "Number the classes from 0, and check the number of classes.")
        )


def _numbering(name, array):
    """Advise on labels that are no integers."""
    try:
        values = array.astype(np.float64)
    except (TypeError, ValueError):
        return f"Words become numbers by np.unique({name}, return_inverse=True)[1]."
    whole = np.isfinite(values) & (values == np.floor(values))
    if whole.all():
        return f"Convert it: {name}.astype(np.int64)."
    return f"Leave out what is not whole, such as {values[~whole][0]}."


def targets(name, value, axes, sizes):
    array = _array(name, value)
    if array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1 != sizes[axes[1]]):
        vector = name if array.ndim == 1 else f"{name}.ravel()"
        whole = vector if array.dtype.kind in "iu" else f"{vector}.astype(np.int64)"
        raise ValueError(
            f"{name} must be one-hot, a row of {sizes[axes[1]]} for each example, but is labels of shape {array.shape}. "
            f"Make it from them: one_hot({whole}, {sizes[axes[1]]})."
        )
    array = finite(name, array.view(np.uint8) if array.dtype == bool else array, axes, sizes)
    _from_0_to_1(name, array)
    off = np.abs(array.sum(axis=1) - 1)
    if off.max() > 1e-4:
        row = int(off.argmax())
        raise ValueError(
            f"{name} must be one-hot, each row with the sum 1, but row {row} has the sum {array[row].sum():.6g}. "
            "Make it from the labels: one_hot(labels)."
        )


def rows(name, value, axes, sizes):
    _array(name, value)
    if sizes.setdefault(axes[0], len(value)) != len(value):
        raise ValueError(
            f"{name} must have {sizes[axes[0]]} rows, one for each example, but has {len(value)}. Select the same rows of both."
        )


def float64(name, value, axes, sizes):
    if not isinstance(value, np.ndarray) or value.dtype != np.float64:
        kind = value.dtype if isinstance(value, np.ndarray) else type(value).__name__
        raise ValueError(
            f"{name} must be a float64 array, but is {kind}: rounding would hide the answer. "
            f"Convert it: np.asarray({name}, dtype=np.float64)."
        )


# --- numbers -----------------------------------------------------------------------------------------------------------


def size(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}. Try {name}=10.")


def batch(name, value):
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(
            f"{name} must be a whole number of at least 1, or None for all at once, but is {value!r}. Try {name}=64."
        )


def rate(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a positive finite number, but is {value!r}. Try {name}=0.1.")


def share(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < 1:
        raise ValueError(f"{name} must be a number from 0 to below 1, but is {value!r}. Try {name}=0, which leaves it out.")


def amount(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < math.inf:
        raise ValueError(f"{name} must be a finite number of at least 0, but is {value!r}. Try {name}=0, which leaves it out.")


ARRAY_CHECKS = real, floats, finite, outputs, images, probabilities, labels, targets, rows, float64
ARRAYS = {check.__name__: check for check in ARRAY_CHECKS}
NUMBERS = {check.__name__: check for check in (size, batch, rate, share, amount)}
