"""Train the network that ships with the digit pad: ``python -m benchmarks.pad_weights`` writes ``mlp_helpers/labs/pad.npz``.

People's digits differ from those of MNIST: in slant, proportions, and above all in the thickness of the pen. So every
image is changed at random each time it is learned from: turned, slanted, stretched, moved a little, thickened or thinned.
The optimizer is gradient descent with momentum and a rate that falls in a straight line to 0.

The 50 000 images of the training split are used, and no others, so that the validation images, which the pad shows and
the lessons ask it about, are as new to it as the test images are. Both are read at the end, for the accuracies that are
printed. The same seed gives the same weights, up to the last digits, in which BLAS libraries differ. It takes about two
minutes on one thread.
"""

import argparse
import math
import pathlib
import time

import numpy as np
from threadpoolctl import threadpool_limits

from mlp_helpers import MLP, load_mnist, minibatches

PATH = pathlib.Path(__file__).parents[1] / "mlp_helpers" / "labs" / "pad.npz"
SIDE, MIDDLE = 28, 14
PADDED = SIDE + 3  # one pixel before, two after: a place and its right neighbour always exist
ROWS, COLUMNS = (np.indices((SIDE, SIDE), np.float32) - MIDDLE).reshape(2, -1)


def warp(X, rng, turn=12.0, slant=0.2, stretch=0.15, shift=1.0):
    """Turn (degrees), slant, stretch and move (pixels) every image of X (n, 784) by its own random amount up to these."""
    n = len(X)

    def upto(limit):
        return rng.uniform(-limit, limit, (n, 1)).astype(np.float32)

    angle, slope, tall, wide = upto(np.deg2rad(turn)), upto(slant), np.exp(upto(stretch)), np.exp(upto(stretch))
    rows = tall * (np.cos(angle) * ROWS - np.sin(angle) * COLUMNS) + MIDDLE + upto(shift)  # (n, 784): where each pixel
    columns = wide * (np.sin(angle) * ROWS + np.cos(angle) * COLUMNS + slope * ROWS) + MIDDLE + upto(shift)  # comes from
    padded = np.zeros((n, PADDED, PADDED), np.float32)
    padded[:, 1 : SIDE + 1, 1 : SIDE + 1] = X.reshape(n, SIDE, SIDE)
    rows, columns = np.clip(rows, -1, SIDE) + 1, np.clip(columns, -1, SIDE) + 1
    top, left = rows.astype(np.intp), columns.astype(np.intp)
    down, right = rows - top, columns - left
    at = top * PADDED + left + PADDED**2 * np.arange(n)[:, None]
    upper = padded.take(at) * (1 - right) + padded.take(at + 1) * right
    lower = padded.take(at + PADDED) * (1 - right) + padded.take(at + PADDED + 1) * right
    return upper * (1 - down) + lower * down


def thicken(X, rng, most=0.8):
    """Move every image of X (n, 784) by a random share towards its thicker or its thinner self.

    The thicker self has at each pixel the largest of it and its four neighbours, the thinner self the smallest.
    """
    P = np.pad(X.reshape(-1, SIDE, SIDE), ((0, 0), (1, 1), (1, 1)))
    five = P[:, 1:-1, 1:-1], P[:, :-2, 1:-1], P[:, 2:, 1:-1], P[:, 1:-1, :-2], P[:, 1:-1, 2:]
    thicker, thinner = np.maximum.reduce(five).reshape(X.shape), np.minimum.reduce(five).reshape(X.shape)
    share = rng.uniform(-most, most, (len(X), 1)).astype(np.float32)
    return X + np.abs(share) * (np.where(share > 0, thicker, thinner) - X)


def fit(model, split, epochs, rate=0.1, memory=0.9, batch_size=100, seed=0):
    """Train with momentum on changed images; yield the epoch and its mean loss."""
    rng = np.random.default_rng(seed)
    parameters = model.parameters
    velocity = {name: np.zeros_like(array) for name, array in parameters.items()}
    step, steps = 0, epochs * math.ceil(len(split) / batch_size)
    for epoch in range(1, epochs + 1):
        losses = []
        for images, labels in minibatches(*split, batch_size, rng):
            X = thicken(warp(images.astype(np.float32) / 255, rng), rng)
            loss, gradients = model.loss_and_gradients(X, labels)
            for name, parameter in parameters.items():
                velocity[name] = memory * velocity[name] - rate * (1 - step / steps) * gradients[name]
                parameter += velocity[name]
            losses.append(loss)
            step += 1
        yield epoch, float(np.mean(losses))


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pad_weights", description="Train the digit pad's network.")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--path", type=pathlib.Path, default=PATH)
    wanted = parser.parse_args()
    data = load_mnist()
    model = MLP([784, wanted.hidden, 10], seed=wanted.seed)
    start = time.process_time()
    with threadpool_limits(1, "blas"):
        for epoch, loss in fit(model, data.train, wanted.epochs, seed=wanted.seed):
            print(f"epoch {epoch}, loss {loss:.4f}", flush=True)
    model.save(wanted.path)
    spent = time.process_time() - start
    shares = ", ".join(f"{name} accuracy {model.accuracy(*getattr(data, name)):.2%}" for name in ("validation", "test"))
    print(f"{shares}, {spent:.0f} CPU seconds, {wanted.path}")


if __name__ == "__main__":
    main()
