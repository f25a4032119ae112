"""What a student's server begins with, as the student: the copies of the lessons, made or brought up to date."""

import os
import pathlib
import shutil
import sys
import tempfile

from mlp_helpers.editions.copies import Copies
from mlp_helpers.editions.lessons import ROOT


def prepare(home):
    """Make or update what a student has in this folder; yield a sentence for whatever was done, or was not."""
    try:
        pictures = {"copy_function": shutil.copyfile, "dirs_exist_ok": True}
        shutil.copytree(ROOT / "pictures", home / "pictures", **pictures)  # JupyterLab shows none to which a link leads out
        shutil.copyfile(ROOT / "README.md", home / "README.md")
        yield from Copies(home / "work").bring_up_to_date()
    except (OSError, ValueError) as trouble:
        yield f"The copies are not up to date: {trouble}"


def main():
    for sentence in prepare(pathlib.Path.home()):
        print(sentence, flush=True)
    common = os.environ["JUPYTER_RUNTIME_DIR"]
    os.environ["JUPYTER_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="", dir=common)  # which no other student reads
    server = pathlib.Path(sys.executable).with_name("jupyterhub-singleuser")
    os.execv(sys.executable, [sys.executable, server, *sys.argv[1:]])  # no memory is left of what was needed for the copies


if __name__ == "__main__":
    main()
