"""Products of matrices that are right and warn all the same: some versions of NumPy do so on some Macs."""

import warnings

import numpy as np

SHAPES = [((64, 784), (784, 128)), ((784, 64), (64, 128)), ((64, 128), (128, 10))]        # as in a network's training


def products_raise_false_alarms():
    """Say whether this machine finds a division, an overflow or an invalid number in a product of ones."""
    try:
        with np.errstate(all="raise"):
            for dtype in np.float32, np.float64:
                for one, other in SHAPES:
                    np.ones(one, dtype) @ np.ones(other, dtype)
    except FloatingPointError:
        return True
    return False


def silence_false_alarms():
    """Where such warnings mean nothing, do not show them; anywhere else they stay."""
    if products_raise_false_alarms():
        warnings.filterwarnings("ignore", r"(divide by zero|overflow|invalid value) encountered in matmul", RuntimeWarning)
