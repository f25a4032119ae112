"""Notebook 14: write a linear learning-rate schedule with warm-up."""

from mlp_helpers.check.engine.exercise import Case, Exercise


def linear_schedule(done, warmup=0.1):
    """Rise from 0 to 1 in a straight line during the share warmup, which is less than 1, then fall to 0 in another."""
    if done < warmup:
        return done / warmup
    return (1 - done) / (1 - warmup)


exercise = Exercise(
    linear_schedule,
    notebook="14",
    place="at home",
    cases=[
        Case("half of the warm-up is over", 0.25, 0.5),
        Case("the very start", 0.0, 0.5),
        Case("the top", 0.5, 0.5),
        Case("three quarters done", 0.75, 0.5),
        Case("the end", 1.0, 0.5),
        Case("a warm-up of a fifth, early", 0.05, 0.2),
        Case("a warm-up of a fifth, late", 0.6, 0.2),
        Case("the usual warm-up", 0.55),
        Case("no warm-up, at the start", 0.0, 0.0, harsh=True),
        Case("no warm-up, half-way", 0.5, 0.0, harsh=True),
    ],
    draw=lambda rng: (float(rng.random()), *[(), (float(rng.uniform(0.01, 0.9)),)][rng.integers(2)]),
    hints=[
        "Two straight lines, and `if done < warmup` says on which one we are.",
        "The first goes through (0, 0) and (warmup, 1). By what must `done` be divided so that it is 1 at `warmup`?",
        "The second goes through (warmup, 1) and (1, 0). `1 - done` is right at the end; what is it at `warmup`, and what "
        "must it be divided by to be 1 there?",
    ],
    praise="Whatever the learning rate is, the schedule only gives a factor for it: the two can be chosen one after the other.",
)


@exercise.mistake("It never rises", ask="What should the factor be before the first step?")
def _(done, warmup=0.1):
    """The line falls from 1 to 0 all the way: there is no warm-up."""
    return 1 - done


@exercise.mistake("It never falls", ask="What should the factor be at the end?")
def _(done, warmup=0.1):
    """After the warm-up the factor stays 1: there is no decay."""
    return min(done / warmup, 1.0) if warmup else 1.0


@exercise.mistake("A jump at the end of the warm-up", ask="What is `1 - done` where the warm-up ends, and what should it be?")
def _(done, warmup=0.1):
    """The rise ends at 1, and the fall begins below that: between two steps the rate jumps down. Between the warm-up and the
    end the factor is 1 minus `done`. (It comes to the same where the brackets around 1 minus the warm-up are missing.)"""
    return done / warmup if done < warmup else 1 - done


@exercise.also("A jump at the end of the warm-up")
def _(done, warmup=0.1):
    return done / warmup if done <= warmup else 1 - done


@exercise.mistake("The rise is as flat as the fall", ask="Where should the rising line reach 1?")
def _(done, warmup=0.1):
    """While it warms up, the factor is `done` itself. At the end of the warm-up it has only reached `warmup`."""
    return done if done < warmup else (1 - done) / (1 - warmup)


@exercise.mistake(
    "The warm-up is multiplied, not divided",
    ask="Which of the two, done * warmup or done / warmup, is 1 at the end of the warm-up?",
)
def _(done, warmup=0.1):
    """While it warms up, the factor is `done` times `warmup`. At the end of the warm-up it has only reached the square
    of `warmup`."""
    return done * warmup if done < warmup else (1 - done) / (1 - warmup)


@exercise.mistake("The fall begins at the wrong height", ask="How long is the fall, as a share of the training?")
def _(done, warmup=0.1):
    """The fall is divided by `warmup`, the length of the rise. Its own length is `1 - warmup`."""
    return done / warmup if done < warmup else (1 - done) / warmup


@exercise.mistake("The fall does not reach 0", ask="How steep must the fall be, if it has only the rest of the training?")
def _(done, warmup=0.1):
    """The fall begins at 1, as it should, but sinks by as much as `done` grows. At the end it has sunk by `1 - warmup`, and
    the rate is still above 0."""
    return done / warmup if done < warmup else 1 - (done - warmup)


@exercise.mistake("The fall has begun too early", ask="How much of the fall is over when the warm-up ends?")
def _(done, warmup=0.1):
    """`1 - done / (1 - warmup)` is as steep as it should be, but has been falling since 0."""
    return done / warmup if done < warmup else 1 - done / (1 - warmup)


@exercise.mistake("The two lines are exchanged", ask="Which of the two lines holds while `done` is below `warmup`?")
def _(done, warmup=0.1):
    """During the warm-up it gives the line of the fall, and afterwards that of the rise, which goes on above 1."""
    return done / warmup if done > warmup else (1 - done) / (1 - warmup)


@exercise.mistake("The fall is below 0", ask="Which sign does `done - 1` have, half-way?")
def _(done, warmup=0.1):
    """The sign is reversed: the factor is negative, and the steps go uphill."""
    return done / warmup if done < warmup else (done - 1) / (1 - warmup)


@exercise.mistake("The fall has no brackets", ask="What does Python compute first, the division or the subtraction?")
def _(done, warmup=0.1):
    """In the fall `warmup` is subtracted from 1 minus `done`, where it should be divided by 1 minus `warmup`. Without brackets
    around a difference, the division comes first."""
    return done / warmup if done < warmup else 1 - done / 1 - warmup


@exercise.mistake("both lines at once", kind="fragile", ask="What is divided by 0 here?")
def _(done, warmup=0.1):
    """The lower of the two lines is right for a warm-up between 0 and 1. With none it divides by 0: the rise is computed even
    where it is not wanted."""
    return min(done / warmup, (1 - done) / (1 - warmup))


@exercise.mistake("it always rises first", kind="fragile", ask="What should happen with a warm-up of 0, and what is 0 / 0?")
def _(done, warmup=0.1):
    """Right, unless there is no warm-up: with `done` and `warmup` both 0, it divides 0 by 0."""
    return done / warmup if done <= warmup else (1 - done) / (1 - warmup)


@exercise.mistake(
    "it begins at 0, always", kind="fragile", ask="What should the factor be at the start where there is no warm-up?"
)
def _(done, warmup=0.1):
    """Right, unless there is no warm-up: then the fall begins at once, at 1, and here the first factor is 0."""
    if done == 0:
        return 0.0
    return done / warmup if done < warmup else (1 - done) / (1 - warmup)


@exercise.mistake("The usual warm-up, always", ask="Who says how long the warm-up is?")
def _(done, warmup=0.1):
    """The warm-up takes a tenth of the training, whatever `warmup` says."""
    return done / 0.1 if done < 0.1 else (1 - done) / 0.9


@exercise.mistake("The fall begins at the very start", ask="What is the factor where the warm-up ends, and what should it be?")
def _(done, warmup=0.1):
    """The factor is the smaller of the rise and 1 - done, which falls from the first step on. After a warm-up it
    never reaches 1."""
    return min(done / warmup, 1 - done)


@exercise.also("The fall begins at the very start")
def _(done, warmup=0.1):
    return min(done / warmup if warmup else 1, 1 - done)
