import ast
import importlib
import re

import numpy as np
import pytest

from mlp_helpers import check, labs, softmax
from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.lessons import ROOT, all_lessons, number_of
from teaching import __main__ as command
from teaching import papers, sheets

PAGES = {name: path.read_text(encoding="utf-8") for name, path in papers.files().items() if name.endswith(".md")}
LESSONS = {number_of(path): sheets.read(path) for path in all_lessons()}
TEXTS = {number_of(path): path.read_text(encoding="utf-8") for path in all_lessons()}
FORMULA = re.compile(r"\$([^$]+)\$")
DESIGN = {  # letters that mean the same in the whole course; a formula may use others where its lesson does
    *"ndhkXYyWbZAPLTije", r"\partial", r"\eta",
}  # fmt: skip
PROJECTS = {name: importlib.import_module(f"teaching.projects.{name}") for name in ("own_data", "ablation")}
each_page = pytest.mark.parametrize("name", PAGES)
each_project = pytest.mark.parametrize("name", PROJECTS)


def rows(page):
    """The rows of a page's tables, without heads and lines that divide; a cell may hold a | inside of a formula or code."""
    for line in page.splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|:\- ]+", line):
            yield [cell.strip() for cell in re.split(r"(?<=\s)\|(?=\s)", line.strip("|"))]


# --- all pages ---------------------------------------------------------------------------------------------------------


def test_the_command_writes_all_papers_with_their_figures(tmp_path, capsys):
    assert command.main(["papers", "--out", str(tmp_path / "new" / "papers")]) is None
    written = {path.name for path in (tmp_path / "new" / "papers").iterdir()}
    assert {name for name in written if not name.endswith(".pdf")} == papers.files().keys()
    assert {"formulas.md", "numpy.md", "self_assessment.md", "survey_before.md", "survey_after.md"} < written
    assert {"accessibility.md", "assistants.md", "project_own_data.md", "project_ablation_solution.md"} < written
    assert f"{len(PAGES)} papers" in capsys.readouterr().out
    for name in PAGES:
        for link in re.findall(r"\]\((?!https?:)([^)]+)\)", (tmp_path / "new" / "papers" / name).read_text(encoding="utf-8")):
            assert link in written


@each_page
def test_a_page_names_only_what_there_is(name):
    page = PAGES[name]
    for word in re.findall(r"`check\.(\w+)", page):
        assert word in EXERCISES or callable(getattr(check, word, None))
    assert set(re.findall(r"`labs\.(\w+)", page)) <= set(labs.__all__)
    for module in re.findall(r"`python -m (teaching\.projects\.\w+)`", page):
        assert importlib.util.find_spec(module)
    for path in re.findall(r"`((?:lessons|mlp_helpers|teaching)/[\w./]+)`", page):
        assert (ROOT / path).exists()
    assert set(re.findall(r"[Ll]essons? (\d\d\w?)", page)) <= LESSONS.keys()
    for number, section in re.findall(r"lesson (\d\d),? section (\d+)", page):
        assert section in [each.name for each in LESSONS[number].sections]
    for section, number in re.findall(r"section (\d+) of lesson (\d\d)", page):
        assert section in [each.name for each in LESSONS[number].sections]


@each_page
def test_tables_are_whole(name):
    widths = {}
    for block in re.findall(r"(?:^\|.*\n)+", PAGES[name], re.MULTILINE):
        columns = {line.count("|") - line.count(r"\|") for line in block.splitlines()}
        widths[block] = columns
    assert all(len(columns) == 1 for columns in widths.values())


def test_a_page_counts_what_there_is():
    assert {len(exercise.hints) for exercise in EXERCISES.values()} == {2, 3, 4} and "two to four hints" in PAGES["assistants.md"]
    minutes = sum(LESSONS[number].minutes for number in ("00b", "00c"))
    assert f"plan {minutes} minutes for the warm-ups" in PAGES["surveys.md"]


# --- formulas and NumPy ------------------------------------------------------------------------------------------------


def formulas():
    """The sheet's rows: name, formula, shapes, and the numbers of the lessons."""
    _, *listed = rows(PAGES["formulas.md"])
    return [(what, formula, shapes, numbers.split(", ")) for what, formula, shapes, numbers in listed]


def letters(latex):
    """The letters of a formula, Latin and Greek; words in it are none."""
    latex = re.sub(r"\\(text|operatorname|mathrm)\{[^}]*\}", " ", latex)
    latex = re.sub(r"\bd(?=[A-Z])", "", latex)  # dZ: the design's way to write a derivative
    greek = set(re.findall(r"\\(?:eta|epsilon|mu|beta|gamma|lambda|partial)(?![a-z])", latex))
    return greek | set(re.findall(r"[A-Za-z]", re.sub(r"\\[a-zA-Z]+", " ", latex)))


