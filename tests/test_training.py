"""The loop: what it visits, what it reports, what it leaves alone, and how it stops."""

import contextlib
import io
import math
import pickle
import re
import sys
import warnings

import numpy as np
import pytest
import threadpoolctl
from hypothesis import given
from hypothesis import strategies as st

from mlp_helpers import (
    MLP,
    SGD,
    Adam,
    Dataset,
    History,
    Momentum,
    Split,
    TrainingDiverged,
    Warp,
    minibatches,
    schedules,
    stops_early,
    train,
    training_steps,
)
from mlp_helpers.core import training
from mlp_helpers.core.history import Evaluation


def clouds(n, seed, d=6):
    """Three clouds of points, which a network can tell apart."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 3, n)
    return Split((rng.normal(size=(n, d)) + 2 * np.eye(3, d)[y]).astype(np.float32), y)


DATA = Dataset(clouds(90, 1), clouds(30, 2), clouds(30, 3), ("a", "b", "c"))


def small(**settings):
    return MLP([6, 5, 3], **settings)


def equal(one, other):
    return all((one.state[name] == other.state[name]).all() for name in one.state)


class Spy(SGD):
    """Plain SGD that calls ``look`` before every step."""

    def __init__(self, look, learning_rate=0.1):
        super().__init__(learning_rate)
        self.look = look

    def step(self, parameters, gradients):
        self.look()
        super().step(parameters, gradients)


# --- minibatches ---------------------------------------------------------------------------------------------------


@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 1000))
def test_minibatches_visit_each_row_once_with_its_own_label(n, batch_size, seed):
    X = np.arange(2 * n).reshape(n, 2)
    batches = list(minibatches(X, 10 * np.arange(n), batch_size, np.random.default_rng(seed)))
    sizes = [len(labels) for _, labels in batches]
    assert sizes == [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
    rows, labels = np.concatenate([rows for rows, _ in batches]), np.concatenate([labels for _, labels in batches])
    assert sorted(labels) == list(range(0, 10 * n, 10))
    np.testing.assert_array_equal(rows, X[labels // 10])


def test_minibatches_by_hand():
    rng = np.random.default_rng(0)
    order = np.random.default_rng(0).permutation(5)
    batches = list(minibatches(np.arange(5)[:, None], np.arange(5), 2, rng))
    for (rows, labels), expected in zip(batches, (order[:2], order[2:4], order[4:]), strict=True):
        np.testing.assert_array_equal(labels, expected)
        np.testing.assert_array_equal(rows[:, 0], expected)


def test_minibatches_come_in_a_new_order_each_time():
    rng, X = np.random.default_rng(0), np.arange(50)[:, None]
    orders = [tuple(np.concatenate([labels for _, labels in minibatches(X, X[:, 0], 8, rng)])) for _ in range(3)]
    assert len(set(orders)) == 3


def test_minibatches_keep_the_type_of_the_images():
    rows, _ = next(minibatches(np.ones((5, 2), np.uint8), np.arange(5), 2, np.random.default_rng(0)))
    assert rows.dtype == np.uint8


# --- what is learnt ------------------------------------------------------------------------------------------------


def test_two_epochs_on_5_000_digits_reach_85_percent(mnist):
    history = train(MLP([784, 32, 10]), mnist.subset(5_000), epochs=2, batch_size=32, progress=False)
    assert 0.85 < history.validation_accuracy[-1] < 0.92  # measured: 0.889
    assert history.train_loss[1] < history.train_loss[0] < math.log(10)


@pytest.mark.parametrize("batch_size", [16, None])
def test_the_same_seed_gives_the_same_training(batch_size):
    models = [small() for _ in range(2)]
    histories = [train(model, DATA, 3, batch_size=batch_size, seed=4) for model in models]
    assert equal(*models)
    assert histories[0].train_loss == histories[1].train_loss
    assert histories[0].validation_accuracy == histories[1].validation_accuracy


def test_another_seed_gives_another_order():
    models = [small() for _ in range(2)]
    for seed, model in enumerate(models):
        train(model, DATA, 1, batch_size=16, seed=seed)
    assert not equal(*models)


def test_training_is_the_loop_that_a_learner_writes():
    model, by_hand = small(), small()
    train(model, DATA, epochs=2, learning_rate=0.3, batch_size=16, seed=9)
    rng = np.random.default_rng(9)
    for _ in range(2):
        for X, y in minibatches(*DATA.train, 16, rng):
            _, gradients = by_hand.loss_and_gradients(X, y)
            for name, parameter in by_hand.parameters.items():
                parameter -= 0.3 * gradients[name]
    assert equal(model, by_hand)


@pytest.mark.parametrize("chunk", [1, 7, 45, 89, 90, 1000])
def test_a_full_batch_is_one_step_by_hand_on_everything(chunk, monkeypatch):
    monkeypatch.setattr(training, "ROWS_TO_LEARN", chunk)
    model, by_hand = small(dtype=np.float64), small(dtype=np.float64)
    loss, gradients = by_hand.loss_and_gradients(*DATA.train)
    SGD(0.5).step(by_hand.parameters, gradients)
    reports = list(training_steps(model, DATA, 1, None, optimizer=SGD(0.5)))
    assert reports[-1].loss == pytest.approx(loss, rel=1e-14)
    assert [now.step for now in reports].count(0) == math.ceil(90 / chunk) - 1  # between the parts of the step
    for name, parameter in model.parameters.items():
        np.testing.assert_allclose(parameter, by_hand.parameters[name], rtol=1e-12, atol=1e-15)


def test_a_full_batch_is_computed_in_chunks_of_rows(monkeypatch):
    monkeypatch.setattr(training, "ROWS_TO_LEARN", 40)
    model, rows, steps = small(), [], []
    backpropagate = model.backpropagate
    monkeypatch.setattr(model, "backpropagate", lambda X, y: rows.append(len(X)) or backpropagate(X, y))
    train(model, DATA, 2, batch_size=None, optimizer=Spy(lambda: steps.append(len(rows))))
    assert rows == [40, 40, 10] * 2 and steps == [3, 6]


def test_batch_normalisation_sees_a_whole_mini_batch_however_large(monkeypatch):
    models = [small(batch_norm=True) for _ in range(2)]
    train(models[0], DATA, 2, batch_size=45)
    monkeypatch.setattr(training, "ROWS_TO_LEARN", 10)
    train(models[1], DATA, 2, batch_size=45)
    assert equal(*models)


def test_an_optimizer_brings_its_own_learning_rate():
    by_optimizer, by_rate = small(), small()
    train(by_optimizer, DATA, 1, learning_rate=77, optimizer=SGD(0.05))
    train(by_rate, DATA, 1, learning_rate=0.05)
    assert equal(by_optimizer, by_rate)


# --- what is reported ----------------------------------------------------------------------------------------------


def test_the_history_has_one_entry_per_epoch_and_measures_what_evaluate_measures():
    model, reports = small(), []
    history = train(model, DATA, epochs=3, report=reports.append)
    assert len(history) == 3 and not history.interrupted
    for name in "train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "seconds":
        assert getattr(history, name) == [getattr(report, name) for report in reports]
        assert all(type(number) is float for number in getattr(history, name))
    assert [report.epoch for report in reports] == [1, 2, 3]
    assert (history.train_loss[-1], history.train_accuracy[-1]) == pytest.approx(model.evaluate(*DATA.train))
    assert (history.validation_loss[-1], history.validation_accuracy[-1]) == pytest.approx(model.evaluate(*DATA.validation))
    assert all(seconds > 0 for seconds in history.seconds)


def test_fewer_training_images_can_be_measured_and_the_training_stays_the_same():
    model, twin, sample = small(), small(), Split(DATA.train.images[:20], DATA.train.labels[:20])
    history, whole = train(model, DATA, epochs=2, measured=20), train(twin, DATA, epochs=2)
    assert equal(model, twin) and history.validation_loss == whole.validation_loss
    assert (history.train_loss[-1], history.train_accuracy[-1]) == pytest.approx(model.evaluate(*sample))
    assert history.train_loss != whole.train_loss
    assert train(small(), DATA, epochs=2, measured=1_000).train_loss == whole.train_loss


def test_an_evaluation_reads_as_a_line():
    assert str(Evaluation(3, 0.12345, 0.9876, 0.2, 0.97, 1.5)) == (
        "epoch   3   loss 0.1235   train 98.76%   validation 97.00%   1.50 s"
    )
    assert "validation" not in str(Evaluation(3, 0.1, 0.9, math.nan, math.nan, 1.5))


@pytest.mark.parametrize(("batch_size", "steps"), [(16, 12), (90, 2), (1000, 2), (None, 2)])
def test_progress_counts_to_the_last_step(batch_size, steps):
    reports = list(training_steps(small(), DATA, 2, batch_size, optimizer=SGD()))
    counted = [now.step for now in reports]
    assert counted == sorted(counted) and counted[-1] == steps and {now.steps for now in reports} == {steps}
    assert [now.epoch for now in reports if now.evaluation] == [1, 2]
    assert reports[-1].evaluation


def test_every_step_is_reported_with_its_loss():
    model, by_hand, losses = small(), small(), []
    for X, y in minibatches(*DATA.train, 16, np.random.default_rng(0)):
        loss, gradients = by_hand.loss_and_gradients(X, y)
        SGD().step(by_hand.parameters, gradients)
        losses.append(loss)
    reports = list(training_steps(model, DATA, 1, 16, optimizer=SGD()))
    assert [(now.step, now.loss) for now in reports[:6]] == list(enumerate(losses, 1))
    assert {(now.step, now.loss) for now in reports[6:]} == {(6, losses[-1])}  # while it is evaluated


@pytest.mark.parametrize("batch_size", [16, None])
def test_training_works_without_validation(batch_size):
    alone = Dataset(DATA.train, DATA.train[:0], DATA.test, DATA.class_names)
    reports = []
    history = train(small(), alone, epochs=2, batch_size=batch_size, report=reports.append)
    assert len(history) == 2 and all(map(math.isfinite, history.train_loss))
    assert all(map(math.isnan, history.validation_loss + history.validation_accuracy))
    assert "validation" not in str(reports[0])


def test_nothing_is_printed_where_there_is_no_terminal(capfd):
    train(small(), DATA, 2)
    assert capfd.readouterr() == ("", "")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_notebook_shows_the_bar_as_text_that_is_saved_with_it_and_reports_have_lines_of_their_own(capsys):
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.instance()
    try:
        train(small(), DATA, 2, batch_size=16, report=lambda evaluation: print(f"after {evaluation.epoch}"))
        out, err = capsys.readouterr()
        train(small(), DATA, 2, batch_size=16, progress=False)
    finally:
        InteractiveShell.clear_instance()
    lines = [line.rsplit("\r", 1)[-1] for line in out.split("\n") if line]
    assert err == "" and [line.strip() for line in lines[:2]] == ["after 1", "after 2"]
    assert "12/12" in lines[-1] and "validation" in lines[-1]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("progress", [True, False])
def test_a_terminal_shows_a_bar_unless_told_not_to(progress, monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    train(small(), DATA, 2, batch_size=16, progress=progress)
    shown = sys.stderr.getvalue()
    assert ("12/12" in shown and "validation" in shown) if progress else shown == ""


# --- stopping and changing -----------------------------------------------------------------------------------------


def test_a_learning_rate_changed_between_two_reports_takes_effect():
    model, by_hand, optimizer = small(dtype=np.float64), small(dtype=np.float64), SGD(0.2)
    for now in training_steps(model, DATA, 3, None, optimizer=optimizer):
        optimizer.learning_rate = [0.2, 0.05, 0.01, 0][now.step]
    for learning_rate in 0.2, 0.05, 0.01:
        SGD(learning_rate).step(by_hand.parameters, by_hand.loss_and_gradients(*DATA.train)[1])
    for name, parameter in model.parameters.items():
        np.testing.assert_allclose(parameter, by_hand.parameters[name], rtol=1e-12)


def test_a_generator_can_be_stopped_and_leaves_what_was_learnt():
    model, steps = small(), []
    reports = training_steps(model, DATA, 1_000, 16, optimizer=Spy(lambda: steps.append(1)))
    for now in reports:
        if now.step == 4:
            break
    reports.close()
    assert len(steps) == 4 and not equal(model, small())
    assert list(reports) == []


def test_nothing_is_learnt_before_the_first_report_is_asked_for():
    model = small()
    training_steps(model, DATA, optimizer=SGD())
    assert equal(model, small())


def test_ctrl_c_between_epochs_keeps_the_history():
    def report(evaluation):
        if evaluation.epoch == 2:
            raise KeyboardInterrupt

    history = train(small(), DATA, epochs=5, report=report)
    assert len(history) == len(history.train_loss) == 2 and history.interrupted


def test_ctrl_c_within_a_step_keeps_the_history_and_the_whole_steps():
    steps = []

    def look():
        steps.append(1)
        if len(steps) == 8:
            raise KeyboardInterrupt

    model, by_hand, before = small(), small(), np.geterr()
    history = train(model, DATA, epochs=5, batch_size=16, optimizer=Spy(look))
    assert len(history) == 1 and history.interrupted and np.geterr() == before
    rng = np.random.default_rng(0)
    batches = [*minibatches(*DATA.train, 16, rng), *minibatches(*DATA.train, 16, rng)]
    for X, y in batches[:7]:
        SGD().step(by_hand.parameters, by_hand.loss_and_gradients(X, y)[1])
    assert equal(model, by_hand)


def test_minibatches_take_one_hot_labels_too():
    X, y = np.arange(14).reshape(7, 2), np.arange(7) % 3
    for rows, Y in minibatches(X, np.eye(3)[y], 3, np.random.default_rng(0)):
        np.testing.assert_array_equal(Y, np.eye(3)[y[rows[:, 0] // 2]])


# --- schedules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("batch_size", "steps"), [(16, 18), (None, 3)])
def test_each_step_is_scaled_by_the_factor_of_its_middle(batch_size, steps):
    asked, taken, seen = [], [], []
    optimizer = Spy(lambda: taken.append(optimizer.learning_rate), 0.5)

    def schedule(done):
        asked.append(done)
        return 1 - done

    for _ in training_steps(small(), DATA, 3, batch_size, optimizer=optimizer, schedule=schedule):
        seen.append(optimizer.learning_rate)
    assert asked == pytest.approx([(i + 0.5) / steps for i in range(steps)])
    assert taken == pytest.approx([0.5 * (1 - done) for done in asked])
    assert set(seen) == {0.5} and optimizer.learning_rate == 0.5  # the caller sees the unscaled learning rate


@pytest.mark.parametrize("optimizer", [SGD(0.3), Momentum(0.1), Adam(0.05)])
def test_a_scheduled_training_is_the_loop_that_a_learner_writes(optimizer):
    model, by_hand = small(), small()
    train(model, DATA, 2, batch_size=16, optimizer=type(optimizer)(optimizer.learning_rate), schedule=schedules.cosine)
    rng, largest, step = np.random.default_rng(0), optimizer.learning_rate, 0
    for _ in range(2):
        for X, y in minibatches(*DATA.train, 16, rng):
            optimizer.learning_rate = largest * schedules.cosine((step + 0.5) / 12)
            optimizer.step(by_hand.parameters, by_hand.loss_and_gradients(X, y)[1])
            step += 1
    assert equal(model, by_hand)


def test_a_learning_rate_changed_between_two_reports_is_scaled_too():
    taken = []
    optimizer = Spy(lambda: taken.append(optimizer.learning_rate), 1)
    for now in training_steps(small(), DATA, 2, None, optimizer=optimizer, schedule=lambda done: 0.5):
        if now.step == 1:
            optimizer.learning_rate = 0.1
    assert taken == [0.5, 0.05] and optimizer.learning_rate == 0.1


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_the_learning_rate_is_put_back_however_a_step_ends(error):
    def fail():
        raise error

    optimizer = Spy(fail, 0.5)
    with contextlib.suppress(error):
        train(small(), DATA, 2, optimizer=optimizer, schedule=schedules.linear)
    assert optimizer.learning_rate == 0.5


def test_a_constant_schedule_is_none():
    models = [small() for _ in range(2)]
    for model, schedule in zip(models, (None, schedules.constant), strict=True):
        train(model, DATA, 2, batch_size=16, schedule=schedule)
    assert equal(*models)


class Own:
    """The least that an optimizer needs, as a learner writes it."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, gradients):
        for name in parameters:
            parameters[name] -= self.learning_rate * gradients[name]


