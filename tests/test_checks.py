"""The engine behind the exercises: it survives whatever a learner writes, says what it saw, and keeps what was done."""

import dataclasses
import errno
import inspect
import itertools
import json
import linecache
import os
import pathlib
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest

from mlp_helpers import Linear, check, relu, softmax
from mlp_helpers.check.engine import clock, places, progress, task
from mlp_helpers.check.engine import exercise as engine
from mlp_helpers.check.engine.claims import true_of
from mlp_helpers.check.engine.comparing import rows, same, size, summary
from mlp_helpers.check.engine.errors import kind_of
from mlp_helpers.check.engine.examine import examine
from mlp_helpers.check.engine.example import example_that_fails
from mlp_helpers.check.engine.feedback import feedback
from mlp_helpers.check.engine.panel import Panel
from mlp_helpers.check.engine.questions import QUESTIONS
from mlp_helpers.check.engine.relations.except_where import _classes
from mlp_helpers.check.engine.results import SMALL, _difference
from mlp_helpers.check.engine.running import run
from mlp_helpers.check.engine.sources import is_stub, plain_source, source_of
from mlp_helpers.check.engine.task import Case
from mlp_helpers.core import files
from mlp_helpers.core.data import minibatches

ROOT = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    monkeypatch.setattr(task, "SECONDS", 1)
    monkeypatch.setattr(clock, "PATIENCE", 100)  # on a busy machine too
    monkeypatch.setattr(places, "CHANGES", 20)  # tests/test_places.py tries more
    engine.IN_USE.clear()
    return tmp_path / "progress.json"


def right(Z):
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


# --- whatever a learner writes ---------------------------------------------------------------------------------------


def without_return(Z):
    right(Z)


def printing(Z):
    print(right(Z))


def raising(Z):
    return right(Z) @ np.ones(77)


def misspelt(Z):
    return rigth(Z)  # noqa: F821


def in_place(Z):
    Z -= Z.max(axis=-1, keepdims=True)
    np.exp(Z, out=Z)
    Z /= Z.sum(axis=-1, keepdims=True)
    return Z.copy()


def as_list(Z):
    return right(Z).tolist()


def as_integers(Z):
    return right(Z).round().astype(int)


def as_objects(Z):
    return right(Z).astype(object)


def as_booleans(Z):
    return right(Z) > 0.5


def as_text(Z):
    return "probabilities"


def transposed(Z):
    return right(Z).T


def all_nan(Z):
    return np.full_like(Z, np.nan)


def all_inf(Z):
    return np.full_like(Z, np.inf)


def leaving(Z):
    sys.exit(1)


def interrupting(Z):
    raise KeyboardInterrupt


def calling_itself(Z):
    return calling_itself(Z)


def for_ever(Z):
    while True:
        pass


def for_ever_swallowing(Z):
    while True:
        try:  # noqa: SIM105
            np.exp(Z)
        except:  # noqa: E722
            pass


def printing_for_ever(Z):
    while True:
        print("x" * 1000)


def yielding_for_ever(Z):
    while True:
        yield Z


def yielding_slowly_for_ever(Z):
    yield Z
    while True:
        pass


def yielding(Z):
    yield right(Z)


def asking(Z):
    return input("What is it?")


def two_parameters(Z, axis):
    return right(Z)


def no_parameters():
    return 1


class Odd:
    def __array__(self, *arguments, **named):
        raise RuntimeError("no array")

    def __eq__(self, other):
        raise RuntimeError("no comparison")

    __hash__ = None

    def __repr__(self):
        raise RuntimeError("no text")


def odd(Z):
    return Odd()


HOSTILE = {
    without_return: ("Returns nothing", "wrong", "None"),
    printing: ("Prints instead of returning", "wrong", "prints"),
    raising: ("Shapes that do not fit", "wrong", "ValueError"),
    misspelt: ("A name without a value", "wrong", "return rigth(Z)"),
    in_place: ("changes its input", "fragile", "`Z`"),
    as_list: ("Returns a list", "wrong", "numbers are right"),
    as_integers: ("Holds whole numbers", "wrong", "int64"),
    as_objects: ("Holds objects", "wrong", "object"),
    as_booleans: ("Holds True and False", "wrong", "bool"),
    as_text: (None, "wrong", "str"),
    transposed: ("Transposed", "wrong", "(3, 2)"),
    all_nan: ("nan or infinity", "wrong", "nan"),
    all_inf: ("nan or infinity", "wrong", "infinite"),
    leaving: ("Ends the program", "wrong", "leaves"),
    interrupting: (None, "wrong", "interrupted"),
    calling_itself: ("Calls itself without end", "wrong", "again"),
    for_ever: ("Does not end", "wrong", "stopped"),
    for_ever_swallowing: ("Does not end", "wrong", "stopped"),
    printing_for_ever: ("Does not end", "wrong", "stopped"),
    yielding_for_ever: ("Yields without end", "wrong", "1000 items"),
    yielding_slowly_for_ever: ("Does not end", "wrong", "stopped"),
    yielding: ("Yields instead of returning", "wrong", "yield"),
    asking: (None, "wrong", "input()"),
    two_parameters: ("Another signature", "wrong", "(Z, axis)"),
    no_parameters: ("Another signature", "wrong", "takes ()"),
    odd: (None, "wrong", "Odd"),
    3: ("Not a function", "wrong", "check.softmax.use(softmax)"),
    None: ("Not a function", "wrong", "None"),
    np.float64(0.5): ("Not a function", "wrong", "float64"),
}


@pytest.mark.parametrize("function", HOSTILE, ids=lambda function: getattr(function, "__name__", repr(function)))
def test_whatever_comes_gets_a_sentence_and_breaks_nothing(function, capsys):
    misconception, kind, phrase = HOSTILE[function]
    before = time.process_time()
    verdict = check.softmax.diagnose(function)
    assert time.process_time() - before < 4
    assert (verdict.passed, verdict.misconception, verdict.kind) == (False, misconception, kind)
    assert phrase in verdict.message
    assert capsys.readouterr() == ("", "")
    check.softmax(function)
    assert "softmax: not yet" in capsys.readouterr().out
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL and signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_pictures_and_warnings_stay_inside(recwarn):
    pyplot = pytest.importorskip("matplotlib.pyplot")
    before = pyplot.get_fignums()

    def plotting(Z):
        pyplot.figure()
        np.log(np.zeros(1))
        print("shown", file=sys.stderr)
        return right(Z)

    assert check.softmax.diagnose(plotting).passed
    assert pyplot.get_fignums() == before and not len(recwarn)


def test_what_was_printed_is_shown_and_bounded(capsys):
    check.softmax(lambda Z: print("y" * 5_000))
    text = capsys.readouterr().out
    assert "It printed: yyy" in text and text.count("y") < 400


def test_numpy_warnings_are_told(capsys):
    check.softmax(lambda Z: np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True))
    assert "NumPy warned: overflow encountered in exp." in capsys.readouterr().out


def test_the_learners_line_is_shown_not_ours(capsys):
    def wrong_axis(Z):
        E = np.exp(Z)
        return E / E.sum(axis=5)

    check.softmax(wrong_axis)
    text = capsys.readouterr().out
    assert "`return E / E.sum(axis=5)`" in text and "Traceback" not in text and "running.py" not in text


def test_an_error_in_a_helper_of_the_learner_is_shown_at_its_own_line():
    def helper(Z):
        return Z[:, 99]

    assert "return Z[:, 99]" in check.softmax.diagnose(lambda Z: helper(Z)).message


def test_an_error_in_a_function_of_another_cell_is_shown_with_the_line_that_led_there():
    space = {}
    exec(compile("def helper(Z):\n    return Z[:, 99]\n", "<your helper>", "exec"), space)
    message = check.softmax.diagnose(lambda Z: space["helper"](Z)).message
    assert "in `helper`, line 2 of another cell: " in message and 'space["helper"](Z)' in message


def test_an_error_in_a_generator_is_named_after_the_function_around_it_and_a_block_without_its_colon():
    space = {}
    exec(compile("def helper(Z):\n    return sum(row[99] for row in Z)\n", "<your helper>", "exec"), space)
    assert "in `helper`, line 2 of another cell: " in check.softmax.diagnose(lambda Z: space["helper"](Z)).message
    message = check.softmax.diagnose(cell("def softmax(Z):\n    for row in 3:\n        pass", "softmax")).message
    assert "`for row in 3`: 'int'" in message


@pytest.mark.parametrize(
    "source, title",
    [
        ("Z['W1']", "An array where a dict belongs"),
        ("Z[0.5]", "An index that is not a whole number"),
        ("Z.sum()['W1']", "A number where a dict or an array belongs"),
        ("Z.tolist()['W1']", "A text as an index, where there is no dict"),
    ],
)
def test_an_index_that_does_not_fit_may_stand_behind_the_wrong_thing(source, title):
    verdict = check.softmax.diagnose(cell(f"def softmax(Z):\n    return {source}", "softmax"))
    assert verdict.misconception == title


def test_lists_and_tuples_are_written_without_the_names_of_types():
    value = (np.float64(1 / 3), [np.float32(2), True], {"W": np.zeros((1, 2))}, "one")
    assert rows(value) == [[("(0.3333, [2, True], {'W': [[0, 0]]}, 'one')", False)]]
    assert rows(list(range(10**6)))[-1][0][0].endswith("39, …]")
    assert rows(np.datetime64("2020-01-01"), "a word")[0][0][1] is True and rows("a word", "a word")[0][0][1] is False


def test_a_row_of_ten_numbers_takes_two_lines_and_is_whole():
    numbers = np.arange(1, 21).reshape(2, 10) * 0.01234
    panel = Panel("softmax", "not yet", values=[("W", "", rows(numbers))], folded=[("b", "", rows(numbers[0]))])
    lines = panel.text().splitlines()[1:5]
    assert [len(line.split()) for line in lines] == [6, 5, 5, 5]
    entries = [row.count("<td style='text-align:right") for row in panel.html().split("<tr>")]
    assert list(filter(None, entries)) == [5] * 6


def test_of_an_error_the_first_part_of_what_was_expected_is_shown_and_the_rest_is_folded():
    panel = feedback("two_layer_gradients", examine(check.two_layer_gradients.task, lambda X, Y, W1, b1, W2, b2: 1 / 0))
    assert [label for label, _, _ in panel.values if label.startswith("expected")] == ["expected dW1"]
    assert [label for label, _, _ in panel.folded][-3:] == ["expected db1", "expected dW2", "expected db2"]


def test_a_case_in_which_most_seems_right_is_not_shown():
    def without_brackets(X, Y, W1, b1, W2, b2):
        right = check.two_layer_gradients.task.solution
        return right(X, Y * 2, W1, b1, W2, b2) if len(X) > 1 else right(X, Y, W1, b1, W2, b2)

    finding = examine(check.two_layer_gradients.task, without_brackets)
    assert finding.verdict.message.startswith("dW1, db1, dW2 and db2 are not")


