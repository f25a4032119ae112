"""What the checks say of a result that is in no list: an observation that holds in all cases, and is true of others too."""

import copy
import re

import numpy as np
import pytest
from mutants import exercises, mutants

from mlp_helpers import check
from mlp_helpers.check.engine.relations import other_inputs, relation
from mlp_helpers.check.engine.surroundings import as_it_should_be
from mlp_helpers.check.engine.task import Case, Task
from mlp_helpers.core.functions import softmax


def of(X, Y, rate):
    """What is asked for: a table."""
    return X * rate - 2 * Y**2


def drawn(rng):
    n, k = rng.integers(2, 6, 2)
    return rng.normal(0, 1, (n, k)), rng.normal(0, 1, (n, k)), float(rng.uniform(0.1, 0.9))


def judge(solution, draw, *cases):
    return Task(solution, [Case("by hand", *draw(np.random.default_rng(3))), *cases], draw, "Right.")


def said_of(task, function, numbers=(), example=None):
    with as_it_should_be():
        return _said_of(task, function, numbers, example)


def _said_of(task, function, numbers, example):
    behaviours = [task.behaviour(task.run(function, case.arguments, 5)) for case in task.cases]
    wrong = [i for i, behaviour in enumerate(behaviours) if not task.alike(behaviour, task.expected[i])]
    return relation(task, function, behaviours, wrong[0], numbers, example) if wrong else ""


