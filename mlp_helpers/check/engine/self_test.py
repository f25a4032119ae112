"""The self-test of notebook 00: fifteen short questions, and what their answers say about the warm-up."""

import html

from . import progress
from .questions import QUESTIONS, Question, show

SELF_TEST = {}  # from a question's name to the section of notebook 00b that helps
READY, NEARLY = 13, 10  # right at the first attempt


def self_test():
    """Ask the fifteen questions; a line below them counts, and says at the end whether notebook 00b is needed."""
    show([QUESTIONS[name] for name in SELF_TEST], below=_count)


def self_test_questions(*questions):
    """Define the questions, each a tuple (name, section of notebook 00b, text, options, right)."""
    for number, (name, section, text, options, right) in enumerate(questions, 1):
        lead, then = f"Question {number} of {len(questions)}.", f"(Notebook 00b, section {section}.)"
        Question(name, "00", text, options, right, lead=lead, then=then)
        SELF_TEST[name] = section


def counted(known):
    """What is to be said when this is known of the questions: "n of 15 answered, m right at the first attempt: …"."""
    answers = {name: known[name] for name in SELF_TEST if known.get(name, {}).get("answers")}
    right = sum(bool(answer.get("right")) for answer in answers.values())
    said = f"{len(answers)} of {len(SELF_TEST)} answered, {right} right at the first attempt"
    if len(answers) < len(SELF_TEST):
        return f"{said}."
    missed = sorted({SELF_TEST[name] for name, answer in answers.items() if not answer.get("right")})
    sections = f"section {missed[0]}" if len(missed) == 1 else f"sections {', '.join(map(str, missed))}"
    if right >= READY:
        return f"{said}: go on with notebook 01." + (f" If you like, look at {sections} of 00b before." if missed else "")
    if right >= NEARLY:
        return f"{said}: read {sections} of notebook 00b first, then go on with 01."
    return f"{said}: notebook 00b is for you, from its beginning; above all {sections}."


def _count(buttons):
    """The line that counts, kept up to date whenever one of these buttons has been pressed."""
    import ipywidgets as widgets

    line = widgets.HTML(layout=widgets.Layout(width="100%"))

    def update(button=None):
        said = html.escape(counted(progress.read()["questions"]))
        line.value = f'<div role="status" style="font-weight:600;line-height:1.4">{said}</div>'

    for button in buttons:
        button.on_click(update)
    update()
    return line
