"""What a function accepts, said once above its body: the decorator ``checked``.

A check refuses an argument or lets it pass. It never converts one, so that the body that the
lessons show computes the same as the function.
"""

import functools
import inspect
import math
import numbers
import re

import numpy as np

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
        for name in filter(contract.__contains__, order):
            kind, axes = SPEC.fullmatch(contract[name]).group("kind", "axes")
            axes = tuple(axes.replace(",", " ").split()) if axes else ("...",)
            rules = number_rules if kind in NUMBERS else array_rules
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
                        sizes[axes[0]] = value
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
        names = "" if array.dtype == bool else f" Names are numbered by np.unique({name}, return_inverse=True)[1]."
        raise ValueError(f"{name} must hold whole numbers, but holds {array.dtype}. Convert it: {name}.astype(np.int64).{names}")
    array = real(name, value, axes, sizes)
    if array.dtype.kind == "f":
        odd = array[array != np.floor(array)]    # NaN too
        advice = f"Leave out what is not whole, such as {odd[0]}." if odd.size else f"Convert it: {name}.astype(np.int64)."
        raise ValueError(f"{name} must hold whole numbers, but holds {array.dtype}. {advice}")
    if array.min() < 0 or array.max() >= sizes.get("k", math.inf):
        wanted = f"labels from 0 to {sizes['k'] - 1}" if "k" in sizes else "labels of 0 or more"
        raise ValueError(
            f"{name} must hold {wanted}, but goes from {array.min()} to {array.max()}. "
            "Number the classes from 0, and check the number of classes."
        )


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


ARRAYS = {check.__name__: check for check in (real, floats, finite, outputs, probabilities, labels, targets, rows, float64)}
NUMBERS = {check.__name__: check for check in (size, batch, rate, share, amount)}
