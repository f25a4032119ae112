"""Exercises and questions of notebook 02, Encode the labels."""

import numpy as np

from ..core import functions
from . import solutions
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

# --- one_hot -----------------------------------------------------------------------------------------------------------


def some_labels(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(1, 13))
    return rng.integers(0, k, n), k


one_hot = Exercise(
    functions.one_hot,
    notebook="02",
    place="in class",
    cases=[
        Case("two labels, three classes", (np.array([1, 0]), 3)),
        Case("three labels, four classes, all but class 1", (np.array([3, 0, 2]), 4)),
        Case("one label", (np.array([2]), 5)),
        Case("as many labels as classes", (np.array([2, 0, 0]), 3)),
        Case("five labels, three classes", (np.array([1, 2, 0, 1, 1]), 3)),
        Case("twelve classes", (np.array([11, 4]), 12)),
        Case("30 labels, ten classes", some_labels(np.random.default_rng(2), 30, 10)),
        Case("labels that are bytes", (np.array([0, 9, 5], np.uint8), 10), harsh=True),
    ],
    draw=some_labels,
    hints=[
        "Begin with a table of zeros, `np.zeros((rows, columns))`. How many rows, how many columns?",
        "In row 0 a 1 goes into column labels[0], in row 1 into column labels[1]: a loop does it.",
        "Without a loop: two arrays in square brackets are read in pairs. "
        "The rows are `np.arange(len(labels))`; what are the columns?",
    ],
    praise="Every row sums to 1, like probabilities, and every two classes are equally far apart. "
    "The type is decimal, so the network can compute with it.",
)


def zeros_for(labels, n_classes):
    return np.zeros((len(labels), n_classes), np.float32)


@one_hot.mistake("whole numbers", kind="fragile", ask="Which type has the table, and what changes the type of an array?")
def of_integers(labels, n_classes):
    """Zeros and ones are where they should be, but as whole numbers. What is written into such an array later loses its
    fraction, or is refused."""
    return np.eye(n_classes, dtype=int)[labels]


@one_hot.mistake("True and False", kind="fragile", ask="How does a table of True and False become one of 1.0 and 0.0?")
def of_booleans(labels, n_classes):
    """The right places are marked, but with True and False. NumPy refuses to subtract two such tables."""
    return labels[:, np.newaxis] == np.arange(n_classes)


@one_hot.mistake("one column too far left", ask="Which column belongs to the label 0?")
def one_to_the_left(labels, n_classes):
    """The 1 stands one column too far to the left: label 1 is in column 0, and label 0 in the last, which NumPy calls -1."""
    Y = zeros_for(labels, n_classes)
    Y[np.arange(len(labels)), labels.astype(int) - 1] = 1
    return Y


@one_hot.mistake("one column too far right", ask="Which column belongs to the label 0?")
def one_to_the_right(labels, n_classes):
    """The 1 stands one column too far to the right. The highest label has no column left, and gives an IndexError."""
    Y = zeros_for(labels, n_classes)
    Y[np.arange(len(labels)), labels + 1] = 1
    return Y


@one_hot.mistake("an empty column in front", ask="Which column belongs to the label 0, and how many columns are there then?")
def a_column_too_many(labels, n_classes):
    """There is one column too many: the classes are counted from 1, and column 0 stays empty."""
    return np.eye(n_classes + 1, dtype=np.float32)[labels + 1]


@one_hot.mistake("transposed", kind="convention", ask="In this course, is an example a row or a column?")
def one_column_for_each_label(labels, n_classes):
    """Each label has become a column, as in some other books. Here every example is a row."""
    return np.eye(n_classes, dtype=np.float32)[:, labels]


@one_hot.mistake(
    "row and column have changed places", ask="In `Y[a, b]`, which one is the row? Is the label a row or a column of Y?"
)
def exchanged(labels, n_classes):
    """The labels are used as rows and the positions as columns: an IndexError, or a 1 in the wrong
    place where the numbers fit."""
    Y = zeros_for(labels, n_classes)
    Y[labels, np.arange(len(labels))] = 1
    return Y


