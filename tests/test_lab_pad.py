"""The digit pad: its preparation by hand, its way from the canvas to the prediction, its network, its view."""

import asyncio
import json
import threading

import numpy as np
import pytest

from benchmarks import pad_weights
from mlp_helpers import MLP, Split, labs, plots
from mlp_helpers.labs.chart import picture
from mlp_helpers.labs.pad import (
    CANVAS,
    RARE,
    averages,
    centre_of_mass,
    describe,
    enlarge,
    extent,
    held_out,
    percent,
    prepare,
    read,
    sentence,
    shipped,
)

BOTH = [(fit, centre) for fit in (True, False) for centre in (True, False)]


def canvas(rows, columns, ink=255, side=140):
    drawn = np.zeros((side, side), np.uint8)
    drawn[rows, columns] = ink
    return drawn


def picture_of(rows, columns, ink=255):
    return canvas(rows, columns, ink, 28)


@pytest.mark.parametrize(("fit", "centre"), BOTH)
def test_an_empty_canvas_gives_an_empty_picture(fit, centre):
    small = prepare(canvas([], []), fit, centre)
    assert small.shape == (28, 28) and small.dtype == np.uint8 and not small.any()


def test_a_square_blot_ends_in_the_middle_with_twenty_pixels():
    blot = canvas(slice(5, 35), slice(90, 120))  # 30 × 30 of 140: 6 × 6 of 28, rows 1 to 6
    np.testing.assert_array_equal(prepare(blot), picture_of(slice(4, 24), slice(4, 24)))
    np.testing.assert_array_equal(prepare(blot, fit=False), picture_of(slice(11, 17), slice(11, 17)))
    # only fitted: its middle (4, 21) moves as little as 20 pixels allow, to the rows 0 to 19 and the columns 8 to 27
    np.testing.assert_array_equal(prepare(blot, centre=False), picture_of(slice(0, 20), slice(8, 28)))
    np.testing.assert_array_equal(prepare(blot, False, False), picture_of(slice(1, 7), slice(18, 24)))


def test_a_thin_line_keeps_its_proportions():
    # 100 × 5 of 140: five times smaller is 20 × 1; its centre of mass 9.5 goes to 13.5, and column 0 to column 14
    np.testing.assert_array_equal(prepare(canvas(slice(20, 120), slice(3, 8))), picture_of(slice(4, 24), 14))
    # one pixel of the canvas wide: 20 × 0.2, a fifth of the grey
    np.testing.assert_array_equal(prepare(canvas(slice(20, 120), 3)), picture_of(slice(4, 24), 14, 51))
    # as drawn: a fifth of column 0
    np.testing.assert_array_equal(prepare(canvas(slice(20, 120), 3), False, False), picture_of(slice(4, 24), 0, 51))


def test_ink_at_the_border_is_kept():
    frame = canvas(slice(None), slice(None))
    np.testing.assert_array_equal(prepare(frame), picture_of(slice(4, 24), slice(4, 24)))
    np.testing.assert_array_equal(prepare(frame, fit=False), picture_of(slice(None), slice(None)))
    corner = canvas(slice(135, 140), slice(135, 140))  # the last pixel of the picture
    np.testing.assert_array_equal(prepare(corner, False, False), picture_of(27, 27))
    np.testing.assert_array_equal(prepare(corner, False, True), picture_of(14, 14))
    np.testing.assert_array_equal(prepare(corner, True, False), picture_of(slice(8, 28), slice(8, 28)))


def test_one_pixel():
    dot = canvas(70, 70)
    np.testing.assert_array_equal(prepare(dot), picture_of(slice(4, 24), slice(4, 24)))
    np.testing.assert_array_equal(prepare(dot, False, False), picture_of(14, 14, 10))  # 255 / 25 = 10.2
    np.testing.assert_array_equal(prepare(canvas(0, 139), False, True), picture_of(14, 14, 10))


