import pytest

from sim.rules.recover import recover
from tests.builders import town, what_changed


def decline(per_year, week, arrives=0, lead_in=0):
    world = town(1, {"episodes.natural_decline_per_year": per_year, "run.lead_in_weeks": lead_in}, arrives_week=arrives)
    recover(world, week)
    return world.people[0].decline


def test_a_tenth_a_year_leaves_nine_tenths_after_a_year():
    assert decline(0.1, 52) == pytest.approx(0.9)
    assert decline(0.1, 104) == pytest.approx(0.81)
    assert decline(0.1, 26) == pytest.approx(0.9486832980505138)  # the root of 0.9


def test_nothing_is_worn_down_in_the_first_week_or_without_decline():
    assert decline(0.1, 0) == 1.0
    assert decline(0.0, 500) == 1.0
    assert decline(1.0, 0) == 1.0


def test_full_decline_leaves_nothing_after_a_week():
    assert decline(1.0, 1) == 0.0


def test_weeks_are_counted_from_each_ones_own_lead_in():
    assert decline(0.1, week=152, arrives=110, lead_in=10) == pytest.approx(0.9)


def test_more_decline_a_year_leaves_less():
    left = [decline(rate, 40) for rate in (0.0, 0.05, 0.15, 0.5, 1.0)]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == len(left)


def test_only_the_living_decline_and_nothing_else_changes():
    world = town(2, {"episodes.natural_decline_per_year": 0.1})
    world.people[1].living = False
    assert what_changed(world, recover, 52) == {"decline"}
    assert world.people[1].decline == 1.0
