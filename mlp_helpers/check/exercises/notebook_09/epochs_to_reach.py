"""Notebook 09: write the first epoch that reaches a target accuracy."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def epochs_to_reach(accuracies, target):
    """Return the first epoch, counted from 1, after which the accuracy is at least the target, or None."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
    return None


def accuracies_and_target(rng):
    accuracies = rng.uniform(0.5, 1.0, int(rng.integers(1, 9))).round(2)
    return accuracies, float(rng.choice([*accuracies, 0.75, 0.99, 1.0]))


exercise = Exercise(
    epochs_to_reach,
    notebook="09",
    place="at home",
    cases=[
        Case("reached on the way", np.array([0.5, 0.75, 0.875, 0.9]), 0.8),
        Case("reached exactly", np.array([0.5, 0.75, 0.875]), 0.75),
        Case("never reached", np.array([0.5, 0.75, 0.875]), 0.9),
        Case("reached after the first epoch", np.array([0.92, 0.95, 0.96]), 0.9),
        Case("reached, and lost again", np.array([0.6, 0.85, 0.7, 0.95]), 0.8),
        Case("reached, and lost for good", np.array([0.6, 0.85, 0.7, 0.75]), 0.8),
        Case("one epoch", np.array([0.5]), 0.75),
        Case("short of it by a hair", np.array([0.9, 0.9496, 0.96]), 0.95),
        Case("one epoch, and it is enough", np.array([0.96]), 0.95),
        Case("reached after the first epoch alone", np.array([0.96, 0.9]), 0.95),
    ],
    draw=accuracies_and_target,
    hints=[
        "Go through the accuracies from the first on, and stop at the first one that is large enough.",
        "`for epoch, share in enumerate(accuracies, 1):` counts from 1. Inside it, `return epoch` at the right moment.",
        "None may be returned only after the loop has ended: until then the target may still be reached.",
    ],
    praise="Epochs to a target compare the speed of two training runs by one number, as long as both reach it.",
)


@exercise.mistake("Counted from 0", ask="What number does the first epoch have?")
def _(accuracies, target):
    """The place in the array was returned, which is one less than the number of the epoch."""
    for epoch, share in enumerate(accuracies):
        if share >= target:
            return epoch
    return None


@exercise.mistake("Above the target", ask="Does an accuracy of exactly the target reach it?")
def _(accuracies, target):
    """Only a larger accuracy counts, and one that equals the target does not."""
    for epoch, share in enumerate(accuracies, 1):
        if share > target:
            return epoch
    return None


@exercise.mistake("The best epoch", ask="Is it the highest accuracy that is asked for, or the first that is high enough?")
def _(accuracies, target):
    """The epoch with the highest accuracy was returned, whatever the target."""
    return int(np.argmax(accuracies)) + 1


@exercise.mistake(
    "an epoch though it is never reached", kind="fragile", ask="What is the `argmax` of an array that is all False?"
)
def _(accuracies, target):
    """Where no accuracy is large enough, the first epoch comes back. That is what `argmax` does: all comparisons are
    False, and the first of them counts as the largest."""
    return int((accuracies >= target).argmax()) + 1


@exercise.mistake(
    "A place though it is never reached",
    ask="What number does the first epoch have, and what is the `argmax` of an array that is all False?",
)
def _(accuracies, target):
    """The place in the array was returned, one less than the epoch; and where no accuracy is large enough it is 0."""
    return int((accuracies >= target).argmax())


@exercise.mistake("an error where it is never reached", kind="fragile", ask="How many places are left when none is large enough?")
def _(accuracies, target):
    """Where no accuracy is large enough there is no first place to be taken."""
    return int(np.flatnonzero(accuracies >= target)[0]) + 1


@exercise.mistake("Gives up after the first epoch", ask="When can one be sure that the target is never reached?")
def _(accuracies, target):
    """None is returned as soon as one accuracy is too small, and no later one is looked at."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
        else:
            return None


@exercise.mistake("The number of epochs that are good enough", ask="What is the answer if only the last of ten epochs passes?")
def _(accuracies, target):
    """What was counted is how many accuracies are large enough, and not when the first one came."""
    return int((accuracies >= target).sum())


@exercise.mistake("All epochs that are good enough", ask="Which of these epochs is wanted, and what if there is none?")
def _(accuracies, target):
    """It returns an array of all epochs that pass, and not the first of them."""
    return np.flatnonzero(accuracies >= target) + 1


@exercise.mistake("The last epoch that passes", ask="What happens to the answer when a second accuracy is large enough?")
def _(accuracies, target):
    """It returns the last epoch that is good enough, and not the first. The loop goes on after the first hit, and a later
    epoch takes its place."""
    found = None
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            found = epoch
    return found


@exercise.mistake("Only the end was looked at", ask="What if the target was reached, and lost again?")
def _(accuracies, target):
    """Where the last accuracy is too small it returns None, though an earlier one may have been large enough."""
    if accuracies[-1] < target:
        return None
    return int((accuracies >= target).argmax()) + 1


@exercise.mistake("The accuracy, not the epoch", ask="Which of the two does the loop hand out first, and which is wanted?")
def _(accuracies, target):
    """The first accuracy that is large enough was returned, and not when it came."""
    for share in accuracies:
        if share >= target:
            return share
    return None


@exercise.mistake(
    "0 where it is never reached", kind="convention", ask="What does the exercise want where there is no such epoch?"
)
def _(accuracies, target):
    """Some programs say 0 for "never". Here it is None, which nobody can take for a number."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
    return 0