@pytest.mark.parametrize(("what", "formula", "shapes", "numbers"), formulas(), ids=[row[0] for row in formulas()])
def test_a_formula_has_the_letters_of_the_design_or_of_its_lesson(what, formula, shapes, numbers):
    assert set(numbers) <= LESSONS.keys()
    of_lessons = set().union(*(letters(each) for number in numbers for each in FORMULA.findall(TEXTS[number].replace("$$", "$"))))
    for each in FORMULA.findall(formula):
        assert letters(each) <= DESIGN | of_lessons
    for one, other, product in re.findall(r"\((\w, \w)\) @ \((\w, \w)\).*?→ \((\w, \w)\)", shapes):
        assert one[-1] == other[0] and product == f"{one[0]}, {other[-1]}"
    known = {"n, d", "d, h", "n, h", "h, k", "n, k", "d, n", "h, n", "k, h"}
    assert set(re.findall(r"\((\w, \w)\)", shapes)) <= known and set(re.findall(r"\((\w),\)", shapes)) <= {"h", "k", "n"}


def test_the_sheet_holds_the_network_of_the_design_from_one_hot_to_adam():
    listed = [formula for _, formula, _, _ in formulas()]
    forwards = [r"Z_1 = XW_1 + b_1", r"A_1 = \max(Z_1, 0)", r"Z_2 = A_1W_2 + b_2"]
    backwards = [r"dZ_2 = (P - Y)/n", r"dW_2 = A_1^\top\, dZ_2", r"dA_1 = dZ_2\, W_2^\top", r"dW_1 = X^\top dZ_1"]
    for formula in (*forwards, *backwards, r"dZ_1 = dA_1 \odot [Z_1 > 0]"):
        assert any(f"${formula}$" in each for each in listed)
    names = [what for what, *_ in formulas()]
    assert names.index("one-hot labels") < names.index("softmax") < names.index("Adam, step t")
    places = [list(LESSONS).index(numbers[0]) for *_, numbers in formulas()]
    assert places == sorted(places)  # in the order of the lessons


def examples():
    """What is to be done, the code, and what comes out."""
    return [tuple(row) for row in rows(PAGES["numpy.md"]) if len(row) == 3 and row[1].startswith("`")]


def printed(code):
    """What the code's last expression shows, several things with a comma between them."""
    space = {}
    exec(re.search(r"```python\n(.*?)```", PAGES["numpy.md"], re.DOTALL)[1], space)
    *before, last = ast.parse(code).body
    exec(compile(ast.Module(before, []), "<sheet>", "exec"), space)
    parts = last.value.elts if isinstance(last.value, ast.Tuple) else [last.value]
    values = [eval(compile(ast.Expression(part), "<sheet>", "eval"), space) for part in parts]
    return ", ".join(" ".join(str(value).split()) for value in values)


@pytest.mark.parametrize(("what", "code", "result"), examples(), ids=[what for what, *_ in examples()])
def test_an_example_of_numpy_gives_what_the_sheet_says(what, code, result):
    assert printed(code.strip("`")) == result.strip("`")


def test_the_first_lines_of_the_numpy_sheet_say_their_shapes():
    space = {}
    exec(re.search(r"```python\n(.*?)```", PAGES["numpy.md"], re.DOTALL)[1], space)
    assert space["A"].shape == (2, 3) and len(examples()) > 30


# --- the self-assessment -----------------------------------------------------------------------------------------------


def assessed():
    """From a lesson to its sentences."""
    parts = re.split(r"^\*\*(\d\d) · (.+)\*\*$", PAGES["self_assessment.md"].partition("## Answers")[0], flags=re.MULTILINE)
    found = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    return {number: (title, re.findall(r"^☐ (.+?)\\?$", text, re.MULTILINE)) for number, title, text in found}


def test_there_are_two_or_three_sentences_for_each_lesson():
    found = assessed()
    assert list(found) == [f"{number:02}" for number in range(21)]
    for number, (title, sentences) in found.items():
        assert title == LESSONS[number].title and len(sentences) in (2, 3)
        for sentence in sentences:
            places = re.search(r"\(Sections? ([\d to,and]+)\)$", sentence)
            assert sentence.startswith("I can ") and "*Try:*" in sentence and places
            assert set(re.findall(r"\d+", places[1])) <= {section.name for section in LESSONS[number].sections}
            for name in re.findall(r"`check\.(\w+)`", sentence):
                assert EXERCISES[name].notebook == number


