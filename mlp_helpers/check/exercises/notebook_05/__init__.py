"""Exercises and questions of notebook 05, Walk downhill."""

from . import (  # in the order of the lesson
    numerical_gradient,
    softmax_cross_entropy_backward,
    descend,
    questions,
)
