"""The network from a terminal, stopped at random moments: what had been trained is there and whole, and earlier runs stay.

FUZZ=100 pytest -n0 -s tests/fuzz/test_command.py       a hundred stops instead of one; prints what became of each
"""

import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import pytest

from mlp_helpers import MLP

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
ROOT = pathlib.Path(__file__).resolve().parents[2]
STOPS = int(os.environ.get("FUZZ", 1))
PROGRAM = """
import sys
from mlp_helpers import __main__ as command, load_mnist
command.LOADERS = {name: lambda validation, load=load: load(validation).subset(2_000) for name, load in command.LOADERS.items()}
sys.exit(command.main())
"""
ENDS = {
    "Ctrl-C": ([signal.SIGINT], {130}),
    "Ctrl-C twice": ([signal.SIGINT, signal.SIGINT], {130}),
    # of signals that come at once, Python hears SIGHUP first
    "Ctrl-C, then the terminal is closed": ([signal.SIGINT, signal.SIGHUP, signal.SIGTERM], {130, 129}),
    "the terminal is closed": ([signal.SIGHUP], {129}),
    "asked to end": ([signal.SIGTERM], {143}),
    "killed": ([signal.SIGKILL], {-signal.SIGKILL}),
}


def begin(arguments, folder, **options):
    """Start a training, from a program of its own."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", PROGRAM, *arguments, "--hidden", "16", "--out", "runs"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
    return subprocess.Popen(command, cwd=folder, env=variables, **streams)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """A folder with a whole run, and how many seconds that took."""
    folder = tmp_path_factory.mktemp("trained")
    started = time.monotonic()
    process = begin(["train", "--epochs", "2"], folder)
    assert process.wait(60) == 0, process.stderr.read()
    return folder, time.monotonic() - started


@pytest.mark.parametrize("number", range(STOPS))
def test_what_was_trained_is_kept(number, earlier):
    folder, whole = earlier
    rng = random.Random(number)
    end = list(ENDS)[number % len(ENDS)]
    signals, statuses = ENDS[end]
    runs = folder / "runs"
    before = {path: path.read_bytes() for path in runs.rglob("*") if path.is_file()}
    there = set(runs.iterdir())
    process = begin([rng.choice(["train", "compare"]), "--epochs", "300"], folder)
    assert process.stdout.readline().startswith("runs holds a run already")
    time.sleep(rng.uniform(0, 2 * whole))
    for each in signals:
        process.send_signal(each)
        time.sleep(rng.choice([0, 0.01, 0.1]))
    out, error = process.communicate(timeout=120)
    assert process.returncode in statuses, (end, process.returncode, out, error)
    assert "Traceback" not in error and error.count("\n") <= 1, error
    assert {path: path.read_bytes() for path in before} == before
    told = out.count("\nepoch ") + out.startswith("epoch ")
    kept = {path.name: MLP.load(path) for new in set(runs.iterdir()) - there for path in new.rglob("*.npz")}
    if told:
        assert {"mnist_model.npz", "mnist_best.npz"} <= kept.keys(), (end, out)
    if end != "killed":
        others = {path.name for new in set(runs.iterdir()) - there for path in new.iterdir()} - kept.keys()
        assert others in ({"curves.png"}, {"comparison.png"}) if kept else not others, (end, out)
        assert ("in the folder" in out) == bool(kept) and (kept or "nothing to keep" in out or "interrupted" in error)
    print(f"\n{end:36} after {told:3} epochs: status {process.returncode}, {', '.join(sorted(kept)) or 'nothing'}", end="")


def test_two_runs_at_once_get_folders_of_their_own(tmp_path):
    both = [begin(["train", "--epochs", "3"], tmp_path) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*_model.npz")) == [
        "runs/2/mnist_model.npz",
        "runs/mnist_model.npz",
    ]


def test_an_interrupt_during_the_first_imports_gives_no_traceback_out_of_the_package(tmp_path):
    for wait in random.Random(0).choices([0.05, 0.1, 0.15, 0.2, 0.3, 0.4], k=STOPS):
        process = subprocess.Popen(
            [sys.executable, "-m", "mlp_helpers", "train", "--out", str(tmp_path / "runs")],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=60)
        assert process.returncode in {130, -signal.SIGINT} or "site" in error, error  # Python's own start
        assert "mlp_helpers/core" not in error and "numpy" not in error, error
