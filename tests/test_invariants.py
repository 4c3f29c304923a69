"""What must be true of every life, for any parameters that a scenario file accepts."""

from __future__ import annotations

import faulthandler
import math
import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.codes import FELL_OUT, ONE_VISIT_ONLY
from sim.life import Life
from sim.parameters import PARAMETERS
from sim.parameters.mechanisms import MECHANISMS
from sim.scenario import load, load_account
from sim.state import AS_FOUNDER, CLOSED, EVENTS, FORMER, GROUP, JOINED, LEFT, MEMBER, PEOPLE, TRAITS, WEEKS
from tests.builders import SCENARIOS, small_values

SHORT = {"people.residents": 12, "run.weeks": 30}
TOTALS = [field.name for field in PEOPLE if field.unit in ("count since week 0", "sum of days")]
RESET_ON_ARRIVING = {
    "distress_total", "days_lived", "hard_days", "hard_days_through", "episodes", "told_outside", "told_accepted",
    "services_contacts", "days_ended_hard",
}  # fmt: skip


def anything_for(p):
    """Any accepted value, the bounds and the default more often than others."""
    if p.kind is bool:
        return st.booleans()
    if p.kind is list:
        return st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)
    inside = st.integers(int(p.low), int(p.high)) if p.kind is int else st.floats(p.low, p.high)
    return st.just(p.default) | st.sampled_from([p.low, p.high]).map(p.kind) | inside


def lives():
    """Parameters of short lives, anywhere in the accepted range."""
    every = {p.dotted: anything_for(p) for p in PARAMETERS.values()}
    every |= {name: st.just(value) for name, value in SHORT.items()}
    every["run.lead_in_weeks"] = st.integers(0, 8)
    every["group.exists"] = st.sampled_from([True, True, True, False])
    return st.fixed_dictionaries(every)


def within(record, fields, nan_where=()):
    """Every field of an array of records is in its declared range."""
    for field in fields:
        values = np.asarray(record[field.name], dtype=float)
        if field.name in nan_where:
            values = values[~np.isnan(values)]
        assert np.isfinite(values).all(), f"{field.name} is not finite: {values[~np.isfinite(values)][:3]}"
        if field.low is not None:
            assert (values >= field.low).all(), f"{field.name} below {field.low}: {values.min()}"
        if field.high is not None:
            assert (values <= field.high).all(), f"{field.name} above {field.high}: {values.max()}"


def check_states(life):
    world, row = life.world, life.weeks[life.week - 1]
    within(world.people, PEOPLE)
    within(world.group, GROUP)
    for skills in (world.ways, world.ways_set):
        assert ((skills >= 0.0) & (skills <= 1.0)).all(), "a skill that is no proportion"
    within(life.story, EVENTS)
    nobody = {name for name in row.dtype.names if name.startswith("members_")} if row.members == 0 else set()
    nobody |= {name for name in row.dtype.names if name.startswith("residents_")} if row.residents == 0 else set()
    nobody |= {"tie_mean"} if row.members < 2 else set()
    within(row, WEEKS, nan_where=nobody)


def check_ties(world):
    assert (world.ties == world.ties.T).all()
    assert (world.ties >= 0.0).all()
    assert (world.ties <= 1.0).all()
    assert not world.ties.diagonal().any()
    assert not world.hours.any(), "hours are left over at the week's end"
    never_came = np.ones(len(world.people), dtype=bool)
    never_came[world.circle[: world.group[0].circle]] = False
    assert not world.ties[never_came].any(), "a tie with somebody who never came"


