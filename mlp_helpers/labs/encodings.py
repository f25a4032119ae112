"""Label-encoding explorer: how far apart two digits are as numbers, binary codes and one-hot, and what lies between."""

import itertools

import numpy as np

from ..core.functions import one_hot
from .chart import COLOURS, bars, image, line, shades, text
from .lab import Lab, choice, shelf

DIGITS = np.arange(10)
CODES = {  # a row for each digit
    "numbers": DIGITS[:, np.newaxis].astype(np.float32),  # (10, 1)
    "binary codes": np.stack([DIGITS // bit % 2 for bit in (8, 4, 2, 1)], axis=1).astype(np.float32),  # (10, 4)
    "one-hot": one_hot(DIGITS),  # (10, 10)
}


def distances(codes):
    """Euclidean distance between any two rows: (k, m) -> (k, k)."""
    differences = codes[:, np.newaxis] - codes  # (k, 1, m) - (k, m) -> (k, k, m)
    return np.sqrt((differences**2).sum(axis=2))


TABLES = {name: distances(codes) for name, codes in CODES.items()}


def between(first, second, encoding):
    """The row halfway between the codes of two digits, and the answers that it can be read as.

    Where a hair decides (6.5 is rounded down or up, a bit of 0.5 counts as 0 or 1, two columns are equally large),
    all answers are given; from 10 on they are no digit.

    Examples
    --------
    >>> between(4, 9, "numbers")
    (array([6.5], dtype=float32), [6, 7])
    """
    middle = (CODES[encoding][first] + CODES[encoding][second]) / 2
    if encoding == "numbers":
        return middle, sorted({int(np.floor(middle[0])), int(np.ceil(middle[0]))})
    if encoding == "one-hot":
        return middle, [int(digit) for digit in np.flatnonzero(middle == middle.max())]
    bits = [(0, 1) if bit == 0.5 else (int(bit),) for bit in middle]
    return middle, [int(np.dot(code, (8, 4, 2, 1))) for code in itertools.product(*bits)]


def describe(first, second, encoding):
    """The chart for two digits, and the encoding whose distances the table shows."""
    boxes = ([105, 40, 34, 84], [205, 40, 116, 84], [395, 40, 230, 84])
    rows = [block(name, first, second, box) for name, box in zip(CODES, boxes, strict=True)]
    rows[0] |= {"yticks": True, "ynames": [str(first), str(second), "half and half"]}
    apart = [float(TABLES[name][first, second]) for name in CODES]
    colours = [COLOURS[6 if name == encoding else 0] for name in CODES]
    compare = {
        "box": [105, 215, 520, 120], "xlim": [-0.6, 2.6], "ylim": [0, 10.8], "title": f"How far {first} and {second} are apart",
        "xnames": ["numbers (0 to 9)", "binary codes (0 to 2)", "one-hot (0 or 1.41)"], "ylabel": "distance",
        "series": [bars(apart, colors=colours, texts=[f"{distance:.2f}" for distance in apart])],
    }  # fmt: skip
    panes = [*rows, compare, table(encoding, first, second)]
    title = f"The digits {first} and {second} in three encodings"
    return {"width": 900, "height": 365, "title": title, "words": words(first, second, apart), "panes": panes}


def cells(values, colours):
    """A grid of numbers: an image of its colours (0 to 1), and the numbers on it, white on dark and black on bright."""
    rows, columns = values.shape
    drawn = [image(shades(colours), [-0.5, columns - 0.5, rows - 0.5, -0.5])]
    for (i, j), value in np.ndenumerate(values):
        drawn += [text(j, i + 0.16, f"{value:.2g}", color="black" if colours[i, j] > 0.45 else "white")]
    return drawn


def block(name, first, second, box):
    """The codes of both digits in one encoding, the row halfway between, and what that is read as."""
    middle, answers = between(first, second, name)
    values = np.stack([CODES[name][first], CODES[name][second], middle])
    columns = values.shape[1]
    said = f"any of {len(answers)} codes" if len(answers) > 2 else " or ".join(str(answer) for answer in answers)
    return {
        "box": box, "xlim": [-0.5, columns - 0.5], "ylim": [2.5, -0.5], "title": name, "yticks": False,
        "xnames": {1: [""], 4: ["8", "4", "2", "1"], 10: [str(digit) for digit in DIGITS]}[columns],
        "xlabel": f"read as {said}", "series": cells(values, values / (9 if columns == 1 else 1)),
    }  # fmt: skip


def table(encoding, first, second):
    """All 10 × 10 distances in one encoding, the chosen pair framed."""
    distance = TABLES[encoding]
    names = [str(digit) for digit in DIGITS]
    frames = []
    for row, column in {(first, second), (second, first)}:
        x, y = column + np.array([-0.5, 0.5, 0.5, -0.5, -0.5]), row + np.array([-0.5, -0.5, 0.5, 0.5, -0.5])
        frames += [line(x, y, color="black", width=5), line(x, y, color="white", width=2.5)]
    return {
        "box": [665, 40, 230, 230], "xlim": [-0.5, 9.5], "ylim": [9.5, -0.5], "xnames": names, "ynames": names,
        "title": f"all distances: {encoding}", "series": [*cells(distance, distance / distance.max()), *frames],
    }  # fmt: skip


def words(first, second, apart):
    """What there is to see, in words."""
    if first == second:
        return f"The same digit twice: in every encoding {first} is 0 away from itself, and there is nothing to hesitate about."
    said = f"{first} and {second} are {apart[0]:.0f} apart as numbers, {apart[1]:.2f} as binary codes, and 1.41 one-hot, "
    said += "as any two digits are. Hesitating half and half: "
    middle, answers = between(first, second, "numbers")
    said += f"as numbers the answer is {middle[0]:g}"
    said += f", rounded to {answers[0]} or {answers[1]}" if len(answers) == 2 else ""
    said += ", which nobody suggested; " if not {first, second} & set(answers) else "; "
    _, answers = between(first, second, "binary codes")
    undecided = len(answers).bit_length() - 1
    verb = "is" if undecided == 1 else "are"
    said += f"as binary codes {undecided} of 4 bits {verb} undecided, and {len(answers)} codes are possible"
    strangers = sum(answer > 9 for answer in answers)
    said += f", {strangers} of them no digit" if strangers else ""
    low, high = sorted((first, second))
    return f"{said}; one-hot has one half in column {low} and one half in column {high}, and no other digit can win."


def lab():
    """The lab: ``labs.encodings().show()``."""
    controls = {
        "first": choice("first digit", range(10), 4),
        "second": choice("second digit", range(10), 9),
        "encoding": choice("table shows", list(CODES), "numbers"),
    }
    for control in controls.values():
        control.layout.margin = "0 1.5em 0 0"
    return Lab(controls, describe, [shelf(*controls.values())])
