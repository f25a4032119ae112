"""The questions of the notebooks: where they stand, what each answer gets, and that it is recorded first."""

import pathlib
import re

import ipywidgets
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell

from mlp_helpers import cards, check
from mlp_helpers.check.engine import progress, questions
from mlp_helpers.check.engine.questions import LOOK_BACK, QUESTIONS, Prediction
from mlp_helpers.check.engine.self_test import SELF_TEST, counted

NOTEBOOKS = sorted(pathlib.Path(__file__).resolve().parent.parent.glob("notebooks/*.ipynb"))
LOOKING_BACK = [number for number in (path.stem.split("_")[0] for path in NOTEBOOKS) if number > "01"]  # not 00, 00b, 01
by_name = pytest.mark.parametrize("name", QUESTIONS)
at_once = pytest.mark.parametrize("name", [name for name in QUESTIONS if not isinstance(QUESTIONS[name], Prediction)])
predicted = pytest.mark.parametrize("name", [name for name in QUESTIONS if isinstance(QUESTIONS[name], Prediction)])


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    monkeypatch.setattr(questions, "EXPLAINED", set())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_looks_back_with_its_own_questions(path):
    number = path.stem.split("_")[0]
    code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    looks = re.findall(r'^check\.look_back\("(.+)"\)$', code, re.MULTILINE)
    assert looks == ([number] if number in LOOKING_BACK else [])


@pytest.mark.parametrize("number", LOOKING_BACK)
def test_three_questions_look_two_and_five_notebooks_back(number):
    sources = sorted(int(re.search(r"\d\d", QUESTIONS[name].lead).group()) for name in LOOK_BACK[number])
    far, near = int(number) - 5, int(number) - 2
    if {f"{far:02}", f"{near:02}"} <= {path.name[:2] for path in NOTEBOOKS} and far > 0:
        assert sources == [far, near, near]
    else:  # there is no such lesson: at several notebooks, where there are several
        assert sources[-1] < int(number) and len(sources) == 3 and len(set(sources)) >= min(int(number) - 1, 2)


@by_name
def test_a_question_has_an_answer_to_every_option(name):
    question = QUESTIONS[name]
    assert 2 <= len(question.options) <= 6 and question.right in question.options
    for text in (question.text, *question.options, *question.options.values()):
        assert text and not re.search(r"[$<]", text) and text.count("`") % 2 == 0, text
    assert question.text.endswith(("?", ":", ".", ".)", "about", "…")) or question.text[-1].isalpha()
    assert all(feedback.endswith(".") or feedback.endswith("?") for feedback in question.options.values())
    assert len(set(question.options.values())) == len(question.options)


@at_once
def test_pressing_an_option_records_it_and_gives_its_feedback(name):
    question = QUESTIONS[name]
    head, *buttons, reply = question.widget().children
    assert question.lead in head.value and reply.value == ""
    assert [button.description for button in buttons] == question.lettered()
    for button, (option, feedback) in zip(buttons, question.options.items(), strict=True):
        button.click()
        assert progress.read()["questions"][name]["answers"][-1] == option
        assert cards.in_html(feedback) in reply.value and 'role="alert"' in reply.value
        assert ("Right:" in reply.value) == (option == question.right) == (button.icon == "check")
    first = next(iter(question.options))
    assert progress.read()["questions"][name]["right"] == (first == question.right)


def test_an_explained_prediction_no_longer_says_what_to_run():
    head, button, *_, reply = QUESTIONS["large scores"].widget().children
    button.click()
    assert "Now run the next cells." in reply.value and "guessed" in head.value
    progress.record("questions", "large scores", lambda known: {"seen": True})
    questions.SHOWN["large scores"]()
    assert reply.value == "" and "explained" in head.value


@predicted
def test_pressing_an_option_of_a_prediction_records_the_guess_and_says_nothing_of_the_answer(name):
    question = QUESTIONS[name]
    head, *buttons, reply = question.widget().children
    assert "to do" in head.value and "Predict, then run." in head.value and reply.value == ""
    for button, letter, option in zip(buttons, "abcdef", question.options, strict=False):
        button.click()
        assert progress.read()["questions"][name] | {"answers": None} == {"answers": None, "right": option == question.right}
        assert reply.value == f'<div role="alert" class="mlp-more">Your guess ({letter}) is recorded. {question.then}</div>'
        assert f"guessed ({letter})" in head.value
        assert [each.icon for each in buttons if each is not button] == [""] * (len(buttons) - 1)
        assert button.icon == "arrow-right"


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
    assert "could not be kept" in reply.value
    questions.EXPLAINED.add("large scores")
    button.click()
    assert "could not be kept" in reply.value and "Now run the next cells" not in reply.value


