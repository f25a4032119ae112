"""Exercises and questions of notebook 12, Revisit the classic."""

import numpy as np

from ..core.functions import linear, linear_backward, sigmoid, softmax
from .exercise import Case, Exercise
from .networks import EXAMPLE, four_gradients, two_layers
from .questions import Question, look_back_questions

# --- centre_pixels -----------------------------------------------------------------------------------------------------


def centre_pixels(images):
    """Turn bytes from 0 to 255 into float32 numbers from -1 to 1, of the same shape."""
    return images.astype(np.float32) / 127.5 - 1


def some_bytes(rng):
    return (rng.integers(0, 256, rng.integers(1, 6, 2)).astype(np.uint8),)


centre_pixels = Exercise(
    centre_pixels,
    notebook="12",
    place="at home",
    cases=[
        Case("one image of four pixels", (np.array([[0, 51, 204, 255]], np.uint8),)),
        Case("black alone", (np.zeros((2, 3), np.uint8),)),
        Case("white alone", (np.full((2, 2), 255, np.uint8),)),
        Case("nothing is black or white", (np.array([[100, 127, 128], [140, 30, 200]], np.uint8),)),
        Case("two images of 784 pixels", (np.random.default_rng(12).integers(0, 256, (2, 784)).astype(np.uint8),)),
    ],
    draw=some_bytes,
    hints=[
        "A straight line through two points: 0 becomes −1, and 255 becomes 1. How much does one step of a byte add?",
        "The range is 2 wide and has 255 steps, so a step is 2 / 255, which is 1 / 127.5. Where does the line begin?",
        "Turn the bytes into decimal numbers first, `images.astype(np.float32)`, then divide by 127.5 and subtract 1.",
    ],
    praise="The same picture on another ruler. Section 7 (at home) finds out what the ruler does.",
)


@centre_pixels.mistake("from 0 to 1", ask="Which number should black become?")
def to_unit(images):
    """That is the usual scale, from 0 to 1. Here black should become −1."""
    return images / 255


@centre_pixels.mistake("bytes that overflow", ask="Which number follows 255 when a byte is doubled or added to?")
def doubled_bytes(images):
    """The bytes were doubled while they were still bytes: what passes 255 begins again at 0."""
    return images * np.uint8(2) / 255 - 1


@centre_pixels.mistake("bytes that wrap below 0", ask="What is a byte of 0 minus 128, if it must stay a byte?")
def shifted_bytes(images):
    """Something was subtracted while they were still bytes. A byte knows no −1: below 0 it goes on from 255 downwards."""
    return (images - np.uint8(128)) / 127.5


@centre_pixels.mistake("bytes that wrap below 0, divided by 128", ask="What is a byte of 0 minus 128, if it must stay a byte?")
def shifted_bytes_by_128(images):
    """128 was subtracted while they were still bytes. A byte knows no −1: below 0 it goes on from 255 downwards."""
    return (images - np.uint8(128)) / 128


@centre_pixels.mistake("shifted, not scaled", ask="How far is it from black to white afterwards, and how far should it be?")
def shifted_alone(images):
    """The middle is at 0 now, but black and white are still 255 apart."""
    return images - 127.5


@centre_pixels.mistake("scaled, not shifted", ask="Where does black lie afterwards?")
def scaled_alone(images):
    """The range is 2 wide, as it should be, but it goes from 0 to 2."""
    return images / 127.5


@centre_pixels.mistake("from -1 to 0", ask="How wide is the range from −1 to 1, and how wide is yours?")
def below_zero(images):
    """Black is right, and white becomes 0: the range is only 1 wide."""
    return images / 255 - 1


@centre_pixels.mistake("from -0.5 to 0.5", ask="How wide is the range from −1 to 1, and how wide is yours?")
def half_as_wide(images):
    """The middle is right, and the range is only 1 wide."""
    return images / 255 - 0.5


@centre_pixels.mistake("divided by 128", kind="convention", ask="What does 255 become, exactly?")
def by_128(images):
    """Others divide by 128, which is nearly the same. White then becomes 0.992, not quite 1."""
    return images / 128 - 1


@centre_pixels.mistake("centred on 128", kind="convention", ask="What do 0 and 255 become, exactly?")
def around_128(images):
    """Half-way between 0 and 255 lies 127.5, not 128. So black and white are a little off, by the same amount."""
    return (images.astype(float) - 128) / 127.5


