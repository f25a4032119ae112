"""From a photo of a handwritten digit to ink on the pad's canvas: even light, no paper, one digit, as thick as MNIST's."""

import dataclasses

import numpy as np

SIDE = 28  # pixels of a picture of MNIST
CANVAS = 140  # pixels a side of the pad's canvas
FITTED = 100  # of them, for the longer side of the ink
COARSE = 128  # pixels of the longer side at which paper and shadows are looked for
STROKE = 41  # of these pixels: wider than any stroke
FAINT, LEAST = 0.12, 12  # what the ink must take away: this share of the paper's light, and so many of 255
THIN, NORMAL = 9, 11  # canvas pixels: strokes below the first are thickened to the second
ALIKE = 0.3  # another mark of this share of the largest one's extent is not a speck
SMALLEST = 8  # pixels of the longer side of a mark
MANY = 12  # marks: more are no digits on paper
NO_INK = "No ink was found in the photo. Write larger, with a thick pen, and take the photo from close by."
NO_MARGIN = "The ink fills the photo or runs along its edge. Leave paper on all sides: take the photo from further away."
NO_PAPER = "No plain paper was found in the photo. Take it closer to the paper, so that nothing else is on it."


class NoDigit(ValueError):
    """Why no digit could be found, and what to do."""


@dataclasses.dataclass(frozen=True)
class Photo:
    """A photo on its way to the canvas, step by step."""

    grey: np.ndarray  # (h, w) of uint8, as it came
    bright: bool  # whether the paper is brighter than the ink
    ink: np.ndarray  # (h, w) of uint8: 0 paper, 255 ink
    box: tuple  # first and last-plus-one row of the digit, then the same for columns
    canvas: np.ndarray  # (140, 140) of uint8
    marks: int  # how many marks look like digits; the largest was taken
    thickened: bool

    @property
    def words(self):
        """What was done, in sentences."""
        height, width = (end - start for start, end in self.box)
        words = [f"{'Dark ink on bright' if self.bright else 'Bright ink on dark'} paper; digit of {height} × {width} pixels."]
        if self.marks > 1:
            words.append(f"There are {self.marks} separate marks: the largest is read. Crop the photo to read another.")
        if self.thickened:
            words.append("Its thin strokes were thickened.")
        return " ".join(words)


def read_photo(grey):
    """Find the digit in a photo and put it on the canvas.

    Parameters
    ----------
    grey : array (h, w)
        Brightness from 0 to 255.

    Returns
    -------
    Photo

    Raises
    ------
    NoDigit
        When it is no photo in grey, or when there is nothing on the paper, or no paper.
    """
    grey = np.asarray(grey)
    check_photo(grey)
    grey = grey.astype(np.uint8)
    light = blurred(grey.astype(np.float32), 1)
    bright = paper_is_bright(coarse(light))
    strength = ink_strength(light if bright else 255 - light)
    ink = np.clip((strength - 0.3) / 0.4, 0, 1)
    digit, marks = marks_of(strength > 0.5)
    rows, columns = (np.flatnonzero(digit.any(axis=axis)) for axis in (1, 0))
    box = ((int(rows[0]), int(rows[-1]) + 1), (int(columns[0]), int(columns[-1]) + 1))
    canvas, thickened = thick_enough(on_canvas(np.where(dilated(digit, 2), ink, 0), box))
    as_bytes = [np.rint(255 * array).astype(np.uint8) for array in (ink, canvas)]
    return Photo(grey, bright, as_bytes[0], box, as_bytes[1], marks, thickened)


