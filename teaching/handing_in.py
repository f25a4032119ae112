"""What a class has sent back, put where nbgrader looks for it: ``submitted/NAME/ASSIGNMENT/ASSIGNMENT.ipynb``."""

import collections
import datetime

from mlp_helpers.editions.lessons import source_of
from mlp_helpers.editions.notebook import Unreadable, parse

from .collecting import learner_of
from .files import write_all


def hand_in(downloads, folder):
    """Copy the notebooks that lie anywhere in ``downloads`` to nbgrader's course folder; yield what a teacher should know.

    A notebook belongs to the assignment whose exercises are in it, whatever its file is called. Of several by one learner the
    latest counts. When it came is written beside it, so that nbgrader marks it anew only if it differs from the one of before.

    Parameters
    ----------
    downloads, folder : pathlib.Path

    Raises
    ------
    ValueError
        When there are no assignments in the course folder, one of them cannot be read, or it lies in the other one.
    """
    if folder.resolve().is_relative_to(downloads.resolve()):
        raise ValueError(f"{folder} lies in {downloads}. Put what came back into a folder of its own.")
    assignments = {path.stem: _assigned(path) for path in sorted(folder.glob("source/*/*.ipynb"))}
    if not assignments:
        raise ValueError(f"{folder} holds no assignments. Name the folder that python -m teaching assignment has made.")
    taken = {}
    for path in sorted(downloads.rglob("*.ipynb"), key=lambda path: (path.stat().st_mtime, path)):
        if ".ipynb_checkpoints" in path.parts:
            continue
        try:
            notebook = parse(path.read_bytes())
        except (Unreadable, OSError) as reason:
            yield f"{path} cannot be read: {reason}. Ask for it again."
            continue
        exercises = marked(notebook)
        name = max(assignments, key=lambda name: len(exercises.keys() & assignments[name].keys()))
        missing = assignments[name].keys() - exercises.keys()
        if missing == assignments[name].keys():
            yield f"{path} has no cell that nbgrader could mark. The board shows what is solved in it."
            continue
        learner = learner_of(path, downloads)
        if missing:
            lacks = f"{learner}, {name}: without {', '.join(sorted(missing))}."
            yield f"{lacks} nbgrader puts the cells back; a function that stands in no other cell counts as unsolved."
        if (learner, name) in taken:
            yield f"{learner}, {name}: sent more than once. {path} is the latest, and counts."
        taken[learner, name] = path, exercises
    for (learner, name), (path, _) in taken.items():
        _put(path, folder / "submitted" / learner / name)
    yield from _alike(taken, assignments)
    count = collections.Counter(name for _, name in taken)
    for name, number in sorted(count.items()):
        there = f"{number} of {name} {'is' if number == 1 else 'are'} in {folder / 'submitted'}."
        yield f"{there} Now, in {folder}: nbgrader autograde {name}"


def marked(notebook):
    """Return the sources of the cells that nbgrader knows, by the names under which it knows them."""
    marks = [(cell["metadata"].get("nbgrader"), source_of(cell)) for cell in notebook["cells"]]
    names = [(mark.get("grade_id") if isinstance(mark, dict) else None, source) for mark, source in marks]
    return {name: source for name, source in names if isinstance(name, str)}


def _assigned(path):
    try:
        return marked(parse(path.read_bytes()))
    except Unreadable as reason:
        told = f"{path} cannot be read: {reason}."
        raise ValueError(f"{told} Make it anew: python -m teaching assignment, with --replace.") from None


def _put(path, folder):
    place, content = folder / f"{folder.name}.ipynb", path.read_bytes()
    if not place.exists() or place.read_bytes() != content:
        came = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.timezone.utc)
        write_all(folder, {place.name: content, "timestamp.txt": f"{came:%Y-%m-%d %H:%M:%S.%f} UTC".encode()})


def _alike(taken, assignments):
    """Yield a sentence for each group whose cells say the same, word by word, and not only what was handed out."""
    groups = collections.defaultdict(list)
    for (learner, name), (_, exercises) in taken.items():
        if any(exercises[mark] != source for mark, source in assignments[name].items() if mark in exercises):
            groups[name, tuple(sorted(exercises.items()))].append(learner)
    for (name, _), learners in groups.items():
        if len(learners) > 1:
            yield f"{' and '.join(learners)}, {name}: the same in every exercise, word by word."
