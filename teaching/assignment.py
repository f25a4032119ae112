"""Lessons as assignments: source notebooks for nbgrader, and plain notebooks for those who do without it."""

import base64
import copy
import itertools
import pathlib
import re

from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.lessons import ROOT, all_lessons, cells_of, for_authors, lines_of, number_of, source_of
from mlp_helpers.editions.notebook import METADATA, written

from .files import write_all

PLACES = ["in class", "at home", "starred"]
CHECK = re.compile(r"^(\w+) = check\.\1\.use\(\1\)$")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^):]+)\)")  # not those to elsewhere: they have a colon
CONFIG = '''"""nbgrader's settings for this course folder; `python -m teaching assignment` wrote them."""

import sys

sys.path.insert(0, {root!r})  # the checkout of the course, in which the kit lies

from teaching.grading import configure

c = get_config()
configure(c)
'''


def make(numbers, folder, points=(1, 2, 3), replace=False):
    """Make the assignments of these lessons in a folder; yield a sentence for whatever was done.

    Parameters
    ----------
    numbers : list of str
        Of the lessons: ["04", "05"].
    folder : pathlib.Path
        nbgrader's course folder. It gets ``source`` and ``nbgrader_config.py`` for nbgrader, and ``plain`` to hand out without.
    points : tuple of int
        For an exercise in class, at home, and starred.
    replace : bool
        Whether notebooks that are there already, and differ, are written anew.

    Raises
    ------
    ValueError
        When there are such notebooks and they are not to be replaced. Then nothing was written.
    """
    folder, lessons = pathlib.Path(folder), [lesson for lesson in all_lessons() if number_of(lesson) in numbers]
    files = {}
    for lesson in lessons:
        cells = handed_out(lesson, {other.stem for other in lessons})
        files[folder / "plain" / f"{lesson.stem}.ipynb"] = written(notebook(cells))
        files[folder / "source" / lesson.stem / f"{lesson.stem}.ipynb"] = written(notebook(graded(cells, points)))
    changed = [path for path, content in files.items() if path.exists() and path.read_bytes() != content]
    if changed and not replace:
        names = ", ".join(str(path.relative_to(folder)) for path in changed)
        raise ValueError(f"{names} would be changed. Name another folder, or add --replace (your changes in them are lost).")
    config = folder / "nbgrader_config.py"
    if not config.exists():  # else it is the teacher's
        files[config] = CONFIG.format(root=str(ROOT)).encode()
    for path, content in files.items():
        write_all(path.parent, {path.name: content})
    for lesson in lessons:
        worth = {name: points[PLACES.index(EXERCISES[name].place)] for name in exercises_in(handed_out(lesson))}
        told = ", ".join(f"{name} {each}" for name, each in worth.items())
        yield f"{lesson.stem}: {sum(worth.values())} points ({told or 'no exercises'})."
    yield f"For nbgrader: cd {folder}, then nbgrader generate_assignment {lessons[0].stem}."
    yield f"Without nbgrader: hand out {folder / 'plain'}."


def notebook(cells):
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def handed_out(lesson, beside=()):
    """Return the cells of a lesson that a class is given, in a file that stands alone.

    Pictures are attached to their cells. Of links to what is not ``beside`` it (stems of lessons), the words are left.
    """
    cells = [cell for cell in cells_of(lesson.read_text(encoding="utf-8")) if not for_authors(cell)]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            attached = {}
            source = LINK.sub(lambda link, attached=attached: _standing_alone(link, beside, attached), source_of(cell))
            cell["source"] = lines_of(source)
            if attached:
                cell["attachments"] = attached
    return cells


def _standing_alone(link, beside, attached):
    bang, words, target = link.groups()
    if bang:
        picture = ROOT / "notebooks" / target
        attached[picture.name] = {"image/png": base64.b64encode(picture.read_bytes()).decode()}
        return f"![{words}](attachment:{picture.name})"
    alive = target.startswith("#") or pathlib.Path(target.partition("#")[0]).stem in beside
    return link[0] if alive else words


def exercises_in(cells):
    """Return the names of the exercises of a lesson, in the order in which they are checked."""
    found = (CHECK.match(source_of(cell)) for cell in cells if cell["cell_type"] == "code")
    return [check[1] for check in found if check and check[1] in EXERCISES]


def graded(cells, points):
    """Return the cells with nbgrader's marks: a stub is a cell for a solution, the check below it a cell that is graded."""
    cells = copy.deepcopy(cells)
    for stub, cell in itertools.pairwise(cells):
        check = CHECK.match(source_of(cell)) if cell["cell_type"] == "code" else None
        if check and check[1] in EXERCISES:
            name = check[1]
            worth = points[PLACES.index(EXERCISES[name].place)]
            stub["metadata"]["nbgrader"] = mark(name, solution=True, locked=False)
            cell["metadata"]["nbgrader"] = mark(f"check_{name}", grade=True, locked=True, points=worth)
    return cells


def mark(name, **marks):
    """Return what nbgrader reads in the metadata of a cell: its name, and what it is."""
    return {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "task": False, **marks}
