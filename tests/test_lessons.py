"""The lessons as text and the notebooks built from them: both agree, and each cell keeps its id."""

import difflib
import json
import pathlib
import re
import sys
import types

import jupytext
import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupytext.myst import myst_to_notebook
from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class
from nbconvert.exporters import ScriptExporter

from lessons import build

ROOT = pathlib.Path(__file__).resolve().parent.parent
LESSONS = sorted(ROOT.glob("lessons/*.md"))
HEADER = LESSONS[0].read_text(encoding="utf-8").split("\n\n")[0]
CELLS = {
    "04-01": '+++ {"id": "04-01"}\n\n# A title',
    "04-02": "```{code-cell} ipython3\n:id: 04-02\n\na = 1\n```",
    "04-03": "```{code-cell} ipython3\n:id: 04-03\n:tags: [nbval-ignore-output]\n\nprint(a)\n```",
    "04-04": '+++ {"tags": ["last"], "id": "04-04"}\n\nThe end.',
    "04-0a1b2c3d": "```{code-cell} ipython3\n---\ntags: [last]\nid: 04-0a1b2c3d\n---\nprint('The end.')\n```",
}
NEW = {  # a cell without an id, in each way in which MyST lets an author write one
    "prose": "+++\n\nNew prose.",
    "prose with tags": '+++ {"tags": ["new"]}\n\nNew prose.',
    "code": "```{code-cell} ipython3\nnew = 1\n```",
    "code of no named language": "```{code-cell}\nnew = 1\n```",
    "code after an empty line": "```{code-cell} ipython3\n\nnew = 1\n```",
    "code with tags": "```{code-cell} ipython3\n:tags: [new]\n\nnew = 1\n```",
    "code with a block of metadata": "```{code-cell} ipython3\n---\ntags: [new]\n---\nnew = 1\n```",
    "code with four backticks": '````{code-cell} ipython3\nnew = """\n```\n"""\n````',
    "raw": "```{raw-cell}\nnew\n```",
}
by_stem = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)


def text_of(path):
    return path.read_text(encoding="utf-8")


def written_in(lesson):
    """Return the cells of a lesson of the course."""
    text = text_of(lesson)
    advice = f"{lesson.name} has a cell without an id of its own. Build it: python start.py build {build.number_of(lesson)}"
    assert build.with_ids(text, build.number_of(lesson)) == text, advice
    return build.as_notebook(text).cells


def lesson_of(*cells):
    return "\n\n".join([HEADER, *cells]) + "\n"


def ids(text):
    return [cell.id for cell in build.as_notebook(text).cells]


def content(cells):
    """Everything but the ids."""
    rest = [{name: value for name, value in cell.metadata.items() if name != "id"} for cell in cells]
    return [(cell.cell_type, cell.source, metadata) for cell, metadata in zip(cells, rest, strict=True)]


# --- the lessons of the course ----------------------------------------------------------------------------------------


def test_each_lesson_has_its_notebook_and_each_notebook_its_lesson():
    assert [path.stem for path in LESSONS] == sorted(path.stem for path in ROOT.glob("notebooks/*.ipynb"))


@by_stem
def test_a_notebook_holds_the_cells_of_its_lesson(lesson):
    written = written_in(lesson)
    built = nbformat.read(ROOT / "notebooks" / f"{lesson.stem}.ipynb", as_version=4)
    advice = f"Build it: python start.py build {build.number_of(lesson)}"
    written.insert(0, build.pointer(build.number_of(lesson)))
    assert [cell.id for cell in built.cells] == [cell.id for cell in written], advice
    assert content(built.cells) == content(written), advice
    assert {name: built.metadata[name] for name in build.METADATA} == build.METADATA


@by_stem
def test_a_notebook_was_built_from_what_is_there_now(lesson):
    assert build.reasons(lesson) == [], "Build it: python start.py build"


def test_comments_and_docstrings_ask_for_no_build_but_code_does(tmp_path):
    module = tmp_path / "module.py"

    def fingerprint(source):
        module.write_text(source, encoding="utf-8")
        return build.fingerprint(module)

    plain = fingerprint("def twice(x):\n    return 2 * x\n")
    told = '"""A module."""\n\n# why\ndef twice(x):\n    """Return\n\n    it."""\n    # twice\n    return 2 * x\n'
    assert fingerprint(told) == plain
    assert fingerprint("def twice(x):\n    return 3 * x\n") != plain
    assert fingerprint("def twice(x):\n    return 2 * x\n\n\nNAME = '# 1'\n") != plain
    (tmp_path / "notebook_04").mkdir()
    module = tmp_path / "notebook_04" / "softmax.py"  # what its docstrings say is shown
    assert fingerprint('def twice(x):\n    """It."""\n') != fingerprint('def twice(x):\n    """That."""\n')


def test_no_two_cells_of_the_course_have_the_same_id():
    names = [cell.id for lesson in LESSONS for cell in written_in(lesson)]
    assert sorted(names) == sorted(set(names))
    assert [name for name in names if not re.fullmatch(r"\d\d[a-z]?-(\d\d|[0-9a-f]{8})", name)] == []


