"""Exercises and questions of notebook 13, Change the data."""

import numpy as np

from ..core import measures
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

# --- confusion_matrix --------------------------------------------------------------------------------------------------


def labels_and_answers(rng):
    k = int(rng.integers(2, 6))
    labels = rng.integers(0, k, int(rng.integers(1, 13)))
    return labels, np.where(rng.random(len(labels)) < 0.6, labels, rng.integers(0, k, len(labels))), k


confusion_matrix = Exercise(
    measures.confusion_matrix,
    notebook="13",
    place="in class",
    cases=[
        Case("five images, three classes", (np.array([0, 0, 0, 1, 2]), np.array([0, 1, 1, 1, 0]), 3)),
        Case("one image", (np.array([1]), np.array([0]), 2)),
        Case("a class that never occurs", (np.array([0, 1, 1, 0]), np.array([1, 1, 1, 0]), 4)),
        Case("only one class, always right", (np.array([2, 2, 2]), np.array([2, 2, 2]), 3)),
        Case("as many images as classes", (np.array([2, 0, 1]), np.array([1, 0, 2]), 3)),
        Case("a class that is never answered", (np.array([0, 1, 2, 2]), np.array([0, 1, 1, 0]), 3)),
        Case("1 000 images, ten classes", (np.arange(1000) % 10, np.arange(1000) % 7, 10)),
    ],
    draw=labels_and_answers,
    hints=[
        "Begin with a table of zeros that are whole numbers: `np.zeros((n_classes, n_classes), dtype=int)`.",
        "Go through the images, `for label, answer in zip(labels, predicted):`. Which entry grows by 1?",
        "The row is the label, the column the answer: `counts[label, answer] += 1`, inside the loop. "
        "(`np.add.at(counts, (labels, predicted), 1)` does it for all images at once.)",
    ],
    praise="The accuracy is one number of this table: its diagonal, summed, divided by all. The rest says what went wrong.",
)


@confusion_matrix.mistake(
    "rows and columns exchanged", kind="convention", ask="Which of the two, the label or the answer, chooses the row here?"
)
def transposed(labels, predicted, n_classes=10):
    """Some books put what was answered into the rows and what it is into the columns. Here a row holds all
    images of one class."""
    return confusion_matrix.solve(labels, predicted, n_classes).T


