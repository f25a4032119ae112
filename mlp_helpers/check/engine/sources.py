"""What can be read from a learner's function without calling it."""

import ast
import dis
import inspect
import textwrap


def parameters(function):
    return list(inspect.signature(function).parameters)


def takes(function, arguments):
    """Whether a function can be called with these positional arguments, as far as its first line says."""
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError:
        return False
    except ValueError:  # no signature to be seen
        return True
    return True


def methods_of(thing):
    """The functions that stand in a class, by name; none for what is no class."""
    found = vars(thing) if inspect.isclass(thing) else {}
    return {name: inspect.unwrap(each) for name, each in found.items() if inspect.isfunction(each)}


def source_of(thing):
    """Source of a function or a class, also of one that was written in a notebook; "" where there is none."""
    try:
        if inspect.isclass(thing):
            return _source_of_class(thing)
        return textwrap.dedent(inspect.getsource(thing))
    except (OSError, TypeError, SyntaxError, IndexError):
        return ""


def _source_of_class(thing):
    """Found through one of its functions: inspect looks for a file, and a notebook's cell has none."""
    first = next(iter(methods_of(thing).values()), None)
    if first is None:
        return ""
    lines, number = inspect.findsource(first)
    around = [
        node for node in ast.walk(ast.parse("".join(lines))) if isinstance(node, ast.ClassDef) and node.name == thing.__name__
    ]
    node = next(node for node in around if node.lineno <= number + 1 <= node.end_lineno)
    return textwrap.dedent("".join(lines[node.lineno - 1 : node.end_lineno]))


def imported_by(tree):
    """The modules that are imported anywhere in a syntax tree, by the first part of their names; "." for relative imports."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." if node.level else node.module.partition(".")[0])
    return names


def numbers_in(source):
    """The different numbers that stand in a source, in the order in which they come."""
    constants = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return list(dict.fromkeys(value for value in constants if type(value) in (int, float)))


def plain_source(thing):
    """Source of a function or a class without docstrings, and without the decorators that check arguments."""
    source = source_of(inspect.unwrap(thing))
    definition = ast.parse(source).body[0]
    lines, dropped = source.splitlines(), set()
    for node in ast.walk(definition):
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            continue
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            dropped.update(range(first.lineno - 1, first.end_lineno))
            if isinstance(node, ast.ClassDef) and not lines[first.end_lineno].strip():
                dropped.add(first.end_lineno)  # the empty line behind it
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call):
                dropped.update(range(decorator.lineno - 1, decorator.end_lineno))
    return "\n".join(line for i, line in enumerate(lines) if i >= definition.lineno - 1 and i not in dropped) + "\n"


def is_stub(function):
    """Whether a function's body does nothing at all: three dots, pass, or a lone return; in a class, those of all functions."""
    if inspect.isclass(function):
        return all(map(is_stub, methods_of(function).values()))
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & inspect.CO_GENERATOR:
        return False
    return _steps_of(code) == _steps_of(_idle.__code__)


def _idle():
    pass


def _steps_of(code):
    """What the bytecode of a function does, step by step, however this version of Python writes that."""
    return [(step.opname, step.argval) for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP")]
