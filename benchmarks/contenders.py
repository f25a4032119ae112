"""The same training by six hands, and the floor under all of them.

Each contender is a generator: ``next`` trains one epoch of 784-hidden-10, ReLU, softmax and
cross-entropy, by gradient descent in float32, and yields the mean loss of its steps. It takes the
images as they come from ``load_mnist`` and may prepare them before its first epoch: all but the
package and the tuned loop turn them into float32 in [0, 1] once, which takes 188 MB instead of 47.
Drawing a new random order and picking the images of each batch are part of the epoch.
"""

import itertools
import math
import time

import numpy as np

from mlp_helpers import MLP, SGD, Dataset, Split, minibatches, training_steps

RATE = 0.1


def package(images, y, hidden, batch_size):
    """The code of the course, as ``train`` runs it: ``training_steps``, left when the evaluation begins."""
    train = Split(images, y)
    data = Dataset(train, train[:0], train[:0], range(10))
    model, optimizer, epoch = MLP([784, hidden, 10]), SGD(RATE), 0
    while True:
        epoch, losses = epoch + 1, []
        for now in training_steps(model, data, 1, batch_size, optimizer=optimizer, seed=epoch):
            losses.append(now.loss)
            if now.step == now.steps:
                break
        yield sum(losses) / len(losses)


def loop(images, y, hidden, batch_size):
    """Plain NumPy, fifteen lines a step."""
    X, rng = _scaled(images), np.random.default_rng(0)
    W1, b1, W2, b2 = _parameters(hidden, rng)
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
            P[n, labels] -= 1  # from here on P - Y
            dZ2 = P / len(rows)
            dZ1 = (dZ2 @ W2.T) * (Z1 > 0)
            W2 -= RATE * (A1.T @ dZ2)
            b2 -= RATE * dZ2.sum(axis=0)
            W1 -= RATE * (A0.T @ dZ1)
            b1 -= RATE * dZ1.sum(axis=0)
        yield float(np.mean(losses))


def tuned(images, y, hidden, batch_size):
    """The plain loop tuned by hand: every array is made once and written over in each step.

    The learning rate is folded into dZ2, sums over the batch are products with a row of ones, images are
    picked as bytes, and the logarithms of the loss are taken once an epoch.
    """
    rng = np.random.default_rng(0)
    W1, b1, W2, b2 = _parameters(hidden, rng)
    dW1, db1, dW2, db2 = map(np.empty_like, (W1, b1, W2, b2))
    arrays = [np.empty((batch_size, columns), np.float32) for columns in (784, hidden, hidden, hidden, 10, 1)]
    arrays += [np.empty((batch_size, 784), images.dtype), np.ones(batch_size, np.float32), np.arange(batch_size)]
    expected = np.empty(len(y), np.float32)  # the probabilities of the right classes
    starts = np.arange(0, len(y), batch_size)
    while True:
        order = rng.permutation(len(y))
        ordered = y[order]
        for start in range(0, len(y), batch_size):
            rows, labels = order[start : start + batch_size], ordered[start : start + batch_size]
            A0, A1, dZ1, alive, P, column, picked, ones, n = (array[: len(rows)] for array in arrays)
            np.take(images, rows, axis=0, out=picked, mode="clip")  # without "clip", take copies once more
            np.multiply(picked, np.float32(1 / 255), out=A0)
            np.matmul(A0, W1, out=A1)
            A1 += b1
            np.maximum(A1, 0, out=A1)
            np.matmul(A1, W2, out=P)
            P += b2
            P -= P.max(axis=1, keepdims=True, out=column)
            np.exp(P, out=P)
            P /= P.sum(axis=1, keepdims=True, out=column)
            expected[start : start + batch_size] = P[n, labels]
            P[n, labels] -= 1
            P *= RATE / len(rows)  # from here on RATE * dZ2
            np.matmul(P, W2.T, out=dZ1)
            dZ1 *= np.greater(A1, 0, out=alive)
            W2 -= np.matmul(A1.T, P, out=dW2)
            b2 -= np.matmul(ones, P, out=db2)
            W1 -= np.matmul(A0.T, dZ1, out=dW1)
            b1 -= np.matmul(ones, dZ1, out=db1)
        losses = np.add.reduceat(-np.log(expected), starts) / np.diff(starts, append=len(y))
        yield float(losses.mean())


def pytorch(images, y, hidden, batch_size):
    """PyTorch, run eagerly, on tensors sliced by hand: twice as quick as through a DataLoader."""
    import torch
    from torch import nn

    X, y = torch.from_numpy(_scaled(images)), torch.from_numpy(y)
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, hidden), nn.ReLU(), nn.Linear(hidden, 10))
    with torch.no_grad():
        for parameter, array in zip(model.parameters(), _parameters(hidden, np.random.default_rng(0)), strict=True):
            parameter.copy_(torch.from_numpy(array.T))
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


