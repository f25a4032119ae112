"""Open the course, train its network, or test it. All that must be there already is Python, 3.10 or newer.

    python start.py            opens the first notebook in JupyterLab
    python start.py train      trains the network in the terminal
    python start.py compare    trains it on both data sets and sets them side by side
    python start.py test       runs every test

The first time, each makes the folder .venv and installs requirements.txt into it. Anything more is handed
on to JupyterLab, to the network or to pytest: python start.py --no-browser, python start.py train --help,
python start.py test -k softmax.
"""

import hashlib
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "complete.json"                    # written last: which requirements were installed, for which folder
REQUIREMENTS, TESTS = ["requirements.txt"], ["tests/requirements.txt", "tests/browser/requirements.txt"]
LAB = VENV / "share/jupyter/lab/settings/overrides.json"    # JupyterLab's defaults in .venv, below the user's own settings
QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


class Trouble(Exception):
    """What went wrong and what to try, for the person at the keyboard."""


def main(arguments):
    try:
        check_python(sys.version_info)
        notebook = first_notebook()
        command = arguments[0] if arguments else None
        set_up(REQUIREMENTS + TESTS * (command == "test"))
        if command == "test":
            return test(arguments[1:])
        if command in ("train", "compare"):
            return run("-m", "mlp_helpers", *arguments)
        return run("-m", "jupyterlab", "--LabApp.default_url=/lab/tree/notebooks/" + notebook, *arguments)
    except (Trouble, OSError) as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130


def check_python(version):
    if version < (3, 10):
        raise Trouble(
            f"The course needs Python 3.10 or newer, but this is Python {version[0]}.{version[1]}. "
            "Install a newer one (python.org has it for every system), and start this file with that."
        )


def first_notebook():
    notebooks = sorted(path.name for path in ROOT.glob("notebooks/*.ipynb"))
    if not notebooks:
        raise Trouble(f"There are no notebooks beside {ROOT / 'start.py'}. Fetch the whole course again, all folders together.")
    return notebooks[0]


def set_up(requirements):
    """Make sure that .venv holds what these files require; does nothing when it does already."""
    project = (ROOT / "pyproject.toml").read_bytes()
    wanted = {name: hashlib.sha256(project + (ROOT / name).read_bytes()).hexdigest() for name in requirements}
    installed = json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.exists() else {}
    if installed.pop("folder", str(ROOT)) != str(ROOT) or not works():
        installed = {}
        make_environment()
    if wanted.items() <= installed.items():
        return
    install(requirements)
    LAB.parent.mkdir(parents=True, exist_ok=True)
    LAB.write_text(json.dumps(QUIET), encoding="utf-8")
    STAMP.write_text(json.dumps({"folder": str(ROOT)} | installed | wanted), encoding="utf-8")


def works():
    """Whether the Python in .venv is there, still starts, is new enough and has pip."""
    try:
        probe = "import sys, pip; sys.exit(sys.version_info < (3, 10))"
        return subprocess.run([str(PYTHON), "-c", probe], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def make_environment():
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Trouble(
            "This Python cannot make environments: its venv module is missing or not complete. "
            "On Debian and Ubuntu: sudo apt install python3-venv. Then run the same command again."
        )
    print("Making the folder .venv, for this course alone", end="", flush=True)
    status, complaint = step_by_step([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if status:
        raise Trouble(
            f"The folder {VENV} could not be made:\n    {complaint}\n"
            "Is the disk full, or may you only read this folder? Copy the course to a folder of your own, and start it there."
        )


def install(requirements):
    print("Installing about 120 packages (450 MB): two to five minutes with a usual connection", end="", flush=True)
    start = time.monotonic()
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    status, complaint = step_by_step([*pip, *(option for name in requirements for option in ("-r", name))])
    if status:
        raise Trouble(
            f"The packages could not be installed. pip says:\n    {complaint}\n"
            "Is this computer online, with 1 GB of free disk? Behind a proxy, set HTTPS_PROXY. Then run the same command again."
        )
    print(f"Installed in {time.monotonic() - start:.0f} s. Next time this step is left out.", flush=True)


def step_by_step(command):
    """Run a command with a dot for each thing it does; return its exit status and its last complaint."""
    last = complaint = ""
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "universal_newlines": True, "errors": "replace"}
    with subprocess.Popen(command, cwd=ROOT, **pipe) as process:
        for line in process.stdout:
            last = line.strip() or last
            if line.startswith("Collecting "):
                print(".", end="", flush=True)
            elif line.startswith("Installing collected packages"):
                print("\nPutting them in place: half a minute more", end="", flush=True)
            elif line.upper().startswith("ERROR"):
                complaint = line.strip()
    print(flush=True)
    return process.returncode, complaint or last


def test(arguments):
    """Run the tests asked for; or all: the style, the tests with all notebooks, and the labs in a real browser."""
    if arguments:
        return run("-m", "pytest", *arguments)
    commands = [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "pytest"],
        ["-m", "pytest", "-m", "browser", "-n0", "tests/browser"],
    ]
    statuses = [run(*command) for command in commands]
    return next(filter(None, statuses), 0)        # the first that is not 0: one that a signal ended is negative


def run(*command):
    """Run the environment's Python until it ends. Ctrl-C reaches it too, and it decides what that means."""
    with subprocess.Popen([str(PYTHON), *command], cwd=ROOT) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
