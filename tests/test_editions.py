"""The learner's copies as files: made, updated after a backup, set aside, and never overwritten unseen."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import types

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.sign import NotebookNotary

from lessons import build
from mlp_helpers import __main__ as command
from mlp_helpers.editions import copies, folder, lessons, notebook, opening, versions
from mlp_helpers.editions.copies import Copies
from mlp_helpers.editions.lessons import LINK_OUT, MARK, for_authors, source_of
from mlp_helpers.editions.merging import NEW
from tests.test_notebooks import dead_links

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADER = "---\nkernelspec:\n  display_name: Python 3 (ipykernel)\n  name: python3\n---\n"
CELLS = {
    "04-01": '+++ {"id": "04-01"}\n\n# Title\n\n[The front page](../README.md), [the page](one_page.py)',
    "04-02": "```{code-cell} ipython3\n:id: 04-02\n\ndef f(x):\n    ...\n```",
    "04-03": "```{code-cell} ipython3\n:id: 04-03\n:tags: [author]\n\nassert 1 < 2\n```",
    "04-04": "```{code-cell} ipython3\n:id: 04-04\n:tags: [nbval-ignore-output]\n\nprint(f(1))\n```",
    "04-05": '+++ {"id": "04-05"}\n\nThe end.',
}
GIVEN = ["04-01", "04-02", "04-04", "04-05"]


class Course:
    """A small course, with one lesson, its notebook, one_page.py and a front page."""

    def __init__(self, root):
        self.root, self.work = root, root / "work"
        self.lesson, self.copy = root / "lessons/04_try.md", self.work / "04_try.ipynb"
        self.reading, self.page = root / "notebooks/04_try.ipynb", root / "notebooks/one_page.py"
        for path in (self.lesson, self.reading):
            path.parent.mkdir(parents=True)
        self.write_lesson()
        self.build()
        self.page.write_text("print(1)\n")
        (root / "README.md").touch()

    def write_lesson(self, *new, **changed):
        """Write the lesson, with some of its texts replaced and new cells at its end."""
        text = "\n\n".join([HEADER, *CELLS.values(), *new]) + "\n"
        for old, now in changed.items():
            text = text.replace(old.replace("_", " "), now)
        self.lesson.write_text(text, encoding="utf-8", newline="\n")

    def build(self):
        """Write the reading edition as the build does, as if it had been run."""
        cells = lessons.cells_of(self.lesson.read_text(encoding="utf-8"))
        for cell in cells:
            if cell["cell_type"] == "code":
                cell.update(execution_count=1, outputs=[nbformat.v4.new_output("stream", text="98.0 %")])
        made_of = {"lessons/04_try.md": lessons.digest(self.lesson.read_bytes())}
        metadata = {**build.METADATA, "built_from": made_of, "widgets": {"state": {}}}
        cells.insert(0, dict(build.pointer("04")))
        self.reading.write_bytes(notebook.written({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))

    def start(self, anew=None, place=None):
        """Bring the copies up to date; return what is said."""
        self.copies = Copies(place or self.work)
        return "\n".join(self.copies.bring_up_to_date(anew))

    def read(self, path=None):
        return json.loads((path or self.copy).read_text(encoding="utf-8"))

    def texts(self, path=None):
        return {cell["id"]: source_of(cell) for cell in self.read(path)["cells"]}

    def edit(self, path=None, add=(), **changed):
        """Change cells as a learner does, by id, and add some before the last one."""
        saved = self.read(path)
        for cell in saved["cells"]:
            cell["source"] = changed.get("c" + cell["id"].replace("-", "_"), cell["source"])
        saved["cells"][-1:-1] = [nbformat.v4.new_code_cell(text) for text in add]
        (path or self.copy).write_text(json.dumps(saved), encoding="utf-8")

    def files(self):
        """Every file of the learner's, but not when it was written."""
        return {path.relative_to(self.work): path.read_bytes() for path in self.work.rglob("*") if path.is_file()}

    def backups(self):
        return sorted(path.name for path in self.work.glob("backups/*"))


