"""The images and their labels: read, split, choose, and hand out in batches. Nothing is ever downloaded."""

import numbers
import pathlib
from dataclasses import dataclass

import numpy as np

from .contracts import checked
from .idx import read_idx

DATASETS = pathlib.Path(__file__).parent.parent / "datasets"
FASHION = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")


@dataclass(frozen=True, eq=False, repr=False)
class Split:
    """Images and their labels; ``X, y = split`` unpacks them.

    Attributes
    ----------
    images : array (n, d)
        uint8 pixels from 0 to 255, or floats.
    labels : integers (n,)
    """

    images: np.ndarray
    labels: np.ndarray

    def __post_init__(self):
        if len(self.images) != len(self.labels):
            raise ValueError(
                f"there are {len(self.images)} images but {len(self.labels)} labels. "
                "Take both from the same files, and select the same rows of both."
            )

    def __len__(self):
        return len(self.labels)

    def __iter__(self):
        return iter((self.images, self.labels))

    def __repr__(self):
        return f"Split({len(self)} images)"

    def __getitem__(self, rows):
        return Split(self.images[rows], self.labels[rows])

    def subset(self, n, seed=0):
        """Choose n examples at random, so that each class keeps its share."""
        return self.split_off(n, seed)[1]

    def split_off(self, part, seed=0):
        """Divide into the rest and a part, so that each class keeps its share in both.

        All examples are shuffled, the part is chosen at random places of that order, and both
        stay in it, so that neither begins or ends with more of some classes than of others.

        Parameters
        ----------
        part : int or float
            How many examples, or which fraction of all.
        seed : int

        Returns
        -------
        rest, part : Split

        Examples
        --------
        The 80/20 split of all 70 000 images that many tutorials use:

        >>> load_mnist(validation=0).all.split_off(0.2)
        (Split(56000 images), Split(14000 images))
        """
        n = len(self)
        size = round(float(part) * n) if isinstance(part, float | np.floating) and 0 <= part < 1 else part
        if isinstance(size, bool) or not isinstance(size, numbers.Integral) or not 0 <= size <= n:
            raise ValueError(
                f"the part to split off (n, validation) must be a whole number from 0 to {n} or a fraction below 1, "
                f"but is {part!r}. Try 0.1 for a tenth."
            )
        rng = np.random.default_rng(seed)
        order = rng.permutation(n)
        classes, counts = np.unique(self.labels, return_counts=True)
        shares = counts * (size / max(n, 1))
        quotas = np.floor(shares).astype(int)
        rounded_up = np.argsort(quotas - shares, kind="stable")[: size - quotas.sum()]
        quotas[rounded_up] += 1
        chosen = np.zeros(n, dtype=bool)                         # in the order of ``order``
        for label, quota in zip(classes, quotas, strict=True):
            places = np.flatnonzero(self.labels[order] == label)
            chosen[rng.choice(places, quota, replace=False)] = True
        return self[order[~chosen]], self[order[chosen]]


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Three splits: to learn from, to compare on, and to open once.

    Attributes
    ----------
    train, validation, test : Split
    class_names : tuple of str
    """

    train: Split
    validation: Split
    test: Split
    class_names: tuple

    def __repr__(self):
        return f"Dataset(train={len(self.train)}, validation={len(self.validation)}, test={len(self.test)})"

    @property
    def all(self):
        """Every example in one split: train, validation, test."""
        parts = (self.train, self.validation, self.test)
        return Split(np.concatenate([p.images for p in parts]), np.concatenate([p.labels for p in parts]))

    def subset(self, n, seed=0):
        """Return the same data set with only n training examples, each class with its share."""
        return Dataset(self.train.subset(n, seed), self.validation, self.test, self.class_names)


def load_mnist(validation=10_000, seed=0, folder=DATASETS / "mnist", class_names=None):
    """Load handwritten digits: 60 000 images to learn from and 10 000 to test on.

    Parameters
    ----------
    validation : int or float
        How many of the 60 000 (or which fraction) are set aside for comparisons: chosen at
        random, each class with its share. 0 keeps all 60 000 for training, in file order.
    seed : int
        The same seed makes the same choice.
    folder : path
        Another data set in the same format (KMNIST, EMNIST …): a folder that holds one set of
        ``*train-images*``, ``*train-labels*``, and ``*t10k-*`` or ``*test-*`` files.
    class_names : sequence of str
        By default the labels themselves.

    Returns
    -------
    Dataset
        ``.train``, ``.validation``, ``.test`` (each with ``.images``, uint8 (n, 784), and
        ``.labels``, integers) and ``.class_names``.

    Raises
    ------
    FileNotFoundError, ValueError
        When a file is missing, damaged, or does not belong to the others.

    Examples
    --------
    >>> load_mnist()
    Dataset(train=50000, validation=10000, test=10000)
    """
    folder = pathlib.Path(folder)
    train, test = _read_split(folder, "train"), _read_split(folder, "t10k", "test")
    if train.images.shape[1] != test.images.shape[1]:
        raise ValueError(f"{folder}: training images have {train.images.shape[1]} pixels, test images {test.images.shape[1]}.")
    names = class_names or (str(label) for label in range(train.labels.max() + 1))
    train, held_out = train.split_off(validation, seed) if validation else (train, train[:0])
    return Dataset(train, held_out, test, tuple(names))


def load_fashion_mnist(validation=10_000, seed=0):
    """Load small pictures of clothes in ten classes; parameters and result as in ``load_mnist``.

    Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a novel image dataset for
    benchmarking machine learning algorithms", 2017.

    Examples
    --------
    >>> load_fashion_mnist(validation=0.1).class_names[9]
    'Ankle boot'
    """
    return load_mnist(validation, seed, DATASETS / "fashion-mnist", FASHION)


@checked(X="rows (n)", y="rows (n)", batch_size="size")
def minibatches(X, y, batch_size, rng):
    """Yield X and y in batches, in a new random order; the last batch may be smaller.

    Parameters
    ----------
    X : array (n, d)
    y : array (n,) or (n, k)
    batch_size : int
    rng : numpy.random.Generator

    Examples
    --------
    >>> X, y = np.arange(10).reshape(5, 2), np.arange(5)
    >>> [len(labels) for rows, labels in minibatches(X, y, 2, np.random.default_rng(0))]
    [2, 2, 1]
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X.take(rows, axis=0), y.take(rows, axis=0)


def _read_split(folder, *names):
    images, labels = read_idx(_find(folder, "images", names)), read_idx(_find(folder, "labels", names))
    if images.ndim < 2 or labels.ndim != 1:
        raise ValueError(
            f"{folder}: images must have at least two axes and labels one, but they have {images.ndim} and {labels.ndim}. "
            "Are the files' names exchanged?"
        )
    try:
        return Split(images.reshape(len(images), -1), labels.astype(np.int64))
    except ValueError as error:
        raise ValueError(f"{folder}: {error}") from None


def _find(folder, what, names):
    found = sorted(path for name in names for path in folder.glob(f"*{name}-{what}*"))
    different = {path.name.removesuffix(".gz") for path in found}
    if len(different) > 1:
        raise ValueError(f"{folder} holds several sets: {', '.join(sorted(different))}. Give each a folder of its own.")
    if not found:
        raise FileNotFoundError(f"{folder} holds no file *{names[0]}-{what}*. Put the four IDX files of the set there.")
    return found[0]
