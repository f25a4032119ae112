"""A learner's cells and the cells of a newer lesson become one notebook, in which nothing of the learner's is missing.

Three lists of cells meet: what was handed out (of which ids and fingerprints are known), what the learner has made of
it, and what the lesson says now. A cell that only the lesson changed is brought up to date. A cell that only the learner
changed, moved, added or deleted stays changed, moved, added or deleted. Where both changed one, the learner's stays and
the new one is put before it, marked: so run from top to bottom, what the learner wrote has the last word.
"""

import difflib
import re
import secrets

from .lessons import fingerprint, marked, unmarked

NEW = "-new"  # ends the id of a cell that stands beside the learner's version of it


def merged(copy, handed_out, lesson):
    """Return the merged cells, and what counts as handed out from now on.

    Parameters
    ----------
    copy : list of dict
        The learner's cells, as in the file of a notebook; their ids may be missing or double.
    handed_out : dict
        From the id of each cell to its fingerprint, in the order of the cells; empty where that is not known.
    lesson : list of dict
        The cells of the lesson now, each with an id of its own.

    Returns
    -------
    cells : list of dict
    handed_out : dict
        As above; where the learner's version of a cell and a new one stand side by side, that of the older lesson.
    """
    copy = _identified(copy, handed_out)
    copy, before = _settled(copy, handed_out)
    mine = {cell["id"]: cell for cell in copy}
    now = {new["id"]: new for cell in lesson for new in _beside(cell, mine, before)}
    kept = [_newest(cell, before, now) for cell in copy if cell["id"] in now or fingerprint(cell) != before.get(cell["id"])]
    added = {name: cell for name, cell in now.items() if name not in mine and name not in before}
    cells = _in_order(kept, copy, list(before) or [cell["id"] for cell in lesson], now, added)
    record = {name: before.get(name) if name + NEW in now else fingerprint(cell) for name, cell in now.items()}
    return _identified(cells, record), record


def _identified(copy, handed_out):
    """Return the cells, each with an id of its own: the first of two keeps it, and a cell that lost it is known by its text.

    JupyterLab gives cells of prose a new id when they are cut and pasted.
    """
    seen, result = set(), []
    for cell in copy:
        name = cell.get("id")
        fits = isinstance(name, str) and re.fullmatch(r"[\w-]{1,64}", name, re.ASCII) and name not in seen
        result.append(cell if fits else {**cell, "id": None})
        seen.add(name if fits else None)
    lost = {value: name for name, value in handed_out.items() if name not in seen}
    for place, cell in enumerate(result):
        if cell["id"] not in handed_out:
            name = lost.pop(fingerprint(cell), cell["id"]) or secrets.token_hex(4)
            result[place] = cell if name == cell["id"] else {**cell, "id": name}
    return result


def _settled(copy, handed_out):
    """Return cells and record after what the learner decided: of two versions side by side, one was deleted."""
    names, before, place_of = {cell["id"] for cell in copy}, dict(handed_out), {}
    for new in [name for name in handed_out if name.endswith(NEW)]:
        name = new.removesuffix(NEW)
        if new in names and name not in names:  # it takes the place of the learner's
            place_of[new] = name
            names = names - {new} | {name}
        if new not in names:
            before[name] = before.pop(new)
    return [_in_place(cell, place_of[cell["id"]]) if cell["id"] in place_of else cell for cell in copy], before


def _in_place(cell, name):
    """Return a new cell under the id of the one that it replaces; without the mark, unless it still stands beside another."""
    return {**(cell if name.endswith(NEW) else unmarked(cell)), "id": name}


def _beside(cell, mine, before):
    """Yield the cell of the lesson, and before it a marked one where the learner has changed the older version as well."""
    name, new = cell["id"], fingerprint(cell)
    if name in mine and new not in (before.get(name), fingerprint(mine[name])) and fingerprint(mine[name]) != before.get(name):
        yield from _beside({**marked(unmarked(cell)), "id": name + NEW}, mine, before)
    yield cell


def _newest(cell, before, now):
    """Return the learner's cell, or where they left it as it was, what the lesson says now."""
    new, was = now.get(cell["id"]), fingerprint(cell)
    if new is None or was == fingerprint(new) or was != before.get(cell["id"]):
        return cell
    return {**new, "metadata": {**new["metadata"], **cell["metadata"]}}


def _in_order(kept, copy, known, now, added):
    """Return the cells in the order of the lesson, but where the learner moved or added one: after the cell that it followed."""
    names = [cell["id"] for cell in copy]
    blocks = difflib.SequenceMatcher(None, known, names, autojunk=False).get_matching_blocks()
    steady = {name for block in blocks for name in known[block.a : block.a + block.size]} & now.keys()
    mine = {cell["id"]: cell for cell in kept}
    order = [name for name in now if (name in mine and name in steady) or (name in added and not name.endswith(NEW))]
    place = 0
    for name in filter(mine.get, names):
        if name not in steady:
            order.insert(place, name)
        place = order.index(name) + 1
    for name in added:
        if name.endswith(NEW):
            order.insert(order.index(name.removesuffix(NEW)), name)
    return [mine.get(name) or added[name] for name in order]
