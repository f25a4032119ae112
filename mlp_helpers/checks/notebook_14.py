"""Exercises and questions of notebook 14, Train faster."""

import numpy as np

from .exercise import Case, Exercise
from .networks import arrays, in_another_order, new_arrays
from .questions import Question, look_back_questions

# --- what the exercises share ------------------------------------------------------------------------------------------


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


def rolling(rng, *sizes, rate, momentum, dtype=np.float64):
    """A network in mid-training: parameters, gradients, a velocity from earlier steps."""
    return *(arrays(rng, *sizes, dtype=dtype) for _ in range(3)), rate, momentum


def tied(parameters, gradients, *others):
    """The same network, but its first two matrices are one array: whoever puts a new one there is found out."""
    return parameters | {"W2": parameters["W1"]}, gradients, *others


def moved(value, parameters, gradients, velocity, *settings):
    """The parameters and the velocity after a step."""
    return parameters | {f"velocity {name}": array for name, array in velocity.items()} | new_arrays(value, parameters)


def adapted(value, parameters, gradients, memory, *settings):
    """The parameters and all that is remembered after a step."""
    seen = parameters | {"steps": memory["steps"]}
    for what in ("mean", "square"):
        seen |= {f"{what} {name}": array for name, array in memory[what].items()}
    return seen | new_arrays(value, parameters)


def settings_of(rng):
    return {"rate": float(rng.choice([0.01, 0.3, 3.0])), "momentum": float(rng.choice([0.5, 0.9, 0.99]))}


ROLLING = [
    Case("one bias, from rest", ({"b1": np.array([0.0])}, {"b1": np.array([1.0])}, {"b1": np.array([0.0])}, 1.0, 0.5)),
    Case("one bias, already rolling", ({"b1": np.array([-1.0])}, {"b1": np.array([1.0])}, {"b1": np.array([1.0])}, 1.0, 0.5)),
    Case("sizes that all differ", rolling(np.random.default_rng(1), 4, 3, 2, rate=0.5, momentum=0.9)),
    Case("square matrices", rolling(np.random.default_rng(2), 3, 3, 3, rate=2.0, momentum=0.75)),
    Case("no momentum at all", rolling(np.random.default_rng(3), 2, 1, 3, rate=0.1, momentum=0.0)),
    Case("float32", rolling(np.random.default_rng(4), 5, 2, 4, rate=0.25, momentum=0.5, dtype=np.float32)),
    Case("784-128-10", rolling(np.random.default_rng(5), 784, 128, 10, rate=0.1, momentum=0.9, dtype=np.float32)),
    Case(
        "the gradients in another order",
        in_another_order(*rolling(np.random.default_rng(6), 2, 2, 2, rate=0.5, momentum=0.5)),
        harsh=True,
    ),
    Case("three layers", rolling(np.random.default_rng(7), 2, 3, 2, 1, rate=0.5, momentum=0.5), harsh=True),
    Case("one array under two names", tied(*rolling(np.random.default_rng(8), 2, 2, 2, rate=0.5, momentum=0.5)), harsh=True),
]

# --- momentum_step -----------------------------------------------------------------------------------------------------


def momentum_by_hand(parameters, gradients, velocity, learning_rate, momentum):
    """Momentum, written with new arrays for the velocity: a second right answer, for the tests."""
    for name in parameters:
        velocity[name] = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


def momentum_step(parameters, gradients, velocity, learning_rate, momentum):
    """Keep a share of the last velocity, add the gradient, and move against it, all in place."""
    for name in parameters:
        velocity[name] *= momentum
        velocity[name] += gradients[name]
        parameters[name] -= learning_rate * velocity[name]


momentum_step = Exercise(
    momentum_step,
    notebook="14",
    place="in class",
    view=moved,
    changes=(0, 2),
    cases=ROLLING,
    draw=lambda rng: rolling(rng, *rng.integers(1, 6, 3), **settings_of(rng)),
    hints=[
        "A loop over the names, as in `sgd_step`. Under each name there are now three arrays: parameter, gradient, velocity.",
        "First the velocity: its old value times `momentum`, plus the gradient. It must still be there at the next step, so it "
        "is written into the dict `velocity`.",
        "Then the parameter: `parameters[name] -= learning_rate * velocity[name]`, with the velocity that was just made.",
    ],
    praise="One line more than sgd_step, and one array more for each parameter: that is the whole price of momentum.",
)


@momentum_step.mistake("the velocity is forgotten", ask="Where will the next step look for the velocity of this one?")
def forgotten(parameters, gradients, velocity, learning_rate, momentum):
    """This step is right, but `v = momentum * v + gradient` gives a new array the name `v`, and the dict keeps the old one.
    Nothing ever gathers speed."""
    for name in parameters:
        v = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * v


@momentum_step.mistake("the dict of velocities is overwritten", ask="What does the name `velocity` hold after the first round?")
def overwritten(parameters, gradients, velocity, learning_rate, momentum):
    """`velocity = …` without a name in square brackets puts one array in the place of the whole dict."""
    for name in parameters:
        velocity = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity


@momentum_step.mistake("the brackets that *= puts", ask="In `v *= m + g`, what is multiplied by the old v?")
def multiplied_by_the_sum(parameters, gradients, velocity, learning_rate, momentum):
    """`*=` takes all that stands behind it: `v *= momentum + gradient` is `v * (momentum + gradient)`."""
    for name in parameters:
        velocity[name] *= momentum + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake("the old velocity counts twice", ask="What does `v += …` keep of the old v, before anything is added?")
