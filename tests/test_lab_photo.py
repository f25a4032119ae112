"""A photo of a digit: how it becomes ink on the pad's canvas, measured on made-up photos of validation digits."""

import json
import os

import numpy as np
import pytest

from mlp_helpers import labs
from mlp_helpers.labs.pad import describe, extent, held_out, prepare, shipped
from mlp_helpers.labs.photo import NoDigit, components, dilated, enlarged, read_photo

DIGITS = 20 * int(os.environ.get("FUZZ", 1))  # for each kind of photo
KINDS = {  # the least share that must be read right; measured on 60 each: all, but 95 % with the edge of a shadow
    "plain": 0.95,
    "shadow": 0.95,
    "edge of a shadow": 0.85,
    "shadow ruled": 0.95,
    "shadow ruled squared": 0.95,
    "chalk": 0.95,
    "chalk shadow": 0.95,
    "small shadow": 0.95,
}


def smooth(digit, times):
    """A digit of MNIST in large, with smooth edges: numbers from 0 to 1."""
    return np.clip((enlarged(digit.reshape(28, 28) / 255, (28 * times, 28 * times)) - 0.25) * 2, 0, 1)


def photo(digit, rng, kind=""):
    """A photo of a digit somewhere on a sheet: pen or chalk, lines, light that falls off, a shadow, noise."""
    ink = smooth(digit, 3 if "small" in kind else int(rng.integers(5, 11)))
    h, w, side = int(rng.integers(320, 400)), 400, len(ink)
    top, left = rng.integers(0, h - side + 1), rng.integers(0, w - side + 1)
    layer = np.zeros((h, w))
    layer[top : top + side, left : left + side] = ink
    rows, columns = np.mgrid[:h, :w]
    angle = rng.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * columns / w + np.sin(angle) * rows / h
    light = 1 - (rng.uniform(0.3, 0.65) if "shadow" in kind else 0.1) * (slope - slope.min()) / np.ptp(slope)
    if "edge" in kind:
        light = np.where(columns + rows * rng.uniform(-0.5, 0.5) > w * rng.uniform(0.2, 0.8), light, 0.55 * light)
    sheet = rng.uniform(200, 240) * (1 - layer * rng.uniform(0.55, 0.85))
    gap, tilt = int(rng.integers(24, 45)), rng.uniform(-0.03, 0.03)
    for word, across in (("ruled", rows + tilt * columns), ("squared", columns - tilt * rows)):
        if word in kind:
            sheet = np.where(across % gap < 2, 0.82 * sheet, sheet)
    if "chalk" in kind:
        sheet = rng.uniform(25, 60) + layer * rng.uniform(110, 170)
    return np.clip(sheet * light + rng.normal(0, rng.uniform(2, 7), (h, w)), 0, 255).astype(np.uint8)


def read_as(grey):
    return digit_of(read_photo(grey))


def digit_of(found):
    return int(shipped().predict(prepare(found.canvas).reshape(1, -1))[0])


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_made_up_photos_are_read(kind, mnist):
    rng, right, misjudged = np.random.default_rng(1), 0, 0
    for number in rng.integers(len(mnist.validation), size=DIGITS):
        found = read_photo(photo(mnist.validation.images[number], rng, kind))
        misjudged += found.bright != ("chalk" not in kind)
        right += digit_of(found) == mnist.validation.labels[number]
    print(f"{kind}: {right} of {DIGITS}, ink and paper mistaken {misjudged}")
    assert right >= KINDS[kind] * DIGITS


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 5, 10])
@pytest.mark.parametrize("inverted", [False, True])
def test_a_picture_of_the_data_set_itself_is_read_in_both_polarities(times, inverted, mnist):
    right = 0
    for image, label in zip(mnist.validation.images[:50], mnist.validation.labels[:50], strict=True):
        grey = np.kron(image.reshape(28, 28), np.ones((times, times), np.uint8))
        right += read_as(255 - grey if inverted else grey) == label
    assert right >= 48


@pytest.mark.parametrize("bright", [True, False])
def test_a_cross_by_hand(bright):
    grey = np.full((200, 300), 220, np.uint8)
    grey[50:150, 200:220] = grey[90:110, 160:260] = 40
    found = read_photo(grey if bright else 255 - grey)
    assert found.bright == bright and found.marks == 1 and not found.thickened
    assert np.abs(np.array(found.box) - [[50, 150], [160, 260]]).max() <= 1
    assert np.abs(np.array(extent(found.canvas)) - [[20, 120], [20, 120]]).max() <= 3
    assert found.canvas.shape == (140, 140) and found.canvas.dtype == np.uint8
    assert found.ink[100, 210] == 255 and found.ink[10, 10] == 0
    assert found.words.startswith("Dark ink on bright paper; " if bright else "Bright ink on dark paper; ")


def test_thin_strokes_are_thickened(mnist):
    """A fine pen leaves less than half a pixel of 20: what is left of each stroke after 6 pixels from both sides."""
    rng, right, thickened = np.random.default_rng(2), 0, 0
    for image, label in zip(mnist.validation.images[:20], mnist.validation.labels[:20], strict=True):
        ink = np.zeros((400, 400))
        ink[60:340, 60:340] = 1 - dilated(1 - smooth(image, 10), 6)
        grey = np.clip(230 * (1 - 0.7 * ink) + rng.normal(0, 4, ink.shape), 0, 255).astype(np.uint8)
        found = read_photo(grey)
        thickened += found.thickened
        right += digit_of(found) == label
    assert thickened >= 8 and right >= 17


