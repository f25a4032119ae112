"""The program of the learner's own functions: whose they are, that they are the ones that passed, and that it runs."""

import ast
import builtins
import importlib.util
import os
import pathlib
import re
import subprocess
import sys

import numpy as np
import pytest

from mlp_helpers import MLP, check, softmax
from mlp_helpers.check import program
from mlp_helpers.check.engine import exercise, progress, task

ROOT = pathlib.Path(__file__).resolve().parent.parent
ALL = program.NAMES
SOFTMAX = "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=-1, keepdims=True))\n    return E / E.sum(axis=-1, keepdims=True)\n"
HELD = {  # right, but what they need stands outside of them: what is kept of softmax, and what is said about it
    "a helper": (
        "def softmax(Z):\n    E = positive(Z)\n    return E / total(E)\n",
        "yours needs `positive` and `total`, which stand",
    ),
    "a closure": (SOFTMAX.replace("-1", "axis"), "yours needs `axis`, which stands outside of it"),
    "a global in a default": (SOFTMAX.replace("(Z):", "(Z, axis=LAST):"), "yours needs `LAST`, which stands"),
    "NumPy under another name": (SOFTMAX.replace("np.", "numpy."), "yours needs `numpy`, which stands"),
    "a decorator": (f"@timed\n{SOFTMAX}", "yours needs `timed`, which stands"),
    "a name of the notebook": (SOFTMAX.replace("return", "display(E)\n    return"), "yours needs `display`, which stands"),
    "in a nested function": (
        "def softmax(Z):\n    def E():\n        return far(Z)\n    return E()\n",
        "yours needs `far`, which",
    ),
    "in a comprehension": ("def softmax(Z):\n    return np.array([row_of(z) for z in Z])\n", "yours needs `row_of`, which"),
    "in an annotation": (SOFTMAX.replace("(Z)", "(Z: Scores)"), "yours needs `Scores`, which"),
    "a global that it sets": (SOFTMAX.replace("    E =", "    global np, E\n    E ="), "yours sets a name that stands outside"),
    "the course's": (
        f"{SOFTMAX[:16]}\n    from mlp_helpers import softmax as s\n    return s(Z)\n",
        "yours imports `mlp_helpers`, and",
    ),
    "another package": (
        f"{SOFTMAX[:16]}\n    import scipy.special\n    return scipy.special.softmax(Z)\n",
        "yours imports `scipy`",
    ),
    "another function": (SOFTMAX.replace("softmax", "inner"), "what was kept of yours does not define `softmax`"),
    "a call": ("softmax = check.softmax.use(lambda Z: Z)\n", "what was kept of yours does not define `softmax`"),
    "two statements": (f"{SOFTMAX}np = None\n", "what was kept of yours does not define `softmax`"),
    "half a function": ("def softmax(Z):\n    return (Z +\n", "what was kept of yours cannot be read by itself"),
    "a variable of the function around it": (
        SOFTMAX.replace("    E =", "    nonlocal E\n    E ="),
        "what was kept of yours cannot be read by itself",
    ),
    "half a character": (SOFTMAX.replace("    E =", "    '\ud800'\n    E ="), "what was kept of yours cannot be read by itself"),
    "no source": ("", "the source of yours was not kept"),
    "no text": (["def"], "the source of yours was not kept"),
    "wrong since": (SOFTMAX.replace("-1", "0"), "yours did not pass its check when it was tried once more"),
    "an error in a default": (SOFTMAX.replace("(Z):", "(Z, axis=1 / 0):"), "yours did not pass its check when it was tried"),
    "endless": ("def softmax(Z):\n    while True:\n        pass\n", "yours did not pass its check when it was tried once more"),
}
TAKEN = {  # stand by themselves
    "imports of its own": SOFTMAX.replace("    E =", "    import numpy as N, math\n    E =").replace("np.", "N."),
    "a default": SOFTMAX.replace("(Z):", "(Z, axis=-1, *, shift=np.max):").replace("=-1, k", "=axis, k"),
    "a nested helper": "def softmax(Z):\n    def share(E):\n        return E / E.sum(axis=-1, keepdims=True)\n\n"
    "    return share(np.exp(Z - Z.max(axis=-1, keepdims=True)))\n",
    "letters of other languages": SOFTMAX.replace("E", "größe").replace("(Z):", "(Z):\n    'Σ größe = 1 → ﬁn'"),
    "a lambda": "softmax = lambda Z: (E := np.exp(Z - Z.max(axis=-1, keepdims=True))) / E.sum(axis=-1, keepdims=True)\n",
    "quotes and braces": SOFTMAX.replace("(Z):", "(Z):\n    \"\"\"{Z} '''STEM''' \\N{BULLET} %s\"\"\""),
    "another exercise": SOFTMAX.replace("Z.max", "(Z + 0 * relu(Z) + 0 * sigmoid(Z)).max"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def solve(names, comment="mine"):
    for name in names:
        source = check.EXERCISES[name].source()
        head, colon, body = source.partition(":\n")
        progress.record("exercises", name, solved=True, source=f"{head}{colon}    # {comment}\n{body}")


def exported(capsys, path="my_network.py", **options):
    """Write the program; return its text and what was said."""
    check.export(path, **options)
    return pathlib.Path(path).read_text(encoding="utf-8"), " ".join(capsys.readouterr().out.split())


def loaded(path="my_network.py"):
    spec = importlib.util.spec_from_file_location("my_network", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_with_nothing_solved_every_function_is_the_courses_and_marked_as_such(capsys):
    text, said = exported(capsys)
    assert "my_network.py is written: none of its 14 functions is yours yet." in said
    assert "Of the 14 functions" in text and ", 0 are my own" in text
    assert text.count("# The course's: yours is not solved yet.\ndef ") == len(ALL) == 14
    assert f"because yours are not solved yet: {', '.join(name for name in check.EXERCISES if name in ALL)}." in said


def test_with_all_solved_every_function_is_the_learners(capsys):
    solve(ALL)
    text, said = exported(capsys)
    assert "my_network.py is written: all its 14 functions are yours. Run it in a cell, `%run my_network.py`" in said
    assert "All 14 functions" in text and text.count("# mine") == 14 and "# The course's" not in text


def test_with_some_solved_each_is_whose_it_is(capsys):
    own = ["one_hot", "softmax", "minibatches", "train_one_epoch"]
    solve([*own, "sigmoid"])
    progress.record("exercises", "relu", tried=True)
    text, said = exported(capsys)
    assert "my_network.py is written: 4 of its 14 functions are yours." in said
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    lines = text.splitlines()
    for function in functions:
        if function.name in ALL:
            marks = (lines[function.lineno - 2].startswith("# The course's: "), "# mine" in lines[function.lineno])
            assert marks == ((False, True) if function.name in own else (True, False)), function.name
    assert not any(function.name == "sigmoid" for function in functions)


@pytest.mark.parametrize("kind", HELD)
def test_what_cannot_stand_by_itself_is_named_with_its_reason_and_ours_takes_its_place(capsys, kind, monkeypatch):
    if kind == "endless":
        monkeypatch.setattr(task, "SECONDS", 1)
    source, reason = HELD[kind]
    solve(["relu"])
    progress.record("exercises", "softmax", solved=True, source=source)
    text, said = exported(capsys)
    assert f"The course's: `softmax`, because {reason}" in said and "1 of its 14 functions are yours" in said
    assert re.search(rf"^# The course's: {re.escape(reason)}.*\ndef softmax", text, re.MULTILINE)
    Z = np.array([[1.0, 2.0], [0.0, 1e4]])
    np.testing.assert_allclose(loaded().softmax(Z), softmax(Z))


@pytest.mark.parametrize("kind", TAKEN)
def test_what_stands_by_itself_is_taken_as_it_was_written(capsys, kind):
    progress.record("exercises", "softmax", solved=True, source=TAKEN[kind])
    text, said = exported(capsys)
    others = " and `sigmoid`" * (kind == "another exercise")
    assert f"1 of its {15 if others else 14} functions are yours" in said
    assert f"\n{TAKEN[kind]}" in text
    Z = np.array([[1.0, 2.0], [0.0, 1e4]])
    np.testing.assert_allclose(loaded().softmax(Z), softmax(Z))
    assert ("# ---- what the functions below call" in text) == bool(others)


def test_a_function_is_tried_beside_those_that_it_calls_in_the_program(capsys):
    solve(["minibatches"])
    epoch = (
        check.EXERCISES["train_one_epoch"].source().replace("minibatches(X, Y, batch_size, rng)", "minibatches(X, Y, batch_size)")
    )
    progress.record("exercises", "train_one_epoch", solved=True, source=epoch)
    _, said = exported(capsys)
    assert "1 of its 14" in said and "`train_one_epoch`, because yours did not pass its check" in said


def test_solutions_that_the_teacher_keeps_are_imported_and_not_shown(capsys, monkeypatch):
    monkeypatch.setattr(exercise, "WITHHELD", True)
    solve(["softmax"])
    text, _ = exported(capsys)
    assert "from mlp_helpers.core.functions import relu\n" in text and "def relu" not in text and "def softmax" in text
    assert loaded().relu is check.EXERCISES["relu"].task.solution


def test_it_needs_numpy_matplotlib_and_the_loader_alone_and_its_lines_fit(capsys):
    solve(ALL)
    text, _ = exported(capsys)
    tree = ast.parse(text)
    imported = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))}
    assert imported == {"import matplotlib.pyplot as plt", "import numpy as np", "from mlp_helpers import load_mnist"}
    assert max(map(len, text.splitlines())) <= 130 and "\n\n\n\n" not in text and "\t" not in text
    assert program.outside_names(text) - set(dir(builtins)) == {"__name__"} - set(dir(builtins))


