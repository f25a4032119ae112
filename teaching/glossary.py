"""A glossary made from the lessons: each term where it stands in bold for the first time, with its sentence."""

import re

from mlp_helpers.editions.lessons import all_lessons, cells_of, for_authors, number_of, source_of

from .files import write_all

BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
END = re.compile(r"(?<=[.?!])\)? +(?=[A-Z$*`(\[])")  # of a sentence
LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
LEANS = re.compile(r"(This|That|These|It|Its|Such|Each of these|All of them|Today|So) ")  # on the sentence before
EMPHASIS = {  # in bold, but no terms
    "accuracy lost", "all at once", "amount", "backward", "bend", "fair", "forward", "he", "hidden", "inside", "learned",
    "look for", "predicts", "rate", "reset", "set", "start", "stop", "xavier",
}  # fmt: skip


def terms():
    """Return a dict from each term to the number of its lesson and the words in which it is introduced there."""
    found = {}
    for path in all_lessons():
        cells = cells_of(path.read_text(encoding="utf-8"))
        for cell in cells:
            if cell["cell_type"] == "markdown" and not for_authors(cell):
                for paragraph in _paragraphs(source_of(cell)):
                    for term, words in _introduced(paragraph):
                        found.setdefault(term, (number_of(path), words))
    singular = {term: entry for term, entry in found.items() if not (term.endswith("s") and term[:-1] in found)}
    return dict(sorted(singular.items(), key=lambda item: item[0].lower()))


def page():
    """Return the glossary, as Markdown."""
    entries = [f"**{term}** ({number}) {words}" for term, (number, words) in terms().items()]
    head = "Each term as a lesson introduces it, with the number of the lesson."
    return "\n\n".join(["# Glossary", head, *entries]) + "\n"


def write(path):
    """Write the glossary into a file."""
    write_all(path.parent, {path.name: page().encode()})


def _paragraphs(text):
    """Return the prose of a cell, without lists, tables and headings; a formula belongs to what it completes."""
    text = re.sub(r"\n\n\$\$([^$]+)\$\$\n\n(?=This )", r" $\1$. ", text)
    text = re.sub(r"(?<![.?!])\n\n\$\$([^$]+)\$\$", r" $\1$.", text)
    text = re.sub(r"\.\s*\$\.", "$.", text)
    plain = [LINK.sub(r"\1", re.split(r"\n[-|] ", paragraph)[0].replace("\n", " ")) for paragraph in text.split("\n\n")]
    return [paragraph for paragraph in plain if not re.match(r"[|#>$!]|- |\d\. |\*\*(You|To) ", paragraph)]


def _introduced(paragraph):
    """Yield the terms of a paragraph, each with its sentence, and with the one before where it leans on that."""
    sentences = [sentence.strip() for sentence in END.split(paragraph)]
    for place, sentence in enumerate(sentences):
        words = sentence
        if LEANS.match(sentence) and place:
            words = f"{sentences[place - 1]} {sentence}"
        for bold in BOLD.finditer(sentence):
            term = bold[1]
            if bold.start() == 0 and term[1:].islower():
                term = term.lower()  # its capital is that of the sentence
            if _is_term(term):
                yield term, re.sub(":$", ".", words.replace("**", "*").strip("( "))


def _is_term(words):
    return len(words.split()) <= 3 and not re.search(r"[.?!:,$%`]|\d", words) and words.lower() not in EMPHASIS
