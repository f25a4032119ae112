"""Dropout and batch normalisation: their numbers by hand, while they learn and when they are asked."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlp_helpers import MLP, BatchNorm, Dropout

DTYPES = np.float32, np.float64


class Drawn:
    """Stands in for a random generator and returns the numbers that it was given."""

    def __init__(self, numbers):
        self.numbers = numbers

    def random(self, shape, dtype):
        return np.array(self.numbers, dtype).reshape(shape)


# --- Dropout -------------------------------------------------------------------------------------------------------


def test_dropout_by_hand():
    layer = Dropout(0.75, rng=Drawn([0.9, 0.5, 0.75, 0.0]))
    # 0.9 and 0.75 are at least 0.75: kept, and divided by 1 - 0.75
    np.testing.assert_array_equal(layer.forward(np.array([[3.0, 4.0], [5.0, 6.0]])), [[12, 0], [20, 0]])
    np.testing.assert_array_equal(layer.backward(np.array([[1.0, 1.0], [-2.0, 7.0]])), [[4, 0], [-8, 0]])


def test_dropout_lets_everything_pass_when_the_network_is_asked():
    layer, A = Dropout(0.9, rng=np.random.default_rng(0)), np.arange(6.0).reshape(2, 3)
    layer.forward(A)
    np.testing.assert_array_equal(layer.forward(A, training=False), A)
    np.testing.assert_array_equal(layer.backward(A), A)


@settings(max_examples=30)
@given(st.floats(0, 0.9), st.integers(0, 1000))
def test_dropout_drops_its_share_and_keeps_the_mean(rate, seed):
    A = Dropout(rate, rng=np.random.default_rng(seed)).forward(np.ones((100, 300)))
    assert set(np.unique(A)) <= {0, 1 / (1 - rate)}
    # of 30 000 units: the share is uncertain by √(rate (1 - rate) / 30 000), at most 0.0029
    assert (A == 0).mean() == pytest.approx(rate, abs=0.015)
    assert A.mean() == pytest.approx(1, abs=0.015 / (1 - rate))


def test_dropout_of_nothing_changes_nothing():
    A = np.random.default_rng(0).normal(size=(5, 7))
    np.testing.assert_array_equal(Dropout(0, rng=np.random.default_rng(0)).forward(A), A)


def test_dropout_draws_each_unit_of_each_image_anew():
    layer = Dropout(0.5, rng=np.random.default_rng(0))
    first, second = layer.forward(np.ones((40, 50))), layer.forward(np.ones((40, 50)))
    for one, other in (first, second), (first, first[::-1]), (first, first[:, ::-1]):
        assert (one == other).mean() == pytest.approx(0.5, abs=0.05)


def test_dropout_gives_blame_to_what_it_let_pass_and_to_nothing_else():
    layer = Dropout(0.3, rng=np.random.default_rng(0))
    A = layer.forward(np.ones((20, 30)))
    np.testing.assert_array_equal(layer.backward(np.ones((20, 30))), A)
    np.testing.assert_array_equal(layer.backward(2 * np.ones((20, 30))), 2 * A)


@pytest.mark.parametrize("dtype", DTYPES)
def test_dropout_keeps_the_type_and_the_input(dtype):
    layer, A = Dropout(0.3, rng=np.random.default_rng(0)), np.ones((4, 5), dtype)
    A.flags.writeable = False
    assert layer.forward(A).dtype == layer.backward(A).dtype == dtype


# --- BatchNorm -----------------------------------------------------------------------------------------------------


def norm_by_hand():
    layer = BatchNorm(2, epsilon=0, dtype=np.float64)
    layer.gamma[...], layer.beta[...] = [2, 3], [10, 20]
    return layer


def test_batch_norm_by_hand():
    layer = norm_by_hand()
    # means 2, 2; standard deviations 1, 2: normalised -1, -1 and 1, 1; times 2, 3, plus 10, 20
    np.testing.assert_array_equal(layer.forward(np.array([[1.0, 0.0], [3.0, 4.0]])), [[8, 17], [12, 23]])
    # a tenth of the way from 0, 0 to 2, 2; and from 1, 1 to (1 + 1) / (2 - 1), (4 + 4) / (2 - 1) = 2, 8
    np.testing.assert_allclose(layer.mean, [0.2, 0.2], rtol=1e-15)
    np.testing.assert_allclose(layer.variance, [1.1, 1.7], rtol=1e-15)
    layer.forward(np.array([[1.0, 0.0], [3.0, 4.0]]))
    np.testing.assert_allclose(layer.mean, [0.38, 0.38], rtol=1e-15)  # 0.2 + 0.1 · 1.8
    np.testing.assert_allclose(layer.variance, [1.19, 2.33], rtol=1e-15)  # 1.1 + 0.1 · 0.9, 1.7 + 0.1 · 6.3


def test_batch_norm_backward_by_hand():
    layer = BatchNorm(1, epsilon=0, dtype=np.float64)
    layer.gamma[...] = 3
    layer.forward(np.array([[1.0], [1.0], [5.0], [5.0]]))  # mean 3, standard deviation 2: -1, -1, 1, 1
    dZ = layer.backward(np.array([[4.0], [0.0], [0.0], [0.0]]))
    np.testing.assert_array_equal(layer.dbeta, [4])
    np.testing.assert_array_equal(layer.dgamma, [-4])
    # 4, 0, 0, 0, less (4 - 4 · normalised) / 4 = 2, 2, 0, 0, makes 2, -2, 0, 0; times 3 / 2
    np.testing.assert_array_equal(dZ, [[3], [-3], [0], [0]])


def test_batch_norm_when_asked_by_hand():
    layer = norm_by_hand()
    layer.mean[...], layer.variance[...] = [1, 2], [4, 9]
    # (5 - 1) / 2 = 2, (-1 - 2) / 3 = -1; times 2, 3, plus 10, 20
    np.testing.assert_array_equal(layer.forward(np.array([[5.0, -1.0]]), training=False), [[14, 17]])
    dZ = layer.backward(np.array([[5.0, 7.0]]))
    np.testing.assert_array_equal(dZ, [[5, 7]])  # times gamma over deviation: 2/2, 3/3
    np.testing.assert_array_equal(layer.dgamma, [10, -7])
    np.testing.assert_array_equal(layer.dbeta, [5, 7])
    np.testing.assert_array_equal(layer.mean, [1, 2])  # what was learned stays
    np.testing.assert_array_equal(layer.variance, [4, 9])


def test_batch_norm_adds_epsilon_to_the_variance():
    # variance 1, root of 1 + 3 is 2
    np.testing.assert_array_equal(BatchNorm(1, epsilon=3).forward(np.array([[-1.0], [1.0]])), [[-0.5], [0.5]])


def test_batch_norm_begins_as_pytorch_does():
    layer = BatchNorm(3)
    assert (layer.momentum, layer.epsilon) == (0.1, 1e-5)
    for array, value in (layer.gamma, 1), (layer.beta, 0), (layer.mean, 0), (layer.variance, 1):
        np.testing.assert_array_equal(array, [value] * 3)


SHAPES = st.tuples(st.integers(2, 12), st.integers(1, 4))
BATCHES = arrays(np.float64, SHAPES, elements=st.integers(-10_000, 10_000).map(lambda z: z / 1000))


@settings(max_examples=50)
@given(BATCHES, st.floats(0.1, 10), st.floats(-5, 5))
def test_batch_norm_gives_mean_beta_and_deviation_gamma(Z, gamma, beta):
    layer = BatchNorm(Z.shape[1], epsilon=1e-12, dtype=np.float64)
    layer.gamma[...], layer.beta[...] = gamma, beta
    A = layer.forward(Z)
    varies = Z.std(axis=0) > 1e-3
    np.testing.assert_allclose(A.mean(axis=0), beta, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(A.std(axis=0), np.where(varies, gamma, 0), rtol=1e-5, atol=1e-5)


@settings(max_examples=50)
@given(BATCHES, st.floats(0.5, 10), st.floats(-5, 5), st.integers(0, 1000))
def test_batch_norm_blames_no_shift_and_no_scale_of_its_input(Z, factor, shift, seed):
    layer = BatchNorm(Z.shape[1], epsilon=1e-300, dtype=np.float64)
    Z = Z + np.linspace(0, 1, len(Z))[:, None] ** 2  # no unit is the same for all images
    A, dA = layer.forward(Z), np.random.default_rng(seed).normal(size=Z.shape)
    if Z.std(axis=0).min() < 0.01:
        return
    np.testing.assert_allclose(layer.forward(factor * Z + shift), A, rtol=1e-6, atol=1e-6)
    dZ = layer.backward(dA)
    near = 1e-9 * (1 + np.abs(dZ).max())
    np.testing.assert_allclose(dZ.sum(axis=0), 0, atol=near)
    np.testing.assert_allclose((dZ * layer.Z_hat).sum(axis=0), 0, atol=near)


def test_running_statistics_approach_those_of_all_images():
    layer, rng = BatchNorm(2, dtype=np.float64), np.random.default_rng(0)
    means, variances = [], []
    for _ in range(400):
        layer.forward(rng.normal([3, -1], [2, 0.5], (20, 2)))
        means.append(layer.mean.copy())
        variances.append(layer.variance.copy())
    # the last 300 of them, each a mean of about 20 batches of 20
    np.testing.assert_allclose(np.mean(means[100:], axis=0), [3, -1], atol=0.1)
    np.testing.assert_allclose(np.mean(variances[100:], axis=0), [4, 0.25], rtol=0.05)  # without n / (n - 1): 5 % less


def test_batch_norm_answers_about_an_image_whatever_its_neighbours():
    layer, rng = BatchNorm(3, dtype=np.float64), np.random.default_rng(0)
    layer.forward(rng.normal(size=(10, 3)))
    Z = rng.normal(size=(6, 3))
    for i in range(6):
        np.testing.assert_array_equal(layer.forward(Z[i : i + 1], training=False)[0], layer.forward(Z, training=False)[i])


def test_batch_norm_of_one_image_is_its_shift_and_nothing_breaks():
    layer = BatchNorm(2)
    layer.beta[...] = [1, 2]
    np.testing.assert_array_equal(layer.forward(np.array([[7, -8]], np.float32)), [[1, 2]])
    np.testing.assert_array_equal(layer.backward(np.ones((1, 2), np.float32)), [[0, 0]])
    np.testing.assert_array_equal([layer.mean, layer.variance], [[0, 0], [1, 1]])  # one image has no spread to learn from


def test_batch_norm_of_a_unit_that_never_changes_is_its_shift():
    layer = BatchNorm(2)
    Z = np.array([[5, 1], [5, 2], [5, 3]], np.float32)
    np.testing.assert_array_equal(layer.forward(Z)[:, 0], [0, 0, 0])
    assert np.isfinite(layer.backward(np.eye(3, 2, dtype=np.float32))).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("training", [True, False])
def test_batch_norm_keeps_the_type_and_the_input(dtype, training):
    layer, Z = BatchNorm(3, dtype=dtype), np.eye(5, 3, dtype=dtype)
    Z.flags.writeable = False
    results = [layer.forward(Z, training), layer.backward(Z), layer.mean, layer.variance, layer.dgamma, layer.dbeta]
    assert {array.dtype for array in results} == {np.dtype(dtype)}


# --- against PyTorch -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("training", [True, False])
def test_batch_norm_equals_that_of_pytorch(training):
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)  # on a busy machine more of them wait for each other
    rng, mine, theirs = np.random.default_rng(0), BatchNorm(4, dtype=np.float64), torch.nn.BatchNorm1d(4, dtype=torch.float64)
    mine.gamma[...], mine.beta[...] = rng.normal(size=(2, 4))
    theirs.weight.data, theirs.bias.data = torch.tensor(mine.gamma), torch.tensor(mine.beta)
    for i in range(5):
        learning = training or i < 4  # the last one about what was learned
        theirs.train(learning)
        Z, dA = rng.normal(size=(2, 7, 4)) * [[[0.1]], [[1]]] + math.pi
        tensor = torch.tensor(Z, requires_grad=True)
        A = theirs(tensor)
        theirs.zero_grad()
        A.backward(torch.tensor(dA))
        np.testing.assert_allclose(mine.forward(Z, learning), A.detach().numpy(), rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(mine.backward(dA), tensor.grad.numpy(), rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(mine.dgamma, theirs.weight.grad.numpy(), rtol=1e-9)
        np.testing.assert_allclose(mine.dbeta, theirs.bias.grad.numpy(), rtol=1e-9)
        np.testing.assert_allclose(mine.mean, theirs.running_mean.numpy(), rtol=1e-12)
        np.testing.assert_allclose(mine.variance, theirs.running_var.numpy(), rtol=1e-12)


def test_dropouts_gradient_equals_that_of_pytorch_with_the_same_mask():
    torch = pytest.importorskip("torch")
    layer, rng = Dropout(0.4, rng=np.random.default_rng(0)), np.random.default_rng(1)
    A, dA = rng.normal(size=(2, 6, 5))
    tensor = torch.tensor(A, requires_grad=True)
    thinned = layer.forward(A)
    theirs = tensor * torch.tensor(layer.mask > 0) / (1 - 0.4)
    theirs.backward(torch.tensor(dA))
    np.testing.assert_allclose(thinned, theirs.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(layer.backward(dA), tensor.grad.numpy(), rtol=1e-12)


# --- images moved to where their loss is larger --------------------------------------------------------------------


def test_the_first_half_is_moved_by_the_distance_along_the_gradient_by_hand():
    # scores (4 x0 + 3 x1, 0): the loss of class 1 rises along (4, 3) / 5, that of class 0 against it
    model, plain = MLP([2, 2], dtype=np.float64, adversarial=2.5), MLP([2, 2], dtype=np.float64)
    for each in model, plain:
        each.parameters["W1"][...] = [[4, 0], [3, 0]]
    X, y = np.array([[1.0, 1], [0, 1], [1, 0], [0, 0]]), np.array([1, 0, 1, 0])
    moved = np.array([[3, 2.5], [-2, -0.5], [1, 0], [0, 0]])
    loss, gradients = model.loss_and_gradients(X, y)
    expected, those = plain.loss_and_gradients(moved, y)
    assert loss == pytest.approx(expected, rel=1e-12)
    for name in those:
        np.testing.assert_allclose(gradients[name], those[name], rtol=1e-12)
    np.testing.assert_array_equal(X[:2], [[1, 1], [0, 1]])  # what was given stays


def test_moved_images_have_a_larger_loss_and_only_in_training():
    rng = np.random.default_rng(0)
    X, y = rng.random((20, 6)), rng.integers(0, 3, 20)
    losses = []
    for adversarial in 0, 0.1, 0.5:
        model = MLP([6, 5, 3], dtype=np.float64, adversarial=adversarial, batch_norm=True)
        losses.append(model.loss_and_gradients(X, y)[0])
        assert model.loss_and_gradients(X, y, training=False)[0] == model.evaluate(X, y)[0]
    assert losses[0] < losses[1] < losses[2]


def test_where_the_loss_rises_nowhere_images_stay():
    model = MLP([3, 2], adversarial=2.0)
    model.parameters["W1"][...] = 0
    loss, gradients = model.loss_and_gradients(np.full((4, 3), 255, np.uint8), np.array([0, 1, 0, 1]))
    assert loss == pytest.approx(np.log(2)) and all(np.isfinite(array).all() for array in gradients.values())
