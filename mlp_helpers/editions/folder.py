"""The files of a learner: written whole, replaced only after a backup, and set aside rather than deleted."""

import itertools
import os
import re
import shutil
import stat
import time

from ..core.files import replacing

KEPT = 10  # updates whose backups are kept
FORM = "%Y-%m-%d_%H-%M-%S"  # of the time of an update, which names the folder of its backups
OF_THAT_FORM = re.compile(r"\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(-\d+)?")


def write(path, content):
    """Write these bytes to a file, whole or not at all."""
    with replacing(path) as file:
        file.write(content)


def there(path):
    """Say whether anything stands at a path; unlike ``exists``, raise OSError where that cannot be told."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def set_aside(path, word):
    """Give a file, or what stands in its place, another name in the same folder; return the new path."""
    aside = free(path, word)
    path.rename(aside)
    return aside


def free(path, word):
    """Return a path beside this one at which nothing stands: name.word.ipynb, name.word-2.ipynb, …"""
    names = (f"{path.stem}.{word}{f'-{number}' * (number > 1)}{path.suffix}" for number in itertools.count(1))
    return next(path.with_name(name) for name in names if not there(path.with_name(name)))


class Backups:
    """The folder into which an update copies each file before it replaces it.

    Parameters
    ----------
    folder : pathlib.Path
        In which the backups of each update have a folder of their own.
    """

    def __init__(self, folder):
        self.folder, self.place = folder, None

    def replace(self, path, before, content):
        """Write a file anew.

        Parameters
        ----------
        path : pathlib.Path
        before, content : bytes
            What was read from the file, and what it shall hold.

        Raises
        ------
        OSError
            When the file is write-protected, was written by another program meanwhile, or cannot be copied first.
        """
        if not path.stat().st_mode & stat.S_IWUSR:
            raise PermissionError("it is write-protected")
        self.place = self.place or self._new_place()
        (self.place / path.name).write_bytes(before)
        if path.read_bytes() != before:
            raise OSError("another program has just written it; start once more")
        write(path, content)

    def _new_place(self):
        now = time.strftime(FORM)
        for number in itertools.count(1):
            place = self.folder / (now if number == 1 else f"{now}-{number}")
            try:
                place.mkdir(parents=True)
                return place
            except FileExistsError:
                if not self.folder.is_dir():
                    raise

    def drop_old(self):
        """After an update that replaced something, keep those of the last ten; what else stands there is not touched."""
        if self.place:
            others = sorted(place for place in self.folder.iterdir() if OF_THAT_FORM.fullmatch(place.name))
            others.remove(self.place)  # it stays, also where the clock was set back
            for place in others[: 1 - KEPT]:
                shutil.rmtree(place, ignore_errors=True)
