"""How long an epoch takes: the package beside a plain loop, PyTorch and scikit-learn.

All take turns in one process, an epoch of 60 000 images each, and every round another one begins.
A machine that is busy for a while slows all of them, so the ratios, taken within each round, say
more than the seconds. Every number is the median over the rounds, with the quartiles in brackets;
an epoch each before the first round only warms up.

*Share of the floor*: the seconds of the two large matrix products of every step, measured in the
same rounds at the same shapes, divided by the seconds of the package. It would be 1 if nothing
but these products took time.
"""

import contextlib
import gc
import time

import numpy as np
import threadpoolctl

from mlp_helpers import load_mnist

from . import contenders
from .report import against, cell, installed, spread, table

IMAGES = 60_000
SIZES = [(50, 50), (128, 64), (512, 128)]        # hidden units, batch size
PAUSE = 0.02                                     # seconds in which the threads of the one before fall asleep
TITLES = {"package": "package", "loop": "15-line loop", "pytorch": "PyTorch", "scikit_learn": "scikit-learn", "floor": "floor"}
LIBRARIES = {"pytorch": "torch", "scikit_learn": "scikit-learn"}
BOUNDS = {                                       # on one thread: the least seconds of another / seconds of the package
    "pytorch": {50: 2.3, 128: 1.65, 512: 1.12},
    "loop": {50: 0.95, 128: 0.95, 512: 0.95},
    "floor": {128: 0.70},
}  # fmt: skip


def measure(rounds=15, n=IMAGES):
    """Time everybody at every size on 1 and 2 threads; give lists of seconds per epoch.

    With n below 60 000 an epoch has only n images, and its seconds are scaled up.
    """
    images, labels = load_mnist(validation=0).train[:n]
    present = [name for name in TITLES if name not in LIBRARIES or installed(LIBRARIES[name])]
    results = []
    for hidden, batch_size in SIZES:
        for threads in (1, 2):
            with _threads(threads):
                runners = {name: getattr(contenders, name)(images, labels, hidden, batch_size, threads) for name in present}
                seconds, losses = _take_turns(runners, rounds)
            seconds = {name: [round(each * IMAGES / n, 5) for each in times] for name, times in seconds.items()}
            setting = {"hidden": hidden, "batch_size": batch_size, "threads": threads}
            results.append({**setting, "seconds": seconds, "loss_of_the_last_epoch": losses})
    return results


def _take_turns(runners, rounds):
    order, seconds = list(runners), {name: [] for name in runners}
    losses = {name: next(runner) for name, runner in runners.items()}
    for _ in range(rounds):
        for name in order:
            gc.collect()
            time.sleep(PAUSE)
            start = time.perf_counter()
            losses[name] = next(runners[name])
            seconds[name].append(time.perf_counter() - start)
        order.append(order.pop(0))
    return seconds, losses


@contextlib.contextmanager
def _threads(threads):
    """Give NumPy, and with it scikit-learn, as many threads as PyTorch."""
    if installed("torch"):
        import torch

        torch.set_num_threads(threads)
    with threadpoolctl.threadpool_limits(threads, user_api="blas"):
        yield


def show(results):
    """Write the results as a table."""
    present = list(results[0]["seconds"])
    others = [name for name in present if name != "package"]
    rows = []
    for result in results:
        row = [f"784-{result['hidden']}-10, {result['batch_size']}", result["threads"]]
        row += [cell(result["seconds"][name]) for name in present]
        for name in others:
            ratios = np.divide(result["seconds"][name], result["seconds"]["package"]).tolist()
            bound = BOUNDS.get(name, {}).get(result["hidden"]) if result["threads"] == 1 else None
            form = "{:.3f}" if name == "floor" else "{:.2f}"
            row.append(cell(ratios, form) + (f", {against(spread(ratios)[1], bound, '{:.2f}')}" if bound else ""))
        rows.append(row)
    header = ["network, batch", "threads", *(TITLES[name] for name in present)]
    header += ["share of the floor" if name == "floor" else f"{TITLES[name]} / package" for name in others]
    rounds = len(results[0]["seconds"]["package"])
    text = f"Seconds per epoch of 60 000 images: median (quartiles) of {rounds} interleaved rounds."
    missing = [TITLES[name] for name in TITLES if name not in present]
    if missing:
        text += f" Left out, because not installed: {' and '.join(missing)} (pip install -e .[compare])."
    return f"{text}\n\n{table(header, rows)}"
