"""Environments of their own for tests that need what learners do not, or other versions."""

import os
import pathlib
import subprocess
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run_tests(folder, install, tests):
    """Make an environment in a folder, or bring it up to date, and run tests in it; return their status.

    ``install`` is what pip is given, and ``tests`` what pytest is.
    """
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = [python, "-m", "pip", "--version"]
    if not python.exists() or subprocess.run(asked, capture_output=True, check=False).returncode:  # new, or left half made
        venv.create(folder, clear=True, with_pip=True, symlinks=os.name != "nt")
    for command in (["pip", "install", "--quiet", "--no-compile", *install], ["pytest", *tests]):
        status = subprocess.run([python, "-m", *command], cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0
