"""The learner's copies in a browser: a new version of the site brings them up to date, as on a disk."""

import html
import json

from ..core.browser import DRIVE, KEPT, NOT_KEPT, reason
from .copies import PAGES, Copies
from .folder import there, write
from .lessons import ROOT, all_lessons, digest, source_of
from .notebook import Unreadable, parse

PAGE = ROOT / "browser/keep_your_work.ipynb"  # beside the copies, with the buttons of the panel
RECORD = DRIVE / "progress/lessons.json"  # by which version of the lessons the copies were brought up to date last
RELOAD = (
    "A page that is open shows what stood there before. If you have written in it just now, keep that first, under another name "
    "(File › Save Notebook As…). Then reload it, and choose Revert if you are asked."
)


def bring_up_to_date():
    """Bring the copies up to date when the site has other lessons than before, and say what was done.

    A copy that the learner has changed lies in the browser's storage, and hides the one that the site sends.
    """
    if not KEPT:
        _show([NOT_KEPT])
        return
    pages = [PAGE, *(ROOT / "notebooks" / name for name in PAGES)]
    version = digest(b"".join(path.read_bytes() for path in [*all_lessons(), *pages]))
    copies = Copies()
    if not copies.folder.is_dir() or _known() == version:
        return
    said = []
    try:
        said.extend(_page(copies))  # what was said stays, whatever comes after
        said.extend(copies.bring_up_to_date())
        if not (copies.made or copies.left) and len(said) == 1:  # which says where the copies are: nothing had to be done
            RECORD.parent.mkdir(parents=True, exist_ok=True)
            write(RECORD, json.dumps({"version": version}).encode())
            return
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        said.append(f"Your lessons may not be up to date: {why}.")
    _show([*said, RELOAD] if copies.made or copies.backups.place else said)


def _page(copies):
    """Replace the page with Export and Import where the course has another one, and say so."""
    path, content = copies.folder / PAGE.name, PAGE.read_bytes()
    if not there(path):
        write(path, content)
    elif _sources(before := path.read_bytes()) != _sources(content):
        copies.backups.replace(path, before, content)
        yield f"{path.name} is up to date now."


def _sources(content):
    try:
        return [source_of(cell) for cell in parse(content)["cells"]]
    except Unreadable:
        return None


def _known():
    try:
        return json.loads(RECORD.read_bytes())["version"]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _show(sentences):
    from IPython.display import display

    display({"text/plain": "\n".join(sentences), "text/html": as_html(sentences)}, raw=True)


def as_html(sentences):
    """Return sentences as a part of a page, which a screen reader reads out when it changes."""
    paragraphs = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences)
    return f'<div role="status">{paragraphs}</div>'
