"""Small changes of an expression: another operator, axis, name or number, other brackets, a step less."""

import ast
import difflib
import itertools

import numpy as np

from .trees import filled, is_called, is_name, is_read, named

OPERATORS = {
    ast.Add: [ast.Sub, ast.Mult, ast.Div], ast.Sub: [ast.Add, ast.Div, ast.Mult],
    ast.Mult: [ast.Div, ast.MatMult, ast.Add, ast.Sub, ast.Pow], ast.Div: [ast.Mult, ast.FloorDiv, ast.Sub, ast.Add],
    ast.FloorDiv: [ast.Div, ast.Mod], ast.Mod: [ast.FloorDiv], ast.MatMult: [ast.Mult], ast.Pow: [ast.Mult],
    ast.BitAnd: [ast.BitOr], ast.BitOr: [ast.BitAnd],
}  # fmt: skip
COMPARISONS = [ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq]
ALIKE = [  # functions and methods that are taken for each other
    ["sum", "mean", "max", "min", "len"], ["argmax", "argmin", "max", "argsort"], ["maximum", "minimum", "max", "min"],
    ["mean", "median"], ["any", "all"], ["var", "std"], ["zeros", "ones"], ["zeros_like", "ones_like"], ["sqrt", "square", "abs"],
    ["exp", "log", "log2", "log10", "log1p", "expm1"], ["floor", "ceil", "round"], ["int", "round", "float"],
    ["hstack", "vstack", "stack"], ["append", "extend"], ["permutation", "shuffle"], ["dot", "multiply", "outer"],
    ["row_stack", "column_stack"], ["random", "normal", "standard_normal"],
]  # fmt: skip
TOO_MUCH = ("is `", "look at whether all of ")  # so begins what is asked where a call or an operand is left out
NUMBERS = [0, 1, 2, -1, 0.5, 10, 255, 1e-12]


def of_an_expression(place, words):
    """Yield (size, what to look at, edits) for each small change of one expression."""
    yield from _KINDS.get(type(place.node), _nothing)(place, words)
    if is_read(place) and _is_given_another_name(place):
        copied = filled("_x_.copy()", place.node)
        yield 1, "is that a copy of {it}, or a second name for it?", place.holding(copied)
    if is_read(place):
        yield 2, "look at the sign of {it}", place.holding(ast.UnaryOp(ast.USub(), place.node))
        yield 1, "look at the shape of {it}", place.holding(ast.Attribute(place.node, "T", ast.Load()))


def _is_given_another_name(place):
    """Return whether a thing that has a name gets a second one: a variable's, an attribute's, or a place in a list or dict."""
    if not isinstance(place.node, (ast.Name, ast.Attribute, ast.Subscript)):
        return False
    kept = isinstance(place.parent, ast.Call) and getattr(place.parent.func, "attr", "") in ("append", "insert", "setdefault")
    return kept or isinstance(place.parent, (ast.Assign, ast.NamedExpr, ast.List, ast.Tuple, ast.Dict, ast.Yield))


def _of_a_binary_operation(place, words):
    node = place.node
    left, right = node.left, node.right
    for operator in OPERATORS.get(type(node.op), []):
        yield 1, "look at the operator{where}", (node, "op", operator())
    yield 1, "look at the order{where}", (node, "left", right), (node, "right", left)
    for part in (left, right):
        yield 2, "look at whether all of {it} is needed", place.holding(part)
    if isinstance(left, ast.BinOp):
        yield 2, "look at whether all of {it} is needed", place.holding(left.left)
        within = ast.BinOp(left.right, node.op, right)
        yield 1, "look at the brackets{where}", place.holding(ast.BinOp(left.left, left.op, within))
    if isinstance(right, ast.BinOp):
        within = ast.BinOp(left, node.op, right.left)
        yield 1, "look at the brackets{where}", place.holding(ast.BinOp(within, right.op, right.right))
    if (
        type(left) is type(right) is ast.BinOp
        and ast.dump(left.right) == ast.dump(right.right)
        and type(left.op) is type(right.op)
    ):
        together = ast.BinOp(left.left, node.op, right.left)
        yield 2, "look at what comes first{where}", place.holding(ast.BinOp(together, left.op, left.right))
    if isinstance(left, ast.Call):
        for new in _with_its_input(left, lambda inner: ast.BinOp(inner, node.op, right)):
            yield 2, _what_comes_first(left), place.holding(new)
    if isinstance(right, ast.Call):
        for new in _with_its_input(right, lambda inner: ast.BinOp(left, node.op, inner)):
            yield 2, _what_comes_first(right), place.holding(new)