def counted_twice(parameters, gradients, velocity, learning_rate, momentum):
    """`v += momentum * v + gradient` keeps the whole old velocity and adds a share of it once more."""
    for name in parameters:
        velocity[name] += momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake("only the last parameter moves", ask="Which lines belong into the loop over the names?")
def outside_the_loop(parameters, gradients, velocity, learning_rate, momentum):
    """Every velocity is renewed, but the line that moves a parameter stands behind the loop and runs once."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
    parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake("the names are written out", ask="Does this network have a W1?")
def names_written_out(parameters, gradients, velocity, learning_rate, momentum):
    """The names W1, b1, W2, b2 stand in the code. Another network has others: the dict itself tells which."""
    for name in ("W1", "b1", "W2", "b2"):
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake(
    "0.9 written out", kind="fragile", ask="Where does the share that is kept stand, so that a caller can choose it?"
)
def share_written_out(parameters, gradients, velocity, learning_rate, momentum):
    """The usual 0.9 stands in the code. Whoever calls it with another momentum does not get it."""
    momentum_by_hand(parameters, gradients, velocity, learning_rate, 0.9)


@momentum_step.mistake(
    "paired by place", kind="fragile", ask="How does one find in `gradients` the array that belongs to a name?"
)
def paired_by_place(parameters, gradients, velocity, learning_rate, momentum):
    """`zip` pairs the arrays by their place. That is right while all dicts have the same order; they belong together by
    name."""
    for array, gradient, v in zip(parameters.values(), gradients.values(), velocity.values(), strict=False):
        v *= momentum
        v += gradient
        array -= learning_rate * v


@momentum_step.mistake("moved by the gradient, not by the velocity", ask="Which of the two arrays should the parameter follow?")
def by_the_gradient(parameters, gradients, velocity, learning_rate, momentum):
    """The velocity is kept well, but nobody uses it: the parameters take a plain step against the gradient."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= learning_rate * gradients[name]


@momentum_step.mistake("one step late", ask="When the parameter moves, has the velocity already heard of this gradient?")
def one_step_late(parameters, gradients, velocity, learning_rate, momentum):
    """The parameter moves first and the velocity is renewed afterwards: every gradient acts one step too late."""
    for name in parameters:
        parameters[name] -= learning_rate * velocity[name]
        velocity[name][...] = momentum * velocity[name] + gradients[name]


@momentum_step.mistake("nothing slows it down", ask="What should be left of an old gradient after many steps?")
def no_friction(parameters, gradients, velocity, learning_rate, momentum):
    """The gradient is added to the whole old velocity. Without a share that is lost in each step, the ball never stops."""
    for name in parameters:
        velocity[name][...] = velocity[name] + gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake("momentum on the wrong term", ask="Which of the two is to fade, the past or the present?")
def gradient_damped(parameters, gradients, velocity, learning_rate, momentum):
    """The new gradient is multiplied by `momentum`, and the old velocity stays whole. It should be the other way round."""
    for name in parameters:
        velocity[name][...] = velocity[name] + momentum * gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake("momentum on both terms", ask="How much of the present gradient should the velocity receive?")
def both_damped(parameters, gradients, velocity, learning_rate, momentum):
    """`momentum * (velocity + gradient)` shortens the new gradient too: the brackets hold one term too many."""
    for name in parameters:
        velocity[name][...] = momentum * (velocity[name] + gradients[name])
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake(
    "a running mean", kind="convention", ask="How far does one gradient of 1 move the parameter, with the learning rate 1?"
)
def running_mean(parameters, gradients, velocity, learning_rate, momentum):
    """The gradient is weighed with `1 - momentum`. That is done too; the steps are then `1 / (1 - momentum)` times
    shorter and want a larger rate. Here the gradient is added whole."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + (1 - momentum) * gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake(
    "the learning rate inside the velocity",
    kind="convention",
    ask="If the rate is halved between two steps, should the speed gathered so far be halved at once?",
)
def rate_inside(parameters, gradients, velocity, learning_rate, momentum):
    """The velocity gathers gradients that are already multiplied by the rate. Many books do that, and with a rate that
    never changes the walk is the same. Here the velocity holds plain gradients, so that a new rate acts at once."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + learning_rate * gradients[name]
        parameters[name] -= velocity[name]


@momentum_step.mistake(
    "a velocity that points downhill",
    kind="convention",
    ask="Which sign does the velocity have after a first gradient of 1, in the worked example?",
)
def downhill(parameters, gradients, velocity, learning_rate, momentum):
    """`velocity = momentum * velocity - learning_rate * gradient`, and the parameter adds it. Many books write it so. Here
    the velocity holds plain gradients and is subtracted."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] - learning_rate * gradients[name]
        parameters[name] += velocity[name]


@momentum_step.mistake("uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def uphill(parameters, gradients, velocity, learning_rate, momentum):
    """The step goes along the velocity, which is made of gradients, so the loss grows."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] += learning_rate * velocity[name]


