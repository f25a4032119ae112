"""The training lab: what it computes at the ends of every control, and how its buttons and sliders are wired."""

import asyncio
import importlib
import json
import math

import numpy as np
import pytest

from mlp_helpers import MLP, labs, load_mnist
from mlp_helpers.core.history import Evaluation
from mlp_helpers.labs.chart import picture
from mlp_helpers.labs.training import (
    BATCHES,
    COLUMNS,
    HIDDEN,
    IMAGES,
    RATES,
    Run,
    changes,
    describe,
    label,
    look,
    marks,
    remarks,
    row,
    speaking,
    thinned,
    train_live,
)

module = importlib.import_module("mlp_helpers.labs.training")  # labs.training is the function
DEFAULT = {
    "rate": 0.1, "hidden": 10, "layers": 1, "batch": 64, "images": 300, "epochs": 2,
    "activation": "relu", "loss": "cross_entropy", "data": "MNIST",
}  # fmt: skip
EXTREMES = [
    {},
    {"rate": 1e-4},
    {"hidden": HIDDEN[0]},
    {"hidden": HIDDEN[-1], "images": 100},
    {"layers": 0},
    {"layers": 5},
    {"batch": BATCHES[0], "images": 100},
    {"batch": "all"},
    {"images": IMAGES[0]},
    {"images": IMAGES[-1], "epochs": 1},
    {"epochs": 1},
    {"epochs": 50, "images": 100},
    {"activation": "sigmoid"},
    {"loss": "mse"},
    {"data": "Fashion-MNIST"},
]


def last(**changes):
    settings = DEFAULT | changes
    return list(train_live(settings, lambda: settings["rate"]))[-1]


@pytest.mark.parametrize("changes", EXTREMES, ids=str)
def test_at_the_ends_of_every_control(changes):
    run = last(**changes)
    assert run.ending == "finished" and run.step == run.steps and len(run.ends) == run.settings["epochs"]
    assert run.position[-1] == run.settings["epochs"] and all(np.isfinite(run.loss))
    assert len(run.looked) == len(run.train) == len(run.validation) == len(run.validation_loss)
    assert (run.dead is None) == (run.settings["activation"] == "sigmoid" or run.settings["layers"] == 0)
    spec = describe(run, [run])
    assert len(json.dumps(spec)) < 60_000 and spec["words"].startswith("After")
    assert "of 1000 and 1000" not in spec["words"]  # when it has finished, all images were read
    assert "validation images" in [series.get("label") for series in spec["panes"][0]["series"]]
    figure, description = picture(spec)
    assert len(figure.axes) == 2 and description.endswith(spec["words"])


def test_the_first_state_comes_before_any_work():
    run = next(train_live(DEFAULT, lambda: 0.1))
    assert run.step == 0 and run.left is None and "Nothing trained yet" in describe(run)["words"]


def test_the_learning_rate_can_be_moved_while_it_trains():
    rates = iter([0.1, 0.1, 0.5])
    run = list(train_live(DEFAULT | {"images": 5_000, "epochs": 6}, lambda: next(rates, 0.01)))[-1]
    assert run.rates[0] == 0.1 and run.rates[-1] == 0.01 and len(run.rates) == 3
    assert "0.1 → 0.01" in row(run)


def test_the_same_settings_give_the_same_network():
    assert last().ends[-1].train_loss == last().ends[-1].train_loss


def test_dead_units_are_counted():
    model = MLP([2, 4, 2])
    model.parameters["W1"][...] = [[1, -1, 0, 0], [1, -1, 0, 0]]
    model.parameters["b1"][...] = [0, 0, 1, -1]
    assert speaking(model, np.ones((5, 2))).tolist() == [True, False, True, False]  # of positive inputs
    assert speaking(model, np.array([[1.0, 1.0], [-1.0, -1.0]])).tolist() == [True, True, True, False]
    assert speaking(MLP([2, 2]), np.ones((5, 2))).size == 0
    assert speaking(MLP([2, 4, 2], activation="sigmoid"), np.ones((5, 2))).size == 0


def test_a_look_in_pieces_sees_what_the_whole_shows():
    data, model, run = load_mnist(), MLP([784, 1024, 1024, 10]), Run(DEFAULT)
    model.parameters["b1"][:100] = -100
    pieces = list(look(run, model, 0.5, data.train[:300], data.validation[:500]))
    assert len(pieces) > 3 and run.looked == [0.5]  # so that a button is answered in between
    assert run.train == [model.accuracy(*data.train[:300])]
    assert run.validation == [model.accuracy(*data.validation[:500])]
    assert run.dead == 1 - speaking(model, data.validation.images[:500]).mean() >= 100 / 2048


