"""The site: JupyterLite with the learner's copies of the lessons, the course's package, its data and Python for the browser."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from mlp_helpers.editions.copies import Copies
from mlp_helpers.editions.lessons import ROOT

from . import pyodide

EXTENSIONS = pathlib.Path(sys.prefix, "share/jupyter/labextensions")
TAKEN = ["@jupyter-widgets/jupyterlab-manager", "@jupyterlite/pyodide-kernel-extension", "anywidget"]  # whatever else is there
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
CONFIG = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "An MLP from scratch",
        "exposeAppInBrowser": True,  # for the tests
        "litePluginSettings": {
            KERNEL: {
                "disablePyPIFallback": True,  # nothing is asked of another host
                "loadPyodideOptions": {"packages": [pyodide.COURSE]},
            }
        },
    },
}
OVERRIDES = {
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
PICTURES = "pictures"
BOOK = "book"  # the folder of the reading edition


def build(out, folder):
    """Make the site in the folder ``out``, anew, with the release of Pyodide in ``folder``.

    Raises
    ------
    OSError
        When there is no such release, or when the folder holds something else than a site.
    """
    pyodide.checked(folder)
    if out.exists() and any(out.iterdir()) and not (out / "jupyter-lite.json").exists():
        raise FileExistsError(f"{out} holds something else than a site. Name another folder: --out FOLDER")
    if absent := [name for name in TAKEN if not (EXTENSIONS / name).is_dir()]:
        raise FileNotFoundError(f"{absent[0]} is not installed in this Python. {pyodide.LOCKED}")
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        source = pathlib.Path(temporary)
        write_contents(source / "contents")
        pyodide.copy(folder, source / "lite/static/pyodide")
        settings = {
            "lite/jupyter-lite.json": CONFIG,
            "lite/overrides.json": OVERRIDES,
            "jupyter_lite_config.json": {
                "LiteBuildConfig": {
                    "lite_dir": str(source / "lite"),
                    "output_dir": str(source / "site"),
                    "contents": [str(source / "contents")],
                    "apps": ["lab"],
                    "ignore_sys_prefix": ["federated_extensions"],
                    "federated_extensions": [str(EXTENSIONS / name) for name in TAKEN],
                    "no_unused_shared_packages": True,
                    "no_sourcemaps": True,
                }
            },
        }
        for name, content in settings.items():
            (source / name).write_text(json.dumps(content, indent=1))
        command = [sys.executable, "-m", "jupyterlite_core", "build", "--config", "jupyter_lite_config.json"]
        run = subprocess.run(command, cwd=source, capture_output=True, text=True)
        if run.returncode:
            raise OSError(f"JupyterLite could not be built:\n{(run.stdout + run.stderr)[-2000:]}")
        write_fetched(source / "site")
        say_when_storage_is_full(source / "site")
        shutil.copytree(source / "site", out)


def write_contents(folder):
    """Write what a learner finds there: the copies of the lessons, the pictures in them, and the page that keeps work."""
    shutil.copytree(ROOT / PICTURES, folder / PICTURES)
    for _ in Copies(folder / "work").bring_up_to_date():
        pass
    shutil.copy(ROOT / "browser/keep_your_work.ipynb", folder / "work")


def write_fetched(out):
    """Write into a site what its pages fetch by themselves: a data set, and pictures, before they look into the contents."""
    shutil.copytree(ROOT / pyodide.LATER, out / "data/fashion-mnist")
    shutil.copytree(ROOT / PICTURES, out / PICTURES)


def write_first_page(out):
    """Let the site begin with a page that leads to the lessons and to the book."""
    shutil.copy(ROOT / "browser/first_page.html", out / "index.html")


def say_when_storage_is_full(out):
    """Add to JupyterLite what it lacks: a sentence in the page, and an error for the kernel, which would wait for ever."""
    shutil.copy(ROOT / "browser/storage_page.js", out)
    page, worker = out / "lab/index.html", out / "service-worker.js"
    text, script = page.read_text(encoding="utf-8"), '<script src="../storage_page.js"></script>'
    page.write_text(text.replace("<head>", f"<head>\n    {script}", 1), encoding="utf-8")
    known, more = worker.read_text(encoding="utf-8"), (ROOT / "browser/storage_worker.js").read_text(encoding="utf-8")
    if "<head>" not in text or "async function broadcastOne(" not in known:
        raise OSError(f"this is another JupyterLite than the course knows. {pyodide.LOCKED}")
    worker.write_text(known + more, encoding="utf-8")


def sizes(out):
    """Return the bytes of each part of a site."""
    parts = {
        "Python for the browser": "static/pyodide",
        "Fashion-MNIST, fetched when asked for": "data",
        "the lessons as a book": BOOK,
    }
    found = {part: size(out / folder) for part, folder in parts.items() if (out / folder).exists()}
    whole = size(out)
    return {"JupyterLite, lessons, pictures": whole - sum(found.values()), **found, "altogether": whole}


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
