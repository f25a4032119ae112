"""Training: one loop for the whole course, a generator that hands out its progress."""

import functools
import math
import time

import numpy as np

from .contracts import checked, trusting
from .history import Evaluation, History, Progress, TrainingDiverged
from .kinds import finite, labels
from .optimizers import SGD

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
def training_steps(model, dataset, epochs=10, batch_size=64, *, optimizer, seed=0, threads=1):
    """Train, and yield a ``Progress`` about every 50 ms: the loop under every training of the course.

    Whoever iterates may stop at any time, and may change ``optimizer.learning_rate`` in between.

    Parameters
    ----------
    model : MLP
        Changed in place.
    dataset : Dataset
    epochs : int
    batch_size : int or None
        None is full-batch gradient descent: one step per epoch, computed in chunks of rows.
    optimizer : SGD …
    seed : int
        Of the order of the images.
    threads : int
        How many threads the matrix products may use while a chunk of steps runs.

    Yields
    ------
    Progress

    Raises
    ------
    TrainingDiverged
    """
    _check_data(model, dataset)
    return _training_steps(model, dataset, epochs, batch_size, optimizer, np.random.default_rng(seed), threads)


def _training_steps(model, dataset, epochs, batch_size, optimizer, rng, threads):
    step, steps = 0, epochs * math.ceil(len(dataset.train) / (batch_size or len(dataset.train)))
    limit = None
    for epoch in range(1, epochs + 1):
        seconds = 0.0
        for losses, elapsed in _paced(_epoch(model, dataset.train, batch_size, optimizer, rng), threads):
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
                loss, hits = loss + sum(chunk[0] for chunk in chunks), hits + sum(chunk[1] for chunk in chunks)
                yield Progress(epoch, step, steps)
            measured += [float(loss / len(split)), float(hits / len(split))] if len(split) else [math.nan, math.nan]
        if not measured[0] < limit:
            raise TrainingDiverged(step, optimizer.learning_rate, measured[0])
        yield Progress(epoch, step, steps, evaluation=Evaluation(epoch, *measured, seconds))


def _epoch(model, split, batch_size, optimizer, rng):
    """One pass over the images; yields each step's loss, or None when a chunk of a step is done."""
    parameters, most = model.parameters, model.rows_at_a_time(CHUNK)
    batches = minibatches(*split, batch_size, rng) if batch_size else [tuple(split)]
    for X, y in batches:
        if len(X) <= most:
            loss, gradients = model.loss_and_gradients(X, y)
        else:
            loss, gradients = yield from _in_chunks(model, X, y, most)
        optimizer.step(parameters, gradients)
        yield loss


def _in_chunks(model, X, y, most):
    """Loss and gradients of a large batch: the weighted means of those of its chunks."""
    total, gradients = 0.0, {name: np.zeros_like(array) for name, array in model.parameters.items()}
    for start in range(0, len(X), most):
        X_chunk, y_chunk = X[start : start + most], y[start : start + most]
        loss, of_chunk = model.loss_and_gradients(X_chunk, y_chunk)
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


def train(
    model, dataset, epochs=10, learning_rate=0.1, batch_size=64, seed=0, *, optimizer=None, threads=1, progress=True, report=None
):
    """Train a network, with a progress bar, and say what happened.

    Parameters
    ----------
    model : MLP
        Changed in place.
    dataset : Dataset
        Learns from ``dataset.train``; after each epoch ``train`` and ``validation`` are measured.
    epochs, batch_size, seed, threads
        As in ``training_steps``; ``batch_size=None`` is full-batch gradient descent.
    learning_rate : float
        Of plain SGD. An ``optimizer`` brings its own.
    optimizer : SGD …, optional
    progress : bool
        Whether to show a bar (never shown where the output is not a terminal or notebook).
    report : callable, optional
        Called with the ``Evaluation`` after each epoch, for example ``print``.

    Returns
    -------
    History
        Interrupted by Ctrl-C or the kernel's stop button, it holds what was measured so far.

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
    from tqdm.auto import tqdm

    optimizer = optimizer or SGD(learning_rate)
    history = History()
    reports = training_steps(model, dataset, epochs, batch_size, optimizer=optimizer, seed=seed, threads=threads)
    with tqdm(unit=" steps", disable=None if progress else True) as bar:
        try:
            for now in reports:
                bar.total = now.steps
                bar.update(now.step - bar.n)
                if now.evaluation:
                    history.append(now.evaluation)
                    bar.set_postfix_str(str(now.evaluation))
                    if report:
                        report(now.evaluation)
        except KeyboardInterrupt:
            history.interrupted = True
        except TrainingDiverged as diverged:
            diverged.history = history
            raise
    return history


def _check_data(model, dataset):
    """Refuse a data set that does not fit the network, once for all steps."""
    for name in ("train", "validation", "test"):
        images, numbers = getattr(dataset, name)
        if len(numbers) or name == "train":
            finite(f"dataset.{name}.images", images, ("n", "d"), model.dimensions.copy())
            labels(f"dataset.{name}.labels", numbers, ("n",), model.dimensions.copy())
