"""Digit pad: draw a digit or give it a photo of one, see what the network sees of it, and what it reads."""

import asyncio
import functools
import pathlib

import anywidget
import ipywidgets as widgets
import numpy as np
import traitlets

from ..core.array_advice import kind_of
from ..core.data import load_mnist
from ..core.network import MLP
from .chart import COLOURS, bars, image, line, points, text
from .lab import Lab, button, choice, shelf
from .photo import CANVAS, SIDE, NoDigit, averages, coarse, read_photo

BOX = 20  # the longer side of the ink, after fitting
THUMB = 84  # pixels a side, at most, of the pictures that show what was done to a photo
MIDDLE = 14  # row and column of the pixel in which MNIST has the centre of mass
EMPTY = "The canvas is empty. Draw a digit on it, or choose a validation image."
ON_OFF = (("on", True), ("off", False))
RARE = (
    "The network has learned from digits that were written in America. A 1 with a long flag, or a 0 with a slash, hardly "
    "occurs among them, and may be misread."
)


def prepare(canvas, fit=True, centre=True):
    """Prepare a drawing as MNIST's authors prepared theirs: as a picture of 28 × 28 pixels.

    Fitting shrinks (or enlarges) the ink, with its proportions, until its longer side has 20
    pixels. Centring moves it by whole pixels until its centre of mass lies in the middle. Every
    pixel of the picture is the mean of the canvas under it, so that edges become grey.

    Parameters
    ----------
    canvas : array (s, s)
        Ink as numbers from 0 (none) to 255.
    fit : bool
        Without it the whole canvas is shrunk to 28 × 28.
    centre : bool
        Without it the ink stays where it was drawn.

    Returns
    -------
    picture : array (28, 28) of uint8
        An empty canvas gives an empty picture. No ink is ever moved out of the picture.
    """
    canvas = np.asarray(canvas, np.float64)
    if not canvas.any():
        return np.zeros((SIDE, SIDE), np.uint8)
    spans = extent(canvas)
    shrink = len(canvas) / SIDE  # canvas pixels for one pixel of the picture
    step = max(end - start for start, end in spans) / BOX if fit else shrink
    starts = [_start(span, step, shrink) if fit else 0 for span in spans]
    rows, columns = (averages(len(canvas), start, step) for start in starts)
    small = rows @ canvas @ columns.T  # (28, s) @ (s, s) @ (s, 28) -> (28, 28)
    if centre:
        wanted = [np.ceil(MIDDLE - 0.5 - mean - 1e-6) for mean in centre_of_mass(small)]  # so in MNIST: 13.5 up to 14.5
        moves = [np.clip(move, -start, SIDE - end) for move, (start, end) in zip(wanted, extent(small), strict=True)]
        small = np.roll(small, np.array(moves, int), axis=(0, 1))
    return np.rint(small).astype(np.uint8)


def _start(span, step, shrink):
    """Where on the canvas the picture starts, so that the ink stays about where it is and begins with a whole pixel."""
    size, middle = (span[1] - span[0]) / step, (span[0] + span[1]) / 2 / shrink
    return span[0] - step * np.clip(np.rint(middle - size / 2), 0, SIDE - np.ceil(size))


def pixels_of(canvas):
    """The ink (140, 140) of a canvas as bytes, row by row, or nothing."""
    return np.frombuffer(canvas or bytes(CANVAS**2), np.uint8).reshape(CANVAS, CANVAS)


def extent(ink):
    """First row and the row after the last that hold ink, and the same for the columns."""
    found = [np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0)]
    return [(int(lines[0]), int(lines[-1]) + 1) for lines in found]


def centre_of_mass(ink):
    """Mean row and mean column of the ink."""
    ink = np.asarray(ink, np.float64)
    places = np.arange(len(ink))
    return ink.sum(axis=1) @ places / ink.sum(), ink.sum(axis=0) @ places / ink.sum()


