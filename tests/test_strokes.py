"""Digits drawn stroke by stroke: as the pad would draw and prepare them."""

import pathlib
import re

import numpy as np
import pytest

from mlp_helpers.labs import strokes
from mlp_helpers.labs.pad import extent
from mlp_helpers.labs.strokes import STROKES, drawn


def test_an_upright_stroke_becomes_a_line_of_twenty_pixels_as_wide_as_the_pen_makes_it():
    picture = drawn([[(70, 20), (70, 119)]])
    (top, bottom), (left, right) = extent(picture)
    assert picture.shape == (28, 28) and picture.dtype == np.uint8
    assert bottom - top == 20 and right - left <= 3  # 11 of 110 pixels of the canvas, that is 2 of 20, and a grey edge
    assert (picture[6:22].max(axis=1) > 230).all()


def test_strokes_are_not_joined_to_each_other():
    apart, joined = drawn([[(40, 30), (40, 110)], [(100, 30), (100, 110)]]), drawn([[(40, 30), (40, 110), (100, 30), (100, 110)]])
    assert (apart > 0).sum() < (joined > 0).sum()
    assert not apart[:, 13:15].any() and joined[:, 13:15].any()


@pytest.mark.parametrize("name", STROKES)
def test_no_stroke_leaves_the_canvas_and_none_stands_still(name):
    for stroke in STROKES[name]:
        places = np.array(stroke)
        assert places.min() > strokes.PEN / 2 and places.max() < 140 - strokes.PEN / 2
        assert (np.abs(np.diff(places, axis=0)).sum(axis=1) > 0).all()


def test_the_pen_is_as_wide_as_that_of_the_pad():
    script = pathlib.Path(strokes.__file__).with_name("pad.js").read_text(encoding="utf-8")
    shown, sent, pen = (int(re.search(rf"\b{name} = (\d+)", script)[1]) for name in ("SHOWN", "SENT", "PEN"))
    assert pen * sent / shown == strokes.PEN
