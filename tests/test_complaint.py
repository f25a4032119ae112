"""Reports about checks: all that is needed to see what went wrong, and nothing about whose it is."""

import os
import pathlib

import numpy as np
import pytest

from mlp_helpers import check
from mlp_helpers.check.engine import complaint
from mlp_helpers.check.engine.panel import HOW_TO_REPORT, Panel

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def anna(tmp_path, monkeypatch):
    """A kernel of Anna's, in a folder with a space in its name."""
    home = tmp_path / "Anna Meier"
    (home / "the course").mkdir(parents=True)
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "anna")
    monkeypatch.setattr(complaint.platform, "node", lambda: "annas-laptop.local")
    monkeypatch.chdir(home / "the course")
    monkeypatch.setattr(check.softmax, "report", "")
    return home


def wrong(Z):
    return np.exp(Z) / 3


def right(Z):
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def stub(Z): ...


def telling(Z):
    raise FileNotFoundError(2, "No such file", os.path.join(os.getcwd(), "weights of 2.npz"))


@pytest.fixture
def panels(monkeypatch):
    seen = []
    monkeypatch.setattr(Panel, "show", lambda panel: seen.append(panel))
    return seen


def test_a_report_holds_the_exercise_the_versions_the_function_and_what_was_said(panels):
    check.softmax(wrong)
    report = panels[-1].report
    assert report.startswith("`check.softmax`, notebook 04; course 1.") and f", NumPy {np.__version__}\n" in report
    assert "```python\ndef wrong(Z):\n    return np.exp(Z) / 3\n```" in report
    assert "```text\nsoftmax: not yet\nThe result is not what was expected." in report and "expected (2, 3)" in report


def test_the_button_stands_on_each_panel_that_one_may_disagree_with(panels):
    check.softmax(wrong)
    assert "<summary" in panels[-1].html() and "Misjudged? `check.softmax.complaint()`" in panels[-1].text()
    check.softmax(lambda Z: right(Z.T).T)  # a known mistake
    assert "<summary" in panels[-1].html()
    for function in (right, stub, check.softmax.task.solution):
        check.softmax(function)
        assert "<summary" not in panels[-1].html() and "Misjudged" not in panels[-1].text()


def test_what_was_passed_can_be_reported_too(panels):
    check.softmax.complaint()
    assert "Nothing has been checked yet" in panels[-1].headline and not panels[-1].code
    check.softmax.use(right)
    check.softmax.complaint()
    assert panels[-1].headline == HOW_TO_REPORT
    assert "def right(Z):" in panels[-1].code and "softmax: solved" in panels[-1].code
    check.softmax(stub)  # says nothing that could be disputed
    check.softmax.complaint()
    assert "def right(Z):" in panels[-1].code


def test_paths_in_what_was_said_are_left_out(panels):
    check.softmax(telling)
    report = panels[-1].report
    assert "FileNotFoundError" in report and complaint.PLACE in report
    assert "Anna" not in report and "the course" not in report and "weights" not in report.partition("No such file: ")[2]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("np.load('/home/otto/My files/w.npz')", "np.load('<path>')"),
        ('open("C:\\\\Users\\\\Otto Maier\\\\w.npz")', 'open("<path>")'),
        ("File C:\\Users\\otto\\w.npz, line 3", "File <path> line 3"),
        ("in /tmp/ipykernel_17/2871.py:3", "in <path>:3"),
        ("file:///Users/otto/w.npz", "file://<path>"),
        ("# by Anna, on annas-laptop", "# by user, on user"),
        ("HOME/w.npz and HOME", "<path> and <path>"),
        ("'HOME/the course/w.npz'", "'<path>'"),
    ],
)
def test_no_path_and_no_name_is_left(anna, text, kept):
    assert complaint.anonymous(text.replace("HOME", str(anna))) == kept


@pytest.mark.parametrize(
    "code",
    [
        "E /n/ k + Z/home/2 - a//b / c",
        "{'a':-1, 'b':\\\n 2}[x:y]; print(f'{loss:.2f}:\\n'); annals = bananna",
        "X[a:b] @ W.T; Z1@W2.T  # (n, d) @ (d, h) -> (n, h)",
        "r'\\frac{1}{n}' '\\\\alpha\\\\beta'",
        "np.exp(Z) / np.sum(Z)  # 1/n, and/or",
    ],
)
def test_code_stays_as_it_was_written(code):
    assert complaint.anonymous(code) == code


@pytest.mark.parametrize("name", ["max", "exp", "sum", "T", "np", "for", "root"])
def test_a_user_who_is_called_like_a_function_of_numpy_does_not_change_the_code(monkeypatch, name):
    monkeypatch.setenv("USER", name)
    code = "for E in np.exp(Z.T): root = E.max(); np.sum(E)"
    assert complaint.anonymous(code) == code


def test_a_fence_in_the_code_does_not_end_the_block(panels):
    def fenced(Z):
        """```"""
        return Z

    check.softmax(fenced)
    assert '````python\ndef fenced(Z):\n    """```"""' in panels[-1].report


def test_the_report_is_escaped_and_short(panels):
    def tagged(Z):
        "</textarea><script>"
        return Z

    check.softmax(tagged)
    assert "&lt;/textarea&gt;&lt;script&gt;" in panels[-1].html() and "<script" not in panels[-1].html()
    assert len(complaint.complaint(check.softmax, tagged, Panel("softmax", "not yet", "x" * 10**6))) < 12_000


def test_the_form_that_is_named_asks_for_the_report():
    form = (ROOT / ".github" / "ISSUE_TEMPLATE" / "check_misjudged.yml").read_text(encoding="utf-8")
    assert "A check misjudged my code" in HOW_TO_REPORT and form.startswith("name: A check misjudged my code\n")
    assert "*Report this check*" in form and "`check.softmax.complaint()`" in form
