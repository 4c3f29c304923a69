import math

import pytest

from sim import purposes
from sim.rules.hear import hear
from sim.state import AWARE, BY_PUBLICITY, BY_WORD_OF_MOUTH, FORMER, UNAWARE
from tests.builders import SOME_WEEK, group_of, town, what_changed


def test_publicity_and_word_of_mouth_of_each_member_add_up(luck):
    world = group_of(3, {"joining.publicity_per_year": 5.2, "joining.word_of_mouth_per_year": 2.6}, outsiders=1)
    hear(world, SOME_WEEK)
    # 5.2 + 3 * 2.6 = 13 a year: a quarter a week
    assert luck.chances_of(purposes.HEAR) == {3: pytest.approx(1.0 - math.exp(-0.25))}


def test_how_it_was_heard_goes_by_parts_of_the_rate(luck):
    luck.let(purposes.HEAR)
    world = group_of(3, {"joining.publicity_per_year": 5.2, "joining.word_of_mouth_per_year": 2.6}, outsiders=1)
    luck.let(purposes.HEAR_HOW)
    assert what_changed(world, hear, SOME_WEEK) == {"status", "heard_of"}
    assert luck.chance_of(purposes.HEAR_HOW) == pytest.approx(0.6)  # 7.8 of 13
    assert (world.people[3].status, world.people[3].heard_of) == (AWARE, BY_WORD_OF_MOUTH)
    world.people[3].status = UNAWARE
    luck.forbid(purposes.HEAR_HOW)
    hear(world, SOME_WEEK)
    assert world.people[3].heard_of == BY_PUBLICITY


def test_practitioners_may_add_publicity(luck):
    offer = {"practitioners.publicity_per_year": 10.4, "joining.publicity_per_year": 2.6}
    for offered, rate in ((False, 2.6), (True, 13.0)):
        world = group_of(1, offer | {"practitioners.publicity": offered}, outsiders=1)
        hear(world, SOME_WEEK)
        assert luck.chances_of(purposes.HEAR) == {1: pytest.approx(1.0 - math.exp(-rate / 52))}


def test_a_hidden_group_without_word_of_mouth_is_never_heard_of(luck):
    luck.let(purposes.HEAR)
    assert what_changed(group_of(2, outsiders=1), hear, SOME_WEEK) == set()


def test_nobody_hears_of_a_group_that_is_not_open(luck):
    luck.let(purposes.HEAR)
    assert what_changed(town(2, {"joining.publicity_per_year": 52.0}), hear, SOME_WEEK) == set()


def test_only_those_for_whom_it_is_and_who_have_not_heard(luck):
    luck.let(purposes.HEAR)
    world = group_of(
        1, {"joining.publicity_per_year": 52.0, "group.women_only": True}, outsiders=4, woman=[1, 1, 1, 0, 1]
    )
    world.people[1].status, world.people[2].status = AWARE, FORMER
    hear(world, SOME_WEEK)
    assert list(luck.chances_of(purposes.HEAR)) == [4]
    assert world.people[3].status == UNAWARE


def test_behind_a_closed_door_nobody_new_hears_of_it(luck):
    luck.let(purposes.HEAR)
    world = group_of(2, {"joining.publicity_per_year": 52.0}, outsiders=1)
    world.group[0].door_closed = True
    assert what_changed(world, hear, SOME_WEEK) == set()
