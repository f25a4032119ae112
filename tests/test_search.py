"""A search on threads, processes and Dask: every trial is run, and nothing that is finished is lost."""

import contextlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
import search_trials as trials

from mlp_helpers import MLP, Adam, Processes, grid, read_results, sample_settings, schedules, search, train, train_trial
from mlp_helpers.core import search as search_module
from mlp_helpers.core.processes import WorkerLost

TEN = [{"x": x} for x in range(10)]
SCORES = [{"score": x**2} for x in range(10)]
needs_dask = pytest.mark.needs("dask")


def in_order(results):
    return sorted(results, key=lambda result: result["number"])


def all_of(trial, settings, executor, **named):
    return in_order(search(trial, settings, executor, progress=False, **named))


def values(results):
    return [result["values"] for result in results]


def workers_beside(others):
    """The processes of this one, but for these others, such as those of the fixture below."""
    return [process for process in multiprocessing.active_children() if process not in others]


@pytest.fixture(scope="module")
def processes():
    with Processes(2) as executor:
        yield executor


@pytest.fixture
def threads():
    with ThreadPoolExecutor(2) as executor:
        yield executor


@pytest.fixture(scope="module")
def cluster():
    """A Dask cluster of two workers on this machine."""
    import dask
    from distributed import Client, LocalCluster

    config = {
        "distributed.scheduler.allowed-failures": 0,  # so that Dask does not repeat what the search repeats
        "distributed.deploy.lost-worker-timeout": "10 ms",  # for this, each restart of a worker is a slow one
    }
    with dask.config.set(config), pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_module, "WORKERLESS", 120)  # so that each test ends, and a busy machine has time to restart them
        patch.setenv("PYTHONPATH", os.pathsep.join([os.path.dirname(trials.__file__), os.environ.get("PYTHONPATH", "")]))
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started, Client(started) as client:
            yield client


# --- on any executor ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", ["threads", "processes"])
def test_the_same_search_on_threads_and_processes(workers, request):
    results = all_of(trials.square, TEN, request.getfixturevalue(workers))
    assert values(results) == SCORES
    for number, result in enumerate(results):
        assert (result["number"], result["settings"], result["attempts"]) == (number, {"x": number}, 1)
        assert (result["outcome"], result["error"], result["trial"]) == ("done", "", "search_trials.square")


def test_results_arrive_as_they_finish_and_not_in_the_order_of_the_settings(threads):
    arrived, numbers = threading.Event(), []

    def patient(x):
        assert x != 0 or arrived.wait(60)  # the first trial ends when the second one's result is there
        return {}

    for result in search(patient, TEN[:2], threads, progress=False):
        numbers.append(result["number"])
        arrived.set()
    assert numbers == [1, 0]


def test_a_trial_that_raises_or_returns_nonsense_is_recorded_and_the_others_go_on(processes):
    results = all_of(trials.fussy, TEN, processes)
    assert [result["outcome"] for result in results] == ["done", *["raised"] * 5, *["done"] * 4]
    errors = [result["error"] for result in results[1:6]]
    assert errors[0] == "ValueError: not this one" and "must return a dict of what it measured, but returned a int" in errors[1]
    assert "but not a set" in errors[2] and errors[3] == "SystemExit: " and errors[4] == "OddError: odd"
    assert all(result["values"] == {} for result in results[1:6]) and values(results)[6:] == SCORES[6:]


def test_a_training_that_diverges_is_recorded_as_such(threads):
    (result,) = all_of(train_trial, [{"images": 200, "hidden": 8, "learning_rate": 1e6, "optimizer": "SGD"}], threads)
    assert result["outcome"] == "diverged" and "diverged" in result["error"] and result["values"] == {}


def test_two_hundred_trials_are_each_run_once(processes, tmp_path):
    settings = [{"x": x} for x in range(200)]
    results = list(search(trials.square, settings, processes, tmp_path / "all.jsonl", progress=False))
    assert sorted(result["number"] for result in results) == list(range(200))
    assert values(in_order(results)) == [{"score": x**2} for x in range(200)]
    assert read_results(tmp_path / "all.jsonl") == results


