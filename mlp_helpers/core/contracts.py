"""What a function accepts, said once above its body: the decorator ``checked``."""

import contextlib
import contextvars
import functools
import inspect
import re

from .kinds import KINDS

TRUSTING = contextvars.ContextVar("trusting", default=False)
SPEC = re.compile(r"(?P<kind>[a-z0-9]+)(?: \((?P<axes>[^)]*)\))?")


@contextlib.contextmanager
def trusting():
    """Leave out the checks of methods in this block: for a loop whose data were checked before it began.

    Functions check on, because some turn what they are given into what they need.
    """
    token = TRUSTING.set(True)
    try:
        yield
    finally:
        TRUSTING.reset(token)


def checked(**contract):
    """Refuse wrong arguments before the body runs, so that the body can read as derived.

    Every keyword names a parameter and says what it must be: a kind and, for arrays, the
    axes. An axis that occurs twice must have the same size both times; ``...`` stands for
    any leading axes. A method's object may fix sizes in its ``dimensions`` (``{"d": 784}``).

    ==============  ================================================================
    kind            accepts
    ==============  ================================================================
    real            integers or floats, at least one
    floats          the same; integers become floats, as they would wrap around below 0
    finite          real, without NaN and infinity
    probabilities   finite, from 0 to 1
    labels          whole numbers, not negative, below k where k is known
    targets         labels (n,), which become one-hot, or rows that sum to 1 (n, k)
    rows            anything with a length, which is the size of its axis
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
    ValueError: product: W must have shape (d, h) with d = 2, but has shape (3, 2). It fits when transposed: W.T.
    """

    def decorate(function):
        parameters = inspect.signature(function).parameters
        order = list(parameters)
        where = function.__qualname__.removesuffix(".__init__")
        of_an_object = order[0] == "self" and function.__name__ != "__init__"
        rules = []
        for name, spec in contract.items():
            kind, axes = SPEC.fullmatch(spec).group("kind", "axes")
            axes = tuple(axes.replace(",", " ").split()) if axes else ("...",)
            rules.append((order.index(name), name, parameters[name].default, KINDS[kind], axes))

        @functools.wraps(function)
        def wrapper(*arguments, **named):
            if of_an_object and TRUSTING.get():
                return function(*arguments, **named)
            sizes = arguments[0].dimensions.copy() if of_an_object else {}
            try:
                for position, name, default, check, axes in rules:
                    if position < len(arguments):
                        value = check(name, arguments[position], axes, sizes)
                        if value is not arguments[position]:
                            arguments = (*arguments[:position], value, *arguments[position + 1 :])
                    elif name in named:
                        named[name] = check(name, named[name], axes, sizes)
                    elif default is not inspect.Parameter.empty:
                        check(name, default, axes, sizes)
            except ValueError as error:
                raise ValueError(f"{where}: {error}") from None
            return function(*arguments, **named)

        return wrapper

    return decorate
