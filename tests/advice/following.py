"""A call that is refused, the code in its message, and the same call after one has done what the message says.

A case is Python source, so that code out of a message can run on the case's own variables: ``setup`` makes them, ``call``
is refused, ``right`` is what the call should give in the end. Three kinds of cases:

Code
    The message holds code, such as ``X.reshape(1, -1)`` or ``learning_rate=0.1``: each piece is taken out of the message and
    run. What an expression gives goes to the variable ``to``, or to the first variable that stands in it.
Settings
    The message names values to take: each that ``pattern`` finds is given to the variable ``to``.
Words
    Advice for people: ``follow`` does by hand what it says.
"""

import ast
import builtins
import copy
import dataclasses
import functools
import pathlib
import re
import struct
import warnings

import numpy as np

import mlp_helpers
from mlp_helpers import check, labs, plots
from mlp_helpers.core.files import read_arrays
from mlp_helpers.labs.photo import read_photo

COURSE = {name: getattr(mlp_helpers, name) for name in mlp_helpers.__all__}
MNIST = functools.cache(mlp_helpers.load_mnist)
COURSE["load_mnist"] = lambda *given, **named: mlp_helpers.load_mnist(*given, **named) if named else MNIST(*given)
COURSE |= {
    "np": np,
    "pathlib": pathlib,
    "check": check,
    "labs": labs,
    "plots": plots,
    "read_arrays": read_arrays,
    "read_photo": read_photo,
}
OPENERS = re.compile(r"(?:^|(?<=[\s(]))[A-Za-z_(\[]")
ENDS = re.compile(r"(?=[\s,;:?)]|\.(?:\s|$)|$)")
PROSE = re.compile(
    r"\b(?!for|in|if|else|and|or|not|del)[A-Za-z]+ (?!(?:for|in|if|else|and|or|not)\b)[A-Za-z]|[.:] |[.,]$| = -?\d+$"
)
MENTIONED = re.compile(r":|,? (must|holds?|takes?|reads|makes|has|needs)\b")  # behind code that is not meant to be run
LONGEST = 250


@dataclasses.dataclass
class Code:
    setup: str
    call: str
    right: str = ""
    to: str = ""
    steps: int = 1  # messages that are followed one after the other
    pieces: int = 1  # of code in the first message, or more


@dataclasses.dataclass
class Settings:
    setup: str
    call: str
    to: str
    pattern: str


@dataclasses.dataclass
class Words:
    setup: str
    call: str
    says: str
    follow: str
    right: str = ""


def variables(case, folder):
    """Return the case's variables; ``folder`` is an empty one for its files."""
    space = {"folder": folder}
    run(case.setup, space)
    return space


def run(source, space):
    """Run statements that see the course's names; what they set goes into the space."""
    known = {**COURSE, **space}
    exec(source, known)
    del known["__builtins__"]
    space.update({name: value for name, value in known.items() if name not in COURSE or value is not COURSE[name]})


def refused(call, space):
    """Return the message of a call that is refused, or that warns."""
    try:
        result(call, space)
    except (ArithmeticError, AttributeError, KeyError, NotImplementedError, OSError, ValueError, Warning) as error:
        return str(error.args[0] if isinstance(error, KeyError) else error)
    raise AssertionError(f"{call} is not refused")


def result(call, space):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)  # for those who develop the libraries below, not for learners
        return eval(call, {**COURSE, **space})


def pieces(message, own):
    """Return the longest pieces of a message that are Python and need no other names than the course's and the case's own."""
    found, end = [], 0
    for opener in OPENERS.finditer(message):
        start = opener.start()
        if start < end:
            continue
        for stop in reversed([place.start() for place in ENDS.finditer(message, start + 1, start + LONGEST)]):
            text = message[start:stop]
            if MENTIONED.match(message, stop) or PROSE.search(re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)):
                continue
            if is_code(text, own):
                found.append(text)
                own = own | set_by(ast.parse(text))
                end = stop
                break
    return found


def stored(tree):
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def inner(tree):
    """Names that a comprehension sets for itself."""
    return set().union(*(stored(node) for node in ast.walk(tree) if isinstance(node, ast.comprehension)))


def set_by(tree):
    return stored(tree) - inner(tree)


