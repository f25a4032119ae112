"""Backprop stepper: a 2-3-2 network, one local operation after the other, forwards and then backwards."""

import functools
from dataclasses import dataclass

import numpy as np

from ..core.functions import cross_entropy, linear, relu, softmax
from ..core.gradients import numerical_gradient
from .chart import COLOURS, line, points, text
from .lab import Lab, button, choice, shelf, slider

START = {
    "x1": 1.0, "x2": 2.0,
    "w11": 0.5, "w12": -1.0, "w13": 0.3, "w21": 0.25, "w22": 0.2, "w23": 0.1, "b1": 0.0, "b2": 0.1, "b3": -0.2,
    "v11": 1.0, "v12": -0.5, "v21": 0.7, "v22": 0.4, "v31": -1.0, "v32": 2.0, "c1": 0.1, "c2": 0.2,
}  # fmt: skip
LOW, HIGH = -3.0, 3.0
ARRAYS = {"X": (1, 2), "W1": (2, 3), "b1": (3,), "W2": (3, 2), "b2": (2,)}  # what START becomes in notebook 07
MATRICES = {  # as in notebook 07, and the shapes
    "Z1": ("Z1 = X @ W1 + b1", "(1, 2) @ (2, 3) + (3,) -> (1, 3)"),
    "A1": ("A1 = relu(Z1)", "(1, 3) -> (1, 3)"),
    "Z2": ("Z2 = A1 @ W2 + b2", "(1, 3) @ (3, 2) + (2,) -> (1, 2)"),
    "P": ("P = softmax(Z2)", "(1, 2) -> (1, 2)"),
    "L": ("L = cross_entropy(P, Y)", "(1, 2), (1, 2) -> one number"),
    "dZ2": ("dZ2 = (P - Y) / n, with n = 1", "(1, 2) - (1, 2) -> (1, 2)"),
    "dW2": ("dW2 = A1.T @ dZ2", "(3, 1) @ (1, 2) -> (3, 2)"),
    "db2": ("db2 = dZ2.sum(axis=0)", "(1, 2) -> (2,)"),
    "dA1": ("dA1 = dZ2 @ W2.T", "(1, 2) @ (2, 3) -> (1, 3)"),
    "dZ1": ("dZ1 = dA1 * (Z1 > 0)", "(1, 3) * (1, 3) -> (1, 3)"),
    "dW1": ("dW1 = X.T @ dZ1", "(2, 1) @ (1, 3) -> (2, 3)"),
    "db1": ("db1 = dZ1.sum(axis=0)", "(1, 3) -> (3,)"),
    "dX": ("dX = dZ1 @ W1.T", "(1, 3) @ (3, 2) -> (1, 2)"),
}
NUDGE = 1e-5
CORNER = 10 * NUDGE  # nearer than this to 0, a nudge may cross the corner of a ReLU
MEASURED = 1e-6  # what nudging finds of a smaller blame is mostly rounding

WIDTH, HEIGHT, GRAPH = 880, 400, 572
ROOM = 45  # letters of a sum that fit beside the graph
ROWS, PAIR = (325, 200, 75), (265, 135)
PLACES = {"L": (545, 200)}  # of the units, in pixels from the left and from below
for column, names, heights in ((44, "x", (290, 110)), (200, "s", ROWS), (290, "a", ROWS), (420, "z", PAIR), (485, "p", PAIR)):
    PLACES |= {f"{names}{i}": (column, height) for i, height in enumerate(heights, 1)}
RADIUS = 23
EDGES = {f"w{i}{j}": (f"x{i}", f"s{j}") for i in (1, 2) for j in (1, 2, 3)}
EDGES |= {f"v{i}{j}": (f"a{i}", f"z{j}") for i in (1, 2, 3) for j in (1, 2)}
EDGES |= {f"s{i}a{i}": (f"s{i}", f"a{i}") for i in (1, 2, 3)}
EDGES |= {f"z{i}p{j}": (f"z{i}", f"p{j}") for i in (1, 2) for j in (1, 2)} | {f"p{j}L": (f"p{j}", "L") for j in (1, 2)}
USED, MADE, DARK, BLAME = f"{COLOURS[0]}55", COLOURS[1], "#222222", "#d8442a"


