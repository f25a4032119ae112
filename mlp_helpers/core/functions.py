"""The mathematics of the network: pure functions, and the derivatives of those that are trained.

Rows are examples. n is the number of examples, d of inputs, h of outputs of a layer, k of
classes. A function ``f_backward`` takes the gradient of the loss with respect to what ``f``
returned, and returns the gradient with respect to what ``f`` was given.
"""

import numpy as np

from .contracts import checked


@checked(X="real (n, d)", W="real (d, h)", b="real (h)")
def linear(X, W, b):
    """Compute weighted sums of all inputs, one for each output, plus a bias: Z = X W + b.

    Parameters
    ----------
    X : array (n, d)
    W : array (d, h)
        Column j holds the weights of output j.
    b : array (h,)
        Added to every row.

    Returns
    -------
    Z : array (n, h)

    Examples
    --------
    >>> linear(np.array([[1.0, 2.0]]), np.array([[10.0, 0.0], [1.0, 3.0]]), np.array([0.5, 0.0]))
    array([[12.5,  6. ]])
    """
    return X @ W + b                     # (n, d) @ (d, h) -> (n, h)


@checked(dZ="real (n, h)", X="real (n, d)", W="real (d, h)")
def linear_backward(dZ, X, W):
    """Carry the gradient of the loss back through Z = X W + b.

    Parameters
    ----------
    dZ : array (n, h)
        Gradient with respect to Z.
    X : array (n, d)
    W : array (d, h)

    Returns
    -------
    dX : array (n, d)
    dW : array (d, h)
    db : array (h,)

    Examples
    --------
    >>> dX, dW, db = linear_backward(np.array([[1.0], [2.0]]), np.array([[3.0], [4.0]]), np.array([[5.0]]))
    >>> dW, db
    (array([[11.]]), array([3.]))
    """
    dX = dZ @ W.T                        # (n, h) @ (h, d) -> (n, d)
    dW = X.T @ dZ                        # (d, n) @ (n, h) -> (d, h)
    db = dZ.sum(axis=0)                  # (h,)
    return dX, dW, db


