"""Papers to hand out: sheets of formulas and of NumPy, a self-assessment, surveys, advice for teachers, and projects.

They are written as Markdown, in the files beside this one and in ``teaching/projects``.
"""

import pathlib
import re

from ..files import write_all
from ..markup import data_address

PAPERS = pathlib.Path(__file__).parent
PROJECTS = PAPERS.parent / "projects"
ONE_PAGE = ("formulas.md", "numpy.md")  # that lie on a desk
FIGURE = re.compile(r"(?<=\]\()([^)]+\.png)(?=\))")


def files():
    """Return the papers, the projects and the figures of these: paths, by the names under which they go out."""
    projects = [*sorted(PROJECTS.glob("*.md")), *sorted(PROJECTS.glob("*.png"))]
    return {path.name: path for path in sorted(PAPERS.glob("*.md"))} | {f"project_{path.name}": path for path in projects}


def content(path):
    """Return a file's bytes as they go out: a link to a figure or a page beside it follows the new name."""
    data = path.read_bytes()
    if path.suffix == ".md":
        for name, other in files().items():
            data = data.replace(f"]({other.name})".encode(), f"]({name})".encode())
    return data


def write(folder):
    """Write the papers into a folder and return the paths of the pages."""
    paths = write_all(folder, {name: content(path) for name, path in files().items()})
    return [path for path in paths if path.suffix == ".md"]


def for_print(path):
    """Return a written page's title, its texts with the figures inside, and how many pages it may have."""
    text = path.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    inside = FIGURE.sub(lambda found: data_address(path.with_name(found[1]).read_bytes()), text)
    return title, [inside], 1 if path.name in ONE_PAGE else None
