"""Exercises and questions of notebook 00b, Warm up with NumPy."""

from . import (  # in the order of the lesson
    row_shares,
    centre_columns,
    bills,
    count_above,
    shortfall,
    brighten,
    halve_in_place,
    batches_of,
    questions,
)
