"""Every static figure of the course: each function takes arrays and returns a figure and one sentence about it.

``show(sample_grid(...))`` displays the figure in a notebook and prints the sentence below it.
"""

import functools
import io
import itertools
import textwrap

import matplotlib
import numpy as np
from matplotlib.figure import Figure

STYLE = ["petroff10", {"font.size": 13, "axes.titlesize": 15, "figure.dpi": 90, "axes.spines.top": False,
                       "axes.spines.right": False, "legend.frameon": False, "lines.linewidth": 2.2}]  # fmt: skip
LINES = ("-", "--", "-.", ":")
SIDE = 28                                        # pixels of an image's side


def show(drawn):
    """Display a figure in the notebook and print its description, for those who cannot see it.

    Parameters
    ----------
    drawn : (Figure, str)
        What the other functions of this module return.
    """
    from IPython.display import Image, display

    figure, description = drawn

    png = io.BytesIO()
    figure.savefig(png, format="png", bbox_inches="tight", metadata={"Software": None})
    display(Image(png.getvalue(), alt=description))
    print(textwrap.fill(description, 100))


def _styled(plot):
    @functools.wraps(plot)
    def wrapper(*arguments, **named):
        import matplotlib.style

        with matplotlib.style.context(STYLE):
            return plot(*arguments, **named)

    return wrapper


