"""What a page says to somebody who does not see it: as axe judges it, and as Chromium hands it on."""

import pytest

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="needs axe: pip install -r tests/browser/requirements.txt"
)


def serious(page, where=".jp-OutputArea-output"):
    """What axe finds in the outputs, or elsewhere in the page, that would shut somebody out."""
    found = axe.Axe().run(page, context=where).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


def told(page):
    """What a screen reader is told: the role and the name of each thing on the page, in order."""
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree(page)]


def tree(page):
    """The accessibility tree, without what is left out of it."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


def sliders(page):
    """The name and the value of each slider, in words, as a screen reader is told."""
    session, found = page.context.new_cdp_session(page), [node for node in tree(page) if node["role"]["value"] == "slider"]
    session.send("DOM.getDocument")
    told = []
    for node in found:  # Chromium hands the words on, but keeps them out of this tree
        flat = session.send("DOM.describeNode", {"backendNodeId": node["backendDOMNodeId"]})["node"]["attributes"]
        told.append((node["name"]["value"], dict(zip(flat[::2], flat[1::2], strict=True)).get("aria-valuetext")))
    return told


def buttons(page):
    """The name of each button and toggle, and whether it is pressed (None where it is no toggle)."""
    found = [node for node in tree(page) if node["role"]["value"] in ("button", "ToggleButton", "toggleButton", "radio")]
    states = [{each["name"]: each["value"].get("value") for each in node["properties"]} for node in found]
    return [(node["name"]["value"], state.get("pressed")) for node, state in zip(found, states, strict=True)]