def test_an_own_earlier_export_is_replaced_and_nothing_else_unasked(capsys, here):
    exported(capsys)
    solve(["relu"])
    _, said = exported(capsys)
    assert "1 of its 14" in said
    path = here / "my_network.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")  # as editors and git may leave it
    assert "1 of its 14" in exported(capsys)[1]
    changed = path.read_text(encoding="utf-8").replace("EPOCHS, LEARNING", "EPOCHS,  LEARNING")
    for text in (changed, "import this\n", "", changed + program.SIGNED):
        path.write_text(text, encoding="utf-8")
        kept, said = exported(capsys)
        assert kept == text and "export: not yet my_network.py is there already, and not as an export has left it." in said
        assert "check.export('my_network.py', overwrite=True)" in said
    assert "1 of its 14" in exported(capsys, overwrite=True)[1]
    assert {each.name for each in here.iterdir()} == {"my_network.py", "state"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("numpy.py", "would hide the module `numpy`"),
        ("random.py", "would hide the module `random`"),
        ("my_network", "ends in `.py`"),
        ('my"""network.py', "a name of letters and digits"),
        ("nowhere/my_network.py", "the folder"),
        ("folder/my_network.py", "cannot be written: it is a folder"),
    ],
)
def test_where_no_program_can_be_written_a_sentence_says_so(capsys, here, path, said):
    (here / "folder" / "my_network.py").mkdir(parents=True)
    check.export(path, overwrite=True)
    out = " ".join(capsys.readouterr().out.split())
    assert "export: not yet" in out and (said in out or ("directory" in said and os.name == "nt"))
    assert not (here / path).is_file()


@pytest.mark.slow
@pytest.mark.thorough
def test_it_runs_by_itself_reads_97_of_100_test_digits_and_leaves_picture_and_weights(here, capsys):
    solve(set(ALL) - {"softmax", "initialise"})
    exported(capsys, "größe_2.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "MPLBACKEND": "agg"}
    run = subprocess.run(
        [sys.executable, "größe_2.py"], env=environment, capture_output=True, encoding="utf-8", timeout=300, check=True
    )
    lines = run.stdout.splitlines()
    assert len(lines) == 11 and lines[0].startswith("epoch  1   loss") and lines[9].startswith("epoch 10   loss")
    assert 97 <= float(lines[-1].removeprefix("test accuracy ").removesuffix("%")) < 98.2
    assert run.stderr == ""
    assert (here / "größe_2.png").read_bytes().startswith(b"\x89PNG")
    assert MLP.load(here / "größe_2.npz").sizes == [784, 128, 10]