class Decaying(Own):
    def step(self, parameters, gradients):
        super().step(parameters, gradients)
        self.learning_rate *= 0.9


@pytest.mark.parametrize("batch_size", [16, None])
@pytest.mark.parametrize("schedule", [None, schedules.cosine])
def test_a_learners_own_optimizer_will_do(schedule, batch_size):
    models = [small() for _ in range(2)]
    for model, optimizer in zip(models, (Own(0.3), SGD(0.3)), strict=True):
        train(model, DATA, 2, batch_size=batch_size, optimizer=optimizer, schedule=schedule)
    assert equal(*models)


def test_an_optimizer_may_change_its_own_learning_rate():
    optimizer = Decaying(1.0)
    train(small(), DATA, 1, batch_size=45, optimizer=optimizer)
    assert optimizer.learning_rate == pytest.approx(0.81)


# --- augmentation --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [40, None])
def test_augment_changes_the_images_of_each_batch_and_nothing_else(batch_size, monkeypatch):
    seen, learnt, kept = [], [], DATA.train.images.copy()

    def augment(X, rng):
        seen.append((X, rng.random()))
        return X + 100

    model = small()
    right = model.backpropagate
    monkeypatch.setattr(model, "backpropagate", lambda X, y: learnt.append((X, y)) or right(X, y))
    train(model, DATA, 2, learning_rate=1e-9, batch_size=batch_size, augment=augment)
    rng = np.random.default_rng(0)
    for epoch in range(2):
        batches = list(minibatches(*DATA.train, 40, rng)) if batch_size else [DATA.train]
        for i, (X, y) in enumerate(batches, epoch * len(batches)):
            np.testing.assert_array_equal(seen[i][0], X)
            np.testing.assert_array_equal(learnt[i][0], X + 100)
            np.testing.assert_array_equal(learnt[i][1], y)
    assert len({drawn for _, drawn in seen}) == len(seen) == len(learnt)  # new random numbers each time
    np.testing.assert_array_equal(DATA.train.images, kept)