@momentum_step.mistake("without the learning rate", ask="How far along the velocity should a step go?")
def full_velocity(parameters, gradients, velocity, learning_rate, momentum):
    """The whole velocity is taken away, whatever the learning rate says."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] -= velocity[name]


@momentum_step.mistake(
    "the gradients are changed too",
    kind="fragile",
    ask="Which line writes into the gradients, and what could hold its result instead?",
)
def gradients_changed(parameters, gradients, velocity, learning_rate, momentum):
    """The step is right, but the old velocity was added into the gradients themselves: whoever looks at them later is
    misled."""
    for name in parameters:
        gradients[name] += momentum * velocity[name]
        velocity[name] = gradients[name]
        parameters[name] -= learning_rate * velocity[name]


@momentum_step.mistake(
    "a new array under the old name",
    kind="fragile",
    ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
)
def replaced(parameters, gradients, velocity, learning_rate, momentum):
    """The dict gets new arrays. Whoever held an old one (here a second name in the dict; in a network the layers) does not
    see the step."""
    for name in parameters:
        velocity[name][...] = momentum * velocity[name] + gradients[name]
        parameters[name] = parameters[name] - learning_rate * velocity[name]


# --- adam_step ---------------------------------------------------------------------------------------------------------


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
    """A network of one bias in mid-training; under more than one name if so wanted."""
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

adam_step = Exercise(
    adam_step,
    notebook="14",
    place="in class",
    view=adapted,
    changes=(0, 2),
    cases=[
        Case("a small and a large gradient, first step", (TWO, {"b1": np.array([0.01, -100.0])}, fresh(TWO), 0.1)),
        Case("weights and biases, first step", first_step(0.1)),
        Case("weights and biases, fifth step", later_step(0.1, steps=4)),
        Case("other shares kept: 0.5 and 0.75", later_step(0.5, 0.5, 0.75, steps=1, sizes=(2, 3, 1), seed=1)),
        Case("square matrices, step 1 000", later_step(0.1, 0.9, 0.999, steps=999, sizes=(3, 3, 3), seed=2)),
        Case("an epsilon that counts", one_bias(1.0, 0.9, 0.999, 0.5)),
        Case("float32", later_step(0.01, steps=10, sizes=(5, 2, 4), seed=4, dtype=np.float32)),
        Case("784-128-10", later_step(0.001, steps=10, sizes=(784, 128, 10), seed=5, dtype=np.float32)),
        Case("a gradient of exactly 0, as of a dark pixel", DARK, harsh=True),
        Case("tiny gradients", TINY, harsh=True),
        Case("the gradients in another order", in_another_order(*later_step(0.1, steps=3, sizes=(2, 2, 2), seed=6)), harsh=True),
        Case("one array under two names", one_bias(0.1, names=("b1", "b2")), harsh=True),
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
    praise="Nine lines, and the most used way to train a network there is.",
)


def remembering(parameters, gradients, memory, beta1, beta2):
    """What Adam does to its memory; gives for each name its gradient, mean, mean square and the number of the step."""
    memory["steps"] += 1
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += (1 - beta1) * (gradient - mean)
        square += (1 - beta2) * (gradient**2 - square)
        yield name, gradient, mean, square, memory["steps"]


@adam_step.mistake("not corrected", ask="What does a running mean that began at 0 say after its first number?")
def uncorrected(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Both running means began at 0 and are far too small at first: the mean 10 times, the mean square 1000 times. The
    first step comes out about 3 times too long."""
    for name, _, mean, square, _ in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (np.sqrt(square) + epsilon)


@adam_step.mistake(
    "new means stored, old ones used",
    ask="Which mean should this step use: the one from before, or the one that you have stored?",
)
def old_means_used(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The memory is right, but the names from the lines above still hold the old means, and the step is made of those."""
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


@adam_step.mistake("the past never fades", ask="If every gradient is 1, where should a running mean end?")
def never_fades(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A share of the new is added, and nothing of the old is taken away: a sum that grows on. A running mean moves by a
    share of the *difference*."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, never_fading, never_fading)


@adam_step.mistake("in the mean, the past never fades", ask="If every gradient is 1, where should a running mean end?")
def mean_never_fades(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A share of the gradient is added to m, and nothing of the old m is taken away. The line for s moves by a share of
    the *difference*."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, never_fading, right)


@adam_step.mistake("the means move away", ask="If the gradient is larger than its mean, should the mean grow or shrink?")
def away(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A share of `g - m` is subtracted: the mean runs away from the gradients. The mean square becomes negative, and its
    root nan."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, moving_away, moving_away)


@adam_step.mistake("the mean moves away", ask="If the gradient is larger than its mean, should the mean grow or shrink?")
def mean_away(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """A share of `g - m` is subtracted from m: the mean runs away from the gradients."""
    with_means(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon, moving_away, right)


@adam_step.mistake("the correction has no brackets", ask="What does Python compute first in m / 1 - beta1 ** t?")
def no_brackets_in_the_correction(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`m / 1 - beta1 ** t` divides by 1 and subtracts the rest. Under the root that may become negative, and the root nan."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * (mean - beta1**t) / (np.sqrt(square - beta2**t) + epsilon)


@adam_step.mistake("the power of the wrong number", ask="After two steps, what is left of the start: 0.9², or (1 - 0.9)²?")
def power_of_the_rest(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`(1 - beta) ** t` stands where `1 - beta ** t` is wanted. At step 1 both are the same."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1) ** t / (np.sqrt(square / (1 - beta2) ** t) + epsilon)


@adam_step.mistake("no brackets around root and epsilon", ask="In `a / b + c`, what is divided by what?")
def no_brackets_below(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`/ np.sqrt(s_hat) + epsilon` divides by the root alone and adds epsilon to the step."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * mean / (1 - beta1**t) / np.sqrt(square / (1 - beta2**t)) + epsilon


@adam_step.mistake("only the mean is corrected", ask="Which of the two running means began at 0?")
def square_uncorrected(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean square is still 1000 times too small after the first step, so the step is about 32 times too long."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square) + epsilon)


@adam_step.mistake("only the mean square is corrected", ask="Which of the two running means began at 0?")
def mean_uncorrected(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean is still 10 times too small after the first step, and so is the step."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@adam_step.mistake("the same correction at every step", ask="After a thousand steps, how much of the start at 0 is left?")
def fixed_correction(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The first step is right. But `1 - beta` is the correction of step 1 alone; later ones need less, and this one goes
    on for ever."""
    for name, _, mean, square, _ in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1) / (np.sqrt(square / (1 - beta2)) + epsilon)