@one_hot.mistake(
    "every row has the ones of all labels", ask="Which row does the first label belong to, and what does `:` stand for?"
)
def all_rows(labels, n_classes):
    """Each label is written into all rows. `Y[:, labels]` means these columns in every row; and one row that is used
    again for every label keeps the ones of the labels before."""
    Y = zeros_for(labels, n_classes)
    Y[:, labels] = 1
    return Y


@one_hot.mistake("whole rows are filled", ask="In `Y[a, b]`, which one is the row? Is the label a row or a column of Y?")
def full_rows(labels, n_classes):
    """With one index NumPy takes whole rows, so the rows with the numbers of the labels are filled with ones."""
    Y = zeros_for(labels, n_classes)
    Y[labels] = 1
    return Y


@one_hot.mistake(
    "as many columns as the largest label asks for",
    kind="fragile",
    ask="Who says how many classes there are: the labels, or the caller?",
)
def by_the_largest_label(labels, n_classes):
    """The number of columns comes from the largest label that occurs. In a batch without the highest class
    a column is missing."""
    return np.eye(labels.max() + 1, dtype=np.float32)[labels]


@one_hot.mistake("only the classes that occur", kind="fragile", ask="Which column does the 9 get in a batch without a 3?")
def only_what_occurs(labels, n_classes):
    """Only classes that occur get a column. In a batch without a 3 every higher class moves one column to the left."""
    return (labels[:, np.newaxis] == np.unique(labels)).astype(np.float32)


@one_hot.mistake("always ten columns", kind="fragile", ask="What is `n_classes` for?")
def always_ten(labels, n_classes):
    """Ten is written into the function. It fits for digits, and for nothing with another number of classes."""
    Y = np.zeros((len(labels), 10), np.float32)
    Y[np.arange(len(labels)), labels] = 1
    return Y


@one_hot.mistake("the label instead of a 1", ask="What should stand in column 4 of a row for the class 4?")
def the_label_itself(labels, n_classes):
    """The column is right, but it holds the label and not a 1: class 9 would be nine times as much as
    class 1, and class 0 nothing."""
    Y = zeros_for(labels, n_classes)
    Y[np.arange(len(labels)), labels] = labels
    return Y


@one_hot.mistake("zero has no 1", ask="Is zero a class, and which column is its own?")
def zero_as_nothing(labels, n_classes):
    """The row of class 0 is all zeros. The other classes have a column in which to win, and zero has none."""
    Y = zeros_for(labels, n_classes)
    for i, label in enumerate(labels):
        if label:
            Y[i, label] = 1
    return Y


# --- decode ------------------------------------------------------------------------------------------------------------

decode = Exercise(
    solutions.decode,
    notebook="02",
    place="at home",
    cases=[
        Case("two images, three classes", (np.array([[0.1, 0.7, 0.3], [0.4, -0.2, 0.3]]),)),
        Case("one image", (np.array([[0.2, 0.1, 0.3, 1.4]]),)),
        Case("as many images as classes", (np.array([[0.1, 0.0, 0.8], [0.9, 0.6, 0.2], [0.5, 0.3, 0.7]]),)),
        Case("all outputs negative", (np.array([[-3.0, -1.0, -2.0, -4.0], [-0.5, -0.7, -0.9, -0.6]]),)),
        Case("one-hot rows", (np.eye(4, dtype=np.float32)[[3, 0, 1]],)),
        Case("float32", (np.array([[0.2, 0.4], [1.5, 0.9], [0.6, 0.8]], np.float32),)),
        Case("64 images, ten classes", (np.random.default_rng(3).normal(0, 1, (64, 10)),)),
    ],
    draw=lambda rng: (rng.normal(0, 2, rng.integers(1, 7, 2)),),
    hints=[
        "Two things can be asked of a row: how large is its largest entry, and *where* is it? A label is a place.",
        "`argmax` gives the place. Told an `axis`, it answers once for each row, or once for each column.",
        "One answer for each row: the search runs along the columns, which is axis 1.",
    ],
    praise="It needs no exact zeros and ones: whatever numbers a network answers with, the largest one wins.",
)


