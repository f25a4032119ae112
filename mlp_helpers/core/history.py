"""What a training reports while it runs, and what is left when it has ended."""

import math
from dataclasses import dataclass, field

NO_FIRST_LOSS = 1_000                            # no network begins with such a loss: ln k is the loss of pure chance


@dataclass(frozen=True)
class Evaluation:
    """Loss and accuracy on two splits after an epoch, and the seconds that its steps took.

    Without a validation split its two numbers are NaN.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    validation_loss: float
    validation_accuracy: float
    seconds: float

    def __str__(self):
        line = f"epoch {self.epoch:3}   loss {self.train_loss:.4f}   train {self.train_accuracy:.2%}"
        if not math.isnan(self.validation_accuracy):
            line += f"   validation {self.validation_accuracy:.2%}"
        return f"{line}   {self.seconds:.2f} s"


@dataclass(frozen=True)
class Progress:
    """Where a training is: steps done of all steps, and the loss of the last one (NaN before the first).

    Reported after every step, between the parts of a long one, and while the network is
    evaluated after an epoch; the last report of an epoch holds the ``evaluation``.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    evaluation: Evaluation | None = None


@dataclass
class History:
    """What a training measured, one entry per epoch: ``history.validation_accuracy[-1]``."""

    train_loss: list = field(default_factory=list)
    train_accuracy: list = field(default_factory=list)
    validation_loss: list = field(default_factory=list)
    validation_accuracy: list = field(default_factory=list)
    seconds: list = field(default_factory=list)
    interrupted: bool = False

    def __len__(self):
        return len(self.seconds)

    def append(self, evaluation):
        """Add what was measured after an epoch."""
        for name in ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "seconds"):
            getattr(self, name).append(getattr(evaluation, name))

    def drop_half_an_entry(self):
        """Make all lists equally long after an interrupt, which may have come while one was added to."""
        for values in (self.train_loss, self.train_accuracy, self.validation_loss, self.validation_accuracy):
            del values[len(self):]


class TrainingDiverged(ArithmeticError):
    """The loss has exploded. ``step``, ``learning_rate``, ``loss``, ``first_loss`` and ``history`` tell more."""

    def __init__(self, step, learning_rate, loss, first_loss=1.0):
        super().__init__(step, learning_rate, loss, first_loss)          # its own, so that it can travel between processes
        self.step, self.learning_rate, self.loss, self.first_loss = step, learning_rate, loss, first_loss
        self.history = History()

    def __str__(self):
        if not self.first_loss < NO_FIRST_LOSS:              # true for NaN too
            return (
                f"the training diverged: the loss was {self.first_loss:.4g} before the first step already. "
                'Start again with smaller weights, init="he", and look at the inputs: pixel values should lie between 0 and 1.'
            )
        return (
            f"the training diverged: at step {self.step}, with a learning rate of {self.learning_rate:g}, "
            f"the loss is {self.loss:.4g}. Start again with a smaller learning rate, "
            f"for example learning_rate={self.learning_rate / 10:g}, and look at the inputs: "
            "pixel values should lie between 0 and 1."
        )
