"""Exercises and questions of notebook 15, Generalise."""

import itertools

import numpy as np

from .. import early_stopping
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

# --- stops_early -------------------------------------------------------------------------------------------------------


def losses_and_patience(rng):
    return rng.integers(1, 10, rng.integers(1, 9)).tolist(), int(rng.integers(1, 5))


stops_early = Exercise(
    early_stopping.stops_early,
    notebook="15",
    place="in class",
    cases=[
        Case("two epochs without progress", ([0.9, 0.5, 0.6, 0.7], 2)),
        Case("the last one is a new best", ([0.9, 0.5, 0.6, 0.4], 2)),
        Case("one epoch without progress, two allowed", ([0.9, 0.5, 0.6], 2)),
        Case("up and down, but never below the best", ([0.9, 0.5, 0.8, 0.6], 2)),
        Case("level with the best", ([0.9, 0.5, 0.5, 0.5], 2)),
        Case("a new best within the patience, then worse", ([0.9, 0.5, 0.6, 0.4, 0.7], 2)),
        Case("it falls again, but not below the best", ([0.5, 0.9, 0.8, 0.7, 0.6], 3)),
        Case("setbacks, each followed by a new best", ([0.9, 1.0, 0.8, 0.9, 0.7, 0.8], 2)),
        Case("the best in the middle", ([0.5, 0.4, 0.6, 0.7], 3)),
        Case("patience of one", ([0.9, 0.8, 0.85], 1)),
        Case("falling all the time", ([0.9, 0.8, 0.7, 0.6], 1)),
        Case("as many epochs as the patience", ([0.5, 0.6], 2)),
        Case("after the first epoch", ([0.9], 3)),
        Case("long over", ([0.9, 0.3, 0.5, 0.6, 0.7, 0.8], 2)),
        Case("a new best after two bad epochs", ([0.9, 0.5, 0.6, 0.7, 0.4], 2)),
    ],
    draw=losses_and_patience,
    hints=[
        "Split the list in two: the last `patience` losses, and all those before them. Which number of each part matters?",
        "`losses[-patience:]` are the last ones, `losses[:-patience]` those before. Compare the smallest of each.",
        "When there are no losses before them, it is too early to stop: ask for `len(losses) > patience` first.",
    ],
    praise="It asks about the best so far, not about the last step: a single bad epoch stops nothing.",
)


@stops_early.mistake(
    "stops at the first rise", ask="How many epochs without progress are allowed, and where do they enter your answer?"
)
def first_rise(losses, patience):
    """The last loss is compared with the one before it. Losses tremble: the first bad epoch would end every training."""
    return len(losses) > 1 and losses[-1] >= losses[-2]


@stops_early.mistake(
    "each epoch is compared with the one before it",
    ask="After 0.5, 0.8, 0.6 the last step went down. Was there progress beyond the best?",
)
def rising_all_the_time(losses, patience):
    """It waits for losses that rise several times in a row. A loss that goes up and down high above its best would
    never end."""
    last = losses[-patience - 1 :]
    return len(losses) > patience and all(b >= a for a, b in itertools.pairwise(last))


@stops_early.mistake(
    "only the last loss is asked", ask="A new best came one epoch ago, and then a bad one. Has the patience run out?"
)
def last_against_the_best(losses, patience):
    """The last loss alone is compared with the best of the early ones. A new best in between goes unnoticed."""
    return len(losses) > patience and losses[-1] >= min(losses[:-patience])


@stops_early.mistake(
    "the last loss against the one so many epochs ago", ask="Where was the best loss: always exactly that many epochs ago?"
)
def against_so_long_ago(losses, patience):
    """Two single losses are compared, the last one and the one `patience` epochs before it. The best may stand elsewhere."""
    return len(losses) > patience and losses[-1] >= losses[-1 - patience]


@stops_early.mistake(
    "one epoch too early", ask="How many epochs came after the best one, when the best one is the last of the list?"
)
def too_early(losses, patience):
    """The best epoch is counted as one without progress: the patience is over one epoch too early."""
    return len(losses) - losses.index(min(losses)) >= patience


@stops_early.mistake("one epoch too late", ask="With a patience of 2, how many epochs without progress end the training?")
def too_late(losses, patience):
    """It waits for more than `patience` epochs without progress."""
    return len(losses) - 1 - losses.index(min(losses)) > patience


@stops_early.mistake("the count is not set back", ask="What happens to your count of bad epochs when a new best comes?")
def never_set_back(losses, patience):
    """All epochs without progress are counted, from the beginning on. A new best should start the count afresh."""
    bad = sum(loss >= min(losses[:i]) for i, loss in enumerate(losses) if i)
    return bad >= patience


