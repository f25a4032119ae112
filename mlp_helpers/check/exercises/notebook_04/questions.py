"""Questions of notebook 04."""

from mlp_helpers.check.engine.questions import Prediction, look_back_questions

look_back_questions(
    "04",
    (
        "row to label",
        "02",
        "A row of ten outputs is to become a label. How?",
        {
            "round the outputs": "Rounding gives zeros and ones, perhaps none or several ones. One column has to be chosen.",
            "take the column of the largest one": "That is argmax along the row. It works for any outputs, not only for 0 and 1.",
            "take the largest one": "The largest output says how strong the answer is. The label is the column where it stands.",
        },
        "take the column of the largest one",
    ),
    (
        "why one-hot",
        "02",
        "Why one-hot rows, and not the numbers 0 to 9?",
        {
            "they take less memory": "They take ten times as much.",
            "numbers would put 4 nearer to 5 than to 9": "Numbers claim an order and distances that the classes do not have.",
            "a network cannot answer with one number": "It can. But torn between 4 and 9 it would answer 6 or 7.",
        },
        "numbers would put 4 nearer to 5 than to 9",
    ),
    (
        "why divide by 255",
        "01",
        "Pixels of type float32 no longer wrap around. Why are they divided by 255 as well?",
        {
            "to save memory": "A float32 takes four bytes, whatever number it holds.",
            "the weights are chosen for inputs of about 1": "With inputs of up to 255 the same weights give far larger sums.",
            "negative numbers become possible": "Floats can be negative without it, and no pixel is.",
        },
        "the weights are chosen for inputs of about 1",
    ),
)


Prediction(
    "large scores",
    "04",
    "We add 1 000 to every score and compute the probabilities as above. What does NumPy print?",
    {
        "the same probabilities": (
            "On paper, yes: the common factor cancels. But the computer has to store e to the power of 1000 "
            "before it can cancel anything."
        ),
        "1 for the largest, 0 for the others": (
            "That is where larger and larger differences between scores would lead. The differences here are what they were."
        ),
        "no numbers at all": (
            "Each of the powers is larger than the largest float, and so is their sum. The quotient could be anything."
        ),
    },
    "no numbers at all",
    gives_away=("overflow", "inf", "nan", "survive", "largest float"),
)


Prediction(
    "certain and wrong",
    "04",
    "At z = −8 the network is certain and wrong. Which loss is steeper there, as a function of z?",
    {
        "cross-entropy": "Its slope is −1 there: the correction stays at full strength, however bad the mistake.",
        "squared error": (
            "Squaring makes errors above 1 larger. But a is never further than 1 from its target. And far to the left a "
            "is nearly 0 whatever z is, so the squared error is nearly 1."
        ),
        "both are flat": "That is true of the squared error alone.",
    },
    "cross-entropy",
    gives_away=("is flat", "full strength", "hardly notices", "steeper"),
)


Prediction(
    "loss of the untrained",
    "04",
    "A network with small random weights has not been trained yet. What is its cross-entropy on ten classes, about?",
    {
        "0.7": "That is ln 2: a probability of 1/2 for the true class, as if there were only two classes.",
        "1.3": "That takes a probability of 0.27 for the true class, more than such a network gives to any.",
        "2.3": (
            "Small weights give scores near 0, equal scores give each class the probability 1/10, and −ln(1/10) "
            "is ln 10, about 2.303."
        ),
        "4.6": "That is ln 100: a probability of 1/100 for the true class, less than guessing gives.",
    },
    "2.3",
    gives_away=("ln 10, ", "np.log(10)", "untrained network of", "1/10 each"),
)
