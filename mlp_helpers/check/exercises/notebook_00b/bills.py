"""Notebook 00b: write a matrix product that adds up each person's bill."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise

from .shared import SQUARE, counts


def bills(amounts, prices):
    """Return what each person pays: (n, d), (d,) -> (n,)."""
    return amounts @ prices


def decimal(value, *arguments):
    """Whole numbers count as decimal ones, as of a table that np.zeros made."""
    return value + 0.0 if isinstance(value, np.ndarray) else value


exercise = Exercise(
    bills,
    notebook="00b",
    place="at home",
    view=decimal,
    cases=[
        Case("two people, three things", np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]]), np.array([5.0, 1.0, 10.0])),
        Case("one person", np.array([[2.0, 1.0]]), np.array([3.0, 4.0])),
        Case("as many people as things", SQUARE, np.array([1.0, 10.0, 100.0])),
        Case("whole numbers", np.array([[1, 2], [0, 5], [3, 3]]), np.array([7, 2])),
        Case("50 people, 20 things", counts(3, 50, 20), counts(4, 1, 20)[0]),
    ],
    draw=lambda rng: (lambda n, d: (rng.uniform(0, 5, (n, d)), rng.uniform(1, 9, d)))(*rng.integers(1, 7, 2)),
    hints=[
        "For one person: amount times price, thing by thing, and added up. Which operation does both?",
        "(n, d) @ (d,) -> (n,): the inner sizes agree and disappear.",
    ],
    praise="A neuron does the same with 784 pixels in place of the things and its weights in place of the prices.",
)


@exercise.mistake("Not added up", ask="How many numbers should come out for each person?")
def _(amounts, prices):
    """`*` multiplies entry by entry: every thing on a line of its own, and no total."""
    return amounts * prices


@exercise.mistake("All bills together", ask="How many people pay?")
def _(amounts, prices):
    """One number comes out: what everybody pays together."""
    return (amounts * prices).sum()


@exercise.mistake("One bill for each thing", ask="Which axis should disappear: people or things?")
def _(amounts, prices):
    """The sum was taken over the people: that is what each thing brought in."""
    return (amounts * prices).sum(axis=0)


@exercise.mistake("Averaged instead of added", ask="What does somebody who buys two things pay?")
def _(amounts, prices):
    """The products were averaged: that is the total divided by the number of things."""
    return (amounts * prices).mean(axis=1)


@exercise.mistake("The wrong sizes meet", ask="Which sizes meet in the middle of the product?")
def _(amounts, prices):
    """The prices, one for each of d things, are set against the n people. That happens in `prices @ amounts` and in `amounts.T @
    prices`. Where both numbers are the same, something else comes out without a word."""
    return prices @ amounts


@exercise.mistake("Amounts and prices are added", ask="What do three loaves at 2 each cost?")
def _(amounts, prices):
    """The prices were added to the amounts and not multiplied by them."""
    return (amounts + prices).sum(axis=1)


@exercise.mistake("a column", kind="fragile", ask="Which shape does the exercise ask for?")
def _(amounts, prices):
    """The numbers are right, but they come as a column, (n, 1), where (n,) is asked for."""
    return amounts @ prices[:, None]


@exercise.mistake("The number of things times all prices", ask="Which price belongs to which amount?")
def _(amounts, prices):
    """For each person all amounts were added up, and multiplied by the sum of all prices: every amount meets every price."""
    return amounts.sum(axis=1) * prices.sum()


@exercise.mistake("The number of things times the mean price", ask="Which price belongs to which amount?")
def _(amounts, prices):
    """For each person all amounts were added up, and multiplied by the mean of the prices. Each amount has a price of its own."""
    return amounts.sum(axis=1) * prices.mean()
