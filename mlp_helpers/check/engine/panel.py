"""Feedback as the learner sees it: a small panel, with the same in plain text."""

import dataclasses
import html
import textwrap

from ...cards import STYLE, card, heading, in_html, option

STATES = {  # what is said of how things stand, and the icon of what the panel is about
    "solved": ("solved", "exercise"),
    "not yet": ("not yet", "exercise"),
    "not attempted": ("to do", "exercise"),
    "not checked": ("not checked", "exercise"),
    "hint": ("", "hint"),
    "solution": ("", "solution"),
    "answer": ("", "answer"),
    "note": ("", "note"),
}
WIDTH = 100  # of the text twin
LINE = 60  # characters of numbers in one line of a table; a longer row goes on in the next
HOW_TO_REPORT = (
    "Was your function misjudged, or its mistake not recognised? Paste this into the form “A check misjudged my code” of the "
    "course. No path and no name of yours should be in it; look through it all the same."
)
FOLDED = "The rest of this case"


@dataclasses.dataclass
class Panel:
    """A heading, options, paragraphs, a table of values and what to do next."""

    name: str
    state: str
    headline: str = ""
    paragraphs: list = dataclasses.field(default_factory=list)
    values: list = dataclasses.field(default_factory=list)  # (label, shape, rows or a sentence)
    code: str = ""
    footer: str = ""
    report: str = ""  # about the check, for those who do not agree with it
    folded: list = dataclasses.field(default_factory=list)  # more values, shown when asked for
    options: list = dataclasses.field(default_factory=list)  # (option, its marks such as "right", what is said of it)

    @property
    def title(self):
        return ": ".join(filter(None, [self.name, STATES[self.state][0]]))

    def text(self, across=WIDTH):
        lines = [self.title]
        lines += textwrap.wrap(self.headline, across)
        width = max((len(f"{label} {shape}") for label, shape, _ in self.values), default=0)
        for label, shape, table in self.values:
            head = f"  {f'{label} {shape}':{width}}  "
            for i, line in enumerate(_lines(table)):
                lines.append(((head if i == 0 else " " * len(head)) + line).rstrip())
        given = [label for label, _, _ in self.folded if not label.startswith("expected")]
        if given:
            lines.append(f"  (not shown: {', '.join(given)})")
        for words, marks, said in self.options:
            told = f" ({', '.join(marks)})" if marks else ""
            lines += textwrap.wrap(f"{words}{told}: {said}", across)
        for paragraph in self.paragraphs:
            lines += textwrap.wrap(paragraph, across)
        lines += [self.code.rstrip()] if self.code else []
        dispute = f"Misjudged? `check.{self.name}.complaint()`" if self.report else ""
        lines += textwrap.wrap(f"{self.footer} {dispute}".strip(), across)
        return "\n".join(lines)

    def html(self):
        state, kind = STATES[self.state]
        body = [f"<div>{in_html(self.headline)}</div>"] if self.headline else []
        if self.values:
            body.append(_rows(self.values))
        if self.folded:
            body.append(f"<details><summary>{FOLDED}</summary>{_rows(self.folded)}</details>")
        body += [option(in_html(words), marks, in_html(said)) for words, marks, said in self.options]
        body += [f'<div class="mlp-more">{in_html(paragraph)}</div>' for paragraph in self.paragraphs]
        body += [f"<pre>{html.escape(self.code)}</pre>"] if self.code else []
        body += [f'<div class="mlp-more" style="opacity:0.8">{in_html(self.footer)}</div>'] if self.footer else []
        body += [_report(self.report)] if self.report else []
        return STYLE + card(heading(kind, self.name, state), "".join(body), state, self.title)

    def show(self):
        """Display in a notebook, print in a terminal."""
        from IPython import get_ipython

        if get_ipython() is None:
            print(self.text())
            return
        from IPython.display import display

        display({"text/plain": self.text(), "text/html": self.html()}, raw=True)


def _report(text):
    """A button that unfolds a report. JupyterLab leaves keys to a field that can be edited: Ctrl-A selects all of it."""
    field = (
        "width:100%;box-sizing:border-box;background:transparent;color:inherit;font-size:inherit;"
        "font-family:var(--jp-code-font-family,monospace)"
    )
    return (
        '<details class="mlp-more"><summary style="opacity:0.8">Report this check</summary>'
        f"<div>{html.escape(HOW_TO_REPORT)}</div>"
        f'<textarea aria-label="Report" rows="12" spellcheck="false" style="{field}">\n{html.escape(text)}</textarea></details>'
    )


def _lines(table):
    """The rows of a table as lines; entries that differ carry a star. What goes on in the next line is indented there."""
    if isinstance(table, str):
        return [table]
    cells = [([text + "*" * differs for text, differs in line], goes_on) for line, goes_on in _wrapped(table)]
    width = max((len(cell) for line, _ in cells for cell in line), default=0)
    joined = [(" ".join(f"{cell:>{width}}" if len(line) > 1 else cell for cell in line), goes_on) for line, goes_on in cells]
    return ["  " * (goes_on and len(table) > 1) + line for line, goes_on in joined]


def height(table):
    """Return how many lines a table takes."""
    return 1 if isinstance(table, str) else len(_wrapped(table))


def _wrapped(table):
    """Return lines of at most so many entries as fit, and of each whether it goes on with the row of the line before."""
    width = max((len(text) for row in table for text, _ in row), default=0) + 2  # with a star and a space
    fit, lines = max(1, LINE // width), []
    for row in table:
        if not row:  # between two planes
            lines.append((row, False))
            continue
        each = -(-len(row) // -(-len(row) // fit))  # about as many in all lines
        lines += [(row[i : i + each], i > 0) for i in range(0, len(row), each)]
    return lines


def _rows(values):
    return f'<div class="mlp-values"><table>{"".join(map(_row, values))}</table></div>'


def _row(entry):
    label, shape, table = entry
    head = f"{in_html(label)} <span style='opacity:0.8'>{html.escape(shape)}</span>"
    cell = "padding:0.1em 0.5em;vertical-align:top;background:transparent;color:inherit"
    alone = ""
    if isinstance(table, str):
        inside, alone = in_html(table), ";white-space:nowrap"  # a long sentence is broken, and not what stands before it
    else:
        lines = _wrapped(table)
        apart = "0.5em" if len(lines) > len(table) > 1 else "0"  # between rows that take several lines
        between = "<td style='height:0.5em'></td>"
        entries = (("".join(_entry(each, "0" if goes_on else apart) for each in line) or between) for line, goes_on in lines)
        grid = "".join(f"<tr>{line}</tr>" for line in entries)
        inside = f"<table style='font-family:var(--jp-code-font-family,monospace)'>{grid}</table>"
    first = f"<th scope='row' style='text-align:left;{cell}{alone}'>{head}</th>"
    return f"<tr>{first}<td style='text-align:left;{cell}'>{inside}</td></tr>"


def _entry(entry, above):
    text, differs = entry
    align = "left" if " " in text else "right"  # what is no number may be as long as several lines
    text = html.escape(text)
    if differs:
        text = f"<b style='border-bottom:2px solid #c2690c'>{text}<span aria-label=' differs'>*</span></b>"
    return f"<td style='text-align:{align};padding:{above} 0.5em 0;color:inherit'>{text}</td>"
