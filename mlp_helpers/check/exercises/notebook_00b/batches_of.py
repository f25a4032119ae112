"""Notebook 00b: write a generator of the start and end of each batch."""

import itertools

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

MANY = 100  # of what is handed out, more than any case asks for


def batches_of(n, size):
    """Yield where each batch starts and where the next one does, the last batch perhaps smaller."""
    for start in range(0, n, size):
        yield start, min(start + size, n)


def as_pairs(value, *arguments):
    """What was handed out, one by one, as a list of lists of whole numbers."""
    first = itertools.islice(value, MANY)
    return {"what is handed out": [[int(place) for place in pair] if np.iterable(pair) else pair for pair in first]}


exercise = Exercise(
    batches_of,
    notebook="00b",
    place="starred",
    view=as_pairs,
    asks="pairs of whole numbers",
    cases=[
        Case("seven things, three at a time", 7, 3),
        Case("six things, three at a time", 6, 3),
        Case("five things, one at a time", 5, 1),
        Case("as many as there are", 4, 4),
        Case("fewer than a batch", 3, 10),
        Case("1 000 things, 64 at a time", 1000, 64),
        Case("nothing at all", 0, 3, harsh=True),
    ],
    draw=lambda rng: (int(rng.integers(1, 40)), int(rng.integers(1, 12))),
    hints=[
        "`range(0, n, size)` gives the starts: 0, size, 2 size … below n.",
        "After `yield` come two numbers, `start, stop`. The last stop must not go beyond n: `min` takes the smaller of two.",
    ],
    praise="Nothing is left out, and nothing comes twice. The network will get its images in such pieces, 64 at a time.",
)


@exercise.mistake("the last batch goes beyond the end", kind="fragile", ask="Where do seven things end, taken three at a time?")
def _(n, size):
    """The last pair ends after n. A slice forgives that; whoever counts the images of a batch is told too many."""
    for start in range(0, n, size):
        yield start, start + size


@exercise.mistake("the last, smaller batch is missing", kind="convention", ask="What happens to the seventh of seven things?")
def _(n, size):
    """Some drop what does not fill a batch. Here nothing is lost: the last batch is smaller."""
    for i in range(n // size):
        yield i * size, (i + 1) * size


@exercise.mistake("Only the first batch", ask="How often is the line with `yield` run?")
def _(n, size):
    """Only one pair comes out. `yield` hands one pair out and goes on when the next is asked for."""
    yield 0, min(size, n)


@exercise.mistake("One pair instead of many", ask="What does a function do after `return`, and what after `yield`?")
def _(n, size):
    """One pair of numbers comes back. `return` ends a function; `yield` hands out one pair after another."""
    return 0, min(size, n)


@exercise.mistake("The batches overlap", ask="By how much must the start grow from one batch to the next?")
def _(n, size):
    """Each batch starts one after the batch before: most things are in several batches."""
    for start in range(n):
        yield start, min(start + size, n)


@exercise.mistake("Only the starts", ask="Which two numbers should follow `yield`?")
def _(n, size):
    """One number comes at a time, where the batch starts. Where it stops is missing."""
    yield from range(0, n, size)


@exercise.mistake("the last thing instead of the one after it", kind="convention", ask="Is `a[3]` part of `a[0:3]`?")
def _(n, size):
    """The second number is the last thing that belongs to the batch. As in slices, it should be the first that does not."""
    for start in range(0, n, size):
        yield start, min(start + size, n) - 1


@exercise.mistake("Start and size", ask="What should the second number say: how many, or up to where?")
def _(n, size):
    """The second number says how large the batch is. It should say where it stops."""
    for start in range(0, n, size):
        yield start, min(size, n - start)


@exercise.mistake("The things themselves", ask="How many numbers should follow `yield`?")
def _(n, size):
    """Each batch comes with all of its numbers. Where it starts and where it stops is enough."""
    for start in range(0, n, size):
        yield list(range(start, min(start + size, n)))


@exercise.mistake("Not in pairs", ask="What should follow one `yield`, so that both numbers come together?")
def _(n, size):
    """Start and stop come one after the other, as single numbers. They should come together, as a pair."""
    for start in range(0, n, size):
        yield start
        yield min(start + size, n)


@exercise.mistake("The stop does not move along", ask="Where does the second batch stop?")
def _(n, size):
    """The second number is the same for every batch: the size of one. It should say where this batch stops."""
    for start in range(0, n, size):
        yield start, size


@exercise.mistake("Only the last batch", ask="How far indented is the line that hands a pair out?")
def _(n, size):
    """One pair comes out, and it is the last one. Every batch should come out in its turn."""
    start = (n - 1) // size * size
    yield start, min(start + size, n)


@exercise.mistake("an empty batch at the end", kind="fragile", ask="How many batches do six things make, taken three at a time?")
def _(n, size):
    """Where the size divides the number of things, one more pair is handed out, with nothing between start and stop."""
    for i in range(n // size + 1):
        yield i * size, min((i + 1) * size, n)


@exercise.mistake("The last batch is always missing", ask="Where does the last batch begin? Does the loop reach that place?")
def _(n, size):
    """There is one pair too few, even where the last batch is a full one."""
    for start in range(0, n - size, size):
        yield start, start + size


@exercise.mistake("The stop comes first", ask="In which order does `range` take where to begin and where to end?")
def _(n, size):
    """Both numbers are right, but the wrong way round."""
    for start in range(0, n, size):
        yield min(start + size, n), start
