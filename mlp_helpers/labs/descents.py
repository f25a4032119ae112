"""Race downhill: plain SGD, momentum and Adam from the same place in a long narrow bowl, which can be turned."""

import functools

import numpy as np

from ..core.optimizers import SGD, Adam, Momentum
from .chart import COLOURS, line, points
from .downhill import counted
from .lab import NARROW, Lab, choice, list_slider, log_slider, shelf, slider, whole_slider

START = np.array([-9.0, 1.0])  # along the valley and across, as in notebook 14; it turns with the bowl
LIMIT = 10  # both axes go from -LIMIT to LIMIT
RINGS = 2.0 ** np.arange(1, 9)  # half the length of a line of equal loss: from one to the next the loss is four times as large
LOST, FAR = 1e6, 50  # beyond the first the walk ends, beyond the second it is not drawn
FLOOR, TOP = 1e-4, 1e4  # of the losses that are drawn
BETA2 = [0, 0.5, 0.9, 0.99, 0.999, 0.9999]
LOOKS = {
    "plain SGD": ({"color": COLOURS[8], "dash": "solid"}, {"color": COLOURS[8], "shape": "circle"}),
    "momentum": ({"color": COLOURS[0], "dash": "dashed"}, {"color": COLOURS[0], "shape": "square"}),
    "Adam": ({"color": COLOURS[6], "dash": "dashdot"}, {"color": COLOURS[6], "shape": "triangle"}),
}


def bowl(steep, degrees):
    """Return the directions along and across the valley, as columns (2, 2), and its second derivatives (2, 2)."""
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn, turn @ np.diag([1.0, steep]) @ turn.T


def losses(W, H):
    """Return half of w · Hw for every place: (..., 2) -> (...)."""
    return ((W @ H) * W).sum(axis=-1) / 2


def steppers(sgd_rate, momentum_rate, adam_rate, momentum, beta2, momentum_step=None, adam_step=None):
    """Return for each method a function that takes a step, ``step(parameters, gradients)``, with a memory of its own.

    ``momentum_step`` and ``adam_step`` are those of notebook 14; without them, the package's optimizers step.
    """
    steps = {"plain SGD": SGD(sgd_rate).step}
    steps["momentum"] = Momentum(momentum_rate, momentum).step
    if momentum_step:
        velocity = {"w": np.zeros(2)}
        steps["momentum"] = lambda w, dw: momentum_step(w, dw, velocity, momentum_rate, momentum)
    steps["Adam"] = Adam(adam_rate, beta2=beta2).step
    if adam_step:
        memory = {"steps": 0, "mean": {"w": np.zeros(2)}, "square": {"w": np.zeros(2)}}
        steps["Adam"] = lambda w, dw: adam_step(w, dw, memory, adam_rate, beta2=beta2)
    return steps


def walk(step, H, start, steps):
    """Return the places visited (steps + 1, 2), or fewer, where the walk is lost."""
    w = np.array(start)
    path = [w.copy()]
    while len(path) <= steps and abs(w).max() < LOST:
        step({"w": w}, {"w": H @ w})
        path.append(w.copy())
    return np.array(path)


def race(steep, turned, steps, **settings):
    """Return the path of each method, by its name, and the bowl's second derivatives."""
    turn, H = bowl(steep, turned)
    return {name: walk(step, H, turn @ START, steps) for name, step in steppers(**settings).items()}, H


