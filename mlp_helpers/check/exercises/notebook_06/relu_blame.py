"""Notebook 06: write the way back through a ReLU, for one number."""

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import drawn, number


def relu_blame(da, s):
    """Return the blame of what went into a ReLU, from the blame of what came out."""
    return da if s > 0 else 0.0


exercise = Exercise(
    relu_blame,
    notebook="06",
    place="at home",
    view=number,
    cases=[
        Case("the unit spoke", 0.75, 2.0),
        Case("the unit was silent", 0.75, -2.0),
        Case("negative blame, the unit spoke", -1.5, 0.5),
        Case("negative blame, the unit was silent", -1.5, -0.5),
        Case("no blame", 0.0, 3.0),
        Case("a sum just above 0", 4.0, 1e-3),
        Case("a sum just below 0", 4.0, -1e-3),
        Case("large numbers", -1e4, 1e4),
        Case("a sum of exactly 0", 0.75, 0.0, harsh=True),
        Case("negative blame at a sum of exactly 0", -1.5, 0.0, harsh=True),
    ],
    draw=drawn(2),
    hints=[
        "A gate is open or shut. One of the two numbers decides which; the other one passes, or not.",
        "Ask about `s`. If it is above 0, hand on `da` as it is, whatever its sign; if not, hand on 0.",
        "In one line: `da if … else 0.0`, with a question about `s` in place of the dots.",
    ],
    praise="Only s decides whether blame passes. Negative blame comes through an open gate as well: it says “speak louder”.",
)


@exercise.mistake("The gate is always open", ask="How much of a small change in s does the loss notice, when s is -2?")
def _(da, s):
    """The blame comes back as it was, for silent units too. (A test like `max(s, 0) >= 0` does that: it is always true.)"""
    return da


@exercise.mistake("The gate looks at the blame", ask="Which of the two numbers went into ReLU?")
def _(da, s):
    """The sign of `da` was tested. On the way back ReLU is not applied once more: it has decided already, on the way forward."""
    return da if da > 0 else 0.0


@exercise.mistake("The gate looks at both", ask="May negative blame pass through an open gate?")
def _(da, s):
    """Only positive blame comes through. But negative blame is worth as much: it says that the unit should speak louder."""
    return da if da > 0 and s > 0 else 0.0


@exercise.mistake("The gate alone", ask="What is the local slope multiplied by?")
def _(da, s):
    """It returns 1 or 0 (or True or False), which is the local slope. The blame from above is not in it."""
    return 1.0 if s > 0 else 0.0


@exercise.mistake("The sum itself is handed on", ask="Which of the two numbers is travelling backwards?")
def _(da, s):
    """It returns what ReLU gave on the way forward. On the way back the gate is the same, but another number passes."""
    return s if s > 0 else 0.0


@exercise.mistake("Multiplied by s", ask="When s grows from 2 to 2.1, by how much does relu(s) grow? And from 5 to 5.1?")
def _(da, s):
    """The blame was multiplied by s where the unit spoke: at 5 it is 2.5 times what it is at 2. But the slope of ReLU is the
    same at both."""
    return da * max(s, 0.0)


@exercise.mistake("The gate is the wrong way round", ask="Which units had a say in the scores?")
def _(da, s):
    """Blame passes where s is negative, and is stopped where the unit spoke."""
    return da if s < 0 else 0.0


@exercise.mistake("Nothing is returned where the gate is shut", ask="Which number says that a change of s makes no difference?")
def _(da, s):
    """With s below 0 it returns None: the function ends without a `return`. The next step cannot calculate with None."""
    return da if s > 0 else None


@exercise.mistake("The sign turns where the gate is shut", ask="How much does relu(s) change when s goes from -2 to -1.9?")
def _(da, s):
    """Where s is negative the blame comes back with its sign flipped. That is the slope of |s|, not of ReLU."""
    return da if s > 0 else -da


@exercise.mistake("The two have changed places", ask="In which order does the first line name them?")
def _(da, s):
    """The blame decides, and s passes. It should be the other way round."""
    return s if da > 0 else 0.0


@exercise.mistake("open at exactly 0", kind="convention", ask="What do we take at s = 0, where the slope jumps from 0 to 1?")
def _(da, s):
    """It differs from ours where s is exactly 0 and nowhere else. ReLU has no slope there; some take 1, this course and
    most libraries take 0."""
    return da if s >= 0 else 0.0


@exercise.mistake("The blame is subtracted from the sum", ask="Which of the two goes through the gate, and which opens it?")
def _(da, s):
    """The result is relu(s) minus da. The gate only lets da pass, or does not."""
    return max(s, 0.0) - da


@exercise.mistake("The blame is added to the sum", ask="Which of the two goes through the gate, and which opens it?")
def _(da, s):
    """The result is relu(s) plus da. The gate only lets da pass, or does not."""
    return max(s, 0.0) + da


@exercise.mistake("Open above 1", ask="Above which sum does a unit speak?")
def _(da, s):
    """Blame passes where s is above 1. Between 0 and 1 the unit speaks as well."""
    return da if s > 1 else 0.0
