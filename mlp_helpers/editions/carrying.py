"""All of a learner's work in one zip file: taken out of one edition, and into another."""

import io
import os
import pathlib
import stat
import zipfile
import zlib

from ..check.engine import progress
from .copies import Copies
from .folder import Backups, set_aside, there, write
from .in_browser import PAGE

WORK, PROGRESS = "work/", "progress/progress.json"  # where the zip holds the copies, and what was solved
LEFT_OUT, NOT_WORK = {".ipynb_checkpoints", "__pycache__"}, {"backups", PAGE.name}  # anywhere, and at the top
PORTABLE = str.maketrans(dict.fromkeys('\\:*?"<>|', "_"))  # letters that some system allows in no name of a file
LARGEST = 2**28  # bytes of all files together, unpacked


def packed(folder):
    """Pack all that is in a learner's folder, but no backups, and what was solved.

    Returns
    -------
    content : bytes
        Of the zip file.
    said : list of str
        A sentence for what is not in it: names under which no file is found, such as that of a link to a folder or to nowhere.

    Raises
    ------
    OSError
        When anything else cannot be read.
    """
    content, absent = io.BytesIO(), []
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _listed(folder):
            inside = path.relative_to(folder).as_posix()
            try:
                if stat.S_ISREG(path.stat().st_mode):
                    name = WORK + inside.translate(PORTABLE)
                    while name in archive.namelist():
                        name += "_"
                    archive.writestr(name, path.read_bytes())
                else:
                    absent.append(inside)
            except FileNotFoundError:
                absent.append(inside)
        if there(os.path.realpath(progress.path())):
            archive.writestr(PROGRESS, progress.path().read_bytes())
    return content.getvalue(), [f"Not in it, since no file is found under that name: {', '.join(absent)}."] if absent else []


def _listed(folder):
    """Yield what stands in a folder and in those below, in order."""

    def refuse(error):
        raise error

    for place, folders, names in os.walk(folder, onerror=refuse):
        left_out = LEFT_OUT | NOT_WORK if pathlib.Path(place) == folder else LEFT_OUT
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]  # into which it does not go
        folders[:] = sorted(set(folders) - left_out)
        yield from (pathlib.Path(place, name) for name in sorted({*names, *links} - left_out))


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
    backups, taken = Backups(folder / "backups"), 0
    try:
        for inside, new in files.items():
            yield from _taken(inside, new, folder, backups)
            taken += 1
    except OSError:
        yield f"{taken} of {len(files)} files were taken in."
        raise
    yield f"{taken} files were taken in." if taken != 1 else "1 file was taken in."
    if trouble := progress.take_in(solved):
        yield trouble
    yield from Copies(folder).bring_up_to_date()


def _taken(inside, new, folder, backups):
    """Write one file; yield a sentence where another one stood in its place."""
    path = folder / inside
    path.parent.mkdir(parents=True, exist_ok=True)
    if not there(os.path.realpath(path)):
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


def _read(content):
    """Return the files for the learner's folder by their names, and the progress."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > LARGEST:
                raise ValueError(f"it holds more than {LARGEST // 2**20} MB")
            held = {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ValueError(f"this is not a whole zip file ({error}). Export your work once more.") from None
    files = {name.removeprefix(WORK): new for name, new in held.items() if name.startswith(WORK)}
    foreign = [name for name in held if name not in (PROGRESS, *(WORK + inside for inside in files))]
    files = {inside: new for inside, new in files.items() if inside not in NOT_WORK}
    leaving = [name for name in files if {"", ".", ".."}.intersection(name.split("/")) or name != name.translate(PORTABLE)]
    if foreign or leaving or not files:
        wrong = f"it holds {(foreign + leaving)[0]!r}" if foreign or leaving else "it holds no lessons"
        raise ValueError(f"this is not a file that the course has exported: {wrong}. Take the file that Export gave you.")
    return files, progress.parsed(held[PROGRESS], PROGRESS) if PROGRESS in held else progress.EMPTY