def run_with(ends, **more):
    return Run(DEFAULT, ends=[Evaluation(i + 1, *end, 0.1) for i, end in enumerate(ends)], **more)


def test_what_there_is_to_notice_is_said():
    assert remarks(run_with([(0.1, 0.97, 0.12, 0.965)])) == ""
    assert "A gap: training accuracy is 5.0 points above" in remarks(run_with([(0.1, 0.99, 0.2, 0.94)]))
    assert "lowest after epoch 1" in remarks(run_with([(0.3, 0.9, 0.2, 0.94), (0.1, 0.99, 0.3, 0.94), (0.1, 0.99, 0.3, 0.94)]))
    both_rise = [(0.3, 0.9, 0.2, 0.94), (0.4, 0.9, 0.3, 0.94), (0.5, 0.9, 0.3, 0.94)]
    assert "Overfitting" not in remarks(run_with(both_rise))
    assert "hardly learned" in remarks(run_with([(2.3, 0.11, 2.3, 0.11)]))
    assert "40% of the ReLUs are dead" in remarks(run_with([], dead=0.4))
    assert remarks(run_with([], dead=0.05)) == ""


OVERFITTED = [(0.5, 0.85, 0.5, 0.84), (0.3, 0.9, 0.3, 0.9), (0.1, 0.97, 0.35, 0.88), (0.05, 0.99, 0.5, 0.87)]


def test_a_gap_a_decline_and_the_lowest_loss_are_marked_where_they_are_said():
    run = run_with(OVERFITTED)
    losses, accuracies = marks(run)
    assert [series["text"] for series in losses if "text" in series] == ["lowest, epoch 2"]
    assert (losses[0]["x"], losses[0]["y"]) == ([2, 4], [0.3, 0.3])
    assert [series["text"] for series in accuracies if "text" in series] == ["gap 12.0", "decline 3.0"]
    gap, decline = (series for series in accuracies if series["kind"] == "line")
    assert (gap["x"], gap["y"]) == ([3.96, 3.96], [87, 99])
    assert (decline["x"], decline["y"]) == ([2, 3.96, 3.96], [90, 90, 87])
    assert "lowest after epoch 2" in remarks(run) and "3.0 points below its best, after epoch 2" in remarks(run)
    assert all(series in describe(run)["panes"][0]["series"] for series in losses)
    assert all(series in describe(run)["panes"][1]["series"] for series in accuracies)


def test_nothing_is_marked_of_a_run_without_gap_and_decline():
    assert marks(run_with([(0.3, 0.9, 0.3, 0.9), (0.1, 0.97, 0.12, 0.965)])) == ([], [])
    assert marks(run_with([(2.3, 0.18, 2.3, 0.11)])) == marks(run_with([])) == ([], [])


def test_the_validation_loss_is_that_of_the_images_looked_at():
    data, model, run = load_mnist(), MLP([784, 10, 10]), Run(DEFAULT)
    list(look(run, model, 0.5, data.train[:300], data.validation[:500]))
    assert run.validation_loss == [pytest.approx(model.evaluate(*data.validation[:500])[0])]


def test_no_point_of_the_loss_is_a_handful_of_batches(monkeypatch):
    """Batches of noise 1 around a falling line: the mean of a few would jump, wherever an epoch ends."""
    clock, sizes_of_points = iter(np.arange(0, 1e6, 0.001)), []
    monkeypatch.setattr(module.time, "perf_counter", lambda: float(next(clock)))
    settings = DEFAULT | {"images": 20_000, "epochs": 3, "hidden": 1}
    before = 0
    for run in train_live(settings, lambda: 0.1):
        if run.position and round(run.position[-1] * run.steps / 3) > before:
            sizes_of_points.append(round(run.position[-1] * run.steps / 3) - before)
            before += sizes_of_points[-1]
    assert before == run.steps and len(sizes_of_points) > 10
    assert min(sizes_of_points[:-1]) > 0.5 * np.median(sizes_of_points)