def _what_comes_first(call):
    """What to look at where the input of a call is too small: in brackets behind a function, or before a method."""
    function = ast.unparse(call.func)
    is_function = isinstance(call.func, ast.Name) or function.startswith("np.")
    return f"look at what stands in the brackets of `{function}`" if is_function else "look at what comes first{where}"


def _of_a_call(place, words):
    node = place.node
    keywords = {keyword.arg: keyword for keyword in node.keywords}
    rest = [keyword for name, keyword in keywords.items() if name not in ("axis", "keepdims")]
    kept = [keyword for name, keyword in keywords.items() if name == "keepdims"]
    for axis in (0, 1, -1, 2, (1, 2)):
        along = [*rest, ast.keyword("axis", ast.Constant(axis))]
        yield 1, "look at the axis{where}", (node, "keywords", [*along, *kept])
        yield 2, "look at the axis and the shape{where}", (node, "keywords", [*along, _keep()])
        yield 2, "look at the axis and the shape{where}", (node, "keywords", along)
    yield 1, "look at the shape that comes out of {it}", (node, "keywords", [*rest, *_only(keywords, "axis"), _keep()])
    yield 2, "look at what type the numbers have{where}", (node, "keywords", [*rest, ast.keyword("dtype", named("float"))])
    for keyword in node.keywords:
        look = "look at the shape that comes out of {it}" if keyword.arg == "keepdims" else f"look at `{keyword.arg}` in {{it}}"
        yield 1, look, (node, "keywords", [each for each in node.keywords if each is not keyword])
    for i in range(len(node.args) - 1):
        exchanged = [*node.args[:i], node.args[i + 1], node.args[i], *node.args[i + 2 :]]
        yield 2, "look at the order of the arguments{where}", (node, "args", exchanged)
        yield 2, "look at the arguments{where}", (node, "args", [each for j, each in enumerate(node.args) if j != i])
    if len(node.args) > 2:
        first, *others, last = node.args
        for rotated in ([*others, last, first], [last, first, *others]):
            yield 2, "look at the order of the arguments{where}", (node, "args", rotated)
    if len(node.args) > 1:
        yield 2, "look at the arguments{where}", (node, "args", node.args[:-1])
        yield 1, "look at the brackets{where}", (node, "args", [ast.Tuple(node.args, ast.Load())])
    if len(node.args) == 1 and isinstance(node.args[0], ast.Tuple):
        yield 1, "look at the brackets{where}", (node, "args", node.args[0].elts)
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
    for part in [*node.args[:1], *([receiver] if receiver is not None and not is_name(receiver, "np") else [])]:
        if not isinstance(part, ast.Starred):
            yield 2, _is_it_needed(node.func), place.holding(part)
            if isinstance(part, ast.Call):
                for new in _with_its_input(part, lambda inner, part=part: _with_input(node, part, inner)):
                    yield 2, "look at what comes first{where}", place.holding(new)
            if isinstance(part, ast.BinOp):
                left, right = (_with_input(node, part, each) for each in (part.left, part.right))
                yield 2, "look at the brackets{where}", place.holding(ast.BinOp(left, part.op, part.right))
                yield 2, "look at the brackets{where}", place.holding(ast.BinOp(part.left, part.op, right))
                yield 2, "look at what comes first{where}", place.holding(ast.BinOp(left, part.op, right))