@confusion_matrix.mistake(
    "each pair counts once", ask="If the same place stands twice in a list of indices, how often does += write into it?"
)
def each_pair_once(labels, predicted, n_classes=10):
    """All entries are 0 or 1. With lists of places, NumPy reads all of them first, adds 1, and writes all of them back: a place
    that is named fifty times still becomes 1."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    counts[labels, predicted] += 1
    return counts


@confusion_matrix.mistake(
    "decimal numbers", kind="convention", ask="What does np.zeros make, and what does it make with dtype=int?"
)
def decimals(labels, predicted, n_classes=10):
    """The counts are right, as decimal numbers. Here they are whole ones, which is what counts are."""
    return confusion_matrix.solve(labels, predicted, n_classes).astype(float)


@confusion_matrix.mistake(
    "only as many classes as occur", kind="fragile", ask="How large should the table be when nothing of the last class is there?"
)
def size_of_what_occurs(labels, predicted, n_classes=10):
    """The table is as large as the highest label that occurs. Whether a class exists should not depend on these images."""
    k = int(max(labels.max(), predicted.max())) + 1
    return confusion_matrix.solve(labels, predicted, k)


@confusion_matrix.mistake("always ten classes", kind="fragile", ask="How many rows does the caller ask for?")
def always_ten(labels, predicted, n_classes=10):
    """The table has ten rows and columns, whatever `n_classes` says."""
    return confusion_matrix.solve(labels, predicted, 10)


@confusion_matrix.mistake("only the mistakes", ask="Where should an image that is read rightly be counted?")
def only_mistakes(labels, predicted, n_classes=10):
    """The diagonal is empty: what was read rightly was left out. Without it nobody can tell how many images a class has."""
    counts = confusion_matrix.solve(labels, predicted, n_classes)
    return counts - np.diag(counts.diagonal())


@confusion_matrix.mistake("shares of a row, not counts", ask="What should the sum of a row be?")
def shares_of_a_row(labels, predicted, n_classes=10):
    """Each row is divided by its sum. That is often drawn as well, but it hides how many images there are, and a class without
    any images becomes nan."""
    counts = confusion_matrix.solve(labels, predicted, n_classes)
    with np.errstate(invalid="ignore"):
        return counts / counts.sum(axis=1, keepdims=True)


@confusion_matrix.mistake("shares of all, not counts", ask="What should the sum of the whole table be?")
def shares_of_all(labels, predicted, n_classes=10):
    """Everything is divided by the number of images. Asked for are the counts themselves."""
    return confusion_matrix.solve(labels, predicted, n_classes) / len(labels)


@confusion_matrix.mistake("it returns after the first image", ask="How far in is the `return`, and how often is the loop run?")
def first_image_only(labels, predicted, n_classes=10):
    """One image is counted: the `return` stands inside the loop."""
    return confusion_matrix.solve(labels[:1], predicted[:1], n_classes)


@confusion_matrix.mistake("= 1 in place of += 1", ask="What is in the entry when the second such image comes?")
def minus_the_hits(labels, predicted, n_classes=10):
    """The right answers are counted, and of the wrong ones only whether they occur."""
    counts = each_pair_once(labels, predicted, n_classes)
    np.fill_diagonal(counts, confusion_matrix.solve(labels, predicted, n_classes).diagonal())
    return counts


@confusion_matrix.mistake("a list names whole rows", ask="Which brackets make a pair (rows, columns)?")
def rows_in_a_list(labels, predicted, n_classes=10):
    """Whole rows grow by 1. A list of places names rows; a pair in round brackets names fields."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, [labels, predicted], 1)
    return counts


