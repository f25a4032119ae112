"""Notebook 20: find an order in which each blame is complete before it is handed on."""

import collections

from mlp_helpers.check.engine.comparing import written
from mlp_helpers.check.engine.exercise import Case, Exercise
from mlp_helpers.core import autograd


def troubles(order, record, result):
    """What is wrong with an order, as there is more than one right one."""
    order = list(order)
    first, last = {name: i for i, name in reversed([*enumerate(order)])}, {name: i for i, name in enumerate(order)}
    early = {each for name, inputs in record.items() for each in inputs if first.get(each, len(order)) < last.get(name, -1)}
    wrong = {
        "names that are left out": record.keys() - first.keys(),
        "names that stand there more than once": {name for name in first if first[name] < last[name]},
        "names that stand before something that was made from them": early,
    }
    return {what: written(sorted(names)) if names else "none" for what, names in wrong.items()}


def by_chance(rng):
    """A record in which everything leads to the result."""
    names = list("LABCDEFG")[: rng.integers(2, 9)]
    record = {name: [] for name in rng.permutation(names).tolist()}
    for i, name in enumerate(names[1:], start=1):
        for user in rng.integers(0, i, rng.integers(1, 4)):
            record[names[user]].append(name)
    return record, "L"


CHAIN = {f"x{i}": [f"x{i - 1}"] if i else [] for i in range(1_500)}

exercise = Exercise(
    autograd.topological_order,
    notebook="20",
    place="in class",
    view=troubles,
    asks="a list of names",
    cases=[
        Case("a chain", {"q": ["w"], "w": [], "L": ["q"]}, "L"),
        Case("two ways of the same length", {"x": [], "u": ["x"], "v": ["x"], "L": ["u", "v"]}, "L"),
        Case("a short way and a long one", {"L": ["x", "c"], "c": ["b"], "b": ["x"], "x": []}, "L"),
        Case("a long way and a short one", {"L": ["c", "x"], "c": ["b"], "b": ["x"], "x": []}, "L"),
        Case("one value twice in one operation", {"L": ["e", "e"], "e": ["s", "s"], "s": []}, "L"),
        Case("used early and late", {"L": ["d", "a"], "d": ["c", "b"], "c": ["b"], "b": ["a"], "a": []}, "L"),
        Case("a name that others wait behind", {"L": ["x", "c"], "c": ["b"], "b": ["x"], "x": ["y"], "y": []}, "L"),
        Case("the same, the other way first", {"L": ["c", "x"], "c": ["b"], "b": ["x"], "x": ["y"], "y": []}, "L"),
        Case("only the result", {"L": []}, "L"),
        Case("a chain of 1 500", CHAIN, "x1499", harsh=True),
    ],
    draw=by_chance,
    hints=[
        "When is the blame of a value complete? When everything that was made from it already stands in the order.",
        "First count how often each name is used: go through all the lists of the record. Then begin with the result, which "
        "nobody uses.",
        "Keep a list of names that are ready. Take one out, put it into the order, and lower the count of each input; an input "
        "whose count reaches 0 is ready.",
    ],
    praise="Every value comes after all that was made from it, so that its blame is complete when it is handed on. "
    "PyTorch walks back in such an order, too.",
)


@exercise.mistake("the inputs first", kind="convention", ask="Where does blame begin, at the inputs or at the result?")
def _(record, result):
    """Everything comes after what it was made from, as in the computation itself. Here the order for the way back is asked
    for, which is the same one read from its end."""
    return autograd.topological_order(record, result)[::-1]


@exercise.mistake("The order of the record", ask="Who says that the record is in the order of the computation?")
def _(record, result):
    """The names came back as they stand in the record, which may be in any order."""
    return list(record)


@exercise.mistake("The record read backwards", ask="Who says that the record is in the order of the computation?")
def _(record, result):
    """The names came back as they stand in the record, from its end to its beginning. It may be in any order."""
    return list(record)[::-1]


@exercise.mistake("Level by level", ask="When a name is met for the first time, has everything that uses it been met?")
def _(record, result):
    """A name is put into the order when it is first met, nearest to the result first. If a longer way leads to it as well,
    it hands on before that way has reported."""
    order = [result]
    for name in order:
        order += [each for each in dict.fromkeys(record[name]) if each not in order]
    return order


@exercise.mistake("At first sight", ask="When a name is met for the first time, has everything that uses it been met?")
def _(record, result):
    """One way is followed to its end, and then the next, and each name is put down as soon as it is first met. Where two ways
    meet, the name stands before what uses it on the second."""
    order, waiting = [], [result]
    while waiting:
        name = waiting.pop()
        if name not in order:
            order.append(name)
            waiting += record[name][::-1]
    return order


@exercise.also("At first sight")
def _(record, result):
    order, waiting = [], [result]
    while waiting:
        name = waiting.pop()
        if name not in order:
            order.append(name)
            waiting += record[name]
    return order


@exercise.mistake("Moved back alone", ask="When a name is moved further back, what else has to be?")
def _(record, result):
    """Where a longer way leads to a name that was met before, the name comes after that way, as it should. But what it was made
    from stays where it was, and may now stand before it."""
    depths = {result: 0}
    waiting = [result]
    for name in waiting:
        for each in record[name]:
            if each not in depths:
                waiting.append(each)
            depths[each] = max(depths.get(each, 0), depths[name] + 1)
    return sorted(depths, key=depths.get)


@exercise.also("Moved back alone")
def _(record, result):
    order = [result]
    for name in order:
        for each in record[name]:
            if each in order:
                order.remove(each)
            order.append(each)
    return order


@exercise.mistake("Once for each use", ask="How often should a value hand on its blame?")
def _(record, result):
    """A name stands in the order as often as it was used. Its blame would be handed on again and again, before it is
    complete."""
    order, waiting = [], [result]
    while waiting:
        name = waiting.pop()
        order.append(name)
        waiting += record[name]
    return order


@exercise.also("Once for each use")
def _(record, result):
    order = [result]
    for name in order:
        order += record[name]
    return order


@exercise.also("Once for each use")
def _(record, result):
    order, waiting = [], [result]
    while waiting:
        name = waiting.pop(0)
        order.append(name)
        waiting = record[name] + waiting
    return order


@exercise.mistake("The result is missing", ask="Which value has a blame of its own, from which all others come?")
def _(record, result):
    """The result itself does not stand in the order, although it is where blame begins."""
    return autograd.topological_order(record, result)[1:]


@exercise.mistake("Values without inputs are missing", ask="Which values do we want the blame of, in the end?")
def _(record, result):
    """Values that were made from nothing are not in the order; the weights are among them."""
    return [name for name in autograd.topological_order(record, result) if record[name]]


@exercise.mistake("Counted twice, ticked off once", ask="How often is e used in e · e, and how many reports does it get?")
def _(record, result):
    """A value that one operation uses twice is missing, and so is the rest: its two uses were counted, and only one of them
    taken off again."""
    uses = collections.Counter(each for inputs in record.values() for each in inputs)
    order, ready = [], [result]
    while ready:
        name = ready.pop()
        order.append(name)
        for each in dict.fromkeys(record[name]):
            uses[each] -= 1
            if uses[each] == 0:
                ready.append(each)
    return order


@exercise.mistake(
    "a function that calls itself", kind="fragile", ask="How many calls may wait for one another, when a computation is long?"
)
def _(record, result):
    """The order is right, but the function calls itself for each input. After about a thousand operations in a row Python
    refuses to go deeper."""
    order = []

    def visit(name):
        if name not in order:
            for each in record[name]:
                visit(each)
            order.append(name)

    visit(result)
    return order[::-1]
