"""Mechanisms: together they are all that a group does, and taking one away leaves people, lives and luck alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.studies.overturn.mechanisms import (
    ALL_ON,
    CHANNELS,
    MECHANISMS,
    NAMES,
    NONE_ON,
    WORLDS,
    arm_with,
    mechanisms_on,
    nothing_comes_of_it,
)
from sim.checks import check_value
from sim.life import Life
from sim.parameters import PARAMETERS
from sim.scenario import account_names, load, load_account
from tests.analysis.studies.overturn.conftest import small_arm
from tests.builders import SCENARIOS

# A group with everything that can go on in one, and a great deal of it.
EVERYTHING = {
    "group__labelling": 0.3, "group__mechanics": 0.3, "group__pressure_to_stop": 0.3, "group__breach_prob": 0.2,
    "group__acceptance": 0.7, "meeting__strength": 0.5, "episodes__social_influence": 1.0, "contact__calls_tried": 5,
    "group__service_users_only": False, "organising__monitoring_every_weeks": 1,
}  # fmt: skip
STATES = ("isolation", "stigma", "understanding", "coping", "distress", "distress_total", "episodes", "hard_days")


def under(account, name):
    """What an account changes in a scenario, and a great deal of what can go on in a group."""
    scenario = load(SCENARIOS / f"{name}.yaml").with_account(load_account(account))
    values = {changed: scenario.values[changed] for changed in scenario.account.names}
    return {changed.replace(".", "__", 1): value for changed, value in values.items()} | EVERYTHING


def people_of(arm, seed=3):
    life = Life({**arm.values, "run.seed": seed})
    life.live()
    return life.world.people


@pytest.mark.parametrize("name", ["groupA", "groupB"])
def test_with_nothing_at_work_a_group_is_as_good_as_none_to_the_last_bit(name):
    arm = small_arm(name, **EVERYTHING)
    nothing, twin, everything = people_of(arm_with(arm, ())), people_of(arm.twin), people_of(arm)
    assert (nothing.joined_week >= 0).sum() > 5
    assert nothing.meetings.sum() > 50
    for state in STATES:
        assert np.array_equal(nothing[state], twin[state]), state
        assert not np.array_equal(everything[state], twin[state]), state


@pytest.mark.parametrize("name", ["groupA", "groupB"])
def test_so_it_is_under_the_account_of_all_mechanisms(name):
    arm = small_arm(name, **under("full", name))
    nothing, twin, everything = people_of(arm_with(arm, ())), people_of(arm.twin), people_of(arm)
    assert nothing.meetings.sum() > 50
    for state in (*STATES, "guilt", "difference"):
        assert np.array_equal(nothing[state], twin[state]), state
        assert not np.array_equal(everything[state], twin[state]), state


@pytest.mark.parametrize("name", NAMES)
def test_every_mechanism_alone_does_something(name):
    arm = small_arm("groupB", **EVERYTHING)
    alone, twin = people_of(arm_with(arm, [name])), people_of(arm.twin)
    assert any(not np.array_equal(alone[state], twin[state]) for state in STATES)


@pytest.mark.parametrize("account", account_names())
def test_so_it_is_under_every_account(account):
    told, arm = load_account(account), small_arm()
    arm = replace(arm, values={**arm.values, **{name: told.values[name] for name in told.origins}})
    nothing, twin = people_of(arm_with(arm, ())), people_of(arm.twin)
    for state in STATES:
        assert np.array_equal(nothing[state], twin[state]), state


@pytest.mark.parametrize("name", ["groupA", "groupB"])
@pytest.mark.parametrize("account", account_names())
def test_where_nothing_comes_of_it_members_ring_each_other_and_live_the_twins_life(account, name):
    told, arm = load_account(account), small_arm(name, **EVERYTHING)
    arm = replace(arm, values={**arm.values, **{key: told.values[key] for key in told.origins}})
    nothing, twin = people_of(nothing_comes_of_it(arm)), people_of(arm.twin)
    assert nothing.calls_answered.sum() > 0
    assert people_of(arm_with(arm, ())).calls_answered.sum() == 0
    assert nothing.meetings.sum() > 50
    for state in STATES:
        assert np.array_equal(nothing[state], twin[state]), state


def test_a_net_that_breaks_lets_nobody_down_where_contact_is_off():
    contact = next(mechanism for mechanism in MECHANISMS if mechanism.name == "contact")
    assert {"meeting.assured_eases", "meeting.let_down", "meeting.broken", *CHANNELS} <= set(contact.off)


@pytest.mark.parametrize("left_on", ["contact.relief", "ties.isolation_per_tie", "meeting.burden", "meeting.learn"])
def test_each_size_that_is_turned_off_has_to_be(left_on):
    arm = small_arm("groupB", **EVERYTHING)
    almost = nothing_comes_of_it(arm).with_values("", "", {left_on: arm.values[left_on]})
    nothing, twin = people_of(almost), people_of(arm.twin)
    assert any(not np.array_equal(nothing[state], twin[state]) for state in STATES)


def test_with_everything_at_work_nothing_is_changed():
    arm = small_arm()
    assert arm_with(arm, NAMES).values == arm.values
    assert arm_with(arm, mechanisms_on(ALL_ON)).life_digest == arm.life_digest


@pytest.mark.parametrize("world", range(WORLDS))
def test_only_what_a_group_does_is_changed(world):
    arm = small_arm()
    other = arm_with(arm, mechanisms_on(world))
    changed = {name for name in PARAMETERS if other.values[name] != arm.values[name]}
    assert {name.split(".")[0] for name in changed} <= {
        "meeting", "group", "contact", "ties", "episodes", "organising", "clinician",
    }  # fmt: skip
    for name in changed:
        check_value(name, other.values[name], name)
    # Nobody's life without a group depends on it.
    twin = {**other.values, "group.exists": False, "run.seed": 5}
    assert Life(twin).digest() == Life({**arm.twin.values, "run.seed": 5}).digest()


def test_company_and_likeness_share_what_a_tie_takes_away():
    arm = small_arm()
    per_tie, weight = arm.values["ties.isolation_per_tie"], arm.values["ties.likeness_weight"]

    def taken(world, likeness):
        values = arm_with(arm, world).values
        share = values["ties.likeness_weight"]
        return values["ties.isolation_per_tie"] * (1 - share + share * likeness)

    for likeness in (0.0, 0.3, 1.0):
        both = per_tie * (1 - weight + weight * likeness)
        assert taken(["company", "likeness"], likeness) == pytest.approx(both)
        assert taken(["company"], likeness) + taken(["likeness"], likeness) == pytest.approx(both)
        assert taken([], likeness) == 0.0


def test_worlds_are_numbered_by_their_mechanisms():
    assert mechanisms_on(NONE_ON) == ()
    assert mechanisms_on(ALL_ON) == NAMES
    assert mechanisms_on(0b101) == (NAMES[0], NAMES[2])
    assert len({arm_with(small_arm("groupB"), mechanisms_on(w)).life_digest for w in range(WORLDS)}) == WORLDS


def test_an_unknown_mechanism_is_refused():
    with pytest.raises(KeyError, match="kindness"):
        arm_with(small_arm(), ["kindness"])


def test_every_mechanism_says_what_it_is_and_names_parameters_that_exist():
    for mechanism in MECHANISMS:
        assert mechanism.words
        assert set(mechanism.off) <= set(PARAMETERS)
    taken = [name for mechanism in MECHANISMS for name in mechanism.off]
    assert len(taken) == len(set(taken))
