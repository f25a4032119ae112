"""The challenge of notebook 09: settings that pass 97 % on validation with as little work as possible."""

import dataclasses
import math
import time

import numpy as np

from mlp_helpers.check.engine.comparing import spaced
from mlp_helpers.check.engine.naming import nearest
from mlp_helpers.check.engine.panel import Panel
from mlp_helpers.check.engine.questions import AS_TEXT
from mlp_helpers.check.engine.running import run
from mlp_helpers.core.browser import IN_BROWSER
from mlp_helpers.core.data import load_mnist
from mlp_helpers.core.history import TrainingDiverged
from mlp_helpers.core.network import MLP
from mlp_helpers.core.optimizers import SGD
from mlp_helpers.core.training import limit_threads, progress_bar, training_steps

TARGET = 0.97  # of the validation images
DEFAULT = {"learning_rate": 0.1, "hidden": 128, "layers": 1, "batch_size": 64, "images": 50_000}
WHOLE = {"hidden": (1, 2_048), "layers": (0, 5), "batch_size": (1, 50_000), "images": (100, 50_000)}  # least and greatest
DEFAULT_EPOCHS = 10  # after which the default settings have passed
SECONDS = 40 if IN_BROWSER else 120  # after which an attempt is stopped
BEST = []  # the smallest work of this kernel that has passed, as a share


@dataclasses.dataclass(frozen=True)
class Attempt:
    """What a training with some settings came to. ``work`` is counted in multiplications of the forward pass."""

    settings: dict
    accuracies: list  # on validation, after each epoch
    steps: int
    shown: int  # images, each as often as it was shown
    weights: int
    seconds: float
    ending: str  # "passed", "too much work", "too long", "interrupted" or what the divergence says

    @property
    def work(self):
        return self.shown * self.weights

    @property
    def share(self):
        """Return the work as a share of what the default settings need."""
        return self.work / DEFAULT_WORK


def challenge(settings):
    """Train with the settings until 97 % of the validation images are read, and say how much work it took.

    Parameters
    ----------
    settings : dict, or function that returns one
        Any of learning_rate (a number, or a list with one for each epoch, whose last one stays), hidden, layers,
        batch_size and images. What is missing is as in the default: 0.1, 128, 1, 64 and 50 000.
    """
    settings, fault = understood(settings)
    if fault:
        Panel("challenge", "not yet", fault).show()
        return
    _told(attempt(settings, progress=not AS_TEXT)).show()


def understood(settings):
    """The settings with the defaults in place of what is missing, and what is wrong with them, or None."""
    if callable(settings):
        outcome = run(settings, (), 5)
        if outcome.error is not None:
            return None, f"Your function raised {type(outcome.error).__name__}: {outcome.error}"
        settings = outcome.value
    if not isinstance(settings, dict):
        return None, f"Give a dict of settings, such as {{'hidden': 64}}; what came is a {type(settings).__name__}."
    for name in settings:
        if name == "epochs":
            return None, "Leave `epochs` out: the training ends by itself, after the first epoch that passes."
        if name not in DEFAULT:
            near = nearest(name, DEFAULT)
            return None, f"There is no setting {name!r}. " + (
                f"Did you mean {near!r}?" if near else f"There are: {', '.join(DEFAULT)}."
            )
    settings = DEFAULT | settings
    rates = settings["learning_rate"]
    rates = list(rates) if isinstance(rates, (list, tuple)) else [rates]
    if not rates or not all(_is_number(rate) and 0 < rate < math.inf for rate in rates):
        return (
            None,
            f"`learning_rate` must be a number above 0, or a list of such numbers; what came is {settings['learning_rate']!r}.",
        )
    for name, (least, greatest) in WHOLE.items():
        value = settings[name]
        if not _is_number(value) or value != int(value) or not least <= value <= greatest:
            return None, f"`{name}` must be a whole number from {least} to {greatest}; what came is {value!r}."
    return {**{name: int(settings[name]) for name in WHOLE}, "learning_rate": [float(rate) for rate in rates]}, None


