"""What the kit's tests share: submissions, made from the notebooks that are handed out, and what a teacher has changed."""

import copy
import inspect
import re
import shutil
import textwrap

from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.lessons import lines_of, source_of


def filled(notebook, sources):
    """Return the notebook of an assignment with these sources in place of its stubs, by the names of the exercises."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        found = re.match(r"(?:def|class) (\w+)", source_of(cell)) if cell["cell_type"] == "code" else None
        if found and found[1] in sources:
            cell["source"] = lines_of(sources[found[1]])
    return notebook


def mistaken(name, title):
    """Return the source of a known mistake of an exercise as a student would write it; its title, or its number."""
    mistakes = EXERCISES[name].task.mistakes
    mistake = mistakes[title] if isinstance(title, int) else next(each for each in mistakes if each.title == title)
    source = textwrap.dedent(inspect.getsource(mistake.function))
    return re.sub(r"^def \w+", f"def {name}", source[source.index("\ndef ") + 1 :])


def changed(written, number, old, new, folder):
    """Copy what is written for lessons into a new folder, for one lesson with new words in place of old ones; return it."""
    shutil.copytree(written, folder)
    path = folder / f"{number}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def grade_id(cell):
    """Return the name under which nbgrader knows a cell, or None."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")
