"""A report about a check, to be pasted into an issue: what was checked and what was said, and nothing about whose it is."""

import builtins
import contextlib
import dataclasses
import keyword
import os
import pathlib
import platform
import re
import sys
import tempfile

import numpy as np

from .environment import have
from .running import ask
from .sources import source_of

PLACE, SOMEBODY = "<path>", "user"
LONGEST = 10_000  # characters of each part
FOLDERS = "Users|Volumes|home|kaggle|media|mnt|opt|private|root|srv|tmp|usr|var|workspaces?"
ROOTS = [rf"(?<![\w.])/(?:{FOLDERS})/", r"(?<!\w)[A-Za-z]:(?:\\\\?|/)[\w .~-]+(?:\\\\?|/)"]
ONWARDS = r"[^\s'\"`<>|:*?()\[\]]*"
HARMLESS = {*dir(builtins), *dir(np), *dir(np.ndarray), *keyword.kwlist, "root"}  # as a name these tell nobody who it is


def complaint(exercise, function, panel):
    """Return the report: the exercise, versions, the function, and what the panel said of it."""
    panel = dataclasses.replace(panel, values=panel.values + panel.folded, folded=[])
    said = panel.text(across=LONGEST)  # not wrapped: a name is found where it stands in one line
    source = ask(lambda: source_of(function), "") or "(the source is not known)"
    versions = f"course {have('mlp-helpers') or 'in its folder'}, Python {platform.python_version()}, NumPy {np.__version__}"
    head = f"`check.{exercise.name}`, notebook {exercise.notebook}; {versions}"
    return anonymous(f"{head}\n\n{_fenced('python', source)}\n\n{_fenced('text', said)}")


def _fenced(language, text):
    fence = "```"
    while fence in text:
        fence += "`"
    cut = text if len(text) <= LONGEST else text[:LONGEST] + " …"
    return f"{fence}{language}\n{cut.rstrip()}\n{fence}"


def anonymous(text):
    """Return a text without paths, and without the names of the user and of the computer."""
    known = sorted({form for folder in _folders() for form in _spellings(folder)}, key=len, reverse=True)
    for root in [*(rf"{re.escape(folder)}(?!\w)" for folder in known), *ROOTS]:
        text = re.sub(rf"(['\"`]){root}.*?\1", rf"\1{PLACE}\1", text, flags=re.IGNORECASE)  # there may be spaces in it
        text = re.sub(root + ONWARDS, PLACE, text, flags=re.IGNORECASE)
    for name in _names():
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", SOMEBODY, text, flags=re.IGNORECASE)
    return text


def _folders():
    """The folders of this kernel that tell most: where it stands, whose home it is, where its packages are."""
    folders = [os.path.expanduser("~"), sys.prefix, tempfile.gettempdir(), str(pathlib.Path(__file__).parents[3])]
    with contextlib.suppress(OSError):  # a working directory that is gone
        folders.append(os.getcwd())
    return [folder for folder in folders if len(pathlib.PurePath(folder).parts) > 1]


def _spellings(folder):
    """A path as it is, as ``repr`` writes it, and with the slashes of other systems."""
    return folder, repr(folder)[1:-1], folder.replace("\\", "/")


def _names():
    """How the user and the computer are called, the longest first."""
    users = [os.environ.get(name, "") for name in ("USER", "LOGNAME", "USERNAME", "JUPYTERHUB_USER")]
    names = {*users, pathlib.PurePath(os.path.expanduser("~")).name, platform.node(), platform.node().partition(".")[0]}
    return sorted((name for name in names - HARMLESS if len(name) > 2), key=len, reverse=True)