def test_the_answers_are_right():
    answers = dict(re.findall(r"(\d\d): (.+?)\.(?= \d\d:|$)", PAGES["self_assessment.md"].partition("## Answers\n\n")[2].strip()))
    assert set(answers) <= assessed().keys()
    byte = np.array([250], np.uint8) + np.uint8(10)
    assert answers["01"].startswith(f"(50, {20 * 30})") and f"is {byte[0]} in a byte" in answers["01"]
    assert answers["02"].startswith(", ".join(str(int(entry)) for entry in np.eye(4)[2]))
    assert np.allclose(softmax(np.log([[1.0, 3.0]])), [0.25, 0.75]) and "0.25 and 0.75" in answers["04"]
    assert f"{np.log(4):.2f}" in answers["04"]
    slope = (3.1**2 - 2.9**2) / 0.2
    assert answers["05"].startswith(f"{slope:.0f}; {3 - 0.1 * slope:.1f}; 0.25 and −0.25")
    assert answers["06"].startswith(f"{2 * (2 * 3 - 5) * 3}")
    assert answers["08"].startswith(f"{3 * 50_000 // 100:,}".replace(",", " "))
    assert round(1 / 2**10, 3) == 0.001 and answers["11"] == "about a thousandth"
    assert answers["12"] == f"a gap of {99 - 95} and a decline of {96 - 95}; {0.01 * 0.99}"
    assert f"± {100 * np.sqrt(0.9 * 0.1 / 100):.0f} points" in answers["13"]
    assert answers["14"] == f"{1 / (1 - 0.9):.0f}" and answers["15"].startswith(f"{4 / 0.5:.0f}")
    assert answers["16"] == f"{0.8 * 50:.0f}"
    assert answers["18"].startswith(f"{2 * 2 * 3 * 4}") and answers["20"] == "3"


# --- the projects ------------------------------------------------------------------------------------------------------


def rubric(name):
    """From a criterion to the words for each of its levels, and the points of the levels."""
    table = list(rows(PAGES[f"project_{name}.md"].partition("## Rubric")[2]))
    return {row[0].strip("*"): row[1:] for row in table[1:]}, [int(points) for points in table[0][-4:]]


@each_project
def test_a_brief_has_milestones_with_hours_and_a_rubric(name):
    page = PAGES[f"project_{name}.md"]
    criteria, levels = rubric(name)
    assert 4 <= len(criteria) <= 6 and all(len(words) == 4 for words in criteria.values()) and levels == sorted(levels)
    assert f"{len(criteria) * levels[-1]} points." in page
    hours = sum(int(row[-1]) for row in rows(page) if len(row) == 3 and row[0].isdigit())
    assert {"eight": 8, "ten": 10}[re.search(r"About (\w+) hours", page)[1]] == hours
    assert len(page.split()) < 1000  # two pages


@each_project
def test_a_solution_is_graded_by_the_rubric_and_not_with_full_marks(name):
    page = PAGES[f"project_{name}_solution.md"].partition("## How it is graded")[2]
    criteria, levels = rubric(name)
    graded = {row[0]: row[1:] for row in list(rows(page))[1:-1]}
    assert list(graded) == list(criteria)
    points = [int(given) for given, _ in graded.values()]
    assert max(points) <= levels[-1] and f"| **all** | **{sum(points)} of {len(points) * levels[-1]}** |" in page
    assert sum(points) < len(points) * levels[-1] and all(why for _, why in graded.values())


@each_project
def test_a_solution_quotes_its_record(name):
    project, page = PROJECTS[name], PAGES[f"project_{name}_solution.md"]
    words = project.words(project.RECORD.read())
    for each in words:
        assert each in page
        page = page.replace(each, "")
    settings = {"own_data": {"0.003"}, "ablation": {*map(str, project.__dict__.get("RATES", ())), "0.9", "0.2"}}
    left = set(re.findall(r"\d+\.\d+", page.partition("## How it is graded")[0]))
    quoted = set(re.findall(r"\d+\.\d+", " ".join(words)))
    assert left - quoted <= settings[name]


@pytest.mark.thorough
def test_ingredients_measured_again_give_what_was_recorded():
    project = PROJECTS["ablation"]
    before, now = project.RECORD.read(), project.measure()
    for name, values in before["validation"].items():  # another processor rounds differently, and so trains another network
        error = np.std(values, axis=0, ddof=1) / np.sqrt(len(values))
        assert (abs(np.mean(now["validation"][name], axis=0) - np.mean(values, axis=0)) < 4 * error + [0.01, 0.2]).all()
    alone, among = project.changes(now)
    gains = {name: each[:, 1].mean() for name, each in alone.items()}
    together = np.mean(np.subtract(now["validation"]["all five"], now["validation"]["baseline"]), axis=0)[1]
    assert max(gains, key=gains.get) == "falling rate" and sum(gains.values()) > together + 1 > gains["falling rate"]
    assert among["batch normalisation"][:, 1].mean() > 0.8 and among["warps"][:, 0].mean() < -0.05


@pytest.mark.thorough
def test_small_digits_measured_again_give_what_was_recorded():
    pytest.importorskip("sklearn.datasets")
    project = PROJECTS["own_data"]
    before, now = project.RECORD.read(), project.measure()
    assert np.mean(now["random"]["64 hidden units"]) > np.mean(now["blocks"]["64 hidden units"]) + 2
    assert np.mean(now["of the test"]) < 93
    for split in ("random", "blocks"):
        for name, values in before[split].items():
            assert np.allclose(np.mean(now[split][name]), np.mean(values), atol=1.0)