@decode.mistake("the largest entry instead of its column", ask="Which question do you ask a row: how large, or where?")
def the_maximum(Y):
    """It gives how large the largest entry of each row is, and not where it stands."""
    return Y.max(axis=1)


@decode.mistake(
    "one answer for each column", ask="How many answers do two images need? Along which axis does one image's row run?"
)
def for_each_column(Y):
    """The search runs down the columns: it finds the image that has most of a class, and not the class of each image."""
    return Y.argmax(axis=0)


@decode.mistake(
    "one place in the whole table", ask="How many answers do two images need? How is NumPy told to search row by row?"
)
def in_the_whole_table(Y):
    """Without an axis the table is searched as one long row, and there is a single answer for all images."""
    return Y.argmax()


@decode.mistake("only the first row", ask="How often does the loop run? Is the `return` inside it?")
def only_the_first_row(Y):
    """One label comes back, that of the first row. A `return` inside a loop ends the function at its first round."""
    return Y[0].argmax()


@decode.mistake("counted from 1", ask="Which number has the first column in NumPy, and which label is it?")
def counted_from_one(Y):
    """The columns are counted from 1, so every label is one too high."""
    return Y.argmax(axis=1) + 1


@decode.mistake("the result is still a table", kind="fragile", ask="Which shape should the labels of n images have?")
def still_two_dimensional(Y):
    """The labels are right, but they stand in a column (n, 1). Compared with labels (n,), every one would meet every other."""
    return Y.argmax(axis=1, keepdims=True)


@decode.mistake(
    "labels as decimal numbers", kind="fragile", ask="Which type does `np.zeros` give, and is a new array needed at all?"
)
def as_decimals(Y):
    """The labels are right, but as decimal numbers such as 4.0, and NumPy does not take those for an index."""
    return Y.argmax(axis=1).astype(float)


@decode.mistake("True and False instead of a column", ask="How do you get from a marked place to its number?")
def marked(Y):
    """The largest entry of each row is marked, and the table has still k columns. A label is the number of one column."""
    return Y.max(axis=1, keepdims=True) == Y


@decode.mistake("only for exact ones", kind="fragile", ask="Which entry would you choose when none is exactly 1?")
def where_one(Y):
    """It looks for entries that are exactly 1. That finds the labels of one-hot rows, and nothing in a program's answers."""
    return np.where(Y == 1)[1]


@decode.mistake(
    "whatever is not 0", kind="fragile", ask="In a program's answers hardly any entry is exactly 0. Which one do you choose?"
)
def not_zero(Y):
    """It takes every column that is not 0. In one-hot rows that is one for each; in a program's answers it is nearly all."""
    return np.nonzero(Y)[1]


@decode.mistake("rounded", kind="fragile", ask="What if no entry of a row rounds to 1, or two of them do?")
def rounded(Y):
    """The entries are rounded, and those that become 1 are taken. There may be none in a row, or several."""
    return np.where(np.round(Y) == 1)[1]


@decode.mistake("above one half", kind="fragile", ask="What if no entry of a row is above one half, or two of them are?")
def above_one_half(Y):
    """The entries above one half are taken. There may be none in a row, or several."""
    return np.where(Y > 0.5)[1]


@decode.mistake("a mixture of the labels", kind="fragile", ask="Which label comes out for half a 4 and half a 9?")
def mixed(Y):
    """Each column's number is multiplied by the entry, and all is added up. For one-hot rows that is the label; a program
    that hesitates between 4 and 9 would get the compromise 6.5, which nobody suggested."""
    return Y @ np.arange(Y.shape[1])


@decode.mistake("a mixture of the labels, cut off", kind="fragile", ask="Which label comes out for half a 4 and half a 9?")
def mixed_and_cut_off(Y):
    """Each column's number is multiplied by the entry, and all is added up. For one-hot rows that is the label; a program
    that hesitates between 4 and 9 would get the compromise 6, which nobody suggested."""
    return (Y @ np.arange(Y.shape[1])).astype(int)


