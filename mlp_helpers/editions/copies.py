"""A learner's copies of the lessons: made, and brought up to date."""

import json
import os
import pathlib

from ..core.browser import DRIVE, IN_BROWSER, reason
from . import notebook as notebooks
from .folder import Backups, free, set_aside, there, write
from .lessons import ROOT, all_lessons, digest, number_of
from .trust import keep_trust
from .versions import built_from, committed

PAGES = ["one_page.py"]  # what else is handed out, from notebooks/
RECORD = ".handed_out.json"  # the fingerprints of the pages as the learner was given them


class Copies:
    """The copies in a folder.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Otherwise ``work`` in the folder of the course, or in what a browser keeps.

    Attributes
    ----------
    lessons : dict of pathlib.Path
        By number.
    made, left : list of str
        The names of files that were made, and of those that could not be brought up to date.
    """

    def __init__(self, folder=None):
        self.folder = pathlib.Path(os.path.abspath(folder or (DRIVE if IN_BROWSER else ROOT) / "work"))
        self.lessons = {number_of(lesson): lesson for lesson in all_lessons()}
        self.made, self.left, self.backups = [], [], Backups(self.folder / "backups")

    def path_of(self, number=None):
        """Return where the copy of a lesson lies, or of the first one."""
        return self.folder / f"{self.lessons[number or next(iter(self.lessons))].stem}.ipynb"

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
            what = f"no copies can be kept in {self.folder}: {error.strerror}"
            raise OSError(f"{what}. Name another folder: --folder DIR") from None
        for number, lesson in self.lessons.items():
            yield from self._safely(self.path_of(number), self._lesson(lesson, self.path_of(number), number == anew))
        for name in PAGES:
            yield from self._safely(self.folder / name, self._page(self.folder / name))
        self.backups.drop_old()
        if self.backups.place:
            yield f"The files as they were before are in {self.backups.place}."
        made = ", ".join(self.made) if len(self.made) <= 3 else f"{len(self.made)} new files"
        yield f"Your own copies of the lessons are in {self.folder}{f' ({made})' if made else ''}."

    def _safely(self, path, steps):
        """Yield the sentences of these steps; where a file cannot be read or written, say so and leave it."""
        try:
            yield from steps
        except OSError as error:
            self.left.append(path.name)
            yield f"{path.name} stays as it is: {reason(error)}."

    def _lesson(self, lesson, path, anew):
        """Make or update the copy of a lesson."""
        text = lesson.read_text(encoding="utf-8")
        if anew and there(path):
            yield f"Your old copy is now {set_aside(path, 'old').name}."
        elif there(path):
            try:
                yield from self._update(path, text)
                return
            except notebooks.Unreadable as reason:
                yield self._unreadable(path, reason)
        content = notebooks.written(notebooks.fresh(text, self.folder))
        reading = ROOT / "notebooks" / path.name
        if reading.exists() and not anew:
            try:
                old = notebooks.parse(reading.read_bytes())
                new = notebooks.adopted(old["cells"], built_from(old, lesson), text, self.folder)
                if notebooks.written(new) != content:
                    content = notebooks.written(new)
                    yield f"What you changed in notebooks/{path.name} is in your copy." + _about_two_versions(new)
            except (notebooks.Unreadable, OSError) as reason:
                yield f"notebooks/{path.name} cannot be read ({reason}): nothing of it is in your copy."
        write(path, content)
        self.made.append(path.name)

    def _update(self, path, text):
        """Bring a copy up to date with the text of its lesson; raises Unreadable where it is none."""
        if path.is_dir():
            raise notebooks.Unreadable("it is a folder")
        before = path.read_bytes()
        old = notebooks.parse(before)
        new = notebooks.updated(old, text, self.folder)
        if new != old:
            content = notebooks.written(new)
            self.backups.replace(path, before, content)
            keep_trust(before, content)
            yield f"{path.name} is up to date now." + _about_two_versions(new)

    def _page(self, path):
        """Make or update the copy of a file that is no notebook: the learner's stays as a whole, or is replaced as a whole."""
        source = ROOT / "notebooks" / path.name
        content, record = source.read_bytes(), self._record()
        now, known = digest(content), record.get(path.name)
        if path.is_dir():
            yield self._unreadable(path, "it is a folder")
        if not there(path):
            write(path, content)
            self.made.append(path.name)
            known = digest(next(committed(source.relative_to(ROOT).as_posix()), content))  # it may have been changed there
        else:
            before = path.read_bytes()
            if digest(before) == now:
                known = known or now
            elif digest(before) == known:
                self.backups.replace(path, before, content)
                yield f"{path.name} is up to date now."
                known = now
            elif known != now:
                beside = free(path, "new")
                write(beside, content)
                yield f"{path.name} was changed by you and by the course: yours stays, and the new one is {beside.name}."
                known = now
        if record.get(path.name) != known:
            write(self.folder / RECORD, json.dumps({**record, path.name: known}).encode())

    def _record(self):
        try:
            record = json.loads((self.folder / RECORD).read_bytes())
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
        return record if isinstance(record, dict) else {}

    def _unreadable(self, path, reason):
        aside = set_aside(path, "unreadable")
        return f"{path.name} could not be read: {reason}. It is now {aside.name}, and a new copy stands in its place."


def _about_two_versions(notebook):
    hint = " Some cells were changed by you and by the course: both versions stand there, the new one marked “New in the course”."
    return hint if notebooks.two_versions(notebook) else ""
