"""A program of the learner's own functions: ``check.export("my_network.py")`` writes it, and it runs by itself."""

import ast
import builtins
import hashlib
import os
import pathlib
import re
import symtable
import sys
import textwrap

import numpy as np

from ..core.files import replacing
from .engine import exercise, progress
from .engine.exercise import EXERCISES
from .engine.panel import Panel
from .engine.results import listed
from .engine.running import run
from .engine.sources import imported_by, plain_source
from .engine.task import SECONDS
from .exercises.notebook_08.train_one_epoch import loss_and_gradients

HEAD = '''"""A neural network that reads handwritten digits: 784-128-10, in NumPy.

    python {stem}.py

{whose}
"""

import matplotlib.pyplot as plt
import numpy as np

from mlp_helpers import load_mnist

SIZES, EPOCHS, LEARNING_RATE, BATCH_SIZE = [784, 128, 10], 10, 0.1, 64
'''

GRADIENTS = f"""
def scale(images):
    return scale_pixels(images) if images.dtype == np.uint8 else images


{plain_source(loss_and_gradients)}
"""

TRAINING = '''
def predict(images, parameters):
    A1 = relu(linear(scale(images), parameters["W1"], parameters["b1"]))
    return softmax(linear(A1, parameters["W2"], parameters["b2"]))


def evaluate(images, labels, parameters):
    """Loss and accuracy."""
    P = predict(images, parameters)
    return cross_entropy(P, one_hot(labels)), accuracy(P.argmax(axis=1), labels)


def main():
    data = load_mnist(validation=10_000)
    rng = np.random.default_rng(0)
    parameters = initialise(SIZES, rng)
    Y = one_hot(data.train.labels)
    curves = []
    for epoch in range(1, EPOCHS + 1):
        train_one_epoch(parameters, data.train.images, Y, BATCH_SIZE, LEARNING_RATE, rng)
        curves.append([*evaluate(*data.train, parameters), *evaluate(*data.validation, parameters)])
        print("epoch {:2}   loss {:.4f}   train {:.2%}   validation loss {:.4f}   validation {:.2%}".format(epoch, *curves[-1]))
    print(f"test accuracy {evaluate(*data.test, parameters)[1]:.2%}")
    np.savez("STEM.npz", **parameters)
    draw(data.test, parameters, np.array(curves))
'''

PICTURES = '''
def draw(test, parameters, curves):
    """Twelve test images with the network's answer, and both curves, as STEM.png."""
    figure = plt.figure(figsize=(12, 6), layout="constrained")
    top, bottom = figure.subfigures(2, 1)
    answers = predict(test.images[:12], parameters).argmax(axis=1)
    for axes, image, label, answer in zip(top.subplots(1, 12), test.images, test.labels, answers, strict=False):
        axes.imshow(image.reshape(28, 28), cmap="gray")
        axes.set_title(f"{label}, read {answer}")
        axes.axis("off")
    for axes, columns, name in zip(bottom.subplots(1, 2), ([0, 2], [1, 3]), ("loss", "accuracy"), strict=True):
        axes.plot(np.arange(1, len(curves) + 1), curves[:, columns], marker="o", label=["train", "validation"])
        axes.set(xlabel="epoch", ylabel=name)
        axes.legend()
    figure.savefig("STEM.png")


if __name__ == "__main__":
    main()
'''

HELPERS = "what the functions below call"
SECTIONS = {  # the exercises of the program, and what the course puts behind them
    "images and labels": (["scale_pixels", "one_hot", "accuracy"], ""),
    "forward": (["linear", "relu", "softmax", "cross_entropy"], ""),
    "backward": (["softmax_cross_entropy_backward", "relu_backward", "linear_backward"], GRADIENTS),
    "training": (["initialise", "minibatches", "sgd_step", "train_one_epoch"], TRAINING),
    "pictures": ([], PICTURES),
}
NAMES = [name for names, _ in SECTIONS.values() for name in names]
KNOWN = {"np", "scale", "loss_and_gradients", *dir(builtins)} - {"display", "get_ipython"}  # those two are the notebook's
UNSOLVED = "yours is not solved yet"
SIGNED = "# Written by check.export; unchanged since then as long as this fits: "


