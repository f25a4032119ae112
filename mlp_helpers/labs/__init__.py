"""The interactive parts of the lessons: ``from mlp_helpers import labs``, then ``labs.softmax().show()``."""

from .activations import lab as activations
from .attack import lab as attack
from .descents import lab as descents
from .downhill import lab as downhill
from .dropout import lab as dropout
from .encodings import lab as encodings
from .pad import lab as pad
from .plane import lab as plane
from .signals import lab as signals
from .softmax import lab as softmax
from .stepper import lab as stepper
from .training import lab as training

__all__ = [
    "activations",
    "attack",
    "descents",
    "downhill",
    "dropout",
    "encodings",
    "pad",
    "plane",
    "signals",
    "softmax",
    "stepper",
    "training",
]
