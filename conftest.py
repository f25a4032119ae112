"""For every test, docstring example and notebook: one thread, names for the examples, and what nbval leaves out.

A notebook runs once (see NotebookOfOneRun), and its outputs are compared. With --thorough it runs twice: as a learner's copy,
without the cells for authors, and filled in (see FilledNotebook), with them.
"""

import atexit
import collections
import functools
import importlib.util
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported
for name in ("MLP_BOARD", "MLP_CHECK", "MLP_SOLUTIONS", "MLP_STATIC", "NBGRADER_EXECUTION"):
    os.environ.pop(name, None)
os.environ["MLP_STATE"] = tempfile.mkdtemp()  # so that the user's own progress is neither read nor changed
atexit.register(shutil.rmtree, os.environ["MLP_STATE"], ignore_errors=True)
for name in list(os.environ):  # nor do anybody's settings count
    if name.startswith(("IPYTHON", "JUPYTER", "MPLBACKEND", "PYTHONIOENCODING", "PYTHONSTARTUP", "PYTHONWARNINGS", "TQDM_")):
        del os.environ[name]
for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
    os.environ[name] = os.path.join(os.environ["MLP_STATE"], name.lower())
os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as in whatever a shell starts in the background; some tests send it
    signal.signal(signal.SIGINT, signal.default_int_handler)
MATPLOTLIB = os.path.dirname(importlib.util.find_spec("matplotlib").origin)
os.environ["MATPLOTLIBRC"] = os.path.join(MATPLOTLIB, "mpl-data", "matplotlibrc")

import nbformat
import numpy as np
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

import mlp_helpers
from mlp_helpers.editions.lessons import for_authors, needed, number_of

NOTEBOOKS = pathlib.Path(__file__).resolve().parent / "notebooks"
collect_ignore_glob = ["notebooks/*.py"]  # no docstring examples there


@pytest.fixture(autouse=True)
def example(request, doctest_namespace):
    """Docstring examples know NumPy and the course's names, and write their files to a temporary folder."""
    if not isinstance(request.node, pytest.DoctestItem):
        return
    doctest_namespace.update({name: getattr(mlp_helpers, name) for name in mlp_helpers.__all__}, np=np)
    request.getfixturevalue("monkeypatch").chdir(request.getfixturevalue("tmp_path"))


class SolvedNotebook(IPyNbFile):
    """A notebook in which each exercise is solved at some time, by the course's own solution."""

    settings = {}

    def collect(self):
        from mlp_helpers import check

        self.exercises = [each for each in check.EXERCISES.values() if each.notebook == number_of(self.path)]
        yield from self.solved(list(super().collect()))
        yield Solved.from_parent(self, name="every exercise is solved")

    def setup(self):
        self.state = tempfile.mkdtemp(dir=os.environ["MLP_STATE"])
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**self.settings, "MLP_STATE": self.state}.items():
                patch.setenv(name, value)
            super().setup()


class FilledNotebook(SolvedNotebook):
    """A notebook as a learner leaves it: with the solutions in place of the stubs, in strict mode.

    It runs with matrix routines made for another processor where OpenBLAS has some that work here. Two processors add up in
    different orders, so that the last digits of a training differ. What a notebook prints must not depend on them.
    """

    @property
    def settings(self):
        return {"MLP_CHECK": "strict"} | ({"OPENBLAS_CORETYPE": second_routines()} if second_routines() else {})

    def solved(self, items):
        for item in items:
            for exercise in self.exercises:
                if defines(item.cell, exercise):
                    item.cell.source = exercise.source()
            if shows_progress(item.cell):
                item.options["check"] = False  # it was saved with nothing solved
            yield item


class NotebookOfOneRun(SolvedNotebook):
    """A notebook whose trainings take long: run as a learner's copy, with the cells for authors, and solved at its end.

    Behind the last cell, each stub's cell is run again with the solution, then the check below it, and at last what shows
    the progress.
    """

    def solved(self, items):
        yield from items
        for item, after in itertools.pairwise(items):
            for exercise in self.exercises:
                if defines(item.cell, exercise):
                    yield self.again(item, exercise.source())
                    yield self.again(after, after.cell.source)
        for item in items:
            if shows_progress(item.cell) and ".use(" not in item.cell.source:
                yield self.again(item, item.cell.source)

    def again(self, item, source):
        """The same cell once more, whatever it shows now."""
        cell = nbformat.v4.new_code_cell(source)
        name, options = f"{item.name} again", collections.defaultdict(bool)
        return IPyNbCell.from_parent(self, name=name, cell_num=item.cell_num, cell=cell, options=options)


def defines(cell, exercise):
    return re.search(rf"^(?:def|class) {exercise.name}\b", cell.source, re.MULTILINE)


def shows_progress(cell):
    """Whether a cell shows what was solved so far."""
    return re.search(r"\bcheck\.(?:\w+\.use|report|export)\(", cell.source)


class Solved(pytest.Item):
    """After a filled notebook's last cell: the learner's progress says that each exercise was solved at the first attempt."""

    def runtest(self):
        self.user_properties.append(("routines", self.parent.settings.get("OPENBLAS_CORETYPE")))
        progress = pathlib.Path(self.parent.state, "progress.json")
        known = json.loads(progress.read_text(encoding="utf-8"))["exercises"] if self.parent.exercises else {}
        assert {name for name, record in known.items() if record.get("solved")} == {each.name for each in self.parent.exercises}
        assert all("tried" not in record for record in known.values())


