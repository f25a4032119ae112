"""How quickly the labs answer, in a real browser: pictures, Stop, and what a training costs under a lab.

*Move to picture* is the time from a key on a slider to the next frame of the page that shows the new
picture; *throughput* what the training lab reaches of ``train`` alone, in the same kernel, one after the other.
"""

import json
import pathlib
import tempfile

from . import browser
from .report import against, cell, spread, table

LABS = ["activations", "attack", "descents", "downhill", "dropout", "plane", "signals", "softmax", "stepper"]
PROBE = """(cell) => {
  const output = document.querySelectorAll('.jp-Notebook-cell')[cell];
  const svg = output.querySelector('svg[role=img]');
  window.pressed_ = 0;
  window.times_ = [];
  document.addEventListener('keydown', () => { window.pressed_ = performance.now(); }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    if (window.pressed_) window.times_.push(performance.now() - window.pressed_);
    window.pressed_ = 0;
  })).observe(svg, { attributes: true, attributeFilter: ['data-frame'] });
}"""
STOP = """async () => {
  const button = document.querySelector('.mlp-stop');
  const notice = document.querySelector('.mlp-notice');
  const start = performance.now();
  button.click();
  while (!notice.textContent.includes('Stopped')) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""
ALONE = """
import json, time
from mlp_helpers import MLP, load_mnist, train
data = load_mnist()
start = time.perf_counter()
train(MLP([784, 128, 10]), data, epochs=5, progress=False)
print(time.perf_counter() - start)
"""
BOUNDS = {  # and whether more is better
    "move to picture, ms": (60, False),
    "move to picture while training, ms": (100, False),
    "Stop answers, ms": (150, False),
    "frames a second while training": (10, False),
    "throughput of train": (0.8, True),
}


def measure(moves=20, rounds=3):
    """Return a list of numbers for every quantity."""
    results = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        browser.chromium() as chromium,
        browser.jupyterlab(pathlib.Path(folder)) as server,
    ):
        context = chromium.new_context()
        for name in LABS:
            notebook = browser.open_notebook(context, server, f"from mlp_helpers import labs\nlabs.{name}().show()")
            notebook.run(0)
            results[f"move to picture, ms: {name}"] = _moves(notebook, 0, moves)
            browser.close_notebooks(context, server)
        cells = "from mlp_helpers import labs\nlab = labs.training(epochs=50)\nlab.show()", "labs.softmax().show()"
        notebook = browser.open_notebook(context, server, *cells)
        notebook.run(0)
        notebook.run(1)
        notebook.page.locator(".mlp-start").click()
        results["move to picture while training, ms"] = _moves(notebook, 1, moves)
        for _ in range(rounds):
            results.setdefault("Stop answers, ms", []).append(notebook.page.evaluate(STOP))
            notebook.page.locator(".mlp-start").click()
            notebook.page.wait_for_timeout(700)
        notebook.page.evaluate(STOP)
        for _ in range(rounds):
            frames, seconds, alone = _throughput(notebook)
            results.setdefault("frames a second while training", []).append(frames / seconds)
            results.setdefault("throughput of train", []).append(alone / seconds)
        browser.close_notebooks(context, server)
        largest = "hidden=1024, layers=5, epochs=50"
        for batch in (64, "'all'"):
            cell = f"from mlp_helpers import labs\nlab = labs.training({largest}, batch={batch})\nlab.show()"
            notebook = browser.open_notebook(context, server, cell)
            notebook.run(0)
            notebook.page.locator(".mlp-start").click()
            for _ in range(2 * rounds):
                notebook.page.wait_for_timeout(1_300)
                results.setdefault(f"Stop answers, ms: 1024 × 5, batch {batch}", []).append(notebook.page.evaluate(STOP))
                notebook.page.locator(".mlp-start").click()
            browser.close_notebooks(context, server)
    return results


def _moves(notebook, number, moves):
    """Milliseconds from a key on the first slider of a cell to the new picture."""
    page = notebook.page
    page.wait_for_timeout(1_500)
    page.evaluate(PROBE, number)
    handle = notebook.cell(number).locator(".noUi-handle").first
    handle.focus()
    for i in range(moves):
        page.keyboard.press("ArrowRight" if i % 10 < 5 else "ArrowLeft")
        page.wait_for_timeout(250)
    return page.evaluate("() => window.times_")


def _throughput(notebook):
    """Frames and seconds of five epochs under the lab, and seconds of ``train`` alone."""
    alone = float(notebook.kernel(ALONE))
    notebook.kernel("lab.live.reset(); lab.controls['epochs'].value = 5; frames = lab.chart.frames")
    notebook.page.wait_for_timeout(500)
    notebook.page.locator(".mlp-start").click()
    notebook.page.wait_for_function(
        "() => document.querySelector('.mlp-notice').textContent.includes('Finished')", timeout=60_000
    )
    frames, seconds = json.loads(notebook.kernel("print([lab.chart.frames - frames, lab.live.state.seconds])"))
    return frames, seconds, alone


def show(results):
    """Write the results as a table."""
    rows = []
    for name, values in results.items():
        bound, more = BOUNDS[name.split(":")[0]]
        rows.append([name, cell(values), against(spread(values)[1], bound, at_least=more)])
    return table(["quantity", "median (quartiles)", "bound"], rows)
