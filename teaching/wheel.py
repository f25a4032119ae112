"""The students' package: what learners have, without hints, shown solutions and the sources of known mistakes."""

import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.lessons import ROOT

from . import student
from .stripping import strip

ENGINE, SOURCES = pathlib.Path("mlp_helpers/check/engine"), pathlib.Path("mlp_helpers/check/exercises")
BESIDE = ["pyproject.toml", "README.md", "LICENSE"]
VERSION = "+class"  # behind the number of the version, so that nobody takes one for the other
BEGIN = "\nfrom ..engine import student  # this is the students' package\n\nstudent.begin()\n"


def build(folder, exercises=None):
    """Build the wheel in a folder and return its path. It takes some minutes: every known mistake is run once.

    Parameters
    ----------
    folder : pathlib.Path
    exercises : list of str, optional
        Only in these are mistakes recognised. Otherwise in all.

    Raises
    ------
    ModuleNotFoundError
        When setuptools is not installed, with which the wheel is built.
    """
    import setuptools  # noqa: F401 (better now than after the minutes)

    with tempfile.TemporaryDirectory() as place:
        source = pathlib.Path(place)
        write(source, exercises)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        subprocess.run([*command, "--wheel-dir", str(source / "dist"), str(source)], check=True)
        (wheel,) = (source / "dist").glob("*.whl")
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        return pathlib.Path(shutil.copy(wheel, folder))


def write(folder, exercises=None):
    """Write the sources of the students' package into an empty folder."""
    shutil.copytree(ROOT / "mlp_helpers", folder / "mlp_helpers", ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, folder)
    project = (folder / "pyproject.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [f'{line.rstrip()[:-1]}{VERSION}"\n' if line.startswith("version = ") else line for line in project]
    (folder / "pyproject.toml").write_text("".join(lines), encoding="utf-8")
    shutil.copy(student.__file__, folder / ENGINE)
    (folder / ENGINE / student.RECORDED.name).write_bytes(recorded(exercises or list(EXERCISES)))
    strip(folder / SOURCES, folder / "mlp_helpers")
    with open(folder / SOURCES / "__init__.py", "a", encoding="utf-8") as file:
        file.write(BEGIN)


def recorded(names):
    """Return what the known mistakes of these exercises come to; on all cores, since some train networks."""
    with concurrent.futures.ProcessPoolExecutor() as pool:
        return student.packed(dict(zip(names, pool.map(_recorded, names), strict=True)))


def _recorded(name):
    return student.recorded(EXERCISES[name].task)
