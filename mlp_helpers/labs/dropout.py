"""Dropout seen: a small network whose hidden units go dark at each step, and what many such networks say together."""

import functools

import numpy as np

from ..core.array_advice import kind_of
from ..core.data import Dataset, load_mnist
from ..core.functions import relu, softmax
from ..core.layers import Dropout
from ..core.network import MLP
from ..core.training import train
from .chart import COLOURS, image, line, points, text
from .lab import Lab, choice, slider, whole_slider
from .pad import SIDE, a_digit, held_out, outputs, percent
from .plane import colours

HIDDEN, RATE = 24, 0.3  # of the network, and of the dropout with which it learns
IMAGES = 500  # validation images on which the networks are compared
STEPS = 20
LIT, DARK, CROSS, EDGE = COLOURS[1], "#3c3c3c", "#c8c8c8", "#808080"
PICTURE, COLUMNS, OUT = (0, 26, 64, 36), (46, 57), 86  # where things stand in the drawing, which is 100 by 100


@functools.cache
def trained():
    """Train 784-24-10 with dropout on 5 000 images; return it, and 500 validation images with their labels."""
    data, (images, labels) = load_mnist().subset(5_000), held_out()
    alone = Dataset(data.train, data.validation[:0], data.test, data.class_names)  # nothing is measured on the way
    model = MLP([784, HIDDEN, 10], dropout=RATE)
    train(model, alone, epochs=10, learning_rate=0.2, batch_size=50, measured=1, progress=False)
    return model, images[:IMAGES], labels[:IMAGES]


@functools.cache
def asked():
    """Return what the hidden units make of the images, (500, 24), and what the whole network reads, (500, 10)."""
    model, images, _ = trained()
    first = model.linears[0]
    return relu(images / 255 @ first.W + first.b), model.predict_proba(images)


def dropout(A, rate, rng):
    """Thin out A at random: (n, h) -> thinned (n, h), mask (n, h), as in notebook 15."""
    layer = Dropout(rate, rng=rng)
    return layer.forward(A), layer.mask


def thinned_networks(A, W, b, rate, steps, own_dropout=dropout):
    """Let the networks that dropout leaves in each step read some images.

    Parameters
    ----------
    A : array (n, h)
        Activations of the hidden units.
    W, b : arrays (h, k), (k,)
        Of the last layer.
    rate : float
    steps : int
        Step s draws its coins from the seed s, so that it is the same one each time.
    own_dropout : callable
        ``dropout`` of notebook 15.

    Returns
    -------
    masks : array (steps, n, h)
    P : array (steps, n, k)
        The probabilities, by each step's network alone.
    """
    masks, P = [], []
    for step in range(1, steps + 1):
        thinned, mask = own_dropout(A, rate, np.random.default_rng(step))
        masks.append(mask)
        P.append(softmax(thinned @ W + b))  # (n, h) @ (h, k) -> (n, k)
    return np.array(masks), np.array(P)


def so_far(P):
    """Return the mean of the first step, of the first two, of the first three …: (steps, …) -> (steps, …)."""
    return np.cumsum(P, axis=0) / np.arange(1, len(P) + 1).reshape(-1, *[1] * (P.ndim - 1))


def describe(step, rate, digit, own_dropout=dropout):
    """The chart for a step, a rate and a digit: the network that is left, what it reads, and what all so far read together."""
    (model, images, labels), (A, whole) = trained(), asked()
    last = model.linears[1]
    masks, P = thinned_networks(A, last.W, last.b, rate, step, own_dropout)
    means = so_far(P)
    shares = [100 * (each.argmax(axis=-1) == labels).mean(axis=-1) for each in (P, means, whole)]
    shown = int(np.flatnonzero(labels == digit)[0])
    told = P[-1, shown], means[-1, shown], whole[shown]
    panes = [
        drawing(images[shown], A[shown], masks[-1, shown], told[0], step),
        outputs(told[0]) | {"box": [455, 40, 220, 85], "ylim": [0, 130], "title": f"step {step} alone reads", "ylabel": "%"},
        compared(*told[1:], step),
        accuracies(*shares),
    ]
    said = words(step, rate, masks[-1, shown], told, shares)
    return {"width": 900, "height": 360, "title": f"Dropout in a network 784-{HIDDEN}-10", "words": said, "panes": panes}


