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
        "Y holds the one-hot labels of a batch, and Y[5, 3] is 1. What does that say? (Rows and columns count from 0.)",
        {
            "image 3 shows a 5": "Which of the two indices is the row, and what is a row of Y?",
            "image 5 shows a 3": "Row 5 belongs to image 5, and its only 1 stands in the column of the class 3.",
            "image 5 shows a 2": "It would, if columns counted from 1 and labels from 0. Both count from 0.",
        },
        "image 5 shows a 3",
    ),
)


Prediction(
    "gradients of a silent unit",
    "07",
    "Hidden unit 2 is silent: its entry of Z1 is −0.5, that of A1 is 0. Which of its gradients will be 0?",
    {
        "all of them: activation, incoming and outgoing weights, bias": "Nearly. One of these is reached before the gate on "
        "the way back.",
        "those of its weights and its bias, but not of its activation": "The gate stops what would go to the incoming "
        "weights and the bias; the outgoing weights multiplied a 0. At the activation blame does arrive.",
        "those of its incoming weights and its bias, but not of its outgoing weights": "An outgoing weight has the unit's "
        "activation for its local slope. Which number is that?",
    },
    "those of its weights and its bias, but not of its activation",
    then="Sections 3 and 4 show it in numbers.",
)


Prediction(
    "place of 1/n",
    "07",
    "The loss is a mean over n images, the products are sums over images. Where does the 1/n belong?",
    {
        "in dZ2 and nowhere else": "It enters where the mean enters, at the loss, and everything further back inherits it.",
        "in dZ2, and again wherever images are added up": "What comes from dZ2 has the factor in it. What would a second one do?",
        "not in dZ2, but in each of dW2, db2, dW1 and db1": "These four come out right. But is dZ2 then still "
        "a slope of the loss?",
    },
    "in dZ2 and nowhere else",
)


Prediction(
    "trained with a wrong gradient",
    "07",
    "We train 784-32-10 twice, from the same weights with the same images in the same order, once with each gradient. "
    "What does the wrong one do?",
    {
        "it makes the loss grow": "For that it would have to point uphill. Which of its parts are still right?",
        "it stays near 10 %, like guessing": "For that it would have to be of no use at all. Which of its parts are still right?",
        "it reaches about 90 % and looks healthy": "The output layer's part is exact, and so is that of every unit that spoke.",
    },
    "it reaches about 90 % and looks healthy",
    then="Now run the next two cells.",
)


Prediction(
    "picture of a gradient",
    "07",
    "The gradient of these 784 weights, a column of dW1, is drawn as an image. What does it look like?",
    {
        "the unit's template": "That would be the weights themselves. Do they occur in Xᵀ dZ1?",
        "the difference between the two digits that were confused": "There is one image in the batch, and it shows one digit.",
        "the digit itself": "With one image each entry is a pixel times the blame of the unit.",
    },
    "the digit itself",
)


Prediction(
    "where the plane fails",
    "07",
    "Here the loss is 1.64 and ‖g‖² is about 400. We step with η = 0.0003, 0.003 and 0.1. "
    "For which of them can you say by pencil that the prediction must fail?",
    {
        "none": "Compute what is predicted for the largest step. Can a loss be that?",
        "0.1": "1.64 − 40 is far below 0, and no loss is below 0.",
        "0.003 and 0.1": "One of them promises a fall of 1.2, from 1.64. That may turn out wrong, but a pencil cannot say so.",
    },
    "0.1",
)
