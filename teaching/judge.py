"""The teacher's run: which exercises of a notebook are solved, judged by this package and not by what the notebook says.

``python -m teaching.judge NOTEBOOK`` prints it as JSON. It is a process of its own, since it runs what somebody else wrote.
"""

import ast
import contextlib
import dataclasses
import json
import linecache
import pathlib
import subprocess
import sys

import numpy as np

import mlp_helpers
from mlp_helpers.check import EXERCISES
from mlp_helpers.check.engine.examine import examine
from mlp_helpers.check.engine.running import run
from mlp_helpers.editions.lessons import ROOT, source_of
from mlp_helpers.editions.notebook import Unreadable, parse

from .assignment import exercises_in

SECONDS = 120  # for one notebook
GIVEN = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef  # what of the other cells is run before


@dataclasses.dataclass
class Result:
    """How things stand with one exercise: "solved", "tried" or "untouched"; of a mistake its name and what leads on."""

    state: str
    mistake: str = ""
    question: str = ""
    source: str = ""


def judged(path):
    """Return the results of a notebook's file by the names of its exercises, from a process of its own.

    Raises
    ------
    ValueError
        When it cannot be read, or does not come to an end.
    """
    try:
        parse(pathlib.Path(path).read_bytes())
    except (Unreadable, OSError) as reason:
        raise ValueError(f"{path} cannot be read: {reason}.") from None
    command = [sys.executable, "-m", "teaching.judge", str(pathlib.Path(path).resolve())]
    try:
        ended = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
        results = json.loads(ended.stdout.decode().splitlines()[-1])
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        raise ValueError(f"{path} cannot be judged: open it and look what it does.") from None
    return {name: Result(**result) for name, result in results.items()}


def judge(notebook):
    """Return the results of a notebook by the names of its exercises."""
    lessons = {EXERCISES[name].notebook for name in exercises_in(notebook["cells"])}  # one check may have been deleted
    results = {}
    for name in [name for name, exercise in EXERCISES.items() if exercise.notebook in lessons]:
        source = _definition(notebook["cells"], name)
        function = _defined(notebook["cells"], name, source) if source else None
        if function is None:
            results[name] = Result("tried", "It cannot be run", source=source) if source else Result("untouched")
            continue
        finding = examine(EXERCISES[name].task, function)
        verdict = finding.verdict
        if verdict.passed or not verdict.judged:
            results[name] = Result("solved" if verdict.passed else "untouched", source=source)
        else:
            mistake = verdict.misconception or verdict.relation or ""
            results[name] = Result("tried", mistake, finding.question, source)
    return results


def _definition(cells, name):
    """Return the last cell that begins a function or class of this name, as its source; "" where there is none."""
    codes = [source_of(cell) for cell in cells if cell["cell_type"] == "code"]
    starts = (f"def {name}(", f"class {name}:", f"class {name}(")
    return next((code for code in reversed(codes) if any(line.startswith(starts) for line in code.splitlines())), "")


def _defined(cells, name, source):
    """Return the function that a cell defines, with what the imports and functions of all cells give it; None without one."""
    solutions = {other: exercise.task.solution for other, exercise in EXERCISES.items()}
    space = {"np": np, **{each: getattr(mlp_helpers, each) for each in mlp_helpers.__all__}, **solutions}
    for cell in cells:
        if cell["cell_type"] == "code" and source_of(cell) != source:
            with contextlib.suppress(SyntaxError, ValueError):
                for statement in ast.parse(source_of(cell)).body:
                    if isinstance(statement, GIVEN) and getattr(statement, "name", None) not in EXERCISES:
                        _execute(ast.unparse(statement), "<another cell>", space)
    del space[name]
    _execute(source, f"<{name}>", space)
    return space.get(name)


def _execute(source, filename, space):
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    run(lambda: exec(compile(source, filename, "exec"), space), (), 5)


def main(path):
    with contextlib.redirect_stdout(sys.stderr):
        results = judge(parse(pathlib.Path(path).read_bytes()))
    print(json.dumps({name: vars(result) for name, result in results.items()}))


if __name__ == "__main__":
    main(sys.argv[1])