def test_a_check_that_comes_to_no_end_says_that_nothing_was_checked(monkeypatch, capsys):
    def late(*_):
        raise TimeoutError("The computer was too busy for this check. Run the cell again.")

    monkeypatch.setattr(check.softmax.task, "behaviours_of", late)
    check.softmax.report = ""
    check.softmax(right)
    text = capsys.readouterr().out
    assert text.startswith("softmax: not checked") and "Stuck?" not in text and "Misjudged?" not in text
    assert "mlp-not-yet" not in feedback("softmax", examine(check.softmax.task, right)).html().partition("</style>")[2]


def test_what_was_only_seen_is_due_in_no_form_and_nothing_is_said_twice():
    def flat(parameters, train, validation, *others):
        return [
            (*train_look, *validation_look) for train_look, validation_look in right_fit(parameters, train, validation, *others)
        ]

    right_fit = check.fit.task.solution
    assert "where an array" not in check.fit.diagnose(flat).message
    panel = feedback("softmax", examine(check.softmax.task, lambda Z: right(Z).ravel()))
    assert panel.headline.count("shape") == 1 and "in the right order" in panel.headline


def test_a_dict_where_results_in_an_order_are_due_is_told_so():
    verdict = check.linear_backward.diagnose(lambda dZ, X, W: {"dX": dZ @ W.T, "dW": X.T @ dZ, "db": dZ.sum(axis=0)})
    assert not verdict.passed and verdict.message.startswith("The three came in a dict.")
    verdict = check.collapse.diagnose(lambda W1, b1, W2, b2: {"W": W1 @ W2, "b": b1 @ W2 + b2})
    assert not verdict.passed and verdict.message == "A dict came, where the exercise asks for W, b."


@pytest.mark.parametrize(
    ("many", "came"),
    [((np.ones(2),), "A tuple of 1"), ([np.ones(2)] * 3, "A list of 3"), ((0,) * 3, "A tuple of 3"), (np.eye(3), "An array")],
)
def test_where_several_results_are_due_it_is_said_how_many_came(many, came):
    assert check.collapse.diagnose(lambda W1, b1, W2, b2: many).message.startswith(came)
    assert check.gap_and_decline.diagnose(lambda train, validation: many).message.startswith(came)


@pytest.mark.parametrize(
    ("line", "asked"), [(lambda Z: 1 / 0, "divided by 0"), (lambda Z: {}["W1"], "Which names does that dict have")]
)
def test_an_error_is_followed_by_a_question_about_it(line, asked, capsys):
    check.softmax(line)
    assert asked in capsys.readouterr().out


def test_the_arguments_are_copies_of_writable_arrays():
    seen = []

    def looking(Z):
        seen.append(Z.flags.writeable)
        return right(Z)

    assert check.softmax.diagnose(looking).passed and all(seen)
    assert all(np.isfinite(case.arguments[0]).all() for case in check.softmax.task.cases)


def test_float32_and_float64_results_are_both_fine():
    assert check.softmax.diagnose(lambda Z: right(Z).astype(np.float32)).passed
    assert check.softmax.diagnose(lambda Z: right(Z.astype(np.float64))).passed


@pytest.mark.parametrize("function", [for_ever, for_ever_swallowing])
def test_without_an_alarm_another_thread_interrupts(function):
    before = time.process_time()
    value, error = clock._with_an_interrupt(0.3, lambda: function(np.ones(2)))
    assert value is None and isinstance(error, clock.TookTooLong) and time.process_time() - before < 3
    assert clock._with_an_interrupt(1, lambda: 5) == (5, None)


def busy(seconds):
    """Compute for so long."""
    began = time.thread_time()
    while time.thread_time() - began < seconds:
        pass
    return seconds


@pytest.mark.parametrize("limited", [clock._with_an_alarm, clock._with_an_interrupt])
def test_what_counts_is_the_time_of_the_processor(limited, monkeypatch):
    """Waiting for others does not count; what computes for long is ended, and what waits for very long."""
    monkeypatch.setattr(clock, "PATIENCE", 200)

    def on_a_busy_computer():
        for _ in range(10):
            time.sleep(0.05)
            busy(0.005)
        return "right"

    def waiting():
        while True:
            time.sleep(0.02)

    assert limited(0.2, on_a_busy_computer) == ("right", None)
    for call, waited, patience in ((lambda: busy(60), False, 200), (waiting, True, 5)):
        monkeypatch.setattr(clock, "PATIENCE", patience)
        before = time.monotonic()
        value, error = limited(0.2, call)
        assert value is None and isinstance(error, clock.TookTooLong) and error.waited == waited
        assert not waited or 0.9 < time.monotonic() - before < 30


def test_what_waits_is_told_so_and_not_that_it_does_not_end(monkeypatch):
    monkeypatch.setattr(clock, "PATIENCE", 2)
    verdict = check.softmax.diagnose(lambda Z: time.sleep(600))
    assert verdict.misconception == "Takes too long" and "computed for 0.0 seconds" in verdict.message


def test_an_endless_loop_is_interrupted_where_interrupts_are_ignored():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in a program that a shell started in the background
    try:
        _, error = clock._with_an_interrupt(0.3, lambda: for_ever(np.ones(2)))
        assert isinstance(error, clock.TookTooLong) and signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_check_in_another_thread_works_without_a_clock():
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(check.softmax.diagnose(right)))
    thread.start()
    thread.join()
    assert verdicts[0].passed


def test_an_alarm_of_others_is_put_back():
    def mine(number, frame):
        raise AssertionError

    before = signal.signal(signal.SIGALRM, mine)
    try:
        check.softmax.diagnose(right)
        assert signal.getsignal(signal.SIGALRM) is mine
    finally:
        signal.signal(signal.SIGALRM, before)


# --- what the learner calls ------------------------------------------------------------------------------------------


def test_a_check_returns_nothing_and_use_returns_a_function(capsys):
    assert check.softmax(right) is None
    assert check.softmax.use(right) is right
    assert "From here on the notebook uses yours." in capsys.readouterr().out
    assert check.softmax.use(transposed) is softmax
    assert "goes on with ours" in capsys.readouterr().out


def test_our_own_function_does_not_count_as_the_learners(capsys, aside):
    ours = check.softmax.use(transposed)
    assert check.softmax.use(ours) is softmax
    assert "softmax: to do" in capsys.readouterr().out
    assert not json.loads(aside.read_text())["exercises"]["softmax"].get("solved")


def test_not_implemented_counts_as_not_attempted():
    def stub(Z):
        raise NotImplementedError

    def passing(Z):
        """Only this."""

    assert {check.softmax.diagnose(each).kind for each in (stub, passing)} == {"not attempted"}


@pytest.mark.parametrize(("body", "idle"), [
    ("...", True), ("pass", True), ("return", True), ("return None", True), ('"Only this."; ...', True),
    ("return 0", False), ("return Z", False), ("E = None", False), ("yield", False), ("Z", False),
])  # fmt: skip
def test_a_body_that_does_nothing_is_a_stub_whatever_bytecode_this_python_makes_of_it(body, idle):
    space = {}
    exec(f"def softmax(Z):\n    {body}\nclass Linear:\n    def forward(self, Z):\n        {body}", space)
    assert is_stub(space["softmax"]) is is_stub(space["Linear"]) is idle


def test_hints_come_one_after_the_other_and_then_the_last_again(capsys):
    hints = check.cross_entropy.hints
    for number in [*range(len(hints)), len(hints) - 1]:
        check.cross_entropy.hint()
        assert f"hint {number + 1} of {len(hints)}" in (text := capsys.readouterr().out)
    assert "There is no further hint." in text and "That was" not in text


def test_the_solution_is_the_cores_own_source_without_its_checks(capsys):
    check.softmax.solution()
    text = capsys.readouterr().out
    assert "return E / E.sum(axis=-1, keepdims=True)" in text and "@checked" not in text and "Parameters" not in text


def test_a_typo_suggests_the_name_meant():
    with pytest.raises(AttributeError, match=r"no exercise 'sofmax'\. Did you mean check\.softmax\?"):
        check.sofmax  # noqa: B018
    with pytest.raises(AttributeError, match="There are: ink, "):
        check.xyzzy  # noqa: B018
    assert {"softmax", "report", "predict"} <= set(dir(check))


def test_the_feedback_shows_the_case_with_marks(capsys):
    check.softmax(lambda Z: right(Z) + np.eye(2, 3) if Z.shape == (2, 3) else right(Z))
    text = capsys.readouterr().out
    assert "Z (2, 3)" in text and "1.09*" in text and "0.2447" in text and "0.2447*" not in text
    assert text.index("  yours") < text.index("  expected")


def test_the_panel_in_html_says_the_same_and_escapes_what_came():
    finding = examine(check.softmax.task, lambda Z: print("<script>alert(1)</script>"))
    panel = feedback("softmax", finding)
    assert "<script>" not in panel.html() and "&lt;script&gt;" in panel.html()
    assert 'aria-label="softmax: not yet"' in panel.html() and "var(--jp-content-font-color1" in panel.html()
    assert "Prints instead of returning" in panel.html() and "Prints instead of returning" in panel.text()


PROGRAM = """
import numpy as np
from mlp_helpers import check
def wrong(Z): return Z
def right(Z):
    print("noise"); np.log(np.zeros(1))
    E = np.exp(Z - Z.max(axis=-1, keepdims=True)); return E / E.sum(axis=-1, keepdims=True)
def stub(Z): ...
check.softmax(right)
check.softmax.solution()
{last}
print("went on")
"""


@pytest.mark.parametrize("setting", [{"MLP_CHECK": "strict"}, {"NBGRADER_EXECUTION": "validate"}, {}])
@pytest.mark.parametrize("last", ["check.softmax(wrong)", "softmax = check.softmax.use(stub)"])
def test_in_strict_mode_what_is_not_passed_raises(setting, last, tmp_path):
    environment = {**os.environ, **setting, "MLP_STATE": str(tmp_path), "MLP_SOLUTIONS": "off"}
    command = [sys.executable, "-c", PROGRAM.format(last=last)]
    run = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "softmax: solved" in run.stdout
    assert "Your teacher has the solutions" in run.stdout and "E.sum" not in run.stdout
    if setting:
        assert run.returncode == 1 and "AssertionError: softmax: " in run.stderr
        assert "noise" not in run.stderr and "RuntimeWarning" not in run.stderr
    else:
        assert run.returncode == 0 and run.stderr == "" and "went on" in run.stdout


# --- exercises that ask for a class ----------------------------------------------------------------------------------


class Gate:
    def forward(self, Z):
        self.Z = Z
        return np.maximum(Z, 0)

    def backward(self, dA):
        return dA * (self.Z > 0)


class OnlyForward:
    def forward(self, Z):
        self.Z = Z
        return np.maximum(Z, 0)

    def backward(self, dA): ...


class Untouched:
    """A docstring."""

    def __init__(self): ...

    def forward(self, Z):
        """Another one."""


class WithoutSelf:
    def forward(Z):
        return Z


class Forgetful(Gate):
    def forward(self, Z):
        return np.maximum(Z, 0)


class Local(Gate):
    def backward(self, dA):
        return dA * (Z > 0)  # noqa: F821


class InPlace(Gate):
    def backward(self, dA):
        dA *= self.Z > 0
        return dA


class Endless(Gate):
    def backward(self, dA):
        while True:
            pass


