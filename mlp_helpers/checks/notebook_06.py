"""Exercises and questions of notebook 06, Follow the blame: everything here is single numbers."""

import numpy as np

from . import solutions
from .exercise import Case, Exercise
from .questions import Question, look_back_questions


def number(value, *arguments):
    """Whole numbers, True and False will do where a decimal number is due (`else 0`); -0 is 0."""
    return float(value) + 0.0 if isinstance(value, (bool, int, np.bool_, np.number)) else value


def drawn(size):
    return lambda rng: tuple(rng.normal(0, 2, size).tolist())


# --- chain_blame -------------------------------------------------------------------------------------------------------


def two_slopes(value, *arguments):
    if isinstance(value, (tuple, list)) and len(value) > 2:
        return "more than two"
    dw, db = value
    return {"dw": number(dw), "db": number(db)}


chain_blame = Exercise(
    solutions.chain_blame,
    notebook="06",
    place="in class",
    view=two_slopes,
    cases=[
        Case("the numbers of the lesson", (2.0, 3.0, 1.0, 5.0)),
        Case("below the target", (1.0, 2.0, 0.5, 6.0)),
        Case("a negative input", (1.5, -2.0, 4.0, 0.5)),
        Case("exactly on the target", (2.0, 1.5, -1.0, 2.0)),
        Case("an input of 0", (2.0, 0.0, 3.0, 1.0)),
        Case("large numbers", (100.0, -50.0, 20.0, 3.0)),
    ],
    draw=drawn(4),
    hints=[
        "First forwards: you need `e`. Then backwards from the end: the slope of e² is 2e.",
        "The blame of e goes unchanged through both sums, to b and to the product w·x. "
        "Through the product it is multiplied by the factor that is not w.",
        "`e = w * x + b - t`, `de = 2 * e`. Then `db` is `de` itself, and `dw` is `x * de`. Return both, `dw` first.",
    ],
    praise="No formula for the whole was needed: a local slope at each step, and the blame from above.",
)


@chain_blame.mistake("the factor 2 is missing", ask="What is the slope of e² at e = 3, by nudging?")
def without_the_factor_two(w, x, b, t):
    """Both slopes are half of what they should be. The chain begins at L = e², and there the blame of e is not e."""
    e = w * x + b - t
    return x * e, e


@chain_blame.mistake("the factor x is missing", ask="When w grows by 1, by how much does w·x grow?")
def without_the_input(w, x, b, t):
    """The blame reaches w as if w were added. But it is multiplied, and a product has another local slope than a sum."""
    e = w * x + b - t
    return 2 * e, 2 * e


@chain_blame.mistake("the weight in place of the input", ask="When w grows by 1, by how much does w·x grow: by w, or by x?")
def times_the_weight(w, x, b, t):
    """The blame was multiplied by w. That is what x would receive; w receives it times the other factor."""
    e = w * x + b - t
    return w * 2 * e, 2 * e


@chain_blame.mistake("the blame of b is multiplied by b", ask="When b grows by 1, by how much does q + b grow?")
def bias_times_itself(w, x, b, t):
    """b is not a factor, it is added; the local slope of a sum is the same whatever b is."""
    e = w * x + b - t
    return x * 2 * e, b * 2 * e


@chain_blame.mistake(
    "the blame of b is multiplied by x", ask="Which operations lie between b and the loss? Is the product among them?"
)
def bias_times_the_input(w, x, b, t):
    """b joins the chain after the product, so the product does not change what b receives."""
    e = w * x + b - t
    return x * 2 * e, x * 2 * e


@chain_blame.mistake("the sign is turned", ask="Is e what the chain said minus the target, or the other way round?")
def turned(w, x, b, t):
    """Both slopes have the wrong sign. (t - q - b)² is the same loss, but then s enters e with a minus, and so does its slope."""
    e = t - (w * x + b)
    return x * 2 * e, 2 * e


