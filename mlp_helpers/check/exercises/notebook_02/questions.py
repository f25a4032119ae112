"""Questions of notebook 02."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "02",
    (
        "why floats",
        "01",
        "Why are pixels turned into floating-point numbers before anything is computed with them?",
        {
            "bytes wrap around": "In bytes 200 + 100 is 44, and nobody is told.",
            "floats take less memory": "They take four or eight times as much.",
            "the files hold floats": "The files hold bytes, one for each pixel. The change is ours, and it has a reason.",
        },
        "bytes wrap around",
    ),
    (
        "rows of pixels",
        "01",
        "1 000 images of 28 × 28 pixels are flattened. What shape does the result have?",
        {
            "(1000, 784)": "One row for each image, one column for each pixel.",
            "(784, 1000)": "Other books lay examples in columns. What is a row in this course?",
            "(784000,)": "All numbers would be there, but where does one image end?",
        },
        "(1000, 784)",
    ),
    (
        "where to compare",
        "01",
        "You have two networks and want to keep the better one. On which images do you compare them?",
        {
            "train": "Both have seen the answers to these. The one that recites better would win.",
            "validation": "It is there to be used up by such choices.",
            "test": "Then the number that you report at the end contains the luck of the choice.",
        },
        "validation",
    ),
)


Prediction(
    "shuffled means",
    "02",
    "The pixels of all images and of all means are now shuffled in the same way. How many digits do the nearest means read then?",
    {
        "as many as before": (
            "The squared distance adds up the same terms in another order. Now and then a rounding decides "
            "between two means that are equally near."
        ),
        "fewer, but more than by guessing": "Our eyes miss the neighbours, but no term of the sum uses a neighbour.",
        "about one in ten": "That is guessing. But the squared distance of x and m does not ask where a pixel lies.",
    },
    "as many as before",
    gives_away=("changes nothing", "same answer", "as many as before"),
)


Prediction(
    "three encodings",
    "02",
    "We make the same fit to all three encodings. With one-hot rows it reads about 85 %. How many digits does it read "
    "with label numbers?",
    {
        "about 75 %": (
            "The method and the images are the same. But a program that hesitates between two digits answers with a number "
            "between them, and that is a third digit."
        ),
        "about 50 %": (
            "That would still be every second digit. To be rounded to the right number, the answer may be off by no more than "
            "0.5, and on average it is off by 1.4."
        ),
        "less than 25 %": "One number cannot say: a 4, or else a 9. It gives something between them, which is a third class.",
    },
    "less than 25 %",
    gives_away=("23", "68 %", "numbers only", "One-hot reads"),
)


Prediction(
    "mean answer to fours",
    "02",
    "The fit to numbers makes the squared error as small as it can over all training images together. What does it answer "
    "to images of a 4, on average?",
    {
        "about 4": (
            "So one would hope. Over all training images the mean answer is the mean label, but for the fours alone "
            "nothing forces it."
        ),
        "less than 4": "Fours would have to share their pixels with zeros to threes. Which digit does a 4 look like?",
        "more than 5": (
            "The pixels that fours share with nines carry weights that raise the answer for nines, and they raise it for "
            "fours too."
        ),
    },
    "more than 5",
    gives_away=("5.3", "more than fives", "towards 9"),
)
