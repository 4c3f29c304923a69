"""The worlds: with every effect off a person's life is the twin's, bit for bit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.compare.panel import EVERY
from analysis.studies.interviews.worlds import (
    ALL_OFF,
    COMPANY_ONLY,
    OF_OTHER_ACCOUNTS,
    WORLDS,
    group_of_age,
    live_in,
    live_twin,
    values_in,
)
from sim.life import Life
from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.scenario import account_names, load, load_account
from tests.analysis.studies.interviews.planted import small_group
from tests.builders import SCENARIOS

STATES = ("isolation", "stigma", "understanding", "coping", "distress", "strain", "stressor", "circumstances",
          "decline", "need", "hard_days_this_week", "episodes_this_week", "distress_this_week")  # fmt: skip
# Everything that could happen in a group does happen.
EVENTFUL = {
    "group__mechanics": 0.5, "group__labelling": 0.2, "group__breach_prob": 0.2, "group__acceptance": 0.7,
    "people__episode_rate_mean": 3.0, "meeting__strength": 1.0,
}  # fmt: skip


def differing(life, twin, names=STATES):
    """The states that differ anywhere from the twin's, since the opening."""
    first = life.lead_in // EVERY
    return {n for n in names if not np.array_equal(life.history[n], twin.history[n][first:], equal_nan=True)}


@pytest.mark.parametrize("file", ["groupA", "groupB"])
def test_with_every_effect_off_everybody_lives_the_twins_life(file):
    group = small_group(file, **EVENTFUL)
    life, twin = live_in(group, "off", 3), live_twin(group, 3)
    assert life.world.group[0].attendances > 50
    assert life.world.people.shares_self_harm.sum() > 20
    assert life.world.ties.max() > 0.2
    assert life.world.people.calls_answered.sum() > 0
    assert differing(life, twin) == set()


@pytest.mark.parametrize("account", account_names())
def test_so_it_is_under_every_account(account):
    group = small_group("groupA", **EVENTFUL)
    told = load_account(account)
    said = {name: told.values[name] for name in told.origins}
    group = replace(group, values={**group.values, **said})
    life, twin = live_in(group, "off", 3), live_twin(group, 3)
    assert life.world.group[0].attendances > 50
    assert differing(life, twin) == set()


@pytest.mark.parametrize("world", ["on", "company"])
def test_with_effects_on_it_is_another_life(world):
    group = small_group(**EVENTFUL)
    different = differing(live_in(group, world, 3), live_twin(group, 3))
    assert {"isolation", "distress"} <= different
    assert ("understanding" in different) == (world == "on"), "company alone teaches nothing about oneself"


@pytest.mark.parametrize("left_on", sorted(set(ALL_OFF) - {"group.shared_experience"}))
def test_each_parameter_that_is_turned_off_has_to_be(left_on):
    group = small_group("groupB", **EVENTFUL)
    values = values_in(group, "off", 3)
    values[left_on] = group.values[left_on]
    if left_on == "episodes.support_days":
        values["episodes.guilt"] = 0.02
    life = Life(values, history_every=EVERY)
    life.live()
    changed = {n: values[n] for n in ("episodes.guilt",)}
    twin = live_twin(type(group)(group.name, group.title, group.values | changed), 3)
    assert differing(life, twin) != set()


def test_company_only_leaves_likeness_out_of_what_ties_do_for_isolation():
    group = small_group(**EVENTFUL)
    values = values_in(group, "company", 3) | {"group.shared_experience": 1.0}
    alike = Life(values, history_every=EVERY)
    alike.live()
    company = live_in(group, "company", 3)
    assert alike.world.people.isolation.mean() < company.world.people.isolation.mean()


def test_off_is_company_only_and_no_company_either():
    assert set(ALL_OFF) - set(COMPANY_ONLY) == {"ties.isolation_per_tie"}
    assert list(WORLDS) == ["on", "company", "off"]
    assert WORLDS["on"] == {}
    for name, (value, why) in {**ALL_OFF, **OF_OTHER_ACCOUNTS}.items():
        assert type(value) is PARAMETERS[name].kind
        assert why


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
    assert live_in(small_group(years=0.6), "on", 1).week == 32  # looked at every four weeks


def test_without_a_group_there_is_nobody_to_interview():
    scenario = load(SCENARIOS / "absent.yaml")
    with pytest.raises(Problem, match=r"group\.exists is false"):
        group_of_age("group A", scenario.title, scenario.values, 1.0)


def test_a_lead_in_that_ends_between_two_looks_is_refused():
    with pytest.raises(Problem, match=r"run\.lead_in_weeks: found 10, expected a multiple of 4"):
        small_group(run__lead_in_weeks=10)
