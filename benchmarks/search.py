"""How a search grows with its workers, and what each trial costs the process that hands it out.

Trainings show how much faster more workers are; trials that only wait show the overhead, since they need no processor. Both
on the package's own processes and, where it is installed, on a Dask cluster of this machine.
"""

import contextlib
import importlib.util
import statistics
import time

from mlp_helpers import Processes, search, train_trial

from .report import cell, table

TITLES = {"processes": "processes", "dask": "Dask"}
WAIT = 0.01  # seconds of a trial that only waits


def pause(number, seconds):
    """Wait, as a trial that needs no processor."""
    time.sleep(seconds)
    return {"number": number}


def measure(workers=(1, 2, 4), trainings=24, pauses=1_000, rounds=3):
    """Return for each kind of executor and number of workers: seconds of the trainings, of short waits, of no waits.

    Each is measured several times. All numbers of workers take turns, so that what else the machine does hits all of them.
    """
    kinds = ["processes", "dask"] if importlib.util.find_spec("distributed") else ["processes"]
    results = {"trainings": trainings, "pauses": pauses, "seconds": {}}
    plans = {
        "trainings": (train_trial, [training(seed) for seed in range(trainings)]),
        "waiting": (pause, [{"number": i, "seconds": WAIT} for i in range(pauses)]),
        "nothing": (pause, [{"number": i, "seconds": 0.0} for i in range(pauses)]),
    }
    for kind in kinds:
        with contextlib.ExitStack() as stack:
            executors = {count: stack.enter_context(executor_of(kind, count)) for count in workers}
            for count, executor in executors.items():
                timed(train_trial, [training(seed) for seed in range(2 * count)], executor)  # start, import, read the images
            measured = {count: {name: [] for name in plans} for count in workers}
            for _ in range(rounds):
                for name, plan in plans.items():
                    for count, executor in executors.items():
                        measured[count][name].append(timed(*plan, executor))
        results["seconds"][kind] = [{"workers": count, **row} for count, row in measured.items()]
    return results


def training(seed):
    """Return the settings of a training of about a fifth of a second."""
    return {"images": 2_000, "hidden": 128, "epochs": 3, "seed": seed}


def timed(trial, settings, executor):
    """Return the seconds of a search in which every trial is done."""
    start = time.perf_counter()
    outcomes = [result["outcome"] for result in search(trial, settings, executor, progress=False)]
    if set(outcomes) != {"done"}:
        raise RuntimeError(f"not all trials were done: {outcomes}")
    return time.perf_counter() - start


@contextlib.contextmanager
def executor_of(kind, workers):
    """Start so many workers, each of one thread, and end them."""
    if kind == "processes":
        with Processes(workers) as executor:
            yield executor
    else:
        from distributed import Client, LocalCluster

        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster, Client(cluster) as client:
            yield client.get_executor()


def show(results):
    """Write the results as a table."""
    trainings, pauses, rows = results["trainings"], results["pauses"], []
    for kind, measured in results["seconds"].items():
        for row in measured:
            workers, waiting = row["workers"], statistics.median(row["waiting"])
            faster = [one / many for one, many in zip(measured[0]["trainings"], row["trainings"], strict=True)]
            rows.append(
                [
                    TITLES[kind],
                    workers,
                    cell(row["trainings"], "{:.1f}"),
                    f"{statistics.median(faster):.2f}",
                    cell(row["waiting"]),
                    f"{1000 * (waiting * workers / pauses - WAIT):.1f}",
                    f"{pauses / statistics.median(row['nothing']):.0f}",
                ]
            )
    header = ["executor", "workers", f"{trainings} trainings, s", "times as fast as one worker", f"{pauses} trials of 10 ms, s"]
    header += ["overhead of a trial, ms of a worker", "trials handed out in a second, when they do nothing"]
    left_out = "" if "dask" in results["seconds"] else "\n\nDask was not installed (`pip install -e '.[cluster]'`)."
    return table(header, rows) + left_out
