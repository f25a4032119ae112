"""Questions of notebook 03."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "03",
    (
        "seven and eight",
        "02",
        "In which encoding are a 7 and an 8 farther apart than most other pairs of classes?",
        {
            "as numbers": "There they are neighbours, 1 apart. Numbers put 0 and 9 farthest apart.",
            "as binary codes": "0111 and 1000 differ in every bit, although the numbers are neighbours.",
            "one-hot": "There any two classes are equally far apart, these no more than any others.",
        },
        "as binary codes",
    ),
    (
        "axis of the mean",
        "01",
        "X holds one image per row. What does `X.mean(axis=0)` give?",
        {
            "one mean per pixel": "Axis 0 runs from image to image and disappears: what is left is a mean image.",
            "one mean per image": "For that the mean would have to run along a row. Which axis is that?",
            "one number": "That is `X.mean()` without an axis.",
        },
        "one mean per pixel",
    ),
    (
        "accuracy to report",
        "01",
        "You have kept the best of twenty settings by their accuracy on the validation images. Which accuracy do you report?",
        {
            "its accuracy on validation": "It is the best of twenty, partly by luck with those images. Where has luck no part?",
            "its accuracy on test": "These images had no say in the choice, so its luck is not in the number.",
            "the best of the twenty on test": "That is a second choice. Which images would then be left that had no say in it?",
        },
        "its accuracy on test",
    ),
)


Prediction(
    "one neuron",
    "03",
    "In notebook 00 the best single pixel got about 86 % of the fours and nines right. What does the template reach, "
    "with 784 weights?",
    {
        "hardly more": (
            "Fours and nines share most of their ink, so the difference of their means is a few pixels at the top, and little is "
            "gained by the others. Better weights exist; notebook 05 finds them."
        ),
        "about 95 %": "Better weights do reach that, but the difference of two means is not the best template.",
        "nearly all": "That is true of zeros and ones: a zero has a hole where a one has its stroke.",
    },
    "hardly more",
    gives_away=("87", "0.84", "share most", "hardly more"),
)


Prediction(
    "bias as a column",
    "03",
    "Somebody stores the biases as a column, (h, 1), here with h = 2 neurons and a batch of n = 2 images. What happens?",
    {
        "an error": (
            "With three images it would be one: (3, 2) and (2, 1) do not fit. With two images the shapes fit, by accident."
        ),
        "a wrong result without an error": (
            "The column is repeated across the neurons: image 0 gets 10 everywhere, image 1 gets 20."
        ),
        "the right result": (
            "That was the intention. But sizes are compared from the last axis, which belongs to the neurons, and "
            "there a column has size 1."
        ),
    },
    "a wrong result without an error",
    gives_away=("without an error", "wrong", "across the neurons"),
)


Prediction(
    "stack of two",
    "03",
    "Can the stack tell apart digits that a single layer 784 → 10 cannot?",
    {
        "no": (
            "After both neurons the scores still rise in equal steps, just as they do after one. The rest of "
            "section 5 shows the same for whole layers."
        ),
        "only with good weights": (
            "Whatever the weights are, a single layer can give the same scores, so good weights do not help."
        ),
        "yes, it has more weights": (
            "It has thirteen times as many, but they have no effect of their own: multiplied out, they make one layer."
        ),
    },
    "no",
    gives_away=("6 * x", "6x", "a single layer with the same", "collapse", "is one layer", "must not be linear"),
)
