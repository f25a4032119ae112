"""The check that races a learner's step against a slow one: it passes what is right and fast, and nothing else."""

import inspect
import types

import numpy as np
import pytest

from lessons import build
from mlp_helpers.check.engine.examine import examine
from mlp_helpers.check.exercises.notebook_18 import faster_step as race

EXERCISE, BATCH = race.exercise, race.batch(race.IMAGES, 784, 10, 2.0)
SLOW = next(mistake for mistake in EXERCISE.task.mistakes if mistake.title.startswith("Right, but not"))


def a_loop_saved(X, Y, W, longest):
    """The scores and the softmax of all images at once, and their gradients one by one as before."""
    Z = X @ W
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    dZ = E / E.sum(axis=1, keepdims=True) - Y
    total = np.zeros(W.shape)
    for x, dz in zip(X, dZ, strict=True):
        gradient = np.outer(x, dz)
        total += gradient * longest / max(np.sqrt((gradient**2).sum()), longest)
    return total / len(X)


def one_large_table(X, Y, W, longest):
    """No loop at all, and the gradients of all images in one table."""
    Z = X @ W
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    G = X[:, :, None] * (E / E.sum(axis=1, keepdims=True) - Y)[:, None, :]
    lengths = np.sqrt((G**2).sum(axis=(1, 2)))
    return (G * (longest / np.maximum(lengths, longest))[:, None, None]).mean(axis=0)


def test_the_same_step_is_as_fast_as_itself_and_the_solution_many_times_as_fast():
    twin = types.FunctionType(race.slow_step.__code__, vars(race))
    assert 0.5 < race.times_as_fast(twin, *BATCH) < 2
    assert race.times_as_fast(race.faster_step, *BATCH) > race.TIMES


@pytest.mark.parametrize("step", [race.slow_step, a_loop_saved, one_large_table])
def test_a_right_step_that_is_not_much_faster_is_told_so(step):
    verdict = EXERCISE.diagnose(step)
    assert (verdict.passed, verdict.misconception) == (False, SLOW.title)
    assert "faster_step: " not in verdict.message and verdict.relation == "" and verdict.place is None


def test_a_wrong_step_is_not_timed(monkeypatch):
    monkeypatch.setattr(race, "times_as_fast", lambda *given: pytest.fail("it was timed"))
    assert race.race(lambda *given: 2 * race.slow_step(*given), *BATCH).shape == (784, 10)
    assert race.race(race.slow_step, *race.batch(3, 4, 2, 1.0)).shape == (4, 2)  # too few images for a race


def test_a_race_ends_after_its_seconds(monkeypatch):
    runs = []
    monkeypatch.setattr(race, "SECONDS", 0)
    race.times_as_fast(lambda *given: runs.append(1), *BATCH)
    assert len(runs) == 1


@pytest.mark.parametrize(("alone", "disturbed", "runs"), [(1.5, 2.5, 2), (2.5, 2.5, 6), (5.0, 5.0, 1), (1.5, 1.5, 1)])
def test_where_it_is_close_it_is_raced_again_and_the_shortest_counts(monkeypatch, alone, disturbed, runs):
    """The slow step takes 10, the other one more in the first race than in later ones."""
    clock, rounds = [0.0], []

    def another(*given):
        rounds.append(given)
        clock[0] += disturbed if len(rounds) <= race.ROUNDS else alone

    def slow_step(*given):
        clock[0] += 10

    monkeypatch.setattr(race, "slow_step", slow_step)
    monkeypatch.setattr(race, "SECONDS", np.inf)
    monkeypatch.setattr(race.time, "perf_counter", lambda: clock[0])
    assert race.times_as_fast(another) == pytest.approx(10 / alone)
    assert len(rounds) == runs * race.ROUNDS


def test_what_is_said_of_a_function_that_is_driven_speaks_of_a_function():
    def in_place(X, Y, W, longest):
        step = race.faster_step(X, Y, W, longest)
        W -= step
        return step

    finding = examine(EXERCISE.task, in_place)
    assert "but the function has changed `W`" in finding.verdict.message
    assert "the function itself" in EXERCISE.diagnose(3).message
    assert "called with (X, Y, W, longest), but takes (X, W)" in EXERCISE.diagnose(lambda X, W: X @ W).message


def test_the_slow_step_of_the_lesson_is_the_one_that_is_raced():
    (lesson,) = (path for path in build.LESSONS if build.number_of(path) == "18")
    cells = [cell.source for cell in build.as_notebook(lesson.read_text(encoding="utf-8")).cells]
    assert inspect.getsource(race.slow_step).rstrip() in cells
