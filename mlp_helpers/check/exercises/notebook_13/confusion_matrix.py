"""Notebook 13: write a confusion matrix."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import measures


def labels_and_answers(rng):
    k = int(rng.integers(2, 6))
    labels = rng.integers(0, k, int(rng.integers(1, 13)))
    return labels, np.where(rng.random(len(labels)) < 0.6, labels, rng.integers(0, k, len(labels))), k


exercise = Exercise(
    measures.confusion_matrix,
    notebook="13",
    place="in class",
    cases=[
        Case("five images, three classes", np.array([0, 0, 0, 1, 2]), np.array([0, 1, 1, 1, 0]), 3),
        Case("one image", np.array([1]), np.array([0]), 2),
        Case("a class that never occurs", np.array([0, 1, 1, 0]), np.array([1, 1, 1, 0]), 4),
        Case("only one class, always right", np.array([2, 2, 2]), np.array([2, 2, 2]), 3),
        Case("as many images as classes", np.array([2, 0, 1]), np.array([1, 0, 2]), 3),
        Case("a class that is never answered", np.array([0, 1, 2, 2]), np.array([0, 1, 1, 0]), 3),
        Case("1 000 images, ten classes", np.arange(1000) % 10, np.arange(1000) % 7, 10),
        Case("the same pair 300 times", np.ones(300, int), np.zeros(300, int), 2, harsh=True),
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


@exercise.mistake(
    "rows and columns exchanged", kind="convention", ask="Which of the two, the label or the answer, chooses the row here?"
)
def transposed(labels, predicted, n_classes=10):
    """Some books put the answers into the rows and the labels into the columns. Here a row holds all
    images of one class."""
    return measures.confusion_matrix(labels, predicted, n_classes).T


@exercise.mistake(
    "Each pair counts once", ask="If the same place stands twice in a list of indices, how often does += write into it?"
)
def each_pair_once(labels, predicted, n_classes=10):
    """All entries are 0 or 1. With lists of places, `+=` reads all of them first and writes all of them back: a place that is
    named fifty times still grows by 1."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    counts[labels, predicted] += 1
    return counts


@exercise.mistake("decimal numbers", kind="convention", ask="What does np.zeros make, and what does it make with dtype=int?")
def _(labels, predicted, n_classes=10):
    """The counts are right, as decimal numbers. Here they are whole ones, which is what counts are."""
    return measures.confusion_matrix(labels, predicted, n_classes).astype(float)


@exercise.mistake(
    "only as many classes as occur", kind="fragile", ask="How large should the table be when there is no image of the last class?"
)
def _(labels, predicted, n_classes=10):
    """The table is as large as the highest label that occurs. Whether a class exists should not depend on these images."""
    k = int(max(labels.max(), predicted.max())) + 1
    return measures.confusion_matrix(labels, predicted, k)


@exercise.mistake("always ten classes", kind="fragile", ask="How many rows does the caller ask for?")
def always_ten(labels, predicted, n_classes=10):
    """The table has ten rows and columns, whatever `n_classes` says."""
    return measures.confusion_matrix(labels, predicted, 10)


@exercise.mistake("Only the mistakes", ask="Where should an image that is read rightly be counted?")
def _(labels, predicted, n_classes=10):
    """The diagonal is empty: what was read rightly was left out. Without it nobody can tell how many images a class has."""
    counts = measures.confusion_matrix(labels, predicted, n_classes)
    return counts - np.diag(counts.diagonal())


@exercise.mistake("Shares of a row, not counts", ask="What should the sum of a row be?")
def _(labels, predicted, n_classes=10):
    """Each row is divided by its sum. That is often drawn as well, but it hides how many images there are, and a class without
    any images becomes nan."""
    counts = measures.confusion_matrix(labels, predicted, n_classes)
    with np.errstate(invalid="ignore"):
        return counts / counts.sum(axis=1, keepdims=True)


@exercise.mistake("Shares of all, not counts", ask="What should the sum of the whole table be?")
def _(labels, predicted, n_classes=10):
    """Everything is divided by the number of images. The exercise asks for the counts themselves."""
    return measures.confusion_matrix(labels, predicted, n_classes) / len(labels)


@exercise.mistake("Only the first image is counted", ask="How far is the `return` indented, and how often is the loop run?")
def _(labels, predicted, n_classes=10):
    """One image is counted, and no other. The `return` stands inside the loop."""
    return measures.confusion_matrix(labels[:1], predicted[:1], n_classes)


