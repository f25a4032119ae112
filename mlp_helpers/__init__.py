"""A multi-layer perceptron from scratch in NumPy: what the notebooks build, in its finished form."""

import importlib

from .data import DATASETS, Dataset, Split, load_fashion_mnist, load_mnist
from .functions import (
    accuracy,
    cross_entropy,
    linear,
    linear_backward,
    mean_squared_error,
    one_hot,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_cross_entropy_backward,
)
from .gradients import check_gradients, numerical_gradient
from .history import History, Progress, TrainingDiverged
from .idx import read_idx
from .layers import Linear, ReLU, Sigmoid
from .losses import SigmoidMeanSquaredError, SoftmaxCrossEntropy
from .network import MLP
from .optimizers import SGD
from .training import minibatches, train, training_steps

UPSTAIRS = {"plots": "plots", "check": "checks", "labs": "labs"}   # loaded when first asked for: they need more than NumPy

__all__ = [
    "DATASETS", "MLP", "SGD", "Dataset", "History", "Linear", "Progress", "ReLU", "Sigmoid", "SigmoidMeanSquaredError",
    "SoftmaxCrossEntropy", "Split", "TrainingDiverged", "accuracy", "check_gradients", "cross_entropy", "linear",
    "linear_backward", "load_fashion_mnist", "load_mnist", "mean_squared_error", "minibatches", "numerical_gradient",
    "one_hot", "read_idx", "relu", "relu_backward", "sigmoid", "sigmoid_backward", "softmax",
    "softmax_cross_entropy_backward", "train", "training_steps",
]  # fmt: skip


def __getattr__(name):
    if name in UPSTAIRS:
        return importlib.import_module(f".{UPSTAIRS[name]}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