def check_photo(grey):
    """Refuse what is no photo in grey, and say how it becomes one."""
    if grey.ndim != 2:
        advice = "Drop its file on the canvas."
        if grey.ndim == 3 and grey.shape[2] in (3, 4):
            advice = "Take the mean of its colours: np.asarray(grey)[..., :3].mean(axis=2)."
        elif grey.ndim == 1 and grey.size == SIDE**2:
            advice = f"Bring it into rows and columns: np.reshape(grey, ({SIDE}, {SIDE}))."
        raise NoDigit(f"The photo must be grey, in rows and columns, but has the shape {grey.shape}. {advice}")
    if min(grey.shape) < SIDE:
        size = " × ".join(map(str, grey.shape))
        raise NoDigit(
            f"The photo is too small: at least {SIDE} × {SIDE} pixels are needed, but it has {size}. Take a larger one."
        )
    low, high = grey.min(), grey.max()
    if not (low >= 0 and high <= 255) or high == 1 or (grey.dtype.kind == "f" and high < 1):
        advice = "Multiply them: np.multiply(grey, 255)." if low >= 0 and high <= 1 else "Bring them to that range."
        if grey.dtype == np.int8:
            advice = "Read its bytes without a sign: np.asarray(grey).view(np.uint8)."
        elif low >= 0 and 255 < high < 65536:
            advice = "Divide them: np.divide(grey, 257)."
        raise NoDigit(f"The photo must hold numbers from 0 (black) to 255, but goes from {low:g} to {high:g}. {advice}")


def paper_is_bright(light):
    """Say whether the paper is brighter than the ink: most of what lies around a stroke is paper."""
    high, low = spread(light, np.maximum), spread(light, np.minimum)
    contrast = high - low
    around = contrast >= 0.5 * contrast.max()
    return bool(np.median((light - (high + low) / 2)[around]) >= 0)


def ink_strength(light):
    """How much darker than the paper around it each pixel is: 0 as bright, 1 as dark as the ink.

    The brightness of the paper, shadows included, is what is left when everything narrower than ``STROKE`` is filled up.
    Ink is measured as the share of that light which it takes away, so that it is as strong in a shadow as beside it.
    """
    paper = blurred(spread(spread(coarse(light), np.maximum), np.minimum), 2)
    paper = np.maximum(enlarged(paper, light.shape), 1)
    taken = np.clip(1 - light / paper, 0, 1)
    strongest = np.percentile(taken, 99.9)
    inked = taken >= strongest / 2
    strong = float(np.median(taken[inked]))
    noise = 1.5 * float(np.median(np.abs(taken - np.median(taken))))
    if strong < max(FAINT, 5 * noise) or np.median((paper - light)[inked]) < LEAST:
        raise NoDigit(NO_INK)
    return taken / strong


def marks_of(mask):
    """Find separate marks: the mask of the one that is taken to be the digit, and how many are of its size.

    Marks that touch the edge (the table, a finger) count only when there is no other; lines from edge to edge, and what
    lies along more than half of an edge (the dark end of a shadow), never.
    """
    reach = max(1, round(0.015 * max(mask.shape)))  # parts of one digit may be that far apart, twice
    labels = np.where(mask, components(dilated(mask, reach)), -1)
    names, areas = np.unique(labels[mask], return_counts=True)
    edges = [labels[0], labels[-1], labels[:, 0], labels[:, -1]]
    extents, large = {}, []
    for name, area in sorted(zip(names, areas, strict=True), key=lambda pair: -pair[1])[:50]:
        rows, columns = np.nonzero(labels == name)
        height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
        size, line = max(height, width), height == mask.shape[0] or width == mask.shape[1]
        along = max((edge == name).mean() for edge in edges) > 0.5
        large.append(size >= SMALLEST)
        if size >= SMALLEST and not along and not (line and area < 0.05 * size**2):
            extents[int(name)] = int(size)
    candidates = {name: size for name, size in extents.items() if not any(name in edge for edge in edges)} or extents
    if not candidates:
        raise NoDigit(NO_MARGIN if any(large) else NO_INK)
    chosen = max(candidates, key=candidates.get)
    count = sum(size >= ALIKE * candidates[chosen] for size in candidates.values())
    if count > MANY:
        raise NoDigit(NO_PAPER)
    if (labels == chosen).mean() > 0.4:
        raise NoDigit(NO_MARGIN)
    return labels == chosen, count


