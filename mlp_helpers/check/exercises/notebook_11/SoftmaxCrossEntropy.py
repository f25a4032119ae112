"""Notebook 11: write the end of the network as a class."""

import copy

import numpy as np

from mlp_helpers.check.engine.comparing import same
from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core.functions import cross_entropy, one_hot, softmax, softmax_cross_entropy_backward


class SoftmaxCrossEntropy:
    """The end of a network: probabilities, and the loss of the true classes."""

    def forward(self, Z, y):
        self.P, self.Y = softmax(Z), one_hot(y, Z.shape[1])  # (n, k), (n, k)
        return cross_entropy(self.P, self.Y)

    def backward(self):
        return softmax_cross_entropy_backward(self.P, self.Y)  # (P - Y) / n


def loss_and_back(SoftmaxCrossEntropy, Z, y):
    """An earlier batch, then this one; another object that sees other scores in between; and the way back once more."""
    end, other = SoftmaxCrossEntropy(), SoftmaxCrossEntropy()
    end.forward(Z[:1] / 2, y[:1])
    loss = end.forward(Z, y)
    other.forward(0 * Z, y)
    dZ = copy.deepcopy(end.backward())
    return {"loss": loss, "dZ": dZ, "dZ, asked for again": "the same" if same(end.backward(), dZ) else "another"}


def scores_and_labels(rng, n=None, k=None, dtype=np.float64):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 11))
    y = rng.integers(0, min(k, 10), n)
    y[0] = min(k, 10) - 1
    return rng.normal(0, 2, (n, k)).astype(dtype), y


exercise = Exercise(
    SoftmaxCrossEntropy,
    notebook="11",
    place="at home",
    drive=loss_and_back,
    calls="one.forward(Z[:1] / 2, y[:1]), one.forward(Z, y), another.forward(0 * Z, y), one.backward(), one.backward()",
    cases=[
        Case("two images, three classes", np.log(np.array([[1.0, 2.0, 1.0], [2.0, 1.0, 1.0]])), np.array([1, 2])),
        Case("one image, ten classes", *scores_and_labels(np.random.default_rng(1), 1, 10)),
        Case("as many images as classes", *scores_and_labels(np.random.default_rng(2), 4, 4)),
        Case("no image of the last class", np.array([[0.5, 1.0, -1.0], [2.0, 0.0, 1.0], [0.0, 0.3, 0.1]]), np.array([0, 1, 1])),
        Case("twelve classes", *scores_and_labels(np.random.default_rng(3), 5, 12)),
        Case("float32", *scores_and_labels(np.random.default_rng(4), 3, 5, np.float32)),
        Case("64 images, ten classes", *scores_and_labels(np.random.default_rng(5), 64, 10)),
        Case("scores from -1 000 to 1 000", np.array([[1e3, -1e3, 0.0], [0.0, 999.0, 1e3]]), np.array([0, 2]), harsh=True),
    ],
    draw=scores_and_labels,
    hints=[
        "What does `backward` need, and where does it come from? Whatever `forward` knows and `backward` needs goes into `self`.",
        "Your functions take one-hot rows. `one_hot(y, Z.shape[1])` makes them, with as many columns as there are scores.",
        "`forward`: `self.P = softmax(Z)`, `self.Y = one_hot(y, Z.shape[1])`, and the loss is returned. `backward` returns what "
        "`softmax_cross_entropy_backward` of notebook 05 gives.",
    ],
    praise="Forwards it needs labels, backwards nothing at all: the blame begins here.",
)


@exercise.mistake(
    "The factor 1/n is missing", ask="The loss is a mean over images. What is its slope with respect to one image's scores?"
)
class _(SoftmaxCrossEntropy):
    """dZ is P - Y, n times too large: the loss is the mean over the images."""

    def backward(self):
        return self.P - self.Y


@exercise.mistake("The sum of the losses", ask="Should the loss double when the batch is twice as large?")
class SumOfLosses(SoftmaxCrossEntropy):
    """The loss is added up over the images, where their mean is asked for."""

    def forward(self, Z, y):
        return super().forward(Z, y) * len(Z)


@exercise.mistake("sum and no 1/n", kind="convention", ask="What happens to the steps when the batch is twice as large?")
class _(SumOfLosses):
    """Loss and gradient belong together, but both are sums over the images. In this course they are means, so that the
    learning rate need not change with the batch."""

    def backward(self):
        return self.P - self.Y


@exercise.mistake("always ten classes", kind="fragile", ask="Which shape says how many classes there are?")
class _(SoftmaxCrossEntropy):
    """One-hot rows have ten entries, whatever the scores have. With any other number of classes the shapes do not fit."""

    def forward(self, Z, y):
        self.P, self.Y = softmax(Z), one_hot(np.minimum(y, 9), 10)
        return -(self.Y * np.log(self.P)).sum() / len(Z)

    def backward(self):
        return (self.P - self.Y) / len(self.P)


@exercise.mistake(
    "as many classes as the labels happen to show",
    kind="fragile",
    ask="A batch without a 9: how many columns does its one-hot table have?",
)
class _(SoftmaxCrossEntropy):
    """The one-hot table has `y.max() + 1` columns. In a batch where the last class is missing, that is too few."""

    def forward(self, Z, y):
        self.P, self.Y = softmax(Z), one_hot(y, y.max() + 1)
        return -(self.Y * np.log(self.P)).sum() / len(Z)

    def backward(self):
        return (self.P - self.Y) / len(self.P)


@exercise.mistake("The probabilities are returned, not the loss", ask="How many numbers should `forward` give for a batch?")
class _(SoftmaxCrossEntropy):
    """`forward` gives P. They are needed on the way back and should be kept; what is returned is the loss, one number."""

    def forward(self, Z, y):
        super().forward(Z, y)
        return self.P


