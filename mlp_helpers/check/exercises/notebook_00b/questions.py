"""Questions of notebook 00b."""

from mlp_helpers.check.engine.questions import Question

Question(
    "square trap",
    "00b",
    "A table has three rows and three columns. Which sums does A / A.sum(axis=1) divide by?",
    {
        "each row by its own sum": "That is what was meant. The sums have the shape (3,): where do they meet the table?",
        "column j by the sum of row j": "The shape (3,) is laid along the last axis, side by side: one sum for each column.",
        "it is an error": "It would be one with three rows and four columns. Here the shapes fit, by accident.",
    },
    "column j by the sum of row j",
)


Question(
    "view of a slice",
    "00b",
    "The last row of A is set to 0 through the name row, and the last entry of rest to 99. What does A look like then?",
    {
        "as before": "So it would be with lists of lists that were copied. Has anything been copied here?",
        "its last row is 0": "A slice is a view of the same memory; what a mask or a list of indices cuts out is a copy.",
        "its last row is 0, and there is a 99": "The two ways of cutting out look alike, but only one of them gives a view.",
    },
    "its last row is 0",
)


Question(
    "rebinding",
    "00b",
    "Two functions are given the array [10, 20]. One computes w = w - 1, the other w -= 1. What is in the array after each?",
    {
        "[9, 19] after both": "The two lines look like the same thing. Which of them writes into the array?",
        "[10, 20] after the first, [9, 19] after the second": "One makes a new array and moves the name; the other writes.",
        "[10, 20] after both": "A function is given the array itself, not a copy, and can write into it.",
    },
    "[10, 20] after the first, [9, 19] after the second",
)
