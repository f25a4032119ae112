"""The learner's copies in a browser: a new version of the site brings them up to date, as on a disk."""

import html
import json

from ..core.browser import DRIVE, reason
from .copies import Copies
from .folder import write
from .lessons import all_lessons, digest

RECORD = DRIVE / "progress/lessons.json"  # by which version of the lessons the copies were brought up to date last
RELOAD = "The page that is open shows what stood there before: reload it (and choose Revert, if you are asked)."


def bring_up_to_date():
    """Bring the copies up to date when the site has other lessons than before, and say what was done.

    A copy that the learner has changed lies in the browser's storage, and hides the one that the site sends.
    """
    version = digest(b"".join(lesson.read_bytes() for lesson in all_lessons()))
    copies = Copies()
    if not copies.folder.is_dir() or _known() == version:
        return
    said = list(copies.bring_up_to_date())
    if copies.left:
        _show(said)  # and try again the next time
        return
    try:
        RECORD.parent.mkdir(parents=True, exist_ok=True)
        write(RECORD, json.dumps({"version": version}).encode())
    except OSError as error:
        said.append(f"That this was done could not be kept: {reason(error)}.")
    if copies.made or len(said) > 1:  # the last one says where they are
        _show([*said, RELOAD])


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
