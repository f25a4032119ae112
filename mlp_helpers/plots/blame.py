"""The blame of one image on its way back through a trained network of many units."""

import numpy as np
from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import withStroke

from .style import BLAME, FOUND, SIDE, VALUE, sheet, signed, styled, with_minus

WIDTH, HEIGHT, TOP, BOTTOM = 11, 7.8, 6.7, 0.35  # inches: of the figure, and of the ends of the hidden column
IMAGE, HIDDEN, SCORES, BOX = (0.15, 3.0), 6.1, 9.5, 1.5  # inches: the picture's edges, the columns' middles, a score's width
EVEN = 0.5  # share of the hidden column that is dealt out evenly; the rest goes by blame, so that thick lines have room
APART = 0.24  # inches between two names
LEAST = 0.05  # of the most blame, what a line from a score carries if it is drawn
HALO = withStroke(linewidth=4, foreground="white")  # of letters on lines
DARK = "#1c5d9c"  # as blue as a negative line, and dark enough for letters


@styled
def blame_map(image, dZ1, W2, dZ2, title, named=4):
    """Draw an image, all hidden units and the scores, and as lines how much blame flows between them.

    The thicker a line, the more blame: red and solid above 0, blue and dashed below. From a score j to a hidden unit u
    there flows ``dZ2[j] * W2[u, j]``; into the weights of a hidden unit there flows ``dZ1[u]``. What is less
    than a twentieth of the most is left out. Hidden units are sorted: full dots above 0, silent ones, rings below 0.

    Parameters
    ----------
    image : array (784,)
    dZ1 : array (h,)
        The slope of the loss with respect to the score of each hidden unit, 0 for the silent ones.
    W2 : array (h, k)
    dZ2 : array (k,)
        The same with respect to each score, P - Y; the true class is the one below 0.
    title : str
    named : int
        How many units at either end are named.

    Examples
    --------
    >>> W2 = np.array([[1.0, -1.0], [0.5, 0.0], [0.0, 0.0]])
    >>> dZ2 = np.array([0.75, -0.75])
    >>> figure, description = blame_map(np.zeros(784), W2 @ dZ2, W2, dZ2, "A misread 1", named=1)
    >>> description[description.index("Of 3") :]
    'Of 3 hidden units 2 have a blame above 0: unit 0 +1.5, mostly through 0 (+0.75); 0 below 0; 1 none.'
    """
    dZ1, dZ2, W2, image = (np.asarray(values, dtype=float) for values in (dZ1, dZ2, W2, image))
    if W2.shape != (*dZ1.shape, *dZ2.shape) or dZ1.ndim != 1:
        raise ValueError(
            f"W2 must have a row for each of dZ1 and a column for each of dZ2, but the shapes are {W2.shape}, {dZ1.shape} and "
            f"{dZ2.shape}. Hand over those of a single image: dZ1[0], W2, dZ2[0]."
        )
    order = np.argsort(-dZ1, kind="stable")  # from the top: should be quieter, silent, should be louder
    above, below = [u for u in order if dZ1[u] > 0], [u for u in order[::-1] if dZ1[u] < 0]
    largest = abs(dZ1).max() or 1
    room = EVEN / len(dZ1) + (1 - EVEN) * abs(dZ1[order]) / (abs(dZ1).sum() or 1)
    room *= (TOP - BOTTOM) / room.sum()
    hidden = dict(zip(order, TOP - np.cumsum(room) + room / 2, strict=True))  # from a unit to its height
    scores = np.linspace(TOP - 0.5, BOTTOM + 0.5, len(dZ2))
    widest = min(72 * room.max() / 2, 8)  # points: lines beside each other keep apart
    terms = W2 * dZ2 * (dZ1 != 0)[:, None]  # (h, k), nothing of it for silent units
    figure, axes = sheet(WIDTH, HEIGHT, title)
    side, middle = IMAGE[1] - IMAGE[0], (TOP + BOTTOM) / 2
    place = [IMAGE[0] / WIDTH, (middle - side / 2) / HEIGHT, side / WIDTH, side / HEIGHT]
    figure.add_axes(place, xticks=[], yticks=[]).imshow(np.reshape(image, (SIDE, SIDE)), cmap="gray")
    for u in above + below:
        start = middle + (hidden[u] - middle) * side / (TOP - BOTTOM)
        axes.plot([IMAGE[1], HIDDEN], [start, hidden[u]], zorder=1, **signed(dZ1[u], largest, widest))
    for u, j in np.argwhere(abs(terms) > LEAST * abs(terms).max()):
        look = signed(terms[u, j], abs(terms).max(), widest)
        axes.plot([HIDDEN, SCORES - BOX / 2], [hidden[u], scores[j]], zorder=1, alpha=0.85, **look)
    for u in order:
        colour = BLAME if dZ1[u] > 0 else VALUE if dZ1[u] < 0 else "0.65"
        look = {"color": "white" if dZ1[u] < 0 else colour, "edgecolors": colour, "linewidths": 1.5}
        axes.scatter(HIDDEN, hidden[u], s=5 + 120 * abs(dZ1[u]) / largest, zorder=3, **look)
    for units, end, step in ((above[:named], TOP - 0.1, -APART), (below[:named], BOTTOM + 0.1, APART)):
        for i, u in enumerate(units):
            words = with_minus(f"unit {u}  {dZ1[u]:+.2f}")
            look = {"color": BLAME if dZ1[u] > 0 else DARK, "weight": "bold", "path_effects": [HALO]}
            axes.text(HIDDEN - 0.25, end + i * step, words, ha="right", va="center", zorder=4, **look)
    silent = [hidden[u] for u in order if not dZ1[u]]
    if silent:
        axes.text(HIDDEN - 0.2, np.mean(silent), f"{len(silent)} without blame", ha="right", va="center", color="0.3")
    for x, words in ((np.mean(IMAGE), "784 pixels"), (HIDDEN, f"{len(dZ1)} hidden units"), (SCORES, f"{len(dZ2)} scores")):
        axes.text(x, TOP + 0.35, words, ha="center", va="center", fontsize=14)
    for j, y in enumerate(scores):
        _score(axes, y, j, dZ2[j], {dZ2.argmin(): "true", dZ2.argmax(): "read"}.get(j, ""))
    told = []
    for units in (above, below):
        through = [(u, abs(terms[u]).argmax()) for u in units[:named]]
        most = ", ".join(f"unit {u} {dZ1[u]:+.2g}, mostly through {j} ({terms[u, j]:+.2g})" for u, j in through)
        told.append(f": {most}" if most else "")
    return figure, (
        f"{title}. The true class is {dZ2.argmin()}, with the blame {dZ2.min():+.2g}; most is wrongly given to {dZ2.argmax()}, "
        f"{dZ2.max():+.2g}. Of {len(dZ1)} hidden units {len(above)} have a blame above 0{told[0]}; "
        f"{len(below)} below 0{told[1]}; {len(silent)} none."
    )


def _score(axes, y, j, slope, note):
    """Draw a score as a box with its class and its blame, and a frame if it is the true class or the one that was read."""
    look = {"facecolor": "white", "edgecolor": FOUND if note else "0.5", "linewidth": 3 if note else 1.2, "zorder": 2}
    box = FancyBboxPatch((SCORES - BOX / 2, y - 0.19), BOX, 0.38, boxstyle="round,pad=0,rounding_size=0.1", **look)
    axes.add_patch(box)
    axes.text(SCORES - BOX / 2 + 0.12, y, str(j), ha="left", va="center", fontsize=14, zorder=3)
    text = {"color": BLAME if slope > 0 else DARK, "weight": "bold"} if round(slope, 2) else {"color": "0.45"}
    words = with_minus(f"{slope:+.2f}") if round(slope, 2) else "0.00"
    axes.text(SCORES + BOX / 2 - 0.12, y, words, ha="right", va="center", zorder=3, **text)
    axes.text(SCORES + BOX / 2 + 0.1, y, note, ha="left", va="center", fontsize=14)
