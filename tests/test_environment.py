"""What the check of the environment says, with versions and files that are not there."""

import importlib
import importlib.metadata
import os
import pathlib
import platform
import re
import shutil
import types

import pytest

from mlp_helpers import check
from mlp_helpers.check.engine import extras
from mlp_helpers.core.data import DATASETS

environment = importlib.import_module("mlp_helpers.check.engine.environment")  # the module, not the function of the same name
ROOT = pathlib.Path(__file__).resolve().parent.parent
GOOD = {
    "numpy": "2.0.0", "matplotlib": "3.10.1", "tqdm": "4.66", "threadpoolctl": "3.5.0", "platformdirs": "4.2.0",
    "ipywidgets": "8.1.3", "anywidget": "0.9.13", "jupyterlab": "4.2.0", "jupyterlab_widgets": "3.0.17",
}  # fmt: skip


@pytest.fixture
def installed(monkeypatch):
    """Versions that pretend to be installed, in a notebook; None takes one away."""
    versions = dict(GOOD)

    def version(name):
        found = versions.get(name.lower())
        if found is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return found

    ours = [f"{name}>={least}" for name, least in dependencies().items()]
    asked = {"mlp-helpers": [*ours, 'torch==2.13.0; extra == "compare"'], "ipywidgets": ["jupyterlab_widgets~=3.0.17"]}
    monkeypatch.setattr(importlib.metadata, "version", version)
    monkeypatch.setattr(importlib.metadata, "requires", asked.get)
    monkeypatch.setattr(platform, "python_version", lambda: versions.get("python", "3.12.1"))
    monkeypatch.setattr(environment, "in_a_kernel", lambda: True)
    return versions


def dependencies():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.optional-dependencies]")[0]
    return dict(re.findall(r'^    "([\w-]+)>=([\d.]+)",$', settings, re.MULTILINE))


def test_all_is_there(installed, capsys):
    check.environment()
    assert capsys.readouterr().out == "environment\nEverything is in place.\n"


def test_the_bounds_are_those_of_the_package_and_of_the_requirements():
    lab = re.search(r"^jupyterlab>=(.+)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert environment.wanted() == {"Python": "3.10"} | dependencies() | {"JupyterLab": lab}


def test_what_only_some_cells_need_is_imported_or_missed_in_words(capsys, monkeypatch):
    assert check.extra("json").loads("[1]") == [1]
    assert capsys.readouterr().out == ""
    assert check.extra("no_such_module") is None
    said = capsys.readouterr().out
    assert "no_such_module is not installed here" in said and "python start.py extras" in " ".join(said.split())
    monkeypatch.setattr(extras, "IN_BROWSER", True)
    check.extra("no_such_module")
    said = capsys.readouterr().out
    assert "A browser tab cannot have no_such_module" in " ".join(said.split()) and "start.py" not in said


CHANGES = {
    "numpy is too old: 1.26.4; the course needs 2.0 or newer.": {"numpy": "1.26.4"},
    "anywidget is missing; the course needs 0.9.13 or newer.": {"anywidget": None},
    "ipywidgets is too old: 8.1.2; the course needs 8.1.3 or newer.": {"ipywidgets": "8.1.2"},
    "ipywidgets is missing; the course needs 8.1.3 or newer.": {"ipywidgets": None},
    "JupyterLab is too old: 3.6.8; the course needs 4.2 or newer.": {"jupyterlab": "3.6.8"},
    "Python is too old: 3.9.2; the course needs 3.10 or newer.": {"python": "3.9.2"},
    "Buttons and sliders cannot show: jupyterlab_widgets, their part in JupyterLab, is missing; "
    "the course needs 3.0.17 or newer.": {"jupyterlab_widgets": None},
}


@pytest.mark.parametrize("sentence", CHANGES)
def test_what_is_missing_or_too_old_is_said_in_a_sentence(sentence, installed, capsys):
    installed.update(CHANGES[sentence])
    assert environment.troubles() == [sentence]
    check.environment()
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith("environment: not yet Something is missing (1):")
    assert sentence in said and "pip install -r requirements.txt" in said


@pytest.mark.parametrize("version", ["10.0", "2.0rc1", "2", "2.0.0.post1", "2.1.dev0+g123"])
def test_newer_and_unusual_versions_will_do(version, installed):
    installed["numpy"] = version
    assert environment.troubles() == []


def test_the_page_may_come_from_elsewhere_than_the_kernel(installed):
    installed.update(jupyterlab=None, jupyterlab_widgets=None)
    assert environment.troubles() == []


def test_without_the_requirements_beside_the_package_jupyterlab_is_not_judged(installed, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path / "requirements.txt")
    installed["jupyterlab"] = "3.0"
    assert environment.troubles() == []


def test_a_package_that_was_not_installed(installed, monkeypatch, capsys):
    def metadata(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "metadata", metadata)
    assert environment.troubles() == ["The package mlp-helpers is used from its folder, but not installed."]
    check.environment(details=True)
    assert "Python 3.12.1" in capsys.readouterr().out


def test_outside_a_notebook_it_says_so(installed, monkeypatch):
    monkeypatch.undo()
    assert any("This is not a notebook" in sentence for sentence in environment.troubles())


def test_a_kernel_is_told_from_a_terminal(monkeypatch):
    for shell, expected in ((types.SimpleNamespace(kernel=1), True), (types.SimpleNamespace(), False), (None, False)):
        monkeypatch.setattr("IPython.get_ipython", lambda shell=shell: shell)
        assert environment.in_a_kernel() is expected


def test_there_are_checksums_of_all_files():
    assert {name for _, name in environment.checksums()} == {p.relative_to(DATASETS).as_posix() for p in DATASETS.rglob("*.gz")}


def test_files_that_are_missing_or_damaged(installed, tmp_path, monkeypatch):
    shutil.copytree(DATASETS, tmp_path / "datasets")
    monkeypatch.setattr(environment, "DATASETS", tmp_path / "datasets")
    assert environment.troubles() == []
    (tmp_path / "datasets/mnist/t10k-labels-idx1-ubyte.gz").unlink()
    with open(tmp_path / "datasets/mnist/t10k-images-idx3-ubyte.gz", "r+b") as file:
        file.truncate(1000)
    images, labels = sorted(environment.troubles())
    assert images.startswith("The data file mnist/t10k-images-idx3-ubyte.gz is damaged (1,000 bytes).")
    assert labels.startswith("The data file mnist/t10k-labels-idx1-ubyte.gz is missing.")


def test_the_details_name_versions_matrix_routines_cores_and_data(installed, capsys):
    installed["anywidget"] = None
    check.environment(details=True)
    versions, machine, data = environment.described()
    assert capsys.readouterr().out.split() == f"{versions} {machine} {data}".split()
    assert "Python 3.12.1 (at least 3.10)" in versions and "anywidget missing (at least 0.9.13)" in versions
    assert re.fullmatch(r"matrix products by .+; \d+ cores? available to this kernel", machine)
    assert os.name == "nt" or "threads: " in machine or "NumPy itself" in machine
    assert data == "8 data files intact"
