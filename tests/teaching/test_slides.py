"""Decks against their lessons; what needs a tool of the extra [teach] is run by `python -m teaching test`."""

import base64
import html
import importlib.util
import re

import pytest

from mlp_helpers.check import EXERCISES
from mlp_helpers.check.engine.questions import QUESTIONS
from mlp_helpers.editions.lessons import source_of
from teaching import __main__ as command
from teaching import slides
from teaching.markup import FORMULA
from tests.teaching.classes import changed

LESSONS = {number: slides.Lesson(number) for number in slides.numbers()}
each_deck = pytest.mark.parametrize("number", LESSONS)
drawn = pytest.mark.skipif(
    not importlib.util.find_spec("ziamath"), reason="needs ziamath, not installed here (python -m teaching test)"
)
released = pytest.mark.skipif(
    not importlib.util.find_spec("sphinx_revealjs"), reason="needs sphinx-revealjs, not installed here (python -m teaching test)"
)
NUMBER = re.compile(r"\d+(?:[.,  ]\d+)*")
SHOWN_BEFORE_A_CLICK = {"code", "output", "figure"}


def taken(number):
    """What a deck takes from its lesson: triples of the place of the slide, the kind and the names."""
    found = []
    for place, (shown, _) in enumerate(slides.written(number)):
        for line in slides.LINE.finditer(shown):
            if line[1] != "beside":
                found.append((place, line[1], line[2].split()))
    return found


def named(number, kind):
    return {" ".join(names): place for place, what, names in taken(number) if what == kind}


def words_of(shown):
    return slides.LINE.sub("", shown)


def plain(text):
    return re.sub(r"[\s*`]+", " ", text).casefold()


def position(lesson, kind, names):
    """Where in its lesson stands what a slide takes: the place of a cell."""
    sources = [source_of(cell) for cell in lesson.cells.values()]
    if kind in ("figure", "code", "output"):
        return list(lesson.cells).index(names[0])
    if kind in ("predict", "answer"):
        return sources.index(f'check.{kind}("{" ".join(names)}")')
    if kind == "exercise":
        return next(place for place, source in enumerate(sources) if source.startswith(f"def {names[0]}("))
    return 0 if kind == "title" else len(sources)


@pytest.fixture
def reveal(tmp_path):
    """A folder that looks like the release, without a browser's part in it."""
    for path in slides.PARTS.values():
        (tmp_path / "reveal" / path).parent.mkdir(parents=True, exist_ok=True)
        content = f'"{slides.REVEAL}" "</script>"' if path.endswith(".js") else ""
        (tmp_path / "reveal" / path).write_text(content, encoding="utf-8")
    return tmp_path / "reveal"


# --- the decks, as they are written -----------------------------------------------------------------------------------


def test_there_is_a_deck_for_each_of_the_first_eight_lessons():
    assert slides.numbers() == [f"{number:02}" for number in range(1, 9)]


@each_deck
def test_a_deck_has_the_parts_of_a_talk_and_few_words(number):
    deck = slides.written(number)
    assert 12 <= len(deck) <= 20
    assert all(shown and notes for shown, notes in deck)
    kinds = [kind for _, kind, _ in taken(number)]
    assert kinds[0] == "title" and "remember" in kinds[-2:]
    assert all(len(re.findall(r"[A-Za-z]{2,}", FORMULA.sub("", words_of(shown)))) <= 60 for shown, _ in deck)


@each_deck
def test_what_a_deck_takes_follows_the_lesson(number):
    places = [position(LESSONS[number], kind, names) for _, kind, names in taken(number)]
    assert places == sorted(places)


@each_deck
def test_predictions_and_exercises_of_the_core_path_are_asked(number):
    lesson = LESSONS[number].about
    core = [section for section in lesson.sections if section.name in lesson.core()]
    asked, answered = named(number, "predict"), named(number, "answer")
    assert {name for section in core for name in section.predictions} <= set(asked)
    assert set(asked) == set(answered) and all(asked[name] < answered[name] for name in asked)
    in_class = {name for section in core for name in section.exercises if EXERCISES[name].place == "in class"}
    assert in_class == set(named(number, "exercise"))


@each_deck
def test_nothing_shown_gives_a_prediction_away(number):
    lesson, deck = LESSONS[number], slides.written(number)
    for name, place in named(number, "answer").items():
        shown = [words_of(shown) for shown, _ in deck[: place + 1]]
        codes = [
            slides._lines(source_of(lesson.cells[names[0]]), *(names[1:] or [None]))
            for where, kind, names in taken(number)
            if kind == "code" and where <= place
        ]
        above = plain("\n".join(shown + codes))
        told = [each for each in QUESTIONS[name].gives_away if re.search(rf"(?<![\w.]){re.escape(plain(each))}(?!\w)", above)]
        assert told == [], (number, name)


@each_deck
def test_a_result_is_shown_only_after_its_prediction_was_asked(number):
    lesson, asked = LESSONS[number], named(number, "predict")
    for name, place in asked.items():
        asks = position(lesson, "predict", name.split())
        for where, kind, names in taken(number):
            if kind in SHOWN_BEFORE_A_CLICK and position(lesson, kind, names) > asks:
                assert where > place


