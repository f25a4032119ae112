"""What some cells of the lessons need beside what the course installs."""

import importlib
import importlib.util

from ...core.browser import IN_BROWSER
from .panel import Panel


def extra(name):
    """Return the module of this name; where it is not installed, say so and return None."""
    if importlib.util.find_spec(name):
        return importlib.import_module(name)
    headline = f"{name} is not installed here, so the cells that need it show nothing. Everything else runs without it."
    told = (
        "What they show stands in the reading edition, in the folder notebooks. To run them, `python start.py extras` in the "
        "folder of the course installs what is missing. Then restart the kernel."
    )
    if IN_BROWSER:
        told = f"What they show stands in the reading edition. A browser tab cannot have {name}; a Python of your own can."
    Panel(name, "note", headline, [told]).show()
    return None