def export(path, overwrite=False):
    """Write a program that trains on MNIST with the learner's own functions, and with ours where there is none.

    Parameters
    ----------
    path : str
        Such as "my_network.py". An earlier export there is replaced, as long as nobody has changed it.
    overwrite : bool
        Whether to replace whatever else is there.
    """
    path = pathlib.Path(path)
    fault = _fault(path, overwrite)
    if fault:
        Panel("export", "not yet", fault).show()
        return
    reasons, functions = chosen()
    try:
        with replacing(os.path.realpath(path)) as file:  # a link stays a link
            file.write(program(path.stem, reasons, functions).encode())
    except OSError as error:
        fault = f"{path} could not be written: {error.strerror}." if error.strerror else str(error)
    panel = Panel("export", "not yet", fault) if fault else _written(path, reasons)
    panel.show()


def _fault(path, overwrite):
    """Why no program should be written there: a sentence, or nothing."""
    if not re.fullmatch(r"[\w-]+\.py", path.name):
        return "Give the program a name of letters and digits that ends in `.py`, such as `my_network.py`."
    if path.stem in {"numpy", "matplotlib", "mlp_helpers", *sys.stdlib_module_names}:
        return f"A file `{path.name}` would hide the module `{path.stem}` from every program beside it. Choose another name."
    if os.path.lexists(path) and not overwrite and not _is_as_written(path):
        return (
            f"{path} is there already, and not as an export has left it. Choose another name, or replace it: "
            f"`check.export({str(path)!r}, overwrite=True)`."
        )
    return ""


def _is_as_written(path):
    """Return whether a file is an earlier export that nobody has changed."""
    try:
        text, signed, mark = path.read_text(encoding="utf-8").rpartition(SIGNED)
    except (OSError, ValueError):
        return False
    return bool(signed) and mark.strip() == _mark(text)


