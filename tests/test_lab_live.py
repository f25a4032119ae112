"""The loop under the live labs: start, step, stop, reset, failure, and the cell that is run again."""

import asyncio
import contextlib
import signal
import threading
import time

import pytest

from mlp_helpers import TrainingDiverged
from mlp_helpers.labs import live as module
from mlp_helpers.labs.chart import Chart
from mlp_helpers.labs.live import Live


def counting(end=1_000_000, pause=0.0):
    for i in range(end):
        time.sleep(pause)
        yield i


def made(begin, describe=lambda state: {"at": state}):
    live = Live(Chart(), begin, describe)
    live.shown()
    return live


def test_the_first_state_is_drawn_before_any_work():
    live = Live(Chart(), counting, lambda state: {"at": state})
    assert (live.status, live.state, live.chart.spec["at"], live.chart.spec["live"]) == ("ready", 0, 0, False)


def test_without_a_loop_start_says_so():
    live = Live(Chart(), counting, lambda state: {})
    live.start()
    assert live.status == "ready" and live.task is None and "notebook" in live.notice.value


def test_runs_to_the_end():
    async def lesson():
        live = made(lambda: counting(5))
        live.buttons["start"].click()
        assert live.status == "running" and "Training" in live.notice.value
        await live.task
        assert (live.status, live.state, live.chart.spec["at"], live.chart.spec["live"]) == ("finished", 4, 4, False)
        live.buttons["start"].click()  # nothing is left, and the notice says what helps
        assert live.status == "finished" and "Reset" in live.notice.value

    asyncio.run(lesson())


def test_stops_goes_on_and_begins_afresh():
    async def lesson():
        live = made(counting)
        live.start()
        await asyncio.sleep(0.02)
        live.stop()
        await live.task
        assert live.status == "stopped" and live.chart.spec["at"] == live.state > 0
        before = live.state
        live.start()
        await asyncio.sleep(0.02)
        assert live.state > before
        live.reset()
        assert (live.status, live.state, live.chart.spec["at"]) == ("ready", 0, 0)
        await live.task  # the old training ends without a word
        assert (live.status, live.state, live.chart.spec["at"]) == ("ready", 0, 0)
        live.start()
        await asyncio.sleep(0.02)
        live.stop()
        live.start()  # before it has noticed the stop
        await asyncio.sleep(0.02)
        assert live.status == "running"
        live.stop()
        await live.task

    asyncio.run(lesson())


def test_reset_and_start_at_once():
    async def lesson():
        live = made(counting)
        live.start()
        await asyncio.sleep(0.01)
        old = live.task
        live.reset()
        live.start()
        await old
        assert live.status == "running" and live.task is not old
        live.stop()
        await live.task

    asyncio.run(lesson())


def test_renewed_it_goes_on_if_it_was_going():
    async def lesson():
        live = made(counting)
        live.renew()
        assert (live.status, live.task) == ("ready", None)
        live.start()
        await asyncio.sleep(0.01)
        old = live.task
        live.renew()
        await old
        assert live.status == "running" and live.task is not old
        live.stop()
        live.renew()  # before it has noticed the stop
        assert live.status == "ready"
        await live.task

    asyncio.run(lesson())


def test_one_step_at_a_time():
    async def lesson():
        live = made(counting)
        for wanted in (1, 2, 3):
            live.buttons["step"].click()
            await live.task
            assert (live.state, live.status, live.chart.spec["at"]) == (wanted, "stopped", wanted)
        live.start()
        await asyncio.sleep(0.01)
        live.step()  # while it runs: the last one
        await live.task
        assert live.status == "stopped"

    asyncio.run(lesson())


def test_draws_at_most_ten_times_a_second_and_always_the_last_state():
    async def lesson():
        live = made(counting)
        before = live.chart.frames
        live.start()
        await asyncio.sleep(0.55)
        live.stop()
        await live.task
        assert 4 <= live.chart.frames - before <= 7 and live.chart.spec["at"] == live.state > 100

    asyncio.run(lesson())


def test_a_slow_pace_shows_every_state():
    async def lesson():
        live = Live(Chart(), counting, lambda state: {"at": state}, pace=lambda: 2)
        live.shown()
        seen = []
        live.chart.observe(lambda change: seen.append(change.new["at"]), "spec")
        live.start()
        await asyncio.sleep(0.45)
        start = time.perf_counter()
        live.stop()
        await live.task
        assert time.perf_counter() - start < 0.15
        assert seen[:3] == [2, 4, 6] and 3 <= len(seen) <= 7

    asyncio.run(lesson())