@pytest.fixture
def course(tmp_path, monkeypatch):
    for module in (copies, lessons, opening, versions):
        monkeypatch.setattr(module, "ROOT", tmp_path / "course")
    return Course(tmp_path / "course")


# --- what is handed out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", lessons.all_lessons(), ids=lambda path: path.stem)
def test_the_cells_of_a_lesson_are_those_that_jupytext_reads(lesson):
    text = lesson.read_text(encoding="utf-8")
    expected = [(cell.cell_type, cell.id, cell.source, dict(cell.metadata)) for cell in build.as_notebook(text).cells]
    found = [(cell["cell_type"], cell["id"], source_of(cell), cell["metadata"]) for cell in lessons.cells_of(text)]
    assert found == expected


def test_odd_cells_are_read_as_jupytext_reads_them():
    odd = [
        '````{code-cell} ipython3\n:id: a\n\ntext = """\n```\n+++\n"""\n````',
        '+++ {"id": "b", "tags": ["last"]}\n\n\n```python\nno cell\n```\n\n  indented\n\n',
        "```{raw-cell}\n:id: c\n\nraw\n```",
        "```{code-cell} ipython3\n:id: d\n\n```",
        "```{code-cell} ipython3\n:id: e\n:tags: [one, two-three]\n\n:no: option\n```",
    ]
    text = "\n\n".join([HEADER, *odd]) + "\n"
    expected = [(cell.cell_type, cell.id, cell.source, dict(cell.metadata)) for cell in build.as_notebook(text).cells]
    assert [(each["cell_type"], each["id"], source_of(each), each["metadata"]) for each in lessons.cells_of(text)] == expected
    with pytest.raises(ValueError, match=r"no id yet.*start\.py build"):
        lessons.cells_of(HEADER + "```{code-cell} ipython3\nnew\n```\n")


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """The copies of the whole course, in the folder of a course."""
    root = tmp_path_factory.mktemp("course")
    (root / "README.md").touch()
    shutil.copytree(lessons.ROOT / "pictures", root / "pictures")
    work = root / "work"
    assert f"{len(lessons.all_lessons()) + 1} new files" in "\n".join(Copies(work).bring_up_to_date())
    return work


@pytest.mark.parametrize("lesson", lessons.all_lessons(), ids=lambda path: path.stem)
def test_a_copy_gives_nothing_away_and_every_other_cell_is_whole(lesson, handed_out):
    path = handed_out / f"{lesson.stem}.ipynb"
    copied = nbformat.read(path, as_version=4)
    nbformat.validate(copied)
    assert copied.metadata.keys() == {*build.METADATA, notebook.RECORD}
    assert copied.metadata.kernelspec == build.METADATA["kernelspec"]
    code = [cell for cell in copied.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    written = build.as_notebook(lesson.read_text(encoding="utf-8")).cells
    expected = [(cell.id, cell.source) for cell in written if not for_authors(cell)]
    assert [(cell.id, cell.source) for cell in copied.cells] == expected
    prose = "\n".join(cell.source for cell in copied.cells if cell.cell_type == "markdown")
    assert list(dead_links(path, prose)) == []


def test_links_of_the_lessons_lead_to_lessons_to_the_page_or_to_the_front_page():
    leading_out = [link[2] for lesson in lessons.all_lessons() for link in LINK_OUT.finditer(lesson.read_text(encoding="utf-8"))]
    assert {link for link in leading_out if not link.startswith("../pictures/lesson_")} == {"../README.md"}
    assert not any("../" in source_of(cell) for lesson in lessons.all_lessons()
                   for cell in lessons.cells_of(lesson.read_text(encoding="utf-8")) if cell["cell_type"] == "code")  # fmt: skip


def test_a_link_that_leads_out_of_the_course_becomes_text(course, tmp_path):
    course.start()
    assert "[The front page](../README.md), [the page](one_page.py)" in course.texts()["04-01"]
    course.start(place=tmp_path / "far/away")
    assert "\nThe front page, [the page](one_page.py)" in course.texts(tmp_path / "far/away/04_try.ipynb")["04-01"]
    assert (tmp_path / "far/away/one_page.py").exists()


def test_a_picture_that_does_not_come_along_leaves_the_words_that_describe_it(tmp_path):
    text = "\n\n".join([HEADER, '+++ {"id": "04-01"}\n\n# Title\n\n![A 3, and a question](../pictures/three.png)']) + "\n"
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "three.png").touch()
    for place, picture in (("work", "![A 3, and a question](../pictures/three.png)"), ("far/away", "A 3, and a question")):
        (cell,) = lessons.for_learners(text, tmp_path / place)
        assert source_of(cell) == f"# Title\n\n{picture}"


