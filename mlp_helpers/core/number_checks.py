"""What a number must be: each check takes the name, the value, and a usual value to advise."""

import math
import numbers


def size(name, value, usual=10):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}. Try {name}={usual}.")


def batch(name, value, usual=64):
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(
            f"{name} must be a whole number of at least 1, or None for all at once, but is {value!r}. Try {name}={usual}."
        )


def rate(name, value, usual=0.1):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a positive finite number, but is {value!r}. Try {name}={usual:g}.")


def share(name, value, usual=0):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < 1:
        raise ValueError(f"{name} must be a number from 0 to below 1, but is {value!r}. Try {name}={_usually(usual)}.")


def amount(name, value, usual=0):
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not 0 <= value < math.inf:
        raise ValueError(f"{name} must be a finite number of at least 0, but is {value!r}. Try {name}={_usually(usual)}.")


def _usually(usual):
    return f"{usual:g}" if usual else "0, which leaves it out"


NUMBERS = {check.__name__: check for check in (size, batch, rate, share, amount)}
