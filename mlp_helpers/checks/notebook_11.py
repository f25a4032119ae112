"""Exercises and questions of notebook 11, Stack layers: the learner writes classes."""

import numpy as np

from ..core import layers
from ..core.functions import cross_entropy, linear, linear_backward, one_hot, relu, softmax, softmax_cross_entropy_backward
from .exercise import Case, Exercise
from .networks import arrays
from .notebook_07 import blame_and_scores
from .notebook_08 import about, fresh, used
from .questions import Question, look_back_questions

# --- ReLU --------------------------------------------------------------------------------------------------------------


def two_gates(ReLU, Z, dA):
    """Forward through one gate; through another one that sees other scores; and back through the first."""
    gate, other = ReLU(), ReLU()
    A = gate.forward(Z)
    other.forward(1 - Z)
    return {"A": A, "dZ": gate.backward(dA)}


def decimal(value, *arguments):
    """Whole numbers count as decimal ones; -0 is 0."""
    if not isinstance(value, dict):
        return value
    return {
        name: part + 0.0 if isinstance(part, np.ndarray) and part.dtype.kind in "fiu" else part for name, part in value.items()
    }


ReLU = Exercise(
    layers.ReLU,
    notebook="11",
    place="in class",
    drive=two_gates,
    view=decimal,
    cases=[
        Case(
            "two images, three units",
            (np.array([[2.0, -1.0, 0.5], [-3.0, 4.0, -0.5]]), np.array([[5.0, -2.0, 1.0], [3.0, -4.0, 6.0]])),
        ),
        Case("one image", (np.array([[-1.0, 3.0, -0.5, 0.25]]), np.array([[0.5, -1.0, 2.0, 1.5]]))),
        Case("as many images as units", blame_and_scores(np.random.default_rng(7), 3, 3)),
        Case("all units silent", (-np.ones((3, 2)), np.array([[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]]))),
        Case("float32", tuple(array.astype(np.float32) for array in blame_and_scores(np.random.default_rng(8), 2, 4))),
        Case("64 images, 32 units", blame_and_scores(np.random.default_rng(9), 64, 32)),
        Case("scores of exactly 0", (np.array([[0.0, 0.0, 2.0]]), np.array([[1.0, -2.0, 3.0]])), harsh=True),
    ],
    draw=blame_and_scores,
    hints=[
        "Look at `Square`. Which of its three lines stay, and which two formulas change?",
        "`forward` keeps Z as `self.Z` and returns what `relu` returns. `backward` has dA and finds the scores in `self.Z`.",
        "In `backward`: `return relu_backward(dA, self.Z)`, or the product of notebook 07 in its place.",
    ],
    praise="Each ReLU remembers its own scores: a network of fifty layers has fifty of these objects and one class.",
)


class Gate:
    """What the mistakes below have in common."""

    def forward(self, Z):
        self.Z = Z
        return relu(Z)

    def backward(self, dA):
        return dA * (self.Z > 0)


@ReLU.mistake("the gate is always open", ask="Can what comes out of a ReLU be negative? And which numbers went in?")
class AlwaysOpen(Gate):
    """All blame passes. A test such as `A >= 0` on the output does that: it is true for every unit."""

    def backward(self, dA):
        return dA


@ReLU.mistake(
    "the gate looks at the blame", ask="Which array decides whether a unit had a say: dA, or the scores of the forward pass?"
)
class LooksAtBlame(Gate):
    """Negative blame is stopped, positive blame passes, whatever the scores were. Nothing of the forward pass was used."""

    def backward(self, dA):
        return relu(dA)


@ReLU.mistake("dA and Z changed places", ask="In which order does `relu_backward` take its arguments?")
class Swapped(Gate):
    """The blame decided which gates are open, and the scores went through them. It is the other way round."""

    def backward(self, dA):
        return self.Z * (dA > 0)


@ReLU.mistake("a mask, not a gradient", ask="What should stand where the mask says True?")
class Mask(Gate):
    """`backward` gives True and False, or 1 and 0: which gates are open, and not what passes through them."""

    def backward(self, dA):
        return (self.Z > 0).astype(float)


@ReLU.mistake("a mask of True and False", ask="What should stand where the mask says True?")
class BooleanMask(Gate):
    """`backward` gives True and False: which gates are open, and not what passes through them. dA is not used."""

    def backward(self, dA):
        return self.Z > 0


