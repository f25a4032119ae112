"""How a search grows with its workers, and what each trial costs the process that hands it out.

Trainings show how much faster more workers are; trials that only wait show the overhead, since they need no processor. Both
on the package's own processes and, where it is installed, on a Dask cluster of this machine, whose scheduler runs in the process
that measures. What that process spends on a trial counts its processor time, which other work on the machine changes little.
"""

import contextlib
import statistics
import time

from mlp_helpers import Processes, search, train_trial

from .report import cell, installed, load_average, table

TITLES = {"processes": "processes", "dask": "Dask"}
WAIT = 0.01  # seconds of a trial that only waits


def pause(number, seconds):
    """Wait, as a trial that needs no processor."""
    time.sleep(seconds)
    return {"number": number}


def measure(workers=(1, 2, 4), trainings=16, pauses=1_000, rounds=3):
    """Return for each kind of executor and number of workers: seconds of the trainings and of short waits, and of the latter the
    processor's seconds in this process, which hands them out.

    Each is measured several times. All numbers of workers take turns, so that what else the machine does hits all of them. The
    load is the number of processes that ran or waited for a processor in the minute before.
    """
    kinds = ["processes", "dask"] if installed("distributed") else ["processes"]
    results = {"trainings": trainings, "pauses": pauses, "load": load_average(), "seconds": {}}
    trained = [training(seed) for seed in range(trainings)]
    waited = [{"number": i, "seconds": WAIT} for i in range(pauses)]
    for kind in kinds:
        with contextlib.ExitStack() as stack:
            executors = {count: stack.enter_context(executor_of(kind, count)) for count in workers}
            for count, executor in executors.items():
                timed(train_trial, [training(seed) for seed in range(2 * count)], executor)  # start, import, read the images
            measured = {count: {"trainings": [], "waiting": [], "handing_out": []} for count in workers}
            for _ in range(rounds):
                for count, executor in executors.items():
                    measured[count]["trainings"].append(timed(train_trial, trained, executor))
                for count, executor in executors.items():
                    start = time.process_time()
                    measured[count]["waiting"].append(timed(pause, waited, executor))
                    measured[count]["handing_out"].append(time.process_time() - start)
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
                    f"{1000 * handing_out(results, row):.2f}",
                ]
            )
    header = ["executor", "workers", f"{trainings} trainings, s", "times as fast as one worker", f"{pauses} trials of 10 ms, s"]
    header += ["overhead of a trial, ms of a worker", "handing out a trial, ms of the processor"]
    notes = []
    if results["load"] is not None:
        notes.append(f"In the minute before, {results['load']:g} other processes on average ran or waited for a core.")
    if "dask" not in results["seconds"]:
        notes.append("Dask was not installed (`pip install -e '.[cluster]'`).")
    return "\n\n".join([table(header, rows), *notes])


def handing_out(results, row):
    """Return the seconds of the processor that one trial takes in the process that hands it out."""
    return statistics.median(row["handing_out"]) / results["pauses"]
