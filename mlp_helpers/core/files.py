"""Files that are either whole or untouched, and the arrays and settings in them."""

import contextlib
import json
import os
import pathlib
import time
import uuid

import numpy as np

UNPACKED, PACKED = 2**28, 50                     # bytes, and how many times its own size: more than that a file need not hold
COPY = "Take another copy of it, or save the network once more."
PATIENCE = 2                                     # seconds in which a virus scanner or a cloud drive lets go of a file


def patiently(action, seconds=PATIENCE):
    """Return what ``action()`` returns, trying again for so many seconds where a file may not be touched at the moment."""
    end = time.monotonic() + seconds
    while True:
        try:
            return action()
        except PermissionError:
            if time.monotonic() >= end:
                raise
            time.sleep(0.05)


@contextlib.contextmanager
def replacing(path):
    """Open a temporary file beside ``path`` for bytes, and move it there when all went well.

    Whatever goes wrong in between, a file that was at ``path`` before stays as it was.

    Raises
    ------
    FileNotFoundError
        When the folder does not exist.
    PermissionError
        When the file that is there may not be replaced: under Windows because another program has it open.

    Examples
    --------
    >>> with replacing("greeting.txt") as file:
    ...     _ = file.write(b"hello")
    >>> pathlib.Path("greeting.txt").read_text()
    'hello'
    """
    folder, name = os.path.split(os.fspath(path))
    if folder and not os.path.exists(folder):
        advice = f"Make it first: pathlib.Path({folder!r}).mkdir(parents=True)."
        raise FileNotFoundError(f"{path} cannot be written: the folder {folder} does not exist. {advice}")
    if folder and not os.path.isdir(folder):
        raise NotADirectoryError(f"{path} cannot be written: {folder} is a file. Choose another folder.")
    if os.path.isdir(path):
        raise IsADirectoryError(f"{path} cannot be written: it is a folder. Name a file in it.")
    temporary = os.path.join(folder, f".{name}.{uuid.uuid4().hex}.partial")  # elsewhere may be a process of the same number
    try:
        with open(temporary, "xb") as file:
            yield file
        try:
            patiently(lambda: os.replace(temporary, path))
        except PermissionError as error:
            raise PermissionError(error.errno, f"{error.strerror}; is it open in another program?", str(path)) from None
    finally:
        with contextlib.suppress(OSError):
            os.remove(temporary)


def write_arrays(path, arrays):
    """Write arrays by name to an ``.npz`` file, whole or not at all."""
    with replacing(path) as file:
        np.savez(file, **arrays)


def read_arrays(path):
    """Read the arrays of an ``.npz`` file by name; nothing that could run code is accepted.

    Raises
    ------
    FileNotFoundError, IsADirectoryError
    ValueError
        When it is not a whole ``.npz`` file of plain arrays.
    """
    if not pathlib.Path(path).is_file():
        is_folder = os.path.isdir(path)
        folder = pathlib.Path(path) if is_folder else pathlib.Path(path).parent
        others = " or ".join(sorted(other.name for other in folder.glob("*.npz") if other.is_file())[:5])
        if is_folder:
            raise IsADirectoryError(f"{path} is a folder. Name a file in it{f': {others}' * bool(others)}.")
        advice = f"Did you mean {others}?" if others else f"Train a network and save it first: model.save({str(path)!r})."
        raise FileNotFoundError(f"{path} is not there. {advice}")
    with open(path, "rb") as stream:
        try:
            with np.load(stream, allow_pickle=False) as file:
                if sum(entry.file_size for entry in file.zip.infolist()) > max(UNPACKED, PACKED * os.path.getsize(path)):
                    raise MemoryError
                return {name: np.asarray(file[name]) for name in file.files}
        except MemoryError:
            reason = "would take more memory than there is, or than a network needs: it is damaged"
            raise ValueError(f"{path} {reason}. {COPY}") from None
        except Exception:                        # whatever NumPy, zipfile and zlib make of damaged bytes
            raise ValueError(f"{path} is not a whole .npz file of plain arrays. {COPY}") from None


def as_array(settings):
    """Return settings (numbers, words, lists, dicts) as an array of text, which may stand in an ``.npz`` file."""
    return np.array(json.dumps(settings))


def from_array(array):
    """Return the settings that ``as_array`` wrote.

    Raises
    ------
    ValueError
        When the array holds no such text.
    """
    try:
        return json.loads(str(array))
    except RecursionError:
        raise ValueError(f"its settings are nested too deeply. {COPY}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"its settings are no JSON ({error}). {COPY}") from None
