"""Exercises and questions of notebook 11, Stack layers: the learner writes classes."""

from . import (  # in the order of the lesson
    ReLU,
    Linear,
    SoftmaxCrossEntropy,
    MLP,
    questions,
)
