"""Questions of notebook 09."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "09",
    (
        "shape of a gradient",
        "07",
        "W1 has the shape (784, 128), and the batch has 64 images. What is the shape of dW1?",
        {
            "(64, 784, 128), one table for each image": "Each image has its share, and the product Xᵀ dZ1 adds these up.",
            "(784, 128)": "A gradient has the shape of its parameter, whatever the size of the batch: it is subtracted from it.",
            "(128, 784)": "That is the other way round. The step is subtracted from W1 entry by entry, so the shapes must agree.",
        },
        "(784, 128)",
    ),
    (
        "bias over a batch",
        "07",
        "A bias is one number for all images of a batch. What is its gradient?",
        {
            "the blame of one image, with the others left out": "Then the batch could have been that one image.",
            "the largest blame in the batch": "The other images push on the same bias as well.",
            "the sum of the blame of all images": "One value used n times receives n shares of blame, and they are added up.",
        },
        "the sum of the blame of all images",
    ),
    (
        "loss of a coin",
        "04",
        "For one image the true class gets the probability 0.5. What is the cross-entropy of this image?",
        {
            "0.5": "That is the probability. The loss is the surprise at it, which is its logarithm with the sign changed.",
            "0.69": "−ln 0.5. With ten equal probabilities it would be ln 10 = 2.30.",
            "2": "That is 1/0.5. The logarithm is still to be taken.",
        },
        "0.69",
    ),
)


Prediction(
    "a tenth of the rate",
    "09",
    "Five epochs with a rate of 0.1 end at 96 % on validation. Where do five epochs with 0.01 end?",
    {
        "at about 96 %, the steps are more exact": "A step is no more exact for being shorter: the direction is the same.",
        "at about 91 %": "Each step goes a tenth as far. That is enough for the easy part of the way, not for the rest.",
        "at about 10 %, like guessing": "Then nothing would have been learned. But there are 3 910 steps, short as they are.",
    },
    "at about 91 %",
    then="Now run it in the lab, or the next cell.",
    gives_away=("91 %", "more slowly", "not far enough"),
)


Prediction(
    "a hundred times the rate",
    "09",
    "What happens with a rate of 10, a hundred times as large as usual?",
    {
        "it learns faster, but unsteadily": "That fits a rate of about 1. Here a step ends beyond the other side of the valley.",
        "the loss explodes within a few steps": (
            "Each step lands on the other side of the valley, higher than it began. There the slope is steeper, "
            "and the next step longer still."
        ),
        "the accuracy stays where it began, and nothing else happens": (
            "That would be so with a rate of 0. Here the weights move, and far."
        ),
    },
    "the loss explodes within a few steps",
    then="Now run it in the lab, or the next cell.",
    gives_away=("explode", "overshoot", "number of the step", "divergence"),
)


Prediction(
    "the rate in mid-run",
    "09",
    "Four epochs with a rate of 1, then 0.1. What does the validation accuracy do when the rate falls?",
    {
        "it stays where it is": (
            "A smaller step moves less, but it settles, where the large steps jump to and fro across the bottom."
        ),
        "it goes on as before, only more slowly": (
            "That would be so if the way were still long. Near the bottom it is the long steps that keep it from settling."
        ),
        "it leaps up within one epoch": (
            "A large rate covers the long way quickly and cannot settle: near the bottom each batch throws the "
            "weights across the valley again. A small one settles."
        ),
    },
    "it leaps up within one epoch",
    then="Now run it in the lab, or the next cell.",
    gives_away=("moment in both curves", "leap", "settle"),
)


Prediction(
    "one hidden unit",
    "09",
    "With one hidden unit, the output layer is told one number about each image. What accuracy does it reach in ten epochs?",
    {
        "about 10 %, like guessing": "That is how it begins. But a number can be small, middling or large, which says something.",
        "20 to 40 %": (
            "One unit turns an image into one number. Along a line of numbers two or three groups of digits can "
            "be told apart, and hardly more."
        ),
        "about 60 %": "For that, six of the ten digits would have to be told apart by one number.",
        "over 80 %": "The straight-line fit of notebook 02 reached that, with ten numbers for each image.",
    },
    "20 to 40 %",
    then="Now run it in the lab, or the next cell.",
    gives_away=("two or three groups", "20 to 40"),
)


Prediction(
    "eight times as many units",
    "09",
    "With 1 024 hidden units in place of 128 there are eight times as many weights. What is gained in the same number of epochs?",
    {
        "much more: the mistakes are halved": (
            "The small network has room enough for these images. In the first epochs it lacks something else: steps."
        ),
        "less, since it learns the images by heart": "It has the room for it. In a few epochs it does not get that far.",
        "a little more, for eight times the work": (
            "More units can do more, but that is not what is lacking in the first epochs. They cost eight times "
            "the products, and many times the seconds."
        ),
    },
    "a little more, for eight times the work",
    then="Now run it in the lab, or the next cell.",
    gives_away=("an inch", "eight times the work"),
)


Prediction(
    "batches of one",
    "09",
    "Batches of one image, the rate still 0.1. Each epoch has about sixty times as many steps. What happens?",
    {
        "it learns much better, thanks to many more steps": "With a rate that fits, it does, as the next run shows.",
        "it ends lower than with batches of 64": (
            "One image is a rough guide. Each step follows it as far as if 64 had agreed, and a single odd one "
            "can push a hidden unit so far that no image wakes it again."
        ),
        "the same, 64 short steps are one long one": "That would need a 64th of the rate, but the rate is still 0.1.",
    },
    "it ends lower than with batches of 64",
    then="Now run it in the lab, or the next cell.",
    gives_away=("need a smaller rate", "rough guide", "no image wakes"),
)


Prediction(
    "a hundred images",
    "09",
    "The network sees 100 training images, again and again, for 50 epochs. How many of these, and how many of the validation "
    "images, does it read in the end?",
    {
        "about 75 % of both kinds": "Why would it stop at 75 of its own 100? Their loss is what the training pushes down.",
        "all of the 100, and about 97 % of validation": "A hundred digits do not show all the ways in which people write.",
        "all of the 100, and about 75 % of validation": (
            "101 770 weights and biases against 100 images: there is room to know each of them by heart. What "
            "carries over is much less."
        ),
    },
    "all of the 100, and about 75 % of validation",
    then="Now run it in the lab, or the next cell.",
    gives_away=("by heart", "three quarters", "75 %"),
)


Prediction(
    "fifty epochs",
    "09",
    "1 000 images, batches of 16, 50 epochs. What do loss and accuracy on validation do after the tenth epoch?",
    {
        "the loss gets worse, the accuracy stays": (
            "Nearly every training image is read correctly by now, and what is left to gain is certainty. So the "
            "network becomes more certain, even where it is wrong; the accuracy counts only right and wrong, and "
            "does not see that."
        ),
        "both get worse": (
            "That is the picture in many books. But hardly any image is read differently: only the conviction has changed."
        ),
        "both still get better": "For that, the training images would have to teach more, but nearly all are read right.",
    },
    "the loss gets worse, the accuracy stays",
    then="Now run it in the lab, or the next cell.",
    gives_away=("and then for the accuracy", "loss.argmin", "has turned", "falls on", "speak of overfitting", "turning point"),
)


Prediction(
    "a rate of 2",
    "09",
    "The rate 2 is large, and the loss does not explode. What does the lab show?",
    {
        "a curve like the usual one, only rougher": "At 1 it is so. Twice that is too much.",
        "accuracy near guessing, and nearly all hidden units dead": (
            "The first steps threw the weights so far that hardly any hidden unit fires for any image. Where ReLU "
            "gives 0 the gate is shut and no blame comes back (notebook 07), so these units stay as they are for "
            "ever."
        ),
        "accuracy near guessing, and all units alive": "Then blame would flow back to the weights, and they would learn again.",
    },
    "accuracy near guessing, and nearly all hidden units dead",
    then="Now run it in the lab, or the next cell.",
    gives_away=("silently", "hardly any hidden unit", "threw the weights so far"),
)
