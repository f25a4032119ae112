"""Notebook 06: write the blame of a weight behind a hidden unit."""

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import drawn, number


def hidden_weight_blame(x, s, v1, v2, dz1, dz2):
    """Return the blame of the weight from the input x to a hidden unit with the sum s."""
    da = v1 * dz1 + v2 * dz2
    ds = da if s > 0 else 0.0
    return x * ds


exercise = Exercise(
    hidden_weight_blame,
    notebook="06",
    place="starred",
    view=number,
    cases=[
        Case("the unit spoke", 2.0, 1.0, 3.0, 2.0, 0.5, 0.25),
        Case("the unit was silent", 2.0, -1.0, 3.0, 2.0, 0.5, 0.25),
        Case("blame of different signs", 2.0, 0.5, 1.0, 3.0, 0.4, -0.4),
        Case("a negative input", -1.5, 0.5, 1.0, -2.0, 0.5, -0.5),
        Case("a negative input, the unit was silent", -1.5, -0.5, 1.0, -2.0, 0.5, 0.5),
        Case("negative blame, the unit was silent", 1.5, -3.0, 1.0, -2.0, -0.5, 0.5),
        Case("an input of 0", 0.0, 2.0, 1.0, 3.0, 0.4, -0.4),
        Case("large numbers", 10.0, 1e4, 100.0, -50.0, 30.0, 20.0),
        Case("a sum of exactly 0", 2.0, 0.0, 3.0, 2.0, 0.5, 0.25, harsh=True),
    ],
    draw=drawn(6),
    hints=[
        "Three steps, from the scores back: the activation, the gate, the weight. Give each result a name.",
        "`da` as in activation_blame, `ds` as in relu_blame. At the weight: the other factor of its product, times `ds`.",
        "`da = v1 * dz1 + v2 * dz2`, then `ds = da if s > 0 else 0.0`. What the weight w was multiplied by is x.",
    ],
    praise="Two paths, a gate, an input: this is backpropagation, for one weight. What is left is to do it for all at once.",
)


@exercise.mistake("The input is forgotten", ask="What is the other factor in the product with w?")
def _(x, s, v1, v2, dz1, dz2):
    """This is the blame of the hidden sum s, or of its bias. One step is missing, through the product x·w."""
    return v1 * dz1 + v2 * dz2 if s > 0 else 0.0


@exercise.mistake("The input and the gate are forgotten", ask="Which two steps lie between the activation and the weight?")
def _(x, s, v1, v2, dz1, dz2):
    """This is the blame of the activation. Two steps are missing: back through ReLU, and back through the product x·w."""
    return v1 * dz1 + v2 * dz2


@exercise.mistake("The gate is always open", ask="What can the weights of a silent unit change?")
def _(x, s, v1, v2, dz1, dz2):
    """A silent unit's weight gets blame as if the unit had spoken: the way back does not pass through the gate."""
    return x * (v1 * dz1 + v2 * dz2)


@exercise.mistake("The gate looks at the blame", ask="Which number went into ReLU on the way forward?")
def _(x, s, v1, v2, dz1, dz2):
    """The sign of the activation's blame opens and shuts the gate."""
    return x * max(v1 * dz1 + v2 * dz2, 0.0)


@exercise.mistake("The gate looks at the input", ask="Which number went into ReLU on the way forward?")
def _(x, s, v1, v2, dz1, dz2):
    """The sign of x opens and shuts the gate. But x came before the hidden sum, and never met ReLU."""
    return x * (v1 * dz1 + v2 * dz2) if x > 0 else 0.0


@exercise.mistake("The gate looks at the result", ask="Between which two numbers does the gate stand?")
def _(x, s, v1, v2, dz1, dz2):
    """The finished slope was cut off at 0, so that no weight ever gets negative blame."""
    return max(x * (v1 * dz1 + v2 * dz2), 0.0)


@exercise.mistake("The gate stands at the scores", ask="Between which two numbers does ReLU stand, and what went into it?")
def _(x, s, v1, v2, dz1, dz2):
    """The blame of each score was cut off at 0. There is no ReLU at the scores."""
    return x * (v1 * max(dz1, 0.0) + v2 * max(dz2, 0.0))


@exercise.mistake("The activation in place of the input", ask="Which weight multiplies the activation, and which the input?")
def _(x, s, v1, v2, dz1, dz2):
    """The blame was multiplied by what the unit said. That belongs to the weights that leave the unit; this one leads into it."""
    return max(s, 0.0) * (v1 * dz1 + v2 * dz2)


@exercise.mistake("Multiplied by s as well", ask="What is the local slope of ReLU at s = 2, and at s = 5?")
def _(x, s, v1, v2, dz1, dz2):
    """At the gate the blame was multiplied by s. A gate hands it on as it is, or stops it."""
    return x * max(s, 0.0) * (v1 * dz1 + v2 * dz2)


@exercise.mistake("Multiplied by s, and no gate", ask="What is the local slope of ReLU at s = 2, at s = 5, and at s = -1?")
def _(x, s, v1, v2, dz1, dz2):
    """The blame was multiplied by the sum s. ReLU lies there, and its local slope is not s: a gate hands the blame on as it
    is, or stops it."""
    return x * s * (v1 * dz1 + v2 * dz2)


@exercise.mistake("The path through score 2 is forgotten", ask="Into which scores does the unit speak?")
def _(x, s, v1, v2, dz1, dz2):
    """Only the blame of score 1 comes back."""
    return x * v1 * dz1 if s > 0 else 0.0


@exercise.mistake("The path through score 1 is forgotten", ask="Into which scores does the unit speak?")
def _(x, s, v1, v2, dz1, dz2):
    """Only the blame of score 2 comes back."""
    return x * v2 * dz2 if s > 0 else 0.0


@exercise.mistake("The paths are multiplied", ask="What happens between two paths?")
def _(x, s, v1, v2, dz1, dz2):
    """What came from the two scores was multiplied, which is right along a path only."""
    return x * v1 * dz1 * v2 * dz2 if s > 0 else 0.0


@exercise.mistake("The input on one path only", ask="Which parts of x * v1 * dz1 + v2 * dz2 does the x multiply?")
def _(x, s, v1, v2, dz1, dz2):
    """The first path was multiplied by x and the second was not: multiplication binds more tightly than addition."""
    return x * v1 * dz1 + v2 * dz2 if s > 0 else 0.0


@exercise.mistake("Nothing is returned where the gate is shut", ask="Which number says that a change of w makes no difference?")
def _(x, s, v1, v2, dz1, dz2):
    """For a silent unit it returns None: the function ends without a `return`."""
    return x * (v1 * dz1 + v2 * dz2) if s > 0 else None


@exercise.mistake("open at exactly 0", kind="convention", ask="What do we take at s = 0, where the slope jumps from 0 to 1?")
def _(x, s, v1, v2, dz1, dz2):
    """It differs from ours where s is exactly 0 and nowhere else. Some take the slope 1 there, this course takes 0."""
    return x * (v1 * dz1 + v2 * dz2) if s >= 0 else 0.0


@exercise.mistake("The weights are crossed", ask="Which blame waits at the end of the line with the weight v1?")
def _(x, s, v1, v2, dz1, dz2):
    """Each weight was multiplied by the blame of the other score."""
    return x * (v1 * dz2 + v2 * dz1) if s > 0 else 0.0


@exercise.mistake("The gate is the wrong way round", ask="Which units had a say in the scores?")
def _(x, s, v1, v2, dz1, dz2):
    """Blame passes where s is negative, and is stopped where the unit spoke."""
    return x * (v1 * dz1 + v2 * dz2) if s < 0 else 0.0
