"""What a learner has done, over all notebooks: one small file in the user's state directory, shared by all kernels."""

import contextlib
import errno
import itertools
import json
import os
import pathlib
import time

from ...core.browser import DRIVE, IN_BROWSER, reason
from ...core.files import patiently, replacing

try:
    import fcntl
except ImportError:  # Windows, the browser
    fcntl = None
try:
    import msvcrt
except ImportError:
    msvcrt = None

EMPTY = {"exercises": {}, "questions": {}}
PATIENCE = 2  # seconds to wait for other kernels that are writing; each takes milliseconds
HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, getattr(errno, "EDEADLOCK", errno.EDEADLK)}  # a lock of somebody else


def path():
    """Return the file in which progress is kept: in the folder that MLP_STATE names, or where the system keeps such things.

    In a browser, it lies with the lessons, in what the browser keeps.
    """
    if IN_BROWSER:
        return DRIVE / "progress/progress.json"
    import platformdirs

    folder = os.environ.get("MLP_STATE") or platformdirs.user_state_path("mlp-from-scratch", appauthor=False)
    return pathlib.Path(folder) / "progress.json"


def load():
    """Return the progress so far, empty where nothing was kept yet.

    Raises
    ------
    OSError
        When the file cannot be read at the moment: what was kept may well be there.
    ValueError
        When the file is damaged.
    """
    try:
        data = patiently(path().read_bytes, PATIENCE if os.name == "nt" else 0)  # there another kernel may be replacing it
    except (FileNotFoundError, NotADirectoryError):
        return _empty()
    return parsed(data, path())


def parsed(data, name):
    """Return the progress in the bytes of a file of this name; raises ValueError when it is damaged."""
    try:
        progress = json.loads(data)
        if all(isinstance(record, dict) for part in EMPTY for record in progress[part].values()):
            return progress
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise ValueError(f"{name} is damaged.")


def read():
    """Return the progress so far, to look at: empty also where the file is damaged or cannot be read."""
    try:
        return load()
    except (OSError, ValueError):
        return _empty()


def record(part, name, change=None, **news):
    """Add news to what is known of an exercise or a question, and to nothing that another kernel has kept meanwhile.

    Parameters
    ----------
    part : str
        "exercises" or "questions".
    name : str
    change : callable, optional
        From what was known before to the news, where they depend on it.

    Returns
    -------
    str
        What the learner should know: "", or why it could not be kept.
    """
    known = read()[part].get(name, {})
    if change is None and known | news == known:
        return ""

    def add(progress):
        before = progress[part].setdefault(name, {})
        before.update(change(before) if change else news)

    return _keep(add)


def take_in(other):
    """Add the progress that was made elsewhere; of an exercise or a question known in both, what was solved counts.

    Parameters
    ----------
    other : dict
        As ``load`` returns it.

    Returns
    -------
    str
        As of ``record``.
    """

    def add(progress):
        for part in EMPTY:
            for name, record in other[part].items():
                mine = progress[part].get(name, {})
                progress[part][name] = {**record, **mine} if mine.get("solved") else {**mine, **record}

    return _keep(add)


def _keep(add):
    """Let ``add`` change what is kept, while no other kernel does; return what the learner should know."""
    try:
        place = pathlib.Path(os.path.realpath(path()))  # a link stays a link
        place.parent.mkdir(parents=True, exist_ok=True)
        with _alone(place.with_suffix(".lock")):
            progress, aside = _loaded_or_set_aside(place)
            add(progress)
            left = [] if IN_BROWSER else place.parent.glob(f".{place.name}.*.partial")  # there it may be another kernel's
            for partial in left:  # by a kernel that was ended while it wrote
                partial.unlink()
            with replacing(place) as file:
                file.write(json.dumps(progress).encode())
    except (OSError, RecursionError) as error:
        return f"This could not be kept in your progress ({_reason(error)})."
    return f"The file with your progress was damaged. It is kept as {aside.name}, and a new one was begun." if aside else ""


def _empty():
    return {part: {} for part in EMPTY}


def _reason(error):
    where = f": {error.filename}" if getattr(error, "filename", None) else ""
    return f"{reason(error) if isinstance(error, OSError) else error}{where}"


def _loaded_or_set_aside(place):
    """Return the progress, and where a damaged file was moved to, under a name of its own; None when there was none."""
    try:
        return load(), None
    except ValueError:
        names = (place.with_suffix(f".damaged{f'-{number}' * (number > 1)}.json") for number in itertools.count(1))
        aside = next(name for name in names if not os.path.lexists(name))
        patiently(lambda: place.rename(aside))
        return _empty(), aside


@contextlib.contextmanager
def _alone(place):
    """Keep other kernels from writing. The system lets go of the lock of a kernel that is ended, so none is ever stale.

    Where a file system knows no locks, as in a browser, go on without.
    """
    if IN_BROWSER:
        yield
        return
    try:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:  # another user's, for example root's
        descriptor = os.open(place, os.O_RDONLY)
    try:
        end = time.monotonic() + PATIENCE
        while not _locked(descriptor):
            if time.monotonic() > end:
                raise TimeoutError(f"other kernels have been writing for {PATIENCE} seconds; run the cell again")
            time.sleep(0.002)
        yield
    finally:
        with contextlib.suppress(OSError):
            if msvcrt:
                msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        os.close(descriptor)  # which also lets go of the lock


def _locked(descriptor):
    """Try to take the lock; return False when another kernel has it."""
    try:
        if fcntl:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif msvcrt:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        return error.errno not in HELD
    return True
