"""Questions of notebook 10, Hunt the bugs. (It has hunts in place of exercises.)"""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "10",
    (
        "why not zeros",
        "08",
        "Why does a network with a hidden layer not start with all weights at 0?",
        {
            "its loss would be infinite": "Its loss is ln 10, as always when nothing is known: a good start.",
            "softmax would divide by 0": "Ten scores of 0 give each class 1/10. Nothing is divided by 0.",
            "its hidden units would stay silent and alike": "No signal goes forward through them and no blame comes back.",
        },
        "its hidden units would stay silent and alike",
    ),
    (
        "update in place",
        "08",
        "In an update, what is the difference between `W -= step` and `W = W - step`?",
        {
            "none, the second is only longer": "On paper it is so. In NumPy one of the two makes a new array.",
            "the first changes the array, the second makes another one": "Whoever holds the old one does not see the new one.",
            "the first is less exact": "Both subtract the same numbers.",
        },
        "the first changes the array, the second makes another one",
    ),
    (
        "row sums of the gradient",
        "05",
        "P holds probabilities, Y one-hot labels. What does a row of P - Y sum to?",
        {
            "1": "That is what a row of P sums to, and a row of Y too.",
            "0": "1 - 1: what one class gains, the others lose. Hunts 4 and 5 turn on it.",
            "it depends on the image": "The entries do. Their sum does not.",
        },
        "0",
    ),
)


Prediction(
    "softmax without the shift",
    "10",
    "Our pixels are scaled to [0, 1]. What will the five runs without the shift give?",
    {
        "the same accuracies as the healthy ones": (
            "As long as no score reaches 89, both formulas give the same numbers, and nothing is lost."
        ),
        "nan from the start": (
            "For that the first scores would have to reach 89. With pixels up to 1 and such weights they stay far below."
        ),
        "a few points less": "That would take a softmax that is a little wrong. This one is exact, or nan.",
    },
    "the same accuracies as the healthy ones",
    gives_away=("works for weeks", "cost nothing", "nothing is lost", "far below 89"),
)


Prediction(
    "tuned around the bug",
    "10",
    "1/n is missing, batches have 50 images, and the rate is now 0.004 in place of 0.2. What does the bug cost?",
    {
        "as much as before": "The gradient is as wrong as before, but only in its length. Its direction is right.",
        "about half as much": "That would fit a direction that is half right. It is right, and only the length was wrong.",
        "nothing": "0.004 times 50 is 0.2: step for step it is the healthy network.",
    },
    "nothing",
    gives_away=("0.004 * 50", "0.004 \\cdot 50", "cost nothing", "step for step", "was a learning rate"),
)


Prediction(
    "cost of a class without a 1",
    "10",
    "The digit 0 is a row of zeros. What does this encoding cost?",
    {
        "nothing, no other class uses that code": (
            "A person could decode it. But softmax cannot answer “nothing”: its row always sums to 1."
        ),
        "about 10 points, the zeros": (
            "That is what one would lose by never answering 0. The other nine digits do not stay unharmed."
        ),
        "much more": "The zeros are lost, and their gradients push all scores down, whatever the image.",
    },
    "much more",
    gives_away=('np.errstate(all="ignore"): print', "lopsided", "much more", "so much more"),
)


Prediction(
    "winner on fresh images",
    "10",
    "The best of 20 networks on 300 images now reads 10 000 fresh ones. On average it reads",
    {
        "as many as was reported": "That would hold for a network that was chosen before anybody looked.",
        "about one or two points fewer": (
            "It is partly good and partly lucky with these 300 images, and the luck does not come along."
        ),
        "about five points fewer": "So much luck would take fewer images, or networks that differ more.",
    },
    "about one or two points fewer",
    gives_away=("optimism", "one or two points", "lucky with", "truly"),
)
