"""Activation explorer: ReLU, sigmoid and tanh with their slopes, and if wanted what five layers leave of a gradient."""

import functools

import numpy as np

from ..core.functions import relu, relu_backward, sigmoid, sigmoid_backward
from .chart import COLOURS, line, points, text
from .lab import Lab, choice, slider

Z = np.round(np.linspace(-8, 8, 81), 1)
LAYERS, VANISHED = 5, 0.01
LOOKS = {
    "ReLU": {"color": COLOURS[0], "dash": "solid"},
    "sigmoid": {"color": COLOURS[6], "dash": "dashed"},
    "tanh": {"color": COLOURS[8], "dash": "dashdot"},
}


def value_and_slope(name, z):
    """Return an activation function and its derivative at z (any shape): two arrays like z.

    Examples
    --------
    >>> value_and_slope("sigmoid", np.array([0.0]))
    (array([0.5]), array([0.25]))
    """
    z = np.asarray(z, np.float64)
    if name == "ReLU":
        return relu(z), relu_backward(np.ones_like(z), z)
    if name == "sigmoid":
        A = sigmoid(z)
        return A, sigmoid_backward(np.ones_like(z), A)
    A = np.tanh(z)
    return A, 1 - A**2


@functools.cache
def curve(name, number):
    """An activation function (number 0) or its derivative (1), as a line."""
    y = value_and_slope(name, Z)[number]
    if name == "ReLU" and number == 1:
        y = np.where(Z == 0, np.nan, y)  # a gap: at the corner the slope jumps from 0 to 1
    return line(Z, y, **LOOKS[name])


def describe(z, which, functions=tuple(LOOKS), gradients=True):
    """The chart for a score z and the choice of functions: "all" of ``functions``, or the name of one.

    ``gradients`` says whether to tell what a stack of layers leaves of a gradient.
    """
    names = list(functions) if which == "all" else [which]
    at = {name: [float(number) for number in value_and_slope(name, z)] for name in names}
    low, high = (-1.4, 8.8) if which == "ReLU" else (-1.4, 3.8) if which == "all" else (-1.3, 2.0)
    heights = {"box": [60, 30, 360, 250], "ylim": [low, high], "title": "the function"}
    slopes = {"box": [500, 30, 360, 250], "ylim": [-0.32, 1.75], "title": "its slope, the derivative"}
    for pane, number in ((heights, 0), (slopes, 1)):
        pane |= {"xlim": [-8.4, 8.4], "xlabel": "score z"}
        pane["series"] = [line([z, z], pane["ylim"], width=1, opacity=0.5)]
        for name in names:
            label = f"{name}{' slope' * number} at z: {number_words(at[name][number])}"
            pane["series"] += [curve(name, number) | {"label": label}]
        for name in names:
            if at[name][number] <= pane["ylim"][1]:
                square = {"shape": "square"} if name == "sigmoid" else {}
                pane["series"] += [points([z], [at[name][number]], color=LOOKS[name]["color"], size=5, **square)]
    if "ReLU" in names and at["ReLU"][0] > high:
        heights["series"] += [text(7.9, high - 1.2, "ReLU: above", anchor="end")]
    if gradients:
        slopes["series"] += vanishing(names)
        opening = f"At z = {z:.1f}, and what {LAYERS} such layers leave of a gradient (weights aside):"
        told = [f"{sentence(name, z, *at[name])}: {left(at[name][1])}." for name in names]
        ending = f"Thick lines under the slopes mark where they are below {VANISHED}: there gradients vanish."
        words = " ".join([opening, *told, ending])
    else:
        words = " ".join([f"At z = {z:.1f}:", *(f"{sentence(name, z, *at[name])}." for name in names)])
    title = "Activation functions and their slopes"
    return {"width": 880, "height": 325, "title": title, "words": words, "panes": [heights, slopes]}


def vanishing(names):
    """Thick lines at the bottom of the right pane, where the slope of each function is below 0.01."""
    small = [value_and_slope(name, Z)[1] < VANISHED for name in names]
    heights = [-0.08, -0.165, -0.25]
    return [
        line(Z, np.where(here, height, np.nan), width=5, color=LOOKS[name]["color"])
        for name, here, height in zip(names, small, heights, strict=False)
    ]


def sentence(name, z, value, slope):
    """What a function does at z."""
    corner = " (at the corner the course takes it as 0)" if name == "ReLU" and z == 0 else ""
    return f"{name[0].upper()}{name[1:]} is {number_words(value)}, its slope {slope:.3g}{corner}"


def left(slope):
    """What layers of such a slope leave of a gradient."""
    if slope in (0, 1):
        return "all is left" if slope else "nothing is left"
    return f"{slope**LAYERS:.2g} is left, the slope's {LAYERS}th power"


def number_words(value):
    """Three digits; what only rounds to 1 is said to be almost 1."""
    digits = f"{value:.3g}"
    return f"almost {digits}" if digits in ("1", "-1") and abs(value) != 1 else digits


def lab(functions=tuple(LOOKS), gradients=True):
    """The lab, with what a lesson needs: ``labs.activations(functions=["ReLU", "sigmoid"], gradients=False).show()``.

    Parameters
    ----------
    functions : sequence of str
        Of "ReLU", "sigmoid" and "tanh", those that are drawn.
    gradients : bool
        Whether to tell what five such layers leave of a gradient, and where it vanishes.
    """
    controls = {"z": slider("score z", -8.0, 8.0, 2.0), "which": choice("function", ["all", *functions], "all")}
    return Lab(controls, functools.partial(describe, functions=functions, gradients=gradients))
