"""Workers of one's own: processes on this machine, each of which can die without the others."""

import contextlib
import multiprocessing
import pickle
import queue
import signal
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor

from .browser import IN_BROWSER
from .contracts import checked

READY = b"ready"


class WorkerLost(BrokenExecutor):
    """The process that ran a call has died: killed, out of memory, crashed. The executor goes on with a new one."""


class Processes(Executor):
    """An executor of ``concurrent.futures``: so many worker processes, each replaced when it dies.

    Python's ``ProcessPoolExecutor`` gives up all its calls when one worker dies. Here the one call that this worker was
    running raises ``WorkerLost``. The workers start from a fresh interpreter on every system: they import the module in
    which a function stands, so functions of a notebook do not reach them. In a browser there are no processes: there each
    call is answered at once, before the next one is handed in.

    Parameters
    ----------
    workers : int
        One for each core is usual.

    Examples
    --------
    >>> with Processes(2) as executor:
    ...     executor.submit(pow, 2, 10).result()
    1024
    """

    @checked(workers="size")
    def __init__(self, workers):
        self.workers = workers
        self._threads = ThreadPoolExecutor(workers)              # each waits for one worker
        self._idle, self._all, self._killed = queue.SimpleQueue(), [], False

    def submit(self, function, /, *arguments, **named):
        """Have a worker call the function, and return the ``Future``."""
        if IN_BROWSER:
            return _answered(function, arguments, named)
        return self._threads.submit(self._call, pickle.dumps((function, arguments, named)))

    def _call(self, call):
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker()
            self._all.append(worker)
        try:
            if self._killed:
                worker.process.kill()
            right, answer = worker.ask(call)
        except (WorkerLost, RuntimeError):
            self._all.remove(worker)
            raise
        self._idle.put(worker)
        if right:
            return answer
        raise answer

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls; ``wait`` for those that were handed in, and end the workers."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for worker in self._all:
                worker.end()

    def __exit__(self, error, *_):
        if error:                                                # such as Ctrl-C: nobody waits for what still runs
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._killed = True                                  # what is being started at this moment, too
            for worker in list(self._all):
                worker.process.kill()
        self.shutdown()


def _answered(function, arguments, named):
    """Call the function here and now, and return a ``Future`` that is done."""
    future = Future()
    try:
        future.set_result(function(*arguments, **named))
    except Exception as error:
        future.set_exception(error)
    return future


class _Worker:
    """A process, and the line to it."""

    def __init__(self):
        context = multiprocessing.get_context("spawn")           # a fork would copy locks that other threads hold
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        self.ready = False
        theirs.close()

    def ask(self, call):
        """Return whether the call went well, and what it returned or raised."""
        try:
            if not self.ready:
                self.ready = self.line.recv_bytes() == READY
            self.line.send_bytes(call)
            return pickle.loads(self.line.recv_bytes())
        except (EOFError, OSError):
            self.process.join()
            if not self.ready and self.process.exitcode > 0:     # an error; what was killed has a number below 0
                raise RuntimeError(
                    "a worker process could not start; what it says stands in the terminal. "
                    'In a program, begin what uses workers with: if __name__ == "__main__":'
                ) from None
            raise WorkerLost(f"the worker process has died (exit code {self.process.exitcode})") from None

    def end(self):
        """Hang up, and wait until the process has ended."""
        self.line.close()
        self.process.join()


def _serve(line):
    """Answer calls until the other side hangs up, or has died itself."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)             # Ctrl-C is for the process that waits for the answers
    with contextlib.suppress(EOFError, OSError):
        line.send_bytes(READY)
        while True:
            line.send_bytes(_answer(line.recv_bytes()))


def _answer(call):
    try:
        function, arguments, named = pickle.loads(call)
        return pickle.dumps((True, function(*arguments, **named)))
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:                                        # it cannot travel
            error = RuntimeError(f"{type(error).__name__}: {error}")
        return pickle.dumps((False, error))
