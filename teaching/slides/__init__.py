"""Slides: a deck for reveal.js for each of lessons 01 to 08, one file that needs nothing else and no network.

What is said stands in the Markdown beside this file, a slide between two lines of three dashes, the speaker's notes behind
``Note:``. What the lesson has already is named there in a line of its own, between braces, and taken from it (see TAKEN).
"""

import ast
import base64
import html
import importlib.util
import json
import pathlib
import re
import string
import textwrap

from mlp_helpers.check.engine.questions import QUESTIONS, Prediction
from mlp_helpers.editions.lessons import ROOT, all_lessons, cells_of, number_of, source_of

from .. import markup, sheets
from ..files import write_all

WRITTEN = pathlib.Path(__file__).parent
LINE = re.compile(r"^\{(\w+) ?(.*)\}$", re.MULTILINE)
REVEAL = "5.2.1"
HOW = (
    'In the folder of the course: pip install -e ".[teach]" (which brings it within the package sphinx-revealjs), or unpack that '
    "release of reveal.js (github.com/hakimel/reveal.js) and name its folder: python -m teaching slides --reveal FOLDER"
)
PARTS = {"script": "dist/reveal.js", "notes": "plugin/notes/notes.js", "style": "dist/reveal.css"}
LINES, COLUMNS, LARGE = 10, 78, 66  # of code that can be read from the last row; columns in large letters


def numbers():
    """Return the numbers of the lessons for which there is a deck."""
    return sorted(path.stem for path in WRITTEN.glob("*.md"))


def written(number):
    """Return the slides of a deck as pairs: what is shown, and what the speaker's notes say."""
    text = (WRITTEN / f"{number}.md").read_text(encoding="utf-8")
    pairs = (re.split(r"^Note:", slide, maxsplit=1, flags=re.MULTILINE) for slide in re.split(r"^---$", text, flags=re.MULTILINE))
    return [(shown.strip(), " ".join(notes).strip()) for shown, *notes in pairs]


class Lesson:
    """A lesson, as a place from which slides take what it has: each method of TAKEN returns HTML."""

    def __init__(self, number):
        path = next(path for path in all_lessons() if number_of(path) == number)
        notebook = (ROOT / f"notebooks/{path.stem}.ipynb").read_text(encoding="utf-8")
        self.about, self.path = sheets.read(path), path
        self.cells = {cell["id"]: cell for cell in json.loads(notebook)["cells"]}
        self.end = source_of(cells_of(path.read_text(encoding="utf-8"))[-1])

    def title(self):
        first = next(source_of(cell) for cell in self.cells.values() if source_of(cell).startswith("# "))
        alt, picture = re.search(r"!\[(.+)\]\(\.\./(pictures/.+)\)", first).groups()
        head = f"Lesson {self.about.number} · {self.about.part} · {self.about.minutes} minutes"
        return (
            f"<p class='kind'>{head}</p><h1>{self.about.title}</h1>{_image((ROOT / picture).read_bytes(), alt, 'wide')}"
            f"<blockquote>{markup.as_html(self.about.question)}</blockquote>"
        )

    def figure(self, cell, which="1"):
        outputs = self._cell(cell)["outputs"]
        found = [place for place, output in enumerate(outputs) if "image/png" in output.get("data", {})]
        if not (which.isdecimal() and 1 <= int(which) <= len(found)):
            raise ValueError(f"The cell {cell} has {len(found)} figures.")
        place = found[int(which) - 1]
        picture = base64.b64decode("".join(outputs[place]["data"]["image/png"]))
        return _image(picture, markup.description(outputs, place))

    def code(self, cell, lines=None):
        return _block(_lines(source_of(self._cell(cell)), lines), "python")

    def output(self, cell, lines=None):
        printed = "".join("".join(output["text"]) for output in self._cell(cell)["outputs"] if output["output_type"] == "stream")
        if not printed:
            raise ValueError(f"The cell {cell} prints nothing.")
        return _block(_lines(printed, lines), "text")

    def predict(self, *name):
        question = self._prediction(name)
        options = "".join(f"<li>{_inline(option)}</li>" for option in question.options)
        asked = f"<p class='question'>{_inline(question.text)}</p><ol class='options'>{options}</ol>"
        return f"<p class='kind'>{question.lead}</p>{asked}"

    def answer(self, *name):
        question = self._prediction(name)
        right = f"**{question.letter(question.right)} {question.right}**"
        reasons = (f"<p>{_inline(f'{question.letter(option)} {why}')}</p>" for option, why in question.options.items())
        return (
            f"<p class='answer fragment'>{_inline(f'{right}  {question.options[question.right]}')}</p>"
            f"<aside class='notes'>{''.join(reasons)}</aside>"
        )

    def exercise(self, name):
        stubs = (source_of(cell) for cell in self.cells.values() if source_of(cell).startswith(f"def {name}("))
        stub = next(stubs, None)
        if stub is None:
            raise ValueError(f"The lesson has no exercise {name}.")
        first, *rest = ast.get_docstring(ast.parse(stub).body[0]).splitlines()
        examples = "\n".join(line for line in rest if line).partition(">>>")
        code = "\n".join([stub.partition("\n")[0], "", "".join(examples[1:])]).rstrip()
        if not _fits(code):
            code = stub.partition("\n")[0]
        minutes = sheets.minutes_of(self.about.number)[name]
        words = markup.as_html(f"## Your turn: `{name}`\n\n{first.replace('->', '→')}\n")
        return f"<p class='kind'>In the notebook · {minutes} minutes</p>{words}{_block(code, 'python')}"

    def remember(self):
        return markup.as_html("## To remember\n\n" + re.search(r"\*\*To remember\*\*\n((?:- .+\n)+)", self.end)[1])

    def discuss(self):
        return markup.as_html("## To discuss\n\n" + re.search(r"\*\*To discuss\*\*\n((?:\d\. .+\n)+)", self.end)[1])

    def _cell(self, name):
        if name not in self.cells:
            raise ValueError(f"The notebook {self.path.stem} has no cell {name}.")
        return self.cells[name]

    def _prediction(self, words):
        name = " ".join(words)
        question = QUESTIONS.get(name)
        if not isinstance(question, Prediction) or question.notebook != self.about.number:
            asked = [name for section in self.about.sections for name in section.predictions]
            raise ValueError(f"The lesson asks for no prediction {name!r}. It asks for {', '.join(asked)}.")
        return question


