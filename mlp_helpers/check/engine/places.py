"""Where a function goes wrong: the line, or lines, in which a single small change of the learner's own code makes it right.

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
import re
import sys
import time
import types

import numpy as np

from .changes import STEP, STEPS, SUPERFLUOUS, changes
from .clock import TookTooLong
from .running import many_runs, run
from .sources import imported_by, methods_of, source_of

CHANGES = 2_000  # tried at most, always the same ones in the same order
NODES = 350_000  # of syntax trees that are compiled at most: fewer changes are tried of a long function
LINES = 10_000  # that a changed function may run through in one call; a case in which the unchanged one needs more is left out
ALL_LINES = 500_000  # that all changed functions together may run through, in all calls
CHEAPER = 10  # how many times less there must be to compute in a case that is tried before one that fails
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
GROWING = {"append", "extend", "insert"}
CHANGED = "<a change>"
ORDINALS = ["first", "second", "third", "fourth"]


class _TooManyLines(BaseException):
    """Not an Exception, so that a learner's ``except Exception`` does not swallow it."""


@dataclasses.dataclass(frozen=True)
class Place:
    """The lines of a learner's code where a small change makes it right, numbered as in the cell, and what to look at."""

    alternatives: tuple  # for each change that does, the lines in which it is made
    look: str
    code: str  # with these lines marked
    sure: bool  # what is added, or decides what runs, may repair what went wrong elsewhere
    superfluous: bool = False  # something is too many

    @property
    def lines(self):
        return tuple(sorted({number for lines in self.alternatives for number in lines}))

    @property
    def message(self):
        *most, last = [_spoken(lines) for lines in self.alternatives]
        where = (f"{', '.join(most)} or {last}" if most else last).capitalize()
        is_ = "may be" if not self.sure else "are" if len(self.alternatives[-1]) > 1 else "is"
        return f"{where} {is_} where it goes wrong: {self.look}{'' if self.look.endswith('?') else '.'}"


def _spoken(lines):
    *most, last = map(str, lines)
    return f"lines {', '.join(most)} and {last}" if most else f"line {last}"


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
    weights = [weight(case.arguments) for case in task.cases]
    first = min(wrong, key=lambda i: (i not in gentle, weights[i]))
    cheapest = min(gentle, key=weights.__getitem__)  # most changes spoil any case
    begin = [cheapest, first] if CHEAPER * weights[cheapest] < weights[first] else [first]
    cases = [*begin, *(i for i in range(len(task.cases)) if i not in begin)]
    steps, deadline, ran = _steps(task), time.monotonic() + SECONDS, []
    with many_runs(MEMORY) as run_one:

        def outcome_of(made, i):
            with _few_lines(ran):
                outcome = task.run(made, task.cases[i].arguments, min(ONE, deadline - time.monotonic()), run_one)
            if isinstance(outcome.error, TookTooLong):
                raise TimeoutError
            return outcome

        def right_in(made, wanted):
            """How many of the cases come out as wanted, one after the other up to the first that does not."""
            for i in cases:
                outcome = outcome_of(made, i)
                failed = outcome.error is not None and wanted[i].error is None
                if failed or not task.alike(task.behaviour(outcome), wanted[i]):
                    return cases.index(i)
            return len(cases)

        def makes_one_of(change, known):
            """Whether what a change makes is right in the small cases only because a known mistake is so, too."""
            made = copies.changed(run_one, change)
            came = {i: task.behaviour(outcome_of(made, i)) for i in cases if i not in small}
            return any(all(task.alike(came[i], theirs[i]) for i in came) for theirs in known)

        def right_with(change):
            made = copies.changed(run_one, change)
            return right_in(made, task.expected) if made else 0

        unchanged = copies.made(run_one)
        large = [i for i in cases if i != first and isinstance(outcome_of(unchanged, i).error, _TooManyLines)]
        cases, small = [i for i in cases if i not in large], gentle - set(large)
        if right_in(unchanged, behaviours) < len(cases):
            return None  # what the copy does is not what was examined
        whole, partly = [], []
        for change in copies.changes(steps):
            if (whole and change.size > whole[0].size) or sum(ran) > ALL_LINES:
                break
            ran[:] = [sum(ran)]
            right = right_with(change)
            if right == len(cases):
                whole.append(change)
            elif small <= set(cases[:right]):
                partly.append(change)
        if whole:  # where it is also right without something, that is said: with a line that no longer does anything it is so
            changed = [node for change in whole for node in change.nodes]
            left_out = [
                change
                for change in copies.changes(steps)
                if change.leaves_out and all(_holds(change.node, node) for node in changed)
            ]
            whole = next(([change] for change in left_out if right_with(change) == len(cases)), whole)
    known = _right_in(task, small) if partly and not whole else []
    if known:
        with many_runs(MEMORY) as run_one:
            partly = [change for change in partly if not makes_one_of(change, known)]
    found = whole or [change for change in partly if change.size == partly[0].size]
    for change in found if large else found[:1]:
        made = copies.changed(run, change)
        outcomes = [task.run(made, case.arguments, deadline - time.monotonic()) for case in task.cases]  # each one by itself
        upto = range(len(task.cases)) if whole else gentle
        if not all(task.alike(task.behaviour(outcomes[i]), task.expected[i]) for i in upto):
            return None
    if found and behaviours[first].error is not None:  # what is never reached is not where it goes wrong
        with _few_lines([], reached := set()):
            task.run(copies.made(run), task.cases[first].arguments, ONE)
        found = [change for change in found if any(node.lineno in reached for node in change.nodes)] or found
    return copies.place(found)


