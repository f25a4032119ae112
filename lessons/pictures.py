"""Draw the picture at the top of each lesson, which asks the lesson's question and answers nothing.

    python lessons/pictures.py           all of them
    python lessons/pictures.py 04 05     these two

The pictures are kept in pictures/, so that a lesson shows its own before anything was run. Each function below draws one
on a strip of 10 × 2.4 and is named after the lesson's number; its docstring is the alternative text in the lesson.
"""

import argparse
import io
import itertools
import pathlib
import sys

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from mlp_helpers import load_fashion_mnist, load_mnist
from mlp_helpers.labs.pad import shipped  # a network that was trained before
from mlp_helpers.plots.style import COLOURS, SIDE, STYLE, as_card

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 10, 2.4
BLUE, ORANGE, GREY = COLOURS[0], COLOURS[1], "0.45"


# --- what they are drawn with -----------------------------------------------------------------------------------------


def image(axes, pixels, x, y, size):
    """Draw an image of 28 × 28 pixels with its lower left corner at (x, y)."""
    axes.imshow(np.reshape(pixels, (SIDE, SIDE)), cmap="gray", extent=(x, x + size, y, y + size), interpolation="nearest")


def say(axes, x, y, text, size=14, **looks):
    """Write a text, its middle at (x, y)."""
    axes.text(x, y, text, **{"ha": "center", "va": "center", "fontsize": size, **looks})


def ask(axes, x, y, size=44):
    say(axes, x, y, "?", size, color=ORANGE, weight="bold", zorder=4)


def box(axes, x, y, width, height, text="", dashed=False, **looks):
    """Draw a box with round corners and a text in it; a dashed one is still empty."""
    style = {"linestyle": "--", "edgecolor": ORANGE} if dashed else {"edgecolor": BLUE}
    axes.add_patch(FancyBboxPatch((x, y), width, height, "round,pad=0,rounding_size=0.1", facecolor="none", lw=2, **style))
    say(axes, x + width / 2, y + height / 2, text, **looks)


def disc(axes, x, y, radius, **looks):
    axes.add_patch(FancyBboxPatch((x, y), 0, 0, f"circle,pad={radius}", **{"facecolor": "none", "lw": 1.8, "zorder": 2} | looks))


def tile(axes, x, y, width, height, colour):
    axes.add_patch(FancyBboxPatch((x, y), width, height, "round,pad=0,rounding_size=0.06", lw=0, facecolor=colour))


def arrow(axes, x, y, to_x, to_y):
    axes.annotate("", (to_x, to_y), (x, y), arrowprops={"arrowstyle": "-|>", "color": GREY, "lw": 2})


def bars(axes, x, y, title, shares):
    """Draw bars that lie one above the other, from names to shares of 1, each with its number."""
    say(axes, x, y + 0.45 * len(shares) + 0.15, title, ha="left", weight="bold")
    for row, (name, share) in enumerate(reversed(shares.items())):
        axes.barh(y + 0.45 * row, 1.9 * share, 0.34, left=x + 0.4, color=BLUE)
        say(axes, x + 0.2, y + 0.45 * row, name)
        say(axes, x + 0.5 + 1.9 * share, y + 0.45 * row, f"{share:.2f}", 13, ha="left")


def network(axes, layers, left, right, radius=0.16, low=0.35, high=2.05, width=1.2):
    """Draw circles and all lines between neighbours; return the places of the circles by layer."""
    across = np.linspace(left, right, len(layers))
    places = []
    for x, units in zip(across, layers, strict=True):
        gap = min((high - low) / max(units - 1, 1), 0.75)
        places.append([(x, (low + high) / 2 + gap * ((units - 1) / 2 - unit)) for unit in range(units)])
    lines = [(start, end) for before, after in itertools.pairwise(places) for start in before for end in after]
    axes.add_collection(LineCollection(lines, colors="0.6", linewidths=width, zorder=1))
    for place in itertools.chain(*places):
        disc(axes, *place, radius, facecolor="white", edgecolor=BLUE)
    return places


