"""What a student on the class's hub costs: simulated ones log in, run a lesson, move a lab's slider and train, all at once.

See ``teaching.hub.load``. Needs JupyterHub and its proxy, and is measured by itself: ``python -m benchmarks hub``.
"""

import math
import statistics

from .report import installed, table

ROWS = {  # of the table: what is shown, and how
    "login_s": ("from the form to the lab, s", "{:.1f}"),
    "login_cpu_s": ("CPU until the first kernel is there, s", "{:.1f}"),
    "cpu_s": ("CPU for all of it, s", "{:.1f}"),
    "slider_ms": ("from a move of a slider to the chart's new description, ms", "{:.0f}"),
    "epoch_s": ("an epoch of lesson 08, s", "{:.2f}"),
    "server_mb": ("memory of the server, MB", "{:.0f}"),
    "kernel_mb": ("memory of the kernel of lesson 04, MB", "{:.0f}"),
    "training_kernel_mb": ("memory of the kernel that trains, MB", "{:.0f}"),
    "folder_mb": ("the student's folder, MB", "{:.1f}"),
}
CLASSES = 25, 100
WITHIN = 60  # seconds in which all of a class have their first kernel
SYSTEM = 1.0  # GB for the system itself
ROOM = 1.25  # times what was measured, since not all kernels are those of lessons 04 and 08
BACKUPS = 10  # that the course keeps of a notebook


def measure(students=25):
    """Return what ``teaching.hub.load`` measures, and with which versions.

    Raises
    ------
    ValueError
        When JupyterHub or its proxy is missing.
    """
    from teaching.hub import load, starting

    if troubles := starting.missing():
        raise ValueError("\n".join(troubles))
    versions = {package: installed(package) for package in ("jupyterhub", "jupyterlab")}
    return {**load.run(students), "versions": versions}


def show(results):
    """Write the results as two tables: what was measured, and what classes need."""
    versions = " and ".join(f"{name} {version}" for name, version in results["versions"].items())
    failures = results["failures"]
    hub = f"{results['hub_mb']:.0f} MB and {results['hub_cpu_s']:.0f} s of CPU"
    lines = [
        f"{results['students']} simulated students within {results['seconds'] / 60:.1f} minutes, with {versions}; other programs "
        f"that wanted to compute when it began: {results['load']:.1f}. Failures: **{len(failures)}**. "
        f"The processors were {results['busy']:.0%} busy. The hub and its proxy took {hub}.",
        *(f"- {failure}" for failure in failures[:5]),
    ]
    measured = [
        [words, form.format(statistics.median(results[name])), form.format(percentile(results[name], 95))]
        for name, (words, form) in ROWS.items()
        if results[name]
    ]
    parts = ["\n".join(lines), table(["of a student", "median", "95th percentile"], measured)]
    if all(results[name] for name in ROWS):
        needs = [sizing(results, students) for students in CLASSES]
        rows = [[what, *(need[what] for need in needs)] for what in needs[0]]
        parts += ["What classes need by this (the formulas are in teaching/hub/README.md):"]
        parts += [table(["", *(f"{students} students" for students in CLASSES)], rows)]
    return "\n\n".join(parts)


def sizing(results, students):
    """Return what a class of so many students needs, by what was measured."""
    middle = {name: statistics.median(results[name]) for name in ROWS}
    each = middle["server_mb"] + middle["kernel_mb"] + middle["training_kernel_mb"]
    return {
        "cores": max(2, math.ceil(students * middle["login_cpu_s"] / WITHIN)),
        "memory, GB": math.ceil(SYSTEM + (results["hub_mb"] + ROOM * students * each) / 1000),
        "disk for their work, GB": math.ceil(students * middle["folder_mb"] * (1 + BACKUPS) / 1000),
    }


def percentile(values, percent):
    """Return the smallest value that so many percent of all do not exceed."""
    return sorted(values)[math.ceil(len(values) * percent / 100) - 1]