def _is_number(value):
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and math.isfinite(value)


def sizes(settings):
    return [784, *[settings["hidden"]] * settings["layers"], 10]


def weights(settings):
    """Return the number of weights, without biases: each is used once for each image that is shown."""
    return sum(before * after for before, after in zip(sizes(settings), sizes(settings)[1:], strict=False))


DEFAULT_WORK = weights(DEFAULT) * DEFAULT["images"] * DEFAULT_EPOCHS


def attempt(settings, data=None, target=TARGET, progress=False):
    """Train until the target is reached, or one and a half times the work of the default settings is done.

    Parameters
    ----------
    settings : dict
        As returned by ``understood``.
    data : Dataset, optional
        Default: MNIST.
    target : float
    progress : bool
        Whether to show a bar.

    Returns
    -------
    Attempt
    """
    data = data or load_mnist()
    data = data if settings["images"] >= len(data.train) else data.subset(settings["images"])
    rates, images, batch = settings["learning_rate"], len(data.train), settings["batch_size"]
    epochs = max(1, math.ceil(1.5 * DEFAULT_WORK / (images * weights(settings))))
    optimizer, accuracies, ending, start = SGD(rates[0]), [], "too much work", time.perf_counter()
    with limit_threads(1), progress_bar(progress, leave=False) as bar:
        try:
            for now in training_steps(MLP(sizes(settings)), data, epochs, batch, optimizer=optimizer):
                bar.total = now.steps
                bar.update(now.step - bar.n)
                if now.evaluation:
                    accuracies.append(now.evaluation.validation_accuracy)
                    bar.set_postfix_str(f"epoch {now.epoch}, validation {accuracies[-1]:.2%}")
                    optimizer.learning_rate = rates[min(now.epoch, len(rates) - 1)]
                    if accuracies[-1] >= target or time.perf_counter() - start > SECONDS:
                        ending = "passed" if accuracies[-1] >= target else "too long"
                        break
        except KeyboardInterrupt:
            ending = "interrupted"
        except TrainingDiverged as diverged:
            ending = str(diverged)
    done = len(accuracies)
    return Attempt(
        settings, accuracies, done * -(-images // batch), done * images, weights(settings), time.perf_counter() - start, ending
    )


def _told(it):
    """The panel about an attempt."""
    epochs = f"{len(it.accuracies)} epoch{'s' * (len(it.accuracies) != 1)}"
    best = f"{100 * max(it.accuracies, default=0):.2f} % of the validation images at best"
    slow = "A browser computes slowly: try less work." if IN_BROWSER else "A batch of few images takes many steps."
    headline = {
        "passed": f"{100 * max(it.accuracies, default=0):.2f} % of the validation images after {epochs}, "
        f"with {_percent(it.share)} of the work of the default settings.",
        "too much work": f"Not passed after {epochs}: {best}. That was half as much work again as the default settings need.",
        "too long": f"Not passed after {epochs} and {SECONDS} seconds: {best}. {slow}",
        "interrupted": f"Interrupted after {epochs}: {best}.",
    }.get(it.ending, it.ending[:1].upper() + it.ending[1:])
    values = [
        ("network", "", "-".join(map(str, sizes(it.settings)))),
        ("images shown", "", spaced(it.shown)),
        ("steps", "", spaced(it.steps)),
        ("work", "", f"{it.shown * it.weights / 1e9:.3g} billion products ({_percent(it.share)} of the default)"),
        ("time here", "", f"{it.seconds:.1f} s"),
    ]
    if it.ending != "passed":
        return Panel("challenge", "not yet", headline, values=values if it.accuracies else [])
    goal = "Half of it is not hard." if it.share >= 0.5 else "Below a quarter is good." if it.share >= 0.25 else "That is good."
    before = min(BEST, default=None)
    BEST.append(it.share)
    footer = "" if before is None else f"Your best so far: {_percent(min(before, it.share))}."
    return Panel("challenge", "solved" if it.share < 1 else "note", headline, [goal], values, footer=footer)


def _percent(share):
    return f"{100 * share:.3g} %"
