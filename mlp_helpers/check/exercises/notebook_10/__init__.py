"""Exercises and questions of notebook 10, Hunt the bugs."""

from . import (  # in the order of the lesson
    repaired_1,
    repaired_2,
    repaired_3,
    repaired_4,
    repaired_5,
    questions,
)
