"""Check that everything the course needs is installed and new enough."""

import hashlib
import importlib.metadata
import os
import pathlib
import platform
import re
import sys
import textwrap

from ...core.browser import IN_BROWSER, KEPT, NOT_KEPT
from ...core.data import DATASETS
from .panel import Panel

REQUIREMENTS = pathlib.Path(__file__).parents[3] / "requirements.txt"  # not where only the package is installed
REPAIR = "To mend it, in the course's folder: `python start.py`, or `pip install -r requirements.txt`. Then restart the kernel."
REPAIR_IN_BROWSER = "To mend it, open the course in an ordinary window, at an address that begins with https, and reload it."


def environment(details=False):
    """Show whether everything is in place; with ``details``, print what is installed on this machine."""
    if details:
        print("\n".join(textwrap.fill(line, 100) for line in described()))
        return
    found = troubles()
    if found:
        repair = REPAIR_IN_BROWSER if IN_BROWSER else REPAIR
        Panel("environment", "not yet", f"Something is missing ({len(found)}):", found, footer=repair).show()
    else:
        Panel("environment", "note", "Everything is in place.").show()


def troubles():
    """Return one sentence for each thing that is missing, too old or damaged."""
    found = []
    try:
        needed = wanted()
    except importlib.metadata.PackageNotFoundError:
        needed = {}
        found.append("The package mlp-helpers is used from its folder, but not installed.")
    found += [_complaint(name, have(name), least) for name, least in needed.items() if not _enough(have(name), least)]
    found += [] if KEPT else [NOT_KEPT]
    return found + hidden_widgets() + damaged_data()


def wanted():
    """The oldest version of each thing that will do, as the installed package names it (JupyterLab's: requirements.txt)."""
    python = re.search(r"[\d.]+", importlib.metadata.metadata("mlp-helpers")["Requires-Python"]).group()
    lines = REQUIREMENTS.read_text(encoding="utf-8") if REQUIREMENTS.exists() else ""
    lab = re.search(r"^jupyterlab>=([\d.]+)", lines, re.MULTILINE)
    jupyterlab = {"JupyterLab": lab[1]} if lab and have("JupyterLab") else {}
    return {"Python": python} | _bounds("mlp-helpers") | jupyterlab


def have(name):
    """Return the installed version, or None."""
    if name == "Python":
        return platform.python_version()
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def hidden_widgets():
    """Why buttons and sliders cannot show, as far as the kernel can tell."""
    if not in_a_kernel():
        return ["This is not a notebook: buttons and sliders cannot show here. Open one with python start.py."]
    if not have("JupyterLab") or not have("ipywidgets"):
        return []  # the page comes from somewhere else, or it has been said already
    least = _bounds("ipywidgets").get("jupyterlab_widgets", "0")
    came = have("jupyterlab_widgets")
    if _enough(came, least):
        return []
    return [f"Buttons and sliders cannot show: {_complaint('jupyterlab_widgets, their part in JupyterLab,', came, least)}"]


def in_a_kernel():
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return hasattr(shell, "kernel")


def damaged_data():
    """The files of the data sets that are missing, or differ from the checksums beside them."""
    found = []
    for checksum, name in checksums():
        path = DATASETS / name
        if IN_BROWSER and not path.parent.exists():
            continue  # fetched when it is asked for
        if not path.exists():
            found.append(f"The data file {name} is missing. Fetch the course again, all folders together.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            size = f"{path.stat().st_size:,} bytes"
            found.append(f"The data file {name} is damaged ({size}). Fetch the course again, all folders together.")
    return found


def checksums():
    """Pairs of a checksum and a file's name, from the page about the data."""
    return re.findall(r"^([0-9a-f]{64})  (\S+)$", (DATASETS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


def described():
    """Lines about this machine: versions, the routines behind `@`, cores, data."""
    try:
        needed = wanted()
    except importlib.metadata.PackageNotFoundError:
        needed = {"Python": "?"}
    versions = ", ".join(f"{name} {have(name) or 'missing'} (at least {least})" for name, least in needed.items())
    whole = len(checksums()) - len(damaged_data())
    return [versions, f"{blas()}; {cores()} available to this kernel", f"{whole} data files intact"]


def blas():
    """Which library multiplies matrices, and with how many threads."""
    try:
        import threadpoolctl
    except ImportError:
        return "matrix products: unknown (threadpoolctl is missing)"
    pools = [pool for pool in threadpoolctl.threadpool_info() if pool.get("user_api") == "blas"]
    named = [f"{pool['internal_api']} {pool.get('version') or ''}, threads: {pool['num_threads']}" for pool in pools]
    return f"matrix products by {' and '.join(named) or 'NumPy itself'}"


def cores():
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return f"{count} core" + "s" * (count > 1)


def _bounds(package):
    """Lower bounds of what an installed package requires, without its extras."""
    required = [line for line in importlib.metadata.requires(package) or [] if "extra ==" not in line]
    found = (re.match(r"([\w.-]+)[^;]*?(?:>=|~=)\s*([\d.]+)", line) for line in required)
    return {match[1]: match[2] for match in found if match}


def _enough(version, least):
    return version is not None and _numbers(version) >= _numbers(least)


def _numbers(version):
    """The numbers of a version, to compare: "2.0rc1" is (2, 0), so is "2"."""
    numbers = [int(number) for number in re.match(r"\d+(?:\.\d+)*", version).group().split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _complaint(name, version, least):
    return f"{name} {'is missing' if version is None else f'is too old: {version}'}; the course needs {least} or newer."
