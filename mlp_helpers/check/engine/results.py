"""What can be said of a wrong result: its kind, its shape, its parts, and what the source proves of them."""

import types

import numpy as np

from .comparing import begun, due, family, number, of_one_family, same, shape, size, word
from .reading import foreign, speaks_of_axes, unused
from .running import ask
from .task import Mistake

MANY = 3  # parts that are named one by one
FEW = 5  # numbers that are told one by one
SMALL = 40  # numbers that can be followed with a pencil
BY_HAND = "Can you follow this case with a pencil, line by line?"
PRINTED = "Which line could you print, to see where it differs from what you expect?"
TYPE_ASKED = "What comes out when you print its `dtype`?"
SHAPE_ASKED, AXES_ASKED = "Which line gives the result its shape?", "Which axis should stay, and which should go?"


def proved_by_source(task, function):
    """Return a Mistake that the source proves: a variable of the notebook, or an argument that is not used."""
    names, ignored = ask(lambda: foreign(function), []), ask(lambda: unused(task, function), [])
    if names:
        others = listed([name for name, _ in names])
        it, are = ("it", "is not an argument") if len(names) == 1 else ("they", "are not arguments")
        return make_mistake(
            "A variable of the notebook",
            f"The function uses {others}, which {are}: whatever the function is given, {it} "
            f"{'stays' if len(names) == 1 else 'stay'} as another cell has left {'it' if len(names) == 1 else 'them'}.",
            f"Which of ({', '.join(task.inputs)}) should stand there, or be used to compute it?",
        )
    if ignored:
        others = listed(ignored)
        return make_mistake(
            "An argument is not used" if len(ignored) == 1 else "Arguments are not used",
            f"{others} {'is' if len(ignored) == 1 else 'are'} not read anywhere in the function, "
            f"so that the result cannot depend on {'it' if len(ignored) == 1 else 'them'}.",
            f"What {'is' if len(ignored) == 1 else 'are'} {others} for?",
        )
    return None


def of_the_result(task, function, outcome, i, behaviours):
    """Return a Mistake about the result of case i. Of several results each has a name, by the view of the exercise."""
    result, wanted = behaviours[i].result, task.expected[i].result
    array_wanted = isinstance(wanted, (np.ndarray, np.number, float))
    if outcome.yielded and array_wanted:
        return make_mistake("Yields instead of returning", "It hands out its result with `yield`.", "What does `return` do?")
    if isinstance(outcome.value, (types.FunctionType, types.BuiltinFunctionType)):
        return make_mistake(
            "Brackets are missing",
            f"It returns a function, `{outcome.value.__name__}`, and not what that function gives.",
            "What stands after the name of a function when it is called?",
        )
    if array_wanted and isinstance(result, list) and _as_array_right(task, result, wanted):
        pairs = zip(behaviours, task.expected, strict=False)
        where = "" if all(_as_array_right(task, one.result, other.result) for one, other in pairs) else " in this case"
        return make_mistake(
            "Returns a list", f"The numbers are right{where}.", "Which function of NumPy makes an array out of a list?"
        )
    if array_wanted and isinstance(result, (list, tuple)):
        return make_mistake(
            "Returns a " + type(result).__name__,
            f"It returns a {type(result).__name__} where {due(wanted)} is due.",
            "What would make it one number?" if np.ndim(wanted) == 0 else "Which operation works on the whole array at once?",
        )
    if array_wanted and not isinstance(result, (np.ndarray, np.number, np.bool_, float, int)):
        return make_mistake(None, f"It returns {word(result)} where {due(wanted)} is due.", "What does the exercise ask for?")
    proved = proved_by_source(task, function)
    if proved:
        return proved
    if array_wanted and np.shape(result) != np.shape(wanted):
        return _of_the_shape(task, function, result, wanted, task.cases[i].arguments)
    also = ""
    if array_wanted and not of_one_family(np.asarray(result), np.asarray(wanted)):
        held = f"holds {family(result)} (type {np.asarray(result).dtype}) where {family(wanted)} are due."
        pairs = zip(behaviours, task.expected, strict=False)
        if np.asarray(result).dtype.kind not in "fiu" or all(
            _same_but_for_the_type(one.result, other.result, task.rtol, task.atol) for one, other in pairs
        ):
            return make_mistake(f"Holds {family(result)}", f"The result {held}", TYPE_ASKED)
        also = f" Also, it {held}"
    if array_wanted and not np.isfinite(np.asarray(result, float)).all():
        told = f"Some of the numbers are nan or infinite.{also}"
        return make_mistake("nan or infinity", told, "Which step overflows, divides by 0 or takes log of 0?")
    if isinstance(wanted, dict):
        return _of_the_names(task, outcome, i, behaviours)
    if also and _same_but_for_the_type(result, wanted, task.rtol, task.atol):
        return make_mistake(None, f"The numbers are right in this case, and not in every one.{also}", PRINTED)
    return make_mistake(None, f"The result is not what was expected.{also}", _followed(task, i))


