"""An environment for the kit's tests, beside that of the course: learners need neither nbgrader nor JupyterHub."""

import os
import subprocess
import venv

from mlp_helpers.editions.lessons import ROOT

FOLDER = ROOT / ".venv.teach"
TESTS = ["-n0", "tests/teaching"]
INSTALL = ["-r", "requirements.txt", "-r", "tests/requirements.txt", "-e", ".[teach,hub]"]


def test():
    """Make the environment, or bring it up to date, and run all tests of the kit in it; return their status."""
    if not FOLDER.exists():
        venv.create(FOLDER, with_pip=True, symlinks=os.name != "nt")
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    installed = subprocess.run([python, "-m", "pip", "install", "--quiet", *INSTALL], cwd=ROOT, check=False)
    if installed.returncode:
        return installed.returncode
    return subprocess.run([python, "-m", "pytest", *TESTS], cwd=ROOT, check=False).returncode
