"""Questions of notebook 17."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "17",
    (
        "one remedy at a time",
        "15",
        "A remedy raises validation accuracy by 0.2 points in one run with one seed. What is known?",
        {
            "that it helps a little": "Another seed moves the accuracy by as much, without any remedy.",
            "hardly anything until it has been repeated": "Several seeds with and without it: then the difference can be set "
            "beside the spread.",
            "that it would help more with more of it": "First it has to be known whether it helps at all.",
        },
        "hardly anything until it has been repeated",
    ),
    (
        "when to stop",
        "15",
        "Early stopping keeps the weights of the epoch with the lowest validation loss. Whose images chose that epoch?",
        {
            "those of training": "Their loss would have chosen the last epoch: it only falls.",
            "those of validation": "So the accuracy on them is no longer that on unseen images, if only by a little.",
            "those of the test set": "Nothing was chosen by it, so it can still say how good the result is.",
        },
        "those of validation",
    ),
    (
        "the rate of the classic",
        "12",
        "Averaging the loss over the classes as well made every step ten times shorter. What brings the same run back?",
        {
            "ten times as many hidden units": "They change what can be learned, and not the length of a step.",
            "a rate ten times as large": "Two settings that belong together: each loss wants its own rate.",
            "nothing": "A factor in every gradient is undone by a factor in the rate.",
        },
        "a rate ten times as large",
    ),
)


Prediction(
    "rates of a grid",
    "17",
    "Six settings, and time for 64 trials. A grid gives each setting equally many values. How many learning rates does it try?",
    {
        "2": "With two values each there are 2⁶ = 64 combinations, and the budget is used up. The other 62 trials repeat these "
        "two rates, with other values of what may not matter.",
        "about 10": "64 divided by 6: but a grid multiplies, it does not divide. Three values each would be 729 trials.",
        "64": "That is the number of trials. But in a grid most of them share their learning rate.",
    },
    "2",
    gives_away=("2⁶", "two values", "two rates"),
)


Prediction(
    "rates that are drawn",
    "17",
    "Rates are drawn evenly between 0.0001 and 1, each number as likely as any other. Of a hundred, how many are below 0.01?",
    {
        "about 50": "0.01 is in the middle between 0.0001 and 1 if one counts factors of ten. An even draw counts differences.",
        "about 25": "On a log scale each of the four powers of ten gets a quarter, and two of them lie below 0.01. An even draw "
        "gives the uppermost one nine tenths.",
        "about 1": "Below 0.01 lies a hundredth of the way from 0 to 1.",
    },
    "about 1",
    gives_away=("a hundredth", "nine tenths", "hardly any"),
)


Prediction(
    "a worker is killed",
    "17",
    "Twelve trials on two processes. After the first result one of the two processes is killed, as by a system that is short of "
    "memory. What becomes of the search?",
    {
        "it ends with an error": "That is what happens with Python's own pool of processes, which gives up when one dies.",
        "one trial is missing from the results": "The trial that it was running has left no result. But its settings are known, "
        "so it can be run once more.",
        "all twelve results arrive": "A new process takes the place of the dead one, and the trial that was lost is run again.",
    },
    "all twelve results arrive",
    gives_away=("all twelve", "run again", "new process"),
)


Prediction(
    "trials at random",
    "17",
    "How many random trials does it take until, with 95 % probability, at least one of them is among the best twentieth of all "
    "choices?",
    {
        "20": "Then it happens once on average, but in about a third of all searches not at all: 0.95²⁰ = 0.36.",
        "about 60, for two settings or for twenty": "Each trial misses the best twentieth with probability 0.95, however many "
        "settings there are; 0.95⁵⁹ is just below 0.05.",
        "about 60 for one setting, and its square for two": "That is how a grid would grow. A random trial hits a twentieth of "
        "the space with the same chance, in any number of dimensions.",
    },
    "about 60, for two settings or for twenty",
    gives_away=("59", "sixty", "0.95^"),
)


Prediction(
    "the best of thirty",
    "17",
    "Thirty networks that differ in their seed alone; each search takes the one that reads the most of 500 validation "
    "images. "
    "How many points more than a network taken blindly does the winner read: on its 500 validation images, and on test?",
    {
        "no more on either: they are all alike": "Nearly alike, but by chance each reads a few more or a few fewer of "
        "these particular 500.",
        "about 2 points more on validation, and 2 on test": "The test images have not chosen it. Most of its lead was luck with "
        "500 images, and luck does not travel.",
        "about 2 points more on validation, a few tenths on test": "It is a little better than the others, and was very lucky. "
        "The choice keeps the luck as well.",
    },
    "about 2 points more on validation, a few tenths on test",
    gives_away=("flatters", "lucky", "luck"),
)
