"""What differs in a browser tab, where Python has no threads, no processes, and matrix products that are 30 times slower."""

import errno
import functools
import pathlib
import sys

import numpy as np

IN_BROWSER = sys.platform == "emscripten"
DRIVE = pathlib.Path("/drive")                   # what lies in it, the browser keeps; all else is gone when the tab is closed
KEPT = not IN_BROWSER or DRIVE.is_dir()          # asked before anything makes such a folder, in memory alone
NOT_KEPT = (
    "Python cannot reach what this browser keeps, as in some private windows, or at an address that does not begin with https. "
    "What you solve is forgotten when the kernel stops, and other lessons do not know of it. Export finds no lessons: take yours "
    "with you by File › Download."
)
IMAGES, FEWER, COMPARED = 5_000, 1_500, 2_000    # to learn from, the same where many trainings are compared, to compare on
SLOWER = 30                                      # times: matrix products
matmul = functools.partial(np.einsum, "ij,jk->ik") if IN_BROWSER else np.matmul  # without a BLAS twice as fast, or more
FILES = [f"{part}-{what}-ubyte.gz" for part in ("train", "t10k") for what in ("images-idx3", "labels-idx1")]


def within_reach(n):
    """Return how many images to learn from where n are wanted: in a browser 5 000 at most, and 1 500 where n is below 50 000.

    A lesson that asks for a part of the 50 000 compares many training runs.

    Examples
    --------
    >>> within_reach(50_000)
    50000
    """
    return min(n, IMAGES if n >= 50_000 else FEWER) if IN_BROWSER else n


def at_once(work):
    """Return how much to compute before the caller regains control: in a browser less, as that takes longer there.

    Examples
    --------
    >>> at_once(3_000)
    3000
    """
    return work // SLOWER if IN_BROWSER else work


def reason(error):
    """Return in a few words why a file could not be read or written.

    Examples
    --------
    >>> reason(OSError(2, "No such file or directory"))
    'No such file or directory'
    """
    if IN_BROWSER and error.errno == errno.ENOSPC:
        return "the browser's storage is full"
    return error.strerror or str(error)


def bring(folder):
    """In a browser, fetch the four files of a data set that comes with the site when it is first asked for.

    Raises
    ------
    OSError
        When the site does not answer.
    """
    if not IN_BROWSER or folder.is_dir():
        return
    from js import XMLHttpRequest, location

    site = location.href.split("/extensions/")[0]                # this runs in a worker, whose script the site has sent
    fetched = {}
    for name in FILES:
        request = XMLHttpRequest.new()
        request.open("GET", f"{site}/data/{folder.name}/{name}", False)
        request.responseType = "arraybuffer"
        try:
            request.send()
        except Exception:
            request.abort()
        if request.status != 200:
            raise OSError(f"{folder.name} could not be fetched from the course's site. Is there a connection? Try again.")
        fetched[name] = request.response.to_bytes()
    folder.mkdir()
    for name, content in fetched.items():
        (folder / name).write_bytes(content)
