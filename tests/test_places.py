"""Where a mistake is that is in no list: the line, and what to look at there; and the walls around what is tried out."""

import ast
import functools
import inspect
import itertools
import linecache
import os
import sys
import time

import numpy as np
import pytest
from mutants import exercises, met
from numpy.random import get_state

from mlp_helpers import check
from mlp_helpers.check.engine import places
from mlp_helpers.check.engine.changes import changes
from mlp_helpers.check.engine.examine import examine
from mlp_helpers.check.engine.feedback import feedback
from mlp_helpers.check.exercises.notebook_08 import train_one_epoch

RNG = np.random.default_rng(5)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr(places, "SECONDS", 60)  # on a busy machine too


def written(source, **known):
    """What a cell of a notebook defines."""
    name = f"<cell {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    space = {"np": np, "__name__": "__main__", **known}
    exec(compile(source, name, "exec"), space)
    return next(space[node.name] for node in reversed(ast.parse(source).body) if hasattr(node, "name"))


def found(exercise, source, **known):
    """What a check finds where nothing but the place is of interest."""
    return place_of(exercise, written(source, **known))


def place_of(exercise, function):
    task = check.EXERCISES[exercise].task
    return places.place(task, function, [task.behaviour(task.run(function, case.arguments, 5)) for case in task.cases])


