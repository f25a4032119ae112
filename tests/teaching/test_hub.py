"""The hub for a class. With JupyterHub and its proxy, two students learn on one; `python -m teaching test` installs the first."""

import asyncio
import importlib.util
import json
import os
import pathlib
import re
import socket
import stat
import subprocess
import sys
import tempfile
from types import SimpleNamespace

import pytest

from benchmarks import hub as measured
from mlp_helpers.editions.lessons import ROOT, all_lessons
from teaching import __main__ as command
from teaching.hub import starting, student

pwd = pytest.importorskip("pwd", reason="there is no JupyterHub for Windows")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
NEEDS_HUB = pytest.mark.skipif(
    not importlib.util.find_spec("jupyterhub"), reason="needs JupyterHub, not installed here (python -m teaching test)"
)
NEEDS_PROXY = pytest.mark.skipif(bool(starting.missing()), reason="needs JupyterHub and its proxy (teaching/hub/README.md)")
ACCOUNTS = pytest.mark.skipif(
    os.environ.get("MLP_HUB_ACCOUNTS") != "1", reason="makes accounts on this machine: as root, with MLP_HUB_ACCOUNTS=1"
)
FIRST = f"work/{all_lessons()[0].stem}.ipynb"


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="hub-", dir="/tmp") as place:  # pytest's own has too long a path for sockets
        yield pathlib.Path(place)


# --- what is there and what is missing --------------------------------------------------------------------------------


