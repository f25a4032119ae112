"""Notebook 13: write the pairs of classes that are confused most often."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def pairs_of(k):
    return [(i, j) for i in range(k) for j in range(i + 1, k)]


def table_without_ties(rng, k=None, n=None):
    """A confusion matrix in which no two entries are equal, no two sums or differences of a pair, and no two right answers."""
    k = k or int(rng.integers(2, 7))
    places = pairs_of(k)
    while True:
        counts = rng.choice(20 * k * k, (k, k), replace=False)
        both = counts + counts.T
        apart = abs(counts - counts.T)
        if all(len({int(table[pair]) for pair in places}) == len(places) for table in (both, apart)):
            break
    counts[np.arange(k), np.arange(k)] = 20 * k * k + rng.choice(400, k, replace=False)
    return counts, n or int(rng.integers(1, len(places) + 1))


def most_confused_pairs(counts):
    """All pairs (i, j), i < j, the most confused first."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -(counts[pair] + counts[pair[::-1]]))


def most_confused(counts, n):
    """Return the n pairs of classes with the most mistakes in both directions together."""
    pairs = []
    for i in range(len(counts)):
        for j in range(i):
            pairs.append((counts[i, j] + counts[j, i], j, i))
    return [(j, i) for mistakes, j, i in sorted(pairs, reverse=True)[:n]]


def in_order(pairs, *arguments):
    """What matters of a list of pairs (or an array): each under its number; in words, where they are no pairs of classes."""
    if isinstance(pairs, (list, tuple)) and pairs and all(isinstance(each, (int, np.integer)) for each in pairs):
        return "a list of single numbers"
    entries = [[int(i) for i in entry] for entry in pairs]
    if any(len(entry) != 2 for entry in entries):
        return f"entries of {next(len(entry) for entry in entries if len(entry) != 2)} numbers"
    if any(i == j for i, j in entries):
        return "a class with itself"
    return {"number of pairs": f"{len(entries)}"} | {f"pair {place}": np.array(pair) for place, pair in enumerate(entries, 1)}


exercise = Exercise(
    most_confused,
    notebook="13",
    place="starred",
    cases=[
        Case("three classes", np.array([[9, 1, 2], [3, 8, 0], [1, 0, 7]]), 2),
        Case("two classes", np.array([[5, 1], [2, 6]]), 1),
        Case("both directions count", np.array([[30, 0, 5], [0, 31, 4], [0, 4, 32]]), 1),
        Case("one direction at a time", np.array([[90, 0, 12], [30, 80, 3], [1, 4, 70]]), 3),
        Case("classes of different sizes", np.array([[900, 40, 3], [41, 800, 2], [1, 5, 8]]), 2),
        Case("ten classes", *table_without_ties(np.random.default_rng(13), 10, 4)),
    ],
    draw=table_without_ties,
    view=in_order,
    asks="a list of pairs of two classes",
    hints=[
        "Each pair should come up once: for a class `i`, let `j` run over the classes before it, `range(i)`.",
        "Collect `(counts[i, j] + counts[j, i], j, i)` in a list. `sorted(list, reverse=True)` puts the largest number first.",
        "From the sorted list take the first `n`, and from each entry the two classes: "
        "`[(j, i) for mistakes, j, i in …[:n]]`. The smaller class comes first.",
    ],
    praise="A list of ten pairs says more about a classifier than a second digit of its accuracy.",
)


@exercise.mistake("A class is paired with itself", ask="What does the diagonal of the table count?")
def _(counts, n):
    """The diagonal is among the pairs. It counts what was read rightly, and that is no mistake."""
    both = counts + counts.T
    pairs = [(i, j) for i in range(len(counts)) for j in range(i, len(counts))]
    return sorted(pairs, key=lambda pair: -both[pair])[:n]


@exercise.mistake("Each direction by itself", ask="Where do shirts read as coats stand, and where coats read as shirts?")
def _(counts, n):
    """Each entry counts alone. Two classes that are taken for each other 30 times each way have 60 mistakes between them."""
    places = [(i, j) for i in range(len(counts)) for j in range(len(counts)) if i != j]
    return sorted(places, key=lambda place: -counts[place])[:n]


