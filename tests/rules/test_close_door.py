import math

import pytest

from sim.codes import DOOR_CLOSED, DOOR_OPENED
from sim.purposes import CLOSE_DOOR
from sim.rules.close_door import close_door
from sim.state import FORMER
from tests.builders import SOME_WEEK, befriend_pair, group_of, story, what_changed

DOOR = {
    "mechanisms.door": True, "joining.door_closes_per_year": 5.2, "joining.door_members": 3, "joining.door_opens": 2,
}  # fmt: skip


def a_close_group(members=3, tie=0.5, parameters=None):
    world = group_of(members, DOOR | (parameters or {}), outsiders=1)
    for i in range(members):
        for j in range(i):
            befriend_pair(world, i, j, tie)
    return world


@pytest.mark.parametrize(("tie", "rate"), [(0.0, 0.0), (0.5, 0.05), (1.0, 0.1)])
def test_the_closer_they_are_the_sooner_they_close_it(luck, tie, rate):
    close_door(a_close_group(tie=tie), SOME_WEEK)
    assert luck.chance_of(CLOSE_DOOR) == pytest.approx(1.0 - math.exp(-rate))


def test_the_door_is_closed_and_nobody_is_touched(luck):
    luck.let(CLOSE_DOOR)
    world = a_close_group()
    assert what_changed(world, close_door, SOME_WEEK) == {"group.door_closed"}
    assert story(world) == [(DOOR_CLOSED, -1, 0)]


def test_ties_with_those_who_have_left_do_not_count(luck):
    world = a_close_group(4)
    world.people[3].status = FORMER
    befriend_pair(world, 0, 3, 1.0)
    close_door(world, SOME_WEEK)
    assert luck.chance_of(CLOSE_DOOR) == pytest.approx(1.0 - math.exp(-0.05))


@pytest.mark.parametrize(("members", "opens"), [(1, True), (2, False), (3, False)])
def test_it_is_opened_when_few_are_left(members, opens):
    world = a_close_group(members)
    world.group[0].door_closed = True
    assert what_changed(world, close_door, SOME_WEEK) == ({"group.door_closed"} if opens else set())
    assert story(world) == ([(DOOR_OPENED, -1, 0)] if opens else [])


@pytest.mark.parametrize("why", ["few members", "closed", "switched off", "never", "one alone"])
def test_the_door_stays_open(luck, why):
    luck.let(CLOSE_DOOR)
    changes = {"mechanisms.door": why != "switched off"}
    if why == "never":
        changes["joining.door_closes_per_year"] = 0.0
    if why == "one alone":
        changes["joining.door_members"] = 1
    world = a_close_group({"few members": 2, "one alone": 1}.get(why, 3), parameters=changes)
    world.group[0].open = why != "closed"
    assert what_changed(world, close_door, SOME_WEEK) == set()
    assert luck.asked == []
