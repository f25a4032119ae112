"""Downhill explorer: gradient descent on the loss surface of a straight line, start and learning rate by hand."""

import functools

import numpy as np

from .chart import COLOURS, image, line, points, shades, text
from .lab import WIDE, Lab, shelf, slider, whole_slider

X, TARGET = np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 3.0, 4.0, 8.0])  # the four points of notebook 02
LOWEST_POINT, LOWEST = np.array([2.2, 0.7]), 0.45
XLIM, YLIM = (-1.8, 6.2), (-3.3, 4.7)  # as wide as high: a step is seen to cross the lines at a right angle
LEVELS = (0.5, 1, 2, 5, 10, 20, 50, 100)
NEAR = 0.05  # so close to the lowest point, or to the floor, counts as there

CURVATURE = 2 * np.array([[(X**2).mean(), X.mean()], [X.mean(), 1]])  # the second derivatives of the loss
(FLAT, STEEP), AXES = np.linalg.eigh(CURVATURE)  # how curved the valley is: along its floor, and across (columns)


def losses(W):
    """Mean squared error of the lines with the slopes W[..., 0] and the constants W[..., 1]: (..., 2) -> (...)."""
    errors = W[..., :1] * X + W[..., 1:] - TARGET  # (..., 4)
    return (errors**2).mean(axis=-1)


def gradient(w):
    """The two slopes of the loss at w (2,)."""
    error = w[0] * X + w[1] - TARGET
    return np.array([2 * (error * X).mean(), 2 * error.mean()])


def walk(slope, constant, learning_rate, steps):
    """Gradient descent from a start: the places visited (steps + 1, 2) and the loss at each (steps + 1,)."""
    path = [np.array([slope, constant], np.float64)]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path), losses(np.array(path))


def verdict(path, learning_rate):
    """Describe a walk: return one word (still, converged, diverges, zigzags, floor, creeps, walks) and a sentence."""
    if np.linalg.norm(path[0] - LOWEST_POINT) < 1e-6:
        return "still", "It starts at the lowest point: both slopes are 0 there, and it stays."
    if len(path) == 1:
        return "still", "No step has been taken yet."
    loss = losses(path)
    across = (path - LOWEST_POINT) @ AXES[:, 1]  # distance from the floor of the valley, on one side or the other
    away = np.linalg.norm(path[-1] - LOWEST_POINT)
    jump = 1 - learning_rate * STEEP  # what a step makes of that distance
    if jump < -1:
        said = f"It diverges: each step jumps over the valley and lands {-jump:.5g} times as far from its floor. "
        return "diverges", said + ("The loss rises." if loss[-1] > loss[-2] else "The loss still falls, but it will rise.")
    gained = f"the last step took away {100 * (loss[-2] - loss[-1]) / (loss[-2] - LOWEST):.2g} % of what could be gained"
    if away < NEAR:
        jumps = ((across[1:] * across[:-1] < 0) & (abs(across[:-1]) > NEAR)).sum()
        way = f", after {counted(jumps, 'jump')} over the valley" if jumps else ""
        return "converged", f"It has converged{way}: {away:.2g} from the lowest point."
    along = (path[-1] - LOWEST_POINT) @ AXES[:, 0]
    if abs(across[-1]) < NEAR and STEEP * across[-1] ** 2 < FLAT * along**2:
        there = f"the floor of the valley, {away:.2f} from the lowest point,"
        if abs(across[-2]) > 4 * NEAR:
            return "floor", f"It has just come to {there} and will walk along it: {gained}."
        return "floor", f"It is on {there} and walks along it: {gained}."
    if jump < 0:
        said = f"It zigzags: each step jumps over the valley and lands {-jump:.3g} times as far from its floor; {gained}."
        return "zigzags", said
    if loss[-2] - loss[-1] < 0.1 * (loss[-2] - LOWEST):
        return "creeps", f"It creeps: {gained}."
    return "walks", f"It is on its way down: {gained}."


