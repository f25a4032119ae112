"""A multi-layer perceptron from scratch in NumPy: what the notebooks build, in its finished form."""

from .command import early  # noqa: F401  (before all that takes time)
from .core import schedules
from .core.augmentation import Warp
from .core.autograd import Tensor
from .core.browser import IN_BROWSER
from .core.checkpoint import load_checkpoint, save_checkpoint
from .core.data import DATASETS, Dataset, Split, load_fashion_mnist, load_mnist, minibatches
from .core.false_alarms import silence_false_alarms
from .core.functions import (
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
from .core.gradients import check_gradients, numerical_gradient
from .core.history import History, Progress, TrainingDiverged
from .core.idx import read_idx
from .core.ladder import load_ladder
from .core.layers import BatchNorm, Dropout, Linear, ReLU, Sigmoid
from .core.losses import SigmoidMeanSquaredError, SoftmaxCrossEntropy
from .core.measures import calibration_curve, confusion_matrix, expected_calibration_error
from .core.network import MLP
from .core.optimizers import SGD, Adam, AdamW, Momentum, Nesterov, RMSProp
from .core.processes import Processes
from .core.recipes import RECIPES, Recipe, follow, joined
from .core.results import read_results
from .core.sampling import grid, sample_settings
from .core.search import search
from .core.training import stops_early, train, training_steps
from .core.trials import train_trial

silence_false_alarms()
if IN_BROWSER:  # there nobody starts the course from a terminal, which brings a learner's copies up to date elsewhere
    from .editions.in_browser import bring_up_to_date

    bring_up_to_date()

__all__ = [
    "DATASETS", "MLP", "RECIPES", "SGD", "Adam", "AdamW", "BatchNorm", "Dataset", "Dropout", "History", "Linear", "Momentum",
    "Nesterov", "Processes", "Progress", "RMSProp", "ReLU", "Recipe", "Sigmoid", "SigmoidMeanSquaredError",
    "SoftmaxCrossEntropy", "Split", "Tensor", "TrainingDiverged", "Warp", "accuracy", "calibration_curve", "check_gradients",
    "confusion_matrix", "cross_entropy", "expected_calibration_error", "follow", "grid", "joined", "linear", "linear_backward",
    "load_checkpoint", "load_fashion_mnist", "load_ladder", "load_mnist", "mean_squared_error", "minibatches",
    "numerical_gradient", "one_hot", "read_idx", "read_results", "relu", "relu_backward", "sample_settings", "save_checkpoint",
    "schedules", "search", "sigmoid", "sigmoid_backward", "softmax", "softmax_cross_entropy_backward", "stops_early", "train",
    "train_trial", "training_steps",
]  # fmt: skip
