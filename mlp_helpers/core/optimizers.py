"""Optimizers: what to do with a gradient."""

import dataclasses

import numpy as np

from .number_checks import rate, share

BLOCK = 65_536                                   # entries stepped at once: all that is computed of them stays in the cache


@dataclasses.dataclass(eq=False)
class Optimizer:
    """What all optimizers share: a step of size ``learning_rate`` against the ``direction`` that each computes.

    ``learning_rate`` may be changed between two steps. What an optimizer remembers from step to
    step is kept under the parameters' names.

    Parameters
    ----------
    learning_rate : float, positive
    weight_decay : float, from 0 to below 1
        At each step the weights W1, W2 … (not the biases) also shrink by this times the step
        size: decoupled from the gradient, as in AdamW (Loshchilov and Hutter 2019). With plain
        SGD it does the same as the penalty ``MLP(…, l2=…)``.

    Raises
    ------
    ValueError
        When a setting is out of its range.
    """

    learning_rate: float = 0.1
    weight_decay: float = dataclasses.field(default=0.0, kw_only=True)
    keeps = ()                                   # names of the arrays that it keeps for each parameter

    def __post_init__(self):
        self.steps, self.memory = 0, {}
        for field in dataclasses.fields(self):
            value, check = getattr(self, field.name), rate if field.name in ("learning_rate", "epsilon") else share
            try:
                check(field.name, value, field.default)
            except ValueError as error:
                raise ValueError(f"{type(self).__name__}: {error}") from None
            setattr(self, field.name, float(value))

    def step(self, parameters, gradients):
        """Change every array of ``parameters`` in place, by the gradient of the same name."""
        self.steps += 1
        for name, parameter in parameters.items():
            gradient, memory = gradients[name], self.remembered(name, gradients[name])
            at_once = max(1, BLOCK // parameter[0].size)
            for start in range(0, len(parameter), at_once):
                rows = slice(start, start + at_once)
                if self.weight_decay and name.startswith("W"):
                    parameter[rows] *= 1 - self.learning_rate * self.weight_decay
                parameter[rows] -= self.learning_rate * self.direction(gradient[rows], *(kept[rows] for kept in memory))

    def direction(self, gradient, *memory):
        """Return what, times the step size, is subtracted from a parameter, and change in place what is kept for it."""
        raise NotImplementedError

    def remembered(self, name, gradient):
        """Return the arrays that are kept for a parameter, zeros at first."""
        if name not in self.memory:
            self.memory[name] = [np.zeros_like(gradient) for _ in self.keeps]
        return self.memory[name]


class SGD(Optimizer):
    """Walk against the gradient.

    Parameters and errors: see ``Optimizer``.

    Examples
    --------
    >>> parameters = {"b": np.array([1.0, 2.0])}
    >>> SGD(0.5).step(parameters, {"b": np.array([2.0, 0.0])})
    >>> parameters
    {'b': array([0., 2.])}
    """

    def direction(self, gradient):
        """Return the gradient itself."""
        return gradient


@dataclasses.dataclass(eq=False)
class Momentum(Optimizer):
    """Walk like a heavy ball: keep a share of the last direction and add the gradient (Polyak 1964).

    Parameters
    ----------
    learning_rate : float, positive
    momentum : float, from 0 to below 1
        The share that is kept. A gradient that stays the same moves a parameter 1 / (1 - momentum) times as far.
    weight_decay : float
        See ``Optimizer``.

    Examples
    --------
    >>> parameters, optimizer = {"b": np.array([0.0])}, Momentum(1.0, momentum=0.5)
    >>> for _ in range(3):
    ...     optimizer.step(parameters, {"b": np.array([1.0])})
    ...     print(parameters["b"])
    [-1.]
    [-2.5]
    [-4.25]
    """

    learning_rate: float = 0.1
    momentum: float = 0.9
    keeps = ("velocity",)

    def direction(self, gradient, velocity):
        """Return the velocity: momentum times the last one, plus the gradient."""
        velocity *= self.momentum
        velocity += gradient
        return velocity


class Nesterov(Momentum):
    """Momentum that looks ahead: the gradient counts once more, as if the velocity were already a step older.

    In the form of Sutskever et al. 2013 as PyTorch writes it. Parameters: see ``Momentum``.

    Examples
    --------
    >>> parameters = {"b": np.array([0.0])}
    >>> Nesterov(1.0, momentum=0.5).step(parameters, {"b": np.array([1.0])})
    >>> parameters
    {'b': array([-1.5])}
    """

    def direction(self, gradient, velocity):
        """Return the gradient plus momentum times the new velocity."""
        return gradient + self.momentum * super().direction(gradient, velocity)


@dataclasses.dataclass(eq=False)
class RMSProp(Optimizer):
    """Divide each gradient by its own usual size (Tieleman and Hinton 2012).

    Parameters
    ----------
    learning_rate : float, positive
    decay : float, from 0 to below 1
        How much of the running mean of the squared gradient is kept at each step.
    epsilon : float, positive
        Prevents a division by 0.
    weight_decay : float
        See ``Optimizer``.

    Examples
    --------
    The size of a gradient does not matter, only its sign and how it changes:

    >>> parameters = {"b": np.array([0.0, 0.0])}
    >>> RMSProp(0.1, decay=0.75).step(parameters, {"b": np.array([0.01, -100.0])})
    >>> parameters["b"].round(4)
    array([-0.2,  0.2])
    """

    learning_rate: float = 0.001
    decay: float = 0.99
    epsilon: float = 1e-8
    keeps = ("square",)

    def direction(self, gradient, square):
        """Return the gradient divided by the root of its running mean square."""
        square += (1 - self.decay) * (gradient**2 - square)
        return gradient / (np.sqrt(square) + self.epsilon)


@dataclasses.dataclass(eq=False)
class Adam(Optimizer):
    """Momentum over the root of the mean square, both corrected for their start at 0 (Kingma and Ba 2015).

    Parameters
    ----------
    learning_rate : float, positive
        About how far an entry moves in a step.
    beta1, beta2 : float, from 0 to below 1
        How much of the running means of the gradient and of its square is kept.
    epsilon : float, positive
        Prevents a division by 0.
    weight_decay : float
        See ``Optimizer``: above 0 this is AdamW.

    Examples
    --------
    >>> parameters = {"b": np.array([0.0, 0.0])}
    >>> Adam(0.1).step(parameters, {"b": np.array([0.01, -100.0])})
    >>> parameters["b"].round(4)
    array([-0.1,  0.1])
    """

    learning_rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    keeps = ("mean", "square")

    def direction(self, gradient, mean, square):
        """Return the corrected mean divided by the root of the corrected mean square."""
        mean += (1 - self.beta1) * (gradient - mean)
        square += (1 - self.beta2) * (gradient**2 - square)
        mean_hat = mean / (1 - self.beta1**self.steps)
        square_hat = square / (1 - self.beta2**self.steps)
        return mean_hat / (np.sqrt(square_hat) + self.epsilon)


@dataclasses.dataclass(eq=False)
class AdamW(Adam):
    """Adam with a weight decay of 0.01 by default (Loshchilov and Hutter 2019)."""

    weight_decay: float = dataclasses.field(default=0.01, kw_only=True)


OPTIMIZERS = {kind.__name__: kind for kind in (SGD, Momentum, Nesterov, RMSProp, Adam, AdamW)}