@_styled
def sample_grid(images, labels, class_names, per_class=12):
    """Draw the first images of each class, one class a row.

    Parameters
    ----------
    images : array (n, 784)
    labels : integers (n,)
    class_names : sequence of str
    per_class : int
    """
    rows = [images[labels == label][:per_class] for label in range(len(class_names))]
    figure = Figure(figsize=(0.62 * per_class + 1, 0.62 * len(rows) + 0.5), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(_mosaic(np.concatenate(rows), per_class), cmap="gray", vmin=0, vmax=255)
    axes.set_yticks(SIDE * np.arange(len(rows)) + SIDE / 2, class_names)
    axes.set_xticks([])
    axes.set_title("Each row is a class, and no two images of it are alike")
    return figure, f"A grid of images, {per_class} in a row, a row for each of the classes {', '.join(class_names)}."


@_styled
def image_row(images, names, title):
    """Draw a few images side by side, each under its name; bytes from 0 black to 255 white."""
    figure = Figure(figsize=(2.1 * len(images), 2.9), layout="constrained")
    figure.suptitle(title, fontsize=15)
    for axes, image, name in zip(figure.subplots(1, len(images), squeeze=False)[0], images, names, strict=True):
        limits = {"vmin": 0, "vmax": 255} if image.dtype == np.uint8 else {}
        axes.imshow(np.reshape(image, (SIDE, SIDE)), cmap="gray", **limits)
        axes.set_title(name, fontsize=13)
        axes.axis("off")
    return figure, f"{title}. Side by side: {', '.join(names)}."


@_styled
def pixel_values(image, rows, columns):
    """Draw an image, and beside it the pixels in the given slices of rows and columns as numbers."""
    image = np.reshape(image, (SIDE, SIDE))
    part = image[rows, columns]
    figure = Figure(figsize=(12, 5.2), layout="constrained")
    whole, close = figure.subplots(1, 2, width_ratios=[1, 1.45])
    whole.imshow(image, cmap="gray", vmin=0, vmax=255)
    whole.add_patch(
        matplotlib.patches.Rectangle(
            (columns.start - 0.5, rows.start - 0.5), part.shape[1], part.shape[0], fill=False, edgecolor="C1", linewidth=2.5
        )
    )
    whole.set(title="The picture", xlabel="column", ylabel="row")
    close.imshow(part, cmap="gray", vmin=0, vmax=255, aspect="auto")
    for (i, j), value in np.ndenumerate(part):
        close.text(j, i, value, ha="center", va="center", fontsize=11, color="black" if value > 127 else "white")
    close.set_xticks(range(part.shape[1]), range(columns.start, columns.stop))
    close.set_yticks(range(part.shape[0]), range(rows.start, rows.stop))
    close.set(title="The numbers in the frame", xlabel="column")
    return figure, (
        f"Left the image, right its rows {rows.start} to {rows.stop - 1} and columns {columns.start} to {columns.stop - 1} "
        f"as numbers from {part.min()} (black) to {part.max()} (white)."
    )


@_styled
def class_means(images, labels, class_names):
    """Draw the mean image of each class."""
    means = [images[labels == label].mean(axis=0) for label in range(len(class_names))]
    brightest = [mean.max() for mean in means]
    bright, faint = class_names[int(np.argmax(brightest))], class_names[int(np.argmin(brightest))]
    figure = Figure(figsize=(10.5, 4.8), layout="constrained")
    figure.suptitle(f"The mean of class {bright} has the brightest pixel, that of class {faint} the faintest")
    _pictures(figure, means, class_names, cmap="gray", vmin=0, vmax=255)
    return figure, (
        f"The mean image of each class. Its brightest pixel has {max(brightest):.0f} of 255 for class {bright} "
        f"and {min(brightest):.0f} for class {faint}."
    )


@_styled
def neuron_templates(W, names, title="Red wants ink, blue wants none"):
    """Draw the weights of each neuron, a column of W (784, h), as an image: red wants ink, blue none."""
    figure = Figure(figsize=(1.8 * min(5, W.shape[1]) + 1.8, 2.4 * -(-W.shape[1] // 5) + 0.5), layout="constrained")
    figure.suptitle(title)
    limit = np.abs(W).max()
    pictures = _pictures(figure, W.T, names, cmap="RdBu_r", vmin=-limit, vmax=limit)
    figure.colorbar(pictures, ax=figure.axes, shrink=0.8, label="weight")
    share = (W > 0).mean()
    return figure, (
        f"The weights of {W.shape[1]} neuron{'s' * (W.shape[1] > 1)} as images, red positive and blue negative, "
        f"from {W.min():.2f} to {W.max():.2f}; {share:.0%} of them are positive."
    )


@_styled
def mistakes(images, labels, P, class_names, n=12):
    """Draw the n images that the network got wrong with the highest probability.

    Parameters
    ----------
    images : array (m, 784)
    labels : integers (m,)
    P : array (m, k)
        Predicted probabilities.
    class_names : sequence of str
    """
    predicted = P.argmax(axis=1)
    wrong = np.flatnonzero(predicted != labels)
    worst = wrong[np.argsort(-P.max(axis=1)[wrong], kind="stable")][:n]
    figure = Figure(figsize=(2 * min(6, len(worst)) + 0.5, 2.5 * -(-len(worst) // 6) + 0.8), layout="constrained")
    figure.suptitle(f"{len(wrong)} of {len(labels)} are wrong; the {len(worst)} most confident mistakes")
    names = [f"{class_names[labels[i]]}, read as {class_names[predicted[i]]}\n{P[i].max():.0%} sure" for i in worst]
    if len(worst):
        _pictures(figure, images[worst], names, columns=6, cmap="gray")
    return figure, (
        f"{len(wrong)} of {len(labels)} images ({len(wrong) / len(labels):.2%}) are wrong. "
        + (f"The most confident mistake is a {names[0].replace(chr(10), ', ')}." if len(worst) else "")
    )


@_styled
def learning_curves(history):
    """Draw loss and accuracy after each epoch, train against validation."""
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
    left.set_title(f"The loss falls from {history.train_loss[0]:.3g} to {history.train_loss[-1]:.3g}")
    compared = "validation" if np.isfinite(history.validation_accuracy).any() else "train"
    accuracies = getattr(history, f"{compared}_accuracy")
    best = int(np.nanargmax(accuracies))
    right.set_title(f"{compared.capitalize()} accuracy is best after epoch {best + 1}: {accuracies[best]:.2%}")
    return figure, (
        f"After {len(history)} epochs the training loss is {history.train_loss[-1]:.4f} and the training accuracy "
        f"{history.train_accuracy[-1]:.2%}; {compared} accuracy is best after epoch {best + 1}, with {accuracies[best]:.2%}."
    )


@_styled
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
        Set on the axes, for example ``ylim=(0, 5)``.
    """
    figure = Figure(figsize=(9, 4.8), layout="constrained")
    axes = figure.add_subplot()
    for i, (name, y) in enumerate(named.items()):
        axes.plot(x, y, LINES[i % len(LINES)], label=name)
    if points is not None:
        axes.plot(*np.transpose(points), "o", color="black", markersize=9)
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title, **limits)
    axes.grid(alpha=0.3)
    axes.legend()
    ways = "; ".join(f"{name} from {y[0]:.3g} through {y[len(y) // 2]:.3g} to {y[-1]:.3g}" for name, y in named.items())
    return figure, f"{title}. From {xlabel} {x[0]:.4g} to {x[-1]:.4g}, {ylabel}: {ways}."


@_styled
def bars(named, xlabel, ylabel, title):
    """Draw one bar for each entry of a dict from names to values, the value above the bar."""
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    axes = figure.add_subplot()
    axes.bar_label(axes.bar([str(name) for name in named], named.values()), fmt="{:,.4g}", fontsize=12)
    axes.margins(y=0.1)                          # room for the value below a negative bar
    axes.set(xlabel=xlabel, ylabel=ylabel, title=title)
    values = ", ".join(f"{name}: {value:.4g}" for name, value in named.items())
    return figure, f"{title}. {ylabel.capitalize()} for each {xlabel}: {values}."


@_styled
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


@_styled
def planes(f, names, points, labels, class_names, title, limit=2.2):
    """Draw scores over the plane, a panel for each: red above 0, blue below, a black line where the score is 0.

    Parameters
    ----------
    f : callable
        Takes points (n, 2) and gives scores (n, m).
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
    return figure, f"{title}. Side by side, red where the score is above 0 and blue where it is below: {', '.join(names)}."


@_styled
def descents(loss, paths, xlabel, ylabel, title):
    """Draw walks over a surface of two weights, a panel for each: lines of equal loss, and the places visited.

    Parameters
    ----------
    loss : callable
        Takes two weights (2,) and gives the loss.
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
        axes.plot(*path.T, "o-", color="C1", markersize=4, linewidth=1.2)
        axes.plot(*path[0], "s", color="black", markersize=9)
        axes.plot(*path[-1], "*", color="C2", markersize=17, markeredgecolor="black")
        axes.set_title(name, fontsize=13)
        axes.set(xlabel=xlabel, ylabel=ylabel)
    ends = "; ".join(f"{name}: loss {loss(path[0]):.3g} to {loss(path[-1]):.3g}" for name, path in paths.items())
    return figure, f"{title}. From the square to the star, {ends}."


@_styled
def graph(columns, weights, title, blame=None, stopped=()):
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
    """
    figure = Figure(figsize=(11, 5.6), layout="constrained")
    axes = figure.add_subplot()
    places = [{name: (4 * i, (len(c) - 1) / 2 - j) for j, name in enumerate(c)} for i, c in enumerate(columns)]
    for before, after, W in zip(places, places[1:], weights, strict=False):
        for (i, start), (j, end) in ((s, e) for s in enumerate(before.values()) for e in enumerate(after.values())):
            axes.plot(*zip(start, end, strict=True), color="0.7", linewidth=1.5, zorder=1)
            x, y = np.array(start) + (0.22 + 0.1 * ((i + j) % 3)) * (np.array(end) - start)
            axes.text(x, y, f"{W[i, j]:g}", ha="center", va="center", fontsize=11, bbox={"color": "white", "pad": 1})
    for column, place in zip(columns, places, strict=True):
        for name, value in column.items():
            axes.scatter(*place[name], s=2300, color="white", edgecolors="C0", linewidths=2.5, zorder=2)
            axes.text(*place[name], f"{name}\n{value:.3g}", ha="center", va="center", fontsize=12)
            if blame and name in blame:
                x, y = place[name]
                text = f"{blame[name]:+.3f}" + ", stopped" * (name in stopped)
                axes.text(x, y - 0.42, text, ha="center", va="center", fontsize=12, color="C3", weight="bold")
    axes.margins(0.12, 0.22)
    axes.axis("off")
    axes.set_title(title)
    values = ", ".join(f"{name} = {value:.3g}" for column in columns for name, value in column.items())
    blames = " Blame: " + ", ".join(f"{name} {slope:+.3f}" for name, slope in blame.items()) + "." if blame else ""
    blames += f" Stopped at {', '.join(stopped)}." if stopped else ""
    return figure, f"{title}. {values}.{blames}"


@_styled
def cycle(here):
    """Draw the four stations of training in a ring, and mark where the lesson is: "forward", "loss", "backward", "update"."""
    stations = {
        "forward": (0, 1, "images to probabilities"),
        "loss": (1, 0, "how wrong is it?"),
        "backward": (0, -1, "who is to blame?"),
        "update": (-1, 0, "a step against the gradient"),
    }
    figure = Figure(figsize=(7.5, 3.6), layout="constrained")
    axes = figure.add_subplot(xlim=(-1.75, 1.75), ylim=(-1.45, 1.45))
    axes.axis("off")
    places = [np.array(place[:2]) for place in stations.values()]
    for start, end in zip(places, places[1:] + places[:1], strict=True):
        arrow = {"arrowstyle": "-|>", "color": "0.5", "connectionstyle": "arc3,rad=-0.25", "shrinkA": 34, "shrinkB": 34, "lw": 2}
        axes.annotate("", end, start, arrowprops=arrow)
    for name, (x, y, meaning) in stations.items():
        box = {"boxstyle": "round,pad=0.5", "facecolor": "C1" if name == here else "white", "edgecolor": "C0", "linewidth": 2}
        axes.text(x, y, f"{name}\n{meaning}", ha="center", va="center", fontsize=12, bbox=box)
    return figure, f"The cycle of training: forward, loss, backward, update, and round again. Here: {here}."


@_styled
def whole_way(image, P):
    """Draw an image (784,), a sketch of a network, and the ten probabilities (10,) that it gives."""
    title = "784 numbers go in, ten probabilities come out"
    figure = Figure(figsize=(12, 4.6), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.1)
    figure.suptitle(title + "\n", fontsize=16)
    left, middle, right = figure.subplots(1, 3, width_ratios=[1, 1.25, 1.25])
    left.imshow(np.reshape(image, (SIDE, SIDE)), cmap="gray", vmin=0, vmax=255)
    left.set(title="28 × 28 pixels", xticks=[], yticks=[])
    columns = [[(x, y) for y in np.linspace(0, 1, n)] for x, n in enumerate((12, 7, 10))]
    for before, after in itertools.pairwise(columns):
        for start, end in itertools.product(before, after):
            middle.plot(*zip(start, end, strict=True), color="0.7", linewidth=0.7, zorder=1)
    middle.scatter(*zip(*itertools.chain(*columns), strict=True), s=80, color="white", edgecolors="C0", linewidths=2, zorder=2)
    middle.axis("off")
    middle.set(title="times weights, added up")
    colours = ["C1" if digit == P.argmax() else "C0" for digit in range(10)]
    numbers = [f"{100 * p:.0f}" if p >= 0.005 else "" for p in P]
    right.bar_label(right.bar(range(10), 100 * P, color=colours), numbers, fontsize=12)
    right.set(xticks=range(10), ylim=(0, 110), xlabel="digit", ylabel="probability, %", title=f"read as: {P.argmax()}")
    return figure, (
        f"{title}. Left an image, in the middle a sketch of a network, in which each line is a weight, right what it answers: "
        f"{P.argmax()}, with a probability of {P.max():.0%}."
    )


def _mosaic(images, columns):
    """Lay images (n, 784) out as one large picture."""
    tiles = np.reshape(images, (-1, columns, SIDE, SIDE))
    return tiles.transpose(0, 2, 1, 3).reshape(len(tiles) * SIDE, columns * SIDE)


def _pictures(figure, images, names, columns=5, **imshow):
    """Draw images (n, 784) in rows, each under its name; give the last one, for a colour bar."""
    columns = min(columns, len(images))
    for axes in (grid := figure.subplots(-(-len(images) // columns), columns, squeeze=False)).flat:
        axes.axis("off")
    for axes, image, name in zip(grid.flat, images, names, strict=False):
        picture = axes.imshow(np.reshape(image, (SIDE, SIDE)), **imshow)
        axes.set_title(name, fontsize=13)
    return picture
