"""start.py, killed or interrupted at random moments: the next start works, and offline too where an environment had worked.

FUZZ=50 pytest -n0 -s tests/fuzz/test_start.py       a hundred kills instead of two; prints what became of each
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
KILLS = 2 * int(os.environ.get("FUZZ", 1))
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
    began = time.monotonic()
    assert stub_course.start(folder / "works", stub_course.variables(index))[0] == 0
    (folder / "seconds").write_text(str(time.monotonic() - began))
    return folder


def ctrl_c_counts():
    """What a shell starts in the background ignores Ctrl-C, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", range(KILLS))
def test_after_a_kill_the_next_start_works(world, number):
    rng = random.Random(f"{os.environ.get('SEED', 0)} {number}")
    work, end = WORK[number % len(WORK)], rng.choice(list(ENDS))
    course = world / f"course {number}"
    shutil.copytree(world / ("first" if work == "first" else "works"), course, symlinks=True)
    index = (world / ("newer" if work == "new requirement" else "index") / "simple").as_uri()
    online = stub_course.variables(index)
    offline = stub_course.variables(index, PIP_NO_INDEX="1")
    if work == "new requirement":
        assert stub_course.start(course, offline)[0] == 0  # at home in its new place
        (course / "requirements.txt").write_text(stub_course.REQUIREMENTS.replace("numpy>=2", "numpy>=3"))
    moment = rng.random() * float((world / "seconds").read_text()) * (0.3 if work == "new place" else 1)
    command = [sys.executable, str(course / "start.py")]
    with (course / "said.txt").open("w") as said:
        options = {"env": online, "stdout": said, "stderr": subprocess.STDOUT, "start_new_session": True}
        process = subprocess.Popen(command, preexec_fn=ctrl_c_counts, **options)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            (process.send_signal if "alone" in end else lambda sign: os.killpg(process.pid, sign))(ENDS[end])
            process.wait()
    killed = process.returncode != 0
    if work != "first":
        status, said, told = stub_course.start(course, offline)
        assert status == 0 and told["prefix"] == str(course / ".venv"), said
    began = time.monotonic()
    status, said, told = stub_course.start(course, online)
    print(f"\n{number}: {work}, {end} after {moment:.2f} s, {'killed' if killed else 'was through'};"
          f" the next start took {time.monotonic() - began:.1f} s", end=" ")  # fmt: skip
    assert status == 0 and "Traceback" not in said and "goes on with" not in said, said
    assert told["prefix"] == str(course / ".venv") and not (course / ".venv.old").exists()
    assert not list(course.glob(".venv.yours*"))
    if work == "new requirement":
        assert list(course.glob(".venv/**/numpy-3.0.dist-info"))
    shutil.rmtree(course)
