import pytest

from sim.maths import log_odds, logistic
from sim.rules.isolate import isolate, isolation_goal
from tests.builders import SOME_WEEK, befriend_pair, group_of, town, what_changed

TIES = {"ties.isolation_per_tie": 0.2, "ties.likeness_weight": 0.5}


def test_it_moves_half_way_to_its_goal_in_a_half_life():
    world = town(1, {"life.isolation_half_life_weeks": 1.0})
    world.people[0].isolation = 0.9
    assert what_changed(world, isolate, SOME_WEEK) == {"isolation"}
    assert world.people[0].isolation == pytest.approx(0.7)


def test_without_support_and_ties_the_goal_is_the_set_point():
    assert isolation_goal(town(1, isolation_set=0.64), 0) == pytest.approx(0.64)


def test_circumstances_shift_the_set_point_on_the_log_odds_scale():
    world = town(1, {"life.circumstances_effect": 0.6}, isolation_set=0.64)
    world.people[0].circumstances = -1.5
    assert isolation_goal(world, 0) == pytest.approx(logistic(log_odds(0.64) - 0.9))


@pytest.mark.parametrize(("stigma", "goal"), [(0.0, 0.42), (0.5, 0.46), (1.0, 0.5)])
def test_support_outside_helps_as_far_as_shame_lets_it_in(stigma, goal):
    world = town(1, {"ties.isolation_per_support": 0.2}, outside_support=0.8)
    world.people[0].stigma = stigma
    assert isolation_goal(world, 0) == pytest.approx(goal)  # 0.5 (1 - 0.2 * 0.8 * (1 - stigma))


def test_each_tie_takes_away_a_little_half_of_it_for_likeness():
    world = group_of(3, TIES, position=[0.5, 0.5, 0.9])
    befriend_pair(world, 0, 1, 0.5)
    assert isolation_goal(world, 0) == pytest.approx(0.45)  # 0.5 (1 - 0.2 * 1 * 0.5)
    befriend_pair(world, 0, 2, 1.0)
    assert isolation_goal(world, 0) == pytest.approx(0.45 * 0.84)  # similarity 0.6: 1 - 0.2 * 0.8


def test_befriending_leaves_the_half_that_is_company():
    world = group_of(2, TIES | {"group.shared_experience": 0.0})
    befriend_pair(world, 0, 1, 1.0)
    assert isolation_goal(world, 0) == pytest.approx(0.45)  # 0.5 (1 - 0.2 * 0.5)


def test_company_alone_may_be_given_no_weight_or_all():
    for weight, goal in ((0.0, 0.4), (1.0, 0.5)):
        world = group_of(2, TIES | {"group.shared_experience": 0.0, "ties.likeness_weight": weight})
        befriend_pair(world, 0, 1, 1.0)
        assert isolation_goal(world, 0) == pytest.approx(goal)


def test_a_friend_who_has_gone_no_longer_helps():
    world = group_of(2, TIES)
    befriend_pair(world, 0, 1, 1.0)
    world.people[1].living = False
    assert isolation_goal(world, 0) == pytest.approx(0.5)


def test_no_meeting_leads_here_except_through_ties():
    world = group_of(3, TIES)
    world.people.present, world.people.shared, world.people.trust = True, True, 1.0
    world.group[0].met_today = True
    world.hours[:] = 5.0
    assert isolation_goal(world, 0) == pytest.approx(0.5)


def test_ties_work_for_former_members_too():
    world = group_of(2, TIES)
    befriend_pair(world, 0, 1, 1.0)
    world.people.status[:] = 3
    world.group[0].open = False
    assert isolation_goal(world, 0) == pytest.approx(0.4)


def test_stronger_ties_never_isolate():
    goals = []
    for tie in (0.0, 0.25, 0.5, 0.75, 1.0):
        world = group_of(2, TIES)
        befriend_pair(world, 0, 1, tie)
        goals.append(isolation_goal(world, 0))
    assert goals == sorted(goals, reverse=True)
    assert goals[0] > goals[-1]


def test_those_not_living_stay_as_they_are():
    world = town(1, isolation_set=0.9)
    world.people[0].living = False
    assert what_changed(world, isolate, SOME_WEEK) == set()


ALIKE = {"mechanisms.alike": True, "life.isolation_from_difference": 1.5}


@pytest.mark.parametrize("difference", [0.2, 0.6, 1.0])
def test_who_feels_different_from_everybody_feels_more_alone_with_it(difference):
    world = town(1, ALIKE, isolation_set=0.64, difference_set=0.6)
    world.people[0].difference = difference
    assert isolation_goal(world, 0) == pytest.approx(logistic(log_odds(0.64) + 1.5 * (difference - 0.6)))


def test_difference_isolates_nobody_where_that_is_switched_off():
    world = town(1, ALIKE | {"mechanisms.alike": False}, isolation_set=0.64, difference_set=0.6)
    assert isolation_goal(world, 0) == pytest.approx(0.64)


def test_ties_take_away_nothing_where_that_is_switched_off():
    world = group_of(2, TIES | {"mechanisms.ties": False})
    befriend_pair(world, 0, 1, 1.0)
    assert isolation_goal(world, 0) == pytest.approx(0.5)
