"""The layers: each knows its forward step, and how to carry a gradient back through it.

``forward`` keeps what ``backward`` will need. What a layer learns it names in ``learned``; the
gradients have the same names behind a d. Shapes are checked by the network, where data enter.
"""

import inspect
import itertools
import math
import numbers

import numpy as np

from . import functions
from .browser import matmul
from .contracts import checked

# without their checks: what goes through a layer was checked where it entered the network
relu, relu_backward = inspect.unwrap(functions.relu), inspect.unwrap(functions.relu_backward)
sigmoid, sigmoid_backward = inspect.unwrap(functions.sigmoid), inspect.unwrap(functions.sigmoid_backward)


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
        d, h = int(d), int(h)
        self.learned = ("W", "b") if bias else ("W",)
        self.W = (rng.standard_normal((d, h)) * _standard_deviation(init, d, h, dtype)).astype(dtype)
        self.b = np.zeros(h, dtype) if bias else None

    def forward(self, X):
        """Return Z (n, h) for the inputs X (n, d)."""
        self.X = X                               # (n, d)  kept for the backward pass
        Z = matmul(X, self.W)                    # (n, d) @ (d, h) -> (n, h)
        if self.b is not None:
            Z += self.b
        return Z

    def backward(self, dZ, input_gradient=True):
        """Set ``dW`` and ``db``, and return the gradient dX (n, d), or None without ``input_gradient``."""
        self.dW = matmul(self.X.T, dZ)           # (d, n) @ (n, h) -> (d, h)
        if self.b is not None:
            self.db = dZ.sum(axis=0)             # (h,)
        if input_gradient:                       # not needed for the first layer
            return matmul(dZ, self.W.T)          # (n, h) @ (h, d) -> (n, d)


def _standard_deviation(init, d, h, dtype):
    if init == "he":
        return math.sqrt(2 / d)
    if init == "xavier":
        return math.sqrt(2 / (d + h))
    most = float(np.finfo(dtype).max) / 100             # no normal number drawn is as large as 100
    if isinstance(init, numbers.Real) and not isinstance(init, bool) and 0 < init < most:
        return init
    raise ValueError(f'init must be "he", "xavier" or a positive number below {most:.1g}, but is {init!r}. Try init="he".')


class ReLU:
    """A = max(Z, 0), entry by entry.

    Examples
    --------
    >>> layer = ReLU()
    >>> layer.forward(np.array([-2.0, 3.0])), layer.backward(np.array([5.0, 5.0]))
    (array([0., 3.]), array([0., 5.]))
    """

    def forward(self, Z):
        """Return A, of the shape of Z."""
        self.Z = Z
        return relu(Z)

    def backward(self, dA):
        """Return the gradient with respect to Z: dA where Z was positive, else 0."""
        return relu_backward(dA, self.Z)


class Sigmoid:
    """A = 1 / (1 + exp(-Z)), entry by entry.

    Examples
    --------
    >>> layer = Sigmoid()
    >>> layer.forward(np.array([0.0])), layer.backward(np.array([8.0]))
    (array([0.5]), array([2.]))
    """

    def forward(self, Z):
        """Return A, of the shape of Z."""
        self.A = sigmoid(Z)
        return self.A

    def backward(self, dA):
        """Return the gradient with respect to Z: dA A (1 - A)."""
        return sigmoid_backward(dA, self.A)


class Dropout:
    """Set each activation to 0 with the probability ``rate``, and enlarge the others to make up for it.

    Inverted dropout (Srivastava et al. 2014): in training, what is left is divided by
    1 - rate, so that nothing needs to be done afterwards.

    Parameters
    ----------
    rate : float, from 0 to below 1
    rng : numpy.random.Generator

    Examples
    --------
    >>> layer = Dropout(0.5, rng=np.random.default_rng(0))
    >>> layer.forward(np.ones((2, 3)))
    array([[2., 0., 0.],
           [0., 2., 2.]])
    """

    @checked(rate="share")
    def __init__(self, rate, *, rng):
        self.rate, self.rng = rate, rng

    def forward(self, A, training=True):
        """Return A, thinned out in training, else as it is."""
        if not training:
            self.mask = None
            return A
        kept = self.rng.random(A.shape, dtype=A.dtype) >= self.rate
        self.mask = kept / A.dtype.type(1 - self.rate)           # 0 or 1 / (1 - rate)
        return A * self.mask

    def backward(self, dA):
        """Return the gradient with respect to what came in: what was dropped gets no blame."""
        return dA if self.mask is None else dA * self.mask


