"""Exercises and questions of notebook 09, Explore learning. (Its starred exercise is check.challenge.)"""

import numpy as np

from . import solutions
from .exercise import Case, Exercise
from .questions import Question, look_back_questions

# --- epochs_to_reach ---------------------------------------------------------------------------------------------------


def accuracies_and_target(rng):
    accuracies = rng.uniform(0.5, 1.0, int(rng.integers(1, 9))).round(2)
    return accuracies, float(rng.choice([*accuracies, 0.75, 0.99, 1.0]))


epochs_to_reach = Exercise(
    solutions.epochs_to_reach,
    notebook="09",
    place="at home",
    cases=[
        Case("reached on the way", (np.array([0.5, 0.75, 0.875, 0.9]), 0.8)),
        Case("reached exactly", (np.array([0.5, 0.75, 0.875]), 0.75)),
        Case("never reached", (np.array([0.5, 0.75, 0.875]), 0.9)),
        Case("reached after the first epoch", (np.array([0.92, 0.95, 0.96]), 0.9)),
        Case("reached, and lost again", (np.array([0.6, 0.85, 0.7, 0.95]), 0.8)),
        Case("reached, and lost for good", (np.array([0.6, 0.85, 0.7, 0.75]), 0.8)),
        Case("one epoch", (np.array([0.5]), 0.75)),
    ],
    draw=accuracies_and_target,
    hints=[
        "Go through the accuracies from the first on, and stop at the first one that is large enough.",
        "`for epoch, share in enumerate(accuracies, 1):` counts from 1. Inside it, `return epoch` at the right moment.",
        "None may be returned only after the loop has ended: until then the target may still be reached.",
    ],
    praise="Epochs to a fixed share compare the speed of two trainings by one number. Notebook 13 does so with two data sets.",
)


@epochs_to_reach.mistake("counted from 0", ask="Which number has the first epoch?")
def from_zero(accuracies, target):
    """The place in the array was returned, which is one less than the number of the epoch."""
    for epoch, share in enumerate(accuracies):
        if share >= target:
            return epoch
    return None


@epochs_to_reach.mistake("above the target", ask="Does an accuracy of exactly the target reach it?")
def above(accuracies, target):
    """Only a larger accuracy counts, and one that equals the target does not."""
    for epoch, share in enumerate(accuracies, 1):
        if share > target:
            return epoch
    return None


@epochs_to_reach.mistake("the best epoch", ask="Is it the highest accuracy that is asked for, or the first that is high enough?")
def best_epoch(accuracies, target):
    """The epoch with the highest accuracy was returned, whatever the target."""
    return int(np.argmax(accuracies)) + 1


@epochs_to_reach.mistake(
    "an epoch though it is never reached", kind="fragile", ask="What is the `argmax` of an array that is all False?"
)
def argmax_alone(accuracies, target):
    """Where no accuracy is large enough, all comparisons are False, and the first of them counts as the largest."""
    return int((accuracies >= target).argmax()) + 1


@epochs_to_reach.mistake(
    "a place though it is never reached",
    ask="Which number has the first epoch, and what is the `argmax` of an array that is all False?",
)
def argmax_from_zero(accuracies, target):
    """The place in the array was returned, one less than the epoch; and where no accuracy is large enough it is 0."""
    return int((accuracies >= target).argmax())


@epochs_to_reach.mistake(
    "an error where it is never reached", kind="fragile", ask="How many places are left when none is large enough?"
)
def first_place(accuracies, target):
    """Where no accuracy is large enough there is no first place to be taken."""
    return int(np.flatnonzero(accuracies >= target)[0]) + 1


