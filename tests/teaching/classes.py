"""What the kit's tests share: submissions, made from the notebooks that are handed out."""

import copy
import inspect
import re
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


def grade_id(cell):
    """Return the name under which nbgrader knows a cell, or None."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")
