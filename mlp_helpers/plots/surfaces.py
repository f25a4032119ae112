"""Functions of two numbers: scores over the plane, walks over a loss."""

import numpy as np
from matplotlib.figure import Figure

from .style import COLOURS, number, styled


@styled
def planes(f, names, points, labels, class_names, title, limit=2.2):
    """Draw scores over the plane, a panel for each: red above 0, blue below, a black line where the score is 0.

    Parameters
    ----------
    f : callable
        Takes points (n, 2) and returns scores (n, m).
    names : sequence of m str
    points : array (n, 2)
    labels : integers (n,), 0 or 1
    class_names : sequence of two str
    title : str
    limit : float
        Both axes go from -limit to limit.
    """
    side = np.linspace(-limit, limit, 161)
    scores = f(np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)).reshape(161, 161, -1)
    figure = Figure(figsize=(4.6 * len(names), 5.3), layout="constrained")
    figure.suptitle(title)
    for i, (axes, name) in enumerate(zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True)):
        Z, spread = scores[:, :, i], np.abs(scores[:, :, i]).max()
        axes.imshow(Z, origin="lower", extent=[-limit, limit] * 2, cmap="RdBu_r", vmin=-spread, vmax=spread, alpha=0.75)
        if Z.min() < 0 < Z.max():
            axes.contour(side, side, Z, levels=[0], colors="black", linewidths=2)
        for label, marker, colour in ((0, "o", "white"), (1, "^", "gold")):
            chosen = points[labels == label].T
            axes.scatter(*chosen, s=34, marker=marker, color=colour, edgecolors="black", linewidths=0.7, label=class_names[label])
        axes.set_title(name, fontsize=13)
        axes.set(xlabel="$x_1$", ylabel="$x_2$", xlim=(-limit, limit), ylim=(-limit, limit))
        axes.locator_params(nbins=5)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure, f"{title}. Side by side, red where the score is above 0 and blue where it is below: {'; '.join(names)}."


@styled
def descents(loss, paths, xlabel, ylabel, title):
    """Draw walks over a surface of two weights, a panel for each: lines of equal loss, and the places visited.

    Parameters
    ----------
    loss : callable
        Takes two weights (2,) and returns the loss.
    paths : dict
        From a name to the places visited (steps + 1, 2).
    xlabel, ylabel, title : str
    """
    places = np.concatenate(list(paths.values()))
    low, high = places.min(axis=0), places.max(axis=0)
    low, high = low - 0.15 * (high - low), high + 0.15 * (high - low)
    x, y = np.linspace(low[0], high[0], 81), np.linspace(low[1], high[1], 81)
    Z = np.array([[loss(np.array([a, b])) for a in x] for b in y])
    levels = np.geomspace(Z.min() + 1e-3 * (Z.max() - Z.min()), Z.max(), 14)
    figure = Figure(figsize=(4.3 * len(paths), 4.8), layout="constrained")
    figure.suptitle(title)
    for axes, (name, path) in zip(figure.subplots(1, len(paths), squeeze=False)[0], paths.items(), strict=True):
        axes.contour(x, y, Z, levels=levels, cmap="cividis", linewidths=1)
        axes.plot(*path.T, "o-", color=COLOURS[1], markersize=4, linewidth=1.2)
        axes.plot(*path[0], "s", color="black", markersize=9)
        axes.plot(*path[-1], "*", color=COLOURS[2], markersize=17, markeredgecolor="black")
        axes.set_title(name, fontsize=13)
        axes.set(xlabel=xlabel, ylabel=ylabel)
    ends = "; ".join(f"from {number(loss(path[0]))} to {number(loss(path[-1]))} for {name}" for name, path in paths.items())
    return figure, f"{title}. The loss on the way from the square to the star: {ends}."
