"""How a verdict is reached: bounds, intervals, and words."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.compare.estimate import NOTHING, Estimate
from analysis.studies.claims.declare import (
    EXPLORED,
    FAILS,
    HOLDS,
    NOT_VERIFIED,
    UNDETERMINED,
    VERIFIED,
    WITHOUT_TOO,
    Estimand,
    Reading,
    Verdict,
    judge,
)
from tests.analysis.studies.claims.conftest import some_claim

numbers = st.floats(-10, 10, allow_nan=False)


def estimate(low, high, /):
    return Estimate((low + high) / 2, low, high, 10)


def reading(start, end, /, **bounds):
    return Reading("a figure", "0-1", estimate(start, end), **bounds)


def planted(one):
    """An estimand that gives this reading, with its bounds."""
    return Estimand((), lambda runs: one, one.low, one.high, one.strict)


def claim(*readings, kind="emergent", beside=(), true_without=()):
    decides, beside, true_without = (tuple(map(planted, some)) for some in (readings, beside, true_without))
    return some_claim(kind=kind, decides=decides, beside=beside, true_without=true_without)


def word(*readings, **more):
    return judge(claim(*readings, **more), {})[0]


@pytest.mark.parametrize(
    ("low", "high", "bounds", "outcome"),
    [
        (0.1, 0.2, {"low": 0.0}, HOLDS),
        (0.1, 0.2, {"low": 0.3}, FAILS),
        (0.1, 0.2, {"low": 0.15}, UNDETERMINED),
        (-0.4, -0.3, {"high": -0.2}, HOLDS),
        (-0.25, -0.15, {"high": -0.2}, UNDETERMINED),
        (-0.1, 0.0, {"high": -0.2}, FAILS),
        (0.61, 0.65, {"low": 0.6, "high": 0.7}, HOLDS),
        (0.55, 0.75, {"low": 0.6, "high": 0.7}, UNDETERMINED),
        (0.71, 0.75, {"low": 0.6, "high": 0.7}, FAILS),
        (0.0, 0.0, {"low": 0.0, "high": 0.0}, HOLDS),
        (0.0, 0.0, {"low": 0.0, "strict": True}, FAILS),  # no effect at all is not an effect above zero
        (0.0, 0.1, {"low": 0.0, "strict": True}, UNDETERMINED),
        (-0.1, 0.0, {"low": 0.0, "strict": True}, FAILS),
        (0.0, 0.1, {"high": 0.0, "strict": True}, FAILS),
        (-0.2, -0.1, {"high": 0.0, "strict": True}, HOLDS),
    ],
)
def test_an_interval_against_its_bounds(low, high, bounds, outcome):
    assert reading(low, high, **bounds).outcome == outcome


def test_what_cannot_be_worked_out_is_undetermined():
    for unknown in (NOTHING, Estimate(0.3, math.nan, math.nan, 2)):
        assert Reading("a figure", "0-1", unknown, low=0.0).outcome == UNDETERMINED
    assert word(Reading("a figure", "0-1", NOTHING, low=0.0)) == UNDETERMINED


@given(numbers, numbers, numbers, st.booleans())
def test_a_bound_and_its_opposite_never_both_hold_nor_both_fail(a, b, bound, strict):
    low, high = sorted((a, b))
    assume(not (low == high == bound))
    above = reading(low, high, low=bound, strict=strict).outcome
    below = reading(low, high, high=bound, strict=strict).outcome
    assert {above, below} in ({HOLDS, FAILS}, {UNDETERMINED}, {UNDETERMINED, FAILS}, {UNDETERMINED, HOLDS})


@given(numbers, numbers, numbers, st.floats(0, 5))
def test_a_wider_interval_never_becomes_surer(a, b, bound, more):
    low, high = sorted((a, b))
    narrow, wide = reading(low, high, low=bound).outcome, reading(low - more, high + more, low=bound).outcome
    assert wide in (narrow, UNDETERMINED)


@given(numbers, numbers, numbers, st.floats(0, 5))
def test_a_milder_bound_never_turns_holding_into_failing(a, b, bound, milder):
    low, high = sorted((a, b))
    order = [FAILS, UNDETERMINED, HOLDS]
    assert order.index(reading(low, high, low=bound - milder).outcome) >= order.index(
        reading(low, high, low=bound).outcome
    )


def test_all_that_decides_must_hold_and_one_that_fails_is_enough():
    yes, no, unsure = (reading(*ends, low=0.0) for ends in ((0.1, 0.2), (-0.2, -0.1), (-0.1, 0.1)))
    assert word(yes, yes) == HOLDS
    assert word(yes, unsure) == UNDETERMINED
    assert word(yes, unsure, no) == FAILS


def test_what_is_shown_beside_does_not_count():
    yes = reading(0.1, 0.2, low=0.0)
    assert word(yes, beside=[reading(-0.2, -0.1, low=0.0)]) == HOLDS
    assert word(beside=[reading(0.1, 0.2, low=0.0)]) == UNDETERMINED, "nothing decided"
    assert [one.decides for one in judge(claim(yes, beside=[yes], true_without=[yes]), {})[1]] == [True, False, False]


def test_built_in_is_verified_and_never_holds():
    assert word(reading(0.1, 0.2, low=0.0), kind="built in") == VERIFIED
    assert word(reading(-0.2, -0.1, low=0.0), kind="built in") == NOT_VERIFIED
    assert word(reading(-0.2, 0.1, low=0.0), kind="built in") == UNDETERMINED


def test_explored_has_neither_pass_nor_fail():
    assert word(reading(0.1, 0.2), kind="explored") == EXPLORED
    assert word(reading(-0.2, -0.1, low=0.0), kind="explored") == EXPLORED


def test_true_without_a_group_as_well():
    no, unsure = reading(-0.2, -0.1, low=0.0), reading(-0.1, 0.1, low=0.0)
    too = [reading(0.4, 0.5, low=0.3, decides=False)]
    not_so = [reading(0.1, 0.2, low=0.3, decides=False)]
    assert word(no, true_without=too) == WITHOUT_TOO
    assert word(unsure, true_without=too) == WITHOUT_TOO
    assert word(no, true_without=not_so) == FAILS
    assert word(no, true_without=[]) == FAILS


def test_a_claim_that_holds_against_twins_keeps_that_word_and_shows_the_twins_too():
    too = [reading(0.4, 0.5, low=0.3, decides=False)]
    found, readings = judge(claim(reading(0.1, 0.2, low=0.0), true_without=too), {})
    assert found == HOLDS
    assert readings[-1] == too[0]


def test_the_key_figure_is_the_one_that_made_the_verdict():
    beside, yes, no, unsure = (
        reading(0, 1, decides=False),
        *(reading(*ends, low=0.0) for ends in ((0.1, 0.2), (-0.2, -0.1), (-0.1, 0.1))),
    )
    assert Verdict(claim(), HOLDS, [beside, yes, yes]).key is yes
    assert Verdict(claim(), FAILS, [beside, yes, unsure, no]).key is no
    assert Verdict(claim(), NOT_VERIFIED, [yes, no]).key is no
    assert Verdict(claim(), UNDETERMINED, [yes, unsure]).key is unsure
    assert Verdict(claim(), WITHOUT_TOO, [yes, unsure]).key is unsure
    assert Verdict(claim(), VERIFIED, [beside, yes]).key is yes
    assert Verdict(claim(), EXPLORED, [beside]).key is beside
    assert Verdict(claim(), EXPLORED, []).key is None


def test_bounds_in_words():
    assert reading(0, 1, low=0.5).wanted == "at least 0.5"
    assert reading(0, 1, low=0.0, strict=True).wanted == "above 0"
    assert reading(0, 1, high=-0.2).wanted == "at most -0.2"
    assert reading(0, 1, high=1.0, strict=True).wanted == "below 1"
    assert reading(0, 1, low=3.0, high=6.0).wanted == "from 3 to 6"
    assert reading(0, 1).wanted == ""


def test_an_estimand_gives_its_bounds_to_what_is_read():
    figure = planted(reading(0, 1))
    assert figure.at_least(0.5)({}).wanted == "at least 0.5"
    assert figure.above(0.0)({}).wanted == "above 0"
    assert figure.at_most(-0.2)({}).wanted == "at most -0.2"
    assert figure.below(1.0)({}).wanted == "below 1"
    assert figure.between(3.0, 6.0)({}).wanted == "from 3 to 6"
    assert figure({}).wanted == ""


def test_the_arms_of_a_claim_are_those_of_its_estimands():
    a, b, c = (Estimand(arms, None) for arms in (("one", "two"), ("two", "three"), ("four",)))
    assert some_claim(decides=(a,), beside=(b,), true_without=(c,)).needs == ("one", "two", "three", "four")