PLACED = [  # the exercise, a wrong answer, its line, and what to look at
    ("linear", "def linear(X, W, b):\n    return X @ W - b", 2, "the operator in `X @ W - b`"),
    ("relu_blame", "def relu_blame(da, h):\n    if h < 0:\n        return da\n    return 0.0", 2, "the comparison in `h < 0`"),
    ("ink", "def ink(image):\n    return (image > 100).mean()", 2, "the number 100"),
    ("ink", "def ink(image):\n    inked = image > 0\n    return inked.sum()", 3, "`sum`"),
    ("linear", "def linear(X, W, b):\n    return X @ W.T.T.T + b", 2, "what is transposed in `W.T.T.T`"),
    ("linear", "def linear(X, W, b):\n    scores = X @ W + b\n    return X", 3, "the name `X`"),
    ("row_shares", "def row_shares(A):\n    return A / A.sum(axis=0, keepdims=True)", 2, "the axis in"),
    ("row_shares", "def row_shares(A):\n    return A / A.sum(axis=1)", 2, "the shape that comes out of `A.sum(axis=1)`"),
    ("row_shares", "def row_shares(A):\n    total = A.sum(axis=1)\n    return A / total", 2, "the shape"),
    ("mean_squared_error", "def f(A, Y):\n    return ((A - Y).sum(axis=1) ** 2).mean()", 2, "what comes first"),
    ("mean_squared_error", "def f(A, Y):\n    return (A - Y ** 2).sum(axis=1).mean()", 2, "the brackets"),
    ("softmax_cross_entropy_backward", "def f(P, Y):\n    return P - Y / len(P)", 2, "the brackets in `P - Y / len(P)`"),
    ("softmax_cross_entropy_backward", "def f(P, Y):\n    return (P - Y) * len(Y.T) / Y.size / len(Y)", 2, "whether all of"),
    ("decode", "def decode(Y):\n    return np.exp(Y.argmax(axis=1))", 2,
     "is `np.exp` needed in `np.exp(Y.argmax(axis=1))`?"),
    ("product_bytes", "def f(n, d, h, size):\n    return (n * d + d * h + n * d * h) * size", 2,
     "whether all of the second `n * d` is needed"),
    ("mean_squared_error", "def f(A, Y):\n    return ((A - Y) ** 2).sum(axis=1).sum()", 2, "look at the second `sum`"),
    ("gap_of_the_best", "def f(validation, test):\n"
     "    rows, best = np.arange(len(test)), validation.argmax(axis=1)\n"
     "    gaps = np.abs(validation[rows, best] - test[rows, best])\n"
     "    return gaps.mean(), gaps.std(ddof=1) / np.sqrt(len(gaps))",
     3, "is `np.abs` needed in `np.abs(validation[rows, best] - test[rows, best])`?"),
    ("centre_columns", "def centre_columns(X):\n    return X - X", 2, "is a step missing at the second `X`?"),
    ("scale_pixels", "def scale_pixels(images):\n    whole = images\n    return whole / 255 * whole", 3, "whether all of"),
    ("descend", "def descend(gradient, start, learning_rate, steps):\n    path = [start]\n    for _ in range(steps):\n"
     "        new = path[-1] - learning_rate * gradient(path[-1])\n    path.append(new)\n    return np.array(path)",
     5, "indented"),
    ("batches_of", "def batches_of(n, size):\n    for start in range(0, n, size):\n        pair = start, min(start + size, n)\n"
     "    yield pair", 4, "how far it is indented"),
    ("batches_of", "def batches_of(n, size):\n    start = 0\n    while start < n:\n        yield start, min(start + size, n)\n"
     "        start += 1", 5, "the number 1"),
    ("two_layer_gradients", "def f(X, Y, W1, b1, W2, b2):\n    Z = X @ W1 + b1\n    A = np.maximum(Z, 0)\n    S = A @ W2 + b2\n"
     "    E = np.exp(S - S.max(axis=1, keepdims=True))\n    D = (E / E.sum(axis=1, keepdims=True) - Y) / len(X)\n"
     "    B = D @ W2.T * (A > 0)\n    return {'dW1': X.T @ B, 'db1': D.sum(axis=0), 'dW2': A.T @ D, 'db2': D.sum(axis=0)}",
     8, "`D`"),
    ("sgd_step", "def sgd_step(parameters, gradients, learning_rate):\n    for name in parameters:\n"
     "        parameters[name] -= gradients[name] / learning_rate", 3, "the operator in `gradients[name] / learning_rate`"),
    ("ReLU", "class ReLU:\n    def forward(self, Z):\n        self.Z = Z\n        return np.maximum(Z, 0)\n"
     "    def backward(self, dA):\n        return dA * (self.Z + 1 > 0)", 6, "the operator in `self.Z + 1`"),
    ("centre_columns", "def f(X):\n    middle = np.median(X, axis=0)\n    return X - middle", 2, "`median`"),
    ("accuracy", "def accuracy(predicted, labels):\n    wrong = 0\n    for one, other in zip(predicted, labels):\n"
     "        if one != other:\n            wrong += 1\n            return 1 - wrong / len(labels)\n    return 1.0",
     6, "how far it is indented"),
    ("relu_backward", "def relu_backward(dA, Z):\n    dZ = dA\n    dZ[Z <= 0] = 0\n    return dZ",
     2, "is that a copy of `dA`, or a second name for it?"),
    ("linear", "def scores(b, X, W):\n    return X @ W + b\n\ndef linear(X, W, b):\n    return scores(X, W, b)",
     5, "the order of the arguments"),
    ("accuracy", "def accuracy(predicted, labels):\n    right = 0\n    for one, other in zip(predicted, labels):\n"
     "        if one == other:\n            right =+ 1\n    return right / len(labels)", 5, "look at `=+`"),
    ("confusion_matrix", "def f(labels, predicted, n_classes=10):\n    counts = np.zeros((n_classes, n_classes), int)\n"
     "    for i, j in zip(labels, predicted):\n        counts[i, j] += 1\n        counts[j, i] += 1\n    return counts",
     5, "is this line needed?"),
    ("read_header", "def f(raw):\n    sizes = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], 'big') for i in range(raw[3])]\n"
     "    return int.from_bytes(raw[:4], 'little'), sizes", 3, "look at `'little'`"),
    ("standard_error", "def f(accuracy, n):\n    return accuracy * (1 - accuracy) / np.sqrt(n)", 2,
     "look at what stands in the brackets of `np.sqrt`"),
    ("linear", "def linear(X, W, b):\n    rows = [X @ W]\n    rows = rows.append(b)\n    return sum(rows)",
     3, "what stands on the left of `=`"),
]  # fmt: skip


