"""Checks and questions as a learner meets them in JupyterLab, with the keyboard alone."""

import json

import pytest
from accessibility import serious, told

from mlp_helpers.check.engine.here import LESSONS as FOLDER

expect = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install -r tests/browser/requirements.txt"
).expect

LESSONS = sorted(FOLDER.glob("*.md"))
RIGHT = "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=-1, keepdims=True))\n    return E / E.sum({})"


def test_a_learner_gets_from_mistake_to_mistake_to_the_solution(lab):
    notebook = lab.open(
        "import numpy as np\nfrom mlp_helpers import check", "", "softmax = check.softmax.use(softmax)", "check.report()"
    )
    notebook.run(0)
    panel = notebook.cell(2).locator("[role=group]")
    for axis, said in (
        ("axis=-1", "Keepdims is missing."),
        ("axis=0, keepdims=True", "not yet"),
        ("axis=-1, keepdims=True", "solved"),
    ):
        notebook.write(1, RIGHT.format(axis))
        notebook.run(1)
        notebook.run(2)
        expect(panel).to_contain_text(said)
        notebook.picture(f"check {said.strip('.')}")
    assert panel.get_attribute("aria-label") == "softmax: solved"
    notebook.run(3)
    expect(notebook.cell(3)).to_contain_text("In this notebook, yours: softmax")


def test_a_check_is_reported_with_the_keyboard_alone(lab):
    source = "def softmax(Z):\n    return np.exp(Z) / 3"
    notebook = lab.open("import numpy as np\nfrom mlp_helpers import check", source, "check.softmax(softmax)")
    for number in range(3):
        notebook.run(number)
    keyboard, field = notebook.page.keyboard, notebook.cell(2).get_by_label("Report")
    expect(field).to_be_hidden()
    notebook.cell(2).get_by_text("Report this check").focus()
    keyboard.press("Enter")
    expect(field).to_be_visible()
    notebook.picture("report of a check")
    keyboard.press("Tab")
    expect(field).to_be_focused()
    keyboard.press("Control+a")
    selected = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert selected == field.input_value() and selected.startswith("`check.softmax`, notebook 04; course ")
    assert f"\n{source}\n" in selected and "softmax: not yet\nThe result is not what was expected." in selected


STATES = [  # a strip, and a card in each state
    "import os, tempfile\nos.environ['MLP_STATE'] = tempfile.mkdtemp()  # nothing is solved yet\n"
    "import numpy as np\nfrom mlp_helpers import check\ncheck.here('04')",
    "check.predict('large scores')",
    "check.softmax(lambda Z: ...)",
    "check.softmax(lambda Z: Z / Z.sum())",
    "check.softmax.hint()\ncheck.softmax.solution()",
    RIGHT.format("axis=-1, keepdims=True") + "\ncheck.softmax(softmax)",
]


def test_cards_are_readable_in_both_themes_and_the_strip_counts_what_is_solved(lab):
    notebook = lab.open(*STATES)
    strip = notebook.cell(0).get_by_role("group", name="Where you are")
    for number in range(5):
        notebook.run(number)
    expect(strip).to_contain_text("0 of 4 exercises solved (at ")
    notebook.cell(1).locator("button.mlp-option").first.click()
    expect(notebook.cell(1)).to_contain_text("guessed (a)")
    notebook.run(5)
    expect(strip).to_contain_text("1 of 4 exercises solved (at ")
    for dark in (False, True):
        notebook.theme(dark)
        notebook.picture(f"cards {'dark' if dark else 'light'}")
        assert serious(notebook.page) == []
    notebook.theme(dark=False)
    names = [name for role, name in told(notebook.page) if role == "group"]
    assert {"Where you are", "softmax: not yet", "softmax: solved", "softmax, hint 1 of 3"} <= set(names)
    spoken = ":is(.mlp-card, .mlp-strip) svg:not([aria-hidden=true])"
    assert notebook.page.locator(spoken).count() == 0  # an icon says nothing that its word does not say
    assert notebook.page.errors == []


def test_strip_cards_and_labs_begin_and_end_alike_and_each_strip_is_one_line(lab):
    strips = "from mlp_helpers import check\nfor number in {}:\n    check.here(number)"
    notebook = lab.open(
        strips.format([path.stem.split("_")[0] for path in LESSONS]),
        "check.predict('large scores')",
        "check.answer('large scores')",
        "from mlp_helpers import labs\nlabs.softmax().show()",
    )
    for number in range(4):
        notebook.run(number)
    expect(notebook.cell(3).locator(".mlp-lab")).to_be_visible()
    boxes = notebook.page.locator(":is(.mlp-strip, .mlp-card, .mlp-lab):visible").evaluate_all(
        "(nodes) => nodes.map((node) => node.getBoundingClientRect()).map((box) => [box.left, box.right, box.height])"
    )
    assert len(boxes) == len(LESSONS) + 3
    assert len({(left, right) for left, right, _ in boxes}) == 1
    assert {height for *_, height in boxes[: len(LESSONS)]} == {min(height for *_, height in boxes)}
    assert boxes[0][2] < 40  # one line


