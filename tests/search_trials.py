"""Trials for the tests of the search: workers import them from here, so this module imports next to nothing."""

import os
import pathlib
import time


def square(x):
    return {"score": x**2}


def slow_square(x, seconds=0.2):
    time.sleep(seconds)
    return {"score": x**2}


def deadly_once(x, folder):
    """End the worker of trial 3 the first time, as the system does when the memory runs out."""
    mark = pathlib.Path(folder, "killed")
    if x == 3 and not mark.exists():
        mark.touch()
        os._exit(9)
    return {"score": x**2}


def deadly(x):
    """End the worker of trial 3 each time."""
    if x == 3:
        os._exit(9)
    return {"score": x**2}


def fussy(x):
    if x == 1:
        raise ValueError("not this one")
    if x == 2:
        return x
    if x == 3:
        return {"score": {1, 2}}
    if x == 4:
        raise SystemExit
    if x == 5:
        raise OddError(1, 2)
    return {"score": x**2}


class OddError(Exception):
    """An exception that cannot travel between processes."""

    def __init__(self, one, two):
        super().__init__("odd")
