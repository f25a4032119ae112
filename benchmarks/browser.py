"""A real JupyterLab in a real browser, for tests and benchmarks: open a notebook, run it, drive it, read it."""

import contextlib
import json
import os
import pathlib
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat

PICTURES = pathlib.Path(os.environ["MLP_PICTURES"]) if "MLP_PICTURES" in os.environ else None
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"))), None)
FLAGS = [f"--{flag}" for flag in ("no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-background-networking")]
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]  # no other host can be reached
SIZE = {"width": 1280, "height": 720}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PLAIN = {  # as JupyterLab comes, whatever was set in the environment that it runs in, but without questions
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
}

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # of several that are open, the one that is shown
SEEN = f"{PANEL} .jp-Notebook .jp-Cell"
IDLE = """() => {
  const context = window.jupyterapp?.shell?.currentWidget?.context;
  const session = context?.isReady && context.sessionContext.isReady && context.sessionContext.session;
  return session?.kernel?.connectionStatus === 'connected' && session.kernel.status === 'idle';
}"""
ASKED = "() => document.querySelector('.jp-Dialog .jp-mod-accept')"
OTHER_CELLS = """(sources) => {
  const notebook = window.jupyterapp.shell.currentWidget.content.model.sharedModel;
  notebook.transact(() => {
    notebook.deleteCellRange(0, notebook.cells.length);
    notebook.insertCells(0, sources.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [] })));
  });
}"""
TIDY = """
from mlp_helpers.labs import live
for running in [*live.RUNNING]:
    running.stop()
get_ipython().reset()
"""
RESTART = "() => window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart()"
OPEN = """async (path) => {
  const notebook = await window.jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
  await notebook.context.ready;
}"""
THEME = "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
CLOSE = "() => { for (const shown of [...window.jupyterapp.shell.widgets('main')]) shown.dispose(); }"
KERNEL_CODE = """async (code) => {
  const kernel = window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
  let out = '';
  const future = kernel.requestExecute({ code, store_history: false, allow_stdin: false });
  future.onIOPub = ({ content }) => { out += content.text ?? (content.ename ? `${content.ename}: ${content.evalue}` : ''); };
  await future.done;
  return out;
}"""


class Absent(Exception):
    """What is missing for a browser, and how to get it."""


@contextlib.contextmanager
def chromium():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Absent("needs playwright: pip install -r tests/browser/requirements.txt") from None
    if not CHROMIUM:
        raise Absent("no Chromium or Chrome found: on Debian, apt-get install chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def jupyterlab(folder, settings=None):
    """A JupyterLab of its own, that knows nothing of the user's settings: its address, token and folder of notebooks.

    ``settings``: of its plugins, by their names, such as {"@jupyterlab/apputils-extension:notification": {…}}.
    """
    home, root = folder / "home", folder / "root"
    root.mkdir(parents=True)
    for plugin, chosen in (PLAIN | (settings or {})).items():
        path = home / "settings" / f"{plugin.replace(':', '/')}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(chosen))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "run", "IPYTHONDIR": "ipython", "MLP_STATE": "state",
           "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}  # fmt: skip
    environment = os.environ | {name: str(home / own[name]) for name in own}
    environment.pop("MLP_STATIC", None)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
               f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={root}", "--LabApp.news_url=None",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly",
               "--LabApp.expose_app_in_browser=True"]  # fmt: skip
    with (home / "log.txt").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={token}")
                break
            time.sleep(0.2)
        else:
            raise Absent("JupyterLab did not start:\n" + (home / "log.txt").read_text()[-2000:])
        yield f"http://127.0.0.1:{port}", token, root
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


