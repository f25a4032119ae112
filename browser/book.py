"""The reading edition as a book of web pages: Sphinx and MyST-NB, from the text of the lessons and what their notebooks show."""

import ast
import base64
import importlib.util
import io
import json
import pathlib
import re
import shutil
import tempfile

from mlp_helpers import cards
from mlp_helpers.editions.copies import PAGES
from mlp_helpers.editions.lessons import ROOT, all_lessons, for_learners, lines_of, number_of, source_of
from mlp_helpers.editions.notebook import METADATA, parse
from teaching.markup import description, formula

from .pyodide import LOCKED

BUILDERS = ["sphinx", "myst_nb", "furo", "ziamath"]
STYLE = pathlib.Path(__file__).parent / "book.css"
CONFIG = {
    "project": "An MLP from scratch",
    "html_title": "An MLP from scratch",
    "html_theme": "furo",
    "extensions": ["myst_nb", __name__],
    "html_static_path": ["_static"],
    "html_css_files": ["cards.css", "book.css"],
    "html_show_copyright": False,
    "html_copy_source": False,
    "html_use_index": False,
    "pygments_dark_style": "github-dark",
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},  # these would come from another host
    "nb_code_prompt_show": "Show what it gives",
    "nb_code_prompt_hide": "Hide what it gives",
    "myst_enable_extensions": ["dollarmath"],
    "html_math_renderer": "drawn",
}
EDITION = "../../lab/index.html?path=work/{}.ipynb"  # the learner's copy, from a page of the book that lies in the site
OPEN = '<p class="open-it"><a href="{}">Open in the browser edition</a></p>'
ANSWER = '<p class="over-there"><a href="{}">Answer in the browser edition</a></p>'
SOLVE = '<p class="over-there"><a href="{}">Write it in the browser edition</a>, which checks it and has hints.</p>'
MOVE = '<p class="over-there">A lab, as it begins. <a href="{}">Open this lesson in the browser edition</a> to move it.</p>'
FRONT = """# An MLP from scratch

A multi-layer perceptron, built by hand in NumPy: the lessons to read and to search, with what their cells print and draw. \
The answers to predictions are folded; the exercises are solved in the browser edition, where every lesson can be run and changed.

<p class="open-it"><a href="{address}">Open the browser edition</a></p>

{parts}
"""
PART = """```{{toctree}}
:maxdepth: 1
:caption: {}

{}
```
"""
FURNITURE = re.compile(r"^check\.(?:here|environment)\(.*\)\n?", re.MULTILINE)  # what a book has no use for
SAYS_NOTHING = re.compile(r'class="mlp-(?:strip|caption)"|<b>(?:environment|called back)</b>')  # a figure has its caption
STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)
TO_RUN = re.compile(r"<div [^>]*>Run this cell to answer\.</div>")
LESSON = re.compile(r"\[([^\]]+)\]\((\w+)\.ipynb\)")  # a link to one
SPECIAL = re.compile(r"([\\`*_\[\]<>&$])")  # in Markdown


def missing():
    """Return what this Python lacks for making the book, the names of modules."""
    return [name for name in BUILDERS if not importlib.util.find_spec(name)]


def ready():
    """Raise FileNotFoundError, which says what to do, where the book cannot be made by this Python."""
    if absent := missing():
        raise FileNotFoundError(f"{absent[0]} is not installed in this Python, so that no book can be made. {LOCKED}")


