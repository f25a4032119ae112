"""Notebook 11: write a linear layer as a class."""

import numpy as np

from mlp_helpers.check.engine.comparing import word
from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import about, fresh, used
from mlp_helpers.core.functions import linear, linear_backward


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
    """What a new layer holds; then, with W and b given, one batch forward and back, and another one, while another layer sees
    other inputs."""
    rng = fresh()
    layer, other = Linear(*W.shape, rng=rng), Linear(*W.shape, rng=fresh())
    seen = {
        "first W": _about(layer.W, *W.shape),
        "first b": _about(layer.b, *W.shape),
        "random numbers from": "rng" if used(rng) else "elsewhere",
    }
    layer.W, layer.b = W.copy(), b.copy()
    layer.forward(X[:1] + 1)
    layer.backward(dZ[:1] - 1)
    moved = not np.array_equal(layer.W, W) or not np.array_equal(layer.b, b)
    layer.W, layer.b = W.copy(), b.copy()
    seen |= {"Z": layer.forward(X), "W and b after backward": "changed" if moved else "as before"}
    other.forward(1 - X)
    seen["dX"] = layer.backward(dZ)
    kept = {name: getattr(layer, name) for name in ("dW", "db") if getattr(layer, name, None) is not None}
    return {**seen, **kept}


def _about(array, d, h):
    if not isinstance(array, np.ndarray) or not array.size:
        return word(array)
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


