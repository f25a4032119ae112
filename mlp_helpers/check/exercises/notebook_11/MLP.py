"""Notebook 11: write a network of any depth as a class."""

import itertools

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import arrays, fresh, used
from mlp_helpers.core import layers
from mlp_helpers.core.functions import softmax

from .Linear import Linear
from .SoftmaxCrossEntropy import SoftmaxCrossEntropy


class MLP:
    """Linear layers with an activation between them, and softmax with cross-entropy at the end."""

    def __init__(self, sizes, activation, rng):
        self.layers, self.parameters = [], {}
        for number in range(1, len(sizes)):
            layer = Linear(sizes[number - 1], sizes[number], rng=rng)
            self.parameters[f"W{number}"], self.parameters[f"b{number}"] = layer.W, layer.b
            self.layers += [layer, activation()]
        self.layers.pop()  # no activation after the scores
        self.loss_layer = SoftmaxCrossEntropy()

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss_and_gradients(self, X, y):
        loss = self.loss_layer.forward(self.forward(X), y)
        dA = self.loss_layer.backward()
        for layer in reversed(self.layers):
            dA = layer.backward(dA)
        gradients = {}
        for number, layer in enumerate(self.layers[::2], 1):
            gradients[f"W{number}"], gradients[f"b{number}"] = layer.dW, layer.db
        return loss, gradients


def whole_network(MLP, sizes, activation, parameters, X, y):
    """Make a network, write the parameters given into its own, and ask it for scores, loss and gradients."""
    rng = fresh()
    model = MLP(sizes, activation, rng=rng)
    drawn = first_numbers(model.parameters)
    count, names = len(model.layers), ", ".join(sorted(model.parameters))
    end = getattr(model, "loss_layer", None)
    has_end = callable(getattr(end, "forward", None)) and callable(getattr(end, "backward", None))
    for name, values in parameters.items():
        if name in model.parameters:
            model.parameters[name][...] = values
    scores = model.forward(X)
    answer = model.loss_and_gradients(X, y)
    pair = isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], dict)
    loss, gradients = answer if pair else (answer, {})
    same = all(np.array_equal(model.parameters[name], values) for name, values in parameters.items() if name in model.parameters)
    moved = "as before" if same else "changed by loss_and_gradients"
    seen = {
        "random numbers from": "rng" if used(rng) else "elsewhere",
        "two layers begin": drawn,
        "number of layers": count,
        "names of parameters": names,
        "scores": scores,
        "loss": loss,
        "the parameters are": moved,
    }
    seen["names of gradients"] = ", ".join(sorted(gradients))
    seen |= {f"gradient of {name}": gradients.get(name) for name in parameters}
    if len(sizes) == 2:  # asked in one kind of case, where it hides no other mistake
        seen["the loss layer stands"] = "in self.loss_layer" if has_end else "elsewhere"
    return seen


def first_numbers(parameters):
    """Say whether two layers were filled with the same random numbers, apart from their scale."""
    firsts = [
        W.ravel()[:3] / np.abs(W).max()
        for W in parameters.values()
        if isinstance(W, np.ndarray) and W.ndim == 2 and W.size >= 3 and W.any()
    ]
    firsts = [first / (np.abs(first).max() or 1) for first in firsts]
    alike = any(np.allclose(one, other, atol=1e-6) for one, other in itertools.combinations(firsts, 2))
    return "with the same numbers" if alike else "with numbers of their own"


def network_case(rng, sizes=None, n=None, activation=None):
    sizes = sizes or [int(size) for size in rng.integers(2, 6, rng.integers(3, 6))]
    n = n or int(rng.integers(1, 5))
    activation = activation or (layers.ReLU, layers.Sigmoid)[rng.integers(2)]
    return sizes, activation, arrays(rng, *sizes), rng.normal(size=(n, sizes[0])), rng.integers(0, sizes[-1], n)


SMALL = {"W1": np.array([[1.0, -1.0]]), "b1": np.zeros(2), "W2": np.array([[1.0, 0.0], [0.0, 2.0]]), "b2": np.array([0.0, 0.5])}


