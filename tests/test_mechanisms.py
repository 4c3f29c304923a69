"""Mechanisms that can be switched off alone: off is off, and each does what it is said to do and nothing else."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from sim.checks import check_value
from sim.life import Life
from sim.parameters import PARAMETERS, defaults, packed
from sim.parameters.mechanisms import (
    COMPANY,
    HARM,
    LEARNING,
    MECHANISMS,
    PEOPLE,
    SAFE_SPACE,
    SAFETY_NET,
    SAME_BOAT,
    in_effect,
)
from sim.scenario import load, load_account
from tests.builders import SCENARIOS

BENEFITS = (COMPANY, SAFE_SPACE, SAME_BOAT, LEARNING, SAFETY_NET)
SMALL = {"people.residents": 30, "run.lead_in_weeks": 8, "run.weeks": 156}
OFTEN = {"joining.publicity_per_year": 4.0, "joining.visit_per_year": 8.0}  # so that many come in a small town
NAMES = [mechanism.name for mechanism in MECHANISMS]
# How somebody is, as far as mechanisms are meant to move it.
HOW_ONE_IS = (
    "isolation", "stigma", "understanding", "coping", "distress", "strain", "episodes", "told_outside", "told_accepted",
    "found_out", "guilt", "difference", "label_hurt", "urge", "hard_days", "services_contacts", "distress_total",
)  # fmt: skip


# What is declared.


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=NAMES)
def test_every_mechanism_has_a_switch_with_words_and_a_source(mechanism):
    switch = PARAMETERS[f"mechanisms.{mechanism.name}"]
    assert switch.kind is bool
    assert switch.default is mechanism.on
    assert mechanism.meaning in switch.meaning
    assert mechanism.source in switch.source
    assert mechanism.belongs_to in (*BENEFITS, HARM, PEOPLE, "group life")


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=NAMES)
def test_the_sizes_of_a_mechanism_exist_and_may_be_nothing(mechanism):
    for name in mechanism.effects:
        p = PARAMETERS[name]
        assert p.low <= 0 <= p.high
        assert check_value(name, p.kind(0), name) == 0


def test_no_size_belongs_to_two_mechanisms():
    sizes = [name for mechanism in MECHANISMS for name in mechanism.effects]
    assert len(set(sizes)) == len(sizes)
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=NAMES)
def test_off_is_nothing_in_what_rules_read_and_on_is_what_was_said(mechanism):
    said = {name: PARAMETERS[name].kind(PARAMETERS[name].high) for name in mechanism.effects}
    everything_on = defaults() | {f"mechanisms.{name}": True for name in NAMES}
    on = packed(everything_on | said)[0]
    off = packed(everything_on | said | {f"mechanisms.{mechanism.name}": False})[0]
    for name in on.dtype.names:
        if name == f"mechanisms_{mechanism.name}":
            assert (bool(on[name]), bool(off[name])) == (True, False)
        elif name in {effect.replace(".", "_") for effect in mechanism.effects}:
            assert on[name] == said[name.replace("_", ".", 1)] != 0
            assert off[name] == 0
        else:
            assert on[name] == off[name]


def test_what_a_scenario_says_of_a_size_is_kept_while_its_mechanism_is_off():
    values = defaults() | {"mechanisms.calls": False, "contact.relief": 0.4}
    assert in_effect(values)["contact.relief"] == 0.0
    assert values["contact.relief"] == 0.4
    assert in_effect(values | {"mechanisms.calls": True})["contact.relief"] == 0.4


# Lives.


def values_under(account, name="groupA", **changes):
    town = load(SCENARIOS / f"{name}.yaml").with_values(SMALL)
    return town.with_account(load_account(account)).values | changes


@functools.cache
def lived(account, name="groupA", seed=1, exists=True, often=True, off=None):
    values = values_under(account, name) | {"run.seed": seed} | (OFTEN if often else {})
    values |= {"group.exists": exists and values["group.exists"]} | ({f"mechanisms.{off}": False} if off else {})
    life = Life(values, history_every=26)
    life.live()
    return life


def moved(account, **where):
    """In which of these people are not as their twins, for those who ever came; with how many came."""
    here, twins = lived(account, **where), lived(account, **where, exists=False)
    came = here.world.people.joined_week >= 0
    different = {name for name in HOW_ONE_IS if (here.world.people[name][came] != twins.world.people[name][came]).any()}
    different |= {"ways"} if (here.world.ways[came] != twins.world.ways[came]).any() else set()
    return different, int(came.sum())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", ["groupA", "groupB", "judging", "befriending"])
def test_where_meeting_does_nothing_everybody_is_exactly_as_her_or_his_twin(name, seed):
    here, twins = (lived("nothing", name, seed, exists) for exists in (True, False))
    assert here.world.group[0].meetings > 20
    assert here.weeks.members.max() >= 4
    for week in range(len(here.history)):
        for state in HOW_ONE_IS:
            one, other = here.history[week][state], twins.history[week][state]
            assert one.tobytes() == other.tobytes(), (state, week)
    assert here.world.ways.tobytes() == twins.world.ways.tobytes()
    came = here.world.people.joined_week >= 0
    assert (here.world.people.trust[came] != twins.world.people.trust[came]).any()
    assert here.world.ties.any()


MOVES = {
    "company": ({"isolation", "distress", "stigma"}, {"understanding", "guilt", "difference", "label_hurt", "ways"}),
    "safe-space": ({"stigma", "guilt", "label_hurt", "distress"}, {"understanding", "difference", "ways"}),
    "same-boat": ({"difference", "isolation", "stigma"}, {"understanding", "guilt", "label_hurt", "ways"}),
    "learning": ({"understanding", "coping", "ways", "distress"}, {"difference", "guilt", "label_hurt"}),
    "safety-net": ({"distress"}, {"understanding", "difference", "guilt", "label_hurt", "ways"}),
    "contagion": ({"distress", "stigma"}, {"understanding", "difference", "guilt", "label_hurt", "ways"}),
    "full": (
        {"isolation", "stigma", "understanding", "coping", "ways", "distress", "guilt", "difference", "label_hurt"},
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("account", MOVES)
@pytest.mark.parametrize("name", ["groupA", "groupB"])
def test_each_account_moves_what_it_speaks_of_and_not_what_it_does_not(account, name):
    different, came = moved(account, name=name)
    moves, rests = MOVES[account]
    assert came > 5
    assert moves <= different
    assert not rests & different
    assert "urge" not in different


@pytest.mark.parametrize("account", ["nothing", *MOVES])
def test_whoever_never_came_is_as_her_or_his_twin_under_every_account(account):
    here, twins = (lived(account, exists=exists, often=False) for exists in (True, False))
    never = here.world.people.joined_week < 0
    assert never.sum() > 5
    for name in here.world.people.dtype.names:
        if name not in ("status", "heard_of", "visiting"):
            assert here.world.people[name][never].tobytes() == twins.world.people[name][never].tobytes(), name
    assert here.world.ways[never].tobytes() == twins.world.ways[never].tobytes()


@pytest.mark.parametrize("account", ["nothing", *MOVES])
def test_ups_and_downs_are_the_same_for_everybody_in_every_condition(account):
    here, twins = (lived(account, exists=exists) for exists in (True, False))
    for name in ("urge", "urge_gain", "stressor", "circumstances", "decline", "luck", "living"):
        assert here.world.people[name].tobytes() == twins.world.people[name].tobytes(), name


def test_only_a_safety_net_is_counted_on():
    assert lived("safety-net").history.assured.max() > 0.0
    for account in ("nothing", "company", "safe-space", "same-boat", "learning", "contagion"):
        assert not lived(account).history.assured.any()


# Under the paper's account each of its mechanisms does something, and can be switched off alone.

EVENTFUL = {
    "group.acceptance": 0.7, "group.mechanics": 0.3, "group.labelling": 0.2, "group.breach_prob": 0.02,
    "outside.services_per_year": 12.0, "outside.tell_per_year": 4.0, "people.episode_rate_mean": 1.0,
    "organising.room_loss_per_year": 3.0, "organising.room_found_per_year": 6.0, "leaving.friction_prob": 0.1,
    "outside.found_out_prob": 0.05, "organising.roomless_weeks": 4, "organising.clinician_leaves_per_year": 0.5,
    "leaving.follow": 0.9, "leaving.split": 0.9, "leaving.crowd": 2,
}  # fmt: skip
# What befalls a group that lasts.
LASTING = {
    "leaving.friction_prob": 0.0, "leaving.moving_on_per_year": 2.0, "leaving.low_strain": 2.0,
    "joining.door_closes_per_year": 20.0, "joining.door_members": 3, "joining.door_opens": 2,
}  # fmt: skip
OF_LASTING_GROUPS = {"moving_on", "organiser_lost", "door"}


@functools.cache
def eventful(lasting, off=None):
    values = values_under("full", "groupA", **LASTING) if lasting else values_under("full", "groupB", **EVENTFUL)
    life = Life(values | OFTEN | ({f"mechanisms.{off}": False} if off else {}))
    life.live()
    return life


@pytest.mark.parametrize("name", [name for name in NAMES if name != "copying"])
def test_each_mechanism_switched_off_alone_changes_something_under_the_papers_account(name):
    with_it, without = (eventful(name in OF_LASTING_GROUPS, off) for off in (None, name))
    assert with_it.values[f"mechanisms.{name}"] is True
    people, others = with_it.world.people, without.world.people
    assert [field for field in people.dtype.names if (people[field] != others[field]).any()]


def test_copying_is_the_rival_of_ways_and_off_in_the_papers_account():
    values = values_under("full")
    assert (values["mechanisms.copying"], values["mechanisms.ways"]) == (False, True)
    assert (values_under("first")["mechanisms.copying"], values_under("first")["mechanisms.ways"]) == (True, False)


def test_a_size_of_nothing_and_a_mechanism_that_is_off_give_the_same_life():
    for mechanism in MECHANISMS:
        values = values_under("full") | {"run.weeks": 60, "people.residents": 16} | OFTEN
        if mechanism.name in ("ways", "guilt", "alike", "assurance", "swings", "no_room"):
            continue  # these hold a state too, or have no size
        off = Life(values | {f"mechanisms.{mechanism.name}": False})
        nothing = Life(values | {name: PARAMETERS[name].kind(0) for name in mechanism.effects})
        off.live()
        nothing.live()
        for name in off.world.people.dtype.names:
            assert np.array_equal(off.world.people[name], nothing.world.people[name]), (mechanism.name, name)
