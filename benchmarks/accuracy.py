"""How many test images are read right, after training.

Every recipe is repeated with several seeds; a seed fixes the first weights and the order of the
images. The table gives mean and standard deviation over the seeds, beside the least that the mean
must reach. The CPU seconds are the median of a whole call of ``train``: the steps on one thread,
and the measuring of loss and accuracy after every epoch.
"""

import functools
import itertools
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from mlp_helpers import MLP, Adam, Dataset, Split, Warp, load_fashion_mnist, load_mnist, schedules, train

from .report import against, table

WORKERS = 2  # trainings at the same time, each on one thread


@dataclass(frozen=True)
class Recipe:
    """A network, its training, and the accuracy that it must reach (None: only recorded)."""

    name: str
    network: dict
    training: dict
    bound: float | None
    optimizer: Callable | None = None  # makes one for each run; None: plain SGD
    load: Callable = load_mnist
    validation: int = 0  # training images set aside, not learned from
    centred: bool = False  # inputs in [-1, 1] instead of [0, 1]


def eighty_twenty(validation):
    """All 70 000 digits, four fifths to learn from and one fifth to test on; no validation."""
    data = load_mnist(validation)
    train_split, test_split = data.all.split_off(0.2)
    return Dataset(train_split, train_split[:0], test_split, data.class_names)


RELU = {"sizes": [784, 128, 10]}  # ReLU, softmax and cross-entropy, He initialisation: the defaults
CLASSIC = {"sizes": [784, 50, 10], "activation": "sigmoid", "loss": "mse"}
SMALL_BATCHES = {"learning_rate": 0.1, "batch_size": 64, "epochs": 10}
CLASSIC_BATCHES = {"learning_rate": 0.1, "batch_size": 100, "epochs": 50}
DECAY = {"schedule": schedules.linear, "batch_size": 64, "epochs": 10}
ONE_BATCH = {"learning_rate": 0.1, "batch_size": None, "epochs": 100}

RECIPES = [
    Recipe("784-128-10, ReLU, softmax; rate 0.1, batch 64, 10 epochs", RELU, SMALL_BATCHES, 0.975),
    Recipe("the same, 10 000 images set aside", RELU, SMALL_BATCHES, 0.971, validation=10_000),
    Recipe("784-50-10, sigmoid, squared error, inputs in [-1, 1]; rate 0.1, batch 100, 50 epochs",
           CLASSIC, CLASSIC_BATCHES, 0.948, centred=True),
    Recipe("784-64-10, ReLU, softmax; rate 0.1, all images in one batch, 100 steps", {"sizes": [784, 64, 10]}, ONE_BATCH, 0.875),
    Recipe("the same, 80/20 split of all 70 000 images", {"sizes": [784, 64, 10]}, ONE_BATCH, 0.875, load=eighty_twenty),
    Recipe("784-10-10, ReLU, softmax; rate 0.1, all images in one batch, 500 steps",
           {"sizes": [784, 10, 10]}, ONE_BATCH | {"epochs": 500}, None),
    Recipe("Fashion-MNIST: 784-128-10 as in the first row", RELU, SMALL_BATCHES, None, load=load_fashion_mnist),
    Recipe("784-128-10; Adam 0.003, warm-up and linear decay, label smoothing 0.1, batch 64, 10 epochs",
           RELU | {"label_smoothing": 0.1}, DECAY, 0.983, functools.partial(Adam, 3e-3)),
    Recipe("Fashion-MNIST: the same",
           RELU | {"label_smoothing": 0.1}, DECAY, 0.890, functools.partial(Adam, 3e-3), load=load_fashion_mnist),
    Recipe("784-128-10; Adam 0.004, warm-up and linear decay, label smoothing 0.05, affine and elastic augmentation, 10 epochs",
           RELU | {"label_smoothing": 0.05}, DECAY | {"augment": Warp()}, 0.987, functools.partial(Adam, 4e-3)),
]  # fmt: skip


def run(recipe, seed, epochs=None):
    """Train one recipe with one seed, if wanted for fewer epochs, and measure it on the test images."""
    data = recipe.load(recipe.validation)
    if recipe.centred:
        data = Dataset(_centred(data.train), _centred(data.validation), _centred(data.test), data.class_names)
    model = MLP(**recipe.network, seed=seed)
    training = recipe.training | ({"epochs": epochs} if epochs else {})
    optimizer = recipe.optimizer() if recipe.optimizer else None
    start = time.process_time()
    train(model, data, **training, seed=seed, optimizer=optimizer, progress=False)
    seconds = time.process_time() - start
    return {"seed": seed, "accuracy": model.accuracy(*data.test), "cpu_seconds": seconds, "images": len(data.train)}


def _centred(split):
    return Split(split.images.astype(np.float32) / 127.5 - 1, split.labels)


def measure(seeds=5, epochs=None):
    """Run every recipe with every seed; give the runs by the recipe's name."""
    jobs = list(itertools.product(RECIPES, range(seeds)))
    results = {recipe.name: [] for recipe in RECIPES}
    with ProcessPoolExecutor(WORKERS) as pool:
        for (recipe, _), result in zip(jobs, pool.map(run, *zip(*jobs, strict=True), itertools.repeat(epochs)), strict=True):
            results[recipe.name].append(result)
    return results


def show(results):
    """Write the results as a table."""
    rows = []
    for recipe in RECIPES:
        runs = results[recipe.name]
        percent = [100 * result["accuracy"] for result in runs]
        mean, deviation = statistics.mean(percent), statistics.stdev(percent) if len(runs) > 1 else 0
        bound = against(mean, 100 * recipe.bound, "{:.1f} %") if recipe.bound else ""
        seconds = statistics.median(result["cpu_seconds"] for result in runs)
        images = f"{runs[0]['images']:,}".replace(",", " ")
        rows.append([recipe.name, images, f"{mean:.2f} ± {deviation:.2f} %", bound, f"{seconds:.0f}"])
    header = ["network and training", "images", "test accuracy", "bound", "CPU seconds"]
    return f"Mean ± standard deviation; seeds: {len(runs)}. All networks start with He initialisation.\n\n{table(header, rows)}"
