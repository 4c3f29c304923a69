"""Towns as a study sees them: the same lives as anywhere else, also before the opening and from a later start."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.outcomes import OUTCOME
from analysis.compare.panel import live_panel
from analysis.studies.study.pool import candidates, pool_of
from analysis.studies.study.towns import GROUP, NEVER, NOTHING, live_town
from tests.analysis.small import arm
from tests.analysis.studies.study.planted import study

MEASURES = ("isolation", "distress", "hard_days", "episodes")
ARM = arm(run__weeks=104, run__lead_in_weeks=48, people__mean_stay_years=3.0)


@pytest.fixture(scope="module")
def town():
    return live_town(ARM, None, 3, 4, MEASURES)


@pytest.fixture(scope="module")
def panels():
    return {name: live_panel({**one.values, "run.seed": 3}) for name, one in ((GROUP, ARM), (NOTHING, ARM.twin))}


@pytest.mark.parametrize("world", [GROUP, NOTHING])
def test_it_is_the_life_that_comparisons_see(town, panels, world):
    panel, opening = panels[world], town.look(0)
    assert np.array_equal(town.there[opening + 1 :], panel.people["resident"][1:])
    assert np.array_equal(town.worlds[world].member[opening:], panel.is_member)
    assert town.worlds[world].seen["isolation"][opening:] == pytest.approx(panel.people["isolation"], abs=1e-6)
    who = np.flatnonzero(panel.traits.arrives_week <= 48)
    week = np.full(len(who), 104)
    for name in ("distress", "hard_days", "episodes"):
        expected = OUTCOME[name].at(panel, 26)[who]
        known = town.there[town.look(104), who]
        assert town.value(name, world, week, who, 52)[known] == pytest.approx(expected[known], rel=1e-5)


def test_before_the_opening_both_worlds_are_the_same_and_counts_go_on_across_it(town):
    for name in ("isolation", "episodes", "days_lived"):
        group, nothing = (town.worlds[world].seen[name] for world in (GROUP, NOTHING))
        assert np.array_equal(group[: town.look(0) + 1], nothing[: town.look(0) + 1])
        assert name == "isolation" or np.all(np.diff(group[:, :16], axis=0) >= 0)
    who = np.flatnonzero(town.there[town.look(-20)] & town.there[town.look(20)])
    days = town.worlds[GROUP].seen["days_lived"]
    assert np.all(days[town.look(20), who] - days[town.look(-20), who] == 40 * 7)


def test_until_somebody_comes_both_worlds_are_the_same_for_her_or_him(town):
    came = town.worlds[GROUP].came
    who = np.flatnonzero(came > 0)
    assert len(who)
    for i in who:
        until = town.look(came[i]) + 1
        for name in ("isolation", "episodes"):
            assert np.array_equal(*(town.worlds[world].seen[name][:until, i] for world in (GROUP, NOTHING)))


def test_a_town_that_waits_is_the_same_town_seen_from_an_earlier_week(town):
    how = {"how": "waiting list", "of_towns": True, "wait_weeks": 24}
    said = study(allocation=how, follow_ups=[24, 48], people={"weeks": [0]})
    pool = pool_of(said, [town])
    now, later = range(2)
    assert np.array_equal(pool.value[later, 1], pool.value[now, 0])  # the end of the wait is the opening
    assert np.array_equal(pool.value[later, 2], pool.value[now, 1])
    assert np.array_equal(pool.value[later, 0], pool.twin[later, 0])
    assert not pool.came[later, :2].any()


def test_in_a_stepped_wedge_nobody_has_come_before_the_town_has_its_step(town):
    said = study(allocation={"how": "stepped wedge", "steps": 3, "step_weeks": 12}, follow_ups=[],
                 people={"towns": 6}, analysis={"by": "mixed model"})  # fmt: skip
    pool = pool_of(said, [town])
    assert pool.times == (0, 12, 24, 36, 48)
    for k, one in enumerate(pool.arms):
        assert one.delay == 12 * (k + 1)
        before = np.array(pool.times) <= one.delay
        assert not pool.came[k, before].any()
        assert np.array_equal(pool.value[k, before], pool.twin[k, before])
    assert pool.came[0, -1].any()


def test_who_is_approached(town):
    came, there = town.worlds[GROUP].came, town.there
    rows, week = candidates(study(people={"who": "newcomers", "weeks": [1, 50]}), town, "newcomers")
    assert set(rows) == set(np.flatnonzero(town.eligible & (came >= 1) & (came <= 50)))
    assert np.all((week <= came[rows]) & (came[rows] < week + 4))
    rows, _ = candidates(study(people={"weeks": [24]}), town, "residents")
    assert set(rows) == set(np.flatnonzero(town.eligible & there[town.look(24)]))
    rows, _ = candidates(study(people={"weeks": [52]}), town, "regulars")
    assert len(rows)
    assert town.worlds[GROUP].regular[town.look(52), rows].all()
    rows, _ = candidates(study(people={"weeks": [52]}), town, "others")
    assert ((came[rows] == NEVER) | (came[rows] > 52 + 24)).all()


def test_looking_back_is_to_the_time_before_coming(town):
    said = study(people={"who": "regulars", "weeks": [52]}, follow_ups=[4], telling={"remembered": True})
    pool = pool_of(said, [town])
    came = town.worlds[GROUP].came[pool.row]
    at = town.look(came // 4 * 4)
    assert pool.value[0, 0, 0] == pytest.approx(town.worlds[GROUP].seen["isolation"][at, pool.row])
    assert np.array_equal(pool.value[0, 0], pool.twin[0, 0])
