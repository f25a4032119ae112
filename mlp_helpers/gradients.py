"""Gradients by nudging: slow, but so plain that they can be trusted to check the quick ones."""

import numpy as np

from .contracts import checked


@checked(step="rate")
def numerical_gradient(f, x, step=1e-5):
    """Nudge every entry of x up and down and see how f(x) answers: central differences.

    Parameters
    ----------
    f : callable
        Takes x and gives a number. It may also ignore its argument and read the same array.
    x : float64 array
        Nudged in place, entry by entry, and put back exactly.
    step : float
        How far to nudge. The error shrinks with step² until rounding takes over; for
        numbers around 1 the best step is about 1e-5.

    Returns
    -------
    gradient : array like x

    Examples
    --------
    >>> numerical_gradient(lambda x: (x**2).sum(), np.array([1.0, -3.0])).round(6)
    array([ 2., -6.])
    """
    _check_float64(x)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        gradient[index] = _slope(f, x, index, step)
    return gradient


@checked(step="rate", entries="size")
def check_gradients(model, X, y, step=1e-5, entries=100, seed=0):
    """Compare a network's gradients with numerical ones, in float64.

    Parameters
    ----------
    model : MLP
        A float64 copy of it is checked; the model itself stays as it is.
    X : array (n, d)
        A few images are enough.
    y : integer labels (n,)
    step : float
    entries : int
        At most so many entries of each parameter are nudged, chosen at random.
    seed : int
        Of that choice.

    Returns
    -------
    errors : dict
        For each parameter ‖analytic - numerical‖ / (‖analytic‖ + ‖numerical‖): below 1e-7
        the gradient is right, above 1e-4 it is wrong, in between look for a ReLU whose
        input lies within a step of 0.

    Examples
    --------
    >>> errors = check_gradients(MLP([4, 3, 2]), np.eye(4), np.array([0, 1, 1, 0]))
    >>> max(errors.values()) < 1e-7
    True
    """
    model, rng = model.copy(np.float64), np.random.default_rng(seed)
    _, gradients = model.loss_and_gradients(X, y)
    errors = {}
    for name, parameter in model.parameters.items():
        chosen = rng.permutation(parameter.size)[:entries]
        indices = list(zip(*np.unravel_index(chosen, parameter.shape), strict=True))
        numerical = np.array([_slope(lambda _: model.evaluate(X, y)[0], parameter, index, step) for index in indices])
        analytic = np.array([gradients[name][index] for index in indices])
        size = np.linalg.norm(analytic) + np.linalg.norm(numerical)
        errors[name] = float(np.linalg.norm(analytic - numerical) / size) if size else 0.0
    return errors


def _slope(f, x, index, step):
    before = x[index]
    try:
        x[index] = before + step
        above = f(x)
        x[index] = before - step
        below = f(x)
    finally:
        x[index] = before
    return (above - below) / (2 * step)


def _check_float64(x):
    if not isinstance(x, np.ndarray) or x.dtype != np.float64:
        kind = x.dtype if isinstance(x, np.ndarray) else type(x).__name__
        raise ValueError(
            f"numerical_gradient: x must be a float64 array, but is {kind}: rounding would hide the answer. "
            "Convert it: np.asarray(x, dtype=np.float64)."
        )
