"""The learner's copies in a browser: a new version of the site brings them up to date, as on a disk."""

import html
import json

from ..core.browser import DRIVE
from ..core.files import replacing
from .copies import Copies
from .lessons import all_lessons, digest

COPIES = DRIVE / "work"
RECORD = DRIVE / "progress/lessons.json"  # by which version of the lessons the copies were brought up to date last
RELOAD = "The page that is open shows what stood there before: reload it (and choose Revert, if you are asked)."


def bring_up_to_date():
    """Bring the copies up to date when the site has other lessons than before, and say what was done.

    A copy that the learner has changed lies in the browser's storage, and hides the one that the site sends.
    """
    version = digest(b"".join(lesson.read_bytes() for lesson in all_lessons()))
    if not COPIES.is_dir() or _known() == version:
        return
    copies = Copies(COPIES)
    said = list(copies.bring_up_to_date())
    if copies.left:
        _show(said)  # and try again the next time
        return
    try:
        RECORD.parent.mkdir(parents=True, exist_ok=True)
        with replacing(RECORD) as file:
            file.write(json.dumps({"version": version}).encode())
    except OSError as error:
        said.append(f"That this was done could not be kept: {error.strerror or error}. Is the browser's storage full?")
    if copies.made or len(said) > 1:  # the last one says where they are
        _show([*said, RELOAD])


def _known():
    try:
        return json.loads(RECORD.read_bytes())["version"]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _show(sentences):
    from IPython.display import display

    page = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences)
    display({"text/plain": "\n".join(sentences), "text/html": f'<div role="status">{page}</div>'}, raw=True)
