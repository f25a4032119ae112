"""From an assignment to feedback with nbgrader itself; `python -m teaching test` installs it and runs this."""

import csv
import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import pytest

from mlp_helpers import check
from mlp_helpers.editions.lessons import ROOT
from teaching import __main__ as command
from teaching import assignment
from tests.teaching.classes import filled, grade_id, mistaken

pytestmark = pytest.mark.skipif(
    not importlib.util.find_spec("nbgrader"), reason="needs nbgrader, not installed here (python -m teaching test)"
)
LESSON = "04_turn_scores_into_probabilities"
SOFTMAX, CROSS_ENTROPY, SQUARED = "softmax", "cross_entropy", "mean_squared_error"
WRONG = {SOFTMAX: "The wrong axis", CROSS_ENTROPY: 0, SQUARED: 0, "log_sum_exp": 0}  # titles, or the first one
SECONDS = 30  # for a cell of an endless submission
PATH = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic


def without_a_check_and_with_a_changed_one(notebook):
    """Wrong functions, a check that was deleted, one that says what the student likes, and noise."""
    source = {SOFTMAX: "def softmax(Z):\n    return Z", CROSS_ENTROPY: "def cross_entropy(P, Y):\n    return 0.0"}
    source[SQUARED] = "import sys\nprint('x' * 100_000, file=sys.stderr)\ndef mean_squared_error(A, Y):\n    sys.exit()"
    notebook = filled(notebook, source | {"log_sum_exp": "while True:\n    pass"})
    for cell in notebook["cells"]:
        if grade_id(cell) == "check_softmax":
            cell["source"] = ["print('softmax: solved')"]
            cell["metadata"]["nbgrader"]["points"] = 50
    return {**notebook, "cells": [cell for cell in notebook["cells"] if grade_id(cell) != f"check_{CROSS_ENTROPY}"]}


def from_before_an_exercise(notebook):
    """A right softmax in a copy that has neither the stub nor the check of log_sum_exp."""
    kept = [cell for cell in notebook["cells"] if grade_id(cell) not in ("log_sum_exp", "check_log_sum_exp")]
    return filled({**notebook, "cells": kept}, {SOFTMAX: check.EXERCISES[SOFTMAX].source()})


SUBMISSIONS = {
    "right": lambda notebook: filled(notebook, {name: check.EXERCISES[name].source() for name in WRONG}),
    "half": lambda notebook: filled(
        notebook, {SQUARED: check.EXERCISES[SQUARED].source(), SOFTMAX: mistaken(SOFTMAX, "The wrong axis")}
    ),
    "wrong": lambda notebook: filled(notebook, {name: mistaken(name, title) for name, title in WRONG.items()}),
    "untouched": lambda notebook: notebook,
    "older": from_before_an_exercise,
    "hostile": without_a_check_and_with_a_changed_one,
    "deadly": lambda notebook: filled(notebook, {SOFTMAX: "import os\nos._exit(1)"}),
    "patched": lambda notebook: filled(notebook, {SOFTMAX: "type(check.softmax).use = lambda self, f: f\nsoftmax = len"}),
}  # fmt: skip
DOWNLOADED = "Ada Lovelace_17"  # one that comes as a file, and not over nbgrader's exchange
POINTS = {"right": 7, "half": 2, "wrong": 0, "untouched": 0, "older": 1, "hostile": 0, DOWNLOADED: 7}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """nbgrader's course folder after everything: generated, released, fetched, submitted, collected, marked, explained."""
    folder = tmp_path_factory.mktemp("course")
    list(assignment.make(["04"], folder))
    exchange = folder.parent / "exchange"
    exchange.mkdir(exist_ok=True)
    exchange.chmod(0o777)

    def nbgrader(*arguments, cwd=folder, status=0):
        state = {"PATH": PATH, "JUPYTER_DATA_DIR": str(folder.parent / "data")}
        command = [sys.executable, "-m", "nbgrader", *arguments, f"--Exchange.root={exchange}"]
        ended = subprocess.run(command, cwd=cwd, env={**os.environ, **state}, capture_output=True, text=True, check=False)
        assert ended.returncode == status, ended.stdout + ended.stderr
        return ended.stderr

    nbgrader("generate_assignment", LESSON)
    nbgrader("release_assignment", LESSON)
    home = folder.parent / "home"
    home.mkdir()
    nbgrader("fetch_assignment", LESSON, "--course=mlp", cwd=home)
    path = home / LESSON / f"{LESSON}.ipynb"
    fetched = json.loads(path.read_text(encoding="utf-8"))
    for student, write in SUBMISSIONS.items():
        path.write_text(json.dumps(write(fetched)), encoding="utf-8")
        nbgrader("submit", LESSON, "--course=mlp", f"--student={student}", cwd=home)
    nbgrader("collect", LESSON)
    downloads = folder.parent / "downloads"
    (downloads / f"{DOWNLOADED}_assignsubmission_file_").mkdir(parents=True)
    path = downloads / f"{DOWNLOADED}_assignsubmission_file_" / "final (2).ipynb"
    path.write_text(json.dumps(SUBMISSIONS["right"](fetched)), encoding="utf-8")
    assert not command.main(["collect", str(downloads), "--out", str(folder)])
    said = nbgrader("autograde", LESSON, f"--Execute.timeout={SECONDS}", status=1)  # one submission ends its kernel
    nbgrader("generate_feedback", LESSON)
    return folder, said


