"""Warps: known pixels go where they should, what comes from outside is black, and fields are as rough as promised."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_helpers import Warp
from mlp_helpers.core.augmentation import GROUP

STILL = {"rotation": 0, "scale": 0, "shear": 0, "shift": 0, "elastic": 0}
RNG = np.random.default_rng(0)


class Most:
    """Stands in for a random generator: every number is the largest (or the smallest) that could be drawn."""

    def __init__(self, end=1):
        self.end = end

    def uniform(self, low, high, shape):
        return np.full(shape, high if self.end > 0 else low)

    def choice(self, options, shape):
        return np.full(shape, options[0])  # -1: in the mirror


def warped(image, end=1, **settings):
    """What becomes of one small image when only these settings are not 0."""
    image = np.array(image, np.float32)
    return Warp(**STILL | settings)(image.reshape(1, -1), Most(end)).reshape(image.shape)


SMALL = np.array([[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]], np.float32)


# --- by hand -------------------------------------------------------------------------------------------------------


def test_a_shift_by_hand():
    # each new pixel comes from one further down and one further right; beyond the edge it is black
    np.testing.assert_array_equal(warped(SMALL, shift=1), np.float32([[0.5, 0.6, 0], [0.8, 0.9, 0], [0, 0, 0]]))
    np.testing.assert_array_equal(warped(SMALL, -1, shift=1), np.float32([[0, 0, 0], [0, 0.1, 0.2], [0, 0.4, 0.5]]))


def test_half_a_shift_by_hand():
    # the mean of four pixels: (0.1 + 0.2 + 0.4 + 0.5) / 4; at the edge two of them are black, in the corner three
    expected = [[0.3, 0.4, 0.225], [0.6, 0.7, 0.375], [0.375, 0.425, 0.225]]
    np.testing.assert_allclose(warped(SMALL, shift=0.5), expected, rtol=1e-6)


def test_rotations_by_hand():
    np.testing.assert_allclose(warped(SMALL, rotation=90), np.rot90(SMALL), atol=1e-6)
    np.testing.assert_allclose(warped(SMALL, -1, rotation=90), np.rot90(SMALL, -1), atol=1e-6)
    np.testing.assert_allclose(warped(SMALL, rotation=180), SMALL[::-1, ::-1], atol=1e-6)


def test_a_mirror_by_hand():
    np.testing.assert_array_equal(warped(SMALL, flip=True), SMALL[:, ::-1])


def test_shrinking_and_growing_by_hand():
    image = np.arange(1, 26, dtype=np.float32).reshape(5, 5) / 100
    # half as large: from twice as far from the middle, so that every other pixel is left
    expected = np.zeros((5, 5), np.float32)
    expected[1:4, 1:4] = image[::2, ::2]
    np.testing.assert_allclose(warped(image, scale=math.log(2)), expected, atol=1e-6)
    # twice as large: from half as far; the corner shows the pixel one off the middle in both directions
    larger = warped(image, -1, scale=math.log(2))
    np.testing.assert_allclose(larger[::2, ::2], image[1:4, 1:4], atol=1e-6)
    np.testing.assert_allclose(larger[2, 1], (image[2, 1] + image[2, 2]) / 2, atol=1e-6)


def test_a_shear_by_hand():
    # the row above the middle comes from one further left, the row below from one further right
    np.testing.assert_allclose(warped(SMALL, shear=1), [[0, 0.1, 0.2], [0.4, 0.5, 0.6], [0.8, 0.9, 0]], atol=1e-6)


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("side", [1, 2, 5, 28])
def test_no_change_gives_the_image_itself(side, dtype):
    X = RNG.integers(0, 256, (3, side**2), dtype=np.uint8)
    images = X if dtype == np.uint8 else (X / 255).astype(dtype)
    still = Warp(**STILL)(images, np.random.default_rng(0))
    assert still.dtype == np.float32 and still.shape == X.shape
    np.testing.assert_allclose(still, X / 255, atol=1e-7)


# --- at random -----------------------------------------------------------------------------------------------------

WILD = {"rotation": 180, "scale": 0.9, "shear": 1, "shift": 20, "elastic": 9, "smoothness": 2, "flip": True}


@given(st.integers(1, 70), st.sampled_from([1, 3, 8, 28]), st.integers(0, 1000), st.sampled_from([{}, WILD]))
def test_values_stay_between_0_and_1(n, side, seed, settings):
    rng = np.random.default_rng(seed)
    new = Warp(**settings)(rng.integers(0, 256, (n, side**2), dtype=np.uint8), rng)
    assert new.shape == (n, side**2) and new.dtype == np.float32
    assert new.min() >= 0 and new.max() <= 1 + 1e-6


def test_what_lies_beyond_the_edge_is_black():
    white = np.ones((100, 28 * 28), np.float32)
    rows, columns = Warp(**WILD).sources(4, 28, np.random.default_rng(5))
    new = Warp(**WILD)(white, np.random.default_rng(5))
    for i in range(100):
        row, column = rows[i // GROUP], columns[i // GROUP]
        outside = (row <= -1) | (row >= 28) | (column <= -1) | (column >= 28)
        inside = (row >= 0) & (row <= 27) & (column >= 0) & (column <= 27)
        assert outside.any() and inside.any()
        assert not new[i][outside].any()
        np.testing.assert_allclose(new[i][inside], 1, rtol=1e-5)


def test_an_image_moved_far_away_leaves_nothing():
    assert not warped(np.ones((28, 28)), shift=1000).any()


@pytest.mark.parametrize("n", [1, 31, 32, 33, 70])
def test_groups_of_32_images_share_a_warp(n):
    image = RNG.random(28 * 28, dtype=np.float32)
    new = Warp()(np.tile(image, (n, 1)), np.random.default_rng(0))
    for start in range(0, n, 32):
        for i in range(start, min(start + 32, n)):
            np.testing.assert_array_equal(new[i], new[start])
    assert len(np.unique(new[:, 300:500], axis=0)) == math.ceil(n / 32)


def test_each_image_is_read_at_the_sources_of_its_group():
    X, settings = RNG.random((40, 28 * 28), dtype=np.float32), {"rotation": 20, "elastic": 1.5}
    rows, columns = Warp(**settings).sources(2, 28, np.random.default_rng(7))
    new = Warp(**settings)(X, np.random.default_rng(7))
    for i, pixel in (0, 400), (31, 401), (32, 402), (39, 380):
        row, column, image = rows[i // 32][pixel], columns[i // 32][pixel], X[i].reshape(28, 28)
        top, left = int(row), int(column)
        down, right = row - top, column - left
        between = (image[top, left] * (1 - down) * (1 - right) + image[top, left + 1] * (1 - down) * right
                   + image[top + 1, left] * down * (1 - right) + image[top + 1, left + 1] * down * right)  # fmt: skip
        assert new[i, pixel] == pytest.approx(between, abs=1e-5)


def test_the_same_generator_gives_the_same_images_and_leaves_the_old_ones():
    X = RNG.integers(0, 256, (50, 28 * 28), dtype=np.uint8)
    X.flags.writeable = False
    rng = np.random.default_rng(3)
    first, second = Warp()(X, rng), Warp()(X, rng)
    np.testing.assert_array_equal(Warp()(X, np.random.default_rng(3)), first)
    assert (first != second).mean() > 0.5


def test_bytes_and_their_share_of_255_are_warped_alike():
    X = RNG.integers(0, 256, (20, 28 * 28), dtype=np.uint8)
    one, other = Warp()(X, np.random.default_rng(3)), Warp()(X / 255, np.random.default_rng(3))
    np.testing.assert_allclose(one, other, atol=1e-6)


def test_digits_keep_their_ink(mnist):
    X = mnist.train.images[:2_000]
    ratio = Warp()(X, np.random.default_rng(0)).mean() / (X.mean() / 255)
    assert ratio == pytest.approx(1, abs=0.03)  # 63 warps


def test_half_of_the_images_are_seen_in_a_mirror():
    _, columns = Warp(**STILL | {"flip": True}).sources(4_000, 3, np.random.default_rng(0))
    assert set(columns[:, 0]) == {0, 2}
    assert (columns[:, 0] == 2).mean() == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("settings", "limit"),
    # how far the source of the top left pixel, 1.5 above and 1.5 left of the middle of 4 x 4, may lie from it
    [({"shift": 2}, 2), ({"scale": 0.5}, 1.5 * (math.exp(0.5) - 1)), ({"shear": 0.4}, 1.5 * 0.4)],
)
def test_changes_fill_their_range_and_do_not_leave_it(settings, limit):
    _, columns = Warp(**STILL | settings).sources(3_000, 4, np.random.default_rng(0))
    assert 0.97 * limit < np.abs(columns[:, 0]).max() <= limit * (1 + 1e-6)
    assert (columns[:, 0] > 0).mean() == pytest.approx(0.5, abs=0.04)


def test_rotations_fill_their_range_and_do_not_leave_it():
    rows, columns = Warp(**STILL | {"rotation": 60}).sources(3_000, 3, np.random.default_rng(0))
    angles = np.degrees(np.arctan2(rows[:, 5] - 1, columns[:, 5] - 1))  # of the pixel right of the middle
    assert 59 < angles.max() < 60.001 and -60.001 < angles.min() < -59 and abs(angles.mean()) < 3


# --- elastic fields ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("elastic", "smoothness"), [(1.5, 5), (0.5, 2), (3, 8)])
def test_elastic_fields_are_as_strong_and_as_smooth_as_promised(elastic, smoothness):
    n = 1500
    rows, columns = Warp(**STILL | {"elastic": elastic, "smoothness": smoothness}).sources(n, 28, np.random.default_rng(0))
    places = np.indices((28, 28), dtype=np.float32)
    fields = np.stack([axis.reshape(n, 28, 28) - place for axis, place in zip((rows, columns), places, strict=True)])
    fields /= elastic
    # at every place, the border included: the standard deviation of 3 000 numbers is uncertain by 1.3 %
    np.testing.assert_allclose(fields.std(axis=(0, 1)), 1, atol=0.06)
    assert np.abs(fields.mean(axis=(0, 1))).max() < 0.09
    # noise that a Gaussian of width s has smoothed is correlated by exp(-d² / 4 s²) at the distance d
    for d in 1, smoothness, 2 * smoothness:
        expected = math.exp(-((d / smoothness) ** 2) / 4)
        assert (fields[..., d:, :] * fields[..., :-d, :]).mean() == pytest.approx(expected, abs=0.04)
        assert (fields[..., d:] * fields[..., :-d]).mean() == pytest.approx(expected, abs=0.04)
    assert abs((fields[0] * fields[1]).mean()) < 0.04  # up and down says nothing about left and right
    assert abs((fields[:, 1:] * fields[:, :-1]).mean()) < 0.04  # nor one field about the next


# --- what is refused -----------------------------------------------------------------------------------------------


def test_images_must_be_square():
    with pytest.raises(ValueError, match=r"Warp: images must be square, but have 783 pixels\. MNIST's have 28 · 28 = 784\."):
        Warp()(np.ones((2, 783)), RNG)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("rotation", -1), ("scale", 1), ("shear", "a lot"), ("shift", math.inf), ("elastic", math.nan), ("smoothness", 0)],
)
def test_settings_out_of_range_are_refused(setting, value):
    with pytest.raises(ValueError, match=rf"Warp: {setting} must be .*, but is {value!r}\. Try {setting}="):
        Warp(**{setting: value})
