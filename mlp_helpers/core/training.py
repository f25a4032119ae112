"""Training: the one loop under every training of the course, early stopping, and ``train`` with a progress bar."""

import contextlib
import functools
import math
import os
import sys
import time

import numpy as np

from .array_advice import kind_of
from .browser import IN_BROWSER
from .contracts import checked
from .data import minibatches
from .history import Evaluation, History, Progress, TrainingDiverged
from .optimizers import SGD
from .training_checks import check_fit, check_kinds

ROWS_TO_LEARN = 10_000                           # of a batch computed in one go, at most
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


@checked(epochs="size", batch_size="batch", measured="batch")
@quietly
def training_steps(
    model, dataset, epochs=10, batch_size=64, *, optimizer, seed=0,
    schedule=None, augment=None, patience=None, initial_epoch=0, measured=None,
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
        None is full-batch gradient descent: one step per epoch. A batch of more rows than
        ``model.rows_at_once(10_000)`` is computed in parts, with a report between them; in
        full-batch descent, batch normalisation takes the mean and variance of each part.
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
        best epoch (where the caller breaks off, when the generator is closed). The optimizer
        stays as it was after the last step.
    initial_epoch : int
        Epochs that were done before, in a training with the same settings: those that are left
        see the images in the same order as if it had not been interrupted. ``patience`` counts
        anew from there.
    measured : int, optional
        How many of the training images are measured after each epoch, from the first one. None is
        all of them, which takes a good part of an epoch's time. The validation images are all measured.

    Yields
    ------
    Progress

    Raises
    ------
    ValueError
        When the settings or the data set do not fit the network.
    TrainingDiverged
    """
    check_kinds(model, dataset, optimizer, schedule, augment)
    check_fit(model, dataset, epochs, patience, initial_epoch)
    n, parameters = len(dataset.train), model.parameters
    # batch normalisation looks at the images of a batch together: no mini-batch is computed in parts
    rows = n if batch_size and model.batch_norm else model.rows_at_once(ROWS_TO_LEARN)
    steps_per_epoch = math.ceil(n / (batch_size or n))
    step, steps = initial_epoch * steps_per_epoch, epochs * steps_per_epoch
    rng = np.random.default_rng(seed)
    for _ in range(initial_epoch if batch_size else 0):
        rng.permutation(n)                       # the orders that were used before
    first_loss, report = None, Progress(initial_epoch, step, steps, math.nan)
    validation_losses, best = [], None
    try:
        for epoch in range(initial_epoch + 1, epochs + 1):
            change = functools.partial(augment, rng=np.random.default_rng([seed, epoch])) if augment else _unchanged
            clock = Stopwatch()
            for X, y in _batches(dataset.train, batch_size, rng):
                loss, gradients = yield from _loss_and_gradients(model, X, y, rows, change, clock, report)
                with _scaled(optimizer, schedule((step + 0.5) / steps)) if schedule else contextlib.nullcontext():
                    optimizer.step(parameters, gradients)
                step += 1
                first_loss = loss if first_loss is None else first_loss
                limit = EXPLODED * max(1, first_loss)
                if not loss < limit:                             # true for NaN too
                    raise TrainingDiverged(step, optimizer.learning_rate, loss, first_loss)
                report = Progress(epoch, step, steps, loss)
                yield from clock.hand_out(report)
            evaluation = Evaluation(epoch, *(yield from _measured(model, dataset, measured, report)), clock.seconds)
            if not evaluation.train_loss < limit:
                raise TrainingDiverged(step, optimizer.learning_rate, evaluation.train_loss, first_loss)
            validation_losses.append(evaluation.validation_loss)
            if patience and validation_losses[-1] < min(validation_losses[:-1], default=math.inf):
                best = {name: array.copy() for name, array in model.state.items()}
            yield Progress(epoch, step, steps, loss, evaluation)
            if patience and stops_early(validation_losses, patience):
                break
    finally:
        if best:
            model.restore(best)


class Stopwatch:
    """Counts the seconds of work, and not those that the caller takes between two reports."""

    def __init__(self):
        self.seconds, self.started = 0.0, time.perf_counter()

    def hand_out(self, report):
        """Yield a report, and count on from when the caller comes back."""
        self.seconds += time.perf_counter() - self.started
        yield report
        self.started = time.perf_counter()


def _batches(split, batch_size, rng):
    return minibatches(*split, batch_size, rng) if batch_size else [tuple(split)]


def _loss_and_gradients(model, X, y, rows, change, clock, report):
    """Return loss and gradients of a batch. More than so many rows are computed in parts, with a report between them."""
    if len(X) <= rows:
        return model.backpropagate(change(X), y)
    loss, gradients = 0.0, {name: np.zeros_like(array) for name, array in model.parameters.items()}
    for start in range(0, len(X), rows):
        part = slice(start, start + rows)
        loss_of_part, gradients_of_part = model.backpropagate(change(X[part]), y[part])
        share = len(X[part]) / len(X)
        loss += share * loss_of_part
        for name, gradient in gradients_of_part.items():
            gradients[name] += share * gradient
        if start + rows < len(X):
            yield from clock.hand_out(report)
    return loss, gradients


def _measured(model, dataset, rows, report):
    """Return loss and accuracy on both splits, NaN without a validation split; yield the last report between two slices."""
    measured = []
    for split in (dataset.train[:rows] if rows else dataset.train, dataset.validation):
        loss_sum = hits = 0.0
        for loss_of_slice, hits_of_slice in model.evaluate_in_slices(*split) if len(split) else ():
            loss_sum, hits = loss_sum + loss_of_slice, hits + hits_of_slice
            yield report
        measured += [float(loss_sum / len(split)), float(hits / len(split))] if len(split) else [math.nan, math.nan]
    return measured


def _unchanged(X):
    return X


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
    """Return a context in which matrix products use at most so many threads, and not more than there are processors.

    Examples
    --------
    >>> with limit_threads(1):
    ...     _ = np.ones((500, 500)) @ np.ones((500, 500))
    """
    return _blas().limit(limits=min(threads, os.cpu_count() or 1), user_api="blas")


def progress_bar(shown=True, unit=" steps", **options):
    """Return tqdm's bar, as text, on a terminal or in a notebook.

    A notebook keeps text when it is saved. The widget that ``tqdm.auto`` makes there would be missing when the notebook
    is opened again. Elsewhere, such as in a file, there is no bar.
    """
    from tqdm import tqdm

    if IN_BROWSER:
        tqdm.monitor_interval = 0                                # which would take a thread
    notebook = "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None
    file, hidden = (sys.stdout, False) if notebook else (sys.stderr, None)       # None: unless it is a terminal
    return tqdm(unit=unit, file=file, disable=hidden if shown and file else True, **options)


def train(
    model, dataset, epochs=10, learning_rate=0.1, batch_size=64, seed=0, *, optimizer=None,
    schedule=None, augment=None, patience=None, initial_epoch=0, measured=None, threads=1, progress=True, report=None,
):  # fmt: skip
    """Train a network, with a progress bar, and return what was measured.

    Parameters
    ----------
    model : MLP
        Changed in place.
    dataset : Dataset
        Learns from ``dataset.train``; after each epoch ``train`` and ``validation`` are measured.
    epochs, batch_size, seed, schedule, augment, patience, initial_epoch, measured
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
        After an interrupt by Ctrl-C or the kernel's stop button, it holds what was measured so far,
        and ``interrupted`` is True.

    Raises
    ------
    TrainingDiverged
        When the loss has exploded; its ``history`` holds what was measured before. The network has
        exploded too: make a new one.

    Examples
    --------
    >>> data = load_mnist().subset(1_000)
    >>> history = train(MLP([784, 32, 10]), data, epochs=2, progress=False)
    >>> len(history.validation_accuracy)
    2
    """
    history, optimizer = History(), SGD(learning_rate) if optimizer is None else optimizer
    if report is not None and not callable(report):
        raise ValueError(f"report must be a function such as print, but is {kind_of(report)}. Try report=print.")
    steps = training_steps(
        model, dataset, epochs, batch_size, optimizer=optimizer, seed=seed,
        schedule=schedule, augment=augment, patience=patience, initial_epoch=initial_epoch, measured=measured,
    )  # fmt: skip
    try:
        with limit_threads(threads), progress_bar(progress) as bar, contextlib.closing(steps):
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
        history.drop_half_an_entry()
    except TrainingDiverged as diverged:
        diverged.history = history
        raise
    return history
