"""Plane playground: a small network divides the plane, live, and every hidden unit shows what it sees."""

import math
from dataclasses import dataclass, field

import ipywidgets as widgets
import numpy as np

from ..core.data import Dataset, Split
from ..core.functions import sigmoid
from ..core.losses import SoftmaxCrossEntropy
from ..core.network import MLP
from ..core.optimizers import SGD
from ..core.training import training_steps
from .chart import COLOURS, Chart, image, line, points, text
from .lab import NARROW, begin_with, button, choice, log_slider, shelf, show, slider, whole_slider
from .live import Live

LIMIT = 2.2  # both axes go from -LIMIT to LIMIT
N = 240  # points to learn from, and as many held out
SIDE = 48  # pixels of the large picture; a unit's has half as many
STEPS = 100_000
KEPT = 150  # points of a loss curve
NAMES = {"triangle": ("outside", "inside")}  # of the classes, where they are not class 0 and class 1
COLD, WARM = COLOURS[0], COLOURS[2]  # below and above 0, as in the figures of the lessons
MARKS = ("white", "circle"), ("gold", "triangle")  # of the points of the two classes, as there
SHELVES = ["data", "activation"], ["noise", "layers", "width", "seed", "layer", "rate"], ["pace", "shown"]
PACE = {"10": 1, "100": 10, "as many as it can": math.inf}
DARK = "#222222"


def sample(data, noise, n=N, seed=1):
    """Points of two classes in the plane: X (n, 2), y (n,), with normal noise of the given spread."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    if data == "triangle":  # with seed 1 and without noise, those of notebook 03
        X = rng.uniform(-LIMIT, LIMIT, (n, 2))
        x1, x2 = X.T
        y = ((x2 > -1) & (2 * x1 + x2 < 2) & (-2 * x1 + x2 < 2)).astype(int)
    elif data == "xor":
        X = rng.uniform(-1.9, 1.9, (n, 2))
        X += 0.1 * np.sign(X)  # a gap along the axes
        y = (X[:, 0] * X[:, 1] > 0).astype(int)
    else:
        along = rng.uniform(size=n)
        if data == "rings":
            radius, angle = np.where(y, 0.8 * along, 1.3 + 0.7 * along), rng.uniform(0, 2 * np.pi, n)
        elif data == "spirals":
            radius = 0.3 + 1.7 * along
            angle = 2.5 * np.pi * along + np.pi * y
        elif data == "moons":
            radius, angle = np.full(n, 1.25), np.pi * along + np.pi * y
        X = radius[:, np.newaxis] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        if data == "moons":
            X += np.where(y, 1, -1)[:, np.newaxis] * [0.6, 0.3]
    return X + noise * rng.standard_normal((n, 2)), y


def dataset(data, noise):
    """Points to learn from, and points of the same kind held out: a ``Dataset`` as ``training_steps`` takes it."""
    X, y = sample(data, noise, seed=1)
    nothing = Split(X[:0], y[:0])
    return Dataset(Split(X, y), Split(*sample(data, noise, seed=2)), nothing, names(data))


def names(data):
    """What the two classes are called."""
    return NAMES.get(data, ("class 0", "class 1"))


class OneScore(MLP):
    """A network with a single score: above 0 it says class 1, below 0 class 0.

    To the loss it hands the pair (0, score): softmax then gives class 1 the probability sigmoid(score).
    """

    def __init__(self, sizes, **settings):
        super().__init__([*sizes, 1], **settings)
        self.loss_layer = OfOneScore()
        self.dimensions["k"] = 2

    def _forward(self, X, training):
        return np.pad(super()._forward(X, training), ((0, 0), (1, 0)))  # (n, 1) -> (n, 2)


class OfOneScore(SoftmaxCrossEntropy):
    """The loss of a pair (0, score), whose gradient concerns the score alone."""

    def backward(self):
        return super().backward()[:, 1:]


def by_hand():
    """The triangle's network of notebook 03: three hidden units, one for each edge, silent on the inner side."""
    model = OneScore([2, 3])
    hand = {"W1": [[0, 2, -2], [-1, 1, 1]], "b1": [-1, -2, -2], "W2": [[-1], [-1], [-1]], "b2": [0.02]}
    for name, values in hand.items():
        model.parameters[name][...] = values
    return model


@dataclass
class State:
    """Where a training in the plane is."""

    data: Dataset
    model: MLP
    hand: bool = False
    step: int = 0
    steps: list = field(default_factory=list)  # of the curves, thinned out when they grow long
    losses: dict = field(default_factory=lambda: {"training": [], "held out": []})
    accuracy: tuple = ()  # on the points to learn from, and held out

    def measured(self, step, losses, accuracy):
        self.step, self.accuracy = step, accuracy
        if step % self.every == 0:
            self.steps.append(step)
            for curve, loss in zip(self.losses.values(), losses, strict=True):
                curve.append(loss)
        if len(self.steps) > 2 * KEPT:
            self.steps = self.steps[::2]
            self.losses = {name: curve[::2] for name, curve in self.losses.items()}

    @property
    def every(self):
        return self.steps[1] - self.steps[0] if len(self.steps) > 1 else 1


