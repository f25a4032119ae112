"""The end of a network: what turns its scores into outputs, and outputs into one number."""

import numpy as np

from .contracts import checked
from .functions import sigmoid, sigmoid_backward, softmax


class SoftmaxCrossEntropy:
    """P = softmax(Z); the loss is the mean of -log of the true class's probability.

    Examples
    --------
    >>> end = SoftmaxCrossEntropy()
    >>> round(end.forward(np.zeros((1, 2)), np.array([0])), 4)     # ln 2
    0.6931
    >>> end.backward()
    array([[-0.5,  0.5]])
    """

    dimensions = {}
    outputs = staticmethod(softmax)

    @checked(Z="floats (n, k)", y="labels (n)")
    def forward(self, Z, y):
        """Give the loss of the scores Z (n, k) for the integer labels y (n,), as log Σ exp Z - Z_y."""
        Z = Z.T.copy()                           # (k, n)  NumPy is quicker along long rows
        Z -= Z.max(axis=0)
        self.true = y, np.arange(len(y))         # where each example's true class stands
        Z_true = Z[self.true]                    # (n,)
        E = np.exp(Z)
        total = E.sum(axis=0)
        self.P = E / total
        return float((np.log(total) - Z_true).sum()) / len(y)

    def backward(self):
        """Give the gradient with respect to Z: (P - Y) / n."""
        n = len(self.true[0])
        dZ = self.P / n
        dZ[self.true] -= 1 / n
        return dZ.T                              # (n, k)


class SigmoidMeanSquaredError:
    """A = sigmoid(Z); the loss is the squared error, summed over classes, averaged over examples.

    The end of the classic 784-50-10 network.

    Examples
    --------
    >>> SigmoidMeanSquaredError().forward(np.zeros((1, 2)), np.array([0]))     # 0.5² + 0.5²
    0.5
    """

    dimensions = {}
    outputs = staticmethod(sigmoid)

    @checked(Z="floats (n, k)", y="labels (n)")
    def forward(self, Z, y):
        """Give the loss of the scores Z (n, k) for the integer labels y (n,)."""
        self.A, self.Y = sigmoid(Z), np.eye(Z.shape[1], dtype=Z.dtype)[y]
        return float(((self.A - self.Y) ** 2).sum()) / len(y)

    def backward(self):
        """Give the gradient with respect to Z: 2 (A - Y) / n, times the slope of the sigmoid."""
        return sigmoid_backward((2 / len(self.Y)) * (self.A - self.Y), self.A)
