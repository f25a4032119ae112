"""Take hints and known mistakes out of the sources of the exercises, and all that only they used."""

import ast
import collections

REGISTERS = {"mistake", "also", "mistakes"}  # of an exercise, or of its task


def strip(folder, package):
    """Write the sources in this folder anew, without them. It belongs to a package, which may import from it."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}
    around = [ast.parse(path.read_text(encoding="utf-8")) for path in package.rglob("*.py") if path not in trees]
    asked = set().union(*map(_asked_of_others, around))
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "hints":
                node.value = ast.List([])
    gone = {path: set() for path in trees}  # names
    while any([_without_mistakes(path, trees, gone, folder) for path in trees]):
        pass
    dropped = True
    while dropped:
        wanted = asked.union(*map(_asked_of_others, trees.values()))
        dropped = any([_without_the_unused(path, tree, wanted) for path, tree in trees.items() if path.name != "__init__.py"])
    for path, tree in trees.items():
        path.write_text(ast.unparse(tree) + "\n", encoding="utf-8")


def _without_mistakes(path, trees, gone, folder):
    """Drop from a module what registers a mistake or uses what was dropped; return whether there was any."""
    tree, before = trees[path], len(trees[path].body)
    for statement in tree.body[:]:
        if isinstance(statement, ast.ImportFrom):
            lost = {alias.name for alias in statement.names} & gone.get(_imported(statement, path, folder), set())
            gone[path] |= lost
            statement.names = [alias for alias in statement.names if alias.name not in lost]
            drop = not statement.names
        else:
            attributes = {node.attr for node in ast.walk(statement) if isinstance(node, ast.Attribute)}
            drop = bool(attributes & REGISTERS or _read_in(statement) & gone[path])
        if drop:
            gone[path] |= _defined_by(statement) - {"_"}
            tree.body.remove(statement)
    return len(tree.body) < before


def _imported(statement, path, folder):
    """Return the file of the exercises that a statement imports from, or None."""
    if statement.level == 1 and statement.module:
        return path.parent / f"{statement.module}.py"
    _, inside, name = (statement.module or "").partition("mlp_helpers.check.exercises.")
    return folder / f"{name.replace('.', '/')}.py" if inside else None


def _asked_of_others(tree):
    """Return what a module imports from others: pairs of the last part of the module's name, and a name in it."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module)
    return {(node.module.rpartition(".")[2], alias.name) for node in imports for alias in node.names}


def _without_the_unused(path, tree, wanted):
    """Drop from a module what neither it nor another uses; return whether there was any."""
    reads = {id(statement): _read_in(statement) for statement in tree.body}
    counts = collections.Counter(name for names in reads.values() for name in names)
    counts.update(["exercise", *(name for stem, name in wanted if stem == path.stem)])
    dropped = False
    for statement in tree.body[:]:
        own = reads[id(statement)]
        if isinstance(statement, ast.Import | ast.ImportFrom):
            kept = [alias for alias in statement.names if counts[alias.asname or alias.name]]
            dropped |= len(kept) < len(statement.names)
            statement.names, drop = kept, not kept
        else:
            defined = _defined_by(statement)
            drop = bool(defined) and not any(counts[name] > (name in own) for name in defined)
        if drop:
            tree.body.remove(statement)
            counts.subtract(own)
            dropped = True
    return dropped


def _read_in(statement):
    """Return the names that a statement takes from its module; what a function has under the same name is its own."""
    names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
    own = {node.arg for node in ast.walk(statement) if isinstance(node, ast.arg)}
    if isinstance(statement, ast.FunctionDef):
        own |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names if isinstance(node.ctx, ast.Load)} - own


def _defined_by(statement):
    """Return the names that a function, a class or an assignment defines; none for other statements."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