def values(parameters, true):
    """Every number of the network, forwards and backwards, with single numbers as in notebook 06: name -> number.

    Parameters
    ----------
    parameters : dict
        The numbers of ``START``.
    true : 1 or 2
        The true class.
    """
    p = dict(parameters)
    for j in (1, 2, 3):
        p[f"s{j}"] = round(p["x1"] * p[f"w1{j}"] + p["x2"] * p[f"w2{j}"] + p[f"b{j}"], 12)  # 0 where it should be 0
        p[f"a{j}"] = max(p[f"s{j}"], 0.0)
    for j in (1, 2):
        p[f"z{j}"] = p["a1"] * p[f"v1{j}"] + p["a2"] * p[f"v2{j}"] + p["a3"] * p[f"v3{j}"] + p[f"c{j}"]
    for j in (1, 2):
        p[f"p{j}"] = np.exp(p[f"z{j}"]) / (np.exp(p["z1"]) + np.exp(p["z2"]))
    p["L"] = -np.log(p[f"p{true}"])
    for j in (1, 2):
        p[f"dz{j}"] = p[f"p{j}"] - (j == true)
        p[f"dc{j}"] = p[f"dz{j}"]
    for i in (1, 2, 3):
        for j in (1, 2):
            p[f"dv{i}{j}"] = p[f"a{i}"] * p[f"dz{j}"]
        p[f"da{i}"] = p[f"v{i}1"] * p["dz1"] + p[f"v{i}2"] * p["dz2"]
        p[f"ds{i}"] = p[f"da{i}"] if p[f"s{i}"] > 0 else 0.0
        p[f"db{i}"] = p[f"ds{i}"]
    for i in (1, 2):
        for j in (1, 2, 3):
            p[f"dw{i}{j}"] = p[f"x{i}"] * p[f"ds{j}"]
        p[f"dx{i}"] = p[f"w{i}1"] * p["ds1"] + p[f"w{i}2"] * p["ds2"] + p[f"w{i}3"] * p["ds3"]
    return {name: float(value) + 0.0 for name, value in p.items()}  # + 0.0: a zero without a minus sign


def arrays(parameters):
    """The numbers as the arrays of notebook 07: X, W1, b1, W2, b2."""
    names, found = iter(parameters.values()), {}
    for name, shape in ARRAYS.items():
        found[name] = np.array([next(names) for _ in range(np.prod(shape))], np.float64).reshape(shape)
    return found


def nudged(parameters, true):
    """The slope of the loss for every number but p and L, found by nudging alone: name with a d -> number."""
    T, Y = arrays(parameters), np.eye(2)[[true - 1]]
    T["Z1"] = linear(T["X"], T["W1"], T["b1"])
    T["A1"] = relu(T["Z1"])
    T["Z2"] = linear(T["A1"], T["W2"], T["b2"])

    def from_scores(_):
        return cross_entropy(softmax(T["Z2"]), Y)

    def from_hidden(_):
        return cross_entropy(softmax(linear(T["A1"], T["W2"], T["b2"])), Y)

    def from_hidden_scores(_):
        return cross_entropy(softmax(linear(relu(T["Z1"]), T["W2"], T["b2"])), Y)

    def from_inputs(_):
        return cross_entropy(softmax(linear(relu(linear(T["X"], T["W1"], T["b1"])), T["W2"], T["b2"])), Y)

    ways = dict.fromkeys(("X", "W1", "b1"), from_inputs) | dict.fromkeys(("W2", "b2", "A1"), from_hidden)
    ways |= {"Z1": from_hidden_scores, "Z2": from_scores}
    slopes = {name: numerical_gradient(loss, T[name], NUDGE).ravel() for name, loss in ways.items()}
    found = dict(zip(parameters, np.concatenate([slopes[name] for name in ARRAYS]), strict=True))
    for letter, name in (("s", "Z1"), ("a", "A1"), ("z", "Z2")):
        found |= {f"{letter}{i}": slope for i, slope in enumerate(slopes[name], 1)}
    return {f"d{name}": float(slope) for name, slope in found.items()}