exercise = Exercise(
    MLP,
    notebook="11",
    place="starred",
    drive=whole_network,
    calls="network = MLP(sizes, activation, rng=rng), whose parameters are set to those below; network.forward(X), "
    "network.loss_and_gradients(X, y)",
    cases=[
        Case(
            "one input, two hidden units, two classes",
            [1, 2, 2],
            layers.ReLU,
            SMALL,
            np.array([[2.0], [-1.0]]),
            np.array([0, 1]),
        ),
        Case("sizes that all differ", *network_case(np.random.default_rng(1), [4, 3, 2], 5, layers.ReLU)),
        Case("all sizes equal", *network_case(np.random.default_rng(4), [3, 3, 3, 3], 3, layers.ReLU)),
        Case("two hidden layers", *network_case(np.random.default_rng(2), [3, 5, 4, 2], 6, layers.ReLU)),
        Case("with sigmoid", *network_case(np.random.default_rng(4), [3, 4, 2, 5], 4, layers.Sigmoid)),
        Case("four hidden layers", *network_case(np.random.default_rng(5), [4, 6, 5, 6, 4, 3], 7, layers.ReLU)),
        Case("no hidden layer", *network_case(np.random.default_rng(6), [4, 3], 5, layers.ReLU), harsh=True),
    ],
    draw=network_case,
    hints=[
        "The way forward is one loop over `self.layers`, the way back one over `reversed(self.layers)`. Each hands on "
        "what the layer before it gave.",
        "`activation` is a class: `activation()` makes a new object of it, one for each hidden layer. The last layer gives "
        "the scores and has none after it.",
        'Put `layer.W` itself into `self.parameters["W1"]`, no copy: then `sgd_step` moves the layer\'s own weights. After '
        "the way back every linear layer holds `dW` and `db`; collect them under the same names.",
    ],
    praise="The depth is a number now, as in the package's `MLP` and in PyTorch's `Sequential`.",
)


def back_through(model, scores, y, linears):
    """The loss, and the way back from it."""
    loss = model.loss_layer.forward(scores, y)
    dA = model.loss_layer.backward()
    for layer in reversed(model.layers):
        dA = layer.backward(dA)
    gradients = {}
    for number, layer in enumerate(linears, 1):
        gradients[f"W{number}"], gradients[f"b{number}"] = layer.dW, layer.db
    return loss, gradients


@exercise.mistake(
    "One activation for all layers", ask="Where is `activation()` called, and how many objects must remember scores?"
)
class _(MLP):
    """The scores and the gradients of the last two linear layers are right, and those of the layers before them are not (or,
    where widths differ, there is an error): one activation object is used everywhere. On the way back it knows only the scores
    that it saw last."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.layers[1::2] = [activation()] * len(self.layers[1::2])


@exercise.mistake("An activation after the scores", ask="Which values may a score have, and which ones get through a ReLU?")
class _(MLP):
    """There is an activation after the last layer, too. Scores may be negative; softmax turns them into probabilities."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.layers.append(activation())


@exercise.mistake("No activation at all", ask="What is a stack of linear layers without anything between them?")
class _(MLP):
    """The layers are all linear, and such a stack is one linear layer (notebook 03)."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.layers = self.layers[::2]

    def loss_and_gradients(self, X, y):
        return back_through(self, MLP.forward(self, X), y, self.layers)


@exercise.mistake("The parameters are copies", ask="Who sees it when `sgd_step` changes an entry of `parameters`?")
class _(MLP):
    """`parameters` holds copies. A step changes them, and the layers go on with their old weights."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.parameters = {name: array.copy() for name, array in self.parameters.items()}


@exercise.mistake(
    "The gradients are numbered from the end", ask="Which layer does the first round of the backward loop belong to?"
)
class _(MLP):
    """On the way back the last layer comes first, and it was given the number 1. W1 belongs to the layer that sees the
    images."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        count = len(gradients) // 2
        return loss, {f"{name[0]}{count + 1 - int(name[1:])}": array for name, array in gradients.items()}


@exercise.mistake("gradients named with a d", kind="convention", ask="Which names does `sgd_step` look for in `gradients`?")
class _(MLP):
    """The gradients stand under dW1, db1 and so on. Since notebook 08 they have the names of their parameters."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        return loss, {f"d{name}": array for name, array in gradients.items()}


@exercise.mistake("names counted from 0", kind="convention", ask="What number does the first layer have in this course?")
class _(MLP):
    """The first layer is called W0. In this course it is W1, as in formulas."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.parameters = _one_less(self.parameters)

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        return loss, _one_less(gradients)


def _one_less(named):
    return {f"{name[0]}{int(name[1:]) - 1}": array for name, array in named.items()}


@exercise.mistake("Forward gives probabilities", ask="What does the end of the network do with the scores?")
class _(MLP):
    """`forward` ends with a softmax. It should give the scores; the end of the network turns them into probabilities."""

    def forward(self, X):
        return softmax(super().forward(X))

    def loss_and_gradients(self, X, y):
        return back_through(self, MLP.forward(self, X), y, self.layers[::2])


@exercise.mistake("Probabilities go into the loss", ask="How many times does a softmax act on the way to the loss?")
class _(MLP):
    """`forward` ends with a softmax, and the end of the network takes a softmax of that. Twice is once too many."""

    def forward(self, X):
        return softmax(super().forward(X))


@exercise.mistake(
    "another name for the loss layer", kind="fragile", ask="Which three names does the docstring of `__init__` give?"
)
class _(MLP):
    """The scores, the loss and the gradients are right, but a new network has no `SoftmaxCrossEntropy` in `self.loss_layer`. The
    cells below will ask for it there."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.end = self.__dict__.pop("loss_layer")

    def loss_and_gradients(self, X, y):
        self.loss_layer = self.end
        answer = super().loss_and_gradients(X, y)
        del self.loss_layer
        return answer