def check_people(life, week):
    world, values = life.world, life.values
    people, traits, g = world.people, world.traits, world.group[0]
    resident = (traits.arrives_week <= week) & (week < traits.departs_week)
    living = (traits.arrives_week - values["run.lead_in_weeks"] <= week) & (week < traits.departs_week)
    assert (people.resident == resident).all()
    assert (people.living == living).all()
    member = people.status == MEMBER
    assert (~member | people.resident).all(), "a member who does not live here"
    assert (~people.organiser | member).all(), "an organiser who is not a member"
    assert people.organiser.sum() == g.organisers
    circle = world.circle[: g.circle]
    assert len(set(circle.tolist())) == g.circle
    assert set(circle.tolist()) == set(np.flatnonzero(people.joined_week >= 0).tolist())
    assert ((people.first_joined_week >= 0) == (people.joined_week >= 0)).all()
    assert (people.first_joined_week <= people.joined_week).all()
    assert (~member | (people.joined_week >= 0)).all()
    assert ((people.status == FORMER) <= (people.left_week >= 0)).all()
    for kind, rule in (("group.women_only", "woman"), ("group.service_users_only", "service_user")):
        if values[kind]:
            assert (~member | traits[rule]).all()
    assert member.sum() <= values["group.places"]
    if not g.open:
        assert not member.any()
        assert not people.visiting.any()
        assert g.organisers == 0
    assert (people.visiting <= (resident & ~member)).all()


def check_counts(life, before, row):
    people = life.world.people
    arrived = people.resident & ~before.resident
    for name in TOTALS:
        falls = people[name] < before[name]
        if name in RESET_ON_ARRIVING:
            falls &= ~arrived
        assert not falls.any(), f"{name} falls"
    assert (people.hard_days_through <= people.hard_days).all()
    assert (people.hard_days <= people.days_lived).all()
    assert (people.hard_days_through_this_week <= people.hard_days_this_week).all()
    with_episodes = people.hard_days_this_week - people.hard_days_through_this_week
    assert (with_episodes <= people.episodes_this_week).all(), "a hard day neither got through nor with an episode"
    assert (people.told_accepted <= people.told_outside).all()
    assert (people.calls_answered <= people.calls_made).all()
    assert (people.line_answered <= people.line_calls).all()
    assert people.calls_taken.sum() == people.calls_answered.sum() + people.line_answered.sum()
    assert (people.shares_self_harm <= people.shares).all()
    assert (people.shares_judged <= people.shares_self_harm).all()
    assert (people.shares <= people.meetings).all()
    assert people.texts.sum() % 2 == 0
    assert life.world.group[0].attendances == people.meetings.sum()
    assert row.members == (people.status == MEMBER).sum()
    assert row.residents == people.resident.sum()
    assert row.attendances <= row.meetings * (row.members + len(people))
    gone_quiet = ~before.living & ~people.living
    assert (people.days_lived[gone_quiet] == before.days_lived[gone_quiet]).all()


def check_group(life, was_open):
    row = life.weeks[life.week - 1]
    if not was_open:
        assert row.meetings == 0
        assert row.socials == 0
    if life.week > 1 and not was_open:
        assert not row.open, "a closed group opens again"
    kinds = [int(event.kind) for event in life.story]
    assert kinds.count(CLOSED) <= 1
    if CLOSED in kinds:
        assert kinds[-1] == CLOSED, "something happened to the group after its end"
    expected = life.world.people.expected.sum()
    assert expected == 0, "somebody has not decided by the week's end"
    if life.world.group[0].events > len(life.world.events):
        return  # there is no room for more of the story, at the far ends of the accepted range
    members = set(np.flatnonzero(life.world.people.heard_of == AS_FOUNDER).tolist())
    for event in life.story:
        row = int(event.row)
        if event.kind == JOINED:
            assert row not in members, "joined twice"
            members.add(row)
        elif event.kind == LEFT and row in members:
            members.remove(row)
        elif event.kind == LEFT:
            assert event.reason in (ONE_VISIT_ONLY, FELL_OUT), "somebody left who was no member, nor came to a visit"
    assert members == set(np.flatnonzero(life.world.people.status == MEMBER).tolist())


def live_and_check(values):
    life = Life(values)
    within(life.traits, TRAITS)
    for _ in range(life.total_weeks):
        before, was_open = life.world.people.copy(), bool(life.world.group[0].open) or life.week == 0
        life.live(1)
        row = life.weeks[life.week - 1]
        check_states(life)
        check_ties(life.world)
        check_people(life, life.lead_in + life.week - 1)
        check_counts(life, before, row)
        check_group(life, was_open)
    return life


EVERY_MECHANISM = {p.dotted: True for p in PARAMETERS.values() if p.section == "mechanisms"} | {
    "people.correlated": True, "people.balanced": True,
}  # fmt: skip

