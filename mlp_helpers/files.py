"""Files that are either whole or untouched."""

import contextlib
import os
import pathlib


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
