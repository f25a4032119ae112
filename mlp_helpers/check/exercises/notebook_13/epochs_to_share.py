"""Notebook 13: write the first epoch that reaches a share of the final accuracy."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def epochs_to_share(accuracies, share):
    """Return the first epoch, from 1, whose accuracy is at least a share of the last one."""
    return int((accuracies >= share * accuracies[-1]).argmax()) + 1


def accuracies_and_share(rng):
    accuracies = rng.integers(16, 65, int(rng.integers(1, 9))) / 64  # products with halves and eighths are exact
    return accuracies, float(rng.choice([0.5, 0.75, 0.875, 0.9375, 1.0]))


exercise = Exercise(
    epochs_to_share,
    notebook="13",
    place="at home",
    cases=[
        Case("in the second epoch", np.array([0.4, 0.7, 0.75, 0.8]), 0.75),
        Case("reached exactly", np.array([0.25, 0.5, 0.75, 1.0]), 0.75),
        Case("at once", np.array([0.7, 0.75, 0.8]), 0.75),
        Case("all of it", np.array([0.25, 0.5, 0.625]), 1.0),
        Case("the best epoch is not the last", np.array([0.5, 0.6, 1.0, 0.75]), 0.75),
        Case("reached, and lost again", np.array([0.3, 0.7, 0.4, 0.8]), 0.75),
        Case("one epoch", np.array([0.5]), 0.75),
        Case("low at the end", np.array([0.2, 0.3, 0.35, 0.4]), 0.875),
        Case("ten epochs", np.array([0.5, 0.7, 0.6, 0.72, 0.78, 0.79, 0.74, 0.83, 0.82, 0.85]), 0.9),
    ],
    draw=accuracies_and_share,
    hints=[
        "`accuracies[-1]` is the last accuracy. The target is `share` times that.",
        "Comparing the whole array with the target gives True and False, and `argmax` of that is the place of the first True.",
        "Places are counted from 0 and epochs from 1. A loop with `enumerate(accuracies, 1)` and a `return` inside does as well.",
    ],
    praise="It always finds an epoch, since the last one reaches every share of itself. What it says depends on that last one.",
)


@exercise.mistake("Counted from 0", ask="What number does the first epoch have?")
def _(accuracies, share):
    """The place in the array was returned, which is one less than the number of the epoch."""
    return int((accuracies >= share * accuracies[-1]).argmax())


@exercise.mistake("The share itself is the target", ask="Of what is it a share?")
def _(accuracies, share):
    """The accuracies are compared with the share itself. That is `epochs_to_reach` of notebook 09; a run that ends at 85 %
    would never come to 0.95."""
    return int((accuracies >= share).argmax()) + 1


@exercise.mistake("The share itself is the target, and None where it is not reached", ask="Of what is it a share?")
def _(accuracies, share):
    """The accuracies are compared with the share itself. That is `epochs_to_reach` of notebook 09; a run that ends at 85 %
    would never come to 0.95."""
    for epoch, value in enumerate(accuracies, 1):
        if value >= share:
            return epoch
    return None


@exercise.mistake("a share of the best accuracy", kind="convention", ask="Is it the best accuracy that is meant, or the last?")
def _(accuracies, share):
    """The target is taken from the best epoch. That is steadier, and flattering: the best of ten has been lucky. Here it
    is the last one."""
    return int((accuracies >= share * accuracies.max()).argmax()) + 1


@exercise.mistake(
    "a share of the way from the first epoch", kind="convention", ask="Is the share counted from 0, or from the first accuracy?"
)
def _(accuracies, share):
    """The share is counted from the first epoch's accuracy on, and not from 0."""
    target = accuracies[0] + share * (accuracies[-1] - accuracies[0])
    return int((accuracies >= target).argmax()) + 1


@exercise.mistake("Above the target", ask="Does an accuracy of exactly the target reach it, and what of a share of 1?")
def _(accuracies, share):
    """Only a larger accuracy counts. With a share of 1 there may be none, and `argmax` of nothing but False is 0."""
    return int((accuracies > share * accuracies[-1]).argmax()) + 1


