import json
import re

import pytest

from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.lessons import all_lessons, number_of, source_of
from teaching import __main__ as command
from teaching import assignment
from tests.teaching.classes import grade_id

LESSONS = {number_of(lesson): lesson for lesson in all_lessons()}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", LESSONS)
def test_each_exercise_of_a_lesson_is_a_stub_to_fill_and_a_check_that_is_graded(number):
    cells = assignment.graded(assignment.handed_out(LESSONS[number]), (1, 2, 3))
    wanted = [each for each in EXERCISES.values() if each.notebook == number]
    marks = {grade_id(cell): (cell["metadata"]["nbgrader"], source_of(cell)) for cell in cells if grade_id(cell)}
    assert len(marks) == 2 * len(wanted)
    for exercise in wanted:
        stub, source = marks[exercise.name]
        assert stub["solution"] and not stub["locked"] and re.search(rf"^(def|class) {exercise.name}\b", source, re.MULTILINE)
        mark, source = marks[f"check_{exercise.name}"]
        assert mark["grade"] and mark["locked"] and f"check.{exercise.name}.use" in source
        assert mark["points"] == {"in class": 1, "at home": 2, "starred": 3}[exercise.place]


@pytest.mark.parametrize("number", LESSONS)
def test_a_notebook_stands_alone_and_gives_nothing_away(number):
    cells = assignment.handed_out(LESSONS[number])
    for cell in cells:
        assert not cell.get("outputs") and "author" not in cell["metadata"].get("tags", [])
        if cell["cell_type"] == "markdown":
            links = re.findall(r"\]\(([^)]+)\)", source_of(cell))
            assert all(link.startswith(("https://", "http://", "#", "attachment:", "mailto:")) for link in links), links
            attached = {link.partition(":")[2] for link in links if link.startswith("attachment:")}
            assert attached == set(cell.get("attachments", {}))


def test_links_between_lessons_that_are_handed_out_together_are_kept():
    cells = assignment.handed_out(LESSONS["05"], {LESSONS["04"].stem})
    texts = "\n".join(source_of(cell) for cell in cells)
    assert f"]({LESSONS['04'].stem}.ipynb" in texts and f"]({LESSONS['06'].stem}.ipynb" not in texts


def test_the_command_makes_both_kinds_and_says_the_points(tmp_path, capsys):
    assert not command.main(["assignment", "04", "05", "--out", str(tmp_path), "--points", "2", "3", "5"])
    said = capsys.readouterr().out
    for number in ("04", "05"):
        name = f"{LESSONS[number].stem}.ipynb"
        plain, source = read(tmp_path / "plain" / name), read(tmp_path / "source" / LESSONS[number].stem / name)
        assert not any(map(grade_id, plain["cells"]))
        assert [cell["id"] for cell in plain["cells"]] == [cell["id"] for cell in source["cells"]]
    assert "12 points (softmax 2, log_sum_exp 5, cross_entropy 2, mean_squared_error 3)" in said
    assert "configure(c)" in (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8")


def test_what_a_teacher_has_changed_is_replaced_only_when_asked_for(tmp_path, capsys):
    make = ["assignment", "04", "--out", str(tmp_path)]
    command.main(make)
    config, source = tmp_path / "nbgrader_config.py", next(tmp_path.glob("source/*/*.ipynb"))
    before = source.read_bytes()
    for path in (config, source):
        path.write_bytes(path.read_bytes() + b"\n")
    assert command.main(make) == 1
    assert "--replace" in capsys.readouterr().err and source.read_bytes() == before + b"\n"
    command.main([*make, "--replace"])
    assert source.read_bytes() == before
    assert config.read_bytes().endswith(b"\n\n")  # the settings stay the teacher's


@pytest.mark.parametrize("asked", [["assignment", "04"], ["sheets"]])
def test_points_below_zero_are_refused(asked, tmp_path, capsys):
    assert command.main([*asked, "--out", str(tmp_path), "--points", "1", "-2", "3"]) == 1
    assert "--points" in capsys.readouterr().err and not list(tmp_path.iterdir())