class Notebook:
    """A notebook in a page of the browser."""

    def __init__(self, page, name):
        self.page, self.name = page, name

    def idle(self, timeout=60_000):
        self.page.wait_for_function(IDLE, timeout=timeout)

    def start(self, number=0):
        """Run a cell without waiting."""
        script = """(i) => {
          const notebook = window.jupyterapp.shell.currentWidget.content;
          notebook.activeCellIndex = i;
          notebook.deselectAll();
          window.jupyterapp.commands.execute('notebook:run-cell');
        }"""
        self.page.evaluate(script, number)

    def run(self, number=0, timeout=60_000):
        """Run a cell and wait for its end."""
        cell = "window.jupyterapp.shell.currentWidget.content.widgets[i]"
        self.page.evaluate(f"(i) => {{ {cell}.model.executionCount = null; }}", number)  # it may hold yesterday's
        self.start(number)
        self.page.wait_for_function(f"(i) => {cell}.model.executionCount !== null", arg=number, timeout=timeout)
        self.idle(timeout)

    def restart(self):
        """Restart the kernel, as its user would do."""
        self.page.evaluate(RESTART)
        self.idle()

    def begin_again(self, *cells, size=SIZE):
        """Take other cells, with the same kernel, which forgets its names and trains no more."""
        self.page.errors = []
        self.page.set_viewport_size(size)
        self.kernel(TIDY)
        self.page.evaluate(OTHER_CELLS, cells)
        self.idle()

    def write(self, number, source):
        """Replace the source of a cell."""
        script = "([i, text]) => { window.jupyterapp.shell.currentWidget.content.widgets[i].model.sharedModel.source = text; }"
        self.page.evaluate(script, [number, source])

    def kernel(self, code):
        """Run code in the kernel, beside the cells; give what it printed."""
        return self.page.evaluate(KERNEL_CODE, code).strip()

    def cell(self, number):
        return self.page.locator(f"{PANEL} .jp-Notebook-cell").nth(number)

    def words(self, number=0):
        """The sentence under a lab's chart."""
        return self.cell(number).locator(".mlp-words").first.inner_text()

    def command(self, name):
        self.page.evaluate(f"() => window.jupyterapp.commands.execute('{name}')")

    def theme(self, dark):
        """Change JupyterLab's theme, and wait until its splash screen has gone."""
        self.page.evaluate(THEME, "JupyterLab Dark" if dark else "JupyterLab Light")
        self.page.wait_for_function(f"() => document.body.dataset.jpThemeLight === '{str(not dark).lower()}'")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")

    def save(self):
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def picture(self, name):
        """Photograph the page, when MLP_PICTURES names a folder for it."""
        if PICTURES:
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png")


def open_notebook(context, server, *cells, size=SIZE):
    """Open a new notebook with these cells in a browser context: in its page where it has one, which saves JupyterLab's start."""
    root = server[2]
    name = f"{secrets.token_hex(4)}.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata={"kernelspec": KERNEL}
    )
    nbformat.write(notebook, root / name)
    return visit(context, server, name, size)


def visit(context, server, name, size=SIZE):
    """Open a notebook that is there already."""
    url, token, _ = server
    if context.pages:
        page = context.pages[0]
        page.errors = []
        page.set_viewport_size(size)
        page.evaluate(OPEN, name)
    else:
        page = context.new_page()
        page.errors = []
        page.set_viewport_size(size)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(f"{url}/doc/tree/{name}?token={token}&reset")
    page.wait_for_selector(SEEN, timeout=60_000)
    page.wait_for_function(f"() => ({ASKED})() || ({IDLE})()", timeout=60_000)
    if page.evaluate(f"() => !!({ASKED})()"):  # which kernel to take: the one that it proposes
        page.locator(".jp-Dialog .jp-mod-accept").click()
    opened = Notebook(page, name)
    opened.idle()
    return opened


def close_notebooks(context, server):
    """Close what is open in a browser context without saving it, and end all kernels."""
    for page in context.pages:
        page.evaluate(CLOSE)
    url, token, _ = server
    for session in json.load(urllib.request.urlopen(f"{url}/api/sessions?token={token}")):
        address = f"{url}/api/sessions/{session['id']}?token={token}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"))


def forget(context, server):
    """Close a browser context's page, and forget all but the files that JupyterLab consists of."""
    for page in context.pages:
        context.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": server[0], "storageTypes": "all"})
        page.close()
    context.clear_cookies()
