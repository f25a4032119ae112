"""The same training by four hands, and the floor under all of them.

Each contender is a generator: ``next`` trains one epoch of 784-hidden-10, ReLU, softmax and
cross-entropy, in a new random order, and gives the mean loss of its steps. It takes the images
as they come from ``load_mnist`` and may prepare them before its first epoch: all but the
package turn them into float32 in [0, 1] once, which takes 188 MB instead of 47.
"""

import math

import numpy as np

from mlp_helpers import MLP, SGD, Dataset, Split, training_steps

RATE = 0.1


def package(images, y, hidden, batch_size, threads):
    """The code of the course, as ``train`` runs it: ``training_steps``, left when the evaluation begins."""
    train = Split(images, y)
    data = Dataset(train, train[:0], train[:0], range(10))
    model, optimizer, epoch = MLP([784, hidden, 10]), SGD(RATE), 0
    while True:
        epoch, total, done = epoch + 1, 0.0, 0
        for now in training_steps(model, data, 1, batch_size, optimizer=optimizer, seed=epoch, threads=threads):
            total, done = total + now.loss * (now.step - done), now.step
            if done == now.steps:
                break
        yield total / done


def loop(images, y, hidden, batch_size, threads):
    """Plain NumPy, fifteen lines a step."""
    X, rng = _scaled(images), np.random.default_rng(0)
    W1 = rng.standard_normal((784, hidden), dtype=np.float32) * math.sqrt(2 / 784)
    W2 = rng.standard_normal((hidden, 10), dtype=np.float32) * math.sqrt(2 / hidden)
    b1, b2 = np.zeros(hidden, np.float32), np.zeros(10, np.float32)
    while True:
        losses, order = [], rng.permutation(len(y))
        for start in range(0, len(y), batch_size):
            rows = order[start : start + batch_size]
            A0, labels, n = X[rows], y[rows], np.arange(len(rows))
            Z1 = A0 @ W1 + b1
            A1 = np.maximum(Z1, 0)
            Z2 = A1 @ W2 + b2
            E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
            P = E / E.sum(axis=1, keepdims=True)
            losses.append(-np.log(P[n, labels]).mean())
            P[n, labels] -= 1                                # from here on P - Y
            dZ2 = P / len(rows)
            dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
            W2 -= RATE * (A1.T @ dZ2)
            b2 -= RATE * dZ2.sum(axis=0)
            W1 -= RATE * (A0.T @ dZ1)
            b1 -= RATE * dZ1.sum(axis=0)
        yield float(np.mean(losses))


def pytorch(images, y, hidden, batch_size, threads):
    """PyTorch, run eagerly, on tensors sliced by hand: twice as quick as through a DataLoader."""
    import torch
    from torch import nn

    X, y = torch.from_numpy(_scaled(images)), torch.from_numpy(y)
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, hidden), nn.ReLU(), nn.Linear(hidden, 10))
    loss_of, optimizer = nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=RATE)
    while True:
        losses = []
        for rows in torch.randperm(len(y)).split(batch_size):
            optimizer.zero_grad()
            loss = loss_of(model(X[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        yield float(np.mean(losses))


def scikit_learn(images, y, hidden, batch_size, threads):
    """scikit-learn's MLPClassifier, one ``partial_fit`` an epoch.

    It does a little more: each call looks through X for NaN, and each step adds an L2 penalty,
    here of strength 0.
    """
    from sklearn.neural_network import MLPClassifier

    X = _scaled(images)
    settings = {"solver": "sgd", "learning_rate_init": RATE, "momentum": 0, "alpha": 0, "random_state": 0}
    model = MLPClassifier(hidden, batch_size=batch_size, **settings)
    while True:
        model.partial_fit(X, y, classes=range(10))
        yield float(model.loss_)


def floor(images, y, hidden, batch_size, threads):
    """Only the two large products of every step, X @ W1 and X.T @ dZ1, on arrays that stay where they are."""
    X, W1 = _scaled(images[:batch_size]), np.ones((784, hidden), np.float32)
    dZ1 = np.ones((batch_size, hidden), np.float32)
    Z1, dW1 = np.empty_like(dZ1), np.empty_like(W1)
    while True:
        for _ in range(0, len(y), batch_size):
            np.matmul(X, W1, out=Z1)
            np.matmul(X.T, dZ1, out=dW1)
        yield None


def _scaled(images):
    return images.astype(np.float32) / 255