@chain_blame.mistake("the bias is left out on the way forward", ask="Which three numbers make e, after the product?")
def without_the_bias(w, x, b, t):
    """e was computed from w·x and t alone."""
    e = w * x - t
    return x * 2 * e, 2 * e


@chain_blame.mistake("the target is left out on the way forward", ask="Which three numbers make e, after the product?")
def without_the_target(w, x, b, t):
    """e was computed without the target: this is the slope of (w x + b)²."""
    e = w * x + b
    return x * 2 * e, 2 * e


@chain_blame.mistake(
    "local slopes alone", ask="A local slope says how the next number moves. By what is it multiplied to say how L moves?"
)
def local_slopes(w, x, b, t):
    """These are the local slopes of w and b, how s answers to them. What comes from above is missing."""
    return x, 1.0


@chain_blame.mistake("only a local slope for b", ask="By what is the local slope 1 multiplied?")
def local_slope_of_the_bias(w, x, b, t):
    """dw is right. b received 1, which is its local slope; what comes from above is missing."""
    return x * 2 * (w * x + b - t), 1.0


@chain_blame.mistake("the loss is sent back", ask="What is the slope of e², and is it e²?")
def the_loss_itself(w, x, b, t):
    """The value of the loss was passed back. What travels backwards is its slope."""
    e = w * x + b - t
    return x * e**2, e**2


@chain_blame.mistake("twice the loss is sent back", ask="What is the slope of e², and which power of e is in it?")
def twice_the_loss(w, x, b, t):
    """2e² was passed back. The 2 comes from the slope of a square, but the slope is not twice the square."""
    e = w * x + b - t
    return x * 2 * e**2, 2 * e**2


@chain_blame.mistake("an e from an earlier cell", ask="Which line of the function says what e is?")
def with_the_e_of_the_lesson(w, x, b, t):
    """It is right for the numbers of the lesson and for no others: e was not computed inside the function, so Python took
    the one that an earlier cell has left behind."""
    e = 2.0
    return x * 2 * e, 2 * e


@chain_blame.mistake("the numbers of the table", ask="What do dw and db become when another x is given?")
def numbers_of_the_table(w, x, b, t):
    """12 and 4 are right for the numbers of the lesson. The function is asked about others, and must compute its answer
    from w, x, b and t."""
    return 12.0, 4.0


@chain_blame.mistake("multiplied by w and by x", ask="When w grows by 1, by how much does w·x grow?")
def times_both_factors(w, x, b, t):
    """db is right. The blame of w was multiplied by the whole product: the local slope of w·x for w is only the other factor."""
    e = w * x + b - t
    return w * x * 2 * e, 2 * e


@chain_blame.mistake("more than two numbers are returned", ask="Which two numbers does the exercise ask for?")
def three_numbers(w, x, b, t):
    """Blame that was needed on the way, or that of x, is returned as well. Whoever calls the function expects two numbers."""
    e = w * x + b - t
    return 2 * e, x * 2 * e, 2 * e


@chain_blame.mistake("in the order db, dw", ask="In which order does the first line of the docstring name them?")
def other_order(w, x, b, t):
    """Both numbers are right, in the other order."""
    e = w * x + b - t
    return 2 * e, x * 2 * e


@chain_blame.mistake("only dw is returned", ask="Which two numbers does the exercise ask for?")
def only_the_weight(w, x, b, t):
    """dw is right, and db is missing. A function returns two numbers when they stand after `return` with a comma between."""
    return x * 2 * (w * x + b - t)


# --- activation_blame --------------------------------------------------------------------------------------------------

