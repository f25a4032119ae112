"""Softmax explorer: ten scores to move, a temperature, the softmax that overflows, and if wanted the loss."""

import ipywidgets as widgets
import numpy as np

from ..core.functions import cross_entropy, one_hot, softmax
from .activations import number_words
from .chart import COLOURS, bars, text
from .lab import WIDE, Lab, choice, log_slider, shelf, whole_slider

START = (1.0, 0.0, 2.0, 3.5, -1.0, 1.5, 0.0, -2.0, 2.5, 0.5)


def probabilities(scores, temperature=1.0, added=0.0):
    """Softmax of (scores + added) / temperature in float64: the stable one and the naive one, (10,) each."""
    Z = (np.array(scores, np.float64) + added) / temperature
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        E = np.exp(Z)
        return softmax(Z), E / E.sum()


def describe(temperature, added, true=None, **scores):
    """The chart for ten scores ``s0`` to ``s9``, a temperature, a number added to all scores, and if wanted the true class."""
    z = np.array([scores[f"s{digit}"] for digit in range(10)])
    stable, naive = probabilities(z, temperature, added)
    colours = [COLOURS[2] if digit == true else COLOURS[0] for digit in range(10)]
    panes = [pane("with the shift", stable, colours, 60), pane("without the shift", naive, colours, 440)]
    panes[0]["ylabel"] = "probability"
    broken = int((~np.isfinite(naive)).sum())
    best = np.flatnonzero(stable == stable.max())
    words = "All classes get" if len(best) == 10 else f"Class {best[0]} gets" if len(best) == 1 else f"{len(best)} classes share"
    words += f" the {'same' if len(best) == 10 else 'largest'} probability, {number_words(stable.max())}"
    words += " each. " if 1 < len(best) < 10 else ". "
    if true is not None:
        loss = cross_entropy(stable[np.newaxis], one_hot(np.array([true]), len(stable)))
        digits = f"{loss:.1g}" if 0 < loss < 0.0005 else f"{loss:.3f}"
        words += f"The true class {true} gets {number_words(stable[true])}: the loss is {digits}. "
    if broken:
        words += f"Without the shift {broken} of 10 are nan: exp has overflowed."
    elif not naive.any():
        words += "Without the shift all are 0: the sum of the ten exp has overflowed."
    else:
        words += "Without the shift it is the same."
    return {"width": 780, "height": 250, "title": "Scores to probabilities", "words": words, "panes": panes}


def pane(title, P, colours, left):
    names, finite = [str(digit) for digit in range(10)], np.where(np.isfinite(P), P, 0)
    series = [bars(finite, colors=colours, texts=["nan" if np.isnan(p) else f"{p:.2f}" for p in P])]
    return {
        "box": [left, 30, 320, 170], "xlim": [-0.6, 9.6], "ylim": [0, 1.1], "title": title, "xnames": names, "xlabel": "class",
        "series": series if np.isfinite(P).all() else [*series, text(4.5, 0.6, "inf / inf is nan", bold=True)],
    }  # fmt: skip


def lab(loss=False):
    """The lab: ``labs.softmax().show()``; with ``loss=True`` one class is the true one, and its loss is told."""
    upright = {"orientation": "vertical", "min": -10.0, "max": 10.0, "step": 0.5, "readout_format": ".1f"}
    layout = widgets.Layout(width="4.2em", height="150px")
    scores = {
        f"s{digit}": widgets.FloatSlider(START[digit], description=f"z{digit}", layout=layout, **upright) for digit in range(10)
    }
    rest = {"temperature": log_slider("temperature", -1, 1, 1.0), "added": whole_slider("added to all", 0, 1000, 0, 10, WIDE)}
    if loss:
        rest["true"] = choice("true class", range(10), 3)
    return Lab({**scores, **rest}, describe, [shelf(*scores.values()), shelf(*rest.values())])