EXTREMES = {
    "all rates at their highest": {p.dotted: p.high for p in PARAMETERS.values() if "per year" in p.unit},
    "all events at full strength": {p.dotted: 1.0 for p in PARAMETERS.values() if p.unit == "fraction per event"},
    "nothing has any effect": {p.dotted: 0.0 for p in PARAMETERS.values() if p.unit == "fraction per event"},
    "as distressed and propense as can be": {
        "people.distress_a": 100.0, "people.distress_b": 0.1, "people.episode_rate_mean": 10.0,
        "people.episode_rate_shape": 0.05, "episodes.social_influence": 5.0, "episodes.coping_protection": 0.0,
    },
    "everybody at one end or the other": {
        p.dotted: 0.1 for p in PARAMETERS.values() if p.section == "people" and p.unit == "shape"
    },
    "everybody alike": {
        p.dotted: 100.0 for p in PARAMETERS.values() if p.section == "people" and p.name[-2:] in ("_a", "_b")
    },
    "people come and go": {
        "people.mean_stay_years": 0.5, "joining.publicity_per_year": 52.0, "joining.visit_per_year": 520.0,
    },
    "the shortest half-lives": {p.dotted: p.low for p in PARAMETERS.values() if "half_life" in p.name},
    "the longest half-lives": {p.dotted: p.high for p in PARAMETERS.values() if "half_life" in p.name},
    "few people's thresholds, responsiveness and understanding differ, and mechanics matter": {
        "people.understanding_b": 94.75, "people.responsiveness_b": 100.0, "people.threshold_a": 58.34,
        "people.threshold_b": 100.0, "meeting.mechanics_upset": 0.05, "ties.isolation_per_tie": 0.0,
    },
    "every mechanism on": EVERY_MECHANISM,
    "every mechanism off": {name: False for name in EVERY_MECHANISM},
    "the widest swings": EVERY_MECHANISM | {p.dotted: p.high for p in PARAMETERS.values() if p.name.endswith("_swing")},
    "everybody falls out and is driven out": EVERY_MECHANISM | {
        "leaving.friction_prob": 1.0, "leaving.drives_out": 1.0, "leaving.follow": 1.0, "leaving.split": 1.0,
        "joining.publicity_per_year": 52.0, "joining.visit_per_year": 52.0,
    },
    "the most burdened and the least": EVERY_MECHANISM | {
        p.dotted: p.low if p.default < 0 else p.high for p in PARAMETERS.values() if p.name.startswith("burden_")
    },
    "ways of coping that all or none know": EVERY_MECHANISM | {
        "people.ways_known": 1.0, "people.coping_a": 100.0, "people.coping_b": 0.1, "episodes.way_fails": 1.0,
    },
    "every day a meeting": {"group.meeting_days": list(range(7)), "group.meeting_hours": 12.0, "group.meal_hours": 6.0},
}  # fmt: skip


@pytest.mark.parametrize("what", EXTREMES)
@pytest.mark.parametrize("name", ["groupA", "groupB"])
def test_invariants_hold_at_the_ends_of_the_accepted_range(name, what):
    values = dict(load(SCENARIOS / f"{name}.yaml").values) | SHORT | {"run.lead_in_weeks": 4}
    changes = {k: PARAMETERS[k].kind(v) for k, v in EXTREMES[what].items()}
    live_and_check(values | changes)


@settings(max_examples=40)
@given(lives())
def test_invariants_hold_anywhere_in_the_accepted_range(values):
    live_and_check(values)


@settings(max_examples=40)
@given(lives(), st.sampled_from([None, *(one.name for one in MECHANISMS)]))
def test_with_every_mechanism_on_but_one_states_stay_in_their_ranges_and_twins_exact(values, off):
    values = values | EVERY_MECHANISM | ({f"mechanisms.{off}": False} if off else {})
    here, twins = live_and_check(values | {"group.exists": True}), live_and_check(values | {"group.exists": False})
    never = here.world.people.joined_week < 0
    for name in PEOPLE:
        if name.name not in ("status", "heard_of", "visiting"):
            one, other = here.world.people[name.name], twins.world.people[name.name]
            assert one[never].tobytes() == other[never].tobytes(), name.name
    assert here.world.ways[never].tobytes() == twins.world.ways[never].tobytes()
    for name in ("urge", "urge_gain", "stressor", "circumstances", "decline", "luck", "days_lived"):
        assert here.world.people[name].tobytes() == twins.world.people[name].tobytes(), name


