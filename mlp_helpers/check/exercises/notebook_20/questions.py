"""Questions of notebook 20."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "20",
    (
        "blame of stretched biases",
        "07",
        "The biases (k,) are added to every row of a table (n, k). How does their gradient come from dZ, that of the table?",
        {
            "it is dZ itself": "dZ has n rows, and the gradient of the biases has their shape, (k,).",
            "it is the mean of the rows of dZ": "The 1/n is in dZ already, since the loss is a mean over the images.",
            "it is the sum of the rows of dZ": "Each bias is used once for each image, and the blame of all uses adds up.",
        },
        "it is the sum of the rows of dZ",
    ),
    (
        "what a linear layer keeps",
        "11",
        "What does Linear keep on the way forwards, because it needs it on the way back?",
        {
            "its input X": "The gradient of the weights is `X.T @ dZ`. The weights are there anyway.",
            "its output Z": "No rule of the layer asks for it: dX, dW and db come from dZ, W and X.",
            "the loss": "Only the end of the chain knows that. The layer is handed dZ.",
        },
        "its input X",
    ),
    (
        "dropped units",
        "15",
        "Dropout with the rate 0.5 divides the units that remain by 0.5 while it trains. What for?",
        {
            "so that the dropped ones catch up later": "A dropped unit has no part in that step. Nothing is made up for.",
            "so that the loss is larger and learns faster": "The scale of the loss is not the aim; the mean of the units is.",
            "so that the mean of what comes out is the same with and without it": "Half of the units, each twice as loud: the "
            "next layer hears on average what it will hear without dropout.",
        },
        "so that the mean of what comes out is the same with and without it",
    ),
)


Prediction(
    "twenty doublings",
    "20",
    "Twenty additions, and each uses the result before it twice. How often is blame sent in all?",
    {
        "about 20 times": "There are 21 numbers. But each of them sends at every report that it gets, and not once for all.",
        "about 40 times": "There are 40 uses. But a number that gets two reports sends each of them on, to its own two inputs.",
        "about two million times": "The last sum sends 2 shares, the one before gets 2 and sends 4, then 8, and so on: with each "
        "addition twice as many. In all 1 + 2 + 4 + … + 1 048 576.",
    },
    "about two million times",
    gives_away=("million", "2,097,151", "twice as many", "2^{20}"),
)


Prediction(
    "backward twice",
    "20",
    "Every gradient goes on from where it was, those of the numbers in between too. What is dw after the second time?",
    {
        "24": "So it would be if each gradient began at 0 again. Here the second result is added to the first.",
        "48": "Twice the right one, if only w went on from where it was. But q = w · x does so too: it has 12 from the first "
        "time, gets 12 more, and hands on 24.",
        "72": "The first time q hands on its 12, which makes 24. The second time q holds 12 + 12 and hands on both: 48 more.",
    },
    "72",
    gives_away=("72", "48"),
)