@epochs_to_reach.mistake("gives up after the first epoch", ask="When can one be sure that the target is never reached?")
def gives_up(accuracies, target):
    """None is returned as soon as one accuracy is too small, and no later one is looked at."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
        else:
            return None


@epochs_to_reach.mistake(
    "the number of epochs that are good enough", ask="What should come when only the last of ten epochs passes?"
)
def counted(accuracies, target):
    """It was counted how many accuracies are large enough, and not when the first one came."""
    return int((accuracies >= target).sum())


@epochs_to_reach.mistake("all epochs that are good enough", ask="Which of these epochs is wanted, and what if there is none?")
def all_of_them(accuracies, target):
    """It returns an array of all epochs that pass, and not the first of them."""
    return np.flatnonzero(accuracies >= target) + 1


@epochs_to_reach.mistake("the last epoch that passes", ask="What happens to the answer when a second accuracy is large enough?")
def last_one(accuracies, target):
    """The loop goes on after the first hit, and a later epoch takes its place."""
    found = None
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            found = epoch
    return found


@epochs_to_reach.mistake("only the end was looked at", ask="What if the target was reached, and lost again?")
def by_the_end(accuracies, target):
    """Where the last accuracy is too small it returns None, though an earlier one may have been large enough."""
    if accuracies[-1] < target:
        return None
    return int((accuracies >= target).argmax()) + 1


@epochs_to_reach.mistake("the accuracy, not the epoch", ask="Which of the two does the loop hand out first, and which is wanted?")
def the_share(accuracies, target):
    """The first accuracy that is large enough was returned, and not when it came."""
    for share in accuracies:
        if share >= target:
            return share
    return None


@epochs_to_reach.mistake(
    "0 where it is never reached", kind="convention", ask="What does the exercise want where there is no such epoch?"
)
def zero_for_never(accuracies, target):
    """Some programs say 0 for "never". Here it is None, which nobody can take for a number."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
    return 0


@epochs_to_reach.mistake(
    "-1 where it is never reached", kind="convention", ask="What does the exercise want where there is no such epoch?"
)
def minus_one_for_never(accuracies, target):
    """Some programs say -1 for "never". Here it is None, which nobody can take for a number."""
    for epoch, share in enumerate(accuracies, 1):
        if share >= target:
            return epoch
    return -1


# --- diagnose_curves ---------------------------------------------------------------------------------------------------


def two_curves(rng):
    epochs = int(rng.integers(1, 9))
    train = 2.3 * np.exp(-rng.choice([0.03, 0.4, 1.0]) * np.arange(epochs)) * rng.uniform(0.9, 1.1, epochs)
    validation = train + rng.choice([0.0, 0.1, 0.5]) * np.linspace(0, 1, epochs) ** 2 + rng.uniform(0, 0.05)
    if rng.random() < 0.2:
        train[-1] = validation[-1] = rng.choice([np.nan, np.inf, 9.0])
    return train, validation


def both(train, validation):
    return np.array(train, float), np.array(validation, float)


FINE = both([0.5, 0.2, 0.1], [0.55, 0.3, 0.2])
OVERFITTING = both([1.0, 0.5, 0.3, 0.1, 0.05], [1.1, 0.6, 0.5, 0.55, 0.75])
diagnose_curves = Exercise(
    solutions.diagnose_curves,
    notebook="09",
    place="in class",
    cases=[
        Case("both fall, and stay close", FINE),
        Case("validation turns and rises", OVERFITTING),
        Case("both are still high", both([2.2, 1.1, 0.8], [2.2, 1.2, 0.9])),
        Case("far apart, and neither rises", both([1.5, 0.5, 0.1], [1.6, 0.8, 0.5])),
        Case("the loss has grown", both([2.3, 5.0, 40.0], [2.4, 5.5, 41.0])),
        Case("more than twice the first", both([2.0, 2.5, 5.0], [2.1, 2.6, 5.1])),
        Case("it trembles on one level", both([2.3, 2.29, 2.31], [2.3, 2.3, 2.31])),
        Case("not a number", both([2.3, 9.0, np.nan], [2.3, 9.5, np.nan])),
        Case("one epoch", both([0.6], [0.62])),
        Case("nothing but nan", both([np.nan], [np.nan])),
        Case("validation rises by a little", both([0.6, 0.3, 0.2], [0.6, 0.4, 0.42])),
        Case("both rise", both([2.0, 0.6, 0.9], [2.1, 0.7, 1.1])),
        Case("high, and validation rises", both([1.2, 0.6, 0.4], [1.3, 0.9, 1.3])),
        Case("validation rises slowly", both([0.5, 0.3, 0.24, 0.2, 0.18], [0.5, 0.4, 0.42, 0.44, 0.46])),
        Case("the training loss trembles at the end", both([1.0, 0.3, 0.1, 0.12], [1.1, 0.4, 0.6, 0.7])),
        Case("validation alone is high", both([0.6, 0.3, 0.2], [0.7, 0.5, 0.45])),
        Case("two and a half times", both([0.6, 0.3, 0.08], [0.6, 0.4, 0.2])),
        Case("three and a half times", both([0.6, 0.3, 0.08], [0.6, 0.4, 0.28])),
    ],
    draw=two_curves,
    hints=[
        'Ask the four questions in the order of the table, each with an `if` that returns its word: `"fine"` is left.',
        "`not np.isfinite(...)` finds nan and infinity: every comparison with nan is False.",
        "`lowest = validation_loss.argmin()` is the place of the turning point. Compare the last entry of both curves "
        "with their entry there: validation above 1.1 times as much, training below.",
    ],
    praise="The order is a part of the answer: a loss of nan is above no number, and a curve that has turned is also far apart.",
)


