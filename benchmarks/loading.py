"""What the package costs before it trains: the import, and ``load_mnist`` with its memory.

Every measurement is a fresh process that has imported NumPy; what comes on top is counted, so the
memory includes the modules that loading needs. *Images* are the 70 000 × 784 bytes alone. The
memory of a process is known on Linux only, elsewhere its rows are left out.
"""

import json
import pathlib
import subprocess
import sys

from .report import against, cell, spread, table

IMPORT = """
import json, time
import numpy
start = time.perf_counter()
import mlp_helpers
print(json.dumps({"import, s": time.perf_counter() - start}))
"""
LOAD = """
import json, pathlib, re, time
import numpy

def memory(kind):                                # VmHWM: at its peak, VmRSS: now; in MB
    status = pathlib.Path("/proc/self/status")
    return int(re.search(kind + r":\\s*(\\d+) kB", status.read_text())[1]) * 1024 / 1e6 if status.exists() else None

peak, now = memory("VmHWM"), memory("VmRSS")
from mlp_helpers import load_mnist
start = time.perf_counter()
data = load_mnist()
result = {"load_mnist, s": time.perf_counter() - start}
if peak:
    result |= {"peak memory, MB": memory("VmHWM") - peak, "memory afterwards, MB": memory("VmRSS") - now}
splits = data.train, data.validation, data.test
result["of it images, MB"] = sum(split.images.nbytes for split in splits) / 1e6
print(json.dumps(result))
"""
BOUNDS = {"import, s": 0.15, "load_mnist, s": 0.6, "peak memory, MB": 130, "of it images, MB": 55}


def measure(imports=9, loads=5):
    """Return a list of numbers for every quantity."""
    results = {}
    for code, times in ((IMPORT, imports), (LOAD, loads)):
        for _ in range(times):
            for name, value in _in_a_fresh_process(code).items():
                results.setdefault(name, []).append(value)
    return results


def _in_a_fresh_process(code):
    root = pathlib.Path(__file__).parents[1]
    return json.loads(subprocess.run([sys.executable, "-c", code], cwd=root, check=True, stdout=subprocess.PIPE).stdout)


def show(results):
    """Write the results as a table."""
    rows = []
    for name, values in results.items():
        bound = against(spread(values)[1], BOUNDS[name], at_least=False) if name in BOUNDS else ""
        rows.append([name, cell(values, "{:.1f}" if name.endswith("MB") else "{:.3f}"), bound])
    return table(["on top of the interpreter with NumPy", "median (quartiles)", "bound"], rows)
