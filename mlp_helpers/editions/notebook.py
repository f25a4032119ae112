"""The file of a notebook, as far as a copy needs it: read with suspicion, written as Jupyter writes it."""

import json

from .lessons import fingerprint, for_authors, for_learners
from .merging import NEW, merged

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python"},
}
RECORD = "handed_out"  # in the notebook's metadata: the id and the fingerprint of each cell as the learner was given it


class Unreadable(Exception):
    """Why a file is no notebook that can be brought up to date."""


def parse(content):
    """Return the notebook in the bytes of a file.

    Raises
    ------
    Unreadable
    """
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable("it is not JSON, or damaged" if content.strip() else "it is empty") from None
    version = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if version != 4:
        raise Unreadable("it is no notebook" if version is None else f"it has version {version} of the notebook format, not 4")
    cells = notebook.get("cells")
    if not (isinstance(cells, list) and all(map(_is_cell, cells)) and isinstance(notebook.get("metadata"), dict)):
        raise Unreadable("its cells are damaged")
    return notebook


def _is_cell(cell):
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
        return False
    source = cell.get("source")
    whole = isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))
    return whole and cell.get("cell_type") in ("code", "markdown", "raw")


def written(notebook):
    """Return the bytes of a notebook's file.

    Raises
    ------
    Unreadable
        When it is nested more deeply than can be written.
    """
    try:
        return (json.dumps(notebook, indent=1, sort_keys=True) + "\n").encode()
    except RecursionError:
        raise Unreadable("it is nested too deeply") from None


def fresh(text, folder):
    """Return a new copy of a lesson, given as its text, for a folder."""
    return adopted([], [], text, folder)


def adopted(cells, base, text, folder):
    """Return a new copy with what a learner has changed in the reading edition of a lesson, but without outputs.

    Parameters
    ----------
    cells : list of dict
        Of the reading edition, changed or not.
    base : list of dict
        The cells of the lesson from which it was built; empty where that is not known.
    text : str
        Of the lesson now.
    folder : pathlib.Path
        In which the copy will lie.
    """
    record = {cell["id"]: fingerprint(cell) for cell in base}
    bare = [_bare(cell) for cell in cells if not for_authors(cell) or _changed(cell, record)]
    return updated({"cells": bare, "metadata": {**METADATA, RECORD: _as_list(record)}, "nbformat": 4}, text, folder)


def _bare(cell):
    bare = {**cell, "metadata": {name: value for name, value in cell["metadata"].items() if name == "tags"}}
    return {**bare, "execution_count": None, "outputs": []} if cell["cell_type"] == "code" else bare


def _changed(cell, record):
    return record.get(cell.get("id"), fingerprint(cell)) != fingerprint(cell)


def updated(notebook, text, folder):
    """Return a copy that was brought up to date with the text of its lesson; it is equal to the old one where it was."""
    cells, record = merged(notebook["cells"], _handed_out(notebook), for_learners(text, folder))
    minor = notebook.get("nbformat_minor")
    return {
        **notebook,
        "cells": cells,
        "metadata": {**notebook["metadata"], RECORD: _as_list(record)},
        "nbformat_minor": max(minor, 5) if isinstance(minor, int) else 5,  # below 5, cells have no ids
    }


def two_versions(notebook):
    """Say whether the learner's version of some cell and a new one stand side by side."""
    return any(name.endswith(NEW) for name in _handed_out(notebook))


def _handed_out(notebook):
    """Return what the notebook says was handed out, as a dict; empty where it does not say so, or nonsense."""
    try:
        return {str(name): value if isinstance(value, str) else None for name, value in notebook["metadata"].get(RECORD)}
    except (TypeError, ValueError):
        return {}


def _as_list(record):
    return [[name, value] for name, value in record.items()]  # Jupyter sorts the names of a dict when it saves