# --- updates ----------------------------------------------------------------------------------------------------------


def test_a_new_copy_and_nothing_to_do_afterwards(course):
    assert "(04_try.ipynb, one_page.py)" in course.start()
    assert list(course.texts()) == GIVEN
    before = course.files()
    assert course.start() == f"Your own copies of the lessons are in {course.work}."
    assert course.files() == before and course.backups() == []


def test_an_update_brings_the_new_and_keeps_what_is_the_learners(course):
    course.start()
    course.edit(add=["mine = 1"], c04_02="def f(x):\n    return x")
    mine = course.copy.read_bytes()
    course.write_lesson('+++ {"id": "04-06"}\n\nMore.', The_end="Nearly the end")
    said = course.start()
    assert "04_try.ipynb is up to date now." in said and "Some cells" not in said
    texts = list(course.texts().values())
    assert texts[1:] == ["def f(x):\n    return x", "print(f(1))", "mine = 1", "Nearly the end.", "More."]
    (backup,) = course.work.glob("backups/*/*")
    assert backup.read_bytes() == mine and str(backup.parent) in said
    before = course.files()
    course.start()
    assert course.files() == before


def test_both_versions_stand_there_where_both_changed(course):
    course.start()
    course.edit(c04_02="def f(x):\n    return x")
    course.write_lesson(**{"..._": "pass"})
    course.write_lesson(f_x="f x", **{"    ...": '    """Return x."""\n    ...'})
    assert "marked “New in the course”" in course.start()
    texts = course.texts()
    assert texts["04-02" + NEW].startswith(MARK["code"]) and '"""Return x."""' in texts["04-02" + NEW]
    assert texts["04-02"] == "def f(x):\n    return x"
    space = {}
    exec("\n".join([texts["04-02" + NEW], texts["04-02"]]), space)
    assert space["f"](1) == 1, "run from top to bottom, the learner's comes last"


def test_outputs_stay_where_the_cell_is_the_same_and_go_where_it_is_new(course):
    course.start()
    saved = course.read()
    for cell in saved["cells"]:
        if cell["cell_type"] == "code":
            cell.update(execution_count=3, outputs=[nbformat.v4.new_output("stream", text="1\n")])
    saved["metadata"].update(kernelspec={"name": "other"}, widgets={"state": 1})
    course.copy.write_text(json.dumps(saved))
    course.write_lesson(**{"print(f(1))": "print(f(2))"})
    course.start()
    now = course.read()
    assert [cell.get("execution_count") for cell in now["cells"]] == [None, 3, None, None]
    assert [len(cell.get("outputs", [])) for cell in now["cells"]] == [0, 1, 0, 0]
    assert now["metadata"]["kernelspec"] == {"name": "other"} and now["metadata"]["widgets"] == {"state": 1}


def test_a_copy_that_jupyter_has_saved_is_the_same(course):
    course.start()
    nbformat.write(nbformat.read(course.copy, as_version=4), course.copy)
    before = course.files()
    course.start()
    assert course.files() == before


@pytest.mark.parametrize("trusted", [True, False])
def test_an_updated_copy_is_trusted_by_jupyter_where_the_old_one_was(trusted, course):
    course.start()
    notary = NotebookNotary()
    saved = nbformat.read(course.copy, as_version=4)
    saved.cells[1].outputs = [nbformat.v4.new_output("display_data", {"text/html": f"<b>{trusted}</b>"})]
    nbformat.write(saved, course.copy)
    if trusted:
        notary.sign(saved)
    course.write_lesson(The_end="Later")
    course.start()
    assert "Later." in course.texts().values()
    assert notary.check_signature(nbformat.read(course.copy, as_version=4)) == trusted


