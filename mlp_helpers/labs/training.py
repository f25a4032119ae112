"""Training lab: train the course's network live, move the learning rate meanwhile, and compare runs."""

import collections
import dataclasses
import functools
import html
import math
import time

import ipywidgets as widgets
import numpy as np

from ..core.browser import COMPARED, IN_BROWSER, within_reach
from ..core.data import load_fashion_mnist, load_mnist
from ..core.functions import relu
from ..core.history import TrainingDiverged
from ..core.network import MLP
from ..core.optimizers import SGD
from ..core.training import training_steps
from .chart import COLOURS, DASHES, Chart, line, points, text
from .lab import LABEL, NARROW, begin_with, button, choice, list_slider, log_slider, shelf, show, whole_slider
from .live import Live

DATA = {"MNIST": functools.cache(load_mnist), "Fashion-MNIST": functools.cache(load_fashion_mnist)}
ACTIVATIONS = {"ReLU": "relu", "sigmoid": "sigmoid"}
LOSSES = {"cross-entropy": "cross_entropy", "squared error": "mse"}
CALLED = {value: name for name, value in (ACTIVATIONS | LOSSES).items()}
RATES = [0.01, 0.1, 1, 2, 5]  # that have a button
HIDDEN = [1, 2, 5, 10, 20, 50, 100, 128, 256, 512, 1024]
BATCHES = [1, 4, 16, 64, 256, 1024, "all"]
IMAGES = sorted({within_reach(n) for n in (100, 300, 1_000, 5_000, 20_000, 50_000)})
SAMPLE = 1_000  # images on which accuracy is looked at between epochs
GATHERED = 0.05  # seconds of steps whose losses become one point
LOOK = 0.4  # seconds between two looks
DEAR = 10  # least pause between two looks, in durations of a look, so that large networks spend most time training
GHOSTS = 5  # earlier runs that stay in the picture
PALE = [COLOURS[i] for i in (3, 4, 5, 7, 8)]  # theirs: none of the current run's
ROOM = 24  # letters of a run's name that the picture has room for; the table has all of them
SOON = 1  # seconds after it is shown, the images are read
LAST = 60  # steps before an explosion that are drawn one by one
COLUMNS = ["run", "validation %", "train %", "epochs", "seconds", "end"]
COLUMNS += ["rate", "hidden", "batch", "images", "activation", "loss", "data"]


@dataclasses.dataclass
class Run:
    """The settings of a training, and what has been seen of it so far. Positions are in epochs."""

    settings: dict
    name: str = ""
    rates: list = dataclasses.field(default_factory=list)  # the learning rates used, in order
    position: list = dataclasses.field(default_factory=list)
    loss: list = dataclasses.field(default_factory=list)  # mean of the batches since the last report
    looked: list = dataclasses.field(default_factory=list)  # positions of the accuracies
    train: list = dataclasses.field(default_factory=list)  # accuracy, 0 to 1
    validation: list = dataclasses.field(default_factory=list)
    validation_loss: list = dataclasses.field(default_factory=list)
    last: collections.deque = dataclasses.field(default_factory=lambda: collections.deque(maxlen=LAST))  # (step, loss)
    ends: list = dataclasses.field(default_factory=list)  # Evaluation after each epoch
    dead: float | None = None  # share of ReLUs that never fire; None without ReLUs
    step: int = 0
    steps: int = 0
    seconds: float = 0.0
    ending: str = "stopped"

    @property
    def left(self):
        """Seconds that the rest will take at the pace so far; None before the first step."""
        return self.seconds * (self.steps - self.step) / self.step if self.step else None


def sizes(hidden, layers, **_):
    """The network's sizes: 784, the hidden layers, 10."""
    return [784, *[hidden] * layers, 10]


