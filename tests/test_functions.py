"""The pure functions: numbers worked out by hand, and what must hold for all numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mlp_helpers import (
    accuracy,
    cross_entropy,
    linear,
    linear_backward,
    mean_squared_error,
    one_hot,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_cross_entropy_backward,
)

LN2, LN3 = math.log(2), math.log(3)
DTYPES = np.float32, np.float64


def finite(shape, dtypes=DTYPES):
    """Arrays of any finite numbers, the largest and the smallest often among them."""

    def arrays(dtype):
        limits = np.finfo(dtype)
        special = [3e38, -3e38, limits.max, limits.min, limits.tiny, limits.smallest_subnormal, 0.0, -0.0, -88.0, -104.0, -745.0]
        anything = st.floats(allow_nan=False, allow_infinity=False, width=8 * np.dtype(dtype).itemsize)
        return hnp.arrays(dtype, shape, elements=st.one_of(anything, st.sampled_from([float(dtype(z)) for z in special])))

    return st.sampled_from(dtypes).flatmap(arrays)


rows = hnp.array_shapes(min_dims=2, max_dims=2, max_side=6)
row_or_rows = hnp.array_shapes(min_dims=1, max_dims=2, max_side=6)


# --- by hand -------------------------------------------------------------------------------------------------------


def test_linear_by_hand():
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    W = np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 1.0]])
    b = np.array([10.0, 20.0, 30.0])
    # 1·1 + 2·0.5 + 10 = 12    1·0 + 2·2 + 20 = 24    1·(-1) + 2·1 + 30 = 31
    # 3·1 + 4·0.5 + 10 = 15    3·0 + 4·2 + 20 = 28    3·(-1) + 4·1 + 30 = 31
    np.testing.assert_array_equal(linear(X, W, b), [[12, 24, 31], [15, 28, 31]])


def test_linear_backward_by_hand():
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    W = np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 1.0]])
    dZ = np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]])
    dX, dW, db = linear_backward(dZ, X, W)
    # row 1 of dX: 1·1 + 0·0 + 2·(-1) = -1      1·0.5 + 0·2 + 2·1 = 2.5
    # row 2 of dX: 0·1 - 1·0 + 1·(-1) = -1      0·0.5 - 1·2 + 1·1 = -1
    np.testing.assert_array_equal(dX, [[-1, 2.5], [-1, -1]])
    # row 1 of dW: 1·1 + 3·0 = 1    1·0 + 3·(-1) = -3    1·2 + 3·1 = 5
    # row 2 of dW: 2·1 + 4·0 = 2    2·0 + 4·(-1) = -4    2·2 + 4·1 = 8
    np.testing.assert_array_equal(dW, [[1, -3, 5], [2, -4, 8]])
    np.testing.assert_array_equal(db, [1, -1, 3])


def test_relu_by_hand():
    np.testing.assert_array_equal(relu(np.array([[-2.0, -0.5], [0.0, 3.5]])), [[0, 0], [0, 3.5]])


def test_relu_backward_looks_at_what_went_in_and_is_0_at_0():
    Z = np.array([[-2.0, 0.0], [1e-9, 3.0]])
    np.testing.assert_array_equal(relu_backward(np.full((2, 2), 5.0), Z), [[0, 0], [5, 5]])


def test_sigmoid_by_hand():
    # 1 / (1 + exp(-ln 3)) = 1 / (1 + 1/3) = 3/4, and 1 / (1 + 3) = 1/4 on the other side
    np.testing.assert_allclose(sigmoid(np.array([0.0, LN3, -LN3])), [0.5, 0.75, 0.25], rtol=1e-15)


def test_sigmoid_backward_by_hand():
    # 8 · 1/2 · 1/2 = 2    8 · 3/4 · 1/4 = 3/2    8 · 1 · 0 = 0
    np.testing.assert_array_equal(sigmoid_backward(np.full(3, 8.0), np.array([0.5, 0.75, 1.0])), [2, 1.5, 0])


def test_softmax_by_hand():
    # exp(0), exp(ln 2), exp(ln 5) are in proportion 1 : 2 : 5, so 1/8, 2/8, 5/8
    Z = np.array([[0.0, LN2, math.log(5)], [7.0, 7.0, 7.0]])
    np.testing.assert_allclose(softmax(Z), [[0.125, 0.25, 0.625], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-15)


def test_softmax_takes_a_single_row_too():
    np.testing.assert_allclose(softmax(np.array([0.0, LN3])), [0.25, 0.75], rtol=1e-15)


def test_one_hot_by_hand():
    Y = one_hot(np.array([1, 0, 3]), n_classes=4)
    np.testing.assert_array_equal(Y, [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
    assert Y.dtype == np.float32


def test_one_hot_has_ten_classes_unless_told():
    assert one_hot(np.array([3])).shape == (1, 10)


def test_cross_entropy_by_hand():
    P = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])
    # (-ln 1/2 - ln 1/8) / 2 = (ln 2 + 3 ln 2) / 2 = 2 ln 2
    assert cross_entropy(P, one_hot(np.array([0, 2]), 3)) == pytest.approx(2 * LN2, rel=1e-15)


def test_cross_entropy_of_certainty_is_0():
    assert cross_entropy(np.array([[1.0, 0.0]]), np.array([[1, 0]])) == 0


def test_cross_entropy_of_an_untrained_network_is_ln_10():
    assert cross_entropy(np.full((5, 10), 0.1), one_hot(np.arange(5))) == pytest.approx(math.log(10), rel=1e-15)


def test_cross_entropy_weighs_the_classes_by_their_targets():
    # a target may be spread over the classes: -(0.9 ln 1/2 + 0.1 ln 1/4) = 0.9 ln 2 + 0.2 ln 2 = 1.1 ln 2
    assert cross_entropy(np.array([[0.5, 0.25, 0.25]]), np.array([[0.9, 0.1, 0.0]])) == pytest.approx(1.1 * LN2, rel=1e-15)


@pytest.mark.parametrize("dtype", DTYPES)
def test_cross_entropy_is_finite_for_a_probability_of_0(dtype):
    with np.errstate(all="raise"):
        loss = cross_entropy(np.array([[0, 1]], dtype), np.array([[1, 0]]))
    # the smallest positive number is 2^-149 as float32, 2^-1074 as float64
    assert loss == pytest.approx({np.float32: 149, np.float64: 1074}[dtype] * LN2, rel=1e-6)


def test_cross_entropy_adds_no_epsilon():
    assert cross_entropy(np.array([[1e-300, 1.0]]), np.array([[1, 0]])) == pytest.approx(300 * math.log(10), rel=1e-15)


def test_softmax_cross_entropy_backward_by_hand():
    P = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])
    # (P - Y) / 2
    expected = [[-0.25, 0.125, 0.125], [0.0625, 0.375, -0.4375]]
    np.testing.assert_array_equal(softmax_cross_entropy_backward(P, one_hot(np.array([0, 2]), 3)), expected)


def test_mean_squared_error_sums_over_classes_and_averages_over_examples():
    A = np.array([[0.5, 0.5, 0.0], [0.0, 1.0, 1.0]])
    # row 1 against class 0: 0.25 + 0.25 + 0 = 0.5    row 2 against class 2: 0 + 1 + 0 = 1    mean 0.75
    assert mean_squared_error(A, one_hot(np.array([0, 2]), 3)) == 0.75


def test_accuracy_by_hand():
    assert accuracy(np.array([3, 1, 4, 1, 5]), np.array([3, 1, 4, 2, 6])) == 0.6


# --- for all numbers -----------------------------------------------------------------------------------------------


@given(finite(row_or_rows))
def test_softmax_survives_the_largest_floats(Z):
    with np.errstate(all="raise"):
        P = softmax(Z)
    assert np.isfinite(P).all() and (P >= 0).all() and P.dtype == Z.dtype and P.shape == Z.shape
    np.testing.assert_allclose(P.sum(axis=-1), 1, rtol=10 * np.finfo(Z.dtype).eps)


@given(finite(row_or_rows))
def test_sigmoid_survives_the_largest_floats(Z):
    with np.errstate(all="raise"):
        A = sigmoid(Z)
    assert np.isfinite(A).all() and (A >= 0).all() and (A <= 1).all() and A.dtype == Z.dtype and A.shape == Z.shape


@given(finite(row_or_rows))
def test_sigmoid_is_symmetric(Z):
    np.testing.assert_allclose(sigmoid(-Z), 1 - sigmoid(Z), rtol=0, atol=2 * np.finfo(Z.dtype).eps)


@given(hnp.arrays(np.float64, rows, elements=st.integers(-50, 50)), st.integers(-1000, 1000))
def test_softmax_does_not_change_when_every_score_of_a_row_is_shifted(Z, shift):
    np.testing.assert_array_equal(softmax(Z + shift), softmax(Z))  # whole numbers: no rounding anywhere


@given(hnp.arrays(np.float64, rows, elements=st.floats(-100, 100)), st.randoms(use_true_random=False))
def test_softmax_of_permuted_classes_is_the_permuted_softmax(Z, random):
    order = random.sample(range(Z.shape[1]), Z.shape[1])
    np.testing.assert_allclose(softmax(Z[:, order]), softmax(Z)[:, order], rtol=1e-14)


@given(finite(rows))
def test_softmax_keeps_the_order_of_the_scores(Z):
    P = softmax(Z)
    np.testing.assert_array_equal(P[np.arange(len(P)), Z.argmax(axis=1)], P.max(axis=1))


def labels_and_classes():
    return st.integers(1, 12).flatmap(
        lambda k: st.tuples(hnp.arrays(np.int64, st.integers(1, 8), elements=st.integers(0, k - 1)), st.just(k))
    )


@given(labels_and_classes())
def test_argmax_undoes_one_hot(case):
    labels, k = case
    Y = one_hot(labels, k)
    np.testing.assert_array_equal(Y.argmax(axis=1), labels)
    np.testing.assert_array_equal(np.sort(Y, axis=1)[:, ::-1], np.eye(1, k).repeat(len(labels), axis=0))


@given(labels_and_classes(), st.integers(0, 2**32 - 1))
@pytest.mark.parametrize("loss", [cross_entropy, softmax_cross_entropy_backward, mean_squared_error])
@pytest.mark.parametrize("dtype", DTYPES)
def test_losses_are_the_same_for_one_hot_rows_of_every_type(loss, dtype, case, seed):
    labels, k = case
    P, Y = softmax(np.random.default_rng(seed).normal(size=(len(labels), k))).astype(dtype), one_hot(labels, k)
    for other in Y.astype(np.int64), Y.astype(np.uint8), Y == 1:
        np.testing.assert_allclose(loss(P, other), loss(P, Y), rtol=10 * np.finfo(dtype).eps, atol=0)


Y_2_3 = one_hot(np.array([0, 1]), 3)
FUNCTIONS = {
    "linear": lambda A: linear(A, A.T, A[:, 0]),
    "linear_backward": lambda A: linear_backward(A @ A.T, A, A.T),
    "relu": relu,
    "relu_backward": lambda A: relu_backward(A, A),
    "sigmoid": sigmoid,
    "sigmoid_backward": lambda A: sigmoid_backward(A, A),
    "softmax": softmax,
    "cross_entropy": lambda A: cross_entropy(A, Y_2_3),
    "mean_squared_error": lambda A: mean_squared_error(A, Y_2_3),
    "softmax_cross_entropy_backward": lambda A: softmax_cross_entropy_backward(A, Y_2_3),
}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_type_of_the_floats_stays(name, dtype):
    results = FUNCTIONS[name](np.array([[0.25, 0.5, 0.25], [0.5, 0.25, 0.25]], dtype))
    for result in results if isinstance(results, tuple) else (results,):
        assert result.dtype == dtype


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_leave_their_arguments_alone(name):
    A = np.array([[0.25, 0.5, 0.25], [0.5, 0.25, 0.25]])
    A.flags.writeable = False
    FUNCTIONS[name](A)


# --- against PyTorch -----------------------------------------------------------------------------------------------


@pytest.mark.needs("torch")
@given(hnp.arrays(np.float64, (4, 5), elements=st.floats(-300, 300)), st.integers(0, 4))
def test_cross_entropy_equals_that_of_pytorch(Z, label):
    import torch

    P = softmax(Z)
    labels = np.array([label, 0, 1, 4])
    theirs = torch.nn.functional.nll_loss(torch.log(torch.from_numpy(P)), torch.from_numpy(labels)).item()
    assert cross_entropy(P, one_hot(labels, 5)) == pytest.approx(theirs, rel=1e-12, abs=1e-12)
