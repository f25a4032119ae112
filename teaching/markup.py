"""Markdown as HTML that needs no network, no script and no font for mathematics: formulas are drawings, code has colours."""

import base64
import functools
import html
import re

import mistune
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

FORMULA = re.compile(r"(```.*?```|`[^`\n]+`)|\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)  # code first: what it holds is none
DRAWN = re.compile(r"FORMULA(\d+)END")
SIGN = re.compile(r"(^|[=(,&:]|\\cdot|\\approx)(\s*)-")  # a minus that belongs to what follows, not a difference
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
CAPTION = re.compile(r'<p class="mlp-caption"[^>]*>(.*?)</p>', re.DOTALL)  # of a figure, whole (as text it is folded)
SIZE = 16  # of a formula's letters as it is drawn; what is shown is measured in letters of the text around it
COLOURS = HtmlFormatter(nowrap=True, noclasses=True, style="default")


class Renderer(mistune.HTMLRenderer):
    """Colours Python, which is what a block of code is where nothing else is said, and keeps numbers such as 7 820 together."""

    def __init__(self):
        super().__init__(escape=False)

    def text(self, text):
        return super().text(THOUSANDS.sub("\N{NO-BREAK SPACE}", text))

    def block_code(self, code, info=None):
        shown = html.escape(code) if info == "text" else highlight(code, PythonLexer(), COLOURS)
        return f"<pre><code>{shown.rstrip()}</code></pre>\n"


MARKDOWN = mistune.create_markdown(renderer=Renderer(), plugins=["table"])


def as_html(text):
    """Return Markdown with formulas between dollars as HTML."""
    drawn = []

    def draw(found):
        code, displayed, inline = found.groups()
        if code:
            return code
        drawn.append(formula(displayed or inline, displayed=bool(displayed)))
        return f"FORMULA{len(drawn) - 1}END"

    page = MARKDOWN(FORMULA.sub(draw, text))
    return DRAWN.sub(lambda mark: drawn[int(mark[1])], page)


@functools.cache
def formula(latex, displayed=False):
    """Return a formula as a picture that stands on the line of the text, with what LaTeX says of it in its place.

    Raises
    ------
    ValueError
        When it cannot be drawn.
    """
    import ziamath  # of the extra [teach]: what has no formula does without

    latex = " ".join(latex.split())
    try:
        picture = ziamath.Latex(SIGN.sub(r"\1\2{-}", latex), size=SIZE, inline=not displayed).svg()
    except Exception as trouble:  # of several kinds, none of which names the formula
        raise ValueError(f"The formula {latex} cannot be drawn ({trouble}). Write it with simpler commands of LaTeX.") from None
    _, top, width, height = (float(number) for number in re.search(r'viewBox="([^"]+)"', picture)[1].split())
    style = f"width: {width / SIZE:.3f}em; vertical-align: {-(top + height) / SIZE:.3f}em"
    place = "formula displayed" if displayed else "formula"
    address = data_address(picture.encode(), "svg+xml")
    return f'<img class="{place}" style="{style}" alt="{html.escape(latex)}" src="{address}">'


def description(outputs, place):
    """Return what is said of the figure in this place among the outputs of a cell, by the caption that follows; or nothing."""
    after = outputs[place + 1].get("data", {}).get("text/html", "") if place + 1 < len(outputs) else ""
    found = CAPTION.search("".join(after))
    return html.unescape(found[1]).removeprefix("Figure: ") if found else ""


def data_address(picture, kind="png"):
    """Return the bytes of a picture as an address that holds all of it, so that a page needs no file beside it."""
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
