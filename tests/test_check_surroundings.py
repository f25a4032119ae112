"""A check leaves the kernel as it found it, ends when it should, and says the right thing whatever was set before."""

import builtins
import collections
import contextlib
import logging
import math
import os
import random
import signal
import sys
import threading
import time
import warnings

import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel
from numpy.random import get_state

from mlp_helpers import check
from mlp_helpers.check.engine import clock, places, running, task
from mlp_helpers.check.engine.plain import plain, plain_error
from mlp_helpers.check.engine.running import run
from mlp_helpers.check.engine.surroundings import as_it_should_be


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    monkeypatch.setattr(task, "SECONDS", 0.5)
    monkeypatch.setattr(running, "ASKED", 0.2)
    monkeypatch.setattr(places, "CHANGES", 20)  # tests/test_places.py tries more


def right(Z):
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


# --- put back --------------------------------------------------------------------------------------------------------


def replace_exp():
    np.exp = np.log = lambda Z: np.zeros_like(Z)


def add_and_delete():
    np.mine = 3
    del np.tanh
    del np.linalg.norm


def replace_builtins():
    builtins.sum = builtins.len = lambda *given: 0
    builtins.mine = 3


def change_folder():
    os.chdir("/")


def change_path():
    sys.path.insert(0, "/somewhere")
    sys.path = ["/nowhere"]


def change_environment():
    os.environ["MINE"] = "1"
    del os.environ["MLP_STATE"]
    os.environ["PATH"] = "x"


def forget_environment():
    os.environ.clear()
    os.environ = {}  # noqa: B003


def change_recursion():
    sys.setrecursionlimit(5_000)


def change_handlers():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def change_chance():
    np.random.seed(0)  # noqa: NPY002
    random.seed(0)


def change_settings():
    np.seterr(all="raise")
    np.set_printoptions(precision=1)
    warnings.simplefilter("error")
    warnings.showwarning = None
    logging.basicConfig(level=0, force=True)


def change_streams():
    sys.stdout = sys.stderr = sys.stdin = None


def replace_others():
    math.exp = random.random = np.linalg.inv = np.random.default_rng = None


CHANGES = [
    replace_exp, add_and_delete, replace_builtins, change_folder, change_path, change_environment, forget_environment,
    change_recursion, change_handlers, change_chance, change_settings, change_streams, replace_others,
]  # fmt: skip


def state():
    """All that a learner's function might change."""
    return {
        "names": {(module.__name__, name): id(value) for module in (np, np.linalg, np.random, builtins, math, random)
                  for name, value in vars(module).items() if not isinstance(value, type(np))},
        "folder": os.getcwd(), "path": (id(sys.path), sys.path[:]), "environment": (id(os.environ), dict(os.environ)),
        "recursion": sys.getrecursionlimit(), "chance": (random.getstate(), str(get_state())),  # noqa: NPY002
        "handlers": [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGALRM, signal.SIGTERM)],
        "settings": (np.geterr(), np.get_printoptions(), warnings.filters[:], warnings.showwarning),
        "logging": (logging.root.level, logging.root.handlers[:]), "streams": (sys.stdout, sys.stderr, sys.stdin),
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["returns", "raises", "does not end"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_a_function_changes_is_put_back(change, ending):
    def changing(Z):
        change()
        if ending == "raises":
            raise ValueError
        while ending == "does not end" and change is not change_handlers:
            pass

    np.random.seed(3)  # noqa: NPY002
    before = state()
    run(changing, (np.ones((2, 3)),), 0.1)
    assert state() == before


def test_numpys_functions_replaced_in_a_check_do_not_make_a_wrong_function_right():
    task_ = check.sigmoid.task
    task_.behaviours_of.__wrapped__  # noqa: B018 (computed lazily, so the first check must not come too late)
    type(task_).behaviours_of.cache_clear()

    def wrong(Z):
        np.exp = np.abs = lambda Z: np.zeros_like(Z)
        return np.where(Z >= 0, 1, np.exp(Z)) / (1 + np.exp(Z))

    assert not check.sigmoid.diagnose(wrong).passed


# --- the right verdict -----------------------------------------------------------------------------------------------


def sigmoid(Z):
    E = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1, E) / (1 + E)


@contextlib.contextmanager
def set_before(name):
    with np.errstate(), warnings.catch_warnings(), np.printoptions():
        limit = sys.getrecursionlimit()
        kept = {each: getattr(np, each) for each in ("allclose", "isclose", "asarray", "shape", "ndim", "isfinite")}
        if name == "seterr":
            np.seterr(all="raise")
        elif name == "warnings":
            warnings.simplefilter("error")
        elif name == "print options":
            np.set_printoptions(precision=0, legacy="1.13")
        elif name == "recursion":
            depth = len([*sys._current_frames().values()])
            sys.setrecursionlimit(max(150 + depth, 200))
        elif name == "always close":
            np.allclose = np.isclose = lambda *given, **named: True
        elif name == "never close":
            np.allclose = lambda *given, **named: False
        elif name == "broken":
            for each in kept:
                setattr(np, each, None)
        try:
            yield
        finally:
            sys.setrecursionlimit(limit)
            for each, function in kept.items():
                setattr(np, each, function)