@ReLU.mistake("multiplied by the activation", ask="What is the slope of ReLU at 2, and at 5?")
class TimesActivation(Gate):
    """The blame grows with the score of its unit: it was multiplied by the activation, where its slope, 0 or 1, is due."""

    def backward(self, dA):
        return dA * relu(self.Z)


@ReLU.mistake("forward again", ask="What travels backwards: the scores, or the blame?")
class ForwardAgain(Gate):
    """`backward` gives the activations once more. On the way back the same gates stand open, but dA passes through them."""

    def backward(self, dA):
        return relu(self.Z)


@ReLU.mistake(
    "one memory for all objects",
    ask="Two ReLU layers, one after the other: whose scores does the first one find on the way back?",
)
class OneMemory(Gate):
    """The scores are kept by the class and not by the object, so all ReLU layers share them, and the last one to go forward
    has overwritten those of the others. (`ReLU.Z = Z` or a global name does that.)"""

    def forward(self, Z):
        OneMemory.kept = Z
        return relu(Z)

    def backward(self, dA):
        return dA * (OneMemory.kept > 0)


@ReLU.mistake("nothing comes back from backward", ask="If it is written: is there a `return`?")
class NoReturn(Gate):
    """`backward` returns None. The layer before waits for dZ. `forward` is right."""

    def backward(self, dA):
        self.dZ = dA * (self.Z > 0)


@ReLU.mistake("forward returns nothing", ask="What does the next layer work on?")
class ForwardNoReturn(Gate):
    """`forward` keeps the scores and returns None. The next layer waits for the activations."""

    def forward(self, Z):
        self.Z = Z


@ReLU.mistake("nothing is returned", ask="What does the next layer get, and what the layer before?")
class BothNoReturn(Gate):
    """Both methods keep their result in `self` and return None. Keeping is for what the object itself needs later; the
    result goes on to the neighbours."""

    def forward(self, Z):
        self.A = relu(Z)

    def backward(self, dA):
        self.dZ = dA


@ReLU.mistake("forward lets everything through", ask="What becomes of the score -1 on the way forward?")
class Identity(Gate):
    """`forward` returns the scores as they came, negative ones too. The gate works only on the way back."""

    def forward(self, Z):
        self.Z = Z
        return Z


# --- Linear ------------------------------------------------------------------------------------------------------------


class Linear:
    """Z = X W + b, with random W of spread sqrt(2 / d) and b = 0."""

    def __init__(self, d, h, rng):
        self.W = rng.standard_normal((d, h)) * np.sqrt(2 / d)  # (d, h)
        self.b = np.zeros(h)

    def forward(self, X):
        self.X = X
        return linear(X, self.W, self.b)  # (n, d) @ (d, h) -> (n, h)

    def backward(self, dZ):
        dX, self.dW, self.db = linear_backward(dZ, self.X, self.W)
        return dX


def two_batches(Linear, W, b, X, dZ):
    """What a new layer holds; then, with W and b given, one batch forward and back, and another one."""
    rng = fresh()
    layer = Linear(*W.shape, rng=rng)
    seen = {
        "first W": _about(layer.W, *W.shape),
        "first b": _about(layer.b, *W.shape),
        "rng": "used" if used(rng) else "not used",
    }
    layer.W, layer.b = W.copy(), b.copy()
    layer.forward(X[:1] + 1)
    layer.backward(dZ[:1] - 1)
    seen["Z"] = layer.forward(X)
    seen["dX"] = layer.backward(dZ)
    moved = not np.array_equal(layer.W, W) or not np.array_equal(layer.b, b)
    kept = {name: getattr(layer, name, None) for name in ("dW", "db")}
    return {**seen, **kept, "W and b after backward": "changed" if moved else "as before"}


def _about(array, d, h):
    if not isinstance(array, np.ndarray) or not array.size:
        return f"a {type(array).__name__}"
    return about(array, d, h) + (f", {array.dtype}" if array.dtype == np.float32 else "")


def layer_case(rng, n=None, d=None, h=None, dtype=np.float64):
    n, d, h = (size or int(rng.integers(1, 7)) for size in (n, d, h))
    return tuple(rng.normal(size=size).astype(dtype) for size in ((d, h), h, (n, d), (n, h)))


PENCIL = (
    np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 3.0]]),
    np.array([0.5, -0.5]),
    np.array([[1.0, 2.0, 3.0]]),
    np.array([[1.0, -2.0]]),
)

