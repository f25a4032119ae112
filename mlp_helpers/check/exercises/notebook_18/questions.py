"""Questions of notebook 18."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "18",
    (
        "spread of an accuracy",
        "13",
        "A network reads 90 % of 10 000 test images. By how much would that vary from one such test set to another?",
        {
            "by about 0.3 points": "The root of 0.9 · 0.1 / 10 000 is 0.003. A difference smaller than that proves nothing.",
            "by about 3 points": "That would be so with a hundred images. The spread falls with the root of their number.",
            "not at all, the weights are the same": "The weights are. But the images are different, some of them harder.",
        },
        "by about 0.3 points",
    ),
    (
        "units for good",
        "16",
        "A hidden unit with ReLU gives 0 for every training image. What becomes of it as the training goes on?",
        {
            "it recovers as its bias grows": "Its bias gets no blame either. What would make it grow?",
            "nothing: it stays as it is": "The gate is shut for every image, so that no blame comes through to its weights.",
            "its weights shrink to 0": "Nothing moves them, up or down, unless a penalty does.",
        },
        "nothing: it stays as it is",
    ),
    (
        "gradient of the image",
        "16",
        "To fool the network, an image was moved along the gradient of the loss with respect to its pixels. Does training "
        "need that gradient?",
        {
            "yes, blame must reach the first layer": "It must reach the first layer's weights. What lies before them?",
            "yes, it is how the weights move": "Weights move along their own gradients.",
            "no, nothing that is learned lies before the image": "It is a whole product of tables that training can leave out.",
        },
        "no, nothing that is learned lies before the image",
    ),
)


Prediction(
    "a batch at once",
    "18",
    "Image by image or all 64 at once: the same multiplications, both in NumPy. How does the time for an image compare?",
    {
        "about the same, as the arithmetic is": "The multiplications are the same. But 64 times as many arrays are made, and for "
        "every image all weights are fetched and a whole table of gradients is written.",
        "at once, it takes about half": "There are fewer lines for Python to run. That is the smaller part of it.",
        "at once, it takes less than a fifth": "Every weight is fetched once for 64 images, and one table of gradients is "
        "written instead of 64.",
    },
    "at once, it takes less than a fifth",
    gives_away=("a fifth", "five times as fast as image", "fetched once", "times faster"),
)


Prediction(
    "work and time",
    "18",
    "X @ W1 does 64 times as much arithmetic as the update of W1. How much longer does it take?",
    {
        "about 64 times as long": "It would, if time depended on arithmetic alone. The update makes the processor wait.",
        "less than 32 times as long": "In the product each weight serves 64 images. In the update each number is fetched for two "
        "operations and sent away again.",
        "more than 128 times as long": "A product of two tables sounds like more trouble. But nothing else is computed so well.",
    },
    "less than 32 times as long",
    gives_away=("32 times", "processor wait", "is fetched", "intensity"),
)


Prediction(
    "numbers of two bytes",
    "18",
    "NumPy also has numbers of two bytes, float16. How fast is the same product in these, compared with float32?",
    {
        "more than five times slower": "NumPy has no BLAS to call for them. It takes the numbers one by one, and "
        "most processors compute in float32 in between.",
        "about as fast": "If it ran through the same program, perhaps. It does not.",
        "about twice as fast again": "The bytes are halved again. But somebody must have written a product for such numbers.",
    },
    "more than five times slower",
    gives_away=("slower than float32", "one by one", "float16 takes", "no product"),
)