def test_equal_settings_are_as_many_trials(threads):
    assert len(all_of(trials.square, [{"x": 3}] * 4, threads)) == 4


def test_no_settings_are_no_trials(threads):
    assert all_of(trials.square, [], threads) == []


def test_whoever_stops_asking_cancels_what_has_not_begun():
    calls, stopped = [], threading.Event()

    def counted(x):
        calls.append(x)
        assert x == 0 or stopped.wait(60)
        return {}

    with ThreadPoolExecutor(1) as executor:
        for _ in search(counted, TEN, executor, progress=False):
            break
        stopped.set()
    assert calls in ([0], [0, 1])


def test_an_interrupt_ends_the_workers_and_does_not_wait_for_their_trials():
    start, others = time.monotonic(), multiprocessing.active_children()
    with pytest.raises(KeyboardInterrupt), Processes(2) as executor:
        for result in search(trials.slow_square, [{"x": 1, "seconds": s} for s in (0, 600, 600)], executor, progress=False):
            assert result["number"] == 0
            raise KeyboardInterrupt
    assert time.monotonic() - start < 60 and not workers_beside(others)


# --- workers that die ----------------------------------------------------------------------------------------------------


def test_a_killed_worker_loses_its_running_trial_alone_and_that_is_repeated(processes, tmp_path):
    settings = [setting | {"folder": str(tmp_path)} for setting in TEN]
    results = all_of(trials.deadly_once, settings, processes)
    assert values(results) == SCORES
    assert [result["attempts"] for result in results] == [1, 1, 1, 2, *[1] * 6]


def test_pythons_own_pool_which_does_not_outlive_a_killed_worker_is_remade(tmp_path):
    settings = [setting | {"folder": str(tmp_path)} for setting in TEN]
    with ProcessPoolExecutor(2) as executor:
        results = all_of(trials.deadly_once, settings, executor)
    assert values(results) == SCORES and results[3]["attempts"] == 2


def test_a_worker_that_is_killed_from_outside_is_replaced():
    others = multiprocessing.active_children()
    with Processes(2) as executor:
        arriving = search(trials.slow_square, TEN, executor, progress=False)
        results = [next(arriving)]
        workers_beside(others)[0].kill()
        results += arriving
        assert len(workers_beside(others)) == 2
    assert values(in_order(results)) == SCORES
    assert sorted(result["attempts"] for result in results) == [*[1] * 9, 2]


def test_a_trial_that_costs_every_worker_its_life_is_given_up_and_recorded(processes, tmp_path):
    results = all_of(trials.deadly, TEN, processes, file=tmp_path / "all.jsonl")
    lost = results.pop(3)
    assert (lost["outcome"], lost["attempts"], lost["values"]) == ("lost", 3, {}) and "exit code 9" in lost["error"]
    assert values(results) == SCORES[:3] + SCORES[4:] and {result["attempts"] for result in results} == {1}
    assert lost in read_results(tmp_path / "all.jsonl")


def test_a_lost_trial_is_repeated_when_nothing_else_is_running():
    """So that it is known which trial it was, and no other dies with it."""

    class Pairs(ThreadPoolExecutor):
        """Kills whatever runs beside trial 3, as a cluster does whose workers hold several trials."""

        running, alone = set(), []

        def submit(self, function, trial, setting, call):
            self.running.add(setting["x"])
            future, beside = Future(), 3 in self.running
            if beside:
                self.alone.append(len(self.running) == 1)

            def answer():
                time.sleep(0.05)
                self.running.discard(setting["x"])
                if beside:
                    future.set_exception(WorkerLost("killed"))
                else:
                    future.set_result(function(trial, setting, call))

            threading.Thread(target=answer).start()
            return future

    results = all_of(trials.square, TEN, executor := Pairs())
    assert [result["outcome"] for result in results] == ["done"] * 3 + ["lost"] + ["done"] * 6
    assert executor.alone[-2:] == [True, True]


