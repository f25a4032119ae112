"""Signal and blame on their way through ten layers, under a slider for the spread of the first weights."""

import functools
import itertools

import numpy as np

from ..core.data import load_mnist
from ..core.functions import one_hot, relu, relu_backward, sigmoid, sigmoid_backward, softmax
from .chart import COLOURS, bars, line, points, text
from .lab import Lab, choice, log_slider

SIZES = [784, *[100] * 9, 10]
IMAGES = 100
RANGE, BINS = 0.5, 21  # a histogram goes from -RANGE to RANGE; what lies beyond is counted in its outermost bars
FLOOR, TOP = 1e-17, 1e11  # of the sizes that are drawn
FAINT, LOUD = 0.1, 10  # less of a signal than this has vanished, more has exploded
SIGNAL, BLAME = COLOURS[0], COLOURS[2]
LAYERS = range(1, len(SIZES))


@functools.cache
def drawn():
    """Return standard normal weights for every layer, to be scaled, and some training images with their labels, one-hot."""
    rng, (images, labels) = np.random.default_rng(0), load_mnist().train
    weights = [rng.standard_normal(shape) for shape in itertools.pairwise(SIZES)]
    return weights, images[:IMAGES] / 255, one_hot(labels[:IMAGES])


def he(d):
    """Return He's spread for d inputs."""
    return np.sqrt(2 / d)


def travel(spread, activation):
    """Send images through an untrained network, and their blame back.

    Parameters
    ----------
    spread : float
        Of the weights, as a multiple of He's.
    activation : "ReLU" or "sigmoid"

    Returns
    -------
    signals : list of arrays (n, h)
        What each layer hands on, without the mean over the images: by how much it tells them apart.
    blames : list of arrays (n, h)
        The gradient of each image's own loss with respect to that.
    """
    weights, A, Y = drawn()
    weights = [spread * he(len(W)) * W for W in weights]
    scores, handed_on = [], []
    for W in weights:
        scores.append(A @ W)  # (n, d) @ (d, h) -> (n, h)
        A = relu(scores[-1]) if activation == "ReLU" else sigmoid(scores[-1])
        handed_on.append(A)
    handed_on[-1] = scores[-1]
    blames = [softmax(scores[-1]) - Y]
    for W, Z, A in zip(weights[:0:-1], [None, *scores[-2:0:-1]], [None, *handed_on[-2:0:-1]], strict=True):
        dZ = blames[-1]
        if Z is not None:
            dZ = relu_backward(dZ, Z) if activation == "ReLU" else sigmoid_backward(dZ, A)
        blames.append(dZ @ W.T)  # (n, h) @ (h, d) -> (n, d)
    return [A - A.mean(axis=0) for A in handed_on], blames[::-1]


def size(T):
    """Return the root of the mean square, as in notebook 11."""
    return float(np.sqrt((T**2).mean()))


def describe(spread, activation):
    """The chart for a spread, as a multiple of He's, and an activation: two rows of histograms, and the sizes."""
    signals, blames = travel(spread, activation)
    panes = [
        *row(signals, 62, SIGNAL, "signal → what each layer hands on: differences between the images"),
        *row(blames, 212, BLAME, "← blame of the same numbers: it begins at the right"),
    ]
    below = f"layers 1 to 10, each from −{RANGE} to {RANGE}; what lies beyond is in the outermost bars"
    panes[len(LAYERS)]["series"].append(text(-0.6, -0.25, below, anchor="start"))
    sizes = {"signal": [size(S) for S in signals], "blame": [size(B) for B in blames]}
    looks = {"signal": (SIGNAL, "solid", "circle"), "blame": (BLAME, "dashed", "square")}
    curves = []
    for name, (colour, dash, shape) in looks.items():
        curves.append(line(LAYERS, sizes[name], color=colour, dash=dash, label=name))
        curves.append(points(LAYERS, sizes[name], color=colour, shape=shape))
    panes.append({
        "box": [690, 62, 180, 230], "xlim": [0.5, 10.5], "ylim": [FLOOR, TOP], "ylog": True, "xlabel": "layer",
        "title": "their size", "series": curves,
    })  # fmt: skip
    title = "Signal and blame in ten layers"
    return {"width": 890, "height": 335, "title": title, "words": words(spread, activation, sizes), "panes": panes}


def row(arrays, top, colour, heading):
    """A row of histograms, one for each layer: a pane each, as high as its highest bar. Exact zeros are left out."""
    panes = []
    for i, array in enumerate(arrays):
        told = array[array != 0].clip(-RANGE, RANGE)
        counts = np.histogram(told, BINS, (-RANGE, RANGE))[0]
        panes.append({
            "box": [20 + 61 * i, top, 55, 80], "xlim": [-0.6, BINS - 0.4], "ylim": [0, 1.05], "xticks": False, "yticks": False,
            "title": str(i + 1), "series": [bars(counts / max(counts.max(), 1), color=colour)],
        })  # fmt: skip
    panes[0]["series"].append(text(-0.6, 1.4, heading, anchor="start"))
    return panes


def words(spread, activation, sizes):
    """Say what becomes of both between the first hidden layer and the last."""
    signal, blame = sizes["signal"][8] / sizes["signal"][0], sizes["blame"][0] / sizes["blame"][8]
    told = f"{activation}, first weights with {spread:.3g} times He's spread ({spread * he(100):.2g} for 100 inputs). "
    told += f"From layer 1 to layer 9 the differences between images are multiplied by {signal:.2g}: the signal {fate(signal)}. "
    return told + f"From layer 9 back to layer 1 the blame is multiplied by {blame:.2g}: it {fate(blame)}."


def fate(times):
    """What happens to what is multiplied so."""
    return "vanishes" if times < FAINT else "explodes" if times > LOUD else "arrives"


def lab():
    """The lab: ``labs.signals().show()``."""
    controls = {
        "spread": log_slider("× He's spread", -4, 3, 1, step=0.25, base=2),
        "activation": choice("activation", ["ReLU", "sigmoid"], "ReLU"),
    }
    return Lab(controls, describe)
