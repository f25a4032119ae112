"""The lessons as text, and the cells that learners are handed of them."""

import hashlib
import json
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARK = {  # the first line of a new cell that stands beside the learner's own
    "markdown": "*New in the course. Your own version stands below; delete the one that you do not want.*",
    "code": "# New in the course. Your own version stands below; delete the one that you do not want.",
}
BLOCK = re.compile(  # what begins a cell of prose, or is a cell of code
    r"^\+\+\+(?P<about>.*)$"
    r"|^(?P<fence>`{3,})\{(?P<kind>code|raw)-cell\}.*\n(?P<options>(?::.*\n)*)\n?(?P<source>(?:.*\n)*?)(?P=fence)`*$",
    re.MULTILINE,
)
LINK_OUT = re.compile(r"!?\[([^\]]+)\]\((\.\./[^)#]+)[^)]*\)")


def all_lessons():
    """Return the paths of the lessons, in reading order.

    Raises
    ------
    FileNotFoundError
        When the package does not stand in the folder of the course.
    """
    lessons = sorted(ROOT.glob("lessons/*.md"))
    if not lessons:
        raise FileNotFoundError(f"there are no lessons in {ROOT}. Fetch the whole course again, all folders together.")
    return lessons


def number_of(lesson):
    """Return the number by which a lesson is called: "04"."""
    return lesson.stem.split("_")[0]


def cells_of(text):
    """Return all cells of a lesson, as they stand in the file of a notebook that was not run."""
    cells, about, end = [], {}, text.index("\n---\n") + len("\n---\n")
    for block in [*BLOCK.finditer(text, end), None]:
        prose = text[end : block.start() if block else None].lstrip("\n").rstrip()
        if prose:
            cells.append(_cell("markdown", prose, about))
        if block:
            end, about = block.end(), {}
            if block["fence"]:
                options = re.findall(r"^:(\w+): *(.*)$", block["options"], re.MULTILINE)
                about = {name: re.findall(r"[\w-]+", value) if name == "tags" else value for name, value in options}
                cells.append(_cell(block["kind"], block["source"].removesuffix("\n"), about))
                about = {}
            else:
                about = json.loads(block["about"] or "{}")
    return cells


def _cell(kind, source, about):
    if "id" not in about:
        raise ValueError(f"a cell of a lesson has no id yet ({source[:40]!r}). Build it: python start.py build")
    metadata = {name: value for name, value in about.items() if name != "id"}
    content = {"cell_type": kind, "id": about["id"], "metadata": metadata, "source": lines_of(source)}
    return {**content, "execution_count": None, "outputs": []} if kind == "code" else content


def for_learners(text, folder):
    """Return the cells that a learner is handed: not those for authors, and without links to what is not there.

    A picture that is not there leaves the words that describe it.

    Parameters
    ----------
    text : str
        Of the lesson.
    folder : pathlib.Path
        In which the copy lies.
    """

    def living(link):
        return link[0] if os.path.exists(os.path.normpath(folder / link[2])) else link[1]

    cells = [cell for cell in cells_of(text) if not for_authors(cell)]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            cell["source"] = lines_of(LINK_OUT.sub(living, source_of(cell)))
    return cells


def for_authors(cell):
    """Say whether a cell protects the authors' numbers and is left out of copies."""
    tags = cell["metadata"].get("tags")
    return isinstance(tags, list) and "author" in tags


def needed(cell):
    """Return the modules without which a cell cannot run, beside what the course installs: of the tag needs-torch, "torch"."""
    tags = cell["metadata"].get("tags")
    return [tag.removeprefix("needs-") for tag in tags if tag.startswith("needs-")] if isinstance(tags, list) else []


def source_of(cell):
    """Return the source of a cell as one text."""
    return "".join(cell["source"])


def lines_of(source):
    """Return a source as the list of lines that files hold."""
    return source.splitlines(keepends=True)


def marked(cell):
    """Return the cell with a first line that says where it comes from."""
    mark = MARK.get(cell["cell_type"], MARK["markdown"])
    return {**cell, "source": lines_of(f"{mark}\n\n{source_of(cell)}")}


def unmarked(cell):
    """Return the cell without that line, where it has one."""
    source = source_of(cell)
    for mark in MARK.values():
        source = source.removeprefix(f"{mark}\n\n")
    return {**cell, "source": lines_of(source)}


def fingerprint(cell):
    """Return the beginning of the SHA-256 of what a cell says, the mark left out."""
    return digest(f"{cell['cell_type']}\n{source_of(unmarked(cell))}".encode("utf-8", "surrogatepass"))


def digest(content):
    """Return the beginning of the SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()[:16]
