"""Notebook 17: draw settings at random."""

import collections

import numpy as np

from mlp_helpers.check.engine.comparing import word
from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import sampling

SEED = 17  # of every generator that a learner's function is given
WIDTH = 6  # standard errors: so far from its share a count is no chance


def in_words(value, space, n, rng):
    """What must hold whatever numbers come, in words and rounded shares."""
    if not isinstance(value, list):
        return word(value)
    if not all(isinstance(setting, dict) for setting in value):
        return "a list of things other than dicts"
    names = sorted({str(name) for setting in value for name in setting})
    seen = {"number of settings": len(value), "names of the settings": names}
    if len(value) > 1:
        single = all(setting is value[0] for setting in value)
        seen["the list holds"] = f"one dict, {len(value)} times" if single else "a dict for each trial"
    if any(set(setting) != set(space) for setting in value):
        return seen
    for name, choices in space.items():
        drawn = [setting[name] for setting in value]
        if isinstance(choices, list):
            seen[name] = _choices(drawn, choices)
        else:
            seen[name] = _numbers(drawn, *choices)
    if len(value) > 100:
        again = "whether each trial draws anew"
        seen[again] = "no, all are alike" if all(setting == value[0] for setting in value) else "yes"
        columns = [np.argsort(np.argsort([str(setting[name]) for setting in value], kind="stable")) for name in space]
        tied = any(abs(np.corrcoef(one, other)[0, 1]) > 0.5 for i, one in enumerate(columns) for other in columns[:i])
        seen["settings of one trial"] = "tied to each other" if tied and seen[again] == "yes" else "independent of each other"
    used = any(not isinstance(choices, list) or len(choices) > 1 for choices in space.values())
    if used and rng.bit_generator.state == np.random.default_rng(SEED).bit_generator.state:
        seen["drawn with"] = "a generator other than rng"
    return seen


def _choices(drawn, choices):
    counts = collections.Counter(map(str, drawn))
    if not counts.keys() <= set(map(str, choices)):
        return "not among the choices"
    share, n = 1 / len(choices), len(drawn)
    if n > 100:
        wide = WIDTH * np.sqrt(n * share * (1 - share)) + 1e-9
        if any(abs(counts[str(choice)] - n * share) > wide for choice in choices):
            return "some choices more often than others"
    return "each choice as often as the others"


def _numbers(drawn, low, high):
    try:
        drawn = np.array(drawn, float)
    except (TypeError, ValueError):
        return "no numbers"
    if drawn.ndim != 1:
        return f"of shape {drawn.shape[1:]}"
    outside = [
        f"{'all' if beyond.all() else 'some'} {where}"
        for where, beyond in (
            ("below 0", drawn < 0),
            ("below the range", (drawn >= 0) & (drawn < low * (1 - 1e-9))),
            ("above the range", drawn > high * (1 + 1e-9)),
        )
        if beyond.any()
    ]
    if outside:
        return " and ".join(outside)
    if len(drawn) <= 100:
        return "within"
    below = (np.log(drawn / low) / np.log(high / low) < 0.5).mean()
    even = abs(below - 0.5) < WIDTH * 0.5 / np.sqrt(len(drawn))
    few = (len(np.unique(drawn)) < len(drawn) / 2 and "of few values, ") or ""
    return few + ("as many in every power of ten" if even else "too many large ones" if below < 0.5 else "too many small ones")


RATE, UNITS = {"rate": (0.0001, 1.0)}, {"units": [32, 64, 128]}


def rng():
    return np.random.default_rng(SEED)


def spaces(drawing):
    low = float(10.0 ** drawing.integers(-6, -1))
    space = {"a": (low, low * 10.0 ** int(drawing.integers(1, 4))), "b": list(range(1, int(drawing.integers(2, 6)) + 1))}
    return space, int(drawing.choice([3, 240])), rng()


exercise = Exercise(
    sampling.sample_settings,
    notebook="17",
    place="in class",
    view=in_words,
    asks="a list with a dict for each trial",
    cases=[
        Case("two settings that are fixed", {"optimizer": ["Adam"], "epochs": [3]}, 2, rng()),
        Case("a list of three", UNITS, 240, rng()),
        Case("a range of numbers", RATE, 240, rng()),
        Case("a narrow range", {"rate": (0.01, 0.1)}, 240, rng()),
        Case("a list and a range", RATE | UNITS, 240, rng()),
        Case("two ranges", RATE | {"l2": (1e-6, 1e-2)}, 240, rng()),
        Case("a list of words", {"optimizer": ["SGD", "Adam"], "batch_size": [16, 64]}, 240, rng()),
        Case("a single trial", RATE | UNITS, 1, rng()),
        Case("two lists of two", {"a": [1, 2], "b": [3, 4]}, 240, rng()),
        Case("no trial at all", RATE, 0, rng(), harsh=True),
    ],
    draw=spaces,
    hints=[
        "Two loops: over the trials, and in it over `space.items()`. A new dict for each trial; a list is told from a tuple by "
        "`isinstance(choices, list)`.",
        "An entry of a list: `choices[rng.integers(len(choices))]`.",
        "On a log scale: draw the logarithm, `rng.uniform(np.log(low), np.log(high))`, and take `np.exp` of it.",
    ],
    praise="It never asks what a name means: whatever can be written as a space, it can draw.",
)