def test_processes_call_one_another_nothing_but_functions_with_their_arguments():
    with Processes(1) as executor:
        assert executor.submit(pow, 7, 2, mod=10).result() == 9
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 1, 0).result()
        with pytest.raises(WorkerLost, match="exit code 3"):
            executor.submit(os._exit, 3).result()
        with pytest.raises(TypeError, match="cannot pickle"):
            executor.submit(threading.Lock).result()
        assert executor.submit(abs, -1).result() == 1


# --- what is kept --------------------------------------------------------------------------------------------------------


def test_each_result_is_in_the_file_when_it_arrives(threads, tmp_path):
    file = tmp_path / "results.jsonl"
    for count, result in enumerate(search(trials.square, TEN, threads, file, progress=False), 1):
        lines = file.read_text(encoding="utf-8").splitlines()
        assert len(lines) == count and json.loads(lines[-1]) == result


def test_a_search_that_is_started_again_goes_on_where_it_stopped(threads, tmp_path):
    file = tmp_path / "results.jsonl"
    first = all_of(trials.fussy, TEN[:6], threads, file=file)
    more = [{"x": 9}, *reversed(TEN)]
    again = all_of(trials.fussy, more, threads, file=str(file))
    assert len(read_results(file)) == 11  # 9 is asked for twice
    assert [result["settings"] for result in again] == more
    assert [result["error"] for result in again[5:]] == [result["error"] for result in reversed(first)]
    assert [result["seconds"] for result in again[5:]] == [result["seconds"] for result in reversed(first)]


def test_what_another_trial_left_in_the_file_is_not_taken_for_this_one(threads, tmp_path):
    all_of(trials.square, TEN[:3], threads, file=tmp_path / "file")
    assert all_of(trials.fussy, TEN[:3], threads, file=tmp_path / "file")[1]["outcome"] == "raised"


def test_settings_of_numpys_types_are_recognised_when_a_search_goes_on(threads, tmp_path):
    settings = [{"x": np.int64(2)}, {"x": np.float32(0.5)}]
    all_of(trials.square, settings, threads, file=tmp_path / "file")
    all_of(trials.square, [{"x": 2}, {"x": 0.5}], threads, file=tmp_path / "file")
    assert len(read_results(tmp_path / "file")) == 2


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_line_that_was_cut_off_is_run_again(threads, tmp_path, cut):
    file = tmp_path / "file"
    all_of(trials.square, TEN, threads, file=file)
    file.write_bytes(file.read_bytes()[:-cut])
    kept = read_results(file)
    assert 8 <= len(kept) <= 9
    assert values(all_of(trials.square, TEN, threads, file=file)) == SCORES
    assert read_results(file)[: len(kept)] == kept and len(read_results(file)) == 10


