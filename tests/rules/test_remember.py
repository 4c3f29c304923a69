import pytest

from sim.rules.remember import remember
from tests.builders import SOME_DAY, town, what_changed


def a_day_that_ended(distress, threshold=0.5, half_life=1.0):
    world = town(1, {"life.strain_half_life_days": half_life}, hard_day_threshold=threshold)
    world.people[0].distress = distress
    return world


def test_recent_distress_is_an_average_with_its_half_life():
    world = a_day_that_ended(0.8)
    remember(world, SOME_DAY)
    assert world.people[0].strain == pytest.approx(0.5)  # half way from 0.2 to 0.8


def test_a_quarter_of_what_was_is_left_after_two_half_lives():
    world = a_day_that_ended(0.8, half_life=14.0)
    for day in range(28):
        remember(world, day)
    assert world.people[0].strain == pytest.approx(0.65)


def test_the_weeks_mean_is_summed_over_seven_days():
    world = a_day_that_ended(0.8)
    for day in range(7):
        remember(world, day)
    assert world.people[0].distress_this_week == pytest.approx(0.8)


@pytest.mark.parametrize(("distress", "hard"), [(0.51, 1), (0.5, 0), (0.2, 0)])
def test_days_that_ended_hard_are_counted(distress, hard):
    world = a_day_that_ended(distress)
    remember(world, SOME_DAY)
    assert world.people[0].days_ended_hard_this_week == hard


def test_a_day_may_begin_hard_and_end_less_so():
    world = a_day_that_ended(0.3)
    me = world.people[0]
    me.hard_day, me.hard_days_this_week = True, 1
    remember(world, SOME_DAY)
    assert (me.hard_day, me.hard_days_this_week, me.days_ended_hard_this_week) == (True, 1, 0)


def test_nothing_else_is_touched_and_nobody_who_is_not_living():
    world = a_day_that_ended(0.8)
    assert what_changed(world, remember, SOME_DAY) == {"strain", "distress_this_week", "days_ended_hard_this_week"}
    world.people[0].living = False
    assert what_changed(world, remember, SOME_DAY) == set()
