"""Where expressions stand in a syntax tree, and how one is put there in place of another."""

import ast
import dataclasses
import functools


class Words:
    """What can stand for each other in a function: names, attributes of ``self``, strings.

    ``unread`` are the variables of a method that it sets and never reads.
    """

    def __init__(self, definition, scope):
        nodes = list(ast.walk(scope))
        arguments = [node.arg for node in nodes if isinstance(node, ast.arg) and node.arg != "self"]
        stored = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
        self.arguments, self.names = arguments, list(dict.fromkeys([*arguments, *stored]))
        self.strings = list(dict.fromkeys(node.value for node in nodes if is_constant(node, str) and node.value.isidentifier()))
        method = scope is not definition and bool(scope.args.args) and scope.args.args[0].arg == "self"
        loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        self.unread = set(stored) - loaded if method else set()
        on_self = [node for node in ast.walk(definition) if isinstance(node, ast.Attribute) and is_name(node.value, "self")]
        self.attributes = list(dict.fromkeys(node.attr for node in on_self if isinstance(node.ctx, ast.Store)))


@dataclasses.dataclass(frozen=True)
class Position:
    """Where an expression stands in a tree."""

    node: ast.expr
    parent: ast.AST
    field: str
    index: int | None

    def holding(self, new):
        """Return the edit that puts another expression there."""
        if self.index is None:
            return self.parent, self.field, new
        items = list(getattr(self.parent, self.field))
        items[self.index] = new
        return self.parent, self.field, items


def positions(scope):
    """All expressions of a function, but for its decorators and annotations."""
    for parent in ast.walk(scope):
        for field, value in ast.iter_fields(parent):
            if field in ("decorator_list", "annotation", "returns"):
                continue
            items = enumerate(value) if isinstance(value, list) else [(None, value)]
            yield from (Position(item, parent, field, i) for i, item in items if isinstance(item, ast.expr))


def is_read(place):
    """Return whether a value is read at a position that could be the input of a further step."""
    node = place.node
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)) or isinstance(node, (ast.Slice, ast.Starred)):
        return False
    named = isinstance(place.parent, ast.keyword) and isinstance(node, ast.Constant)
    return not (is_called(place) or named or is_name(node, "np") or is_constant(node, str))


def is_called(place):
    return isinstance(place.parent, ast.Call) and place.field == "func"


def is_name(node, name):
    return isinstance(node, ast.Name) and node.id == name


def is_constant(node, kind):
    return isinstance(node, ast.Constant) and isinstance(node.value, kind)


def named(name):
    return ast.Name(name, ast.Load())


def filled(step, node, other=None):
    """Return the expression ``step`` with a node in place of ``_x_``, and another in that of ``_y_``."""
    return _copied(_parsed(step), {"_x_": node, "_y_": other})


@functools.cache
def _parsed(step):
    return ast.parse(step, mode="eval").body


def _copied(part, nodes):
    """Return a copy of a part of a tree that stands in no line yet, with nodes in place of names."""
    if isinstance(part, list):
        return [_copied(each, nodes) for each in part]
    if not isinstance(part, ast.AST):
        return part
    if isinstance(part, ast.Name) and part.id in nodes:
        return nodes[part.id]
    return type(part)(**{field: _copied(value, nodes) for field, value in ast.iter_fields(part)})


def located(value, node):
    """Give new parts of a tree the line of the node that they belong to."""
    if isinstance(value, list):
        for each in value:
            located(each, node)
    elif isinstance(value, ast.AST) and not hasattr(value, "lineno"):
        if "lineno" in value._attributes:
            ast.copy_location(value, node)
        for _, part in ast.iter_fields(value):
            located(part, node)