def describe(steep, turned, steps, **settings):
    """The chart for a bowl and the settings of ``steppers``: the paths, and the loss at each step."""
    paths, H = race(steep, turned, steps, **settings)
    fallen = {name: losses(path, H) for name, path in paths.items()}
    surface = {
        "box": [60, 30, 280, 280], "xlim": [-LIMIT, LIMIT], "ylim": [-LIMIT, LIMIT], "xlabel": "w₁", "ylabel": "w₂",
        "title": "square: start, disc: end, cross: lowest point",
        "series": [*landscape(steep, turned), *(series for name, path in paths.items() for series in trail(name, path))],
    }  # fmt: skip
    curves = {
        "box": [430, 30, 440, 280], "xlim": [0, 1.03 * max(steps, 5)], "ylim": [FLOOR, TOP], "ylog": True,
        "xlabel": "step", "title": "the loss at each step", "legend": "right", "legendwidth": 120,
        "series": [
            line(range(len(loss)), loss.clip(FLOOR / 10, 10 * TOP), label=name, **LOOKS[name][0]) for name, loss in fallen.items()
        ],
    }  # fmt: skip
    told = words(fallen, steps, steep, turned)
    return {"width": 890, "height": 350, "title": "A race downhill", "words": told, "panes": [surface, curves]}


def words(fallen, steps, steep, turned):
    """Say where each method has got to, and which is lowest."""
    across = f"{steep} times as steep across as along"
    told = f"A bowl {across}, turned by {turned} degrees; all start at a loss of {fallen['plain SGD'][0]:.4g}. "
    if steps == 0:
        return told + "No step has been taken yet."
    ends = []
    for name, loss in fallen.items():
        if len(loss) <= steps:
            ends.append(f"{name} is lost by step {len(loss) - 1}")
        else:
            ends.append(f"{name} is at {loss[-1]:.2g}{', above its start' if loss[-1] > loss[0] else ''}")
    told += f"After {counted(steps, 'step')}: {'; '.join(ends)}."
    arrived = {name: loss[-1] for name, loss in fallen.items() if len(loss) > steps}
    if len(arrived) > 1 and len(set(arrived.values())) > 1:
        told += f" The lowest is {min(arrived, key=arrived.get)}."
    return told


@functools.cache
def landscape(steep, turned):
    """Lines of equal loss, and a cross at the lowest point."""
    turn, _ = bowl(steep, turned)
    around = np.linspace(0, 2 * np.pi, 121)
    circle = turn @ np.stack([np.cos(around), np.sin(around) / np.sqrt(steep)])
    drawn = [line(*(half * circle), width=1, opacity=0.35) for half in RINGS]
    return [*drawn, line([-0.4, 0.4], [-0.4, 0.4], width=1.5), line([-0.4, 0.4], [0.4, -0.4], width=1.5)]


def trail(name, path):
    """The places that a method visited, as far as they are near the picture, and its end, if it is."""
    far = np.flatnonzero(abs(path).max(axis=1) > FAR)
    x, y = (path[: far[0]] if len(far) else path).T
    along, mark = LOOKS[name]
    drawn = [line(x, y, width=1.5, **along), points(x, y, size=2, **mark)]
    drawn += [points(x[:1], y[:1], color="white", edge="black", shape="square", size=6)]
    return drawn if len(far) else [*drawn, points(x[-1:], y[-1:], **mark | {"shape": "circle"}, edge="currentColor", size=6)]


def lab(momentum_step=None, adam_step=None):
    """The lab, on one's own steps: ``labs.descents(momentum_step, adam_step).show()``.

    Parameters
    ----------
    momentum_step, adam_step : callable, optional
        As written in notebook 14. By default the package's ``Momentum`` and ``Adam`` step.
    """
    controls = {
        "sgd_rate": log_slider("η of SGD", -4, 0, 10**-3, layout=NARROW),
        "momentum_rate": log_slider("η momentum", -4, 0, 10**-2.7, layout=NARROW),
        "adam_rate": log_slider("η of Adam", -4, 0, 10**-0.4, layout=NARROW),
        "momentum": slider("μ momentum", 0, 0.99, 0.9, step=0.01, layout=NARROW),
        "beta2": list_slider("β₂ of Adam", BETA2, 0.999),
        "steps": whole_slider("steps", 0, 200, 60),
        "turned": whole_slider("turned by, °", 0, 90, 45, step=5),
        "steep": choice("times as steep across", [10, 100, 1000], 1000),
    }
    own = functools.partial(describe, momentum_step=momentum_step, adam_step=adam_step)
    return Lab(controls, own, [shelf(*controls.values())])