def test_ghosts_are_called_by_what_sets_them_apart():
    assert changes(DEFAULT, DEFAULT | {"rate": 1.0, "hidden": 50}) == "rate 0.1, 10 hidden"
    assert changes(DEFAULT, DEFAULT) == "the same settings"
    others = {"activation": "sigmoid", "loss": "mse"}
    assert changes(DEFAULT, DEFAULT | others) == "ReLU, cross-entropy"
    assert changes(DEFAULT | others, DEFAULT) == "sigmoid, squared error"
    every = {"hidden": 50, "layers": 2, "batch": 4, "images": 100, "epochs": 9, "activation": "sigmoid", "data": "Fashion-MNIST"}
    assert changes(DEFAULT | every, DEFAULT) == "50 hidden, 2 layers, batch 4, 100 images, 9 epochs, sigmoid, Fashion-MNIST"
    ghosts = [Run(DEFAULT | every, position=[1], loss=[1.0], looked=[1], validation=[0.5]) for _ in range(5)]
    pane = describe(Run(DEFAULT), ghosts)["panes"][0]
    assert pane["legendwidth"] * (5 + 2) * 15 < pane["box"][2] * pane["box"][3] / 3  # the legend leaves the curves to be seen


def test_no_ghost_has_a_colour_of_the_run_that_is_looked_at():
    ghosts = [Run(DEFAULT | {"hidden": 10 + i}, position=[1], loss=[1.0], looked=[1], validation=[0.5]) for i in range(5)]
    colours = [series["color"] for series in describe(Run(DEFAULT), ghosts)["panes"][0]["series"]]
    assert len(set(colours[:5])) == 5 and not set(colours[:5]) & set(colours[5:])


def test_labels_and_rows_name_what_was_set():
    settings = DEFAULT | {"layers": 2, "activation": "sigmoid", "loss": "mse", "data": "Fashion-MNIST", "batch": "all"}
    assert label(settings) == "rate 0.1, 10 × 10 hidden, batch all, 300 images, sigmoid, squared error, Fashion-MNIST"
    assert label(DEFAULT | {"images": IMAGES[-1], "layers": 0}) == "rate 0.1, no hidden, batch 64"
    entries = row(run_with([(0.1, 0.99, 0.2, 0.9412)], name="mine", seconds=2.04))
    assert entries == ["mine", "94.1", "99.0", "1", "2.0", "stopped", "0.1", "10", "64", "300", "relu", "cross_entropy", "MNIST"]
    assert len(entries) == len(COLUMNS)


def test_a_rate_moved_after_the_reset_is_the_one_that_is_named():
    steps = train_live(DEFAULT, lambda: 0.02)
    run = next(steps)
    next(steps)
    assert "rate 0.02" in label(run.settings) and row(run)[6] == "0.02" and DEFAULT["rate"] == 0.1


def test_long_curves_are_thinned_and_keep_their_ends():
    assert thinned([1, 2, 3]) == [1, 2, 3]
    kept = thinned(list(range(1_000)))
    assert len(kept) == 300 and (kept[0], kept[-1]) == (0, 999)


def in_a_notebook(lesson):
    """Run a lesson on a loop, as a notebook's cell does."""

    async def cell():
        lab = labs.training(**(DEFAULT | {"images": 1_000}))
        lab.live.shown()
        await lesson(lab)

    asyncio.run(cell())


async def until(holds):
    """Give the loop its turns until something holds."""
    while not holds():
        await asyncio.sleep(0.01)


def test_start_stop_go_on_and_reset():
    async def lesson(lab):
        lab.controls["epochs"].value = 50
        lab.live.buttons["start"].click()
        await until(lambda: lab.progress.value > 0)
        assert lab.live.status == "running" and "s left" in lab.left.value
        lab.live.buttons["stop"].click()
        await lab.task
        step = lab.live.state.step
        assert lab.live.status == "stopped" and 0 < step < lab.live.state.steps
        lab.live.buttons["start"].click()
        await until(lambda: lab.live.state.step > step)
        lab.live.buttons["reset"].click()
        assert lab.live.status == "ready" and lab.live.state.step == 0 and len(lab.runs) == 1

    in_a_notebook(lesson)


def test_earlier_runs_stay_as_ghosts_and_in_the_table():
    async def lesson(lab):
        lab.name.value = "first <b>"
        lab.live.start()
        await lab.task
        lab.live.reset()
        lab.controls["rate"].value = 1.0
        lab.live.start()
        await lab.task
        labels = [series.get("label") for series in lab.chart.spec["panes"][0]["series"]]
        assert labels == ["first <b>", "this run, recent batches", "validation images", None]
        lab.live.reset()
        assert "first &lt;b&gt;" in lab.table.value and lab.text.value.count("\n") == 2
        assert lab.text.value.splitlines()[1].split("\t")[0] == "first <b>"

    in_a_notebook(lesson)


