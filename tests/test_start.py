"""What start.py decides, what it says when it cannot go on, and that a user's settings change nothing."""

import ast
import contextlib
import http.server
import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from tests import stub_course

START = stub_course.START


def load(path):
    spec = importlib.util.spec_from_file_location("start", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- what it decides, with pretended work -----------------------------------------------------------------------------


@pytest.fixture
def start(tmp_path, monkeypatch):
    """start.py in the folder of a small course; ``start.done`` lists what it did, ``start.answers`` what comes of it."""
    module = load(stub_course.make_course(tmp_path / "course") / "start.py")
    module.done, module.answers, module.broken, module.titles = [], {}, False, []

    def pretend(title, command, settings=()):
        module.titles.append(title)
        words = [word for word in command if word in ("venv", "ensurepip", "config", "--no-index", "install")]
        module.done.append(words[-1])
        return module.answers.get(words[-1], (int(words[-1] == "--no-index"), []))

    def complaint_of(program):
        return "It does not work." if module.broken or "venv" not in module.done else None

    monkeypatch.setattr(module, "step_by_step", pretend)
    monkeypatch.setattr(module, "complaint_of", complaint_of)
    monkeypatch.setattr(module, "run", lambda *command: module.done.append(command) or module.answers.get(command[-1], 0))
    return module


ANEW = ["venv", "ensurepip", "config", "install"]


def test_the_first_time_it_makes_installs_and_opens_the_learners_copies(start):
    assert start.main([]) == 0
    assert start.done == [*ANEW, ("-m", "mlp_helpers", "open")]


def test_later_it_only_opens(start):
    start.main([])
    start.main([])
    assert [step for step in start.done if isinstance(step, str)] == ANEW


def test_a_changed_file_of_requirements_is_tried_without_a_network_first(start):
    start.main([])
    start.done.clear()
    start.done.append("venv")
    start.answers["--no-index"] = (0, [])
    (start.ROOT / "requirements.txt").write_text(stub_course.REQUIREMENTS + "# a comment\n", encoding="utf-8")
    start.main([])
    assert start.done[1:-1] == ["--no-index"]


def test_new_requirements_are_installed_beside_what_is_there(start):
    start.main([])
    (start.VENV / "first").touch()
    start.answers["install"] = (1, ["ERROR: NewConnectionError"])
    (start.ROOT / "requirements.txt").write_text("numpy>=3\n", encoding="utf-8")
    assert start.main([]) == 0
    assert (start.VENV / "first").exists() and not start.OLD.exists()
    del start.answers["install"]
    assert start.main([]) == 0
    assert not (start.VENV / "first").exists() and not start.OLD.exists()


def test_an_environment_made_by_hand_is_used_or_set_aside_but_never_deleted(start):
    start.done.append("venv")
    start.VENV.mkdir()
    (start.VENV / "by hand").touch()
    start.answers["--no-index"] = (0, [])
    assert start.main([]) == 0
    assert "install" not in start.done and (start.VENV / "by hand").exists()
    start.STAMP.unlink()
    del start.answers["--no-index"]
    assert start.main([]) == 0
    assert [path.parent.name for path in start.ROOT.rglob("by hand")] == [next(start.ROOT.glob(".venv.yours-*")).name]


def test_after_a_failed_installation_the_next_try_begins_anew(start):
    start.answers["install"] = (1, ["ERROR: no network"])
    assert start.main([]) == 1
    del start.answers["install"]
    start.done.clear()
    assert start.main([]) == 0
    assert start.done[-5:-1] == ANEW


@pytest.mark.parametrize(
    "record", [b"", b"{", b"null", b"[]", b"17", b"\xff\xfe", b"[" * 100_000, b'{"folder": "/some', b'{"folder": []}']
)
def test_a_damaged_record_counts_as_none(start, record):
    start.main([])
    start.answers["--no-index"] = (0, [])
    start.STAMP.write_bytes(record)
    assert start.main([]) == 0
    assert start.recorded()["folder"] == str(start.ROOT)
    start.done.clear()
    start.done.append("venv")
    assert start.main([]) == 0 and len(start.done) == 2


def test_what_was_installed_is_not_recorded_when_jupyterlab_cannot_be_imported(start, capsys):
    start.broken = True
    assert "It does not work." in said(start, capsys)
    assert start.recorded() == {}


def test_arguments_are_handed_on(start):
    start.main(["--no-browser"])
    assert start.done[-1] == ("-m", "mlp_helpers", "open", "--no-browser")
    start.main(["open", "--fresh", "04"])
    assert start.done[-1] == ("-m", "mlp_helpers", "open", "--fresh", "04")
    start.main(["test", "-k", "softmax"])
    assert start.done[-1] == ("-m", "pytest", "-k", "softmax")
    start.main(["test", "--thorough", "notebooks"])
    assert start.done[-1] == ("-m", "pytest", "--thorough", "notebooks")


@pytest.mark.parametrize("command", ["train", "compare"])
def test_the_network_is_trained_in_the_environment_and_its_status_comes_back(start, command):
    start.answers["20"] = 2
    assert start.main([command, "--epochs", "20"]) == 2
    assert start.done == [*ANEW, ("-m", "mlp_helpers", command, "--epochs", "20")]


def test_lessons_are_built_with_what_developers_need(start):
    assert start.main(["build", "04"]) == 0
    assert start.done[-1] == ("lessons/build.py", "04")
    assert set(start.TESTS) <= start.recorded().keys()


@pytest.mark.parametrize("status", [1, -11])
@pytest.mark.parametrize("fails", ["check", "--check", "pytest", "tests/browser"])
def test_all_tests_run_and_one_failure_is_enough(start, fails, status):
    start.answers[fails] = status
    assert start.main(["test"]) == status
    ruff = [("-m", "ruff", "check"), ("-m", "ruff", "format", "--check")]
    browser = ("-m", "pytest", "-m", "browser", "-n2", "--dist=worksteal", "tests/browser")
    assert start.done[4:] == [*ruff, ("-m", "pytest"), browser]
    start.main(["test", "--thorough"])
    assert start.done[-4:] == [*ruff, ("-m", "pytest", "--thorough"), (*browser, "--thorough")]


def test_what_only_the_tests_need_is_installed_when_they_are_run_first_and_stays(start):
    start.main([])
    start.main(["test", "-k", "softmax"])
    start.main([])
    start.main(["test", "-k", "softmax"])
    assert [step for step in start.done if isinstance(step, str)] == [*ANEW, "--no-index", *ANEW]
    assert start.TESTS[0] in start.recorded()


def test_extras_are_installed_when_they_are_asked_for_and_stay_and_their_cells_are_run(start):
    start.main([])
    assert start.EXTRAS[0] not in start.recorded() and start.titles[-1].startswith("Installing about 120 packages (450 MB)")
    start.answers["--extras"] = 1
    assert start.main(["extras"]) == 1 and start.done[-1] == ("-m", "pytest", "--extras")
    start.main(["extras", "-k", "20"])
    assert start.done[-1] == ("-m", "pytest", "--extras", "-k", "20")
    start.main(["test", "-k", "softmax"])
    start.main([])
    assert [step for step in start.done if isinstance(step, str)] == [*ANEW, "--no-index", *ANEW]
    assert {*start.EXTRAS, *start.TESTS} <= start.recorded().keys()
    assert "(1 GB or more)" in start.titles[-1]


def test_old_pythons_get_as_far_as_the_message(start):
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 6))
    with pytest.raises(start.Trouble, match=r"needs Python 3\.10 or newer, but this is Python 3\.8"):
        start.check_python((3, 8, 18))
    start.check_python((3, 10, 0))