class BatchNorm:
    """Bring every unit to mean 0 and standard deviation 1 over the batch, then to a scale and a shift of its own.

    Ioffe and Szegedy 2015. In training, mean and variance are those of the batch, and running
    means of both are kept; afterwards the running ones are used, so that an image's answer does
    not depend on its neighbours. Batches should hold at least some ten images.

    Parameters
    ----------
    h : int
        Number of units.
    momentum : float
        How far the running statistics move towards those of a batch.
    epsilon : float
        Added to the variance.
    dtype : float32 or float64

    Attributes
    ----------
    gamma, beta : arrays (h,)
        Scale and shift, which are learned.
    dgamma, dbeta : arrays (h,)
        Their gradients, after ``backward``.
    mean, variance : arrays (h,)
        The running statistics.

    Examples
    --------
    >>> BatchNorm(1, epsilon=0).forward(np.array([[1.0], [3.0]]))
    array([[-1.],
           [ 1.]])
    """

    learned = ("gamma", "beta")
    running = ("mean", "variance")

    @checked(h="size")
    def __init__(self, h, momentum=0.1, epsilon=1e-5, dtype=np.float32):
        self.momentum, self.epsilon = momentum, epsilon
        self.gamma, self.beta = np.ones(h, dtype), np.zeros(h, dtype)
        self.mean, self.variance = np.zeros(h, dtype), np.ones(h, dtype)

    def forward(self, Z, training=True):
        """Return the normalised Z (n, h)."""
        self.of_the_batch = training
        if training:
            n = len(Z)
            mean = Z.mean(axis=0)                                # (h,)
            centred = Z - mean                                   # (n, h)
            variance = (centred**2).mean(axis=0)                 # (h,)
            if n > 1:                                            # a single image has no variance
                self.mean += self.momentum * (mean - self.mean)
                self.variance += self.momentum * (variance * n / (n - 1) - self.variance)        # an unbiased estimate
        else:
            centred, variance = Z - self.mean, self.variance
        self.deviation = np.sqrt(variance + Z.dtype.type(self.epsilon))
        self.Z_hat = centred / self.deviation                    # (n, h)
        return self.gamma * self.Z_hat + self.beta

    def backward(self, dA):
        """Set ``dgamma`` and ``dbeta``, and return the gradient with respect to Z.

        Where mean and variance were those of the batch, every image has moved them too: their
        share of the blame is subtracted.
        """
        self.dgamma = (dA * self.Z_hat).sum(axis=0)              # (h,)
        self.dbeta = dA.sum(axis=0)                              # (h,)
        if self.of_the_batch:
            dA = dA - (self.dbeta + self.Z_hat * self.dgamma) / len(dA)
        return self.gamma / self.deviation * dA                  # (n, h)


def stacked(sizes, activation, init, dtype, dropout, batch_norm, rng):
    """Return the layers in order: Linear, BatchNorm, activation, Dropout for each hidden layer, and the last Linear."""
    layers = []
    *hidden, last = itertools.pairwise(sizes)
    for d, h in hidden:
        layers.append(Linear(d, h, init, bias=not batch_norm, rng=rng, dtype=dtype))
        layers += [BatchNorm(h, dtype=dtype)] if batch_norm else []
        layers.append(activation())
        layers += [Dropout(dropout, rng=rng)] if dropout else []
    return *layers, Linear(*last, init, rng=rng, dtype=dtype)


def numbered(layers, kind):
    """Return (name, layer, attribute) of all arrays of a kind, such as ("W2", layer, "W"): numbered by the Linear layers."""
    found, number = [], 0
    for layer in layers:
        number += isinstance(layer, Linear)
        found += [(f"{attribute}{number}", layer, attribute) for attribute in getattr(layer, kind, ())]
    return found
