"""The figures: each comes with a sentence that is true of it, and is shown with it."""

import base64
import html
import inspect
import io
import itertools
import math
import pathlib
import re
import subprocess
import sys
import types

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from matplotlib.image import imread

from mlp_helpers import History, plots
from mlp_helpers.core.history import Evaluation
from mlp_helpers.plots.style import alike, as_card, number

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (60, 784), dtype=np.uint8)
LABELS = np.arange(60) % 3
NAMES = ("ant", "bee", "cow")
SIDES = {"X": "n d", "W": "d k", "b": "k", "Z": "n k"}
W2 = np.array([[1.0, -1, 0], [0.5, -1, 1], [-2, 1.5, 0], [0, 0.5, 0.25], [0, 0, 0]])
BLAMED = (W2 @ [0.25, 0.5, -0.75], W2, [0.25, 0.5, -0.75])  # dZ1, W2, dZ2
SQUARE = np.linspace(-1, 1, 784 * 3).reshape(784, 3)


def history(*validation):
    measured = History()
    for epoch, accuracy in enumerate(validation, 1):
        measured.append(Evaluation(epoch, 1 / epoch, 0.9, 1 - accuracy, accuracy, 1.0))
    return measured


def bowl(w):
    return w[0] ** 2 + 3 * w[1] ** 2


def written(axes):
    return [text.get_text() for text in axes.texts]


def rectangle(figure, name):
    """The width and the height in inches of a matrix in a drawing."""
    (patch,) = [patch for patch in figure.axes[0].patches if patch.get_gid() == name]
    return patch.get_width(), patch.get_height()


TRIED = [{"rate": rate, "units": units, "kind": kind} for rate, units, kind in ((0.001, 8, "a"), (0.1, 16, "b"), (0.02, 8, "b"))]


FIGURES = {
    "sample_grid": lambda: plots.sample_grid(IMAGES, LABELS, NAMES, per_class=4),
    "image_row": lambda: plots.image_row(IMAGES[:2], ["one", "two"], "Two images"),
    "image_table": lambda: plots.image_table(IMAGES[:5], "Five", ["one", "two", "three", "4\nas 9", "5"], columns=3),
    "pixel_values": lambda: plots.pixel_values(IMAGES[0], slice(2, 6), slice(3, 9)),
    "class_means": lambda: plots.class_means(IMAGES, LABELS, NAMES),
    "neuron_templates": lambda: plots.neuron_templates(SQUARE, NAMES),
    "mistakes": lambda: plots.mistakes(IMAGES, LABELS, np.eye(3)[(LABELS + 1) % 3], NAMES),
    "learning_curves": lambda: plots.learning_curves(history(0.5, 0.8, 0.7)),
    "comparison": lambda: plots.comparison({"a": history(0.5, 0.8, 0.7), "b": history(0.6)}, "a beats b"),
    "costs": lambda: plots.costs({"a": (1, 9, 1), "b": (9, 3, 0)}, "time", "mistakes", "b is dearer", {"c": 5}, {"d": (2, 8)}),
    "curves": lambda: plots.curves(np.arange(3), {"a": np.arange(3), "b": np.ones(3)}, "x", "y", "A rises"),
    "bars": lambda: plots.bars({"a": 1, "b": 2.5}, "letter", "size", "B is larger"),
    "runs": lambda: plots.runs({"a": [1.0, 2.0, 3.0], "b": [2.5]}, "size", "B is larger on the whole"),
    "effects": lambda: plots.effects({"a": [[0.1, -1], [0.2, -2]], "b": [[0, 0.5], [0.1, 0.1]]}, "a hurts"),
    "matrices": lambda: plots.matrices({"one": np.eye(3)}, "class", "Ones on the diagonal"),
    "confusion": lambda: plots.confusion(np.array([[8, 2, 0], [1, 9, 0], [0, 4, 6]]), NAMES, "Cows look like bees"),
    "histograms": lambda: plots.histograms({"one": np.arange(6.0).reshape(2, 3), "two": np.zeros(4)}, "values", "Two layers"),
    "reliability": lambda: plots.reliability(np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7]]), np.array([0, 1, 1]), "How sure"),
    "roofline": lambda: plots.roofline(100, {"memory": 10}, {"add": (0.25, 2.0), "product": (50, 80.0)}, "Two operations"),
    "weight_images": lambda: plots.weight_images(SQUARE, "Three units", columns=2),
    "planes": lambda: plots.planes(lambda p: p, ["x", "y"], RNG.normal(size=(9, 2)), np.arange(9) % 2, ["no", "yes"], "Sides"),
    "cycle": lambda: plots.cycle("loss"),
    "graph": lambda: plots.graph([{"x": 1.0}, {"a": 2.0, "b": 3.0}], [np.ones((1, 2))], "Two units", {"a": 0.5}),
    "paths": lambda: plots.paths({"x": 3, "u": 4, "L": 16}, {("x", "u"): 1, ("u", "L"): 8}, "A chain"),
    "blame_map": lambda: plots.blame_map(IMAGES[0], *BLAMED, "A misread 2"),
    "shapes": lambda: plots.shapes("Z = X @ W + b", SIDES, "A layer", marked={"X": "row"}),
    "stages": lambda: plots.stages({"scores": [1.0, -2.0], "twice": [2.0, -4.0]}, ["times 2"], "ab", "Doubled", marked=1),
    "points_on": lambda: plots.points_on(np.square, (0, 3), [1, 2], "x", "y", "A parabola", tangents=True),
    "secants": lambda: plots.secants(np.square, (0, 3), 1, [1, 0.5], "x", "y", "Lines and a tangent"),
    "contours": lambda: plots.contours(bowl, ((-2, 2), (-1, 1)), [(1, 0.5)], "a", "b", "A bowl", [(2, 1), (1, 0.5)]),
    "memory": lambda: plots.memory({"a": np.arange(6), "b": np.ones(2)}, "Two memories"),
    "whole_way": lambda: plots.whole_way(IMAGES[0], np.eye(10)[3]),
    "plans": lambda: plots.plans({"grid": RNG.random((9, 2)), "random": RNG.random((9, 2))}, np.sin, "rate", "size", "Nine each"),
    "parallel": lambda: plots.parallel(TRIED, [0.2, 0.9, 0.5], "accuracy", "Three trials"),
    "descents": lambda: plots.descents(lambda w: (w**2).sum(), {"walk": np.array([[2.0, 1], [1, 0.5]])}, "a", "b", "Down"),
}