def test_a_change_that_makes_another_known_mistake_of_it_is_no_place():
    source = """def train_one_epoch(parameters, X, Y, batch_size, learning_rate, rng):
    losses = []
    for _ in range(0, len(X), batch_size):
        X_batch, Y_batch = next(minibatches(X, Y, batch_size, rng))
        loss, gradients = loss_and_gradients(X_batch, Y_batch, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return sum(losses) / len(losses)"""
    known = {name: vars(train_one_epoch)[name] for name in ("minibatches", "loss_and_gradients", "sgd_step")}
    every_image = written(source.replace("batch_size, rng))", "len(X), rng))"), **known)  # "All images in each step"
    task = check.train_one_epoch.task
    behaviours = [task.behaviour(task.run(every_image, case.arguments, 5)) for case in task.cases]
    right = [task.alike(one, other) for one, other in zip(behaviours, task.expected, strict=True)]
    assert all(right[: sum(not case.harsh for case in task.cases)]) and not all(right)
    assert found("train_one_epoch", source, **known) is None


@pytest.mark.parametrize("exercise, source, line, look", PLACED)
def test_each_kind_of_change_finds_the_place(exercise, source, line, look):
    place = found(exercise, source)
    assert place is not None and place.lines == (line,) and look in place.look, place
    marked = [each for each in place.code.splitlines() if each.startswith("→")]
    assert marked == [f"→ {line:>3}  {source.splitlines()[line - 1]}"]


def test_a_return_is_put_into_a_loop_only_after_the_loop_was_left_out():
    source = "def total(x):\n    s = 0\n    for i in x:\n        s += i\n    return s"
    (tree,) = ast.parse(source).body
    sizes = {}
    for change in changes(tree, source):
        with change.made():
            sizes.setdefault(ast.unparse(ast.fix_missing_locations(tree)), change.size)
    assert sizes[source.replace("    return", "        return")] > sizes[source.replace("    for i in x:\n        s", "    s")]


def test_the_panel_shows_the_line_as_it_is_numbered_in_the_cell_and_never_the_change():
    function = written("# a cell\n\n\ndef linear(X, W, b):\n    scores = X @ W\n    return scores / b\n")
    finding = examine(check.linear.task, function)
    assert finding.verdict.misconception is None and finding.verdict.place.lines == (6,)
    text = feedback("linear", finding).text()
    assert "Line 6 is where it goes wrong: look at the operator in `scores / b`." in text
    assert "→   6      return scores / b" in text and "    5      scores = X @ W" in text
    assert "scores + b" not in text


def test_a_step_that_is_added_may_repair_what_went_wrong_elsewhere_and_is_not_said_for_sure():
    place = found("centre_columns", "def centre_columns(X):\n    return X - X")
    assert place.message == "Line 2 may be where it goes wrong: is a step missing at the second `X`?"


def test_of_what_decides_which_branch_runs_nothing_is_said_for_sure():
    """The condition is right, and the branch is wrong; and of a condition that is turned round, either may be meant."""
    sources = {
        "sigmoid": "def f(z):\n    return 1 / (1 + np.exp(-z)) if z.min() >= 0 else np.exp(z) / (1 + np.exp(-z))",
        "relu_blame": "def relu_blame(da, h):\n    if h < 0:\n        return da\n    return 0.0",
    }
    for exercise, source in sources.items():
        place = found(exercise, source)
        assert "comparison" in place.look and "may be" in place.message


def test_a_step_that_is_the_whole_answer_says_nothing_about_the_place():
    assert found("centre_columns", "def f(X):\n    return X - np.quantile(X, 0.3, axis=0)") is None


def test_a_step_that_is_the_whole_answer_if_another_argument_joins_in_says_nothing_either():
    rows = "    dZ = dA.copy()\n    for i in range(len(Z)):\n        if Z[i].max() <= 0:\n            dZ[i] = 0\n    return dZ"
    assert found("relu_backward", f"def relu_backward(dA, Z):\n{rows}") is None


