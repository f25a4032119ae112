"""A part of the course rebuilt in an empty notebook, without stubs: ``check.blank_page`` judges it by what it does alone."""

import contextlib
import dataclasses
import random
import time

import numpy as np

from ..core.data import load_fashion_mnist, load_mnist
from ..core.network import MLP
from ..core.training import limit_threads
from .engine import exercise
from .engine.clock import TookTooLong
from .engine.comparing import spaced, word
from .engine.naming import nearest
from .engine.panel import Panel
from .engine.running import ask, run
from .engine.sources import takes

TRIAL, TRIAL_SECONDS = 300, 60  # images to begin with, and how long they may take
NEW, SECONDS = 5_000, 900  # images to read after a whole training, and how long each of both may take
ALONE = 20  # images that are also read one by one
RENAMED = np.array([7, 3, 9, 6, 1, 8, 0, 2, 4, 5])  # what 0, 1, 2 … are called, so that only the given labels tell it
GUESSING = 0.2  # an accuracy
FAR, BY_HEART = 0.1, 0.1  # gaps between accuracies: to what is asked for, and between seen images and new ones

SHARES = "ten shares for each image, an array (m, 10) whose rows sum to 1"
LABELS = "one label for each image, an array (m,) of whole numbers from 0 to 9"


@dataclasses.dataclass(frozen=True)
class Part:
    """What is asked for at the end of a part.

    ``sets`` gives each data set's name, its loader and the share of new images to be read, ``images`` how many there
    are to learn from, ``answers`` what the function that comes back should return, ``nearly`` a question for those who
    learn too little.
    """

    sets: list
    images: int
    answers: str
    means: str
    nearly: str


PARTS = {
    "part 1": Part(
        sets=[("MNIST", load_mnist, 0.75)],
        images=10_000,
        answers=SHARES,
        means="It needs no gradients: a mean image of each class, or the best straight-line fit, and a softmax will do.",
        nearly="Which of the two baselines of notebook 02 is it, and is each image compared as numbers from 0 to 1?",
    ),
    "part 2": Part(
        sets=[("MNIST", load_mnist, 0.94)],
        images=50_000,
        answers=LABELS,
        means="Inside: a hidden layer, its gradients, and a loop over mini-batches.",
        nearly="Without a hidden layer 92 % can be reached. Does yours have one, and does its loss still fall when it stops?",
    ),
    "part 3": Part(
        sets=[("MNIST", load_mnist, 0.973), ("Fashion-MNIST", load_fashion_mnist, 0.86)],
        images=50_000,
        answers=LABELS,
        means="Inside: layers of your own, in any number, and what Part 3 added. The same function learns from both data sets.",
        nearly="Which of the remedies of notebooks 14 and 15 are at work, and is the step still large at the end?",
    ),
}


class Missing(Exception):
    """What is missing, and a question that leads on."""

    def __init__(self, sentence, question=""):
        super().__init__(sentence)
        self.question = question


def blank_page(part, learn=None):
    """Say what to rebuild at the end of a part; or try it, and say what is missing.

    Parameters
    ----------
    part : str
        "part 1", "part 2" or "part 3".
    learn : callable, optional
        The learner's own, under any name: from images, bytes (n, 784), and labels, integers (n,), to a function that
        reads other images.
    """
    if part not in PARTS:
        near = nearest(str(part).lower(), PARTS)
        raise KeyError(f"There is no {part!r}." + (f" Did you mean {near!r}?" if near else f" There are: {', '.join(PARTS)}."))
    if learn is None:
        _task(part).show()
        return
    panel = _judged(part, learn)
    panel.show()
    if exercise.STRICT and panel.state != "solved":
        raise AssertionError(f"{part} on a blank page: {panel.headline}")


def _task(part):
    asked = PARTS[part]
    bounds = " and ".join(f"{_percent(bound)} of new ones from {name}" for name, _, bound in asked.sets)
    return Panel(
        f"{part} on a blank page",
        "note",
        "In an empty notebook, and without looking back, write a function that learns. It takes images, bytes of shape "
        "(n, 784), and their labels, (n,). It returns another function, which takes new images, bytes of shape (m, 784), "
        f"and returns {asked.answers}.",
        [
            asked.means,
            f"It will learn from {spaced(asked.images)} images, and should then read {bounds}. The classes are "
            "renamed for that: what you know as a 3 may be called 6, so that only the labels tell.",
        ],
        footer=f"All names are yours to choose. For a function `learn` it is `check.blank_page({part!r}, learn)`.",
    )


