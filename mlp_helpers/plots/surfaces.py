"""Functions of two numbers: scores over the plane, rings of equal loss, and walks over them."""

import numpy as np
from matplotlib.figure import Figure

from ..core.gradients import numerical_gradient
from .style import BLAME, COLOURS, FOUND, number, styled

ARROW = 0.27  # of the shorter side of the picture, the longest arrow
FLATTEST = 0.6  # a picture of walks is at least so high for its width, and so wide for its height
CORNER = 0.04  # of it, the side of a right angle's mark


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
    figure = Figure(figsize=(4.6 * len(names), 5.8), layout="constrained")
    figure.suptitle(title)
    for i, (axes, name) in enumerate(zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True)):
        Z, spread = scores[:, :, i], np.abs(scores[:, :, i]).max()
        axes.imshow(Z, origin="lower", extent=[-limit, limit] * 2, cmap="RdBu_r", vmin=-spread, vmax=spread, alpha=0.75)
        if Z.min() < 0 < Z.max():
            axes.contour(side, side, Z, levels=[0], colors="black", linewidths=2)
        for label, marker, colour in ((0, "o", "white"), (1, "^", "gold")):
            chosen = points[(labels == label) & (np.abs(points).max(axis=1) <= limit)].T
            look = {"color": colour, "edgecolors": "black", "linewidths": 0.7, "clip_on": False, "zorder": 3}
            axes.scatter(*chosen, s=34, marker=marker, label=class_names[label], **look)
        axes.set_title(name, fontsize=13)
        axes.set(xlabel="$x_1$", ylabel="$x_2$", xlim=(-limit, limit), ylim=(-limit, limit))
        axes.locator_params(nbins=5)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure, f"{title}. Side by side, red where the score is above 0 and blue where it is below: {'; '.join(names)}."


@styled
def contours(loss, limits, places, xlabel, ylabel, title, walk=None):
    """Draw rings of equal loss, and at each place the ring through it and the gradient, an arrow at a right angle to it.

    Both axes have one scale, or the angle would not look right. The longer an arrow, the larger the gradient.

    Parameters
    ----------
    loss : callable
        Takes two weights (2,) and returns the loss.
    limits : ((float, float), (float, float))
        The range of the first weight and that of the second.
    places : array (m, 2)
        Where gradients are drawn; may be empty.
    xlabel, ylabel, title : str
    walk : array (steps + 1, 2), optional
        Places that were visited one after the other, from a square to a star.

    Examples
    --------
    >>> figure, description = contours(lambda w: (w**2).sum(), ((-2, 2), (-2, 2)), [(1, 0.5)], "a", "b", "A bowl")
    >>> description
    'A bowl. The gradient, at a right angle to the ring of equal loss: (2, 1) at a = 1, b = 0.5, where the loss is 1.25.'
    """
    (left, right), (low, high) = limits
    if not (left < right and low < high):
        raise ValueError(f"limits must be two ranges, each from low to high, but are {limits}. Try ((-2, 2), (-1, 3)).")
    places = np.asarray(places, dtype=float).reshape(-1, 2)
    side = min(right - left, high - low)
    across, up = 6.5 * np.array([right - left, high - low]) / max(right - left, high - low)  # inches
    figure = Figure(figsize=(1 + across, 1.1 + up), layout="constrained")
    axes = figure.add_subplot(xlim=(left, right), ylim=(low, high), aspect="equal", xlabel=xlabel, ylabel=ylabel)
    figure.suptitle(title)
    x, y, Z = _surface(loss, *limits)
    rings = _rings(axes, x, y, Z, 9)
    if not len(places):
        axes.clabel(rings, fontsize=11, fmt=number, colors="0.25")
    gradients = [numerical_gradient(loss, place.copy()) for place in places]
    steepest = max((np.hypot(*gradient) for gradient in gradients), default=0)
    told = []
    for place, gradient in zip(places, gradients, strict=True):
        ring = axes.contour(x, y, Z, levels=[loss(place)], colors="black", linewidths=1.8)
        axes.clabel(ring, fontsize=11, fmt=number)
        _arrow(axes, place, gradient, side, steepest)
        at = f"{xlabel} = {number(place[0])}, {ylabel} = {number(place[1])}, where the loss is {number(loss(place))}"
        told.append(f"({', '.join(number(round(slope, 6) + 0.0) for slope in gradient)}) at {at}")
    words = f" The gradient, at a right angle to the ring of equal loss: {'; '.join(told)}." if told else ""
    if walk is not None:
        walk = np.asarray(walk, dtype=float)
        _walk(axes, walk)
        words += f" In {len(walk) - 1} steps from the square to the star the loss goes from {number(loss(walk[0]))} "
        words += f"to {number(loss(walk[-1]))}."
    return figure, f"{title}.{words}"


