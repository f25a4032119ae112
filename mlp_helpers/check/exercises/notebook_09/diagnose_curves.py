"""Notebook 09: write a diagnosis of two loss curves."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise


def diagnose_curves(train_loss, validation_loss):
    """Return in one word what the losses after each epoch show, both of shape (epochs,)."""
    lowest = validation_loss.argmin()
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    if validation_loss[-1] > 3 * train_loss[-1]:
        return "gap"
    return "fine"


def two_curves(rng):
    epochs = int(rng.integers(1, 9))
    train = 2.3 * np.exp(-rng.choice([0.03, 0.4, 1.0]) * np.arange(epochs)) * rng.uniform(0.9, 1.1, epochs)
    validation = train + rng.choice([0.0, 0.1, 0.5]) * np.linspace(0, 1, epochs) ** 2 + rng.uniform(0, 0.05)
    if rng.random() < 0.3:
        validation = 4 * validation
    if rng.random() < 0.2:
        train[-1] = validation[-1] = rng.choice([np.nan, np.inf, 9.0])
    return train, validation


def both(train, validation):
    return np.array(train, float), np.array(validation, float)


FINE = both([0.5, 0.2, 0.1], [0.55, 0.3, 0.2])


OVERFITTING = both([1.0, 0.5, 0.3, 0.1, 0.05], [1.1, 0.6, 0.5, 0.55, 0.75])


exercise = Exercise(
    diagnose_curves,
    notebook="09",
    place="in class",
    cases=[
        Case("both fall, and stay close", *FINE),
        Case("validation turns and rises", *OVERFITTING),
        Case("both are still high", *both([2.2, 1.1, 0.8], [2.2, 1.2, 0.9])),
        Case("far apart, and neither rises", *both([1.5, 0.5, 0.1], [1.6, 0.8, 0.5])),
        Case("the loss has grown", *both([2.3, 5.0, 40.0], [2.4, 5.5, 41.0])),
        Case("more than twice the first", *both([2.0, 2.5, 5.0], [2.1, 2.6, 5.1])),
        Case("it goes up and down on one level", *both([2.3, 2.29, 2.31], [2.3, 2.3, 2.31])),
        Case("not a number", *both([2.3, 9.0, np.nan], [2.3, 9.5, np.nan])),
        Case("one epoch", *both([0.6], [0.62])),
        Case("nothing but nan", *both([np.nan], [np.nan])),
        Case("validation rises by a little", *both([0.6, 0.3, 0.2], [0.6, 0.4, 0.42])),
        Case("both rise", *both([2.0, 0.6, 0.9], [2.1, 0.7, 1.1])),
        Case("high, and validation rises", *both([1.2, 0.6, 0.4], [1.3, 0.9, 1.3])),
        Case("validation rises slowly", *both([0.5, 0.3, 0.24, 0.2, 0.18], [0.5, 0.4, 0.42, 0.44, 0.46])),
        Case("the training loss fluctuates at the end", *both([1.0, 0.3, 0.1, 0.12], [1.1, 0.4, 0.6, 0.7])),
        Case("validation alone is high", *both([0.6, 0.3, 0.2], [0.7, 0.5, 0.45])),
        Case("a wave of the training loss, long over", *both([0.5, 1.2, 0.2, 0.1], [0.55, 1.2, 0.3, 0.2])),
        Case("validation has doubled", *both([0.8, 0.5, 0.3, 0.1], [0.5, 0.45, 0.6, 1.2])),
        Case("between a quarter and a half", *both([0.9, 0.5, 0.4], [0.9, 0.6, 0.5])),
        Case("training was lower before", *both([2.0, 0.2, 0.3], [2.0, 0.3, 0.31])),
        Case("two and a half times", *both([0.6, 0.3, 0.08], [0.6, 0.4, 0.2])),
        Case("three and a half times", *both([0.6, 0.3, 0.08], [0.6, 0.4, 0.28])),
        Case("a fall at once", *both([0.5, 0.1, 0.1, 0.05], [0.5, 0.12, 0.11, 0.1])),
        Case("far apart on the way", *both([0.5, 0.05, 0.1], [0.5, 0.2, 0.2])),
        Case("training has doubled since its best", *both([1.0, 0.1, 0.24], [1.0, 0.26, 0.25])),
        Case("both turn, and training ends above its start", *both([1.0, 0.5, 1.3], [1.1, 0.6, 1.5])),
        Case("training was lower in between", *both([1.0, 0.3, 0.1, 0.4], [1.1, 0.4, 0.5, 0.6])),
        Case("a low loss has more than doubled", *both([0.5, 0.9, 1.5], [0.6, 1.0, 1.6])),
        Case("validation rises by less than a tenth", *both([0.6, 0.3, 0.2], [0.6, 0.4, 0.43])),
        Case("far apart, and training is still high", *both([1.0, 0.5, 0.4], [1.9, 1.7, 1.5])),
        Case("training more than doubles, after a step down", *both([1.0, 5.0, 3.0], [1.0, 0.5, 2.0])),
        Case("infinite once, and recovered", *both([2.3, np.inf, 0.4], [2.3, 2.0, 0.5]), harsh=True),
        Case("nothing but infinity", *both([np.inf], [np.inf]), harsh=True),
        Case("validation rises by exactly a tenth", *both([0.6, 0.3, 0.2], [0.6, 0.5, 0.55]), harsh=True),
        Case("validation rises, training stands still", *both([0.6, 0.2, 0.2], [0.6, 0.4, 0.5]), harsh=True),
        Case("exactly a quarter", *both([1.0, 0.5, 0.25], [1.0, 0.5, 0.25]), harsh=True),
        Case("exactly twice the first", *both([1.0, 1.5, 2.0], [1.0, 1.5, 2.0]), harsh=True),
        Case("exactly three times", *both([1.0, 0.5, 0.125], [1.0, 0.5, 0.375]), harsh=True),
    ],
    draw=two_curves,
    hints=[
        'Ask the four questions in the order of the table, each with an `if` that returns its word: `"fine"` is left.',
        "`not np.isfinite(...)` finds nan and infinity: every comparison with nan is False.",
        "`lowest = validation_loss.argmin()` is the place of the turning point. Compare the last entry of both curves "
        "with their entry there: validation above 1.1 times as much, training below.",
    ],
    praise="The order is a part of the answer: a loss of nan is above no number, and curves that have turned are usually "
    "far apart as well.",
)


def in_order(train_loss, validation_loss, overfitting, low=None):
    """Ask the other questions in the right order."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if overfitting:
        return "overfitting"
    if (train_loss[-1] if low is None else low) > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


