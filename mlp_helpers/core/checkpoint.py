"""Checkpoints: the network, its optimizer and how far they had come, in one file."""

import dataclasses
import numbers

from .array_advice import kind_of
from .files import as_array, from_array, read_arrays, write_arrays
from .network import MLP
from .optimizers import OPTIMIZERS
from .weights import check_finite

PREFIX = "training."                               # of the names of everything that is not the network's


def save_checkpoint(path, model, optimizer, epoch):
    """Write all that it takes to go on with a training as if it had not been interrupted.

    ``MLP.load`` reads the network from such a file too.

    Parameters
    ----------
    path : path of an ``.npz`` file
    model : MLP
    optimizer : SGD, Momentum, Nesterov, RMSProp, Adam or AdamW
    epoch : int
        Number of epochs that are done.

    Raises
    ------
    ValueError
        When the optimizer is of a class that ``load_checkpoint`` does not know, or the network holds NaN or infinity.

    Examples
    --------
    >>> data, model, optimizer = load_mnist().subset(500), MLP([784, 16, 10], dropout=0.1), Adam()
    >>> _ = train(model, data, epochs=1, optimizer=optimizer, schedule=schedules.constant)
    >>> save_checkpoint("half.npz", model, optimizer, epoch=1)
    >>> model, optimizer, epoch = load_checkpoint("half.npz")
    >>> history = train(model, data, epochs=2, optimizer=optimizer, initial_epoch=epoch)
    >>> len(history)
    1
    """
    kind = type(optimizer)
    if OPTIMIZERS.get(kind.__name__) is not kind:
        known = ", ".join(OPTIMIZERS)
        raise ValueError(
            f"optimizer must be one of {known}, but is {kind_of(optimizer)}. The network alone is kept by model.save(path)."
        )
    model.check()
    settings = dataclasses.asdict(optimizer)
    about = {"optimizer": kind.__name__, "epoch": _count("epoch", epoch), "steps": optimizer.steps, **settings}
    memory = {
        f"{PREFIX}{kept}.{name}": array
        for name, arrays in optimizer.memory.items()
        for kept, array in zip(optimizer.keeps, arrays, strict=True)
    }
    write_arrays(path, {**model.to_arrays(), **memory, f"{PREFIX}about": as_array(about)})


def load_checkpoint(path):
    """Read what ``save_checkpoint`` wrote.

    Returns
    -------
    model : MLP
    optimizer : of the class that was saved
    epoch : int
        Epochs that are done: ``train(…, initial_epoch=epoch)`` goes on after them.

    Raises
    ------
    FileNotFoundError
    ValueError
        When it holds no checkpoint, or a damaged one.
    """
    arrays = read_arrays(path)
    ours = {name.removeprefix(PREFIX): arrays.pop(name) for name in list(arrays) if name.startswith(PREFIX)}
    model = MLP.from_arrays(arrays, path)
    try:
        about = from_array(ours.pop("about"))
        kind, epoch, steps = OPTIMIZERS[about.pop("optimizer")], about.pop("epoch"), about.pop("steps")
        optimizer, epoch = kind(**about), _count("epoch", epoch)
        optimizer.steps = _count("steps", steps)
        for name, parameter in model.parameters.items() if ours else ():
            optimizer.memory[name] = [_memory(kept, name, ours.pop(f"{kept}.{name}"), parameter) for kept in kind.keeps]
        if ours:
            raise ValueError(f"it also holds {', '.join(ours)}")
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        reason = f"{error} is missing or unknown" if isinstance(error, KeyError) else str(error).rstrip(".")
        raise ValueError(
            f"{path} holds a network, but no training to go on with ({reason}). MLP.load reads the network alone."
        ) from None
    return model, optimizer, epoch


def _count(name, number):
    """Return a count as Python's own integer."""
    if isinstance(number, bool) or not isinstance(number, numbers.Integral) or not 0 <= number < 2**63:
        raise ValueError(f"{name} must be a whole number of at least 0, but is {number!r}. Try {name}=len(history).")
    return int(number)


def _memory(kept, name, array, parameter):
    """Return what an optimizer remembers of a parameter, in that parameter's type."""
    if array.shape != parameter.shape:
        raise ValueError(f"what the optimizer remembers of {name} must have shape {parameter.shape}, but has {array.shape}")
    check_finite(f"{kept}.{name}", array, parameter.dtype)
    if kept == "square" and (array < 0).any():
        raise ValueError(f"{kept}.{name} holds values below 0, which no mean of squares is")
    return array.astype(parameter.dtype)
