"""Arrays of what people have: tables and lists, labels in columns or as names, pixels as a csv file brings them."""

import numbers
from collections.abc import Iterable

import numpy as np

WHITE = 255                                      # of bytes; pixels up to 16 are of another kind


def image_array(value, name="images"):
    """Return the array of numbers that a list, a table or another library's array stands for."""
    array = _array(name, value)
    if array.dtype.kind == "O":                  # such as a table's columns of different types
        array = _array(name, array.tolist())
    if array.dtype.kind not in "biuf":
        entries = np.asarray(value, dtype=object).flat
        odd = next((entry for entry in entries if not isinstance(entry, numbers.Real)), array.dtype)
        advice = "Leave out what is no pixel, or put a number there."
        if isinstance(odd, str) and _is_number(odd):
            advice = f"Convert numbers that are text: np.asarray({name}, np.float32)."
        elif isinstance(odd, complex):
            advice = f"Take the real part, or the size: np.real({name}), np.abs({name})."
        raise ValueError(f"{name} must hold numbers, but hold {odd!r}. {advice}")
    return array


def label_array(value, n, name="labels"):
    """Return one label for each of n examples: whole numbers, or text where the labels are names.

    A column, a row and one-hot rows become a vector; whole numbers as floats, text or truth
    values become integers.
    """
    array = _array(name, value)
    if array.ndim == 2 and len(array) == n != array.size and _is_one_hot(array):
        array = array.argmax(axis=1)
    elif array.ndim > 1 and array.size in (n, max(array.shape)):
        array = array.ravel()
    elif array.ndim > 1:
        advice = f"Look at where they were made: np.shape({name})."
        if array.ndim == 2 and array.shape[1] == n != len(array):
            advice = f"Choose the row that holds them: np.asarray({name})[0]."
            if _is_one_hot(array.T):
                advice = f"One-hot columns become labels by np.argmax({name}, axis=0)."
        elif array.ndim == 2 and len(array) == n:
            advice = f"Choose the column that holds them: np.asarray({name})[:, 0]."
            if array.dtype.kind == "f" and np.allclose(array.sum(axis=1), 1):
                advice = f"Probabilities become labels by np.argmax({name}, axis=1)."
        raise ValueError(f"{name} must be one for each of the {n} images, but have shape {array.shape}. {advice}")
    if array.dtype.kind == "O":
        kind = str if len(array) and isinstance(array[0], str) else numbers.Number
        for row, entry in enumerate(array):
            if not isinstance(entry, kind):
                raise ValueError(
                    f"{name} must all be whole numbers or all names, but row {row} holds {entry!r}. "
                    "Leave such rows out, of the images too, or write all of them in the same way."
                )
        try:
            array = array.astype(str if kind is str else np.float64)
        except (ValueError, TypeError, OverflowError) as error:
            raise ValueError(
                f"{name} must number the classes from 0 on, but hold other numbers ({error}). Look at their column."
            ) from None
    if array.dtype.kind in "SU":
        try:
            array = array.astype(np.float64)
        except ValueError:                       # they are names
            return np.char.decode(array, "utf-8", "replace") if array.dtype.kind == "S" else array
    if array.dtype.kind == "b":
        return array.astype(np.int64)
    if array.dtype.kind == "f":
        return _whole(name, array)
    if array.dtype.kind not in "iu":
        raise ValueError(
            f"{name} must be whole numbers or names, but are {array.dtype}. "
            f"Take them as names: np.asarray({name}).astype(str)."
        )
    return array


def check_lengths(images, labels, names=("images", "labels")):
    """Refuse images that are not as many as their labels."""
    if len(images) != len(labels):
        advice = "Take both from the same files, and select the same rows of both."
        if images.ndim > 1 and images.shape[-1] == len(labels):
            advice = f"The images seem to be along the last axis. Put them first: np.moveaxis({names[0]}, -1, 0)."
        elif images.ndim == len(labels) == 1:
            advice = f"A single image is a matrix of one row: np.reshape({names[0]}, (1, -1))."
        raise ValueError(f"there are {len(images)} {names[0]} but {len(labels)} {names[1]}. {advice}")


