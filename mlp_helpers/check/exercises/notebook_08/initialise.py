"""Notebook 08: write random first weights of the right spread."""

import itertools

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.results import listed
from mlp_helpers.check.exercises.networks import about, fresh, used


def initialise(sizes, rng):
    """Random weights of spread sqrt(2 / inputs), biases 0: W1 (d, h), b1 (h,), and so on, float32."""
    parameters = {}
    for number in range(1, len(sizes)):
        inputs, outputs = sizes[number - 1], sizes[number]
        W = rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)
        parameters[f"W{number}"] = W.astype(np.float32)
        parameters[f"b{number}"] = np.zeros(outputs, np.float32)
    return parameters


LARGE = [400, 250, 90]  # in layers of such sizes whatever is wrong with the numbers shows


def first_weights(value, sizes, rng):
    """What can be said of the numbers, and, where all of that is right, their type in the large layers.

    A function that forgets the type and makes another mistake as well is told the other one.
    """
    seen = numbers_of(value, sizes, rng)
    if sizes == LARGE and seen == numbers_of(initialise(sizes, fresh()), sizes, rng):
        seen["type of all numbers"] = listed(sorted({np.asarray(array).dtype.name for array in value.values()}), "")
    return seen


def numbers_of(value, sizes, rng):
    """For each array its shape and what sort of numbers it holds; whose random numbers; whether layers share them."""
    if isinstance(value, (tuple, list)) and any(isinstance(each, (np.ndarray, tuple, list)) for each in value):
        return "arrays without names"
    seen = {}
    for name, array in value.items():
        layer = int(name[1:]) if name[1:].isdigit() else 0
        inputs, outputs = sizes[layer - 1 : layer + 1] if 0 < layer < len(sizes) else sizes[:2]
        seen[name] = about(array, inputs, outputs)
    matrices = [np.ravel(array) for name, array in value.items() if name.startswith("W") and varied(array)]
    if matrices:
        seen["random numbers from"] = "rng" if used(rng) else "elsewhere"
    large = [matrix for matrix in matrices if len(matrix) >= 30]
    if len(large) > 1:
        common = min(map(len, large))
        alike = np.corrcoef([matrix[:common] for matrix in large])[0, 1:].max() > 0.99
        seen["two layers hold"] = "the same numbers" if alike else "numbers of their own"
    return seen


def varied(array):
    array = np.asarray(array)
    return array.dtype.kind in "fiu" and array.size > 0 and np.ptp(array) > 0


exercise = Exercise(
    initialise,
    notebook="08",
    place="at home",
    view=first_weights,
    asks="a dict from names to arrays",
    cases=[
        Case("three inputs, four hidden units, two outputs", [3, 4, 2], fresh()),
        Case("784-128-10", [784, 128, 10], fresh()),
        Case("more weights in both layers", LARGE, fresh()),
        Case("all sizes equal", [120, 120, 120], fresh()),
        Case("one hidden unit", [6, 1, 3], fresh()),
        Case("a single layer", [784, 20], fresh(), harsh=True),
        Case("three hidden layers", [20, 30, 10, 7, 5], fresh(), harsh=True),
    ],
    draw=lambda rng: (rng.integers(2, 40, 3).tolist(), fresh()),
    hints=[
        "A layer stands between two neighbouring sizes. `zip(sizes[:-1], sizes[1:])` gives the pairs (inputs, outputs), and "
        "`enumerate(…, start=1)` counts them.",
        "`rng.standard_normal((inputs, outputs))` has the spread 1. Times sqrt(2 / inputs) it has the spread that is asked for.",
        'Begin with `parameters = {}`, and in the loop set `parameters[f"W{number}"]` and `parameters[f"b{number}"]`.',
    ],
    praise="Kaiming He and others published this factor in 2015: a thirty-layer network learned with it, and stalled without it.",
)


def network(sizes, weights, biases=np.zeros, first=1, types=(np.float32, np.float32)):
    """W and b for each layer, of these types, from functions of (inputs, outputs) and of the number of outputs."""
    named = {}
    for number, (inputs, outputs) in enumerate(itertools.pairwise(sizes), start=first):
        named[f"W{number}"] = weights(inputs, outputs).astype(types[0])
        named[f"b{number}"] = biases(outputs).astype(types[1])
    return named


def he(rng):
    return lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)


@exercise.mistake(
    "float64, twice the memory", kind="fragile", ask="What do `W1.dtype` and `b1.dtype` say, and what does the lesson ask for?"
)
def _(sizes, rng):
    """The numbers are right, but some or all of the arrays hold float64, which NumPy's functions give unless they are told
    otherwise. Each number then takes eight bytes, and what is computed with such an array becomes float64 as well."""
    return network(sizes, he(rng), types=(float, float))


