"""Small changes of a right solution: another operator, axis or constant, a dropped term or result, a line left out."""

import ast
import inspect

import numpy as np

import mlp_helpers
from mlp_helpers import check

OPERATORS = {ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div, ast.Add], ast.Div: [ast.Mult, ast.FloorDiv],
             ast.Pow: [ast.Mult], ast.FloorDiv: [ast.Div], ast.Mod: [ast.FloorDiv]}  # fmt: skip
COMPARISONS = {ast.Gt: [ast.GtE, ast.Lt], ast.GtE: [ast.Gt, ast.Lt], ast.Lt: [ast.LtE, ast.Gt], ast.Eq: [ast.NotEq, ast.LtE]}
NAMES = {"sum": ["mean", "max"], "mean": ["sum"], "max": ["min", "mean"], "argmax": ["argmin"], "argmin": ["argmax"],
         "zeros": ["ones"], "maximum": ["minimum"], "exp": ["expm1"], "log": ["log2"], "sqrt": ["square"]}  # fmt: skip
CHANGED = {ast.BinOp, ast.AugAssign, ast.Compare, ast.UnaryOp, ast.Constant, ast.Call, ast.Attribute, ast.Tuple,
           ast.FunctionDef, ast.For, ast.Return}  # fmt: skip


def mutants(exercise):
    """Yield (description, function) for each changed version of an exercise's solution that compiles."""
    source = exercise.source()
    seen = {ast.dump(ast.parse(source))}
    for number, kind in enumerate(map(type, ast.walk(ast.parse(source)))):
        for variant in range(6 if kind in CHANGED else 0):
            changed = ast.parse(source)
            node = list(ast.walk(changed))[number]
            description = change(changed, node, variant)
            if description and ast.dump(changed) not in seen:
                seen.add(ast.dump(changed))
                try:
                    code = compile(ast.fix_missing_locations(changed), f"<{exercise.name}: {description}>", "exec")
                except (SyntaxError, ValueError):
                    continue
                space = {**met(exercise), "np": np}
                exec(code, space)
                yield f"{exercise.name}, line {getattr(node, 'lineno', 1)}: {description}", space[exercise.name]


def change(tree, node, variant):
    """Make one change at a node; return its description, or return None when this variant does not apply."""
    if isinstance(node, ast.BinOp):
        options = OPERATORS.get(type(node.op), [])
        if variant < len(options):
            node.op = options[variant]()
            return f"operator {type(node.op).__name__}"
        if variant == 3:
            return replace(tree, node, node.left) and "right operand dropped"
        if variant == 4:
            return replace(tree, node, node.right) and "left operand dropped"
        if variant == 5:
            node.left, node.right = node.right, node.left
            return "operands swapped"
    if isinstance(node, ast.AugAssign) and variant < 1:
        node.op = ast.Add() if isinstance(node.op, ast.Sub) else ast.Sub()
        return "another augmented assignment"
    if isinstance(node, ast.Compare):
        options = COMPARISONS.get(type(node.ops[0]), [])
        if variant < len(options):
            node.ops[0] = options[variant]()
            return f"comparison {type(node.ops[0]).__name__}"
    if isinstance(node, ast.UnaryOp) and variant == 0:
        return replace(tree, node, node.operand) and "sign dropped"
    if isinstance(node, ast.Constant) and type(node.value) in (int, float) and variant < 2:
        node.value += (1, -1)[variant]
        return f"constant {node.value}"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool) and variant == 0:
        node.value = not node.value
        return f"constant {node.value}"
    if isinstance(node, ast.Call) and variant < len(node.keywords):
        return f"without {node.keywords.pop(variant).arg}"
    if isinstance(node, ast.Call) and variant == 4 and len(node.args) > 1:
        node.args.reverse()
        return "arguments exchanged"
    if isinstance(node, ast.Return) and variant == 0 and node.value is not None:
        node.value = None
        return "nothing returned"
    if isinstance(node, ast.Attribute):
        options = NAMES.get(node.attr, [])
        if variant < len(options):
            node.attr = options[variant]
            return f"{node.attr} instead"
        if node.attr == "T" and variant == 3:
            return replace(tree, node, node.value) and "without the transpose"
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1 and variant == 0:
        node.elts.reverse()
        return "tuple reversed"
    if isinstance(node, (ast.FunctionDef, ast.For)) and variant < 2 and len(node.body) > 1 + variant:
        del node.body[variant - 1 if variant else -2]
        return "a line left out"
    return None


def replace(tree, old, new):
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
                return True
            if isinstance(value, list) and any(item is old for item in value):
                value[[item is old for item in value].index(True)] = new
                return True
    return False


def met(exercise):
    """What a solution may call, by name: the core, what stands beside it, and what the exercises up to this one asked for."""
    core = {name: getattr(mlp_helpers, name) for name in mlp_helpers.__all__}
    beside = vars(inspect.getmodule(inspect.unwrap(exercise.task.solution)))
    earlier = exercises()[: exercises().index(exercise)]
    return {**beside, **core, **{each.name: each.task.solution for each in earlier}}


def exercises():
    return list(check.EXERCISES.values())
