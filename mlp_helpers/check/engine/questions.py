"""Questions with a few possible answers: some are answered at once, and predictions after the experiment."""

import dataclasses
import os

from ... import cards
from ...standin import show_widget
from . import progress
from .naming import nearest
from .panel import Panel

RUN = "Run this cell to answer."
AS_TEXT = os.environ.get("MLP_STATIC") == "1"  # for notebooks that are saved or printed: no dead buttons
QUESTIONS = {}  # by name
LOOK_BACK = {}  # by notebook: names

SHOWN = {}  # by name: what brings the question up to date where it was shown last
EXPLAINED = set()  # names of the predictions that this kernel has explained


@dataclasses.dataclass(frozen=True)
class Question:
    """A question that is answered at once; ``options`` gives the feedback to each answer, ``right`` the answer that holds."""

    name: str
    notebook: str
    text: str
    options: dict
    right: str
    lead: str = ""
    then: str = ""

    def __post_init__(self):
        if self.right not in self.options:
            raise ValueError(f"{self.name}: the right answer {self.right!r} is not among the options.")
        if self.name in QUESTIONS:
            raise ValueError(f"There is a question {self.name!r} already.")
        QUESTIONS[self.name] = self

    @property
    def kind(self):
        return "look back" if self.lead.startswith("Look back") else "question"

    def letter(self, option):
        return f"({'abcdef'[list(self.options).index(option)]})"

    def lettered(self):
        return [f"{self.letter(option)} {option}" for option in self.options]

    def in_text(self):
        return "\n".join([f"{self.lead} {self.text}", *(f"  {option}" for option in self.lettered())])

    def in_html(self):
        options = "".join(f"<div style='margin:0.3em 0 0 1.5em'>{cards.in_html(option)}</div>" for option in self.lettered())
        return cards.card(cards.heading(self.kind, self.lead), f"<div>{cards.in_html(self.text)}</div>{options}")

    def answered(self, number):
        """Record the answer with this number, and say what is to be said of it. The first one counts."""
        option = list(self.options)[number]
        trouble = self._record(option, counts=lambda known: "right" not in known)
        said = f"{'Right' if option == self.right else 'Not so'}: {self.options[option]}"
        return " ".join(filter(None, [said, self.then, trouble]))

    def _record(self, option, counts):
        def one_more(known):
            news = {"answers": [*_answers(known), option]}
            return news | {"right": option == self.right} if counts(known) else news

        return progress.record("questions", self.name, one_more)

    def stands(self):
        """Return how things stand, and the words for it."""
        answers = _answers(progress.read()["questions"].get(self.name, {}))
        state = ("solved" if answers[-1] == self.right else "not yet") if answers else "to do"
        return state, state

    def sign(self, number):
        """Return the icon of a button that has been pressed."""
        return "check" if self.right == list(self.options)[number] else "times"

    def widget(self):
        """One button for each option: JupyterLab keeps the arrow keys that radio buttons would need for itself."""
        import ipywidgets as widgets

        head, reply = widgets.HTML(), widgets.HTML()
        buttons = [widgets.Button(description=option, tooltip="") for option in self.lettered()]
        column = widgets.VBox([head, *buttons, reply])
        column.add_class("mlp-card")

        def update():
            state, said = self.stands()
            head.value = f"{cards.heading(self.kind, self.lead, state, said)}<div>{cards.in_html(self.text)}</div>"
            for coloured in cards.COLOURED:
                (column.add_class if coloured == state else column.remove_class)(cards.colour(coloured))
            reply.value = ""

        def pressed(button):
            number = buttons.index(button)
            for each in buttons:
                each.icon = self.sign(number) if each is button else ""
                (each.add_class if each is button else each.remove_class)("mlp-chosen")
            said = self.answered(number)
            update()
            reply.value = said and f'<div role="alert" class="mlp-more">{cards.in_html(said)}</div>'

        for button in buttons:
            button.add_class("mlp-option")
            button.on_click(pressed)
        update()
        SHOWN[self.name] = update
        return column