linear_layer = Exercise(
    Linear,
    notebook="11",
    place="in class",
    drive=two_batches,
    cases=[
        Case("one image, three inputs, two outputs", PENCIL),
        Case("three images", layer_case(np.random.default_rng(1), 3, 2, 4)),
        Case("as many inputs as outputs", layer_case(np.random.default_rng(2), 2, 3, 3)),
        Case("all three alike", layer_case(np.random.default_rng(3), 3, 3, 3)),
        Case("one output", layer_case(np.random.default_rng(4), 4, 3, 1)),
        Case("784 inputs, 32 outputs", layer_case(np.random.default_rng(5), 16, 784, 32)),
        Case("120 inputs, 120 outputs", layer_case(np.random.default_rng(6), 5, 120, 120)),
    ],
    draw=layer_case,
    hints=[
        "Three things must outlast a call: W and b for ever, and X from `forward` to `backward`. They go into `self`.",
        "`__init__` draws `rng.standard_normal((d, h))` times the square root of 2 / d, as in notebook 08, and zeros (h,).",
        "`forward`: `self.X = X`, then `linear(X, self.W, self.b)`. `linear_backward(dZ, self.X, self.W)` gives dX, dW and db: "
        "two of them are kept, and one is returned.",
    ],
    praise="A layer that holds its own numbers: from here on nobody has to count W1, W2, W3 by hand.",
)


@linear_layer.mistake(
    "backward returns all three", kind="convention", ask="Which of the three does the layer before this one wait for?"
)
class ReturnsThree(Linear):
    """`backward` returns dX, dW and db together, as the function did. As an object the layer keeps its own two and hands
    on only dX, so that all kinds of layers can be called in the same way."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        return dX, self.dW, self.db


@linear_layer.mistake("backward returns nothing", ask="How does the layer before this one get its blame?")
class ReturnsNothing(Linear):
    """dW and db are kept, and `backward` returns None. The layer before waits for dX."""

    def backward(self, dZ):
        super().backward(dZ)


@linear_layer.mistake(
    "backward does nothing yet", ask="Which three things does it have to blame, and where does each of them go?"
)
class NoBackward(Linear):
    """`backward` returns None, and there is no `self.dW` or `self.db`. `__init__` and `forward` are right."""

    def backward(self, dZ):
        self.dZ = dZ


@linear_layer.mistake("forward and backward return nothing yet", ask="What does `forward` need that `__init__` has made?")
class OnlyInit(NoBackward):
    """Both return None so far. What `__init__` makes is right."""

    def forward(self, X):
        self.X = X


@linear_layer.mistake("dW and db are not kept", ask="Under which names will `MLP` look for them?")
class NotKept(Linear):
    """What `backward` returns is right, but the layer has no `self.dW` and `self.db` afterwards."""

    def backward(self, dZ):
        return linear_backward(dZ, self.X, self.W)[0]


@linear_layer.mistake("the three gradients changed places", ask="In which order does `linear_backward` return its three results?")
class Mixed(Linear):
    """What `linear_backward` gives first was taken for dW. `dX, dW, db` have changed places."""

    def backward(self, dZ):
        self.dW, self.db, dX = linear_backward(dZ, self.X, self.W)
        return dX


@linear_layer.mistake("weights from another generator", ask="Which name has the generator that `__init__` gets?")
class OwnGenerator(Linear):
    """The weights do not come from the `rng` that was given. With a generator of its own each layer begins alike, and with
    `np.random` no run can be repeated."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, np.random.default_rng(0))


@linear_layer.mistake("backward returns dW", ask="Whose blame travels on: that of the weights, or that of the inputs?")
class ReturnsWeights(Linear):
    """`backward` hands back the gradient of its own weights. Weights are the end of a path; what travels on is dX."""

    def backward(self, dZ):
        super().backward(dZ)
        return self.dW


@linear_layer.mistake(
    "gradients add up from batch to batch",
    kind="convention",
    ask="What should dW hold after the second batch: its own blame, or the sum of both?",
)
class AddsUp(Linear):
    """`self.dW +=` adds each batch to those before it. PyTorch does so, and asks for `zero_grad()` before each step. Here
    every `backward` sets dW and db anew."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.sums = 0, 0

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.sums = self.sums[0] + self.dW, self.sums[1] + self.db
        self.dW, self.db = self.sums
        return dX


@linear_layer.mistake("the mean is taken twice", ask="Where did the factor 1/n of the mean loss enter, and is it in dZ already?")
class MeanTwice(Linear):
    """dW and db are divided by the number of images. That factor is in dZ since the loss."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.dW, self.db = self.dW / len(dZ), self.db / len(dZ)
        return dX


