"""Which settings to try: all combinations of a few values, or drawn at random."""

import itertools

import numpy as np


def grid(values):
    """Return every combination of the values of each setting, a list of dict.

    Examples
    --------
    >>> grid({"a": [1, 2], "b": [5]})
    [{'a': 1, 'b': 5}, {'a': 2, 'b': 5}]
    """
    return [dict(zip(values, combination, strict=True)) for combination in itertools.product(*values.values())]


def sample_settings(space, n, rng):
    """Draw n times one value for each setting, independently of all others.

    Parameters
    ----------
    space : dict
        From the name of a setting to what it may be: a list of values, each as likely as the others, or a tuple of two
        positive numbers for anything between them on a log scale.
    n : int
    rng : numpy.random.Generator

    Returns
    -------
    list of dict

    Examples
    --------
    >>> space = {"optimizer": ["Adam"], "learning_rate": (0.001, 0.1)}
    >>> [drawn] = sample_settings(space, 1, np.random.default_rng(0))
    >>> drawn["optimizer"], 0.001 <= drawn["learning_rate"] <= 0.1
    ('Adam', True)
    """
    settings = []
    for _ in range(n):
        drawn = {}
        for name, choices in space.items():
            if isinstance(choices, list):
                drawn[name] = choices[rng.integers(len(choices))]
            else:
                low, high = choices
                drawn[name] = float(np.exp(rng.uniform(np.log(low), np.log(high))))
        settings.append(drawn)
    return settings
