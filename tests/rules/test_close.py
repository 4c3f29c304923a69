import pytest

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