def test_augmentation_does_not_touch_what_is_measured():
    plain, changed = (train(small(), DATA, 1, learning_rate=1e-12, augment=augment) for augment in (None, lambda X, rng: 0 * X))
    assert changed.train_loss == pytest.approx(plain.train_loss, rel=1e-6)
    assert changed.validation_loss == pytest.approx(plain.validation_loss, rel=1e-6)


# --- early stopping ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("losses", "patience", "stops"),
    [
        ([], 1, False),
        ([0.5], 1, False),
        ([0.5, 0.4], 1, False),
        ([0.5, 0.6], 1, True),
        ([0.5, 0.5], 1, True),  # as good is no better
        ([0.5, 0.6], 2, False),  # too early to say
        ([0.5, 0.6, 0.7], 2, True),
        ([0.5, 0.6, 0.4], 2, False),
        ([0.5, 0.6, 0.55], 2, True),  # better than the last one, but not than the best
        ([0.9, 0.5, 0.6, 0.7, 0.49], 3, False),
        ([0.9, 0.5, 0.6, 0.7, 0.51], 3, True),
    ],
)
def test_stops_early_by_hand(losses, patience, stops):
    assert stops_early(losses, patience) is stops


@given(st.lists(st.floats(0, 10), max_size=20), st.integers(1, 8))
def test_it_stops_when_the_best_epoch_is_patience_epochs_ago(losses, patience):
    since_the_best = len(losses) - 1 - int(np.argmin(losses)) if losses else 0  # argmin: the first of equals
    assert stops_early(losses, patience) == (since_the_best >= patience)