@functools.cache
def second_routines():
    """The name of a processor whose matrix routines OpenBLAS can use here, but does not choose by itself; or None."""
    usual = routines()
    others = (core for core in ("Haswell", "Sandybridge", "Nehalem") if core != usual)
    return next((core for core in others if routines(OPENBLAS_CORETYPE=core) == core), None)


def routines(**environment):
    """The processor for which OpenBLAS chooses its routines; "" where there is no OpenBLAS, or where it fails."""
    probe = """
import numpy, threadpoolctl
print(*(library["architecture"] for library in threadpoolctl.threadpool_info() if library["internal_api"] == "openblas"))
for numbers in (numpy.float32, numpy.float64):
    numpy.ones((200, 784), numbers) @ numpy.ones((784, 128), numbers)
"""
    try:
        command, environment = [sys.executable, "-c", probe], {**os.environ, **environment}
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=10)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return ""  # OpenBLAS 0.3.34 crashes or hangs with Haswell's on AMD's Zen 4 and 5
    return run.stdout.strip()


def pytest_addoption(parser):
    words = "run each notebook twice, as a learner's copy and filled in, and the tests that are left to the long run"
    parser.addoption("--thorough", action="store_true", help=words)
    words = "run the tests and the notebooks that need what only some cells do (PyTorch and the like), which must be installed"
    parser.addoption("--extras", action="store_true", help=words)


def run_once(path, config):
    """Whether a notebook of the course is run once, and not as a learner's copy and then filled in."""
    return path.parent == NOTEBOOKS and not config.option.thorough


def pytest_collect_file(file_path, parent):
    """Collect each notebook of the course once more, with its exercises solved, beside what nbval collects."""
    if file_path.parent == NOTEBOOKS and file_path.suffix == ".ipynb":
        kind, how = (NotebookOfOneRun, "once") if run_once(file_path, parent.config) else (FilledNotebook, "filled in")
        name = f"{file_path.name} {how}"
        return kind.from_parent(parent, path=file_path, name=name, nodeid=f"notebooks/{name}")


def pytest_collection_modifyitems(config, items):
    """Leave out of a learner's copy what is left out of it, all of it where one run is enough, and sort.

    Notebooks are slow; they come first, the long ones of the last lessons before the others, so that no worker ends late.
    """
    items[:] = [
        item
        for item in items
        if type(item.parent) is not IPyNbFile or not (for_authors(item.cell) or run_once(item.path, config))
    ]
    for item in items:
        if isinstance(item.parent, IPyNbFile):
            item.add_marker("slow")
    items.sort(key=lambda item: item.path.name if isinstance(item.parent, IPyNbFile) else "", reverse=True)
    for item in items:
        if item.get_closest_marker("thorough") and not config.option.thorough:
            item.add_marker(pytest.mark.skip(reason="left to the long run (--thorough)"))
    leave_out_the_extras(config, items)


def leave_out_the_extras(config, items):
    """Skip what needs a module that is none of the course's; with --extras, keep just that, and the notebooks around it."""
    needs = {item: [*needed(item.cell)] if hasattr(item, "cell") else [] for item in items}
    for item in items:
        needs[item] += [name for mark in item.iter_markers("needs") for name in mark.args]
    if config.option.extras:
        if absent := sorted({name for names in needs.values() for name in names if not importlib.util.find_spec(name)}):
            raise pytest.UsageError(f"not installed: {', '.join(absent)}. python start.py extras installs what is needed.")
        notebooks = {item.parent for item in items if needs[item] and hasattr(item, "cell")}
        kept = [item for item in items if needs[item] or item.parent in notebooks]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
        return
    for item, names in needs.items():
        if names:
            reason = f"needs {' and '.join(names)}, and is run by python start.py extras"
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """Start a notebook's kernel (before its first cell) as it was started when the notebook was saved: labs with a figure."""
    if hasattr(item, "cell"):
        os.environ["MLP_STATIC"] = "1"
    try:
        return (yield)
    finally:
        os.environ.pop("MLP_STATIC", None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Fail a notebook's cell that draws another number of pictures than it has saved: nbval does not look at them."""
    result = yield
    if getattr(item, "test_outputs", None) is not None:
        saved, drawn = (sum("image/png" in output.get("data", {}) for output in outputs)
                        for outputs in (item.cell.outputs, item.test_outputs))  # fmt: skip
        if saved != drawn:
            pytest.fail(f"{item.name} has {saved} saved pictures, but draws {drawn}.", pytrace=False)
    return result


def pytest_terminal_summary(terminalreporter):
    """Print how long each part took, summed over the parallel workers, and which matrix routines the solved notebooks used."""
    seconds, used = collections.Counter(), set()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if hasattr(report, "duration"):
                seconds[report.nodeid.split("/")[0]] += report.duration
                used |= {value for name, value in report.user_properties if name == "routines"}
    parts = ", ".join(f"{part} {total:.0f} s" for part, total in seconds.items())
    terminalreporter.write_line(f"Work of all workers together: {parts}.")
    if seconds["notebooks"] and not terminalreporter.config.option.thorough:
        terminalreporter.write_line(
            "Each notebook ran once; with --thorough, twice, with other matrix routines where there are some."
        )
    for core in used:
        routines = f"the matrix routines for {core}" if core else "this processor's own matrix routines"
        terminalreporter.write_line(f"The notebooks with solutions used {routines}.")
