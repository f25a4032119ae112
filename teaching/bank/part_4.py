"""Part 4, Beyond: lessons 17 to 20."""

import numpy as np

from mlp_helpers import Tensor
from mlp_helpers.check import EXERCISES

from .question import Choice, Number, Program


def solution(name):
    return EXERCISES[name].task.solution


def slope_of_the_product():
    x = Tensor(np.array(3.0))
    (x * x * x + x).backward()
    return float(x.grad)


QUESTIONS = [
    Number(
        name="best of two",
        lesson="17",
        level=2,
        text="Three settings reach 96, 97 and 98 %. Two are drawn by chance, with replacement. What is the mean of the better one?",
        answer=97.444,
        computed=lambda: solution("expected_best")(np.array([96.0, 97, 98]), 2),
        tolerance=0.005,
        solution="Of nine pairs one has 96 as its best, three have 97 and five 98: $(96 + 3 \\cdot 97 + 5 \\cdot 98)/9 = 97.44$.",
    ),
    Choice(
        name="range of a learning rate",
        lesson="17",
        level=2,
        text="A random search tries learning rates from 0.0001 to 1. How should they be drawn?",
        options={
            "The logarithm uniformly": "Right: then each factor of ten gets a quarter of the trials.",
            "The rate uniformly": "Then nine of ten trials lie above 0.1.",
            "Always in steps of 0.0001": "That is a grid of ten thousand rates, nearly all of them above 0.1.",
            "From a normal distribution around 0.5": "Rates below 0.01 would hardly ever be tried, and some would be negative.",
        },
    ),
    Choice(
        name="random search against a grid",
        lesson="17",
        level=3,
        text="Of four settings only one matters much. Why does random search then find a good value sooner than a grid of as many trials?",
        options={
            "Each random trial tries another value of that setting, while a grid tries the same few again and again.": "Right: 81 trials are 81 values by chance, but only 3 on a grid of four settings.",
            "Random trials are cheaper.": "Each trial is one training in both cases.",
            "A grid cannot hold four settings.": "It can; it only grows quickly.",
            "Random search learns from its earlier trials.": "It does not: its trials are independent.",
        },
    ),
    Number(
        name="operations of a step",
        lesson="18",
        level=2,
        text=(
            "How many million multiplications and additions do the five matrix products of one training step of 784-128-10 with "
            "100 images take together? (Nothing is computed for the images themselves.)"
        ),
        answer=40.909,
        computed=lambda: solution("flops_of_step")(100, 784, 128, 10) / 1e6,
        tolerance=0.01,
        solution=(
            "Each product (n, d) @ (d, h) takes $2ndh$. Two for the first layer (Z, dW), three for the second (Z, dW, dA): "
            "$2 \\cdot 2 \\cdot 100 \\cdot 784 \\cdot 128 + 3 \\cdot 2 \\cdot 100 \\cdot 128 \\cdot 10 = 40.9$ million."
        ),
    ),
    Choice(
        name="where a small batch loses time",
        lesson="18",
        level=2,
        text="Why does an epoch with batches of one image take much longer than one with batches of 100, on one processor?",
        options={
            "All weights are read and written for every image, and NumPy's calls cost as much as for a large batch.": "Right: the arithmetic for each image is the same, but what surrounds it is paid a hundred times as often.",
            "More multiplications are needed for each image.": "Their number for each image is the same.",
            "The gradients are larger.": "The size of a number does not change the time.",
            "The processor cannot multiply single rows.": "It can, but it waits for memory most of the time.",
        },
    ),
    Number(
        name="roofline",
        lesson="18",
        level=2,
        text=(
            "A processor does at most 100 GFLOP/s and reads 20 GB/s. How many GFLOP/s can an operation reach that does 2 "
            "operations for each byte?"
        ),
        answer=40,
        computed=lambda: np.ravel(solution("attainable")(np.array([2.0]), 100e9, 20e9))[0] / 1e9,
        solution="$2 \\cdot 20 = 40$, which is below 100: memory decides. From 5 operations a byte on, arithmetic does.",
    ),
    Choice(
        name="three networks together",
        lesson="19",
        level=2,
        text="Three networks from different seeds are averaged. When does the average read clearly better than each of them?",
        options={
            "When their mistakes differ": "Right: where one is wrong, two can outvote it.",
            "When their mistakes are the same": "Then the average makes these mistakes, too.",
            "When one is much better than the others": "Then the others rather pull it down.",
            "Always, by a factor of three": "There is no such law: images that all read wrongly stay wrong.",
        },
    ),
    Choice(
        name="pairs instead of accuracies",
        lesson="19",
        level=3,
        text="Two networks read the same 10 000 test images. Why compare them image by image, and not only their accuracies?",
        options={
            "Images that both read, or both miss, say nothing about the difference; what is left has less chance in it.": "Right: only those count that one of the two reads.",
            "The accuracies could not be computed otherwise.": "They are computed in any case.",
            "It makes the difference itself larger.": "The difference is the same; its error is smaller.",
            "It needs no test images.": "It needs the same ones for both.",
        },
    ),
    Number(
        name="autograd by hand",
        lesson="20",
        level=2,
        text="$y = x \\cdot x \\cdot x + x$. What does an automatic gradient report for $x$ at $x = 3$?",
        answer=28,
        computed=slope_of_the_product,
        solution="$3x^2 + 1 = 28$; a program finds it as the sum over all four uses of $x$.",
    ),
    Choice(
        name="order of an automatic backward",
        lesson="20",
        level=2,
        text="In which order must the nodes of a computation be visited on the way back?",
        options={
            "Each one after all nodes that use it": "Right: only then is the sum of its blame complete.",
            "In the order in which they were computed": "That is the way forward; the blame is not there yet.",
            "Each one once for every path from the result": "That would be right but, with many forks, endless work; an order avoids it.",
            "In any order": "A node that is visited too soon hands on a part of its blame only.",
        },
    ),
    Program(
        name="sum back to a shape",
        lesson="20",
        level=3,
        text="A bias `b` (h,) was added to `Z` (n, h). Write `blame_of_bias(G)`, which returns its blame from that of the result, (n, h).",
        code="def blame_of_bias(G):\n    return G.sum(axis=0)\n",
        tests="assert blame_of_bias(np.array([[1.0, 2.0], [3.0, 5.0]])).tolist() == [4.0, 7.0]\n",
        solution="Each entry was used once for every row, so its blame is the sum over the rows.",
    ),
]
