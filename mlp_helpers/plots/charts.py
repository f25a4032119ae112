"""Lines and bars: how a number changes, and how a training went."""

import textwrap

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from ..core.array_advice import kind_of
from .style import COLOURS, LINES, alike, number, styled, with_minus

ACROSS = 80  # letters, below all bars together


@styled
def learning_curves(history):
    """Draw loss and accuracy after each epoch, train against validation."""
    _check_history("history", history)
    epochs = np.arange(1, len(history) + 1)
    figure = Figure(figsize=(12, 4.6), layout="constrained")
    for axes, what in zip(figure.subplots(1, 2), ("loss", "accuracy"), strict=True):
        for name, line in (("train", "-"), ("validation", "--")):
            values = np.array(getattr(history, f"{name}_{what}")) * (100 if what == "accuracy" else 1)
            if np.isfinite(values).any():
                axes.plot(epochs, values, line, marker="o" if len(epochs) < 30 else "", label=name)
        axes.set(xlabel="epochs", ylabel="accuracy in %" if what == "accuracy" else "mean loss of an image")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend()
    left, right = figure.axes
    kind, of = ("validation", "Validation") if np.isfinite(history.validation_accuracy).any() else ("train", "Training")
    losses, accuracies = getattr(history, f"{kind}_loss"), getattr(history, f"{kind}_accuracy")
    least, best = int(np.nanargmin(losses)), int(np.nanargmax(accuracies))
    left.set_title(f"{of} loss is lowest after epoch {least + 1}: {losses[least]:.3g}")
    right.set_title(f"{of} accuracy is best after epoch {best + 1}: {accuracies[best]:.2%}")
    return figure, (
        f"After {len(history)} epochs the training loss is {history.train_loss[-1]:.4f} and the training accuracy "
        f"{history.train_accuracy[-1]:.2%}. {of} loss is lowest after epoch {least + 1}, with {losses[least]:.4f}, "
        f"and {of.lower()} accuracy best after epoch {best + 1}, with {accuracies[best]:.2%}."
    )


@styled
def comparison(histories, title):
    """Draw the losses and accuracies of several training runs: validation as thick lines, training as thin ones.

    Parameters
    ----------
    histories : dict
        From the name of a training to its ``History``. Without a validation split its training values take the thick line.
    title : str
    """
    for name, history in histories.items():
        _check_history(f"histories[{name!r}]", history)
    figure = Figure(figsize=(13, 5.2), layout="constrained")
    figure.get_layout_engine().set(wspace=0.06)
    figure.suptitle(title, fontsize=17)
    sides = figure.subplots(1, 2)
    best, drawn = {}, []
    for i, (name, history) in enumerate(histories.items()):
        line, epochs = {"color": COLOURS[i % len(COLOURS)], "linestyle": LINES[i % len(LINES)]}, np.arange(1, len(history) + 1)
        kind = "validation" if np.isfinite(history.validation_accuracy).any() else "train"
        drawn.append(kind)
        for axes, what, scale in zip(sides, ("loss", "accuracy"), (1, 100), strict=True):
            if kind == "validation":
                axes.plot(epochs, scale * np.array(getattr(history, f"train_{what}")), **line, linewidth=1.1, alpha=0.7)
            label = name if kind == "validation" else f"{name} (training)"
            values = scale * np.array(getattr(history, f"{kind}_{what}"))
            axes.plot(epochs, values, **line, linewidth=2.8, marker="o" if len(epochs) == 1 else "", label=label)
        accuracies = getattr(history, f"{kind}_accuracy")
        epoch = int(np.nanargmax(accuracies))
        best[name] = (accuracies[epoch], epoch + 1, len(history))
    kind = drawn[0] if len(set(drawn)) == 1 else "validation"
    kind = "training" if kind == "train" else kind
    for axes, label in zip(sides, ("mean loss of an image", "accuracy in %"), strict=True):
        axes.set(xlabel="epochs", ylabel=label)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.grid(alpha=0.3)
        axes.legend(handlelength=3.2)
    winner = max(best, key=best.get)
    sides[0].set_title("Thick: validation, thin: training" if "validation" in drawn else "Without validation: training only")
    sides[1].set_title(f"Highest in {kind}: {best[winner][0]:.2%} ({winner})")
    reached = "; ".join(f"{value:.2%} for {name}, after epoch {epoch} of {last}" for name, (value, epoch, last) in best.items())
    return figure, f"{title}. Best {kind} accuracy: {reached}."


