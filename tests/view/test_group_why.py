"""Why something happened to the group: said of every kind of entry, with numbers that are those of its week."""

import math
import re
from functools import cache

import pytest

from sim import codes
from sim.life import Life
from sim.scenario import load, load_account
from tests.builders import SCENARIOS
from view.group_why import TOLD, group_told, per_cent
from view.panels import story
from view.snapshot import Snapshot, known_as

FEWER = {"run.weeks": 260, "run.lead_in_weeks": 10}
MUCH = {
    "joining.publicity_per_year": 2.0, "leaving.friction_prob": 0.02, "leaving.drives_out": 0.5,
    "joining.door_closes_per_year": 5.0, "leaving.moving_on_per_year": 1.0, "leaving.follow": 0.3, "leaving.split": 0.5,
    "organising.room_loss_per_year": 1.0, "organising.funding_loss_per_year": 1.0, "group.breach_prob": 0.02,
}  # fmt: skip
TOWNS = {
    "plain": ("groupA", None, {}),
    "much": ("groupB", "full", MUCH),
    "rooms": ("groupA", None, {"mechanisms.no_room": True, "organising.room_loss_per_year": 2.0,
                               "organising.room_found_per_year": 0.5}),
    "unled": ("groupA", None, {"organising.step_down_per_year": 12.0, "organising.volunteer_prob": 0.0}),
    "left": ("groupB", None, {"organising.handover": False, "organising.clinician_leaves_per_year": 2.0}),
}  # fmt: skip


@cache
def lives_of(town):
    """Some lives of a town with much going on."""
    name, account, changes = TOWNS[town]
    scenario = load(SCENARIOS / f"{name}.yaml")
    if account:
        scenario = scenario.with_account(load_account(account))
    found = []
    for seed in range(1, 6):
        life = Life({**scenario.values, **FEWER, **changes, "run.seed": seed})
        life.live(life.total_weeks)
        found.append(life)
    return found


def events(kind, *towns, reason=None):
    """Life and entry of each entry of a kind in these towns (in all, if none is named)."""
    return [(life, event) for town in towns or TOWNS for life in lives_of(town) for event in life.story
            if event.kind == kind and reason in (None, event.reason)]  # fmt: skip


def told(life, event):
    """All that is said of an entry."""
    return " ".join(group_told(life.values, int(event.week) - life.lead_in, int(event.kind), int(event.row),
                               int(event.reason)))  # fmt: skip


def test_there_are_words_for_every_kind_of_entry():
    assert sorted(TOLD) == list(range(len(codes.EVENT_NAMES)))


@pytest.mark.parametrize("kind", range(len(codes.EVENT_NAMES)), ids=codes.EVENT_NAMES)
def test_each_kind_is_answered_and_names_whom_it_concerns(kind):
    found = events(kind)
    assert found, "nothing of this kind in the towns of this test"
    for life, event in found[:4]:
        said = told(life, event)
        assert len(said) > 40
        assert not re.search(r"\bnan\b|None|\{|\}|  ", said)
        if kind in (codes.LEFT, codes.FIRST_VISIT, codes.ORGANISER_ON, codes.ORGANISER_OFF, codes.BREACHED):
            assert f"erson {known_as(life.traits.id[event.row])}" in said


@pytest.mark.parametrize("reason", range(1, len(codes.LEFT_NAMES)), ids=codes.LEFT_NAMES[1:])
def test_each_reason_for_leaving_has_words_of_its_own(reason):
    found = events(codes.LEFT, reason=reason)
    assert found
    words = {
        codes.ONE_VISIT_ONLY: "came once", codes.DRIFTED_AWAY: "drifted away", codes.MOVED_AWAY: "moved away",
        codes.STOPPED_COMING: "has not come for longer", codes.GROUP_CLOSED: "The group closed",
        codes.FELL_OUT: "had fallen out", codes.WENT_ALONG: "A friend left", codes.NO_LONGER_NEEDED: "no longer needs",
    }  # fmt: skip
    for life, event in found[:3]:
        assert next(text for code, text in words.items() if code == reason) in told(life, event)