def states(data, noise, layers, width, activation, seed, rate, hand=False):
    """Train, and yield the ``State`` before the first step and after each.

    Parameters
    ----------
    data, noise, layers, width, activation, seed
        As set by the controls; seed is that of the first weights.
    rate : callable
        Returns the learning rate of the next step.
    hand : bool
        Whether to begin with the weights of notebook 03's triangle.
    """
    init = "he" if activation == "relu" else "xavier"
    model = by_hand() if hand else OneScore([2, *[width] * layers], activation=activation, init=init, seed=seed)
    state = State(dataset(data, noise), model, hand)
    (loss, hits), (held_out_loss, held_out_hits) = (model.evaluate(*split) for split in (state.data.train, state.data.validation))
    state.measured(0, (loss, held_out_loss), (hits, held_out_hits))
    yield state
    optimizer = SGD(rate())
    for now in training_steps(model, state.data, STEPS, None, optimizer=optimizer):
        if now.evaluation:
            told = now.evaluation
            state.measured(
                now.step, (told.train_loss, told.validation_loss), (told.train_accuracy, told.validation_accuracy)
            )  # fmt: skip
            yield state
            optimizer.learning_rate = rate()


def look(model, side=SIDE):
    """What the network makes of the plane.

    Returns
    -------
    P : array (side, side)
        Probability of class 1, the top row of the plane first.
    hidden : list of arrays (units, side, side)
        Activations of every hidden layer.
    """
    edge = LIMIT * (1 - 1 / side)  # the pixels' middles
    x1, x2 = np.meshgrid(np.linspace(-edge, edge, side), np.linspace(edge, -edge, side))
    A, hidden = np.stack([x1, x2], axis=-1).reshape(-1, 2).astype(model.dtype), []
    with np.errstate(all="ignore"):  # after a divergence
        for layer in model.layers:
            A = layer.forward(A)
            if not hasattr(layer, "W"):
                hidden.append(A.T.reshape(-1, side, side))
        return sigmoid(A)[:, 0].reshape(side, side), hidden


def colours(share, colour, other="#ffffff"):
    """Mix two colours, a share from 0 to 1 for each pixel; grey where it is not a number."""
    first, second = (np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) for code in (colour, other))
    share = share[..., np.newaxis]
    return np.where(np.isfinite(share), np.nan_to_num(share) * first + (1 - np.nan_to_num(share)) * second, 128).astype(np.uint8)


def regions(P):
    """Blue where class 0 is likelier, red where class 1 is, the paler the less sure: (rows, columns, 3)."""
    sure = 0.12 + 0.5 * np.abs(2 * P - 1)
    return np.where((P > 0.5)[..., np.newaxis], colours(sure, WARM), colours(sure, COLD))


def describe(state, layer=1, shown="training"):
    """The chart: the plane with points on it, the loss, and a picture for each unit of a hidden layer."""
    model, split = state.model, state.data.train if shown == "training" else state.data.validation
    P, hidden = look(model)
    series = [image(regions(P), [-LIMIT, LIMIT, -LIMIT, LIMIT], smooth=True)]
    for label, (colour, shape) in enumerate(MARKS):
        x, y = split.images[split.labels == label].T
        series.append(points(x.round(2), y.round(2), color=colour, edge=DARK, shape=shape, size=3))
    plane = {"box": [50, 24, 290, 290], "xlim": [-LIMIT, LIMIT], "ylim": [-LIMIT, LIMIT], "series": series,
             "title": f"The plane, with the {shown} points", "xlabel": "x1", "ylabel": "x2"}  # fmt: skip
    panes = [plane, curves(state)]
    layer = min(layer, len(hidden))
    if hidden:
        panes += [small(i, unit, model.activation) for i, unit in enumerate(hidden[layer - 1])]
        panes[2]["series"].append(text(0, 1.42, f"What the units of hidden layer {layer} see", bold=True, anchor="start"))
    told = words(state, hidden, layer)
    return {"width": 880, "height": 350, "title": "A network divides the plane", "words": told, "panes": panes}


def curves(state):
    """The pane with the loss on both kinds of points."""
    last = max(state.step, 10)
    top = max(max(filter(math.isfinite, state.losses["training"]), default=1), 0.1) * 1.1
    series = [
        line(state.steps, np.minimum(curve, 9 * top), label=name, **look)
        for (name, curve), look in zip(state.losses.items(), ({"color": COLOURS[6]}, {"dash": "dashed"}), strict=True)
    ]
    return {"box": [420, 24, 450, 86], "xlim": [0, last], "ylim": [0, top], "series": series, "title": "Loss, step by step",
            "legend": "right", "legendwidth": 100}  # fmt: skip


