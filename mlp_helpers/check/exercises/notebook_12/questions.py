"""Questions of notebook 12."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "12",
    (
        "right behind, wrong before",
        "10",
        "A gradient check says: dW2 and db2 right, dW1 and db1 wrong. Where is the mistake?",
        {
            "in the loss, or in dZ2": "Everything inherits from dZ2. If it were wrong, dW2 would be wrong too.",
            "on the way back from the second layer to the first": "There the blame passes W2 and the slope of the activation.",
            "in the update": "A gradient check runs no update. It compares gradients with nudges.",
        },
        "on the way back from the second layer to the first",
    ),
    (
        "spread of seeds",
        "10",
        "Five runs of the same program, with five seeds, on 5 000 images. How far apart are their accuracies?",
        {
            "not at all": "The program is the same, but the first weights and the order of the images are not.",
            "by about half a point": "So a difference of half a point between two programs proves nothing yet.",
            "by about ten points": "Then no comparison in this course would mean anything.",
        },
        "by about half a point",
    ),
    (
        "who blames a weight",
        "07",
        "dW = AᵀdZ is a sum. Over what?",
        {
            "over the images": "Every image uses the same weight once, so its blame is added up over all of them.",
            "over the classes": "A weight leads to one output alone. Of what does a batch hold many, all using this weight?",
            "over the layers": "A weight belongs to one layer, and is used there only.",
        },
        "over the images",
    ),
)


Prediction(
    "fifty classic epochs",
    "12",
    "50 epochs of the classic. What will the validation loss do?",
    {
        "fall to the end": "The steps are short, and fifty epochs are not enough to arrive.",
        "fall, and stay level from about epoch 10 on": "It gets slower and slower, but it does not stop.",
        "fall, turn, and rise": "So says many a caption. But this network has hardly begun to learn its images by heart.",
    },
    "fall to the end",
    gives_away=("still fall", "not trained", "long enough", "not enough to arrive"),
)


Prediction(
    "a fifth of the labels",
    "12",
    "A fifth of the training labels are wrong now. What will validation accuracy, on true labels, do in 30 epochs?",
    {
        "rise to about 80 % and stay": "It would, if the network repeated what it was told. But wrong labels follow no pattern.",
        "rise to the same 93 % as before": "Four fifths are true, and agree with each other. The rest is not without effect.",
        "rise above 90 %, and then fall": (
            "First it learns what the labels have in common, and reads more than 90 % although a fifth of what it "
            "was told is false. Then it learns the false ones by heart, one by one, and each costs a little of "
            "the rest."
        ),
    },
    "rise above 90 %, and then fall",
    gives_away=("best after epoch", "makes it decline", 'and a decline"', "one by one"),
)


Prediction(
    "steps out of a mistake",
    "12",
    "And how many steps does squared error take, from the same score and at the same rate?",
    {
        "about 7 as well": "The slopes differ by far: at a = 0.01 the table has −0.0196 beside −0.99.",
        "about 30": "That would need a slope about a quarter as large. At the start, where a is 0.0025, it is 200 times smaller.",
        "about 200": "At the start its slope is 0.005, and it takes a long time before it becomes any larger.",
    },
    "about 200",
    gives_away=("214", "240", "lingers", "hardly learns"),
)


Prediction(
    "two right programs",
    "12",
    "Her program is right and reads far less. Which single change makes it read as much as ours, in the same ten epochs?",
    {
        "a learning rate of 1": (
            "A loss that is ten times smaller has gradients that are ten times smaller, and the same rate takes "
            "steps that are ten times shorter. Nothing else differs."
        ),
        "100 hidden units in place of 50": (
            "Ours has 50 as well. More of them help a little, but her steps are as short as before."
        ),
        "first weights that are ten times larger": (
            "That changes where she starts, and for the worse: sigmoids with such weights are saturated, and "
            "hardly any blame gets through."
        ),
    },
    "a learning rate of 1",
    gives_away=("disguise", "step size", "reach(1.0", "with ten times the rate"),
)