def _right_in(task, cases):
    """Return the behaviours of the known mistakes that are right in these cases, but for those that are nearly right."""
    known = [mistake.function for mistake in task.mistakes if mistake.kind == "wrong"]
    for i in cases:
        known = [each for each in known if task.alike(task.behaviour_in(each, i), task.expected[i])]
    return list(map(task.behaviours_of, known))


@functools.cache  # tasks live as long as the kernel
def _steps(task):
    """Return the steps that may be missing in a function: not those that are all that was asked for.

    Such a step makes many a wrong result right, so that it says nothing about where the function goes wrong.
    """
    first = run(task.solution, task.cases[0].arguments, ONE).value
    if task.drive or task.changes or not isinstance(first, np.ndarray | np.generic | int | float | list | tuple):
        return STEPS  # no step alone can be the answer
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


def weight(value):
    """Roughly how much there is to compute with a value: the case in which most changes fail should be a small one."""
    if isinstance(value, np.ndarray):
        return value.size
    if isinstance(value, dict):
        return sum(map(weight, value.values()))
    if isinstance(value, tuple | list):
        return sum(map(weight, value))
    return abs(value) if isinstance(value, int) else 0


@contextlib.contextmanager
def _few_lines(ran, reached=None):
    """End what has run through too many lines of a changed function: counted, and not timed, it is the same everywhere.

    The number of lines is appended to ``ran``, and their own numbers are added to ``reached``.
    """
    left = LINES

    def count(frame, event, argument):
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooManyLines
        if reached is not None:
            reached.add(frame.f_lineno)
        return count

    before = sys.gettrace()
    sys.settrace(lambda frame, event, argument: count if CHANGED in frame.f_globals else None)
    try:
        yield
    finally:
        sys.settrace(before)
        ran.append(LINES - left)


class _Copies:
    """The source of a function or class as a tree, and copies of what it refers to: from both it is made anew."""

    def __init__(self, source, first, module, shared, data, functions):
        self.source, self.first, self.module = source, first, module
        self.shared, self.data, self.functions = shared, data, functions
        (self.definition,) = ast.parse(source).body
        self.definition.decorator_list = []
        self.nodes = list(ast.walk(self.definition))
        self.holders = [node for node in self.nodes if isinstance(node, ast.Assign) or _grows(node)]

    def changes(self, steps):
        """Yield the changes to be tried."""
        yield from itertools.islice(changes(self.definition, self.source, steps), min(CHANGES, NODES // len(self.nodes)))

    def made(self, run, edits=()):
        """Return the function or class that the tree defines as it is now, by these edits; None if it defines none."""
        new = (node for _, _, value in edits for part in _listed(value) for node in ast.walk(part))
        if _puts_into_itself(itertools.chain(self.holders, new)):
            return None
        try:
            code = compile(ast.Module([self.definition], []), CHANGED, "exec")
        except (SyntaxError, ValueError, TypeError):  # a sum on the left of =, return outside of a function
            return None
        space = {CHANGED: True, "__name__": self.module, **self.shared, **copy.deepcopy(self.data)}
        for name, each in self.functions.items():
            space[name] = types.FunctionType(each.__code__, space, name, each.__defaults__, each.__closure__)
            space[name].__kwdefaults__ = each.__kwdefaults__
        if self._only_defines():
            exec(code, space)
        else:
            run(lambda: exec(code, space), (), ONE)
        return space.get(self.definition.name)

    def changed(self, run, change):
        """Return what ``made`` returns of the tree with one change, which is undone."""
        with change.made():
            return self.made(run, change.edits)

    def _only_defines(self):
        """Whether nothing of the learner's is computed before the call: there are no defaults but numbers and the like."""
        body, bases = [self.definition], []
        if isinstance(self.definition, ast.ClassDef):
            body, bases = self.definition.body, [*self.definition.bases, *self.definition.keywords]
        return not bases and all(map(_only_defines, body))

    def place(self, found):
        """Return the Place of the changes that were found to be right; None if there are none."""
        if not found:
            return None
        shift, lines = self.first - 1, self.source.splitlines()
        alternatives = {tuple(sorted({node.lineno + shift for node in change.nodes})) for change in found}
        marked = sorted({number for each in alternatives for number in each})
        code = [
            f"{'→' if number in marked else ' '} {number:>3}  {line}"
            for number, line in enumerate(lines, self.first)
            if marked[0] - AROUND <= number <= marked[-1] + AROUND
        ]
        look = _look(found, self.nodes, lines)
        made = [node for change in found for node in change.nodes]
        if any(isinstance(node, ast.If) and node.orelse for node in made):
            look = "do the two branches need to differ?"
        asked = [node.test for node in self.nodes if isinstance(node, ast.If | ast.IfExp)]
        decides = any(isinstance(node, ast.If) or any(_holds(test, node) for test in asked) for node in made)
        superfluous = all(change.look in SUPERFLUOUS for change in found)
        return Place(tuple(sorted(alternatives)), look, "\n".join(code), found[0].size < STEP and not decides, superfluous)


def _only_defines(statement):
    """Whether a statement is a function whose defaults and annotations are constants, or a docstring."""
    if not isinstance(statement, ast.FunctionDef):
        return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    given = statement.args
    nodes = [*statement.decorator_list, *given.defaults, *given.kw_defaults, *filter(None, [statement.returns])]
    nodes += [each.annotation for each in (*given.args, *given.kwonlyargs, *given.posonlyargs, given.vararg, given.kwarg) if each]
    return all(each is None or isinstance(each, ast.Constant) for each in nodes)


def _listed(value):
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST)]