def _mark(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def chosen():
    """Choose whose functions the program is made of, and try each of the learner's once more, beside the others.

    Returns
    -------
    reasons : dict
        From the name of each function that the program needs, in the order of the course, to why it is ours; "" if it
        is the learner's own.
    functions : dict
        From the same names to the sources.
    """
    kept = progress.read()["exercises"]
    reasons = {name: why_not(name, kept.get(name, {})) for name in EXERCISES}
    while True:
        functions = _collected(kept, reasons)
        failed = _first_that_fails(functions, reasons)
        if failed is None:
            return {name: reasons[name] for name in functions}, functions
        reasons[failed] = "yours did not pass its check when it was tried once more"


def why_not(name, record):
    """Why what was kept of an exercise cannot stand in a program: the end of a sentence, or nothing."""
    if record.get("solved") is not True:
        return UNSOLVED
    source = record.get("source")
    if not isinstance(source, str) or not source:
        return "the source of yours was not kept"
    try:
        tree = ast.parse(source)
        outside = outside_names(source) - {*KNOWN, *EXERCISES}
        source.encode()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "what was kept of yours cannot be read by itself"
    if [_defined(statement) for statement in tree.body] != [name]:
        return f"what was kept of yours does not define `{name}`"
    if any(isinstance(node, ast.Global) for node in ast.walk(tree)):
        return "yours sets a name that stands outside of it"
    if outside:
        return f"yours needs {listed(sorted(outside))}, which {'stand' if len(outside) > 1 else 'stands'} outside of it"
    strange = sorted(imported_by(tree) - {"numpy", *sys.stdlib_module_names})
    return f"yours imports `{strange[0]}`, and the program should need NumPy alone" if strange else ""


def outside_names(source):
    """Return the names that a source uses without giving them a value."""
    top = symtable.symtable(source, "<source>", "exec")
    given = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    used = {symbol.get_name() for symbol in top.get_symbols() if symbol.is_referenced()}
    tables = [*top.get_children()]
    for table in tables:
        used |= {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global()}
        tables += table.get_children()
    return used - given


def _defined(statement):
    """The name that a statement defines, if it does that and nothing else."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return statement.name
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.value, ast.Lambda):
        return getattr(statement.targets[0], "id", None)
    return None


def _collected(kept, reasons):
    """Return the sources of the program's functions, and of the exercises that those call, in the order of the course."""
    found, waiting = {}, list(NAMES)
    while waiting:
        name = waiting.pop()
        found[name] = _ours(name) if reasons[name] else kept[name]["source"].strip("\n")
        waiting += [other for other in outside_names(found[name]) if other in EXERCISES and other not in found]
    return {name: found[name] for name in EXERCISES if name in found}


def _ours(name):
    if exercise.WITHHELD:
        return f"from {EXERCISES[name].task.solution.__module__} import {name}"
    return EXERCISES[name].source().strip("\n")


def _first_that_fails(functions, reasons):
    """Return the name of the first of the learner's functions that does not do here what it did in its notebook, or None."""
    space, text = {"np": np}, "\n\n".join([*functions.values(), GRADIENTS])
    run(lambda: exec(compile(text, "<my network>", "exec"), space), (), SECONDS)
    own = [name for name in functions if not reasons[name]]
    return next((name for name in own if not EXERCISES[name].diagnose(space.get(name)).passed), None)


def program(stem, reasons, functions):
    """Return the text of the program."""
    pieces = [HEAD.format(stem=stem, whose=_whose(reasons))]
    helpers = [name for name in functions if name not in NAMES]
    sections = {HELPERS: (helpers, ""), **SECTIONS} if helpers else SECTIONS
    for title, (names, glue) in sections.items():
        pieces.append(f"\n\n# ---- {title} ".ljust(100, "-") + "\n")
        marked = [f"# The course's: {reasons[name]}.\n" * bool(reasons[name]) + functions[name] + "\n" for name in names]
        pieces.append("\n\n".join([*marked, *([glue.strip("\n").replace("STEM", stem) + "\n"] if glue else [])]))
    text = "".join(pieces) + "\n\n"
    return f"{text}{SIGNED}{_mark(text)}\n"


def _whose(reasons):
    """What the program says of itself, in the words of whoever owns it."""
    own, total = _counted(reasons)
    asked_for = "that the exercises of the course ask for"
    if own == total:
        functions = f"All {total} functions {asked_for} are my own, as they passed their checks."
    else:
        functions = (
            f"Of the {total} functions {asked_for}, {own} are my own, as they passed their checks. A comment marks the others."
        )
    return textwrap.fill(f"{functions} What holds them together is from notebook 08.", 100)


def _counted(reasons):
    return sum(not reason for reason in reasons.values()), len(reasons)


def _written(path, reasons):
    """The panel about a program that was written."""
    own, total = _counted(reasons)
    whose = {0: f"none of its {total} functions is yours yet", total: f"all its {total} functions are yours"}
    headline = f"{path} is written: {whose.get(own, f'{own} of its {total} functions are yours')}."
    unsolved = [name for name, reason in reasons.items() if reason == UNSOLVED]
    paragraphs = [f"The course's, because yours are not solved yet: {', '.join(unsolved)}."] if unsolved else []
    left_out = {name: reason for name, reason in reasons.items() if reason and name not in unsolved}
    paragraphs += [f"The course's: `{name}`, because {reason}." for name, reason in left_out.items()]
    if left_out:
        paragraphs.append("Put what such a function needs inside it, check it once more, and export again.")
    footer = f"Run it in a cell, `%run {_quoted(path)}`: it trains on MNIST, draws {path.stem}.png and saves {path.stem}.npz."
    return Panel("export", "note", headline, paragraphs, footer=footer)


def _quoted(path):
    return f'"{path}"' if " " in str(path) else path
