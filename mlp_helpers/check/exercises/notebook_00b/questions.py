"""Questions of notebook 00b."""

from mlp_helpers.check.engine.questions import Prediction

Prediction(
    "square table",
    "00b",
    "A table has three rows and three columns. What does `A / A.sum(axis=1)` do?",
    {
        "divides each row by its own sum": "That is what was meant. For that the sums would have to stand in a column, (3, 1).",
        "divides column j by the sum of row j": (
            "The sums 4, 10, 10 have the shape (3,) and are laid along a row: the first column was divided by 4, "
            "the others by 10."
        ),
        "stops with an error": "With three rows and four columns it would. Here the shapes fit, by accident.",
    },
    "divides column j by the sum of row j",
    gives_away=("trap", "does not, and nothing complains", "wrong =", "laid along a row"),
)


Prediction(
    "a fraction among whole numbers",
    "00b",
    "An array holds the whole numbers 10 and 20. We write 0.9 into its first place, `numbers[0] = 0.9`. What does it hold then?",
    {
        "0.9 and 20": "A Python list would. An array has one type for all its entries, and this one is for whole numbers.",
        "1 and 20": "That would be rounding. Everything after the decimal point is cut off, so even 0.9 becomes 0.",
        "0 and 20": "The array keeps its type, and everything after the decimal point is cut off. NumPy says nothing.",
        "still 10 and 20, and there is an error": "That would be safer, but a number that is written into an array is converted.",
    },
    "0 and 20",
    gives_away=("cut off", "0.9 becomes", "drops the fraction", "fraction is lost"),
)


Prediction(
    "slice and mask",
    "00b",
    "Every entry of `row` is set to 0, and the last entry of `rest` to 99. What does `A` look like then?",
    {
        "as before": "That would be so if both had been copied. What the mask picked out was copied, the slice was not.",
        "its last row is 0": (
            "`row` is the last row of `A` under another name. `rest` has memory of its own: its 99 did not get into `A`."
        ),
        "its last row is 0, and there is a 99": (
            "The two ways of picking out look alike, but only the slice shares the memory of `A`."
        ),
    },
    "its last row is 0",
    gives_away=("copies nothing", "view", "views", "is a copy", "the copy still"),
)


Prediction(
    "two ways to subtract",
    "00b",
    "Two functions are given the array [10, 20]. One computes `w = w - 1`, the other `w -= 1`. What is in the array after each?",
    {
        "[9, 19] after both": (
            "Only `w -= 1` writes into the array that was given. The other line makes a new one, which nobody keeps."
        ),
        "[10, 20] after the first, [9, 19] after the second": (
            "Inside, w is one more name for the array. The first line moves that name to a new array; the second "
            "writes into the old one."
        ),
        "[10, 20] after both": "A function is given the array itself, not a copy of it, and so it can write into it.",
    },
    "[10, 20] after the first, [9, 19] after the second",
    gives_away=("rebinding", "moves the name", "writes into"),
)
