"""Measures: what a network gets wrong, and how well it knows it."""

import numpy as np

from .contracts import checked


@checked(n_classes="size (k)", labels="labels (n)", predicted="labels (n)")
def confusion_matrix(labels, predicted, n_classes=10):
    """Count how often each class was taken for each other one.

    Parameters
    ----------
    labels, predicted : integers (n,)
    n_classes : int

    Returns
    -------
    counts : integers (k, k)
        Row: what it is; column: what it was taken for. The diagonal holds what was right.

    Examples
    --------
    >>> confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    counts = np.zeros((n_classes, n_classes), dtype=np.int64)
    np.add.at(counts, (labels, predicted), 1)
    return counts


@checked(P="probabilities (n, k)", labels="labels (n)", bins="size")
def calibration_curve(P, labels, bins=10):
    """Compare how sure the predictions are with how often they are right (Niculescu-Mizil and Caruana 2005).

    The predictions are sorted into bins of equal width by the probability of the predicted class. An edge belongs to the
    bin above it, and 1 to the last bin.

    Parameters
    ----------
    P : array (n, k)
        Predicted probabilities.
    labels : integers (n,)
    bins : int

    Returns
    -------
    confidence, right : arrays (bins,)
        Mean probability of the predicted class in each bin, and the share that is right; NaN
        where a bin is empty.
    counts : integers (bins,)

    Examples
    --------
    >>> P = np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]])
    >>> confidence, right, counts = calibration_curve(P, np.array([0, 1, 1]), bins=2)
    >>> float(confidence[1].round(3)), float(right[1].round(3)), counts
    (0.8, 0.667, array([0, 3]))
    """
    sure, hit = P.max(axis=1), P.argmax(axis=1) == labels        # (n,)
    which = np.minimum((sure * bins).astype(int), bins - 1)
    counts = np.bincount(which, minlength=bins)
    with np.errstate(invalid="ignore"):                          # 0 / 0 in an empty bin
        confidence = np.bincount(which, sure, minlength=bins) / counts
        right = np.bincount(which, hit, minlength=bins) / counts
    return confidence, right, counts


@checked(P="probabilities (n, k)", labels="labels (n)", bins="size")
def expected_calibration_error(P, labels, bins=10):
    """Compute the mean distance between confidence and share of hits over the bins, weighted by their counts.

    Naeini et al. 2015. Parameters: see ``calibration_curve``.

    Examples
    --------
    Ten predictions, each with a probability of 0.8, of which 8 are right:

    >>> P, labels = np.tile([0.8, 0.2], (10, 1)), np.repeat([0, 1], [8, 2])
    >>> round(expected_calibration_error(P, labels), 6)
    0.0
    """
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels      # (n,)
    which = np.minimum((sure * bins).astype(int), bins - 1)      # the bin of each image
    error = 0.0
    for b in range(bins):
        inside = which == b
        error += abs(sure[inside].sum() - right[inside].sum())
    return float(error / len(labels))
