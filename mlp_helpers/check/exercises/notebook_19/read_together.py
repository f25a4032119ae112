"""Notebook 19: let several networks read together."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.exercises.ties import first_of_the_largest


def read_together(P):
    """Return the class with the largest mean probability: (m, n, k) -> (n,)."""
    return P.mean(axis=0).argmax(axis=1)


def probabilities(rng, m=None, n=None, k=None, dtype=np.float64):
    """What m networks say of n images, some sure and some not."""
    m, n, k = m or int(rng.integers(1, 6)), n or int(rng.integers(1, 6)), k or int(rng.integers(2, 6))
    E = np.exp(rng.normal(0, 3, (m, n, k)))
    return ((E / E.sum(axis=-1, keepdims=True)).astype(dtype),)


def opinions(*rows):
    """Of one image: a row of probabilities for each network."""
    return np.array(rows)[:, None, :]


exercise = Exercise(
    read_together,
    notebook="19",
    place="in class",
    view=lambda labels, P: first_of_the_largest(labels, P.mean(axis=0)),
    cases=[
        Case("one image, two networks: the surer one wins", opinions([0.6, 0.4], [0.1, 0.9])),
        Case("one image, three networks: two are in doubt", opinions([0.55, 0.45, 0], [0.55, 0.45, 0], [0.02, 0.95, 0.03])),
        Case("one image: nobody's favourite", opinions([0.55, 0.45, 0], [0, 0.45, 0.55], [0.5, 0.45, 0.05])),
        Case(
            "one image: the surest one alone",
            opinions([0.05, 0.8, 0.15], [0.55, 0.4, 0.05], [0.9, 0.02, 0.08], [0.2, 0.75, 0.05]),
        ),
        Case("a single network", np.array([[[0.2, 0.8], [0.7, 0.3], [0.4, 0.6]]])),
        Case("five networks, four images, three classes", *probabilities(np.random.default_rng(1), 5, 4, 3)),
        Case("as many of all", *probabilities(np.random.default_rng(2), 3, 3, 3)),
        Case("seven networks, 100 images, ten classes", *probabilities(np.random.default_rng(3), 7, 100, 10)),
        Case("float32", *probabilities(np.random.default_rng(4), 4, 6, 10, np.float32)),
        Case(
            "a tie at the first image",
            np.array([[[0.5, 0.25, 0.25], [0, 0.25, 0.75]], [[0.25, 0.5, 0.25], [0, 0, 1]]]),
            harsh=True,
        ),
    ],
    draw=probabilities,
    hints=[
        "Two things have to be done, a mean and an argmax. Each takes one axis away. Which of the two comes first?",
        "The networks lie along axis 0: after `P.mean(axis=0)` there is one table (n, k), as if one network had spoken.",
        "`.argmax(axis=1)` of that table.",
    ],
    praise="Whoever is sure counts for more than whoever is in doubt. A vote among the answers would not know the difference.",
)


@exercise.mistake(
    "a label for every largest mean", kind="fragile", ask="If a row holds its largest entry twice, how many labels does it give?"
)
def _(P):
    """It looks for the means that are equal to the largest of their image. Where an image has two of these, it gives two labels,
    and all that follow belong to the wrong image."""
    together = P.mean(axis=0)
    return np.where(together == together.max(axis=1, keepdims=True))[1]


@exercise.mistake("A vote among the answers", ask="How sure was each network, and who still knows that after argmax?")
def _(P):
    """Each network gave one answer, and the most frequent one won. How sure they were is lost: a network with 0.55 counts as
    much as one with 0.95."""
    answers = P.argmax(axis=2)
    return np.array([np.bincount(column, minlength=P.shape[2]).argmax() for column in answers.T])


@exercise.mistake("A mean of the class numbers", ask="If one network reads a 0 and another an 8, have they read a 4?")
def _(P):
    """Each network gave one answer, and their mean was taken. Class numbers are names: their mean says nothing."""
    return np.round(P.argmax(axis=2).mean(axis=0)).astype(int)


@exercise.also("A mean of the class numbers")
def _(P):
    return P.argmax(axis=2).mean(axis=0)


@exercise.also("A mean of the class numbers")
def _(P):
    return P.argmax(axis=2).mean(axis=0).astype(int)


@exercise.mistake("The surest network decides", ask="Should one network that is very sure overrule all others?")
def _(P):
    """The largest single probability wins, whatever the other networks say."""
    return P.max(axis=0).argmax(axis=1)


@exercise.mistake("Averaged over the images", ask="What lies along axis 0, and what along axis 1?")
def _(P):
    """The mean runs over axis 1, the images, so there is one answer for each network. Each image should get one."""
    return P.mean(axis=1).argmax(axis=1)


@exercise.mistake("Averaged over the classes", ask="Along which axis do the networks lie?")
def _(P):
    """The mean runs over axis 2, the classes, and the number of a network comes out. The probabilities of an image have the
    same mean in every network."""
    return P.mean(axis=2).argmax(axis=0)


@exercise.mistake("The answers of each network", ask="How many answers should an image get?")
def _(P):
    """Every network's own answers come back: a table (m, n). Nothing was averaged."""
    return P.argmax(axis=2)


@exercise.mistake("The first network alone", ask="What do the other networks say?")
def _(P):
    """Only the first network was asked."""
    return P[0].argmax(axis=1)


@exercise.mistake("The last network alone", ask="What do the other networks say?")
def _(P):
    """Only the last network was asked."""
    return P[-1].argmax(axis=1)


@exercise.mistake("Probabilities, not classes", ask="Which class is meant by a row of probabilities?")
def _(P):
    """The mean probabilities come back, a table (n, k). What is asked for is one class for each image."""
    return P.mean(axis=0)


@exercise.mistake("How sure, not what", ask="What is the difference between max and argmax?")
def _(P):
    """The largest mean probability of each image comes back, and not the class to which it belongs."""
    return P.mean(axis=0).max(axis=1)


@exercise.mistake("The best image of each class", ask="Which axis is left for the classes, once the networks are averaged?")
def _(P):
    """The argmax runs over the images, so there is an answer for each class."""
    return P.mean(axis=0).argmax(axis=0)


@exercise.mistake(
    "the probabilities are multiplied", kind="convention", ask="What does one network with a probability near 0 do?"
)
def _(P):
    """The product of the probabilities decides, and not their mean. That is done too, and amounts to a mean of the scores. A
    single network that finds a class impossible then has a veto."""
    return np.log(np.maximum(P, 1e-30)).sum(axis=0).argmax(axis=1)


@exercise.also("the probabilities are multiplied")
def _(P):
    return P.prod(axis=0).argmax(axis=1)


@exercise.mistake("the median of the probabilities", kind="convention", ask="Does the median notice that a network is very sure?")
def _(P):
    """The median over the networks decides. It ignores outliers, in both directions; here the mean is asked for."""
    return np.median(P, axis=0).argmax(axis=1)