@pytest.fixture
def shown(monkeypatch):
    """What a notebook is given to display, in the order in which it comes: for each output its data and its metadata."""
    outputs = []
    monkeypatch.setattr("IPython.get_ipython", lambda: InteractiveShell)
    monkeypatch.setattr("IPython.display.display", lambda data, metadata=None, raw=False: outputs.append((data, metadata)))
    return outputs


@pytest.mark.parametrize("name", FIGURES)
def test_a_plot_is_shown_as_a_picture_and_one_sentence_that_makes_sense_without_it(name, shown):
    figure, description = FIGURES[name]()
    assert isinstance(figure, Figure) and description.endswith(".") and not re.search(r"nan|\n|  ", description)
    titles = [axes.get_title() for axes in figure.axes] + [figure.get_suptitle()]
    assert any(titles) or name == "cycle"  # the ring of four steps explains itself
    if "title" in inspect.signature(getattr(plots, name)).parameters:
        title = figure.get_suptitle() or figure.axes[0].get_title()
        assert description.startswith(title)  # a title in the picture is read by nobody who does not see it
    plots.show((figure, description))
    (picture, heeded), (sentence, _) = shown
    assert list(picture) == ["image/png"] and base64.b64decode(picture["image/png"]).startswith(b"\x89PNG")
    assert heeded["image/png"]["alt"] and description not in heeded["image/png"]["alt"]  # or it would be read twice
    assert " ".join(sentence["text/plain"].split()) == f"Figure: {description}"
    assert f">Figure: {html.escape(description, quote=False)}</p>" in sentence["text/html"]


HELPERS = {
    "alike",
    "as_card",
    "number",
    "sheet",
    "show",
    "signed",
    "styled",
    "with_minus",
    "Part",
    "length",
    "parts_of",
    "written",
}


def test_every_public_plot_is_tested():
    rooms = [value for value in vars(plots).values() if isinstance(value, types.ModuleType)]
    drawn = {name for room in rooms for name, value in vars(room).items() if getattr(value, "__module__", "") == room.__name__}
    assert {name for name in drawn if not name.startswith("_")} == {*FIGURES, *HELPERS}
    assert {name for name in plots.__all__ if callable(getattr(plots, name))} == {*FIGURES, "show"}


def test_learning_curves_name_the_best_epoch():
    figure, description = plots.learning_curves(history(0.5, 0.8, 0.7))
    assert "best after epoch 2" in figure.axes[1].get_title() and "80.00%" in description


def test_learning_curves_say_where_the_loss_turned_and_not_that_it_falls():
    turned = history(0.5, 0.8, 0.7)
    assert np.argmin(turned.validation_loss) == 1 and np.argmin(turned.train_loss) == 2
    figure, description = plots.learning_curves(turned)
    assert figure.axes[0].get_title() == "Validation loss is lowest after epoch 2: 0.2"
    assert "Validation loss is lowest after epoch 2, with 0.2000" in description


def test_learning_curves_without_validation_speak_of_training():
    figure, description = plots.learning_curves(history(math.nan, math.nan))
    assert [axes.get_title().split()[0] for axes in figure.axes] == ["Training", "Training"]
    assert [line.get_label() for line in figure.axes[0].lines] == ["train"] and "validation" not in description


def test_effects_say_mean_and_spread_and_grey_out_what_the_spread_hides():
    figure, description = plots.effects({"a": [[0.1, -1], [0.3, -2]], "b": [[-0.1, 0.5], [0.1, 0.5]]}, "a hurts")
    assert "a: loss +0.200 ± 0.141, accuracy -1.50 ± 0.71; b: loss +0.000 ± 0.141, accuracy +0.50 ± 0.00" in description
    loss, accuracy = ([bar.get_facecolor()[:3] for bar in axes.patches] for axes in figure.axes)
    assert loss[0] == accuracy[0] != loss[1] == (0.8, 0.8, 0.8) and accuracy[1] not in (loss[0], loss[1])


def test_a_comparison_names_the_best_epoch_of_each_run_and_draws_validation_thick_and_training_thin():
    figure, description = plots.comparison({"slow": history(0.5, 0.6, 0.7), "fast": history(0.8, 0.9, 0.85)}, "Fast wins")
    assert "70.00% for slow, after epoch 3 of 3; 90.00% for fast, after epoch 2 of 3" in description
    for axes, validation in zip(figure.axes, ([0.2, 0.1, 0.15], [80, 90, 85]), strict=True):
        thin, thick = axes.lines[2:]
        assert np.allclose(thick.get_ydata(), validation) and thin.get_linewidth() < thick.get_linewidth() / 2
        assert thin.get_color() == thick.get_color() and thin.get_linestyle() == thick.get_linestyle()
        other = axes.lines[0]
        assert other.get_color() != thick.get_color() and other.get_linestyle() != thick.get_linestyle()
        assert [text.get_text() for text in axes.get_legend().texts] == ["slow", "fast"]
    assert figure.axes[1].get_title() == "Highest in validation: 90.00% (fast)"


def test_a_comparison_without_validation_speaks_of_training():
    figure, description = plots.comparison({"alone": history(math.nan, math.nan)}, "One run")
    assert "Best training accuracy: 90.00% for alone, after epoch 1 of 2" in description and "nan" not in description
    assert [len(axes.lines) for axes in figure.axes] == [1, 1]
    assert "validation" not in figure.axes[1].get_title() + description


def test_no_colour_is_named_by_its_number_in_a_style():
    """Matplotlib looks "C0" up only when it draws a line: by then the course's style is no longer in force."""
    for room in pathlib.Path(plots.__file__).parent.glob("*.py"):
        assert not re.findall(r"[\"']C[\d{]", room.read_text(encoding="utf-8")), room.name


def test_curves_differ_in_more_than_colour():
    figure, _ = plots.curves(np.arange(3), {name: np.arange(3) for name in "abcd"}, "x", "y", "Four lines")
    assert len({line.get_linestyle() for line in figure.axes[0].lines}) == 4