@pytest.mark.parametrize("reason", [codes.TOO_FEW_CAME, codes.NO_ORGANISER, codes.NO_ROOM])
def test_an_end_is_told_with_its_weeks_and_who_came(reason):
    found = events(codes.CLOSED, reason=reason)
    assert found
    limit = {codes.TOO_FEW_CAME: "organising.low_weeks", codes.NO_ORGANISER: "organising.unled_weeks",
             codes.NO_ROOM: "organising.roomless_weeks"}  # fmt: skip
    for life, event in found[:4]:
        said = told(life, event)
        assert f"after {next(life.values[n] for code, n in limit.items() if code == reason)}" in said
        week = int(event.week) - life.lead_in
        lately = life.weeks[max(week - 12, 0) : week + 1]
        if lately.meetings.sum():
            assert f"with {lately.attendances.sum() / lately.meetings.sum():.1f} people at a meeting" in said
        else:
            assert "No meeting was held" in said
        people = life.world.people
        ended = int(((people.left_week == event.week) & (people.left_reason == codes.GROUP_CLOSED)).sum())
        assert ("no member left" in said) == (ended == 0)
        if ended > 1:
            assert f"the membership of {ended} people ended" in said


def test_the_last_to_organise_had_not_stopped_before():
    found = events(codes.CLOSED, "unled", reason=codes.NO_ORGANISER)
    assert found
    for life, event in found:
        who, week = re.search(r"last to organise it was person (n?\d+), .* in week (\d+)\.", told(life, event)).groups()
        row, week = [known_as(one) for one in life.traits.id].index(who), int(week)
        kinds = (codes.ORGANISER_ON, codes.ORGANISER_OFF, codes.LEFT)
        turns = [e for e in life.story if e.row == row and e.kind in kinds and e.week - life.lead_in <= week]
        assert turns[-1].week - life.lead_in == week
        assert turns[-2].kind == codes.ORGANISER_ON
        led = life.weeks.organisers
        assert led[week - 1] > 0
        assert not led[week + 1 : int(event.week) - life.lead_in].any()


def test_the_chance_of_losing_a_room_is_that_of_the_rule():
    for life, event in events(codes.VENUE_GONE)[:5]:
        prob = -math.expm1(-life.values["organising.room_loss_per_year"] / 52)
        assert f"was {per_cent(prob)}, and it came about" in told(life, event)


def test_weeks_without_a_room_are_those_between_two_entries():
    found = events(codes.VENUE_BACK)
    assert found
    for life, event in found[:5]:
        lost = [e.week for e in life.story if e.kind == codes.VENUE_GONE and e.week < event.week][-1]
        assert f"without a room for {event.week - lost} week" in told(life, event)


def test_organisers_that_are_left_are_counted():
    for life, event in events(codes.ORGANISER_OFF)[:6]:
        left = int(life.weeks.organisers[int(event.week) - life.lead_in])
        later = [e for e in life.story if e.week == event.week and e.kind in (codes.ORGANISER_ON, codes.LEFT)]
        if not later:
            assert f"That leaves {left} organiser" in told(life, event)


def test_the_door_opens_with_as_few_as_it_says():
    for life, event in events(codes.DOOR_OPENED)[:5]:
        count, limit = map(int, re.search(r"With (\d+) members?, fewer than (\d+)", told(life, event)).groups())
        assert count < limit == life.values["joining.door_opens"]


@pytest.mark.parametrize(
    ("prob", "said"), [(0.5, "50 %"), (0.123, "12 %"), (0.0412, "4.1 %"), (0.0002, "less than 0.1 %")]
)
def test_chances_are_said_for_people(prob, said):
    assert per_cent(prob) == said


def test_the_answer_of_the_page_has_a_heading_and_the_persons_week_behind_a_fold():
    from tests.view.towns import group_b

    snapshot: Snapshot = group_b().snapshot
    for k in (0, len(snapshot.story) - 1):
        said = story.why(snapshot, k)
        event = snapshot.story[k]
        assert f"<h3>Week {int(event.week) - snapshot.lead_in}: " in said
        assert ("<details>" in said) == (event.row >= 0)
