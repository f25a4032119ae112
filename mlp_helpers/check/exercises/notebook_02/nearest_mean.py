"""Notebook 02: write a classifier that picks the nearest class mean."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.ties import first_of_the_largest


def nearest_mean(means, X):
    """Return the row of means (k, d) that is nearest to each row of X (n, d): (n,)."""
    squared = (X**2).sum(axis=1, keepdims=True) - 2 * X @ means.T + (means**2).sum(axis=1)  # (n, 1) - (n, k) + (k,)
    return squared.argmin(axis=1)


def means_and_images(rng, k=None, n=None, d=None):
    k, n, d = (size or int(rng.integers(1, 7)) for size in (k, n, d))
    return rng.normal(0, 2, (k, d)), rng.normal(0, 2, (n, d))


SQUARE = (
    np.array([[0.0, 1.0, 5.0], [2.0, 0.0, 1.0], [4.0, 4.0, 0.0]]),
    np.array([[0.5, 0.5, 1.0], [3.0, 4.0, 1.0], [1.0, 0.0, 6.0]]),
)


NEGATIVE = np.array([[-1.0, -2.0], [-4.0, -0.5]]), np.array([[-3.0, -1.0], [-1.0, -1.0], [-5.0, -5.0], [-0.5, -4.0]])


def squared_distances(means, X):
    return ((X[:, np.newaxis] - means) ** 2).sum(axis=2)


exercise = Exercise(
    nearest_mean,
    notebook="02",
    place="starred",
    view=lambda labels, means, X: first_of_the_largest(labels, -squared_distances(means, X)),
    cases=[
        Case(
            "three means, four images of two pixels",
            np.array([[1.0, 2.0], [4.0, 0.0], [0.0, 9.0]]),
            np.array([[3.0, 1.0], [0.0, 2.0], [1.0, 7.0], [2.0, 2.0]]),
        ),
        Case("one image", np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]), np.array([[0.2, 0.9, 0.4]])),
        Case("as many images as means", *SQUARE),
        Case("all numbers negative", *NEGATIVE),
        Case("float32", *tuple(part.astype(np.float32) for part in means_and_images(np.random.default_rng(6), 4, 7, 5))),
        Case("five means, eight images of three pixels", *means_and_images(np.random.default_rng(7), 5, 8, 3)),
        Case(
            "ten means, 20 images of 784 pixels", *tuple(np.random.default_rng(2).uniform(0, 1, (size, 784)) for size in (10, 20))
        ),
        Case(
            "two means equally near",
            np.array([[0.0, 0.0], [2.0, 0.0], [5.0, 5.0]]),
            np.array([[1.0, 0.0], [5.0, 4.0]]),
            harsh=True,
        ),
    ],
    draw=means_and_images,
    hints=[
        "For one image there are k squared distances, one to each mean, and the answer is the place of the smallest. "
        "Without a loop: first the table of them all, (n, k), then the place in each row.",
        "Three parts: (n, 1) for the images' ‖x‖², (n, k) for the products x · m, (k,) for the means' ‖m‖². "
        "NumPy repeats the first along the rows and the last down the columns.",
        "The products: `X @ means.T`. The first part needs `keepdims=True`, the last must not have it. `argmin` finds the place.",
    ],
    praise="In the formula with the product, ‖x‖² is the same for all classes, so leaving it out changes no answer. What is "
    "left, a product plus one number for each class, is a layer like those of notebook 03.",
)


@exercise.mistake(
    "a label for every nearest mean", kind="fragile", ask="If an image lies between two means, how many labels does it give?"
)
def _(means, X):
    """It looks for the distances that are equal to the smallest of their image. Where an image has two of these, it gives two
    labels, and all that follow belong to the wrong images."""
    squared = squared_distances(means, X)
    return np.where(squared == squared.min(axis=1, keepdims=True))[1]


@exercise.mistake("The farthest mean", ask="Is the mean you want the one with the largest distance or with the smallest?")
def _(means, X):
    """It gives the mean with the largest distance."""
    return squared_distances(means, X).argmax(axis=1)


@exercise.mistake(
    "‖m‖² does not count", ask="Which of the three terms is the same for all means, and which has a value of its own for each?"
)
def _(means, X):
    """The term ‖m‖² is left out, or it is one number for all means. Either way a mean with a lot of ink wins by its length:
    what decides is the largest product."""
    return (X @ means.T).argmax(axis=1)


@exercise.mistake("The 2 is missing", ask="What is (x − m)² when you multiply it out?")
def _(means, X):
    """The product x · m is subtracted once. Multiplying out the square gives it twice."""
    return ((means**2).sum(axis=1) - X @ means.T).argmin(axis=1)


@exercise.mistake("The product is added", ask="What sign does the middle term of (x − m)² have?")
def _(means, X):
    """The product x · m is added and not subtracted, so the nearest mean is found for the negative of the image."""
    return squared_distances(-means, X).argmin(axis=1)


@exercise.mistake("One answer for each mean", ask="How many answers do n images need? Along which axis do the means lie?")
def _(means, X):
    """It searches over the images: for each mean it finds the nearest image, and not for each image the nearest mean."""
    return squared_distances(means, X).argmin(axis=0)


@exercise.mistake("One answer for all images", ask="Over which axis must the squares be added up, and over which not?")
def _(means, X):
    """The squared differences of all images are added up, so one mean is found for the whole batch."""
    return squared_distances(means, X).sum(axis=0).argmin()


@exercise.mistake(
    "One place in the whole table", ask="How many answers do n images need? How is NumPy told to search row by row?"
)
def _(means, X):
    """Without an axis the table of distances is searched as one long row, and there is a single answer for all images."""
    return squared_distances(means, X).argmin()


@exercise.mistake("The distance instead of the mean's number", ask="Which question do you ask a row: how small, or where?")
def _(means, X):
    """It gives how far away the nearest mean is, and not which one it is."""
    return squared_distances(means, X).min(axis=1)


@exercise.mistake("All distances", ask="Which of the k distances of an image decides, and what is asked of it?")
def _(means, X):
    """It gives the squared distances of every image to every mean, (n, k). What is missing is the choice in each row."""
    return squared_distances(means, X)


@exercise.mistake("The mean instead of its number", ask="Which shape should the labels of n images have?")
def _(means, X):
    """It gives the mean image, (n, d), and not the number of its row."""
    return means[squared_distances(means, X).argmin(axis=1)]


@exercise.mistake(
    "absolute differences",
    kind="convention",
    ask="What should one pixel that is off by 10 cost, compared with ten pixels that are off by 1?",
)
def _(means, X):
    """Some add up the differences without their signs. Here they are squared, so that one large difference weighs more than
    several small ones."""
    return np.abs(X[:, np.newaxis] - means).sum(axis=2).argmin(axis=1)


@exercise.mistake("Differences that are not squared", ask="What becomes of +3 and −3 when they are added up?")
def _(means, X):
    """The differences are added up with their signs, so that too much ink here and too little there cancel."""
    return (X[:, np.newaxis] - means).sum(axis=2).argmin(axis=1)


@exercise.mistake(
    "Keepdims is missing", ask="What shape does the sum of the images' squares have, and along which axis is it repeated?"
)
def _(means, X):
    """The images' ‖x‖² have shape (n,), and broadcasting puts them along the means: an error, and with as many images as means
    a wrong result without one."""
    return ((X**2).sum(axis=1) - 2 * X @ means.T + (means**2).sum(axis=1)).argmin(axis=1)


@exercise.mistake(
    "Keepdims at the means", ask="What shape does the sum of the means' squares have, and along which axis should it be repeated?"
)
def _(means, X):
    """The means' ‖m‖² stand in a column (k, 1), and broadcasting repeats them along a row: an error, and with as many images
    as means a wrong result without one."""
    return ((X**2).sum(axis=1, keepdims=True) - 2 * X @ means.T + (means**2).sum(axis=1, keepdims=True)).argmin(axis=1)


@exercise.mistake("The table is not transposed", ask="Which shapes meet in the product, and which sizes have to agree?")
def _(means, X):
    """`X @ means` multiplies (n, d) by (k, d). For `@` the inner sizes have to be the same."""
    return ((X**2).sum(axis=1, keepdims=True) - 2 * X @ means + (means**2).sum(axis=1)).argmin(axis=1)


@exercise.mistake("Counted from 1", ask="What is the index of the first mean in NumPy, and which label is that?")
def _(means, X):
    """The means are counted from 1, so every label is one too high."""
    return ((X[:, np.newaxis] - means) ** 2).sum(axis=2).argmin(axis=1) + 1


@exercise.mistake("The nearest so far is not forgotten", ask="With what should the search for each image begin?")
def _(means, X):
    """The first image is right. For those that follow, a mean counts only if it is nearer than any was to an earlier image, and
    where there is none, the last answer is repeated."""
    labels, best, where = [], np.inf, 0
    for distances in squared_distances(means, X):
        for j, distance in enumerate(distances):
            if distance < best:
                best, where = distance, j
        labels.append(where)
    return np.array(labels)


@exercise.mistake("The smallest distance is not kept", ask="What must change besides the answer when a nearer mean is found?")
def _(means, X):
    """The answer is the last mean, for every image. That happens where each distance is compared with the one that the search
    began with, and not with the smallest so far."""
    return np.full(len(X), len(means) - 1)


@exercise.mistake(
    "The distance to the first mean is kept for ever", ask="What must change besides the answer when a nearer mean is found?"
)
def _(means, X):
    """The answer is the last of all means that are nearer than the first one. Each distance is compared with that to the first
    mean, and not with the smallest so far."""
    distances = squared_distances(means, X)
    nearer = distances < distances[:, :1]
    return np.where(nearer.any(axis=1), len(means) - 1 - nearer[:, ::-1].argmax(axis=1), 0)
