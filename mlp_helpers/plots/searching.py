"""Searches: where their trials lie, and what came of each."""

import numpy as np
from matplotlib.figure import Figure

from .style import COLOURS, FOUND, VALUE, number, styled

BEST = 0.1  # the share of the trials that is marked as the best


@styled
def plans(named, score, xlabel, ylabel, title):
    """Draw where trials lie in a square of two settings, and above it what the first of them brings, which alone matters.

    Parameters
    ----------
    named : dict
        From the name of a plan to its trials (n, 2), from 0 to 1.
    score : callable
        From values of the first setting (n,) to what they bring.
    xlabel, ylabel, title : str
    """
    figure = Figure(figsize=(5.2 * len(named), 6.2), layout="constrained")
    figure.suptitle(title, fontsize=17)
    panels = figure.subplots(2, len(named), sharex=True, height_ratios=[1, 2.2], squeeze=False)
    x, told = np.linspace(0, 1, 300), []
    for (name, points), upper, lower in zip(named.items(), *panels, strict=True):
        tried = np.unique(np.round(points[:, 0], 9))
        upper.plot(x, score(x), color=VALUE)
        upper.vlines(tried, 0, score(tried), color=FOUND, linestyle=":")
        upper.plot(tried, score(tried), "o", color=FOUND, markersize=7, clip_on=False)
        upper.set(title=f"{name}: {len(tried)} values of the one that matters", yticks=[], ylim=(0, None))
        upper.title.set_fontsize(13)
        lower.vlines(tried, points[:, 1].min(), 1.02, color=FOUND, linestyle=":", linewidth=1.3)
        lower.plot(*points.T, "o", color="black", markersize=9, clip_on=False)
        lower.set(xlabel=xlabel, ylabel=ylabel, xlim=(0, 1), ylim=(0, 1.02), xticks=[], yticks=[])
        told.append(
            f"{name}: {len(points)} trials with {len(tried)} values of {xlabel}, the best is worth {score(tried).max():.2f}"
        )
    panels[0, 0].set_ylabel("what it is worth")
    return figure, f"{title}. {'; '.join(told)}."


@styled
def parallel(settings, scores, score, title):
    """Draw each trial as a line that crosses one upright for each setting and ends at its score; the best are marked.

    Parameters
    ----------
    settings : list of dict
        All with the same names. Numbers of which the largest is at least 20 times the least stand on a log scale.
    scores : list of float
        The higher, the better.
    score : str
        What it is called.
    title : str
    """
    names, scores = list(settings[0]), np.asarray(scores, float)
    columns = [_upright([setting[name] for setting in settings]) for name in names] + [_upright(list(scores), log=False)]
    heights = np.array([heights for heights, _ in columns]).T  # (trials, uprights)
    count = max(1, round(BEST * len(scores)))
    best = np.argsort(-scores, kind="stable")[:count]
    figure = Figure(figsize=(max(7, 1.7 * len(columns) + 1), 5), layout="constrained")
    axes = figure.add_subplot()
    places = np.arange(len(columns))
    for i in np.argsort(scores, kind="stable"):
        chosen = i in best
        axes.plot(
            places, heights[i], "-" if chosen else "--", color=FOUND if chosen else COLOURS[0], alpha=1 if chosen else 0.3,
            linewidth=2.6 if chosen else 1.1, zorder=3 if chosen else 2,
        )  # fmt: skip
    for place, (_, marks) in enumerate(columns):
        axes.axvline(place, color="black", linewidth=1.2)
        for height, text in marks:
            behind = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
            offset = {"xytext": (4, 0), "textcoords": "offset points"}
            axes.annotate(text, (place, height), **offset, va="center", fontsize=11, zorder=4, bbox=behind)
    axes.set_xticks(places, [*(name.replace("_", " ") for name in names), score])
    axes.set(yticks=[], title=title, ylim=(-0.05, 1.05), xlim=(-0.15, len(columns) - 0.55))
    axes.spines["left"].set_visible(False)
    ranges = "; ".join(f"{name.replace('_', ' ')} {_range([settings[i][name] for i in best])}" for name in names)
    return figure, (
        f"{title}. {len(scores)} trials, {score} from {number(scores.min())} to {number(scores.max())}. "
        f"The best {count} of them (thick): {ranges}."
    )


def _upright(values, log=True):
    """Return the height of each value, from 0 to 1, and the marks of the scale as pairs of height and text."""
    if not _numbers(values):
        choices = sorted(set(map(str, values)))
        heights = np.array([choices.index(str(value)) for value in values]) / max(1, len(choices) - 1)
        return heights, [(i / max(1, len(choices) - 1), choice) for i, choice in enumerate(choices)]
    values = np.array(values, float)
    low, high = values.min(), values.max()
    log = log and low > 0 and high / low >= 20
    scaled = np.log(values) if log else values
    heights = (scaled - scaled.min()) / (np.ptp(scaled) or 1)
    distinct = np.unique(values)
    if len(distinct) > 6:
        distinct = np.array([low, high])
    return heights, [(heights[np.flatnonzero(values == value)[0]], number(value)) for value in distinct]


def _numbers(values):
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _range(values):
    if not _numbers(values):
        return ", ".join(sorted(set(map(str, values))))
    return f"{number(min(values))} to {number(max(values))}"
