import pytest

from sim.rules.settle import settle
from sim.state import FORMER
from tests.builders import SOME_WEEK, group_of, town, what_changed

HALF_LIVES = {
    "life.stigma_half_life_weeks": 1.0, "life.understanding_half_life_weeks": 1.0, "life.coping_half_life_weeks": 1.0,
    "meeting.trust_half_life_weeks": 1.0, "meeting.trust_start": 0.3,
}  # fmt: skip


def test_each_state_goes_half_way_back_in_its_half_life():
    world = group_of(1, HALF_LIVES, stigma_set=0.9, understanding_set=0.1, coping_set=0.2)
    assert what_changed(world, settle, SOME_WEEK) == {"stigma", "understanding", "coping", "trust"}
    me = world.people[0]
    assert (me.stigma, me.understanding, me.coping, me.trust) == pytest.approx((0.7, 0.3, 0.35, 0.4))


def test_a_quarter_of_the_deviation_is_left_after_two_half_lives():
    world = town(1, {"life.stigma_half_life_weeks": 13.0}, stigma_set=0.9)
    for week in range(26):
        settle(world, week)
    assert world.people[0].stigma == pytest.approx(0.8)


@pytest.mark.parametrize(("public", "goal"), [(1.0, 0.8), (0.5, 0.4), (0.0, 0.0)])
def test_public_attitudes_can_lower_what_shame_returns_to(public, goal):
    world = town(1, HALF_LIVES | {"outside.public_stigma": public}, stigma_set=0.8)
    settle(world, SOME_WEEK)
    assert world.people[0].stigma == pytest.approx((0.5 + goal) / 2)


def test_who_never_came_has_no_trust_to_lose():
    world = town(1, HALF_LIVES)
    settle(world, SOME_WEEK)
    assert world.people[0].trust == 0.5


def test_former_members_trust_settles_too():
    world = group_of(1, HALF_LIVES)
    world.people[0].status = FORMER
    settle(world, SOME_WEEK)
    assert world.people[0].trust == pytest.approx(0.4)


def test_who_is_at_the_set_points_stays_there():
    assert what_changed(town(1, HALF_LIVES), settle, SOME_WEEK) == set()


def test_those_not_living_stay_as_they_are():
    world = town(1, HALF_LIVES, stigma_set=0.9)
    world.people[0].living = False
    assert what_changed(world, settle, SOME_WEEK) == set()


# States of the second model.


def test_perceived_difference_returns_and_the_hurt_of_labels_fades():
    halves = {"life.difference_half_life_weeks": 1.0, "life.label_hurt_half_life_weeks": 1.0}
    world = town(2, {"mechanisms.alike": True} | halves, difference_set=0.6)
    world.people[0].difference, world.people[0].label_hurt, world.people.difference[1] = 0.2, 0.8, 0.6
    assert what_changed(world, settle, SOME_WEEK) == {"difference", "label_hurt"}
    assert list(world.people.difference) == pytest.approx([0.4, 0.6])
    assert list(world.people.label_hurt) == pytest.approx([0.4, 0.0])


def test_difference_is_nobodys_where_hearing_people_alike_is_switched_off():
    assert what_changed(town(1, difference_set=0.6), settle, SOME_WEEK) == set()


REPERTOIRE = {"mechanisms.ways": True, "life.skill_half_life_weeks": 1.0, "life.repertoire_half_life_weeks": 2.0}


def test_skills_return_to_what_one_came_with_and_coping_follows_what_they_come_to():
    world = town(2, REPERTOIRE | {"life.coping_half_life_weeks": 1.0}, position=0.4375, coping_set=0.9)
    world.ways[0, 3], world.ways_set[0, 3] = 0.8, 0.4
    world.ways[0, 5] = 0.2  # learned from others; its place is 0.6875: it suits by 0.75
    world.people.coping, world.people[1].living = 0.1, False
    assert what_changed(world, settle, SOME_WEEK) == {"ways", "coping"}
    assert world.ways[0, 3] == pytest.approx(0.6)
    assert world.ways[0, 5] == pytest.approx(0.1)
    come_to = 1.0 - (1.0 - 0.6) * (1.0 - 0.75 * 0.1)
    assert list(world.people.coping) == pytest.approx([come_to + (0.1 - come_to) * 0.5**0.5, 0.1])


def test_without_ways_skills_rest():
    world = town(1, REPERTOIRE | {"mechanisms.ways": False})
    world.ways[0, 3] = 0.8
    assert what_changed(world, settle, SOME_WEEK) == set()
