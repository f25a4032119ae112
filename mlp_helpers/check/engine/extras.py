"""What some cells of the lessons need beside what the course installs."""

import importlib
import importlib.util

from .panel import Panel


def extra(name):
    """Return the module of this name; where it is not installed, say so and return None."""
    if importlib.util.find_spec(name):
        return importlib.import_module(name)
    headline = f"{name} is not installed here, so the cells that need it show nothing. Everything else runs without it."
    install = (
        "What they show stands in the reading edition, in the folder notebooks. To run them, `python start.py extras` in the "
        "folder of the course installs what is missing. Then restart the kernel."
    )
    Panel(name, "note", headline, [install]).show()
    return None