def test_curves_over_chosen_rates_label_these_alone():
    rates = (0.05, 0.1, 0.2, 0.5)
    figure, _ = plots.curves(rates, {"a": rates}, "rate", "y", "Up", xscale="log", xticks=rates, xticklabels=rates)
    figure.draw_without_rendering()
    labels = [label.get_text() for label in figure.axes[0].get_xticklabels(which="both")]
    assert labels == ["0.05", "0.1", "0.2", "0.5"]


def test_runs_show_every_run_and_tell_mean_and_range():
    figure, description = plots.runs({"a": [1.0, 2.0, 6.0], "b": [2.5]}, "mistakes in %", "B makes fewer")
    dots, mean = figure.axes[0].lines[:2]
    assert list(dots.get_xdata()) == [1, 2, 6] and list(mean.get_xdata()) == [3]
    assert figure.axes[0].get_xlabel() == "mistakes in %\na dot: one run; the bar: their mean"
    assert description == "B makes fewer. Mistakes in %, mean (least to largest): 3 (1 to 6) for a; 2.5 (2.5 to 2.5) for b."


def test_a_roofline_rises_along_each_memory_as_far_as_the_peak_and_says_what_was_measured():
    memories = {"memory": 10, "cache": 50, "registers": 400}
    figure, description = plots.roofline(100, memories, {"add": (0.25, 2.0), "product": (50, 80.0)}, "Two operations")
    *slopes, flat, add, product = figure.axes[0].lines
    for slope, bandwidth in zip(slopes, memories.values(), strict=True):
        across, up = slope.get_data()
        assert across[1] == 100 / bandwidth and np.allclose(up, bandwidth * np.array(across))
    assert flat.get_xdata()[0] == 0.25 and set(flat.get_ydata()) == {100}  # from the first ridge on
    assert len({line.get_linestyle() for line in [*slopes, flat]}) == 4 and add.get_marker() != product.get_marker()
    assert description.endswith("add 0.25 FLOPs per byte, 2 GFLOP/s; product 50 FLOPs per byte, 80 GFLOP/s.")


def test_the_names_of_costs_keep_off_the_line_and_each_other():
    rungs = {"99": (33, 98.8, 6.0), "99.3": (179, 61.6, 2.0), "99.45": (686, 50.5, 0.7), "99.55": (3_901, 42.5, 0.7)}
    records = {"1998, somebody and others": 245, "2003, somebody and others": 70, "2010, somebody and others": 35}
    figure, _ = plots.costs(rungs, "epochs", "mistakes", "Dear", records, {"another": (39.6, 97)})
    figure.draw_without_rendering()
    (axes,) = figure.axes
    line, *_ = axes.lines
    ends = axes.transData.transform(line.get_xydata())
    on_the_way = np.concatenate([np.linspace(start, end, 500) for start, end in itertools.pairwise(ends)])
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) == 8 and not any(box.contains(*point) for box in boxes for point in on_the_way)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_costs_go_from_cheap_to_dear_on_log_scales_with_lines_for_what_has_no_cost():
    named, marks, beside = {"dear": (90, 20, 1), "cheap": (3, 80, 4)}, {"record": 35}, {"another": (5, 70)}
    figure, description = plots.costs(named, "hours", "mistakes", "Dear", marks, beside)
    (axes,) = figure.axes
    assert axes.get_xscale() == axes.get_yscale() == "log"
    joined, triangle, line = axes.lines[0], *(each for each in axes.lines if each.get_marker() == "^"), axes.lines[-1]
    assert list(joined.get_xdata()) == [3, 90] and list(joined.get_ydata()) == [80, 20]
    assert (list(triangle.get_xdata()), list(triangle.get_ydata())) == ([5], [70])
    assert set(line.get_ydata()) == {35} and line.get_linestyle() == "--"
    assert {"dear", "cheap", "another", "record"} == set(written(axes))
    assert description == (
        "Dear. From the cheapest to the dearest, hours and mistakes: 3 and 80 for cheap; 90 and 20 for dear; 5 and 70 for "
        "another. Lines across, mistakes alone: 35 for record."
    )


def test_a_table_of_images_gives_them_their_names_or_their_numbers():
    figure, description = plots.image_table(IMAGES[:3], "Which?")
    assert [axes.get_title() for axes in figure.axes] == ["1", "2", "3"]
    assert description == "Which? (3 images, row by row: numbers 1 to 3)."
    figure, description = plots.image_table(IMAGES[:3], "These", ["a", "b\nas c", "d"], columns=2)
    assert [axes.get_title() for axes in figure.axes][:3] == ["a", "b\nas c", "d"]
    assert description == "These (3 images, row by row: a; b as c; d)."


def test_mistakes_are_counted_and_the_most_confident_comes_first():
    P = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.3, 0.7]])
    figure, description = plots.mistakes(IMAGES[:4], np.array([1, 1, 1, 0]), P, ["no", "yes"])
    assert description.startswith("3 of 4 images (75.00%) are wrong. The most confident mistake: yes, read as no, 90% sure")
    assert figure.axes[0].get_title() == "yes, read as no\n90% sure"
    figure, _ = plots.mistakes(np.tile(IMAGES[:4], (500, 1)), np.tile([1, 1, 1, 0], 500), np.tile(P, (500, 1)), ["no", "yes"])
    assert figure.get_suptitle().startswith("1 500 of 2 000 are wrong")


def test_a_network_without_mistakes_has_an_empty_gallery():
    _, description = plots.mistakes(IMAGES[:3], LABELS[:3], np.eye(3), NAMES)
    assert description.startswith("0 of 3 images")


def test_confusion_shows_all_numbers_but_colours_the_mistakes_alone():
    counts = np.array([[800, 2, 0], [1, 900, 0], [0, 4, 600]])
    figure, description = plots.confusion(counts, NAMES, "Cows look like bees")
    axes = figure.axes[0]
    assert {text.get_position()[::-1]: int(text.get_text()) for text in axes.texts} == dict(np.ndenumerate(counts))
    (image,) = axes.images
    assert image.get_clim() == (0, 4) and np.array_equal(image.get_array().mask, np.eye(3, dtype=bool))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("predicted", "true class")
    assert "7 of 2307 are wrong (0.30%). Most often, 4 times (0.7% of its class), cow is taken for bee" in description
    assert description.endswith("the other way round 0 times.")


