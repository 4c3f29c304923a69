"""Small worlds for tests: a few people, given states, and everything else at rest.

A rule is tested by building a world in which only that rule's own arithmetic is left, running the
rule once, and looking at what it did. Rules called from Python run as plain Python.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim import draws
from sim.codes import NUMBERS, PLACES, WAYS
from sim.maths import log_odds
from sim.parameters import PARAMETERS, defaults, packed
from sim.parameters.mechanisms import MECHANISMS
from sim.scenario import load
from sim.state import CONTACTS, EVENTS, GROUP, MEMBER, PEOPLE, TRAITS, World, dtype_of, records

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = ROOT / "scenarios"
RULES = ROOT / "sim" / "rules"

SOME_WEEK = 20
SOME_DAY = 7 * SOME_WEEK + 2  # a Wednesday
FOREVER = 1_000_000

# Traits and states of everybody in a small world, unless a test says otherwise.
PLAIN_TRAITS = {
    "arrives_week": 0, "departs_week": FOREVER, "age": 40.0, "onset_age": 15.0, "woman": True, "service_user": True,
    "isolation_set": 0.5, "stigma_set": 0.5, "understanding_set": 0.5, "coping_set": 0.5, "baseline_distress": 0.5,
    "outside_support": 0.5, "responsiveness": 1.0, "position": 0.5, "barrier": 0.0, "hard_day_threshold": 0.5,
    "episode_rate": 0.0,
}  # fmt: skip
PLAIN_STATES = {
    "living": True, "resident": True, "isolation": 0.5, "stigma": 0.5, "understanding": 0.5, "coping": 0.5,
    "trust": 0.5, "distress": 0.5, "distress_felt": 0.5, "luck": 0.5, "strain": 0.2, "need": 1.0, "decline": 1.0,
    "energy": 1.0,
}  # fmt: skip


def inert_parameters():
    """Parameters with which no rate, effect or influence does anything.

    Events have a strength of one, so that an effect in a test is the number that stands there.
    The averages of isolation and of stigma are 0.5, that of distress is 0.2. A mechanism that the first model did
    not have is off; a test that switches it on finds its sizes at zero, and says which it wants.
    """
    values = defaults()
    for name, p in PARAMETERS.items():
        if p.unit == "fraction per event" or "per year" in p.unit:
            values[name] = 0.0
    values |= {name: PARAMETERS[name].kind(0) for one in MECHANISMS if not one.on for name in one.effects}
    values |= {
        "people.isolation_a": 2.0, "people.isolation_b": 2.0, "people.stigma_a": 2.0, "people.stigma_b": 2.0,
        "people.distress_a": 2.0, "people.distress_b": 8.0,
        "life.circumstances_effect": 0.0, "life.distress_carry_over": 0.0, "life.distress_sd": 0.0,
        "life.distress_from_isolation": 0.0, "life.distress_from_stigma": 0.0, "life.distress_from_stressor": 0.0,
        "episodes.coping_protection": 0.0, "episodes.social_influence": 0.0, "episodes.mechanics_influence": 0.0,
        "episodes.natural_decline_per_year": 0.0,
        "group.acceptance": 1.0, "group.wider_life": 0.0, "group.breach_prob": 0.0,
        "meeting.strength": 1.0, "meeting.share_floor": 1.0, "meeting.attend_floor": 1.0,
        "meeting.attend_distress": 0.0, "meeting.turns_per_hour": 60.0,
        "meeting.tell_episode": 0.0, "meeting.help_prob": 0.0,
        "meeting.copy_poor_coping": 0.0,
        "ties.isolation_per_tie": 0.0, "ties.isolation_per_support": 0.0, "contact.texts_per_week": 0.0,
        "joining.referral_prob": 0.0,
        "leaving.fit_effect": 0.0, "leaving.welcome_effect": 0.0, "leaving.companion_odds_ratio": 1.0,
        "leaving.weak_ties": 0.0, "leaving.low_trust": 0.0, "leaving.no_need": 0.0,
        "organising.volunteer_prob": 0.0, "run.lead_in_weeks": 0,
    }  # fmt: skip
    return values


def town(people=2, parameters=None, **traits):
    """A world of so many residents and no group. ``traits``: the same for everybody, or one for each."""
    world = World(
        key=draws.key_of_seed(1),
        params=packed(inert_parameters() | (parameters or {})),
        traits=records(TRAITS, people),
        people=records(PEOPLE, people),
        group=records(GROUP, 1),
        ties=np.zeros((people, people)),
        hours=np.zeros((people, people)),
        contacts=np.zeros((people, people), dtype=dtype_of(CONTACTS)).view(np.recarray),
        circle=np.zeros(people, dtype=np.int64),
        events=records(EVENTS, 100),
        ways=np.zeros((people, WAYS)),
        ways_set=np.zeros((people, WAYS)),
        places=np.zeros((PLACES, people), dtype=np.int64),
        numbers=np.zeros((NUMBERS, people)),
    )
    world.traits.id = np.arange(people)
    for name, value in (PLAIN_TRAITS | traits).items():
        world.traits[name] = value
    for name, value in PLAIN_STATES.items():
        world.people[name] = value
    for i in range(people):
        world.traits[i].baseline_log_odds = log_odds(world.traits[i].baseline_distress)
    return world


def group_of(people=3, parameters=None, outsiders=0, **traits):
    """A town with an open group: the first so many people are its members, the rest are outsiders."""
    world = town(people + outsiders, parameters, **traits)
    g = world.group[0]
    g.open, g.venue = True, True
    g.funded = world.params[0].organising_funded
    for i in range(people):
        me = world.people[i]
        me.status, me.joined_week, me.first_joined_week = MEMBER, 0, 0
        me.last_attended_day = SOME_DAY
        world.circle[i] = i
        g.circle += 1
    return world


def meeting_of(people=3, parameters=None, outsiders=0, **traits):
    """A group of which all members are at a meeting today."""
    world = group_of(people, parameters, outsiders, **traits)
    g = world.group[0]
    g.met_today, g.present, g.meetings_this_week = True, people, 1
    world.people.present[:people] = True
    return world


def befriend_pair(world, i, j, tie):
    """Give two people a tie."""
    world.ties[i, j] = world.ties[j, i] = tie


def make_organiser(world, i):
    """Let this member organise the group."""
    world.people[i].organiser = True
    world.group[0].organisers += 1


def story(world):
    """The group's story as (what, who, why)."""
    return [(int(e.kind), int(e.row), int(e.reason)) for e in world.events[: int(world.group[0].events)]]


