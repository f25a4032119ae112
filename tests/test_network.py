"""The network: forward and backward by hand, its parameters, and its file."""

import copy
import json
import math
import os
import pickle
import re
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_helpers import MLP, SGD, BatchNorm
from mlp_helpers.core import network

LN2, LN3 = math.log(2), math.log(3)
RNG = np.random.default_rng(0)
DTYPES = np.float32, np.float64


def network_2_3_2():
    model = MLP([2, 3, 2], dtype=np.float64)
    for name, values in {
        "W1": [[1, -1, 0], [0.5, 1, -1]], "b1": [0, 1, 0.5], "W2": [[1, 0], [0.5, 1], [3, 1]], "b2": [0, 1],
    }.items():  # fmt: skip
        model.parameters[name][...] = values
    return model


# --- by hand -------------------------------------------------------------------------------------------------------


def test_relu_and_cross_entropy_by_hand():
    model, X = network_2_3_2(), np.array([[1.0, 2.0]])
    # Z1 = 1·1 + 2·0.5 + 0, 1·(-1) + 2·1 + 1, 1·0 + 2·(-1) + 0.5 = 2, 2, -1.5     A1 = 2, 2, 0
    # Z2 = 2·1 + 2·0.5 + 0·3 + 0, 2·0 + 2·1 + 0·1 + 1 = 3, 3                       P = 1/2, 1/2, loss ln 2
    np.testing.assert_array_equal(model.forward(X), [[3, 3]])
    np.testing.assert_array_equal(model.predict_proba(X), [[0.5, 0.5]])
    loss, gradients = model.loss_and_gradients(X, np.array([0]), input_gradient=True)
    assert loss == pytest.approx(LN2, rel=1e-15) and isinstance(loss, float)
    expected = {
        "b2": [-0.5, 0.5],                                 # dZ2 = P - Y
        "W2": [[-1, 1], [-1, 1], [0, 0]],                  # A1ᵀ dZ2
        # dA1 = -0.5·1 + 0.5·0, -0.5·0.5 + 0.5·1, -0.5·3 + 0.5·1 = -0.5, 0.25, -1; the third unit was off
        "b1": [-0.5, 0.25, 0],                             # dZ1
        "W1": [[-0.5, 0.25, 0], [-1, 0.5, 0]],             # Xᵀ dZ1
        "X": [[-0.75, 0]],                                 # -0.5·1 + 0.25·(-1), -0.5·0.5 + 0.25·1
    }  # fmt: skip
    assert gradients.keys() == expected.keys()
    for name, gradient in expected.items():
        np.testing.assert_array_equal(gradients[name], gradient, err_msg=name)


def test_sigmoid_and_mean_squared_error_by_hand():
    model = MLP([2, 3, 2], activation="sigmoid", loss="mse", dtype=np.float64)
    for name, values in {"W1": 0, "W2": [[1, 1], [-1, -1], [0, 2]], "b2": [0, LN3 - 1]}.items():
        model.parameters[name][...] = values
    X = np.array([[1.0, 2.0]])
    # Z1 = 0, A1 = 1/2, Z2 = (1 - 1 + 0)/2, (1 - 1 + 2)/2 + ln 3 - 1 = 0, ln 3        outputs 1/2, 3/4
    np.testing.assert_allclose(model.predict_proba(X), [[0.5, 0.75]], rtol=1e-15)
    loss, gradients = model.loss_and_gradients(X, np.array([0]))
    assert loss == pytest.approx(1 / 4 + 9 / 16, rel=1e-15)
    # dZ2 = 2 (1/2 - 1) 1/4, 2 (3/4 - 0) 3/16 = -8/32, 9/32
    # dA1 = dZ2 W2ᵀ = 1/32, -1/32, 18/32      dZ1 = a quarter of it
    expected = {
        "b2": [-8 / 32, 9 / 32],
        "W2": [[-8 / 64, 9 / 64]] * 3,
        "b1": [1 / 128, -1 / 128, 18 / 128],
        "W1": [[1 / 128, -1 / 128, 18 / 128], [2 / 128, -2 / 128, 36 / 128]],
    }
    assert gradients.keys() == expected.keys()
    for name, gradient in expected.items():
        np.testing.assert_allclose(gradients[name], gradient, rtol=1e-14, atol=1e-16, err_msg=name)


