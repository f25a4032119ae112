"""Functions put together at random from what learners and their friends might write; no check may break, hang or change.

``FUZZ=100 pytest -n0 -s tests/fuzz/test_checks.py`` does a hundred times as much, and prints what it counted.
"""

import builtins
import collections
import inspect
import os
import random
import signal
import sys
import time

import numpy as np
import pytest

from mlp_helpers import check
from mlp_helpers.check.engine import task

FUZZ = int(os.environ.get("FUZZ", "1"))
LINES = """
pass
np.exp = lambda Z: 0 * Z
np.allclose = lambda *given, **named: True
np.seterr(all="raise")
np.random.seed(1)
np.set_printoptions(precision=0)
builtins.len = lambda thing: 0
builtins.isinstance = lambda *given: True
os.chdir("/")
os.environ.clear()
sys.path.clear()
sys.setrecursionlimit(400)
sys.stdout = None
signal.signal(signal.SIGINT, signal.SIG_IGN)
warnings.simplefilter("error")
warnings.warn("again", RuntimeWarning)
print("x" * 5_000)
exit()
os._exit(3)
raise ValueError(Hostile())
raise Own("text")
raise KeyboardInterrupt
raise SystemExit
given[0][...] = 0
given[0].shape = -1
given[0].update(a=Hostile()) if isinstance(given[0], dict) else given[0].fill(3)
return Hostile()
return Hostile
return [Hostile()]
return {"W1": Hostile(), Hostile(): 1}
return given
return given[0]
return np.zeros((2, 3)).view(Array)
return np.array([Hostile()], dtype=object)
return Number(3)
return Text("x")
return (yield Hostile())
return iter([Hostile()])
return solution(*given)
return [solution(*given)]
return solution
return lambda: 3
return np.float16(1) * solution(*given)
return np.full(10**6, np.nan)
return "x" * 10**6
return 10**400
return True
return complex(1, 2)
return range(10**9)
return given[0].T
return np.datetime64("2020-01-01")
return np.zeros(3, dtype=[("a", int)])
return np.ma.masked_array([1.0, 2.0], [True, False])
"""
CLASSES = """
def how():
    {how}
class Hostile:
    __repr__ = __str__ = __iter__ = __len__ = __eq__ = __array__ = __float__ = __bool__ = lambda *given, **named: how()
    __hash__ = object.__hash__
    __class__ = property(lambda self: how())
class Array(np.ndarray):
    __array_ufunc__ = __array_function__ = __repr__ = __eq__ = lambda *given, **named: how()
class Number(float):
    __eq__ = __float__ = __repr__ = __str__ = __format__ = lambda *given, **named: how()
class Text(str):
    __eq__ = __repr__ = __str__ = __len__ = lambda *given, **named: how()
    __hash__ = str.__hash__
class Own(Exception):
    __str__ = __repr__ = lambda self: how()
"""
HOWS = ["raise SystemExit", "raise RuntimeError", "return True", "return 3", "return Hostile()", "while True: pass"]


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    monkeypatch.setattr(task, "SECONDS", 0.2)
    monkeypatch.setattr(builtins, "exit", lambda: sys.exit(), raising=False)


def state():
    return (
        {(module.__name__, name): id(value) for module in (np, builtins) for name, value in vars(module).items()
         if not inspect.ismodule(value)},
        os.getcwd(), dict(os.environ), sys.path[:], sys.getrecursionlimit(), signal.getsignal(signal.SIGINT), np.geterr(),
        np.get_printoptions(), sys.stdin, signal.getitimer(signal.ITIMER_REAL),
    )  # fmt: skip


def test_functions_put_together_at_random(capsys):
    chance, kinds, longest = random.Random(0), collections.Counter(), 0.0
    lines = LINES.strip().splitlines()
    for exercise in check.EXERCISES.values():
        with capsys.disabled():
            exercise.diagnose(lambda *given: None)  # what is computed once is not counted
    before = state()
    for _ in range(50 * FUZZ):
        exercise = chance.choice(list(check.EXERCISES.values()))
        chosen = [chance.choice(lines) for _ in range(chance.randint(1, 4))]
        body = "\n    ".join(chosen)
        source = "import builtins, os, signal, sys, warnings\nimport numpy as np\n" + CLASSES.format(how=chance.choice(HOWS))
        source += f"def written(*given):\n    {body}\n    return solution(*given)\n"
        space = {"solution": exercise.task.solution}
        exec(compile(source, "<fuzz>", "exec"), space)
        began = time.process_time()  # other programs may be busy
        verdict = exercise.diagnose(space["written"])
        exercise(space["written"])
        took = time.process_time() - began
        text = capsys.readouterr().out
        longest = max(longest, took)
        kinds["passed" if verdict.passed else verdict.kind] += 1
        assert f"{exercise.name}: " in text, source
        assert "could not cope" not in verdict.message, (verdict, source)
        assert took < 5, (took, source)
        assert state() == before, source
        if verdict.passed:  # then it does the same with other arguments, too
            for arguments in (exercise.task.draw(np.random.default_rng(number)) for number in range(10)):
                outcomes = [exercise.task.run(each, arguments, 1) for each in (space["written"], exercise.task.solution)]
                assert exercise.task.alike(*map(exercise.task.behaviour, outcomes)), source
    with capsys.disabled():
        print(f"\n{50 * FUZZ} functions: {dict(kinds)}; the longest check {longest:.1f} s")
    assert len(kinds) > 1
