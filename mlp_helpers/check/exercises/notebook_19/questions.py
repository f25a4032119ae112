"""Questions of notebook 19."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "19",
    (
        "why a running mean",
        "14",
        "Adam keeps running means of the gradients and of their squares. With β = 0.9, how many steps does such a mean "
        "remember, about?",
        {
            "about ten": "The share of a step shrinks by a tenth with each step after it, and 1 / (1 − 0.9) is 10.",
            "nine tenths of them": "It keeps nine tenths of itself in each step. What is left of a gradient after twenty?",
            "all of them, with equal weight": "A plain mean does that. Here each new step pushes the older ones back.",
        },
        "about ten",
    ),
    (
        "the winner of a search",
        "17",
        "Of 50 trials the best one reads 95.0 % of the validation images. What will it read of the test images, most likely?",
        {
            "95.0 %": "It would, if it had not been chosen for that number. Part of being the best of 50 is luck.",
            "a little less": "It was chosen for a number that holds skill and luck. The luck does not come along.",
            "a little more": "Nothing has made the test images easier. And what was it chosen for?",
        },
        "a little less",
    ),
    (
        "what a search may look at",
        "17",
        "Which images may a search for settings look at, again and again?",
        {
            "those of the test set": "Then the test set would have chosen, and could no longer judge what it has chosen.",
            "those of validation": "They are there for comparing. What the winner is worth, others have to say.",
            "neither of the two": "By the training images alone the largest network that learns by heart would win.",
        },
        "those of validation",
    ),
)
