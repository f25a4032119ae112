"""Questions of notebook 19."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "19",
    (
        "why a running mean",
        "14",
        "Adam keeps running means of the gradients and of their squares. With β = 0.9, about how many steps does such a "
        "mean remember?",
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
        "Of 50 trials the best one reads 95.0 % of the validation images. What share of new images like these will it most "
        "likely read?",
        {
            "95.0 %": "It would, if it had not been chosen for that number. Part of being the best of 50 is luck.",
            "a little less": "It was chosen for a number that holds skill and luck. The luck does not come along.",
            "a little more": "Nothing makes the new images easier. And what was it chosen for?",
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


Prediction(
    "one thing changed",
    "19",
    "One of these three changes makes no difference that three seeds could show. Which one?",
    {
        "plain gradient descent, with ten times the rate": "Where the slope stays the same, momentum makes the steps ten times "
        "as long, and so does a rate ten times as large. Across the valleys plain gradient descent then jumps about more, "
        "but the falling rate makes up for that.",
        "a constant rate instead of one that rises and falls": "It costs more than half a point: every batch pulls "
        "elsewhere, and the rate never gets small enough for the walk to settle.",
        "no warps": "It costs about half a point. Without them the network learns its training images by heart.",
    },
    "plain gradient descent, with ten times the rate",
    gives_away=("costs nothing", "< 0.12", "no difference"),
)


Prediction(
    "a network that never was",
    "19",
    "At the last ten looks the network made now more and now fewer mistakes. The average of its weights is a network that "
    "was never trained, and that stood at no place of the walk. How many mistakes will it make at the end?",
    {
        "about as many as the network does on average": "That would be so if mistakes were averaged. Here weights are, and what "
        "one step has put too far to the left another has put too far to the right.",
        "fewer than the network at any of its looks": "Every place of the walk is right on the whole and wrong by chance. In the "
        "mean the chance cancels, and what is right on the whole remains.",
        "far more, for weights of different networks do not fit together": "They are hardly different networks: each is a short "
        "step from the last, and all of them are near the same place.",
    },
    "fewer than the network at any of its looks",
    gives_away=("cancel", "lowest place", "walking.min", "falls below"),
)


Prediction(
    "ten twins",
    "19",
    "The ten twins agree about all 10 000 images, and each reads about 95 % of them. Now take the network whose weights are "
    "the means of theirs: how many does it read?",
    {
        "more than each of them, as an average takes out what is wrong by chance": "On one walk it does. There the third unit is "
        "the third unit all the way; here it is a different one in each twin.",
        "as many as each of them, since all ten agree": "They agree in what they say. What is averaged is how they say it, and "
        "each of them keeps its units in other places.",
        "fewer than half": "Each unit becomes a mean of ten different ones, these means are much alike, and no unit is left that "
        "looks for anything of its own.",
    },
    "fewer than half",
    gives_away=("hill", "valley", "> 50", "destroy"),
)


Prediction(
    "four mistakes in ten",
    "19",
    "The lowest rung makes about a hundred mistakes in 10 000, the next one about sixty. How much more computing does it take?",
    {
        "about half as much again": "That would be so if each further epoch read as many new images as the one before. But the "
        "easy ones are all read by now.",
        "about twice as much": "Twice the epochs alone bring little. It took stronger warps, and more than four times the "
        "computing.",
        "more than four times as much": "The images that are left are those that resist. They "
        "want stronger warps, and far more computing to learn from them.",
    },
    "more than four times as much",
    gives_away=("further factor", "resist", "> 4"),
)


Prediction(
    "the lost digits",
    "19",
    "Many methods were measured on the 50 000, all of them known from the 10 000. What was the result?",
    {
        "many times as many mistakes: the field had learned its test set by heart": "That was the fear. But nobody trains on "
        "test images. One can only choose by them, and choosing among a few hundred ideas lets in only a little luck.",
        "a few more mistakes than before, and the order of the methods much the same": "What is "
        "chosen for being the best is a little worse than it looked. But a difference between two methods, on the same digits, "
        "is mostly real.",
        "as many mistakes as before, but a different order: the records had been luck": "It is the other way round. How hard the "
        "digits are moves all methods together, and that leaves their order as it is.",
    },
    "a few more mistakes than before, and the order of the methods much the same",
    gives_away=("slightly harder", "1.08", "a little worse than"),
)


Prediction(
    "second choices",
    "19",
    "All of these images were misread. In how many of them does the label come second among the ten probabilities?",
    {
        "in more than three quarters": "It nearly always knew which two digits the image lies between, and took the wrong one.",
        "in about half": "A third digit is rarely in question: most of these images lie between two.",
        "in about one in nine, as if by chance": "It would be, if the network had no idea. But most of these images look like "
        "one of two digits, and it has seen both.",
    },
    "in more than three quarters",
    gives_away=("in between lie", "three quarters"),
)
