"""Questions of notebook 13."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "13",
    (
        "what a layer keeps",
        "11",
        "A Linear layer is an object with forward and backward. What must forward leave behind for backward?",
        {
            "its input X": "dW is Xᵀ dZ: without the input of this very batch there is no gradient of the weights.",
            "its output Z": "The next layer needs Z. Which of dW, db and dX would Z enter?",
            "nothing, W and b are enough": "They are enough for dX. Look at the formula of dW again.",
        },
        "its input X",
    ),
    (
        "ten layers of small weights",
        "11",
        "Ten ReLU layers whose first weights are 0.01 times normal numbers, 100 units each. What reaches the last layer?",
        {
            "activations as large as those of the first": "He's choice of the spread does that. 0.01 is far smaller.",
            "activations of nearly 0": "Each layer makes them about fourteen times smaller, so that after ten nothing is left.",
            "activations that overflow": "That takes weights that are too large. A hundred terms of 0.01 each partly cancel.",
        },
        "activations of nearly 0",
    ),
    (
        "when to open the test set",
        "08",
        "Two networks are to be compared, and the better one reported. Which images decide which one is better?",
        {
            "the training images": "A network that knows them by heart would win. What is it worth on others?",
            "the validation images": "They decide, and the test set is opened once, for the one that was chosen.",
            "the test images": "Then the reported number is partly luck with these images: the winner was chosen for it.",
        },
        "the validation images",
    ),
)


Prediction(
    "clothes by nearest mean",
    "13",
    "On the digits of MNIST the nearest of ten mean images is right for 80 % of the images. And on ten kinds of clothes?",
    {
        "about 80 % as well": (
            "Ten classes are ten classes. But how well means tell them apart depends on how far apart they lie, "
            "and some of these lie close together."
        ),
        "about 69 %": "Clothes are harder, before any network has been trained.",
        "about 40 %": "Clothes of one kind differ a lot. But a boot, a bag and a pair of trousers have outlines of their own.",
    },
    "about 69 %",
    gives_away=("0.68", "69", "eleven points", "ten points"),
)


Prediction(
    "an epoch of clothes",
    "13",
    "Fashion-MNIST is harder, and half of its pixels are not black, against a fifth in MNIST. How long does an epoch take?",
    {
        "as long as on MNIST": (
            "Every image meets 784 · 128 + 128 · 10 = 101 632 weights, whatever it shows. Small differences in time come from "
            "whatever else the machine is doing."
        ),
        "longer, there is more to learn": "What there is to learn decides what comes out, and not how many operations it takes.",
        "longer, there is more ink": "A product with 0 would be easy for you. A processor does not look before it multiplies.",
    },
    "as long as on MNIST",
    then="Now run the next two cells.",
    gives_away=("101 632", "whatever it shows", "as long as any"),
)


Prediction(
    "which clothes are mixed up",
    "13",
    "Which two classes will the network take for each other most often?",
    {
        "trousers and dresses": "Both are long and narrow. But trousers have two legs with something black between them.",
        "sneakers and ankle boots": "Quite often. But the height of the shaft tells most of them apart: that is many pixels.",
        "two of those that cover the upper body": "Sleeves, a body, a neck: what differs is a button, a collar, a zip.",
    },
    "two of those that cover the upper body",
    gives_away=("shirt", "coat", "pullover", "upper body"),
)


Prediction(
    "five runs on clothes",
    "13",
    "Five networks, the same images, five seeds. How far apart are the best and the worst at the end, on Fashion-MNIST?",
    {
        "0.3 points or less": (
            "That is about the standard error, the luck with the images. But the five share their images. What differs is "
            "the seed, and with it the first weights and the order of the images."
        ),
        "one to six points": "The images are the same, so this is luck with the run. A table of single runs does not show it.",
        "more than fifteen points": "For that, one of them would have to fail. All five learn, and end at different places.",
    },
    "one to six points",
    gives_away=("nobody keeps", "points off", "0.8 < np"),
)