def test_ink_is_never_moved_out_of_the_picture():
    # heavy at the top, with a thin tail over the whole height: the middle would push the tail out by eight rows
    drawn = canvas(slice(0, 20), slice(60, 80)) | canvas(slice(0, 140), slice(69, 71))
    small = prepare(drawn, fit=False)
    assert extent(small)[0] == (0, 28) and small.sum() == pytest.approx(drawn.sum() / 25, abs=28)


@pytest.mark.parametrize("fit", [True, False])
@pytest.mark.parametrize("seed", range(20))
def test_the_centre_of_mass_comes_to_lie_where_mnist_has_it(seed, fit):
    rng = np.random.default_rng(seed)
    top, left, height, width = rng.integers(1, 70, 4)
    small = prepare(canvas(slice(top, top + height), slice(left, left + width), 200), fit)
    # the rounding to whole greys moves it by less than a hundredth
    assert all(13.49 <= mean < 14.51 for mean in centre_of_mass(small))
    if fit:
        assert max(end - start for start, end in extent(small)) == 20


def test_mnist_has_its_centres_of_mass_there_and_its_longer_sides():
    images = held_out()[0][:2000].reshape(-1, 28, 28)
    means = np.array([centre_of_mass(image) for image in images])
    assert means.min() >= 13.5 and means.max() < 14.5
    longer = [max(end - start for start, end in extent(image)) for image in images]
    assert max(longer) == 20 and np.mean(np.equal(longer, 20)) > 0.99


def test_weights_average_a_row():
    np.testing.assert_allclose(averages(28, 0, 1), np.eye(28))
    weights = averages(140, 0, 5)
    np.testing.assert_allclose(weights[1], np.repeat([0, 0.2, 0], [5, 5, 130]))
    by_hand = [[2 / 3, 0, 0, 0], [0, 2 / 3, 1 / 3, 0], [0, 0, 1 / 3, 2 / 3], [0, 0, 0, 0]]
    np.testing.assert_allclose(averages(4, -0.5, 1.5)[:4], by_hand, atol=1e-12)


def test_the_pads_own_path_reads_digits_as_well_as_the_network_does():
    """500 digits, each on the canvas, read from its bytes, prepared, predicted: with the numbers beside the direct ones."""
    images, y = held_out()
    images, y = images[:500], y[:500]
    drawings = [np.frombuffer(enlarge(image).tobytes(), np.uint8).reshape(CANVAS, CANVAS) for image in images]
    replayed = np.array([prepare(drawing) for drawing in drawings]).reshape(500, 784)
    direct, through = shipped().predict(images), shipped().predict(replayed)
    assert (replayed == images).all(axis=1).mean() >= 0.99  # most come through unchanged
    assert (direct == y).mean() >= 0.985 and (through == y).mean() >= 0.985  # measured: 99.0 % both
    assert (direct == through).mean() >= 0.998


def test_small_digits_in_a_corner_need_both_steps():
    images, y = held_out()
    share = {}
    for fit, centre in BOTH:
        right = 0
        for image, label in zip(images[:200], y[:200], strict=True):
            drawn = np.zeros((CANVAS, CANVAS), np.uint8)
            drawn[2:86, 2:86] = enlarge(image, 3)  # 60 % of the size
            right += shipped().predict(prepare(drawn, fit, centre).reshape(1, 784))[0] == label
        share[fit, centre] = right / 200
    assert share[True, True] >= 0.96  # measured on 2 000: 98.7 %
    assert share[False, True] < 0.9 and share[True, False] < 0.5 and share[False, False] < 0.5  # 79, 12 and 13 %


def test_the_images_of_the_pad_are_the_validation_images(mnist):
    images, labels = held_out()
    np.testing.assert_array_equal(images, mnist.validation.images)
    np.testing.assert_array_equal(labels, mnist.validation.labels)


def test_the_shipped_network(mnist):
    assert shipped().accuracy(*held_out()) >= 0.985  # measured: 99.07 %
    assert shipped().accuracy(*mnist.test) >= 0.985  # measured: 99.08 %
    path = pad_weights.PATH
    assert path.stat().st_size < 1_000_000 and MLP.load(path).sizes == [784, 256, 10]


