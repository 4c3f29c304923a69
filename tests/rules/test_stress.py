import pytest

from sim.draws import normal_quantile
from sim.purposes import STRESSOR_AND_CIRCUMSTANCES
from sim.rules.stress import stress
from tests.builders import SOME_WEEK, group_of, town, what_changed

HALF_LIVES = {"life.stressor_half_life_weeks": 1.0, "life.circumstances_half_life_weeks": 2.0}


def test_without_a_shock_both_fade_with_their_half_lives(luck):
    luck.draw(STRESSOR_AND_CIRCUMSTANCES, (0.5, 0.5))
    world = town(1, HALF_LIVES)
    me = world.people[0]
    me.stressor, me.circumstances = 2.0, -2.0
    stress(world, SOME_WEEK)
    assert me.stressor == pytest.approx(1.0)  # half is left after one week
    assert me.circumstances == pytest.approx(-1.4142135623730951)  # 2 / root 2


def test_a_shock_comes_in_the_size_that_keeps_the_variance_at_one(luck):
    luck.draw(STRESSOR_AND_CIRCUMSTANCES, (0.9, 0.1))
    world = town(1, HALF_LIVES)
    stress(world, SOME_WEEK)
    shock = normal_quantile(0.9)
    assert world.people[0].stressor == pytest.approx(0.75**0.5 * shock)  # 1 - (1/2)^2
    assert world.people[0].circumstances == pytest.approx(-(0.5**0.5) * shock)  # 1 - 1/2


def test_the_spread_over_many_people_stays_one():
    # 400 people, 3 weeks from a standard start: the variance of 400 standard normals lies within
    # 0.72-1.35 with probability above 0.9999, whatever the seed.
    world = town(400, HALF_LIVES)
    for week in range(20):
        stress(world, week)
    assert 0.72 < world.people.stressor.var() < 1.35
    assert 0.72 < world.people.circumstances.var() < 1.35


def test_a_group_makes_no_difference():
    without, within = town(3), group_of(3)
    stress(without, SOME_WEEK)
    stress(within, SOME_WEEK)
    assert list(without.people.stressor) == list(within.people.stressor)


def test_only_the_living_and_nothing_but_stressor_and_circumstances():
    world = town(2)
    world.people[1].living = False
    assert what_changed(world, stress, SOME_WEEK) == {"stressor", "circumstances"}
    assert world.people[1].stressor == 0.0
