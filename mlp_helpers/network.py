"""The network: layers in a row, a loss at the end."""

import itertools
import json
import pathlib
import zipfile
import zlib

import numpy as np

from .contracts import checked
from .files import replacing
from .layers import Linear, ReLU, Sigmoid
from .losses import SigmoidMeanSquaredError, SoftmaxCrossEntropy

ACTIVATIONS = {"relu": ReLU, "sigmoid": Sigmoid}
LOSSES = {"cross_entropy": SoftmaxCrossEntropy, "mse": SigmoidMeanSquaredError}
CHUNK = 2_000                                    # rows predicted at a time: 6 MB as float32
WORK = 510_000_000                               # rows times weights at a time: forwards and backwards about 40 ms


class MLP:
    """A multi-layer perceptron of any depth that tells classes apart.

    Images of type uint8 are scaled to [0, 1] when they enter; floats are taken as they
    are. The network computes in its own ``dtype``.

    Parameters
    ----------
    sizes : list of int
        Inputs, units of each hidden layer, classes: ``[784, 128, 10]``.
    activation : "relu" or "sigmoid"
        Of the hidden layers.
    loss : "cross_entropy" or "mse"
        Softmax with cross-entropy, or sigmoid with mean squared error.
    init : "he", "xavier" or a positive number
        How the first weights are spread, see ``Linear``.
    seed : int
        The same seed gives the same first weights.
    dtype : float32 or float64

    Examples
    --------
    >>> model = MLP([4, 3, 2], seed=1)
    >>> {name: array.shape for name, array in model.parameters.items()}
    {'W1': (4, 3), 'b1': (3,), 'W2': (3, 2), 'b2': (2,)}
    >>> model.predict_proba(np.eye(4)).shape
    (4, 2)
    """

    def __init__(self, sizes, activation="relu", loss="cross_entropy", init="he", seed=0, dtype=np.float32):
        sizes = list(sizes) if np.iterable(sizes) else [sizes]
        if len(sizes) < 2:
            raise ValueError(f"sizes must name the inputs and the classes, but is {sizes}. Try [784, 128, 10].")
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(f"dtype must be float32 or float64, but is {dtype}. Try dtype=np.float32.")
        self.activation = _one_of(ACTIVATIONS, "activation", activation)
        self.loss = _one_of(LOSSES, "loss", loss)
        self.dtype = np.dtype(dtype)
        rng = np.random.default_rng(seed)
        self.linears = [Linear(d, h, init, rng=rng, dtype=dtype) for d, h in itertools.pairwise(sizes)]
        self.sizes = [int(size) for size in sizes]
        self.dimensions = {"d": self.sizes[0], "k": self.sizes[-1]}
        self.layers = [self.linears[0]]
        for linear in self.linears[1:]:
            self.layers += [ACTIVATIONS[activation](), linear]
        self.end = LOSSES[loss]()

    @property
    def parameters(self):
        """The live arrays by name: W1, b1, W2, b2 … Set one by ``parameters["W1"][...] = …``."""
        return {f"{letter}{i}": getattr(linear, letter) for i, linear in enumerate(self.linears, 1) for letter in "Wb"}

    @checked(X="finite (n, d)")
    def forward(self, X):
        """Give the scores (logits) Z (n, k) of the images X (n, d)."""
        return self._scores(X)

    def _scores(self, X):
        A = self._enter(X)
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def _enter(self, X):
        if X.dtype != np.uint8:
            return X.astype(self.dtype, copy=False)
        X = X.astype(self.dtype)
        X *= 1 / 255                             # 0 … 255 -> [0, 1]
        return X

    @checked(X="finite (n, d)")
    def loss_and_gradients(self, X, y, input_gradient=False):
        """Go forward to the loss, and back to the gradient of every parameter.

        Parameters
        ----------
        X : array (n, d)
        y : integer labels (n,)
        input_gradient : bool
            Whether to give the gradient with respect to the (scaled) input too, as "X".

        Returns
        -------
        loss : float
            Mean over the examples.
        gradients : dict
            Under the names of ``parameters``, each of its parameter's shape.
        """
        loss = self.end.forward(self._scores(X), y)
        dA = self.end.backward()
        for layer in self.layers[:0:-1]:
            dA = layer.backward(dA)
        dX = self.linears[0].backward(dA, input_gradient)
        gradients = {}
        for i, linear in enumerate(self.linears, 1):
            gradients[f"W{i}"], gradients[f"b{i}"] = linear.dW, linear.db
        if input_gradient:
            gradients["X"] = dX
        return loss, gradients

    @checked(X="finite (n, d)")
    def predict_proba(self, X):
        """Give the outputs (n, k): probabilities, or with the loss "mse" the k sigmoids."""
        return np.concatenate([self.end.outputs(self._scores(rows)) for rows in self._chunks(X)])

    def predict(self, X):
        """Give the class with the largest output for each row of X: integers (n,)."""
        return self.predict_proba(X).argmax(axis=1)

    def accuracy(self, X, y):
        """Give the fraction of the rows of X whose predicted class is their label in y."""
        return self.evaluate(X, y)[1]

    def evaluate(self, X, y):
        """Give the mean loss and the accuracy on X (n, d) and the integer labels y (n,)."""
        scores = list(self.evaluate_in_chunks(X, y))
        return tuple(float(sum(part) / len(y)) for part in zip(*scores, strict=True))

    @checked(X="finite (n, d)", y="labels (n)")
    def evaluate_in_chunks(self, X, y):
        """Yield the sum of the losses and the number of hits of one chunk of rows after the other."""
        for rows, labels in zip(self._chunks(X), self._chunks(y), strict=True):
            Z = self._scores(rows)
            yield self.end.forward(Z, labels) * len(labels), (Z.argmax(axis=1) == labels).sum()

    def rows_at_a_time(self, most=None):
        """Give how many rows to compute at a time, so that whoever waits has a turn soon: fewer for a large network."""
        return min(most or CHUNK, max(64, WORK // sum(linear.W.size for linear in self.linears)))

    def _chunks(self, rows):
        size = self.rows_at_a_time()
        return (rows[start : start + size] for start in range(0, len(rows), size))

    def copy(self, dtype=None):
        """Give an independent network with the same parameters, if wanted in another dtype."""
        twin = MLP(self.sizes, self.activation, self.loss, dtype=dtype or self.dtype)
        for name, parameter in twin.parameters.items():
            parameter[...] = self.parameters[name]
        return twin

    def save(self, path):
        """Write the parameters (W1, b1, …) and the architecture to an ``.npz`` file.

        Examples
        --------
        >>> MLP([4, 3, 2]).save("small.npz")
        >>> MLP.load("small.npz").sizes
        [4, 3, 2]
        """
        architecture = {"sizes": self.sizes, "activation": self.activation, "loss": self.loss}
        with replacing(path) as file:
            np.savez(file, architecture=np.array(json.dumps(architecture)), **self.parameters)

    @classmethod
    def load(cls, path):
        """Read a network that ``save`` wrote.

        A file of W1, b1, W2, b2 … alone is read as a network with ReLU, softmax and
        cross-entropy.

        Raises
        ------
        FileNotFoundError
        ValueError
            When it is no ``.npz`` file, a key is missing or unknown, or a shape does not fit.
        """
        if not pathlib.Path(path).is_file():
            raise FileNotFoundError(f"{path} is not there. Train a network and save it first: model.save({str(path)!r}).")
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: np.asarray(file[name]) for name in file.files}
        except (ValueError, EOFError, AttributeError, TypeError, OSError, NotImplementedError, zipfile.BadZipFile, zlib.error):
            raise ValueError(f"{path} is not a whole .npz file of plain arrays. Save the network once more.") from None
        try:
            model = cls(**_architecture(arrays), dtype=arrays["W1"].dtype)
            for name, parameter in model.parameters.items():
                if arrays[name].shape != parameter.shape:
                    raise ValueError(f"{name} must have shape {parameter.shape}, but has {arrays[name].shape}")
                np.copyto(parameter, arrays.pop(name))
            if arrays:
                raise ValueError(f"it also holds {', '.join(arrays)}")
        except KeyError as missing:
            raise ValueError(f"{path} holds no network: {missing} is missing. Wanted are W1, b1, W2, b2 …") from None
        except (ValueError, TypeError, IndexError) as error:
            raise ValueError(f"{path} holds no network of this kind: {error}") from None
        return model


def _architecture(arrays):
    """Take the architecture out of what a file held, or read the sizes off W1, W2 …"""
    if "architecture" in arrays:
        return json.loads(str(arrays.pop("architecture")))
    depth = sum(name.startswith("W") for name in arrays)
    return {"sizes": [len(arrays["W1"]), *(arrays[f"W{i}"].shape[-1] for i in range(1, depth + 1))]}


def _one_of(choices, name, value):
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, but is {value!r}. Try {name}={next(iter(choices))!r}.")
    return value