def is_code(text, own):
    """Say whether this is code that changes something of the case's own, or sets a new name."""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError):
        return False
    known = own | set(COURSE)
    for statement in statements:
        nodes = list(ast.walk(statement))
        used = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)}
        if not all(name in known | inner(statement) or hasattr(builtins, name) for name in used):
            return False
        if not does_something(statement, nodes, used & own, own):
            return False
        known |= set_by(statement)
    return bool(statements)


def does_something(statement, nodes, used, own):
    if isinstance(statement, ast.Assign):
        return set_by(statement) <= own or any(isinstance(node, ast.Call) for node in nodes)
    if isinstance(statement, ast.Delete):
        return bool(used)
    if not isinstance(statement, ast.Expr):
        return False
    value = statement.value
    if isinstance(value, ast.Tuple):  # W1.T, W2.T
        return len(value.elts) > 1 and all(isinstance(part, ast.Call | ast.Attribute) for part in value.elts) and bool(used)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and isinstance(value.func.value, ast.Call):
        return True  # pathlib.Path("new").mkdir()
    return isinstance(value, ast.Call | ast.Subscript | ast.ListComp | ast.Attribute | ast.BinOp) and bool(used)


def ways(message, space):
    """Return the alternatives that a message offers, each a list of pieces: those that set a new name come before the others."""
    first, found = [], []
    for piece in pieces(message, set(space)):
        new = set_by(ast.parse(piece))
        if new and not new & set(space):
            first.append(piece)
        else:
            found.append([*first, piece])
    return found


def follow(piece, space, to):
    """Do what a piece of code says, with the case's variables."""
    statement = ast.parse(piece).body[0]
    if not isinstance(statement, ast.Expr):
        run(piece, space)
        return
    parts = statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value]
    values = [result(ast.unparse(part), space) for part in parts]
    for part, value in zip(parts, values, strict=True):
        names = [node for node in ast.walk(part) if isinstance(node, ast.Name) and node.id in space]
        if value is not None:
            space[to or min(names, key=lambda node: node.col_offset).id] = value


def mended(case, space, message, steps):
    """Yield the variables after each way that the message offers, and the ways of the messages that follow it."""
    offered = ways(message, space)
    assert offered, f"no code in: {message}"
    for way in offered:
        changed = copied(space)
        for piece in way:
            follow(piece, changed, case.to)
        try:
            result(case.call, copied(changed))
        except (ArithmeticError, OSError, ValueError, Warning) as error:
            if steps == 1:
                raise AssertionError(f"{message}\nfollowed by {way} gives: {error}") from error
            yield from mended(case, changed, str(error), steps - 1)
        else:
            yield way, changed


def copied(space):
    return {name: copy.deepcopy(value) if name != "folder" else value for name, value in space.items()}


def idx(array):
    """Return the bytes of an array in IDX format."""
    array = np.asarray(array)
    code = {"u1": 0x08, "i1": 0x09, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}[array.dtype.str[1:]]
    header = bytes([0, 0, code, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + array.astype(array.dtype.newbyteorder(">")).tobytes()


def write_set(folder, prefix="", test="t10k", **changed):
    """Write a data set of four files: 20 images of 4 × 4 pixels to learn from, and as many to test on."""
    arrays = {"images": np.arange(320, dtype=np.uint8).reshape(20, 4, 4), "labels": np.arange(20, dtype=np.uint8) % 10}
    for part in "train", test:
        for what, array in arrays.items():
            array = changed.get(f"{'train' if part == 'train' else 'test'}_{what}", array)
            data = array if isinstance(array, bytes) else idx(array)
            (folder / f"{prefix}{part}-{what}-idx{3 if what == 'images' else 1}-ubyte").write_bytes(data)


COURSE |= {"write_set": write_set, "idx": idx}


def agree(came, wanted):
    """Compare two results: numbers, tuples or dicts of arrays."""
    if isinstance(wanted, dict):
        assert came.keys() == wanted.keys()
        came, wanted = list(came.values()), list(wanted.values())
    if isinstance(wanted, tuple | list):
        assert len(came) == len(wanted)
        for one, other in zip(came, wanted, strict=True):
            agree(one, other)
    else:
        np.testing.assert_allclose(np.asarray(came, float), np.asarray(wanted, float), rtol=1e-2, atol=1e-2)