def components(mask):
    """Label the connected parts of a mask: every pixel gets the number of its part's first pixel; -1 outside."""
    numbers = np.full(mask.shape, -1)
    numbers[mask] = np.arange(mask.sum())
    pairs = [(numbers[1:], numbers[:-1]), (numbers[:, 1:], numbers[:, :-1])]  # of neighbours
    a, b = np.hstack([np.array([one, other])[:, (one >= 0) & (other >= 0)] for one, other in pairs])
    labels = np.arange(mask.sum())
    while True:
        least, smaller = np.minimum(labels[a], labels[b]), labels.copy()
        np.minimum.at(smaller, a, least)
        np.minimum.at(smaller, b, least)
        smaller = smaller[smaller]  # the label of that pixel: quick for long parts
        if (smaller == labels).all():
            break
        labels = smaller
    numbers[mask] = np.flatnonzero(mask)[labels]
    return numbers


def on_canvas(ink, box):
    """Shrink or enlarge what lies in the box until its longer side has 100 pixels, in the middle of a canvas of 140."""
    step = max(end - start for start, end in box) / FITTED
    starts = [(start + end) / 2 - CANVAS / 2 * step for start, end in box]
    rows, columns = (averages(n, start, step, CANVAS) for n, start in zip(ink.shape, starts, strict=True))
    return rows @ ink @ columns.T


def thick_enough(canvas):
    """Thicken strokes that are thinner than MNIST's; says whether they were."""
    mask = canvas > 0.5
    rim = sum(int((np.diff(mask, axis=axis) != 0).sum()) for axis in (0, 1))
    width = 2 * mask.sum() / (np.pi / 4 * rim) if rim else NORMAL
    if width >= THIN:
        return canvas, False
    canvas = canvas / max(canvas.max(), 1e-6)
    return dilated(canvas, max(1, round((NORMAL - width) / 2))), True


def averages(n, start, step, size=SIDE):
    """Weights (28, n): row i averages the numbers from ``start + i * step`` to ``start + (i + 1) * step``; outside is 0."""
    edges = start + step * np.arange(size + 1)[:, None]
    low, high = edges[:-1], edges[1:]
    return np.maximum(np.minimum(high, np.arange(n) + 1) - np.maximum(low, np.arange(n)), 0) / step


def coarse(light, side=COARSE):
    """The picture with at most ``side`` pixels a side, by averaging."""
    step = max(1, max(light.shape) / side)
    sizes = [max(1, int(n / step)) for n in light.shape]
    rows, columns = (averages(n, 0, n / size, size) for n, size in zip(light.shape, sizes, strict=True))
    return rows @ light @ columns.T


def enlarged(small, shape):
    """The same picture with more pixels, interpolated between the old ones."""
    for axis, n in enumerate(shape):
        places = (np.arange(n) + 0.5) * small.shape[axis] / n - 0.5
        left = np.clip(np.floor(places).astype(int), 0, small.shape[axis] - 1)
        right = np.minimum(left + 1, small.shape[axis] - 1)
        share = np.clip(places - left, 0, 1).reshape((-1, 1) if axis == 0 else (1, -1))
        small = small.take(left, axis) * (1 - share) + small.take(right, axis) * share
    return small


def spread(values, choose):
    """The greatest (or least) value in the square of ``STROKE`` pixels around each pixel."""
    for axis in (0, 1):
        windows = np.lib.stride_tricks.sliding_window_view(np.pad(values, _around(axis, STROKE // 2), "edge"), STROKE, axis)
        values = choose.reduce(windows, axis=-1)
    return values


def blurred(values, reach):
    """The mean of the square around each pixel, ``reach`` pixels to each side."""
    for axis in (0, 1):
        windows = np.lib.stride_tricks.sliding_window_view(np.pad(values, _around(axis, reach), "edge"), 2 * reach + 1, axis)
        values = windows.mean(axis=-1)
    return values


def dilated(values, reach):
    """The greatest value within ``reach`` pixels of each pixel."""
    found = values.copy()
    padded = np.pad(values, reach)
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            if row**2 + column**2 <= (reach + 0.5) ** 2:
                part = padded[reach + row :, reach + column :][: values.shape[0], : values.shape[1]]
                np.maximum(found, part, out=found)
    return found


def _around(axis, reach):
    return [(reach, reach) if axis == other else (0, 0) for other in (0, 1)]