@centre_pixels.mistake("black and white exchanged", ask="Which number should 255 become?")
def negative(images):
    """The line falls where it should rise: black becomes 1 and white −1."""
    return 1 - images / 127.5


@centre_pixels.mistake(
    "stretched to the batch", kind="fragile", ask="What becomes of the same grey pixel, if the image beside it has no white?"
)
def stretched(images):
    """The darkest pixel of the batch becomes −1, the brightest 1. So a pixel's number depends on the images beside it."""
    low, high = images.min(), images.max()
    return (images - low) / (high - low) * 2 - 1


@centre_pixels.mistake(
    "the mean of the batch subtracted", ask="Which number must be subtracted so that black becomes −1 in every batch?"
)
def mean_subtracted(images):
    """The mean of these images was made 0. Asked for is a fixed line, the same for every batch."""
    return images / 127.5 - (images / 127.5).mean()


@centre_pixels.mistake("whole numbers", ask="Which type of number can hold −0.6?")
def whole_numbers(images):
    """The result was cut to whole numbers: hardly anything but −1, 0 and 1 is left."""
    return (images / 127.5 - 1).astype(int)


# --- gap_and_decline ---------------------------------------------------------------------------------------------------


def gap_and_decline(train, validation):
    """Give training minus validation at the end, and validation's best minus its last."""
    return train[-1] - validation[-1], validation.max() - validation[-1]


def two_accuracies(rng):
    epochs = int(rng.integers(1, 9))
    validation = np.round(rng.uniform(60, 95, epochs), 1)
    return np.round(validation + rng.uniform(-3, 9, epochs), 1), validation


def two_numbers(value, *arguments):
    """What comes, by name; a dict would hand out its names where two numbers are wanted."""
    gap, decline = ("a dict", "a dict") if isinstance(value, dict) else value
    return {"gap": gap, "decline": decline}


gap_and_decline = Exercise(
    gap_and_decline,
    notebook="12",
    place="in class",
    view=two_numbers,
    cases=[
        Case("both rise, then validation falls", (np.array([80.0, 95.0, 99.0]), np.array([78.0, 93.0, 91.0]))),
        Case("both rise to the end", (np.array([80.0, 90.0, 92.0, 95.0]), np.array([79.0, 88.0, 90.0, 94.0]))),
        Case("validation above training", (np.array([60.0, 70.0, 71.0, 75.0]), np.array([80.0, 91.0, 90.0, 88.0]))),
        Case("both fall", (np.array([90.0, 95.0, 94.0, 80.0, 85.0]), np.array([88.0, 86.0, 92.0, 81.0, 84.0]))),
        Case("best in the first epoch", (np.array([90.0, 93.0, 97.0]), np.array([89.0, 87.0, 86.5]))),
        Case("one epoch", (np.array([70.0]), np.array([65.0]))),
        Case("float32", (np.array([80.0, 99.0, 98.0], np.float32), np.array([78.0, 90.0, 85.0], np.float32))),
    ],
    draw=two_accuracies,
    hints=[
        "The last entry of an array is `a[-1]`. Which two last entries make the gap?",
        "For the decline only validation counts: its largest entry, `validation.max()`, and its last one.",
        "`return gap, decline` gives both. The gap is training minus validation, the decline is the best minus the last.",
    ],
    praise="Two numbers for two questions: does it carry over, and has it been trained for too long?",
)


@gap_and_decline.mistake("the gap turned round", ask="Is the gap positive when training is above validation?")
def gap_turned(train, validation):
    """Training was subtracted from validation, so an ordinary gap comes out negative."""
    return validation[-1] - train[-1], validation.max() - validation[-1]


@gap_and_decline.mistake("the decline turned round", ask="Can the decline be negative?")
def decline_turned(train, validation):
    """The best was subtracted from the last, so every decline comes out negative."""
    return train[-1] - validation[-1], validation[-1] - validation.max()


@gap_and_decline.mistake("both turned round", ask="Which is usually larger: training or validation, the best or the last?")
def both_turned(train, validation):
    """Both differences were taken the other way round, and ordinary gaps and all declines come out negative."""
    return validation[-1] - train[-1], validation[-1] - validation.max()


@gap_and_decline.mistake("in the other order", ask="Which of the two numbers should come first?")
def other_order(train, validation):
    """Both numbers are right, but the decline came first."""
    return validation.max() - validation[-1], train[-1] - validation[-1]


@gap_and_decline.mistake("the gap of the best epochs", ask="At which epoch is the gap to be read?")
def gap_of_the_bests(train, validation):
    """The best training minus the best validation accuracy: they may come from two different epochs, and the end counts."""
    return train.max() - validation.max(), validation.max() - validation[-1]