def scripted(losses, monkeypatch, **settings):
    """A network whose validation losses are given, and the list of its states after each epoch."""
    model, states = small(batch_norm=True, **settings), []
    right = model.evaluate_in_slices

    def evaluate_in_slices(X, y):
        if X is not DATA.validation.images:
            yield from right(X, y)
            return
        states.append({name: array.copy() for name, array in model.state.items()})
        yield losses[len(states) - 1] * len(y), len(y)

    monkeypatch.setattr(model, "evaluate_in_slices", evaluate_in_slices)
    return model, states


def same(model, state):
    return model.state.keys() == state.keys() and all((model.state[name] == state[name]).all() for name in state)


LOSSES = [0.9, 0.5, 0.6, 0.4, 0.7, 0.45, 0.4, 0.1]


@pytest.mark.parametrize(("patience", "stop", "best"), [(1, 3, 2), (2, 6, 4), (3, 7, 4), (4, 8, 8), (50, 8, 8)])
def test_training_stops_in_time_and_gives_back_the_best_state(patience, stop, best, monkeypatch):
    model, states = scripted(LOSSES, monkeypatch)
    history = train(model, DATA, 8, batch_size=16, patience=patience)
    assert history.validation_loss == pytest.approx(LOSSES[:stop]) and not history.interrupted
    assert same(model, states[best - 1])  # running statistics too
    assert stop == best or not same(model, states[stop - 1])


