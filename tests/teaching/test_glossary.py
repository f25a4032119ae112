import re

import pytest

from mlp_helpers.editions.lessons import all_lessons, number_of
from teaching import __main__ as command
from teaching import glossary

TERMS = glossary.terms()
TEXTS = {number_of(path): path.read_text(encoding="utf-8") for path in all_lessons()}


def words_of(text):
    """The letters and digits of a text alone: links, bold and the places of formulas change what stands between them."""
    return re.sub(r"[^\w]", "", glossary.LINK.sub(r"\1", text))


@pytest.mark.parametrize("term", TERMS)
def test_a_term_stands_with_the_words_of_its_lesson(term):
    number, words = TERMS[term]
    assert words_of(words) in words_of(TEXTS[number])
    assert f"*{term}*".lower() in words.lower() and "**" not in words and "](" not in words
    assert words.rstrip(")`*")[-1] in ".?" and "$$" not in words and words.count("$") % 2 == 0


@pytest.mark.parametrize("term", TERMS)
def test_it_is_the_first_place_where_the_term_is_in_bold(term):
    number, _ = TERMS[term]
    for other, text in TEXTS.items():
        if other == number:
            return
        prose = [paragraph for paragraph in text.split("\n\n") if not paragraph.startswith(("|", "- ", "#", ":", "```"))]
        assert f"**{term}**" not in "\n\n".join(paragraph.split("\n- ")[0] for paragraph in prose)


def test_what_the_lessons_teach_is_there_and_emphasis_is_not():
    assert {"softmax", "cross-entropy", "gradient", "epoch", "ReLU", "blame", "overfitting", "Adam", "dropout"} <= TERMS.keys()
    assert not {term.lower() for term in TERMS} & glossary.EMPHASIS
    everything = "\n".join(TEXTS.values()).lower()
    assert all(f"**{words}**" in everything for words in glossary.EMPHASIS)  # none is left over


def test_a_sentence_that_leans_on_the_one_before_brings_it():
    assert "Dividing by that corrects it" in TERMS["Adam"][1]
    assert r"\frac{e^{z_j}}" in TERMS["softmax"][1]


def test_the_command_writes_all_terms_in_order(tmp_path, capsys):
    command.main(["glossary", "--out", str(tmp_path / "new" / "glossary.md")])
    found = re.findall(r"^\*\*(.+?)\*\* \(\w+\) ", (tmp_path / "new" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert found == list(TERMS) == sorted(TERMS, key=str.lower)
    assert "glossary.md" in capsys.readouterr().out