def test_a_bar_counts_what_was_done_before(threads, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    all_of(trials.square, TEN[:4], threads, file=tmp_path / "file")
    list(search(trials.square, TEN, threads, tmp_path / "file"))
    shown = capsys.readouterr().err
    assert "4/10" in shown and "10/10" in shown and "trials" in shown


# --- an executor that is gone --------------------------------------------------------------------------------------------


def test_an_executor_that_is_gone_is_a_clear_error_and_the_results_are_kept(tmp_path):
    gone = []

    class Vanishing(ThreadPoolExecutor):
        """Does four calls; all others are cancelled, as Dask's are without its scheduler."""

        calls = 0

        def submit(self, function, *arguments):
            self.calls += 1
            if self.calls <= 4:
                return super().submit(function, *arguments)
            gone.append(Future())
            return gone[-1]

    file = tmp_path / "results.jsonl"
    with ThreadPoolExecutor(2) as executor, Vanishing(2) as vanishing:
        arriving = search(trials.square, TEN, vanishing, file=file, progress=False)
        assert len([next(arriving) for _ in range(4)]) == 4
        for future in gone:
            future.cancel()
            future.set_running_or_notify_cancel()
        with pytest.raises(ConnectionError, match=r"4 of 10 were finished, and are kept in .*results.jsonl\. Search again"):
            next(arriving)
        assert len(read_results(file)) == 4
        assert values(all_of(trials.square, TEN, executor, file=file)) == SCORES


def test_an_executor_that_was_shut_down_is_a_clear_error(threads):
    threads.shutdown()
    with pytest.raises(ConnectionError, match=r"cannot schedule new futures .* 0 of 10 .* file='search.jsonl'"):
        all_of(trials.square, TEN, threads)


def test_a_function_that_cannot_travel_is_a_clear_error(processes, monkeypatch):
    with pytest.raises(ValueError, match="write it in a module, not in a notebook"):
        all_of(lambda x: {}, TEN, processes)
    monkeypatch.setattr(trials, "late", trials.square, raising=False)  # as in a notebook: the workers do not know it
    monkeypatch.setattr(trials.square, "__qualname__", "late")
    with pytest.raises(ValueError, match=r"late.*write it in a module"):
        all_of(trials.square, TEN, processes)


# --- what is tried -------------------------------------------------------------------------------------------------------


def test_a_grid_holds_each_combination_once():
    settings = grid({"a": [1, 2, 3], "b": [True, False], "c": ["one"]})
    assert len(settings) == 6 and len({tuple(setting.items()) for setting in settings}) == 6


def test_numbers_are_drawn_on_a_log_scale_and_choices_evenly():
    drawn = sample_settings({"rate": (1e-4, 1e0), "hidden": [32, 64, 128, 256]}, 4_000, np.random.default_rng(0))
    places = (np.log10([setting["rate"] for setting in drawn]) + 4) / 4
    counts = np.unique([setting["hidden"] for setting in drawn], return_counts=True)[1]
    for share in (0.1, 0.25, 0.5, 0.9):
        assert (places < share).mean() == pytest.approx(share, abs=5 * np.sqrt(share * (1 - share) / 4_000))
    assert np.all(abs(counts - 1_000) < 5 * np.sqrt(4_000 * 0.25 * 0.75))
    assert type(drawn[0]["rate"]) is float and type(drawn[0]["hidden"]) is int
    hidden = np.array([setting["hidden"] for setting in drawn])
    assert abs(np.corrcoef(places, hidden)[0, 1]) < 0.08  # each for itself


def test_the_same_generator_draws_the_same_settings():
    space = {"rate": (0.1, 1), "hidden": [1, 2, 3]}
    one, other = (sample_settings(space, 5, np.random.default_rng(3)) for _ in range(2))
    assert one == other and one != sample_settings(space, 5, np.random.default_rng(4))


def test_a_trial_trains_what_its_settings_say(mnist):
    asked = dict(images=300, hidden=12, layers=2, learning_rate=0.01, batch_size=32, epochs=2, dropout=0.1, l2=1e-4, seed=4)
    measured = train_trial(**asked, label_smoothing=0.1, test=True)
    model = MLP([784, 12, 12, 10], seed=4, dropout=0.1, l2=1e-4, label_smoothing=0.1)
    data = mnist.subset(300)
    history = train(model, data, 2, batch_size=32, seed=4, optimizer=Adam(0.01), schedule=schedules.linear, progress=False)
    assert measured["validation_accuracy"] == history.validation_accuracy[-1]
    assert measured["validation_loss"] == pytest.approx(history.validation_loss[-1])
    assert measured["test_accuracy"] == model.accuracy(*data.test)
    assert "test_accuracy" not in train_trial(**asked)


# --- Dask ----------------------------------------------------------------------------------------------------------------


@needs_dask
def test_the_same_search_on_dask(cluster):
    assert values(all_of(trials.square, TEN, cluster.get_executor())) == SCORES


@needs_dask
def test_two_hundred_trials_on_dask_are_each_run_once(cluster, tmp_path):
    settings = [{"x": x % 100} for x in range(200)]
    results = all_of(trials.square, settings, cluster.get_executor(), file=tmp_path / "all.jsonl")
    assert [result["number"] for result in results] == list(range(200)) and len(read_results(tmp_path / "all.jsonl")) == 200


@needs_dask
def test_a_killed_worker_of_dask_loses_its_running_trial_alone(cluster, tmp_path):
    settings = [setting | {"folder": str(tmp_path)} for setting in TEN]
    assert values(all_of(trials.deadly_once, settings, cluster.get_executor())) == SCORES


@needs_dask
def test_a_trial_that_kills_dasks_workers_is_given_up_and_recorded_however_slowly_they_restart(cluster):
    for _ in range(2):  # so that more workers die than there are
        results = all_of(trials.deadly, TEN, cluster.get_executor())
        assert results[3]["outcome"] == "lost" and results[3]["attempts"] == 2
        assert values(results[:3] + results[4:]) == SCORES[:3] + SCORES[4:]
    assert len(cluster.cluster.workers) == 2


@pytest.fixture
def scheduler():
    """A scheduler with one worker in a process of its own, and a client that soon gives it up."""
    from distributed import Client

    program = (
        f"import sys, time; sys.path.insert(0, {os.path.dirname(trials.__file__)!r})\n"
        "from distributed import LocalCluster\n"
        "cluster = LocalCluster(n_workers=1, processes=False, dashboard_address=':0', host='127.0.0.1', protocol='tcp://')\n"
        "print(cluster.scheduler_address, flush=True); time.sleep(600)\n"
    )
    with contextlib.ExitStack() as stack:
        process = stack.enter_context(subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True))
        stack.callback(process.kill)
        address = process.stdout.readline().strip()
        yield process, stack.enter_context(Client(address, timeout=10))


