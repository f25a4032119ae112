"""What stands around a learner's code in a check: kept away from it, put back behind it, relied on in spite of it."""

import builtins
import contextlib
import functools
import inspect
import io
import logging
import math
import os
import random
import signal
import sys
import threading
import warnings

import numpy as np
from numpy.random import get_state, set_state

try:
    import resource
except ImportError:  # Windows, the browser
    resource = None

MODULES = [builtins, math, random, np, np.linalg, np.random]
AT_IMPORT = [dict(vars(module)) for module in MODULES]
RECURSION = sys.getrecursionlimit()
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGALRM") if hasattr(signal, name)]
PRINTED = 2_000  # characters kept of what it prints
WARNED = 100  # different warnings kept
MEMORY = 2 * 2**30  # bytes that it may take, where the system (Linux) can see to that
WARNS = {"all": "warn", "under": "ignore"}  # of NumPy's floating-point errors
ABSENT = object()


@contextlib.contextmanager
def as_it_should_be():
    """Compute with NumPy's and Python's own functions, whatever has been put in their place, and without warnings."""
    with contextlib.ExitStack() as stack:
        for module, names in zip(MODULES, AT_IMPORT, strict=True):
            space = vars(module)
            changed = {name: space.get(name, ABSENT) for name in names if space.get(name, ABSENT) is not names[name]}
            stack.callback(_put, space, changed)
            _put(space, {name: names[name] for name in changed})
        stack.callback(sys.setrecursionlimit, sys.getrecursionlimit())
        sys.setrecursionlimit(max(RECURSION, sys.getrecursionlimit()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(np.errstate(all="ignore"))
        yield


@contextlib.contextmanager
def left_as_found():
    """Put back, behind a learner's code, what it may have changed for everybody in this kernel."""
    with contextlib.ExitStack() as stack:
        for read, write in STATES:
            with contextlib.suppress(OSError, ValueError):  # a working directory that is gone, signals in another thread
                stack.callback(_quietly, write, read())
        stack.enter_context(np.errstate())
        stack.enter_context(np.printoptions())
        yield


@contextlib.contextmanager
def kept_inside(printed, warned, memory):
    """Keep prints, warnings, pictures, questions to the user and the way out of the kernel away from a learner's code.

    What it prints is kept in ``printed``, and the different things that NumPy warns of in the dict ``warned``.
    """

    def keep(message, category, *where, **more):
        if issubclass(category, RuntimeWarning) and len(warned) < WARNED:
            warned[str(message)] = True

    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        stack.enter_context(_replaced(sys, "stdin", io.StringIO()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("always")
        warnings.showwarning = keep
        np.seterr(**WARNS)
        stack.enter_context(_replaced(builtins, "input", _no_input))
        for name in ("_exit", "abort"):
            stack.enter_context(_replaced(os, name, _leave))
        shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
        if shell:
            stack.enter_context(_replaced(shell, "ask_exit", _leave))  # what exit and quit call in a notebook
            stack.enter_context(_replaced(shell, "exit_now", shell.exit_now))
            stack.enter_context(_replaced(shell, "display_pub", _silent_publisher()))
        stack.enter_context(_no_new_figures())
        stack.enter_context(_bounded_memory(memory))
        yield


class Bounded(io.TextIOBase):
    """A stream that keeps the first characters and counts on."""

    def __init__(self):
        self.clear()

    def clear(self):
        self.kept, self.size = [], 0

    def writable(self):
        return True

    def write(self, text):
        if text and self.size < PRINTED:
            self.kept.append(text[: PRINTED - self.size])
        self.size += len(text)
        return len(text)

    def text(self):
        return "".join(self.kept) + (" …" if self.size > PRINTED else "")


def _put(space, names):
    for name, value in names.items():
        if value is ABSENT:
            space.pop(name, None)
        else:
            space[name] = value


def _quietly(write, before):
    with contextlib.suppress(Exception):  # one thing that cannot be put back should not keep the others from it
        write(before)


def _names():
    return [dict(vars(module)) for module in MODULES]


def _put_names(before):
    for module, names in zip(MODULES, before, strict=True):
        space = vars(module)
        new = [name for name, value in space.items() if name not in names and not inspect.ismodule(value)]
        _put(space, dict.fromkeys(new, ABSENT))
        _put(space, {name: value for name, value in names.items() if space.get(name, ABSENT) is not value})


def _path():
    return sys.path, sys.path[:]


def _put_path(before):
    sys.path, sys.path[:] = before


def _handlers():
    if threading.current_thread() is not threading.main_thread():
        raise ValueError("signals belong to the main thread")
    return {number: signal.getsignal(number) for number in SIGNALS}


def _put_handlers(before):
    for number, handler in before.items():
        if handler is not None and signal.getsignal(number) is not handler:
            signal.signal(number, handler)


def _environment():
    return os.environ, dict(os.environ)


def _put_environment(before):
    os.environ, values = before
    for name in os.environ.keys() - values.keys():
        del os.environ[name]
    for name, value in values.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def _logging():
    return logging.root.level, logging.root.handlers[:]


def _put_logging(before):
    logging.root.level, logging.root.handlers[:] = before


STATES = [
    (_names, _put_names), (_path, _put_path), (os.getcwd, os.chdir), (_environment, _put_environment),
    (sys.getrecursionlimit, sys.setrecursionlimit), (_handlers, _put_handlers), (_logging, _put_logging),
    (random.getstate, random.setstate), (get_state, set_state),
]  # fmt: skip


@contextlib.contextmanager
def _replaced(thing, name, value):
    before = getattr(thing, name, ABSENT)
    setattr(thing, name, value)
    try:
        yield
    finally:
        if before is ABSENT:
            delattr(thing, name)
        else:
            setattr(thing, name, before)


@functools.cache
def _silent_publisher():
    from IPython.core.displaypub import DisplayPublisher

    class Silent(DisplayPublisher):
        def publish(self, *given, **named):
            """Show nothing."""

    return Silent()


@contextlib.contextmanager
def _no_new_figures():
    def open_figures():
        pyplot = sys.modules.get("matplotlib.pyplot")
        return set(pyplot.get_fignums()) if pyplot else set()

    before = open_figures()
    try:
        yield
    finally:
        for number in open_figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


@contextlib.contextmanager
def _bounded_memory(memory):
    if resource is None or sys.platform != "linux":
        yield
        return
    before = soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as file:
        most = int(file.read().split()[0]) * resource.getpagesize() + memory
    limits = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([most, *limits]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _no_input(prompt=""):
    raise RuntimeError("a check cannot answer input()")


def _leave(*given, **named):
    raise SystemExit