def small(i, unit, activation):
    """The pane with what one hidden unit sees: white is 0, the darker the larger."""
    largest = unit.max() if activation == "relu" else 1
    size, left, top = 68, 420 + 112 * (i % 4), 180 + 94 * (i // 4)
    return {"box": [left, top, size, size], "xlim": [0, 1], "ylim": [0, 1], "xticks": False, "yticks": False,
            "title": f"{i + 1}" if largest else f"{i + 1}, silent",
            "series": [image(colours(unit[::2, ::2] / (largest or 1), COLOURS[4]), [0, 1, 0, 1], smooth=True)]}  # fmt: skip


def words(state, hidden, layer):
    """What there is to see, in words."""
    sizes = "-".join(map(str, state.model.sizes))
    told = f"Step {state.step:,}, network {sizes}: {state.accuracy[0]:.1%} of the training points are right, "
    told += f"{state.accuracy[1]:.1%} of the held-out points. "
    told += "It says {} where the plane is blue, and {} (the triangles) where it is red. ".format(*state.data.class_names)
    if state.hand and state.step == 0:
        told += "The weights are those set by hand in notebook 03: each unit is silent on the inner side of one edge. "
    if not hidden:
        return told + "Without a hidden layer the boundary is a straight line."
    if state.model.activation == "relu":
        silent = sum(not unit.any() for unit in hidden[layer - 1])
        told += f"White is silence: {silent} of {len(hidden[layer - 1])} units of hidden layer {layer} are silent everywhere."
    else:
        told += "In the pictures of the units white is 0 and dark is 1."
    return told


class Plane:
    """Controls and buttons above the chart, and the training under it.

    Parameters
    ----------
    controls : sequence of str, optional
        Names of the settings whose controls are shown; without it, all are. The others keep what they begin with.
    hand : bool
        Whether there is a button that sets the weights of notebook 03's triangle.
    **defaults
        Other settings to begin with: data, noise, layers, width, activation, seed, rate, pace, layer, shown.
    """

    def __init__(self, controls=None, hand=True, **defaults):
        self.hand = False
        self.controls = {
            "data": choice("points", ["rings", "moons", "xor", "triangle", "spirals"], "rings"),
            "activation": choice("activation", {"ReLU": "relu", "sigmoid": "sigmoid"}, "relu"),
            "noise": slider("noise", 0, 0.5, 0.1, step=0.05, layout=NARROW),
            "layers": whole_slider("hidden layers", 0, 4, 1),
            "width": whole_slider("hidden units", 1, 8, 3),
            "seed": whole_slider("first weights", 0, 20, 0),
            "rate": log_slider("learning rate", -3, 1, 10**-0.5, layout=NARROW),
            "pace": choice("steps a second", PACE, 10),
            "layer": whole_slider("layer shown", 1, 4, 1),
            "shown": choice("points shown", ["training", "held-out"], "training"),
        }
        begin_with(self.controls, controls, defaults)
        for name in ("data", "activation", "noise", "layers", "width", "seed"):
            self.controls[name].observe(self._changed, "value")
        for name in ("layer", "shown"):
            self.controls[name].observe(lambda change: self.live.redraw(), "value")
        self.controls["layers"].observe(self._layered, "value")
        self._layered()
        self.chart = Chart()
        self.live = Live(self.chart, self._begin, self._describe, lambda: self.controls["pace"].value)
        self.set_by_hand = button("Set by hand", self._set_by_hand)
        self.set_by_hand.tooltip = "The triangle of notebook 03, and its three hidden units"
        shelves = SHELVES if controls is None else [[name for row in SHELVES for name in row if name in controls]]
        buttons = [*self.live.buttons.values(), *([self.set_by_hand] if hand else [])]
        self.view = widgets.VBox([
            *(shelf(*(self.controls[name] for name in row)) for row in shelves if row),
            shelf(*buttons, self.live.notice),
            self.chart,
        ])  # fmt: skip

    @property
    def task(self):
        return self.live.task

    def _begin(self):
        wanted = {name: self.controls[name].value for name in ("data", "noise", "layers", "width", "activation", "seed")}
        hand, self.hand = self.hand, False  # the next reset begins with random weights
        return states(**wanted, rate=lambda: self.controls["rate"].value, hand=hand)

    def _describe(self, state):
        return describe(state, self.controls["layer"].value, self.controls["shown"].value)

    def _changed(self, change):
        self.live.renew()

    def _layered(self, change=None):
        self.controls["width"].description = "units per layer" if self.controls["layers"].value > 1 else "hidden units"

    def _set_by_hand(self):
        for name, value in {"data": "triangle", "activation": "relu", "noise": 0, "layers": 1, "width": 3}.items():
            self.controls[name].value = value
        self.hand = True
        self.live.reset()

    def show(self):
        """Show the lab; where the notebook is to be saved, also a figure of what it shows first."""
        self.live.shown()
        show(self.view, self.chart)


def lab(controls=None, hand=True, **defaults):
    """The lab, with what a lesson needs: ``labs.plane(["width", "seed"], data="triangle", noise=0).show()``.

    Without arguments it shows all its controls; ``hand=False`` leaves out the button for notebook 03's weights.
    """
    return Plane(controls, hand, **defaults)
