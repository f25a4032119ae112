"""Run the notebooks once more, with matrix routines made for another processor.

    python tests/second_blas.py

Two processors add up in different orders, so that the last digits of a training differ. What a
notebook prints must not depend on them.
"""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROBE = """
import numpy, threadpoolctl
print(*(library["architecture"] for library in threadpoolctl.threadpool_info() if library["internal_api"] == "openblas"))
for numbers in (numpy.float32, numpy.float64):
    numpy.ones((200, 784), numbers) @ numpy.ones((784, 128), numbers)
"""


def routines(**environment):
    """The processor for which OpenBLAS chooses its routines; "" where there is no OpenBLAS, or where it fails."""
    try:
        command = [sys.executable, "-c", PROBE]
        probe = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True, timeout=10)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return ""                                # OpenBLAS 0.3.34 crashes or hangs with Haswell's on AMD's Zen 4 and 5
    return probe.stdout.strip()


def main():
    usual = routines()
    others = [core for core in ("Haswell", "Sandybridge", "Nehalem") if core != usual]
    second = next((core for core in others if routines(OPENBLAS_CORETYPE=core) == core), None)
    if not second:
        print("The notebooks run once only: there is no second set of matrix routines to choose here.", flush=True)
        return 0
    print(f"The notebooks with the matrix routines for {second} (this processor's own, {usual}, follow):", flush=True)
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "notebooks"]
    return subprocess.run(pytest, cwd=ROOT, env={**os.environ, "OPENBLAS_CORETYPE": second}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
