"""Numbers that are worked on step by step, as bars: scores, their exponentials, shares."""

import textwrap

import numpy as np
from matplotlib.figure import Figure

from .style import FOUND, VALUE, alike, styled, with_minus

WIDEST = 10  # inches


@styled
def stages(named, operations, names, title, marked=None):
    """Draw each row of numbers as bars, side by side, and between two of them an arrow with what was done.

    Every row has a scale of its own; the numbers stand on the bars.

    Parameters
    ----------
    named : dict
        From the name of a row to its numbers (k,), in their order: ``{"scores": z, "exp": E, "shares": P}``.
    operations : sequence of str
        What leads from each row to the next one, one fewer than rows.
    names : sequence of k str
        What stands under the bars.
    title : str
    marked : int, optional
        A bar that has another colour and a frame in every row, such as that of the true class.

    Examples
    --------
    >>> rows = {"scores": [0.0, 1.0], "twice": [0.0, 2.0]}
    >>> figure, description = stages(rows, ["times 2"], ["cat", "dog"], "Doubled")
    >>> description
    'Doubled. scores: 0 for cat, 1 for dog. Then times 2 gives twice: 0 for cat, 2 for dog.'
    """
    rows = {name: np.asarray(values, dtype=float) for name, values in named.items()}
    if len(operations) != len(rows) - 1:
        raise ValueError(f"There must be an operation between any two rows: {len(rows) - 1}, but there are {len(operations)}.")
    for name, values in rows.items():
        if values.shape != (len(names),):
            raise ValueError(f"{name} must hold a number for each of the {len(names)} names, but has the shape {values.shape}.")
    figure = Figure(figsize=(min(WIDEST, (0.9 + 0.55 * len(names)) * len(rows) + 1.1 * len(operations)), 3.6))
    figure.suptitle(title, y=0.97)
    share = 1 / (len(rows) + 0.42 * len(operations))  # of the width, for a panel; an arrow takes 0.42 of it
    for i, (name, values) in enumerate(rows.items()):
        axes = figure.add_axes([1.42 * i * share, 0.13, share, 0.58])
        colours = [FOUND if j == marked else VALUE for j in range(len(values))]
        bars = axes.bar(range(len(values)), values, color=colours, width=0.72)
        if marked is not None:
            bars[marked].set(edgecolor="black", linewidth=1.8)
        many = {"fontsize": 12, "rotation": 90, "padding": 4} if len(values) > 5 else {"fontsize": 13, "padding": 2}
        axes.bar_label(bars, [with_minus(value) for value in alike(values, 3)], **many)
        axes.axhline(0, color="black", linewidth=1)
        axes.set_title(name, pad=14, weight="bold", fontsize=14)
        axes.set_xticks(range(len(values)), names)
        axes.set_yticks([])
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.margins(y=0.12 if len(values) <= 5 else 0.5 if (values < 0).any() else 0.3)
    for i, operation in enumerate(operations):
        left = (1.42 * i + 1) * share
        arrow = {"arrowstyle": "-|>", "color": "0.35", "lw": 2.5, "mutation_scale": 22}
        ends = ((left + x * share, 0.42) for x in (0.4, 0.05))
        figure.axes[i].annotate("", *ends, xycoords="figure fraction", textcoords="figure fraction", arrowprops=arrow)
        figure.text(left + 0.21 * share, 0.47, textwrap.fill(operation, 10), ha="center", va="bottom", fontsize=13)
    told = [
        f"{name}: " + ", ".join(f"{v} for {n}" for v, n in zip(alike(row, 3), names, strict=True)) for name, row in rows.items()
    ]
    later = (f" Then {operation} gives {row}." for operation, row in zip(operations, told[1:], strict=True))
    return figure, f"{title}. {told[0]}.{''.join(later)}"