# --- accuracy ----------------------------------------------------------------------------------------------------------


def answers_and_labels(rng, n=None):
    n = n or int(rng.integers(1, 13))
    labels = rng.integers(0, 10, n)
    return np.where(rng.uniform(size=n) < rng.choice([0.1, 0.5, 0.9]), labels, rng.integers(0, 10, n)), labels


accuracy = Exercise(
    functions.accuracy,
    notebook="02",
    place="at home",
    cases=[
        Case("three of four are right", (np.array([7, 2, 1, 0]), np.array([7, 2, 1, 5]))),
        Case("one image, read right", (np.array([3]), np.array([3]))),
        Case("one image, read wrong", (np.array([4]), np.array([9]))),
        Case("all are right", (np.array([0, 1, 2]), np.array([0, 1, 2]))),
        Case("one of three is right", (np.array([8, 9, 0]), np.array([3, 9, 6]))),
        Case("ten images", (np.array([1, 0, 1, 9, 2, 5, 0, 0, 4, 1]), np.array([1, 0, 3, 9, 2, 6, 0, 8, 9, 1]))),
        Case("700 images", answers_and_labels(np.random.default_rng(2), 700)),
        Case("bytes", (np.array([7, 1], np.uint8), np.array([7, 9], np.uint8)), harsh=True),
    ],
    draw=answers_and_labels,
    hints=[
        "`predicted == labels` says of each image whether it was read right. How many True are there, and out of how many?",
        "True counts as 1 and False as 0. The number of ones divided by the number of entries: NumPy has a name for it.",
    ],
    praise="A fraction between 0 and 1, whatever the number of images. "
    "It says how many were right, and not how wrong the others were.",
)


@accuracy.mistake("the fraction of wrong answers", ask="Which number should come out when all answers are right?")
def fraction_of_wrong(predicted, labels):
    """That is the error rate: it counts the answers that differ from the label."""
    return (predicted != labels).mean()


@accuracy.mistake("a percentage", kind="convention", ask="Which number should stand for all answers right: 1 or 100?")
def percentage(predicted, labels):
    """Many give accuracy in percent. Here it is a fraction between 0 and 1, and printing turns it into percent."""
    return 100 * (predicted == labels).mean()


@accuracy.mistake("the percentage of wrong answers", ask="Which number should come out when all answers are right?")
def percentage_of_wrong(predicted, labels):
    """It counts the answers that differ from the label, and gives them in percent."""
    return 100 * (predicted != labels).mean()


@accuracy.mistake("the number of right answers", ask="Is 300 right answers a lot? What else would you have to know?")
def how_many(predicted, labels):
    """It gives how many answers are right, which cannot be compared between 100 images and 10 000."""
    return (predicted == labels).sum()


@accuracy.mistake("the number of wrong answers", ask="Which number should come out when all answers are right?")
def how_many_wrong(predicted, labels):
    """It gives how many answers differ from the label."""
    return (predicted != labels).sum()


@accuracy.mistake("one answer for each image", ask="How do many True and False become one number?")
def for_each_image(predicted, labels):
    """It says of each image whether it was read right. One number for all of them is asked for."""
    return predicted == labels


@accuracy.mistake("each answer divided, but none added up", ask="How do many True and False become one number?")
def each_divided(predicted, labels):
    """Each answer is divided by the number of answers, and there are still as many as before. One number is asked for."""
    return (predicted == labels) / len(labels)


@accuracy.mistake("a 1 or a 0 for each image", ask="How do many ones and zeros become one number?")
def one_or_zero_for_each(predicted, labels):
    """It gives a 1 for each image that was read right and a 0 for the others. One number for all of them is asked for."""
    return np.where(predicted == labels, 1, 0)


@accuracy.mistake("divided by a fixed number", ask="How many answers are there, and who knows that number, if not you?")
def divided_by_four(predicted, labels):
    """The 4 of the example is written into the function. With another number of images the fraction is wrong, and can
    exceed 1."""
    return (predicted == labels).sum() / 4


