"""Exercises and questions of notebook 08, Train the network."""

import itertools

import numpy as np

from ..core import loop
from . import solutions
from .comparing import shape
from .exercise import Case, Exercise
from .networks import arrays, in_another_order, new_arrays
from .questions import Question, look_back_questions

# --- sgd_step ----------------------------------------------------------------------------------------------------------


def tied(rng):
    """A network whose two matrices are one array; only the first of the two names has a gradient."""
    parameters = arrays(rng, 2, 2, 2)
    parameters["W2"] = parameters["W1"]
    return parameters, arrays(rng, 2, 2, 2) | {"W2": np.zeros((2, 2))}, 0.5


def step_of(rng, *sizes, rate, dtype=np.float64):
    return arrays(rng, *sizes, dtype=dtype), arrays(rng, *sizes, dtype=dtype), rate


def after_the_step(value, parameters, gradients, learning_rate):
    """The parameters, and whether others came back in their place."""
    return parameters | new_arrays(value, parameters)


FOUR = (
    {"W1": np.array([[1.0, 2.0]]), "b1": np.array([0.0, 0.5]), "W2": np.array([[3.0], [-1.0]]), "b2": np.array([1.0])},
    {"W1": np.array([[10.0, -10.0]]), "b1": np.array([5.0, 0.0]), "W2": np.array([[1.0], [2.0]]), "b2": np.array([-4.0])},
    0.1,
)

sgd_step = Exercise(
    solutions.sgd_step,
    notebook="08",
    place="in class",
    view=after_the_step,
    changes=(0,),
    cases=[
        Case("one input, two hidden units, one output", FOUR),
        Case("sizes that all differ", step_of(np.random.default_rng(1), 4, 3, 2, rate=0.5)),
        Case("square matrices", step_of(np.random.default_rng(2), 3, 3, 3, rate=2.0)),
        Case("float32", step_of(np.random.default_rng(3), 5, 2, 4, rate=0.25, dtype=np.float32)),
        Case("784-128-10", step_of(np.random.default_rng(4), 784, 128, 10, rate=0.1, dtype=np.float32)),
        Case(
            "the gradients in another order", in_another_order(*step_of(np.random.default_rng(5), 2, 2, 2, rate=0.5)), harsh=True
        ),
        Case("three layers", step_of(np.random.default_rng(6), 2, 3, 2, 1, rate=0.5), harsh=True),
        Case("one array under two names", tied(np.random.default_rng(7)), harsh=True),
    ],
    draw=lambda rng: step_of(rng, *rng.integers(1, 6, 3), rate=float(rng.choice([0.01, 0.3, 3.0]))),
    hints=[
        "A loop over the names in `parameters`. Under each name there is an array, and under the same name its gradient.",
        "Against the gradient: the learning rate times the gradient is taken away, as in notebook 05.",
        "`parameters[name] -= …` changes the array itself. `parameters[name] = parameters[name] - …` makes a new one.",
    ],
    praise="Four arrays or four hundred, it is the same loop; and whoever holds one of them sees it move.",
)


@sgd_step.mistake("the name moved, the array did not", ask="Which operation changes an array, and which makes another one?")
def rebound(parameters, gradients, learning_rate):
    """`p = p - …` makes a new array and gives it the name `p`. When the function ends, that name is forgotten, and the
    dict holds what it held before."""
    for name in parameters:
        p = parameters[name]
        p = p - learning_rate * gradients[name]


@sgd_step.mistake(
    "a new array under the old name",
    kind="fragile",
    ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
)
def replaced(parameters, gradients, learning_rate):
    """The dict gets new arrays. Whoever held an old one (here a second name in the dict) does not see the step."""
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * gradients[name]


@sgd_step.mistake("a new dict, and the old one left alone", ask="What does the caller's dict hold after the call?")
def new_dict(parameters, gradients, learning_rate):
    """The result is returned in a new dict. The caller, who holds the old one, goes on with the old weights."""
    return {name: parameters[name] - learning_rate * gradients[name] for name in parameters}


