"""Small changes of the lines of a function: one further in or out, left out, in another order, ``return`` for ``yield``."""

import ast
import collections

BLOCKS = (ast.For, ast.While, ast.If, ast.With)
INDENTED = "look at how far it is indented"
NEEDED, ALL_NEEDED = "is this line needed?", "are these lines needed?"
AGAIN = "the same line stands there more than once: is it needed each time?"
SUPERFLUOUS = {NEEDED, ALL_NEEDED, AGAIN}  # what is asked where something is left out
LAST = 3  # the size of a change that ends a loop after its first round, as many a mistake in that loop can be mended


def moves(function, names):
    """Yield (size, statement, what to look at, edits, further statements) for each small change of the lines of a function."""
    written = collections.Counter(ast.dump(node) for node in ast.walk(function) if isinstance(node, ast.stmt))
    for parent in ast.walk(function):
        for field in ("body", "orelse"):
            block = getattr(parent, field, None)
            if isinstance(block, list):
                for i, line in enumerate(block):
                    if not (i == 0 and _is_docstring(line)):
                        yield from _in_its_block(parent, field, block, i, again=written[ast.dump(line)] > 1)
                    yield from _across(parent, field, block, i)
                    yield from _of_the_line(parent, field, block, i, names)
    if not isinstance(function.body[-1], ast.Return):
        for name in names:
            more = [*function.body, ast.Return(ast.Name(name, ast.Load()))]
            yield 2, function.body[-1], "what should the function hand back at its end?", ((function, "body", more),)


def _in_its_block(parent, field, block, i, again):
    """Leave a line out with all that belongs to it, or exchange it with the next one."""
    rest, inside = [*block[:i], *block[i + 1 :]], [each for each in ast.walk(block[i]) if isinstance(each, ast.stmt)][1:]
    look = AGAIN if again else ALL_NEEDED if inside else NEEDED
    if rest or not isinstance(parent, BLOCKS) or getattr(parent, "orelse", None):  # else it is left out with its loop
        yield 2, block[i], look, ((parent, field, rest or [ast.Pass()]),), tuple(inside)
    if i + 1 < len(block):
        exchanged = [*block[:i], block[i + 1], block[i], *block[i + 2 :]]
        yield 2, block[i + 1], "look at the order of the lines", ((parent, field, exchanged),)


def _across(parent, field, block, i):
    """Move a line out of a loop or an if, or into one."""
    line = block[i]
    if isinstance(line, BLOCKS):
        for part in [name for name in ("body", "orelse") if getattr(line, name, None)]:
            inner = getattr(line, part)
            if len(inner) > 1:
                yield (
                    1,
                    inner[-1],
                    INDENTED,
                    ((line, part, inner[:-1]), (parent, field, [*block[: i + 1], inner[-1], *block[i + 1 :]])),
                )
                yield 1, inner[0], INDENTED, ((line, part, inner[1:]), (parent, field, [*block[:i], inner[0], *block[i:]]))
        inner = line.body[-1]
        if isinstance(inner, BLOCKS) and len(inner.body) > 1:  # two steps out at once
            last = inner.body[-1]
            yield 2, last, INDENTED, ((inner, "body", inner.body[:-1]), (parent, field, [*block[: i + 1], last, *block[i + 1 :]]))
        yield 2, line, NEEDED, ((parent, field, [*block[:i], *line.body, *block[i + 1 :]]),)
    next_block = next((each for each in block[i + 1 :] if isinstance(each, BLOCKS)), None)
    if next_block and (not isinstance(line, BLOCKS) or next_block is block[i + 1]):
        rest = [*block[:i], *block[i + 1 :]]
        size = 1 if next_block is block[i + 1] else 2
        moved_in = (next_block, "body", [line, *next_block.body])
        yield _size_into(next_block, line, size), line, INDENTED, (moved_in, (parent, field, rest))
    if i and isinstance(block[i - 1], BLOCKS):
        rest = [*block[:i], *block[i + 1 :]] or [ast.Pass()]
        moved_in = (block[i - 1], "body", [*block[i - 1].body, line])
        yield _size_into(block[i - 1], line, 1), line, INDENTED, (moved_in, (parent, field, rest))