def test_loss_and_gradients_are_means_over_the_examples():
    model, X, y = network_2_3_2(), np.array([[1.0, 2.0]]), np.array([0])
    loss, gradients = model.loss_and_gradients(X, y)
    loss_of_4, gradients_of_4 = model.loss_and_gradients(X.repeat(4, axis=0), y.repeat(4))
    assert loss_of_4 == loss
    for name in gradients:
        np.testing.assert_array_equal(gradients_of_4[name], gradients[name], err_msg=name)


def test_one_step_against_the_gradient_makes_the_loss_smaller():
    model, X, y = network_2_3_2(), np.array([[1.0, 2.0]]), np.array([0])
    loss, gradients = model.loss_and_gradients(X, y)
    SGD(0.01).step(model.parameters, gradients)
    # to first order by the learning rate times the squared length of the gradient: 0.01 · 6.375
    # (0.5 + 4 + 0.3125 + 1.5625 = 6.375 for b2, W2, b1, W1)
    assert model.evaluate(X, y)[0] == pytest.approx(loss - 0.06375, abs=0.002)


def test_predict_accuracy_and_evaluate_by_hand():
    model = MLP([2, 2], dtype=np.float64)
    model.parameters["W1"][...] = [[LN3, 0], [0, LN3]]
    X, y = np.array([[1.0, 0], [0, 1], [1, 0], [0, 1]]), np.array([0, 1, 0, 0])
    np.testing.assert_allclose(model.predict_proba(X)[:2], [[0.75, 0.25], [0.25, 0.75]], rtol=1e-15)
    np.testing.assert_array_equal(model.predict(X), [0, 1, 0, 1])
    assert model.accuracy(X, y) == 0.75
    loss, accuracy = model.evaluate(X, y)
    # three times -ln 3/4, once -ln 1/4, divided by 4: ln 4 - 3/4 ln 3
    assert loss == pytest.approx(2 * LN2 - 0.75 * LN3, rel=1e-15) and accuracy == 0.75
    assert isinstance(loss, float) and isinstance(accuracy, float)


def test_an_untrained_network_on_blank_images_guesses_evenly():
    model = MLP([784, 16, 10])
    np.testing.assert_allclose(model.predict_proba(np.zeros((2, 784), np.uint8)), 0.1, rtol=1e-6)
    assert model.evaluate(np.zeros((2, 784), np.uint8), np.array([3, 8]))[0] == pytest.approx(math.log(10), rel=1e-6)


# --- parameters ----------------------------------------------------------------------------------------------------


def test_parameters_are_live_and_in_order():
    model = MLP([4, 5, 6, 3])
    assert {name: array.shape for name, array in model.parameters.items()} == {
        "W1": (4, 5), "b1": (5,), "W2": (5, 6), "b2": (6,), "W3": (6, 3), "b3": (3,),
    }  # fmt: skip
    assert list(model.parameters) == ["W1", "b1", "W2", "b2", "W3", "b3"]
    for name in model.parameters:
        model.parameters[name][...] = 0
    np.testing.assert_array_equal(model.forward(np.ones((2, 4))), np.zeros((2, 3)))
    model.parameters["b3"][...] = [1, 2, 3]
    np.testing.assert_array_equal(model.forward(np.ones((1, 4))), [[1, 2, 3]])


def test_a_network_is_shown_by_what_it_is_made_of():
    assert repr(MLP([4, 5, 3], "sigmoid", "mse")) == "MLP([4, 5, 3], sigmoid, mse)"


def test_layers_cannot_be_put_in_where_nothing_would_learn_them():
    with pytest.raises(AttributeError):
        MLP([4, 5, 3]).layers.append(None)


def test_gradients_carry_the_names_and_shapes_of_the_parameters():
    model = MLP([4, 5, 3])
    _, gradients = model.loss_and_gradients(np.eye(4), np.array([0, 1, 2, 0]))
    assert {name: g.shape for name, g in gradients.items()} == {name: p.shape for name, p in model.parameters.items()}
    assert {gradient.dtype for gradient in gradients.values()} == {np.dtype(np.float32)}


def test_gradients_of_one_call_survive_the_next():
    model, y = MLP([4, 5, 3]), np.array([0, 1, 2, 0])
    _, first = model.loss_and_gradients(np.eye(4), y)
    kept = {name: gradient.copy() for name, gradient in first.items()}
    model.loss_and_gradients(2 * np.eye(4), y)
    for name in kept:
        np.testing.assert_array_equal(first[name], kept[name])