# --- what it says -----------------------------------------------------------------------------------------------------


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


NOTHING = "ERROR: No matching distribution found for jupyterlab>=4.2"
BROKEN = "WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by "
SAYS = {
    "\n".join([BROKEN + "'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
               "self-signed certificate in certificate chain (_ssl.c:1006)'))': /simple/", NOTHING]): "PIP_CERT",
    BROKEN + "'SSLError(… certificate has expired (_ssl.c:1006)'))'\n" + NOTHING: "clock",
    "ERROR: Could not install packages due to an OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /a":
        "is not there",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "MB for temporary files",
    "ERROR: Could not install packages due to an OSError: [Errno 28] Auf dem Gerät ist kein Speicherplatz mehr": "no space left",
    "ERROR: Could not install packages due to an OSError: [Errno 122] Disk quota exceeded": "no space left",
    "Error: [WinError 112] Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung": "no space left",
    "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: 'C:\\\\a'\n"
    "HINT: This error might have occurred since this system does not have Windows Long Path support enabled.": "Move the course",
    BROKEN + "'ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))'\n" + NOTHING: "The proxy",
    BROKEN + "'NewConnectionError('… [Errno -3] Temporary failure in name resolution')'\n" + NOTHING: "Is this computer online?",
    "ERROR: HTTPSConnectionPool(host='files', port=443): Read timed out.": "Is this computer online?",
    "ERROR: HTTP error 403 while getting a.whl\nERROR: 403 Client Error: Forbidden for url: a": "refused access",
    "Could not fetch URL http://a/simple/b/: 403 Client Error: Forbidden for url: http://a/simple/b/ - skipping\n" + NOTHING:
        "refused access",
    "Could not fetch URL http://a/simple/b/: HTTPConnectionPool(host='a', port=80): Max retries exceeded with url: /simple/b/ "
    "(Caused by ResponseError('too many 503 error responses')) - skipping\n" + NOTHING: "out of order",
    "WARNING: The repository located at a is not a trusted or secure host and is being ignored. If …\n" + NOTHING: "trusted-host",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": "damaged",
    "Error: [Errno 13] Permission denied: '/a/.venv'": "Copy the course to a folder of your own",
    "ERROR: Could not install packages due to an OSError: [WinError 32] Der Prozess kann nicht zugreifen": "Close it",
    "ERROR: Could not find a version that satisfies the requirement jupyterlab>=4.2 (from versions: none)\n" + NOTHING:
        "nothing that fits Python 3",
    "error: subprocess-exited-with-error": "had to be built",
    "MemoryError": "not enough memory",
}  # fmt: skip


