"""What start.py decides, and what it says when it cannot go on."""

import ast
import importlib.util
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

START = pathlib.Path(__file__).resolve().parent.parent / "start.py"


@pytest.fixture
def start(tmp_path, monkeypatch):
    """start.py in the folder of a small course, with pretended work; ``start.done`` lists what it did."""
    spec = importlib.util.spec_from_file_location("start", START)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "tests/browser").mkdir(parents=True)
    for name in ("notebooks/01_second.ipynb", "notebooks/00_first.ipynb", "pyproject.toml", *module.REQUIREMENTS, *module.TESTS):
        (tmp_path / name).touch()
    module.ROOT, module.VENV = tmp_path, tmp_path / ".venv"
    module.STAMP, module.LAB = module.VENV / module.STAMP.name, module.VENV / module.LAB.name
    module.done, module.answers = [], {}

    def pretend(command):
        kind = "pip" if "pip" in command else "venv"
        module.done.append(kind)
        module.VENV.mkdir(exist_ok=True)
        return module.answers.get(kind, (0, ""))

    monkeypatch.setattr(module, "step_by_step", pretend)
    monkeypatch.setattr(module, "works", lambda: "venv" in module.done)
    monkeypatch.setattr(module, "run", lambda *command: module.done.append(command) or module.answers.get(command[-1], 0))
    return module


def test_the_first_time_it_makes_installs_and_opens_the_first_notebook(start):
    assert start.main([]) == 0
    assert start.done[:2] == ["venv", "pip"]
    assert start.done[2][:2] == ("-m", "jupyterlab") and start.done[2][-1].endswith("/lab/tree/notebooks/00_first.ipynb")


def test_later_it_only_opens(start):
    start.main([])
    start.main([])
    assert [step for step in start.done if isinstance(step, str)] == ["venv", "pip"]


def test_new_requirements_are_installed_into_what_is_there(start):
    start.main([])
    (start.ROOT / "requirements.txt").write_text("numpy>=3\n", encoding="utf-8")
    start.set_up(start.REQUIREMENTS)
    assert start.done[3:] == ["pip"]


def test_an_environment_made_by_hand_is_kept(start, monkeypatch):
    monkeypatch.setattr(start, "works", lambda: True)
    start.VENV.mkdir()
    start.set_up(start.REQUIREMENTS)
    assert start.done == ["pip"]


def test_after_a_failed_installation_the_next_try_goes_on(start):
    start.answers["pip"] = (1, "ERROR: no network")
    assert start.main([]) == 1
    del start.answers["pip"]
    assert start.main([]) == 0
    assert start.done[:3] == ["venv", "pip", "pip"]


def test_in_a_moved_folder_the_environment_is_made_again(start):
    start.main([])
    start.ROOT = start.ROOT.rename(start.ROOT.with_name("elsewhere"))
    start.VENV = start.ROOT / ".venv"
    start.STAMP, start.LAB = start.VENV / start.STAMP.name, start.VENV / start.LAB.name
    start.set_up(start.REQUIREMENTS)
    assert start.done[3:] == ["venv", "pip"]


def test_without_its_python_the_environment_is_made_again(start, monkeypatch):
    start.main([])
    monkeypatch.setattr(start, "works", lambda: False)
    start.set_up(start.REQUIREMENTS)
    assert start.done[3:] == ["venv", "pip"]


def test_only_a_python_that_starts_works(start, monkeypatch, tmp_path):
    monkeypatch.undo()
    for python, expected in [(sys.executable, True), (tmp_path / "removed", False), (tmp_path, False)]:
        start.PYTHON = python
        assert start.works() is expected


def test_arguments_are_handed_on(start):
    start.main(["--no-browser"])
    assert start.done[-1][-1] == "--no-browser"
    start.main(["test", "-k", "softmax"])
    assert start.done[-1] == ("-m", "pytest", "-k", "softmax")


