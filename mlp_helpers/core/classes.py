"""The classes that labels stand for: their numbers from 0, and their names."""

import warnings

import numpy as np

MOST_CLASSES = 10_000
IN_ORDER = "[class_names[label] for label in sorted(class_names)]"
RENUMBER = {                                     # by how many parts there are
    1: "Number the classes from 0 without gaps: np.unique(labels, return_inverse=True)[1].",
    2: "Number the classes from 0 without gaps, in both parts alike: classes = np.unique(np.append(labels, test_labels)); "
    "labels = np.searchsorted(classes, labels); test_labels = np.searchsorted(classes, test_labels).",
}


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
    if names is not None and (not np.iterable(names) or isinstance(names, dict | set)):
        advice = "Write the names in that order: ['cat', 'dog']."
        if isinstance(names, dict):
            words = bool(names) and isinstance(next(iter(names)), str)           # from names to labels
            advice = f"Put them in order: {'sorted(class_names, key=class_names.get)' if words else IN_ORDER}."
        raise ValueError(f"class_names must be a list in the order of the labels, but is a {type(names).__name__}. {advice}")
    given = None if names is None else tuple(map(str, names))
    if any(part.dtype.kind == "U" for part in parts):
        parts, names = _numbers_of_names([part.astype(str) for part in parts], given)
    else:
        names = _names_of_numbers(np.concatenate(parts), given, len(parts))
        parts = [part.astype(np.int64, copy=False) for part in parts]
    present = np.bincount(np.concatenate(parts), minlength=len(names)) > 0
    if given is None:
        return parts, tuple(name if here else f"{name} (no example)" for name, here in zip(names, present, strict=True))
    if lacking := [f"{label} ({names[label]})" for label in np.flatnonzero(~present) if names[label] not in ("", str(label))]:
        some = ", ".join(lacking[:10]) + " …" * (len(lacking) > 10)
        warnings.warn(f"No example has the label {some}. Check that each name stands at the place of its label.", stacklevel=3)
    return parts, names


def _numbers_of_names(parts, names):
    different = np.unique(np.concatenate(parts)).tolist()
    if len(different) > MOST_CLASSES:
        raise ValueError(
            f"labels hold {len(different)} different names, but at most {MOST_CLASSES} classes are possible. "
            "Look at whether another column holds the labels."
        )
    names = tuple(different) if names is None else names
    if unknown := [name for name in different if name not in names]:
        more = f"[*class_names, {', '.join(map(repr, unknown))}]" if len(unknown) <= 5 else "np.unique(labels)"
        raise ValueError(f"labels hold names that class_names do not: {', '.join(unknown[:5])}. Add them: class_names={more}.")
    numbers = {name: number for number, name in enumerate(names)}
    return [np.array([numbers[name] for name in part.tolist()], np.int64) for part in parts], names


def _names_of_numbers(labels, names, parts):
    if not len(labels):
        raise ValueError("there are no examples. Look at the slice or mask that made the labels.")
    low, high = int(labels.min()), int(labels.max())
    if low < 0:
        raise ValueError(f"labels go from {low} to {high}, but classes are numbered from 0. {RENUMBER[parts]}")
    if high >= MOST_CLASSES:
        raise ValueError(f"labels go from {low} to {high}, but at most {MOST_CLASSES} classes are possible. {RENUMBER[parts]}")
    if names is None:
        if high >= len(labels):
            raise ValueError(
                f"labels go from {low} to {high}, which is more classes than the {len(labels)} examples. {RENUMBER[parts]} "
                f"If the numbers are right, confirm them: class_names=range({high + 1})."
            )
        return tuple(map(str, range(high + 1)))
    if len(names) != high + 1:
        advice = "Give one name for each label from 0 on, in this order."
        if low > 0 and len(names) == high + 1 - low:
            advice = f"Put a name in front: class_names={[''] * low!r} + list(class_names)."
            advice += f" Or subtract: labels = np.subtract(labels, {low})"
            advice += f"; test_labels = np.subtract(test_labels, {low})." if parts == 2 else "."
        elif len(names) > high + 1:
            advice = f"Leave out the names of classes that have no example: class_names=class_names[:{high + 1}]."
        raise ValueError(f"there are {len(names)} class names, but the labels go from {low} to {high}. {advice}")
    return names
