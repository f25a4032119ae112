"""Questions of notebook 14."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "14",
    (
        "apart or turned",
        "12",
        "Training loss falls to the end. Validation loss falls too, more slowly, and never turns. What is that?",
        {
            "a gap": "The network gains on both, and more on the images that it has seen. Nothing is lost by going on.",
            "a decline": "Then validation would get worse while training gets better. Here it still gets better.",
            "underfitting": "Then the training loss would be the one that is too high. It falls well.",
        },
        "a gap",
    ),
    (
        "mean over classes too",
        "12",
        "The squared error of ten outputs is averaged over the classes too, not summed. What does that do to a step of SGD?",
        {
            "nothing, a mean is a mean": "The place of the lowest loss stays. But every slope is divided by ten as well.",
            "it is a tenth as long": "The gradient is ten times as small: a smaller learning rate in disguise.",
            "it is ten times as long": "Averaging divides by ten. Does a smaller loss have a larger slope?",
        },
        "it is a tenth as long",
    ),
    (
        "large, then small",
        "09",
        "A run with a learning rate of 1 switches to 0.1 after four epochs, and validation accuracy leaps. Why?",
        {
            "the small rate finds a new, deeper valley": "In a few steps of a tenth of the length it does not get far.",
            "four epochs were enough, it had finished": "Then the run that kept the rate 1 would have leapt too.",
            "the small rate settles where the large one jumped about": "Each batch threw the weights across the valley. A small "
            "rate lets them come to rest.",
        },
        "the small rate settles where the large one jumped about",
    ),
)


Prediction(
    "a lasting gradient",
    "14",
    "Now let μ be 0.9, and the gradient 1 at every step, for ever. What becomes of the velocity?",
    {
        "it comes nearer and nearer to 2, as before": "With 0.5, half of it is lost in each step. With 0.9 it is a tenth.",
        "it comes nearer and nearer to 10": "At 10, the tenth that is lost in each step is exactly the 1 that is added.",
        "it grows without end": "The larger it is, the larger is the tenth that is lost. Somewhere loss and gain are equal.",
    },
    "it comes nearer and nearer to 10",
    gives_away=("= 10", "1-\\mu) = 10", "ten times as fast", "0.526"),
)


Prediction(
    "an uncorrected first step",
    "14",
    "β₁ = 0.9, β₂ = 0.999, both means begin at 0, the first gradient is 4. How many times η is the first step, η m / √s?",
    {
        "1, as it should be": "m is 0.4, a tenth of what it should be. But √s is a thirty-second of what it should be.",
        "0.1: ten times too short": "m is ten times too small. But it is divided by something that is too small as well.",
        "about 3: three times too long": "m is 10 times too small, s 1 000 times, its root 32 times: 0.4 / 0.1265 = 3.16.",
    },
    "about 3: three times too long",
    gives_away=("3.16", "too long", "times too long", "0.1265"),
)


Prediction(
    "the bowl is turned",
    "14",
    "Bowl and start are turned by 45 degrees. Which of the three walks change shape?",
    {
        "all three": "The gradient turns with the bowl, and SGD and momentum only add up gradients.",
        "only Adam's": (
            "Adam divides each coordinate by its own size. While steep and flat lie along the weights, it sees "
            "them; turned, both coordinates feel the steep side, and the two sizes by which it divides are the "
            "same."
        ),
        "none, they turn with the bowl": "Whatever only adds up gradients turns with the bowl. But Adam also divides.",
    },
    "only Adam's",
    gives_away=("has lost", "not for each direction", "100 * straight", "steep side"),
)


Prediction(
    "schedule or optimizer",
    "14",
    "Plain SGD with warm-up and decay against momentum with a constant rate, each at its best. Which makes fewer mistakes?",
    {
        "SGD with the schedule, clearly": "Coming to rest at the end is worth more here than a cleverer step.",
        "momentum, clearly": "Its step is cleverer. But most of what it loses, it loses because it never comes to rest.",
        "no difference that the spread lets one see": (
            "That is so with constant rates, where the rows overlap. The schedule takes away the noise that hid the differences."
        ),
    },
    "SGD with the schedule, clearly",
    gives_away=("saves", "gains", "worth more", "draw together"),
)
