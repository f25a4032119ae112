"""A small course and a package index, in folders: what start.py needs, in kilobytes and without a network."""

import base64
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

START = pathlib.Path(__file__).resolve().parent.parent / "start.py"
REQUIREMENTS = "jupyterlab>=4\nnumpy>=2\nsetuptools>=77\n-e .\n"

TOLD = """
import json, os, sys
print(json.dumps({"told": __package__, "arguments": sys.argv[1:], "variables": dict(os.environ), "prefix": sys.prefix,
                  "encoding": sys.stdout.encoding}))
"""
BACKEND = """
import os, pathlib, stub
METADATA = "Metadata-Version: 2.1\\nName: mlp-helpers\\nVersion: 1.0\\n"

def get_requires_for_build_editable(settings=None):
    return []

def build_editable(folder, settings=None, metadata=None):
    return stub.wheel(folder, "mlp_helpers", "1.0", {"mlp_helpers.pth": f"import sys; sys.path.append({os.getcwd()!a})"}).name
"""


def wheel(folder, name, version, files):
    """Write a wheel that holds these files, given as text."""
    about = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    tag = "Wheel-Version: 1.0\nGenerator: stub\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**files, f"{about}/METADATA": metadata, f"{about}/WHEEL": tag}
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    path = pathlib.Path(folder, f"{name}-{version}-py3-none-any.whl")
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, f"{about}/RECORD": record + f"{about}/RECORD,,\n"}.items():
            archive.writestr(name, text)
    return path


def publish(index, name, version, files):
    """Put a package into the index, which is a folder of pages."""
    folder = pathlib.Path(index, "simple", name)
    folder.mkdir(parents=True, exist_ok=True)
    wheel(folder, name, version, files)
    links = "".join(f'<a href="{path.name}">{path.name}</a>\n' for path in sorted(folder.glob("*.whl")))
    (folder / "index.html").write_text(f"<!DOCTYPE html><html><body>\n{links}</body></html>\n")


def make_index(index):
    """Publish the packages that the small course asks for; return the index's address."""
    parts = {f"part_{i}": f"number = {i}\n" for i in range(50)}
    data = {f"jupyterlab-4.0.data/data/share/jupyter/lab/static/{name}.js": "0\n" for name in parts}
    modules = {"__init__": "import numpy\n", "__main__": TOLD, **parts}
    publish(index, "jupyterlab", "4.0", {**{f"jupyterlab/{name}.py": text for name, text in modules.items()}, **data})
    publish(index, "numpy", "2.0", {f"numpy/{name}.py": text for name, text in {"__init__": "", **parts}.items()})
    build = {"setuptools/__init__.py": "", "setuptools/build_meta.py": BACKEND, "stub.py": pathlib.Path(__file__).read_text()}
    publish(index, "setuptools", "77.0.3", build)
    return pathlib.Path(index, "simple").as_uri()


def make_course(folder):
    """Write a course that consists of start.py and of what it asks for."""
    for path in ("tests/browser", "lessons", "mlp_helpers"):
        (folder / path).mkdir(parents=True)
    shutil.copy(START, folder)
    files = {
        "mlp_helpers/__init__.py": "",
        "mlp_helpers/__main__.py": TOLD,
        "pyproject.toml": '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n',
        "requirements.txt": REQUIREMENTS,
        "tests/requirements.txt": "",
        "lessons/requirements.txt": "",
        "tests/browser/requirements.txt": "",
    }
    for path, text in files.items():
        (folder / path).write_text(text)
    return folder


def variables(index, **more):
    """The variables of a computer on which pip has no settings, but for this index."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "JUPYTER", "MPL"))}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index, **more}


def start(course, environment, *arguments, python=sys.executable, **options):
    """Run start.py to its end: its status, all that it said, and what the course's command was told."""
    command = [str(python), str(course / "start.py"), *arguments]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    ended = subprocess.run(command, env=environment, check=False, errors="replace", **{**pipes, **options})
    told = next((json.loads(line) for line in ended.stdout.splitlines() if line.startswith('{"told"')), None)
    return ended.returncode, ended.stdout, told