@confusion_matrix.mistake("every label with every answer", ask="How many counts should five images give in all?")
def every_label_with_every_answer(labels, predicted, n_classes=10):
    """Two loops, one inside the other, pair each label with the answers to all images, and not with its own."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    for label in labels:
        for answer in predicted:
            counts[label, answer] += 1
    return counts


def also_as_decimals(wrong):
    """The same mistake in a table that np.zeros made without dtype=int."""

    def as_decimals(labels, predicted, n_classes=10):
        return wrong.function(labels, predicted, n_classes).astype(float)

    as_decimals.__doc__ = f"{wrong.message} (And `np.zeros` makes decimal numbers unless it is told `dtype=int`.)"
    confusion_matrix.mistake(f"{wrong.name}, as decimal numbers", ask=wrong.question)(as_decimals)


for wrong in confusion_matrix.mistakes[:]:
    if wrong.function in (transposed, each_pair_once, always_ten, rows_in_a_list, every_label_with_every_answer):
        also_as_decimals(wrong)


# --- most_confused -----------------------------------------------------------------------------------------------------


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
    """Give the n pairs of classes with the most mistakes in both directions together."""
    pairs = []
    for i in range(len(counts)):
        for j in range(i):
            pairs.append((counts[i, j] + counts[j, i], j, i))
    return [(j, i) for mistakes, j, i in sorted(pairs, reverse=True)[:n]]


def in_order(pairs):
    """What matters of a list of pairs (or an array): which, in which order, and whether the smaller class comes first."""
    if any(np.shape(entry) == (3,) for entry in pairs):
        return {"numbers in an entry": 3}
    if any(i == j for i, j in pairs):
        return {"a class with itself": True}
    pairs = np.array([[int(i), int(j)] for i, j in pairs])
    return {"pairs": np.sort(pairs, axis=1), "smaller class first": bool((pairs[:, 0] < pairs[:, 1]).all())}


most_confused = Exercise(
    most_confused,
    notebook="13",
    place="starred",
    cases=[
        Case("three classes", (np.array([[9, 1, 2], [3, 8, 0], [1, 0, 7]]), 2)),
        Case("two classes", (np.array([[5, 1], [2, 6]]), 1)),
        Case("both directions count", (np.array([[30, 0, 5], [0, 31, 4], [0, 4, 32]]), 1)),
        Case("one direction at a time", (np.array([[90, 0, 12], [30, 80, 3], [1, 4, 70]]), 3)),
        Case("classes of different sizes", (np.array([[900, 40, 3], [41, 800, 2], [1, 5, 8]]), 2)),
        Case("ten classes", table_without_ties(np.random.default_rng(13), 10, 4)),
    ],
    draw=table_without_ties,
    view=lambda pairs, *_: in_order(pairs),
    hints=[
        "Each pair should come up once: for a class `i`, let `j` run over the classes before it, `range(i)`.",
        "Collect `(counts[i, j] + counts[j, i], j, i)` in a list. `sorted(list, reverse=True)` puts the largest number first.",
        "Of the sorted list take the first `n`, and of each entry the two classes: "
        "`[(j, i) for mistakes, j, i in …[:n]]`. The smaller class comes first.",
    ],
    praise="A list of ten pairs says more about a classifier than a second digit of its accuracy.",
)


@most_confused.mistake("the right answers are among them", ask="What does the diagonal of the table count?")
def with_the_diagonal(counts, n):
    """A class is paired with itself: the diagonal holds what was read rightly, and nothing is larger."""
    both = counts + counts.T
    pairs = [(i, j) for i in range(len(counts)) for j in range(i, len(counts))]
    return sorted(pairs, key=lambda pair: -both[pair])[:n]


@most_confused.mistake("each direction by itself", ask="Where do shirts read as coats stand, and where coats read as shirts?")
def one_direction(counts, n):
    """Each entry counts alone. Two classes that are taken for each other 30 times each way have 60 mistakes between them."""
    places = [(i, j) for i in range(len(counts)) for j in range(len(counts)) if i != j]
    return sorted(places, key=lambda place: -counts[place])[:n]


@most_confused.mistake("only above the diagonal", ask="Which mistakes stand below the diagonal?")
def upper_half(counts, n):
    """Only the entries above the diagonal count: the other direction of every pair stands below it."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -counts[pair])[:n]


@most_confused.mistake("only below the diagonal", ask="Which mistakes stand above the diagonal?")
def lower_half(counts, n):
    """Only the entries below the diagonal count: the other direction of every pair stands above it."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -counts[pair[::-1]])[:n]


@most_confused.mistake("each pair comes twice", ask="Is 4 and 9 another pair than 9 and 4?")
def every_pair_twice(counts, n):
    """Both (i, j) and (j, i) are in the list, with the same number of mistakes."""
    both = counts + counts.T
    places = [(i, j) for i in range(len(counts)) for j in range(len(counts)) if i != j]
    return sorted(places, key=lambda place: -both[place])[:n]


@most_confused.mistake("each pair comes twice, the larger class first", ask="Is 4 and 9 another pair than 9 and 4?")
def every_pair_twice_from_behind(counts, n):
    """Both (j, i) and (i, j) are in the list, with the same number of mistakes. That is so when the whole table is sorted and
    turned round."""
    both = counts + counts.T
    places = [(i, j) for i in range(len(counts)) for j in range(len(counts)) if i != j]
    return sorted(places, key=lambda place: both[place])[::-1][:n]


@most_confused.mistake("the fewest mistakes first", ask="In which order does sorted put numbers, and what turns it round?")
def fewest_first(counts, n):
    """The list begins with the pairs that are hardly ever confused."""
    return most_confused_pairs(counts)[::-1][:n]


@most_confused.mistake("the larger class first", kind="convention", ask="Which class of a pair should come first?")
def larger_first(counts, n):
    """The pairs are right, each with its larger class first. Here the smaller one comes first, so that lists can be compared."""
    return [(j, i) for i, j in most_confused_pairs(counts)[:n]]


@most_confused.mistake(
    "the difference of both directions", ask="How many mistakes are there between two classes, both ways together?"
)
def by_difference(counts, n):
    """The two directions are subtracted. Classes that are taken for each other equally often then count nothing."""
    return sorted(pairs_of(len(counts)), key=lambda pair: -abs(int(counts[pair]) - int(counts[pair[::-1]])))[:n]


@most_confused.mistake("shares of the classes were compared", ask="Does the exercise compare numbers of mistakes, or shares?")
def by_share(counts, n):
    """Each row is divided by the number of its images first. In a small class a few mistakes are then a large share."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    return sorted(pairs_of(len(counts)), key=lambda pair: -(shares[pair] + shares[pair[::-1]]))[:n]