@pytest.mark.parametrize("scalar", ["Z[i, j] = X[i, k] * W[k, j]", "Z[i, j] -= X[i, k] * W[k, j]"])
def test_a_case_that_is_too_long_for_a_loop_does_not_end_the_search(scalar, monkeypatch):
    monkeypatch.setattr(places, "ONE", 20)
    loops = "    for i in range(len(X)):\n        for j in range(len(b)):\n            for k in range(len(W)):\n"
    source = f"def linear(X, W, b):\n    Z = np.zeros((len(X), len(b)))\n{loops}                {scalar}\n    return Z + b"
    assert found("linear", source).lines == (6,)


def test_what_is_right_in_short_cases_alone_is_not_said():
    """The large case is left out of the search, but not of the last look at what was found."""
    loops = "    for i in range(len(X)):\n        for j in range(len(b)):\n            for k in range(len(W)):\n"
    source = f"def linear(X, W, b):\n    Z = np.zeros((len(X), len(b)))\n{loops}                Z[i, j] = X[i, k] * W[k, j]\n"
    assert found("linear", f"{source}    return Z + b * (len(W) < 100)") is None


def test_a_list_that_would_be_put_into_itself_does_not_end_the_search():
    loop = "        for c in range(1, len(row)):\n            if row[c] > row[0]:\n                j = c\n"
    loop += "        best.append(j)\n"
    source = f"def decode(Y):\n    best = []\n    for row in Y:\n        j = 0\n{loop}    return np.array(best)"
    place = found("decode", source)
    assert place.lines == (6,) and place.look == "look at the number 0"


def test_several_lines_do_not_share_what_is_to_be_looked_at_in_one_of_them():
    source = "def linear(X, W, b):\n    one = 1\n    return (X @ W + b) * (one + 1)"
    place = found("linear", source)
    assert place.lines == (2, 3) and "the number" not in place.look and place.message.endswith("?")


def test_of_a_right_function_nothing_is_said():
    for exercise in exercises()[::8]:
        verdict = exercise.diagnose(exercise.task.solution)
        assert verdict.passed and verdict.relation == "" and verdict.place is None


def changed(exercise):
    """Sources of changed solutions, with the line that is another."""
    right = ast.unparse(ast.parse(exercise.source()))
    (tree,) = ast.parse(right).body
    for change in itertools.islice(changes(tree, right), 3, None, 23):
        with change.made():
            source = ast.unparse(ast.fix_missing_locations(tree))
        pairs = zip(source.splitlines(), right.splitlines(), strict=False)
        yield source, next((i for i, (one, other) in enumerate(pairs, 1) if one != other), 0)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", exercises()[7::13], ids=lambda exercise: exercise.name)
def test_the_change_behind_what_is_said_makes_it_right_in_further_cases(exercise, monkeypatch):
    """And most often the line is the one in which a solution was changed."""
    task, rng, helped, lines = exercise.task, np.random.default_rng(8), [], []
    known = {**vars(sys.modules[inspect.unwrap(task.solution).__module__]), **met(exercise)}

    def spying(copies, found):
        if found:
            with found[0].made():
                helped.append(ast.unparse(ast.fix_missing_locations(copies.definition)))
        return tell(copies, found)

    tell = places._Copies.place
    monkeypatch.setattr(places._Copies, "place", spying)
    for source, line in itertools.islice(changed(exercise), 4):
        verdict = exercise.diagnose(written(source, **known))
        assert not verdict.message.startswith("The check could not"), source
        if verdict.place:
            lines.append(line in verdict.place.lines)
    for source in helped:
        function = written(source, **known)
        for arguments in (task.draw(rng) for _ in range(20)):
            theirs, ours = (task.behaviour(task.run(each, arguments, 5)) for each in (function, task.solution))
            assert task.alike(theirs, ours), source
    assert sum(lines) >= len(lines) / 2


