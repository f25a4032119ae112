"""Notebook 06: write the chain rule along a single path."""

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import of_results

from .shared import drawn, number


def chain_blame(w, x, b, t):
    """Return the slopes of (w x + b - t)² with respect to w and to b."""
    e = w * x + b - t
    de = 2 * e
    return x * de, de


@of_results
def two_slopes(value, *arguments):
    if isinstance(value, (tuple, list)) and len(value) > 2:
        return "more than two"
    dw, db = value
    return {"dw": number(dw), "db": number(db)}


exercise = Exercise(
    chain_blame,
    notebook="06",
    place="in class",
    view=two_slopes,
    cases=[
        Case("the numbers of the lesson", 2.0, 3.0, 1.0, 5.0),
        Case("below the target", 1.0, 2.0, 0.5, 6.0),
        Case("a negative input", 1.5, -2.0, 4.0, 0.5),
        Case("exactly on the target", 2.0, 1.5, -1.0, 2.0),
        Case("an input of 0", 2.0, 0.0, 3.0, 1.0),
        Case("large numbers", 100.0, -50.0, 20.0, 3.0),
    ],
    draw=drawn(4),
    hints=[
        "First forwards: you need `e`. Then backwards from the end: the slope of e² is 2e.",
        "The blame of e goes unchanged through both sums, to b and to the product w·x. "
        "Through the product it is multiplied by the factor that is not w.",
        "`e = w * x + b - t`, `de = 2 * e`. Then `db` is `de` itself, and `dw` is `x * de`. Return both, `dw` first.",
    ],
    praise="Both slopes are right. A local slope at each step, times the blame from above, gives them without a formula for "
    "the whole.",
)


@exercise.mistake("The factor 2 is missing", ask="What is the slope of e² at e = 3, by nudging?")
def _(w, x, b, t):
    """Both slopes are half of what they should be. The chain begins at L = e², and there the blame of e is not e."""
    e = w * x + b - t
    return x * e, e


@exercise.mistake("The factor x is missing", ask="When w grows by 1, by how much does w·x grow?")
def _(w, x, b, t):
    """The blame reaches w as if w were added. But it is multiplied, and a product has a different local slope from a sum."""
    e = w * x + b - t
    return 2 * e, 2 * e


@exercise.mistake("The weight in place of the input", ask="When w grows by 1, by how much does w·x grow: by w, or by x?")
def _(w, x, b, t):
    """The blame was multiplied by w. That is what x would receive; w receives it times the other factor."""
    e = w * x + b - t
    return w * 2 * e, 2 * e


@exercise.mistake("The blame of b is multiplied by b", ask="When b grows by 1, by how much does q + b grow?")
def _(w, x, b, t):
    """b is not a factor, it is added; the local slope of a sum is the same whatever b is."""
    e = w * x + b - t
    return x * 2 * e, b * 2 * e


@exercise.mistake(
    "The blame of b is multiplied by x", ask="Which operations lie between b and the loss? Is the product among them?"
)
def _(w, x, b, t):
    """b joins the chain after the product, so the product does not change what b receives."""
    e = w * x + b - t
    return x * 2 * e, x * 2 * e


@exercise.mistake("The sign is flipped", ask="Is e what the chain said minus the target, or the other way round?")
def _(w, x, b, t):
    """Both slopes have the wrong sign. (t - q - b)² is the same loss, but then s enters e with a minus, and so does its slope."""
    e = t - (w * x + b)
    return x * 2 * e, 2 * e


@exercise.mistake("The bias is left out on the way forward", ask="Which three numbers make e, after the product?")
def _(w, x, b, t):
    """e was computed from w·x and t alone."""
    e = w * x - t
    return x * 2 * e, 2 * e


@exercise.mistake("The target is left out on the way forward", ask="Which three numbers make e, after the product?")
def _(w, x, b, t):
    """e was computed without the target: this is the slope of (w x + b)²."""
    e = w * x + b
    return x * 2 * e, 2 * e