def _size_into(block, line, size):
    """Return the size of a move into a block; a return would end a loop after its first round."""
    return LAST if isinstance(line, ast.Return) and isinstance(block, (ast.For, ast.While)) else size


def _of_the_line(parent, field, block, i, names):
    """Change what kind of line it is."""
    line = block[i]

    def instead(new):
        return ((parent, field, [*block[:i], new, *block[i + 1 :]]),)

    if isinstance(line, ast.Return) and line.value is not None:
        yield 1, line, "look at `return`", instead(ast.Expr(ast.Yield(line.value)))
    if isinstance(line, ast.Expr) and isinstance(line.value, ast.Yield):
        yield 1, line, "look at `yield`", instead(ast.Return(line.value.value))
    elif isinstance(line, ast.Expr) and not isinstance(line.value, ast.Constant):
        yield 1, line, "look at what becomes of the result", instead(ast.Return(line.value))
        for name in names:
            yield 2, line, "look at what becomes of the result", instead(ast.Assign([ast.Name(name, ast.Store())], line.value))
    if isinstance(line, ast.For):
        backwards = ast.Call(ast.Name("reversed", ast.Load()), [line.iter], [])
        yield 2, line, "in which order should this loop go?", ((line, "iter", backwards),)
    if isinstance(line, (ast.If, ast.While)):
        yield 1, line, "look at the condition", ((line, "test", ast.UnaryOp(ast.Not(), line.test)),)
    if isinstance(line, ast.AugAssign):
        yield from _of_an_update(line, instead)
    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Call):
        yield 1, line, "look at what stands on the left of `=`", instead(ast.Expr(line.value))
    if isinstance(line, ast.Assign) and len(line.targets) == 1:
        yield from _of_an_assignment(line, instead)


def _of_an_update(line, instead):
    look = f"look at `{SIGNS.get(type(line.op), '…')}=`"
    for operator in (ast.Add, ast.Sub, ast.Mult, ast.Div):
        if type(line.op) is not operator:
            yield 1, line, look, ((line, "op", operator()),)
    yield 1, line, look, instead(ast.Assign([line.target], line.value))
    yield 1, line, look, instead(ast.Assign([line.target], ast.BinOp(_read(line.target), line.op, line.value)))
    if isinstance(line.value, ast.List):
        pair = ast.List([ast.Tuple(line.value.elts, ast.Load())], ast.Load())
        yield 1, line, "how many entries does this line add?", ((line, "value", pair),)


def _of_an_assignment(line, instead):
    target, value = line.targets[0], line.value
    if not isinstance(target, (ast.Name, ast.Subscript, ast.Attribute)):
        return
    same, look = ast.dump(_read(target)), "look at `=+`" if _begins_with_a_plus(value) else "look at `=`"
    for operator in (ast.Add, ast.Sub, ast.Mult, ast.BitAnd, ast.BitOr):
        yield 1, line, look, instead(ast.AugAssign(target, operator(), value))
    if isinstance(value, ast.BinOp) and ast.dump(value.left) == same:
        yield 1, line, "look at `=`", instead(ast.AugAssign(target, value.op, value.right))
    inside = ast.Subscript(_read(target), ast.Constant(...), ast.Store())
    yield 1, line, "look at what stands on the left of `=`", instead(ast.Assign([inside], value))


def _begins_with_a_plus(value):
    while isinstance(value, ast.BinOp):
        value = value.left
    return isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.UAdd)


SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def _read(target):
    """Return a target as an expression that is read."""
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load())
    return ast.Subscript(target.value, target.slice, ast.Load())


def _is_docstring(line):
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
