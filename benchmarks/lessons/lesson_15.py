"""Lesson 15: how its settings were chosen, and what it says of remedies that it does not run itself.

Every training is that of the lesson, 20 epochs of 784-128-10 on 2 000 images at a rate of 0.5, where nothing else is said.
"""

import functools
import statistics

import numpy as np

from mlp_helpers import MLP, SGD, Adam, Dataset, Momentum, Warp, load_mnist, schedules, train

RATES = (0.1, 0.3, 0.5, 1)
CHOOSING = 9  # the seed of the images on which settings are chosen
OTHERS = {  # set-ups
    "rate 0.1": {"rate": 0.1},
    "momentum 0.9, rate 0.05": {"kind": Momentum, "rate": 0.05},
    "Adam, rate 0.005, schedule": {"kind": Adam, "rate": 0.005, "schedule": schedules.linear},
}

mnist = functools.cache(load_mnist)


def shifts(X, rng, most=1, alike=True):
    """Move images by up to some pixels either way: all of a batch alike, or each for itself."""
    images = X.reshape(-1, 28, 28)
    if alike:
        return np.roll(images, rng.integers(-most, most + 1, 2), axis=(1, 2)).reshape(X.shape)
    ways = rng.integers(-most, most + 1, (len(X), 2))
    return np.stack([np.roll(image, way, axis=(0, 1)) for image, way in zip(images, ways, strict=True)]).reshape(X.shape)


def warp(strength):
    """All that ``Warp`` does by default, times a number."""
    return Warp(rotation=8 * strength, scale=0.08 * strength, shift=0.5 * strength, elastic=0.8 * strength)


CHOICES = {
    **{f"patience {patience}": {"patience": patience} for patience in (2, 3, 5)},
    **{f"dropout {rate}": {"dropout": rate} for rate in (0.1, 0.3, 0.5)},
    **{f"L2 {l2}": {"l2": l2} for l2 in (0.0003, 0.001, 0.003)},
    **{f"smoothing {amount}": {"label_smoothing": amount} for amount in (0.05, 0.1, 0.2)},
    **{f"shift {most}": {"augment": functools.partial(shifts, most=most)} for most in (1, 2)},
    **{f"warp times {strength}": {"augment": warp(strength)} for strength in (0.5, 1, 2)},
}
REMEDIES = {
    "L2": {"l2": 0.001},
    "smoothing": {"label_smoothing": 0.1},
    "smoothing 0.05": {"label_smoothing": 0.05},
    "batch norm": {"batch_norm": True},
    "shift": {"augment": shifts},
    "shift, each image for itself": {"augment": functools.partial(shifts, alike=False)},
}


def run(seed, kind=SGD, rate=0.5, schedule=None, patience=None, augment=None, **settings):
    """Train as the lesson does, and return the loss and the accuracy in % on all validation images."""
    data, model = mnist().subset(2_000, seed), MLP([784, 128, 10], seed=seed, **settings)
    training = {"seed": seed, "schedule": schedule, "augment": augment, "patience": patience, "measured": 1, "progress": False}
    watched = data if patience else Dataset(data.train, data.validation[:0], data.test, data.class_names)
    train(model, watched, 20, batch_size=50, optimizer=kind(rate), **training)
    loss, share = model.evaluate(*mnist().validation)
    return loss, 100 * share


def rates(seeds=3):
    """Return the accuracy at each rate."""
    return {f"rate {rate}": [run(seed, rate=rate)[1] for seed in range(seeds)] for rate in RATES}


def choices(seeds=1):
    """Return loss and accuracy of each setting that was tried, on the one draw of images on which the lesson chooses."""
    tried = {name: [run(seed, **setting) for seed in range(CHOOSING, CHOOSING + seeds)] for name, setting in CHOICES.items()}
    return apart(tried)


def remedies(seeds=5):
    """Return what each remedy changes in loss and accuracy, in pairs with the baseline."""
    plain = [run(seed) for seed in range(seeds)]
    return apart({name: changes(plain, **remedy) for name, remedy in REMEDIES.items()})


