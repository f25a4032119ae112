"""The one loop under every training of the course: a generator that hands out its progress."""

import contextlib
import functools
import itertools
import math
import time

import numpy as np

from .contracts import checked, trusting
from .early_stopping import best_of
from .history import Evaluation, Progress, TrainingDiverged
from .kinds import finite, labels, size

CHUNK = 10_000                                   # rows of a batch computed at a time, at most
PAUSE = 0.05                                     # seconds of work between two reports
EXPLODED = 1_000                                 # times the first loss (or 1): from there no training comes back


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


@checked(epochs="size", batch_size="batch", threads="size")
def training_steps(
    model, dataset, epochs=10, batch_size=64, *, optimizer, seed=0, threads=1,
    schedule=None, augment=None, patience=None, initial_epoch=0,
):  # fmt: skip
    """Train, and yield a ``Progress`` about every 50 ms: the loop under every training of the course.

    Whoever iterates may stop at any time, and may change ``optimizer.learning_rate`` in between.

    Parameters
    ----------
    model : MLP
        Changed in place.
    dataset : Dataset
    epochs : int
    batch_size : int or None
        None is full-batch gradient descent: one step per epoch, computed in chunks of rows
        (batch normalisation then takes each chunk's mean and variance).
    optimizer : SGD …
    seed : int
        Of the order of the images.
    threads : int
        How many threads the matrix products may use while a chunk of steps runs.
    schedule : callable, optional
        From the share of the training that is done, 0 to 1, to the factor by which the learning
        rate is multiplied in that step, see ``schedules``.
    augment : callable, optional
        Takes the images of a batch (n, d) and a random generator, and gives changed ones, see
        ``Warp``.
    patience : int, optional
        Stop when the validation loss has not become smaller for so many epochs (early stopping).
        The network then gets back the state that it had after its best epoch; so it does when
        all epochs were run, or whoever iterates stops.
    initial_epoch : int
        Epochs that were done before, in a training with the same settings: those that are left
        see the images in the same order as if it had not been interrupted. ``patience`` counts
        anew from there.

    Yields
    ------
    Progress

    Raises
    ------
    TrainingDiverged
    """
    _check_data(model, dataset)
    if patience is not None and size("patience", patience, ("patience",), {}) and not len(dataset.validation):
        raise ValueError("patience needs a validation split, but it is empty. Load the data with validation=10_000.")
    if initial_epoch not in range(epochs + 1):
        raise ValueError(
            f"initial_epoch must be a whole number from 0 to epochs = {epochs}, but is {initial_epoch!r}. "
            "Give the total as epochs."
        )
    work = _training_steps(model, dataset, epochs, batch_size, optimizer, seed, threads, schedule, augment, initial_epoch)
    return best_of(work, model, patience) if patience else work


def _check_data(model, dataset):
    """Refuse a data set that does not fit the network, once for all steps."""
    for name in ("train", "validation", "test"):
        images, numbers = getattr(dataset, name)
        if len(numbers) or name == "train":
            finite(f"dataset.{name}.images", images, ("n", "d"), model.dimensions.copy())
            labels(f"dataset.{name}.labels", numbers, ("n",), model.dimensions.copy())


def _training_steps(model, dataset, epochs, batch_size, optimizer, seed, threads, schedule, augment, initial_epoch):
    in_an_epoch = math.ceil(len(dataset.train) / (batch_size or len(dataset.train)))
    step, steps = initial_epoch * in_an_epoch, epochs * in_an_epoch
    rng, limit = np.random.default_rng(seed), None
    for _ in range(initial_epoch if batch_size else 0):
        rng.permutation(len(dataset.train))              # the orders that were used before
    for epoch in range(initial_epoch + 1, epochs + 1):
        seconds = 0.0
        batches = minibatches(*dataset.train, batch_size, rng) if batch_size else [tuple(dataset.train)]
        factors = (schedule((i + 0.5) / steps) for i in range(step, steps)) if schedule else itertools.repeat(None)
        change = functools.partial(augment, rng=np.random.default_rng([seed, epoch])) if augment else None
        for losses, elapsed in _paced(_epoch(model, batches, factors, change, optimizer), threads):
            losses = [loss for loss in losses if loss is not None]
            for loss in losses:
                step += 1
                limit = limit or EXPLODED * max(1, loss)
                if not loss < limit:                     # true for NaN too
                    raise TrainingDiverged(step, optimizer.learning_rate, loss)
            seconds += elapsed
            yield Progress(epoch, step, steps, sum(losses) / len(losses) if losses else None)
        measured = []
        for split in (dataset.train, dataset.validation):
            loss = hits = 0.0
            for chunks, _ in _paced(model.evaluate_in_chunks(*split) if len(split) else [], threads):
                for of_chunk, right in chunks:           # one by one: rounding must not depend on how quick they were
                    loss, hits = loss + of_chunk, hits + right
                yield Progress(epoch, step, steps)
            measured += [float(loss / len(split)), float(hits / len(split))] if len(split) else [math.nan, math.nan]
        if not measured[0] < limit:
            raise TrainingDiverged(step, optimizer.learning_rate, measured[0])
        yield Progress(epoch, step, steps, evaluation=Evaluation(epoch, *measured, seconds))


def _epoch(model, batches, factors, change, optimizer):
    """One pass over the images; yields each step's loss, or None when a chunk of a step is done."""
    parameters, most = model.parameters, model.rows_at_a_time(CHUNK)
    for (X, y), factor in zip(batches, factors, strict=False):
        if len(X) <= most:
            loss, gradients = model.loss_and_gradients(change(X) if change else X, y)
        else:
            loss, gradients = yield from _in_chunks(model, X, y, most, change)
        with _scaled(optimizer, factor) if factor is not None else contextlib.nullcontext():
            optimizer.step(parameters, gradients)
        yield loss


@contextlib.contextmanager
def _scaled(optimizer, factor):
    """Multiply the learning rate in this block: in one step, so that whoever iterates only ever sees their own."""
    learning_rate = optimizer.learning_rate
    try:
        optimizer.learning_rate = learning_rate * float(factor)
        yield
    finally:
        optimizer.learning_rate = learning_rate


def _in_chunks(model, X, y, most, change):
    """Loss and gradients of a large batch: the weighted means of those of its chunks."""
    total, gradients = 0.0, {name: np.zeros_like(array) for name, array in model.parameters.items()}
    for start in range(0, len(X), most):
        X_chunk, y_chunk = X[start : start + most], y[start : start + most]
        loss, of_chunk = model.loss_and_gradients(change(X_chunk) if change else X_chunk, y_chunk)
        share = len(X_chunk) / len(X)
        total += share * loss
        for name, gradient in of_chunk.items():
            gradients[name] += share * gradient
        yield None
    return total, gradients


def _paced(work, threads):
    """Run ``work`` for a while at a time; yield the list of what it yielded, and the seconds it took.

    What was checked before is not checked again in every step. That, the thread limit and the
    silenced overflow hold only while ``work`` runs, never across a yield.
    """
    work, going = iter(work), True
    while going:
        results, start, going = [], time.perf_counter(), False
        with trusting(), _blas().limit(limits=threads, user_api="blas"), np.errstate(over="ignore", invalid="ignore"):
            for result in work:
                results.append(result)
                if time.perf_counter() - start > PAUSE:
                    going = True
                    break
        yield results, time.perf_counter() - start


@functools.cache
def _blas():
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
