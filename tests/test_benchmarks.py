import ast
import contextlib
import copy
import json
import statistics
import threading

import pytest

from benchmarks import contenders, lessons, page, report, search, speed, summary, tab, threads
from lessons import build
from mlp_helpers.editions.lessons import cells_of, for_authors, number_of


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
        "99.45": {"runs": runs(0.99), "mistakes": missed(3)},  # a single run has no spread
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


THREADS = {
    "load": 0.2,
    "settings": [
        {"processes": 1, "threads": 1, "steps_a_second": [80.0, 100.0]},
        {"processes": 1, "threads": 4, "steps_a_second": [200.0, 150.0]},
        {"processes": 4, "threads": 1, "steps_a_second": [300.0, 280.0]},
        {"processes": 4, "threads": 4, "steps_a_second": [4.0, 6.0]},
    ],
}


def test_of_each_number_of_threads_the_best_round_counts():
    assert threads.slower(THREADS) == {1: 0.5, 4: 50.0}
    text = threads.show(THREADS)
    assert "the best of 2 rounds" in text and "| 4 | 4 | 16 | 6.0 |" in text and "0.5 with 1 at once, 50 with 4 at once" in text
    assert "compute when it began: 0.2." in text and "began" not in threads.show(THREADS | {"load": None})


def test_a_process_with_a_number_of_threads_trains_for_a_moment():
    (steps,) = threads._trained(processes=1, threads=1, seconds=0.01)
    assert steps > 0


def quoted(name):
    """A dict that lesson 18 holds in its code."""
    (lesson,) = (path for path in build.LESSONS if build.number_of(path) == "18")
    code = [cell.source for cell in build.as_notebook(lesson.read_text(encoding="utf-8")).cells if cell.cell_type == "code"]
    (source,) = (source for source in code if source.startswith(f"{name} = {{"))
    return ast.literal_eval(ast.parse(source).body[0].value)


def test_lesson_18_quotes_what_was_recorded():
    counted = {f"{many} × {each}": steps for (many, each), steps in threads.best(report.load("threads")["results"]).items()}
    assert quoted("recorded") == {
        name: float(f"{steps:.3g}" if steps > 99 else f"{steps:.1f}") for name, steps in counted.items()
    }
    assert 10 < report.load("threads")["results"]["load"] < 20 and report.load("threads")["machine"]["cores"] == 2

    results = {(each["hidden"], each["threads"]): each["seconds"] for each in report.load("speed")["results"]}
    median = {setting: {name: statistics.median(each) for name, each in who.items()} for setting, who in results.items()}
    names = {title: name for name, title in speed.TITLES.items()}
    names |= {"products alone": "floor", "plain loop": "loop", "mlp_helpers": "package"}
    assert quoted("epoch") == {title: round(median[128, 1][names[title]], 2) for title in quoted("epoch")}
    assert quoted("epoch").keys() >= {"JAX", "PyTorch", "scikit-learn"}
    assert 0.14 < 1 - median[128, 2]["loop"] / median[128, 1]["loop"] < 0.19  # a sixth
    (pytorch,) = speed.on_one_thread([each for each in report.load("speed")["results"] if each["hidden"] == 512])["pytorch"]
    assert 1.15 < pytorch < 1.25  # a fifth more, with 512 hidden units


@pytest.mark.parametrize("number", lessons.LESSONS)
def test_a_lesson_quotes_what_was_recorded(number):
    record = report.load("lessons")["results"]
    assert number in record, f"run `python -m benchmarks lessons --lessons {number}`"
    assert record[number].keys() == lessons.LESSONS[number].MEASURES.keys()
    (lesson,) = (path for path in build.LESSONS if build.number_of(path) == number)
    text = " ".join(lesson.read_text(encoding="utf-8").split())
    for quote in lessons.LESSONS[number].quotes(record[number]):
        assert quote in text, f"{lesson.name} does not say {quote!r}, as the record does"


class Lesson:
    """A lesson of the benchmarks that measures nothing."""

    def __init__(self, shift):
        self.MEASURES = {
            "the first": lambda seeds=3: {"a": [shift + seed for seed in range(seeds)]},
            "the second": lambda seeds=2: {},
        }


def test_what_is_recorded_of_other_lessons_is_kept(monkeypatch):
    monkeypatch.setattr(lessons, "LESSONS", {"03": Lesson(0), "04": Lesson(10)})
    monkeypatch.setattr(report, "recorded", lambda name: True)
    monkeypatch.setattr(report, "load", lambda name: {"results": {"04": {"the first": {"a": [5]}}}})
    new = {"the first": {"a": [0, 1, 2]}, "the second": {}}
    assert lessons.measure(["03"]) == {"03": new, "04": {"the first": {"a": [5]}}}
    assert lessons.measure(["04"], seeds=2)["04"]["the first"] == {"a": [10, 11]}
    assert lessons.measure(trial=True) == {"03": {"the first": {"a": [0]}}, "04": {"the first": {"a": [10]}}}
    assert lessons.show({"03": new}).endswith("| 03 | the first | a | 3 | 1 ± 1 |")
    assert lessons.show({"03": {"the first": {"a": [4]}}}).endswith("| a | 1 | 4 |")


