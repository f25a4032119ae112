"""The package, its settings and its front page agree with each other."""

import ast
import graphlib
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
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "teaching/README.md", "teaching/GUIDE.md", "teaching/hub/README.md"]
REQUIREMENTS = re.findall(r"^[^#\s].*", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
CORE = [  # from the ground up
    {
        "array_advice",
        "arrays",
        "autograd",
        "browser",
        "classes",
        "false_alarms",
        "files",
        "history",
        "idx",
        "number_checks",
        "sampling",
        "schedules",
    },
    {"array_checks", "idx_folder", "ladder", "results"},
    {"contracts"},
    {"functions", "data", "processes", "weights"},
    {"layers", "losses", "optimizers", "measures", "augmentation"},
    {"gradients", "network"},
    {"training_checks", "checkpoint"},
    {"training"},
    {"recipes", "search", "trials"},
]
FLOORS = {  # of each folder: what its files may import of the others
    "cards.py": set(),
    "standin.py": {"cards"},
    "core": set(),
    "plots": {"core", "standin"},
    "labs": {"core", "plots", "standin"},
    "check": {"cards", "core", "standin"},
    "command": {"core"},
    "editions": {"check", "core"},
    "__main__.py": {"command", "core", "editions", "plots"},
}
WHEN_CALLED = {  # what a function of the core may import besides NumPy
    "browser": {"js"},
    "search": {"dask"},
    "training": {"tqdm", "threadpoolctl"},
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel that is built from a copy, without a network."""
    folder = tmp_path_factory.mktemp("build")
    keep_out = shutil.ignore_patterns(".*", "build", "*.egg-info", "runs", "work", "__pycache__")
    shutil.copytree(ROOT, folder / "course", ignore=keep_out)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(folder / "course")], check=True)
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


def test_a_wheel_holds_the_package_with_its_data_and_nothing_else(wheel):
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".gz", ".js", ".json", ".npz", ".md"}]
    names = {path.relative_to(ROOT).as_posix() for path in files}
    assert {name for name in wheel if ".dist-info/" not in name} == names
    assert sum(name.endswith(".gz") for name in names) == 8 and "mlp_helpers/datasets/README.md" in names
    assert any(name.endswith("licenses/LICENSE") for name in wheel)


def test_importing_the_package_imports_numpy_and_nothing_heavier():
    program = "import sys, mlp_helpers; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    modules = set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split())
    assert "numpy" in modules
    assert not modules & {"matplotlib", "ipywidgets", "anywidget", "tqdm", "threadpoolctl", "platformdirs", "IPython", "pytest"}


def imports(path):
    """The line, the full name and the place (at the top or inside a function) of everything that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1]] if node.level else []
            base += node.module.split(".") if node.module else []
            for alias in node.names:
                yield node.lineno, ".".join([*base, alias.name]), node in tree.body
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, node in tree.body) for alias in node.names)


def test_the_floors_are_all_there_is():
    there = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there == {*FLOORS, "__init__.py"}
    assert {path.stem for path in PACKAGE.glob("core/*.py")} == {"__init__"}.union(*CORE)


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_what_lies_below_it(floor):
    for path in sorted(PACKAGE.glob(f"{floor}/**/*.py")) or [PACKAGE / floor]:
        for line, name, _ in imports(path):
            if name.startswith("mlp_helpers."):
                other = name.split(".")[1]
                public = other not in FLOORS and f"{other}.py" not in FLOORS  # a name that mlp_helpers passes on from core
                assert other == floor or other in FLOORS[floor] or (public and "core" in FLOORS[floor]), f"{path.name}:{line}"


@pytest.mark.parametrize("module", sorted(set().union(*CORE)))
def test_a_module_of_the_core_imports_only_what_lies_below_it(module):
    floor = next(i for i, modules in enumerate(CORE) if module in modules)
    below = set().union(*CORE[:floor])
    for line, name, at_the_top in imports(PACKAGE / "core" / f"{module}.py"):
        if name.startswith("mlp_helpers."):
            assert name.split(".")[2] in below, f"line {line}"
            continue
        others = {name.split(".")[0]} - sys.stdlib_module_names - {"numpy"}
        assert others <= WHEN_CALLED.get(module, set()), f"line {line}"
        assert not others or not at_the_top, f"line {line}: only inside the function that needs it"