CLASSES = {
    OnlyForward: ("Nothing comes back from backward", "wrong", "None"),
    Untouched: (None, "not attempted", "three dots"),
    WithoutSelf: (None, "wrong", "TypeError"),
    Forgetful: (None, "wrong", "has no attribute 'Z'"),
    Local: ("A name without a value", "wrong", "name 'Z' is not defined"),
    InPlace: ("changes its input", "fragile", "`dA`"),
    Endless: ("Does not end", "wrong", "stopped"),
    Odd: (None, "wrong", "Odd"),
    right: (None, "wrong", "TypeError"),
    Gate(): ("Not a class", "wrong", "check.ReLU.use(ReLU)"),
}


@pytest.mark.parametrize("thing", CLASSES, ids=lambda thing: getattr(thing, "__name__", type(thing).__name__))
def test_a_class_gets_a_sentence_whatever_it_does(thing, capsys):
    misconception, kind, phrase = CLASSES[thing]
    verdict = check.ReLU.diagnose(thing)
    assert (verdict.passed, verdict.misconception, verdict.kind) == (False, misconception, kind)
    assert phrase in verdict.message
    check.ReLU(thing)
    text = capsys.readouterr().out
    assert ("ReLU: to do" if kind == "not attempted" else "ReLU: not yet") in text
    asked = {WithoutSelf: "`self` as its first", Forgetful: "`self.NAME = …`", Local: "an argument of this method"}
    assert asked.get(thing, "") in text


def test_a_class_that_is_right_is_used_and_kept(capsys, aside):
    assert check.ReLU.use(Gate) is Gate
    assert check.ReLU.use(Untouched) is check.ReLU.task.solution
    check.ReLU(WithoutSelf)
    text = capsys.readouterr().out
    assert "dA (2, 3)" in text and "WithoutSelf.forward() takes 1 positional argument" in text
    assert json.loads(aside.read_text())["exercises"]["ReLU"]["source"] == inspect.getsource(Gate)
    progress.record("exercises", "ReLU", source=inspect.getsource(Gate).replace("class Gate:", "class ReLU:\n    'mine'"))
    assert check.recall("ReLU").__doc__ == "mine"


def test_a_class_in_the_place_of_an_object_is_told(capsys):
    class Network(check.MLP.task.solution):
        def __init__(self, sizes, activation, rng):
            super().__init__(sizes, activation, rng)
            self.layers[1::2] = [activation] * len(self.layers[1::2])

    check.MLP(Network)
    assert "A class followed by brackets makes an object" in capsys.readouterr().out


class SingleUnderscores:
    def _init_(self, d, h, rng):
        self.W = np.zeros((d, h))


class ReturnsItself(check.Linear.task.solution):
    def __init__(self, d, h, rng):
        super().__init__(d, h, rng)
        return self


class AsksForBlame(check.SoftmaxCrossEntropy.task.solution):
    def backward(self, dZ):
        return dZ


def test_an_error_in_a_call_with_other_arguments_than_those_shown_says_so():
    from_above = check.SoftmaxCrossEntropy.task.solution

    class SoftmaxCrossEntropy(from_above):
        def forward(self, Z, y):
            if len(Z) == 1:
                raise ValueError("one")
            return super().forward(Z, y)

    class Late(from_above):
        def forward(self, Z, y):
            if len(Z) > 1:
                raise ValueError("many")
            return super().forward(Z, y)

    message = check.SoftmaxCrossEntropy.diagnose(SoftmaxCrossEntropy).message
    if sys.version_info >= (3, 11):  # before, Python does not say where in a line it is
        assert "`, called as `forward(Z[:1] / 2, y[:1])`: one" in message
    assert "called as" not in check.SoftmaxCrossEntropy.diagnose(Late).message


def test_that_nothing_has_changed_is_said_of_the_case_where_it_is_so():
    def of_one_name(parameters, gradients, velocity, learning_rate, momentum):
        if "W2" in parameters:
            velocity["W2"] *= momentum
            velocity["W2"] += gradients["W2"]
            parameters["W2"] -= learning_rate * velocity["W2"]

    verdict = check.momentum_step.diagnose(of_one_name)
    assert verdict.misconception == "Nothing has changed in this case"
    assert verdict.message == (
        "After this call `parameters` and `velocity` hold what was there before; in another case something has changed."
    )


@pytest.mark.parametrize(
    "exercise, thing, asked",
    [
        (check.Linear, SingleUnderscores, "two underscores on each side"),
        (check.Linear, ReturnsItself, "Which line of it returns something?"),
        (check.SoftmaxCrossEntropy, AsksForBlame, "Which arguments does the exercise give this method?"),
    ],
)
def test_an_error_of_a_class_is_followed_by_a_question_about_it(exercise, thing, asked, capsys):
    exercise(thing)
    assert asked in capsys.readouterr().out


def test_of_many_parts_only_the_first_that_differ_are_shown(capsys):
    class Nothing(check.MLP.task.solution):
        def __init__(self, sizes, activation, rng):
            super().__init__(sizes, activation, rng)
            self.parameters = {}

    check.MLP(Nothing)
    text = " ".join(capsys.readouterr().out.split())
    assert "Names of parameters: none (expected: W1, W2, b1, b2)" in text and text.count("yours ") == 1 and "more." in text


def test_a_line_of_numpys_own_is_not_shown_as_the_learners():
    def drawing(Z):
        return np.random.default_rng(0).standard_normal(2, 3)

    assert "standard_normal(2, 3)" in check.softmax.diagnose(drawing).message


def test_the_source_of_a_class_is_found_without_a_file_and_shown_plainly():
    cell = "import numpy as np\n\nclass Twice:\n    def forward(self, X):\n        return 2 * X\n\nprint\n"
    linecache.cache["<a cell>"] = (len(cell), None, cell.splitlines(keepends=True), "<a cell>")
    space = {"__name__": "__main__"}
    exec(compile(cell, "<a cell>", "exec"), space)
    assert source_of(space["Twice"]) == "class Twice:\n    def forward(self, X):\n        return 2 * X\n"
    assert source_of(type("Empty", (), {})) == ""
    shown = plain_source(Linear)
    assert '"""' not in shown and "@checked" not in shown
    assert "self.X = X" in shown and "# not needed for the first layer" in shown
    assert shown.startswith("class Linear:\n    def __init__(")


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_progress_is_kept_and_reported(capsys, aside):
    check.softmax(right)
    check.cross_entropy(lambda P, Y: 0)
    capsys.readouterr()
    check.report()
    text = capsys.readouterr().out
    assert f"1 of {len(check.EXERCISES)} exercises solved." in text
    assert "softmax solved, cross_entropy tried" in text and "notebook 04 1 of 4" in text
    assert json.loads(aside.read_text())["exercises"]["softmax"]["solved"] is True


def test_what_was_solved_stays_solved(capsys):
    check.softmax(right)
    check.softmax(transposed)
    check.report()
    assert "softmax solved" in capsys.readouterr().out


def test_diagnose_records_nothing(aside):
    check.softmax.diagnose(right)
    assert not aside.exists()


DAMAGED = [
    b"[" * 200_000,
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"exercises": {}}',
    b'{"exercises": {"softmax": 3}, "questions": {}}',
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_set_aside(content, aside, capsys):
    aside.write_bytes(content)
    check.softmax(right)
    check.report()
    assert "1 of" in capsys.readouterr().out
    assert aside.with_suffix(".damaged.json").read_bytes() == content


def test_damaged_files_are_numbered_and_told(aside, capsys):
    for number in range(3):
        aside.write_text(f"{number}")
        progress.record("exercises", f"e{number}", solved=True)
    kept = ["progress.damaged.json", "progress.damaged-2.json", "progress.damaged-3.json"]
    assert [(aside.parent / name).read_text() for name in kept] == ["0", "1", "2"]
    aside.write_text("4")
    check.report()
    assert "is damaged. The next check sets it aside" in " ".join(capsys.readouterr().out.split()) and aside.read_text() == "4"
    check.softmax(right)
    assert "It is kept as progress.damaged-4.json" in " ".join(capsys.readouterr().out.split())


def test_progress_that_cannot_be_read_for_a_moment_is_not_overwritten(aside, monkeypatch, capsys):
    for number in range(40):
        progress.record("exercises", f"e{number}", solved=True)
    whole = aside.read_bytes()
    for number in (errno.EACCES, errno.EIO, errno.ESTALE, errno.EISDIR, errno.EMFILE):

        def refuse(path, number=number):
            raise OSError(number, os.strerror(number), str(path))

        with monkeypatch.context() as patch:
            patch.setattr(pathlib.Path, "read_bytes", refuse)
            assert os.strerror(number) in progress.record("exercises", "one more", solved=True)
            check.softmax(right)
            assert "could not be kept in your progress" in " ".join(capsys.readouterr().out.split())
            check.report()
            assert "cannot be read at the moment" in " ".join(capsys.readouterr().out.split())
            _, button, *_, reply = QUESTIONS["large scores"].widget().children
            button.click()
            assert "could not be kept" in reply.value
        assert aside.read_bytes() == whole
    assert progress.record("exercises", "one more", solved=True) == ""
    assert len(progress.read()["exercises"]) == 41


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_where_nothing_can_be_written_it_is_said_and_the_old_stays(number, aside, monkeypatch, capsys):
    progress.record("exercises", "first", solved=True)

    def refuse(descriptor, mode="r", *given, **named):
        if "b" in mode and ("w" in mode or "x" in mode):
            raise OSError(number, os.strerror(number), str(descriptor))
        return open(descriptor, mode, *given, **named)

    monkeypatch.setattr(files, "open", refuse, raising=False)
    check.softmax(right)
    text = " ".join(capsys.readouterr().out.split())
    assert "softmax: solved" in text and "could not be kept in your progress" in text and os.strerror(number) in text
    assert list(progress.read()["exercises"]) == ["first"]
    assert {path.name for path in aside.parent.iterdir()} == {"progress.json", "progress.lock"}


