"""What is said of answers that behave like a known mistake in another form, and right answers of an unusual form."""

import inspect
import itertools

import numpy as np
import pytest

from mlp_helpers import check
from mlp_helpers.check.exercises.notebook_08.sgd_step import sgd_step
from mlp_helpers.check.exercises.notebook_08.train_one_epoch import loss_and_gradients
from mlp_helpers.core.data import minibatches
from mlp_helpers.core.functions import softmax


def largest_is_1(Z):
    E = np.exp(Z)
    return E / E.max(axis=-1, keepdims=True)


def every_third(X, y, batch_size, rng):
    count = -(-len(X) // batch_size)
    for first in range(count):
        yield X[first::count], y[first::count]


def cut_last(X, y, batch_size, rng):
    order = np.arange(len(X))
    for start in range(0, len(X), batch_size):
        rng.shuffle(order[start : start + batch_size])
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


def images_alone(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield X[order[start : start + batch_size]], y[start : start + batch_size]


def weighted(parameters, X, Y, batch_size, learning_rate, rng):
    total = 0
    for images, labels in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(images, labels, parameters)
        sgd_step(parameters, gradients, learning_rate)
        total += loss * len(images)
    return total / len(X)


def full_batches(parameters, X, Y, batch_size, learning_rate, rng):
    losses = []
    for images, labels in minibatches(X, Y, batch_size, rng):
        if len(images) < batch_size:
            continue
        loss, gradients = loss_and_gradients(images, labels, parameters)
        sgd_step(parameters, gradients, learning_rate)
        losses.append(loss)
    return np.mean(losses)


def lower_bin(P, labels, bins=10):
    sure, right, edges, total = P.max(axis=1), P.argmax(axis=1) == labels, np.linspace(0, 1, bins + 1), 0
    for low, high in itertools.pairwise(edges):
        inside = (sure > low) & (sure <= high)
        if inside.any():
            total += inside.mean() * abs(sure[inside].mean() - right[inside].mean())
    return total


def upper_bin(P, labels, bins=10):
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which = np.digitize(sure, np.linspace(0, 1, bins + 1)[1:-1])
    return float(np.abs(np.bincount(which, sure - right, bins)).sum() / len(P))


def table_of_zeros(amounts, prices):
    total = np.zeros(len(amounts))
    for thing in range(len(prices)):
        total += amounts[:, thing] * prices[thing]
    return total


def mean_underfits(train_loss, validation_loss):
    lowest = validation_loss.argmin()
    if not np.isfinite(train_loss[-1]) or train_loss[-1] > 2 * train_loss[0]:
        return "diverged"
    if validation_loss[-1] > 1.1 * validation_loss[lowest] and train_loss[-1] < train_loss[lowest]:
        return "overfitting"
    if train_loss.mean() > 0.25:
        return "underfitting"
    return "gap" if validation_loss[-1] > 3 * train_loss[-1] else "fine"


def rows_not_copied(f, x, step=1e-5):
    slope = np.zeros_like(x)
    for i in range(len(x)):
        old = x[i]
        x[i] = old + step
        above = f(x)
        x[i] = old - step
        slope[i] = (above - f(x)) / (2 * step)
        x[i] = old
    return slope


def scores_before_relu(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    dZ2 = (softmax(np.maximum(Z1, 0) @ W2 + b2) - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": Z1.T @ dZ2, "db2": dZ2.sum(axis=0)}


def order_for_each_batch(X, y, batch_size, rng):
    for start in range(0, len(X), batch_size):
        order = np.argsort(rng.random(len(X)))
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


def full_batches_anew(X, y, batch_size, rng):
    for _ in range(0, len(X), batch_size):
        rows = rng.choice(len(X), min(batch_size, len(X)), replace=False)
        yield X[rows], y[rows]


def lots_put_back(X, y, batch_size, rng):
    for start in range(0, len(X), batch_size):
        rows = rng.choice(len(X), len(X[start : start + batch_size]))
        yield X[rows], y[rows]


def signs_cancel(P, labels, bins=10):
    sure, right = P.max(axis=1), P.argmax(axis=1) == labels
    which, total = np.minimum((sure * bins).astype(int), bins - 1), 0.0
    for b in set(which.tolist()):
        total += (which == b).mean() * (sure[which == b].mean() - right[which == b].mean())
    return abs(total)


def power_of_temperature(Z, T):
    P = softmax(Z) ** T
    return P / P.sum(axis=1, keepdims=True)


def step_with_new_arrays(parameters, X, Y, batch_size, learning_rate, rng):
    losses = []
    for images, labels in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(images, labels, parameters)
        for name in parameters:
            parameters[name] = parameters[name] - learning_rate * gradients[name]
        losses.append(loss)
    return np.mean(losses)


def all_computed_then_written(parameters, X, Y, batch_size, learning_rate, rng):
    losses = []
    for images, labels in minibatches(X, Y, batch_size, rng):
        loss, gradients = loss_and_gradients(images, labels, parameters)
        new = {name: parameters[name] - learning_rate * gradients[name] for name in parameters}
        for name in parameters:
            parameters[name][...] = new[name]
        losses.append(loss)
    return np.mean(losses)


def black_beyond(image, amount):
    total = image.astype(int) + amount
    total[total > 255] = 0
    return total.astype(np.uint8)


def two_loops(v1, v2, dz1, dz2):
    total = 0
    for v in (v1, v2):
        for dz in (dz1, dz2):
            total += v * dz
    return total


def no_rise_without_a_warmup(done, warmup=0.1):
    return min(done / warmup if warmup else 1, 1 - done)


def found_if_any(accuracies, target):
    reached = np.flatnonzero(accuracies >= target)
    return int(reached[0]) + 1 if reached.any() else None


def found_if_not_0(accuracies, target):
    place = np.argmax(accuracies >= target)
    return int(place) + 1 if place else None


def taken_out_and_put_back(record, result):
    order = [result]
    for name in order:
        for source in record[name]:
            if source in order:
                order.remove(source)
            order.append(source)
    return order


def sorted_by_depth(record, result):
    depth, waiting = {result: 0}, [result]
    for name in waiting:
        for source in record[name]:
            if source not in depth:
                waiting.append(source)
            depth[source] = max(depth.get(source, 0), depth[name] + 1)
    return sorted(depth, key=depth.get)


def one_bin_more(P, labels, bins=10):
    sure, right, error = P.max(axis=1), P.argmax(axis=1) == labels, 0
    which = np.floor(sure * bins).astype(int)
    for b in range(bins + 1):
        inside = which == b
        if inside.any():
            error += inside.sum() / len(P) * abs(sure[inside].mean() - right[inside].mean())
    return error


def with_sum(rule):
    """The rules of all operations, with another one for the sum."""

    def input_blames(operation, G, a, b=None):
        return [rule(G, a)] if operation == "sum" else check.input_blames.task.solution(operation, G, a, b)

    return input_blames


def same_dict(space, n, rng):
    settings, trials = {}, []
    for _ in range(n):
        for name, values in space.items():
            if isinstance(values, list):
                settings[name] = values[rng.integers(len(values))]
            else:
                settings[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
        trials.append(settings)
    return trials


def last_image(A):
    dead = np.zeros(A.shape[1], dtype=bool)
    for row in A:
        for j, entry in enumerate(row):
            dead[j] = entry == 0
    return dead


def numbered_from_0(scores, n):
    N, total = len(scores), 0
    for i, score in enumerate(np.sort(scores)):
        total += ((i / N) ** n - ((i - 1) / N) ** n) * score
    return total


def columns_of_all_winners(validation, test):
    winners = validation.argmax(axis=1)
    gaps = validation[:, winners] - test[:, winners]
    return gaps.mean(), gaps.std(ddof=1) / np.sqrt(len(gaps))


def last_ones_first(counts, n):
    both = np.triu(counts + counts.T, 1)
    return [tuple(int(i) for i in np.unravel_index(place, both.shape)) for place in np.argsort(both, axis=None)[-n:]]


def gate_of_the_blame(X, Y, W1, b1, W2, b2):
    A1 = np.maximum(X @ W1 + b1, 0)
    dZ2 = (softmax(A1 @ W2 + b2) - Y) / len(X)
    dZ1 = A1 * (dZ2 @ W2.T > 0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}


def product_of_counts(labels, predicted, n_classes=10):
    counts = np.zeros((n_classes, n_classes), dtype=int)
    for i in range(n_classes):
        for j in range(n_classes):
            counts[i, j] = (labels == i).sum() * (predicted == j).sum()
    return counts


def entry_by_entry(a):
    for entry in a:
        entry = entry / 2


def kept_or_not(A, rate, rng):
    keep = rng.random(A.shape) >= rate
    return A * keep / (1 - rate), keep


def another_p(parameters, gradients, learning_rate):
    for name in parameters:
        weights = parameters[name]
        weights = weights - learning_rate * gradients[name]


NAMED = [  # what is true of each, and what another way to write it would make false
    (check.softmax, largest_is_1, "Not normalised: the largest is 1", "alone"),
    (check.minibatches, cut_last, "Shuffled only inside each batch", "cut first"),
    (check.minibatches, images_alone, "Images meet the labels of others", "shuffled apart"),
    (check.train_one_epoch, weighted, "a mean over the images", "wrong"),
    (check.train_one_epoch, full_batches, "the last, smaller batch is left out", "anew"),
    (check.expected_calibration_error, lower_bin, "an edge belongs to the bin below", "wrong"),
    (check.scale_pixels, lambda images: (images > 127).astype(np.float32), "The fraction is rounded", "were rounded"),
    (check.diagnose_curves, mean_underfits, "Underfitting by the mean", "first"),
    (check.numerical_gradient, rows_not_copied, "Only for one axis: what was to be remembered is no copy", "afterwards"),
    (check.two_layer_gradients, scores_before_relu, "Z1 in place of A1, in dW2", "first three"),
    (check.minibatches, order_for_each_batch, "A new draw for each batch", "put back"),
    (check.minibatches, full_batches_anew, "A new draw for each batch", "put back"),
    (check.minibatches, lots_put_back, "Sampled with replacement", "No batch"),
    (check.expected_calibration_error, signs_cancel, "As if there were no bins", "are compared"),
    (check.train_one_epoch, step_with_new_arrays, "a new array under the old name", "wrong"),
    (check.with_temperature, power_of_temperature, "T acts the wrong way round", "are multiplied"),
    (check.brighten, black_beyond, "Black in place of white", "was limited"),
    (check.activation_blame, two_loops, "Each weight with both blames", "first"),
    (check.linear_schedule, no_rise_without_a_warmup, "The fall begins at the very start", "It never reaches"),
    (check.epochs_to_reach, found_if_any, "none where only the first epoch reaches it", "wrong"),
    (check.epochs_to_reach, found_if_not_0, "None where the first epoch reaches it", "alone"),
    (check.topological_order, taken_out_and_put_back, "Moved back alone", "first"),
    (check.topological_order, sorted_by_depth, "Moved back alone", "first"),
    (check.expected_calibration_error, one_bin_more, "1.0 has a bin of its own", "rounded"),
    (check.input_blames, with_sum(lambda G, a: np.ones(a.shape) * G.sum()), "For sum, all blame added up", "row"),
    (
        check.input_blames,
        with_sum(lambda G, a: np.ones(a.shape) * (G.sum(axis=-1, keepdims=True) if G.ndim else G)),
        "For sum, blame added up along the rows",
        "column.",
    ),
    (check.sigmoid, lambda Z: 1 / (1 + np.exp(-np.clip(Z, -20, 20))), "cut off too early", "limited to -10"),
    (check.sample_settings, same_dict, "One dict, n times in the list", "wrong"),
    (
        check.attainable,
        lambda intensity, peak, bandwidth: np.minimum(peak, bandwidth) * intensity,
        "The peak was multiplied as well",
        "missing",
    ),
    (check.secant, lambda f, x, nudge: (f(x + nudge / 2) - f(x - nudge / 2)) / nudge, "nudged to both sides", "x - nudge"),
    (check.dead_units, last_image, "Only the last image decides", "first image"),
    (check.expected_best, numbered_from_0, "Counted from 0", "order"),
    (check.gap_of_the_best, columns_of_all_winners, "The winners of all searches, for each", "among the searches"),
    (check.most_confused, last_ones_first, "The right pairs, from the end", "wrong"),
    (check.two_layer_gradients, gate_of_the_blame, "dA1 and A1 have changed places in relu_backward", "Z1"),
    (
        check.step_on_input,
        lambda X, dX, epsilon: np.clip(X + np.clip(dX, -epsilon, epsilon), 0, 1),
        "A step no longer than epsilon",
        "epsilon times",
    ),
    (check.step_on_input, lambda X, dX, epsilon: np.clip(X + epsilon * np.sign(abs(dX)), 0, 1), "Always upwards", "wrong"),
    (check.confusion_matrix, product_of_counts, "Every label with every answer", "one inside the other, do that."),
    (check.halve_in_place, entry_by_entry, "The array was not changed", "the name a"),
    (check.dropout, kept_or_not, "The mask is not the one that was used", "holds 0 and 1"),
    (check.sgd_step, another_p, "The name moved, the array did not", "the name `p`"),
]
RIGHT = [
    (check.sigmoid, lambda Z: (1 + np.tanh(Z / 2)) / 2),
    (check.bills, table_of_zeros),
    (check.expected_calibration_error, upper_bin),
    (check.train_one_epoch, all_computed_then_written),
]


@pytest.mark.parametrize(("exercise", "function", "title", "untrue"), NAMED)
def test_a_title_is_what_the_behaviour_proves(exercise, function, title, untrue):
    verdict = exercise.diagnose(function)
    assert verdict.misconception == title
    assert untrue not in verdict.message


@pytest.mark.parametrize(("exercise", "function"), RIGHT)
def test_right_answers_of_an_unusual_form_pass(exercise, function):
    assert exercise.diagnose(function).passed


def doing(exercise, title):
    return next(mistake for mistake in exercise.task.mistakes if mistake.title == title)


IN_PART = [  # a mistake, what was said of it, and arguments of which that is not so
    (
        check.with_temperature,
        "Softmax of probabilities",
        "nearly alike",
        (np.array([[9.0, 0, 0]]), 0.25),
        lambda P: P.max() > 0.9,
    ),
    (check.linear_schedule, "The warm-up is multiplied, not divided", "far from 0", (0.89, 0.9), lambda rate: rate > 0.8),
    (check.smooth_labels, "The true class goes without its part", "a little", (np.eye(2), 0.5), lambda Y: (Y.sum(1) < 0.8).all()),
    (check.sigmoid, "Brackets are missing", "always above 1", (np.array([[100.0]]),), lambda A: A.max() == 1),
    (
        check.average_weights,
        "Keeps what it should give",
        "It hardly differs",
        ({"b1": np.array([0.0])}, {"b1": np.array([1.0])}, 0.0),
        lambda _, average, *given: average["b1"][0] == 0,
    ),
    (
        check.numerical_gradient,
        "Not divided by the nudge",
        "there, nearly 0",
        (lambda x: x.sum(), np.zeros(1), 0.5),
        lambda slope: slope[0] == 1,
    ),
    (
        check.numerical_gradient,
        "Brackets around 2 * step are missing",
        "All slopes",
        (lambda x: 9 * x.sum(), np.zeros(1), 0.5),
        lambda slope: slope[0] > 2,
    ),
]


@pytest.mark.parametrize(("exercise", "title", "said", "arguments", "otherwise"), IN_PART)
def test_nothing_is_said_that_holds_for_some_arguments_only(exercise, title, said, arguments, otherwise):
    mistake = doing(exercise, title)
    result = mistake.function(*arguments)
    assert otherwise(*([result] if result is not None else [result, *arguments]))
    assert said not in mistake.message


def test_a_class_is_at_most_1_ahead_where_softmax_is_taken_of_probabilities():
    P = softmax(np.random.default_rng(0).normal(0, 30, (200, 5)))
    assert 0.99 < np.ptp(P, axis=1).max() <= 1
    assert "no class is more than 1 ahead" in doing(check.with_temperature, "Softmax of probabilities").message


def test_batches_that_the_generator_has_not_mixed_are_not_called_shuffled():
    verdict = check.minibatches.diagnose(every_third)
    assert not verdict.passed and "random" not in f"{verdict.misconception} {verdict.message}"


@pytest.mark.parametrize("patience", [1, 2, 3])
def test_the_praise_for_stopping_early_holds_for_every_patience(patience):
    stops = check.stops_early.task.solution([0.9, 0.5, 0.6], patience)
    assert stops == (patience == 1) and "a patience of 2 or more" in check.stops_early.task.praise


def test_the_program_takes_its_gradients_from_the_exercise():
    from mlp_helpers.check.program import GRADIENTS

    body = inspect.getsource(loss_and_gradients).partition('"""\n')[2]
    assert body.strip() and body.strip() in GRADIENTS
