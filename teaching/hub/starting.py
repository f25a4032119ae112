"""``python -m teaching hub``: what must be there, the passwords, and JupyterHub itself."""

import base64
import compileall
import contextlib
import csv
import importlib.util
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys

from mlp_helpers.editions.lessons import ROOT

CONFIG = pathlib.Path(__file__).with_name("jupyterhub_config.py")
NAME = re.compile("[a-z][a-z0-9_-]{0,23}")
MEMORY = re.compile(r"\d+(\.\d+)?[MG]")
LONGEST = 40  # characters of the hub's folder: a socket's path may have about a hundred
NEEDED = ("jupyterhub", "jupyterhub_idle_culler", "jupyterlab", "psutil")
LAB = {  # of every student's JupyterLab, below what each sets: no questions about news, and labs are saved with what they show
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
SHARED_ACCOUNT = (
    "This is a trial: all students share one account of this computer, so that each can read and change everybody's files. "
    "For a class, run it as root."
)


def missing():
    """Return a sentence for each thing without which no hub starts here."""
    if os.name == "nt":
        return ["JupyterHub does not run on Windows. Use Linux, which may be a virtual machine."]
    told = []
    if absent := [name for name in NEEDED if not importlib.util.find_spec(name)]:
        told.append(
            f'{" and ".join(absent)} cannot be found in this Python. In the folder of the course: pip install -e ".[hub]"'
        )
    if not proxy():
        told.append(
            "The proxy of JupyterHub cannot be found: it is the program configurable-http-proxy. "
            "Install Node.js and npm, and then, in the folder of the course: npm install configurable-http-proxy"
        )
    return told


def proxy():
    """Return the command of the proxy, or None: from the course's folder or the one where this was called, or from PATH."""
    if not shutil.which("node"):
        return None
    local = [str(folder / "node_modules" / ".bin") for folder in (ROOT, pathlib.Path.cwd())]
    found = shutil.which("configurable-http-proxy", path=os.pathsep.join([*local, os.environ.get("PATH", "")]))
    return [found] if found else None


def unfit_for_accounts(places=None):
    """Return a sentence for each thing that keeps students with accounts of their own from the course, or the course from them.

    Parameters
    ----------
    places : list of pathlib.Path, optional
        Which they must be able to read, and not to change: otherwise Python, its packages and the course.
    """
    told = []
    if not shutil.which("useradd"):
        told.append("There is no program useradd, which makes the students' accounts. Use Debian, Ubuntu or another Linux.")
    for place in places or [pathlib.Path(os.path.realpath(sys.executable)), pathlib.Path(sys.prefix), ROOT]:
        for part in reversed([place, *place.parents]):
            mode = part.stat().st_mode
            if not mode & 0o001:
                told.append(f"Students cannot read {place}, because {part} is closed to them. Install it elsewhere, as in /srv.")
                break
    for place in [ROOT, *(ROOT / "mlp_helpers").rglob("*"), *(ROOT / "teaching").rglob("*"), *(ROOT / "lessons").glob("*")]:
        if place.stat().st_mode & 0o002:
            told.append(f"Students could change {place}. Take that away first: chmod -R o-w {ROOT}")
            break
    return told


def prepared(folder, port, accounts, ip="127.0.0.1", memory="2G", names=None, idle_minutes=60):
    """Make the hub's folder, or take the one that is there with its passwords; return the settings, which stand in its hub.json.

    Parameters
    ----------
    folder : pathlib.Path
    port : int
    accounts : bool
        Whether each student has an account of the system, which only root can make.
    ip : str
        Of this machine, at which the hub is to be reached; 0.0.0.0 for all.
    memory : str
        That a student may take, such as "2G".
    names : pathlib.Path, optional
        A file with a name in each line: only these may log in, each with a password of its own.
    idle_minutes : int
        After which a server that nobody uses is stopped.

    Raises
    ------
    ValueError
        When the folder's path is too long, or the names cannot be those of accounts.
    """
    if len(str(folder)) > LONGEST:
        told = f"{folder} has a path of {len(str(folder))} characters, but at most {LONGEST} leave room for the kernels' sockets."
        raise ValueError(f"{told} Choose a shorter one: --folder /srv/mlp-hub")
    for place in (folder, folder / "home"):
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o711)  # a student's way to the own folder; nobody lists the others
    lab = folder / "settings" / "overrides.json"
    lab.parent.mkdir(exist_ok=True)
    lab.write_text(json.dumps(LAB), encoding="utf-8")
    lab.parent.chmod(0o755)
    lab.chmod(0o644)
    (folder / "run").mkdir(exist_ok=True)  # for the sockets of kernels
    (folder / "run").chmod(0o1733)
    path = folder / "hub.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known = before.get("own_passwords", {})
    settings = {
        "class_password": before.get("class_password") or word(10),
        "teacher_password": before.get("teacher_password") or word(32),
        "own_passwords": {name: known.get(name) or word(10) for name in listed(names)} if names else {},
        "ip": ip,
        "port": port,
        "hub_port": kept_port(before.get("hub_port")),  # where servers that outlived a hub look for it
        "proxy_port": kept_port(before.get("proxy_port")),
        "proxy": proxy(),
        "memory": memory,
        "idle_minutes": idle_minutes,
        "as_root": os.geteuid() == 0,
        "accounts": accounts,
        "board": os.environ.get("MLP_BOARD", ""),
    }
    with private(path) as file:
        json.dump(settings, file, indent=1)
    if names:
        with private(folder / "passwords.csv") as file:
            csv.writer(file).writerows([("name", "password"), *settings["own_passwords"].items()])
    return settings