@accuracy.mistake(
    "all answers are counted, not the right ones", ask="What does `len` count, and which of the entries should count?"
)
def all_are_counted(predicted, labels):
    """The result is 1 whatever was answered: `len` and `size` count True and False alike."""
    return len(predicted == labels) / len(labels)


@accuracy.mistake("the number of all answers", ask="What does `len` count, and which of the entries should count?")
def number_of_all(predicted, labels):
    """It gives how many answers there are: `len` and `size` count True and False alike."""
    return len(predicted == labels)


@accuracy.mistake("only the first image is counted", ask="How often does the loop run? Is the `return` inside it?")
def only_the_first_counted(predicted, labels):
    """It is over after the first image: whether that one is right is divided by the number of all images."""
    return float(predicted[0] == labels[0]) / len(labels)


@accuracy.mistake("whether all are right", ask="How much does one wrong answer among a thousand cost?")
def whether_all(predicted, labels):
    """It says whether all answers are right: True or False, and no fraction."""
    return bool((predicted == labels).all())


@accuracy.mistake("divided with //", ask="What is the difference between `/` and `//`?")
def divided_without_fraction(predicted, labels):
    """`//` drops what is behind the point, so that only 0 and 1 are left."""
    return (predicted == labels).sum() // len(labels)


@accuracy.mistake("how far the numbers are apart", ask="Is a 9 that is read as 8 less wrong than one that is read as 4?")
def mean_distance(predicted, labels):
    """It averages the difference between the numbers, as if classes had distances. An answer is right or it is not."""
    return np.abs(predicted.astype(int) - labels).mean()


@accuracy.mistake(
    "one-hot rows compared with labels", ask="Which shapes meet in the comparison, and which two do you want to compare?"
)
def one_hot_against_labels(predicted, labels):
    """Rows of ten columns are compared with single labels. The shapes do not fit, and where they do, with ten images, numbers
    meet that have nothing to do with each other."""
    return (predicted == np.eye(10)[labels]).mean()


@accuracy.mistake("decoded twice", ask="Which shape has `predicted` here, and is there a row left in which to look for a column?")
def decoded_twice(predicted, labels):
    """It looks for the largest entry of each row, but what comes are labels already, (n,)."""
    return (predicted.argmax(axis=1) == labels).mean()


@accuracy.mistake("rounded to two digits", kind="fragile", ask="Could you tell 98.1 % from 98.4 % with it?")
def with_two_digits(predicted, labels):
    """The fraction is rounded to two digits. Round when you print: here small differences between two networks are lost."""
    return np.round((predicted == labels).mean(), 2)


# --- nearest_mean ------------------------------------------------------------------------------------------------------


def means_and_images(rng, k=None, n=None, d=None):
    k, n, d = (size or int(rng.integers(1, 7)) for size in (k, n, d))
    return rng.normal(0, 2, (k, d)), rng.normal(0, 2, (n, d))


SQUARE = (
    np.array([[0.0, 1.0, 5.0], [2.0, 0.0, 1.0], [4.0, 4.0, 0.0]]),
    np.array([[0.5, 0.5, 1.0], [3.0, 4.0, 1.0], [1.0, 0.0, 6.0]]),
)
NEGATIVE = np.array([[-1.0, -2.0], [-4.0, -0.5]]), np.array([[-3.0, -1.0], [-1.0, -1.0], [-5.0, -5.0], [-0.5, -4.0]])

