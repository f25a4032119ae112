"""Notebook 08: write the loop over epochs."""

import numpy as np

from mlp_helpers.check.engine.comparing import word, written
from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import ENOUGH, fresh, used
from mlp_helpers.core.functions import accuracy, cross_entropy, linear, one_hot, relu, softmax

from .initialise import initialise
from .train_one_epoch import scale, start_of, train_one_epoch


def predict(images, parameters):
    """The probabilities of the classes for some images."""
    A1 = relu(linear(scale(images), parameters["W1"], parameters["b1"]))
    return softmax(linear(A1, parameters["W2"], parameters["b2"]))


def evaluate(split, parameters):
    """Loss and accuracy on the images and labels of a split."""
    images, labels = split
    P = predict(images, parameters)
    return cross_entropy(P, one_hot(labels)), accuracy(P.argmax(axis=1), labels)


def fit(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """Train for some epochs, and return what was seen on train and on validation after each of them."""
    images, labels = train
    Y = one_hot(labels)
    seen = []
    for _ in range(epochs):
        train_one_epoch(parameters, images, Y, batch_size, learning_rate, rng)
        seen.append((evaluate(train, parameters), evaluate(validation, parameters)))
    return seen


def split(n, d, seed=0, alike=False):
    """Some images and labels: all different, or one image and its label n times."""
    rng = np.random.default_rng(seed)
    images, labels = rng.uniform(0, 1, (n, d)), rng.integers(0, 10, n)
    return (np.tile(images[:1], (n, 1)), np.tile(labels[:1], n)) if alike else (images, labels)


def fit_on(train, validation, epochs, batch_size, learning_rate=0.5, h=2):
    return start_of(train[0].shape[1], h, 10, np.float64), train, validation, epochs, batch_size, learning_rate, fresh()


FORMS = {(): "one number", (2,): "two numbers", (1, 2): "one pair", (2, 2): "two pairs of loss and accuracy"}
TWO_PAIRS = FORMS[2, 2]


def what_it_holds(entry):
    """What an entry of the list holds, in words."""
    try:
        numbers = np.asarray(entry)
    except ValueError:  # parts of different lengths
        return " and ".join(map(what_it_holds, entry))
    if numbers.dtype.kind not in "fiu" or not numbers.size:
        return word(entry)
    kind = "numbers" if numbers.ndim == 1 else "pairs" if numbers.shape[1:] == (2,) else ""
    return FORMS.get(numbers.shape, f"{len(numbers)} {kind}" if kind else word(entry))


def after_the_epochs(value, parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """What does not depend on the order of the batches: everything, where there is one batch or one kind of image."""
    images, _ = train
    ordered = batch_size < len(images) and np.ptp(images, axis=0).any()
    if not isinstance(value, list):
        return word(value)
    strange = [each for each in value if what_it_holds(each) != TWO_PAIRS]
    seen = {"what an entry holds": what_it_holds(strange[0]) if strange else TWO_PAIRS, "length of the list": f"{len(value)}"}
    if strange and not ordered:
        seen["the entries"] = ", ".join(map(written, value))
    elif ordered and value and not strange:
        last = evaluate(train, parameters), evaluate(validation, parameters)
        seen["the last entry is of"] = "the trained network" if np.allclose(value[-1], last) else "another network"
        if epochs > 1:
            seen["the first entry is of"] = "the trained network" if np.allclose(value[0], last) else "an earlier network"
    elif not ordered:
        seen |= {f"the entry of epoch {epoch}": np.array(each) for epoch, each in enumerate(value, start=1)}
    if not ordered:
        start = start_of(*parameters["W1"].shape, 10, np.float64)
        seen["movement of b2"] = parameters["b2"] - start["b2"]
    if batch_size < len(images) and len(images) >= ENOUGH:
        seen["order of the images from"] = "rng" if used(rng) else "elsewhere"
    return seen


def drawn_fit(rng):
    d, n, m, epochs = (int(rng.integers(1, 5)) for _ in range(4))
    return fit_on(split(n, d, int(rng.integers(1_000))), split(m, d, int(rng.integers(1_000))), epochs, n)


exercise = Exercise(
    fit,
    notebook="08",
    place="in class",
    view=after_the_epochs,
    asks="a list with an entry for each epoch",
    changes=(0, 6),
    cases=[
        Case("three images in one batch, two epochs", *fit_on(split(3, 2), split(2, 2, 1), 2, 3)),
        Case("one epoch", *fit_on(split(4, 3), split(3, 3, 1), 1, 4)),
        Case("the same image six times, in three batches", *fit_on(split(6, 3, alike=True), split(4, 3, 1), 3, 2)),
        Case("no epoch at all", *fit_on(split(4, 3), split(3, 3, 1), 0, 4), harsh=True),
        Case("twenty images in batches of four", *fit_on(split(20, 3), split(5, 3, 1), 3, 4), harsh=True),
    ],
    draw=drawn_fit,
    hints=[
        "A list before the loop, a loop over `range(epochs)`, and in it two things: train, then measure.",
        "`train_one_epoch` wants one-hot labels, and `evaluate` wants a split: `evaluate(train, parameters)`.",
        "In the loop: `train_one_epoch(parameters, images, Y, …)`, then append both results of `evaluate` as a pair. After "
        "it, return the list.",
    ],
    praise="Every framework has a function like this one under some name, and you know what is inside it.",
)


@exercise.mistake("Measured before the epoch", ask="Which comes first in an epoch, the training or the measurement?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """Each measurement comes before the training of its epoch, so the first one shows a network that has learned nothing yet."""
    images, labels = train
    seen = []
    for _ in range(epochs):
        seen.append((evaluate(train, parameters), evaluate(validation, parameters)))
        train_one_epoch(parameters, images, one_hot(labels), batch_size, learning_rate, rng)
    return seen


@exercise.mistake(
    "Validation measured before the epoch", ask="Which of the two measurements comes after the training of its epoch?"
)
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The measurements on train are right. Each measurement on validation comes before the training of its epoch."""
    images, labels = train
    seen = []
    for _ in range(epochs):
        before = evaluate(validation, parameters)
        train_one_epoch(parameters, images, one_hot(labels), batch_size, learning_rate, rng)
        seen.append((evaluate(train, parameters), before))
    return seen


@exercise.mistake("All measurements after the last epoch", ask="After how many epochs should the first measurement be taken?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """Every entry holds what was measured on the network after its last epoch."""
    for _ in range(epochs):
        train_one_epoch(parameters, train[0], one_hot(train[1]), batch_size, learning_rate, rng)
    return [(evaluate(train, parameters), evaluate(validation, parameters)) for _ in range(epochs)]


@exercise.mistake("A single measurement", ask="Where would a curve come from, if there were only one point?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """There is one measurement, of the network after its last epoch, where one after every epoch is asked for."""
    return fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)[-1:]


@exercise.mistake("A single epoch", ask="At which point of the loop does the function end?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The network is trained for one epoch, and there is one measurement, however many epochs are asked for."""
    return fit(parameters, train, validation, min(epochs, 1), batch_size, learning_rate, rng)


@exercise.mistake("One epoch too few", ask="Which numbers does `range(1, 4)` give, and how many are there?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The network is trained for one epoch fewer than asked for."""
    return fit(parameters, train, validation, epochs - 1, batch_size, learning_rate, rng)


@exercise.mistake("One epoch too many", ask="Which numbers does `range(epochs + 1)` give, and how many are there?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The network is trained for one epoch more than asked for."""
    return fit(parameters, train, validation, epochs + 1, batch_size, learning_rate, rng)


@exercise.mistake("Never trained", ask="Which function changes the parameters?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The measurements are there, but the parameters have not moved: nothing was trained."""
    return [(evaluate(train, parameters), evaluate(validation, parameters)) for _ in range(epochs)]


@exercise.mistake("Train measured twice", ask="Which images has the network not been trained on?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """Both halves of each entry are the measurement on the training images."""
    return fit(parameters, train, train, epochs, batch_size, learning_rate, rng)


@exercise.mistake("Validation measured twice", ask="Which of the two splits belongs in the first place?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """Both halves of each entry are the measurement on the validation images."""
    return [(after, after) for _, after in fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)]


@exercise.mistake("Validation first", ask="In which order does the docstring name the two splits?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """In each entry validation stands first, and train second."""
    return [(second, first) for first, second in fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)]


@exercise.mistake("Trained on validation", ask="Which images may set the weights?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The steps were taken on the validation images, which are there for comparisons."""
    seen = []
    for _ in range(epochs):
        train_one_epoch(parameters, validation[0], one_hot(validation[1]), batch_size, learning_rate, rng)
        seen.append((evaluate(train, parameters), evaluate(validation, parameters)))
    return seen


@exercise.mistake("Only validation", ask="Which two curves does the next figure draw?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The list holds the measurements on validation alone."""
    return [after for _, after in fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)]


@exercise.mistake("Only the accuracies", ask="What are the two numbers that `evaluate` returns?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """Of each measurement only the accuracy is kept. The loss is wanted too."""
    seen = fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)
    return [(before[1], after[1]) for before, after in seen]


@exercise.mistake("Only the losses", ask="What are the two numbers that `evaluate` returns?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """Of each measurement only the loss is kept. The accuracy is wanted too."""
    seen = fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)
    return [(before[0], after[0]) for before, after in seen]


@exercise.mistake("The losses of the batches", ask="What does `train_one_epoch` return, and what does `evaluate`?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The list holds what `train_one_epoch` returned: the mean loss on the way, from networks that changed with every batch."""
    Y = one_hot(train[1])
    return [train_one_epoch(parameters, train[0], Y, batch_size, learning_rate, rng) for _ in range(epochs)]


@exercise.mistake(
    "The mean loss in place of the measurement on train", ask="What does `evaluate(train, parameters)` return, and when?"
)
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The first half of each entry is the number that `train_one_epoch` returned. The measurement on train belongs there, a
    pair."""
    Y, seen = one_hot(train[1]), []
    for _ in range(epochs):
        loss = train_one_epoch(parameters, train[0], Y, batch_size, learning_rate, rng)
        seen.append((loss, evaluate(validation, parameters)))
    return seen


@exercise.mistake("One flat list", ask="How many entries should one epoch add to the list, and what is in such an entry?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The measurements are right, and each of them is an entry by itself, so that an epoch adds two. The two measurements of an
    epoch belong together, as one pair. (`seen += [a, b]` adds two entries, and so does `extend`.)"""
    seen = fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)
    return [pair for entry in seen for pair in entry]


@exercise.mistake("Four numbers for each epoch", ask="What does `evaluate` return, and how many of these make an entry?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The numbers are right, but the four of an epoch stand in one row. An entry is a pair of measurements, each of them a pair
    too."""
    seen = fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)
    return [(*before, *after) for before, after in seen]


@exercise.mistake("Several lists", ask="Which list grows by one entry in each epoch, and what are the two halves of that entry?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """A tuple came back. The exercise asks for one list with an entry for each epoch, a pair of measurements."""
    seen = fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)
    return [pair for pair, _ in seen], [pair for _, pair in seen]


@exercise.mistake("Another network was trained", ask="Which dict does the caller hold, and which one takes the steps?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The measurements are those of a network that learns, but the parameters that were given have not moved: other arrays took
    the steps."""
    copies = {name: array.copy() for name, array in parameters.items()}
    return fit(copies, train, validation, epochs, batch_size, learning_rate, rng)


@exercise.mistake("New first weights", ask="What happens to all that was learned in the epoch before?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The parameters that were given have not moved. New first weights were drawn inside, and trained."""
    sizes = [train[0].shape[1], len(parameters["b1"]), 10]
    return fit(initialise(sizes, rng), train, validation, epochs, batch_size, learning_rate, rng)


@exercise.mistake("`rng` is not used", ask="What does a generator with the same seed give each time?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The generator that was given is not used. Where another one is made anew for each epoch, with the same seed, every epoch
    has the same order."""
    seen = []
    for _ in range(epochs):
        seen += fit(parameters, train, validation, 1, batch_size, learning_rate, np.random.default_rng(0))
    return seen


@exercise.mistake("Returns nothing", ask="What is the next cell to draw?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The network is trained, but what was seen on the way is not returned: the caller gets None."""
    fit(parameters, train, validation, epochs, batch_size, learning_rate, rng)


@exercise.mistake("Labels that are not one-hot", ask="What shape do the labels have, and what shape does `train_one_epoch` want?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """`train_one_epoch` was given label numbers. It compares them with rows of ten probabilities, so it wants one-hot rows."""
    images, labels = train
    for _ in range(epochs):
        train_one_epoch(parameters, images, labels, batch_size, learning_rate, rng)
    return [(evaluate(train, parameters), evaluate(validation, parameters))]


@exercise.mistake("Trained on validation as well", ask="Which images should the network never learn from?")
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """In each epoch steps are taken on the validation images, too. They are there for comparisons."""
    seen = []
    for _ in range(epochs):
        for images, labels in (train, validation):
            train_one_epoch(parameters, images, one_hot(labels), batch_size, learning_rate, rng)
        seen.append((evaluate(train, parameters), evaluate(validation, parameters)))
    return seen


@exercise.mistake(
    "The loss on the way, not the one measured after it", ask="What does `evaluate(train, parameters)` return, and when?"
)
def _(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    """The accuracies are right, and so are the measurements on validation. The loss beside the accuracy on train is the number
    that `train_one_epoch` returned: the mean over its batches, each taken before the step."""
    Y, seen = one_hot(train[1]), []
    for _ in range(epochs):
        loss = train_one_epoch(parameters, train[0], Y, batch_size, learning_rate, rng)
        seen.append(((loss, evaluate(train, parameters)[1]), evaluate(validation, parameters)))
    return seen
