"""Where a function goes wrong: the line in which a single small change of the learner's own code makes it right.

The changes are tried out in copies of what the function refers to, inside the same walls as the function itself.
"""

import ast
import contextlib
import copy
import dataclasses
import dis
import functools
import inspect
import itertools
import sys
import time
import types

import numpy as np

from .changes import STEP, STEPS, changes
from .clock import TookTooLong
from .running import many_runs, run
from .sources import imported_by, methods_of, source_of

CHANGES = 2_000  # tried at most, always the same ones in the same order
LINES = 10_000  # that a changed function may run through in one call; a case in which the unchanged one needs more is left out
SECONDS = 10  # for all of them; if that is not enough, nothing is said
ONE = 1  # second for one call; the clock stops the search there, too
MEMORY = 2**29  # bytes
COPIED = 2**20  # bytes of lists, dicts and objects of the notebook that a function may refer to
AROUND = 3  # lines shown before and behind the one that is marked
MODULES = {"collections", "functools", "itertools", "math", "mlp_helpers", "numpy", "operator", "random"}
FORBIDDEN = {
    "open", "exec", "eval", "compile", "input", "breakpoint", "exit", "quit", "globals", "vars", "setattr", "delattr",
    "save", "savez", "savez_compressed", "savetxt", "tofile", "dump", "memmap", "write", "writelines", "__import__",
}  # fmt: skip
CHANGED = "<a change>"


class _TooManyLines(BaseException):
    """Not an Exception, so that a learner's ``except Exception`` does not swallow it."""


@dataclasses.dataclass(frozen=True)
class Place:
    """The lines of a learner's code where a small change makes it right, numbered as in the cell, and what to look at."""

    lines: tuple
    look: str
    code: str  # with these lines marked

    @property
    def message(self):
        *most, last = [f"line {number}" for number in self.lines]
        where = (f"{', '.join(most)} or {last}" if most else last).capitalize()
        sure = "may be" if " missing at " in self.look else "is"  # what is added may repair what went wrong elsewhere
        return f"{where} {sure} where it goes wrong: {self.look}{'' if self.look.endswith('?') else '.'}"


def place(task, function, behaviours):
    """Return the Place where a small change makes a function behave as expected in all cases; None if there is none to be found.

    One that makes it right in all cases that are not harsh will do where none helps in all of them. When the clock has to stop
    the search, or a single call, there is none: elsewhere it might have come to another end.
    """
    try:
        return _search(task, function, behaviours)
    except TimeoutError:
        return None


def _search(task, function, behaviours):
    kept = []
    outcome = run(lambda: kept.append(_copies(function)), (), ONE)
    if outcome.error is not None or kept == [None]:
        return None
    (copies,) = kept
    wrong = [i for i, behaviour in enumerate(behaviours) if not task.alike(behaviour, task.expected[i])]
    gentle = {i for i, case in enumerate(task.cases) if not case.harsh}
    first = min(wrong, key=lambda i: (i not in gentle, _weight(task.cases[i].arguments)))
    cases = [first, *(i for i in range(len(task.cases)) if i != first)]
    steps, deadline = _steps(task), time.monotonic() + SECONDS
    with many_runs(MEMORY) as run_one:

        def outcome_of(made, i):
            with _few_lines():
                outcome = task.run(made, task.cases[i].arguments, min(ONE, deadline - time.monotonic()), run_one)
            if isinstance(outcome.error, TookTooLong):
                raise TimeoutError
            return outcome

        def right_in(made, wanted):
            """How many of the cases come out as wanted, one after the other up to the first that does not."""
            for i in cases:
                if not task.alike(task.behaviour(outcome_of(made, i)), wanted[i]):
                    return cases.index(i)
            return len(cases)

        unchanged = copies.made(run_one)
        large = [i for i in cases[1:] if isinstance(outcome_of(unchanged, i).error, _TooManyLines)]
        cases, small = [i for i in cases if i not in large], gentle - set(large)
        if right_in(unchanged, behaviours) < len(cases):
            return None  # what the copy does is not what was examined
        whole, partly = [], []
        for change in itertools.islice(changes(copies.definition, copies.source, steps), CHANGES):
            if whole and change.size > whole[0].size:
                break
            with change.made():
                made = copies.made(run_one)
            right = right_in(made, task.expected) if made else 0
            if right == len(cases):
                whole.append(change)
            elif small <= set(cases[:right]):
                partly.append(change)
    found = whole or [change for change in partly if change.size == partly[0].size]
    for change in found if large else found[:1]:
        with change.made():
            made = copies.made(run)
        outcomes = [task.run(made, case.arguments, deadline - time.monotonic()) for case in task.cases]  # each one by itself
        upto = range(len(task.cases)) if whole else gentle
        if not all(task.alike(task.behaviour(outcomes[i]), task.expected[i]) for i in upto):
            return None
    return copies.place(found)