def _is_it_needed(function):
    """What to ask where a call may be one step too many: what stands in its brackets, or before a method, is not meant."""
    if not isinstance(function, (ast.Name, ast.Attribute)):
        return "is {it} needed?"
    name = function.id if isinstance(function, ast.Name) else function.attr
    return f"is `{'np.' if is_name(getattr(function, 'value', None), 'np') else ''}{name}` needed in {{it}}?"


def _of_a_name(place, words):
    node = place.node
    if isinstance(node.ctx, ast.Load) and not is_called(place):
        others = [name for name in words.names if name != node.id]
        yield from ((1, "look at the name `" + node.id + "`", place.holding(named(name))) for name in others)
        yield from (
            (2, "look at the name `" + node.id + "`", place.holding(filled(step, named(name))))
            for name in others for step in ("len(_x_)", "_x_.shape[1]")
        )  # fmt: skip
    if isinstance(node.ctx, ast.Store) and node.id in words.unread:
        kept = ast.Attribute(named("self"), node.id, ast.Store())
        yield 1, "what becomes of `" + node.id + "` after this line?", place.holding(kept)
    if is_called(place):
        yield from _of_a_word(node, "id", node.id)


def _of_an_attribute(place, words):
    node = place.node
    if is_name(node.value, "self") and not is_called(place):
        for other in words.attributes:
            if other != node.attr:
                yield 1, "look at the name `self." + node.attr + "`", (node, "attr", other)
    if isinstance(node.ctx, ast.Store):
        return
    if node.attr == "T":
        yield 1, "look at what is transposed{where}", place.holding(node.value)
    if node.attr == "shape":
        yield 1, "look at the size{where}", place.holding(filled("len(_x_)", node.value))
    if is_called(place):
        yield from _of_a_word(node, "attr", node.attr, spell=is_name(node.value, "np"))
    else:
        yield 1, "look at the brackets after {it}", place.holding(ast.Call(node, [], []))


def _of_a_word(node, field, word, spell=False):
    others = [other for group in ALIKE if word in group for other in group if other != word]
    if spell and not hasattr(np, word):
        others += difflib.get_close_matches(word, dir(np), 3)
    if word in ("min", "max", "abs", "sum") and field == "id":
        yield 1, f"look at `{word}`", (node, "id", f"np.{word}")
    for other in dict.fromkeys(others):
        yield 1, f"look at `{word}`", (node, field, other)


def _of_a_constant(place, words):
    value = place.node.value
    if isinstance(value, bool):
        yield 1, f"look at `{value}`", place.holding(ast.Constant(not value))
    elif isinstance(value, (int, float)):
        near = [value + 1, value - 1, -value] if isinstance(value, int) else [-value, 1 - value]
        for number in dict.fromkeys([*near, *NUMBERS]):
            if number != value or type(number) is not type(value):
                yield 1, f"look at the number {value}", place.holding(ast.Constant(number))
        for name in words.names:
            yield 1, f"look at the number {value}", place.holding(named(name))
            yield 2, f"look at the number {value}", place.holding(filled("len(_x_)", named(name)))
            yield 2, f"look at the number {value}", place.holding(filled("_x_.shape[1]", named(name)))
    elif value in words.strings:
        for other in words.strings:
            if other != value:
                yield 1, f"look at `{value!r}`", place.holding(ast.Constant(other))


def _of_a_comparison(place, words):
    node = place.node
    for operator in COMPARISONS:
        if type(node.ops[0]) is not operator:
            yield 1, "look at the comparison{where}", (node, "ops", [operator(), *node.ops[1:]])
        yield 2, "look at the comparison{where}", (node, "ops", [operator()]), (node, "comparators", [ast.Constant(0)])
    yield 2, "look at whether {it} should be asked", place.holding(node.left)


