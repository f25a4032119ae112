"""What mistakes are left, and what it costs to have no more of them."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from .style import FOUND, VALUE, number, styled


@styled
def costs(named, xlabel, ylabel, title, marks=None, beside=None):
    """Draw what each of several ways costs and what it leaves, both on log scales, from the cheapest to the dearest.

    Parameters
    ----------
    named : dict
        From a name to its cost and its result, and how far single runs are from that: ``{"99": (8.0, 98.0, 6.0)}``.
    xlabel, ylabel, title : str
    marks : dict, optional
        From a name to a result whose cost has no place on this scale: a dashed line across.
    beside : dict, optional
        From a name to the cost and the result of another way of the same kind: a triangle.

    Examples
    --------
    >>> figure, description = costs({"small": (1, 200, 5), "large": (10, 100, 4)}, "seconds", "mistakes", "Half of them")
    >>> description
    'Half of them. From the cheapest to the dearest, seconds and mistakes: 1 and 200 for small; 10 and 100 for large.'
    """
    marks, beside = marks or {}, beside or {}
    order = sorted(named, key=lambda name: named[name][0])
    x, y, spread = np.array([named[name] for name in order], dtype=float).T
    figure = Figure(figsize=(9.5, 5.4), layout="constrained")
    axes = figure.add_subplot(xscale="log", yscale="log", xlabel=xlabel, ylabel=ylabel)
    figure.suptitle(title)
    axes.errorbar(x, y, yerr=spread, fmt="o-", color=VALUE, markersize=9, linewidth=1.4, capsize=4, zorder=3)
    on_white = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # where a line across would run through the name
    for name, left, up in zip(order, x, y, strict=True):
        axes.annotate(name, (left, up), (0, 11), textcoords="offset points", ha="center", zorder=4, bbox=on_white)
    for name, (left, up) in beside.items():
        axes.plot(left, up, "^", color=FOUND, markersize=11, markeredgecolor="black", zorder=4)
        axes.annotate(name, (left, up), (9, 4), textcoords="offset points", zorder=4)  # above the line, which falls
    low, high = min([*y, *marks.values()]), max([*y, *marks.values()])
    axes.set(xlim=(x.min() / 2.2, x.max() * 3.5), ylim=(low / 1.3, high * 1.35))
    for name, up in marks.items():
        axes.axhline(up, color="0.45", linestyle="--", linewidth=1.4)
        axes.annotate(name, (axes.get_xlim()[1], up), (-4, 4), textcoords="offset points", ha="right", color="0.25", fontsize=12)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(lambda value, _: number(value))
        axis.set_minor_formatter(NullFormatter())
    axes.grid(alpha=0.3)
    told = [f"{number(named[name][0])} and {number(named[name][1])} for {name}" for name in order]
    told += [f"{number(left)} and {number(up)} for {name}" for name, (left, up) in beside.items()]
    lines = "; ".join(f"{number(up)} for {name}" for name, up in marks.items())
    words = f"{title}. From the cheapest to the dearest, {xlabel} and {ylabel}: {'; '.join(told)}."
    return figure, f"{words} Lines across, {ylabel} alone: {lines}." if lines else words
