"""Whether a result is right except for one class of entries: the negative ones, the diagonal, where a probability is 0."""

import inspect
import re

import numpy as np

from ..comparing import number

WIDEST = 1.3  # entries that a class may have for each of them that is wrong
WIDER = 1.05  # entries of a class by one argument for each of a class by two, which is harder to see
SEVERAL = 3  # cases, among those that were drawn, in which a comparison must tell right entries from others
EXAMPLES = {"X", "images"}  # arguments of which a function may have one or many
COMPARISONS = {
    "<": np.less, ">": np.greater, "==": np.equal, "!=": np.not_equal, "<=": np.less_equal, ">=": np.greater_equal,
}  # fmt: skip


def except_where(task, results, expected, arguments, here, drawn):
    """Return the narrowest class of entries outside of which all are right in every case; "" if there is none.

    The cases from number ``drawn`` on were drawn. One that was made by hand may hold equal numbers by intention.
    """
    if any(one.shape != other.shape for one, other in zip(results, expected, strict=True)):
        return ""
    arguments = [_with_defaults(task, given) for given in arguments]
    wrong = [~np.isclose(one, other, task.rtol, task.atol, equal_nan=True) for one, other in zip(results, expected, strict=True)]
    named = [dict(_comparable(task.inputs, given, other)) for given, other in zip(arguments, expected, strict=True)]
    classes = [
        dict([*_classes(task.inputs, given, other), *_comparisons(list(of.items()))])
        for given, other, of in zip(arguments, expected, named, strict=True)
    ]
    best, fewest, most = "", np.inf, WIDEST * sum(each.sum() for each in wrong)
    for clause in classes[0]:
        if not all(clause in each for each in classes):
            continue
        if classes[here][clause].size > 1 and classes[here][clause].all():
            continue  # where the learner looks, nothing would be outside
        masks = [np.broadcast_to(each[clause], other.shape) for each, other in zip(classes, expected, strict=True)]
        size = sum(mask.sum() for mask in masks)
        if size >= most or (classes[here][clause].size > 1 and masks[here].sum() > WIDEST * wrong[here].sum()):
            continue
        compared = re.search(r"where `(\w+) [=!<>]+ (\w+)`", clause)
        told = [(~mask).any() for mask in (masks[drawn:] if compared else masks)]
        weight = size * (WIDER if compared and not compared[2].isdigit() else 1)
        all_within = all(not (bad & ~mask).any() for bad, mask in zip(wrong, masks, strict=True))
        enough = sum(told) >= (SEVERAL if compared else 1)
        if weight < fewest and enough and all_within and not _is_zero_for_one_value(clause, masks, expected, named):
            best, fewest = clause, weight
    values = {float(value) for one, bad in zip(results, wrong, strict=True) for value in one[bad]}
    return best + (f"; there it is {number(values.pop())}" if "except" in best and len(values) == 1 and fewest > 1 else "")


def _with_defaults(task, arguments):
    """Return all arguments of a case, also those that it leaves to their default."""
    if task.drive:
        return arguments
    parameters = list(inspect.signature(task.solution).parameters.values())
    return (*arguments, *(each.default for each in parameters[len(arguments) :]))


def _is_zero_for_one_value(clause, masks, expected, named):
    """Whether all that is right outside of a class is 0, for one value of the argument: many a wrong formula gives that too."""
    name = next((name for name in named[0] if re.match(rf"it is right (except )?where `{name} ", clause)), None)
    if name is None or any(other[~mask].any() for other, mask in zip(expected, masks, strict=True)):
        return False
    values = [np.broadcast_to(of[name], mask.shape)[~mask] for of, mask in zip(named, masks, strict=True)]
    return len(np.unique(np.concatenate(values))) == 1


def _classes(inputs, given, expected):
    """Pairs of a clause and a mask of the entries, among those of the expected array, that may be wrong by it."""
    if expected.ndim == 2:
        i, j = np.indices(expected.shape)
        yield "it is right except on the diagonal", i == j
        yield "it is right except off the diagonal", i != j
        yield "it is right except below the diagonal", i > j
        yield "it is right except above the diagonal", i < j
        yield "it is right except in the first column", j == 0
        yield "it is right except in the last column", j == j.max(initial=0)
        yield "the first column is right", j > 0
    if expected.ndim:
        rows = np.arange(len(expected)).reshape(-1, *[1] * (expected.ndim - 1))
        unit = "row" if expected.ndim > 1 else "entry"
        yield f"it is right except for the first {unit}", rows == 0
        yield f"it is right except for the last {unit}", rows == len(rows) - 1
        yield f"the first {unit} is right", rows > 0
    if expected.dtype.kind in "fiu" and expected.size:
        yield "it is right except where a negative number is expected", expected < 0
        yield "it is right except where 0 is expected", expected == 0
        yield "it is right except where 1 is expected", expected == 1
    sized = [name for name, value in zip(inputs, given, strict=False) if isinstance(value, list | tuple) or _has_axes(value)]
    for name, value in zip(inputs, given, strict=False):
        array = np.asarray(value) if isinstance(value, np.ndarray | int | float | np.number) else None
        about = name in sized[:1] or name in EXAMPLES  # of what else there is just one, such as a bias, helps nobody
        if about and name in sized:
            yield f"it is right except where `len({name})` is 1", np.array(len(value) == 1)
            yield f"it is right where `len({name})` is 1", np.array(len(value) != 1)
        if array is not None and array.ndim == 2:
            if about:
                yield f"it is right except where `{name}.shape[1]` is 1", np.array(array.shape[1] == 1)
            yield f"it is right where `{name}` has as many rows as columns", np.array(array.shape[0] != array.shape[1])


def _has_axes(value):
    return isinstance(value, np.ndarray) and value.ndim > 0


def _comparisons(named):
    """The same, for the entries that belong to them, or the numbers, of one argument or of two."""
    for k, (name, array) in enumerate(named):
        for other, second in [("0", 0), ("1", 1), *named[k + 1 :]]:
            for sign, compare in COMPARISONS.items():
                where = f"where `{name} == {other}`" if sign == "!=" else f"except where `{name} {sign} {other}`"
                yield f"it is right {where}", compare(array, second)


def _comparable(inputs, given, expected):
    """Pairs of a name and the array, or number, that belongs entry by entry to what is expected."""
    named = []
    for name, value in zip(inputs, given, strict=False):
        array = np.asarray(value) if isinstance(value, np.ndarray | int | float | np.number) else None
        if array is None or array.dtype.kind not in "fiub":
            continue
        if array.ndim == 1 and expected.ndim == 2 and len(array) == len(expected):
            array = array[:, None]
        column = array.ndim == expected.ndim == 2 and array.shape == (len(expected), 1)
        if array.shape in ((), expected.shape) or column:
            named.append((name, array))
    return named