def test_the_pad_says_whose_digits_its_network_has_learned_from():
    def written(pad):
        return " ".join(getattr(child, "value", "") for child in pad.view.children)

    assert RARE in written(labs.pad()) and RARE not in written(labs.pad(lambda X: np.full((len(X), 10), 0.1)))


def test_the_script_that_made_it_is_deterministic_and_learns(mnist):
    few, models = mnist.train[:500], []
    for _ in range(2):
        model = MLP([784, 16, 10])
        losses = [loss for _, loss in pad_weights.fit(model, few, 3, seed=1)]
        models.append(model)
    assert losses[2] < losses[0]
    for name, array in models[0].parameters.items():
        np.testing.assert_array_equal(array, models[1].parameters[name])
    assert isinstance(few, Split)


def test_changing_an_image_by_nothing_changes_nothing(mnist):
    X, rng = mnist.train.images[:5].astype(np.float32) / 255, np.random.default_rng(0)
    np.testing.assert_allclose(pad_weights.warp(X, rng, 0, 0, 0, 0), X, atol=1e-6)
    np.testing.assert_allclose(pad_weights.thicken(X, rng, 0), X)
    thick = pad_weights.thicken(picture_of(14, 14, 1).reshape(1, 784).astype(np.float32), np.random.default_rng(0), 1)
    assert thick.reshape(28, 28)[14, 13] == thick.reshape(28, 28)[15, 14] > 0  # seed 0 thickens: a share of the neighbours
    assert thick.reshape(28, 28)[13, 13] == 0


def test_sentences():
    P = np.array([0, 0.01, 0.001, 0, 0, 0, 0, 0.98, 0.009, 0])
    assert sentence(P) == "The network reads a 7 (98 %), then a 1 (1 %)."
    assert sentence(np.eye(10)[8]) == "The network reads an 8 (more than 99 %), then a 0 (less than 1 %)."
    said = [percent(p) for p in (0, 0.0049, 0.006, 0.5, 0.994, 0.995, 1)]
    assert said == ["less than 1 %"] * 2 + ["1 %", "50 %", "99 %"] + ["more than 99 %"] * 2


@pytest.mark.parametrize(("fit", "centre"), BOTH)
@pytest.mark.parametrize("drawn", ["nothing", "empty", "dot", "digit", "full"])
def test_the_chart_at_every_setting(drawn, fit, centre):
    canvases = {
        "nothing": b"", "empty": bytes(CANVAS**2), "dot": canvas(0, 0).tobytes(), "digit": enlarge(held_out()[0][0]).tobytes(),
        "full": canvas(slice(None), slice(None)).tobytes(),
    }  # fmt: skip
    spec = describe(canvases[drawn], fit, centre)
    assert len(json.dumps(spec, allow_nan=False)) < 12_000
    assert spec["width"] <= 900 and spec["height"] <= 620
    heights = spec["panes"][1]["series"][0]["y"]
    colours = spec["panes"][1]["series"][0]["colors"]
    assert colours.count(plots.style.COLOURS[1]) == 1 and colours.count(plots.style.COLOURS[0]) == 9  # as in plots.whole_way
    if drawn in ("nothing", "empty"):
        assert spec["words"] == "The canvas is empty. Draw a digit on it, or choose a validation image." and not any(heights)
        return
    assert sum(heights) == pytest.approx(100, abs=0.01)
    assert ("Without fitting" in spec["words"]) == (not fit) and ("Without centring" in spec["words"]) == (not centre)
    if drawn == "digit":
        assert spec["words"].startswith("The network reads an 8 (more than 99 %), then a ")
        assert fit or "the ink has 20 × 15 pixels" in spec["words"]


