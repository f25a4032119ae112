import re

import pytest

from mlp_helpers.check import EXERCISES
from mlp_helpers.check.engine.questions import QUESTIONS, Prediction
from mlp_helpers.editions.lessons import ROOT, all_lessons, number_of
from teaching import __main__ as command
from teaching import sheets
from tests.teaching.classes import changed

LESSONS = sheets.with_sheet()
ALL = {number_of(path): sheets.read(path) for path in all_lessons()}
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.number)
each_route = pytest.mark.parametrize("route", sheets.ROUTES, ids=lambda route: route.title)


def inside(lesson, kind):
    return [name for section in lesson.sections for name in getattr(section, kind)]


def test_every_written_part_belongs_to_a_lesson():
    assert {path.stem for path in sheets.WRITTEN.glob("*.md")} == {lesson.number for lesson in LESSONS}
    assert {f"{number:02}" for number in range(21)} == {lesson.number for lesson in LESSONS}


@pytest.mark.parametrize("lesson", ALL.values(), ids=lambda lesson: lesson.number)
def test_all_exercises_and_predictions_of_a_lesson_are_found(lesson):
    assert set(inside(lesson, "exercises")) == {name for name, each in EXERCISES.items() if each.notebook == lesson.number}
    predictions = {name for name, each in QUESTIONS.items() if each.notebook == lesson.number and isinstance(each, Prediction)}
    assert set(inside(lesson, "predictions")) == predictions


@each_lesson
def test_the_written_part_is_complete(lesson):
    parts = sheets.written(lesson.number)
    assert list(parts) == sheets.PARTS and all(parts.values())
    assert len(sheets.entries(parts["Expect"])) == 3 and sheets.entries(parts["Where to cut"])
    assert 3 <= len(re.findall("^- ", parts["What usually goes wrong"], re.MULTILINE)) <= 5
    for title in ("Minutes", "Expect", "Where to cut"):  # every line of a list was understood
        assert len(sheets.entries(parts[title])) == len(parts[title].splitlines())


@each_lesson
def test_the_written_part_names_only_what_there_is(lesson):
    parts, names = sheets.written(lesson.number), [section.name for section in lesson.sections]
    in_class = [name for name in inside(lesson, "exercises") if EXERCISES[name].place == "in class"]
    listed = [name for name, _ in sheets.entries(parts["Minutes"])]
    assert listed[: len(names + in_class)] == names + in_class
    assert set(listed[len(names + in_class) :]) <= set(inside(lesson, "exercises")) - set(in_class)
    assert {name for name, _ in sheets.entries(parts["Where to cut"])} <= set(lesson.core())
    for name, title in sheets.entries(parts["Expect"]):
        assert name in inside(lesson, "exercises")
        assert title in [mistake.title for mistake in EXERCISES[name].task.mistakes]
    said = "\n".join(parts[title] for title in sheets.PARTS[1:])
    assert set(re.findall(r"[Ss]ection (\d+)", said)) <= set(names)
    assert set(re.findall(r"[Ll]essons? (\d+\w?)", said)) <= {*ALL}


@each_lesson
def test_minutes_add_up(lesson):
    minutes = sheets.minutes_of(lesson.number)
    home = sum(minutes.get(name, 0) for name in inside(lesson, "exercises") if EXERCISES[name].place != "in class")
    assert sum(minutes[section.name] for section in lesson.sections) + home == lesson.minutes
    assert sum(minutes[name] for name in lesson.core()) == lesson.core_minutes
    for section in lesson.sections:
        exercises = [name for name in section.exercises if EXERCISES[name].place == "in class"]
        assert sum(minutes[name] for name in exercises) < minutes[section.name]


@each_lesson
def test_a_sheet_says_what_is_asked_in_the_lesson(lesson):
    page = sheets.sheet(lesson, points=(4, 5, 6))
    for name in inside(lesson, "exercises"):
        place = EXERCISES[name].place
        worth = dict(zip(sheets.PLACES, (4, 5, 6), strict=True))[place]
        assert re.search(rf"`{name}` \((?:{place}, about \d+ minutes, )?{worth} points\)", page)
    for name in inside(lesson, "predictions"):
        assert QUESTIONS[name].text in page and QUESTIONS[name].right in page
    assert len(re.findall(r"^- `\w+`, \*", page, re.MULTILINE)) == 3 and "](" not in page
    assert len(page.replace("|", " ").split()) < 1100  # two sides of paper


