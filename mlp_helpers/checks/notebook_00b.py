"""Exercises and questions of notebook 00b, Warm up with NumPy."""

import numpy as np

from . import solutions
from .exercise import Case, Exercise
from .questions import Question

# --- row_shares --------------------------------------------------------------------------------------------------------

PENCIL = np.array([[1.0, 2.0, 1.0], [5.0, 0.0, 5.0]])
SQUARE = np.array([[1.0, 1.0, 2.0], [3.0, 5.0, 2.0], [0.5, 0.25, 0.25]])


def counts(seed, n, k):
    return np.random.default_rng(seed).integers(1, 20, (n, k)).astype(float)


row_shares = Exercise(
    solutions.row_shares,
    notebook="00b",
    place="at home",
    cases=[
        Case("two rows of three", (PENCIL,)),
        Case("one row", (np.array([[6.0, 2.0, 1.0, 1.0]]),)),
        Case("as many rows as columns", (SQUARE,)),
        Case("whole numbers", (np.array([[1, 3], [2, 2], [5, 15]]),)),
        Case("one column", (np.array([[4.0], [2.0]]),)),
        Case("100 rows of ten", (counts(1, 100, 10),)),
    ],
    draw=lambda rng: (rng.uniform(0.1, 9, rng.integers(1, 7, 2)),),
    hints=[
        "The sums of the rows: which axis runs along a row, and so disappears?",
        "`A.sum(axis=1)` has the shape (n,), and broadcasting would lay it along a row. As a column, (n, 1), it fits: keepdims.",
    ],
    praise="The same line, with exponentials in A, will be the heart of softmax in notebook 04.",
)


@row_shares.mistake("the sums of the columns", ask="Along which axis do the entries of one row lie?")
def column_shares(A):
    """Each column sums to 1, and not each row."""
    return A / A.sum(axis=0)


@row_shares.mistake("the sum of the whole table", ask="How many sums are needed for n rows?")
def shares_of_all(A):
    """Every entry is divided by the same number: all shares together sum to 1."""
    return A / A.sum()


@row_shares.mistake("one dimension is gone", ask="Which shape have the sums, and which would stand beside the rows?")
def shares_without_keepdims(A):
    """The sums have the shape (n,). Broadcasting lays them along a row: that fails, or, where there are as many rows as
    columns, divides by the wrong ones without a word."""
    return A / A.sum(axis=1)


@row_shares.mistake("divided by the mean", ask="What should the entries of a row add up to?")
def divided_by_the_mean(A):
    """The rows have the mean 1, and not the sum 1."""
    return A / A.mean(axis=1, keepdims=True)


@row_shares.mistake("divided by the largest", ask="What should the entries of a row add up to?")
def divided_by_the_largest(A):
    """The largest entry of each row became 1, but the rows do not sum to 1."""
    return A / A.max(axis=1, keepdims=True)


@row_shares.mistake("divided in place", kind="fragile", ask="Into which array does `/=` write, and which type has it?")
def shares_in_place(A):
    """`/=` writes into the array that was given: whoever called has lost the counts, and whole numbers refuse."""
    A /= A.sum(axis=1, keepdims=True)
    return A


@row_shares.mistake("the sums alone", ask="What is to be divided by them?")
def only_the_sums(A):
    """The sums of the rows come back, and not the rows divided by them."""
    return A.sum(axis=1, keepdims=True)


@row_shares.mistake("the fraction is dropped", ask="What is the difference between `/` and `//`?")
def shares_in_whole_numbers(A):
    """`//` drops what is behind the point, and of a share that is all."""
    return A // A.sum(axis=1, keepdims=True)


# --- centre_columns ----------------------------------------------------------------------------------------------------