@dataclass(frozen=True)
class Row:
    """One number that a step finds: its name, formula, the numbers put in, and (backwards) its slope by nudging."""

    name: str
    formula: str
    numbers: str
    value: float
    nudged: float | None = None


@dataclass(frozen=True)
class Step:
    """One local operation, or a few of the same kind."""

    title: str
    rows: tuple
    matrix: str
    shapes: str
    why: str
    uses: tuple  # names of units and weights, for the picture
    backward: bool = False


def shown(value):
    """A number with at most four digits."""
    return f"{value:.4g}"


def brief(value):
    """A number with at most three digits, with one where it is tiny: for the narrow places between the units."""
    return f"{value:.3g}" if value == 0 or abs(value) >= 1e-3 else f"{value:.0e}"


def _in(value):
    return f"({shown(value)})" if value < 0 else shown(value)


def steps(parameters, true):
    """The whole way as a list of ``Step``, forwards and then backwards, with all numbers."""
    p, slopes, way = values(parameters, true), nudged(parameters, true), []
    for backward, part in enumerate((forwards(p, true), backwards(p, true))):
        for title, rows, result, why, uses in part:
            rows = tuple(Row(name, *told, p[name], slopes.get(name)) for name, told in rows.items())
            way.append(Step(title, rows, *MATRICES[result], why, tuple(uses.split()), bool(backward)))
    return way


def total(p, products, bias=None):
    """A sum of products of two names each, and a bias: formula and numbers."""
    formula, numbers = [f"{a} · {b}" for a, b in products], [f"{_in(p[a])} · {_in(p[b])}" for a, b in products]
    if bias:
        formula, numbers = [*formula, bias], [*numbers, _in(p[bias])]
    return " + ".join(formula), " + ".join(numbers)


def forwards(p, true):
    """Yield for each step: title, rows {name: (formula, numbers)}, the array it belongs to, why, and what it uses."""
    why = "Each input times the weight on its line, plus the bias."
    for j in (1, 2, 3):
        row = total(p, [("x1", f"w1{j}"), ("x2", f"w2{j}")], f"b{j}")
        yield f"the sum of hidden unit {j}", {f"s{j}": row}, "Z1", why, f"x1 x2 w1{j} w2{j} b{j}"
    silent = [f"a{i}, until b{i} is above {shown(p[f'b{i}'] - p[f's{i}'])}" for i in (1, 2, 3) if not p[f"a{i}"]]
    why = f"What is positive is kept, the rest becomes 0. Silent: {'; '.join(silent) or 'none'}."
    rows = {f"a{i}": (f"max(s{i}, 0)", f"max({shown(p[f's{i}'])}, 0)") for i in (1, 2, 3)}
    yield "ReLU", rows, "A1", why, "s1 s2 s3 s1a1 s2a2 s3a3"
    why = "Each activation times the weight on its line, plus the bias."
    for j in (1, 2):
        row = total(p, [(f"a{i}", f"v{i}{j}") for i in (1, 2, 3)], f"c{j}")
        yield f"the score of class {j}", {f"z{j}": row}, "Z2", why, f"a1 a2 a3 v1{j} v2{j} v3{j} c{j}"
    e1, e2 = (shown(np.exp(p[name])) for name in ("z1", "z2"))
    rows = {f"p{j}": (f"exp(z{j}) / (exp(z1) + exp(z2))", f"{e} / ({e1} + {e2})") for j, e in ((1, e1), (2, e2))}
    yield "softmax", rows, "P", "Scores become probabilities, which sum to 1.", "z1 z2 z1p1 z1p2 z2p1 z2p2"
    why = f"The true class is {true}; the less probable it was, the larger the loss. Now the way back begins."
    yield "the loss", {"L": (f"-ln p{true}", f"-ln {shown(p[f'p{true}'])}")}, "L", why, f"p{true} p{true}L"