def turned(train_loss, validation_loss):
    lowest = validation_loss.argmin()
    return validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]


@exercise.mistake("nan slips through", kind="fragile", ask="What is `np.nan > 1`, and how can one test for nan?")
def _(train_loss, validation_loss):
    """A loss that is not a number is neither above nor below any other number."""
    lowest = validation_loss.argmin()
    if train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


@exercise.mistake("Any rise counts as diverged", ask="How large must the last training loss be, compared with the first?")
def _(train_loss, validation_loss):
    """A training loss a little above the first one is called diverged. Where nothing is learned, a loss fluctuates, too."""
    if not np.isfinite(train_loss[-1]):
        return "diverged"
    if train_loss[-1] > train_loss[0]:
        return "diverged"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@exercise.mistake("Only nan and infinity count as diverged", ask="What does a loss that is on its way there look like?")
def _(train_loss, validation_loss):
    """A training whose loss has grown to many times the first one is not noticed."""
    lowest = validation_loss.argmin()
    if not np.isfinite(train_loss[-1]):
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


@exercise.mistake(
    "The training loss was not asked", ask="What has the training loss done since that epoch, and what does that mean?"
)
def _(train_loss, validation_loss):
    """It says overfitting where both losses have risen. A network that overfits gets better at its own images."""
    return in_order(train_loss, validation_loss, validation_loss[-1] > 1.1 * validation_loss.min())


@exercise.mistake(
    "Nan slips through, and the training loss was not asked",
    ask="What is `np.nan > 1`? And what has the training loss done since the lowest validation loss?",
)
def _(train_loss, validation_loss):
    """A loss of nan is neither above nor below any other number. And it says overfitting where
    both losses have risen: a network that overfits gets better at its own images."""
    if train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss.min():
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


@exercise.mistake(
    "The training loss compared with the first epoch", ask="Since which epoch should the training loss have fallen?"
)
def _(train_loss, validation_loss):
    """This asks whether the training loss ended below that of the first epoch. It nearly always does, even where both losses
    have turned: what counts is how it has gone since the lowest validation loss."""
    risen = validation_loss[-1] > 1.1 * validation_loss.min() and train_loss[-1] < train_loss[0]
    return in_order(train_loss, validation_loss, risen)


