"""Exercises and questions of notebook 19, Pass 99 percent."""

from . import (  # in the order of the lesson
    average_weights,
    read_together,
    read_warped,
    paired_difference,
    questions,
)