nearest_mean = Exercise(
    solutions.nearest_mean,
    notebook="02",
    place="starred",
    cases=[
        Case(
            "three means, four images of two pixels",
            (np.array([[1.0, 2.0], [4.0, 0.0], [0.0, 9.0]]), np.array([[3.0, 1.0], [0.0, 2.0], [1.0, 7.0], [2.0, 2.0]])),
        ),
        Case("one image", (np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]), np.array([[0.2, 0.9, 0.4]]))),
        Case("as many images as means", SQUARE),
        Case("all numbers negative", NEGATIVE),
        Case("float32", tuple(part.astype(np.float32) for part in means_and_images(np.random.default_rng(6), 4, 7, 5))),
        Case("five means, eight images of three pixels", means_and_images(np.random.default_rng(7), 5, 8, 3)),
        Case(
            "ten means, 20 images of 784 pixels", tuple(np.random.default_rng(2).uniform(0, 1, (size, 784)) for size in (10, 20))
        ),
    ],
    draw=means_and_images,
    hints=[
        "First a table with one squared distance for each image and each mean, (n, k); "
        "then, in each row, the place of the smallest.",
        "Three parts: (n, 1) for the images' ‖x‖², (n, k) for the products x · m, (k,) for the means' ‖m‖². "
        "NumPy repeats the first along the rows and the last down the columns.",
        "The products: `X @ means.T`. The first part needs `keepdims=True`, the last must not have it. `argmin` finds the place.",
    ],
    praise="The term ‖x‖² is the same in a whole row, so leaving it out would change no answer. What is left, "
    "a product plus one number for each class, is a layer like those of notebook 03.",
)


def squared_distances(means, X):
    return ((X[:, np.newaxis] - means) ** 2).sum(axis=2)


@nearest_mean.mistake("the farthest mean", ask="Is the mean you want the one with the largest distance or with the smallest?")
def farthest(means, X):
    """It gives the mean with the largest distance."""
    return squared_distances(means, X).argmax(axis=1)


@nearest_mean.mistake(
    "‖m‖² does not count", ask="Which of the three terms is the same for all means, and which has a value of its own for each?"
)
def largest_product(means, X):
    """The term ‖m‖² is left out, or it is one number for all means. Either way a mean with much ink wins for its length:
    what decides is the largest product."""
    return (X @ means.T).argmax(axis=1)


@nearest_mean.mistake("the 2 is missing", ask="What is (x − m)² when you multiply it out?")
def without_the_two(means, X):
    """The product x · m is subtracted once. Multiplying out the square gives it twice."""
    return ((means**2).sum(axis=1) - X @ means.T).argmin(axis=1)


@nearest_mean.mistake("the product is added", ask="Which sign has the middle term of (x − m)²?")
def with_a_plus(means, X):
    """The product x · m is added and not subtracted, so the nearest mean is found for the negative of the image."""
    return squared_distances(-means, X).argmin(axis=1)


@nearest_mean.mistake("one answer for each mean", ask="How many answers do n images need? Along which axis do the means lie?")
def for_each_mean(means, X):
    """It searches over the images: for each mean it finds the nearest image, and not for each image the nearest mean."""
    return squared_distances(means, X).argmin(axis=0)


@nearest_mean.mistake("one answer for all images", ask="Over which axis must the squares be added up, and over which not?")
def for_the_whole_batch(means, X):
    """The squared differences of all images are added up, so one mean is found for the whole batch."""
    return squared_distances(means, X).sum(axis=0).argmin()


@nearest_mean.mistake(
    "one place in the whole table", ask="How many answers do n images need? How is NumPy told to search row by row?"
)
def in_all_distances(means, X):
    """Without an axis the table of distances is searched as one long row, and there is a single answer for all images."""
    return squared_distances(means, X).argmin()


@nearest_mean.mistake("the distance instead of the mean's number", ask="Which question do you ask a row: how small, or where?")
def the_distance(means, X):
    """It gives how far away the nearest mean is, and not which one it is."""
    return squared_distances(means, X).min(axis=1)


@nearest_mean.mistake("all distances", ask="Which of the k distances of an image decides, and what is asked of it?")
def all_distances(means, X):
    """It gives the squared distances of every image to every mean, (n, k). What is missing is the choice in each row."""
    return squared_distances(means, X)


@nearest_mean.mistake("the mean instead of its number", ask="Which shape should the labels of n images have?")
def the_mean_itself(means, X):
    """It gives the mean image, (n, d), and not the number of its row."""
    return means[squared_distances(means, X).argmin(axis=1)]


