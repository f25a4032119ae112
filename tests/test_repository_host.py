"""What a public host reads: the workflow, the forms for issues and the citation parse, and name what exists."""

import pathlib
import re
import shlex

import pytest

yaml = pytest.importorskip("yaml", reason='needs PyYAML, which comes with jupytext: pip install -e ".[dev]"')

ROOT = pathlib.Path(__file__).resolve().parent.parent
FORMS = sorted(ROOT.glob(".github/ISSUE_TEMPLATE/*.yml"))
KINDS = {"input", "textarea", "dropdown", "checkboxes", "markdown"}


def read(path):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def steps():
    return [step for job in read(".github/workflows/test.yml")["jobs"].values() for step in job["steps"]]


def test_the_workflow_runs_commands_that_the_documents_give():
    pages = "".join((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "CONTRIBUTING.md"))
    commands = [step["run"] for step in steps() if "run" in step]
    assert {"python start.py test --thorough", "python start.py extras", "python tests/oldest.py --thorough"} == set(commands)
    for command in commands:
        assert command in pages
        assert (ROOT / shlex.split(command)[1]).exists()


def test_the_workflow_covers_every_system_and_the_promised_versions():
    jobs = read(".github/workflows/test.yml")["jobs"]
    least = re.search(r'^requires-python = ">=(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    for job, version in [("newest", "3.x"), ("oldest", least)]:
        assert jobs[job]["strategy"]["matrix"]["system"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
        assert [step["with"]["python-version"] for step in jobs[job]["steps"] if "setup-python" in step.get("uses", "")] == [
            version
        ]


def test_the_workflow_runs_weekly_and_on_each_change():
    when = read(".github/workflows/test.yml")[True]  # YAML 1.1 reads the key "on" as true
    assert {"push", "pull_request"} <= set(when)
    assert re.fullmatch(r"\d+ \d+ \* \* \d", when["schedule"][0]["cron"])


def test_there_is_a_form_for_each_kind_of_trouble():
    assert [path.stem for path in FORMS] == ["check_misjudged", "does_not_start", "lesson_unclear"]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_complete(path):
    form = read(path)
    assert form["name"] and form["description"]
    assert all(part["type"] in KINDS and part["attributes"]["label"] for part in form["body"])
    ids = [part["id"] for part in form["body"]]
    assert len(set(ids)) == len(ids)
    assert any(part.get("validations", {}).get("required") for part in form["body"])


def test_the_citation_names_an_author_and_the_licence_of_the_code():
    citation = read("CITATION.cff")
    assert citation["cff-version"] == "1.2.0" and citation["title"] and citation["message"]
    assert [set(author) for author in citation["authors"]] == [{"name"}]
    assert (
        citation["license"]
        == re.search(r'^license = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
    )