def _judged(part, learn):
    """The panel about a learner's function."""
    title, rows, made = f"{part} on a blank page", [], []
    try:
        with limit_threads(1), _noticed(made):
            _tried(PARTS[part], learn)
            going_on = f"It learns from {TRIAL} images. Now come {spaced(PARTS[part].images)}, which takes as long as it takes."
            Panel(title, "note", going_on).show()
            for name, load, bound in PARTS[part].sets:
                rows += _measured(PARTS[part], learn, name, load(), bound)
        if made:
            raise Missing("It makes an `MLP` of this course.", "What would stand there if there were no such class?")
    except Missing as missing:
        return Panel(title, "not yet", str(missing), [missing.question] if missing.question else [], rows)
    said = "It learns from the labels that it is given, and reads images that it has not seen."
    return Panel(title, "solved", said, ["Whose thoughts these are, no check can see. You know."], rows)


@contextlib.contextmanager
def _noticed(made):
    """Note in a list when somebody makes a network of the course."""
    own = MLP.__init__

    def noting(*given, **named):
        made.append(True)
        own(*given, **named)

    MLP.__init__ = noting
    try:
        yield
    finally:
        MLP.__init__ = own


def _tried(part, learn):
    """Learn from a few images, twice, and look at what comes: what is wrong with it takes no long training to see."""
    if not callable(learn):
        raise Missing(f"Hand over the function itself, without brackets; what came is {word(learn)}.")
    data = part.sets[0][1]()
    few, new = data.subset(TRIAL).train, data.validation[:TRIAL]
    if not ask(lambda: takes(learn, (few.images, few.labels)), True):
        raise Missing("It cannot be called with two arguments, images and labels.")
    read = _learned(learn, few.images, RENAMED[few.labels], TRIAL_SECONDS)
    answers = _answers(part, read, new.images)
    if not _alike(answers, _answers(part, read, new.images)).all():
        question = "What is still drawn at random when it reads: is something switched on that belongs to the training alone?"
        raise Missing("Asked twice about the same images, it gives different answers.", question)
    alone = np.concatenate([_answers(part, read, new.images[i : i + 1]) for i in range(ALONE)])
    if (~_alike(alone, answers[:ALONE])).sum() > 1:
        question = "Is there a mean, a largest value or a sum that runs over all images of the call?"
        raise Missing("It reads an image by itself in another way than among others.", question)
    again = _answers(part, _learned(learn, few.images, RENAMED[few.labels], TRIAL_SECONDS, seed=1), new.images)
    if (different := int((~_alike(again, answers)).sum())) > 1:
        question = "Which random numbers are drawn without a seed, or what is left of the first training when the second begins?"
        raise Missing(f"Trained twice on the same {TRIAL} images, it answers {different} of {TRIAL} differently.", question)


def _measured(part, learn, name, data, bound):
    """Learn from many images and read new ones; return the rows of the table about it."""
    seen, new = data.subset(part.images).train if part.images < len(data.train) else data.train, data.validation[:NEW]
    began = time.monotonic()
    reached, truly, by_heart, only = _accuracies(part, learn, seen, new)
    took = time.monotonic() - began
    rows = [
        (name, "", f"{_percent(reached)} of {spaced(len(new))} new images (asked for: {_percent(bound)}), after {took:.0f} s")
    ]
    if reached >= bound:
        return rows
    if truly > 0.5:
        question = "Where does it know them from, if not from the labels that it was given?"
        raise Missing(
            f"It gives {_percent(truly)} of new images from {name} their usual names, but here the classes were renamed.",
            question,
        )
    came = f"It reads {_percent(reached)} of new images from {name}; {_percent(bound)} are asked for."
    if reached < bound - FAR and (scaled := _when_scaled(part, learn, seen, new)) >= bound:
        question = "Where do the bytes become numbers from 0 to 1: when it learns, and when it reads?"
        raise Missing(f"{came} When the pixels are divided by 255 beforehand, it is {_percent(scaled)}.", question)
    if only is not None:
        raise Missing(f"{came} It answers {only} to all of them.", "Are its scores still numbers, and not nan, when it stops?")
    if by_heart - reached > BY_HEART:
        raise Missing(
            f"{came} Of the images that it learned from, it is {_percent(by_heart)}.", "What keeps it from learning by heart?"
        )
    if reached < GUESSING:
        question = "Does its loss fall? Do images and labels stay together when they are shuffled?"
        raise Missing(f"{came} Guessing reads 10 %.", question)
    raise Missing(came, part.nearly)


