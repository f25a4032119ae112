"""From a finding to the panel that the learner sees."""

import inspect

import numpy as np

from .comparing import parts, rows, same, shape, summary
from .panel import Panel
from .running import ask
from .sources import source_of

SHOWN_PARTS = 2  # of a result with many named parts
LEADS = {"fragile": "Nearly: ", "convention": "Another convention: "}


def feedback(name, finding, going_on="", trouble=""):
    """Return the Panel about a finding.

    ``going_on`` says whose function the notebook uses from here on, ``trouble`` why progress could not be kept.
    """
    verdict = finding.verdict
    stuck = "" if verdict.passed or finding.stopped else f"Stuck? check.{name}.hint()"
    footer = " ".join(filter(None, [going_on, stuck, trouble]))
    if verdict.passed:
        return Panel(name, "solved", verdict.message, footer=footer)
    if verdict.kind == "not attempted":
        return Panel(name, "not attempted", verdict.message, footer=footer)
    title = f"{verdict.misconception}. " if verdict.misconception else ""
    headline = " ".join(filter(None, [f"{LEADS.get(verdict.kind, '')}{title}{verdict.message}", verdict.relation]))
    leading_on = verdict.place.message if verdict.place else finding.question
    paragraphs, code = [leading_on] if leading_on else [], verdict.place.code if verdict.place else ""
    if not finding.case:
        return Panel(name, "not yet", headline, paragraphs, footer=footer)
    if finding.outcome.printed:
        paragraphs.insert(0, f"It printed: {finding.outcome.printed[:300].strip()}")
    if finding.outcome.warned and not finding.behaviour.warned:
        paragraphs.insert(0, f"NumPy warned: {finding.outcome.warned[0]}.")
    return Panel(name, "not yet", headline, paragraphs, _values(finding), code, footer)


def _values(finding):
    """Return the rows of the table: what went in, what came, what was expected."""
    task = finding.task
    values = [("case", "", finding.case.title)]
    for name, argument in zip(task.inputs, finding.case.arguments, strict=False):
        values += [(label, shape(part), _table(part)) for label, part in parts(argument, name)]
    yours, wanted = finding.behaviour.result, finding.expected.result
    if not isinstance(yours, dict):  # the number itself, and not what the view made of it to compare
        yours = finding.outcome.value
    if isinstance(wanted, dict):
        yours, wanted = _first_that_differ(task, yours, wanted), _first_that_differ(task, wanted, yours)
    if finding.behaviour.error:
        values.append(("yours", "", finding.behaviour.error.__name__))
        values += [(label, shape(part), _table(part)) for label, part in parts(wanted, "expected")]
        return values
    other = dict(parts(wanted, "yours"))
    for label, part in parts(yours, "yours"):
        values.append((label, shape(part), _table(part, other.get(label), task.rtol, task.atol)))
    values += [(label, shape(part), _table(part)) for label, part in parts(wanted, "expected")]
    for i in finding.behaviour.changed:
        now = finding.outcome.arguments[i]
        values.append((f"{task.inputs[i]} afterwards", shape(now), _table(now, finding.case.arguments[i], 0, 1e-9)))
    return values


def _first_that_differ(task, result, other):
    """Return, of a result with named parts, the first that are not the same in the other result."""
    if not isinstance(result, dict):
        return result
    others = other if isinstance(other, dict) else {}
    differ = [name for name in result if not same(result[name], others.get(name), task.rtol, task.atol)]
    return {name: result[name] for name in differ[:SHOWN_PARTS]}


def _table(value, other=None, rtol=1e-4, atol=1e-6):
    if inspect.isclass(value):
        return value.__name__
    if callable(value):
        return " ".join(ask(lambda: source_of(value), "").split()) or "a function"
    if isinstance(value, np.random.Generator):
        return "a random generator"
    table = rows(value, other, rtol, atol)
    return summary(value, other, rtol, atol) if table is None else table