def test_confusion_of_a_network_without_mistakes_names_none():
    _, description = plots.confusion(np.diag([5, 6, 7]), NAMES, "All right")
    assert description == "All right. 0 of 18 are wrong (0.00%)."


def test_weight_images_stand_in_reading_order():
    W = np.full((784, 5), 0.5)
    W[:, 3] = 2
    W[3 * 28 + 7, 2] = 1  # row 3, column 7 of unit 2, which stands third in the first row
    figure, description = plots.weight_images(W, "Five units", columns=3)
    mosaic = figure.axes[0].images[0].get_array()
    assert mosaic.shape == (60, 90) and mosaic[1 + 3, 61 + 7] == 1 and (mosaic == 1).sum() == 1
    assert (mosaic[31:59, 1:29] == 2).all() and np.ma.getmaskarray(mosaic)[31:59, 61:89].all()
    assert figure.axes[0].images[0].get_clim() == (-2, 2)
    assert "5 units" in description and "from 0.50 to 2.00" in description
    assert "Unit 3 has the largest weights (length 56.00), unit 0 the smallest (14.00)" in description


def test_a_deviation_is_written_alike_in_a_panel_and_in_words():
    figure, description = plots.histograms({"wide": np.array([-1234.5, 1234.5]), "fine": np.array([-0.0456, 0.0456])}, "x", "t")
    written = [axes.get_title().rpartition("std ")[2] for axes in figure.axes]
    assert [f"{each} for {name}" in description for each, name in zip(written, ("wide", "fine"), strict=True)] == [True, True]


def test_histograms_share_a_range_count_the_zeros_and_wrap():
    named = {f"layer {i}": RNG.normal(size=(20, 30)) * 10.0**-i for i in range(6)} | {"half": np.array([0.0, 0, 3, -1])}
    figure, description = plots.histograms(named, "activations", "They shrink")
    assert len(figure.axes) == 7 and len({axes.get_xlim() for axes in figure.axes}) == 1
    edges = [[bar.get_x() for bar in axes.patches] for axes in figure.axes]
    assert np.ptp(edges, axis=0).max() == 0 and np.isclose(edges[0][25] + edges[0][26], 0)  # 0 is in the middle of a bar
    assert [axes.get_subplotspec().rowspan.start for axes in figure.axes] == [0] * 5 + [1] * 2
    assert figure.axes[6].get_title() == "half\n50% are 0, std 1.5" and "50.0% and 1.5 for half." in description
    assert sum(bar.get_height() for bar in figure.axes[6].patches) == 2
    assert sum(bar.get_height() for bar in figure.axes[0].patches) == 600


def test_histograms_of_signed_values_may_count_their_zeros_like_all_others():
    figure, description = plots.histograms({"both": np.array([0.0, 0, 3, -1])}, "points", "Around", zeros_apart=False)
    assert sum(bar.get_height() for bar in figure.axes[0].patches) == 4
    assert figure.axes[0].get_title() == "both\nstd 1.5" and description == "Around. Standard deviation of points: 1.5 for both."
    assert "one standard deviation" in figure.get_supxlabel()


def test_histograms_without_zeros_apart_span_the_values_and_not_the_way_to_0():
    values = {"few": np.array([60.0, 84, 100]), "many": np.array([80.0, 84, 88])}
    for zeros_apart, first in ((True, 0), (False, 60)):
        figure, _ = plots.histograms(values, "accuracy in %", "Closer", zeros_apart=zeros_apart)
        bars = [axes.patches for axes in figure.axes]
        reach = [(panel[0].get_x(), panel[-1].get_x() + panel[-1].get_width()) for panel in bars]
        assert np.allclose(reach, [(first, 100)] * 2)


def test_reliability_compares_confidence_with_hits():
    P = np.repeat([[0.93, 0.07], [0.62, 0.38]], [8, 2], axis=0)
    figure, description = plots.reliability(P, np.array([0] * 6 + [1] * 2 + [0] * 2), "Too sure")
    upper, lower = figure.axes
    assert [round(bar.get_height()) for bar in upper.patches] == [100, 75]
    assert [round(bar.get_height()) for bar in lower.patches] == [2, 8]
    assert np.allclose(upper.lines[1].get_data(), [[62, 93], [100, 75]])
    assert not upper.lines[1].get_clip_on()  # a dot at 100 % is drawn whole
    assert "error is 0.2200" in description  # (8 · 0.18 + 2 · 0.38) / 10
    assert "86.80% sure and 80.00% are right, so it is too sure" in description and "8 of 10" in description


def test_bytes_are_drawn_on_one_scale():
    dim, bright = np.full(784, 100, np.uint8), np.full(784, 200, np.uint8)
    figure, _ = plots.image_row([dim, bright], ["dim", "bright"], "Two greys")
    assert [axes.images[0].get_clim() for axes in figure.axes] == [(0, 255)] * 2


def test_the_same_figure_is_the_same_picture_to_the_byte(shown):
    for _ in range(2):
        plots.show(FIGURES["curves"]())
    assert shown[:2] == shown[2:]


def test_a_figure_is_as_it_was_on_a_white_page_and_a_quiet_card_on_a_dark_one():
    figure, _ = plots.curves(np.arange(3), {"a": np.arange(3)}, "x", "y", "A rises", points=[(1, 1)])
    file = io.BytesIO()
    figure.savefig(file, format="png")
    before = imread(io.BytesIO(file.getvalue()))[:, :, :3]
    card = imread(io.BytesIO(as_card(file.getvalue())))
    colours, alpha = card[:, :, :3], card[:, :, 3:]
    on_white, on_dark = (alpha * colours + (1 - alpha) * page for page in (1, 0.07))
    assert np.abs(on_white - before).max() < 0.75 / 255
    edge = before.shape[1] // 2
    assert on_dark[3, edge] == pytest.approx(0.87, abs=0.01)  # its white
    assert [*on_dark[0, 0], *on_dark[-1, -1]] == pytest.approx([0.07] * 6)  # the page: its corners are round
    black = before.max(axis=-1) == 0
    assert black.sum() > 100 and np.abs(on_dark[black]).max() < 0.01