@sgd_step.mistake("uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def uphill(parameters, gradients, learning_rate):
    """The step goes along the gradient, so the loss grows."""
    for name in parameters:
        parameters[name] += learning_rate * gradients[name]


@sgd_step.mistake("without the learning rate", ask="How far along the gradient should a step go?")
def full_gradient(parameters, gradients, learning_rate):
    """The whole gradient is taken away, whatever the learning rate says."""
    for name in parameters:
        parameters[name] -= gradients[name]


@sgd_step.mistake("divided by the learning rate", ask="Should a smaller learning rate make a step smaller or larger?")
def divided(parameters, gradients, learning_rate):
    """The smaller the learning rate, the larger the step: the gradient is divided by it."""
    for name in parameters:
        parameters[name] -= gradients[name] / learning_rate


@sgd_step.mistake("the old weights are gone", ask="Where does a step start from?")
def only_the_step(parameters, gradients, learning_rate):
    """The parameters become the step itself, and what had been learned until then is lost."""
    for name in parameters:
        parameters[name][...] = -learning_rate * gradients[name]


@sgd_step.mistake(
    "the learning rate is taken away, not the gradient", ask="What stands between the learning rate and the gradient?"
)
def without_gradient(parameters, gradients, learning_rate):
    """Every entry moves by the same amount, in the same direction: the gradient has no say."""
    for name in parameters:
        parameters[name] -= learning_rate


@sgd_step.mistake("the gradients were updated", ask="Which of the two dicts is the network?")
def wrong_dict(parameters, gradients, learning_rate):
    """The gradients move, and the parameters stay where they were."""
    for name in parameters:
        gradients[name] -= learning_rate * parameters[name]


@sgd_step.mistake(
    "the gradients are changed too",
    kind="fragile",
    ask="Which line writes into the gradients, and what could hold its result instead?",
)
def scaled_gradients(parameters, gradients, learning_rate):
    """The step is right, but afterwards the gradients are shorter: whoever looks at them later is misled."""
    for name in parameters:
        gradients[name] *= learning_rate
        parameters[name] -= gradients[name]


@sgd_step.mistake("the weights without the biases", ask="Which of the four arrays have not moved?")
def only_weights(parameters, gradients, learning_rate):
    """W1 and W2 take a step, b1 and b2 never do."""
    for name in parameters:
        if name.startswith("W"):
            parameters[name] -= learning_rate * gradients[name]


@sgd_step.mistake("only the first array", ask="When is the loop over, and which line ends it?")
def only_the_first(parameters, gradients, learning_rate):
    """W1 takes a step, and the others do not: the function is over before the loop is."""
    for name in parameters:
        parameters[name] -= learning_rate * gradients[name]
        return parameters


@sgd_step.mistake("by place, not by name", kind="fragile", ask="What do a parameter and its gradient have in common?")
def by_place(parameters, gradients, learning_rate):
    """The first array gets the first gradient, the second the second. That holds while both dicts were filled in the
    same order, and nobody has promised it."""
    for array, gradient in zip(parameters.values(), gradients.values(), strict=True):
        array -= learning_rate * gradient


@sgd_step.mistake("two layers only", kind="fragile", ask="Where do the names stand, so that they need not be written out?")
def four_names(parameters, gradients, learning_rate):
    """The four names are written out. A third layer would never learn."""
    for name in ("W1", "b1", "W2", "b2"):
        parameters[name] -= learning_rate * gradients[name]


@sgd_step.mistake("a name that is not there", ask="Under which name does the gradient of W1 stand in `gradients`?")
def with_a_d(parameters, gradients, learning_rate):
    """A KeyError: a dict was asked for a name that it does not have. In notebook 07 the gradients were called dW1, db1 …,
    here they have the names of their parameters."""
    for name in parameters:
        parameters[name] -= learning_rate * gradients[f"d{name}"]


# --- initialise --------------------------------------------------------------------------------------------------------

MANY = 5_000  # from so many weights on, their spread can be told from another


def fresh():
    """The generator that every case begins with: whether it was used shows in its state."""
    return np.random.default_rng(8)


def used(rng):
    return rng.bit_generator.state != fresh().bit_generator.state


def about(array, inputs, outputs):
    """What can be said of random weights or biases without knowing the random numbers."""
    array = np.asarray(array)
    text = f"{array.shape}"
    if array.dtype.kind != "f":
        return f"{text} {array.dtype}"
    if (array == array.flat[0]).all():
        return f"{text} all 0" if array.flat[0] == 0 else f"{text} all alike, not 0"
    if array.size < MANY:
        return f"{text} different numbers"
    return f"{text} {distribution(array)}, spread {spread(array.std(dtype=np.float64), inputs, outputs)}"


def distribution(array):
    centred = array - array.mean(dtype=np.float64)
    peaked = (centred**4).mean() / (centred**2).mean() ** 2  # 1.8 for a uniform distribution, 3 for a normal one
    if array.min() >= 0:
        return "all positive"
    if abs(array.mean(dtype=np.float64)) > 0.1 * array.std(dtype=np.float64):
        return "off centre"
    return "uniform" if peaked < 2.2 else "normal" if 2.7 < peaked < 3.3 else "unusual"


def spread(deviation, inputs, outputs):
    known = {
        "sqrt(2 / inputs)": (2 / inputs) ** 0.5,
        "sqrt(1 / inputs)": (1 / inputs) ** 0.5,
        "sqrt(2 / outputs)": (2 / outputs) ** 0.5,
        "sqrt(1 / outputs)": (1 / outputs) ** 0.5,
        "sqrt(2 / (inputs + outputs))": (2 / (inputs + outputs)) ** 0.5,
        "2 / inputs": 2 / inputs,
        "1 / inputs": 1 / inputs,
        "1": 1.0,
    }
    for text, value in known.items():
        if abs(deviation / value - 1) < 0.03:
            return text
    fixed = any(abs(deviation / value - 1) < 0.03 for value in (0.1, 0.01, 0.001))
    return "0.1, 0.01 or 0.001" if fixed else "another"


def first_weights(value, sizes, rng):
    """For each array its shape and what sort of numbers it holds; whose random numbers; whether layers share them."""
    if not isinstance(value, dict):
        return None if value is None else {"what came": shape(value), "expected": "a dict"}
    seen = {}
    for name, array in value.items():
        layer = int(name[1:]) if name[1:].isdigit() else 0
        inputs, outputs = sizes[layer - 1 : layer + 1] if 0 < layer < len(sizes) else sizes[:2]
        seen[name] = about(array, inputs, outputs)
    matrices = [np.ravel(array) for name, array in value.items() if name.startswith("W") and np.ptp(array) > 0]
    if matrices:
        seen["random numbers from"] = "rng" if used(rng) else "elsewhere"
    large = [matrix for matrix in matrices if len(matrix) >= 30]
    if len(large) > 1:
        common = min(map(len, large))
        alike = np.corrcoef([matrix[:common] for matrix in large])[0, 1:].max() > 0.99
        seen["layers"] = "the same numbers" if alike else "numbers of their own"
    return seen


initialise = Exercise(
    solutions.initialise,
    notebook="08",
    place="at home",
    view=first_weights,
    cases=[
        Case("three inputs, four hidden units, two outputs", ([3, 4, 2], fresh())),
        Case("784-128-10", ([784, 128, 10], fresh())),
        Case("more weights in both layers", ([400, 250, 90], fresh())),
        Case("all sizes equal", ([120, 120, 120], fresh())),
        Case("one hidden unit", ([6, 1, 3], fresh())),
        Case("a single layer", ([784, 20], fresh()), harsh=True),
        Case("three hidden layers", ([20, 30, 10, 7, 5], fresh()), harsh=True),
    ],
    draw=lambda rng: (rng.integers(2, 40, 3).tolist(), fresh()),
    hints=[
        "A layer stands between two neighbouring sizes. `zip(sizes[:-1], sizes[1:])` gives the pairs (inputs, outputs), and "
        "`enumerate(…, start=1)` counts them.",
        "`rng.standard_normal((inputs, outputs))` has the spread 1. Times sqrt(2 / inputs) it has the spread that is asked for.",
        'Begin with `parameters = {}`, and in the loop set `parameters[f"W{number}"]` and `parameters[f"b{number}"]`.',
    ],
    praise="He and others published this factor in 2015: with it a network of thirty layers learned, and stalled without.",
)


def network(sizes, weights, biases=np.zeros, first=1):
    """W and b for each layer, from functions of (inputs, outputs) and of the number of outputs."""
    named = {}
    for number, (inputs, outputs) in enumerate(itertools.pairwise(sizes), start=first):
        named[f"W{number}"], named[f"b{number}"] = weights(inputs, outputs), biases(outputs)
    return named


def he(rng):
    return lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2 / inputs)


