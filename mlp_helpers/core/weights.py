"""What a file must hold to be a network: all arrays, of the right shapes, of finite numbers.

Everything is looked at before anything is made of it. Other people's weights often need no more than a
transposition or another name, and the errors say which.
"""

import itertools
import math
import numbers
import re

import numpy as np

CHANGED = "dict(np.load(path)) reads the arrays, and MLP.from_arrays takes the changed arrays."
READ_OFF = f"Without an architecture the sizes are read off the weights: del arrays['architecture']. {CHANGED}"
WIDE = "A network of float64 holds larger ones: W1.astype(np.float64)."


def network_dtype(arrays):
    """Return the type in which a network with these weights computes: that of W1, and float32 for half precision.

    Raises
    ------
    KeyError
        When there is no W1.
    ValueError
        When it does not hold float32, float64 or, which both contain, float16.
    """
    dtype = arrays["W1"].dtype
    if dtype.kind != "f" or dtype.itemsize > 8:
        other = "np.float64" if dtype.kind == "f" else "np.float32"
        raise ValueError(f"dtype must be float32 or float64, but is {dtype} in W1. Convert it: W1.astype({other}). {CHANGED}")
    return np.dtype(np.float64 if dtype.itemsize == 8 else np.float32)       # in this machine's order of bytes


def sizes_of(arrays):
    """Read the sizes of a network off its weights W1, W2 …; where they only fit together transposed, those that were meant.

    Raises
    ------
    KeyError, ValueError
        When a matrix is missing, or is none.
    """
    names = [name for name in arrays if re.fullmatch(r"W\d+", name)]
    if "W0" in arrays:
        places = (f"{name} becomes {name[0]}{int(name[1:]) + 1}" for name in arrays if re.fullmatch(r"[Wb]\d+", name))
        raise ValueError(f"the weights are counted from 0, but must be from 1: {', '.join(places)}. {CHANGED}")
    shapes = [arrays[f"W{i}"].shape for i in range(1, max(len(names), 1) + 1)]
    for i, shape in enumerate(shapes, 1):
        if len(shape) != 2:
            advice = "Only networks whose layers are matrices can be read."
            if len(shape) == 1:
                advice = f"A single output is a column, a single input a row: W{i}.reshape(-1, 1), W{i}.reshape(1, -1). {CHANGED}"
            raise ValueError(
                f"W{i} must be a matrix, from the units of a layer to those of the next, but has shape {shape}. {advice}"
            )
    biases = [arrays[f"b{i}"].size if f"b{i}" in arrays else None for i in range(1, len(shapes) + 1)]
    turned = [shape[::-1] for shape in shapes]
    chosen = turned if _chained(turned, biases) and not _chained(shapes, biases) else shapes
    return [chosen[0][0], *(shape[1] for shape in chosen)]


def _chained(shapes, biases):
    """Say whether each matrix begins where the one before it ends, and has as many columns as there are biases."""
    return all(one[1] == other[0] for one, other in itertools.pairwise(shapes)) and all(
        bias in (None, shape[1]) for shape, bias in zip(shapes, biases, strict=True)
    )


def wanted_shapes(sizes, batch_norm):
    """Return the shapes of a network's parameters and running statistics by name, without making it.

    Raises
    ------
    ValueError
        When the sizes are none.
    """
    if not isinstance(sizes, list) or len(sizes) < 2:
        raise ValueError(f"sizes must name the inputs and the classes, but is {sizes!r}. {READ_OFF}")
    if not isinstance(batch_norm, bool):
        raise ValueError(f"batch_norm must be true or false, but is {batch_norm!r}. {READ_OFF}")
    check_sizes(sizes, READ_OFF)
    shapes = {}
    for i, (d, h) in enumerate(itertools.pairwise(sizes), 1):
        normed = batch_norm and i < len(sizes) - 1
        kept = ("gamma", "beta", "mean", "variance") if normed else ("b",)
        shapes |= {f"W{i}": (d, h)} | {f"{name}{i}": (h,) for name in kept}
    return shapes


def check_sizes(sizes, advice):
    """Refuse numbers of units that are none."""
    for each in sizes:
        if isinstance(each, bool) or not isinstance(each, numbers.Integral) or each < 1:
            raise ValueError(f"sizes must hold whole numbers of at least 1, but one is {each!r}. {advice}")


def check_state(arrays, shapes, dtype):
    """Refuse arrays that are not those of a network with such shapes.

    Raises
    ------
    KeyError
        When one is missing.
    ValueError
    """
    misfits = {name: shape for name, shape in shapes.items() if arrays[name].shape != shape}
    if misfits:
        name, shape = next(iter(misfits.items()))
        raise ValueError(f"{name} must have shape {shape}, but has {arrays[name].shape}. {_remedy(arrays, misfits)}")
    if unknown := arrays.keys() - shapes.keys():
        raise ValueError(f"it also holds {', '.join(sorted(unknown))}. Leave it out. {CHANGED}")
    for name in shapes:
        check_finite(name, arrays[name], dtype)
        if name.startswith("variance") and (negative := int((arrays[name] < 0).sum())):
            raise ValueError(f"{name} holds {_values(negative)} below 0, which no variance is. Take an undamaged copy.")


def check_finite(name, array, dtype):
    """Refuse an array that does not hold decimal numbers, all finite and within the range of the type."""
    if array.dtype.kind != "f":
        raise ValueError(f"{name} must hold decimal numbers, but holds {array.dtype}. Convert it: {name}.astype(np.{dtype}).")
    if bad := array.size - int(np.isfinite(array).sum()):
        raise ValueError(f"{name} holds {_values(bad)} not finite. Train a new network, in smaller steps.")
    if large := int((np.abs(array) > np.finfo(dtype).max).sum()):
        raise ValueError(f"{name} holds {_values(large)} too large for {dtype}. {WIDE}")


def _values(count):
    return f"{count} value that is" if count == 1 else f"{count} values that are"


def _remedy(arrays, misfits):
    """Return what makes the arrays fit, if that is to turn them round or to take an axis off."""
    remedies = []
    for name, shape in misfits.items():
        if arrays[name].shape[::-1] == shape and len(shape) == 2:
            remedies.append(f"{name}.T")
        elif arrays[name].size == math.prod(shape) and len(shape) == 1:
            remedies.append(f"{name}.ravel()")
        else:
            return "Look at which of them is of another network."
    turned = "transposed" if any(remedy.endswith(".T") for remedy in remedies) else "flat"
    return f"It fits when {turned}: {', '.join(remedies)}. {CHANGED}"
