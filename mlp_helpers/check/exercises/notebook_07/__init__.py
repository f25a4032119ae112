"""Exercises and questions of notebook 07, Derive backpropagation."""

from . import (  # in the order of the lesson
    relu_backward,
    linear_backward,
    two_layer_gradients,
    questions,
)
