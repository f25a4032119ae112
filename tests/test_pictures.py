"""The pictures at the top of the lessons: drawn, kept, shown where they belong, and true."""

import io
import re

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from lessons import build, pictures

LESSONS = {build.number_of(lesson): lesson for lesson in build.LESSONS}
each = pytest.mark.parametrize("number", pictures.PICTURES)


def test_every_lesson_has_a_picture():
    assert list(pictures.PICTURES) == list(LESSONS)
    assert {path.name for path in (pictures.ROOT / "pictures").glob("lesson_*")} == {
        pictures.path_of(number).name for number in LESSONS
    }


@each
def test_a_lesson_shows_its_picture_above_its_first_code_with_words_that_describe_it(number):
    front = LESSONS[number].read_text(encoding="utf-8").split("```{code-cell}")[0]
    ((said, path),) = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", front)
    assert path == f"../pictures/lesson_{number}.png"
    assert said == " ".join(pictures.PICTURES[number].__doc__.split())


@each
def test_the_picture_that_is_kept_is_the_one_that_is_drawn(number):
    kept = np.asarray(Image.open(pictures.path_of(number)).convert("RGBA")).astype(int)
    drawn = np.asarray(Image.open(io.BytesIO(pictures.drawn(number))).convert("RGBA")).astype(int)
    assert kept.shape == drawn.shape == (216, 900, 4)
    assert abs(kept - drawn).mean() < 4  # another version of matplotlib draws a letter a little differently
    assert (drawn[:, :, :3].min(axis=2) < 128).mean() > 0.005  # and it is not empty


def texts(number):
    axes = Figure().add_subplot()
    pictures.PICTURES[number](axes)
    return [text.get_text() for text in axes.texts]


def test_the_numbers_in_the_pictures_are_true():
    assert 784 * 128 + 128 * 10 == 101_632
    assert f"{2 * 3 + 3 * 2} lines between them" in texts("07")
    assert "784, 128 and 10: 101 632 lines" in texts("07")
    assert {"7", "3"} <= set(texts("16"))  # read by the network that comes with the course


def test_an_unknown_number_is_refused_with_those_that_there_are(monkeypatch):
    monkeypatch.setattr("sys.argv", ["pictures.py", "99"])
    with pytest.raises(SystemExit, match=r"There is no picture for 99\. There are: 00, "):
        pictures.main()
