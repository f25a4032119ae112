"""Questions of notebook 11."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "11",
    (
        "both losses high",
        "09",
        "After many epochs the training loss is still high, and the validation loss is hardly above it. What is that?",
        {
            "overfitting": "Then the training loss would be far below the other one. Are the known images read well here?",
            "underfitting": "Not even the known images are read well: too few units, or too few steps.",
            "divergence": "A loss that explodes ends far above where it began. This one came down and stopped.",
        },
        "underfitting",
    ),
    (
        "more units, more work",
        "09",
        "A hidden layer gets eight times as many units. What did that bring on MNIST?",
        {
            "an eighth of the mistakes": "The lab showed something far more modest. What limits the network besides its size?",
            "a little more accuracy, for eight times the work": "The first units bring the most. The later ones are refinements.",
            "less accuracy, it overfits at once": "It could learn more by heart. Did validation accuracy fall in the lab?",
        },
        "a little more accuracy, for eight times the work",
    ),
    (
        "slopes along one path",
        "06",
        "A path leads through three steps with the local slopes 1/4, 1/4 and 2. What is the slope along the whole path?",
        {
            "their product, 1/8": "One after another, slopes multiply.",
            "their sum, 2 1/2": "Adding is for paths that lie side by side. These steps come one after another.",
            "the smallest of them, 1/4": "A narrow place alone does not decide. What does the next step make of a quarter?",
        },
        "their product, 1/8",
    ),
)


Prediction(
    "one gate for two layers",
    "11",
    "The same ReLU object follows both hidden layers. The network has W1, W2 and W3. Which gradients, if any, will be wrong?",
    {
        "that of W1": (
            "The gate remembers only the scores of its second use. On the way back they are right for the second "
            "layer. But the blame of the first layer passes the same gate, and is let through or stopped by the "
            "scores of the second."
        ),
        "those of W1 and W2": (
            "The gate went forward twice and remembers the scores of its second use. Those are the right ones for W2."
        ),
        "all three": "W3 comes after both gates, and its gradient asks neither of them.",
        "none, ReLU is always the same formula": (
            "The formula is. But the object also remembers, and it has one memory for two places."
        ),
    },
    "that of W1",
    gives_away=("no error", "second use", "only the check"),
)


Prediction(
    "nine layers of 0.01",
    "11",
    "Ten layers, each hidden one 100 wide, all weights drawn with the spread 0.01. How large are the "
    "activations after the ninth, compared with those after the first?",
    {
        "about a hundredth": "That is a little more than half for each layer. One layer leaves √100 · 0.01 / √2 = 0.07.",
        "about a billionth": (
            "Each layer leaves √100 · 0.01 / √2 = 0.07 of what came in, and 0.07 to the eighth power is less than a billionth."
        ),
        "about equal, the biases keep them up": "The biases start at 0.",
    },
    "about a billionth",
    gives_away=("0.07", "billionth", "1e-10", "silence"),
)


Prediction(
    "nine sigmoids",
    "11",
    "Nine hidden layers with sigmoid and Xavier's weights. How large is the blame after the first, compared with that "
    "after the ninth?",
    {
        "about as large, Xavier keeps the size": (
            "The weights do. But the sigmoids lie on the way back, too, and none of them lets more than a quarter through."
        ),
        "about a tenth": "That would be one or two layers' worth. There are eight.",
        "about a hundred-thousandth": (
            "At most a quarter gets through each of eight layers, and a quarter to the eighth power is 1/65 536."
        ),
    },
    "about a hundred-thousandth",
    gives_away=("65", "starve", "8e4"),
)


Prediction(
    "what depth buys",
    "11",
    "He's weights, the same rate and six epochs for both: compared with a single hidden layer of the same width, ten layers are",
    {
        "far better, with fewer than half of the mistakes": (
            "For photographs and language, depth does such things. On small, centred digits there is less to gain."
        ),
        "a point or two better": "It is better, after the same epochs. What that is worth comes next.",
        "far worse": "So they were, with the other first weights.",
    },
    "a point or two better",
    gives_away=("0.2 < deep", "half as many parameters", "bolder"),
)
