"""Small changes of a function's syntax tree, the least first.

A change is a list of edits of the tree, so that it can be made and taken back. With each goes a word for what a learner
should look at; it never says what the change was.
"""

import ast
import contextlib
import dataclasses
import itertools

from .expressions import OPERATORS, TOO_MUCH, of_an_expression
from .moves import SUPERFLUOUS, moves
from .steps import STEP, STEPS, with_a_step_more, with_an_index_more, with_an_operand_more
from .trees import Words, filled, is_called, is_read, located, named, positions

__all__ = ["STEP", "STEPS", "SUPERFLUOUS", "Change", "changes"]

ROOM = 60  # characters of the learner's own code that are quoted


@dataclasses.dataclass(frozen=True)
class Change:
    """A small change: its size, where it is, what to look at, and the edits (thing, field, value) that make it.

    ``others`` are the further nodes that it changes in the same way, or together with it.
    """

    size: int
    node: ast.AST
    look: str
    edits: tuple
    others: tuple = ()

    @property
    def nodes(self):
        return (self.node, *self.others)

    @property
    def leaves_out(self):
        """Whether it only takes something away: a line, a call, an operand."""
        return self.look in SUPERFLUOUS or self.look.startswith(TOO_MUCH)

    @contextlib.contextmanager
    def made(self):
        """Make the change, and take it back."""
        for _, _, value in self.edits:
            located(value, self.node)
        before = [(thing, field, getattr(thing, field)) for thing, field, _ in self.edits]
        try:
            for thing, field, value in self.edits:
                setattr(thing, field, value)
            yield
        finally:
            for thing, field, value in before:
                setattr(thing, field, value)


def changes(definition, source, steps=STEPS):
    """Yield the small changes of a function or a class, the least first, from its tree and the source that was parsed.

    ``steps`` are those that may be missing.
    """
    body = [definition] if isinstance(definition, ast.FunctionDef) else definition.body
    scopes = [(scope, Words(definition, scope)) for scope in body if isinstance(scope, ast.FunctionDef)]
    places = [(place, words) for scope, words in scopes for place in positions(scope)]
    lines = source.split("\n")
    small = [change for place, words in places for change in _described(place, lines, of_an_expression(place, words))]
    small += [Change(*move) for scope, words in scopes for move in moves(scope, words.names)]
    small += [change for scope, words in scopes for change in _everywhere([each for each, _ in places], words)]
    yield from sorted(small, key=lambda change: change.size)
    for more in (with_a_step_more, with_an_index_more, with_an_operand_more):
        for place, words in places:
            if is_read(place):
                yield from _described(place, lines, more(place, words, steps))


def _everywhere(places, words):
    """Yield the changes of what stands in several places, and is wrong in all of them for one reason."""

    def change(same, look, edits):
        first, *others = (each.node for each in same)
        return Change(2, first, look, tuple(edits), tuple(others))

    for same in _repeated(places, ast.Constant):
        value = same[0].node.value
        if type(value) in (int, float):
            for name in words.names:
                for new in (named(name), filled("len(_x_)", named(name))):
                    yield change(same, f"look at the number {value}", _in_all(same, new))
    for same in _repeated(places, ast.Name):
        name = same[0].node.id
        for other in words.names if name in words.names and isinstance(same[0].node.ctx, ast.Load) else ():
            yield change(same, f"look at the name `{name}`", _in_all(same, named(other)))
    for same in _repeated(places, ast.BinOp, lambda node: type(node.op).__name__ + ast.dump(node.right)):
        for operator in OPERATORS.get(type(same[0].node.op), []):
            yield change(same, "look at the operators", ((each.node, "op", operator()) for each in same))
    for same in _repeated(places, ast.Slice):
        lower, upper = same[0].node.lower, same[0].node.upper
        if lower is not None and upper is not None:
            end = ast.BinOp(lower, ast.Add(), upper)
            yield change(same, "look at where the slices end", ((each.node, "upper", end) for each in same))
    for same in _repeated(places, ast.Tuple, lambda node: f"{len(node.elts)} {node.ctx}"):
        if len(same[0].node.elts) <= 3:
            for order in list(itertools.permutations(range(len(same[0].node.elts))))[1:]:
                edits = [(each.node, "elts", [each.node.elts[i] for i in order]) for each in same]
                yield change(same, "look at the order of what comes back", edits)


def _repeated(places, kind, alike=ast.dump):
    """Lists of places with expressions of one kind that are alike, where there are at least two."""
    groups = {}
    for place in places:
        if isinstance(place.node, kind) and not is_called(place):
            groups.setdefault(alike(place.node), []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def _in_all(places, new):
    """Return the edits that put the same expression in several places."""
    edits = {}
    for place in places:
        key = id(place.parent), place.field
        if place.index is not None and key in edits:  # two in one list
            edits[key][2][place.index] = new
        else:
            edits[key] = place.holding(new)
    return tuple(edits.values())


def _described(place, lines, found):
    """Make a Change of each (size, what to look at, edits) that was found at a place, and quote the learner's own code."""
    quoted = _in_one_line(place.node, lines).replace("`", "'")
    short = 0 < len(quoted) <= ROOM
    where, it = (f" in `{quoted}`", f"`{quoted}`") if short else ("", "what is computed there")
    for size, look, *edits in found:
        yield Change(size, place.node, look.format(where=where, it=it), tuple(edits))


def _in_one_line(node, lines):
    """Return the code of a node, if it stands in a single line; "" if not, or if it is new."""
    if not hasattr(node, "lineno") or node.lineno != node.end_lineno:
        return ""
    return lines[node.lineno - 1].encode()[node.col_offset : node.end_col_offset].decode()