@exercise.mistake("Above the target, else None", ask="Does an accuracy of exactly the target reach it?")
def _(accuracies, share):
    """Only a larger accuracy counts, so the last epoch does not even reach the whole of itself."""
    for epoch, value in enumerate(accuracies, 1):
        if value > share * accuracies[-1]:
            return epoch
    return None


@exercise.mistake("From where on it stays there", ask="What if the target was reached, and lost again?")
def _(accuracies, share):
    """It returns the epoch from which on all accuracies are large enough. The exercise asks for the first one that is."""
    low = np.flatnonzero(accuracies < share * accuracies[-1])
    return int(low[-1]) + 2 if len(low) else 1


@exercise.mistake("The last epoch that passes", ask="What happens to the answer when a second accuracy is large enough?")
def _(accuracies, share):
    """The loop goes on after the first hit, and a later epoch takes its place. In the end it is always the last one."""
    return len(accuracies)


@exercise.mistake("The number of epochs that pass", ask="What should come when only the last of ten epochs passes?")
def _(accuracies, share):
    """It was counted how many accuracies are large enough, and not when the first one came."""
    return int((accuracies >= share * accuracies[-1]).sum())


@exercise.mistake("The nearest to the target", ask="May the accuracy be a little below the target?")
def _(accuracies, share):
    """The accuracy nearest to the target was taken, and it may lie below."""
    return int(abs(accuracies - share * accuracies[-1]).argmin()) + 1


@exercise.mistake("A share of the epochs", ask="Of what is it a share: of the epochs, or of the last accuracy?")
def _(accuracies, share):
    """This is a share of the number of epochs, and the accuracies are not looked at."""
    return int(np.ceil(share * len(accuracies)))


@exercise.mistake("The accuracy, not the epoch", ask="What is wanted: how good it was, or when?")
def _(accuracies, share):
    """The first accuracy that is large enough was returned, and not when it came."""
    return accuracies[np.argmax(accuracies >= share * accuracies[-1])]


@exercise.mistake("The first epoch that is not good enough", ask="Should the accuracy be above the target, or below it?")
def _(accuracies, share):
    """The first epoch comes back whose accuracy is too small."""
    return int(np.argmax(accuracies < share * accuracies[-1])) + 1


@exercise.mistake("Always the first epoch", ask="How large is the share in the example: 0.75, or 75?")
def _(accuracies, share):
    """Epoch 1 comes back in every case. So it is with a target that is far too low, as when the share is divided by
    100. It is a number from 0 to 1 already."""
    return int(np.argmax(accuracies >= share / 100 * accuracies[-1])) + 1


@exercise.mistake("the epochs below are counted", kind="fragile", ask="What if the target was reached, and lost again?")
def _(accuracies, share):
    """It counts the accuracies that are too small, and adds 1. That is right as long as none of them comes after the first that
    is large enough."""
    return int((accuracies < share * accuracies[-1]).sum()) + 1


@exercise.mistake(
    "right only if the accuracies never fall", kind="fragile", ask="Which accuracy is looked at first if one searches by halves?"
)
def _(accuracies, share):
    """A search by halves takes for granted that numbers are in order, and looks at a few of them only. After a fall it may miss
    the first epoch that passes. (That is how functions such as `np.searchsorted` find a place.)"""
    return int(np.searchsorted(accuracies, share * accuracies[-1])) + 1


@exercise.mistake(
    "none where only the first epoch reaches it",
    kind="fragile",
    ask="Which place does the first epoch have, and does `any` count it?",
)
def _(accuracies, share):
    """Where the first epoch alone is good enough, it returns None. The only place that was found is 0 then, and 0 is not the same
    as nothing found."""
    places = np.flatnonzero(accuracies >= share * accuracies[-1])
    return int(places[0]) + 1 if places.any() else None