@linear_layer.mistake("db is not summed", ask="How many biases does the layer have, and how many rows has dZ?")
class RowsOfBias(Linear):
    """db has a row for each image. One bias serves all images, so its blame is the sum over them."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ
        return dX


@linear_layer.mistake("db has two axes", kind="fragile", ask="Which shape has b, and which has its gradient?")
class TwoAxes(Linear):
    """db has the shape (1, h) and b has (h,). A gradient has the shape of what it belongs to; `b -= db` fails here."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ.sum(axis=0, keepdims=True)
        return dX


@linear_layer.mistake("b is a table of one row", kind="convention", ask="Which shape have the biases in this course?")
class RowOfBiases(Linear):
    """b and db have the shape (1, h). Many courses do so, and broadcasting makes the same of it. Here b is (h,)."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.b = np.zeros((1, h))

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ.sum(axis=0, keepdims=True)
        return dX


@linear_layer.mistake("dW is transposed", ask="W is (d, h). Which shape must its gradient have?")
class Transposed(Linear):
    """dW has a row for each output. It must have the shape of W, a row for each input."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.dW = self.dW.T
        return dX


@linear_layer.mistake("the bias is forgotten", ask="What does Z = XW + b hold besides the product?")
class NoBias(Linear):
    """`forward` gives X W, and b is never added."""

    def forward(self, X):
        self.X = X
        return X @ self.W


@linear_layer.mistake("the weights are not scaled", ask="How large is a sum of 784 random terms, and what keeps it small?")
class NotScaled(Linear):
    """W has the spread 1. Each output adds up d random terms, and its size grows with the root of d."""

    def __init__(self, d, h, rng):
        self.W, self.b = rng.standard_normal((d, h)), np.zeros(h)


@linear_layer.mistake("the root is missing", ask="Is the spread that is asked for 2 / d, or its square root?")
class NoRoot(Linear):
    """W has the spread 2 / d. That is its square; with 784 inputs the weights are twenty times too small."""

    def __init__(self, d, h, rng):
        self.W, self.b = rng.standard_normal((d, h)) * (2 / d), np.zeros(h)


@linear_layer.mistake("spread by the outputs", ask="How many terms does each output add up: d, or h?")
class ByOutputs(Linear):
    """The spread is that for h inputs. What decides is how many terms are added up for one output, and those are d."""

    def __init__(self, d, h, rng):
        self.W, self.b = rng.standard_normal((d, h)) * np.sqrt(2 / h), np.zeros(h)


@linear_layer.mistake("all weights are 0", ask="What did the network of zeros learn in notebook 08?")
class Zeros(Linear):
    """W starts at 0. Then no unit differs from the next, and no blame gets through."""

    def __init__(self, d, h, rng):
        self.W, self.b = np.zeros((d, h)), np.zeros(h)


@linear_layer.mistake("random biases", kind="convention", ask="What makes the units different already?")
class RandomBiases(Linear):
    """The biases are random, too. Others do so; here they start at 0, for the weights are random enough."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.b = rng.standard_normal(h)


@linear_layer.mistake("numbers of half the length", kind="convention", ask="How many digits must agree in a gradient check?")
class Float32(Linear):
    """W is float32, as in notebook 08: faster, and good for training. Here NumPy's usual float64 is asked for, because the
    gradient check looks at the seventh digit."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.W, self.b = self.W.astype(np.float32), self.b.astype(np.float32)


# --- SoftmaxCrossEntropy -----------------------------------------------------------------------------------------------


class SoftmaxCrossEntropy:
    """The end of a network: probabilities, and the loss of the true classes."""

    def forward(self, Z, y):
        self.P, self.Y = softmax(Z), one_hot(y, Z.shape[1])  # (n, k), (n, k)
        return cross_entropy(self.P, self.Y)

    def backward(self):
        return softmax_cross_entropy_backward(self.P, self.Y)  # (P - Y) / n


def loss_and_back(SoftmaxCrossEntropy, Z, y):
    """An earlier batch, then this one; and another object that sees other scores in between."""
    end, other = SoftmaxCrossEntropy(), SoftmaxCrossEntropy()
    end.forward(Z[:1] / 2, y[:1])
    loss = end.forward(Z, y)
    other.forward(0 * Z, y)
    return {"loss": loss, "dZ": end.backward()}


def scores_and_labels(rng, n=None, k=None, dtype=np.float64):
    n, k = n or int(rng.integers(1, 7)), k or int(rng.integers(2, 11))
    y = rng.integers(0, min(k, 10), n)
    y[0] = min(k, 10) - 1
    return rng.normal(0, 2, (n, k)).astype(dtype), y