def test_in_a_terminal_a_question_is_printed(capsys):
    check.predict("large scores")
    check.look_back("04")
    text = capsys.readouterr().out
    assert "  (b) 1 for the largest, 0 for the others" in text and text.count("Look back to notebook") == 3


def test_in_a_terminal_every_option_is_explained(capsys):
    question = QUESTIONS["large scores"]
    check.answer("large scores")
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("Answer It is (c): no numbers at all. (a) the same probabilities: ")
    assert all(feedback in text for feedback in question.options.values()) and "guess" not in text


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


# --- the explanation, behind the experiment ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guesses", "said"),
    [
        ([], "It is (c): no numbers at all. No guess recorded."),
        ([0], "It is (c): no numbers at all. You guessed (a)."),
        ([0, 2], "It is (c): no numbers at all. That was your guess."),
        ([2, 1], "It is (c): no numbers at all. You guessed (b)."),
    ],
)
def test_the_explanation_comes_behind_the_run_and_names_the_guess(guesses, said, displayed):
    question = QUESTIONS["large scores"]
    for number in guesses:
        question.answered(number)
    check.answer("large scores")
    (shown,) = displayed
    text = " ".join(shown["text/plain"].split())
    assert text.startswith(f"Answer {said} (a) the same probabilities")
    for feedback in question.options.values():
        assert text.count(feedback) == shown["text/html"].count(cards.in_html(feedback)) == 1


@pytest.mark.parametrize(
    ("guess", "marks"),
    [
        (None, ["", "", " (right)"]),
        (1, ["", " (your guess)", " (right)"]),
        (2, ["", "", " (right, your guess)"]),
    ],
)
def test_the_explanation_marks_what_is_right_and_what_was_guessed_in_words_and_icons(guess, marks, displayed):
    question = QUESTIONS["large scores"]
    if guess is not None:
        question.answered(guess)
    check.answer("large scores")
    text = " ".join(displayed[0]["text/plain"].split())
    told = displayed[0]["text/html"].split('<div class="mlp-told')[1:]
    for lettered, mark, card in zip(question.lettered(), marks, told, strict=True):
        assert f"{lettered}{mark}: " in text and f"{lettered}{mark}: " in re.sub(r"<[^>]*>", "", card)
        assert (cards.icon("solved") in card) == card.startswith(" mlp-solved") == ("right" in mark)
        assert (cards.icon("guessed") in card) == (mark == " (your guess)")


def test_a_prediction_explained_without_a_guess_says_so_where_it_was_asked(displayed):
    question = QUESTIONS["large scores"]
    head, button, *_ = question.widget().children
    check.answer("large scores")
    assert "explained, no guess" in head.value and "to do" not in head.value
    assert "explained, no guess" in question.widget().children[0].value  # and so it is when the cell is run again
    button.click()
    assert "guessed (a)" in head.value


def test_a_notebook_to_be_saved_explains_every_option_and_speaks_of_no_guess(displayed, monkeypatch):
    monkeypatch.setattr(questions, "AS_TEXT", True)
    QUESTIONS["large scores"].answered(0)
    check.answer("large scores")
    (shown,) = displayed
    assert set(shown) == {"text/plain", "text/html"} and "guess" not in shown["text/plain"] + shown["text/html"]
    assert " ".join(shown["text/plain"].split()).startswith("Answer It is (c): no numbers at all. (a) the same")


def test_the_last_guess_before_the_explanation_counts(displayed):
    question = QUESTIONS["large scores"]

    def counted_right():
        return progress.read()["questions"].get("large scores", {}).get("right")

    check.answer("large scores")  # a run without a guess takes no guess away
    assert counted_right() is None
    question.answered(0)
    question.answered(2)
    assert counted_right() is True
    check.answer("large scores")
    question.answered(0)
    assert counted_right() is True
    check.answer("large scores")
    assert "You guessed (a)." in displayed[-1]["text/plain"]


@pytest.mark.parametrize("strange", [{"answers": 3}, {"answers": ["gone", {}]}, {}])
def test_what_is_kept_of_an_older_question_counts_as_no_guess(strange, displayed):
    progress.record("questions", "large scores", **strange, seen=False)
    check.answer("large scores")
    assert "No guess recorded." in displayed[0]["text/plain"]


