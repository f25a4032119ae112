"""Questions of notebook 06."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "06",
    (
        "two points ahead",
        "04",
        "One score of an image is 2 points above another. How do their probabilities compare, after softmax?",
        {
            "they differ by 0.2": "That difference depends on all the other scores too. What does exp make of z + 2?",
            "one is twice the other": "That takes a difference of ln 2, about 0.7.",
            "one is 7.4 times the other": "A difference of scores becomes a ratio of probabilities, and e² is 7.4.",
        },
        "one is 7.4 times the other",
    ),
    (
        "ten times less sure",
        "04",
        "The true class first had the probability 0.1, and later only 0.01. What happened to the cross-entropy of this image?",
        {
            "it grew by 0.09": "The loss does not look at the probability itself, but at its logarithm.",
            "it grew by 2.3": "Each factor of 10 costs ln 10 = 2.3, at 0.1 as well as at 0.001.",
            "it became ten times as large": "From 2.3 to 23? Surprises add up where probabilities multiply.",
        },
        "it grew by 2.3",
    ),
    (
        "pixel number 30",
        "01",
        "An image of 28 × 28 pixels is laid out as one row. Where in the image was entry 30? (Everything counts from 0.)",
        {
            "row 1, column 2": "The first 28 entries, 0 to 27, are row 0. Entry 28 begins row 1, and entry 30 is two further.",
            "row 2, column 1": "Rows are laid one after another. How many entries does row 0 take?",
            "row 0, column 30": "A row of the image has 28 pixels.",
        },
        "row 1, column 2",
    ),
)


Prediction(
    "value used twice",
    "06",
    "u = x + 1, v = 2x and L = u · v. At x = 3 the blame of u is 6, and that of v is 4. What is the blame of x?",
    {
        "6": "That is what comes through u. When x grows, v grows as well.",
        "8": "That is what comes through v, the local slope 2 times 4. There is another way from x to L, through u.",
        "14": "6 comes through u and 8 through v. When x grows a little, both grow, and L feels both changes.",
        "48": "That is 6 times 8. Slopes multiply along a path, one after another. Here two paths lie side by side.",
    },
    "14",
    gives_away=("the sum of", "14", "adds up", "add up", "every sum"),
)


Prediction(
    "blame of an activation",
    "06",
    "v11 = 1, v12 = −0.5, dz1 = 0.6225, dz2 = −0.6225. With a pencil: what is da1, rounded?",
    {
        "0.93": "0.6225 comes back from score 1, and 0.3112 from score 2: there a minus meets a minus.",
        "0.62": "That is what comes back from score 1. The activation goes into score 2 as well.",
        "0.31": "That is the one minus the other. But a negative weight times negative blame is positive.",
    },
    "0.93",
    then="Now write it as a function.",
    gives_away=("0.93", "0.9337", "0.3112"),
)