@stops_early.mistake("no worse counts as progress", ask="A loss stays level for a hundred epochs. Is that progress?")
def level_goes_on(losses, patience):
    """A loss that is equal to the best counts as a new best. Progress means smaller."""
    return len(losses) > patience and min(losses[-patience:]) > min(losses[:-patience])


@stops_early.mistake("it says when to go on", ask="What should come out when the training has to end?")
def goes_on(losses, patience):
    """The answer is the other way round: True where the training should go on."""
    return not early_stopping.stops_early(losses, patience)


@stops_early.mistake(
    "the smallest of an empty list",
    kind="fragile",
    ask="Which losses stand before the last `patience`, when there are no more than that?",
)
def no_guard(losses, patience):
    """In the first epochs there is nothing before the last `patience` losses, and `min` of an empty list is an error."""
    return min(losses[-patience:]) >= min(losses[:-patience])


@stops_early.mistake(
    "the smallest of a list that can still be empty",
    kind="fragile",
    ask="How many losses must there be, so that one stands before the last `patience`?",
)
def guard_too_low(losses, patience):
    """There is a guard, but it lets through as many losses as the patience: then none stands before them, and `min` of an
    empty list is an error."""
    return len(losses) >= patience and min(losses[-patience:]) >= min(losses[:-patience])


@stops_early.mistake("the best of all", ask="Which losses may the best be taken from, when the last ones are judged by it?")
def best_of_all(losses, patience):
    """The last losses are compared with the best of all, themselves included. No loss is better than that, so it always
    stops."""
    return len(losses) > patience and min(losses[-patience:]) >= min(losses)


@stops_early.mistake("the best of all, from the first epoch on", ask="Which losses stand before the last `patience`?")
def always_stops(losses, patience):
    """The last losses are compared with the best of all, themselves included. No loss is better than that, so the training
    ends after its first epoch."""
    return min(losses[-patience:]) >= min(losses)


@stops_early.mistake("only the loss before the last ones", ask="Where may the best of the early losses stand?")
def against_the_one_before(losses, patience):
    """The last losses are compared with one single loss, the one before them. The best may be older."""
    return len(losses) > patience and min(losses[-patience:]) >= losses[-patience - 1]


@stops_early.mistake("an earlier stop", ask="Which losses does the question concern: all epochs so far, or the last ones?")
def stopped_before(losses, patience):
    """It is True as soon as the training should have ended at some earlier epoch. Asked is how things stand now."""
    return any(early_stopping.stops_early(losses[:n], patience) for n in range(1, len(losses) + 1))


@stops_early.mistake(
    "no worse counts as progress, and an empty list", ask="Is a level loss progress, and what stands before the first losses?"
)
def level_without_guard(losses, patience):
    """Two things: a loss equal to the best counts as a new best, and in the first epochs `min` of an empty list is an error."""
    return min(losses[-patience:]) > min(losses[:-patience])


# --- dropout -----------------------------------------------------------------------------------------------------------

COINS = 7  # the seed of every generator that a learner's function is given


def activations_and_rate(rng):
    shape = int(rng.integers(1, 60)), int(rng.integers(1, 60))
    return (
        np.abs(rng.normal(0, 1, shape)).round(2),
        float(rng.choice([0.0, 0.1, 0.25, 0.4, 0.5, 0.7])),
        np.random.default_rng(COINS),
    )


