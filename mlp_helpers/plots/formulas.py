"""A formula of matrices, taken apart: the sides of each matrix, which of them meet, and what is stretched."""

import re
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Part:
    """One matrix, number or operator of a formula, as it is drawn."""

    text: str
    name: str = ""  # of the matrix, "" for an operator or a number
    sides: tuple = ()  # letters or numbers
    stretched: tuple = ()  # the sides to which it is stretched
    meets: set = field(default_factory=set)  # its sides that meet another matrix, 0 and 1
    axis: int | None = None  # along which it is summed
    upright: bool = False  # a vector that stands as a column

    @property
    def shape(self):
        """The shape as text: (n, d)."""
        return written(self.sides)


def parts_of(formula, sides, lengths):
    """Return the parts of a formula such as "Z1 = X @ W1 + b1", in their order.

    Parameters
    ----------
    formula : str
    sides : dict
        From a matrix's name to its sides, letters or numbers.
    lengths : dict
        From a letter to its number.

    Examples
    --------
    >>> sides = {"dW": "dh", "X": "nd", "dZ": "nh"}
    >>> [part.shape for part in parts_of("dW = X.T @ dZ", sides, {"n": 2, "d": 3, "h": 4}) if part.name]
    ['(d, h)', '(d, n)', '(n, h)']
    """
    words = re.split(r"\s+([@=+*/-])\s+", formula)
    parts = [Part(word) if re.fullmatch(r"[@=+*/-]", word) else _operand(word, sides) for word in words]
    for left, operator, right in zip(parts, parts[1:], parts[2:], strict=False):
        if operator.text == "@":
            _meet(left, right, lengths)
    parts[0].upright = len(parts[0].sides) == 1 and any(part.upright for part in parts)  # a column comes out of a column
    if len(parts) > 2 and parts[1].text == "=" and parts[0].name:
        _stretch(formula, parts, lengths)
    return parts


def written(sides):
    """Return sides as NumPy writes a shape: (n, d), (h,)."""
    return f"({sides[0]},)" if len(sides) == 1 else f"({', '.join(map(str, sides))})"


def length(side, lengths):
    """Return the number of a side."""
    return lengths[side] if isinstance(side, str) else int(side)


def _operand(word, sides):
    """Return the part for a matrix that may be transposed, summed or inside a function; for a number a part without a name."""
    name = next((found for found in re.findall(r"[A-Za-z_]\w*", word) if sides.get(found)), "")
    own = tuple(sides.get(name, ()))
    summed = re.search(r"\.(?:sum|mean|max)\(axis=(-?\d)(, keepdims=True)?", word)
    part = Part(word, name, own[::-1] if re.search(rf"\b{name}\.T\b", word) else own)
    if summed and name:
        part.axis = int(summed[1]) % len(own)
        part.sides = own if not summed[2] else tuple(1 if i == part.axis else side for i, side in enumerate(own))
        part.axis = None if summed[2] else part.axis  # what keeps its dimensions is drawn as it comes out
    return part


def _meet(left, right, lengths):
    """Mark the inner sides of a product, or refuse it."""
    for part in (left, right):
        if not 1 <= len(part.sides) <= 2:
            raise ValueError(f"{part.text} must be a matrix or a vector, to be multiplied. Name its sides, such as 'n d'.")
    right.upright = len(right.sides) == 1
    inner = left.sides[-1], right.sides[0]
    if length(inner[0], lengths) != length(inner[1], lengths):
        raise ValueError(
            f"The inner sides of {left.text} @ {right.text} must be equal, but are {inner[0]} and {inner[1]}, of "
            f"{left.shape} and {right.shape}. Try .T on one of them."
        )
    left.meets.add(len(left.sides) - 1)
    right.meets.add(0)


def _stretch(formula, parts, lengths):
    """Stretch each smaller term to the sides of the result, or refuse a formula whose two sides differ."""
    result, wanted = parts[0], [length(side, lengths) for side in parts[0].sides]
    beside_product = {i + j for i, part in enumerate(parts) if part.text == "@" for j in (-1, 1)}
    reached, whole = (), True
    for i, part in enumerate(parts[2:], 2):
        if part.text == "@":
            left, right = parts[i - 1], parts[i + 1]
            shape = (*left.sides[:-1], *right.sides[1:])
        elif i in beside_product or not part.name:
            continue
        else:
            shape = tuple(side for j, side in enumerate(part.sides) if j != part.axis)
            whole &= "reshape" not in part.text
            if len(parts) > 3 and part.axis is None and [length(side, lengths) for side in shape] != wanted:
                part.stretched = result.sides
        try:
            reached = np.broadcast_shapes(reached, tuple(length(side, lengths) for side in shape))
        except ValueError:
            whole, reached = True, ()
            break
    if whole and list(reached) != wanted:
        told = ", ".join(f"{part.text} {part.shape}" for part in parts if part.name)
        raise ValueError(f"{formula} does not make {result.shape} of its right-hand side: {told}. Check the sides.")
