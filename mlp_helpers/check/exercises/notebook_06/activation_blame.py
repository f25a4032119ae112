"""Notebook 06: write the blame of an activation that is used twice."""

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import drawn, number


def activation_blame(v1, v2, dz1, dz2):
    """Return the blame of an activation that feeds score 1 with weight v1 and score 2 with weight v2."""
    return v1 * dz1 + v2 * dz2


exercise = Exercise(
    activation_blame,
    notebook="06",
    place="in class",
    view=number,
    cases=[
        Case("two paths of the same sign", 3.0, 2.0, 1.0, 2.0),
        Case("two paths of different signs", 3.0, 2.0, 0.5, -2.0),
        Case("both paths negative", -1.0, 2.0, 0.5, -1.5),
        Case("a weight of 0", 0.0, 1.5, 0.4, -0.4),
        Case("the paths cancel", 1.5, 1.5, 0.4, -0.4),
        Case("large numbers", 100.0, -50.0, 30.0, 20.0),
    ],
    draw=drawn(4),
    hints=[
        "Draw the unit, the two scores and the two lines between them. How much blame comes back along the first line alone?",
        "Along one path: the weight on it times the blame at its end. Between the two paths: add.",
        "`v1 * dz1` comes along the first path, and `v2 * dz2` along the second.",
    ],
    praise="Times along a path, plus between paths. With ten scores there are ten terms; notebook 07 makes one product of them.",
)


@exercise.mistake("The path through score 2 is forgotten", ask="Into which scores does the activation go?")
def _(v1, v2, dz1, dz2):
    """This is what comes back from score 1. The activation is used once more."""
    return v1 * dz1


@exercise.mistake("The path through score 1 is forgotten", ask="Into which scores does the activation go?")
def _(v1, v2, dz1, dz2):
    """This is what comes back from score 2. (Whoever writes da = … twice keeps the second one only.)"""
    return v2 * dz2


@exercise.mistake("The paths are multiplied", ask="In section 2, what became of the 6 and the 8?")
def _(v1, v2, dz1, dz2):
    """What came along the two paths was multiplied. That is right along a path, where one step follows another."""
    return v1 * dz1 * v2 * dz2


@exercise.mistake(
    "The paths are subtracted", ask="What sign did the two paths have in section 2, and does it depend on their number?"
)
def _(v1, v2, dz1, dz2):
    """The second path was taken away from the first. The signs are in the weights and in the blame already."""
    return v1 * dz1 - v2 * dz2


@exercise.mistake(
    "The sign is flipped", ask="If both weights and both blames are positive, should a larger activation raise the loss?"
)
def _(v1, v2, dz1, dz2):
    """The number is right and its sign is not. Blame is a slope; going against it is for later, when we take a step."""
    return -(v1 * dz1 + v2 * dz2)


@exercise.mistake("The weights are not used", ask="When the activation grows by 1, by how much does score 1 grow?")
def _(v1, v2, dz1, dz2):
    """The blame of the scores was added as it is, as for a number that is added to both. This one is multiplied first."""
    return dz1 + dz2


@exercise.mistake("The blame from above is not used", ask="What do the weights alone say nothing about: the scores, or the loss?")
def _(v1, v2, dz1, dz2):
    """The weights were added. They are the local slopes; what comes from above is missing."""
    return v1 + v2


@exercise.mistake("The weights are crossed", ask="Which blame waits at the end of the line with the weight v1?")
def _(v1, v2, dz1, dz2):
    """Each weight was multiplied by the blame of the other score."""
    return v1 * dz2 + v2 * dz1


@exercise.mistake(
    "Each weight with both blames", ask="How much would come back along the first line, if the second did not exist?"
)
def _(v1, v2, dz1, dz2):
    """The result is the sum of all four products of a weight and a blame, which is the sum of the weights times the sum of the
    blames. In it v1 meets the blame of score 2, which no line of weight v1 leads to."""
    return (v1 + v2) * (dz1 + dz2)


@exercise.mistake("The two paths side by side", ask="How do two changes of L become one?")
def _(v1, v2, dz1, dz2):
    """It returns what came along each path, two numbers. The activation has one blame."""
    return v1 * dz1, v2 * dz2


@exercise.mistake("A gate at the activation", ask="Between which two numbers does ReLU stand: a and z, or s and a?")
def _(v1, v2, dz1, dz2):
    """Negative blame became 0. There is no gate between an activation and the scores, and the gate to come does not ask for
    the sign of the blame."""
    return max(v1 * dz1 + v2 * dz2, 0.0)


@exercise.mistake("Always the weights of the lesson", ask="Which names stand between the brackets of the first line?")
def _(v1, v2, dz1, dz2):
    """It calculates with the weights of unit 1 in the lesson, whatever it is given. That happens with v11 and v12, which an
    earlier cell has left behind."""
    v11, v12 = 1.0, -0.5
    return v11 * dz1 + v12 * dz2


@exercise.mistake("The mean of the paths", ask="Does the second path take anything away from the first?")
def _(v1, v2, dz1, dz2):
    """The two paths were averaged. But the loss feels both changes in full."""
    return (v1 * dz1 + v2 * dz2) / 2


@exercise.mistake("Plus along a path, times between paths", ask="Where do local slopes multiply, and where do changes add up?")
def _(v1, v2, dz1, dz2):
    """Weight and blame were added on each path, and the paths multiplied: the two rules have changed places."""
    return (v1 + dz1) * (v2 + dz2)


@exercise.mistake("rounded", kind="fragile", ask="What becomes of a slope of 0.004?")
def _(v1, v2, dz1, dz2):
    """Right to two digits, and rounded. Slopes are often much smaller than 0.01."""
    return round(v1 * dz1 + v2 * dz2, 2)


@exercise.mistake("Weights and blame are added", ask="What happens along a path, and what between paths?")
def _(v1, v2, dz1, dz2):
    """All four numbers were added up. Along a path the blame is multiplied by the weight."""
    return v1 + v2 + dz1 + dz2
