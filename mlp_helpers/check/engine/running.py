"""Run a learner's function so that whatever it does stays inside."""

import builtins
import contextlib
import copy
import dataclasses
import inspect
import io
import itertools
import linecache
import pathlib
import signal
import sys
import sysconfig
import threading
import time
import traceback
import warnings

import numpy as np

PRINTED = 2_000  # characters kept of what it prints
ITEMS = 1_000  # taken at most from what it yields
LIBRARIES = [str(pathlib.Path(__file__).parents[2]), *{sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")}]


class TookTooLong(BaseException):
    """Not an Exception, so that a learner's ``except Exception`` does not swallow it."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The outcome of a call: a value, or the error that ended it, and what was left behind."""

    arguments: tuple  # as they are after the call
    value: object = None
    error: BaseException | None = None
    where: str = ""  # the learner's own line that raised the error, and the one that led there from another cell
    printed: str = ""
    warned: tuple = ()  # what NumPy warned of, without repetitions
    changed: tuple = ()  # positions of the arrays that differ from what was given
    yielded: bool = False  # the value is a list of what was yielded
    endless: bool = False  # it could have yielded more than was taken


def run(function, arguments, seconds):
    """Call a function with copies of the arguments, for at most so many seconds, and never raise."""
    given = copy.deepcopy(arguments)
    printed, caught, value, error, yielded = _Bounded(), [], None, None, False
    try:
        with _kept_inside(printed, caught):
            value, error = _within(seconds, lambda: _finished(function(*given)))
        if error is None:
            value, yielded = value
    except Exception as trouble:  # what was left behind could not be put right
        error = trouble
    endless = yielded and len(value) > ITEMS
    return Outcome(
        arguments=given,
        value=value[:ITEMS] if endless else value,
        error=error,
        where=_own_line(error),
        printed=printed.text(),
        warned=tuple(dict.fromkeys(str(warning.message) for warning in caught)),
        changed=tuple(i for i, (now, then) in enumerate(zip(given, arguments, strict=True)) if _differs(now, then)),
        yielded=yielded,
        endless=endless,
    )


def _finished(value):
    """The value, and whether it is a list of what an iterator gave."""
    if inspect.isgenerator(value) or hasattr(type(value), "__next__"):
        return list(itertools.islice(value, ITEMS + 1)), True
    return value, False


def _differs(now, then):
    if isinstance(then, dict):
        return now.keys() != then.keys() or any(_differs(now[key], then[key]) for key in then)
    if not isinstance(then, np.ndarray):
        return False
    return now.shape != then.shape or now.dtype != then.dtype or not np.allclose(now, then, rtol=0, atol=1e-9, equal_nan=True)


def _within(seconds, call):
    """Return (result, None) of call(), or (None, error); the error is TookTooLong when time ran out."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    if seconds <= 0:
        return None, TookTooLong()
    if in_main_thread and hasattr(signal, "setitimer"):
        return _with_an_alarm(seconds, call)
    if in_main_thread and sys.platform != "emscripten":  # the browser edition has no threads
        return _with_an_interrupt(seconds, call)
    return _attempt(call)


def _attempt(call):
    try:
        return call(), None
    except BaseException as error:  # also SystemExit, KeyboardInterrupt and TookTooLong
        return None, error


def _with_an_alarm(seconds, call):
    def ring(number, frame):
        if frame.f_code.co_filename != __file__:  # in this file the call is already over
            raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.01)  # again and again: "except:" may swallow the first
    try:
        return call(), None
    except BaseException as error:
        return None, error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _with_an_interrupt(seconds, call):
    """Where there are no alarms: another thread acts as if somebody pressed Ctrl-C."""
    import _thread

    lock, over, rung = threading.Lock(), threading.Event(), threading.Event()

    def watch():
        over.wait(seconds)
        while not over.wait(0.05):
            with lock:
                if not over.is_set():
                    rung.set()
                    _thread.interrupt_main()

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # programs started in the background ignore Ctrl-C
    threading.Thread(target=watch, daemon=True).start()
    try:
        value, error = _attempt(call)
        with lock:
            over.set()
        time.sleep(0.01)  # a last interrupt may still be on its way
    except KeyboardInterrupt:
        over.set()
        value, error = None, KeyboardInterrupt()
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    return (None, TookTooLong()) if rung.is_set() else (value, error)


@contextlib.contextmanager
def _kept_inside(printed, caught):
    """Keep prints, warnings, pictures and questions to the user away from the notebook."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        caught_now = stack.enter_context(warnings.catch_warnings(record=True))
        warnings.simplefilter("always")
        stack.enter_context(np.errstate(all="warn", under="ignore"))
        stack.enter_context(_replaced(builtins, "input", _no_input))
        shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
        if shell:
            from IPython.core.displaypub import CapturingDisplayPublisher

            stack.enter_context(_replaced(shell, "display_pub", CapturingDisplayPublisher()))
        stack.enter_context(_no_new_figures())
        try:
            yield
        finally:
            caught.extend(warning for warning in caught_now[:1_000] if issubclass(warning.category, RuntimeWarning))


@contextlib.contextmanager
def _replaced(thing, name, value):
    before = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield
    finally:
        setattr(thing, name, before)


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


def _no_input(prompt=""):
    raise RuntimeError("a check cannot answer input()")


class _Bounded(io.TextIOBase):
    """A stream that keeps the first characters and counts the rest."""

    def __init__(self):
        self.kept, self.size = [], 0

    def writable(self):
        return True

    def write(self, text):
        if self.size < PRINTED:
            self.kept.append(text[: PRINTED - self.size])
        self.size += len(text)
        return len(text)

    def text(self):
        return "".join(self.kept) + (" …" if self.size > PRINTED else "")


def _own_line(error):
    """The last line of the learner's on the way to an error, as "line 3: `return E / n`".

    If it stands in another cell than the function that is checked: which function that is, and the line that led there.
    """
    own = [] if error is None else [frame for frame in traceback.extract_tb(error.__traceback__) if _is_theirs(frame)]
    if not own:
        return ""
    elsewhere = [frame for frame in own if frame.filename == own[0].filename][-1]
    if elsewhere.filename == own[-1].filename:
        return _quoted(own[-1])
    return f"`{own[-1].name}`, {_quoted(own[-1])} (called in {_quoted(elsewhere)})"


def _is_theirs(frame):
    library = any(frame.filename.startswith(folder) for folder in LIBRARIES) or frame.filename.endswith(".pyx")  # NumPy's own
    return not library and not frame.filename.startswith("<frozen")


def _quoted(frame):
    return f"line {frame.lineno}: `{(frame.line or linecache.getline(frame.filename, frame.lineno)).strip()}`"
