"""Part 3, The craft: lessons 11 to 16."""

import math

import numpy as np

from mlp_helpers import Dropout, confusion_matrix, expected_calibration_error
from mlp_helpers.check import EXERCISES

from .question import Bug, Choice, Number, Program


def solution(name):
    return EXERCISES[name].task.solution


def after_two_momentum_steps():
    """Where a parameter that began at 1 lies after two steps with the gradient 2."""
    parameters, velocity = {"w": np.array([1.0])}, {"w": np.array([0.0])}
    for _ in range(2):
        solution("momentum_step")(parameters, {"w": np.array([2.0])}, velocity, 0.1, 0.5)
    return parameters["w"][0]


def first_step_of_adam():
    """How far Adam moves a parameter in its first step, with the gradient 0.0003 and the rate 0.001."""
    parameters = {"w": np.array([1.0])}
    memory = {"steps": 0, "mean": {"w": np.zeros(1)}, "square": {"w": np.zeros(1)}}
    solution("adam_step")(parameters, {"w": np.array([0.0003])}, memory, 0.001)
    return 1 - parameters["w"][0]


LABELS, ANSWERS = np.array([0, 0, 1, 1, 1, 2]), np.array([0, 1, 1, 1, 2, 2])
QUESTIONS = [
    Choice(
        name="order of backward",
        lesson="11",
        level=1,
        text="A network is a list of layers. In which order are their `backward` methods called, and why?",
        options={
            "From the last to the first, since each needs the blame of its output from the layer behind it.": "Right: the loss stands at the end, and the blame travels from there.",
            "From the first to the last, as in `forward`.": "At the first layer nothing is known yet about the blame of its output.",
            "In any order, since each layer has its own weights.": "Each needs what the layer behind it returns.",
            "Only the last one is called.": "Then the other layers would never learn.",
        },
    ),
    Number(
        name="what is left of a gradient",
        lesson="11",
        level=2,
        text=(
            "The slope of the sigmoid is at most 0.25. A gradient passes back through the sigmoids of 5 layers. By which factor at "
            "most do the sigmoids alone let it through? Round to six decimals."
        ),
        answer=0.000977,
        computed=lambda: 0.25**5,
        tolerance=0.000001,
        solution="$0.25^5 = 1/1024 = 0.000977$. Weights can make up for it, or make it worse.",
    ),
    Choice(
        name="what forward must keep",
        lesson="11",
        level=2,
        text="What must a linear layer keep from `forward` for its `backward`?",
        options={
            "Its input X": "Right: $dW = X^T dZ$ needs it.",
            "Its output Z": "No gradient of a linear layer contains Z. (ReLU needs it.)",
            "The labels": "Only the loss at the end knows them.",
            "Nothing": "W and b are there anyway, but dW depends on the input.",
        },
    ),
    Choice(
        name="certain and wrong under the squared error",
        lesson="12",
        level=2,
        text="An output sigmoid gives 0.999 where 0 is due. Why does the squared error correct this only slowly?",
        options={
            "The gradient contains the slope a(1 - a) of the sigmoid, which is nearly 0 there.": "Right: about 0.001. With cross-entropy this factor cancels.",
            "The squared error of this output is small.": "It is nearly 1, the largest there is.",
            "The learning rate becomes smaller there.": "The rate is the same everywhere.",
            "The labels are not one-hot.": "They are; the 0 is a part of the row.",
        },
    ),
    Number(
        name="gradient of a saturated sigmoid",
        lesson="12",
        level=2,
        text="One output, $a = \\text{sigmoid}(z) = 0.9$, due is 0, and the loss is $(a - y)^2$. What is its derivative by $z$?",
        answer=0.162,
        computed=lambda: solution("sigmoid_mean_squared_error_backward")(np.array([[0.9]]), np.array([[0.0]])).item(),
        solution="$2(a - y) \\cdot a(1 - a) = 2 \\cdot 0.9 \\cdot 0.09 = 0.162$. With cross-entropy it would be $0.9$.",
    ),
    Number(
        name="standard error of an accuracy",
        lesson="13",
        level=2,
        text="A network reads 9 000 of 10 000 images. What is the standard error of its accuracy, in percentage points?",
        answer=0.3,
        computed=lambda: 100 * solution("standard_error")(0.9, 10_000),
        solution="$\\sqrt{0.9 \\cdot 0.1 / 10\\,000} = 0.003$. A difference of a quarter of a point may be luck.",
    ),
    Number(
        name="entry of a confusion matrix",
        lesson="13",
        level=1,
        text=(
            "The labels are 0, 0, 1, 1, 1, 2 and the answers 0, 1, 1, 1, 2, 2. Which number stands in row 1, column 2 of the "
            "confusion matrix, if rows are labels and both are counted from 0?"
        ),
        answer=1,
        computed=lambda: confusion_matrix(LABELS, ANSWERS, 3)[1, 2],
        tolerance=0,
        solution="One image of class 1 was taken for a 2, the fifth.",
    ),
    Bug(
        name="confusion matrix turned round",
        lesson="13",
        level=2,
        exercise="confusion_matrix",
        text="Rows should be labels, columns answers. Which line is wrong?",
        code=(
            "def confusion_matrix(labels, predicted, n_classes=10):\n    counts = np.zeros((n_classes, n_classes), dtype=int)\n"
            "    for label, answer in zip(labels, predicted):\n        counts[answer, label] += 1\n    return counts\n"
        ),
        line=4,
        repaired="        counts[label, answer] += 1",
        solution="The first index is the row. The accuracy, read from the diagonal, would not have shown it.",
    ),
    Number(
        name="two steps with momentum",
        lesson="14",
        level=2,
        text=(
            "$w = 1$, the velocity is 0, the gradient is 2 in both steps, the learning rate 0.1 and the momentum 0.5 "
            "(velocity: half of the old one plus the gradient). Where is $w$ after two steps?"
        ),
        answer=0.5,
        computed=after_two_momentum_steps,
        solution="Velocities 2 and $0.5 \\cdot 2 + 2 = 3$, so $w = 1 - 0.2 - 0.3 = 0.5$.",
    ),
    Choice(
        name="first step of Adam",
        lesson="14",
        level=3,
        text="How large is the first step of Adam for a weight whose gradient is 0.0003, with a learning rate of 0.001?",
        options={
            "About 0.001": "Right: after the correction the mean gradient is 0.0003 and the root of the mean square, too; their quotient is 1.",
            "0.0000003": "So it would be with plain gradient descent.",
            "0.0001": "The factor 0.1 of the first mean is undone by the correction for the start at 0.",
            "0.0003": "The size of the gradient cancels.",
        },
        computed=lambda: abs(first_step_of_adam() - 0.001) < 1e-6,
    ),
    Number(
        name="far limit of the velocity",
        lesson="14",
        level=3,
        text="With momentum 0.9 and a gradient that is always 1, which velocity is reached in the end?",
        answer=10,
        computed=lambda: sum(0.9**i for i in range(500)),
        tolerance=0.01,
        solution="$v = 0.9v + 1$ gives $v = 10$: on a long slope momentum walks ten times as far for each step.",
    ),
    Choice(
        name="dropout when predicting",
        lesson="15",
        level=1,
        text="What does dropout, as in this course, do when the trained network predicts?",
        options={
            "Nothing": "Right: what was kept in training was enlarged by 1 / (1 - rate) at once, so the mean is the same.",
            "It leaves out the same units as in the last step.": "The mask is drawn anew for each batch, and forgotten.",
            "It leaves out units by chance.": "Then the same image would get another answer each time.",
            "It divides all values by 1 - rate.": "That was done in training, with those that were kept.",
        },
        computed=lambda: np.array_equal(
            Dropout(0.5, rng=np.random.default_rng(0)).forward(np.ones((2, 3)), training=False), np.ones((2, 3))
        ),
    ),
    Number(
        name="what dropout keeps",
        lesson="15",
        level=2,
        text="With the rate 0.2, what does an activation of 4 become where dropout keeps it in training?",
        answer=5,
        computed=lambda: solution("dropout")(np.full((1, 100), 4.0), 0.2, np.random.default_rng(0))[0].max(),
        solution="$4 / (1 - 0.2) = 5$, so that the mean over many masks stays 4.",
    ),
    Number(
        name="smoothed label",
        lesson="15",
        level=2,
        text="Label smoothing takes 0.1 of the 1 and spreads it over all ten classes. What stands in place of the true class?",
        answer=0.91,
        computed=lambda: solution("smooth_labels")(np.eye(10)[[3]], 0.1)[0, 3],
        solution="$0.9 + 0.1/10 = 0.91$, and 0.01 everywhere else.",
    ),
    Choice(
        name="early stopping by the test loss",
        lesson="15",
        level=2,
        text="Which loss should decide when training stops early?",
        options={
            "The validation loss": "Right: it is made of images that are not trained on, and the test set stays unseen.",
            "The training loss": "It usually falls on, also when new images are read worse and worse.",
            "The test loss": "Then the test set takes part in the training, and its accuracy is too good.",
            "The loss of the last batch": "It jumps by chance from batch to batch, and was trained on.",
        },
    ),
    Number(
        name="calibration by hand",
        lesson="16",
        level=3,
        text=(
            "Of four images with confidence 0.75 two are read rightly; of four with confidence 0.95 all. What is the expected "
            "calibration error (ten bins)?"
        ),
        answer=0.15,
        computed=lambda: expected_calibration_error(
            np.array([[0.75, 0.25]] * 4 + [[0.95, 0.05]] * 4), np.array([0, 0, 1, 1, 0, 0, 0, 0]), 10
        ),
        solution="The gaps are $|0.75 - 0.5| = 0.25$ and $|0.95 - 1| = 0.05$, each for half of the images: 0.15.",
    ),
    Choice(
        name="dead unit",
        lesson="16",
        level=2,
        text="A hidden ReLU unit is 0 for every training image. Can training by these images bring it back?",
        options={
            "No: its gradient is 0 for each of them, so its weights do not move.": "Right, as long as nothing else moves them (and the inputs stay the same).",
            "Yes, if the learning rate is large enough.": "A large rate times 0 is 0.",
            "Yes, because the layer behind it still learns.": "The weights behind it get no gradient from it either: they are multiplied by 0.",
            "Yes, in the next epoch, when the order changes.": "It is 0 for every image, in whatever order.",
        },
    ),
    Program(
        name="the most confident mistake",
        lesson="16",
        level=2,
        text="Write `worst(P, labels)`, which returns the index of the image that is read wrongly with the highest probability.",
        code=(
            "def worst(P, labels):\n    wrong = P.argmax(axis=1) != labels\n    return int(np.where(wrong, P.max(axis=1), -1).argmax())\n"
        ),
        tests=(
            "P = np.array([[0.9, 0.1], [0.4, 0.6], [0.8, 0.2]])\nassert worst(P, np.array([0, 0, 1])) == 2\n"
            "assert worst(P, np.array([0, 0, 0])) == 1\n"
        ),
        solution="Right answers are put below every probability, so that they are never the largest.",
    ),
    Number(
        name="temperature",
        lesson="16",
        level=3,
        text="Two classes have the scores 2 and 0. At the temperature 2, which probability does the first get?",
        answer=0.731,
        computed=lambda: solution("with_temperature")(np.array([[2.0, 0.0]]), 2.0)[0, 0],
        tolerance=0.002,
        solution=f"The scores become 1 and 0, so it is $e/(e + 1) = {math.e / (math.e + 1):.3f}$ instead of 0.881.",
    ),
]
