"""What the checks say to recorded answers, counted by notebook: ``python tests/answers.py [FOLDER]``.

The folder holds files with ``RIGHT`` (from the name of an exercise to functions or classes) and ``WRONG`` (to pairs of what
the mistake is, and a function or class). Without one it is looked for in ``shared/answers`` beside the course.
"""

import collections
import importlib.util
import pathlib
import re
import statistics
import sys
import time

from mlp_helpers import check
from mlp_helpers.check.engine import places

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ["named", "related", "placed", "error's line", "not recognised", "passed"]
PATIENCE = 60  # seconds for the search of a place, on a machine that is busy with other things too


def folder():
    """Return the folder of recorded answers, None where there is none."""
    return next((place for place in (parent / "shared" / "answers" for parent in ROOT.parents) if place.is_dir()), None)


def answers(place):
    """Yield (exercise, what is wrong with it or "", function or class) for each recorded answer to an exercise of now."""
    for path in sorted(place.glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, functions in module.RIGHT.items():
            yield from ((check.EXERCISES[name], "", function) for function in functions if name in check.EXERCISES)
        for name, pairs in module.WRONG.items():
            yield from ((check.EXERCISES[name], *pair) for pair in pairs if name in check.EXERCISES)


def kind(verdict):
    """How much a verdict knows: a known mistake, a relation, a place, the line of an error, nothing; or that it passed."""
    if verdict.passed:
        return "passed"
    if verdict.misconception:
        return "named"
    if verdict.relation or verdict.place:
        return "related" if verdict.relation else "placed"
    return "error's line" if re.match(r"It raised \w+ in ", verdict.message) else "not recognised"


def count(place, tell=print):
    """Return the counts of each notebook, those of right answers under "right" and "refused", and the seconds that each took."""
    counts, seconds = collections.defaultdict(collections.Counter), {True: [], False: []}
    for exercise, what, function in answers(place):
        began = time.process_time()
        verdict = exercise.diagnose(function)
        seconds[what == ""].append((time.process_time() - began, f"{exercise.name} {what}"))
        found = kind(verdict) if what else "right" if verdict.passed else "refused"
        counts[exercise.notebook][found] += 1
        if found not in ("right", "named"):
            where = f" {verdict.place.message}" if verdict.place else ""
            tell(f"{found}: {exercise.name}: {what}\n    {verdict.message} {verdict.relation}{where}")
    return counts, seconds


def share_found(total):
    """Return which share of the wrong answers was named, related or placed."""
    return sum(total[each] for each in KINDS[:3]) / sum(total[each] for each in KINDS)


def main(place):
    places.SECONDS = PATIENCE
    counts, seconds = count(place)
    total = sum(counts.values(), collections.Counter())
    print(f"\n{'notebook':9}", *(f"{each:>15}" for each in ["right", "refused", *KINDS]))
    for notebook, counted in [*sorted(counts.items()), ("all", total)]:
        print(f"{notebook:9}", *(f"{counted[each]:15}" for each in ["right", "refused", *KINDS]))
    print(f"{share_found(total):.1%} of the wrong ones are named, related or placed.")
    for right, name in ((True, "right"), (False, "wrong")):
        times = seconds[right] or [(0, "")]
        median, (most, slowest) = statistics.median(time for time, _ in times), max(times)
        print(f"Seconds of the processor for a {name} one: median {median:.2f}, most {most:.2f} ({slowest.strip()}).")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else folder())