TABLES = judge(of, drawn)
HUGE = np.full((2, 2), 1e300), np.zeros((2, 2)), 0.5
OBSERVED = {  # what is true of each of these results
    "every entry has the wrong sign": lambda X, Y, r: -of(X, Y, r),
    "every entry is 2 times too large": lambda X, Y, r: 2 * of(X, Y, r),
    "every entry is 10 times too small, and its sign is wrong": lambda X, Y, r: of(X, Y, r) / -10,
    "every entry is 0.7 times the expected one": lambda X, Y, r: of(X, Y, r) * 0.7,
    "every entry is `len(X)` times too large": lambda X, Y, r: of(X, Y, r) * len(X),
    "every entry is `len(X)` times too small": lambda X, Y, r: of(X, Y, r) / len(X),
    "every entry is `X.shape[1]` times too large": lambda X, Y, r: of(X, Y, r) * X.shape[1],
    "every entry is `X.size` times too small": lambda X, Y, r: of(X, Y, r) / X.size,
    "every entry is `rate` times too large, and its sign is wrong": lambda X, Y, r: -of(X, Y, r) * r,
    "every entry is `1 - rate` times too small": lambda X, Y, r: of(X, Y, r) / (1 - r),
    "every entry is `np.sqrt(len(X))` times too small": lambda X, Y, r: of(X, Y, r) / np.sqrt(len(X)),
    "every entry is the expected one times a number, the same one for all entries": lambda X, Y, r: of(X, Y, r) * X[0, 0],
    "every entry is too large by 1": lambda X, Y, r: of(X, Y, r) + 1,
    "every entry is too small by `rate`": lambda X, Y, r: of(X, Y, r) - r,
    "every entry is the expected one plus a number, the same one for all entries": lambda X, Y, r: of(X, Y, r) + X[0, 0],
    "every entry is 1 minus the expected one": lambda X, Y, r: 1 - of(X, Y, r),
    "every entry is the reciprocal of the expected one": lambda X, Y, r: 1 / of(X, Y, r),
    "every entry is the square of the expected one": lambda X, Y, r: of(X, Y, r) ** 2,
    "every entry is the expected one without its sign": lambda X, Y, r: abs(of(X, Y, r)),
    "every entry is e to the power of the expected one": lambda X, Y, r: np.exp(of(X, Y, r)),
    "every entry is the logarithm of the expected one": lambda X, Y, r: np.log(of(X, Y, r)),
    "every entry is the square root of the expected one": lambda X, Y, r: np.sqrt(of(X, Y, r)),
    "every entry is the expected one, rounded to one decimal": lambda X, Y, r: np.round(of(X, Y, r), 1),
    "it is the transpose of what is expected": lambda X, Y, r: of(X, Y, r).T,
    "the rows come in the opposite order": lambda X, Y, r: of(X, Y, r)[::-1],
    "the columns come in the opposite order": lambda X, Y, r: of(X, Y, r)[:, ::-1],
    "the rows are shifted down by one": lambda X, Y, r: np.roll(of(X, Y, r), 1, axis=0),
    "the columns are shifted to the left by one": lambda X, Y, r: np.roll(of(X, Y, r), -1, axis=1),
    "only the first of the rows came": lambda X, Y, r: of(X, Y, r)[0],
    "the last one is missing, and the others are right": lambda X, Y, r: of(X, Y, r)[:-1],
    "there is one too many at its beginning, and the others are right": lambda X, Y, r: np.vstack([X[:1], of(X, Y, r)]),
    "it is the mean of the expected entries along axis 0": lambda X, Y, r: of(X, Y, r).mean(axis=0),
    "it is the sum of all entries that are expected": lambda X, Y, r: of(X, Y, r).sum(),
    "its mean along axis 0 is what is expected": lambda X, Y, r: np.array([of(X, Y, r) - 1, of(X, Y, r) + 1]),
    "each row of the expected entries is divided by its sum": lambda X, Y, r: (
        of(X, Y, r) / of(X, Y, r).sum(axis=1, keepdims=True)
    ),
    "all expected entries are divided by their length": lambda X, Y, r: of(X, Y, r) / np.linalg.norm(of(X, Y, r)),
    "the numbers are right and in the right order, but the shape is different": lambda X, Y, r: of(X, Y, r).ravel(),
    "every entry is 0, in every case": lambda X, Y, r: 0 * X,
    "it is `X`, as it was given": lambda X, Y, r: X,
    "it is what is expected times `Y`": lambda X, Y, r: of(X, Y, r) * Y,
    "it is `X` minus what is expected": lambda X, Y, r: X - of(X, Y, r),
    "it is what should come out for `X` and `Y` exchanged": lambda X, Y, r: of(Y, X, r),
    "it is what should come out for `X / 255` in place of `X`": lambda X, Y, r: of(X / 255, Y, r),
    "it is what should come out for zeros in place of `Y`": lambda X, Y, r: of(X, 0 * Y, r),
    "it is what should come out for the softmax of `X` in place of `X`": lambda X, Y, r: of(
        np.exp(X) / np.exp(X).sum(axis=1, keepdims=True), Y, r
    ),
    "it is what should come out for `np.sqrt(rate)` in place of `rate`": lambda X, Y, r: of(X, Y, r**0.5),
    "it is what should come out for 0.125 in place of `rate`": lambda X, Y, r: of(X, Y, 0.125),
    "in the cases that were tried, it is right except where a negative number is expected; there it is 0": lambda X, Y, r: (
        np.where(of(X, Y, r) < 0, 0, of(X, Y, r))
    ),
    "in the cases that were tried, it is right except on the diagonal": lambda X, Y, r: of(X, Y, r) + np.eye(*X.shape) * 3 * X,
    "in the cases that were tried, it is right except where `Y < 0`": lambda X, Y, r: of(X, Y, r) + (Y < 0) * X**2,
    "in the cases that were tried, it is right except for the last row": lambda X, Y, r: np.vstack([of(X, Y, r)[:-1], X[-1:]]),
    "in the cases that were tried, it is right for the first row": lambda X, Y, r: np.vstack([of(X, Y, r)[:1], X[1:]]),
}


@pytest.mark.parametrize("clause", OBSERVED)
def test_each_relation_is_seen(clause):
    said = said_of(TABLES, OBSERVED[clause], numbers=[0.125])
    assert said.lower().startswith(clause.lower()), said
    assert said[0].isupper() and said.endswith(".")