def by_hand(space, n, number, choice):
    """Draw as asked, but the numbers by ``number`` and the entries of lists by ``choice``."""
    return [
        {name: choice(choices, i) if isinstance(choices, list) else float(number(*choices)) for name, choices in space.items()}
        for i in range(n)
    ]


def pick(rng):
    return lambda choices, i: choices[rng.integers(len(choices))]


def on_a_log_scale(rng):
    return lambda low, high: np.exp(rng.uniform(np.log(low), np.log(high)))


@exercise.mistake("Even on the ordinary scale", ask="Of numbers drawn evenly between 0.0001 and 1, how many are below 0.01?")
def _(space, n, rng):
    """The numbers are drawn evenly between the two ends. Where a range covers several powers of ten, about nine in
    ten, or more, lie in the uppermost one, and the small ones are hardly ever tried."""
    return by_hand(space, n, rng.uniform, pick(rng))


@exercise.mistake("The logarithm itself came out", ask="How does one get from the logarithm of a rate to the rate?")
def _(space, n, rng):
    """The numbers are those of the logarithm, most of them below 0. The rate is what has this logarithm."""
    return by_hand(space, n, lambda low, high: rng.uniform(np.log(low), np.log(high)), pick(rng))


@exercise.also("The logarithm itself came out")
def _(space, n, rng):
    return by_hand(space, n, lambda low, high: rng.uniform(np.log10(low), np.log10(high)), pick(rng))


@exercise.mistake("A power without a logarithm", ask="What is 10 to the power of 0.0001, and of its logarithm?")
def _(space, n, rng):
    """The ends of the range themselves became exponents, so every number lies above 1. Their logarithms should have been."""
    return by_hand(space, n, lambda low, high: 10 ** rng.uniform(low, high), pick(rng))


@exercise.also("A power without a logarithm")
def _(space, n, rng):
    return by_hand(space, n, lambda low, high: np.exp(rng.uniform(low, high)), pick(rng))


@exercise.mistake("Logarithm and power do not match", ask="Which base does np.log have, and which has the power that undoes it?")
def _(space, n, rng):
    """The base of the logarithm is not that of the power, so the numbers fill a different range from the one asked for. That
    happens where the natural logarithm was drawn and 10 raised to it, or the other way round."""
    return by_hand(space, n, lambda low, high: 10 ** rng.uniform(np.log(low), np.log(high)), pick(rng))


@exercise.also("Logarithm and power do not match")
def _(space, n, rng):
    return by_hand(space, n, lambda low, high: np.exp(rng.uniform(np.log10(low), np.log10(high))), pick(rng))


@exercise.mistake("Drawn once, for all trials", ask="How often are the settings drawn, and how often should they be?")
def _(space, n, rng):
    """All trials have the same settings, each in a dict of its own."""
    return [dict(each) for each in sampling.sample_settings(space, 1, rng) * n]


@exercise.mistake("One dict, n times in the list", ask="Where is the dict made, and how many of them are made in all?")
def _(space, n, rng):
    """All entries of the list are one and the same dict, so what was written into it last holds for every trial."""
    settings, trials = {}, []
    for _ in range(n):
        settings |= sampling.sample_settings(space, 1, rng)[0]
        trials.append(settings)
    return trials


@exercise.also("One dict, n times in the list")
def _(space, n, rng):
    return sampling.sample_settings(space, 1, rng) * n


@exercise.mistake("Only one dict", ask="How many trials were asked for?")
def _(space, n, rng):
    """One dict comes out. The exercise asks for a list with one for each trial."""
    return sampling.sample_settings(space, 1, rng)[0]


@exercise.mistake("Only one trial", ask="Does your function return before its loop over the trials has finished?")
def _(space, n, rng):
    """The list holds the settings of a single trial, however many were asked for."""
    return sampling.sample_settings(space, 1, rng)


@exercise.mistake("The lists in turn", ask="What would a second list, gone through in the same way, have to do with the first?")
def _(space, n, rng):
    """The entries of a list come in turn and not by chance. Two lists then go hand in hand, and most of their combinations are
    never tried."""
    return by_hand(space, n, on_a_log_scale(rng), lambda choices, i: choices[i % len(choices)])


@exercise.mistake("Always the first of a list", ask="Which entries of a list can come out?")
def _(space, n, rng):
    """Of each list one entry alone is drawn."""
    return by_hand(space, n, on_a_log_scale(rng), lambda choices, i: choices[0])


@exercise.mistake("The last of a list never comes", ask="Does `rng.integers(3)` include 3?")
def _(space, n, rng):
    """The last entry of a list is never drawn."""
    return by_hand(space, n, on_a_log_scale(rng), lambda choices, i: choices[rng.integers(max(1, len(choices) - 1))])


@exercise.mistake("One of the two ends", ask="What may come out of a tuple: its two numbers, or whatever lies between them?")
def _(space, n, rng):
    """From a tuple only one of its two numbers comes out, as from a list. A tuple means anything between them."""
    return [{name: choices[rng.integers(len(choices))] for name, choices in space.items()} for _ in range(n)]


@exercise.mistake(
    "a generator of its own",
    kind="fragile",
    ask="Which generator draws your numbers: the `rng` that was given, or another one?",
)
def _(space, n, rng):
    """The numbers do not come from the generator that was given, so the caller's seed does not determine them."""
    return sampling.sample_settings(space, n, np.random.default_rng(0))
