"""The figures: each comes with a sentence that is true of it."""

import math
import subprocess
import sys

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlp_helpers import History, plots
from mlp_helpers.history import Evaluation

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (60, 784), dtype=np.uint8)
LABELS = np.arange(60) % 3
NAMES = ("ant", "bee", "cow")
SQUARE = np.linspace(-1, 1, 784 * 3).reshape(784, 3)


def history(*validation):
    measured = History()
    for epoch, accuracy in enumerate(validation, 1):
        measured.append(Evaluation(epoch, 1 / epoch, 0.9, 1 - accuracy, accuracy, 1.0))
    return measured


FIGURES = {
    "sample_grid": lambda: plots.sample_grid(IMAGES, LABELS, NAMES, per_class=4),
    "image_row": lambda: plots.image_row(IMAGES[:2], ["one", "two"], "Two images"),
    "pixel_values": lambda: plots.pixel_values(IMAGES[0], slice(2, 6), slice(3, 9)),
    "class_means": lambda: plots.class_means(IMAGES, LABELS, NAMES),
    "neuron_templates": lambda: plots.neuron_templates(SQUARE, NAMES),
    "mistakes": lambda: plots.mistakes(IMAGES, LABELS, np.eye(3)[(LABELS + 1) % 3], NAMES),
    "learning_curves": lambda: plots.learning_curves(history(0.5, 0.8, 0.7)),
    "curves": lambda: plots.curves(np.arange(3), {"a": np.arange(3), "b": np.ones(3)}, "x", "y", "A rises"),
    "bars": lambda: plots.bars({"a": 1, "b": 2.5}, "letter", "size", "B is larger"),
    "matrices": lambda: plots.matrices({"one": np.eye(3)}, "class", "Ones on the diagonal"),
    "planes": lambda: plots.planes(lambda p: p, ["x", "y"], RNG.normal(size=(9, 2)), np.arange(9) % 2, ["no", "yes"], "Sides"),
    "cycle": lambda: plots.cycle("loss"),
    "graph": lambda: plots.graph([{"x": 1.0}, {"a": 2.0, "b": 3.0}], [np.ones((1, 2))], "Two units", {"a": 0.5}),
    "whole_way": lambda: plots.whole_way(IMAGES[0], np.eye(10)[3]),
    "descents": lambda: plots.descents(lambda w: (w**2).sum(), {"walk": np.array([[2.0, 1], [1, 0.5]])}, "a", "b", "Down"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_plot_is_a_figure_with_a_title_and_a_sentence(name):
    figure, description = FIGURES[name]()
    assert isinstance(figure, Figure) and description.endswith(".") and "nan" not in description
    titles = [axes.get_title() for axes in figure.axes] + [figure.get_suptitle()]
    assert any(titles) or name == "cycle"                    # the ring of four stations explains itself
    figure.canvas.draw()


def test_every_public_plot_is_tested():
    own = {name for name, value in vars(plots).items() if getattr(value, "__module__", "") == plots.__name__}
    assert {name for name in own if not name.startswith("_")} == {*FIGURES, "show"}


def test_learning_curves_name_the_best_epoch():
    figure, description = plots.learning_curves(history(0.5, 0.8, 0.7))
    assert "best after epoch 2" in figure.axes[1].get_title() and "80.00%" in description


def test_learning_curves_without_validation_speak_of_training():
    figure, description = plots.learning_curves(history(math.nan, math.nan))
    assert "Train accuracy" in figure.axes[1].get_title()
    assert [line.get_label() for line in figure.axes[0].lines] == ["train"] and "validation" not in description


def test_curves_differ_in_more_than_colour():
    figure, _ = plots.curves(np.arange(3), {name: np.arange(3) for name in "abcd"}, "x", "y", "Four lines")
    assert len({line.get_linestyle() for line in figure.axes[0].lines}) == 4


def test_mistakes_are_counted_and_the_most_confident_comes_first():
    P = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.3, 0.7]])
    figure, description = plots.mistakes(IMAGES[:4], np.array([1, 1, 1, 0]), P, ["no", "yes"])
    assert description.startswith("3 of 4 images (75.00%) are wrong. The most confident mistake is a yes, read as no, 90% sure")
    assert figure.axes[0].get_title() == "yes, read as no\n90% sure"


def test_a_network_without_mistakes_has_an_empty_gallery():
    _, description = plots.mistakes(IMAGES[:3], LABELS[:3], np.eye(3), NAMES)
    assert description.startswith("0 of 3 images")


def test_bytes_are_drawn_on_one_scale():
    dim, bright = np.full(784, 100, np.uint8), np.full(784, 200, np.uint8)
    figure, _ = plots.image_row([dim, bright], ["dim", "bright"], "Two greys")
    assert [axes.images[0].get_clim() for axes in figure.axes] == [(0, 255)] * 2


def test_show_gives_a_picture_and_prints_the_sentence(capsys, monkeypatch):
    from IPython import display

    shown = []
    monkeypatch.setattr(display, "display", shown.append)
    plots.show(FIGURES["bars"]())
    assert shown[0].data.startswith(b"\x89PNG")
    assert capsys.readouterr().out == "B is larger. Size for each letter: a: 1, b: 2.5.\n"


def test_plots_leave_the_settings_of_matplotlib_alone_and_open_no_windows():
    script = """
import matplotlib
before = dict(matplotlib.rcParams)
from mlp_helpers import plots
plots.bars({"a": 1}, "letter", "size", "One bar")
assert dict(matplotlib.rcParams) == before
import sys
assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()
"""
    subprocess.run([sys.executable, "-c", script], check=True)
