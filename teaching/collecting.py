"""What a class has handed in: notebooks, progress files, or nbgrader's course folder; and the lines of a live board."""

import collections
import csv
import json
import pathlib
import re
import secrets

from mlp_helpers.check import EXERCISES
from mlp_helpers.editions.lessons import all_lessons

from .files import table, write_all
from .judge import Result, judged

LIVE = "board-*.jsonl"
MOODLE = re.compile(r"_assignsubmission_.*")  # in a download, behind the name and the number of a learner
BETTER = ["untouched", "tried", "solved"]


class Class:
    """What is known of the learners.

    Attributes
    ----------
    counted : str
        What each of them is known as: a "learner" by what was handed in, live only a "notebook".
    results : dict
        By learner, by exercise: a Result.
    answers : dict
        By learner, by question: the answers, in their order.
    points : dict
        By learner, by exercise: what nbgrader gave.
    troubles : list of str
        Of what could not be read.
    """

    def __init__(self, counted="learner"):
        self.counted = counted
        self.results, self.answers, self.points = (collections.defaultdict(dict) for _ in range(3))
        self.troubles = []

    def add(self, learner, results):
        known = self.results[learner]
        for name, result in results.items():
            if name not in known or BETTER.index(result.state) > BETTER.index(known[name].state):
                known[name] = result

    def disagreements(self):
        """Yield a sentence for each exercise that nbgrader gave points for and that is not solved in the teacher's own run."""
        for learner, points in self.points.items():
            for name, given in points.items():
                state = self.results[learner].get(name, Result("untouched")).state
                if given and state != "solved":
                    yield f"{learner}, {name}: nbgrader gave {given:g}, but in a run of its own it is not solved. Look at it."


def collect(folder):
    """Return the Class of all that lies in a folder.

    Raises
    ------
    ValueError
        When nothing of use lies there.
    """
    folder, group = pathlib.Path(folder), Class()
    nbgrader = (folder / "gradebook.db").exists()
    handed_in = folder / "submitted" if nbgrader else folder
    for path in sorted(handed_in.rglob("*.ipynb")):
        if ".ipynb_checkpoints" not in path.parts:
            try:
                group.add(learner_of(path, handed_in), judged(path))
            except ValueError as trouble:
                group.troubles.append(str(trouble))
    for path in sorted(handed_in.rglob("*.json")):
        _add_progress(group, learner_of(path, handed_in), path)
    if nbgrader:
        _add_points(group, folder / "gradebook.db")
    for path in sorted(folder.glob(LIVE)):
        group.add(path.stem, live_results(path))
    if not group.results and not group.troubles:
        raise ValueError(f"{folder} holds neither notebooks nor progress.json, nor the lines of a live board.")
    return group


def learner_of(path, folder):
    """Return whose a file is: the first folder that it lies in, or what its name says besides the lesson."""
    inside = path.relative_to(folder)
    name = MOODLE.sub("", inside.parts[0])
    if len(inside.parts) > 1 or name != inside.parts[0]:
        return name
    name = inside.stem
    for lesson in all_lessons():
        name = name.replace(lesson.stem, "")
    return name.strip(" _-.") or inside.stem


def _add_progress(group, learner, path):
    try:
        known = json.loads(path.read_bytes())
        exercises, questions = known["exercises"], known["questions"]
        states = {name: "solved" if record.get("solved") is True else "tried" for name, record in exercises.items()}
        answers = {name: list(record.get("answers", [])) for name, record in questions.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return  # another file
    group.add(learner, {name: Result(state) for name, state in states.items() if name in EXERCISES})
    group.answers[learner].update(answers)


def _add_points(group, path):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{path.resolve()}") as gradebook:
        for assignment in gradebook.assignments:
            for submission in gradebook.assignment_submissions(assignment.name):
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        group.points[submission.student.id][grade.name.removeprefix("check_")] = grade.score


def live_results(path):
    """Return how things stand in one notebook now: the last line of each exercise counts, but what was solved stays so.

    A mistake is shown by its name only where the exercise knows it: anybody can write into the folder, and a projector shows it.
    """
    results = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
            name, verdict, mistake = said["exercise"], said["verdict"], said["misconception"] or ""
        except (ValueError, TypeError, KeyError):
            continue  # it is being written
        if name in EXERCISES and (name not in results or results[name].state != "solved"):
            states = {"solved": "solved", "not attempted": "untouched", "not checked": "untouched"}
            known = next((each for each in EXERCISES[name].task.mistakes if each.title == mistake), None)
            title, question = (known.title, known.question) if known else ("", "")
            results[name] = Result(states.get(verdict, "tried"), title, question)
    return results


def codes(learners, path):
    """Return a code for each learner, as this file says, and write those that are new into it. A code says nothing of a name.

    The file is written whole or not at all: it alone says whose a code is.
    """
    known = {}
    if path.exists():
        with open(path, newline="", encoding="utf-8") as file:
            known = {row["learner"]: row["code"] for row in csv.DictReader(file)}
    for learner in learners:
        while learner not in known:
            code = secrets.token_hex(3)
            if code not in known.values():
                known[learner] = code
    write_all(path.parent, {path.name: table([("learner", "code"), *sorted(known.items())])})
    return known
