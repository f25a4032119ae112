"""Which sentences about a known mistake are true of the code at hand: one behaviour can be written in many ways."""

import ast
import builtins
import dataclasses
import re

from .reading import tree_of

HEDGED = re.compile(r"\b(such as|like|for example|as in|as with|would|may|might|perhaps|often|does that|do that|should)\b")
LOOPS = (ast.For, ast.While, ast.comprehension)


def as_it_is(function, mistake):
    """Return a known mistake with those of its sentences that are true of this function's source."""
    message, question = (true_of(function, text) for text in (mistake.message, mistake.question))
    return dataclasses.replace(mistake, message=message, question=question)


def true_of(function, text):
    """Return the sentences of a text that hold for the source of a function; all, if there is no source to be read."""
    tree = tree_of(function)
    return text if tree is None else " ".join(each for each in sentences(text) if _holds(tree, each))


def sentences(text):
    """Split a text into its sentences; what stands in round brackets after one is another."""
    return [each.strip() for each in re.findall(r"(?:`[^`]*`|[^.?`]|[.?](?!\)?(?:\s|$)))+(?:[.?]\)?|$)", text)]


def _holds(tree, sentence):
    nodes = list(ast.walk(tree))
    if "`return`" in sentence and re.search(r"\b(inside|far in|indented)\b", sentence):
        return any(isinstance(inner, ast.Return) for node in nodes if isinstance(node, LOOPS[:2]) for inner in ast.walk(node))
    if re.search(r"\bloops?\b", sentence) and not any(isinstance(node, LOOPS) for node in nodes):
        return False
    if sentence.rstrip(")").endswith("?"):
        return not re.search("(line|stands?) (with|behind) `yield`", sentence) or any(isinstance(n, ast.Yield) for n in nodes)
    patterns = [] if HEDGED.search(sentence) else list(filter(None, map(_pattern, re.findall("`([^`]*)`", sentence))))
    return not patterns or any(_matches(pattern, node, {}) for pattern in patterns for node in nodes)


def _pattern(fragment):
    """Return the syntax tree of code that is quoted in a sentence; None for a mere name, or for what is no Python."""
    fragment = fragment.replace("…", "ANY").strip()
    if re.fullmatch(r"[-+*/]{1,2}=|//", fragment):
        fragment = f"ANY {fragment} ANY"
    for form in (fragment, f"{fragment}: pass"):
        try:
            (statement,) = ast.parse(form).body
        except (SyntaxError, ValueError):
            continue
        node = statement.value if isinstance(statement, ast.Expr) else statement
        return None if isinstance(node, (ast.Name, ast.Attribute, ast.Constant, ast.Return)) else node
    return None


def _matches(pattern, node, names):
    """Return whether two pieces of code are the same, whatever their variables are called; ANY stands for anything."""
    if isinstance(pattern, ast.Name) and pattern.id == "ANY":
        return True
    if isinstance(pattern, ast.Name):
        named = isinstance(node, ast.Name) if isinstance(pattern.ctx, ast.Store) else _is_a_thing(node)
        if not named:
            return False
        if pattern.id in {"np", "self"} or hasattr(builtins, pattern.id):
            return isinstance(node, ast.Name) and node.id == pattern.id
        return names.setdefault(pattern.id, ast.unparse(node)) == ast.unparse(node)
    if isinstance(pattern, list):
        same_length = isinstance(node, list) and len(pattern) == len(node)
        return same_length and all(_matches(one, other, names) for one, other in zip(pattern, node, strict=True))
    if not isinstance(pattern, ast.AST):
        return pattern == node
    if type(pattern) is not type(node):
        return False
    left_out = {"ctx", "type_comment", "kind", *(("body", "orelse") if isinstance(pattern, ast.stmt) else ())}
    fields = [field for field in pattern._fields if field not in left_out]
    return all(_matches(getattr(pattern, field), getattr(node, field), names) for field in fields)


def _is_a_thing(node):
    """Return whether a piece of code only names something: a variable, an entry or an attribute."""
    return isinstance(node, (ast.Name, ast.Subscript)) or (isinstance(node, ast.Attribute) and node.attr != "T")
