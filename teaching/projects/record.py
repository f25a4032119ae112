"""What the sample solutions have in common: a record of what was measured, beside the report that quotes it."""

import json
import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent


class Record:
    """The files of a sample solution: its record NAME.json, its figure NAME.png."""

    def __init__(self, name):
        self.path, self.figure = FOLDER / f"{name}.json", FOLDER / f"{name}.png"

    def read(self):
        return json.loads(self.path.read_text(encoding="utf-8"))

    def write(self, measure, draw):
        """Measure, and write the record and the figure."""
        found = measure()
        self.path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8", newline="\n")
        figure, _ = draw(found)
        figure.savefig(self.figure, dpi=90, metadata={"Software": None})
        print(f"{self.path} and {self.figure.name} are written. The tests say where the report no longer agrees.")


def mean_and_spread(values, places=1, signed=False):
    """Return the mean and the standard deviation, as they stand in a table."""
    mean = round(float(np.mean(values)), places)
    sign = "" if not signed or not mean else "+" if mean > 0 else "−"
    return f"{sign}{abs(mean):.{places}f} ± {np.std(values, ddof=1):.{places}f}"


def standard_error(accuracy, n):
    """Return the standard error of an accuracy in %, as in notebook 13."""
    return np.sqrt(accuracy * (100 - accuracy) / n)
