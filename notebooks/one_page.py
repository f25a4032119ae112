"""A neural network that reads handwritten digits, on one page: 784-128-10, in NumPy.

    python notebooks/one_page.py

Data, network, backpropagation, training, evaluation, curves, saving. Rows are images everywhere.
"""

import matplotlib.pyplot as plt
import numpy as np

from mlp_helpers import load_mnist

SIZES, EPOCHS, LEARNING_RATE, BATCH_SIZE = (784, 128, 10), 10, 0.1, 64


# ---- the network -------------------------------------------------------------------------------
def initialise(sizes, rng):
    """Random weights of spread sqrt(2 / inputs), so that signals neither fade nor explode; biases 0."""
    d, h, k = sizes
    return {
        "W1": (rng.standard_normal((d, h)) * np.sqrt(2 / d)).astype(np.float32),
        "b1": np.zeros(h, np.float32),
        "W2": (rng.standard_normal((h, k)) * np.sqrt(2 / h)).astype(np.float32),
        "b2": np.zeros(k, np.float32),
    }


def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1                                    # (n, d) @ (d, h) -> (n, h)
    A1 = np.maximum(Z1, 0)                              # ReLU
    Z2 = A1 @ W2 + b2                                   # (n, h) @ (h, k) -> (n, k)
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))      # shifted, so that it cannot overflow
    return Z1, A1, E / E.sum(axis=1, keepdims=True)     # P: each row sums to 1


def cross_entropy(P, y):
    return -np.log(np.maximum(P[np.arange(len(y)), y], 1e-30)).mean()


def loss_and_gradients(X, y, parameters):
    Z1, A1, P = forward(X, **parameters)
    Y = np.eye(P.shape[1], dtype=P.dtype)[y]            # one-hot: row y of the identity
    dZ2 = (P - Y) / len(X)                              # (n, k)
    dA1 = dZ2 @ parameters["W2"].T                      # (n, k) @ (k, h) -> (n, h)
    dZ1 = dA1 * (Z1 > 0)                                # the gate of ReLU
    gradients = {
        "W1": X.T @ dZ1,                                # (d, n) @ (n, h) -> (d, h)
        "b1": dZ1.sum(axis=0),
        "W2": A1.T @ dZ2,                               # (h, n) @ (n, k) -> (h, k)
        "b2": dZ2.sum(axis=0),
    }
    return cross_entropy(P, y), gradients


# ---- training ----------------------------------------------------------------------------------
def scale(images):
    return images.astype(np.float32) / 255


def train_one_epoch(images, labels, parameters, rng):
    order = rng.permutation(len(images))
    for start in range(0, len(images), BATCH_SIZE):
        rows = order[start : start + BATCH_SIZE]
        _, gradients = loss_and_gradients(scale(images[rows]), labels[rows], parameters)
        for name in parameters:
            parameters[name] -= LEARNING_RATE * gradients[name]


def evaluate(images, labels, parameters):
    """Loss and accuracy."""
    _, _, P = forward(scale(images), **parameters)
    return cross_entropy(P, labels), (P.argmax(axis=1) == labels).mean()


def main():
    data = load_mnist(validation=10_000)
    rng = np.random.default_rng(0)
    parameters = initialise(SIZES, rng)
    curves = []
    for epoch in range(1, EPOCHS + 1):
        train_one_epoch(*data.train, parameters, rng)
        curves.append([*evaluate(*data.train, parameters), *evaluate(*data.validation, parameters)])
        print("epoch {:2}   loss {:.4f}   train {:.2%}   validation loss {:.4f}   validation {:.2%}".format(epoch, *curves[-1]))
    print(f"test accuracy {evaluate(*data.test, parameters)[1]:.2%}")
    np.savez("one_page.npz", **parameters)
    draw(data.test, parameters, np.array(curves))


# ---- pictures ----------------------------------------------------------------------------------
def draw(test, parameters, curves):
    """Twelve test images with the network's answer, and both curves, as one_page.png."""
    figure = plt.figure(figsize=(12, 6), layout="constrained")
    top, bottom = figure.subfigures(2, 1)
    for axes, image, label in zip(top.subplots(1, 12), test.images, test.labels, strict=False):
        answer = forward(scale(image[np.newaxis]), **parameters)[2].argmax()
        axes.imshow(image.reshape(28, 28), cmap="gray")
        axes.set_title(f"{label}, read {answer}")
        axes.axis("off")
    for axes, columns, name in zip(bottom.subplots(1, 2), ([0, 2], [1, 3]), ("loss", "accuracy"), strict=True):
        axes.plot(np.arange(1, len(curves) + 1), curves[:, columns], marker="o", label=["train", "validation"])
        axes.set(xlabel="epoch", ylabel=name)
        axes.legend()
    figure.savefig("one_page.png")


if __name__ == "__main__":
    main()
