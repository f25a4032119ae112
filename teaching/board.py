"""The board: how a class stands, exercise by exercise, as one page without a name on it."""

import ast
import collections
import dataclasses
import html

from mlp_helpers.check import EXERCISES
from mlp_helpers.check.engine.questions import QUESTIONS

from .collecting import codes
from .files import table, write_all

DEFINES = ast.FunctionDef | ast.ClassDef
UNKNOWN = "A mistake that is in no list"
STYLE = """
:root{color-scheme:light dark;--solved:#3f90da;--tried:#ffa90e;--card:#8881}
body{font:1.15rem/1.45 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem}
h2{margin:2rem 0 .3rem}section{background:var(--card);border-radius:.5rem;padding:.6rem 1rem;margin:.8rem 0}
h3{margin:0;font-size:1.25rem}.bar{display:flex;height:1.1rem;border:1px solid #888;margin:.4rem 0}
.solved{background:var(--solved)}
.tried{background:repeating-linear-gradient(45deg,var(--tried) 0 .4rem,#0003 .4rem .5rem),var(--tried)}
li{margin:.5rem 0}code{background:#8882;padding:.1rem .3rem;border-radius:.2rem}.right{font-weight:bold}
"""
FOLLOW = """<script>
setInterval(async () => {
  try {
    const main = document.querySelector("main"), text = await (await fetch("now")).text()
    if (main.innerHTML !== text) main.innerHTML = text
  } catch { document.title = "Board (stopped)" }
}, 1000)
</script>"""


@dataclasses.dataclass
class Mistake:
    """A mistake that some made: how many, one typical line, and the question that leads on."""

    title: str
    count: int
    line: str
    question: str


def mistakes_in(results, solution):
    """Return the mistakes in the results of one exercise, the most frequent first."""
    right = set(lines_of_code(solution)).union(*(lines_of_code(each.source) for each in results if each.state == "solved"))
    made = collections.defaultdict(list)
    for result in results:
        if result.state == "tried":
            made[result.mistake].append(result)
    found = [
        Mistake(title or UNKNOWN, len(who), typical_line([each.source for each in who], right), who[0].question)
        for title, who in made.items()
    ]
    return sorted(found, key=lambda each: (each.title == UNKNOWN, -each.count, each.title))


def typical_line(sources, right):
    """Return the line that most of these sources have and that stands in no right one; "" where there is none."""
    counts = collections.Counter(line for source in sources for line in dict.fromkeys(lines_of_code(source)) if line not in right)
    return max(counts, key=lambda line: (counts[line], len(line)), default="")


def lines_of_code(source):
    """Return the statements in a source's functions without comments and docstrings, and with … for what stands in quotes."""
    try:
        tree = _Quoted().visit(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError):
        return []
    inside = [node for top in tree.body if isinstance(top, DEFINES) for node in ast.walk(top) if isinstance(node, ast.stmt)]
    texts = [ast.unparse(node).splitlines()[0] for node in inside if not isinstance(node, DEFINES)]
    return [text for text in texts if text not in ("'…'", "...", "pass")]


class _Quoted(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant("…") if isinstance(node.value, str | bytes) else node

    def visit_JoinedStr(self, node):
        return ast.Constant("…")


def main_part(group):
    """Return the board as a part of a page."""
    learners, parts, lesson = len(group.results), [], None
    for exercise in EXERCISES.values():
        results = [results[exercise.name] for results in group.results.values() if exercise.name in results]
        if not results:
            continue
        if exercise.notebook != lesson:
            lesson = exercise.notebook
            parts.append(f"<h2>Lesson {lesson}</h2>")
        parts.append(_section(exercise, results, learners))
    asked = _questions(group)
    title = f"<h1>{learners} {group.counted}{'s' * (learners != 1)}</h1>"
    return title + "".join(parts) + (f"<h2>Predictions and questions</h2>{asked}" if asked else "")


def _section(exercise, results, learners):
    states = collections.Counter(each.state for each in results)
    shares = {"solved": states["solved"], "tried": states["tried"], "untouched": learners - states["solved"] - states["tried"]}
    bar = "".join(f'<div class="{state}" style="flex:{number}"></div>' for state, number in shares.items())
    said = ", ".join(f"{number} {state}" for state, number in shares.items())
    rows = "".join(map(_mistake, mistakes_in(results, exercise.source())))
    head = f"<h3>{html.escape(exercise.name)} <small>({exercise.place})</small></h3>"
    listed = f"<ul>{rows}</ul>" if rows else ""
    return f'<section>{head}<div class="bar" aria-hidden="true">{bar}</div><div>{said}</div>{listed}</section>'


def _mistake(each):
    line = f" <code>{html.escape(each.line)}</code>" if each.line else ""
    question = f"<br><em>{html.escape(each.question)}</em>" if each.question else ""
    return f"<li><b>{each.count} ×</b> {html.escape(each.title)}{line}{question}</li>"


def _questions(group):
    parts = []
    for name, question in QUESTIONS.items():
        chosen = collections.Counter(given[name][-1] for given in group.answers.values() if given.get(name))
        if chosen:
            rows = "".join(
                f'<li class="{"right" * (option == question.right)}">{chosen[option]} × {html.escape(option)}'
                f"{' (right)' * (option == question.right)}</li>"
                for option in question.options
            )
            head = f"<h3>{question.notebook}: {html.escape(question.text)}</h3>"
            parts.append(f"<section>{head}<ul>{rows}</ul></section>")
    return "".join(parts)


def page(group, follow=False):
    """Return the board as a page that needs nothing else; one that follows asks for what is new, every second."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Board</title><style>{STYLE}</style>'
    end = FOLLOW if follow else ""
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{main_part(group)}</main>{end}</body></html>'


def write(group, folder):
    """Write board.html and board.csv, without names, and names.csv, which says whose a code is. Return their paths."""
    names_file = folder / "names.csv"
    known = codes(group.results, names_file)
    names = [name for name in EXERCISES if any(name in results for results in group.results.values())]
    points = [f"{name} points" for name in names] if group.points else []
    rows = [["code", *names, *points]]
    for learner, results in sorted(group.results.items(), key=lambda each: known[each[0]]):
        states = [results[name].state if name in results else "" for name in names]
        given = [group.points[learner].get(name, "") for name in names] if points else []
        rows.append([known[learner], *states, *given])
    return [*write_all(folder, {"board.html": page(group).encode(), "board.csv": table(rows)}), names_file]
