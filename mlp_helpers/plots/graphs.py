"""Graphs with numbers on their lines: single operations one after the other, and a small network."""

import itertools

import numpy as np
from matplotlib.figure import Figure

from .style import BLAME, VALUE, number, sheet, signed, styled, with_minus

UNIT = 2300  # points², of a unit's circle
ACROSS = 2.1  # inches from one operation to the next
NEAR = 0.24  # of a line, from its beginning to its number: no two lines have crossed there
APART = 1.5  # inches between two values above each other


@styled
def graph(columns, weights, title, blame=None, stopped=(), slopes=None):
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
    slopes : list of array, optional
        As ``weights``, the slope of the loss with respect to each of them. It is then written on the line in place of
        the weight; the larger it is, the thicker the line, red and solid above 0, blue and dashed below.

    Examples
    --------
    >>> layers = [{"x": 2.0}, {"a": 1.0, "b": 0.0}]
    >>> figure, description = graph(layers, [np.array([[0.5, -1.0]])], "One step", slopes=[np.array([[4.0, 0.0]])])
    >>> description
    'One step. x = 2, a = 1, b = 0. Slopes of the weights: x to a +4, x to b +0.'
    """
    for which, arrays in (("weights", weights), ("slopes", slopes or weights)):
        found, wanted = [np.shape(W) for W in arrays], [(len(a), len(b)) for a, b in itertools.pairwise(columns)]
        if found != wanted:
            raise ValueError(f"{which} must have the shapes {wanted}, one between any two columns, but have {found}.")
    figure = Figure(figsize=(11, 5.6), layout="constrained")
    axes = figure.add_subplot()
    places = [{name: (4 * i, (len(c) - 1) / 2 - j) for j, name in enumerate(c)} for i, c in enumerate(columns)]
    most = max(np.abs(S).max() for S in slopes) if slopes else 0
    told = []
    for layer, (before, after, W) in enumerate(zip(places, places[1:], weights, strict=False)):
        for (i, (left, start)), (j, (right, end)) in (
            (s, e) for s in enumerate(before.items()) for e in enumerate(after.items())
        ):
            value, look = W[i, j], {"color": "0.7", "linewidth": 1.5}
            if slopes:
                value = slopes[layer][i, j]
                look = signed(value, most)
                told.append(f"{left} to {right} {value:+.3g}")
            axes.plot(*zip(start, end, strict=True), zorder=1, **look)
            x, y = np.array(start) + NEAR * (np.array(end) - start)
            text = (f"{value:+.2g}" if value else "0") if slopes else f"{value:g}"
            axes.text(x, y, with_minus(text), ha="center", va="center", fontsize=13, bbox={"color": "white", "pad": 1})
    for column, place in zip(columns, places, strict=True):
        for name, value in column.items():
            _unit(axes, place[name], f"{name}\n{value:.3g}")
            if blame and name in blame:
                x, y = place[name]
                text = with_minus(f"{blame[name]:+.3f}") + ", stopped" * (name in stopped)
                axes.text(x, y - 0.36, text, ha="center", va="center", fontsize=13, color=BLAME, weight="bold")
    axes.margins(0.12, 0.22)
    axes.axis("off")
    axes.set_title(title)
    values = ", ".join(f"{name} = {value:.3g}" for column in columns for name, value in column.items())
    blames = " Blame: " + ", ".join(f"{name} {slope:+.3f}" for name, slope in blame.items()) + "." if blame else ""
    blames += f" Stopped at {', '.join(stopped)}." if stopped else ""
    blames += f" Slopes of the weights: {', '.join(told)}." if told else ""
    return figure, f"{title}. {values}.{blames}"


@styled
def paths(values, slopes, title, blame=True):
    """Draw operations as a graph: the values, the local slope on each line, and the blame that flows back from the end.

    What flows back along a line is the local slope times the blame at its right end; where several lines leave a value,
    its blame is their sum.

    Parameters
    ----------
    values : dict
        From a name to its number, in the order of the computation; the last one is the loss.
    slopes : dict
        From a pair of names, such as ("w", "q"), to the local slope: how much q changes for a small change of w.
    title : str
    blame : bool
        If not, only the values and the local slopes are drawn.

    Examples
    --------
    >>> figure, description = paths({"x": 3, "u": 4, "L": 16}, {("x", "u"): 1, ("u", "L"): 8}, "A chain")
    >>> description
    'A chain. x = 3, u = 4, L = 16. Local slopes: x to u 1, u to L 8. Blame: L 1, u 8 · 1 = 8, x 1 · 8 = 8.'
    """
    names = list(values)
    for start, end in slopes:
        if start not in names or end not in names or names.index(start) >= names.index(end):
            raise ValueError(f"slopes holds the line {start!r} to {end!r}, but values must name both, {start!r} first.")
    after = {name: [end for start, end in slopes if start == name] for name in names}
    astray = [name for name in names[:-1] if not after[name]]
    if astray:
        raise ValueError(f"No line leaves {', '.join(astray)}: only the last value, {names[-1]}, may be an end. Add to slopes.")
    back, depth, sums = {names[-1]: 1.0}, {names[-1]: 0}, [f"{names[-1]} 1"]
    for name in names[-2::-1]:
        back[name] = sum(slopes[name, end] * back[end] for end in after[name])
        depth[name] = 1 + max(depth[end] for end in after[name])
        terms = " + ".join(f"{number(slopes[name, end])} · {number(back[end])}" for end in after[name])
        sums.append(f"{name} {terms} = {number(back[name])}")
    columns = [
        [name for name in names if depth[name] == step]
        + [(start, end) for start, end in slopes if depth[start] > step > depth[end]]  # room for a line that passes by
        for step in range(max(depth.values()), -1, -1)
    ]
    places = {
        name: np.array([ACROSS * i, APART * ((len(column) - 1) / 2 - j)])
        for i, column in enumerate(columns)
        for j, name in enumerate(column)
    }
    tall = APART * (max(map(len, columns)) - 1)
    long, height = ACROSS * (len(columns) - 1), tall + 2.0
    width = max(long + 1.5, 0.13 * len(title) + 0.3)
    limits = {"xlim": ((long - width) / 2, (long + width) / 2), "ylim": (-tall / 2 - 0.8, tall / 2 + 1.2)}
    figure, axes = sheet(width, height, title, **limits)
    for (start, end), slope in slopes.items():
        _line(axes, places[start], places[end], number(slope), number(slope * back[end]) if blame else "")
    for name, value in values.items():
        _unit(axes, places[name], f"{name}\n{number(value)}")
        if blame:
            terms = [number(slopes[name, end] * back[end]) for end in after[name]]
            words = f"{' + '.join(terms)} = {number(back[name])}" if len(terms) > 1 else number(back[name])
            x, y = places[name]
            look = {"fontsize": 13, "color": BLAME, "weight": "bold"}
            axes.text(x, y - 0.37, with_minus(words), ha="center", va="top", **look)
    found = ", ".join(f"{name} = {number(value)}" for name, value in values.items())
    local = ", ".join(f"{start} to {end} {number(slope)}" for (start, end), slope in slopes.items())
    blames = f" Blame: {', '.join(sums)}." if blame else ""
    return figure, f"{title}. {found}. Local slopes: {local}.{blames}"


def _unit(axes, place, words):
    """Draw a circle with words in it."""
    axes.scatter(*place, s=UNIT, color="white", edgecolors=VALUE, linewidths=2.5, zorder=2)
    axes.text(*place, with_minus(words), ha="center", va="center", fontsize=13)


def _line(axes, start, end, slope, flows):
    """Draw a line from one value to the next with its local slope above it, and below it what flows back."""
    along = (end - start) / np.hypot(*(end - start))
    across = np.array([-along[1], along[0]])
    near, far = start + 0.36 * along, end - 0.36 * along
    shift = 0.07 * across if flows else 0 * across
    arrow = {"arrowstyle": "-|>", "lw": 2, "mutation_scale": 16, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", far + shift, near + shift, arrowprops=arrow | {"color": "0.45"})
    middle = (near + far) / 2
    look = {"ha": "center", "va": "center", "fontsize": 13}
    axes.text(*(middle + shift + 0.17 * across), with_minus(f"×{slope}"), **look)
    if flows:
        axes.annotate("", near - shift, far - shift, arrowprops=arrow | {"color": BLAME})
        axes.text(*(middle - shift - 0.17 * across), with_minus(flows), color=BLAME, **look)
