"""How long an epoch takes: the package beside plain and tuned NumPy, PyTorch, JAX and scikit-learn.

All take turns in one process, an epoch of 60 000 images each, and every round another one begins.
A machine that is busy for a while slows all of them, so the ratios, taken within each round, say
more than the seconds. Every number is the median over the rounds; an epoch each before the first
round only warms up (JAX compiles in it). Each number of threads has a process of its own, since
JAX reads it only once.

*Share of the floor*: the seconds of the two large matrix products of every step, measured in the
same rounds at the same shapes, divided by the seconds of the package. It would be 1 if nothing
but these products took time.

Only the same work is compared: the losses of the first epoch must all lie close to the package's,
and on one thread nobody may use more CPU seconds than seconds have passed.
"""

import gc
import multiprocessing
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import threadpoolctl

from mlp_helpers import load_mnist

from . import contenders
from .report import against, cell, installed, spread, table

IMAGES = 60_000
SIZES = [(50, 50), (128, 64), (512, 128)]  # hidden units, batch size
PAUSE = 0.02  # seconds in which the threads of the one before fall asleep
TITLES = {
    "package": "package",
    "loop": "15-line loop",
    "tuned": "tuned loop",
    "pytorch": "PyTorch",
    "jax": "JAX",
    "scikit_learn": "scikit-learn",
    "floor": "floor",
}
LIBRARIES = {"pytorch": "torch", "jax": "jax", "scikit_learn": "scikit-learn"}
BOUNDS = {                                       # on one thread: the least seconds of another / seconds of the package
    "pytorch": {50: 2.1, 128: 1.7, 512: 1.2},
    "loop": {50: 0.95, 128: 0.95, 512: 0.95},
    "floor": {128: 0.62},
}  # fmt: skip
LOSSES_DIFFER = 0.1  # at most by this share: the random orders are not the same
ONE_THREAD = 1.05  # CPU seconds / seconds, with the clocks' inaccuracy


def measure(rounds=15, n=IMAGES):
    """Time everybody at every size on 1 and 2 threads; return lists of seconds per epoch.

    With n below 60 000 an epoch has only n images, and its seconds are scaled up.

    Raises
    ------
    RuntimeError
        When somebody does not learn what the package learns, or uses more than the one thread allowed.
    """
    results = []
    for threads in (1, 2):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
            results += fresh.submit(_measure_on, threads, rounds, n).result()
    return results


def _measure_on(threads, rounds, n):
    """Measure all sizes, in a process in which JAX has not been imported yet."""
    images, labels = load_mnist(validation=0).train[:n]
    present = [name for name in TITLES if name not in LIBRARIES or installed(LIBRARIES[name])]
    os.environ["PJRT_NPROC"] = str(threads)  # JAX's
    if "pytorch" in present:
        import torch

        torch.set_num_threads(threads)
    results = []
    with threadpoolctl.threadpool_limits(threads, user_api="blas"):  # NumPy's and scikit-learn's
        for hidden, batch_size in SIZES:
            runners = {name: getattr(contenders, name)(images, labels, hidden, batch_size) for name in present}
            require_the_same_learning({name: next(runner) for name, runner in runners.items()})
            seconds, cpu_seconds, losses = _take_turns(runners, rounds)
            if threads == 1:
                require_one_thread(seconds, cpu_seconds)
            scaled = {name: [round(each * IMAGES / n, 5) for each in times] for name, times in seconds.items()}
            setting = {"hidden": hidden, "batch_size": batch_size, "threads": threads}
            results.append({**setting, "seconds": scaled, "loss_of_the_last_epoch": losses})
    return results


def _take_turns(runners, rounds):
    order, losses = list(runners), {}
    seconds, cpu_seconds = {name: [] for name in runners}, {name: [] for name in runners}
    for _ in range(rounds):
        for name in order:
            gc.collect()
            time.sleep(PAUSE)
            start, cpu_start = time.perf_counter(), time.process_time()
            losses[name] = next(runners[name])
            seconds[name].append(time.perf_counter() - start)
            cpu_seconds[name].append(time.process_time() - cpu_start)
        order.append(order.pop(0))
    return seconds, cpu_seconds, losses


def require_the_same_learning(losses):
    """Raise a RuntimeError unless the loss of everybody (the floor has none) is close to the package's."""
    for name, loss in losses.items():
        if loss is not None and not abs(loss - losses["package"]) <= LOSSES_DIFFER * losses["package"]:
            raise RuntimeError(
                f"{TITLES[name]} has the loss {loss:.4f} and the package {losses['package']:.4f}: more than {LOSSES_DIFFER:.0%} "
                "apart, so they do not learn the same. Compare their steps in benchmarks/contenders.py."
            )


def require_one_thread(seconds, cpu_seconds):
    """Raise a RuntimeError when somebody's CPU seconds exceed the seconds, as on several threads."""
    for name in seconds:
        cores = statistics.median(np.divide(cpu_seconds[name], seconds[name]))
        if cores > ONE_THREAD:
            raise RuntimeError(
                f"{TITLES[name]} was to use one thread, but took {cores:.2f} CPU seconds a second. "
                "Look in benchmarks/speed.py how its threads are limited."
            )


def on_one_thread(results):
    """Return the seconds of each / seconds of the package on one thread: medians, a list over the sizes by name."""
    alone = [result for result in results if result["threads"] == 1]
    return {name: [spread(_ratios(result, name))[1] for result in alone] for name in alone[0]["seconds"]}


def _ratios(result, name):
    return np.divide(result["seconds"][name], result["seconds"]["package"]).tolist()


def show(results):
    """Write the results as three tables: seconds, ratios, bounds."""
    present = list(results[0]["seconds"])
    others = [name for name in present if name != "package"]
    seconds, ratios, bounds = [], [], []
    for result in results:
        network = f"784-{result['hidden']}-10, {result['batch_size']}"
        seconds.append([network, result["threads"], *(f"{spread(result['seconds'][name])[1]:.2f}" for name in present)])
        ratios.append([network, result["threads"], *(cell(_ratios(result, name)) for name in others)])
        for name in others:
            bound = BOUNDS.get(name, {}).get(result["hidden"])
            if bound and result["threads"] == 1:
                median = spread(_ratios(result, name))[1]
                bounds.append([f"{TITLES[name]} / package", network, f"{median:.2f}", against(median, bound)])
    rounds = len(results[0]["seconds"]["package"])
    text = f"Seconds per epoch of 60 000 images: median of {rounds} interleaved rounds."
    missing = [TITLES[name] for name in LIBRARIES if name not in present]
    if missing:
        text += f' Left out, because not installed: {" and ".join(missing)} (`pip install -e ".[compare]"`).'
    first = ["network, batch", "threads"]
    return "\n\n".join(
        [
            text,
            table([*first, *(TITLES[name] for name in present)], seconds),
            "The same as ratios, taken within each round, seconds of each / seconds of the package: median (quartiles). "
            "Above 1, the package is quicker.",
            table([*first, *(f"{TITLES[name]} / package" for name in others)], ratios),
            "What must hold on one thread:",
            table(["ratio", "network, batch", "median", "bound"], bounds),
        ]
    )
