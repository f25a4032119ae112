"""What differs in the edition that runs in a browser tab, where Python has no threads, no processes and no fast matrix products."""

import pathlib
import sys

IN_BROWSER = sys.platform == "emscripten"
DRIVE = pathlib.Path("/drive")                   # what lies in it, the browser keeps; all else is gone when the tab is closed
FILES = [f"{part}-{what}-ubyte.gz" for part in ("train", "t10k") for what in ("images-idx3", "labels-idx1")]


def keeps_files():
    """Say whether files outlast the kernel: always on a disk, and in a browser unless its settings forbid that."""
    return DRIVE.is_dir() if IN_BROWSER else True


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
            raise OSError(f"{folder.name} could not be fetched from the site of the course. Look at the connection, and try again.")
        fetched[name] = request.response.to_bytes()
    folder.mkdir()
    for name, content in fetched.items():
        (folder / name).write_bytes(content)
