"""Predictions in the lessons: asked, tried, explained; and nothing gives one away before its result."""

import ast
import copy
import functools
import itertools
import pathlib
import re

import nbformat
import pytest

from lessons import build
from mlp_helpers.check.engine.exercise import EXERCISES
from mlp_helpers.check.engine.questions import QUESTIONS, Prediction

LESSONS = sorted(pathlib.Path(__file__).resolve().parent.parent.glob("lessons/*.md"))
PREDICTIONS = {name: question for name, question in QUESTIONS.items() if isinstance(question, Prediction)}
ASKS, ANSWERS = (re.compile(rf'^check\.{verb}\("(.+)"\)$', re.MULTILINE) for verb in ("predict", "answer"))
by_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
by_prediction = pytest.mark.parametrize("name", PREDICTIONS)


@functools.cache
def cells_of(lesson):
    return build.as_notebook(lesson.read_text(encoding="utf-8")).cells


def for_learners(cells):
    """The cells of a learner's copy."""
    return [cell for cell in cells if "author" not in cell.metadata.get("tags", ())]


def place(cells, pattern, name):
    (found,) = (number for number, cell in enumerate(cells) if name in pattern.findall(cell.source))
    return found


def plain(text):
    return re.sub(r"[\s*`]+", " ", text).casefold()


def given_away(name, cells):
    """What can be read of a prediction's answer before its explanation: in prose, and in code down to the result."""
    above = plain("\n".join(cell.source for cell in cells[: place(cells, ANSWERS, name)]))
    return [each for each in PREDICTIONS[name].gives_away if re.search(rf"(?<![\w.]){re.escape(plain(each))}(?!\w)", above)]


# --- nothing given away -----------------------------------------------------------------------------------------------


@by_prediction
def test_nothing_above_the_result_gives_it_away(name):
    question = PREDICTIONS[name]
    (lesson,) = (path for path in LESSONS if build.number_of(path) == question.notebook)
    assert question.gives_away, "name the numbers and phrases that would"
    assert given_away(name, for_learners(cells_of(lesson))) == []


@by_prediction
def test_no_praise_for_an_exercise_above_gives_it_away(name):
    (lesson,) = (path for path in LESSONS if build.number_of(path) == PREDICTIONS[name].notebook)
    cells = for_learners(cells_of(lesson))
    above = cells[: place(cells, ASKS, name)]
    solved = re.findall(r"check\.(\w+)\.use\(", "\n".join(cell.source for cell in above))
    praised = [nbformat.v4.new_markdown_cell(EXERCISES[each].task.praise) for each in solved]
    assert given_away(name, [*praised, cells[place(cells, ANSWERS, name)]]) == []


@pytest.mark.parametrize("told", ["It is right for 98 of them.", "`98.0 %` are right", "assert 98 < right", "all of **98**\n"])
def test_what_gives_a_result_away_is_found(told):
    (lesson,) = (path for path in LESSONS if build.number_of(path) == "00")
    cells = for_learners(copy.deepcopy(cells_of(lesson)))
    for number in (0, place(cells, ASKS, "middle pixel") + 1):
        before, cells[number].source = cells[number].source, cells[number].source + f"\n{told}"
        assert given_away("middle pixel", cells) == ["98"]
        cells[number].source = before
    cells[-1].source += told
    assert given_away("middle pixel", cells) == []


def test_the_place_of_an_option_does_not_say_whether_it_is_right():
    places = [list(question.options).index(question.right) for question in PREDICTIONS.values()]
    assert all(len(places) / 5 < places.count(place) < len(places) / 2 for place in range(3))


# --- asked, tried, explained ------------------------------------------------------------------------------------------


@by_lesson
def test_each_prediction_is_explained_once_behind_its_experiment(lesson):
    cells = for_learners(cells_of(lesson))
    code = "\n".join(cell.source for cell in cells)
    asked = ASKS.findall(code)
    own = [name for name, question in PREDICTIONS.items() if question.notebook == build.number_of(lesson)]
    assert sorted(asked) == sorted(ANSWERS.findall(code)) == sorted(own) and len(own) >= 2
    for name in asked:
        tried = cells[place(cells, ASKS, name) + 1 : place(cells, ANSWERS, name)]
        assert any(cell.cell_type == "code" and not ASKS.search(cell.source) for cell in tried), name


@by_lesson
def test_the_prose_does_not_explain_the_options_again(lesson):
    cells = for_learners(cells_of(lesson))
    behind = [after.source for cell, after in itertools.pairwise(cells) if ANSWERS.search(cell.source)]
    assert [source[:60] for source in behind if re.search(r"(?<!\w)\([a-f]\)", source.split("\n## ")[0])] == []


# --- the authors' numbers ---------------------------------------------------------------------------------------------


@by_lesson
def test_author_cells_hold_assertions_alone_and_stand_behind_the_cell_that_they_guard(lesson):
    cells = cells_of(lesson)
    for before, cell in zip([None, *cells], cells, strict=False):
        if "author" in cell.metadata.get("tags", ()):
            assert before.cell_type == "code" and "author" not in before.metadata.get("tags", ())
            assert all(isinstance(statement, ast.Assert) for statement in ast.parse(cell.source).body), cell.id


@by_lesson
def test_a_band_around_a_measured_number_stands_in_an_author_cell(lesson):
    for cell in for_learners(cells_of(lesson)):
        if cell.cell_type == "code":
            asserted = [node.test for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Assert)]
            compared = [node for test in asserted for node in ast.walk(test) if isinstance(node, ast.Compare)]
            assert not any(len(node.ops) > 1 and isinstance(node.left, ast.Constant) for node in compared), cell.id