def backwards(p, true):
    """Yield the same for each step of the way back."""
    why = f"Softmax and the loss in one: the probability, less 1 for the true class {true} (derived in notebook 05)."
    rows = {f"dz{j}": (f"p{j} - {int(j == true)}", f"{shown(p[f'p{j}'])} - {int(j == true)}") for j in (1, 2)}
    yield "the blame of the scores", rows, "dZ2", why, "p1 p2 z1p1 z1p2 z2p1 z2p2"
    for i in (1, 2, 3):
        why = f"The product a{i} · v: its local slope for v is the other factor, a{i}. "
        why += "Times what comes from above, the blame of the score."
        why += "" if p[f"a{i}"] else f" Unit {i} was silent, so these weights get no blame."
        rows = {f"dv{i}{j}": total(p, [(f"a{i}", f"dz{j}")]) for j in (1, 2)}
        yield f"the weights v of hidden unit {i}", rows, "dW2", why, f"a{i} z1 z2 v{i}1 v{i}2"
    added = "A bias is added, so its local slope is 1, and the blame from above arrives as it is."
    rows = {f"dc{j}": (f"1 · dz{j}", f"1 · {_in(p[f'dz{j}'])}") for j in (1, 2)}
    yield "the biases of the scores", rows, "db2", added, "z1 z2 c1 c2"
    for i in (1, 2, 3):
        why = f"a{i} is used twice, in z1 and in z2, so it receives the sum over both paths: "
        why += "the weight on the line times the blame at its right end."
        rows = {f"da{i}": total(p, [(f"v{i}{j}", f"dz{j}") for j in (1, 2)])}
        yield f"the blame of a{i}", rows, "dA1", why, f"z1 z2 v{i}1 v{i}2"
    why = "The gate: ReLU hands the blame on where its input was positive, and stops it where not."
    for words, gate in (("Open", True), ("Shut", False)):
        units = ", ".join(str(i) for i in (1, 2, 3) if (p[f"s{i}"] > 0) == gate)
        why += f" {words}: {units}." if units else ""
    rows = {f"ds{i}": (f"da{i} · [s{i} > 0]", f"{_in(p[f'da{i}'])} · {int(p[f's{i}'] > 0)}") for i in (1, 2, 3)}
    yield "the gates", rows, "dZ1", why, "a1 a2 a3 s1a1 s2a2 s3a3"
    for j in (1, 2, 3):
        why = f"The product x · w: its local slope for w is the other factor, the input. Times what comes from above, ds{j}."
        why += "" if p[f"s{j}"] > 0 else f" The gate of unit {j} is shut, so nothing comes."
        rows = {f"dw{i}{j}": total(p, [(f"x{i}", f"ds{j}")]) for i in (1, 2)}
        yield f"the weights w of hidden unit {j}", rows, "dW1", why, f"x1 x2 s{j} w1{j} w2{j}"
    rows = {f"db{j}": (f"1 · ds{j}", f"1 · {_in(p[f'ds{j}'])}") for j in (1, 2, 3)}
    yield "the biases of the hidden units", rows, "db1", added, "s1 s2 s3 b1 b2 b3"
    for i in (1, 2):
        why = f"x{i} is used three times, once by each hidden unit, so it receives the sum over three paths."
        rows = {f"dx{i}": total(p, [(f"w{i}{j}", f"ds{j}") for j in (1, 2, 3)])}
        yield f"the blame of x{i}", rows, "dX", why, f"s1 s2 s3 w{i}1 w{i}2 w{i}3"


COUNT = len(steps(START, 2))


def describe(at, true, chosen="w11", matrices=True, **parameters):
    """The chart for step ``at`` (from 0), the true class and the 19 numbers; ``chosen`` is the one that is being moved."""
    way, p = steps(parameters, true), values(parameters, true)
    now = way[at]
    known = {row.name for step in way[: at + 1] for row in step.rows}
    made = {row.name for row in now.rows}
    direction = "backwards" if now.backward else "forwards"
    title = f"Step {at + 1} of {COUNT}, {direction}: {now.title}"
    graph = {"box": [2, 2, GRAPH, HEIGHT - 4], "xlim": [0, GRAPH], "series": network(p, now, known, made, chosen)}
    panel = {
        "box": [GRAPH + 6, 2, WIDTH - GRAPH - 8, HEIGHT - 4],
        "xlim": [0, WIDTH - GRAPH - 8],
        "series": written(now, at, matrices),
    }
    frame = {"ylim": [0, HEIGHT - 4], "xticks": False, "yticks": False}
    told = words(title, now, p, at)
    panes = [graph | frame, panel | frame]
    return {"width": WIDTH, "height": HEIGHT, "title": title, "words": told, "panes": panes, "keys": True}


