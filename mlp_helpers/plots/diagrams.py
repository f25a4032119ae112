"""Drawings of the network itself and of its training."""

import itertools

import numpy as np
from matplotlib.figure import Figure

from .style import COLOURS, SIDE, styled


@styled
def cycle(here):
    """Draw the four steps of training in a ring, and mark where the lesson is: "forward", "loss", "backward", "update"."""
    steps = {
        "forward": (0, 1, "images to probabilities"),
        "loss": (1, 0, "how wrong is it?"),
        "backward": (0, -1, "who is to blame?"),
        "update": (-1, 0, "a step against the gradient"),
    }
    figure = Figure(figsize=(7.5, 3.6), layout="constrained")
    axes = figure.add_subplot(xlim=(-1.75, 1.75), ylim=(-1.45, 1.45))
    axes.axis("off")
    places = [np.array(place[:2]) for place in steps.values()]
    for start, end in zip(places, places[1:] + places[:1], strict=True):
        arrow = {"arrowstyle": "-|>", "color": "0.5", "connectionstyle": "arc3,rad=-0.25", "shrinkA": 34, "shrinkB": 34, "lw": 2}
        axes.annotate("", end, start, arrowprops=arrow)
    for name, (x, y, meaning) in steps.items():
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
    figure.suptitle(title, fontsize=16)
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
