"""Exercises of notebook 17."""

from . import (
    sample_settings,
    best_so_far,
    expected_best,
    gap_of_the_best,
    successive_halving,
    questions,
)
