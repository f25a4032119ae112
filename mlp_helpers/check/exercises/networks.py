"""Small networks to try exercises on, and what is compared of them: shared by the exercises of notebooks 07 to 14.

The second half describes random weights in words, since two right answers need not draw the same numbers.
"""

import itertools

import numpy as np

from mlp_helpers.check.engine.comparing import word

ENOUGH = 12  # with at least this many rows, a shuffled order can be told from a fixed one
EXAMPLE = (  # X, Y and the parameters of the 2-3-2 network of notebook 06
    np.array([[1.0, 2.0]]),
    np.array([[0.0, 1.0]]),
    np.array([[0.5, -1.0, 0.3], [0.25, 0.2, 0.1]]),
    np.array([0.0, 0.1, -0.2]),
    np.array([[1.0, -0.5], [0.7, 0.4], [-1.0, 2.0]]),
    np.array([0.1, 0.2]),
)


def two_layers(rng, n=None, d=None, h=None, k=None):
    """X, Y, W1, b1, W2, b2 at random, of random sizes where none are given."""
    n, d, h, k = (
        n or int(rng.integers(1, 7)),
        d or int(rng.integers(1, 7)),
        h or int(rng.integers(1, 7)),
        k or int(rng.integers(2, 6)),
    )
    X, Y = rng.normal(0, 1, (n, d)), np.eye(k)[rng.integers(0, k, n)]
    W1, b1 = rng.normal(0, np.sqrt(2 / d), (d, h)), rng.normal(0, 1, h)
    W2, b2 = rng.normal(0, np.sqrt(2 / h), (h, k)), rng.normal(0, 1, k)
    return X, Y, W1, b1, W2, b2


def four_gradients(value, *arguments):
    """Return the four gradients of two layers, leaving out anything else in the dict."""
    return {name: value[name] + 0.0 for name in ("dW1", "db1", "dW2", "db2")}  # -0 is 0


def backwards(dZ2, slope, A1, X, W2):
    """Return the four gradients from the blame of the scores, the slope of the hidden units and what they said."""
    dZ1 = (dZ2 @ W2.T) * slope
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}


def arrays(rng, *sizes, dtype=np.float64):
    """Random W1, b1, W2, b2 … for layers of these sizes."""
    named = {}
    for number, (inputs, outputs) in enumerate(itertools.pairwise(sizes), start=1):
        named[f"W{number}"] = rng.normal(size=(inputs, outputs)).astype(dtype)
        named[f"b{number}"] = rng.normal(size=outputs).astype(dtype)
    return named


def in_another_order(given, named, *others):
    """The same arguments of a step, the arrays of the second dict from the last to the first."""
    return given, dict(reversed(named.items())), *others


def new_arrays(value, parameters):
    """Return a note if the function returned new arrays instead of the parameters."""
    if isinstance(value, dict) and any(value.get(name) is not array for name, array in parameters.items()):
        return {"what was returned": "a dict with new arrays"}
    if isinstance(value, np.ndarray) and all(value is not array for array in parameters.values()):
        return {"what was returned": "a new array"}
    return {}


def blame_and_scores(rng, n=None, h=None):
    """dA and Z of a layer of h units for n images, at random; of random sizes where none are given."""
    n, h = n or int(rng.integers(1, 7)), h or int(rng.integers(1, 7))
    return rng.normal(0, 2, (n, h)), rng.normal(0, 2, (n, h))


MANY = 5_000  # with at least this many weights, their spread can be recognised reliably


def fresh():
    """Return the generator that every case starts with; its state shows whether it was used."""
    return np.random.default_rng(8)


def used(rng):
    return rng.bit_generator.state != fresh().bit_generator.state


def about(array, inputs, outputs):
    """What can be said of random weights or biases without knowing the random numbers."""
    if not isinstance(array, (np.ndarray, list, tuple)):
        return word(array)
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
        "sqrt(inputs / 2)": (inputs / 2) ** 0.5,
    }
    for text, value in known.items():
        if abs(deviation / value - 1) < 0.03:
            return text
    fixed = any(abs(deviation / value - 1) < 0.03 for value in (0.1, 0.01, 0.001))
    return "0.1, 0.01 or 0.001" if fixed else f"{deviation / known['sqrt(2 / inputs)']:.2g} times sqrt(2 / inputs)"
