"""A class without students: each logs in, runs lesson 04 cell by cell, moves a slider of its lab, and trains in lesson 08.

All of it goes through the hub's own doors, its form, its APIs and the kernels' websockets; only the browsers are missing. The
students share one account (no accounts are made on this machine), which changes nothing in what they cost.
"""

import asyncio
import itertools
import pathlib
import random
import tempfile
import time

import psutil

from mlp_helpers import check
from mlp_helpers.editions.lessons import all_lessons, lines_of, number_of, source_of

from . import starting
from .client import Refused, Student

MINUTES = 8  # for all of it; who has not come to the end by then has failed
ARRIVE = 20  # seconds within which all come to log in
THINK = 1.0  # seconds between two cells, on average
MOVES, PAUSE = 50, 0.1  # of the slider, and seconds between two
TRAINING = """
import time
from mlp_helpers import MLP, load_mnist, train
data = load_mnist()
packaged = MLP([784, 128, 10], seed=0)
start = time.perf_counter()
its_history = train(packaged, data, epochs=1, learning_rate=0.1, batch_size=64, progress=False)
print(time.perf_counter() - start)
"""
WHO = "import os; print(os.getpid(), os.getppid())"


def run(students, minutes=MINUTES):
    """Start a hub in a folder of its own and let so many students learn in it; return what was measured.

    Returns
    -------
    dict
        ``students``, the ``load`` of the machine before, the ``seconds`` of the whole and the share of the processors that was
        used (``busy``); ``failures``, a list of sentences; of the hub with its proxy ``hub_mb`` and ``hub_cpu_s``; and for each
        student an entry in the lists ``login_s``, ``login_cpu_s``, ``server_mb``, ``kernel_mb`` and ``training_kernel_mb``,
        ``cpu_s``, ``epoch_s`` and ``folder_mb``, and many in ``slider_ms``.
    """
    load = psutil.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="mlp-hub-", dir="/tmp") as place:  # a short path, for sockets
        folder = pathlib.Path(place)
        settings = starting.prepared(folder, starting.free_port(), accounts=False)
        with starting.running(folder) as hub:
            psutil.cpu_percent()
            start = time.monotonic()
            found = asyncio.run(_class(students, settings, folder, minutes))
            own = [psutil.Process(hub.pid), *(each for each in _below(hub.pid) if not _of_students(each))]
            found |= {"seconds": time.monotonic() - start, "busy": psutil.cpu_percent() / 100}
            found |= {"hub_mb": sum(map(_memory, own)), "hub_cpu_s": sum(map(_cpu, own))}
    return {"students": students, "load": load, **found}


async def _class(students, settings, folder, minutes):
    found = {name: [] for name in LISTS}
    address = f"http://127.0.0.1:{settings['port']}"
    await answering(address)

    async def one(number):
        try:
            await asyncio.wait_for(_learn(number, address, settings["class_password"], folder, found), 60 * minutes)
        except (Refused, psutil.Error) as trouble:
            found["failures"].append(f"Student {number}: {trouble}")
        except asyncio.TimeoutError:
            found["failures"].append(f"Student {number} has not come to the end within {minutes} minutes.")

    await asyncio.gather(*map(one, range(students)))
    return found


LISTS = (
    *("failures", "login_s", "login_cpu_s", "server_mb", "kernel_mb", "training_kernel_mb"),
    *("cpu_s", "epoch_s", "folder_mb", "slider_ms"),
)


async def answering(address):
    """Wait until a hub answers at this address."""
    nobody = Student(address, "nobody", "")
    for _ in range(240):
        try:
            return await nobody.ask("GET", "/hub/api/")
        except Refused:
            await asyncio.sleep(0.25)
    raise Refused(f"No hub answers at {address}.")


async def _learn(number, address, password, folder, found):
    chance = random.Random(number)

    def think(seconds):
        return asyncio.sleep(chance.uniform(0, 2 * seconds))

    await asyncio.sleep(chance.uniform(0, ARRIVE))
    student = Student(address, f"student{number}", password)
    start = time.monotonic()
    await student.log_in()
    await student.start_server()
    first, _ = await student.page()
    found["login_s"].append(time.monotonic() - start)
    if not first.endswith(".ipynb"):
        raise Refused(f"The lab of {student.name} opens at {first}, and not at a lesson.")

    path = _copy_of("04")
    notebook = filled(await student.read(path), number)
    kernel = await student.open(path)
    pid, server = map(int, (await kernel.run(WHO)).split())
    found["login_cpu_s"].append(_cpu(psutil.Process(pid)) + _cpu(psutil.Process(server)))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            await think(THINK)
            await kernel.run(source_of(cell))
    await student.save(path, notebook)

    slider, chart = kernel.widget(description="temperature"), kernel.widget(_anywidget_id="mlp_helpers.labs.chart.Chart")
    if not slider or not chart:
        raise Refused(f"The lab of {student.name} has no slider or no chart.")
    for value in itertools.islice(itertools.cycle([0.5, 0.8, 1.3, 2.0, 3.2]), MOVES):
        await think(PAUSE)
        found["slider_ms"].append(1000 * await kernel.move(slider, value, chart))
    found["kernel_mb"].append(_memory(psutil.Process(pid)))

    training = await student.open(_copy_of("08"))
    trainer, _ = map(int, (await training.run(WHO)).split())
    await think(THINK)
    found["epoch_s"].append(float(await training.run(TRAINING)))
    found["training_kernel_mb"].append(_memory(psutil.Process(trainer)))
    found["server_mb"].append(_memory(psutil.Process(server)))
    found["cpu_s"].append(sum(map(_cpu, map(psutil.Process, (server, pid, trainer)))))
    home = folder / "home" / student.name
    found["folder_mb"].append(sum(file.lstat().st_size for file in home.rglob("*") if file.is_file()) / 1e6)
    kernel.close()
    training.close()


def filled(notebook, number):
    """Return the notebook with the course's solution in every second of its stubs; in which, differs from student to student."""
    stubs = 0
    for cell in notebook["cells"]:
        source = source_of(cell)
        name = source.removeprefix("def ").partition("(")[0]
        if cell["cell_type"] == "code" and source.startswith("def ") and name in check.EXERCISES:
            stubs += 1
            if (stubs + number) % 2:
                cell["source"] = lines_of(check.EXERCISES[name].source())
    return notebook


def _copy_of(number):
    return next(f"work/{lesson.stem}.ipynb" for lesson in all_lessons() if number_of(lesson) == number)


def _below(pid):
    return psutil.Process(pid).children(recursive=True)


def _of_students(process):
    """Say whether a process is a student's server, or was started by one."""
    chain = [process, *process.parents()]
    return any("jupyterhub-singleuser" in " ".join(each.cmdline()) for each in chain)


def _memory(process):
    """Return the megabytes of a process; of what it shares with others, its share."""
    try:
        return process.memory_full_info().pss / 1e6
    except AttributeError:  # the system does not say
        return process.memory_info().rss / 1e6


def _cpu(process):
    times = process.cpu_times()
    return times.user + times.system
