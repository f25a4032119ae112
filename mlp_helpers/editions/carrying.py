"""All of a learner's work in one zip file: taken out of one edition, and into another."""

import io
import os
import pathlib
import stat
import zipfile

from ..check.engine import progress
from .copies import Copies
from .folder import Backups, set_aside, there, write

WORK, PROGRESS = "work/", "progress/progress.json"  # where the zip holds the copies, and what was solved
LEFT_OUT = {"backups", ".ipynb_checkpoints", "__pycache__", "keep_your_work.ipynb"}
LARGEST = 2**28  # bytes of all files together, unpacked


def packed(folder):
    """Return the bytes of a zip file with all that is in a learner's folder, but no backups, and what was solved.

    Raises
    ------
    OSError
        When any of it cannot be read: nothing is left out unsaid.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _files(folder):
            archive.writestr(WORK + path.relative_to(folder).as_posix(), path.read_bytes())
        if there(progress.path()):
            archive.writestr(PROGRESS, progress.path().read_bytes())
    return content.getvalue()


def _files(folder):
    """Yield the files in a folder and in those below, in order."""

    def refuse(error):
        raise error

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(set(folders) - LEFT_OUT)
        for path in (pathlib.Path(place, name) for name in sorted(set(names) - LEFT_OUT)):
            broken_link = path.is_symlink() and not path.exists()
            if not broken_link and stat.S_ISREG(path.stat().st_mode):
                yield path


def unpacked(content, folder):
    """Take the work in such a zip file into a learner's folder, and bring it up to date; yield a sentence for what was done.

    A file that is there with another content is kept as a backup.

    Raises
    ------
    ValueError
        When it is no such file, or a damaged one.
    OSError
        When the folder cannot be written to.
    """
    files, solved = _read(content)
    backups = Backups(folder / "backups")
    folder.mkdir(parents=True, exist_ok=True)
    for inside, new in files.items():
        path = folder / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        if not there(path):
            write(path, new)
        elif path.is_dir() or path.parent != folder:  # backups have no folders
            if path.is_dir() or path.read_bytes() != new:
                yield f"{inside} was there already. What was there is now {set_aside(path, 'before').name}."
                write(path, new)
        elif (before := path.read_bytes()) != new:
            first = not backups.place
            backups.replace(path, before, new)
            if first:
                yield f"What stood here before in files of the same names is in {backups.place}."
    yield f"{len(files)} files were taken in."
    if trouble := progress.take_in(solved):
        yield trouble
    yield from Copies(folder).bring_up_to_date()


def _read(content):
    """Return the files for the learner's folder by their names, and the progress."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > LARGEST:
                raise ValueError(f"it holds more than {LARGEST // 2**20} MB")
            held = {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ValueError(f"this is not a whole zip file ({error}). Export your work once more.") from None
    files = {name.removeprefix(WORK): new for name, new in held.items() if name.startswith(WORK)}
    foreign = [name for name in held if name not in (PROGRESS, *(WORK + inside for inside in files))]
    leaving = [name for name in files if {"", ".", ".."}.intersection(name.split("/")) or set(name) & set('\\:*?"<>|')]
    if foreign or leaving or not files:
        wrong = f"it holds {(foreign + leaving)[0]!r}" if foreign or leaving else "it holds no lessons"
        raise ValueError(f"this is not a file that the course has exported: {wrong}. Take the file that Export gave you.")
    return files, progress.parsed(held[PROGRESS], PROGRESS) if PROGRESS in held else progress.EMPTY