def test_backups_of_the_newest_ten_updates_are_kept_and_nothing_else_there_is_touched(course, monkeypatch):
    course.start()
    (course.work / "backups/of my own").mkdir(parents=True)
    for number in range(12):
        monkeypatch.setattr(folder.time, "strftime", lambda form, number=number: f"2026-01-{number // 2 + 1:02}_10-00-00")
        course.write_lesson(The_end=f"The end {number}")
        course.start()
    kept = [f"2026-01-{day:02}_10-00-00{more}" for day in range(2, 7) for more in ("", "-2")]
    assert course.backups() == [*kept, "of my own"]
    monkeypatch.setattr(folder.time, "strftime", lambda form: "1999-01-01_10-00-00")
    course.write_lesson()
    course.start()
    assert course.backups() == ["1999-01-01_10-00-00", *kept[1:], "of my own"]


def test_what_another_program_writes_at_the_same_moment_is_not_overwritten(course, monkeypatch):
    course.start()
    course.write_lesson(The_end="Later")
    usual = folder.Backups._new_place

    def meanwhile(self):
        course.edit(c04_02="just saved")
        return usual(self)

    monkeypatch.setattr(folder.Backups, "_new_place", meanwhile)
    assert "04_try.ipynb stays as it is: another program has just written it" in course.start()
    assert course.texts()["04-02"] == "just saved" and course.copies.left == ["04_try.ipynb"]


# --- copies that are no copies ----------------------------------------------------------------------------------------

SOURCE = {"cell_type": "code", "metadata": {}, "source": "mine"}
UNREADABLE = {
    "it is empty": b"",
    "it is empty ": b" \n",
    "it is not JSON, or damaged": b'{"cells": [',
    "it is not JSON, or damaged ": b"\xff\xfe\x00",
    "it is not JSON, or damaged  ": b"[" * 200_000,
    "it is no notebook": b"[]",
    "it has version 3 of the notebook format, not 4": b'{"nbformat": 3, "worksheets": []}',
    "its cells are damaged": b'{"nbformat": 4, "cells": {}, "metadata": {}}',
    "its cells are damaged ": b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1], "metadata": {}}], "metadata": {}}',
    "its cells are damaged  ": json.dumps({"nbformat": 4, "cells": [SOURCE | {"cell_type": "heading"}], "metadata": {}}).encode(),
    "its cells are damaged   ": json.dumps({"nbformat": 4, "cells": [SOURCE], "metadata": []}).encode(),
}


@pytest.mark.parametrize("reason", UNREADABLE)
def test_what_cannot_be_read_is_moved_aside_with_a_sentence_and_a_new_copy_is_made(reason, course):
    course.work.mkdir()
    for name in ("04_try.unreadable.ipynb", "04_try.unreadable-2.ipynb"):
        assert not (course.work / name).exists()
        course.copy.write_bytes(UNREADABLE[reason])
        said = course.start()
        assert f"could not be read: {reason.strip()}. It is now {name}, and a new copy" in said
        assert (course.work / name).read_bytes() == UNREADABLE[reason]
        assert list(course.texts()) == GIVEN and course.copies.left == []


@pytest.mark.parametrize("name", ["04_try.ipynb", "one_page.py"])
def test_a_folder_in_the_place_of_a_file_is_moved_aside(name, course):
    (course.work / name / "mine").mkdir(parents=True)
    said = course.start()
    stem, suffix = name.split(".")
    assert f"{name} could not be read: it is a folder" in said and (course.work / f"{stem}.unreadable.{suffix}/mine").is_dir()
    assert (course.work / name).is_file()