def test_the_constant_is_said_with_its_value_in_the_first_case():
    said = said_of(TABLES, OBSERVED["every entry is `len(X)` times too large"])
    assert said.endswith(f"; here `len(X)` is {len(TABLES.cases[0].arguments[0])}.")


def test_parts_of_a_result_are_spoken_of_by_their_names():
    task = judge(lambda X: {"mean": X.mean(axis=0), "sum": X.sum(axis=0)}, lambda rng: drawn(rng)[:1])
    assert said_of(task, lambda X: {"mean": -X.mean(axis=0), "sum": X.sum(axis=0)}) == "`mean`: every entry has the wrong sign."
    turned = judge(lambda X: (X @ X.T[:, :2], X), lambda rng: drawn(rng)[:1])
    assert said_of(turned, lambda X: (X[:2] @ X.T, X)) == "Result 1 is the transpose of what is expected."
    both = said_of(task, lambda X: {"mean": X.mean(axis=0) * 3, "sum": 3 * X.sum(axis=0)})
    assert both == "`mean` and `sum`: every entry is 3 times too large."


def test_what_fails_in_a_harsh_case_alone_is_said_to_be_so():
    task = judge(of, drawn, Case("huge", *HUGE, harsh=True))
    said = said_of(task, lambda X, Y, rate: -of(X, Y, rate) if X.max() < 1e300 else np.arange(4.0).reshape(2, 2))
    assert said == "In all cases but the most extreme one (“huge”), every entry has the wrong sign."


def test_what_is_right_in_some_cases_is_said_of_the_cases_that_were_tried():
    task = judge(of, drawn, Case("one row", np.ones((1, 3)), np.ones((1, 3)), 0.5), Case("huge", *HUGE, harsh=True))
    said = said_of(task, lambda X, Y, r: of(X, Y, r) + (len(X) > 1) * X**2 * r)
    assert said == "In the cases that were tried, it is right where `len(X)` is 1."
    said = said_of(task, lambda X, Y, r: of(X, Y, r) + (len(X) > 1) * X**2 * r if X.max() < 1e300 else X[0])
    assert said == "In all cases that were tried but the most extreme one (“huge”), it is right where `len(X)` is 1."


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        (["huge", "huger"], "ones (“huge”, “huger”), every"),
        (["huge", "huger", "hugest", "no end of it"], "the 4 most extreme ones, every"),
    ],
)
def test_the_cases_that_are_left_out_are_named_where_they_are_few(titles, named):
    task = judge(of, drawn, *(Case(title, *HUGE, harsh=True) for title in titles))
    assert named in said_of(task, lambda X, Y, rate: -of(X, Y, rate) if X.max() < 1e300 else np.arange(4.0).reshape(2, 2))


def test_of_a_single_number_no_entry_is_spoken_of():
    task = judge(lambda X, Y: (X * Y).sum(), lambda rng: drawn(rng)[:2])
    assert said_of(task, lambda X, Y: np.round((X * Y).sum(), 1)) == "It is the expected one, rounded to one decimal."
    task = judge(lambda X, Y: {"loss": (X * Y).sum()}, lambda rng: drawn(rng)[:2])
    said = said_of(task, lambda X, Y: {"loss": np.round((X * Y).sum(), 1)})
    assert said == "`loss` is the expected one, rounded to one decimal."


def test_of_the_only_row_or_column_nothing_is_summed():
    def drawn_rows(rng):
        return (rng.normal(0, 1, (int(rng.integers(2, 6)), 3)),)

    means = judge(lambda X: X.mean(axis=0), drawn_rows)
    assert said_of(means, lambda X: X.mean(axis=0, keepdims=True)) == "Its only row is what is expected."
    assert said_of(means, lambda X: X.mean(axis=0)[:, None]) == "Its only column is what is expected."
    kept = judge(lambda X: X.mean(axis=0, keepdims=True), drawn_rows)
    assert said_of(kept, lambda X: X.mean(axis=0)) == "It is the only row of what is expected."


