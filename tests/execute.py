"""Run notebooks from a fresh kernel and save them as they are committed.

    python tests/execute.py notebooks/04_turn_scores_into_probabilities.ipynb …

The user's own progress does not get into them, questions are saved as text and not as buttons without a kernel, the labs'
widgets are saved as they first show themselves, and what would change from run to run without need (ids of cells
and widgets, times, the splitting of printed text) is put in order.
"""

import hashlib
import os
import pathlib
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def execute(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells, 1):
        cell.id = f"{path.stem.split('_')[0]}-{number:02d}"
        cell.metadata = {key: value for key, value in cell.metadata.items() if key == "tags"}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    notebook.metadata["language_info"] = {"name": "python"}
    notebook = with_steady_widgets(notebook, path.stem)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def with_steady_widgets(notebook, stem):
    """The notebook with the same names for its widgets after every run: by the order in which they were made."""
    text = nbformat.writes(notebook)
    saved = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
    for number, name in enumerate(saved.get("state", {})):
        text = text.replace(name, hashlib.md5(f"{stem} {number}".encode()).hexdigest())
    return nbformat.reads(text, as_version=4)


def joined(outputs):
    """The outputs, with neighbours on the same stream as one."""
    result = []
    for output in outputs:
        if result and output.output_type == result[-1].output_type == "stream" and output.name == result[-1].name:
            result[-1].text += output.text
        else:
            result.append(output)
    return result


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(OPENBLAS_NUM_THREADS="1", MLP_STATE=folder, MLP_STATIC="1")
        for name in sys.argv[1:]:
            execute(pathlib.Path(name))
            print(name)
