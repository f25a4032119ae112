"""What a training is refused for, before its first step: each part of the wrong kind, and parts that do not fit together."""

import numbers

from .array_advice import kind_of
from .array_checks import Sizes, images, labels
from .data import Split
from .number_checks import size
from .optimizers import OPTIMIZERS


def check_kinds(model, dataset, optimizer, schedule, augment):
    """Refuse names and classes where objects or functions are wanted."""
    if not hasattr(model, "backpropagate") or isinstance(model, type):
        raise ValueError(f"model must be a network, but is {kind_of(model)}. Try model=MLP([784, 32, 10]).")
    if not all(hasattr(dataset, name) for name in ("train", "validation", "test")):
        advice = "Try dataset=load_mnist()."
        if isinstance(dataset, Split) or (isinstance(dataset, tuple) and len(dataset) in (2, 4)):        # images, labels …
            advice = "Try dataset=Dataset.from_arrays(*dataset)."
        raise ValueError(f"dataset must be a Dataset, but is {kind_of(dataset)}. {advice}")
    if not hasattr(optimizer, "step") or isinstance(optimizer, type):
        named = getattr(optimizer, "__name__", str(optimizer)).lower()
        example = next((name for name in OPTIMIZERS if name.lower() == named), "Adam")
        raise ValueError(
            f"optimizer must be an object such as Adam(0.001), but is {kind_of(optimizer)}. Try optimizer={example}()."
        )
    if schedule is not None and (not callable(schedule) or isinstance(schedule, type)):
        raise ValueError(
            f"schedule must be a function such as schedules.linear, but is {kind_of(schedule)}. Try schedule=schedules.linear."
        )
    if augment is not None and (not callable(augment) or isinstance(augment, type)):
        raise ValueError(
            f"augment must be a function or an object such as Warp(), but is {kind_of(augment)}. Try augment=Warp()."
        )


def check_fit(model, dataset, epochs, patience, initial_epoch):
    """Refuse settings and a data set that do not fit, once for all steps."""
    if patience is not None:
        size("patience", patience)
        if not len(dataset.validation):
            raise ValueError("patience needs a validation split, but it is empty. Make the data set with validation=0.1.")
    if initial_epoch not in range(epochs + 1):
        advice = "Try initial_epoch=0."
        if isinstance(initial_epoch, numbers.Integral) and initial_epoch > epochs:
            advice = f"Epochs that are done count too: epochs={initial_epoch + epochs}."
        raise ValueError(
            f"initial_epoch must be a whole number from 0 to epochs = {epochs}, but is {initial_epoch!r}. {advice}"
        )
    if not len(dataset.train):
        raise ValueError("dataset.train must hold examples, but is empty. Set fewer aside: validation=0.1.")
    for name in ("train", "validation", "test"):
        split = getattr(dataset, name)
        if len(split) or name == "train":
            images(f"dataset.{name}.images", split.images, ("n", "d"), Sizes(model.dimensions))
            labels(f"dataset.{name}.labels", split.labels, ("n",), Sizes(model.dimensions))