def test_a_write_protected_copy_stays_as_it_is(course):
    course.start()
    course.copy.chmod(0o444)
    course.write_lesson(The_end="Later")
    before = course.files()
    assert "04_try.ipynb stays as it is: it is write-protected." in course.start()
    assert course.files() == before and course.copies.left == ["04_try.ipynb"]
    course.copy.chmod(0o644)
    assert "04_try.ipynb is up to date now." in course.start()


def test_one_file_that_cannot_be_written_does_not_keep_the_others(course, monkeypatch):
    usual = copies.write

    def full(path, content):
        if path.suffix == ".ipynb":
            raise OSError(28, "No space left on device")
        usual(path, content)

    monkeypatch.setattr(copies, "write", full)
    assert "04_try.ipynb stays as it is: No space left on device." in course.start()
    assert (course.work / "one_page.py").exists()


STRANGE = {
    "no ids": lambda saved: [cell.pop("id") for cell in saved["cells"]],
    "ids that are none": lambda saved: [
        cell.update(id=value) for cell, value in zip(saved["cells"], [1, None, [], "ä ß"], strict=True)
    ],
    "double ids": lambda saved: [cell.update(id="04-02") for cell in saved["cells"]],
    "no record": lambda saved: saved["metadata"].pop(notebook.RECORD),
    "a record of nonsense": lambda saved: saved["metadata"].update({notebook.RECORD: [["04-01", [1]], 7, "ab"]}),
    "a record that is a number": lambda saved: saved["metadata"].update({notebook.RECORD: 7}),
    "an old format": lambda saved: saved.update(nbformat_minor=2),
    "a format to come": lambda saved: saved.update(nbformat_minor=9),
    "a format in words": lambda saved: saved.update(nbformat_minor="five"),
    "no cells": lambda saved: saved.update(cells=[]),
    "large": lambda saved: saved["cells"][1].update(outputs=[nbformat.v4.new_output("stream", text="x" * 5_000_000)]),
    "half a letter": lambda saved: saved["cells"][1].update(source="'\ud800'"),
}


@pytest.mark.parametrize("how", STRANGE)
def test_strange_copies_are_read_kept_and_settle(how, course):
    course.start()
    course.edit(add=["mine = 1"])
    saved = course.read()
    del saved["cells"][-2:-1], saved["cells"][4:]
    saved["cells"] = saved["cells"][:4]
    STRANGE[how](saved)
    saved["cells"].append({**SOURCE, "id": "own"})
    course.copy.write_text(json.dumps(saved))
    course.write_lesson('+++ {"id": "04-06"}\n\nMore.')
    assert "could not be read" not in course.start()
    texts = [source_of(cell) for cell in course.read()["cells"]]
    assert "mine" in texts and "More." in texts
    assert {source_of(cell) for cell in saved["cells"]} <= set(texts)
    before = course.files()
    course.start()
    assert course.files() == before


# --- a new copy, and what was changed in the reading edition ----------------------------------------------------------


def test_a_fresh_copy_is_the_lesson_and_the_old_one_stays_beside_it(course):
    course.start()
    course.edit(c04_02="mine")
    course.edit(course.reading, c04_04="also mine")
    old = course.copy.read_bytes()
    for name in ("04_try.old.ipynb", "04_try.old-2.ipynb"):
        assert f"Your old copy is now {name}." in course.start("04")
        assert course.texts()["04-02"] == "def f(x):\n    ..." and course.texts()["04-04"] == "print(f(1))"
    assert (course.work / "04_try.old.ipynb").read_bytes() == old
    with pytest.raises(ValueError, match=r"there is no lesson 4\. There are: 04\."):
        course.start("4")


def test_what_was_changed_in_the_reading_edition_is_taken_over_without_its_outputs(course):
    course.edit(course.reading, add=["mine = 1"], c04_02="def f(x):\n    return x", c04_03="assert 2 < 3")
    before = course.reading.read_bytes()
    assert "What you changed in notebooks/04_try.ipynb is in your copy." in course.start()
    texts = list(course.texts().values())
    assert texts[1:] == ["def f(x):\n    return x", "assert 2 < 3", "print(f(1))", "mine = 1", "The end."]
    assert "98.0 %" not in course.copy.read_text() and "widgets" not in course.read()["metadata"]
    assert course.reading.read_bytes() == before
    course.write_lesson(The_end="Later")
    course.start()
    assert list(course.texts().values())[1:] == [*texts[1:-1], "Later."]


