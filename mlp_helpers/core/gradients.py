"""Gradients by nudging: slow, but so plain that they can be trusted to check the fast ones."""

import math

import numpy as np

from .contracts import checked
from .layers import ReLU


@checked(x="float64", step="rate")
def numerical_gradient(f, x, step=1e-5):
    """Nudge every entry of x up and down and see how f(x) answers: central differences.

    Parameters
    ----------
    f : callable
        Takes x and returns a number. It may also ignore its argument and read the same array.
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
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        before = x[index]
        try:
            x[index] = before + step
            above = f(x)
            x[index] = before - step
            below = f(x)
        finally:
            x[index] = before            # put it back, even if f failed
        gradient[index] = (above - below) / (2 * step)
    return gradient


@checked(step="rate", entries="size")
def check_gradients(model, X, y, step=1e-5, entries=100, seed=0):
    """Compare a network's gradients with numerical ones, in float64, as they are computed in training.

    Parameters
    ----------
    model : MLP
        A float64 copy of it is checked; the model itself stays as it is. Dropout drops the same
        units each time.
    X : array (n, d)
        A few images are enough.
    y : integer labels (n,)
    step : float
    entries : int
        At most so many entries of each parameter are nudged, chosen at random.
    seed : int
        Seed for that choice.

    Returns
    -------
    errors : dict
        For each parameter ‖analytic - numerical‖ / (‖analytic‖ + ‖numerical‖): below 1e-7
        the gradient is right, above 1e-4 it is wrong.

    Notes
    -----
    A ReLU has no slope where its input is 0. Where inputs are exactly 0, as those of a blank image
    are while the biases are, the copy's biases are moved a little first. An entry that switches a
    ReLU on or off when it is nudged is left out; NaN if that leaves none.

    Examples
    --------
    >>> errors = check_gradients(MLP([4, 3, 2]), np.eye(4), np.array([0, 1, 1, 0]))
    >>> max(errors.values()) < 1e-7
    True
    """
    model, rng = model.copy(np.float64), np.random.default_rng(seed)
    drawn = model.rng.bit_generator.state
    _, gradients = model.loss_and_gradients(X, y)
    if any((Z == 0).any() for Z in _relu_inputs(model)):
        for parameter in model.parameters.values():
            if parameter.ndim == 1:              # b, or gamma and beta
                parameter += rng.uniform(0.01, 0.02, parameter.shape)
        model.rng.bit_generator.state = drawn
        _, gradients = model.loss_and_gradients(X, y)
    errors = {}
    for name, parameter in model.parameters.items():
        chosen = np.unravel_index(rng.permutation(parameter.size)[:entries], parameter.shape)
        before = parameter[chosen]       # a copy
        switched_on = []                 # the ReLUs, after each nudge: two for each entry

        def loss_at(values, parameter=parameter, chosen=chosen, switched_on=switched_on):
            parameter[chosen] = values
            model.rng.bit_generator.state = drawn        # dropout drops the same units again
            loss = model.loss_and_gradients(X, y)[0]
            switched_on.append([Z > 0 for Z in _relu_inputs(model)])
            return loss

        numerical, analytic = numerical_gradient(loss_at, before, step), gradients[name][chosen]
        parameter[chosen] = before
        smooth = [
            all((one == other).all() for one, other in zip(above, below, strict=True))
            for above, below in zip(switched_on[::2], switched_on[1::2], strict=True)
        ]
        numerical, analytic = numerical[smooth], analytic[smooth]
        size = np.linalg.norm(analytic) + np.linalg.norm(numerical)
        error = np.linalg.norm(analytic - numerical) / size if size else 0.0
        errors[name] = float(error) if any(smooth) else math.nan
    return errors


def _relu_inputs(model):
    """Return what came into each ReLU in the last forward step."""
    return [layer.Z for layer in model.layers if isinstance(layer, ReLU)]
