"""A notebook that was run and saved says what stood in it: the next day, after a restart, and where it is not trusted."""

import nbformat
import pytest

expect = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install -r tests/browser/requirements.txt"
).expect

CELLS = [
    "from mlp_helpers import MLP, check, labs, load_mnist, train\nfrom tqdm.auto import tqdm",
    "labs.softmax().show()",
    'check.predict("large scores")',
    'check.look_back("04")',
    "check.self_test()",
    "train(MLP([784, 16, 10]), load_mnist().subset(2_000), epochs=2)",
    "for _ in tqdm(range(3)): pass",
    "labs.pad().show()",
]
LABS, QUESTIONS, BARS = (1, 7), {2: 3, 3: 9, 4: 45}, (5, 6)  # questions with the number of their options
TALL = {"width": 1280, "height": 4000}
LAB, ANSWER = "A lab. Run this cell to use it.", "Run this cell to answer."


def run_and_saved(lab):
    notebook = lab.open(*CELLS)
    for number in range(len(CELLS)):
        notebook.run(number)
    for number in LABS:
        expect(notebook.cell(number).locator(".mlp-words")).not_to_have_text("")
        expect(notebook.cell(number).get_by_text(LAB)).to_be_hidden()
    for number, options in QUESTIONS.items():
        expect(notebook.cell(number).locator("button.mlp-option")).to_have_count(options)
        expect(notebook.cell(number).get_by_text(ANSWER)).to_be_hidden()
    expect(notebook.cell(5)).to_contain_text("100%")
    notebook.save()
    return notebook


def loaded(notebook):
    """Wait until no widget is being looked for any more."""
    expect(notebook.page.get_by_text("Loading widget")).to_have_count(0, timeout=20_000)


def without_an_error(notebook):
    """Whether nobody reads of an error: asked when no widget is being looked for any more."""
    loaded(notebook)
    return "rror displaying" not in notebook.page.locator(".jp-Notebook").inner_text()


def test_the_next_day_each_says_what_it_was_and_what_to_do(lab):
    notebook = lab.open_next_day(run_and_saved(lab), size=TALL)
    for number in LABS:
        expect(notebook.cell(number).get_by_text(LAB)).to_be_visible()
    for number, options in QUESTIONS.items():
        expect(notebook.cell(number).get_by_text(ANSWER)).to_be_visible()
        expect(notebook.cell(number).get_by_text("(a) ")).to_have_count(options // 3)
    expect(notebook.cell(5)).to_contain_text("100%")
    assert without_an_error(notebook)
    said = "(node) => getComputedStyle(node, '::before').content"
    assert notebook.cell(6).locator(".jp-OutputArea-output").evaluate(said) == '"A widget. Run this cell to use it."'
    notebook.picture("next day")
    notebook.run(0)
    notebook.run(2)
    expect(notebook.cell(2).locator("button.mlp-option")).to_have_count(3)
    expect(notebook.cell(2).get_by_text(ANSWER)).to_be_hidden()


def test_where_jupyterlab_saves_widgets_they_are_as_they_were(saving_lab):
    notebook = saving_lab.open_next_day(run_and_saved(saving_lab), size=TALL)
    loaded(notebook)
    for number in LABS:
        expect(notebook.cell(number).locator("svg[role=img]").first).to_be_visible()
        expect(notebook.cell(number).get_by_text(LAB)).to_be_visible()  # no kernel stands behind it
    for number, options in QUESTIONS.items():
        expect(notebook.cell(number).locator("button.mlp-option")).to_have_count(options)
        expect(notebook.cell(number).get_by_text(ANSWER)).to_be_visible()
    for number in BARS:
        expect(notebook.cell(number)).to_contain_text("100%")
    assert without_an_error(notebook)
    notebook.picture("next day, saved")


def test_after_a_restart_the_buttons_say_that_they_are_dead(lab):
    notebook = run_and_saved(lab)
    notebook.restart()
    for number in LABS:
        expect(notebook.cell(number).get_by_text(LAB)).to_be_visible()
    for number, options in QUESTIONS.items():
        expect(notebook.cell(number).get_by_text(ANSWER)).to_be_visible()
        expect(notebook.cell(number).locator("button.mlp-option")).to_have_count(options)
    assert without_an_error(notebook)
    notebook.page.reload()
    notebook.page.wait_for_selector(".jp-Notebook .jp-Cell")
    loaded(notebook)
    expect(notebook.cell(1).get_by_text(LAB)).to_be_visible()
    assert without_an_error(notebook)


def test_where_a_notebook_is_not_trusted_the_sentences_stand_alone(lab):
    notebook = run_and_saved(lab)
    path = lab.server[2] / notebook.name
    lab.close()
    saved = nbformat.read(path, as_version=4)
    saved.cells[1].outputs[0].data["text/html"] += " "  # no longer what was signed
    nbformat.write(saved, path)
    notebook = lab.open_next_day(notebook, size=TALL)
    expect(notebook.cell(1).get_by_text(LAB)).to_be_visible()
    expect(notebook.cell(2).get_by_text(ANSWER)).to_have_count(1)
    assert without_an_error(notebook)
