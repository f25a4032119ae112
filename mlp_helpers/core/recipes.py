"""Recipes: everything that makes a training, written down, so that it can be repeated and measured."""

import dataclasses

import numpy as np

from .array_advice import kind_of
from .augmentation import Warp
from .network import MLP
from .optimizers import OPTIMIZERS
from .schedules import SCHEDULES
from .training import train

IMAGES, CLASSES = 784, 10
MEASURED = 2_000                                 # training images, after each epoch: measuring all takes a good part of it


@dataclasses.dataclass(frozen=True)
class Recipe:
    """A network for MNIST or Fashion-MNIST, and its training.

    Parameters
    ----------
    hidden : tuple of int
        Units of each hidden layer.
    epochs, batch_size : int
    learning_rate : float
    optimizer : str
        Name of its class, such as "Adam".
    weight_decay : float
        See ``Optimizer``.
    schedule : str
        Name of a function of ``schedules``.
    batch_norm, dropout, label_smoothing, adversarial
        See ``MLP``.
    warp : dict or None
        Settings of a ``Warp`` that changes the images in each epoch.
    models : int
        How many networks are trained, each from weights of its own, and joined.
    dataset : "mnist" or "fashion-mnist"

    Examples
    --------
    >>> recipe = dataclasses.replace(RECIPES["99"], hidden=(16,), epochs=1)
    >>> recipe.network(seed=3)
    MLP([784, 16, 10], relu, cross_entropy)
    >>> history = train(recipe.network(), load_mnist().subset(500), **recipe.training(), progress=False)
    >>> len(history)
    1
    """

    hidden: tuple
    epochs: int
    batch_size: int
    learning_rate: float
    optimizer: str = "Nesterov"
    weight_decay: float = 0.0
    schedule: str = "linear"
    batch_norm: bool = True
    dropout: float = 0.0
    label_smoothing: float = 0.0
    adversarial: float = 0.0
    warp: dict | None = None
    models: int = 1
    dataset: str = "mnist"

    def network(self, seed=0):
        """Return the untrained network."""
        settings = {name: getattr(self, name) for name in ("batch_norm", "dropout", "label_smoothing", "adversarial")}
        return MLP([IMAGES, *self.hidden, CLASSES], seed=seed, **settings)

    def training(self):
        """Return the arguments of ``train``, with an optimizer that has made no step yet."""
        return {
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "optimizer": OPTIMIZERS[self.optimizer](self.learning_rate, weight_decay=self.weight_decay),
            "schedule": SCHEDULES[self.schedule],
            "augment": None if self.warp is None else Warp(**self.warp),
            "measured": MEASURED,
        }


def follow(recipe, dataset, seed=0, **options):
    """Train by a recipe.

    Parameters
    ----------
    recipe : Recipe
    dataset : Dataset
    seed : int
        The same seed gives the same network.
    **options
        For ``train``: ``progress``, ``report``, ``threads``.

    Returns
    -------
    MLP
        Where the recipe trains several networks, all of them ``joined``.

    Raises
    ------
    ValueError
        When it is no recipe, such as the name of one.

    Examples
    --------
    >>> recipe = Recipe(hidden=(16,), epochs=1, batch_size=50, learning_rate=0.1, models=2)
    >>> follow(recipe, load_mnist().subset(500), progress=False).sizes
    [784, 32, 10]
    """
    if not isinstance(recipe, Recipe):
        raise ValueError(f'recipe must be a Recipe, but is {kind_of(recipe)}. Try recipe=RECIPES["99"].')
    models = []
    for each in seeds_of(recipe.models, seed):
        models.append(recipe.network(each))
        train(models[-1], dataset, **recipe.training(), seed=each, **options)
    return joined(models)


def seeds_of(models, seed):
    """Return the seed of each of so many networks: no two training runs with different seeds share one.

    Examples
    --------
    >>> [*seeds_of(3, 0)], [*seeds_of(3, 1)]
    ([0, 1, 2], [3, 4, 5])
    """
    return range(models * seed, models * (seed + 1))