def test_where_the_type_is_another_only_the_numbers_are_called_right():
    def counted(X):
        return np.round(10 * X).astype(int)

    task = judge(lambda X, Y: counted(X), lambda rng: drawn(rng)[:2], Case("one row", np.ones((1, 3)), np.ones((1, 3))))
    said = said_of(task, lambda X, Y: counted(X) + 1.0 * (len(X) > 1) * np.sign(X) * (np.abs(X) + 1))
    assert said == "In the cases that were tried, the numbers are right where `len(X)` is 1."
    said = said_of(task, lambda X, Y: counted(X)[:-1] * 1.0)
    assert said == "The last one is missing, and the others are the right numbers."


def test_where_one_part_of_many_is_right_says_nothing():
    def parts(X):
        return {name: X * k for k, name in enumerate("abcd", start=1)}

    task = judge(parts, lambda rng: (rng.normal(0, 1, rng.integers(2, 6, 2)),))
    wrong = {name: np.sin for name in "bcd"}
    said = said_of(task, lambda X: parts(X) | {"a": X + np.eye(*X.shape) * X**2} | {n: f(X) for n, f in wrong.items()})
    assert said == ""
    one_image = judge(parts, lambda rng: (rng.normal(0, 1, rng.integers(2, 6, 2)),))
    one_image.cases.insert(0, Case("zeros", np.zeros((2, 2))))
    said = said_of(one_image, lambda X: parts(X) | {"a": X + np.eye(*X.shape)} | {n: f(X) for n, f in wrong.items()})
    assert said == ""
    assert "diagonal" in said_of(task, lambda X: parts(X) | {"a": X + np.eye(*X.shape) * X**2, "b": np.sin(X)})


def test_of_what_many_a_wrong_formula_gives_nothing_is_made():
    def fallen(curve, steps):
        return (curve.max() - curve[-1]) / steps

    def curves(rng):
        return rng.uniform(0, 1, int(rng.integers(1, 4))), int(rng.integers(1, 4))

    cases = [Case("three", np.array([0.1, 0.9, 0.4]), 2), Case("one, and two steps", np.array([0.5]), 2)]
    task = Task(fallen, cases, curves, "Right.")
    assert said_of(task, lambda curve, steps: (curve.max() - curve.min() ** 2 * (len(curve) > 1) - curve[-1]) / steps) == ""
    assert said_of(task, lambda curve, steps: fallen(curve, steps) + (steps > 1) * curve[0] ** 2) == ""


def test_a_number_that_is_always_the_same_is_not_called_an_entry():
    task = judge(lambda X: X.mean(), lambda rng: drawn(rng)[:1])
    assert said_of(task, lambda X: 1.0) == "The result is 1, in every case."


def test_when_the_time_is_up_no_other_input_is_looked_for(monkeypatch):
    exchanged = OBSERVED["it is what should come out for `X` and `Y` exchanged"]
    monkeypatch.setattr(other_inputs, "SECONDS", 0)
    assert said_of(TABLES, exchanged) == ""


def test_a_number_that_is_not_used_is_said_to_be_0_where_only_whole_numbers_are_given():
    """And not a hundredth of what was given, which comes to nothing too."""

    def start_again(X, down, right):
        images = X.reshape(-1, 28, 28)
        moved = np.roll(images, down, axis=1)
        moved = np.roll(images, right, axis=2)
        return moved.reshape(X.shape)

    assert said_of(check.shift.task, start_again) == "It is what should come out for 0 in place of `down`."


def test_what_is_right_in_a_few_cases_by_accident_is_not_said():
    """That the last of the means is the nearest, whenever there is one image; or a comparison of what has nothing in common."""
    assert said_of(check.nearest_mean.task, lambda means, X: np.full(len(X), len(means) - 1)) == ""
    clipped = said_of(check.step_on_input.task, lambda X, dX, eps: np.clip(X + np.clip(dX, -eps, eps), 0, 1))
    assert "X > dX" not in clipped and "X < dX" not in clipped