@exercise.mistake(
    "-1 where it is never reached", kind="convention", ask="What does the exercise want where there is no such epoch?"
)
def _(accuracies, target):
    """Some programs say -1 for "never". Here it is None, which nobody can take for a number."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
    return -1


@exercise.mistake("The first epoch that is not good enough", ask="Should the accuracy be above the target, or below it?")
def _(accuracies, target):
    """It returns the first epoch whose accuracy is too small."""
    return int(np.argmax(accuracies < target)) + 1


@exercise.mistake(
    "nan where it is never reached", kind="convention", ask="What does the exercise want where there is no such epoch?"
)
def _(accuracies, target):
    """Some programs say nan for "never". Here it is None, which nobody can take for a number."""
    places = np.flatnonzero(accuracies >= target)
    return int(places[0]) + 1 if len(places) else float("nan")


@exercise.mistake("The last epoch where it is never reached", ask="What does the exercise want where there is no such epoch?")
def _(accuracies, target):
    """Where no accuracy is large enough, the total number of epochs comes back, as if the last one had reached the target."""
    places = np.flatnonzero(accuracies >= target)
    return int(places[0]) + 1 if len(places) else len(accuracies)


@exercise.mistake("Below the target", ask="Should the accuracy be above the target, or below it?")
def _(accuracies, target):
    """It returns the first epoch whose accuracy is at most the target."""
    places = np.flatnonzero(accuracies <= target)
    return int(places[0]) + 1 if len(places) else None


@exercise.mistake("Counted from 2", ask="What number does the first epoch have?")
def _(accuracies, target):
    """The number is one more than that of the epoch."""
    places = np.flatnonzero(accuracies >= target)
    return int(places[0]) + 2 if len(places) else None


@exercise.also("All epochs that are good enough")
def _(accuracies, target):
    return [epoch for epoch, share in enumerate(accuracies, 1) if share >= target]


@exercise.mistake(
    "infinity where it is never reached", kind="convention", ask="What does the exercise want where there is no such epoch?"
)
def _(accuracies, target):
    """Some programs say infinity for "never". Here it is None, which nobody can take for a number."""
    places = np.flatnonzero(accuracies >= target)
    return int(places[0]) + 1 if len(places) else float("inf")


@exercise.mistake(
    "right only if the accuracies never fall", kind="fragile", ask="Which accuracy is looked at first if one searches by halving?"
)
def _(accuracies, target):
    """A search by halving takes for granted that numbers are in order, and looks at a few of them only. After a fall it may miss
    the first epoch that passes. (That is how functions such as `np.searchsorted` find a place.)"""
    place = int(np.searchsorted(accuracies, target))
    return place + 1 if place < len(accuracies) else None


@exercise.mistake(
    "right only if the accuracies never fall, and it is reached",
    kind="fragile",
    ask="Which accuracy is looked at first if one searches by halving, and which place comes if all are too small?",
)
def _(accuracies, target):
    """A search by halving takes for granted that numbers are in order, and looks at a few of them only. After a fall it may miss
    the first epoch that passes; and if none does, the number after the last comes back. (That is how functions such as
    `np.searchsorted` find a place.)"""
    return int(np.searchsorted(accuracies, target)) + 1


@exercise.mistake("None where the first epoch reaches it", ask="Which place does the first epoch have, and does `if` count it?")
def _(accuracies, target):
    """Where the first epoch is good enough, it returns None. The place of that epoch in the array is 0, and 0 is not the same as
    nothing found."""
    place = int((accuracies >= target).argmax())
    return place + 1 if place else None


@exercise.mistake(
    "none where only the first epoch reaches it",
    kind="fragile",
    ask="Which place does the first epoch have, and does `any` count it?",
)
def _(accuracies, target):
    """Where the first epoch alone is good enough, it returns None. The only place that was found is 0 then, and 0 is not the same
    as nothing found."""
    places = np.flatnonzero(accuracies >= target)
    return int(places[0]) + 1 if places.any() else None