@gap_and_decline.mistake("the largest gap on the way", ask="At which epoch is the gap to be read?")
def largest_gap(train, validation):
    """The gap was taken where it was widest. It may have closed again since."""
    return (train - validation).max(), validation.max() - validation[-1]


@gap_and_decline.mistake("the mean gap", ask="At which epoch is the gap to be read?")
def mean_gap(train, validation):
    """The gap was averaged over all epochs, the early ones too, in which nothing had been learned yet."""
    return (train - validation).mean(), validation.max() - validation[-1]


@gap_and_decline.mistake("the gap where validation is best", ask="At which epoch is the gap to be read?")
def gap_at_the_best(train, validation):
    """The gap was read in validation's best epoch. What is asked for is the network that one has at the end."""
    best = validation.argmax()
    return train[best] - validation[best], validation.max() - validation[-1]


@gap_and_decline.mistake(
    "the gap without its sign", kind="fragile", ask="What should come out when validation lies above training?"
)
def gap_without_sign(train, validation):
    """Where validation lies above training the gap is negative. That is news, and the absolute value hides it."""
    return abs(train[-1] - validation[-1]), validation.max() - validation[-1]


@gap_and_decline.mistake("the decline of training", ask="Which of the two curves says whether new images are read worse?")
def decline_of_training(train, validation):
    """How far *training* fell from its best. What does harm shows on the images that are not trained on."""
    return train[-1] - validation[-1], train.max() - train[-1]


@gap_and_decline.mistake(
    "only the last step", ask="How far has validation fallen since its best epoch, not since the epoch before?"
)
def last_step(train, validation):
    """The last epoch was compared with the one before. A slow fall over twenty epochs would look like nothing."""
    return train[-1] - validation[-1], validation[-2] - validation[-1]


@gap_and_decline.mistake("how far it rose", ask="From which epoch on does one count: the worst, or the best?")
def rise_from_the_lowest(train, validation):
    """The lowest was subtracted from the last: that is how far validation has *risen*. (With losses it would be a decline.)"""
    return train[-1] - validation[-1], validation[-1] - validation.min()


@gap_and_decline.mistake("the whole range", ask="Which epoch does the decline end at: the worst one, or the last one?")
def whole_range(train, validation):
    """From the best to the worst. The worst epoch is nearly always the first one, and no harm was done there."""
    return train[-1] - validation[-1], validation.max() - validation.min()


@gap_and_decline.mistake("epochs since the best", ask="In which unit is a decline of accuracy?")
def epochs_since(train, validation):
    """How many epochs ago validation was best. That says when, and not how much was lost."""
    return train[-1] - validation[-1], float(len(validation) - 1 - validation.argmax())


@gap_and_decline.mistake("the gap alone", ask="How does a function return two numbers?")
def gap_alone(train, validation):
    """One number came, and it is the gap. The decline is missing."""
    return train[-1] - validation[-1]


@gap_and_decline.mistake("a dict, not two numbers", ask="What do `gap, decline = …` take from a dict: its values, or its names?")
def as_a_dict(train, validation):
    """The numbers came in a dict. `gap, decline = gap_and_decline(…)` would then get two names, and no numbers."""
    return {"gap": train[-1] - validation[-1], "decline": validation.max() - validation[-1]}


@gap_and_decline.mistake("a gap for every epoch", ask="Which entry of this difference is the one at the end?")
def gap_everywhere(train, validation):
    """The difference of the two curves is a curve. Its last entry is the gap."""
    return train - validation, validation.max() - validation[-1]


# --- sigmoid_mean_squared_error_backward -------------------------------------------------------------------------------


def sigmoid_mean_squared_error_backward(A, Y):
    """Give the gradient with respect to Z of the squared error of A = sigmoid(Z)."""
    return 2 * (A - Y) / len(A) * A * (1 - A)


def outputs_and_targets(rng, n=None, k=None):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 7))
    return sigmoid(rng.normal(0, 2, (n, k))), np.eye(k)[rng.integers(0, k, n)]


A_SMALL, Y_SMALL = np.array([[0.8, 0.5, 0.1], [0.25, 0.9, 0.4]]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])