def test_one_argument_is_compared_with_another_that_has_a_default():
    def too_soon(done, warmup=0.1):
        fallen = (done - warmup) / (1 - warmup)
        return done / warmup if done < warmup else (1 - fallen) ** 2

    said = said_of(check.linear_schedule.task, too_soon)
    assert "it is right except where `done > warmup`" in said


STRANGE = [
    lambda X, Y, r: X**2 + np.sin(Y),
    lambda X, Y, r: "a table",
    lambda X, Y, r: None,
    lambda X, Y, r: np.full((7, 3, 2), np.nan),
    lambda X, Y, r: {"a": X},
    lambda X, Y, r: (X, Y),
    lambda X, Y, r: X @ Y,
    lambda X, Y, r: np.array([], float),
]


@pytest.mark.parametrize("function", [of, *STRANGE])
def test_nothing_is_said_of_what_is_right_or_unrelated(function):
    assert said_of(TABLES, function) == ""


def test_a_zero_for_one_value_alone_is_no_relation():
    def draw(rng):
        return float(rng.integers(0, 3)), int(rng.integers(2, 9))

    times, plus = (judge(solution, draw, Case("none", 0.0, 5)) for solution in (lambda a, n: a * n, lambda a, n: a + n))
    assert said_of(times, lambda a, n: a * (n + a)) == ""
    tried = "In the cases that were tried, it is right except where `a "
    assert said_of(plus, lambda a, n: a * a * n + n).startswith(tried)


def test_one_case_alone_proves_nothing():
    first = TABLES.cases[0].arguments[2]
    assert said_of(TABLES, lambda X, Y, r: -of(X, Y, r) if r == first else of(X, Y, r)) == ""


@pytest.mark.parametrize("exercise", exercises()[::11], ids=lambda exercise: exercise.name)
def test_what_is_said_is_true_of_further_cases(exercise):
    """A relation that a changed solution shows in an exercise's cases holds in twenty more."""
    task, rng = exercise.task, np.random.default_rng(7)
    more = copy.copy(task)
    more.cases = [*(Case("another", *task.draw(rng)) for _ in range(20)), *task.cases]
    for description, function in list(mutants(exercise))[:20:3]:
        said = said_of(task, function)
        if said:
            parts, relation = parts_and_relation(said)
            fewer, still = parts_and_relation(said_of(more, function))
            assert relation == still and fewer <= parts, description  # a part may be right in most of the drawn cases


def parts_and_relation(said):
    """The parts of the result of which something is said, and what."""
    parts, _, relation = words(said).rpartition(": ")
    return set(re.findall("`(.+?)`", parts)), relation


def words(said):
    """What is said, without the numbers of the case that is shown."""
    return re.sub(r"; t?here [^;]*", "", said).removesuffix(".")


def said_of_cell(name, function):
    return check.EXERCISES[name].diagnose(function).relation


