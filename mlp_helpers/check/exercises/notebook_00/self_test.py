"""The fifteen questions of the self-test."""

from mlp_helpers.check.engine.self_test import self_test_questions

self_test_questions(
    (
        "self-test sums",
        1,
        "A has the shape (2, 3). What shape does A.sum(axis=0) have?",
        {
            "(3,)": "Axis 0 runs down the rows and disappears; the three columns stay.",
            "(2,)": "Two sums would be one for each row. Along which axis do the entries of a row lie?",
            "(2, 3)": "A sum along an axis makes that axis disappear.",
        },
        "(3,)",
    ),
    (
        "self-test keepdims",
        1,
        "A has the shape (2, 3). What shape does A.sum(axis=1, keepdims=True) have?",
        {
            "(2,)": "So it would be without keepdims.",
            "(2, 1)": "The axis stays, with the size 1: a column with one sum for each row.",
            "(1, 3)": "That is the shape of the sums along the other axis.",
        },
        "(2, 1)",
    ),
    (
        "self-test broadcasting",
        2,
        "A has the shape (4, 3) and b the shape (3,). What is A + b?",
        {
            "an error": "The sizes are compared from the last axis, and there both are 3.",
            "b is added to every row": "The last axes agree, and the missing axis of b is filled up by repeating it.",
            "b is added to every column": "A column of A has four entries, and b has three.",
        },
        "b is added to every row",
    ),
    (
        "self-test shapes of a product",
        3,
        "X has the shape (5, 4) and W the shape (4, 2). What shape does X @ W have?",
        {
            "(5, 2)": "The inner sizes, 4 and 4, must agree and disappear.",
            "(4, 4)": "Those are the inner sizes: they must agree, and they disappear.",
            "it is an error": "It would be one if the inner sizes differed.",
        },
        "(5, 2)",
    ),
    (
        "self-test value of a product",
        3,
        "What is np.array([1, 2]) @ np.array([3, 4])?",
        {
            "[3, 8]": "That is the product entry by entry, with *.",
            "11": "1 · 3 + 2 · 4: the products are added up.",
            "10": "That is the sum of all four numbers.",
        },
        "11",
    ),
    (
        "self-test masks",
        4,
        "a is np.array([3, -1, 0, 5]). What is (a > 0).sum()?",
        {
            "8": "That is the sum of the positive entries, a[a > 0].sum().",
            "True": "It would come from (a > 0).any().",
            "2": "The mask is True, False, False, True, and True counts as 1.",
        },
        "2",
    ),
    (
        "self-test pairs",
        5,
        "A has the rows [1, 2], [3, 4] and [5, 6]. What is A[np.array([0, 2]), np.array([1, 0])]?",
        {
            "[2, 5]": "Two lists of indices are read in pairs: row 0 column 1, and row 2 column 0.",
            "the rows 0 and 2, each with its columns exchanged": "Two lists are read in pairs; they do not cut out a table.",
            "[1, 6]": "Those stand in row 0 column 0, and row 2 column 1. In which order are the indices given?",
        },
        "[2, 5]",
    ),
    (
        "self-test bytes",
        6,
        "What is the largest number that an array of the type uint8 can hold?",
        {
            "256": "There are 256 numbers in all, and 0 is one of them.",
            "as large as you like": "That holds for a whole number of Python. The numbers of an array have a fixed size.",
            "255": "Eight bits make 256 numbers, and they begin with 0.",
        },
        "255",
    ),
    (
        "self-test views",
        7,
        "a is np.zeros(3). After b = a[:2] and b[0] = 7, what is a?",
        {
            "[7, 0, 0]": "A slice is a view: it looks at the same memory.",
            "[0, 0, 0]": "So it would be with a list of Python. A slice of an array is no copy.",
            "[7, 7, 0]": "One entry was written, not two.",
        },
        "[7, 0, 0]",
    ),
    (
        "self-test rebinding",
        8,
        "a is np.ones(2), and b = a. After b = b - 1, what is a?",
        {
            "[0, 0]": "That is what b -= 1 would do: it writes into the array.",
            "[1, 1]": "b - 1 is a new array, and only the name b moves to it.",
            "an error": "An array can have two names, and one of them can move on.",
        },
        "[1, 1]",
    ),
    (
        "self-test yield",
        9,
        "A function contains yield. What happens when it is called?",
        {
            "it runs to its end": "That is what a function with return does.",
            "it runs to the first yield": "It does so when the first item is asked for, for example by a for loop.",
            "nothing yet: it starts when somebody asks for the first item": "The call gives a generator; a for loop asks it.",
        },
        "nothing yet: it starts when somebody asks for the first item",
    ),
    (
        "self-test slopes",
        10,
        "What is the slope of x² at x = 3?",
        {
            "9": "That is its height there.",
            "2": "That is the slope of 2x. The slope of x² changes from place to place.",
            "6": "The derivative is 2x.",
        },
        "6",
    ),
    (
        "self-test chain rule",
        10,
        "What is the derivative of (3x + 1)² with respect to x?",
        {
            "2 (3x + 1)": "That is the derivative of the square with respect to what is inside. The inside moves too.",
            "6 (3x + 1)": "The outer slope, 2 (3x + 1), times the inner slope, 3.",
            "9": "Square and derivative are not taken term by term.",
        },
        "6 (3x + 1)",
    ),
    (
        "self-test partial derivatives",
        10,
        "What is the partial derivative of x² y with respect to y?",
        {
            "2x y": "That is the one with respect to x.",
            "2x": "Here only y moves.",
            "x²": "Hold x still: then x² is a constant factor of y.",
        },
        "x²",
    ),
    (
        "self-test logarithms",
        10,
        "What is ln(e² · e³)?",
        {
            "5": "e² · e³ is e to the power of 5, and the logarithm gives the exponent back.",
            "6": "When powers are multiplied, their exponents are added.",
            "e to the power of 5": "That is the product itself. What does the logarithm do with it?",
        },
        "5",
    ),
)
