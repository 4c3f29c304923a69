"""What is measured: counts of a week, totals, and the table of weeks."""

from __future__ import annotations

import numpy as np
import pytest

from sim.life import Life
from sim.observe import close_week, mean_tie, open_week, update_regularity
from sim.state import FORMER, MEMBER, WEEKS, records
from sim.story import note
from tests.builders import befriend_pair, group_of, small_values, town, what_changed


def test_a_week_begins_with_nothing_counted():
    world = group_of(2)
    weekly = tuple(name for name in world.people.dtype.names if name.endswith("_this_week"))
    for name in weekly:
        world.people[name] = 1
    world.group[0].meetings_this_week, world.group[0].most_present = 2, 5
    assert what_changed(world, lambda w, _: open_week(w), 0) == {
        *weekly, "group.meetings_this_week", "group.most_present",
    }  # fmt: skip
    assert not any(world.people[name].any() for name in weekly)


def test_what_two_people_did_is_kept_for_a_week_where_it_is_asked_for():
    world = group_of(2)
    world.contacts[1, 0].hours, world.contacts[1, 0].texts = 2.0, 3
    world.contacts["calls"] = [[0, 1], [2, 0]]
    open_week(world)
    assert not world.contacts["hours"].any()
    assert not world.contacts["texts"].any()
    assert not world.contacts["calls"].any()
    assert Life(small_values()).world.contacts.shape == (0, 0)


def test_a_week_is_added_to_the_totals_of_the_living():
    world = town(2)
    for me in world.people:
        me.distress_this_week, me.hard_days_this_week, me.hard_days_through_this_week = 0.5, 4, 3
        me.episodes_this_week, me.days_lived, me.episodes = 2, 70, 10
    world.people[1].living = False
    close_week(world)
    me, gone = world.people[0], world.people[1]
    assert (me.days_lived, me.distress_total, me.hard_days, me.hard_days_through, me.episodes) == (77, 3.5, 4, 3, 12)
    assert (gone.days_lived, gone.distress_total, gone.episodes) == (70, 0.0, 10)


def test_regularity_follows_the_share_of_meetings_attended():
    world = group_of(3, {"meeting.regularity_half_life_weeks": 1.0})
    world.group[0].meetings_this_week = 2
    world.people.attended_this_week = [2, 1, 2]
    world.people.regularity = [0.0, 1.0, 0.8]
    world.people[2].status = FORMER
    update_regularity(world)
    assert list(world.people.regularity) == pytest.approx([0.5, 0.75, 0.0])


def test_a_week_without_meetings_says_nothing_about_regularity():
    world = group_of(1)
    world.people.regularity = 0.8
    update_regularity(world)
    assert world.people[0].regularity == 0.8


def test_the_mean_tie_is_that_of_pairs_of_members():
    world = group_of(3, outsiders=1)
    befriend_pair(world, 0, 1, 0.6)
    befriend_pair(world, 0, 2, 0.3)
    assert mean_tie(world) == pytest.approx(0.3)  # of three pairs, one without a tie
    world.people[2].status = FORMER
    assert mean_tie(world) == pytest.approx(0.6)
    world.people[1].status = FORMER
    assert np.isnan(mean_tie(world))


def test_each_week_says_what_the_people_are_like_at_its_end():
    life = Life(small_values("groupB", people__service_users=0.9))
    for _ in range(30):
        meetings, attendances = int(life.world.group[0].meetings), int(life.world.group[0].attendances)
        life.live(1)
        row, people = life.weeks[life.week - 1], life.world.people
        assert row.week == life.week - 1
        assert row.meetings == life.world.group[0].meetings - meetings
        assert row.attendances == life.world.group[0].attendances - attendances
        assert row.open == life.world.group[0].open
        assert row.organisers == people.organiser.sum()
        member = people.status == MEMBER
        assert row.regulars == (people.regularity[member] >= life.values["meeting.regular_share"]).sum()
        for whom, chosen in (("members", member), ("residents", people.resident)):
            assert row[whom] == chosen.sum()
            for name in ("isolation", "stigma", "understanding", "coping"):
                assert row[f"{whom}_{name}"] == pytest.approx(people[name][chosen].mean())
            for name in ("distress", "episodes", "hard_days", "hard_days_through"):
                assert row[f"{whom}_{name}"] == pytest.approx(people[f"{name}_this_week"][chosen].mean())


def test_means_over_nobody_are_not_numbers():
    life = Life(small_values("absent"))
    life.live(1)
    row = life.weeks[0]
    nan = {name for name in row.dtype.names if isinstance(row[name], float) and np.isnan(row[name])}
    assert nan == {name for name in row.dtype.names if name.startswith("members_")} | {"tie_mean"}


def test_the_table_has_a_row_for_each_week_and_zeros_beyond():
    life = Life(small_values())
    life.live(10)
    assert list(life.weeks.week[:12]) == [*range(10), 0, 0]
    assert life.weeks.dtype == records(WEEKS, 1).dtype


def test_a_story_too_long_is_cut_and_shows_it():
    world = town(1)
    for week in range(150):
        note(world, week, 0, -1, 0)
    assert world.group[0].events == 150
    assert len(world.events) == 100
    assert list(world.events.week[-2:]) == [98, 99]


def test_the_history_begins_just_before_the_opening():
    for lead_in in (0, 8):
        values = small_values(run__lead_in_weeks=lead_in, run__weeks=7)
        life = Life(values, history_every=3)
        first = life.world.people.copy()
        life.live()
        assert life.history.shape == (3, len(life.traits))
        assert (life.history[0].distress == first.distress).all()
        assert (life.history[0].status != MEMBER).all()
