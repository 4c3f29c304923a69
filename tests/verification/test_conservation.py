"""Nothing is lost and nothing comes from nowhere: checks after every week of long lives."""

from __future__ import annotations

import numpy as np
import pytest

from sim.life import Life
from sim.scenario import load
from sim.state import (
    AS_FOUNDER,
    CLOSED,
    FIRST_VISIT,
    JOINED,
    LEFT,
    MEMBER,
    ORGANISER_OFF,
    ORGANISER_ON,
    PEOPLE,
    UNAWARE,
)
from tests.builders import SCENARIOS
from tests.verification.closed_forms import YEAR

pytestmark = pytest.mark.slow

WEEKS = 20 * YEAR
NAMES = ("base", "groupA", "groupB", "absent", "befriending", "judging")
# Things that happen to a group, more often than in any scenario, so that long lives see all of them.
EVENTFUL = {
    "group.breach_prob": 0.1, "organising.room_loss_per_year": 1.0, "organising.funding_loss_per_year": 0.5,
    "people.mean_stay_years": 4.0, "leaving.per_year": 0.2, "joining.publicity_per_year": 1.0, "group.mechanics": 0.1,
    "group.pressure_to_stop": 0.1, "group.phone_line": True, "joining.former_return": 0.8,
    "joining.visit_per_year": 3.0,
    "organising.volunteer_prob": 0.5, "organising.unled_weeks": 52, "organising.low_weeks": 52,
}  # fmt: skip
PARTS = (
    ("calls_made", "calls_answered"), ("line_calls", "line_answered"), ("shares", "shares_self_harm"),
    ("shares_self_harm", "shares_judged"), ("shares_heard", "help_given"), ("told_outside", "told_accepted"),
    ("hard_days", "hard_days_through"), ("days_lived", "hard_days"),
)  # fmt: skip
TOTALS = [f.name for f in PEOPLE if "since" in f.unit]


def lives():
    for name in NAMES:
        for changes in ({}, EVENTFUL):
            yield pytest.param(name, changes, id=f"{name}{'-eventful' if changes else ''}")


@pytest.mark.parametrize(("name", "changes"), list(lives()))
def test_every_week_of_a_long_life_adds_up(name, changes):
    values = {**load(SCENARIOS / f"{name}.yaml").values, **changes, "run.weeks": WEEKS, "run.seed": 11}
    life = Life(values)
    before = life.world.people.copy()
    closed = False
    for _ in range(WEEKS):
        life.live(1)
        week = life.lead_in + life.week - 1
        check_people(life, week)
        check_ties(life)
        check_group(life, closed)
        check_totals(life, before)
        closed = closed or bool(life.world.group[0].closed_week >= 0)
        before = life.world.people.copy()
    check_sums(life)
    check_story(life)
    g = life.world.group[0]
    print(f"  {name}: {life.week} weeks, {int((life.world.people.joined_week >= 0).sum())} people came, "
          f"{int(g.meetings)} meetings, {int(g.events)} entries in the story")  # fmt: skip


def check_people(life, week):
    people, traits, row = life.world.people, life.traits, life.weeks[life.week - 1]
    here = (traits.arrives_week <= week) & (week < traits.departs_week)
    assert np.array_equal(people.resident, here), "people live in the area from arriving to departing"
    assert row.residents == here.sum()
    members = people.status == MEMBER
    assert row.members == members.sum()
    assert not (members & ~here).any(), "a member lives in the area"
    assert row.members <= life.values["group.places"]
    assert not (people.organiser & ~members).any(), "an organiser is a member"
    assert row.organisers == people.organiser.sum() == life.world.group[0].organisers
    assert not people.expected.any(), "at a week's end nobody is still deciding whether to come back"
    assert np.all((people.heard_of == 0) <= (people.status == UNAWARE)), "who knows of the group has heard of it"
    if life.values["group.women_only"]:
        assert traits.woman[members].all()
    if life.values["group.service_users_only"]:
        assert traits.service_user[members].all()
    for field in PEOPLE:
        column = people[field.name]
        assert np.isfinite(column).all(), field.name
        if field.low is not None:
            assert column.min() >= field.low, field.name
        if field.high is not None:
            assert column.max() <= field.high, field.name


