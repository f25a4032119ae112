"""Notebook 17: how much the best of n trials flatters itself."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import named


def gap_of_the_best(validation, test):
    """Return by how much validation is above test for the winner of each search: the mean, and its standard error."""
    rows = np.arange(len(validation))
    winners = validation.argmax(axis=1)
    gaps = validation[rows, winners] - test[rows, winners]
    return gaps.mean(), gaps.std(ddof=1) / np.sqrt(len(gaps))


def searches(rng, repeats=None, n=None):
    """Accuracies of searches on both splits: a trial's own level, and chance."""
    shape = repeats or int(rng.integers(2, 12)), n or int(rng.integers(1, 9))
    level = rng.normal(0.8, 0.03, shape)
    return tuple((level + rng.normal(0, 0.02, shape)).round(4) for _ in range(2))


SMALL = np.array([[0.75, 0.5], [0.5, 1.0]]), np.array([[0.5, 0.75], [0.25, 0.5]])


exercise = Exercise(
    gap_of_the_best,
    notebook="17",
    place="at home",
    view=named("mean gap", "standard error"),
    asks="two numbers, the mean gap and its standard error",
    cases=[
        Case("two searches of two trials", *SMALL),
        Case("searches of one trial", *searches(np.random.default_rng(1), 5, 1)),
        Case("as many searches as trials", *searches(np.random.default_rng(2), 4, 4)),
        Case("more searches than trials", *searches(np.random.default_rng(3), 30, 5)),
        Case("more trials than searches", *searches(np.random.default_rng(4), 3, 20)),
        Case("1 000 searches", *searches(np.random.default_rng(5), 1000, 10)),
    ],
    draw=searches,
    hints=[
        "A row is a search. Its winner is chosen by validation alone: `validation.argmax(axis=1)`.",
        "One entry of each row: `validation[np.arange(len(validation)), winners]`, and the same for `test`.",
        "The standard error of a mean: the standard deviation with `ddof=1`, divided by the root of how many there are.",
    ],
    praise="The test accuracy is that of the trial which validation has chosen: the test images had no say in it.",
)


def as_asked(gaps):
    return gaps.mean(), gaps.std(ddof=1) / np.sqrt(len(gaps))


@exercise.mistake("Each split has its own winner", ask="Who may choose the winner, and who may only be asked about it?")
def _(validation, test):
    """The best on validation is compared with the best on test. Then the test set has chosen too, and flatters as much."""
    return as_asked(validation.max(axis=1) - test.max(axis=1))


@exercise.mistake("Chosen on the test set", ask="Which of the two accuracies may choose?")
def _(validation, test):
    """The winner is the one that is best on test. The choice has to be made on validation: nobody knows the test accuracy
    beforehand."""
    mean, error = gap_of_the_best(test, validation)
    return -mean, error


@exercise.mistake("All trials, not the winners", ask="How many trials of each search does one take home?")
def _(validation, test):
    """All trials are averaged. Those that were not chosen are not flattered."""
    return as_asked((validation - test).mean(axis=1))


@exercise.mistake("The largest gap", ask="What decides which trial is chosen: its gap, or its accuracy on validation?")
def _(validation, test):
    """In each search the largest gap is taken. The winner is the trial with the best validation accuracy, whatever its gap."""
    return as_asked((validation - test).max(axis=1))


@exercise.mistake("The winner of a column", ask="Along which axis do the trials of one search lie?")
def _(validation, test):
    """The best was looked for among the searches, not among the trials of one of them."""
    columns, winners = np.arange(validation.shape[1]), validation.argmax(axis=0)
    gaps = validation[winners, columns] - test[winners, columns]
    return gaps.mean(), gaps.std(ddof=1) / np.sqrt(len(gaps)) if len(gaps) > 1 else 0.0


@exercise.mistake("Test minus validation", ask="Which sign should the gap have for a winner that looks better than it is?")
def _(validation, test):
    """The sign is reversed: a winner that looks better than it is should have a gap above 0."""
    mean, error = gap_of_the_best(validation, test)
    return -mean, error


@exercise.mistake("The spread, not the error of the mean", ask="Does a mean of 1 000 searches vary as much as one of them?")
def _(validation, test):
    """The second number is the standard deviation of single searches. Their mean is more certain, by the root of how many
    there are."""
    mean, error = gap_of_the_best(validation, test)
    return mean, error * np.sqrt(len(validation))


@exercise.mistake("Divided by the number, not its root", ask="Four times as many searches: how much smaller is the error?")
def _(validation, test):
    """The standard deviation is divided by the number of searches. The error of a mean shrinks with the root of it."""
    mean, error = gap_of_the_best(validation, test)
    return mean, error / np.sqrt(len(validation))


@exercise.mistake("Without the root", ask="What is the unit of a variance?")
def _(validation, test):
    """The second number is the variance divided by the number of searches. The error is the root of that."""
    mean, error = gap_of_the_best(validation, test)
    return mean, error**2


@exercise.mistake("the deviation divides by the number itself", kind="convention", ask="What does `ddof=1` change?")
def _(validation, test):
    """The standard deviation is NumPy's usual one, which divides by the number of searches. For a mean of few measurements
    one divides by one less."""
    mean, error = gap_of_the_best(validation, test)
    return mean, error * np.sqrt(1 - 1 / len(validation))


@exercise.mistake("Against the mean of the row", ask="Whose test accuracy should be subtracted from the winner's on validation?")
def _(validation, test):
    """The winner's validation accuracy is compared with the mean test accuracy of all trials. Only the winner's own is asked
    for."""
    return as_asked(validation.max(axis=1) - test.mean(axis=1))


@exercise.mistake(
    "The winners of all searches, for each",
    ask="How many entries does `table[:, winners]` have for each row, and which is its own?",
)
def _(validation, test):
    """For each search, all trials that won in any of the searches were taken, not only its own winner. (`table[:, winners]` takes
    these columns from every row.)"""
    winners = validation.argmax(axis=1)
    return as_asked(validation[:, winners] - test[:, winners])


@exercise.also("The winners of all searches, for each")
def _(validation, test):
    winners = validation.argmax(axis=1)
    return as_asked((validation[:, winners] - test[:, winners]).ravel())