centre_columns = Exercise(
    solutions.centre_columns,
    notebook="00b",
    place="at home",
    cases=[
        Case("three rows of two", (np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 60.0]]),)),
        Case("one row", (np.array([[6.0, 2.0, 1.0]]),)),
        Case("as many rows as columns", (SQUARE,)),
        Case("whole numbers", (np.array([[1, 3, 8], [2, 2, 1]]),)),
        Case("60 rows of five", (np.random.default_rng(2).normal(3, 2, (60, 5)),)),
    ],
    draw=lambda rng: (rng.normal(rng.uniform(-5, 5), 2, rng.integers(1, 7, 2)),),
    hints=[
        "One mean for each column, d of them: which axis must disappear?",
        "`X.mean(axis=0)` has the shape (d,), and broadcasting subtracts it from every row without any help.",
    ],
    praise="Shapes (n, d) and (d,) fit as they are: broadcasting begins at the last axis. A bias is added in the same way.",
)


@centre_columns.mistake("the means of the rows", ask="Which axis disappears, and which one stays?")
def centred_rows(X):
    """Each row has the mean 0 now, and the columns do not."""
    return X - X.mean(axis=1, keepdims=True)


@centre_columns.mistake("the means of the rows, laid along a row", ask="Which axis disappears, and which one stays?")
def centred_rows_without_keepdims(X):
    """There is one mean for each row, and they are laid along a row: that fails, or, in a square table, goes wrong without
    a word."""
    return X - X.mean(axis=1)


@centre_columns.mistake("one mean for all", ask="How many means do d columns have?")
def centred_as_a_whole(X):
    """The same number was subtracted everywhere: the mean of the whole table."""
    return X - X.mean()


@centre_columns.mistake("the other way round", ask="Should a number above the mean become positive or negative?")
def centred_backwards(X):
    """The entries were subtracted from the mean: what lay above it is negative now."""
    return X.mean(axis=0) - X


@centre_columns.mistake("the sums instead of the means", ask="What is the mean of three numbers?")
def minus_the_sums(X):
    """The sum of each column was subtracted, and not its mean."""
    return X - X.sum(axis=0)


@centre_columns.mistake("the means alone", ask="From what are they to be subtracted?")
def only_the_means(X):
    """The means of the columns come back, and not the table without them."""
    return X.mean(axis=0)


@centre_columns.mistake("subtracted in place", kind="fragile", ask="Which line makes a new array?")
def centred_in_place(X):
    """`-=` writes into the array that was given: whoever called has lost it, and whole numbers refuse."""
    X -= X.mean(axis=0)
    return X


@centre_columns.mistake("the first row instead of the mean", ask="Which number stands for a whole column?")
def minus_the_first_row(X):
    """`X[0]` is the first row: it has the right shape, but it is no mean."""
    return X - X[0]


# --- bills -------------------------------------------------------------------------------------------------------------

bills = Exercise(
    solutions.bills,
    notebook="00b",
    place="at home",
    cases=[
        Case("two people, three things", (np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]]), np.array([5.0, 1.0, 10.0]))),
        Case("one person", (np.array([[2.0, 1.0]]), np.array([3.0, 4.0]))),
        Case("as many people as things", (SQUARE, np.array([1.0, 10.0, 100.0]))),
        Case("whole numbers", (np.array([[1, 2], [0, 5], [3, 3]]), np.array([7, 2]))),
        Case("50 people, 20 things", (counts(3, 50, 20), counts(4, 1, 20)[0])),
    ],
    draw=lambda rng: (lambda n, d: (rng.uniform(0, 5, (n, d)), rng.uniform(1, 9, d)))(*rng.integers(1, 7, 2)),
    hints=[
        "For one person: amount times price, thing by thing, and added up. Which operation does both?",
        "(n, d) @ (d,) -> (n,): the inner sizes agree and disappear.",
    ],
    praise="A neuron does the same with 784 pixels in place of the things and its weights in place of the prices.",
)


@bills.mistake("not added up", ask="How many numbers should come out for each person?")
def single_items(amounts, prices):
    """`*` multiplies entry by entry: every thing on a line of its own, and no total."""
    return amounts * prices