def test_the_same_seed_gives_the_same_weights_in_both_types():
    single, double, other = MLP([6, 5, 3], seed=7), MLP([6, 5, 3], seed=7, dtype=np.float64), MLP([6, 5, 3], seed=8)
    for name, array in double.parameters.items():
        assert array.dtype == np.float64 and single.parameters[name].dtype == np.float32
        np.testing.assert_array_equal(single.parameters[name], array.astype(np.float32))
    assert (single.parameters["W1"] != other.parameters["W1"]).all()


def test_init_reaches_every_layer():
    for model, spreads in (MLP([400, 200, 300], init="he"), (2 / 400, 2 / 200)), (MLP([400, 200, 300], init=0.1), (0.01, 0.01)):
        for name, variance in zip(("W1", "W2"), spreads, strict=True):
            assert model.parameters[name].var() == pytest.approx(variance, rel=0.03)


@pytest.mark.parametrize("dtype", [None, *DTYPES])
def test_a_copy_is_equal_and_independent(dtype):
    model = MLP([4, 3, 2], "sigmoid", "mse", seed=5)
    twin = model.copy(dtype)
    assert (twin.sizes, twin.activation, twin.loss) == ([4, 3, 2], "sigmoid", "mse")
    assert twin.dtype == (dtype or np.float32)
    for name, parameter in model.parameters.items():
        np.testing.assert_array_equal(twin.parameters[name], parameter)
        twin.parameters[name][...] = 0
        assert name.startswith("b") or (parameter != 0).all()


# --- dropout, batch normalisation, penalty, smoothing --------------------------------------------------------------

EVERYTHING = {"dropout": 0.4, "batch_norm": True, "label_smoothing": 0.2, "l2": 0.01}


def test_the_layers_stand_in_the_order_of_the_papers():
    layers = [type(layer).__name__ for layer in MLP([4, 5, 6, 3], dropout=0.5, batch_norm=True).layers]
    assert layers == ["Linear", "BatchNorm", "ReLU", "Dropout"] * 2 + ["Linear"]
    assert [type(layer).__name__ for layer in MLP([4, 3], dropout=0.5, batch_norm=True).layers] == ["Linear"]


def test_batch_norms_shift_takes_the_place_of_the_bias():
    model = MLP([4, 5, 6, 3], batch_norm=True)
    assert {name: array.shape for name, array in model.parameters.items()} == {
        "W1": (4, 5), "gamma1": (5,), "beta1": (5,), "W2": (5, 6), "gamma2": (6,), "beta2": (6,), "W3": (6, 3), "b3": (3,),
    }  # fmt: skip
    assert {name: array.shape for name, array in model.state.items() if name not in model.parameters} == {
        "mean1": (5,), "variance1": (5,), "mean2": (6,), "variance2": (6,),
    }  # fmt: skip
    _, gradients = model.loss_and_gradients(np.eye(4), np.array([0, 1, 2, 0]))
    assert {name: g.shape for name, g in gradients.items()} == {name: p.shape for name, p in model.parameters.items()}


def test_the_state_is_live():
    model = MLP([4, 5, 3], batch_norm=True)
    model.state["mean1"][...] = 7
    (norm,) = (layer for layer in model.layers if isinstance(layer, BatchNorm))
    np.testing.assert_array_equal(norm.mean, [7] * 5)


@pytest.mark.parametrize(
    ("name", "value"),
    [("sizes", [4, 2]), ("activation", "sigmoid"), ("loss", "mse"), ("dtype", np.float64), ("dropout", 0.5), ("batch_norm", True),
     ("label_smoothing", 0.1)],
)  # fmt: skip
def test_a_setting_that_the_layers_would_not_follow_is_refused(name, value):
    model = MLP([4, 3, 2])
    before = getattr(model, name)
    with pytest.raises(AttributeError, match=f"^{name} is chosen when the network is made"):
        setattr(model, name, value)
    assert getattr(model, name) == before
    assert getattr(copy.deepcopy(pickle.loads(pickle.dumps(model))), name) == before


def test_the_penalty_by_hand():
    plain, model, X, y = network_2_3_2(), network_2_3_2(), np.array([[1.0, 2.0]]), np.array([0])
    model.l2 = 0.1
    loss, gradients = plain.loss_and_gradients(X, y)
    penalised, with_penalty = model.loss_and_gradients(X, y)
    # squares of W1: 1 + 1 + 0 + 0.25 + 1 + 1 = 4.25, of W2: 1 + 0 + 0.25 + 1 + 9 + 1 = 12.25; half of a tenth of 16.5
    assert penalised == pytest.approx(loss + 0.825, rel=1e-14)
    for name, gradient in gradients.items():
        expected = gradient + 0.1 * plain.parameters[name] if name in ("W1", "W2") else gradient
        np.testing.assert_allclose(with_penalty[name], expected, rtol=1e-14, err_msg=name)
    assert model.evaluate(X, y) == plain.evaluate(X, y)  # it is no part of what is measured
    assert model.loss_and_gradients(X, y, training=False)[0] == loss