@initialise.mistake("all weights are 0", ask="What did the network of zeros learn, a few cells above?")
def zeros(sizes, rng):
    """Hidden units that say 0 and pass on no blame: only the last biases could learn."""
    return network(sizes, lambda inputs, outputs: np.zeros((inputs, outputs)))


@initialise.mistake("all weights alike", ask="What could make one hidden unit different from the next?")
def alike(sizes, rng):
    """All hidden units begin alike, get the same blame and stay alike: many units do the work of one."""
    return network(sizes, lambda inputs, outputs: np.full((inputs, outputs), 0.05))


@initialise.mistake(
    "not scaled", ask="784 random terms are added up in each hidden unit. How large is their sum, and what keeps it small?"
)
def not_scaled(sizes, rng):
    """The weights have the spread 1, so scores of several tens come out of the first layer, and softmax is certain
    before anything was learned."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)))


@initialise.mistake("not scaled, and random biases", ask="What spread do the weights need, and do the biases need one at all?")
def nothing_scaled(sizes, rng):
    """Weights and biases all have the spread 1. The scores are far too large, before anything was learned."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)), rng.standard_normal)


@initialise.mistake(
    "random biases", ask="The weights already make the units different. What is left for the biases to do at the start?"
)
def random_biases(sizes, rng):
    """The biases are random too. The lesson lets them begin at 0."""
    return network(sizes, he(rng), rng.standard_normal)


@initialise.mistake(
    "divided by the number of inputs", ask="How does the spread of a sum of n random terms grow: like n, or slower?"
)
def by_inputs(sizes, rng):
    """The spread is 1 / inputs. A sum of 784 random terms is not 784 times as large as one of them, so this is far too small."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) / inputs)


@initialise.mistake("the root is missing", ask="Which of the two is the standard deviation, and which is its square?")
def without_root(sizes, rng):
    """The spread is 2 / inputs. That is the variance which is asked for; the spread is its root."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * 2 / inputs)


@initialise.mistake(
    "LeCun's scale", kind="convention", ask="What does ReLU do to half of the scores, and how can the weights make up for it?"
)
def lecun(sizes, rng):
    """The spread is sqrt(1 / inputs), LeCun's, often called Xavier's too: made for units that let both signs through.
    Behind a ReLU half of the signal is lost, and He's 2 makes up for it."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(1 / inputs))


@initialise.mistake("Glorot's scale", kind="convention", ask="Which of the two sizes stands in the formula of the lesson?")
def glorot(sizes, rng):
    """The spread is sqrt(2 / (inputs + outputs)), Xavier Glorot's, a compromise between the way forward and the way back.
    The lesson's formula is He's, made for ReLU."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2 / (inputs + outputs)))


@initialise.mistake("scaled by the number of outputs", ask="How many terms are added up in one unit?")
def by_outputs(sizes, rng):
    """The spread is sqrt(2 / outputs): the size at the wrong end of the layer was taken."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2 / outputs))


@initialise.mistake(
    "one small number for all layers", kind="fragile", ask="Which size of the layer should decide about the spread?"
)
def small(sizes, rng):
    """The spread is the same in every layer, whatever its size. It works for two layers; in a deeper network the signal
    fades from layer to layer."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * 0.01)


@initialise.mistake("no negative weights", ask="Around which value should the weights lie?")
def from_zero_up(sizes, rng):
    """All weights are positive, so every hidden unit answers to every image, and all of them answer nearly the same."""
    return network(sizes, lambda inputs, outputs: rng.random((inputs, outputs)))


