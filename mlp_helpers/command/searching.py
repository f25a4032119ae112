"""``python -m mlp_helpers search``: what is tried, by whom, and what is said of the results."""

import contextlib
import time

import numpy as np

from .. import Processes, sample_settings

SPACE = {
    "learning_rate": (1e-4, 3e-2),
    "hidden": [32, 64, 128, 256],
    "batch_size": [32, 64, 128, 256],
    "dropout": [0.0, 0.1, 0.2],
    "label_smoothing": [0.0, 0.05, 0.1],
    "l2": (1e-7, 1e-3),
}
RESULTS, PICTURE = "search.jsonl", "search.png"
ROWS = 10  # of the table
REACHED = 10  # seconds within which a scheduler has to answer


def settings_of(trials, seed, fixed):
    """Return the settings of so many trials, always the same ones for a seed; more trials begin with those of fewer."""
    return [setting | fixed for setting in sample_settings(SPACE, trials, np.random.default_rng(seed))]


@contextlib.contextmanager
def executor_of(workers, scheduler):
    """Start worker processes here, or find those of a Dask scheduler."""
    if scheduler is None:
        with Processes(workers) as executor:
            yield executor
        return
    try:
        from distributed import Client
    except ImportError:
        raise ValueError('a scheduler needs Dask. Install it in the folder of the course: pip install -e ".[cluster]"') from None
    try:
        client = Client(scheduler, timeout=REACHED)
    except (OSError, ValueError) as error:
        raise OSError(f"no scheduler answers at {scheduler} ({error}). Start one: dask scheduler") from None
    with client:
        yield client.get_executor()


class Report:
    """Says of each result, as it arrives, what it is, and how long the others will take."""

    def __init__(self, trials, before):
        self.trials, self.before, self.count, self.started = trials, before, 0, time.monotonic()

    def __call__(self, result):
        self.count += 1
        if self.count <= self.before:
            return  # it was in the file already
        each = (time.monotonic() - self.started) / (self.count - self.before)
        left = f"   about {each * (self.trials - self.count):.0f} s left" if self.count < self.trials else ""
        print(f"{self.count:4} of {self.trials}   {_what(result)}   {_named(result['settings'])}{left}")


def _what(result):
    return f"{accuracy_of(result):.2%}" if result["outcome"] == "done" else f"{result['outcome']:>6}"


def accuracy_of(result):
    """Return the validation accuracy that a trial reached."""
    return result["values"]["validation_accuracy"]


def _named(settings):
    return "  ".join(f"{name} {_short(settings[name])}" for name in SPACE)


def _short(value):
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def ranked(results):
    """Return the results that are done, the best first; of equals the one with the lower number."""
    done = [result for result in results if result["outcome"] == "done"]
    return sorted(done, key=lambda result: (-accuracy_of(result), result["number"]))


def table(results):
    """Say which trials were best, and what became of those that are not done."""
    best, kinds = ranked(results), [result["outcome"] for result in results]
    header = ["", "validation", *(name.replace("_", " ") for name in SPACE)]
    rows = [
        [str(place), f"{accuracy_of(result):.2%}", *(_short(result["settings"][name]) for name in SPACE)]
        for place, result in enumerate(best[:ROWS], 1)
    ]
    lines = ["".join(f"{entry:>16}" if i else f"{entry:3}" for i, entry in enumerate(row)) for row in [header, *rows]]
    went = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("done", "diverged", "raised", "lost") if kind in kinds)
    return "\n".join([*lines, f"{len(results)} trial{'s' * (len(results) != 1)}: {went}"])
