import csv
import json
import re
import sys

import pytest

from mlp_helpers import check
from mlp_helpers.editions.lessons import all_lessons, number_of
from mlp_helpers.editions.notebook import written
from teaching import __main__ as command
from teaching import assignment, board, collecting, judge
from teaching.judge import Result
from tests.teaching.classes import filled, mistaken

LESSON = next(lesson for lesson in all_lessons() if number_of(lesson) == "04")
NAMES = ["softmax", "cross_entropy", "mean_squared_error", "log_sum_exp"]


@pytest.fixture
def notebook():
    return assignment.notebook(assignment.handed_out(LESSON))


def table(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def states(results):
    return {name: result.state for name, result in results.items()}


def test_a_notebook_is_judged_by_its_functions_and_not_by_what_its_cells_do_to_the_check(notebook, monkeypatch):
    monkeypatch.setattr(type(check.softmax), "use", type(check.softmax).use)  # is put back afterwards
    patch = "type(check.softmax).use = lambda self, function: function\nprint('softmax: solved')\n"
    wrong = mistaken("softmax", "The wrong axis")
    results = judge.judge(filled(notebook, {"softmax": patch + wrong, "cross_entropy": "def cross_entropy(P, Y)\n  return 1"}))
    assert states(results) == dict(zip(NAMES, ["tried", "tried", "untouched", "untouched"], strict=True))
    mistake = next(each for each in check.softmax.task.mistakes if each.title == "The wrong axis")
    assert (results["softmax"].mistake, results["softmax"].question) == (mistake.title, mistake.question)
    assert results["cross_entropy"].mistake == "It cannot be run"


def test_a_function_may_use_what_other_cells_import_and_define(notebook):
    helper = {
        "cell_type": "code",
        "id": "mine",
        "metadata": {},
        "source": "import numpy as xp\ndef top(Z):\n    return Z.max(-1)[:, None]",
    }
    own = "def softmax(Z):\n    E = xp.exp(Z - top(Z))\n    return E / E.sum(axis=1, keepdims=True)"
    mine = filled(notebook, {"softmax": own})
    mine["cells"].insert(2, helper | {"outputs": [], "execution_count": None})
    assert judge.judge(mine)["softmax"].state == "solved"


def test_a_check_that_was_deleted_hides_nothing(notebook):
    kept = [cell for cell in notebook["cells"] if "check.softmax.use" not in "".join(cell["source"])]
    results = judge.judge(filled({**notebook, "cells": kept}, {"softmax": mistaken("softmax", "The wrong axis")}))
    assert results["softmax"].mistake == "The wrong axis"


def test_the_board_of_a_class(notebook, tmp_path, capsys):
    """A notebook, two progress files, and a notebook that is none."""
    handed_in, out = tmp_path / "collected", tmp_path / "out"
    (handed_in / "Ada").mkdir(parents=True)
    wrong = mistaken("softmax", "The wrong axis").replace("    return", '    name = "Ada"  # by Ada\n    return')
    (handed_in / "Ada" / "copy.ipynb").write_bytes(written(filled(notebook, {"softmax": wrong})))
    solved = {"exercises": {name: {"solved": True} for name in NAMES}, "questions": {}}
    (handed_in / "Ben.json").write_text(json.dumps(solved), encoding="utf-8")
    (handed_in / "Cy").mkdir()
    question = next(
        each for each in check.engine.questions.QUESTIONS.values() if each.notebook == "04" and each.lead.startswith("Pre")
    )
    first, *_, last = question.options
    progress = {
        "exercises": {"softmax": {"tried": True}},
        "questions": {question.name: {"answers": [first, last], "right": False}},
    }
    (handed_in / "Cy" / "progress.json").write_text(json.dumps(progress), encoding="utf-8")
    (handed_in / "Dee.ipynb").write_text("no notebook", encoding="utf-8")
    assert not command.main(["board", str(handed_in), "--out", str(out)])
    assert "Dee.ipynb cannot be read" in capsys.readouterr().out
    page = (out / "board.html").read_text(encoding="utf-8")
    assert "1 solved, 2 tried, 0 untouched" in page and "<b>1 ×</b> The wrong axis" in page
    assert "axis=0" in re.search(r"The wrong axis <code>(.*?)</code>", page)[1]
    assert f"1 × {last}" in page and f"0 × {first}" in page
    assert "http" not in page and not any(name in page for name in ("Ada", "Ben", "Cy", "src="))
    rows = table(out / "board.csv")
    codes = {row["learner"]: row["code"] for row in table(out / "names.csv")}
    assert codes.keys() == {"Ada", "Ben", "Cy"}
    assert {row["code"]: row["softmax"] for row in rows} == {codes["Ada"]: "tried", codes["Ben"]: "solved", codes["Cy"]: "tried"}
    assert "Ada" not in (out / "board.csv").read_text(encoding="utf-8")
    assert collecting.codes(["Ada", "Eve"], out / "names.csv").items() >= codes.items()  # the next board knows them again


def test_nobody_loses_a_code_when_the_file_of_codes_cannot_be_written(tmp_path):
    path = tmp_path / "names.csv"
    known = collecting.codes(["Ada", "Ben"], path)
    with pytest.raises(UnicodeEncodeError):
        collecting.codes(["Ada", "Ben", "B\udce4rbel"], path)  # as Linux reads a name that is not in UTF-8
    assert collecting.codes(["Ada", "Ben"], path) == known


def test_the_typical_line_is_the_one_that_many_have_and_nobody_who_is_right():
    sources = [
        f'def f(Z):\n    """Doc."""\n    a = 1{comment}\n    return Z.sum(axis={axis})'
        for comment, axis in (("", 0), ("  # me", 0), ("", 1))
    ]
    assert (
        board.typical_line(sources, set(board.lines_of_code("def f(Z):\n    a = 1\n    return Z.sum()")))
        == "return Z.sum(axis=0)"
    )


def test_a_line_is_quoted_without_comments_and_strings():
    source = "import x\ndef f(Z):\n    'Me.'\n    print(f'Ada {Z}', 'Ada', b'Ada')  # Ada\n    for z in Z:\n        pass"
    assert board.lines_of_code(source) == ["print('…', '…', '…')", "for z in Z:"]


def test_what_nbgrader_counts_and_a_run_of_its_own_does_not_is_said():
    group = collecting.Class()
    group.add("Ada", {"softmax": Result("tried"), "relu": Result("solved")})
    group.points["Ada"] = {"softmax": 2.0, "relu": 1.0, "linear": 0.0}
    (said,) = group.disagreements()
    assert said.startswith("Ada, softmax: nbgrader gave 2")


def test_an_empty_folder_and_none_are_told(tmp_path, capsys):
    assert command.main(["board", str(tmp_path)]) == 1
    assert "holds neither notebooks" in capsys.readouterr().err
    assert command.main(["board", str(tmp_path / "nowhere")]) == 1
    assert "is not a folder" in capsys.readouterr().err


def test_whose_a_file_is_stands_in_its_path(tmp_path):
    for path in (f"Ada/{LESSON.stem}.ipynb", f"Ada_{LESSON.stem}.ipynb", "Ada/late/copy.ipynb", "Ada.ipynb"):
        assert collecting.learner_of(tmp_path / path, tmp_path) == "Ada"


def test_what_is_not_installed_is_named_with_the_way_to_install_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    (tmp_path / "submitted").mkdir()
    (tmp_path / "gradebook.db").touch()
    assert command.main(["board", str(tmp_path)]) == 1
    assert "nbgrader is not installed here" in (said := capsys.readouterr().err) and '".[teach]"' in said
