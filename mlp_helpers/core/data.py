"""The images and their labels: read, split, choose, and hand out in batches. Nothing is ever downloaded."""

import numbers
import pathlib
from dataclasses import dataclass

import numpy as np

from .arrays import check_lengths, image_array, label_array, network_images
from .browser import COMPARED, IMAGES, IN_BROWSER, bring, within_reach
from .classes import number_classes
from .contracts import checked
from .idx_folder import read_idx_folder

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

    Tables and lists become arrays. Labels become whole numbers where nothing is lost by that: from
    a column, one-hot rows, floats such as 3.0, text such as "3", or truth values.

    Examples
    --------
    >>> Split([[0.0, 0.5], [1.0, 0.25]], [[3.0], [7.0]]).labels
    array([3, 7])
    """

    images: np.ndarray
    labels: np.ndarray

    def __post_init__(self):
        images = image_array(self.images)
        labels = label_array(self.labels, len(images))
        if labels.dtype.kind == "U":
            raise ValueError(
                f"labels must be whole numbers, but are names such as {str(labels[0])!r}. "
                "With class_names = np.unique(labels), made once for all splits, they become numbers by "
                "np.searchsorted(class_names, labels). Dataset.from_arrays takes names."
            )
        check_lengths(images, labels)
        object.__setattr__(self, "images", images)               # frozen: set here, and never again
        object.__setattr__(self, "labels", labels)

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
                f"the part to split off (n, validation, test) must be a whole number from 0 to {n} or a fraction below 1, "
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

    def __post_init__(self):
        for name in ("train", "validation", "test"):
            if not isinstance(part := getattr(self, name), Split):
                pair = f"*{name}" if isinstance(part, tuple | list) else "images, labels"
                raise ValueError(
                    f"{name} must be a Split, but is a {type(part).__name__}. Make one: Split({pair}). "
                    "Dataset.from_arrays makes all three."
                )

    @classmethod
    def from_arrays(
        cls, images, labels, test_images=None, test_labels=None, *,
        class_names=None, validation=0.1, test=0.1, seed=0,
    ):  # fmt: skip
        """Make a data set of your own arrays, tables or lists.

        Parameters
        ----------
        images : array (n, d), (n, 28, 28), (n, 28, 28, 1) …
            Flattened. Whole numbers up to 255 are taken as pixels and become uint8; others are
            taken as they are, and should lie around 0 and 1.
        labels : array (n,), (n, 1), or one-hot (n, k)
            Whole numbers from 0, or the names of the classes.
        test_images, test_labels : optional
            As ``images`` and ``labels``.
        class_names : sequence of str, optional
            One for each label from 0. By default the labels themselves.
        validation : int or float
            How many of the images to learn from (or which fraction) are set aside for comparisons:
            chosen at random, each class with its share.
        test : int or float
            The same for the test, taken out first. Of no effect where ``test_images`` are given.
        seed : int
            The same seed makes the same choice.

        Raises
        ------
        ValueError
            When images and labels do not fit each other, or are no numbers; says what to do.

        Examples
        --------
        >>> images, labels = np.random.default_rng(0).random((100, 28, 28)), np.arange(100) % 10
        >>> Dataset.from_arrays(images, labels)
        Dataset(train=81, validation=9, test=10)
        """
        if (test_images is None) != (test_labels is None):
            raise ValueError("test_images and test_labels belong together, but only one of them is given. Give both or neither.")
        images, labels = [image_array(images)], [labels]
        if test_images is not None:
            images.append(image_array(test_images, "test_images"))
            labels.append(test_labels)
        labels = [label_array(y, len(X), name) for X, y, name in zip(images, labels, ("labels", "test_labels"), strict=False)]
        for parts in zip(images, labels, (("images", "labels"), ("test_images", "test_labels")), strict=False):
            check_lengths(*parts)
        labels, names = number_classes(labels, class_names)
        splits = list(map(Split, network_images(images), labels))
        train, tested = splits if len(splits) == 2 else _set_aside(splits[0], test, seed)
        return cls(*_set_aside(train, validation, seed), tested, names)

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

    def within_reach(self, n=None):
        """Return the same data set, or its ``subset(n)``; in a browser, which computes slowly, with fewer images.

        There 5 000 images are left to learn from, or 1 500 at most where n are asked for, and 2 000 to compare on.

        Examples
        --------
        >>> load_mnist().within_reach(10_000)
        Dataset(train=10000, validation=10000, test=10000)
        """
        if not IN_BROWSER:
            return self if n is None else self.subset(n)
        n = IMAGES if n is None else within_reach(n)
        if n >= len(self.train):
            return self
        validation = self.validation
        if len(validation) > COMPARED:                           # and not where this was said already
            validation = validation.subset(COMPARED)
            print(
                f"A browser computes about 30 times slower: here, at most {n} of {len(self.train)} images are learned from, and "
                f"{COMPARED} are compared on. So expect other numbers than those in the text."
            )
        return Dataset(self.train.subset(n), validation, self.test, self.class_names)


def load_mnist(validation=10_000, seed=0, folder=DATASETS / "mnist", class_names=None, name=None, transpose=False):
    """Load handwritten digits: 60 000 images to learn from and 10 000 to test on.

    Parameters
    ----------
    validation : int or float
        How many of the 60 000 (or which fraction) are set aside for comparisons: chosen at
        random, each class with its share. 0 keeps all 60 000 for training, in file order.
    seed : int
        The same seed makes the same choice.
    folder : path
        Another data set in the same format (KMNIST, EMNIST …): a folder with its four files, as the
        archive unpacks them: ``*train-images*``, ``*train-labels*``, and ``*t10k-*`` or ``*test-*``.
    class_names : sequence of str
        One for each label from 0. By default the labels themselves.
    name : str
        Chooses one of several sets in the folder, such as "letters" of EMNIST's archive.
    transpose : bool
        Whether to exchange rows and columns: EMNIST's images are published lying on their side.

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
    X, y, X_test, y_test = read_idx_folder(folder, name, transpose)
    images = [X.reshape(len(X), -1), X_test.reshape(len(X_test), -1)]
    try:
        labels, names = number_classes([label_array(y, len(X)), label_array(y_test, len(X_test))], class_names)
        if not all(part.dtype == np.uint8 for part in images) or max(part.max() for part in images) == 1:
            images = network_images(images)      # bytes are as published, unless white is 1
    except ValueError as error:
        change = "To change the arrays, read them with read_idx and give them to Dataset.from_arrays."
        raise ValueError(f"{folder}: {error} {change}") from None
    train, test = map(Split, images, labels)
    return Dataset(*_set_aside(train, validation, seed), test, names)


def load_fashion_mnist(validation=10_000, seed=0):
    """Load small pictures of clothes in ten classes; parameters and result as in ``load_mnist``.

    Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a novel image dataset for
    benchmarking machine learning algorithms", 2017.

    Examples
    --------
    >>> load_fashion_mnist(validation=0.1).class_names[9]
    'Ankle boot'
    """
    bring(folder := DATASETS / "fashion-mnist")
    return load_mnist(validation, seed, folder, FASHION)


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


def _set_aside(split, part, seed):
    """Return the rest and the part; where nothing is set aside, the rest stays in its order."""
    return split.split_off(part, seed) if part else (split, split[:0])


LOADERS = {"mnist": load_mnist, "fashion-mnist": load_fashion_mnist}