@dataclasses.dataclass(frozen=True)
class Prediction(Question):
    """A question about an experiment that comes next: a button records the guess, and ``answer`` explains after the run.

    ``gives_away`` holds what would tell the answer too soon: numbers and phrases that stand neither on the page above the
    question nor in the code from there to the result.
    """

    lead: str = "Predict, then run."
    then: str = "Now run the next cells."
    gives_away: tuple = ()

    def answered(self, number):
        """Record the guess with this number. The last one before the explanation counts."""
        option = list(self.options)[number]
        trouble = self._record(option, counts=lambda known: not known.get("seen"))
        if self.stands()[0] == "answer":
            return trouble
        return " ".join(filter(None, [f"Your guess {self.letter(option)} is recorded.", self.then, trouble]))

    def stands(self):
        known = progress.read()["questions"].get(self.name, {})
        guess = _guess(self, known)
        if guess is None:
            return ("answer", "explained, no guess") if self.name in EXPLAINED else ("to do", "to do")
        return ("answer", "explained") if known.get("seen") else ("guessed", f"guessed {self.letter(guess)}")

    def sign(self, number):
        return "arrow-right"

    def explained(self, guess=None, said=""):
        """Return the panel with the option that holds, and what is to be said of each and of the ``guess`` among them."""
        each = []
        for option, why in self.options.items():
            marks = ["right"] * (option == self.right) + ["your guess"] * (option == guess)
            each.append((f"{self.letter(option)} {option}", marks, why))
        return Panel("Answer", "answer", f"It is {self.letter(self.right)}: {self.right}. {said}".rstrip(), options=each)


def predict(name):
    """Ask for a prediction, by the question's name."""
    show([_named(name)])


def answer(name):
    """Explain every option of a prediction, in a cell behind the experiment, and say what was guessed."""
    from IPython import get_ipython

    question = _named(name)
    if not isinstance(question, Prediction):
        raise KeyError(f"{name!r} is answered at once. Only a prediction is explained later.")
    if AS_TEXT or get_ipython() is None:  # nobody can guess there
        question.explained().show()
        return
    guess = _guess(question, progress.read()["questions"].get(name, {}))
    if guess is None:
        said = "No guess recorded."
    else:
        progress.record("questions", name, seen=True)
        said = "That was your guess." if guess == question.right else f"You guessed {question.letter(guess)}."
    EXPLAINED.add(name)
    SHOWN.get(name, lambda: None)()
    question.explained(guess, said).show()


def _answers(known):
    answers = known.get("answers")
    return answers if isinstance(answers, list) else []


def _guess(question, known):
    """Return the last guess that is still an option, or None."""
    return next((option for option in reversed(_answers(known)) if option in list(question.options)), None)


def look_back(notebook):
    """Ask the three questions about earlier notebooks with which a notebook begins."""
    if notebook not in LOOK_BACK:
        raise KeyError(f"There are no questions for notebook {notebook!r}. There are for {', '.join(map(repr, LOOK_BACK))}.")
    show([QUESTIONS[name] for name in LOOK_BACK[notebook]])


def look_back_questions(notebook, *questions):
    """Define look-back questions, each a tuple (name, where from, text, options, right)."""
    LOOK_BACK[notebook] = []
    for name, source, text, options, right in questions:
        Question(name, notebook, text, options, right, lead=f"Look back to notebook {source}.")
        LOOK_BACK[notebook].append(name)


def _named(name):
    if name not in QUESTIONS:
        near = nearest(name, QUESTIONS)
        advice = f"Did you mean {near!r}?" if near else f"There are {', '.join(map(repr, QUESTIONS))}."
        raise KeyError(f"There is no question {name!r}. {advice}")
    return QUESTIONS[name]


def show(questions, below=None):
    """Show questions; ``below`` makes of all their buttons one more widget, to stand below them."""
    from IPython import get_ipython

    text = "\n\n".join(question.in_text() for question in questions)
    page = "".join(question.in_html() for question in questions)
    if get_ipython() is None:  # in a terminal there are no buttons
        print(f"{text}\n\n{RUN}")
    elif AS_TEXT:
        from IPython.display import display

        run_me = f"<div style='opacity:0.8;margin-top:0.3em'>{RUN}</div>"
        display({"text/plain": f"{text}\n\n{RUN}", "text/html": cards.STYLE + page + run_me}, raw=True)
    else:
        import ipywidgets as widgets

        asked = [question.widget() for question in questions]
        buttons = [button for widget in asked for button in widget.children[1:-1]]
        show_widget(widgets.VBox([*asked, *([below(buttons)] if below else [])]), RUN, text, page)
