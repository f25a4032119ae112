"""Part 1, Read the digits: lessons 00 to 04."""

import numpy as np

from mlp_helpers import accuracy, cross_entropy, linear, mean_squared_error, one_hot, relu, sigmoid, softmax

from .question import Bug, Choice, Number, Program

P = np.array([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]])
QUESTIONS = [
    Choice(
        name="learned or written",
        lesson="00",
        level=1,
        text="What distinguishes a *learned* program that reads digits from a *written* one?",
        options={
            "Its numbers were set by data; somebody wrote only the form of the computation and what counts as good.": "Right: the form and the aim are written, the weights are found.",
            "It has no program code that a person wrote.": "The network, the loss and the training loop are code, written by people.",
            "It understands what a digit is.": "It turns pixels into ten numbers. That these are often right says nothing about understanding.",
            "It is always more accurate than a written one.": "For many tasks, such as adding two numbers, a written program is exact and a learned one is not.",
        },
    ),
    Choice(
        name="axis of a sum",
        lesson="00b",
        level=1,
        text="`A` has the shape (4, 3). What shape does `A.sum(axis=0)` have?",
        options={
            "(3,)": "Right: axis 0, of length 4, is summed away.",
            "(4,)": "That is the shape of `A.sum(axis=1)`: one sum for each row.",
            "(1, 3)": "So it would be with `keepdims=True`.",
            "()": "A single number comes from `A.sum()`, without an axis.",
        },
        computed=lambda: np.ones((4, 3)).sum(axis=0).shape == (3,),
    ),
    Choice(
        name="uint8 overflow",
        lesson="00b",
        level=2,
        text="`pixels = np.array([200, 100], dtype=np.uint8)`. What is `pixels + pixels`?",
        options={
            "[144, 200]": "Right: 400 does not fit into eight bits, and 400 - 256 = 144 is left.",
            "[400, 200]": "The result keeps the type uint8, whose largest number is 255.",
            "[255, 200]": "Nothing stops at the largest number: it starts again at 0.",
            "An error": "NumPy says nothing when whole numbers of an array overflow, which makes this bug hard to find.",
        },
        computed=lambda: np.add(*[np.array([200, 100], np.uint8)] * 2).tolist() == [144, 200],
    ),
    Choice(
        name="broadcasting a row",
        lesson="00b",
        level=2,
        text="`A` has the shape (3, 3) and `s = A.sum(axis=1)`. What does `A / s` compute?",
        options={
            "It divides each column j by the sum of row j.": "Right: `s` has the shape (3,), lies along the columns, and no error is raised because the matrix is square.",
            "It divides each row by its own sum.": "For that `s` must be a column: `A.sum(axis=1, keepdims=True)`.",
            "It raises an error, because the shapes differ.": "(3, 3) and (3,) are broadcast together.",
            "It divides every entry by the sum of all.": "That is `A / A.sum()`.",
        },
        computed=lambda: np.allclose(
            (np.arange(1.0, 10).reshape(3, 3) / np.arange(1.0, 10).reshape(3, 3).sum(axis=1))[:, 1],
            np.arange(1.0, 10).reshape(3, 3)[:, 1] / 15,
        ),
    ),
    Number(
        name="secant of the square",
        lesson="00c",
        level=1,
        text="What is the slope of the secant of $f(x) = x^2$ between $x = 3$ and $x = 3.1$?",
        answer=6.1,
        computed=lambda: (3.1**2 - 3**2) / 0.1,
        solution="$(9.61 - 9) / 0.1 = 6.1$. The slope of the tangent at 3 is 6; a smaller step comes closer to it.",
    ),
    Number(
        name="length of a flat image",
        lesson="01",
        level=1,
        text="60 000 images of 28 × 28 pixels are flattened into a matrix with one row for each image. How many columns does it have?",
        answer=784,
        computed=lambda: np.zeros((2, 28, 28)).reshape(2, -1).shape[1],
        tolerance=0,
        solution="$28 \\cdot 28 = 784$.",
    ),
    Number(
        name="memory of the training images",
        lesson="01",
        level=2,
        text="How many megabytes (of $10^6$ bytes) do 60 000 images of 784 pixels take as float32?",
        answer=188.16,
        computed=lambda: 60_000 * np.zeros(784, np.float32).nbytes / 1e6,
        tolerance=0.2,
        solution="A float32 number takes 4 bytes: $60\\,000 \\cdot 784 \\cdot 4 = 188\\,160\\,000$ bytes, four times as many as uint8.",
    ),
    Choice(
        name="why three parts",
        lesson="01",
        level=2,
        text="Two settings are compared, and the better one is kept. On which images should they be compared, and why?",
        options={
            "On the validation images, so that the test images stay unseen until everything is chosen.": "Right: what was chosen by a set of images looks better on that set than it is.",
            "On the test images, since only they were never trained on.": "The validation images were not trained on either. Choosing by the test images spoils them as a final exam.",
            "On the training images, because there are most of them.": "A network can know its training images by heart. That says little about new ones.",
            "On all images together, for the smallest error of measurement.": "Most of them would be training images, and none would be left for an honest number at the end.",
        },
    ),
    Choice(
        name="labels as numbers",
        lesson="02",
        level=2,
        text="A straight-line fit is trained to give the label itself, a number from 0 to 9. Why does this work badly?",
        options={
            "It makes an image between a 3 and a 5 look like a 4, as if neighbouring numbers looked alike.": "Right: the encoding claims an order and distances that the shapes do not have.",
            "Ten different numbers are too many for a straight line.": "The number of classes is not the difficulty: one-hot has ten, too.",
            "A fit can only return 0 or 1.": "It can return any number.",
            "Labels must be scaled to [0, 1] first.": "Scaling changes neither order nor distances.",
        },
    ),
    Number(
        name="accuracy by hand",
        lesson="02",
        level=1,
        text="The labels are 3, 1, 4, 1, 5 and the answers 3, 7, 4, 1, 6. What is the accuracy, as a number between 0 and 1?",
        answer=0.6,
        computed=lambda: accuracy(np.array([3, 7, 4, 1, 6]), np.array([3, 1, 4, 1, 5])),
        solution="Three of five are right: $3/5 = 0.6$.",
    ),
    Bug(
        name="one-hot by the wrong axis",
        lesson="02",
        level=2,
        exercise="one_hot",
        text="`one_hot` should return a table of the shape (n, 10) with a 1 in the column of each label. Which line is wrong, and why?",
        code="def one_hot(labels, n_classes=10):\n    Y = np.zeros((len(labels), n_classes), dtype=np.float32)\n    Y[:, labels] = 1\n    return Y\n",
        line=3,
        repaired="    Y[np.arange(len(labels)), labels] = 1",
        solution="`Y[:, labels]` names whole columns, so every row gets a 1 for each label of the batch. A pair of row and column is needed.",
    ),
    Number(
        name="one neuron",
        lesson="03",
        level=1,
        text="A neuron has the weights (0.5, -1, 2) and the bias 0.25. What is its score $z$ for the input (1, 2, 0.5)?",
        answer=-0.25,
        computed=lambda: linear(np.array([[1, 2, 0.5]]), np.array([[0.5], [-1], [2]]), np.array([0.25])).item(),
        solution="$0.5 \\cdot 1 - 1 \\cdot 2 + 2 \\cdot 0.5 + 0.25 = -0.25$. A ReLU makes 0 of it.",
    ),
    Number(
        name="parameters of a network",
        lesson="03",
        level=2,
        text="How many parameters (weights and biases) does a network 784-128-10 have?",
        answer=101_770,
        computed=lambda: 784 * 128 + 128 + 128 * 10 + 10,
        tolerance=0,
        solution="$784 \\cdot 128 + 128 + 128 \\cdot 10 + 10 = 101\\,770$.",
    ),
    Choice(
        name="stack of linear layers",
        lesson="03",
        level=2,
        text="Two linear layers follow each other without anything in between. What can they compute that one linear layer cannot?",
        options={
            "Nothing: their product is one linear layer.": "Right: $(XW_1 + b_1)W_2 + b_2 = X(W_1W_2) + (b_1W_2 + b_2)$.",
            "Curved borders between classes.": "For that something must bend the numbers in between, such as ReLU.",
            "More classes.": "The number of classes is the number of columns of the last matrix.",
            "Larger scores.": "One layer with larger weights has them, too.",
        },
    ),
    Number(
        name="sigmoid and its mirror image",
        lesson="03",
        level=2,
        text="sigmoid(1.2) is 0.7685. What is sigmoid(-1.2)?",
        answer=0.2315,
        computed=lambda: sigmoid(np.array([-1.2])).item(),
        solution="sigmoid(-z) = 1 - sigmoid(z), so it is $1 - 0.7685 = 0.2315$.",
    ),
    Number(
        name="softmax of a difference",
        lesson="04",
        level=2,
        text="Two classes have the scores $\\ln 3$ and 0. What probability does softmax give to the first?",
        answer=0.75,
        computed=lambda: softmax(np.array([[np.log(3), 0]]))[0, 0],
        solution="$e^{\\ln 3} = 3$ and $e^0 = 1$, so it is $3 / (3 + 1) = 0.75$.",
    ),
    Choice(
        name="what softmax ignores",
        lesson="04",
        level=1,
        text="Which change of an image's ten scores leaves their softmax as it is?",
        options={
            "Adding 5 to all of them": "Right: $e^5$ is a factor of every term, above and below, and cancels.",
            "Multiplying all of them by 2": "That squares the ratios of the probabilities: the network becomes more certain.",
            "Taking the absolute value of all of them": "A score of -3 would become as good as one of 3.",
            "Adding 5 to the largest": "The largest probability grows.",
        },
        computed=lambda: np.allclose(softmax(np.array([[1.0, 2.0, -1.0]])), softmax(np.array([[6.0, 7.0, 4.0]]))),
    ),
    Number(
        name="cross-entropy of two images",
        lesson="04",
        level=2,
        text=(
            "A network gives two images the probabilities (0.5, 0.25, 0.25) and (0.125, 0.125, 0.75). The first shows class 0, "
            "the second class 1. What is the cross-entropy? (ln 2 = 0.693)"
        ),
        answer=1.386,
        computed=lambda: cross_entropy(P, one_hot(np.array([0, 1]), n_classes=3)),
        tolerance=0.002,
        solution="The surprises are $\\ln 2$ and $\\ln 8 = 3 \\ln 2$. Their mean is $2 \\ln 2 = 1.386$.",
    ),
    Number(
        name="squared error of one image",
        lesson="04",
        level=2,
        text="The outputs are (0.2, 0.7, 0.1) and the one-hot row is (0, 1, 0). What is the squared error, summed over the classes?",
        answer=0.14,
        computed=lambda: mean_squared_error(np.array([[0.2, 0.7, 0.1]]), np.array([[0, 1.0, 0]])),
        solution="$0.04 + 0.09 + 0.01 = 0.14$.",
    ),
    Number(
        name="first loss with 26 letters",
        lesson="04",
        level=2,
        text="A network is to tell 26 letters apart and has learned nothing yet; its weights are small. What is its first cross-entropy?",
        answer=3.258,
        computed=lambda: cross_entropy(softmax(np.zeros((1, 26))), one_hot(np.array([3]), n_classes=26)),
        tolerance=0.005,
        solution="All probabilities are about $1/26$, so the loss is about $\\ln 26 = 3.258$.",
    ),
    Bug(
        name="softmax without keepdims",
        lesson="04",
        level=2,
        exercise="softmax",
        text="This `softmax` raises an error for most tables, and returns wrong numbers for square ones. Which line is wrong?",
        code="def softmax(Z):\n    largest = Z.max(axis=-1, keepdims=True)\n    E = np.exp(Z - largest)\n    return E / E.sum(axis=-1)\n",
        line=4,
        repaired="    return E / E.sum(axis=-1, keepdims=True)",
        solution="The sums have the shape (n,) and are put along the columns. With `keepdims=True` they are a column, (n, 1).",
    ),
    Program(
        name="the three most probable classes",
        lesson="04",
        level=3,
        text=(
            "Write `top_three(P)`, which returns for each row of probabilities the three most probable classes, the most "
            "probable first: (n, k) -> (n, 3). No loop is needed."
        ),
        code="def top_three(P):\n    return np.argsort(-P, axis=1)[:, :3]\n",
        tests=(
            "assert top_three(np.array([[0.1, 0.4, 0.2, 0.3]])).tolist() == [[1, 3, 2]]\n"
            "assert top_three(np.array([[0.7, 0.1, 0.2], [0.2, 0.3, 0.5]])).tolist() == [[0, 2, 1], [2, 1, 0]]\n"
        ),
        solution="`np.argsort` sorts upwards, so the sign is turned first.",
    ),
    Choice(
        name="dead pixel",
        lesson="04",
        level=3,
        text=(
            "A pixel is 0 in every image of MNIST. What do the weights from this pixel to the hidden units contribute to the "
            "scores of these images?"
        ),
        options={
            "Nothing, whatever they are": "Right: each is multiplied by 0. So training cannot change them by these images either.",
            "A constant, like a bias": "A bias is multiplied by 1, these weights by 0.",
            "More, the larger they are": "0 times a large number is 0.",
            "They make softmax less certain": "Scores that do not change have the same softmax.",
        },
        computed=lambda: np.allclose(relu(linear(np.array([[0, 1.0]]), np.array([[9.0], [2.0]]), np.zeros(1))), 2),
    ),
]
