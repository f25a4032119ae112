"""Notebook 12: write two measures of overfitting."""

import numpy as np

from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.check.engine.task import named


def gap_and_decline(train, validation):
    """Return training minus validation at the end, and validation's best minus its last."""
    return train[-1] - validation[-1], validation.max() - validation[-1]


def two_accuracies(rng):
    epochs = int(rng.integers(1, 9))
    validation = np.round(rng.uniform(60, 95, epochs), 1)
    return np.round(validation + rng.uniform(-3, 9, epochs), 1), validation


exercise = Exercise(
    gap_and_decline,
    notebook="12",
    place="in class",
    view=named("gap", "decline"),
    cases=[
        Case("both rise, then validation falls", np.array([80.0, 95.0, 99.0]), np.array([78.0, 93.0, 91.0])),
        Case("both rise to the end", np.array([80.0, 90.0, 92.0, 95.0]), np.array([79.0, 88.0, 90.0, 94.0])),
        Case("validation above training", np.array([60.0, 70.0, 71.0, 75.0]), np.array([80.0, 91.0, 90.0, 88.0])),
        Case("both fall", np.array([90.0, 95.0, 94.0, 80.0, 85.0]), np.array([88.0, 86.0, 92.0, 81.0, 84.0])),
        Case("best in the first epoch", np.array([90.0, 93.0, 97.0]), np.array([89.0, 87.0, 86.5])),
        Case("one epoch", np.array([70.0]), np.array([65.0])),
        Case("float32", np.array([80.0, 99.0, 98.0], np.float32), np.array([78.0, 90.0, 85.0], np.float32)),
    ],
    draw=two_accuracies,
    hints=[
        "The last entry of an array is `a[-1]`. Which two last entries make the gap?",
        "For the decline only validation counts: its largest entry, `validation.max()`, and its last one.",
        "`return gap, decline` gives both. The gap is training minus validation, the decline is the best minus the last.",
    ],
    praise="Two numbers for two questions: does it carry over, and has it been trained for too long?",
)


@exercise.mistake("The gap turned round", ask="Is the gap positive when training is above validation?")
def _(train, validation):
    """Training was subtracted from validation, so an ordinary gap comes out negative."""
    return validation[-1] - train[-1], validation.max() - validation[-1]


@exercise.mistake("The decline turned round", ask="Can the decline be negative?")
def _(train, validation):
    """The best was subtracted from the last, so every decline comes out negative."""
    return train[-1] - validation[-1], validation[-1] - validation.max()


@exercise.mistake("Both turned round", ask="Which is usually larger: training or validation, the best or the last?")
def _(train, validation):
    """Both differences were taken the other way round, and ordinary gaps and all declines come out negative."""
    return validation[-1] - train[-1], validation[-1] - validation.max()


@exercise.mistake("In the other order", ask="Which of the two numbers should come first?")
def _(train, validation):
    """Both numbers are right, but the decline came first."""
    return validation.max() - validation[-1], train[-1] - validation[-1]


@exercise.mistake("The gap of the best epochs", ask="At which epoch is the gap to be read?")
def _(train, validation):
    """The best training minus the best validation accuracy: they may come from two different epochs, and the end counts."""
    return train.max() - validation.max(), validation.max() - validation[-1]


@exercise.mistake("The largest gap on the way", ask="At which epoch is the gap to be read?")
def _(train, validation):
    """The gap was taken where it was widest. It may have closed again since."""
    return (train - validation).max(), validation.max() - validation[-1]


@exercise.mistake("The mean gap", ask="At which epoch is the gap to be read?")
def _(train, validation):
    """The gap was averaged over all epochs, the early ones too, in which nothing had been learned yet."""
    return (train - validation).mean(), validation.max() - validation[-1]


@exercise.mistake("The gap where validation is best", ask="At which epoch is the gap to be read?")
def _(train, validation):
    """The gap was read in validation's best epoch. What is asked for is the network that one has at the end."""
    best = validation.argmax()
    return train[best] - validation[best], validation.max() - validation[-1]


@exercise.mistake("the gap without its sign", kind="fragile", ask="What should come out when validation lies above training?")
def _(train, validation):
    """Where validation lies above training the gap is negative. That is news, and the absolute value hides it."""
    return abs(train[-1] - validation[-1]), validation.max() - validation[-1]


