"""Open the course, train its network, or test it. All that must be there already is Python, 3.10 or newer.

    python start.py            opens your own copies of the lessons, in the folder work, in JupyterLab
    python start.py export     puts all your work into one zip file, and python start.py import FILE takes it back
    python start.py train      trains the network in the terminal
    python start.py compare    trains it on both data sets and sets them side by side
    python start.py test       runs every test; with --thorough, each notebook twice
    python start.py extras     installs what some cells of the lessons need (PyTorch and the like), and runs these cells
    python start.py build      builds the notebooks of the lessons that changed

The first time, each makes the folder .venv and installs requirements.txt into it. Anything more is handed on, to the
copies and JupyterLab (python start.py --fresh 04 --no-browser), to the network, to pytest (python start.py test -k softmax)
or to the build.

It may be stopped at any moment. A finished .venv is not installed into again: when something new is required,
it is set aside, and comes back if the new one fails. Everything runs without regard to your own settings for Python, pip,
Jupyter and Matplotlib; what you set in the course's JupyterLab is kept in the folder .jupyter.
"""

import ast
import contextlib
import hashlib
import importlib.util
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent
VENV = (ROOT / ".venv").resolve()  # where a link leads, if it is one
OLD = VENV.with_name(VENV.name + ".old")  # the environment of before, until the new one is finished
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "complete.json"  # what was installed, and for which folder; empty until all is there
LOG = VENV / "pip.log"  # all that pip has to say, while it installs
REQUIREMENTS, TESTS = ["requirements.txt"], ["tests/requirements.txt", "tests/browser/requirements.txt"]
EXTRAS = ["lessons/requirements.txt"]
COMMANDS = ("open", "export", "import", "train", "compare", "search")  # of python -m mlp_helpers; without one of them, open
LAB = VENV / "share/jupyter/lab/settings/overrides.json"  # JupyterLab's defaults in .venv, below the user's own settings
QUIET = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
LONGEST = 155  # characters of the longest path in an environment, below its folder


class Trouble(Exception):
    """What went wrong and what to try, for the person at the keyboard."""


def main(arguments):
    try:
        check_python(sys.version_info)
        if sys.stdout:
            sys.stdout.reconfigure(errors="backslashreplace")  # a folder's name may have letters that the terminal lacks
        os.umask(os.umask(0) & 0o077)  # the owner may read and write what is made here
        command = arguments[0] if arguments else None
        tests = TESTS * (command in ("test", "build", "extras") or TESTS[0] in recorded())
        set_up(REQUIREMENTS + tests + EXTRAS * (command == "extras" or EXTRAS[0] in recorded()))
        if command == "test":
            return test(arguments[1:])
        if command == "extras":
            return run("-m", "pytest", "--extras", *arguments[1:])
        if command == "build":
            return run("lessons/build.py", *arguments[1:])
        return run("-m", "mlp_helpers", *["open"] * (command not in COMMANDS), *arguments)
    except (Trouble, OSError) as trouble:
        meaning = explained(1, [str(trouble)])[0] if isinstance(trouble, OSError) else []
        print("", trouble, *meaning, sep="\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on; what was downloaded is kept.", file=sys.stderr)
        return 130


def check_python(version):
    if version < (3, 10):
        raise Trouble(
            f"The course needs Python 3.10 or newer, but this is Python {version[0]}.{version[1]}. "
            "Install a newer one (python.org has it for every system), and start this file with that."
        )


# --- the environment: .venv is finished, or it is made anew while the one of before stands aside ----------------------


