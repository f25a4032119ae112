"""The reading edition as a book of web pages: what it shows of a lesson, and that it needs nothing from elsewhere."""

import html.parser
import importlib.util
import json
import re
import urllib.parse

import pytest

from browser import __main__ as command
from browser import book, site
from mlp_helpers.editions.copies import Copies
from mlp_helpers.editions.lessons import ROOT, all_lessons, cells_of, for_authors, number_of, source_of

LESSONS = {number_of(lesson): lesson for lesson in all_lessons()}
TWO = ["04", "05"]  # the first of them links to the second
needs_sphinx = pytest.mark.skipif(bool(book.missing()), reason="needs Sphinx: pip install -r browser/requirements.txt")


def test_without_sphinx_the_command_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(book, "BUILDERS", ["json", "no_such_builder"])
    assert book.missing() == ["no_such_builder"]
    for arguments in (["book"], ["build", "--book"]):
        with pytest.raises(SystemExit, match=r"no_such_builder is not installed .* pip install -r browser/requirements\.txt"):
            command.main([*arguments, "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


@needs_sphinx
def test_what_is_no_book_is_not_replaced_and_what_is_no_lesson_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(OSError, match="holds something else than a book"):
        book.build(tmp_path)
    with pytest.raises(OSError, match=r"there is no lesson 99\. There are: 00, "):
        book.build(tmp_path / "out", ["99"])
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_the_first_page_of_a_site_leads_to_the_lessons_and_to_a_book_that_is_there(tmp_path):
    begin, keep = (f"lab/index.html?path=work/{name}.ipynb" for name in (all_lessons()[0].stem, "keep_your_work"))
    lessons = [begin, "lab/index.html", keep]
    site.write_first_page(tmp_path)
    assert Page(tmp_path / "index.html").links == lessons
    (tmp_path / site.BOOK).mkdir()
    site.write_first_page(tmp_path)
    page = Page(tmp_path / "index.html")
    assert page.links == [*lessons, f"{site.BOOK}/index.html"] and not page.loads
    assert "jupyter-config-data" in page.places  # without it, JupyterLite shows an empty page


# --- what is shown of a lesson --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book") / "source"
    book.write_source(folder, list(LESSONS.values()))
    return folder


@pytest.fixture(params=LESSONS)
def page(request, source):
    """The cells of a page, the lesson, and the folder in which the page lies."""
    lesson = LESSONS[request.param]
    return json.loads((source / f"lessons/{lesson.stem}.ipynb").read_text())["cells"], lesson, source / "lessons"


def test_a_page_opens_the_lesson_in_the_browser_edition(page):
    cells, lesson, _ = page
    name = Copies().path_of(number_of(lesson)).name
    assert f'<a href="../../lab/index.html?path=work/{name}">Open in the browser edition</a>' in source_of(cells[0])


def test_a_page_has_the_lesson_but_nothing_of_the_authors(page):
    cells, lesson, _ = page
    text = cells_of(lesson.read_text(encoding="utf-8"))
    shown = {cell["id"] for cell in cells}
    assert shown.isdisjoint(cell["id"] for cell in text if for_authors(cell))
    assert {cell["id"] for cell in text if cell["cell_type"] == "markdown" and not for_authors(cell)} <= shown
    assert not re.search(r"check\.(here|environment)\(|Run this cell to|start\.py` in the folder|mlp-strip", json.dumps(cells))


def test_each_figure_of_a_page_is_there_and_described(page):
    cells, _, folder = page
    outputs = [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]
    assert not any("image/png" in data or "application/vnd.jupyter.widget-view+json" in data for data in outputs)
    figures = [data["text/markdown"] for data in outputs if "text/markdown" in data]
    figures = [re.fullmatch(r"!\[(.+)\]\((\S+)\)", figure, re.DOTALL) for figure in figures]
    assert figures
    for figure in figures:
        assert len(figure[1]) > 10 and (folder / figure[2]).is_file()


def test_on_a_page_what_follows_a_prediction_is_folded(page):
    cells, _, _ = page
    asked, answered = set(), 0
    for cell in cells:
        source, tags = source_of(cell), cell["metadata"].get("tags", [])
        asked |= set(re.findall(r'^check\.predict\("(.+?)"', source, re.MULTILINE))
        answers = set(re.findall(r'^check\.answer\("(.+?)"', source, re.MULTILINE))
        asked -= answers
        answered += len(answers)
        if cell.get("outputs") and (answers or (asked and "remove-input" not in tags)):
            assert "hide-output" in tags
        if not answers:
            assert "It is (" not in json.dumps(cell.get("outputs", []))
    assert not asked and answered


@pytest.mark.parametrize(
    "code, quiet",
    {
        'check.predict("a")\ncheck.answer("b")': True,
        "softmax = check.softmax.use(softmax)": True,
        "labs.pad(network, seed=1).show()": True,
        'relu = check.recall("relu")': False,
        "labs.pad()\nprint(1)": False,
        "x = 1": False,
    }.items(),
)
def test_cells_that_only_talk_to_a_learner_show_no_code(code, quiet):
    assert book.talks_to_the_learner(code) == quiet


def test_outputs_of_code_that_has_changed_since_are_left_out(monkeypatch, tmp_path):
    lesson = LESSONS["04"]
    changed = tmp_path / lesson.name
    changed.write_text(lesson.read_text(encoding="utf-8").replace("\nE = np.exp(z)\n", "\nE = np.exp(1 * z)\n"), encoding="utf-8")
    book.write_page(lesson, tmp_path, set())
    before = {cell["id"]: cell for cell in json.loads((tmp_path / f"{lesson.stem}.ipynb").read_text())["cells"]}
    assert book.write_page(changed, tmp_path, set())
    after = {cell["id"]: cell for cell in json.loads((tmp_path / f"{lesson.stem}.ipynb").read_text())["cells"]}
    (other,) = [name for name in before if before[name] != after[name]]
    assert before[other]["outputs"] and not after[other]["outputs"] and "1 * z" in source_of(after[other])


@pytest.mark.skipif(not importlib.util.find_spec("ziamath"), reason="needs ziamath: pip install -r browser/requirements.txt")
@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_each_formula_of_a_lesson_can_be_drawn(lesson):
    from teaching.markup import FORMULA, formula

    for cell in cells_of(lesson.read_text(encoding="utf-8")):
        for code, displayed, inline in FORMULA.findall(source_of(cell) if cell["cell_type"] == "markdown" else ""):
            if not code:
                assert "<img" in formula(displayed or inline, bool(displayed))


# --- two lessons as a book ------------------------------------------------------------------------------------------------


class Page(html.parser.HTMLParser):
    """What a page loads, where it leads, which places it has, and what is read with all folds closed, and only with them open."""

    def __init__(self, path):
        super().__init__()
        self.path, self.loads, self.links, self.places, self.folds = path, [], [], set(), []
        self.text = {False: "", True: ""}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places.add(given.get("id"))
        self.links += [given["href"]] if tag == "a" and "href" in given else []
        self.loads += [given["href"]] if tag == "link" else []
        self.loads += [given["src"]] if "src" in given else []
        assert tag != "img" or given.get("alt"), f"a picture of {self.path.name} is not described"
        if tag == "details":
            self.folds.append("open" in given)

    def handle_endtag(self, tag):
        if tag == "details":
            self.folds.pop()

    def handle_data(self, data):
        self.text[not all(self.folds)] += data


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "book"
    command.main(["book", *TWO, "--out", str(out)])
    return {path: Page(path) for path in sorted(out.resolve().rglob("*.html"))}, out.resolve()


@needs_sphinx
@pytest.mark.slow
def test_every_link_and_picture_of_a_book_exists(made):
    pages, out = made
    assert len([path for path in pages if path.parent.name == "lessons"]) == len(TWO)
    left = set()
    for path, page in pages.items():
        for address in page.links + page.loads:
            parts = urllib.parse.urlsplit(address)
            if parts.scheme:
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if not target.is_relative_to(out):
                left.add((target.relative_to(out.parent).as_posix(), parts.query))
                continue
            assert target.is_file(), f"{address} in {path.name}"
            if parts.fragment and target in pages:
                assert parts.fragment in pages[target].places, f"{address} in {path.name}"
    copies = [Copies().path_of(number).name for number in [*TWO, "00"]]  # the first page of the book opens the first lesson
    assert left == {("lab/index.html", f"path=work/{name}") for name in copies}


@needs_sphinx
@pytest.mark.slow
def test_a_book_loads_nothing_from_another_host(made):
    pages, out = made
    for path, page in pages.items():
        foreign = [address for address in page.loads if not address.startswith("data:") and urllib.parse.urlsplit(address).netloc]
        assert page.loads and not foreign, path.name
    for path in out.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text(encoding="utf-8")), path.name


@needs_sphinx
@pytest.mark.slow
def test_what_can_be_scrolled_is_reached_by_keyboard_and_headings_have_a_level(made):
    pages, _ = made
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert "<pre>" not in text and 'role="heading">' not in text and '<div class="formulas">' not in text
    for kind in ('<pre tabindex="0">', 'role="heading" aria-level="2">', '<div class="formulas" tabindex="0">'):
        assert kind in text


@needs_sphinx
@pytest.mark.slow
def test_a_book_can_be_searched(made):
    _, out = made
    index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)", (out / "searchindex.js").read_text(encoding="utf-8"))[1])
    for number in TWO:
        at = index["docnames"].index(f"lessons/{LESSONS[number].stem}")
        found = {word for word, where in index["terms"].items() if at in (where if isinstance(where, list) else [where])}
        prose = [source_of(cell) for cell in cells_of(LESSONS[number].read_text("utf-8")) if cell["cell_type"] == "markdown"]
        assert len(found & set(re.findall("[a-z]+", " ".join(prose).lower()))) > 100


@needs_sphinx
@pytest.mark.slow
def test_no_answer_of_a_book_is_read_before_its_fold_is_opened(made):
    pages, _ = made
    for number in TWO:
        page = next(page for path, page in pages.items() if path.stem == LESSONS[number].stem)
        ran = json.loads((ROOT / f"notebooks/{LESSONS[number].stem}.ipynb").read_text(encoding="utf-8"))["cells"]
        answers = re.findall(r"<div>It is \(", json.dumps(ran))
        assert answers and page.text[True].count("It is (") == len(answers)
        assert "It is (" not in page.text[False] and "(right)" not in page.text[False]
        assert "Predict, then read on." in page.text[False]
