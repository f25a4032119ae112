"""Search: the same trial with many settings, on as many workers as there are, each result kept at once."""

import collections
import contextlib
import json
import pickle
import queue
import time
import uuid
from concurrent.futures import Executor

from .array_advice import kind_of
from .history import TrainingDiverged
from .processes import Processes, WorkerLost
from .results import append_result, plain, read_results
from .training import progress_bar

TRIES = 3                                        # how often a trial may cost its worker
TRIES_ON_DASK = 2                                # which repeats it several times itself before it says so
LISTEN = 0.5                                     # seconds until Ctrl-C is heard under Windows, at most
WORKERLESS = 300                                 # seconds that a cluster may be without any worker
ANSWER = 5                                       # seconds that its scheduler has to say whether there is one


def search(trial, settings, executor, file=None, progress=True):
    """Run a trial with each of many settings, and yield the results as they finish.

    A trial whose worker was killed is repeated, in the end alone; one that costs every worker its life is given up.
    A trial that raises an exception or diverges is a result too. When the caller stops asking, what has not begun is
    cancelled.

    Parameters
    ----------
    trial : callable
        From settings, as keywords, to a dict of what was measured. On other processes it must be a function of a
        module that they can import, see ``Processes``.
    settings : list of dict
        One for each trial: numbers, words, lists of them.
    executor : concurrent.futures.Executor
        ``Processes(2)``, or the ``Client(…).get_executor()`` of a Dask cluster.
    file : path, optional
        Each result is appended to it at once, as a line of JSON. Trials of which it holds the result already are not
        run again: a search that was interrupted goes on where it stopped.
    progress : bool
        Whether to show a bar, with the time that is left.

    Yields
    ------
    dict
        ``number`` (of the settings, from 0), ``settings``, ``outcome``: "done", "diverged", "raised" or "lost";
        ``values`` (of a trial that is done), ``error`` (of all others), ``seconds``, ``attempts`` and ``trial``.

    Raises
    ------
    ConnectionError
        When the executor is gone, such as a cluster whose scheduler has ended, or which has had no worker for five
        minutes while trials wait. What was finished is in the file.
    ValueError
        When the trial cannot be handed to the workers.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> def square(x):
    ...     return {"score": x**2}
    >>> with ThreadPoolExecutor(2) as executor:
    ...     results = list(search(square, [{"x": 3}, {"x": 4}], executor, progress=False))
    >>> sorted(result["values"]["score"] for result in results)
    [9, 16]
    """
    _check(trial, settings, executor)
    return _results(trial, settings, executor, file, progress)


def results_before(trial, settings, file):
    """Return the results of this trial and these settings that are in the file already, and the numbers of all others."""
    name, kept = _name_of(trial), collections.defaultdict(list)
    for result in read_results(file):
        kept[_key(result["trial"], result["settings"])].append(result)
    old, waiting = [], []
    for number, setting in enumerate(settings):
        found = kept[_key(name, setting)]
        if found:
            old.append(found.pop(0) | {"number": number})
        else:
            waiting.append(number)
    return old, waiting


def _results(trial, settings, executor, file, progress):
    name = _name_of(trial)
    old, waiting = results_before(trial, settings, file) if file is not None else ([], range(len(settings)))
    yield from old
    with progress_bar(progress, " trials", total=len(settings), initial=len(old), smoothing=0) as bar:
        for number, outcome in _finished(trial, settings, waiting, executor, file):
            result = {"trial": name, "number": number, "settings": plain(settings[number]), **outcome}
            if file is not None:
                append_result(file, result)
            bar.update()
            yield result


def _finished(trial, settings, waiting, executor, file):
    """Run the trials of these numbers, and yield number and outcome of each as it finishes."""
    lost, running, arrived = [], {}, queue.SimpleQueue()
    attempts, this_search, done = collections.Counter(), uuid.uuid4().hex, 0

    def hand_out(number):
        attempts[number] += 1
        call = f"{this_search} {number} {attempts[number]}"      # Dask computes equal calls only once
        future = executor.submit(attempt, trial, settings[number], call)
        running[future] = number
        future.add_done_callback(arrived.put)

    with contextlib.ExitStack() as stack:
        stack.callback(lambda: [future.cancel() for future in running])
        if type(executor).__name__ == "ProcessPoolExecutor":     # Python's own pool does not outlive a killed worker
            executor = stack.enter_context(Processes(executor._max_workers))
        client = executor._client if type(executor).__name__ == "ClientExecutor" else None     # of Dask
        if client is not None and type(client.cluster).__name__ == "LocalCluster":
            _wait_for_restarts()
        try:
            for number in waiting:
                hand_out(number)
            while running:
                future = _next(arrived, client)
                number = running.pop(future)
                outcome = _outcome_of(future, attempts[number])
                del future                                       # Dask keeps, and if need be repeats, what somebody still holds
                if outcome:
                    done += 1
                    yield number, outcome
                else:
                    lost.append(number)
                if lost and not running:                         # repeated alone, so that it can harm no other
                    hand_out(lost.pop(0))
        except Exception as error:
            raise _advised(error, done, len(waiting), file) from error