@each_deck
def test_numbers_on_slides_are_those_of_the_lesson(number):
    lesson = LESSONS[number]
    text = lesson.path.read_text(encoding="utf-8")
    for cell in lesson.cells.values():
        for output in cell.get("outputs", []):
            text += "".join(output.get("text", "")) + "".join(output.get("data", {}).get("text/plain", ""))
    known = {re.sub(r"\s", "", each) for each in NUMBER.findall(text)}
    known |= {each for group in known for each in group.split(",")}
    for shown, _ in slides.written(number):
        for found in NUMBER.findall(words_of(shown)):
            each = re.sub(r"\s", "", found)
            assert each in known or set(each.split(",")) <= known or float(each) <= 10, (number, found)


@each_deck
def test_code_is_short_enough_to_be_read_from_the_last_row(number):
    lesson = LESSONS[number]
    for _, kind, (name, *lines) in (each for each in taken(number) if each[1] in ("code", "output")):
        cell = lesson.cells[name]
        outputs = "".join("".join(output.get("text", "")) for output in cell["outputs"])
        text = slides._lines(source_of(cell) if kind == "code" else outputs, *(lines or [None]))
        assert text and len(text.splitlines()) <= slides.LINES + (kind == "output")
        assert max(map(len, text.splitlines())) <= slides.COLUMNS, (name, text)


@each_deck
def test_a_figure_is_described_by_its_caption_word_for_word(number):
    lesson = LESSONS[number]
    for names in (names for _, kind, names in taken(number) if kind == "figure"):
        words = re.search(r" alt='([^']+)'", lesson.figure(*names))[1]
        captions = ("".join(output.get("data", {}).get("text/html", "")) for output in lesson.cells[names[0]]["outputs"])
        assert f">Figure: {html.unescape(words)}</p>" in html.unescape("".join(captions))


# --- the decks, as they are built -------------------------------------------------------------------------------------


@drawn
@each_deck
def test_a_deck_asks_for_nothing_from_elsewhere(number, reveal):
    page = slides.deck(number, reveal)
    assert page.count("<section>") == len(slides.written(number)) == page.count("</section>")
    addresses = re.findall(r"""(?:src|href)=["']([^"']+)""", page)
    assert addresses and all(address.startswith("data:image/") for address in addresses)
    assert not re.search(r"@import|url\(", page)
    assert page.count("</script>") == page.count("<script>") == 3  # those of reveal.js do not end one
    assert all(re.findall(r"<img [^>]*alt=['\"]([^'\"]*)", page))


@drawn
@each_deck
def test_figures_are_those_of_the_notebook(number, reveal):
    page, lesson = slides.deck(number, reveal), LESSONS[number]
    for name, *_ in (names for _, kind, names in taken(number) if kind == "figure"):
        pictures = [
            output["data"]["image/png"] for output in lesson.cells[name]["outputs"] if "image/png" in output.get("data", {})
        ]
        assert base64.b64encode(base64.b64decode("".join(pictures[0]))).decode() in page


@drawn
@pytest.mark.parametrize("name", [name for number in LESSONS for name in named(number, "predict")])
def test_a_question_looks_the_same_whichever_option_is_right(name):
    lesson, question = LESSONS[QUESTIONS[name].notebook], QUESTIONS[name]
    asked, told = lesson.predict(*name.split()), lesson.answer(*name.split())
    assert asked.count("<li>") == len(question.options) and "fragment" not in asked
    assert not any(why in asked for why in question.options.values())
    before_a_click = told.replace(re.search(r"<p class='answer fragment'>.*?</p>", told)[0], "")
    assert re.fullmatch(r"<aside class='notes'>.*</aside>", before_a_click)


@drawn
def test_columns_stand_under_the_heading():
    built = slides.section("## Head\n\nleft\n\n{beside}\n\nright", "say", LESSONS["01"])
    expected = "<section><h2>Head</h2><div class='columns'><div><p>left</p></div><div><p>right</p></div></div>"
    assert built.replace("\n", "") == expected + "<aside class='notes'><p>say</p></aside></section>"


