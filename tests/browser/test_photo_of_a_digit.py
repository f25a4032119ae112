"""A photo on the digit pad: chosen by the button, dropped, lying on its side, transparent, and not a picture at all."""

import numpy as np
import pytest
from accessibility import serious
from PIL import Image

from mlp_helpers.labs.photo import enlarged

expect = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install -r tests/browser/requirements.txt"
).expect

DROP = """(square, [name, bytes]) => {
  const data = new DataTransfer();
  if (name) data.items.add(new File([new Uint8Array(bytes)], name));
  square.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def three(mnist):
    """A large 3 on paper, 1 200 × 900 pixels."""
    digit = mnist.validation.images[mnist.validation.labels == 3][0].reshape(28, 28)
    paper = np.full((900, 1200), 225.0)
    paper[150:710, 300:860] -= 160 * enlarged(digit / 255, (560, 560))
    return Image.fromarray(paper.astype(np.uint8))


def test_photos_are_read_and_what_is_none_gets_a_sentence(lab, three, tmp_path):
    notebook = lab.open("from mlp_helpers import labs\nlabs.pad().show()")
    notebook.run(0)
    words, alarm = (notebook.cell(0).locator(name).first for name in (".mlp-words", ".mlp-pad-alarm"))
    square = notebook.cell(0).locator(".mlp-pad-canvas")
    expect(words).to_contain_text("empty")
    notebook.page.errors.clear()  # of a slow kernel that had to be restarted

    three.save(tmp_path / "three.jpg")
    with notebook.page.expect_file_chooser() as chooser:
        notebook.cell(0).get_by_role("button", name="Photo …").press("Enter")
    chooser.value.set_files(tmp_path / "three.jpg")
    expect(words).to_contain_text("three.jpg: Dark ink on bright paper")
    expect(words).to_contain_text("The network reads a 3 ")
    output = notebook.cell(0).locator(".jp-OutputArea").first.bounding_box()
    assert output["width"] <= 1280 and output["height"] <= 720
    for dark in (True, False):
        notebook.theme(dark)
        notebook.picture(f"photo {'dark' if dark else 'light'}")
        assert serious(notebook.page) == []

    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the phone upright: to be turned by a quarter
    three.rotate(90, expand=True).save(tmp_path / "upright.jpg", exif=exif)
    square.evaluate(DROP, ["upright.jpg", list((tmp_path / "upright.jpg").read_bytes())])
    expect(words).to_contain_text("upright.jpg: ")
    expect(words).to_contain_text("The network reads a 3 ")

    clear = Image.new("RGBA", three.size)  # black ink on nothing
    clear.putalpha(three.point(lambda value: 255 if value < 130 else 0))
    clear.save(tmp_path / "clear.png")
    square.evaluate(DROP, ["clear.png", list((tmp_path / "clear.png").read_bytes())])
    expect(words).to_contain_text("clear.png: Dark ink on bright paper")
    expect(words).to_contain_text("The network reads a 3 ")

    before = words.inner_text()
    square.evaluate(DROP, ["notes.txt", list(b"no picture")])
    expect(alarm).to_have_text("notes.txt cannot be read as a picture. Choose a PNG or JPEG file of at most 50 MB.")
    square.evaluate(DROP, [None, []])
    expect(alarm).to_contain_text("That is not a file.")
    Image.new("L", (400, 300), 255).save(tmp_path / "white.png")
    square.evaluate(DROP, ["white.png", list((tmp_path / "white.png").read_bytes())])
    expect(alarm).to_contain_text("white.png: No ink was found in the photo.")
    assert words.inner_text() == before
    assert notebook.page.errors == []
