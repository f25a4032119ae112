"""Every lab in a real browser: shown, driven by mouse and by keyboard, read back, in both themes, and after a reload."""

import json
import re
import time

import pytest
from accessibility import buttons, serious, sliders

from mlp_helpers import labs

expect = pytest.importorskip(
    "playwright.sync_api", reason="needs playwright: pip install -r tests/browser/requirements.txt"
).expect

NAMES = sorted(labs.__all__)
every = pytest.mark.parametrize("name", NAMES)
WATCH = """() => {
  const svg = document.querySelector('.jp-OutputArea-output svg[role=img]');
  const frames = window.frames_ = [];
  const look = () => {
    const box = svg.getBoundingClientRect();
    frames.push([svg.isConnected, svg.childElementCount, box.width, box.height, svg.dataset.frame]);
    if (window.frames_ === frames && frames.length < 3000) requestAnimationFrame(look);
  };
  look();
}"""
WATCHED = "() => { const frames = window.frames_; window.frames_ = null; return frames; }"

SENTENCES = """() => {                                         // what stands there, at each frame of the page
  const cell = document.querySelectorAll('.jp-Notebook-cell')[1];
  const svg = cell.querySelector('svg[role=img]'), words = cell.querySelector('.mlp-words');
  const frames = window.frames_ = [];
  const look = () => {
    frames.push([+svg.dataset.frame, words.textContent]);
    if (window.frames_ === frames && frames.length < 3000) requestAnimationFrame(look);
  };
  look();
}"""
SHOWN = """() => {
  const text = (node) => node.textContent, all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const output = all('.jp-OutputArea-output').at(-1);
  return {
    sliders: all('.widget-slider', output).map((slider) =>
      ['.widget-label', '.widget-readout'].map((part) => text(slider.querySelector(part)))),
    toggles: all('.widget-toggle-buttons', output).flatMap((group) => all('button', group).map((button) => [
      `${text(group.querySelector('.widget-label'))}: ${text(button).trim()}`,
      String(button.classList.contains('mod-active')),
    ])),
    unnamed: all('button, input, textarea, [tabindex="0"], [contenteditable=true]', output)
      .filter((each) => each.offsetParent)
      .filter((each) => !(each.getAttribute('aria-label') || each.textContent || each.labels?.length || each.title))
      .map((each) => each.outerHTML),
  };
}"""
LETTERS = """() => [...document.querySelectorAll('.jp-OutputArea-output svg[role=img] text')].filter((text) => text.textContent)
  .map((text) => text.ownerSVGElement.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize))"""


def shown(lab, name, arguments="", own_kernel=False, **size):
    open_notebook = lab.open if own_kernel else lab.open_in_one_kernel
    notebook = open_notebook("from mlp_helpers import labs", f"lab = labs.{name}({arguments})\nlab.show()", **size)
    notebook.run(0)
    notebook.run(1)
    expect(notebook.cell(1).locator(".mlp-words").first).not_to_have_text("", timeout=20_000)
    return notebook


def slider(notebook, label, cell=1):
    row = (
        notebook.cell(cell)
        .locator(".widget-inline-hbox, .widget-inline-vbox")
        .filter(has=notebook.page.get_by_text(label, exact=True))
    )
    return row.locator(".noUi-handle")


def button(notebook, name, cell=1):
    return notebook.cell(cell).get_by_role("button", name=name, exact=True)


@every
def test_a_lab_is_seen_and_used_by_eye_keyboard_mouse_and_screen_reader(lab, name):
    notebook = shown(lab, name)
    page, cell = notebook.page, notebook.cell(1)
    notebook.theme(dark=False)
    notebook.picture(f"lab {name} light")
    output = cell.locator(".jp-OutputArea").first.bounding_box()
    panel = page.locator(".jp-WindowedPanel-outer").first.bounding_box()
    assert output["width"] <= panel["width"] and output["height"] <= panel["height"]  # its sentence is seen with its controls
    assert serious(page) == []
    assert tabbed(page, cell)
    moved(page, cell.locator(".noUi-handle"))
    notebook.theme(dark=True)
    notebook.picture(f"lab {name} dark")
    assert serious(page) == []
    assert page.errors == []
    expect(cell).not_to_contain_text("Error")
    expect(cell).not_to_contain_text("not connected")


@every
def test_a_screen_reader_is_told_what_is_shown(lab, name):
    notebook = shown(lab, name)
    for again in (False, True):
        if again:
            for handle in notebook.cell(1).locator(".noUi-handle").all()[-6:]:
                handle.press("PageDown")
            for group in notebook.cell(1).locator(".widget-toggle-buttons").all():
                group.get_by_role("button").last.click()
        notebook.page.wait_for_timeout(500)
        wanted = notebook.page.evaluate(SHOWN)
        assert sorted(sliders(notebook.page)) == sorted(map(tuple, wanted["sliders"]))
        told = dict(buttons(notebook.page))
        assert {name: told.get(name) for name, _ in wanted["toggles"]} == dict(wanted["toggles"])
        assert wanted["unnamed"] == []
        names = [name for name, _ in wanted["sliders"] + wanted["toggles"]]
        assert len(names) == len(set(names))


