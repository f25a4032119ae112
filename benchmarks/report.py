"""What the benchmarks have in common: medians, tables in Markdown, records in JSON."""

import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import statistics

from mlp_helpers.core.files import replacing

RESULTS = pathlib.Path(__file__).parent / "results"
PACKAGES = ("numpy", "torch", "jax", "scikit-learn", "threadpoolctl", "dask")


def installed(package):
    """Return the version of an installed package, or None."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def machine():
    """Say where and with what a record was measured."""
    return {
        "date": datetime.date.today().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        **{package: installed(package) for package in PACKAGES},
    }


def load_average():
    """Return how many processes ran or waited for a processor in the last minute, on average; None where nobody counts them."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def _processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def spread(values):
    """Return the lower quartile, the median and the upper quartile."""
    if len(values) == 1:
        return [values[0]] * 3
    return statistics.quantiles(values, n=4, method="inclusive")


def cell(values, form="{:.2f}"):
    """Write the median of the values and, in brackets, their quartiles: ``0.41 (0.40–0.43)``."""
    low, middle, high = map(form.format, spread(values))
    return f"{middle} ({low}–{high})"


def against(value, bound, form="{}", at_least=True):
    """Write a bound and whether the value keeps to it: ``≥ 97.5 %, met``."""
    met = value >= bound if at_least else value <= bound
    return f"{'≥' if at_least else '≤'} {form.format(bound)}, {'met' if met else '**missed**'}"


def table(header, rows):
    """Write a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def save(name, results):
    """Write the results, with the machine they come from, to ``results/name.json``."""
    RESULTS.mkdir(exist_ok=True)
    with replacing(RESULTS / f"{name}.json") as file:
        file.write((json.dumps({"machine": machine(), "results": results}, indent=1, ensure_ascii=False) + "\n").encode())


def recorded(name):
    """Return whether there is a record under this name."""
    return (RESULTS / f"{name}.json").exists()


def load(name):
    """Return the record that ``save`` wrote last under this name."""
    return json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
