"""Arrays as names for places in memory: which of them share it."""

import numpy as np
from matplotlib.patches import Rectangle

from .style import FOUND, VALUE, number, sheet, styled

CELL, ROW, GAP = 0.52, 0.42, 0.35  # inches of a place in memory, of the row of a name, and between two memories
LETTER = 0.125  # inches


@styled
def memory(named, title):
    """Draw the memory behind some arrays as strips of numbers, and below each strip the names that look at it, and where.

    Parameters
    ----------
    named : dict
        From what is written beside an array to the array. Those that share memory stand below the same strip.
    title : str

    Examples
    --------
    >>> a = np.array([5, 6, 7])
    >>> figure, description = memory({"a": a, "a[1:]": a[1:], "a[a > 6]": a[a > 6]}, "A slice and a mask")
    >>> description  # doctest: +ELLIPSIS
    'A slice and a mask. One memory, with 5, 6, 7: a looks at places 0, 1, 2; a[1:] at places 1, 2. Another one, with 7: ...'
    """
    owners = {name: array if array.base is None else array.base for name, array in named.items()}
    strips = {id(owner): owner for owner in owners.values()}
    looking = {key: [name for name in named if id(owners[name]) == key] for key in strips}
    left = LETTER * max(map(len, named)) + 0.3
    width = left + CELL * max(owner.size for owner in strips.values()) + 0.2
    height = 0.6 + sum(CELL + ROW * len(names) + GAP for names in looking.values())
    figure, axes = sheet(max(width, LETTER * len(title)), height, title)
    y, told = height - 0.6, []
    for key, owner in strips.items():
        y -= CELL
        axes.text(left - 0.15, y + CELL / 2, "memory", ha="right", va="center", fontsize=12, color="0.4")
        for place, value in enumerate(owner.ravel(order="K")):
            axes.add_patch(Rectangle((left + CELL * place, y), CELL, CELL, facecolor="white", edgecolor="0.4", linewidth=1.5))
            axes.text(left + CELL * (place + 0.5), y + CELL / 2, number(value), ha="center", va="center", fontsize=13)
        said = []
        for i, name in enumerate(looking[key]):
            y -= ROW
            axes.text(left - 0.15, y + ROW / 2, name, ha="right", va="center", fontsize=13, family="monospace")
            places = _places(named[name], owner)
            for place in places:
                colour = FOUND if i else VALUE
                axes.add_patch(Rectangle((left + CELL * place + 0.05, y + 0.08), CELL - 0.1, ROW - 0.16, facecolor=colour))
            word = "place" if len(places) == 1 else "places"
            said.append(f"{name} {'' if i else 'looks '}at {word} {', '.join(map(str, places))}")
        y -= GAP
        which = "Another one" if told else "One memory"
        told.append(f"{which}, with {', '.join(map(number, owner.ravel(order='K')))}: {'; '.join(said)}.")
    return figure, f"{title}. {' '.join(told)}"


def _places(array, owner):
    """Return the places in the owner's memory at which an array looks, from the first to the last."""
    first = (array.ctypes.data - owner.ctypes.data) // array.itemsize
    steps = [stride // array.itemsize for stride in array.strides]
    places = first + sum(step * index for step, index in zip(steps, np.indices(array.shape), strict=True))
    return np.sort(places, axis=None).tolist()
