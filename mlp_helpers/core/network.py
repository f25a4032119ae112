"""The network: layers in a row, a loss at the end."""

import warnings

import numpy as np

from .browser import at_once
from .contracts import checked
from .files import as_array, from_array, read_arrays, write_arrays
from .layers import BatchNorm, Dropout, Linear, ReLU, Sigmoid, numbered, stacked
from .losses import SigmoidMeanSquaredError, SoftmaxCrossEntropy
from .weights import CHANGED, READ_OFF, check_finite, check_sizes, check_state, network_dtype, sizes_of, wanted_shapes

ACTIVATIONS = {"relu": ReLU, "sigmoid": Sigmoid}
LOSSES = {"cross_entropy": SoftmaxCrossEntropy, "mse": SigmoidMeanSquaredError}
TOLD_OF_TRAINING = (BatchNorm, Dropout, SoftmaxCrossEntropy)     # what they compute in training differs
# what makes a network, and is saved
SETTINGS = "sizes", "activation", "loss", "dropout", "batch_norm", "label_smoothing", "l2", "adversarial"
TRY_SIZES = "Try sizes=[784, 128, 10]."
ROWS_TO_PREDICT = 2_000                          # in one go: 6 MB as float32
QUIET = {"divide": "ignore", "over": "ignore", "invalid": "ignore"}          # some Macs warn of products that are right
WORK_AT_ONCE = 510_000_000                       # rows times weights: forwards and backwards about 40 ms


