"""A step against the network: a digit of one's own is changed, a little at each pixel, until it is read as another."""

import numpy as np

from ..core.array_advice import kind_of
from ..core.network import MLP
from .chart import COLOURS, image, line
from .lab import NARROW, choice, slider
from .pad import EMPTY, SIDE, OnCanvas, a_digit, held_out, outputs, percent, pixels_of, prepare, shipped
from .plane import colours

MOST = 0.3  # the largest step of a pixel; black to white is 1
EPSILONS = np.linspace(0, MOST, 31)
ANOTHER = -1  # no digit is aimed at: the step goes away from what is read
AIMS = {"any other": ANOTHER, **{str(digit): digit for digit in range(10)}}
MORE, LESS = COLOURS[2], COLOURS[0]  # ink, as signed numbers are drawn everywhere


def step_on_input(X, dX, epsilon):
    """Move every pixel by epsilon so that the loss rises, and stay in [0, 1]: as in notebook 16."""
    return np.clip(X + epsilon * np.sign(dX), 0, 1)


def attack(model, X, aim, own_step=step_on_input):
    """Step away from what a network reads, or towards what it shall read, in all sizes.

    Parameters
    ----------
    model : MLP
    X : array (1, 784)
        One image of numbers from 0 to 1.
    aim : int
        The digit that the network is to read, or ``ANOTHER``.
    own_step : callable
        ``step_on_input`` of notebook 16.

    Returns
    -------
    moved : array (31, 784)
        The image after a step of each of the ``EPSILONS``.
    P : array (31, 10)
        Probabilities for each of them.
    """
    label = int(model.predict(X)[0]) if aim == ANOTHER else aim
    dX = model.loss_and_gradients(X, np.array([label]), input_gradient=True, training=False)[1]["X"]
    way = 1 if aim == ANOTHER else -1  # towards a digit its own loss falls
    moved = np.concatenate([own_step(X, dX, way * epsilon) for epsilon in EPSILONS]).astype(np.float32)
    return moved, model.predict_proba(moved)


def describe(canvas, epsilon, aim, model, own_step=step_on_input, source=""):
    """The chart for a canvas as bytes, the size of the step and its aim: the digit before and after, and what is read."""
    X = prepare(pixels_of(canvas)).reshape(1, -1).astype(np.float32) / 255
    at = int(np.rint(epsilon / MOST * (len(EPSILONS) - 1)))
    if X.any():
        moved, P = attack(model, X, aim, own_step)
        told, others = words(P, at, aim), rivals(P, aim)
    else:
        moved, P, others = np.repeat(X, len(EPSILONS), axis=0), np.zeros((len(EPSILONS), 10)), []
        told = EMPTY
    change = moved[at] - moved[0]
    low = {"ylim": [0, 135], "title": "what it reads", "ylabel": "%"}  # room for the number above a full bar
    panes = [
        pictured(grey(moved[0]), 0, "before"),
        pictured(coloured(change), 1, "the change, magnified", "red: more ink, blue: less"),
        pictured(grey(moved[at]), 2, f"after, ε = {EPSILONS[at]:.2f}"),
        outputs(P[0]) | low | {"box": [55, 262, 170, 80]},
        along(P, at, others),
        outputs(P[at]) | low | {"box": [535, 262, 170, 80]},
    ]
    said = " ".join(filter(None, [source, told]))
    return {"width": 725, "height": 388, "title": "A step on the input", "words": said, "panes": panes}


def rivals(P, aim):
    """What is read before, and the digit that gains on it: the one that is aimed at, or the strongest in the end."""
    read = int(P[0].argmax())
    if aim not in (ANOTHER, read):
        return [read, aim]
    return [read, int(np.argmax(np.where(np.arange(10) == read, -1, P[-1])))]


