"""Questions of notebook 00."""

from mlp_helpers.check.engine.questions import Question

Question(
    "middle pixel",
    "00",
    "The rule says 1 when there is ink in the middle pixel, else 0. Of 100 zeros and ones, how many does it get right, about?",
    {
        "60": "One pixel of 784 sounds like little. But which digit has a hole there?",
        "80": "It would be so if ones often missed the middle. Most writers put their stroke right through it.",
        "98": "A zero is empty in the middle, a one is not: for these two digits the rule is excellent.",
    },
    "98",
)


Question(
    "scribble",
    "00",
    "The trained network is shown a scribble, and then a shoe. What does it answer?",
    {
        "that it is no digit": "Nobody gave it that answer: it has ten outputs, and each is a digit.",
        "about 10 % for each digit": "That would be wise. But it has never been asked to be undecided about what is no digit.",
        "a digit, perhaps with great confidence": "It must divide 100 % among ten digits, and it has never seen what is none.",
    },
    "a digit, perhaps with great confidence",
)