@pytest.mark.parametrize("output", SAYS)
def test_a_failure_of_pip_is_told_by_its_cause_and_in_its_words(start, capsys, output):
    start.answers["install"] = (1, output.split("\n"))
    words = said(start, capsys)
    assert SAYS[output] in words
    assert all(line in words for line in output.split("\n"))
    told = [meaning for _, meaning in start.CAUSES + start.UNFIT if meaning.split("{")[0] in words]
    assert len(told) == 1 and told[0].split("{")[0] in words
    assert start.recorded() == {}


def test_what_pip_says_of_an_unknown_failure_is_all_that_is_told(start):
    assert start.explained(1, ["Collecting numpy", "ERROR: The moon is in the way"]) == ([], ["ERROR: The moon is in the way"])
    assert start.explained(1, ["Traceback", "  something", "KeyError: 'a'"]) == ([], ["KeyError: 'a'"])
    assert start.explained(-9, ["Collecting numpy"]) == (["The system ended it (signal 9)."], ["Collecting numpy"])


def test_a_retry_that_went_well_is_not_the_cause(start):
    meaning, _ = start.explained(1, [BROKEN + "'ReadTimeoutError(…)'", "ERROR: [Errno 28] No space left on device"])
    assert "no space left" in meaning[0]
    meaning, _ = start.explained(1, ["Could not fetch URL http://a/b/: 404 Client Error: Not Found for url: /b/", NOTHING])
    assert "nothing that fits" in meaning[0]  # one index of two need not know a package


@pytest.mark.parametrize("letters, fits", [(91, True), (93, True), (94, False), (130, False)])
def test_under_windows_the_path_is_measured_beforehand(start, monkeypatch, letters, fits):
    monkeypatch.setattr(start.os, "name", "nt")
    monkeypatch.setattr(start, "long_paths", lambda: False)
    monkeypatch.setattr(start, "ROOT", "C:\\" + "a" * (letters - 3))
    if fits:
        start.check_length(f"{start.ROOT}\\.venv.old")
        return
    with pytest.raises(start.Trouble, match=rf"has {letters} characters, and at most 93"):
        start.check_length(f"{start.ROOT}\\.venv.old")
    monkeypatch.setattr(start, "long_paths", lambda: True)
    start.check_length(f"{start.ROOT}\\.venv.old")


def test_half_a_course(start, capsys):
    (start.ROOT / "requirements.txt").unlink()
    assert "requirements.txt" in said(start, capsys)


def test_a_disk_that_is_full_for_its_own_files(start, capsys, monkeypatch):
    def full(wanted):
        raise OSError(28, "Kein Speicherplatz", "complete.partial")

    monkeypatch.setattr(start, "finish", full)
    words = said(start, capsys)
    assert "complete.partial" in words and "no space left" in words


def test_ctrl_c_while_it_installs(start, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "step_by_step", interrupted)
    assert "Stopped" in said(start, capsys)


def test_the_words_of_a_command_are_kept(tmp_path, capsys):
    start = load(START)
    lines = ["Collecting numpy", "ERROR: Could not find it", "", "note: größer"]
    program = f"import sys; print(*{lines!r}, sep='\\n'); sys.exit(3)"
    assert start.step_by_step("Trying", [sys.executable, "-c", program]) == (3, lines)
    assert capsys.readouterr().out == "Trying.\n"


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_what_a_signal_ends_has_the_status_that_shells_give_it(monkeypatch):
    start = load(START)
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    assert start.run("-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)") == 143


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


# --- with a small index, for real -------------------------------------------------------------------------------------

