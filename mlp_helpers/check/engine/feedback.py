"""From a finding to the panel that the learner sees."""

import inspect
import re

import numpy as np

from .comparing import begun, parts, rows, same, shape, size, summary
from .errors import raised
from .panel import Panel, height
from .results import BY_HAND, PRINTED
from .running import ask
from .sources import source_of

SHOWN_ROWS = 12  # of a table, what is more is folded away
FEW_ROWS = 4  # of a table, that are not folded away where they say where what is shown comes from
MANY = 12  # entries of a dict that is shown as one
FEW = 12  # numbers in a dict of arrays, all that is shown of one
CALLS = "calls"
MISSING, NOT_DUE = "there is none", "nothing of this name"
LEADS = {"fragile": "Nearly: ", "convention": "Another convention: "}


def feedback(name, finding, going_on="", trouble=""):
    """Return the Panel about a finding.

    ``going_on`` says whose function the notebook uses from here on, ``trouble`` why progress could not be kept.
    """
    verdict = finding.verdict
    stuck = "" if verdict.passed or verdict.kind == "not checked" else f"Stuck? `check.{name}.hint()`"
    footer = " ".join(filter(None, [going_on, stuck, trouble]))
    if verdict.passed:
        return Panel(name, "solved", verdict.message, footer=footer)
    if not verdict.judged:
        return Panel(name, verdict.kind, verdict.message, footer=footer)
    title = f"{verdict.misconception}. " if verdict.misconception else ""
    lead = "Perhaps: " if verdict.guess else LEADS.get(verdict.kind, "")
    if verdict.kind == "fragile" and not finding.nearly and not verdict.guess:
        lead, title = "", begun(title, _labels(finding))
    headline = " ".join(filter(None, [f"{lead}{title}{_message(finding)}", _relation(verdict)]))
    if not finding.case:
        return Panel(name, "not yet", headline, [finding.question] if finding.question else [], footer=footer)
    values, folded = _values(finding)
    leading_on = verdict.place.message if verdict.place else finding.question
    if leading_on == BY_HAND and not finding.example and _is_hidden(finding, values):
        leading_on = PRINTED
    paragraphs, code = [leading_on] if leading_on else [], verdict.place.code if verdict.place else ""
    if isinstance(finding.outcome.error, Exception) and "It raised" not in verdict.message:
        paragraphs.insert(0, _fact(raised(finding.outcome), finding.outcome.error))
    if finding.outcome.printed:
        paragraphs.insert(0, f"It printed: {finding.outcome.printed[:300].strip()}")
    if finding.outcome.warned and not finding.behaviour.warned:
        paragraphs.insert(0, f"NumPy warned: {finding.outcome.warned[0]}.")
    return Panel(name, "not yet", headline, paragraphs, values, code, footer, folded=folded)


def _is_hidden(finding, shown):
    """Return whether numbers of the case are folded away, or only summed up, so that nobody can compute with them."""
    tables = {label: table for label, _, table in shown}
    labels = [
        (label, part)
        for name, argument in zip(finding.task.inputs, finding.case.arguments, strict=False)
        for label, part in ([(name, argument)] if name in tables else parts(argument, name))
    ]
    return any(label not in tables or (isinstance(part, np.ndarray) and isinstance(tables[label], str)) for label, part in labels)


def _labels(finding):
    """The names of the parts of a result."""
    return finding.expected.result if isinstance(finding.expected.result, dict) else ()


def _message(finding):
    """Return what is said of the mistake; where its place is known, without the advice at the end of an error of the course's."""
    verdict = finding.verdict
    return _fact(verdict.message, finding.outcome.error) if verdict.place and finding.outcome else verdict.message


def _fact(text, error):
    """Return a text that quotes an error without the advice at its end, where it is one of the course's."""
    fact = re.match(r".* must .*?, but .*?\.(?= )", str(error))
    return text.replace(str(error), fact[0]) if fact else text


def _relation(verdict):
    """Return what is true of all results, without what the message has said already."""
    if verdict.misconception == "Transposed":
        return verdict.relation.replace("It is the transpose of what is expected.", "")
    return verdict.relation.replace(", but the shape is different", "") if "shape" in verdict.message else verdict.relation


