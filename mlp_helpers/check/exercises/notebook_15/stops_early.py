"""Notebook 15: write the rule for early stopping."""

import itertools

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import training


def losses_and_patience(rng):
    return rng.integers(1, 10, rng.integers(1, 9)).tolist(), int(rng.integers(1, 5))


exercise = Exercise(
    training.stops_early,
    notebook="15",
    place="in class",
    cases=[
        Case("two epochs without progress", [0.9, 0.5, 0.6, 0.7], 2),
        Case("the last one is a new best", [0.9, 0.5, 0.6, 0.4], 2),
        Case("one epoch without progress, two allowed", [0.9, 0.5, 0.6], 2),
        Case("up and down, but never below the best", [0.9, 0.5, 0.8, 0.6], 2),
        Case("level with the best", [0.9, 0.5, 0.5, 0.5], 2),
        Case("a new best within the patience, then worse", [0.9, 0.5, 0.6, 0.4, 0.7], 2),
        Case("it falls again, but not below the best", [0.5, 0.9, 0.8, 0.7, 0.6], 3),
        Case("setbacks, each followed by a new best", [0.9, 1.0, 0.8, 0.9, 0.7, 0.8], 2),
        Case("the best in the middle", [0.5, 0.4, 0.6, 0.7], 3),
        Case("the best just before the last ones", [0.5, 0.4, 0.6, 0.7], 2),
        Case("patience of one", [0.9, 0.8, 0.85], 1),
        Case("falling all the time", [0.9, 0.8, 0.7, 0.6], 1),
        Case("as many epochs as the patience", [0.5, 0.6], 2),
        Case("after the first epoch", [0.9], 3),
        Case("worse from the first epoch on", [0.3, 0.5, 0.6], 2),
        Case("long over", [0.9, 0.3, 0.5, 0.6, 0.7, 0.8], 2),
        Case("a new best after two bad epochs", [0.9, 0.5, 0.6, 0.7, 0.4], 2),
    ],
    draw=losses_and_patience,
    hints=[
        "Split the list in two: the last `patience` losses, and all those before them. Which number of each part matters?",
        "`losses[-patience:]` are the last ones, `losses[:-patience]` those before. Compare the smallest of each.",
        "When there are no losses before them, it is too early to stop: ask for `len(losses) > patience` first.",
    ],
    praise="It asks about the best so far, not about the last step: "
    "with a patience of 2 or more, a single bad epoch stops nothing.",
)


@exercise.mistake(
    "Stops at the first rise", ask="How many epochs without progress are allowed, and where do they enter your answer?"
)
def _(losses, patience):
    """The last loss is compared with the one before it. Losses fluctuate: the first bad epoch would end every training."""
    return len(losses) > 1 and losses[-1] >= losses[-2]


@exercise.mistake(
    "Each epoch is compared with the one before it",
    ask="After 0.5, 0.8, 0.6 the last step went down. Was there progress beyond the best?",
)
def _(losses, patience):
    """It waits for losses that rise several times in a row. Where the loss goes up and down high above its best, the training
    would never end."""
    last = losses[-patience - 1 :]
    return len(losses) > patience and all(b >= a for a, b in itertools.pairwise(last))


@exercise.mistake(
    "Only the last loss is looked at", ask="A new best came one epoch ago, and then a bad one. Has the patience run out?"
)
def _(losses, patience):
    """The last loss alone is compared with the best of the early ones. A new best in between goes unnoticed."""
    return len(losses) > patience and losses[-1] >= min(losses[:-patience])


@exercise.mistake(
    "The last loss against the one so many epochs ago", ask="Where was the best loss: always exactly that many epochs ago?"
)
def _(losses, patience):
    """Two single losses are compared, the last one and the one `patience` epochs before it. The best may stand elsewhere."""
    return len(losses) > patience and losses[-1] >= losses[-1 - patience]


@exercise.mistake(
    "One epoch too early", ask="How many epochs came after the best one, when the best one is the last of the list?"
)
def _(losses, patience):
    """The best epoch is counted as one without progress: the patience is over one epoch too early."""
    return len(losses) - losses.index(min(losses)) >= patience


@exercise.mistake("One epoch too late", ask="With a patience of 2, how many epochs without progress end the training?")
def _(losses, patience):
    """It waits for more than `patience` epochs without progress."""
    return len(losses) - 1 - losses.index(min(losses)) > patience


@exercise.mistake("The count is not reset", ask="What happens to your count of bad epochs when a new best comes?")
def _(losses, patience):
    """All epochs without progress are counted, from the beginning on. A new best should start the count afresh."""
    bad = sum(loss >= min(losses[:i]) for i, loss in enumerate(losses) if i)
    return bad >= patience


@exercise.mistake("A level loss counts as progress", ask="A loss stays level for a hundred epochs. Is that progress?")
def _(losses, patience):
    """A loss that is equal to the best counts as a new best. Progress means smaller."""
    return len(losses) > patience and min(losses[-patience:]) > min(losses[:-patience])