def network(p, now, known, made, chosen):
    """The graph: units and weights, what is used and what is made, and all blame found so far."""
    series = [text(10, 10, "blue: put in · orange: found · red: blame found so far", anchor="start")]
    for name, (start, end) in EDGES.items():
        (x1, y1), (x2, y2) = PLACES[start], PLACES[end]
        far = RADIUS / np.hypot(x2 - x1, y2 - y1)
        ends = [x1 + far * (x2 - x1), x2 - far * (x2 - x1)], [y1 + far * (y2 - y1), y2 - far * (y2 - y1)]
        lit = name in now.uses or f"d{name}" in made
        series.append(line(*ends, **({"color": MADE, "width": 4} if lit else {"opacity": 0.3, "width": 1.2})))
    for name, (start, end) in EDGES.items():
        if name[0] in "wv":
            (x1, y1), (x2, y2) = PLACES[start], PLACES[end]
            share = 0.28 if name[0] == "w" else 0.37  # near the line's beginning, where no two lines meet
            x, y, lit = x1 + share * (x2 - x1), y1 + share * (y2 - y1), name in now.uses or f"d{name}" in made
            if lit or name == chosen:
                series.append(text(x1 + 38, y - 4, f"{name} {shown(p[name])}", halo=True, bold=True, anchor="start"))
            else:
                series.append(text(x, y - 4, shown(p[name]), halo=True))
            if f"d{name}" in made:
                series.append(text(x1 + 38, y - 18, shown(p[f"d{name}"]), halo=True, bold=True, color=BLAME, anchor="start"))
            elif f"d{name}" in known:
                place, anchor = (x1 + 38, "start") if lit or name == chosen else (x, "middle")
                series.append(text(place, y - 17, brief(p[f"d{name}"]), halo=True, color=BLAME, anchor=anchor))
    for name, (x, y) in PLACES.items():
        there = name[0] == "x" or name in known
        fresh = name in made or f"d{name}" in made
        fill = MADE if fresh else USED if name in now.uses else "none"
        series.append(points([x], [y], size=RADIUS, color=fill, edge="currentColor"))
        look = {"bold": fresh, **({"color": DARK} if fresh else {})}
        series += [text(x, y + 3, name, **look), text(x, y - 11, brief(p[name]) if there else "", **look)]
        if f"d{name}" in known:
            left = x - 8 * (name[0] == "a")  # the blame of a weight stands at its right
            series.append(text(left, y - RADIUS - 13, f"d{name} {brief(p[f'd{name}'])}", bold=True, color=BLAME, halo=True))
        bias = {"s": "b", "z": "c"}.get(name[0], "") + name[1:]
        if bias in p:
            lit = bias in now.uses or f"d{bias}" in made
            series.append(text(x, y + RADIUS + 6, f"{bias} {shown(p[bias])}", halo=True, bold=lit or bias == chosen))
            if f"d{bias}" in known:
                look = {"halo": True, "bold": f"d{bias}" in made, "color": BLAME}
                series.append(text(x, y + RADIUS + 19, f"d{bias} {brief(p[f'd{bias}'])}", **look))
    return series


