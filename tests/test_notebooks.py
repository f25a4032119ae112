"""What a saved notebook must look like, as far as running it again does not show."""

import ast
import json
import pathlib
import re
import subprocess
import symtable
import sys
import urllib.parse

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mlp_helpers.editions.lessons import for_authors, needed

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted(ROOT.glob("notebooks/*.ipynb"))
PAGES = [  # not those of packages in .venv, nor a learner's own; the links of lessons, in the notebooks
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("[!.]*/**/*.md"))
    if path.relative_to(ROOT).parts[0] not in ("lessons", "work")
]
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"file_extension": ".py", "name": "python"}
SOFT = re.compile(r"\b(?:simply|obviously|trivial(?:ly)?|of course|as everyone knows|just)\b", re.IGNORECASE)
NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$|<!--.*?-->|!\[", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)|(?:src|href)=[\"']([^\"']+)")
MACHINE = re.compile(r"(?<![\w.~])/(?:home|Users|root|tmp|var|usr|opt|mnt|work|private)/|\b[A-Za-z]:\\")
WIDGETS = "application/vnd.jupyter.widget-"
HIDING = {"raises-exception", "nbval-raises-exception", "nbval-skip"}


def complaints(path):
    """Everything that is wrong with a saved notebook, one sentence each."""
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.v4.reads(text)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    yield from about_the_file(text, notebook)
    yield from about_the_widgets(notebook)
    yield from about_the_run(code)
    for number, cell in enumerate(code, 1):
        for complaint in (*about_the_source(cell, number), *about_the_outputs(cell)):
            yield f"code cell {number} {complaint}"
    yield from about_the_extras(code)
    yield from about_the_prose(notebook)
    yield from about_front_and_end(path, notebook)


def about_the_file(text, notebook):
    if not text.endswith("}\n"):
        yield "the file does not end with a newline"
    if notebook.metadata.get("kernelspec") != KERNEL:
        yield "the kernelspec differs from JupyterLab's: it would ask the reader for a kernel"
    if notebook.metadata.get("language_info") != LANGUAGE:
        yield "the language is not that of a built notebook: nbconvert would not write a script that ends in .py"
    names = [cell.get("id") for cell in notebook.cells]
    if notebook.nbformat_minor < 5 or None in names or len(set(names)) < len(names):
        yield "a cell has no id of its own"
        return
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        yield f"it is no valid notebook: {error.message}"


def about_the_widgets(notebook):
    models = notebook.metadata.get("widgets", {}).get(f"{WIDGETS}state+json", {}).get("state", {})
    if len(json.dumps(models)) > 200_000:
        yield "the saved state of its widgets is above 200 kB"
    scripts = {path.read_text(encoding="utf-8") for path in ROOT.glob("mlp_helpers/labs/*.js")}
    if any(model["state"].get("_esm", next(iter(scripts))) not in scripts for model in models.values()):
        yield "a widget was saved with JavaScript that is not, or no longer, in mlp_helpers/labs"
    shown = [output.data[f"{WIDGETS}view+json"]["model_id"] for cell in notebook.cells for output in cell.get("outputs", [])
             if f"{WIDGETS}view+json" in output.get("data", {})]  # fmt: skip
    if not set(shown) <= set(models):
        yield "shows a widget whose state is not saved"


def about_the_run(code):
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        yield "the execution counts are not 1, 2, 3 …: it was not run once from top to bottom"


def about_the_source(cell, number):
    if cell.source.count("\n") >= 25:
        yield "is longer than 25 lines"
    tree = ast.parse(re.sub(r"^\s*[%!].*", "", cell.source, flags=re.MULTILINE))
    imports = any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in ast.walk(tree))
    if imports and number > 1 and not needed(cell):  # what may be missing is imported where it was asked for
        yield "imports, but the first one should"
    if for_authors(cell) and not only_asserts(tree):
        yield "is for authors, and holds more than assertions, which learners' copies would be without"
    comments = {line[2:].lower().replace("_", "-") for line in cell.source.splitlines() if line.startswith("# ")}
    if HIDING & {*cell.metadata.get("tags", ()), *comments}:
        yield "has a tag under which nbval would overlook an error"


