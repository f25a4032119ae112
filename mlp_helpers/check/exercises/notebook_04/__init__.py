"""Exercises and questions of notebook 04, Turn scores into probabilities."""

from . import (  # in the order of the lesson
    softmax,
    cross_entropy,
    mean_squared_error,
    log_sum_exp,
    questions,
)
