"""Early stopping: end a training that no longer helps, and keep the best of it."""

import math

from .contracts import checked


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


def best_of(work, model, patience):
    """Hand on the reports of a training, stop it early, and leave the network as it was after its best epoch."""
    losses, best = [], None
    try:
        for now in work:
            if now.evaluation:
                losses.append(now.evaluation.validation_loss)
                if losses[-1] < min(losses[:-1], default=math.inf):
                    best = {name: array.copy() for name, array in model.state.items()}
            yield now
            if now.evaluation and stops_early(losses, patience):
                break
    finally:
        if best:
            model.restore(best)
