"""What the exercises of notebook 04 share."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case

SCORES = [
    Case("two images, three classes", np.array([[1.0, 2.0, 3.0], [2.0, 2.0, 0.0]])),
    Case("one image", np.array([[2.0, 1.0, -1.0, 0.5]])),
    Case("as many images as classes", np.array([[3.0, 0.0, 0.0], [0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])),
    Case("all scores negative", np.array([[-1.0, -2.0], [-3.0, -1.0], [-0.5, -4.0]])),
    Case("float32", np.array([[0.5, 1.5, 0.0], [2.0, -1.0, 0.0]], np.float32)),
]


P_SMALL, Y_SMALL = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