def test_where_several_lines_would_do_all_of_them_are_named():
    source = "def linear(X, W, b):\n    one = 1\n    other = 1\n    return (X @ W + b) * (one + other)"
    place = found("linear", source)
    assert place.lines == (2, 3, 4)
    assert place.message.startswith("Line 2, line 3 or line 4 is where it goes wrong: ")
    assert place.code.count("→") == 3


def test_what_stands_there_twice_is_said_and_not_for_which_other_input_it_would_be_right():
    step = "        parameters[name] -= learning_rate * gradients[name]\n"
    loop = f"    for name in parameters:\n{step}"
    first = "def sgd_step(parameters, gradients, learning_rate):\n"
    for source, where in ((loop + loop, "Lines 2 and 3 or lines 4 and 5 are"), (loop + step, "Line 3 or line 4 is")):
        verdict = examine(check.sgd_step.task, written(first + source)).verdict
        asked = "the same line stands there more than once: is it needed each time?"
        assert verdict.place.message == f"{where} where it goes wrong: {asked}" and verdict.relation == ""
    nested = "    for other in parameters:\n        for name in parameters:\n    " + step
    assert place_of("sgd_step", written(first + nested)).message == "Line 2 is where it goes wrong: is this line needed?"


def test_of_lines_that_are_not_needed_all_are_marked():
    loop = "    for i in range(len(X)):\n        Z = Z * 2\n        b = b * 2\n"
    place = found("linear", f"def linear(X, W, b):\n    Z = X @ W\n{loop}    return Z + b")
    assert (3, 4, 5) in place.alternatives and "lines 3, 4 and 5" in place.message


def test_when_the_time_is_up_nothing_is_said(monkeypatch):
    source = "def linear(X, W, b):\n    return X @ W - b"
    monkeypatch.setattr(places, "SECONDS", 0)
    assert found("linear", source) is None


def test_only_so_many_changes_are_tried(monkeypatch):
    source = "def linear(X, W, b):\n    return X @ W - b"
    monkeypatch.setattr(places, "CHANGES", 0)
    assert found("linear", source) is None


