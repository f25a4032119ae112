"""Training in a lab: a generator that runs a little at a time on the kernel's own loop, so that buttons answer meanwhile."""

import asyncio
import contextlib
import html
import math
import signal
import threading
import time

import ipywidgets as widgets

from ..core.browser import IN_BROWSER
from ..core.history import TrainingDiverged
from ..core.training import limit_threads
from .lab import button

FRAME = 0.1  # seconds from one picture to the next: more would make the server cut the stream
TURN = 0.02  # seconds of work after which control returns to the event loop
# seconds for other tasks on the loop; a click takes several of them to arrive, and in a browser none arrives in less than 3 ms
BREATH = 0.01 if IN_BROWSER else 0.001
UNSEEN = 50  # pictures left unanswered by the page, after which training stops
TELL = {
    "ready": "Ready.",
    "running": "Training.",
    "stopped": "Stopped. Start goes on from here, Reset begins afresh.",
    "finished": "Finished. Reset begins afresh.",
}
RUNNING = set()  # labs that an interrupt of the kernel stops
SHOWN = {}  # from a cell to the run that showed labs in it, and these labs


class Live:
    """Start, stop, go on and reset a training inside a lab.

    Everything happens on the loop of the cell that showed the lab, as an asyncio task: no threads. Buttons may be
    pressed on any thread.

    Parameters
    ----------
    chart : Chart
    begin : callable
        Returns a new generator of states. It is called when the lab is made and after each reset, reads the sliders, and
        yields its first state before any work. From then on it should yield at least every 50 ms; what may move
        during the training, such as the learning rate, it reads again after each yield.
    describe : callable
        From a state to the description of the chart. Called at most ten times a second, and for the last state.
    pace : callable, optional
        Returns how many states to compute between two pictures, to slow down training runs that are too quick to watch.

    Attributes
    ----------
    buttons : dict
        Of widgets: "start", "step" (to the next state), "stop", "reset". Show those that are wanted.
    notice : widget
        Says how things stand, also what went wrong.
    status : str
        "ready", "running", "stopped", "finished", "diverged" or "failed".
    state : object
        What the generator yielded last.
    task : asyncio.Task or None
        The last training: ``await live.task`` waits for its end, and raises what it raised.

    Examples
    --------
    >>> from mlp_helpers.labs.chart import Chart
    >>> def count():
    ...     yield from range(4)
    >>> async def lesson():
    ...     live = Live(Chart(), count, lambda state: {"words": f"at {state}"})
    ...     live.shown()
    ...     live.start()
    ...     await live.task
    ...     return live.status, live.chart.spec["words"]
    >>> asyncio.run(lesson())
    ('finished', 'at 3')
    """

    def __init__(self, chart, begin, describe, pace=lambda: math.inf):
        self.chart, self.begin, self.describe, self.pace = chart, begin, describe, pace
        self.loop = self.task = self.work = None
        self.left = 0  # states still wanted: none, one, or as many as there are
        self.buttons = {}
        for label, act in {"Start": self.start, "One step": self.step, "Stop": self.stop, "Reset": self.reset}.items():
            self.buttons[act.__name__] = button(label, act)
        self.notice = widgets.HTML()
        self.notice.add_class("mlp-notice")
        self._reset()

    def shown(self):
        """Remember the loop of this cell. An older lab of the same cell stops: its buttons have gone."""
        try:
            self.loop = asyncio.get_running_loop()
        except RuntimeError:
            self.loop = None  # outside a notebook the lab is a still picture
        cell, run = _cell()
        if cell is not None:
            if SHOWN.get(cell, (None,))[0] != run:
                for old in SHOWN.pop(cell, (None, []))[1]:
                    old.stop()
            SHOWN.setdefault(cell, (run, []))[1].append(self)

    def start(self):
        """Train on, until the end or until ``stop``."""
        self._on_the_loop(lambda: self._go(math.inf))

    def step(self):
        """Train to the next state."""
        self._on_the_loop(lambda: self._go(1))

    def stop(self):
        """Stop after the state that is being computed."""
        self._on_the_loop(self._stop)

    def reset(self):
        """Stop, forget the training, and read the sliders anew."""
        self._on_the_loop(self._reset)

    def renew(self):
        """Reset, and train on if it was training: for settings that may be moved meanwhile."""
        self._on_the_loop(self._renew)

    def redraw(self):
        """Draw the last state again, for what changes the picture but not the training."""
        self._on_the_loop(self._draw)

    def _on_the_loop(self, act):
        """Act at once on the loop's own thread; from another thread, schedule the call on the loop."""
        try:
            here = asyncio.get_running_loop()
        except RuntimeError:
            here = None
        if self.loop in (None, here):
            act()
        else:
            self.loop.call_soon_threadsafe(act)

    def _go(self, states):
        if self.loop is None:
            self._tell(self.status, "Show the lab in a notebook first: training needs the notebook's loop.")
        elif self.status in ("ready", "stopped", "running"):
            self.left = states
            if self.status != "running":
                self._tell("running")
                self.task = self.loop.create_task(self._run(self.work))

    def _stop(self):
        self.left = 0

    def _reset(self):
        if self.work:
            self.work.close()
        self.left = 0
        self.work = self.begin()
        self.state = next(self.work)
        self._tell("ready")
        self._draw()

    def _renew(self):
        wanted = self.left if self.status == "running" else 0
        self._reset()
        if wanted:
            self._go(wanted)

    async def _run(self, work):
        """Run until enough states have come, or until a reset has put another generator in place of ``work``."""
        try:
            with _interruptible(self):
                ending = await self._through(work)
            if self.work is work:
                self._tell(*ending)
                self._draw()
        except asyncio.CancelledError:
            self._tell("stopped")
            raise
        except Exception as error:
            self._tell("failed", f"{type(error).__name__}: {error}")
            raise

    async def _through(self, work):
        seen, count = self.chart.frames, 0
        turn = due = time.perf_counter()
        due += FRAME
        while self.left > 0:
            try:
                with limit_threads(1):
                    self.state = next(work)
            except StopIteration:
                return ("finished",)
            except TrainingDiverged as diverged:
                return "diverged", exploded(diverged)
            self.left -= 1
            count += 1
            now, pause = time.perf_counter(), 0
            if self.left > 0 and (count >= self.pace() or now >= due):
                pause = FRAME if count >= self.pace() else 0
                self._draw()
                due, count = time.perf_counter() + pause + FRAME, 0
            if pause or now >= turn:
                await asyncio.sleep(pause or BREATH)
                if self.work is not work:
                    return ("stopped",)
                turn = time.perf_counter() + TURN
            seen = max(seen, self.chart.seen)
            if self.chart.seen and self.chart.frames - seen > UNSEEN:
                return "stopped", "Stopped, because no page was showing it. Start goes on from here."
        return ("stopped",)

    def _draw(self):
        self.chart.draw({**self.describe(self.state), "live": self.status == "running"})

    def _tell(self, status, words=None):
        self.status = status
        role = "alert" if status in ("diverged", "failed") else "status"
        self.notice.value = f'<b role="{role}" class="mlp-{status}">{html.escape(words or TELL[status])}</b>'


def exploded(diverged):
    """What happened, and what can be done about it in a lab: its inputs and first weights are right."""
    return (
        f"The training diverged: at step {diverged.step}, with a learning rate of {diverged.learning_rate:.2g}, the loss is "
        f"{diverged.loss:.4g}. Press Reset, and choose a smaller learning rate, for example {diverged.learning_rate / 10:.2g}."
    )


def _cell():
    """The notebook's cell that is running, and which run of it this is; None where the page does not say."""
    from IPython import get_ipython

    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")


@contextlib.contextmanager
def _interruptible(live):
    """Let the kernel's stop button stop the lab too: between two cells a kernel ignores that button."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    if not RUNNING:
        _interrupted.before = signal.signal(signal.SIGINT, _interrupted)
    RUNNING.add(live)
    try:
        yield
    finally:
        RUNNING.discard(live)
        if not RUNNING and signal.getsignal(signal.SIGINT) is _interrupted:
            signal.signal(signal.SIGINT, _interrupted.before)


def _interrupted(number, frame):
    for live in RUNNING:
        live.stop()