def test_a_script_and_a_terminal_print_the_sentence(capsys):
    figure = FIGURES["bars"]()
    plots.show(figure)
    sentence = "Figure: B is larger. Size, by letter: 1.0 for a; 2.5 for b.\n"
    assert capsys.readouterr().out == sentence
    code = 'from mlp_helpers import plots; plots.show(plots.bars({"a": 1, "b": 2.5}, "letter", "size", "B is larger"))'
    run = subprocess.run([sys.executable, "-m", "IPython", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == sentence


def test_numbers_are_short_and_names_stand_on_one_line():
    _, description = plots.points_on(np.square, (0, 2), [1], "$w_1$", "loss", "One weight")
    assert description == "One weight. loss at w_1: 1 at 1."
    _, description = plots.bars({"1\nmask": 0.123456}, "bug", "% lost", "One bug")
    assert description == "One bug. % lost, by bug: 0.1235 for 1 mask."
    numbers = [0.000123456, -12.3456, 999.9, 1000.4, 50_000, math.inf]
    assert [number(value) for value in numbers] == ["0.000123", "-12.3", "1000", "1000", "50000", "inf"]


def test_the_numbers_of_one_chart_have_one_number_of_decimals():
    figure, description = plots.bars({"a": 23.5, "b": 68.83, "c": -0.001}, "letter", "size", "Bars")
    assert written(figure.axes[0]) == ["23.50", "68.83", "0.00"] and "23.50 for a; 68.83 for b; 0.00 for c" in description
    figure, _ = plots.bars({"a": 60_000, "b": 5421.0, "c": -3}, "letter", "size", "Counts")
    assert written(figure.axes[0]) == ["60,000", "5,421", "−3"]
    figure, _ = plots.stages({"scores": [2, -1], "shares": [0.95257, 0.04743]}, ["softmax"], "ab", "Shares")
    assert [written(axes)[:2] for axes in figure.axes] == [["2", "−1"], ["0.953", "0.047"]]
    assert alike([math.inf, 0.5, math.nan]) == ["inf", "0.5000", "nan"] and alike([0, 0]) == ["0", "0"] and alike([]) == []


def test_the_names_of_bars_do_not_run_into_each_other():
    names = ["1\nmask", "2\nnan", "3\nno 1/n", "4\none db", "5\nzero", "6\nbest of 20", "7\nshuffled", "8\nrebound", "9\nrate"]
    figure, _ = plots.bars(dict.fromkeys(names, 1), "bug", "points", "Nine bugs")
    figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in figure.axes[0].get_xticklabels()]
    letter = figure.axes[0].get_xticklabels()[0].get_fontsize() / 2
    assert len(boxes) == 9 and all(left.x1 + letter < right.x0 for left, right in itertools.pairwise(boxes))


def test_the_titles_of_panels_beside_each_other_do_not_touch():
    spreads = (5.4e-2, 2.7e-4, 1.4e-6, 5.4e-9, 2.6e-11)
    named = {f"Xavier, layer {i}": np.maximum(RNG.normal(size=200) * spread, 0) for i, spread in enumerate(spreads)}
    figure, _ = plots.histograms(named, "activations", "Five layers")
    figure.draw_without_rendering()
    boxes = [axes.title.get_window_extent() for axes in figure.axes]
    letter = figure.axes[0].title.get_fontsize() / 2
    assert all(left.x1 + letter < right.x0 for left, right in itertools.pairwise(boxes))


@pytest.mark.parametrize("name", FIGURES)
def test_a_figures_title_keeps_off_the_titles_of_its_panels(name):
    figure, _ = FIGURES[name]()
    figure.draw_without_rendering()
    if figure._suptitle:
        title = figure._suptitle.get_window_extent()
        for axes in figure.axes:
            if axes.get_title():
                assert axes.title.get_window_extent().y1 < title.y0 - 0.6 * figure._suptitle.get_fontsize() * figure.dpi / 72


def test_the_points_of_a_plane_are_whole_at_its_edges_and_none_lie_outside():
    points = np.array([[2.2, 0], [0, -2.2], [2.5, 0], [-1, 1]])
    figure, _ = plots.planes(lambda p: p, ["x", "y"], points, np.array([0, 1, 0, 1]), ["no", "yes"], "Sides")
    for axes in figure.axes:
        no, yes = (marks for marks in axes.collections if marks.get_label() in ("no", "yes"))
        assert not no.get_clip_on() and not yes.get_clip_on()
        assert len(no.get_offsets()) == 1 and len(yes.get_offsets()) == 2


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


def test_memory_shows_where_each_name_looks_and_which_of_them_share():
    A = np.arange(6).reshape(2, 3)
    named = {"A": A, "A[:, 1:]": A[:, 1:], "A.T[::-1]": A.T[::-1], "A[A > 3]": A[A > 3]}
    figure, description = plots.memory(named, "Views and a copy")
    told = "A looks at places 0, 1, 2, 3, 4, 5; A[:, 1:] at places 1, 2, 4, 5; A.T[::-1] at places 0, 1, 2, 3, 4, 5."
    first = f"One memory, with 0, 1, 2, 3, 4, 5: {told}"
    assert description == f"Views and a copy. {first} Another one, with 4, 5: A[A > 3] looks at places 0, 1."
    filled = [patch for patch in figure.axes[0].patches if patch.get_facecolor()[:3] != (1, 1, 1)]
    assert len(filled) == 6 + 4 + 6 + 2
    strips = [patch.get_y() for patch in figure.axes[0].patches if patch not in filled]
    assert len(set(strips)) == 2
    (row,) = {patch.get_y() for patch in filled[6:10]}
    assert row < max(strips) and [round(patch.get_x() - filled[0].get_x(), 6) for patch in filled[6:10]] == pytest.approx(
        [place * (filled[1].get_x() - filled[0].get_x()) for place in (1, 2, 4, 5)], abs=1e-5
    )


def test_matrices_are_drawn_in_proportion_and_those_that_meet_share_a_colour():
    sides = {"X": (3, 4), "W": (4, 2), "b": (2,), "Z": (3, 2)}
    figure, description = plots.shapes("Z = X @ W + b", sides, "Small")
    wide, high = rectangle(figure, "X")
    unit = wide / 4
    assert high == pytest.approx(3 * unit)
    for name, (across, up) in {"W": (2, 4), "b": (2, 1), "Z": (2, 3)}.items():
        assert rectangle(figure, name) == pytest.approx((across * unit, up * unit))
    (stretched,) = [patch for patch in figure.axes[0].patches if patch.get_linestyle() == "--"]
    assert (stretched.get_width(), stretched.get_height()) == pytest.approx((2 * unit, 3 * unit))
    inner = figure.axes[0].lines
    assert len({line.get_color() for line in inner}) == 1
    assert [np.ptp(line.get_xydata(), axis=0).max() for line in inner] == pytest.approx([4 * unit] * 2)
    told = "Z (3, 2) = X (3, 4) @ W (4, 2) + b (2,), stretched to (3, 2). The sides that meet: 4."
    assert description == f"Small. {told}"


def test_a_side_of_784_stays_readable_beside_one_of_10_and_fits_the_page():
    sizes = {"n": 64, "d": 784, "h": 128, "k": 10}  # k is not in the formula
    sides = {"X": "n d", "W1": "d h", "b1": "h", "Z1": "n h"}
    figure, description = plots.shapes("Z1 = X @ W1 + b1", sides, "A layer", sizes)
    lengths = {"n": rectangle(figure, "X")[1], "d": rectangle(figure, "X")[0], "h": rectangle(figure, "W1")[0]}
    assert lengths["n"] < lengths["h"] < lengths["d"] == pytest.approx(6 * rectangle(figure, "b1")[1])
    assert rectangle(figure, "Z1") == pytest.approx((lengths["h"], lengths["n"]))
    assert figure.get_figwidth() < 11 and min(text.get_fontsize() for text in figure.axes[0].texts) >= 13
    assert {"n = 64", "d = 784", "h = 128", "X", "@"} <= set(written(figure.axes[0]))
    assert description.endswith("Here n = 64, d = 784, h = 128.")


def test_gradients_are_red_transposed_where_the_formula_says_so_and_sums_have_an_arrow():
    sides = {"X": "n d", "dZ1": "n h", "dW1": "d h", "db1": "h"}
    figure, description = plots.shapes(["dW1 = X.T @ dZ1", "db1 = dZ1.sum(axis=0)"], sides, "Two gradients")
    drawn = {patch.get_gid(): patch for patch in figure.axes[0].patches if patch.get_gid()}
    assert rectangle(figure, "X.T")[0] == pytest.approx(rectangle(figure, "dZ1")[1])
    red, blue = drawn["dW1"].get_edgecolor(), drawn["X.T"].get_edgecolor()
    assert red == drawn["dZ1"].get_edgecolor() == drawn["db1"].get_edgecolor() != blue
    (arrow,) = [text for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert arrow.xy[0] == arrow.xyann[0] and arrow.xy[1] < arrow.xyann[1]  # down
    assert "X.T (d, n) @ dZ1 (n, h). db1 (h,) = dZ1.sum(axis=0) (n, h). The sides that meet: n." in description


def test_what_keeps_its_dimensions_is_a_column_that_is_stretched_and_a_vector_behind_a_product_stands_upright():
    figure, description = plots.shapes("P = E / E.sum(axis=1, keepdims=True)", {"P": "n k", "E": "n k"}, "Shares")
    assert "E.sum(axis=1, keepdims=True) (n, 1), stretched to (n, k)." in description
    figure, _ = plots.shapes("z = X @ w + b", {"z": "n", "X": "n d", "w": "d"}, "One neuron")
    assert rectangle(figure, "w")[1] == pytest.approx(rectangle(figure, "X")[0])
    assert rectangle(figure, "z")[1] == pytest.approx(rectangle(figure, "X")[1])


@pytest.mark.parametrize(
    ("formula", "sides", "words"),
    [
        ("dW = X @ dZ", {"dW": "d h", "X": "n d", "dZ": "n h"}, r"inner sides of X @ dZ .* d and n, .* Try \.T"),
        ("Z = X @ W", {"Z": "d h", "X": "n d", "W": "d h"}, r"does not make \(d, h\).*X \(n, d\), W \(d, h\)"),
        ("Z = A + b", {"Z": "n h", "A": "n h", "b": "n"}, "does not make"),
        ("Z = A", {"Z": "n q", "A": "n q"}, "side 'q' of unknown length"),
    ],
)
def test_a_formula_whose_sides_do_not_fit_is_refused(formula, sides, words):
    with pytest.raises(ValueError, match=words):
        plots.shapes(formula, sides, "Wrong")


def test_only_a_row_or_a_column_of_a_matrix_is_marked():
    with pytest.raises(ValueError, match="holds 'X': 'corner'"):
        plots.shapes("Z = X @ W", SIDES, "Marked", marked={"X": "corner"})


def test_stages_stand_in_a_row_with_what_was_done_between_them():
    z = np.array([2.0, 1.0, -1.0])
    E = np.exp(z)
    rows = {"scores": z, "exp": E, "shares": E / E.sum()}
    figure, description = plots.stages(rows, ["e to the power", "divide by the total"], NAMES, "Scores become shares", marked=2)
    assert [axes.get_title() for axes in figure.axes] == list(rows)
    assert [[bar.get_height() for bar in axes.patches] for axes in figure.axes] == [list(row) for row in rows.values()]
    assert written(figure.axes[0])[:3] == ["2", "1", "−1"]
    assert {" ".join(text.get_text().split()) for text in figure.texts} >= {"e to the power", "divide by the total"}
    colours = [bar.get_facecolor() for bar in figure.axes[1].patches]
    assert colours[0] == colours[1] != colours[2]
    assert figure.axes[1].patches[2].get_linewidth() > 1  # and not by its colour alone
    assert "exp: 7.39 for ant, 2.72 for bee, 0.37 for cow. Then divide by the total gives shares: 0.705 for ant" in description


def test_stages_that_do_not_fit_together_are_refused():
    with pytest.raises(ValueError, match="an operation between any two rows: 1, but there are 0"):
        plots.stages({"a": [1], "b": [2]}, [], ["x"], "Nothing done")
    with pytest.raises(ValueError, match=r"b must hold a number for each of the 1 names, but has the shape \(2,\)"):
        plots.stages({"a": [1], "b": [2, 3]}, ["doubled"], ["x"], "Too many")


def test_points_stand_on_the_curve_with_their_tangents():
    figure, description = plots.points_on(lambda p: -np.log(p), (0.02, 1), [0.5, 0.1], "p", "loss", "Steeper", tangents=True)
    curve, *others = figure.axes[0].lines
    dots = [line for line in others if line.get_marker() == "o"]
    assert np.allclose([dot.get_xydata()[0] for dot in dots], [(0.5, np.log(2)), (0.1, np.log(10))])
    tangents = [line.get_xydata() for line in others if line.get_marker() != "o"]
    assert np.allclose([np.divide(*(line[1] - line[0])[::-1]) for line in tangents], [-2, -10])
    seen = [np.hypot(*np.diff(figure.axes[0].transData.transform(line), axis=0)[0]) for line in tangents]
    assert seen[0] == pytest.approx(seen[1], rel=0.02)  # equally long to the eye, however steep
    assert written(figure.axes[0]) == ["slope −2", "slope −10"]
    assert description == "Steeper. loss at p: 0.693 at 0.5, with slope -2; 2.3 at 0.1, with slope -10."
    assert np.ptp(curve.get_xdata()) == pytest.approx(0.98)


def test_points_without_tangents_have_their_two_numbers():
    figure, _ = plots.points_on(np.square, (0, 3), [1, 2], "x", "y", "A parabola")
    assert written(figure.axes[0]) == ["(1, 1)", "(2, 4)"]


def test_secants_approach_the_tangent_and_differ_in_their_dashes():
    figure, description = plots.secants(np.square, (0, 4), 1, [2, 1, 0.5, -0.5], "x", "y", "Nearer")
    lines = [line for line in figure.axes[0].lines[1:] if line.get_marker() == "None"]
    slopes = [np.divide(*(line.get_xydata()[-1] - line.get_xydata()[0])[::-1]) for line in lines]
    assert np.allclose(slopes, [4, 3, 2.5, 1.5, 2])
    assert all(np.isclose(np.interp(1, *line.get_data()), 1) for line in lines)  # through the point
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 5
    assert "4 for a nudge of 2; 3 for a nudge of 1; 2.5 for a nudge of 0.5; 1.5 for a nudge of -0.5; 2 for the" in description
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()][::4] == ["nudge 2: slope 4", "tangent: slope 2"]
    for steps in ([], [1, 0], [5, 4, 3, 2, 1]):
        with pytest.raises(ValueError, match="one to 4 numbers other than 0"):
            plots.secants(np.square, (0, 4), 1, steps, "x", "y", "Wrong")


FORK = {("x", "u"): 1, ("x", "v"): 2, ("u", "L"): 6, ("v", "L"): 4}


def test_the_blame_of_two_paths_is_added():
    figure, description = plots.paths({"x": 3, "u": 4, "v": 6, "L": 24}, FORK, "Two paths")
    texts = written(figure.axes[0])
    assert {"x\n3", "×1", "×2", "×6", "×4", "6 + 8 = 14"} <= set(texts)
    assert description.endswith("Blame: L 1, v 4 · 1 = 4, u 6 · 1 = 6, x 1 · 6 + 2 · 4 = 14.")
    places = {text.get_text()[0]: text.get_position() for text in figure.axes[0].texts if "\n" in text.get_text()}
    assert places["x"][0] < places["u"][0] == places["v"][0] < places["L"][0] and places["x"][1] == places["L"][1]
    figure, description = plots.paths({"x": 3, "u": 4, "v": 6, "L": 24}, FORK, "Two paths", blame=False)
    assert "6 + 8 = 14" not in written(figure.axes[0]) and "Blame" not in description


def test_a_line_that_passes_a_column_of_values_crosses_none_of_them():
    slopes = {("x", "u"): 1.0, ("u", "v"): 1.0, ("x", "w"): 1.0, ("v", "L"): 1.0, ("w", "L"): 1.0}
    figure, _ = plots.paths(dict.fromkeys("xuvwL", 1.0), slopes, "Two ways")
    places = {text.get_text()[0]: np.array(text.get_position()) for text in figure.axes[0].texts if "\n" in text.get_text()}
    along = places["w"] - places["x"]
    aside = (places["u"] - places["x"]) @ [-along[1], along[0]] / np.hypot(*along)
    assert abs(aside) > 0.4  # inches: a circle's radius is 0.33


def test_paths_must_lead_from_earlier_to_later_values_and_end_in_the_last():
    with pytest.raises(ValueError, match=r"line 'L' to 'x'.*'L' first"):
        plots.paths({"x": 1, "L": 2}, {("L", "x"): 1}, "Backwards")
    with pytest.raises(ValueError, match="No line leaves u: only the last value, L"):
        plots.paths({"x": 1, "u": 2, "L": 3}, {("x", "u"): 1, ("x", "L"): 1}, "A dead end")


def test_the_slopes_of_weights_are_thick_and_thin_and_their_signs_differ_in_colour_and_dash():
    columns, slopes = [{"x": 1.0}, {"a": 1.0, "b": 2.0, "c": 0.0}], np.array([[2.0, -1.0, 0.0]])
    figure, description = plots.graph(columns, [np.ones((1, 3))], "Slopes", slopes=[slopes])
    up, down, none = figure.axes[0].lines
    assert up.get_linewidth() == 2 * down.get_linewidth() > 4 * none.get_linewidth()
    assert up.get_linestyle() == none.get_linestyle() == "-" != down.get_linestyle()
    assert len({line.get_color() for line in (up, down, none)}) == 3
    assert {"+2", "−1", "0"} <= set(written(figure.axes[0]))
    assert description.endswith("Slopes of the weights: x to a +2, x to b -1, x to c +0.")
    with pytest.raises(ValueError, match=r"slopes must have the shapes \[\(1, 3\)\].*\[\(3, 1\)\]"):
        plots.graph(columns, [np.ones((1, 3))], "Slopes", slopes=[slopes.T])


def test_columns_of_a_gradient_are_drawn_on_one_scale_that_says_what_they_are():
    figure, description = plots.neuron_templates(SQUARE, NAMES, "Three columns", what="gradient")
    *images, bar = figure.axes
    assert {axes.images[0].get_clim() for axes in images if axes.images} == {(-1, 1)}
    assert bar.get_ylabel() == "gradient" and "The gradients of 3 neurons" in description


def test_a_map_of_blame_draws_every_unit_sorted_by_its_blame():
    figure, description = plots.blame_map(IMAGES[0], *BLAMED, "A misread 2", named=1)
    axes = figure.axes[0]  # dZ1 is -0.25, -1.125, 0.25, 0.0625, 0
    drawn = written(axes)
    assert [word for word in drawn if word.startswith("unit")] == ["unit 2  +0.25", "unit 1  −1.12"]
    assert {"1 without blame", "5 hidden units", "3 scores", "true", "read", "−0.75"} <= set(drawn)
    names = [text for text in axes.texts if text.get_text().startswith("unit")]
    assert all(text.get_bbox_patch() is None and text.get_path_effects() for text in names)  # no box that covers lines
    dots = [dot for dot in axes.collections if dot.get_offsets()[0, 0] == 6.1]
    heights = [dot.get_offsets()[0, 1] for dot in dots]
    assert len(dots) == 5 and heights == sorted(heights, reverse=True)
    full = [(dot.get_facecolor() == dot.get_edgecolor()).all() for dot in dots]
    assert full == [True, True, True, False, False]  # rings below 0
    into, between = axes.lines[:4], axes.lines[4:]
    assert [line.get_ydata()[1] for line in into] == [*heights[:2], *heights[:2:-1]]  # none from the silent unit
    assert [line.get_linestyle() for line in into] == ["-", "-", "--", "--"]
    assert into[2].get_linewidth() == 4.5 * into[0].get_linewidth() == 4.5 * into[3].get_linewidth()
    assert len(between) == np.count_nonzero(W2)
    assert "The true class is 2, with the blame -0.75; most is wrongly given to 1, +0.5." in description
    assert "Of 5 hidden units 2 have a blame above 0: unit 2 +0.25, mostly through 1 (+0.75); 2 below 0: unit 1 " in description
    with pytest.raises(ValueError, match=r"shapes are \(5, 3\), \(1, 5\) and \(3,\). Hand over those of a single image"):
        plots.blame_map(IMAGES[0], BLAMED[0][None], *BLAMED[1:], "A batch")


def test_a_gradient_stands_at_a_right_angle_to_the_ring_and_both_axes_have_one_scale():
    figure, description = plots.contours(bowl, ((-2, 2), (-1, 1)), [(1, 0.5)], "a", "b", "A bowl")
    axes = figure.axes[0]
    figure.draw_without_rendering()
    across, up = np.diff(axes.transData.transform([(0, 0), (1, 0), (0, 1)]), axis=0)
    assert across[0] == pytest.approx(up[1])
    (arrow,) = [text for text in axes.texts if getattr(text, "arrow_patch", None)]
    gradient = np.subtract(arrow.xy, arrow.xyann)
    assert gradient[1] / gradient[0] == pytest.approx(1.5) and arrow.xyann == (1, 0.5)
    rings = [ring for ring in axes.collections if len(ring.get_edgecolor()) == 1 and not ring.get_edgecolor()[0][:3].any()]
    assert [list(ring.levels) for ring in rings] == [[1.75]]
    assert "(2, 3) at a = 1, b = 0.5, where the loss is 1.75." in description
    with pytest.raises(ValueError, match="limits must be two ranges"):
        plots.contours(bowl, ((2, -2), (-1, 1)), [], "a", "b", "A bowl")


def test_a_walk_over_contours_is_told_and_walks_have_equal_axes():
    walk = [(2.0, 1.0), (1.0, 0.5), (0.0, 0.0)]
    _, description = plots.contours(bowl, ((-2, 2), (-1, 1)), [], "a", "b", "A bowl", walk)
    assert description == "A bowl. In 2 steps from the square to the star the loss goes from 7 to 0."
    figure, _ = plots.descents(
        bowl, {"wide": np.array([(9.0, 1.0), (0, 0)]), "same": np.array([(9.0, 1.0), (1, 0)])}, "a", "b", "T"
    )
    assert {axes.get_aspect() for axes in figure.axes} == {1}
    for axes in figure.axes:
        assert np.ptp(axes.get_ylim()) == pytest.approx(0.6 * np.ptp(axes.get_xlim()))


def test_walks_that_end_far_from_the_lowest_place_still_show_it():
    walks = {"short": np.array([(-9.0, 1.0), (-8.0, 0.0)])}
    figure, description = plots.descents(bowl, walks, "a", "b", "T", lowest=(0, 0))
    (axes,) = figure.axes
    (cross,) = (line for line in axes.lines if line.get_marker() == "x")
    assert (cross.get_xdata(), cross.get_ydata()) == ([0], [0])
    assert axes.get_xlim()[0] < 0 < axes.get_xlim()[1] and axes.get_ylim()[0] < 0 < axes.get_ylim()[1]
    assert description.endswith(" The cross marks the lowest place, (0, 0).")


def test_plans_count_the_values_of_the_first_setting_and_tell_the_best_of_them():
    grid = np.array([(x, y) for x in (0.25, 0.75) for y in (0.1, 0.5, 0.9)])
    figure, description = plots.plans({"grid": grid}, lambda x: x, "rate", "size", "Six trials")
    assert description == "Six trials. grid: 6 trials with 2 values of rate, the best is worth 0.75."
    assert figure.axes[0].get_title() == "grid: 2 values of the one that matters"


def test_parallel_lines_cross_each_setting_at_its_height_and_the_best_is_thick():
    figure, description = plots.parallel(TRIED, [0.2, 0.9, 0.5], "accuracy", "Three trials")
    (axes,) = figure.axes
    lines = {tuple(np.round(line.get_ydata(), 3)): line.get_linewidth() for line in axes.lines if len(line.get_ydata()) == 4}
    middle = round(np.log(20) / np.log(100), 3)  # of 0.001 and 0.1 on a log scale
    assert lines == {(0, 0, 0, 0): 1.1, (1, 1, 1, 1): 2.6, (middle, 0, 1, 0.429): 1.1}
    assert [label.get_text() for label in axes.get_xticklabels()] == ["rate", "units", "kind", "accuracy"]
    assert description == (
        "Three trials. 3 trials, accuracy from 0.2 to 0.9. The best 1 of them (thick): rate 0.1 to 0.1; units 16 to 16; kind b."
    )
