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


def source_of(function):
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return ""


def plain_source(function):
    """Source of a function without decorators and docstring."""
    source = source_of(inspect.unwrap(function))
    definition = ast.parse(source).body[0]
    lines = source.splitlines()
    first = definition.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    dropped = range(first.lineno - 1, first.end_lineno) if documented else ()
    return "\n".join(line for i, line in enumerate(lines) if i >= definition.lineno - 1 and i not in dropped) + "\n"


def is_stub(function):
    """Whether a function's body does nothing at all: three dots, pass, or a lone return."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & inspect.CO_GENERATOR:
        return False
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "RETURN_NONE", "POP_TOP"}
    steps = list(dis.get_instructions(code))
    constants = [step.argval for step in steps if step.opname in ("LOAD_CONST", "RETURN_CONST")]
    return all(step.opname in idle for step in steps) and set(constants) <= {None}