def set_up(requirements):
    """Make sure that .venv holds what these files require; does nothing when it does already."""
    project = (ROOT / "pyproject.toml").read_bytes()
    hashes = {name: hashlib.sha256(project + (ROOT / name).read_bytes()).hexdigest() for name in requirements}
    wanted = {"folder": str(ROOT), "settings": QUIET, **hashes}
    if fits(wanted) and not OLD.exists():
        return
    try:
        with one_at_a_time():
            settle()
            if not fits(wanted) and not refreshed(requirements, wanted):
                try:
                    build(requirements, wanted)
                finally:
                    with contextlib.suppress(OSError):  # what is left, the next start settles
                        settle()
    except (Trouble, OSError) as trouble:
        if not wanted.keys() <= recorded().keys() or complaint_of("import jupyterlab, mlp_helpers"):
            raise
        print(f"\n{trouble}\n\nIt goes on with the packages that were there before.\n", file=sys.stderr)


def recorded():
    """What STAMP says; nothing where it is missing, empty or damaged."""
    try:
        record = json.loads(STAMP.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def fits(wanted):
    """Whether all that is wanted was installed, and the Python of .venv still starts and finds it."""
    record = recorded()
    return all(record.get(name) == value for name, value in wanted.items()) and not complaint_of(STARTS)


STARTS = """
import importlib.util, sys
sys.exit(sys.version_info < (3, 10) or not all(map(importlib.util.find_spec, ("pip", "jupyterlab", "mlp_helpers"))))
"""
WHOLE = """
import csv, importlib.metadata, sys
for package in importlib.metadata.distributions():
    name, record = package.metadata["Name"], package.read_text("RECORD")
    if not record and package.read_text("METADATA"):
        sys.exit(f"{name} is only half installed.")
    for path, *_ in csv.reader((record or "").splitlines()):
        if not path.endswith(".pyc") and not package.locate_file(path).exists():
            sys.exit(f"{name} has lost its file {path}.")
import jupyterlab, mlp_helpers
"""


def complaint_of(program):
    """The last line that the Python of .venv says when it cannot run this program; None when it can."""
    try:
        words = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "env": environment()}
        ended = subprocess.run([str(PYTHON), *PLAIN, "-c", program], check=False, **words)
    except OSError as error:
        return str(error)
    lines = ended.stdout.decode("utf-8", "replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "It does not start.") if ended.returncode else None


@contextlib.contextmanager
def one_at_a_time():
    """Wait for another start in this folder. The lock ends with the process that holds it, and with what that has started."""
    with open(ROOT / ".venv.lock", "a") as file:
        waits = False
        while not locked(file):
            if not waits:
                print("Another start is at work in this folder. Waiting for it ...", flush=True)
            waits = True
            time.sleep(0.2)
        os.set_inheritable(file.fileno(), True)  # pip may outlive a start that was killed
        yield


def locked(file):
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # this file system has no locks
        return True
    return True


def settle():
    """Put the environment of before back in its place, or drop it when the new one is finished."""
    if not OLD.exists():
        return
    if not recorded():
        remove(VENV)
        OLD.rename(VENV)
    elif (OLD / STAMP.name).exists():
        remove(OLD)
    else:
        yours = OLD.rename(VENV.with_name(f"{VENV.name}.yours-{time.time():.0f}"))  # not made here, so not deleted here
        print(f"The environment that was in .venv before is now in {yours}. Delete it when you do not need it.")


def remove(folder):
    if folder.exists():
        (folder / STAMP.name).write_bytes(b"")  # what a kill leaves of it is known as unfinished, and as start.py's own
        for part in folder.iterdir():
            if part.name != STAMP.name:
                shutil.rmtree(part) if part.is_dir() and not part.is_symlink() else part.unlink()
        shutil.rmtree(folder)


def refreshed(requirements, wanted):
    """Whether .venv has all that is required once mlp_helpers is bound to this folder. Needs no network, changes nothing else."""
    if complaint_of("import pip"):
        return False
    command = pip("install", "--no-index", "--no-build-isolation", *files(requirements))
    status, _ = step_by_step("Looking at the packages in .venv", command)
    return not status and not finish(wanted)


def build(requirements, wanted):
    """Make .venv anew; what was there before is set aside if it is of use."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise Trouble(
            "This Python cannot make environments: its venv module is missing or not complete. "
            "On Debian and Ubuntu: sudo apt install python3-venv. Then run the same command again."
        )
    check_length(OLD)
    own = pathlib.Path(sys.prefix).resolve() == VENV  # this runs in the environment that is set aside
    python = os.path.realpath(sys.executable) if own else sys.executable
    with contextlib.suppress(OSError):
        VENV.rmdir()  # empty, from a start that was killed at once
    if STAMP.exists() and complaint_of("import jupyterlab"):
        remove(VENV)
    elif VENV.exists():
        VENV.rename(OLD)
    VENV.mkdir(parents=True)
    STAMP.touch()
    step("Making the folder .venv, for this course alone", [python, "-I", "-m", "venv", "--without-pip", str(VENV)])
    step("Putting pip into it", [str(PYTHON), *PLAIN, "-m", "ensurepip"])
    start, settings = time.monotonic(), {**pip_settings(), "PIP_LOG": str(LOG)}
    title = "Installing about 120 packages (450 MB): two to five minutes with a usual connection"
    if EXTRAS[0] in requirements:
        title = "Installing the packages of the course, and what some cells need beside (1 GB or more): five minutes and up"
    step(title, pip("install", *files(requirements)), settings)
    LOG.unlink(missing_ok=True)
    complaint = finish(wanted)
    if complaint:
        raise Trouble(f"The packages were installed, but cannot be used:\n    {complaint}")
    print(f"Installed in {time.monotonic() - start:.0f} s. Next time this step is left out.", flush=True)


def check_length(folder):
    """Windows refuses longer paths, unless it was set up otherwise."""
    if os.name == "nt" and len(str(folder)) + 1 + LONGEST > 259 and not long_paths():
        raise Trouble(
            f"The path of this folder is too long for Windows: {ROOT} has {len(str(ROOT))} characters, and at most "
            f"{259 - LONGEST - 1 - len(str(folder)) + len(str(ROOT))} leave room for the packages. "
            "Move the course to a short path, such as C:\\course, and start it there."
        )


def long_paths():
    """Whether Windows was set up to allow them."""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\FileSystem") as key:
            return winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1
    except OSError:
        return False


def finish(wanted):
    """Check what was installed, and record it; return the complaint when something is missing."""
    complaint = complaint_of(WHOLE)
    if not complaint:
        LAB.parent.mkdir(parents=True, exist_ok=True)
        for path, content in ((LAB, QUIET), (STAMP, wanted)):
            partial = path.with_suffix(".partial")
            partial.write_text(json.dumps(content), encoding="utf-8")
            partial.replace(path)
    return complaint


# --- running things, without the user's settings ----------------------------------------------------------------------

FOREIGN = ("PYTHON", "PIP_", "JUPYTER", "IPYTHON", "MPL", "MATPLOTLIB", "TQDM_", "PYTEST_")  # of variables: not handed on


def environment():
    """The variables for all that is run: the user's, but for those that set Python and what the course uses."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(FOREIGN)}
    folders = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "IPYTHONDIR": "ipython", "MPLCONFIGDIR": "matplotlib"}
    own = {name: str(ROOT / ".jupyter" / folder) for name, folder in folders.items()}
    return {**kept, **own, "PYTHONUTF8": "1", "JUPYTER_PREFER_ENV_PATH": "1"}