class MLP:
    """A multi-layer perceptron of any depth that tells classes apart.

    Images of type uint8 are scaled to [0, 1] when they enter; floats are taken as they
    are, and other integers refused. The network computes in its own ``dtype``.
    Of its settings only ``l2`` can be changed later.

    Parameters
    ----------
    sizes : list of int
        Inputs, units of each hidden layer, classes: ``[784, 128, 10]``.
    activation : "relu" or "sigmoid"
        Of the hidden layers.
    loss : "cross_entropy" or "mse"
        Softmax with cross-entropy, or sigmoid with mean squared error.
    init : "he", "xavier" or a positive number
        Standard deviation of the first weights, see ``Linear``.
    seed : int
        The same seed gives the same first weights, and drops the same units.
    dtype : float32 or float64
    dropout : float, from 0 to below 1
        Probability with which each hidden unit is dropped in training, see ``Dropout``.
    batch_norm : bool
        Whether each hidden layer is normalised in front of its activation, see ``BatchNorm``.
        Its shifts beta1, beta2 … then take the place of the biases b1, b2 …
    label_smoothing : float, from 0 to below 1
        See ``SoftmaxCrossEntropy``.
    l2 : float, from 0 to below 1
        In training, half of this times the sum of all squared weights is added to the loss.
    adversarial : float, at least 0
        In training, half of the images of each batch are first moved by this distance (the root of the summed squares of
        all changes) in the direction in which their loss rises fastest (Goodfellow et al. 2015). Takes about twice the time.

    Attributes
    ----------
    layers : tuple
        From the first ``Linear`` to the last one.
    loss_layer : SoftmaxCrossEntropy or SigmoidMeanSquaredError

    Examples
    --------
    >>> model = MLP([4, 3, 2], seed=1)
    >>> {name: array.shape for name, array in model.parameters.items()}
    {'W1': (4, 3), 'b1': (3,), 'W2': (3, 2), 'b2': (2,)}
    >>> model.predict_proba(np.eye(4)).shape
    (4, 2)
    """

    @checked(dropout="share", label_smoothing="share", l2="share", adversarial="amount")
    def __init__(
        self, sizes, activation="relu", loss="cross_entropy", init="he", seed=0, dtype=np.float32,
        *, dropout=0.0, batch_norm=False, label_smoothing=0.0, l2=0.0, adversarial=0.0,
    ):  # fmt: skip
        sizes = list(sizes) if np.iterable(sizes) else [sizes]
        if len(sizes) < 2:
            raise ValueError(f"sizes must name the inputs and the classes, but is {sizes}. {TRY_SIZES}")
        check_sizes(sizes, TRY_SIZES)
        if dtype not in (np.float32, np.float64, "float32", "float64"):
            raise ValueError(f"dtype must be float32 or float64, but is {dtype}. Try dtype=np.float32.")
        self.activation = _one_of(ACTIVATIONS, "activation", activation)
        self.loss = _one_of(LOSSES, "loss", loss)
        if label_smoothing and loss != "cross_entropy":
            raise ValueError(f'label_smoothing needs loss="cross_entropy", but the loss is {loss!r}. Leave one of them out.')
        self.dtype, self.rng = np.dtype(dtype), np.random.default_rng(seed)      # of the first weights, then of dropout
        self.dropout, self.label_smoothing, self.l2 = float(dropout), float(label_smoothing), float(l2)
        self.adversarial = float(adversarial)
        self.batch_norm = bool(batch_norm)
        self.layers = stacked(sizes, ACTIVATIONS[activation], init, self.dtype, dropout, batch_norm, self.rng)
        self.loss_layer = SoftmaxCrossEntropy(label_smoothing) if loss == "cross_entropy" else SigmoidMeanSquaredError()
        self.sizes = [int(size) for size in sizes]
        self.dimensions = {"d": self.sizes[0], "k": self.sizes[-1]}
        self.linears = [layer for layer in self.layers if isinstance(layer, Linear)]
        self.learned = numbered(self.layers, "learned")         # (name, layer, attribute) of each parameter
        self.running = numbered(self.layers, "running")

    def __setattr__(self, name, value):
        if name in (*SETTINGS, "dtype") and name != "l2" and name in vars(self):     # every step looks at l2 anew
            value = getattr(value, "__name__", value)                                # np.float64, as "float64"
            new = f"MLP({value!r})" if name == "sizes" else f"MLP({self.sizes}, {name}={value!r})"
            raise AttributeError(f"{name} is chosen when the network is made, and its layers keep to that. Make a new one: {new}")
        super().__setattr__(name, value)

    def __repr__(self):
        return f"MLP({self.sizes}, {self.activation}, {self.loss})"

    @property
    def parameters(self):
        """The live arrays by name: W1, b1, W2, b2 … Set one by ``parameters["W1"][...] = …``."""
        return {name: getattr(layer, attribute) for name, layer, attribute in self.learned}

    @property
    def state(self):
        """The live arrays that make the network what it is: the parameters and the running statistics."""
        return self.parameters | {name: getattr(layer, attribute) for name, layer, attribute in self.running}

    @checked(X="images (n, d)")
    def forward(self, X):
        """Return the scores (logits) Z (n, k) of the images X (n, d)."""
        return _told(self._scores(X))

    def _scores(self, X):
        with np.errstate(**QUIET):
            return self._forward(X, training=False)

    def _forward(self, X, training):
        A = self._scaled(X)
        for layer in self.layers:
            A = _pass(layer, A, training=training)
        return A

    def _scaled(self, X):
        if X.dtype != np.uint8:
            return X.astype(self.dtype, copy=False)
        X = X.astype(self.dtype)
        X *= 1 / 255                             # 0 … 255 -> [0, 1]
        return X

    @checked(X="images (n, d)", y="labels (n)")
    def loss_and_gradients(self, X, y, input_gradient=False, training=True):
        """Go forward to the loss, and back to the gradient of every parameter.

        Parameters
        ----------
        X : array (n, d)
        y : integer labels (n,)
        input_gradient : bool
            Whether to return the gradient with respect to the (scaled) input too, as "X".
        training : bool
            Whether dropout, batch normalisation, label smoothing and the penalty act as they do
            in training. False asks about the network as it predicts.

        Returns
        -------
        loss : float
            Mean over the examples.
        gradients : dict
            Under the names of ``parameters``, each of its parameter's shape.
        """
        with np.errstate(**QUIET):
            loss, gradients = self.backpropagate(X, y, input_gradient, training)
        return _told(loss), gradients

    def backpropagate(self, X, y, input_gradient=False, training=True):
        """Compute ``loss_and_gradients`` without its checks: for a loop that has checked its data once."""
        if self.adversarial and training:
            X = self._made_harder(X, y)
        return self._backpropagate(X, y, input_gradient, training)

    def _made_harder(self, X, y):
        """Return the images, the first half of them moved by ``adversarial`` to where their loss is larger."""
        X, half = self._scaled(X), len(X) // 2
        _, gradients = self._backpropagate(X, y, input_gradient=True, training=True)
        uphill = gradients["X"][:half]
        length = np.linalg.norm(uphill, axis=1, keepdims=True)
        harder = X[:half] + self.adversarial * uphill / np.maximum(length, np.finfo(self.dtype).tiny)
        return np.concatenate([harder, X[half:]])

    def _backpropagate(self, X, y, input_gradient, training):
        loss = _pass(self.loss_layer, self._forward(X, training), y, training=training)
        gradient = self.loss_layer.backward()    # with respect to the scores, then to what each layer was given
        for layer in self.layers[:0:-1]:
            gradient = layer.backward(gradient)
        dX = self.linears[0].backward(gradient, input_gradient)
        gradients = {name: getattr(layer, f"d{attribute}") for name, layer, attribute in self.learned}
        if self.l2 and training:
            for i, linear in enumerate(self.linears, 1):
                loss += self.l2 / 2 * float((linear.W**2).sum())
                gradients[f"W{i}"] += self.l2 * linear.W
        if input_gradient:
            gradients["X"] = dX
        return loss, gradients

    @checked(X="images (n, d)")
    def predict_proba(self, X):
        """Return the outputs (n, k): probabilities, or with the loss "mse" the k sigmoids."""
        Z = _told(np.concatenate([self._scores(rows) for rows in self._slices(X)]))
        with np.errstate(**QUIET):
            return self.loss_layer.outputs(Z)

    def predict(self, X):
        """Return the class with the largest output for each row of X: integers (n,)."""
        return self.predict_proba(X).argmax(axis=1)

    def accuracy(self, X, y):
        """Return the fraction of the rows of X whose predicted class is their label in y."""
        return self.evaluate(X, y)[1]

    def evaluate(self, X, y):
        """Return the mean loss and the accuracy on X (n, d) and the integer labels y (n,)."""
        sums = list(self.evaluate_in_slices(X, y))
        loss, accuracy = (float(sum(part) / len(y)) for part in zip(*sums, strict=True))
        return _told(loss), accuracy

    @checked(X="images (n, d)", y="labels (n)")
    def evaluate_in_slices(self, X, y):
        """Yield the sum of the losses and the number of hits, of one slice of the rows after the other."""
        for rows, labels in zip(self._slices(X), self._slices(y), strict=True):
            Z = self._scores(rows)
            with np.errstate(**QUIET):
                loss = _pass(self.loss_layer, Z, labels, training=False)
            yield loss * len(labels), (Z.argmax(axis=1) == labels).sum()

    def rows_at_once(self, most=None):
        """Return how many rows to compute in one go: fewer for a large network, so that the caller regains control soon."""
        return min(most or ROWS_TO_PREDICT, max(64, at_once(WORK_AT_ONCE) // sum(linear.W.size for linear in self.linears)))

    def _slices(self, rows):
        size = self.rows_at_once()
        return (rows[start : start + size] for start in range(0, len(rows), size))

    def copy(self, dtype=None):
        """Return an independent network in the same state, if wanted in another dtype."""
        twin = MLP(**self.architecture, dtype=dtype or self.dtype)
        twin.rng.bit_generator.state = self.rng.bit_generator.state
        twin.restore(self.state)
        return twin

    def restore(self, state):
        """Set all arrays to those of ``state``, which stays independent.

        Raises
        ------
        KeyError
            When an array is missing.
        ValueError
            When one has another shape, is none of this network's, or holds NaN or infinity.
        """
        if missing := self.state.keys() - state.keys():
            raise KeyError(f"{', '.join(sorted(missing))} must be there too. Take the state of a network like this one.")
        check_state(state, {name: array.shape for name, array in self.state.items()}, self.dtype)
        for name, array in self.state.items():
            np.copyto(array, state[name])

    @property
    def architecture(self):
        """The settings from which ``MLP(**architecture)`` makes such a network anew."""
        return {name: getattr(self, name) for name in SETTINGS}

    def save(self, path):
        """Write the parameters (W1, b1, …), running statistics and the architecture to an ``.npz`` file.

        Examples
        --------
        >>> MLP([4, 3, 2]).save("small.npz")
        >>> MLP.load("small.npz").sizes
        [4, 3, 2]

        Raises
        ------
        ValueError
            When the network holds NaN or infinity, as after a training that diverged. A file that is there stays.
        """
        self.check()
        write_arrays(path, self.to_arrays())

    def check(self):
        """Refuse a network that is not worth keeping: one that holds NaN or infinity."""
        try:
            for name, array in self.state.items():
                check_finite(name, array, self.dtype)
        except ValueError as error:
            raise ValueError(f"the network was not saved: {error}") from None

    def to_arrays(self):
        """Return all that ``save`` writes, by name: ``from_arrays`` makes the network of it again."""
        rng = {"rng": as_array(self.rng.bit_generator.state)} if self.dropout else {}
        return {"architecture": as_array(self.architecture), **rng, **self.state}

    @classmethod
    def load(cls, path):
        """Read a network that ``save`` or ``save_checkpoint`` wrote.

        A file of W1, b1, W2, b2 … alone is read as a network with ReLU, softmax and
        cross-entropy.

        Raises
        ------
        FileNotFoundError
        ValueError
            When it is no ``.npz`` file, a key is missing or unknown, a shape does not fit, or a number is not finite.
        """
        arrays = read_arrays(path)
        return cls.from_arrays({name: array for name, array in arrays.items() if not name.startswith("training.")}, path)

    @classmethod
    def from_arrays(cls, arrays, path="the file"):
        """Make a network of what ``to_arrays`` returned; ``path`` is where an error says that it came from.

        Examples
        --------
        Weights that others keep with outputs as rows fit when transposed:

        >>> theirs = {"W1": np.ones((2, 4)), "b1": np.zeros(2)}
        >>> MLP.from_arrays(theirs | {"W1": theirs["W1"].T}).sizes
        [4, 2]
        """
        arrays = {name: np.asarray(array) for name, array in arrays.items()}
        try:
            architecture = from_array(arrays.pop("architecture")) if "architecture" in arrays else {"sizes": sizes_of(arrays)}
            if not isinstance(architecture, dict) or "sizes" not in architecture:
                raise ValueError(f"its architecture must name the sizes, but is {architecture!s:.200}. {READ_OFF}")
            if unknown := architecture.keys() - set(SETTINGS):
                raise ValueError(f"its architecture also names {', '.join(sorted(unknown))}. {READ_OFF}")
            for name, choices in (("activation", ACTIVATIONS), ("loss", LOSSES)):
                if (chosen := architecture.get(name)) not in (None, *choices):
                    raise ValueError(f"{name} must be one of {', '.join(choices)}, but is {chosen!r}. Others cannot be computed.")
            drawn = arrays.pop("rng", None)
            shapes, dtype = wanted_shapes(architecture["sizes"], architecture.get("batch_norm", False)), network_dtype(arrays)
            check_state(arrays, shapes, dtype)
            model = cls(**architecture, dtype=dtype)
            if drawn is not None:
                model.rng.bit_generator.state = from_array(drawn)
            model.restore(arrays)
        except KeyError as missing:
            held = f" It holds {_some(arrays)}." if arrays else ""
            wanted = f"{missing} is missing. Wanted are W1, b1, W2, b2 …{held}"
            raise ValueError(f"{path} holds no network: {wanted} Give them these names: {CHANGED}") from None
        except (ValueError, TypeError, IndexError, OverflowError) as error:
            raise ValueError(f"{path} holds no network of this kind: {error}") from None
        return model


def _pass(layer, *inputs, training):
    """Go forward through a layer, and tell those that need to know it whether this is training."""
    return layer.forward(*inputs, training) if isinstance(layer, TOLD_OF_TRAINING) else layer.forward(*inputs)


def _told(computed):
    """Return what a network computed; warn where that is no finite number."""
    if not np.isfinite(computed).all():
        warnings.warn(
            "the network's answers are not all finite numbers: its weights have exploded, or hold NaN. "
            "Make a new one, and train it in smaller steps.",
            RuntimeWarning,
            stacklevel=4,
        )
    return computed


def _some(names):
    """Return names in a row, not more than eight of them."""
    names = list(names)
    return ", ".join(names[:8]) + " …" * (len(names) > 8)


def _one_of(choices, name, value):
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, but is {value!r}. Try {name}={next(iter(choices))!r}.")
    return value