end_layer = Exercise(
    SoftmaxCrossEntropy,
    notebook="11",
    place="at home",
    drive=loss_and_back,
    cases=[
        Case("two images, three classes", (np.log(np.array([[1.0, 2.0, 1.0], [2.0, 1.0, 1.0]])), np.array([1, 2]))),
        Case("one image, ten classes", scores_and_labels(np.random.default_rng(1), 1, 10)),
        Case("as many images as classes", scores_and_labels(np.random.default_rng(2), 4, 4)),
        Case("no image of the last class", (np.array([[0.5, 1.0, -1.0], [2.0, 0.0, 1.0], [0.0, 0.3, 0.1]]), np.array([0, 1, 1]))),
        Case("twelve classes", scores_and_labels(np.random.default_rng(3), 5, 12)),
        Case("float32", scores_and_labels(np.random.default_rng(4), 3, 5, np.float32)),
        Case("64 images, ten classes", scores_and_labels(np.random.default_rng(5), 64, 10)),
        Case("scores from -1 000 to 1 000", (np.array([[1e3, -1e3, 0.0], [0.0, 999.0, 1e3]]), np.array([0, 2])), harsh=True),
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


@end_layer.mistake(
    "the factor 1/n is missing", ask="The loss is a mean over images. What is its slope with respect to one image's scores?"
)
class NoMean(SoftmaxCrossEntropy):
    """dZ is P - Y, n times too large: the loss is the mean over the images."""

    def backward(self):
        return self.P - self.Y


@end_layer.mistake("the sum of the losses", ask="Should the loss double when the batch is twice as large?")
class SumOfLosses(SoftmaxCrossEntropy):
    """The loss is added up over the images, where their mean is asked for."""

    def forward(self, Z, y):
        return super().forward(Z, y) * len(Z)


@end_layer.mistake("sum and no 1/n", kind="convention", ask="What happens to the steps when the batch is twice as large?")
class SumThroughout(SumOfLosses):
    """Loss and gradient belong together, but both are sums over the images. In this course they are means, so that the
    learning rate need not change with the batch."""

    def backward(self):
        return self.P - self.Y


@end_layer.mistake("always ten classes", kind="fragile", ask="Which shape says how many classes there are?")
class AlwaysTen(SoftmaxCrossEntropy):
    """One-hot rows of ten entries, whatever the scores have. With any other number of classes the shapes do not fit."""

    def forward(self, Z, y):
        self.P, self.Y = softmax(Z), one_hot(np.minimum(y, 9), 10)
        return -(self.Y * np.log(self.P)).sum() / len(Z)

    def backward(self):
        return (self.P - self.Y) / len(self.P)


@end_layer.mistake(
    "as many classes as the labels happen to show",
    kind="fragile",
    ask="A batch without a 9: how many columns has its one-hot table?",
)
class AsManyAsSeen(SoftmaxCrossEntropy):
    """The one-hot table has `y.max() + 1` columns. In a batch where the last class is missing, that is too few."""

    def forward(self, Z, y):
        self.P, self.Y = softmax(Z), one_hot(y, y.max() + 1)
        return -(self.Y * np.log(self.P)).sum() / len(Z)

    def backward(self):
        return (self.P - self.Y) / len(self.P)


@end_layer.mistake("the probabilities are returned, not the loss", ask="How many numbers should `forward` give for a batch?")
class GivesP(SoftmaxCrossEntropy):
    """`forward` gives P. They are needed on the way back and should be kept; what is returned is the loss, one number."""

    def forward(self, Z, y):
        super().forward(Z, y)
        return self.P


@end_layer.mistake("the sign of dZ is turned", ask="A score of a wrong class grows. Does the loss rise or fall?")
class Turned(SoftmaxCrossEntropy):
    """dZ is Y - P: it points to where the loss falls. A gradient points uphill, and the step goes against it."""

    def backward(self):
        return -super().backward()


@end_layer.mistake("one memory for all objects", ask="Two networks at once: whose P does the first one find on the way back?")
class SharedEnd(SoftmaxCrossEntropy):
    """P is kept by the class and not by the object. Another object has overwritten it."""

    def forward(self, Z, y):
        SharedEnd.kept = softmax(Z), one_hot(y, Z.shape[1])
        return cross_entropy(*SharedEnd.kept)

    def backward(self):
        return softmax_cross_entropy_backward(*SharedEnd.kept)


@end_layer.mistake("backward returns nothing", ask="With what does the last linear layer begin its way back?")
class EndsThere(SoftmaxCrossEntropy):
    """`backward` returns None. The last linear layer waits for dZ."""

    def backward(self):
        self.dZ = super().backward()


@end_layer.mistake("softmax without the shift", kind="fragile", ask="What does `exp` give for a score of 1 000?")
class NoShift(SoftmaxCrossEntropy):
    """The exponentials are taken of the scores as they are. Above 709 they overflow, and one nan spoils the training."""

    def forward(self, Z, y):
        E = np.exp(Z)
        self.P, self.Y = E / E.sum(axis=1, keepdims=True), one_hot(y, Z.shape[1])
        return -(self.Y * np.log(self.P)).sum() / len(Z)

    def backward(self):
        return (self.P - self.Y) / len(self.P)


# --- MLP ---------------------------------------------------------------------------------------------------------------


class MLP:
    """Linear layers with an activation between them, and softmax with cross-entropy at the end."""

    def __init__(self, sizes, activation, rng):
        self.layers, self.parameters = [], {}
        for number in range(1, len(sizes)):
            layer = Linear(sizes[number - 1], sizes[number], rng=rng)
            self.parameters[f"W{number}"], self.parameters[f"b{number}"] = layer.W, layer.b
            self.layers += [layer, activation()]
        self.layers.pop()  # no activation behind the scores
        self.end = SoftmaxCrossEntropy()

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss_and_gradients(self, X, y):
        loss = self.end.forward(self.forward(X), y)
        dA = self.end.backward()
        for layer in reversed(self.layers):
            dA = layer.backward(dA)
        gradients = {}
        for number, layer in enumerate(self.layers[::2], 1):
            gradients[f"W{number}"], gradients[f"b{number}"] = layer.dW, layer.db
        return loss, gradients


def whole_network(MLP, sizes, activation, parameters, X, y):
    """Make a network, write the parameters given into its own, and ask it for scores, loss and gradients."""
    model = MLP(sizes, activation, rng=fresh())
    count, names = len(model.layers), ", ".join(sorted(model.parameters))
    for name, values in parameters.items():
        if name in model.parameters:
            model.parameters[name][...] = values
    scores = model.forward(X)
    answer = model.loss_and_gradients(X, y)
    loss, gradients = answer if isinstance(answer, tuple) and len(answer) == 2 else (answer, {})
    same = all(np.array_equal(model.parameters[name], values) for name, values in parameters.items() if name in model.parameters)
    moved = "as before" if same else "changed by loss_and_gradients"
    seen = {"number of layers": count, "names of parameters": names, "scores": scores, "loss": loss, "parameters": moved}
    seen["names of gradients"] = ", ".join(sorted(gradients))
    return seen | {f"gradient of {name}": gradients.get(name) for name in parameters}


def network_case(rng, sizes=None, n=None, activation=None):
    sizes = sizes or [int(size) for size in rng.integers(2, 6, rng.integers(2, 6))]
    n = n or int(rng.integers(1, 5))
    activation = activation or (layers.ReLU, layers.Sigmoid)[rng.integers(2)]
    return sizes, activation, arrays(rng, *sizes), rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], n)