def build(out, lessons=None):
    """Make the book in the folder ``out``, anew; return the numbers of the lessons that have changed since they were run.

    Parameters
    ----------
    out : pathlib.Path
    lessons : list of str, optional
        The numbers of those that go in; otherwise, and when it is empty, all.

    Raises
    ------
    OSError
        When Sphinx is not installed, when a lesson is not there or was never run, when the folder holds something else, and
        when Sphinx warns of anything.
    """
    ready()
    known = {number_of(lesson): lesson for lesson in all_lessons()}
    if unknown := [number for number in lessons or [] if number not in known]:
        raise FileNotFoundError(f"there is no lesson {unknown[0]}. There are: {', '.join(known)}.")
    if out.exists() and any(out.iterdir()) and not (out / "searchindex.js").exists():
        raise FileExistsError(f"{out} holds something else than a book. Name another folder: --out FOLDER")
    from sphinx.application import Sphinx

    warnings = io.StringIO()
    with tempfile.TemporaryDirectory() as temporary:
        source, made, kept = (pathlib.Path(temporary, name) for name in ("source", "book", "kept"))
        older = write_source(source, [lesson for number, lesson in known.items() if not lessons or number in lessons])
        (source / "conf.py").write_text("\n".join(f"{name} = {value!r}" for name, value in CONFIG.items()), encoding="utf-8")
        Sphinx(source, source, made, kept, "html", status=None, warning=warnings).build()
        if warnings.getvalue():
            raise OSError(f"the book has faults:\n{warnings.getvalue()[-2000:]}")
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(made, out, ignore=shutil.ignore_patterns(".buildinfo", "objects.inv", "_sources"))
    return older


def setup(app):
    """Tell Sphinx how formulas are drawn, without a script and without a font, how cells are called, and what keyboards reach."""
    app.add_html_math_renderer("drawn", (inline, None), (displayed, None))
    app.connect("doctree-read", name_cells)
    app.connect("html-page-context", make_accessible, priority=900)  # after the theme


def name_cells(app, page):
    """Give each cell of code an address: #cell- and its id."""
    from docutils.nodes import container

    for node in page.findall(container):
        if node.get("nb_element") == "cell_code":
            node["ids"].append(f"cell-{node['cell_metadata']['id']}")


def make_accessible(app, name, template, context, page):
    """Let a keyboard scroll what is wider than the page, and give headings of parts a level, which Sphinx does not."""
    for part in ("body", "furo_navigation_tree"):
        text = context.get(part, "").replace("<pre>", '<pre tabindex="0">')
        context[part] = text.replace('role="heading">', 'role="heading" aria-level="2">')


def inline(translator, node):
    _write(translator, formula(node.astext()))


def displayed(translator, node):
    _write(translator, f'<div class="formulas" tabindex="0">{formula(node.astext(), displayed=True)}</div>')


def _write(translator, page):
    """Write the page of a node, of which nothing else remains to be written."""
    from docutils.nodes import SkipNode

    translator.body.append(page)
    raise SkipNode


# --- what a reader is shown of a lesson ---------------------------------------------------------------------------------


def write_source(source, lessons):
    """Write what Sphinx makes the book of; return the numbers of the lessons that have changed since they were run."""
    (source / "lessons").mkdir(parents=True)
    (source / "_static").mkdir()
    shutil.copytree(ROOT / "pictures", source / "pictures")
    shutil.copy(STYLE, source / "_static")
    (source / "_static/cards.css").write_text(cards.STYLE.removeprefix("<style>").removesuffix("</style>"), encoding="utf-8")
    for name in PAGES:
        shutil.copy(ROOT / "notebooks" / name, source / "lessons")
    parts, older = {}, []
    for lesson in lessons:
        text = lesson.read_text(encoding="utf-8")
        title = re.search(r"^# (.*)", text, re.MULTILINE)[1]
        part = re.search(r"^(Part .*?) · ", text, re.MULTILINE)[1]
        parts.setdefault(part, []).append(f"{number_of(lesson)} · {title} <lessons/{lesson.stem}>")
        if write_page(lesson, source / "lessons", {lesson.stem for lesson in lessons}):
            older.append(number_of(lesson))
    contents = "\n".join(PART.format(part, "\n".join(entries)) for part, entries in parts.items())
    front = FRONT.format(address=EDITION.format(all_lessons()[0].stem).removeprefix("../"), parts=contents)
    (source / "index.md").write_text(front, encoding="utf-8")
    return older


