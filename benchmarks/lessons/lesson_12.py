"""Lesson 12: what becomes of both losses if a fifth of the labels is wrong and nobody stops."""

import statistics

import numpy as np

from mlp_helpers import MLP, Dataset, Split, load_mnist, train

RATES = {"squared error": ("mse", 1.0), "cross-entropy": ("cross_entropy", 0.1)}
EPOCHS = 100


def spoilt(data):
    """Return 5 000 images, of whose labels every fifth is wrong, as in section 2 of the lesson."""
    few, rng = data.subset(5_000), np.random.default_rng(0)
    labels = few.train.labels.copy()
    labels[::5] = (labels[::5] + rng.integers(1, 10, 1_000)) % 10
    return Dataset(Split(few.train.images, labels), few.validation, few.test, few.class_names)


def measure_wrong_labels(seeds=2):
    """Train both for 100 epochs: accuracy on validation at the end and at its best, and on its own labels, in %."""
    data, reached = spoilt(load_mnist()), {}
    for name, (loss, rate) in RATES.items():
        runs = []
        for seed in range(seeds):
            model = MLP([784, 50, 10], activation="sigmoid", loss=loss, init="xavier", seed=seed)
            runs.append(train(model, data, epochs=EPOCHS, learning_rate=rate, batch_size=10, seed=seed, progress=False))
        label = f"{name}, rate {rate:g}"
        reached[f"{label}: validation at the end, %"] = [round(100 * run.validation_accuracy[-1], 2) for run in runs]
        reached[f"{label}: validation at its best, %"] = [round(100 * max(run.validation_accuracy), 2) for run in runs]
        reached[f"{label}: training labels, wrong ones included, %"] = [round(100 * run.train_accuracy[-1], 2) for run in runs]
    return reached


MEASURES = {"784-50-10 on 5 000 images, a fifth of the labels wrong, 100 epochs": measure_wrong_labels}


def quotes(measured):
    """Write what the lesson says of the numbers that were measured."""
    (labelled,) = measured.values()
    reached = {label: round(statistics.mean(numbers)) for label, numbers in labelled.items()}
    end, best, known = ([number for label, number in reached.items() if what in label] for what in ("end", "best", "labels"))
    return [
        f"fell from {best[1]} % of validation at its best to {end[1]} %, and knew {known[1]} % of its labels",
        f"fell from {best[0]} to {end[0]} %, and knew {known[0]} % of the labels",
    ]