def drawing(pixels, A, mask, P, step):
    """The network: a digit, its hidden units, the dark ones crossed out, and ten outputs."""
    places = np.column_stack([np.resize(COLUMNS, len(A)), np.linspace(5, 95, len(A)).round(1)])
    outs = np.column_stack([np.full(len(P), OUT), np.linspace(7, 93, len(P)).round(1)])
    grey = np.repeat(np.asarray(pixels, np.uint8).reshape(SIDE, SIDE, 1), 3, axis=2)
    left = np.flatnonzero(mask)
    wires = [  # from the picture to the unit, then to each output and back
        [(PICTURE[1], 50), places[unit], *(place for out in outs for place in (out, places[unit]))] for unit in left
    ]
    series = [
        image(grey, PICTURE),
        strokes(wires, color=EDGE, width=0.7, opacity=0.35),
        *(points([x], [y], size=8, edge=EDGE, color=fill) for (x, y), fill in zip(places, fills(A * mask, mask, A), strict=True)),
        *(points([x], [y], size=8, edge=EDGE, color=fill) for (x, y), fill in zip(outs, mixed(P), strict=True)),
        *(text(OUT + 6, y + 1.5, str(k)) for k, (_, y) in enumerate(outs)),
    ]
    series += [text(x, y + 1.5, "×", color=CROSS, bold=True) for x, y in places[mask == 0]]
    return {
        "box": [15, 40, 380, 275], "xlim": [-3, 97], "ylim": [100, 0], "xticks": False, "yticks": False, "series": series,
        "title": f"step {step}: {len(left)} of {len(A)} units are left", "xlabel": "×: dark in this step; amber: active",
    }  # fmt: skip


def fills(passed_on, mask, A):
    """A colour for each unit: dark where it is dropped, else from white to amber, which twice the largest activation reaches."""
    most = 2 * A.max() or 1
    return [fill if kept else DARK for fill, kept in zip(mixed(passed_on / most), mask, strict=True)]


def mixed(shares):
    """Colours from white, for 0, to amber, for 1 and more."""
    return ["#" + bytes(rgb).hex() for rgb in colours(np.minimum(shares, 1), LIT)]


def strokes(paths, **look):
    """Lines from place to place, as one series."""
    x, y = ([value for path in paths for value in (*(place[i] for place in path), np.nan)] for i in (0, 1))
    return line(x, y, **look)


def compared(mean, whole, step):
    """The mean of the networks so far as bars, and a line for each digit that the whole network holds possible."""
    pane = outputs(mean) | {
        "box": [455, 222, 220, 85], "ylim": [0, 130], "ylabel": "%", "title": f"mean of {so_many(step)}",
        "xlabel": "lines: the whole network",
    }  # fmt: skip
    numbers = pane["series"][0].pop("texts")  # above the lines, which would strike them out
    pane["series"] += [text(k, 107, number) for k, number in enumerate(numbers) if number]
    levels = [((k - 0.4, 100 * p), (k + 0.4, 100 * p)) for k, p in enumerate(whole) if p >= 0.005]
    pane["series"].append(strokes(levels, width=2.5))
    return pane


def accuracies(alone, together, whole):
    """How many validation images each step's network reads right, their mean, and the whole network: in per cent."""
    steps = np.arange(1, len(alone) + 1)
    return {
        "box": [740, 40, 145, 267], "xlim": [0, STEPS + 1], "ylim": [0, 104], "xlabel": "step",
        "title": f"{IMAGES} images, % right", "legend": "low", "legendwidth": 138,
        "series": [
            line([0, STEPS + 1], [whole, whole], dash="dashed", width=1.5, label="whole network"),
            line(steps, together, color=COLOURS[0], label="mean so far"),
            points(steps, alone, color=COLOURS[6], size=3, label="each step alone"),
        ],
    }  # fmt: skip


def so_many(step):
    return "step 1 only" if step == 1 else f"steps 1 to {step}"


def words(step, rate, mask, told, shares):
    """Say what is dark, what the three networks read of the image, and how many images they read right."""
    alone, mean, whole = (f"{a_digit(P.argmax())} ({percent(P.max())})" for P in told)
    dark = int((mask == 0).sum())
    said = f"Step {step}: {dark or 'none'} of the {len(mask)} hidden units {'are' if dark > 1 else 'is'} dark"
    if dark == len(mask):
        said = f"Step {step}: all {dark} hidden units are dark, and only the biases speak"
    elif rate:
        said += f", and the others pass on {1 / (1 - rate):.3g} times as much"
    said += f". What is left reads {alone}, the mean of {so_many(step)} {mean}, the whole network {whole}. "
    each, together, undropped = shares
    return said + (
        f"Of {IMAGES} validation images, the networks of single steps read {each.mean():.1f} % right on average, "
        f"their mean {together[-1]:.1f} %, the whole network {undropped:.1f} %."
    )


def lab(dropout=dropout):
    """The lab: ``labs.dropout(dropout).show()``.

    Parameters
    ----------
    dropout : callable, optional
        As written in notebook 15.
    """
    if not callable(dropout):
        raise ValueError(
            f"labs.dropout takes your function dropout(A, rate, rng), but was given {kind_of(dropout)}. Try labs.dropout()."
        )
    controls = {
        "step": whole_slider("step", 1, STEPS, 12),
        "rate": slider("rate", 0, 0.9, RATE),
        "digit": choice("digit", range(10), 5),
    }
    return Lab(controls, functools.partial(describe, own_dropout=dropout))