@bills.mistake("all bills together", ask="How many people pay?")
def one_bill(amounts, prices):
    """One number comes out, what all people pay together."""
    return (amounts * prices).sum()


@bills.mistake("one bill for each thing", ask="Which axis should disappear: people or things?")
def bills_of_things(amounts, prices):
    """It was added up over the people: what each thing brought in."""
    return (amounts * prices).sum(axis=0)


@bills.mistake("averaged instead of added", ask="What does somebody pay who buys two things?")
def mean_bills(amounts, prices):
    """The products were averaged: that is the total divided by the number of things."""
    return (amounts * prices).mean(axis=1)


@bills.mistake("the two have changed places", ask="Which sizes meet in the middle of the product?")
def bills_backwards(amounts, prices):
    """In `prices @ amounts` the sizes that meet are d and n. Where both are the same, it computes something else without
    a word."""
    return prices @ amounts


@bills.mistake("amounts and prices are added", ask="What do three loaves at 2 each cost?")
def added_prices(amounts, prices):
    """The prices were added to the amounts and not multiplied by them."""
    return (amounts + prices).sum(axis=1)


@bills.mistake("a column", kind="fragile", ask="Which shape does the exercise ask for?")
def bills_in_a_column(amounts, prices):
    """The numbers are right, but they come as a column, (n, 1), where (n,) is asked for."""
    return amounts @ prices[:, None]


# --- count_above -------------------------------------------------------------------------------------------------------

count_above = Exercise(
    solutions.count_above,
    notebook="00b",
    place="at home",
    cases=[
        Case("two rows, above 3", (np.array([[1.0, 5.0, 3.0], [4.0, 7.0, 9.0]]), 3)),
        Case("one row, above 0", (np.array([[-2.0, 0.0, 2.0, 4.0]]), 0)),
        Case("as many rows as columns, above 1", (SQUARE, 1)),
        Case("all below 0, above -2", (np.array([[-1.0, -5.0], [-3.0, -4.0], [-1.0, -1.5]]), -2)),
        Case("bytes, above 127", (np.random.default_rng(5).integers(0, 256, (6, 40)).astype(np.uint8), 127)),
    ],
    draw=lambda rng: (rng.integers(-3, 4, rng.integers(1, 7, 2)).astype(float), int(rng.integers(-2, 3))),
    hints=[
        "`table > limit` asks the question of every entry: the answer is a table of True and False.",
        "True counts as 1, False as 0. Then a sum counts; along which axis does a row lie?",
    ],
    praise="A comparison gives a mask, and the sum of a mask counts. Its mean gives the share: so accuracy is computed.",
)


@count_above.mistake("the limit itself is counted too", ask="Is 3 above 3?")
def from_the_limit_on(table, limit):
    """Entries that are equal to the limit are counted. They are not above it."""
    return (table >= limit).sum(axis=1)


@count_above.mistake("counted in the columns", ask="Which axis should disappear?")
def counted_in_columns(table, limit):
    """It was counted down each column, and not along each row."""
    return (table > limit).sum(axis=0)


@count_above.mistake("counted in the whole table", ask="How many counts do n rows have?")
def counted_in_all(table, limit):
    """One number comes out for the whole table. Each row wants its own."""
    return (table > limit).sum()


@count_above.mistake("added up instead of counted", ask="What is the sum of a mask?")
def summed_above(table, limit):
    """The entries above the limit were added up. How many they are is the sum of the mask itself."""
    return (table * (table > limit)).sum(axis=1)


@count_above.mistake("a share instead of a count", ask="By what does `mean` divide?")
def share_above(table, limit):
    """The mean of a mask is the share of the entries above the limit, and not their number."""
    return (table > limit).mean(axis=1)


@count_above.mistake("below instead of above", ask="Into which direction does the comparison look?")
def counted_below(table, limit):
    """The entries below the limit were counted."""
    return (table < limit).sum(axis=1)