def test_the_log_of_the_bugs_holds_the_cases_that_were_run():
    """Three cases are for home: on the core path, the log comes without them."""
    source = next(cell.source for cell in written_in(ROOT / "lessons" / "10_hunt_the_bugs.md") if cell.id == "10-79")
    drawn = []
    plots = types.SimpleNamespace(bars=lambda values, *_: values, show=drawn.append)
    runs = {"trusted": 92.0, "case 1": 10.0, "trusted, rate 0.1": 90.0, "case 2": 89.5, "case 6": 91.0, "case 6, reported": 93.0}
    names = {"plots": plots, "reached": runs, "cost": lambda name, standard: runs[standard] - runs[name]}
    exec(source, names)
    assert drawn == [{"1": 82.0, "2": 0.5, "6": 2.0}]


@by_stem
def test_jupytext_gives_back_every_byte_of_a_lesson(lesson):
    text = text_of(lesson)
    advice = f"Write it as jupytext does: jupytext --to md lessons/{lesson.name}"
    assert jupytext.writes(jupytext.reads(text, "md"), "md") == text, advice


@by_stem
def test_a_notebook_becomes_a_script_of_python(lesson):
    _, resources = ScriptExporter().from_filename(str(ROOT / "notebooks" / f"{lesson.stem}.ipynb"))
    assert resources["output_extension"] == ".py"


# --- ids --------------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([*CELLS, *NEW]), min_size=1))
def test_a_cell_keeps_its_id_wherever_it_goes_and_new_ones_and_copies_get_their_own(names):
    text = lesson_of(*((CELLS | NEW)[name] for name in names))
    complete = build.with_ids(text, "04")
    kept = [name if name in CELLS and name not in names[:place] else "new" for place, name in enumerate(names)]
    found = ids(complete)
    assert [name if name in CELLS else "new" for name in found] == kept
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"04-[0-9a-f]{8}", name) for name in found if name not in CELLS)
    assert content(build.as_notebook(complete).cells) == content(myst_to_notebook(text).cells)
    assert build.with_ids(complete, "04") == complete


@pytest.mark.parametrize("kind", NEW)
def test_giving_an_id_changes_nothing_else_of_the_file(kind):
    text = lesson_of(CELLS["04-01"], CELLS["04-02"], NEW[kind].removeprefix("+++\n\n") + "  ", "", CELLS["04-03"])
    complete = build.with_ids(text, "04")
    changes = [line for line in difflib.ndiff(text.split("\n"), complete.split("\n")) if line[:2] in ("- ", "+ ")]
    (name,) = set(ids(complete)) - set(CELLS)
    written = [line for line in changes if line.startswith("+ ") and name in line]
    assert len(written) == 1
    assert all(line == "+ " or line.startswith("- +++ {") for line in changes if line not in written)


def test_the_id_of_a_deleted_cell_does_not_come_back():
    text = lesson_of(NEW["code"])
    assert not set(ids(build.with_ids(text, "04"))) & set(ids(build.with_ids(text, "04")))


def test_a_lesson_opened_and_saved_as_a_notebook_keeps_its_ids_and_gets_no_other_metadata(tmp_path):
    manager = build_sync_jupytext_contents_manager_class(LargeFileManager)(root_dir=str(tmp_path))
    lesson = tmp_path / "lesson.md"
    text = lesson_of(CELLS["04-01"], CELLS["04-02"], CELLS["04-03"])
    lesson.write_bytes(text.encode())
    notebook = manager.get("lesson.md", type="notebook")["content"]
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1", "pygments_lexer": "ipython3"}
    notebook.cells[1].metadata.update(trusted=True, collapsed=False, execution={"iopub.status.busy": "now"})
    notebook.cells[2].update(outputs=[nbformat.v4.new_output("stream", text="1\n")], execution_count=2)
    manager.save({"type": "notebook", "format": "json", "content": notebook}, "lesson.md")
    assert lesson.read_bytes() == text.encode()
    notebook.cells[1:1] = [nbformat.v4.new_markdown_cell("New prose."), nbformat.v4.new_code_cell("new = 1")]
    manager.save({"type": "notebook", "format": "json", "content": notebook}, "lesson.md")
    complete = build.with_ids(text_of(lesson), "04")
    assert [ids(complete)[place] for place in (0, 3, 4)] == ids(text)
    assert jupytext.writes(jupytext.reads(complete, "md"), "md") == complete


# --- what is built, and why -------------------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course with one lesson, 04, not built yet."""
    lesson = tmp_path / "lessons" / "04_try.md"
    for name in ("functions.py", "labs/pad.py", "labs/pad.js", "labs/chart.js", "unused.py", *EXERCISES):
        (tmp_path / "mlp_helpers" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mlp_helpers" / name).write_text("1\n")
    lesson.parent.mkdir()
    lesson.write_text(lesson_of(CELLS["04-01"], CELLS["04-02"], CELLS["04-03"], NEW["code"]), encoding="utf-8", newline="\n")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "LESSONS", [lesson])
    return lesson


EXERCISES = ("check/notebook_04.py", "check/notebook_04/softmax.py", "check/notebook_12.py", "check/notebook_12/classic.py")


