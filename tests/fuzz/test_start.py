"""start.py, killed or interrupted at random moments: the next start works, and offline too where an environment had worked.

pytest --thorough -n0 -s tests/fuzz/test_start.py       one kill: its installations take long
FUZZ=100 pytest --thorough -n0 -s tests/fuzz/test_start.py       a hundred; prints what became of each
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests import stub_course

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
KILLS = int(os.environ.get("FUZZ", 1))
WORK = ["first", "new requirement", "new place", "first"]
ENDS = {"kill": signal.SIGKILL, "kill start.py alone": signal.SIGKILL, "Ctrl-C": signal.SIGINT}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A course that was never started, one that works, an index for both, and one with something newer."""
    folder = tmp_path_factory.mktemp("start")
    index = stub_course.make_index(folder / "index")
    shutil.copytree(folder / "index", folder / "newer")
    stub_course.publish(folder / "newer", "numpy", "3.0", {f"numpy/{name}.py": "" for name in ("__init__", *"abcdefgh")})
    stub_course.make_course(folder / "first")
    shutil.copytree(folder / "first", folder / "works")
    assert stub_course.start(folder / "works", stub_course.variables(index))[0] == 0
    return folder


@pytest.fixture(scope="module")
def seconds():
    """How long each work takes when it is not stopped: a guess, which each start that was through before corrects."""
    return {"first": 20, "new requirement": 20, "new place": 5}


def stopped(world, number, seconds):
    """A course whose start was stopped in the middle of its work: its folder, the work, how it ended, and after how long."""
    rng = random.Random(f"{os.environ.get('SEED', 0)} {number}")
    work, end = WORK[number % len(WORK)], rng.choice(list(ENDS))
    course = world / f"course {number}"
    while True:
        shutil.copytree(world / ("first" if work == "first" else "works"), course, symlinks=True)
        if work == "new requirement":
            assert stub_course.start(course, variables(world, work, PIP_NO_INDEX="1"))[0] == 0  # at home in its new place
            (course / "requirements.txt").write_text(stub_course.REQUIREMENTS.replace("numpy>=2", "numpy>=3"))
        began, moment = time.monotonic(), rng.random() * seconds[work]
        with (course / "said.txt").open("w") as said:
            options = {"env": variables(world, work), "stdout": said, "stderr": subprocess.STDOUT, "start_new_session": True}
            process = subprocess.Popen([sys.executable, str(course / "start.py")], **options)
            try:
                assert process.wait(moment) == 0, (course / "said.txt").read_text()
            except subprocess.TimeoutExpired:
                (os.kill if "alone" in end else os.killpg)(process.pid, ENDS[end])
                if process.wait():
                    return course, work, end, moment
        seconds[work] = time.monotonic() - began
        shutil.rmtree(course)


def variables(world, work, **more):
    index = world / ("newer" if work == "new requirement" else "index") / "simple"
    return stub_course.variables(index.as_uri(), **more)


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(KILLS))
def test_after_a_kill_the_next_start_works(world, number, seconds):
    course, work, end, moment = stopped(world, number, seconds)
    online, offline = variables(world, work), variables(world, work, PIP_NO_INDEX="1")
    if work != "first":
        status, said, told = stub_course.start(course, offline)
        assert status == 0 and told["prefix"] == str(course / ".venv"), said
    began = time.monotonic()
    status, said, told = stub_course.start(course, online)
    took = time.monotonic() - began
    print(f"\n{number}: {work}, {end} after {moment:.2f} s; the next start took {took:.1f} s", end=" ")
    assert status == 0 and "Traceback" not in said and "goes on with" not in said, said
    assert told["prefix"] == str(course / ".venv") and not (course / ".venv.old").exists()
    assert not list(course.glob(".venv.yours*"))
    if work == "new requirement":
        assert list(course.glob(".venv/**/numpy-3.0.dist-info"))
    shutil.rmtree(course)