activation_blame = Exercise(
    solutions.activation_blame,
    notebook="06",
    place="in class",
    view=number,
    cases=[
        Case("two paths of the same sign", (3.0, 2.0, 1.0, 2.0)),
        Case("two paths of different signs", (3.0, 2.0, 0.5, -2.0)),
        Case("both paths negative", (-1.0, 2.0, 0.5, -1.5)),
        Case("a weight of 0", (0.0, 1.5, 0.4, -0.4)),
        Case("the paths cancel", (1.5, 1.5, 0.4, -0.4)),
        Case("large numbers", (100.0, -50.0, 30.0, 20.0)),
    ],
    draw=drawn(4),
    hints=[
        "Draw the unit, the two scores and the two lines between them. How much blame comes back along the first line alone?",
        "Along one path: the weight on it times the blame at its end. Between the two paths: add.",
        "`v1 * dz1` comes along the first path, and `v2 * dz2` along the second.",
    ],
    praise="Times along a path, plus between paths. With ten scores there are ten terms; notebook 07 makes one product of them.",
)


@activation_blame.mistake("the path through score 2 is forgotten", ask="Into which scores does the activation go?")
def first_path(v1, v2, dz1, dz2):
    """This is what comes back from score 1. The activation is used once more."""
    return v1 * dz1


@activation_blame.mistake("the path through score 1 is forgotten", ask="Into which scores does the activation go?")
def second_path(v1, v2, dz1, dz2):
    """This is what comes back from score 2. (Whoever writes da = … twice keeps the second one only.)"""
    return v2 * dz2


@activation_blame.mistake("the paths are multiplied", ask="In section 2, what became of the 6 and the 8?")
def paths_multiplied(v1, v2, dz1, dz2):
    """What came along the two paths was multiplied. That is right along a path, where one step follows another."""
    return v1 * dz1 * v2 * dz2


@activation_blame.mistake(
    "the paths are subtracted", ask="Which sign had the two paths in section 2, and does it depend on their number?"
)
def paths_subtracted(v1, v2, dz1, dz2):
    """The second path was taken away from the first. The signs are in the weights and in the blame already."""
    return v1 * dz1 - v2 * dz2


@activation_blame.mistake(
    "the sign is turned", ask="If both weights and both blames are positive, should a larger activation raise the loss?"
)
def turned_activation(v1, v2, dz1, dz2):
    """The number is right and its sign is not. Blame is a slope; going against it is for later, when we take a step."""
    return -(v1 * dz1 + v2 * dz2)


@activation_blame.mistake("the weights are not used", ask="When the activation grows by 1, by how much does score 1 grow?")
def weights_ignored(v1, v2, dz1, dz2):
    """The blame of the scores was added as it is, as for a number that is added to both. This one is multiplied first."""
    return dz1 + dz2


@activation_blame.mistake(
    "the blame from above is not used", ask="What do the weights alone say nothing about: the scores, or the loss?"
)
def blame_ignored(v1, v2, dz1, dz2):
    """The weights were added. They are the local slopes; what comes from above is missing."""
    return v1 + v2


@activation_blame.mistake("the weights are crossed", ask="Which blame waits at the end of the line with the weight v1?")
def crossed(v1, v2, dz1, dz2):
    """Each weight was multiplied by the blame of the other score."""
    return v1 * dz2 + v2 * dz1


@activation_blame.mistake(
    "added first, then multiplied", ask="How much comes back along the first line alone, if the second did not exist?"
)
def sums_multiplied(v1, v2, dz1, dz2):
    """The sum of the weights was multiplied by the sum of the blames. That mixes v1 with the blame of score 2."""
    return (v1 + v2) * (dz1 + dz2)


@activation_blame.mistake("the two paths side by side", ask="How do two changes of L become one?")
def not_added(v1, v2, dz1, dz2):
    """It returns what came along each path, two numbers. The activation has one blame."""
    return v1 * dz1, v2 * dz2


@activation_blame.mistake("a gate at the activation", ask="Between which two numbers does ReLU stand: a and z, or h and a?")
def gate_too_early(v1, v2, dz1, dz2):
    """Negative blame became 0. There is no gate between an activation and the scores, and the gate to come does not ask for
    the sign of the blame."""
    return max(v1 * dz1 + v2 * dz2, 0.0)