def loaded(*names):
    return [str(build.ROOT / "mlp_helpers" / name) for name in names]


def test_a_notebook_is_built_from_its_lesson_and_the_modules_that_it_loads_but_not_from_other_exercises(course):
    found = build.built_from(course, loaded("functions.py", "labs/pad.py", *EXERCISES))
    used = ("check/notebook_04.py", "check/notebook_04/softmax.py", "functions.py", "labs/pad.js", "labs/pad.py")
    assert list(found) == ["lessons/04_try.md", *(f"mlp_helpers/{name}" for name in used)]


def test_a_package_from_elsewhere_is_refused(course, tmp_path_factory):
    with pytest.raises(SystemExit, match="not the package in"):
        build.built_from(course, [str(tmp_path_factory.mktemp("elsewhere") / "mlp_helpers" / "functions.py")])


def record(lesson, **metadata):
    build.notebook_of(lesson).write_text(json.dumps({"metadata": metadata}))


def test_the_reasons_for_a_build_are_named(course):
    assert build.reasons(course) == ["it has no notebook yet"]
    record(course)
    assert build.reasons(course) == ["its notebook does not say what it was built from"]
    record(course, built_from=build.built_from(course, loaded("functions.py", "labs/pad.py")))
    assert build.reasons(course) == []
    for name in ("functions.py", "labs/pad.js", "unused.py", "labs/chart.js"):
        (build.ROOT / "mlp_helpers" / name).write_text("2\n")
    assert build.reasons(course) == ["mlp_helpers/functions.py changed", "mlp_helpers/labs/pad.js changed"]
    (build.ROOT / "mlp_helpers" / "functions.py").unlink()
    course.write_text("changed")
    assert build.reasons(course)[:2] == ["lessons/04_try.md changed", "mlp_helpers/functions.py is gone"]


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["build.py", *arguments])
    build.main()


def test_only_what_changed_is_built_unless_more_is_asked_for(course, monkeypatch, capsys):
    built = []
    monkeypatch.setattr(build, "build", built.append)
    run(monkeypatch)
    assert "04_try: it has no notebook yet\n" in capsys.readouterr().out
    record(course, built_from=build.built_from(course, []))
    run(monkeypatch)
    assert built == [course] and capsys.readouterr().out == "Every notebook is up to date.\n"
    run(monkeypatch, "04")
    run(monkeypatch, "--all")
    assert built == 3 * [course]
    with pytest.raises(SystemExit):
        run(monkeypatch, "99")
    assert "there is no lesson 99. There are: 04." in capsys.readouterr().err


def test_a_build_gives_ids_runs_the_cells_and_comes_out_the_same_twice(course):
    build.build(course)
    first = build.notebook_of(course).read_bytes()
    notebook = nbformat.read(build.notebook_of(course), as_version=4)
    assert [cell.id for cell in notebook.cells] == ["04-pointer", *ids(text_of(course))]
    assert [cell.execution_count for cell in notebook.cells[2:]] == [1, 2, 3]
    assert notebook.cells[3].outputs[0].text == "1\n"
    assert build.reasons(course) == []
    build.build(course)
    assert build.notebook_of(course).read_bytes() == first


def test_what_cannot_run_here_is_kept_as_it_was_and_refused_when_it_was_changed(course, monkeypatch):
    needing = "```{code-cell} ipython3\n:id: 04-05\n:tags: [needs-numpy]\n\n1 / a\n```"
    course.write_text(lesson_of(CELLS["04-01"], needing.replace("/ a", "/ 4"), CELLS["04-02"], CELLS["04-03"]), encoding="utf-8")
    monkeypatch.setattr(build, "needed", lambda cell: ["no_such_module"] * ("needs-numpy" in cell.metadata.get("tags", ())))
    with pytest.raises(SystemExit, match="04-05 is new or was changed, and cannot run without no_such_module"):
        build.build(course)
    monkeypatch.undo()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "ROOT", course.parent.parent)
        build.build(course)
        first = build.notebook_of(course).read_bytes()
        assert b"0.25" in first
        patch.setattr(build, "needed", lambda cell: ["no_such_module"] * ("needs-numpy" in cell.metadata.get("tags", ())))
        build.build(course)
        assert build.notebook_of(course).read_bytes() == first


def test_widgets_are_named_by_their_order_and_printed_text_is_joined():
    printed = [("stdout", "a"), ("stdout", "b"), ("stderr", "c")]
    outputs = build.joined([nbformat.v4.new_output("stream", name=name, text=text) for name, text in printed])
    assert [(output.name, output.text) for output in outputs] == [("stdout", "ab"), ("stderr", "c")]

    def shown(name):
        state = {"application/vnd.jupyter.widget-state+json": {"state": {name: {}}}}
        output = nbformat.v4.new_output("display_data", {"application/vnd.jupyter.widget-view+json": {"model_id": name}})
        cell = nbformat.v4.new_code_cell(id="04-01", outputs=[output])
        return build.with_steady_widgets(nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": state}), "04_try")

    assert shown("5f3a") == shown("9c1e")
    assert "5f3a" not in nbformat.writes(shown("5f3a"))