def gradients(X, Y, W1, b1, W2, b2, ungated=False, without_relu=False):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (softmax((Z1 if without_relu else A1) @ W2 + b2) - Y) / len(X)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (Z1 > 0)
    db1 = (dA1 if ungated else dZ1).sum(axis=0)
    return {"dW1": X.T @ dZ1, "db1": db1, "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}


def test_a_comparison_that_hardly_ever_comes_about_by_chance_is_not_said_of_right_entries():
    """Drawn biases are never 0, so that drawn cases cannot refute it."""
    assert said_of_cell("two_layer_gradients", lambda *given: gradients(*given, ungated=True)) == ""


def test_of_the_length_of_what_the_function_is_not_about_nothing_is_said():
    assert "len(b1)" not in said_of_cell("two_layer_gradients", lambda *given: gradients(*given, without_relu=True))


def test_of_a_name_that_has_a_new_value_in_the_code_nothing_is_said():
    def long(X, Y, rate):
        due, n = of(X, Y, rate), len(X)
        X = X[:1]
        return due * n * len(X)

    def renamed(A, Y, rate):
        due, n = of(A, Y, rate), len(A)
        A = A[:1]
        return due * n * len(A)

    assert "`len(X)` times too large" in said_of(TABLES, lambda X, Y, rate: of(X, Y, rate) * len(X))
    assert "`len(X)` times too large" in said_of(TABLES, renamed)
    assert "X" not in said_of(TABLES, long)

    def and_itself(X, Y, rate):
        due, first = of(X, Y, rate), X
        X = X[:1]
        return due + first

    assert said_of(TABLES, lambda X, Y, rate: of(X, Y, rate) + X) == "It is what is expected plus `X`."
    assert "X" not in said_of(TABLES, and_itself)

    def on_one(X, Y, rate):
        """Right for a single row, and for no other number of them."""
        factor = len(X)
        X = X * factor
        return of(X, Y, rate)

    def the_same(X, Y, rate):
        return of(X * len(X), Y, rate)

    one = judge(of, lambda rng: (*rng.normal(0, 1, (2, int(rng.integers(1, 4)), 3)), float(rng.uniform(0.1, 0.9))))
    assert "where `len(X)` is 1" in said_of(one, the_same)
    assert "X" not in said_of(one, on_one)


def test_a_class_that_is_too_wide_where_the_learner_looks_is_not_said():
    def a_whole_column_for_each_label(P, Y):
        dZ = P.copy()
        dZ[:, Y.argmax(axis=1)] -= 1
        return dZ / len(P)

    assert said_of_cell("softmax_cross_entropy_backward", a_whole_column_for_each_label) == ""


def test_a_class_that_is_too_wide_in_the_learners_own_example_is_not_said():
    def draw(rng):
        return rng.uniform(0.1, 0.9, (4, 3)), np.eye(3)[rng.integers(0, 3, 4)]

    def squared(P, Y):
        return np.where((Y == 0) & (P > 0.05), P * P, P + Y)

    task = judge(lambda P, Y: P + Y, draw)
    said = "In the cases that were tried, it is right except where `Y "
    assert said_of(task, squared).startswith(said)
    shown = np.array([[0.01, 0.98, 0.01], [0.3, 0.69, 0.01]]), np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    assert said_of(task, squared, example=shown) == ""
    assert said_of(task, squared, example=(np.full((1, 2), 0.5), np.array([[0.0, 1.0]]))).startswith(said)


def test_an_example_in_which_the_result_is_right_or_an_error_comes_says_nothing():
    for shown in ((np.zeros((2, 2)), np.zeros((2, 2)), 0.5), (np.zeros((2, 2)), np.zeros((3, 3)), 0.5)):
        assert said_of(TABLES, lambda X, Y, r: 2 * of(X, Y, r), example=shown) == "Every entry is 2 times too large."


def test_of_two_classes_alike_the_one_by_a_single_argument_is_said():
    def draw(rng):
        Y = np.eye(3)[rng.integers(0, 3, 4)]
        return rng.uniform(0.1, 0.9, Y.shape), Y

    task = judge(lambda P, Y: P + Y, draw)
    said = said_of(task, lambda P, Y: np.where(Y == 0, P * P, P + Y))
    assert said in {f"In the cases that were tried, it is right except where `Y {sign}`." for sign in ("== 0", "<= 0", "< 1")}


def test_of_several_parts_it_is_said_of_each():
    task = judge(lambda X: {"mean": X.mean(axis=0), "sum": X.sum(axis=0)}, lambda rng: drawn(rng)[:1])
    said = said_of(task, lambda X: {"mean": np.ravel(X[:1]), "sum": np.ravel(X[:1])})
    assert not said or "it is" not in said
    both = judge(lambda X, Y: {"one": X + Y, "other": X + Y}, lambda rng: drawn(rng)[:2])
    assert said_of(both, lambda X, Y: {"one": X, "other": X}) == "`one` and `other` are each `X`, as it was given."