@activation_blame.mistake("weights from an earlier cell", ask="Which names stand between the brackets of the first line?")
def with_the_weights_of_unit_one(v1, v2, dz1, dz2):
    """It calculates with v11 and v12, the weights of unit 1 that an earlier cell has left behind, whatever it is given."""
    v11, v12 = 1.0, -0.5
    return v11 * dz1 + v12 * dz2


@activation_blame.mistake("the mean of the paths", ask="Does the second path take anything away from the first?")
def paths_averaged(v1, v2, dz1, dz2):
    """The two paths were averaged. But the loss feels both changes in full."""
    return (v1 * dz1 + v2 * dz2) / 2


@activation_blame.mistake(
    "plus along a path, times between paths", ask="Where do local slopes multiply, and where do changes add up?"
)
def plus_and_times_exchanged(v1, v2, dz1, dz2):
    """Weight and blame were added on each path, and the paths multiplied: the two rules have changed places."""
    return (v1 + dz1) * (v2 + dz2)


# --- relu_blame --------------------------------------------------------------------------------------------------------

relu_blame = Exercise(
    solutions.relu_blame,
    notebook="06",
    place="at home",
    view=number,
    cases=[
        Case("the unit spoke", (0.75, 2.0)),
        Case("the unit was silent", (0.75, -2.0)),
        Case("negative blame, the unit spoke", (-1.5, 0.5)),
        Case("negative blame, the unit was silent", (-1.5, -0.5)),
        Case("no blame", (0.0, 3.0)),
        Case("a score just above 0", (4.0, 1e-3)),
        Case("a score just below 0", (4.0, -1e-3)),
        Case("large numbers", (-1e4, 1e4)),
        Case("a score of exactly 0", (0.75, 0.0), harsh=True),
        Case("negative blame at a score of exactly 0", (-1.5, 0.0), harsh=True),
    ],
    draw=drawn(2),
    hints=[
        "A gate is open or shut. One of the two numbers decides which; the other one passes, or not.",
        "Ask about `h`. If it is above 0, hand on `da` as it is, whatever its sign; if not, hand on 0.",
        "In one line: `da if … else 0.0`, with a question about `h` in the place of the dots.",
    ],
    praise="The gate looks at h alone. Negative blame passes an open gate as well: it says “speak louder”.",
)


@relu_blame.mistake("the gate is always open", ask="What does the loss notice of a small change of h, when h is -2?")
def gate_open(da, h):
    """The blame comes back as it was, for silent units too. (A test like `max(h, 0) >= 0` does that: it is always true.)"""
    return da


@relu_blame.mistake("the gate looks at the blame", ask="Which of the two numbers went into ReLU?")
def gate_on_the_blame(da, h):
    """The sign of `da` was asked. On the way back ReLU is not applied once more: it has decided already, on the way forward."""
    return da if da > 0 else 0.0


@relu_blame.mistake("the gate looks at both", ask="May negative blame pass an open gate?")
def gate_on_both(da, h):
    """Only positive blame comes through. But negative blame is worth as much: it says that the unit should speak louder."""
    return da if da > 0 and h > 0 else 0.0


@relu_blame.mistake("the gate alone", ask="What is the local slope multiplied by?")
def only_the_gate(da, h):
    """It returns 1 or 0 (or True or False), which is the local slope. The blame from above is not in it."""
    return 1.0 if h > 0 else 0.0


@relu_blame.mistake("the score itself is handed on", ask="Which of the two numbers is travelling backwards?")
def activation_handed_on(da, h):
    """It returns what ReLU gave on the way forward. On the way back the gate is the same, but another number passes."""
    return h if h > 0 else 0.0


@relu_blame.mistake("multiplied by h", ask="When h grows from 2 to 2.1, by how much does relu(h) grow? And from 5 to 5.1?")
def times_the_activation(da, h):
    """The blame is larger where h is larger. But the slope of ReLU is the same at 2 and at 5."""
    return da * max(h, 0.0)