sigmoid_mean_squared_error_backward = Exercise(
    sigmoid_mean_squared_error_backward,
    notebook="12",
    place="in class",
    cases=[
        Case("two images, three classes", (A_SMALL, Y_SMALL)),
        Case("one image", (np.array([[0.25, 0.5, 0.75, 0.9]]), np.array([[0.0, 1.0, 0.0, 0.0]]))),
        Case("as many images as classes", (np.array([[0.5, 0.2], [0.25, 0.75]]), np.array([[0.0, 1.0], [1.0, 0.0]]))),
        Case("three images, two classes", outputs_and_targets(np.random.default_rng(3), 3, 2)),
        Case("outputs of exactly 0 and 1", (np.eye(3)[[0, 1, 0, 2]], np.eye(3)[[1, 0, 0, 2]])),
        Case("float32", (A_SMALL.astype(np.float32), Y_SMALL.astype(np.float32))),
        Case("64 images, ten classes", outputs_and_targets(np.random.default_rng(4), 64, 10)),
    ],
    draw=outputs_and_targets,
    hints=[
        "Two stations: how the loss answers to an output, and how that output answers to its score. Multiply, entry by entry.",
        "The first is 2 (A − Y) / n, with n the number of rows, `len(A)`. The second is the slope of the sigmoid.",
        "The slope of the sigmoid, from what came out of it, is `A * (1 - A)`.",
    ],
    praise="Where A is nearly 0 or 1 the result is nearly 0, whether the output is right or wrong. Section 4 is about that.",
)


@sigmoid_mean_squared_error_backward.mistake("stopped at the outputs", ask="How does an output answer when its score is nudged?")
def stopped_at_the_outputs(A, Y):
    """That is the gradient of the outputs, dA. The way back through the sigmoid to the scores is missing."""
    return 2 * (A - Y) / len(A)


@sigmoid_mean_squared_error_backward.mistake(
    "the gradient of cross-entropy",
    ask="What is the derivative of a square, and does anything cancel the slope of the sigmoid here?",
)
def of_cross_entropy(A, Y):
    """(A − Y) / n belongs to softmax and cross-entropy, where the slope cancels. With a square nothing cancels."""
    return (A - Y) / len(A)


@sigmoid_mean_squared_error_backward.mistake(
    "the difference alone", ask="What is missing between the outputs and the scores, and where does the mean enter?"
)
def difference_alone(A, Y):
    """A − Y: the slope of the sigmoid, the 2 of the square and the 1/n of the mean are missing."""
    return A - Y


@sigmoid_mean_squared_error_backward.mistake("without the 2", ask="What is the derivative of x²?")
def without_two(A, Y):
    """Everything is half as large as it should be. (Books that put ½ in front of the square have no 2 here. This course has.)"""
    return (A - Y) / len(A) * A * (1 - A)


@sigmoid_mean_squared_error_backward.mistake(
    "not divided by n", ask="The loss is a mean over the images: how much does one image count?"
)
def summed(A, Y):
    """That is the gradient of the *sum* over the images. With twice as many images the steps would be twice as long."""
    return 2 * (A - Y) * A * (1 - A)


@sigmoid_mean_squared_error_backward.mistake(
    "without the 2 and not divided by n", ask="What is the derivative of x², and where does the mean enter?"
)
def without_two_summed(A, Y):
    """Two factors are missing: the 2 of the square and the 1/n of the mean."""
    return (A - Y) * A * (1 - A)


@sigmoid_mean_squared_error_backward.mistake(
    "averaged over the classes too",
    kind="convention",
    ask="Over what does this course average, and what does it do with the classes?",
)
def over_everything(A, Y):
    """Divided by n·k, the number of all entries. Other books do so; it makes every step k times shorter. Here the classes are
    summed."""
    return 2 * (A - Y) / A.size * A * (1 - A)


@sigmoid_mean_squared_error_backward.mistake("divided by the classes", ask="Which axis of A are the images?")
def by_the_classes(A, Y):
    """Divided by the number of columns, k. The mean runs over the images, which are the rows."""
    return 2 * (A - Y) / A.shape[1] * A * (1 - A)


@sigmoid_mean_squared_error_backward.mistake("Y - A", ask="Should the loss rise or fall when the score of a wrong class rises?")
def other_way_round(A, Y):
    """The difference is taken the other way round. That is the direction down, and a gradient points up."""
    return 2 * (Y - A) / len(A) * A * (1 - A)


@sigmoid_mean_squared_error_backward.mistake(
    "the slope of the sigmoid lost its A", ask="What is the slope of the sigmoid where its output is nearly 0?"
)
def without_A(A, Y):
    """Multiplied by 1 − A alone. An output near 0 would then have the steepest slope of all, where the sigmoid is flat."""
    return 2 * (A - Y) / len(A) * (1 - A)