def jax(images, y, hidden, batch_size):
    """JAX: an epoch is one compiled call, a ``lax.scan`` over its batches that updates donated parameters.

    NumPy draws the order, as in the loop; drawing it and handing it over count. Compiling happens in the
    first epoch, which only warms up.
    """
    from functools import partial

    from jax import jit, lax, nn, tree, value_and_grad
    from jax import numpy as jnp

    rng = np.random.default_rng(0)
    parameters = tree.map(jnp.asarray, _parameters(hidden, rng))
    X, y = jnp.asarray(_scaled(images)), jnp.asarray(y, jnp.int32)

    def loss_of(parameters, A0, labels):
        W1, b1, W2, b2 = parameters
        Z2 = nn.relu(A0 @ W1 + b1) @ W2 + b2
        return -(nn.log_softmax(Z2) * nn.one_hot(labels, 10)).sum() / len(labels)

    @partial(jit, donate_argnums=0)
    def epoch(parameters, order, X, y):
        def step(parameters, rows):
            A0, labels = (array.at[rows].get(mode="promise_in_bounds") for array in (X, y))
            loss, gradients = value_and_grad(loss_of)(parameters, A0, labels)
            return tree.map(lambda old, gradient: old - RATE * gradient, parameters, gradients), loss

        whole = len(order) // batch_size * batch_size  # a scan needs batches of one size; a smaller last one follows it
        parameters, losses = lax.scan(step, parameters, order[:whole].reshape(-1, batch_size))
        if whole < len(order):
            parameters, last = step(parameters, order[whole:])
            losses = jnp.append(losses, last)
        return parameters, losses.mean()

    while True:
        parameters, loss = epoch(parameters, rng.permutation(len(y)).astype(np.int32), X, y)
        yield float(loss)


def scikit_learn(images, y, hidden, batch_size):
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


def floor(images, y, hidden, batch_size):
    """Only the two large products of every step, X @ W1 and X.T @ dZ1, on arrays that stay where they are."""
    X, W1 = _scaled(images[:batch_size]), np.ones((784, hidden), np.float32)
    dZ1 = np.ones((batch_size, hidden), np.float32)
    Z1, dW1 = np.empty_like(dZ1), np.empty_like(W1)
    while True:
        for _ in range(0, len(y), batch_size):
            np.matmul(X, W1, out=Z1)
            np.matmul(X.T, dZ1, out=dW1)
        yield None


def _parameters(hidden, rng):
    """Return W1, b1, W2 and b2 with He initialisation."""
    W1 = rng.standard_normal((784, hidden), dtype=np.float32) * math.sqrt(2 / 784)
    W2 = rng.standard_normal((hidden, 10), dtype=np.float32) * math.sqrt(2 / hidden)
    return W1, np.zeros(hidden, np.float32), W2, np.zeros(10, np.float32)


def _scaled(images):
    return images.astype(np.float32) / 255


def recipe_in_pytorch(recipe, seed, data):
    """Train by a recipe of one network in PyTorch, on one thread; return its test accuracy, and the CPU seconds.

    The first weights, the order of the images, the warps and the schedule are those of the package, and so is weight
    decay, which is decoupled and leaves all but the weights as they are.
    """
    import torch
    from torch import nn

    torch.set_num_threads(1)
    images, y = data.train
    ours, training, rng = recipe.network(seed), recipe.training(), np.random.default_rng(seed)
    rate, change = training["optimizer"].learning_rate, training["augment"]
    layers = []
    for d, h in itertools.pairwise([784, *recipe.hidden]):
        layers += [nn.Linear(d, h, bias=False), nn.BatchNorm1d(h), nn.ReLU()]
    model = nn.Sequential(*layers, nn.Linear(recipe.hidden[-1], 10))
    linears = [layer for layer in model if isinstance(layer, nn.Linear)]
    with torch.no_grad():
        for i, layer in enumerate(linears, 1):
            layer.weight.copy_(torch.from_numpy(ours.parameters[f"W{i}"].T))
        linears[-1].bias.zero_()
    loss_of = nn.CrossEntropyLoss(label_smoothing=recipe.label_smoothing)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9, nesterov=True)
    start, step, steps = time.process_time(), 0, recipe.epochs * math.ceil(len(y) / recipe.batch_size)
    for epoch in range(1, recipe.epochs + 1):
        warps = np.random.default_rng([seed, epoch])
        for X, labels in minibatches(images, y, recipe.batch_size, rng):
            X = change(X, rng=warps)
            optimizer.zero_grad()
            loss_of(model(torch.from_numpy(X)), torch.from_numpy(labels)).backward()
            now = rate * training["schedule"]((step + 0.5) / steps)
            optimizer.param_groups[0]["lr"] = now
            with torch.no_grad():
                for layer in linears:
                    layer.weight *= 1 - now * recipe.weight_decay
            optimizer.step()
            step += 1
    seconds = time.process_time() - start
    model.eval()
    with torch.no_grad():
        guesses = model(torch.from_numpy(_scaled(data.test.images))).argmax(dim=1).numpy()
    return float((guesses == data.test.labels).mean()), seconds