def thinned(value, A, rate, rng):
    """What must hold however the coins fall, in words: of the thinned activations, and of the mask."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        return {"results": 1, "shape": np.shape(value)}
    thin, mask = (np.array(part, float) for part in value)
    if mask.shape != A.shape:
        return {"thinned": f"of shape {thin.shape}", "mask": f"of shape {mask.shape}"}
    mask[~np.isfinite(mask)] = 0
    right = thin.shape == A.shape and np.allclose(thin, A * mask, rtol=1e-4)
    kept, silent, spread = mask[mask != 0], (mask == 0).mean(), np.sqrt(rate * (1 - rate) / A.size)
    if len(kept):
        factor = f"{kept[0]:.4g}" if np.ptp(kept) < 1e-5 else "all sorts of numbers"
    else:  # of few entries all may be silent by chance
        factor = "nothing else" if A.size > 40 else f"{1 / (1 - rate):.4g}"
    said = [f"0 or {factor}"]
    if abs(silent - rate) > 5 * spread + 1e-9:
        said.append("too many zeros" if silent > rate else "too few zeros")
    if A.shape[0] > 15 and A.shape[1] > 15 and 0.05 < rate < 0.8:
        said += ["the same for every image"] * bool((mask == mask[:1]).all())
        said += ["the same for every unit"] * bool((mask == mask[:, :1]).all())
    if rate and rng.bit_generator.state == np.random.default_rng(COINS).bit_generator.state:
        said.append("not tossed with rng")
    return {"thinned": "A times mask" if right else "not A times mask", "mask": ", ".join(said)}


def dropout(A, rate, rng):
    """Give A thinned out, and the mask (n, h) by which it was multiplied: 0, or 1 / (1 - rate)."""
    kept = rng.random(A.shape) >= rate
    mask = kept / (1 - rate)
    return A * mask, mask


dropout = Exercise(
    dropout,
    notebook="15",
    place="in class",
    view=thinned,
    cases=[
        Case("two images, three units", (np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 0.5, np.random.default_rng(COINS))),
        Case("one image, 200 units", (np.ones((1, 200)), 0.5, np.random.default_rng(COINS))),
        Case("a rate of 0.2", (np.ones((100, 50)), 0.2, np.random.default_rng(COINS))),
        Case("a rate of 0.75", (np.ones((60, 40)), 0.75, np.random.default_rng(COINS))),
        Case("as many images as units", (np.ones((40, 40)), 0.4, np.random.default_rng(COINS))),
        Case("a rate of 0", (np.full((10, 8), 2.0), 0.0, np.random.default_rng(COINS))),
        Case("negative numbers", (-np.ones((30, 20)), 0.3, np.random.default_rng(COINS))),
        Case("64 images, 128 units, float32", (np.ones((64, 128), np.float32), 0.3, np.random.default_rng(COINS))),
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


@dropout.mistake(
    "what is left is not enlarged", ask="With a rate of 0.5, what is the mean of the thinned ones compared to before?"
)
def not_enlarged(A, rate, rng):
    """The mask holds 0 and 1. Then the next layer receives less than it will receive when nothing is dropped any more."""
    mask = rng.random(A.shape) >= rate
    return A * mask, mask


@dropout.mistake("divided by rate", ask="Which share of the entries is kept: rate, or 1 - rate?")
def divided_by_the_rate(A, rate, rng):
    """What is left is divided by the share that was dropped. At a rate of 0.5 both shares are the same, elsewhere not,
    and at 0 it would be a division by 0."""
    mask = (rng.random(A.shape) >= rate) / (rate or np.inf)
    return A * mask, mask


@dropout.mistake("multiplied by 1 - rate", ask="Should what is left become larger or smaller, to make up for what is missing?")
def made_smaller(A, rate, rng):
    """What is left is made smaller, and the next layer receives even less. (Multiplying by 1 - rate belongs to the old
    form of dropout: there it is done when the network is asked, not while it learns.)"""
    mask = (rng.random(A.shape) >= rate) * (1 - rate)
    return A * mask, mask


@dropout.mistake("rate is the share that is kept", ask="With a rate of 0.2, how many of ten units should be silent?")
def the_share_kept(A, rate, rng):
    """As many entries are kept as should be dropped. At a rate of 0.5 nobody notices."""
    mask = (rng.random(A.shape) < rate) / (1 - rate)
    return A * mask, mask


@dropout.mistake(
    "rate is the share that is kept, and divided by it",
    kind="convention",
    ask="In this course a rate of 0.2 silences how many of ten units?",
)
def keep_probability(A, rate, rng):
    """That is dropout by the probability to *keep*, as some older libraries have it. In this course, as in most others by
    now, the rate is the share that is dropped."""
    mask = (rng.random(A.shape) < rate) / (rate or 1)
    return A * mask, mask


@dropout.mistake("one coin for a unit and the whole batch", ask="How many coins does a batch of n images and h units need?")
def one_coin_a_unit(A, rate, rng):
    """The same units are silent for all images of the batch. Each image should meet another thinned network."""
    mask = np.zeros(A.shape) + (rng.random(A.shape[1]) >= rate) / (1 - rate)
    return A * mask, mask


@dropout.mistake("one coin for a whole image", ask="What is left of an image when its coin says 0?")
def one_coin_an_image(A, rate, rng):
    """Either all units of an image are silent or none: that drops images, not units."""
    mask = np.zeros(A.shape) + (rng.random((len(A), 1)) >= rate) / (1 - rate)
    return A * mask, mask


@dropout.mistake("the mask is not the one that was used", ask="By which number was a kept entry multiplied on its way forward?")
def another_mask(A, rate, rng):
    """The activations are enlarged, and the mask that comes with them holds 0 and 1. The way back multiplies by the mask:
    it would carry too little blame."""
    kept = rng.random(A.shape) >= rate
    return A * kept / (1 - rate), kept


@dropout.mistake("mask first", ask="Which of the two results does the docstring name first?")
def the_other_order(A, rate, rng):
    """The two results come in the other order."""
    mask = (rng.random(A.shape) >= rate) / (1 - rate)
    return mask, A * mask


@dropout.mistake(
    "a generator of its own",
    kind="fragile",
    ask="Which generator tosses your coins: the `rng` that was given, or another one?",
)
def own_generator(A, rate, rng):
    """The coins do not come from the generator that was given. One that is made anew inside tosses the same coins at every
    step; NumPy's global one cannot be repeated by whoever trains with a seed."""
    mask = (np.random.default_rng(0).random(A.shape) >= rate) / (1 - rate)
    return A * mask, mask