def speaking(model, X):
    """Which hidden ReLUs fire for some row of X: booleans, one for each unit; none where there are no ReLUs."""
    if model.activation != "relu":
        return np.zeros(0, bool)
    A, spoke = X.astype(model.dtype) / (255 if X.dtype == np.uint8 else 1), [np.zeros(0, bool)]
    for linear in model.linears[:-1]:
        A = relu(A @ linear.W + linear.b)
        spoke.append(A.any(axis=0))
    return np.concatenate(spoke)


def train_live(settings, rate, name=""):
    """Yield a ``Run`` that grows: first empty, then about every 50 ms.

    Parameters
    ----------
    settings : dict
        rate, hidden, layers, batch, images, epochs, activation, loss, data: as set by the controls.
    rate : callable
        Returns the learning rate of the next steps.
    """
    run = Run(dict(settings), name)
    yield run
    data = DATA[settings["data"]]()
    images = within_reach(settings["images"])
    data = data if images >= len(data.train) else data.subset(images)
    if IN_BROWSER:
        data = dataclasses.replace(data, validation=data.validation.subset(COMPARED))
    model = MLP(sizes(**settings), activation=settings["activation"], loss=settings["loss"])
    optimizer = SGD(rate())
    run.settings["rate"] = optimizer.learning_rate  # the slider may have moved since the reset
    batch = None if settings["batch"] == "all" else settings["batch"]
    seen, compared = data.train.subset(min(SAMPLE, len(data.train))), data.validation.subset(SAMPLE)
    began = time.perf_counter()
    for _ in look(run, model, 0.0, seen, compared):
        yield run
    started = looked = handed = before = time.perf_counter()
    between = max(LOOK, DEAR * (looked - began))
    losses, worked = [], 0.0  # of the batches since the last point of the curve, and the seconds that they took
    for now in _told(run, training_steps(model, data, settings["epochs"], batch, optimizer=optimizer)):
        clock = time.perf_counter()
        if now.step > run.step:
            losses.append(now.loss)
            run.last.append((now.step, now.loss))
            worked += clock - before
        before = clock
        run.step, run.steps, run.seconds = now.step, now.steps, clock - started
        if not now.evaluation and clock - handed < GATHERED:
            continue
        place = now.step * settings["epochs"] / now.steps
        ended = bool(now.evaluation) and now.step == now.steps
        if worked >= GATHERED or (now.evaluation and len(losses) * settings["epochs"] >= now.steps / 2):
            run.position.append(place)
            run.loss.append(sum(losses) / len(losses))
            losses, worked = [], 0.0
        elif ended and losses:  # too few for a point of their own: the mean of a handful would jump
            run.position[-1], run.loss[-1] = place, (run.loss[-1] + sum(losses) / len(losses)) / 2
        if now.evaluation:
            run.ends.append(now.evaluation)
        if now.evaluation or clock - looked > between:
            for _ in look(run, model, place, seen, compared):
                yield run
            looked = time.perf_counter()
        if not run.rates or run.rates[-1] != optimizer.learning_rate:
            run.rates.append(optimizer.learning_rate)
        yield run
        optimizer.learning_rate = rate()
        handed = before = time.perf_counter()
    run.ending = "finished"
    yield run


def _told(run, steps):
    """Yield the steps; if they diverge, note it in the run before raising."""
    try:
        yield from steps
    except TrainingDiverged as diverged:
        run.step, run.ending = diverged.step, "diverged"
        run.last.append((diverged.step, float(diverged.loss)))
        raise


def look(run, model, place, seen, compared):
    """Record accuracy and loss on a sample of both splits, and the share of dead units; yield between the pieces of work."""
    shares = []
    for split in (seen, compared):
        loss = hits = 0
        for missed, right in model.evaluate_in_slices(*split):
            loss, hits = loss + missed, hits + right
            yield
        shares.append(float(hits / len(split)))
    spoke, size = False, model.rows_at_once()
    for start in range(0, len(compared), size):
        spoke = spoke | speaking(model, compared.images[start : start + size])
        yield
    run.looked.append(place)
    run.train.append(shares[0])
    run.validation.append(shares[1])
    run.validation_loss.append(float(loss / len(compared)))
    run.dead = float(1 - spoke.mean()) if spoke.size else None


