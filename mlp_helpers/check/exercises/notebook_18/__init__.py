"""Exercises and questions of notebook 18, Make it fast."""

from . import (  # in the order of the lesson
    flops_of_step,
    product_bytes,
    attainable,
    softmax_into,
    faster_step,
    questions,
)