def test_the_best_state_is_given_back_after_the_last_epoch_too(monkeypatch):
    model, states = scripted(LOSSES, monkeypatch)
    assert len(train(model, DATA, 3, batch_size=16, patience=5)) == 3 and same(model, states[1])


def test_the_best_state_is_given_back_when_whoever_iterates_stops(monkeypatch):
    model, states = scripted(LOSSES, monkeypatch)
    reports = training_steps(model, DATA, 8, 16, optimizer=SGD(), patience=5)
    for now in reports:
        if now.step == 20:  # in the middle of epoch 4
            break
    assert not same(model, states[1])
    reports.close()
    assert same(model, states[1])


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_the_best_state_is_given_back_when_a_report_fails(error, monkeypatch):
    def report(evaluation):
        if evaluation.epoch == 3:
            raise error

    model, states = scripted(LOSSES, monkeypatch)
    try:
        history = train(model, DATA, 8, batch_size=16, patience=5, report=report)
    except ZeroDivisionError:  # at once, while its traceback still holds the frames
        assert same(model, states[1])
    else:
        assert error is KeyboardInterrupt and history.interrupted and len(history) == 3
        assert same(model, states[1])


def test_the_best_state_is_given_back_when_a_step_is_interrupted(monkeypatch):
    steps = []

    def look():
        steps.append(1)
        if len(steps) == 20:
            raise KeyboardInterrupt

    model, states = scripted(LOSSES, monkeypatch)
    history = train(model, DATA, 8, batch_size=16, patience=5, optimizer=Spy(look))
    assert history.interrupted and len(history) == 3 and same(model, states[1])


