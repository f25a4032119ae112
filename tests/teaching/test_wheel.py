import importlib.util
import inspect
import json
import pathlib
import subprocess
import sys
import zipfile

import pytest

from mlp_helpers.check import EXERCISES
from teaching import wheel
from tests.teaching.classes import mistaken

QUICK = ["softmax", "row_shares"]
IN_THE_KIT = pytest.mark.skipif(
    not importlib.util.find_spec("nbgrader"), reason="takes minutes, and is left to `python -m teaching test`"
)
PROGRAM = """
import inspect, json, sys
import numpy as np
from mlp_helpers import check
def passes(each): return each.diagnose(each.task.solution).passed
told = {name: [m.title for m in each.task.mistakes] for name, each in check.EXERCISES.items() if each.task.mistakes}
print(json.dumps([list(check.EXERCISES), [n for n, each in check.EXERCISES.items() if not passes(each)], told]))
"""


@pytest.fixture(scope="module")
def students(tmp_path_factory):
    folder = tmp_path_factory.mktemp("students")
    wheel.write(folder, QUICK)
    return folder


def run(folder, program):
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not ended.returncode, ended.stderr
    return ended.stdout


def test_all_exercises_are_there_accept_their_solutions_and_know_the_names_of_mistakes(students):
    names, refused, told = json.loads(run(students, PROGRAM).splitlines()[-1])
    assert names == list(EXERCISES) and refused == []
    assert told == {name: [mistake.title for mistake in EXERCISES[name].task.mistakes] for name in QUICK}


def test_neither_hints_nor_known_mistakes_stand_in_its_files(students):
    texts = "\n".join(path.read_text(encoding="utf-8") for path in students.rglob("exercises/**/*.py"))
    assert not any(hint in texts for exercise in EXERCISES.values() for hint in exercise.hints)
    assert texts.count("hints=[]") == len(EXERCISES)
    assert ".mistake(" not in texts and ".also(" not in texts
    assert "Z.max(axis=-1)" not in texts  # the line of a known mistake in softmax
    assert "Z.max(axis=-1)" in inspect.getsource(inspect.getmodule(EXERCISES["softmax"].task.mistakes[0].function))


def test_hints_and_solutions_are_left_to_the_teacher(students):
    said = run(students, "from mlp_helpers import check\ncheck.softmax.hint()\ncheck.softmax.solution()")
    assert "Your teacher has the hints" in said and "Your teacher has the solutions" in said
    assert not any(hint in said for hint in EXERCISES["softmax"].hints) and "np.exp" not in said


@pytest.mark.parametrize("name", QUICK)
def test_a_mistake_is_named_as_the_teachers_package_names_it(students, name):
    """Written to a file, since what is said of code depends on its source."""
    exercise = EXERCISES[name]
    cases = [mistake for mistake in exercise.task.mistakes if mistake.function.__name__ == "_"]
    code = [mistaken(name, exercise.task.mistakes.index(mistake)) for mistake in cases]
    (students / "code.json").write_text(json.dumps(code), encoding="utf-8")
    program = f"""
import json, linecache, pathlib
import numpy as np
from mlp_helpers import check
from mlp_helpers.core import functions
for i, source in enumerate(json.loads(pathlib.Path("code.json").read_text(encoding="utf-8"))):
    linecache.cache[f"<{{i}}>"] = (len(source), None, source.splitlines(keepends=True), f"<{{i}}>")
    space = {{"np": np, "functions": functions}}
    exec(compile(source, f"<{{i}}>", "exec"), space)
    print(json.dumps(check.{name}.diagnose(space["{name}"]).misconception))
"""
    told = [json.loads(line) for line in run(students, program).splitlines()]
    expected = [exercise.diagnose(mistake.function).misconception for mistake in cases]
    assert told == expected and len(set(told)) > 5


@IN_THE_KIT
def test_the_wheel_is_installed_beside_nothing_else(tmp_path):
    path = wheel.build(tmp_path, ["softmax"])
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    assert "+class" in path.name and "mlp_helpers/check/engine/recorded.pickle.gz" in names
    assert {pathlib.PurePath(name).parts[0] for name in names if "dist-info" not in name} == {"mlp_helpers"}


@IN_THE_KIT
def test_every_known_mistake_of_the_course_is_recognised_by_what_was_recorded(tmp_path):
    """Thinned as they are, the behaviours of two mistakes must not become alike."""
    from teaching import student

    for exercise in EXERCISES.values():
        task = exercise.task
        whole = [task.behaviours_of(mistake.function) for mistake in task.mistakes]
        thin = [list(map(student.thin, behaviours)) for behaviours in whole]
        for i, one in enumerate(thin):
            for j, other in enumerate(thin[:i]):
                if all(map(task.alike, one, other)):
                    assert all(map(task.alike, whole[i], whole[j])), (exercise.name, i, j)
