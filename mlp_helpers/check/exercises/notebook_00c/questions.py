"""Questions of notebook 00c."""

from mlp_helpers.check.engine.questions import Prediction

Prediction(
    "two chains",
    "00c",
    "Two chains have twenty steps each. In one, every step has the slope 0.5, in the other 1.5. How many times as steep is "
    "the second chain as a whole?",
    {
        "3 times": "That is the ratio for a single step. But there are twenty of them, one after another.",
        "60 times": "3 times 20 would be right if the slopes of a chain were added. They are multiplied.",
        "more than a billion times": "Each of the twenty steps brings a factor of 3, and 3 to the power of 20 is 3 486 784 401.",
    },
    "more than a billion times",
    gives_away=("billion", "3 486", "power of 20"),
)


Prediction(
    "many probabilities",
    "00c",
    "Each of 400 answers has the probability 0.1. The computer multiplies them all, one after another. What does it print?",
    {
        "1e-400": (
            "On paper it is that number. But a float64 stores the exponent in eleven bits, and its smallest number above 0 is "
            "about 5e-324."
        ),
        "0.0": (
            "After 324 factors the product is below the smallest number above 0 that a float64 can hold, and it is rounded to 0."
        ),
        "an error": "Nothing is said. To the computer it is a product like any other, and it is rounded as all products are.",
    },
    "0.0",
    gives_away=("too small", "underflow", "becomes 0", "5e-324", "rounded to 0"),
)


Prediction(
    "where the brackets stand",
    "00c",
    "A and B have 1000 rows and 1000 columns, v is a column of 1000 numbers. (A B) v and A (B v) are the same column. "
    "How many multiplications does each of the two need?",
    {
        "the same number, since the result is the same": (
            "The results agree, but on the way the first one computes a whole matrix A B, a million entries, which v then "
            "reduces to a thousand."
        ),
        "(A B) v needs about twice as many": "Each has two products, but not of the same size: one with a column is a small one.",
        "(A B) v needs about 500 times as many": (
            "A matrix with a column takes a million multiplications, two matrices take a thousand times as many. "
            "So it is just over a billion against two million."
        ),
    },
    "(A B) v needs about 500 times as many",
    gives_away=("500 times", "2 000 000", "two million"),
)