def network_images(parts):
    """Return images, flattened, as a network takes them: pixels from 0 to 255 as bytes, all others as they are.

    All parts (to learn from, to test on) are converted alike.
    """
    names = ("images", "test_images")[: len(parts)]
    for name, part in zip(names, parts, strict=True):
        if part.ndim < 2 or not part.size:
            advice = f"Look at the slice or mask that made them: np.shape({name})."
            if part.ndim < 2 and part.size:
                advice = f"One pixel for each example is a column: np.reshape({name}, (-1, 1))."
            raise ValueError(f"{name} must have pixels for each example, but have shape {part.shape}. {advice}")
    parts = [part.reshape(len(part), -1) for part in parts]
    if len({part.shape[1] for part in parts}) > 1:
        sizes = " and ".join(str(part.shape[1]) for part in parts)
        raise ValueError(f"images to learn from and to test on have {sizes} pixels. Bring them to the same size.")
    for name, part in zip(names, parts, strict=True):
        if not np.isfinite(part).all():
            raise ValueError(
                f"{name} hold entries that are not finite (NaN: missing in the table). "
                f"Put another number there: np.where(np.isfinite({name}), {name}, 0)."
            )
    low, high = min(part.min() for part in parts), max(part.max() for part in parts)
    floats = all(part.dtype.kind == "f" for part in parts)
    if (low >= 0 and high <= 1) or (floats and (low < 0 or high <= 16)):
        return [part if part.dtype.kind == "f" else part.astype(np.float32) for part in parts]
    if low >= 0 and 16 < high <= WHITE and all(part.dtype.kind in "biu" or (part == np.floor(part)).all() for part in parts):
        return [part.astype(np.uint8, copy=False) for part in parts]
    if low < 0 and all(part.dtype == np.int8 for part in parts):
        raise ValueError(
            f"images hold bytes from {low} to {high}, but pixels go from 0 to {WHITE}. "
            f"They were read with a sign, and are pixels again by {_of_all('{}.view(np.uint8)', names)}."
        )
    white = f"np.divide({{}}, {max(high, -low):g})"
    if low < 0:
        raise ValueError(
            f"images hold whole numbers from {low:g} to {high:g}, but pixels go from 0 to {WHITE}. "
            f"Bring them to -1 to 1, all images alike: {_of_all(white, names)}."
        )
    raise ValueError(
        f"images go up to {high:g}, but pixels are whole numbers up to {WHITE} or numbers from 0 to 1. "
        f"Divide by what is white, all images alike, for example {_of_all(white, names)}."
    )


def _of_all(code, names):
    """Return code that changes an array, or that changes both."""
    return code.format(*names) if len(names) == 1 else "; ".join(f"{name} = {code.format(name)}" for name in names)


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def _array(name, value):
    if np.ma.is_masked(value):
        advice = f"Put a number there: {name}.filled(0)." if "images" in name else "Leave their rows out, of the images too."
        raise ValueError(f"{name} must have all their entries, but hide some behind a mask. {advice}")
    if hasattr(value, "toarray"):                # a sparse matrix
        value = value.toarray()
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, RuntimeError) as error:
        advice = "Give every row the same number of entries." if isinstance(value, list | tuple) else "Make a list of it first."
        raise ValueError(
            f"{name} must be an array, but NumPy makes none of this {type(value).__name__} ({str(error).rstrip('.')}). {advice}"
        ) from None
    if array.ndim == 0:
        if isinstance(value, numbers.Number):
            advice = "A single example is a slice: split[3:4] in place of split[3]."
        elif isinstance(value, dict) and value:
            advice = f"Choose one of its entries: {name}[{next(iter(value))!r}]."
        elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
            advice = f"Make a list of what it yields: list({name})."
        else:
            advice = "Give an array, a table or a list."
        raise ValueError(f"{name} must be an array with an entry for each example, but are one {type(value).__name__}. {advice}")
    return array


def _is_one_hot(array):
    return array.dtype.kind in "biuf" and ((array == 0) | (array == 1)).all() and (array.sum(axis=1) == 1).all()


def _whole(name, array):
    wrong = array != np.floor(array)             # true for NaN
    if wrong.any():
        raise ValueError(
            f"{name} must be whole numbers, but {wrong.sum()} of {array.size} are not "
            f"(row {wrong.argmax()} holds {array[wrong][0]:g}). Leave such rows out, of the images too."
        )
    if len(array) and np.abs(array).max() >= 2**53:
        raise ValueError(f"{name} go up to {np.abs(array).max():g}, but number the classes from 0 on. Look at their column.")
    return array.astype(np.int64)
