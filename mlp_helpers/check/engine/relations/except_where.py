"""Whether a result is right except for one class of entries: the negative ones, the diagonal, where a probability is 0."""

import dataclasses
import inspect

import numpy as np

from ..comparing import number

WIDEST = 1.3  # entries that a class may have for each of them that is wrong
WIDER = 1.05  # entries of a class by one argument for each of a class by two, which is harder to see
SEVERAL = 3  # cases, among those that were drawn, in which a comparison must tell right entries from others
EXAMPLES = {"X", "images"}  # arguments of which a function may have one or many
COMPARISONS = {
    "<": np.less, ">": np.greater, "==": np.equal, "!=": np.not_equal, "<=": np.less_equal, ">=": np.greater_equal,
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class _Class:
    """A class of entries: in which words, whether these are of the right ones, and the names of arguments that are compared."""

    where: str
    right: bool = False
    names: tuple = ()

    @property
    def clause(self):
        return f"it is right {'' if self.right else 'except '}{self.where}"


def except_where(task, results, expected, arguments, here, drawn):
    """Return the narrowest class of entries outside of which all are right in every case; "" if there is none.

    The cases from number ``drawn`` on were drawn. One that was made by hand may hold equal numbers by intention.
    """
    if any(one.shape != other.shape for one, other in zip(results, expected, strict=True)):
        return ""
    arguments, inputs = [_with_defaults(task, given) for given in arguments], task.inputs
    if task.unspoken:
        spoken = [i for i, name in enumerate(inputs) if name not in task.unspoken]
        arguments, inputs = [[given[i] for i in spoken] for given in arguments], [inputs[i] for i in spoken]
    wrong = [~np.isclose(one, other, task.rtol, task.atol, equal_nan=True) for one, other in zip(results, expected, strict=True)]
    named = [dict(_comparable(inputs, given, other)) for given, other in zip(arguments, expected, strict=True)]
    masks_of, possible = {}, None
    for i in [here, *(i for i in range(len(wrong)) if i != here)]:  # most classes do not fit where the learner looks
        found = dict([*_classes(inputs, arguments[i], expected[i]), *_comparisons(list(named[i].items()))])
        masks = masks_of[i] = {each: np.broadcast_to(mask, expected[i].shape) for each, mask in found.items()}
        possible = [each for each in possible or masks if each in masks and not (wrong[i] & ~masks[each]).any()]
        if i == here:
            several = {each: found[each].size > 1 for each in possible}
            possible = [each for each in possible if not several[each] or _tells_apart(masks[each], wrong[i])]
        if not possible:
            return ""
    best, fewest, most = None, np.inf, WIDEST * sum(each.sum() for each in wrong)
    for each in possible:
        masks = [masks_of[i][each] for i in range(len(wrong))]
        size = sum(mask.sum() for mask in masks)
        if size >= most:
            continue
        told = [(~mask).any() for mask in (masks[drawn:] if each.names else masks)]
        weight = size * (WIDER if len(each.names) > 1 else 1)
        enough = sum(told) >= (SEVERAL if each.names else 1)
        if weight < fewest and enough and not _is_idle(each, several[each], masks, expected, named):
            best, fewest = each, weight
    if best is None:
        return ""
    values = {float(value) for one, bad in zip(results, wrong, strict=True) for value in one[bad]}
    return best.clause + (f"; there it is {number(values.pop())}" if not best.right and len(values) == 1 and fewest > 1 else "")


def _tells_apart(mask, wrong):
    """Return whether a class is not too wide for what is wrong in a case, and something lies outside of it."""
    return not mask.all() and mask.sum() <= WIDEST * wrong.sum()


def _with_defaults(task, arguments):
    """Return all arguments of a case, also those that it leaves to their default."""
    if task.drive:
        return arguments
    parameters = list(inspect.signature(task.solution).parameters.values())
    return (*arguments, *(each.default for each in parameters[len(arguments) :]))


def _is_idle(each, several, masks, expected, named):
    """Whether many a wrong formula would be right outside of a class, too.

    It is so where all that is right there is 0, and it is whole cases, or those with one value of an argument; and where the only
    one of something is all there is, such as one step or one batch.
    """
    nothing = not any(other[~mask].any() for other, mask in zip(expected, masks, strict=True))
    if not each.names:
        return nothing and not several
    values = [np.broadcast_to(of[each.names[0]], mask.shape)[~mask] for of, mask in zip(named, masks, strict=True)]
    (value, *others) = np.unique(np.concatenate(values))
    counted = len(each.names) == 1 and all(of[each.names[0]].ndim == 0 and value.dtype.kind in "iu" for of in named)
    return not others and (nothing or (counted and value == 1))


def _classes(inputs, given, expected):
    """Pairs of a class and a mask of the entries, among those of the expected array, that may be wrong by it."""
    if expected.ndim == 2:
        i, j = np.indices(expected.shape)
        yield _Class("on the diagonal"), i == j
        yield _Class("off the diagonal"), i != j
        yield _Class("below the diagonal"), i > j
        yield _Class("above the diagonal"), i < j
        yield _Class("in the first column"), j == 0
        yield _Class("in the last column"), j == j.max(initial=0)
        yield _Class("in the first column", right=True), j > 0
    if expected.ndim:
        rows = np.arange(len(expected)).reshape(-1, *[1] * (expected.ndim - 1))
        unit = "row" if expected.ndim > 1 else "entry"
        yield _Class(f"for the first {unit}"), rows == 0
        yield _Class(f"for the last {unit}"), rows == len(rows) - 1
        yield _Class(f"for the first {unit}", right=True), rows > 0
    if expected.dtype.kind in "fiu" and expected.size:
        yield _Class("where a negative number is expected"), expected < 0
        yield _Class("where 0 is expected"), expected == 0
        yield _Class("where 1 is expected"), expected == 1
    sized = [name for name, value in zip(inputs, given, strict=False) if isinstance(value, list | tuple) or _has_axes(value)]
    for name, value in zip(inputs, given, strict=False):
        array = np.asarray(value) if isinstance(value, np.ndarray | int | float | np.number) else None
        about = name in sized[:1] or name in EXAMPLES  # of what else there is just one, such as a bias, helps nobody
        if about and name in sized:
            yield _Class(f"where `len({name})` is 1"), np.array(len(value) == 1)
            yield _Class(f"where `len({name})` is 1", right=True), np.array(len(value) != 1)
        if array is not None and array.ndim == 2:
            if about:
                yield _Class(f"where `{name}.shape[1]` is 1"), np.array(array.shape[1] == 1)
            yield _Class(f"where `{name}` has as many rows as columns", right=True), np.array(array.shape[0] != array.shape[1])


def _has_axes(value):
    return isinstance(value, np.ndarray) and value.ndim > 0


def _comparisons(named):
    """The same, for the entries that belong to them, or the numbers, of one argument or of two."""
    for k, (name, array) in enumerate(named):
        for other, second, names in [("0", 0, ()), ("1", 1, ()), *((other, array, (other,)) for other, array in named[k + 1 :])]:
            for sign, compare in COMPARISONS.items():
                right = sign == "!="  # then the right ones are those that are equal
                where = _Class(f"where `{name} {'==' if right else sign} {other}`", right, (name, *names))
                yield where, compare(array, second)


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
