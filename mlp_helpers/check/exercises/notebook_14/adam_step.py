"""Notebook 14: write one step of Adam."""

import numpy as np

from mlp_helpers.check.engine.comparing import word
from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import arrays, in_another_order, new_arrays


class Kept(dict):
    """Arrays by name, shown in one line."""

    def __repr__(self):
        return "; ".join(f"{name} {_short(array)}" for name, array in self.items())


Kept.__name__ = "dict"  # as a panel calls it


def _short(array):
    array = np.asarray(array)
    return str(array.round(4).tolist()) if array.size <= 6 else f"of shape {array.shape}"


def like(parameters, value=0.0):
    return Kept({name: np.full_like(array, value) for name, array in parameters.items()})


def adapted(value, parameters, gradients, memory, *settings):
    """The parameters and all that is remembered after a step."""
    seen = parameters | {"steps": memory["steps"]}
    for what in ("mean", "square"):
        kept = memory[what]
        seen |= {f"{what} {name}": kept[name] for name in kept} if isinstance(kept, dict) else {f"{what} is": word(kept)}
    return seen | new_arrays(value, parameters)


def fresh(parameters):
    return {"steps": 0, "mean": like(parameters), "square": like(parameters)}


def adam_step(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Move every entry by its mean gradient over the root of its mean square, both corrected for their start at 0."""
    memory["steps"] += 1
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += (1 - beta1) * (gradient - mean)
        square += (1 - beta2) * (gradient**2 - square)
        mean_hat = mean / (1 - beta1 ** memory["steps"])
        square_hat = square / (1 - beta2 ** memory["steps"])
        parameters[name] -= learning_rate * mean_hat / (np.sqrt(square_hat) + epsilon)


def first_step(*arguments, sizes=(3, 2), seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    parameters = arrays(rng, *sizes, dtype=dtype)
    return parameters, arrays(rng, *sizes, dtype=dtype), fresh(parameters), *arguments


def later_step(*arguments, steps, sizes=(3, 2), seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    parameters, gradients, mean, square = (arrays(rng, *sizes, dtype=dtype) for _ in range(4))
    square = {name: (array**2 + 0.1).astype(dtype) for name, array in square.items()}
    return parameters, gradients, {"steps": steps, "mean": Kept(mean), "square": Kept(square)}, *arguments


def one_bias(*arguments, names=("b1",)):
    """A network of one bias in mid-training; under several names if wanted."""
    shared = np.array([0.5, -0.25])
    gradients, mean, square = ({name: np.array(values) for name in names} for values in ([0.3, -0.2], [0.1, 0.2], [0.04, 0.09]))
    return {name: shared for name in names}, gradients, {"steps": 2, "mean": Kept(mean), "square": Kept(square)}, *arguments


def adam_arguments(rng):
    sizes, seed = rng.integers(1, 5, rng.integers(2, 4)), int(rng.integers(1_000_000))
    chosen = (float(rng.choice([0.001, 0.1, 2.0])), *[(), (0.5, 0.75), (0.8, 0.99, 1e-3)][rng.integers(3)])
    if rng.random() < 0.4:
        return first_step(*chosen, sizes=sizes, seed=seed)
    return later_step(*chosen, steps=int(rng.integers(1, 30)), sizes=sizes, seed=seed)


TWO = {"b1": np.array([0.0, 0.0])}


TINY = {"b1": np.array([0.0, 0.0])}, {"b1": np.array([1e-4, -3e-4])}, fresh(TWO), 0.1


DARK = {"b1": np.array([1.0, 2.0])}, {"b1": np.array([0.0, 3.0])}, fresh(TWO), 0.1


exercise = Exercise(
    adam_step,
    notebook="14",
    place="in class",
    view=adapted,
    changes=(0, 2),
    cases=[
        Case("a small and a large gradient, first step", TWO, {"b1": np.array([0.01, -100.0])}, fresh(TWO), 0.1),
        Case("weights and biases, first step", *first_step(0.1)),
        Case("weights and biases, fifth step", *later_step(0.1, steps=4)),
        Case("different shares kept: 0.5 and 0.75", *later_step(0.5, 0.5, 0.75, steps=1, sizes=(2, 3, 1), seed=1)),
        Case("square matrices, step 1 000", *later_step(0.1, 0.9, 0.999, steps=999, sizes=(3, 3, 3), seed=2)),
        Case("an epsilon that counts", *one_bias(1.0, 0.9, 0.999, 0.5)),
        Case("float32", *later_step(0.01, steps=10, sizes=(5, 2, 4), seed=4, dtype=np.float32)),
        Case("784-128-10", *later_step(0.001, steps=10, sizes=(784, 128, 10), seed=5, dtype=np.float32)),
        Case("a gradient of exactly 0, as of a dark pixel", *DARK, harsh=True),
        Case("tiny gradients", *TINY, harsh=True),
        Case("the gradients in another order", *in_another_order(*later_step(0.1, steps=3, sizes=(2, 2, 2), seed=6)), harsh=True),
        Case("one array under two names", *one_bias(0.1, names=("b1", "b2")), harsh=True),
    ],
    draw=adam_arguments,
    hints=[
        'Count the step once, before the loop: `memory["steps"] += 1`. In the loop, take from the memory what belongs to the '
        'name: `mean = memory["mean"][name]`, and `square` in the same way.',
        "Move both running means: `mean += (1 - beta1) * (gradient - mean)`; the square likewise, by `gradient**2` and `beta2`.",
        'The corrected ones are new arrays: `mean_hat = mean / (1 - beta1 ** memory["steps"])`. The memory itself stays '
        "uncorrected.",
        "Last line: `parameters[name] -= learning_rate * mean_hat / (np.sqrt(square_hat) + epsilon)`.",
    ],
    praise="This is the most widely used way there is to train a network.",
)


def remembering(parameters, gradients, memory, beta1, beta2):
    """What Adam does to its memory; yield for each name its gradient, mean, mean square and the number of the step."""
    memory["steps"] += 1
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += (1 - beta1) * (gradient - mean)
        square += (1 - beta2) * (gradient**2 - square)
        yield name, gradient, mean, square, memory["steps"]


@exercise.mistake("Not corrected", ask="What does a running mean that began at 0 say after its first number?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Both running means began at 0 and are too small at first: where 0.9 and 0.999 are kept, the mean 10 times, the mean square
    1000 times. Then the first step comes out about 3 times too long."""
    for name, _, mean, square, _ in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (np.sqrt(square) + epsilon)


@exercise.mistake(
    "A step with the old means",
    ask="Which mean should this step use: the one from before, or the one that you have stored?",
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The memory is right, but the step is made with the means as they were before it. That happens where names from the lines
    above still hold them."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, g in gradients.items():
        m, s = memory["mean"][name], memory["square"][name]
        memory["mean"][name], memory["square"][name] = m + (1 - beta1) * (g - m), s + (1 - beta2) * (g**2 - s)
        parameters[name] -= learning_rate * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)


def with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, renew_mean, renew_square):
    """Adam with other running means: each is renewed from the old mean, the new number and the share taken in."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, g in gradients.items():
        m, s = memory["mean"][name], memory["square"][name]
        m[...] = renew_mean(m, g, 1 - beta1)
        s[...] = renew_square(s, g**2, 1 - beta2)
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)


def right(mean, new, taken_in):
    return mean + taken_in * (new - mean)


def never_fading(mean, new, taken_in):
    return mean + taken_in * new


def moving_away(mean, new, taken_in):
    return mean - taken_in * (new - mean)


@exercise.mistake("The past never fades", ask="If every gradient is 1, where should a running mean end up?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A share of the new is added, and nothing of the old is taken away: a sum that keeps growing. A running mean moves by a
    share of the *difference*."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, never_fading, never_fading)


@exercise.mistake("In the mean, the past never fades", ask="If every gradient is 1, where should a running mean end up?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A share of the gradient is added to m, and nothing of the old m is taken away. The line for s moves by a share of
    the *difference*."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, never_fading, right)


@exercise.mistake("The means move away", ask="If the gradient is larger than its mean, should the mean grow or shrink?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A share of `g - m` is subtracted: the mean runs away from the gradients. The mean square becomes negative, and its
    root nan."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, moving_away, moving_away)


@exercise.mistake("The mean moves away", ask="If the gradient is larger than its mean, should the mean grow or shrink?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean runs away from the gradients: a share of the difference is subtracted from m."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, moving_away, right)


@exercise.mistake("The correction has no brackets", ask="What does Python compute first in m / 1 - beta1 ** t?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`m / 1 - beta1 ** t` divides by 1 and subtracts the rest. Under the root that may become negative, and the root nan."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * (mean - beta1**t) / (np.sqrt(square - beta2**t) + epsilon)


@exercise.mistake("The power of the wrong number", ask="After two steps, what is left of the start: 0.9², or (1 - 0.9)²?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`(1 - beta) ** t` stands where `1 - beta ** t` is wanted. At step 1 both are the same."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1) ** t / (np.sqrt(square / (1 - beta2) ** t) + epsilon)


@exercise.mistake("No brackets around root and epsilon", ask="In `a / b + c`, what is divided by what?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`/ np.sqrt(s_hat) + epsilon` divides by the root alone and adds epsilon to the step."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * mean / (1 - beta1**t) / np.sqrt(square / (1 - beta2**t)) + epsilon


@exercise.mistake("Only the mean is corrected", ask="Which of the two running means began at 0?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean square is still too small: where 0.999 is kept, 1000 times after the first step, and the step is about 32 times
    too long."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square) + epsilon)


@exercise.mistake("Only the mean square is corrected", ask="Which of the two running means began at 0?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean is still too small, and so is the step: where 0.9 is kept, 10 times after the first step."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@exercise.mistake("The same correction at every step", ask="After a thousand steps, how much of the start at 0 is left?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The first step is right. But `1 - beta` is the correction of step 1 alone; later ones need less, and this one goes
    on for ever."""
    for name, _, mean, square, _ in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1) / (np.sqrt(square / (1 - beta2)) + epsilon)


