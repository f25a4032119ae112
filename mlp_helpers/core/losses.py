"""The last layer of a network: it turns scores into outputs, and outputs into one number."""

import inspect

import numpy as np

from . import functions
from .contracts import checked

# without their checks: the network has checked what comes here
sigmoid, sigmoid_backward = inspect.unwrap(functions.sigmoid), inspect.unwrap(functions.sigmoid_backward)


class SoftmaxCrossEntropy:
    """P = softmax(Z); the loss is the mean of -log of the true class's probability.

    Parameters
    ----------
    label_smoothing : float, from 0 to below 1
        In training, the wanted probabilities are no longer 1 and 0: this share of the 1 is
        spread evenly over all k classes (Szegedy et al. 2016).

    Examples
    --------
    >>> loss_layer = SoftmaxCrossEntropy()
    >>> round(loss_layer.forward(np.zeros((1, 2)), np.array([0])), 4)     # ln 2
    0.6931
    >>> loss_layer.backward()
    array([[-0.5,  0.5]])
    """

    outputs = staticmethod(functions.softmax)

    @checked(label_smoothing="share")
    def __init__(self, label_smoothing=0.0):
        self.label_smoothing = label_smoothing

    def forward(self, Z, y, training=True):
        """Return the loss of the scores Z (n, k) for the integer labels y (n,), as log Σ exp Z - Z_y."""
        self.smoothing = self.label_smoothing if training else 0.0
        Z = Z.T.copy()                           # (k, n)  NumPy is quicker along long rows
        Z -= Z.max(axis=0)
        self.true = y, np.arange(len(y))         # where each example's true class stands
        Z_true = Z[self.true]                    # (n,)
        if self.smoothing:
            Z_true = (1 - self.smoothing) * Z_true + self.smoothing * Z.mean(axis=0)
        E = np.exp(Z)
        total = E.sum(axis=0)
        self.P = E / total
        return float((np.log(total) - Z_true).sum()) / len(y)

    def backward(self):
        """Return the gradient with respect to Z: (P - Y) / n, Y one-hot or smoothed."""
        n = len(self.true[0])
        dZ = self.P / n
        dZ[self.true] -= (1 - self.smoothing) / n
        if self.smoothing:
            dZ -= self.smoothing / (n * len(dZ))  # len(dZ) is k
        return dZ.T                              # (n, k)


class SigmoidMeanSquaredError:
    """A = sigmoid(Z); the loss is the squared error, summed over classes, averaged over examples.

    The last layer of the classic 784-50-10 network.

    Examples
    --------
    >>> SigmoidMeanSquaredError().forward(np.zeros((1, 2)), np.array([0]))     # 0.5² + 0.5²
    0.5
    """

    outputs = staticmethod(functions.sigmoid)

    def forward(self, Z, y):
        """Return the loss of the scores Z (n, k) for the integer labels y (n,)."""
        self.A, self.Y = sigmoid(Z), np.eye(Z.shape[1], dtype=Z.dtype)[y]
        return float(((self.A - self.Y) ** 2).sum()) / len(y)

    def backward(self):
        """Return the gradient with respect to Z: 2 (A - Y) / n, times the slope of the sigmoid."""
        return sigmoid_backward((2 / len(self.Y)) * (self.A - self.Y), self.A)
