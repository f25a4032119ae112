"""How the results of a function that is wrong relate to the expected ones: an observation that holds in all cases."""

import copy
import functools
import re
import time

import numpy as np

from ..comparing import begun, number, of_one_family, same
from ..reading import given_anew
from ..results import listed, of_each
from ..running import many_runs
from ..surroundings import MEMORY
from ..task import Case
from .constants import constants
from .except_where import except_where
from .forms import FORMS, STEPS
from .other_inputs import ARRAYS, other_input, written

TRIED = "in the cases that were tried, "  # where it is not the whole result that is spoken of, the next case may be another
MOST = 3  # parts of a result that are spoken of
LONG = 1_000  # entries of a list that may be numbers
MORE, SECONDS = 40, 3  # cases that are drawn to confirm what is right in part; if the time is not enough, nothing is said
ENOUGH = 3  # entries that must agree on a factor, or an offset, that has no name


def relation(task, function, behaviours, shown, numbers=(), example=None):
    """Return a sentence that is true of all results and the expected ones; "" where no relation is found.

    ``shown`` is the case of which the learner sees the numbers. ``numbers`` are those in the learner's code: the result may be
    the right one for one of them in place of an argument; None, if no other arguments are to be tried at all. ``example`` are
    those of the learner's own example: where its result is wrong, it is a case more, and the one that is shown.
    """
    expected, own = task.expected, example and task.beside_the_solution(function, example)
    task = copy.copy(task)
    task.unspoken = given_anew(function, task.inputs)
    if own and own[0].error is None and not task.alike(*own):
        task.cases, shown = [Case("the example", *example), *task.cases], 0
        behaviours, expected = ([one, *others] for one, others in zip(own, (behaviours, expected), strict=True))
    gentle = sum(not case.harsh for case in task.cases)
    extreme = _extreme([case.title for case in task.cases[gentle:]])
    more = functools.cache(functools.partial(_more, task, function))
    leads = {gentle: f"In all cases but {extreme}, ", len(task.cases): ""}  # one, where no case is harsh
    for upto, lead in sorted(leads.items(), reverse=True):
        pairs = list(zip(behaviours[:upto], expected, strict=False))
        if shown < upto and all(one.error is None and other.error is None for one, other in pairs):
            results = [(one.result, other.result) for one, other in pairs]
            said = _related(task, results, shown, numbers, more)
            if said and lead and TRIED in said:
                said, lead = said.replace(TRIED, ""), f"In all cases that were tried but {extreme}, "
            if said:
                labels = results[shown][1] if isinstance(results[shown][1], dict) else ()
                return f"{lead}{said if lead else begun(said, labels)}."
    return ""


def _extreme(titles):
    """Name the harsh cases, as long as they are few."""
    if len(titles) > MOST:
        return f"the {len(titles)} most extreme ones"
    return f"the most extreme one{'s' * (len(titles) > 1)} ({', '.join(f'“{title}”' for title in titles)})"


def _more(task, function):
    """Return (arguments, result, expected result) of cases that are drawn anew; None if one fails, or there is no time."""
    rng, deadline, more = np.random.default_rng(1), time.monotonic() + SECONDS, []
    with many_runs(MEMORY) as run:
        for _ in range(MORE):
            arguments = task.draw(rng)
            came, due = (
                task.behaviour(task.run(each, arguments, deadline - time.monotonic(), run)) for each in (function, task.solution)
            )
            if came.error or due.error:
                return None
            more.append((arguments, came.result, due.result))
    return more