def written(now, at, matrices):
    """The lines beside the graph: formula, numbers put in, result, nudged slope, and if wanted the same with matrices."""
    series, y = [text(12, HEIGHT - 26, f"{at + 1} / {COUNT}  {now.title}", bold=True, anchor="start")], HEIGHT - 56
    for row in now.rows:
        series.append(text(12, y, f"{row.name} = {row.formula}", anchor="start"))
        for sign, numbers in zip("=+", in_lines(row.numbers), strict=False):
            series.append(text(12, y - 18, f"{sign} {numbers}", anchor="start"))
            y -= 18
        y += 18
        result = f"= {shown(row.value)}"
        series.append(text(12, y - 36, result, anchor="start", bold=True))
        if row.nudged is not None:
            series.append(text(130, y - 36, f"by nudging {shown(round(row.nudged, 8) + 0.0)}", anchor="start"))
        y -= 66
    if matrices:
        series.append(text(12, 52, "as matrices, notebook 07", anchor="start"))
        series += [text(12, 34, now.matrix, anchor="start", bold=True), text(12, 16, now.shapes, anchor="start")]
    return series


def in_lines(numbers):
    """A long sum in two lines: its first two products, and the rest."""
    products = numbers.split(" + ")
    if len(numbers) <= ROOM or len(products) < 3:
        return [numbers]
    return [" + ".join(products[:2]), " + ".join(products[2:])]


def words(title, now, p, at):
    """The step in words."""
    told = f"{title}. " + ", ".join(f"{row.name} = {shown(row.value)}" for row in now.rows) + f". {now.why}"
    if now.backward:
        agree = all(np.isclose(row.value, row.nudged, rtol=1e-4, atol=1e-7) for row in now.rows)
        corners = [f"s{i}" for i in (1, 2, 3) if abs(p[f"s{i}"]) < CORNER]
        tiny = [row.name for row in now.rows if 0 < abs(row.value) < MEASURED]
        if agree:
            small = f"too small for it to tell: {', '.join(tiny)}" if tiny else ""
            whole = all(abs(row.value) < MEASURED for row in now.rows)
            told += " Nudging agrees." if not tiny else f" Nudging: {small}." if whole else f" Nudging agrees; {small}."
        elif corners:
            told += f" Nudging does not agree: {', '.join(corners)} is 0, at the corner of ReLU, where there is no single slope."
        else:
            told += " Nudging does not agree."
    return told + (" This is the first step." if at == 0 else " This is the last step." if at == COUNT - 1 else "")


class Stepper(Lab):
    """Buttons to step, one slider for the number that is chosen, and the graph."""

    def __init__(self, matrices):
        self.at, self.parameters = 0, dict(START)
        controls = {
            "chosen": choice("number", list(START), "w11"),
            "value": slider("w11", LOW, HIGH, START["w11"], 0.05),
            "true": choice("true class", {"first": 1, "second": 2}, 2),
        }
        moves = {"Next": lambda: self.at + 1, "Back": lambda: self.at - 1, "First": lambda: 0, "Last": lambda: COUNT - 1}
        self.buttons = {label: button(label, lambda to=to: self.go(to())) for label, to in moves.items()}
        self.buttons["Reset numbers"] = button("Reset numbers", self.reset)
        rows = [shelf(*self.buttons.values()), shelf(controls["chosen"]), shelf(controls["value"], controls["true"])]
        super().__init__(controls, functools.partial(describe, matrices=matrices), rows)
        self.chart.pressed = lambda key: self.go(self.at + (1 if key == "right" else -1))

    @property
    def settings(self):
        return {"at": self.at, "true": self.controls["true"].value, "chosen": self.controls["chosen"].value, **self.parameters}

    def go(self, at):
        """Show step ``at``, counted from 0, or the nearest that there is."""
        self.at = min(max(at, 0), COUNT - 1)
        self._moved()

    def reset(self):
        """Go back to the numbers of notebook 06."""
        self.parameters = dict(START)
        self.controls["true"].value = 2
        self.controls["value"].value = self.parameters[self.controls["chosen"].value]
        self._moved()

    def _moved(self, change=None):
        chosen, value = self.controls["chosen"].value, self.controls["value"]
        if change and change.owner is value:
            self.parameters[chosen] = round(value.value, 2)
        elif change and change.owner is self.controls["chosen"]:
            value.description = chosen
            if value.value != self.parameters[chosen]:
                value.value = self.parameters[chosen]  # which comes back here, and draws
                return
        super()._moved()


def lab(matrices=True):
    """The lab: ``labs.stepper().show()``; with ``matrices=False`` without the lines that notebook 07 derives."""
    return Stepper(matrices)
