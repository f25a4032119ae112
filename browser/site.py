"""The site: JupyterLite with the learner's copies of the lessons, the course's package, its data and Python for the browser."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from mlp_helpers.editions import notebook
from mlp_helpers.editions.copies import PAGES, Copies
from mlp_helpers.editions.in_browser import PAGE
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
KERNEL_FILES = "extensions/@jupyterlite/pyodide-kernel-extension/static/*.js"
# When the page cannot read or write a file, JupyterLite takes it for absent, or leaves the kernel waiting for ever. Instead, the
# page says why not, and the kernel raises that: in these files (and in the service worker) this pattern is replaced by that.
ANSWERS = [
    ("build/*.js", r"(await this\._driveContentsProcessor\.processDriveRequest\(\w+\))", r"\1.catch(window.courseRefusal)"),
    (
        "build/*.js",
        r"catch\{(\w+)=\{ok:!1\}\}return \1",
        r"catch(error){\1=window.courseRefusal(error);if(\1.refused==='ENOENT')\1={ok:!1}}return \1",
    ),
    (
        "build/*.js",
        r"(this\.contentsManager\.get\(\w+\.path,\{content:!0\}\)\})catch\{return null\}",
        r"\1catch(error){return window.courseRefusal(error)}",
    ),
    (
        KERNEL_FILES,
        r"if\((\w+)\.status>=400\)(throw new this\.FS\.ErrnoError\(this\.ERRNO_CODES)\.EINVAL\)",
        r"if(\1.status!==200)\2[\1.responseText]??this.ERRNO_CODES.EIO)",  # 0: nobody answered
    ),
    (
        KERNEL_FILES,
        r"(this\.fs\.API\.get\(\w+\)\})catch\{",
        r"\1catch(refusal){if(refusal.errno&&refusal.errno!==this.fs.ERRNO_CODES.ENOENT)throw refusal;",
    ),
    (  # a name that cannot be looked up (44: ENOENT) would end the list of a folder; it is listed as a plain file (32768)
        "static/pyodide/pyodide.asm.mjs",
        r"(if\(e\?\.errno===28\)\{continue\})throw e\}id=child\.id",
        r"\1if(e?.errno!==44)throw e;child={id:0,mode:32768}}id=child.id",
    ),
]
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
        answer_for_storage(source / "site")
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(source / "site", out)


def write_contents(folder):
    """Write what a learner finds there: the copies of the lessons, the pictures in them, and the page that keeps work."""
    shutil.copytree(ROOT / PICTURES, folder / PICTURES)
    copies = Copies(folder / "work")
    copies.folder.mkdir()
    for number, lesson in copies.lessons.items():
        fresh = notebook.fresh(lesson.read_text(encoding="utf-8"), copies.folder)
        copies.path_of(number).write_bytes(notebook.written(fresh))
    for page in [*(ROOT / "notebooks" / name for name in PAGES), PAGE]:
        shutil.copy(page, copies.folder)


def write_fetched(out):
    """Write into a site what its pages fetch by themselves: a data set, and pictures, before they look into the contents."""
    shutil.copytree(ROOT / pyodide.LATER, out / "data/fashion-mnist")
    shutil.copytree(ROOT / PICTURES, out / PICTURES)


def write_first_page(out):
    """Let the site begin with a page that leads to the lessons, and to the book where there is one."""
    lines = (ROOT / "browser/first_page.html").read_text(encoding="utf-8").splitlines(keepends=True)
    there = [line for line in lines if f'href="{BOOK}/' not in line or (out / BOOK).exists()]
    (out / "index.html").write_text("".join(there), encoding="utf-8")


def answer_for_storage(out):
    """Add to JupyterLite what it lacks: a sentence in the page when the storage is full, and an answer for the kernel.

    Raises
    ------
    OSError
        When the place for it is not found.
    """
    shutil.copy(ROOT / "browser/storage_page.js", out)
    page, worker = out / "lab/index.html", out / "service-worker.js"
    text, script = page.read_text(encoding="utf-8"), '<script src="../storage_page.js"></script>'
    page.write_text(text.replace("<head>", f"<head>\n    {script}", 1), encoding="utf-8")
    known, more = worker.read_text(encoding="utf-8"), (ROOT / "browser/storage_worker.js").read_text(encoding="utf-8")
    worker.write_text(known + more, encoding="utf-8")
    found = [_replaced(out.glob(files), pattern, new) for files, pattern, new in ANSWERS]
    if "<head>" not in text or "async function broadcastOne(" not in known or not all(found):
        raise OSError(f"this is another JupyterLite than the course knows. {pyodide.LOCKED}")


def _replaced(paths, pattern, new):
    """Replace a pattern in files; return how often it was found."""
    count = 0
    for path in paths:
        text, times = re.subn(pattern, new, path.read_text(encoding="utf-8"))
        if times:
            path.write_text(text, encoding="utf-8")
            count += times
    return count


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
