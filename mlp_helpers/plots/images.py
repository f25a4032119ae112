"""Pictures of images: the data, the weights of neurons, the mistakes."""

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from .style import COLOURS, SIDE, styled


@styled
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
    title = "Each row is a class, and no two images of it are alike"
    axes.set_title(title)
    return figure, f"{title}. There are {per_class} images in a row, for each of the classes {', '.join(class_names)}."


@styled
def image_row(images, names, title):
    """Draw a few images side by side, each under its name; bytes from 0 black to 255 white."""
    figure = Figure(figsize=(2.1 * len(images), 2.9), layout="constrained")
    figure.suptitle(title, fontsize=15)
    for axes, image, name in zip(figure.subplots(1, len(images), squeeze=False)[0], images, names, strict=True):
        limits = {"vmin": 0, "vmax": 255} if image.dtype == np.uint8 else {}
        axes.imshow(np.reshape(image, (SIDE, SIDE)), cmap="gray", **limits)
        axes.set_title(name, fontsize=13)
        axes.axis("off")
    return figure, f"{title}. {'Side by side' if len(names) > 1 else 'The image'}: {'; '.join(names)}."


@styled
def image_table(images, title, names=None, columns=10):
    """Draw images (n, 784) in rows, each under its name, or else under its number from 1 on; bytes from 0 black to 255 white."""
    numbers = [str(number) for number in range(1, len(images) + 1)]
    said = f"numbers 1 to {len(images)}" if names is None else "; ".join(" ".join(name.split()) for name in names)
    names = numbers if names is None else names
    rows, lines = -(-len(images) // columns), max(name.count("\n") for name in names) + 1
    figure = Figure(figsize=(1.25 * min(columns, len(images)), (1.25 + 0.3 * lines) * rows + 0.7), layout="constrained")
    figure.suptitle(title)
    _pictures(figure, images, names, columns, cmap="gray", vmin=0, vmax=255)
    return figure, f"{title} ({len(images)} images, row by row: {said})."


@styled
def pixel_values(image, rows, columns):
    """Draw an image, and beside it the pixels in the given slices of rows and columns as numbers."""
    image = np.reshape(image, (SIDE, SIDE))
    part = image[rows, columns]
    figure = Figure(figsize=(12, 5.2), layout="constrained")
    whole, close = figure.subplots(1, 2, width_ratios=[1, 1.45])
    whole.imshow(image, cmap="gray", vmin=0, vmax=255)
    whole.add_patch(
        matplotlib.patches.Rectangle(
            (columns.start - 0.5, rows.start - 0.5), part.shape[1], part.shape[0], fill=False, edgecolor=COLOURS[1], linewidth=2.5
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
        f"On the left the picture, with a frame; on the right the numbers in the frame, rows {rows.start} to {rows.stop - 1} "
        f"and columns {columns.start} to {columns.stop - 1}: from {part.min()} to {part.max()}, where 0 is black and 255 white."
    )


@styled
def class_means(images, labels, class_names):
    """Draw the mean image of each class."""
    means = [images[labels == label].mean(axis=0) for label in range(len(class_names))]
    brightest = [mean.max() for mean in means]
    bright, faint = class_names[int(np.argmax(brightest))], class_names[int(np.argmin(brightest))]
    figure = Figure(figsize=(10.5, 5.5), layout="constrained")
    title = f"The mean of class {bright} has the brightest pixel, that of class {faint} the faintest"
    figure.suptitle(title)
    _pictures(figure, means, class_names, cmap="gray", vmin=0, vmax=255)
    return figure, (
        f"{title}: {max(brightest):.0f} and {min(brightest):.0f} of 255. "
        f"Each picture is the mean of a class: {', '.join(class_names)}."
    )


@styled
def neuron_templates(W, names, title="Red wants ink, blue wants none", what="weight"):
    """Draw the weights of each neuron, or their gradient, a column of W (784, h), as an image: red positive, blue negative."""
    figure = Figure(figsize=(1.8 * min(5, W.shape[1]) + 1.8, 2.5 * -(-W.shape[1] // 5) + 0.8), layout="constrained")
    figure.suptitle(title)
    limit = np.abs(W).max()
    pictures = _pictures(figure, W.T, names, cmap="RdBu_r", vmin=-limit, vmax=limit)
    figure.colorbar(pictures, ax=figure.axes, shrink=0.8, label=what)
    share = (W > 0).mean()
    return figure, (
        f"{title}. The {what}s of {W.shape[1]} neuron{'s' * (W.shape[1] > 1)} as images, red positive and blue negative, "
        f"from {W.min():.2f} to {W.max():.2f}; {share:.0%} of them are positive."
    )


@styled
def weight_images(W, title, columns=16):
    """Draw every column of W (784, h) as a small picture in one mosaic: red wants ink, blue none.

    The few largest weights, one in 500, have the colour of the ends of the scale.

    Parameters
    ----------
    W : array (784, h)
    title : str
    columns : int
        Pictures in a row.
    """
    h = W.shape[1]
    columns, step = min(columns, h), SIDE + 2  # two pixels between pictures
    rows = -(-h // columns)
    tiles = np.full((rows * columns, step, step), np.nan)
    tiles[:h, 1:-1, 1:-1] = W.T.reshape(h, SIDE, SIDE)
    mosaic = tiles.reshape(rows, columns, step, step).transpose(0, 2, 1, 3).reshape(rows * step, columns * step)
    figure = Figure(figsize=(0.78 * columns + 2, 0.78 * rows + 1.4), layout="constrained")
    axes = figure.add_subplot()
    limit = np.quantile(np.abs(W), 0.998) or 1
    picture = axes.imshow(mosaic, cmap="RdBu_r", vmin=-limit, vmax=limit)
    axes.set_facecolor("0.6")  # between the pictures
    axes.set_xticks(step * np.arange(columns) + step / 2, range(columns), fontsize=11)
    axes.set_yticks(step * np.arange(rows) + step / 2, columns * np.arange(rows), fontsize=11)
    axes.tick_params(length=0)
    axes.set_title(title, fontsize=17)
    axes.set(xlabel="unit: the number at its row plus that of its column" if rows > 1 else "unit")
    if rows == 1:
        axes.set_yticks([])
    figure.colorbar(picture, label="weight", shrink=0.8, extend="both")
    lengths = np.linalg.norm(W, axis=0)
    strong, faint = int(lengths.argmax()), int(lengths.argmin())
    return figure, (
        f"{title}. The weights of {h} unit{'s' * (h > 1)} as images, red positive and blue negative, from {W.min():.2f} to "
        f"{W.max():.2f}. Unit {strong} has the largest weights (length {lengths[strong]:.2f}), "
        f"unit {faint} the smallest ({lengths[faint]:.2f})."
    )


@styled
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
    figure = Figure(figsize=(2 * min(6, len(worst)) + 0.5, 2.6 * -(-len(worst) // 6) + 1), layout="constrained")
    of_all = f"{len(wrong):,} of {len(labels):,}".replace(",", " ")  # 248 of 10 000
    figure.suptitle(f"{of_all} are wrong; the {len(worst)} most confident mistakes")
    names = [f"{class_names[labels[i]]}, read as {class_names[predicted[i]]}\n{P[i].max():.0%} sure" for i in worst]
    if len(worst):
        _pictures(figure, images[worst], names, columns=6, cmap="gray")
    return figure, (
        f"{of_all} images ({len(wrong) / len(labels):.2%}) are wrong. "
        + (f"The most confident mistake: {names[0].replace(chr(10), ', ')}." if len(worst) else "")
    )


def _mosaic(images, columns):
    """Lay images (n, 784) out as one large picture."""
    tiles = np.reshape(images, (-1, columns, SIDE, SIDE))
    return tiles.transpose(0, 2, 1, 3).reshape(len(tiles) * SIDE, columns * SIDE)


def _pictures(figure, images, names, columns=5, **imshow):
    """Draw images (n, 784) in rows, each under its name; return the last one, for a colour bar."""
    columns = min(columns, len(images))
    for axes in (grid := figure.subplots(-(-len(images) // columns), columns, squeeze=False)).flat:
        axes.axis("off")
    for axes, image, name in zip(grid.flat, images, names, strict=False):
        picture = axes.imshow(np.reshape(image, (SIDE, SIDE)), **imshow)
        axes.set_title(name, fontsize=13)
    return picture
