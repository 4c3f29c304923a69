"""Each extreme is what it is for; that engine and reference agree on it is in tests/reference."""

from __future__ import annotations

import numpy as np
import pytest

from sim.life import Life
from sim.scenario import load
from sim.state import (
    BREACHED,
    CLINICIAN_LEFT,
    DOOR_CLOSED,
    DOOR_OPENED,
    DRIFTED_AWAY,
    FELL_APART,
    FELL_OUT,
    FORMER,
    FUNDING_BACK,
    FUNDING_GONE,
    HANDED_OVER,
    MEMBER,
    NO_LONGER_NEEDED,
    NO_ORGANISER,
    NO_ROOM,
    NOT_NEEDED,
    QUARRELLED,
    TOO_FEW_CAME,
    VENUE_BACK,
    VENUE_GONE,
    WENT_ALONG,
)
from tests.builders import ROOT

FILES = {path.stem: path for path in sorted((ROOT / "tests" / "extremes").glob("*.yaml"))}
LARGE_MEAN = 500  # above this a Poisson count is found in another way


@pytest.fixture(scope="module")
def lives():
    found = {name: Life(load(path).values, history_every=1) for name, path in FILES.items()}
    for life in found.values():
        life.live()
    return found


def happened(life, *kinds):
    return set(kinds) <= set(life.story.kind)


def test_each_is_named_like_its_file():
    assert [load(path).name for path in FILES.values()] == list(FILES)


def test_seeds_reach_beyond_32_bits(lives):
    seeds = [life.values["run.seed"] for life in lives.values()]
    assert {2**32, 2**63 - 1} <= set(seeds)
    assert len(set(seeds)) == len(seeds)


def test_meetings_are_irregular(lives):
    life = lives["irregular"]
    assert life.weeks.meetings.max() > len(set(life.values["group.meeting_days"]))
    assert life.weeks.socials.sum() > 10
    assert happened(life, FUNDING_GONE, FUNDING_BACK, VENUE_GONE, VENUE_BACK)
    assert life.world.people.line_answered.sum() > 10


def test_norms_are_the_opposite(lives):
    life = lives["norms"]
    assert life.world.people.heard_mechanics_day.max() >= 0
    assert life.world.people.shares_judged.sum() > 50
    assert happened(life, BREACHED)


def test_practitioners_are_needed(lives):
    assert np.isin(lives["practitioners"].story.kind, [VENUE_GONE, VENUE_BACK]).sum() > 10


def test_there_is_no_lead_in_and_people_hardly_stay(lives):
    life = lives["no-lead-in"]
    assert life.lead_in == 0
    visiting, resident = life.history.visiting, life.history.resident
    assert (visiting[:-1] & ~resident[1:]).any(), "somebody moves away who means to come"


def test_counts_are_very_large(lives):
    life = lives["counts"]
    assert life.history.episodes_today.max() > LARGE_MEAN
    assert life.world.people.texts.max() > 10_000


def test_the_story_overflows(lives):
    life = lives["story"]
    assert life.world.group[0].events > len(life.world.events) == len(life.story)


def test_groups_close_early(lives):
    for name, reason in (("too-few", TOO_FEW_CAME), ("unled", NO_ORGANISER)):
        g = lives[name].world.group[0]
        assert g.closed_reason == reason
        assert g.closed_week - g.opening_week < 26
    life = lives["unled"]
    weeks_open = int(life.weeks.open.sum())
    assert life.history.visiting[weeks_open].any(), "somebody means to come when it closes"


def test_clinicians_leave_and_hand_over(lives):
    assert happened(lives["clinician-leaves"], CLINICIAN_LEFT)
    assert happened(lives["handover"], HANDED_OVER)


def test_meetings_take_no_time(lives):
    life = lives["zero-hours"]
    people = life.world.people
    assert people.meetings.sum() > 100
    assert people.calls_answered.sum() > 100
    assert people.shares.sum() == 0
    assert life.world.ties.any()


def test_many_ties_are_equal(lives):
    ties = lives["equal-ties"].world.ties
    assert set(np.unique(ties)) == {0.0, 0.5, 1.0}


def test_there_are_too_few_places(lives):
    life = lives["full"]
    members = life.history.status == MEMBER
    assert members.sum(axis=1).max() == life.values["group.places"] < life.values["group.founders"]
    assert (life.history.status == FORMER).any()


def test_what_can_happen_happens(lives):
    life = lives["certain"]
    assert life.weeks.meetings.min() == 7
    assert life.world.group[0].breaches == life.world.group[0].meetings


