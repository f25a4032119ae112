"""Exercises and questions of notebook 14, Train faster."""

from . import (  # in the order of the lesson
    momentum_step,
    adam_step,
    linear_schedule,
    nesterov_step,
    questions,
)
