"""Files that are either whole or untouched, and the arrays and settings in them."""

import contextlib
import json
import os
import pathlib

import numpy as np

UNPACKED, PACKED = 2**28, 50                     # bytes, and how many times its own size: more than that a file need not hold


@contextlib.contextmanager
def replacing(path):
    """Open a temporary file beside ``path`` for bytes, and move it there when all went well.

    Whatever goes wrong in between, a file that was at ``path`` before stays as it was.

    Raises
    ------
    FileNotFoundError
        When the folder does not exist.

    Examples
    --------
    >>> with replacing("greeting.txt") as file:
    ...     _ = file.write(b"hello")
    >>> pathlib.Path("greeting.txt").read_text()
    'hello'
    """
    path = pathlib.Path(path)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path} cannot be written: the folder {path.parent} does not exist. Make it first.")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with open(temporary, "wb") as file:
            yield file
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_arrays(path, arrays):
    """Write arrays by name to an ``.npz`` file, whole or not at all."""
    with replacing(path) as file:
        np.savez(file, **arrays)


def read_arrays(path):
    """Read the arrays of an ``.npz`` file by name; nothing that could run code is accepted.

    Raises
    ------
    FileNotFoundError
    ValueError
        When it is not a whole ``.npz`` file of plain arrays.
    """
    if not pathlib.Path(path).is_file():
        raise FileNotFoundError(f"{path} is not there. Train a network and save it first: model.save({str(path)!r}).")
    with open(path, "rb") as stream:
        try:
            with np.load(stream, allow_pickle=False) as file:
                if sum(entry.file_size for entry in file.zip.infolist()) > max(UNPACKED, PACKED * os.path.getsize(path)):
                    raise MemoryError
                return {name: np.asarray(file[name]) for name in file.files}
        except MemoryError:
            raise ValueError(f"{path} would take more memory than there is, or than a network needs: it is damaged.") from None
        except Exception:                        # whatever NumPy, zipfile and zlib make of damaged bytes
            raise ValueError(f"{path} is not a whole .npz file of plain arrays. Save the network once more.") from None


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
        raise ValueError("its settings are nested too deeply") from None