@initialise.mistake("another spread", ask="What does `W1.std()` say for 784 inputs, and what is the root of 2 / 784?")
def misplaced_root(sizes, rng):
    """The weights are random, around 0 and scaled, but their spread is not sqrt(2 / inputs). Perhaps a bracket of the root
    closes too early."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((inputs, outputs)) * np.sqrt(2) / inputs)


@initialise.mistake("uniform, with another spread", ask="What is the standard deviation of your numbers, `W1.std()`?")
def uniform(sizes, rng):
    """The numbers are spread evenly between two bounds, and the bounds are not those that give the spread sqrt(2 / inputs)."""
    return network(sizes, lambda inputs, outputs: rng.uniform(-0.5, 0.5, (inputs, outputs)))


@initialise.mistake("uniform", kind="convention", ask="Which function of `rng` draws from a normal distribution?")
def he_uniform(sizes, rng):
    """The spread is right, and the numbers are spread evenly between two bounds. Others do it so; the lesson draws from a
    normal distribution."""
    return network(sizes, lambda inputs, outputs: rng.uniform(-1, 1, (inputs, outputs)) * np.sqrt(6 / inputs))


@initialise.mistake("each layer from the same seed", ask="When is the generator made, and how often should that be?")
def same_seed(sizes, rng):
    """A new generator with the same seed is made for each layer, so every layer begins with the same numbers."""
    return network(sizes, lambda inputs, outputs: he(np.random.default_rng(0))(inputs, outputs))


@initialise.mistake(
    "another source of random numbers", ask="Where should the numbers come from, so that the caller's seed decides about them?"
)
def other_generator(sizes, rng):
    """The weights are as they should be, but `rng` was not asked for them: whoever gives another seed gets no other network."""
    return network(sizes, he(np.random.default_rng(0)))


@initialise.mistake("W transposed", ask="Which shape must W1 have for X @ W1 with X (n, d)?")
def transposed(sizes, rng):
    """The matrices have the shape (outputs, inputs). Here rows are examples: X @ W, with W (inputs, outputs)."""
    return network(sizes, lambda inputs, outputs: rng.standard_normal((outputs, inputs)) * np.sqrt(2 / inputs))


@initialise.mistake("biases with two axes", ask="How many axes does one number for each unit need?")
def row_biases(sizes, rng):
    """The biases have the shape (1, h) and not (h,). Adding them works, but their gradient has the shape (h,)."""
    return network(sizes, he(rng), lambda outputs: np.zeros((1, outputs)))


@initialise.mistake("layers counted from 0", ask="What is the first layer's matrix called in this course?")
def from_zero(sizes, rng):
    """The names begin with W0. Python counts from 0, the formulas of this course from 1."""
    return network(sizes, he(rng), first=0)


@initialise.mistake("two layers only", kind="fragile", ask="How many layers are there between the numbers in `sizes`?")
def three_sizes(sizes, rng):
    """It works for exactly three sizes, and with more or fewer of them Python finds too many or too few values to unpack."""
    d, h, k = sizes
    return network([d, h, k], he(rng))


@initialise.mistake("the last layer is missing", ask="How many pairs of neighbours are there in a list of three numbers?")
def without_the_last(sizes, rng):
    """There is one layer too few: the last one, which gives the scores, is not made."""
    return network(sizes[:-1], he(rng))


@initialise.mistake("the first layer is missing", ask="At which number does Python begin to count the sizes?")
def without_the_first(sizes, rng):
    """There is one layer too few, and what is called W1 belongs between the second and the third size."""
    return network(sizes[1:], he(rng))


@initialise.mistake("a layer too many", ask="How many pairs of neighbours are there in a list of three numbers?")
def beyond_the_end(sizes, rng):
    """An IndexError: a size is asked for that is not in the list. Three sizes are two layers."""
    return network([sizes[i] for i in range(len(sizes) + 1)], he(rng))


@initialise.mistake("no dict", ask="How does somebody who holds the result ask for W1?")
def in_a_tuple(sizes, rng):
    """The arrays come without their names. Everything that follows asks for them by name, as in `parameters["W1"]`."""
    return tuple(network(sizes, he(rng)).values())


# --- minibatches -------------------------------------------------------------------------------------------------------

ENOUGH = 12  # from so many rows on, what chance does can be told from order


def step_of_numbers(d):
    return 10 if d <= 10 else 1000


def numbered(n, d, batch_size, one_hot=None):
    """Row i begins with 10 i (or 1000 i), and its label is i: so one can see where a row of a batch comes from."""
    X = step_of_numbers(d) * np.arange(n)[:, np.newaxis] + np.arange(d)
    y = np.arange(n) if one_hot is None else np.eye(one_hot)[np.arange(n) % one_hot]
    return X, y, batch_size, fresh()


def packed(value, X, y, batch_size, rng):
    """What does not depend on chance: sizes, pairs, repetitions, the sort of order, whose random numbers."""
    if value is None:
        return None
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], np.ndarray):
        return {"what came": "one batch"}
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], list):
        return {"what came": "a list for X and a list for y"}
    if isinstance(value, np.ndarray):
        return value
    batches = list(value)
    if batches and all(isinstance(batch, np.ndarray) for batch in batches):
        numbers = all(batch.ndim == 1 for batch in batches)
        return {"what came": "row numbers, not pairs of rows and labels" if numbers else "single arrays, not pairs"}
    if any(len(batch) != 2 or np.ndim(batch[0]) != X.ndim or np.ndim(batch[1]) != y.ndim for batch in batches):
        return {"what came": "batches whose X and y do not have the axes of X and y"}
    seen = {"sizes of X": sizes_of(batch[0] for batch in batches), "sizes of y": sizes_of(batch[1] for batch in batches)}
    if len(X) < ENOUGH or not batches:
        return seen
    step = step_of_numbers(X.shape[1])
    numbers = [np.asarray(rows)[:, 0] // step for rows, _ in batches]
    order = np.concatenate(numbers).astype(int)
    if not np.array_equal(np.concatenate([rows for rows, _ in batches]), step * order[:, np.newaxis] + np.arange(X.shape[1])):
        return {**seen, "rows": "not those of X"}
    labels = np.concatenate([labels for _, labels in batches])
    own = np.array_equal(labels, order if y.ndim == 1 else np.eye(y.shape[1])[order % y.shape[1]])
    seen["labels"] = "each image with its own" if own else "of other images"
    seen["an image comes"] = "at most once" if len(set(order.tolist())) == len(order) else "sometimes twice or more"
    seen["order"] = sort_of_order(numbers, batch_size)
    if seen["order"] != "as given":
        seen["random numbers from"] = "rng" if used(rng) else "elsewhere"
    return seen


def sizes_of(parts):
    return np.array(sorted(map(len, parts), reverse=True))


def sort_of_order(numbers, batch_size):
    if (np.diff(np.concatenate(numbers)) >= 0).all():
        return "as given"
    blocks = all(np.ptp(number) < batch_size for number in numbers if len(number))
    if not blocks or batch_size == 1 or len(numbers) < 4:  # with three batches it could be chance
        return "mixed"
    first = [number.min() for number in numbers if len(number)]
    return "only mixed inside each batch" if first == sorted(first) else "neighbours stay in one batch"


def drawn_batches(rng):
    n, d = int(rng.choice([1, 2, 5, 12, 20, 31])), int(rng.integers(1, 5))
    return numbered(n, d, int(rng.integers(1, 8)), one_hot=int(rng.integers(2, 5)) if rng.random() < 0.5 else None)


minibatches = Exercise(
    loop.minibatches,
    notebook="08",
    place="in class",
    view=packed,
    cases=[
        Case("twelve rows in batches of five", numbered(12, 2, 5)),
        Case("twelve rows in batches of four", numbered(12, 3, 4)),
        Case("one-hot labels", numbered(20, 4, 6, one_hot=3)),
        Case("as many rows as columns", numbered(15, 15, 4)),
        Case("100 images of 784 pixels", numbered(100, 784, 16, one_hot=10)),
        Case("a single row", numbered(1, 3, 2), harsh=True),
        Case("batches of one", numbered(14, 2, 1), harsh=True),
        Case("all rows in one batch", numbered(16, 2, 16), harsh=True),
        Case("a batch larger than the data", numbered(13, 2, 64), harsh=True),
    ],
    draw=drawn_batches,
    hints=[
        "`rng.permutation(n)` gives the row numbers 0 to n − 1 in random order. Cut that order into pieces.",
        "`range(0, len(X), batch_size)` gives the places where the pieces begin. A slice over the end stops at the end.",
        "`rows = order[start : start + batch_size]`, and then X and y are both indexed with the same `rows`.",
    ],
    praise="Every image once in each epoch, with its own label: what nearly all libraries hand out, in four lines.",
)


@minibatches.mistake(
    "images and labels are shuffled apart", ask="How many random orders do you draw, and how many should there be?"
)
def apart(X, y, batch_size, rng):
    """X and y do not come in the same order, so that an image meets the label of another one."""
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@minibatches.mistake(
    "shuffles the caller's arrays, apart", ask="Which order do X and y share afterwards, and whose arrays are they?"
)
def apart_in_place(X, y, batch_size, rng):
    """`shuffle` was called for X and for y. Each call draws an order of its own; and it moves the rows of the arrays that
    were given, which the caller still needs."""
    rng.shuffle(X)
    rng.shuffle(y)
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@minibatches.mistake(
    "the last, smaller batch is dropped", kind="convention", ask="12 images in batches of 5: in which batch are the last two?"
)
def without_the_rest(X, y, batch_size, rng):
    """Only full batches are handed out. Others do it so, because then all batches have one shape; here every image counts
    in every epoch."""
    order = rng.permutation(len(X))
    for batch in range(len(X) // batch_size):
        rows = order[batch * batch_size : (batch + 1) * batch_size]
        yield X[rows], y[rows]


@minibatches.mistake("the last batch is always missing", ask="Where does the last batch begin? Is that place in your `range`?")
def one_batch_short(X, y, batch_size, rng):
    """The loop ends one batch too early, even where the last batch is a full one."""
    order = rng.permutation(len(X))
    for start in range(0, len(X) - batch_size, batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@minibatches.mistake(
    "sampled with replacement", ask="How often does each row number occur in a shuffled list of all row numbers?"
)
def with_replacement(X, y, batch_size, rng):
    """The rows are drawn like lots that are put back: some images come twice or more in an epoch, about a third not at all."""
    order = rng.integers(0, len(X), len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@minibatches.mistake("every batch drawn anew", ask="How does a batch know which images were in the batches before it?")
def drawn_anew(X, y, batch_size, rng):
    """Each batch draws from all images, also from those that have had their turn: some come twice or more in an epoch,
    others not at all, and the last batch is as large as the rest."""
    for _ in range(0, len(X), batch_size):
        rows = rng.integers(0, len(X), batch_size)
        yield X[rows], y[rows]


@minibatches.mistake(
    "every batch drawn anew, and one too few", ask="How does a batch know which images were in the batches before it?"
)
def fewer_drawn_anew(X, y, batch_size, rng):
    """Each batch draws from all images, also from those that have had their turn: some come twice or more in an epoch,
    others not at all."""
    for _ in range(len(X) // batch_size):
        rows = rng.integers(0, len(X), batch_size)
        yield X[rows], y[rows]


@minibatches.mistake("never shuffled", ask="What decides which images share a batch, and is it different in the next epoch?")
def as_given(X, y, batch_size, rng):
    """The batches come in the order of the data, the same in every epoch. Where the data are sorted, a batch would hold
    one digit."""
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@minibatches.mistake("whole batches are shuffled", ask="Which images can meet in one batch, and which never?")
def shuffled_batches(X, y, batch_size, rng):
    """The batches come in random order, but in each of them are neighbours, the same in every epoch."""
    for start in rng.permutation(np.arange(0, len(X), batch_size)):
        yield X[start : start + batch_size], y[start : start + batch_size]


@minibatches.mistake("shuffled only inside each batch", ask="Which comes first, the shuffling or the cutting?")
def shuffled_inside(X, y, batch_size, rng):
    """The data are cut first and shuffled afterwards, so the same images share a batch in every epoch."""
    for start in range(0, len(X), batch_size):
        rows = start + rng.permutation(len(X[start : start + batch_size]))
        yield X[rows], y[rows]


@minibatches.mistake(
    "another source of random numbers", ask="Where should the order come from, so that the caller's seed decides about it?"
)
def other_source(X, y, batch_size, rng):
    """The batches are as they should be, but `rng` was not asked: nobody could repeat this training, or every epoch has the
    same order."""
    yield from loop.minibatches(X, y, batch_size, np.random.default_rng(0))


@minibatches.mistake("only the first batch", ask="What does `return` do to a loop, and what does `yield` do?")
def first_batch(X, y, batch_size, rng):
    """One batch comes back, and the function is over: `return` inside a loop ends it."""
    rows = rng.permutation(len(X))[:batch_size]
    return X[rows], y[rows]


@minibatches.mistake("only the first batch, in a generator", ask="Which line ends the loop after its first round?")
def first_batch_yielded(X, y, batch_size, rng):
    """One batch is handed out, and nothing comes after it."""
    rows = rng.permutation(len(X))[:batch_size]
    yield X[rows], y[rows]


@minibatches.mistake(
    "so many batches, not so large ones", ask="Is `batch_size` the number of batches or the number of images in one?"
)
def count_of_batches(X, y, batch_size, rng):
    """The data are cut into `batch_size` pieces. It is the size of one batch that is given."""
    return [(X[rows], y[rows]) for rows in np.array_split(rng.permutation(len(X)), batch_size)]


@minibatches.mistake(
    "batches of equal size", kind="convention", ask="Which batches should have exactly the size that was asked for?"
)
def equal_batches(X, y, batch_size, rng):
    """The rest is distributed over all batches, so that they are nearly equal. That is fair to the last images; here all
    but the last batch have the size that was asked for."""
    pieces = -(-len(X) // batch_size)
    return [(X[rows], y[rows]) for rows in np.array_split(rng.permutation(len(X)), pieces)]


@minibatches.mistake("batches that overlap", ask="How far is it from the beginning of one batch to the beginning of the next?")
def overlapping(X, y, batch_size, rng):
    """A batch begins at every single row, so that most images come several times."""
    order = rng.permutation(len(X))
    for start in range(len(X)):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


@minibatches.mistake(
    "an empty batch at the end", kind="fragile", ask="12 images in batches of 4: how many batches, and where does the last begin?"
)
def empty_batch(X, y, batch_size, rng):
    """Where the batch size divides the number of images, one more batch is handed out, with nothing in it. Its mean loss
    would be nan."""
    order = rng.permutation(len(X))
    for batch in range(len(X) // batch_size + 1):
        rows = order[batch * batch_size : (batch + 1) * batch_size]
        yield X[rows], y[rows]


@minibatches.mistake("two lists", ask="What does `for X_batch, y_batch in …` take out of your result in its first round?")
def two_lists(X, y, batch_size, rng):
    """All batches of X come in one list and all batches of y in another. Asked for are pairs, one after the other."""
    pairs = list(loop.minibatches(X, y, batch_size, rng))
    return [rows for rows, _ in pairs], [labels for _, labels in pairs]


@minibatches.mistake("not in pairs", ask="What should stand behind `yield`, so that rows and labels come out together?")
def one_after_the_other(X, y, batch_size, rng):
    """Single arrays are handed out. Rows and their labels should come together, as a pair."""
    for rows, labels in loop.minibatches(X, y, batch_size, rng):
        yield rows
        yield labels


@minibatches.mistake(
    "the row numbers without the rows", ask="What does a training step need: numbers of rows, or images and labels?"
)
def row_numbers(X, y, batch_size, rng):
    """It hands out which rows belong to a batch, not the images and the labels in those rows."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield order[start : start + batch_size]


