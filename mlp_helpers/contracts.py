"""What a function accepts, said once above its body: the decorator ``checked``."""

import functools
import inspect
import math
import numbers
import re

import numpy as np

SPEC = re.compile(r"(?P<kind>[a-z]+)(?: \((?P<axes>[^)]*)\))?")
UNSIGNED = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


def checked(**contract):
    """Refuse wrong arguments before the body runs, so that the body can read as derived.

    Every keyword names a parameter and says what it must be: a kind and, for arrays, the
    axes. An axis that occurs twice must have the same size both times; ``...`` stands for
    any leading axes. A method's object may fix sizes in its ``dimensions`` (``{"d": 784}``).

    ==============  ================================================================
    kind            accepts
    ==============  ================================================================
    real            integers or floats, at least one
    floats          the same; integers become floats, as they would wrap around below 0
    finite          real, without NaN and infinity
    probabilities   finite, from 0 to 1
    labels          whole numbers, not negative, below k where k is known
    targets         labels (n,), which become one-hot, or rows that sum to 1 (n, k)
    size            a positive whole number; ``size (k)`` also fixes k
    batch           a positive whole number, or None for everything at once
    rate            a positive finite number
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
        rules = []
        for name, spec in contract.items():
            kind, axes = SPEC.fullmatch(spec).group("kind", "axes")
            axes = tuple(axes.replace(",", " ").split()) if axes else ("...",)
            rules.append((order.index(name), name, parameters[name].default, KINDS[kind], axes))

        @functools.wraps(function)
        def wrapper(*arguments, **named):
            sizes = arguments[0].dimensions.copy() if of_an_object else {}
            try:
                for position, name, default, check, axes in rules:
                    if position < len(arguments):
                        value = check(name, arguments[position], axes, sizes)
                        if value is not arguments[position]:
                            arguments = (*arguments[:position], value, *arguments[position + 1 :])
                    elif name in named:
                        named[name] = check(name, named[name], axes, sizes)
                    elif default is not inspect.Parameter.empty:
                        check(name, default, axes, sizes)
            except ValueError as error:
                raise ValueError(f"{where}: {error}") from None
            return function(*arguments, **named)

        return wrapper

    return decorate


def _real(name, value, axes, sizes):
    array = value if isinstance(value, np.ndarray) else _as_array(name, value)
    if array.dtype.kind not in "fiu":
        raise ValueError(
            f"{name} must hold real numbers, but holds {array.dtype}. Convert it first: {name}.astype(np.float32)."
        )
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, but has shape {array.shape}. Look at the slice or mask that made it.")
    if not _axes_fit(array.shape, axes, sizes):
        known = ", ".join(f"{axis} = {sizes[axis]}" for axis in axes if axis in sizes)
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
    if len(axes) == 1 and len(shape) == 2:
        return f"One-hot rows become labels by {name}.argmax(axis=1), one row alone is {name}[0]."
    return f"Look at where it was made: print({name}.shape)."


def _floats(name, value, axes, sizes):
    array = _real(name, value, axes, sizes)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def _finite(name, value, axes, sizes):
    array = _real(name, value, axes, sizes)
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = array[~np.isfinite(array)]
        raise ValueError(
            f"{name} must hold finite numbers, but {bad.size} of {array.size} are not (the first is {bad[0]}). "
            "Look for a division by 0, a log of 0, or a learning rate that is too large."
        )
    return array


def _probabilities(name, value, axes, sizes):
    array = _finite(name, value, axes, sizes)
    low, high = array.min(), array.max()
    if low < 0 or high > 1 + 1e-5:
        raise ValueError(
            f"{name} must hold probabilities from 0 to 1, but goes from {low:.6g} to {high:.6g}. "
            f"Scores become probabilities by softmax({name})."
        )
    return array if array.dtype.kind == "f" else array.astype(np.float32)


def _labels(name, value, axes, sizes):
    array = _real(name, value, axes, sizes)
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


def _targets(name, value, axes, sizes):
    array = value if isinstance(value, np.ndarray) else _as_array(name, value)
    if array.ndim == 1:
        return np.eye(sizes["k"], dtype=np.float32)[_labels(name, array, axes[:1], sizes)]
    Y = _probabilities(name, array.astype(np.float32) if array.dtype == bool else array, axes, sizes)
    off = np.abs(Y.sum(axis=1) - 1)
    if off.max() > 1e-4:
        row = int(off.argmax())
        raise ValueError(
            f"{name} must be one-hot, each row with the sum 1, but row {row} has the sum {Y[row].sum():.6g}. "
            "Make it from the labels: one_hot(labels)."
        )
    return Y


def _size(name, value, axes, sizes):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}. Try {name}=10.")
    sizes.setdefault(axes[0], int(value))
    return int(value)


def _batch(name, value, axes, sizes):
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(
            f"{name} must be a whole number of at least 1, or None for all at once, but is {value!r}. Try {name}=64."
        )
    return int(value)


def _rate(name, value, axes, sizes):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a positive finite number, but is {value!r}. Try {name}=0.1.")
    return float(value)


KINDS = {
    "real": _real,
    "floats": _floats,
    "finite": _finite,
    "probabilities": _probabilities,
    "labels": _labels,
    "targets": _targets,
    "size": _size,
    "batch": _batch,
    "rate": _rate,
}