@every
def test_the_sentence_never_lags_behind_the_picture(lab, name):
    notebook = shown(lab, name)
    notebook.kernel(
        "said = {lab.chart.spec['frame']: lab.chart.spec['words']}\n"
        "lab.chart.observe(lambda change: said.update({change['new']['frame']: change['new']['words']}), 'spec')"
    )
    notebook.page.evaluate(SENTENCES)
    if name in ("attack", "pad"):
        button(notebook, "Clear").click()
        for stroke in DRAWN[4]:
            draw(notebook.page, notebook.cell(1).locator("canvas").first, *stroke)
        expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text("he network reads a 4 ")
    elif name == "stepper":
        for _ in range(6):
            button(notebook, "Next").click()
    elif name in ("plane", "training"):
        button(notebook, "Start").click()
        notebook.page.wait_for_timeout(1_500)
        button(notebook, "Stop").click()
    elif name == "encodings":
        for digit in range(6):
            notebook.cell(1).get_by_role("button", name=f"first digit: {digit}").click()
    else:
        for _ in range(8):
            notebook.cell(1).locator(".noUi-handle").first.press("ArrowRight")
    notebook.page.wait_for_timeout(600)
    said = json.loads(notebook.kernel("import json; print(json.dumps(said))"))
    seen = notebook.page.evaluate(WATCHED)
    assert len({frame for frame, _ in seen}) > 2
    assert [(frame, words) for frame, words in seen if words != said[str(frame)]] == []


@every
def test_letters_keep_their_size_in_a_narrow_window(lab, name):
    notebook = shown(lab, name, size={"width": 700, "height": 900})
    notebook.picture(f"lab {name} narrow")
    assert min(notebook.page.evaluate(LETTERS)) >= 11.9
    picture, output = (notebook.cell(1).locator(part).last.bounding_box() for part in ("svg[role=img]", ".jp-OutputArea-output"))
    assert picture["x"] + picture["width"] <= output["x"] + output["width"]


def tabbed(page, cell):
    """Whether the tab key reaches every control."""
    inside = cell.locator(
        ".jp-OutputArea-output :is(button, input, select, textarea, .noUi-handle, [tabindex='0']):visible:not([disabled])"
    )
    inside.first.focus()
    seen = 1
    for _ in range(inside.count() + 5):
        page.keyboard.press("Tab")
        seen += page.evaluate("() => !!document.activeElement.closest('.jp-OutputArea-output')")
    return seen >= inside.count() > 0


def moved(page, handles):
    """Move the first sliders by key and by mouse."""
    for i in range(min(handles.count(), 4)):
        handle = handles.nth(i)
        places = [place(handle)]
        handle.focus()
        for key in ("PageUp", "PageDown", "PageDown"):  # one of them moves it, wherever it stands
            page.keyboard.press(key)
            places.append(place(handle))
        assert len(set(places)) > 1
        box = handle.bounding_box()
        across, down = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        before, found = place(handle), set()
        for way in (-25, 25):
            page.mouse.move(across, down)
            page.mouse.down()
            page.mouse.move(across + way, down - way, steps=4)
            found.add(place(handle))
            page.mouse.up()
        assert found != {before}


def place(handle):
    return handle.locator("xpath=..").get_attribute("style")


def test_the_picture_never_flickers_while_a_slider_moves(lab):
    notebook = shown(lab, "softmax")
    notebook.page.evaluate(WATCH)
    handle = notebook.cell(1).locator(".noUi-handle").nth(3)
    handle.focus()
    for _ in range(20):
        notebook.page.keyboard.press("ArrowDown")
        time.sleep(0.03)
    notebook.page.wait_for_timeout(300)
    frames = notebook.page.evaluate(WATCHED)
    assert len({frame[4] for frame in frames}) > 5  # it was drawn anew
    assert {tuple(frame[:1] + frame[2:4]) for frame in frames} == {tuple(frames[0][:1] + frames[0][2:4])}
    assert min(frame[1] for frame in frames) > 0