@most_confused.mistake("all pairs", ask="How many pairs does the caller ask for?")
def all_pairs(counts, n):
    """The order is right, and the list does not end after n pairs."""
    return most_confused_pairs(counts)


@most_confused.mistake("the number of mistakes is still there", ask="Which two parts of each entry are asked for?")
def triples(counts, n):
    """Each entry is (mistakes, i, j); wanted is (i, j)."""
    return [(counts[pair] + counts[pair[::-1]], *pair) for pair in most_confused_pairs(counts)[:n]]


# --- standard_error ----------------------------------------------------------------------------------------------------


def standard_error(accuracy, n):
    """Give the standard error of an accuracy that was measured on n images."""
    return np.sqrt(accuracy * (1 - accuracy) / n)


standard_error = Exercise(
    standard_error,
    notebook="13",
    place="in class",
    cases=[
        Case("nine of ten right, on 100 images", (0.9, 100)),
        Case("one of five right, on 16 images", (0.2, 16)),
        Case("half are right", (0.5, 25)),
        Case("all are right", (1.0, 50)),
        Case("none is right", (0.0, 50)),
        Case("10 000 images", (0.985, 10_000)),
        Case("three images", (0.75, 3)),
    ],
    draw=lambda rng: (float(rng.choice([0.0, 1.0, *rng.random(8).round(3)])), int(rng.integers(2, 2_000))),
    hints=[
        "The mean squared distance of one answer from the accuracy is `accuracy * (1 - accuracy)`.",
        "The mean of n answers has an n-th of it. The spread is the root of that: `np.sqrt(...)`.",
        "All of `accuracy * (1 - accuracy) / n` belongs under the root.",
    ],
    praise="Write it beside every accuracy that you report: it says how many of the digits behind the point are worth printing.",
)


@standard_error.mistake("without the root", ask="A spread is a distance. What undoes the square of a distance?")
def without_the_root(accuracy, n):
    """This is the mean *squared* distance, called the variance. The spread is its root."""
    return accuracy * (1 - accuracy) / n


@standard_error.mistake("squared in place of the root", ask="A spread is a distance. What undoes the square of a distance?")
def squared(accuracy, n):
    """What should be under a root was squared. The mean squared distance is a square already."""
    return (accuracy * (1 - accuracy) / n) ** 2


@standard_error.mistake("n is not under the root", ask="Is a mean over 100 images 100 times as steady as one image, or 10 times?")
def n_outside(accuracy, n):
    """The spread of one image is divided by n. A mean over n images is only the root of n times as steady."""
    return np.sqrt(accuracy * (1 - accuracy)) / n


@standard_error.mistake("the spread of a single image", ask="What do more images do to the spread of their mean?")
def of_one_image(accuracy, n):
    """n does not enter: this is how far a single answer, 1 or 0, lies from the accuracy."""
    return np.sqrt(accuracy * (1 - accuracy)) + 0 * n


@standard_error.mistake("the mistakes are missing", ask="How uncertain is an accuracy of 100 %, and which factor says so?")
def without_the_mistakes(accuracy, n):
    """With an accuracy of 1 this gives the largest value. But if all images are right, there is nothing that could vary:
    a factor is missing that is 0 there."""
    return np.sqrt(accuracy / n)


