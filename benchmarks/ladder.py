"""The ladder: how accurate a multi-layer perceptron in NumPy gets, recipe by recipe, and what each step up costs.

The recipes (``mlp_helpers.RECIPES``) were chosen on the last 10 000 training images alone, with networks that had learned
from the 50 000 others; the record holds these trials. Here each recipe learns from all 60 000, with seeds that no trial
used, and then reads the test images. The CPU seconds are those of the whole training on one thread. After every few
epochs a plain epoch is timed in between (784-128-10, gradient descent, batches of 64), so that machines that are slower,
or busy, can be compared: *plain epochs* are the CPU seconds of the training over those of one of these.

Everything is saved as soon as it is measured. A measurement that was broken off goes on where it was, and one of a recipe
that has changed since begins anew.
"""

import dataclasses
import statistics
import time

import numpy as np

from mlp_helpers import RECIPES, Dataset, Recipe, TrainingDiverged, follow
from mlp_helpers.core.data import LOADERS
from mlp_helpers.core.training import limit_threads

from . import contenders, report
from .report import against, installed, table

FIRST_SEED = 1_000  # the trials had smaller ones
PLAIN_EPOCHS = 10  # timed in each training, about
VALIDATION = 10_000  # the last training images, for the trials and the ingredients
SEEDS = 3  # of the ingredients and of PyTorch


@dataclasses.dataclass(frozen=True)
class Rung:
    """What the mean over so many seeds must reach, in how many CPU seconds and plain epochs (None: no limit)."""

    aim: float
    seconds: int | None
    plain_epochs: int | None
    seeds: int


