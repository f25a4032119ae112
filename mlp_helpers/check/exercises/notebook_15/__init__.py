"""Exercises and questions of notebook 15, Generalise."""

from . import (  # in the order of the lesson
    stops_early,
    dropout,
    smooth_labels,
    shift,
    batch_norm,
    questions,
)
