"""Exercises and questions of notebook 08, Train the network."""

from . import (  # in the order of the lesson
    sgd_step,
    initialise,
    minibatches,
    train_one_epoch,
    fit,
    questions,
)
