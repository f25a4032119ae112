"""What can be said of any function that is wrong, whatever was asked for."""

import dataclasses

from . import task as tasks
from .clock import TookTooLong
from .comparing import same, size
from .errors import about_a_class, kind_of, meant, raised
from .plain import ITEMS
from .reading import foreign, known_to
from .results import listed, make_mistake, of_the_result, proved_by_source
from .running import ask
from .sources import parameters, takes

UNCHANGED = "Nothing has changed"


def symptom(task, function, outcomes, i, behaviours):
    """Return a Mistake that describes what went wrong in case i, for a function that shows no known mistake."""
    outcome = outcomes[i]
    error, value, behaviour, expected = outcome.error, outcome.value, behaviours[i], task.expected[i]
    if isinstance(error, TookTooLong) and outcome.seconds > tasks.SECONDS + 1:
        stopped = (
            f"It was stopped after {outcome.seconds:.0f} seconds: one single step took that long, and nothing can interrupt it."
        )
        return make_mistake(
            "Takes too long", stopped, f"How much is computed at once{f' in {outcome.where}' if outcome.where else ''}?"
        )
    if isinstance(error, TookTooLong) and error.waited:
        stopped = f"It was stopped after a long while, in which it had computed for {outcome.seconds:.1f} seconds."
        return make_mistake("Takes too long", stopped, "Does a line wait, or was the computer busy with other things?")
    if isinstance(error, TookTooLong):
        stopped = "It was stopped after a few seconds of computing."
        return make_mistake("Does not end", stopped, "Which line is repeated, and what ends it?")
    if isinstance(error, KeyboardInterrupt):
        return make_mistake(None, "The check was interrupted.", "Run the cell again?")
    if isinstance(error, SystemExit):
        return make_mistake("Ends the program", "It leaves the program instead of returning.", "What should the caller get?")
    if isinstance(error, MemoryError):
        at = f" in {outcome.where}" if outcome.where else ""
        return make_mistake("Takes too much memory", f"No memory is left{at}.", "Which array or list grows so large there?")
    if isinstance(error, RecursionError):
        return _too_deep(task, behaviours)
    if error is not None:
        return _of_the_error(task, function, outcome)
    if outcome.endless:
        return make_mistake(
            "Yields without end", f"After {ITEMS} items there was still more.", "What ends the loop around `yield`?"
        )
    if value is None and expected.result is not None and not task.changes:
        if outcome.printed:
            return make_mistake("Prints instead of returning", "It prints, and returns nothing.", "How does the caller get it?")
        if any(each.result is not None for each in behaviours if not each.error):
            return make_mistake(
                "None comes back", "In this case it returns None.", "Which line is reached in this case, and what does it return?"
            )
        return make_mistake("Returns nothing", "It returns None.", "Which line hands the result to the caller?")
    right = same(behaviour.result, expected.result, task.rtol, task.atol)
    everywhere = all(
        each.error is None and same(each.result, wanted.result, task.rtol, task.atol)
        for each, wanted in zip(behaviours, task.expected, strict=False)
    )
    praise, kind = ("The result is right", "fragile") if everywhere else ("The result of this case is right", "wrong")
    if behaviour.changed and right:
        names = listed([task.inputs[i] for i in behaviour.changed])
        return make_mistake(
            "changes its input" if everywhere else "An argument is changed",
            f"{praise}, but the {task.noun} has changed {names}: whoever called it still needs what was there.",
            "Which line writes into an array that was given, as `-=` and `A[...] =` do?",
            kind,
        )
    if behaviour.warned and right:
        return make_mistake(
            "warns" if everywhere else "A warning", f"{praise}, but NumPy warns: {outcome.warned[0]}.", "Which step?", kind
        )
    mistake = _nothing_changed(task, outcomes, i) or of_the_result(task, function, outcome, i, behaviours)
    if not behaviour.changed:
        return mistake
    names = listed([task.inputs[i] for i in behaviour.changed])
    one = len(behaviour.changed) == 1
    if not mistake.title:
        return dataclasses.replace(mistake, title=f"{'An argument is' if one else 'Arguments are'} changed: {names}")
    return dataclasses.replace(mistake, message=f"{mistake.message} Also, {names} {'has' if one else 'have'} been changed.")


def _too_deep(task, behaviours):
    """Return a Mistake about calls that wait for one another: too many in some cases, or without end."""
    others = [(one, wanted) for one, wanted in zip(behaviours, task.expected, strict=False) if one.error is not RecursionError]
    if not others:
        return make_mistake(
            "Calls itself without end",
            "It calls itself again and again, until Python refuses to go deeper.",
            "Which call is the last one, and what tells it that it need not call again?",
        )
    nearly = all(task.alike(*pair) for pair in others)
    return make_mistake(
        "too deep" if nearly else "Too deep",
        f"{'The other results are right. ' if nearly else ''}"
        "In this case more calls wait for one another than Python allows, about a thousand.",
        "What grows with the input, so that each call has to wait for the next?",
        "fragile" if nearly else "wrong",
    )


def _of_the_error(task, function, outcome):
    error = outcome.error
    if isinstance(error, TypeError) and task.noun == "function" and not ask(lambda: takes(function, outcome.arguments), True):
        wanted = ", ".join(task.inputs[: len(outcome.arguments)])
        return make_mistake(
            "Another signature",
            f"It is called with ({wanted}), but takes ({', '.join(ask(lambda: parameters(function), ['…']))}).",
            "Does the first line look as it does in the exercise?",
        )
    title, question = kind_of(error, outcome.where)
    title = None if task.drive and not outcome.where else title  # it may be a line of the check's own
    question = about_a_class(function, error, outcome.where) or question if task.noun == "class" else question
    question = meant(error, ask(lambda: known_to(function), [])) or question
    told = raised(outcome)
    names = ask(lambda: foreign(function), [])
    if names:
        proved = proved_by_source(task, function)
        return make_mistake(proved.title, f"{told.rstrip('.')}. {proved.message}", question)
    return make_mistake(title, told, question)


def _nothing_changed(task, outcomes, i):
    """Return a Mistake about a function that left alone all that it should change, in case i or in every one."""
    due_to_change = [j for j in task.changes if size(outcomes[i].given[j])]
    if not due_to_change or not _left_alone(task, outcomes[i]):
        return None
    names = listed([task.inputs[j] for j in due_to_change])
    held = f"{names} {'holds' if len(due_to_change) == 1 else 'hold'} what was there before"
    if not all(_left_alone(task, outcome) for outcome in outcomes):
        return make_mistake(
            f"{UNCHANGED} in this case",
            f"After this call {held}; in another case something has changed.",
            "Which lines are reached in this case, and into which arrays do they write?",
        )
    return make_mistake(
        UNCHANGED,
        f"After the call {held} it.",
        "`a = …` gives a name to a new array. Which operations write into the array that is there?",
    )


def _left_alone(task, outcome):
    """Return whether a call has changed nothing of what it should change."""
    return all(same(outcome.arguments[j], outcome.given[j], 0, 0) for j in task.changes)