def test_a_reading_edition_that_was_run_and_saved_is_not_changed(course):
    saved = nbformat.read(course.reading, as_version=4)
    saved.metadata.language_info["version"] = "3.13"
    for cell in saved.cells:
        cell.metadata["collapsed"] = False
    nbformat.write(saved, course.reading)
    assert "What you changed" not in course.start()
    assert list(course.texts()) == GIVEN


def git(course, *words):
    user = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *user, *words], cwd=course.root, check=True, capture_output=True)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_what_was_changed_in_an_older_reading_edition_is_told_from_what_the_course_changed(course):
    git(course, "init")
    git(course, "add", ".")
    git(course, "commit", "-m", "first")
    course.edit(course.reading, c04_02="def f(x):\n    return x")
    course.page.write_text("print('mine')\n")
    course.write_lesson(The_end="Later")
    git(course, "add", "lessons")
    git(course, "commit", "-m", "second")
    said = course.start()
    assert "What you changed in notebooks/04_try.ipynb is in your copy." in said and "Some cells" not in said
    assert list(course.texts().values())[1:] == ["def f(x):\n    return x", "print(f(1))", "Later."]
    course.start()
    course.page.write_text("print(2)\n")
    assert "one_page.py was changed by you and by the course: yours stays, and the new one is one_page.new.py." in course.start()
    assert (course.work / "one_page.py").read_text() == "print('mine')\n"


def test_where_it_is_not_known_what_the_reading_edition_was_both_versions_stand_there(course):
    course.edit(course.reading, c04_02="def f(x):\n    return x")
    course.write_lesson(The_end="Later")
    assert "Some cells were changed by you and by the course" in course.start()
    assert {"def f(x):\n    return x", "Later.", "The end."} <= {text.split("\n\n")[-1] for text in course.texts().values()}


@pytest.mark.parametrize("content", [b"<<<<<<< HEAD", None])
def test_a_reading_edition_that_cannot_be_read_is_left_out(content, course):
    course.reading.unlink()
    course.reading.write_bytes(content) if content else course.reading.mkdir()
    assert "notebooks/04_try.ipynb cannot be read" in course.start()
    assert list(course.texts()) == GIVEN


# --- one_page.py ------------------------------------------------------------------------------------------------------


def test_the_page_is_updated_while_it_is_untouched_and_stays_when_it_is_the_learners(course):
    course.start()
    page = course.work / "one_page.py"
    course.page.write_text("print(2)\n")
    assert "one_page.py is up to date now." in course.start()
    assert page.read_text() == "print(2)\n" and next(course.work.glob("backups/*/one_page.py")).read_text() == "print(1)\n"
    page.write_text("mine\n")
    assert "one_page" not in course.start()
    course.page.write_text("print(3)\n")
    assert "yours stays, and the new one is one_page.new.py" in course.start()
    assert "one_page" not in course.start()
    assert page.read_text() == "mine\n" and (course.work / "one_page.new.py").read_text() == "print(3)\n"
    page.unlink()
    course.start()
    assert page.read_text() == "print(3)\n"


@pytest.mark.parametrize("record", [b"", b"[]", b'{"one_page.py": 7}', b"[" * 100_000])
def test_without_a_record_of_the_page_a_changed_one_counts_as_the_learners(record, course):
    course.start()
    (course.work / copies.RECORD).write_bytes(record)
    course.page.write_text("print(2)\n")
    assert "yours stays" in course.start()
    assert (course.work / "one_page.py").read_text() == "print(1)\n"


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_says_what_it_did_and_its_status_says_how_it_went(course, capsys):
    assert command.main(["open", "--copy-only"]) == 0
    assert capsys.readouterr().out == f"Your own copies of the lessons are in {course.work} (04_try.ipynb, one_page.py).\n"
    course.copy.chmod(0o444)
    course.write_lesson(The_end="Later")
    assert command.main(["open", "--copy-only"]) == 1
    assert "write-protected" in capsys.readouterr().out
    course.copy.chmod(0o644)
    assert command.main(["open", "--copy-only", "--fresh", "04", "--folder", str(course.root / "mine")]) == 0


