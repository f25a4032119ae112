"""How values are spread, and how sure a network may be."""

import numpy as np
from matplotlib.figure import Figure

from ..core.measures import calibration_curve, expected_calibration_error
from .style import COLOURS, number, styled

A_ROW = 5  # panels side by side


@styled
def histograms(named, xlabel, title, zeros_apart=True):
    """Draw how values are spread, a panel for each array, all over the same range.

    The black line below the bars reaches one standard deviation to either side of the mean.

    Parameters
    ----------
    named : dict
        From a name to an array of any shape.
    xlabel, title : str
    zeros_apart : bool
        Whether exact zeros, of which a ReLU gives many, are counted in the panel's title and left out of its bars.
        If not, the range is that of the values and need not reach 0.
    """
    spreads = {name: _spread(np.ravel(values)) for name, values in named.items()}
    everything = np.concatenate([values for values, _, _ in spreads.values()])
    low, high = everything.min(), everything.max()
    if zeros_apart:
        low, high = min(low, 0), max(high, 0)
    if low < 0 < high:
        low, high = -max(-low, high), max(-low, high)  # so that 0 lies in the middle of a bar
    columns, rows = min(A_ROW, len(named)), -(-len(named) // A_ROW)
    figure = Figure(figsize=(max(6, 2.55 * columns), 2.5 * rows + 1.1), layout="constrained")
    figure.suptitle(title, fontsize=17)
    panels = figure.subplots(rows, columns, sharex=True, squeeze=False).ravel()
    for axes, (name, (values, zeros, deviation)) in zip(panels, spreads.items(), strict=False):
        axes.hist(values[values != 0] if zeros_apart else values, bins=51, range=(low, high), color=COLOURS[0])
        middle, high_up = values.mean(dtype=np.float64), -0.03 * axes.get_ylim()[1]
        axes.plot([middle - deviation, middle + deviation], [high_up] * 2, color="black", linewidth=5, solid_capstyle="butt")
        counted = f"{zeros:.0%} are 0, " if zeros_apart else ""
        axes.set_title(f"{name}\n{counted}std {number(deviation)}", fontsize=13)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.locator_params(axis="x", nbins=4)
        axes.tick_params(labelbottom=True)
    for axes in panels[len(named) :]:
        axes.remove()
    figure.supxlabel(f"{xlabel}\nblack: one standard deviation to either side of the mean", fontsize=13)
    panels[0].set_ylabel("how many (each panel\nhas its own scale)")
    if not zeros_apart:
        texts = "; ".join(f"{number(deviation)} for {name}" for name, (_, _, deviation) in spreads.items())
        return figure, f"{title}. Standard deviation of {xlabel}: {texts}."
    texts = "; ".join(f"{zeros:.1%} and {number(deviation)} for {name}" for name, (_, zeros, deviation) in spreads.items())
    return figure, f"{title}. Share of {xlabel} that is exactly 0, and standard deviation: {texts}."


@styled
def reliability(P, labels, title, bins=10):
    """Draw the share that is right against how sure the predictions were: on the diagonal, 80 % sure is right 8 times in 10.

    Parameters
    ----------
    P : array (n, k)
        Predicted probabilities.
    labels : integers (n,)
    title : str
    bins : int
    """
    confidence, right, counts = calibration_curve(P, labels, bins)
    error = expected_calibration_error(P, labels, bins)
    figure = Figure(figsize=(8, 7), layout="constrained")
    figure.suptitle(title, fontsize=17)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
    middles, some = 100 * (np.arange(bins) + 0.5) / bins, counts > 0
    upper.bar(middles[some], 100 * right[some], width=90 / bins, color=COLOURS[0], alpha=0.45, label="share right, over the bin")
    upper.plot([0, 100], [0, 100], "--", color="black", linewidth=1.5, label="as sure as it should be")
    at_its_mean = "share right, at the bin's mean probability"
    dots = {"color": COLOURS[1], "markersize": 9, "clip_on": False, "zorder": 3}  # whole at the edges, too
    upper.plot(100 * confidence[some], 100 * right[some], "o", label=at_its_mean, **dots)
    upper.set(ylabel="share right, in %", ylim=(0, 105), title=f"Expected calibration error: {number(100 * error)} points")
    upper.legend(loc="upper left")
    lower.bar_label(lower.bar(middles[some], counts[some], width=90 / bins, color=COLOURS[0]), fontsize=11)
    lower.set(xlabel="probability of the predicted class, in %", xlim=(0, 100))
    lower.set(ylabel="images", yscale="log", ylim=(0.8, 8 * counts.max()))
    sure, hits = P.max(axis=1).mean(), (P.argmax(axis=1) == labels).mean()
    verdict = "about as sure as it may be" if abs(sure - hits) < 0.005 else "too sure" if sure > hits else "not sure enough"
    return figure, (
        f"{title}. The expected calibration error is {error:.4f}: on average the network is {sure:.2%} sure and {hits:.2%} are "
        f"right, so it is {verdict}. Its fullest bin holds {counts.max()} of {counts.sum()} predictions."
    )


def _spread(values):
    """Return the finite values of an array, the share of its zeros and their standard deviation."""
    finite = values[np.isfinite(values)]
    return finite, (values == 0).mean(), finite.std(dtype=np.float64)