def in_order(train_loss, validation_loss, overfitting, low=None):
    """The other questions as they should be."""
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


@diagnose_curves.mistake("nan slips through", kind="fragile", ask="What is `np.nan > 1`, and how can one ask for nan?")
def nan_slips_through(train_loss, validation_loss):
    """A loss that is not a number is not above any other number, since every comparison with it is False."""
    lowest = validation_loss.argmin()
    if train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


@diagnose_curves.mistake("any rise counts as diverged", ask="How large must the last training loss be, beside the first?")
def any_growth(train_loss, validation_loss):
    """A training loss a little above the first one is called diverged. A training that learns nothing trembles as well."""
    if not np.isfinite(train_loss[-1]):
        return "diverged"
    if train_loss[-1] > train_loss[0]:
        return "diverged"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@diagnose_curves.mistake("only nan and infinity count as diverged", ask="What does a loss look like that is on its way there?")
def only_nan(train_loss, validation_loss):
    """A training whose loss has grown to many times the first one is not noticed."""
    lowest = validation_loss.argmin()
    if not np.isfinite(train_loss[-1]):
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


@diagnose_curves.mistake(
    "the training loss was not asked", ask="What did the training loss do since that epoch, and what does that mean?"
)
def without_training(train_loss, validation_loss):
    """It says overfitting where both losses have risen. A network that overfits gets better at its own images."""
    return in_order(train_loss, validation_loss, validation_loss[-1] > 1.1 * validation_loss.min())


@diagnose_curves.mistake(
    "nan slips through, and the training loss was not asked",
    ask="What is `np.nan > 1`? And what did the training loss do since the lowest validation loss?",
)
def without_nan_and_training(train_loss, validation_loss):
    """A loss of nan is not above any other number, since every comparison with it is False. And it says overfitting where
    both losses have risen: a network that overfits gets better at its own images."""
    if train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss.min():
        return "overfitting"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


@diagnose_curves.mistake(
    "the training loss compared with the epoch before", ask="Since which epoch should the training loss have fallen?"
)
def training_before(train_loss, validation_loss):
    """It is asked whether the training loss fell in the last epoch. A curve that falls may tremble on its way."""
    risen = validation_loss[-1] > 1.1 * validation_loss.min() and train_loss[-1] < train_loss[-2]
    return in_order(train_loss, validation_loss, risen)


@diagnose_curves.mistake("any rise counts", ask="How much may a validation loss go up and down by chance?")
def any_rise(train_loss, validation_loss):
    """The smallest rise above the lowest epoch is called overfitting. Curves tremble: the table allows a tenth."""
    lowest = validation_loss.argmin()
    risen = validation_loss[-1] > validation_loss[lowest] and train_loss[-1] < train_loss[lowest]
    return in_order(train_loss, validation_loss, risen)


@diagnose_curves.mistake(
    "compared with the epoch before", ask="A loss that rises by a hundredth in each of 50 epochs: what should be said of it?"
)
def with_the_epoch_before(train_loss, validation_loss):
    """The last epoch is compared with the one before it. A slow rise over many epochs is not seen so."""
    risen = len(validation_loss) > 1 and validation_loss[-1] > 1.1 * validation_loss[-2] and train_loss[-1] < train_loss[-2]
    return in_order(train_loss, validation_loss, risen)


@diagnose_curves.mistake("compared with the first epoch", ask="From which epoch on does the validation loss rise?")
def with_the_first(train_loss, validation_loss):
    """The last validation loss is compared with the first one. It is nearly always below it, even where it has turned."""
    return in_order(
        train_loss, validation_loss, validation_loss[-1] > 1.1 * validation_loss[0] and train_loss[-1] < train_loss[0]
    )


