"""Questions of notebook 08."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "08",
    (
        "blame of many uses",
        "06",
        "A value is used in three places. What blame does it receive?",
        {
            "that of the largest use": "The other two change the loss as well, only less.",
            "the sum from all three": "When the value moves, the loss feels all three changes, and small changes add up.",
            "the product of all three": "Along one path slopes are multiplied. These are three paths side by side.",
        },
        "the sum from all three",
    ),
    (
        "silent unit",
        "06",
        "A hidden unit with ReLU has a negative score for this image. Which blame do the weights that lead into it get?",
        {
            "none": "A little more or less of the score changes nothing: ReLU gives 0 either way, and the blame stops there.",
            "the blame that arrives at the unit, unchanged": "That holds for an addition. What is the slope of ReLU below 0?",
            "the blame that arrives at the unit, with a minus": "The score is negative, not the slope. How steep is ReLU there?",
        },
        "none",
    ),
    (
        "something that bends",
        "03",
        "Two linear layers, one after the other, with nothing between them. What can they do that one cannot?",
        {
            "draw curved borders": "For that something between them would have to bend.",
            "hold more weights, and so learn more": "More weights, yes. But for any two matrices a single one does the same.",
            "nothing": "X W1 W2 is X times one matrix, and the biases become one as well.",
        },
        "nothing",
    ),
)


Prediction(
    "start from zeros",
    "08",
    "All weights and biases of 784-32-10 are 0. After 300 steps, how many of the validation images does it read?",
    {
        "about 92 %, like softmax regression": "Softmax regression started from zeros, too. But it had no layer in between.",
        "about 11 %": (
            "Every hidden unit is silent, so dW2 is 0. The blame on its way back through W2 is multiplied by 0, "
            "so dW1 is 0. Only the biases b2 learn, and all they can say is which digit is the most frequent."
        ),
        "about 97 %": "That takes weights that differ, and more than 300 steps.",
    },
    "about 11 %",
    gives_away=("11", "0.12", "cannot learn", "is silent", "never zeros"),
)


Prediction(
    "how long it takes",
    "08",
    "784-128-10, learning rate 0.1, batches of 64, ten epochs: 7 820 steps. How long will the training take?",
    {
        "seconds": "The work is done by matrix products, and processors are built for those.",
        "minutes": "With one image at a time, yes. Here 64 of them share each product.",
        "hours": "In plain Python, one product of two numbers after another, yes.",
    },
    "seconds",
    gives_away=("seconds an epoch", "in seconds", "few seconds", "of seconds"),
)


Prediction(
    "full batch or mini-batches",
    "08",
    "784-64-10, learning rate 0.1, after ten passes over the images: which reads more digits?",
    {
        "full batch, its steps are exact": (
            "They are exact, and there are ten of them. An exact direction is worth little when one may take only ten steps."
        ),
        "about equal, they have seen the same images": (
            "They have seen the same images. But what moves the weights is steps, not images."
        ),
        "mini-batches, by far": "They take 7 820 rough steps in place of ten exact ones, for the same work.",
    },
    "mini-batches, by far",
    gives_away=("cheaper", "good enough", "worth little", "steps, not images"),
)
