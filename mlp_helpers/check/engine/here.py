"""Where one is in the course: a thin strip with the lesson, its minutes, and how many of its exercises are solved."""

import html
import pathlib
import re
import time

from ... import cards
from . import progress
from .exercise import EXERCISES
from .questions import AS_TEXT

LESSONS = pathlib.Path(__file__).resolve().parents[3] / "lessons"  # beside the package, in the folder of the course
FRONT = re.compile(r"^# (.+)\n(?:.*\n)*?.*· (\d+) minutes ·", re.MULTILINE)
SHOWN = {}  # the last strip of this kernel: of which notebook, its display, and how many exercises it says are solved


def here(notebook):
    """Show which lesson this is, how long it takes, how many of its exercises are solved, and the lessons around it.

    After each cell that is run, the strip is brought up to date. It also says when it was read, for whoever opens the
    notebook again the next day.

    Parameters
    ----------
    notebook : str
        The number of the lesson: "04".
    """
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None:
        print(_text(_facts(notebook)))
        return
    from IPython.display import display

    if AS_TEXT:
        display(_page(notebook), raw=True)
        return
    SHOWN.update(notebook=notebook, solved=_solved(notebook), display=display(_page(notebook), raw=True, display_id=True))
    if _ran not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _ran)


def _ran(result):
    """Bring the strip up to date when another number of exercises is solved; called by IPython after each cell."""
    solved = _solved(SHOWN["notebook"])
    if solved != SHOWN["solved"]:
        SHOWN["solved"] = solved
        SHOWN["display"].update(_page(SHOWN["notebook"]), raw=True)


def _solved(notebook):
    known = progress.read()["exercises"]
    return sum(known.get(name, {}).get("solved") is True for name in _exercises(notebook))


def _exercises(notebook):
    return [exercise.name for exercise in EXERCISES.values() if exercise.notebook == notebook]


def _facts(notebook):
    """Return what the strip says, as rows of an icon, words and a link or None."""
    lessons = {path.stem.split("_")[0]: path for path in sorted(LESSONS.glob("*.md"))}
    title, minutes = _front(lessons[notebook]) if notebook in lessons else ("", "")
    facts = [("lesson", ": ".join(filter(None, [f"Lesson {notebook}", title])), None)]
    facts += [("minutes", f"{minutes} min", None)] if minutes else []
    count = len(_exercises(notebook))
    exercises = f"{count} exercise{'s' * (count != 1)}"
    if AS_TEXT:  # nobody solves anything there
        facts += [("exercise", exercises, None)] if count else []
    elif count:
        solved = _solved(notebook)
        now = time.strftime("%H:%M, %d %b")
        facts.append(("solved" if solved == count else "exercise", f"{solved} of {exercises} solved (at {now})", None))
    numbers = list(lessons)
    for way, step in (("previous", -1), ("next", 1)):
        at = numbers.index(notebook) + step if notebook in lessons else -1
        if 0 <= at < len(numbers):
            path = lessons[numbers[at]]
            facts.append((way, f"{numbers[at]} {_front(path)[0]}", f"{path.stem}.ipynb"))
    return facts


def _front(lesson):
    """Return the title and the minutes that a lesson's first lines give."""
    return FRONT.search(lesson.read_text(encoding="utf-8")).groups()


def _text(facts):
    return " · ".join(f"{name}: {words}" if link else words for name, words, link in facts)


def _html(facts):
    spans = []
    for name, words, link in facts:
        said = html.escape(words)
        if link:  # its arrow says the same to those who see it
            said = f"<span class='mlp-unseen'>{name}: </span><a href='{link}'>{said}</a>"
        spans.append(f"<span>{cards.icon(name)} {f'<b>{said}</b>' if name == 'lesson' else said}</span>")
    between = '<span class="mlp-unseen"> · </span>'
    return f'<div role="group" aria-label="Where you are" class="mlp-strip">{between.join(spans)}</div>'


def _page(notebook):
    facts = _facts(notebook)
    return {"text/plain": _text(facts), "text/html": cards.STYLE + _html(facts)}
