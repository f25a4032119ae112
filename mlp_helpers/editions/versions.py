"""Earlier versions of the course's files, where git has kept them."""

import itertools
import subprocess

from .lessons import ROOT, cells_of, digest


def committed(name):
    """Yield the contents of a file of the course as it was committed, the newest first; nothing where git knows none."""
    try:
        for commit in _git("log", "--format=%H", "--", name).decode().split():
            yield _git("show", f"{commit}:./{name}")
    except (OSError, subprocess.CalledProcessError):
        return


def _git(*command):
    return subprocess.run(["git", *command], cwd=ROOT, capture_output=True, check=True, stdin=subprocess.DEVNULL).stdout


def built_from(notebook, lesson):
    """Return the cells of the lesson from which a notebook of the reading edition was built; none where that is not known."""
    name = lesson.relative_to(ROOT).as_posix()
    record = notebook["metadata"].get("built_from")
    wanted = record.get(name) if isinstance(record, dict) else None
    for content in itertools.chain([lesson.read_bytes()], committed(name)):
        content = content.replace(b"\r\n", b"\n")
        if digest(content) == wanted:
            return cells_of(content.decode())
    return []
