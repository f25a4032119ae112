"""What a panel claims: only what the behaviour proves, and only of what it shows."""

import itertools

import numpy as np
import pytest

from mlp_helpers import check, softmax
from mlp_helpers.check.engine import clock, places
from mlp_helpers.check.engine.claims import true_of
from mlp_helpers.check.engine.comparing import alike_in_numbers, rows, summary
from mlp_helpers.check.engine.examine import examine
from mlp_helpers.check.engine.feedback import feedback
from mlp_helpers.check.engine.panel import Panel
from mlp_helpers.check.exercises.notebook_08 import fit
from mlp_helpers.check.exercises.notebook_08.train_one_epoch import loss_and_gradients
from mlp_helpers.check.exercises.notebook_10 import shared
from mlp_helpers.core import layers
from mlp_helpers.core.data import minibatches
from mlp_helpers.core.functions import one_hot


@pytest.fixture(autouse=True)
def aside(tmp_path, monkeypatch):
    monkeypatch.setenv("MLP_STATE", str(tmp_path))
    monkeypatch.setattr(clock, "PATIENCE", 100)  # on a busy machine too
    monkeypatch.setattr(places, "CHANGES", 20)  # tests/test_places.py tries more


def panel_of(exercise, function):
    return feedback(exercise.name, examine(exercise.task, function))


def told(exercise, function):
    """All that a panel says, in one line."""
    return " ".join(panel_of(exercise, function).text().split())


# --- what has changed, and what has not -----------------------------------------------------------------------------


def trained_elsewhere(parameters, X, y, learning_rate, rng):
    losses = []
    for X_batch, labels in minibatches(X, y, 50, rng):
        loss, gradients = loss_and_gradients(X_batch, one_hot(labels), parameters)
        losses.append(loss)
        parameters = {name: parameters[name] - learning_rate * gradients[name] for name in parameters}
    return np.mean(losses)


@pytest.mark.parametrize("name", [f"repaired_{number}" for number in range(1, 6)])
def test_what_leaves_the_network_alone_and_trains_another_is_told_so(name):
    text = told(check.EXERCISES[name], trained_elsewhere)
    assert "Another network was trained. The losses are those of a network that learns, but no array in" in text
    assert "in this case" not in text and "every case" not in text


def idle_step(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    return {name: parameters[name] - learning_rate * np.sign(gradients[name]) for name in parameters}


def no_loss(parameters, X, y, learning_rate, rng):
    return 0.0


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("repaired_2", no_loss),
        ("adam_step", idle_step),
        ("softmax_into", lambda Z, out: softmax(Z) + 0 * out),
    ],
)
def test_of_what_changes_nothing_it_is_not_said_that_another_case_is_different(name, function):
    verdict = check.EXERCISES[name].diagnose(function)
    assert verdict.misconception in ("Nothing has changed", "A new table") and "case" not in verdict.message
    assert verdict.relation == ""


# --- how near it is -------------------------------------------------------------------------------------------------


def test_nearly_is_said_only_where_most_ordinary_cases_are_right():
    largest = panel_of(check.cross_entropy, lambda P, Y: -np.log((P * Y).max(axis=1) + 1e-3).mean()).headline
    assert largest.startswith("A floor that is too high. ")
    floor = panel_of(check.cross_entropy, lambda P, Y: -np.log(np.maximum((P * Y).sum(axis=1), 1e-3)).mean()).headline
    assert floor.startswith("Nearly: a floor that is too high. ")
    column = panel_of(check.count_above, lambda table, limit: (table > limit).sum(axis=1, keepdims=True)).headline
    assert column.startswith("Nearly: a column. ")  # the numbers are right, and their shape is not


def test_what_is_fragile_in_most_cases_and_a_guess_is_worded_as_a_guess():
    def by_the_largest(images):
        return images / images.max() if images.any() else np.full(images.shape, 7.0)

    finding = examine(check.scale_pixels.task, by_the_largest)
    assert (finding.verdict.kind, finding.verdict.guess, finding.nearly) == ("fragile", True, False)
    assert feedback("scale_pixels", finding).headline.startswith("Perhaps: divided by the largest pixel. ")