def test_only_predictions_are_explained_later():
    with pytest.raises(KeyError, match="'why one-hot' is answered at once"):
        check.answer("why one-hot")
    with pytest.raises(KeyError, match="Did you mean 'large scores'"):
        check.answer("larg scores")


def test_the_report_counts_right_guesses_by_notebook(capsys):
    check.report()
    assert "uess" not in capsys.readouterr().out
    for name, right in {"large scores": True, "certain and wrong": False, "three encodings": True, "why one-hot": True}.items():
        question = QUESTIONS[name]
        question.answered(next(n for n, option in enumerate(question.options) if (option == question.right) == right))
    check.report()
    said = " ".join(capsys.readouterr().out.split())
    assert "Guesses that were right: notebook 02 1 of 1, notebook 04 1 of 2." in said
    assert "1 of " in said and " questions answered, 1 of them right at the first attempt." in said


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


def test_the_self_test_has_fifteen_questions_and_each_names_a_section_of_a_warm_up():
    sections = {(warm_up, section) for warm_up in ("00b", "00c") for section in headings(warm_up)}
    assert len(SELF_TEST) == 15 and set(SELF_TEST.values()) == sections
    for number, (name, (warm_up, section)) in enumerate(SELF_TEST.items(), 1):
        question = QUESTIONS[name]
        assert question.notebook == "00" and question.lead == f"Question {number} of 15."
        assert question.answered(0).endswith(f"(Notebook {warm_up}, section {section}.)")


def test_the_self_test_sends_to_a_warm_up_for_mathematics_who_misses_mathematics():
    texts = {
        warm_up: " ".join(QUESTIONS[name].text for name in SELF_TEST if SELF_TEST[name][0] == warm_up)
        for warm_up in ("00b", "00c")
    }
    assert all(word in texts["00c"] for word in ("slope", "derivative", "ln(", "matrix"))
    assert not any(word in texts["00c"] for word in ("array", "np.", "yield"))
    assert not any(word in texts["00b"] for word in ("slope", "derivative", "ln("))


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


NUMPY = [name for name, (warm_up, _) in SELF_TEST.items() if warm_up == "00b"]
MATHEMATICS = [name for name, (warm_up, _) in SELF_TEST.items() if warm_up == "00c"]


@pytest.mark.parametrize(
    ("missed", "expected"),
    [
        ([], "15 right at the first attempt: go on with notebook 01."),
        (
            NUMPY[:1],
            "14 right at the first attempt: go on with notebook 01. If you like, look at section 1 of notebook 00b first.",
        ),
        (NUMPY[:2], "01. If you like, look at section 1 of notebook 00b first."),
        (NUMPY[1:3], "01. If you like, look at sections 1 and 2 of notebook 00b first."),
        (MATHEMATICS[:1], "01. If you like, look at section 1 of notebook 00c first."),
        ([NUMPY[2], MATHEMATICS[4]], "look at section 2 of notebook 00b and section 5 of notebook 00c first."),
        (
            MATHEMATICS[:2],
            "13 right at the first attempt: go on with notebook 01. If you like, look at sections 1 and 2 of notebook 00c first.",
        ),
        (NUMPY[:3], "12 right at the first attempt: go through sections 1 and 2 of notebook 00b first, then go on with 01."),
        (NUMPY[-5:], "10 right at the first attempt: go through all of notebook 00b first, then go on with 01."),
        (MATHEMATICS, "10 right at the first attempt: go through all of notebook 00c first, then go on with 01."),
        (
            [*NUMPY[:3], MATHEMATICS[3]],
            ": go through sections 1 and 2 of notebook 00b and section 4 of notebook 00c first, then go on with 01.",
        ),
        (
            list(SELF_TEST),
            "0 right at the first attempt: go through all of notebook 00b and all of notebook 00c first, then go on with 01.",
        ),
    ],
)
def test_what_the_self_test_says_at_the_end(missed, expected):
    known = {name: {"answers": ["x"], "right": name not in missed} for name in SELF_TEST}
    assert counted(known).endswith(expected) and counted(known).startswith("15 of 15 answered, ")


def test_a_second_answer_does_not_count():
    name = next(iter(SELF_TEST))
    question = QUESTIONS[name]
    wrong = next(number for number, option in enumerate(question.options) if option != question.right)
    question.answered(wrong)
    question.answered(list(question.options).index(question.right))
    assert counted(progress.read()["questions"]) == "1 of 15 answered, 0 right at the first attempt."