@functools.cache  # tasks live as long as the kernel
def _steps(task):
    """Return the steps that may be missing in a function: not those that are all that was asked for.

    Such a step makes many a wrong result right, so that it says nothing about where the function goes wrong.
    """
    if task.drive:
        return STEPS
    made = {
        step: [_of_one_step(step, names, task.inputs) for names in itertools.permutations(task.inputs, 2 if "_y_" in step else 1)]
        for step in STEPS
    }
    with many_runs(MEMORY) as run_one:

        def is_right(function):
            outcomes = (task.run(function, case.arguments, ONE, run_one) for case in task.cases)
            return all(map(task.alike, map(task.behaviour, outcomes), task.expected))

        return [step for step in STEPS if not any(map(is_right, made[step]))]


def _of_one_step(step, names, inputs):
    for blank, name in zip(("_x_", "_y_"), names, strict=False):
        step = step.replace(blank, name)
    return eval(f"lambda {', '.join(inputs)}: {step}", {"np": np})


def _weight(value):
    """Roughly how much there is to compute with a value: the case in which most changes fail should be a small one."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(_weight, value.values()))
    if isinstance(value, tuple | list):
        return sum(map(_weight, value))
    return abs(value) if isinstance(value, int) else 0


@contextlib.contextmanager
def _few_lines():
    """End what has run through too many lines of a changed function: counted, and not timed, it is the same everywhere."""
    left = LINES

    def count(frame, event, argument):
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooManyLines
        return count

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: count if CHANGED in frame.f_globals else None)
    try:
        yield
    finally:
        sys.settrace(before)


class _Copies:
    """The source of a function or class as a tree, and copies of what it refers to: from both it is made anew."""

    def __init__(self, source, first, module, shared, data, functions):
        self.source, self.first, self.module = source, first, module
        self.shared, self.data, self.functions = shared, data, functions
        (self.definition,) = ast.parse(source).body
        self.definition.decorator_list = []

    def made(self, run):
        """Return the function or class that the tree defines as it is now; None if it defines none."""
        if any(map(_puts_into_itself, ast.walk(self.definition))):
            return None
        try:
            code = compile(ast.Module([self.definition], []), CHANGED, "exec")
        except (SyntaxError, ValueError, TypeError):  # a sum on the left of =, return outside of a function
            return None
        space = {CHANGED: True, "__name__": self.module, **self.shared, **copy.deepcopy(self.data)}
        for name, each in self.functions.items():
            space[name] = types.FunctionType(each.__code__, space, name, each.__defaults__, each.__closure__)
            space[name].__kwdefaults__ = each.__kwdefaults__
        run(lambda: exec(code, space), (), ONE)
        return space.get(self.definition.name)

    def place(self, found):
        """Return the Place of the changes that were found to be right; None if there are none."""
        if not found:
            return None
        shift, lines = self.first - 1, self.source.splitlines()
        marked = sorted({change.node.lineno + shift for change in found})
        code = [
            f"{'→' if number in marked else ' '} {number:>3}  {line}"
            for number, line in enumerate(lines, self.first)
            if marked[0] - AROUND <= number <= marked[-1] + AROUND
        ]
        return Place(tuple(marked), _look(found, lines), "\n".join(code))


def _puts_into_itself(node):
    """Whether something is put into itself, as in ``a.append(a)``: NumPy would make an array of such a list without end."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return any(_is_same_name(node.func.value, each) for each in node.args)
    if isinstance(node, ast.Assign):
        return any(isinstance(each, ast.Subscript) and _is_same_name(each.value, node.value) for each in node.targets)
    return False


def _is_same_name(one, other):
    return isinstance(one, ast.Name) and isinstance(other, ast.Name) and one.id == other.id


def _look(found, lines):
    """What to look at: if a step is missing, and several would do, the part of the line to which all of them belong."""
    nodes = [change.node for change in found]
    if len({node.lineno for node in nodes}) > 1 and len({change.look for change in found}) > 1:
        return "what does each of them do in this case?"
    one_line = len({number for node in nodes for number in (node.lineno, node.end_lineno)}) == 1
    if found[0].size < STEP or not one_line or len({change.look for change in found}) == 1:
        return found[0].look
    begin, end = min(node.col_offset for node in nodes), max(node.end_col_offset for node in nodes)
    return f"look at `{lines[nodes[0].lineno - 1].encode()[begin:end].decode()}`"