@relu_blame.mistake("the gate is the wrong way round", ask="Which units had a say in the scores?")
def gate_turned(da, h):
    """Blame passes where h is negative, and is stopped where the unit spoke."""
    return da if h < 0 else 0.0


@relu_blame.mistake("nothing is returned where the gate is shut", ask="Which number says that a change of h makes no difference?")
def nothing_when_shut(da, h):
    """With h below 0 it returns None: the function ends without a `return`. The next step cannot calculate with None."""
    return da if h > 0 else None


@relu_blame.mistake("the sign turns where the gate is shut", ask="How much does relu(h) change when h goes from -2 to -1.9?")
def slope_of_the_absolute_value(da, h):
    """Where h is negative the blame comes back with a turned sign. That is the slope of |h|, not of ReLU."""
    return da if h > 0 else -da


@relu_blame.mistake("the two have changed places", ask="In which order does the first line name them?")
def places_changed(da, h):
    """The blame decides, and h passes. It should be the other way round."""
    return h if da > 0 else 0.0


@relu_blame.mistake("open at exactly 0", kind="convention", ask="What do we take at h = 0, where the slope jumps from 0 to 1?")
def open_at_zero(da, h):
    """It differs from ours where h is exactly 0 and nowhere else. ReLU has no slope there; some take 1, this course and
    most libraries take 0."""
    return da if h >= 0 else 0.0


# --- hidden_weight_blame -----------------------------------------------------------------------------------------------

hidden_weight_blame = Exercise(
    solutions.hidden_weight_blame,
    notebook="06",
    place="starred",
    view=number,
    cases=[
        Case("the unit spoke", (2.0, 1.0, 3.0, 2.0, 0.5, 0.25)),
        Case("the unit was silent", (2.0, -1.0, 3.0, 2.0, 0.5, 0.25)),
        Case("blame of different signs", (2.0, 0.5, 1.0, 3.0, 0.4, -0.4)),
        Case("a negative input", (-1.5, 0.5, 1.0, -2.0, 0.5, -0.5)),
        Case("a negative input, the unit was silent", (-1.5, -0.5, 1.0, -2.0, 0.5, 0.5)),
        Case("negative blame, the unit was silent", (1.5, -3.0, 1.0, -2.0, -0.5, 0.5)),
        Case("an input of 0", (0.0, 2.0, 1.0, 3.0, 0.4, -0.4)),
        Case("large numbers", (10.0, 1e4, 100.0, -50.0, 30.0, 20.0)),
        Case("a score of exactly 0", (2.0, 0.0, 3.0, 2.0, 0.5, 0.25), harsh=True),
    ],
    draw=drawn(6),
    hints=[
        "Three stations, from the scores back: the activation, the gate, the weight. Give each result a name.",
        "`da` as in activation_blame, `dh` as in relu_blame. At the weight: the other factor of its product, times `dh`.",
        "`da = v1 * dz1 + v2 * dz2`, then `dh = da if h > 0 else 0.0`. What the weight w was multiplied by is x.",
    ],
    praise="Two paths, a gate, an input: this is backpropagation, for one weight. What is left is to do it for all at once.",
)


@hidden_weight_blame.mistake("the input is forgotten", ask="What is the other factor in the product with w?")
def without_x(x, h, v1, v2, dz1, dz2):
    """This is the blame of the hidden score h, or of its bias. One step is missing, through the product x·w."""
    return v1 * dz1 + v2 * dz2 if h > 0 else 0.0


@hidden_weight_blame.mistake(
    "the input and the gate are forgotten", ask="Which two stations lie between the activation and the weight?"
)
def stopped_at_the_activation(x, h, v1, v2, dz1, dz2):
    """This is the blame of the activation. Two steps are missing: back through ReLU, and back through the product x·w."""
    return v1 * dz1 + v2 * dz2