@dropout.mistake("coins that are not spread evenly", ask="Which share of the numbers of `rng.standard_normal` lies below 0.2?")
def normal_coins(A, rate, rng):
    """The coins come from a bell curve around 0. The share of them below the rate is not the rate."""
    mask = (rng.standard_normal(A.shape) >= rate) / (1 - rate)
    return A * mask, mask


@dropout.mistake("the mask marks the silent ones", ask="By which number should a silent entry be multiplied on the way back?")
def marks_the_silent(A, rate, rng):
    """The thinned activations are right, but the mask is True where a unit is silent: the way back would carry the blame to
    these alone."""
    silent = rng.random(A.shape) < rate
    return np.where(silent, 0, A) / (1 - rate), silent


@dropout.mistake(
    "the mask marks the silent ones, and A is changed", ask="By which number was each entry of A multiplied: is that your mask?"
)
def marks_the_silent_in_place(A, rate, rng):
    """The mask is True where a unit is silent, and the way back multiplies by it. Also, `A[mask] = 0` writes into the
    caller's activations."""
    mask = rng.random(A.shape) < rate
    A[mask] = 0
    return A / (1 - rate), mask


@dropout.mistake("random numbers left in the mask", ask="Which two numbers may a mask hold, when the rate is 0.5?")
def numbers_left(A, rate, rng):
    """Where an entry is kept, the mask holds the random number that was drawn for it. The number is the coin only: it
    decides, and does not multiply."""
    mask = rng.random(A.shape)
    mask = np.where(mask < rate, 0, mask) / (1 - rate)
    return A * mask, mask


@dropout.mistake("only the thinned activations", ask="What does the way back need to know about the coins?")
def no_mask(A, rate, rng):
    """The mask is not returned. Without it nobody knows on the way back which units were silent."""
    return A * (rng.random(A.shape) >= rate) / (1 - rate)


@dropout.mistake("A itself is thinned", ask="Which line writes into the array that the caller gave?")
def in_place(A, rate, rng):
    """`A *= mask` writes into the caller's array. The activations that were there are lost."""
    mask = ((rng.random(A.shape) >= rate) / (1 - rate)).astype(A.dtype)
    A *= mask
    return A, mask


# --- smooth_labels -----------------------------------------------------------------------------------------------------


def targets_and_amount(rng):
    n, k = int(rng.integers(1, 6)), int(rng.integers(2, 7))
    return np.eye(k)[rng.integers(0, k, n)], float(rng.choice([0.05, 0.1, 0.2, 0.5]))


def smooth_labels(Y, amount):
    """Take a share of the 1 and spread it over all k classes: (n, k) -> (n, k)."""
    return (1 - amount) * Y + amount / Y.shape[1]


smooth_labels = Exercise(
    smooth_labels,
    notebook="15",
    place="at home",
    cases=[
        Case("one image, four classes", (np.eye(4)[[1]], 0.2)),
        Case("two images, three classes", (np.eye(3)[[2, 0]], 0.3)),
        Case("as many images as classes", (np.eye(3)[[0, 0, 2]], 0.3)),
        Case("five images, two classes", (np.eye(2)[[0, 1, 1, 0, 1]], 0.1)),
        Case("an amount of 0", (np.eye(3)[[1, 2]], 0.0)),
        Case("64 images, ten classes, float32", (np.eye(10, dtype=np.float32)[np.arange(64) % 10], 0.1)),
    ],
    draw=targets_and_amount,
    hints=[
        "Two steps: the 1 of each row shrinks to 1 - amount, and every class, the true one too, gets the same small part.",
        "How large is each part, when the amount is shared by `Y.shape[1]` classes? What does a row then sum to?",
        "Each entry is `(1 - amount)` times what it was, plus `amount / Y.shape[1]`.",
    ],
    praise="Each row still sums to 1, so P - Y is still the gradient, and nothing else in the network needs to change.",
)