@exercise.mistake("= 1 in place of += 1", ask="What is in the entry when the second such image comes?")
def _(labels, predicted, n_classes=10):
    """The right answers are counted, but for the wrong ones it only says whether they occur."""
    counts = each_pair_once(labels, predicted, n_classes)
    np.fill_diagonal(counts, measures.confusion_matrix(labels, predicted, n_classes).diagonal())
    return counts


@exercise.mistake("A list names whole rows", ask="Which brackets make a pair (rows, columns)?")
def rows_in_a_list(labels, predicted, n_classes=10):
    """Whole rows grow by 1. A list of places names rows; a pair in round brackets names entries."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, [labels, predicted], 1)
    return counts


@exercise.mistake("Every label with every answer", ask="How many counts should five images give in all?")
def every_label_with_every_answer(labels, predicted, n_classes=10):
    """Each label is paired with the answers to all images, and not with its own. Two loops over the images,
    one inside the other, do that, and so does a product of two counts."""
    return np.outer(np.bincount(labels, minlength=n_classes), np.bincount(predicted, minlength=n_classes))


@exercise.mistake(
    "The range comes from the data", ask="Between which two numbers does `np.histogram2d` lay its bins, if it is not told?"
)
def bins_over_the_data(labels, predicted, n_classes=10):
    """The counts are right where both the first and the last class occur, among the labels and among the answers. Elsewhere they
    can stand in wrong rows and columns. `np.histogram2d` is like that: unless it is told a `range`, its bins reach from the
    smallest number that it is given to the largest."""
    return np.histogram2d(labels, predicted, bins=n_classes)[0].astype(int)


def also_as_decimals(wrong):
    """The same mistake in a table that np.zeros made without dtype=int."""

    def as_decimals(labels, predicted, n_classes=10):
        return wrong.function(labels, predicted, n_classes).astype(float)

    as_decimals.__doc__ = f"{wrong.message} (And `np.zeros` makes decimal numbers unless it is told `dtype=int`.)"
    title = wrong.title[0].upper() + wrong.title[1:]
    exercise.mistake(f"{title}, as decimal numbers", ask=wrong.question)(as_decimals)


for wrong in exercise.task.mistakes[:]:
    if wrong.function in (
        transposed,
        each_pair_once,
        always_ten,
        rows_in_a_list,
        every_label_with_every_answer,
        bins_over_the_data,
    ):
        also_as_decimals(wrong)


@exercise.mistake("Only the right answers", ask="Where should a 4 that is read as 9 be counted?")
def _(labels, predicted, n_classes=10):
    """Only the diagonal is filled: answers that are wrong were not counted."""
    counts = measures.confusion_matrix(labels, predicted, n_classes)
    return np.diag(np.diag(counts))


@exercise.mistake(
    "as many classes as there are different labels", kind="fragile", ask="How large should the table be, and who says so?"
)
def _(labels, predicted, n_classes=10):
    """The size of the table comes from the labels that occur. Where a class is missing there is an error, or the table is too
    small."""
    n_classes = len(np.unique(labels))
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


@exercise.mistake("counts that overflow", kind="fragile", ask="How far can a byte count?")
def _(labels, predicted, n_classes=10):
    """The counts are kept in bytes. After 255 a byte begins again at 0."""
    return measures.confusion_matrix(labels, predicted, n_classes).astype(np.uint8)


@exercise.mistake("Counted both ways", ask="How many entries of the table should grow for one image?")
def _(labels, predicted, n_classes=10):
    """Each image is counted twice: in the row of its label, and in that of its answer. The table is symmetrical, and its diagonal
    twice as large as it should be."""
    counts = measures.confusion_matrix(labels, predicted, n_classes)
    return counts + counts.T


@exercise.mistake(
    "One row, n times in the list", ask="How many rows does the list hold, and how many places for one and the same row?"
)
def _(labels, predicted, n_classes=10):
    """All rows are alike, and each holds the counts of all images. That happens with `[[0] * n] * n`: that is a list of one row,
    n times, and whatever is written into it stands in all of them."""
    counts = [[0] * n_classes] * n_classes
    for label, answer in zip(labels, predicted, strict=True):
        counts[label][answer] += 1
    return np.array(counts)