# --- the pictures -----------------------------------------------------------------------------------------------------


def picture_00(axes):
    """Eight handwritten sevens, no two alike: with a bar, leaning, bent. Beside them an empty box: which rule fits them all?"""
    mnist = load_mnist()
    sevens = mnist.validation.images[mnist.validation.labels == 7][[0, 10, 12, 13, 26, 32, 44, 48]]
    for n, seven in enumerate(sevens):
        image(axes, seven, 0.2 + 1.15 * (n % 4), 1.25 - 1.13 * (n // 4), 1.05)
    arrow(axes, 5.1, 1.2, 6.1, 1.2)
    box(axes, 6.4, 0.45, 3.3, 1.5, dashed=True)
    say(axes, 8.05, 1.55, "a rule that fits them all", 15)
    ask(axes, 8.05, 0.95)


def picture_00b(axes):
    """A table with three rows of four numbers. One number is marked in each row, and an arrow leads to these three: how?"""
    table = np.array([[0.1, 0.2, 0.6, 0.1], [0.7, 0.1, 0.1, 0.1], [0.3, 0.2, 0.1, 0.4]])
    for i, j in np.ndindex(table.shape):
        x, y = 0.5 + 0.95 * j, 1.65 - 0.7 * i
        marked = j == (2, 0, 3)[i]
        tile(axes, x, y, 0.85, 0.6, BLUE if marked else "0.93")
        say(axes, x + 0.42, y + 0.3, f"{table[i, j]}", color="black", weight="bold" if marked else "normal")
    arrow(axes, 4.6, 1.25, 6.9, 1.25)
    say(axes, 5.7, 1.6, "no loop", 15)
    ask(axes, 5.7, 0.75, 36)
    for i, share in enumerate((0.6, 0.7, 0.4)):
        box(axes, 7.2 + 0.85 * i, 0.95, 0.75, 0.6, f"{share}", weight="bold")


def picture_00c(axes):
    """2 times 3 is 6. Below stand three other numbers: 0.69 plus 1.10 is 1.79. Arrows lead down to them: by which rule?"""
    for n, (above, below) in enumerate([("2", "0.69"), ("3", "1.10"), ("6", "1.79")]):
        x = 1.2 + 2.6 * n
        box(axes, x, 1.5, 1.4, 0.65, above, size=20, weight="bold")
        box(axes, x, 0.2, 1.4, 0.65, below, size=20)
        arrow(axes, x + 0.7, 1.4, x + 0.7, 0.95)
    for x, signs in ((3.2, "×+"), (5.8, "==")):
        say(axes, x, 1.82, signs[0], 20)
        say(axes, x, 0.52, signs[1], 20)
    ask(axes, 9, 1.2)


def picture_01(axes):
    """Lines of numbers from 0 to 255, as they would be read out over the telephone, and beside them: which digit?"""
    numbers = load_mnist().train.images[7][200:506]
    for n, value in enumerate(numbers):
        say(axes, 0.25 + 0.225 * (n % 34), 2.2 - 0.25 * (n // 34), str(value), 7.5, color="0.25", family="monospace")
    arrow(axes, 7.95, 1.2, 8.55, 1.2)
    box(axes, 8.65, 0.55, 1.2, 1.3, dashed=True)
    ask(axes, 9.25, 1.2)


def picture_02(axes):
    """A handwritten digit that may be a 4 or a 9, and the numbers from 0 to 9 in a row with 4 and 9 marked: what lies between?"""
    image(axes, load_mnist().validation.images[2469], 0.2, 0.25, 1.9)
    say(axes, 3.2, 1.2, "a 4 or a 9", 17)
    axes.plot([4.6, 9.6], [0.95, 0.95], color=GREY, lw=2)
    for digit in range(10):
        x, marked = 4.7 + 0.53 * digit, digit in (4, 9)
        axes.plot(x, 0.95, "o", ms=22, color=BLUE if marked else "0.9")
        say(axes, x, 0.94, str(digit), 13, color="white" if marked else "black", weight="bold" if marked else "normal")
    axes.plot([6.82, 6.82, 9.47, 9.47], [1.3, 1.45, 1.45, 1.3], color=ORANGE, lw=2)
    ask(axes, 8.15, 1.9, 34)


def picture_03(axes):
    """Ten blurred mean images of the digits 0 to 9 in a row; below each an empty circle, joined to it: ten neurons?"""
    train = load_mnist().train
    for digit in range(10):
        x = 0.3 + 0.95 * digit
        image(axes, train.images[train.labels == digit].mean(axis=0), x, 1.45, 0.85)
        axes.plot([x + 0.42, x + 0.42], [0.8, 1.4], color=GREY, lw=1.5)
        disc(axes, x + 0.42, 0.5, 0.27, edgecolor=ORANGE, ls="--")
        ask(axes, x + 0.42, 0.49, 17)


def picture_04(axes):
    """A handwritten 3. Network A gives 0.51 to 8 and 0.49 to 3; network B gives 0.99 to 8 and 0.01 to 3. How much worse is B?"""
    train = load_mnist().train
    image(axes, train.images[train.labels == 3][4], 0.2, 0.35, 1.7)
    bars(axes, 2.4, 0.65, "network A", {"8": 0.51, "3": 0.49})
    bars(axes, 5.6, 0.65, "network B", {"8": 0.99, "3": 0.01})
    say(axes, 9.2, 1.75, "worse by", 15)
    ask(axes, 9.2, 1.0)


def picture_05(axes):
    """A hillside in fog: the ground shows only around somebody who stands on it. Everything else is hidden. Which way is down?"""
    x = np.linspace(0, WIDTH, 500)
    y = 1.1 + 0.55 * np.sin(0.75 * x + 0.9) + 0.2 * np.sin(1.9 * x)
    here = 330
    hidden = 1 - np.exp(-(((x - x[here]) / 0.9) ** 2))
    axes.plot(x, y, color="0.15", lw=5)
    axes.plot([x[here]] * 2, [y[here] + 0.06, y[here] + 0.42], color=BLUE, lw=5)
    axes.plot(x[here], y[here] + 0.58, "o", ms=13, color=BLUE)
    fog = np.stack([np.full_like(x, 0.9)] * 3 + [hidden], axis=-1)[None]
    axes.imshow(fog, extent=(0, WIDTH, 0, HEIGHT), aspect="auto", zorder=3)
    for side in (2.2, 9.0):
        ask(axes, side, 1.2)


def picture_06(axes):
    """Seven people, drawn as circles in three columns, pass numbers on. The answer at the end is wrong: who is to blame?"""
    places = network(axes, [2, 3, 2], 1.2, 5.4, radius=0.26)
    for place in itertools.chain(*places):
        ask(axes, *place, 15)
    arrow(axes, 5.8, 1.2, 6.7, 1.2)
    box(axes, 6.9, 0.75, 2.6, 0.9, "a wrong answer", size=15)


def picture_07(axes):
    """A network of 2, 3 and 2 units, whose lines can be counted; beside it one of many units, its lines too many to draw."""
    network(axes, [2, 3, 2], 0.5, 2.7)
    say(axes, 1.6, 0.12, "12 lines between them", 13)
    network(axes, [18, 10, 10], 4.0, 7.4, radius=0.04, low=0.4, high=2.3, width=0.5)
    say(axes, 5.7, 0.12, "784, 128 and 10: 101 632 lines", 13)
    say(axes, 8.9, 1.75, "a line of\ncode for each", 14)
    ask(axes, 8.9, 0.85, 40)


def picture_08(axes):
    """Three boxes, layers, a loss and gradients; six digits that are read; and between them a dashed box, thirty lines: which?"""
    for n, part in enumerate(("layers", "a loss", "gradients")):
        box(axes, 0.3, 1.65 - 0.72 * n, 2.1, 0.58, part, size=15)
        arrow(axes, 2.5, 1.94 - 0.72 * n, 3.7, 1.2)
    box(axes, 3.9, 0.5, 2.4, 1.4, dashed=True)
    say(axes, 5.1, 1.55, "thirty lines", 15)
    ask(axes, 5.1, 0.98)
    arrow(axes, 6.5, 1.2, 7.3, 1.2)
    for n, digit in enumerate(load_mnist().validation.images[:6]):
        image(axes, digit, 7.5 + 0.8 * (n % 3), 1.25 - 0.8 * (n // 3), 0.74)


def picture_09(axes):
    """Four dials, for the learning rate, the hidden units, the batch and the epochs; the curve that follows is a question."""
    for n, (name, turned) in enumerate({"learning rate": 130, "hidden units": 60, "batch": 100, "epochs": 30}.items()):
        x, way = 0.9 + 1.45 * n, np.deg2rad(turned)
        disc(axes, x, 1.4, 0.52, edgecolor=BLUE)
        axes.plot([x, x + 0.42 * np.cos(way)], [1.4, 1.4 + 0.42 * np.sin(way)], color=BLUE, lw=4)
        say(axes, x, 0.5, name, 13)
    arrow(axes, 6.1, 1.4, 6.8, 1.4)
    axes.plot([7.1, 7.1, 9.7], [2.2, 0.5, 0.5], color=GREY, lw=2)
    x = np.linspace(7.15, 8.2, 50)
    axes.plot(x, 0.9 + 1.1 * np.exp(-2 * (x - 7.15)), color=BLUE, lw=3)
    ask(axes, 8.9, 1.35)


def picture_10(axes):
    """Eight lines of a program, drawn as bars, and its loss, which falls as it should. One of the lines is wrong: which?"""
    lines = [(0, 2.2), (0.4, 3.0), (0.4, 2.4), (0.4, 3.3), (0.8, 2.0), (0.8, 2.7), (0.4, 1.7), (0, 2.6)]
    for row, (start, length) in enumerate(lines):
        axes.plot([0.5 + start, 0.5 + start + length], [2.15 - 0.27 * row] * 2, color="0.75", lw=7, solid_capstyle="round")
    ask(axes, 5.0, 1.2)
    axes.plot([6.3, 6.3, 9.7], [2.2, 0.45, 0.45], color=GREY, lw=2)
    x = np.linspace(6.35, 9.6, 80)
    axes.plot(x, 0.65 + 1.4 * np.exp(-1.3 * (x - 6.35)), color=BLUE, lw=3)
    say(axes, 6.05, 1.3, "loss", 13, rotation=90)
    say(axes, 8.3, 1.7, "it falls", 15)


def picture_11(axes):
    """Two stacks of ten layers with different first weights. One reads one digit in ten, the other nine in ten: why?"""
    for y, recipe, said in ((1.55, "one recipe", "1 digit in 10"), (0.35, "another", "9 digits in 10")):
        say(axes, 1.0, y + 0.25, recipe, 15)
        for layer in range(10):
            tile(axes, 2.2 + 0.38 * layer, y, 0.26, 0.55, BLUE)
        arrow(axes, 6.1, y + 0.27, 6.7, y + 0.27)
        say(axes, 7.6, y + 0.27, said, 15)
    ask(axes, 9.4, 1.2)


def picture_12(axes):
    """Two rising curves, training above validation, and the caption: overfitting, with a question mark."""
    axes.plot([0.6, 0.6, 6.2], [2.25, 0.4, 0.4], color=GREY, lw=2)
    x = np.linspace(0.65, 6.1, 100)
    axes.plot(x, 2.1 - 1.4 * np.exp(-1.5 * (x - 0.65)), color=BLUE, lw=3)
    axes.plot(x, 1.75 - 1.15 * np.exp(-1.7 * (x - 0.65)), color=GREY, lw=3, ls="--")
    say(axes, 4.9, 2.25, "training", 13, color=BLUE)
    say(axes, 4.9, 1.5, "validation", 13, color=GREY)
    say(axes, 3.3, 0.15, "epochs", 13)
    box(axes, 7.0, 0.5, 2.7, 1.4, dashed=True)
    say(axes, 8.35, 1.55, "overfitting", 15)
    ask(axes, 8.35, 0.98)


def picture_13(axes):
    """Five digits and, below them, five photographs of clothes, for the same program: which does it take for others?"""
    for y, data in ((1.25, load_mnist()), (0.15, load_fashion_mnist())):
        for n, pixels in enumerate(data.validation.images[:5]):
            image(axes, pixels, 0.3 + 1.05 * n, y, 0.98)
        arrow(axes, 5.7, y + 0.5, 6.3, 1.2)
    box(axes, 6.5, 0.75, 2.0, 0.9, "same program", size=14)
    ask(axes, 9.25, 1.2)


def picture_14(axes):
    """Two runs with the same network, first weights, images and steps; one makes 3 mistakes where the other makes 5. Why?"""
    shared = "same network\nsame first weights\nsame images, in the same order\nsame number of steps"
    say(axes, 2.0, 1.25, shared, 13, linespacing=1.7)
    arrow(axes, 4.0, 1.45, 4.7, 1.75)
    arrow(axes, 4.0, 1.05, 4.7, 0.75)
    for y, length in ((1.75, 3.0), (0.75, 1.8)):
        axes.barh(y, length, 0.5, left=4.9, color=BLUE)
    say(axes, 6.4, 2.2, "mistakes", 13)
    ask(axes, 9.0, 1.2)


def picture_15(axes):
    """A network reads 100 % of its training images and 92 % of all others. What would bring it the remaining eight points?"""
    for y, name, share in ((1.5, "training images", 100), (0.6, "all others", 92)):
        say(axes, 1.3, y, name, 15)
        axes.barh(y, 5.0, 0.5, left=2.7, color="0.92")
        axes.barh(y, 5.0 * share / 100, 0.5, left=2.7, color=BLUE)
        say(axes, 8.3, y, f"{share} %", 15)
    ask(axes, 9.4, 1.05)


def picture_16(axes):
    """Two pictures of the same handwritten 7, hard to tell apart. A network reads one as a 7 and the other as a 3: why?"""
    model, mnist = shipped(), load_mnist()
    seven = mnist.validation.images[mnist.validation.labels == 7][:1] / 255
    turned = seven.copy()
    for _ in range(40):  # small steps on the pixels, to where the loss for a 3 falls
        _, gradients = model.loss_and_gradients(turned, np.array([3]), input_gradient=True, training=False)
        turned = np.clip(turned - 0.01 * np.sign(gradients["X"]), 0, 1)
        if model.predict_proba(turned)[0, 3] > 0.9:
            break
    for x, pixels in ((0.4, seven), (5.3, turned)):
        image(axes, pixels, x, 0.2, 2.0)
        read = model.predict_proba(pixels)[0]
        arrow(axes, x + 2.2, 1.2, x + 2.8, 1.2)
        say(axes, x + 3.3, 1.2, str(read.argmax()), 40, weight="bold", color=BLUE)
    ask(axes, 9.4, 1.2)


def picture_17(axes):
    """Two squares with nine dots each: in one they stand in three rows and three columns, in the other they are scattered. Which
    is the better plan, and why?"""
    thirds = (np.arange(3) + 0.5) / 3
    grid = np.array([(x, y) for x in thirds for y in thirds])
    scattered = np.random.default_rng(33).random((9, 2))  # as in section 1 of the lesson
    for x, points in ((1.2, grid), (5.4, scattered)):
        box(axes, x, 0.2, 2.0, 2.0)
        axes.plot(x + 0.1 + 1.8 * points[:, 0], 0.3 + 1.8 * points[:, 1], "o", color=BLUE, markersize=9)
    say(axes, 4.3, 1.2, "or", 15)
    ask(axes, 9.0, 1.2)


def picture_18(axes):
    """Three programs for the same step: number by number, image by image, a batch at once. All three end at the same gradients.
    How far apart are they in time?"""
    for row, name in enumerate(("number by number", "image by image", "a batch at once")):
        y = 1.6 - 0.7 * row
        say(axes, 1.2, y + 0.25, name, 14)
        if row == 0:
            for column in range(24):
                for line in range(4):
                    tile(axes, 2.6 + 0.1375 * column, y + 0.13 * line, 0.08, 0.08, BLUE)
        elif row == 1:
            for line in range(4):
                tile(axes, 2.6, y + 0.13 * line, 3.25, 0.08, BLUE)
        else:
            tile(axes, 2.6, y, 3.25, 0.47, BLUE)
        arrow(axes, 6.05, y + 0.25, 6.75, y + 0.25)
        ask(axes, 7.1, y + 0.25, 26)
    box(axes, 7.6, 0.55, 2.1, 1.3, "the same\ngradients", size=15)


def picture_19(axes):
    """On the left ten handwritten digits, for the 10 000 of the test set on which everybody has been measured. On the right an
    empty box, five times as large: 50 000 more, lost until 2019. Do the records hold there?"""
    test = load_mnist().test
    for digit in range(10):
        pixels = test.images[test.labels == digit][0]
        image(axes, pixels, 0.25 + 0.42 * (digit % 5), 1.3 - 0.44 * (digit // 5), 0.4)
    say(axes, 1.3, 2.05, "10 000 published", 14, weight="bold", color=BLUE)
    say(axes, 1.3, 0.5, "known to everybody", 12, color=GREY)
    box(axes, 3.1, 0.35, 6.6, 1.35, dashed=True)
    say(axes, 6.4, 2.05, "50 000 lost until 2019", 14, weight="bold", color=ORANGE)
    say(axes, 5.6, 1.02, "do the records hold", 17)
    ask(axes, 7.45, 1.02)


def picture_20(axes):
    """A computation in five steps, each of which rounds its result a little, and a last number that is slightly wrong. Which step
    is to blame?"""
    for step in range(5):
        x = 0.3 + 1.45 * step
        box(axes, x, 0.85, 1.0, 0.8, f"step {step + 1}", size=14)
        arrow(axes, x + 1.05, 1.25, x + 1.4, 1.25)
        say(axes, x + 0.5, 0.5, "rounded", 12, color=GREY)
    say(axes, 8.25, 1.45, "0.6931470", 15, weight="bold", color=BLUE)
    say(axes, 8.25, 1.0, "not 0.6931472", 13)
    ask(axes, 9.55, 1.2)


# --- from pictures to files -------------------------------------------------------------------------------------------

PICTURES = {name.removeprefix("picture_"): draw for name, draw in list(globals().items()) if name.startswith("picture_")}


def path_of(number):
    return ROOT / "pictures" / f"lesson_{number}.png"


def drawn(number):
    """Return the picture of a lesson, as the contents of a PNG file."""
    import matplotlib.style

    with matplotlib.style.context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=90)
        axes = figure.add_axes((0, 0, 1, 1))
        PICTURES[number](axes)
        axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        axes.axis("off")
        png = io.BytesIO()
        figure.savefig(png, format="png", metadata={"Software": None})
    return as_card(png.getvalue())


def main():
    parser = argparse.ArgumentParser(description="Draw the pictures at the top of the lessons.")
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="draw these lessons' pictures: 04 05")
    numbers = parser.parse_args().numbers or list(PICTURES)
    if unknown := sorted(set(numbers) - set(PICTURES)):
        sys.exit(f"There is no picture for {', '.join(unknown)}. There are: {', '.join(PICTURES)}.")
    for number in numbers:
        path_of(number).write_bytes(drawn(number))


if __name__ == "__main__":
    main()
