import pytest

from sim.codes import (
    DRIFTED_AWAY,
    FELL_APART,
    FELL_OUT,
    MEMBER,
    MOVED_AWAY,
    NO_LONGER_NEEDED,
    NO_ROOM,
    NOT_NEEDED,
    ONE_VISIT_ONLY,
    STOPPED_COMING,
    WENT_ALONG,
)
from sim.rules.close import close
from sim.state import AWARE, CLOSED, FORMER, GROUP_CLOSED, LEFT, NO_ORGANISER, TOO_FEW_CAME
from tests.builders import SOME_WEEK, befriend_pair, group_of, make_organiser, story, town, what_changed

ENDS = {"organising.low_weeks": 8, "organising.unled_weeks": 8}


def a_group(most_present=2, weeks_low=0, weeks_unled=0):
    world = group_of(2, ENDS, outsiders=1)
    g = world.group[0]
    g.most_present, g.weeks_low, g.weeks_unled, g.meetings_this_week = most_present, weeks_low, weeks_unled, 1
    return world


@pytest.mark.parametrize("most_present", [0, 1])
def test_it_ends_when_for_weeks_fewer_than_two_came(most_present):
    world = a_group(most_present, weeks_low=6)
    close(world, SOME_WEEK)
    assert (world.group[0].open, world.group[0].weeks_low) == (True, 7)
    close(world, SOME_WEEK + 1)
    g = world.group[0]
    assert (g.open, g.closed_week, g.closed_reason) == (False, SOME_WEEK + 1, TOO_FEW_CAME)


def test_one_week_in_which_two_came_is_enough_to_go_on():
    world = a_group(2, weeks_low=7)
    close(world, SOME_WEEK)
    assert (world.group[0].open, world.group[0].weeks_low) == (True, 0)


def test_weeks_without_a_meeting_do_not_count():
    world = a_group(0, weeks_low=7)
    world.group[0].meetings_this_week = 0
    assert what_changed(world, close, SOME_WEEK) == set()
    assert (world.group[0].open, world.group[0].weeks_low) == (True, 7)


@pytest.mark.parametrize(("weeks", "goes_on"), [(7, True), (8, False)])
def test_it_ends_when_nobody_has_organised_it_for_weeks(weeks, goes_on):
    world = a_group(weeks_unled=weeks)
    close(world, SOME_WEEK)
    assert world.group[0].open == goes_on
    assert (world.group[0].closed_reason == NO_ORGANISER) != goes_on


def test_its_members_are_former_members_and_ties_go_on():
    world = a_group(weeks_unled=8)
    make_organiser(world, 0)
    befriend_pair(world, 0, 1, 0.5)
    world.group[0].clinician = True
    visitor = world.people[2]
    visitor.status, visitor.visiting = AWARE, True
    close(world, SOME_WEEK)
    assert list(world.people.status) == [FORMER, FORMER, AWARE]
    assert list(world.people.left_reason) == [GROUP_CLOSED, GROUP_CLOSED, 0]
    assert list(world.people.organiser) == [False, False, False]
    assert (world.group[0].organisers, world.group[0].clinician, visitor.visiting) == (0, False, False)
    assert world.ties[0, 1] == 0.5
    assert world.group[0].circle == 2
    assert story(world)[-1] == (CLOSED, -1, NO_ORGANISER)
    assert [kind for kind, _, _ in story(world)[:-1]] == [LEFT, LEFT]


def test_a_group_that_has_ended_does_not_end_again():
    world = a_group(weeks_unled=8)
    close(world, SOME_WEEK)
    assert what_changed(world, close, SOME_WEEK + 1) == set()


def test_where_there_is_no_group_none_ends():
    assert what_changed(town(2, ENDS), close, SOME_WEEK) == set()


# Why it ended, and whom that lets down.


def few_came(*reasons, left_week=SOME_WEEK):
    """A group to which too few came, of which people have left for these reasons."""
    world = group_of(2 + len(reasons), ENDS | {"leaving.lapse_days": 84})
    g = world.group[0]
    g.most_present, g.weeks_low, g.meetings_this_week = 1, 7, 1
    for i, reason in enumerate(reasons, start=2):
        gone = world.people[i]
        gone.status, gone.left_reason, gone.left_week = FORMER, reason, left_week
    return world


@pytest.mark.parametrize(
    ("reasons", "why"),
    [((), TOO_FEW_CAME), ((FELL_OUT,), FELL_APART), ((FELL_OUT, WENT_ALONG, DRIFTED_AWAY), FELL_APART),
     ((FELL_OUT, DRIFTED_AWAY), TOO_FEW_CAME), ((NO_LONGER_NEEDED,), NOT_NEEDED),
     ((NO_LONGER_NEEDED, FELL_OUT), TOO_FEW_CAME), ((NO_LONGER_NEEDED, NO_LONGER_NEEDED, MOVED_AWAY), NOT_NEEDED),
     ((FELL_OUT, ONE_VISIT_ONLY, ONE_VISIT_ONLY), FELL_APART), ((STOPPED_COMING, FELL_OUT), TOO_FEW_CAME)],
)  # fmt: skip
def test_why_too_few_came_is_why_most_of_those_left_who_left_lately(reasons, why):
    world = few_came(*reasons)
    close(world, SOME_WEEK)
    assert world.group[0].closed_reason == why
    assert story(world)[-1] == (CLOSED, -1, why)


@pytest.mark.parametrize(("ago", "why"), [(20, FELL_APART), (21, TOO_FEW_CAME)])
def test_who_left_long_ago_is_not_the_reason(ago, why):
    # within low_weeks (8) and lapse_days (84 days, 12 weeks)
    world = few_came(FELL_OUT, left_week=100 - ago)
    close(world, 100)
    assert world.group[0].closed_reason == why


def test_who_came_back_is_not_the_reason():
    world = few_came(FELL_OUT)
    world.people[2].status = MEMBER
    close(world, SOME_WEEK)
    assert world.group[0].closed_reason == TOO_FEW_CAME


@pytest.mark.parametrize(("weeks", "on", "goes_on"), [(7, True, True), (8, True, False), (8, False, True)])
def test_it_ends_when_it_has_long_been_without_a_room(weeks, on, goes_on):
    world = group_of(2, {"mechanisms.no_room": on, "organising.roomless_weeks": 8})
    world.group[0].weeks_roomless = weeks
    close(world, SOME_WEEK)
    assert world.group[0].open == goes_on
    assert (world.group[0].closed_reason == NO_ROOM) != goes_on


def test_its_end_lets_down_whoever_counted_on_it():
    net = {"mechanisms.assurance": True, "mechanisms.let_down": True, "meeting.let_down": 0.4, "meeting.broken": 0.5}
    world = group_of(2, ENDS | net, outsiders=1)
    world.group[0].weeks_unled = 8
    world.people.assured = [0.5, 0.0, 0.0]
    close(world, SOME_WEEK)
    assert list(world.people.distress) == pytest.approx([0.6, 0.5, 0.5])
    assert list(world.people.assured) == pytest.approx([0.25, 0.0, 0.0])


def test_the_end_shakes_nobodys_trust():
    world = group_of(2, ENDS | {"mechanisms.organiser_lost": True, "organising.organiser_lost": 0.5})
    make_organiser(world, 0)
    world.group[0].most_present, world.group[0].weeks_low, world.group[0].meetings_this_week = 1, 7, 1
    assert "trust" not in what_changed(world, close, SOME_WEEK)