@count_above.mistake("the mask alone", ask="How does a row of True and False become one number?")
def only_the_mask(table, limit):
    """A table of True and False comes back: the answers, not yet counted."""
    return table > limit


@count_above.mistake("the entries themselves", ask="What does a mask in square brackets give, and what its sum?")
def cut_out(table, limit):
    """A mask in square brackets cuts out the entries, all in one row: it is no longer known from which row they came."""
    return table[table > limit]


@count_above.mistake("a row as a whole is asked", ask="How many entries of a row may be above the limit?")
def any_above(table, limit):
    """True or False comes out for each row: whether it has any entry above the limit."""
    return (table > limit).any(axis=1)


@count_above.mistake("a column", kind="fragile", ask="Which shape does the exercise ask for?")
def counts_in_a_column(table, limit):
    """The counts are right, but they come as a column, (n, 1), where (n,) is asked for."""
    return (table > limit).sum(axis=1, keepdims=True)


# --- shortfall ---------------------------------------------------------------------------------------------------------


def rows_and_columns(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    P = rng.uniform(0.05, 1, (n, k))
    return P / P.sum(axis=1, keepdims=True), rng.integers(0, k, n)


shortfall = Exercise(
    solutions.shortfall,
    notebook="00b",
    place="at home",
    cases=[
        Case("two rows; columns 0 and 2", (np.array([[0.7, 0.2, 0.1], [0.5, 0.1, 0.4]]), np.array([0, 2]))),
        Case("one row; column 3", (np.array([[0.1, 0.2, 0.3, 0.4]]), np.array([3]))),
        Case(
            "as many rows as columns; columns 1, 1, 0",
            (np.array([[0.7, 0.2, 0.1], [0.5, 0.1, 0.4], [0.3, 0.3, 0.4]]), np.array([1, 1, 0])),
        ),
        Case("three rows of two; columns 1, 0, 0", (np.array([[0.1, 0.9], [0.6, 0.4], [1, 0]]), np.array([1, 0, 0]))),
        Case("60 rows of ten", rows_and_columns(np.random.default_rng(6), 60, 10)),
    ],
    draw=rows_and_columns,
    hints=[
        "Two lists of indices in square brackets are read in pairs: (row, column). The columns are in y. Which are the rows?",
        "`np.arange(len(P))` is 0, 1, 2, …: row 0 with y[0], row 1 with y[1]. What was picked is then subtracted from 1.",
    ],
    praise="One number for each row, without a loop. In notebook 04 the logarithm of the same entries becomes the loss.",
)


@shortfall.mistake("a table instead of pairs", ask="Which row belongs to the first entry of y, and which to the second?")
def columns_of_all_rows(P, y):
    """`P[:, y]` takes these columns from every row: n times n numbers."""
    return 1 - P[:, y]


@shortfall.mistake("rows instead of entries", ask="What does a single list of indices choose?")
def rows_chosen(P, y):
    """`P[y]` chooses whole rows, those with the numbers in y: there may not even be so many."""
    return 1 - P[y]


@shortfall.mistake("rows and columns have changed places", ask="Which index comes first in `P[i, j]`?")
def places_exchanged(P, y):
    """The numbers in y were taken for rows."""
    return 1 - P[y, np.arange(len(P))]


@shortfall.mistake("not subtracted from 1", ask="What does 0.7 lack to 1?")
def picked_only(P, y):
    """The entries are the right ones, but they were not yet subtracted from 1."""
    return P[np.arange(len(P)), y]


@shortfall.mistake("1 was subtracted from them", ask="What does 0.7 lack to 1, and which sign has that?")
def negative_shortfall(P, y):
    """The result is negative: 1 was subtracted from the entries."""
    return P[np.arange(len(P)), y] - 1


@shortfall.mistake("the largest of each row", ask="Who says which column counts: P or y?")
def of_the_largest(P, y):
    """The largest entry of each row was taken. Which column counts stands in y."""
    return 1 - P.max(axis=1)


@shortfall.mistake("the diagonal", ask="Which column belongs to row 0, and who says so?")
def of_the_diagonal(P, y):
    """Row 0 with column 0, row 1 with column 1: the columns in y were not used."""
    return 1 - np.diag(P)


@shortfall.mistake("the same column everywhere", ask="How many entries has y, and how many of them were used?")
def of_one_column(P, y):
    """All rows were read in the same column."""
    return 1 - P[:, y[0]]


@shortfall.mistake("one number for all rows", ask="How many numbers should come out?")
def total_shortfall(P, y):
    """The rows were averaged. Each row wants its own number."""
    return (1 - P[np.arange(len(P)), y]).mean()


# --- brighten ----------------------------------------------------------------------------------------------------------


def bytes_and_amount(rng):
    return rng.integers(0, 256, rng.integers(1, 7, 2)).astype(np.uint8), int(rng.integers(0, 256))


brighten = Exercise(
    solutions.brighten,
    notebook="00b",
    place="at home",
    cases=[
        Case("three pixels, plus 100", (np.array([[0, 100, 200]], np.uint8), 100)),
        Case("up to white and beyond, plus 55", (np.array([[199, 200, 201], [255, 0, 1]], np.uint8), 55)),
        Case("nothing to add", (np.array([[0, 128], [254, 255]], np.uint8), 0)),
        Case("as much as possible", (np.array([[0, 1, 255]], np.uint8), 255)),
        Case("one row of pixels, plus 30", (np.arange(0, 256, 15).astype(np.uint8), 30)),
        Case("28 x 28 pixels, plus 90", (np.random.default_rng(7).integers(0, 256, (28, 28)).astype(np.uint8), 90)),
    ],
    draw=bytes_and_amount,
    view=lambda value, *arguments: {"pixels": value, "type": str(getattr(value, "dtype", type(value).__name__))},
    hints=[
        "The sum must be taken in a type that can hold 300: `image.astype(int)` is a copy with more room.",
        "Then `np.minimum(…, 255)` stops at white, and `.astype(np.uint8)` makes bytes again, now that all of them fit.",
    ],
    praise="More room first, then the sum, then the limit, then back: the order is what matters.",
)


@brighten.mistake("it wraps around", ask="In which type is the sum taken, and is it limited before it becomes bytes again?")
def wrapped(image, amount):
    """200 + 100 has become 44, as eight bits cannot hold 300: either the sum was taken in bytes, or it became bytes before it
    was limited. A limit that comes after that finds nothing above 255."""
    return image + np.uint8(amount)


@brighten.mistake("no limit", ask="What is white, and can a pixel be more than that?")
def not_limited(image, amount):
    """Some pixels are above 255 now. White is 255, and there is nothing beyond."""
    return image.astype(int) + amount


@brighten.mistake("not bytes again", kind="fragile", ask="Which type had the image that was given?")
def limited_but_not_bytes(image, amount):
    """The numbers are right, but they are no longer bytes: whatever shows or saves the image expects `uint8`."""
    return np.minimum(image.astype(int) + amount, 255)


@brighten.mistake("not bytes again, but decimal numbers", kind="fragile", ask="Which type had the image that was given?")
def limited_but_floats(image, amount):
    """The numbers are right, but they are decimal ones now: whatever shows or saves the image expects `uint8`."""
    return np.minimum(image.astype(float) + amount, 255)


@brighten.mistake("the larger of two numbers", ask="Which of two numbers does `np.minimum` give, and which `np.maximum`?")
def larger_of_two(image, amount):
    """Everything below 255 became white, and what was above it wrapped around: 255 was taken for the least, and not for the
    most."""
    return np.maximum(image.astype(int) + amount, 255).astype(np.uint8)


# --- halve_in_place ----------------------------------------------------------------------------------------------------


def afterwards(value, a):
    """The array that was given, as it is after the call. It may be returned as well, or its halves."""
    return {"a afterwards": a} | ({} if value is None or np.shape(value) == a.shape else {"returned": value})


halve_in_place = Exercise(
    solutions.halve_in_place,
    notebook="00b",
    place="at home",
    view=afterwards,
    changes=(0,),
    cases=[
        Case("three numbers", (np.array([8.0, 2.0, -4.0]),)),
        Case("a table", (np.array([[1.0, 2.0], [3.0, 4.0]]),)),
        Case("one number in an array", (np.array([5.0]),)),
        Case("float32", (np.array([1.0, 7.0, 0.0], np.float32),)),
        Case("a thousand numbers", (np.random.default_rng(8).normal(size=1000),)),
    ],
    draw=lambda rng: (rng.normal(0, 5, rng.integers(1, 5, rng.integers(1, 3))),),
    hints=[
        "`a = …` gives the name a to another array. Which operations write into the array that is there?",
        "Those with the sign before the `=`: `+=`, `-=`, `*=`, `/=`. Nothing needs to be returned.",
    ],
    praise="The weights of the network will be changed in this way, in place, hundreds of times a second.",
)


@halve_in_place.mistake("the name was moved, the array was not changed", ask="Which array does the caller still have?")
def halved_elsewhere(a):
    """`a = a / 2` makes a new array and calls it a, inside the function. Whoever called looks at the old one, and so does
    whoever called when the halves are only returned."""
    a = a / 2
    return a


@halve_in_place.mistake("only the first entry", ask="Which part of the array does `a[0]` name, and which `a[:]`?")
def first_halved(a):
    """The first entry, or the first row, was halved, and the others stayed as they were."""
    a[0] /= 2


@halve_in_place.mistake("2 was subtracted", ask="What is half of 8?")
def two_subtracted(a):
    """Every entry became smaller by 2."""
    a -= 2


@halve_in_place.mistake("doubled", ask="What is half of 8?")
def doubled(a):
    """Every entry became twice as large."""
    a *= 2


@halve_in_place.mistake("the fraction is dropped", ask="What is half of 5?")
def halved_in_whole_numbers(a):
    """`//=` drops what is behind the point."""
    a //= 2


@halve_in_place.mistake("halved twice", ask="How often does your code write into the array?")
def halved_twice(a):
    """Every entry became a quarter of what it was."""
    a /= 4


@halve_in_place.mistake("a loop over the entries", ask="What does the name x stand for inside the loop: the entry, or a copy?")
def looped(a):
    """In `for x in a: x /= 2` the name x is moved from number to number. Only where x is itself an array, a row, is it a view,
    and the table changes."""
    for x in a:
        x /= 2


# --- batches_of --------------------------------------------------------------------------------------------------------


def as_pairs(value, *arguments):
    """What was handed out, one by one, as a list of lists of whole numbers."""
    return {"pairs": [[int(place) for place in pair] if np.iterable(pair) else pair for pair in value]}


batches_of = Exercise(
    solutions.batches_of,
    notebook="00b",
    place="starred",
    view=as_pairs,
    cases=[
        Case("seven things, three at a time", (7, 3)),
        Case("six things, three at a time", (6, 3)),
        Case("five things, one at a time", (5, 1)),
        Case("as many as there are", (4, 4)),
        Case("fewer than a batch", (3, 10)),
        Case("1 000 things, 64 at a time", (1000, 64)),
        Case("nothing at all", (0, 3), harsh=True),
    ],
    draw=lambda rng: (int(rng.integers(1, 40)), int(rng.integers(1, 12))),
    hints=[
        "`range(0, n, size)` gives the starts: 0, size, 2 size … below n.",
        "Behind `yield` stand two numbers, `start, stop`. The last stop must not go beyond n: `min` takes the smaller of two.",
    ],
    praise="With `yield` the loop waits until somebody asks for the next pair. So the network will get its images, 64 at a time.",
)


@batches_of.mistake("the last batch goes beyond the end", kind="fragile", ask="Where do seven things end, taken three at a time?")
def beyond_the_end(n, size):
    """The last pair ends after n. A slice forgives that; whoever counts the images of a batch is told too many."""
    for start in range(0, n, size):
        yield start, start + size


@batches_of.mistake("the last, smaller batch is missing", kind="convention", ask="What happens to the seventh of seven things?")
def last_one_dropped(n, size):
    """Some drop what does not fill a batch. Here nothing is lost: the last batch is smaller."""
    for i in range(n // size):
        yield i * size, (i + 1) * size


@batches_of.mistake("only the first batch", ask="What does a function do after `return`, and what after `yield`?")
def only_the_first_batch(n, size):
    """Only one pair comes out. `return` ends the function; `yield` hands one pair out and goes on when the next is asked for."""
    yield 0, min(size, n)


@batches_of.mistake("one pair instead of many", ask="What does a function do after `return`, and what after `yield`?")
def returned_at_once(n, size):
    """`return` gives one pair of numbers and ends the function. `yield` hands out one pair after the other."""
    return 0, min(size, n)


@batches_of.mistake("the batches overlap", ask="By how much must the start grow from one batch to the next?")
def overlapping(n, size):
    """Each batch starts one after the batch before: most things are in several batches."""
    for start in range(n):
        yield start, min(start + size, n)


@batches_of.mistake("only the starts", ask="Which two numbers should stand behind `yield`?")
def only_starts(n, size):
    """One number comes at a time, where the batch starts. Where it stops is missing."""
    yield from range(0, n, size)


@batches_of.mistake("the last thing instead of the one after it", kind="convention", ask="Is `a[3]` part of `a[0:3]`?")
def last_included(n, size):
    """The second number is the last thing that belongs to the batch. As in slices, it should be the first that does not."""
    for start in range(0, n, size):
        yield start, min(start + size, n) - 1


@batches_of.mistake("start and size", ask="What should the second number say: how many, or up to where?")
def start_and_size(n, size):
    """The second number says how large the batch is. It should say where it stops."""
    for start in range(0, n, size):
        yield start, min(size, n - start)


@batches_of.mistake("the things themselves", ask="How many numbers should stand behind `yield`?")
def the_things(n, size):
    """Each batch comes with all of its numbers. Where it starts and where it stops is enough."""
    for start in range(0, n, size):
        yield list(range(start, min(start + size, n)))


# --- questions ---------------------------------------------------------------------------------------------------------

Question(
    "square trap",
    "00b",
    "A table has three rows and three columns. Which sums does A / A.sum(axis=1) divide by?",
    {
        "each row by its own sum": "That is what was meant. The sums have the shape (3,): where do they meet the table?",
        "column j by the sum of row j": "The shape (3,) is laid along the last axis, side by side: one sum for each column.",
        "it is an error": "It would be one with three rows and four columns. Here the shapes fit, by accident.",
    },
    "column j by the sum of row j",
)
Question(
    "view of a slice",
    "00b",
    "The last row of A is set to 0 through the name row, and the last entry of rest to 99. What does A look like then?",
    {
        "as before": "So it would be with lists of lists that were copied. Has anything been copied here?",
        "its last row is 0": "A slice is a view of the same memory; what a mask or a list of indices cuts out is a copy.",
        "its last row is 0, and there is a 99": "The two ways of cutting out look alike, but only one of them gives a view.",
    },
    "its last row is 0",
)
Question(
    "rebinding",
    "00b",
    "Two functions are given the array [10, 20]. One computes w = w - 1, the other w -= 1. What is in the array after each?",
    {
        "[9, 19] after both": "The two lines look like the same thing. Which of them writes into the array?",
        "[10, 20] after the first, [9, 19] after the second": "One makes a new array and moves the name; the other writes.",
        "[10, 20] after both": "A function is given the array itself, not a copy, and can write into it.",
    },
    "[10, 20] after the first, [9, 19] after the second",
)
