"""Each extreme is what it is for; that engine and reference agree on it is in tests/reference."""

from __future__ import annotations

import numpy as np
import pytest

from sim.life import Life
from sim.scenario import load
from sim.state import (
    BREACHED,
    CLINICIAN_LEFT,
    FORMER,
    FUNDING_BACK,
    FUNDING_GONE,
    HANDED_OVER,
    MEMBER,
    NO_ORGANISER,
    TOO_FEW_CAME,
    VENUE_BACK,
    VENUE_GONE,
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