@styled
def descents(loss, paths, xlabel, ylabel, title, lowest=None):
    """Draw walks over a surface of two weights, a panel for each: lines of equal loss, and the places visited.

    Parameters
    ----------
    loss : callable
        Takes two weights (2,) and returns the loss.
    paths : dict
        From a name to the places visited (steps + 1, 2).
    xlabel, ylabel, title : str
    lowest : pair of numbers, optional
        The place of the lowest loss, which is kept in the picture and marked by a cross.
    """
    places = np.concatenate([*paths.values(), *([] if lowest is None else [[lowest]])])
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.maximum(1.3 * (high - low), FLATTEST * 1.3 * (high - low).max())
    low, high = (low + high - span) / 2, (low + high + span) / 2
    x, y, Z = _surface(loss, *zip(low, high, strict=True))
    across, up = 3.4 * span / span.max()  # inches
    figure = Figure(figsize=((0.9 + across) * len(paths), 1.7 + up), layout="constrained")
    figure.suptitle(title)
    for axes, (name, path) in zip(figure.subplots(1, len(paths), squeeze=False)[0], paths.items(), strict=True):
        _rings(axes, x, y, Z, 12)
        _walk(axes, path)
        if lowest is not None:
            axes.plot(*lowest, "x", color="black", markersize=9, markeredgewidth=2)
        axes.set_title(name, fontsize=13)
        axes.set(xlabel=xlabel, ylabel=ylabel, aspect="equal")
    ends = "; ".join(f"from {number(loss(path[0]))} to {number(loss(path[-1]))} for {name}" for name, path in paths.items())
    cross = "" if lowest is None else f" The cross marks the lowest place, ({', '.join(map(number, lowest))})."
    return figure, f"{title}. The loss on the way from the square to the star: {ends}.{cross}"


def _surface(loss, across, up):
    """Return places along both axes, and the loss at all of them."""
    x, y = np.linspace(*across, 81), np.linspace(*up, 81)
    return x, y, np.array([[loss(np.array([a, b])) for a in x] for b in y])


def _rings(axes, x, y, Z, many):
    """Draw rings of equal loss, evenly apart in a bowl, the darker the higher; return them."""
    levels = Z.min() + (Z.max() - Z.min()) * (np.arange(many + 1) / many) ** 2
    axes.contourf(x, y, Z, levels=levels, cmap="Blues", alpha=0.4)
    return axes.contour(x, y, Z, levels=levels[1:], colors="0.55", linewidths=1)


def _walk(axes, path):
    """Draw the places of a walk, from a square to a star."""
    axes.plot(*path.T, "o-", color=FOUND, markersize=4, linewidth=1.2)
    axes.plot(*path[0], "s", color="black", markersize=9)
    axes.plot(*path[-1], "*", color=COLOURS[2], markersize=17, markeredgecolor="black")


def _arrow(axes, place, gradient, side, steepest):
    """Draw a gradient as an arrow from its place, and the mark of a right angle between it and the ring."""
    axes.plot(*place, "o", markersize=9, markerfacecolor=FOUND, markeredgecolor="black", zorder=4)
    if not steepest or not gradient.any():
        return
    along = gradient / np.hypot(*gradient)
    across = np.array([-along[1], along[0]])
    end = place + ARROW * side * gradient / steepest
    arrow = {"arrowstyle": "-|>", "color": BLAME, "lw": 3, "mutation_scale": 20, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, place, arrowprops=arrow, annotation_clip=False, zorder=3)
    reach = CORNER * side
    axes.plot(*np.transpose([place + reach * v for v in (along, along + across, across)]), color="black", linewidth=1.4)
