"""Exercises and questions of notebook 16, Look inside."""

from . import (  # in the order of the lesson
    dead_units,
    expected_calibration_error,
    with_temperature,
    step_on_input,
    questions,
)
