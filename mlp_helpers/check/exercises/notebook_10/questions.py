"""Questions of notebook 10, Hunt the bugs."""

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
            "the first changes the array, the second makes another one": "Another name for the old one does not see the new one.",
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
            "0": "1 - 1: what one class gains, the others lose.",
            "it depends on the image": "The entries do. Their sum does not.",
        },
        "0",
    ),
)


Prediction(
    "culprit of case 1",
    "10",
    "Where is the fault in case 1?",
    {
        "in the learning rate": (
            "Too large a rate looks like this. But 0.2 is fine for the trusted program, which trains the same network on "
            "the same batches."
        ),
        "before the loss: scores or probabilities are wrong": (
            "Wrong probabilities would hardly give ln 10 at the start, and wrong scores would hardly make all four gradients "
            "exactly 20 times too long."
        ),
        "between the loss and the gradients": (
            "All four gradients point the right way and are 20 times too long, for 20 images. P - Y belongs to the sum of the "
            "losses, and the loss is their mean: the division by n is missing, in the line that all four are made from."
        ),
    },
    "between the loss and the gradients",
    gives_away=("1/n", "division by n", "20 times", "too long", "sum of the losses"),
)


Prediction(
    "the rate 0.004",
    "10",
    "With suspect_1 as it was, batches of 50, and the rate 0.004 in place of 0.2: what does the bug cost now, compared "
    "with the trusted program at 0.2?",
    {
        "as much as before": "The gradient is as wrong as before, but only in its length. Its direction is right.",
        "about half as much": "That would fit a direction that is half right. It is right, and only the length was wrong.",
        "nothing": "0.004 times 50 is 0.2: step for step it is the repaired program at the old rate.",
    },
    "nothing",
    gives_away=("0.004 * 50", "0.004 \\cdot 50", "cost nothing", "costs nothing", "step for step"),
)


Prediction(
    "culprit of case 2",
    "10",
    "Which lines of the backward half are at fault in case 2?",
    {
        "P[…] -= 1, which spoils the probabilities": (
            "It writes P - Y into the array of P, in place. The loss was computed from P before that, and nobody needs P again."
        ),
        "A1 > 0, which tests the output of ReLU": (
            "What comes out of ReLU is above 0 exactly where what went in was, so A1 > 0 is right; notebook 07's mistake was "
            "A1 >= 0. Z1 >= 0 would differ only where a score is exactly 0. ReLU has no slope there, and this course takes 0."
        ),
        "none of them: each line is right on its own": (
            "What is wrong is their order. W2 has made its step already when the blame goes back through it, but the scores came "
            "from the old W2. The shorter the step, the smaller the error, and so the rate seemed to be the culprit."
        ),
    },
    "none of them: each line is right on its own",
    then="Now run the next cells, and repair it.",
    gives_away=("order of", "too early", "moved already", "made its step", "its own order", "in the wrong order"),
)


Prediction(
    "culprit of case 3",
    "10",
    "What ends the training in case 3?",
    {
        "the rate: the steps grow until everything overflows": (
            "The loss fell right up to that point, and a repaired program goes on at the same rate. A smaller "
            "rate puts off such an end, but does not rule it out."
        ),
        "an operation that cannot take every number": (
            "np.exp overflows in float32 from a score of 89 on. One image with such a score gives inf / inf, which is nan, and "
            "in the same step nan reaches all of W1."
        ),
        "the standardised pixels: something is divided by 0": (
            "Nothing is: a pixel that never changes is divided by 1. But you were close: a pixel that is nearly always dark "
            "becomes very large where it is not, and so does a score."
        ),
    },
    "an operation that cannot take every number",
    then="Now run the next cells, and repair it.",
    gives_away=("shift", "np.exp overflows", "89", "largest score"),
)


Prediction(
    "culprit of case 4",
    "10",
    "Where would you look next in case 4?",
    {
        "at what the network is given inside the loop": (
            "That is what is left when gradient, loss and update are right. Each call of permutation draws an order of its own, "
            "so images and labels no longer belong together, and the 20 images get different labels in every epoch."
        ),
        "at the learning rate, which is too small": "The weights move nearly as much as those of the trusted program.",
        "at the update, which does not reach the weights": "Then the weights would not move, and the gradient check, which "
        "measures how they moved, would fail.",
    },
    "at what the network is given inside the loop",
    then="Now run the next cells, and repair it.",
    gives_away=("apart", "belong together", "two orders", "an order of its own", "other labels"),
)


Prediction(
    "winner on fresh images",
    "10",
    "The best of 20 networks on 300 images now reads 10 000 fresh ones. On average its accuracy there is",
    {
        "as high as reported": "That would hold for a network that was chosen before anybody looked.",
        "about one or two points lower": "It is partly good and partly lucky with these 300 images, and the luck stays behind.",
        "about five points lower": "So much luck would take far fewer images.",
    },
    "about one or two points lower",
    gives_away=("optimism", "one or two points", "lucky with", "truly"),
)