def test_core_paths_are_read_as_they_are_written():
    assert ALL["01"].core() == ["beginning", "1", "2", "3", "4", "5", "6", "end"]
    assert {"5", "6", "7"}.isdisjoint(ALL["10"].core()) and {"3", "4", "8"} <= set(ALL["10"].core())  # cases 3, 4 and 5
    assert "6" not in ALL["04"].core() and "end" in ALL["04"].core()
    assert ALL["05"].core() == [section.name for section in ALL["05"].sections]


def test_the_minutes_of_lessons_are_those_of_the_front_page():
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| \[.+\]\(.+\) \| (\d+) \| (\d+) \|", page, re.MULTILINE)
    assert {number: (int(whole), int(core)) for number, whole, core in rows} == {
        number: (lesson.minutes, lesson.core_minutes) for number, lesson in ALL.items()
    }


@each_route
def test_the_meetings_of_a_route_fit_and_go_on_where_they_stopped(route):
    meetings = sheets.blocks_of(route, ALL, sheets.minutes_of)
    assert all(minutes <= length for (_, minutes), length in zip(meetings, route.lengths, strict=True))
    taught = {}  # of each lesson: the sections in their order
    for number, *chosen in (entry.split() for meeting in route.meetings for entry in meeting):
        lesson = ALL[number]
        named = [section.name for section in lesson.sections]
        parts = {"all": named, "core": lesson.core() if "core" in chosen else []}.get(chosen[0], chosen)
        assert set(parts) <= set(named)
        taught.setdefault(number, []).extend(parts)
    assert list(taught) == sorted(taught, key=list(ALL).index)
    for number, parts in taught.items():
        named = [section.name for section in ALL[number].sections]
        assert parts == sorted(set(parts), key=named.index)


def test_routes_have_the_length_that_they_promise():
    total = {route.title: sum(route.lengths) for route in sheets.ROUTES}
    assert total["Four hours"] == 4 * 60 and total["Six lessons of 45 minutes"] == 6 * 45
    assert [len(route.lengths) for route in sheets.ROUTES if "14 weeks" in route.title] == [14]
    assert total["A workshop of two days"] == 2 * 4 * 75


def test_core_minutes_of_routes_are_those_of_the_sections():
    route = sheets.ROUTES[0]
    minutes = [sum(sheets.minutes_of(number)[name] for name in ALL[number].core()) for number in ("01", "02")]
    assert sheets.blocks_of(route, ALL, sheets.minutes_of)[0][1] == sum(minutes)


def test_the_command_writes_all_pages(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "_print", lambda papers: None)  # see test_pdf.py
    assert command.main(["sheets", "--out", str(tmp_path / "new" / "sheets")]) is None
    names = [*(f"{lesson.number}.md" for lesson in LESSONS), "routes.md"]
    assert sorted(path.name for path in (tmp_path / "new" / "sheets").iterdir()) == sorted(names)
    assert f"{len(names)} pages" in capsys.readouterr().out
    for route in sheets.ROUTES:
        assert route.title in (tmp_path / "new" / "sheets" / "routes.md").read_text(encoding="utf-8")


def test_the_command_writes_the_sheets_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "_print", lambda papers: None)
    assert command.main(["sheets", "05", "--out", str(tmp_path)]) is None
    assert [path.name for path in tmp_path.iterdir()] == ["05.md"] and "1 page is in" in capsys.readouterr().out
    assert command.main(["sheets", "5", "--out", str(tmp_path)]) == 1 and "no run sheet of 5" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- 5: 9\n", "", "should give the minutes of 5: add lines such as - 5: 5"),
        ("- `softmax`: The wrong axis", "- `softmax`: The wrong way", "Its mistakes are: Divided by the sum of the whole batch;"),
        ("- `softmax`: The wrong axis", "- `relu`: The sign is taken off", "There are softmax, log_sum_exp, cross_entropy,"),
        ("- 7: run only", "- 9: run only", "cuts 9, but the sections are beginning, 1, 2,"),
        ("## Draw", "## Sketch", "should have the parts Minutes, Say first, Draw,"),
    ],
)
def test_what_a_teacher_changed_and_does_not_fit_is_said(tmp_path, monkeypatch, capsys, old, new, told):
    monkeypatch.setattr(sheets, "WRITTEN", changed(sheets.WRITTEN, "04", old, new, tmp_path / "written"))
    assert command.main(["sheets", "--out", str(tmp_path / "out")]) == 1
    assert told in capsys.readouterr().err and not (tmp_path / "out").exists()