def test_lives_swing_widely_without_a_group(lives):
    life = lives["storms"]
    assert not life.weeks.open.any()
    assert life.history.distress.min() < 0.000001
    assert (life.history.distress == life.traits.hard_day_threshold).any(), "not above it: no hard day"


def test_a_group_splits_over_quarrels(lives):
    life = lives["quarrels"]
    g, reasons = life.world.group[0], life.world.people.left_reason
    assert g.quarrels > 50
    assert (reasons == FELL_OUT).sum() > 3
    assert (reasons == WENT_ALONG).sum() > 3
    assert g.closed_reason == FELL_APART
    assert (life.story.kind == QUARRELLED).sum() > (reasons == FELL_OUT).sum() - 1
    assert life.world.people.calls_answered.sum() > 1000, "ties that end in mid-week matter to who is rung"


def test_members_move_on_until_nobody_is_left(lives):
    life = lives["moving-on"]
    assert (life.world.people.left_reason == NO_LONGER_NEEDED).sum() > 10
    assert (life.world.people.left_reason == WENT_ALONG).any()
    assert life.world.group[0].closed_reason == NOT_NEEDED


def test_the_door_closes_and_opens(lives):
    kinds = lives["door"].story.kind
    assert (kinds == DOOR_CLOSED).sum() > 5
    assert (kinds == DOOR_OPENED).sum() > 5


def test_the_room_is_gone_for_too_long(lives):
    life = lives["roomless"]
    assert happened(life, VENUE_GONE, VENUE_BACK)
    assert life.world.group[0].closed_reason == NO_ROOM
    weeks_open = int(life.weeks.open.sum())
    counting = life.history.assured[: weeks_open + 1].max(axis=1)
    assert counting.max() > 0.7
    assert (np.diff(counting) < -0.3).any(), "who counted on it is let down"


def test_a_clinician_is_missed(lives):
    life = lives["missed"]
    members = life.history.status == MEMBER
    trust = np.where(members, life.history.trust, 0.0).max(axis=1)
    assert happened(life, CLINICIAN_LEFT)
    gone = int(life.story[life.story.kind == CLINICIAN_LEFT].week[0]) - life.lead_in
    assert trust[gone] > 0.5
    assert trust[gone + 1] == 0.0, "a knock of 1 leaves nothing"
    assert life.world.people.label_hurt.max() > 0.5


def test_it_is_crowded(lives):
    life = lives["crowds"]
    assert life.world.people.crowd.max() > 15
    assert life.weeks.socials.sum() > 10


def test_nothing_can_be_counted_on_where_days_are_unforeseen(lives):
    life = lives["unforeseen"]
    assert life.weeks.meetings.max() > len(set(life.values["group.meeting_days"]))
    assert life.history.assured.max() == 0.0


def test_everything_happens_at_once(lives):
    life = lives["all-at-once"]
    assert all(value for name, value in life.values.items() if name.startswith("mechanisms."))
    people = life.world.people
    assert {DRIFTED_AWAY, FELL_OUT, WENT_ALONG, NO_LONGER_NEEDED} <= set(people.left_reason)
    assert min(people.found_out.max(), people.ways_heard.max(), life.world.group[0].quarrels) > 10
    assert min(people.guilt.max(), people.label_hurt.max(), life.history.assured.max()) > 0.5
    assert happened(life, HANDED_OVER, BREACHED, QUARRELLED, VENUE_GONE, VENUE_BACK)


def test_set_points_hang_together_as_closely_as_they_can(lives):
    for name, sign in (("heavy", 1), ("light", -1)):
        traits = lives[name].traits
        for trait in ("isolation_set", "coping_set", "baseline_distress", "difference_set", "outside_support"):
            assert np.corrcoef(traits.burden, traits[trait])[0, 1] * sign > 0.8, trait
        burdened = traits.burden * sign > np.median(traits.burden * sign)
        assert traits.service_user[burdened].mean() > traits.service_user[~burdened].mean() + 0.5
        assert traits.inpatient.any()


def test_rivals_are_lived(lives):
    life = lives["rivals"]
    assert not life.world.ways.any()
    assert life.world.people.calls_answered.sum() > 100
    assert np.diff(life.history.understanding, axis=0).max() > 0.2, "a light switch"


def test_hardly_a_way_of_coping_is_left(lives):
    life = lives["no-ways"]
    assert ((life.world.ways_set > 0).sum(axis=1) == 1).all()
    assert life.world.people.ways_heard.sum() > 100
    hard, through = life.world.people.hard_days, life.world.people.hard_days_through
    assert (hard - through).sum() > 100
    assert (life.world.ways.max(axis=1) < 0.001 * life.world.ways_set.max(axis=1)).any(), "one that failed is gone"
