"""Markdown with formulas as HTML and as PDF; what needs a tool of the extra [teach] is run by `python -m teaching test`."""

import importlib.util
import re
import sys

import pytest

from teaching import __main__ as command
from teaching import markup, sheets
from teaching.bank import QUESTIONS, export

HERE = {name: importlib.util.find_spec(name) for name in ("ziamath", "playwright")}
drawn = pytest.mark.skipif(not HERE["ziamath"], reason="needs ziamath, not installed here (python -m teaching test)")
A_PAGE = "# One\n\n$$L = -\\ln p$$\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |\n"


@pytest.fixture(scope="module")
def pdf():
    if not all(HERE.values()):
        pytest.skip("needs playwright and ziamath, not installed here (python -m teaching test)")
    from teaching import pdf

    try:
        with pdf.chromium():
            pass
    except pdf.Absent as absent:
        pytest.skip(str(absent))
    return pdf


# --- Markdown as HTML -------------------------------------------------------------------------------------------------


def test_code_keeps_its_dollars_and_words_their_numbers():
    page = markup.as_html("`$a$` of 101 770 in 1 784 of 3 4567\n\n```text\nx = $1 000$ < 2\n```\n")
    assert "<code>$a$</code> of 101\N{NO-BREAK SPACE}770 in 1\N{NO-BREAK SPACE}784 of 3 4567" in page
    assert "<pre><code>x = $1 000$ &lt; 2</code></pre>" in page


def test_a_table_is_a_table():
    page = markup.as_html("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert page.count("<td") == 2 == page.count("</th>")


@drawn
def test_a_formula_is_a_picture_that_says_itself():
    page = markup.as_html(r"It is $-\ln \frac{1}{p}$ here." + "\n\n$$P < 1$$\n")
    inline, displayed = re.findall(r"<img [^>]+>", page)
    assert r'alt="-\ln \frac{1}{p}"' in inline and 'class="formula"' in inline
    assert 'alt="P &lt; 1"' in displayed and 'class="formula displayed"' in displayed
    assert re.search(r"vertical-align: -0\.\d+em", inline)  # a fraction reaches below the line
    assert not re.search(r"""(src|href)=["'](?!data:image/svg)""", page)


@drawn
def test_a_minus_before_a_term_is_no_difference():
    width = {text: float(re.search(r"width: ([\d.]+)em", markup.formula(text))[1]) for text in ("= -p", "= p", "x - p", "x p")}
    assert width["= -p"] - width["= p"] < width["x - p"] - width["x p"]


@drawn
def test_every_formula_of_the_kit_can_be_drawn():
    pages = [*map(sheets.sheet, sheets.with_sheet()), sheets.routes(), export.markdown(QUESTIONS, solved=True)]
    for page in pages:
        assert "FORMULA" not in markup.as_html(page) and "$" not in re.sub(
            "<code>.*?</code>", "", markup.as_html(page), flags=re.S
        )


@drawn
def test_a_formula_that_cannot_be_drawn_is_named():
    with pytest.raises(ValueError, match=re.escape(r"The formula \frac{x} cannot be drawn")):
        markup.as_html(r"Here: $\frac{x}$")


# --- PDF --------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_text_begins_on_a_page_of_its_own(pdf, tmp_path):
    path = tmp_path / "new" / "paper.pdf"
    with pdf.chromium() as browser:
        assert pdf.write(browser, path, [A_PAGE, A_PAGE, "word\n\n" * 100], "A paper") == 2 + 3
    assert path.read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_letters_become_smaller_until_it_fits_or_it_is_said(pdf, tmp_path):
    path = tmp_path / "paper.pdf"
    text = "word\n\n" * 55
    with pdf.chromium() as browser:
        assert pdf.write(browser, path, [text], "A paper") == 2
        assert pdf.write(browser, path, [text], "A paper", at_most=1) == 1
        before = path.read_bytes()
        with pytest.raises(ValueError, match=r"A paper has \d pages in the smallest letters, but may have 1"):
            pdf.write(browser, path, [text * 3], "A paper", at_most=1)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_the_command_prints_each_sheet_on_two_sides_at_most(pdf, tmp_path, capsys):
    assert not command.main(["sheets", "--out", str(tmp_path)])
    with pdf.chromium() as browser:
        routes = pdf.write(browser, tmp_path / "routes.pdf", [sheets.routes()], "Routes")
    count = int(re.search(r"sheets\.pdf has (\d+) pages", capsys.readouterr().out)[1])
    assert len(sheets.with_sheet()) + routes < count <= 2 * len(sheets.with_sheet()) + routes


@pytest.mark.slow
def test_the_command_prints_questions_without_and_with_solutions_in_one_browser(pdf, tmp_path, monkeypatch, capsys):
    started, chromium = [], pdf.chromium
    monkeypatch.setattr(pdf, "chromium", lambda: started.append("a browser") or chromium())
    assert not command.main(["bank", "04", "--out", str(tmp_path)])
    assert (tmp_path / "questions.pdf").stat().st_size < (tmp_path / "solutions.pdf").stat().st_size
    assert len(re.findall(r"\.pdf has \d+ pages?\.", capsys.readouterr().out)) == 2 and len(started) == 1


@pytest.mark.slow
def test_the_command_prints_each_paper_with_its_figures_and_the_sheets_for_desks_on_one_page(pdf, tmp_path, capsys):
    assert not command.main(["papers", "--out", str(tmp_path)])
    said = capsys.readouterr().out
    assert {path.stem for path in tmp_path.glob("*.pdf")} == {path.stem for path in tmp_path.glob("*.md")}
    assert "formulas.pdf has 1 page.\n" in said and "numpy.pdf has 1 page.\n" in said
    drawn = {path.name: path.read_bytes().count(b"/Subtype /Image") for path in tmp_path.glob("*.pdf")}
    assert {name for name, count in drawn.items() if count} == {"project_ablation_solution.pdf", "project_own_data_solution.pdf"}


@pytest.mark.parametrize("missing", ["playwright", "ziamath"])
def test_without_the_tools_the_pages_are_written_and_it_is_said(tmp_path, monkeypatch, capsys, missing):
    if missing == "ziamath" and not HERE["playwright"]:
        pytest.skip("needs playwright, not installed here (python -m teaching test)")
    for name in [name for name in sys.modules if name.partition(".")[0] == missing or name == "teaching.pdf"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delattr("teaching.pdf", raising=False)
    markup.formula.cache_clear()
    assert not command.main(["bank", "04", "--out", str(tmp_path)])
    assert {path.name for path in tmp_path.iterdir()} == {"questions.md", "solutions.md", "moodle.xml"}
    told = f'No PDF was written: {missing} is not installed here. In the folder of the course: pip install -e ".[teach]"'
    assert told in capsys.readouterr().out


def test_where_no_browser_is_found_it_is_said(pdf, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setattr(pdf, "CHANNELS", ("chrome-canary",))
    assert not command.main(["bank", "04", "--out", str(tmp_path)])
    assert f"No PDF was written: {pdf.NO_BROWSER}" in capsys.readouterr().out