@exercise.mistake("Multiplied, not to the power", ask="What is left of the start after two steps: 2 times 0.9, or 0.9 times 0.9?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`beta1 * steps` stands where `beta1 ** steps` is wanted. At step 1 both are the same; at step 2 it is 1.8, more than
    all there is."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * mean / (1 - beta1 * t) / (np.sqrt(square / (1 - beta2 * t)) + epsilon)


@exercise.mistake(
    "The correction is written into the memory",
    ask="From which value should the next step go on: the raw mean or the corrected one?",
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """This step is right, but the corrected means are kept in place of the raw ones. At the next step they are corrected
    once more."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        mean /= 1 - beta1**t
        square /= 1 - beta2**t
        parameters[name] -= learning_rate * mean / (np.sqrt(square) + epsilon)


@exercise.mistake("The step is counted for every array", ask="How many steps is one call, for a network of four arrays?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """After one call `steps` has grown by the number of arrays: W1 is in step 1, b1 in step 2, and the corrections are those
    of later steps."""
    before = memory["steps"]
    for i, (name, _, mean, square, _) in enumerate(remembering(parameters, gradients, memory, beta1, beta2), start=1):
        t = memory["steps"] = before + i
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@exercise.also("The step is counted for every array")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    before, in_this_order = memory["steps"], {name: gradients[name] for name in parameters}
    for i, (name, _, mean, square, _) in enumerate(remembering(parameters, in_this_order, memory, beta1, beta2), start=1):
        t = memory["steps"] = before + i
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@exercise.mistake("Corrected for one step too few", ask="Which number must `steps` have during the very first step?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The corrections are those of the step before, and in the first step they divide by 0."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(divide="ignore", invalid="ignore"):
            mean_hat, square_hat = mean / np.float64(1 - beta1 ** (t - 1)), square / np.float64(1 - beta2 ** (t - 1))
            parameters[name] -= learning_rate * mean_hat / (np.sqrt(square_hat) + epsilon)


@exercise.mistake("The step is never counted", ask="Who else could tell the next call that a step was taken?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The number of the step is right in this call but not kept: every call takes itself for the same step."""
    adam_step(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon)
    memory["steps"] -= 1


@exercise.mistake("The running means are forgotten", ask="Where will the next step look for the means of this one?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """This step is right, but the new means are not kept: the memory still holds the old ones."""
    kept = {what: {name: array.copy() for name, array in memory[what].items()} for what in ("mean", "square")}
    adam_step(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon)
    memory |= kept


@exercise.mistake("No square root", ask="What unit does a squared gradient have, and which unit should it cancel?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean is divided by the mean square itself. A gradient ten times as large then gives a step ten times as small;
    with the root, it gives the same step."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (square / (1 - beta2**t) + epsilon)


@exercise.mistake("The gradient in place of its mean", ask="What becomes of the running mean that you have made?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Above the root stands the present gradient, so nothing is smoothed. (With that, it is nearly RMSProp.)"""
    for name, gradient, _, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * gradient / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@exercise.mistake(
    "The square of the mean",
    ask="Two gradients, +1 and -1: what is the mean of their squares, and what the square of their mean?",
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The second running mean takes in the first one, squared. Gradients that change their sign cancel in it, and their
    size is lost: each gradient must be squared before the mean is taken."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += (1 - beta1) * (gradient - mean)
        square += (1 - beta2) * (mean**2 - square)
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@exercise.mistake(
    "The gradient is not squared", ask="What must be done to a gradient so that its sign is gone and its size is left?"
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The second running mean takes in the gradient itself. It may be negative, and then its root is nan."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += (1 - beta1) * (gradient - mean)
        square += (1 - beta2) * (gradient - square)
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@exercise.mistake(
    "The shares kept and taken in are exchanged",
    ask="Does a `beta1` of 0.9 mean that nine tenths of the past are kept, or nine tenths of the present taken in?",
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The present gradient gets the share that belongs to the past. With 0.9 and 0.999 hardly any memory is
    left."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += beta1 * (gradient - mean)
        square += beta2 * (gradient**2 - square)
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@exercise.mistake("beta1 and beta2 are exchanged", ask="Which of the two running means needs the longer memory?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean is kept with `beta2` and the mean square with `beta1`."""
    adam_step(parameters, gradients, memory, learning_rate, beta2, beta1, epsilon)


@exercise.mistake(
    "always 0.9 and 0.999", kind="fragile", ask="Where do the two numbers stand, so that a caller can choose others?"
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The shares that are kept are the usual ones, whatever was asked for. Whoever calls it with others does not get them."""
    adam_step(parameters, gradients, memory, learning_rate, 0.9, 0.999, epsilon)


@exercise.mistake(
    "epsilon under the root",
    kind="convention",
    ask="For a gradient of 0.0001, what is the root of 0.0001² + 0.00000001?",
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Some programs do that, with a much smaller epsilon. Its root is what counts: with 1e-8 that is 0.0001, and small
    gradients are then held back. In the paper, and here, epsilon is added after the root."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / np.sqrt(square / (1 - beta2**t) + epsilon)


@exercise.mistake("no epsilon", kind="fragile", ask="What is 0 / 0, and which weights have had no gradient but 0 so far?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Right, unless a gradient is exactly 0 from the first step on: then it is 0 / 0. The weights of a pixel that is
    always dark have such gradients."""
    with np.errstate(invalid="ignore"):
        adam_step(parameters, gradients, memory, learning_rate, beta1, beta2, 0.0)


@exercise.mistake("Uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The step is added: it leads to where the loss grows."""
    adam_step(parameters, gradients, memory, -learning_rate, beta1, beta2, epsilon)


@exercise.mistake(
    "a new array under the old name",
    kind="fragile",
    ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
)
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The dict gets new arrays. Whoever held an old one (here a second name in the dict; in a network the layers) does not
    see the step."""
    for name in parameters:
        if sum(array is parameters[name] for array in parameters.values()) > 1:
            parameters[name] = parameters[name].copy()
    adam_step(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon)


@exercise.also("Multiplied, not to the power")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        mean_hat, square_hat = mean / (1 - beta1 * t), np.abs(square / (1 - beta2 * t))
        parameters[name] -= learning_rate * mean_hat / (np.sqrt(square_hat) + epsilon)


@exercise.mistake("Without the learning rate", ask="How far should a step go?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Every entry moves by mean over root, whatever the learning rate says."""
    adam_step(parameters, gradients, memory, 1.0, beta1, beta2, epsilon)


@exercise.mistake("always the usual epsilon", kind="fragile", ask="Where does epsilon stand, so that a caller can choose it?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """It is the usual epsilon, whatever was asked for. Whoever calls it with another one does not get it."""
    adam_step(parameters, gradients, memory, learning_rate, beta1, beta2, 1e-8)


@exercise.mistake("The corrections are multiplied", ask="Should a mean that began at 0 be made larger or smaller?")
def _(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Both means are multiplied by `1 - beta ** t`, where they should be divided by it: they become smaller still."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean * (1 - beta1**t) / (np.sqrt(square * (1 - beta2**t)) + epsilon)