SETTINGS = ["seterr", "warnings", "print options", "recursion", "always close", "never close", "broken"]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_verdict_does_not_depend_on_what_was_set_before(name, capsys):
    cases = [(check.sigmoid, sigmoid, True), (check.softmax, right, True), (check.softmax, lambda Z: Z.T, False)]
    for exercise, function, passes in cases:
        type(exercise.task).behaviours_of.cache_clear()
        with set_before(name):
            verdict = exercise.diagnose(function)
            exercise(function)
        assert verdict.passed == passes and "could not cope" not in verdict.message
        assert ("solved" if passes else "not yet") in capsys.readouterr().out


def test_a_function_broken_by_what_the_learner_has_replaced_is_wrong_and_ours_is_right(monkeypatch):
    monkeypatch.setattr(np, "exp", lambda Z: np.zeros_like(Z))
    type(check.softmax.task).behaviours_of.cache_clear()
    assert not check.softmax.diagnose(right).passed
    with as_it_should_be():
        np.testing.assert_allclose(np.exp(0.0), 1)
    assert np.exp(1.0) == 0
    assert np.isfinite(check.softmax.task.expected[0].result).all()


# --- ends ------------------------------------------------------------------------------------------------------------


def for_ever(*given, **named):
    while True:
        pass


def leave(*given, **named):
    raise SystemExit


def fail(*given, **named):
    raise RuntimeError


def always(*given, **named):
    return True


METHODS = "__repr__ __str__ __iter__ __array__ __len__ __eq__ __bool__ __hash__ __float__ __getattr__ __getitem__ __format__ " \
    "__array_ufunc__ __array_function__ __array_interface__ __index__ __add__ __radd__ __mul__ __class__"  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("base", [object, tuple, list, dict, float, int, str, np.ndarray, Exception])
@pytest.mark.parametrize("how", [for_ever, leave, fail, always])
def test_the_methods_of_what_comes_back_run_inside_the_clock_or_not_at_all(base, how, capsys):
    names = [name for name in METHODS.split() if name not in ("__getattr__", "__getitem__", "__len__") or base is object]
    space = {name: property(how) if name == "__class__" else how for name in names}
    hostile = type("Hostile", (base,), space)
    made = {np.ndarray: lambda: np.zeros((2, 3)).view(hostile), dict: lambda: dict.__new__(hostile)}.get(
        base, lambda: base.__new__(hostile)
    )

    def nested(Z):
        return [(made(), {"a": made()})]

    def objects(Z):
        array = np.empty(1, object)
        array[0] = made()
        return array

    def raising(Z):
        raise made() if base is Exception else ValueError(made())

    def putting_it_into_an_argument(parameters, gradients, learning_rate):
        parameters["W1"] = made()

    began = time.process_time()
    for function in (lambda Z: made(), nested, objects, raising):
        check.softmax(function)
    check.sgd_step(putting_it_into_an_argument)
    text = capsys.readouterr().out
    assert text.count("not yet") == 5 and "could not cope" not in text
    assert time.process_time() - began < 5 * (task.SECONDS + 1.5)


@pytest.mark.slow
@pytest.mark.parametrize("how", [for_ever, leave, fail])
@pytest.mark.parametrize("name", ["__getattr__", "__signature__", "__name__", "__wrapped__", "__deepcopy__", "__class__"])
def test_a_callable_object_is_looked_at_inside_the_clock(name, how, capsys):
    hostile = type("Hostile", (), {"__call__": lambda self, Z: right(Z), name: how if name == "__getattr__" else property(how)})
    began = time.process_time()
    check.softmax(hostile())
    assert "softmax: " in capsys.readouterr().out and time.process_time() - began < 10


def test_what_is_plain_stays_what_it_is():
    array = np.ones(3)
    whole = {"a": array, "b": [1, (2.0, "x")]}
    assert plain(whole) is whole and plain(array) is array
    point = collections.namedtuple("point", "x y")(1, 2)
    assert plain(point) == (1, 2) and type(plain(point)) is tuple
    assert type(plain(np.matrix([[1.0]]))) is np.ndarray
    assert type(plain(collections.OrderedDict(a=True))) is dict
    endless = []
    endless.append(endless)
    assert "[" in repr(plain(endless))
    error = ValueError("x")
    assert plain_error(error) is error
    own = type("Own", (KeyError,), {})("which")
    assert type(plain_error(own)).__name__ == "Own" and isinstance(plain_error(own), KeyError)


