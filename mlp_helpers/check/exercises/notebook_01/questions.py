"""Questions of notebook 01."""

from mlp_helpers.check.engine.questions import Prediction

Prediction(
    "brightened pixels",
    "01",
    "We brighten an image by adding 100 to every pixel, in uint8. What does a pixel of 200 become?",
    {
        "44": "Eight bits go round like the hand of a clock: after 255 comes 0 again, and 300 − 256 is 44.",
        "255": "An image editor does that, deliberately: it stops at white. NumPy does not know that these numbers are pixels.",
        "300": "On paper, yes. A byte holds 256 different numbers, and this is not one of them; it would take a larger type.",
    },
    "44",
    gives_away=("44", "256", "wrap", "as dark as"),
)


Prediction(
    "brightest mean",
    "01",
    "A mean is bright where most writers put ink. Which digit's mean image has the brightest pixel?",
    {
        "0": "A lot of ink, but the ring is wide for one writer and narrow for the next, so the mean is grey.",
        "1": "There is hardly anywhere for the stroke to go but through the middle, and nearly all writers meet there.",
        "8": "Its strokes cross, and the crossing was a good guess. But it is higher for one writer and lower for the next.",
    },
    "1",
    gives_away=("nearly all ones", "agree"),
)


Prediction(
    "megabytes",
    "01",
    "The 60 000 images of train and validation take 47 MB as bytes. How much do they take after images / 255, "
    "if no type is asked for?",
    {
        "47 MB": "There are as many numbers as before, but a single byte cannot hold 0.2.",
        "188 MB": "That would be four bytes a number, float32. NumPy takes that type only when it is asked to.",
        "376 MB": "Dividing bytes gives NumPy's own choice, float64: eight bytes a number.",
    },
    "376 MB",
    gives_away=("376", "eight bytes", "188", "more room"),
)


Prediction(
    "shuffled pixels",
    "01",
    "The 784 pixels of every image are shuffled, all images in the same way. You cannot read them any "
    "more. How hard will the task be for our network, compared with before?",
    {
        "harder": "It feels so, because neighbours are torn apart. But the network was never told which pixels were neighbours.",
        "equally hard": (
            "To the network, 300 and 301 are only column numbers. Shuffling renumbers the columns, and nothing else changes."
        ),
        "impossible": "For our eyes it is: they need the neighbourhood, of which a row of numbers knows nothing.",
    },
    "equally hard",
    gives_away=("no up", "column numbers", "the task is the same", "equally hard"),
)


Prediction(
    "byte order",
    "01",
    "Most processors keep the least significant byte first. What happens if we read the first size, 0 0 234 96, that way?",
    {
        "a wrong number, silently": "96 is then multiplied by 256³ instead of 1, and nothing complains.",
        "an error": "For an error the computer would have to know what we mean. Any four bytes make some number.",
        "the same number": "For that the bytes would have to read the same from both ends.",
    },
    "a wrong number, silently",
    gives_away=("a billion", "wrong number", "silently"),
)
