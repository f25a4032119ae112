"""Schedules: how the learning rate changes while a training runs.

Each takes the share of the training that is done, from 0 to 1, and returns the factor by which the
optimizer's learning rate is multiplied there. ``functools.partial(cosine, warmup=0.2)`` sets its
other arguments.
"""

import math


def constant(done):
    """Leave the learning rate as it is."""
    return 1.0


def linear(done, warmup=0.1):
    """Rise from 0 in a straight line during the share ``warmup`` of the training, then fall to 0 in another.

    ``warmup`` is less than 1, so that there is something left to fall in.

    Examples
    --------
    >>> [schedules.linear(done, warmup=0.5) for done in (0, 0.25, 0.5, 0.75, 1)]
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    return done / warmup if done < warmup else (1 - done) / (1 - warmup)


def cosine(done, warmup=0.1):
    """Rise as ``linear`` does, then fall along half a wave of the cosine (Loshchilov and Hutter 2017).

    Examples
    --------
    >>> [round(schedules.cosine(done, warmup=0), 3) for done in (0, 0.25, 0.5, 0.75, 1)]
    [1.0, 0.854, 0.5, 0.146, 0.0]
    """
    return done / warmup if done < warmup else (1 + math.cos(math.pi * (done - warmup) / (1 - warmup))) / 2


SCHEDULES = {schedule.__name__: schedule for schedule in (constant, linear, cosine)}
