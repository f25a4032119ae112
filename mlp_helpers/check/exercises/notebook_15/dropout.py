"""Notebook 15: write dropout."""

import numpy as np

from mlp_helpers.check.engine.comparing import word
from mlp_helpers.check.engine.exercise import Case, Exercise

COINS = 7  # the seed of every generator that a learner's function is given
MANY = 20_000  # of so many coins, exactly the expected number shows zero about once in 160 times


def activations_and_rate(rng):
    shape = int(rng.integers(1, 60)), int(rng.integers(1, 60))
    return (
        np.abs(rng.normal(0, 1, shape)).round(2),
        float(rng.choice([0.1, 0.25, 0.4, 0.5, 0.7])),
        np.random.default_rng(COINS),
    )


def thinned(value, A, rate, rng):
    """What must hold however the coins fall, in words: of the thinned activations, and of the mask."""
    if not isinstance(value, tuple | list):
        return word(value)
    if len(value) != 2 or not all(isinstance(part, np.ndarray) for part in value):
        return " and ".join(map(word, value)) or "nothing"
    thin, mask = (np.array(part, float) for part in value)
    seen = {"shape of the thinned activations": "that of A" if thin.shape == A.shape else str(thin.shape)}
    if mask.shape in ((A.shape[1],), (1, A.shape[1]), (A.shape[0], 1)):  # coins that are shared
        mask = np.broadcast_to(mask, A.shape).copy()
    if mask.shape != A.shape:
        return seen | {"shape of the mask": str(mask.shape)}
    mask[~np.isfinite(mask)] = 0
    right = thin.shape == A.shape and np.allclose(thin, A * mask, rtol=1e-4)
    another = thin.shape == A.shape and (np.isclose(thin, 0) | np.isclose(thin, A / (1 - rate), rtol=1e-4)).all()
    kept, silent, spread = mask[mask != 0], (mask == 0).mean(), np.sqrt(rate * (1 - rate) / A.size)
    if len(kept) and np.isclose(mask.mean(), 1) and np.ptp(kept) < 1e-5 and not np.isclose(kept[0], 1 / (1 - rate)):
        factor = "1 / the share that was kept"
    elif len(kept):
        factor = f"{kept[0]:.4g}" if np.ptp(kept) < 1e-5 else "all sorts of numbers"
    else:  # of few entries all may be silent by chance
        factor = "nothing else" if A.size > 40 else f"{1 / (1 - rate):.4g}"
    said = [f"0 or {factor}"]
    if abs(silent - rate) > 5 * spread + 1e-9:
        said.append("too many zeros" if silent > rate else "too few zeros")
    shared = []
    if A.shape[0] > 15 and A.shape[1] > 15 and 0.05 < rate < 0.8:
        shared += ["the same for every image"] * bool((mask == mask[:1]).all())
        shared += ["the same for every unit"] * bool((mask == mask[:, :1]).all())
    if rate and not shared and exact(mask == 0, rate):
        said.append("as many zeros as if they were counted")
    said += shared
    if rate and rng.bit_generator.state == np.random.default_rng(COINS).bit_generator.state:
        said.append("not tossed with rng")
    return seen | {
        "thinned activations": "A times the mask" if right else "A times another mask" if another else "not A times the mask",
        "mask holds": ", ".join(said),
    }


def exact(silent, rate):
    """Return whether a share of the units is silent, in each image, for each unit or in all, that is too exact for coins."""
    counts = [silent.sum(axis=axis) for axis in (0, 1)]
    counted = min(silent.shape) > 15 and any(np.ptp(count) == 0 and count[0] > 0 for count in counts)
    return counted or (silent.size == MANY and silent.sum() == round(rate * silent.size))


def dropout(A, rate, rng):
    """Return A thinned out, and the mask (n, h) by which it was multiplied: 0, or 1 / (1 - rate)."""
    kept = rng.random(A.shape) >= rate
    mask = kept / (1 - rate)
    return A * mask, mask