def _puts_into_itself(nodes):
    """Whether a list may be put into itself, as by ``a.append(b)`` and ``b = a``: NumPy would make an array of it without end."""
    put, held = [], []
    for node in nodes:
        if _grows(node):
            put += [(node.func.value, each) for each in node.args]
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                for one, other in zip(target.elts, node.value.elts, strict=False) if pairs else [(target, node.value)]:
                    inside = isinstance(one, ast.Subscript)
                    (put if inside else held).append((one.value if inside else one, other))
    put, held = ({(a.id, b.id) for a, b in pairs if isinstance(a, ast.Name) and isinstance(b, ast.Name)} for pairs in (put, held))
    return any(outer in _all_held(inner, put | held) for outer, inner in put)


def _grows(node):
    """Whether a piece of code is a call that puts something into a list."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in GROWING


def _all_held(name, pairs):
    """The names of what may be inside of what has a name, itself among them."""
    found = [name]
    for each in found:
        found += [inner for outer, inner in pairs if outer == each and inner not in found]
    return found


def _look(found, nodes, lines):
    """What to look at: if a step is missing, and several would do, the part of the line to which all of them belong."""
    changed, looks = [node for change in found for node in change.nodes], {change.look for change in found}
    if len({node.lineno for node in changed}) > 1 and len(looks) > 1:
        return "what does each of them do in this case?"
    if found[0].size < STEP or len(looks) == 1:
        alone = len(set(map(id, changed))) == 1
        return _which(found[0].look, changed[0], nodes, lines) if alone else found[0].look
    around = [node for node in nodes if isinstance(node, ast.expr | ast.stmt) and all(_holds(node, each) for each in changed)]
    smallest = min(around, key=lambda node: (node.end_lineno - node.lineno, node.end_col_offset - node.col_offset))
    quoted = ast.get_source_segment("\n".join(lines), smallest) or ""
    if not quoted or "\n" in quoted or "`" in quoted:
        return "look at all of this line"
    return _which(f"look at `{quoted}`", smallest, nodes, lines)


def _holds(node, other):
    """Whether a piece of code is a part of another one."""
    begins = (node.lineno, node.col_offset) <= (other.lineno, other.col_offset)
    return begins and (other.end_lineno, other.end_col_offset) <= (node.end_lineno, node.end_col_offset)


def _which(look, node, nodes, lines):
    """Say which one is meant, where what is spoken of stands in its line several times."""
    source = ast.get_source_segment("\n".join(lines), node)
    words = [f"`{each}`" for each in (source, getattr(node, "attr", None), repr(getattr(node, "value", None)))]
    quoted = next((each for each in words if each in look), "")
    method = quoted == words[1] != words[0]

    def alike(each):
        if method:
            return getattr(each, "attr", None) == node.attr
        return ast.dump(each) == ast.dump(node)

    places = sorted(each.end_col_offset for each in nodes if getattr(each, "end_lineno", 0) == node.end_lineno and alike(each))
    if len(places) < 2 or node.end_col_offset not in places:
        return look
    which = [*ORDINALS, "last"][min(places.index(node.end_col_offset), len(ORDINALS))]
    told = re.sub("look at the (name|number) ", f"look at the {which} ", look)
    return told if told != look or not quoted else look.replace(quoted, f"the {which} {quoted}", 1)


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