@needs_dask
def test_a_scheduler_that_vanishes_is_a_clear_error_and_the_results_are_kept(scheduler, tmp_path):
    (process, client), file = scheduler, tmp_path / "results.jsonl"
    arriving = search(trials.slow_square, TEN * 3, client.get_executor(), file, progress=False)
    results = [next(arriving)]
    process.kill()
    with pytest.raises(ConnectionError, match="the executor takes no more trials"):
        for result in arriving:
            results.append(result)
    assert read_results(file) == results and 1 <= len(results) < 30


@needs_dask
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot halt a process")
def test_a_scheduler_that_does_not_answer_any_more_is_a_clear_error(scheduler, monkeypatch):
    process, client = scheduler
    monkeypatch.setattr(search_module, "WORKERLESS", 2)
    arriving = search(trials.slow_square, TEN * 3, client.get_executor(), progress=False)
    next(arriving)
    process.send_signal(signal.SIGSTOP)
    with pytest.raises(ConnectionError, match="there was no worker for 2 seconds"):
        list(arriving)


@needs_dask
def test_a_cluster_without_workers_is_waited_for_and_then_given_up_and_the_results_are_kept(tmp_path, monkeypatch):
    from distributed import Client, LocalCluster

    file = tmp_path / "results.jsonl"
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as started, Client(started) as client:
        threading.Timer(2, started.scale, [1]).start()
        all_of(trials.square, TEN[:4], client.get_executor(), file=file)
        started.scale(0)
        deadline = time.monotonic() + 60
        while client.nthreads():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        monkeypatch.setattr(search_module, "WORKERLESS", 1)
        with pytest.raises(ConnectionError, match=r"there was no worker for 1 seconds.* 0 of 6 were finished, and are kept in"):
            all_of(trials.square, TEN, client.get_executor(), file=file)
    assert values(read_results(file)) == SCORES[:4]


@needs_dask
def test_a_patience_that_somebody_chose_is_not_shortened(monkeypatch):
    import dask

    name = "distributed.deploy.lost-worker-timeout"
    with dask.config.set({name: "1 h"}):
        search_module._wait_for_restarts()
        assert dask.config.get(name) == "1 h"