def words(P, at, aim):
    """Say what is read before and after, and at which step on the way the answer first changes."""
    answers = P.argmax(axis=1)
    told = f"Before, the network reads {a_digit(answers[0])} ({percent(P[0].max())}). "
    told += f"When every pixel has moved by at most {EPSILONS[at]:.2f}, it reads {a_digit(answers[at])} ({percent(P[at].max())})"
    told += f"; {a_digit(aim)} has {percent(P[at, aim])}. " if aim not in (ANOTHER, answers[at]) else ". "
    other = np.flatnonzero(answers != answers[0])
    if not len(other):
        return told + f"Along the way its answer does not change, up to {MOST}."
    return told + f"Along the way its answer first changes at ε = {EPSILONS[other[0]]:.2f}."


def grey(pixels):
    """A picture (28, 28, 3) of numbers from 0, black, to 1."""
    return np.repeat((255 * pixels).round().astype(np.uint8).reshape(SIDE, SIDE, 1), 3, axis=2)


def coloured(change):
    """A picture (28, 28, 3) of a change: red where ink was added, blue where it was taken, full where it is largest."""
    share = (change / (abs(change).max() or 1)).reshape(SIDE, SIDE)
    return np.where((share > 0)[..., np.newaxis], colours(share.clip(0), MORE), colours((-share).clip(0), LESS))


def pictured(pixels, column, title, below=""):
    """A pane with a picture in one of three columns."""
    return {
        "box": [55 + 240 * column, 30, 170, 170], "xlim": [0, SIDE], "ylim": [SIDE, 0], "xticks": False, "yticks": False,
        "series": [image(pixels, [0, SIDE, SIDE, 0])], "title": title, "xlabel": below,
    }  # fmt: skip


def along(P, at, others):
    """The probabilities of two digits for steps of every size, and the size that is set."""
    looks = {"color": COLOURS[0], "dash": "solid"}, {"color": COLOURS[1], "dash": "dashed"}
    curves = [line(EPSILONS, 100 * P[:, digit], **look) for digit, look in zip(others, looks, strict=False)]
    return {
        "box": [295, 262, 170, 80], "xlim": [0, MOST], "ylim": [0, 135], "xlabel": "ε",
        "title": ", ".join(f"{look['dash']}: {a_digit(digit)}" for digit, look in zip(others, looks, strict=False)),
        "series": [*curves, line([EPSILONS[at]] * 2, [0, 110], width=1, opacity=0.6)],
    }  # fmt: skip


class Attack(OnCanvas):
    """The canvas, the step and its aim, and the network that is attacked."""

    def __init__(self, networks=None, own_step=step_on_input, seed=0):
        networks = {"the pad's": shipped()} if networks is None else networks
        self.networks = networks if isinstance(networks, dict) else {"network": networks}
        for network in self.networks.values():
            if not isinstance(network, MLP) or network.dimensions != {"d": 784, "k": 10}:
                given = f"one of the sizes {network.sizes}" if isinstance(network, MLP) else kind_of(network)
                raise ValueError(
                    f"labs.attack takes an MLP of 784 pixels and ten classes, or a dict from names to such, but was given "
                    f"{given}. Try labs.attack(MLP([784, 32, 10]))."
                )
        self.own_step = own_step
        controls = {
            "epsilon": slider("ε", 0, MOST, 0.1, step=0.01, layout=NARROW),
            "network": choice("network", list(self.networks), next(iter(self.networks))),
            "aim": choice("to be read as", AIMS, ANOTHER),
        }
        shown = [name for name in controls if name != "network" or len(self.networks) > 1]
        super().__init__(controls, shown, "The step, or the network,", seed)
        self.choose(int(np.flatnonzero(held_out()[1] == 7)[0]))

    def _describe(self, canvas, epsilon, network, aim):
        source, _ = self._source(canvas)
        return describe(canvas, epsilon, aim, self.networks[network], self.own_step, source)


def lab(networks=None, step_on_input=step_on_input, seed=0):
    """The lab: ``labs.attack(model, step_on_input).show()``, or ``labs.attack({"plain": model, "with l2": calm}).show()``.

    Parameters
    ----------
    networks : MLP, or dict from a name to an MLP, optional
        Those that are attacked. By default the network that comes with the pad.
    step_on_input : callable, optional
        As written in notebook 16.
    seed : int
        Seed for choosing random validation images.
    """
    return Attack(networks, step_on_input, seed)
