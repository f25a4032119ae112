"""What a page says to somebody who does not see it: as axe judges it, and as Chromium hands it on."""

import pytest

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="needs axe: pip install -r tests/browser/requirements.txt"
)


def serious(page):
    """What axe finds in the outputs that would shut somebody out."""
    found = axe.Axe().run(page, context=".jp-OutputArea-output").response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


def told(page):
    """What a screen reader is told: the role and the name of each thing on the page, in order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
