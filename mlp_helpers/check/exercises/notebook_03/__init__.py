"""Exercises and questions of notebook 03, Build a layer."""

from . import (  # in the order of the lesson
    linear,
    relu,
    sigmoid,
    collapse,
    questions,
)