@pytest.mark.parametrize("folder", ["core", "check", "editions", "labs", "plots"])
def test_no_module_imports_itself_by_way_of_others(folder):
    """No circles: each module can be read before those that import it."""
    graph = {}
    for path in PACKAGE.glob(f"{folder}/**/*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[module] = {name for _, name, at_the_top in imports(path) if at_the_top}
    modules = {module: {name if name in graph else name.rpartition(".")[0] for name in names} & graph.keys() - {module}
               for module, names in graph.items()}  # fmt: skip
    assert len(list(graphlib.TopologicalSorter(modules).static_order())) == len(modules)  # raises CycleError


def test_no_exercise_imports_from_another_notebook():
    for path in PACKAGE.glob("check/exercises/notebook_*/*.py"):
        for line, name, _ in imports(path):
            assert "notebook_" not in name or path.parent.name in name, f"{path.name}:{line}"


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
    assert {"python -m mlp_helpers open", "python -m mlp_helpers train"} <= set(found)
    assert {"pip install -r requirements.txt", "pytest"} <= set(found)
    assert "python start.py extras" in found


def test_what_single_cells_and_tests_need_is_installed_by_an_extra():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.optional-dependencies]")[1]
    extras = {name: ast.literal_eval(packages) for name, packages in re.findall(r"^(\w+) = (\[.*\])", lines, re.MULTILINE)}
    wanted = re.search(r"^-e \.\[(.+)\]$", (ROOT / "lessons/requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)[1]
    modules = {re.match(r"[\w-]+", package)[0] for name in wanted.split(",") for package in extras[name]}
    texts = [path.read_text(encoding="utf-8") for path in (*ROOT.glob("lessons/*.md"), *ROOT.glob("tests/test_*.py"))]
    needed = re.findall(r"^:tags: .*\bneeds-(\w+)|^@pytest\.mark\.needs\(\"(\w+)\"\)", "\n".join(texts), re.MULTILINE)
    assert {tag or mark for tag, mark in needed} == modules


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_exist(page):
    for command in commands(page):
        if command[1:2] == ["-m"]:
            assert importlib.util.find_spec(command[2]), command
        for word in command[1:]:
            if word.endswith((".py", ".txt", ".ipynb")) and "NN" not in word:
                assert (ROOT / word).exists(), command


def test_extras_are_quoted_where_somebody_installs_them():
    """The shell of a Mac, zsh, takes bare brackets for a pattern of files, and installs nothing."""
    folders = ("mlp_helpers", "teaching", "benchmarks", "browser", "lessons")
    code = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    for path in [*(ROOT / page for page in PAGES), *(ROOT / "lessons").glob("*.md"), *code]:
        assert not re.search(r"install .*-e \.\[", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("line", re.findall(r"`((?:train|compare)[^`]*)`", (ROOT / "README.md").read_text(encoding="utf-8")))
def test_the_network_knows_the_options_that_the_readme_gives_it(line):
    assert network_command._parser().parse_args(line.split())


def accuracies_measured():
    measured = json.loads((ROOT / "benchmarks/results/accuracy.json").read_text(encoding="utf-8"))["results"].values()
    shares = [[100 * run["accuracy"] for run in runs] for runs in measured]
    return {f"{statistics.mean(each):.2f} ± {statistics.stdev(each):.2f}" for each in shares if len(each) > 1}


def test_the_accuracies_of_the_readme_are_those_measured():
    claimed = set(re.findall(r"\d+\.\d+ ± \d+\.\d+", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(claimed) >= 6 and claimed <= accuracies_measured()


def test_the_accuracies_that_lessons_take_from_the_benchmark_are_those_measured():
    lines = [line for path in ROOT.glob("lessons/*.md") for line in path.read_text(encoding="utf-8").splitlines()]
    named = [line for line in lines if "`python -m benchmarks accuracy`" in line]
    claimed = set(re.findall(r"\d+\.\d+ ± \d+\.\d+", " ".join(named)))
    assert len(claimed) >= 3 and claimed <= accuracies_measured()


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
