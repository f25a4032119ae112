"""The tables are whole: every ``raise`` of the core and of the command is reached by a case."""

import ast
import contextlib
import pathlib
import sys

import mlp_helpers

from . import test_advice, test_command_advice
from .following import copied, refused, variables
from .test_command_advice import small  # noqa: F401 (a fixture)

PACKAGE = pathlib.Path(mlp_helpers.__file__).parent
FILES = [*sorted(PACKAGE.glob("core/*.py")), *sorted(PACKAGE.glob("command/*.py")), PACKAGE / "__main__.py"]
ELSEWHERE = {  # what no table can bring about, by file and function
    ("files.py", "patiently"): "a file that another program holds: tests/test_files.py",
    ("files.py", "replacing"): "a file that another program holds: tests/test_files.py",
    ("files.py", "read_arrays"): "a file that unpacks to 300 MB: tests/test_weights.py",
    ("idx.py", "_unpacked"): "less memory than the file needs: tests/test_data.py",
    ("ending.py", "_received"): "a signal: tests/test_command.py",
    ("ending.py", "release"): "a signal: tests/test_command.py",
    ("keeping.py", "try_out"): "a full disk: test_command_advice.py",
    ("__main__.py", "_compare"): "an interrupt of the first of two trainings: tests/test_command.py",
    ("__main__.py", "_fit"): "an interrupt: tests/test_command.py",
    ("__main__.py", "_export"): "no work yet: tests/test_carrying.py",
    ("browser.py", "bring"): "a site that does not answer, in a browser: tests/browser/test_browser_edition.py",
    ("__main__.py", "_finish"): "an interrupt: tests/test_command.py",
    ("__main__.py", "_search"): "an interrupt: tests/test_command.py",
    ("searching.py", "executor_of"): "a scheduler that is not there: tests/test_command.py",
    ("processes.py", "_call"): "what a worker raises: tests/test_search.py",
    ("processes.py", "ask"): "a worker that dies: tests/test_search.py",
    ("search.py", "_finished"): "an executor that is gone: tests/test_search.py",
    ("search.py", "_next"): "a cluster without workers: tests/test_search.py",
    ("search.py", "_outcome_of"): "an executor that is gone: tests/test_search.py",
    ("search.py", "attempt"): "a trial, on a thread of its own: tests/test_search.py",
}


def raises():
    """Return the first line of every raise by file, with the function that it stands in."""
    found = {}
    for path in FILES:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Raise):
                        found[str(path), node.lineno] = function.name  # of functions in functions, the inner one comes last
    return found


@contextlib.contextmanager
def watched(lines):
    """Collect which of these lines are run."""
    seen, files = set(), {path for path, _ in lines}

    def in_a_function(frame, event, _):
        if (place := (frame.f_code.co_filename, frame.f_lineno)) in lines:
            seen.add(place)
        return in_a_function

    def enters(frame, event, _):
        return in_a_function if frame.f_code.co_filename in files else None

    before = sys.gettrace()
    sys.settrace(enters)
    try:
        yield seen
    finally:
        sys.settrace(before)


def test_every_raise_is_reached(tmp_path, monkeypatch, capsys):
    lines, seen = raises(), set()
    cases = [*test_advice.CODE.items(), *test_advice.SETTINGS.items(), *test_advice.WORDS.items()]
    for number, (_, case) in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        space = variables(case, folder)
        with watched(lines) as now:
            refused(case.call, copied(space))
        seen |= now
    typed = [arguments.split() for arguments, _ in test_command_advice.OPTIONS.values()]
    typed += [[option, value] for option, value, _ in test_command_advice.CHOICES.values()]
    for number, block in enumerate((
        test_command_advice.blocked_by_a_file, test_command_advice.blocked_by_a_folder, test_command_advice.blocked_by_its_name,
    )):  # fmt: skip
        folder = tmp_path / f"blocked {number}"
        folder.mkdir()
        typed.append(["--out", str(block(folder) or folder / "out")])
    for arguments in typed:
        with watched(lines) as now:
            test_command_advice.typed(arguments, capsys)
        seen |= now
    left = {(pathlib.Path(path).name, function, line) for (path, line), function in lines.items() if (path, line) not in seen}
    unknown = sorted(place for place in left if place[:2] not in ELSEWHERE)
    assert not unknown, f"no case brings about: {unknown}"
    assert {place[:2] for place in left} == set(ELSEWHERE), "what is reached needs no exemption"