def test_others_have_their_turn_while_it_trains():
    async def lesson():
        live = made(lambda: counting(pause=0.03))
        live.start()
        waits = []
        for _ in range(10):
            start = time.perf_counter()
            await asyncio.sleep(0)
            waits.append(time.perf_counter() - start)
        live.stop()
        start = time.perf_counter()
        await live.task
        assert max(waits) < 0.15 and time.perf_counter() - start < 0.15

    asyncio.run(lesson())


def test_buttons_may_be_pressed_on_another_thread():
    async def lesson():
        live = made(lambda: counting(pause=0.001))
        await asyncio.to_thread(live.buttons["start"].click)
        await asyncio.sleep(0.01)
        assert live.status == "running"
        thread = threading.Thread(target=live.buttons["stop"].click)
        thread.start()
        thread.join()
        await live.task
        assert live.status == "stopped"

    asyncio.run(lesson())


def test_a_divergence_is_a_sentence():
    def diverging():
        yield 0
        raise TrainingDiverged(7, 3.0, float("nan"))

    async def lesson():
        live = made(diverging)
        live.start()
        await live.task
        assert live.status == "diverged" and "at step 7" in live.notice.value and 'role="alert"' in live.notice.value
        assert "pixel" not in live.notice.value and "for example 0.3" in live.notice.value  # what can be done in a lab
        live.start()
        assert live.status == "diverged"
        live.reset()
        assert live.status == "ready"

    asyncio.run(lesson())


@pytest.mark.parametrize("where", ["work", "drawing", "last drawing"])
def test_an_exception_is_shown_and_raised(where):
    def failing():
        yield 0
        if where == "work":
            raise KeyError("<W3>")
        yield 1

    def describe(state):
        if (where == "drawing" and state == 1) or (where == "last drawing" and live and live[0].status == "finished"):
            raise KeyError("<W3>")
        return {}

    live = []

    async def lesson():
        live.append(made(failing, describe))
        live[0].start()
        with pytest.raises(KeyError, match="W3"):
            await live[0].task
        assert live[0].status == "failed" and "&lt;W3&gt;" in live[0].notice.value

    asyncio.run(lesson())


def test_cancelled_with_the_cell_that_waits_for_it():
    async def lesson():
        live = made(counting)
        live.start()
        await asyncio.sleep(0.01)
        live.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await live.task
        assert live.status == "stopped"
        live.step()
        await live.task

    asyncio.run(lesson())


def test_stops_when_no_page_answers_any_more(monkeypatch):
    monkeypatch.setattr(module, "FRAME", 0.0)

    async def lesson():
        live = made(counting)
        live.chart._heard(None, {"drawn": 1}, [])  # a page was there once
        live.start()
        await live.task
        assert live.status == "stopped" and "no page" in live.notice.value and live.state <= module.UNSEEN + 1
        live = made(lambda: counting(500))  # no page at all: a program, which wants all of it
        live.start()
        await live.task
        assert live.status == "finished"
        live = made(lambda: answered(live, 500))
        live.start()
        await live.task
        assert live.status == "finished"

    def answered(live, end):
        for i in range(end):
            if i:
                live.chart._heard(None, {"drawn": live.chart.frames}, [])
            yield i

    asyncio.run(lesson())


def test_an_interrupt_of_the_kernel_stops_all_that_train():
    async def lesson():
        before = signal.getsignal(signal.SIGINT)
        first, second = made(counting), made(counting)
        first.start()
        second.start()
        await asyncio.sleep(0.01)
        signal.raise_signal(signal.SIGINT)
        await asyncio.gather(first.task, second.task)
        assert first.status == second.status == "stopped" and signal.getsignal(signal.SIGINT) is before

    asyncio.run(lesson())


def test_the_lab_of_a_cell_that_is_run_again_stops(monkeypatch):
    async def lesson():
        run = {"cell": ("c1", "run 1")}
        monkeypatch.setattr(module, "_cell", lambda: run["cell"])
        old, beside = made(counting), made(counting)  # two labs in one cell
        run["cell"] = "c2", "run 2"
        elsewhere = made(counting)
        for live in (old, beside, elsewhere):
            live.start()
        await asyncio.sleep(0.01)
        assert [live.status for live in (old, beside, elsewhere)] == ["running"] * 3
        run["cell"] = "c1", "run 3"
        new = made(counting)
        await asyncio.gather(old.task, beside.task)
        assert [live.status for live in (old, beside, elsewhere, new)] == ["stopped", "stopped", "running", "ready"]
        elsewhere.stop()
        await elsewhere.task

    asyncio.run(lesson())