exercise = Exercise(
    Linear,
    notebook="11",
    place="in class",
    drive=two_batches,
    calls="one.forward(X[:1] + 1), one.backward(dZ[:1] - 1), one.forward(X), another.forward(1 - X), one.backward(dZ)",
    cases=[
        Case("one image, three inputs, two outputs", *PENCIL),
        Case("three images", *layer_case(np.random.default_rng(1), 3, 2, 4)),
        Case("as many inputs as outputs", *layer_case(np.random.default_rng(2), 2, 3, 3)),
        Case("all three alike", *layer_case(np.random.default_rng(3), 3, 3, 3)),
        Case("one output", *layer_case(np.random.default_rng(4), 4, 3, 1)),
        Case("784 inputs, 32 outputs", *layer_case(np.random.default_rng(5), 16, 784, 32)),
        Case("120 inputs, 120 outputs", *layer_case(np.random.default_rng(6), 5, 120, 120)),
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


@exercise.mistake(
    "backward returns all three", kind="convention", ask="Which of the three does the layer before this one wait for?"
)
class _(Linear):
    """`backward` returns dX, dW and db together, as the function did. As an object the layer keeps its own two and hands
    on only dX, so that all kinds of layers can be called in the same way."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        return dX, self.dW, self.db


@exercise.mistake("Backward returns nothing", ask="How does the layer before this one get its blame?")
class _(Linear):
    """dW and db are kept, and `backward` returns None. The layer before waits for dX."""

    def backward(self, dZ):
        super().backward(dZ)


@exercise.mistake("Backward does nothing yet", ask="Which three things does it have to blame, and where does each of them go?")
class NoBackward(Linear):
    """`backward` returns None, and there is no `self.dW` or `self.db`. `__init__` and `forward` are right."""

    def backward(self, dZ):
        self.dZ = dZ


@exercise.mistake("Forward and backward return nothing yet", ask="What does `forward` need that `__init__` has made?")
class _(NoBackward):
    """Both return None so far. What `__init__` makes is right."""

    def forward(self, X):
        self.X = X


@exercise.mistake("dW and db are not kept", ask="Under which names will `MLP` look for them?")
class _(Linear):
    """What `backward` returns is right, but the layer has no `self.dW` and `self.db` afterwards."""

    def backward(self, dZ):
        return linear_backward(dZ, self.X, self.W)[0]


@exercise.mistake("All three are returned, and none is kept", ask="Under which names will `MLP` look for dW and db?")
class _(Linear):
    """`backward` returns dX, dW and db together, as the function did, and the layer has no `self.dW` and `self.db` afterwards."""

    def backward(self, dZ):
        return linear_backward(dZ, self.X, self.W)


@exercise.mistake("The three gradients changed places", ask="In which order does `linear_backward` return its three results?")
class _(Linear):
    """What `linear_backward` gives first was taken for dW. `dX, dW, db` have changed places."""

    def backward(self, dZ):
        self.dW, self.db, dX = linear_backward(dZ, self.X, self.W)
        return dX


@exercise.mistake("Weights from another generator", ask="What is the name of the generator that `__init__` gets?")
class _(Linear):
    """The weights do not come from the `rng` that was given: the caller's seed does not determine them."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, np.random.default_rng(0))


@exercise.mistake("Backward returns dW", ask="Whose blame travels on: that of the weights, or that of the inputs?")
class _(Linear):
    """`backward` hands back the gradient of its own weights. Weights are the end of a path; what travels on is dX."""

    def backward(self, dZ):
        super().backward(dZ)
        return self.dW


@exercise.mistake(
    "gradients add up from batch to batch",
    kind="convention",
    ask="What should dW hold after the second batch: its own blame, or the sum of both?",
)
class _(Linear):
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


@exercise.mistake("The mean is taken twice", ask="Where did the factor 1/n of the mean loss enter, and is it in dZ already?")
class _(Linear):
    """dW and db are divided by the number of images. That factor has been in dZ since the loss."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.dW, self.db = self.dW / len(dZ), self.db / len(dZ)
        return dX


@exercise.mistake("Db is not summed", ask="How many biases does the layer have, and how many rows does dZ have?")
class _(Linear):
    """db has a row for each image. One bias serves all images, so its blame is the sum over them."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ
        return dX


@exercise.mistake("db has two axes", kind="fragile", ask="What shape does b have, and what shape does its gradient have?")
class _(Linear):
    """db has the shape (1, h) and b has (h,). A gradient has the shape of what it belongs to; `b -= db` fails here."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ.sum(axis=0, keepdims=True)
        return dX


@exercise.mistake("b is a table of one row", kind="convention", ask="What shape do the biases have in this course?")
class _(Linear):
    """b and db have the shape (1, h). Many courses do so, and with broadcasting the result is the same. Here b is (h,)."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.b = np.zeros((1, h))

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ.sum(axis=0, keepdims=True)
        return dX


@exercise.mistake("dW is transposed", ask="W is (d, h). What shape must its gradient have?")
class _(Linear):
    """dW has a row for each output. It must have the shape of W, a row for each input."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.dW = self.dW.T
        return dX


@exercise.mistake("The bias is forgotten", ask="What does Z = XW + b hold besides the product?")
class _(Linear):
    """`forward` gives X W, and b is never added."""

    def forward(self, X):
        self.X = X
        return X @ self.W


@exercise.mistake("The weights are not scaled", ask="How large is a sum of 784 random terms, and what keeps it small?")
class _(Linear):
    """W has the spread 1. Each output adds up d random terms, and its size grows with the root of d."""

    def __init__(self, d, h, rng):
        self.W, self.b = rng.standard_normal((d, h)), np.zeros(h)


@exercise.mistake("The root is missing", ask="Is the spread that is asked for 2 / d, or its square root?")
class _(Linear):
    """W has the spread 2 / d. That is its square; with 784 inputs the weights are twenty times too small."""

    def __init__(self, d, h, rng):
        self.W, self.b = rng.standard_normal((d, h)) * (2 / d), np.zeros(h)


@exercise.mistake("Spread by the outputs", ask="How many terms does each output add up: d, or h?")
class _(Linear):
    """The spread is that for h inputs. What matters is how many terms are added up for one output: d."""

    def __init__(self, d, h, rng):
        self.W, self.b = rng.standard_normal((d, h)) * np.sqrt(2 / h), np.zeros(h)


@exercise.mistake("All weights are 0", ask="What did the network of zeros learn in notebook 08?")
class _(Linear):
    """W starts at 0. Then no unit differs from the next, and no blame gets through."""

    def __init__(self, d, h, rng):
        self.W, self.b = np.zeros((d, h)), np.zeros(h)


@exercise.mistake("random biases", kind="convention", ask="What makes the units different already?")
class _(Linear):
    """The biases are random, too. Others do so; here they start at 0, for the weights are random enough."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.b = rng.standard_normal(h)


@exercise.mistake("numbers of half the length", kind="convention", ask="How many digits must agree in a gradient check?")
class _(Linear):
    """W is float32, as in notebook 08: faster, and good for training. Here NumPy's usual float64 is asked for, because the
    gradient check looks at the seventh digit."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.W, self.b = self.W.astype(np.float32), self.b.astype(np.float32)


@exercise.mistake("The step is taken in backward", ask="Who takes the step, and with which learning rate?")
class _(Linear):
    """`backward` changes W and b. It should only say what the gradients are: the step is taken outside, by the optimizer."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.W, self.b = self.W - 0.1 * self.dW, self.b - 0.1 * self.db
        return dX


@exercise.mistake("The bias is subtracted", ask="What does Z = XW + b do with the bias?")
class _(Linear):
    """`forward` takes b away from XW, where it should be added."""

    def forward(self, X):
        return super().forward(X) - 2 * self.b


@exercise.mistake("The images of the first batch", ask="When is X written into `self`: once, or at each `forward`?")
class _(Linear):
    """In a later call, the gradients are made with the images of the first batch, which are kept for ever."""

    def forward(self, X):
        if not hasattr(self, "X"):
            self.X = X
        return linear(X, self.W, self.b)


@exercise.mistake("A mean for db", ask="Where did the 1/n enter, and is it in dZ already?")
class _(Linear):
    """db is n times too small: it was averaged over the images. A bias receives the sum of the blame from all its uses."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ.mean(axis=0)
        return dX


@exercise.mistake(
    "The mean is taken twice, in dW", ask="Where did the factor 1/n of the mean loss enter, and is it in dZ already?"
)
class _(Linear):
    """dW is divided by the number of images. That factor has been in dZ since the loss."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.dW = self.dW / len(dZ)
        return dX


@exercise.mistake(
    "The sign of the gradients is turned", ask="Is this the place that gives the slope, or the one that takes the step?"
)
class _(Linear):
    """dW and db have the wrong sign. Slopes point uphill; the minus comes later, when a step is taken."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.dW, self.db = -self.dW, -self.db
        return dX


@exercise.mistake("dW and db have changed places", ask="Which of the two has the shape of W?")
class _(Linear):
    """What is called dW has the shape of b, and what is called db that of W."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.dW, self.db = self.db, self.dW
        return dX


@exercise.mistake("No negative weights", ask="Around which value should the weights lie?")
class _(Linear):
    """All weights are positive, so that every unit answers to every image, and all of them answer nearly the same."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.W = rng.random((d, h)) * np.sqrt(2 / d)


@exercise.mistake(
    "one small number for all sizes", kind="fragile", ask="How large is a sum of 784 random terms, and how large one of 3?"
)
class _(Linear):
    """The spread is the same whatever the number of inputs. In a deep network the signal then fades from layer to layer, or
    grows."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.W = rng.standard_normal((d, h)) * 0.01


@exercise.mistake("W is transposed", ask="What shape must W have for X @ W?")
class _(Linear):
    """W is made with a row for each output, (h, d). Here it has a row for each input."""

    def __init__(self, d, h, rng):
        self.W, self.b = rng.standard_normal((h, d)) * np.sqrt(2 / d), np.zeros(h)


@exercise.mistake(
    "One memory for all objects", ask="Two linear layers, one after the other: whose X does the first one find on the way back?"
)
class OneMemory(Linear):
    """What `forward` keeps is kept by the class and not by the object, so all layers share it, and the last one to go forward has
    overwritten what the others had kept."""

    def forward(self, X):
        OneMemory.X = X
        return linear(X, self.W, self.b)


@exercise.mistake(
    "LeCun's scale", kind="convention", ask="What does ReLU do to half of the scores, and how can W make up for it?"
)
class _(Linear):
    """The spread is sqrt(1 / d), LeCun's, made for units that let both signs through. After a ReLU half of the signal is lost,
    and He's 2 makes up for it."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.W /= np.sqrt(2)


@exercise.mistake("Glorot's scale", kind="convention", ask="Which of the two sizes stands in the formula of notebook 08?")
class _(Linear):
    """The spread is sqrt(2 / (d + h)), Xavier Glorot's, a compromise between the way forward and the way back. The exercise
    asks for He's, made for ReLU."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.W *= np.sqrt(d / (d + h))


@exercise.mistake("The wrong axis for db", ask="Who uses a bias: every image, or every unit?")
class _(Linear):
    """db has one number for each image: it was summed over the outputs."""

    def backward(self, dZ):
        dX = super().backward(dZ)
        self.db = dZ.sum(axis=1)
        return dX


@exercise.mistake(
    "The mean is taken twice, everywhere", ask="Where did the factor 1/n of the mean loss enter, and is it in dZ already?"
)
class _(Linear):
    """dX, dW and db are all divided by the number of images. That factor has been in dZ since the loss."""

    def backward(self, dZ):
        return super().backward(dZ / len(dZ))


@exercise.mistake("The step is taken in backward, and nothing is kept", ask="Who takes the step, and what must be there for it?")
class _(Linear):
    """`self.dW` and `self.db` are never set, and `backward` changes W and b. It should only keep the gradients: the step is taken
    outside, by the optimizer."""

    def backward(self, dZ):
        dX, dW, db = linear_backward(dZ, self.X, self.W)
        self.W, self.b = self.W - dW, self.b - db
        return dX


@exercise.mistake("Only dW is kept", ask="Under which name will `MLP` look for the blame of the biases?")
class _(Linear):
    """What `backward` returns is right, and so is `self.dW`, but the layer has no `self.db` afterwards. A name without `self.` in
    front is gone when the method ends."""

    def backward(self, dZ):
        dX, self.dW, _ = linear_backward(dZ, self.X, self.W)
        return dX


@exercise.mistake("Only db is kept", ask="Under which name will `MLP` look for the blame of the weights?")
class _(Linear):
    """What `backward` returns is right, and so is `self.db`, but the layer has no `self.dW` afterwards. A name without `self.` in
    front is gone when the method ends."""

    def backward(self, dZ):
        dX, _, self.db = linear_backward(dZ, self.X, self.W)
        return dX


@exercise.mistake(
    "The images of the first batch, and random biases",
    ask="When is X written into `self`: once, or at each `forward`? And what makes the units different already?",
)
class _(Linear):
    """In a later call, the gradients are made with the images of the first batch, which are kept for ever. And the biases are
    random, where they should start at 0."""

    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        self.b = rng.standard_normal(h)

    def forward(self, X):
        if not hasattr(self, "X"):
            self.X = X
        return linear(X, self.W, self.b)