TAKEN = ["title", "figure", "code", "output", "predict", "answer", "exercise", "remember", "discuss"]


def deck(number, reveal):
    """Return the deck of a lesson as HTML.

    Parameters
    ----------
    number : str
        Of the lesson.
    reveal : pathlib.Path
        The folder of reveal.js.

    Raises
    ------
    ValueError
        When a slide names what the lesson does not have.
    """
    lesson, sections = Lesson(number), []
    for place, (shown, notes) in enumerate(written(number), 1):
        try:
            sections.append(section(shown, notes, lesson))
        except (TypeError, ValueError) as trouble:
            raise ValueError(f"{WRITTEN / number}.md, slide {place}: {trouble}") from None
    parts = {name: (reveal / path).read_text(encoding="utf-8") for name, path in PARTS.items()}
    scripts = {name: parts[name].replace("</script", r"<\/script") for name in ("script", "notes")}
    page = string.Template((WRITTEN / "deck.html").read_text(encoding="utf-8"))
    style = parts["style"] + (WRITTEN / "deck.css").read_text(encoding="utf-8")
    name = html.escape(f"{number} · {lesson.about.title}")
    return page.substitute(scripts, title=name, style=style, sections="\n".join(sections))


def section(shown, notes, lesson):
    """Return a slide: its words, and in place of each line between braces what the lesson gives; {beside} begins a column."""
    heading, rest = re.match(r"(## [^\n]+)?(.*)", shown, re.DOTALL).groups(default="")
    columns = ["".join(_pieces(column, lesson)) for column in re.split(r"^\{beside\}$", rest, flags=re.MULTILINE)]
    body = columns[0]
    if len(columns) > 1:
        body = f"<div class='columns'>{''.join(f'<div>{column}</div>' for column in columns)}</div>"
    said = f"<aside class='notes'>{markup.as_html(notes)}</aside>" if notes else ""
    return f"<section>{markup.as_html(heading)}{body}{said}</section>"


def checked(folder=None):
    """Return the folder of reveal.js: that one, or the one that a package of this Python brings.

    Raises
    ------
    FileNotFoundError
        When it is not there, or of another version; says how to get it.
    """
    if folder is None:
        package = importlib.util.find_spec("sphinx_revealjs")
        if package is None:
            raise FileNotFoundError(f"reveal.js {REVEAL} is not installed here. {HOW}")
        folder = pathlib.Path(package.submodule_search_locations[0], "_static/revealjs")
    if absent := [path for path in PARTS.values() if not (folder / path).is_file()]:
        raise FileNotFoundError(f"{folder} does not hold reveal.js {REVEAL}: {absent[0]} is missing. {HOW}")
    if f'"{REVEAL}"' not in (folder / PARTS["script"]).read_text(encoding="utf-8"):
        raise FileNotFoundError(f"{folder} holds another version of reveal.js than {REVEAL}. {HOW}")
    return folder


def write(chosen, folder, reveal=None):
    """Write the decks of these lessons into a folder, or all of them; return the paths.

    Raises
    ------
    ValueError
        When there are no slides for a lesson, or one names what the lesson does not have.
    FileNotFoundError
        When reveal.js is not there.
    """
    if unknown := [number for number in chosen if number not in numbers()]:
        raise ValueError(f"There are no slides for {', '.join(unknown)}. There are for {', '.join(numbers())}.")
    reveal = checked(reveal)
    return write_all(folder, {f"{number}.html": deck(number, reveal).encode() for number in chosen or numbers()})


def _pieces(shown, lesson):
    """Yield the HTML of what stands on a slide, in its order: of words, and of what lines between braces take."""
    end = 0
    for line in LINE.finditer(shown):
        yield markup.as_html(shown[end : line.start()])
        what, names = line[1], line[2].split()
        if what not in TAKEN:
            raise ValueError(f"{line[0]} should begin with one of {', '.join(TAKEN)}.")
        yield getattr(lesson, what)(*names)
        end = line.end()
    yield markup.as_html(shown[end:])


def _image(content, alt, kind="figure"):
    return f"<img class='{kind}' alt='{html.escape(alt)}' src='{markup.data_address(content)}'>"


def _lines(text, chosen):
    """Return some lines of a text, such as 2-5, without what all are indented by."""
    lines = text.rstrip().splitlines()
    if chosen:
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", chosen)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= len(lines):
            raise ValueError(f"The lines {chosen} should be like 2-5, and from 1 to {len(lines)}.")
        lines = lines[first - 1 : last]
    return textwrap.dedent("\n".join(lines))


def _block(text, kind):
    """Return code or output, in large letters where its lines are few and short."""
    lines = text.splitlines()
    large = " large" * (len(lines) < LINES and all(len(line) <= LARGE for line in lines))
    return markup.as_html(f"```{kind}\n{text}\n```").replace("<pre>", f"<pre class='{kind}{large}'>", 1)


def _fits(code):
    return len(code.splitlines()) <= LINES and all(len(line) <= COLUMNS for line in code.splitlines())


def _inline(text):
    return markup.as_html(text).strip().removeprefix("<p>").removesuffix("</p>")
