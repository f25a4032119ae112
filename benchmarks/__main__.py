"""``python -m benchmarks [PART|results] [--seeds N] [--quick]``: tables here, records in results/. PARTs are in page.py.

What was recorded last is also set out in RESULTS.md; ``results`` writes that page anew, without measuring.
"""

import argparse

from . import page, report
from .page import PARTS

QUICK = {
    "loading": {"imports": 1, "loads": 1},
    "accuracy": {"seeds": 1, "epochs": 1},
    "speed": {"rounds": 2, "n": 2_000},
    "threads": {"rounds": 1, "seconds": 0.5},
    "labs": {"moves": 5, "rounds": 1},
    "search": {"workers": (1, 2), "trainings": 4, "pauses": 50, "rounds": 1},
}


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How accurate, fast and light the package is.")
    parts = "one part only (all five: about half an hour), or only RESULTS.md from what was recorded last"
    parser.add_argument("part", nargs="?", choices=[*PARTS, "results"], help=parts)
    parser.add_argument("--seeds", type=int, default=5, help="how often each recipe is trained (default: 5)")
    parser.add_argument("--quick", action="store_true", help="a trial within a minute, which keeps no record")
    wanted = parser.parse_args()
    if wanted.seeds < 1:
        parser.error("--seeds must be at least 1")
    if wanted.part == "results":
        page.write()
        return
    if wanted.quick:
        print("A trial, with hardly a repetition, one epoch per training, and 2 000 images for the speed: not for comparison.\n")
    for name in [wanted.part] if wanted.part else PARTS:
        settings = QUICK[name] if wanted.quick else {"seeds": wanted.seeds} if name == "accuracy" else {}
        results = PARTS[name].measure(**settings)
        print(f"### {name.capitalize()}\n\n{PARTS[name].show(results)}\n", flush=True)
        if not wanted.quick:
            report.save(name, results)
    if not wanted.quick:
        page.write()


if __name__ == "__main__":
    main()
