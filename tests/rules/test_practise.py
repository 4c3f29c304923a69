import pytest

from sim.purposes import WAY_TRIED
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


# Ways of coping, where coping is a repertoire. The place of the fourth way is 0.4375.

WAYS = {
    "mechanisms.ways": True, "mechanisms.bad_advice": True, "episodes.way_practised": 0.4, "episodes.way_fails": 0.2,
    "episodes.misfit": 0.5,
}  # fmt: skip


def trying(parameters=None, came_with=0.5, understanding=0.5, episodes=0, position=0.4375):
    """A hard day of somebody who has some skill in the fourth way and in no other."""
    world = town(2, WAYS | (parameters or {}), position=position)
    me = world.people[0]
    me.hard_day, me.understanding, me.episodes_today = True, understanding, episodes
    world.ways[0, 3], world.ways_set[0, 3] = 0.5, came_with
    return world


@pytest.mark.parametrize(("understanding", "skill"), [(0.0, 0.5), (0.5, 0.6), (1.0, 0.7)])
def test_a_way_tried_on_a_day_got_through_is_practised(understanding, skill):
    world = trying(understanding=understanding)
    changed = what_changed(world, practise, SOME_DAY)
    assert changed == {"hard_days_through_this_week"} | ({"ways"} if understanding else set())
    assert world.ways[0, 3] == pytest.approx(skill)  # 0.5 to 1 by 0.4 U
    assert world.ways.sum() == pytest.approx(skill)


def test_a_way_tried_on_a_day_with_an_episode_is_trusted_less():
    world = trying(episodes=2)
    assert what_changed(world, practise, SOME_DAY) == {"ways"}
    assert world.ways[0, 3] == pytest.approx(0.4)  # 0.5 to 0 by a fifth, however many episodes


@pytest.mark.parametrize("episodes", [0, 1])
def test_a_way_taken_over_from_others_that_suits_badly_upsets(episodes):
    world = trying(came_with=0.0, episodes=episodes, position=0.8375)  # it suits by 0.6
    practise(world, SOME_DAY)
    assert list(world.people.distress) == pytest.approx([0.6, 0.5])  # 0.5 to 1 by 0.5 * 0.4


@pytest.mark.parametrize("why", ["it suits", "she came with it", "switched off"])
def test_no_way_upsets(why):
    world = trying({"mechanisms.bad_advice": why != "switched off"}, came_with=float(why == "she came with it"),
                   position=0.4375 if why == "it suits" else 0.8375)  # fmt: skip
    practise(world, SOME_DAY)
    assert world.people[0].distress == 0.5


@pytest.mark.parametrize(("u", "way"), [(0.0, 2), (0.24, 2), (0.26, 5), (0.99, 5)])
def test_which_way_is_tried_goes_by_skill_and_by_how_well_it_suits(luck, u, way):
    luck.draw(WAY_TRIED, u)
    world = trying(position=0.5)
    world.ways[0, :] = 0.0
    world.ways[0, 2], world.ways[0, 5] = 0.2, 0.6
    before = world.ways.copy()
    practise(world, SOME_DAY)
    assert list((world.ways != before)[0].nonzero()[0]) == [way]


@pytest.mark.parametrize("why", ["no way is known", "an ordinary day", "not living"])
def test_no_way_is_tried(why):
    world = trying(came_with=0.0, position=0.8375)
    if why == "no way is known":
        world.ways[:] = 0.0
    world.people[0].hard_day, world.people[0].living = why != "an ordinary day", why != "not living"
    assert what_changed(world, practise, SOME_DAY) <= {"hard_days_through_this_week"}


def test_with_ways_the_level_is_not_practised_itself_and_without_them_ways_are_not():
    world = trying({"episodes.practice": 0.5})
    assert "coping" not in what_changed(world, practise, SOME_DAY)
    world = trying({"episodes.practice": 0.5, "mechanisms.ways": False})
    assert what_changed(world, practise, SOME_DAY) == {"coping", "hard_days_through_this_week"}
