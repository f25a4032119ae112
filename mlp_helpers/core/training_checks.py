"""What a training is refused for, before its first step: each part of the wrong kind, and parts that do not fit together."""

from .contracts import images, labels, size
from .optimizers import OPTIMIZERS


def check_kinds(model, dataset, optimizer, schedule, augment):
    """Refuse names and classes where objects or functions are wanted."""
    if not hasattr(model, "backpropagate") or isinstance(model, type):
        raise ValueError(f"model must be a network such as MLP([784, 32, 10]), but is {kind_of(model)}.")
    if not all(hasattr(dataset, name) for name in ("train", "validation", "test")):
        raise ValueError(f"dataset must be a Dataset such as load_mnist() returns, but is {kind_of(dataset)}.")
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


def kind_of(value):
    """Say what was given in place of an object."""
    return f"the class {value.__name__}" if isinstance(value, type) else f"a {type(value).__name__}"


def check_fit(model, dataset, epochs, patience, initial_epoch):
    """Refuse settings and a data set that do not fit, once for all steps."""
    if patience is not None:
        size("patience", patience)
        if not len(dataset.validation):
            raise ValueError("patience needs a validation split, but it is empty. Load the data with validation=10_000.")
    if initial_epoch not in range(epochs + 1):
        raise ValueError(
            f"initial_epoch must be a whole number from 0 to epochs = {epochs}, but is {initial_epoch!r}. "
            "Give the total as epochs."
        )
    for name in ("train", "validation", "test"):
        split = getattr(dataset, name)
        if len(split) or name == "train":
            images(f"dataset.{name}.images", split.images, ("n", "d"), dict(model.dimensions))
            labels(f"dataset.{name}.labels", split.labels, ("n",), dict(model.dimensions))