def test_the_view():
    pad = labs.pad(seed=3)
    value = pad.controls["canvas"]
    assert pad.chart.spec["words"].startswith("The canvas is empty.")
    value.value = enlarge(held_out()[0][1]).tobytes()  # as the page sends it
    assert pad.chart.spec["words"].startswith("The network reads a 7 ")
    pad.controls["fit"].value = False
    assert "Without fitting" in pad.chart.spec["words"]
    pad.controls["fit"].value = True
    pad.buttons["next"].click()
    assert pad.chart.spec["words"].startswith("Validation image 0, labelled 8. The network reads an 8 ")
    pad.buttons["previous"].click()
    assert pad.chart.spec["words"].startswith("Validation image 9999, labelled 5.")
    pad.buttons["next"].click()
    pad.buttons["next"].click()
    assert pad.chart.spec["words"].startswith("Validation image 1, labelled 7.")
    changed = np.frombuffer(value.value, np.uint8).copy()
    changed[:5] = 255
    value.value = changed.tobytes()
    assert pad.chart.spec["words"].startswith("The network reads ")  # no longer that image
    pad.buttons["random"].click()
    other = labs.pad(seed=3)
    other.buttons["previous"].click()
    assert other.number == 9999
    other.buttons["random"].click()
    assert other.number == pad.number
    figure, words = picture(pad.still())
    assert len(figure.axes) == 3 and "reads an 8" in words


def test_what_the_page_sends_arrives_as_bytes():
    pad = labs.pad()
    pad.controls["canvas"].set_state({"value": memoryview(enlarge(held_out()[0][1]).tobytes())})
    assert pad.chart.spec["words"].startswith("The network reads a 7 ")


def test_it_takes_any_predict_proba():
    asked = []

    def always_three(X):
        asked.append(X)
        return np.eye(10)[[3] * len(X)]

    pad = labs.pad(always_three)
    pad.buttons["next"].click()
    read_as = "The network reads a 3 (more than 99 %), then a 0 (less than 1 %)."
    assert pad.chart.spec["words"] == f"Validation image 0, labelled 8. {read_as}"
    assert all(X.shape == (1, 784) and X.dtype == np.uint8 for X in asked)
    np.testing.assert_array_equal(asked[-1][0], held_out()[0][0])
    assert labs.pad(MLP([784, 10], loss="mse").predict_proba).chart.spec["words"].startswith("The canvas is empty.")
    assert read(held_out()[0][0], lambda X: [[0.1] * 10]).shape == (10,)


def test_a_predict_proba_that_does_not_fit_is_said_at_once():
    with pytest.raises(ValueError, match=r"one row of ten probabilities .* gave the shape \(10,\)"):
        labs.pad(lambda X: np.zeros(10))
    with pytest.raises(ValueError, match="784"):
        labs.pad(MLP([4, 10]).predict_proba)


def test_a_predict_proba_that_fails_later_is_said_in_the_lab_and_raised():
    def moody(X):
        if X.any():
            raise RuntimeError("not today")
        return np.full((1, 10), 0.1)

    pad = labs.pad(moody)
    with pytest.raises(RuntimeError, match="not today"):
        pad.controls["canvas"].value = enlarge(held_out()[0][0]).tobytes()
    assert pad.chart.spec["words"] == "predict_proba stopped with RuntimeError: not today"


def test_the_network_predicts_on_the_loops_own_thread():
    threads = []

    def noting(X):
        threads.append(threading.current_thread())
        return np.full((1, 10), 0.1)

    async def cell():
        pad = labs.pad(noting)
        message = threading.Thread(target=lambda: setattr(pad.controls["canvas"], "value", enlarge(held_out()[0][0]).tobytes()))
        message.start()
        message.join()
        assert len(threads) == 1  # not yet: the loop is busy with this cell
        await asyncio.sleep(0)
        return pad.chart.spec["words"]

    assert "reads a 0 (10 %)" in asyncio.run(cell())
    assert set(threads) == {threading.main_thread()}


def test_showing_it_asks_for_no_image(monkeypatch):
    monkeypatch.setattr("IPython.display.display", lambda data, raw: None)
    held_out.cache_clear()
    labs.pad().show()
    assert held_out.cache_info().currsize == 0
