"""What can be said of any function that is wrong, whatever was asked for."""

import re

import numpy as np

from . import task as tasks
from .clock import TookTooLong
from .comparing import due, family, same, shape, word
from .plain import ITEMS
from .running import ask
from .sources import parameters, takes
from .task import Mistake

MANY = 3  # parts that are named one by one


def symptom(task, function, outcome, behaviour, expected):
    """Return a Mistake that describes what went wrong, for a function that shows no known mistake."""
    error, value = outcome.error, outcome.value
    if isinstance(error, TookTooLong) and outcome.seconds > tasks.SECONDS + 1:
        said = f"It was stopped after {outcome.seconds:.0f} seconds: one single step took so long, which nothing can interrupt."
        return _mistake("Takes too long", said, f"How much is computed at once{f' in {outcome.where}' if outcome.where else ''}?")
    if isinstance(error, TookTooLong):
        return _mistake("Does not end", "It was stopped after a few seconds.", "Which line is repeated, and what ends it?")
    if isinstance(error, KeyboardInterrupt):
        return _mistake(None, "The check was interrupted.", "Run the cell again?")
    if isinstance(error, SystemExit):
        return _mistake("Ends the program", "It leaves the program instead of returning.", "What should the caller get?")
    if isinstance(error, MemoryError):
        at = f" in {outcome.where}" if outcome.where else ""
        return _mistake("Takes too much memory", f"No memory is left{at}.", "Which array or list grows so large there?")
    if isinstance(error, RecursionError):
        return _mistake("Calls itself without end", "It calls itself again and again.", "Where does it call itself?")
    if error is not None:
        at = f" in {outcome.where}" if outcome.where else ""
        if isinstance(error, TypeError) and not task.drive and not ask(lambda: takes(function, outcome.arguments), True):
            wanted = ", ".join(task.inputs[: len(outcome.arguments)])
            return _mistake(
                "Another signature",
                f"It is called with ({wanted}), but takes ({', '.join(ask(lambda: parameters(function), ['…']))}).",
                "Does the first line look as in the exercise?",
            )
        asked = _about_a_class(function, error, outcome.where) if task.drive else ""
        return _mistake(None, f"It raised {type(error).__name__}{at}: {_said(error)}", asked or _about(error))
    if outcome.endless:
        return _mistake("Yields without end", f"After {ITEMS} items there was still more.", "What ends the loop around `yield`?")
    if value is None and expected.result is not None and not task.changes:
        if outcome.printed:
            return _mistake("Prints instead of returning", "It prints, and returns nothing.", "How does the caller get it?")
        return _mistake("Returns nothing", "It returns None.", "Where is the `return`?")
    if behaviour.changed and same(behaviour.result, expected.result, task.rtol, task.atol):
        names = " and ".join(f"`{task.inputs[i]}`" for i in behaviour.changed)
        thing = "class" if task.drive else "function"
        return _mistake(
            "changes its input",
            f"The result is right, but the {thing} has changed {names}: whoever called it still needs what was there.",
            "Which line writes into an array that was given? `-=` and `A[...] =` do.",
            "fragile",
        )
    if behaviour.warned and same(behaviour.result, expected.result, task.rtol, task.atol):
        return _mistake("warns", f"The result is right, but NumPy warns: {outcome.warned[0]}.", "Which step?", "fragile")
    return _of_the_result(task, outcome, behaviour.result, expected.result)


def _of_the_result(task, outcome, result, wanted):
    array_wanted = isinstance(wanted, (np.ndarray, np.number, float))
    if outcome.yielded and array_wanted:
        return _mistake("Yields instead of returning", "It hands out its result with `yield`.", "What does `return` do?")
    if array_wanted and isinstance(result, list) and _as_array_right(task, result, wanted):
        return _mistake("Returns a list", "The numbers are right.", "Which function of NumPy makes an array of a list?")
    if array_wanted and isinstance(result, (list, tuple)):
        return _mistake(
            "Returns a " + type(result).__name__,
            f"It returns a {type(result).__name__} where {due(wanted)} is due.",
            "What would make one number of it?" if np.ndim(wanted) == 0 else "Which operation works on the whole array at once?",
        )
    if array_wanted and not isinstance(result, (np.ndarray, np.number, np.bool_, float, int)):
        return _mistake(None, f"It returns {word(result)} where {due(wanted)} is due.", "What does the exercise ask for?")
    if array_wanted and np.shape(result) != np.shape(wanted):
        transposed = np.ndim(wanted) == 2 and np.shape(result) == np.shape(wanted)[::-1]
        return _mistake(
            "Transposed" if transposed and same(np.asarray(result).T, wanted, task.rtol, task.atol) else None,
            f"The shape is {shape(result)}, wanted is {shape(wanted)}.",
            "How do all of them become one number?" if np.ndim(wanted) == 0 else "Which axis should stay, and which should go?",
        )
    if array_wanted and family(result) != family(wanted):
        return _mistake(
            f"Holds {family(result)}",
            f"The result holds {family(result)} (type {np.asarray(result).dtype}) where {family(wanted)} are due.",
            "What comes out when you print its `dtype`?",
        )
    if array_wanted and not np.isfinite(np.asarray(result, float)).all():
        return _mistake(None, "Some of the numbers are nan or infinite.", "Which step overflows, divides by 0 or takes log of 0?")
    if isinstance(wanted, (dict, tuple)):
        return _of_the_parts(task, result, wanted)
    question = "Can you do this case by pencil, line by line?" if array_wanted else "Which line of the table differs?"
    return _mistake(None, "The result is not what was expected.", question)


