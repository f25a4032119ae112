"""The hub's settings. ``python -m teaching hub`` runs JupyterHub with them, in the folder whose hub.json they read."""

import json
import pathlib
import sys

from mlp_helpers.editions.lessons import ROOT, all_lessons
from teaching.hub.spawning import AccountSpawner, ClassAuthenticator, TrialSpawner
from teaching.hub.starting import NAME

FOLDER = pathlib.Path.cwd()
settings = json.loads((FOLDER / "hub.json").read_text(encoding="utf-8"))
c = get_config()  # noqa: F821 (JupyterHub defines it)

c.JupyterHub.bind_url = f"http://{settings['ip']}:{settings['port']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{settings['hub_port']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{settings['proxy_port']}"
c.ConfigurableHTTPProxy.command = settings["proxy"]

# Who may log in: one password for the class, or one for each name on a list, and another for the teacher.
c.JupyterHub.authenticator_class = ClassAuthenticator
c.ClassAuthenticator.user_password = settings["class_password"]
c.ClassAuthenticator.admin_password = settings["teacher_password"]
c.ClassAuthenticator.own_passwords = settings["own_passwords"]
c.ClassAuthenticator.username_pattern = rf"{NAME.pattern}\Z"  # JupyterHub only looks how a name begins
c.Authenticator.admin_users = {"teacher"}
c.Authenticator.allowed_users = set(settings["own_passwords"])
c.Authenticator.allow_all = not settings["own_passwords"]

# A server for each student, which first brings the student's copies of the lessons up to date.
c.JupyterHub.spawner_class = AccountSpawner if settings["accounts"] else TrialSpawner
c.AccountSpawner.homes = str(FOLDER / "home")
c.TrialSpawner.home_dir_template = f"{FOLDER}/home/{{username}}"
c.Spawner.cmd = [sys.executable, str(ROOT / "teaching" / "hub" / "student.py")]
c.Spawner.args = [
    "--KernelManager.transport=ipc",  # sockets in a folder of the student's own: at a port, others could read along
    f"--LabApp.app_settings_dir={FOLDER / 'settings'}",
]
if settings["as_root"] and not settings["accounts"]:
    c.Spawner.args += ["--allow-root"]
c.Spawner.ip = "127.0.0.1"
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = f"/lab/tree/work/{all_lessons()[0].stem}.ipynb"
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL"]
c.Spawner.environment = {
    "PYTHONPATH": str(ROOT),  # this course, and no other one that may be installed
    "JUPYTER_RUNTIME_DIR": str(FOLDER / "run"),
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",  # with a thread for every core each, a class waits for its own threads
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
} | ({"MLP_BOARD": settings["board"]} if settings["board"] else {})
c.Spawner.mem_limit = settings["memory"]
c.Spawner.poll_interval = 3  # seconds; each time, what a student's processes take together is looked at
c.Spawner.start_timeout = c.Spawner.http_timeout = 180

# Servers that nobody uses are stopped; the files stay.
c.JupyterHub.services = [
    {"name": "culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={settings['idle_minutes'] * 60}"]}
]
c.JupyterHub.load_roles = [
    {
        "name": "culler",
        "services": ["culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
    {"name": "teacher", "users": ["teacher"], "scopes": ["access:servers"]},  # to help: opens a student's JupyterLab
]