def test_label_smoothing_by_hand():
    model, X = network_2_3_2(), np.array([[1.0, 2.0]])
    model.loss_layer.label_smoothing = 0.2
    loss, gradients = model.loss_and_gradients(X, np.array([0]))
    assert loss == pytest.approx(LN2, rel=1e-14)  # the probabilities are even, so it costs nothing
    np.testing.assert_allclose(gradients["b2"], [0.5 - 0.9, 0.5 - 0.1], rtol=1e-14)
    assert MLP([4, 3, 2], label_smoothing=0.2).loss_layer.label_smoothing == 0.2


def test_label_smoothing_needs_cross_entropy():
    with pytest.raises(ValueError, match=r"""label_smoothing needs loss="cross_entropy", but the loss is 'mse'\. Leave one"""):
        MLP([4, 2], loss="mse", label_smoothing=0.1)


def test_dropout_drops_hidden_units_while_learning_alone():
    model, X, y = MLP([4, 1000, 2], dropout=0.4, dtype=np.float64), np.ones((3, 4)), np.array([0, 1, 0])
    model.parameters["b1"][...] = 100  # every unit is on
    _, gradients = model.loss_and_gradients(X[:1], y[:1])
    assert (gradients["b1"] == 0).mean() == pytest.approx(0.4, abs=0.06)
    assert model.loss_and_gradients(X, y)[0] != model.loss_and_gradients(X, y)[0]
    assert model.loss_and_gradients(X, y, training=False)[0] == pytest.approx(model.evaluate(X, y)[0], rel=1e-12)
    np.testing.assert_array_equal(model.forward(X), model.forward(X))


def test_the_same_seed_drops_the_same_units_and_begins_with_the_same_weights_as_without():
    plain, one, other = MLP([6, 5, 3], seed=2), MLP([6, 5, 3], seed=2, dropout=0.5), MLP([6, 5, 3], seed=2, dropout=0.5)
    X, y = RNG.normal(size=(7, 6)), RNG.integers(0, 3, 7)
    assert [one.loss_and_gradients(X, y)[0] for _ in range(3)] == [other.loss_and_gradients(X, y)[0] for _ in range(3)]
    for name in "W1", "W2":
        np.testing.assert_array_equal(plain.parameters[name], one.parameters[name])


def test_asking_changes_no_running_statistics_and_draws_no_random_numbers():
    model, X, y = MLP([4, 5, 3], **EVERYTHING), RNG.normal(size=(6, 4)), RNG.integers(0, 3, 6)
    state, drawn = {name: array.copy() for name, array in model.state.items()}, model.rng.bit_generator.state
    for ask in (lambda: model.predict(X), lambda: model.evaluate(X, y), lambda: model.forward(X), lambda: model.accuracy(X, y),
                lambda: model.loss_and_gradients(X, y, training=False)):  # fmt: skip
        ask()
        assert all((model.state[name] == state[name]).all() for name in state) and model.rng.bit_generator.state == drawn
    model.loss_and_gradients(X, y)
    assert (model.state["mean1"] != state["mean1"]).all() and model.rng.bit_generator.state != drawn


def test_what_is_measured_is_the_plain_loss():
    plain, model = MLP([4, 5, 3], dtype=np.float64), MLP([4, 5, 3], dtype=np.float64, dropout=0.4, label_smoothing=0.2, l2=0.01)
    X, y = RNG.normal(size=(6, 4)), RNG.integers(0, 3, 6)
    loss, gradients = plain.loss_and_gradients(X, y)
    for _ in range(2):
        assert model.evaluate(X, y) == plain.evaluate(X, y)
        asked, of_asked = model.loss_and_gradients(X, y, training=False)
        assert asked == loss and all((of_asked[name] == gradients[name]).all() for name in gradients)
        assert model.loss_and_gradients(X, y)[0] != loss  # leaves the layers in training


def test_each_image_is_answered_whatever_its_neighbours():
    model, X = MLP([4, 5, 3], dtype=np.float64, **EVERYTHING), RNG.normal(size=(6, 4))
    for _ in range(20):
        model.loss_and_gradients(X, np.array([0, 1, 2, 0, 1, 2]))
    for i in range(6):
        np.testing.assert_allclose(model.predict_proba(X[i : i + 1])[0], model.predict_proba(X)[i], rtol=1e-12)


