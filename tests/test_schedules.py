"""Learning-rate schedules: their corners, and that they rise and fall."""

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlp_helpers import schedules
from mlp_helpers.core.schedules import SCHEDULES, constant, cosine, linear

SHARES = st.floats(0, 1)
WARMUPS = st.floats(0.01, 0.99)


def test_constant_is_1_throughout():
    assert [constant(done) for done in (0, 0.3, 1)] == [1, 1, 1]


def test_linear_by_hand():
    # up over the first fifth, down over the other four: after 0.1 half way up, after 0.6 half way down
    assert [linear(done, warmup=0.2) for done in (0, 0.1, 0.2, 0.6, 1)] == pytest.approx([0, 0.5, 1, 0.5, 0])


def test_cosine_by_hand():
    # down along (1 + cos) / 2 of 0, 45, 90, 180 degrees: 1, (1 + √½) / 2, 1/2, 0
    factors = [cosine(done, warmup=0.2) for done in (0, 0.1, 0.2, 0.4, 0.6, 1)]
    assert factors == pytest.approx([0, 0.5, 1, (1 + 0.5**0.5) / 2, 0.5, 0])


@pytest.mark.parametrize("schedule", [linear, cosine])
def test_the_default_warms_up_over_a_tenth(schedule):
    assert (schedule(0), schedule(0.05), schedule(0.1)) == (0, 0.5, 1)


@pytest.mark.parametrize("schedule", [linear, cosine])
def test_without_warm_up_it_begins_at_1(schedule):
    assert (schedule(0, warmup=0), schedule(0.5, warmup=0), schedule(1, warmup=0)) == pytest.approx((1, 0.5, 0))


@pytest.mark.parametrize("schedule", [linear, cosine])
def test_partial_sets_the_warm_up(schedule):
    half = functools.partial(schedule, warmup=0.5)
    assert [half(done) for done in (0, 0.25, 0.5, 0.75, 1)] == pytest.approx([0, 0.5, 1, 0.5, 0])


@pytest.mark.parametrize("schedule", [linear, cosine])
@given(SHARES, SHARES, WARMUPS)
def test_it_rises_to_1_and_falls_to_0(schedule, one, other, warmup):
    earlier, later = sorted((one, other))
    before, after = schedule(earlier, warmup), schedule(later, warmup)
    assert 0 <= before <= 1 and 0 <= after <= 1
    if later <= warmup:
        assert before <= after
    elif earlier >= warmup:
        assert before >= after
    assert schedule(warmup, warmup) == 1
    assert schedule(1, warmup) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("schedule", [linear, cosine])
@given(SHARES, WARMUPS)
def test_it_never_jumps(schedule, done, warmup):
    # its slope is at most 1 / warmup on the way up, π / 2 / (1 - warmup) on the way down
    steepest = max(1 / warmup, 1.6 / (1 - warmup))
    later = min(done + 1e-4, 1)
    assert abs(schedule(later, warmup) - schedule(done, warmup)) <= steepest * 1e-4 + 1e-9


def test_schedules_are_found_by_name():
    assert list(SCHEDULES.items()) == [("constant", constant), ("linear", linear), ("cosine", cosine)]
    assert schedules.linear is linear
