import copy
import json

import pytest

from benchmarks import contenders, page, report, speed, summary


def test_the_results_page_is_what_the_records_give():
    text = page.PATH.read_text(encoding="utf-8")
    assert text == page.page(), "RESULTS.md differs from benchmarks/results: run `python -m benchmarks results`."


def test_the_package_keeps_what_the_record_of_the_ladder_says():
    told = "mlp_helpers/core/ladder.json differs from benchmarks/results: run `python -m benchmarks results`."
    assert summary.PATH.read_text(encoding="utf-8") == summary.of(report.load("ladder")["results"]), told


def test_what_the_package_keeps_of_the_ladder_are_medians_and_the_mistakes_of_the_best_recipe_for_mnist():
    def runs(*accuracies):
        return [{"accuracy": share, "cpu_seconds": i, "plain_epochs": 10 * i} for i, share in enumerate(accuracies, 1)]

    def missed(place):
        return {"indices": [place], "probabilities": [[0.6, 0.4]], "labels": [1], "guesses": [0]}

    rungs = {
        "99.3": {"runs": runs(0.95, 0.96), "mistakes": missed(2)},
        "99": {"runs": runs(0.9, 0.91, 0.92), "mistakes": missed(1)},
    }
    results = {"rungs": rungs, "ingredients": {"without": {"runs": runs(0.8, None, 0.7)}}, "pytorch": {}, "trials": [1, 2]}
    kept = json.loads(summary.of(results))
    assert list(kept["rungs"]) == ["99", "99.3"]  # as in RECIPES
    assert kept["rungs"]["99"] == {"accuracies": [0.9, 0.91, 0.92], "cpu_seconds": 2, "plain_epochs": 20}
    assert kept["ingredients"]["without"] == {"accuracies": [0.8, 0.7], "cpu_seconds": 2, "plain_epochs": 20}
    assert kept["mistakes"] == {"recipe": "99.3", "indices": [2], "probabilities": [[0.6, 0.4]]}
    assert kept["trials"] == 2 and kept["pytorch"]["accuracies"] == []


def losses(name, mnist, hidden=50, batch_size=64, n=672, epochs=2):
    """The last batch of an epoch of 672 images is half as large as the others."""
    runner = getattr(contenders, name)(*mnist.train[:n], hidden, batch_size)
    return [next(runner) for _ in range(epochs)]


@pytest.mark.parametrize("name", ["tuned", "jax"])
def test_contenders_with_the_same_start_and_order_have_the_same_losses(name, mnist):
    pytest.importorskip(speed.LIBRARIES.get(name, "numpy"))
    assert losses(name, mnist) == pytest.approx(losses("loop", mnist), rel=1e-4)


@pytest.mark.parametrize(("name", "module"), [("loop", "numpy"), ("pytorch", "torch"), ("scikit_learn", "sklearn")])
def test_contenders_learn_what_the_package_learns(name, module, mnist):
    pytest.importorskip(module)
    speed.require_the_same_learning({each: losses(each, mnist, n=6_000, epochs=1)[0] for each in ("package", name)})


def test_losses_far_apart_or_no_numbers_stop_the_measurement():
    speed.require_the_same_learning({"package": 1.0, "loop": 1.09, "floor": None})
    for loss in (0.85, 1.15, float("nan")):
        with pytest.raises(RuntimeError, match="JAX has the loss"):
            speed.require_the_same_learning({"package": 1.0, "jax": loss})


def test_a_second_thread_stops_the_measurement_on_one():
    speed.require_one_thread({"package": [1.0, 2.0, 1.0]}, {"package": [1.0, 1.9, 1.0]})
    with pytest.raises(RuntimeError, match="JAX was to use one thread"):
        speed.require_one_thread({"jax": [1.0, 2.0, 1.0]}, {"jax": [1.5, 3.2, 1.0]})


def test_what_is_not_installed_is_left_out_visibly():
    results = copy.deepcopy(report.load("speed")["results"])
    for result in results:
        result["seconds"].pop("scikit_learn", None)
    text = speed.show(results)
    assert "scikit-learn (`pip install" in text.partition("\n")[0]
    assert "scikit-learn" not in text.partition("\n")[2]


def test_the_speed_table_has_the_ratio_to_the_package():
    results = [{"hidden": 128, "batch_size": 64, "threads": 1, "seconds": {"package": [1, 2, 4], "pytorch": [1.5, 3.2, 8]}}]
    assert speed.on_one_thread(results)["pytorch"] == [1.6]
    assert "| PyTorch / package | 784-128-10, 64 | 1.60 | ≥ 1.7, **missed** |" in speed.show(results)
