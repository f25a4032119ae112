"""Which sentences about a known mistake are true of the code at hand: one behaviour can be written in many ways."""

import ast
import builtins
import dataclasses
import re

from .reading import tree_of

HEDGED = re.compile(r"\b(such as|like|for example|as in|as with|would|may|might|perhaps|often|does that|do that|should)\b")
LOOPS = (ast.For, ast.While, ast.comprehension)
DONE = {  # what a sentence says was done, and the functions that do it
    "shuffled": {"shuffle", "permutation", "permuted"},
    "cut": {"array_split", "split"},
    "rounded": {"round", "around", "rint"},
    "compared": {"argmax", "argmin", "max", "min", "equal", "array_equal"},
    "limited": {"clip", "minimum", "maximum", "min", "max"},
    "sorted": {"sort", "argsort", "sorted"},
}


def as_it_is(function, mistake):
    """Return a known mistake with those of its sentences that are true of this function's source; its title may be None."""
    title, message, question = (true_of(function, text) for text in (mistake.title, mistake.message, mistake.question))
    return dataclasses.replace(mistake, title=title or None, message=message, question=question)


def true_of(function, text):
    """Return the sentences of a text that hold for the source of a function; all, if there is no source to be read."""
    tree = tree_of(function)
    return text if tree is None else " ".join(each for each in sentences(text) if _holds(tree, each))


def sentences(text):
    """Split a text into its sentences; what stands in round brackets after one is another."""
    return [each.strip() for each in re.findall(r"(?:`[^`]*`|[^.?`]|[.?](?!\)?(?:\s|$)))+(?:[.?]\)?|$)", text)]


def _holds(tree, sentence):
    nodes = list(ast.walk(tree))
    loops = [node for node in nodes if isinstance(node, LOOPS)]
    if "`return`" in sentence and re.search(r"\b(inside|far in|indented)\b", sentence):
        return any(isinstance(inner, ast.Return) for node in nodes if isinstance(node, LOOPS[:2]) for inner in ast.walk(node))
    if re.search(r"\bloops?\b", sentence) and not loops:
        return False
    yours = re.search(r"\byour `(\w+)`", sentence)
    if yours and not any(yours[1] in (getattr(node, "id", ""), getattr(node, "attr", "")) for node in nodes):
        return False
    if "`:`" in sentence and not any(isinstance(node, ast.Slice) for node in nodes):
        return False
    fragments = [] if HEDGED.search(sentence) else re.findall("`([^`]*)`", sentence)
    patterns = list(filter(None, map(_pattern, fragments)))
    if sentence.rstrip(")").endswith("?"):
        if re.search("(line|stands?) (with|behind) `yield`", sentence) and not any(isinstance(n, ast.Yield) for n in nodes):
            return False
        patterns = [pattern for pattern in patterns if isinstance(pattern, ast.AugAssign)]  # others may be an example
        return not patterns or any(_matches(pattern, node, {}) for pattern in patterns for node in nodes)
    found = [node for node in nodes if any(_matches(pattern, node, {}) for pattern in patterns)]
    if patterns and not found:
        return False
    called = re.search(r"`(?:\w+\.)*(\w+)` was called", sentence)
    if called and not any(_is_call_of({called[1]}, node) for node in nodes):
        return False
    done = [[node for node in _in_order(tree) if _does(verb, node)] for verb in _verbs(sentence)]
    where = re.search(r"\b(before|in front of|after|behind|inside|within) (the|its|your) loop\b", sentence)
    if where:
        things = [*found, *(node for each in done for node in each)]
        return any(_stands(thing, where[1], loop) for thing in things for loop in loops if isinstance(loop, LOOPS[:2]))
    order = re.search(r"\b(first|afterwards|then|before|after)\b", sentence)
    if order and len(done) == 2:
        begun, ended = done[::-1] if order[1] == "after" else done
        positions = {id(node): i for i, node in enumerate(_in_order(tree))}
        return any(positions[id(one)] < positions[id(other)] for one in begun for other in ended)
    return True


def _verbs(sentence):
    """What a sentence says was done, in its order."""
    return sorted((verb for verb in DONE if re.search(rf"\b{verb}\b", sentence)), key=sentence.index)


def _does(verb, node):
    """Return whether a piece of code does what a verb says."""
    written = (verb == "cut" and isinstance(node, ast.Slice)) or (verb == "compared" and isinstance(node, ast.Compare))
    return written or _is_call_of(DONE[verb], node)


def _is_call_of(names, node):
    return isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in names


def _in_order(tree):
    """The nodes of a tree in the order in which they are evaluated: the parts of an expression come before it."""
    for child in ast.iter_child_nodes(tree):
        yield from _in_order(child)
    yield tree


def _stands(node, where, loop):
    """Return whether a piece of code stands inside a loop, before or after it."""
    if not hasattr(node, "lineno"):
        return False
    if where in ("inside", "within"):
        return any(node is inner for inner in ast.walk(loop))
    return node.end_lineno < loop.lineno if where in ("before", "in front of") else node.lineno > loop.end_lineno


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