def gap(run):
    """How far validation accuracy lies below training accuracy at the end, where that is worth a word; otherwise None."""
    if run.ends and run.ends[-1].train_accuracy >= 0.2:
        distance = run.ends[-1].train_accuracy - run.ends[-1].validation_accuracy
        return distance if distance > 0.03 else None


def decline(run):
    """The epoch of the best validation accuracy, and how far it has fallen since, where that is worth a word; otherwise None."""
    best = max(run.ends, key=lambda end: end.validation_accuracy, default=None)
    if best and best.validation_accuracy >= 0.2:
        fall = best.validation_accuracy - run.ends[-1].validation_accuracy
        return (best, fall) if fall > 0.01 else None


def overfitting(run):
    """The epoch of the lowest validation loss, if it has risen since while the training loss fell; otherwise None."""
    best = min(run.ends, key=lambda end: end.validation_loss, default=None)
    if best and best.epoch < run.ends[-1].epoch - 1:
        last = run.ends[-1]
        return best if last.validation_loss > 1.1 * best.validation_loss and last.train_loss < best.train_loss else None


def remarks(run):
    """What there is to notice in a run, in words."""
    said = []
    if run.dead is not None and run.dead >= 0.1:
        said.append(f"{run.dead:.0%} of the ReLUs are dead: they never fire on {SAMPLE} validation images.")
    if lowest := overfitting(run):
        said.append(f"Overfitting: validation loss was lowest after epoch {lowest.epoch} and has risen since.")
    elif distance := gap(run):
        said.append(f"A gap: training accuracy is {100 * distance:.1f} points above validation accuracy.")
    if fallen := decline(run):
        best, fall = fallen
        said.append(f"A decline: validation accuracy is {100 * fall:.1f} points below its best, after epoch {best.epoch}.")
    if run.ends and run.ends[-1].train_accuracy < 0.2:
        said.append("It has hardly learned anything yet.")
    return " ".join(said)


def marks(run):
    """What is drawn of these remarks: series for the pane of the loss, and for that of the accuracy."""
    losses, accuracies = [], []
    if lowest := overfitting(run):
        losses.append(line([lowest.epoch, run.ends[-1].epoch], [lowest.validation_loss] * 2, dash="dotted", width=1.2))
        below, said = lowest.validation_loss / 1.25, f"lowest, epoch {lowest.epoch}"
        losses.append(text(lowest.epoch, below, said, anchor="start", halo=True))
    edge = 0.02 * run.settings["epochs"]  # so that a mark at the end of the training does not lie on the frame
    if distance := gap(run):
        ends, place = (100 * run.ends[-1].validation_accuracy, 100 * run.ends[-1].train_accuracy), run.ends[-1].epoch - edge
        accuracies.append(line([place, place], ends, width=2.5))
        accuracies.append(text(place - edge, sum(ends) / 2, f"gap {100 * distance:.1f}", anchor="end", halo=True))
    if fallen := decline(run):
        best, place = 100 * fallen[0].validation_accuracy, run.ends[-1].epoch - edge
        way = [fallen[0].epoch, place, place], [best, best, 100 * run.ends[-1].validation_accuracy]
        accuracies.append(line(*way, dash="dotted", width=1.2))
        accuracies.append(text(place - edge, best, f"decline {100 * fallen[1]:.1f}", anchor="end", halo=True))
    return losses, accuracies


def label(settings):
    """The settings that set a run apart, in a few words."""
    hidden = " × ".join([str(settings["hidden"])] * settings["layers"]) or "no"
    words = [f"rate {settings['rate']:.2g}", f"{hidden} hidden", f"batch {settings['batch']}"]
    words += [f"{settings['images']} images"] if settings["images"] != IMAGES[-1] else []
    words += [CALLED[settings["activation"]]] if settings["activation"] != "relu" else []
    words += [CALLED[settings["loss"]]] if settings["loss"] != "cross_entropy" else []
    words += [settings["data"]] if settings["data"] != "MNIST" else []
    return ", ".join(words)


