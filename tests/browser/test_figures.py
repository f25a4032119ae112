"""Figures in JupyterLab and as a page: the eye gets a picture, a screen reader the sentence, and nobody gets both."""

import io
import re

import nbformat
import numpy as np
import pytest
from accessibility import serious, told
from PIL import Image

expect = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install -r tests/browser/requirements.txt"
).expect

CELLS = ["from mlp_helpers import plots", 'plots.show(plots.bars({"a": 1, "b & c": 2.5}, "letter", "size", "B is larger"))']
SENTENCE = "Figure: B is larger. Size, by letter: 1.0 for a; 2.5 for b & c."


def drawn(lab):
    notebook = lab.open(*CELLS)
    notebook.run(0)
    notebook.run(1)
    return notebook


def speaks_once(page):
    """Whether a screen reader comes to the picture, and next to the sentence, which is there once, and not to be seen."""
    heard = told(page)
    texts = [name for role, name in heard if role == "StaticText"]
    assert texts.count(SENTENCE) == 1 and sum("B is larger." in name for name in texts) == 1
    roles = [role for role, name in heard if role == "image" or (role, name) == ("StaticText", SENTENCE)]
    assert roles[-2:] == ["image", "StaticText"]
    caption = page.locator(".mlp-caption")
    assert caption.evaluate("(node) => getComputedStyle(node).clip") == "rect(0px, 0px, 0px, 0px)"
    box = caption.locator("xpath=..").bounding_box()
    assert box["height"] < 10  # no gap is left where the sentence is
    return True


def seen(image):
    """The colours of a picture as the page shows it, (rows, columns, 3)."""
    return np.asarray(Image.open(io.BytesIO(image.screenshot())).convert("RGB")).astype(int)


def test_a_figure_speaks_once_and_is_a_quiet_card_in_the_dark(lab):
    notebook = drawn(lab)
    image = notebook.cell(1).locator("img")
    assert speaks_once(notebook.page)
    looks = {}
    for dark in (False, True):
        notebook.theme(dark)
        notebook.picture(f"figure {'dark' if dark else 'light'}")
        looks[dark] = seen(image)
        faults = [fault for fault in serious(notebook.page) if not fault.startswith("image-alt")]
        assert faults == []  # that JupyterLab drops the alternative text of pictures is what the sentence is there for
    notebook.theme(dark=False)
    middle = looks[False].shape[1] // 2
    page = {dark: look[0, 0] for dark, look in looks.items()}  # beyond a round corner
    paper = {dark: look[4, middle] for dark, look in looks.items()}
    assert (page[False] == 255).all() and (paper[False] == 255).all()
    assert (page[True] < 40).all() and (paper[True] > 200).all() and (paper[True] < 230).all()


def test_a_figure_that_was_saved_speaks_on_a_page_of_nbconvert_and_where_the_notebook_is_not_trusted(lab, chromium):
    notebook = drawn(lab)
    notebook.save()
    path = lab.server[2] / notebook.name
    lab.close()
    html, _ = pytest.importorskip("nbconvert").HTMLExporter().from_filename(path)
    page = chromium.new_page()
    page.set_content(re.sub(r"(</?)script", r"\1template", html))  # its scripts lie on other machines
    assert speaks_once(page)
    page.close()
    saved = nbformat.read(path, as_version=4)
    saved.cells[1].outputs[1].data["text/html"] += " "  # no longer what was signed
    nbformat.write(saved, path)
    notebook = lab.open_next_day(notebook)
    expect(notebook.cell(1).locator("img")).to_be_visible()
    assert speaks_once(notebook.page)
