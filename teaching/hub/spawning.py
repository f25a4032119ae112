"""How a student's server is started, as whom, and with how much memory; and who may log in."""

import contextlib
import math
import os
import pathlib
import pwd
import resource
import secrets
import subprocess
import time

import psutil
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from jupyterhub.spawner import LocalProcessSpawner, SimpleLocalProcessSpawner
from traitlets import Dict, Unicode

PREFIX = "mlp-"  # of the accounts, so that nobody logs in as one that was there before, such as root
PROCESSES = 512  # that a student may have, threads counted
OLD = 2.0  # seconds after which the processes of the machine are looked at anew
_seen = {"when": -math.inf, "processes": []}


def processes():
    """Return all processes, with the numbers of their parents and owners in ``info``: looked up once for all students."""
    if time.monotonic() - _seen["when"] >= OLD:
        _seen.update(processes=list(psutil.process_iter(["ppid", "uids"])), when=time.monotonic())
    return _seen["processes"]


class ClassAuthenticator(SharedPasswordAuthenticator):
    """One password for the class; or, where there are some in ``own_passwords``, one for each name and no other."""

    own_passwords = Dict(config=True, help="Passwords by names; without any, there is one for all.")

    async def authenticate(self, handler, data):
        name = self.normalize_username(data["username"])
        if not self.own_passwords or name in self.admin_users:
            return await super().authenticate(handler, data)
        known = secrets.compare_digest(self.own_passwords.get(name, "").encode(), data["password"].encode())
        return {"name": name, "admin": False, "groups": []} if known and data["password"] else None


class WithinLimits(LocalProcessSpawner):
    """A spawner that keeps to ``mem_limit``: each process by itself, which gets a MemoryError, and all together, or one ends.

    The first is left to the system. The second is looked at whenever the hub polls the server: while a student's processes
    take more than the limit together, the largest is ended, which is a kernel. JupyterLab says so and starts it anew.
    """

    def make_preexec_fn(self, name):
        become, limit = super().make_preexec_fn(self.account(name)), self.mem_limit

        def preexec():
            os.umask(0o077)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if limit:
                resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
            become()

        return preexec

    async def poll(self):
        status = await super().poll()
        if status is None and self.mem_limit:
            self.end_what_is_too_much()
        return status

    def end_what_is_too_much(self):
        sizes = {}
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                sizes[process] = process.memory_info().rss
        kernels = sorted((process for process in sizes if process.pid != self.pid), key=sizes.get)
        while kernels and sum(sizes.values()) > self.mem_limit:
            largest = kernels.pop()
            told = "%s takes %.0f MB, the limit is %.0f MB: the largest process is ended"
            self.log.warning(told, self.user.name, sum(sizes.values()) / 1e6, self.mem_limit / 1e6)
            with contextlib.suppress(psutil.NoSuchProcess):
                largest.kill()
            del sizes[largest]


class AccountSpawner(WithinLimits):
    """Each student has an account of the system, made at the first login: what one writes, no other reads."""

    homes = Unicode(config=True, help="The folder in which each student has one.")

    @staticmethod
    def account(name):
        return PREFIX + name

    def home(self):
        return pathlib.Path(self.homes, self.user.name)

    def make_preexec_fn(self, name):
        inner = super().make_preexec_fn(name)

        def preexec():
            resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
            inner()

        return preexec

    def user_env(self, env):
        account = pwd.getpwnam(self.account(self.user.name))
        return env | {"USER": account.pw_name, "HOME": account.pw_dir, "SHELL": account.pw_shell}

    async def start(self):
        self.make_account()
        return await super().start()

    async def stop(self, now=False):
        await super().stop(now)
        _seen["when"] = -math.inf
        for process in self.processes():  # what was left running in the background
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def make_account(self):
        """Make the account, where there is none yet; a folder that is there already, from a backup, becomes its own."""
        account, home = self.account(self.user.name), self.home()
        try:
            there = pathlib.Path(pwd.getpwnam(account).pw_dir)
        except KeyError:
            make = ["useradd", "--create-home", "--home-dir", home, "--user-group", "--shell", "/bin/bash", account]
            subprocess.run(make, check=True, capture_output=True)
            subprocess.run(["chown", "--recursive", "--no-dereference", f"{account}:{account}", home], check=True)
            home.chmod(0o700)
            return
        if there != home:
            raise ValueError(f"the account {account} has the home {there}, not {home}: it belongs to the hub of another folder")

    def processes(self):
        owner = pwd.getpwnam(self.account(self.user.name)).pw_uid
        return [each for each in processes() if each.info["uids"] and each.info["uids"].real == owner]


class TrialSpawner(WithinLimits, SimpleLocalProcessSpawner):
    """All students share the account that runs the hub; each has a folder. To try the hub out, and for nothing else."""

    @staticmethod
    def account(name):
        return name

    def processes(self):
        family = {self.pid} - {0}  # which is none of a student's, but the parent of all
        while more := {each.pid for each in processes() if each.info["ppid"] in family} - family:
            family |= more
        return [each for each in processes() if each.pid in family]