def _of_the_parts(task, result, wanted):
    """Return a Mistake that says which of several results are right."""
    names = list(wanted) if isinstance(wanted, dict) else list(range(len(wanted)))
    named_not_ordered = isinstance(wanted, tuple) and isinstance(result, dict)
    if named_not_ordered or not isinstance(result, (dict, tuple, list)) or len(result) != len(names):
        counted = isinstance(result, (dict, tuple, list)) and not named_not_ordered
        came = f"{len(result)} came" if counted else f"{word(result)} came"
        return _mistake(None, f"{len(names)} results are due, {came}.", "What stands behind `return` in the example?")
    if isinstance(wanted, dict) and (not isinstance(result, dict) or result.keys() != wanted.keys()):
        return _mistake(None, f"The names must be {', '.join(map(str, names))}.", "Which names did you give?")
    right = [name for name in names if same(result[name], wanted[name], task.rtol, task.atol)]
    wrong = [name for name in names if name not in right]
    said = []
    for name in wrong:
        shapes = [shape(value[name]) for value in (result, wanted)]
        different = f" has shape {shapes[0]}, wanted {shapes[1]}" if shapes[0] != shapes[1] else " is not what was expected"
        if result[name] is None:
            different = " is None"
        said.append(f"{_named(name)}{different}")
    praise = f"{', '.join(map(_named, right))} {'is' if len(right) == 1 else 'are'} right. " if right else ""
    if len(right) > MANY:
        praise = f"{len(right)} of {len(names)} parts are right. "
    more = f"; and {len(said) - MANY} more" if len(said) > MANY else ""
    question = "Which line makes the first of these?" if len(said) > 1 else "Which line makes it?"
    return _mistake(None, f"{praise}{'; '.join(said[:MANY])}{more}.", question)


def _named(name):
    return name if isinstance(name, str) else f"result {name + 1}"


def _as_array_right(task, result, wanted):
    try:
        return same(np.array(result), wanted, task.rtol, task.atol)
    except ValueError:  # rows of different lengths
        return False


def _said(error):
    """What an error says, in the words of the course where NumPy's are hard to read."""
    sizes = re.search(r"matmul: .*\(size (\d+) is different from (\d+)\)", str(error))
    if sizes:
        return f"`@` does not fit: the last size of the first is {sizes[2]}, the first size of the second is {sizes[1]}."
    return str(error)[:300]


def _about_a_class(thing, error, where):
    """A question that leads on from an error of a class, or nothing; ``where`` is empty if the check itself made the call."""
    said = str(error)
    its_own = said.startswith(f"{getattr(thing, '__qualname__', '')}.")
    if isinstance(error, TypeError) and "() takes no arguments" in said:
        return "Is it called `__init__`, with two underscores on each side?"
    if isinstance(error, TypeError) and "__init__() should return None" in said:
        return "`__init__` fills an object that is there already. Which line of it returns something?"
    if isinstance(error, TypeError) and "missing" in said and "positional argument" in said and its_own and not where:
        return "Which arguments does the exercise give this method?"
    if isinstance(error, TypeError) and "missing" in said and "positional argument" in said:
        return "Was that called on an object, or on the class? A class followed by brackets makes an object."
    if isinstance(error, TypeError) and "positional argument" in said:
        return "Does every method have `self` as its first parameter, and the names of the exercise behind it?"
    if isinstance(error, AttributeError) and "object has no attribute" in said:
        return "Which line should make that attribute, as `self.NAME = …` or as a method, and is it run before this one?"
    if isinstance(error, NameError):
        return "What one method knows, another does not. Is that name an argument of this method, or should it be `self.NAME`?"
    return ""


def _about(error):
    """A question that leads on from an error."""
    said = str(error)
    if "truth value of an array" in said:
        return "`if` asks about one number: which operation asks every entry of an array?"
    if "both or neither" in said:
        return "Does `np.where` have all three: the condition, what to take where it holds, and what to take elsewhere?"
    if "matmul" in said:
        return "Which shapes meet in that line, and which of the two would fit if it were transposed?"
    if "broadcast" in said:
        return "Which two shapes meet in that line? Broadcasting compares them from the last axis."
    if "cannot reshape" in said:
        return "How many numbers are there, and how many do these sizes ask for?"
    if "data type" in said:
        return "Does the shape stand in brackets of its own, as in `np.zeros((rows, columns))`?"
    if isinstance(error, NameError):
        return "Is that name one of the arguments, or is it NumPy's and wants `np.` before it?"
    if isinstance(error, ZeroDivisionError):
        return "What is divided by 0 there, and for which argument does that happen?"
    if isinstance(error, KeyError):
        return "Which names does that dict have? `list(NAME_OF_THE_DICT)` shows them."
    if isinstance(error, IndexError):
        return "How many rows and columns are there, and which place was asked for?"
    return "What is the type and the shape of everything in that line?"


def _mistake(title, message, question="", kind="wrong"):
    return Mistake(title, None, kind, message, question)