SMALL = {"W1": np.array([[1.0, -1.0]]), "b1": np.zeros(2), "W2": np.array([[1.0, 0.0], [0.0, 2.0]]), "b2": np.array([0.0, 0.5])}

network = Exercise(
    MLP,
    notebook="11",
    place="starred",
    drive=whole_network,
    cases=[
        Case(
            "one input, two hidden units, two classes",
            ([1, 2, 2], layers.ReLU, SMALL, np.array([[2.0], [-1.0]]), np.array([0, 1])),
        ),
        Case("sizes that all differ", network_case(np.random.default_rng(1), [4, 3, 2], 5, layers.ReLU)),
        Case("all sizes equal", network_case(np.random.default_rng(4), [3, 3, 3, 3], 3, layers.ReLU)),
        Case("two hidden layers", network_case(np.random.default_rng(2), [3, 5, 4, 2], 6, layers.ReLU)),
        Case("with sigmoid", network_case(np.random.default_rng(4), [3, 4, 2, 5], 4, layers.Sigmoid)),
        Case("four hidden layers", network_case(np.random.default_rng(5), [4, 6, 5, 6, 4, 3], 7, layers.ReLU)),
        Case("no hidden layer", network_case(np.random.default_rng(6), [4, 3], 5, layers.ReLU), harsh=True),
    ],
    draw=network_case,
    hints=[
        "The way forward is one loop over `self.layers`, the way back one over `reversed(self.layers)`. Each hands on "
        "what the layer before it gave.",
        "`activation` is a class: `activation()` makes a new object of it, one for each hidden layer. The last layer gives "
        "the scores and has none behind it.",
        'Put `layer.W` itself into `self.parameters["W1"]`, no copy: then `sgd_step` moves the layer\'s own weights. After '
        "the way back every linear layer holds `dW` and `db`; collect them under the same names.",
    ],
    praise="Thirty lines, and the depth is a number. This is how the package's `MLP` works, and PyTorch's `Sequential`.",
)


