"""Exercises and questions of notebook 01, Load the images."""

from . import (  # in the order of the lesson
    scale_pixels,
    flatten,
    read_header,
    questions,
)