def _when_scaled(part, learn, seen, new):
    """The accuracy where the pixels are scaled by us; 0 where that leads to nothing."""
    try:
        return _accuracies(part, learn, seen, new, scale=np.float32(255))[0]
    except Missing:
        return 0.0


def _accuracies(part, learn, seen, new, scale=None):
    """The accuracy on new images, by the names in use and by the usual ones, and on seen ones; the only answer, if it is one."""

    def pixels(images):
        return images if scale is None else images / scale

    read = _learned(learn, pixels(seen.images), RENAMED[seen.labels], SECONDS)
    few = seen[: len(new)]
    answers, known = (_answers(part, read, pixels(split.images), SECONDS) for split in (new, few))
    if part.answers == SHARES:
        answers, known = answers.argmax(axis=1), known.argmax(axis=1)
    reached, truly = (answers == RENAMED[new.labels]).mean(), (answers == new.labels).mean()
    return reached, truly, (known == RENAMED[few.labels]).mean(), answers[0] if np.ptp(answers) == 0 else None


def _learned(learn, images, labels, seconds, seed=0):
    """What the learner's function returns."""
    returned = []

    def call(images, labels):
        np.random.seed(seed)  # noqa: NPY002 (whoever draws from there without a seed gets other numbers each time)
        random.seed(seed)
        returned.append(learn(images, labels))

    _called(call, (images, labels), seconds, f"learning from {len(images)} images", ("images", "labels"))
    if not callable(returned[0]):
        question = "What takes new images and reads them, once all is learned?"
        raise Missing(f"It returns {word(returned[0])}, where a function is due that reads other images.", question)
    return returned[0]


def _answers(part, read, images, seconds=TRIAL_SECONDS):
    """What the function that came back says to images, in the form that is asked for."""
    answers = _called(read, (images,), seconds, f"reading {len(images)} images", ("images",))
    n, due = len(images), f"{part.answers} is due" if part.answers == LABELS else f"{part.answers} are due"
    if not isinstance(answers, np.ndarray):
        raise Missing(f"For {n} images the function that came back returns {word(answers)}; {due}.")
    if part.answers == LABELS and answers.shape == (n, 10):
        raise Missing(f"It gives ten numbers for each image; {due}.", "Which of the ten is the answer?")
    wanted = (n, 10) if part.answers == SHARES else (n,)
    if answers.shape != wanted:
        raise Missing(f"For {n} images the function that came back returns an array of shape {answers.shape}; {due}.")
    if part.answers == LABELS and answers.dtype.kind not in "iu":
        raise Missing(f"Its answers are of type {answers.dtype}; {due}.")
    if part.answers == LABELS and (answers.min() < 0 or answers.max() > 9):
        raise Missing(f"Its answers go from {answers.min()} to {answers.max()}; {due}.")
    if part.answers == SHARES and not (answers.dtype.kind == "f" and np.isfinite(answers).all()):
        raise Missing(
            f"Not all of its answers are decimal numbers; {due}.", "Was something divided by 0, or is there an overflow?"
        )
    if part.answers == SHARES and (answers.min() < 0 or not np.allclose(answers.sum(axis=1), 1, atol=1e-3)):
        question = "Are these scores, which softmax has not seen yet?"
        raise Missing(f"Its first row sums to {answers[0].sum():.4g}, with {answers[0].min():.4g} as the least; {due}.", question)
    return answers


def _called(function, arguments, seconds, doing, names):
    """Call a function of the learner's; return what came."""
    outcome = run(function, arguments, seconds)
    if isinstance(outcome.error, TookTooLong):
        question = "Is there a loop that never ends, or one over single images or pixels where NumPy could take them all at once?"
        raise Missing(f"It was stopped after {seconds} seconds of {doing}.", question)
    if outcome.error is not None:
        where = f", in {outcome.where}" if outcome.where else ""
        raise Missing(f"{type(outcome.error).__name__} while {doing}{where}: {str(outcome.error)[:300]}")
    if outcome.changed:
        changed = " and ".join(names[i] for i in outcome.changed)
        raise Missing(f"It changes the {changed} that it is given.", "Which line writes into an array that came from outside?")
    return outcome.value


def _alike(some, others):
    """For each image whether two answers to it are the same."""
    return np.isclose(some, others, atol=1e-3).reshape(len(some), -1).all(axis=1)


def _percent(share):
    return f"{100 * share:.3g} %"
