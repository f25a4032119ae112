"""Training: the one loop under every training of the course, early stopping, and ``train`` with a progress bar."""

import contextlib
import functools
import math
import sys
import time

import numpy as np

from .contracts import checked, finite, labels, size
from .data import minibatches
from .history import Evaluation, History, Progress, TrainingDiverged
from .optimizers import SGD

ROWS_AT_ONCE = 10_000                            # of a batch computed in one go, at most
EXPLODED = 1_000                                 # times the first loss (or 1): from there no training comes back


@checked(patience="size")
def stops_early(losses, patience):
    """Say whether the last ``patience`` losses were all no better than the best one before them.

    Parameters
    ----------
    losses : list of float
        Validation loss after each epoch so far.
    patience : int

    Examples
    --------
    >>> stops_early([0.9, 0.5, 0.6, 0.7], patience=2), stops_early([0.9, 0.5, 0.6, 0.4], patience=2)
    (True, False)
    """
    return len(losses) > patience and min(losses[-patience:]) >= min(losses[:-patience])


def quietly(generator):
    """Silence the warnings of an exploding training while a generator works, and only then: never across a yield."""

    @functools.wraps(generator)
    def wrapper(*arguments, **named):
        work = generator(*arguments, **named)
        with contextlib.closing(work):
            while True:
                with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                    try:
                        report = next(work)
                    except StopIteration:
                        return
                yield report

    return wrapper


@checked(epochs="size", batch_size="batch")
@quietly
def training_steps(
    model, dataset, epochs=10, batch_size=64, *, optimizer, seed=0,
    schedule=None, augment=None, patience=None, initial_epoch=0,
):  # fmt: skip
    """Train, and yield a ``Progress`` after every step: the loop under every training of the course.

    The caller may stop at any time, and may change ``optimizer.learning_rate`` between two steps.

    Parameters
    ----------
    model : MLP
        Changed in place.
    dataset : Dataset
    epochs : int
    batch_size : int or None
        None is full-batch gradient descent: one step per epoch. Batches of more than 10 000
        rows are computed in parts, with a report between them (batch normalisation then takes
        the mean and variance of each part).
    optimizer : SGD …
    seed : int
        Seed for shuffling the images.
    schedule : callable, optional
        From the share of the training that is done, 0 to 1, to the factor by which the learning
        rate is multiplied in that step, see ``schedules``.
    augment : callable, optional
        Takes the images of a batch (n, d) and a random generator, and returns changed ones, see
        ``Warp``.
    patience : int, optional
        Stop when the validation loss has not become smaller for so many epochs (early stopping).
        However the training ends, the network then gets back the state that it had after its
        best epoch.
    initial_epoch : int
        Epochs that were done before, in a training with the same settings: those that are left
        see the images in the same order as if it had not been interrupted. ``patience`` counts
        anew from there.

    Yields
    ------
    Progress

    Raises
    ------
    ValueError
        When the settings or the data set do not fit the network.
    TrainingDiverged
    """
    _check(model, dataset, epochs, patience, initial_epoch)
    n, parameters, rows = len(dataset.train), model.parameters, model.rows_at_once(ROWS_AT_ONCE)
    steps_per_epoch = math.ceil(n / (batch_size or n))
    step, steps = initial_epoch * steps_per_epoch, epochs * steps_per_epoch
    rng = np.random.default_rng(seed)
    for _ in range(initial_epoch if batch_size else 0):
        rng.permutation(n)                       # the orders that were used before
    limit, report = None, Progress(initial_epoch, step, steps, math.nan)
    validation_losses, best = [], None
    try:
        for epoch in range(initial_epoch + 1, epochs + 1):
            change = functools.partial(augment, rng=np.random.default_rng([seed, epoch])) if augment else _unchanged
            seconds, started = 0.0, time.perf_counter()
            for X, y in minibatches(*dataset.train, batch_size, rng) if batch_size else [tuple(dataset.train)]:
                loss, gradients = model.backpropagate(change(X[:rows]), y[:rows])
                if len(X) > rows:
                    loss, gradients = _weighted(rows / len(X), loss, gradients)
                for start in range(rows, len(X), rows):          # the other parts of a very large batch
                    seconds += time.perf_counter() - started
                    yield report
                    started, part = time.perf_counter(), slice(start, start + rows)
                    of_part = model.backpropagate(change(X[part]), y[part])
                    loss_of_part, gradients_of_part = _weighted(len(X[part]) / len(X), *of_part)
                    loss += loss_of_part
                    for name, gradient in gradients_of_part.items():
                        gradients[name] += gradient
                with _scaled(optimizer, schedule((step + 0.5) / steps)) if schedule else contextlib.nullcontext():
                    optimizer.step(parameters, gradients)
                step += 1
                limit = limit or EXPLODED * max(1, loss)
                if not loss < limit:                             # true for NaN too
                    raise TrainingDiverged(step, optimizer.learning_rate, loss)
                report = Progress(epoch, step, steps, loss)
                seconds += time.perf_counter() - started
                yield report
                started = time.perf_counter()
            measured = []
            for split in (dataset.train, dataset.validation):
                loss_sum = hits = 0.0
                for loss_of_slice, hits_of_slice in model.evaluate_in_slices(*split) if len(split) else ():
                    loss_sum, hits = loss_sum + loss_of_slice, hits + hits_of_slice
                    yield report
                measured += [float(loss_sum / len(split)), float(hits / len(split))] if len(split) else [math.nan, math.nan]
            evaluation = Evaluation(epoch, *measured, seconds)
            if not evaluation.train_loss < limit:
                raise TrainingDiverged(step, optimizer.learning_rate, evaluation.train_loss)
            validation_losses.append(evaluation.validation_loss)
            if patience and validation_losses[-1] < min(validation_losses[:-1], default=math.inf):
                best = {name: array.copy() for name, array in model.state.items()}
            yield Progress(epoch, step, steps, loss, evaluation)
            if patience and stops_early(validation_losses, patience):
                break
    finally:
        if best:
            model.restore(best)