@sigmoid_mean_squared_error_backward.mistake(
    "the slope of the sigmoid lost its 1 - A", ask="What is the slope of the sigmoid where its output is nearly 1?"
)
def without_one_minus_A(A, Y):
    """Multiplied by A alone. An output near 1 would then have the steepest slope of all, where the sigmoid is flat."""
    return 2 * (A - Y) / len(A) * A


@sigmoid_mean_squared_error_backward.mistake("the sigmoid once more", ask="Has A been through the sigmoid already, or not yet?")
def sigmoid_twice(A, Y):
    """A was put through the sigmoid again to get the slope. It came out of it already."""
    S = sigmoid(A)
    return 2 * (A - Y) / len(A) * S * (1 - S)


@sigmoid_mean_squared_error_backward.mistake(
    "the slope of the targets", ask="Whose slope is it: that of the output, or that of the target?"
)
def slope_of_Y(A, Y):
    """Y (1 − Y) is 0 for every 0 and every 1, so nothing is left. The slope belongs to the output."""
    return 2 * (A - Y) / len(A) * Y * (1 - Y)


@sigmoid_mean_squared_error_backward.mistake(
    "the slope of tanh", ask="What is the derivative of 1 / (1 + exp(−z)), written with a?"
)
def slope_of_tanh(A, Y):
    """1 − A² is the slope of another S-shaped curve, tanh, which goes from −1 to 1."""
    return 2 * (A - Y) / len(A) * (1 - A**2)


@sigmoid_mean_squared_error_backward.mistake("the square is still there", ask="What is the derivative of x²?")
def still_squared(A, Y):
    """The squared difference was multiplied by the slope. A derivative of x² is 2x, and it knows the sign."""
    return (A - Y) ** 2 / len(A) * A * (1 - A)


@sigmoid_mean_squared_error_backward.mistake(
    "one row for all images", ask="How many scores does the batch have, and how many slopes must there be?"
)
def averaged_away(A, Y):
    """The mean is taken over the rows, and one row of k numbers is left. Every score of every image has a slope of its own."""
    return (2 * (A - Y) * A * (1 - A)).mean(axis=0)


@sigmoid_mean_squared_error_backward.mistake("multiplied by n", ask="In which order does Python compute a / b * c?")
def multiplied_by_n(A, Y):
    """The result is n² times too large: n was multiplied, where it should divide."""
    return 2 * (A - Y) * len(A) * A * (1 - A)


# --- classic_gradients -------------------------------------------------------------------------------------------------


def classic_gradients(X, Y, W1, b1, W2, b2):
    """Give the gradients of the squared error of two sigmoid layers, each in the shape of its parameter."""
    A1 = sigmoid(linear(X, W1, b1))  # (n, d) @ (d, h) -> (n, h)
    A2 = sigmoid(linear(A1, W2, b2))  # (n, h) @ (h, k) -> (n, k)

    dZ2 = 2 * (A2 - Y) / len(X) * A2 * (1 - A2)  # (n, k)
    dA1, dW2, db2 = linear_backward(dZ2, A1, W2)
    dZ1 = dA1 * A1 * (1 - A1)  # (n, h)
    _, dW1, db1 = linear_backward(dZ1, X, W1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def saturated_network():
    X, Y, W1, b1, W2, b2 = two_layers(np.random.default_rng(7), 5, 4, 6, 3)
    return X, Y, 1e4 * W1, b1, 1e4 * W2, b2


classic_gradients = Exercise(
    classic_gradients,
    notebook="12",
    place="starred",
    view=four_gradients,
    atol=1e-8,
    cases=[
        Case("the weights of notebook 06", EXAMPLE),
        Case("three images, all sizes different", two_layers(np.random.default_rng(1), 3, 4, 5, 2)),
        Case("one image", two_layers(np.random.default_rng(2), 1, 3, 4, 5)),
        Case("all sizes equal", two_layers(np.random.default_rng(3), 3, 3, 3, 3)),
        Case("as many units as classes", two_layers(np.random.default_rng(4), 4, 2, 3, 3)),
        Case("float32", tuple(array.astype(np.float32) for array in two_layers(np.random.default_rng(8), 4, 3, 6, 2))),
        Case("5 images, 784-50-10", two_layers(np.random.default_rng(9), 5, 784, 50, 10)),
        Case("scores of many thousands", saturated_network(), harsh=True),
    ],
    draw=two_layers,
    hints=[
        "Forwards in two lines: A1 from X, A2 from A1, each a `linear` inside a `sigmoid`. The slopes need only A1 and A2.",
        "Backwards: dZ2 by your function of this section, then `linear_backward` with what went into the second layer.",
        "`dA1, dW2, db2 = linear_backward(dZ2, A1, W2)`, then the slope of the hidden sigmoid, `A1 * (1 - A1)`, "
        "and `linear_backward` once more with X and W1.",
    ],
    praise="The whole classic in seven lines. In place of a gate that is open or shut, each sigmoid lets a share through.",
)


def forwards(X, W1, b1, W2, b2):
    A1 = sigmoid(X @ W1 + b1)
    return A1, sigmoid(A1 @ W2 + b2)


def output_blame(A2, Y):
    return 2 * (A2 - Y) / len(Y) * A2 * (1 - A2)


def backwards(dZ2, slope, A1, X, W2):
    dZ1 = (dZ2 @ W2.T) * slope
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}


