"""Questions of notebook 00."""

from mlp_helpers.check.engine.questions import Prediction

Prediction(
    "middle pixel",
    "00",
    "The rule says 1 when there is ink in the middle pixel, else 0. Of 100 zeros and ones, roughly how many does it get right?",
    {
        "60": (
            "One pixel in 784 sounds like very little, and for most pairs of digits it is. But this one lies where a "
            "zero has its hole."
        ),
        "80": "That would be so if ones often missed the middle. Most writers put their stroke right through it.",
        "98": "A zero is empty in the middle, and a one is not: for these two digits the rule is excellent.",
    },
    "98",
    gives_away=("98",),
)


Prediction(
    "scribble",
    "00",
    "The trained network is shown a scribble, and then a shoe. What does it answer?",
    {
        "it is not a digit": "It has no such answer to give. Of the ten numbers that come out, each belongs to a digit.",
        "about 10 % for each digit": "That would be wise. But it has never been shown an image that was not a digit.",
        "a digit each time, with confidence": "It must divide 100 % among the ten digits, whatever the image shows.",
    },
    "a digit each time, with confidence",
    gives_away=("always says", "tempting", "must give one", "no digit", "never been shown", "must divide"),
)


Prediction(
    "other hands",
    "00",
    "We draw a 1 with a long upstroke, a 0 with a slash and a 7 with a bar, and show them to the network that has just had "
    "two rounds of training. Which does it read correctly?",
    {
        "all three": "To a person they are clear. But the network knows only what it was shown, and two of them were rare there.",
        "the 7 alone": (
            "Quite a few of the writers put a bar through their 7, so it has seen some. A 1 with a long upstroke or a 0 with a "
            "slash hardly ever came its way."
        ),
        "none of them": "That would be so if all three were rare. But quite a few of the writers put a bar through their 7.",
    },
    "the 7 alone",
    gives_away=("hardly ever", "misreads", "the bar is no", "reads the 7"),
)
