"""The worlds: groups of an age, their twins counted from the lead-in, and an account in which nothing comes of it."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.compare.panel import EVERY
from analysis.studies.interviews.worlds import REFERENCE, group_of_age, live_group, live_twin
from sim.life import Life
from sim.problem import Problem
from sim.scenario import load
from tests.analysis.studies.interviews.planted import small_group
from tests.builders import SCENARIOS

STATES = ("isolation", "stigma", "understanding", "coping", "distress", "strain", "stressor", "circumstances",
          "decline", "need", "hard_days_this_week", "episodes_this_week", "distress_this_week")  # fmt: skip


def differing(life, twin, names=STATES):
    """The states that differ anywhere from the twin's, since the opening."""
    first = life.lead_in // EVERY
    return {n for n in names if not np.array_equal(life.history[n], twin.history[n][first:], equal_nan=True)}


@pytest.mark.parametrize("file", ["groupA", "groupB"])
def test_what_the_others_are_held_against_is_an_account_in_which_everybody_lives_the_twins_life(file):
    group = small_group(file, account=REFERENCE)
    life, twin = live_group(group, 3), live_twin(group, 3)
    assert life.world.group[0].attendances > 50
    assert life.world.people.shares_self_harm.sum() > 5
    assert life.world.ties.max() > 0.1
    assert differing(life, twin) == set()


@pytest.mark.parametrize("account", ["company", "full"])
def test_under_another_account_it_is_another_life(account):
    group = small_group(account=account)
    assert {"isolation", "distress"} <= differing(live_group(group, 3), live_twin(group, 3))


def test_the_counted_twin_is_the_ordinary_twin_with_counts_from_the_start_of_the_lead_in():
    group = small_group(run__lead_in_weeks=52, people__mean_stay_years=4.0)
    ordinary = Life({**group.values, "run.seed": 5, "group.exists": False}, history_every=EVERY)
    ordinary.live()
    twin = live_twin(group, 5)
    assert differing(ordinary, twin) == set()
    at_opening, end = 52 // EVERY, len(twin.history) - 1
    stayed = ordinary.world.people.resident & (ordinary.traits.arrives_week == 52)
    for name in ("episodes", "hard_days", "hard_days_through", "told_outside", "days_lived"):
        since = twin.history[name][end] - twin.history[name][at_opening]
        assert np.array_equal(since[stayed], ordinary.world.people[name][stayed])
        assert name == "told_outside" or twin.history[name][at_opening][stayed].sum() > 0
    assert (twin.history["days_lived"][at_opening][stayed] == 7 * 52).all()


def test_a_group_is_as_old_as_it_is_when_interviewed():
    assert small_group(years=1.0).values["run.weeks"] == 52
    assert small_group(years=0.25).values["run.weeks"] == 12
    assert live_group(small_group(years=0.6), 1).week == 32  # looked at every four weeks


def test_without_a_group_there_is_nobody_to_interview():
    scenario = load(SCENARIOS / "absent.yaml")
    with pytest.raises(Problem, match=r"group\.exists is false"):
        group_of_age("group A", scenario.title, scenario.values, 1.0)


def test_a_lead_in_that_ends_between_two_looks_is_refused():
    with pytest.raises(Problem, match=r"run\.lead_in_weeks: found 10, expected a multiple of 4"):
        small_group(run__lead_in_weeks=10)