def test_the_best_state_is_given_back_when_the_training_diverges(monkeypatch):
    optimizer = SGD(0.1)

    def report(evaluation):
        if evaluation.epoch == 3:
            optimizer.learning_rate = 1e30

    model, states = scripted(LOSSES, monkeypatch)
    with pytest.raises(TrainingDiverged):
        train(model, DATA, 8, batch_size=16, patience=5, optimizer=optimizer, report=report)
    assert same(model, states[1])


def test_what_was_learnt_stays_when_no_epoch_was_finished():
    steps = []

    def look():
        steps.append(1)
        if len(steps) == 3:
            raise KeyboardInterrupt

    model = small()
    train(model, DATA, 2, batch_size=16, patience=2, optimizer=Spy(look))
    assert not equal(model, small())


def test_patience_does_not_change_what_is_learnt_before():
    models = [small() for _ in range(2)]
    histories = [train(models[i], DATA, 3, batch_size=16, patience=(None, 9)[i]) for i in range(2)]
    assert histories[0].validation_loss == histories[1].validation_loss and equal(*models)  # it falls throughout
    assert histories[0].validation_loss == sorted(histories[0].validation_loss, reverse=True)


def test_patience_needs_a_validation_split():
    alone = Dataset(DATA.train, DATA.train[:0], DATA.test, DATA.class_names)
    steps = training_steps(small(), alone, optimizer=SGD(), patience=2)
    for start in lambda: train(small(), alone, patience=2), lambda: next(steps):
        with pytest.raises(ValueError, match=r"patience needs a validation split, but it is empty\. Make the data set with"):
            start()


# --- going on ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [16, None])
def test_epochs_that_were_done_are_left_out(batch_size):
    whole, parts = small(), small()
    all_four = train(whole, DATA, 4, batch_size=batch_size, seed=5)
    first = train(parts, DATA, 1, batch_size=batch_size, seed=5)
    evaluations = []
    rest = train(parts, DATA, 4, batch_size=batch_size, seed=5, initial_epoch=1, report=evaluations.append)
    assert [evaluation.epoch for evaluation in evaluations] == [2, 3, 4]
    assert first.train_loss + rest.train_loss == all_four.train_loss and equal(whole, parts)


def test_steps_are_counted_from_the_beginning_of_the_whole_training():
    reports = list(training_steps(small(), DATA, 4, 16, optimizer=SGD(), initial_epoch=3))
    assert reports[0].step > 18 and reports[-1].step == reports[-1].steps == 24
    assert list(training_steps(small(), DATA, 4, 16, optimizer=SGD(), initial_epoch=4)) == []


# --- divergence ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [16, None])
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_a_training_that_diverges_says_when_why_and_what_to_try(activation, batch_size):
    with warnings.catch_warnings(), pytest.raises(TrainingDiverged) as caught:
        warnings.simplefilter("error")
        train(small(activation=activation), DATA, 100, learning_rate=1e30, batch_size=batch_size)
    diverged = caught.value
    assert diverged.learning_rate == 1e30 and 1 <= diverged.step <= 600
    assert re.search(
        rf"at step {diverged.step}, with a learning rate of 1e\+30, the loss is (nan|inf|\d.*)\. "
        r"Start again with a smaller learning rate, for example learning_rate=1e\+29",
        str(diverged),
    )
    assert isinstance(diverged.history, History)


def test_the_step_named_is_the_first_whose_loss_has_exploded():
    model, losses = small(), []
    with np.errstate(all="ignore"):
        for X, y in minibatches(*DATA.train, 16, np.random.default_rng(0)):
            loss, gradients = model.backpropagate(X, y)
            losses.append(loss)
            SGD(1e30).step(model.parameters, gradients)
    first = 1 + next(i for i, loss in enumerate(losses) if not loss < training.EXPLODED * max(1, losses[0]))
    assert first < 6
    with pytest.raises(TrainingDiverged) as caught:
        train(small(), DATA, 1, learning_rate=1e30, batch_size=16)
    assert caught.value.step == first
    np.testing.assert_equal(caught.value.loss, losses[first - 1])


def test_a_loss_that_is_huge_but_finite_counts_as_diverged():
    with pytest.raises(TrainingDiverged) as caught:
        train(small(), DATA, 5, learning_rate=1e6, batch_size=16)
    assert math.isfinite(caught.value.loss) and caught.value.loss >= training.EXPLODED