def test_what_is_missing_is_said_with_the_command_that_installs_it(monkeypatch, capsys):
    monkeypatch.setattr(starting.importlib.util, "find_spec", lambda name: None if "hub" in name else True)
    monkeypatch.setattr(starting, "proxy", lambda: None)
    assert command.main(["hub"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "jupyterhub and jupyterhub_idle_culler" in first and 'pip install -e ".[hub]"' in first
    assert "npm install configurable-http-proxy" in second


def test_the_proxy_is_found_in_the_folder_of_the_course_and_not_without_node(monkeypatch, tmp_path):
    program = tmp_path / "node_modules" / ".bin" / "configurable-http-proxy"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    (tmp_path / "node").touch(mode=0o755)
    monkeypatch.setattr(starting, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert starting.proxy() == [str(program)]
    (tmp_path / "node").unlink()
    assert starting.proxy() is None


def test_a_port_that_is_taken_is_named_with_another_one(monkeypatch, capsys, folder):
    monkeypatch.setattr(starting, "missing", list)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert command.main(["hub", "--trial", "--port", str(port), "--folder", str(folder)]) == 1
    assert f"--port {port + 1}" in capsys.readouterr().err
    assert not any(folder.iterdir())


@pytest.mark.parametrize(
    ("option", "value"), [("--port", "70000"), ("--memory", "much"), ("--memory", "2"), ("--idle-minutes", "0")]
)
def test_an_option_that_makes_no_sense_is_refused_before_anything_is_made(option, value, monkeypatch, capsys, folder):
    monkeypatch.setattr(starting, "missing", list)
    assert command.main(["hub", "--trial", "--folder", str(folder), option, value]) == 1
    assert option in capsys.readouterr().err and not any(folder.iterdir())


def test_a_place_that_students_cannot_reach_is_named_with_what_closes_it(folder):
    (folder / "closed" / "course").mkdir(parents=True)
    folder.chmod(0o755)
    open_, closed = folder, folder / "closed" / "course"
    (folder / "closed").chmod(0o700)
    told = starting.unfit_for_accounts([open_, closed])
    assert any(f"cannot read {closed}, because {folder / 'closed'} is closed" in sentence for sentence in told)
    assert not any(f"cannot read {open_}," in sentence for sentence in told)


# --- the hub's folder -------------------------------------------------------------------------------------------------


def test_passwords_are_made_once_and_only_the_owner_reads_them(folder):
    first = starting.prepared(folder / "hub", 8000, accounts=False)
    second = starting.prepared(folder / "hub", 8001, accounts=False)
    for name in ("class_password", "teacher_password", "hub_port"):
        assert first[name] == second[name]
    assert first["class_password"] != starting.prepared(folder / "another", 8000, accounts=False)["class_password"]
    assert len(first["class_password"]) >= 8 and len(first["teacher_password"]) >= 32  # as the authenticator demands
    assert stat.S_IMODE((folder / "hub" / "hub.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "hub" / "home").stat().st_mode) == 0o711
    assert json.loads((folder / "hub" / "hub.json").read_text(encoding="utf-8")) == second


def test_each_name_of_a_list_has_a_password_of_its_own_and_keeps_it_when_others_come(folder):
    names = folder / "names.txt"
    names.write_text("anna\nbo\n", encoding="utf-8")
    before = starting.prepared(folder / "hub", 8000, names=names, accounts=False)["own_passwords"]
    names.write_text("anna\nbo\nchi\n", encoding="utf-8")
    after = starting.prepared(folder / "hub", 8000, names=names, accounts=False)["own_passwords"]
    assert list(after) == ["anna", "bo", "chi"] and len(set(after.values())) == 3
    assert before == {name: after[name] for name in before}
    path = folder / "hub" / "passwords.csv"
    assert f"anna,{after['anna']}" in path.read_text(encoding="utf-8").splitlines()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["Anna", "root:x", "teacher", "../bo", "a" * 25])
def test_a_name_that_cannot_be_an_account_is_refused(name, folder):
    (folder / "names.txt").write_text(f"bo\n{name}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a name may have"):
        starting.listed(folder / "names.txt")


def test_a_folder_too_deep_for_sockets_is_refused(folder):
    with pytest.raises(ValueError, match="--folder /srv/mlp-hub"):
        starting.prepared(folder / ("x" * starting.LONGEST), 8000, accounts=False)
    assert not any(folder.iterdir())


def test_the_teacher_is_told_who_can_see_what(folder):
    settings = starting.prepared(folder, 8000, accounts=False)
    trial = " ".join(starting.sentences(settings, folder))
    assert "share one account" in trial and settings["class_password"] in trial and "under any name" in trial
    assert "unencrypted" not in trial
    names = {"own_passwords": {"anna": "a", "bo": "b"}, "accounts": True, "ip": "0.0.0.0"}
    real = " ".join(starting.sentences(settings | names, folder))
    assert "share one account" not in real and settings["class_password"] not in real and "2 students" in real
    assert "unencrypted" in real


# --- a student's folder -----------------------------------------------------------------------------------------------


def test_the_first_login_makes_the_copies_and_a_later_one_keeps_what_was_written(tmp_path):
    list(student.prepare(tmp_path))
    assert {path.name for path in tmp_path.glob("work/*.ipynb")} == {f"{lesson.stem}.ipynb" for lesson in all_lessons()}
    path = tmp_path / FIRST
    notebook = json.loads(path.read_text(encoding="utf-8"))
    pictures = re.findall(r"\.\./(pictures/[\w.]+)", path.read_text(encoding="utf-8"))
    assert pictures and all((tmp_path / name).read_bytes() == (ROOT / name).read_bytes() for name in pictures)
    notebook["cells"][-1]["source"] = ["my own words"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    lost = tmp_path / "work" / f"{all_lessons()[4].stem}.ipynb"
    lost.unlink()
    list(student.prepare(tmp_path))
    assert "my own words" in path.read_text(encoding="utf-8") and lost.exists()


def test_a_student_without_room_for_copies_gets_a_sentence_and_no_error(tmp_path):
    (tmp_path / "work").write_text("no folder", encoding="utf-8")
    assert any("not up to date" in sentence for sentence in student.prepare(tmp_path))


# --- with JupyterHub --------------------------------------------------------------------------------------------------


@NEEDS_HUB
def test_the_settings_load_and_say_what_the_page_promises(folder, monkeypatch):
    from traitlets.config.loader import PyFileConfigLoader

    from teaching.hub.spawning import ClassAuthenticator

    monkeypatch.setenv("MLP_BOARD", "/srv/board")
    settings = starting.prepared(folder, 8123, memory="1G", idle_minutes=7, accounts=True)
    monkeypatch.chdir(folder)
    config = PyFileConfigLoader(starting.CONFIG.name, path=str(starting.CONFIG.parent)).load_config()
    assert config.JupyterHub.bind_url == "http://127.0.0.1:8123" and config.Spawner.mem_limit == "1G"
    assert config.Spawner.environment["OPENBLAS_NUM_THREADS"] == "1" and config.Spawner.environment["MLP_BOARD"] == "/srv/board"
    assert config.Spawner.default_url.endswith(FIRST)
    assert config.JupyterHub.spawner_class.__name__ == "AccountSpawner"
    assert config.ClassAuthenticator.user_password == settings["class_password"]
    assert "--timeout=420" in config.JupyterHub.services[0]["command"]
    known = ClassAuthenticator(config=config)
    names = ("anna", "b-2_c", "a" * 24, "a" * 25, "anna b", "anna.b", "../bo", "annä", "anna\n", "2bo")
    assert [name for name in names if known.validate_username(name)] == ["anna", "b-2_c", "a" * 24]


@NEEDS_HUB
@pytest.mark.parametrize("own", [{}, {"anna": "annas-password"}])
def test_who_may_log_in(own):
    from teaching.hub.spawning import ClassAuthenticator

    known = ClassAuthenticator(
        own_passwords=own, user_password="of-the-class", admin_password="t" * 32, admin_users={"teacher"}, allow_all=True
    )

    def let_in(name, password):
        return asyncio.run(known.authenticate(None, {"username": name, "password": password}))

    assert bool(let_in("anna", "of-the-class")) == (not own)
    assert bool(let_in("anna", "annas-password")) == bool(own)
    assert bool(let_in("bo", "of-the-class")) == (not own)
    assert not let_in("anna", "") and not let_in("bo", "") and not let_in("bo", "annas-password")
    assert not let_in("teacher", "of-the-class") and let_in("teacher", "t" * 32)["admin"]


@LINUX
@NEEDS_HUB
def test_a_process_of_a_student_gets_a_memory_error_beyond_the_limit(folder):
    from teaching.hub.spawning import TrialSpawner

    spawner = TrialSpawner(mem_limit="200M", home_dir=str(folder))
    for megabytes, fits in ((50, True), (400, False)):
        program = f"block = bytearray({megabytes}_000_000)"
        preexec = spawner.make_preexec_fn("anna")
        ended = subprocess.run([sys.executable, "-c", program], preexec_fn=preexec, capture_output=True, text=True, check=False)
        assert (ended.returncode == 0) == fits
        assert fits or "MemoryError" in ended.stderr


@NEEDS_HUB
def test_no_student_becomes_an_account_that_was_there_before():
    from teaching.hub.spawning import AccountSpawner

    there = {account.pw_name for account in pwd.getpwall() if not account.pw_dir.startswith("/srv/mlp-hub")}
    assert "root" in there and not {AccountSpawner.account(name) for name in there} & there


@NEEDS_HUB
def test_of_too_many_processes_the_largest_is_ended_and_without_a_server_none(monkeypatch, folder):
    from teaching.hub import spawning

    class Process:
        def __init__(self, pid, ppid, size):
            self.pid, self.info, self.size, self.killed = pid, {"ppid": ppid}, size, False

        def memory_info(self):
            return self

        @property
        def rss(self):
            return self.size

        def kill(self):
            self.killed = True

    server, small, large, other = all_ = [Process(7, 1, 90), Process(8, 7, 20), Process(9, 8, 40), Process(10, 1, 500)]
    monkeypatch.setattr(spawning, "processes", lambda: [Process(1, 0, 0), *all_])
    spawner = spawning.TrialSpawner(mem_limit=120, home_dir=str(folder), user=SimpleNamespace(name="anna"))
    spawner.end_what_is_too_much()
    assert not any(each.killed for each in all_)
    spawner.pid = 7
    spawner.end_what_is_too_much()
    assert large.killed and not (server.killed or small.killed or other.killed)
    spawner.mem_limit = 50  # the server alone takes more, and is left to the system's limit
    spawner.end_what_is_too_much()
    assert small.killed and not (server.killed or other.killed)


# --- two students on a hub --------------------------------------------------------------------------------------------


@pytest.fixture
def hub(folder):
    """Of a running hub with little memory for each student, a function that logs students in and starts their servers."""
    from teaching.hub import load
    from teaching.hub.client import Student

    settings = starting.prepared(folder, starting.free_port(), memory="800M", accounts=os.environ.get("MLP_HUB_ACCOUNTS") == "1")
    address = f"http://127.0.0.1:{settings['port']}"

    async def arrived(*names):
        students = [Student(address, name, settings["class_password"]) for name in names]
        for each in students:
            await each.log_in()
        await asyncio.gather(*(each.start_server() for each in students))
        return students

    with starting.running(folder):
        asyncio.run(load.answering(address))
        yield arrived
    for account in (each.pw_name for each in pwd.getpwall() if each.pw_dir.startswith(f"{folder}/")):
        subprocess.run(["userdel", account], check=True, capture_output=True)


@NEEDS_PROXY
@pytest.mark.slow
def test_a_simulated_class_learns_without_a_failure(monkeypatch):
    from teaching.hub import load

    for name in ("ARRIVE", "THINK", "PAUSE"):
        monkeypatch.setattr(load, name, 0)
    results = measured.measure(2)
    assert results["failures"] == []
    assert all(len(results[name]) == 2 for name in measured.ROWS if name != "slider_ms")
    assert len(results["slider_ms"]) == 2 * load.MOVES
    text = measured.show(results)
    assert "Failures: **0**" in text and "| cores |" in text


@LINUX
@NEEDS_PROXY
@pytest.mark.slow
def test_who_wants_too_much_memory_loses_a_kernel_and_nobody_else_does(hub):
    from teaching.hub.client import Refused

    async def lesson():
        anna, bo = await hub("anna", "bo")
        assert (await anna.page())[0].endswith(FIRST)
        assert (await anna.file(f"pictures/lesson_{FIRST[5:7]}.png")).startswith(b"\x89PNG")
        others = await bo.open(FIRST)
        await others.run("kept = 1")
        greedy, modest = await anna.open(FIRST), await anna.open("work/own.ipynb")
        with pytest.raises(Refused, match=r"MemoryError: Unable to allocate 8\.00 GiB"):
            await greedy.run("import numpy as np\nnp.ones(2**30)")
        await modest.run("kept = bytearray(b'1') * 200_000_000")
        with pytest.raises(Refused, match="has died"):  # each of them might have that much, but not both
            await greedy.run("import time\nmuch = bytearray(b'1') * 400_000_000\ntime.sleep(60)")
        assert "1 200000000" in await modest.run("print(kept[0] - 48, len(kept))")
        assert "1" in await others.run("print(kept)")
        assert "new" in await greedy.run("print('much' in globals() or 'new')")  # JupyterLab's server has started it anew

    asyncio.run(lesson())


@NEEDS_PROXY
@pytest.mark.slow
def test_a_wrong_password_is_refused_and_a_later_login_brings_the_copies_up_to_date(hub, folder):
    from teaching.hub.client import Refused

    async def lesson():
        (anna,) = await hub("anna")
        notebook = await anna.read(FIRST)
        notebook["cells"][-1]["source"] = "my own words"
        await anna.save(FIRST, notebook)
        await anna.ask("DELETE", "/hub/api/users/anna/server")
        while "" in (await anna.ask("GET", "/hub/api/users/anna"))["servers"]:
            await asyncio.sleep(0.2)
        (folder / "home" / "anna" / "work" / f"{all_lessons()[4].stem}.ipynb").unlink()
        await anna.start_server()
        assert "my own words" in json.dumps(await anna.read(FIRST))
        assert (await anna.read(f"work/{all_lessons()[4].stem}.ipynb"))["cells"]
        anna.password = "wrong"
        with pytest.raises(Refused):
            await anna.log_in()

    asyncio.run(lesson())


PRY = """
import pathlib, subprocess
import mlp_helpers
for act in (lambda: pathlib.Path({other!r}).read_text(), lambda: list(pathlib.Path({home!r}).iterdir()),
            lambda: pathlib.Path(mlp_helpers.__file__).open("a"), lambda: pathlib.Path({secret!r}).read_text(),
            lambda: list(pathlib.Path({run!r}).iterdir())):
    try:
        act()
        print("done")
    except PermissionError:
        print("refused")
print(subprocess.run("id -un", shell=True, capture_output=True, text=True).stdout)
"""


@NEEDS_PROXY
@ACCOUNTS
@pytest.mark.slow
def test_with_accounts_nobody_reads_another_or_changes_the_course(hub, folder):
    async def lesson():
        anna, bo = await hub("anna", "bo")
        await bo.read(FIRST)
        kernel = await anna.open(FIRST)
        places = {"other": folder / "home" / "bo" / FIRST, "home": folder / "home", "secret": folder / "hub.json"}
        said = await kernel.run(PRY.format(**{name: str(place) for name, place in places.items()}, run=str(folder / "run")))
        assert said.split() == ["refused"] * 5 + ["mlp-anna"]

    asyncio.run(lesson())


# --- what is shown of a measurement -----------------------------------------------------------------------------------

RESULTS = {
    **{"students": 2, "load": 0.5, "seconds": 90.0, "busy": 0.5, "hub_mb": 200.0, "hub_cpu_s": 6.0, "failures": []},
    **{"login_s": [3.0, 5.0], "login_cpu_s": [6.0, 6.0], "cpu_s": [9.0, 9.0], "epoch_s": [0.2, 0.4], "folder_mb": [1.0, 1.0]},
    **{"slider_ms": [10.0] * 94 + [70.0] * 6, "server_mb": [100.0] * 2, "kernel_mb": [200.0] * 2},
    **{"training_kernel_mb": [100.0] * 2, "versions": {"jupyterhub": "6.1", "jupyterlab": "4.6"}},
}  # fmt: skip


def test_a_measurement_is_shown_with_its_failures_and_what_classes_need():
    text = measured.show(RESULTS)
    assert "Failures: **0**" in text and "description, ms | 10 | 70 |" in text
    assert measured.sizing(RESULTS, 100) == {"cores": 10, "memory, GB": 52, "disk for their work, GB": 2}
    assert measured.sizing(RESULTS, 1)["cores"] == 2
    failed = measured.show({**RESULTS, "failures": ["The kernel has died."], "login_s": []})
    assert "Failures: **1**" in failed and "- The kernel has died." in failed and "cores" not in failed


def test_a_number_of_students_that_makes_no_class_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(starting, "missing", list)
    assert command.main(["hub", "--load", "0"]) == 1
    assert "--load must be at least 1" in capsys.readouterr().err
