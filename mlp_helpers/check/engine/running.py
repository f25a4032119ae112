"""Run a learner's function so that whatever it does stays inside."""

import ast
import contextlib
import copy
import dataclasses
import functools
import itertools
import linecache
import pathlib
import sysconfig
import traceback

import numpy as np

from .clock import computed, within
from .plain import ITEMS, called
from .surroundings import MEMORY, WARNS, Bounded, as_it_should_be, kept_inside, left_as_found

ASKED = 1  # second for a question about something of the learner's
EXERCISES = str(pathlib.Path(__file__).parents[1] / "exercises")
LIBRARIES = [str(pathlib.Path(__file__).parents[2]), *{sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")}]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a call came to: a plain value, or the error that ended it, and what was left behind."""

    arguments: tuple  # as they are after the call
    given: tuple  # as they were before
    value: object = None
    error: BaseException | None = None
    printed: str = ""
    warned: tuple = ()  # what NumPy warned of, without repetitions
    changed: tuple = ()  # positions of the arrays that differ from what was given
    yielded: bool = False  # the value is a list of what was yielded
    endless: bool = False  # there would have been more
    seconds: float = 0.0  # for which it computed

    @functools.cached_property
    def where(self):
        """The learner's own line that raised the error, and the one that led there from another cell."""
        return _own_line(self.error)

    @functools.cached_property
    def call(self):
        """How an exercise made the call that led there, where it was not with the arguments as they are."""
        return _call(self.error)

    @functools.cached_property
    def step(self):
        """What that line was about to do: the name of a function, or of a kind of expression."""
        return _step(self.error)


def run(function, arguments, seconds):
    """Call a function with copies of the arguments, for at most so many seconds of computing, and never raise what it raises.

    Raises
    ------
    KeyboardInterrupt
        When the stop button was pressed meanwhile.
    """
    printed, warned = Bounded(), {}
    with left_as_found(), kept_inside(printed, warned, MEMORY):
        came = _called(function, arguments, seconds)
    with as_it_should_be():
        return _outcome(arguments, came, printed, warned)


@contextlib.contextmanager
def many_runs(memory):
    """Yield a quicker ``run``, for many calls of what changes nothing in the kernel but numbers drawn at random.

    What a call may have changed for everybody is put back at the end only. Between the calls, too, the walls stand.
    """
    printed, warned = Bounded(), {}

    def run(function, arguments, seconds):
        printed.clear()
        warned.clear()
        np.seterr(**WARNS)
        return _outcome(arguments, _called(function, arguments, seconds), printed, warned)

    with left_as_found(), kept_inside(printed, warned, memory):
        yield run


def _called(function, arguments, seconds):
    """Call a function; return what came of it, and the seconds for which it computed."""
    given, began = _copied(arguments), computed()
    came, late = within(seconds, lambda: called(function, given))
    return came or (None, late, False, arguments), computed() - began


def _copied(arguments):
    """Return a deep copy of arguments. Generators are made anew, in a sixth of the time that ``copy`` takes."""
    made = {id(each): _twin(each) for each in arguments if type(each) is np.random.Generator}
    return copy.deepcopy(arguments, made)


def _twin(rng):
    """Return another generator in the same state."""
    bits = rng.bit_generator
    other = type(bits)(copy.deepcopy(bits.seed_seq))
    other.state = bits.state
    return np.random.Generator(other)


def _outcome(arguments, came, printed, warned):
    (value, error, yielded, after), seconds = came
    endless = yielded and len(value) > ITEMS
    return Outcome(
        arguments=after,
        given=arguments,
        value=value[:ITEMS] if endless else value,
        error=error,
        printed=printed.text(),
        warned=tuple(warned),
        changed=tuple(i for i, (now, then) in enumerate(zip(after, arguments, strict=True)) if _differs(now, then)),
        yielded=yielded,
        endless=endless,
        seconds=seconds,
    )


def ask(question, otherwise=None):
    """Return the answer to a question about something of the learner's, such as its source, if there is one."""
    outcome = run(question, (), ASKED)
    return otherwise if outcome.error is not None else outcome.value


def _differs(now, then):
    if isinstance(then, dict):
        return now.keys() != then.keys() or any(_differs(now[key], then[key]) for key in then)
    if not isinstance(then, np.ndarray):
        return False
    if not isinstance(now, np.ndarray) or now.shape != then.shape or now.dtype != then.dtype:
        return True
    if np.array_equal(now, then):
        return False
    filled = (then == 0) & (now != 0)  # also by as little as the smallest number; elsewhere rounding is forgiven
    return bool(filled.any()) or not np.allclose(now, then, rtol=0, atol=1e-9, equal_nan=True)


def _frames(error):
    """The frames on the way to an error, from the outermost to the innermost; none without an error."""
    return [] if error is None else traceback.extract_tb(error.__traceback__)


def _own_line(error):
    """The last line of the learner's on the way to an error, as "line 3: `return E / n`".

    If it stands in another cell than the function that is checked: in which function there, and the line that led to it.
    """
    own = list(filter(_is_theirs, _frames(error)))
    if not own:
        return ""
    elsewhere = [frame for frame in own if frame.filename == own[0].filename][-1]
    if elsewhere.filename == own[-1].filename:
        return _quoted(own[-1])
    around = [frame.name for frame in own if frame.filename == own[-1].filename and not frame.name.startswith("<")]
    name = f"`{around[-1]}`, " if around else ""
    return f"{name}{_quoted(own[-1], ' of another cell')} (called in {_quoted(elsewhere)})"


def _step(error):
    """What the last line of a learner's, or of an exercise's, was about to do at an error; "" where Python (3.10) cannot tell."""
    own = [frame for frame in _frames(error) if _is_theirs(frame) or frame.filename.startswith(EXERCISES)]
    node = _expression(own[-1]) if own else None
    if node is None:
        return ""
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", getattr(node.func, "id", ""))
    return type(getattr(node, "op", node)).__name__


def _call(error):
    """The call of a method that an exercise made on the way to an error, such as "forward(Z[:1] / 2, y[:1])".

    "" where every argument is handed on as it was given: then the case tells all.
    """
    for caller, frame in itertools.pairwise(_frames(error)):
        if caller.filename.startswith(EXERCISES) and _is_theirs(frame):
            node = _expression(caller)
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                return ""
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if all(isinstance(each, ast.Name) for each in given):
                return ""
            return f"{node.func.attr}({', '.join(map(ast.unparse, (*node.args, *node.keywords)))})"
    return ""


def _expression(frame):
    """The syntax tree of what a frame was about to do; None where it is not known."""
    if getattr(frame, "end_colno", None) is None:  # Python 3.10 knows the line alone
        return None
    lines = [linecache.getline(frame.filename, number).encode() for number in range(frame.lineno, frame.end_lineno + 1)]
    lines[-1] = lines[-1][: frame.end_colno]
    lines[0] = lines[0][frame.colno :]
    try:
        (statement,) = ast.parse(b"".join(lines).decode()).body
    except (SyntaxError, ValueError):  # it goes on over several lines, or its source is not known
        return None
    return statement.value if isinstance(statement, ast.Expr) else statement


def _is_theirs(frame):
    library = any(frame.filename.startswith(folder) for folder in LIBRARIES) or frame.filename.endswith(".pyx")  # NumPy's own
    return not library and not frame.filename.startswith("<frozen")


def _quoted(frame, of=""):
    line = (frame.line or linecache.getline(frame.filename, frame.lineno)).strip()
    return f"line {frame.lineno}{of}: `{line.removesuffix(':')}`"