RUNGS = {  # the seconds, and the plain epochs that they were on the machine where a plain epoch took 0.187 s
    "99": Rung(0.99, 8, 42, 10),
    "99.3": Rung(0.993, 40, 214, 10),
    "99.45": Rung(0.9945, 150, 800, 3),
    "99.55": Rung(0.9955, 900, 4_813, 3),
    "unaugmented": Rung(0.99, None, None, 3),
    "fashion": Rung(0.915, 600, 3_209, 3),
}
HEADLINE = "99"
INGREDIENTS = {  # what is changed in the recipe of the headline
    "the whole recipe": {},
    "without warps": {"warp": None},
    "without batch normalisation, a third of the rate": {
        "batch_norm": False,
        "learning_rate": round(RECIPES[HEADLINE].learning_rate / 3, 3),
    },
    "plain gradient descent, ten times the rate": {"optimizer": "SGD", "learning_rate": RECIPES[HEADLINE].learning_rate * 10},
    "a constant rate": {"schedule": "constant"},
    "without weight decay": {"weight_decay": 0.0},
    "half the units": {"hidden": tuple(h // 2 for h in RECIPES[HEADLINE].hidden)},
    "half the epochs": {"epochs": RECIPES[HEADLINE].epochs // 2},
}


def measure(rungs=None, seeds=None):
    """Measure what is missing of the rungs (default: all); of the headline also its ingredients, and PyTorch beside it."""
    results = _recorded()
    for name in rungs or RUNGS:
        kept = _runs_of(results["rungs"], name, RECIPES[name])
        for seed in range(FIRST_SEED, FIRST_SEED + (seeds or RUNGS[name].seeds)):
            if all(run["seed"] != seed for run in kept["runs"]):
                model, run = train_and_test(RECIPES[name], seed, LOADERS[RECIPES[name].dataset](validation=0))
                kept["runs"].append(run)
                if seed == FIRST_SEED:
                    kept["mistakes"] = mistakes(model, LOADERS[RECIPES[name].dataset]().test)
                kept["machine"] = report.machine()
                _save(results, f"{name}, seed {seed}: {run['accuracy']:.2%}, {run['plain_epochs']:.1f} plain epochs")
        if name == HEADLINE:
            _measure_ingredients(results, min(seeds or SEEDS, SEEDS))
            _measure_pytorch(results, min(seeds or SEEDS, SEEDS))
    return results


def _recorded():
    try:
        return report.load("ladder")["results"]
    except FileNotFoundError:
        return {"trials": [], "rungs": {}, "ingredients": {}, "pytorch": {}}


def _runs_of(part, name, recipe):
    """Return the entry of this name, an empty one if it is missing or of another recipe."""
    kept = part.get(name)
    if kept is None or Recipe(**kept["recipe"] | {"hidden": tuple(kept["recipe"]["hidden"])}) != recipe:
        part[name] = {"recipe": dataclasses.asdict(recipe) | {"hidden": list(recipe.hidden)}, "runs": []}
    return part[name]


def _save(results, said):
    report.save("ladder", results)
    print(said, flush=True)


def train_and_test(recipe, seed, data):
    """Train with one seed, with plain epochs in between; return the network, and what was measured on the test images."""
    plain, times = contenders.package(*data.train, 128, 64), []
    every = max(1, recipe.models * recipe.epochs // PLAIN_EPOCHS)

    def time_a_plain_epoch(evaluation):
        if evaluation.epoch % every == 0:
            start = time.process_time()
            next(plain)
            times.append(time.process_time() - start)

    with limit_threads(1):
        next(plain)  # warms up
        start = time.process_time()
        model = follow(recipe, data, seed, progress=False, report=time_a_plain_epoch)
        seconds = time.process_time() - start - sum(times)
    one = statistics.median(times)
    return model, {
        "seed": seed,
        "accuracy": model.accuracy(*data.test),
        "cpu_seconds": round(seconds, 3),
        "plain_epoch_seconds": round(one, 4),
        "plain_epochs": round(seconds / one, 2),
    }


def mistakes(model, split):
    """Return the images that the network reads wrongly: their places, labels, and the network's guesses and probabilities."""
    P = model.predict_proba(split.images)
    wrong = np.flatnonzero(P.argmax(axis=1) != split.labels)
    return {
        "indices": wrong.tolist(),
        "labels": split.labels[wrong].tolist(),
        "guesses": P[wrong].argmax(axis=1).tolist(),
        "probabilities": P[wrong].astype(float).round(4).tolist(),
    }


def trial_data(dataset="mnist"):
    """All but the last 10 000 training images to learn from, and these 10 000 in place of the test images."""
    data = LOADERS[dataset](validation=0)
    rest, part = data.train[:-VALIDATION], data.train[-VALIDATION:]
    return Dataset(rest, rest[:0], part, data.class_names)


def trial(recipe, seeds):
    """Try a recipe on the validation images, and count that: every trial stands in the record, whatever came of it.

    Parameters
    ----------
    recipe : Recipe
    seeds : list of int
        Below ``FIRST_SEED``.
    """
    results, data = _recorded(), trial_data(recipe.dataset)
    for seed in seeds:
        run = train_and_test(recipe, seed, data)[1]
        results["trials"].append({"recipe": dataclasses.asdict(recipe), **run})
        _save(results, f"{described(dataclasses.asdict(recipe))}, seed {seed}: {run['accuracy']:.2%} of the validation images")


def _measure_ingredients(results, seeds):
    """Change one thing at a time in the recipe of the headline, and see what that does to the validation images."""
    data = trial_data()
    for name, change in INGREDIENTS.items():
        recipe = dataclasses.replace(RECIPES[HEADLINE], **change)
        kept = _runs_of(results["ingredients"], name, recipe)
        for seed in range(len(kept["runs"]), seeds):
            try:
                kept["runs"].append(train_and_test(recipe, seed, data)[1])
            except TrainingDiverged:
                kept["runs"].append({"seed": seed, "accuracy": None})
            _save(results, f"{name}, seed {seed}: {kept['runs'][-1]['accuracy']} of the validation images")


def _measure_pytorch(results, seeds):
    """Train by the recipe of the headline in PyTorch, with the same first weights, warps and test images."""
    if not installed("torch"):
        print("PyTorch is not installed, so it is left out.")
        return
    recipe = RECIPES[HEADLINE]
    data = LOADERS[recipe.dataset](validation=0)
    kept = _runs_of(results["pytorch"], HEADLINE, recipe)
    for seed in range(FIRST_SEED + len(kept["runs"]), FIRST_SEED + seeds):
        accuracy, seconds = contenders.recipe_in_pytorch(recipe, seed, data)
        start = time.process_time()
        with limit_threads(1):
            ours = follow(recipe, data, seed, progress=False).accuracy(*data.test)
        beside = {"our_accuracy": ours, "our_cpu_seconds": round(time.process_time() - start, 3)}
        kept["runs"].append({"seed": seed, "accuracy": accuracy, "cpu_seconds": round(seconds, 3), **beside})
        _save(results, f"PyTorch, seed {seed}: {accuracy:.2%} in {seconds:.1f} s, NumPy {ours:.2%}")


def described(recipe):
    """Write a recipe in words."""
    words = [f"{'-'.join(map(str, (784, *recipe['hidden'], 10)))}"]
    words += [f"{recipe['models']} of them"] if recipe["models"] > 1 else []
    words += ["batch norm"] if recipe["batch_norm"] else []
    shares = ("dropout", "label_smoothing", "adversarial")
    words += [f"{name.replace('_', ' ')} {recipe[name]:g}" for name in shares if recipe.get(name)]
    words += [f"{recipe['optimizer']} {recipe['learning_rate']:g}", f"batches of {recipe['batch_size']}"]
    words += ["warps" if recipe["warp"] is not None else "no warps", f"{recipe['epochs']} epochs"]
    return ", ".join(words)


def _cost(value, form, limit):
    return f"{value:{form}}" + (f" ({against(value, limit, at_least=False)})" if limit else "")


def show(results):
    """Write the rungs, the ingredients of the headline and PyTorch beside it as tables."""
    rows = []
    for name, rung in RUNGS.items():
        runs = results["rungs"].get(name, {"runs": []})["runs"]
        if not runs:
            rows.append([name, described(dataclasses.asdict(RECIPES[name])), 0, "not measured yet", *[""] * 4])
            continue
        mean, deviation = _percent(runs)
        costs = (("cpu_seconds", ".1f", rung.seconds), ("plain_epochs", ".0f", rung.plain_epochs))
        cost = [_cost(statistics.median(run[what] for run in runs), form, limit) for what, form, limit in costs]
        one = f"{statistics.median(run['plain_epoch_seconds'] for run in runs):.2f} s"
        aim = against(mean, 100 * rung.aim, "{:g} %")
        recipe = described(results["rungs"][name]["recipe"])
        accuracy = f"{mean:.3f} ± {deviation:.3f} %" if len(runs) > 1 else f"{mean:.2f} %"
        rows.append([name, recipe, len(runs), accuracy, aim, *cost, one])
    header = ["recipe", "network and training", "seeds", "test accuracy", "aim", "CPU seconds", "plain epochs", "one of these"]
    parts = [table(header, rows)]
    if results["ingredients"]:
        changes = []
        for name, kept in results["ingredients"].items():
            runs = [run for run in kept["runs"] if run["accuracy"] is not None]
            mean = f"{_percent(runs)[0]:.2f} %" if runs else "diverged"
            changes.append([name, mean, f"{statistics.median(run['plain_epochs'] for run in runs):.0f}" if runs else ""])
        parts += [
            f"What is in the recipe {HEADLINE}, one thing changed at a time (validation images, mean of {SEEDS} seeds):",
            table(["change", "validation accuracy", "plain epochs"], changes),
        ]
    if results["pytorch"]:
        runs = results["pytorch"][HEADLINE]["runs"]
        theirs, ours = _percent(runs)[0], 100 * statistics.mean(run["our_accuracy"] for run in runs)
        ratio = statistics.median(run["cpu_seconds"] / run["our_cpu_seconds"] for run in runs)
        parts.append(
            f"The recipe {HEADLINE} in PyTorch, with the same first weights, seeds: {len(runs)}: {theirs:.2f} % where NumPy has "
            f"{ours:.2f} %, in {ratio:.2f} times the CPU seconds."
        )
    trials = len(results["trials"])
    parts.append(f"Training runs that were compared on the validation images to choose the recipes: {trials}.")
    return "\n\n".join(parts)


def _percent(runs):
    """Return mean and standard deviation of the accuracies, in per cent."""
    percent = [100 * run["accuracy"] for run in runs]
    return statistics.mean(percent), statistics.stdev(percent) if len(percent) > 1 else 0.0