@exercise.mistake(
    "The training loss compared with the epoch before", ask="Since which epoch should the training loss have fallen?"
)
def _(train_loss, validation_loss):
    """This asks whether the training loss fell in the last epoch. A falling curve may fluctuate on its way."""
    risen = validation_loss[-1] > 1.1 * validation_loss.min() and train_loss[-1] < train_loss[-2]
    return in_order(train_loss, validation_loss, risen)


@exercise.mistake("Any rise counts", ask="How much may a validation loss go up and down by chance?")
def _(train_loss, validation_loss):
    """The smallest rise above the lowest epoch is called overfitting. Curves fluctuate, so the table allows a tenth."""
    lowest = validation_loss.argmin()
    risen = validation_loss[-1] > validation_loss[lowest] and train_loss[-1] < train_loss[lowest]
    return in_order(train_loss, validation_loss, risen)


@exercise.mistake(
    "Compared with the epoch before", ask="A loss that rises by a hundredth in each of 50 epochs: what should be said of it?"
)
def _(train_loss, validation_loss):
    """The last epoch is compared with the one before it. A slow rise over many epochs is not seen that way."""
    risen = len(validation_loss) > 1 and validation_loss[-1] > 1.1 * validation_loss[-2] and train_loss[-1] < train_loss[-2]
    return in_order(train_loss, validation_loss, risen)


@exercise.mistake("Compared with the first epoch", ask="From which epoch on does the validation loss rise?")
def _(train_loss, validation_loss):
    """The last validation loss is compared with the first one. It is nearly always below it, even where it has turned."""
    return in_order(
        train_loss, validation_loss, validation_loss[-1] > 1.1 * validation_loss[0] and train_loss[-1] < train_loss[0]
    )


@exercise.mistake("The gap was asked first", ask="Which question of the table comes first when two of them say yes?")
def _(train_loss, validation_loss):
    """Curves that have turned are usually far apart as well, and here the second was asked before the first."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 3 * train_loss[-1]:
        return "gap"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@exercise.mistake(
    "The gap was asked before underfitting", ask="Which question of the table comes first when two of them say yes?"
)
def _(train_loss, validation_loss):
    """Where the training loss is still high, and the curves are far apart as well, it says gap. The table asks about underfitting
    first."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if turned(train_loss, validation_loss):
        return "overfitting"
    if validation_loss[-1] > 3 * train_loss[-1]:
        return "gap"
    return "underfitting" if train_loss[-1] > 0.25 else "fine"


@exercise.mistake(
    "Overfitting was asked before diverged", ask="Which question of the table comes first when two of them say yes?"
)
def _(train_loss, validation_loss):
    """A training loss that has grown to more than twice the first one is called overfitting, where it had been larger still when
    the validation loss was lowest. The table asks first whether the training diverged."""
    if turned(train_loss, validation_loss):
        return "overfitting"
    return in_order(train_loss, validation_loss, overfitting=False)


@exercise.mistake(
    "Underfitting was asked before overfitting", ask="Which question of the table comes first when two of them say yes?"
)
def _(train_loss, validation_loss):
    """A training loss that is still high hides here that validation has turned already."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@exercise.mistake(
    "Underfitting by the validation loss", ask="Which of the two losses says that not even the known images are read?"
)
def _(train_loss, validation_loss):
    """It looks for underfitting in the validation loss. That is high where a network overfits, too."""
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss), low=validation_loss[-1])


@exercise.mistake("The two curves have changed places", ask="Which curve turns where a network overfits?")
def _(train_loss, validation_loss):
    """The questions for the training loss were asked of the validation loss, and the other way round."""
    return in_order(validation_loss, train_loss, turned(validation_loss, train_loss))


@exercise.mistake("No gap is found", ask="Does the table ask how many times as large it is, or how much larger?")
def _(train_loss, validation_loss):
    """Where the validation loss is more than 3 times as large, the word "gap" does not come. With `+ 3` in place of
    `3 *`, for instance, no loss that occurs in practice is large enough."""
    said = in_order(train_loss, validation_loss, turned(train_loss, validation_loss))
    if said in ("gap", "fine"):
        return "gap" if validation_loss[-1] > train_loss[-1] + 3 else "fine"
    return said


@exercise.mistake(
    "0.1 was added, not multiplied by 1.1", ask="Does the table ask how many times as large it is, or how much larger?"
)
def _(train_loss, validation_loss):
    """It says overfitting after a rise of 0.1, and not of a tenth. For a loss of 0.4 a tenth is 0.04."""
    lowest = validation_loss.argmin()
    risen = validation_loss[-1] > validation_loss[lowest] + 0.1 and train_loss[-1] < train_loss[lowest]
    return in_order(train_loss, validation_loss, risen)


@exercise.mistake("2 was added, not multiplied", ask="Does the table ask how many times as large it is, or how much larger?")
def _(train_loss, validation_loss):
    """It says diverged where the training loss has grown by more than 2. A loss of 0.5 has doubled when it is at 1."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > train_loss[0] + 2:
        return "diverged"
    if turned(train_loss, validation_loss):
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


