"""The strip that says where one is: true, up to date, and plain text where nothing else is possible."""

import pathlib
import re
import types

import pytest
from IPython.core.interactiveshell import InteractiveShell

from mlp_helpers import check
from mlp_helpers.check.engine import here, progress
from mlp_helpers.check.engine.exercise import EXERCISES

NOTEBOOKS = pathlib.Path(__file__).resolve().parent.parent / "notebooks"
LESSONS = sorted(here.LESSONS.glob("*.md"))


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))


@pytest.fixture
def shell(monkeypatch):
    """A notebook's shell; ``shell.pages`` is what the strip shows, one after the other."""
    shell, pages = InteractiveShell(), []
    shell.pages = pages

    def display(page, raw, display_id=False):
        pages.append(page)
        return types.SimpleNamespace(update=lambda page, raw: pages.append(page)) if display_id else None

    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr(here, "SHOWN", {})
    return shell


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_each_lesson_shows_its_own_strip_which_says_what_its_front_says(lesson, capsys):
    text, number = lesson.read_text(encoding="utf-8"), lesson.stem.split("_")[0]
    assert re.findall(r'^check\.here\("(.+)"\)$', text, re.MULTILINE) == [number]
    check.here(number)
    said = capsys.readouterr().out
    title, minutes = re.search(r"^# (.+)$", text, re.MULTILINE)[1], re.search(r"· (\d+) minutes", text)[1]
    assert said.startswith(f"Lesson {number}: {title} · {minutes} min · ")
    count = sum(exercise.notebook == number for exercise in EXERCISES.values())
    assert f"0 of {count} exercise" in said if count else "exercise" not in said
    at = LESSONS.index(lesson)
    assert ("previous: " in said) == (at > 0) and ("next: " in said) == (at + 1 < len(LESSONS))


def test_its_links_lead_to_the_lessons_around_it(shell):
    check.here("04")
    links = re.findall(r"href='([^']+)'", shell.pages[0]["text/html"])
    assert links == ["03_build_a_layer.ipynb", "05_walk_downhill.ipynb"]
    assert all((NOTEBOOKS / link).exists() for link in links)


def test_it_is_brought_up_to_date_after_the_cell_in_which_an_exercise_is_solved(shell):
    check.here("04")
    check.here("04")  # the cell was run again: one call after each cell all the same
    assert "0 of 4 exercises solved (at " in shell.pages[-1]["text/plain"]
    shell.run_cell("1 + 1", silent=False)
    assert len(shell.pages) == 2
    progress.record("exercises", "softmax", solved=True)
    progress.record("exercises", "relu", solved=True)  # of another lesson
    shell.run_cell("1 + 1")
    assert len(shell.pages) == 3 and "1 of 4 exercises solved (at " in shell.pages[-1]["text/plain"]
    assert shell.events.callbacks["post_run_cell"].count(here._ran) == 1


def test_it_shows_when_all_is_solved(shell):
    check.here("04")
    assert here.cards.icon("solved") not in shell.pages[0]["text/html"]
    for name in here._exercises("04"):
        progress.record("exercises", name, solved=True)
    shell.run_cell("1 + 1")
    assert here.cards.icon("solved") in shell.pages[-1]["text/html"]


def test_in_a_notebook_to_be_saved_it_says_nothing_that_grows_old(shell, monkeypatch):
    monkeypatch.setattr(here, "AS_TEXT", True)
    progress.record("exercises", "softmax", solved=True)
    check.here("04")
    assert " · 45 min · 4 exercises · previous: " in shell.pages[0]["text/plain"].replace(minutes_of("04"), "45 min")
    assert "solved" not in shell.pages[0]["text/plain"] and not re.search(r"\d\d:\d\d", shell.pages[0]["text/plain"])
    assert here._ran not in shell.events.callbacks["post_run_cell"]


def minutes_of(number):
    (lesson,) = here.LESSONS.glob(f"{number}_*.md")
    return f"{here._front(lesson)[1]} min"


def test_where_the_lessons_are_missing_it_still_says_what_is_solved(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(here, "LESSONS", tmp_path)
    check.here("04")
    assert re.fullmatch(r"Lesson 04 · 0 of 4 exercises solved \(at [^)]+\)\n", capsys.readouterr().out)


def test_without_styles_and_icons_it_reads_as_its_text(shell):
    check.here("04")
    page = re.sub(r"<(style|svg)\b.*?</\1>", "", shell.pages[0]["text/html"], flags=re.DOTALL)
    assert " ".join(re.sub(r"<[^>]*>", "", page).split()) == shell.pages[0]["text/plain"]
