"""The self-test of notebook 00: fifteen short questions, and what their answers say about the two warm-ups."""

import html

from . import progress
from .questions import QUESTIONS, Question, show

SELF_TEST = {}  # from a question's name to the warm-up that helps, "00b" or "00c", and its section
READY = 13  # right at the first attempt


def self_test():
    """Ask the fifteen questions; a line below them counts, and says at the end which warm-up is needed."""
    show([QUESTIONS[name] for name in SELF_TEST], below=_count)


def self_test_questions(*questions):
    """Define the questions, each a tuple (name, warm-up that helps, its section, text, options, right)."""
    for number, (name, warm_up, section, text, options, right) in enumerate(questions, 1):
        lead, then = f"Question {number} of {len(questions)}.", f"(Notebook {warm_up}, section {section}.)"
        Question(name, "00", text, options, right, lead=lead, then=then)
        SELF_TEST[name] = warm_up, section


def counted(known):
    """What is to be said when this is known of the questions: "n of 15 answered, m right at the first attempt: …"."""
    answers = {name: known[name] for name in SELF_TEST if known.get(name, {}).get("answers")}
    right = sum(bool(answer.get("right")) for answer in answers.values())
    said = f"{len(answers)} of {len(SELF_TEST)} answered, {right} right at the first attempt"
    if len(answers) < len(SELF_TEST):
        return f"{said}."
    missed = [name for name, answer in answers.items() if not answer.get("right")]
    if not missed:
        return f"{said}: go on with notebook 01."
    if right >= READY:
        return f"{said}: go on with notebook 01. If you like, look at {_sections(missed)} first."
    return f"{said}: go through {_sections(missed)} first, then go on with 01."


def _sections(missed):
    """Say where these questions are explained: all of a warm-up, when half of its questions are among them."""
    said = []
    for warm_up in sorted({SELF_TEST[name][0] for name in missed}):
        numbers = sorted({SELF_TEST[name][1] for name in missed if SELF_TEST[name][0] == warm_up})
        asked = [name for name, (where, _) in SELF_TEST.items() if where == warm_up]
        if 2 * len(set(asked) & set(missed)) >= len(asked):
            said.append(f"all of notebook {warm_up}")
        else:
            said.append(f"section{'s' * (len(numbers) > 1)} {' and '.join(map(str, numbers))} of notebook {warm_up}")
    return " and ".join(said)


def _count(buttons):
    """The line that counts, kept up to date whenever one of these buttons has been pressed."""
    import ipywidgets as widgets

    line = widgets.HTML(layout=widgets.Layout(width="auto"))  # of the whole column: with margins 100% would be too wide

    def update(button=None):
        said = html.escape(counted(progress.read()["questions"]))
        line.value = f'<div role="status" style="font-weight:600;line-height:1.4">{said}</div>'

    for button in buttons:
        button.on_click(update)
    update()
    return line
