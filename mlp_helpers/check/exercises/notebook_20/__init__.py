"""Exercises and questions of notebook 20, Meet autograd."""

from . import (  # in the order of the lesson
    sum_to_shape,
    input_blames,
    topological_order,
    take_backward,
    questions,
)