def test_evaluate_and_the_loss_of_one_that_is_asked_agree_whatever_came_before():
    model, X, y = MLP([4, 5, 3], dtype=np.float64, **EVERYTHING), RNG.normal(size=(6, 4)), RNG.integers(0, 3, 6)
    for _ in range(2):
        assert model.loss_and_gradients(X, y, training=False)[0] == pytest.approx(model.evaluate(X, y)[0], rel=1e-12)
        model.loss_and_gradients(X, y)  # leaves the layers in training


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_copy_with_everything_is_equal_independent_and_draws_the_same_numbers(dtype):
    model, X, y = MLP([4, 5, 3], seed=3, **EVERYTHING), RNG.normal(size=(6, 4)), RNG.integers(0, 3, 6)
    model.loss_and_gradients(X, y)
    twin = model.copy(dtype)
    assert twin.architecture == model.architecture and twin.dtype == dtype
    assert {array.dtype for array in twin.state.values()} == {np.dtype(dtype)}
    assert twin.rng is not model.rng and twin.rng.bit_generator.state == model.rng.bit_generator.state
    if dtype == np.float32:
        assert [twin.loss_and_gradients(X, y)[0] for _ in range(2)] == [model.loss_and_gradients(X, y)[0] for _ in range(2)]
    before = {name: array.copy() for name, array in model.state.items()}
    twin.loss_and_gradients(X, y)
    for array in twin.parameters.values():
        array += 1
    assert all((model.state[name] == before[name]).all() for name in before)


def test_restore_sets_everything_and_stays_independent():
    model, other = MLP([4, 5, 3], seed=1, batch_norm=True), MLP([4, 5, 3], seed=2, batch_norm=True)
    other.loss_and_gradients(np.eye(4), np.array([0, 1, 2, 0]))
    live = model.parameters
    model.restore(other.state)
    for name, array in model.state.items():
        np.testing.assert_array_equal(array, other.state[name])
        assert array is not other.state[name]
    assert all(live[name] is array for name, array in model.parameters.items())


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda state: state.pop("mean1"), KeyError, "mean1"),
        (lambda state: state.update(speed=np.ones(3)), ValueError, "it also holds speed"),
        (lambda state: state.update(gamma1=np.ones(4)), ValueError, r"gamma1 must have shape \(5,\), but has \(4,\)"),
    ],
)
def test_restore_refuses_what_does_not_fit_and_changes_nothing(change, error, words):
    model = MLP([4, 5, 3], batch_norm=True)
    before = {name: array.copy() for name, array in model.state.items()}
    state = {name: array + 1 for name, array in before.items()}
    change(state)
    with pytest.raises(error, match=words):
        model.restore(state)
    for name, array in model.state.items():
        np.testing.assert_array_equal(array, before[name])


# --- what goes in --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", DTYPES)
def test_bytes_are_scaled_to_0_to_1(dtype):
    model, images = MLP([6, 4, 3], dtype=dtype), RNG.integers(0, 256, (5, 6), dtype=np.uint8)
    y, near = np.array([0, 1, 2, 0, 1]), float(20 * np.finfo(dtype).eps)
    np.testing.assert_allclose(model.forward(images), model.forward(images / 255), rtol=near, atol=near)
    loss, gradients = model.loss_and_gradients(images, y)
    loss_of_floats, gradients_of_floats = model.loss_and_gradients(images / 255, y)
    assert loss == pytest.approx(loss_of_floats, rel=near)
    for name in gradients:
        np.testing.assert_allclose(gradients[name], gradients_of_floats[name], rtol=near, atol=near)


def test_floats_are_taken_as_they_are():
    model = MLP([2, 2])
    model.parameters["W1"][...] = np.eye(2)
    with pytest.warns(UserWarning, match="taken as they are"):
        np.testing.assert_array_equal(model.forward(np.array([[255.0, -1.0]])), [[255, -1]])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("entering", [np.uint8, np.float16, np.float32, np.float64])
def test_the_network_computes_in_its_own_type(entering, dtype):
    model, X = MLP([4, 3, 2], dtype=dtype), 10 * np.eye(4, dtype=entering)
    assert model.forward(X).dtype == model.predict_proba(X).dtype == dtype
    _, gradients = model.loss_and_gradients(X, np.array([0, 1, 1, 0]), input_gradient=True)
    assert {gradient.dtype for gradient in gradients.values()} == {np.dtype(dtype)}


