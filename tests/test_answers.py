"""Answers that readers wrote before they saw any check: right ones pass, wrong ones are named, and nothing false is said."""

import ast
import functools
import inspect
import io
import re
import textwrap
import tokenize

import pytest
from answers import PATIENCE, answers, folder
from mutants import exercises

from mlp_helpers.check.engine import places
from mlp_helpers.check.engine.examine import examine
from mlp_helpers.check.engine.feedback import feedback

EACH = 3  # every third wrong answer is examined here; ``python tests/answers.py`` examines them all
KNOWN = 0.95  # at least this share of the wrong answers gets more than a failing case
HEDGED = r"\b(such as|like|for example|as in|as with|would|may|might|perhaps|often|does that|do that|should|so it is)\b"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(folder() is None, reason="no recorded answers in ../shared/answers")]


@functools.cache
def findings(exercise, which):
    """What is found of the recorded answers to an exercise, "RIGHT" or "WRONG" ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "SECONDS", PATIENCE)
        given = [function for each, wrong, function in recorded() if each is exercise and (wrong != "") == (which == "WRONG")]
        return [(function, examine(exercise.task, function)) for function in given]


@functools.cache
def recorded():
    given = list(answers(folder()))
    return [each for each in given if each[1] == ""] + [each for each in given if each[1] != ""][::EACH]


every = pytest.mark.parametrize("exercise", exercises(), ids=lambda exercise: exercise.name)


@every
def test_right_answers_pass(exercise):
    for function, finding in findings(exercise, "RIGHT"):
        assert finding.verdict.passed, f"{function.__name__}: {finding.verdict.message}"


@every
def test_wrong_answers_are_refused(exercise):
    for function, finding in findings(exercise, "WRONG"):
        assert not finding.verdict.passed, inspect.getsource(function)


def test_nearly_all_wrong_answers_are_named_related_or_placed():
    verdicts = [finding.verdict for exercise in exercises() for _, finding in findings(exercise, "WRONG")]
    known = [verdict.misconception or verdict.relation or verdict.place for verdict in verdicts]
    assert len(known) > 100 and sum(map(bool, known)) >= KNOWN * len(known)


@every
def test_what_is_said_of_the_code_is_so_in_the_code(exercise):
    for function, finding in [*findings(exercise, "WRONG"), *findings(exercise, "RIGHT")]:
        source = textwrap.dedent(inspect.getsource(function))
        for paragraph in (finding.verdict.message, finding.question):
            for sentence in re.split(r"(?<=[.?])\)?\s+(?=[A-Z(`])", paragraph):
                assert is_so(sentence, source), f"{sentence!r} of\n{source}"


@every
def test_a_panel_is_short(exercise):
    for _, finding in findings(exercise, "WRONG"):
        values = feedback(exercise.name, finding).values
        rows = sum(1 if isinstance(table, str) else len(table) for _, _, table in values)
        assert rows <= 24 and sum(label.startswith("yours") for label, _, _ in values) <= 1


def is_so(sentence, source):
    """Return whether a sentence that speaks of code fits the source that it is about; one that does not fits any."""
    nodes = list(ast.walk(ast.parse(source)))
    loops = [node for node in nodes if isinstance(node, (ast.For, ast.While, ast.comprehension))]
    returns = [inner for loop in loops for inner in ast.walk(loop) if isinstance(inner, ast.Return)]
    if "`return`" in sentence and re.search(r"\b(inside|far in|indented)\b", sentence) and not returns:
        return False
    if re.search(r"\bloops?\b", sentence) and not loops:
        return False
    if re.search("behind `return`", sentence) and not any(isinstance(node, ast.Return) and node.value for node in nodes):
        return False
    if "result with `yield`" in sentence and not any(isinstance(node, ast.Yield) for node in nodes):
        return False
    unread = re.match(r"(`.*`) (is|are) not read anywhere", sentence)
    if unread:
        read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        return not read & set(re.findall(r"`(\w+)`", unread[1]))
    if sentence.endswith("?") or re.search(HEDGED, sentence) or "It raised" in sentence:
        return True
    quoted = [marks(fragment) for fragment in re.findall("`([^`]*)`", sentence)]
    return not any(quoted) or any(each <= marks(source) for each in filter(None, quoted))


def marks(source):
    """The operators in a piece of code, without those that any code has."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source.replace("…", "_")).readline))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return set()
    return {token.string for token in tokens if token.type == tokenize.OP} - set("()[],.:=")