def troubles(course, tmp_path):
    (tmp_path / "file").touch()
    return {
        "there is no lesson 99. There are: 04.": ["--fresh", "99"],
        "belongs to the course itself": ["--folder", str(course.root / "lessons/../notebooks")],
        "Name another folder: --folder DIR": ["--folder", str(tmp_path / "file/work")],
    }


@pytest.mark.parametrize("number", range(3))
def test_what_cannot_be_done_is_said_in_a_line(number, course, tmp_path, capsys):
    sentence, arguments = list(troubles(course, tmp_path).items())[number]
    assert command.main(["open", "--copy-only", *arguments]) == 2
    said = capsys.readouterr().err
    assert sentence in said and said.count("\n") == 1 and not course.work.exists()


def test_half_a_course(course, capsys):
    course.lesson.unlink()
    assert command.main(["open"]) == 2
    assert "Fetch the whole course again, all folders together." in capsys.readouterr().err


def jupyterlab(monkeypatch):
    """In the place of JupyterLab, a list of what it is told."""
    told = []
    app = types.SimpleNamespace(LabApp=types.SimpleNamespace(launch_instance=told.append))
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", app)
    return told


def test_it_opens_the_first_lesson_or_the_fresh_one_and_jupyterlab_gets_the_rest(course, monkeypatch, tmp_path):
    shutil.copy(course.lesson, course.lesson.with_name("05_next.md"))
    told = jupyterlab(monkeypatch)
    assert command.main(["open", "--no-browser", "--port=9", "--copy"]) == 0
    root = f"--ServerApp.root_dir={course.root}"
    assert told.pop() == [root, "--LabApp.default_url=/lab/tree/work/04_try.ipynb", "--no-browser", "--port=9", "--copy"]
    command.main(["open", "--fresh", "05"])
    assert told.pop() == [root, "--LabApp.default_url=/lab/tree/work/05_next.ipynb"]
    command.main(["open", "--folder", str(tmp_path / "mine")])
    assert told.pop() == [f"--ServerApp.root_dir={tmp_path / 'mine'}", "--LabApp.default_url=/lab/tree/04_try.ipynb"]


def test_ctrl_c_reaches_jupyterlab_and_does_not_end_it_at_once(course, monkeypatch):
    jupyterlab(monkeypatch)
    usual = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        command.main(["open"])
        assert signal.getsignal(signal.SIGINT) == signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, usual)


def test_without_jupyterlab_the_copies_are_made_and_it_says_how_to_start(course, monkeypatch, capsys):
    monkeypatch.setattr(opening.importlib.util, "find_spec", lambda name: None)
    assert command.main(["open"]) == 2
    assert "no JupyterLab in this Python. Start the course with: python start.py" in capsys.readouterr().err
    assert course.copy.exists()


def test_only_open_hands_on_what_it_does_not_know(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["train", "--no-browser"])
    assert ended.value.code == 2 and "unrecognized arguments: --no-browser" in capsys.readouterr().err


@pytest.mark.slow
def test_a_copy_elsewhere_runs_in_its_own_folder_and_leaves_its_files_there(tmp_path):
    arguments = [sys.executable, "-m", "mlp_helpers", "open", "--copy-only", "--folder", str(tmp_path / "größe 0")]
    subprocess.run(arguments, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    copied = nbformat.read(tmp_path / "größe 0/00b_warm_up_numpy.ipynb", as_version=4)
    copied.cells.append(nbformat.v4.new_code_cell("open('saved.txt', 'w').close()"))
    resources = {"metadata": {"path": str(tmp_path / "größe 0")}}
    NotebookClient(copied, timeout=60, kernel_name="python3", resources=resources).execute(env={**os.environ})
    assert (tmp_path / "größe 0/saved.txt").exists()
