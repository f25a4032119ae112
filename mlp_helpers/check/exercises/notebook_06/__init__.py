"""Exercises and questions of notebook 06, Follow the blame: everything here is single numbers."""

from . import (  # in the order of the lesson
    chain_blame,
    activation_blame,
    relu_blame,
    hidden_weight_blame,
    questions,
)
