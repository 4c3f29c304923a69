"""What would overturn a verdict: a mechanism is taken out or planted, and the verdict must follow.

Each trial has fixed seeds and is the same every time. The effects looked at are many standard errors from their
thresholds, or exactly zero, so that no choice of seeds is needed; the chance that a change of the draws alone would
turn any of these tests is below one in a thousand.
"""

from __future__ import annotations

import pytest

from analysis.studies.claims.declare import FAILS, HOLDS, NOT_VERIFIED, UNDETERMINED, VERIFIED
from analysis.studies.claims.index import claims_of
from analysis.studies.claims.study import ClaimsStudy

RUNS = 10


def verdict(name, runs=RUNS, **changes):
    settings = {key.replace("__", ".", 1): value for key, value in changes.items()}
    return ClaimsStudy.of(claims_of([name]), runs, 1, settings).live().verdicts[0]


def test_isolation_does_not_fall_where_ties_do_nothing_for_it():
    """C17: without the one arrow from ties to isolation, only what shame and support outside do is left."""
    without = verdict("C17", ties__isolation_per_tie=0.0)
    assert without.word == FAILS
    assert abs(without.key.estimate.value) < 0.05


def test_isolation_falls_where_ties_do_much_for_it():
    planted = verdict("C17", ties__isolation_per_tie=0.2)
    assert planted.word == HOLDS
    assert planted.key.estimate.high < -0.2


def test_the_same_effect_by_company_alone_does_not_hold():
    """C17 asks for more than befriending: where likeness counts for nothing, befriending does as much."""
    company = verdict("C17", ties__isolation_per_tie=0.2, ties__likeness_weight=0.0)
    assert company.readings[0].outcome == HOLDS
    assert company.readings[1].estimate.value == pytest.approx(1.0, abs=0.25)
    assert company.readings[1].estimate.high > 0.8
    assert company.word != HOLDS


def test_friendship_takes_hours():
    assert verdict("C18", ties__growth_per_hour=0.0).word in (FAILS, UNDETERMINED)
    quick = verdict("C18", ties__growth_per_hour=0.2)
    assert quick.word == HOLDS


def test_contact_that_does_nothing_does_not_matter():
    inert = verdict(
        "C19", contact__texts_per_week=0.0, contact__call_hours=0.0, contact__relief=0.0, meeting__burden=0.0
    )
    assert inert.word == FAILS
    assert inert.readings[0].estimate.value == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("name", "change"),
    [("C22", {"meeting__learn": 0.0}), ("C24", {"meeting__helper": 0.0})],
)
def test_a_built_in_rule_is_not_verified_where_it_is_off(name, change):
    assert verdict(name).word == VERIFIED
    off = verdict(name, **change)
    assert off.word == NOT_VERIFIED
    assert off.key.estimate.value == 0.0


def test_influence_that_is_strong_enough_overturns_the_answer_to_the_rival():
    strong = verdict("C27", episodes__social_influence=5.0)
    assert strong.key.estimate.value > 0
    assert strong.word == FAILS


def test_joining_at_random_makes_no_lonely_joiners():
    assert verdict("C13").word == VERIFIED
    random = verdict("C13", joining__need_power=0.0)
    assert random.word != VERIFIED
    assert random.readings[1].estimate.value == 0.0


def test_lonely_towns_do_not_pass_for_the_papers():
    assert verdict("C2", people__isolation_a=8.0).word == NOT_VERIFIED


def test_a_breach_that_hurts_nobody_costs_nobody():
    harmless = verdict("C10", 3, meeting__breach_hurt=0.0, outside__horrified=0.0)
    assert harmless.word == FAILS
    assert [reading.estimate.value for reading in harmless.readings[:3]] == [0.0, 0.0, 0.0]


def test_there_are_no_old_groups_where_nobody_comes():
    empty = verdict("C30", 4, joining__visit_per_year=0.0, leaving__one_visit_only=1.0, leaving__per_year=5.0)
    assert empty.word in (FAILS, UNDETERMINED)
    assert empty.key.estimate.value == 0.0
