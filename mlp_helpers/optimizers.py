"""Optimizers: what to do with a gradient."""

from .contracts import checked


class SGD:
    """Walk one step of size ``learning_rate`` against the gradient.

    Every optimizer has a ``learning_rate``, which may be changed between two steps, and a
    ``step(parameters, gradients)`` that changes the arrays in ``parameters`` in place.
    What it remembers from step to step it keeps under the parameters' names.

    Parameters
    ----------
    learning_rate : float, positive

    Examples
    --------
    >>> parameters = {"b": np.array([1.0, 2.0])}
    >>> SGD(0.5).step(parameters, {"b": np.array([2.0, 0.0])})
    >>> parameters
    {'b': array([0., 2.])}
    """

    @checked(learning_rate="rate")
    def __init__(self, learning_rate=0.1):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        """Change every array of ``parameters`` in place, by the gradient of the same name."""
        for name, parameter in parameters.items():
            parameter -= self.learning_rate * gradients[name]