@exercise.mistake("No gradients in the dict", ask="Where does each linear layer keep its dW and db after the way back?")
class _(MLP):
    """The loss is right, but no gradients came with it. The layers have them: they only need to be collected."""

    def loss_and_gradients(self, X, y):
        return super().loss_and_gradients(X, y)[0], {}


@exercise.mistake("loss_and_gradients does nothing yet", ask="With which method of `self.loss_layer` does the way back begin?")
class NoLoss(MLP):
    """`loss_and_gradients` returns None so far. The layers, the parameters and the scores are right."""

    def loss_and_gradients(self, X, y):
        self.X = X


@exercise.mistake(
    "Forward and loss_and_gradients do nothing yet", ask="What does each layer get, and what becomes of what it gives?"
)
class _(NoLoss):
    """Both return None so far. The layers and the parameters are right."""

    def forward(self, X):
        self.X = X


@exercise.mistake("Only the last layer's gradients", ask="Which line must stand inside the backward loop?")
class _(MLP):
    """Only the last linear layer has its gradients in the dict. `sgd_step` needs all of them."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        return loss, dict(list(gradients.items())[-2:])


@exercise.mistake("two layers only", kind="fragile", ask="How many layers do the sizes [784, 100, 100, 10] ask for?")
class _(MLP):
    """There are always two linear layers. `sizes` may have any length."""

    def __init__(self, sizes, activation, rng):
        super().__init__([sizes[0], sizes[1], sizes[-1]], activation, rng)


@exercise.mistake("Another source of random numbers", ask="Which generator should every layer draw from?")
class _(MLP):
    """The first weights were not drawn with the `rng` that was given: the caller's seed does not determine them."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, np.random.default_rng())


@exercise.mistake("Each layer from the same seed", ask="When is the generator made, and how often should that happen?")
class _(MLP):
    """The layers begin with the same random numbers. That happens where a generator is made anew for each."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        for name, array in self.parameters.items():
            if name.startswith("W"):
                array[...] = np.random.default_rng(0).standard_normal(array.shape)


@exercise.also("Each layer from the same seed")
class _(MLP):
    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, fresh())
        for name, array in self.parameters.items():
            if name.startswith("W"):
                array[...] = np.random.default_rng(0).standard_normal(array.shape)


@exercise.mistake("A step is taken", ask="Who takes the step, and with which learning rate?")
class _(MLP):
    """`loss_and_gradients` changes the parameters. It should only say what the loss and the gradients are."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        for name, gradient in gradients.items():
            self.parameters[name] -= 0.1 * gradient
        return loss, gradients


@exercise.mistake("In the order gradients, loss", ask="In which order does the docstring name the two?")
class _(MLP):
    """`loss_and_gradients` gives the gradients first, and whoever calls it takes one for the other."""

    def loss_and_gradients(self, X, y):
        return super().loss_and_gradients(X, y)[::-1]


@exercise.mistake("The gradients alone", ask="Which two things does the docstring name?")
class _(MLP):
    """`loss_and_gradients` gives the gradients, and the loss is missing."""

    def loss_and_gradients(self, X, y):
        return super().loss_and_gradients(X, y)[1]


@exercise.mistake("Every layer gets the images", ask="What does the second layer work on: X, or what the first one gave?")
class _(MLP):
    """The layers are not chained: the last one was given X, and not what the layer before it gave. Where sizes differ, that is
    an error."""

    def forward(self, X):
        for layer in self.layers:
            out = layer.forward(X)
        return out


@exercise.mistake("always ReLU", kind="fragile", ask="Who says which activation stands between the layers?")
class _(MLP):
    """Between the layers there is a ReLU, whatever `activation` says."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, layers.ReLU, rng)


@exercise.mistake("1/n once more", ask="In how many places does the mean enter, and in which class?")
class _(MLP):
    """The loss is right, and all gradients are n times too small: `SoftmaxCrossEntropy` has divided by n already."""

    def loss_and_gradients(self, X, y):
        loss, gradients = super().loss_and_gradients(X, y)
        return loss, {name: gradient / len(X) for name, gradient in gradients.items()}


@exercise.mistake("Backwards in forward order", ask="Which layer does the blame reach first on its way back from the loss?")
class _(MLP):
    """The scores are right. On the way back the blame of the scores came to the first layer and not to the last one: where widths
    differ that is an error, and otherwise the gradients are wrong."""

    def loss_and_gradients(self, X, y):
        loss = self.loss_layer.forward(self.forward(X), y)
        dA = self.loss_layer.backward()
        for layer in self.layers:
            dA = layer.backward(dA)
        gradients = {}
        for number, layer in enumerate(self.layers[::2], 1):
            gradients[f"W{number}"], gradients[f"b{number}"] = layer.dW, layer.db
        return loss, gradients
