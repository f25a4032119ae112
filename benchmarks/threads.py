"""What more BLAS threads bring on an idle machine, and what they cost on a busy one.

Several processes train at once, each the network 784-128-10 on its own batch of 64 images, in a plain loop, for some
seconds. What counts is how many steps all of them take together in a second. Their number and that of their threads
varies, and so the threads that want to run may be more than the cores. Every setting takes its turn in each round; the
best round of each is reported, since other work on the machine only ever slows it.

A process looks at the clock after every step, so that each ends after its seconds and one step more, however slow.
How many other programs wanted to compute when it began (the load, on Linux and macOS) is recorded with it.
"""

import os
import subprocess
import sys

from .report import load_average, table

CHILD = """
import sys, time
import numpy as np
import threadpoolctl
from benchmarks import contenders

seconds, threads = float(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(0)
images, labels = rng.integers(0, 256, (64, 784), dtype=np.uint8), rng.integers(0, 10, 64)
with threadpoolctl.threadpool_limits(threads, user_api="blas"):
    steps = contenders.loop(images, labels, 128, 64)  # an epoch of one batch is one step
    next(steps)
    print("ready", flush=True)
    sys.stdin.readline()
    n, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        next(steps)
        n += 1
    print(n / (time.perf_counter() - start))
"""
WAIT = 120  # seconds until a process is given up


def measure(rounds=5, seconds=2.0):
    """Return for each number of processes and of threads the steps a second of all processes together, a list over the rounds."""
    cores, load = os.cpu_count() or 1, load_average()
    settings = [(processes, threads) for processes in (1, cores, 2 * cores) for threads in (1, cores)]
    found = {setting: [] for setting in dict.fromkeys(settings)}
    for _ in range(rounds):
        for setting, steps in found.items():
            steps.append(round(sum(_trained(*setting, seconds)), 2))
    rows = [
        {"processes": processes, "threads": threads, "steps_a_second": steps} for (processes, threads), steps in found.items()
    ]
    return {"load": load, "settings": rows}


def _trained(processes, threads, seconds):
    """Return the steps a second of each of several processes that train at the same time."""
    command = [sys.executable, "-c", CHILD, str(seconds), str(threads)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    children = [subprocess.Popen(command, **pipes) for _ in range(processes)]
    try:
        for child in children:
            child.stdout.readline()
        for child in children:
            child.stdin.write("go\n")
            child.stdin.flush()
        return [float(child.communicate(timeout=WAIT)[0]) for child in children]
    finally:
        for child in children:
            child.kill()
            child.wait()


def best(results):
    """Return the steps a second of the best round, by the number of processes and that of the threads of each."""
    return {(each["processes"], each["threads"]): max(each["steps_a_second"]) for each in results["settings"]}


def slower(results):
    """Return by number of processes how many times as many steps are taken with one thread each as with one for every core."""
    steps = best(results)
    cores = max(threads for _, threads in steps)
    return {processes: steps[processes, 1] / steps[processes, cores] for processes, threads in steps if threads == 1}


def show(results):
    """Write the results as a table."""
    rows = [
        [processes, threads, processes * threads, f"{steps:,.0f}" if steps > 99 else f"{steps:.1f}"]
        for (processes, threads), steps in best(results).items()
    ]
    rounds = len(results["settings"][0]["steps_a_second"])
    load = "" if results["load"] is None else f" Other programs that wanted to compute when it began: {results['load']}."
    ratios = ", ".join(f"{ratio:.2g} with {processes} at once" for processes, ratio in slower(results).items())
    return "\n\n".join(
        [
            f"Steps a second of all processes together, the best of {rounds} rounds.{load}",
            table(["processes", "threads of each", "threads in all", "steps a second"], rows),
            f"One thread each, as many times as fast as one for every core: {ratios}.",
        ]
    )
