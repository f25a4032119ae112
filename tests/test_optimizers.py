"""Plain gradient descent: the step by hand, and the interface that every optimizer has."""

import numpy as np
import pytest

from mlp_helpers import SGD


def test_sgd_by_hand():
    parameters = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([0.5])}
    SGD(0.25).step(parameters, {"W1": np.array([[4.0, 2.0]]), "b1": np.array([-2.0])})
    # 1 - 0.25 · 4 = 0    -2 - 0.25 · 2 = -2.5    0.5 + 0.25 · 2 = 1
    np.testing.assert_array_equal(parameters["W1"], [[0, -2.5]])
    np.testing.assert_array_equal(parameters["b1"], [1])


def test_sgd_steps_by_a_tenth_unless_told():
    assert SGD().learning_rate == 0.1


def test_sgd_changes_the_very_arrays_and_leaves_the_gradients():
    W, dW = np.ones(3), np.ones(3)
    parameters = {"W1": W}
    SGD(1).step(parameters, {"W1": dW})
    assert parameters["W1"] is W
    np.testing.assert_array_equal(W, np.zeros(3))
    np.testing.assert_array_equal(dW, np.ones(3))


def test_sgd_takes_the_learning_rate_that_it_has_at_the_step():
    optimizer, parameters = SGD(1), {"b1": np.array([0.0])}
    optimizer.step(parameters, {"b1": np.array([1.0])})
    optimizer.learning_rate = 10
    optimizer.step(parameters, {"b1": np.array([1.0])})
    np.testing.assert_array_equal(parameters["b1"], [-11])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sgd_keeps_the_type_of_the_parameters(dtype):
    parameters = {"W1": np.ones(3, dtype)}
    SGD(0.1).step(parameters, {"W1": np.ones(3, dtype)})
    assert parameters["W1"].dtype == dtype


def test_sgd_ignores_gradients_of_what_is_no_parameter():
    parameters = {"W1": np.ones(1)}
    SGD(1).step(parameters, {"W1": np.ones(1), "X": np.ones((5, 1))})
    assert list(parameters) == ["W1"]