def _values(finding):
    """Return the rows of the table, what went in, what came and what was expected, and those to be folded away."""
    task, outcome = finding.task, finding.outcome
    given, networks = [("case", "", finding.case.title)], []
    given += [(CALLS, "", rows(task.calls))] if task.calls else []
    for name, argument in zip(task.inputs, finding.case.arguments, strict=False):
        many = isinstance(argument, dict) and len(argument) > MANY
        made = [(label, shape(part), _table(part)) for label, part in ([(name, argument)] if many else parts(argument, name))]
        given += made
        networks += made if isinstance(argument, dict) and size(argument) > FEW else []
    yours, wanted = finding.behaviour.result, finding.expected.result
    if not isinstance(yours, dict):  # what came itself, and not what the view made of it to compare
        yours, wanted = outcome.value, wanted if finding.behaviour.error else task.asks or wanted
    yours, wanted = dict(parts(yours, "yours")), dict(parts(wanted, "expected"))
    if finding.behaviour.error:
        came = [("yours", "", finding.behaviour.error.__name__)]
    else:
        yours, wanted = _first_that_differ(task, yours, wanted)
        came = [
            (label, shape(part), _table(part, wanted.get(_other(label)), task.rtol, task.atol)) for label, part in yours.items()
        ]
    came += [(label, shape(part), _table(part)) for label, part in wanted.items()]
    for i in finding.behaviour.changed:
        now = outcome.arguments[i]
        came.append((f"{task.inputs[i]} afterwards", shape(now), _table(now, finding.case.arguments[i], 0, 1e-9)))
    said = []
    if finding.example:
        said = [("your own example", "", [[(line, False)] for line in finding.example.lines])]
        gave, due = finding.example.gave, finding.example.due
        said.append(("gives", shape(gave), _table(gave, due, task.rtol, task.atol)))
        said += [] if due is None and finding.behaviour.error else [("instead of", shape(due), _table(due))]
        if not finding.behaviour.error:
            return said, given + came
    more = []
    if finding.behaviour.error:
        only_seen = isinstance(finding.expected.result, dict) and not next(iter(finding.expected.result), "").isidentifier()
        upto = 1 if only_seen else 2  # the first part of what was expected, if it is a result; and the error speaks of this case
        came, more = came[:upto], came[upto:] + said
    part = next(iter(wanted), "").partition(" ")[2]  # its name, as in "expected W2"
    came, more = ([(_whose(finding, label), *row) for label, *row in each] for each in (came, more))
    needed = [row for row in given if _is_needed(row, part)]
    room, shown = SHOWN_ROWS - sum(height(table) for _, _, table in [*came, *needed]), []
    for row in sorted(given, key=lambda row: height(row[2]) > 1):  # the short ones first
        tall = height(row[2])
        if row in needed:
            shown.append(row)
        elif tall <= room and row not in networks:
            room -= tall
            shown.append(row)
    return [row for row in given if row in shown] + came, [row for row in given if row not in shown] + more


def _is_needed(row, part):
    """Return whether a row is never folded: the case, a number, or a short table of the same name as the part that is shown."""
    label, kind, table = row
    return (
        label in ("case", CALLS)
        or kind == "a number"
        or (bool(part) and label.endswith(f" {part}") and height(table) <= FEW_ROWS)
    )


def _whose(finding, label):
    """Return the label of a part that should have been changed with the name of the dict that holds it: yours parameters W2."""
    side, _, name = label.partition(" ")
    for i in finding.task.changes if side in ("yours", "expected") else ():
        if isinstance(finding.case.arguments[i], dict) and name in finding.case.arguments[i]:
            return f"{side} {finding.task.inputs[i]} {name}"
    return label


def _other(label):
    """The label of the same part of what was expected."""
    return label.replace("yours", "expected", 1)


def _first_that_differ(task, yours, wanted):
    """Return the first part, by its label, that is not the same on both sides, of what came and of what was expected."""
    came = {_other(label): (label, part) for label, part in yours.items()}
    strange = [label for label in yours if _other(label) not in wanted]
    for label, part in wanted.items():
        if label not in came:
            mine = strange[0] if strange else label.replace("expected", "yours", 1)
            return {mine: yours.get(mine, MISSING)}, {label: part}
        if not same(came[label][1], part, task.rtol, task.atol):
            return dict([came[label]]), {label: part}
    if strange:
        return {strange[0]: yours[strange[0]]}, {_other(strange[0]): NOT_DUE}
    return dict(list(yours.items())[:1]), dict(list(wanted.items())[:1])


def _table(value, other=None, rtol=1e-4, atol=1e-6):
    if inspect.isclass(value):
        return value.__name__
    if callable(value):
        return " ".join(ask(lambda: source_of(value), "").split()) or "a function"
    if isinstance(value, np.random.Generator):
        return "a random generator"
    table = rows(value, other, rtol, atol)
    return summary(value, other, rtol, atol) if table is None else table
