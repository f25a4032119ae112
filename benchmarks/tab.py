"""What the course costs in a browser tab: its first page, and each lesson from its first cell to its last.

The site is built, served on this machine, and opened in Chromium, every lesson with a browser that has never seen it.
"""

import contextlib
import pathlib
import tempfile
import threading
import time

from browser import pyodide, site
from browser.__main__ import HERE, server
from mlp_helpers.editions.lessons import all_lessons, cells_of, for_authors, needed, number_of, source_of

from . import browser, report

PATIENCE = 1_800_000  # milliseconds, for what takes minutes on a busy computer
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => ({
  id: model.sharedModel.getId(), type: model.type, source: model.sharedModel.source,
  said: (model.outputs?.toJSON() ?? []).map((out) => out.text ?? out.evalue ?? out.data?.['text/plain'] ?? '').join('\\n'),
  failed: (model.outputs?.toJSON() ?? []).some((out) => out.output_type === 'error'),
}))"""
PRODUCTS = """
import numpy as np
from mlp_helpers.core.browser import matmul
X, W = np.ones((64, 784), np.float32), np.ones((784, 128), np.float32)
for _ in range(200):
    matmul(X, W)
"""


def measure(lessons=None):
    """Return the seconds of these lessons, by their numbers, or of all; what is recorded of the others is kept.

    Of each: the seconds until the page answers, those from its first cell to its last, the CPU seconds of the whole browser
    in that time, and those of 200 matrix products right afterwards, which tell how fast the computer was just then. Each is
    recorded at once, since a later one may fail after half an hour.

    Raises
    ------
    RuntimeError
        When a cell fails, or an assertion of the authors.
    """
    results = report.load("tab")["results"] if report.recorded("tab") else {}
    with tempfile.TemporaryDirectory() as folder, browser.chromium() as chromium:
        out = pathlib.Path(folder, "site")
        site.build(out, pyodide.given())
        with served(out) as address:
            for lesson in all_lessons():
                if not lessons or number_of(lesson) in lessons:
                    results = dict(sorted({**results, number_of(lesson): _seconds(chromium, address, lesson)}.items()))
                    report.save("tab", results)
    return results


def _seconds(chromium, address, lesson):
    context = chromium.new_context(viewport=browser.SIZE)  # which has never seen the site
    began = time.perf_counter()
    notebook = open_lesson(context.new_page(), address, lesson.stem)
    notebook.kernel("1")
    ready, spent = time.perf_counter(), _cpu(chromium)
    for cell, fault in run_through(notebook, lesson):
        if fault:
            raise RuntimeError(f"lesson {number_of(lesson)}, cell {cell}: {fault}")
    done, in_all = time.perf_counter(), _cpu(chromium)
    notebook.kernel(PRODUCTS)
    result = {
        "open_s": ready - began, "seconds": done - ready, "cpu_s": in_all - spent, "products_cpu_s": _cpu(chromium) - in_all,
        "load": report.load_average(),
    }  # fmt: skip
    context.close()
    return result


def _cpu(chromium):
    """Return the CPU seconds that all processes of a browser have taken."""
    session = chromium.new_browser_cdp_session()
    spent = sum(process["cpuTime"] for process in session.send("SystemInfo.getProcessInfo")["processInfo"])
    session.detach()
    return spent


def show(results):
    """Write the results as a table: a row for each lesson."""
    rows = [
        [number, *(f"{each[name]:.0f}" for name in ("open_s", "seconds", "cpu_s")), f"{each['products_cpu_s']:.1f}", each["load"]]
        for number, each in results.items()
    ]
    header = ["lesson", "until it answers, s", "first cell to last, s", "CPU s of the browser", "CPU s of 200 products"]
    missing = [number_of(lesson) for lesson in all_lessons() if number_of(lesson) not in results]
    told = f"\n\nNot measured yet: lessons {', '.join(missing)}." if missing else ""
    return report.table([*header, "load"], rows) + told


# --- a site and its lessons, for the tests too ------------------------------------------------------------------------------


@contextlib.contextmanager
def served(folder):
    """Serve a site, and give its address."""
    with server(folder) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        try:
            yield f"http://{HERE}:{running.server_port}"
        finally:
            running.shutdown()


def open_lesson(page, address, name, timeout=PATIENCE):
    """Open a lesson of a site in a page, and wait until its kernel is ready."""
    page.errors = []
    page.goto(f"{address}/lab/index.html?path=work/{name}.ipynb")
    page.wait_for_selector(browser.SEEN, timeout=timeout)
    shown = "window.jupyterapp?.shell?.currentWidget?.context?.path"  # what was open the last time comes back, too
    page.wait_for_function(f"() => {shown} === 'work/{name}.ipynb'", timeout=timeout)
    notebook = browser.Notebook(page, name)
    notebook.idle(timeout)
    return notebook


def cells(notebook):
    """Return the cells of a notebook that is open: what they are, and what they said."""
    return notebook.page.evaluate(CELLS)


def run_through(notebook, lesson, timeout=PATIENCE):
    """Run the cells of a lesson in order; yield the id of each and what is wrong with it, "" where nothing is.

    The assertions of its authors, which a learner's copy does not hold, are run in their places, unless the lesson takes
    fewer images in a browser, and so comes to other numbers, or they need a module that a browser tab cannot have.
    """
    text = lesson.read_text(encoding="utf-8")
    places = {cell["id"]: number for number, cell in enumerate(cells(notebook))}
    for cell in cells_of(text):
        if cell["cell_type"] == "code" and not for_authors(cell):
            notebook.run(places[cell["id"]], timeout)
            ran = cells(notebook)[places[cell["id"]]]
            yield cell["id"], ran["said"] if ran["failed"] else ""
        elif cell["cell_type"] == "code" and "within_reach(" not in text and not needed(cell):
            yield cell["id"], notebook.kernel(source_of(cell))