@standard_error.mistake("the hits are missing", ask="How uncertain is an accuracy of 0 %, and which factor says so?")
def without_the_hits(accuracy, n):
    """With an accuracy of 0 this gives the largest value. But if all images are wrong, there is nothing that could vary:
    a factor is missing that is 0 there."""
    return np.sqrt((1 - accuracy) / n)


@standard_error.mistake("brackets around 1 - accuracy are missing", ask="What does Python compute first in a * 1 - a / n?")
def without_brackets(accuracy, n):
    """The product and the quotient come first, and then the difference."""
    return np.sqrt(accuracy * 1 - accuracy / n)


@standard_error.mistake("multiplied by n", ask="Is an accuracy on more images more certain, or less?")
def times_n(accuracy, n):
    """It grows with the number of images. That is the spread of the *number* of right answers, and not of their share."""
    return np.sqrt(accuracy * (1 - accuracy) * n)


@standard_error.mistake("divided by n - 1", kind="convention", ask="By what does the formula of this section divide?")
def n_minus_one(accuracy, n):
    """Statisticians divide by n - 1 when the accuracy itself comes from the same images. With 10 000 images nobody sees the
    difference; here it is n."""
    return np.sqrt(accuracy * (1 - accuracy) / (n - 1))


@standard_error.mistake("two standard errors", kind="convention", ask="How many standard errors are asked for?")
def doubled(accuracy, n):
    """This is twice the standard error, the half width of the interval that holds in 95 of 100 cases."""
    return 2 * np.sqrt(accuracy * (1 - accuracy) / n)


@standard_error.mistake("1.96 standard errors", kind="convention", ask="How many standard errors are asked for?")
def times_1_96(accuracy, n):
    """This is 1.96 times the standard error, the half width of the interval that holds in 95 of 100 cases."""
    return 1.96 * np.sqrt(accuracy * (1 - accuracy) / n)


@standard_error.mistake("in percent", kind="convention", ask="Does the accuracy come as 0.9 or as 90?")
def in_percent(accuracy, n):
    """The accuracy comes as a share between 0 and 1, and its standard error should be a share as well."""
    return 100 * np.sqrt(accuracy * (1 - accuracy) / n)


@standard_error.mistake("the accuracy does not enter", kind="fragile", ask="Is 99 % as uncertain as 50 %?")
def at_worst(accuracy, n):
    """This is the standard error of an accuracy of one half, the largest that there is. It is on the safe side, and for 98 %
    nearly four times too large."""
    return 0.5 / np.sqrt(n) + 0 * accuracy


# --- epochs_to_share ---------------------------------------------------------------------------------------------------


def epochs_to_share(accuracies, share):
    """Give the first epoch, from 1, whose accuracy is at least a share of the last one."""
    return int((accuracies >= share * accuracies[-1]).argmax()) + 1


def accuracies_and_share(rng):
    accuracies = rng.integers(16, 65, int(rng.integers(1, 9))) / 64  # products with halves and eighths are exact
    return accuracies, float(rng.choice([0.5, 0.75, 0.875, 0.9375, 1.0]))


epochs_to_share = Exercise(
    epochs_to_share,
    notebook="13",
    place="at home",
    cases=[
        Case("in the second epoch", (np.array([0.4, 0.7, 0.75, 0.8]), 0.75)),
        Case("reached exactly", (np.array([0.25, 0.5, 0.75, 1.0]), 0.75)),
        Case("at once", (np.array([0.7, 0.75, 0.8]), 0.75)),
        Case("all of it", (np.array([0.25, 0.5, 0.625]), 1.0)),
        Case("the best epoch is not the last", (np.array([0.5, 0.6, 1.0, 0.75]), 0.75)),
        Case("reached, and lost again", (np.array([0.3, 0.7, 0.4, 0.8]), 0.75)),
        Case("one epoch", (np.array([0.5]), 0.75)),
        Case("low at the end", (np.array([0.2, 0.3, 0.35, 0.4]), 0.875)),
        Case("ten epochs", (np.array([0.5, 0.7, 0.6, 0.72, 0.78, 0.79, 0.74, 0.83, 0.82, 0.85]), 0.9)),
    ],
    draw=accuracies_and_share,
    hints=[
        "`accuracies[-1]` is the last accuracy. The target is `share` times that.",
        "Comparing the whole array with the target gives True and False, and `argmax` of that is the place of the first True.",
        "Places are counted from 0 and epochs from 1. A loop with `enumerate(accuracies, 1)` and a `return` inside does as well.",
    ],
    praise="It always finds an epoch, since the last one reaches every share of itself. What it says depends on that last one.",
)


