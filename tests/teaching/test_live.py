"""A class that checks at the same time: lines in a folder, and the page that follows them."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time
import types
import urllib.request

import pytest

from mlp_helpers import check
from mlp_helpers.check.engine import board as posting
from teaching import watching

WRITERS, LINES = 60, 20
KERNEL = f"""
import importlib.util, sys, time, types
spec = importlib.util.spec_from_file_location("board", sys.argv[1])
board = importlib.util.module_from_spec(spec)
spec.loader.exec_module(board)
sys.stdin.readline()  # until all are there
for i in range({LINES}):
    verdict = types.SimpleNamespace(passed=i == {LINES} - 1, kind="wrong", misconception="The wrong axis")
    began = time.perf_counter()
    board.post("softmax", verdict)
    print(time.perf_counter() - began)
"""
PASSED = types.SimpleNamespace(passed=True, kind="", misconception=None)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(posting, "FOLDER", str(tmp_path))
    monkeypatch.setattr(posting, "said", [])
    return tmp_path


def written_in(folder):
    return [json.loads(line) for path in folder.glob("board-*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]


def relu(Z):
    return Z


def test_a_check_appends_one_line_without_name_and_code_and_says_so_once(folder, capsys):
    check.relu(relu)
    assert posting.SAID in " ".join(capsys.readouterr().out.split())
    check.relu(relu)
    assert posting.SAID not in " ".join(capsys.readouterr().out.split())
    verdict = check.relu.diagnose(relu)
    line = {"exercise": "relu", "verdict": verdict.kind, "misconception": verdict.misconception}
    assert written_in(folder) == [line, line]


def test_without_a_board_nothing_is_written_and_nothing_said(folder, monkeypatch, capsys):
    monkeypatch.setattr(posting, "FOLDER", None)
    check.relu(relu)
    assert written_in(folder) == [] and "board" not in capsys.readouterr().out


def test_a_folder_that_is_gone_does_not_stand_in_the_way(folder, monkeypatch):
    monkeypatch.setattr(posting, "FOLDER", str(folder / "gone"))
    check.relu(relu)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names, which would wait for ever")
def test_a_folder_that_does_not_answer_costs_a_check_a_tenth_of_a_second(folder):
    os.mkfifo(folder / posting.FILE)
    began = time.monotonic()
    posting.post("relu", PASSED)
    assert posting.PATIENCE <= time.monotonic() - began < 20 * posting.PATIENCE  # for ever, if it waited
    assert len((folder / posting.FILE).open(encoding="utf-8").readlines()) == 1  # now it is written


def test_sixty_kernels_at_once_lose_nothing_and_the_page_has_all(folder):
    environment = {**os.environ, "MLP_BOARD": str(folder)}
    command = [sys.executable, "-I", "-S", "-c", KERNEL, posting.__file__]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": environment}
    kernels = [subprocess.Popen(command, **pipes) for _ in range(WRITERS)]
    for kernel in kernels:
        kernel.stdin.write("\n")
        kernel.stdin.flush()
    added = [float(line) for kernel in kernels for line in kernel.communicate()[0].split()]
    assert len(written_in(folder)) == WRITERS * LINES == len(added)
    assert statistics.median(added) < posting.PATIENCE
    server = watching.server(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        began = time.process_time()
        page = urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/", timeout=60).read().decode()
        assert time.process_time() - began < 1  # it asks every second: together less than two
        part = urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/now", timeout=60).read().decode()
    finally:
        server.shutdown()
        server.server_close()
    assert f"{WRITERS} solved, 0 tried, 0 untouched" in part and part in page and "fetch(" in page


def test_the_projector_shows_no_words_but_the_courses_own(folder):
    lines = [{"exercise": "softmax", "verdict": "wrong", "misconception": "Hello <b>"}, {"exercise": "Hello", "verdict": "wrong"}]
    (folder / "board-1.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    part = watching.board.main_part(watching.now(folder))
    assert "<h1>1 notebook</h1>" in part and watching.board.UNKNOWN in part and "Hello" not in part


def test_the_page_tells_what_a_room_gets_wrong_now(folder):
    lines = [
        {"exercise": "softmax", "verdict": "wrong", "misconception": "Not normalised"},
        {"exercise": "softmax", "verdict": "wrong", "misconception": "The wrong axis"},
    ]
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (folder / "board-1.jsonl").write_text(text, encoding="utf-8")
    (folder / "board-2.jsonl").write_text(text + '{"exercise": "softmax", "ver', encoding="utf-8")  # a line that is being written
    part = watching.board.main_part(watching.now(pathlib.Path(folder)))
    mistake = next(each for each in check.softmax.task.mistakes if each.title == "The wrong axis")
    assert "2 ×</b> The wrong axis" in part and mistake.question in part and "Not normalised" not in part