exercise = Exercise(
    dropout,
    notebook="15",
    place="in class",
    view=thinned,
    asks="two arrays, the thinned activations and the mask",
    cases=[
        Case("two images, three units", np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 0.5, np.random.default_rng(COINS)),
        Case("one image, 200 units", np.ones((1, 200)), 0.5, np.random.default_rng(COINS)),
        Case("a rate of 0.2", np.ones((100, 50)), 0.2, np.random.default_rng(COINS)),
        Case("a rate of 0.75", np.ones((60, 40)), 0.75, np.random.default_rng(COINS)),
        Case("as many images as units", np.ones((40, 40)), 0.4, np.random.default_rng(COINS)),
        Case("a rate of 0", np.full((10, 8), 2.0), 0.0, np.random.default_rng(COINS), harsh=True),
        Case("negative numbers", -np.ones((30, 20)), 0.3, np.random.default_rng(COINS)),
        Case("200 images, 100 units", np.ones((200, 100)), 0.3, np.random.default_rng(COINS)),
        Case("64 images, 128 units, float32", np.ones((64, 128), np.float32), 0.3, np.random.default_rng(COINS)),
    ],
    draw=activations_and_rate,
    hints=[
        "Toss one coin for each entry of A: `rng.random(A.shape)` gives numbers spread evenly between 0 and 1. Which share "
        "of them lies below rate?",
        "`rng.random(A.shape) >= rate` is True where an entry is kept. Multiplied or divided by a number, True counts as 1.",
        "The mask is that table of True and False, divided by `(1 - rate)`. Return two things: `A * mask, mask`.",
    ],
    praise="On average nothing has changed, so that nothing needs to be done when the network is asked.",
)


@exercise.mistake(
    "What is left is not enlarged", ask="With a rate of 0.5, how does the mean after thinning compare with the mean before?"
)
def _(A, rate, rng):
    """The mask holds 1 or True where an entry is kept. Then the next layer receives less than it will receive when nothing is
    dropped any more."""
    mask = rng.random(A.shape) >= rate
    return A * mask, mask


@exercise.mistake("Divided by rate", ask="Which share of the entries is kept: rate, or 1 - rate?")
def _(A, rate, rng):
    """What is left is divided by the share that was dropped. At a rate of 0.5 both shares are the same, elsewhere not, and at 0
    it would be a division by 0."""
    mask = (rng.random(A.shape) >= rate) / rate
    return A * mask, mask


@exercise.mistake("Multiplied by 1 - rate", ask="Should what is left become larger or smaller, to make up for what is missing?")
def _(A, rate, rng):
    """What is left is made smaller, and the next layer receives even less. (Multiplying by 1 - rate belongs to the old
    form of dropout: there it is done when the network is asked, not while it learns.)"""
    mask = (rng.random(A.shape) >= rate) * (1 - rate)
    return A * mask, mask


@exercise.mistake("Rate is the share that is kept", ask="With a rate of 0.2, how many of ten units should be silent?")
def _(A, rate, rng):
    """As many entries are kept as should be dropped. At a rate of 0.5 nobody notices."""
    mask = (rng.random(A.shape) < rate) / (1 - rate)
    return A * mask, mask


@exercise.mistake(
    "rate is the share that is kept, and divided by it",
    kind="convention",
    ask="In this course, how many of ten units does a rate of 0.2 silence?",
)
def _(A, rate, rng):
    """That is dropout by the probability to *keep*, as some older libraries have it. In this course, as in most others by
    now, the rate is the share that is dropped."""
    mask = (rng.random(A.shape) < rate) / rate
    return A * mask, mask


@exercise.mistake("One coin for a unit and the whole batch", ask="How many coins does a batch of n images and h units need?")
def _(A, rate, rng):
    """The same units are silent for all images of the batch. Each image should meet a different thinned network."""
    mask = np.zeros(A.shape) + (rng.random(A.shape[1]) >= rate) / (1 - rate)
    return A * mask, mask


@exercise.mistake("One coin for a whole image", ask="What is left of an image when its coin says 0?")
def _(A, rate, rng):
    """Either all units of an image are silent or none: that drops images, not units."""
    mask = np.zeros(A.shape) + (rng.random((len(A), 1)) >= rate) / (1 - rate)
    return A * mask, mask


@exercise.mistake("The mask is not the one that was used", ask="By which number was a kept entry multiplied on its way forward?")
def _(A, rate, rng):
    """The activations are enlarged, and the mask that comes with them only says which ones were kept, by True and False
    or by 1 and 0. The way back multiplies by the mask: it would carry too little blame."""
    kept = rng.random(A.shape) >= rate
    return A * kept / (1 - rate), kept


@exercise.mistake("Mask first", ask="Which of the two results does the docstring name first?")
def _(A, rate, rng):
    """The two results come in the wrong order."""
    mask = (rng.random(A.shape) >= rate) / (1 - rate)
    return mask, A * mask


@exercise.mistake(
    "a generator of its own",
    kind="fragile",
    ask="Which generator tosses your coins: the `rng` that was given, or another one?",
)
def _(A, rate, rng):
    """The coins do not come from the generator that was given. One that is made inside, with a fixed seed, tosses the same coins
    at every step; any other cannot be repeated by whoever trains with a seed."""
    mask = (np.random.default_rng(0).random(A.shape) >= rate) / (1 - rate)
    return A * mask, mask


@exercise.mistake("Coins that are not spread evenly", ask="Which share of the numbers of `rng.standard_normal` lies below 0.2?")
def _(A, rate, rng):
    """The share of zeros is not the rate. That happens, for example, when the coins come from a bell curve around 0."""
    mask = (rng.standard_normal(A.shape) >= rate) / (1 - rate)
    return A * mask, mask


