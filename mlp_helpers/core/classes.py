"""The classes that labels stand for: their numbers from 0, and their names."""

import warnings

import numpy as np

MOST_CLASSES = 10_000
RENUMBER = "Number the classes from 0 without gaps: np.unique(labels, return_inverse=True)[1]."


def number_classes(parts, names=None):
    """Return the labels of each part as whole numbers, and the names of the classes, one for each number from 0.

    Parameters
    ----------
    parts : list of arrays
        Labels to learn from, labels to test on: whole numbers, or text.
    names : sequence of str, optional
        By default the labels themselves.

    Examples
    --------
    >>> number_classes([np.array(["dog", "cat"]), np.array(["dog"])])
    ([array([1, 0]), array([1])], ('cat', 'dog'))
    """
    if isinstance(names, dict | set):
        raise ValueError(
            f"class_names must be a list in the order of the labels, but is a {type(names).__name__}. "
            "Of a dictionary: [names[label] for label in range(len(names))]."
        )
    given = None if names is None else tuple(map(str, names))
    if any(part.dtype.kind == "U" for part in parts):
        parts, names = _numbers_of_names([part.astype(str) for part in parts], given)
    else:
        names = _names_of_numbers(np.concatenate(parts), given)
        parts = [part.astype(np.int64, copy=False) for part in parts]
    present = np.bincount(np.concatenate(parts), minlength=len(names)) > 0
    if given is None:
        return parts, tuple(name if here else f"{name} (no example)" for name, here in zip(names, present, strict=True))
    if lacking := [f"{label} ({names[label]})" for label in np.flatnonzero(~present) if names[label]]:
        some = ", ".join(lacking[:10]) + " …" * (len(lacking) > 10)
        warnings.warn(f"No example has the label {some}. Check that each name stands at the place of its label.", stacklevel=3)
    return parts, names


def _numbers_of_names(parts, names):
    different = np.unique(np.concatenate(parts)).tolist()
    if len(different) > MOST_CLASSES:
        raise ValueError(f"labels hold {len(different)} different names, but at most {MOST_CLASSES} classes are possible.")
    names = tuple(different) if names is None else names
    if unknown := [name for name in different if name not in names]:
        raise ValueError(f"labels hold names that class_names do not: {', '.join(unknown[:5])}. Add them to class_names.")
    numbers = {name: number for number, name in enumerate(names)}
    return [np.array([numbers[name] for name in part.tolist()], np.int64) for part in parts], names


def _names_of_numbers(labels, names):
    if not len(labels):
        raise ValueError("there are no examples. Look at the slice or mask that made the labels.")
    low, high = int(labels.min()), int(labels.max())
    if low < 0:
        raise ValueError(f"labels go from {low} to {high}, but classes are numbered from 0. {RENUMBER}")
    if high >= MOST_CLASSES:
        raise ValueError(f"labels go from {low} to {high}, but at most {MOST_CLASSES} classes are possible. {RENUMBER}")
    if names is None:
        if high >= len(labels):
            raise ValueError(
                f"labels go from {low} to {high}, which is more classes than the {len(labels)} examples. {RENUMBER} "
                f"If the numbers are right, confirm them: class_names=range({high + 1})."
            )
        return tuple(map(str, range(high + 1)))
    if len(names) != high + 1:
        advice = "Give one name for each label from 0 on, in this order."
        if low > 0 and len(names) == high + 1 - low:
            advice = f"Subtract {low} from the labels, or put a name in front: class_names={[''] * low!r} + list(names)."
        elif len(names) > high + 1:
            advice = f"Leave out the names of classes that have no example: class_names=names[:{high + 1}]."
        raise ValueError(f"there are {len(names)} class names, but the labels go from {low} to {high}. {advice}")
    return names
