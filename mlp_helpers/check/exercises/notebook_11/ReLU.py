"""Notebook 11: write the ReLU activation as a class."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.networks import blame_and_scores
from mlp_helpers.core import layers
from mlp_helpers.core.functions import relu


def two_gates(ReLU, Z, dA):
    """Forward through one gate, twice; through another one that sees other scores; and back through the first."""
    gate, other = ReLU(), ReLU()
    gate.forward(Z - 1)
    A = gate.forward(Z)
    other.forward(1 - Z)
    return {"A": A, "dZ": gate.backward(dA)}


def decimal(value, *arguments):
    """Whole numbers count as decimal ones; -0 is 0."""
    if not isinstance(value, dict):
        return value
    return {
        name: part + 0.0 if isinstance(part, np.ndarray) and part.dtype.kind in "fiu" else part for name, part in value.items()
    }


exercise = Exercise(
    layers.ReLU,
    notebook="11",
    place="in class",
    drive=two_gates,
    calls="one.forward(Z - 1), one.forward(Z), another.forward(1 - Z), one.backward(dA)",
    view=decimal,
    cases=[
        Case(
            "two images, three units",
            np.array([[2.0, -1.0, 0.5], [-3.0, 4.0, -0.5]]),
            np.array([[5.0, -2.0, 1.0], [3.0, -4.0, 6.0]]),
        ),
        Case("one image", np.array([[-1.0, 3.0, -0.5, 0.25]]), np.array([[0.5, -1.0, 2.0, 1.5]])),
        Case("as many images as units", *blame_and_scores(np.random.default_rng(7), 3, 3)),
        Case("all units silent", -np.ones((3, 2)), np.array([[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]])),
        Case("float32", *tuple(array.astype(np.float32) for array in blame_and_scores(np.random.default_rng(8), 2, 4))),
        Case("64 images, 32 units", *blame_and_scores(np.random.default_rng(9), 64, 32)),
        Case("scores of exactly 0", np.array([[0.0, 0.0, 2.0]]), np.array([[1.0, -2.0, 3.0]]), harsh=True),
    ],
    draw=blame_and_scores,
    hints=[
        "Look at `Square`. Which of its three lines stay, and which two formulas change?",
        "`forward` keeps Z as `self.Z` and returns what `relu` returns. `backward` has dA and finds the scores in `self.Z`.",
        "In `backward`: `return relu_backward(dA, self.Z)`, or the product of notebook 07 in its place.",
    ],
    praise="What `forward` keeps, `backward` finds: nobody outside has to carry the scores from one half to the other any more.",
)


class Gate:
    """What the mistakes below have in common."""

    def forward(self, Z):
        self.Z = Z
        return relu(Z)

    def backward(self, dA):
        return dA * (self.Z > 0)


@exercise.mistake("The gate is always open", ask="Can what comes out of a ReLU be negative? And which numbers went in?")
class _(Gate):
    """All blame passes. A test such as `A >= 0` on the output does that: it is true for every unit."""

    def backward(self, dA):
        return dA


@exercise.mistake(
    "The gate looks at the blame", ask="Which array decides whether a unit had a say: dA, or the scores of the forward pass?"
)
class _(Gate):
    """Negative blame is stopped, positive blame passes, whatever the scores were. Nothing of the forward pass was used."""

    def backward(self, dA):
        return relu(dA)


@exercise.mistake("dA and Z changed places", ask="In which order does `relu_backward` take its arguments?")
class _(Gate):
    """The blame decided which gates are open, and the scores went through them. It is the other way round."""

    def backward(self, dA):
        return self.Z * (dA > 0)


@exercise.mistake("A mask, not a gradient", ask="What should stand where the mask says True?")
class _(Gate):
    """`backward` gives True and False, or 1 and 0: which gates are open, and not what passes through them."""

    def backward(self, dA):
        return (self.Z > 0).astype(float)


@exercise.mistake("A mask of True and False", ask="What should stand where the mask says True?")
class _(Gate):
    """`backward` gives True and False: which gates are open, and not what passes through them. dA is not used."""

    def backward(self, dA):
        return self.Z > 0


@exercise.mistake("Multiplied by the activation", ask="What is the slope of ReLU at 2, and at 5?")
class _(Gate):
    """The blame grows with the score of its unit: it was multiplied by the activation, where its slope, 0 or 1, is due."""

    def backward(self, dA):
        return dA * relu(self.Z)


@exercise.mistake("Forward again", ask="What travels backwards: the scores, or the blame?")
class _(Gate):
    """`backward` gives the activations once more. On the way back the same gates stand open, but dA passes through them."""

    def backward(self, dA):
        return relu(self.Z)


@exercise.mistake(
    "One memory for all objects",
    ask="Two ReLU layers, one after the other: whose scores does the first one find on the way back?",
)
class OneMemory(Gate):
    """What `forward` keeps is kept by the class and not by the object, so all ReLU layers share it, and the last one to go
    forward has overwritten what the others had kept. (A line such as `ReLU.Z = Z` or a global name does that.)"""

    def forward(self, Z):
        OneMemory.kept = Z
        return relu(Z)

    def backward(self, dA):
        return dA * (OneMemory.kept > 0)


@exercise.mistake("Nothing comes back from backward", ask="If you have written it: is there a `return`?")
class _(Gate):
    """`backward` returns None. The layer before waits for dZ. `forward` is right."""

    def backward(self, dA):
        self.dZ = dA * (self.Z > 0)


@exercise.mistake("Forward returns nothing", ask="What does the next layer work on?")
class _(Gate):
    """`forward` keeps the scores and returns None. The next layer waits for the activations."""

    def forward(self, Z):
        self.Z = Z


@exercise.mistake("Nothing is returned", ask="What does the next layer get, and what the layer before?")
class _(Gate):
    """Both methods keep their result in `self` and return None. Keeping is for what the object itself needs later; the
    result goes on to the neighbours."""

    def forward(self, Z):
        self.A = relu(Z)

    def backward(self, dA):
        self.dZ = dA


@exercise.mistake("Forward lets everything through", ask="What becomes of the score -1 on the way forward?")
class _(Gate):
    """`forward` returns the scores as they came, negative ones too. The gate works only on the way back."""

    def forward(self, Z):
        self.Z = Z
        return Z


@exercise.mistake("The scores of the first batch", ask="When are the scores written into `self`: once, or at each `forward`?")
class _(Gate):
    """In a later call, the gates are still those of the first batch that went forward: later scores are not kept."""

    def forward(self, Z):
        if not hasattr(self, "Z"):
            self.Z = Z
        return relu(Z)


@exercise.mistake("The gate is the wrong way round", ask="Which units had a say in the scores?")
class _(Gate):
    """The blame of the silent units comes through, and that of the others is stopped."""

    def backward(self, dA):
        return dA * (self.Z < 0)


@exercise.mistake("Divided by n", ask="Where did the mean over the images enter, and is its 1/n in dA already?")
class _(Gate):
    """The gates are right. But what `backward` gives is n times too small."""

    def backward(self, dA):
        return dA * (self.Z > 0) / len(dA)


@exercise.mistake("open at exactly 0", kind="convention", ask="What do we take at Z = 0, where the slope jumps from 0 to 1?")
class _(Gate):
    """It differs from ours where Z is exactly 0 and nowhere else. ReLU has no slope there; some take 1, this course and most
    libraries take 0."""

    def backward(self, dA):
        return dA * (self.Z >= 0)


@exercise.mistake("The sign is taken off", ask="What should become of a score of -3: 3, or nothing?")
class _(Gate):
    """`forward` gives the size of every score, negative ones included. `backward` is right."""

    def forward(self, Z):
        self.Z = Z
        return np.abs(Z)


@exercise.mistake("Forward gives a mask", ask="What should become of a score of 3, and what of one of 30?")
class _(Gate):
    """`forward` says of each score whether it is positive, and not how large it is. `backward` is right."""

    def forward(self, Z):
        self.Z = Z
        return Z > 0