def back_through(model, scores, y, linears):
    """The loss, and the way back from it."""
    loss = model.end.forward(scores, y)
    dA = model.end.backward()
    for layer in reversed(model.layers):
        dA = layer.backward(dA)
    gradients = {}
    for number, layer in enumerate(linears, 1):
        gradients[f"W{number}"], gradients[f"b{number}"] = layer.dW, layer.db
    return loss, gradients


@network.mistake(
    "one activation for all layers", ask="Where is `activation()` called, and how many objects must remember scores?"
)
class Shared(MLP):
    """The scores and the last layer are right, and the gradients of the deeper layers are not (or, where widths differ, there
    is an error): one activation object stands in all places. On the way back it knows only the scores that it saw last."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.layers[1::2] = [activation()] * len(self.layers[1::2])


@network.mistake("an activation behind the scores", ask="Which values may a score have, and which ones get through a ReLU?")
class ActivatedScores(MLP):
    """There is an activation behind the last layer, too. Scores may be negative; softmax makes probabilities of them."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.layers.append(activation())


@network.mistake("no activation at all", ask="What is a stack of linear layers without anything between them?")
class AllLinear(MLP):
    """The layers are all linear, and such a stack is one linear layer (notebook 03)."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.layers = self.layers[::2]

    def loss_and_gradients(self, X, y):
        return back_through(self, MLP.forward(self, X), y, self.layers)


@network.mistake("the parameters are copies", ask="Who sees it when `sgd_step` changes an entry of `parameters`?")
class Copies(MLP):
    """`parameters` holds copies. A step changes them, and the layers go on with their old weights."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.parameters = {name: array.copy() for name, array in self.parameters.items()}


@network.mistake(
    "the gradients are numbered from the end", ask="Which layer does the first turn of the loop backwards belong to?"
)
class FromTheEnd(MLP):
    """On the way back the last layer comes first, and it was given the number 1. W1 belongs to the layer that sees the
    images."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        count = len(gradients) // 2
        return loss, {f"{name[0]}{count + 1 - int(name[1:])}": array for name, array in gradients.items()}


@network.mistake("gradients named with a d", kind="convention", ask="Which names does `sgd_step` look for in `gradients`?")
class WithD(MLP):
    """The gradients stand under dW1, db1 and so on. Since notebook 08 they have the names of their parameters."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        return loss, {f"d{name}": array for name, array in gradients.items()}


@network.mistake("names counted from 0", kind="convention", ask="Which number has the first layer in this course?")
class FromZero(MLP):
    """The first layer is called W0. In this course it is W1, as in formulas."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.parameters = _one_less(self.parameters)

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        return loss, _one_less(gradients)


def _one_less(named):
    return {f"{name[0]}{int(name[1:]) - 1}": array for name, array in named.items()}


@network.mistake("forward gives probabilities", ask="What does the end of the network do with the scores?")
class Probabilities(MLP):
    """`forward` ends with a softmax. It should give the scores; the end of the network makes probabilities of them."""

    def forward(self, X):
        return softmax(super().forward(X))

    def loss_and_gradients(self, X, y):
        return back_through(self, MLP.forward(self, X), y, self.layers[::2])


@network.mistake("probabilities go into the loss", ask="How many times does a softmax act on the way to the loss?")
class SoftmaxTwice(MLP):
    """`forward` ends with a softmax, and the end of the network takes a softmax of that. Twice is once too many."""

    def forward(self, X):
        return softmax(super().forward(X))


@network.mistake("no gradients in the dict", ask="Where does each linear layer keep its dW and db after the way back?")
class NoGradients(MLP):
    """The loss is right, but no gradients came with it. The layers have them: they want to be collected."""

    def loss_and_gradients(self, X, y):
        return super().loss_and_gradients(X, y)[0], {}


@network.mistake("loss_and_gradients does nothing yet", ask="With which method of `self.end` does the way back begin?")
class NoLoss(MLP):
    """`loss_and_gradients` returns None so far. The layers, the parameters and the scores are right."""

    def loss_and_gradients(self, X, y):
        self.X = X


@network.mistake(
    "forward and loss_and_gradients do nothing yet", ask="What does each layer get, and what becomes of what it gives?"
)
class OnlyLayers(NoLoss):
    """Both return None so far. The layers and the parameters are right."""

    def forward(self, X):
        self.X = X


@network.mistake("only the last layer's gradients", ask="Which line must stand inside the loop backwards?")
class OnlyTheLast(MLP):
    """Only the last linear layer has its gradients in the dict. `sgd_step` needs all of them."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        return loss, dict(list(gradients.items())[-2:])