def _copies(function):
    """Return the _Copies of a learner's function or class; None if not all of what it refers to can be copied.

    What opens files, or may change something that is not copied, is left alone.
    """
    function = inspect.unwrap(function)
    source = source_of(function)
    bodies = list(methods_of(function).values()) if inspect.isclass(function) else [function]
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    if not isinstance(tree.body[0], (ast.FunctionDef, ast.ClassDef)) or not imported_by(tree) <= MODULES:
        return None
    if any(isinstance(node, ast.Global) for node in nodes):
        return None
    found = _Found(bodies[0].__globals__)
    if not all(found.add(body.__code__, body.__closure__) for body in bodies):
        return None
    first = _first_line(function, bodies[0], nodes)
    return _Copies(source, first, function.__module__, found.shared, found.data, found.functions)


def _first_line(function, body, nodes):
    """The number, in its cell, of the first line of a source."""
    if not inspect.isclass(function):
        return body.__code__.co_firstlineno
    method = next(node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == body.__name__)
    return body.__code__.co_firstlineno + 1 - min(node.lineno for node in (method, *method.decorator_list))


class _Found:
    """What functions refer to: shared with the notebook (modules, numbers), to be copied each time, or to be made anew."""

    def __init__(self, space):
        self.space, self.shared, self.data, self.functions, self.asked = space, {}, {}, {}, []

    def add(self, code, cells=()):
        """Add what stands behind the names in a code; return whether all of that can be had without touching the notebook's."""
        if FORBIDDEN & set(code.co_names) or _writes_elsewhere(code):
            return False
        given = {**self.space, **dict(zip(code.co_freevars, [cell.cell_contents for cell in cells or ()], strict=False))}
        names = [name for name in (*code.co_names, *code.co_freevars) if name in given]
        inner = [part for part in code.co_consts if inspect.iscode(part)]
        return all(self._add_one(name, given[name]) for name in names) and all(map(self.add, inner))

    def _add_one(self, name, value):
        if name in self.shared or name in self.data or name in self.functions:
            return True
        if isinstance(value, types.FunctionType) and value.__globals__ is self.space:
            self.functions[name] = value
            return self.add(value.__code__, value.__closure__)
        if isinstance(value, np.ndarray):
            self.shared[name] = value.view()
            self.shared[name].flags.writeable = False
            return True
        if inspect.ismodule(value) or callable(value) or isinstance(value, (int, float, str)):
            self.shared[name] = value
            return self._is_harmless(value)
        memo = {}
        self.data[name] = copy.deepcopy(value, memo)
        return sum(getattr(each, "nbytes", 0) for each in memo.values()) <= COPIED

    def _is_harmless(self, value):
        """Whether a thing that is not copied changes nothing: a number, what NumPy has, a class that touches only such things."""
        known = _root(value) in MODULES or (_root(value) == "builtins" and not inspect.ismodule(value))
        if known or isinstance(value, (int, float, str, np.ufunc)) or any(value is each for each in self.asked):
            return True
        self.asked.append(value)
        bodies = methods_of(value).values() if inspect.isclass(value) else [value]
        codes = [getattr(body, "__code__", None) for body in bodies]
        if None in codes or any(map(_writes_elsewhere, codes)):
            return False
        names = {name for code in codes for name in code.co_names}
        return not FORBIDDEN & names and all(self._is_harmless(self.space[name]) for name in names if name in self.space)


def _writes_elsewhere(code):
    """Whether a code sets a global name, or an attribute of what is not one of its own variables, such as ``np.exp = …``."""
    steps = [step.opname for step in dis.get_instructions(code)]
    for i, step in enumerate(steps):
        before = steps[i - 1]
        if step in ("STORE_GLOBAL", "DELETE_GLOBAL"):
            return True
        if step in ("STORE_ATTR", "DELETE_ATTR") and not before.startswith(("LOAD_FAST", "SWAP", "ROT_TWO")):
            return True
        if step == "LOAD_ATTR" and before in ("COPY", "DUP_TOP") and not steps[i - 2].startswith("LOAD_FAST"):
            return True  # np.x += …, which reads it before it writes
    return False


def _root(value):
    return (value.__name__ if inspect.ismodule(value) else getattr(value, "__module__", None) or "").partition(".")[0]