@exercise.mistake("The largest loss instead of the last", ask="Which training loss does the table compare with the first one?")
def _(train_loss, validation_loss):
    """It says diverged where the training loss has been large on its way, and has come down again."""
    if not np.isfinite(train_loss).all() or train_loss.max() > 2 * train_loss[0]:
        return "diverged"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@exercise.mistake("Diverged by the validation loss", ask="Which of the two losses grows where a network overfits?")
def _(train_loss, validation_loss):
    """It looks for divergence in the validation loss. That grows where a network overfits, too."""
    if not np.isfinite(validation_loss[-1]) or validation_loss[-1] > 2 * validation_loss[0]:
        return "diverged"
    return in_order(np.minimum(train_loss, 2 * train_loss[0]), validation_loss, turned(train_loss, validation_loss))


@exercise.mistake("The smallest loss instead of the last", ask="Which training loss does the table compare with 0.25?")
def _(train_loss, validation_loss):
    """It looks for underfitting in the smallest training loss on the way, and not in the last one."""
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss), low=train_loss.min())


@exercise.mistake("Another limit for underfitting", ask="Above which training loss does the table say underfitting?")
def _(train_loss, validation_loss):
    """Training losses between a quarter and a half are not called underfitting."""
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss), low=train_loss[-1] / 2)


@exercise.mistake("Underfitting by the first loss", ask="Which training loss does the table compare with 0.25?")
def _(train_loss, validation_loss):
    """It looks for underfitting in the training loss after the first epoch, and not in the last one."""
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss), low=train_loss[0])


@exercise.mistake("capital letters", kind="convention", ask="How does the table write its words?")
def _(train_loss, validation_loss):
    """The words are right, with a capital letter. Whoever compares them with those of the table finds no match."""
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss)).capitalize()


@exercise.mistake("Since the lowest training loss", ask="Which of the two curves turns where a network overfits?")
def _(train_loss, validation_loss):
    """The turning point was looked for in the training curve, which hardly ever turns."""
    lowest = train_loss.argmin()
    turns = validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]
    return in_order(train_loss, validation_loss, turns)


@exercise.mistake("Underfitting by the mean", ask="Which training loss does the table compare with 0.25?")
def _(train_loss, validation_loss):
    """It looks for underfitting in the mean of all training losses, the early ones too."""
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss), low=train_loss.mean())


@exercise.mistake("Twice the smallest loss", ask="With which training loss does the table compare the last one?")
def _(train_loss, validation_loss):
    """It says diverged where the training loss has come to more than twice its smallest. The table asks for twice the first."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss.min():
        return "diverged"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@exercise.mistake("A gap on the way", ask="In which epoch does the table compare the two curves?")
def _(train_loss, validation_loss):
    """It says gap where the curves were far apart in some epoch. The table asks about the last one."""
    said = in_order(train_loss, validation_loss, turned(train_loss, validation_loss))
    return "gap" if said == "fine" and (validation_loss > 3 * train_loss).any() else said


@exercise.mistake(
    "The smallest training loss since then", ask="Which training loss does the table compare with the one in that epoch?"
)
def _(train_loss, validation_loss):
    """It looks for overfitting in the smallest training loss, not in the last one. The network may have lost again what it had
    gained."""
    lowest = validation_loss.argmin()
    risen = validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss.min() < train_loss[lowest]
    return in_order(train_loss, validation_loss, risen)


@exercise.mistake("at least, not above", kind="fragile", ask="What does the table say of a last training loss of exactly 0.25?")
def _(train_loss, validation_loss):
    """Right, except where a loss lies exactly on a limit. The table says "above" of all of them."""
    lowest = validation_loss.argmin()
    if not np.isfinite(train_loss[-1]) or train_loss[-1] >= 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] >= 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss[-1] >= 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] >= 3 * train_loss[-1] else "fine"


@exercise.also("at least, not above")
def _(train_loss, validation_loss):
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss), low=np.nextafter(train_loss[-1], 1))