@nearest_mean.mistake(
    "absolute differences",
    kind="convention",
    ask="What should one pixel that is off by 10 cost, compared with ten pixels that are off by 1?",
)
def by_absolute_differences(means, X):
    """Some add up the differences without their signs. Here they are squared, so that one large difference weighs more than
    several small ones."""
    return np.abs(X[:, np.newaxis] - means).sum(axis=2).argmin(axis=1)


@nearest_mean.mistake("differences that are not squared", ask="What becomes of +3 and −3 when they are added up?")
def by_plain_differences(means, X):
    """The differences are added up with their signs, so that too much ink here and too little there cancel."""
    return (X[:, np.newaxis] - means).sum(axis=2).argmin(axis=1)


@nearest_mean.mistake(
    "keepdims is missing", ask="Which shape has the sum of the images' squares, and along which axis is it repeated?"
)
def images_without_keepdims(means, X):
    """The images' ‖x‖² have shape (n,), and broadcasting puts them along the means: an error, and with as many images as means
    a wrong result without one."""
    return ((X**2).sum(axis=1) - 2 * X @ means.T + (means**2).sum(axis=1)).argmin(axis=1)


@nearest_mean.mistake(
    "keepdims at the means", ask="Which shape has the sum of the means' squares, and along which axis should it be repeated?"
)
def means_with_keepdims(means, X):
    """The means' ‖m‖² stand in a column (k, 1), and broadcasting repeats them along a row: an error, and with as many images
    as means a wrong result without one."""
    return ((X**2).sum(axis=1, keepdims=True) - 2 * X @ means.T + (means**2).sum(axis=1, keepdims=True)).argmin(axis=1)


@nearest_mean.mistake("the table is not transposed", ask="Which shapes meet in the product, and which sizes have to agree?")
def without_transpose(means, X):
    """`X @ means` multiplies (n, d) by (k, d). For `@` the inner sizes have to be the same."""
    return ((X**2).sum(axis=1, keepdims=True) - 2 * X @ means + (means**2).sum(axis=1)).argmin(axis=1)


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "02",
    (
        "why floats",
        "01",
        "Why are pixels turned into floating-point numbers before anything is computed with them?",
        {
            "bytes wrap around": "In bytes 200 + 100 is 44, and nobody is told.",
            "floats take less memory": "They take four or eight times as much.",
            "the files hold floats": "The files hold bytes, one for each pixel. The change is ours, and it has a reason.",
        },
        "bytes wrap around",
    ),
    (
        "rows of pixels",
        "01",
        "1 000 images of 28 × 28 pixels are flattened. Which shape has the result?",
        {
            "(1000, 784)": "One row for each image, one column for each pixel.",
            "(784, 1000)": "Other books lay examples in columns. What is a row in this course?",
            "(784000,)": "All numbers would be there, but where does one image end?",
        },
        "(1000, 784)",
    ),
    (
        "where to compare",
        "01",
        "You have two networks and want to keep the better one. On which images do you compare them?",
        {
            "train": "Both have seen the answers to these. The one that recites better would win.",
            "validation": "It is there to be used up by such choices.",
            "test": "Then the number that you report at the end contains the luck of the choice.",
        },
        "validation",
    ),
)

Question(
    "shuffled means",
    "02",
    "The pixels of all images and of all means are shuffled in the same way, as in notebook 01. "
    "How many digits do the nearest means read then?",
    {
        "as many as before": "The squared distance adds up the same terms in another order.",
        "fewer, but more than by guessing": "Our eyes miss the neighbours. Which term of the sum uses a neighbour?",
        "about one in ten": "That is guessing. Does the squared distance of x and m ask where a pixel lies?",
    },
    "as many as before",
)
Question(
    "three encodings",
    "02",
    "The same fit to three encodings. Which order will the accuracies have?",
    {
        "numbers are best, there is the least to fit": "The least effort, yes. But how does one number say: a 4, or else a 9?",
        "one-hot is best, then binary codes, then numbers": "The more freely an answer can hesitate, the better it is read.",
        "all about equal, the fit is the same": "The method is, but not what it has to hit: one number, four or ten an image.",
    },
    "one-hot is best, then binary codes, then numbers",
)
