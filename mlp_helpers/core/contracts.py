"""What a function accepts, said once above its body: the decorator ``checked``.

A check refuses an argument or lets it pass. It never converts one, so that the body that the
lessons show computes the same as the function. Nobody needs to read this file to understand the
network: it is where the error messages come from.
"""

import functools
import inspect
import numbers
import re

import numpy as np

from .array_checks import ARRAYS, Sizes, no_array
from .number_checks import NUMBERS

NO_NUMBER = inspect.Parameter.empty, None        # as a parameter's default
SPEC = re.compile(r"(?P<kind>[a-z0-9]+)(?: \((?P<axes>[^)]*)\))?")


def checked(**contract):
    """Refuse wrong arguments before the body runs, so that the body can read as it was derived.

    Every keyword names a parameter and says what it must be: a kind and, for arrays, the
    axes. An axis that occurs twice must have the same size both times; ``...`` stands for
    any leading axes. A method's object may fix sizes in its ``dimensions`` (``{"d": 784}``).
    The order of the keywords has no effect: numbers are checked first, then arrays in the
    order of the parameters.

    ==============  ================================================================
    kind            accepts
    ==============  ================================================================
    real            an array of integers or floats with at least one entry; a number
                    where the axes are ``...`` alone
    floats          the same without integers, which would wrap around below 0
    finite          real, without NaN and infinity
    outputs         floats, without NaN and infinity
    images          uint8, which the network scales, or finite floats, which it takes as
                    they are; warns of floats that look like pixels from 0 to 255
    probabilities   outputs from 0 to 1
    labels          whole numbers, not negative, below k where k is known
    targets         rows that sum to 1: one-hot, or smoothed
    rows            an array of anything; its length is the size of its axis
    float64         an array of that type
    size            a positive whole number; ``size (k)`` also fixes k
    batch           a positive whole number, or None for everything at once
    rate            a positive finite number
    share           a number from 0 to below 1
    amount          a finite number of at least 0
    ==============  ================================================================

    Raises
    ------
    ValueError
        Says what was expected, what came, and what to try.

    Examples
    --------
    >>> @checked(X="real (n, d)", W="real (d, h)")
    ... def product(X, W):
    ...     return X @ W
    >>> product(np.ones((5, 2)), np.ones((3, 2)))
    Traceback (most recent call last):
    ValueError: product: W must have shape (d, h) with d = 2 as in X, but has shape (3, 2). It fits when transposed: W.T.
    """

    def decorate(function):
        parameters = inspect.signature(function).parameters
        order = list(parameters)
        where = function.__qualname__.removesuffix(".__init__")
        of_an_object = order[0] == "self" and function.__name__ != "__init__"
        number_rules, array_rules = [], []
        for name in sorted(contract, key=order.index):           # a ValueError where there is no such parameter
            kind, axes = SPEC.fullmatch(contract[name]).group("kind", "axes")
            axes = tuple(axes.replace(",", " ").split()) if axes else () if kind in NUMBERS else ("...",)
            rules = {**dict.fromkeys(NUMBERS, number_rules), **dict.fromkeys(ARRAYS, array_rules)}[kind]
            rules.append((order.index(name), name, parameters[name].default, kind, axes))

        @functools.wraps(function)
        def wrapper(*arguments, **named):
            sizes = Sizes(arguments[0].dimensions if of_an_object else ())
            try:
                for position, name, default, kind, axes in number_rules + array_rules:
                    value = arguments[position] if position < len(arguments) else named.get(name, default)
                    if value is inspect.Parameter.empty:
                        continue                 # Python says itself that it is missing
                    if kind in NUMBERS:
                        NUMBERS[kind](name, value, *([] if default in NO_NUMBER else [default]))
                        sizes.update(dict.fromkeys(axes, value))
                    elif isinstance(value, np.ndarray | numbers.Number | np.generic):
                        ARRAYS[kind](name, value, axes, sizes)
                    else:
                        raise ValueError(no_array(name, value, kind, axes, sizes))
            except ValueError as error:
                raise ValueError(f"{where}: {error}") from None
            return function(*arguments, **named)

        return wrapper

    return decorate