@hidden_weight_blame.mistake("the gate is always open", ask="What can the weights of a silent unit change?")
def gate_forgotten(x, h, v1, v2, dz1, dz2):
    """A silent unit's weight gets blame as if the unit had spoken: the way back does not pass the gate."""
    return x * (v1 * dz1 + v2 * dz2)


@hidden_weight_blame.mistake("the gate looks at the blame", ask="Which number went into ReLU on the way forward?")
def gate_at_the_activation(x, h, v1, v2, dz1, dz2):
    """The sign of the activation's blame opens and shuts the gate."""
    return x * max(v1 * dz1 + v2 * dz2, 0.0)


@hidden_weight_blame.mistake("the gate looks at the input", ask="Which number went into ReLU on the way forward?")
def gate_at_the_input(x, h, v1, v2, dz1, dz2):
    """The sign of x opens and shuts the gate. But x came before the hidden score, and never met ReLU."""
    return x * (v1 * dz1 + v2 * dz2) if x > 0 else 0.0


@hidden_weight_blame.mistake("the gate looks at the result", ask="Between which two stations does the gate stand?")
def gate_at_the_end(x, h, v1, v2, dz1, dz2):
    """The finished slope was cut off at 0, so that no weight ever gets negative blame."""
    return max(x * (v1 * dz1 + v2 * dz2), 0.0)


@hidden_weight_blame.mistake(
    "the gate stands at the scores", ask="Between which two stations does ReLU stand, and what went into it?"
)
def gate_at_the_scores(x, h, v1, v2, dz1, dz2):
    """The blame of each score was cut off at 0. There is no ReLU at the scores."""
    return x * (v1 * max(dz1, 0.0) + v2 * max(dz2, 0.0))


@hidden_weight_blame.mistake(
    "the activation in place of the input", ask="Which weight multiplies the activation, and which the input?"
)
def times_the_activation_of_the_unit(x, h, v1, v2, dz1, dz2):
    """The blame was multiplied by what the unit said. That belongs to the weights that leave the unit; this one leads into it."""
    return max(h, 0.0) * (v1 * dz1 + v2 * dz2)


@hidden_weight_blame.mistake("multiplied by h as well", ask="What is the local slope of ReLU at h = 2, and at h = 5?")
def times_x_and_h(x, h, v1, v2, dz1, dz2):
    """At the gate the blame was multiplied by h. A gate hands it on as it is, or stops it."""
    return x * max(h, 0.0) * (v1 * dz1 + v2 * dz2)


@hidden_weight_blame.mistake(
    "multiplied by h, and no gate", ask="What is the local slope of ReLU at h = 2, at h = 5, and at h = -1?"
)
def times_x_and_the_score(x, h, v1, v2, dz1, dz2):
    """The blame was multiplied by the score h. ReLU lies there, and its local slope is not h: a gate hands the blame on as it
    is, or stops it."""
    return x * h * (v1 * dz1 + v2 * dz2)


@hidden_weight_blame.mistake("the path through score 2 is forgotten", ask="Into which scores does the unit speak?")
def only_score_one(x, h, v1, v2, dz1, dz2):
    """Only the blame of score 1 comes back."""
    return x * v1 * dz1 if h > 0 else 0.0


@hidden_weight_blame.mistake("the path through score 1 is forgotten", ask="Into which scores does the unit speak?")
def only_score_two(x, h, v1, v2, dz1, dz2):
    """Only the blame of score 2 comes back."""
    return x * v2 * dz2 if h > 0 else 0.0


@hidden_weight_blame.mistake("the paths are multiplied", ask="What happens between two paths?")
def product_of_paths(x, h, v1, v2, dz1, dz2):
    """What came from the two scores was multiplied, which is right along a path only."""
    return x * v1 * dz1 * v2 * dz2 if h > 0 else 0.0


@hidden_weight_blame.mistake("the input on one path only", ask="Which parts of x * v1 * dz1 + v2 * dz2 does the x multiply?")
def without_brackets(x, h, v1, v2, dz1, dz2):
    """The first path was multiplied by x and the second was not: multiplication binds more tightly than addition."""
    return x * v1 * dz1 + v2 * dz2 if h > 0 else 0.0


