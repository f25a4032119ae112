"""How the kit writes files."""

import csv
import io

from mlp_helpers.editions.folder import write


def write_all(folder, contents):
    """Write files into a folder, which is made where it is missing, each whole or not at all; return their paths.

    Parameters
    ----------
    folder : pathlib.Path
    contents : dict of str to bytes
        What the files shall hold, by their names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        write(folder / name, content)
    return [folder / name for name in contents]


def table(rows):
    """Return the bytes of a CSV file with these rows of words and numbers, the first of them its head."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
