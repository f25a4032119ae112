"""Each case is refused, its message says what to do, and whoever does it gets what was wanted."""

import ast
import contextlib
import re

import numpy as np
import pytest

from . import core_cases, file_cases
from .following import agree, copied, mended, pieces, refused, result, run, variables

CODE = core_cases.CODE | file_cases.CODE
SETTINGS = core_cases.SETTINGS | file_cases.SETTINGS
WORDS = core_cases.WORDS | file_cases.WORDS


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def compare(case, changed, space):
    if case.right:
        agree(result(case.call, copied(changed)), result(case.right, space))


@pytest.mark.parametrize("name", CODE)
def test_the_code_in_the_message_works(name, tmp_path):
    case = CODE[name]
    space = variables(case, tmp_path)
    message = refused(case.call, copied(space))
    ways = list(mended(case, space, message, case.steps))
    assert len(ways) >= case.pieces, message
    for _, changed in ways:
        compare(case, changed, space)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_values_in_the_message_work(name, tmp_path):
    case = SETTINGS[name]
    space = variables(case, tmp_path)
    message = refused(case.call, copied(space))
    found = re.search(case.pattern, message)
    assert found, message
    for value in (value for group in found.groups() for value in re.split(", | or ", group)):
        with contextlib.suppress(SyntaxError, ValueError):  # where it is a word
            value = ast.literal_eval(value)
        result(case.call, copied(space) | {case.to: value})


@pytest.mark.parametrize("name", WORDS)
def test_who_does_what_the_words_say_is_not_refused(name, tmp_path):
    case = WORDS[name]
    space = variables(case, tmp_path)
    message = refused(case.call, copied(space))
    assert re.search(case.says, message), message
    changed = copied(space)
    run(case.follow, changed)
    came = result(case.call, copied(changed))
    if case.right:
        agree(came, result(case.right, space))


def test_what_causes_nan_is_what_the_message_names():
    with np.errstate(all="ignore"):
        for bad in np.zeros(1) / 0, np.log(np.zeros(1)), 0 * np.exp(np.float32([1e9])):
            assert not np.isfinite(bad).all()


def test_code_is_found_in_a_sentence_and_prose_is_not():
    own = {"X", "y", "dropout"}
    for message, found in {
        "X must have shape (n, d) with d = 4, but has shape (4,). Flatten it: X.reshape(1, -1).": ["X.reshape(1, -1)"],
        "Scores in rows become labels by y.argmax(axis=1).": ["y.argmax(axis=1)"],
        "Try dropout=0, which leaves it out.": ["dropout=0"],
        "With classes = np.unique(y), they are np.searchsorted(classes, y).": [
            "classes = np.unique(y)",
            "np.searchsorted(classes, y)",
        ],
        "Do a = np.sum(X); y = X / a, in this order.": ["a = np.sum(X); y = X / a"],
        "Write [y[row] for row in sorted(y)] in its place.": ["[y[row] for row in sorted(y)]"],
        "y must be one-hot, a row of 3 for each example (the first is nan).": [],
        "Make it from them: one_hot(y.ravel(), 3).": ["one_hot(y.ravel(), 3)"],
    }.items():
        assert pieces(message, own) == found