@classic_gradients.mistake("no slope at the hidden sigmoids", ask="What lies between A1 and Z1, and what is its slope?")
def no_hidden_slope(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: the blame dA1 was taken for that of the hidden scores. (A gate [A1 > 0]
    does the same: what comes out of a sigmoid is never negative.)"""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), 1.0, A1, X, W2)


@classic_gradients.mistake("no slope at the outputs", ask="What lies between A2 and Z2, and what is its slope?")
def no_output_slope(X, Y, W1, b1, W2, b2):
    """Everything is too large, by another factor for each output: 2 (A2 − Y) / n is the blame of the outputs, not of their
    scores."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(2 * (A2 - Y) / len(X), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("no slope anywhere", ask="What is the slope of a sigmoid, and how many sigmoids does the blame pass?")
def no_slopes(X, Y, W1, b1, W2, b2):
    """The blame went back as if there were no sigmoids at all."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(2 * (A2 - Y) / len(X), 1.0, A1, X, W2)


@classic_gradients.mistake("the blame of cross-entropy", ask="Which loss has A − Y alone, and which one is asked for here?")
def of_cross_entropy_at_the_end(X, Y, W1, b1, W2, b2):
    """(A2 − Y) / n belongs to softmax and cross-entropy. A squared error has a 2 and the slope of the sigmoid as well."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards((A2 - Y) / len(X), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("a gate of ReLU at the hidden units", ask="Which function made A1, and when does it shut?")
def gates(X, Y, W1, b1, W2, b2):
    """[Z1 > 0] is the slope of ReLU. A sigmoid is never quite shut and never quite open."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), X @ W1 + b1 > 0, A1, X, W2)


@classic_gradients.mistake("the slope from the scores", ask="In a (1 − a), is a what went into the sigmoid, or what came out?")
def slope_from_scores(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: Z1 (1 − Z1) was taken where A1 (1 − A1) is due."""
    Z1 = X @ W1 + b1
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), Z1 * (1 - Z1), A1, X, W2)


@classic_gradients.mistake("the hidden sigmoid once more", ask="Has A1 been through the sigmoid already?")
def slope_of_activations(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: A1 was put through the sigmoid again before its slope was taken."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    S = sigmoid(A1)
    return backwards(output_blame(A2, Y), S * (1 - S), A1, X, W2)


@classic_gradients.mistake(
    "the slope of the outputs at the hidden units", ask="Which array holds what came out of the hidden sigmoids?"
)
def slope_of_the_blame(X, Y, W1, b1, W2, b2):
    """The second layer is right and the first is not: dA1 (1 − dA1) is made of the blame. The slope is made of the activation."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    dZ2 = output_blame(A2, Y)
    dA1 = dZ2 @ W2.T
    return backwards(dZ2, 1 - dA1, A1, X, W2)


@classic_gradients.mistake("Z1 went into the second layer's dW", ask="What did the second layer get as its input?")
def scores_for_activations(X, Y, W1, b1, W2, b2):
    """dW2 alone is wrong: on the way back `linear_backward` got Z1 in place of A1."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), A1 * (1 - A1), A1, X, W2) | {"dW2": (X @ W1 + b1).T @ output_blame(A2, Y)}


@classic_gradients.mistake("Z1 in place of A1 on the whole way back", ask="What came out of the hidden sigmoids: Z1 or A1?")
def scores_all_the_way_back(X, Y, W1, b1, W2, b2):
    """Forwards all is right. On the way back Z1 stands where A1 is due, in dW2 and in the slope."""
    Z1 = X @ W1 + b1
    _, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), Z1 * (1 - Z1), Z1, X, W2)


