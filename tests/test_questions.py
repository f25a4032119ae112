"""The questions of the notebooks: where they stand, what each answer gets, and that it is recorded first."""

import pathlib
import re

import ipywidgets
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from mlp_helpers import check
from mlp_helpers.check.engine import progress, questions
from mlp_helpers.check.engine.questions import LOOK_BACK, QUESTIONS
from mlp_helpers.check.engine.self_test import SELF_TEST, counted

NOTEBOOKS = sorted(pathlib.Path(__file__).resolve().parent.parent.glob("notebooks/*.ipynb"))
LOOKING_BACK = [number for number in (path.stem.split("_")[0] for path in NOTEBOOKS) if number > "01"]  # not 00, 00b, 01
by_name = pytest.mark.parametrize("name", QUESTIONS)


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))


def asked(path):
    """The names of the questions that a notebook asks, and the notebook whose look-back questions it asks."""
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    return (re.findall(rf'^check\.{kind}\("(.+)"\)$', code, re.MULTILINE) for kind in ("predict", "look_back"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_asks_its_own_questions(path):
    number = path.stem.split("_")[0]
    predictions, looks = asked(path)
    others = {*LOOK_BACK.get(number, ()), *SELF_TEST}
    own = [name for name, question in QUESTIONS.items() if question.notebook == number and name not in others]
    assert sorted(predictions) == sorted(own) and len(own) >= 2
    assert looks == ([number] if number in LOOKING_BACK else [])


@pytest.mark.parametrize("number", LOOKING_BACK)
def test_three_questions_look_two_and_five_notebooks_back(number):
    sources = [re.search(r"\d\d", QUESTIONS[name].lead).group() for name in LOOK_BACK[number]]
    two, five = (f"{max(int(number) - back, 1):02}" for back in (2, 5))
    assert sorted(sources) == sorted([two, two, five])


@by_name
def test_a_question_has_an_answer_to_every_option(name):
    question = QUESTIONS[name]
    assert 2 <= len(question.options) <= 6 and question.right in question.options
    for text in (question.text, *question.options, *question.options.values()):
        assert text and not re.search(r"[$`<]", text), text
    assert question.text.endswith(("?", ":", ".", ".)", "about", "…")) or question.text[-1].isalpha()
    assert all(feedback.endswith(".") or feedback.endswith("?") for feedback in question.options.values())
    assert len(set(question.options.values())) == len(question.options)


@by_name
def test_pressing_an_option_records_it_and_gives_its_feedback(name):
    question = QUESTIONS[name]
    head, *buttons, reply = question.widget().children
    assert question.lead in head.value and reply.value == ""
    assert [button.description for button in buttons] == question.lettered()
    for button, (option, feedback) in zip(buttons, question.options.items(), strict=True):
        button.click()
        assert progress.read()["questions"][name]["answers"][-1] == option
        said = reply.value.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&").replace("&gt;", ">")
        assert feedback in said and 'role="alert"' in said
        assert ("Right:" in said) == (option == question.right) == (button.icon == "check")
    first = next(iter(question.options))
    assert progress.read()["questions"][name]["right"] == (first == question.right)


def test_the_answer_is_recorded_before_the_feedback_shows(monkeypatch):
    shown_when_recorded = []
    question = QUESTIONS["large scores"]
    _, button, *_, reply = question.widget().children
    before = progress.record

    def record(*given, **news):
        shown_when_recorded.append(reply.value)
        before(*given, **news)

    monkeypatch.setattr(progress, "record", record)
    button.click()
    assert shown_when_recorded == [""] and reply.value


def test_an_answer_that_cannot_be_recorded_still_gets_its_feedback(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MLP_STATE", str(tmp_path / "file"))
    _, button, *_, reply = QUESTIONS["large scores"].widget().children
    button.click()
    assert reply.value


def test_in_a_terminal_a_question_is_printed(capsys):
    check.predict("large scores")
    check.look_back("04")
    text = capsys.readouterr().out
    assert "  (b) 1 for the largest, 0 for the others" in text and text.count("Look back to notebook") == 3


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed in a notebook."""
    bundles = []
    monkeypatch.setattr("IPython.get_ipython", lambda: InteractiveShell)
    monkeypatch.setattr("IPython.display.display", lambda data, raw: bundles.append(data))
    return bundles


def test_a_notebook_shows_buttons_with_the_same_in_text(displayed):
    check.predict("large scores")
    data, widget = displayed
    assert "application/vnd.jupyter.widget-view+json" in widget and widget["text/plain"] == ""
    assert data["text/plain"] == QUESTIONS["large scores"].in_text() + "\n\nRun this cell to answer."
    assert "(c) no numbers at all" in data["text/html"]


def test_a_notebook_to_be_saved_shows_no_dead_buttons(displayed, monkeypatch):
    monkeypatch.setattr(questions, "AS_TEXT", True)
    check.predict("large scores")
    assert set(displayed[0]) == {"text/plain", "text/html"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_saved_notebooks_have_no_dead_buttons(path):
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if re.search(r"^check\.(predict|look_back|self_test)\(", cell.source, re.MULTILINE):
            assert [sorted(output.get("data", {})) for output in cell.get("outputs", [])] in ([], [["text/html", "text/plain"]])


def test_an_unknown_question_suggests_the_one_meant():
    with pytest.raises(KeyError, match="Did you mean 'large scores'"):
        check.predict("larg scores")


def test_a_question_whose_right_answer_is_no_option_is_refused():
    with pytest.raises(ValueError, match="not among the options"):
        questions.Question("none", "04", "Which?", {"this": "No."}, "that")


def test_the_buttons_are_native_ones():
    assert all(isinstance(button, ipywidgets.Button) for button in QUESTIONS["large scores"].widget().children[1:-1])


# --- the self-test -----------------------------------------------------------------------------------------------------


def headings(number):
    (path,) = (path for path in NOTEBOOKS if path.stem.startswith(f"{number}_"))
    prose = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    return [int(found) for found in re.findall(r"^## (\d+) · ", prose, re.MULTILINE)]


def test_the_self_test_has_fifteen_questions_and_each_names_a_section_of_the_warm_up():
    assert len(SELF_TEST) == 15 and set(SELF_TEST.values()) == set(headings("00b"))
    for number, (name, section) in enumerate(SELF_TEST.items(), 1):
        question = QUESTIONS[name]
        assert question.notebook == "00" and question.lead == f"Question {number} of 15."
        assert question.answered(0).endswith(f"(Notebook 00b, section {section}.)")


def test_the_right_answers_of_the_self_test_do_not_stand_in_one_place():
    places = [list(QUESTIONS[name].options).index(QUESTIONS[name].right) for name in SELF_TEST]
    assert all(3 <= places.count(place) <= 7 for place in range(3))


def test_the_self_test_counts_and_says_at_the_end_whether_the_warm_up_is_needed(displayed, monkeypatch):
    import ipywidgets as widgets

    columns = []
    monkeypatch.setattr(widgets.VBox, "_repr_mimebundle_", lambda self: columns.append(self) or {"text/plain": ""})
    check.self_test()
    *asked, line = columns[0].children
    assert len(asked) == 15 and "0 of 15 answered, 0 right at the first attempt." in line.value and 'role="status"' in line.value
    for n, (name, column) in enumerate(zip(SELF_TEST, asked, strict=True), 1):
        _, *buttons, _ = column.children
        buttons[list(QUESTIONS[name].options).index(QUESTIONS[name].right)].click()
        assert f"{n} of 15 answered, {n} right at the first attempt" in line.value
    assert "go on with notebook 01." in line.value
    assert list(displayed[0]["text/html"].split("Question ")[1:])[-1].startswith("15 of 15.")


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        (15, "15 right at the first attempt: go on with notebook 01."),
        (14, "14 right at the first attempt: go on with notebook 01. If you like, look at section 1 of 00b before."),
        (13, "go on with notebook 01. If you like, look at section 1 of 00b before."),
        (12, "12 right at the first attempt: read sections 1, 2 of notebook 00b first, then go on with 01."),
        (10, "10 right at the first attempt: read sections 1, 2, 3 of notebook 00b first, then go on with 01."),
        (9, "9 right at the first attempt: notebook 00b is for you, from its beginning; above all sections 1, 2, 3, 4."),
        (0, "notebook 00b is for you, from its beginning; above all sections 1, 2, 3, 4, 5, 6, 7, 8, 9, 10."),
    ],
)
def test_what_the_self_test_says_at_the_end(right, expected):
    known = {name: {"answers": ["x"], "right": number >= 15 - right} for number, name in enumerate(SELF_TEST)}
    assert counted(known).endswith(expected) and counted(known).startswith("15 of 15 answered, ")


def test_a_second_answer_does_not_count():
    name = next(iter(SELF_TEST))
    question = QUESTIONS[name]
    wrong = next(number for number, option in enumerate(question.options) if option != question.right)
    question.answered(wrong)
    question.answered(list(question.options).index(question.right))
    assert counted(progress.read()["questions"]) == "1 of 15 answered, 0 right at the first attempt."
