"""For every test, docstring example and notebook: one thread, names for the examples, and what nbval leaves out."""

import atexit
import collections
import importlib.util
import os
import shutil
import tempfile

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")        # before NumPy is imported
for name in ("MLP_CHECK", "MLP_SOLUTIONS", "MLP_STATIC", "NBGRADER_EXECUTION"):
    os.environ.pop(name, None)
os.environ["MLP_STATE"] = tempfile.mkdtemp()              # nobody's progress is read or changed
atexit.register(shutil.rmtree, os.environ["MLP_STATE"], ignore_errors=True)
for name in list(os.environ):                             # nor do anybody's settings count
    if name.startswith(("IPYTHON", "JUPYTER", "MPLBACKEND", "PYTHONIOENCODING", "PYTHONSTARTUP", "PYTHONWARNINGS", "TQDM_")):
        del os.environ[name]
for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
    os.environ[name] = os.path.join(os.environ["MLP_STATE"], name.lower())
os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
MATPLOTLIB = os.path.dirname(importlib.util.find_spec("matplotlib").origin)
os.environ["MATPLOTLIBRC"] = os.path.join(MATPLOTLIB, "mpl-data", "matplotlibrc")

import numpy as np
import pytest

import mlp_helpers

collect_ignore_glob = ["notebooks/*.py"]                  # no docstring examples there


@pytest.fixture(autouse=True)
def example(request, doctest_namespace):
    """Docstring examples know NumPy and the course's names, and write their files where nobody looks."""
    if not isinstance(request.node, pytest.DoctestItem):
        return
    doctest_namespace.update({name: getattr(mlp_helpers, name) for name in mlp_helpers.__all__}, np=np)
    request.getfixturevalue("monkeypatch").chdir(request.getfixturevalue("tmp_path"))


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
    """Say how long each part took, summed over the parallel workers."""
    seconds = collections.Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if hasattr(report, "duration"):
                seconds[report.nodeid.split("/")[0]] += report.duration
    parts = ", ".join(f"{part} {total:.0f} s" for part, total in seconds.items())
    terminalreporter.write_line(f"Work of all workers together: {parts}.")
