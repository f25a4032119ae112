"""Part 2, Learn: lessons 05 to 10."""

import numpy as np

from mlp_helpers import linear_backward, numerical_gradient, relu_backward, softmax, softmax_cross_entropy_backward
from mlp_helpers.check import EXERCISES

from .question import Bug, Choice, Number, Program

QUESTIONS = [
    Number(
        name="one step downhill",
        lesson="05",
        level=1,
        text="The loss is $L(w) = (w - 3)^2$, and $w = 5$. Where does one step with a learning rate of 0.1 lead?",
        answer=4.6,
        computed=lambda: EXERCISES["descend"].task.solution(lambda w: 2 * (w - 3), np.array([5.0]), 0.1, 1)[-1, 0],
        solution="The slope is $2(5 - 3) = 4$, so $w = 5 - 0.1 \\cdot 4 = 4.6$.",
    ),
    Number(
        name="largest learning rate of a parabola",
        lesson="05",
        level=3,
        text="The loss is $L(w) = 2w^2$. Above which learning rate do the steps lead further and further away from 0?",
        answer=0.5,
        computed=lambda: 2 / numerical_gradient(lambda w: float(4 * w[0]), np.array([1.0]))[0],
        solution="A step makes $w - \\eta \\cdot 4w = (1 - 4\\eta)w$ of $w$. It grows in size when $|1 - 4\\eta| > 1$, that is for $\\eta > 0.5$.",
    ),
    Number(
        name="nudge by hand",
        lesson="05",
        level=2,
        text="$f(x) = x^3$. What does the central difference at $x = 2$ give for a nudge of 0.1, $(f(2.1) - f(1.9)) / 0.2$?",
        answer=12.01,
        computed=lambda: numerical_gradient(lambda x: float(x[0] ** 3), np.array([2.0]), step=0.1)[0],
        solution="$(9.261 - 6.859)/0.2 = 12.01$. The slope is 12; the error is the square of the nudge.",
    ),
    Choice(
        name="direction of the gradient",
        lesson="05",
        level=1,
        text="On a map with lines of equal loss, where does the gradient point?",
        options={
            "At a right angle to the line through this place, towards higher loss": "Right: along the line the loss does not change, and straight across it grows fastest.",
            "Straight to the lowest point": "Only where the lines are circles. In a narrow valley, steps against the gradient go from side to side.",
            "Along the line of equal loss": "In this direction the loss does not change at all.",
            "At a right angle to the line, towards lower loss": "That is the direction of the step, against the gradient.",
        },
    ),
    Number(
        name="gradient of the scores",
        lesson="05",
        level=2,
        text=(
            "For one image softmax gives (0.7, 0.2, 0.1), and the image shows class 1. What is the derivative of the "
            "cross-entropy by the score of class 1?"
        ),
        answer=-0.8,
        computed=lambda: softmax_cross_entropy_backward(np.array([[0.7, 0.2, 0.1]]), np.array([[0, 1.0, 0]]))[0, 1],
        solution="$P - Y = (0.7, -0.8, 0.1)$. Raising the score of the true class lowers the loss.",
    ),
    Choice(
        name="sum of the scores' gradient",
        lesson="05",
        level=3,
        text="Why do the entries of $P - Y$ sum to 0 for each image?",
        options={
            "Because the same number added to all scores changes nothing, so the loss has no slope in this direction.": "Right; and both P and Y sum to 1.",
            "Because the network has been trained.": "It is so from the first step on.",
            "Because the loss is at its lowest point.": "There every entry would be 0.",
            "Because of rounding.": "It is exact; rounding is what disturbs it.",
        },
        computed=lambda: np.allclose(
            softmax_cross_entropy_backward(softmax(np.array([[3.0, -1, 0.5]])), np.eye(3)[[0]]).sum(), 0, atol=1e-6
        ),
    ),
    Number(
        name="a value that is used twice",
        lesson="06",
        level=2,
        text="$y = x \\cdot x + 3x$ and $L = 2y$. What is the derivative of $L$ by $x$ at $x = 4$?",
        answer=22,
        computed=lambda: numerical_gradient(lambda x: float(2 * (x[0] * x[0] + 3 * x[0])), np.array([4.0]))[0],
        solution="Three uses of $x$: $x$, $x$ and 3, together $4 + 4 + 3 = 11$, times 2 from above.",
    ),
    Number(
        name="through a ReLU and a product",
        lesson="06",
        level=2,
        text="$z = wx + b$ with $w = -2$, $x = 1.5$, $b = 4$, then $a = \\text{ReLU}(z)$ and $L = 3a$. What is $\\partial L/\\partial w$?",
        answer=4.5,
        computed=lambda: numerical_gradient(lambda w: 3 * max(0.0, float(w[0] * 1.5 + 4)), np.array([-2.0]))[0],
        solution="$z = 1$ is above 0, so ReLU hands on all: $3 \\cdot 1 \\cdot x = 4.5$.",
    ),
    Choice(
        name="fork",
        lesson="06",
        level=1,
        text="A hidden value goes to two outputs. How does its blame come from theirs?",
        options={
            "It is the sum of what comes back along both paths.": "Right: a small change of the value changes the loss by way of both.",
            "It is the mean of both.": "The loss does not know how many paths there are; the changes add up.",
            "It is the larger of both.": "The smaller effect is there as well.",
            "It is the product of both.": "Along one path slopes are multiplied. Paths side by side are added.",
        },
    ),
    Choice(
        name="shape of a gradient",
        lesson="07",
        level=1,
        text="`X` has the shape (64, 784), `W` (784, 128), and `dZ` has the shape of `X @ W`. Which line computes `dW`?",
        options={
            "`X.T @ dZ`": "Right: (784, 64) @ (64, 128) gives the shape of W, and sums over the images.",
            "`dZ @ W.T`": "That has the shape of X: it is dX.",
            "`X @ dZ`": "The sides do not meet: 784 against 64.",
            "`dZ.T @ X`": "Its shape is (128, 784): it is transposed.",
        },
        computed=lambda: np.allclose(
            linear_backward(np.ones((5, 3)), np.arange(20.0).reshape(5, 4), np.ones((4, 3)))[1],
            np.arange(20.0).reshape(5, 4).T @ np.ones((5, 3)),
        ),
    ),
    Number(
        name="gradient of a bias",
        lesson="07",
        level=2,
        text="`dZ` has the rows (0.1, -0.2), (0.3, 0.1) and (-0.1, 0.4). What is the second entry of `db`?",
        answer=0.3,
        computed=lambda: linear_backward(np.array([[0.1, -0.2], [0.3, 0.1], [-0.1, 0.4]]), np.ones((3, 1)), np.ones((1, 2)))[2][
            1
        ],
        solution="The bias was added to each row, so the blames are summed along the column: $-0.2 + 0.1 + 0.4 = 0.3$.",
    ),
    Bug(
        name="gradient of ReLU from the wrong sign",
        lesson="07",
        level=2,
        exercise="relu_backward",
        text="`relu_backward(dA, Z)` should let the gradient through where ReLU did. A gradient check fails. Which line is wrong?",
        code="def relu_backward(dA, Z):\n    passed = np.maximum(Z, 0) >= 0\n    return dA * passed\n",
        line=2,
        repaired="    passed = Z > 0",
        solution="What ReLU returns is never below 0, so this condition is always true and everything passes. The question is where Z was positive.",
    ),
    Number(
        name="hidden blame",
        lesson="07",
        level=3,
        text=(
            "One image: the hidden scores are $Z_1 = (2, -1)$, $dZ_2 = (0.5, -0.5)$ and $W_2$ has the rows (1, 3) and (4, 2). "
            "What is the first entry of $dZ_1$?"
        ),
        answer=-1,
        computed=lambda: relu_backward(
            linear_backward(np.array([[0.5, -0.5]]), np.array([[2.0, 0]]), np.array([[1.0, 3], [4, 2]]))[0], np.array([[2.0, -1]])
        )[0, 0],
        solution="$dA_1 = dZ_2 W_2^T = (0.5 - 1.5, 2 - 1) = (-1, 1)$. The first unit was above 0 and keeps -1; the second one gets 0.",
    ),
    Choice(
        name="what a gradient check can miss",
        lesson="07",
        level=3,
        text="A gradient check passes on three random images. Which mistake can still be in the program?",
        options={
            "The loss itself is the wrong one, computed and differentiated alike.": "Right: the check compares gradient and loss. It does not know which loss was meant.",
            "A transposed weight matrix in the gradient.": "Its numbers would differ.",
            "A missing sum over the images in `db`.": "With three images the numbers or the shape would differ.",
            "A missing factor 1/n in the gradient.": "It would be three times too large.",
        },
    ),
    Number(
        name="steps in an epoch",
        lesson="08",
        level=1,
        text="50 000 images are trained in batches of 64. How many steps does an epoch have, if the last batch may be smaller?",
        answer=782,
        computed=lambda: sum(
            1
            for _ in EXERCISES["minibatches"].task.solution(
                np.zeros((50_000, 1)), np.zeros(50_000, int), 64, np.random.default_rng(0)
            )
        ),
        tolerance=0,
        solution="$50\\,000 / 64 = 781.25$, so 782; the last batch has 16 images.",
    ),
    Number(
        name="spread of the first weights",
        lesson="08",
        level=2,
        text="Which spread (standard deviation) does He initialisation give to the weights of a layer with 200 inputs and 50 units?",
        answer=0.1,
        computed=lambda: EXERCISES["initialise"].task.solution((200, 5_000, 10), np.random.default_rng(0))["W1"].std(),
        tolerance=0.001,
        solution="$\\sqrt{2/200} = 0.1$. The number of units does not matter.",
    ),
    Choice(
        name="all weights zero",
        lesson="08",
        level=2,
        text="All weights and biases of a network with one hidden layer begin at 0. What does training do?",
        options={
            "Only the last biases change; the network learns how frequent the classes are.": "Right: the hidden values are 0, so $dW_2 = A_1^T dZ_2$ is 0, and $dA_1 = dZ_2 W_2^T$ is 0 as well.",
            "It trains as usual, a little later.": "The gradients of both weight matrices are 0 and stay so.",
            "The loss becomes nan at once.": "All numbers are harmless.",
            "All hidden units learn the same template.": "So it would be with equal weights other than 0. With 0 they learn none.",
        },
    ),
    Choice(
        name="images and labels shuffled apart",
        lesson="08",
        level=2,
        text="In each epoch the images are shuffled, and the labels by another order. Where does the training loss settle?",
        options={
            "Near ln 10 = 2.30": "Right: the labels say nothing about the images, so ten classes stay equally probable.",
            "Near 0": "There is nothing that the network could learn from one epoch to the next.",
            "It grows without end": "Predicting one tenth for each class costs ln 10 and is always possible.",
            "Near its usual value, because the order does not matter": "The order of the pairs does not; which label belongs to which image does.",
        },
    ),
    Program(
        name="mean of an epoch",
        lesson="08",
        level=2,
        text=(
            "Batches can differ in size. Write `mean_loss(losses, sizes)`, which returns the mean loss for each *image* from the "
            "mean losses of the batches and their sizes."
        ),
        code="def mean_loss(losses, sizes):\n    return sum(loss * size for loss, size in zip(losses, sizes)) / sum(sizes)\n",
        tests="assert mean_loss([1.0, 4.0], [3, 1]) == 1.75\nassert mean_loss([2.0], [16]) == 2.0\n",
        solution="A small batch counts less: its mean stands for fewer images.",
    ),
    Choice(
        name="learning rate too high",
        lesson="09",
        level=1,
        text="The training loss jumps up and down, and after a few steps it is nan. What is the first thing to try?",
        options={
            "A learning rate that is several times smaller": "Right: the steps overshoot, and each makes the next one larger.",
            "More hidden units": "They do not make the steps shorter.",
            "More epochs": "From nan there is no way back.",
            "A smaller validation set": "It has no influence on training.",
        },
    ),
    Choice(
        name="gap between the curves",
        lesson="09",
        level=2,
        text="Training accuracy is 100 %, validation accuracy has stood still at 94 % for many epochs. What helps most probably?",
        options={
            "More training images": "Right: the network fits those it has perfectly and lacks variety.",
            "More hidden units": "It can fit the training images already.",
            "More epochs": "The training loss has hardly any slope left to follow.",
            "A larger learning rate": "There is nothing left to be learned faster.",
        },
    ),
    Bug(
        name="mean over the classes, too",
        lesson="10",
        level=2,
        exercise="cross_entropy",
        text="This cross-entropy of an untrained network with ten classes is 0.23. Which line is wrong?",
        code="def cross_entropy(P, Y):\n    logs = np.log(np.maximum(P, 1e-300))\n    surprise = -Y * logs\n    return surprise.mean()\n",
        line=4,
        repaired="    return surprise.sum(axis=1).mean()",
        solution="The mean runs over all n·k entries, of which only n are not 0, so the loss is $\\ln 10 / 10$. First sum over the classes, then average over the images.",
    ),
    Choice(
        name="too good on the test set",
        lesson="10",
        level=3,
        text="A report says: “We tried 200 settings and give the test accuracy of the best one, 98.9 %.” What is wrong with it?",
        options={
            "The setting was chosen by the test images, so its accuracy on them is too good.": "Right: the best of 200 also had luck with these images. Choosing belongs on validation images.",
            "200 settings are too few.": "With more the luck of the best one would be larger.",
            "The network was trained on the test images.": "The report does not say so; choosing alone does the damage.",
            "Nothing: no test image was trained on.": "The test images decided something, and so they are no longer unseen.",
        },
    ),
]