def write_page(lesson, folder, there):
    """Write the notebook of a page, and its figures beside it; say whether a cell has changed since the lesson was run.

    The text is the lesson's, as learners are handed it; the outputs are those of the notebook that was built of it. A cell
    that has changed since then has none. Links to lessons that are not ``there`` become words.
    """
    notebook = ROOT / "notebooks" / f"{lesson.stem}.ipynb"
    if not notebook.exists():
        raise FileNotFoundError(f"{notebook} is not there. Build it: python start.py build {number_of(lesson)}")
    ran = {cell["id"]: cell for cell in parse(notebook.read_bytes())["cells"]}
    address, asked, pages, older = EDITION.format(lesson.stem), set(), [], False
    for cell in for_learners(lesson.read_text(encoding="utf-8"), folder):
        source = source_of(cell)
        if cell["cell_type"] != "code":
            text = LESSON.sub(lambda link: link[0] if link[2] in there else link[1], source)
            pages.append({**cell, "source": lines_of(text)})
            continue
        before = ran.get(cell["id"])
        current = before is not None and before["source"] == cell["source"]
        older |= not current
        outputs = list(shown(before["outputs"] if current else [], address, folder, f"{lesson.stem}-{cell['id']}"))
        quiet, answers = talks_to_the_learner(source), called(source, "answer")
        asked = (asked | called(source, "predict")) - answers
        if quiet and not outputs:
            continue
        about = {"id": cell["id"], "tags": ["remove-input"] if quiet else []}
        if outputs and (answers or (asked and not quiet)):
            about["tags"].append("hide-output")
        if answers:
            about["mystnb"] = {"code_prompt_show": "Show the answer", "code_prompt_hide": "Hide the answer"}
        code = FURNITURE.sub("", source).strip("\n")
        pages.append({**cell, "metadata": about, "source": lines_of(code), "outputs": outputs})
    title, _, rest = source_of(pages[0]).partition("\n")
    pages[0] = {**pages[0], "source": lines_of(f"{title}\n\n{OPEN.format(address)}\n{rest}")}
    page = {"cells": pages, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    (folder / notebook.name).write_text(json.dumps(page), encoding="utf-8")
    return older


def shown(outputs, address, folder, name):
    """Yield the outputs of a cell as a book shows them, and write the figures into the folder.

    Parameters
    ----------
    outputs : list of dict
    address : str
        Of the lesson in the browser edition.
    folder : pathlib.Path
    name : str
        With which the names of its figures begin.
    """
    outputs = [output for output in outputs if "application/vnd.jupyter.widget-view+json" not in output.get("data", {})]
    for number, output in enumerate(outputs):
        data = output.get("data", {})
        page = "".join(data.get("text/html", ""))
        if "image/png" in data:
            words = SPECIAL.sub(r"\\\1", description(outputs, number))
            picture = f"{name}-{number}.png"
            (folder / picture).write_bytes(base64.b64decode(data["image/png"]))
            yield as_output("text/markdown", f"![{words}]({picture})")
        elif not page:
            yield output
        elif "mlp-standin" in page:
            yield as_output("text/html", MOVE.format(address))
        elif 'to do" class="mlp-card"' in page:
            yield as_output("text/html", SOLVE.format(address))
        elif not SAYS_NOTHING.search(page):
            read = STYLES.sub("", page).replace("Predict, then run.", "Predict, then read on.")
            asks_for_more = "" if "Predict, then" in page else ANSWER.format(address)  # answers to predictions stand below
            yield as_output("text/html", TO_RUN.sub(asks_for_more, read))


def as_output(kind, content):
    return {"output_type": "display_data", "data": {kind: content}, "metadata": {}}


def talks_to_the_learner(source):
    """Say whether a cell only asks, checks, answers or shows a lab, which its output does without its code."""
    roots = []
    for statement in ast.parse(source).body:
        call = getattr(statement, "value", None)
        while isinstance(call, (ast.Call, ast.Attribute)):
            call = call.func if isinstance(call, ast.Call) else call.value
        roots.append(call.id if isinstance(call, ast.Name) else "")
    return set(roots) <= {"check", "labs"} and "check.recall(" not in source


def called(source, name):
    """Return the arguments with which a cell calls this function of ``check``, by name."""
    return set(re.findall(rf'^check\.{name}\("([^"]+)"', source, re.MULTILINE))