@epochs_to_share.mistake("counted from 0", ask="Which number has the first epoch?")
def from_zero(accuracies, share):
    """The place in the array was returned, which is one less than the number of the epoch."""
    return int((accuracies >= share * accuracies[-1]).argmax())


@epochs_to_share.mistake("the share itself is the target", ask="Of what is it a share?")
def share_is_the_target(accuracies, share):
    """The accuracies are compared with the share itself. That is `epochs_to_reach` of notebook 09; a run that ends at 85 %
    would never come to 0.95."""
    return int((accuracies >= share).argmax()) + 1


@epochs_to_share.mistake("the share itself is the target, and None where it is not reached", ask="Of what is it a share?")
def share_is_the_target_or_none(accuracies, share):
    """The accuracies are compared with the share itself. That is `epochs_to_reach` of notebook 09; a run that ends at 85 %
    would never come to 0.95."""
    for epoch, value in enumerate(accuracies, 1):
        if value >= share:
            return epoch
    return None


@epochs_to_share.mistake(
    "a share of the best accuracy", kind="convention", ask="Is it the best accuracy that is meant, or the last?"
)
def of_the_best(accuracies, share):
    """The target is taken from the best epoch. That is steadier, and flattering: the best of ten has been lucky. Here it
    is the last one."""
    return int((accuracies >= share * accuracies.max()).argmax()) + 1


@epochs_to_share.mistake(
    "a share of the way from the first epoch", kind="convention", ask="Is the share counted from 0, or from the first accuracy?"
)
def of_the_way(accuracies, share):
    """The share is counted from the first epoch's accuracy on, and not from 0."""
    target = accuracies[0] + share * (accuracies[-1] - accuracies[0])
    return int((accuracies >= target).argmax()) + 1


@epochs_to_share.mistake("above the target", ask="Does an accuracy of exactly the target reach it, and what of a share of 1?")
def above(accuracies, share):
    """Only a larger accuracy counts. With a share of 1 there may be none, and `argmax` of nothing but False is 0."""
    return int((accuracies > share * accuracies[-1]).argmax()) + 1


@epochs_to_share.mistake("above the target, else None", ask="Does an accuracy of exactly the target reach it?")
def above_or_none(accuracies, share):
    """Only a larger accuracy counts, so the last epoch does not even reach the whole of itself."""
    for epoch, value in enumerate(accuracies, 1):
        if value > share * accuracies[-1]:
            return epoch
    return None


@epochs_to_share.mistake("from where on it stays there", ask="What if the target was reached, and lost again?")
def for_good(accuracies, share):
    """It returns the epoch from which on all accuracies are large enough. Asked for is the first one that is."""
    low = np.flatnonzero(accuracies < share * accuracies[-1])
    return int(low[-1]) + 2 if len(low) else 1


@epochs_to_share.mistake("the last epoch that passes", ask="What happens to the answer when a second accuracy is large enough?")
def last_one(accuracies, share):
    """The loop goes on after the first hit, and a later epoch takes its place. In the end it is always the last one."""
    return len(accuracies)


@epochs_to_share.mistake("the number of epochs that pass", ask="What should come when only the last of ten epochs passes?")
def counted(accuracies, share):
    """It was counted how many accuracies are large enough, and not when the first one came."""
    return int((accuracies >= share * accuracies[-1]).sum())


