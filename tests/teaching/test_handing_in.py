import json
import os

import pytest

from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.notebook import written
from teaching import __main__ as command
from teaching import assignment, collecting
from tests.teaching.classes import filled, grade_id, mistaken

FOUR, FIVE = "04_turn_scores_into_probabilities", "05_walk_downhill"


@pytest.fixture
def course(tmp_path):
    list(assignment.make(["04", "05"], tmp_path / "class"))
    return tmp_path / "class"


@pytest.fixture
def handed_out(course):
    return json.loads((course / "source" / FOUR / f"{FOUR}.ipynb").read_text(encoding="utf-8"))


def solved(notebook, name="softmax"):
    return filled(notebook, {name: EXERCISES[name].source()})


def put(path, notebook, seconds=1_000_000_000):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook if isinstance(notebook, bytes) else written(notebook))
    os.utime(path, (seconds, seconds))


def collect(downloads, course, capsys):
    """Return what the command says, and what nbgrader will find: the learners' notebooks."""
    assert not command.main(["collect", str(downloads), "--out", str(course)])
    return capsys.readouterr().out, {path.parts[-3]: path for path in (course / "submitted").rglob(f"{FOUR}.ipynb")}


def test_notebooks_come_to_where_nbgrader_looks_whatever_their_files_are_called(course, handed_out, tmp_path, capsys):
    downloads = tmp_path / "downloads"
    put(downloads / "Ada Lovelace_17_assignsubmission_file_" / f"{FOUR}.ipynb", solved(handed_out))
    put(downloads / "Ben Okri_18_assignsubmission_file_homework (2).ipynb", handed_out)
    put(downloads / "Cy" / "unpacked" / "final.ipynb", solved(handed_out, "cross_entropy"))
    put(downloads / f"{FIVE} Dee.ipynb", json.loads((course / "source" / FIVE / f"{FIVE}.ipynb").read_text(encoding="utf-8")))
    said, found = collect(downloads, course, capsys)
    assert set(found) == {"Ada Lovelace_17", "Ben Okri_18", "Cy"} and f"3 of {FOUR} are in" in said
    assert found["Cy"].read_bytes() == (downloads / "Cy" / "unpacked" / "final.ipynb").read_bytes()
    assert (course / "submitted" / "Dee" / FIVE / f"{FIVE}.ipynb").exists() and f"1 of {FIVE} is in" in said


def test_what_cannot_be_marked_is_named_and_left_out(course, handed_out, tmp_path, capsys):
    downloads = tmp_path / "downloads"
    put(downloads / "whole" / "a.ipynb", handed_out)
    put(downloads / "broken" / "a.ipynb", written(handed_out)[:4_000])
    put(downloads / "plain" / "a.ipynb", (course / "plain" / f"{FOUR}.ipynb").read_bytes())
    odd = json.loads(written(handed_out))
    for cell, mark in zip(odd["cells"], ["x", {"grade_id": ["softmax"]}, {}], strict=False):
        cell["metadata"]["nbgrader"] = mark
    odd["cells"] = odd["cells"][:3]
    put(downloads / "odd" / "a.ipynb", odd)
    said, found = collect(downloads, course, capsys)
    assert set(found) == {"whole"}
    assert "it is not JSON, or damaged. Ask for it again." in said
    assert all(f"{downloads / who / 'a.ipynb'} has no cell that nbgrader" in said for who in ("plain", "odd"))


def test_cells_that_an_older_notebook_lacks_are_named(course, handed_out, tmp_path, capsys):
    older = solved(handed_out)
    older["cells"] = [cell for cell in older["cells"] if grade_id(cell) not in ("log_sum_exp", "check_log_sum_exp")]
    put(tmp_path / "downloads" / "Ada.ipynb", older)
    said, found = collect(tmp_path / "downloads", course, capsys)
    assert set(found) == {"Ada"} and f"Ada, {FOUR}: without check_log_sum_exp, log_sum_exp." in said
    assert "a function that stands in no other cell counts as unsolved" in said


def test_of_two_by_one_learner_the_later_counts(course, handed_out, tmp_path, capsys):
    downloads = tmp_path / "downloads"
    put(downloads / "Ada" / "a.ipynb", solved(handed_out), seconds=1_000_000_100)
    put(downloads / "Ada" / "b.ipynb", handed_out)
    said, found = collect(downloads, course, capsys)
    assert found["Ada"].read_bytes() == (downloads / "Ada" / "a.ipynb").read_bytes()
    assert f"{downloads / 'Ada' / 'a.ipynb'} is the latest, and counts." in said


def test_only_what_differs_from_before_is_new_to_nbgrader(course, handed_out, tmp_path, capsys):
    path = tmp_path / "downloads" / "Ada.ipynb"
    came = course / "submitted" / "Ada" / FOUR / "timestamp.txt"
    stamps = []
    for notebook, seconds in [(handed_out, 0), (handed_out, 60), (solved(handed_out), 120)]:
        put(path, notebook, seconds)
        collect(path.parent, course, capsys)
        stamps.append(came.read_text(encoding="utf-8"))
    assert stamps == [f"1970-01-01 00:0{minute}:00.000000 UTC" for minute in (0, 0, 2)]


def test_who_handed_in_the_same_is_named_unless_nobody_wrote_anything(course, handed_out, tmp_path, capsys):
    wrong = filled(handed_out, {"softmax": mistaken("softmax", "The wrong axis")})
    for who, notebook in {"Ada": wrong, "Ben": wrong, "Cy": solved(handed_out), "Dee": handed_out, "Eve": handed_out}.items():
        put(tmp_path / "downloads" / f"{who}.ipynb", notebook)
    said, _ = collect(tmp_path / "downloads", course, capsys)
    assert f"Ada and Ben, {FOUR}: the same in every exercise" in said and said.count("the same") == 1


def test_an_assignment_that_cannot_be_read_is_named(course, tmp_path, capsys):
    (tmp_path / "downloads").mkdir()
    path = course / "source" / FIVE / f"{FIVE}.ipynb"
    path.write_bytes(path.read_bytes()[:4_000])
    assert command.main(["collect", str(tmp_path / "downloads"), "--out", str(course)]) == 1
    assert f"{path} cannot be read: it is not JSON, or damaged. Make it anew" in capsys.readouterr().err


def test_folders_that_cannot_be_meant_are_refused(course, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    for folder, out, told in [
        (tmp_path, course, f"{course} lies in {tmp_path}."),
        (tmp_path / "empty", tmp_path / "other", "holds no assignments"),
        (tmp_path / "none", course, "is not a folder"),
    ]:
        assert command.main(["collect", str(folder), "--out", str(out)]) == 1
        assert told in capsys.readouterr().err


def test_the_board_knows_learners_by_the_same_names(tmp_path):
    for name in ("Ada_17_assignsubmission_file_/x.ipynb", "Ada_17_assignsubmission_file_x.ipynb"):
        assert collecting.learner_of(tmp_path / name, tmp_path) == "Ada_17"
