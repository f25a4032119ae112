"""What the exercises of notebook 01 share."""

import numpy as np


def some_bytes(seed, *shape, upto=256):
    return np.random.default_rng(seed).integers(0, upto, shape).astype(np.uint8)
