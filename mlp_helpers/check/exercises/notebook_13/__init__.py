"""Exercises and questions of notebook 13, Change the data."""

from . import (  # in the order of the lesson
    confusion_matrix,
    most_confused,
    standard_error,
    questions,
)