@classic_gradients.mistake("Z1 went forward into the second layer", ask="What does the second layer get: Z1 or A1?")
def scores_go_forward(X, Y, W1, b1, W2, b2):
    """A1 was made, and used on the way back, but Z2 was computed from Z1."""
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    return backwards(output_blame(sigmoid(Z1 @ W2 + b2), Y), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("Z2 went into the loss", ask="Does `sigmoid_mean_squared_error_backward` take scores or outputs?")
def scores_into_the_end(X, Y, W1, b1, W2, b2):
    """dZ2 was made of Z2. The function of this section wants what came out of the second sigmoid."""
    A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A1 @ W2 + b2, Y), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("without 1/n", ask="Is the loss the sum or the mean over the images?")
def of_the_sum(X, Y, W1, b1, W2, b2):
    """All gradients are n times too large: they belong to the sum of the losses."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y) * len(X), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake(
    "averaged over the classes too",
    kind="convention",
    ask="Over what does this course average, and what does it do with the classes?",
)
def over_classes(X, Y, W1, b1, W2, b2):
    """All gradients are k times too small: the mean runs over images and classes. Other books do so, and section 5 finds out
    what it costs."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y) / Y.shape[1], A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("without the 2", ask="What is the derivative of x²?")
def half(X, Y, W1, b1, W2, b2):
    """All gradients are half as large as they should be."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y) / 2, A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("Y - A instead of A - Y", ask="If an output is too large, should its score have a positive slope?")
def turned(X, Y, W1, b1, W2, b2):
    """All gradients have the wrong sign: the difference at the outputs was taken the other way round."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(-output_blame(A2, Y), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("softmax at the end", ask="With which function does the classic turn Z2 into outputs?")
def softmax_at_the_end(X, Y, W1, b1, W2, b2):
    """The outputs came from softmax. The classic ends in ten sigmoids, each by itself."""
    A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(softmax(A1 @ W2 + b2), Y), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake(
    "a network of ReLU, softmax and cross-entropy", ask="Which two functions, and which loss, does the classic have?"
)
def the_modern_one(X, Y, W1, b1, W2, b2):
    """These are the gradients of notebook 07: another network, and another loss."""
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    return backwards((softmax(A1 @ W2 + b2) - Y) / len(X), Z1 > 0, A1, X, W2)


@classic_gradients.mistake(
    "no sigmoid in the hidden layer", ask="What do two linear layers amount to without anything between them?"
)
def linear_hidden_layer(X, Y, W1, b1, W2, b2):
    """The hidden layer has no sigmoid, neither on the way forward nor on the way back."""
    Z1 = X @ W1 + b1
    return backwards(output_blame(sigmoid(Z1 @ W2 + b2), Y), 1.0, Z1, X, W2)