def enlarge(picture, times=CANVAS // SIDE):
    """A picture of 784 pixels on a canvas (140, 140): every pixel becomes 5 × 5."""
    return np.kron(np.reshape(picture, (SIDE, SIDE)), np.ones((times, times), np.uint8))


def read(picture, predict_proba):
    """Ask ``predict_proba`` for the ten probabilities of one picture."""
    P = np.asarray(predict_proba(picture.reshape(1, -1)))
    if P.shape != (1, 10):
        advice = "Give a function that returns those of the digits, such as the predict_proba of MLP([784, 32, 10])."
        if P.shape == (1,):
            advice = "Classes are not enough: try labs.pad(model.predict_proba)."
        raise ValueError(
            f"predict_proba must give one row of ten probabilities for one image (1, 784), but gave the shape {P.shape}. {advice}"
        )
    return P[0]


def describe(canvas, fit, centre, predict_proba=None, source="", photo=None):
    """The chart for a canvas, as bytes: the picture that the network sees, and what it reads.

    ``canvas`` has the 140 × 140 pixels of the drawing, row by row, or nothing; ``source`` is a sentence about where the
    digit comes from, and ``photo`` (a ``Photo``) shows how it came from there. Without ``predict_proba`` the network that
    comes with the pad is asked.
    """
    small = prepare(pixels_of(canvas), fit, centre)
    empty = not small.any()
    P = np.zeros(10) if empty else read(small, predict_proba or shipped().predict_proba)
    words = EMPTY if empty else sentence(P)
    panes = [seen(small), outputs(P)]
    words = " ".join(filter(None, [source, words, "" if empty else left_out(small, fit, centre)]))
    if photo:
        panes += steps(photo)
    width = 720 if photo else 560
    return {"width": width, "height": 345, "title": "What the network sees and reads", "words": words, "panes": panes}


def sentence(P):
    """What the network reads, and what comes next: "The network reads a 7 (98 %), then a 1 (1 %).\""""
    first, second = np.argsort(-P, kind="stable")[:2]
    return f"The network reads {a_digit(first)} ({percent(P[first])}), then {a_digit(second)} ({percent(P[second])})."


def a_digit(digit):
    return f"an {digit}" if digit == 8 else f"a {digit}"


def percent(p):
    """A probability in whole per cent; never 0 or 100, which it is not."""
    return "less than 1 %" if p < 0.005 else "more than 99 %" if p >= 0.995 else f"{100 * p:.0f} %"


def left_out(small, fit, centre):
    """Return sentences that say in numbers what is missing when a step is switched off."""
    words = []
    if not fit:
        height, width = (end - start for start, end in extent(small))
        words.append(f"Without fitting the ink has {height} × {width} pixels; in MNIST its longer side has {BOX}.")
    if not centre:
        away = np.hypot(*np.subtract(centre_of_mass(small), MIDDLE))
        words.append(f"Without centring its centre of mass lies {away:.1f} pixels from the middle; in MNIST less than 1.")
    return " ".join(words)


def seen(small):
    """The picture (28, 28), with a frame around the ink, a cross in the middle, and a dot at the ink's centre of mass."""
    middle = MIDDLE + 0.5
    series = [
        image(np.dstack([small] * 3), [0, SIDE, SIDE, 0]),
        line([middle - 1, middle + 1], [middle, middle], color=COLOURS[1], width=1.5),
        line([middle, middle], [middle - 1, middle + 1], color=COLOURS[1], width=1.5),
    ]
    below = "no ink"
    if small.any():
        (top, bottom), (left, right) = extent(small)
        row, column = centre_of_mass(small)
        frame = {"x": [left, right, right, left, left], "y": [top, top, bottom, bottom, top]}
        series.append(line(**frame, color=COLOURS[3], dash="dashed", width=1))
        series.append(points([column + 0.5], [row + 0.5], color=COLOURS[2], edge="white", size=4))
        below = f"ink {bottom - top} × {right - left}, middle at row {row:.1f}, column {column:.1f}"
    return {
        "box": [20, 40, 252, 252], "xlim": [0, SIDE], "ylim": [SIDE, 0], "xticks": False, "yticks": False, "series": series,
        "title": "What the network sees", "xlabel": below,
    }  # fmt: skip


def outputs(P):
    """Ten bars, the longest in a colour of its own, as in the figure of notebook 00, with their per cent from 1 on."""
    colours = [COLOURS[1] if digit == P.argmax() else COLOURS[0] for digit in range(10)]
    texts = [">99" if p >= 0.995 else f"{100 * p:.0f}" if p >= 0.005 else "" for p in P]
    return {
        "box": [335, 40, 220, 252], "xlim": [-0.6, 9.6], "ylim": [0, 110], "xnames": [str(digit) for digit in range(10)],
        "series": [bars(100 * P, colors=colours, texts=texts)],
        "title": "What it reads", "xlabel": "digit", "ylabel": "probability, %",
    }  # fmt: skip


def steps(photo):
    """Three small pictures: the photo, its ink without the paper, with a frame around the digit, and the digit by itself."""
    panes = []
    titles = ("1 photo, in grey", "2 ink, no paper", "3 the digit")
    for number, (title, pixels) in enumerate(zip(titles, (photo.grey, photo.ink, photo.canvas), strict=True)):
        small, (h, w) = coarse(pixels, 64), pixels.shape
        width, height = (THUMB * n / max(h, w) for n in (w, h))
        series = [image(np.dstack([small] * 3), [0, w, h, 0])]
        if number == 1:
            (top, bottom), (left, right) = photo.box
            series.append(line([left, right, right, left, left], [top, top, bottom, bottom, top], color=COLOURS[1], width=1.5))
        panes.append({
            "box": [600, 30 + 108 * number, width, height], "xlim": [0, w], "ylim": [h, 0], "xticks": False, "yticks": False,
            "series": [*series, text(0, -0.09 * h * THUMB / height, title, anchor="start", bold=True)],
        })  # fmt: skip
    return panes


@functools.cache
def shipped():
    """The network that comes with the pad; ``python -m benchmarks.pad_weights`` has trained it."""
    return MLP.load(pathlib.Path(__file__).with_name("pad.npz"))


@functools.cache
def held_out():
    """The 10 000 validation images (uint8, (n, 784)), which the shipped network has not learned from, and their labels."""
    validation = load_mnist().validation
    return validation.images.copy(), validation.labels.copy()  # so that the other images are not kept


def running_loop():
    """The loop that runs this code, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class Canvas(anywidget.AnyWidget):
    """A black square to draw on. ``value``: its 140 × 140 pixels as bytes, or nothing.

    A photo comes as a message: {"photo": its name, "rows": …, "columns": …}, with its grey pixels in a buffer.
    """

    _esm = pathlib.Path(__file__).with_name("pad.js")
    value = traitlets.Bytes().tag(sync=True, echo_update=False, from_json=lambda value, widget: bytes(value))


class OnCanvas(Lab):
    """A canvas beside a chart of what is made of the digit on it, with validation images and photos to put there.

    Parameters
    ----------
    controls : dict
        What is set beside the canvas; of them ``shown`` stand above it.
    asked : str
        What may stop with an error when it is asked about a digit.
    seed : int
        Seed for choosing random validation images.
    """

    def __init__(self, controls, shown, asked, seed=0):
        self.asked, self.loop, self.rng = asked, running_loop(), np.random.default_rng(seed)
        self.number = self.photo = None
        controls = {"canvas": Canvas(), **controls}
        super().__init__(controls, self._describe)
        controls["canvas"].on_msg(self._photo_came)
        self.buttons = {name: button(name, functools.partial(self._step, name)) for name in ("previous", "next", "random")}
        chart = widgets.VBox([self.chart], layout=widgets.Layout(max_width="100%"))  # where it is wider than the window
        beside = widgets.HBox([controls["canvas"], chart], layout=widgets.Layout(flex_flow="row wrap"))
        for name, made in self.buttons.items():
            made.tooltip = f"{name} validation image"
        images = widgets.HBox([widgets.Label("validation image"), *self.buttons.values()])
        self.view = widgets.VBox([shelf(*(controls[name] for name in shown), images), beside])

    def _describe(self, canvas, **settings):
        """The chart for the canvas and the other controls."""
        raise NotImplementedError

    def _step(self, name):
        total, last = len(held_out()[1]), -1 if self.number is None else self.number
        if name == "random":
            self.choose(int(self.rng.integers(total)))
        else:
            self.choose((last + 1 if name == "next" else max(last, 0) - 1) % total)

    def choose(self, number):
        """Put a validation image on the canvas."""
        self.number = number
        self.controls["canvas"].value = enlarge(held_out()[0][number]).tobytes()

    def take_photo(self, grey, name="photo"):
        """Put the digit of a photo, (h, w) numbers from 0 (black) to 255, on the canvas; raise NoDigit where there is none."""
        photo = read_photo(grey)
        self.photo = name, photo
        if self.controls["canvas"].value == photo.canvas.tobytes():
            self._moved()
        self.controls["canvas"].value = photo.canvas.tobytes()

    def _photo_came(self, canvas, content, buffers):
        if "photo" not in content:
            return
        said = ""
        try:
            self.take_photo(np.frombuffer(buffers[0], np.uint8).reshape(content["rows"], content["columns"]), content["photo"])
        except NoDigit as trouble:
            said = f"{content['photo']}: {trouble}"
        canvas.send({"answer": "photo", "said": said})

    def _source(self, canvas):
        """Where the digit on the canvas comes from: a sentence, or nothing, and the photo, if it was one."""
        if self.photo and canvas == self.photo[1].canvas.tobytes():
            name, photo = self.photo
            return f"{name}: {photo.words}", photo
        if self.number is not None and canvas == enlarge(held_out()[0][self.number]).tobytes():
            return f"Validation image {self.number}, labelled {held_out()[1][self.number]}.", None
        return "", None

    def _moved(self, change=None):
        """Read on the loop's own thread, where cells run: messages may come on another, while the network learns."""
        if self.loop in (None, running_loop()):
            self._read()
        else:
            self.loop.call_soon_threadsafe(self._read)

    def _read(self):
        try:
            super()._moved()
        except Exception as error:
            self.chart.draw({**self.chart.spec, "words": f"{self.asked} stopped with {type(error).__name__}: {error}"})
            raise
        finally:
            self.controls["canvas"].send({"answer": "read"})


class Pad(OnCanvas):
    """The canvas beside what the network makes of it.

    Parameters
    ----------
    predict_proba : callable, optional
        From images (n, 784) of uint8, 0 … 255, as ``load_mnist`` gives them, to probabilities (n, 10): for example
        ``model.predict_proba`` of an MLP. By default that of the network that comes with the pad.
    seed : int
        Seed for choosing random validation images.
    """

    def __init__(self, predict_proba=None, seed=0):
        if predict_proba is not None and not callable(predict_proba):
            raise ValueError(
                f"predict_proba must be a function, but is {kind_of(predict_proba)}. Try labs.pad(model.predict_proba)."
            )
        self.predict_proba = predict_proba or shipped().predict_proba
        read(np.zeros((SIDE, SIDE), np.uint8), self.predict_proba)  # so that an unsuitable predict_proba fails here, in the cell
        steps = {"fit": choice("fit into 20 × 20", ON_OFF, True), "centre": choice("centre", ON_OFF, True)}
        super().__init__(steps, steps, "predict_proba", seed)
        if not predict_proba:
            self.view.children += (widgets.HTML(f'<p style="margin:0;max-width:60em;line-height:1.4">{RARE}</p>'),)

    def _describe(self, canvas, fit, centre):
        return describe(canvas, fit, centre, self.predict_proba, *self._source(canvas))

    def still(self):
        """What a page without a kernel shows: a small digit in a corner, prepared and read."""
        canvas = np.zeros((CANVAS, CANVAS), np.uint8)
        canvas[6:90, 10:94] = enlarge(held_out()[0][0], 3)
        spec = describe(canvas.tobytes(), True, True, self.predict_proba)
        drawn = {"box": [20, 40, 252, 252], "xlim": [0, CANVAS], "ylim": [CANVAS, 0], "xticks": False, "yticks": False}
        drawn |= {"title": "Drawn", "series": [image(np.dstack([canvas] * 3), [0, CANVAS, CANVAS, 0])]}
        moved = [{**pane, "box": [pane["box"][0] + 290, *pane["box"][1:]]} for pane in spec["panes"]]
        return {**spec, "width": 850, "panes": [drawn, *moved]}


def lab(predict_proba=None, seed=0):
    """The lab: ``labs.pad().show()``, or ``labs.pad(model.predict_proba).show()``."""
    return Pad(predict_proba, seed)