@exercise.also("float64, twice the memory")
def _(sizes, rng):
    return network(sizes, he(rng), types=(np.float32, float))


@exercise.also("float64, twice the memory")
def _(sizes, rng):
    return network(sizes, he(rng), types=(float, np.float32))


@exercise.mistake("All weights are 0", ask="What did the network of zeros learn, a few cells above?")
def _(sizes, rng):
    """Hidden units that say 0 and pass on no blame: only the last biases could learn."""
    return network(sizes, lambda inputs, outputs: np.zeros((inputs, outputs)))


@exercise.mistake("All weights alike", ask="What could make one hidden unit different from the next?")
def alike(sizes, rng):
    """All hidden units begin alike, get the same blame and stay alike: many units do the work of one."""
    return network(sizes, lambda inputs, outputs: np.full((inputs, outputs), 0.05))


@exercise.mistake(
    "Not scaled", ask="784 random terms are added up in each hidden unit. How large is their sum, and what keeps it small?"
)
def _(sizes, rng):
    """The weights have the spread 1, so scores of several tens come out of the first layer, and softmax is certain
    before anything has been learned."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)))


@exercise.mistake("Not scaled, and random biases", ask="What spread do the weights need, and do the biases need one at all?")
def _(sizes, rng):
    """Weights and biases all have the spread 1. The scores are far too large, before anything has been learned."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)), rng.standard_normal)


@exercise.mistake(
    "Random biases", ask="The weights already make the units different. What is left for the biases to do at the start?"
)
def _(sizes, rng):
    """The biases are random too. The lesson lets them begin at 0."""
    return network(sizes, he(rng), rng.standard_normal)


@exercise.mistake(
    "Divided by the number of inputs", ask="How does the spread of a sum of n random terms grow: like n, or slower?"
)
def _(sizes, rng):
    """The spread is 1 / inputs. A sum of 784 random terms is not 784 times as large as one of them, so this is far too small."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) / inputs)


@exercise.mistake("The root is missing", ask="Which of the two is the standard deviation, and which is its square?")
def _(sizes, rng):
    """The spread is 2 / inputs. That is the variance which is asked for; the spread is its root."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * 2 / inputs)


@exercise.mistake(
    "LeCun's scale", kind="convention", ask="What does ReLU do to half of the scores, and how can the weights make up for it?"
)
def _(sizes, rng):
    """The spread is sqrt(1 / inputs), LeCun's, often called Xavier's too: made for units that let both signs through.
    After a ReLU half of the signal is lost, and He's 2 makes up for it."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(1 / inputs))


@exercise.mistake("Glorot's scale", kind="convention", ask="Which of the two sizes stands in the formula of the lesson?")
def _(sizes, rng):
    """The spread is sqrt(2 / (inputs + outputs)), Xavier Glorot's, a compromise between the way forward and the way back.
    The lesson's formula is He's, made for ReLU."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2 / (inputs + outputs)))


@exercise.mistake("Scaled by the number of outputs", ask="How many terms are added up in one unit?")
def _(sizes, rng):
    """The spread is sqrt(2 / outputs): the size at the wrong end of the layer was taken."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2 / outputs))


@exercise.mistake("one small number for all layers", kind="fragile", ask="Which size of the layer should determine the spread?")
def _(sizes, rng):
    """The spread is the same in every layer, whatever its size. It works for two layers; in a network of many the signal fades,
    or grows, from one to the next."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * 0.01)


@exercise.mistake("No negative weights", ask="Around which value should the weights lie?")
def _(sizes, rng):
    """All weights are positive, so every hidden unit responds to every image, and all of them in nearly the same way."""
    return network(sizes, lambda inputs, outputs: rng.random((inputs, outputs)))


@exercise.mistake("Another spread", ask="What does `W1.std()` say for 784 inputs, and what is the root of 2 / 784?")
def _(sizes, rng):
    """The weights are random, around 0 and scaled, but their spread is not sqrt(2 / inputs). Perhaps a bracket of the root
    closes too early."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2) / inputs)


@exercise.mistake("Uniform, with another spread", ask="What is the standard deviation of your numbers, `W1.std()`?")
def _(sizes, rng):
    """The numbers are spread evenly between two bounds, and the bounds are not those that give the spread sqrt(2 / inputs)."""
    return network(sizes, lambda inputs, outputs: rng.uniform(-0.5, 0.5, (inputs, outputs)))


@exercise.mistake("uniform", kind="convention", ask="Which function of `rng` draws from a normal distribution?")
def _(sizes, rng):
    """The spread is right, and the numbers are spread evenly between two bounds. Others do so; the lesson draws from a
    normal distribution."""
    return network(sizes, lambda inputs, outputs: rng.uniform(-1, 1, (inputs, outputs)) * np.sqrt(6 / inputs))


@exercise.mistake("Each layer from the same seed", ask="When is the generator made, and how often should that happen?")
def _(sizes, rng):
    """Every layer begins with the same random numbers, and `rng` was not asked for them. That happens where each layer gets a
    new generator with the same seed."""
    return network(sizes, lambda inputs, outputs: he(np.random.default_rng(0))(inputs, outputs))


@exercise.mistake(
    "Another source of random numbers", ask="Where should the numbers come from, so that the caller's seed determines them?"
)
def _(sizes, rng):
    """The weights are as they should be, but `rng` was not asked for them: the caller's seed does not determine them."""
    return network(sizes, he(np.random.default_rng(0)))