@exercise.mistake(
    "Local slopes alone", ask="A local slope says how the next number moves. By what is it multiplied to say how L moves?"
)
def _(w, x, b, t):
    """These are the local slopes of w and b, how s responds to them. What comes from above is missing."""
    return x, 1.0


@exercise.mistake("Only a local slope for b", ask="By what is the local slope 1 multiplied?")
def _(w, x, b, t):
    """dw is right. b received 1, which is its local slope; what comes from above is missing."""
    return x * 2 * (w * x + b - t), 1.0


@exercise.mistake("The loss is sent back", ask="What is the slope of e², and is it e²?")
def _(w, x, b, t):
    """The value of the loss was passed back. What travels backwards is its slope."""
    e = w * x + b - t
    return x * e**2, e**2


@exercise.mistake("Twice the loss is sent back", ask="What is the slope of e², and which power of e is in it?")
def _(w, x, b, t):
    """2e² was passed back. The 2 comes from the slope of a square, but the slope is not twice the square."""
    e = w * x + b - t
    return x * 2 * e**2, 2 * e**2


@exercise.mistake("Always the e of the lesson", ask="Which line of the function says what e is?")
def _(w, x, b, t):
    """It is right for the numbers of the lesson and for no others. That happens where e is not computed inside the function, and
    Python takes the one that an earlier cell has left behind."""
    e = 2.0
    return x * 2 * e, 2 * e


@exercise.mistake("The numbers of the table", ask="What do dw and db become when another x is given?")
def _(w, x, b, t):
    """12 and 4 are right for the numbers of the lesson. The function is asked about others, and must compute its answer
    from w, x, b and t."""
    return 12.0, 4.0


@exercise.mistake("Multiplied by w and by x", ask="When w grows by 1, by how much does w·x grow?")
def _(w, x, b, t):
    """db is right. The blame of w was multiplied by the whole product: the local slope of w·x for w is only the other factor."""
    e = w * x + b - t
    return w * x * 2 * e, 2 * e


@exercise.mistake("More than two numbers are returned", ask="Which two numbers does the exercise ask for?")
def _(w, x, b, t):
    """Blame that was needed on the way, or that of x, is returned as well. Whoever calls the function expects two numbers."""
    e = w * x + b - t
    return 2 * e, x * 2 * e, 2 * e


@exercise.mistake("In the order db, dw", ask="In which order does the first line of the docstring name them?")
def _(w, x, b, t):
    """Both numbers are right, but the wrong way round."""
    e = w * x + b - t
    return 2 * e, x * 2 * e


@exercise.mistake("Only dw is returned", ask="Which two numbers does the exercise ask for?")
def _(w, x, b, t):
    """dw is right, and db is missing. A function returns two numbers when they stand after `return` with a comma between."""
    return x * 2 * (w * x + b - t)


@exercise.mistake("The blame of x in place of b's", ask="Which two numbers does the exercise ask for?")
def _(w, x, b, t):
    """dw is right. The second number is what x would receive, the blame times w."""
    e = w * x + b - t
    return 2 * e * x, 2 * e * w


@exercise.mistake("The target is added", ask="When is e 0: when s is equal to t, or when it is its opposite?")
def _(w, x, b, t):
    """e was computed as s plus the target. It should say how far s lies from the target."""
    e = w * x + b + t
    return 2 * e * x, 2 * e


@exercise.mistake("The bias is subtracted", ask="Which three numbers make e, and with which signs?")
def _(w, x, b, t):
    """e was computed with the bias taken away from w·x. It is added."""
    e = w * x - b - t
    return 2 * e * x, 2 * e


@exercise.mistake("Only db is returned", ask="Which two numbers does the exercise ask for?")
def _(w, x, b, t):
    """db is right, and dw is missing. A function returns two numbers when they stand after `return` with a comma between."""
    return 2 * (w * x + b - t)
