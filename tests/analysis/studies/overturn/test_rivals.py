"""Rivals: the arms are what they say, and each shows where it should."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.studies.overturn.ablation import MAIN
from analysis.studies.overturn.rivals import (
    BEFRIENDING,
    DECLINE,
    DECLINES,
    JUDGING,
    live_rivals,
    read_rivals,
    rivals_of,
)
from sim.parameters import PARAMETERS
from sim.scenario import load
from tests.analysis.studies.overturn.conftest import small_arm
from tests.builders import SCENARIOS


@pytest.mark.parametrize(("name", "changes"), [("befriending", BEFRIENDING), ("judging", JUDGING)])
def test_the_arms_are_those_of_the_scenario_files(name, changes):
    ours, theirs = load(SCENARIOS / "groupA.yaml").values, load(SCENARIOS / f"{name}.yaml").values
    assert {key: theirs[key] for key in PARAMETERS if theirs[key] != ours[key]} == changes


def test_the_scenarios_own_setting_is_among_the_arms():
    recovery, joining = rivals_of(small_arm(episodes__natural_decline_per_year=0.07))[1:]
    assert [arm.values[DECLINE] for arm in recovery.arms.values()] == sorted([*DECLINES, 0.07])
    assert sum("(own)" in label for label in recovery.arms) == 1
    assert [label for label in joining.arms if "(own)" in label] == ["joining grows with need to the power 2 (own)"]


@pytest.fixture(scope="module")
def read():
    """Three figures by (rival, arm number, outcome), of 30 small towns."""
    arm = small_arm(run__lead_in_weeks=52)
    rivals = rivals_of(arm)
    found = live_rivals(rivals, range(1, 31), arm.values["run.weeks"])
    three = read_rivals(rivals, found)
    number = {(rival.name, label): k for rival in rivals for k, label in enumerate(rival.arms)}
    return {(one.rival, number[one.rival, one.arm], one.outcome): one for one in three}


def test_the_third_figure_is_the_first_less_the_second(read):
    for one in read.values():
        if one.people:
            assert one.difference[0] == pytest.approx(one.change[0] - one.twin_change[0], abs=1e-12)
    assert len(read) == (3 + 4 + 3) * len(MAIN)


def test_natural_recovery_moves_both_changes_and_hardly_the_difference(read):
    arms = [read["recovery", k, "episodes"] for k in range(len(DECLINES))]
    for none, much in ((arms[0].change, arms[-1].change), (arms[0].twin_change, arms[-1].twin_change)):
        assert much[0] < none[0]
    moved = abs(arms[0].twin_change[0] - arms[-1].twin_change[0])
    assert abs(arms[0].difference[0] - arms[-1].difference[0]) < 0.5 * moved


def test_joining_in_need_makes_the_twins_better_afterwards(read):
    # At random nobody is expected to improve without the group; in need they do. Seeds are fixed. With four other sets
    # of seeds in_need less at_random was between -0.016 and -0.024 (standard deviation 0.003): with seeds drawn anew
    # the first line would fail less than once in a hundred times.
    at_random, in_need = read["joining", 0, "isolation"], read["joining", 2, "isolation"]
    assert in_need.twin_change[0] < at_random.twin_change[0] - 0.01
    assert in_need.twin_change[2] < 0


def test_company_alone_teaches_nothing_about_oneself(read):
    befriending, group = read["kind", 1, "understanding"], read["kind", 0, "understanding"]
    assert np.all(befriending.standardised == 0.0)
    assert group.standardised[1] > 0


def test_the_share_that_comes_anyway_is_left_out_where_nothing_may_have_changed(read):
    for one in read.values():
        zero_possible = not (one.change[1] > 0 or one.change[2] < 0)
        assert np.isnan(one.anyway[0]) == zero_possible