def about_the_extras(code):
    """What would break a notebook where a module is missing that only the cells tagged needs-… need."""
    tables = [symtable.symtable(re.sub(r"^\s*[%!].*", "", cell.source, flags=re.MULTILINE), "", "exec") for cell in code]
    for number, (cell, table) in enumerate(zip(code, tables, strict=True), 1):
        if not needed(cell):
            continue
        asks = [isinstance(node, ast.If) or "check.extra(" in ast.unparse(node) for node in ast.parse(cell.source).body]
        if not for_authors(cell) and not all(asks):
            yield f"code cell {number} needs {needed(cell)[0]}, and does something without having asked whether it is there"
        elsewhere = [other for each, other in zip(code, tables, strict=True) if needed(each) != needed(cell)]
        for name in sorted(names_set(table) & set().union(*map(names_used, elsewhere))):
            yield f"code cell {number} sets the name {name}, which is used where {needed(cell)[0]} may be missing"


def names_set(table):
    """The names of the notebook that a cell sets."""
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def names_used(table):
    """The names of the notebook that a cell uses, its functions included."""
    own = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced() and symbol.is_global()}
    return own.union(*map(names_used, table.get_children()))


def only_asserts(tree):
    """Whether all that a cell does is to assert: it leaves no name behind."""
    return {type(node) for node in tree.body} == {ast.Assert} and not any(
        isinstance(node, ast.NamedExpr) for node in ast.walk(tree)
    )


def about_the_outputs(cell):
    kinds = [kind(output) for output in cell.outputs]
    if "error" in kinds:
        yield "saved an error"
    if "stderr" in kinds:
        yield "saved something on stderr"
    if any(here == "picture" and after != "caption" for here, after in zip(kinds, [*kinds, None][1:], strict=True)):
        yield "has a picture without a description after it"
    if re.search(r"\bshow\(", cell.source) and "picture" not in kinds:
        yield "shows a picture, but none is saved"
    if MACHINE.search("\n".join(said(cell.outputs))):
        yield "printed a path of the machine it was run on"


def kind(output):
    data = output.get("data", {})
    if "image/png" in data:
        return "picture"
    return "caption" if 'class="mlp-caption"' in data.get("text/html", "") else output.get("name", output.output_type)


def said(outputs):
    for output in outputs:
        yield output.get("text", "")
        yield from (text for mime, text in output.get("data", {}).items() if mime.startswith("text/"))


def about_the_prose(notebook):
    prose = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for word in sorted({word.lower() for word in SOFT.findall(prose)}):
        yield f"the word “{word}” makes a learner feel slow"
    if "!" in NOT_PROSE.sub("", prose):
        yield "the prose has an exclamation mark"


def about_front_and_end(path, notebook):
    cells = of_the_lesson(notebook)
    kinds = [cell.cell_type for cell in cells]
    first_code = kinds.index("code") if "code" in kinds else len(kinds)
    front = "\n".join(cell.source for cell in cells[:first_code])
    for pattern in (r"\A# \S", r"\bYou will\b", r"\bYou need\b", r"\b\d+ min"):
        if not re.search(pattern, front):
            yield f"before the first code there is no {pattern!r}"
    end = cells[-1].source if kinds[-1] == "markdown" else ""
    if "## What you can do now" not in end:
        yield "the last cell has no heading “What you can do now”"
    if not re.search(r"\bdiscuss", end) or end.count("?") < 3:
        yield "the last cell has no three questions to discuss"
    neighbours = sorted(path.parent.glob("*.ipynb"))
    here = neighbours.index(path)
    for neighbour in neighbours[max(here - 1, 0) : here + 2]:
        if neighbour != path and f"]({neighbour.name})" not in end:
            yield f"the last cell has no link to {neighbour.name}"
    for link in dead_links(path, "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")):
        yield f"the link {link} leads nowhere"


