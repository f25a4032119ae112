"""Exercises and questions of notebook 00c, Warm up with mathematics."""

from . import (  # in the order of the lesson
    secant,
    slope_of_square,
    log_of_product,
    matrix_product,
    questions,
)
