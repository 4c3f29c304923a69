"""Looking back, against the same figures read off the lives by another way."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.panel import EVERY
from analysis.studies.interviews.lookback import (
    COLUMNS,
    COUNTED,
    INTERVIEWED,
    SLOW,
    interview,
    look_back,
    regulars_of,
    ties_to,
)
from analysis.studies.interviews.worlds import live_group, live_twin
from analysis.studies.overturn.mechanisms import nothing_comes_of_it
from sim.state import MEMBER
from tests.analysis.studies.interviews.planted import small_group

SEED, LEAD_IN = 4, 52


@pytest.fixture(scope="module")
def group():
    return small_group(years=2.0, run__lead_in_weeks=LEAD_IN)


@pytest.fixture(scope="module")
def lives(group):
    return live_group(group, SEED), live_twin(group, SEED)


@pytest.fixture(scope="module")
def off(group):
    return live_group(nothing_comes_of_it(group), SEED), live_twin(group, SEED)


def came(life):
    return np.flatnonzero((life.world.people.first_joined_week >= 0) & life.world.people.resident)


def test_before_is_the_last_look_before_first_coming(lives):
    life, twin = lives
    who = came(life)
    back = look_back(life, twin, who)
    week = life.world.people.first_joined_week[who] - LEAD_IN
    later = np.flatnonzero(week > 0)
    assert len(later) > 3
    for k in later:
        last_look = week[k] // EVERY  # of the life itself, whose history begins with the opening
        for name in SLOW:
            assert back[f"{name}_before"][k] == life.history[name][last_look, who[k]]
        assert life.history["joined_week"][last_look, who[k]] == -1, "had come already"


def test_founders_look_back_to_just_before_the_opening(lives):
    life, twin = lives
    founders = np.flatnonzero(life.world.people.first_joined_week == LEAD_IN)
    back = look_back(life, twin, founders)
    assert len(founders) == 5
    assert (back["founder"] == 1).all()
    for name in SLOW:
        assert np.array_equal(back[f"{name}_before"], life.history[name][0, founders])
    for name in COUNTED:
        if name != "got_through":
            assert not np.isnan(back[f"{name}_before"]).any(), "the lead-in is a year to look back on"


def test_now_is_now(lives):
    life, twin = lives
    who = came(life)
    back = look_back(life, twin, who)
    for name in SLOW:
        assert np.array_equal(back[f"{name}_now"], life.world.people[name][who])
        assert np.array_equal(back[f"{name}_twin"], twin.world.people[name][who])


def test_what_is_counted_is_that_of_the_year_or_of_the_time_since_coming(lives):
    life, twin = lives
    who = came(life)
    back = look_back(life, twin, who)
    rows = len(life.history)
    for k, i in enumerate(who):
        week = max(life.world.people.first_joined_week[i] - LEAD_IN, 0)
        living_here = (life.traits.arrives_week[i] - LEAD_IN) // EVERY + 1  # first look with counts of living here
        start = max(rows - 1 - 13, week // EVERY, living_here)
        days = 7 * EVERY * (rows - 1 - start)
        if rows - 1 - start < 3:
            assert np.isnan(back["episodes_now"][k])
            continue
        for name, total, scale in (("episodes", "episodes", 364), ("told_outside", "told_outside", 364),
                                   ("distress", "distress_total", 1)):  # fmt: skip
            grown = life.history[total][-1, i] - life.history[total][start, i]
            assert back[f"{name}_now"][k] == pytest.approx(scale * grown / days)
        kinds = ("calls_answered", "line_answered", "texts")
        texts = sum(life.history[n][-1, i] - life.history[n][start, i] for n in kinds)
        assert back["contacts"][k] == pytest.approx(364 * texts / days)


def test_the_time_before_is_a_year_of_the_twins_life(lives):
    life, twin = lives
    who = came(life)
    back = look_back(life, twin, who)
    for k, i in enumerate(who):
        row = life.world.people.first_joined_week[i] // EVERY
        grown = twin.history["episodes"][row, i] - twin.history["episodes"][row - 13, i]
        assert back["episodes_before"][k] == pytest.approx(grown)  # 13 looks are a year of 364 days


def test_with_every_effect_off_now_is_the_twins_now(off):
    life, twin = off
    back = look_back(life, twin, came(life))
    assert len(back["id"]) > 5
    for name in (*SLOW, *COUNTED):
        assert np.array_equal(back[f"{name}_now"], back[f"{name}_twin"], equal_nan=True)


def test_the_four_most_regular_are_interviewed(lives):
    life, twin = lives
    regulars = regulars_of(life)
    people = life.world.people
    assert len(regulars) > INTERVIEWED == 4
    assert (people.status[regulars] == MEMBER).all()
    asked = interview(life, twin)
    assert set(asked) == set(COLUMNS)
    assert all(len(column) == 4 for column in asked.values())
    others = np.setdiff1d(np.flatnonzero(people.status == MEMBER), regulars[:4])
    assert people.regularity[others].max() <= asked["regularity"].min()
    assert np.array_equal(asked["id"], life.traits.id[regulars[:4]])


def test_all_are_interviewed_where_there_are_no_more_than_four(lives):
    life, twin = lives
    before = life.values["meeting.regular_share"]
    try:
        for wanted in (4, 2):
            life.values["meeting.regular_share"] = float(np.sort(life.world.people.regularity)[-wanted])
            assert len(interview(life, twin)["id"]) == wanted
        life.values["meeting.regular_share"] = 1.1
        assert len(interview(life, twin)["id"]) == 0
    finally:
        life.values["meeting.regular_share"] = before


def test_ties_are_to_others_only(lives):
    life, _ = lives
    regulars = regulars_of(life)
    strongest, mean = ties_to(life, regulars, regulars)
    ties = life.world.ties
    for k, i in enumerate(regulars):
        mine = [ties[i, j] for j in regulars if j != i]
        assert strongest[k] == max(mine)
        assert mean[k] == pytest.approx(sum(mine) / len(mine))
    alone = ties_to(life, regulars[:1], regulars[:1])
    assert (alone[0][0], alone[1][0]) == (0.0, 0.0)


def test_newcomers_are_not_counted_across_their_moving_here():
    group = small_group(years=1.0, people__mean_stay_years=0.7)
    life, twin = live_group(nothing_comes_of_it(group), 1), live_twin(group, 1)
    here = np.flatnonzero(life.world.people.resident)
    back = look_back(life, twin, here)
    new = life.traits.arrives_week[here] > life.lead_in
    assert (new & ~np.isnan(back["distress_now"])).sum() > 5
    for name in COUNTED:
        assert np.array_equal(back[f"{name}_now"], back[f"{name}_twin"], equal_nan=True)
    assert np.nanmin(back["distress_now"]) > 0