@drawn
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{figure 01-06}", "{figure 01-99}", "slide 2: The notebook 01_load_the_images has no cell 01-99."),
        ("{figure 01-06}", "{figure 01-06 2}", "slide 2: The cell 01-06 has 1 figures."),
        ("{output 01-15}", "{output 01-18}", "slide 7: The cell 01-18 prints nothing."),
        ("{figure 01-06}", "{figure 01-06 first}", "slide 2: The cell 01-06 has 1 figures."),
        ("{output 01-15}", "{output 01-15 90-95}", "slide 7: The lines 90-95 should be like 2-5, and from 1 to"),
        ("{output 01-15}", "{output 01-15 2-end}", "slide 7: The lines 2-end should be like 2-5, and from 1 to"),
        ("{figure 01-06}", "{picture 01-06}", "{picture 01-06} should begin with one of title, figure,"),
        ("{predict megabytes}", "{predict megabits}", "asks for no prediction 'megabits'. It asks for brightened pixels,"),
        ("{exercise scale_pixels}", "{exercise scale}", "slide 11: The lesson has no exercise scale."),
        ("$$x / 255$$", r"$$\frac{x}$$", r"The formula \frac{x} cannot be drawn"),
    ],
)
def test_what_a_teacher_changed_and_cannot_be_built_is_said(tmp_path, monkeypatch, capsys, reveal, old, new, told):
    monkeypatch.setattr(slides, "WRITTEN", changed(slides.WRITTEN, "01", old, new, tmp_path / "written"))
    assert command.main(["slides", "01", "--out", str(tmp_path / "out"), "--reveal", str(reveal)]) == 1
    assert told in capsys.readouterr().err and not (tmp_path / "out").exists()


# --- reveal.js --------------------------------------------------------------------------------------------------------


def test_where_reveal_is_missing_the_command_says_how_to_get_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert command.main(["slides", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert f"reveal.js {slides.REVEAL} is not installed here" in said and 'pip install -e ".[teach]"' in said


def test_another_version_of_reveal_is_refused(tmp_path, capsys, reveal):
    script = reveal / slides.PARTS["script"]
    script.write_text('"6.0.2"', encoding="utf-8")
    assert command.main(["slides", "--out", str(tmp_path / "out"), "--reveal", str(reveal)]) == 1
    assert f"holds another version of reveal.js than {slides.REVEAL}" in capsys.readouterr().err
    script.unlink()
    assert command.main(["slides", "--out", str(tmp_path / "out"), "--reveal", str(reveal)]) == 1
    assert "dist/reveal.js is missing" in capsys.readouterr().err


def test_a_lesson_without_slides_is_named(tmp_path, capsys, reveal):
    assert command.main(["slides", "13", "--out", str(tmp_path / "out"), "--reveal", str(reveal)]) == 1
    assert "There are no slides for 13. There are for 01, 02," in capsys.readouterr().err


# --- in a browser -----------------------------------------------------------------------------------------------------

MEASURE = """() => {
  const slide = Reveal.getCurrentSlide(), shown = [...slide.querySelectorAll('*')].filter((each) => !each.closest('.notes'));
  const words = shown.filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const boxes = shown.map((each) => each.getBoundingClientRect());
  return {
    bottom: Math.max(...boxes.map((box) => box.bottom)), right: Math.max(...boxes.map((box) => box.right)),
    letters: Math.min(...words.map((each) => parseFloat(getComputedStyle(each).fontSize))),
    figures: [...slide.querySelectorAll('.figure')].map((each) => each.getBoundingClientRect().height),
    notes: [...slide.querySelectorAll('.notes')].filter((each) => each.offsetParent).length,
    answers: [...slide.querySelectorAll('.answer:not(.visible)')].filter((each) => getComputedStyle(each).opacity > 0).length,
  };
}"""


@pytest.fixture(scope="module")
def page():
    if not importlib.util.find_spec("playwright") or not importlib.util.find_spec("ziamath"):
        pytest.skip("needs playwright and ziamath, not installed here (python -m teaching test)")
    from teaching import pdf

    try:
        with pdf.chromium() as browser:
            yield browser.new_context(viewport={"width": 1280, "height": 720}, offline=True).new_page()
    except pdf.Absent as absent:
        pytest.skip(str(absent))


@pytest.mark.slow
@released
@each_deck
def test_every_slide_can_be_read_from_the_last_row(number, page, tmp_path):
    assert not command.main(["slides", number, "--out", str(tmp_path)])
    page.goto((tmp_path / f"{number}.html").as_uri())
    page.wait_for_function("() => Reveal.isReady()")
    assert page.evaluate("Reveal.getTotalSlides()") == len(slides.written(number))
    for place in range(len(slides.written(number))):
        page.evaluate(f"Reveal.slide({place})")
        seen = page.evaluate(MEASURE)
        assert seen["bottom"] <= 690 and seen["right"] <= 1240, (place + 1, seen)
        assert seen["letters"] >= 24 and all(height > 250 for height in seen["figures"]), (place + 1, seen)
        assert seen["notes"] == seen["answers"] == 0


@pytest.mark.slow
@released
def test_a_deck_can_be_printed_a_page_for_each_slide(page, tmp_path):
    from teaching.pdf import PAGE

    slides.write(["06"], tmp_path)
    page.goto((tmp_path / "06.html").as_uri() + "?print-pdf")
    page.wait_for_function("() => Reveal.isReady() && document.querySelector('.pdf-page')")
    heights = page.evaluate(
        "[...document.querySelectorAll('.pdf-page .figure')].map((each) => each.getBoundingClientRect().height)"
    )
    assert len(heights) == len(named("06", "figure")) and min(heights) > 250
    assert len(PAGE.findall(page.pdf(prefer_css_page_size=True))) == len(slides.written("06"))