def joined(models):
    """Return one network whose scores are the means of those of several networks alike.

    Their hidden layers stand side by side. The first matrix holds theirs in a row; the next ones hold theirs along the
    diagonal, and zeros where the units of one network would feed those of another; the last one holds theirs in a
    column, divided by their number.

    Parameters
    ----------
    models : list of MLP
        Of the same architecture; they stay as they are.

    Raises
    ------
    ValueError
        When there are none, or they are not alike.

    Examples
    --------
    >>> one, other, X = MLP([4, 3, 2], seed=1), MLP([4, 3, 2], seed=2), np.eye(4)
    >>> both = joined([one, other])
    >>> both.sizes
    [4, 6, 2]
    >>> bool(np.allclose(both.forward(X), (one.forward(X) + other.forward(X)) / 2, atol=1e-6))
    True
    """
    models = list(models)
    if not models:
        raise ValueError("models must hold at least one network, but is empty. Try models=[MLP([784, 32, 10])].")
    first, n = models[0], len(models)
    for model in models[1:]:
        if model.architecture != first.architecture:
            raise ValueError(
                f"models must be of one architecture, but the first has {first.architecture} and another {model.architecture}. "
                "Try models=[model for model in models if model.architecture == models[0].architecture]."
            )
    if n == 1:
        return first.copy()
    d, *hidden, k = first.sizes
    both = MLP(**first.architecture | {"sizes": [d, *(n * h for h in hidden), k]}, dtype=first.dtype)
    states, last = [model.state for model in models], len(first.linears)
    both.restore({name: _joined_array(name, [state[name] for state in states], last) for name in first.state})
    return both


def _joined_array(name, arrays, last):
    """Return the array of this name for the joined network; ``last`` is the number of the layer that gives the scores."""
    if name == f"b{last}" or last == 1:
        return np.mean(arrays, axis=0)
    if name == f"W{last}":
        return np.concatenate(arrays) / np.asarray(len(arrays), arrays[0].dtype)
    if name == "W1" or not name.startswith("W"):
        return np.concatenate(arrays, axis=-1)
    rows, columns = arrays[0].shape
    block = np.zeros((len(arrays) * rows, len(arrays) * columns), arrays[0].dtype)
    for i, array in enumerate(arrays):
        block[i * rows : (i + 1) * rows, i * columns : (i + 1) * columns] = array
    return block


RECIPES = {
    "99": Recipe(
        hidden=(256, 256), epochs=9, batch_size=128, learning_rate=0.3, weight_decay=2e-4,
        warp={"rotation": 6.0, "scale": 0.06, "shift": 0.3, "elastic": 0.6},
    ),
    "99.3": Recipe(
        hidden=(384, 384), epochs=32, batch_size=128, learning_rate=0.3, weight_decay=2e-4,
        warp={"rotation": 10.0, "scale": 0.1, "shear": 0.1, "shift": 0.7, "elastic": 1.0},
    ),
    "99.45": Recipe(
        hidden=(512, 512), epochs=90, batch_size=128, learning_rate=0.3, weight_decay=2e-4,
        warp={"rotation": 12.0, "scale": 0.12, "shear": 0.1, "shift": 0.8, "elastic": 1.2},
    ),
    "99.55": Recipe(
        hidden=(512, 512), epochs=90, batch_size=128, learning_rate=0.3, weight_decay=2e-4, models=5,
        warp={"rotation": 12.0, "scale": 0.12, "shear": 0.1, "shift": 0.8, "elastic": 1.2},
    ),
    "unaugmented": Recipe(hidden=(512, 512), epochs=40, batch_size=128, learning_rate=0.2, weight_decay=2e-4, adversarial=1.5),
    "fashion": Recipe(
        hidden=(384, 384), epochs=40, batch_size=128, learning_rate=0.1, weight_decay=5e-4, dropout=0.1, models=5,
        warp={"rotation": 3.0, "scale": 0.05, "shift": 0.7, "elastic": 0.3, "flip": True}, dataset="fashion-mnist",
    ),
}  # fmt: skip