@classic_gradients.mistake("no sigmoid at the outputs", ask="What is done to Z2 before it is compared with Y?")
def linear_outputs(X, Y, W1, b1, W2, b2):
    """The scores themselves were compared with Y, and nothing was put through the second sigmoid."""
    A1, _ = forwards(X, W1, b1, W2, b2)
    return backwards(2 * (A1 @ W2 + b2 - Y) / len(X), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake(
    "the biases are left out on the way forward", ask="What stands after X W1 in the first line of the network?"
)
def without_biases(X, Y, W1, b1, W2, b2):
    """The gradients belong to a network whose layers have no biases: b1 and b2 were not used."""
    A1, A2 = forwards(X, W1, 0, W2, 0)
    return backwards(output_blame(A2, Y), A1 * (1 - A1), A1, X, W2)


@classic_gradients.mistake("W1 in place of W2", ask="Which weights lead from the hidden units to the outputs?")
def first_weights_twice(X, Y, W1, b1, W2, b2):
    """The blame of the scores was sent back through W1. It fits only where sizes happen to be equal."""
    A1, A2 = forwards(X, W1, b1, W2, b2)
    return backwards(output_blame(A2, Y), A1 * (1 - A1), A1, X, W1)


@classic_gradients.mistake("a mean for db", ask="Is the 1/n in dZ2 already?")
def biases_averaged(X, Y, W1, b1, W2, b2):
    """Both db are n times too small: they were averaged over the images, and dZ2 has its 1/n already."""
    gradients = classic_gradients.solve(X, Y, W1, b1, W2, b2)
    return gradients | {"db1": gradients["db1"] / len(X), "db2": gradients["db2"] / len(X)}


@classic_gradients.mistake("named like the parameters", ask="Under which names does the exercise want them?")
def other_names(X, Y, W1, b1, W2, b2):
    """The gradients are right, but the dict calls them W1, b1, W2 and b2."""
    return {name[1:]: gradient for name, gradient in classic_gradients.solve(X, Y, W1, b1, W2, b2).items()}


@classic_gradients.mistake("a tuple, not a dict", ask="How does one write a dict that gives each gradient its name?")
def as_a_tuple(X, Y, W1, b1, W2, b2):
    """The four gradients are right, one after the other. Later cells ask for them by name."""
    return tuple(classic_gradients.solve(X, Y, W1, b1, W2, b2).values())


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "12",
    (
        "right behind, wrong before",
        "10",
        "A gradient check says: dW2 and db2 right, dW1 and db1 wrong. Where is the mistake?",
        {
            "in the loss, or in dZ2": "Everything inherits from dZ2. If it were wrong, so would dW2 be.",
            "on the way back from the second layer to the first": "There the blame passes W2 and the slope of the activation.",
            "in the update": "A gradient check runs no update. It compares gradients with nudges.",
        },
        "on the way back from the second layer to the first",
    ),
    (
        "spread of seeds",
        "10",
        "Five runs of the same program, with five seeds, on 5 000 images. How far apart are their accuracies?",
        {
            "not at all": "The program is the same, but the first weights and the order of the images are not.",
            "by about half a point": "So a difference of half a point between two programs proves nothing yet.",
            "by about ten points": "Then no comparison in this course would mean anything.",
        },
        "by about half a point",
    ),
    (
        "who blames a weight",
        "07",
        "dW = AᵀdZ is a sum. Over what?",
        {
            "over the images": "Every image uses the same weight once, so its blame is added up over all of them.",
            "over the classes": "A weight leads to one class alone. Which number of the batch uses it more than once?",
            "over the layers": "A weight belongs to one layer, and is used there only.",
        },
        "over the images",
    ),
)

Question(
    "fifty classic epochs",
    "12",
    "50 epochs of the classic. What will the validation loss do?",
    {
        "fall, turn, and rise": "So says many a caption. Has this network begun to learn its images by heart?",
        "fall to the end": "The steps are short, and fifty epochs are not enough to arrive.",
        "fall, and stay level from about epoch 10 on": "It gets slower and slower. But does it stop?",
    },
    "fall to the end",
)
Question(
    "a fifth of the labels",
    "12",
    "A fifth of the training labels is wrong now. What will validation accuracy, on true labels, do in 30 epochs?",
    {
        "rise to about 80 % and stay": "It would, if the network repeated what it was told. But wrong labels follow no pattern.",
        "rise to the same 93 % as before": "Four fifths are true, and agree with each other. The rest is not without effect.",
        "rise above 90 %, and then fall": "First what the labels have in common, then, one by one, what is wrong with them.",
    },
    "rise above 90 %, and then fall",
)
Question(
    "steps out of a mistake",
    "12",
    "And how many steps does squared error take, from the same score and at the same rate?",
    {
        "about 7 as well": "Compare the slopes at a = 0.01 in the table.",
        "about 30": "Its slope is smaller. How much smaller is it at the start, where a is 0.0025?",
        "about 200": "At the start its slope is 0.005, and it takes a long time before it becomes any larger.",
    },
    "about 200",
)
Question(
    "two right programs",
    "12",
    "Her program is right and reads far less. Which single change makes it read as much as ours, in the same ten epochs?",
    {
        "100 hidden units in place of 50": "Ours has 50 as well. What is different about her steps?",
        "a learning rate of 1": "Her gradients are ten times shorter than ours. So let the rate be ten times larger.",
        "first weights that are ten times larger": "That changes where she starts, and not how far she gets with each step.",
    },
    "a learning rate of 1",
)
Question(
    "pixels from minus one",
    "12",
    "The classic with pixels from −1 to 1 and from 0 to 1, at four learning rates from 0.1 to 2. Which is better?",
    {
        "from −1 to 1, at every rate": "Many books say so. Is a lead at one rate a lead at all of them?",
        "from −1 to 1 at 0.1, but not when each has its best rate": "Longer inputs make longer steps. A larger rate does so too.",
        "no difference at any rate": "They are the same pictures. But does a step of the same rate move as far?",
    },
    "from −1 to 1 at 0.1, but not when each has its best rate",
)
