import pytest

from sim.rules.practise import practise
from tests.builders import SOME_DAY, town, what_changed


def a_hard_day(practice=0.2, understanding=0.5):
    world = town(1, {"episodes.practice": practice})
    world.people[0].hard_day, world.people[0].understanding = True, understanding
    return world


def test_a_hard_day_got_through_turns_understanding_into_coping():
    world = a_hard_day()
    assert what_changed(world, practise, SOME_DAY) == {"coping", "hard_days_through_this_week"}
    assert world.people[0].coping == pytest.approx(0.55)  # 0.5 moved to 1 by 0.2 * 0.5
    assert world.people[0].hard_days_through_this_week == 1


@pytest.mark.parametrize(("understanding", "coping"), [(0.0, 0.5), (0.5, 0.55), (1.0, 0.6)])
def test_the_better_one_understands_the_more_is_learned(understanding, coping):
    world = a_hard_day(understanding=understanding)
    practise(world, SOME_DAY)
    assert world.people[0].coping == pytest.approx(coping)
    assert world.people[0].hard_days_through_this_week == 1


@pytest.mark.parametrize("why", ["an episode", "an ordinary day", "not living"])
def test_nothing_is_learned(why):
    world = a_hard_day()
    me = world.people[0]
    me.episodes_today, me.hard_day, me.living = why == "an episode", why != "an ordinary day", why != "not living"
    assert what_changed(world, practise, SOME_DAY) == set()
