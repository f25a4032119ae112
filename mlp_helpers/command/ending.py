"""How a command ends before its time: by a signal, or because nobody reads its output any more."""

import contextlib
import os
import signal
import threading

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]


class Stop:
    """Turn the first signal that asks the process to stop into one KeyboardInterrupt, and disregard all later ones.

    Signals that were ignored before, as SIGHUP is under ``nohup``, stay so.
    """

    def __init__(self):
        self.signal, self._held_back, self._pending = None, False, False

    def __enter__(self):
        self._before = {}
        if threading.current_thread() is threading.main_thread():  # no other may set a handler
            for number in SIGNALS:
                if signal.getsignal(number) != signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._received)
        return self

    def __exit__(self, *error):
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_IGN if self.signal else handler)

    def _received(self, number, frame):
        if self.signal is None:
            self.signal, self._pending = number, self._held_back
            if not self._held_back:
                raise KeyboardInterrupt

    def hold(self):
        """Hold the interrupt back from now on."""
        self._held_back = True

    def release(self):
        """Let interrupts through again, and the one that was held back."""
        self._held_back = False
        if self._pending:
            self._pending = False
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def later(self):
        """Hold the interrupt back until the end of the block, for what must be done as a whole."""
        self.hold()
        try:
            yield
        finally:
            self.release()

    @property
    def status(self):
        """The exit status by which shells know that a signal ended a process: 130 for Ctrl-C."""
        return 128 + (self.signal or signal.SIGINT)


class Output:
    """A stream that is written to for as long as it takes anything: a training outlives its terminal, pipe or log file."""

    def __init__(self, stream):
        self.stream = stream
        self.trouble = None if stream else "it is closed"  # why nothing more is written

    def write(self, text):
        """Write at once; what the stream's encoding does not have is written as an escape."""
        if not self.trouble:
            try:
                encoding = getattr(self.stream, "encoding", None) or "utf-8"
                self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
                self.stream.flush()
            except (OSError, ValueError) as error:
                self.trouble = getattr(error, "strerror", None) or str(error)
                self._discard()
        return len(text)

    def _discard(self):
        """Let what the stream still holds go nowhere: Python would try to write it at exit, and fail again."""
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)

    def flush(self):
        """Do nothing: ``write`` has done it."""

    def isatty(self):
        """Say whether somebody at a terminal reads along."""
        return not self.trouble and self.stream.isatty()

    def __getattr__(self, name):
        return getattr(self.stream, name)