def elsewhere(seeds=3):
    """Return what two remedies change in the accuracy in other set-ups."""
    changed = {}
    for name, setup in OTHERS.items():
        plain = [run(seed, **setup) for seed in range(seeds)]
        for remedy, setting in {"dropout 0.1": {"dropout": 0.1}, "batch norm": {"batch_norm": True}}.items():
            changed[f"{name}: {remedy}"] = [float(pair[1]) for pair in changes(plain, **setup, **setting)]
    return changed


def changes(plain, **settings):
    """Return the changes of loss and accuracy against the runs of the same seeds without the remedy."""
    return [np.subtract(run(seed, **settings), before) for seed, before in enumerate(plain)]


def apart(named):
    """Return losses and accuracies under labels of their own."""
    return {
        f"{name}, {what}": [float(pair[place]) for pair in pairs]
        for name, pairs in named.items()
        for place, what in enumerate(("loss", "accuracy"))
    }


MEASURES = {
    "accuracy in % at learning rates": rates,
    "settings on the sixth draw of images": choices,
    "change by a remedy, in pairs": remedies,
    "change of the accuracy in other set-ups, in pairs": elsewhere,
}


def quotes(measured):
    """Return what the lesson says of these numbers, word for word."""
    at, tried, changed, others = measured.values()
    best = max(RATES, key=lambda rate: statistics.mean(at[f"rate {rate}"]))
    same = len({tuple(tried[f"patience {patience}, loss"]) for patience in (2, 3, 5)}) == 1
    amounts = [tried[f"smoothing {amount}, accuracy"][0] for amount in (0.05, 0.1, 0.2)]
    warps = {"0.5": "half as strong", "1": "of the usual strength rather than half or twice that", "2": "twice as strong"}
    gain = {name: statistics.mean(changed[f"{name}, accuracy"]) for name in REMEDIES}
    less = -statistics.mean(changed["smoothing 0.05, loss"])
    rows = {"L2 0.001": "L2", "smoothing 0.1": "smoothing", "batch norm": "batch norm"}
    dropout, norm = (
        [f"{statistics.mean(numbers):+.1f}" for name, numbers in others.items() if name.endswith(remedy)]
        for remedy in ("dropout 0.1", "batch norm")
    )
    return [
        f"The learning rate {best} is the best of 0.1, 0.3, 0.5 and 1",
        f"with 2, 3 and 5 it went back to {'the same epoch' if same else 'different epochs'}",
        f"For dropout it chose {_chosen(tried, 'dropout')}",
        f"Of 0.0003, 0.001 and 0.003 the sixth draw chose {_chosen(tried, 'L2')}",
        f"0.05, 0.1 and 0.2 were {'level to within 0.1 points' if max(amounts) - min(amounts) <= 0.1 else 'apart'}",
        f"Our rule would take {_chosen(tried, 'smoothing')}",
        f"gain {gain['smoothing 0.05']:.1f} points, and the loss *falls* by {less:.2f}",
        f"shifts of up to {'one pixel rather than two' if _chosen(tried, 'shift') == '1' else 'two pixels rather than one'}",
        f"and warps {warps[_chosen(tried, 'warp times')]}",
        f"brought {gain['shift, each image for itself']:.1f} points here instead of {gain['shift']:.1f}",
        f"dropout brought {min(dropout)[1:]} to {max(dropout)[1:]} points as well",
        _signed(f"batch normalisation anything from {min(norm, key=float)} to {max(norm, key=float)}"),
        *(
            f"| {title} | {_change(changed, name, 'loss', 2)} | {_change(changed, name, 'accuracy', 1)} |"
            for title, name in rows.items()
        ),
    ]


def _chosen(tried, remedy):
    """Return the setting that the lesson's rule chooses: the best accuracy, and of those within 0.1 points the lowest loss."""
    names = [name for name in CHOICES if name.startswith(f"{remedy} ")]
    loss, accuracy = ({name: tried[f"{name}, {what}"][0] for name in names} for what in ("loss", "accuracy"))
    level = [name for name in names if accuracy[name] >= max(accuracy.values()) - 0.1]
    return min(level, key=loss.get).removeprefix(f"{remedy} ")


def _change(changed, name, what, digits):
    """Write mean and standard deviation of the changes as the lesson does."""
    numbers = changed[f"{name}, {what}"]
    return _signed(f"{statistics.mean(numbers):+.{digits}f} ± {statistics.stdev(numbers):.{digits}f}")


def _signed(text):
    return text.replace("-", "−")