def sheet(*digits, paper=225.0):
    grey = np.full((300, 400), paper)
    for digit, left in digits:
        grey[80:220, left : left + 140] *= 1 - 0.7 * smooth(digit, 5)
    return grey


def test_of_several_marks_the_largest_is_read_and_that_is_said(mnist):
    images, labels = mnist.validation.images, mnist.validation.labels
    large, small = images[labels == 3][0], images[labels == 7][0]
    grey = sheet((large, 20))
    grey[120:204, 280:364] *= 1 - 0.7 * smooth(small, 3)
    found = read_photo(grey.astype(np.uint8))
    assert found.marks == 2 and "There are 2 separate marks: the largest is read." in found.words
    assert read_as(grey.astype(np.uint8)) == 3


def test_the_table_a_finger_and_specks_are_no_digits(mnist):
    grey = sheet((mnist.validation.images[mnist.validation.labels == 4][0], 130))
    grey[:, :40] = grey[:30] = 60
    grey[230:, 330:] = 120
    grey[10:13, 200:203] = 30
    found = read_photo(grey.astype(np.uint8))
    assert found.marks == 1 and found.box[1][0] >= 130 and found.box[1][1] <= 270
    assert read_as(grey.astype(np.uint8)) == 4


rng = np.random.default_rng(0)
WITHOUT = {
    "white": np.full((300, 400), 255),
    "black": np.zeros((300, 400)),
    "paper": np.clip(rng.normal(200, 6, (300, 400)), 0, 255),
    "dark noise": np.clip(rng.normal(60, 10, (300, 400)), 0, 255),
    "noise": rng.integers(0, 256, (300, 400)),
    "shadow": np.tile(np.linspace(60, 230, 400), (300, 1)),
    "oblique shadow": np.add.outer(np.linspace(0, 120, 300), np.linspace(60, 130, 400)),
    "half in the dark": np.where(np.arange(400) < 200, 40, 220)[None].repeat(300, 0),
    "a line": np.where(np.arange(300) // 4 == 30, 60, 220)[:, None].repeat(400, 1),
    "too small": np.zeros((1, 400)),
    "no pixels": np.zeros((0, 0)),
}


@pytest.mark.parametrize("name", WITHOUT)
def test_where_there_is_no_digit_a_sentence_says_what_to_do(name):
    with pytest.raises(
        NoDigit, match=r"(No ink|No plain paper) was found in the photo\. .*\.$|(too small|runs along its edge).*\."
    ):
        read_photo(WITHOUT[name].astype(np.uint8))


def test_components_by_hand():
    mask = np.array([[1, 1, 0, 1], [0, 1, 0, 1], [1, 0, 0, 1], [1, 1, 1, 1]], bool)
    assert components(mask).tolist() == [[0, 0, -1, 3], [-1, 0, -1, 3], [3, -1, -1, 3], [3, 3, 3, 3]]
    snake = np.zeros((41, 41), bool)
    snake[::2] = True
    snake[1::4, -1] = snake[3::4, 0] = True
    assert set(np.unique(components(snake))) == {-1, 0}


def sent(pad, grey, name="three.jpg"):
    said = []
    canvas = pad.controls["canvas"]
    canvas.send = lambda content, buffers=None: said.append(content)
    message = {"photo": name, "rows": grey.shape[0], "columns": grey.shape[1]}
    canvas._handle_custom_msg(message, [memoryview(grey.tobytes())])
    return said


def test_the_pad_takes_a_photo_and_shows_the_steps(mnist):
    pad, three = labs.pad(), mnist.validation.images[mnist.validation.labels == 3][0]
    grey = sheet((three, 100)).astype(np.uint8)
    assert {"answer": "photo", "said": ""} in sent(pad, grey)
    spec = pad.chart.spec
    assert (
        spec["words"].startswith("three.jpg: Dark ink on bright paper; digit of 10") and "The network reads a 3 " in spec["words"]
    )
    titles = [series["text"] for pane in spec["panes"][2:] for series in pane["series"] if series["kind"] == "text"]
    assert titles == ["1 photo, in grey", "2 ink, no paper", "3 the digit"]
    assert spec["width"] <= 900 and spec["height"] <= 620 and len(json.dumps(spec, allow_nan=False)) < 80_000
    pad.buttons["next"].click()
    assert len(pad.chart.spec["panes"]) == 2 and pad.chart.spec["words"].startswith("Validation image 0")
    sent(pad, grey)
    sent(pad, grey)  # the same again
    assert len(pad.chart.spec["panes"]) == 5


def test_a_photo_without_a_digit_loses_nothing(mnist):
    pad = labs.pad()
    pad.buttons["next"].click()
    before = pad.chart.spec
    (answer,) = sent(pad, np.full((300, 400), 255, np.uint8), "white.png")
    assert answer["answer"] == "photo" and answer["said"].startswith("white.png: No ink was found in the photo. Write larger")
    assert pad.chart.spec == before


def test_a_chart_with_a_photo_has_all_its_settings(mnist):
    found = read_photo(sheet((mnist.validation.images[0], 100)).astype(np.uint8))
    for fit in (True, False):
        spec = describe(found.canvas.tobytes(), fit, True, photo=found)
        assert len(spec["panes"]) == 5 and ("Without fitting" in spec["words"]) == (not fit)
    assert held_out()[0].shape[1] == 784
