"""Exercises and questions of notebook 02, Encode the labels."""

from . import (  # in the order of the lesson
    one_hot,
    decode,
    accuracy,
    nearest_mean,
    questions,
)