@exercise.mistake("The mask marks the silent ones", ask="By which number should a silent entry be multiplied on the way back?")
def _(A, rate, rng):
    """The thinned activations are right, but the mask marks, by True or by 1, where a unit is silent: the way back would
    carry the blame to these alone."""
    silent = rng.random(A.shape) < rate
    return np.where(silent, 0, A) / (1 - rate), silent


@exercise.mistake(
    "The mask marks the silent ones, and A is changed", ask="By which number was each entry of A multiplied: is that your mask?"
)
def _(A, rate, rng):
    """The mask marks, by True or by 1, where a unit is silent, and the way back multiplies by it. Also, `A[mask] = 0`
    writes into the caller's activations."""
    mask = rng.random(A.shape) < rate
    A[mask] = 0
    return A / (1 - rate), mask


@exercise.mistake("Random numbers left in the mask", ask="Which two numbers may a mask hold, when the rate is 0.5?")
def _(A, rate, rng):
    """Where an entry is kept, the mask holds the random number that was drawn for it. The number is the coin only: it
    decides, and does not multiply."""
    mask = rng.random(A.shape)
    mask = np.where(mask < rate, 0, mask) / (1 - rate)
    return A * mask, mask


@exercise.mistake("Only the thinned activations", ask="What does the way back need to know about the coins?")
def _(A, rate, rng):
    """The mask is not returned. Without it nobody knows on the way back which units were silent."""
    return A * (rng.random(A.shape) >= rate) / (1 - rate)


@exercise.mistake("A itself is thinned", ask="Which line writes into the array that the caller gave?")
def _(A, rate, rng):
    """The activations that were given are changed: whoever called has lost them."""
    mask = ((rng.random(A.shape) >= rate) / (1 - rate)).astype(A.dtype)
    A *= mask
    return A, mask


@exercise.mistake("Exactly the share", ask="When ten coins are tossed, do five of them always show heads?")
def _(A, rate, rng):
    """Always the same number of entries is silent. Each entry should have a coin of its own, so that the number is a matter of
    chance."""
    silent = np.zeros(A.size, bool)
    silent[rng.permutation(A.size)[: round(rate * A.size)]] = True
    mask = ~silent.reshape(A.shape) / (1 - rate)
    return A * mask, mask


@exercise.mistake(
    "Only what is kept", ask="What shape should the thinned activations have, and what stands where a unit is silent?"
)
def _(A, rate, rng):
    """The activations that are kept come in one long row: the silent ones are cut out, and with them the places."""
    mask = (rng.random(A.shape) >= rate) / (1 - rate)
    return (A * mask)[mask > 0], mask


@exercise.also("Only what is kept")
def _(A, rate, rng):
    mask = rng.random(A.shape) >= rate
    return A[mask] / (1 - rate), mask


@exercise.mistake("Brackets are missing", ask="What does Python compute first in a / b - c?")
def _(A, rate, rng):
    """The rate was subtracted from the mask, so that silent entries become negative: the division comes before the
    subtraction."""
    mask = (rng.random(A.shape) >= rate) / 1 - rate
    return A * mask, mask


@exercise.also("Exactly the share")
def _(A, rate, rng):
    order = rng.random(A.shape).argsort(axis=1).argsort(axis=1)
    mask = (order >= round(rate * A.shape[1])) / (1 - rate)
    return A * mask, mask


@exercise.also("One coin for a unit and the whole batch")
def _(A, rate, rng):
    mask = (rng.random(A.shape[1]) >= rate) / (1 - rate)
    return A * mask, mask


@exercise.mistake(
    "Coins of its own for the mask", ask="How many times are the coins tossed, and who needs to know how they fell?"
)
def _(A, rate, rng):
    """The activations were thinned by different coins from those in the mask: on the way back, blame would go to units that were
    silent, and not to some that spoke."""
    thin = A * (rng.random(A.shape) >= rate) / (1 - rate)
    return thin, (rng.random(A.shape) >= rate) / (1 - rate)


@exercise.mistake(
    "Divided by the share that happened to be kept", ask="Which share is kept on average: do the coins say it, or the rate?"
)
def _(A, rate, rng):
    """What is kept is divided by the share that the coins happened to keep, and not by 1 - rate. Then what becomes of one unit
    depends on the coins of all the others."""
    mask = rng.random(A.shape) >= rate
    mask = mask / max(mask.mean(), 1 / mask.size)
    return A * mask, mask


@exercise.also("Divided by the share that happened to be kept")
def _(A, rate, rng):
    mask = rng.random(A.shape) < 1 - rate
    mask = mask / max(mask.mean(), 1 / mask.size)
    return A * mask, mask