@exercise.mistake("The decline of training", ask="Which of the two curves says whether new images are read worse?")
def _(train, validation):
    """How far *training* fell from its best. Harm shows on the images that are not trained on."""
    return train[-1] - validation[-1], train.max() - train[-1]


@exercise.mistake("Only the last step", ask="How far has validation fallen since its best epoch, not since the epoch before?")
def _(train, validation):
    """The last epoch was compared with the one before. A slow fall over twenty epochs would look like nothing."""
    return train[-1] - validation[-1], validation[-2] - validation[-1]


@exercise.mistake("How far it rose", ask="From which epoch does one count: the worst, or the best?")
def _(train, validation):
    """The lowest was subtracted from the last: that is how far validation has *risen*. (With losses it would be a decline.)"""
    return train[-1] - validation[-1], validation[-1] - validation.min()


@exercise.mistake("The whole range", ask="Which epoch does the decline end at: the worst one, or the last one?")
def _(train, validation):
    """From the best to the worst. The worst epoch may come before the best, as the first one mostly does, and then no harm was
    done."""
    return train[-1] - validation[-1], validation.max() - validation.min()


@exercise.mistake("Epochs since the best", ask="What unit does a decline in accuracy have?")
def _(train, validation):
    """How many epochs ago validation was best. That says when, and not how much was lost."""
    return train[-1] - validation[-1], float(len(validation) - 1 - validation.argmax())


@exercise.mistake("The gap alone", ask="How does a function return two numbers?")
def _(train, validation):
    """One number came, and it is the gap. The decline is missing."""
    return train[-1] - validation[-1]


@exercise.mistake("A dict, not two numbers", ask="What do `gap, decline = …` take from a dict: its values, or its names?")
def _(train, validation):
    """The numbers came in a dict. `gap, decline = gap_and_decline(…)` would then get two names, and no numbers."""
    return {"gap": train[-1] - validation[-1], "decline": validation.max() - validation[-1]}


@exercise.mistake("A gap for every epoch", ask="Which entry of this difference is the one at the end?")
def _(train, validation):
    """The difference of the two curves is a curve. Its last entry is the gap."""
    return train - validation, validation.max() - validation[-1]


@exercise.mistake("The decline since the first epoch", ask="From which epoch does one count: the first, or the best?")
def _(train, validation):
    """The gap is right. For the decline the last accuracy was compared with the first one, and not with the best."""
    return train[-1] - validation[-1], validation[0] - validation[-1]


@exercise.mistake("The gap at the start", ask="At which epoch is the gap to be read?")
def _(train, validation):
    """The decline is right. The gap is that of the first epoch."""
    return train[0] - validation[0], validation.max() - validation[-1]


@exercise.mistake("The epoch of the best, not its accuracy", ask="What does `argmax` give: how large, or where?")
def _(train, validation):
    """The gap is right. For the decline the number of the best epoch was taken, and not its accuracy."""
    return train[-1] - validation[-1], validation.argmax() - validation[-1]


@exercise.mistake("The decline alone", ask="How does a function return two numbers?")
def _(train, validation):
    """One number came, and it is the decline. The gap is missing."""
    return validation.max() - validation[-1]


@exercise.mistake("Ratios, not differences", ask="By how many points does training lie above validation?")
def _(train, validation):
    """The accuracies were divided by each other. Both numbers are differences, in points."""
    return train[-1] / validation[-1], validation.max() / validation[-1]


@exercise.mistake("divided by 100", kind="convention", ask="How large are the accuracies in the example: 0.91, or 91?")
def _(train, validation):
    """Both numbers are 100 times too small. The accuracies come as percentages, and their differences are points."""
    return (train[-1] - validation[-1]) / 100, (validation.max() - validation[-1]) / 100


@exercise.mistake("a gap that is cut off at 0", kind="fragile", ask="What should come out when validation lies above training?")
def _(train, validation):
    """Where validation lies above training the gap is negative. That is news, and here it comes out as 0."""
    return max(train[-1] - validation[-1], 0.0), validation.max() - validation[-1]


@exercise.mistake("All falls added up", ask="Does a fall still count if it was made good in a later epoch?")
def _(train, validation):
    """The gap is right. For the decline all falls from one epoch to the next were added up, also those that were made good again
    or came before the best epoch."""
    return train[-1] - validation[-1], np.maximum(validation[:-1] - validation[1:], 0).sum()