@diagnose_curves.mistake("the gap was asked first", ask="Which question of the table comes first when two of them say yes?")
def gap_first(train_loss, validation_loss):
    """Curves that have turned are mostly far apart as well, and here the second was asked before the first."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 3 * train_loss[-1]:
        return "gap"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@diagnose_curves.mistake(
    "underfitting was asked before overfitting", ask="Which question of the table comes first when two of them say yes?"
)
def underfitting_first(train_loss, validation_loss):
    """A training loss that is still high hides here that validation has turned already."""
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss))


@diagnose_curves.mistake(
    "underfitting by the validation loss", ask="Which of the two losses says that not even the known images are read?"
)
def by_validation(train_loss, validation_loss):
    """Underfitting is asked of the validation loss. That is high where a network overfits, too."""
    return in_order(train_loss, validation_loss, turned(train_loss, validation_loss), low=validation_loss[-1])


@diagnose_curves.mistake("the two curves have changed places", ask="Which curve turns where a network overfits?")
def swapped_curves(train_loss, validation_loss):
    """The questions for the training loss were asked of the validation loss, and the other way round."""
    return in_order(validation_loss, train_loss, turned(validation_loss, train_loss))


@diagnose_curves.mistake("the gap as a difference", ask="Does the table ask how many times as large it is, or how much larger?")
def gap_as_a_difference(train_loss, validation_loss):
    """3 was added and not multiplied: no loss that one meets is larger by 3."""
    said = in_order(train_loss, validation_loss, turned(train_loss, validation_loss))
    if said in ("gap", "fine"):
        return "gap" if validation_loss[-1] > train_loss[-1] + 3 else "fine"
    return said


# --- questions ---------------------------------------------------------------------------------------------------------

look_back_questions(
    "09",
    (
        "shape of a gradient",
        "07",
        "W1 has the shape (784, 128), and the batch has 64 images. What is the shape of dW1?",
        {
            "(64, 784, 128), one table for each image": "Each image has its share. They are added up in the product Xᵀ dZ1.",
            "(784, 128)": "Always the shape of its parameter, whatever the size of the batch: else they could not be subtracted.",
            "(128, 784)": "That is the other way round. From W1 the step is subtracted, entry by entry.",
        },
        "(784, 128)",
    ),
    (
        "bias over a batch",
        "07",
        "A bias is one number for all images of a batch. How does its gradient come about?",
        {
            "the blame of one image, the others are left out": "Then the batch could have been that one image.",
            "the largest blame in the batch": "The other images push on the same bias as well.",
            "the sum of the blame of all images": "One value used n times receives n shares of blame, and they are added up.",
        },
        "the sum of the blame of all images",
    ),
    (
        "loss of a coin",
        "04",
        "For one image the true class gets the probability 0.5. What is the cross-entropy of this image?",
        {
            "0.5": "That is the probability. The loss is the surprise at it, minus its logarithm.",
            "0.69": "−ln 0.5. With ten equal probabilities it would be ln 10 = 2.30.",
            "2": "That is 1/0.5. The logarithm is still to be taken.",
        },
        "0.69",
    ),
)

Question(
    "a tenth of the rate",
    "09",
    "Five epochs with the rate 0.1 end at 96 % on validation. Where do five epochs with 0.01 end?",
    {
        "at about 96 %, the steps are more exact": "A step is no more exact for being shorter: the direction is the same.",
        "at about 91 %": "Each step goes a tenth as far. That is enough for the easy part of the way, not for the rest.",
        "at about 10 %, like guessing": "Then nothing would have been learned. But there are 3 910 steps, short as they are.",
    },
    "at about 91 %",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "a hundred times the rate",
    "09",
    "And with the rate 10, a hundred times as large as usual?",
    {
        "it learns faster, but unsteadily": "That holds for 0.5. What does a step do that ends beyond the valley's other side?",
        "the loss explodes within a few steps": "Each step lands higher than it began, where the slope is steeper still.",
        "the accuracy stays where it began, and nothing else happens": "With a rate of 0, yes. Here the weights move, and far.",
    },
    "the loss explodes within a few steps",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "the rate in mid-run",
    "09",
    "Four epochs with the rate 1, then 0.1. What does the validation accuracy do when the rate falls?",
    {
        "it stays where it is": "A smaller step moves less. But what were the large steps doing at the bottom of the valley?",
        "it goes on as before, only more slowly": "If the way were still long, yes. Near the bottom something else holds it up.",
        "it leaps up within one epoch": "Large steps jump to and fro across the bottom. Small ones settle.",
    },
    "it leaps up within one epoch",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "one hidden unit",
    "09",
    "One hidden unit: all that the output layer learns of an image is one number. What does it reach in ten epochs?",
    {
        "about 10 %, like guessing": "So it begins. But one number can be small, middling or large, and that says something.",
        "20 to 40 %": "Along one line it can tell two or three groups of digits apart, and hardly more.",
        "about 60 %": "For that, six of the ten digits would have to be told apart by one number.",
        "over 80 %": "That is what two layers of templates do, with ten numbers for each image.",
    },
    "20 to 40 %",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "eight times as many units",
    "09",
    "1 024 hidden units in place of 128: eight times as many weights. What do they bring in the same epochs?",
    {
        "much more: the mistakes are halved": "The small network has room enough for these images. Something else holds it up.",
        "less, since it learns the images by heart": "It has the room for it. In a few epochs it does not get that far.",
        "a little more, for eight times the work": "Compare the two curves, and then the seconds.",
    },
    "a little more, for eight times the work",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "batches of one",
    "09",
    "Batches of one image, the rate still 0.1. Each epoch has 64 times as many steps. What happens?",
    {
        "it learns much better, for many more steps": "With a rate that fits, yes. What does one odd image do here?",
        "it ends far below the usual run": "Each step follows one image, as far as if 64 agreed. Many units die of it.",
        "the same, 64 short steps are one long one": "So it would be if the steps were shorter. The rate says how long they are.",
    },
    "it ends far below the usual run",
    then="Now run it in the lab, or the next cells.",
)
Question(
    "a hundred images",
    "09",
    "The network sees 100 training images, again and again, for 50 epochs. How many does it read in the end?",
    {
        "about 75 % of both kinds": "Nobody tells it to spare the 100 that it knows: their loss is what it pushes down.",
        "all of the 100, and about 97 % of validation": "A hundred digits do not show all the ways in which people write.",
        "all of the 100, and about 75 % of validation": "It knows its images by heart. What carries over is much less.",
    },
    "all of the 100, and about 75 % of validation",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "too long",
    "09",
    "1 000 images, batches of 16, 50 epochs. What do loss and accuracy on validation do after the tenth epoch?",
    {
        "the loss gets worse, the accuracy stays": "The same images are read wrongly as before, but with ever more conviction.",
        "both get worse": "That is the picture in many books. Look at the two separately.",
        "both still get better": "For that the training images must have something left to teach. They are all read rightly.",
    },
    "the loss gets worse, the accuracy stays",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "between too large and far too large",
    "09",
    "The rate 2 is large, and the loss does not explode. What does the lab show?",
    {
        "a curve like the usual one, only rougher": "At 1 it is so. Look at the line about dead units at twice that.",
        "accuracy near guessing, and nearly all hidden units dead": "The first steps threw them to where no image wakes them.",
        "accuracy near guessing, and all units alive": "Then blame would flow back to the weights, and they would learn again.",
    },
    "accuracy near guessing, and nearly all hidden units dead",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "five sigmoid layers",
    "09",
    "Five hidden layers. With ReLU they pass 90 % within an epoch or two. With sigmoid?",
    {
        "it stays near 10 %": "Each layer lets at most a quarter of the blame through. Little is left after five.",
        "the same, a bend is a bend": "Both bend. But what is the steepest slope of a sigmoid, and what is its fifth power?",
        "it explodes": "For that slopes would have to multiply to more than 1. How large can those of a sigmoid be?",
    },
    "it stays near 10 %",
    then="Now run it in the lab, or the next cell.",
)
Question(
    "the lower loss",
    "09",
    "After five epochs squared error has come down to 0.10, cross-entropy to 0.12. Which of the two networks reads more digits?",
    {
        "that with the cross-entropy": "Losses of different kinds cannot be compared. Accuracy can: it is two points higher.",
        "that with the squared error, its loss is lower": "Different measures: 1 metre is not less than 2 feet, for being 1.",
        "both the same": "They have the same images and as many steps. But the slopes that they walk down differ.",
    },
    "that with the cross-entropy",
    then="Now run it in the lab, or the next cell.",
)
