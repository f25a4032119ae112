"""What the course costs in a browser tab: its first page, each lesson from the first cell to the last, and an answer of a lab.

The site is built, served on this machine, and opened in Chromium, every lesson with a browser that has never seen it.
"""

import contextlib
import json
import pathlib
import statistics
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


BOTH_WAYS = """
import json, timeit
import numpy as np
from mlp_helpers.core.browser import matmul

def milliseconds(product, X, W):
    return 1e3 * min(timeit.repeat(lambda: product(X, W), number=5, repeat=5)) / 5

ones = [(n, np.ones((64, 784), np.float32), np.ones((784, n), np.float32)) for n in (128, 1_024)]
print(json.dumps({n: [milliseconds(product, X, W) for product in (np.matmul, matmul)] for n, X, W in ones}))
"""
LABS, MATMUL = "labs", "products"  # measured as if they were lessons
WITHIN = {"slider_ms": 120, "stop_ms": 300}  # milliseconds that the median should not exceed
TOLD = {"slider_ms": "from a move of a slider to its picture", "stop_ms": "from a click on Stop to the answer"}
UNTIL = """(done) => {
  const holds = eval(done);
  window.took = new Promise((say) => {
    const start = performance.now();
    const look = () => (holds() ? say(performance.now() - start) : requestAnimationFrame(look));
    look();
  });
}"""
FRAME = "document.querySelector('svg[role=img]').dataset.frame"


def measure(lessons=None):
    """Return the seconds of these lessons, by their numbers, or of all; what is recorded of the others is kept.

    Of "labs": the milliseconds from each of 200 moves of a slider to its picture, and from five clicks on Stop, while a network
    learns, to the answer.

    Of "products": the milliseconds of (64, 784) @ (784, n), by ``@`` and as the layers compute them.

    Of a lesson: the seconds until the page answers, those from its first cell to its last, the CPU seconds of the whole browser
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
            if not lessons or LABS in lessons:
                notebook = open_lesson(chromium.new_page(), address, "keep_your_work")
                results[LABS] = {"slider_ms": slider(notebook), "stop_ms": stop(notebook), "load": report.load_average()}
            if not lessons or MATMUL in lessons:
                notebook = open_lesson(chromium.new_page(), address, "keep_your_work")
                notebook.kernel("import mlp_helpers")  # which may have something to say
                results[MATMUL] = json.loads(notebook.kernel(BOTH_WAYS)) | {"load": report.load_average()}
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
        if number not in MORE
    ]
    header = ["lesson", "until it answers, s", "first cell to last, s", "CPU s of the browser", "CPU s of 200 products"]
    missing = [number_of(lesson) for lesson in all_lessons() if number_of(lesson) not in results]
    told = f"\n\nNot measured yet: lessons {', '.join(missing)}." if missing else ""
    more = [f"\n\n{write(results[name])}" for name, write in MORE.items() if name in results]
    return report.table([*header, "load"], rows) + told + "".join(more)


def _labs(measured):
    header = ["in the labs, ms", "median", "should be at most", "slowest", "of"]
    rows = [
        [TOLD[name], f"{statistics.median(measured[name]):.0f}", limit, f"{max(measured[name]):.0f}", len(measured[name])]
        for name, limit in WITHIN.items()
    ]
    return f"{report.table(header, rows)}\n\nThe load was {measured['load']}."


def _products(measured):
    rows = [
        [f"64 × 784 × {n}", *(f"{time:.1f}" for time in times), f"{times[0] / times[1]:.1f}"]
        for n, times in measured.items()
        if n != "load"
    ]
    text = report.table(["product, ms", "by `@`", "by `einsum`, as in the layers", "times as fast"], rows)
    return f"{text}\n\nThe load was {measured['load']}."


MORE = {LABS: _labs, MATMUL: _products}


# --- labs -------------------------------------------------------------------------------------------------------------------


def slider(notebook, moves=200, timeout=PATIENCE):
    """Return the milliseconds from each of so many moves of a slider until the picture is another one."""
    lab = _lab(notebook, "labs.softmax()", timeout)
    lab.locator(".noUi-handle").first.focus()
    keys = ["ArrowRight" if move // 10 % 2 else "ArrowLeft" for move in range(moves)]
    return [_milliseconds(notebook.page, lambda key=key: notebook.page.keyboard.press(key), _another(lab)) for key in keys]


def stop(notebook, rounds=5, timeout=PATIENCE):
    """Return the milliseconds from so many clicks on Stop, while a network learns, until the lab says that it has stopped."""
    lab = _lab(notebook, "labs.training()", timeout)
    begin, end = (lab.get_by_role("button", name=name, exact=True) for name in ("Start", "Stop"))
    taken = []
    for _ in range(rounds):
        begin.click()
        lab.locator(".mlp-words", has_text="epochs").first.wait_for(timeout=timeout)  # the images have been read
        notebook.page.wait_for_function(_another(lab), timeout=timeout)
        taken.append(
            _milliseconds(
                notebook.page, end.click, "() => document.querySelector('.mlp-notice').textContent.startsWith('Stopped')"
            )
        )
    return taken


def _lab(notebook, call, timeout):
    notebook.page.evaluate(browser.OTHER_CELLS, [f"from mlp_helpers import labs\nlab = {call}\nlab.show()"])
    notebook.run(0, timeout)
    notebook.cell(0).locator("svg[role=img]").first.wait_for(timeout=timeout)
    return notebook.cell(0)


def _another(lab):
    """A condition in the page: that the picture is another one than now."""
    return f"() => {FRAME} !== '{lab.locator('svg[role=img]').first.get_attribute('data-frame')}'"


def _milliseconds(page, act, done):
    """How long it takes from an act until a condition holds in the page, as the page itself sees it."""
    page.evaluate(UNTIL, done)
    act()
    return round(page.evaluate("() => window.took"), 1)


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
    fewer images in a browser, and so comes to other numbers, or they are about the speed of an installation (tagged so), or need
    a module that a tab cannot have.
    """
    text = lesson.read_text(encoding="utf-8")
    asserted = "within_reach(" not in text
    places = {cell["id"]: number for number, cell in enumerate(cells(notebook))}
    for cell in cells_of(text):
        if cell["cell_type"] == "code" and not for_authors(cell):
            notebook.run(places[cell["id"]], timeout)
            ran = cells(notebook)[places[cell["id"]]]
            yield cell["id"], ran["said"] if ran["failed"] else ""
        elif cell["cell_type"] == "code" and asserted and not needed(cell) and "speed" not in cell["metadata"]["tags"]:
            yield cell["id"], notebook.kernel(source_of(cell))
