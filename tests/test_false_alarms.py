"""Warnings of right products are silenced where they mean nothing, and nowhere else."""

import warnings

import numpy as np

from mlp_helpers.core import false_alarms


def shown():
    """The warnings of an overflowing product and of an overflow elsewhere."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        false_alarms.silence_false_alarms()
        np.full((4, 4), 1e200) @ np.full((4, 4), 1e200)
        np.exp(np.array([1e4]))
    return [str(each.message) for each in caught]


def test_here_every_warning_is_shown():
    assert not false_alarms.products_raise_false_alarms()
    assert shown() == ["overflow encountered in matmul", "overflow encountered in exp"]


def test_on_a_machine_with_false_alarms_those_of_products_are_not(monkeypatch):
    monkeypatch.setattr(false_alarms, "products_raise_false_alarms", lambda: True)
    assert shown() == ["overflow encountered in exp"]