def span(seconds):
    """A time in words: 73 s, 12 min, 26 h."""
    return f"{seconds:.0f} s" if seconds < 180 else f"{seconds / 60:.0f} min" if seconds < 10_800 else f"{seconds / 3600:.0f} h"


def shortened(words, most=ROOM):
    """Return the words, cut off with an ellipsis if they are too long."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip(' ,')}…"


def thinned(values, most=300):
    """At most so many of the values, evenly spaced, the last one among them."""
    if len(values) <= most:
        return values
    return [values[i] for i in np.linspace(0, len(values) - 1, most).round().astype(int)]


def changes(settings, others):
    """What sets a run apart from another one, in a few words: only what differs."""
    names = {"rate": "rate {:.2g}", "hidden": "{} hidden", "layers": "{} layers", "batch": "batch {}", "images": "{} images",
             "epochs": "{} epochs", "activation": "{}", "loss": "{}", "data": "{}"}  # fmt: skip
    different = [name for name in names if settings[name] != others[name]]
    said = [names[name].format(CALLED.get(settings[name], settings[name])) for name in different]
    return ", ".join(said) or "the same settings"


def describe(run, ghosts=()):
    """The chart of a run, with earlier runs pale behind it."""
    epochs = max([run.settings["epochs"], *(ghost.settings["epochs"] for ghost in ghosts)])
    losses, accuracies = [], []
    for number, ghost in enumerate(ghosts):
        look = {"color": PALE[number], "dash": DASHES[number % 4], "width": 1.2}
        named = {"label": shortened(ghost.name or changes(ghost.settings, run.settings))}
        losses.append(line(thinned(ghost.position), thinned(ghost.loss), **look, **named))
        accuracies.append(line(thinned(ghost.looked), 100 * np.array(thinned(ghost.validation)), **look))
    held_out = {"color": COLOURS[6], "dash": "dashed", "label": "validation images"}
    places = thinned(run.looked)
    losses += [
        line(thinned(run.position), thinned(run.loss), color=COLOURS[0], width=2.2, label="this run, recent batches"),
        line(places, thinned(run.validation_loss), **held_out),
    ]
    accuracies += [
        line(places, 100 * np.array(thinned(run.train)), color=COLOURS[0], label="training images"),
        line(places, 100 * np.array(thinned(run.validation)), **held_out),
    ]
    ends = [end.epoch for end in run.ends]
    losses.append(points(ends, [end.validation_loss for end in run.ends], color=COLOURS[6], size=3))
    accuracies.append(points(ends, [100 * end.validation_accuracy for end in run.ends], color=COLOURS[6], size=3))
    noted = marks(run)
    losses += noted[0]
    accuracies += noted[1]
    drawn = [*run.validation_loss, *(value for each in (run, *ghosts) for value in each.loss)]
    highest = max([0.5, *drawn])
    lowest = min([0.05, *(value for value in drawn if value > 0)])
    reached = [100 * value for each in (run, *ghosts) for value in each.validation[-1:]]
    floor = max(0, 10 * math.floor(min(reached, default=0) / 10) - 10)  # the end of a training is seen best from near
    common = {"xlim": [0, epochs], "xlabel": "epochs"}
    letters = max(len(series.get("label", "")) for series in losses)
    panes = [
        {"box": [60, 28, 370, 230], "ylim": [lowest / 1.5, highest * 2], "ylog": True, "title": "Loss", "ylabel": "loss",
         "series": losses, "legend": "right", "legendwidth": 50 + 6 * letters, **common},
        {"box": [510, 28, 370, 230], "ylim": [floor, 101], "title": "Accuracy", "ylabel": "accuracy in %", "series": accuracies,
         "legend": "low", "legendwidth": 150, **common},
    ]  # fmt: skip
    if run.ending == "diverged":
        panes[0] |= explosion(run)
    return {
        "width": 900,
        "height": 300,
        "title": f"Training 784-{'-'.join(map(str, sizes(**run.settings)[1:]))}",
        "words": words(run),
        "panes": panes,
    }


def explosion(run):
    """What the pane of the loss shows after a divergence: the last steps one by one, up to where it could not be followed."""
    steps, losses = zip(*run.last, strict=True)
    finite = [loss for loss in losses if 0 < loss < math.inf] or [1.0]
    low, high = min(finite) / 2, max(finite) * 4
    seen = [min(max(loss, low), high) if loss < math.inf else high for loss in losses]  # at the upper edge, what is no number
    series = [line(steps, seen, color=COLOURS[2], width=2.2), points(steps, seen, color=COLOURS[2], size=3)]
    series.append(text(steps[-1], high / 2, f"{losses[-1]:.3g} ", anchor="end", bold=True, halo=True))
    return {"xlim": [steps[0] - 1, steps[-1] + 1], "ylim": [low, high], "xlabel": "steps", "series": series,
            "title": f"Loss of the last {len(steps)} steps: it explodes"}  # fmt: skip


def words(run):
    """The sentence under the chart."""
    if run.ending == "diverged":
        first, last = run.last[0], run.last[-1]
        return f"The loss has exploded: {first[1]:.3g} at step {first[0]}, {last[1]:.3g} at step {last[0]}."
    if not run.looked:
        return f"Nothing trained yet. To come: {label(run.settings)}."
    now = run.ends[-1] if run.ends and run.looked[-1] <= run.ends[-1].epoch else None
    train, validation = (now.train_accuracy, now.validation_accuracy) if now else (run.train[-1], run.validation[-1])
    said = f"After {run.looked[-1]:.1f} epochs {train:.1%} of the training images and {validation:.1%} of the validation images"
    said += " are read right." if now else f" are read right (of {min(SAMPLE, run.settings['images'])} and {SAMPLE})."
    return f"{said} {remarks(run)}".strip()


def row(run):
    """A run as a line of the table."""
    settings, last = run.settings, run.ends[-1] if run.ends else None
    hidden = " × ".join([str(settings["hidden"])] * settings["layers"]) or "none"
    rates = " → ".join(
        f"{rate:.2g}" for rate in (run.rates[:1] + run.rates[-1:] if len(run.rates) > 1 else run.rates or [settings["rate"]])
    )
    accuracies = [f"{100 * share:.1f}" for share in (last.validation_accuracy, last.train_accuracy)] if last else ["–", "–"]
    kept = [settings[name] for name in ("batch", "images", "activation", "loss", "data")]
    seen = [*accuracies, str(len(run.ends)), f"{run.seconds:.1f}", run.ending]
    return [run.name or label(settings), *seen, rates, hidden, *map(str, kept)]


class TrainingLab:
    """Controls, buttons, the chart, and a table of the runs: ``labs.training().show()``.

    Parameters
    ----------
    controls : sequence of str, optional
        Names of the settings whose controls are shown; without it, all are. The others keep what they begin with.
    defaults
        Other values to begin with, by the name of the setting.
    """

    def __init__(self, controls=None, **defaults):
        self.controls = {
            "rate": log_slider("learning rate", -4, 1, 0.1, step=0.05),
            "hidden": list_slider("hidden units", HIDDEN, 128),
            "layers": whole_slider("hidden layers", 0, 5, 1),
            "batch": list_slider("batch size", BATCHES, 64),
            "images": list_slider("training images", IMAGES, IMAGES[-1]),
            "epochs": whole_slider("epochs", 1, 50, 10),
            "activation": choice("activation", ACTIVATIONS, "relu"),
            "loss": choice("loss", LOSSES, "cross_entropy"),
            "data": choice("data", list(DATA), "MNIST"),
        }
        shown = [name for name in self.controls if controls is None or name in controls]
        begin_with(self.controls, controls, defaults)
        presets = [button(f"{rate:g}", functools.partial(self._set_rate, rate)) for rate in RATES]
        for rate, preset in zip(RATES, presets, strict=True):
            preset.tooltip, preset.layout = f"learning rate {rate:g}", widgets.Layout(width="auto", min_width="3.5em")
            preset.add_class("mlp-preset")
        self.runs = []
        self.name = widgets.Text(
            description="name of run", placeholder="optional", layout=NARROW, style=LABEL, continuous_update=False
        )
        self.progress = widgets.FloatProgress(0, max=1, description="progress", layout=NARROW, style=LABEL)
        self.left = widgets.Label()
        self.table = widgets.HTML()
        self.text = widgets.Textarea(
            layout=widgets.Layout(width="100%", height="7em", display="none"), description="table", style=LABEL
        )
        self.as_text = widgets.Button(description="Table as text", layout=widgets.Layout(width="auto"))
        self.as_text.on_click(self._show_text)
        self.chart = Chart(layout=widgets.Layout(align_self="stretch"))  # as wide as the page, so that it knows how wide that is
        self.live = Live(self.chart, self._begin, self._describe)
        for control in self.controls.values():
            control.observe(self._changed, "value")
        buttons = [self.live.buttons[name] for name in ("start", "stop", "reset")]
        self.view = widgets.VBox([
            shelf(*(part for name in shown for part in (self.controls[name], *(presets if name == "rate" else ())))),
            shelf(*buttons, self.name, self.progress, self.left),
            self.live.notice,
            self.chart,
            self.table,
            self.as_text,
            self.text,
        ], layout=widgets.Layout(align_items="flex-start"))  # fmt: skip

    @property
    def settings(self):
        return {name: control.value for name, control in self.controls.items()}

    @property
    def task(self):
        return self.live.task

    def _begin(self):
        """Keep the last run if it has begun, and start another from the settings."""
        last = getattr(getattr(self, "live", None), "state", None)
        if last and last.step:
            last.name = last.name or self.name.value
            self.runs.append(last)
            self.name.value = ""
            self._tabulate()
        return train_live(self.settings, lambda: self.controls["rate"].value)

    def _describe(self, run):
        run.name = self.name.value or run.name
        self.progress.value = run.step / run.steps if run.steps else 0.0
        self.left.value = f"{span(run.left)} left" if run.left and run.ending != "finished" else f"{run.seconds:.1f} s"
        return describe(run, self.runs[-GHOSTS:])

    def _set_rate(self, rate):
        self.controls["rate"].value = rate

    def _changed(self, change):
        if self.live.status != "running" and not self.live.state.step:
            self.live.reset()
        elif self.live.status not in ("running", "stopped") or change["owner"] is not self.controls["rate"]:
            self.left.value = "Reset, then Start, for the new settings"

    def _tabulate(self):
        lines = [COLUMNS, *map(row, self.runs)]
        cells = ["".join(f"<td style='padding:1px 8px'>{html.escape(entry)}</td>" for entry in entries) for entries in lines]
        head = cells[0].replace("<td", "<th scope='col'").replace("</td>", "</th>")
        body = "".join(f"<tr>{entries}</tr>" for entries in cells[1:])
        look = "font-size:12px;line-height:1.4;white-space:nowrap"
        table = f"<table style='{look}'><caption>Runs</caption><tr>{head}</tr>{body}</table>"
        self.table.value = f"<div style='overflow-x:auto'>{table}</div>"
        self.text.value = "\n".join("\t".join(entries) for entries in lines)

    def _show_text(self, _):
        self.text.layout.display = "none" if self.text.layout.display is None else None

    def show(self):
        """Show the lab; where the notebook is to be saved, also a figure of what it shows first."""
        self.live.shown()
        if self.live.loop:  # so that Start does not wait for the images
            self.live.loop.call_later(SOON, DATA[self.controls["data"].value])
        show(self.view, self.chart)


def lab(controls=None, **defaults):
    """The lab, with fewer controls and other settings if wanted: ``labs.training(["rate", "hidden"], epochs=3).show()``."""
    return TrainingLab(controls, **defaults)