def _related(task, results, shown, numbers, more):
    """Return what is true of pairs of a result and the expected one, one pair for each case.

    ``more`` makes further cases.
    """
    parts = _parts_that_differ(task, results, shown)
    clauses = {label: _of_one_part(task, pairs, shown, _everywhere) for label, pairs in parts.items()}
    if not all(clauses.values()):
        whole = "" if numbers is None else other_input(task, results, numbers)
        if whole:
            return whole
        drawn = more()
        if drawn is not None:
            more_of = {
                label: clause or _right_in_part(task, label, parts[label], shown, drawn) for label, clause in clauses.items()
            }
            differ = {label for i in range(len(results)) for label in _parts_that_differ(task, results, i)}
            if 2 * sum(map(bool, more_of.values())) >= len(differ):  # a rule for one part among many is no rule
                clauses = more_of
    labels_of = {}
    for label, clause in clauses.items():
        labels_of.setdefault(clause, []).append(label)
    labels_of.pop("", None)
    return "; ".join(_of_these(labels, clause) for clause, labels in list(labels_of.items())[:MOST])


def _of_each(clause):
    """Speak of several parts, where a clause speaks of one."""
    return re.sub(r"\bits\b", "each one's", re.sub(r"\bit (is|says)\b", r"each \1", clause))


def _of_these(labels, clause):
    """Return a clause about some parts of the result, as in "`dW` is the transpose of what is expected"."""
    if labels == [""]:
        return clause
    lead = TRIED if clause.startswith(TRIED) else ""
    names = of_each([f"result {label + 1}" if isinstance(label, int) else label for label in labels])
    quoted = [f"`{name}`" if str(name).isidentifier() else str(name) for name in names]
    told, one = listed(quoted, ""), len(names) == 1
    rest = clause.removeprefix(lead)
    is_it, rest = rest.startswith("it is "), rest.removeprefix("it is ")
    rest = rest if one else _of_each(rest)
    return f"{lead}{told} {'is' if one else 'are each'} {rest}" if is_it else f"{lead}{told}: {rest}"


def _parts_that_differ(task, results, shown):
    """Return, by label, the pairs of all cases for each part of the result that differs in the case that is shown."""
    labels = [""]
    if all(isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys() for one, other in results):
        labels = list(dict.fromkeys(label for _, other in results for label in other))
    elif all(isinstance(one, tuple | list) and isinstance(other, tuple) and len(one) == len(other) for one, other in results):
        labels = list(range(max(len(other) for _, other in results)))
    parts = {}
    for label in labels:
        pairs = [(i, _part(one, label), _part(other, label)) for i, (one, other) in enumerate(results) if _has(other, label)]
        if any(i == shown and not same(one, other, task.rtol, task.atol) for i, one, other in pairs):
            parts[label] = pairs
    return parts


def _part(value, label):
    return value if label == "" else value[label]


def _has(value, label):
    return label == "" or (label in value if isinstance(value, dict) else label < len(value))


def _of_one_part(task, pairs, shown, said_of, drawn=()):
    """Return what is said of one part in all cases, and in what was drawn beside them; "" where that is nothing."""
    arguments = [*(task.cases[i].arguments for i, _, _ in pairs), *(given for given, _, _ in drawn)]
    results, expected = ([_array(pair[k]) for pair in (*pairs, *drawn)] for k in (1, 2))
    if any(each is None for each in (*results, *expected)):
        return ""
    wrong = [not _close(task, one, other) for one, other in zip(results, expected, strict=True)]
    here = [i for i, _, _ in pairs].index(shown)
    said = said_of(task, results, expected, arguments, here) if sum(wrong[: len(pairs)]) > 1 else ""
    if all(map(of_one_family, results, expected)):
        return said
    said = said.replace("it is right", "the numbers are right")
    return said.replace("the others are right", "the others are the right numbers")


def _right_in_part(task, label, pairs, shown, drawn):
    """Return for which entries, or in which cases, one part is right, as far as the cases go; "" where that is nothing."""
    try:
        drawn = [(given, _part(one, label), _part(other, label)) for given, one, other in drawn if _has(other, label)]
    except (KeyError, IndexError, TypeError):  # what came has other parts
        return ""
    clause = _of_one_part(task, pairs, shown, functools.partial(except_where, drawn=len(pairs)), drawn)
    return f"{TRIED}{clause}" if clause else ""


