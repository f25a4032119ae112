"""Drawings of the network itself and of its training."""

import itertools

import numpy as np
from matplotlib.figure import Figure

from .style import COLOURS, SIDE, styled


@styled
def graph(columns, weights, title, blame=None, stopped=()):
    """Draw a small network: its values in circles, its weights on the lines, and if given the blame below each value.

    Parameters
    ----------
    columns : list of dict
        For each layer from a unit's name to its value.
    weights : list of array
        Between two layers, (units before, units after).
    title : str
    blame : dict, optional
        From a unit's name to the slope of the loss with respect to it.
    stopped : sequence of str
        Units whose blame goes no further.
    """
    figure = Figure(figsize=(11, 5.6), layout="constrained")
    axes = figure.add_subplot()
    places = [{name: (4 * i, (len(c) - 1) / 2 - j) for j, name in enumerate(c)} for i, c in enumerate(columns)]
    for before, after, W in zip(places, places[1:], weights, strict=False):
        for (i, start), (j, end) in ((s, e) for s in enumerate(before.values()) for e in enumerate(after.values())):
            axes.plot(*zip(start, end, strict=True), color="0.7", linewidth=1.5, zorder=1)
            x, y = np.array(start) + (0.22 + 0.1 * ((i + j) % 3)) * (np.array(end) - start)
            axes.text(x, y, f"{W[i, j]:g}", ha="center", va="center", fontsize=11, bbox={"color": "white", "pad": 1})
    for column, place in zip(columns, places, strict=True):
        for name, value in column.items():
            axes.scatter(*place[name], s=2300, color="white", edgecolors=COLOURS[0], linewidths=2.5, zorder=2)
            axes.text(*place[name], f"{name}\n{value:.3g}", ha="center", va="center", fontsize=12)
            if blame and name in blame:
                x, y = place[name]
                text = f"{blame[name]:+.3f}" + ", stopped" * (name in stopped)
                axes.text(x, y - 0.42, text, ha="center", va="center", fontsize=12, color=COLOURS[2], weight="bold")
    axes.margins(0.12, 0.22)
    axes.axis("off")
    axes.set_title(title)
    values = ", ".join(f"{name} = {value:.3g}" for column in columns for name, value in column.items())
    blames = " Blame: " + ", ".join(f"{name} {slope:+.3f}" for name, slope in blame.items()) + "." if blame else ""
    blames += f" Stopped at {', '.join(stopped)}." if stopped else ""
    return figure, f"{title}. {values}.{blames}"


@styled
def cycle(here):
    """Draw the four stations of training in a ring, and mark where the lesson is: "forward", "loss", "backward", "update"."""
    stations = {
        "forward": (0, 1, "images to probabilities"),
        "loss": (1, 0, "how wrong is it?"),
        "backward": (0, -1, "who is to blame?"),
        "update": (-1, 0, "a step against the gradient"),
    }
    figure = Figure(figsize=(7.5, 3.6), layout="constrained")
    axes = figure.add_subplot(xlim=(-1.75, 1.75), ylim=(-1.45, 1.45))
    axes.axis("off")
    places = [np.array(place[:2]) for place in stations.values()]
    for start, end in zip(places, places[1:] + places[:1], strict=True):
        arrow = {"arrowstyle": "-|>", "color": "0.5", "connectionstyle": "arc3,rad=-0.25", "shrinkA": 34, "shrinkB": 34, "lw": 2}
        axes.annotate("", end, start, arrowprops=arrow)
    for name, (x, y, meaning) in stations.items():
        colour = COLOURS[1] if name == here else "white"
        box = {"boxstyle": "round,pad=0.5", "facecolor": colour, "edgecolor": COLOURS[0], "linewidth": 2}
        axes.text(x, y, f"{name}\n{meaning}", ha="center", va="center", fontsize=12, bbox=box)
    return figure, f"The cycle of training: forward, loss, backward, update, and round again. Here: {here}."


@styled
def whole_way(image, P):
    """Draw an image (784,), a sketch of a network, and the ten probabilities (10,) that it gives."""
    title = "784 numbers go in, ten probabilities come out"
    figure = Figure(figsize=(12, 4.6), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.1)
    figure.suptitle(title + "\n", fontsize=16)
    left, middle, right = figure.subplots(1, 3, width_ratios=[1, 1.25, 1.25])
    left.imshow(np.reshape(image, (SIDE, SIDE)), cmap="gray", vmin=0, vmax=255)
    left.set(title="28 × 28 pixels", xticks=[], yticks=[])
    columns = [[(x, y) for y in np.linspace(0, 1, n)] for x, n in enumerate((12, 7, 10))]
    for before, after in itertools.pairwise(columns):
        for start, end in itertools.product(before, after):
            middle.plot(*zip(start, end, strict=True), color="0.7", linewidth=0.7, zorder=1)
    units = np.transpose([*itertools.chain(*columns)])
    middle.scatter(*units, s=80, color="white", edgecolors=COLOURS[0], linewidths=2, zorder=2)
    middle.axis("off")
    middle.set(title="times weights, added up")
    colours = [COLOURS[1] if digit == P.argmax() else COLOURS[0] for digit in range(10)]
    numbers = [f"{100 * p:.0f}" if p >= 0.005 else "" for p in P]
    right.bar_label(right.bar(range(10), 100 * P, color=colours), numbers, fontsize=12)
    right.set(xticks=range(10), ylim=(0, 110), xlabel="digit", ylabel="probability, %", title=f"read as: {P.argmax()}")
    return figure, (
        f"{title}. Left an image, in the middle a sketch of a network, in which each line is a weight, right what it answers: "
        f"{P.argmax()}, with a probability of {P.max():.0%}."
    )