def of_the_lesson(notebook):
    """The cells that learners see too: without the pointer to their copies, and what protects the authors' numbers."""
    return [cell for cell in notebook.cells if not for_authors(cell)]


def dead_links(path, text):
    for found in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        link = "".join(found)
        target = urllib.parse.unquote(link.split("#")[0])
        if not re.match(r"[a-z]+:", link) and not (path.parent / target).exists():
            yield link


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_saved_notebook_is_as_it_should_be(path):
    assert list(complaints(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_links_of_a_page_lead_somewhere(path):
    assert list(dead_links(path, path.read_text(encoding="utf-8"))) == []


def good():
    front = "# Draw a line\n\n**You will** draw. **You need** nothing. 20 minutes.\n\n![1](../line.png) `a != 3!` $3!$"
    picture = new_output("display_data", {"image/png": "iVBORw0KGgo="})
    html = '<p class="mlp-caption">Figure: A line goes up.</p>'
    caption = new_output("display_data", {"text/plain": "Figure: A line goes up.", "text/html": html})
    return new_notebook(
        metadata={"kernelspec": dict(KERNEL), "language_info": dict(LANGUAGE)},
        cells=[
            new_markdown_cell(front),
            new_code_cell("import numpy as np\nimport mlp_helpers.plots", execution_count=1),
            new_code_cell("plots.show(*plots.line())", execution_count=2, outputs=[picture, caption]),
            new_markdown_cell("## What you can do now\n\nDraw.\n\nTo discuss: why? how? when?\n\n[before](00_before.ipynb)"),
        ],
    )


def saved(notebook, folder):
    (folder / "notebooks").mkdir()
    (folder / "line.png").touch()
    (folder / "notebooks" / "00_before.ipynb").touch()
    path = folder / "notebooks" / "01_here.ipynb"
    nbformat.write(notebook, path)
    return path


def test_a_good_notebook_gets_no_complaint(tmp_path):
    assert list(complaints(saved(good(), tmp_path))) == []


def add_output(notebook, kind, **content):
    notebook.cells[1].outputs.append(new_output(kind, **content))


def for_the_authors(notebook, source):
    notebook.cells.insert(3, new_code_cell(source, execution_count=3, metadata={"tags": ["author"]}))


def needing(notebook, source, after="pass"):
    notebook.cells.insert(2, new_code_cell(source, execution_count=2, metadata={"tags": ["needs-sparse"]}))
    notebook.cells.insert(3, new_code_cell(after, execution_count=3))
    notebook.cells[4].execution_count = 4


def widget(state):
    """Metadata of a notebook with one saved widget."""
    model = {"model_name": "ImageModel", "model_module": "anywidget", "model_module_version": "1", "state": state}
    return {"widgets": {f"{WIDGETS}state+json": {"version_major": 2, "version_minor": 0, "state": {"a": model}}}}


BROKEN = {
    "would ask the reader for a kernel": lambda nb: nb.metadata.kernelspec.update(display_name="Python 3"),
    "a script that ends in .py": lambda nb: nb.metadata.language_info.pop("file_extension"),
    "no id of its own": lambda nb: nb.cells[1].update(id=nb.cells[0].id),
    "no valid notebook": lambda nb: nb.cells[1].update(colour="red"),
    "not run once from top to bottom": lambda nb: nb.cells[2].update(execution_count=3),
    "run once from top": lambda nb: nb.cells[2].update(execution_count=None),
    "longer than 25 lines": lambda nb: nb.cells[1].update(source="import a\n" * 26),
    "but the first one should": lambda nb: nb.cells[2].update(source="def f():\n    import a\n%time plots.show()"),
    "is for authors, and holds more than assertions": lambda nb: for_the_authors(nb, "assert 1 < 2\nhalf = 0.5"),
    "holds more than assertions": lambda nb: for_the_authors(nb, "assert (half := 0.5) < 1"),
    "nbval would overlook an error": lambda nb: nb.cells[1].metadata.update(tags=["raises-exception"]),
    "without having asked": lambda nb: needing(nb, "sorted([3, 1])"),
    "sets the name first": lambda nb: needing(nb, "sparse = check.extra('sparse')\nif sparse:\n    first = 1", "print(first)"),
    "would overlook an error": lambda nb: nb.cells[1].update(source="# NBVAL_SKIP\n1 / 0"),
    "saved an error": lambda nb: add_output(nb, "error", ename="ValueError", evalue="no", traceback=[]),
    "saved something on stderr": lambda nb: add_output(nb, "stream", name="stderr", text="RuntimeWarning\n"),
    "picture without a description": lambda nb: nb.cells[2].outputs.pop(),
    "a picture without a": lambda nb: nb.cells[2].outputs.reverse(),
    "a picture without a description after it": lambda nb: nb.cells[2].outputs[1].data.pop("text/html"),
    "but none is saved": lambda nb: nb.cells[2].outputs.pop(0),
    "path of the machine": lambda nb: add_output(nb, "stream", text="/home/ada/course/mlp.npz\n"),
    "a path of the machine": lambda nb: add_output(nb, "display_data", data={"text/plain": "'C:\\\\Users\\\\ada'"}),
    "“simply”": lambda nb: nb.cells[0].update(source=nb.cells[0].source + " Simply add."),
    "exclamation mark": lambda nb: nb.cells[0].update(source=nb.cells[0].source + " Done!"),
    "no '\\\\A# ": lambda nb: nb.cells[0].update(source="#" + nb.cells[0].source),
    "You will": lambda nb: nb.cells[0].update(source=nb.cells[0].source.replace("You will", "We")),
    "You need": lambda nb: nb.cells[0].update(source=nb.cells[0].source.replace("You need", "Needed")),
    "d+ min": lambda nb: nb.cells[0].update(source=nb.cells[0].source.replace("20 minutes", "Soon")),
    "no heading “What you can do now”": lambda nb: nb.cells[3].update(source=nb.cells[3].source.replace("now", "then")),
    "no three questions to discuss": lambda nb: nb.cells[3].update(source=nb.cells[3].source.replace("why?", "")),
    "no link to 00_before": lambda nb: nb.cells[3].update(source=nb.cells[3].source.replace("](00_before.ipynb)", "]")),
    "above 200 kB": lambda nb: nb.metadata.update(widget({"value": 200_000 * "x"})),
    "JavaScript that is not": lambda nb: nb.metadata.update(widget({"_esm": "export default {}"})),
    "whose state is not saved": lambda nb: add_output(nb, "display_data", data={f"{WIDGETS}view+json": {"model_id": "gone"}}),
    "link ../lime.png leads nowhere": lambda nb: nb.cells[0].update(source=nb.cells[0].source.replace("line.png", "lime.png")),
}


@pytest.mark.parametrize("expected", BROKEN)
@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")
def test_each_rule_finds_what_breaks_it_and_nothing_else(expected, tmp_path):
    path = saved(good(), tmp_path)
    notebook = nbformat.v4.reads(path.read_text(encoding="utf-8"))
    BROKEN[expected](notebook)
    path.write_text(json.dumps(notebook) + "\n", encoding="utf-8")
    found = list(complaints(path))
    assert len(found) == 1 and expected in found[0]


def test_a_missing_newline_at_the_end_is_found(tmp_path):
    path = saved(good(), tmp_path)
    path.write_text(path.read_text(encoding="utf-8").rstrip(), encoding="utf-8")
    assert list(complaints(path)) == ["the file does not end with a newline"]


@pytest.mark.slow
def test_a_picture_that_is_no_longer_drawn_is_found_and_a_cell_for_authors_is_left_out_of_the_first_run(tmp_path):
    notebook = good()
    caption = dict(notebook.cells[2].outputs[1].data)
    notebook.cells[1].source = "from IPython.display import display"
    notebook.cells[2].source = f"display({caption}, raw=True)"
    notebook.cells.insert(2, new_code_cell("assert False", metadata={"tags": ["author"]}))
    path = saved(notebook, tmp_path)
    said = pytest_on(path)
    assert "has 1 saved pictures, but draws 0" in said
    assert "1 failed, 1 passed" in said


def pytest_on(path, *arguments, program="import pytest, sys; sys.exit(pytest.main(sys.argv[1:]))"):
    """What pytest says of one notebook, or of a folder of them."""
    settings = [f"--rootdir={ROOT}", f"-c{ROOT / 'pyproject.toml'}", "-pconftest", "-pno:cacheprovider", "-n0", "-rfp"]
    command = [sys.executable, "-c", program, *settings, *arguments, str(path)]
    words = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.run(command, cwd=ROOT, check=False, **words).stdout


@pytest.mark.slow
def test_a_cell_that_needs_an_extra_is_skipped_visibly_and_extras_insists_on_it(tmp_path):
    tagged = [{"tags": [f"needs-{name}"]} for name in ("numpy", "no_such_module")]
    cells = [new_code_cell("a = 1"), *(new_code_cell("1 / 0", metadata=tags) for tags in tagged)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": dict(KERNEL)}), tmp_path / "here.ipynb")
    nbformat.write(new_notebook(cells=cells[:1], metadata={"kernelspec": dict(KERNEL)}), tmp_path / "plain.ipynb")
    said = pytest_on(tmp_path, "-rs")
    assert "2 passed, 2 skipped" in said, said
    assert "here.ipynb: needs no_such_module, and is run by python start.py extras" in said
    assert "not installed: no_such_module. python start.py extras" in pytest_on(tmp_path, "--extras")
    cells.pop()
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": dict(KERNEL)}), tmp_path / "here.ipynb")
    assert "1 failed, 1 passed, 1 deselected" in pytest_on(tmp_path, "--extras")


@pytest.mark.slow
def test_a_notebook_that_runs_once_is_tested_as_a_copy_with_what_authors_assert_and_solved_at_its_end(tmp_path):
    arguments = {"epochs_to_reach": "accuracies, target", "diagnose_curves": "train_loss, validation_loss"}
    stubs = {name: f"def {name}({given}):\n    ..." for name, given in arguments.items()}
    uses = {name: f"{name} = check.{name}.use({name})\nprint({name}.__module__)" for name in stubs}
    ours = [f"assert {name}.__module__ != '__main__'" for name in stubs]  # nothing was solved yet
    for title, names, authors in (("all", list(stubs), ours), ("some", ["epochs_to_reach"], ["assert False"])):
        sources = [
            "import numpy as np\nfrom mlp_helpers import check",
            *(source for name in names for source in (stubs[name], uses[name])),
        ]
        cells = [new_code_cell(source) for source in sources]
        cells += [new_code_cell(source, metadata={"tags": ["author"]}) for source in authors]
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": dict(KERNEL)}), tmp_path / f"09_{title}.ipynb")
    program = f"import conftest, pathlib, pytest, sys\nconftest.NOTEBOOKS = pathlib.Path({str(tmp_path)!r})\n"
    program += "sys.exit(pytest.main(sys.argv[1:]))"
    said = pytest_on(tmp_path, program=program)
    failed = [line.partition("once::")[2].split(" - ")[0] for line in said.splitlines() if line.startswith("FAILED")]
    assert failed == ["Cell 3", "every exercise is solved"], said
    assert f"2 failed, {7 + 4 + 1 + 3 + 2} passed" in said  # each stub and its check twice
    editions = [
        line.split("::")[0] for line in pytest_on(tmp_path, "--thorough", "--collect-only", "-q", program=program).splitlines()
    ]
    assert [sum(line.endswith(end) for line in editions) for end in (".ipynb", " filled in", " once")] == [5 + 3, 8 + 5, 0]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_readme_gives_the_times_that_the_notebook_gives(path):
    readme = (path.parent.parent / "README.md").read_text(encoding="utf-8")
    minutes, core = re.search(rf"\({path.parent.name}/{path.name}\) \| (\d+) \| (\d+) \|", readme).groups()
    front = of_the_lesson(nbformat.read(path, as_version=4))[0].source
    assert f"· {minutes} minutes ·" in front
    assert f"({core} minutes)" in front or (core == minutes and "core path: all of it" in front)
