"""A curve and points on it: where they stand, how steep it is there, and how a secant becomes a tangent."""

import numpy as np
from matplotlib.figure import Figure

from .style import BLAME, FOUND, LINES, MEETING, VALUE, number, styled, with_minus

NUDGE = 1e-5  # of the width, for slopes
APART = 13  # points between a label and its place on the curve


@styled
def points_on(f, limits, places, xlabel, ylabel, title, tangents=False, **frame):
    """Draw a curve with points on it, each with its two numbers, and if wanted with the tangent and its slope.

    Parameters
    ----------
    f : callable
        Takes an array and returns its values.
    limits : (float, float)
        Where the curve begins and ends.
    places : sequence of float
        The points' places, in the order in which one point moves; the first is hollow, the last one largest.
    xlabel, ylabel, title : str
    tangents : bool
    frame
        Set on the axes, for example ``ylim=(0, 5)``.

    Examples
    --------
    >>> figure, description = points_on(np.square, (0, 3), [1, 2], "x", "y", "A parabola", tangents=True)
    >>> description
    'A parabola. y at x: 1 at 1, with slope 2; 4 at 2, with slope 4.'
    """
    slope, told = _slope_of(f, limits), []
    figure, axes = _curve(f, limits, xlabel=xlabel, ylabel=ylabel, title=title, **frame)
    half = 0.13 * (limits[1] - limits[0])
    aspect = _aspect(axes)
    for i, place in enumerate(places):
        height, steep = float(f(np.array(place))), slope(place)
        if tangents:
            reach = half / np.hypot(1, steep * aspect) * np.array([-1, 1])
            axes.plot(place + reach, height + steep * reach, color=BLAME, linewidth=2.6)
        face = "white" if i == 0 and len(places) > 1 else FOUND
        size = 12 if i == len(places) - 1 else 9
        axes.plot(place, height, "o", markersize=size, markerfacecolor=face, markeredgecolor="black", zorder=3)
        words = f"slope {number(steep + 0.0)}" if tangents else f"({number(place)}, {number(height)})"
        _label(axes, words, place, height, *_inside(f, place, steep, limits, aspect))
        told.append(f"{number(height)} at {number(place)}" + f", with slope {number(steep)}" * tangents)
    return figure, f"{title}. {ylabel} at {xlabel}: {'; '.join(told)}."


@styled
def secants(f, limits, place, steps, xlabel, ylabel, title, **frame):
    """Draw lines through a point of a curve and through others that come nearer and nearer, and the tangent they approach.

    Parameters
    ----------
    f : callable
        Takes an array and returns its values.
    limits : (float, float)
        Where the curve begins and ends.
    place : float
        Where all lines meet the curve.
    steps : sequence of up to four float
        How far away the other point of each line is, from the largest to the smallest.
    xlabel, ylabel, title : str
    frame
        Set on the axes, for example ``ylim=(0, 5)``.

    Examples
    --------
    >>> figure, description = secants(np.square, (0, 3), 1, [1, 0.5], "x", "y", "Two lines and a tangent")
    >>> description
    'Two lines and a tangent. Slopes from x = 1: 3 for a nudge of 1; 2.5 for a nudge of 0.5; 2 for the tangent.'
    """
    steps = np.asarray(steps, dtype=float)
    if not 0 < len(steps) <= len(LINES) or not steps.all():
        raise ValueError(f"steps must be one to {len(LINES)} numbers other than 0, but are {steps}. Try [2, 1, 0.5].")
    tangent, height = _slope_of(f, limits)(place), float(f(np.array(place)))
    figure, axes = _curve(f, limits, xlabel=xlabel, ylabel=ylabel, title=title, **frame)
    ends, slopes = np.array(limits), []
    for i, step in enumerate(steps):
        other = float(f(np.array(place + step)))
        slopes.append((other - height) / step)
        label = with_minus(f"nudge {number(step)}: slope {number(slopes[-1])}")
        look = {"color": MEETING, "linestyle": LINES[1:][i % 3] if i < 3 else (0, (1, 3)), "alpha": 0.55 + 0.45 * i / len(steps)}
        axes.plot(ends, height + slopes[-1] * (ends - place), linewidth=1.8, label=label, **look)
        axes.plot(place + step, other, "o", color=MEETING, markersize=8, zorder=3)
    label = with_minus(f"tangent: slope {number(tangent)}")
    axes.plot(ends, height + tangent * (ends - place), color=BLAME, linewidth=2.8, label=label)
    axes.plot(place, height, "o", markersize=12, markerfacecolor=FOUND, markeredgecolor="black", zorder=4)
    axes.legend(handlelength=3.2, fontsize=12, loc="best")
    told = "; ".join(f"{number(slope)} for a nudge of {number(step)}" for step, slope in zip(steps, slopes, strict=True))
    return figure, f"{title}. Slopes from {xlabel} = {number(place)}: {told}; {number(tangent)} for the tangent."


def _curve(f, limits, **frame):
    """Return a figure with a curve, and its axes, whose limits stay as they are whatever is drawn beside it."""
    figure = Figure(figsize=(9, 4.8), layout="constrained")
    axes = figure.add_subplot()
    axes.set(**frame)
    axes.grid(alpha=0.25)
    x = np.linspace(*limits, 401)
    axes.plot(x, f(x), color=VALUE, linewidth=2.8)
    figure.draw_without_rendering()
    axes.set(xlim=axes.get_xlim(), ylim=axes.get_ylim())
    return figure, axes


def _slope_of(f, limits):
    """Return a function that measures the slope by nudging, rounded to what nudging can tell."""
    nudge = NUDGE * (limits[1] - limits[0])

    def slope(x):
        low, high = f(np.array([x - nudge, x + nudge]))
        return round(float((high - low) / (2 * nudge)), 6)

    return slope


def _aspect(axes):
    """Return how many times as large a step of 1 looks upwards than across."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    box = axes.get_window_extent()
    return (box.height / (high - low)) / (box.width / (right - left))


def _inside(f, place, steep, limits, aspect):
    """Return the direction, as seen, to the hollow side of a curve, where neither it nor its tangent is in the way."""
    far = 0.02 * (limits[1] - limits[0])
    bend = f(np.array(place + far)) + f(np.array(place - far)) - 2 * f(np.array(place))
    across, up = np.array([-steep * aspect, 1]) / np.hypot(1, steep * aspect)
    return (across, up) if bend >= -1e-12 else (-across, -up)


def _label(axes, words, x, y, across, up):
    """Write words beside a point, in a direction."""
    sides = ("left" if across > 0.3 else "right" if across < -0.3 else "center"), ("bottom" if up > 0 else "top")
    place = {"xytext": (APART * across, APART * up), "textcoords": "offset points"}
    halo = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}
    axes.annotate(with_minus(words), (x, y), **place, ha=sides[0], va=sides[1], fontsize=13, bbox=halo, zorder=4)