def test_the_history_before_the_divergence_is_kept():
    optimizer = SGD(0.1)

    def report(evaluation):
        if evaluation.epoch == 3:
            optimizer.learning_rate = 1e30

    with pytest.raises(TrainingDiverged) as caught:
        train(small(), DATA, 20, batch_size=16, optimizer=optimizer, report=report)
    assert len(caught.value.history) == 3 and all(map(math.isfinite, caught.value.history.train_loss))
    assert caught.value.step > 18


def test_a_last_step_that_ruins_the_network_is_noticed():
    with warnings.catch_warnings(), pytest.raises(TrainingDiverged, match="at step 1,"):
        warnings.simplefilter("error")
        train(small(), DATA, 1, learning_rate=1e38, batch_size=None)


def test_the_error_can_travel_between_processes():
    error = TrainingDiverged(7, 0.5, 1e9)
    error.history.train_loss.append(1.0)
    twin = pickle.loads(pickle.dumps(error))
    assert (str(twin), twin.step, twin.learning_rate, twin.loss, twin.history) == (str(error), 7, 0.5, 1e9, error.history)


# --- what does not leak --------------------------------------------------------------------------------------------


def blas_threads():
    return [library["num_threads"] for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"]


@pytest.mark.skipif(not blas_threads(), reason="threadpoolctl knows no way to count this BLAS's threads")
@pytest.mark.parametrize("threads", [1, 2])
def test_train_limits_the_threads_while_it_runs(threads):
    seen = []
    training._blas.cache_clear()  # other tests may have loaded a further BLAS since it looked
    with threadpoolctl.threadpool_limits(3, user_api="blas"):
        outside = blas_threads()
        assert max(outside) == 3
        train(small(), DATA, 2, batch_size=16, optimizer=Spy(lambda: seen.append(blas_threads())), threads=threads)
        assert blas_threads() == outside
    assert len(seen) == 12 and all(max(inside) == threads for inside in seen)


@pytest.mark.skipif(not blas_threads(), reason="threadpoolctl knows no way to count this BLAS's threads")
def test_the_loop_itself_leaves_the_threads_to_its_caller():
    seen = []
    with threadpoolctl.threadpool_limits(3, user_api="blas"):
        outside = blas_threads()
        for _ in training_steps(small(), DATA, 1, 16, optimizer=Spy(lambda: seen.append(blas_threads()))):
            assert blas_threads() == outside
    assert seen == [outside] * 6


@pytest.mark.skipif(not blas_threads(), reason="threadpoolctl knows no way to count this BLAS's threads")
@pytest.mark.parametrize("error", [KeyboardInterrupt, TrainingDiverged, ZeroDivisionError])
def test_the_thread_limit_ends_with_the_training_however_it_ends(error):
    def fail():
        raise error(1, 0.1, math.nan) if error is TrainingDiverged else error

    with threadpoolctl.threadpool_limits(3, user_api="blas"):
        outside = blas_threads()
        with contextlib.suppress(error):
            train(small(), DATA, 2, optimizer=Spy(fail))
        assert blas_threads() == outside


def test_silenced_overflow_holds_while_a_step_runs_and_never_across_a_yield():
    inside = []
    with np.errstate(over="raise", invalid="raise", divide="raise", under="warn"):
        outside = np.geterr()
        for _ in training_steps(small(), DATA, 2, 16, optimizer=Spy(lambda: inside.append(np.geterr()))):
            assert np.geterr() == outside
        assert np.geterr() == outside
    assert all(state["over"] == state["invalid"] == "ignore" for state in inside) and len(inside) == 12


def test_training_does_not_touch_the_global_random_numbers():
    np.random.seed(3)  # noqa: NPY002
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    train(small(), DATA, 1)
    np.testing.assert_array_equal(np.random.get_state()[1], state)  # noqa: NPY002


def test_training_leaves_the_data_alone():
    kept = [array.copy() for split in (DATA.train, DATA.validation) for array in split]
    train(small(), DATA, 1, batch_size=None)
    train(small(), DATA, 1)
    for before, after in zip(kept, [*DATA.train, *DATA.validation], strict=True):
        np.testing.assert_array_equal(before, after)


# --- what does not fit together ------------------------------------------------------------------------------------


def replaced(**parts):
    return Dataset(**{"train": DATA.train, "validation": DATA.validation, "test": DATA.test, "class_names": ()} | parts)


UNFIT = {
    "other images": (replaced(), MLP([784, 3]), r"dataset.train.images must .* with d = 784, but has shape \(90, 6\)"),
    "other validation images": (
        replaced(validation=clouds(9, 0, 7)), small(), r"dataset.validation.images must .* with d = 6, .*\(9, 7\)"
    ),
    "other test images": (replaced(test=clouds(9, 0, 7)), small(), r"dataset.test.images must .* with d = 6, .*\(9, 7\)"),
    "images not flattened": (
        replaced(train=Split(np.ones((4, 3, 2)), np.zeros(4, int))), small(), r"\(4, 3, 2\).*Flatten the images"
    ),
    "too many classes": (replaced(), MLP([6, 2]), "dataset.train.labels must hold labels from 0 to 1, but goes from 0 to 2"),
    "a negative label": (
        replaced(test=Split(np.ones((2, 6)), np.array([0, -1]))), small(), r"dataset.test.labels must .* goes from -1 to 0"
    ),
    "nothing to learn from": (replaced(train=DATA.train[:0]), small(), "dataset.train must hold examples, but is empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNFIT)
def test_training_is_refused_at_once_with(case):
    data, model, message = UNFIT[case]
    for start in lambda: train(model, data), lambda: next(training_steps(model, data, optimizer=SGD())):
        with pytest.raises(ValueError, match=message):
            start()


def test_labels_that_are_no_whole_numbers_are_refused():
    with pytest.raises(ValueError, match="whole numbers"):
        train(small(), replaced(train=Split(DATA.train.images, DATA.train.labels + 0.7)))


@pytest.mark.parametrize("form", [lambda y: y[:, np.newaxis], lambda y: y * 1.0, lambda y: np.eye(3)[y], np.ndarray.tolist])
def test_labels_in_a_column_as_floats_one_hot_or_in_a_list_train_as_if_they_were_a_vector(form):
    vector, other = small(), small()
    train(vector, DATA, 1, progress=False)
    train(other, replaced(train=Split(DATA.train.images.tolist(), form(DATA.train.labels))), 1, progress=False)
    for name, array in vector.parameters.items():
        np.testing.assert_allclose(other.parameters[name], array, rtol=1e-6)


def test_images_that_hold_nan_are_refused_by_name_and_not_as_a_divergence():
    images = DATA.train.images.copy()
    images[5, 5] = np.nan
    with pytest.raises(ValueError, match=r"dataset.train.images must hold finite numbers"):
        train(small(), replaced(train=Split(images, DATA.train.labels)), 1)


# --- names and classes in place of objects ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"optimizer": "adam"}, "optimizer must be an object such as Adam(0.001), but is a str. Try optimizer=Adam()."),
        ({"optimizer": "sgd"}, "Try optimizer=SGD()."),
        ({"optimizer": Adam}, "but is the class Adam. Try optimizer=Adam()."),
        ({"optimizer": 0.1}, "but is a float. Try optimizer=Adam()."),
        ({"optimizer": ""}, "but is a str"),
        ({"schedule": "linear"}, "schedule must be a function such as schedules.linear, but is a str"),
        ({"schedule": 0.5}, "schedule must be a function"),
        ({"augment": True}, "augment must be a function or an object such as Warp(), but is a bool. Try augment=Warp()."),
        ({"augment": Warp}, "augment must be a function or an object such as Warp(), but is the class Warp"),
        ({"measured": 0}, "measured must be a whole number of at least 1, or None for all at once, but is 0"),
        ({"report": True}, "report must be a function such as print, but is a bool"),
    ],
)
def test_names_and_classes_are_refused_with_what_to_write(named, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        train(small(), DATA, 1, **named)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (lambda: (DATA, small()), "model must be a network, but is a Dataset"),
        (lambda: (MLP, DATA), "model must be a network, but is the class MLP"),
        (lambda: (small(), DATA.train), "dataset must be a Dataset, but is a Split"),
        (lambda: (small(), tuple(DATA.train)), "dataset must be a Dataset, but is a tuple"),
    ],
)
def test_the_network_and_the_data_are_told_apart(arguments, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        train(*arguments(), 1)


def test_a_training_needs_no_stream_for_its_bar(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    assert len(train(small(), DATA, 1)) == 1


@pytest.mark.parametrize("where", ["train_loss", "validation_accuracy", "seconds"])
def test_an_interrupt_while_an_epoch_is_noted_leaves_lists_of_one_length(where, monkeypatch):
    usual = History.append

    def interrupted(self, evaluation):
        if len(self) == 1:
            for name in ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "seconds"):
                if name == where:
                    raise KeyboardInterrupt
                getattr(self, name).append(getattr(evaluation, name))
        usual(self, evaluation)

    monkeypatch.setattr(History, "append", interrupted)
    history = train(small(), DATA, 3)
    assert history.interrupted and {len(values) for values in vars(history).values() if isinstance(values, list)} == {1}
