"""What is kept of a town: that it is what the life was, and that new states and traits appear by themselves."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.patterns.looks import (
    NOT_SLOW,
    TIES,
    first_visits,
    live_group,
    live_residents,
    looks_of,
    slow_states,
    traits_asked,
)
from sim.codes import AS_FOUNDER, ONE_VISIT_ONLY
from sim.declare import Field, flag, level, total
from sim.life import Life
from sim.state import PEOPLE, TRAITS
from tests.analysis.studies.overturn.conftest import small_arm

SEED = 3


@pytest.fixture(scope="module")
def arm():
    return small_arm(run__weeks=170, run__lead_in_weeks=8)


@pytest.fixture(scope="module")
def town(arm):
    return live_residents(arm, SEED)


@pytest.fixture(scope="module")
def group(arm):
    life = Life({**arm.values, "run.seed": SEED})
    life.live()
    return life, live_group(arm, SEED)


def test_new_levels_and_flags_appear_by_themselves():
    new = (level("difference", "from others"), level("luck", "a draw"), total("texts", "sent"))
    assert slow_states(new) == ("difference",)
    new = (
        flag("inpatient", "has been"),
        level("voices", "how loud"),
        Field("age", "f8", "years", 18.0, 75.0, "of life"),
    )
    assert traits_asked(new) == ("inpatient", "voices")


def test_what_is_left_out_exists_and_what_is_asked_is_there():
    assert set(NOT_SLOW) <= {field.name for field in PEOPLE}
    assert {"isolation", "stigma", "understanding", "coping"} <= set(slow_states())
    assert {"woman", "service_user", "outside_support"} <= set(traits_asked())
    assert set(traits_asked()) <= {field.name for field in TRAITS}


def test_looks_begin_with_the_beginning_and_end_with_the_run():
    assert looks_of({"run.lead_in_weeks": 52, "run.weeks": 624}) == (-52, 0, 26, 52, 104, 156, 260, 520)
    assert looks_of({"run.lead_in_weeks": 0, "run.weeks": 60}) == (0, 26, 52)


def test_residents_are_those_of_the_town_without_a_group(arm, town):
    life = Life({**arm.twin.values, "run.seed": SEED}, history_every=26)
    life.live()
    n = arm.values["people.residents"]
    for k, week in ((0, 0), (1, 26), (2, 52), (4, 104)):
        there = town.stays >= week
        for name in ("isolation", "coping", "stigma"):
            assert np.array_equal(town.states[name][town.at(week)][there], life.history[name][k, :n][there]), (
                name,
                week,
            )
    there = town.stays >= 104
    counted = life.history["episodes"][4, :n] - life.history["episodes"][2, :n]
    assert np.array_equal(town.counted(52, 104)[there], counted[there])
    days = life.history["days_lived"][2, :n]
    assert town.mean_distress(0, 52)[there] == pytest.approx((life.history["distress_total"][2, :n] / days)[there])


def test_lives_are_looked_at_from_their_first_week(arm, town):
    assert town.looks[0] == -8
    assert np.array_equal(town.states["understanding"][0], town.traits["understanding_set"])
    assert not town.days[0].any()


@pytest.mark.parametrize("lead_in", [0, 5])
def test_any_lead_in_can_be_looked_at(lead_in):
    seen = live_residents(small_arm(run__weeks=52, run__lead_in_weeks=lead_in), 1)
    assert seen.looks[:2] == ((0, 26) if lead_in == 0 else (-5, 0))
    assert seen.days[seen.at(26)].max() == 7 * (lead_in + 26)


def test_years_of_a_group_sum_to_its_life(group):
    life, kept = group
    weeks = life.weeks[: 3 * 52]
    assert kept.yearly["meetings"].sum() == weeks["meetings"].sum() > 0
    assert kept.yearly["attendances"].sum() == weeks["attendances"].sum()
    assert kept.yearly["open_weeks"].sum() == weeks["open"].sum()
    assert len(kept.ties) == 3


def test_a_group_that_is_open_has_lived_the_whole_run(group):
    life, kept = group
    assert kept.ended == (not life.world.group[0].open)
    assert kept.weeks == (170 if not kept.ended else life.world.group[0].closed_week - life.lead_in + 1)


def test_first_visits_are_of_everybody_but_founders(group):
    life, kept = group
    people = life.world.people
    came = first_visits(life)
    newcomers = (people.first_joined_week >= 0) & (people.heard_of != AS_FOUNDER)
    assert len(came.week) == newcomers.sum() > 3
    assert sorted(came.week) == sorted(people.first_joined_week[newcomers] - life.lead_in)
    assert kept.yearly["came"].sum() == (came.week < 156).sum()
    assert not (came.one_visit & ~came.decided).any()
    once = newcomers & (people.meetings == 1) & (people.left_reason == ONE_VISIT_ONLY)
    assert came.one_visit.sum() >= once.sum()


def test_ties_of_regulars_are_counted_in_pairs(group):
    _, kept = group
    assert kept.ties.shape == (3, 1 + len(TIES))
    assert (np.diff(kept.ties, axis=1) <= 0).all(), "fewer pairs are closer"


def test_a_group_that_nobody_comes_to_ends_and_says_when():
    kept = live_group(
        small_arm(run__weeks=104, people__barrier_a=100.0, people__barrier_b=0.1, organising__low_weeks=5), 1
    )
    assert kept.ended
    assert 5 <= kept.weeks < 52
    assert kept.yearly["open_weeks"][0] == kept.weeks - 1  # in its last week it ends
    assert not kept.yearly["meetings"][1]
