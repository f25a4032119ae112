"""Notebook 08: write a generator of shuffled mini-batches."""

import numpy as np

from mlp_helpers.check.engine.comparing import word
from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import ENOUGH, fresh, used
from mlp_helpers.core import data


def step_of_numbers(d):
    return 10 if d <= 10 else 1000


def numbered(n, d, batch_size, one_hot=None):
    """Row i begins with 10 i (or 1000 i), and its label is i: so one can see where a row of a batch comes from."""
    X = step_of_numbers(d) * np.arange(n)[:, np.newaxis] + np.arange(d)
    y = np.arange(n) if one_hot is None else np.eye(one_hot)[np.arange(n) % one_hot]
    return X, y, batch_size, fresh()


def packed(value, X, y, batch_size, rng):
    """What does not depend on chance: sizes, pairs, repetitions, the sort of order, whose random numbers."""
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], np.ndarray):
        return "one batch"
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], list):
        return "a list for X and a list for y"
    if isinstance(value, np.ndarray):
        return word(value)
    batches = list(value)
    if batches and all(isinstance(batch, np.ndarray) for batch in batches):
        numbers = all(batch.ndim == 1 for batch in batches)
        return "row numbers without rows and labels" if numbers else "single arrays"
    if batches and all(is_pair(batch, X, y) or (len(batch) and all(is_pair(part, X, y) for part in batch)) for batch in batches):
        return "pairs of one image and one label"
    if batches and all(isinstance(batch, list) and all(isinstance(part, tuple) for part in batch) for batch in batches):
        return "lists of pairs"
    if all(is_numbers(batch, X, y) for batch in batches):
        return "row numbers with labels"
    if any(len(batch) != 2 or np.ndim(batch[0]) != X.ndim or np.ndim(batch[1]) != y.ndim for batch in batches):
        return "parts without the axes of X and y"
    seen = {
        "sizes of X, largest first": sizes_of(batch[0] for batch in batches),
        "sizes of y, largest first": sizes_of(batch[1] for batch in batches),
    }
    if len(X) < ENOUGH or not batches:
        return seen
    step = step_of_numbers(X.shape[1])
    numbers = [np.asarray(rows)[:, 0] // step for rows, _ in batches]
    order = np.concatenate(numbers).astype(int)
    if not np.array_equal(np.concatenate([rows for rows, _ in batches]), step * order[:, np.newaxis] + np.arange(X.shape[1])):
        return {**seen, "rows are": "not those of X"}
    labels = np.concatenate([labels for _, labels in batches])
    own = np.array_equal(labels, order if y.ndim == 1 else np.eye(y.shape[1])[order % y.shape[1]])
    seen["an image comes with"] = "its own label" if own else "not always its own label"
    seen["an image comes"] = how_often(numbers)
    seen["order of the rows"] = sort_of_order(numbers, batch_size)
    if seen["order of the rows"] != "as given":
        seen["random numbers from"] = "rng" if used(rng) else "elsewhere"
    return seen


def is_pair(thing, X, y):
    """Return whether this is one image and its label."""
    if not isinstance(thing, tuple | list) or len(thing) != 2:
        return False
    return isinstance(thing[0], np.ndarray) and thing[0].shape == X.shape[1:] and np.shape(thing[1]) == y.shape[1:]


def is_numbers(batch, X, y):
    """Return whether this is a pair of row numbers and the labels that belong to them."""
    numbers = batch[0] if isinstance(batch, tuple | list) and len(batch) == 2 else None
    numbered = isinstance(numbers, np.ndarray) and numbers.ndim == 1 and numbers.dtype.kind in "iu"
    return numbered and np.shape(batch[1]) == np.shape(y[numbers % len(y)])


def sizes_of(parts):
    return np.array(sorted(map(len, parts), reverse=True))


def how_often(numbers):
    """Say whether an image comes again, and, where chance cannot decide about it, whether it does so inside a batch."""
    order = np.concatenate(numbers)
    if len(np.unique(order)) == len(order):
        return "at most once"
    by_lot = sum(len(number) * (len(number) - 1) for number in numbers) / (2 * len(order))  # pairs expected if put back
    never_inside = all(len(np.unique(number)) == len(number) for number in numbers)
    return "twice or more, but never in one batch" if by_lot > 6 and never_inside else "sometimes twice or more"


def sort_of_order(numbers, batch_size):
    steps = np.diff(np.concatenate(numbers))
    if (steps >= 0).all():
        return "as given"
    if (steps != 1).sum() == 1:
        return "as given, from another row on"
    blocks = all(np.ptp(number) < batch_size for number in numbers if len(number))
    if not blocks or batch_size == 1 or len(numbers) < 4:  # with three batches it could be chance
        return "mixed"
    first = [number.min() for number in numbers if len(number)]
    return "only mixed inside each batch" if first == sorted(first) else "neighbours stay in one batch"


def drawn_batches(rng):
    n, d = int(rng.choice([1, 2, 5, 12, 20, 31])), int(rng.integers(1, 5))
    return numbered(n, d, int(rng.integers(1, 8)), one_hot=int(rng.integers(2, 5)) if rng.random() < 0.5 else None)


exercise = Exercise(
    data.minibatches,
    notebook="08",
    place="in class",
    view=packed,
    asks="one pair for each batch, its rows of X and of y",
    cases=[
        Case("twelve rows in batches of five", *numbered(12, 2, 5)),
        Case("twelve rows in batches of four", *numbered(12, 3, 4)),
        Case("one-hot labels", *numbered(20, 4, 6, one_hot=3)),
        Case("as many rows as columns", *numbered(15, 15, 4)),
        Case("100 images of 784 pixels", *numbered(100, 784, 16, one_hot=10)),
        Case("a single row", *numbered(1, 3, 2), harsh=True),
        Case("batches of one", *numbered(14, 2, 1), harsh=True),
        Case("all rows in one batch", *numbered(16, 2, 16), harsh=True),
        Case("a batch larger than the data", *numbered(13, 2, 64), harsh=True),
    ],
    draw=drawn_batches,
    hints=[
        "`rng.permutation(n)` gives the row numbers 0 to n − 1 in random order. Cut that order into pieces.",
        "`range(0, len(X), batch_size)` gives the places where the pieces begin. A slice that goes past the end stops there.",
        "`rows = order[start : start + batch_size]`, and then X and y are both indexed with the same `rows`.",
    ],
    praise="Every image once in each epoch, with its own label: that is what nearly all libraries hand out.",
)


@exercise.mistake("Images meet the labels of others", ask="In which order do the images come, and in which order the labels?")
def _(X, y, batch_size, rng):
    """X and y do not come in the same order, so that an image meets the label of another one."""
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@exercise.also("Images meet the labels of others")
def _(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[order[start : start + batch_size]]


@exercise.mistake(
    "Shuffles the caller's arrays, each by itself", ask="Which order do X and y share afterwards, and whose arrays are they?"
)
def _(X, y, batch_size, rng):
    """X and y were put into two different orders, in the caller's own arrays, which are still needed.
    (`rng.shuffle` moves the rows of the array that it is given, and each call draws an order of its own.)"""
    rng.shuffle(X)
    rng.shuffle(y)
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@exercise.mistake(
    "the last, smaller batch is dropped", kind="convention", ask="12 images in batches of 5: in which batch are the last two?"
)
def _(X, y, batch_size, rng):
    """Only full batches are handed out. Others do so, because then all batches have one shape; here every image counts
    in every epoch."""
    order = rng.permutation(len(X))
    for batch in range(len(X) // batch_size):
        rows = order[batch * batch_size : (batch + 1) * batch_size]
        yield X[rows], y[rows]


@exercise.mistake("The last batch is always missing", ask="Where does the last batch begin? Does the loop reach that place?")
def _(X, y, batch_size, rng):
    """There is one batch too few, even where the last batch is a full one."""
    order = rng.permutation(len(X))
    for start in range(0, len(X) - batch_size, batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@exercise.mistake("Sampled with replacement", ask="How often does each row number occur in a shuffled list of all row numbers?")
def _(X, y, batch_size, rng):
    """The rows are drawn like lots that are put back: some images come twice or more in an epoch, about a third not at all."""
    order = rng.integers(0, len(X), len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@exercise.mistake("Every batch drawn anew", ask="How does a batch know which images were in the batches before it?")
def _(X, y, batch_size, rng):
    """Each batch draws from all images, even from those that have had their turn: some come twice or more in an epoch,
    others not at all, and the last batch is as large as the rest."""
    for _ in range(0, len(X), batch_size):
        rows = rng.integers(0, len(X), batch_size)
        yield X[rows], y[rows]


@exercise.mistake("A new draw for each batch", ask="How does a batch know which images were in the batches before it?")
def _(X, y, batch_size, rng):
    """Each batch is drawn from all images again, for example by a new order of all of them for each batch. No batch has an image
    twice, but in an epoch some come twice or more, and others not at all."""
    for start in range(0, len(X), batch_size):
        rows = rng.permutation(len(X))[start : start + batch_size]
        yield X[rows], y[rows]


@exercise.also("A new draw for each batch")
def _(X, y, batch_size, rng):
    for _ in range(0, len(X), batch_size):
        rows = rng.permutation(len(X))[:batch_size]
        yield X[rows], y[rows]


@exercise.also("A new draw for each batch")
def _(X, y, batch_size, rng):
    for _ in range(len(X) // batch_size):
        rows = rng.permutation(len(X))[:batch_size]
        yield X[rows], y[rows]


@exercise.mistake(
    "Every batch drawn anew, and one too few", ask="How does a batch know which images were in the batches before it?"
)
def _(X, y, batch_size, rng):
    """Each batch draws from all images, even from those that have had their turn: some come twice or more in an epoch,
    others not at all."""
    for _ in range(len(X) // batch_size):
        rows = rng.integers(0, len(X), batch_size)
        yield X[rows], y[rows]


@exercise.mistake("Never shuffled", ask="What decides which images share a batch, and is it different in the next epoch?")
def _(X, y, batch_size, rng):
    """The batches come in the order of the data, the same in every epoch. Where the data are sorted, a batch would hold
    one digit."""
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@exercise.mistake("Whole batches are shuffled", ask="Which images can meet in one batch, and which never?")
def _(X, y, batch_size, rng):
    """The batches do not come in the order of the data, but each of them holds neighbours, the same in every epoch."""
    for start in rng.permutation(np.arange(0, len(X), batch_size)):
        yield X[start : start + batch_size], y[start : start + batch_size]


@exercise.mistake("Shuffled only inside each batch", ask="Which images can meet in one batch, and which never?")
def _(X, y, batch_size, rng):
    """The batches come in the order of the data, and only inside each of them have the rows changed places. The same images
    share a batch in every epoch."""
    for start in range(0, len(X), batch_size):
        rows = start + rng.permutation(len(X[start : start + batch_size]))
        yield X[rows], y[rows]


@exercise.mistake(
    "The order does not come from rng", ask="Where should the order come from, so that the caller's seed determines it?"
)
def _(X, y, batch_size, rng):
    """Every image comes with its own label, in another order than in the data, but `rng` was not asked for it: either nobody
    can repeat this training, or every epoch has the same order."""
    yield from data.minibatches(X, y, batch_size, np.random.default_rng(0))


@exercise.mistake("Only the first batch", ask="What does `return` do to a loop, and what does `yield` do?")
def _(X, y, batch_size, rng):
    """One batch comes back, and the function is over. `return` inside a loop ends it."""
    rows = rng.permutation(len(X))[:batch_size]
    return X[rows], y[rows]


@exercise.mistake("Only the first batch is handed out", ask="How many batches should come, and what ends yours after the first?")
def _(X, y, batch_size, rng):
    """One batch is handed out, and nothing comes after it."""
    rows = rng.permutation(len(X))[:batch_size]
    yield X[rows], y[rows]


@exercise.mistake(
    "That many batches, not batches that large", ask="Is `batch_size` the number of batches or the number of images in one?"
)
def _(X, y, batch_size, rng):
    """The data are cut into about `batch_size` pieces. It is the size of one batch that is given."""
    return [(X[rows], y[rows]) for rows in np.array_split(rng.permutation(len(X)), batch_size)]


@exercise.mistake(
    "batches of equal size", kind="convention", ask="Which batches should have exactly the size that was asked for?"
)
def _(X, y, batch_size, rng):
    """The rest is distributed over all batches, so that they are nearly equal. That is fair to the last images; here all
    but the last batch have the size that was asked for."""
    pieces = -(-len(X) // batch_size)
    return [(X[rows], y[rows]) for rows in np.array_split(rng.permutation(len(X)), pieces)]


@exercise.mistake("Batches that overlap", ask="How far is it from the beginning of one batch to the beginning of the next?")
def _(X, y, batch_size, rng):
    """A batch begins at every single row, so that most images come several times."""
    order = rng.permutation(len(X))
    for start in range(len(X)):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@exercise.mistake(
    "an empty batch at the end", kind="fragile", ask="12 images in batches of 4: how many batches, and where does the last begin?"
)
def _(X, y, batch_size, rng):
    """Where the batch size divides the number of images, one more batch is handed out, with nothing in it. Its mean loss
    would be nan."""
    order = rng.permutation(len(X))
    for batch in range(len(X) // batch_size + 1):
        rows = order[batch * batch_size : (batch + 1) * batch_size]
        yield X[rows], y[rows]


@exercise.mistake("Two lists", ask="What does `for X_batch, y_batch in …` take out of your result in its first round?")
def _(X, y, batch_size, rng):
    """All batches of X come in one list and all batches of y in another. The exercise asks for pairs, one after another."""
    pairs = list(data.minibatches(X, y, batch_size, rng))
    return [rows for rows, _ in pairs], [labels for _, labels in pairs]


@exercise.mistake("Not in pairs", ask="What should follow `yield`, so that rows and labels come out together?")
def _(X, y, batch_size, rng):
    """Single arrays are handed out. Rows and their labels should come together, as a pair."""
    for rows, labels in data.minibatches(X, y, batch_size, rng):
        yield rows
        yield labels


@exercise.mistake(
    "The row numbers without the rows", ask="What does a training step need: numbers of rows, or images and labels?"
)
def _(X, y, batch_size, rng):
    """It hands out which rows belong to a batch, not the images and the labels in those rows."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield order[start : start + batch_size]


@exercise.mistake(
    "Pairs of one image and one label",
    ask="`X[rows]` with several row numbers is one array. What would the same be for the labels?",
)
def _(X, y, batch_size, rng):
    """Each image comes with its own label, one by one. A training step needs a batch as two arrays: all its images in one, all
    its labels in the other."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield [(X[row], y[row]) for row in order[start : start + batch_size]]


@exercise.mistake("Row numbers in place of rows", ask="What does a training step need: numbers of rows, or images?")
def _(X, y, batch_size, rng):
    """The labels are those of the batch. With them come the numbers of the rows, and not the rows of X themselves."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield rows, y[rows]


@exercise.mistake("The end does not move along", ask="Where does the second batch begin, and where does it end?")
def _(X, y, batch_size, rng):
    """The first batch is full, and all others are empty: they begin further on, and end where the first one ended."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start:batch_size]
        yield X[rows], y[rows]


@exercise.mistake("Only the last batch", ask="How far indented is the line that hands a batch out?")
def _(X, y, batch_size, rng):
    """One batch comes out, and it is the last one. Every batch should come out in its turn."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
    yield X[rows], y[rows]


@exercise.also("That many batches, not batches that large")
def _(X, y, batch_size, rng):
    order, size = rng.permutation(len(X)), max(len(X) // batch_size, 1)
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        yield X[rows], y[rows]


@exercise.also("That many batches, not batches that large")
def _(X, y, batch_size, rng):
    order, size = rng.permutation(len(X)), len(X) // batch_size
    for start in range(0, len(X), size):
        rows = order[start : start + size]
        yield X[rows], y[rows]


@exercise.mistake("the batch size is a fixed number", kind="fragile", ask="Who says how large a batch is?")
def _(X, y, batch_size, rng):
    """The batches have a size of their own, 64, whatever `batch_size` says."""
    yield from data.minibatches(X, y, 64, rng)


@exercise.mistake("Only the beginning is drawn", ask="Which images can meet in one batch, and which never?")
def _(X, y, batch_size, rng):
    """The rows follow one another as in the data, from a random row on and round to the one before it. So neighbours share a
    batch, and where the data are sorted a batch would hold one digit."""
    order = np.roll(np.arange(len(X)), rng.integers(1, len(X)) if len(X) > 1 else 0)
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@exercise.mistake("the rest joins the last batch", kind="convention", ask="12 images in batches of 5: how large are the batches?")
def _(X, y, batch_size, rng):
    """What does not fill a batch is added to the one before, which is then larger than the others. Here it is a batch of its
    own, smaller than the others."""
    order, count = rng.permutation(len(X)), max(len(X) // batch_size, 1)
    for batch in range(count):
        rows = order[batch * batch_size : (batch + 1) * batch_size if batch + 1 < count else None]
        yield X[rows], y[rows]