# --- walls -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "open('written.txt', 'a').write('x')",
        "np.save('written.npy', b)",
        "X.tofile('written.bin')",
        "os.remove('nothing')",
        "exec('1')",
        "import os; os.getcwd()",
        "from os import getcwd; getcwd()",
        "global calls; calls = 1",
        "helper()",
        "exit()",
        "np.exp = np.log",
        "np.linalg.norm = np.exp",
        "np.random.seed = None",
        "np.x += 1",
        "np.linalg.x -= (0 < 1 < 2)",
    ],
)
def test_what_writes_to_files_or_globals_or_could_is_not_tried(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    helper = "def helper():\n    open('written.txt', 'a').write('x')\n\n"
    source = f"{helper}def linear(X, W, b):\n    if len(X) > 1000:\n        {line}\n    return X @ W - b"
    if line == "global calls; calls = 1":
        source = source.replace("    if len(X) > 1000:\n        global calls; calls = 1", "    global calls\n    calls = 1")
    assert found("linear", source, os=os) is None
    assert os.listdir(tmp_path) == []


def test_what_the_notebook_holds_stays_as_it_was():
    numbers, history, table = RNG.normal(0, 1, 3), [], {"calls": 0}
    source = """
def note(x):
    history.append(x)
    table["calls"] += 1

def linear(X, W, b):
    note(len(X) + numbers.size)
    np.random.seed(3)
    np.random.rand()
    return X @ W - b
"""
    function = written(source, numbers=numbers, history=history, table=table)
    task = check.linear.task
    behaviours = [task.behaviour(task.run(function, case.arguments, 5)) for case in task.cases]
    before, calls, drawn = numbers.copy(), table["calls"], get_state()[1].copy()  # noqa: NPY002
    place = places.place(task, function, behaviours)
    assert place.lines == (10,)
    assert (numbers == before).all() and table["calls"] == calls == len(history)
    assert (get_state()[1] == drawn).all()  # noqa: NPY002


def test_an_array_of_the_notebook_is_not_written_to():
    kept = np.zeros(3)
    assert found("linear", "def linear(X, W, b):\n    kept[0] += 1\n    return X @ W - b", kept=kept) is None
    assert kept[0] == len(check.linear.task.cases)  # by the function itself


def test_classes_that_know_each_other_and_imports_of_numpy_are_no_obstacle():
    source = """
class Other:
    def near(self):
        return Other(), ReLU

class ReLU:
    kept = Other

    def forward(self, Z):
        import numpy
        self.Z = Z
        return numpy.minimum(Z, 0)

    def backward(self, dA):
        ReLU, Other
        return dA * (self.Z > 0)
"""
    assert found("ReLU", source).lines == (12,)


def test_a_large_object_of_the_notebook_is_not_copied_again_and_again():
    source = "def linear(X, W, b):\n    len(tables)\n    return X @ W - b"
    assert found("linear", source, tables=[np.zeros(10**6)]) is None
    assert found("linear", source, tables=[np.zeros(10)]) is not None


HARMFUL = {
    "a loop without end": "i = 0\n    while i < 3:\n        i += 1",
    "recursion without end": "if len(X) < 0:\n        return linear(X, W, b)",
    "a hundred gigabytes": "np.zeros(10**11 - 10**11)",
    "the way out": "if len(X) < 0:\n        raise SystemExit",
    "printing without end": "i = 0\n    while i < 3:\n        print('again')\n        i = i + 1",
    "an error that is swallowed": "while len(X) < 0:\n        try:\n            pass\n        except: pass",
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_a_change_that_does_harm_is_harmless(harm, capsys, monkeypatch):
    monkeypatch.setattr(places, "LINES", 1_000)
    source = f"def linear(X, W, b):\n    {HARMFUL[harm]}\n    return X @ W + b.sum()"
    recursion, trace = sys.getrecursionlimit(), sys.gettrace()
    began = time.monotonic()
    place = found("linear", source)
    assert place is not None and place.lines[-1] == len(source.splitlines())
    assert time.monotonic() - began < 60
    assert capsys.readouterr() == ("", "") and (sys.getrecursionlimit(), sys.gettrace()) == (recursion, trace)


@pytest.mark.parametrize("thing", [len, np.exp, functools.partial(np.add, 1), type("Empty", (), {}), lambda X, W, b: X @ W - b])
def test_what_has_no_source_of_its_own_is_not_searched(thing):
    assert place_of("linear", thing) is None


def test_a_function_that_is_not_the_one_in_its_source_is_not_searched():
    first, second = (f"def linear(X, W, b):\n    return X @ W {sign} b" for sign in "-*")
    function = written(first)
    linecache.cache[function.__code__.co_filename] = (0, None, second.splitlines(keepends=True), "")
    assert place_of("linear", function) is None


# --- what is said of it, and of which line -----------------------------------------------------------------------------


def test_what_is_left_after_a_loop_is_a_matter_of_the_equals_sign_and_not_of_what_is_right_of_it():
    loop = "    for row in A:\n        dead = row == 0\n    return dead"
    place = found("dead_units", f"def f(A):\n    dead = np.ones(A.shape[1], dtype=bool)\n{loop}")
    assert place.message == "Line 4 is where it goes wrong: look at `=`."


def test_where_several_steps_would_do_a_whole_expression_is_quoted_and_nothing_is_said_for_sure():
    lines = '        W = rng.standard_normal((d, h)) * 2 / np.sqrt(d)\n        kept[f"W{i + 1}"] = W.astype(np.float32)\n'
    lines += '        kept[f"b{i + 1}"] = np.zeros(h).astype(np.float32)\n    return kept'
    place = found(
        "initialise", f"def f(sizes, rng):\n    kept = {{}}\n    for i, (d, h) in enumerate(zip(sizes, sizes[1:])):\n{lines}"
    )
    quoted = place.look.split("`")[1]
    assert not place.sure and " may be " in place.message
    ast.parse(quoted)


def test_a_change_in_two_lines_marks_both_of_them():
    source = "def f(dZ, X, W):\n    n = len(X)\n    dX = dZ @ W.T\n    dW = sum(np.outer(X[i], dZ[i]) for i in range(n - 1))\n"
    place = found("linear_backward", f"{source}    db = sum(dZ[i] for i in range(n - 1))\n    return dX, dW, db")
    assert place.lines == (4, 5) and place.code.count("→") == 2
    assert place.message.startswith("Lines 4 and 5 are where it goes wrong: ")


def test_a_name_that_stands_twice_in_its_line_is_counted():
    source = "def f(train, validation):\n    return train[-1] - validation[-1], max(validation) - train[-1]"
    place = found("gap_and_decline", source)
    assert place.message == "Line 2 is where it goes wrong: look at the second `train`."


REPAIRED = [  # the exercise, a wrong answer, and its line
    ("flatten", "def f(images):\n    rows = []\n    line = []\n    for image in images:\n        for row in image:\n"
     "            line.extend(row)\n        rows.append(line)\n    return np.array(rows)", 3),
    ("decode", "def f(Y):\n    result = []\n    best = -np.inf\n    where = 0\n    for row in Y:\n"
     "        for j, value in enumerate(row):\n            if value > best:\n                best, where = value, j\n"
     "        result.append(where)\n    return np.array(result)", 3),
    ("numerical_gradient", "def f(f, x, step=1e-5):\n    slopes = np.empty(x.shape)\n    for index in np.ndindex(x.shape):\n"
     "        x[index] += step\n        up = f(x)\n        x[index] -= 2 * step\n        down = f(x)\n        x[index] += step\n"
     "        slopes[index] = (up - down) / 2 / 1e-5\n    return slopes", 9),
    ("descend", "def f(gradient, start, learning_rate, steps):\n    path, w = [start], start\n    for _ in range(steps):\n"
     "        w = w - learning_rate * gradient(w)\n        path += [*w]\n    return np.array(path)", 5),
    ("Linear", "class Linear:\n    def __init__(self, d, h, rng):\n"
     "        self.W, self.b = rng.standard_normal((d, h)) * np.sqrt(2 / d), np.zeros(h)\n"
     "    def forward(self, X):\n        self.X = X\n        return X @ self.W + self.b\n"
     "    def backward(self, dZ):\n        self.dW, db = self.X.T @ dZ, dZ.sum(axis=0)\n        return dZ @ self.W.T", 8),
    ("MLP", "class MLP:\n    def __init__(self, sizes, activation, rng):\n        self.layers = []\n"
     "        for d, h in zip(sizes, sizes[1:]):\n            self.layers += [Linear(d, h, rng=rng), activation()]\n"
     "        self.layers.pop()\n        self.parameters, self.loss = named(self.layers, 'W', 'b'), SoftmaxCrossEntropy()\n"
     "    def forward(self, X):\n        for layer in self.layers:\n            X = layer.forward(X)\n        return X\n"
     "    def loss_and_gradients(self, X, y):\n        loss = self.loss.forward(self.forward(X), y)\n"
     "        blame = self.loss.backward()\n        for layer in self.layers:\n            blame = layer.backward(blame)\n"
     "        return loss, named(self.layers, 'dW', 'db')", 15),
]  # fmt: skip


def named(layers, weights, biases):
    linears = [layer for layer in layers if hasattr(layer, "W")]
    return {f"{name[-1]}{i}": getattr(each, name) for i, each in enumerate(linears, 1) for name in (weights, biases)}


@pytest.mark.parametrize("exercise, source, line", REPAIRED, ids=[exercise for exercise, _, _ in REPAIRED])
def test_lines_that_moved_and_loops_that_go_the_wrong_way_are_found(exercise, source, line, monkeypatch):
    monkeypatch.setattr(places, "ONE", 20)
    classes = {name: check.EXERCISES[name].task.solution for name in ("Linear", "SoftmaxCrossEntropy")}
    place = found(exercise, source, named=written(inspect.getsource(named)), **(classes if exercise == "MLP" else {}))
    assert place is not None and place.lines == (line,), place


# --- how much is tried -------------------------------------------------------------------------------------------------


def test_lists_that_may_hold_each_other_are_not_made():
    for lines in ("a.append(a)", "a.append(b)\nb = a", "a.append(b)\nb, c = a, 1", "a[0] = b\nb.extend(a)"):
        assert places._puts_into_itself(list(ast.walk(ast.parse(lines)))), lines
    for lines in ("a.append(b)\nb = b - a[-1]", "a.dot(a)", "a = b\nb = a", "a.append(b)\nb = 2 * b"):
        assert not places._puts_into_itself(list(ast.walk(ast.parse(lines)))), lines


def test_all_changes_together_may_run_through_so_many_lines_only(monkeypatch):
    source = "def linear(X, W, b):\n    Z = X @ W\n    return Z - b"
    assert found("linear", source).lines == (3,)
    monkeypatch.setattr(places, "ALL_LINES", 0)
    assert found("linear", source) is None


def test_most_changes_fail_in_a_case_where_little_is_computed(monkeypatch):
    """Though it is not one that goes wrong: the spread of a small matrix says nothing."""
    source = "def f(sizes, rng):\n    kept = {}\n    for i, (d, h) in enumerate(zip(sizes, sizes[1:]), start=1):\n"
    source += '        kept[f"W{i}"] = (rng.standard_normal((d, h)) / d).astype(np.float32)\n'
    function = written(f'{source}        kept[f"b{{i}}"] = np.zeros(h, np.float32)\n    return kept')
    task, large, small = check.initialise.task, [], []
    behaviours = [task.behaviour(task.run(function, case.arguments, 5)) for case in task.cases]
    run = task.run

    def counting(made, arguments, *rest):
        (large if sum(arguments[0]) > 100 else small).append(1)
        return run(made, arguments, *rest)

    monkeypatch.setattr(task, "run", counting)
    places.place(task, function, behaviours)
    assert len(large) < len(small) / 2


def test_a_branch_without_which_it_is_right_need_not_be_what_is_wrong():
    source = (
        "def sgd_step(parameters, gradients, learning_rate):\n"
        "    for name, p in parameters.items():\n"
        '        if name.startswith("W"):\n'
        "            p -= learning_rate * gradients[name]\n"
        "        else:\n"
        "            p -= gradients[name]"
    )
    assert found("sgd_step", source).message == "Line 3 may be where it goes wrong: do the two branches need to differ?"


TOO_MUCH = [  # an exercise, a wrong answer that is right without something, and also with something else in its place
    ("relu_blame", "def relu_blame(da, h):\n    return min(da, h) if h > 0 else 0.0", "is `min` needed in"),
    (
        "collapse",
        "def collapse(W1, b1, W2, b2):\n    b = (b1 + W1.sum(axis=0) * 0) @ W2 + b2 + b1 @ W2\n    return W1 @ W2, b",
        "is needed",
    ),
    ("collapse", "def collapse(W1, b1, W2, b2):\n    return W1 @ W2, b1 @ W2 + b2 @ W2.T @ W2", "is needed"),
]


@pytest.mark.parametrize(("exercise", "source", "look"), TOO_MUCH)
def test_what_is_too_much_is_said_before_what_could_be_another(exercise, source, look):
    assert look in found(exercise, source).look


def test_a_factor_is_moved_into_each_argument_of_a_call():
    source = "def attainable(intensity, peak, bandwidth):\n    return np.minimum(peak, bandwidth) * intensity"
    place = found("attainable", source)
    assert "the brackets of `np.minimum`" in place.look and place.sure
