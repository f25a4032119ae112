"""The network: layers in a row, a loss at the end."""

import itertools
import json

import numpy as np

from .contracts import checked
from .files import read_arrays, replacing
from .layers import Linear, ReLU, Sigmoid
from .losses import SigmoidMeanSquaredError, SoftmaxCrossEntropy
from .regularization import BatchNorm, Dropout

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
        The same seed gives the same first weights, and drops the same units.
    dtype : float32 or float64
    dropout : float, from 0 to below 1
        Probability with which each hidden unit is dropped while learning, see ``Dropout``.
    batch_norm : bool
        Whether each hidden layer is normalised in front of its activation, see ``BatchNorm``.
        Its shifts beta1, beta2 … then take the place of the biases b1, b2 …
    label_smoothing : float, from 0 to below 1
        See ``SoftmaxCrossEntropy``.
    l2 : float, from 0 to below 1
        While learning, half of this times the sum of all squared weights is added to the loss.

    Examples
    --------
    >>> model = MLP([4, 3, 2], seed=1)
    >>> {name: array.shape for name, array in model.parameters.items()}
    {'W1': (4, 3), 'b1': (3,), 'W2': (3, 2), 'b2': (2,)}
    >>> model.predict_proba(np.eye(4)).shape
    (4, 2)
    """

    @checked(dropout="share", label_smoothing="share", l2="share")
    def __init__(
        self, sizes, activation="relu", loss="cross_entropy", init="he", seed=0, dtype=np.float32,
        *, dropout=0.0, batch_norm=False, label_smoothing=0.0, l2=0.0,
    ):  # fmt: skip
        sizes = list(sizes) if np.iterable(sizes) else [sizes]
        if len(sizes) < 2:
            raise ValueError(f"sizes must name the inputs and the classes, but is {sizes}. Try [784, 128, 10].")
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(f"dtype must be float32 or float64, but is {dtype}. Try dtype=np.float32.")
        self.activation = _one_of(ACTIVATIONS, "activation", activation)
        self.loss = _one_of(LOSSES, "loss", loss)
        self.dtype = np.dtype(dtype)
        if label_smoothing and loss != "cross_entropy":
            raise ValueError(f'label_smoothing needs loss="cross_entropy", but the loss is {loss!r}. Leave one of them out.')
        self.rng = np.random.default_rng(seed)   # of the first weights, then of dropout
        self.sizes = [int(size) for size in sizes]
        self.dropout, self.batch_norm, self.label_smoothing, self.l2 = dropout, bool(batch_norm), label_smoothing, l2
        self.dimensions = {"d": self.sizes[0], "k": self.sizes[-1]}
        self.linears, self.norms, self.layers = [], [], []
        for i, (d, h) in enumerate(itertools.pairwise(sizes), 1):
            last = i == len(sizes) - 1
            self.linears.append(Linear(d, h, init, bias=last or not batch_norm, rng=self.rng, dtype=dtype))
            self.layers.append(self.linears[-1])
            if batch_norm and not last:
                self.norms.append(BatchNorm(h, dtype=dtype))
                self.layers.append(self.norms[-1])
            if not last:
                self.layers.append(ACTIVATIONS[activation]())
            if dropout and not last:
                self.layers.append(Dropout(dropout, rng=self.rng))
        self.end = LOSSES[loss](label_smoothing) if label_smoothing else LOSSES[loss]()
        self.owners = [                          # of each parameter: its name, its layer, its attribute there
            (f"{attribute}{i}", layer, attribute)
            for i, layers in enumerate(itertools.zip_longest(self.linears, self.norms), 1)
            for layer in layers
            for attribute in ("W", "b", "gamma", "beta")
            if getattr(layer, attribute, None) is not None
        ]

    @property
    def parameters(self):
        """The live arrays by name: W1, b1, W2, b2 … Set one by ``parameters["W1"][...] = …``."""
        return {name: getattr(layer, attribute) for name, layer, attribute in self.owners}

    @property
    def state(self):
        """The live arrays that make the network what it is: the parameters and the running statistics."""
        running = {f"{kind}{i}": getattr(norm, kind) for i, norm in enumerate(self.norms, 1) for kind in ("mean", "variance")}
        return self.parameters | running

    @checked(X="finite (n, d)")
    def forward(self, X):
        """Give the scores (logits) Z (n, k) of the images X (n, d)."""
        return self._scores(X)

    def _scores(self, X, training=False):
        A = self._enter(X)
        for layer in self.layers:
            layer.training = training            # dropout and batch normalisation act by it
            A = layer.forward(A)
        self.end.training = training
        return A

    def _enter(self, X):
        if X.dtype != np.uint8:
            return X.astype(self.dtype, copy=False)
        X = X.astype(self.dtype)
        X *= 1 / 255                             # 0 … 255 -> [0, 1]
        return X

    @checked(X="finite (n, d)")
    def loss_and_gradients(self, X, y, input_gradient=False, training=True):
        """Go forward to the loss, and back to the gradient of every parameter.

        Parameters
        ----------
        X : array (n, d)
        y : integer labels (n,)
        input_gradient : bool
            Whether to give the gradient with respect to the (scaled) input too, as "X".
        training : bool
            Whether dropout, batch normalisation, label smoothing and the penalty act as they do
            while learning. False asks about the network as it predicts.

        Returns
        -------
        loss : float
            Mean over the examples.
        gradients : dict
            Under the names of ``parameters``, each of its parameter's shape.
        """
        loss = self.end.forward(self._scores(X, training), y)
        dA = self.end.backward()
        for layer in self.layers[:0:-1]:
            dA = layer.backward(dA)
        dX = self.linears[0].backward(dA, input_gradient)
        gradients = {name: getattr(layer, f"d{attribute}") for name, layer, attribute in self.owners}
        if self.l2 and training:
            for i, linear in enumerate(self.linears, 1):
                loss += self.l2 / 2 * float((linear.W**2).sum())
                gradients[f"W{i}"] += self.l2 * linear.W
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
        """Give an independent network in the same state, if wanted in another dtype."""
        twin = MLP(**self.architecture, dtype=dtype or self.dtype)
        twin.rng.bit_generator.state = self.rng.bit_generator.state
        twin.restore(self.state)
        return twin

    def restore(self, state):
        """Set all arrays to those of ``state``, which stays independent.

        Raises
        ------
        KeyError, ValueError
            When an array is missing, has another shape, or is none of this network's.
        """
        for name, array in self.state.items():
            if state[name].shape != array.shape:
                raise ValueError(f"{name} must have shape {array.shape}, but has {state[name].shape}")
        if unknown := state.keys() - self.state.keys():
            raise ValueError(f"it also holds {', '.join(sorted(unknown))}")
        for name, array in self.state.items():
            np.copyto(array, state[name])

    @property
    def architecture(self):
        """The settings from which ``MLP(**architecture)`` makes such a network anew."""
        names = ("sizes", "activation", "loss", "dropout", "batch_norm", "label_smoothing", "l2")
        return {name: getattr(self, name) for name in names}

    def save(self, path):
        """Write the parameters (W1, b1, …), running statistics and the architecture to an ``.npz`` file.

        Examples
        --------
        >>> MLP([4, 3, 2]).save("small.npz")
        >>> MLP.load("small.npz").sizes
        [4, 3, 2]
        """
        with replacing(path) as file:
            np.savez(file, **self.to_arrays())

    def to_arrays(self):
        """Give all that ``save`` writes, by name: ``from_arrays`` makes the network of it again."""
        rng = {"rng": np.array(json.dumps(self.rng.bit_generator.state))} if self.dropout else {}
        return {"architecture": np.array(json.dumps(self.architecture)), **rng, **self.state}

    @classmethod
    def load(cls, path):
        """Read a network that ``save`` or ``save_checkpoint`` wrote.

        A file of W1, b1, W2, b2 … alone is read as a network with ReLU, softmax and
        cross-entropy.

        Raises
        ------
        FileNotFoundError
        ValueError
            When it is no ``.npz`` file, a key is missing or unknown, or a shape does not fit.
        """
        arrays = read_arrays(path)
        return cls.from_arrays({name: array for name, array in arrays.items() if not name.startswith("training.")}, path)

    @classmethod
    def from_arrays(cls, arrays, path="the file"):
        """Make a network of what ``to_arrays`` gave; ``path`` is where an error says that it came from."""
        arrays = dict(arrays)
        try:
            model = cls(**_architecture(arrays), dtype=arrays["W1"].dtype)
            if "rng" in arrays:
                model.rng.bit_generator.state = json.loads(str(arrays.pop("rng")))
            model.restore(arrays)
        except KeyError as missing:
            raise ValueError(f"{path} holds no network: {missing} is missing. Wanted are W1, b1, W2, b2 …") from None
        except (ValueError, TypeError, IndexError, OverflowError) as error:
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
