"""Run sheets: what a teacher has beside the laptop, one for each lesson, and routes through the course in minutes.

What the lessons and the checks know is taken from them. The rest is written, in one file a lesson beside this one.
"""

import dataclasses
import pathlib
import re

from mlp_helpers.check import EXERCISES
from mlp_helpers.check.engine.questions import QUESTIONS
from mlp_helpers.editions.lessons import all_lessons, cells_of, number_of, source_of

from ..assignment import LINK, PLACES, exercises_in
from ..bank import QUESTIONS as BANK
from ..files import write_all
from .routes import ROUTES

WRITTEN = pathlib.Path(__file__).parent
PARTS = ["Minutes", "Say first", "Draw", "Ask", "What usually goes wrong", "Expect", "Where to cut"]
AT_HOME = {"at home": 5, "starred": 10}  # minutes for an exercise that is not for class
BEGINNING, END = "beginning", "end"
HEAD = re.compile(
    r"^(?P<part>Part \d, [^·]+) · (?P<all>\d+) minutes · core path: (?P<path>.+?)(?: \((?P<core>\d+) minutes\).*)?$", re.MULTILINE
)


@dataclasses.dataclass
class Section:
    """A section of a lesson, with the names of what is asked in it; what stands before and after them all is one too."""

    name: str
    title: str
    exercises: list = dataclasses.field(default_factory=list)
    predictions: list = dataclasses.field(default_factory=list)
    labs: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Lesson:
    """What a lesson says of itself."""

    number: str
    stem: str
    title: str
    part: str
    minutes: int
    core_minutes: int
    path: str
    question: str
    will: str
    need: str
    sections: list

    def core(self):
        """Return the names of the sections on the core path."""
        names = [section.name for section in self.sections]
        if "sections" in self.path and not self.path.startswith("all but"):
            return [name for name in names if name in {*_numbers(self.path), BEGINNING, END}]
        if "section" in self.path:
            return [name for name in names if name not in _numbers(self.path)]
        return [section.name for section in self.sections if "(at home" not in section.title]


def read(path):
    """Return a Lesson from its file."""
    cells = cells_of(path.read_text(encoding="utf-8"))
    first = next(source_of(cell) for cell in cells if source_of(cell).startswith("# "))
    head = HEAD.search(first)
    sections = [Section(BEGINNING, "The opening question, and a look back")]
    for cell in cells:
        source, here = source_of(cell), sections[-1]
        if cell["cell_type"] == "code":
            here.exercises += exercises_in([cell])
            here.predictions += re.findall(r'check\.predict\("(.+)"\)', source)
            here.labs += re.findall(r"^labs\.(\w+)\(", source, re.MULTILINE)
        for number, title in re.findall(r"^## (?:(\d+) · )?(.+)$", source, re.MULTILINE):
            if number:
                sections.append(Section(number, title))
            elif sections[-1].name != END:
                sections.append(Section(END, "What you can do now"))
    return Lesson(
        number=number_of(path),
        stem=path.stem,
        title=re.search(r"^# (.+)$", first, re.MULTILINE)[1],
        part=head["part"],
        minutes=int(head["all"]),
        core_minutes=int(head["core"] or head["all"]),
        path=head["path"],
        question=_alone(re.search(r"^> (.+)$", first, re.MULTILINE)[1]),
        will=re.search(r"\*\*You will\*\*\n((?:- .+\n)+)", first)[1].rstrip(),
        need=_alone(re.search(r"\*\*You need\*\* (.+)", first)[1]),
        sections=sections,
    )


