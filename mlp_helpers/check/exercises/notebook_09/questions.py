"""Questions of notebook 09."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "09",
    (
        "shape of a gradient",
        "07",
        "W1 has the shape (784, 128), and the batch has 64 images. What is the shape of dW1?",
        {
            "(64, 784, 128), one table for each image": "Each image has its share. They are added up in the product Xᵀ dZ1.",
            "(784, 128)": "Always the shape of its parameter, whatever the size of the batch: else they could not be subtracted.",
            "(128, 784)": "That is the other way round. From W1 the step is subtracted, entry by entry.",
        },
        "(784, 128)",
    ),
    (
        "bias over a batch",
        "07",
        "A bias is one number for all images of a batch. How does its gradient come about?",
        {
            "the blame of one image, the others are left out": "Then the batch could have been that one image.",
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
            "0.5": "That is the probability. The loss is the surprise at it, minus its logarithm.",
            "0.69": "−ln 0.5. With ten equal probabilities it would be ln 10 = 2.30.",
            "2": "That is 1/0.5. The logarithm is still to be taken.",
        },
        "0.69",
    ),
)


Prediction(
    "a tenth of the rate",
    "09",
    "Five epochs with the rate 0.1 end at 96 % on validation. Where do five epochs with 0.01 end?",
    {
        "at about 96 %, the steps are more exact": "A step is no more exact for being shorter: the direction is the same.",
        "at about 91 %": "Each step goes a tenth as far. That is enough for the easy part of the way, not for the rest.",
        "at about 10 %, like guessing": "Then nothing would have been learned. But there are 3 910 steps, short as they are.",
    },
    "at about 91 %",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "a hundred times the rate",
    "09",
    "And with the rate 10, a hundred times as large as usual?",
    {
        "it learns faster, but unsteadily": "That holds for 0.5. What does a step do that ends beyond the valley's other side?",
        "the loss explodes within a few steps": "Each step lands higher than it began, where the slope is steeper still.",
        "the accuracy stays where it began, and nothing else happens": "With a rate of 0, yes. Here the weights move, and far.",
    },
    "the loss explodes within a few steps",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "the rate in mid-run",
    "09",
    "Four epochs with the rate 1, then 0.1. What does the validation accuracy do when the rate falls?",
    {
        "it stays where it is": "A smaller step moves less. But what were the large steps doing at the bottom of the valley?",
        "it goes on as before, only more slowly": "If the way were still long, yes. Near the bottom something else holds it up.",
        "it leaps up within one epoch": "Large steps jump to and fro across the bottom. Small ones settle.",
    },
    "it leaps up within one epoch",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "one hidden unit",
    "09",
    "One hidden unit: all that the output layer learns of an image is one number. What does it reach in ten epochs?",
    {
        "about 10 %, like guessing": "So it begins. But one number can be small, middling or large, and that says something.",
        "20 to 40 %": "Along one line it can tell two or three groups of digits apart, and hardly more.",
        "about 60 %": "For that, six of the ten digits would have to be told apart by one number.",
        "over 80 %": "That is what two layers of templates do, with ten numbers for each image.",
    },
    "20 to 40 %",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "eight times as many units",
    "09",
    "1 024 hidden units in place of 128: eight times as many weights. What do they bring in the same epochs?",
    {
        "much more: the mistakes are halved": "The small network has room enough for these images. Something else holds it up.",
        "less, since it learns the images by heart": "It has the room for it. In a few epochs it does not get that far.",
        "a little more, for eight times the work": "Compare the two curves, and then the seconds.",
    },
    "a little more, for eight times the work",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "batches of one",
    "09",
    "Batches of one image, the rate still 0.1. Each epoch has 64 times as many steps. What happens?",
    {
        "it learns much better, for many more steps": "With a rate that fits, yes. What does one odd image do here?",
        "it ends far below the usual run": "Each step follows one image, as far as if 64 agreed. Many units die of it.",
        "the same, 64 short steps are one long one": "So it would be if the steps were shorter. The rate says how long they are.",
    },
    "it ends far below the usual run",
    then="Now run it in the lab, or the next cells.",
)


Prediction(
    "a hundred images",
    "09",
    "The network sees 100 training images, again and again, for 50 epochs. How many does it read in the end?",
    {
        "about 75 % of both kinds": "Nobody tells it to spare the 100 that it knows: their loss is what it pushes down.",
        "all of the 100, and about 97 % of validation": "A hundred digits do not show all the ways in which people write.",
        "all of the 100, and about 75 % of validation": "It knows its images by heart. What carries over is much less.",
    },
    "all of the 100, and about 75 % of validation",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "too long",
    "09",
    "1 000 images, batches of 16, 50 epochs. What do loss and accuracy on validation do after the tenth epoch?",
    {
        "the loss gets worse, the accuracy stays": "The same images are read wrongly as before, but with ever more conviction.",
        "both get worse": "That is the picture in many books. Look at the two separately.",
        "both still get better": "For that the training images must have something left to teach. They are all read rightly.",
    },
    "the loss gets worse, the accuracy stays",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "between too large and far too large",
    "09",
    "The rate 2 is large, and the loss does not explode. What does the lab show?",
    {
        "a curve like the usual one, only rougher": "At 1 it is so. Look at the line about dead units at twice that.",
        "accuracy near guessing, and nearly all hidden units dead": "The first steps threw them to where no image wakes them.",
        "accuracy near guessing, and all units alive": "Then blame would flow back to the weights, and they would learn again.",
    },
    "accuracy near guessing, and nearly all hidden units dead",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "five sigmoid layers",
    "09",
    "Five hidden layers. With ReLU they pass 90 % within an epoch or two. With sigmoid?",
    {
        "it stays near 10 %": "Each layer lets at most a quarter of the blame through. Little is left after five.",
        "the same, a bend is a bend": "Both bend. But what is the steepest slope of a sigmoid, and what is its fifth power?",
        "it explodes": "For that slopes would have to multiply to more than 1. How large can those of a sigmoid be?",
    },
    "it stays near 10 %",
    then="Now run it in the lab, or the next cell.",
)


Prediction(
    "the lower loss",
    "09",
    "After five epochs squared error has come down to 0.10, cross-entropy to 0.12. Which of the two networks reads more digits?",
    {
        "that with the cross-entropy": "Losses of different kinds cannot be compared. Accuracy can: it is two points higher.",
        "that with the squared error, its loss is lower": "Different measures: 1 metre is not less than 2 feet, for being 1.",
        "both the same": "They have the same images and as many steps. But the slopes that they walk down differ.",
    },
    "that with the cross-entropy",
    then="Now run it in the lab, or the next cell.",
)
