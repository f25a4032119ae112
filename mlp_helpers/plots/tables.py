"""Square tables as coloured fields with their numbers."""

import numpy as np
from matplotlib.figure import Figure

from .style import styled


@styled
def matrices(named, axis, title):
    """Draw square tables side by side, from names to (k, k), the numbers in the fields, each with its own colours."""
    figure = Figure(figsize=(5.1 * len(named), 5.7), layout="constrained")
    figure.suptitle(title, fontsize=19)
    for axes, (name, table) in zip(figure.subplots(1, len(named), squeeze=False)[0], named.items(), strict=True):
        axes.imshow(table, cmap="cividis")
        middle = (table.min() + table.max()) / 2
        for (i, j), value in np.ndenumerate(table):
            axes.text(j, i, f"{value:.2g}", ha="center", va="center", fontsize=11, color="black" if value > middle else "white")
        axes.set_xticks(range(len(table)))
        axes.set_yticks(range(len(table)))
        axes.set_title(name, fontsize=16)
        axes.set(xlabel=axis, ylabel=axis)
        axes.tick_params(length=0)
    away = ~np.eye(len(table), dtype=bool)
    ranges = "; ".join(f"{name} from {table[away].min():.2g} to {table[away].max():.2g}" for name, table in named.items())
    return figure, f"{title}. Off the diagonal: {ranges}."


@styled
def confusion(counts, class_names, title):
    """Draw how often each class was taken for each other one; the colours are those of the mistakes.

    Parameters
    ----------
    counts : integers (k, k)
        As returned by ``confusion_matrix``: a row for each true class, a column for each predicted one.
    class_names : sequence of k str
    title : str
    """
    counts, k = np.asarray(counts), len(counts)
    away = np.where(np.eye(k, dtype=bool), 0, counts)  # the mistakes alone
    most = max(1, away.max())
    long = max(map(len, class_names)) > 2
    figure = Figure(figsize=(0.66 * k + 3 + long, 0.58 * k + 1.8 + long), layout="constrained")
    axes = figure.add_subplot()
    fields = np.ma.array(away, mask=np.eye(k, dtype=bool))
    picture = axes.imshow(fields, cmap="Blues", vmin=0, vmax=most, aspect="auto")
    axes.set_facecolor("0.9")  # shows through the diagonal
    for (i, j), value in np.ndenumerate(counts):
        colour = "0.35" if i == j else "white" if value > 0.62 * most else "black" if value else "0.65"
        axes.text(j, i, value, ha="center", va="center", fontsize=13, color=colour)
    axes.set_xticks(range(k), class_names, **({"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if long else {}))
    axes.set_yticks(range(k), class_names)
    axes.tick_params(length=0)
    axes.set(xlabel="predicted", ylabel="true class")
    figure.suptitle(title, fontsize=17)
    figure.colorbar(picture, label="mistakes", shrink=0.8).locator.set_params(integer=True)
    wrong, total = away.sum(), counts.sum()
    description = f"{title}. {wrong} of {total} are wrong ({wrong / max(1, total):.2%})"
    if not wrong:
        return figure, description + "."
    true, predicted = np.unravel_index(away.argmax(), away.shape)
    return figure, (
        f"{description}. Most often, {most} times ({most / counts[true].sum():.1%} of its class), "
        f"{class_names[true]} is taken for {class_names[predicted]}; the other way round {counts[predicted, true]} times."
    )
