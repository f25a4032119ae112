"""Python for the browser: what of a release of Pyodide the course needs, and the course itself as one more of its packages."""

import hashlib
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import zipfile

from mlp_helpers.editions.copies import PAGES
from mlp_helpers.editions.in_browser import PAGE
from mlp_helpers.editions.lessons import ROOT

VERSION = "314.0.3"
FOLDER = pathlib.Path("browser/pyodide")  # in the course, unless MLP_PYODIDE names another
HOW = (
    f"Get pyodide-{VERSION}.tar.bz2 from the releases of the project Pyodide (github.com/pyodide/pyodide) and unpack it in the "
    "folder browser, or name its folder: MLP_PYODIDE=FOLDER (python -m browser build also takes --pyodide FOLDER)"
)
LOCKED = "Install what the lock file names: pip install -r browser/requirements.txt"
ENGINE = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "package.json"]
LOCK = "pyodide-lock.json"
COURSE = "mlp-helpers"
KERNEL = ["comm", "ipython", "jedi", "micropip"]  # what the kernel of JupyterLite asks of Pyodide
ON_BOTH_SIDES = ["anywidget", "ipywidgets", "jupyterlab-widgets"]  # their Python is Pyodide's, their part of the page from here
PAGES_OF_OTHERS = {"widgetsnbextension"}  # what ipywidgets requires for the classic notebook
LATER = "mlp_helpers/datasets/fashion-mnist"  # not in the wheel, but fetched when it is asked for
SAME_TIME = (2020, 1, 1, 0, 0, 0)  # of each file in a wheel: the same content is the same wheel, to the byte


def given():
    """Return the folder in which the release is looked for where a command names none."""
    return pathlib.Path(os.environ.get("MLP_PYODIDE", ROOT / FOLDER)).absolute()


def checked(folder):
    """Return the lock file of the release in a folder.

    Raises
    ------
    FileNotFoundError
        When there is none, or another one; says how to get the right one.
    """
    absent = [name for name in [*ENGINE, LOCK] if not (folder / name).is_file()]
    if absent:
        raise FileNotFoundError(f"{folder} holds no Pyodide: {absent[0]} is missing. {HOW}")
    version = json.loads((folder / "package.json").read_text())["version"]
    if version != VERSION:
        raise FileNotFoundError(f"{folder} holds Pyodide {version}, but the course needs {VERSION}. {HOW}")
    return json.loads((folder / LOCK).read_text())


def copy(folder, out):
    """Copy what the course needs of the release into the folder ``out``, with the course and what Pyodide lacks of its needs."""
    lock = checked(folder)
    known = {normal(name): package for name, package in lock["packages"].items()}
    for name in ON_BOTH_SIDES:
        here, there = importlib.metadata.version(name), known.get(name, {}).get("version")
        if there not in (here, None):
            raise OSError(f"{name} is {here} here, but {there} in {folder}, so that no widget would show. {LOCKED}")
    needed, waiting = {}, [*KERNEL, COURSE]
    out.mkdir(parents=True)
    while waiting:
        name = normal(waiting.pop())
        if name not in needed and name not in PAGES_OF_OTHERS:
            needed[name] = fetched(folder, known[name], out) if name in known else packed(name, out)
            waiting += needed[name]["depends"]
    for name in ENGINE:
        shutil.copyfile(folder / name, out / name)
    (out / LOCK).write_text(json.dumps({**lock, "packages": dict(sorted(needed.items()))}))


def fetched(folder, package, out):
    """Copy a package of the release, and return its entry in the lock file."""
    content = (folder / package["file_name"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != package["sha256"]:
        raise OSError(f"{folder / package['file_name']} is damaged. {HOW}")
    (out / package["file_name"]).write_bytes(content)
    return package


def packed(name, out):
    """Write a package of this Python's, or the course, as a wheel, and return its entry in a lock file."""
    files = course() if name == COURSE else installed(name)
    wheel = out / "wheel"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, SAME_TIME), content, zipfile.ZIP_DEFLATED)
    digest, version = hashlib.sha256(wheel.read_bytes()).hexdigest(), importlib.metadata.version(name)
    # each content has a name of its own, so that no browser takes an older one out of its cache
    wheel = wheel.rename(out / f"{name.replace('-', '_')}-{version}-0_{digest[:12]}-py3-none-any.whl")
    names = {path.split("/")[0].removesuffix(".py") for path in files if ".dist-info/" not in path}
    lines = [line for line in importlib.metadata.requires(name) or [] if ";" not in line]  # neither extras nor other systems
    return {
        "name": name, "version": version, "file_name": wheel.name, "install_dir": "site", "sha256": digest,
        "package_type": "package", "imports": sorted(names),
        "depends": [normal(re.match(r"[\w.-]+", line)[0]) for line in lines], "unvendored_tests": False,
    }  # fmt: skip


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def course():
    """Return the bytes of each file of the course that Python needs in the browser: also the lessons as text, for updates."""
    paths = [path for path in (ROOT / "mlp_helpers").rglob("*") if path.suffix in {".py", ".js", ".json", ".npz", ".gz", ".md"}]
    paths += [*ROOT.glob("lessons/*.md"), *(ROOT / "notebooks" / name for name in PAGES), PAGE]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    version = importlib.metadata.version(COURSE)
    about = {f"mlp_helpers-{version}.dist-info/METADATA": importlib.metadata.metadata(COURSE).as_string().encode()}
    return {name: content for name, content in files.items() if not name.startswith(LATER)} | about


def installed(name):
    """Return the bytes of each file of an installed package that is written in Python alone.

    Raises
    ------
    OSError
        When it is compiled for this machine.
    """
    paths = [path for path in importlib.metadata.files(name) if ".." not in path.parts and path.suffix != ".pyc"]
    if compiled := [path for path in paths if path.suffix in {".so", ".pyd", ".dylib"}]:
        raise OSError(f"{name} is not in the Pyodide given, and {compiled[0].name} cannot run in a browser. {HOW}")
    return {path.as_posix(): path.read_binary() for path in paths}
