import math

import pytest

from sim.codes import LEFT, NO_LONGER_NEEDED
from sim.purposes import MOVE_ON
from sim.rules.move_on import move_on
from sim.state import FORMER
from tests.builders import SOME_WEEK, befriend_pair, group_of, make_organiser, story, what_changed

MOVING = {"mechanisms.moving_on": True, "leaving.moving_on_per_year": 5.2, "leaving.low_strain": 0.5}


def better(parameters=None, members=2, strain=0.05):
    """A group whose first member has long been better; average strain is 0.2, as is that of the others."""
    world = group_of(members, MOVING | (parameters or {}), outsiders=1)
    world.people[0].strain = strain
    return world


@pytest.mark.parametrize(("strain", "low"), [(0.0, True), (0.099, True), (0.1, False), (0.5, False)])
def test_whose_strain_is_low_may_move_on(luck, strain, low):
    move_on(better(strain=strain), SOME_WEEK)
    assert luck.chances_of(MOVE_ON) == ({0: pytest.approx(1.0 - math.exp(-0.1))} if low else {})


def test_who_moves_on_leaves_for_a_good_reason_and_keeps_friends(luck):
    luck.let(MOVE_ON)
    world = better()
    befriend_pair(world, 0, 1, 0.6)
    assert what_changed(world, move_on, SOME_WEEK) == {"status", "left_reason", "left_week"}
    me = world.people[0]
    assert (me.status, me.left_reason, me.left_week) == (FORMER, NO_LONGER_NEEDED, SOME_WEEK)
    assert world.ties[0, 1] == 0.6
    assert story(world) == [(LEFT, 0, NO_LONGER_NEEDED)]


def test_an_organiser_who_moves_on_is_missed(luck):
    luck.let(MOVE_ON)
    world = better({"mechanisms.organiser_lost": True, "organising.organiser_lost": 0.2})
    make_organiser(world, 0)
    move_on(world, SOME_WEEK)
    assert (world.group[0].organisers, world.people[0].organiser) == (0, False)
    assert list(world.people.trust) == pytest.approx([0.5, 0.4, 0.5])


@pytest.mark.parametrize("why", ["a visitor", "former", "switched off", "never", "no strain is low"])
def test_nobody_moves_on(luck, why):
    luck.let(MOVE_ON)
    changes = {"mechanisms.moving_on": why != "switched off"}
    if why == "never":
        changes["leaving.moving_on_per_year"] = 0.0
    if why == "no strain is low":
        changes["leaving.low_strain"] = 0.0
    world = better(changes)
    world.people[0].expected = why == "a visitor"
    world.people[2].strain = 0.0  # an outsider has nothing to leave
    if why == "former":
        world.people[0].status = FORMER
    assert what_changed(world, move_on, SOME_WEEK) == set()
    assert luck.asked == []


def test_after_a_year_a_known_share_has_moved_on():
    # 400 members at 1.04 a year: a share of 1 - exp(-1.04) = 0.647 is expected, standard deviation 0.024; 0.54-0.75
    # holds with probability above 0.9999 whatever the seed.
    world = group_of(400, MOVING | {"leaving.moving_on_per_year": 1.04})
    world.people.strain = 0.0
    for week in range(52):
        move_on(world, week)
    assert 0.54 < (world.people.status == FORMER).mean() < 0.75