def listed(path):
    """Return the names in a file, one in each line.

    Raises
    ------
    ValueError
        When one cannot be the name of an account.
    """
    names = path.read_text(encoding="utf-8").split()
    for name in names:
        if not NAME.fullmatch(name) or name == "teacher":
            rule = "at most 24 of a to z, 0 to 9, - and _, the first a letter, and not “teacher”"
            raise ValueError(f"{path.name} has the name {name!r}, but a name may have {rule}.")
    if not names:
        raise ValueError(f"{path} holds no names. Write one in each line.")
    return dict.fromkeys(names)


def word(length):
    """Return a password that can be read out: letters, and digits from 2 to 7."""
    return base64.b32encode(secrets.token_bytes(length)).decode().lower()[:length]


def private(path):
    """Open a file anew to write text, which only the owner may read."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="")


def kept_port(port):
    """Return this port of before, where it is free, or another one."""
    return port if port and not taken("127.0.0.1", port) else free_port()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def taken(ip, port):
    """Say whether another program listens at this address already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ip, port))
        except OSError:
            return True
    return False


def sentences(settings, folder):
    """Yield what a teacher has to know when the hub starts."""
    if not settings["accounts"]:
        yield SHARED_ACCOUNT
    host = "127.0.0.1" if settings["ip"] in ("127.0.0.1", "0.0.0.0") else settings["ip"]
    yield f"The hub is at http://{host}:{settings['port']}/ until you press Ctrl-C."
    if settings["own_passwords"]:
        count, place = len(settings["own_passwords"]), folder / "passwords.csv"
        yield f"{count} students may log in; their names and passwords are in {place}."
    else:
        yield f"Students choose a name and log in with the password of the class, {settings['class_password']}."
        yield "Who knows it can log in under any name. With --names FILE each name has a password of its own."
    yield f"You are teacher, and your password is {settings['teacher_password']}."
    if settings["ip"] != "127.0.0.1":
        yield "Passwords and work travel unencrypted. Beyond a classroom of your own, put TLS in front (teaching/hub/README.md)."


def serve(options):
    """Run the hub until Ctrl-C, as the options of the command say; return its status."""
    folder = options.folder.resolve()
    accounts = os.geteuid() == 0 and not options.trial
    if accounts and (troubles := unfit_for_accounts()):
        raise ValueError("\n".join([*troubles, "To try the hub without accounts for the students, add --trial."]))
    if not 0 < options.port < 65_536:
        raise ValueError(f"--port must be from 1 to 65535, but is {options.port}.")
    if not MEMORY.fullmatch(options.memory):
        raise ValueError(f"--memory must be a number with M or G, such as 1.5G, but is {options.memory!r}.")
    if options.idle_minutes < 1:
        raise ValueError(f"--idle-minutes must be at least 1, but is {options.idle_minutes}.")
    if taken(options.ip, options.port):
        told = f"Something else listens at {options.ip}, port {options.port}."
        raise ValueError(f"{told} Choose another port: --port {options.port + 1}")
    given = {"ip": options.ip, "memory": options.memory, "names": options.names, "idle_minutes": options.idle_minutes}
    settings = prepared(folder, options.port, accounts, **given)
    for sentence in sentences(settings, folder):
        print(sentence, flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a service ends as Ctrl-C does
    with running(folder) as hub:
        try:
            status = hub.wait()
            print(f"JupyterHub has ended. The last lines of {folder / 'hub.log'} say why.", file=sys.stderr)
            return status
        except KeyboardInterrupt:
            print("\nStopping the students' servers. What they saved is kept.")
            return 0


@contextlib.contextmanager
def running(folder):
    """JupyterHub in its prepared folder, as a process that writes to its hub.log; it ends with the block."""
    for name in ("mlp_helpers", "teaching"):  # the students cannot write there, and would compile it anew each time
        compileall.compile_dir(ROOT / name, quiet=2)
    command = [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    path = [str(pathlib.Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    environment["PATH"] = os.pathsep.join(path)
    (folder / "hub.log").touch(0o600)
    with open(folder / "hub.log", "ab") as log:
        own = {"cwd": folder, "env": environment, "stdout": log, "stderr": subprocess.STDOUT}
        hub = subprocess.Popen(command, start_new_session=True, umask=0o077, **own)
    try:
        yield hub
    finally:
        if hub.poll() is None:
            hub.send_signal(signal.SIGTERM)
            try:
                hub.wait(90)
            except subprocess.TimeoutExpired:
                hub.kill()
                hub.wait()
        for left in (folder / "run").iterdir():
            shutil.rmtree(left, ignore_errors=True)
