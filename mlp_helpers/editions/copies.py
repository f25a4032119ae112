"""The folder with a learner's copies: made, brought up to date, and nothing in it overwritten unseen."""

import itertools
import json
import os
import pathlib
import re
import shutil
import stat
import time

from ..core.files import replacing
from . import notebook as notebooks
from .lessons import ROOT, all_lessons, digest, number_of
from .versions import built_from, committed

PAGES = ["one_page.py"]  # what else is handed out, from notebooks/
RECORD = ".handed_out.json"  # the fingerprints of the pages, as the learner was given them
BACKUPS, KEPT = "backups", 10
FORM = "%Y-%m-%d_%H-%M-%S"


class Copies:
    """A learner's copies of the lessons, in a folder.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Otherwise ``work`` in the folder of the course.
    """

    def __init__(self, folder=None):
        self.folder = pathlib.Path(os.path.abspath(folder or ROOT / "work"))
        self.lessons = {number_of(lesson): lesson for lesson in all_lessons()}
        self.made, self.left, self.backups = [], [], None

    def bring_up_to_date(self, anew=None):
        """Make the copies that are missing and update the others; yield a sentence for whatever was done.

        Parameters
        ----------
        anew : str, optional
            The number of a lesson of which a new copy is made; the old one stays beside it.

        Raises
        ------
        ValueError
            When there is no such lesson, or the folder is one of the course's own.
        OSError
            When the folder cannot be made.
        """
        if anew is not None and anew not in self.lessons:
            raise ValueError(f"there is no lesson {anew}. There are: {', '.join(self.lessons)}.")
        if self.folder.resolve() in (ROOT / "notebooks", ROOT / "lessons"):
            raise ValueError(f"{self.folder} belongs to the course itself. Name another folder: --folder DIR")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OSError(f"no copies can be kept in {self.folder}: {error.strerror}. Name another folder: --folder DIR") from None
        for number, lesson in self.lessons.items():
            path = self.path_of(number)
            yield from self._safely(path, self._hand_out_lesson(lesson, path, number == anew))
        for name in PAGES:
            yield from self._safely(self.folder / name, self._hand_out_page(name))
        if self.made:
            names = ", ".join(self.made) if len(self.made) <= 3 else f"{len(self.made)} new files"
            yield f"Your copies are in {self.folder}: {names}."
        self._drop_old_backups()

    def path_of(self, number=None):
        """Return where the copy of a lesson lies, or of the first one."""
        return self.folder / f"{self.lessons[number or next(iter(self.lessons))].stem}.ipynb"

    def _safely(self, path, steps):
        """Yield the sentences of these steps; where the file cannot be read or written, say so and leave it."""
        try:
            yield from steps
        except OSError as error:
            self.left.append(path.name)
            yield f"{path.name} stays as it is: {error.strerror or error}."

    def _hand_out_lesson(self, lesson, path, anew):
        text = lesson.read_text(encoding="utf-8")
        if anew and os.path.lexists(path):
            yield f"The old copy is kept as {self._aside(path, 'old').name}."
        if path.is_dir():
            yield self._set_aside(path, "it is a folder")
        if os.path.lexists(path):
            content = path.read_bytes()
            try:
                old = notebooks.parse(content)
                new = notebooks.updated(old, text, self.folder)
                if new != old:
                    self._replace(path, content, notebooks.written(new))
                    yield f"{path.name} was brought up to date." + self._about_two_versions(new)
                return
            except notebooks.Unreadable as reason:
                yield self._set_aside(path, reason)
        content = notebooks.written(notebooks.fresh(text, self.folder))
        reading = ROOT / "notebooks" / path.name
        if reading.exists() and not anew:
            try:
                old = notebooks.parse(reading.read_bytes())
                new = notebooks.adopted(old["cells"], built_from(old, lesson), text, self.folder)
                if notebooks.written(new) != content:
                    content = notebooks.written(new)
                    yield f"What you changed in notebooks/{path.name} is in your copy." + self._about_two_versions(new)
            except (notebooks.Unreadable, OSError) as reason:
                yield f"notebooks/{path.name} cannot be read ({reason}): nothing of it is in your copy."
        self._write(path, content)
        self.made.append(path.name)

    def _about_two_versions(self, new):
        hint = " Where you and the course changed the same cell, both versions stand in it: look for “New in the course”."
        return hint if notebooks.two_versions(new) else ""

    def _hand_out_page(self, name):
        path, content = self.folder / name, (ROOT / "notebooks" / name).read_bytes()
        record, now = self._record(), digest(content)
        known = record.get(name)
        if path.is_dir():
            yield self._set_aside(path, "it is a folder")
        if not os.path.lexists(path):
            self._write(path, content)
            self.made.append(name)
            known = digest(next(committed(f"notebooks/{name}"), content))  # a learner may have changed it there
        else:
            there = path.read_bytes()
            if digest(there) == now:
                known = known or now
            elif digest(there) == known:
                self._replace(path, there, content)
                yield f"{name} was brought up to date."
                known = now
            elif known != now:
                beside = self._free(path, "new")
                self._write(beside, content)
                yield f"{name} is new in the course, but you have changed yours: the new one is {beside.name}, beside it."
                known = now
        if record.get(name) != known:
            self._write(self.folder / RECORD, json.dumps({**record, name: known}).encode())

    def _record(self):
        try:
            record = json.loads((self.folder / RECORD).read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
        return record if isinstance(record, dict) else {}

    # --- files ---------------------------------------------------------------------------------------------------------

    def _write(self, path, content):
        with replacing(path) as file:
            file.write(content)

    def _replace(self, path, before, content):
        """Write a file anew, after a backup of what was in it."""
        if not path.stat().st_mode & stat.S_IWUSR:
            raise PermissionError("it is write-protected")
        if self.backups is None:
            self.backups = self._new_backups()
        (self.backups / path.name).write_bytes(before)
        if path.read_bytes() != before:
            raise OSError("another program has just written it; start once more")
        self._write(path, content)

    def _new_backups(self):
        """Make a folder for the backups of this update."""
        now = time.strftime(FORM)
        for number in itertools.count(1):
            folder = self.folder / BACKUPS / (now if number == 1 else f"{now}-{number}")
            try:
                folder.mkdir(parents=True)
                return folder
            except FileExistsError:
                continue

    def _drop_old_backups(self):
        """Keep the newest ten updates; whatever else stands in the folder is not touched."""
        if self.backups:
            form = re.compile(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(-\d+)?")
            there = sorted(folder for folder in self.backups.parent.iterdir() if form.fullmatch(folder.name))
            there.remove(self.backups)  # also where the clock was set back
            for folder in there[: 1 - KEPT]:
                shutil.rmtree(folder, ignore_errors=True)

    def _set_aside(self, path, reason):
        aside = self._aside(path, "unreadable")
        return f"{path.name} could not be read ({reason}). It is kept as {aside.name}, and a new copy was made."

    def _aside(self, path, word):
        """Give a file, or what stands in its place, another name; return that."""
        aside = self._free(path, word)
        path.rename(aside)
        return aside

    def _free(self, path, word):
        """Return a path beside this one at which nothing stands: name.word.ipynb, name.word-2.ipynb, …"""
        names = (f"{path.stem}.{word}{f'-{number}' * (number > 1)}{path.suffix}" for number in itertools.count(1))
        return next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))