def _outcome_of(future, attempts):
    """Return what became of a trial, or None where its worker has died and it may try again."""
    try:
        return future.result() | {"attempts": attempts}
    except Exception as error:
        on_dask = type(error).__name__ == "KilledWorker"
        if not on_dask and not isinstance(error, WorkerLost):
            raise
        if attempts < (TRIES_ON_DASK if on_dask else TRIES):
            return None
        return _outcome("lost", error=f"its worker died each time, the last time so: {error}") | {"attempts": attempts}


def _next(arrived, client):
    """Return the next call that has ended, as long as a Dask client has workers."""
    seen = time.monotonic()
    while True:
        try:
            return arrived.get(timeout=LISTEN)
        except queue.Empty:
            if client is None or _has_workers(client):
                seen = time.monotonic()
            elif time.monotonic() - seen > WORKERLESS:
                raise ConnectionError(f"there was no worker for {WORKERLESS} seconds; start one with dask worker") from None


def _has_workers(client):
    try:
        return bool(client.sync(client.scheduler.ncores, callback_timeout=ANSWER))
    except Exception:                                            # nobody answers
        return False


def _wait_for_restarts():
    """Have clusters of this process wait for a worker that is being restarted.

    They close one that is not back after 15 seconds, for good, and a machine with much to do needs longer. The setting
    stays, because they read it only when they hear of a worker's death, which may be after the search has ended.
    """
    import dask

    name = "distributed.deploy.lost-worker-timeout"
    if dask.utils.parse_timedelta(dask.config.get(name)) < WORKERLESS:
        dask.config.set({name: f"{WORKERLESS} s"})


def attempt(trial, settings, call="the only one"):
    """Run one trial, where the worker is, and return what became of it.

    Examples
    --------
    >>> attempt(dict, {"score": 3})["values"]
    {'score': 3}
    """
    start = time.perf_counter()
    try:
        values = trial(**settings)
        if not isinstance(values, dict):
            raise ValueError(f"a trial must return a dict of what it measured, but returned {kind_of(values)}.")
        result = _outcome("done", plain(values))
    except TrainingDiverged as error:
        result = _outcome("diverged", error=str(error))
    except (Exception, SystemExit) as error:
        result = _outcome("raised", error=f"{type(error).__name__}: {error}")
    return result | {"seconds": time.perf_counter() - start}


def _outcome(how, values=None, error=""):
    return {"outcome": how, "values": values or {}, "error": error, "seconds": 0.0}


def _advised(error, done, wanted, file):
    """Return what is raised when the executor fails, and not the trial."""
    if isinstance(error, (pickle.PicklingError, AttributeError, ImportError, TypeError)):
        return ValueError(
            f"the trial cannot be handed to the workers: {error}. They import the module in which a function stands: "
            "write it in a module, not in a notebook, and let every worker have that module."
        )
    kept = f"kept in {file}. Search again with a new executor and the same file: it goes on from there" if file is not None else (
        "lost, unless you kept them. Search again with a file: file='search.jsonl'"
    )
    why = str(error) or type(error).__name__
    return ConnectionError(f"the executor takes no more trials ({why}). {done} of {wanted} were finished, and are {kept}.")


def _name_of(trial):
    return f"{trial.__module__}.{trial.__qualname__}"


def _key(name, settings):
    return json.dumps([name, plain(settings)], sort_keys=True)


def _check(trial, settings, executor):
    if not hasattr(trial, "__qualname__"):
        raise ValueError(f"trial must be a function, but is {kind_of(trial)}. Try trial=train_trial.")
    if not isinstance(executor, Executor):
        raise ValueError(f"executor must be an Executor, but is {kind_of(executor)}. Try executor=Processes(2).")
    for setting in settings:
        if not isinstance(setting, dict):
            raise ValueError(f"settings must be a list of dicts, one for each trial, but holds {kind_of(setting)}.")
        try:
            plain(setting)
        except TypeError as error:
            raise ValueError(f"settings: {error}") from None