def _same_but_for_the_type(result, wanted, rtol, atol):
    """Return whether two results hold the same numbers, or the first one whole numbers beside those of the second."""
    if not all(isinstance(each, (np.ndarray, np.number, np.bool_, float, int)) for each in (result, wanted)):
        return False
    result, wanted = map(np.asarray, (result, wanted))
    if result.dtype.kind not in "fiub" or wanted.dtype.kind not in "fiub" or result.shape != wanted.shape:
        return False
    if result.dtype.kind in "iu" and wanted.dtype.kind == "f":
        return bool((np.abs(result - wanted) < 1).all())
    return same(result.astype(float), wanted.astype(float), rtol, atol)


def _followed(task, i):
    """Ask to follow a case by hand where that can be done: with one call, and few numbers, of which none is left to chance."""
    arguments = task.cases[i].arguments
    by_chance = any(isinstance(each, np.random.Generator) for each in arguments)
    return BY_HAND if task.noun == "function" and size(arguments) <= SMALL and not by_chance else PRINTED


def _of_the_shape(task, function, result, wanted, arguments):
    """Return a Mistake about a shape; axes are asked for only where one is too many or too few, and the code deals with axes."""
    came, asked = np.shape(result), np.shape(wanted)
    if not np.size(result):
        return make_mistake(
            "Nothing is left", f"The result has the shape {came}: it is empty.", "Which slice or condition leaves nothing over?"
        )
    if not came:
        left = "Which step leaves a single number, and for what should each number stand by itself?"
        return make_mistake("One number for all", f"One number came, where an array of shape {asked} is due.", left)
    if not asked:
        return make_mistake(
            "Several numbers", f"The shape is {shape(result)}; one number is wanted.", "How do all of them become one number?"
        )
    message = f"The shape is {shape(result)}, where {shape(wanted)} is wanted."
    if len(asked) == 2 and came == asked[::-1] and same(np.asarray(result).T, wanted, task.rtol, task.atol):
        return make_mistake("Transposed", message, "What are the rows of the result, and what are its columns?")
    n, of_a_row = asked[0], asked in (came[:1], (*came[:1], 1))
    given = any(isinstance(each, np.ndarray) and each.ndim and each.shape[-1] == came[-1] for each in arguments)
    if of_a_row and len(came) == 2 and came[1] > 1 and not given:  # its last axis is none that was left over
        return make_mistake(None, message, f"Where does a row ({n},) meet a column ({n}, 1)?" if came == (n, n) else SHAPE_ASKED)
    deals_with_axes = max(len(came), len(asked)) > 1 and ask(lambda: speaks_of_axes(function), False)
    if deals_with_axes and (_but_one_axis(came, asked) or _but_one_axis(asked, came)):
        return make_mistake(None, message, AXES_ASKED)
    return make_mistake(None, message, SHAPE_ASKED)


def _but_one_axis(one, other):
    """Return whether the second shape is the first without one of its axes, or with a size of 1 in place of the last."""
    without = [one[:i] + one[i + 1 :] for i in range(len(one))]
    return other in without or (one != other and other == (*one[:-1], 1))


def _of_the_names(task, outcome, i, behaviours):
    """Return a Mistake about parts with names: results, or, where the name is no Python name, what was seen of them."""
    result, wanted = behaviours[i].result, task.expected[i].result
    theirs = {name for name in wanted if name.isidentifier()}
    if not isinstance(result, dict):
        came = result if task.asks and isinstance(result, str) else word(outcome.value)
        if isinstance(outcome.value, (tuple, list)) and came == word(outcome.value) and len(outcome.value) != len(wanted):
            came += f" of {len(outcome.value)}"
        asked = task.asks or ", ".join(name for name in wanted if name in theirs)
        message = f"{came[:1].upper()}{came[1:]} came, where the exercise asks for {asked}."
        return make_mistake(None, message, "What does the docstring say?")
    pairs = [
        tuple(of.result if isinstance(of.result, dict) else {} for of in pair)
        for pair in zip(behaviours, task.expected, strict=False)
    ]
    return _of_the_parts(task, i, pairs, theirs)