def test_the_stepper_begins_with_next_and_steps_by_arrow_keys(lab):
    notebook = shown(lab, "stepper")
    first = notebook.cell(1).locator(".jp-OutputArea-output :is(button, .noUi-handle, [tabindex='0']):visible").first
    expect(first).to_have_text("Next")
    first.focus()
    for key, step in (("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2)):
        notebook.page.keyboard.press(key)
        expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text(f"Step {step} of 23")
    handle = notebook.cell(1).locator(".noUi-handle").first
    handle.press("ArrowRight")  # moves the number
    expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text("Step 2 of 23")


def test_at_each_step_of_dropout_other_units_are_dark(lab):
    notebook = shown(lab, "dropout")
    seen = []
    for step in (12, 13, 14):
        expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text(f"Step {step}: ")
        dark = notebook.cell(1).locator("svg[role=img] text").filter(has_text="×").all()
        seen.append([cross.get_attribute("y") for cross in dark])
        expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text(f"{len(dark) - 1} of the 24 hidden units are dark")
        slider(notebook, "step").press("ArrowRight")
    assert seen[0] != seen[1] != seen[2]


def test_what_clears_the_pad_is_seen_with_it(lab):
    notebook = shown(lab, "pad")
    panel = notebook.page.locator(".jp-WindowedPanel-outer").first.bounding_box()
    for name in ("Undo", "Clear"):
        box = button(notebook, name).bounding_box()
        assert box["y"] + box["height"] < panel["y"] + panel["height"]


@pytest.mark.parametrize("name", ["downhill", "training"])
def test_sliders_are_wide_enough_for_a_mouse(lab, name):
    notebook = shown(lab, name)
    assert min(track.bounding_box()["width"] for track in notebook.cell(1).locator(".noUi-target").all()) > 120
    assert slider(notebook, "learning rate").locator("xpath=../..").bounding_box()["width"] > 250


# --- the training lab ------------------------------------------------------------------------------------------------

QUICK = "images=5_000, epochs=50"


def status(notebook, cell=1):
    return notebook.cell(cell).locator(".mlp-notice")


def steps(notebook, name="lab"):
    return int(notebook.kernel(f"print({name}.live.state.step)"))


def test_start_stop_go_on_reset(lab):
    notebook = shown(lab, "training", QUICK)
    notebook.page.evaluate(WATCH)
    button(notebook, "Start").click()
    expect(status(notebook)).to_contain_text("Training.")
    expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text("After", timeout=20_000)
    notebook.picture("training")
    button(notebook, "Stop").click()
    expect(status(notebook)).to_contain_text("Stopped.")
    stopped = steps(notebook)
    notebook.page.wait_for_timeout(300)
    assert stopped == steps(notebook) > 0
    button(notebook, "Start").press("Enter")
    notebook.page.wait_for_timeout(500)
    button(notebook, "Stop").press("Space")
    expect(status(notebook)).to_contain_text("Stopped.")
    assert steps(notebook) > stopped
    button(notebook, "Reset").press("Space")
    expect(status(notebook)).to_contain_text("Ready.")
    assert steps(notebook) == 0
    expect(notebook.cell(1).get_by_role("table")).to_be_visible()
    frames = notebook.page.evaluate(WATCHED)
    assert {tuple(frame[:1] + frame[2:4]) for frame in frames} == {tuple(frames[0][:1] + frames[0][2:4])}


def test_the_learning_rate_moves_while_it_trains(lab):
    notebook = shown(lab, "training", QUICK)
    button(notebook, "Start").click()
    expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text("After", timeout=20_000)
    slider(notebook, "learning rate").focus()
    for _ in range(5):
        notebook.page.keyboard.press("ArrowLeft")
    notebook.page.wait_for_timeout(500)
    button(notebook, "Stop").click()
    expect(status(notebook)).to_contain_text("Stopped.")
    rates = notebook.kernel("print([round(rate, 4) for rate in lab.live.state.rates])")
    assert rates.startswith("[0.1,") and not rates.endswith(" 0.1]")


def test_a_divergence_is_a_sentence_in_the_lab(lab):
    notebook = shown(lab, "training", f"{QUICK}, rate=10, layers=5")
    button(notebook, "Start").click()
    expect(status(notebook)).to_contain_text("diverged")
    expect(notebook.cell(1)).not_to_contain_text("Traceback")


def test_two_labs_train_at_once(lab):
    notebook = lab.open_in_one_kernel(
        f"from mlp_helpers import labs\na = labs.training({QUICK})\na.show()", f"b = labs.training({QUICK}, hidden=10)\nb.show()"
    )
    notebook.run(0)
    notebook.run(1)
    button(notebook, "Start", 0).click()
    button(notebook, "Start", 1).click()
    for number in (0, 1):
        expect(notebook.cell(number).locator(".mlp-words").first).to_contain_text("After", timeout=20_000)
    first, second = steps(notebook, "a"), steps(notebook, "b")
    assert first > 0 and second > 0
    button(notebook, "Stop", 0).click()
    expect(status(notebook, 0)).to_contain_text("Stopped.")
    expect(status(notebook, 1)).to_contain_text("Training.")
    button(notebook, "Stop", 1).click()
    expect(status(notebook, 1)).to_contain_text("Stopped.")


def test_running_the_cell_again_stops_the_old_lab(lab):
    notebook = shown(lab, "training", QUICK)
    notebook.kernel("old = lab")
    button(notebook, "Start").click()
    expect(status(notebook)).to_contain_text("Training.")
    notebook.run(1)
    expect(status(notebook)).to_contain_text("Ready.")
    notebook.page.wait_for_timeout(300)
    assert notebook.kernel("print(old.live.status)") == "stopped"


def test_an_interrupt_and_a_restart_leave_no_dead_button_without_a_word(lab):
    notebook = shown(lab, "training", QUICK, own_kernel=True)
    button(notebook, "Start").click()
    expect(status(notebook)).to_contain_text("Training.")
    notebook.command("notebook:interrupt-kernel")
    notebook.page.wait_for_timeout(500)
    button(notebook, "Stop").click()
    expect(status(notebook)).to_contain_text(re.compile("Stopped|interrupted|Interrupted"))
    kernel = "window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
    notebook.page.evaluate(f"() => {kernel}.restart()")
    notebook.idle()
    notebook.page.wait_for_timeout(2_000)
    notebook.cell(1).locator(".mlp-start").click()
    expect(notebook.cell(1).get_by_text("not connected")).to_be_visible(timeout=10_000)
    notebook.picture("restarted")


def test_after_a_reload_the_lab_lives_on_or_says_so(lab):
    notebook = shown(lab, "training", QUICK, own_kernel=True)
    notebook.command("docmanager:save")
    button(notebook, "Start").click()
    expect(status(notebook)).to_contain_text("Training.")
    notebook.page.reload()
    notebook.page.wait_for_selector(".jp-Notebook .jp-Cell")
    notebook.idle()
    cell = notebook.cell(1)
    expect(cell.locator(".mlp-stop")).to_be_visible(timeout=20_000)
    button(notebook, "Stop").click()
    expect(cell).to_contain_text(re.compile("Stopped|Finished|not connected"), timeout=10_000)
    status_now = notebook.kernel("print(lab.live.status)")
    assert status_now in ("stopped", "finished")


def test_the_table_of_runs_can_be_taken_as_text(lab):
    notebook = shown(lab, "training", "images=100, epochs=1, hidden=10")
    button(notebook, "Start").click()
    expect(status(notebook)).to_contain_text("Finished.", timeout=20_000)
    button(notebook, "Reset").click()
    expect(notebook.cell(1).get_by_role("table")).to_be_visible()
    button(notebook, "Table as text").click()
    expect(notebook.cell(1).locator("textarea")).to_have_value(re.compile(r"^run\tvalidation %\ttrain %.*\n.+\t.+$"))


# --- the digit pad ---------------------------------------------------------------------------------------------------


def draw(page, canvas, *stroke):
    """Draw one stroke with the mouse; places are shares of the canvas."""
    box = canvas.bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)
    page.mouse.up()


DRAWN = {
    1: [[(0.5, 0.2), (0.5, 0.8)]],
    7: [[(0.3, 0.25), (0.7, 0.25), (0.45, 0.8)]],
    0: [[(0.5, 0.2), (0.35, 0.35), (0.33, 0.6), (0.45, 0.8), (0.6, 0.75), (0.67, 0.5), (0.62, 0.3), (0.5, 0.2)]],
    4: [[(0.35, 0.2), (0.33, 0.5), (0.68, 0.5)], [(0.62, 0.2), (0.62, 0.85)]],
}


@pytest.mark.parametrize("digit", DRAWN)
def test_a_digit_drawn_with_the_mouse_is_read(lab, digit):
    notebook = shown(lab, "pad")
    canvas = notebook.cell(1).locator("canvas").first
    for stroke in DRAWN[digit]:
        draw(notebook.page, canvas, *stroke)
    expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text(f"reads a {digit} ", timeout=10_000)
    notebook.picture(f"pad {digit}")
    button(notebook, "Clear").click()
    expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text("empty", timeout=10_000)


def test_a_digit_is_set_with_the_keyboard_alone(lab):
    notebook = shown(lab, "pad")
    notebook.cell(1).get_by_role("application").focus()
    for _ in range(16):
        notebook.page.keyboard.press("Shift+ArrowDown")
    expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text("The network reads", timeout=10_000)
    notebook.picture("pad keyboard")


def test_a_validation_image_is_read_as_the_network_reads_it_directly(lab):
    notebook = shown(lab, "pad")
    button(notebook, "next").click()
    expect(notebook.cell(1).locator(".mlp-words").first).to_contain_text("The network reads", timeout=10_000)