@smooth_labels.mistake(
    "spread over the other classes only", kind="convention", ask="Over how many classes is it spread here: k, or k - 1?"
)
def over_the_others(Y, amount):
    """The wrong classes share the whole amount, and the true one keeps 1 - amount. Some define it so. Here, as in the paper
    and in the libraries, the true class gets its part too."""
    return (1 - amount) * Y + (1 - Y) * amount / (Y.shape[1] - 1)


@smooth_labels.mistake("the 1 does not shrink", ask="What does a row sum to now?")
def only_added(Y, amount):
    """Every class gets its part, but nobody pays for it: the rows sum to more than 1."""
    return Y + amount / Y.shape[1]


@smooth_labels.mistake("nothing is spread", ask="What does a row sum to now?")
def only_shrunk(Y, amount):
    """The 1 shrinks, and the amount goes nowhere: the rows sum to less than 1."""
    return (1 - amount) * Y


@smooth_labels.mistake("every class gets the whole amount", ask="Among how many classes is the amount shared?")
def not_shared(Y, amount):
    """The amount is not divided among the classes: each gets all of it."""
    return (1 - amount) * Y + amount


@smooth_labels.mistake("shared by the images", ask="Which axis of Y runs along the classes?")
def by_the_images(Y, amount):
    """The amount was divided by the number of images in place of the number of classes."""
    return (1 - amount) * Y + amount / len(Y)


@smooth_labels.mistake(
    "the true class goes without its part", ask="What does a row sum to, when each of all k classes gets amount / k?"
)
def without_the_true_one(Y, amount):
    """The wrong classes get amount / k each, and the true one 1 - amount: the rows sum to a little less than 1."""
    return np.where(Y == 1, 1 - amount, amount / Y.shape[1])


@smooth_labels.mistake("always ten classes", kind="fragile", ask="Where does Y say how many classes there are?")
def ten_classes(Y, amount):
    """A 10 stands in the formula. With another number of classes the rows no longer sum to 1."""
    return (1 - amount) * Y + amount / 10


@smooth_labels.mistake("taken from every class", ask="Which entries of a row have something to give, and what is s times 0?")
def taken_from_all(Y, amount):
    """The amount is subtracted from the zeros as well: targets below 0, and rows that no longer sum to 1."""
    return Y - amount + amount / Y.shape[1]


@smooth_labels.mistake("Y itself is changed", ask="Which line writes into the array that was given?")
def smoothed_in_place(Y, amount):
    """The caller's labels are overwritten. In the next epoch they would be smoothed once more."""
    Y *= 1 - amount
    Y += amount / Y.shape[1]
    return Y


# --- shift -------------------------------------------------------------------------------------------------------------


def framed(rng, n, dtype=np.uint8):
    """Random images with an empty frame of four pixels: what leaves them on one side is black, as is what comes in."""
    images = np.zeros((n, 28, 28), dtype)
    images[:, 4:-4, 4:-4] = rng.integers(1, 256, (n, 20, 20))
    return images.reshape(n, 784)


def images_and_ways(rng):
    return framed(rng, int(rng.integers(1, 5))), int(rng.integers(-3, 4)), int(rng.integers(-3, 4))


def shift(X, down, right):
    """Move all images: (n, 784) -> (n, 784)."""
    images = X.reshape(-1, 28, 28)
    return np.roll(images, (down, right), axis=(1, 2)).reshape(X.shape)


DOT = np.zeros((1, 28, 28), np.uint8)
DOT[0, 10, 5] = 255

shift = Exercise(
    shift,
    notebook="15",
    place="at home",
    cases=[
        Case("one bright pixel, one row down", (DOT.reshape(1, 784), 1, 0)),
        Case("one bright pixel, two columns to the right", (DOT.reshape(1, 784), 0, 2)),
        Case("three images, down and to the right", (framed(np.random.default_rng(5), 3), 1, 3)),
        Case("up and to the left", (framed(np.random.default_rng(6), 2), -2, -1)),
        Case("nowhere", (framed(np.random.default_rng(7), 2), 0, 0)),
        Case("28 images", (framed(np.random.default_rng(8), 28), 2, -3)),
        Case("float32", (framed(np.random.default_rng(9), 2, np.float32), 1, 1)),
    ],
    draw=images_and_ways,
    hints=[
        "A row of X is a flat image. As long as it is flat, there is no down: give it its 28 rows and 28 columns back first.",
        "`X.reshape(-1, 28, 28)` has three axes: image, row, column. `np.roll(images, (1, 2), axis=(1, 2))` moves everything "
        "by one along the axis 1 and by two along the axis 2.",
        "At the end make the images flat again, in the shape that X had.",
    ],
    praise="Two lines, and every digit has become nine. The network has to find out by itself that they are the same.",
)


