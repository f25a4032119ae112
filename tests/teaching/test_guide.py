"""The kit's own pages, against its commands."""

import re

import pytest

from mlp_helpers.editions.lessons import ROOT
from teaching import __main__ as command

PAGES = {name: (ROOT / "teaching" / name).read_text(encoding="utf-8") for name in ("README.md", "GUIDE.md", "hub/README.md")}


def places(page):
    """Return what the headings of a page are called in its address, as GitHub calls them."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", PAGES)
def test_the_links_of_a_page_lead_somewhere(name):
    for path, place in re.findall(r"\]\((?!https?:)([^)#]+)#?([^)]*)\)", PAGES[name]):
        target = (ROOT / "teaching" / name).parent / path
        assert target.is_file() and (not place or place in places(target.read_text(encoding="utf-8"))), (path, place)


def test_each_command_is_explained(capsys):
    with pytest.raises(SystemExit):
        command.main(["--help"])
    commands = re.findall(r"^    (\w+)", capsys.readouterr().out, re.MULTILINE)
    assert commands and all(f"python -m teaching {name}" in PAGES["GUIDE.md"] for name in commands)
