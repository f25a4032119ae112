"""A formula of matrices as labelled rectangles: which sides meet, what is stretched, and what comes out."""

import re

import numpy as np
from matplotlib.patches import Rectangle

from .formulas import length, parts_of, written
from .style import BLAME, MEETING, VALUE, sheet, styled, with_minus

SIZES = {"n": 64, "d": 784, "h": 128, "k": 10}
LONGEST, WIDEST, RATIO = 2.1, 10.5, 6  # inches of the longest side and of a figure; longest to shortest side, at most
SIDE, END, ABOVE, BELOW, LETTER = 0.42, 0.12, 0.45, 0.4, 0.135  # inches around a rectangle, and of a letter


@styled
def shapes(formulas, sides, title, sizes=None, marked=None):
    """Draw each matrix of a formula as a rectangle; where two are multiplied, the sides that must agree have one colour.

    The longer a side, the longer it is drawn, but large differences are compressed: the longest is six times as long as
    the shortest at most. What is smaller than the result is stretched to its size, with a dashed outline. Gradients,
    whose names are such as ``dW1``, are red.

    Parameters
    ----------
    formulas : str or sequence of str
        As in code, with spaces around the operators: ``"Z1 = X @ W1 + b1"``. A matrix may stand there as ``X.T``,
        ``relu(Z1)``, ``dZ1.sum(axis=0)`` or ``images.reshape(n, -1)``. Each formula has a row of its own.
    sides : dict
        From a matrix's name to its sides, as letters or numbers: ``{"X": "n d", "b1": "h"}`` or ``{"X": (3, 4)}``.
    title : str
    sizes : dict, optional
        From a letter to its number, which is then written beside it. Without it the letters stand alone, and sides are
        drawn as for 64 examples, 784 inputs, 128 hidden units and 10 classes.
    marked : dict, optional
        From a name to "row" or "column", of which one is then shaded.

    Examples
    --------
    >>> figure, description = shapes("Z = X @ W + b", {"X": "n d", "W": "d k", "b": "k", "Z": "n k"}, "A layer")
    >>> description
    'A layer. Z (n, k) = X (n, d) @ W (d, k) + b (k,), stretched to (n, k). The sides that meet: d.'
    """
    formulas = [formulas] if isinstance(formulas, str) else list(formulas)
    sides = {name: tuple(side.split()) if isinstance(side, str) else tuple(side) for name, side in sides.items()}
    lengths = SIZES | (sizes or {})
    for name, side in sides.items():
        unknown = [letter for letter in side if isinstance(letter, str) and letter not in lengths]
        if unknown:
            raise ValueError(f"{name} has a side {unknown[0]!r} of unknown length. Try sizes={{{unknown[0]!r}: 32}}.")
    for name, what in (marked or {}).items():
        if name not in sides or what not in ("row", "column"):
            raise ValueError(f'marked must lead from a matrix to "row" or "column", but holds {name!r}: {what!r}.')
    rows = [parts_of(formula, sides, lengths) for formula in formulas]
    boxes = [[_Box(part, lengths, sizes or {}, (marked or {}).get(part.name)) for part in row] for row in rows]
    _to_scale([box for row in boxes for box in row], [sum(box.beside for box in row) for row in boxes], boxes)
    widths = [sum(box.width + box.beside for box in row) for row in boxes]
    heights = [max(box.height for box in row) + ABOVE + BELOW for row in boxes]
    width, height = max(*widths, LETTER * len(title)) + 2 * END, sum(heights) + 0.55
    figure, axes = sheet(width, height, title)
    top = height - 0.55
    for row, wide, tall in zip(boxes, widths, heights, strict=True):
        x, y = (width - wide) / 2, top - ABOVE - (tall - ABOVE - BELOW) / 2
        for box in row:
            box.draw(axes, x, y)
            x += box.width + box.beside
        top -= tall
    met = {str(part.sides[i]): None for row in rows for part in row for i in part.meets}
    told = f" The sides that meet: {', '.join(met)}." if met else ""
    return figure, f"{title}. {' '.join(map(_words, rows))}{told}{_numbers(rows, sizes)}"


