"""Questions of notebook 20."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "20",
    (
        "what a batch is good for",
        "18",
        "X @ W1 for 64 images takes much less than 64 times as long as for one image. Why?",
        {
            "it has fewer multiplications": "It has exactly 64 times as many. What else does a product have to do?",
            "each weight is fetched once, and used 64 times": "For one image it is fetched for a single multiplication, and "
            "memory is much slower than arithmetic.",
            "64 is a power of two": "A batch of 60 is about as quick for each image. Think of the traffic with memory.",
        },
        "each weight is fetched once, and used 64 times",
    ),
    (
        "a third of the time",
        "18",
        "A profiler says that a third of a step's time goes into one function. How much faster can the step be made there?",
        {
            "at most one and a half times as fast": "If the function took no time at all, two thirds would be left: 1 / (2/3).",
            "three times as fast": "That would be so if two thirds of the time could be removed.",
            "as much as one likes, with enough care": "The other two thirds stay as they are.",
        },
        "at most one and a half times as fast",
    ),
    (
        "dropped units",
        "15",
        "Dropout with a rate of 0.5 divides the units that remain by 0.5 during training. What for?",
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
    "Twenty additions, and each uses the result before it twice. How many times is blame sent in all?",
    {
        "about 20 times": "There are 21 numbers. But each of them sends at every report that it gets, and not just once, when "
        "all are in.",
        "about 40 times": "There are 40 uses. But a number that gets two reports sends each of them on, to its own two inputs.",
        "about two million times": "The result sends 2 shares, the sum before it 4, the next one 8, and so on: twice as many "
        "with each addition. Counting the first call too, that makes 1 + 2 + 4 + … + 1 048 576 = 2 097 151.",
    },
    "about two million times",
    gives_away=("million", "2,097,151", "twice as many", "2^{20}"),
)


Prediction(
    "backward twice",
    "20",
    "Each time L starts from 1 again; every other gradient goes on from where it was, those of the numbers in between too. "
    "What is dw after the second time?",
    {
        "24": "That would be so if each gradient began at 0 again. Here the second result is added to the first.",
        "48": "That would be so, twice the right slope, if w alone went on from where it was. But q = w · x does so too: it "
        "has 12 from the first time, gets 12 more, and hands on 24.",
        "72": "The first time q hands on its 12, which makes 24. The second time q holds 12 + 12 and hands on both: 48 more.",
    },
    "72",
    gives_away=("72", "48"),
)