@exercise.mistake("It says when to go on", ask="What should come out when the training has to end?")
def _(losses, patience):
    """The answer is the other way round: True where the training should go on."""
    return not training.stops_early(losses, patience)


@exercise.mistake(
    "the smallest of an empty list",
    kind="fragile",
    ask="Which losses stand before the last `patience`, when there are no more than that?",
)
def _(losses, patience):
    """In the first epochs there is nothing before the last `patience` losses, and `min` of an empty list is an error."""
    return min(losses[-patience:]) >= min(losses[:-patience])


@exercise.mistake(
    "the smallest of a list that can still be empty",
    kind="fragile",
    ask="How many losses must there be, so that one stands before the last `patience`?",
)
def _(losses, patience):
    """There is a guard, but it lets through as many losses as the patience: then none stands before them, and `min` of an
    empty list is an error."""
    return len(losses) >= patience and min(losses[-patience:]) >= min(losses[:-patience])


@exercise.mistake("The best of all", ask="Which losses may the best be taken from, when the last ones are judged by it?")
def _(losses, patience):
    """The last losses are compared with the best of all, themselves included. No loss is better than that, so it always
    stops."""
    return len(losses) > patience and min(losses[-patience:]) >= min(losses)


@exercise.mistake("Always True", ask="Which losses stand before the last `patience`?")
def _(losses, patience):
    """The answer is True whatever the losses are. That happens when the last ones are compared with the best of all,
    themselves included: no loss is better than that."""
    return min(losses[-patience:]) >= min(losses)


@exercise.mistake("Only the loss before the last ones", ask="Where may the best of the early losses stand?")
def _(losses, patience):
    """The last losses are compared with one single loss, the one before them. The best may be older."""
    return len(losses) > patience and min(losses[-patience:]) >= losses[-patience - 1]


@exercise.mistake("An earlier stop", ask="Which losses does the question concern: all epochs so far, or the last ones?")
def _(losses, patience):
    """It is True as soon as the training should have ended at some earlier epoch. The question is how things stand now."""
    return any(training.stops_early(losses[:n], patience) for n in range(1, len(losses) + 1))


@exercise.mistake(
    "A level loss counts as progress, and an empty list", ask="Is a level loss progress, and what stands before the first losses?"
)
def _(losses, patience):
    """Two things: a loss equal to the best counts as a new best, and in the first epochs `min` of an empty list is an error."""
    return min(losses[-patience:]) > min(losses[:-patience])


@exercise.mistake("Only the last loss, against all before it", ask="How many epochs without progress are allowed?")
def _(losses, patience):
    """The last loss is compared with the best of all before it. One epoch without progress then ends the training, as soon as
    there are enough of them."""
    return len(losses) > patience and losses[-1] >= min(losses[:-1])


@exercise.mistake("One of the last is enough", ask="Of the last losses, how many must be no better than the best before them?")
def _(losses, patience):
    """It stops when any of the last losses is no better than the best before them. It should wait until all are."""
    return len(losses) > patience and max(losses[-patience:]) >= min(losses[:-patience])


@exercise.mistake("The last losses are averaged", ask="What if one of the last losses is a new best, and another one very large?")
def _(losses, patience):
    """The mean of the last losses is compared with the best before them. A single new best among them goes unnoticed."""
    return len(losses) > patience and sum(losses[-patience:]) / patience >= min(losses[:-patience])


@exercise.mistake("The largest of the early losses", ask="Which loss is the best one: the largest or the smallest?")
def _(losses, patience):
    """The last losses are compared with the largest of those before, and not with the best."""
    return len(losses) > patience and min(losses[-patience:]) >= max(losses[:-patience])


@exercise.mistake("One loss is left out", ask="Which loss stands in neither of the two parts?")
def _(losses, patience):
    """The loss just before the last `patience` ones counts for neither part: if it was the best, that goes unnoticed."""
    return len(losses) > patience + 1 and min(losses[-patience:]) >= min(losses[: -patience - 1])


@exercise.also("One loss is left out")
def _(losses, patience):
    return len(losses) > patience and min(losses[-patience:]) >= min(losses[: -patience - 1])


@exercise.mistake("The first question comes one epoch too late", ask="How many losses must there be, so that one stands before?")
def _(losses, patience):
    """With `patience` losses and one more the answer is always False, though one loss stands before the last ones. From the next
    epoch on it is right."""
    return len(losses) > patience + 1 and training.stops_early(losses, patience)


@exercise.mistake("The patience is counted from the start", ask="Which losses are the last ones, and which came before them?")
def _(losses, patience):
    """The list is split after its first `patience` losses, and not before its last ones. Any later loss below the first ones
    then keeps the training going for ever."""
    return len(losses) > patience and min(losses[patience:]) >= min(losses[:patience])


@exercise.mistake("The best is not kept", ask="What must change besides the count when a new best comes?")
def _(losses, patience):
    """Each loss is compared with the first one, and not with the best so far: what is worse than the best, but better than
    the first, counts as progress."""
    bad = 0
    for loss in losses[1:]:
        bad = 0 if loss < losses[0] else bad + 1
    return bad >= patience