@epochs_to_share.mistake("the nearest to the target", ask="May the accuracy be a little below the target?")
def nearest(accuracies, share):
    """The accuracy nearest to the target was taken, and it may lie below."""
    return int(abs(accuracies - share * accuracies[-1]).argmin()) + 1


@epochs_to_share.mistake("a share of the epochs", ask="Of what is it a share: of the epochs, or of the last accuracy?")
def share_of_the_epochs(accuracies, share):
    """This is a share of the number of epochs, and the accuracies are not looked at."""
    return int(np.ceil(share * len(accuracies)))


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "13",
    (
        "what a layer keeps",
        "11",
        "A Linear layer is an object with forward and backward. What must forward leave behind for backward?",
        {
            "its input X": "dW is Xᵀ dZ: without the input of this very batch there is no gradient of the weights.",
            "its output Z": "The next layer needs Z. Which of the three products of backward would Z enter?",
            "nothing, W and b are enough": "They are enough for dX. Look at the formula of dW again.",
        },
        "its input X",
    ),
    (
        "ten layers of small weights",
        "11",
        "Ten ReLU layers whose first weights are 0.01 times normal numbers, 100 units each. What reaches the last layer?",
        {
            "activations as large as those of the first": "He's choice of the spread does that. 0.01 is far smaller.",
            "activations of nearly 0": "Each layer makes them about fourteen times smaller, so that after ten nothing is left.",
            "activations that overflow": "That takes weights that are too large. A hundred terms of 0.01 each partly cancel.",
        },
        "activations of nearly 0",
    ),
    (
        "when to open the test set",
        "08",
        "Two networks are to be compared, and the better one reported. Which images decide which one is better?",
        {
            "the training images": "A network that knows them by heart would win. What is it worth on others?",
            "the validation images": "They decide, and the test set is opened once, for the one that was chosen.",
            "the test images": "Then the reported number is partly luck with these images: the winner was chosen for it.",
        },
        "the validation images",
    ),
)

Question(
    "clothes by nearest mean",
    "13",
    "On the digits of MNIST the nearest of ten mean images is right for 80 % of the images. And on ten kinds of clothes?",
    {
        "about 80 % as well": "Ten classes are ten classes. But how far apart do the ten means lie?",
        "about 69 %": "Harder, before any network has been trained.",
        "about 40 %": "Clothes of one kind differ a lot. But a boot, a bag and a pair of trousers have outlines of their own.",
    },
    "about 69 %",
)
Question(
    "an epoch of clothes",
    "13",
    "Fashion-MNIST is harder, and half of its pixels are not black, against a fifth in MNIST. How long does an epoch take?",
    {
        "longer, there is more to learn": "What there is to learn decides what comes out. Which operations depend on it?",
        "longer, there is more ink": "A product with 0 would be easy for you. Does a processor look before it multiplies?",
        "as long as on MNIST": "The same shapes, so the same number of products, whatever the numbers are.",
    },
    "as long as on MNIST",
    then="Now run the next two cells.",
)
Question(
    "which clothes are mixed up",
    "13",
    "Which two classes will the network take for each other most often?",
    {
        "trousers and dresses": "Both are long and narrow. But trousers have two legs with something black between them.",
        "sneakers and ankle boots": "Quite often. The height of the shaft tells most of them apart: that is many pixels.",
        "two of those that cover the upper body": "Sleeves, a body, a neck: what differs is a button, a collar, a zip.",
    },
    "two of those that cover the upper body",
)
Question(
    "five runs on clothes",
    "13",
    "Five networks, the same images, another seed each. How far apart are the best and the worst at the end, on Fashion-MNIST?",
    {
        "0.3 points or less": "That would be luck with the images, and the five share their images. What else is random?",
        "one to six points": "More than luck with the images can explain, and a table of single runs does not show it.",
        "more than fifteen points": "For that, one of them would have to fail. All five learn. They end at different places.",
    },
    "one to six points",
)