@network.mistake("two layers only", kind="fragile", ask="How many layers do the sizes [784, 100, 100, 10] ask for?")
class TwoLayers(MLP):
    """There are always two linear layers. `sizes` may have any length."""

    def __init__(self, sizes, activation, rng):
        super().__init__([sizes[0], sizes[1], sizes[-1]], activation, rng)


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "11",
    (
        "both losses high",
        "09",
        "After many epochs the training loss is still high, and the validation loss is hardly above it. What is that?",
        {
            "overfitting": "Then the training loss would be far below the other one. Are the known images read well here?",
            "underfitting": "Not even the known images are read well: too few units, or too few steps.",
            "divergence": "A loss that explodes ends far above where it began. This one came down and stopped.",
        },
        "underfitting",
    ),
    (
        "more units, more work",
        "09",
        "A hidden layer gets eight times as many units. What did that bring on MNIST?",
        {
            "eight times fewer mistakes": "The lab showed something far more modest. What limits the network besides its size?",
            "a little more accuracy, for eight times the work": "The first units bring the most. The later ones are refinements.",
            "less accuracy, it overfits at once": "It could learn more by heart. Did validation accuracy fall in the lab?",
        },
        "a little more accuracy, for eight times the work",
    ),
    (
        "slopes along one path",
        "06",
        "A path leads through three stations with the local slopes 1/4, 1/4 and 2. What is the slope along the whole path?",
        {
            "their product, 1/8": "One behind the other, slopes multiply.",
            "their sum, 2 1/2": "Adding is for paths that lie side by side. These stations come one after the other.",
            "the smallest of them, 1/4": "A narrow place alone does not decide. What does the next station make of a quarter?",
        },
        "their product, 1/8",
    ),
)

Question(
    "one gate for two layers",
    "11",
    "The same ReLU object stands behind both hidden layers. The network has W1, W2 and W3. Which gradients will be wrong?",
    {
        "all three": "W3 lies behind both gates. Does its gradient ask either of them?",
        "that of W1": "Blame on its way to W1 comes through the first gate, where the scores of the second are remembered.",
        "those of W1 and W2": "The object went forward twice. Which scores does it remember, and to which layer do they belong?",
        "none, ReLU is always the same formula": "The formula is. But the object also remembers. How many memories are there?",
    },
    "that of W1",
)
Question(
    "nine layers of 0.01",
    "11",
    "Ten layers, each hidden one 100 wide, all weights drawn with the spread 0.01. How large are the activations behind the "
    "ninth, compared with those behind the first?",
    {
        "about a hundredth": "That is a little more than a half for each layer. One layer: √100 · 0.01 / √2 = ?",
        "about a billionth": "Each layer leaves 7 % of what came in, and 0.07 to the eighth power is less than a billionth.",
        "about equal, the biases keep them up": "The biases start at 0.",
    },
    "about a billionth",
)
Question(
    "nine sigmoids",
    "11",
    "Nine hidden layers with sigmoid and Xavier's weights. How much smaller is the blame behind the first than behind the ninth?",
    {
        "about as large, Xavier keeps the size": "The weights do. But the sigmoids lie on the way back, too: how steep are they?",
        "some ten times smaller": "That would be one or two layers' worth. What is a quarter to the eighth power?",
        "some hundred thousand times smaller": "A quarter for each of eight layers: 4 to the eighth power is 65 536.",
    },
    "some hundred thousand times smaller",
)
Question(
    "what depth buys",
    "11",
    "Both learn now. Same rate, same six epochs: ten layers against a single hidden layer of the same width. Ten layers are",
    {
        "far better, with less than half of the mistakes": "For photographs and language, depth does such things. What is there "
        "to gain on small, centred digits?",
        "a point or two better": "Better, after the same epochs. What that is worth comes next.",
        "far worse": "So they were, with the other first weights.",
    },
    "a point or two better",
)