@checked(Z="real")
def relu(Z):
    """Keep what is positive, replace the rest by 0.

    Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann
    machines", ICML 2010.

    Examples
    --------
    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    return np.maximum(Z, 0)


@checked(dA="real", Z="real")
def relu_backward(dA, Z):
    """Let the gradient through where Z was positive; at 0 the derivative is taken as 0.

    Parameters
    ----------
    dA : array
        Gradient with respect to A = relu(Z).
    Z : array, same shape
        What went into relu, not what came out.

    Examples
    --------
    >>> relu_backward(np.array([5.0, 5.0, 5.0]), np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 5.])
    """
    return dA * (Z > 0)


@checked(Z="floats")
def sigmoid(Z):
    """Squeeze any number into the range from 0 to 1: 1 / (1 + exp(-Z)).

    Written with exp(-|Z|), which lies between 0 and 1, so that it cannot overflow: for
    negative Z both sides of the fraction are multiplied by exp(Z).

    Examples
    --------
    >>> sigmoid(np.array([0.0, np.log(3.0), -1000.0]))
    array([0.5 , 0.75, 0.  ])
    """
    with np.errstate(under="ignore"):    # exp of a very low number is 0, as wanted
        E = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1, E) / (1 + E)


@checked(dA="real", A="floats")
def sigmoid_backward(dA, A):
    """Multiply by the slope of the sigmoid, A (1 - A), which is at most 1/4.

    Parameters
    ----------
    dA : array
        Gradient with respect to A = sigmoid(Z).
    A : array, same shape
        What came out of sigmoid.

    Examples
    --------
    >>> sigmoid_backward(np.array([8.0, 8.0]), np.array([0.5, 0.75]))
    array([2. , 1.5])
    """
    return dA * A * (1 - A)


@checked(Z="floats (..., k)")
def softmax(Z):
    """Turn each row of scores into probabilities.

    Subtracting the row's largest score changes nothing (numerator and denominator
    shrink by the same factor) but keeps ``exp`` from overflowing.

    Parameters
    ----------
    Z : array (n, k) or (k,)
        Scores (logits), any finite values.

    Returns
    -------
    P : array like Z
        Non-negative, each row sums to 1.

    Examples
    --------
    >>> softmax(np.array([[0.0, np.log(3.0)]]))
    array([[0.25, 0.75]])
    """
    with np.errstate(over="ignore", under="ignore"):   # exp of very low scores is 0, as wanted
        E = np.exp(Z - Z.max(axis=-1, keepdims=True))
        return E / E.sum(axis=-1, keepdims=True)


@checked(n_classes="size (k)", labels="labels (n)")
def one_hot(labels, n_classes=10):
    """Write each label as a row of zeros with a single 1 in the label's column.

    Parameters
    ----------
    labels : integers (n,), from 0 to n_classes - 1
    n_classes : int

    Returns
    -------
    Y : float32 array (n, n_classes)

    Examples
    --------
    >>> one_hot(np.array([2, 0]), n_classes=3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    Y = np.zeros((len(labels), n_classes), dtype=np.float32)
    Y[np.arange(len(labels)), labels] = 1
    return Y


@checked(P="probabilities (n, k)", Y="targets (n, k)")
def cross_entropy(P, Y):
    """Compute the mean cross-entropy: the average over the examples of -log of the true class's probability.

    Parameters
    ----------
    P : array (n, k)
        Probabilities.
    Y : array (n, k)
        One-hot rows, see ``one_hot``.

    Returns
    -------
    loss : float, in nats
        0 when every true class has probability 1. A probability of 0 counts as the
        smallest number that the type of P can hold, so the loss stays finite.

    Examples
    --------
    >>> round(float(cross_entropy(np.array([[0.25, 0.75]]), np.array([[1, 0]]))), 4)   # ln 4
    1.3863
    """
    smallest = np.finfo(P.dtype).smallest_subnormal
    return -(Y * np.log(np.maximum(P, smallest))).sum(axis=1).mean()


@checked(P="probabilities (n, k)", Y="targets (n, k)")
def softmax_cross_entropy_backward(P, Y):
    """Compute the gradient of cross_entropy(softmax(Z), Y) with respect to the scores Z.

    Parameters
    ----------
    P : array (n, k)
        softmax(Z).
    Y : array (n, k)
        One-hot rows, see ``one_hot``.

    Returns
    -------
    dZ : array (n, k)
        (P - Y) / n.

    Examples
    --------
    >>> softmax_cross_entropy_backward(np.array([[0.25, 0.75]]), np.array([[0, 1]]))
    array([[ 0.25, -0.25]])
    """
    return (P - Y) / len(P)


@checked(A="outputs (n, k)", Y="targets (n, k)")
def mean_squared_error(A, Y):
    """Compute the squared error, summed over the classes and averaged over the examples.

    Other books average over the k classes too. Their loss and gradient are k times
    smaller, so the same learning rate takes steps k times smaller: to compare, multiply
    their learning rate by k.

    Parameters
    ----------
    A : array (n, k)
        Outputs.
    Y : array (n, k)
        One-hot rows, see ``one_hot``.

    Returns
    -------
    loss : float

    Examples
    --------
    >>> float(mean_squared_error(np.array([[0.5, 1.0], [0.0, 1.0]]), np.array([[0, 1], [0, 1]])))
    0.125
    """
    return ((A - Y) ** 2).sum(axis=1).mean()


@checked(predicted="labels (n)", labels="labels (n)")
def accuracy(predicted, labels):
    """Return the fraction of the predicted labels that are right, from 0 to 1.

    Examples
    --------
    >>> float(accuracy(np.array([7, 2, 1, 0]), np.array([7, 2, 1, 5])))
    0.75
    """
    return (predicted == labels).mean()