def test_cells_for_solutions_are_put_back_empty_where_they_belong(tmp_path, monkeypatch):
    """Without them nbgrader finds no place for the checks that it adds, and marks nothing of the notebook."""
    from nbformat.v4 import new_code_cell, new_notebook
    from nbgrader.api import Gradebook

    from teaching.grading import PutBack

    monkeypatch.setenv("PATH", PATH)
    names, address = ["first", "check_first", "second", "check_second"], f"sqlite:///{tmp_path / 'gradebook.db'}"
    with Gradebook(address) as gradebook:
        gradebook.add_assignment("a")
        gradebook.add_notebook("n", "a")
        for name in names:
            if name.startswith("check"):
                gradebook.add_grade_cell(name, "n", "a", max_score=1, cell_type="code")
            else:
                gradebook.add_solution_cell(name, "n", "a")
            gradebook.add_source_cell(name, "n", "a", cell_type="code", source="def stub(): ...")

    def put_back(*kept):
        cells = [new_code_cell(name, metadata={"nbgrader": {"grade_id": name}} if name in names else {}) for name in kept]
        about = {"nbgrader": {"notebook": "n", "assignment": "a", "db_url": address}}
        notebook, _ = PutBack().preprocess(new_notebook(cells=cells), about)
        assert not any("def" in cell.source for cell in notebook.cells)
        return [grade_id(cell) or cell.source for cell in notebook.cells]

    assert put_back("text", "first", "check_first", "end") == ["text", "first", "check_first", "second", "end"]
    assert put_back("first", "own", "second", "check_second") == ["first", "own", "second", "check_second"]
    assert put_back("text", "end") == ["text", "end", "first", "second"]


def points(folder):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return {each.student.id: each.score for each in gradebook.assignment_submissions(LESSON)}


def test_each_submission_gets_the_points_of_what_is_right_in_it(course):
    folder, _ = course
    assert {student: score for student, score in points(folder).items() if student in POINTS} == POINTS


def test_a_submission_that_ends_its_kernel_is_named_and_costs_nobody_else_the_marks(course):
    folder, said = course
    assert "deadly" in said and not (folder / "feedback" / "deadly").exists()


@pytest.mark.parametrize("student", ["half", "wrong"])
def test_the_feedback_names_the_mistake(course, student):
    folder, _ = course
    page = (folder / "feedback" / student / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    mistake = next(each for each in check.softmax.task.mistakes if each.title == "The wrong axis")
    assert mistake.title in page and mistake.question in page
    assert "most recent call last" not in page and str(ROOT) not in page


def test_the_feedback_begins_with_the_points_of_each_exercise_by_its_name():
    from nbformat.v4 import new_code_cell, new_notebook

    from teaching.grading import Overview

    marks = {"check_softmax": 0.0, "check_cross_entropy": 2.0}
    cells = [
        new_code_cell(metadata={"nbgrader": {"grade_id": name, "grade": True, "score": score, "points": 2}})
        for name, score in marks.items()
    ]
    notebook, _ = Overview().preprocess(new_notebook(cells=[new_code_cell(), *cells]), {})
    first = notebook.cells[0].source
    assert "| [softmax](#check_softmax) | 0 of 2 |\n| [cross_entropy](#check_cross_entropy) | 2 of 2 |" in first


def test_a_mistake_costs_the_points_of_one_exercise_and_not_of_those_below(course):
    """After a wrong softmax the notebook goes on with ours, so that its later cells have no error."""
    folder, _ = course
    notebook = json.loads((folder / "autograded" / "half" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    failed = [cell for cell in notebook["cells"] if any(each["output_type"] == "error" for each in cell.get("outputs", []))]
    assert [grade_id(cell) for cell in failed] == ["check_softmax", "check_log_sum_exp", "check_cross_entropy"]


def test_the_board_has_nbgraders_points_and_says_where_the_teachers_run_does_not_agree(course, tmp_path, capsys):
    folder, _ = course
    assert not command.main(["board", str(folder), "--out", str(tmp_path)])
    assert "patched, softmax: nbgrader gave 1, but in a run of its own it is not solved." in capsys.readouterr().out
    names, rows = (
        {row[key]: row for row in csv.DictReader((tmp_path / file).read_text(encoding="utf-8").splitlines())}
        for file, key in (("names.csv", "learner"), ("board.csv", "code"))
    )
    found = {learner: rows[row["code"]] for learner, row in names.items()}
    assert found.keys() == SUBMISSIONS.keys() | {DOWNLOADED}
    for learner, points in POINTS.items():
        assert sum(float(found[learner][f"{name} points"]) for name in WRONG) == points
    assert found["wrong"]["softmax"] == "tried" and found[DOWNLOADED]["softmax"] == "solved"
