"""Cards: the same style everywhere, an icon beside each word, and nothing lost where styles and icons are left out."""

import html
import re

import pytest

from mlp_helpers import cards, check, labs
from mlp_helpers.check.engine import panel, questions
from mlp_helpers.check.engine.examine import untouched
from mlp_helpers.check.engine.feedback import feedback
from mlp_helpers.check.engine.panel import Panel
from mlp_helpers.check.engine.questions import QUESTIONS


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))


def read(page):
    """What is left to read where neither style nor icons are shown."""
    page = re.sub(r"<(style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"</?(?:span|b|code)\b[^>]*>", "", page).replace("<", " <")).split())


def plain(page):
    return " ".join(re.sub(r"<[^>]*>", " ", read(page)).split())


@pytest.mark.parametrize("state", panel.STATES)
def test_a_panel_is_one_card_with_a_word_for_its_state_and_icons_that_nobody_is_told_of(state):
    page = Panel("softmax", state, "What was found.", ["A question?"], footer="What to do.").html()
    assert page.startswith(cards.STYLE) and page.count('class="mlp-card') == 1
    word = panel.STATES[state][0]
    assert plain(page) == " ".join([f"softmax: {word}" if word else "softmax", "What was found. A question? What to do."])
    pictures = re.findall(r"<svg[^>]*>", page)
    assert len(pictures) == (2 if word else 1) and all('aria-hidden="true"' in each for each in pictures)


def test_the_states_of_an_exercise_differ_in_word_icon_and_colour():
    heads = {state: cards.heading("exercise", "softmax", state) for state in ("to do", "not yet", "solved")}
    assert len({re.findall(r"<svg.*?</svg>", head)[1] for head in heads.values()}) == 3
    assert len({cards.colour(state) for state in heads}) == 3
    for state in heads:
        assert "{ --mlp: #" in cards.STYLE and (state == "to do" or f".{cards.colour(state)} {{ --mlp: #" in cards.STYLE)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("paper", ["#ffffff", "#111111", "#212121"], ids=["light", "dark", "dark, inside a cell"])
def test_the_colours_of_lines_and_icons_are_seen_on_both_themes(paper):
    colours = re.findall(r"--mlp: (#\w{6})", cards.STYLE)
    assert len(colours) == 3
    for colour in colours:
        dark, light = sorted([luminance(colour), luminance(paper)])
        assert (light + 0.05) / (dark + 0.05) >= 3  # what WCAG asks of what is not text


def test_a_prediction_goes_from_to_do_to_guessed_to_explained(monkeypatch, capsys):
    question = QUESTIONS["large scores"]
    head, *buttons, _ = question.widget().children
    assert plain(head.value) == f"Predict, then run. to do {question.text}"
    buttons[0].click()
    buttons[1].click()
    assert plain(head.value) == f"Predict, then run. guessed (b) {question.text}"
    assert ["mlp-chosen" in button._dom_classes for button in buttons] == [False, True, False]
    monkeypatch.setattr("IPython.get_ipython", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda data, raw: None)
    check.answer("large scores")
    assert plain(head.value) == f"Predict, then run. explained {question.text}"
    assert "explained" in question.widget().children[0].value  # and so it is when the cell is run again


def test_a_question_that_is_answered_at_once_is_not_yet_or_solved_and_has_the_colour_of_it():
    question = QUESTIONS["why one-hot"]
    column = question.widget()
    head, *buttons, _ = column.children
    right = list(question.options).index(question.right)
    for number, state, other in ((right - 1, "not-yet", "solved"), (right, "solved", "not-yet")):
        buttons[number].click()
        assert '</span><b class="mlp-state">' in head.value and state.replace("-", " ") in plain(head.value)
        assert f"mlp-{state}" in column._dom_classes and f"mlp-{other}" not in column._dom_classes


def test_code_in_questions_and_footers_is_set_as_code():
    footer = feedback("softmax", untouched()).footer
    assert "<code>check.softmax.hint()</code>" in Panel("softmax", "not yet", footer=footer).html()
    for question in QUESTIONS.values():
        assert "`" not in question.in_html() + question.widget().children[0].value
        assert not any("`" in option for option in question.options)  # a button shows plain text
        for text in (question.text, *question.options.values()):
            assert not re.search(r"\w\.\w+\(|\w\[|\w [-+*/]= |axis=", re.sub("`.*?`", "", text)), text


def test_the_code_of_a_learner_keeps_its_backquotes():
    assert "# the `x`" in Panel("softmax", "not yet", code="# the `x`").html()


def test_what_stands_before_a_long_sentence_is_not_broken():
    heads = re.findall("<th [^>]*>", Panel("progress", "note", values=[("notebook 08", "3 of 5", "solved, " * 40)]).html())
    assert len(heads) == 1 and "white-space:nowrap" in heads[0]


@pytest.mark.parametrize("name", ["large scores", "why one-hot"])
def test_a_question_without_buttons_reads_well_and_has_no_state(name):
    question = QUESTIONS[name]
    assert plain(question.in_html()) == " ".join([question.lead, question.text, *question.lettered()])


def test_a_lab_lies_on_a_card_whose_style_comes_with_it(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    lab = labs.softmax()
    lab.show()
    assert "mlp-lab" in lab.view._dom_classes and cards.STYLE in shown[0]["text/html"]


def test_widgets_carry_no_style_of_their_own():
    """A notebook saves each widget's state; the style comes once with the output before."""
    for question in questions.QUESTIONS.values():
        assert "<style" not in question.widget().children[0].value
