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

NAME = "softmax"
IN_THE_KIT = pytest.mark.skipif(
    not importlib.util.find_spec("nbgrader"), reason="takes minutes, and is left to `python -m teaching test`"
)
PROGRAM = f"""
import contextlib, io, json, linecache, pathlib
import numpy as np
from mlp_helpers import check
from mlp_helpers.core import functions

def diagnosed(source):
    linecache.cache[source] = (len(source), None, source.splitlines(keepends=True), source)
    space = {{"np": np, "functions": functions}}
    exec(compile(source, source, "exec"), space)
    return check.{NAME}.diagnose(space["{NAME}"]).misconception

said = io.StringIO()
with contextlib.redirect_stdout(said):
    check.{NAME}.hint()
    check.{NAME}.solution()
print(json.dumps({{
    "names": list(check.EXERCISES),
    "refused": [name for name, each in check.EXERCISES.items() if not each.diagnose(each.task.solution).passed],
    "known": {{name: [m.title for m in each.task.mistakes] for name, each in check.EXERCISES.items() if each.task.mistakes}},
    "said": said.getvalue(),
    "told": list(map(diagnosed, json.loads(pathlib.Path("code.json").read_text(encoding="utf-8")))),
}}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sources of the students' package, in which the mistakes of one exercise were recorded."""
    folder = tmp_path_factory.mktemp("students")
    wheel.write(folder, [NAME])
    return folder


@pytest.fixture(scope="module")
def mistakes():
    """Those that can be written down as a student would write them."""
    return [mistake for mistake in EXERCISES[NAME].task.mistakes if mistake.function.__name__ == "_"]


@pytest.fixture(scope="module")
def students(folder, mistakes):
    """What the students' package says."""
    code = [mistaken(NAME, EXERCISES[NAME].task.mistakes.index(mistake)) for mistake in mistakes]
    (folder / "code.json").write_text(json.dumps(code), encoding="utf-8")
    ended = subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, capture_output=True, text=True, check=False)
    assert not ended.returncode, ended.stderr
    return json.loads(ended.stdout.splitlines()[-1])


def test_all_exercises_are_there_and_accept_their_solutions(students):
    assert students["names"] == list(EXERCISES) and students["refused"] == []


def test_neither_hints_nor_known_mistakes_stand_in_its_files(folder):
    texts = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("exercises/**/*.py"))
    assert not any(hint in texts for exercise in EXERCISES.values() for hint in exercise.hints)
    assert texts.count("hints=[]") == len(EXERCISES)
    assert ".mistake(" not in texts and ".also(" not in texts
    assert "Z.max(axis=-1)" not in texts  # the line of a known mistake in softmax
    assert "Z.max(axis=-1)" in inspect.getsource(inspect.getmodule(EXERCISES["softmax"].task.mistakes[0].function))


def test_hints_and_solutions_are_left_to_the_teacher(students):
    said = students["said"]
    assert "Your teacher has the hints" in said and "Your teacher has the solutions" in said
    assert not any(hint in said for hint in EXERCISES[NAME].hints) and "np.exp" not in said


def test_a_mistake_is_named_as_the_teachers_package_names_it(students, mistakes):
    told = [EXERCISES[NAME].diagnose(mistake.function).misconception for mistake in mistakes]
    assert students["known"] == {NAME: [mistake.title for mistake in EXERCISES[NAME].task.mistakes]}
    assert students["told"] == told and len(set(told)) > 5


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
