"""``python -m benchmarks [PART|results] [--seeds N] [--quick]``: tables here, records in results/. PARTs are in page.py.

What was recorded last is also set out in RESULTS.md; ``results`` writes that page anew, without measuring.
"""

import argparse

from mlp_helpers.editions.lessons import all_lessons, number_of

from . import ladder, lessons, page, report, tab
from .page import PARTS

QUICK = {
    "loading": {"imports": 1, "loads": 1},
    "accuracy": {"seeds": 1, "epochs": 1},
    "speed": {"rounds": 2, "n": 2_000},
    "threads": {"rounds": 1, "seconds": 0.5},
    "labs": {"moves": 5, "rounds": 1},
    "search": {"workers": (1, 2), "trainings": 4, "pauses": 50, "rounds": 1},
    "lessons": {"trial": True},
}
NO_TRIAL = {  # parts that --quick is not for, and what to do instead
    "ladder": "the ladder has no trial: --quick is for the other parts",
    "tab": "the tab has no trial: python -m benchmarks tab --lessons 04 measures one lesson",
    "hub": "a trial of the hub is: python -m teaching hub --load 2",
}
SEEDS = 5  # of the part "accuracy"


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How accurate, fast and light the package is.")
    parts = (
        "one part only (all but the ladder, the hub and the tab: about an hour), or only RESULTS.md from what was recorded last"
    )
    parser.add_argument("part", nargs="?", choices=[*PARTS, "results"], help=parts)
    text = f"how often each recipe is trained (default: {SEEDS}; of the ladder, 10 or 3; of the lessons, what each measure says)"
    parser.add_argument("--seeds", type=int, help=text)
    text = "of the ladder, these recipes only; what is recorded already is not measured again"
    parser.add_argument("--recipes", nargs="+", choices=ladder.RUNGS, help=text)
    text = "of the lessons, what these quote only; of the tab, these only; what is recorded of the others is kept"
    parser.add_argument("--lessons", nargs="+", metavar="NUMBER", help=text)
    parser.add_argument("--quick", action="store_true", help="a trial within a minute, which keeps no record")
    wanted = parser.parse_args()
    if wanted.seeds is not None and wanted.seeds < 1:
        parser.error("--seeds must be at least 1")
    if wanted.recipes and wanted.part != "ladder":
        parser.error("--recipes belongs to the part ladder: python -m benchmarks ladder --recipes 99")
    known = {"lessons": [*lessons.LESSONS], "tab": [*map(number_of, all_lessons()), *tab.MORE]}
    if wanted.lessons and wanted.part not in known:
        parser.error("--lessons belongs to the parts lessons and tab: python -m benchmarks lessons --lessons 14")
    if unknown := [number for number in wanted.lessons or [] if number not in known[wanted.part]]:
        parser.error(f"the part {wanted.part} has no lesson {unknown[0]}, but {', '.join(known[wanted.part])}")
    if wanted.quick and wanted.part in NO_TRIAL:
        parser.error(NO_TRIAL[wanted.part])
    if wanted.part == "results":
        page.write()
        return
    if wanted.quick:
        print("A trial, with hardly a repetition, one epoch per training, and 2 000 images for the speed: not for comparison.\n")
    given = {
        "accuracy": {"seeds": wanted.seeds or SEEDS},
        "ladder": {"rungs": wanted.recipes, "seeds": wanted.seeds},
        "lessons": {"seeds": wanted.seeds, "lessons": wanted.lessons},
        "tab": {"lessons": wanted.lessons},
    }
    for name in [wanted.part] if wanted.part else QUICK:
        settings = given.get(name, {}) | (QUICK[name] if wanted.quick else {})
        results = PARTS[name].measure(**settings)
        print(f"### {name.capitalize()}\n\n{PARTS[name].show(results)}\n", flush=True)
        if not wanted.quick:
            report.save(name, results)
    if not wanted.quick:
        page.write()


if __name__ == "__main__":
    main()
