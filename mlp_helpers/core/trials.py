"""A trial of a search: train one network with these settings, and return what was measured."""

import functools

from .data import LOADERS
from .network import MLP
from .optimizers import OPTIMIZERS
from .schedules import SCHEDULES
from .training import train


@functools.cache
def _data(dataset, images):
    """Return a data set, read once by each worker."""
    data = LOADERS[dataset]().within_reach()
    return data.subset(images) if images else data


def train_trial(
    dataset="mnist", images=None, hidden=128, layers=1, learning_rate=0.003, optimizer="Adam", batch_size=64,
    epochs=5, schedule="linear", dropout=0.0, label_smoothing=0.0, l2=0.0, seed=0, test=False,
):  # fmt: skip
    """Train a network, and return its validation accuracy and loss.

    Parameters
    ----------
    dataset : "mnist" or "fashion-mnist"
    images : int, optional
        Learn from so many training images, and not from all.
    hidden, layers : int
        Units of each hidden layer, and how many of those there are.
    learning_rate, optimizer, batch_size, epochs, schedule, seed
        Of the training; optimizer and schedule by their names.
    dropout, label_smoothing, l2 : float
        Of the network.
    test : bool
        Whether to measure the test accuracy too: for judging a search, never for choosing.

    Returns
    -------
    dict
        ``"validation_accuracy"`` and ``"validation_loss"`` after the last epoch, and if asked for ``"test_accuracy"``.

    Raises
    ------
    TrainingDiverged
        When the loss grows beyond all bounds, as ``train`` does.

    Examples
    --------
    >>> measured = train_trial(images=500, hidden=16, epochs=1)
    >>> 0.1 < measured["validation_accuracy"] < 0.9
    True
    """
    data = _data(dataset, images)
    sizes = [data.train.images.shape[1], *[hidden] * layers, len(data.class_names)]
    model = MLP(sizes, seed=seed, dropout=dropout, label_smoothing=label_smoothing, l2=l2)
    history = train(
        model, data, epochs, batch_size=batch_size, seed=seed, optimizer=OPTIMIZERS[optimizer](learning_rate),
        schedule=SCHEDULES[schedule], progress=False,
    )  # fmt: skip
    measured = {"validation_accuracy": history.validation_accuracy[-1], "validation_loss": history.validation_loss[-1]}
    return measured | {"test_accuracy": float(model.accuracy(*data.test))} if test else measured