@shift.mistake("down and right are exchanged", ask="Which axis do the rows lie on, and which way does one go from row to row?")
def exchanged(X, down, right):
    """The images move sideways where they should move down. The axis 1 counts the rows, from top to bottom."""
    return np.roll(X.reshape(-1, 28, 28), (right, down), axis=(1, 2)).reshape(X.shape)


@shift.mistake("up and left", ask="Is the index of a row larger at the top or at the bottom?")
def the_other_way(X, down, right):
    """The images move to the opposite side."""
    return np.roll(X.reshape(-1, 28, 28), (-down, -right), axis=(1, 2)).reshape(X.shape)


@shift.mistake("the images are rolled too", ask="What does the axis 0 count, once the images have their rows and columns back?")
def rolls_the_images(X, down, right):
    """The axis 0 counts the images: rolled along it, each image takes the place of another, and no longer fits its label."""
    return np.roll(X.reshape(-1, 28, 28), (down, right), axis=(0, 1)).reshape(X.shape)


@shift.mistake("the images are no longer flat", ask="Which shape does the network expect?")
def not_flat(X, down, right):
    """The images have moved as they should, but they come back with rows and columns, and not as rows of 784 numbers."""
    return np.roll(X.reshape(-1, 28, 28), (down, right), axis=(1, 2))


@shift.mistake("bytes became decimal numbers", kind="fragile", ask="Which type has `np.zeros((n, 28, 28))`, and which one has X?")
def decimals(X, down, right):
    """The images have moved as they should, but whole numbers from 0 to 255 came back as decimal ones. The network divides
    bytes by 255, and takes decimals as they are: these pixels would be 255 times too bright."""
    return shift.solve(X, down, right).astype(float)


@shift.mistake("nothing has moved", ask="What becomes of the array that `np.roll` returns?")
def result_ignored(X, down, right):
    """The images come back as they went in. `np.roll` makes a new array, and leaves the old one as it is."""
    images = X.reshape(-1, 28, 28)
    np.roll(images, (down, right), axis=(1, 2))
    return images.reshape(X.shape)


@shift.mistake("always one down and two to the right", ask="Where in your line do `down` and `right` stand?")
def copied_example(X, down, right):
    """The numbers 1 and 2 come from the example, and the arguments are not used."""
    return np.roll(X.reshape(-1, 28, 28), (1, 2), axis=(1, 2)).reshape(X.shape)


@shift.mistake("only sideways", ask="How far along a flat image does one go, to be one row further down?")
def only_sideways(X, down, right):
    """The flat rows are rolled by `right` alone, and `down` is never used."""
    return np.roll(X, right, axis=1)


@shift.mistake("only down", ask="Which argument says how far to the right?")
def only_down(X, down, right):
    """The images move down, and `right` is never used."""
    return np.roll(X.reshape(-1, 28, 28), down, axis=1).reshape(X.shape)


@shift.mistake("flat images rolled by the sum", ask="How many places in a flat image is one row further down?")
def rolled_by_the_sum(X, down, right):
    """In a flat image one row down is 28 places away, not one."""
    return np.roll(X, down + right, axis=1)


@shift.mistake("the same way for both axes", ask="What does `np.roll(images, a, axis=(1, 2))` do with a single number?")
def both_the_same(X, down, right):
    """Both axes are rolled by `down`: the images move along the diagonal."""
    return np.roll(X.reshape(-1, 28, 28), down, axis=(1, 2)).reshape(X.shape)


# --- batch_norm --------------------------------------------------------------------------------------------------------


def scores_and_scales(rng):
    n, h = int(rng.integers(1, 7)), int(rng.integers(1, 5))
    Z = rng.normal(rng.normal(0, 3, h), 1, (n, h)).round(1)
    if rng.random() < 0.3:
        Z[:, 0] = Z[0, 0]
    return Z, rng.uniform(0.5, 2, h).round(1), rng.normal(0, 1, h).round(1), float(rng.choice([1e-5, 0.01, 0.5]))


def batch_norm(Z, gamma, beta, epsilon):
    """Give every unit mean 0 and spread 1 over the batch, then the spread gamma and the mean beta: (n, h) -> (n, h)."""
    mean, variance = Z.mean(axis=0), Z.var(axis=0)  # (h,)
    Z_hat = (Z - mean) / np.sqrt(variance + epsilon)  # (n, h)
    return gamma * Z_hat + beta