# --- train_one_epoch ---------------------------------------------------------------------------------------------------

TINY = 1e-8  # steps so small that the order of the batches makes no difference


def start_of(d, h, k, dtype):
    small = arrays(np.random.default_rng(5), d, h, k)
    return {name: (array / np.sqrt(d if name == "W1" else h)).astype(dtype) for name, array in small.items()}


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
    still = all(np.array_equal(start[name], parameters[name]) for name in start)
    different = batch_size < len(X) and np.ptp(X, axis=0).any()
    tiny, ordered = different and learning_rate <= TINY, different and learning_rate > TINY
    seen = {}
    if not isinstance(value, (float, np.floating)) and shape(value) != "()":
        seen["loss"] = shape(value)
    elif still:
        before = solutions.loss_and_gradients(X, Y, start)[0]
        seen["loss"] = "of the parameters as given" if np.isclose(value, before, rtol=1e-4) else "of other parameters"
    elif tiny:
        mean = solutions.loss_and_gradients(X, Y, start)[0]
        seen["loss"] = "the mean over all images" if np.isclose(value, mean, rtol=1e-4) else "another"
    elif not ordered:
        seen["loss"] = value
    if tiny:
        whole = solutions.loss_and_gradients(X, Y, start)[1]
        steps = len(X) / batch_size
        once = all(
            np.allclose((start[name] - parameters[name]) / learning_rate, steps * whole[name], rtol=1e-4, atol=1e-5)
            for name in start
        )
        seen["learned from"] = "every image once, with its own label" if once else "something else"
    elif not ordered:
        seen |= {f"{name}: movement / learning rate": (start[name] - parameters[name]) / learning_rate for name in start}
    else:
        for _ in range(-(-len(X) // batch_size)):
            solutions.sgd_step(start, solutions.loss_and_gradients(X, Y, start)[1], learning_rate)
        every = all(np.allclose(start[name], parameters[name], rtol=1e-6) for name in start)
        seen["a step is taken on"] = "all images at once" if every else "a batch"
    if batch_size < len(X) and len(X) >= ENOUGH:
        seen["order of the images from"] = "rng" if used(rng) else "elsewhere"
    return seen


def drawn_epoch(rng):
    batch_size, batches = rng.integers(1, 5, 2)
    d, h, k = rng.integers(1, 5), rng.integers(1, 5), rng.integers(2, 5)
    X, Y = one_image(int(batch_size * batches), d, k, seed=int(rng.integers(1_000)))
    return epoch_on(X, Y, int(batch_size), float(rng.choice([0.1, 0.5])), h=int(h))


train_one_epoch = Exercise(
    solutions.train_one_epoch,
    notebook="08",
    place="starred",
    view=after_the_epoch,
    changes=(0,),
    cases=[
        Case("a single image", epoch_on(*one_image(1, 2, 2), 1, 0.5, h=2)),
        Case("the same image six times, in three batches", epoch_on(*one_image(6, 3, 2), 2, 0.5)),
        Case("bytes, 784 pixels", epoch_on(*in_bytes(4), 2, 0.1, h=16, dtype=np.float32)),
        Case("the same image five times, the last batch smaller, tiny steps", epoch_on(*one_image(5, 3, 4), 2, TINY)),
        Case("all images in one batch", epoch_on(*images(7, 4, 3), 7, 0.5), harsh=True),
        Case("a batch larger than the data", epoch_on(*images(6, 3, 2), 10, 0.5), harsh=True),
        Case("twelve images, tiny steps", epoch_on(*images(12, 4, 3), 4, TINY), harsh=True),
        Case("large steps", epoch_on(*images(24, 4, 3), 4, 0.5), harsh=True),
    ],
    draw=drawn_epoch,
    hints=[
        "A loop over `minibatches(X, Y, batch_size, rng)`. What does one step need, and what does it give?",
        "In the loop: `loss, gradients = loss_and_gradients(…)` for the batch, then `sgd_step(…)`, then keep the loss in a list.",
        "After the loop, and not inside it, the mean of the list is returned.",
    ],
    praise="Forward, loss, backward, update, once for each batch: that is what people mean when they say that a network trains.",
)


@train_one_epoch.mistake("the loss of the last batch", ask="Where is the loss of each batch kept until the end?")
def last_loss(parameters, X, Y, batch_size, learning_rate, rng):
    """The training is right, but what is returned is the loss of the last batch alone, which jumps from epoch to epoch."""
    for X_batch, Y_batch in loop.minibatches(X, Y, batch_size, rng):
        loss, gradients = solutions.loss_and_gradients(X_batch, Y_batch, parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
    return loss


@train_one_epoch.mistake("the sum of the losses", ask="Should the loss of an epoch grow when the batches become smaller?")
def sum_of_losses(parameters, X, Y, batch_size, learning_rate, rng):
    """The losses of the batches are added up and not averaged: twice as many batches, twice the loss."""
    return np.sum(every_loss(parameters, X, Y, batch_size, learning_rate, rng))


@train_one_epoch.mistake("divided by the number of images", ask="How many losses were added up?")
def by_number_of_images(parameters, X, Y, batch_size, learning_rate, rng):
    """Each loss is a mean over a batch already. Their sum is divided by the number of images, not by that of the losses."""
    return sum(every_loss(parameters, X, Y, batch_size, learning_rate, rng)) / len(X)


@train_one_epoch.mistake(
    "divided by the size of the last batch", ask="What do the names X and Y stand for when the loop is over?"
)
def shadowed(parameters, X, Y, batch_size, learning_rate, rng):
    """In `for X, Y in …` the names X and Y are given to each batch, so after the loop `len(X)` is the size of the last one."""
    total = 0
    for X, Y in loop.minibatches(X, Y, batch_size, rng):  # noqa: B020 (that is the mistake)
        loss, gradients = solutions.loss_and_gradients(X, Y, parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        total += loss * len(X)
    return total / len(X)


@train_one_epoch.mistake("all losses, not their mean", ask="Which one number stands for the whole epoch?")
def every_loss(parameters, X, Y, batch_size, learning_rate, rng):
    """The list of all losses comes back, where one number is asked for."""
    losses = []
    for X_batch, Y_batch in loop.minibatches(X, Y, batch_size, rng):
        loss, gradients = solutions.loss_and_gradients(X_batch, Y_batch, parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return losses


@train_one_epoch.mistake("returns nothing", ask="What should the caller know about the epoch?")
def silent(parameters, X, Y, batch_size, learning_rate, rng):
    """The network is trained, but the mean loss is not returned: the caller gets None."""
    every_loss(parameters, X, Y, batch_size, learning_rate, rng)


@train_one_epoch.mistake("no step is taken", ask="Which function changes the parameters, and where is it called?")
def without_update(parameters, X, Y, batch_size, learning_rate, rng):
    """Loss and gradients are computed, and the parameters stay where they were."""
    losses = [solutions.loss_and_gradients(*batch, parameters)[0] for batch in loop.minibatches(X, Y, batch_size, rng)]
    return np.mean(losses)


@train_one_epoch.mistake("the parameters became None", ask="What does `sgd_step` return, and what does it do instead?")
def given_away(parameters, X, Y, batch_size, learning_rate, rng):
    """After `parameters = sgd_step(…)` the name `parameters` stands for what `sgd_step` returns, None; the second batch finds
    no network any more."""
    losses = []
    for X_batch, Y_batch in loop.minibatches(X, Y, batch_size, rng):
        loss, gradients = solutions.loss_and_gradients(X_batch, Y_batch, parameters)
        parameters = solutions.sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@train_one_epoch.mistake("the batches were not taken one by one", ask="How does one go through what a function yields?")
def without_a_loop(parameters, X, Y, batch_size, learning_rate, rng):
    """`X_batch, Y_batch = minibatches(…)` tries to take all batches apart at once. Each of them is a pair, and there are as
    many as the data give."""
    X_batch, Y_batch = loop.minibatches(X, Y, batch_size, rng)
    loss, gradients = solutions.loss_and_gradients(X_batch, Y_batch, parameters)
    solutions.sgd_step(parameters, gradients, learning_rate)
    return loss


@train_one_epoch.mistake("a copy was trained", ask="Which dict does the caller hold, and which one takes the steps?")
def on_a_copy(parameters, X, Y, batch_size, learning_rate, rng):
    """The parameters are copied first, and the copy is trained. The caller's network has not moved."""
    return np.mean(every_loss({name: array.copy() for name, array in parameters.items()}, X, Y, batch_size, learning_rate, rng))


@train_one_epoch.mistake("a new network in each epoch", ask="What becomes of what the epoch before has learned?")
def initialised_again(parameters, X, Y, batch_size, learning_rate, rng):
    """New first weights are drawn inside, and they are trained. The parameters that were given have not moved."""
    sizes = [X.shape[1], *(len(parameters[name]) for name in ("b1", "b2"))]
    return np.mean(every_loss(solutions.initialise(sizes, rng), X, Y, batch_size, learning_rate, rng))


@train_one_epoch.mistake("a step along the loss", ask="What says for each single weight in which direction it should go?")
def step_of_the_loss(parameters, X, Y, batch_size, learning_rate, rng):
    """Every parameter moves by the same amount, the learning rate times the loss. The gradients have no say."""
    losses = []
    for X_batch, Y_batch in loop.minibatches(X, Y, batch_size, rng):
        loss, _ = solutions.loss_and_gradients(X_batch, Y_batch, parameters)
        solutions.sgd_step(parameters, dict.fromkeys(parameters, loss), learning_rate)
        losses.append(loss)
    return np.mean(losses)


@train_one_epoch.mistake(
    "one gradient for all steps", ask="After the first step the weights are others. Is the gradient still the same?"
)
def gradient_before_the_loop(parameters, X, Y, batch_size, learning_rate, rng):
    """Loss and gradients are computed once, before the loop, and every step uses them again."""
    loss, gradients = solutions.loss_and_gradients(X, Y, parameters)
    for _ in loop.minibatches(X, Y, batch_size, rng):
        solutions.sgd_step(parameters, gradients, learning_rate)
    return loss


@train_one_epoch.mistake("the labels of all images", ask="Which labels belong to the images of this batch?")
def all_labels(parameters, X, Y, batch_size, learning_rate, rng):
    """A batch of images is compared with the labels of the whole data set: the shapes do not fit, or the pairs do not."""
    losses = []
    for X_batch, _ in loop.minibatches(X, Y, batch_size, rng):
        loss, gradients = solutions.loss_and_gradients(X_batch, Y, parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@train_one_epoch.mistake("all images in each step", ask="Which variables does the loop hand you, and which do you use?")
def all_images(parameters, X, Y, batch_size, learning_rate, rng):
    """Each step computes the gradient of the whole data set. The batches are made, and not used."""
    losses = []
    for _ in loop.minibatches(X, Y, batch_size, rng):
        loss, gradients = solutions.loss_and_gradients(X, Y, parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@train_one_epoch.mistake("images drawn by lot", ask="How often should each image have its turn in one epoch?")
def by_lot(parameters, X, Y, batch_size, learning_rate, rng):
    """Each step draws its images anew, as in section 2. In an epoch every image has its turn once, the last few too."""
    losses = []
    for _ in range(len(X) // batch_size):
        rows = rng.integers(0, len(X), batch_size)
        loss, gradients = solutions.loss_and_gradients(X[rows], Y[rows], parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@train_one_epoch.mistake(
    "images drawn by lot, as many as there are", ask="How often should each image have its turn in one epoch?"
)
def all_by_lot(parameters, X, Y, batch_size, learning_rate, rng):
    """Each step draws its images anew, as in section 2, so some come twice or more, and others not at all. In an epoch every
    image has its turn once."""
    losses = []
    for _ in range(0, len(X), batch_size):
        rows = rng.integers(0, len(X), batch_size)
        loss, gradients = solutions.loss_and_gradients(X[rows], Y[rows], parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@train_one_epoch.mistake("one step only", ask="How far is the `return` indented?")
def one_step(parameters, X, Y, batch_size, learning_rate, rng):
    """The function ends after its first batch: `return` stands inside the loop."""
    for X_batch, Y_batch in loop.minibatches(X, Y, batch_size, rng):
        loss, gradients = solutions.loss_and_gradients(X_batch, Y_batch, parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        return loss


@train_one_epoch.mistake("one step at the end", ask="How far is the line with `sgd_step` indented?")
def step_after_the_loop(parameters, X, Y, batch_size, learning_rate, rng):
    """The losses are those of all batches, but a single step is taken, after the loop, with the last batch's gradient."""
    losses = []
    for X_batch, Y_batch in loop.minibatches(X, Y, batch_size, rng):
        loss, gradients = solutions.loss_and_gradients(X_batch, Y_batch, parameters)
        losses.append(loss)
    solutions.sgd_step(parameters, gradients, learning_rate)
    return np.mean(losses)


@train_one_epoch.mistake(
    "the images are not shuffled by rng", ask="Which function of this notebook mixes the images, and what must it be given?"
)
def unshuffled(parameters, X, Y, batch_size, learning_rate, rng):
    """`rng` was never asked. Either the images come in the same order in every epoch, or in one that the caller's seed does
    not decide about."""
    losses = []
    for start in range(0, len(X), batch_size):
        batch = X[start : start + batch_size], Y[start : start + batch_size]
        loss, gradients = solutions.loss_and_gradients(*batch, parameters)
        solutions.sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


@train_one_epoch.mistake(
    "the loss after the epoch",
    kind="convention",
    ask="Which losses do you already have at the end of the loop, without further work?",
)
def loss_afterwards(parameters, X, Y, batch_size, learning_rate, rng):
    """The loss is measured after the last step, on all images. Others do it so, and the notebook does it too, later; it costs
    one more pass. Asked for is the mean of the losses that the steps gave on their way."""
    every_loss(parameters, X, Y, batch_size, learning_rate, rng)
    return solutions.loss_and_gradients(X, Y, parameters)[0]


@train_one_epoch.mistake("scaled twice", kind="fragile", ask="Who scales the bytes in this notebook?")
def scaled_twice(parameters, X, Y, batch_size, learning_rate, rng):
    """The pixels are divided by 255 here. `loss_and_gradients` scales bytes by itself; images that were scaled before are now
    too dark to be seen."""
    return np.mean(every_loss(parameters, X / 255, Y, batch_size, learning_rate, rng))


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "08",
    (
        "blame of many uses",
        "06",
        "A value is used in three places. What blame does it receive?",
        {
            "that of the largest use": "The other two change the loss as well, only less.",
            "the sum from all three": "When the value moves, the loss feels all three changes, and small changes add up.",
            "the product of all three": "Along one path slopes are multiplied. These are three paths side by side.",
        },
        "the sum from all three",
    ),
    (
        "silent unit",
        "06",
        "A hidden unit with ReLU has a negative score for this image. Which blame do the weights that lead into it get?",
        {
            "none": "A little more or less of the score changes nothing: ReLU gives 0 either way, and the blame stops there.",
            "the blame that arrives at the unit, unchanged": "That holds for an addition. What is the slope of ReLU below 0?",
            "the blame that arrives at the unit, with a minus": "The score is negative, not the slope. How steep is ReLU there?",
        },
        "none",
    ),
    (
        "something that bends",
        "03",
        "Two linear layers, one after the other, with nothing between them. What can they do that one cannot?",
        {
            "draw curved borders": "For that something between them would have to bend.",
            "hold more weights, and so learn more": "More weights, yes. But for any two matrices a single one does the same.",
            "nothing": "X W1 W2 is X times one matrix, and the biases become one as well.",
        },
        "nothing",
    ),
)

Question(
    "start from zeros",
    "08",
    "All weights and biases of 784-32-10 are 0. After 300 steps, how many of the validation images does it read?",
    {
        "about 92 %, like softmax regression": "Softmax regression started from zeros, too. But it had no layer in between.",
        "about 11 %": "That is what one gets for always giving the same answer: the most frequent digit.",
        "about 97 %": "That takes weights that differ, and more than 300 steps.",
    },
    "about 11 %",
)
Question(
    "how long it takes",
    "08",
    "784-128-10, learning rate 0.1, batches of 64, ten epochs: 7 820 steps. How long will the training take?",
    {
        "seconds": "The work is done by matrix products, and processors are built for those.",
        "minutes": "With one image at a time it would be so. Here 64 of them share each product.",
        "hours": "In plain Python, one product of two numbers after the other, it would be so.",
    },
    "seconds",
)
Question(
    "full batch or mini-batches",
    "08",
    "784-64-10, learning rate 0.1, after ten passes over the images: who reads more digits?",
    {
        "full batch, its steps are exact": "They are, and they are ten. How far can one get with ten steps?",
        "about equal, they have seen the same images": "They have. But how often have the weights moved?",
        "mini-batches, by far": "7 820 rough steps against ten exact ones, for the same work.",
    },
    "mini-batches, by far",
)
