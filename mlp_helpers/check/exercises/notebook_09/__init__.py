"""Exercises and questions of notebook 09, Explore learning. (Its starred exercise is check.challenge.)"""

from . import (  # in the order of the lesson
    epochs_to_reach,
    diagnose_curves,
    questions,
)
