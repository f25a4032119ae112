"""Notebook 08: write one epoch of mini-batch training."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import ENOUGH, arrays, fresh, used
from mlp_helpers.core.data import minibatches
from mlp_helpers.core.functions import (
    cross_entropy,
    linear,
    linear_backward,
    relu,
    relu_backward,
    softmax,
    softmax_cross_entropy_backward,
)

from .initialise import initialise
from .sgd_step import sgd_step


def scale(images):
    """Turn bytes into numbers from 0 to 1; leave alone what is scaled already."""
    return images / np.float32(255) if images.dtype == np.uint8 else images


def train_one_epoch(parameters, X, Y, batch_size, learning_rate, rng):
    """Take one step for each mini-batch, and return the mean of their losses."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


def loss_and_gradients(X, Y, parameters):
    """Forward, loss and backward for one batch: the loss, and the gradients under the names of their parameters."""
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    X = scale(X)
    Z1 = linear(X, W1, b1)  # (n, d) @ (d, h) -> (n, h)
    A1 = relu(Z1)
    P = softmax(linear(A1, W2, b2))  # (n, h) @ (h, k) -> (n, k)

    dZ2 = softmax_cross_entropy_backward(P, Y)  # (P - Y) / n
    dA1, dW2, db2 = linear_backward(dZ2, A1, W2)
    dZ1 = relu_backward(dA1, Z1)
    _, dW1, db1 = linear_backward(dZ1, X, W1)
    return cross_entropy(P, Y), {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


TINY = 1e-8  # steps so small that the order of the batches makes no difference


def start_of(d, h, k, dtype):
    """The first weights; where all sizes are the same, both matrices are one array, so that replacing it is noticed."""
    small = arrays(np.random.default_rng(5), d, h, k)
    start = {name: (array / np.sqrt(d if name == "W1" else h)).astype(dtype) for name, array in small.items()}
    return start | {"W2": start["W1"]} if d == h == k else start


def epoch_on(X, Y, batch_size, learning_rate, h=3, dtype=np.float64):
    """The arguments: a network that is always the same for the same sizes, so that the view can look back at it."""
    return start_of(X.shape[1], h, Y.shape[1], dtype), X, Y, batch_size, learning_rate, fresh()


def one_image(n, d, k, seed=0):
    """The same image n times, with its label."""
    rng = np.random.default_rng(seed)
    return np.tile(rng.uniform(0, 1, d), (n, 1)), np.tile(np.eye(k)[rng.integers(k)], (n, 1))


def images(n, d, k, seed=0):
    rng = np.random.default_rng(seed)
    return rng.uniform(0, 1, (n, d)), np.eye(k)[rng.integers(0, k, n)]


def in_bytes(n):
    X, Y = one_image(n, 784, 10)
    return (255 * X).astype(np.uint8), Y.astype(np.float32)


def after_the_epoch(value, parameters, X, Y, batch_size, learning_rate, rng):
    """What does not depend on the order of the batches.

    That is everything where there is one batch, or where all images are the same one. Where the steps are tiny, it is
    whether they add up to that of every image once; elsewhere only what a step was taken on, and whose random numbers
    decided.
    """
    W1, W2 = parameters["W1"], parameters["W2"]
    start = start_of(*W1.shape, W2.shape[1], W1.dtype)
    different = batch_size < len(X) and np.ptp(X, axis=0).any()
    tiny, ordered = different and learning_rate <= TINY, different and learning_rate > TINY
    seen = {}
    if not isinstance(value, (int, float, np.number, np.ndarray)) or np.ndim(value):
        seen["loss"] = value
    elif tiny:
        mean = loss_and_gradients(X, Y, start)[0]
        seen["loss"] = "the mean over all images" if np.isclose(value, mean, rtol=1e-4) else "another"
    elif not ordered:
        seen["loss"] = value
    if W1.shape == W2.shape:
        seen["under the names W1 and W2"] = "still one array" if np.array_equal(W1, W2) else "two arrays"
    elif tiny:
        whole = loss_and_gradients(X, Y, start)[1]
        steps = len(X) / batch_size

        def moved_by(factor):
            return all(
                np.allclose((start[name] - parameters[name]) / learning_rate, factor * whole[name], rtol=1e-4, atol=1e-5)
                for name in start
            )

        seen["learned from"] = "something else"
        for factor, what in ((1, "all images, in one step"), (steps, "every image once, with its own label")):
            if moved_by(factor):
                seen["learned from"] = what
    elif not ordered:
        seen |= {f"{name}: movement / learning rate": (start[name] - parameters[name]) / learning_rate for name in start}
    else:
        for _ in range(-(-len(X) // batch_size)):
            sgd_step(start, loss_and_gradients(X, Y, start)[1], learning_rate)
        every = all(np.allclose(start[name], parameters[name], rtol=1e-6) for name in start)
        seen["a step is taken on"] = "all images at once" if every else "a batch"
    if batch_size < len(X) and len(X) >= ENOUGH:
        seen["order of the images from"] = "rng" if used(rng) else "elsewhere"
    return seen


def drawn_epoch(rng):
    batch_size, batches = rng.integers(1, 5, 2)
    d, h, k = rng.integers(1, 5), rng.integers(1, 5), rng.integers(2, 5)
    X, Y = one_image(int(batch_size * batches), d, k, seed=int(rng.integers(1_000)))
    return epoch_on(X, Y, int(batch_size), float(rng.choice([0.1, 0.5])), h=int(h if d != k else k + 1))


exercise = Exercise(
    train_one_epoch,
    notebook="08",
    place="in class",
    view=after_the_epoch,
    changes=(0,),
    cases=[
        Case("a single image", *epoch_on(*one_image(1, 2, 3), 1, 0.5, h=2)),
        Case("the same image six times, in three batches", *epoch_on(*one_image(6, 2, 3), 2, 0.5, h=2)),
        Case("bytes, 784 pixels", *epoch_on(*in_bytes(4), 2, 0.1, h=16, dtype=np.float32)),
        Case("the same image five times, the last batch smaller, tiny steps", *epoch_on(*one_image(5, 3, 4), 2, TINY)),
        Case("the same image five times, the last batch smaller", *epoch_on(*one_image(5, 3, 2), 2, 0.5)),
        Case("all images in one batch", *epoch_on(*images(7, 4, 3), 7, 0.5), harsh=True),
        Case("a batch larger than the data", *epoch_on(*images(6, 3, 2), 10, 0.5), harsh=True),
        Case("twelve images, tiny steps", *epoch_on(*images(12, 4, 3), 4, TINY), harsh=True),
        Case("large steps", *epoch_on(*images(24, 4, 3), 4, 0.5), harsh=True),
        Case("one array under two names", *epoch_on(*images(4, 3, 3), 4, 0.5), harsh=True),
    ],
    draw=drawn_epoch,
    hints=[
        "A loop over `minibatches(X, Y, batch_size, rng)`. What does one step need, and what does it give?",
        "In the loop: `loss, gradients = loss_and_gradients(…)` for the batch, then `sgd_step(…)`, then keep the loss in a list.",
        "After the loop, and not inside it, the mean of the list is returned.",
    ],
    praise="Forward, loss, backward, update, once for each batch: that is what people mean when they say that a network trains.",
)


@exercise.mistake("The loss of the last batch", ask="Where is the loss of each batch kept until the end?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The training is right, but what is returned is the loss of the last batch alone, which jumps from epoch to epoch."""
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
    return loss


@exercise.mistake("The sum of the losses", ask="Should the loss of an epoch grow when the batches become smaller?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The losses of the batches are added up and not averaged: twice as many batches, twice the loss."""
    return np.sum(every_loss(parameters, X, Y, batch_size, learning_rate, rng))


@exercise.mistake("Divided by the number of images", ask="How many losses were added up?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Each loss is a mean over a batch already. Their sum is divided by the number of images, not by that of the losses."""
    return sum(every_loss(parameters, X, Y, batch_size, learning_rate, rng)) / len(X)


@exercise.mistake(
    "a mean over the images", kind="convention", ask="How often should the loss of a last batch of one image count?"
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The loss of each batch counts as often as it has images. Others do so, and it makes a difference only where the last
    batch is smaller. The exercise asks for the mean over the batches, in which each counts once."""
    sizes = [min(batch_size, len(X) - start) for start in range(0, len(X), batch_size)]
    return np.average(every_loss(parameters, X, Y, batch_size, learning_rate, rng), weights=sizes)


@exercise.mistake("Divided by the size of the last batch", ask="What do the names X and Y stand for when the loop is over?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The sum is divided by the size of the last batch alone. In `for X, Y in …` the names X and Y are given to each batch, so
    after the loop `len(X)` is the size of the last one."""
    total = 0
    for X, Y in minibatches(X, Y, batch_size, rng):  # noqa: B020 (that is the mistake)
        loss, gradients = loss_and_gradients(X, Y, parameters)
        sgd_step(parameters, gradients, learning_rate)
        total += loss * len(X)
    return total / len(X)


@exercise.also("Divided by the size of the last batch")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    losses = every_loss(parameters, X, Y, batch_size, learning_rate, rng)
    return sum(losses) / (len(X) - batch_size * (len(losses) - 1))


@exercise.mistake("All losses, not their mean", ask="Which one number stands for the whole epoch?")
def every_loss(parameters, X, Y, batch_size, learning_rate, rng):
    """The list of all losses comes back, where one number is asked for."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return losses


@exercise.mistake("Returns nothing", ask="What should the caller know about the epoch?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The network is trained, but the mean loss is not returned: the caller gets None."""
    every_loss(parameters, X, Y, batch_size, learning_rate, rng)


@exercise.mistake(
    "The parameters stay where they were", ask="Which function changes the parameters, and which dict was it given?"
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Losses are computed, and no step reaches the parameters."""
    losses = [loss_and_gradients(*batch, parameters)[0] for batch in minibatches(X, Y, batch_size, rng)]
    return np.mean(losses)


@exercise.mistake("The parameters became None", ask="What does `sgd_step` return, and what does it do instead?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """After the first step there is no network any more. After `parameters = sgd_step(…)` the name `parameters` stands for
    what `sgd_step` returns, None."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        parameters = sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake("The batches were not taken one by one", ask="How does one go through what a function yields?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """`X_batch, Y_batch = minibatches(…)` tries to take all batches apart at once. Each of them is a pair, and there are as
    many as the data give."""
    X_batch, Y_batch = minibatches(X, Y, batch_size, rng)
    loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
    sgd_step(parameters, gradients, learning_rate)
    return loss


@exercise.mistake("Another network was trained", ask="Which dict does the caller hold, and which one takes the steps?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The losses are those of a network that learns, and the parameters that were given have not moved: a copy of them, or a
    new dict, took the steps."""
    return np.mean(every_loss({name: array.copy() for name, array in parameters.items()}, X, Y, batch_size, learning_rate, rng))


@exercise.mistake("A new network in each epoch", ask="What happens to all that was learned in the epoch before?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The losses are those of new first weights, which were drawn inside and trained. The parameters that were given have not
    moved."""
    sizes = [X.shape[1], *(len(parameters[name]) for name in ("b1", "b2"))]
    return np.mean(every_loss(initialise(sizes, rng), X, Y, batch_size, learning_rate, rng))


@exercise.mistake("A step along the loss", ask="What tells each single weight in which direction to go?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Every parameter moves by the same amount, the learning rate times the loss. The gradients have no say."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, _ = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, dict.fromkeys(parameters, loss), learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake(
    "All gradients at the first weights", ask="After a step the weights are different. Which gradient belongs to the next batch?"
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The parameters end where the gradients at the first weights take them: these were used for every step, or added up for a
    single one."""
    loss, gradients = loss_and_gradients(X, Y, parameters)
    for _ in minibatches(X, Y, batch_size, rng):
        sgd_step(parameters, gradients, learning_rate)
    return loss


@exercise.mistake("The labels of all images", ask="Which labels belong to the images of this batch?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """A batch of images is compared with the labels of the whole data set: the shapes do not fit, or the pairs do not."""
    losses = []
    for X_batch, _ in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake("All images in each step", ask="Which variables does the loop hand you, and which do you use?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Each step computes the gradient of the whole data set. The batches are made, and not used."""
    losses = []
    for _ in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X, Y, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake(
    "the last, smaller batch is left out", kind="convention", ask="How often should each image have its turn in one epoch?"
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """No step is taken for the images that do not fill a batch. Others do so; here every image has its turn in every epoch."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        if len(X_batch) == batch_size:
            loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
            sgd_step(parameters, gradients, learning_rate)
            losses.append(loss)
    return np.mean(losses) if losses else np.nan


@exercise.mistake("Images drawn by lot", ask="How often should each image have its turn in one epoch?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Each step draws its images anew, as in section 2. In an epoch every image has its turn once, the last few too."""
    losses = []
    for _ in range(len(X) // batch_size):
        rows = rng.integers(0, len(X), batch_size)
        loss, gradients = loss_and_gradients(X[rows], Y[rows], parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake("Images drawn by lot, as many as there are", ask="How often should each image have its turn in one epoch?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Each step draws its images anew, as in section 2, so some come twice or more, and others not at all. In an epoch every
    image has its turn once."""
    losses = []
    for _ in range(0, len(X), batch_size):
        rows = rng.integers(0, len(X), batch_size)
        loss, gradients = loss_and_gradients(X[rows], Y[rows], parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake("A new order for each step", ask="How often should each image have its turn in one epoch?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Each step puts all images into a new order and takes the first batch of it: some images come twice or more, and others not
    at all. In an epoch there is one order, and every image has its turn once."""
    losses = []
    for _ in range(0, len(X), batch_size):
        batch = next(minibatches(X, Y, batch_size, rng))
        loss, gradients = loss_and_gradients(*batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake("One step only", ask="How many steps does an epoch of three batches take, and what ends yours after the first?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """One batch is used, and one step taken. `return` stands inside the loop."""
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
        return loss


@exercise.mistake("A single step", ask="How many steps does an epoch of three batches take, and which line takes one?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """A single step is taken in the whole epoch, and the loss is that of the weights before it."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        losses.append(loss)
    sgd_step(parameters, gradients, learning_rate)
    return np.mean(losses)


@exercise.mistake(
    "The images are not shuffled by rng", ask="Which function of this notebook mixes the images, and what must it be given?"
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """`rng` was never asked. Either the images come in the same order in every epoch, or in one that the caller's seed does
    not determine."""
    losses = []
    for start in range(0, len(X), batch_size):
        batch = X[start : start + batch_size], Y[start : start + batch_size]
        loss, gradients = loss_and_gradients(*batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake(
    "the loss after the epoch",
    kind="convention",
    ask="Which losses do you already have at the end of the loop, without further work?",
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The loss is measured after the last step, on all images. Others do so, and so does the notebook, later; it costs
    one more pass. The exercise asks for the mean of the losses that the steps gave on their way."""
    every_loss(parameters, X, Y, batch_size, learning_rate, rng)
    return loss_and_gradients(X, Y, parameters)[0]


@exercise.mistake("scaled twice", kind="fragile", ask="Who scales the bytes in this notebook?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The pixels are divided by 255 here. `loss_and_gradients` scales bytes by itself; images that were scaled before are now
    too dark to be seen."""
    return np.mean(every_loss(parameters, X / 255, Y, batch_size, learning_rate, rng))


@exercise.mistake(
    "one step on all images",
    kind="fragile",
    ask="How many steps does an epoch of three batches take, and who says how large a batch is?",
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """A single step is taken here, on all images at once. That happens, for example, where the batches have a size of their own,
    whatever `batch_size` says."""
    return np.mean(every_loss(parameters, X, Y, 64, learning_rate, rng))


@exercise.mistake("The loss after each step", ask="Which loss do you have before the step, without computing it again?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The training is right. The loss of each batch is measured after its step, and so it is a little too good. The exercise
    asks for the losses that belong to the gradients."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        sgd_step(parameters, loss_and_gradients(X_batch, Y_batch, parameters)[1], learning_rate)
        losses.append(loss_and_gradients(X_batch, Y_batch, parameters)[0])
    return np.mean(losses)


@exercise.mistake("Two steps for each batch", ask="How many times is a step taken with the same gradients?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Every gradient is used for two steps, one after the other: each batch moves the weights twice as far."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, gradients, 2 * learning_rate)
        losses.append(loss)
    return np.mean(losses)


@exercise.mistake("Uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The parameters move along the gradients, to where the loss grows."""
    return np.mean(every_loss(parameters, X, Y, batch_size, -learning_rate, rng))


@exercise.mistake("The loss is divided by the batch size", ask="Of what is each loss a mean already?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The training is right. What comes back is the mean of the losses, divided by the size of a batch once more."""
    return np.mean(every_loss(parameters, X, Y, batch_size, learning_rate, rng)) / batch_size


@exercise.mistake("The loss of the first batch", ask="Where is the loss of each batch kept until the end?")
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The training is right, but what is returned is the loss of the first batch alone."""
    return every_loss(parameters, X, Y, batch_size, learning_rate, rng)[0]


@exercise.mistake(
    "divided by a number of full batches",
    kind="fragile",
    ask="How many losses does an epoch of five images in batches of two have?",
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """Where a smaller batch comes last, the mean is too large: the sum of all losses is divided by the number of full batches.
    (`len(X) // batch_size` leaves out the last one.)"""
    return sum(every_loss(parameters, X, Y, batch_size, learning_rate, rng)) / max(len(X) // batch_size, 1)


@exercise.mistake(
    "divided by the share of a batch", kind="fragile", ask="How many losses does an epoch of five images in batches of two have?"
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The sum of the losses is right, and it is divided by n / batch_size. Where the last batch is smaller, that is not a whole
    number, and not the number of the losses."""
    return sum(every_loss(parameters, X, Y, batch_size, learning_rate, rng)) / max(len(X) / batch_size, 1)


@exercise.mistake(
    "a new array under the old name",
    kind="fragile",
    ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
)
def _(parameters, X, Y, batch_size, learning_rate, rng):
    """The dict gets new arrays. Whoever held an old one (here a second name in the dict) does not see the steps."""
    losses = []
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        parameters |= {name: parameters[name] - learning_rate * gradients[name] for name in parameters}
        losses.append(loss)
    return np.mean(losses)