def _of_the_parts(task, i, pairs, theirs):
    """Return a Mistake about case i: which parts differ, and which are right in all cases.

    ``pairs`` are the parts that came and those expected, in each case; ``theirs`` the names of parts that are results
    themselves, and not what was seen of them.
    """
    result, wanted = pairs[i]
    differ = [name for name in wanted if name in result and not same(result[name], wanted[name], task.rtol, task.atol)]
    right = [name for name in wanted if name in theirs and all(_agree(task, name, *pair) for pair in pairs)]
    seen = {name: _difference(name, result[name], wanted[name]) for name in differ}
    if differ and not seen[differ[0]]:  # numbers are told of the part alone that the table shows, the first one
        seen = {name: "" if isinstance(wanted[name], np.ndarray) else said for name, said in seen.items()}
    plain = [name for name in differ if not seen[name]]
    told = [_not_expected(plain)] if plain else []
    told = [*filter(None, seen.values()), *told]
    told += [f"{name} is missing" for name in wanted if name not in result and name in theirs]
    others = [name for name in result if name not in wanted]
    told += [f"{name} is one too many" for name in others if str(name).isidentifier() or not isinstance(name, str)]
    told = told or [f"{name}: {result[name]}" for name in others]  # what was only seen, if it is all that there is
    right = right if len(right) < len(theirs) else []  # nothing but what was seen of them differs
    praise = f"{listed(right, '')} {'is' if len(right) == 1 else 'are'} right. " if right else ""
    if len(right) > MANY:
        praise = f"{len(right)} of {len(theirs)} results are right. "
    more = f"; and {len(told) - MANY} more" if len(told) > MANY else ""
    text = "; ".join(told[:MANY]) or "The result is not what was expected"
    praise, text = (begun(each, wanted) for each in (praise, text))
    first = differ[0] if differ else ""
    question = _followed(task, i) if differ else "What does the docstring say is returned?"
    if first in theirs:
        several = len(told) > 1 or len(plain) > 1
        question = "Which of these does your code make first, and in which line?" if several else "Which line makes it?"
        if not several and _is_as_given(task, i, first, result[first]):
            question = f"Which line changes `{first}`?"
    elif first and len(told) == 1 and _are_types(result[first], wanted[first]):
        question = TYPE_ASKED
    return make_mistake(None, f"{praise}{text}{more}.", question)


def _is_as_given(task, i, name, came):
    """Return whether a part is what an argument held that should have been changed."""
    given = [task.cases[i].arguments[j] for j in task.changes if isinstance(task.cases[i].arguments[j], dict)]
    return any(name in each and same(came, each[name], 0, 0) for each in given)


def _are_types(*values):
    """Return whether these are the names of types of numbers, as arrays have them."""
    return all(isinstance(each, str) and each in np.sctypeDict for each in values)


def _agree(task, name, result, wanted):
    return name not in wanted or (name in result and same(result[name], wanted[name], task.rtol, task.atol))


def _difference(name, came, due_):
    """Say how one part differs; "" where there is no more to say than that it does."""
    if came is None:
        return f"{name} is None"
    if isinstance(came, str) and isinstance(due_, str):
        return f"{name}: {came or 'none'} (expected: {due_})"
    if not name.isidentifier() and all(_are_few(each) for each in (came, due_)):
        digits = next((few for few in (4, 6) if _row(came, few) != _row(due_, few)), 9)
        return f"{name}: {_row(came, digits)} (expected: {_row(due_, digits)})"
    if name.isidentifier() and _sort(came) != _sort(due_):  # what was only seen is due in no form
        return f"{name} is {_sort(came)}, where {_sort(due_)} is wanted"
    if name.isidentifier() and family(came) != family(due_) and _same_but_for_the_type(came, due_, 1e-4, 1e-6):
        return f"{name} holds {family(came)}, where {family(due_)} are wanted"
    return ""


def _not_expected(names):
    """Say of some parts that they are others than expected."""
    if len(names) > MANY + 1:
        names = [*names[:MANY], f"{len(names) - MANY} more"]
    named = of_each(names)
    return f"{listed(named, '')} {'is' if len(named) == 1 else 'are'} not what was expected"


def _row(array, digits):
    return f"[{', '.join(number(entry, digits) if array.dtype.kind in 'fiub' else str(entry) for entry in array)}]"


def _are_few(value):
    return isinstance(value, np.ndarray) and value.ndim == 1 and value.size <= FEW


def _sort(value):
    return "one number" if isinstance(value, (int, float, np.number)) else word(value)


def of_each(names):
    """Return names of parts; of those that say the same of several things, as in "W1: movement", one for all of them."""
    things = {}
    for name in names:
        thing, _, what = str(name).partition(": ")
        things.setdefault(what, []).append(thing)
    return [
        name
        for what, those in things.items()
        for name in (
            [f"{what} of {listed(those, '')}"]
            if what and len(those) > 1
            else [f"{each}: {what}" if what else each for each in those]
        )
    ]


def listed(names, quote="`"):
    """Return names in a row, as in "`a`, `b` and `c`"."""
    names = [f"{quote}{name}{quote}" for name in names]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _as_array_right(task, result, wanted):
    try:
        return same(np.array(result), wanted, task.rtol, task.atol)
    except ValueError:  # rows of different lengths
        return False


def make_mistake(title, message, question="", kind="wrong"):
    """Return a Mistake that is in no list."""
    return Mistake(title, None, kind, message, question)
