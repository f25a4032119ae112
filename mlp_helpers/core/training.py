"""Training from start to end, with a progress bar."""

import contextlib

from .history import History, TrainingDiverged
from .loop import training_steps
from .optimizers import SGD


def train(
    model, dataset, epochs=10, learning_rate=0.1, batch_size=64, seed=0, *,
    optimizer=None, progress=True, report=None, **settings,
):  # fmt: skip
    """Train a network, with a progress bar, and say what happened.

    Parameters
    ----------
    model : MLP
        Changed in place.
    dataset : Dataset
        Learns from ``dataset.train``; after each epoch ``train`` and ``validation`` are measured.
    epochs, batch_size, seed, threads, schedule, augment, patience, initial_epoch
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
    reports = training_steps(model, dataset, epochs, batch_size, optimizer=optimizer, seed=seed, **settings)
    with tqdm(unit=" steps", disable=None if progress else True) as bar, contextlib.closing(reports):
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
