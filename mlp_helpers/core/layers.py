"""The layers: each knows its forward step, and how to carry a gradient back through it."""

import math
import numbers

import numpy as np

from .contracts import checked
from .functions import sigmoid, sigmoid_backward


class Linear:
    """Z = X W + b: every output is a weighted sum of all inputs, plus a bias.

    Parameters
    ----------
    d, h : int
        Number of inputs and of outputs.
    init : "he", "xavier" or a positive number
        Standard deviation of the random normal weights: sqrt(2 / d), which keeps the
        signal's size behind a ReLU (He et al. 2015); sqrt(2 / (d + h)), which does so
        behind a sigmoid (Glorot and Bengio 2010); or the number itself. Biases start at 0.
    bias : bool
        False leaves out b, which has no effect in front of a ``BatchNorm``.
    rng : numpy.random.Generator
    dtype : float32 or float64

    Attributes
    ----------
    W, b : arrays (d, h), (h,)
    dW, db : arrays of the same shapes
        Gradients of the loss, after ``backward``.

    Examples
    --------
    >>> layer = Linear(2, 1, rng=np.random.default_rng(0))
    >>> layer.W[...] = [[1], [10]]
    >>> layer.forward(np.array([[3, 4]], dtype=np.float32))
    array([[43.]], dtype=float32)
    """

    @checked(d="size", h="size")
    def __init__(self, d, h, init="he", bias=True, *, rng, dtype=np.float32):
        self.W = (rng.standard_normal((d, h)) * _spread(init, d, h)).astype(dtype)
        self.b = np.zeros(h, dtype) if bias else None
        self.dimensions = {"d": d, "h": h}

    @checked(X="real (n, d)")
    def forward(self, X):
        """Give Z (n, h) for the inputs X (n, d)."""
        self.X = X                               # (n, d)  kept for the backward pass
        Z = X @ self.W                           # (n, d) @ (d, h) -> (n, h)
        if self.b is not None:
            Z += self.b
        return Z

    @checked(dZ="real (n, h)")
    def backward(self, dZ, input_gradient=True):
        """Set ``dW`` and ``db``, and give the gradient dX (n, d); None without ``input_gradient``."""
        self.dW = self.X.T @ dZ                  # (d, n) @ (n, h) -> (d, h)
        if self.b is not None:
            self.db = dZ.sum(axis=0)             # (h,)
        if input_gradient:                       # nobody waits for that of the first layer
            return dZ @ self.W.T                 # (n, h) @ (h, d) -> (n, d)


def _spread(init, d, h):
    if init == "he":
        return math.sqrt(2 / d)
    if init == "xavier":
        return math.sqrt(2 / (d + h))
    if isinstance(init, numbers.Real) and 0 < init < math.inf:
        return init
    raise ValueError(f'init must be "he", "xavier" or a positive number, but is {init!r}. Try init="he".')


class ReLU:
    """A = max(Z, 0), entry by entry.

    Examples
    --------
    >>> layer = ReLU()
    >>> layer.forward(np.array([-2.0, 3.0])), layer.backward(np.array([5.0, 5.0]))
    (array([0., 3.]), array([0., 5.]))
    """

    def forward(self, Z):
        """Give A, of the shape of Z."""
        self.Z = Z
        return np.maximum(Z, 0)

    def backward(self, dA):
        """Give the gradient with respect to Z: dA where Z was positive, else 0."""
        return dA * (self.Z > 0)


class Sigmoid:
    """A = 1 / (1 + exp(-Z)), entry by entry.

    Examples
    --------
    >>> layer = Sigmoid()
    >>> layer.forward(np.array([0.0])), layer.backward(np.array([8.0]))
    (array([0.5]), array([2.]))
    """

    def forward(self, Z):
        """Give A, of the shape of Z."""
        self.A = sigmoid(Z)
        return self.A

    def backward(self, dA):
        """Give the gradient with respect to Z: dA A (1 - A)."""
        return sigmoid_backward(dA, self.A)