def describe(slope, constant, learning_rate, steps):
    """The chart for a start (slope, constant), a learning rate and a number of steps."""
    path, loss = walk(slope, constant, learning_rate, steps)
    end = f"slope {path[-1, 0]:.3g}, constant {path[-1, 1]:.3g}"
    words = f"After {counted(steps, 'step')}: {end}, loss {loss[-1]:.4g} (the lowest point, 2.2 and 0.7, has {LOWEST}). "
    words += verdict(path, learning_rate)[1]
    outside = np.flatnonzero(((path < (XLIM[0], YLIM[0])) | (path > (XLIM[1], YLIM[1]))).any(axis=1))
    if len(outside):
        words += f" The path leaves the picture at step {outside[0]}."
    surface = {
        "box": [60, 30, 330, 330], "xlim": XLIM, "ylim": YLIM, "xlabel": "slope", "ylabel": "constant",
        "title": "square: start, disc: end, cross: lowest point", "series": [*landscape(), *trail(path), *cross()],
    }  # fmt: skip
    last, top = 1.03 * max(steps, 5), max(200, 0.2 * (loss.max() / 0.2) ** 1.05)
    curve = {
        "box": [470, 30, 390, 330], "xlim": [0, last], "ylim": [0.2, top], "ylog": True,
        "xlabel": "step", "title": "the loss at each step", "legend": "right",
        "series": [
            line([0, last], [LOWEST, LOWEST], dash="dashed", width=1.5, label="lowest loss"),
            line(range(steps + 1), loss, color=COLOURS[0], label="loss"),
            points([steps], [loss[-1]], color=COLOURS[6], size=5),
        ],
    }  # fmt: skip
    return {"width": 880, "height": 400, "title": "Walking downhill", "words": words, "panes": [surface, curve]}


@functools.cache
def landscape():
    """The loss over the plane: dark where it is low (on a logarithmic scale), with lines of equal loss."""
    x, y = np.linspace(*XLIM, 49)[1::2], np.linspace(*YLIM, 49)[1::2]  # the middles of 24 × 24 fields
    height = np.log(losses(np.stack(np.meshgrid(x, y[::-1]), axis=-1)))  # (24, 24), the highest constant first
    low, high = np.log(LOWEST), np.log(150)
    drawn = [image(shades((height - low) / (high - low)), [*XLIM, *YLIM], smooth=True)]
    turn = np.linspace(0, 2 * np.pi, 61)
    circle = AXES @ (np.stack([np.cos(turn), np.sin(turn)]) / np.sqrt([[FLAT], [STEEP]]))
    for level in LEVELS:
        x, y = LOWEST_POINT[:, np.newaxis] + np.sqrt(2 * (level - LOWEST)) * circle
        drawn += [line(x, y, color="white", width=1, opacity=0.5)]
    for level in LEVELS[2:-1]:
        x = LOWEST_POINT[0] + np.sqrt(2 * (level - LOWEST) / CURVATURE[0, 0])  # where its line crosses the height of the cross
        drawn += [text(x, LOWEST_POINT[1], str(level), color="white" if level < 20 else "black")]
    return drawn


def cross():
    """The lowest point."""
    a, b = LOWEST_POINT
    return [line([a - 0.14, a + 0.14], [b - s, b + s], color="white", width=1.5) for s in (0.14, -0.14)]


def trail(path):
    """The places visited, as far as they are near the picture: a white line with a dark edge, a square, a disc."""
    far = np.flatnonzero(abs(path - LOWEST_POINT).max(axis=1) > 50)
    near = path[: far[0]] if len(far) else path
    x, y = near.T
    drawn = [line(x, y, color="black", width=2.4), line(x, y, color="white", width=1)]
    drawn += [points(x, y, color="white", edge="black", size=3)]
    drawn += [points(x[:1], y[:1], color="white", edge="black", shape="square", size=6)]
    return drawn if len(far) else [*drawn, points(x[-1:], y[-1:], color=COLOURS[6], edge="black", size=5.5)]


def counted(number, thing):
    """1 step, 2 steps."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def lab():
    """The lab: ``labs.downhill().show()``."""
    controls = {
        "slope": slider("start: slope", -1.0, 5.0, 0.0),
        "constant": slider("start: constant", -3.0, 4.0, 0.0),
        "learning_rate": slider("learning rate", 0.001, 0.3, 0.1, step=0.001, readout_format=".3f"),
        "steps": whole_slider("steps", 0, 100, 12, layout=WIDE),
    }
    return Lab(controls, describe, [shelf(*controls.values())])