@pytest.mark.parametrize(
    ("result", "alike"),
    [
        (np.ones((2, 1)), True),
        ([1, 1], True),
        ([np.ones(1), np.ones(1)], True),
        (np.array([True, True]), True),
        (np.ones(3), False),
        (np.zeros(2), False),
        (None, False),
        ("ones", False),
        ([1, [1, 2]], False),
    ],
)
def test_numbers_are_alike_whatever_their_shape_and_type(result, alike):
    assert alike_in_numbers(result, np.ones(2), 1e-4, 1e-6) is alike
    assert alike_in_numbers({"a": result, "b": "word"}, {"a": np.ones(2), "b": "word"}, 1e-4, 1e-6) is alike


# --- what can be followed, and how it is shown -----------------------------------------------------------------------

BY_HAND = "with a pencil"


def test_a_pencil_is_for_what_is_shown_and_not_left_to_chance():
    assert BY_HAND in told(check.read_together, lambda P: np.sort(P, axis=0)[len(P) // 2].argmax(axis=1))

    def each_for_itself(P, labels, bins=10):
        return abs(np.sqrt(P.max(axis=1)) - (P.argmax(axis=1) == labels)).mean()

    panel = panel_of(check.expected_calibration_error, each_for_itself)
    assert "P" in [label for label, _, _ in panel.folded] and BY_HAND not in panel.text()

    def by_the_mean(A, rate, rng):
        mask = rng.random(A.shape) < 1 - rate
        return A * (mask / mask.mean()), mask / mask.mean()

    assert BY_HAND not in told(check.dropout, by_the_mean)


def test_an_array_of_three_axes_is_shown_plane_by_plane():
    planes = rows(np.arange(8).reshape(2, 2, 2), np.zeros((2, 2, 2)))
    assert [[text for text, _ in row] for row in planes] == [["0", "1"], ["2", "3"], [], ["4", "5"], ["6", "7"]]
    assert planes[0] == [("0", False), ("1", True)]
    panel = Panel("flatten", "not yet", values=[("images", "(2, 2, 2)", planes)])
    assert [line.split() for line in panel.text().splitlines()[3:5]] == [[], ["4*", "5*"]]
    assert panel.html().count("<td style='height:0.5em'></td>") == 1
    assert rows(np.zeros((2, 5, 5))) is None


def test_what_is_no_array_is_broken_into_lines_and_alike_entries_are_told_once():
    lines = [row[0][0] for row in rows({f"name {i}": i for i in range(15)})]
    assert len(lines) > 1 and max(map(len, lines)) <= 90
    assert summary(np.full(1000, 0.1)) == "1000 entries, all 0.1"


def rows_of(panel):
    return {label: table for label, _, table in panel.values}


def test_beside_a_class_stand_the_calls_that_were_made_of_it():
    class ReLU:
        def forward(self, Z):
            ReLU.mask = Z > 0
            return Z * ReLU.mask

        def backward(self, dA):
            return dA * ReLU.mask

    table = rows_of(panel_of(check.ReLU, ReLU))
    calls, given = (
        table["calls"][0][0][0],
        {"Z": check.ReLU.task.cases[0].arguments[0], "dA": check.ReLU.task.cases[0].arguments[1]},
    )
    came = [
        eval(call, given | {"one": one, "another": another}) for one, another in [(ReLU(), ReLU())] for call in calls.split(", ")
    ]
    assert [[text for text, _ in row] for row in table["yours dZ"]] == [[f"{x:g}" for x in row] for row in came[-1] + 0.0]


@pytest.mark.parametrize("name", ["ReLU", "Linear", "SoftmaxCrossEntropy", "MLP"])
def test_the_calls_are_told_for_every_class(name):
    assert check.EXERCISES[name].task.calls


def test_of_a_changed_array_it_is_said_in_which_dict_it_stands():
    def backwards(parameters, gradients, velocity, learning_rate, momentum):
        for name, w in parameters.items():
            velocity[name] *= momentum
            velocity[name] += gradients[name]
            w += np.sin(learning_rate) * velocity[name]

    labels = rows_of(panel_of(check.nesterov_step, backwards))
    assert {"yours parameters b1", "expected parameters b1", "velocity b1"} <= labels.keys()


def test_parts_that_differ_without_more_to_say_share_a_sentence_and_come_last():
    def judged(parameters, X, y, learning_rate, rng):
        return check.repaired_3.task.solution(parameters, np.sin(X), y, learning_rate, rng)

    message = check.repaired_3.diagnose(judged).message
    assert message.count("not what was expected") == 1 and message.endswith("not what was expected.")
    assert "(expected: " not in message.partition("not what was expected")[0].rpartition("; ")[2]


def brackets(X, Y, Z1, A1, P, W2):
    dZ2 = P - Y / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}


def test_what_is_said_of_several_parts_is_said_once_and_begins_with_the_one_in_the_table():
    def without_brackets(parameters, X, y, learning_rate, rng):
        return shared.epoch(parameters, X, y, learning_rate, rng, gradients_of=brackets)

    panel = panel_of(check.repaired_1, without_brackets)
    assert panel.headline.lower().count("movement / learning rate") == 1 and "expected: " not in panel.headline
    assert panel.headline.startswith("Movement / learning rate of W1, b1, W2 and b2 is not what was expected.")
    (label,) = (label for label, _, _ in panel.values if label.startswith("yours"))
    assert label == "yours W1: movement / learning rate"


def test_where_images_take_the_place_of_others_there_are_several():
    def rolled(X, down, right):
        return np.roll(X.reshape(-1, 28, 28), (down, right), axis=(0, 1)).reshape(X.shape)

    finding = examine(check.shift.task, rolled)
    assert (
        finding.verdict.misconception == "The images are rolled too"
        and "`right` then moves the rows down" in finding.verdict.message
    )
    assert len(finding.case.arguments[0]) > 1 and finding.case.arguments[2]


OTHERS = ("another image", "the other images", "next image", "of another, ", "the others are missing", "image meets")


def test_what_is_said_of_other_images_is_shown_in_a_case_with_several():
    for exercise in check.EXERCISES.values():
        if "X" in exercise.task.inputs[:1]:
            for mistake in exercise.task.mistakes:
                if any(each in mistake.message for each in OTHERS):
                    shown = examine(exercise.task, mistake.function).case
                    assert len(shown.arguments[0]) > 1, (exercise.name, mistake.title)


def test_of_labels_that_went_to_others_it_is_said_in_a_sentence():
    def apart(X, y, batch_size, rng):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            yield X[order[start : start + batch_size]], y[order[::-1][start : start + batch_size]]

    case = check.minibatches.task.cases[0]
    seen = check.minibatches.task.behaviour(check.minibatches.task.run(apart, case.arguments, 5)).result
    due = check.minibatches.task.expected[0].result
    assert (seen["an image comes with"], due["an image comes with"]) == ("not always its own label", "its own label")


@pytest.mark.parametrize("types", [(float, float), (np.float32, float), (float, np.float32)])
def test_first_weights_are_float32_and_another_mistake_is_told_first(types):
    def initialise(sizes, rng, spread=None):
        named = {}
        for i, (d, h) in enumerate(itertools.pairwise(sizes), start=1):
            named[f"W{i}"] = (rng.standard_normal((d, h)) * (spread or np.sqrt(2 / d))).astype(types[0])
            named[f"b{i}"] = np.zeros(h, types[1])
        return named

    verdict = check.initialise.diagnose(lambda sizes, rng: initialise(sizes, rng))
    assert (verdict.misconception, verdict.kind, verdict.guess) == ("float64, twice the memory", "fragile", False)
    panel = panel_of(check.initialise, lambda sizes, rng: initialise(sizes, rng))
    assert panel.headline.startswith("Nearly: float64") and "float64" in rows_of(panel)["yours type of all numbers"][0][0][0]
    verdict = check.initialise.diagnose(lambda sizes, rng: initialise(sizes, rng, 1.0))
    assert (verdict.misconception, verdict.guess) == ("Not scaled", False)


# --- what is said about code ----------------------------------------------------------------------------------------


def test_your_range_is_spoken_of_only_where_one_stands():
    def without(raw):
        return len(raw)

    def within(raw):
        return list(range(raw))

    asked = "How many numbers does your `range` give?"
    assert true_of(without, asked) == "" and true_of(within, asked) == asked


@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_with_one_activation_for_all_the_last_two_layers_are_right(depth):
    sizes, rng = [3] * (depth + 1), np.random.default_rng(depth)
    (known,) = (each.function for each in check.MLP.task.mistakes if each.title == "One activation for all layers")
    right = check.MLP.task.solution
    networks = [make(sizes, layers.Sigmoid, np.random.default_rng(1)) for make in (right, known)]
    X, y = rng.normal(size=(4, 3)), rng.integers(0, 3, 4)
    (_, due), (_, came) = (network.loss_and_gradients(X, y) for network in networks)
    assert [np.allclose(came[f"W{i}"], due[f"W{i}"]) for i in range(1, depth + 1)] == [False] * (depth - 2) + [True] * 2


def test_general_sentences_about_python_have_no_counterexample():
    messages = " ".join(
        f"{mistake.message} {mistake.question}" for exercise in check.EXERCISES.values() for mistake in exercise.task.mistakes
    )
    assert -5.0 // 2 == -3 and "drops everything after the decimal point, and" not in messages
    assert np.multiply(a := np.ones(2), 0.5, out=a) is a and "NumPy return nothing" not in messages
    assert np.nan != 1 and "every comparison with it is False" not in messages
    assert "stands in the code" not in messages and "stand in the code" not in messages


def test_a_cause_that_is_not_proved_by_the_source_is_said_to_be_one_of_several():
    def sgd_step(parameters, gradients, learning_rate):
        for number in (1, 2):
            for letter in ("W", "b"):
                name = letter + str(number)
                if name in parameters:
                    parameters[name] -= learning_rate * gradients[name]

    text = told(check.sgd_step, sgd_step)
    assert "Nearly: two layers only. Only W1, b1, W2 and b2 are moved." in text and "written out" not in text
    E = "np.exp(-np.abs(Z))"
    sigmoid = eval(f"lambda Z: np.where(Z >= 0, 1 / (1 + {E}), 1 - {E} / (1 + {E}))", {"np": np})
    assert check.sigmoid.diagnose(sigmoid).misconception == "The same answer in both cases, never below one half"


def test_sizes_that_are_sorted_are_said_to_be():
    def short_first(X, y, batch_size, rng):
        order = rng.permutation(len(X))
        ends = [0, *range(len(X) % batch_size or batch_size, len(X) + 1, batch_size)]
        for start, end in itertools.pairwise(ends):
            yield X[order[start:end]], y[order[start:end]]

    verdict = check.minibatches.diagnose(short_first)
    assert verdict.passed or "sizes of X:" not in told(check.minibatches, short_first).lower()


def test_where_the_difference_is_seen_a_case_is_shown_before_one_where_it_hardly_is():
    def read_warped(predict_proba, images, warp, times, rng):
        copies = [images, *(warp(images, rng) for _ in range(times))]
        return predict_proba(np.mean(copies, axis=0))

    finding = examine(check.read_warped.task, read_warped)
    came, due = finding.behaviour.result, finding.expected.result
    assert (np.abs(came - due) > 0.01 * np.abs(due)).any()


def test_a_line_that_was_never_reached_before_an_error_is_no_place(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "CHANGES", 2_000)
    source = tmp_path / "accuracy.py"
    source.write_text(
        "def accuracy(predicted, labels):\n    if predicted == labels:\n        return 1.0\n"
        "    return sum(p == l for p, l in zip(predicted, labels)) / len(labels)\n"
    )
    space = {"np": np}
    exec(compile(source.read_text(), source, "exec"), space)
    assert check.accuracy.diagnose(space["accuracy"]).place.lines == (2, 3)


# --- mistakes that deserve a name ------------------------------------------------------------------------------------


def slope_of_rows(f, x, step=1e-5):
    gradient = np.zeros(len(x))
    for i in range(len(x)):
        x[i] += step
        above = f(x)
        x[i] -= 2 * step
        gradient[i] = (above - f(x)) / (2 * step)
        x[i] += step
    return gradient


def one_row(labels, predicted, n_classes=10):
    counts = [[0] * n_classes] * n_classes
    for label, answer in zip(labels, predicted, strict=True):
        counts[label][answer] += 1
    return np.array(counts)


def places_for_numbers(score, n, epochs):
    left, spent = np.arange(n), 0
    while len(left) > 1:
        scores = np.array([score(number, epochs) for number in left])
        spent += epochs * len(left)
        left = np.argsort(-scores, kind="stable")[: len(left) // 2]
        epochs *= 2
    return left[0], spent


def two_draws(A, rate, rng):
    return A * (rng.random(A.shape) > rate) / (1 - rate), (rng.random(A.shape) > rate) / (1 - rate)


def not_enlarged(A, rate, rng):
    kept = rng.random(A.shape) > rate
    return A * kept, kept / (1 - rate)


def by_the_share(A, rate, rng):
    mask = (rng.random(A.shape) > rate) * 1.0
    mask /= max(mask.mean(), 1 / mask.size)
    return A * mask, mask


def uncounted(G, shape):
    axes = list(range(G.ndim - len(shape)))
    for i, size in enumerate(shape):
        if size == 1:
            axes.append(i)
    return G.sum(axis=tuple(axes)).reshape(shape)


def shares_in_place(A):
    shares = A.copy()
    for i in range(len(A)):
        for j in range(A.shape[1]):
            shares[i, j] = shares[i, j] / shares[i].sum()
    return shares


def all_falls(train, validation):
    falls = [max(before - after, 0.0) for before, after in itertools.pairwise(validation)]
    return train[-1] - validation[-1], sum(falls)


def label_as_row(labels, n_classes=10):
    table = np.zeros((len(labels), n_classes), np.float32)
    for label in labels:
        table[label][label] = 1
    return table


def validation_before(parameters, train, validation, epochs, batch_size, learning_rate, rng):
    seen = []
    for _ in range(epochs):
        before = fit.evaluate(validation, parameters)
        fit.train_one_epoch(parameters, train[0], one_hot(train[1]), batch_size, learning_rate, rng)
        seen.append((fit.evaluate(train, parameters), before))
    return seen


def only_the_second(operation, G, a, b=None):
    if operation == "+":
        return [G, check.sum_to_shape.task.solution(G, b.shape)]
    if operation == "*":
        return [G * b, check.sum_to_shape.task.solution(G * a, b.shape)]
    return check.input_blames.task.solution(operation, G, a, b)


def gap_and_equals(results):
    best, settings, curve = 0.0, None, []
    for result in results:
        if result["outcome"] != "done":
            continue
        if result["values"]["validation_accuracy"] >= best:
            best, settings = result["values"]["validation_accuracy"], result["settings"]
        curve.append(best)
    return settings, curve


def each_for_itself(P, labels, bins=10):
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    errors = []
    for b in range(bins):
        inside = (sure >= b / bins) & (sure < (b + 1) / bins)
        if inside.any():
            errors.append(inside.mean() * abs(sure[inside] - right[inside]).mean())
    return sum(errors)


def counted_for_each(parameters, gradients, memory, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for name in parameters:
        memory["steps"] += 1
        t, g = memory["steps"], gradients[name]
        memory["mean"][name] += (1 - beta1) * (g - memory["mean"][name])
        memory["square"][name] += (1 - beta2) * (g**2 - memory["square"][name])
        m, s = memory["mean"][name] / (1 - beta1**t), memory["square"][name] / (1 - beta2**t)
        parameters[name] -= learning_rate * m / (np.sqrt(s) + epsilon)


def of_true_and_false(right_a, right_b):
    change = right_b - right_a
    return change.mean(), change.std() / np.sqrt(len(change))


def gap_before_underfitting(train_loss, validation_loss):
    lowest = validation_loss.argmin()
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if validation_loss[-1] > 3 * train_loss[-1]:
        return "gap"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "fine"


def overfitting_before_diverged(train_loss, validation_loss):
    lowest = validation_loss.argmin()
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if train_loss[-1] > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


def names_of_the_batches(parameters, X, Y, batch_size, learning_rate, rng):
    total = 0
    for X, Y in minibatches(X, Y, batch_size, rng):  # noqa: B020 (that is the mistake)
        loss, gradients = loss_and_gradients(X, Y, parameters)
        for name in parameters:
            parameters[name] -= learning_rate * gradients[name]
        total += loss
    return total / len(X)


def momentum_at_the_gradient(parameters, gradients, velocity, learning_rate, momentum):
    for name, g in gradients.items():
        velocity[name] *= momentum
        velocity[name] += g
        parameters[name] -= learning_rate * (velocity[name] + momentum * g)


def in_bins(labels, predicted, n_classes=10):
    return np.histogram2d(labels, predicted, bins=n_classes)[0].astype(int)


def above_zero(results):
    best, high, curve = None, 0.0, []
    for result in results:
        if result["outcome"] == "done" and result["values"]["validation_accuracy"] > high:
            best, high = result["settings"], result["values"]["validation_accuracy"]
        curve.append(high)
    return best, curve


def every_nearest(means, X):
    squared = ((X[:, np.newaxis] - means) ** 2).sum(axis=2)
    return np.where(squared == squared.min(axis=1, keepdims=True))[1]


@pytest.mark.parametrize(
    ("name", "function", "title"),
    [
        ("diagnose_curves", gap_before_underfitting, "The gap was asked before underfitting"),
        ("diagnose_curves", overfitting_before_diverged, "Overfitting was asked before diverged"),
        ("train_one_epoch", names_of_the_batches, "Divided by the size of the last batch"),
        ("nesterov_step", momentum_at_the_gradient, "Momentum scales the gradient"),
        ("confusion_matrix", in_bins, "The range comes from the data"),
        ("best_so_far", above_zero, "an accuracy of 0 is no best"),
        ("decode", lambda Y: np.where(Y.max(axis=1, keepdims=True) == Y)[1], "a label for every largest entry"),
        ("nearest_mean", every_nearest, "a label for every nearest mean"),
        ("numerical_gradient", slope_of_rows, "One slope for each row"),
        ("confusion_matrix", one_row, "One row, n times in the list"),
        ("successive_halving", places_for_numbers, "Places in place of numbers"),
        ("dropout", two_draws, "Coins of its own for the mask"),
        ("dropout", by_the_share, "Divided by the share that happened to be kept"),
        ("sum_to_shape", uncounted, "The axes are numbered as in the shape"),
        ("row_shares", shares_in_place, "The sum changes on the way"),
        ("gap_and_decline", all_falls, "All falls added up"),
        ("one_hot", label_as_row, "The label is the row, too"),
        ("accuracy", lambda predicted, labels: sum(each in labels for each in predicted) / len(labels), "Found among all labels"),
        ("fit", validation_before, "Validation measured before the epoch"),
        ("input_blames", only_the_second, "Only the second blame is added up"),
        ("best_so_far", gap_and_equals, "What went wrong leaves a gap, and the later of two equals is kept"),
        ("expected_calibration_error", each_for_itself, "Each image by itself"),
        ("adam_step", counted_for_each, "The step is counted for every array"),
        ("paired_difference", of_true_and_false, "True cannot be subtracted"),
    ],
)
def test_what_many_would_write_has_a_name_and_is_no_guess(name, function, title):
    verdict = check.EXERCISES[name].diagnose(function)
    assert (verdict.misconception, verdict.guess) == (title, False)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_where_two_are_equally_large_either_label_is_right(seed):
    def either(table):
        """The columns of the largest entries, which of several is left to chance."""
        largest = table == table.max(axis=1, keepdims=True)
        return (largest * np.random.default_rng(seed).uniform(1, 2, table.shape)).argmax(axis=1)

    assert check.decode.diagnose(either).passed
    assert check.nearest_mean.diagnose(lambda means, X: either(-((X[:, np.newaxis] - means) ** 2).sum(axis=2))).passed
    assert check.read_together.diagnose(lambda P: either(P.mean(axis=0))).passed
    assert not check.decode.diagnose(lambda Y: either(Y).tolist()).passed


def test_of_two_slopes_of_relu_it_is_said_what_holds_for_either_sign():
    (wrong,) = (each for each in check.relu_blame.task.mistakes if each.title == "Multiplied by s")
    assert "2.5 times" in wrong.message
    assert all(wrong.function(da, 5.0) == 2.5 * wrong.function(da, 2.0) for da in (-1.5, 0.0, 0.75))


def test_of_activations_that_were_not_enlarged_other_coins_are_not_claimed():
    assert check.dropout.diagnose(not_enlarged).misconception != "Coins of its own for the mask"
