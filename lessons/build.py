"""Build notebooks/*.ipynb, executed, from lessons/*.md, the text that people edit.

    python lessons/build.py              the lessons that changed: their text, or what they use of the package
    python lessons/build.py 04 05        these two
    python lessons/build.py --all        all of them

A notebook names in its metadata the files that it was built from, each with a hash: the lesson, and every module of
the package that was loaded while it ran (of the exercises, its own alone) with the script or the weights beside it.
Comments and docstrings do not count, except in the exercises, where they are what a learner is told.

Cells that need a module which is not installed here (tagged needs-torch and the like) are not run: what they showed when
the notebook was last built with it is kept. For one that is new or was changed, the module must be installed.

Every cell carries an id, which it keeps wherever it moves. A cell that was written without one, or that is a copy of
an earlier cell, is given one at random, so that the id of a deleted cell does not come back.

The first cell of a notebook is not in its lesson: it points its reader to the copy in which a learner works.
"""

import argparse
import ast
import functools
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import secrets
import tempfile
import time

import nbformat
from jupytext.myst import myst_to_notebook
from nbclient import NotebookClient

from mlp_helpers.editions.lessons import digest, needed, number_of
from mlp_helpers.editions.notebook import METADATA

ROOT = pathlib.Path(__file__).resolve().parent.parent
LESSONS = sorted(ROOT.glob("lessons/*.md"))
POINTER = (
    "*You are reading a lesson that was run: its answers stand below its questions. To work through it, run "
    "`python start.py` in the folder of the course, which opens a copy of your own, without them.*"
)
NAME_THE_MODULES = """\
import json, sys
modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "mlp_helpers"]
print(json.dumps([module.__file__ for module in modules if getattr(module, "__file__", None)]))"""


def notebook_of(lesson):
    return ROOT / "notebooks" / f"{lesson.stem}.ipynb"


# --- which lessons changed --------------------------------------------------------------------------------------------


def reasons(lesson):
    """Return why this lesson has to be built again, a list of phrases; empty when its notebook is up to date."""
    path = notebook_of(lesson)
    if not path.exists():
        return ["it has no notebook yet"]
    record = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("built_from")
    if not record:
        return ["its notebook does not say what it was built from"]
    now = {name: fingerprint(ROOT / name) for name in record}
    return [f"{name} {'changed' if now[name] else 'is gone'}" for name in record if record[name] != now[name]]


def fingerprint(path):
    """Return the beginning of the SHA-256 of what a file does, None for a file that is not there."""
    if not path.exists():
        return None
    told = any(folder.startswith("notebook_") for folder in path.parent.parts)
    content = path.read_bytes() if told or path.suffix != ".py" else code_alone(path.read_text(encoding="utf-8")).encode()
    return digest(content)