def _everywhere(task, results, expected, arguments, here):
    """Return what is true of every entry, or of the arrays as a whole."""

    def holds(pairs):
        return all(_close(task, one, other) for one, other in pairs)

    return (
        _constant(task, results, expected)
        or _untouched(task, results, arguments)
        or _factor(task, results, expected, arguments, here)
        or _first_that_holds(FORMS, expected, results, holds).replace("every entry", _every(expected, "it"))
        or _first_that_holds(STEPS, results, expected, holds)
        or _reshaped(results, expected, holds)
        or _offset(task, results, expected, arguments, here)
        or _factor(task, results, expected, arguments, here, nameless=True)
        or _beside_an_argument(task, results, expected, arguments, holds)
    )


def _constant(task, results, expected):
    values, due = (np.concatenate([np.ravel(each).astype(float) for each in arrays]) for arrays in (results, expected))
    if values.size and due.size and np.isfinite(values).all() and np.ptp(values) <= task.atol < np.ptp(due):
        return f"{_every(expected)} is {number(np.round(values[0], 6))}, in every case"
    return ""


def _untouched(task, results, arguments):
    for position, name in enumerate(task.inputs):
        given = [_array(each[position]) if position < len(each) else None for each in arguments]
        if all(one is not None and _close(task, result, one) for one, result in zip(given, results, strict=True)):
            return f"it is `{name}`, as it was given"
    return ""


def _first_that_holds(table, given, wanted, holds):
    """Return the first clause of a table whose function makes of each given array what is wanted."""
    for clause, function in table:
        try:
            if holds((function(one), other) for one, other in zip(given, wanted, strict=True)):
                return clause
        except (TypeError, ValueError, IndexError, AttributeError):  # not for arrays of this shape
            continue
    return ""


def _reshaped(results, expected, holds):
    if holds((one.ravel(), other.ravel()) for one, other in zip(results, expected, strict=True)):
        return "the numbers are right and in the right order, but the shape is different"
    return ""


def _beside_an_argument(task, results, expected, arguments, holds):
    """It is an argument that something was done to, or what is expected together with an argument."""
    for position, name in enumerate(task.inputs):
        given = [_array(each[position]) if position < len(each) else None for each in arguments]
        if name in task.unspoken or any(each is None or each.dtype == bool for each in given):
            continue
        for words, change in ARRAYS:
            found = _first_that_holds([(f"it is {written(words, name)}", change)], given, results, holds)
            if found and any(each.size > 1 for each in results):
                return found
        pairs = list(zip(expected, given, strict=True))
        for clause, function in (
            (f"it is what is expected plus `{name}`", lambda pair: pair[0] + pair[1]),
            (f"it is what is expected minus `{name}`", lambda pair: pair[0] - pair[1]),
            (f"it is `{name}` minus what is expected", lambda pair: pair[1] - pair[0]),
            (f"it is what is expected times `{name}`", lambda pair: pair[0] * pair[1]),
            (f"it is what is expected divided by `{name}`", lambda pair: pair[0] / pair[1]),
            (f"it is what `{name}` holds at the expected place", lambda pair: pair[1][pair[0]]),
        ):
            found = _first_that_holds([(clause, function)], pairs, results, holds)
            if found:
                return found
    return ""


