"""What the lessons quote and do not compute themselves: one module a lesson, ``lesson_14`` for lesson 14.

Each has two things:

- ``MEASURES``, a dict from what is measured, in words, to a function that measures it. It takes the number of seeds,
  which has a default of its own, and returns a dict from labels to lists of numbers, one for each seed.
- ``quotes(measured)``, which writes what the lesson says of that, word for word: the tests look for it in the lesson.
"""

import importlib
import itertools
import pkgutil
import statistics

from .. import report

NAMES = [each.name for each in pkgutil.iter_modules(__path__)]
LESSONS = {name.removeprefix("lesson_"): importlib.import_module(f".{name}", __name__) for name in NAMES}


def measure(lessons=None, seeds=None, trial=False):
    """Measure what these lessons quote, or all; what is recorded of the others is kept.

    Parameters
    ----------
    lessons : iterable of str, optional
        Keys of ``LESSONS``.
    seeds : int, optional
        In place of each measure's own number.
    trial : bool
        Only the first measure of each lesson, with one seed, and without the record.
    """
    results = report.load("lessons")["results"] if report.recorded("lessons") and not trial else {}
    settings = {"seeds": 1 if trial else seeds} if trial or seeds else {}
    for number in lessons or LESSONS:
        measures = itertools.islice(LESSONS[number].MEASURES.items(), 1 if trial else None)
        results[number] = {what: function(**settings) for what, function in measures}
    return dict(sorted(results.items()))


def show(results):
    """Write the results as a table: one row for each label."""
    rows = [
        [number, what, label, len(numbers), _mean(numbers)]
        for number, measured in results.items()
        for what, labelled in measured.items()
        for label, numbers in labelled.items()
    ]
    return report.table(["lesson", "measured", "with", "seeds", "mean ± standard deviation"], rows)


def _mean(numbers):
    """Write the mean of the numbers and, if there are several, how much they differ: ``3.41 ± 0.12``."""
    mean = f"{statistics.mean(numbers):.4g}"
    return f"{mean} ± {statistics.stdev(numbers):.2g}" if len(numbers) > 1 else mean