@functools.cache  # every lesson asks for the same modules
def code_alone(source):
    """Return the lines of a module that are neither a comment nor part of a docstring nor empty."""
    said = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node):
            said.update(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = enumerate(source.split("\n"), 1)
    return "\n".join(line for number, line in lines if number not in said and line.strip() and line.lstrip()[0] != "#")


def built_from(lesson, modules):
    """Return the fingerprints of what a notebook was built from, by path from the root of the course."""
    paths = {lesson.relative_to(ROOT)}
    for module in map(pathlib.Path, modules):
        if not module.resolve().is_relative_to(ROOT):
            raise SystemExit(f"The kernel used {module}, not the package in {ROOT}. Install that one first: pip install -e .")
        path = module.resolve().relative_to(ROOT)
        exercises = {part.split(".")[0] for part in path.parts if part.startswith("notebook_")}
        if exercises <= {f"notebook_{number_of(lesson)}"}:
            beside = (path.with_suffix(kind) for kind in (".py", ".js", ".npz"))
            paths.update(file for file in beside if (ROOT / file).exists())
    return {name: fingerprint(ROOT / name) for name in sorted(path.as_posix() for path in paths)}


# --- from text to cells -----------------------------------------------------------------------------------------------


def with_ids(text, number):
    """Return the text of a lesson with an id for each cell, and nothing else changed."""
    notebook = myst_to_notebook(text, add_source_map=True)
    lines, seen, missing = text.split("\n"), set(), []
    for cell, start in zip(notebook.cells, notebook.metadata["source_map"], strict=True):
        name = cell.metadata.get("id")
        if name is None or name in seen:
            missing.append((cell, start))
        seen.add(name)
    for cell, start in reversed(missing):  # from the end: the lines above keep their numbers
        write_id = write_id_of_prose if cell.cell_type == "markdown" else write_id_of_code
        write_id(f"{number}-{secrets.token_hex(4)}", lines, start, cell.metadata)
    return "\n".join(lines)


def write_id_of_prose(name, lines, start, metadata):
    """Write the id of a cell of prose: ``+++ {"id": …}``, on the line before ``start``."""
    line = f"+++ {json.dumps({**metadata, 'id': name})}"
    if lines[start - 1].lstrip().startswith("+++"):
        lines[start - 1] = line
    else:
        lines[start:start] = ["", line]


def write_id_of_code(name, lines, start, metadata):
    """Write the id of a code cell: ``:id: …``, or ``id: …`` between lines of ``---``, from the line ``start`` on."""
    if "id" in metadata:
        at = next(at for at in range(start, len(lines)) if re.match(r"\s*:?id:", lines[at]))
        lines[at] = lines[at].replace(metadata["id"], name)
    elif lines[start].startswith("---"):
        lines.insert(start + 1, f"id: {name}")
    elif lines[start].lstrip().startswith(":"):
        lines.insert(start, f":id: {name}")
    else:
        lines[start:start] = [f":id: {name}", ""] if lines[start] else [f":id: {name}"]


def pointer(number):
    """Return the cell that points from a notebook to the learner's copy."""
    return nbformat.v4.new_markdown_cell(POINTER, id=f"{number}-pointer", metadata={"tags": ["author"]})


def as_notebook(text):
    """Return the notebook that a lesson's text describes, not executed yet."""
    notebook = myst_to_notebook(text)
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.id = cell.metadata.pop("id")
    return notebook


# --- from cells to an executed notebook -------------------------------------------------------------------------------


def build(lesson):
    """Write a lesson's notebook, executed from a fresh kernel.

    Questions are saved as text and not as buttons without a kernel, and the labs' widgets as they first show
    themselves. Widgets are named by their order and neighbouring prints are joined, so that an unchanged lesson gives
    the same file again, except where it shows how long something took.
    """
    text = lesson.read_text(encoding="utf-8")
    complete = with_ids(text, number_of(lesson))
    if complete != text:
        save(lesson, complete)
    notebook = as_notebook(complete)
    notebook.cells.insert(0, pointer(number_of(lesson)))
    notebook.cells.append(nbformat.v4.new_code_cell(NAME_THE_MODULES))
    kept = kept_cells(notebook, notebook_of(lesson))
    for cell, _ in kept:
        cell.source = "pass"
    execute(notebook)
    for cell, before in kept:
        results = [output for output in before.outputs if output.output_type == "execute_result"]
        for output in results:
            output.execution_count = cell.execution_count
        cell.update(source=before.source, outputs=before.outputs)
    modules = json.loads(notebook.cells.pop().outputs[0].text)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    notebook.metadata.update(METADATA, built_from=built_from(lesson, modules))
    notebook = with_steady_widgets(notebook, lesson.stem)
    nbformat.validate(notebook)
    save(notebook_of(lesson), nbformat.writes(notebook) + "\n")


def kept_cells(notebook, path):
    """Return pairs of a cell that cannot run here, for want of a module, and the same cell as it was saved."""
    saved = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells} if path.exists() else {}
    pairs = []
    for cell in notebook.cells:
        missing = [name for name in needed(cell) if not importlib.util.find_spec(name)]
        if missing:
            before = saved.get(cell.id)
            if not before or before.source != cell.source:
                raise SystemExit(
                    f"The cell {cell.id} is new or was changed, and cannot run without {' and '.join(missing)}. "
                    "Install what is needed: python start.py extras. Then build again."
                )
            pairs.append((cell, before))
    if pairs:
        print(f"    not run here, kept as they were: {len(pairs)} cells that need what is not installed", flush=True)
    return pairs


def execute(notebook):
    """Run a notebook in the folder of the notebooks, without anybody's progress or settings of the course."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MLP_", "NBGRADER_"))}
        environment.update(OPENBLAS_NUM_THREADS="1", MLP_STATE=folder, MLP_STATIC="1")
        resources = {"metadata": {"path": str(ROOT / "notebooks")}}
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", record_timing=False, resources=resources)
        client.execute(env=environment)


def with_steady_widgets(notebook, stem):
    """Return the notebook with the same names for its widgets after every run: by the order in which they were made."""
    text = nbformat.writes(notebook)
    saved = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
    for number, name in enumerate(saved.get("state", {})):
        text = text.replace(name, hashlib.md5(f"{stem} {number}".encode()).hexdigest())
    return nbformat.reads(text, as_version=4)


def joined(outputs):
    """Return the outputs, with neighbours on the same stream as one."""
    result = []
    for output in outputs:
        if result and output.output_type == result[-1].output_type == "stream" and output.name == result[-1].name:
            result[-1].text += output.text
        else:
            result.append(output)
    return result


def save(path, text):
    """Write a file beside its place, and move it there when it is whole."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def main():
    parser = argparse.ArgumentParser(description="Build the notebooks of the lessons that changed.")
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="build these lessons, changed or not: 04 05")
    parser.add_argument("--all", action="store_true", help="build every lesson, changed or not")
    chosen = parser.parse_args()
    known = {number_of(lesson): lesson for lesson in LESSONS}
    if unknown := sorted(set(chosen.numbers) - set(known)):
        parser.error(f"there is no lesson {', '.join(unknown)}. There are: {', '.join(known)}.")
    asked = list(known) if chosen.all else chosen.numbers
    why = {known[number]: ["asked for"] for number in asked} or {lesson: reasons(lesson) for lesson in LESSONS}
    for lesson in filter(why.get, why):
        more = f" and {len(why[lesson]) - 3} more" if len(why[lesson]) > 3 else ""
        print(f"{lesson.stem}: {', '.join(why[lesson][:3])}{more}", flush=True)
        start = time.monotonic()
        build(lesson)
        print(f"    built in {time.monotonic() - start:.0f} s", flush=True)
    if not any(why.values()):
        print("Every notebook is up to date.")


if __name__ == "__main__":
    main()
