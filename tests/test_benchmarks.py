import copy

import pytest

from benchmarks import contenders, page, report, search, speed


def test_the_results_page_is_what_the_records_give():
    text = page.PATH.read_text(encoding="utf-8")
    assert text == page.page(), "RESULTS.md differs from benchmarks/results: run `python -m benchmarks results`."


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


def test_the_search_table_compares_workers_and_says_what_a_trial_costs():
    one = {"workers": 1, "trainings": [6.0, 8.0], "waiting": [11.0, 11.0], "handing_out": [5.0, 5.0]}
    two = {"workers": 2, "trainings": [3.0, 5.0], "waiting": [6.0, 6.0], "handing_out": [4.0, 5.0]}
    results = {"trainings": 8, "pauses": 1_000, "load": 3.5, "seconds": {"processes": [one, two]}}
    text = search.show(results)
    assert "| processes | 1 | 7.0 (6.5–7.5) | 1.00 | 11.00 (11.00–11.00) | 1.0 | 5.00 |" in text
    assert "| processes | 2 | 4.0 (3.5–4.5) | 1.80 | 6.00 (6.00–6.00) | 2.0 | 4.50 |" in text
    assert "3.5 other processes" in text and "Dask was not installed" in text
    results["seconds"]["dask"] = results["seconds"]["processes"]
    assert "| Dask | 2 | 4.0" in search.show(results) and "not installed" not in search.show(results)


def test_a_part_without_a_record_is_named_on_the_page(monkeypatch):
    recorded = report.recorded
    monkeypatch.setattr(report, "recorded", lambda name: name != "search" and recorded(name))
    assert "Not measured yet: `python -m benchmarks search`." in page.page()
