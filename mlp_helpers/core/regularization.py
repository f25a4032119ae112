"""Layers that do one thing while the network learns and another when it is asked: dropout, batch normalisation.

Their attribute ``training`` says which; the network sets it.
"""

import numpy as np

from .contracts import checked


class Dropout:
    """Set each activation to 0 with the probability ``rate``, and enlarge the others to make up for it.

    Inverted dropout (Srivastava et al. 2014): while learning, what is left is divided by
    1 - rate, so that nothing needs to be done afterwards.

    Parameters
    ----------
    rate : float, from 0 to below 1
    rng : numpy.random.Generator

    Attributes
    ----------
    training : bool
        When False, everything passes unchanged.

    Examples
    --------
    >>> layer = Dropout(0.5, rng=np.random.default_rng(0))
    >>> layer.forward(np.ones((2, 3)))
    array([[2., 0., 0.],
           [0., 2., 2.]])
    """

    training, dimensions = True, {}

    @checked(rate="share")
    def __init__(self, rate, *, rng):
        self.rate, self.rng = rate, rng

    @checked(A="floats")
    def forward(self, A):
        """Give A, thinned out while ``training``."""
        if not self.training:
            self.mask = None
            return A
        kept = self.rng.random(A.shape, dtype=A.dtype) >= self.rate
        self.mask = kept / A.dtype.type(1 - self.rate)           # 0 or 1 / (1 - rate)
        return A * self.mask

    def backward(self, dA):
        """Give the gradient with respect to what came in: what was dropped gets no blame."""
        return dA if self.mask is None else dA * self.mask


class BatchNorm:
    """Give every unit mean 0 and standard deviation 1 over the batch, then a scale and a shift of its own.

    Ioffe and Szegedy 2015. While learning, mean and variance are those of the batch, and running
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
    training : bool

    Examples
    --------
    >>> BatchNorm(1, epsilon=0).forward(np.array([[1.0], [3.0]]))
    array([[-1.],
           [ 1.]])
    """

    training = True

    @checked(h="size")
    def __init__(self, h, momentum=0.1, epsilon=1e-5, dtype=np.float32):
        self.momentum, self.epsilon, self.dimensions = momentum, epsilon, {"h": h}
        self.gamma, self.beta = np.ones(h, dtype), np.zeros(h, dtype)
        self.mean, self.variance = np.zeros(h, dtype), np.ones(h, dtype)

    @checked(Z="floats (n, h)")
    def forward(self, Z):
        """Give the normalised Z (n, h)."""
        if self.training:
            n = len(Z)
            mean, variance = Z.mean(axis=0), Z.var(axis=0)       # (h,)
            if n > 1:                                            # the spread of a single image says nothing
                self.mean += self.momentum * (mean - self.mean)
                self.variance += self.momentum * (variance * n / (n - 1) - self.variance)        # as of all images
        else:
            mean, variance = self.mean, self.variance
        self.deviation = np.sqrt(variance + Z.dtype.type(self.epsilon))
        self.Z_hat = (Z - mean) / self.deviation                 # (n, h)
        return self.gamma * self.Z_hat + self.beta

    @checked(dA="real (n, h)")
    def backward(self, dA):
        """Set ``dgamma`` and ``dbeta``, and give the gradient with respect to Z.

        While learning, every image has moved the mean and the variance of its batch too: their
        share of the blame is subtracted.
        """
        self.dgamma = (dA * self.Z_hat).sum(axis=0)              # (h,)
        self.dbeta = dA.sum(axis=0)                              # (h,)
        if self.training:
            dA = dA - (self.dbeta + self.Z_hat * self.dgamma) / len(dA)
        return self.gamma / self.deviation * dA                  # (n, h)