@exercise.mistake("Only above the diagonal", ask="Which mistakes stand below the diagonal?")
def _(counts, n):
    """Only the entries above the diagonal count: the other direction of every pair stands below it."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -counts[pair])[:n]


@exercise.mistake("Only below the diagonal", ask="Which mistakes stand above the diagonal?")
def _(counts, n):
    """Only the entries below the diagonal count: the other direction of every pair stands above it."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -counts[pair[::-1]])[:n]


@exercise.mistake("Each pair comes twice", ask="Is 4 and 9 a different pair from 9 and 4?")
def _(counts, n):
    """Both (i, j) and (j, i) are in the list, with the same number of mistakes."""
    both = counts + counts.T
    places = [(i, j) for i in range(len(counts)) for j in range(len(counts)) if i != j]
    return sorted(places, key=lambda place: -both[place])[:n]


@exercise.mistake("Each pair comes twice, the larger class first", ask="Is 4 and 9 a different pair from 9 and 4?")
def _(counts, n):
    """Both (j, i) and (i, j) are in the list, with the same number of mistakes. That is so when the whole table is sorted and
    turned round."""
    both = counts + counts.T
    places = [(i, j) for i in range(len(counts)) for j in range(len(counts)) if i != j]
    return sorted(places, key=lambda place: both[place])[::-1][:n]


@exercise.mistake("The fewest mistakes first", ask="In which order does sorted put numbers, and what turns it round?")
def _(counts, n):
    """The list begins with the pairs that are confused least."""
    return most_confused_pairs(counts)[::-1][:n]


@exercise.mistake(
    "The right pairs, from the end", ask="Which of them has the most mistakes, and where does it stand in your list?"
)
def _(counts, n):
    """These are the n pairs that are wanted, but the most confused one comes last. `argsort` and `sorted` put the smallest number
    first."""
    return most_confused_pairs(counts)[:n][::-1]


@exercise.mistake("the larger class first", kind="convention", ask="Which class of a pair should come first?")
def _(counts, n):
    """The pairs are right, each with its larger class first. Here the smaller one comes first, so that lists can be compared."""
    return [(j, i) for i, j in most_confused_pairs(counts)[:n]]


@exercise.mistake("The two directions subtracted", ask="How many mistakes are there between two classes, both ways together?")
def _(counts, n):
    """The two directions are subtracted. Classes that are taken for each other equally often then count for nothing."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -abs(int(counts[pair]) - int(counts[pair[::-1]])))[:n]


@exercise.mistake("Shares of the classes were compared", ask="Does the exercise compare numbers of mistakes, or shares?")
def _(counts, n):
    """Each row is divided by the number of its images first. In a small class a few mistakes are then a large share."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    return sorted(pairs_of(len(counts)), key=lambda pair: -(shares[pair] + shares[pair[::-1]]))[:n]


@exercise.mistake("All pairs", ask="How many pairs does the caller ask for?")
def _(counts, n):
    """The order is right, and the list does not end after n pairs."""
    return most_confused_pairs(counts)


@exercise.mistake("The number of mistakes is still there", ask="Which two parts of each entry are asked for?")
def _(counts, n):
    """Each entry is (mistakes, i, j), where (i, j) is wanted."""
    return [(counts[pair] + counts[pair[::-1]], *pair) for pair in most_confused_pairs(counts)[:n]]


@exercise.mistake("One flat list", ask="What does each entry of the list in the docstring look like?")
def _(counts, n):
    """It is a list of single classes. The two classes of a pair belong together, as one entry of the list."""
    return [i for pair in most_confused_pairs(counts)[:n] for i in pair]


@exercise.mistake("ten classes are written out", kind="fragile", ask="How many classes does the given table have?")
def _(counts, n):
    """It goes through ten classes, whatever the table has: with fewer of them there is an error."""
    pairs = [(counts[i, j] + counts[j, i], i, j) for i in range(10) for j in range(i + 1, 10)]
    return [(i, j) for _, i, j in sorted(pairs, reverse=True)[:n]]


@exercise.mistake(
    "Only the larger of the two directions", ask="How many mistakes are there between two classes, both ways together?"
)
def _(counts, n):
    """Of the two directions of a pair only the larger one counts."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -max(counts[pair], counts[pair[::-1]]))[:n]
