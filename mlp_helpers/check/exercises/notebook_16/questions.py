"""Questions of notebook 16."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "16",
    (
        "velocity at rest",
        "14",
        "Momentum keeps 0.9 of its velocity. The gradient is the same in every step. How long do the steps become?",
        {
            "ten times as long as those of plain SGD": "The velocity v stays where v = 0.9 v + g, at v = 10 g.",
            "0.9 times as long": "A share of 0.9 is kept of the old velocity. What is added to it in each step?",
            "longer and longer, without end": "Each step adds the gradient, and loses a tenth of what there is. When do the two "
            "balance?",
        },
        "ten times as long as those of plain SGD",
    ),
    (
        "why the rate decays",
        "14",
        "Why does training end better when the learning rate falls towards 0?",
        {
            "the gradients become wrong near the end": "They are as right as before. What does each batch disagree about?",
            "the steps that the batches disagree about become small": "Each batch pulls its own way; short steps end in between.",
            "the network forgets less of the first epochs": "Nothing is kept of the first epochs but the weights as they are.",
        },
        "the steps that the batches disagree about become small",
    ),
    (
        "gradient of the first layer",
        "11",
        "Ten sigmoid layers: why do the first ones hardly learn?",
        {
            "they have too few weights": "They have as many as the others. What reaches them on the way back?",
            "their inputs are too small": "Their inputs are the images. Look at what comes from the other end.",
            "the blame shrinks at every layer on its way back": "Each sigmoid multiplies it by at most a quarter.",
        },
        "the blame shrinks at every layer on its way back",
    ),
)


Prediction(
    "weights of dark pixels",
    "16",
    "67 pixels at the rim are black in all 50 000 training images. Where do the weights from these pixels stand after training?",
    {
        "at 0: nothing came through them": (
            "Nothing came through, and so nothing moved them. But they did not stand at 0 in the beginning."
        ),
        "exactly where they began": (
            "Their gradient is the pixel times a blame, 0 in every step: a black pixel makes a whole row of Xᵀ ∂L/∂Z₁ zero."
        ),
        "far from 0: nothing has held them back": "Nothing has held them, and nothing has pushed them.",
    },
    "exactly where they began",
    gives_away=("random numbers at the rim", "initial random numbers", "moved[dark]"),
)


Prediction(
    "sure of what it learned by heart",
    "16",
    "A network reads all of its 5 000 training images, and about 94 % of the validation images. How sure "
    "is it, on average, of its answers on validation?",
    {
        "about 90 %": (
            "That would be modest. On the images that it knows by heart it was never wrong, and nothing there taught it to doubt."
        ),
        "about 94 %": "So it should be. But in training no answer has been wrong for a long time.",
        "about 97 %": "It was right on every image that it was trained on, and each step made it a little surer still.",
    },
    "about 97 %",
    gives_away=("mend them", "97 %", "surer than", "0.965 < sure"),
)


Prediction(
    "temperature and accuracy",
    "16",
    "All scores are divided by the same T = 1.7. What happens to the accuracy?",
    {
        "it rises, the network is less often wrongly sure": "It is less sure. But it gives the same answers.",
        "it stays as it is": (
            "Whatever is divided by the same number keeps its order, and the largest score of a row stays the largest."
        ),
        "it falls, some information is lost": "Nothing is lost: multiply by T, and the old scores are back.",
    },
    "it stays as it is",
    gives_away=("order of the", "argmax(axis=1) == P_after", "no answer", "keeps its order", "not one answer"),
)


Prediction(
    "random signs",
    "16",
    "Each pixel moves by 0.05, about 13 of 255 grey levels, so that the loss rises, and the accuracy "
    "falls from about 97 to below 65 %. Now each pixel moves by 0.05 up or down at random. What is the "
    "accuracy?",
    {
        "about 97 %": "A step at random goes up for some pixels and down for others, and the changes cancel.",
        "about 80 %": "Half of the pixels go the harmful way. But the other half go the other way, and make up for them.",
        "below 65 % as well, the steps are as long": "They are as long. But of 784 steps at random about as many help as harm.",
    },
    "about 97 %",
    gives_away=("where to", "cancel", "96.5"),
)


Prediction(
    "it looks at noise",
    "16",
    "A thousand pictures of noise: every pixel at random between black and white. How sure will the "
    "network be of its answer, on average?",
    {
        "about 10 %, there is nothing to see": "That would be wise. But it has never been shown when to say so.",
        "about 30 %": "That would take ten scores that are much alike.",
        "more than 50 %": (
            "Sums over 784 bright pixels scatter widely, so one class is usually well ahead, and softmax gives it a large share."
        ),
    },
    "more than 50 %",
    gives_away=("none of them is", "0.5 and P_clothes", "scatter"),
)


Prediction(
    "labels by lot",
    "16",
    "1 000 images keep their pixels, but their labels are dealt out anew, at random. The network "
    "784-128-10 trains on them for 60 epochs. How many of these 1 000 will it get right?",
    {
        "about 10 %, there is nothing to learn": "There is no rule to learn. But there are a thousand single answers.",
        "about half": "What lets it learn one half lets it learn the other: each label stands alone.",
        "practically all": "With a hundred weights for every label it can learn them by heart, one by one.",
    },
    "practically all",
    gives_away=("weights for 1 000", "learn labels", "fitted > 0.99", "telephone", "perfect score"),
)
