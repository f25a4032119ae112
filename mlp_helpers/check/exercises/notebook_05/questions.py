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
    "We nudge by less and less. The measured slope gets",
    {
        "better and better": "On paper, yes. But a float keeps 16 digits, and the two answers agree in more and more of them.",
        "worse at once": "A nudge of 1 measures a long bridge over the ground. A shorter bridge is nearer to the ground.",
        "better at first, then worse": "First the bridge becomes shorter, then the rounding becomes louder.",
    },
    "better at first, then worse",
)


Prediction(
    "steepest way down",
    "05",
    "From w = (1, 2) we take a step of length 0.01. In which direction does the loss fall most?",
    {
        "against the gradient": "Each weight moves in proportion to what its own slope promises.",
        "along -w1, the steepest single slope": "That uses the slope of 8 and leaves the slope of 3 unused.",
        "towards (0, 0)": "The loss is 0 there, but that is far away, and other places are lower. What does the slope here say?",
    },
    "against the gradient",
)


Prediction(
    "best of three rates",
    "05",
    "Twelve steps from (0, 0). Which learning rate ends lowest?",
    {
        "0.005, the most careful": "Each step goes down. Do twelve of them get far enough?",
        "0.1": "Long enough to arrive, short enough not to leap over the valley.",
        "0.24, the boldest": "A bold step goes far. What if the valley is narrower than the step is long?",
    },
    "0.1",
)


Prediction(
    "trained ten neurons",
    "05",
    "The best straight-line fit of notebook 02 has the same shape, 784 × 10 weights and 10 biases, and reads 85 %. "
    "What will training read?",
    {
        "85 % as well, the shape decides": "The shape says what is possible. Among the possible weights the loss decides.",
        "about 92 %": "Same shape, another loss: cross-entropy asks only that the true class wins clearly.",
        "99 %": "Ten templates are ten templates: a digit that is moved or slanted covers the wrong pixels.",
    },
    "about 92 %",
)
