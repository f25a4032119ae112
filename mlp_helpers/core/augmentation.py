"""Augmentation: new training images made from the old ones, each turned, stretched, moved and bent a little."""

import functools
import math

import numpy as np

from .contracts import checked

GROUP = 32                                       # images that share a warp, so that whole rows of memory are copied
MARGIN = 1                                       # black pixels around an image, for what looks beyond its edge


class Warp:
    """Change square images at random: affine maps, and elastic ones as by Simard et al. 2003.

    Each new pixel looks up where it comes from in the old image, between four pixels
    (bilinear). Groups of 32 images share one random warp.

    Parameters
    ----------
    rotation : float, degrees
        Images turn by up to this much to either side.
    scale, shear : float
        They grow or shrink by up to this share, and lean by up to this share of their height.
    shift : float, pixels
        They move by up to this much in each direction.
    elastic : float, pixels
        Standard deviation of the displacement of a pixel by the random smooth field.
    smoothness : float, pixels
        Width of the Gaussian that makes the field smooth.
    flip : bool
        Whether half of the images are seen in a mirror: for clothes, not for digits.

    Examples
    --------
    >>> X = load_mnist().train.images[:100]
    >>> Warp(rotation=12, elastic=1.2)(X, np.random.default_rng(0)).shape
    (100, 784)
    >>> untouched = Warp(rotation=0, scale=0, shear=0, shift=0, elastic=0)(X, np.random.default_rng(0))
    >>> bool(np.allclose(untouched, X / 255, atol=1e-6))
    True
    """

    dimensions = {}

    @checked(rotation="amount", scale="share", shear="amount", shift="amount", elastic="amount", smoothness="rate")
    def __init__(self, rotation=8.0, scale=0.08, shear=0.0, shift=0.5, elastic=0.8, smoothness=5.0, flip=False):
        self.rotation, self.scale, self.shear, self.shift = math.radians(rotation), scale, shear, shift
        self.elastic, self.smoothness, self.flip = elastic, smoothness, flip

    @checked(X="images (n, d)")
    def __call__(self, X, rng):
        """Return changed copies of the images X (n, d): float32, bytes scaled to [0, 1]."""
        side = math.isqrt(X.shape[1])
        if side**2 != X.shape[1]:
            raise ValueError(f"Warp: images must be square, but have {X.shape[1]} pixels. MNIST's have 28 · 28 = 784.")
        n, width = len(X), side + 2 * MARGIN + 1
        framed = np.zeros((width, width, n), np.float32)
        framed[MARGIN:-MARGIN - 1, MARGIN:-MARGIN - 1] = X.T.reshape(side, side, n)
        if X.dtype == np.uint8:
            framed *= np.float32(1 / 255)
        pixels = framed.reshape(-1, n)                           # one row for each place, an image a column
        warped = np.empty((side**2, n), np.float32)
        starts = range(0, n, GROUP)
        rows, columns = (np.clip(axis, -MARGIN, side) + MARGIN for axis in self.sources(len(starts), side, rng))
        top, left = np.floor(rows), np.floor(columns)            # float32, as rows and columns are
        down, right = (rows - top)[:, :, None], (columns - left)[:, :, None]     # 0 … 1: how far towards the next one
        place = (top * width + left).astype(np.intp)             # (groups, side²)
        for i, start in enumerate(starts):
            group = slice(start, start + GROUP)
            those = np.ascontiguousarray(pixels[:, group])
            upper = _between(those, place[i], place[i] + 1, right[i])            # (side², images of the group)
            lower = _between(those, place[i] + width, place[i] + width + 1, right[i])
            lower -= upper
            lower *= down[i]
            upper += lower
            warped[:, group] = upper
        return warped.T

    def sources(self, n, side, rng):
        """Return n random maps: the row and the column (n, side²) from which each new pixel comes."""

        def between(limit):
            return rng.uniform(-limit, limit, (n, 1)).astype(np.float32)

        middle = (side - 1) / 2
        row, column = (axis.reshape(1, -1) - middle for axis in np.indices((side, side), dtype=np.float32))
        angle, size, lean = between(self.rotation), np.exp(between(self.scale)), between(self.shear)
        mirror = rng.choice(np.float32([-1, 1]), (n, 1)) if self.flip else np.float32(1)
        column = mirror * (column + lean * row)
        rows = size * (np.cos(angle) * row + np.sin(angle) * column) + between(self.shift) + middle
        columns = size * (np.cos(angle) * column - np.sin(angle) * row) + between(self.shift) + middle
        if self.elastic:
            half = _smooth_fields(side, self.smoothness)         # (side, r)
            noise = rng.standard_normal((2, n, half.shape[1], half.shape[1]), dtype=np.float32)
            with np.errstate(divide="ignore", over="ignore", invalid="ignore"):      # some Macs warn of products that are right
                bends = self.elastic * (half @ noise @ half.T).reshape(2, n, -1)
            rows, columns = rows + bends[0], columns + bends[1]
        return rows, columns


@functools.cache
def _smooth_fields(side, width):
    """Return A (side, r), such that A R Aᵀ with normal R (r, r) is a smooth random field of variance 1.

    The field has the distribution of (side + 6 width)² normal numbers smoothed by a Gaussian. The
    matrix that smooths along one axis has a low rank, so 9 · 9 numbers suffice for 28 · 28 pixels.
    """
    reach = math.ceil(3 * width)
    distance = np.arange(side)[:, None] - np.arange(-reach, side + reach)
    kernel = np.exp(-0.5 * (distance / width) ** 2)
    kernel /= np.sqrt((kernel**2).sum(axis=1, keepdims=True))
    U, scales, _ = np.linalg.svd(kernel, full_matrices=False)
    rank = (scales > 1e-3 * scales[0]).sum()
    return (U[:, :rank] * scales[:rank]).astype(np.float32)


def _between(pixels, one, other, share):
    """Return the rows ``one``, moved by a share towards the rows ``other``."""
    values, difference = pixels.take(one, axis=0), pixels.take(other, axis=0)
    difference -= values
    difference *= share
    values += difference
    return values