@pytest.mark.parametrize("command", ["train", "compare"])
def test_the_network_is_trained_in_the_environment_and_its_status_comes_back(start, command):
    start.answers["20"] = 2
    assert start.main([command, "--epochs", "20"]) == 2
    assert start.done == ["venv", "pip", ("-m", "mlp_helpers", command, "--epochs", "20")]


@pytest.mark.parametrize("status", [1, -11])
@pytest.mark.parametrize("fails", ["check", "--check", "pytest", "tests/browser"])
def test_all_tests_run_and_one_failure_is_enough(start, fails, status):
    start.answers[fails] = status
    assert start.main(["test"]) == status
    ruff = [("-m", "ruff", "check"), ("-m", "ruff", "format", "--check")]
    browser = ("-m", "pytest", "-m", "browser", "-n0", "tests/browser")
    assert start.done[2:] == [*ruff, ("-m", "pytest"), browser]


def test_what_only_the_tests_need_is_installed_when_they_are_run_first(start):
    start.main([])
    start.main(["test", "-k", "softmax"])
    start.main([])
    start.main(["test", "-k", "softmax"])
    assert [step for step in start.done if isinstance(step, str)] == ["venv", "pip", "pip"]


def test_old_pythons_get_as_far_as_the_message(start):
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 6))
    with pytest.raises(start.Trouble, match=r"needs Python 3\.10 or newer, but this is Python 3\.8"):
        start.check_python((3, 8, 18))
    start.check_python((3, 10, 0))


def said(start, capsys, arguments=()):
    """What the person at the keyboard reads on failure."""
    assert start.main(list(arguments)) not in (0, None)
    words = capsys.readouterr().err
    assert "Traceback" not in words
    return words


def test_no_venv_module(start, capsys, monkeypatch):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    assert "sudo apt install python3-venv" in said(start, capsys)
    assert start.done == []


def test_a_folder_that_may_only_be_read(start, capsys):
    start.answers["venv"] = (1, "Error: [Errno 13] Permission denied: '.venv'")
    words = said(start, capsys)
    assert "Permission denied" in words and "Copy the course to a folder of your own" in words


def test_no_network(start, capsys):
    start.answers["pip"] = (1, "ERROR: No matching distribution found for jupyterlab>=4.2")
    words = said(start, capsys)
    assert "No matching distribution" in words and "Is this computer online" in words
    assert not start.STAMP.exists()


def test_no_notebooks(start, capsys):
    for path in start.ROOT.glob("notebooks/*"):
        path.unlink()
    assert "There are no notebooks" in said(start, capsys)


def test_half_a_course(start, capsys):
    (start.ROOT / "requirements.txt").unlink()
    assert "requirements.txt" in said(start, capsys)


def test_ctrl_c_while_it_installs(start, capsys, monkeypatch):
    def interrupted(command):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "step_by_step", interrupted)
    assert "Stopped" in said(start, capsys)


def test_the_words_of_a_failing_command_are_kept(start, monkeypatch, capsys):
    monkeypatch.undo()
    lines = ["Collecting numpy", "ERROR: Could not find it", "", "note: read this"]
    program = f"import sys; print(*{lines!r}, sep='\\n'); sys.exit(3)"
    assert start.step_by_step([sys.executable, "-c", program]) == (3, "ERROR: Could not find it")
    assert capsys.readouterr().out == ".\n"
    assert start.step_by_step([sys.executable, "-c", "import sys; sys.exit('no space left')"]) == (1, "no space left")


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_while_jupyterlab_runs_is_jupyterlabs_business():
    child = """
import time
try:
    print("up", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("asked", flush=True)
    time.sleep(1)
"""
    program = f"import start, sys; start.PYTHON = sys.executable; start.run('-c', {child!r})"
    pipes = {"stdout": subprocess.PIPE, "text": True, "start_new_session": True}
    with subprocess.Popen([sys.executable, "-c", program], cwd=START.parent, **pipes) as process:
        assert process.stdout.readline() == "up\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.readline() == "asked\n"
        time.sleep(0.2)
        assert process.poll() is None
        assert process.wait(10) == 0
