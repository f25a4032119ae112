"""Progress under fire: many kernels at once, kernels that are killed, files that are cut off or full of rubbish.

``FUZZ=100 pytest -n0 -s tests/fuzz/test_progress.py`` does a hundred times as much, and prints what it counted.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import pytest

from mlp_helpers.check.engine import progress

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUZZ = int(os.environ.get("FUZZ", "1"))
WRITER = """
import sys, time
from mlp_helpers.check.engine import progress
print("ready", flush=True); sys.stdin.readline()
name, entries, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
for i in range(entries):
    began = time.monotonic()
    said = progress.record("exercises", f"{name}-{i}", solved=True)
    print(i, time.monotonic() - began, said, flush=True)
    time.sleep(pause)
"""


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    return tmp_path / "progress.json"


def writers(number, entries, pause):
    """Processes that wait for a line, and then record."""
    command = [sys.executable, "-c", WRITER]
    started = [
        subprocess.Popen([*command, f"w{i}", str(entries), str(pause)], cwd=ROOT, stdin=-1, stdout=-1, text=True)
        for i in range(number)
    ]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    return started


@pytest.mark.parametrize("number, entries, pause", [(2, 100, 0), (2, 50, 0.002), (6, 25, 0)])
def test_kernels_that_write_at_once_lose_nothing(number, entries, pause, file):
    number = min(number * FUZZ, 200) if number > 2 else number
    entries *= min(FUZZ, 10)
    started = writers(number, entries, pause)
    said = [process.communicate("\n")[0].splitlines() for process in started]
    assert [process.returncode for process in started] == [0] * number
    waited = sorted(float(line.split()[1]) for lines in said for line in lines)
    half = waited[len(waited) // 2]
    print(f"\n{number} kernels, {len(waited)} entries, the longest wait {waited[-1]:.3f} s, half below {half:.4f} s")
    assert all(len(line.split()) == 2 for lines in said for line in lines), "something was not kept"
    assert json.loads(file.read_text())["exercises"].keys() == {f"w{i}-{j}" for i in range(number) for j in range(entries)}
    assert waited[-1] < progress.PATIENCE + 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_killed_kernels_leave_a_whole_file_and_nobody_waiting(file):
    chance, told = random.Random(0), 0
    for round_ in range(3 * FUZZ):
        started = writers(2, 10_000, 0)
        for process in started:
            process.stdin.write("\n")
            process.stdin.flush()
        time.sleep(chance.uniform(0.01, 0.2))
        for process in started:
            process.kill()
        kept = [len(process.communicate()[0].splitlines()) for process in started]
        told += sum(kept)
        began = time.monotonic()
        assert progress.record("exercises", f"after round {round_}", solved=True) == ""
        assert time.monotonic() - began < 1
        known = json.loads(file.read_text())["exercises"]
        assert f"after round {round_}" in known
        assert all(f"w{i}-{j}" in known for i in range(2) for j in range(kept[i])), "it was told, but it is not there"
        assert {path.name for path in file.parent.iterdir()} == {"progress.json", "progress.lock"}
        file.unlink()
    print(f"\n{3 * FUZZ} rounds of two kernels killed, {told} entries told")


def test_whatever_stands_in_the_file_a_check_can_be_recorded_and_nothing_is_thrown_away(file):
    chance = random.Random(1)
    progress.record("exercises", "softmax", solved=True, source="def softmax(Z):\n    return Z\n")
    progress.record("questions", "large scores", answers=["a"], right=False)
    whole, damaged = file.read_bytes(), 0
    for round_ in range(200 * FUZZ):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(content) + 1)
            content[place : place + chance.randint(0, 9)] = chance.choice(
                [b"", b"[" * chance.randint(1, 5), b"{", b'"', b"null", b"1e999", b"\xff\x00", b"9" * 50, b"}]", b"[" * 100_000]
            )
        for old in file.parent.glob("progress.*"):
            old.unlink()
        file.write_bytes(content)
        said = progress.record("exercises", f"round {round_}", solved=True)
        assert progress.load()["exercises"][f"round {round_}"] == {"solved": True}
        if said:
            damaged += 1
            assert (file.parent / "progress.damaged.json").read_bytes() == bytes(content)
    print(f"\n{200 * FUZZ} damaged files, {damaged} of them set aside")
    assert damaged > 0