# --- the lessons in a browser tab, tried without one ----------------------------------------------------------------------


class Opened:
    """A learner's copy that is open in a tab: it notes what is run, and each of its cells fails that says something."""

    def __init__(self, said):
        self.page, self.said, self.ran = self, said, []

    def evaluate(self, script):
        return [{"id": name, "failed": bool(said), "said": said} for name, said in self.said.items()]

    def run(self, number, timeout):
        self.ran.append([*self.said][number])

    def kernel(self, source):
        self.ran.append(source)
        return "AssertionError: " * source.endswith("== 2")


def a_lesson(folder, first):
    cells = {"04-1": ("", first), "04-2": ("author", "assert a == 1"), "04-3": ("author", "assert a == 2")}
    cells |= {"04-4": ("needs-torch", 'torch = check.extra("torch")'), "04-5": ("author, needs-torch", "assert torch.ones(1)")}
    text = "".join(
        f"```{{code-cell}} ipython3\n:id: {name}\n:tags: [{tags}]\n\n{code}\n```\n\n" for name, (tags, code) in cells.items()
    )
    lesson = folder / "04_a_lesson.md"
    lesson.write_text(f"---\nkernelspec: none\n---\n\n{text}", encoding="utf-8")
    return lesson


def test_in_a_tab_a_lesson_runs_in_its_order_with_the_assertions_that_can_hold_there(tmp_path):
    opened = Opened({"04-4": "", "04-1": "NameError: no"})  # a copy may have been put in another order
    told = [("04-1", "NameError: no"), ("04-2", ""), ("04-3", "AssertionError: "), ("04-4", "")]
    assert list(tab.run_through(opened, a_lesson(tmp_path, "a = 1"))) == told
    assert opened.ran == ["04-1", "assert a == 1", "assert a == 2", "04-4"]
    opened = Opened({"04-1": "", "04-4": ""})
    assert list(tab.run_through(opened, a_lesson(tmp_path, "a = load_mnist().within_reach()"))) == [("04-1", ""), ("04-4", "")]


@pytest.fixture
def no_tab(monkeypatch, tmp_path):
    """A place for records, and no site and no browser: lesson 02 fails there, and the others take a second."""

    def seconds(chromium, address, lesson):
        if number_of(lesson) == "02":
            raise RuntimeError("lesson 02, cell 02-05: not so")
        return {"seconds": 1}

    monkeypatch.setattr(report, "RESULTS", tmp_path)
    monkeypatch.setattr(tab, "_seconds", seconds)
    monkeypatch.setattr(tab, "served", contextlib.nullcontext)
    monkeypatch.setattr(tab.site, "build", lambda out, folder: None)
    monkeypatch.setattr(tab.browser, "chromium", contextlib.nullcontext)


def test_what_was_measured_in_a_tab_is_kept_when_a_later_lesson_fails(no_tab):
    with pytest.raises(RuntimeError, match="02-05"):
        tab.measure(["01", "02", "03"])
    assert report.load("tab")["results"] == {"01": {"seconds": 1}}
    assert [*tab.measure(["00b"])] == [*report.load("tab")["results"]] == ["00b", "01"]


def test_lessons_that_were_not_measured_in_a_tab_are_named():
    row = {"open_s": 9.6, "seconds": 71.4, "cpu_s": 30.2, "products_cpu_s": 1.24, "load": 0.3}
    text = tab.show({number: row for number in map(number_of, build.LESSONS) if number not in ("09", "16")})
    assert "| 00b | 10 | 71 | 30 | 1.2 | 0.3 |" in text and text.endswith("Not measured yet: lessons 09, 16.")
    labs = {"slider_ms": [40.0, 90.4, 60.0], "stop_ms": [250.0], "load": 0.2}
    text = tab.show({"04": row, "labs": labs, "products": {"128": [9.0, 3.0], "load": 0.1}})
    assert "| 64 × 784 × 128 | 9.0 | 3.0 | 3.0 |" in text
    text = tab.show({"04": row, "labs": labs})
    assert (
        f"| {tab.TOLD['slider_ms']} | 60 | 120 | 90 | 3 |" in text
        and text.endswith("The load was 0.2.")
        and "| labs |" not in text
    )


def test_only_what_authors_assert_is_called_about_speed():
    cells = [cell for lesson in build.LESSONS for cell in cells_of(lesson.read_text(encoding="utf-8"))]
    about_speed = [cell for cell in cells if "speed" in cell["metadata"].get("tags", ())]
    assert about_speed and all(for_authors(cell) for cell in about_speed)


def test_a_site_is_served_no_longer_after_an_error(tmp_path):
    before = {*threading.enumerate()}
    with pytest.raises(RuntimeError), tab.served(tmp_path):
        (serving,) = {*threading.enumerate()} - before
        raise RuntimeError
    serving.join(5)
    assert not serving.is_alive()
