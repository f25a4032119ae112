import collections
import linecache
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.lessons import all_lessons, number_of
from teaching import __main__ as command
from teaching.bank import QUESTIONS, export
from teaching.bank.question import Bug, Choice, Number, Program

LESSONS = [number_of(lesson) for lesson in all_lessons()]


def of_kind(kind):
    return pytest.mark.parametrize("question", [each for each in QUESTIONS if type(each) is kind], ids=lambda each: each.name)


def defined(code, name):
    filename = f"<{hash(code)}>"
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    space = {"np": np}
    exec(compile(code, filename, "exec"), space)
    return space[name]


def test_the_bank_is_large_enough_and_covers_every_lesson_and_level():
    assert len(QUESTIONS) >= 60 and len({question.name for question in QUESTIONS}) == len(QUESTIONS)
    assert {question.lesson for question in QUESTIONS} == set(LESSONS)
    order = [LESSONS.index(question.lesson) for question in QUESTIONS]
    assert order == sorted(order)
    assert collections.Counter(question.level for question in QUESTIONS).keys() == {1, 2, 3}


@of_kind(Number)
def test_the_package_computes_the_answer(question):
    assert float(question.computed()) == pytest.approx(question.answer, rel=0, abs=max(question.tolerance, 1e-9))
    assert question.tolerance <= 0.01 * abs(question.answer)
    assert question.solution


@of_kind(Choice)
def test_the_right_option_holds_and_each_has_its_reason(question):
    assert question.computed is None or question.computed()
    assert len(question.options) == 4 and all(question.options.values())
    starts = [reason.startswith("Right") for reason in question.options.values()]
    assert starts == [True, False, False, False]


@of_kind(Bug)
def test_the_bug_is_a_known_mistake_in_one_line(question):
    exercise, lines = EXERCISES[question.exercise], question.code.splitlines()
    verdict = exercise.diagnose(defined(question.code, exercise.name))
    assert verdict.misconception in [mistake.title for mistake in exercise.task.mistakes]
    lines[question.line - 1] = question.repaired
    assert exercise.diagnose(defined("\n".join(lines) + "\n", exercise.name)).passed


@of_kind(Program)
def test_the_sample_passes_its_tests_and_an_empty_one_does_not(question):
    space = {"np": np}
    exec(question.code, space)
    exec(question.tests, space)
    stub = re.sub(r":\n.*", ":\n    ...\n", question.code, flags=re.DOTALL)
    with pytest.raises((AssertionError, AttributeError)):  # None has no tolist
        exec(f"{stub}{question.tests}", {"np": np})


def test_the_page_of_questions_gives_no_answer_away_and_that_of_solutions_has_all():
    questions, solutions = export.markdown(QUESTIONS), export.markdown(QUESTIONS, solved=True)
    for question in QUESTIONS:
        said = [*question.options.values()] if isinstance(question, Choice) else [question.solution]
        assert all(text in solutions and text not in questions for text in said)
        name = f". {question.name[0].upper()}{question.name[1:]}"  # such as “one-hot by the wrong axis”, of a bug
        assert name in solutions and name not in questions
    places = collections.Counter(
        list(export.shuffled(each).values()).index(each.right) for each in QUESTIONS if isinstance(each, Choice)
    )
    assert len(places) == 4 and max(places.values()) < sum(places.values()) / 2


def test_moodle_can_read_the_export():
    """The form that Moodle documents for its XML: which elements each type of question has."""
    quiz = ET.fromstring(export.moodle(QUESTIONS))
    asked = [each for each in quiz if each.get("type") != "category"]
    assert quiz.tag == "quiz" and len(asked) == len(QUESTIONS)
    assert len(quiz) - len(asked) == len(LESSONS)
    for question in asked:
        assert question.findtext("name/text") and question.findtext("questiontext/text")
        assert float(question.findtext("defaultgrade")) > 0
        answers = question.findall("answer")
        fractions = [answer.get("fraction") for answer in answers]
        kind = question.get("type")
        if kind == "multichoice":
            assert fractions == ["100", "0", "0", "0"] and question.findtext("single") == "true"
            assert all(answer.findtext("feedback/text") for answer in answers)
        elif kind == "numerical":
            (answer,) = answers
            assert fractions == ["100"] and float(answer.findtext("tolerance")) >= 0
            assert float(answer.findtext("text")) in [getattr(each, "answer", getattr(each, "line", None)) for each in QUESTIONS]
        else:
            assert kind == "essay" and not answers and question.findtext("graderinfo/text")
        for text in question.iter("text"):
            assert "$" not in (text.text or "").replace("$course$", "") and "FORMULA" not in (text.text or "")


def test_the_command_writes_the_questions_of_the_lessons_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "_print", lambda papers: None)  # see test_pdf.py
    assert not command.main(["bank", "04", "05", "--out", str(tmp_path)])
    wanted = [question for question in QUESTIONS if question.lesson in ("04", "05")]
    assert (tmp_path / "questions.md").read_text(encoding="utf-8") == export.markdown(wanted)
    assert {path.name for path in tmp_path.iterdir()} == {"questions.md", "solutions.md", "moodle.xml"}
    assert f"{len(wanted)} questions" in capsys.readouterr().out
