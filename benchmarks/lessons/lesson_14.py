"""Lesson 14: each method with its best rate, which the same search has found.

Every training is one epoch of 784-128-10 on 50 000 images. Some seeds choose the rate, by the mean mistakes on validation, and
others run the race.
"""

import functools
import statistics

from mlp_helpers import MLP, SGD, Adam, Momentum, load_mnist, schedules, train

METHODS = {"plain SGD": SGD, "momentum": Momentum, "Adam": Adam}
STEPS = (1, 1.5, 2, 3, 5)  # the rates that are tried: the lowest one times these
CHOOSING = (100, 101)  # seeds

mnist = functools.cache(load_mnist)


def mistakes(kind, rate, seed, schedule=None, batch_size=64):
    """Train for one epoch, and return the mistakes on validation in per cent."""
    model, settings = MLP([784, 128, 10], seed=seed), {"schedule": schedule, "measured": 1, "progress": False}
    history = train(model, mnist(), 1, batch_size=batch_size, seed=seed, optimizer=kind(rate), **settings)
    return 100 * (1 - history.validation_accuracy[-1])


def race(lowest, seeds=6, **settings):
    """Choose a rate for each method, and race: the mistakes of each seed under the method and its rate."""
    reached = {}
    for (name, kind), low in zip(METHODS.items(), lowest, strict=True):
        tried = {}
        for rate in (low * step for step in STEPS):
            tried[rate] = statistics.mean(mistakes(kind, rate, seed, **settings) for seed in CHOOSING[:seeds])
        rate = min(tried, key=tried.get)
        print(name, {f"{each:g}": round(percent, 2) for each, percent in tried.items()}, flush=True)
        label = f"{name}, rate {rate:g}, the best of {len(STEPS)} from {low:g} to {STEPS[-1] * low:g}"
        reached[label] = [mistakes(kind, rate, seed, **settings) for seed in range(seeds)]
    return reached


def without_warmup(seeds=6):
    """Race with decay from the first step on, and with the warm-up: plain SGD, at a rate that is good with it."""
    cold = functools.partial(schedules.linear, warmup=0)
    return {
        f"plain SGD, rate 1, {name}": [mistakes(SGD, 1.0, seed, schedule) for seed in range(seeds)]
        for name, schedule in {"with warm-up": schedules.linear, "without": cold}.items()
    }


MEASURES = {
    "mistakes in % after one epoch, constant rates": functools.partial(race, (0.2, 0.02, 0.002)),
    "mistakes in % after one epoch, schedule": functools.partial(race, (0.4, 0.06, 0.006), schedule=schedules.linear),
    "mistakes in % after one epoch, schedule, batches of 1000": functools.partial(
        race, (0.6, 0.2, 0.015), schedule=schedules.linear, batch_size=1_000
    ),
    "mistakes in % after one epoch, warm-up": without_warmup,
}


def quotes(measured):
    """Return what the lesson says of these numbers, word for word."""
    before, after, large, warmup = measured.values()
    plain, rolling, _ = after.values()
    ahead = sum(percent < other for percent, other in zip(rolling, plain, strict=True))
    with_it, without = _means(warmup)
    return [
        f"constant = fair_race({_rates(before)}",
        f"scheduled = fair_race({_rates(after)}",
        f"rates = {_rates(large)}",
        f"plain SGD, momentum and Adam make {_listed(before)} % mistakes without the schedule, {_listed(after)} % with it",
        f"momentum is ahead of plain SGD with {'all' if ahead == len(plain) else ahead} six seeds",
        f"at a rate of 1, plain SGD makes {without} % mistakes without it and {with_it} % with it",
        f"(over six seeds {_listed(large)} %)",
    ]


def _rates(measured):
    """Write the rates that were found as in the lesson's code."""
    found = (label.partition(", rate ") for label in measured)
    return "{" + ", ".join(f'"{name}": {rest.partition(",")[0]}' for name, _, rest in found) + "}"


def _listed(measured):
    """Write the means of three methods as in a sentence: ``4.1, 3.8 and 3.4``."""
    return "{}, {} and {}".format(*_means(measured))


def _means(measured):
    return [f"{statistics.mean(numbers):.1f}" for numbers in measured.values()]