@styled
def curves(x, named, xlabel, ylabel, title, points=None, **limits):
    """Draw several curves over the same x.

    Parameters
    ----------
    x : array (n,)
    named : dict
        From the name of a curve to its values (n,).
    xlabel, ylabel : str
    title : str
        What the curves show, as a sentence.
    points : array (m, 2), optional
        Drawn as dots.
    limits
        Set on the axes, for example ``ylim=(0, 5)``. With ``xticks`` there are no others in between.
    """
    figure = Figure(figsize=(9, 4.8), layout="constrained")
    axes = figure.add_subplot()
    for i, (name, y) in enumerate(named.items()):
        axes.plot(x, y, LINES[i % len(LINES)], label=name)
    if points is not None:
        axes.plot(*np.transpose(points), "o", color="black", markersize=9)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title, **limits)
    if "xticks" in limits:
        axes.xaxis.set_minor_locator(NullLocator())  # a short logarithmic axis would label these, too
    axes.grid(alpha=0.3)
    axes.legend()
    places = sorted({0, len(x) // 2, len(x) - 1})
    told = "; ".join(f"{_in_a_row(np.asarray(y)[places])} for {name}" for name, y in named.items())
    return figure, f"{title}. {_begun(ylabel)}, at {xlabel} {_in_a_row(np.asarray(x)[places])}: {told}."


@styled
def bars(named, xlabel, ylabel, title):
    """Draw one bar for each entry of a dict from names to values, the value above the bar."""
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    axes = figure.add_subplot()
    written, places = alike(named.values()), range(len(named))
    axes.bar_label(axes.bar(places, named.values()), [with_minus(value) for value in written], fontsize=12)
    axes.set_xticks(places, [_in_lines(str(name), ACROSS // len(named)) for name in named])
    axes.margins(y=0.1)  # room for the value below a negative bar
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    values = "; ".join(f"{value} for {name}" for name, value in zip(named, written, strict=True))
    return figure, f"{title}. {_begun(ylabel)}, by {xlabel}: {values}."


@styled
def runs(named, xlabel, title):
    """Draw every single run as a dot, a row for each setting, and the mean of the row as a bar: differences beside the spread.

    Parameters
    ----------
    named : dict
        From the name of a setting to what its runs reached (n,), for example one number for each seed.
    xlabel, title : str
    """
    figure = Figure(figsize=(9, 1.85 + 0.5 * len(named)), layout="constrained")
    axes = figure.add_subplot()
    for row, values in enumerate(named.values()):
        axes.plot(values, np.full(len(values), row), "o", color=COLOURS[0], markersize=8, alpha=0.55, markeredgewidth=0)
        axes.plot(np.mean(values), row, "|", color=COLOURS[1], markersize=24, markeredgewidth=3.5)
    axes.set_yticks(range(len(named)), list(named))
    axes.set(xlabel=f"{xlabel}\na dot: one run; the bar: their mean", title=title, ylim=(len(named) - 0.5, -0.5))
    axes.grid(axis="x", alpha=0.3)
    told = "; ".join(f"{np.mean(run):.4g} ({min(run):.4g} to {max(run):.4g}) for {name}" for name, run in named.items())
    return figure, f"{title}. {_begun(xlabel)}, mean (least to largest): {told}."


@styled
def effects(named, title):
    """Draw what each change did to the validation loss and accuracy: a bar for the mean over the runs, a line for its spread.

    Parameters
    ----------
    named : dict
        From the name of a change to an array (runs, 2): how much more loss, and how many more points of accuracy, than
        the run without it that began alike. At least two runs.
    title : str
    """
    figure = Figure(figsize=(13, 0.5 * len(named) + 2.2), layout="constrained")
    figure.get_layout_engine().set(wspace=0.06)
    figure.suptitle(title, fontsize=17)
    names, runs = list(named), np.array(list(named.values()), dtype=float)  # (changes, runs, 2)
    means, spreads, places = runs.mean(axis=1), runs.std(axis=1, ddof=1), np.arange(len(named))
    sides = figure.subplots(1, 2, sharey=True)
    for axes, j, better, what in zip(sides, (0, 1), (-1, 1), ("loss", "accuracy, in points"), strict=True):
        clear = np.abs(means[:, j]) > spreads[:, j]
        colours = np.where(clear, np.where(better * means[:, j] > 0, COLOURS[0], COLOURS[1]), "0.8")
        whiskers = {"elinewidth": 2, "capsize": 4, "ecolor": "0.25"}
        axes.barh(places, means[:, j], color=colours, xerr=spreads[:, j], error_kw=whiskers)
        for run in runs[:, :, j].T:
            axes.plot(run, places, "o", color="black", markersize=3.5, alpha=0.6)
        axes.axvline(0, color="black", linewidth=1)
        axes.grid(axis="x", alpha=0.3)
        axes.set(xlabel=f"change of validation {what}", title="left is better" if better < 0 else "right is better")
    sides[0].set_yticks(places, names)
    sides[0].invert_yaxis()
    said = "; ".join(
        f"{name}: loss {mean[0]:+.3f} ± {spread[0]:.3f}, accuracy {mean[1]:+.2f} ± {spread[1]:.2f}"
        for name, mean, spread in zip(names, means, spreads, strict=True)
    )
    return figure, f"{title}. Change against the runs without it, mean and standard deviation of {runs.shape[1]} runs: {said}."


def _check_history(name, history):
    """Refuse what there is nothing to draw of."""
    if not hasattr(history, "validation_accuracy"):
        raise ValueError(f"{name} must be the History that train returns, but is {kind_of(history)}. Try train(model, data).")
    if not len(history):
        raise ValueError(f"{name} must hold an epoch at least, but is empty. Train on, without an interrupt, to the end of one.")


def _in_lines(words, width):
    """Return words with line breaks, so that no line is longer, where spaces allow it."""
    return "\n".join(textwrap.fill(line, width, break_long_words=False) for line in words.splitlines())


def _begun(words):
    """Return words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def _in_a_row(values):
    """Return numbers as a phrase: "1, 2 and 3"."""
    *first, last = map(number, values)
    return f"{', '.join(first)} and {last}" if first else last
