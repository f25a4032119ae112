"""The ladder's benchmark: it goes on where it was broken off, counts the right seconds, and shows what was measured."""

import dataclasses

import numpy as np
import pytest

from benchmarks import contenders, ladder, report
from mlp_helpers import MLP, RECIPES, Dataset, Recipe, Split, follow

TINY = Recipe(hidden=(8,), epochs=3, batch_size=50, learning_rate=0.1, warp={})


@pytest.fixture
def digits(mnist):
    return Dataset(mnist.train[:600], mnist.train[:0], mnist.test[:200], mnist.class_names)


@pytest.fixture
def trained(monkeypatch, tmp_path, digits):
    """The recipes and seeds of all trainings; the ladder has one rung, a tiny recipe, and its record lies elsewhere."""
    trainings, usual = [], ladder.train_and_test
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    monkeypatch.setattr(ladder, "RUNGS", {"99": ladder.Rung(0.99, 8, 42, 2)})
    monkeypatch.setattr(ladder, "INGREDIENTS", {"the whole recipe": {}, "half the epochs": {"epochs": 1}})
    monkeypatch.setattr(ladder, "installed", lambda package: None)
    monkeypatch.setitem(RECIPES, "99", TINY)
    monkeypatch.setitem(ladder.LOADERS, "mnist", lambda validation=0: digits)
    monkeypatch.setattr(ladder, "trial_data", lambda dataset="mnist": digits)
    monkeypatch.setattr(ladder, "train_and_test", lambda *given: trainings.append(given[:2]) or usual(*given))
    return trainings


def test_what_is_recorded_is_not_measured_again(trained, monkeypatch):
    ladder.measure(seeds=1)
    assert [seed for _, seed in trained] == [1_000, 0, 0]  # a rung, and two variants on the validation images
    first = report.load("ladder")["results"]["rungs"]["99"]["runs"]
    del trained[:]
    results = ladder.measure(seeds=2)
    assert [seed for _, seed in trained] == [1_001, 1, 1]
    assert [run["seed"] for run in results["rungs"]["99"]["runs"]] == [1_000, 1_001]
    assert results["rungs"]["99"]["runs"][:1] == first
    assert report.load("ladder")["results"] == results
    del trained[:]
    monkeypatch.setitem(RECIPES, "99", dataclasses.replace(TINY, batch_size=60))
    assert [run["seed"] for run in ladder.measure(seeds=1)["rungs"]["99"]["runs"]] == [1_000] and len(trained) == 3


def test_a_measurement_that_is_broken_off_keeps_what_it_has(trained, monkeypatch):
    usual = ladder.train_and_test

    def broken_off(recipe, seed, data):
        if seed == 1_001:
            raise KeyboardInterrupt
        return usual(recipe, seed, data)

    monkeypatch.setattr(ladder, "train_and_test", broken_off)
    with pytest.raises(KeyboardInterrupt):
        ladder.measure()
    assert [run["seed"] for run in report.load("ladder")["results"]["rungs"]["99"]["runs"]] == [1_000]


def test_a_run_is_that_of_the_recipe_and_its_seconds_leave_out_the_plain_epochs(digits, monkeypatch):
    clock, slow = [0.0], contenders.package

    def package(*given):
        for each in slow(*given):
            clock[0] += 1_000  # a plain epoch takes 1 000 seconds, and nothing else takes any
            yield each

    monkeypatch.setattr(contenders, "package", package)
    monkeypatch.setattr(ladder.time, "process_time", lambda: clock[0])
    model, run = ladder.train_and_test(TINY, 7, digits)
    expected = follow(TINY, digits, 7, progress=False)
    assert all(np.array_equal(array, expected.state[name]) for name, array in model.state.items())
    accuracy = expected.accuracy(*digits.test)
    assert run == {"seed": 7, "accuracy": accuracy, "cpu_seconds": 0, "plain_epoch_seconds": 1_000, "plain_epochs": 0}


def test_mistakes_by_hand():
    model = MLP([2, 2])
    model.parameters["W1"][...] = [[np.log(3), 0], [0, 0]]
    split = Split(np.array([[1.0, 0], [1, 0], [-1, 0]]), np.array([0, 1, 0]))
    expected = {"indices": [1, 2], "labels": [1, 0], "guesses": [0, 1], "probabilities": [[0.75, 0.25], [0.25, 0.75]]}
    assert ladder.mistakes(model, split) == expected


def test_trials_see_no_test_image(mnist):
    data = ladder.trial_data()
    assert (len(data.train), len(data.validation), len(data.test)) == (50_000, 0, 10_000)
    assert not np.array_equal(data.test.images, mnist.test.images)


def test_every_trial_is_counted(trained, digits):
    ladder.measure(seeds=1)
    for n in 1, 2:
        ladder.trial(TINY, [5])
        trials = report.load("ladder")["results"]["trials"]
        assert [(each["seed"], each["recipe"]["hidden"]) for each in trials] == [(5, [8])] * n
    assert trials[0]["accuracy"] == follow(TINY, digits, 5, progress=False).accuracy(*digits.test)
    assert len(report.load("ladder")["results"]["rungs"]["99"]["runs"]) == 1


def test_the_tables_say_what_is_missing_and_what_diverged():
    run = {"cpu_seconds": 8.4, "plain_epochs": 21.0, "plain_epoch_seconds": 0.4}
    results = {
        "trials": [{}, {}],
        "rungs": {
            "99": {"recipe": dataclasses.asdict(TINY), "runs": [{"accuracy": 0.9904, **run}, {"accuracy": 0.9896, **run}]},
        },
        "ingredients": {"a huge rate": {"runs": [{"accuracy": None}]}, "half": {"runs": [{"accuracy": 0.98, **run}]}},
        "pytorch": {},
    }
    text = ladder.show(results)
    words = "784-8-10, batch norm, Nesterov 0.1, batches of 50, warps, 3 epochs"
    assert f"| 99 | {words} | 2 | 99.000 ± 0.057 % | ≥ 99 %, met |" in text
    assert "met | 8.4 (≤ 8, **missed**) | 21 (≤ 42, met) | 0.40 s |" in text
    assert text.count("not measured yet") == len(ladder.RUNGS) - 1
    del results["rungs"]["99"]["runs"][0]  # a single run has no spread
    assert f"| 99 | {words} | 1 | 98.96 % | ≥ 99 %, **missed** |" in ladder.show(results)
    assert "| a huge rate | diverged |  |" in text and "| half | 98.00 % | 21 |" in text and text.endswith("recipes: 2.")


def test_pytorch_trains_by_a_recipe_as_the_package_does(digits):
    pytest.importorskip("torch")
    recipe = dataclasses.replace(TINY, hidden=(9, 8), label_smoothing=0.1, weight_decay=0.01)
    theirs, _ = contenders.recipe_in_pytorch(recipe, 3, digits)
    assert theirs == pytest.approx(follow(recipe, digits, 3, progress=False).accuracy(*digits.test), abs=0.01)