def test_the_images_stay_as_they_were():
    for X in np.full((3, 4), 200, np.uint8), np.ones((3, 4), np.float32):
        X.flags.writeable = False
        MLP([4, 3, 2]).loss_and_gradients(X, np.array([0, 1, 0]))


@pytest.mark.parametrize("sizes", [[4, 2], [4, 3, 2]])
def test_the_input_gradient_is_computed_only_when_asked_for(sizes, monkeypatch):
    model, returned = MLP(sizes), []
    first = model.linears[0]
    backward = first.backward
    monkeypatch.setattr(first, "backward", lambda *arguments: returned.append(backward(*arguments)) or returned[-1])
    assert "X" not in model.loss_and_gradients(np.eye(4), np.array([0, 1, 1, 0]))[1]
    assert returned == [None]
    assert model.loss_and_gradients(np.eye(4), np.array([0, 1, 1, 0]), input_gradient=True)[1]["X"].shape == (4, 4)


@pytest.mark.parametrize("slice_size", [1, 3, 7, 8])
@pytest.mark.parametrize("loss", ["cross_entropy", "mse"])
def test_in_slices_is_the_same_as_at_once(loss, slice_size, monkeypatch):
    model, X, y = MLP([4, 5, 3], loss=loss, dtype=np.float64), RNG.normal(size=(7, 4)), RNG.integers(0, 3, 7)
    at_once = model.evaluate(X, y), model.predict(X), model.predict_proba(X)
    monkeypatch.setattr(network, "ROWS_TO_PREDICT", slice_size)
    assert len(list(model.evaluate_in_slices(X, y))) == math.ceil(7 / slice_size)
    assert model.evaluate(X, y) == pytest.approx(at_once[0], rel=1e-14)
    np.testing.assert_array_equal(model.predict(X), at_once[1])
    np.testing.assert_allclose(model.predict_proba(X), at_once[2], rtol=1e-14)


def test_a_large_network_computes_fewer_rows_at_once():
    assert MLP([784, 128, 10]).rows_at_once() == network.ROWS_TO_PREDICT == 2_000
    assert MLP([784, 64, 10]).rows_at_once(10_000) == 10_000
    assert MLP([784, 1024, 1024, 1024, 1024, 1024, 10]).rows_at_once(10_000) == 101  # 5 007 360 weights
    assert MLP([784, 4096, 4096, 10]).rows_at_once() == 64


# --- saving and loading --------------------------------------------------------------------------------------------


@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=5), st.sampled_from(["relu", "sigmoid"]),
    st.sampled_from(["cross_entropy", "mse"]), st.sampled_from(DTYPES),
    st.fixed_dictionaries({}, optional={"dropout": st.floats(0, 0.9), "batch_norm": st.booleans(), "l2": st.floats(0, 0.9)}),
)  # fmt: skip
def test_a_saved_network_comes_back(tmp_path_factory, sizes, activation, loss, dtype, remedies):
    path = tmp_path_factory.getbasetemp() / "any.npz"
    model = MLP(sizes, activation, loss, dtype=dtype, seed=3, **remedies)
    for array in model.state.values():
        array += 0.1
    model.save(path)
    loaded = MLP.load(path)
    assert (loaded.sizes, loaded.activation, loaded.loss, loaded.dtype) == (sizes, activation, loss, dtype)
    assert list(loaded.state) == list(model.state) and loaded.architecture == model.architecture
    for name, array in model.state.items():
        np.testing.assert_array_equal(loaded.state[name], array)
    X, y = np.ones((2, sizes[0])), np.zeros(2, int)
    np.testing.assert_array_equal(loaded.predict_proba(X), model.predict_proba(X))
    assert loaded.loss_and_gradients(X, y)[0] == model.loss_and_gradients(X, y)[0]  # drops the same units


