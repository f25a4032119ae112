"""The blame of one image on its way back through a trained network of many units."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from .style import BLAME, FOUND, SIDE, signed, styled

WIDTH, HEIGHT, TOP, BOTTOM = 11, 6.2, 4.9, 0.75  # inches: of the figure, and of the highest and lowest unit
IMAGE, HIDDEN, SCORES, BOX = (0.15, 2.65), 5.1, 9.55, 1.6  # inches: the picture's edges, the columns' middles, a unit's width
LEAST = 0.05  # of the most blame, what a line from a score carries if it is drawn
DARK = "#1c5d9c"  # as blue as a negative line, and dark enough for letters


@styled
def blame_map(image, dZ1, W2, dZ2, title, most=8):
    """Draw an image, the hidden units with the most blame and the ten scores, and as lines how much blame flows between them.

    The thicker a line, the more blame: red and solid above 0, blue and dashed below. From a score j to a hidden unit u
    there flows ``dZ2[j] * W2[u, j]``; into the weights of a hidden unit there flows ``dZ1[u]``. What is less
    than a twentieth of the most is left out.

    Parameters
    ----------
    image : array (784,)
    dZ1 : array (h,)
        The slope of the loss with respect to the score of each hidden unit.
    W2 : array (h, k)
    dZ2 : array (k,)
        The same with respect to each score, P - Y of this one image; the true class is the one below 0.
    title : str
    most : int
        How many hidden units are drawn; of the others, it is written how many they are and how much blame they share.

    Examples
    --------
    >>> W2 = np.array([[1.0, -1.0], [0.5, 0.0], [0.0, 0.0]])
    >>> dZ2 = np.array([0.75, -0.75])
    >>> figure, description = blame_map(np.zeros(784), W2 @ dZ2, W2, dZ2, "A misread 1", most=1)
    >>> description[description.index("Of 3") :]
    'Of 3 hidden units 2 have any blame; drawn, with 80% of it: unit 0 +1.5, mostly through 0 (+0.75).'
    """
    dZ1, dZ2, W2, image = (np.asarray(values, dtype=float) for values in (dZ1, dZ2, W2, image))
    if W2.shape != (*dZ1.shape, *dZ2.shape) or dZ1.ndim != 1:
        raise ValueError(
            f"W2 must have a row for each of dZ1 and a column for each of dZ2, but the shapes are {W2.shape}, {dZ1.shape} and "
            f"{dZ2.shape}. Hand over those of a single image: dZ1[0], W2, dZ2[0]."
        )
    chosen = np.argsort(-abs(dZ1), kind="stable")[:most]
    chosen = chosen[np.argsort(-dZ1[chosen], kind="stable")]  # from the top: should be quieter, should be louder
    terms = W2[chosen] * dZ2  # (most, k)
    figure = Figure(figsize=(WIDTH, HEIGHT))
    figure.suptitle(title, y=0.97)
    axes = figure.add_axes([0, 0, 1, 1], xlim=(0, WIDTH), ylim=(0, HEIGHT))
    axes.axis("off")
    hidden = _column(axes, HIDDEN, [(f"unit {u}", dZ1[u], "") for u in chosen], "hidden units with the most blame")
    true = int(dZ2.argmin())
    read = int((dZ2 + np.eye(len(dZ2))[true]).argmax())  # P = dZ2 + Y
    notes = {true: "true", read: "read"} if true != read else {true: "true, read"}
    scores = _column(axes, SCORES, [(str(j), slope, notes.get(j, "")) for j, slope in enumerate(dZ2)], "scores")
    side = IMAGE[1] - IMAGE[0]
    low = (BOTTOM + TOP - side) / 2
    picture = figure.add_axes([IMAGE[0] / WIDTH, low / HEIGHT, side / WIDTH, side / HEIGHT], xticks=[], yticks=[])
    picture.imshow(np.reshape(image, (SIDE, SIDE)), cmap="gray")
    axes.text(IMAGE[0] + side / 2, low - 0.12, "784 pixels", ha="center", va="top", fontsize=13)
    for i, y in enumerate(hidden):
        start = low + side * (0.9 - 0.8 * i / max(1, len(chosen) - 1))
        axes.plot([IMAGE[1], HIDDEN - BOX / 2], [start, y], zorder=1, **signed(dZ1[chosen[i]], abs(dZ1).max()))
    for i, j in np.argwhere(abs(terms) >= LEAST * abs(terms).max()):
        axes.plot([HIDDEN + BOX / 2, SCORES - BOX / 2], [hidden[i], scores[j]], zorder=1, **signed(terms[i, j], abs(terms).max()))
    total, drawn = abs(dZ1).sum(), abs(dZ1[chosen]).sum()
    share = f"{drawn / total:.0%}" if total else "none"
    others = (
        f"{len(dZ1) - len(chosen)} more units share the other {1 - drawn / total:.0%}" if total and len(dZ1) > len(chosen) else ""
    )
    axes.text(HIDDEN, 0.3, others, ha="center", va="center", fontsize=13)
    told = []
    for i, u in enumerate(chosen):
        j = abs(terms[i]).argmax()
        told.append(f"unit {u} {dZ1[u]:+.2g}, mostly through {j} ({terms[i, j]:+.2g})")
    return figure, (
        f"{title}. The true class is {true}, with the blame {dZ2[true]:+.2g}; the image is read as {read}, {dZ2[read]:+.2g}. "
        f"Of {len(dZ1)} hidden units {np.count_nonzero(dZ1)} have any blame; drawn, with {share} of it: "
        f"{'; '.join(told)}."
    )


def _column(axes, x, units, heading):
    """Draw units below each other, each a box with its name and blame, and return their heights."""
    heights = np.linspace(TOP, BOTTOM, len(units)) if len(units) > 1 else [(TOP + BOTTOM) / 2]
    axes.text(x, TOP + 0.5, heading, ha="center", va="center", fontsize=13)
    for (name, slope, note), y in zip(units, heights, strict=True):
        look = {"facecolor": "white", "edgecolor": FOUND if note else "0.5", "linewidth": 3 if note else 1.2}
        axes.add_patch(
            FancyBboxPatch((x - BOX / 2, y - 0.16), BOX, 0.32, boxstyle="round,pad=0,rounding_size=0.1", zorder=2, **look)
        )
        axes.text(x - BOX / 2 + 0.1, y, name, ha="left", va="center", fontsize=13, zorder=3)
        text = {"color": BLAME if slope > 0 else DARK, "weight": "bold"} if round(slope, 2) else {"color": "0.45"}
        words = f"{slope:+.2f}".replace("-", "−") if round(slope, 2) else "0.00"
        axes.text(x + BOX / 2 - 0.1, y, words, ha="right", va="center", fontsize=13, zorder=3, **text)
        axes.text(x + BOX / 2 + 0.1, y, note, ha="left", va="center", fontsize=13)
    return heights