@hidden_weight_blame.mistake(
    "nothing is returned where the gate is shut", ask="Which number says that a change of w makes no difference?"
)
def none_when_shut(x, h, v1, v2, dz1, dz2):
    """For a silent unit it returns None: the function ends without a `return`."""
    return x * (v1 * dz1 + v2 * dz2) if h > 0 else None


@hidden_weight_blame.mistake(
    "open at exactly 0", kind="convention", ask="What do we take at h = 0, where the slope jumps from 0 to 1?"
)
def gate_open_at_zero(x, h, v1, v2, dz1, dz2):
    """It differs from ours where h is exactly 0 and nowhere else. Some take the slope 1 there, this course takes 0."""
    return x * (v1 * dz1 + v2 * dz2) if h >= 0 else 0.0


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "06",
    (
        "two points ahead",
        "04",
        "One score of an image is 2 points above another. How do their probabilities compare, after softmax?",
        {
            "they differ by 0.2": "That difference depends on all the other scores too. What does exp make of z + 2?",
            "one is twice the other": "That takes a difference of ln 2, about 0.7.",
            "one is 7.4 times the other": "A difference of scores becomes a ratio of probabilities, and e² is 7.4.",
        },
        "one is 7.4 times the other",
    ),
    (
        "ten times less sure",
        "04",
        "The true class first had the probability 0.1, and later only 0.01. What happened to the cross-entropy of this image?",
        {
            "it grew by 0.09": "The loss does not look at the probability itself, but at its logarithm.",
            "it grew by 2.3": "Each factor of 10 costs ln 10 = 2.3, at 0.1 as well as at 0.001.",
            "it became ten times as large": "From 2.3 to 23? Surprises add up where probabilities multiply.",
        },
        "it grew by 2.3",
    ),
    (
        "pixel number 30",
        "01",
        "An image of 28 × 28 pixels is laid out as one row. Where in the image was entry 30? (Everything counts from 0.)",
        {
            "row 1, column 2": "The first 28 entries, 0 to 27, are row 0. Entry 28 begins row 1, and entry 30 is two further.",
            "row 2, column 1": "Rows are laid one after the other. How many entries does row 0 take?",
            "row 0, column 30": "A row of the image has 28 pixels.",
        },
        "row 1, column 2",
    ),
)

Question(
    "value used twice",
    "06",
    "At x = 3 the blame of u is v = 6, and the blame of v is u = 4. What is the blame of x?",
    {
        "6, through u": "That is what comes through u. When x grows, does anything else grow as well?",
        "8, through v": "That is what comes through v, the local slope 2 times 4. Is there another way from x to L?",
        "14": "6 comes through u and 8 through v, and L feels both changes.",
        "48, both multiplied": "One behind the other, slopes multiply. Here two ways lie side by side.",
    },
    "14",
)
Question(
    "blame of an activation",
    "06",
    "v11 = 1, v12 = −0.5, dz1 = 0.6225, dz2 = −0.6225. With a pencil: what is da1, rounded?",
    {
        "0.93": "0.6225 from score 1, and from score 2 a minus times a minus: 0.3112.",
        "0.62": "That is what comes back from score 1. Where else does the activation go?",
        "0.31": "That is the one minus the other. What is a negative weight times negative blame?",
    },
    "0.93",
    then="Now write it as a function.",
)
Question(
    "promised fall",
    "06",
    "The slopes promise a fall. What will the real one be?",
    {
        "exactly that": "It would be, if the landscape were a plane. Is it?",
        "nearly that for small steps, less and less like it for large ones": "A slope is the truth about one spot.",
        "unrelated": "Then something would be wrong with the slopes. We have checked them by nudging.",
    },
    "nearly that for small steps, less and less like it for large ones",
)
