"""What the exercises of notebook 10 share: cases, what is compared, and one epoch of which each part can be replaced."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case
from mlp_helpers.check.exercises.networks import ENOUGH, arrays, fresh, used
from mlp_helpers.core.data import minibatches
from mlp_helpers.core.functions import softmax

TINY = 1e-8  # steps so small that the order of the batches makes no difference
LEAST = 1e-30  # a probability of 0 counts as this in the loss


def start_of(X, h, dtype):
    """Return first weights that are always the same for the same sizes; biases of 0 where an image is blank."""
    start = {name: array.astype(dtype) for name, array in arrays(np.random.default_rng(5), X.shape[1], h, 10).items()}
    start["W1"] /= np.sqrt(X.shape[1])
    start["W2"] /= np.sqrt(h)
    if not X.any(axis=1).all():
        start["b1"][:] = 0
    return start


def epoch_on(X, y, learning_rate, h=4):
    return start_of(X, h, X.dtype), X, y, learning_rate, fresh()


def images(n, d, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)).astype(dtype), rng.integers(0, 10, n)


def blank():
    """Three images, of which the second has no bright pixel: its hidden scores are exactly 0."""
    X, y = images(3, 5, seed=6)
    X[1] = 0
    return X, y


def same_image(n, d):
    """One image many times, so that the order says nothing."""
    X, y = images(1, d, seed=3)
    return np.tile(X, (n, 1)), np.tile(y, n)


CASES = [
    Case("three images of two pixels", *epoch_on(*images(3, 2), 0.5)),
    Case("20 images, sizes that all differ", *epoch_on(*images(20, 6, seed=1), 0.5, h=7)),
    Case("one whole batch", *epoch_on(*images(50, 3, seed=2), 2.0)),
    Case("one image in two batches, of 50 and of 20", *epoch_on(*same_image(70, 3), 0.05)),
    Case("100 images, and steps next to nothing", *epoch_on(*images(100, 6, seed=4), TINY, h=5)),
    Case("float32", *epoch_on(*images(12, 30, seed=5, dtype=np.float32), 1.0, h=8)),
]
BLANK = Case("a blank image", *epoch_on(*blank(), 1.0), harsh=True)


def drawn(rng):
    n, d = int(rng.integers(1, 51)), int(rng.integers(1, 7))
    X, y = rng.normal(size=(n, d)), rng.integers(0, 10, n)
    return epoch_on(X, y, float(rng.choice([0.1, 1.0])), h=int(rng.integers(1, 7)))


def after_the_epoch(value, parameters, X, y, learning_rate, rng):
    """Return the loss, how far each array moved for each unit of the rate, and whose random numbers decided the order."""
    start = start_of(X, parameters["W1"].shape[1], X.dtype)
    seen = {"loss": float(value) if isinstance(value, (np.number, np.ndarray)) and np.ndim(value) == 0 else value}
    seen |= {f"{name}: movement / learning rate": (start[name] - parameters[name]) / learning_rate for name in start}
    if len(X) >= ENOUGH:
        seen["order of the images from"] = "rng" if used(rng) else "elsewhere"
    return seen


EPOCH = {"notebook": "10", "changes": (0,), "view": after_the_epoch, "draw": drawn}  # what is asked for in all five


def backwards(X, Y, Z1, A1, P, W2):
    """Return the four gradients of a batch."""
    dZ2 = (P - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}


def multiplied(factor, *names):
    """Multiply the gradients of these names, or all, by factor(n), where n is the number of images in the batch."""

    def gradients_of(X, *given):
        right = backwards(X, *given)
        return right | {name: factor(len(X)) * right[name] for name in names or right}

    return gradients_of


def move(parameters, gradients, learning_rate):
    for name in parameters:
        parameters[name] -= learning_rate * gradients[name]


def epoch(parameters, X, y, learning_rate, rng, batches=minibatches, probabilities=softmax, gradients_of=backwards, step=move):
    """Train for one epoch in batches of 50, and return the mean of the losses; any part can be another one."""
    losses = []
    for X_batch, labels in batches(X, y, 50, rng):
        Y = np.eye(10, dtype=X.dtype)[labels]
        Z1 = X_batch @ parameters["W1"] + parameters["b1"]
        A1 = np.maximum(Z1, 0)
        P = probabilities(A1 @ parameters["W2"] + parameters["b2"])
        losses.append(-np.log(np.maximum((P * Y).sum(axis=1), LEAST)).mean())
        step(parameters, gradients_of(X_batch, Y, Z1, A1, P, parameters["W2"]), learning_rate)
    return np.mean(losses)


def open_at_0(parameters, X, y, learning_rate, rng):
    """It differs from ours where a hidden score is exactly 0 and nowhere else. ReLU has no slope there; some take 1, this course
    and most libraries take 0."""

    def opened(X, Y, Z1, A1, P, W2):
        return backwards(X, Y, np.where(Z1 == 0, 1, Z1), A1, P, W2)

    return epoch(parameters, X, y, learning_rate, rng, gradients_of=opened)


CONVENTION = {  # as in notebooks 07 and 11
    "title": "open at exactly 0",
    "kind": "convention",
    "ask": "What do we take at Z = 0, where the slope jumps from 0 to 1?",
}


def elsewhere(parameters, X, y, learning_rate, rng):
    """The losses are those of a network that learns, but no array in `parameters` has changed: other arrays took the steps.
    (`W1 = W1 - …` gives the name to a new array, and leaves the one from the dict as it is.)"""
    return epoch({name: array.copy() for name, array in parameters.items()}, X, y, learning_rate, rng)


ELSEWHERE = {
    "title": "Another network was trained",
    "ask": "Which arrays does the caller hold, and which ones take the steps?",
}