@settings(max_examples=30)
@given(lives(), st.sampled_from(["groupA", "groupB", "judging", "befriending"]))
def test_where_no_mechanism_leads_from_meeting_to_how_one_is_all_are_their_twins(values, name):
    # Whatever the sizes: those of mechanisms that are off are nothing. Money for the line and referral are the group's.
    said = load(SCENARIOS / f"{name}.yaml").with_account(load_account("nothing")).values
    values = values | {k: said[k] for k in said if k.startswith("mechanisms.")}
    here, twins = live_and_check(values | {"group.exists": True}), live_and_check(values | {"group.exists": False})
    for state in ("isolation", "stigma", "understanding", "coping", "distress", "strain", "episodes", "told_outside",
                  "guilt", "difference", "label_hurt", "urge", "services_contacts"):  # fmt: skip
        assert here.world.people[state].tobytes() == twins.world.people[state].tobytes(), state


@settings(max_examples=20)
@given(
    st.sampled_from(["groupA", "groupB", "absent", "befriending", "judging"]),
    st.integers(0, 2**63 - 1),
    st.fixed_dictionaries(
        {
            p.dotted: st.floats(*p.plausible) if p.kind is float else st.integers(*map(int, p.plausible))
            for p in PARAMETERS.values()
            if p.plausible is not None and p.dotted != "people.residents"
        }
    ),
)
@example("groupA", 0, {})
@example("groupB", 2**63 - 1, {})
def test_invariants_hold_in_the_conditions_of_the_paper(name, seed, plausible):
    live_and_check(
        dict(load(SCENARIOS / f"{name}.yaml").values) | plausible | SHORT | {"run.seed": seed, "run.lead_in_weeks": 8}
    )


def test_a_long_life_has_a_beginning_and_an_end():
    life = live_and_check(small_values("groupB", run__weeks=300, leaving__per_year=2.0))
    g = life.world.group[0]
    assert not g.open
    assert g.closed_week >= life.lead_in
    assert life.weeks.meetings[:5].sum() > 0
    assert life.weeks.meetings[-5:].sum() == 0


def anywhere(seed):
    """Parameters of a short life, anywhere in the accepted range, at its ends, near nought or by default."""
    luck = random.Random(seed)
    values = {name: _anywhere(p, luck) for name, p in PARAMETERS.items()}
    values["people.residents"] = luck.choice([2, 5, 20, 60])
    values |= {"run.weeks": luck.choice([1, 10, 60]), "run.lead_in_weeks": luck.choice([0, 4, 20])}
    if luck.random() < 0.01:  # as many as there can be
        values |= {"people.residents": 2000, "run.weeks": 2, "run.lead_in_weeks": 1}
    return values


def _anywhere(p, luck):
    if p.kind is bool:
        return luck.random() < 0.5
    if p.kind is list:
        return luck.sample(range(7), luck.randint(1, 7))
    small = math.exp(luck.uniform(math.log(max(p.low, 1e-9)), math.log(p.high)))
    value = luck.choice([p.default, p.low, p.high, luck.uniform(p.low, p.high), min(max(small, p.low), p.high)])
    return min(max(round(value), p.low), p.high) if p.kind is int else float(value)


@pytest.mark.slow
def test_three_thousand_lives_anywhere_in_the_accepted_range():
    faulthandler.dump_traceback_later(1800, exit=True)  # a week that does not end is stopped, and says where
    for seed in range(3000):
        try:
            life = Life(anywhere(seed))
            within(life.traits, TRAITS)
            life.live()
            check_states(life)
            check_ties(life.world)
            check_people(life, life.lead_in + life.week - 1)
        except BaseException as error:
            error.add_note(f"tests.test_invariants.anywhere({seed})")
            raise
    faulthandler.cancel_dump_traceback_later()
