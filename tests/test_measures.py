"""Confusion and calibration, counted by hand and as scikit-learn counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_helpers import calibration_curve, confusion_matrix, expected_calibration_error

# --- confusion_matrix ----------------------------------------------------------------------------------------------


def test_confusion_matrix_by_hand():
    # two 0s right, one 1 taken for 2, two 2s right, one 2 taken for 0
    counts = confusion_matrix(np.array([0, 0, 1, 2, 2, 2]), np.array([0, 0, 2, 2, 0, 2]), 3)
    np.testing.assert_array_equal(counts, [[2, 0, 0], [0, 0, 1], [1, 0, 2]])
    assert counts.dtype == np.int64


def test_confusion_matrix_has_ten_classes_unless_told():
    counts = confusion_matrix(np.array([0]), np.array([9]))
    assert counts.shape == (10, 10) and counts[0, 9] == counts.sum() == 1


PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60).map(lambda pairs: np.array(pairs).T)


@given(PAIRS)
def test_confusion_matrix_counts_every_example_once(pairs):
    labels, predicted = pairs
    counts = confusion_matrix(labels, predicted, 5)
    np.testing.assert_array_equal(counts.sum(axis=1), np.bincount(labels, minlength=5))
    np.testing.assert_array_equal(counts.sum(axis=0), np.bincount(predicted, minlength=5))
    assert np.trace(counts) == (labels == predicted).sum()
    np.testing.assert_array_equal(confusion_matrix(predicted, labels, 5), counts.T)


def test_confusion_matrix_takes_labels_of_bytes():
    rng = np.random.default_rng(0)
    labels, predicted = rng.integers(0, 10, (2, 1000), dtype=np.uint8)
    expected = confusion_matrix(labels.astype(int), predicted.astype(int))
    np.testing.assert_array_equal(confusion_matrix(labels, predicted), expected)


@pytest.mark.parametrize(("labels", "predicted"), [([0, 2], [0, 1]), ([0, 1], [2, 1])])
def test_confusion_matrix_refuses_more_classes_than_it_was_told_of(labels, predicted):
    with pytest.raises(ValueError, match=r"^confusion_matrix: (labels|predicted) must hold labels from 0 to 1, but goes from"):
        confusion_matrix(np.array(labels), np.array(predicted), 2)


def test_confusion_matrix_equals_that_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    labels, predicted = np.random.default_rng(0).integers(0, 9, (2, 500))  # no 9 among them
    theirs = metrics.confusion_matrix(labels, predicted, labels=range(10))
    np.testing.assert_array_equal(confusion_matrix(labels, predicted), theirs)


# --- calibration ---------------------------------------------------------------------------------------------------

# sure 0.6, 0.7, 0.9, 0.9, 1; the predictions 0, 1, 0, 0, 1 are right, wrong, right, wrong, right
P = np.array([[0.6, 0.4], [0.3, 0.7], [0.9, 0.1], [0.9, 0.1], [0.0, 1.0]])
LABELS = np.array([0, 0, 0, 1, 1])


def test_calibration_curve_by_hand():
    confidence, right, counts = calibration_curve(P, LABELS, bins=4)
    np.testing.assert_array_equal(counts, [0, 0, 2, 3])  # from 0.5, from 0.75; 1 is in the last
    # (0.6 + 0.7) / 2, (0.9 + 0.9 + 1) / 3; 1 of 2 right, 2 of 3
    np.testing.assert_allclose(confidence, [np.nan, np.nan, 0.65, 2.8 / 3])
    np.testing.assert_allclose(right, [np.nan, np.nan, 1 / 2, 2 / 3])


def test_expected_calibration_error_by_hand():
    # 2/5 · |0.65 - 0.5| + 3/5 · |2.8/3 - 2/3| = 0.06 + 0.16
    assert expected_calibration_error(P, LABELS, bins=4) == pytest.approx(0.22, rel=1e-12)
    # in a single bin: |4.1/5 - 3/5|
    assert expected_calibration_error(P, LABELS, bins=1) == pytest.approx(0.22, rel=1e-12)
    assert isinstance(expected_calibration_error(P, LABELS), float)


def test_certainty_that_is_always_wrong_has_the_error_1():
    assert expected_calibration_error(np.eye(3), np.array([1, 2, 0])) == 1
    assert expected_calibration_error(np.eye(3), np.array([0, 1, 2])) == 0


def predictions(seed, n=400, k=5, dtype=np.float64):
    rng = np.random.default_rng(seed)
    E = np.exp(3 * rng.normal(size=(n, k)))
    return (E / E.sum(axis=1, keepdims=True)).astype(dtype), rng.integers(0, k, n)


@given(st.integers(0, 1000), st.integers(1, 30), st.sampled_from([np.float32, np.float64]))
def test_the_bins_hold_every_prediction_once(seed, bins, dtype):
    P, labels = predictions(seed, 60, dtype=dtype)
    confidence, right, counts = calibration_curve(P, labels, bins)
    assert confidence.shape == right.shape == counts.shape == (bins,) and counts.sum() == 60
    assert (np.isnan(confidence) == (counts == 0)).all() and (np.isnan(right) == (counts == 0)).all()
    edges, full = np.arange(bins + 1) / bins, counts > 0
    assert (confidence[full] >= edges[:-1][full] - 1e-6).all() and (confidence[full] <= edges[1:][full] + 1e-6).all()
    assert np.nansum(right * counts) == pytest.approx((P.argmax(axis=1) == labels).sum())
    assert np.nansum(confidence * counts) == pytest.approx(P.max(axis=1).sum(), rel=1e-5)


def test_probabilities_that_are_right_as_often_as_they_say_have_almost_no_error():
    P, _ = predictions(0, 20_000)
    rng = np.random.default_rng(1)
    labels = (rng.random((len(P), 1)) > P.cumsum(axis=1)).sum(axis=1)  # drawn by these very probabilities
    assert expected_calibration_error(P, labels) < 0.015
    assert expected_calibration_error(P**4 / (P**4).sum(axis=1, keepdims=True), labels) > 0.1


def test_calibration_curve_equals_that_of_scikit_learn():
    calibration = pytest.importorskip("sklearn.calibration")
    P, labels = predictions(2)
    confidence, right, counts = calibration_curve(P, labels, 15)
    their_right, their_confidence = calibration.calibration_curve(P.argmax(axis=1) == labels, P.max(axis=1), n_bins=15)
    np.testing.assert_allclose(confidence[counts > 0], their_confidence, rtol=1e-12)  # it leaves out empty bins
    np.testing.assert_allclose(right[counts > 0], their_right, rtol=1e-12)