@exercise.mistake("The sign of dZ is turned", ask="A score of a wrong class grows. Does the loss rise or fall?")
class _(SoftmaxCrossEntropy):
    """dZ is (Y - P) / n: it points to where the loss falls. A gradient points uphill, and the step goes against it."""

    def backward(self):
        return -super().backward()


@exercise.mistake("One memory for all objects", ask="Two networks at once: whose P does the first one find on the way back?")
class SharedEnd(SoftmaxCrossEntropy):
    """What `forward` keeps is kept by the class and not by the object. Another object has overwritten it."""

    def forward(self, Z, y):
        SharedEnd.kept = softmax(Z), one_hot(y, Z.shape[1])
        return cross_entropy(*SharedEnd.kept)

    def backward(self):
        return softmax_cross_entropy_backward(*SharedEnd.kept)


@exercise.mistake("Backward returns nothing", ask="With what does the last linear layer begin its way back?")
class _(SoftmaxCrossEntropy):
    """`backward` returns None. The last linear layer waits for dZ."""

    def backward(self):
        self.dZ = super().backward()


@exercise.mistake("softmax without the shift", kind="fragile", ask="What does `exp` give for a score of 1 000?")
class _(SoftmaxCrossEntropy):
    """The exponentials are taken of the scores as they are. Above 709 they overflow, and one nan spoils the training."""

    def forward(self, Z, y):
        E = np.exp(Z)
        self.P, self.Y = E / E.sum(axis=1, keepdims=True), one_hot(y, Z.shape[1])
        return -(self.Y * np.log(self.P)).sum() / len(Z)

    def backward(self):
        return (self.P - self.Y) / len(self.P)


@exercise.mistake("The first batch is kept", ask="When is P written into `self`: once, or at each `forward`?")
class _(SoftmaxCrossEntropy):
    """In a later call, dZ is still that of the first batch that went forward: later probabilities are not kept."""

    def forward(self, Z, y):
        P, Y = softmax(Z), one_hot(y, Z.shape[1])
        if not hasattr(self, "P"):
            self.P, self.Y = P, Y
        return cross_entropy(P, Y)


@exercise.mistake("Divided by the classes", ask="Over what is the loss a mean: over images or over classes?")
class _(SoftmaxCrossEntropy):
    """dZ is divided by the number of columns, k, and not by n."""

    def backward(self):
        return (self.P - self.Y) / self.P.shape[1]


@exercise.mistake("Divided by n twice", ask="How often does the mean divide by n?")
class _(SoftmaxCrossEntropy):
    """dZ is n times too small: the mean over the images was taken twice."""

    def backward(self):
        return super().backward() / len(self.P)


@exercise.mistake("The targets are left out of dZ", ask="What does P become when Y is subtracted?")
class _(SoftmaxCrossEntropy):
    """dZ is P / n: Y was not subtracted."""

    def backward(self):
        return self.P / len(self.P)


@exercise.mistake("The minus is missing", ask="Is the logarithm of a number between 0 and 1 positive or negative?")
class _(SoftmaxCrossEntropy):
    """The loss comes out negative, and would be lowest for the worst prediction."""

    def forward(self, Z, y):
        return -super().forward(Z, y)


@exercise.mistake("One loss for each image", ask="How do the surprises of all images become one number?")
class _(SoftmaxCrossEntropy):
    """`forward` returns the surprise of each image, n numbers, and not their mean."""

    def forward(self, Z, y):
        super().forward(Z, y)
        return -np.log(np.maximum(self.P[np.arange(len(y)), y], 1e-300))


@exercise.mistake("log of 0", kind="fragile", ask="What is `np.log(0)`, and what is 0 times that?")
class _(SoftmaxCrossEntropy):
    """Where a probability is 0 its logarithm is -inf, and 0 * -inf is nan: one such entry spoils the whole loss."""

    def forward(self, Z, y):
        super().forward(Z, y)
        return -(self.Y * np.log(self.P)).sum(axis=1).mean()


@exercise.mistake(
    "The loss is a mean over all entries", ask="How many terms of an image's row are not 0, and by what do you divide?"
)
class _(SoftmaxCrossEntropy):
    """The loss is k times too small: the mean runs over all n·k entries, and only one in each row counts."""

    def forward(self, Z, y):
        return super().forward(Z, y) / Z.shape[1]


@exercise.mistake("The probabilities are returned as well", ask="What is one number, and what should be kept in `self`?")
class _(SoftmaxCrossEntropy):
    """`forward` gives two things. What is returned is the loss alone; the probabilities are kept for the way back."""

    def forward(self, Z, y):
        return super().forward(Z, y), self.P


@exercise.also("always ten classes")
class _(SoftmaxCrossEntropy):
    def forward(self, Z, y):
        self.P, self.Y = softmax(Z), one_hot(y)
        return cross_entropy(self.P, self.Y)


@exercise.mistake(
    "backward works once", kind="fragile", ask="Which line of `backward` writes into an array, and who needs that array again?"
)
class _(SoftmaxCrossEntropy):
    """The loss and the first dZ are right. The way back changes what the way forward has kept, so that a second `backward` gives
    something else."""

    def backward(self):
        self.P -= self.Y
        return self.P / len(self.P)


@exercise.mistake("A whole column for each label", ask="In how many rows should the column of one label change?")
class _(SoftmaxCrossEntropy):
    """The loss is right. For dZ, 1 was subtracted from whole columns: from every row, wherever any row has its label. Each row
    has one true class of its own. (`:` in front of the comma stands for every row.)"""

    def backward(self):
        dZ = self.P.copy()
        dZ[:, self.Y.argmax(axis=1)] -= 1
        return dZ / len(dZ)
