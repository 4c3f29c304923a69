import math

import pytest

from sim import purposes
from sim.rules.visit import visit
from sim.state import AWARE, FORMER, UNAWARE
from tests.builders import SOME_WEEK, group_of, town, what_changed

COMING = {"joining.visit_per_year": 52.0, "joining.need_power": 2.0, "joining.former_return": 0.25}


def who_know(parameters=None, outsiders=1, members=1, **traits):
    world = group_of(members, COMING | (parameters or {}), outsiders=outsiders, **traits)
    world.people.status[members:] = AWARE
    return world


def test_need_is_isolation_times_strain_against_the_average():
    world = town(3)
    world.people.isolation, world.people.strain = [0.5, 1.0, 0.25], [0.2, 0.4, 0.2]
    assert what_changed(world, visit, SOME_WEEK) == {"need"}
    assert list(world.people.need) == pytest.approx([1.0, 4.0, 0.5])


def test_the_rate_grows_with_a_power_of_need_and_falls_with_barriers(luck):
    world = who_know(outsiders=2, barrier=[0.0, 0.0, 0.75])
    world.people.strain[1:] = [0.1, 0.4]  # needs of a half and of two
    visit(world, SOME_WEEK)
    chances = luck.chances_of(purposes.VISIT)
    assert chances[1] == pytest.approx(1.0 - math.exp(-0.25))  # 1 * (1/2)^2
    assert chances[2] == pytest.approx(1.0 - math.exp(-1.0))  # 1 * 2^2 * (1 - 0.75)


def test_joining_at_random_is_one_setting_away(luck):
    world = who_know({"joining.need_power": 0.0}, outsiders=2)
    world.people.strain[1:] = [0.0, 1.0]
    visit(world, SOME_WEEK)
    chances = luck.chances_of(purposes.VISIT)
    assert chances[1] == chances[2] == pytest.approx(1.0 - math.exp(-1.0))


def test_a_full_barrier_is_never_crossed(luck):
    luck.let(purposes.VISIT)
    world = who_know(barrier=1.0)
    visit(world, SOME_WEEK)
    assert not world.people[1].visiting


def test_former_members_find_it_harder(luck):
    world = who_know()
    world.people[1].status = FORMER
    visit(world, SOME_WEEK)
    assert luck.chance_of(purposes.VISIT) == pytest.approx(1.0 - math.exp(-0.25))


def test_who_decides_to_come_is_visiting_and_still_not_a_member(luck):
    luck.let(purposes.VISIT)
    world = who_know()
    assert what_changed(world, visit, SOME_WEEK) <= {"visiting", "need"}
    assert (world.people[1].visiting, world.people[1].status) == (True, AWARE)


def test_no_decision_while_already_meaning_to_come(luck):
    world = who_know()
    world.people[1].visiting = True
    visit(world, SOME_WEEK)
    assert luck.chances_of(purposes.VISIT) == {}


@pytest.mark.parametrize("why", ["never heard", "closed", "a man", "not living here"])
def test_nobody_comes_who_cannot(luck, why):
    luck.let(purposes.VISIT)
    world = who_know({"group.women_only": True}, woman=[True, why != "a man"])
    if why == "never heard":
        world.people[1].status = UNAWARE
    if why == "closed":
        world.group[0].open = False
    if why == "not living here":
        world.people[1].resident = False
    visit(world, SOME_WEEK)
    assert not world.people.visiting.any()


@pytest.mark.parametrize(("places", "come"), [(1, 0), (2, 0), (3, 1), (4, 2), (10, 3)])
def test_visitors_come_as_long_as_there_is_a_place(luck, places, come):
    luck.let(purposes.VISIT)
    world = who_know({"group.places": places}, members=2, outsiders=3)
    visit(world, SOME_WEEK)
    assert world.people.visiting.sum() == come


def test_who_already_means_to_come_holds_a_place(luck):
    luck.let(purposes.VISIT)
    world = who_know({"group.places": 2}, members=1, outsiders=2)
    world.people[2].visiting = True
    visit(world, SOME_WEEK)
    assert not world.people[1].visiting


def test_somebody_not_living_has_no_new_need():
    world = town(1)
    world.people[0].living, world.people[0].strain = False, 0.9
    visit(world, SOME_WEEK)
    assert world.people[0].need == 1.0


@pytest.mark.parametrize(("status", "comes"), [(AWARE, False), (FORMER, True)])
def test_through_a_closed_door_only_former_members_come(luck, status, comes):
    luck.let(purposes.VISIT)
    world = who_know()
    world.people[1].status, world.group[0].door_closed = status, True
    visit(world, SOME_WEEK)
    assert world.people[1].visiting == comes
    assert world.people[1].need == pytest.approx(1.0)  # which is known all the same
