"""Notebook 17: give up the worse half, again and again."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import named


def successive_halving(score, n, epochs):
    """Return the number of the last trial that is left, and how many epochs were trained in all."""
    left, spent = list(range(n)), 0
    while len(left) > 1:
        scores = {number: score(number, epochs) for number in left}
        spent += epochs * len(left)
        left = sorted(left, key=scores.get, reverse=True)[: len(left) // 2]
        epochs *= 2
    return left[0], spent


def steady(number, epochs):
    """The higher the number, the better, from the first epoch on."""
    return number + epochs / 100


def crossing(number, epochs):
    """Who is quick at first is overtaken later."""
    return (number * 7 % 11) / epochs + (number * 5 % 13)


def reversed_scores(number, epochs):
    return -number * epochs


def late(number, epochs):
    """Trial 5 is the best in the end, and in the middle at first."""
    return 3.2 + epochs if number == 5 else float(number)


def in_pairs(number, epochs):
    """Two neighbours are always equally good."""
    return number // 2 + epochs


def level(number, epochs):
    """All are equally good."""
    return 0.5


SCORES = [steady, crossing, reversed_scores, late, in_pairs, level]


exercise = Exercise(
    successive_halving,
    notebook="17",
    place="starred",
    view=named("winner", "epochs of all training runs"),
    asks="the number of a trial and a number of epochs",
    cases=[
        Case("two trials", steady, 2, 1),
        Case("four trials", steady, 4, 1),
        Case("eight trials, three epochs at first", steady, 8, 3),
        Case("one that is quick at first is overtaken", crossing, 8, 1),
        Case("sixteen trials", crossing, 16, 2),
        Case("the first one is the best", reversed_scores, 8, 1),
        Case("one that begins slowly", late, 8, 1),
        Case("an odd number", crossing, 7, 1),
        Case("thirteen trials", late, 13, 1),
        Case("pairs that are equally good", in_pairs, 8, 1),
        Case("two that are equally good", level, 2, 1),
        Case("all equally good", level, 8, 1),
        Case("a single trial", steady, 1, 4, harsh=True),
    ],
    draw=lambda rng: (SCORES[rng.integers(len(SCORES))], int(rng.integers(2, 20)), int(rng.integers(1, 4))),
    hints=[
        "`left = list(range(n))`, and while more than one is left: measure all of them, keep the better half, double the epochs.",
        "The better half: `sorted(left, key=scores.get, reverse=True)[: len(left) // 2]`, `scores` a dict from number to score.",
        "Each round costs `epochs * len(left)`, with the numbers from before they are halved and doubled.",
    ],
    praise="Each round costs about the same: half as many trials, twice as many epochs. Most of the time goes to the "
    "trials that look promising.",
)


def the_better(left, scores):
    return sorted(left, key=scores.get, reverse=True)


def the_later(left, scores):
    """The better ones first, and of equals the later one, as where the order of `np.argsort` is turned round."""
    return [left[i] for i in np.argsort([scores[number] for number in left])[::-1]]


def halving(
    score, n, epochs, first=the_better, keep=lambda left: left // 2, arranged=list, longer=2, last=False,
    count=lambda epochs, left: epochs * left,
):  # fmt: skip
    """As asked, with one thing changed."""
    left, spent = list(range(n)), 0
    while len(left) > 1:
        scores = {number: score(number, epochs) for number in left}
        spent += count(epochs, len(left))
        left = arranged(first(left, scores)[: keep(len(left))])
        epochs *= longer
    if last:
        spent += count(epochs, 1)
    return left[0], spent


@exercise.mistake("The worse half is kept", ask="Which half does `sorted` put in front?")
def _(score, n, epochs):
    """The half with the lower scores goes on, and the better one is given up."""
    return halving(score, n, epochs, first=lambda left, scores: sorted(left, key=scores.get))


@exercise.mistake("The epochs stay the same", ask="What should those that are left get for having been kept?")
def _(score, n, epochs):
    """Every round trains for as many epochs as the first. Those that are left should get twice as many each time."""
    return halving(score, n, epochs, longer=1)


@exercise.mistake("Half of the trials once", ask="How many trials are left in the end?")
def _(score, n, epochs):
    """After a single round the best is chosen. The halving goes on until one is left."""
    return halving(score, n, epochs, keep=lambda left: 1)


@exercise.mistake("One is given up each time", ask="How many of eight trials are left after the first round?")
def _(score, n, epochs):
    """Each round gives up a single trial, while the epochs double all the same: that costs far more."""
    return halving(score, n, epochs, keep=lambda left: left - 1)


@exercise.mistake("The epochs of one trial", ask="How many trials are trained in the first round?")
def _(score, n, epochs):
    """The epochs of each round are counted once, and not for every trial that is trained in it."""
    return halving(score, n, epochs, count=lambda epochs, left: epochs)


@exercise.mistake("Trials are counted, not epochs", ask="Does a trial of eight epochs cost as much as one of a single epoch?")
def _(score, n, epochs):
    """The second number is how many training runs there were. The later ones take longer: count their epochs."""
    return halving(score, n, epochs, count=lambda epochs, left: left)


@exercise.mistake("the winner is trained once more", kind="convention", ask="When one is left, what is there to decide?")
def _(score, n, epochs):
    """The last one that is left is measured again, which is counted. Here the search ends when one is left."""
    return halving(score, n, epochs, last=True)


@exercise.mistake("the half is rounded up", kind="convention", ask="How many of seven trials does the exercise keep?")
def _(score, n, epochs):
    """Of an odd number the larger half is kept. The exercise rounds down: of seven, three go on."""
    return halving(score, n, epochs, keep=lambda left: max(1, (left + 1) // 2) if left > 2 else 1)


@exercise.mistake("Its place, not its number", ask="Which trial is the first of those that are left: number 0, or another one?")
def _(score, n, epochs):
    """The winner is named by its place among those that are left. The exercise asks for its number among all."""
    return 0, halving(score, n, epochs)[1]


@exercise.mistake("Counted after the halving", ask="How many trials were trained: those before the cut, or those after it?")
def _(score, n, epochs):
    """The epochs are counted for the trials that go on, and not for all that were trained."""
    return halving(score, n, epochs, count=lambda epochs, left: epochs * (left // 2))


@exercise.mistake(
    "of equals the higher number is kept", kind="convention", ask="Of two trials with the same score, which comes first?"
)
def _(score, n, epochs):
    """Of trials that are equally good the one with the higher number goes on. The exercise keeps the one with the lower
    number."""
    return halving(lambda number, epochs: (score(number, epochs), number), n, epochs)


@exercise.also("of equals the higher number is kept")
def _(score, n, epochs):
    return halving(score, n, epochs, first=the_later, arranged=sorted)


@exercise.also("of equals the higher number is kept")
def _(score, n, epochs):
    return halving(score, n, epochs, first=the_later)


@exercise.mistake(
    "Places in place of numbers", ask="Which trial stands at place 0 in the second round: number 0, or another one?"
)
def _(score, n, epochs):
    """From the second round on the wrong trials are trained: the places at which those that were kept stood among the
    scores were taken for their numbers."""
    left, spent = list(range(n)), 0
    while len(left) > 1:
        scores = np.array([score(number, epochs) for number in left])
        spent += epochs * len(left)
        left = np.argsort(-scores, kind="stable")[: len(left) // 2].tolist()
        epochs *= 2
    return left[0], spent


@exercise.also("Places in place of numbers")
def _(score, n, epochs):
    left, spent = list(range(n)), 0
    while len(left) > 1:
        scores = np.array([score(number, epochs) for number in left])
        spent += epochs * len(left)
        left = np.argsort(scores, kind="stable")[::-1][: len(left) // 2].tolist()
        epochs *= 2
    return left[0], spent