def _factor(task, results, expected, arguments, here, nameless=False):
    """Every entry is the expected one times a number or a constant of the case; or times one that has no name."""
    ratios = []
    for one, other in zip(results, expected, strict=True):
        if one.shape != other.shape:
            return ""
        there = np.abs(other) > task.atol
        if np.abs(one[~there]).max(initial=0) > 2 * task.atol:
            return ""
        ratios.append(_one_value(one[there] / other[there], task.rtol, 0))
    if None in ratios:
        return ""
    known = [i for i, ratio in enumerate(ratios) if not np.isnan(ratio)]
    if len(known) < 2 or here not in known:
        return ""
    every = _every(expected)
    if nameless:
        enough = sum(expected[i].size >= ENOUGH for i in known) > 1 and all(expected[i].size > 1 for i in known)
        said = f"every entry is the expected one times a number, the same one for all entries; here it is {number(ratios[here])}"
        return said if enough else ""
    if _all_close(task, [ratios[i] for i in known], [ratios[here]] * len(known)):
        return f"{every} {_times(ratios[here], task.rtol)}"
    for name, values in constants(task.inputs, arguments, task.unspoken).items():
        for sign, also in ((1, ""), (-1, ", and its sign is wrong")):
            for power, way in ((1, "large"), (-1, "small")):
                if _all_close(task, [ratios[i] for i in known], [sign * values[i] ** power for i in known]):
                    return f"{every} is `{name}` times too {way}{also}; here `{name}` is {number(values[here])}"
    return ""


def _every(expected, alone="the result"):
    return "every entry" if max(each.size for each in expected) > 1 else alone


def _times(ratio, rtol):
    if np.isclose(ratio, -1, rtol):
        return "has the wrong sign"
    also = ", and its sign is wrong" if ratio < 0 else ""
    size = abs(ratio)
    if round(size) and np.isclose(size, round(size), rtol, 0):
        return f"is {round(size)} times too large{also}"
    if size and np.isclose(1 / size, round(1 / size), rtol, 0):
        return f"is {round(1 / size)} times too small{also}"
    return f"is {number(ratio)} times the expected one"


def _offset(task, results, expected, arguments, here):
    """Every entry is the expected one plus something."""
    if any(one.shape != other.shape for one, other in zip(results, expected, strict=True)):
        return ""
    offsets = [_one_value(one - other.astype(float), task.rtol, task.atol) for one, other in zip(results, expected, strict=True)]
    if None in offsets or np.isnan(offsets).any():
        return ""
    every = _every(expected)
    way = "large" if offsets[here] > 0 else "small"
    if _all_close(task, offsets, [offsets[here]] * len(offsets)):
        return f"{every} is too {way} by {number(abs(offsets[here]))}"
    for name, values in constants(task.inputs, arguments, task.unspoken).items():
        for sign, said in ((1, "large"), (-1, "small")):
            if _all_close(task, offsets, [sign * value for value in values]):
                return f"{every} is too {said} by `{name}`; here `{name}` is {number(values[here])}"
    if sum(each.size >= ENOUGH for each in expected) >= 2 and all(each.size > 1 for each in expected):
        return f"every entry is the expected one plus a number, the same one for all entries; here it is {number(offsets[here])}"
    return ""


def _one_value(values, rtol, atol):
    """Return the one value that all of these are, nan where there are none, None where they differ."""
    values = np.ravel(values).astype(float)
    if not values.size:
        return np.nan
    if not np.isfinite(values).all() or not np.allclose(values, values[0], rtol=2 * rtol, atol=atol):
        return None
    return values[np.abs(values).argmax()]


def _all_close(task, values, wanted):
    return np.allclose(values, wanted, rtol=2 * task.rtol, atol=1e-9)


def _array(value):
    """Return numbers, or a list of numbers, as an array; None for anything else."""
    if isinstance(value, tuple | list) and (
        len(value) > LONG or not all(isinstance(each, int | float | np.number) for each in value)
    ):
        return None
    if not isinstance(value, np.ndarray | np.number | np.bool_ | int | float | tuple | list):
        return None
    array = np.asarray(value)
    return array if array.dtype.kind in "fiub" else None


def _close(task, one, other):
    one, other = np.asarray(one), np.asarray(other)
    return one.shape == other.shape and np.allclose(one, other, rtol=task.rtol, atol=task.atol, equal_nan=True)