def snapshot(world):
    """A copy of all that rules can change, by name."""
    parts = {name: world.people[name].copy() for name in world.people.dtype.names}
    parts |= {f"group.{name}": world.group[name].copy() for name in world.group.dtype.names}
    parts |= {name: getattr(world, name).copy() for name in ("ties", "hours", "circle", "ways", "ways_set")}
    parts |= {f"traits.{name}": world.traits[name].copy() for name in world.traits.dtype.names}
    parts |= {f"params.{name}": world.params[name].copy() for name in world.params.dtype.names}
    return parts


def what_changed(world, rule, when):
    """Run a rule and name all that it changed: fields of people, ``group.`` fields, ties, hours, circle, ways."""
    before = snapshot(world)
    rule(world, when)
    after = snapshot(world)
    return {name for name in before if not np.array_equal(before[name], after[name])} - {"group.events"}


def same_bits(one, other):
    """Whether two arrays of records agree to the last bit, field by field (what pads a record may differ)."""
    return all(
        np.ascontiguousarray(one[name]).tobytes() == np.ascontiguousarray(other[name]).tobytes()
        for name in one.dtype.names
    )


def small_values(name="groupA", **changes):
    """A scenario's values for a short life of few people; ``changes`` as section__parameter=value."""
    values = dict(load(SCENARIOS / f"{name}.yaml").values)
    values |= {"people.residents": 24, "run.weeks": 60, "run.lead_in_weeks": 8}
    values |= {key.replace("__", ".", 1): value for key, value in changes.items()}
    assert set(values) == set(PARAMETERS), "a changed parameter does not exist"
    return values
