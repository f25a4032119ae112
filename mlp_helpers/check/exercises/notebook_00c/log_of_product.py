"""Notebook 00c: write the logarithm of a product, without the product."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def log_of_product(factors):
    """Return the natural logarithm of the product of all the factors."""
    return np.log(factors).sum()


exercise = Exercise(
    log_of_product,
    notebook="00c",
    place="at home",
    cases=[
        Case("two factors", np.array([np.exp(2.0), np.exp(3.0)])),
        Case("three probabilities", np.array([0.5, 0.25, 0.8])),
        Case("factors whose product is 1", np.array([4.0, 0.5, 0.5])),
        Case("one factor", np.array([0.1])),
        Case("a thousand factors of 0.1", np.full(1000, 0.1)),
        Case("a thousand factors of 10", np.full(1000, 10.0)),
    ],
    draw=lambda rng: (rng.uniform(0.01, 3, rng.integers(2, 9)),),
    hints=[
        "The logarithm of a product is the sum of the logarithms, however many factors there are.",
        "`np.log(factors)` takes the logarithm of every entry; what remains is to add them up.",
    ],
    praise="Even for a thousand factors of 10 the sum of the logarithms is only about 2300, while the product is far out of "
    "range.",
)


@exercise.mistake(
    "the product is computed first", kind="fragile", ask="What is the smallest number above 0 that a float64 can hold?"
)
def _(factors):
    """A thousand factors of 0.1 multiply to 0, and for the logarithm of 0 NumPy gives minus infinity; with factors of 10, the
    product is infinite. The formula is right, but the product is not a number that the computer can hold."""
    return np.log(np.prod(factors))


@exercise.mistake("The logarithms are multiplied", ask="What does ln(a · b) become, when the two logarithms are known?")
def _(factors):
    """The logarithms of the factors were multiplied. A logarithm turns products into sums."""
    return np.log(factors).prod()


@exercise.mistake("The logarithm of the sum", ask="What comes first: the logarithm of each factor, or adding up?")
def _(factors):
    """The factors were added, and then the logarithm taken: that is the logarithm of another number."""
    return np.log(np.sum(factors))


@exercise.mistake(
    "The mean of the logarithms", ask="How many logarithms does a product of three factors have, and what happens to them?"
)
def _(factors):
    """The logarithms were averaged. That is one number for a typical factor, and not the logarithm of their product."""
    return np.log(factors).mean()


@exercise.mistake("to the base 10", kind="convention", ask="What is `np.log10(10)`, and what is the natural logarithm of 10?")
def _(factors):
    """The sum is there, but of logarithms to the base 10. In this course, as in most of mathematics, the base is e."""
    return np.log10(factors).sum()


@exercise.mistake("to the base 2", kind="convention", ask="What is `np.log2(2)`, and what is the natural logarithm of 2?")
def _(factors):
    """The sum is there, but of logarithms to the base 2, as used to measure information in bits. Here the base is e."""
    return np.log2(factors).sum()


@exercise.mistake("The sign is flipped", ask="Is the logarithm of 0.5 positive or negative?")
def _(factors):
    """The sum has the wrong sign."""
    return -np.log(factors).sum()


@exercise.mistake("Not added up yet", ask="How do many logarithms become one?")
def _(factors):
    """The logarithms of all factors come back. The exercise asks for one number."""
    return np.log(factors)


@exercise.mistake("The product itself", ask="What does the logarithm do to it?")
def _(factors):
    """The factors are multiplied. The exercise asks for the logarithm of their product."""
    return np.prod(factors)


@exercise.mistake("The sum of the factors", ask="Whose logarithms are to be added?")
def _(factors):
    """The factors themselves were added."""
    return np.sum(factors)


@exercise.mistake("Only the first two factors", ask="How many factors may there be?")
def _(factors):
    """The logarithms of the first two factors were added, and the others left out."""
    return np.log(factors[:2]).sum()