class _Box:
    """A part of a formula with its size in inches, ``width`` and ``height``, and the room for what is written ``beside`` it."""

    def __init__(self, part, lengths, sizes, marked):
        self.part, self.marked = part, marked
        self.labels = [f"{side} = {sizes[side]}" if side in sizes else str(side) for side in part.sides]
        self.sides, self.whole = (
            tuple(length(side, lengths) for side in sides) if sides else () for sides in (part.sides, part.stretched)
        )
        if not part.name:
            self.beside = 0.25 + LETTER * len(part.text)
        else:
            self.beside = (END if len(self.sides) == 1 and not part.upright else SIDE) + END

    def fit(self, scale):
        """Take the lengths of the sides in inches, by their numbers."""
        drawn = [[scale[side] for side in sides] for sides in (self.sides, self.whole)]
        self.rectangle, self.outline = (self._flat(side, scale) for side in drawn)
        self.width, self.height = np.max([self.rectangle, self.outline], axis=0)
        if self.part.name:
            self.width = max(self.width, LETTER * len(self.part.text) - 0.2)

    def _flat(self, sides, scale):
        if not sides:
            return 0.0, 0.0
        if len(sides) == 1:
            return (scale[1], sides[0]) if self.part.upright else (sides[0], scale[1])
        return sides[-1], sides[-2]

    def draw(self, axes, x, y):
        """Draw it to the right of x, the middle at the height y."""
        part = self.part
        if not part.name:
            axes.text(x + self.beside / 2, y, with_minus(part.text), ha="center", va="center", fontsize=18)
            return
        colour = BLAME if re.fullmatch(r"d[A-Za-z]\d*", part.name) else VALUE
        x += self.beside - END + (self.width - max(self.rectangle[0], self.outline[0])) / 2
        if part.stretched:
            (wide, high), low = self.outline, y - self.outline[1] / 2
            axes.add_patch(Rectangle((x, low), wide, high, fill=False, edgecolor=colour, linestyle="--", linewidth=1.6))
            y = low + high - self.rectangle[1] / 2  # the first row or column of what it is stretched to
        (wide, high), low = self.rectangle, y - self.rectangle[1] / 2
        for step in (0.16, 0.08, 0) if len(self.sides) == 3 else (0,):
            axes.add_patch(Rectangle((x + step, low + step), wide, high, facecolor="white"))
            look = {"facecolor": f"{colour}2e", "edgecolor": colour, "linewidth": 2}
            axes.add_patch(Rectangle((x + step, low + step), wide, high, gid=part.text if not step else None, **look))
        if self.marked:
            place = (x, low + 0.6 * high, wide, 0.14 * high) if self.marked == "row" else (x + 0.6 * wide, low, 0.14 * wide, high)
            axes.add_patch(Rectangle(place[:2], *place[2:], facecolor=colour))
        if part.axis is not None:
            start, end = ((0.5, 0.88), (0.5, 0.12)) if part.axis == 0 else ((0.12, 0.5), (0.88, 0.5))
            ends = [(x + across * wide, low + up * high) for across, up in (end, start)]
            axes.annotate("", *ends, arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2.5, "mutation_scale": 18})
        self._write(axes, x, low, wide, high)

    def _write(self, axes, x, low, wide, high):
        """Write the name above the rectangle, and the numbers of its sides beside and below it."""
        part, across = self.part, not self.part.upright
        top = low + high + 0.16 * (len(self.sides) == 3)
        axes.text(x + wide / 2, top + 0.09, part.text, ha="center", va="bottom", fontsize=15, weight="bold")
        places = {"across": ([x, x + wide], [low, low]), "up": ([x, x], [low, low + high])}
        order = ["stack", "up", "across"][-len(self.sides) :] if len(self.sides) > 1 else ["across" if across else "up"]
        bottom = low if not part.stretched else low + high - self.outline[1]
        for i, (label, where) in enumerate(zip(self.labels, order, strict=True)):
            look = {"color": MEETING, "weight": "bold"} if i in part.meets else {"color": "black"}
            if i in part.meets:
                axes.plot(*places[where], color=MEETING, linewidth=5, solid_capstyle="butt")
            if where == "across":
                axes.text(x + wide / 2, bottom - 0.08, label, ha="center", va="top", fontsize=13, **look)
            elif where == "up":
                turned = {"rotation": 90} if len(label) > 3 else {}
                axes.text(x - 0.09, low + high / 2, label, ha="right", va="center", fontsize=13, **turned, **look)
            else:
                axes.text(x + wide + 0.2, low + high / 2, f"× {label}", ha="left", va="center", fontsize=13)


def _to_scale(boxes, beside, rows):
    """Give each box its size: the longest side LONGEST inches, or less where the widest row would not fit."""
    used = {side for box in boxes for side in (*box.sides, *box.whole)}
    used |= {1} if any(len(box.sides) == 1 for box in boxes) else set()
    ratio = max(used) / min(used)
    power = min(1, np.log(RATIO) / np.log(ratio)) if ratio > 1 else 1
    longest = LONGEST
    for _ in range(2):  # names may be wider than their rectangles, so the widest row is measured
        scale = {side: longest * (side / max(used)) ** power for side in used}
        for box in boxes:
            box.fit(scale)
        longest *= min(1, *((WIDEST - fixed) / sum(box.width for box in row) for fixed, row in zip(beside, rows, strict=True)))


def _words(parts):
    """Return a formula as a sentence, the shape after each name."""
    told = []
    for part in parts:
        stretched = f", stretched to {written(part.stretched)}" if part.stretched else ""
        told.append(f"{part.text} {part.shape}{stretched}" if part.name else part.text)
    return f"{' '.join(told)}."


def _numbers(rows, sizes):
    """Return what the letters in these formulas stand for."""
    used = {side for row in rows for part in row for side in part.sides}
    told = ", ".join(f"{letter} = {size}" for letter, size in (sizes or {}).items() if letter in used)
    return f" Here {told}." if told else ""
