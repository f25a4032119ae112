"""A limit of time for a learner's code, and the stop button.

What counts is the time for which the processor computed, since on a busy computer a right answer may take long by the clock on
the wall. That clock ends only what takes many times as long, such as a call that waits.

Python hears of a signal between two steps of its own. One single step that takes long, such as ``sum(range(10**10))`` or the
product of two huge matrices, cannot be interrupted: the clock ends it when that step is over.
"""

import itertools
import signal
import sys
import threading
import time

from ...core.browser import IN_BROWSER

PATIENCE = 10  # times the limit that may pass on the wall
SWALLOWED = 3  # rings that a learner's "except:" may swallow


# seconds for which the processor was busy with this thread; in the browser, which cannot tell, those that have passed
computed = time.monotonic if IN_BROWSER else time.thread_time


class TookTooLong(BaseException):
    """Not an Exception, so that a learner's ``except Exception`` does not swallow it.

    ``waited`` says that it was the clock on the wall that ended it.
    """

    waited = False


def within(seconds, call):
    """Return what call() returns and None, or None and what it raised: TookTooLong when it has computed for so many seconds.

    Raises
    ------
    KeyboardInterrupt
        When the stop button was pressed, also if the call has swallowed that.
    """
    in_main_thread = threading.current_thread() is threading.main_thread()
    if seconds <= 0:
        return None, TookTooLong()
    if IN_BROWSER:
        return _with_a_look_at_each_jump(seconds, call)
    if in_main_thread and hasattr(signal, "setitimer"):
        return _with_an_alarm(seconds, call)
    if in_main_thread:
        return _with_an_interrupt(seconds, call)
    return _attempt(call)


def _attempt(call):
    try:
        return call(), None
    except BaseException as error:  # also SystemExit, KeyboardInterrupt and TookTooLong
        return None, error


def _end(frame, before):
    """Raise TookTooLong where a learner's code is; after some rings before in vain, where its next line begins.

    Python 3.10 hears of signals inside the ``try`` only when a loop consists of nothing else. The line begins outside.
    """
    if frame.f_code.co_filename == __file__:  # the call is already over
        return
    if before < SWALLOWED:
        raise TookTooLong
    sys.settrace(lambda *_: None)
    while frame.f_code.co_filename != __file__:
        frame.f_trace = _at_the_next_line
        frame = frame.f_back


def _at_the_next_line(frame, event, argument):
    if event == "line":
        raise TookTooLong
    return _at_the_next_line


def _with_an_alarm(seconds, call):
    stopped, rings, tracing, began, busy = [], itertools.count(), sys.gettrace(), time.monotonic(), computed()

    def ring(number, frame):
        if number == signal.SIGINT:
            stopped.append(number)
            signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
        left = min(seconds - (computed() - busy), PATIENCE * seconds - (time.monotonic() - began))
        if left > 0 and not stopped:
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.01), 0.01)
        else:
            _end(frame, next(rings))

    handlers = {signal.SIGALRM: signal.signal(signal.SIGALRM, ring)}
    if callable(signal.getsignal(signal.SIGINT)):  # programs started in the background ignore Ctrl-C
        handlers[signal.SIGINT] = signal.signal(signal.SIGINT, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, 0.01)  # again and again: "except:" may swallow the first
    try:
        result = _attempt(call)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.settrace(tracing)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if left:  # somebody else's alarm
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), 1e-3), interval)
    if stopped:
        raise KeyboardInterrupt
    return _noted(result, computed() - busy < seconds)


def _with_an_interrupt(seconds, call):
    """Where there are no alarms: another thread acts as if somebody pressed Ctrl-C."""
    import _thread

    lock, over, rung, stopped = threading.Lock(), threading.Event(), threading.Event(), threading.Event()
    rings, tracing, began, busy = itertools.count(), sys.gettrace(), time.monotonic(), time.process_time()

    def ring(number, frame):
        if not rung.is_set():
            stopped.set()
        _end(frame, next(rings))

    def is_up():
        passed = time.monotonic() - began  # all threads together may have computed for longer
        return min(passed, time.process_time() - busy) > seconds or passed > PATIENCE * seconds

    def watch():
        while not over.wait(min(0.05, seconds)):
            with lock:
                if not over.is_set() and (stopped.is_set() or is_up()):
                    if not stopped.is_set():
                        rung.set()
                    _thread.interrupt_main()

    before = signal.signal(signal.SIGINT, ring)
    threading.Thread(target=watch, daemon=True).start()
    try:
        result = _attempt(call)
    finally:
        with lock:
            over.set()
        sys.settrace(tracing)
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)  # an interrupt on its way arrives here, and rings in vain
    if stopped.is_set():
        raise KeyboardInterrupt
    return _noted(result, time.process_time() - busy < seconds)


def _with_a_look_at_each_jump(seconds, call):
    """Where there are neither alarms nor threads: look at the clock wherever code jumps back, as loops do, or a call begins.

    ``sys.settrace`` would look away after the first ring, which an ``except:`` may swallow.
    """
    monitoring, end = sys.monitoring, time.monotonic() + seconds

    def look(*_):
        if time.monotonic() > end:
            raise TookTooLong

    tool, events = monitoring.DEBUGGER_ID, monitoring.events.JUMP | monitoring.events.PY_START
    monitoring.use_tool_id(tool, "time limit")
    for event in (monitoring.events.JUMP, monitoring.events.PY_START):
        monitoring.register_callback(tool, event, look)
    try:
        monitoring.set_events(tool, events)
        return _attempt(call)
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)


def _noted(result, waited):
    """Note of a call that took too long whether it hardly computed."""
    if type(result[1]) is TookTooLong:  # what was called may have replaced isinstance
        result[1].waited = waited
    return result
