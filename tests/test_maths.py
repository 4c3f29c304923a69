"""The few formulas that every rule shares."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.maths import log_odds, logistic, prob_from_rate, remaining, toward

SHARE = st.floats(0.0, 1.0)


@given(SHARE, SHARE, SHARE)
def test_moving_toward_a_goal_never_leaves_the_way_there(value, goal, fraction):
    moved = toward(value, goal, fraction)
    assert min(value, goal) - 1e-15 <= moved <= max(value, goal) + 1e-15
    assert 0.0 <= moved <= 1.0


@given(SHARE)
def test_moving_all_the_way_to_an_end_gets_there(value):
    assert toward(value, 0.0, 1.0) == 0.0
    assert toward(value, 1.0, 1.0) == 1.0
    assert toward(value, 0.7, 0.0) == value


@given(SHARE, SHARE, SHARE, SHARE)
def test_a_stronger_event_never_moves_less(value, goal, one, other):
    low, high = sorted((one, other))
    assert abs(toward(value, goal, low) - value) <= abs(toward(value, goal, high) - value)


def test_half_is_left_after_a_half_life():
    assert remaining(1.0) == pytest.approx(0.5)
    assert remaining(8.0) ** 8 == pytest.approx(0.5)
    assert remaining(1e4) < 1.0
    assert remaining(0.1) == pytest.approx(2.0**-10)


@given(st.floats(1e-9, 1.0 - 1e-9))
def test_log_odds_and_back(proportion):
    assert logistic(log_odds(proportion)) == pytest.approx(proportion, rel=1e-6)


def test_log_odds_of_the_impossible_and_the_certain_are_finite():
    assert log_odds(0.0) == pytest.approx(math.log(1e-12), rel=1e-6)
    assert log_odds(1.0) == pytest.approx(-math.log(1e-12), rel=1e-4)
    assert logistic(0.0) == 0.5
    assert logistic(-600.0) > 0.0
    assert logistic(600.0) == 1.0


@given(st.floats(0.0, 1e4), st.floats(0.0, 1e4))
def test_a_higher_rate_is_never_a_lower_chance(one, other):
    low, high = sorted((one, other))
    assert 0.0 <= prob_from_rate(low) <= prob_from_rate(high) <= 1.0


def test_a_rare_event_has_about_its_rate_as_chance():
    assert prob_from_rate(0.0) == 0.0
    assert prob_from_rate(1e-9) == pytest.approx(1e-9)
    assert prob_from_rate(1.0) == pytest.approx(1.0 - math.exp(-1.0))
