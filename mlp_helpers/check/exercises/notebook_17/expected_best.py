"""Notebook 17: how good the best of n trials is, on the average."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def expected_best(scores, n):
    """Return the mean of the largest of n scores, each drawn from all of them with equal chances."""
    ordered = np.sort(scores)
    share = np.arange(1, len(scores) + 1) / len(scores)
    below = np.arange(len(scores)) / len(scores)
    return (ordered * (share**n - below**n)).sum()


def scores(rng):
    return np.round(rng.random(rng.integers(2, 30)), 3), int(rng.integers(1, 12))


exercise = Exercise(
    expected_best,
    notebook="17",
    place="at home",
    cases=[
        Case("the best of two, of two scores", np.array([0.5, 0.75]), 2),
        Case("one trial", np.array([0.25, 0.5, 0.75, 0.5]), 1),
        Case("not in order", np.array([0.75, 0.125, 0.5]), 2),
        Case("three of five", np.array([0.1, 0.9, 0.3, 0.7, 0.6]), 3),
        Case("a single score", np.array([0.5]), 4),
        Case("scores that are equal", np.array([0.5, 0.5, 0.75]), 2),
        Case("many trials", np.array([0.2, 0.4, 0.9, 0.6]), 50),
        Case("100 scores", np.random.default_rng(1).random(100).round(3), 10),
    ],
    draw=scores,
    hints=[
        "Order the scores. The largest of n draws is at most the i-th one if all n draws are among the first i.",
        "A draw is among the first i of N with probability i / N, and all n draws are with (i / N)ⁿ.",
        "So the largest is exactly the i-th with probability (i / N)ⁿ − ((i − 1) / N)ⁿ: weights for a sum.",
    ],
    praise="From one search it says what a shorter one would have found, without running it.",
)


@exercise.mistake("The best of all", ask="Does every search of n trials find the best there is?")
def _(scores, n):
    """That is the largest of all scores, whatever n is. A search of n trials finds it only sometimes."""
    return scores.max()


@exercise.mistake("The mean of all", ask="What does n do in your function?")
def _(scores, n):
    """That is the mean of all scores, which is right for one trial alone. The best of several is better than the mean."""
    return scores.mean()


@exercise.mistake("Without the order", ask="What must be done to the scores, so that the first i are the smallest i?")
def _(scores, n):
    """The weights are right for scores from the smallest to the largest, but these are taken as they came."""
    places = np.arange(len(scores) + 1) / len(scores)
    return (scores * np.diff(places**n)).sum()


@exercise.mistake("Counted from 0", ask="Which number should the smallest score have, and which the largest?")
def _(scores, n):
    """The scores are numbered from 0 to N - 1 where they should be from 1 to N. So every score but the smallest gets the weight
    of the one below it, and the weight of the largest goes to none."""
    total = len(scores)
    return sum(((i / total) ** n - ((i - 1) / total) ** n) * score for i, score in enumerate(np.sort(scores)))


@exercise.mistake("From the largest to the smallest", ask="Which score should have the largest weight?")
def _(scores, n):
    """The smallest score has the largest weight: this is how bad the worst of n trials is."""
    places = np.arange(len(scores) + 1) / len(scores)
    return (np.sort(scores)[::-1] * np.diff(places**n)).sum()


@exercise.mistake("The first n as they came", ask="Would a different order of the trials give the same result?")
def _(scores, n):
    """That is the best of the first n scores: one search, by chance a good or a bad one. What is
    asked for is the mean over all of them."""
    return scores[:n].max()


@exercise.mistake("The mean of the n best", ask="Are the n best scores what n random trials give?")
def _(scores, n):
    """The n largest scores are averaged. Random trials are rarely the n best."""
    return np.sort(scores)[-n:].mean()


@exercise.mistake("At most, not exactly", ask="What do the weights sum to?")
def _(scores, n):
    """Each score is weighted by the probability that the largest is at most this one. These overlap, and sum to more than 1:
    subtract the probability that the largest is below this score."""
    return (np.sort(scores) * (np.arange(1, len(scores) + 1) / len(scores)) ** n).sum()


@exercise.mistake("n times the share, not its power", ask="With what probability do two coins both show heads?")
def _(scores, n):
    """All weights are alike, as if the shares were multiplied by n. The probability that all n draws fall among
    the first i is the share to the power n."""
    return (np.sort(scores) * n / len(scores)).sum()


@exercise.mistake(
    "drawn without putting back", kind="convention", ask="According to the exercise, may two of the n draws be the same score?"
)
def _(scores, n):
    """No score is drawn twice here. That is another fair way to count; the exercise draws each time from all scores."""
    from math import comb

    ordered, total = np.sort(scores), comb(len(scores), min(n, len(scores)))
    n = min(n, len(scores))
    return sum(score * comb(i, n - 1) / total for i, score in enumerate(ordered))
