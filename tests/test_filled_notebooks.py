"""Each notebook with every stub filled in, as a learner leaves it, in strict mode: all its checks pass."""

import json
import pathlib
import re

import nbformat
import pytest
from nbclient import NotebookClient

from mlp_helpers import check

ROOT = pathlib.Path(__file__).resolve().parent.parent
NUMBERS = sorted({exercise.notebook for exercise in check.EXERCISES.values()})


def filled(notebook, exercises):
    """The notebook up to its last check, with the solutions in the place of the stubs."""
    last = 0
    for i, cell in enumerate(notebook.cells):
        for exercise in exercises if cell.cell_type == "code" else ():
            if re.search(rf"^(?:def|class) {exercise.name}\b", cell.source, re.MULTILINE):
                cell.source = exercise.source()
            if f"check.{exercise.name}.use(" in cell.source:
                last = i
    notebook.cells = notebook.cells[: last + 1]
    return notebook


@pytest.mark.parametrize("number", NUMBERS)
def test_a_notebook_with_every_stub_filled_passes_all_its_checks(number, tmp_path, monkeypatch):
    (path,) = ROOT.glob(f"notebooks/{number}_*.ipynb")
    exercises = [exercise for exercise in check.EXERCISES.values() if exercise.notebook == number]
    notebook = filled(nbformat.read(path, as_version=4), exercises)
    monkeypatch.setenv("MLP_CHECK", "strict")
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    known = json.loads((tmp_path / "progress.json").read_text(encoding="utf-8"))["exercises"]
    assert {name for name, record in known.items() if record.get("solved")} == {exercise.name for exercise in exercises}
    assert all("tried" not in record for record in known.values())