BAD_PIP = """
[global]
quiet = 3
timeout = 77
[install]
target = {nowhere}
prefix = {nowhere}
user = yes
no-deps = yes
dry-run = yes
require-hashes = yes
no-binary = :all:
constraint = {nowhere}/constraint.txt
[config]
editor = none
"""


FOLDERS = ("home/.jupyter", "home/.local/share/jupyter", "home/.config/matplotlib")


def badly_set(folder):
    """Variables and files of a user who has set everything otherwise."""
    files = {
        "pip.conf": BAD_PIP.format(nowhere=folder / "nowhere"),
        "home/.config/matplotlib/matplotlibrc": "figure.dpi: 7\nimage.cmap: hot\nbackend: pdf\n",
        "home/.jupyter/jupyter_server_config.json": '{"ServerApp": {"root_dir": "/somewhere", "port": 1, "ip": "1.2.3.4"}}',
        "home/.jupyter/jupyter_server_config.py": "raise RuntimeError('read')\n",
        "home/.ipython/profile_default/startup/bad.py": "import sys; sys.modules['numpy'] = None\n",
        "home/.ipython/profile_default/ipython_kernel_config.py": "c.IPKernelApp.exec_lines = ['from math import *']\n",
        "home/.local/share/jupyter/kernels/python3/kernel.json": '{"argv": ["false"], "display_name": "-", "language": "python"}',
        "home/.pydistutils.cfg": "[install]\nprefix=/nowhere\n",
        "modules/numpy.py": "raise RuntimeError('the wrong numpy')\n",
        "startup.py": "raise RuntimeError('read')\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    nowhere, jupyter, data, matplotlib = (folder / path for path in ("nowhere", *FOLDERS))
    values = {
        **{"HOME": folder / "home", "LC_ALL": "C", "LANG": "de_XX", "TQDM_DISABLE": 1, "PYTEST_ADDOPTS": "--nothing"},
        **{"PIP_CONFIG_FILE": folder / "pip.conf", "PIP_LOG": "/nowhere/log", "PIP_QUIET": 3, "PIP_PYTHON": "/nowhere/python"},
        **{f"PIP_{name}": nowhere for name in ("TARGET", "PREFIX", "ROOT", "SRC", "CONSTRAINT")},
        **{
            f"PIP_{name}": 1 for name in ("USER", "NO_DEPS", "DRY_RUN", "REQUIRE_HASHES", "REQUIRE_VIRTUALENV", "FORCE_REINSTALL")
        },
        **{"PYTHONSTARTUP": folder / "startup.py", "PYTHONPATH": folder / "modules", "PYTHONHOME": sys.base_prefix},
        **{"PYTHONIOENCODING": "ascii", "PYTHONUTF8": 0, "PYTHONOPTIMIZE": 2, "PYTHONWARNINGS": "ignore", "PYTHONSAFEPATH": 1},
        **{"PYTHONUSERBASE": nowhere, "MPLBACKEND": "nonsense", "MATPLOTLIBRC": matplotlib, "MPLCONFIGDIR": matplotlib},
        **{"JUPYTER_CONFIG_DIR": jupyter, "JUPYTER_CONFIG_PATH": jupyter, "JUPYTER_PATH": data, "JUPYTER_DATA_DIR": data},
        **{"JUPYTERLAB_DIR": nowhere, "JUPYTERLAB_SETTINGS_DIR": nowhere, "JUPYTER_PORT": 1, "JUPYTER_PREFER_ENV_PATH": 0},
        **{"IPYTHONDIR": folder / "home/.ipython"},
    }
    return {name: str(value) for name, value in values.items()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A small course, started by a user who has set everything otherwise: its folder, its index, and what came of it."""
    folder = tmp_path_factory.mktemp("größe 0")
    index = stub_course.make_index(folder / "index")
    course = stub_course.make_course(folder / "course")
    bad = {**stub_course.variables(index), **badly_set(folder)}
    umask = {} if os.name == "nt" else {"umask": 0o777}
    outcome = stub_course.start(course, bad, python=sys._base_executable, **umask)
    return course, index, bad, outcome


@pytest.mark.slow
def test_settings_of_the_user_do_not_reach_what_is_installed_nor_what_is_run(installed):
    course, _, bad, (status, words, told) = installed
    assert status == 0, words
    assert told["prefix"] == str(course / ".venv") and told["encoding"].lower() == "utf-8"
    assert list(course.glob(".venv/**/numpy-2.0.dist-info")) and not (course.parent / "nowhere").exists()
    leaks = {name for name, value in bad.items() if told["variables"].get(name) == value}
    assert leaks == {"HOME", "LC_ALL", "LANG"} | {name for name in leaks if name not in badly_set(course.parent)}
    assert told["told"] == "mlp_helpers" and told["arguments"] == ["open"]


@pytest.mark.slow
def test_settings_of_pip_for_the_network_are_kept(installed, monkeypatch):
    course, index, bad, _ = installed
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for name, value in bad.items():
        if name.startswith("PIP_"):
            monkeypatch.setenv(name, value)
    settings = load(course / "start.py").pip_settings()
    assert settings["PIP_INDEX_URL"] == index and settings["PIP_TIMEOUT"] == "77"
    assert not {"PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_DRY_RUN", "PIP_CONSTRAINT", "PIP_NO_BINARY"} & set(settings)


def test_settings_of_pip_that_cannot_be_read_are_left_out(installed, monkeypatch, tmp_path, capsys):
    (tmp_path / "pip.conf").write_text("[global\nnothing", encoding="utf-8")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_PROXY", "http://proxy:1")
    settings = load(installed[0] / "start.py").pip_settings()
    assert settings["PIP_PROXY"] == "http://proxy:1" and "cannot be read, and are left out" in capsys.readouterr().out


def test_offline_a_renamed_course_with_a_new_comment_and_a_damaged_record_starts(installed, tmp_path):
    course = shutil.copytree(installed[0], tmp_path / "renamed", symlinks=True)
    offline = stub_course.variables("http://127.0.0.1:9")
    (course / "requirements.txt").write_text(stub_course.REQUIREMENTS + "# a comment\n")
    (course / ".venv/complete.json").write_bytes(b"")
    status, words, told = stub_course.start(course, offline, "train")
    assert status == 0, words
    assert told["prefix"] == str(course / ".venv")
    probe = [course / load(course / "start.py").PYTHON, "-I", "-c", "import mlp_helpers; print(mlp_helpers.__file__)"]
    assert pathlib.Path(subprocess.run(probe, capture_output=True, text=True, check=True).stdout.strip()).parent.parent == course


@contextlib.contextmanager
def refusing_index():
    """An index that answers each question with 403, as the proxy of a school may."""

    class Refusing(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(403)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/simple"
        server.shutdown()


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.skipif(os.name == "nt", reason="a Python that runs cannot be moved")
def test_where_the_new_environment_fails_the_old_one_goes_on_though_its_own_python_made_the_new_one(installed, tmp_path):
    course = shutil.copytree(installed[0], tmp_path / "course", symlinks=True)
    (course / "requirements.txt").write_text(stub_course.REQUIREMENTS.replace("numpy>=2", "numpy>=3"))
    with refusing_index() as index:
        status, words, told = stub_course.start(course, stub_course.variables(index), python=course / ".venv/bin/python")
    assert status == 0 and "refused access" in words, words  # which pip says to its log alone
    assert "goes on with the packages that were there before" in words and told["prefix"] == str(course / ".venv")


def test_a_second_start_waits_for_the_first(installed, tmp_path):
    course = shutil.copytree(installed[0], tmp_path / "course", symlinks=True)
    start = load(course / "start.py")
    environment = stub_course.variables(installed[1])
    command = [sys.executable, str(course / "start.py")]
    with start.one_at_a_time():
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert "Waiting for it" in process.stdout.readline()
        assert process.poll() is None
    assert '"told": "mlp_helpers"' in process.communicate(timeout=60)[0] and process.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("how", ["as start.py runs it", "as pytest runs it"])
def test_a_notebook_and_the_command_line_do_not_see_the_settings(how, tmp_path, monkeypatch):
    bad = badly_set(tmp_path)
    unfit = ("PYTHONPATH", "PYTHONHOME", "PYTEST_ADDOPTS", "PYTHONSAFEPATH", "PYTHONOPTIMIZE", "PYTHONUTF8", "LC_ALL")
    for name, value in bad.items():
        if how == "as start.py runs it" or name not in unfit:  # these are read before a test can unset them
            monkeypatch.setenv(name, value)
    environment = {**os.environ}
    if how == "as start.py runs it":
        environment = load(stub_course.make_course(tmp_path / "course") / "start.py").environment()
        train = ["-m", "mlp_helpers", "train", "--epochs", "1", "--hidden", "4", "--out", str(tmp_path / "out")]
        subprocess.run([sys.executable, *train], cwd=START.parent, env=environment, check=True, stdout=subprocess.DEVNULL)
    notebook = "notebooks/00b_warm_up_numpy.ipynb"
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", notebook]
    ended = subprocess.run(command, cwd=START.parent, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-3000:]