def test_settings_apply_at_once_when_nothing_is_trained_and_after_a_reset_otherwise():
    async def lesson(lab):
        lab.controls["hidden"].value = 50
        assert lab.live.state.settings["hidden"] == 50
        lab.live.start()
        await lab.task
        lab.controls["hidden"].value = 20
        assert lab.live.state.settings["hidden"] == 50 and lab.live.status == "finished"
        lab.live.reset()
        assert lab.live.state.settings["hidden"] == 20 and len(lab.runs) == 1

    in_a_notebook(lesson)


def test_a_divergence_is_told_and_kept_in_the_table():
    async def lesson(lab):
        lab.controls["rate"].value = 10
        lab.controls["layers"].value = 5
        lab.live.start()
        await lab.task
        assert lab.live.status == "diverged" and "diverged" in lab.live.notice.value
        spec, run = lab.chart.spec, lab.live.state
        curve = spec["panes"][0]["series"][0]
        assert spec["panes"][0]["xlabel"] == "steps" and curve["x"][-1] == run.step == run.last[-1][0]
        assert max(curve["y"]) > 100 * curve["y"][0]  # it is seen to explode
        assert spec["words"].startswith("The loss has exploded: ") and f"at step {run.step}." in spec["words"]
        assert json.dumps(spec, allow_nan=False)
        picture(spec)
        lab.live.reset()
        assert lab.runs[0].ending == "diverged"

    in_a_notebook(lesson)


@pytest.mark.parametrize("loss", [math.nan, math.inf, 5e4])
def test_an_explosion_is_drawn_however_it_ends(loss):
    run = Run(DEFAULT, step=2, ending="diverged", last=[(1, 2.3), (2, loss)])
    spec = describe(run)
    low, high = spec["panes"][0]["ylim"]
    _, marks, said = spec["panes"][0]["series"]
    assert all(low <= y <= high for y in marks["y"]) and marks["y"][-1] > marks["y"][0] and low < said["y"] < high
    assert json.dumps(spec, allow_nan=False) and f"{loss:.3g} at step 2" in spec["words"]


def test_the_images_are_read_before_start_is_pressed(monkeypatch):
    read = []
    monkeypatch.setitem(module.DATA, "MNIST", lambda: read.append("MNIST"))
    monkeypatch.setattr(module, "SOON", 0)
    monkeypatch.setattr("IPython.display.display", lambda data, raw: None)

    async def cell():
        labs.training().show()
        assert not read  # the cell itself does not wait for them
        await asyncio.sleep(0.05)

    asyncio.run(cell())
    assert read == ["MNIST"]


def test_a_rate_that_is_hard_to_hit_has_a_button():
    lab = labs.training(images=100)
    presets = [widget for widget in lab.view.children[0].children if "mlp-preset" in widget._dom_classes]
    for preset, rate in zip(presets, RATES, strict=True):
        preset.click()
        assert lab.controls["rate"].value == rate and preset.tooltip == f"learning rate {preset.description}"
        assert lab.live.state.settings["rate"] == rate


def test_only_the_controls_that_are_asked_for_are_shown_and_the_others_keep_their_settings():
    lab = labs.training(["epochs", "rate"], epochs=5, hidden=10)
    shown = lab.view.children[0].children
    others = [widget for widget in shown if "mlp-preset" not in widget._dom_classes]
    assert others == [lab.controls["rate"], lab.controls["epochs"]]
    assert len(shown) == 2 + len(RATES) and lab.settings["hidden"] == 10 and lab.settings["data"] == "MNIST"
    with pytest.raises(ValueError, match=r"controls must be of rate, hidden.*, but speed is none of them"):
        labs.training(["speed"])


@pytest.mark.parametrize("lab", [labs.training, labs.plane])
def test_a_setting_that_there_is_not_is_named_beside_those_that_there_are(lab):
    with pytest.raises(ValueError, match=r"controls must be of .*rate.*, but pause, speed are none of them"):
        lab(["pause"], speed=3)


def test_the_table_as_text_is_shown_and_hidden():
    lab = labs.training(images=100)
    assert lab.text.layout.display == "none"
    lab.as_text.click()
    assert lab.text.layout.display is None
    lab.as_text.click()
    assert lab.text.layout.display == "none"