@exercise.mistake("W transposed", ask="Which shape must W1 have for X @ W1 with X (n, d)?")
def _(sizes, rng):
    """The matrices have the shape (outputs, inputs). Here rows are examples: X @ W, with W (inputs, outputs)."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((outputs, inputs)) * np.sqrt(2 / inputs))


@exercise.mistake("Biases with two axes", ask="How many axes does one number for each unit need?")
def _(sizes, rng):
    """The biases have the shape (1, h) and not (h,). Adding them works, but their gradient has the shape (h,)."""
    return network(sizes, he(rng), lambda outputs: np.zeros((1, outputs)))


@exercise.mistake("Layers counted from 0", ask="What is the first layer's matrix called in this course?")
def _(sizes, rng):
    """The names begin with W0. Python counts from 0, the formulas of this course from 1."""
    return network(sizes, he(rng), first=0)


@exercise.mistake("two layers only", kind="fragile", ask="How many layers are there between the numbers in `sizes`?")
def _(sizes, rng):
    """It works for three sizes, and not for more or fewer of them: then there is an error, or the number of layers is
    wrong."""
    d, h, k = sizes
    return network([d, h, k], he(rng))


@exercise.also("two layers only")
def _(sizes, rng):
    d, h, k = sizes
    return network([d, h, k], he(rng), types=(float, float))


@exercise.mistake("The last layer is missing", ask="How many pairs of neighbours are there in a list of three numbers?")
def _(sizes, rng):
    """There is one layer too few: the last one, which gives the scores, is not made."""
    return network(sizes[:-1], he(rng))


@exercise.mistake(
    "The first layer is missing",
    ask="Which sizes does the first matrix stand between, and is it still there when the next one is made?",
)
def _(sizes, rng):
    """There is one layer too few, and what is called W1 belongs between the second and the third size."""
    return network(sizes[1:], he(rng))


@exercise.mistake("A place that is not there", ask="How many pairs of neighbours are there in a list of three numbers?")
def _(sizes, rng):
    """An IndexError: a place is asked for that does not exist. That happens for a layer after the last size: three sizes make two
    layers."""
    return network([sizes[i] for i in range(len(sizes) + 1)], he(rng))


@exercise.mistake("No dict", ask="How does somebody who holds the result ask for W1?")
def _(sizes, rng):
    """The arrays come without their names. Everything that follows asks for them by name, as in `parameters["W1"]`."""
    return tuple(network(sizes, he(rng)).values())


@exercise.also("two layers only")
def _(sizes, rng):
    return network([sizes[0], sizes[1], sizes[-1]], he(rng))


@exercise.also("two layers only")
def _(sizes, rng):
    return network([sizes[0], sizes[1], sizes[2]], he(rng))


@exercise.mistake("As many biases as inputs", ask="Which of the two has a bias: an input, or a unit?")
def _(sizes, rng):
    """The weights are right. Each layer has as many biases as inputs, and it needs one for each of its outputs."""
    named = network(sizes, he(rng))
    return named | {f"b{number}": np.zeros(inputs) for number, inputs in enumerate(sizes[:-1], start=1)}


@exercise.mistake("Shifted, not scaled", ask="What does a number do to the spread when it is added, and what does a factor do?")
def _(sizes, rng):
    """The weights have the spread 1, and lie around a value other than 0. The root was added to them; it should be a factor."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) + np.sqrt(2 / inputs))


@exercise.mistake("Divided by the root", ask="Should more inputs make the weights larger or smaller?")
def _(sizes, rng):
    """The spread is sqrt(inputs / 2), the reciprocal of the one asked for: the more inputs, the larger the weights."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) / np.sqrt(2 / inputs))


@exercise.mistake("Biases of 1", ask="Which value does the lesson give the biases?")
def _(sizes, rng):
    """The weights are right. The biases begin at 1, and they should begin at 0."""
    return network(sizes, he(rng), biases=np.ones)


@exercise.mistake("The first size decides for all layers", ask="How many inputs does the second layer have?")
def _(sizes, rng):
    """The spread of W1 is right, and that of W2 is not. That happens where the first size determines the spread of all layers:
    the inputs of the second layer are the outputs of the first."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2 / sizes[0]))