ONES, ZEROS = np.ones(2), np.zeros(2)
Z_SMALL = np.array([[1.0, 10.0], [3.0, 30.0]])
Z_FOUR = np.array([[1.0, 0], [2, 0], [3, 4], [6, 0]])
Z_SQUARE = np.array([[1.0, 2, 3], [4, 6, 9], [7, 1, 0]])

batch_norm = Exercise(
    batch_norm,
    notebook="15",
    place="starred",
    cases=[
        Case("two images, two units", (Z_SMALL, ONES, ZEROS, 1e-5)),
        Case("a scale and a shift", (Z_SMALL, np.array([2.0, 1.0]), np.array([5.0, -1.0]), 1e-5)),
        Case("four images, two units", (Z_FOUR, np.array([1.0, 3.0]), np.array([0.5, 0.0]), 1e-5)),
        Case("as many images as units", (Z_SQUARE, np.array([1.0, 2, 3]), np.array([0.0, 1, 2]), 1e-5)),
        Case("a large epsilon", (np.array([[1.0, 0], [3, 1], [5, 5]]), ONES, np.array([1.0, 0.0]), 0.5)),
        Case("a unit that is always the same", (np.array([[1.0, 7], [2, 7], [4, 7]]), ONES, np.array([0.0, 2.0]), 1e-5)),
        Case("one image", (np.array([[1.0, -2]]), np.array([2.0, 3.0]), np.array([0.25, 0.5]), 1e-5)),
        Case("50 images, 20 units, float32", (np.random.default_rng(1).normal(3, 2, (50, 20)).astype(np.float32),
                                              np.linspace(0.5, 2, 20, dtype=np.float32), np.zeros(20, np.float32), 1e-5)),
    ],
    draw=scores_and_scales,
    hints=[
        "Mean and variance of each unit: `Z.mean(axis=0)` and `Z.var(axis=0)`, both of shape (h,).",
        "Subtract the mean, divide by the root of (variance + epsilon). What is that for a unit that is always the same?",
        "The last line is `gamma * Z_hat + beta`, each unit with its own two numbers.",
    ],
    praise="A layer whose answer to an image depends on the others in the batch: that is why it needs a second way of "
    "working when the network is asked.",
)  # fmt: skip


@batch_norm.mistake("each image is normalised", ask="Along which axis do the images of a batch lie?")
def each_image(Z, gamma, beta, epsilon):
    """Mean and spread were taken along each row: over the units of an image, and not over the batch for a unit. (That is
    another layer, called layer normalisation.)"""
    mean, variance = Z.mean(axis=1, keepdims=True), Z.var(axis=1, keepdims=True)
    return gamma * (Z - mean) / np.sqrt(variance + epsilon) + beta


@batch_norm.mistake("one mean for the whole table", ask="How many means does a layer of h units need?")
def whole_table(Z, gamma, beta, epsilon):
    """All units share one mean and one spread. Each unit should have its own."""
    return gamma * (Z - Z.mean()) / np.sqrt(Z.var() + epsilon) + beta


@batch_norm.mistake("divided by the variance", ask="A unit's scores are all doubled. By how much does its variance grow?")
def by_the_variance(Z, gamma, beta, epsilon):
    """The root is missing: a unit with scores twice as large would come out half as large."""
    return gamma * (Z - Z.mean(axis=0)) / (Z.var(axis=0) + epsilon) + beta


@batch_norm.mistake(
    "epsilon outside the root", kind="convention", ask="Where does the formula add epsilon: to the variance, or to its root?"
)
def outside_the_root(Z, gamma, beta, epsilon):
    """epsilon was added to the standard deviation. It protects as well, but gives other numbers than the formula here, which
    is that of the paper and the libraries."""
    return gamma * (Z - Z.mean(axis=0)) / (Z.std(axis=0) + epsilon) + beta


@batch_norm.mistake("without epsilon", kind="fragile", ask="What is the spread of a unit that is silent for the whole batch?")
def without_epsilon(Z, gamma, beta, epsilon):
    """A unit that gives the same number for every image has the spread 0, and 0 / 0 is nan."""
    return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0)) + beta


@batch_norm.mistake("divided by n - 1", kind="convention", ask="By what does `Z.var(axis=0)` divide, and by what with `ddof=1`?")
def one_less(Z, gamma, beta, epsilon):
    """The variance was computed with n - 1, as for a sample. Batch normalisation uses n while it learns; and a batch of
    one image would divide by 0."""
    n = len(Z)
    with np.errstate(all="ignore"):
        return gamma * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) * n / np.float64(n - 1) + epsilon) + beta


