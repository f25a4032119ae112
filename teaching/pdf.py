"""Papers: Markdown as PDF, printed by the browser that is there (Chromium, Chrome or Edge), without a network."""

import contextlib
import html
import re
import shutil

from playwright.sync_api import Error, sync_playwright

from . import markup
from .files import write_all

NO_BROWSER = "Neither Chromium nor Chrome nor Edge was found. To get one of them: python -m playwright install chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome")  # of programs
CHANNELS = ("chrome", "msedge")  # of which Playwright knows where they lie on each system
MARGINS = {"top": "14mm", "bottom": "15mm", "left": "15mm", "right": "15mm"}
FOOT = """<div style="width: 100%; padding: 0 15mm; font: 8px sans-serif; color: #555; display: flex">
<span class="title" style="flex: 1"></span><span class="pageNumber"></span>&nbsp;/&nbsp;<span class="totalPages"></span></div>"""
PAGE = re.compile(rb"/Type\s*/Page\b")  # and not /Pages
SCALES = (1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)  # of letters of 10 points
STYLE = """
body { margin: 0; font: 10pt/1.38 "Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; color: #111; }
article + article { break-before: page; }
h1 { font-size: 1.7em; margin: 0 0 0.3em; }
h2 { font-size: 1.15em; margin: 1em 0 0.3em; border-bottom: 1px solid #bbb; break-after: avoid; }
h3 { font-size: 1em; margin: 0.8em 0 0.2em; break-after: avoid; }
p, ul, ol, table, pre, blockquote { margin: 0.4em 0; }
ul, ol { padding-left: 1.4em; }
p, li { orphans: 2; widows: 2; }
p:has(+ ul), p:has(+ ol), p:has(+ pre), p:has(> strong:first-child) { break-after: avoid; }
blockquote { padding-left: 0.8em; border-left: 3px solid #3a7dc9; }
table { border-collapse: collapse; }
th, td { border: 1px solid #bbb; padding: 0.12em 0.5em; text-align: left; vertical-align: top; }
th { background: #eef3f9; }
tr, pre, li { break-inside: avoid; }
code { font: 0.92em Consolas, Menlo, "Liberation Mono", monospace; }
pre { padding: 0.4em 0.7em; background: #f4f4f4; line-height: 1.3; white-space: pre-wrap; }
img { max-width: 100%; }
.displayed { display: block; margin: 0.5em auto; }
"""


class Absent(OSError):
    """What is missing for printing, and how to get it."""


def write(browser, path, texts, title, at_most=None):
    """Print Markdown texts to a PDF on A4, each from a new page on; return how many pages it has.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        One that ``chromium`` has started.
    path : pathlib.Path
        Of the PDF.
    texts : list of str
        Markdown, with formulas between dollars.
    title : str
        Of the whole, for readers of the screen and at the foot of each page.
    at_most : int, optional
        How many pages it may have: letters become smaller until it fits, but not smaller than can be read.

    Raises
    ------
    ValueError
        When it does not fit.
    """
    articles = "".join(f"<article>{markup.as_html(text)}</article>\n" for text in texts)
    head = f"<meta charset='utf-8'><title>{html.escape(title)}</title><style>{STYLE}</style>"
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.set_content(f"<!doctype html><html lang='en'><head>{head}</head><body>{articles}</body></html>")
        for scale in SCALES:
            printed = page.pdf(
                format="A4", margin=MARGINS, scale=scale, print_background=True, tagged=True, outline=True,
                display_header_footer=True, header_template="<span></span>", footer_template=FOOT,
            )  # fmt: skip
            pages = len(PAGE.findall(printed))
            if at_most is None or pages <= at_most:
                break
        else:
            raise ValueError(f"{title} has {pages} pages in the smallest letters, but may have {at_most}. Leave something out.")
    write_all(path.parent, {path.name: printed})
    return pages


@contextlib.contextmanager
def chromium():
    """Start the first browser that is found, without a window; it ends with the block.

    Raises
    ------
    Absent
        When there is none.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    ways = [{"executable_path": program}] if program else [{}, *({"channel": name} for name in CHANNELS)]
    with sync_playwright() as started:
        for way in ways:
            with contextlib.suppress(Error):
                browser = started.chromium.launch(**way)
                break
        else:
            raise Absent(NO_BROWSER)
        try:
            yield browser
        finally:
            browser.close()
