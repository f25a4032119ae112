"""Digits and a scribble as they would be drawn on the pad: the strokes of a pen, and the picture that comes of them."""

import itertools

import numpy as np

from .pad import prepare
from .photo import CANVAS

PEN = 11  # pixels of the canvas, the width of the pad's pen
ROUND = [(70 + 32 * np.cos(t), 70 + 46 * np.sin(t)) for t in np.linspace(-1.6, 4.7, 40)]
STROKES = {  # from a name to strokes, each a list of places (column, row) on the canvas
    "a bare 1": [[(76, 20), (68, 120)]],
    "a 1 with an upstroke": [[(30, 62), (80, 20), (80, 122)]],
    "a round 0": [ROUND],
    "a 0 with a slash": [ROUND, [(100, 24), (40, 116)]],
    "a plain 7": [[(42, 28), (98, 26), (62, 118)]],
    "a 7 with a bar": [[(42, 28), (98, 26), (62, 118)], [(54, 72), (96, 68)]],
    "a scribble": [
        [(22, 60), (50, 34), (40, 88), (72, 30), (62, 98), (92, 38), (80, 108), (116, 50), (100, 100), (126, 70)],
    ],
}


def drawn(strokes):
    """Return the picture that the pad makes of some strokes: (28, 28) of uint8.

    Parameters
    ----------
    strokes : list of list of (float, float)
        For each stroke the places, (column, row) on the pad's canvas of 140 × 140, which it joins by straight lines.
    """
    rows, columns = np.mgrid[:CANVAS, :CANVAS] + 0.5
    away = np.full((CANVAS, CANVAS), np.inf)  # of each pixel from the nearest stroke
    for stroke in strokes:
        for (x, y), (end_x, end_y) in itertools.pairwise(stroke):
            along, down = end_x - x, end_y - y
            share = np.clip(((columns - x) * along + (rows - y) * down) / (along**2 + down**2), 0, 1)
            away = np.minimum(away, np.hypot(columns - x - share * along, rows - y - share * down))
    return prepare(255 * np.clip(PEN / 2 - away + 0.5, 0, 1))
