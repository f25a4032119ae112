"""Solutions of the exercises that no function of the core answers: NumPy, and what the learner has by then."""

import numpy as np

from ..core.functions import (
    cross_entropy,
    linear,
    linear_backward,
    relu,
    relu_backward,
    softmax,
    softmax_cross_entropy_backward,
)
from ..core.loop import minibatches

# --- notebook 00 -------------------------------------------------------------------------------------------------------


def ink(image):
    """Give the share of the pixels that are not 0."""
    return (image > 0).mean()


# --- notebook 00b ------------------------------------------------------------------------------------------------------


def row_shares(A):
    """Divide each row by its own sum: (n, k) -> (n, k)."""
    return A / A.sum(axis=1, keepdims=True)  # (n, k) / (n, 1)


def centre_columns(X):
    """Subtract from each column its own mean: (n, d) -> (n, d)."""
    return X - X.mean(axis=0)  # (n, d) - (d,)


def bills(amounts, prices):
    """Give what each person pays: (n, d), (d,) -> (n,)."""
    return amounts @ prices


def count_above(table, limit):
    """Count in each row the entries above a limit: (n, k), number -> (n,)."""
    return (table > limit).sum(axis=1)


def shortfall(P, y):
    """Give what the entry in column y[i] of each row i lacks to 1: (n, k), (n,) -> (n,)."""
    return 1 - P[np.arange(len(P)), y]


def brighten(image, amount):
    """Add to every pixel and stop at 255: bytes of any shape, number -> bytes of the same shape."""
    return np.minimum(image.astype(int) + amount, 255).astype(np.uint8)


def halve_in_place(a):
    """Halve every entry of the array that was given."""
    a /= 2


def batches_of(n, size):
    """Yield where each batch starts and where the next one does, the last batch perhaps smaller."""
    for start in range(0, n, size):
        yield start, min(start + size, n)


# --- notebook 01 -------------------------------------------------------------------------------------------------------


def scale_pixels(images):
    """Turn bytes from 0 to 255 into float32 numbers from 0 to 1, of the same shape."""
    return images.astype(np.float32) / 255


def flatten(images):
    """Lay each image out as one row: (n, height, width) -> (n, height * width)."""
    return images.reshape(len(images), -1)


def read_header(raw):
    """Read the magic number and the sizes of the axes from the first bytes of an IDX file."""
    magic = int.from_bytes(raw[:4], "big")
    sizes = [int.from_bytes(raw[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(raw[3])]
    return magic, sizes


# --- notebook 02 -------------------------------------------------------------------------------------------------------


def decode(Y):
    """Give the column of the largest entry of each row: (n, k) -> (n,)."""
    return Y.argmax(axis=1)


def nearest_mean(means, X):
    """Give the row of means (k, d) that is nearest to each row of X (n, d): (n,)."""
    squared = (X**2).sum(axis=1, keepdims=True) - 2 * X @ means.T + (means**2).sum(axis=1)  # (n, 1) - (n, k) + (k,)
    return squared.argmin(axis=1)


# --- notebook 03 -------------------------------------------------------------------------------------------------------


def collapse(W1, b1, W2, b2):
    """Give W and b of the single linear layer that does what two linear layers do."""
    return W1 @ W2, b1 @ W2 + b2  # (d, h) @ (h, k) -> (d, k), (h,) @ (h, k) + (k,) -> (k,)


# --- notebook 04 -------------------------------------------------------------------------------------------------------


def log_sum_exp(Z):
    """Logarithm of the sum of the exponentials of each row: (n, k) -> (n, 1)."""
    s = Z.max(axis=-1, keepdims=True)  # (n, 1)
    return s + np.log(np.exp(Z - s).sum(axis=-1, keepdims=True))  # (n, 1)


# --- notebook 05 -------------------------------------------------------------------------------------------------------


def descend(gradient, start, learning_rate, steps):
    """Walk against the gradient; give all places visited: (steps + 1, number of weights)."""
    w = np.array(start, dtype=np.float64)
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return np.array(path)


# --- notebook 06 -------------------------------------------------------------------------------------------------------


def chain_blame(w, x, b, t):
    """Give the slopes of (w x + b - t)² with respect to w and to b."""
    e = w * x + b - t
    de = 2 * e
    return x * de, de


def activation_blame(v1, v2, dz1, dz2):
    """Give the blame of an activation that feeds score 1 with weight v1 and score 2 with weight v2."""
    return v1 * dz1 + v2 * dz2


def relu_blame(da, h):
    """Give the blame of what went into a ReLU, from the blame of what came out."""
    return da if h > 0 else 0.0


def hidden_weight_blame(x, h, v1, v2, dz1, dz2):
    """Give the blame of the weight from the input x to a hidden unit with the score h."""
    da = v1 * dz1 + v2 * dz2
    dh = da if h > 0 else 0.0
    return x * dh


# --- notebook 07 -------------------------------------------------------------------------------------------------------


def two_layer_gradients(X, Y, W1, b1, W2, b2):
    """Give the gradients of the mean cross-entropy, each in the shape of its parameter."""
    Z1 = X @ W1 + b1  # (n, d) @ (d, h) -> (n, h)
    A1 = relu(Z1)
    P = softmax(A1 @ W2 + b2)  # (n, h) @ (h, k) -> (n, k)

    dZ2 = (P - Y) / len(X)  # (n, k)
    dA1, dW2, db2 = linear_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)  # (n, h)
    _, dW1, db1 = linear_backward(dZ1, X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# --- notebook 08 -------------------------------------------------------------------------------------------------------


def scale(images):
    """Turn bytes into numbers from 0 to 1; leave alone what is scaled already."""
    return images / np.float32(255) if images.dtype == np.uint8 else images


def loss_and_gradients(X, Y, parameters):
    """Forward, loss and backward for one batch: the loss, and the gradients under the names of their parameters."""
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    X = scale(X)
    Z1 = linear(X, W1, b1)  # (n, d) @ (d, h) -> (n, h)
    A1 = relu(Z1)
    P = softmax(linear(A1, W2, b2))  # (n, h) @ (h, k) -> (n, k)

    dZ2 = softmax_cross_entropy_backward(P, Y)  # (P - Y) / n
    dA1, dW2, db2 = linear_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = linear_backward(dZ1, X, W1)
    return cross_entropy(P, Y), {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def initialise(sizes, rng):
    """Random weights of spread sqrt(2 / inputs), biases 0: W1 (d, h), b1 (h,), and so on, float32."""
    parameters = {}
    for number in range(1, len(sizes)):
        inputs, outputs = sizes[number - 1], sizes[number]
        W = rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)
        parameters[f"W{number}"] = W.astype(np.float32)
        parameters[f"b{number}"] = np.zeros(outputs, np.float32)
    return parameters


def sgd_step(parameters, gradients, learning_rate):
    """Move every parameter against its gradient, in place."""
    for name in parameters:
        parameters[name] -= learning_rate * gradients[name]


def train_one_epoch(parameters, X, Y, batch_size, learning_rate, rng):
    """Take one step for each mini-batch; give the mean of their losses."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


# --- notebook 09 -------------------------------------------------------------------------------------------------------


def epochs_to_reach(accuracies, target):
    """Give the first epoch, counted from 1, after which the accuracy is at least the target, or None."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
    return None


def diagnose_curves(train_loss, validation_loss):
    """Say in a word what the losses after each epoch show, both of shape (epochs,)."""
    lowest = validation_loss.argmin()
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    if validation_loss[-1] > 3 * train_loss[-1]:
        return "gap"
    return "fine"