def test_the_file_holds_the_parameters_under_their_names(tmp_path):
    MLP([4, 3, 2]).save(tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz", allow_pickle=False) as file:
        assert sorted(file.files) == ["W1", "W2", "architecture", "b1", "b2"]
        architecture = json.loads(str(file["architecture"]))
    assert architecture == {
        "sizes": [4, 3, 2], "activation": "relu", "loss": "cross_entropy",
        "dropout": 0, "batch_norm": False, "label_smoothing": 0, "l2": 0, "adversarial": 0,
    }  # fmt: skip


def test_a_network_whose_sizes_came_from_numpy_can_be_saved(tmp_path):
    MLP([np.int64(4), np.uint8(3), np.array([0, 1]).max() + 1]).save(tmp_path / "net.npz")
    assert MLP.load(tmp_path / "net.npz").sizes == [4, 3, 2]


def test_saving_writes_to_exactly_that_path(tmp_path):
    MLP([4, 2]).save(str(tmp_path / "weights"))
    assert os.listdir(tmp_path) == ["weights"]
    assert MLP.load(str(tmp_path / "weights")).sizes == [4, 2]


def test_saving_is_all_or_nothing(tmp_path, monkeypatch):
    path = tmp_path / "net.npz"
    MLP([4, 2], seed=1).save(path)
    before = path.read_bytes()

    def half(file, **arrays):
        file.write(before[: len(before) // 2])
        raise OSError("the disk is full")

    monkeypatch.setattr(np, "savez", half)
    with pytest.raises(OSError, match="the disk is full"):
        MLP([4, 2], seed=2).save(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["net.npz"]


def test_saving_to_a_missing_folder_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="Make it first"):
        MLP([4, 2]).save(tmp_path / "nowhere" / "net.npz")


def arrays(**changed):
    """What a file of a 4-3-2 network without its architecture holds."""
    held = {"W1": np.ones((4, 3)), "b1": np.ones(3), "W2": np.ones((3, 2)), "b2": np.ones(2)} | changed
    return {name: array for name, array in held.items() if array is not None}


def architecture(**changed):
    return np.array(json.dumps({"sizes": [4, 3, 2], "activation": "relu", "loss": "mse"} | changed))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("savez", [np.savez, np.savez_compressed])
def test_a_file_of_weights_and_biases_alone_is_a_network_with_relu_and_cross_entropy(savez, dtype, tmp_path):
    savez(tmp_path / "net.npz", **{name: array.astype(dtype) for name, array in arrays().items()})
    model = MLP.load(tmp_path / "net.npz")
    assert (model.sizes, model.activation, model.loss, model.dtype) == ([4, 3, 2], "relu", "cross_entropy", dtype)
    np.testing.assert_array_equal(model.parameters["W2"], np.ones((3, 2)))


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_file_of_the_time_before_dropout_is_a_network_without(dtype, tmp_path):
    held = {name: array.astype(dtype) for name, array in arrays().items()}
    np.savez(tmp_path / "net.npz", **held, architecture=architecture(activation="sigmoid"))
    model = MLP.load(tmp_path / "net.npz")
    assert model.architecture == {
        "sizes": [4, 3, 2], "activation": "sigmoid", "loss": "mse",
        "dropout": 0, "batch_norm": False, "label_smoothing": 0, "l2": 0, "adversarial": 0,
    }  # fmt: skip
    assert model.dtype == dtype and equal_arrays(model.state, held)


def equal_arrays(one, other):
    return one.keys() == other.keys() and all((one[name] == other[name]).all() for name in one)


UNFIT = {
    "no W1": (arrays(W1=None), "'W1' is missing. Wanted are W1, b1, W2, b2"),
    "no b2": (arrays(b2=None), "'b2' is missing"),
    "no W2": (arrays(W2=None, architecture=architecture()), "'W2' is missing"),
    "W3 without W2": (arrays(W2=None, W3=np.ones((3, 2))), "'W2' is missing"),
    "nothing at all": ({}, "'W1' is missing"),
    "an array too many": (arrays(velocity=np.ones(3)), "it also holds velocity"),
    "a layer too many": (arrays(W3=np.ones((2, 2)), b3=np.ones(2), architecture=architecture()), "it also holds W3, b3"),
    "a bias of another length": (arrays(b1=np.ones(4)), "b1 must have shape (3,), but has (4,)"),
    "layers that do not fit together": (arrays(W2=np.ones((5, 2))), "W2 must have shape (3, 2), but has (5, 2)"),
    "a transposed matrix": (arrays(W1=np.ones((3, 4)), architecture=architecture()), "W1 must have shape (4, 3), but has (3, 4)"),
    "a bias that is a matrix": (arrays(b2=np.ones((1, 2))), "b2 must have shape (2,), but has (1, 2)"),
    "a number for a matrix": (arrays(W2=np.float64(1)), "holds no network of this kind"),
    "a number for the first matrix": (arrays(W1=np.float64(1)), "holds no network of this kind"),
    "whole numbers": (arrays(W1=np.ones((4, 3), int)), "dtype must be float32 or float64, but is int64"),
    "complex numbers": (arrays(W2=1j * np.ones((3, 2))), "W2 must hold decimal numbers, but holds complex"),
    "words": (arrays(b2=np.array(["a", "b"])), "holds no network of this kind"),
    "an architecture that is no JSON": (arrays(architecture=np.array("{sizes")), "holds no network of this kind"),
    "an architecture that is a list": (arrays(architecture=np.array("[4, 3, 2]")), "holds no network of this kind"),
    "an architecture that is a number": (arrays(architecture=np.ones(3)), "holds no network of this kind"),
    "an architecture without sizes": (arrays(architecture=np.array("{}")), "holds no network of this kind"),
    "an unknown activation": (arrays(architecture=architecture(activation="tanh")), "activation must be one of relu, sigmoid"),
    "an unknown loss": (arrays(architecture=architecture(loss="hinge")), "loss must be one of cross_entropy, mse"),
    "batch normalisation that it does not hold": (arrays(architecture=architecture(batch_norm=True)), "'gamma1' is missing"),
    "running statistics that it has no use for": (arrays(mean1=np.ones(3)), "it also holds mean1"),
    "dropout of everything": (arrays(architecture=architecture(dropout=1)), "dropout must be a number from 0 to below 1"),
    "smoothing for squares": (arrays(architecture=architecture(label_smoothing=0.1)), "label_smoothing needs loss="),
    "an unknown setting": (arrays(architecture=architecture(momentum=0.5)), "holds no network of this kind"),
    "sizes that are a word": (arrays(architecture=architecture(sizes="432")), "holds no network of this kind"),
    "one size": (arrays(architecture=architecture(sizes=[4])), "sizes must name the inputs and the classes"),
    "a negative size": (arrays(architecture=architecture(sizes=[4, -3, 2])), "at least 1, but one is -3"),
}  # fmt: skip


@pytest.mark.parametrize("case", UNFIT)
def test_load_refuses_a_file_with(case, tmp_path):
    held, phrase = UNFIT[case]
    np.savez(tmp_path / "net.npz", **held)
    with pytest.raises(ValueError, match=re.escape(phrase)) as caught:
        MLP.load(tmp_path / "net.npz")
    assert str(caught.value).startswith(str(tmp_path / "net.npz"))


def whole(tmp_path):
    MLP([4, 3, 2]).save(tmp_path / "whole.npz")
    return (tmp_path / "whole.npz").read_bytes()


def npy(tmp_path):
    np.save(tmp_path / "array.npy", np.ones(3))
    return (tmp_path / "array.npy").read_bytes()


def object_arrays(tmp_path):
    np.savez(tmp_path / "objects.npz", **arrays(W1=np.array([[{}]], dtype=object)))
    return (tmp_path / "objects.npz").read_bytes()


def other_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("W1.npy", "no array")
    return (tmp_path / "other.zip").read_bytes()


UNREADABLE = {
    "an empty file": lambda tmp_path: b"",
    "text": lambda tmp_path: b"These are not the weights you are looking for.\n",
    "a pickle": lambda tmp_path: b"\x80\x04N.",
    "a single array": npy,
    "pickled objects": object_arrays,
    "a zip of something else": other_zip,
    "half of a network": lambda tmp_path: whole(tmp_path)[: len(whole(tmp_path)) // 2],
    "a network without its last byte": lambda tmp_path: whole(tmp_path)[:-1],
    "a network with a damaged middle": lambda tmp_path: whole(tmp_path)[:200] + bytes(300) + whole(tmp_path)[500:],
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_load_refuses_a_file_that_is(case, tmp_path):
    (tmp_path / "net.npz").write_bytes(UNREADABLE[case](tmp_path))
    with pytest.raises(ValueError, match=r"net\.npz (is not a whole \.npz file|holds no network)"):
        MLP.load(tmp_path / "net.npz")


@pytest.mark.parametrize("savez", [np.savez, np.savez_compressed])
def test_load_never_fails_with_anything_but_a_sentence(savez, tmp_path):
    rng = np.random.default_rng(0)
    savez(tmp_path / "net.npz", **arrays())
    content = (tmp_path / "net.npz").read_bytes()
    refused = 0
    for place in range(0, len(content), 3):
        damaged = bytearray(content)
        damaged[place] ^= 1 << rng.integers(8)
        (tmp_path / "net.npz").write_bytes(damaged)
        try:
            MLP.load(tmp_path / "net.npz")  # some bytes, a date for example, do not matter
        except ValueError as error:
            assert "net.npz" in str(error)
            refused += 1
    assert refused > len(content) / 6


def test_load_of_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"net\.npz is not there\. Train a network and save it first: model\.save"):
        MLP.load(tmp_path / "net.npz")