def test_an_option_that_has_the_focus_shows_it(lab):
    notebook = lab.open("from mlp_helpers import check", 'check.predict("large scores")')
    notebook.run(0)
    notebook.run(1)
    notebook.cell(1).locator("button.mlp-option").first.focus()
    notebook.page.keyboard.press("Tab")
    outline = notebook.cell(1).locator("button.mlp-option").nth(1).evaluate("(node) => getComputedStyle(node).outline")
    assert "solid 2px" in outline


def test_a_strip_that_was_saved_says_the_next_day_when_it_was_read(lab):
    notebook = lab.open(STATES[0])
    notebook.run(0)
    notebook.save()
    notebook = lab.open_next_day(notebook)
    expect(notebook.cell(0)).to_contain_text("0 of 4 exercises solved (at ")
    link = notebook.cell(0).get_by_role("link", name="05 Walk downhill")
    expect(link).to_be_visible()


def test_an_endless_loop_is_stopped_and_the_kernel_lives_on(lab):
    notebook = lab.open(
        "from mlp_helpers import check", "def softmax(Z):\n    while True: pass", "check.softmax(softmax)", "print(6 * 7)"
    )
    for number in range(4):
        notebook.run(number)
    expect(notebook.cell(2)).to_contain_text("Does not end")
    expect(notebook.cell(3)).to_contain_text("42")


def test_a_guess_is_recorded_with_the_keyboard_alone_and_explained_behind_the_run(lab):
    notebook = lab.open("from mlp_helpers import check", 'check.predict("large scores")', 'check.answer("large scores")')
    notebook.run(0)
    notebook.run(1)
    notebook.run(2)
    buttons, reply = notebook.cell(1).locator("button.mlp-option"), notebook.cell(1).get_by_role("alert")
    panel = notebook.cell(2).get_by_role("group", name="Answer")
    expect(buttons).to_have_count(3)
    expect(reply).to_have_count(0)
    expect(panel).to_contain_text("It is (c): no numbers at all. No guess recorded.")
    buttons.first.focus()
    for key, said in (("Space", "Your guess (b) is recorded."), ("Enter", "Your guess (c) is recorded.")):
        notebook.page.keyboard.press("Tab")
        notebook.page.keyboard.press(key)
        expect(reply).to_contain_text(said)
    expect(notebook.cell(1)).not_to_contain_text("inf")
    notebook.run(2)
    expect(panel).to_contain_text("It is (c): no numbers at all. That was your guess.")
    expect(panel).to_contain_text("(a) the same probabilities: On paper, yes")
    known = notebook.kernel(
        "import json; from mlp_helpers.check.engine import progress; print(json.dumps(progress.read()['questions']))"
    )
    answers = ["1 for the largest, 0 for the others", "no numbers at all"]
    assert json.loads(known)["large scores"] == {"answers": answers, "right": True, "seen": True}
    notebook.picture("question")
    assert notebook.page.errors == []


def test_a_look_back_question_is_answered_at_once(lab):
    notebook = lab.open("from mlp_helpers import check", 'check.look_back("04")')
    notebook.run(0)
    notebook.run(1)
    buttons, reply = notebook.cell(1).locator("button.mlp-option"), notebook.cell(1).get_by_role("alert")
    for number, said in ((0, "Not so: "), (1, "Right: ")):
        buttons.nth(number).click()
        expect(reply).to_contain_text(said)


def test_the_self_test_counts_and_names_the_sections_that_help(lab):
    notebook = lab.open("from mlp_helpers import check", "check.self_test()")
    notebook.run(0)
    notebook.run(1)
    buttons, line = notebook.cell(1).locator("button.mlp-option"), notebook.cell(1).get_by_role("status")
    expect(buttons).to_have_count(45)
    expect(line).to_have_text("0 of 15 answered, 0 right at the first attempt.")
    for number in range(15):  # always the first option, which is right five times
        buttons.nth(3 * number).click()
    expect(line).to_contain_text("15 of 15 answered, 5 right at the first attempt: go through all of notebook 00b")
    column = notebook.cell(1).locator(".widget-vbox").first
    assert column.evaluate("(node) => node.scrollWidth <= node.clientWidth")  # nothing to scroll sideways
    notebook.picture("self-test")
    assert notebook.page.errors == []
