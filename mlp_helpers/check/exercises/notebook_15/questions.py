"""Questions of notebook 15."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "15",
    (
        "fair comparison of two data sets",
        "13",
        "Network A reached 91.3 % in one run, network B 91.6 % in one run. What do you know?",
        {
            "B is better": "Would A be as far behind with another seed? One run does not say.",
            "nothing yet: another seed may reverse them": "Run a few seeds of each, and set the difference beside the spread.",
            "both are equally good": "That is as bold a claim as the other one. One run each cannot tell.",
        },
        "nothing yet: another seed may reverse them",
    ),
    (
        "confusing pairs",
        "13",
        "A confusion matrix has a 30 in row 4, column 9. What does that mean?",
        {
            "30 fours were taken for nines": "A row is what the image is, a column what it was taken for.",
            "30 nines were taken for fours": "For that, look in row 9 and column 4.",
            "4 and 9 were confused 30 times, either way": "Each direction has a place of its own, and they often differ.",
        },
        "30 fours were taken for nines",
    ),
    (
        "best of twenty reported",
        "10",
        "Somebody trains 20 networks, reads 300 test images with each, and reports the best one. What is wrong?",
        {
            "nothing, the images were never trained on": "They chose the winner, who therefore looks too good on them.",
            "300 images are too many": "More images would make it better, not worse.",
            "the number is partly luck: those images chose the winner": "Choose on one set, report on another, once.",
        },
        "the number is partly luck: those images chose the winner",
    ),
)


Prediction(
    "training accuracy with dropout",
    "15",
    "With dropout, nearly a third of the hidden units are silent in each step. Does the network still reach "
    "100 % on its 2 000 training images, when all its units speak?",
    {
        "yes, or nearly": "Dropout makes learning by heart harder, not impossible. 128 units are plenty for 2 000 images.",
        "no, it stays below 90 %": "Each step thins the network out, true. But all its units speak when it is asked at the end.",
        "in some runs, with luck": "Luck decides which units are silent, anew in each of 800 steps. Over so many it evens out.",
    },
    "yes, or nearly",
    gives_away=("0.995", "hardly held back", "ends lower"),
)


Prediction(
    "asking for less",
    "15",
    "The network now learns from targets of 0.91 and 0.01. Measured with the true labels, what will loss "
    "and accuracy on validation do?",
    {
        "the loss falls and the accuracy stays, as with L2": (
            "L2 made the answers less certain, but changed hardly any of them. Where the pushing comes to an end, "
            "more images are read correctly as well."
        ),
        "the accuracy rises, and so does the loss": (
            "The network stops pushing where it is right already. But one that has learned to say 0.91 "
            "pays −ln 0.91 = 0.09 even on an image that it reads right."
        ),
        "both get worse, the targets are no longer true": (
            "The largest target is still that of the true class, and the row still sums to 1."
        ),
    },
    "the accuracy rises, and so does the loss",
    gives_away=("with the lowest loss", "raises the loss", "raises the accuracy", "0.09"),
)


Prediction(
    "worth in images",
    "15",
    "You have seen what twenty times as many real images bring. Warps make new ones, but all from the same 2 000. How much "
    "will they bring?",
    {
        "a third of that, at most": (
            "No bending makes a stroke that is missing from these 2 000 images. But hands differ mostly in tilt, size "
            "and bend, and these a warp can make."
        ),
        "nearly as much": (
            "Each batch of the 800 is bent anew: a digit returns with another tilt, size and bend, as if from another hand."
        ),
        "twice as much, for warps never end": (
            "New bends never end, but they are bends of 2 000 digits. A stroke that none of these has, no warp can make."
        ),
    },
    "nearly as much",
    gives_away=("nearly as much", "shifted or warped ones", "0.65"),
)


Prediction(
    "three more remedies",
    "15",
    "Warps and label smoothing together raise the accuracy by about three points. Now dropout, L2 and "
    "batch normalisation are added. What does that change?",
    {
        "half a point more, or better": (
            "Dropout brought a few tenths by itself. Once the images keep changing, there is less left to gain."
        ),
        "nothing to speak of": (
            "Dropout and L2 act against learning by heart, and where the images keep changing, little is left of it. "
            "Batch normalisation had nothing to cure from the start."
        ),
        "it falls back to the baseline": "None of the three does that much harm.",
    },
    "nothing to speak of",
    gives_away=("nothing to cure", "more than warps with smoothing", "nothing to speak of"),
)