def _check(model, dataset, epochs, patience, initial_epoch):
    """Refuse settings and a data set that do not fit, once for all steps."""
    if patience is not None:
        size("patience", patience)
        if not len(dataset.validation):
            raise ValueError("patience needs a validation split, but it is empty. Load the data with validation=10_000.")
    if initial_epoch not in range(epochs + 1):
        raise ValueError(
            f"initial_epoch must be a whole number from 0 to epochs = {epochs}, but is {initial_epoch!r}. "
            "Give the total as epochs."
        )
    for name in ("train", "validation", "test"):
        split = getattr(dataset, name)
        if len(split) or name == "train":
            finite(f"dataset.{name}.images", split.images, ("n", "d"), dict(model.dimensions))
            labels(f"dataset.{name}.labels", split.labels, ("n",), dict(model.dimensions))


def _unchanged(X):
    return X


def _weighted(share, loss, gradients):
    """Return the part that some rows of a batch have in its loss and its gradients."""
    return share * loss, {name: share * gradient for name, gradient in gradients.items()}


@contextlib.contextmanager
def _scaled(optimizer, factor):
    """Multiply the learning rate in this block alone: an optimizer of any kind obeys, and the caller only sees its own rate."""
    learning_rate = optimizer.learning_rate
    try:
        optimizer.learning_rate = learning_rate * float(factor)
        yield
    finally:
        optimizer.learning_rate = learning_rate


@functools.cache
def _blas():
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@checked(threads="size")
def limit_threads(threads):
    """Return a context in which matrix products use at most so many threads.

    Examples
    --------
    >>> with limit_threads(1):
    ...     _ = np.ones((500, 500)) @ np.ones((500, 500))
    """
    return _blas().limit(limits=threads, user_api="blas")


def progress_bar(shown=True, **options):
    """Return tqdm's bar of steps, as text, on a terminal or in a notebook.

    A notebook keeps text when it is saved. The widget that ``tqdm.auto`` makes there would be missing when the notebook
    is opened again. Elsewhere, such as in a file, there is no bar.
    """
    from tqdm import tqdm

    notebook = "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None
    file, hidden = (sys.stdout, False) if notebook else (sys.stderr, None)       # None: unless it is a terminal
    return tqdm(unit=" steps", file=file, disable=hidden if shown else True, **options)


def train(
    model, dataset, epochs=10, learning_rate=0.1, batch_size=64, seed=0, *, optimizer=None,
    schedule=None, augment=None, patience=None, initial_epoch=0, threads=1, progress=True, report=None,
):  # fmt: skip
    """Train a network, with a progress bar, and return what was measured.

    Parameters
    ----------
    model : MLP
        Changed in place.
    dataset : Dataset
        Learns from ``dataset.train``; after each epoch ``train`` and ``validation`` are measured.
    epochs, batch_size, seed, schedule, augment, patience, initial_epoch
        As in ``training_steps``; ``batch_size=None`` is full-batch gradient descent.
    learning_rate : float
        Of plain SGD. An ``optimizer`` brings its own.
    optimizer : SGD …, optional
    threads : int
        How many threads the matrix products may use.
    progress : bool
        Whether to show a bar (never shown where the output is not a terminal or notebook).
    report : callable, optional
        Called with the ``Evaluation`` after each epoch, for example ``print``.

    Returns
    -------
    History
        After an interrupt by Ctrl-C or the kernel's stop button, it holds what was measured so far.

    Raises
    ------
    TrainingDiverged
        When the loss has exploded; its ``history`` holds what was measured before.

    Examples
    --------
    >>> data = load_mnist().subset(1_000)
    >>> history = train(MLP([784, 32, 10]), data, epochs=2, progress=False)
    >>> len(history.validation_accuracy)
    2
    """
    history, optimizer = History(), optimizer or SGD(learning_rate)
    steps = training_steps(
        model, dataset, epochs, batch_size, optimizer=optimizer, seed=seed,
        schedule=schedule, augment=augment, patience=patience, initial_epoch=initial_epoch,
    )  # fmt: skip
    with limit_threads(threads), progress_bar(progress) as bar, contextlib.closing(steps):
        try:
            for current in steps:
                bar.total = current.steps
                bar.update(current.step - bar.n)
                if current.evaluation:
                    history.append(current.evaluation)
                    bar.set_postfix_str(str(current.evaluation))
                    if report:
                        with bar.external_write_mode():          # what it prints gets lines of its own
                            report(current.evaluation)
        except KeyboardInterrupt:
            history.interrupted = True
        except TrainingDiverged as diverged:
            diverged.history = history
            raise
    return history
