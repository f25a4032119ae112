"""Questions as Markdown, with and without solutions, and as Moodle's XML."""

import random
import re
import xml.etree.ElementTree as ET

from nbconvert.filters import markdown2html

from ..files import write_all
from .question import Bug, Choice, Number, Program

LEVELS = {1: "to know", 2: "to use", 3: "to think on"}
FORMULA = re.compile(r"\$([^$]+)\$")
WRITE = {"monospaced": "responseformat", "10": "responsefieldlines"}  # of a program: how and how long


def write(questions, folder):
    """Write questions.md, solutions.md and moodle.xml into a folder and return their paths."""
    contents = {
        "questions.md": markdown(questions).encode(),
        "solutions.md": markdown(questions, solved=True).encode(),
        "moodle.xml": moodle(questions),
    }
    return write_all(folder, contents)


def markdown(questions, solved=False):
    """Return the questions as a page. Without solutions it bears no names of them: “softmax without keepdims” is an answer."""
    parts, lesson = ["# Solutions" if solved else "# Questions"], None
    for number, question in enumerate(questions, 1):
        if question.lesson != lesson:
            lesson = question.lesson
            parts.append(f"## Lesson {lesson}")
        name = f". {question.name[0].upper()}{question.name[1:]}" if solved else ""
        parts.append(f"### {number}{name} ({LEVELS[question.level]})")
        parts.append(asked(question))
        if isinstance(question, Choice):
            parts.append("  \n".join(_option(question, letter, option, solved) for letter, option in shuffled(question).items()))
        if solved and not isinstance(question, Choice):
            parts.append(f"*Solution:* {solution(question)}")
    return "\n\n".join(parts) + "\n"


def shuffled(question):
    """Return the options by letters, in an order that is always the same and says nothing."""
    options = list(question.options)
    random.Random(question.name).shuffle(options)
    return dict(zip("abcdef", options, strict=False))


def _option(question, letter, option, solved):
    if not solved:
        return f"({letter}) {option}"
    return f"({letter}) {f'**{option}**' if option == question.right else option}: {question.options[option]}"


def asked(question, of_a_bug="Give its number, and write it anew."):
    """Return what is asked, as Markdown."""
    if isinstance(question, Bug):
        lines = "\n".join(f"{number}  {line}" for number, line in enumerate(question.code.splitlines(), 1))
        return f"{question.text} {of_a_bug}\n\n```\n{lines}\n```"
    return question.text


def solution(question):
    """Return what is to be answered, as Markdown."""
    if isinstance(question, Bug):
        return f"Line {question.line}. {question.solution}\n\n```\n{question.repaired}\n```"
    if isinstance(question, Number):
        return f"**{question.answer:g}**. {question.solution}" if abs(question.answer) < 1e5 else question.solution
    if isinstance(question, Program):
        return f"{question.solution}\n\n```\n{question.code}```"
    return "\n".join(f"- {option}: {why}" for option, why in question.options.items())


def moodle(questions):
    """Return the bytes of a file for Moodle's question bank: choices, numbers (of a bug, its line) and, for programs, essays."""
    quiz = ET.Element("quiz")
    for lesson in dict.fromkeys(question.lesson for question in questions):
        category = ET.SubElement(quiz, "question", type="category")
        _text(ET.SubElement(category, "category"), f"$course$/top/MLP from scratch/Lesson {lesson}")
        for question in questions:
            if question.lesson == lesson:
                _question(quiz, question)
    ET.indent(quiz)
    return ET.tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n"


def _question(quiz, question):
    kind = {Choice: "multichoice", Number: "numerical", Bug: "numerical", Program: "essay"}[type(question)]
    element = ET.SubElement(quiz, "question", type=kind)
    _text(ET.SubElement(element, "name"), f"{question.lesson} {question.name}")
    _html(element, "questiontext", asked(question, of_a_bug="Answer with its number."))
    _html(element, "generalfeedback", "" if kind == "multichoice" else solution(question))
    ET.SubElement(element, "defaultgrade").text = str(question.level)
    if kind == "multichoice":
        for name, value in {"single": "true", "shuffleanswers": "true", "answernumbering": "abc"}.items():
            ET.SubElement(element, name).text = value
        for option, why in question.options.items():
            _html(_answer(element, option == question.right, _as_html(option), format="html"), "feedback", why)
    elif kind == "numerical":
        answer, tolerance = (question.line, 0) if isinstance(question, Bug) else (question.answer, question.tolerance)
        ET.SubElement(_answer(element, True, f"{answer:.10g}"), "tolerance").text = f"{tolerance:.10g}"
    else:
        for value, name in WRITE.items():
            ET.SubElement(element, name).text = value
        _html(element, "graderinfo", solution(question))


def _answer(element, right, text, **attributes):
    answer = ET.SubElement(element, "answer", fraction="100" if right else "0", **attributes)
    _text(answer, text)
    return answer


def _html(element, name, text):
    _text(ET.SubElement(element, name, format="html"), _as_html(text))


def _text(element, text):
    ET.SubElement(element, "text").text = text


def _as_html(text):
    """Return Markdown as HTML, with formulas as Moodle's filter for them expects: between round brackets."""
    kept = []

    def keep(formula):
        kept.append(formula[1])
        return f"FORMULA{len(kept) - 1}END"

    page = markdown2html(FORMULA.sub(keep, text)).strip() if text else ""
    return re.sub(r"FORMULA(\d+)END", lambda mark: rf"\({kept[int(mark[1])]}\)", page)