@adam_step.mistake(
    "multiplied, not to the power", ask="What is left of the start after two steps: 2 times 0.9, or 0.9 times 0.9?"
)
def times_steps(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """`beta1 * steps` stands where `beta1 ** steps` is wanted. At step 1 both are the same; at step 2 it is 1.8, more than
    all there is."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * mean / (1 - beta1 * t) / (np.sqrt(square / (1 - beta2 * t)) + epsilon)


@adam_step.mistake(
    "the correction is written into the memory",
    ask="From which value should the next step go on: the raw mean or the corrected one?",
)
def corrected_in_place(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """This step is right, but the corrected means are kept in place of the raw ones. At the next step they are corrected
    once more."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        mean /= 1 - beta1**t
        square /= 1 - beta2**t
        parameters[name] -= learning_rate * mean / (np.sqrt(square) + epsilon)


@adam_step.mistake("the step is counted for every array", ask="How many steps is one call, for a network of four arrays?")
def counted_in_the_loop(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The counter stands inside the loop over the names, so W1 is in step 1, b1 in step 2, and the corrections are those
    of later steps."""
    before = memory["steps"]
    for i, (name, _, mean, square, _) in enumerate(remembering(parameters, gradients, memory, beta1, beta2), start=1):
        t = memory["steps"] = before + i
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@adam_step.mistake("counted after the step", ask="Which number must `steps` have during the very first step?")
def counted_late(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """In the first step the counter still says 0, and `1 - beta ** 0` is 0: the corrections divide 0.1 by nothing."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        with np.errstate(divide="ignore", invalid="ignore"):
            mean_hat, square_hat = mean / np.float64(1 - beta1 ** (t - 1)), square / np.float64(1 - beta2 ** (t - 1))
            parameters[name] -= learning_rate * mean_hat / (np.sqrt(square_hat) + epsilon)


@adam_step.mistake("the step is never counted", ask="Who else could tell the next call that a step was taken?")
def never_counted(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The number of the step is right in this call but not kept: every call takes itself for the same step."""
    adam_step.solve(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon)
    memory["steps"] -= 1


@adam_step.mistake("the running means are forgotten", ask="Where will the next step look for the means of this one?")
def means_forgotten(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """This step is right, but the new means only have names of their own; the memory still holds the old ones.
    `mean = …` makes another array, `mean += …` changes the one in the memory."""
    kept = {what: {name: array.copy() for name, array in memory[what].items()} for what in ("mean", "square")}
    adam_step.solve(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon)
    memory |= kept


@adam_step.mistake("no square root", ask="In which unit is a squared gradient, and which unit should it cancel?")
def no_root(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean is divided by the mean square itself. A gradient ten times as large then gives a step ten times as small;
    with the root, it gives the same step."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (square / (1 - beta2**t) + epsilon)


@adam_step.mistake("the gradient in place of its mean", ask="What becomes of the running mean that you have made?")
def gradient_on_top(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Above the root stands the present gradient, so nothing is smoothed. (With that, it is nearly RMSProp.)"""
    for name, gradient, _, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * gradient / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@adam_step.mistake(
    "the square of the mean",
    ask="Two gradients, +1 and -1: what is the mean of their squares, and what the square of their mean?",
)
def squared_mean(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The second running mean takes in the first one, squared. Gradients that change their sign cancel in it, and their
    size is lost: each gradient must be squared before the mean is taken."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += (1 - beta1) * (gradient - mean)
        square += (1 - beta2) * (mean**2 - square)
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@adam_step.mistake(
    "the gradient is not squared", ask="What must be taken of a gradient so that its sign is gone and its size is left?"
)
def not_squared(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The second running mean takes in the gradient itself. It may be negative, and then its root is nan."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += (1 - beta1) * (gradient - mean)
        square += (1 - beta2) * (gradient - square)
        with np.errstate(invalid="ignore"):
            parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@adam_step.mistake(
    "kept and taken in are exchanged",
    ask="Does a `beta1` of 0.9 mean that nine tenths of the past are kept, or of the present taken in?",
)
def exchanged(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Of the present gradient `beta1` is taken in, and `1 - beta1` of the past is kept: hardly any memory is left."""
    memory["steps"] += 1
    t = memory["steps"]
    for name, gradient in gradients.items():
        mean, square = memory["mean"][name], memory["square"][name]
        mean += beta1 * (gradient - mean)
        square += beta2 * (gradient**2 - square)
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / (np.sqrt(square / (1 - beta2**t)) + epsilon)


@adam_step.mistake("beta1 and beta2 are exchanged", ask="Which of the two running means needs the longer memory?")
def betas_exchanged(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The mean is kept with `beta2` and the mean square with `beta1`."""
    adam_step.solve(parameters, gradients, memory, learning_rate, beta2, beta1, epsilon)


@adam_step.mistake(
    "0.9 and 0.999 written out", kind="fragile", ask="Where do the two numbers stand, so that a caller can choose others?"
)
def numbers_written_out(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The usual numbers stand in the code. Whoever calls it with others does not get them."""
    adam_step.solve(parameters, gradients, memory, learning_rate, 0.9, 0.999, epsilon)


@adam_step.mistake(
    "epsilon under the root",
    kind="convention",
    ask="For a gradient of 0.0001, what is the root of 0.0001² + 0.00000001?",
)
def epsilon_inside(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Some programs do that, with a much smaller epsilon. Its root is what counts: with 1e-8 that is 0.0001, and small
    gradients are then held back. In the paper, and here, epsilon is added after the root."""
    for name, _, mean, square, t in remembering(parameters, gradients, memory, beta1, beta2):
        parameters[name] -= learning_rate * mean / (1 - beta1**t) / np.sqrt(square / (1 - beta2**t) + epsilon)


@adam_step.mistake("no epsilon", kind="fragile", ask="What is 0 / 0, and which weights have had no gradient but 0 so far?")
def no_epsilon(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Right, until a gradient is exactly 0 from the first step on: then it is 0 / 0. The weights of a pixel that is
    always dark have such gradients."""
    with np.errstate(invalid="ignore"):
        adam_step.solve(parameters, gradients, memory, learning_rate, beta1, beta2, 0.0)


@adam_step.mistake("uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def adam_uphill(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The step is added, so the loss grows."""
    adam_step.solve(parameters, gradients, memory, -learning_rate, beta1, beta2, epsilon)


@adam_step.mistake(
    "a new array under the old name",
    kind="fragile",
    ask="How can the array that is already there be changed, so that everybody who holds it sees it?",
)
def adam_replaced(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The dict gets new arrays. Whoever held an old one (here a second name in the dict; in a network the layers) does not
    see the step."""
    for name in parameters:
        if sum(array is parameters[name] for array in parameters.values()) > 1:
            parameters[name] = parameters[name].copy()
    adam_step.solve(parameters, gradients, memory, learning_rate, beta1, beta2, epsilon)


# --- linear_schedule ---------------------------------------------------------------------------------------------------


def linear_schedule(done, warmup=0.1):
    """Rise from 0 to 1 in a straight line during the share warmup, then fall to 0 in another."""
    if done < warmup:
        return done / warmup
    return (1 - done) / (1 - warmup)


linear_schedule = Exercise(
    linear_schedule,
    notebook="14",
    place="at home",
    cases=[
        Case("half of the warm-up is over", (0.25, 0.5)),
        Case("the very start", (0.0, 0.5)),
        Case("the top", (0.5, 0.5)),
        Case("three quarters done", (0.75, 0.5)),
        Case("the end", (1.0, 0.5)),
        Case("a warm-up of a fifth, early", (0.05, 0.2)),
        Case("a warm-up of a fifth, late", (0.6, 0.2)),
        Case("the usual warm-up", (0.55,)),
        Case("no warm-up, at the start", (0.0, 0.0), harsh=True),
        Case("no warm-up, half-way", (0.5, 0.0), harsh=True),
    ],
    draw=lambda rng: (float(rng.random()), *[(), (float(rng.uniform(0.01, 0.9)),)][rng.integers(2)]),
    hints=[
        "Two straight lines, and `if done < warmup` says on which one we are.",
        "The first goes through (0, 0) and (warmup, 1). By what must `done` be divided so that it is 1 at `warmup`?",
        "The second goes through (warmup, 1) and (1, 0). `1 - done` is right at the end; what is it at `warmup`, and what "
        "must it be divided by to be 1 there?",
    ],
    praise="Whatever the learning rate is, the schedule only multiplies it: the two can be chosen one after the other.",
)


@linear_schedule.mistake("it never rises", ask="What should the factor be before the first step?")
def never_rises(done, warmup=0.1):
    """The line falls from 1 to 0 all the way: there is no warm-up."""
    return 1 - done


@linear_schedule.mistake("it never falls", ask="What should the factor be at the end?")
def never_falls(done, warmup=0.1):
    """After the warm-up the factor stays 1: there is no decay."""
    return min(done / warmup, 1.0) if warmup else 1.0


@linear_schedule.mistake(
    "a jump at the end of the warm-up", ask="What is `1 - done` where the warm-up ends, and what should it be?"
)
def jumps(done, warmup=0.1):
    """The rise ends at 1, and the fall begins at `1 - warmup`: between two steps the rate jumps down."""
    return done / warmup if done < warmup else 1 - done


@linear_schedule.mistake("the rise is as flat as the fall", ask="Where should the rising line reach 1?")
def flat_rise(done, warmup=0.1):
    """While it warms up, the factor is `done` itself. At the end of the warm-up it has only reached `warmup`."""
    return done if done < warmup else (1 - done) / (1 - warmup)


@linear_schedule.mistake(
    "the warm-up is multiplied, not divided",
    ask="Which of the two, done * warmup or done / warmup, is 1 at the end of the warm-up?",
)
def multiplied(done, warmup=0.1):
    """`done * warmup` never gets far from 0."""
    return done * warmup if done < warmup else (1 - done) / (1 - warmup)


@linear_schedule.mistake("the fall begins at the wrong height", ask="How long is the fall, as a share of the training?")
def falls_by_warmup(done, warmup=0.1):
    """The fall is divided by `warmup`, the length of the rise. Its own length is `1 - warmup`."""
    return done / warmup if done < warmup else (1 - done) / warmup


@linear_schedule.mistake("the fall does not reach 0", ask="How steep must the fall be, if it has only the rest of the training?")
def not_down(done, warmup=0.1):
    """The fall begins at 1, as it should, but sinks by as much as `done` grows. At the end it has sunk by `1 - warmup`, and
    the rate is still above 0."""
    return done / warmup if done < warmup else 1 - (done - warmup)


@linear_schedule.mistake("the fall has begun too early", ask="How much of the fall is over when the warm-up ends?")
def falls_from_the_start(done, warmup=0.1):
    """`1 - done / (1 - warmup)` is as steep as it should be, but has been falling since 0."""
    return done / warmup if done < warmup else 1 - done / (1 - warmup)


@linear_schedule.mistake("the two lines are exchanged", ask="Which of the two lines holds while `done` is below `warmup`?")
def lines_exchanged(done, warmup=0.1):
    """During the warm-up it gives the line of the fall, and afterwards that of the rise, which goes on above 1."""
    return done / warmup if done > warmup else (1 - done) / (1 - warmup)


@linear_schedule.mistake("the fall is below 0", ask="Which sign does `done - 1` have, half-way?")
def negative_fall(done, warmup=0.1):
    """The sign is reversed: the factor is negative, and the steps go uphill."""
    return done / warmup if done < warmup else (done - 1) / (1 - warmup)


@linear_schedule.mistake("the fall has no brackets", ask="What does Python compute first, the division or the subtraction?")
def no_brackets(done, warmup=0.1):
    """Without brackets around `1 - warmup` the fall is divided by 1, and `warmup` is subtracted from it."""
    return done / warmup if done < warmup else 1 - done / 1 - warmup


@linear_schedule.mistake("both lines at once", kind="fragile", ask="What is divided by 0 here?")
def lower_of_both(done, warmup=0.1):
    """The lower of the two lines is right, unless there is no warm-up: the rise is computed even where it is not wanted."""
    return min(done / warmup, (1 - done) / (1 - warmup))


@linear_schedule.mistake(
    "it always rises first", kind="fragile", ask="What should happen with a warm-up of 0, and what is 0 / 0?"
)
def divides_by_zero(done, warmup=0.1):
    """Right, unless there is no warm-up: with `done <= warmup` and both 0 it divides 0 by 0."""
    return done / warmup if done <= warmup else (1 - done) / (1 - warmup)


# --- cosine_schedule ---------------------------------------------------------------------------------------------------


def cosine_schedule(done, warmup=0.1):
    """Rise as the linear schedule does, then fall from 1 to 0 along half a wave of the cosine."""
    if done < warmup:
        return done / warmup
    fallen = (done - warmup) / (1 - warmup)
    return (1 + np.cos(np.pi * fallen)) / 2


cosine_schedule = Exercise(
    cosine_schedule,
    notebook="14",
    place="at home",
    cases=[
        Case("half of the warm-up is over", (0.25, 0.5)),
        Case("the top", (0.5, 0.5)),
        Case("half of the fall is over", (0.75, 0.5)),
        Case("a third of the fall is over", (2 / 3, 0.5)),
        Case("the end", (1.0, 0.5)),
        Case("a warm-up of a fifth, late", (0.6, 0.2)),
        Case("the usual warm-up", (0.4,)),
        Case("no warm-up, at the start", (0.0, 0.0), harsh=True),
        Case("no warm-up, a third done", (1 / 3, 0.0), harsh=True),
    ],
    draw=lambda rng: (float(rng.random()), *[(), (float(rng.uniform(0.01, 0.9)),)][rng.integers(2)]),
    hints=[
        "The rise is that of `linear_schedule`. For the fall, first say how much of it is over: 0 at `warmup`, 1 at the end.",
        "`fallen = (done - warmup) / (1 - warmup)`. The cosine of π times that goes from 1 to -1: what makes it go from 1 to 0?",
        "`(1 + np.cos(np.pi * fallen)) / 2`.",
    ],
    praise="Level at the top, steep in the middle, level again at the end: it stays longer at large rates and at small ones.",
)


@cosine_schedule.mistake("from 1 to -1", ask="What would a negative learning rate do?")
def below_zero(done, warmup=0.1):
    """The cosine itself goes below 0 in the second half of the fall: there the steps would go uphill."""
    return done / warmup if done < warmup else np.cos(np.pi * (done - warmup) / (1 - warmup))


@cosine_schedule.mistake("from 2 to 0", ask="How high is 1 + cos 0, and how high should the top be?")
def twice_as_high(done, warmup=0.1):
    """`1 + cos` goes from 2 to 0: the fall begins twice as high as the rise ends."""
    return done / warmup if done < warmup else 1 + np.cos(np.pi * (done - warmup) / (1 - warmup))


@cosine_schedule.mistake("the fall does not begin at the top", ask="How much of the fall is over when the warm-up ends?")
def from_the_start(done, warmup=0.1):
    """The wave is laid over the whole training, so when the warm-up ends, a part of the fall is already over."""
    return done / warmup if done < warmup else (1 + np.cos(np.pi * done)) / 2


@cosine_schedule.mistake("too short a fall", ask="How long is the fall, as a share of the training, and is it 1 at the end?")
def not_to_the_end(done, warmup=0.1):
    """`done - warmup` begins at 0, but ends at `1 - warmup` and not at 1: the wave is cut off before it has come down."""
    return done / warmup if done < warmup else (1 + np.cos(np.pi * (done - warmup))) / 2


@cosine_schedule.mistake("a quarter of a wave", ask="Is the way down level at its end, as it is at its top?")
def quarter(done, warmup=0.1):
    """cos from 0 to π/2 does go from 1 to 0, but it is steepest at the end. Half a wave, raised and halved, comes down
    gently."""
    return done / warmup if done < warmup else np.cos(np.pi / 2 * (done - warmup) / (1 - warmup))


@cosine_schedule.mistake("without π", ask="In which unit does np.cos take an angle, and how many of them are half a turn?")
def without_pi(done, warmup=0.1):
    """NumPy's cosine takes radians. Without π the fall covers one radian, less than a third of the way down."""
    return done / warmup if done < warmup else (1 + np.cos((done - warmup) / (1 - warmup))) / 2


@cosine_schedule.mistake("the bracket of the cosine closes too early", ask="Of which angle is the cosine taken?")
def closes_early(done, warmup=0.1):
    """`np.cos(np.pi) * fallen` is the cosine of π, which is -1, times the share: a straight line."""
    return done / warmup if done < warmup else (1 + np.cos(np.pi) * (done - warmup) / (1 - warmup)) / 2


@cosine_schedule.mistake("it rises a second time", ask="What is cos 0, and what should the factor be there?")
def rises_again(done, warmup=0.1):
    """`1 - cos` begins at 0 and ends at 2: the wave is upside down."""
    return done / warmup if done < warmup else (1 - np.cos(np.pi * (done - warmup) / (1 - warmup))) / 2


@cosine_schedule.mistake("it always rises first", kind="fragile", ask="What is divided by 0 here?")
def cosine_divides_by_zero(done, warmup=0.1):
    """Right, unless there is no warm-up: with `done <= warmup` and both 0 it divides 0 by 0."""
    return done / warmup if done <= warmup else cosine_schedule.solve(done, warmup)


@cosine_schedule.mistake("in degrees", ask="In which unit does np.cos take an angle?")
def in_degrees(done, warmup=0.1):
    """NumPy's cosine takes radians. 180 of them are more than 28 turns."""
    return done / warmup if done < warmup else (1 + np.cos(180 * (done - warmup) / (1 - warmup))) / 2


@cosine_schedule.mistake("a straight line", ask="What is the cosine of half a half-turn, and of a third of it?")
def straight(done, warmup=0.1):
    """That is the linear schedule. At the start, half-way and at the end both agree; between these they do not."""
    return done / warmup if done < warmup else (1 - done) / (1 - warmup)


# --- nesterov_step -----------------------------------------------------------------------------------------------------


def nesterov_step(parameters, gradients, velocity, learning_rate, momentum):
    """Renew the velocity as momentum does, then move by the gradient plus momentum times the new velocity."""
    for name, gradient in gradients.items():
        velocity[name] *= momentum
        velocity[name] += gradient
        parameters[name] -= learning_rate * (gradient + momentum * velocity[name])


nesterov_step = Exercise(
    nesterov_step,
    notebook="14",
    place="starred",
    view=moved,
    changes=(0, 2),
    cases=ROLLING,
    draw=lambda rng: rolling(rng, *rng.integers(1, 6, 3), **settings_of(rng)),
    hints=[
        "The velocity is renewed exactly as in `momentum_step`. Only the line that moves the parameter is another one.",
        "Momentum moves by the new velocity v. Nesterov moves by what v would be after one more step with the same gradient.",
        "One more step with the gradient g makes of v: `momentum * v + g`.",
    ],
    praise="One gradient, counted twice: the ball leans into the slope that it is about to meet.",
)


@nesterov_step.mistake("that is momentum", ask="What would the velocity be after one more step with the same gradient?")
def plain_momentum(parameters, gradients, velocity, learning_rate, momentum):
    """The parameters move by the new velocity itself. The look ahead is missing."""
    momentum_by_hand(parameters, gradients, velocity, learning_rate, momentum)


@nesterov_step.mistake("the velocity itself looks ahead", ask="Which velocity is remembered: the one now, or the one ahead?")
def remembers_ahead(parameters, gradients, velocity, learning_rate, momentum):
    """The step is right, but the velocity that is kept is already the one ahead. At the next step it has been renewed
    twice."""
    for name, gradient in gradients.items():
        velocity[name][...] = momentum * velocity[name] + gradient
        velocity[name][...] = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * velocity[name]


@nesterov_step.mistake("looked ahead with the old velocity", ask="Has the velocity heard of this gradient when you look ahead?")
def old_velocity(parameters, gradients, velocity, learning_rate, momentum):
    """`gradient + momentum * velocity` with the velocity from before is the ordinary momentum step. Renew it first."""
    for name, gradient in gradients.items():
        ahead = gradient + momentum * velocity[name]
        parameters[name] -= learning_rate * (gradient + momentum * momentum * velocity[name])
        velocity[name][...] = ahead


@nesterov_step.mistake("the whole velocity ahead", ask="How much of a velocity is left after one more step?")
def no_momentum_ahead(parameters, gradients, velocity, learning_rate, momentum):
    """Gradient plus velocity: on its way to the next step the velocity loses a share, and here it does not."""
    for name, gradient in gradients.items():
        velocity[name][...] = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * (gradient + velocity[name])


@nesterov_step.mistake("the gradient is missing ahead", ask="What is added to `momentum * velocity` in one more step?")
def no_gradient_ahead(parameters, gradients, velocity, learning_rate, momentum):
    """The parameters move by `momentum * velocity`. In one more step the gradient would be added to that."""
    for name, gradient in gradients.items():
        velocity[name][...] = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * momentum * velocity[name]


@nesterov_step.mistake("the velocity is forgotten", ask="Where will the next step look for the velocity of this one?")
def nesterov_forgotten(parameters, gradients, velocity, learning_rate, momentum):
    """This step is right, but the new velocity is not written into the dict, and the next step starts from the old one."""
    for name, gradient in gradients.items():
        v = momentum * velocity[name] + gradient
        parameters[name] -= learning_rate * (gradient + momentum * v)


@nesterov_step.mistake("uphill", ask="The gradient points to where the loss grows. Which way do we want to go?")
def nesterov_uphill(parameters, gradients, velocity, learning_rate, momentum):
    """The step goes along the gradients, so the loss grows."""
    nesterov_step.solve(parameters, gradients, velocity, -learning_rate, momentum)


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "14",
    (
        "apart or turned",
        "12",
        "Training loss falls to the end. Validation loss falls too, more slowly, and never turns. What is that?",
        {
            "a gap": "The network gains on both, and more on the images that it has seen. Nothing is lost by going on.",
            "a decline": "Then validation would get worse while training gets better. Here it still gets better.",
            "underfitting": "Then the training loss would be the one that is too high. It falls well.",
        },
        "a gap",
    ),
    (
        "mean over classes too",
        "12",
        "The squared error of ten outputs is averaged over the classes too, not summed. What does that do to a step of SGD?",
        {
            "nothing, a mean is a mean": "The place of the lowest loss stays. But every slope is divided by ten as well.",
            "it is ten times as short": "The gradient is ten times as small: a smaller learning rate in disguise.",
            "it is ten times as long": "Averaging divides by ten. Does a smaller loss have a larger slope?",
        },
        "it is ten times as short",
    ),
    (
        "large, then small",
        "09",
        "A run with the learning rate 1 goes over to 0.1 after four epochs, and validation accuracy leaps. Why?",
        {
            "the small rate finds a new, deeper valley": "In a few steps of a tenth of the length it does not get far.",
            "four epochs were enough, it had finished": "Then the run that kept the rate 1 would have leapt too.",
            "the small rate settles where the large one jumped about": "Each batch threw the weights across the valley. A small "
            "rate lets them come to rest.",
        },
        "the small rate settles where the large one jumped about",
    ),
)

Question(
    "a lasting gradient",
    "14",
    "Now momentum 0.9, and the gradient is 1 at every step, for ever. What becomes of the velocity?",
    {
        "it comes nearer and nearer to 2, as before": "With 0.5, half of it is lost in each step. How much is it now?",
        "it comes nearer and nearer to 10": "Where a tenth of it is lost in each step, and 1 is added, it stays: at 10.",
        "it grows without end": "The larger it is, the larger is the tenth that is lost. Somewhere loss and gain are equal.",
    },
    "it comes nearer and nearer to 10",
)
Question(
    "an uncorrected first step",
    "14",
    "β₁ = 0.9, β₂ = 0.999, both means begin at 0, the first gradient is 4. How long is the first step m / √s, times η?",
    {
        "1, as it should be": "m is 0.4, a tenth of what it should be. Is √s a tenth of what it should be, too?",
        "0.1: ten times too short": "m is ten times too small. But it is divided by something that is too small as well.",
        "about 3: three times too long": "m is 10 times too small, s 1000 times, its root 32 times: 0.4 / 0.126 = 3.16.",
    },
    "about 3: three times too long",
)
Question(
    "the bowl is turned",
    "14",
    "The same bowl and the same start, both turned by 45 degrees. For whom is the new walk not the old one, turned?",
    {
        "for all three": "The gradient turns with the bowl, and SGD and momentum only add up gradients.",
        "for Adam": "Adam divides each coordinate by its own size. Turned, both coordinates feel the steep side.",
        "for none": "Whatever only adds up gradients turns with the bowl. Does Adam only add?",
    },
    "for Adam",
)
Question(
    "schedule or optimizer",
    "14",
    "Plain SGD with warm-up and decay against momentum with a constant rate, each at its best. Who makes fewer mistakes?",
    {
        "momentum, clearly": "Its step is the cleverer one. But how many of its mistakes come from never coming to rest?",
        "SGD with the schedule, clearly": "Coming to rest at the end is worth more here than the cleverer step.",
        "no difference that the spread lets one see": "Look at the dots of the two rows in the next picture: do they overlap?",
    },
    "SGD with the schedule, clearly",
)
