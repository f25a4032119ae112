"""The package, its settings and its front page agree with each other."""

import ast
import importlib.util
import json
import pathlib
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import zipfile

import pytest

from mlp_helpers import __main__ as network_command

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mlp_helpers"
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
REQUIREMENTS = re.findall(r"^[^#\s].*", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
FLOORS = [
    {"files", "idx", "kinds"},
    {"contracts"},
    {"functions", "data"},
    {"layers", "losses", "regularization", "augmentation", "optimizers", "schedules", "gradients", "history", "measures"},
    {"network", "early_stopping"},
    {"loop"},
    {"training", "checkpoint"},
]
WHEN_CALLED = {"training": {"tqdm"}, "loop": {"threadpoolctl"}}      # what a function of the core may import besides NumPy
UPSTAIRS = {"plots", "checks", "labs", "__main__", "__init__"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel that is built from a copy, without a network."""
    folder = tmp_path_factory.mktemp("build")
    keep_out = shutil.ignore_patterns(".*", "build", "*.egg-info", "runs", "__pycache__")
    shutil.copytree(ROOT, folder / "course", ignore=keep_out)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(folder / "course")], check=True)
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


def test_a_wheel_holds_the_package_with_its_data_and_nothing_else(wheel):
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".gz", ".js", ".npz", ".md"}]
    names = {path.relative_to(ROOT).as_posix() for path in files}
    assert {name for name in wheel if ".dist-info/" not in name} == names
    assert sum(name.endswith(".gz") for name in names) == 8 and "mlp_helpers/datasets/README.md" in names
    assert any(name.endswith("licenses/LICENSE") for name in wheel)


def test_importing_the_package_imports_numpy_and_nothing_heavier():
    program = "import sys, mlp_helpers; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    modules = set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split())
    assert "numpy" in modules
    assert not modules & {"matplotlib", "ipywidgets", "anywidget", "tqdm", "threadpoolctl", "platformdirs", "IPython", "pytest"}


def test_every_package_is_upstairs():
    """The next test looks at modules only: a floor that becomes a package must not slip past it."""
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} == UPSTAIRS - {"__main__", "__init__"}


@pytest.mark.parametrize("module", sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem not in UPSTAIRS))
def test_a_module_of_the_core_imports_only_what_lies_below_it(module):
    floor = [module in modules for modules in FLOORS]
    assert any(floor), f"say in FLOORS where {module} lies"
    below = set().union(*FLOORS[: floor.index(True)])
    tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            names = {node.module} if node.module else {alias.name for alias in node.names}
            assert names <= below, f"line {node.lineno}"
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            others = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"numpy"}
            assert others <= WHEN_CALLED.get(module, set()), f"line {node.lineno}"
            assert not others or node not in tree.body, f"line {node.lineno}: only inside the function that needs it"


def test_requirements_have_tested_lower_bounds_and_the_package_has_the_same():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    dependencies = ast.literal_eval(re.search(r"^dependencies = (\[.*?^\])", settings, re.MULTILINE | re.DOTALL)[1])
    assert set(dependencies) <= set(REQUIREMENTS)
    assert all(re.fullmatch(r"[a-z-]+>=[\d.]+", line) for line in REQUIREMENTS[:-1])
    assert REQUIREMENTS[-1] == "-e ."


def test_line_ends_survive_every_system():
    marks = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    kinds = ("*.ipynb", "*.py", "*.sh", "*.js", ".ci/run")
    assert {"*.gz -text", "*.npz -text", *(f"{kind} text eol=lf" for kind in kinds)} <= set(marks)
    assert not [mark for mark in marks if "lfs" in mark]


def commands(page):
    """What a reader of a page would type into a terminal: the lines of its code blocks, and its pieces of code."""
    text = (ROOT / page).read_text(encoding="utf-8")
    fenced = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
    blocks = "".join(block for language, block in fenced.findall(text) if language != "python")
    pieces = re.findall(r"`([^`\n]+)`", fenced.sub("", text))
    for line in [*blocks.splitlines(), *pieces]:
        command = shlex.split(line.split("#")[0]) if re.match(r"(python3?|pip|jupyter|pytest)\b", line) else []
        if command and "…" not in command:
            yield command


def test_the_readme_says_how_to_start():
    found = [" ".join(command) for command in commands("README.md")]
    assert {"python start.py", "python start.py test", "python start.py train"} <= set(found)
    assert {"pip install -r requirements.txt", "jupyter lab", "pytest", "python -m mlp_helpers train"} <= set(found)


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_exist(page):
    for command in commands(page):
        if command[0].startswith("python") and command[1] == "-m":
            assert importlib.util.find_spec(command[2]), command
        for word in command[1:]:
            if word.endswith((".py", ".txt", ".ipynb")) and "NN" not in word:
                assert (ROOT / word).exists(), command


@pytest.mark.parametrize("line", re.findall(r"`((?:train|compare)[^`]*)`", (ROOT / "README.md").read_text(encoding="utf-8")))
def test_the_network_knows_the_options_that_the_readme_gives_it(line):
    assert network_command._parser().parse_args(line.split())


def test_the_accuracies_of_the_readme_are_those_measured():
    measured = json.loads((ROOT / "benchmarks/results/accuracy.json").read_text(encoding="utf-8"))["results"].values()
    shares = [[100 * run["accuracy"] for run in runs] for runs in measured]
    known = {f"{statistics.mean(each):.2f} ± {statistics.stdev(each):.2f}" for each in shares if len(each) > 1}
    claimed = set(re.findall(r"\d+\.\d+ ± \d+\.\d+", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(claimed) >= 6 and claimed <= known


def test_every_file_names_the_same_version():
    settings, citation, changes = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md")
    )
    version = re.search(r'^version = "(.+)"$', settings, re.MULTILINE)[1]
    assert re.search(r"^version: (.+)$", citation, re.MULTILINE)[1] == version
    assert re.search(r"^## \[(\d.*?)\]", changes, re.MULTILINE)[1] == version


def test_pre_commit_has_the_ruff_of_the_test_command():
    settings, hooks = ((ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", ".pre-commit-config.yaml"))
    pinned = re.search(r'"ruff==([\d.]+)"', settings)[1]
    assert re.findall(r"^ *rev: v?(.+)$", hooks, re.MULTILINE) == [pinned]
