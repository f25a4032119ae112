"""Arrays of what people have: tables and lists, labels in columns or as names, pixels as a csv file brings them."""

import numbers

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
        if isinstance(odd, str):
            advice = f"Leave out what is no pixel, and convert numbers that are text: {name}.astype(np.float32)."
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
        raise ValueError(
            f"{name} must be one for each of the {n} images, but have shape {array.shape}. Choose their column: {name}[:, 0]."
        )
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
            raise ValueError(f"{name} must number the classes from 0 on, but hold other numbers ({error}).") from None
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
        raise ValueError(f"{name} must be whole numbers or names, but are {array.dtype}. Number the classes from 0.")
    return array


def network_images(parts):
    """Return images, flattened, as a network takes them: pixels from 0 to 255 as bytes, all others as they are.

    All parts (to learn from, to test on) are converted alike.
    """
    if any(part.ndim < 2 for part in parts) or not all(part.size for part in parts):
        raise ValueError(
            f"images must have pixels for each example, but have shape {' and '.join(str(part.shape) for part in parts)}. "
            "A single image is a matrix of one row: images.reshape(1, -1)."
        )
    parts = [part.reshape(len(part), -1) for part in parts]
    if len({part.shape[1] for part in parts}) > 1:
        sizes = " and ".join(str(part.shape[1]) for part in parts)
        raise ValueError(f"images to learn from and to test on have {sizes} pixels. Bring them to the same size.")
    low, high = np.min([part.min() for part in parts]), np.max([part.max() for part in parts])           # NaN where one is NaN
    if not np.isfinite(low) or not np.isfinite(high):
        raise ValueError(
            "images hold entries that are not finite (NaN: missing in the table). "
            "Put another number there: np.where(np.isfinite(images), images, 0)."
        )
    floats = all(part.dtype.kind == "f" for part in parts)
    if (low >= 0 and high <= 1) or (floats and (low < 0 or high <= 16)):
        return [part if part.dtype.kind == "f" else part.astype(np.float32) for part in parts]
    if low < 0:
        raise ValueError(
            f"images hold whole numbers from {low:g} to {high:g}, but pixels go from 0 to {WHITE}. "
            "To take them as they are: images.astype(np.float32)."
        )
    if 16 < high <= WHITE and all(part.dtype.kind in "biu" or (part == np.floor(part)).all() for part in parts):
        return [part.astype(np.uint8, copy=False) for part in parts]
    raise ValueError(
        f"images go up to {high:g}, but pixels are whole numbers up to {WHITE} or numbers from 0 to 1. "
        f"Divide by what is white, all images alike, for example images / {high:g}."
    )


def _array(name, value):
    if np.ma.is_masked(value):
        raise ValueError(
            f"{name} hide entries behind a mask. Leave their rows out, or put a number in the place of pixels: images.filled(0)."
        )
    if hasattr(value, "toarray"):                # a sparse matrix
        value = value.toarray()
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, RuntimeError) as error:
        advice = "Give every row the same number of entries." if isinstance(value, list | tuple) else "Convert it first."
        raise ValueError(
            f"{name} must be an array, but NumPy makes none of this {type(value).__name__} ({str(error).rstrip('.')}). {advice}"
        ) from None
    if array.ndim == 0:
        if isinstance(value, numbers.Number):
            advice = "A single example is a slice: split[3:4] in place of split[3]."
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