def _of_a_sign(place, words):
    what = "look at `not`{where}" if isinstance(place.node.op, ast.Not) else "look at the sign of {it}"
    yield 1, what, place.holding(place.node.operand)


def _of_and_or(place, words):
    node = place.node
    yield 1, "look at the condition{where}", (node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for value in node.values:
        yield 2, "look at the condition{where}", place.holding(value)


def _of_a_choice(place, words):
    node = place.node
    yield 1, "look at the two cases{where}", (node, "body", node.orelse), (node, "orelse", node.body)
    for part in (node.body, node.orelse):
        yield 2, "is the condition needed in {it}?", place.holding(part)


def _of_several(place, words):
    node = place.node
    orders = itertools.permutations(node.elts) if len(node.elts) <= 3 else neighbours_exchanged(node.elts)
    for order in itertools.islice(orders, 1 if len(node.elts) <= 3 else 0, None):
        yield 1, "look at the order{where}", (node, "elts", list(order))
    for i in range(len(node.elts)):
        if len(node.elts) > 1:
            yield 2, "look at what stands in {it}", (node, "elts", [*node.elts[:i], *node.elts[i + 1 :]])
            if isinstance(node.ctx, ast.Load):
                yield 2, "look at what stands in {it}", place.holding(node.elts[i])


def _of_a_dict(place, words):
    node = place.node
    for values in neighbours_exchanged(node.values):
        yield 1, "look at which value stands beside which name", (node, "values", values)


def _of_an_index(place, words):
    node = place.node
    if isinstance(node.ctx, ast.Load):
        yield 2, "is the index needed in {it}?", place.holding(node.value)
    if isinstance(node.slice, ast.Tuple):
        yield 1, "look at the indices{where}", (node.slice, "elts", node.slice.elts[::-1])


def _of_a_slice(place, words):
    node = place.node
    look = "look at where the slice begins and ends"
    for field in ("lower", "upper"):
        if getattr(node, field) is not None:
            yield 1, look, (node, field, None)
    yield 1, look, (node, "lower", node.upper), (node, "upper", node.lower)
    if node.lower is not None and node.upper is not None:
        yield 1, look, (node, "upper", ast.BinOp(node.lower, ast.Add(), node.upper))


def _nothing(place, words):
    return ()


_KINDS = {
    ast.BinOp: _of_a_binary_operation, ast.Call: _of_a_call, ast.Name: _of_a_name, ast.Attribute: _of_an_attribute,
    ast.Constant: _of_a_constant, ast.Compare: _of_a_comparison, ast.UnaryOp: _of_a_sign, ast.BoolOp: _of_and_or,
    ast.IfExp: _of_a_choice, ast.Tuple: _of_several, ast.List: _of_several, ast.Dict: _of_a_dict, ast.Subscript: _of_an_index,
    ast.Slice: _of_a_slice,
}  # fmt: skip


def _with_its_input(call, make):
    """A call f(a) or a.f() that becomes f(make(a)) or make(a).f(): what was done behind it is done before it."""
    for argument in call.args:
        if not isinstance(argument, ast.Starred):
            yield _with_input(call, argument, make(argument))
    if isinstance(call.func, ast.Attribute) and not is_name(call.func.value, "np"):
        yield _with_input(call, call.func.value, make(call.func.value))


def _with_input(call, old, new):
    """Return a call with another argument, or of another object's method."""
    func = call.func
    if isinstance(func, ast.Attribute) and func.value is old:
        return ast.Call(ast.Attribute(new, func.attr, ast.Load()), call.args, call.keywords)
    return ast.Call(func, [new if each is old else each for each in call.args], call.keywords)


def neighbours_exchanged(items):
    return [[*items[:i], items[i + 1], items[i], *items[i + 2 :]] for i in range(len(items) - 1)]


def _only(keywords, name):
    return [keywords[name]] if name in keywords else []


def _keep():
    return ast.keyword("keepdims", ast.Constant(True))