@batch_norm.mistake("the mean is not subtracted", ask="What should the mean of a unit be, before gamma and beta?")
def not_centred(Z, gamma, beta, epsilon):
    """The spread is right, but the mean of each unit is still where it was."""
    return gamma * Z / np.sqrt(Z.var(axis=0) + epsilon) + beta


@batch_norm.mistake("beta is scaled too", ask="What should the mean of a unit be in the end?")
def shift_before_scale(Z, gamma, beta, epsilon):
    """The shift came before the scale: the mean of a unit is then gamma times beta."""
    return gamma * ((Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon) + beta)


@batch_norm.mistake("gamma and beta are exchanged", ask="Which of the two is multiplied, and which is added?")
def exchanged_scales(Z, gamma, beta, epsilon):
    """The normalised scores were multiplied by beta, and gamma was added."""
    return beta * (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon) + gamma


@batch_norm.mistake("only mean and standard deviation", ask="What are the other three arguments for?")
def standardised(Z, gamma, beta, epsilon):
    """Each unit is brought to mean 0 and spread 1, and that is half of it: the scale, the shift and epsilon are missing, and a
    unit that is always the same becomes nan."""
    return (Z - Z.mean(axis=0)) / Z.std(axis=0)


@batch_norm.mistake("without gamma and beta", ask="Which two arrays does the layer learn, and where do they come in?")
def only_normalised(Z, gamma, beta, epsilon):
    """Mean 0 and spread 1 is right for every unit, but the scale and the shift, which are learned, are missing."""
    return (Z - Z.mean(axis=0)) / np.sqrt(Z.var(axis=0) + epsilon)


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "15",
    (
        "fair comparison of two data sets",
        "13",
        "Network A reached 91.3 % in one run, network B 91.6 % in one run. What do you know?",
        {
            "B is better": "Would A be as far behind with another seed? One run does not say.",
            "nothing yet: another seed may turn them round": "A few seeds each, then the difference beside the spread.",
            "both are equally good": "That is as bold a claim as the other one. One run each cannot tell.",
        },
        "nothing yet: another seed may turn them round",
    ),
    (
        "confusing pairs",
        "13",
        "In a confusion matrix, row 4 and column 9 hold a 30. What does that mean?",
        {
            "30 fours were taken for nines": "A row is what the image is, a column what it was taken for.",
            "30 nines were taken for fours": "For that, look in row 9 and column 4.",
            "4 and 9 were confused 30 times, either way": "Each direction has a place of its own, and they often differ.",
        },
        "30 fours were taken for nines",
    ),
    (
        "best of twenty reported",
        "10",
        "Somebody trains 20 networks, reads 300 test images with each, and reports the best one. What is wrong?",
        {
            "nothing, the images were never trained on": "They chose the winner, who therefore looks too good on them.",
            "300 images are too many": "More images would make it better, not worse.",
            "the number is partly luck: those images chose the winner": "Choose on one set, report on another, once.",
        },
        "the number is partly luck: those images chose the winner",
    ),
)

Question(
    "training accuracy with dropout",
    "15",
    "With dropout, almost every third hidden unit is silent in each step. Does the network still reach 100 % on its 2 000 "
    "training images, asked with all units?",
    {
        "no, it stays below 90 %": "Each step thins the network out, true. But it is asked with all units, after 20 epochs.",
        "yes, or nearly": "Dropout makes learning by heart harder, not impossible. 128 units are plenty for 2 000 images.",
        "only by luck": "Twenty epochs of 40 steps each give it 800 chances.",
    },
    "yes, or nearly",
)
Question(
    "who raises the accuracy",
    "15",
    "Without new images: which of these raises the validation accuracy most?",
    {
        "L2": "It keeps the weights small, which tames the loss. Does it change which class comes first?",
        "label smoothing": "It asks for 0.91 in place of 1 (amount 0.1): the network stops pushing where it is right already.",
        "dropout": "It brought some tenths of a point in section 4. Could asking for less bring more?",
    },
    "label smoothing",
)
Question(
    "three more remedies",
    "15",
    "Warps and label smoothing together raise the accuracy by more than three points. Now dropout, L2 and batch normalisation "
    "are added. What does that change?",
    {
        "half a point more, or better": "Dropout brought some tenths by itself. Is as much left to gain, once the images change?",
        "nothing to speak of": "They fight the same ill. Where the images keep changing, little is left to be learned by heart.",
        "it falls back to the baseline": "They make learning harder, but not as much harder as that.",
    },
    "nothing to speak of",
)