def check_ties(life):
    world = life.world
    assert np.array_equal(world.ties, world.ties.T), "ties are symmetric"
    assert not world.ties.diagonal().any(), "nobody has a tie with herself or himself"
    assert not world.hours.any(), "every hour of the week has been turned into ties"
    assert world.ties.min() >= 0.0
    assert world.ties.max() <= 1.0
    circle = world.circle[: world.group[0].circle]
    came = np.flatnonzero(world.people.joined_week >= 0)
    assert sorted(circle) == list(came), "the circle is everybody who ever came, once"
    outside = np.ones(len(world.people), dtype=bool)
    outside[circle] = False
    assert not world.ties[outside].any(), "who never came has no ties"


def check_group(life, closed_before):
    g, row, p = life.world.group[0], life.weeks[life.week - 1], life.values
    assert g.open == (p["group.exists"] and g.closed_week < 0)
    assert row.open == g.open
    if not g.open:
        assert row.members == row.organisers == 0
        assert not life.world.people.visiting.any()
    if closed_before:
        assert row.meetings == row.attendances == row.socials == 0
    assert row.meetings <= len(p["group.meeting_days"])
    assert row.attendances <= row.meetings * p["group.places"]
    assert not (g.weeks_unled and (g.organisers or g.clinician)), "weeks without anybody to lead are counted only then"


def check_totals(life, before):
    people = life.world.people
    was_here = before["resident"] & people.resident
    for name in TOTALS:
        assert np.all(people[name][was_here] >= before[name][was_here]), f"{name} never falls"
    lived = people.days_lived[was_here] - before["days_lived"][was_here]
    assert np.all(lived == 7)
    gone = ~people.living & ~before["living"]
    for name in TOTALS:
        assert np.array_equal(people[name][gone], before[name][gone]), f"{name} rests before and after living here"


def check_sums(life):
    people, g, weeks = life.world.people, life.world.group[0], life.weeks
    assert people.meetings.sum() == g.attendances == weeks.attendances.sum()
    assert g.meetings == weeks.meetings.sum()
    assert g.socials == weeks.socials.sum()
    assert people.texts.sum() % 2 == 0, "each text has two ends"
    assert people.calls_answered.sum() + people.line_answered.sum() == people.calls_taken.sum()
    for more, fewer in PARTS:
        assert np.all(people[more] >= people[fewer]), f"{fewer} is a part of {more}"


def check_story(life):
    """Replaying the story gives the members, the organisers, the joiners and the end, as the states have them."""
    story, people, g = life.story, life.world.people, life.world.group[0]
    assert len(story) == g.events, "no entry was lost"
    assert np.all(np.diff(story.week) >= 0)
    members = set(np.flatnonzero(people.heard_of == AS_FOUNDER).tolist())  # the opening names no founders
    organisers, left_week = set(), {}
    deciding = set()
    for entry in story:
        row = int(entry.row)
        if entry.kind == FIRST_VISIT:
            assert row not in members
            members.add(row)
            deciding.add(row)
        elif entry.kind == JOINED:
            assert row in deciding
            deciding.remove(row)
        elif entry.kind == LEFT:
            assert row in members
            members.remove(row)
            deciding.discard(row)
            organisers.discard(row)  # who leaves the group also leaves the organising
            left_week[row] = int(entry.week)
        elif entry.kind == ORGANISER_ON:
            assert row in members
            assert row not in organisers
            organisers.add(row)
        elif entry.kind == ORGANISER_OFF:
            organisers.remove(row)
        elif entry.kind == CLOSED:
            assert not members
            assert int(entry.week) == g.closed_week
            assert int(entry.reason) == g.closed_reason
    assert members == set(np.flatnonzero(people.status == MEMBER).tolist())
    assert organisers == set(np.flatnonzero(people.organiser).tolist())
    assert left_week == {int(i): int(people.left_week[i]) for i in np.flatnonzero(people.left_week >= 0)}