def test(arguments):
    """Run the tests asked for; or all: the style, the tests with all notebooks, and the labs in a real browser."""
    if arguments not in ([], ["--thorough"]):
        return run("-m", "pytest", *arguments)
    commands = [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "pytest", *arguments],
        ["-m", "pytest", "-m", "browser", "-n2", "--dist=worksteal", "tests/browser", *arguments],
    ]
    statuses = [run(*command) for command in commands]
    return next(filter(None, statuses), 0)  # the first that is not 0


def run(*command):
    """Run the environment's Python until it ends. Ctrl-C reaches it too, and it decides what that means."""
    with subprocess.Popen([str(PYTHON), *command], cwd=ROOT, env=environment()) as process:
        while True:
            try:
                status = process.wait()
            except KeyboardInterrupt:
                continue
            return status if status >= 0 else 128 - status  # of one that a signal ended, as shells count


def step(title, command, settings=()):
    """Run a command; where it fails, raise what it says and what that means."""
    status, lines = step_by_step(title, command, settings)
    if status:
        meaning, words = explained(status, lines + not_fetched())
        raise Trouble("\n".join([f"This failed: {title}.", *(f"    {line}" for line in words), *meaning]))


def step_by_step(title, command, settings=()):
    """Run a command with a dot for each thing it does; return its exit status and the lines that it said."""
    print(title, end="", flush=True)
    lines, dots = [], 0
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "close_fds": False}
    variables = {**environment(), "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **dict(settings)}
    with subprocess.Popen(command, cwd=ROOT, env=variables, encoding="utf-8", errors="replace", **pipes) as process:
        try:
            for line in process.stdout:
                lines.append(line.strip())
                if line.startswith("Collecting "):
                    dots += 1
                    print(".", end="", flush=True)
                elif line.startswith("Installing collected packages") and dots:
                    print("\nPutting them in place: half a minute more", end="", flush=True)
        except BaseException:
            process.terminate()
            raise
    print(flush=True)
    return process.returncode, lines


PLAIN = ["-I", "-X", "utf8"]  # Python without the user's settings and without the files of the folder it is called in


def pip(*arguments):
    return [str(PYTHON), *PLAIN, "-m", "pip", *arguments, "--no-input"]


def files(requirements):
    return [option for name in requirements for option in ("-r", name)]


NETWORK = [  # the settings of pip that are kept: without them a school may be cut off
    *("index-url", "pypi-url", "extra-index-url", "find-links", "no-index", "trusted-host", "proxy", "cert", "client-cert"),
    *("timeout", "default-timeout", "retries", "cache-dir", "no-cache-dir", "keyring-provider"),
]


def pip_settings():
    """The user's settings of pip for the network, as variables; not those that say where and what to install."""
    names = {name: "PIP_" + name.upper().replace("-", "_") for name in NETWORK}
    look = {"PIP_CONFIG_FILE": os.environ.get("PIP_CONFIG_FILE", ""), "PIP_QUIET": "0"}
    status, lines = step_by_step("Reading pip's settings", pip("config", "list"), look)
    if status:
        print("Your settings of pip cannot be read, and are left out:", *lines[-1:])
    settings = {}
    for line in lines:
        found = re.fullmatch(r"(?:global|install)\.([\w-]+)=(['\"].*)", line)
        if found and found[1] in names:
            settings[names[found[1]]] = ast.literal_eval(found[2])
    return {**settings, **{name: os.environ[name] for name in names.values() if name in os.environ}}


# --- what a failed step means: told by what it said, never guessed ----------------------------------------------------

CAUSES = [
    (r"certificate (?:has expired|is not yet valid)",
     "The server's certificate is out of date, seen from here. Is this computer's clock right?"),
    (r"(?i)suitable TLS CA certificate bundle|Could not find the TLS certificate file",
     "The file of certificates that PIP_CERT, REQUESTS_CA_BUNDLE or pip's settings name is not there."),
    (r"(?i)CERTIFICATE_VERIFY_FAILED|certificate verify failed|confirming the ssl certificate",
     "The server's certificate is not trusted. Schools and firms often put one of their own in between: ask for its file "
     "(.pem or .crt), set the variable PIP_CERT to that file's path, and run the same command again."),
    (r"(?i)ssl module (?:in Python )?is not available",
     "This Python was built without ssl and cannot download. Install another one; python.org has it for every system."),
    (r"\[Errno (?:28|122|69)\]|WinError (?:112|39)\b|No space left on device|Disk quota exceeded",
     "There is no space left. The course takes 1 GB while it is installed; free now: {room}."),
    (r"(?i)long path support|WinError 206\b|\[Errno (?:36|63)\]",
     "A path is too long for this system. Move the course to a short one, such as C:\\course, and start it there."),
    (r"ProxyError|(?i:proxy authentication required|tunnel connection failed|cannot connect to proxy)",
     "The proxy did not let it through. Is HTTPS_PROXY right? With a password it is http://name:password@host:port."),
    (r"\b40[137] Client Error",
     "The package index, or a proxy before it, refused access. Which index is asked stands in pip's settings: is its password "
     "right?"),
    (r"not a trusted or secure host",
     "pip's settings name a package index that is asked without encryption, and pip leaves such a one out. Give its https:// "
     "address there, or name its host as trusted-host."),
    (r"too many 50\d error responses|\b50\d Server Error",
     "The package index, or the proxy before it, is out of order. Run the same command again later."),
    (r"NameResolutionError|NewConnectionError|ConnectTimeout|ReadTimeout|ProtocolError|RemoteDisconnected|IncompleteRead|"
     r"(?i:connection (?:broken|reset|aborted|refused|timed out)|read timed out|network is unreachable|max retries exceeded)",
     "There was no connection to the package index, or it broke off. Is this computer online? Behind a proxy, set HTTPS_PROXY."),
    (r"(?i)do not match the hashes|BadZipFile|invalid wheel|wheel .* is invalid",
     "A downloaded file was damaged. Run the same command again."),
    (r"\[Errno (?:1|13|30)\]|WinError (?:5|32)\b|Permission denied",
     "A file may not be written. Is a program of the course still open? Close it. May you only read this folder? Copy the "
     "course to a folder of your own, and start it there."),
    (r"(?i)MemoryError|cannot allocate memory|\[Errno 12\]",
     "There was not enough memory. Close other programs, and run the same command again."),
]  # fmt: skip
UNFIT = [
    (r"(?i)No matching distribution|requires? a different Python|ResolutionImpossible|conflicting dependencies",
     "The package index answered, but has nothing that fits Python {version} on this computer ({machine})."),
    (r"(?i)subprocess-exited-with-error|metadata-generation-failed|failed (?:building|to build)",
     "Something had to be built on this computer, and that failed. Packages come ready-made for the usual versions of Python; "
     "this is Python {version} on {machine}."),
]  # fmt: skip


def not_fetched():
    """What pip says to its log alone: why a page of the package index could not be read. Aloud it says that nothing fits."""
    with contextlib.suppress(OSError):
        return re.findall(r"Could not fetch URL .*", LOG.read_text(encoding="utf-8", errors="replace"))
    return []


HARMLESS = "Retrying (", "Could not fetch URL", "not a trusted or secure host"  # perhaps: another try or index was of help


def explained(status, lines):
    """What caused a failure (no sentence, or one), and the lines that show it."""
    perhaps = [line for line in lines if any(words in line for words in HARMLESS)]  # asked second
    others = [line for line in lines if line not in perhaps]
    words = [line for line in lines if line.upper().startswith(("ERROR", "HINT"))] or [line for line in lines if line][-1:]
    for causes, some in ((CAUSES, others), (CAUSES, perhaps), (UNFIT, others)):
        for pattern, meaning in causes:
            shows = [line for line in some if re.search(pattern, line)]
            if shows:
                words = list(dict.fromkeys([*shows[-1:], *words]))[:6]
                return [meaning.format(room=room(), version=platform.python_version(), machine=platform.platform())], words
    return [f"The system ended it (signal {-status})."] * (status < 0), words


def room():
    folders = {"for the course": VENV.parent, "for temporary files": tempfile.gettempdir()}
    return ", ".join(f"{shutil.disk_usage(folder).free / 1e6:,.0f} MB {purpose}" for purpose, folder in folders.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
