"""What the package keeps of the ladder's record: the numbers that lesson 19 shows, in ``mlp_helpers/core/ladder.json``.

A rung enters once two seeds of it are measured: the lesson shows how far they lie apart.
"""

import json
import pathlib
import statistics

from mlp_helpers import RECIPES

from . import report
from .ladder import HEADLINE

PATH = pathlib.Path(__file__).parents[1] / "mlp_helpers" / "core" / "ladder.json"


def of(results):
    """Return the text of the file for these results of the ladder."""
    rungs = {name: rung for name, rung in results["rungs"].items() if len(rung["runs"]) > 1}
    beside = results["pytorch"].get(HEADLINE, {"runs": []})["runs"]
    ours = [name for name in rungs if RECIPES[name].dataset == "mnist"]
    best = max(ours, key=lambda name: statistics.mean(_all(rungs[name]["runs"], "accuracy")))
    missed = rungs[best]["mistakes"]
    kept = {
        "rungs": {name: _measured(rungs[name]["runs"]) for name in RECIPES if name in rungs},
        "ingredients": {name: _measured(part["runs"]) for name, part in results["ingredients"].items()},
        "pytorch": {
            "accuracies": _all(beside, "accuracy"),
            "cpu_seconds": _all(beside, "cpu_seconds"),
            "our_accuracies": _all(beside, "our_accuracy"),
            "our_cpu_seconds": _all(beside, "our_cpu_seconds"),
        },
        "mistakes": {"recipe": best, "indices": missed["indices"], "probabilities": missed["probabilities"]},
        "trials": len(results["trials"]),
    }
    return json.dumps(kept, indent=1) + "\n"


def write():
    """Write the file from the record."""
    with report.replacing(PATH) as file:
        file.write(of(report.load("ladder")["results"]).encode())


def _measured(runs):
    """Return the accuracies of the runs, and what they cost in the middle; those that diverged are left out."""
    runs = [run for run in runs if run["accuracy"] is not None]
    costs = {what: statistics.median(_all(runs, what)) for what in ("cpu_seconds", "plain_epochs") if runs}
    return {"accuracies": _all(runs, "accuracy"), **costs}


def _all(runs, what):
    return [run[what] for run in runs]
