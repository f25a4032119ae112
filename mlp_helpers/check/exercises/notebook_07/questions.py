"""Questions of notebook 07."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "07",
    (
        "blame of three scores",
        "05",
        "Softmax says 0.2, 0.7, 0.1 for one image, and the first class is true. What is the gradient of the three scores?",
        {
            "−0.8, 0.7, 0.1": "What the network said, minus what is true. A step against it raises the first score.",
            "0.8, −0.7, −0.1": "Against this gradient the first score would fall, and it is the true class.",
            "0.2, 0.7, 0.1": "That is what the network said. What is true must come into it.",
        },
        "−0.8, 0.7, 0.1",
    ),
    (
        "how far to nudge",
        "05",
        "A slope is to be measured by nudging, in float64. How large is a good nudge?",
        {
            "0.1": "That measures the slope of a long bridge, not of the ground.",
            "0.00001": "Small enough for the ground, and large enough that rounding does not show.",
            "as small as the computer can": "Then the two losses differ in their last digits alone: rounding is left.",
        },
        "0.00001",
    ),
    (
        "a one in a table",
        "02",
        "Y holds the one-hot labels of a batch, and `Y[5, 3]` is 1. What does that say? (Rows and columns count from 0.)",
        {
            "image 3 shows a 5": "Which of the two indices is the row, and what is a row of Y?",
            "image 5 shows a 3": "Row 5 belongs to image 5, and its only 1 stands in the column of the class 3.",
            "image 5 shows a 2": "It would, if columns counted from 1 and labels from 0. Both count from 0.",
        },
        "image 5 shows a 3",
    ),
)


Prediction(
    "silent for one image",
    "07",
    "Of three images, hidden unit 2 speaks for the first two and is silent for the last one. What will stand in column 2 of "
    "dW1, the gradient of the weights that lead into this unit?",
    {
        "zeros": "A column of zeros belongs to units that are silent for all images, such as unit 0 here.",
        "the contributions of the two images for which it speaks": (
            "Each image has a gate of its own, and the sum runs over what comes through."
        ),
        "the contributions of all three images": (
            "Blame of the third image does arrive at the activation, in dA1. At the gate it is stopped."
        ),
    },
    "the contributions of the two images for which it speaks",
    gives_away=("gate of its own", "belongs to units that", "comes through"),
)


Prediction(
    "place of 1/n",
    "07",
    "Somebody leaves the 1/n out of dZ2, and divides each of dW2, db2, dW1 and db1 by n instead. What comes out?",
    {
        "the same four gradients": (
            "Everything further back is proportional to dZ2, so one factor may stand early or late. But dZ2, dA1 and dX are then "
            "no longer slopes of the loss, and one of four places is easily forgotten."
        ),
        "dW1 and db1 are n times too small": "That would be so if dZ2 had been divided as well.",
        "dW1 and db1 are n times too large": "They are proportional to dZ2, and are divided once themselves.",
    },
    "the same four gradients",
    gives_away=("early or late", "1.000", "proportional"),
)


Prediction(
    "trained with a wrong gradient",
    "07",
    "We train 784-128-10 twice, from the same weights with the same images in the same order, once with "
    "each gradient. What does the wrong one do?",
    {
        "it makes the loss grow": "For that it would have to point uphill. It still points roughly the right way.",
        "it stays near 10 %, like guessing": "For that it would have to be of no use at all.",
        "it reaches about 90 % and looks healthy": "The output layer's part is exact, and so is that of every unit that spoke.",
    },
    "it reaches about 90 % and looks healthy",
    then="Now run the next two cells.",
    gives_away=("90", "trains too", "for years", "stays behind", "looks broken", "ylim"),
)


Prediction(
    "picture of a gradient",
    "07",
    "The gradient of these 784 weights, a column of dW1, is drawn as an image. What does it look like?",
    {
        "the unit's template": "That would be the weights themselves, what the unit looks for. They do not occur in Xᵀ dZ1.",
        "the difference between the two digits that were confused": (
            "That comes about when many images are added up, some bright and some as negatives, which is how the templates "
            "of notebook 05 came about. Here the batch is one image."
        ),
        "the digit itself": "With one image, Xᵀ dZ1 is each pixel times the blame of the unit.",
    },
    "the digit itself",
    gives_away=("times its blame", "x[0] * dZ1", "is the image"),
)


Prediction(
    "linear prediction",
    "07",
    "Here the loss is 3.2 and ‖g‖² is about 950. We step with η = 0.0003, 0.003 and 0.1. For which of "
    "them can you say beforehand that the prediction must fail?",
    {
        "none": "For the largest step a fall of 95 is promised, and a loss that stands at 3.2 cannot keep that promise.",
        "0.1": "3.2 − 95 is far below 0, and no loss can be that.",
        "0.003 and 0.1": "0.003 promises a fall of 2.85, from 3.2. That may turn out wrong, but nothing says so beforehand.",
    },
    "0.1",
    gives_away=("plane fails", "far below 0", "part of the promised", "found[0.1]", "no loss"),
)
