"""Questions of notebook 05."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "05",
    (
        "column of W",
        "03",
        "A layer is Z = XW + b. What does column 3 of W hold?",
        {
            "the weights of neuron 3": "One weight per input. For images they can be looked at as a template.",
            "the weights of pixel 3": "Every pixel has a weight for each neuron. Is that a row of W, or a column?",
            "the scores of image 3": "Scores are in Z. W is there before any image comes.",
        },
        "the weights of neuron 3",
    ),
    (
        "stack without ReLU",
        "03",
        "ReLU is left out of a network with a hidden layer of 128 units. What remains?",
        {
            "a weaker network that still bends": "What would bend in it? Linear layers map straight lines to straight lines.",
            "the same as ten neurons without a hidden layer": "Two linear layers multiply out to one.",
            "nothing, the shapes no longer fit": "ReLU works entry by entry: with it or without it, the shapes are the same.",
        },
        "the same as ten neurons without a hidden layer",
    ),
    (
        "split for comparing",
        "01",
        "You train three networks and keep the best. Which images decide which one is best?",
        {
            "the training images": "The weights were set on them. Whoever learns by heart looks best there.",
            "the validation images": "They are there to be used up in comparisons.",
            "the test images": "Then the best one would be best partly by luck, and nothing would be left to find that out.",
        },
        "the validation images",
    ),
)


Prediction(
    "smaller nudges",
    "05",
    "We make the nudge smaller and smaller. How does the measured slope change?",
    {
        "it gets better and better": (
            "On paper, yes. But a float keeps 16 digits, and the two answers agree in more and more of them: only "
            "rounding errors are left."
        ),
        "it gets worse at once": "A nudge of 1 measures a long bridge over the ground. A shorter bridge is nearer to the ground.",
        "it gets better at first, then worse": (
            "First the bridge becomes shorter. Then rounding errors take over, and dividing by a tiny nudge blows them up."
        ),
    },
    "it gets better at first, then worse",
    gives_away=("1e-5", "rounding", "best nudge", "how large a nudge", "10^{-5}"),
)


Prediction(
    "steepest way down",
    "05",
    "From w = (1, 2) we take a step of length 0.01. In which direction does the loss fall most?",
    {
        "against the gradient": (
            "Each weight moves in proportion to what its own slope promises. For a small step, no other direction "
            "of the same length falls faster."
        ),
        "along -w1, the steepest single slope": "That uses the slope of 8 and leaves the slope of 3 unused.",
        "towards (0, 0)": (
            "The loss is 0 there, but that is far away, and other places are lower. Where the loss is 0 says "
            "nothing about which way is steepest here."
        ),
    },
    "against the gradient",
    gives_away=("206", "201", "200.6", "go against the gradient", "steepest of"),
)


Prediction(
    "best of three rates",
    "05",
    "Twelve steps from (0, 0). With which learning rate is the loss lowest at the end?",
    {
        "0.005": "Each step goes down, but twelve of them do not get far.",
        "0.1": "The first steps reach the floor of the valley, and then the path follows it.",
        "0.24": (
            "Each step jumps over the valley and lands higher on the other side. The slope is larger there, and "
            "the next jump longer."
        ),
    },
    "0.1",
    gives_away=("creeps", "leaps", "too large", "divergence"),
)


Prediction(
    "trained ten neurons",
    "05",
    "The best straight-line fit of notebook 02 has the same shape, 784 × 10 weights and 10 biases, and "
    "reads 85 %. How many digits will the ten neurons read after training?",
    {
        "85 % as well, the shape decides": (
            "The shape says what is possible. Among the possible weights the loss decides, and a squared error "
            "also punishes outputs that are right by too much."
        ),
        "about 92 %": "The shape is the same, but the loss is not: cross-entropy asks only that the true class wins clearly.",
        "99 %": (
            "Longer training will not get there: a digit that is moved or slanted covers the wrong pixels, and there is only "
            "one template for each class."
        ),
    },
    "about 92 %",
    gives_away=("92", "0.92", "nine digits out of ten"),
)
