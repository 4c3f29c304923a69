import pytest

from sim.rules.aftermath import aftermath
from tests.builders import SOME_DAY, town, what_changed

SIZES = {"episodes.relief": 0.3, "episodes.guilt": 0.1, "episodes.support_days": 7}


def after_an_episode(parameters=None, episodes=1, supported_ago=None):
    world = town(1, SIZES | (parameters or {}))
    me = world.people[0]
    me.episodes_today = episodes
    if supported_ago is not None:
        me.supported_day = SOME_DAY - supported_ago
    return world


def test_short_relief_then_guilt():
    world = after_an_episode()
    assert what_changed(world, aftermath, SOME_DAY) == {"distress", "stigma"}
    assert world.people[0].distress == pytest.approx(0.35)  # 0.5 moved to 0 by 0.3
    assert world.people[0].stigma == pytest.approx(0.55)  # 0.5 moved to 1 by a tenth


def test_once_a_day_however_many():
    one, many = after_an_episode(), after_an_episode(episodes=9)
    aftermath(one, SOME_DAY)
    aftermath(many, SOME_DAY)
    assert (one.people[0].distress, one.people[0].stigma) == (many.people[0].distress, many.people[0].stigma)


@pytest.mark.parametrize(("ago", "stigma"), [(0, 0.5), (6, 0.5), (7, 0.55), (100, 0.55), (None, 0.55)])
def test_support_keeps_guilt_away_for_some_days(ago, stigma):
    world = after_an_episode(supported_ago=ago)
    aftermath(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(stigma)
    assert world.people[0].distress == pytest.approx(0.35)  # the relief is the same


def test_never_having_been_supported_is_not_support_in_the_first_days():
    world = after_an_episode()
    aftermath(world, 0)
    assert world.people[0].stigma == pytest.approx(0.55)


def test_support_that_lasts_no_day_is_no_support():
    world = after_an_episode({"episodes.support_days": 0}, supported_ago=0)
    aftermath(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(0.55)


@pytest.mark.parametrize(("guilt", "stigma"), [(0.0, 0.5), (0.2, 0.6), (1.0, 1.0)])
def test_more_guilt_means_more_shame(guilt, stigma):
    world = after_an_episode({"episodes.guilt": guilt})
    aftermath(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(stigma)


def test_nothing_follows_a_day_without_an_episode():
    assert what_changed(after_an_episode(episodes=0), aftermath, SOME_DAY) == set()


def test_nothing_follows_for_somebody_not_living():
    world = after_an_episode()
    world.people[0].living = False
    assert what_changed(world, aftermath, SOME_DAY) == set()


GUILT = {"mechanisms.guilt": True, "episodes.guilt_felt": 0.4}


@pytest.mark.parametrize("supported_ago", [None, 0])
def test_where_guilt_is_a_feeling_of_its_own_it_begins_here_and_shame_comes_later(supported_ago):
    world = after_an_episode(GUILT, supported_ago=supported_ago)
    world.people[0].guilt = 0.5
    assert what_changed(world, aftermath, SOME_DAY) == {"distress", "guilt"}
    assert world.people[0].guilt == pytest.approx(0.7)  # 0.5 moved to 1 by 0.4


def test_its_size_is_nothing_where_guilt_is_no_feeling_of_its_own():
    world = after_an_episode(GUILT | {"mechanisms.guilt": False})
    assert what_changed(world, aftermath, SOME_DAY) == {"distress", "stigma"}


def test_support_keeps_no_guilt_away_where_comfort_is_switched_off():
    world = after_an_episode({"mechanisms.comfort": False}, supported_ago=0)
    aftermath(world, SOME_DAY)
    assert world.people[0].stigma == pytest.approx(0.55)