def written(number):
    """Return what is written for a lesson: its parts by their headings."""
    text = (WRITTEN / f"{number}.md").read_text(encoding="utf-8")
    return {title: body.strip() for title, body in re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", text, re.MULTILINE)}


def with_sheet():
    """Return the lessons for which there is a written part."""
    return [read(path) for path in all_lessons() if (WRITTEN / f"{number_of(path)}.md").exists()]


def entries(part):
    """Return the pairs of a list, ``- name: text``, in its order."""
    return [(name.strip("`"), text) for name, text in re.findall(r"^- ([^:\n]+): (.+)$", part, re.MULTILINE)]


def minutes_of(number):
    """Return the minutes of the sections of a lesson, and of its exercises.

    Those in class are a part of their section. Those at home are named only where the lesson counts them among its minutes.
    """
    return {name: int(text) for name, text in entries(written(number)["Minutes"])}


def sheet(lesson, points=(1, 2, 3)):
    """Return a lesson's run sheet, as Markdown.

    Raises
    ------
    ValueError
        When the written part does not fit the lesson.
    """
    _check(lesson)
    parts, minutes, core = written(lesson.number), minutes_of(lesson.number), lesson.core()
    titles = {section.name: section.title for section in lesson.sections}
    worth = dict(zip(PLACES, points, strict=True))
    table = ["| section | minutes | in it |", "|---|--:|---|"]
    for section in lesson.sections:
        inside = [f"prediction *{name}*" for name in section.predictions]
        inside += [f"lab `{name}`" for name in section.labs]
        for name in section.exercises:
            place = EXERCISES[name].place
            took = f", {_counted(minutes[name], 'minute')}" if place == "in class" else ""
            inside.append(f"`{name}` ({place}{took})")
        named = f"{section.name} · {section.title}" if section.name.isdigit() else section.title
        if section.name not in core:
            named = f"*{named}* (not core)"
        table.append(f"| {named} | {minutes[section.name]} | {', '.join(inside)} |")
    counted = [name for name in minutes if name in EXERCISES and EXERCISES[name].place != "in class"]
    table += [f"| *`{name}`, at home* (not core) | {minutes[name]} | |" for name in counted]
    table.append(f"| **all** | **{lesson.minutes}** | core path: {lesson.core_minutes} |")

    exercises = [EXERCISES[name] for section in lesson.sections for name in section.exercises]
    home = ", ".join(
        f"`{each.name}` ({each.place}, about {minutes.get(each.name, AT_HOME[each.place])} minutes, "
        f"{_counted(worth[each.place], 'point')})"
        for each in exercises
        if each.place in AT_HOME
    )
    here = ", ".join(f"`{each.name}` ({_counted(worth[each.place], 'point')})" for each in exercises if each.place == "in class")
    predictions = [QUESTIONS[name] for section in lesson.sections for name in section.predictions]
    guesses = [f"- *{each.text}* {each.letter(each.right)} {each.right}" for each in predictions]
    mistakes = [_mistake(name, title) for name, title in entries(parts["Expect"])]
    cuts = [f"{place}. Section {name}, *{titles[name]}* ({_counted(minutes[name], 'minute')}): {text}"
            for place, (name, text) in enumerate(entries(parts["Where to cut"]), 1)]  # fmt: skip
    asked = sum(question.lesson == lesson.number for question in BANK)
    hand_out = [
        f"- The notebook: `python -m teaching assignment {lesson.number} --out class`, then `class/plain/{lesson.stem}.ipynb`.",
        f"- In class: {here or 'no exercise'}. At home: {home or 'nothing'}.",
    ]
    if asked:
        hand_out.append(f"- {_counted(asked, 'exam question')}: `python -m teaching bank {lesson.number} --out exam`.")
    blocks = [
        f"# {lesson.number} · {lesson.title}",
        f"{lesson.part} · {lesson.minutes} minutes · core path: {lesson.path} ({lesson.core_minutes} minutes)",
        f"> {lesson.question}",
        f"**Afterwards they**\n{lesson.will}",
        f"**They need** {lesson.need}",
        "## Minutes",
        "\n".join(table),
        *(f"## {title}\n\n{parts[title]}" for title in PARTS[1:5]),
        "## Three wrong answers to expect",
        "\n".join(mistakes),
    ]
    if guesses:
        blocks += ["## The predictions, with what comes out", "\n".join(guesses)]
    blocks += ["## Where to cut, in this order", "\n".join(cuts), "## Hand out", "\n".join(hand_out)]
    return "\n\n".join(blocks) + "\n"


def blocks_of(route, lessons, minutes):
    """Return the meetings of a route: for each the words for what is done in it, and its minutes.

    Parameters
    ----------
    route : Route
        From ``routes.py``.
    lessons : dict
        All lessons, by number.
    minutes : callable
        From the number of a lesson to the minutes of its sections.
    """
    found = []
    for meeting in route.meetings:
        words, total = [], 0
        for number, *chosen in map(str.split, meeting):
            lesson = lessons[number]
            if chosen == ["all"]:
                words.append(f"{number} {lesson.title}")
                total += lesson.minutes
            elif chosen == ["core"]:
                words.append(f"{number} {lesson.title}, core path")
                total += lesson.core_minutes
            else:
                words.append(f"{number} {lesson.title}: {_listed(chosen)}")
                total += sum(minutes(number)[name] for name in chosen)
        found.append(("; ".join(words), total))
    return found


def routes():
    """Return the page of routes, as Markdown."""
    lessons = {number_of(path): read(path) for path in all_lessons()}
    words = "Minutes are those of the lessons, without breaks. What is left is for homework, questions and the board."
    pages = ["# Routes", words]
    for route in ROUTES:
        table = ["| meeting | what | minutes | left |", "|--:|---|--:|--:|"]
        meetings = blocks_of(route, lessons, minutes_of)
        for place, (words, minutes) in enumerate(meetings, 1):
            table.append(f"| {place} | {words} | {minutes} | {route.lengths[place - 1] - minutes} |")
        table.append(f"| | **all** | **{sum(minutes for _, minutes in meetings)}** | |")
        pages += [f"## {route.title}", route.words, "\n".join(table)]
    return "\n\n".join(pages) + "\n"


def write(folder, points=(1, 2, 3), numbers=()):
    """Write the sheets of these lessons into a folder, or all of them and the routes; return the paths.

    Raises
    ------
    ValueError
        When a lesson has no sheet, or the written part of one does not fit it.
    """
    lessons = with_sheet()
    if unknown := set(numbers) - {lesson.number for lesson in lessons}:
        raise ValueError(f"There is no run sheet of {', '.join(sorted(unknown))}. Numbers have two digits, such as 04.")
    pages = {f"{lesson.number}.md": sheet(lesson, points) for lesson in lessons if not numbers or lesson.number in numbers}
    if not numbers:
        pages["routes.md"] = routes()
    return write_all(folder, {name: page.encode() for name, page in pages.items()})


def _check(lesson):
    """Raise an error that says what is wrong with the written part of a lesson, for those who change it."""
    parts, file = written(lesson.number), WRITTEN / f"{lesson.number}.md"
    if list(parts) != PARTS:
        raise ValueError(f"{file} should have the parts {', '.join(PARTS)}, but has {', '.join(parts)}.")
    sections = [section.name for section in lesson.sections]
    exercises = [name for section in lesson.sections for name in section.exercises]
    needed, minutes = [*sections, *(name for name in exercises if EXERCISES[name].place == "in class")], minutes_of(lesson.number)
    if missing := [name for name in needed if name not in minutes]:
        raise ValueError(f"{file} should give the minutes of {', '.join(missing)}: add lines such as - {missing[0]}: 5")
    if unknown := [name for name, _ in entries(parts["Where to cut"]) if name not in sections]:
        raise ValueError(f"{file} cuts {', '.join(unknown)}, but the sections are {', '.join(sections)}.")
    for name, title in entries(parts["Expect"]):
        titles = [mistake.title for mistake in EXERCISES[name].task.mistakes] if name in exercises else []
        if title not in titles:
            known = f"Its mistakes are: {'; '.join(dict.fromkeys(titles))}." if titles else f"There are {', '.join(exercises)}."
            raise ValueError(f"{file} expects {title!r} of {name}, which is not known. {known}")


def _mistake(name, title):
    known = next(mistake for mistake in EXERCISES[name].task.mistakes if mistake.title == title)
    return f"- `{name}`, *{title}*. {known.message} Ask: {known.question}"


def _numbers(path):
    """Return the sections that a core path names: "sections 1 to 4, 8 and 9" -> those six, as words."""
    found = set(re.findall(r"\d+", path))
    for first, last in re.findall(r"(\d+) to (\d+)", path):
        found |= {str(number) for number in range(int(first), int(last) + 1)}
    return found


def _listed(names):
    sections = [name for name in names if name.isdigit()]
    words = [f"section{'s' * (len(sections) > 1)} {', '.join(sections)}"] if sections else []
    return " and ".join([*(["beginning"] if BEGINNING in names else []), *words, *(["end"] if END in names else [])])


def _counted(number, word):
    return f"{number} {word}{'s' * (number != 1)}"


def _alone(text):
    return LINK.sub(lambda link: link[2], text)
