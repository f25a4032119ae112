"""Exercise, questions and self-test of notebook 00, Start here."""

from . import (  # in the order of the lesson
    ink,
    questions,
    self_test,
)
