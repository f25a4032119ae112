"""Lesson 16: what training against the network itself brings where there are enough images."""

import math
import statistics

import numpy as np

from mlp_helpers import MLP, Adam, load_mnist, schedules, train
from mlp_helpers.check.exercises.notebook_16.step_on_input import step_on_input

EPSILON = 0.05
PLAIN, AGAINST = "784-128-10, plain", "784-128-10, half of each batch moved against it"


def gradient(model, X, y):
    """Return the gradient of the loss with respect to the pixels: (n, d)."""
    return model.loss_and_gradients(X, y, input_gradient=True, training=False)[1]["X"]


def trained(data, seed, against):
    """Train for five epochs as in section 9 of the lesson, with or without the steps against the network."""
    model = MLP([784, 128, 10], seed=seed)

    def change(images, rng):
        X = images / np.float32(255)
        half = X[: len(X) // 2]
        X[: len(half)] = step_on_input(half, gradient(model, half, model.predict(half)), EPSILON)
        return X

    settings = dict(schedule=schedules.linear, augment=change if against else None, seed=seed, progress=False)
    train(model, data, 5, optimizer=Adam(0.003), **settings)
    return model


def measure_all_images(seeds=3):
    """Measure both ways on all 50 000 images, on clean validation images and on moved ones."""
    data = load_mnist()
    V, v = data.validation.images / np.float32(255), data.validation.labels
    reached = {}
    for name, against in ((PLAIN, False), (AGAINST, True)):
        models = [trained(data, seed, against) for seed in range(seeds)]
        reached[f"{name}: clean, %"] = [round(100 * model.accuracy(V, v), 2) for model in models]
        hard = [model.accuracy(step_on_input(V, gradient(model, V, v), EPSILON), v) for model in models]
        reached[f"{name}: moved by {EPSILON}, %"] = [round(100 * share, 2) for share in hard]
    return reached


MEASURES = {"all 50 000 images, five epochs": measure_all_images}


def quotes(measured):
    """Write what the lesson says of the numbers that were measured."""
    reached = {label: statistics.mean(numbers) for label, numbers in measured["all 50 000 images, five epochs"].items()}
    clean = [reached[f"{name}: clean, %"] for name in (PLAIN, AGAINST)]
    hard = [reached[f"{name}: moved by {EPSILON}, %"] for name in (PLAIN, AGAINST)]
    apart = math.ceil(10 * abs(clean[1] - clean[0])) / 10
    return [
        f"differ by less than {apart} points on clean images",
        f"{hard[1]:.0f} % of the moved ones in place of {hard[0]:.0f} %",
    ]