def test_a_kernel_that_holds_the_lock_for_long_is_told_and_not_waited_for(aside, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    progress.record("exercises", "first", solved=True)
    with open(aside.with_suffix(".lock"), "rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        began = time.monotonic()
        assert "other kernels have been writing" in progress.record("exercises", "second", solved=True)
        assert progress.PATIENCE <= time.monotonic() - began < progress.PATIENCE + 0.5
    assert progress.record("exercises", "second", solved=True) == ""


def test_where_a_file_system_knows_no_locks_progress_is_kept_without(aside, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def unknown(*given):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    assert progress.record("exercises", "first", solved=True) == "" and "first" in progress.read()["exercises"]


def test_the_lock_of_windows_is_asked_for_again_and_given_back(aside, monkeypatch):
    class Msvcrt:
        LK_NBLCK, LK_UNLCK, asked = 2, 0, []

        def locking(self, descriptor, mode, size):
            self.asked.append(mode)
            if len(self.asked) <= 2:
                raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(progress, "fcntl", None)
    monkeypatch.setattr(progress, "msvcrt", Msvcrt())
    assert progress.record("exercises", "first", solved=True) == ""
    assert Msvcrt.asked == [2, 2, 2, 0] and "first" in progress.read()["exercises"]


def test_a_link_to_the_file_stays_a_link(aside, tmp_path_factory):
    real = tmp_path_factory.mktemp("elsewhere") / "mine.json"
    aside.symlink_to(real)
    progress.record("exercises", "first", solved=True)
    assert aside.is_symlink() and "first" in json.loads(real.read_text())["exercises"]


def test_answers_that_another_kernel_has_kept_meanwhile_stay(monkeypatch):
    question = QUESTIONS["large scores"]
    first, second, *_ = question.options
    question.answered(0)
    monkeypatch.setattr(progress, "read", progress._empty)  # what this kernel knew before it waited for the lock
    question.answered(1)
    assert progress.load()["questions"]["large scores"]["answers"] == [first, second]


STRANGE = [
    {"exercises": {"softmax": {"source": 5, "solved": "x"}}, "questions": {}},
    {"exercises": {"softmax": {"source": "def softmax(Z:"}, "gone": {"solved": True}}, "questions": {"gone": {}}},
    {"exercises": {"softmax": {"source": "import os\nraise SystemExit"}}, "questions": {"large scores": {"answers": 3}}},
]


@pytest.mark.parametrize("content", STRANGE)
def test_a_file_with_strange_entries_breaks_nothing(content, aside, capsys):
    aside.write_text(json.dumps(content))
    check.report()
    assert check.recall("softmax") is softmax
    assert "Ours: softmax" in capsys.readouterr().out
    check.softmax(right)
    assert "solved" in capsys.readouterr().out


def test_where_nothing_can_be_written_checks_work_on(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MLP_STATE", str(tmp_path / "file" / "below"))
    check.softmax(right)
    check.report()
    text = " ".join(capsys.readouterr().out.split())
    assert "softmax: solved" in text and "This could not be kept in your progress" in text


def test_two_processes_at_once_leave_a_whole_file(tmp_path):
    environment = {**os.environ, "MLP_STATE": str(tmp_path)}
    program = "from mlp_helpers.check.engine import progress\nfor i in range(50): progress.record('exercises', f'e{i}', tried=i)"
    both = [subprocess.Popen([sys.executable, "-c", program], env=environment, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert json.loads((tmp_path / "progress.json").read_text())["exercises"]["e49"] == {"tried": 49}
    assert {path.name for path in tmp_path.iterdir()} == {"progress.json", "progress.lock"}


def test_without_a_setting_the_file_lies_where_the_system_keeps_such_things(monkeypatch):
    import platformdirs

    monkeypatch.delenv("MLP_STATE")
    assert progress.path().parent == platformdirs.user_state_path("mlp-from-scratch", appauthor=False)


def test_a_solved_function_can_be_called_back(capsys, aside):
    source = inspect.getsource(right).replace("right(Z):", "softmax(Z):\n    'mine'")
    progress.record("exercises", "softmax", solved=True, source=source)
    mine, ours = check.recall("softmax", "relu")
    assert mine.__doc__ == "mine" and mine is not softmax and ours is relu
    np.testing.assert_allclose(mine(np.zeros((1, 2))), [[0.5, 0.5]])
    assert "Yours: softmax. Ours: relu." in capsys.readouterr().out
    check.report()
    assert "In this notebook, yours: softmax; ours: relu." in capsys.readouterr().out
    progress.record("exercises", "softmax", source=source.replace("axis=-1", "axis=0"))
    assert check.recall("softmax") is softmax


def test_recall_knows_what_the_lesson_gives_for_the_exercise(aside):
    source = check.train_one_epoch.source()
    progress.record("exercises", "train_one_epoch", solved=True, source=source)
    assert check.recall("train_one_epoch") is not check.train_one_epoch.task.solution


def test_recall_knows_the_name_meant():
    with pytest.raises(KeyError, match="Did you mean 'softmax'"):
        check.recall("softmx")


def test_the_source_of_a_solved_function_is_kept_as_it_was_written(aside):
    check.softmax(right)
    source = json.loads(aside.read_text())["exercises"]["softmax"]["source"]
    assert source.startswith("def right(Z):")


# --- comparing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "expected", "alike"),
    [
        (np.float32([1, 2]), np.array([1.0, 2.0]), True),
        (np.array([1.0, 2.00001]), np.array([1.0, 2.0]), True),
        (np.array([1.0, 2.01]), np.array([1.0, 2.0]), False),
        (np.array([1, 2]), np.array([1.0, 2.0]), False),
        (np.array([1, 2], np.uint8), np.array([1, 2]), True),
        (np.array([[1.0, 2.0]]), np.array([1.0, 2.0]), False),
        (np.array([np.nan]), np.array([np.nan]), True),
        ([1.0, 2.0], np.array([1.0, 2.0]), False),
        (0.5, np.float32(0.5), True),
        (True, 1.0, False),
        ((7, [1, 2]), (7, (1, 2)), True),
        ((7, [1, 2]), (7, (1, 3)), False),
        ({"a": np.ones(2)}, {"a": np.ones(2)}, True),
        ({"a": np.ones(2)}, {"b": np.ones(2)}, False),
        ("word", "word", True),
        (None, 0.0, False),
        (np.array(["a"]), np.array([1.0]), False),
    ],
)
def test_same(result, expected, alike):
    assert same(result, expected) is alike


def test_a_large_array_is_summed_up():
    large = np.zeros((10, 10))
    other = large.copy()
    other[3, 4] = 2
    assert rows(large) is None
    said = "100 entries from 0 to 2; 1 differ, in 1 of 10 rows, the first at [3, 4]: 2, expected 0"
    assert summary(other, large) == said


def test_of_several_images_it_is_said_which_differ_and_where():
    images = np.zeros((3, 784))
    moved = images.copy()
    moved[1:, 2 * 28 + 5] = 7
    said = "2 differ, in 2 of 3 rows, the first at [1, 61], which is row 2, column 5 of image 1: 7, expected 0"
    assert summary(moved, images).endswith(said)


# --- what is said is so --------------------------------------------------------------------------------------------------


def cell(source, name, **space):
    """A function as it would come from a notebook, with the variables of the notebook."""
    file = f"<cell of {name}, {len(linecache.cache)}>"
    source = textwrap.dedent(source).strip() + "\n"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    space |= {"np": np}
    exec(compile(source, file, "exec"), space)
    return space[name]


def test_the_example_of_the_docstring_is_run_first(capsys):
    function = cell(
        '''
        def relu(Z):
            """Keep what is positive: (n, h) -> (n, h).

            >>> Z = np.array([-2.0, 3.0])
            >>> relu(Z)
            array([0., 3.])
            """
            return np.minimum(Z, 0)
        ''',
        "relu",
    )
    check.relu(function)
    text = capsys.readouterr().out
    assert text.index("your own example") < text.index("gives") < text.index("instead of") and "not shown: case" in text
    assert "relu(Z)" in text and "-2" in text and "The smaller of the two" in text


def test_an_example_that_the_learner_has_changed_is_measured_by_the_solution(capsys):
    check.relu(cell('def relu(Z):\n    """\n    >>> relu(np.array([7.0]))\n    array([8.])\n    """\n    return abs(Z)', "relu"))
    assert "your own example" not in capsys.readouterr().out  # abs(7) is right, whatever the docstring says


def test_an_error_is_shown_with_the_case_that_it_came_in_and_not_with_the_example():
    """The example raises too, but about other sizes; and where it only sets a name, nothing stood there instead."""
    source = '''
        def one_hot(labels, n_classes):
            """Labels as rows: (n,) -> (n, n_classes).

            >>> Y = one_hot(np.array([2, 0]), 3)
            """
            Y = np.zeros((len(labels), n_classes))
            for i in labels:
                Y[i, labels[i]] = 1
            return Y
        '''
    panel = feedback("one_hot", examine(check.one_hot.task, cell(source, "one_hot")))
    assert panel.values[0][0] == "case" and "your own example" in [label for label, _, _ in panel.folded]
    assert "instead of" not in [label for label, _, _ in panel.values + panel.folded]
    size = re.search(r"axis 0 with size (\d)", panel.text())[1]
    assert any(size == str(len(rows[0])) for label, _, rows in panel.values if label == "labels")


ASKED = {  # what else may come, and what is said of it
    "batches_of": (7, "An int came, where the exercise asks for pairs of whole numbers."),
    "most_confused": (7, "An int came, where the exercise asks for a list of pairs of two classes."),
    "dropout": (7, "An int came, where the exercise asks for two arrays, the thinned activations and the mask."),
    "initialise": (7, "An int came, where the exercise asks for a dict from names to arrays."),
    "minibatches": (7, "An int came, where the exercise asks for one pair for each batch, its rows of X and of y."),
    "fit": (7, "An int came, where the exercise asks for a list with an entry for each epoch."),
    "topological_order": (7, "An int came, where the exercise asks for a list of names."),
    "read_header": (7, "An int came, where the exercise asks for magic, sizes."),
    "linear_backward": ({"dX": 0}, "A dict came, where the exercise asks for dX, dW, db."),
    "sample_settings": (7, "An int came, where the exercise asks for a list with a dict for each trial."),
    "best_so_far": ({"rate": 1}, "A dict came, where the exercise asks for the best settings and a list of accuracies."),
    "gap_of_the_best": (7, "An int came, where the exercise asks for two numbers, the mean gap and its standard error."),
    "successive_halving": (
        (1, 2, 3),
        "A tuple of 3 came, where the exercise asks for the number of a trial and a number of epochs.",
    ),
    "paired_difference": (7, "An int came, where the exercise asks for two numbers, the difference and its standard error."),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_an_exercise_asks_for_stands_in_the_message_and_beside_what_came(name):
    came, said = ASKED[name]
    exercise = check.EXERCISES[name]
    finding = examine(exercise.task, lambda *given: came)
    assert finding.verdict.message == said
    if exercise.task.asks:
        rows = {label: table for label, _, table in feedback(name, finding).values}
        assert rows["expected"] == [[(exercise.task.asks, False)]] and any(label.startswith("yours") for label in rows)


def test_beside_an_error_stands_a_result_that_was_expected_and_not_what_is_only_seen_of_it():
    panel = feedback("minibatches", examine(check.minibatches.task, lambda X, y, batch_size, rng: X / "a"))
    assert not any(label.startswith("expected") for label, _, _ in panel.values)
    assert "expected sizes of X, largest first" in [label for label, _, _ in panel.folded]
    panel = feedback("linear_backward", examine(check.linear_backward.task, lambda dZ, X, W: dZ / "a"))
    assert [label for label, _, _ in panel.values if label.startswith("expected")] == ["expected dX"]


def test_an_example_leaves_the_variables_of_the_notebook_alone():
    mine = np.array([8.0])
    source = 'def halve_in_place(a):\n    """\n    >>> halve_in_place(mine)\n    >>> mine\n    """\n    a -= 1'
    finding = examine(check.halve_in_place.task, cell(source, "halve_in_place", mine=mine))
    assert (finding.example.gave, finding.example.due) == (7.0, 4.0) and mine[0] == 8


def test_what_is_said_of_this_case_is_said_of_the_example_that_is_shown():
    lines = '"""\n    >>> centre_columns(np.arange(14.0).reshape(7, 2))\n    """\n    return (X - X.mean(axis=0)) * len(X)'
    source = f"def centre_columns(X):\n    {lines}"
    assert all(len(case.arguments[0]) != 7 for case in check.centre_columns.task.cases[:1])
    finding = examine(check.centre_columns.task, cell(source, "centre_columns"))
    assert "instead of" in [label for label, _, _ in feedback("centre_columns", finding).values]
    assert finding.verdict.relation.endswith("here `len(X)` is 7.")


@pytest.mark.parametrize(
    "name, source, title, phrase",
    [
        ("linear", "def linear(X, W, b):\n    return X @ weights + b",
         "A variable of the notebook", "`weights`, which is not an argument"),
        ("linear", "def linear(X, W, b):\n    return X @ W + b[0]", None, "not what was expected"),
        ("one_hot", "def one_hot(labels, n_classes=10):\n    return np.eye(7)[labels]",
         "An argument is not used", "`n_classes` is not read"),
        ("flatten", "def flatten(images):\n    return images.flatten", "Brackets are missing", "`flatten`"),
        ("softmax", "def softmax(Z):\n    return np.exp(Z) / Z.sum", "Brackets are missing", "line 2"),
        ("softmax", "def softmax(Z):\n    return Z[:0]", "Nothing is left", "it is empty"),
        ("softmax", "def softmax(Z):\n    return Z.sum()", "One number for all", "an array of shape"),
        ("momentum_step", "def momentum_step(parameters, gradients, velocity, learning_rate, momentum):\n    v = 1",
         "Nothing has changed", "`parameters` and `velocity` hold what was there"),
        ("softmax", "def softmax(Z):\n    Z += 1\n    return 0 * Z", "An argument is changed: `Z`", "not what was"),
    ],
)  # fmt: skip
def test_what_behaviour_or_source_prove_is_said(name, source, title, phrase):
    verdict = check.EXERCISES[name].diagnose(cell(source, name, weights=np.ones((3, 2))))
    assert verdict.misconception == title and phrase in verdict.message


def test_what_is_right_in_one_case_only_is_called_right_in_that_case_only():
    def changing(Z):
        wide, Z[:] = Z.shape[1] > 3, right(Z.copy())
        return Z + wide

    def listing(Z):
        return (right(Z) + (Z.shape[1] > 3)).tolist()

    verdict = check.softmax.diagnose(changing)
    assert "The result of this case is right, but the function has changed `Z`" in verdict.message and verdict.kind == "wrong"
    assert check.softmax.diagnose(listing).message == "The numbers are right in this case."


def test_a_constant_in_capitals_is_not_taken_for_the_mistake():
    source = "def cross_entropy(P, Y):\n    return -(Y * np.log(P + EPSILON)).sum() / Y.size"
    verdict = check.cross_entropy.diagnose(cell(source, "cross_entropy", EPSILON=1e-12))
    assert verdict.misconception != "A variable of the notebook" and "`EPSILON`" not in verdict.message


def test_code_that_nobody_wrote_is_not_quoted():
    source = """
        def descend(gradient, start, learning_rate, steps):
            places = [start]
            for _ in range(steps):
                start -= learning_rate * gradient(start)
                places.append(start)
            return np.array(places)
        """
    panel = feedback("descend", examine(check.descend.task, cell(source, "descend"))).text()
    assert "One array under many names" in panel and "`-=` changes the array" in panel and "w = start" not in panel


@pytest.mark.parametrize(
    "name, function, guess",
    [("dead_units", lambda A: np.zeros(A.shape[1], bool), "That happens"),
     ("stops_early", lambda losses, patience: True, "That happens"),
     ("accuracy", lambda predicted, labels: 1.0, "That happens")],
)  # fmt: skip
def test_of_a_result_that_is_always_the_same_the_cause_is_only_guessed(name, function, guess):
    verdict = check.EXERCISES[name].diagnose(function)
    assert verdict.misconception and guess in verdict.message


def test_never_is_not_taken_for_a_comparison_with_the_largest():
    assert check.stops_early.diagnose(lambda losses, patience: False).misconception is None


def test_a_part_that_is_missing_or_too_many_is_shown_as_such():
    def without(X, Y, *parameters):
        gradients = check.two_layer_gradients.task.solution(X, Y, *parameters)
        return {name: gradients[name] for name in list(gradients)[:3]}

    def with_more(sizes, rng):
        return check.initialise.task.solution(sizes, rng) | {"W9": np.ones((2, 2))}

    texts = [feedback("", examine(task, each)).text() for task, each in (
        (check.two_layer_gradients.task, without), (check.initialise.task, with_more),
    )]  # fmt: skip
    assert "dW1, db1 and dW2 are right. db2 is missing." in texts[0] and "there is none" in texts[0]
    assert "yours W9" in texts[1] and "expected W9" in texts[1] and "expected W1" not in texts[1]


def test_names_and_numbers_are_written_as_in_the_exercise():
    def as_rows(sizes, rng):
        solved = check.initialise.task.solution(sizes, rng)
        return {name: part.reshape(-1, part.shape[-1]) / 5 for name, part in solved.items()}

    def thirds(W1, b1, W2, b2):
        return W1 @ W2, (b1 @ W2 + b2) / 3

    assert "b1: (1, 4)" in check.initialise.diagnose(as_rows).message
    assert check.collapse.diagnose(thirds).message == "W is right. b is not what was expected."


def test_coins_that_are_shared_are_not_called_counted():
    def one_for_a_unit(A, rate, rng):
        mask = np.tile((rng.random(A.shape[1]) >= rate) / (1 - rate), (len(A), 1))
        return A * mask, mask

    text = feedback("dropout", examine(check.dropout.task, one_for_a_unit)).text()
    assert "the same for every image" in text and "counted" not in text


def test_pairs_are_shown_as_they_came():
    def larger_first(counts, n):
        return [(j, i) for i, j in check.most_confused.task.solution(counts, n)]

    assert examine(check.most_confused.task, larger_first).behaviour.result["pair 1"].tolist() == [1, 0]


@pytest.mark.parametrize(
    "line, asked",
    [("np.ones(len(Z)) * Z.sum(axis=0).sum()", True), ("np.ones((3, *Z.shape)) * Z.max()", True),
     ("np.ones(len(Z))", False), ("np.ones((7, 9)) * Z.max()", False), ("Z[:0]", False), ("1.0", False)],
)  # fmt: skip
def test_axes_are_asked_for_only_where_one_is_too_many_or_too_few_and_the_code_deals_with_them(line, asked):
    question = examine(check.softmax.task, cell(f"def softmax(Z):\n    return {line}", "softmax")).question
    assert ("axis" in question) is asked, question


def test_between_arrays_of_one_axis_no_axis_is_asked_for():
    source = "def dead_units(A):\n    return (A == 0).all(axis=0)[:1]"
    assert "axis" not in examine(check.dead_units.task, cell(source, "dead_units")).question


def test_a_sentence_about_code_is_said_only_of_code_that_holds_it():
    first = """
        def confusion_matrix(labels, predicted, n_classes=10):
            counts = np.zeros((n_classes, n_classes), dtype=int)
            counts[labels[0], predicted[0]] += 1
            return counts
        """
    loop = """
        def confusion_matrix(labels, predicted, n_classes=10):
            counts = np.zeros((n_classes, n_classes), dtype=int)
            for label, answer in zip(labels, predicted):
                counts[label, answer] += 1
                return counts
        """
    said = [check.confusion_matrix.diagnose(cell(source, "confusion_matrix")) for source in (first, loop)]
    assert said[0].misconception == said[1].misconception == "Only the first image is counted"
    assert "`return`" not in said[0].message and "`return` stands inside the loop" in said[1].message


IN_ORDER = """
def f(X, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), 5):
        rows = order[start : start + 5]
        total = X[rows].round()
"""
WITHIN = """
def f(X, rng):
    for start in range(0, len(X), 5):
        order = rng.permutation(5)
        batch = X[start : start + 5][order]
"""


@pytest.mark.parametrize(
    "sentence, in_order, within",
    [("The rows are shuffled before the loop.", True, False), ("The rows are shuffled inside the loop.", False, True),
     ("The rows are shuffled first and cut afterwards.", True, True),
     ("They are cut first and shuffled afterwards.", False, False),
     ("The rows are cut before they are rounded.", True, False), ("The rows are cut after they were shuffled.", True, True),
     ("They are drawn before the loop.", False, False), ("`np.round` was called for the batch.", True, False),
     ("`permutation` was called once.", True, True), ("A loop over the entries", True, True),
     ("Into which array does `/=` write?", False, False), ("What is the `argmax` of all?", True, True)],
)  # fmt: skip
def test_what_is_said_of_an_order_is_proved_by_the_source(sentence, in_order, within):
    for source, holds in ((IN_ORDER, in_order), (WITHIN, within)):
        assert true_of(cell(source, "f"), sentence) == (sentence if holds else ""), source


OTHER_ERRORS = [  # an exercise, code that raises the same error as a known mistake, its title, what it is not
    ("accuracy", "def accuracy(predicted, labels):\n    return (predicted == labels).mean(axis=1)", "Labels have one axis"),
    ("descend", "def descend(gradient, start, learning_rate, steps):\n    path = np.zeros((steps + 1, len(start)))\n"
     "    path[0] = start\n    for i in range(steps + 1):\n"
     "        path[i + 1] = path[i] - learning_rate * gradient(path[i])\n    return path",
     "A row that is not there"),
    ("stops_early", "def stops_early(losses, patience):\n    return int('') if len(losses) < 99 else 1",
     "the smallest of an empty list"),
]  # fmt: skip


@pytest.mark.parametrize("name, source, title", OTHER_ERRORS)
def test_an_error_of_the_same_class_is_not_the_same_mistake(name, source, title):
    assert title in {mistake.title for mistake in check.EXERCISES[name].task.mistakes}
    finding = examine(check.EXERCISES[name].task, cell(source, name))
    assert finding.verdict.misconception != title
    assert re.search(r"It raised \w+ in line \d", feedback(name, finding).text())


def test_a_known_mistake_that_raises_an_error_shows_it_and_is_a_guess_where_nothing_else_came():
    source = "def initialise(sizes, rng):\n    W = {}\n    for i in range(len(sizes)):\n        W[i] = sizes[i + 2]\n    return W"
    finding = examine(check.initialise.task, cell(source, "initialise"))
    text = " ".join(feedback("initialise", finding).text().split())
    assert finding.verdict.guess and "Perhaps: A place that is not there." in text
    assert "It raised IndexError in line 4: `W[i] = sizes[i + 2]`: list index out of range" in text


def test_one_answer_in_all_cases_is_only_a_guess():
    source = "def stops_early(losses, patience):\n    return len(losses) > 0"
    finding = examine(check.stops_early.task, cell(source, "stops_early"))
    text = " ".join(feedback("stops_early", finding).text().split())
    assert finding.verdict.guess and "Perhaps: Always True." in text
    right_in_one = examine(
        check.accuracy.task, cell("def accuracy(predicted, labels):\n    return (predicted == labels).sum()", "accuracy")
    )
    assert not right_in_one.verdict.guess


def test_a_number_that_stands_for_an_infinite_loss_is_not_told():
    def exchanged(P, Y):
        with np.errstate(all="ignore"):
            return -(P * np.log(Y)).sum() / len(Y)

    verdict = check.cross_entropy.diagnose(exchanged)
    assert verdict.guess and "e+0" not in verdict.relation


def test_an_example_that_gives_the_word_failed_has_not_failed(monkeypatch):
    monkeypatch.setattr(check.relu.task, "solution", lambda Z: "failed")
    source = 'def relu(Z):\n    """\n    >>> relu(1)\n    """\n    return 7'
    example = example_that_fails(check.relu.task, cell(source, "relu"))
    assert (example.gave, example.due) == (7, "failed")


@pytest.mark.parametrize(
    "line, asked",
    [("return sofmax(Z)", "Is `softmax` what you meant?"), ("return np.softmax(Z)", "How is it spelt"),
     ("return np.exq(Z)", "`np.exp`"), ("return exp(Z)", "needs `np.` before it")],
)  # fmt: skip
def test_a_name_that_may_have_been_meant_is_asked_for(line, asked):
    question = examine(check.softmax.task, cell(f"def f(Z):\n    {line}", "f", softmax=softmax)).question
    assert asked in question


ERRORS = {  # code that raises an error, and what the error is called
    "[1, 2].index(3)": "What is looked for is not there",
    "(lambda a, b: a)(1)": "An argument is missing",
    "(lambda a: a)(1, 2)": "The wrong number of arguments",
    "(lambda a: a)(b=1)": "An argument of an unknown name",
    "(lambda a, b: a)(1, b=2, a=3)": "One argument was given twice",
    "np.maximum(v, 0, 0)": "The wrong number of arguments",
    "a, b = 3": "One thing for several names",
    "a, b = 1, 2, 3": "Not as many values as names",
    "[x for x in 3]": "A loop over a single thing",
    "len(3)": "The length of a single thing",
    "number[0]": "An entry of a single thing",
    "np.zeros[3]": "Square brackets after a function",
    "v.sum / 2": "Brackets are missing",
    "number(4)": "What is called is not a function",
    "t = (1, 2); t[0] = 1": "Written into what cannot be changed",
    "{}[v]": "An array, a list or a dict where a name is needed",
    "v[7]": "An index beyond the end",
    "[1][-2]": "An index beyond the end",
    "v[-7]": "An index before the beginning",
    "v.sum(axis=1)": "An axis that the array does not have",
    "table[0, 0, 0]": "More indices than axes",
    "v[0.5]": "An index that is not a whole number",
    "v[np.array([True, False])]": "A mask of the wrong size",
    "[[1], [2]][0, 0]": "A list used like an array",
    "table + np.ones(2)": "Shapes that do not fit",
    "v + np.ones(4)": "Shapes that do not fit",
    "table @ table": "Shapes that do not fit",
    "np.dot(table, table)": "Shapes that do not fit",
    "table @ 3": "`@` with a single number",
    "v[:] = np.ones(4)": "What is written does not fit",
    "v += table": "What is written does not fit",
    "np.array([[1, 2], [3]])": "Rows of different lengths",
    "v[0] = [1, 2]": "An array where one number belongs",
    "float(v)": "An array where one number belongs",
    "int('a')": "A text that is not a number",
    "'a' + 1": "Arithmetic with a text",
    "[1] - 1": "Arithmetic with a list",
    "[1] * 2.0": "Arithmetic with a list, a tuple or a text",
    "range(3) + 1": "Arithmetic with what has not been made yet",
    "[1] > 1": "A comparison of two types that have no order",
    "(v > 0) - (v > 1)": "A minus before True and False",
    "whole /= 2": "Decimal numbers written into whole ones",
    "fixed[0] = 1": "An array that must not be changed",
    "if v > 0: pass": "Asked once for the whole array",
    "range(2.5)": "A decimal number where a whole one is needed",
    "np.zeros(2, 3)": "A number where a type belongs",
    "np.zeros(-1)": "A size below 0",
    "[].shape": "Not an array yet",
    "number.shape": "A name that it does not have",
    "None + 1": "None where something else is needed",
    "np.exp('a')": "Not an array of numbers",
    "1 / 0": "Divided by 0",
    "min([])": "A step on an empty array or list",
    "next(iter([]))": "Nothing is left to be taken",
    "np.array([300]) + np.uint8(300)": "A number that is too large",
    "import numpi": "A module that is not there",
    "assert number == 2": "An `assert` does not hold",
    "eval('1 +')": "Python cannot read it",
    "unknown": "A name without a value",
}


@pytest.mark.parametrize("code", ERRORS)
def test_what_beginners_are_told_of_an_error(code):
    v, fixed = np.ones(3), np.ones(3)
    fixed.flags.writeable = False
    with pytest.raises(Exception) as caught:
        exec(code, {"np": np, "v": v, "fixed": fixed, "table": np.ones((2, 3)), "whole": np.arange(3), "number": 3})
    title, question = kind_of(caught.value)
    assert title == ERRORS[code] and question.endswith((".", "?"))


def test_a_choice_in_one_line_is_quoted_only_with_what_stands_on_both_of_its_sides():
    said = "There stands `a if c else 0`."
    chosen, other = (cell(f"def f(a, c):\n    return a if c else {end}", "f") for end in ("0", "-a"))
    assert true_of(chosen, said) == said and true_of(other, said) == ""


def test_an_exception_that_covers_all_of_the_case_that_is_shown_is_not_said():
    def mixed(P, Y):
        return (P * (1 - P) - Y) / len(Y)

    assert "except where" not in examine(check.softmax_cross_entropy_backward.task, mixed).verdict.relation


def test_a_few_numbers_are_set_side_by_side_also_where_one_is_missing():
    source = """
        def minibatches(X, y, batch_size, rng):
            order = rng.permutation(len(X))
            while len(order):
                rows, order = order[:batch_size], order[batch_size + 1 :]
                yield X[rows], y[rows]
        """
    verdict = check.minibatches.diagnose(cell(source, "minibatches"))
    assert "Sizes of X, largest first: [5, 5] (expected: [5, 5, 2])" in verdict.message


def test_batches_that_are_handed_out_in_a_growing_list_are_called_lists():
    source = """
        def minibatches(X, y, batch_size, rng):
            order, batches = rng.permutation(len(X)), []
            for start in range(0, len(X), batch_size):
                rows = order[start : start + batch_size]
                batches.append((X[rows], y[rows]))
                yield batches
        """
    assert "Lists of pairs came" in check.minibatches.diagnose(cell(source, "minibatches")).message


def test_what_makes_a_panel_long_is_folded(capsys):
    rng = np.random.default_rng(0)
    case = Case("many rows", rng.normal(size=(20, 2)), np.ones((2, 2)), np.zeros(2))
    finding = examine(check.linear.task, lambda X, W, b: X @ W - b)
    panel = feedback("linear", dataclasses.replace(finding, case=case))
    assert sum(1 if isinstance(rows, str) else len(rows) for _, _, rows in panel.values) <= 12
    assert "(not shown: X)" in panel.text() and "<details><summary>" in panel.html()


def test_a_network_that_is_given_is_folded_and_the_few_numbers_of_a_step_are_not():
    epochs = feedback("fit", examine(check.fit.task, lambda *given: check.fit.task.solution(*given)[-1:]))
    assert "(not shown: parameters W1, parameters b1, parameters W2, parameters b2," in epochs.text()
    assert [label for label, _, _ in epochs.values if label.startswith("parameters")] == []
    step = feedback("sgd_step", examine(check.sgd_step.task, lambda parameters, gradients, learning_rate: 1.0))
    assert "parameters W1" in [label for label, _, _ in step.values]


@pytest.mark.parametrize(("made", "said"), [
    (lambda seen: ([look for look, _ in seen], [look for _, look in seen]), "Several lists"),
    (lambda seen: dict(enumerate(seen)), "A dict came"),
    (lambda seen: np.array(seen), "An array of shape (2, 2, 2) came"),
])  # fmt: skip
def test_what_is_no_list_of_looks_is_told_so_in_words(made, said):
    panel = feedback("fit", examine(check.fit.task, lambda *given: made(check.fit.task.solution(*given))))
    assert said in panel.headline and "float64" not in panel.text() and "pencil" not in panel.text()


@pytest.fixture
def quickly(monkeypatch):
    """Only what is known and what the results show: relations and places are tried elsewhere."""
    monkeypatch.setattr("mlp_helpers.check.engine.examine.relation", lambda *given: "")
    monkeypatch.setattr("mlp_helpers.check.engine.examine.place", lambda *given: None)


def of_each_epoch(entry):
    """A function that puts the two looks of each epoch into its list in another form."""
    return lambda *given: [entry(train, validation) for train, validation in check.fit.task.solution(*given)]


@pytest.mark.parametrize(("entry", "said"), [
    (lambda train, validation: train[0] + validation[0], "What an entry holds: one number (expected: two pairs of loss and"),
    (lambda train, validation: (train[0] + train[1], validation[0]), "What an entry holds: two numbers (expected: two pairs"),
    (lambda train, validation: (train, validation, train), "What an entry holds: 3 pairs (expected: two pairs"),
    (lambda train, validation: (train[0], validation), "What an entry holds: one number and two numbers (expected"),
    (lambda train, validation: "0.5", "What an entry holds: a str (expected: two pairs"),
    (lambda train, validation: None, "What an entry holds: None (expected: two pairs"),
])  # fmt: skip
def test_looks_of_another_form_are_described_in_words_on_both_sides(entry, said, quickly):
    panel = feedback("fit", examine(check.fit.task, of_each_epoch(entry)))
    assert said in panel.headline and "array of shape" not in panel.text() and "float64" not in panel.text()


def test_looks_of_arrays_without_axes_are_right():
    def arrays(*given):
        return [tuple(tuple(map(np.array, look)) for look in looks) for looks in check.fit.task.solution(*given)]

    assert check.fit.diagnose(arrays).passed


def test_classes_of_entries_are_found_beside_arguments_of_uneven_parts():
    case = check.fit.task.cases[0]
    clauses = [each.clause for each, _ in _classes(check.fit.task.inputs, case.arguments, np.ones(3))]
    assert "it is right where `len(train)` is 1" in clauses


def test_pairs_that_were_laid_out_flat_are_named(quickly):
    def flat(*given):
        return [look for looks in check.fit.task.solution(*given) for look in looks]

    def classes(counts, n):
        return [i for pair in check.most_confused.task.solution(counts, n) for i in pair]

    assert check.fit.diagnose(flat).misconception == check.most_confused.diagnose(classes).misconception == "One flat list"


def test_a_loss_that_is_right_is_not_exchanged_for_words(quickly):
    def on_a_copy(parameters, *given):
        return check.train_one_epoch.task.solution({name: array.copy() for name, array in parameters.items()}, *given)

    panel = feedback("train_one_epoch", examine(check.train_one_epoch.task, on_a_copy))
    assert "Another network was trained" in panel.headline
    assert "yours W1: movement / learning rate" in {label for label, _, _ in panel.values}


@pytest.mark.parametrize("name", [
    "batches_of", "read_header", "chain_blame", "linear_backward", "two_layer_gradients", "minibatches", "train_one_epoch", "fit",
    "gap_and_decline", "most_confused", "dropout",
])  # fmt: skip
@pytest.mark.parametrize("made", [lambda came: {"a": came, "b": came}, lambda came: [came], lambda came: 1.0])
def test_of_whatever_comes_no_text_of_our_own_is_told_as_what_came_or_is_due(name, made, quickly):
    task = check.EXERCISES[name].task
    headline = feedback(name, examine(task, lambda *given: made(task.solution(*given)))).headline
    assert not re.search(r"is a str|where a str|something else", headline)


@pytest.mark.parametrize("first", [None, "abc", 1.0])
def test_a_weight_that_is_no_array_is_described_beside_the_others(first, quickly):
    def with_another_first(*given):
        return check.initialise.task.solution(*given) | {"W1": first}

    headline = feedback("initialise", examine(check.initialise.task, with_another_first)).headline
    assert headline.startswith("b1, W2 and b2 are right. W1") and "where a str" not in headline


def test_pairs_that_are_missing_are_counted_in_the_words_of_the_exercise(quickly):
    def one_less(counts, n):
        return check.most_confused.task.solution(counts, n)[:-1]

    headline = feedback("most_confused", examine(check.most_confused.task, one_less)).headline
    assert headline.startswith("Number of pairs: 1 (expected: 2)") and "array" not in headline


def test_a_known_mistake_that_a_harsh_case_speaks_against_is_a_guess():
    """It closes the gate at exactly 0, as the known mistake, whose gate is always open, does not."""
    verdict = check.relu_blame.diagnose(lambda da, s: da if s else 0.0)
    assert verdict.misconception == "The gate is always open" and verdict.guess
    assert not check.relu_blame.diagnose(lambda da, s: da).guess


def test_a_whole_number_may_stand_for_the_decimal_one_that_it_is():
    assert same(0, 0.0) and same(np.int64(3), 3.0)
    assert not same(True, 1.0) and not same(np.array([0]), np.array([0.0])) and not same(1.0, 1) and not same(1, 1.5)


def test_an_array_that_was_filled_by_as_little_as_possible_counts_as_changed():
    def floored(P, Y):
        P[P == 0] = 5e-324
        return -(Y * np.log(P)).sum() / len(P)

    assert check.cross_entropy.diagnose(floored).misconception == "changes its input"


# --- what is asked, and how parts are called ---------------------------------------------------------------------------


@pytest.mark.parametrize("gathered", [lambda row: np.stack([row], axis=0), lambda row: np.stack(row, axis=0)])
def test_axes_are_not_asked_for_where_it_is_the_rows_that_are_gone(gathered):
    def shift(X, down, right):
        return gathered(check.shift.task.solution(X, down, right)[-1]) + 0 * X.sum(axis=None)

    finding = examine(check.shift.task, shift)
    assert finding.verdict.relation == "Only the last of the rows came."
    assert finding.question == "Which line gives the result its shape?"


def test_axes_are_asked_for_where_one_is_gone_and_no_relation_says_why():
    gone = examine(check.relu.task, lambda Z: np.maximum(Z, 0).sum(axis=1) + Z.max(axis=1) ** 2)
    assert gone.question == "Which axis should stay, and which should go?"


def test_where_a_row_meets_a_column_no_axis_is_left_over(quickly):
    def log_sum_exp(Z):
        s, total = np.max(Z, axis=1, keepdims=True), 0
        for j in range(Z.shape[1]):
            total = total + np.exp(Z[:, j] - s)
        return s + np.log(total)

    n = len(check.log_sum_exp.task.cases[0].arguments[0])
    met = examine(check.log_sum_exp.task, log_sum_exp)
    assert met.question == f"Where does a row ({n},) meet a column ({n}, 1)?"
    left_over = examine(check.log_sum_exp.task, lambda Z: Z + np.log(np.exp(Z).sum(axis=1, keepdims=True)))
    assert left_over.question == "Which axis should stay, and which should go?"


def test_where_the_type_alone_is_wrong_it_is_asked_for(quickly):
    def brighten(image, amount):
        return np.minimum(image.astype(np.int16) + amount, 255).astype(np.int16)

    assert examine(check.brighten.task, brighten).question == "What comes out when you print its `dtype`?"


def test_a_pencil_is_for_few_numbers_and_a_single_call():
    by_hand = "Can you follow this case with a pencil, line by line?"
    assert examine(check.linear.task, lambda X, W, b: X @ W - np.sin(b)).question == by_hand
    fitted = examine(check.fit.task, lambda *given: [((1.0, 0.5), (2.0, 0.5)) for _ in range(given[3])])

    class Layer(Linear):
        def forward(self, X):
            return super().forward(X) + np.sin(X.sum())

    assert by_hand not in (fitted.question, examine(check.Linear.task, Layer).question)


def test_the_few_numbers_of_a_part_are_rounded_as_far_as_they_can_be_told_apart():
    judged = task.Task(lambda x: {"share of it": np.array([x, 1.0])}, [Case("one", 0.5)], lambda rng: (rng.uniform(),), "Right.")
    finding = examine(judged, lambda x: {"share of it": np.array([x**3 + 1, 2 * x - 9])})
    assert finding.verdict.message.startswith("Share of it: [1.125, -8] (expected: ")
    told = [_difference("share of it", np.array(values), np.array([0.1, 0.2])) for values in ([0.123456, 0.2], [0.10000049, 0.2])]
    assert told == ["share of it: [0.1235, 0.2] (expected: [0.1, 0.2])", "share of it: [0.10000049, 0.2] (expected: [0.1, 0.2])"]


def test_a_known_mistake_does_not_wait_for_a_search(monkeypatch):
    searched = []
    monkeypatch.setattr(sys.modules[examine.__module__], "place", lambda *given: searched.append(given))
    named = check.accuracy.diagnose(lambda predicted, labels: (predicted == labels).sum())
    guessed = check.stops_early.diagnose(lambda losses, patience: True)
    assert named.misconception and guessed.misconception and guessed.guess and searched == []
    assert check.linear.diagnose(lambda X, W, b: X @ W - np.sin(b)).misconception is None and len(searched) == 1


def test_of_the_known_mistakes_only_those_are_tried_everywhere_that_fit_where_little_is_computed():
    calls = []
    judged = task.Task(lambda x: x, [Case("one", 1.0), Case("many", np.arange(9.0))], lambda rng: (rng.normal(size=5),), "Right.")

    def doubled(x):
        """All is doubled."""
        calls.append(np.size(x))
        return 2 * x

    judged.add_mistake("Doubled", doubled, "wrong", "What is done twice?")
    assert examine(judged, lambda x: 3 * x).verdict.misconception is None and calls == [1]
    assert examine(judged, lambda x: x + x).verdict.misconception == "Doubled" and 9 in calls


# --- what a fresh reader found -------------------------------------------------------------------------------------------


def panel_of(name, source, **known):
    function = cell(source, name, **known)
    return feedback(name, examine(check.EXERCISES[name].task, function))


def walking(name, inside):
    lines = f"def {name}(record, result):\n    order = []\n    def walk(name):\n{inside}    walk(result)\n    return order[::-1]"
    return cell(lines, name)


def test_calls_that_go_too_deep_are_recognised_by_any_name_and_not_called_endless(monkeypatch):
    inside = "        if name not in order:\n            for child in record[name]:\n                walk(child)\n"
    walk = walking("topological_order", f"{inside}            order.append(name)\n")
    verdict = check.topological_order.diagnose(walk)
    assert (verdict.misconception, verdict.kind) == ("a function that calls itself", "fragile")
    monkeypatch.setattr(check.topological_order.task, "mistakes", [])
    verdict = check.topological_order.diagnose(walk)
    assert (verdict.misconception, verdict.kind) == ("too deep", "fragile") and "without end" not in verdict.message
    again = walking("topological_order", "        walk(name)\n")
    assert check.topological_order.diagnose(again).misconception == "Calls itself without end"


def test_of_calls_that_go_too_deep_in_one_case_nothing_is_said_about_the_others():
    judged = task.Task(lambda x: x, [Case("one", 1.0), Case("two", 2.0)], lambda rng: (2.0,), "Right.")
    verdict = examine(judged, lambda x: calling_itself(x) if x == 1 else x + 1).verdict
    assert (verdict.misconception, verdict.kind) == ("Too deep", "wrong") and "right" not in verdict.message


def test_a_long_dict_is_one_row():
    inside = "        if name not in order:\n            for child in record[name]:\n                walk(child)\n"
    walk = walking("topological_order", f"{inside}            order.append(name)\n")
    panel = feedback("topological_order", examine(check.topological_order.task, walk))
    labels = [label for label, _, _ in panel.values + panel.folded]
    assert labels.count("record") == 1 and len(labels) < 10 and len(panel.text().splitlines()) < 15


@pytest.mark.parametrize("asked", ["np.isfinite(last)", "last < np.inf"])
def test_a_training_loss_that_was_compared_with_the_first_is_not_called_unasked(asked):
    source = f"""
        def diagnose_curves(train_loss, validation_loss):
            last = train_loss[-1]
            if not {asked} or last > 2 * train_loss[0]:
                return "diverged"
            if validation_loss[-1] > 1.1 * min(validation_loss) and last < train_loss[0]:
                return "overfitting"
            if last > 0.25:
                return "underfitting"
            return "gap" if validation_loss[-1] > 3 * last else "fine"
        """
    verdict = check.diagnose_curves.diagnose(cell(source, "diagnose_curves"))
    assert verdict.misconception == "The training loss compared with the first epoch"


def test_the_type_comes_second_where_the_numbers_are_wrong_too():
    source = """
        def shift(X, down, right):
            images = X.reshape(-1, 28, 28)
            moved = np.zeros(images.shape)
            for row in range(28):
                for column in range(28):
                    moved[:, (row + right) % 28, (column + down) % 28] = images[:, row, column]
            return moved.reshape(len(X), 784)
        """
    verdict = check.shift.diagnose(cell(source, "shift"))
    assert verdict.misconception is None and verdict.message == (
        "The result is not what was expected. Also, it holds decimal numbers (type float64) where whole numbers are due."
    )
    assert "the numbers are right where" in verdict.relation and "it is right" not in verdict.relation
    as_numbers = check.dead_units.diagnose(lambda A: (A == 0).all(axis=0) * 1)
    assert as_numbers.misconception == "Holds whole numbers" and "Also" not in as_numbers.message


def test_of_a_part_of_another_type_only_the_type_is_told():
    assert _difference("dW", np.array([1, 2]), np.array([1.0, 2.0])) == "dW holds whole numbers, where decimal numbers are wanted"
    assert _difference("dW", np.array([1, 5]), np.array([1.0, 2.0])) == ""


def test_what_a_function_returns_beside_what_it_changes_is_not_held_against_it():
    source = '''
        def sgd_step(parameters, gradients, learning_rate):
            """Move each parameter, in place.

            >>> parameters = {"b1": np.array([1.0, 2.0])}
            >>> sgd_step(parameters, {"b1": np.array([2.0, -2.0])}, 0.5)
            >>> parameters["b1"]
            array([0., 3.])
            """
            for name in parameters:
                parameters[name] = parameters[name] - learning_rate * gradients[name]
            return parameters
        '''
    finding = examine(check.sgd_step.task, cell(source, "sgd_step"))
    assert not finding.verdict.passed and finding.example is None


def test_an_example_about_something_else_is_not_shown_beside_what_is_said():
    source = '''
        def input_blames(operation, G, a, b=None):
            """The blames of the inputs.

            >>> input_blames("relu", np.array([-5.0, 7.0]), np.array([2.0, -3.0]))
            [array([-5.,  0.])]
            """
            if operation == "+":
                return [G, G]
            if operation == "*":
                return [sum_to_shape(G * b, a.shape), sum_to_shape(G * a, b.shape)]
            if operation == "@":
                return [G @ b.T, a.T @ G]
            return [{"sum": G * np.ones(a.shape), "relu": np.maximum(G, 0), "exp": G * np.exp(a), "log": G / a}[operation]]
        '''
    panel = panel_of("input_blames", source, sum_to_shape=check.sum_to_shape.task.solution)
    assert "is an array of shape" in panel.headline
    assert "your own example" not in [label for label, _, _ in panel.values]


def test_what_an_example_prints_is_one_line():
    source = '''
        def standard_error(accuracy, n):
            """How far off by chance.

            >>> print(round(float(standard_error(0.9, 100)), 2))
            0.03
            """
            return accuracy * (1 - accuracy) / np.sqrt(n)
        '''
    panel = panel_of("standard_error", source)
    gives = next(table for label, _, table in panel.values if label == "gives")
    assert gives == [[("0.01", True)]]


def test_a_short_argument_is_not_folded_behind_a_tall_one():
    tall = [(f"{name}", np.arange(12.0).reshape(4, 3)) for name in "ab"]
    judged = task.Task(
        lambda a, b, rows: a * 2, [Case("tall", *(array for _, array in tall), np.array([-1, 2]))] * 2,
        lambda rng: (*(array for _, array in tall), np.array([0, 1])), "Right.",
    )  # fmt: skip
    panel = feedback("tall", examine(judged, lambda a, b, rows: a * 3 + np.sin(a)))
    assert [label for label, _, _ in panel.values][:2] == ["case", "rows"] and "b" in [label for label, _, _ in panel.folded]


def test_what_rounding_leaves_is_shown_as_zero_beside_what_was_expected():
    assert rows(np.array([3.8e-34, 0.5]), np.array([0.7, 0.5])) == [[("0", True), ("0.5", False)]]
    assert rows(np.array([3.8e-34, 5.0]), np.array([0.0, np.inf]), 0, 0) == [[("3.8e-34", True), ("5", True)]]


def test_advice_for_another_mistake_is_left_out_where_the_cause_is_known():
    one_hot, cross_entropy = check.one_hot.task.solution, check.cross_entropy.task.solution

    class SoftmaxCrossEntropy:
        def forward(self, Z, y):
            self.P, self.Y = softmax(Z), one_hot(y)
            return cross_entropy(self.P, self.Y)

        def backward(self):
            return (self.P - self.Y) / len(self.P)

    text = " ".join(feedback("SoftmaxCrossEntropy", examine(check.SoftmaxCrossEntropy.task, SoftmaxCrossEntropy)).text().split())
    assert "Always ten classes" in text and "but has shape" in text and "Leave out" not in text


def test_a_colon_is_asked_about_only_where_one_stands():
    asked = "Which row does the first label belong to, and what does `:` stand for?"
    assert true_of(cell("def f(Y, labels):\n    Y[labels] = 1", "f"), asked) == ""
    assert true_of(cell("def f(Y, labels):\n    Y[:, labels] = 1", "f"), asked) == asked


def test_rows_that_are_counted_from_the_end_are_spoken_of():
    def take_backward(G, A, rows):
        return (np.arange(len(A))[:, None] == rows).astype(float) @ G

    verdict = check.take_backward.diagnose(take_backward)
    assert (verdict.misconception, verdict.kind) == ("rows counted from the end", "fragile")
    panel = feedback("take_backward", examine(check.take_backward.task, take_backward))
    assert "rows" in [label for label, _, _ in panel.values]


def test_the_record_read_backwards_is_named_and_no_argument_is_called_unused():
    verdict = check.topological_order.diagnose(cell("def f(record, result):\n    return list(record)[::-1]", "f"))
    assert verdict.misconception == "The record read backwards"


@pytest.mark.parametrize("key", [0, ..., ("W1", "b1"), None])
def test_a_name_that_is_no_word_is_said_to_be_too_many(key):
    solution = check.adam_step.task.solution

    def adam_step(parameters, *others):
        parameters[key] = np.zeros(1)
        return solution({name: parameters[name] for name in parameters if name != key}, *others)

    assert "too many" in check.adam_step.diagnose(adam_step).message


def labels_shown(panel):
    return [label for label, _, _ in panel.values]


def test_what_the_part_that_is_shown_was_made_of_is_not_folded():
    def named_only(parameters, gradients, learning_rate):
        for name in ("W1", "b1", "W2", "b2"):
            if name in parameters:
                parameters[name] -= learning_rate * gradients[name]

    shown = labels_shown(feedback("sgd_step", examine(check.sgd_step.task, named_only)))
    part = next(label for label in shown if label.startswith("expected")).removeprefix("expected parameters ")
    assert {f"parameters {part}", f"gradients {part}", "learning_rate"} <= set(shown)


def test_the_numbers_of_a_step_are_never_folded():
    def other_way(parameters, gradients, velocity, learning_rate, momentum):
        for name in parameters:
            velocity[name] *= 1 - momentum
            velocity[name] += momentum * gradients[name]
            parameters[name] -= learning_rate * velocity[name]

    for case in check.momentum_step.task.cases:
        finding = examine(check.momentum_step.task, other_way)
        panel = feedback("momentum_step", dataclasses.replace(finding, case=case))
        assert {"learning_rate", "momentum"} <= set(labels_shown(panel)), case.title


def test_what_was_expected_and_is_folded_is_not_listed():
    def unknown(parameters, X, Y, batch_size, learning_rate, rng):
        return loss_of_nobody(X, Y)  # noqa: F821

    panel = feedback("train_one_epoch", examine(check.train_one_epoch.task, unknown))
    assert any(label.startswith("expected") for label, _, _ in panel.folded)
    (line,) = (line for line in panel.text().splitlines() if "(not shown" in line)
    assert "expected" not in line and "parameters W1" in line


def test_of_a_part_that_is_as_it_was_given_it_is_asked_what_changes_it(quickly):
    source = """
        def adam_step(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
            t = memory["steps"] + 1
            for name in parameters:
                g, m, s = gradients[name], memory["mean"][name], memory["square"][name]
                m += (1 - beta1) * (g - m)
                s += (1 - beta2) * (g**2 - s)
                parameters[name] -= learning_rate * (m / (1 - beta1**t)) / np.sqrt(s / (1 - beta2**t) + epsilon)
        """
    assert examine(check.adam_step.task, cell(source, "adam_step")).question == "Which line changes `steps`?"


def wrong_parts(finding):
    came, due = finding.behaviour.result, finding.expected.result
    return {name for name in due if not same(came[name], due[name], finding.task.rtol, finding.task.atol)}


def test_a_case_is_shown_in_which_the_cause_has_not_spread_to_all_parts(quickly):
    source = check.repaired_2.source()
    assert "dZ1.sum(axis=0)" in source
    one_mean = source.replace("dZ1.sum(axis=0)", "dZ1.mean(axis=0)")
    repaired_2 = cell(one_mean, "repaired_2", minibatches=minibatches, relu=relu, softmax=softmax)
    assert wrong_parts(examine(check.repaired_2.task, repaired_2)) == {"b1: movement / learning rate"}


def test_a_case_is_shown_in_which_all_that_is_wrong_is_seen(quickly):
    def chain_blame(w, x, b, t):
        ds = 2 * (w * x + b - t)
        return ds * w, ds * b

    finding = examine(check.chain_blame.task, chain_blame)
    assert wrong_parts(finding) == {"dw", "db"} and not finding.case.harsh


def test_a_small_case_is_shown_where_most_of_what_is_wrong_is_seen(quickly):
    (uphill,) = (mistake for mistake in check.train_one_epoch.task.mistakes if mistake.title == "Uphill")
    assert size(examine(check.train_one_epoch.task, uphill.function).case.arguments) <= SMALL


def test_a_mistake_is_shown_in_the_case_that_it_is_about():
    finding = examine(check.cross_entropy.task, lambda P, Y: -np.log((P * Y).sum(axis=1) + 0.001).mean())
    assert finding.verdict.misconception == "a floor that is too high"
    assert finding.case.title == "a true class with probability 0"


class WithAnEnd(check.MLP.task.solution):
    """Its loss layer has the name that the learner likes better."""

    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.end = self.loss_layer
        del self.loss_layer

    def loss_and_gradients(self, X, y):
        loss, dA = self.end.forward(self.forward(X), y), self.end.backward()
        for layer in reversed(self.layers):
            dA = layer.backward(dA)
        linears = enumerate(self.layers[::2], 1)
        return loss, {f"{name}{i}": getattr(layer, f"d{name}") for i, layer in linears for name in "Wb"}


class WithOneGate(WithAnEnd):
    def __init__(self, sizes, activation, rng):
        super().__init__(sizes, activation, rng)
        self.layers[1::2] = [activation()] * len(self.layers[1::2])


def test_the_names_that_the_lesson_goes_on_with_are_asked_for_and_hide_no_other_mistake():
    assert check.MLP.diagnose(WithAnEnd).misconception == "another name for the loss layer"
    assert check.MLP.diagnose(WithOneGate).misconception == "One activation for all layers"


@pytest.mark.parametrize("name", ["fit", "most_confused", "sample_settings", "topological_order"])
def test_an_iterator_is_no_list(name, quickly):
    exercise = check.EXERCISES[name]

    def one_by_one(*given):
        yield from exercise.task.solution(*given)

    verdict = exercise.diagnose(one_by_one)
    assert not verdict.passed and "An iterator came, where the exercise asks for a list" in verdict.message
    finding = examine(exercise.task, one_by_one)
    assert not finding.case.harsh


def test_of_weights_it_is_said_how_many_times_too_large_they_are(quickly):
    def initialise(sizes, rng):
        named = {}
        for i, (d, h) in enumerate(itertools.pairwise(sizes), 1):
            named[f"W{i}"] = (3 * np.sqrt(2 / d) * rng.standard_normal((d, h))).astype(np.float32)
            named[f"b{i}"] = np.zeros(h, np.float32)
        return named

    assert "spread 3 times sqrt(2 / inputs)" in feedback("initialise", examine(check.initialise.task, initialise)).text()


@pytest.mark.parametrize("bits", [np.random.PCG64, np.random.MT19937, np.random.Philox])
def test_a_generator_that_is_given_is_a_twin_of_the_one_in_the_case(bits):
    rng = np.random.Generator(bits(3))
    rng.standard_normal(5)
    before = rng.bit_generator.state
    outcome = run(lambda rng: [*rng.random(3), *rng.spawn(1)[0].random(2)], (rng,), 5)
    np.testing.assert_equal(rng.bit_generator.state, before)
    assert outcome.value == [*rng.random(3), *rng.spawn(1)[0].random(2)]