def test_warnings_and_pictures_without_end_take_no_memory():
    def warning_for_ever(Z):
        number = 0
        while True:
            number += 1
            warnings.warn(f"{number} " + "x" * 1_000, RuntimeWarning, stacklevel=1)
            print(end="")

    outcome = run(warning_for_ever, (np.ones(2),), 0.5)
    assert isinstance(outcome.error, clock.TookTooLong) and 1 < len(outcome.warned) <= 100


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound it")
def test_memory_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(task, "SECONDS", 5)

    def hoarding(Z):
        kept = []
        while True:
            kept.append(np.zeros(2**27))

    verdict = check.softmax.diagnose(hoarding)
    assert verdict.misconception == "Takes too much memory" and "kept.append(np.zeros(2**27))" in verdict.message
    assert np.zeros(2**28).nbytes == 2**31  # the limit is gone


@pytest.mark.slow
def test_one_step_that_nothing_can_interrupt_is_told_as_what_it_is(monkeypatch):
    monkeypatch.setattr(task, "SECONDS", 0.1)
    verdict = check.softmax.diagnose(lambda Z: sum(range(2 * 10**8)))
    assert verdict.misconception == "Takes too long" and "one single step" in verdict.message


@pytest.mark.parametrize("name", ["exit", "quit", "_exit", "abort", "sys.exit"])
def test_every_way_out_is_closed(name):
    ways = {"exit": lambda: builtins.exit(), "quit": lambda: builtins.quit(), "_exit": lambda: os._exit(3), "abort": os.abort,
            "sys.exit": sys.exit}  # fmt: skip
    ways["abort"] = lambda: os.abort()
    assert check.softmax.diagnose(lambda Z: ways[name]()).misconception == "Ends the program"
    assert not sys.stdin.closed


def test_what_was_replaced_by_the_time_it_ends_does_not_confuse_the_check():
    def at_the_end(Z):
        builtins.isinstance = lambda *given: True
        exit()

    assert check.softmax.diagnose(at_the_end).misconception == "Ends the program"


# --- the stop button -------------------------------------------------------------------------------------------------


def swallowing(Z):
    while True:
        try:  # noqa: SIM105
            np.exp(Z)
        except:  # noqa: E722
            pass


@pytest.mark.parametrize("function", [lambda Z: for_ever(), swallowing], ids=["loop", "bare except"])
def test_the_stop_button_ends_the_check_and_what_comes_after_it(function, capsys, aside):
    stop = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    before, began = signal.getsignal(signal.SIGINT), time.monotonic()
    stop.start()
    with pytest.raises(KeyboardInterrupt):
        check.softmax(function)
    assert "stopped before its end" in capsys.readouterr().out
    assert 0.2 < time.monotonic() - began < 0.9 and signal.getsignal(signal.SIGINT) is before
    assert not os.listdir(os.environ["MLP_STATE"])
    stop = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    stop.start()
    with pytest.raises(KeyboardInterrupt):
        check.softmax.diagnose(function)


@pytest.mark.parametrize("function", [lambda Z: for_ever(), swallowing], ids=["loop", "bare except"])
def test_without_an_alarm_the_stop_button_works_too(function):
    import _thread

    threading.Timer(0.3, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        clock._with_an_interrupt(5, lambda: function(np.ones(2)))


def test_an_alarm_that_was_set_before_still_rings():
    rung = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        check.softmax.diagnose(right)
        time.sleep(0.4)
        assert rung
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel()
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def result_of(client, code, interrupt=None):
    """What a cell printed, and the name of the error that ended it."""
    said = []

    def hook(message):
        content = message["content"]
        said.append(content.get("text") or content.get("data", {}).get("text/plain", ""))
        if interrupt and "begun" in said[-1]:
            threading.Timer(0.3, interrupt).start()

    reply = client.execute_interactive(code, output_hook=hook, timeout=60)
    return "".join(said), reply["content"].get("ename")


def test_in_a_notebook_exit_is_a_mistake_and_the_kernel_lives(kernel):
    _, client = kernel
    for way in ("exit()", "quit()", "get_ipython().ask_exit()", "exit(keep_kernel=True)"):
        code = f"from mlp_helpers import check\nkept = 3\ndef softmax(Z):\n    {way}\ncheck.softmax(softmax)"
        assert "Ends the program" in result_of(client, code)[0]
        time.sleep(0.3)  # the kernel's loop would end 0.1 s later
        assert result_of(client, "print(kept, get_ipython().exit_now)") == ("3 False\n", None)


SWALLOWING = "while True:\n        try: {}\n        except: pass"
DEAF = pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 hears of no signal in a loop of nothing but try")


DEAF_LOOP = pytest.param(SWALLOWING.format("pass"), marks=DEAF)


@pytest.mark.parametrize("body", ["while True: pass", SWALLOWING.format("Z.sum()"), DEAF_LOOP])
def test_in_a_notebook_the_stop_button_stops_run_all(kernel, body):
    manager, client = kernel
    code = f"from mlp_helpers import check\nprint('begun', flush=True)\ndef softmax(Z):\n    {body}\ncheck.softmax(softmax)"
    said, error = result_of(client, code, manager.interrupt_kernel)
    assert "stopped before its end" in said and error == "KeyboardInterrupt"
