"""Exercises and questions of notebook 12, Revisit the classic."""

from . import (  # in the order of the lesson
    gap_and_decline,
    sigmoid_mean_squared_error_backward,
    classic_gradients,
    questions,
)
